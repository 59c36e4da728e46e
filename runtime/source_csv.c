/* A CSV file as a table of a Source.
 *
 * In: a file of separated text in any of our encodings. Out: batches whose cells point into the mapped file.
 * Decision: encoding and separator are found out, and said in a notice where they are not UTF-8 and the comma: offices
 * cannot tell which of them their programs write. Cost: a line of output for such files.
 */
#include "source_kind.h"

#include "csv_scan.h"
#include "encoding.h"
#include "limits.h"
#include "utf8.h"

/* A batch ends early when its undone quotes take this many bytes, or its wide rows have this many cells. */
enum { SCRATCH_BATCH = 8 * 1024 * 1024, CELLS_BATCH = 256 * 1024 };

struct csv_table {
    struct source_table base;
    struct findings *problems;
    struct text bytes; /* UTF-8, whatever the file is */
    enum encoding encoding;
    struct csv_scan scan;
    struct csv_scratch scratch;
    struct text *cells;
    uint32_t lines[LIMIT_BATCH];
    uint32_t batch_rows; /* the most a batch has */
    uint64_t rows_read;
};

/* ---- findings about the file ---- */

/* What is saved as CSV by mistake; D_NONE when it may be CSV. */
static enum diag_code wrong_format(struct text bytes)
{
    if (bytes.len >= 4 && memcmp(bytes.at, "PK\x03\x04", 4) == 0) return D_DATA_WORKBOOK;
    if (bytes.len >= 4 && memcmp(bytes.at, "\xD0\xCF\x11\xE0", 4) == 0) return D_DATA_WORKBOOK;
    if (bytes.len >= 16 && memcmp(bytes.at, "SQLite format 3", 16) == 0) return D_DATA_DATABASE;
    return D_NONE;
}

static void file_finding(struct csv_table *table, enum diag_code code, uint64_t line, struct text word)
{
    struct finding *finding = FIND(table->problems, code, SPAN_NONE, word);
    if (finding) finding->data = (struct data_place){.file = table->base.file, .line = line};
}

static struct text number_text(struct arena *arena, uint64_t number)
{
    return arena_print(arena, "%llu", (unsigned long long)number);
}

/* ---- faults of a row ---- */

static enum diag_code fault_code(enum csv_fault fault)
{
    switch (fault) {
    case CSV_WHOLE: return D_NONE;
    case CSV_UNCLOSED_QUOTE: return D_CSV_UNCLOSED_QUOTE;
    case CSV_AFTER_QUOTE: return D_CSV_AFTER_QUOTE;
    case CSV_BARE_QUOTE: return D_CSV_BARE_QUOTE;
    case CSV_LONE_CR: return D_CSV_LONE_CR;
    case CSV_NUL: return D_CSV_NUL;
    case CSV_NOT_UTF8: return D_CSV_NOT_UTF8;
    case CSV_CELL_TOO_LONG: return D_CSV_CELL_TOO_LONG;
    case CSV_ROW_TOO_LONG: return D_CSV_ROW_TOO_LONG;
    }
    return D_NONE;
}

static void report_fault(struct csv_table *table, const struct csv_record *record)
{
    struct text limit = TEXT_NONE;
    struct arena *arena = table->base.arena;
    table->base.faults++;
    if (findings_full(table->problems)) arena = NULL; /* counted, but no words are made for it */
    if (arena && record->fault == CSV_CELL_TOO_LONG) limit = number_text(arena, LIMIT_CELL_BYTES);
    if (arena && record->fault == CSV_ROW_TOO_LONG) limit = number_text(arena, LIMIT_ROW_BYTES);
    bool converted = record->fault == CSV_NOT_UTF8 && table->encoding != ENCODING_UTF8;
    if (converted) limit = encoding_name(table->encoding);
    enum diag_code code = converted ? D_CSV_NOT_ENCODED : fault_code(record->fault);
    struct finding *finding = FIND(table->problems, code, SPAN_NONE, limit);
    if (!finding) return;
    finding->data = (struct data_place){.file = table->base.file, .line = record->fault_line};
    if (record->fault_cell < table->base.columns) finding->data.column = table->base.headings[record->fault_cell];
    finding->data.value = arena_text(table->base.arena, utf8_cut(record->fault_at, CSV_EXCERPT - 3));
}

