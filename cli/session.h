/* What every verb is given, and the work they share: reading and compiling a scheme.
 *
 * In: the parsed command line. Out: an open scheme, or a complaint and a status.
 * Decision: a verb returns a kh_status; the worst of several files wins, for the codes are ordered by gravity.
 */
#ifndef KAOHE_CLI_SESSION_H
#define KAOHE_CLI_SESSION_H

#include "args.h"
#include "say.h"

struct session {
    struct args args;
    kh_options options; /* for the library */
    bool chinese;       /* the tongue of complaints about the command line */
};

/* The text of a scheme file, from the library or from standard input; input_release gives it back. */
struct input {
    kh_text text;
    bool from_stdin;
};

/* Reads a scheme's text ("-": standard input). Not KH_OK: the reason stands on stderr, nothing is to be released. */
kh_status input_read(const struct session *session, const char *path, struct input *out);
void input_release(const struct session *session, struct input *input);

/* Compiles. KH_OK or KH_FINDINGS: *out is set, to be closed; its report has not been shown. Otherwise *out is NULL and the
 * reason stands on stderr. */
kh_status session_compile(const struct session *session, const char *path, kh_text text, kh_scheme **out);

/* input_read and session_compile. */
kh_status session_open(const struct session *session, const char *path, kh_scheme **out);

/* As session_open, for verbs that need a scheme without errors: shows the report on stderr and closes it if it has any.
 * Warnings are only counted, in one line. */
kh_status session_open_clean(const struct session *session, const char *path, kh_scheme **out);

/* The second half of it, for a scheme that has been opened with this status. */
kh_status session_clean(const struct session *session, const char *path, kh_status status, kh_scheme **out);

/* Shows the findings on `to`. */
kh_status session_report(const struct session *session, kh_scheme *scheme, FILE *to);

/* False, after a complaint: what is to be written there would take the place of the scheme or of data. */
bool session_spares_input(const struct session *session, const char *path);

/* The tongue in which to speak about a scheme. */
bool session_chinese(const kh_scheme *scheme);

/* What messages call a path. */
const char *session_name(const char *path);

/* A message of the library as a complaint on stderr; releases it. An empty one means that memory ran out. */
void session_complain(const struct session *session, kh_text *message);

/* Complains about memory if that is what a status says; returns it. For calls that give no message of their own. */
kh_status session_status(const struct session *session, kh_status status);

static inline kh_status worst(kh_status a, kh_status b) { return a > b ? a : b; }

kh_status verb_check(const struct session *session);
kh_status verb_run(const struct session *session);
kh_status verb_template(const struct session *session);
kh_status verb_validate(const struct session *session);
kh_status verb_explain(const struct session *session);
kh_status verb_questions(const struct session *session);
kh_status verb_pending(const struct session *session);
kh_status verb_test(const struct session *session);
kh_status verb_fmt(const struct session *session);
/* Compiles, runs, and shows the run's report. KH_OK: both are set, to be closed; otherwise both are NULL. */
kh_status session_run(const struct session *session, kh_scheme **scheme, kh_result **result);

/* Writes a text whole to a file, or to stdout where the path is NULL or "-". */
kh_status session_write(const struct session *session, const char *path, kh_text text);

/* Makes a folder, unless it is there. */
kh_status session_folder(const struct session *session, const char *folder);
/* FOLDER/NAME, malloced; NULL after a complaint. */
char *session_path(const struct session *session, const char *folder, const char *name);

kh_status verb_verify(const struct session *session);
kh_status verb_new(const struct session *session);
kh_status verb_doc(const struct session *session);
kh_status verb_diff(const struct session *session);
kh_status verb_dump(const struct session *session);

#endif
