/* PostgreSQL as a Source: tables and views of one database.
 *
 * In: an address, postgresql://…. Out: batches of rows through cursors.
 * Decision: everything is read in one read-only transaction that sees one state of the data; a table's rows come as
 * they lie in it, which is the order they were written in until one is changed. Cost: who needs an order of his own
 * must read through a view that sorts.
 */
#include "libpq.h"
#include "source_kind.h"

#include "csv_scan.h"
#include "limits.h"
#include "utf8.h"

#include <stdio.h>

enum { CELLS_BATCH = 256 * 1024, BYTES_BATCH = 4 * 1024 * 1024, FIRST_ROWS = 64 };
enum { TYPE_BOOL = 16, TYPE_TIMESTAMP = 1114, TYPE_TIMESTAMPTZ = 1184 }; /* of pg_type, fixed for ever */

struct postgres {
    PGconn *connection;
    PGresult *result;          /* of the last statement; here so that it is released whatever happens */
    PQconninfoOption *options; /* likewise */
    uint32_t cursors;
};

struct postgres_table {
    struct source_table base;
    struct findings *problems;
    struct postgres *server;
    struct text cursor;
    PGresult *rows;
    Oid *types;
    struct text *cells;
    uint32_t lines[LIMIT_BATCH];
    uint32_t batch_rows, ask; /* rows to ask for: few where they are long */
    uint64_t rows_read;
    bool done;
};

static void close_connection(void *what)
{
    struct postgres *server = what;
    if (!libpq.loaded) return;
    libpq.PQclear(server->result);
    libpq.PQconninfoFree(server->options);
    libpq.PQfinish(server->connection);
}

static void close_rows(void *what) { libpq.PQclear(((struct postgres_table *)what)->rows); }

static void complain(struct findings *problems, enum diag_code code, struct text file, const char *message)
{
    struct text words = utf8_trim(text_of(message));
    words.len = utf8_valid(words);
    struct finding *finding = FIND(problems, code, SPAN_NONE, words);
    if (finding) finding->data.file = file;
}

/* A statement; NULL after a finding. The result lives until the next one. */
static PGresult *execute(struct postgres *server, struct text statement, ExecStatusType wanted, struct text file,
                         struct findings *problems)
{
    libpq.PQclear(server->result);
    server->result = libpq.PQexec(server->connection, statement.at);
    if (server->result && libpq.PQresultStatus(server->result) == wanted) return server->result;
    complain(problems, D_PG_FAILED, file, libpq.PQerrorMessage(server->connection));
    return NULL;
}

/* ---- rows ---- */

/* "2007-01-31 00:00:00" is a date alone. A moment (timestamptz) is none: which day it lies on is a matter of the zone, and
 * that of the session is whoever's who runs this. */
static struct text without_midnight(struct text text)
{
    static const char MIDNIGHT[] = " 00:00:00";
    bool midnight = text.len == 19 && memcmp(text.at + 10, MIDNIGHT, sizeof MIDNIGHT - 1) == 0;
    return midnight ? (struct text){text.at, 10} : text;
}

static enum diag_code take_cell(struct postgres_table *table, int row, uint32_t column, struct text *cell)
{
    *cell = TEXT_NONE;
    if (libpq.PQgetisnull(table->rows, row, (int)column)) return D_NONE;
    struct text text = {libpq.PQgetvalue(table->rows, row, (int)column),
                        (size_t)libpq.PQgetlength(table->rows, row, (int)column)};
    Oid type = table->types[column];
    if (type == TYPE_BOOL) text = text_is(text, "t") ? TEXT("true") : TEXT("false");
    if (type == TYPE_TIMESTAMP) text = without_midnight(text);
    if (text.len > LIMIT_CELL_BYTES) return D_CSV_CELL_TOO_LONG;
    if (utf8_valid(text) != text.len) return D_CSV_NOT_UTF8;
    *cell = text;
    return D_NONE;
}

/* The statement's rows become the table's. */
static void fetch(struct postgres_table *table, struct text statement)
{
    libpq.PQclear(table->rows);
    table->rows = NULL;
    table->rows = execute(table->server, statement, PGRES_TUPLES_OK, table->base.file, table->problems);
    if (table->rows) table->server->result = NULL;
}

