/* Tables that are streamed: read, tested, added up, forgotten.
 *
 * In: a pass over the rows of a table that is still to be read. Out: what it sinks; the rows of units with a ledger.
 * Decision: ranges of the file go to threads, each with registers, sinks and an arena of its own; sums, counts, maxima and
 * "any" of integers are the same however rows are shared out, so the merged figures do not depend on the number of threads.
 * Where that would not hold (a sum near 64 bits, big quotients), and where anything is to be reported, nothing of the
 * threads' work is used, and the table is read once more by one thread, in order. Cost: a set of sinks for each further
 * thread; wrong data takes twice as long.
 */
#include "batch.h"
#include "csv_share.h"
#include "load_fast.h"
#include "opcode_is.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

enum { SHARE_BYTES = 1024 * 1024, THREADS = 64, PIECES_EACH = 4, PIECE_BYTES = 2 * 1024 * 1024, SUM_BITS = 31 };

/* ---- which tables ---- */

static bool is_pointed_to(const struct schema *schema, uint32_t table)
{
    for (uint32_t t = 0; t < schema->table_count; t++) {
        const struct table_schema *other = &schema->tables[t];
        if (other->parent == (int32_t)table && t != table) return true;
        for (uint32_t f = 0; f < other->field_count; f++) {
            if (other->fields[f].kind == FIELD_REF && other->fields[f].table == table) return true;
        }
    }
    return schema->has_workdays && schema->workday_table == table;
}

/* Rows of units, without keys, that hold no keys of rows. */
static bool is_plain(const struct schema *schema, uint32_t table)
{
    const struct table_schema *t = &schema->tables[table];
    if (table == 0 || t->parent == NO_INDEX || t->key != NO_INDEX || t->results || is_pointed_to(schema, table))
        return false;
    for (uint32_t f = 0; f < t->field_count; f++) {
        if (t->fields[f].kind == FIELD_REF || t->fields[f].kind == FIELD_UNIT) return false;
    }
    return true;
}

static bool is_over(const struct program *program, uint32_t figure, uint32_t space)
{
    return figure != NO_FIGURE && program->figures[figure].space == space;
}

/* Whether code reads or writes figures of `space` otherwise than a lone pass over it may. */
static bool code_keeps(const struct program *program, const struct pass *pass, uint32_t space)
{
    for (uint32_t i = 0; i < pass->length; i++) {
        const struct insn *insn = &pass->code[i];
        enum opcode op = (enum opcode)insn->op;
        if (op == OP_CODE_LANE && pass->space == space) return true;
        if (opcode_info(op)->operands[0] != 'f' || !is_over(program, insn->a, space)) continue;
        bool load = op == OP_CODE_LOAD_N || op == OP_CODE_LOAD_Q || op == OP_CODE_LOAD_M;
        if (!load) return true;
    }
    return false;
}

static bool is_streamed(const struct program *program, uint32_t table)
{
    uint32_t space = 1 + table, passes = 0;
    if (!is_plain(&program->schema, table)) return false;
    for (uint32_t p = 0; p < program->pass_count; p++) {
        const struct pass *pass = &program->passes[p];
        if (pass->kind != PASS_CODE) continue;
        passes += pass->space == space;
        if (code_keeps(program, pass, space)) return false;
    }
    for (uint32_t k = 0; k < program->rank_count; k++) {
        if (program->ranks[k].space == space) return false;
    }
    for (uint32_t k = 0; k < program->group_count; k++) {
        if (program->groups[k].from_space == space) return false;
    }
    return passes <= 1;
}

void program_streams(const struct program *program, bool *streamed)
{
    for (uint32_t t = 0; t < program->schema.table_count; t++) streamed[t] = is_streamed(program, t);
}

/* ---- rows that are kept for explanations ---- */

struct kept {
    struct table_data data;
    size_t capacity;
    uint32_t at[LIMIT_BATCH]; /* per lane of the batch: the row it became */
};

