/* SQLite files as tables of a Source: tables and views.
 *
 * In: a database file. Out: batches of rows in the order the database gives them, which for a table is that of its
 * rowids.
 * Decision: the file is opened read-only and immutable, so nothing is ever written beside it; that is only right while
 * nobody else writes, so a file with changes still in a journal is refused. Cost: such a file must be closed by its
 * program first.
 */
#include "libsqlite.h"
#include "source_kind.h"

#include "cell_format.h"
#include "csv_scan.h"
#include "limits.h"
#include "utf8.h"

#include <ctype.h>
#include <strings.h>
#include <sys/stat.h>

enum { CELLS_BATCH = 256 * 1024, SCRATCH_BATCH = 8 * 1024 * 1024, STEPS = 1000 * 1000 };

struct sqlite_file {
    sqlite3 *handle;
    sqlite3_stmt *names; /* while its tables are listed */
    struct text path;
    uint32_t quiet_steps; /* millions of steps since the last row */
};

struct sqlite_table {
    struct source_table base;
    struct findings *problems;
    struct sqlite_file *file;
    sqlite3_stmt *rows;
    bool *booleans; /* per column: declared so */
    struct csv_scratch scratch;
    struct text *cells;
    uint32_t lines[LIMIT_BATCH];
    uint32_t batch_rows;
    uint64_t rows_read;
    bool done;
};

static void close_file(void *what)
{
    struct sqlite_file *file = what;
    libsqlite.sqlite3_finalize(file->names);
    libsqlite.sqlite3_close_v2(file->handle);
}

static void close_table(void *what) { libsqlite.sqlite3_finalize(((struct sqlite_table *)what)->rows); }

/* What the database says went wrong. */
static void complain(struct arena *arena, struct findings *problems, sqlite3 *handle, int error, struct text file,
                     uint64_t line)
{
    if (error == SQLITE_NOMEM) arena_fail(arena);
    enum diag_code code = error == SQLITE_NOTADB      ? D_DB_OTHER
                          : error == SQLITE_INTERRUPT ? D_DB_ENDLESS
                          : error == SQLITE_TOOBIG    ? D_CSV_ROW_TOO_LONG
                                                      : D_DB_DAMAGED;
    struct text word = text_of(libsqlite.sqlite3_errmsg(handle));
    if (code == D_CSV_ROW_TOO_LONG) word = arena_print(arena, "%d", LIMIT_ROW_BYTES);
    struct finding *finding = FIND(problems, code, SPAN_NONE, word);
    if (finding) finding->data = (struct data_place){.file = file, .line = line};
}

/* A view may be written so that it never gives a row. */
static int on_progress(void *what) { return ++((struct sqlite_file *)what)->quiet_steps > LIMIT_DB_STEPS; }

/* ---- rows ---- */

static struct text keep(struct sqlite_table *table, struct text text)
{
    char *at = csv_scratch_take(&table->scratch, text.len + 1); /* not NULL, whatever its length */
    memcpy(at, text.at, text.len);
    return (struct text){at, text.len};
}

/* One cell; D_NONE, or why it cannot be read. */
static enum diag_code take_cell(struct sqlite_table *table, int column, struct text *cell)
{
    char room[CELL_NUMBER_ROOM];
    struct text text, plain;
    *cell = TEXT_NONE;
    int type = libsqlite.sqlite3_column_type(table->rows, column);
    if (type == SQLITE_NULL) return D_NONE;
    if (type == SQLITE_BLOB) return D_DB_BLOB;
    text.at = (const char *)libsqlite.sqlite3_column_text(table->rows, column);
    text.len = (size_t)libsqlite.sqlite3_column_bytes(table->rows, column);
    if (!text.at) arena_fail(table->base.arena);
    if (type == SQLITE_INTEGER && table->booleans[column] && (text_is(text, "0") || text_is(text, "1"))) {
        *cell = text.at[0] == '1' ? TEXT("true") : TEXT("false");
        return D_NONE;
    }
    if (type == SQLITE_FLOAT) { /* spelled with 15 digits by the library */
        struct cell_format format = {LOOK_NUMBER, 0};
        if (cell_number(text, format, false, room, &plain) == NUMBER_FINE) text = plain;
    }
    if (text.len > LIMIT_CELL_BYTES) return D_CSV_CELL_TOO_LONG;
    if (text.len && memchr(text.at, 0, text.len)) return D_CSV_NUL;
    if (utf8_valid(text) != text.len) return D_CSV_NOT_UTF8;
    *cell = keep(table, text);
    return D_NONE;
}