static bool postgres_next(struct source_table *base, struct source_batch *batch)
{
    struct postgres_table *table = (struct postgres_table *)base;
    struct arena *arena = base->arena;
    uint32_t rows = 0;
    while (!table->done && !rows) {
        char statement[64];
        snprintf(statement, sizeof statement, "FETCH %u FROM %.*s", table->ask, TEXT_ARG(table->cursor));
        fetch(table, text_of(statement));
        int count = table->rows ? libpq.PQntuples(table->rows) : 0;
        table->done = count == 0;
        base->faults += !table->rows;
        size_t bytes = 0;
        for (int row = 0; row < count; row++) {
            bool fine = true;
            table->rows_read++;
            for (uint32_t c = 0; c < base->columns; c++) {
                struct text *cell = &table->cells[(size_t)rows * base->columns + c];
                enum diag_code wrong = take_cell(table, row, c, cell);
                bytes += cell->len + 16;
                if (wrong == D_NONE) continue;
                fine = false;
                struct finding *finding =
                    FIND(table->problems, wrong, SPAN_NONE, arena_print(arena, "%d", LIMIT_CELL_BYTES));
                if (finding)
                    finding->data =
                        (struct data_place){.file = base->file, .line = table->rows_read, .column = base->headings[c]};
            }
            base->faults += !fine;
            if (fine) table->lines[rows++] = table->rows_read > UINT32_MAX ? UINT32_MAX : (uint32_t)table->rows_read;
        }
        size_t each = count ? bytes / (size_t)count + 1 : 1;
        table->ask = BYTES_BATCH / each < 1 ? 1 : (uint32_t)(BYTES_BATCH / each);
        if (table->ask > table->batch_rows) table->ask = table->batch_rows;
    }
    *batch = (struct source_batch){table->cells, table->lines, rows, base->columns};
    return rows != 0;
}

static uint64_t postgres_rows_hint(const struct source_table *base)
{
    const struct postgres_table *table = (const struct postgres_table *)base;
    return table->rows_read + (table->done ? 0 : LIMIT_BATCH);
}

/* ---- opening a table ---- */

static struct source_table *postgres_open(struct source *source, const struct source_entry *entry, struct findings *problems)
{
    static const struct source_kind KIND = {.next = postgres_next, .rows_hint = postgres_rows_hint};
    struct arena *arena = source->arena;
    struct postgres_table *table = ARENA_NEW(arena, struct postgres_table);
    table->server = entry->container;
    table->problems = problems;
    table->base = (struct source_table){.kind = &KIND, .arena = arena, .file = entry->file};
    arena_defer(arena, close_rows, table);

    table->cursor = arena_print(arena, "kaohe_%u", ++table->server->cursors);
    struct text declare = arena_print(arena, "DECLARE %.*s NO SCROLL CURSOR FOR SELECT * FROM %.*s", TEXT_ARG(table->cursor),
                                      TEXT_ARG(source_identifier(arena, entry->name)));
    if (!execute(table->server, declare, PGRES_COMMAND_OK, entry->file, problems)) return NULL;
    fetch(table, arena_print(arena, "FETCH 0 FROM %.*s", TEXT_ARG(table->cursor))); /* the columns alone */
    if (!table->rows) return NULL;

    uint32_t columns = table->base.columns = (uint32_t)libpq.PQnfields(table->rows);
    table->base.headings = ARENA_ARRAY(arena, struct text, columns);
    table->types = ARENA_ARRAY(arena, Oid, columns);
    for (uint32_t c = 0; c < columns; c++) {
        table->base.headings[c] = arena_text(arena, utf8_trim(text_of(libpq.PQfname(table->rows, (int)c))));
        table->types[c] = libpq.PQftype(table->rows, (int)c);
    }
    table->batch_rows = columns <= CELLS_BATCH / LIMIT_BATCH ? LIMIT_BATCH : CELLS_BATCH / columns;
    table->ask = table->batch_rows < FIRST_ROWS ? table->batch_rows : FIRST_ROWS;
    table->cells = ARENA_ARRAY(arena, struct text, (size_t)table->batch_rows * columns);
    return &table->base;
}

/* ---- opening the database ---- */