static void kept_room(struct arena *arena, struct kept *kept, const struct intake *in)
{
    size_t rows = kept->data.rows, more = kept->capacity ? kept->capacity * 2 : 64;
    if (rows < kept->capacity) return;
    uint32_t fields = in->schema->field_count;
    if (!kept->data.columns) kept->data.columns = ARENA_ARRAY(arena, struct column, fields);
    for (uint32_t f = 0; f < fields; f++) {
        struct column *column = &kept->data.columns[f];
        column->values = arena_grow(arena, column->values, rows, more, sizeof *column->values);
        column->blank = arena_grow(arena, column->blank, rows, more, 1);
    }
    kept->data.unit = arena_grow(arena, kept->data.unit, rows, more, sizeof *kept->data.unit);
    kept->data.parent = arena_grow(arena, kept->data.parent, rows, more, sizeof *kept->data.parent);
    kept->data.line = arena_grow(arena, kept->data.line, rows, more, sizeof *kept->data.line);
    kept->capacity = more;
}

static void keep_row(struct arena *arena, struct kept *kept, const struct intake *in, uint32_t lane)
{
    const struct table_data *data = in->data;
    kept_room(arena, kept, in);
    uint32_t row = kept->data.rows++;
    for (uint32_t f = 0; f < in->schema->field_count; f++) {
        const struct column *column = &data->columns[f];
        bool blank = !column->values || (column->blank && column->blank[lane]);
        kept->data.columns[f].values[row] = blank ? 0 : column->values[lane];
        kept->data.columns[f].blank[row] = blank;
    }
    kept->data.unit[row] = data->unit[lane];
    kept->data.parent[row] = data->parent ? data->parent[lane] : data->unit[lane];
    kept->data.line[row] = data->line[lane];
}

/* Keeps the batch's rows of units that have a ledger, and lets the ledger point to them. */
static void keep_rows(struct batch *b, struct kept *kept, const struct intake *in)
{
    const struct run_options *options = b->options;
    if (!options->explain_all && !options->explained) return;
    for (uint32_t lane = 0; lane < in->data->rows; lane++) {
        uint32_t unit = in->data->unit[lane];
        if (unit == NOT_USED || (!options->explain_all && !options->explained[unit])) continue;
        kept->at[lane] = kept->data.rows;
        keep_row(b->arena, kept, in, lane);
    }
    for (size_t i = b->ledger_from; i < b->run->ledger_count; i++) b->run->ledger[i].lane = kept->at[b->run->ledger[i].lane];
}

/* Columns that the schema has and nobody wants, or that are not there, have no values. */
static void kept_close(struct kept *kept, const struct intake *in)
{
    kept->data.file = in->file;
    for (uint32_t f = 0; kept->data.columns && f < in->schema->field_count; f++) {
        if (!in->data->columns[f].values) kept->data.columns[f].values = NULL;
    }
}

/* ---- a batch of rows ---- */

/* The figures of a streamed space: pointed at each batch. */
struct window {
    uint32_t *figures;
    uint8_t **faults; /* room for a batch's, per figure */
    uint32_t count;
};

static struct window window_open(struct arena *arena, const struct program *program, uint32_t space)
{
    struct window w = {ARENA_ARRAY(arena, uint32_t, program->figure_count),
                       ARENA_ARRAY(arena, uint8_t *, program->figure_count), 0};
    for (uint32_t f = 0; f < program->figure_count; f++) {
        if (program->figures[f].space == space) w.figures[w.count++] = f;
    }
    return w;
}

static void window_point(struct arena *arena, struct window *w, struct run *run, uint32_t space,
                         const struct table_data *data)
{
    run->lanes[space] = data->rows;
    for (uint32_t k = 0; k < w->count; k++) {
        const struct figure *figure = &run->program->figures[w->figures[k]];
        struct vector *vector = &run->figures[w->figures[k]];
        *vector = (struct vector){0};
        if (figure->source == FIGURE_UNIT_OF) vector->indexes = data->unit;
        if (figure->source == FIGURE_PARENT_OF) vector->indexes = data->parent ? data->parent : data->unit;
        if (figure->source != FIGURE_COLUMN) continue;
        const struct column *column = &data->columns[figure->field];
        vector->numbers = column->values;
        vector->width = sizeof *column->values;
        vector->lanes = data->rows;
        if (!column->values) vector->numbers = ARENA_ARRAY(arena, int64_t, LIMIT_BATCH);
        uint8_t any = !column->values;
        for (uint32_t i = 0; column->blank && i < data->rows; i++) any |= column->blank[i];
        if (!any) continue;
        if (!w->faults[k]) w->faults[k] = ARENA_ARRAY(arena, uint8_t, LIMIT_BATCH);
        vector->faults = w->faults[k];
        for (uint32_t i = 0; i < data->rows; i++) {
            vector->faults[i] = !column->values || column->blank[i] ? FAULT_BLANK : FAULT_NONE;
        }
    }
}