static void report_cell(struct sqlite_table *table, enum diag_code code, uint32_t column)
{
    struct finding *finding = FIND(table->problems, code, SPAN_NONE, arena_print(table->base.arena, "%d", LIMIT_CELL_BYTES));
    if (!finding) return;
    finding->data =
        (struct data_place){.file = table->base.file, .line = table->rows_read, .column = table->base.headings[column]};
}

static bool sqlite_next(struct source_table *base, struct source_batch *batch)
{
    struct sqlite_table *table = (struct sqlite_table *)base;
    uint32_t rows = 0;
    csv_scratch_reset(&table->scratch);
    while (!table->done && rows < table->batch_rows && table->scratch.total < SCRATCH_BATCH) {
        if (rows == 0) csv_scratch_reset(&table->scratch);
        table->file->quiet_steps = 0;
        int step = libsqlite.sqlite3_step(table->rows);
        if (step != SQLITE_ROW) {
            table->done = true;
            if (step == SQLITE_DONE) break;
            base->faults++;
            complain(base->arena, table->problems, table->file->handle, libsqlite.sqlite3_errcode(table->file->handle),
                     base->file, table->rows_read + 1);
            break;
        }
        table->rows_read++;
        struct text *cells = table->cells + (size_t)rows * base->columns;
        bool fine = true;
        for (uint32_t c = 0; c < base->columns; c++) {
            enum diag_code wrong = take_cell(table, (int)c, &cells[c]);
            if (wrong == D_NONE) continue;
            report_cell(table, wrong, c);
            fine = false;
        }
        base->faults += !fine;
        if (fine) table->lines[rows++] = table->rows_read > UINT32_MAX ? UINT32_MAX : (uint32_t)table->rows_read;
    }
    *batch = (struct source_batch){table->cells, table->lines, rows, base->columns};
    return rows != 0;
}

static uint64_t sqlite_rows_hint(const struct source_table *base)
{
    const struct sqlite_table *table = (const struct sqlite_table *)base;
    return table->rows_read + (table->done ? 0 : LIMIT_BATCH);
}

/* ---- opening ---- */

static struct source_table *sqlite_open(struct source *source, const struct source_entry *entry, struct findings *problems)
{
    static const struct source_kind KIND = {.next = sqlite_next, .rows_hint = sqlite_rows_hint};
    struct arena *arena = source->arena;
    struct sqlite_table *table = ARENA_NEW(arena, struct sqlite_table);
    table->file = entry->container;
    table->problems = problems;
    table->base = (struct source_table){.kind = &KIND, .arena = arena};
    table->base.file = source_part(arena, table->file->path, entry->name);
    arena_defer(arena, close_table, table);
    csv_scratch_init(&table->scratch, arena);

    struct text query = arena_print(arena, "SELECT * FROM %.*s", TEXT_ARG(source_identifier(arena, entry->name)));
    int error = libsqlite.sqlite3_prepare_v2(table->file->handle, query.at, (int)query.len, &table->rows, NULL);
    if (error != SQLITE_OK) {
        complain(arena, problems, table->file->handle, error, table->base.file, 0);
        return NULL;
    }
    uint32_t columns = table->base.columns = (uint32_t)libsqlite.sqlite3_column_count(table->rows);
    table->base.headings = ARENA_ARRAY(arena, struct text, columns);
    table->booleans = ARENA_ARRAY(arena, bool, columns);
    for (uint32_t c = 0; c < columns; c++) {
        const char *name = libsqlite.sqlite3_column_name(table->rows, (int)c),
                   *type = libsqlite.sqlite3_column_decltype(table->rows, (int)c);
        if (!name) arena_fail(arena);
        table->base.headings[c] = arena_text(arena, utf8_trim(text_of(name)));
        table->booleans[c] = type && strncasecmp(type, "BOOL", 4) == 0;
    }
    table->batch_rows = columns <= CELLS_BATCH / LIMIT_BATCH ? LIMIT_BATCH : CELLS_BATCH / columns;
    table->cells = ARENA_ARRAY(arena, struct text, (size_t)table->batch_rows * columns);
    return &table->base;
}

/* Whether changes wait in a journal beside the file. */
static bool has_journal(struct arena *arena, struct text path)
{
    static const char *const ENDS[] = {"-wal", "-journal"};
    struct stat status;
    for (size_t i = 0; i < 2; i++) {
        if (stat(arena_print(arena, "%.*s%s", TEXT_ARG(path), ENDS[i]).at, &status) == 0 && status.st_size > 0) return true;
    }
    return false;
}

