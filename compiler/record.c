/* `run --record FILE`: results kept for the next scheme, in the form that `use results of` reads.
 *
 * In: a result, and the file as it stands (it need not be there). Out: the file with a row for each unit of this run and
 * this period: unit, first day of the period, total, grade, place, place from the last. Decision: one file holds all
 * periods, as the next scheme reads one, and a run replaces what an earlier run of the same period wrote of the same units;
 * so a month can be run again, and nobody edits by hand. Cost: the file is rewritten whole.
 */
#include "kaohe_internal.h"

#include "../runtime/atomic_file.h"
#include "../runtime/calendar.h"
#include "../runtime/csv_write.h"
#include "../runtime/intern.h"
#include "../runtime/limits.h"
#include "../runtime/utf8.h"

#include <errno.h>
#include <sys/stat.h>

/* The columns, from builtins.def. */
enum {
#define BUILTIN(name, english, chinese, least, most, help)
#define COLUMN(table, name, english, chinese, help) COLUMN_##table##_##name,
#include "../runtime/builtins.def"
#undef BUILTIN
#undef MEMBER
#undef COLUMN
    UNIT = COLUMN_RESULTS_UNIT,
    PERIOD = COLUMN_RESULTS_PERIOD,
    TOTAL = COLUMN_RESULTS_TOTAL,
    GRADE = COLUMN_RESULTS_GRADE,
    PLACE = COLUMN_RESULTS_PLACE,
    FROM_LAST = COLUMN_RESULTS_FROM_LAST,
};

static const char *const SPELLINGS[][2] = {
#define BUILTIN(name, english, chinese, least, most, help)
#define COLUMN(table, name, english, chinese, help) {english, chinese},
#include "../runtime/builtins.def"
#undef BUILTIN
#undef MEMBER
#undef COLUMN
};

enum { WIDEST = 6 };

struct record_row {
    int64_t period;
    struct text cells[WIDEST];
};

struct recording {
    kh_result *result;
    struct arena *arena;
    struct findings *problems;
    struct text path;
    int columns[WIDEST]; /* UNIT, PERIOD … in the order in which they are written */
    struct text headings[WIDEST];
    uint32_t count;
    struct intern units; /* of this run */
    int32_t ranking;     /* whose places they are, or NO_INDEX */
    struct record_row *kept;
    size_t kept_count, kept_capacity;
};

static struct finding *file_find(struct recording *w, struct finding *finding, uint64_t line)
{
    if (finding) finding->data = (struct data_place){.file = w->path, .line = line};
    return finding;
}

/* ---- which columns ---- */

/* The ranking whose places are meant: the only one; of several, the only one that goes by the total. */
static int32_t ranking_of(const struct scheme *scheme)
{
    if (scheme->ranking_count == 1) return 0;
    int32_t found = NO_INDEX;
    for (size_t k = 0; k < scheme->ranking_count; k++) {
        const struct ast *by = scheme->rankings[k].entity->decl->a;
        if (by->kind != AST_NAME || builtin_find(by->text) != BUILTIN_TOTAL) continue;
        if (found >= 0) return NO_INDEX;
        found = (int32_t)k;
    }
    return found;
}

static void add_column(struct recording *w, int column)
{
    const char *word = SPELLINGS[column][w->result->scheme->scheme->file->tongue == TONGUE_ZH];
    w->headings[w->count] = (struct text){word, strcspn(word, "|")};
    w->columns[w->count++] = column;
}

static void choose_columns(struct recording *w)
{
    const struct scheme *scheme = w->result->scheme->scheme;
    w->ranking = ranking_of(scheme);
    add_column(w, UNIT);
    add_column(w, PERIOD);
    if (scheme->part_count) add_column(w, TOTAL);
    if (scheme->grade_count) add_column(w, GRADE);
    if (w->ranking < 0) return;
    add_column(w, PLACE);
    add_column(w, FROM_LAST);
}

/* ---- what is there already ---- */

static bool is_heading(const struct recording *w, int column, struct text heading)
{
    const struct table_schema *units = &w->result->scheme->program->schema.tables[0];
    const struct field_schema *key = &units->fields[units->key];
    if (column == UNIT && (text_equal(heading, key->name) || (key->heading.len && text_equal(heading, key->heading))))
        return true;
    return text_is(heading, SPELLINGS[column][0]) || text_among(SPELLINGS[column][1], heading);
}