/* ---- in order, by one ---- */

static void stream_plainly(struct batch *b, struct pool *pool, const struct pass *pass, struct intake *in, struct kept *kept)
{
    struct window window = {0};
    size_t errors = in->loader->problems->errors;
    if (pass) {
        pass_open(b, pool, pass);
        window = window_open(b->arena, b->run->program, pass->space);
    }
    while (intake_next(in)) {
        b->run->data->texts = in->loader->texts.texts;
        b->run->data->text_count = in->loader->texts.count;
        if (!pass || in->loader->problems->errors > errors)
            continue; /* a wrong row has no unit, perhaps; there will be no result */
        window_point(b->arena, &window, b->run, pass->space, in->data);
        pass_run(b, pool);
        keep_rows(b, kept, in);
    }
}

/* ---- ranges of the file, by several ---- */

/* What became of a piece. */
struct piece {
    uint64_t lines; /* how many there are in it */
    const struct worker *reader;
    uint32_t kept, kept_end; /* the reader's kept rows and ledger lines that are of it */
    size_t ledger, ledger_end;
};

/* The table's bytes in pieces. Whoever is done with one takes the next. */
struct pieces {
    const char **borders; /* count + 1 */
    struct piece *read;
    uint32_t count;
    uint64_t first_line; /* of the first piece */
    atomic_uint next;
    atomic_bool stop; /* somebody has met what is odd */
};

struct worker {
    pthread_t thread;
    uint32_t index;
    struct arena *arena;
    struct run run;
    struct batch batch;
    struct pool pool;
    struct window window;
    struct kept kept;
    struct findings silent;
    struct fast_reader *reader;
    const struct pass *pass;
    struct pieces *pieces;
    bool started, failed; /* failed: no memory */
};

/* What only one thread may do: quotients that are read from figures or added up may be big, and live in the run's table. */
static bool needs_one(const struct pass *pass)
{
    for (uint32_t i = 0; i < pass->length; i++) {
        switch ((int)pass->code[i].op) {
        case OP_CODE_LOAD_Q:
        case OP_CODE_GATHER_Q:
        case OP_CODE_STORE_Q:
        case OP_CODE_SINK_SUM_Q:
        case OP_CODE_SINK_MAX_Q:
        case OP_CODE_SINK_MIN_Q: return true;
        }
    }
    return false;
}

/* Whether texts of the rows are only compared: then a text that nobody else has may have any number. */
static bool texts_compared(const struct program *program, const struct pass *pass)
{
    bool *text = calloc(pass->register_count + 1, sizeof *text), fine = text != NULL;
    const struct table_schema *table = &program->schema.tables[program->spaces[pass->space].table];
    for (uint32_t i = 0; fine && i < pass->length; i++) {
        const struct insn *insn = &pass->code[i];
        const struct opcode_info *info = opcode_info((enum opcode)insn->op);
        const uint32_t operands[4] = {insn->a, insn->b, insn->c, insn->d};
        bool compares = insn->op == OP_CODE_EQ || insn->op == OP_CODE_NE || insn->op == OP_CODE_KNOWN_N;
        for (int k = 0; info->operands[k]; k++) {
            bool reg = strchr("nqmx", info->operands[k]) != NULL;
            if (reg && text[operands[k]] && !compares) fine = false;
        }
        if (info->result == '-') continue;
        text[insn->r] = false;
        if (insn->op != OP_CODE_LOAD_N) continue;
        const struct figure *figure = &program->figures[insn->a];
        text[insn->r] = figure->source == FIGURE_COLUMN && table->fields[figure->field].kind == FIELD_TEXT;
    }
    free(text);
    return fine;
}