static void report_cells(struct csv_table *table, const struct csv_record *record)
{
    table->base.faults++;
    enum diag_code code = record->cells > table->base.columns ? D_CSV_TOO_MANY_CELLS : D_CSV_TOO_FEW_CELLS;
    struct text have = TEXT_NONE, want = TEXT_NONE;
    if (!findings_full(table->problems)) {
        have = number_text(table->base.arena, record->cells);
        want = number_text(table->base.arena, table->base.columns);
    }
    struct finding *finding = FIND(table->problems, code, SPAN_NONE, have, want);
    if (finding) finding->data = (struct data_place){.file = table->base.file, .line = record->line};
}

/* ---- the headings ---- */

/* A single heading that looks like several with a separator that nobody's program writes: that separator, else empty. */
static struct text other_separator(struct text heading)
{
    static const struct text MARKS[] = {{"，", 3}, {"；", 3}, {"|", 1}};
    for (size_t i = 0; i < sizeof MARKS / sizeof *MARKS; i++) {
        if (memmem(heading.at, heading.len, MARKS[i].at, MARKS[i].len)) return MARKS[i];
    }
    return TEXT_NONE;
}

/* Cells that the first line has at most, whatever separates them, unless quotes stand where none belong. */
static uint32_t most_headings(struct text bytes)
{
    uint32_t most = 1;
    bool quoted = false;
    for (size_t i = 0; i < bytes.len && most < LIMIT_COLUMNS; i++) {
        char c = bytes.at[i];
        if (c == '"') quoted = !quoted;
        if (c == ',' || c == '\t' || c == ';') most++;
        if (c == '\n' && !quoted && most > 1) break; /* empty lines may come first */
    }
    return most;
}

/* The separator that makes most headings of the first line; the comma if none does. */
static char find_separator(struct csv_table *table, struct text *cells, uint32_t room)
{
    static const char SEPARATORS[] = {',', '\t', ';'};
    char best = ',';
    uint32_t most = 1;
    for (size_t i = 0; i < sizeof SEPARATORS; i++) {
        struct csv_scan scan;
        struct csv_record record;
        csv_scan_start(&scan, table->bytes, SEPARATORS[i], &table->scratch);
        scan.rereads = 0;
        if (!csv_scan_next(&scan, cells, room, &record) || record.fault != CSV_WHOLE || record.cells <= most) continue;
        most = record.cells;
        best = SEPARATORS[i];
    }
    return best;
}

static bool read_headings(struct csv_table *table)
{
    struct arena *arena = table->base.arena;
    uint32_t room = most_headings(table->bytes);
    struct text *cells = ARENA_ARRAY(arena, struct text, room);
    struct csv_record record;
    char separator = find_separator(table, cells, room);
    csv_scan_start(&table->scan, table->bytes, separator, &table->scratch);
    bool found = csv_scan_next(&table->scan, cells, room, &record);
    if (found && record.cells > room && record.cells <= LIMIT_COLUMNS) { /* quotes that are none misled the count */
        cells = ARENA_ARRAY(arena, struct text, record.cells);
        csv_scan_start(&table->scan, table->bytes, separator, &table->scratch);
        found = csv_scan_next(&table->scan, cells, record.cells, &record);
    }
    if (!found) {
        file_finding(table, D_DATA_EMPTY_FILE, 0, TEXT_NONE);
        return false;
    }
    if (record.fault != CSV_WHOLE) {
        report_fault(table, &record);
        return false;
    }
    if (record.cells > LIMIT_COLUMNS) {
        file_finding(table, D_CSV_TOO_MANY_COLUMNS, record.line, number_text(arena, LIMIT_COLUMNS));
        return false;
    }
    struct text other = record.cells == 1 ? other_separator(cells[0]) : TEXT_NONE;
    if (other.len) {
        file_finding(table, D_DATA_SEPARATOR, record.line, other);
        return false;
    }
    if (table->scan.separator != ',') {
        file_finding(table, D_DATA_SEPARATED, record.line, table->scan.separator == ';' ? TEXT(";") : TEXT("TAB"));
    }
    table->base.heading_line = record.line;
    table->base.columns = record.cells;
    table->base.headings = ARENA_ARRAY(arena, struct text, record.cells);
    for (uint32_t i = 0; i < record.cells; i++) table->base.headings[i] = arena_text(arena, utf8_trim(cells[i]));
    return true;
}

/* ---- rows ---- */

/* A line of blanks alone, as hands leave them at the end of a file. */
static bool is_blank_line(const struct csv_record *record, const struct text *cells)
{
    return record->cells == 1 && utf8_trim(cells[0]).len == 0;
}

