/* How a result came about: what `run -o FILE` writes beside it, as FILE.run, and `verify` reads. See record.c. */
#ifndef KAOHE_CLI_RECORD_H
#define KAOHE_CLI_RECORD_H

#include "hash.h"
#include "session.h"

enum record_kind { RECORD_RESULT, RECORD_TABLE, RECORD_SCHEME, RECORD_USED, RECORD_DATA, RECORD_DECISIONS, RECORD_KINDS };

struct record_line {
    enum record_kind kind;
    char hash[HASH_TEXT];
    char *name; /* malloced; without its folder */
};

struct record {
    char program[32];
    char period[32]; /* the one that counted, 2014-01-01..2014-12-31; empty without one */
    bool period_given; /* by --period */
    char encoding[32]; /* by --encoding; empty: not given */
    bool database; /* the data is no file that could be hashed */
    struct record_line *lines;
    size_t count, capacity;
};

/* Reads what is there now: the scheme, every file of the data, the table of results. Not KH_OK: the reason stands on stderr.
 * hashes: of the data, begun before; NULL: not yet. table_hash: of the table of results; NULL: not known yet. */
kh_status record_take(const struct session *session, struct record *record, const char *scheme, const char *data, kh_result *result,
                      kh_scheme *compiled, struct hashes *hashes, const char *table_hash);
/* Adds the result file's own line. hash: NULL: not known yet. */
kh_status record_add_result(const struct session *session, struct record *record, const char *path, const char *hash);
kh_status record_write(const struct session *session, const struct record *record, const char *path);
kh_status record_read(const struct session *session, const char *path, struct record *out);
void record_free(struct record *record);

/* FILE.run, malloced; NULL after a complaint. */
char *record_path(const struct session *session, const char *path);

#endif