static bool is_odd(const struct worker *w)
{
    return w->run.faults_seen || w->silent.errors || w->silent.warnings || w->silent.notices;
}

/* False: it cannot be read so, or there is no use any more. */
static bool read_piece(struct worker *w, uint32_t piece)
{
    struct fast_reader *reader = w->reader;
    const char *const *borders = w->pieces->borders + piece;
    struct piece *about = &w->pieces->read[piece];
    uint64_t first = 1;
    *about = (struct piece){.reader = w, .kept = w->kept.data.rows, .ledger = w->run.ledger_count};
    if (piece)
        fast_move(reader, borders[0], borders[1], piece);
    else
        first = reader->line;
    enum fast_state state = FAST_ROWS;
    while (!w->pieces->stop && (state = fast_next(reader)) == FAST_ROWS) {
        if (!w->pass) continue;
        window_point(w->arena, &w->window, &w->run, w->pass->space, reader->in.data);
        pass_run(&w->batch, &w->pool);
        keep_rows(&w->batch, &w->kept, &reader->in);
        if (is_odd(w)) return false;
    }
    about->lines = reader->line - first;
    about->kept_end = w->kept.data.rows;
    about->ledger_end = w->run.ledger_count;
    return state == FAST_END && reader->at == borders[1];
}

static void *work(void *what)
{
    struct worker *w = what;
    if (setjmp(*arena_trap(w->arena))) {
        w->failed = true;
        w->pieces->stop = true;
        return NULL;
    }
    struct pieces *pieces = w->pieces;
    for (uint32_t piece = w->index; piece < pieces->count; piece = atomic_fetch_add(&pieces->next, 1)) {
        if (!read_piece(w, piece)) {
            pieces->stop = true;
            break;
        }
    }
    return NULL;
}

/* Each target of a sink once, with the instruction. */
static uint32_t sinks_of(const struct pass *pass, const struct insn **sinks)
{
    uint32_t count = 0;
    for (uint32_t i = 0; i < pass->length; i++) {
        if (opcode_is_sink((enum opcode)pass->code[i].op)) sinks[count++] = &pass->code[i];
    }
    return count;
}

/* The first worker has the run's registers (`pool`) and sinks into its vectors (those that it widens are its own); the
 * others, without a pool, have their own. */
static void worker_open(struct worker *w, struct batch *b, const struct pass *pass, const struct insn *const *sinks,
                        uint32_t sink_count, struct pool *pool, uint32_t lanes)
{
    struct run *run = b->run;
    const struct program *program = run->program;
    findings_init(&w->silent, w->arena, 1);
    w->silent.count = 1;
    w->pass = pass;
    w->run = *run;
    w->run.big = big_table_open(w->arena);
    w->run.ledger = NULL;
    w->run.faults = NULL;
    w->run.ledger_count = w->run.ledger_capacity = w->run.fault_count = w->run.fault_capacity = w->run.faults_seen = 0;
    w->run.lanes = ARENA_ARRAY(w->arena, uint32_t, program->space_count);
    memcpy(w->run.lanes, run->lanes, program->space_count * sizeof *run->lanes);
    w->run.figures = ARENA_ARRAY(w->arena, struct vector, program->figure_count);
    memcpy(w->run.figures, run->figures, program->figure_count * sizeof *run->figures);
    for (uint32_t k = 0; k < sink_count && !pool; k++) {
        w->run.figures[sinks[k]->a] = (struct vector){0};
        figure_start(w->arena, &w->run, sinks[k]->a);
    }
    w->batch =
        (struct batch){.arena = w->arena, .run = &w->run, .options = b->options, .problems = &w->silent, .alone = b->alone};
    if (!pass) return;
    if (pool) {
        w->pool = *pool;
        memcpy(w->batch.spare, b->spare, sizeof b->spare);
    } else {
        pool_open(w->arena, &w->pool, &w->batch, lanes);
    }
    pass_open(&w->batch, &w->pool, pass);
    w->batch.extent = ARENA_ARRAY(w->arena, uint64_t, pass->length);
    w->window = window_open(w->arena, program, pass->space);
}

