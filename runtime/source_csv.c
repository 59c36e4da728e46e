/* A folder of CSV files as a Source.
 *
 * In: a folder. Out: a table per NAME.csv; batches whose cells point into the mapped file.
 * Decision: files are mapped, not read: a cell that needs no change costs no copy. Cost: a file that another program cuts
 * short while we read it ends the program (SIGBUS); such a run could not be right in any case.
 */
#include "source_kind.h"

#include "csv_scan.h"
#include "file_error.h"
#include "limits.h"
#include "utf8.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <strings.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

/* A batch ends early when its undone quotes take this many bytes, or its wide rows have this many cells. */
enum { SCRATCH_BATCH = 8 * 1024 * 1024, CELLS_BATCH = 256 * 1024 };

struct csv_table {
    struct source_table base;
    struct findings *problems;
    struct text bytes;
    struct csv_scan scan;
    struct csv_scratch scratch;
    struct text *cells;
    uint32_t lines[LIMIT_BATCH];
    uint32_t batch_rows; /* the most a batch has */
    uint64_t rows_read;
};

struct mapping {
    void *at;
    size_t len;
};

static void unmap(void *what)
{
    struct mapping *mapping = what;
    if (mapping->at) munmap(mapping->at, mapping->len);
}

static void close_folder(void *what)
{
    DIR **folder = what;
    if (*folder) closedir(*folder);
}

/* ---- opening a file ---- */

/* The whole file; false after a finding. */
static bool map_file(struct arena *arena, struct text path, struct findings *problems, struct text *bytes)
{
    struct mapping *mapping = ARENA_NEW(arena, struct mapping); /* before the file is open: no step between may fail */
    arena_defer(arena, unmap, mapping);
    const char *name = arena_text(arena, path).at;
    *bytes = TEXT_NONE;

    int fd = open(name, O_RDONLY | O_CLOEXEC | O_NONBLOCK); /* a FIFO without a writer must not hang us */
    struct stat status;
    int error = fd < 0 || fstat(fd, &status) != 0 ? errno : 0;
    if (!error && !S_ISREG(status.st_mode)) error = S_ISDIR(status.st_mode) ? EISDIR : ENOTSUP;
    if (!error && status.st_size > 0) {
        void *at = mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
        if (at == MAP_FAILED) {
            error = errno;
        } else {
            *mapping = (struct mapping){at, (size_t)status.st_size};
            *bytes = (struct text){at, (size_t)status.st_size};
            posix_madvise(at, bytes->len, POSIX_MADV_SEQUENTIAL); /* advice: whether it is taken does not matter */
        }
    }
    if (fd >= 0) close(fd);
    if (error) file_error(problems, FILE_READING, path, error);
    return !error;
}

