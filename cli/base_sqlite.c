/* Results into an SQLite file.
 *
 * In: rows. Out: a new file, whole or not at all, beside its place and then renamed; or a further run in the file that is there,
 * in one transaction of SQLite's.
 * Decision: a number of up to 15 digits is handed over as its text, and SQLite makes it a number; a longer one would be rounded and
 * stays NULL, its text stands beside it.
 */
#include "../runtime/libsqlite.h"
#include "base.h"
#include "sink.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { WAIT_MS = 10000, EXACT_DIGITS = 15 };

struct sqlite_base {
    struct base base;
    const char *path;
    kh_file *file; /* a new one; NULL: it is there */
    sqlite3 *db;
    sqlite3_stmt *insert;
    const struct base_table *table;
};

static kh_status failed(struct sqlite_base *b)
{
    COMPLAIN(b->base.session->chinese, BASE_FAILED, b->path, b->db ? libsqlite.sqlite3_errmsg(b->db) : "");
    return KH_ENVIRONMENT;
}

static kh_status execute(struct sqlite_base *b, const char *sql)
{
    return libsqlite.sqlite3_exec(b->db, sql, NULL, NULL, NULL) == SQLITE_OK ? KH_OK : failed(b);
}

static kh_status sqlite_open_tables(struct base *base, const struct base_table *tables, size_t count)
{
    static const char *const TYPES[] = {[BASE_TEXT] = "TEXT", [BASE_COUNT] = "INTEGER", [BASE_NUMBER] = "NUMERIC"};
    struct sqlite_base *b = (struct sqlite_base *)base;
    /* a new file is put in its place and synced by us: until then nobody sees it */
    kh_status status = b->file ? execute(b, "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF") : KH_OK;
    if (status == KH_OK) status = execute(b, "BEGIN IMMEDIATE");
    for (size_t k = 0; k < count && status == KH_OK; k++) {
        char *sql = base_create("", &tables[k], TYPES);
        status = sql ? execute(b, sql) : session_status(base->session, KH_ENVIRONMENT);
        free(sql);
    }
    return status;
}

static kh_status sqlite_next_run(struct base *base, uint64_t *run)
{
    struct sqlite_base *b = (struct sqlite_base *)base;
    sqlite3_stmt *query;
    if (libsqlite.sqlite3_prepare_v2(b->db, "SELECT coalesce(max(run), 0) + 1 FROM runs", -1, &query, NULL) != SQLITE_OK) return failed(b);
    bool got = libsqlite.sqlite3_step(query) == SQLITE_ROW;
    if (got) *run = (uint64_t)libsqlite.sqlite3_column_int64(query, 0);
    libsqlite.sqlite3_finalize(query);
    return got ? KH_OK : failed(b);
}

static kh_status sqlite_begin(struct base *base, const struct base_table *table)
{
    struct sqlite_base *b = (struct sqlite_base *)base;
    char sql[1024];
    size_t len = (size_t)snprintf(sql, sizeof sql, "INSERT INTO %s (", table->name);
    for (size_t k = 0; k < table->count; k++) len += (size_t)snprintf(sql + len, sizeof sql - len, "%s\"%s\"", k ? ", " : "", table->columns[k].name);
    len += (size_t)snprintf(sql + len, sizeof sql - len, ") VALUES (");
    for (size_t k = 0; k < table->count; k++) len += (size_t)snprintf(sql + len, sizeof sql - len, k ? ", ?" : "?");
    snprintf(sql + len, sizeof sql - len, ")");
    b->table = table;
    return libsqlite.sqlite3_prepare_v2(b->db, sql, -1, &b->insert, NULL) == SQLITE_OK ? KH_OK : failed(b);
}

static size_t digits_of(kh_text figure)
{
    size_t count = 0;
    for (size_t k = 0; k < figure.len; k++) {
        bool digit = figure.at[k] >= '0' && figure.at[k] <= '9';
        if (digit && (count || figure.at[k] != '0')) count++;
    }
    return count;
}

static kh_status sqlite_row(struct base *base, const base_cell *cells)
{
    struct sqlite_base *b = (struct sqlite_base *)base;
    bool fine = true;
    for (size_t k = 0; k < b->table->count && fine; k++) {
        bool lost = b->table->columns[k].type == BASE_NUMBER && digits_of(cells[k]) > EXACT_DIGITS;
        int at = (int)k + 1;
        int result = cells[k].len && !lost ? libsqlite.sqlite3_bind_text64(b->insert, at, cells[k].at, cells[k].len, SQLITE_STATIC, SQLITE_UTF8)
                                           : libsqlite.sqlite3_bind_null(b->insert, at);
        fine = result == SQLITE_OK;
    }
    if (fine) fine = libsqlite.sqlite3_step(b->insert) == SQLITE_DONE;
    if (!fine) return failed(b);
    libsqlite.sqlite3_reset(b->insert);
    return KH_OK;
}

static kh_status sqlite_end(struct base *base)
{
    struct sqlite_base *b = (struct sqlite_base *)base;
    int result = libsqlite.sqlite3_finalize(b->insert);
    b->insert = NULL;
    return result == SQLITE_OK ? KH_OK : failed(b);
}

static kh_status sqlite_close(struct base *base, kh_status status)
{
    struct sqlite_base *b = (struct sqlite_base *)base;
    libsqlite.sqlite3_finalize(b->insert);
    if (status == KH_OK) status = execute(b, "COMMIT");
    libsqlite.sqlite3_close(b->db); /* what was not committed is rolled back */
    if (b->file && status == KH_OK) status = file_finish(base->session, b->file);
    kh_file_close(b->file);
    free(b);
    return status;
}

kh_status base_open_sqlite(const struct session *session, const char *path, struct base **out)
{
    static const struct base_kind KIND = {sqlite_open_tables, sqlite_next_run, sqlite_begin, sqlite_row, sqlite_end, sqlite_close};
    struct sqlite_base *b = calloc(1, sizeof *b);
    *out = NULL;
    if (!b) return session_status(session, KH_ENVIRONMENT);
    const char *missing = libsqlite_load();
    if (missing) {
        COMPLAIN(session->chinese, BASE_FAILED, path, missing);
        free(b);
        return KH_ENVIRONMENT;
    }
    *b = (struct sqlite_base){.base = {&KIND, session}, .path = path};
    struct stat there;
    kh_status status = KH_OK;
    const char *beside = path;
    if (stat(path, &there) != 0) {
        status = file_begin(session, path, &b->file);
        beside = status == KH_OK ? kh_file_beside(b->file) : NULL;
    } else if (!S_ISREG(there.st_mode)) {
        COMPLAIN(session->chinese, NO_ORDINARY_FILE, path);
        status = KH_ENVIRONMENT;
    }
    if (status == KH_OK && libsqlite.sqlite3_open_v2(beside, &b->db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_PRIVATECACHE, NULL) != SQLITE_OK) status = failed(b);
    if (status != KH_OK) {
        libsqlite.sqlite3_close(b->db);
        kh_file_close(b->file);
        free(b);
        return status;
    }
    libsqlite.sqlite3_busy_timeout(b->db, WAIT_MS);
    *out = &b->base;
    return KH_OK;
}