static bool is_whole(const struct worker *workers, uint32_t count)
{
    for (uint32_t k = 0; k < count; k++) {
        const struct worker *w = &workers[k];
        for (uint32_t i = 0; w->pass && i < w->pass->length; i++) {
            if (w->batch.extent[i] >> SUM_BITS) return false; /* 2^32 rows of it are below 2^63 */
        }
        for (size_t i = 0; i < w->run.ledger_count; i++) {
            const struct ledger_line *line = &w->run.ledger[i];
            if (line->amount.den <= 0 || (line->has_of && (line->have.den <= 0 || line->of.den <= 0))) return false;
        }
    }
    return true;
}

/* ---- merging ---- */

static void merge_faults(struct batch *b, uint32_t figure, const uint8_t *faults, uint32_t lanes)
{
    if (!faults || faults == b->run->figures[figure].faults) return;
    uint8_t *to = figure_faults(b->arena, b->run, figure);
    for (uint32_t i = 0; i < lanes; i++) to[i] = fault_join(to[i], faults[i]);
}

static void merge_extreme(struct arena *arena, struct vector *to, const struct vector *from, uint32_t lanes, bool largest)
{
    for (uint32_t i = 0; i < lanes; i++) {
        if (from->faults[i] == FAULT_UNSEEN) continue;
        int64_t ours = vector_at(to, i), theirs = vector_at(from, i);
        if (to->faults[i] == FAULT_UNSEEN || from->faults[i]) {
            to->faults[i] = to->faults[i] == FAULT_UNSEEN ? from->faults[i] : fault_join(to->faults[i], from->faults[i]);
            vector_put(arena, to, i, theirs);
        } else if (!to->faults[i] && (largest ? theirs > ours : theirs < ours)) {
            vector_put(arena, to, i, theirs);
        }
    }
}

static void merge_sum(struct arena *arena, struct vector *to, const struct vector *from, uint32_t lanes)
{
    int64_t ours[LIMIT_BATCH], theirs[LIMIT_BATCH];
    for (uint32_t at = 0, count; at < lanes; at += count) {
        count = lanes - at < LIMIT_BATCH ? lanes - at : LIMIT_BATCH;
        vector_read(to, at, count, ours);
        vector_read(from, at, count, theirs);
        for (uint32_t i = 0; i < count; i++) ours[i] += theirs[i]; /* bounded: see is_whole */
        vector_write(arena, to, at, count, ours);
    }
}

static void merge_any(struct batch *b, uint32_t figure, const struct vector *from, uint32_t lanes)
{
    struct vector *to = &b->run->figures[figure];
    merge_faults(b, figure, from->faults, lanes);
    for (uint32_t i = 0; i < lanes; i++) {
        to->mask[i] |= from->mask[i];
        if (to->mask[i] && to->faults) to->faults[i] = FAULT_NONE;
    }
}

static void merge_sink(struct batch *b, const struct worker *w, const struct insn *sink)
{
    struct vector *to = &b->run->figures[sink->a];
    const struct vector *from = &w->run.figures[sink->a];
    uint32_t lanes = b->run->lanes[b->run->program->figures[sink->a].space];
    switch ((int)sink->op) {
    case OP_CODE_SINK_SUM:
    case OP_CODE_SINK_COUNT:
        merge_sum(b->arena, to, from, lanes);
        merge_faults(b, sink->a, from->faults, lanes);
        break;
    case OP_CODE_SINK_MAX: merge_extreme(b->arena, to, from, lanes, true); break;
    case OP_CODE_SINK_MIN: merge_extreme(b->arena, to, from, lanes, false); break;
    case OP_CODE_SINK_ANY: merge_any(b, sink->a, from, lanes); break;
    }
}