/* Which column of the file is which of ours: the same ones, in whatever order and tongue. */
static bool match_headings(struct recording *w, struct source_table *table, uint32_t *where)
{
    uint32_t count, found = 0;
    const struct text *headings = source_table_headings(table, &count);
    bool same = count == w->count;
    for (uint32_t k = 0; k < w->count; k++)
        for (uint32_t c = 0; c < count; c++)
            if (is_heading(w, w->columns[k], headings[c])) {
                where[k] = c;
                found++;
                break;
            }
    if (same && found == w->count) return true;
    struct buffer have, want;
    buffer_init(&have, w->arena);
    buffer_init(&want, w->arena);
    for (uint32_t c = 0; c < count; c++) buffer_print(&have, "%s%.*s", c ? "," : "", TEXT_ARG(headings[c]));
    for (uint32_t k = 0; k < w->count; k++) buffer_print(&want, "%s%.*s", k ? "," : "", TEXT_ARG(w->headings[k]));
    file_find(w, FIND(w->problems, D_RECORD_HEADINGS, SPAN_NONE, buffer_result(&have), buffer_result(&want)), 1);
    return false;
}

/* Rows of other periods, and of this one those of units that this run does not know. */
static void keep_row(struct recording *w, const struct source_batch *batch, uint32_t lane, const uint32_t *where)
{
    struct record_row row = {0};
    const struct text *cells = batch->cells + (size_t)lane * batch->columns;
    for (uint32_t k = 0; k < w->count; k++) row.cells[k] = arena_text(w->arena, utf8_trim(cells[where[k]]));
    if (!date_parse(row.cells[1], &row.period)) {
        struct finding *f = file_find(w, FIND(w->problems, D_CELL_DATE, SPAN_NONE), batch->lines[lane]);
        if (f) {
            f->data.column = w->headings[1];
            f->data.value = row.cells[1];
        }
        return;
    }
    uint32_t unit;
    if (row.period == w->result->scheme->scheme->schema.period_from && intern_find(&w->units, row.cells[0], &unit)) return;
    ARENA_PUSH(w->arena, w->kept, w->kept_count, w->kept_capacity, row);
}

static bool read_kept(struct recording *w)
{
    struct stat info;
    if (stat(w->path.at, &info) != 0 && errno == ENOENT) return true;
    struct source *source = source_open(w->arena, w->path, &w->result->scheme->sources, w->problems);
    if (!source) return false;
    const char *slash = memrchr(w->path.at, '/', w->path.len);
    struct text name = slash ? (struct text){slash + 1, w->path.len - (size_t)(slash + 1 - w->path.at)} : w->path;
    name.len = name.len > 4 ? name.len - 4 : name.len; /* .csv, as the caller has made sure */
    bool found;
    struct source_table *table = source_table_open(source, &name, 1, w->problems, &found);
    uint32_t where[WIDEST];
    if (!table || !match_headings(w, table, where)) return false;
    const struct results *r = w->result->results;
    intern_init(&w->units, w->arena);
    results_cells(w->result->results);
    for (uint32_t unit = 0; unit < r->units; unit++) intern_put(&w->units, r->cells[(size_t)unit * r->column_count]);
    struct source_batch batch;
    while (source_table_next(table, &batch))
        for (uint32_t lane = 0; lane < batch.rows; lane++) keep_row(w, &batch, lane, where);
    return w->problems->errors == 0;
}

/* ---- what is new ---- */

/* A total that a column of numbers can hold: `use results of` reads decimals, and rounds nothing. */
static bool is_decimal(struct text total)
{
    const char *point = total.len ? memchr(total.at, '.', total.len) : NULL;
    if (total.len && memchr(total.at, '/', total.len)) return false;
    return !point || total.len - (size_t)(point + 1 - total.at) <= LIMIT_FIELD_PLACES;
}

