/* The table of results as CSV, in pieces.
 *
 * In: results, an order of their units. Out: bytes, a piece of some thousand units at a time.
 * Decision: what columns mostly hold (decimals, words of a small vocabulary, keys) is written from their vectors by loops
 * that share nothing and so may be run by several threads, a piece each; a table with any other column is written cell by
 * cell, by one. Cost: which columns are plain must be said for each type once more.
 */
#include "results.h"

#include "../runtime/csv_write.h"
#include "../runtime/limits.h"

#include <pthread.h>

enum { WORD_BYTES = 16, PIECE_UNITS = 8192, MOST_THREADS = 64, FEWEST_UNITS = 2 * PIECE_UNITS };

/* How the cells of a column are written. */
enum plain_kind {
    PLAIN_WORDS, /* by the value; `words` as they stand in the file */
    PLAIN_NUMBER,
    PLAIN_PERCENT, /* with its sign */
    PLAIN_KEY,
    PLAIN_STATE,
};

struct plain {
    enum plain_kind kind;
    const struct vector *vector; /* NULL: `constant` in each lane */
    bool one;                    /* the vector has one lane for all */
    bool mask;
    int64_t constant;
    unsigned places;
    const struct text *words; /* each with WORD_BYTES that may be read */
    uint32_t word_count;
    size_t most; /* bytes of a cell; not known of a key */
};

/* ---- plans ---- */

/* A word as it stands in the file. */
static struct text written(struct arena *arena, struct text word)
{
    struct buffer text;
    buffer_init(&text, arena);
    struct csv_writer csv = {.out = &text};
    csv_write_cell(&csv, word);
    buffer_room(&text, WORD_BYTES);
    return (struct text){text.at, text.len};
}

static struct text *written_values(struct results *r, struct type type, uint32_t count)
{
    struct text *words = ARENA_ARRAY(r->arena, struct text, count);
    for (uint32_t k = 0; k < count; k++) {
        struct buffer text;
        buffer_init(&text, r->arena);
        print_typed(&text, r->scheme, r->run, type, (struct quotient){k, 1});
        words[k] = written(r->arena, buffer_result(&text));
    }
    return words;
}

static void plan_words(struct results *r, struct plain *plain, struct type type, uint32_t count)
{
    plain->kind = PLAIN_WORDS;
    plain->words = written_values(r, type, count);
    plain->word_count = count;
    for (uint32_t k = 0; k < count; k++) plain->most = plain->words[k].len > plain->most ? plain->words[k].len : plain->most;
}

static bool plan_key(struct results *r, struct plain *plain)
{
    const struct table_schema *units = &r->scheme->schema.tables[0];
    plain->kind = PLAIN_KEY;
    return units->fields[units->key].kind == FIELD_TEXT && r->run->data->tables[0].columns[units->key].values;
}

/* False: the column is none of the plain ones. */
static bool plan_column(struct results *r, const struct result_column *column, struct plain *plain)
{
    struct scheme *scheme = r->scheme;
    if (column->kind == KH_COLUMN_KEY) return plan_key(r, plain);
    if (column->kind == KH_COLUMN_STATE) {
        struct text *words = ARENA_ARRAY(r->arena, struct text, KH_NOT_ASSESSED + 1);
        for (int k = 0; k <= KH_NOT_ASSESSED; k++) {
            words[k] = written(r->arena, results_state(scheme, (kh_state)k));
            plain->most = words[k].len > plain->most ? words[k].len : plain->most;
        }
        plain->kind = PLAIN_STATE;
        plain->words = words;
        return true;
    }
    const struct value *value = column->expr.value;
    struct type type = column->expr.type;
    if (!value) return false;
    if (value->op == VALUE_SPREAD && value->figure == NO_FIGURE) value = value->a;
    if (value->op == VALUE_CONST_N || value->op == VALUE_CONST_M) {
        plain->constant = value->i;
    } else if (value->op == VALUE_CONST_Q || value->kind == REG_QUOTIENT) {
        return false;
    } else {
        plain->vector = &r->run->figures[value->figure];
        plain->one = value->space == SPACE_EVERYTHING;
        plain->mask = value->kind == REG_MASK;
    }
    switch (type.kind) {
    case TYPE_NUMBER: {
        bool percent = type.percent && type.places >= 2;
        plain->kind = percent ? PLAIN_PERCENT : PLAIN_NUMBER;
        plain->places = type.places - (percent ? 2u : 0u);
        plain->most = NUMBER_ROOM;
        return plain->places <= LIMIT_NUMBER_DIGITS;
    }
    case TYPE_CONDITION: plan_words(r, plain, type, 2); return true;
    case TYPE_THREE: plan_words(r, plain, type, 3); return true;
    case TYPE_GRADE: plan_words(r, plain, type, (uint32_t)scheme->grade_count); return true;
    case TYPE_LIST: plan_words(r, plain, type, scheme->schema.lists[type.index].count); return true;
    case TYPE_PART: plan_words(r, plain, type, (uint32_t)scheme->part_count); return true;
    case TYPE_NONE:
    case TYPE_QUOTIENT:
    case TYPE_DATE:
    case TYPE_DURATION:
    case TYPE_TEXT:
    case TYPE_ROW: return false;
    }
    return false;
}