/* Kept rows and ledger of a piece behind those there are; `lines` of the file lie before it. */
static void merge_ledger(struct batch *b, struct kept *kept, const struct piece *piece, uint64_t lines)
{
    struct run *run = b->run;
    const struct worker *w = piece->reader;
    uint32_t before = kept->data.rows;
    struct intake from = w->reader->in;
    struct table_data data = w->kept.data;
    from.data = &data;
    for (uint32_t row = piece->kept; row < piece->kept_end; row++) {
        keep_row(b->arena, kept, &from, row);
        kept->data.line[kept->data.rows - 1] += (uint32_t)lines;
    }
    for (size_t i = piece->ledger; i < piece->ledger_end; i++) {
        struct ledger_line line = w->run.ledger[i];
        line.lane += before - piece->kept;
        ARENA_PUSH(b->arena, run->ledger, run->ledger_count, run->ledger_capacity, line);
    }
}

/* A vector of the first worker's, whose arena stays open. */
static void adopt(struct batch *b, struct vector *vector, const struct vector *from)
{
    if (vector->numbers != from->numbers) arena_release(b->arena, vector->numbers);
    *vector = *from;
}

/* The line of the file that a reader noted as piece and line. */
static uint64_t line_of_file(const struct pieces *pieces, uint64_t noted)
{
    uint64_t line = noted & (((uint64_t)1 << FAST_PIECE) - 1);
    for (uint32_t k = 0; k < noted >> FAST_PIECE; k++) line += pieces->read[k].lines + (k == 0 ? pieces->first_line - 1 : 0);
    return line;
}

static void merge(struct batch *b, struct worker *workers, uint32_t count, struct intake *in, struct kept *kept,
                  const struct insn *const *sinks, uint32_t sink_count)
{
    const struct pieces *pieces = workers[0].pieces;
    uint64_t lines = 0;
    for (uint32_t k = 0; k < count; k++) {
        struct worker *w = &workers[k];
        for (uint32_t s = 0; s < sink_count; s++) {
            if (k)
                merge_sink(b, w, sinks[s]);
            else
                adopt(b, &b->run->figures[sinks[s]->a], &w->run.figures[sinks[s]->a]);
        }
        fast_count(in, w->reader);
    }
    for (uint32_t k = 0; k < pieces->count; k++) {
        const struct piece *piece = &pieces->read[k];
        if (piece->reader->pass) merge_ledger(b, kept, piece, lines);
        lines += piece->lines + (k == 0 ? pieces->first_line - 1 : 0);
    }
    in->after_line = line_of_file(pieces, in->after_line);
    in->earlier_line = line_of_file(pieces, in->earlier_line);
}

/* The figures as they were before the first worker. */
static void restart(struct batch *b, const struct insn *const *sinks, uint32_t sink_count)
{
    for (uint32_t k = 0; k < sink_count; k++) {
        const struct figure *about = &b->run->program->figures[sinks[k]->a];
        struct vector *to = &b->run->figures[sinks[k]->a];
        uint32_t lanes = b->run->lanes[about->space];
        if (to->numbers) memset(to->numbers, 0, (size_t)lanes * to->width);
        if (to->mask) memset(to->mask, 0, lanes);
        if (to->faults) memset(to->faults, about->source == FIGURE_EXTREME ? FAULT_UNSEEN : FAULT_NONE, lanes);
    }
}

/* False: no memory. */
static bool worker_ready(struct worker *w, struct batch *b, const struct pass *pass, const struct insn *const *sinks,
                         uint32_t sink_count, struct pool *pool, const struct intake *in, const struct source_bytes *bytes)
{
    w->arena = arena_open_child(b->arena);
    if (!w->arena || setjmp(*arena_trap(w->arena))) return false;
    worker_open(w, b, pass, sinks, sink_count, pool, intake_most(in));
    w->reader = fast_open(w->arena, in, bytes, w->pieces->borders[w->index], w->pieces->borders[w->index + 1], true);
    return true;
}

/* Small pieces, one after another: so nobody waits long for who has the last one, and what one thread brings from the memory
 * its neighbours, the one that hashes among them, find in the cache. */
static size_t pieces_wanted(size_t bytes, size_t least, uint32_t threads)
{
    size_t most = bytes / least + 1, each = (size_t)threads * PIECES_EACH, small = bytes / PIECE_BYTES + 1;
    if (each > most) each = most;
    return small > each ? small : each;
}