static struct text place_text(struct recording *w, enum rank_output output, uint32_t unit)
{
    struct scheme *scheme = w->result->scheme->scheme;
    struct quotient value;
    if (results_read(w->result->run, scheme->rankings[w->ranking].out[output], unit, &value) != FAULT_NONE) return TEXT_NONE;
    return arena_print(w->arena, "%lld", (long long)value.num);
}

static struct text cell_of(struct recording *w, int column, uint32_t unit)
{
    const struct results *r = w->result->results;
    char room[16];
    if (column == PERIOD) return arena_text(w->arena, date_format(w->result->scheme->scheme->schema.period_from, room));
    if (column == PLACE || column == FROM_LAST) return place_text(w, column == PLACE ? RANK_PLACE : RANK_FROM_LAST, unit);
    kh_column kind = column == UNIT ? KH_COLUMN_KEY : column == TOTAL ? KH_COLUMN_TOTAL : KH_COLUMN_GRADE;
    for (size_t c = 0; c < r->column_count; c++)
        if (r->columns[c].kind == kind) return r->cells[(size_t)unit * r->column_count + c];
    return TEXT_NONE;
}

/* Whoever is not assessed has no row: nothing was found out about them. */
static bool is_left_out(const struct recording *w, uint32_t unit)
{
    struct value *assessed = w->result->scheme->scheme->assessed;
    struct quotient yes;
    return assessed && results_read(w->result->run, assessed, unit, &yes) == FAULT_NONE && !yes.num;
}

static void write_row(struct csv_writer *csv, const struct recording *w, const struct text *cells)
{
    for (uint32_t k = 0; k < w->count; k++) csv_write_cell(csv, cells[k]);
    csv_write_end(csv);
}

static size_t write_units(struct csv_writer *csv, struct recording *w)
{
    size_t written = 0;
    for (uint32_t unit = 0; unit < w->result->results->units; unit++) {
        struct text cells[WIDEST];
        if (is_left_out(w, unit)) continue;
        for (uint32_t k = 0; k < w->count; k++) {
            cells[k] = cell_of(w, w->columns[k], unit);
            if (w->columns[k] == TOTAL && !is_decimal(cells[k]))
                FIND(w->problems, D_RECORD_FRACTION, SPAN_NONE, cells[0], cells[k]);
        }
        write_row(csv, w, cells);
        written++;
    }
    return written;
}

static kh_status record(struct recording *w, size_t *recorded)
{
    const struct scheme *scheme = w->result->scheme->scheme;
    if (!scheme->schema.has_period) {
        FIND(w->problems, D_RECORD_NO_PERIOD, SPAN_NONE);
        return KH_USAGE;
    }
    choose_columns(w);
    if (!read_kept(w)) return KH_DATA;
    struct buffer text;
    buffer_init(&text, w->arena);
    struct csv_writer csv = {.out = &text};
    size_t k = 0;
    write_row(&csv, w, w->headings);
    for (; k < w->kept_count && w->kept[k].period <= scheme->schema.period_from; k++) write_row(&csv, w, w->kept[k].cells);
    *recorded = write_units(&csv, w);
    for (; k < w->kept_count; k++) write_row(&csv, w, w->kept[k].cells);
    if (w->problems->errors) return KH_DATA;
    return atomic_file_write(w->problems, w->path, buffer_result(&text)) ? KH_OK : KH_ENVIRONMENT;
}

kh_status kh_result_record(kh_result *result, const char *path, size_t *recorded, size_t *kept, kh_text *message)
{
    *recorded = *kept = 0;
    *message = (kh_text){NULL, 0};
    if (!result->results) return KH_DATA;
    if (setjmp(*arena_trap(result->arena)) || setjmp(*arena_trap(result->scheme->arena))) return KH_ENVIRONMENT;
    kh_scheme *s = result->scheme;
    struct findings problems;
    findings_init(&problems, result->arena, 0);
    struct recording *w = ARENA_NEW(result->arena, struct recording);
    *w = (struct recording){.result = result, .arena = result->arena, .problems = &problems};
    w->path = arena_text(result->arena, text_of(path));
    kh_status status = record(w, recorded);
    *kept = w->kept_count;
    if (status != KH_OK)
        *message = kh_of(
            findings_report(result->arena, &problems, kh_message_tongue(s), s->file->files, LIMIT_PROBLEMS_SHOWN));
    return status;
}
