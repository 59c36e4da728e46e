/* JSON and JSON Lines as tables of a Source.
 *
 * In: an array of objects, an object of such arrays, or an object a line. Out: batches of rows; a column for each name
 * that any of the objects has.
 * Decision: the file is read twice, first for its columns, because an object may leave out what is blank; numbers go
 * on as they are written. Cost: the second reading.
 */
#include "source_kind.h"

#include "encoding.h"
#include "intern.h"
#include "json_scan.h"
#include "utf8.h"

enum { CELLS_BATCH = 256 * 1024, SCRATCH_BATCH = 8 * 1024 * 1024, LEARN_STEP = 4096 };

/* Where a table stands in a file. */
struct json_place {
    struct text file;  /* as messages call it */
    struct text path;  /* to be opened; or empty: */
    struct text bytes; /* from its [ on */
    uint64_t line;
};

struct json_table {
    struct source_table base;
    struct findings *problems;
    struct json_scan scan;
    struct csv_scratch scratch;
    struct intern names;
    bool lines, done; /* an object a line; no array around */
    struct text *cells;
    uint8_t *filled; /* per column: this object has it already */
    uint32_t numbers[LIMIT_BATCH];
    uint32_t batch_rows;
    uint64_t rows, size;
};

static enum diag_code fault_code(enum json_fault why)
{
    switch (why) {
    case JSON_WHOLE: return D_NONE;
    case JSON_UNEXPECTED: return D_JSON_UNEXPECTED;
    case JSON_CUT_OFF: return D_JSON_CUT_OFF;
    case JSON_BAD_STRING: return D_JSON_STRING;
    case JSON_NOT_UTF8: return D_CSV_NOT_UTF8;
    case JSON_BAD_NUMBER: return D_JSON_NUMBER;
    case JSON_TOO_DEEP: return D_JSON_DEEP;
    case JSON_TOO_LONG: return D_CSV_CELL_TOO_LONG;
    }
    return D_NONE;
}

static void report_broken(struct arena *arena, struct findings *problems, struct text file, const struct json_scan *scan)
{
    struct text limit = TEXT_NONE;
    if (scan->why == JSON_TOO_LONG) limit = arena_print(arena, "%d", LIMIT_CELL_BYTES);
    if (scan->why == JSON_TOO_DEEP) limit = arena_print(arena, "%d", LIMIT_JSON_DEPTH);
    struct finding *finding = FIND(problems, fault_code(scan->why), SPAN_NONE, limit);
    if (!finding) return;
    size_t left = (size_t)(scan->end - scan->at);
    const char *newline = left ? memchr(scan->at, '\n', left) : NULL;
    struct text value = {scan->at, newline ? (size_t)(newline - scan->at) : left};
    finding->data = (struct data_place){.file = file, .line = scan->line};
    finding->data.value = arena_text(arena, utf8_cut(value, CSV_EXCERPT / 2));
}

static void report(struct json_table *table, enum diag_code code, uint64_t line, struct text column, struct text value)
{
    table->base.faults++;
    struct text limit = arena_print(table->base.arena, "%d", LIMIT_CELL_BYTES);
    struct finding *finding = FIND(table->problems, code, SPAN_NONE, limit);
    if (!finding) return;
    finding->data =
        (struct data_place){.file = table->base.file, .line = line, .column = arena_text(table->base.arena, column)};
    finding->data.value = arena_text(table->base.arena, utf8_cut(value, CSV_EXCERPT));
}

/* The file's text in UTF-8. */
static bool read_text(struct source *source, struct text path, struct findings *problems, struct text *out)
{
    struct text bytes;
    if (!source_map_file(source, path, problems, &bytes)) return false;
    enum encoding encoding = encoding_guess(bytes);
    if (encoding != ENCODING_UTF8) {
        struct finding *finding = FIND(problems, D_DATA_ENCODED, SPAN_NONE, encoding_name(encoding));
        if (finding) finding->data.file = path;
    }
    return encoding_convert(source->arena, bytes, encoding, path, problems, out);
}

/* ---- rows ---- */

/* Behind the { of a row: its cells into `cells` (NULL: only the names are learnt). False: the text is broken. *fine: it is a
 * row that can be used. */