/* Reads the table by ranges. False: nothing has changed, and it is to be read in order. */
static bool stream_shared(struct batch *b, struct pool *pool, const struct pass *pass, struct intake *in, struct kept *kept)
{
    struct source_bytes bytes;
    if (!fast_possible(in, &bytes) || (pass && (needs_one(pass) || !texts_compared(b->run->program, pass)))) return false;
    if (in->unit_column != NO_INDEX) fast_units(in->loader);
    uint32_t most = b->options->threads ? b->options->threads : 1;
    if (most > THREADS) most = THREADS;
    size_t least = b->options->share_bytes ? b->options->share_bytes : SHARE_BYTES;
    if (most > bytes.text.len / least + 1) most = (uint32_t)(bytes.text.len / least + 1);
    struct pieces pieces = {.first_line = bytes.line};
    size_t wanted = most == 1 ? 1 : pieces_wanted(bytes.text.len, least, most);
    pieces.borders = ARENA_ARRAY(b->arena, const char *, wanted + 1);
    pieces.read = ARENA_ARRAY(b->arena, struct piece, wanted);
    uint32_t columns;
    source_table_headings(in->source, &columns);
    pieces.count = csv_share(bytes.text, bytes.separator, columns, (uint32_t)wanted, pieces.borders);
    uint32_t count = pieces.count < most ? pieces.count : most, sink_count = 0;
    atomic_init(&pieces.next, count);
    const struct insn **sinks = ARENA_ARRAY(b->arena, const struct insn *, pass ? pass->length : 0);
    if (pass) sink_count = sinks_of(pass, sinks);

    struct worker *workers = ARENA_ARRAY(b->arena, struct worker, count);
    bool memory = true, fine;
    for (uint32_t k = 0; k < count && memory; k++) {
        workers[k].pieces = &pieces;
        workers[k].index = k;
        memory = worker_ready(&workers[k], b, pass, sinks, sink_count, k ? NULL : pool, in, &bytes);
    }
    fine = memory;
    for (uint32_t k = 1; k < count && fine; k++) {
        workers[k].started = pthread_create(&workers[k].thread, NULL, work, &workers[k]) == 0;
        fine = workers[k].started;
    }
    if (fine)
        work(&workers[0]);
    else
        pieces.stop = true;
    for (uint32_t k = 0; k < count; k++) {
        if (workers[k].started) pthread_join(workers[k].thread, NULL);
        memory = memory && !workers[k].failed;
    }
    fine = fine && memory && !pieces.stop && is_whole(workers, count);
    if (pass) memcpy(b->spare, workers[0].batch.spare, sizeof b->spare); /* they have changed places with the pool's */
    if (fine)
        merge(b, workers, count, in, kept, sinks, sink_count);
    else
        restart(b, sinks, sink_count);
    for (uint32_t k = 0; k < count; k++) {
        if (!fine && workers[k].reader) fast_forget(workers[k].reader);
        if (k || !fine) arena_close(workers[k].arena); /* the first one's vectors are the run's now */
    }
    if (!memory) arena_fail(b->arena);
    return fine;
}

/* ---- all of it ---- */

static bool has_streams(const struct run *run)
{
    for (uint32_t t = 0; t < run->program->schema.table_count; t++) {
        if (run->data->streams[t]) return true;
    }
    return false;
}

void vm_stream(struct batch *b, struct pool *pool, const struct pass *pass, uint32_t table)
{
    struct run *run = b->run;
    struct intake *in = run->data->streams[table];
    struct kept *kept = ARENA_NEW(b->arena, struct kept);
    if (!stream_shared(b, pool, pass, in, kept)) stream_plainly(b, pool, pass, in, kept);
    intake_finish(in);
    kept_close(kept, in);
    run->data->streams[table] = NULL;
    if (!has_streams(run)) fast_close_units(in->loader);
    run->data->tables[table] = kept->data;
    run->lanes[1 + table] = kept->data.rows;
    if (!pass) return;
    struct window window = window_open(b->arena, run->program, pass->space);
    for (uint32_t k = 0; k < window.count; k++) run->figures[window.figures[k]] = (struct vector){0};
}