bool source_is_postgres(struct text data)
{
    static const struct text HEADS[] = {{"postgres://", 11}, {"postgresql://", 13}};
    for (size_t i = 0; i < 2; i++) {
        if (data.len >= HEADS[i].len && memcmp(data.at, HEADS[i].at, HEADS[i].len) == 0) return true;
    }
    return false;
}

/* The address for messages: without user and password. False after a finding. */
static bool show_address(struct arena *arena, struct postgres *server, struct text address, struct findings *problems,
                         struct text *shown)
{
    char *message = NULL;
    *shown = TEXT("postgresql://");
    const char *missing = libpq_load();
    if (missing) {
        complain(problems, D_PG_CONNECT, *shown, missing);
        return false;
    }
    server->options = libpq.PQconninfoParse(address.at, &message);
    if (!server->options) {
        libpq.PQfreemem(message); /* it may quote the password */
        complain(problems, D_PG_ADDRESS, *shown, "");
        return false;
    }
    const char *host = "", *port = NULL, *database = "";
    for (PQconninfoOption *option = server->options; option->keyword; option++) {
        if (!option->val) continue;
        if (strcmp(option->keyword, "host") == 0) host = option->val;
        if (strcmp(option->keyword, "port") == 0) port = option->val;
        if (strcmp(option->keyword, "dbname") == 0) database = option->val;
    }
    if (host[0] == '/') host = ""; /* a socket of this machine */
    *shown = arena_print(arena, "postgresql://%s%s%s/%s", host, port ? ":" : "", port ? port : "", database);
    return true;
}

static bool list_tables(struct source *source, struct postgres *server, struct findings *problems)
{
    PGresult *names =
        execute(server,
                TEXT("SELECT c.relname FROM pg_catalog.pg_class c JOIN pg_catalog.pg_namespace n ON n.oid = "
                     "c.relnamespace WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f') AND n.nspname !~ '^pg_' AND n.nspname <> "
                     "'information_schema' AND pg_catalog.pg_table_is_visible(c.oid) ORDER BY c.relname COLLATE \"C\""),
                PGRES_TUPLES_OK, source->name, problems);
    if (!names) return false;
    int count = libpq.PQntuples(names) < LIMIT_DB_TABLES ? libpq.PQntuples(names) : LIMIT_DB_TABLES;
    for (int i = 0; i < count; i++) {
        struct text name = arena_text(source->arena, text_of(libpq.PQgetvalue(names, i, 0)));
        source_offer(source, (struct source_entry){.name = name,
                                                   .file = source_part(source->arena, source->name, name),
                                                   .quiet = true,
                                                   .open = postgres_open,
                                                   .container = server});
    }
    return true;
}

bool source_offer_postgres(struct source *source, struct findings *problems)
{
    static const char *const STATEMENTS[] = {
        "BEGIN TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY",
        "SET LOCAL DateStyle = 'ISO, YMD'",
        "SET LOCAL TimeZone = 'UTC'", /* of moments, wherever they are read */
        "SET LOCAL IntervalStyle = 'iso_8601'",
        "SET LOCAL bytea_output = 'hex'",
        "SET LOCAL extra_float_digits = 0",     /* 15 digits, as everywhere */
        "SET LOCAL synchronize_seqscans = off", /* rows from the first one on, each time */
        "SET LOCAL max_parallel_workers_per_gather = 0",
    };
    struct arena *arena = source->arena;
    struct text address = source->name;
    struct postgres *server = ARENA_NEW(arena, struct postgres);
    arena_defer(arena, close_connection, server);
    if (!show_address(arena, server, address, problems, &source->name)) return false;
    const char *keys[] = {"connect_timeout", "dbname", "client_encoding", "fallback_application_name", NULL};
    const char *values[] = {"15", address.at, "UTF8", "kaohe", NULL};
    server->connection = libpq.PQconnectdbParams(keys, values, 1);
    if (!server->connection) arena_fail(arena);
    if (libpq.PQstatus(server->connection) != CONNECTION_OK) {
        complain(problems, D_PG_CONNECT, source->name, libpq.PQerrorMessage(server->connection));
        return false;
    }
    for (size_t i = 0; i < sizeof STATEMENTS / sizeof *STATEMENTS; i++) {
        if (!execute(server, text_of(STATEMENTS[i]), PGRES_COMMAND_OK, source->name, problems)) return false;
    }
    return list_tables(source, server, problems);
}