/* Whether the file is shorter than the pages that its head counts: the library would read what is missing as zeros. */
static bool is_cut(struct text bytes)
{
    const unsigned char *head = (const unsigned char *)bytes.at;
    if (bytes.len < 100 || memcmp(head, "SQLite format 3", 16) != 0) return false; /* no such file: the library says so */
    uint64_t page = (uint64_t)head[16] << 8 | head[17], pages = 0;
    for (int i = 28; i < 32; i++) pages = pages << 8 | head[i];
    if (page == 1) page = 65536;
    bool counted = memcmp(head + 24, head + 92, 4) == 0; /* else an old program wrote it, which did not keep count */
    return bytes.len % 512 != 0 || (counted && bytes.len < page * pages);
}

static struct text address(struct arena *arena, struct text path)
{
    struct buffer out;
    buffer_init(&out, arena);
    buffer_put(&out, "file:");
    for (size_t i = 0; i < path.len; i++) {
        unsigned char c = (unsigned char)path.at[i];
        if (c < 0x80 && (isalnum(c) || strchr("/._-~", c)))
            buffer_char(&out, (char)c);
        else
            buffer_print(&out, "%%%02X", c);
    }
    buffer_put(&out, "?mode=ro&immutable=1");
    return buffer_result(&out);
}

static int list_tables(struct source *source, struct sqlite_file *file, struct text shown)
{
    static const char QUERY[] =
        "SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' "
        "ESCAPE '\\' ORDER BY name";
    int error = libsqlite.sqlite3_prepare_v2(file->handle, QUERY, -1, &file->names, NULL);
    while (error == SQLITE_OK && (error = libsqlite.sqlite3_step(file->names)) == SQLITE_ROW) {
        const char *at = (const char *)libsqlite.sqlite3_column_text(file->names, 0);
        error = SQLITE_OK;
        if (!at || source->entry_count >= LIMIT_DB_TABLES) continue;
        struct text name = arena_text(source->arena, text_of(at));
        if (utf8_valid(name) != name.len) continue;
        source_offer(source, (struct source_entry){.name = name,
                                                   .file = source_part(source->arena, shown, name),
                                                   .quiet = true,
                                                   .open = sqlite_open,
                                                   .container = file});
    }
    libsqlite.sqlite3_finalize(file->names);
    file->names = NULL;
    return error == SQLITE_DONE ? SQLITE_OK : error;
}

bool source_offer_sqlite(struct source *source, struct text path, struct text file, struct findings *problems)
{
    struct arena *arena = source->arena;
    struct text bytes;
    if (!source_map_file(source, path, problems, &bytes)) return false; /* it says why in our words */
    source->several = true;
    if (!source->single && (bytes.len < 16 || memcmp(bytes.at, "SQLite format 3", 16) != 0)) { /* Thumbs.db and its like */
        source_offer(source, (struct source_entry){.file = file});
        return true;
    }
    if (is_cut(bytes) || has_journal(arena, path)) {
        struct finding *finding = FIND(problems, is_cut(bytes) ? D_DB_CUT_OFF : D_DB_BUSY, SPAN_NONE);
        if (finding) finding->data.file = path;
        return false;
    }
    const char *missing = libsqlite_load();
    if (missing) {
        struct finding *finding = FIND(problems, D_LIBRARY_MISSING, SPAN_NONE, TEXT_NONE, text_of(missing));
        if (finding) finding->data.file = path;
        return false;
    }
    struct sqlite_file *database = ARENA_NEW(arena, struct sqlite_file);
    database->path = path;
    arena_defer(arena, close_file, database);
    int error = libsqlite.sqlite3_open_v2(address(arena, path).at, &database->handle,
                                          SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_PRIVATECACHE, NULL);
    if (!database->handle) arena_fail(arena);
    if (error == SQLITE_OK) {
        libsqlite.sqlite3_db_config(database->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
        libsqlite.sqlite3_db_config(database->handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
        libsqlite.sqlite3_limit(database->handle, SQLITE_LIMIT_LENGTH, LIMIT_ROW_BYTES);
        libsqlite.sqlite3_limit(database->handle, SQLITE_LIMIT_ATTACHED, 0);
        libsqlite.sqlite3_progress_handler(database->handle, STEPS, on_progress, database);
        error = list_tables(source, database, file);
    }
    if (error != SQLITE_OK) complain(arena, problems, database->handle, error, path, 0);
    return error == SQLITE_OK;
}