static bool take_object(struct json_table *table, struct text *cells, uint64_t line, bool *fine)
{
    bool learn = cells == NULL;
    if (!learn) {
        memset(table->filled, 0, table->base.columns);
        for (uint32_t c = 0; c < table->base.columns; c++) cells[c] = TEXT_NONE;
    }
    for (;;) {
        if (learn) csv_scratch_reset(&table->scratch);
        struct json_token name = json_scan_next(&table->scan);
        if (name.kind == JSON_BROKEN) return false;
        if (name.kind == JSON_OBJECT_END) return true;
        uint32_t column = 0;
        struct text heading = utf8_trim(name.text);
        if (learn && table->names.count <= LIMIT_COLUMNS)
            intern_put(&table->names, heading);
        else if (!learn)
            intern_find(&table->names, heading, &column);

        struct json_token value = json_scan_next(&table->scan);
        struct text text = value.text;
        switch (value.kind) {
        case JSON_BROKEN: return false;
        case JSON_OBJECT:
        case JSON_ARRAY:
            if (!json_scan_skip(&table->scan)) return false;
            if (!learn) report(table, D_JSON_NESTED, value.line, heading, TEXT_NONE);
            *fine = false;
            continue;
        case JSON_TRUE: text = TEXT("true"); break;
        case JSON_FALSE: text = TEXT("false"); break;
        case JSON_NULL: text = TEXT_NONE; break;
        case JSON_END:
        case JSON_OBJECT_END:
        case JSON_ARRAY_END:
        case JSON_NAME:
        case JSON_STRING:
        case JSON_NUMBER: break;
        }
        if (learn) continue;
        enum diag_code wrong = D_NONE;
        if (table->filled[column])
            wrong = D_JSON_TWICE;
        else if (text.len > LIMIT_CELL_BYTES)
            wrong = D_CSV_CELL_TOO_LONG;
        else if (text.len && memchr(text.at, 0, text.len))
            wrong = D_CSV_NUL;
        if (wrong != D_NONE) report(table, wrong, line, heading, text);
        if (wrong != D_NONE) *fine = false;
        table->filled[column] = 1;
        cells[column] = text;
    }
}

/* The next row. False at the end, or where nothing more can be read. */
static bool take_row(struct json_table *table, struct text *cells, uint64_t *line, bool *fine)
{
    bool learn = cells == NULL;
    *fine = true;
    if (table->done) return false;
    struct json_token token = json_scan_next(&table->scan);
    *line = token.line;
    if (token.kind == JSON_END || (token.kind == JSON_ARRAY_END && !table->lines)) {
        table->done = true;
        return false;
    }
    bool whole = token.kind != JSON_BROKEN;
    if (token.kind == JSON_OBJECT) {
        whole = take_object(table, cells, token.line, fine);
    } else if (whole) {
        *fine = false;
        if (!learn) report(table, D_JSON_NO_ROW, token.line, TEXT_NONE, TEXT_NONE);
        if (token.kind == JSON_ARRAY) whole = json_scan_skip(&table->scan);
    }
    if (!whole) {
        *fine = false;
        if (!learn) report_broken(table->base.arena, table->problems, table->base.file, &table->scan);
        if (!learn) table->base.faults++;
        if (table->lines)
            json_scan_resume(&table->scan);
        else
            table->done = true;
    }
    return true;
}

static bool json_next(struct source_table *base, struct source_batch *batch)
{
    struct json_table *table = (struct json_table *)base;
    uint32_t rows = 0;
    while (rows < table->batch_rows && table->scratch.total < SCRATCH_BATCH) {
        if (rows == 0) csv_scratch_reset(&table->scratch);
        uint64_t line;
        bool fine;
        if (!take_row(table, table->cells + (size_t)rows * base->columns, &line, &fine)) break;
        if (fine) table->numbers[rows++] = line > UINT32_MAX ? UINT32_MAX : (uint32_t)line;
    }
    table->scratch.total = 0;
    *batch = (struct source_batch){table->cells, table->numbers, rows, base->columns};
    return rows != 0;
}

static uint64_t json_rows_hint(const struct source_table *base) { return ((const struct json_table *)base)->rows; }

/* Each byte is read twice: for the names, then for the rows. */
static void json_progress(const struct source_table *base, uint64_t *done, uint64_t *all)
{
    const struct json_table *table = (const struct json_table *)base;
    *done = table->size + (table->size - (uint64_t)(table->scan.end - table->scan.at));
    *all = 2 * table->size;
}

/* ---- opening ---- */

static void start(struct json_table *table, const struct json_place *place, struct text bytes)
{
    table->done = false;
    csv_scratch_reset(&table->scratch);
    json_scan_start(&table->scan, bytes, place->path.len ? 1 : place->line, &table->scratch);
    if (!table->lines) json_scan_next(&table->scan); /* the [ */
}