/* What is saved as CSV by mistake; D_NONE when it may be CSV. */
static enum diag_code wrong_format(struct text bytes)
{
    if (bytes.len >= 4 && memcmp(bytes.at, "PK\x03\x04", 4) == 0) return D_DATA_WORKBOOK;
    if (bytes.len >= 4 && memcmp(bytes.at, "\xD0\xCF\x11\xE0", 4) == 0) return D_DATA_WORKBOOK;
    bool mark = bytes.len >= 2 && (memcmp(bytes.at, "\xFF\xFE", 2) == 0 || memcmp(bytes.at, "\xFE\xFF", 2) == 0);
    if (mark) return D_DATA_UTF16;
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
    struct finding *finding = FIND(table->problems, fault_code(record->fault), SPAN_NONE, limit);
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

/* A single heading that looks like several with another separator: that separator, else empty. */
static struct text other_separator(struct text heading)
{
    static const struct text MARKS[] = {{";", 1}, {"\t", 1}, {"，", 3}, {"；", 3}, {"|", 1}};
    for (size_t i = 0; i < sizeof MARKS / sizeof *MARKS; i++) {
        if (!memmem(heading.at, heading.len, MARKS[i].at, MARKS[i].len)) continue;
        return MARKS[i].at[0] == '\t' ? TEXT("TAB") : MARKS[i];
    }
    return TEXT_NONE;
}

static bool read_headings(struct csv_table *table)
{
    struct arena *arena = table->base.arena;
    struct text *cells = ARENA_ARRAY(arena, struct text, LIMIT_COLUMNS);
    struct csv_record record;
    if (!csv_scan_next(&table->scan, cells, LIMIT_COLUMNS, &record)) {
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
    struct text separator = record.cells == 1 ? other_separator(cells[0]) : TEXT_NONE;
    if (separator.len) {
        file_finding(table, D_DATA_SEPARATOR, record.line, separator);
        return false;
    }
    table->base.columns = record.cells;
    table->base.headings = ARENA_ARRAY(arena, struct text, record.cells);
    for (uint32_t i = 0; i < record.cells; i++) table->base.headings[i] = arena_text(arena, utf8_trim(cells[i]));
    return true;
}

static struct source_table *csv_open(struct source *base, uint32_t index, struct findings *problems)
{
    struct arena *arena = base->arena;
    struct csv_table *table = ARENA_NEW(arena, struct csv_table);
    struct text name = base->entries[index].file;
    table->base.kind = base->kind;
    table->base.arena = arena;
    table->base.file = arena_print(arena, "%.*s/%.*s", TEXT_ARG(base->name), TEXT_ARG(name));
    table->problems = problems;
    if (!map_file(arena, table->base.file, problems, &table->bytes)) return NULL;
    enum diag_code wrong = wrong_format(table->bytes);
    if (wrong != D_NONE) {
        file_finding(table, wrong, 0, TEXT_NONE);
        return NULL;
    }
    csv_scratch_init(&table->scratch, arena);
    csv_scan_start(&table->scan, table->bytes, &table->scratch);
    if (!read_headings(table)) return NULL;
    uint32_t columns = table->base.columns;
    table->batch_rows = columns <= CELLS_BATCH / LIMIT_BATCH ? LIMIT_BATCH : CELLS_BATCH / columns;
    table->cells = ARENA_ARRAY(arena, struct text, (size_t)table->batch_rows * columns);
    return &table->base;
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
    *out = (struct source_bytes){{scan->at, (size_t)(scan->end - scan->at)}, scan->line, ','};
    return true;
}

/* ---- the folder ---- */

static bool ends_with(struct text name, const char *ending)
{
    size_t n = strlen(ending);
    return name.len > n && strncasecmp(name.at + name.len - n, ending, n) == 0;
}

/* Files that hold tables, or that somebody may have meant to be read. */
static bool looks_like_table(struct text name)
{
    static const char *const ENDINGS[] = {".csv", ".tsv", ".xlsx", ".xls", ".ods", ".et"};
    if (name.at[0] == '.' || name.at[0] == '~') return false; /* hidden, or an office program's lock */
    for (size_t i = 0; i < sizeof ENDINGS / sizeof *ENDINGS; i++) {
        if (ends_with(name, ENDINGS[i])) return true;
    }
    return false;
}

static int entry_order(const void *a, const void *b)
{
    return text_order(((const struct source_entry *)a)->file, ((const struct source_entry *)b)->file);
}

struct source *source_open_folder(struct arena *arena, struct text path, struct findings *problems)
{
    static const struct source_kind KIND = {csv_open, csv_next, csv_rows_hint, csv_bytes};
    struct source *source = ARENA_NEW(arena, struct source);
    while (path.len > 1 && path.at[path.len - 1] == '/') path.len--;
    *source = (struct source){.kind = &KIND, .arena = arena, .name = arena_text(arena, path)};

    DIR **folder = ARENA_NEW(arena, DIR *);
    arena_defer(arena, close_folder, folder); /* an allocation below may jump away */
    *folder = opendir(source->name.at);
    if (!*folder) {
        int error = errno;
        struct finding *finding = NULL;
        if (error != ENOTDIR) file_error(problems, FILE_READING_FOLDER, path, error);
        else if ((finding = FIND(problems, D_DATA_NOT_A_FOLDER, SPAN_NONE))) finding->data.file = source->name;
        return NULL;
    }
    size_t capacity = 0, count = 0;
    struct dirent *item;
    while ((errno = 0, item = readdir(*folder))) {
        struct text name = text_of(item->d_name);
        if (!looks_like_table(name)) continue;
        struct source_entry entry = {.file = arena_text(arena, name)};
        if (ends_with(name, ".csv")) entry.name = (struct text){entry.file.at, name.len - 4};
        ARENA_PUSH(arena, source->entries, count, capacity, entry);
    }
    int error = errno;
    closedir(*folder);
    *folder = NULL;
    if (error) {
        file_error(problems, FILE_READING_FOLDER, path, error);
        return NULL;
    }
    if (count > UINT32_MAX) arena_fail(arena);
    source->entry_count = (uint32_t)count;
    if (count) qsort(source->entries, count, sizeof *source->entries, entry_order);
    return source;
}