/* NULL: the table is not plain. */
static struct plain *plan_columns(struct results *r)
{
    struct plain *columns = ARENA_ARRAY(r->arena, struct plain, r->column_count);
    for (size_t k = 0; k < r->column_count; k++) {
        if (!plan_column(r, &r->columns[k], &columns[k])) return NULL;
    }
    return columns;
}

/* ---- a piece ---- */

/* Whether a key may stand in the file as it is: nothing in it needs quotes, and no spreadsheet runs it. It may say no
 * wrongly. */
static bool is_bare(struct text key)
{
    char first = key.len ? key.at[0] : 0;
    if (!((first >= '0' && first <= '9') || (first >= 'A' && first <= 'Z') || (first >= 'a' && first <= 'z'))) return false;
    for (size_t i = 0; i < key.len; i++) {
        unsigned char c = (unsigned char)key.at[i];
        if (c <= ' ' || c == ',' || c == '"') return false;
    }
    return true;
}

/* A word of a plan; the buffer has room, and WORD_BYTES more. */
static inline void put(struct buffer *out, struct text word)
{
    if (word.len <= WORD_BYTES)
        memcpy(out->at + out->len, word.at, WORD_BYTES); /* of a known size: no call */
    else
        memcpy(out->at + out->len, word.at, word.len);
    out->len += word.len;
}

static void put_key(struct csv_writer *csv, const struct results *r, uint32_t unit)
{
    const struct column *column = &r->run->data->tables[0].columns[r->scheme->schema.tables[0].key];
    struct text key = column->blank && column->blank[unit] ? TEXT_NONE : r->run->data->texts[column->values[unit]];
    if (is_bare(key))
        buffer_text(csv->out, key);
    else
        csv_write_cell(csv, key);
    csv->cells = 1;
}

/* A cell behind its comma; the buffer has room. */
static void put_plain(struct buffer *out, const struct plain *plain, const struct results *r, uint32_t unit)
{
    const struct vector *vector = plain->vector;
    uint32_t lane = plain->one ? 0 : unit;
    if (plain->kind == PLAIN_STATE) {
        put(out, plain->words[r->state[unit]]);
        return;
    }
    if (r->state[unit] == KH_NOT_ASSESSED || (vector && vector->faults && vector->faults[lane])) return;
    int64_t value = !vector ? plain->constant : plain->mask ? vector->mask[lane] : vector_at(vector, lane);
    if (plain->kind == PLAIN_WORDS) {
        if ((uint64_t)value < plain->word_count) put(out, plain->words[value]);
        return;
    }
    out->len = (size_t)(number_write(out->at + out->len, value, plain->places) - out->at);
    if (plain->kind == PLAIN_PERCENT) out->at[out->len++] = '%';
}

struct table {
    struct results *results;
    const size_t *order;
    const struct plain *plain; /* NULL: cell by cell */
    size_t most;               /* bytes of a plain row without its key */
};

static void put_row(struct buffer *out, const struct table *table, uint32_t unit)
{
    struct results *r = table->results;
    struct csv_writer csv = {.out = out, .row = out->len};
    if (!table->plain) {
        struct buffer text;
        buffer_init(&text, out->arena);
        for (size_t k = 0; k < r->column_count; k++) {
            text.len = 0;
            results_print(&text, r, unit, k);
            csv_write_cell(&csv, buffer_result(&text));
        }
        csv_write_end(&csv);
        return;
    }
    put_key(&csv, r, unit);
    if (r->column_count == 1) {
        csv_write_end(&csv);
        return;
    }
    buffer_room(out, table->most);
    for (size_t k = 1; k < r->column_count; k++) {
        out->at[out->len++] = ',';
        put_plain(out, &table->plain[k], r, unit);
    }
    out->at[out->len++] = '\n';
}