static struct source_table *json_open(struct source *source, const struct source_entry *entry, struct findings *problems)
{
    static const struct source_kind KIND = {.next = json_next, .rows_hint = json_rows_hint, .progress = json_progress};
    struct arena *arena = source->arena;
    const struct json_place *place = entry->container;
    struct text bytes = place->bytes;
    if (place->path.len && !read_text(source, place->path, problems, &bytes)) return NULL;
    struct json_table *table = ARENA_NEW(arena, struct json_table);
    table->base = (struct source_table){.kind = &KIND, .arena = arena, .file = place->file};
    table->problems = problems;
    table->lines = place->path.len != 0;
    csv_scratch_init(&table->scratch, arena);
    intern_init(&table->names, arena);
    start(table, place, bytes);
    uint64_t line;
    bool fine;
    table->size = bytes.len;
    while (take_row(table, NULL, &line, &fine)) {
        if (++table->rows % LEARN_STEP) continue;
        uint64_t done = table->size - (uint64_t)(table->scan.end - table->scan.at);
        progress_add(source->options.progress, 0, (int64_t)(done - table->base.told));
        table->base.told = done;
    }
    if (table->names.count > LIMIT_COLUMNS) {
        report(table, D_JSON_TOO_MANY_COLUMNS, 0, TEXT_NONE, TEXT_NONE);
        return NULL;
    }
    table->base.columns = table->names.count;
    table->base.headings = table->names.texts;
    uint32_t columns = table->base.columns;
    table->batch_rows = columns <= CELLS_BATCH / LIMIT_BATCH ? LIMIT_BATCH : CELLS_BATCH / columns;
    table->cells = ARENA_ARRAY(arena, struct text, (size_t)table->batch_rows * columns);
    table->filled = arena_take(arena, columns, 1);
    table->base.bare = table->rows == 0;
    start(table, place, bytes);
    return &table->base;
}

static void offer(struct source *source, struct json_place place, struct text file, struct text name, struct text other)
{
    struct json_place *kept = ARENA_NEW(source->arena, struct json_place);
    *kept = place;
    source_offer(
        source,
        (struct source_entry){
            .name = name, .other = other, .file = file, .size = 2 * place.bytes.len, .open = json_open, .container = kept});
}

/* The arrays that are members of the object whose { was just read. Every other member is no table. */
static bool offer_members(struct source *source, struct json_scan *scan, struct text path, struct text file,
                          struct text name)
{
    size_t first = source->entry_count;
    for (;;) {
        csv_scratch_reset(scan->scratch);
        struct json_token token = json_scan_next(scan);
        if (token.kind == JSON_BROKEN) return false;
        if (token.kind == JSON_OBJECT_END) break;
        struct text table = arena_text(source->arena, utf8_trim(token.text));
        token = json_scan_next(scan);
        if (token.kind == JSON_BROKEN) return false;
        if (token.kind == JSON_ARRAY) {
            struct json_place place = {.file = source_part(source->arena, path, table), .line = token.line};
            place.bytes = (struct text){token.at, (size_t)(scan->end - token.at)};
            offer(source, place, source_part(source->arena, file, table), table, TEXT_NONE);
        }
        bool nested = token.kind == JSON_ARRAY || token.kind == JSON_OBJECT;
        if (nested && !json_scan_skip(scan)) return false;
    }
    if (source->entry_count == first + 1) source->entries[first].other = name; /* one table: the file may bear its name */
    return true;
}

/* The file holds no table: a finding, and false; among other files it is merely one that nobody asks for. */
static bool refuse(struct source *source, struct findings *problems, enum diag_code code, struct text path, struct text file,
                   uint64_t line)
{
    if (!source->single && code == D_JSON_NO_TABLE) {
        source_offer(source, (struct source_entry){.file = file});
        return true;
    }
    struct finding *finding = FIND(problems, code, SPAN_NONE);
    if (finding) finding->data = (struct data_place){.file = path, .line = line};
    return false;
}

bool source_offer_json(struct source *source, struct text path, struct text file, struct text name,
                       struct findings *problems)
{
    struct csv_scratch scratch;
    struct json_scan scan;
    struct text bytes;
    if (!read_text(source, path, problems, &bytes)) return false;
    csv_scratch_init(&scratch, source->arena);
    json_scan_start(&scan, bytes, 1, &scratch);
    size_t before = source->entry_count;
    struct json_token token = json_scan_next(&scan);
    bool whole = token.kind != JSON_BROKEN && token.kind != JSON_END;
    if (token.kind == JSON_ARRAY) {
        struct json_place place = {.file = path, .line = token.line, .bytes = {token.at, (size_t)(scan.end - token.at)}};
        offer(source, place, file, name, TEXT_NONE);
        whole = json_scan_skip(&scan);
    } else if (token.kind == JSON_OBJECT) {
        source->several = true;
        whole = offer_members(source, &scan, path, file, name);
        if (whole && source->entry_count == before) return refuse(source, problems, D_JSON_NO_TABLE, path, file, token.line);
    } else if (token.kind == JSON_END) {
        return refuse(source, problems, D_DATA_EMPTY_FILE, path, file, 0);
    } else if (whole) {
        return refuse(source, problems, D_JSON_NO_TABLE, path, file, token.line);
    }
    if (whole) {
        token = json_scan_next(&scan);
        if (token.kind != JSON_END && token.kind != JSON_BROKEN) scan.why = JSON_UNEXPECTED;
        whole = token.kind == JSON_END;
    }
    if (whole) return true;
    report_broken(source->arena, problems, path, &scan);
    source->entry_count = before; /* none of it is read */
    return false;
}

void source_offer_json_lines(struct source *source, struct text path, struct text file, struct text name)
{
    offer(source, (struct json_place){.file = path, .path = path}, file, name, TEXT_NONE);
}