static bool csv_next(struct source_table *base, struct source_batch *batch)
{
    struct csv_table *table = (struct csv_table *)base;
    uint32_t columns = base->columns, rows = 0;
    if (!table->cells) table->cells = ARENA_ARRAY(base->arena, struct text, (size_t)table->batch_rows * columns);
    table->scratch.total = 0;
    while (rows < table->batch_rows && table->scratch.total < SCRATCH_BATCH) {
        if (rows == 0) csv_scratch_reset(&table->scratch); /* broken rows alone must not end the batch */
        struct text *cells = table->cells + (size_t)rows * columns;
        struct csv_record record;
        if (!csv_scan_next(&table->scan, cells, columns, &record)) break;
        table->rows_read++;
        if (record.fault != CSV_WHOLE) {
            report_fault(table, &record);
        } else if (record.cells == columns) {
            table->lines[rows++] = record.line > UINT32_MAX ? UINT32_MAX : (uint32_t)record.line;
        } else if (!is_blank_line(&record, cells)) {
            report_cells(table, &record);
        }
    }
    *batch = (struct source_batch){table->cells, table->lines, rows, columns};
    return rows != 0;
}

/* Rows of the whole file as the part read so far lets expect; never more than bytes. */
static uint64_t csv_rows_hint(const struct source_table *base)
{
    const struct csv_table *table = (const struct csv_table *)base;
    uint64_t read = (uint64_t)(table->scan.at - table->bytes.at);
    if (table->rows_read == 0 || read == 0) return table->bytes.len / 2 / (table->base.columns ? table->base.columns : 1);
    uint64_t left = table->bytes.len - read;
    uint64_t more = (uint64_t)((unsigned __int128)left * table->rows_read / read);
    return left ? table->rows_read + more + more / 32 + LIMIT_BATCH : table->rows_read;
}

static bool csv_bytes(const struct source_table *base, struct source_bytes *out)
{
    const struct csv_scan *scan = &((const struct csv_table *)base)->scan;
    *out = (struct source_bytes){{scan->at, (size_t)(scan->end - scan->at)}, scan->line, scan->separator};
    return true;
}

static void csv_progress(const struct source_table *base, uint64_t *done, uint64_t *all)
{
    const struct csv_table *table = (const struct csv_table *)base;
    *done = (uint64_t)(table->scan.at - table->bytes.at);
    *all = table->bytes.len;
}

/* ---- opening ---- */

/* The file's text in UTF-8. */
static bool read_text(struct csv_table *table, struct source *source)
{
    struct text bytes;
    enum encoding named;
    if (!source_map_file(source, table->base.file, table->problems, &bytes)) return false;
    enum diag_code wrong = wrong_format(bytes);
    if (wrong != D_NONE) {
        file_finding(table, wrong, 0, TEXT_NONE);
        return false;
    }
    table->encoding = encoding_guess(bytes);
    bool asked = encoding_find(source->options.encoding, &named) && !encoding_mark(bytes, &table->encoding);
    if (asked)
        table->encoding = named;
    else if (table->encoding != ENCODING_UTF8)
        file_finding(table, D_DATA_ENCODED, 0, encoding_name(table->encoding));
    return encoding_convert(table->base.arena, bytes, table->encoding, table->base.file, table->problems, &table->bytes);
}

static struct source_table *csv_open(struct source *source, const struct source_entry *entry, struct findings *problems)
{
    static const struct source_kind KIND = {
        .next = csv_next, .rows_hint = csv_rows_hint, .bytes = csv_bytes, .progress = csv_progress};
    struct arena *arena = source->arena;
    struct csv_table *table = ARENA_NEW(arena, struct csv_table);
    table->base.kind = &KIND;
    table->base.arena = arena;
    table->base.file = *(const struct text *)entry->container;
    table->problems = problems;
    csv_scratch_init(&table->scratch, arena);
    if (!read_text(table, source) || !read_headings(table)) return NULL;
    uint32_t columns = table->base.columns;
    table->batch_rows = columns <= CELLS_BATCH / LIMIT_BATCH ? LIMIT_BATCH : CELLS_BATCH / columns;
    if (table->batch_rows > table->bytes.len / columns + 1) table->batch_rows = (uint32_t)(table->bytes.len / columns) + 1;
    return &table->base;
}

void source_offer_csv(struct source *source, struct text path, struct text file, struct text name, bool quiet)
{
    struct text *where = ARENA_NEW(source->arena, struct text);
    *where = path;
    source_offer(source,
                 (struct source_entry){.name = name, .file = file, .quiet = quiet, .open = csv_open, .container = where});
}