static void put_rows(struct buffer *out, const struct table *table, size_t from, size_t to)
{
    for (size_t k = from; k < to; k++) put_row(out, table, table->order ? (uint32_t)table->order[k] : (uint32_t)k);
}

/* ---- several at once ---- */

struct writer {
    pthread_t thread;
    struct arena *arena;
    struct buffer piece;
    const struct table *table;
    size_t from, to;
    bool started, failed; /* failed: no memory */
};

static void *fill_piece(void *what)
{
    struct writer *w = what;
    w->piece.len = 0;
    if (setjmp(*arena_trap(w->arena)))
        w->failed = true;
    else
        put_rows(&w->piece, w->table, w->from, w->to);
    return NULL;
}

/* A round: a piece for each thread. */
struct round {
    struct writer *writers;
    unsigned count;
};

static void round_start(struct round *round, unsigned threads, size_t *from, uint32_t units)
{
    for (round->count = 0; round->count < threads && *from < units; round->count++) {
        struct writer *w = &round->writers[round->count];
        w->from = *from;
        w->to = *from = units - *from < PIECE_UNITS ? units : *from + PIECE_UNITS;
        w->started = pthread_create(&w->thread, NULL, fill_piece, w) == 0;
    }
}

/* Waits for the round; false: memory did not suffice. */
static bool round_end(struct round *round)
{
    bool memory = true;
    for (unsigned k = 0; k < round->count; k++) {
        struct writer *w = &round->writers[k];
        if (w->started)
            pthread_join(w->thread, NULL);
        else
            fill_piece(w);
        memory = memory && !w->failed;
    }
    return memory;
}

/* While the pieces of one round are written out in order, those of the next are made. */
static bool write_by_threads(const struct table *table, unsigned threads, bool (*write)(void *to, struct text piece),
                             void *to)
{
    struct results *r = table->results;
    struct writer *writers = ARENA_ARRAY(r->arena, struct writer, threads * 2);
    struct round rounds[2] = {{writers, 0}, {writers + threads, 0}};
    bool memory = true, go_on = true;
    for (unsigned k = 0; k < threads * 2 && memory; k++) {
        writers[k].arena = arena_open_child(r->arena);
        writers[k].table = table;
        memory = writers[k].arena != NULL;
        if (memory) buffer_init(&writers[k].piece, writers[k].arena);
    }
    size_t from = 0;
    if (memory) round_start(&rounds[0], threads, &from, r->units);
    for (unsigned now = 0; rounds[now].count; now = 1 - now) {
        memory = round_end(&rounds[now]) && memory;
        rounds[1 - now].count = 0;
        if (memory && go_on) round_start(&rounds[1 - now], threads, &from, r->units);
        for (unsigned k = 0; k < rounds[now].count && memory && go_on; k++) {
            go_on = write(to, buffer_result(&rounds[now].writers[k].piece));
        }
    }
    for (unsigned k = 0; k < threads * 2; k++) arena_close(writers[k].arena);
    if (!memory) arena_fail(r->arena);
    return go_on;
}

/* ---- all of it ---- */

static bool write_by_one(const struct table *table, bool (*write)(void *to, struct text piece), void *to)
{
    struct results *r = table->results;
    struct buffer piece;
    buffer_init(&piece, r->arena);
    for (size_t from = 0, end; from < r->units; from = end) {
        end = r->units - from < PIECE_UNITS ? r->units : from + PIECE_UNITS;
        piece.len = 0;
        put_rows(&piece, table, from, end);
        if (!write(to, buffer_result(&piece))) return false;
    }
    return true;
}

bool results_csv(struct results *r, const size_t *order, unsigned threads, bool (*write)(void *to, struct text piece),
                 void *to)
{
    struct buffer head;
    buffer_init(&head, r->arena);
    struct csv_writer csv = {.out = &head};
    for (size_t c = 0; c < r->column_count; c++) csv_write_cell(&csv, r->columns[c].heading);
    csv_write_end(&csv);
    if (!write(to, buffer_result(&head))) return false;
    struct table table = {.results = r, .order = order, .plain = plan_columns(r)};
    for (size_t k = 1; table.plain && k < r->column_count; k++)
        table.most += table.plain[k].most + 2; /* a comma or the end, a % */
    table.most += 1 + WORD_BYTES;
    if (!table.plain || threads < 2 || r->units < FEWEST_UNITS) return write_by_one(&table, write, to);
    return write_by_threads(&table, threads < MOST_THREADS ? threads : MOST_THREADS, write, to);
}
