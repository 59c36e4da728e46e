/* Results into a database: the tables, and what a kind of database has to be able to do.
 *
 * In: a report. Out: rows in tables that are made if they are not there; everything of a run in one transaction.
 * Decision: a figure stands twice, as the exact text it is (`total`) and as a number where it is one (`total_number`), so that a
 * quotient such as 13/3 is neither lost nor rounded and the rest can be added up. Cost: a column more.
 */
#ifndef KAOHE_CLI_BASE_H
#define KAOHE_CLI_BASE_H

#include "report.h"

enum { BASE_COLUMNS = 16 };

enum base_type { BASE_TEXT, BASE_COUNT, BASE_NUMBER };

struct base_column {
    const char *name;
    enum base_type type;
};

struct base_table {
    const char *name;
    struct base_column columns[BASE_COLUMNS]; /* the first is the run's number */
    size_t count;
};

/* A cell: empty is NULL. */
typedef kh_text base_cell;

struct base;
struct base_kind {
    /* Makes what is missing of the tables, and begins the transaction. */
    kh_status (*open)(struct base *base, const struct base_table *tables, size_t count);
    /* The number of this run. */
    kh_status (*next_run)(struct base *base, uint64_t *run);
    /* Rows of one table, one table after the other. */
    kh_status (*begin)(struct base *base, const struct base_table *table);
    kh_status (*row)(struct base *base, const base_cell *cells);
    kh_status (*end)(struct base *base);
    /* Commits if `status` is KH_OK; frees. Returns the worst. What went wrong has been said by whoever met it. */
    kh_status (*close)(struct base *base, kh_status status);
};

/* What a kind of database begins its own struct with. */
struct base {
    const struct base_kind *kind;
    const struct session *session;
};

/* Writes everything and closes. */
kh_status base_write(struct base *base, const struct report *report);

/* "CREATE TABLE IF NOT EXISTS …" with the types named; malloced, NULL: no memory. */
char *base_create(const char *prefix, const struct base_table *table, const char *const types[3]);

kh_status base_open_sqlite(const struct session *session, const char *path, struct base **base);
kh_status base_open_postgres(const struct session *session, const char *url, struct base **base);

#endif
