/* Where results are written bit by bit: a file that is whole or not at all, or standard output.
 *
 * Decision: failures are remembered, not looked at where they happen; sink_close says what became of it. Told to stop by a signal, the
 * program takes away what it has begun: one file at a time is.
 */
#ifndef KAOHE_CLI_SINK_H
#define KAOHE_CLI_SINK_H

#include "session.h"

struct sink {
    const struct session *session;
    kh_file *file; /* NULL: standard output */
};

/* A file of the library's, for who writes it in another way. Not KH_OK: the reason stands on stderr, *file is NULL. */
kh_status file_begin(const struct session *session, const char *path, kh_file **file);
/* Puts it in its place; the file is still to be closed. Not KH_OK: the reason stands on stderr. */
kh_status file_finish(const struct session *session, kh_file *file);

/* "-" is standard output. Not KH_OK: the reason stands on stderr, nothing is to be closed. */
kh_status sink_open(struct sink *sink, const struct session *session, const char *path);
/* Puts the file in its place if `status` is KH_OK, else leaves what was there; complains if that fails. Returns the worst. */
kh_status sink_close(struct sink *sink, kh_status status);

void sink_text(struct sink *sink, kh_text text);
void sink_put(struct sink *sink, const char *text);
void sink_count(struct sink *sink, uint64_t number);

#endif
