/* Results into PostgreSQL, by its URL.
 *
 * In: rows. Out: rows of the tables kaohe_runs, kaohe_results …, all of a run in one transaction, copied in as a stream.
 * Decision: runs wait for each other while one is written (an exclusive lock on kaohe_runs), so that each has a number of its own.
 */
#include "../runtime/libpq.h"
#include "base.h"

#include <stdlib.h>
#include <string.h>

#define PREFIX "kaohe_"

struct postgres_base {
    struct base base;
    PGconn *connection;
    size_t columns;
    char *line; /* of COPY, being made */
    size_t len, room;
};

/* libpq's messages end with a newline and never hold a password. */
static kh_status failed(struct postgres_base *b)
{
    char words[512];
    snprintf(words, sizeof words, "%s", libpq.PQerrorMessage(b->connection));
    words[strcspn(words, "\n")] = '\0';
    COMPLAIN(b->base.session->chinese, BASE_FAILED, "PostgreSQL", words);
    return KH_ENVIRONMENT;
}

static kh_status execute(struct postgres_base *b, const char *sql, ExecStatusType wanted)
{
    PGresult *result = libpq.PQexec(b->connection, sql);
    bool fine = libpq.PQresultStatus(result) == wanted;
    libpq.PQclear(result);
    return fine ? KH_OK : failed(b);
}

static kh_status postgres_open_tables(struct base *base, const struct base_table *tables, size_t count)
{
    static const char *const TYPES[] = {[BASE_TEXT] = "text", [BASE_COUNT] = "bigint", [BASE_NUMBER] = "numeric"};
    struct postgres_base *b = (struct postgres_base *)base;
    kh_status status = execute(b, "SET client_min_messages = warning; BEGIN", PGRES_COMMAND_OK);
    for (size_t k = 0; k < count && status == KH_OK; k++) {
        char *sql = base_create(PREFIX, &tables[k], TYPES);
        status = sql ? execute(b, sql, PGRES_COMMAND_OK) : session_status(base->session, KH_ENVIRONMENT);
        free(sql);
    }
    return status == KH_OK ? execute(b, "LOCK TABLE " PREFIX "runs IN EXCLUSIVE MODE", PGRES_COMMAND_OK) : status;
}

static kh_status postgres_next_run(struct base *base, uint64_t *run)
{
    struct postgres_base *b = (struct postgres_base *)base;
    PGresult *result = libpq.PQexec(b->connection, "SELECT coalesce(max(run), 0) + 1 FROM " PREFIX "runs");
    bool got = libpq.PQresultStatus(result) == PGRES_TUPLES_OK && libpq.PQntuples(result) == 1;
    if (got) *run = strtoull(libpq.PQgetvalue(result, 0, 0), NULL, 10);
    libpq.PQclear(result);
    return got ? KH_OK : failed(b);
}

static kh_status postgres_begin(struct base *base, const struct base_table *table)
{
    struct postgres_base *b = (struct postgres_base *)base;
    char sql[1024];
    size_t len = (size_t)snprintf(sql, sizeof sql, "COPY " PREFIX "%s (", table->name);
    for (size_t k = 0; k < table->count; k++) len += (size_t)snprintf(sql + len, sizeof sql - len, "%s\"%s\"", k ? ", " : "", table->columns[k].name);
    snprintf(sql + len, sizeof sql - len, ") FROM STDIN");
    b->columns = table->count;
    return execute(b, sql, PGRES_COPY_IN);
}

static bool make_room(struct postgres_base *b, size_t more)
{
    if (b->len + more <= b->room) return true;
    size_t room = 2 * (b->len + more);
    char *line = realloc(b->line, room);
    if (!line) return false;
    b->line = line;
    b->room = room;
    return true;
}

/* COPY's text format: \N is NULL; backslash, tab and line ends are escaped. */
static kh_status postgres_row(struct base *base, const base_cell *cells)
{
    static const char SIGNS[] = "\\\t\n\r", LETTERS[] = "\\tnr";
    struct postgres_base *b = (struct postgres_base *)base;
    b->len = 0;
    for (size_t k = 0; k < b->columns; k++) {
        kh_text cell = cells[k];
        if (!make_room(b, 2 * cell.len + 4)) return session_status(base->session, KH_ENVIRONMENT);
        if (k) b->line[b->len++] = '\t';
        if (!cell.len) {
            memcpy(b->line + b->len, "\\N", 2);
            b->len += 2;
        }
        for (size_t at = 0; at < cell.len; at++) {
            char c = cell.at[at];
            if (!c) continue; /* PostgreSQL's texts cannot hold it */
            const char *sign = strchr(SIGNS, c);
            if (sign) b->line[b->len++] = '\\';
            b->line[b->len++] = sign ? LETTERS[sign - SIGNS] : c;
        }
    }
    b->line[b->len++] = '\n';
    return libpq.PQputCopyData(b->connection, b->line, (int)b->len) == 1 ? KH_OK : failed(b);
}

static kh_status postgres_end(struct base *base)
{
    struct postgres_base *b = (struct postgres_base *)base;
    if (libpq.PQputCopyEnd(b->connection, NULL) != 1) return failed(b);
    kh_status status = KH_OK;
    for (PGresult *result; (result = libpq.PQgetResult(b->connection)); libpq.PQclear(result)) {
        if (libpq.PQresultStatus(result) != PGRES_COMMAND_OK && status == KH_OK) status = failed(b);
    }
    return status;
}

static kh_status postgres_close(struct base *base, kh_status status)
{
    struct postgres_base *b = (struct postgres_base *)base;
    if (status == KH_OK) status = execute(b, "COMMIT", PGRES_COMMAND_OK);
    libpq.PQfinish(b->connection); /* what was not committed is rolled back */
    free(b->line);
    free(b);
    return status;
}

kh_status base_open_postgres(const struct session *session, const char *url, struct base **out)
{
    static const struct base_kind KIND = {postgres_open_tables, postgres_next_run, postgres_begin, postgres_row, postgres_end, postgres_close};
    *out = NULL;
    const char *missing = libpq_load();
    if (missing) {
        COMPLAIN(session->chinese, BASE_FAILED, "PostgreSQL", missing);
        return KH_ENVIRONMENT;
    }
    struct postgres_base *b = calloc(1, sizeof *b);
    if (!b) return session_status(session, KH_ENVIRONMENT);
    *b = (struct postgres_base){.base = {&KIND, session}, .connection = libpq.PQconnectdb(url)};
    kh_status status = KH_OK;
    if (libpq.PQstatus(b->connection) != CONNECTION_OK || libpq.PQsetClientEncoding(b->connection, "UTF8") != 0) status = failed(b);
    if (status != KH_OK) {
        libpq.PQfinish(b->connection);
        free(b);
        return status;
    }
    *out = &b->base;
    return KH_OK;
}
