/* Reading and compiling a scheme for a verb.
 *
 * In: a path, or "-" for standard input. Out: an open scheme.
 * Decision: standard input is read here, not in the library, which takes texts and paths but no streams.
 */
#include "session.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { STDIN_BYTES = 16 * 1024 * 1024, STDIN_STEP = 64 * 1024 };

const char *session_name(const char *path) { return strcmp(path, "-") == 0 ? "stdin" : path; }

bool session_chinese(const kh_scheme *scheme) { return kh_scheme_tongue(scheme) == KH_CHINESE; }

kh_status session_status(const struct session *session, kh_status status)
{
    if (status == KH_ENVIRONMENT) COMPLAIN(session->chinese, NO_MEMORY);
    return status;
}

/* Whether a file could be data, by its ending. */
static bool ends_like_data(const char *path)
{
    static const char *const ENDINGS[] = {".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".json", ".jsonl", ".ndjson", ".db", ".sqlite", ".sqlite3"};
    const char *dot = strrchr(path, '.');
    for (size_t k = 0; dot && k < sizeof ENDINGS / sizeof *ENDINGS; k++) {
        if (strcasecmp(dot, ENDINGS[k]) == 0) return true;
    }
    return false;
}

static bool same_file(const struct stat *a, const struct stat *b) { return a->st_dev == b->st_dev && a->st_ino == b->st_ino; }

/* Whether the path lies right in the folder, and is no result that an earlier run put there. */
static bool lies_in(const struct session *session, const char *path, const struct stat *folder)
{
    const char *slash = strrchr(path, '/');
    size_t len = slash ? (size_t)(slash - path) + 1 : 0, room = strlen(path) + sizeof ".run";
    struct stat above, run;
    char *name = malloc(room);
    if (!name) return session_status(session, KH_ENVIRONMENT) != KH_OK;
    snprintf(name, room, "%.*s", (int)len, path);
    bool in = stat(len ? name : ".", &above) == 0 && same_file(&above, folder);
    snprintf(name, room, "%s.run", path);
    in = in && stat(name, &run) != 0;
    free(name);
    return in;
}

bool session_spares_input(const struct session *session, const char *path)
{
    struct stat there, input;
    if (stat(path, &there) != 0 || !S_ISREG(there.st_mode)) return true;
    for (int k = 0; k < session->args.operand_count; k++) {
        if (stat(session->args.operands[k], &input) != 0) continue;
        if (S_ISREG(input.st_mode) && same_file(&there, &input)) {
            COMPLAIN(session->chinese, OVER_INPUT, path);
            return false;
        }
        if (S_ISDIR(input.st_mode) && ends_like_data(path) && lies_in(session, path, &input)) {
            COMPLAIN(session->chinese, OVER_DATA, path);
            return false;
        }
    }
    return true;
}

/* All of standard input in malloced memory. */
static kh_status read_stdin(const struct session *session, kh_text *out)
{
    char *at = NULL;
    size_t len = 0, room = 0;
    kh_status status = KH_OK;
    while (status == KH_OK && !feof(stdin)) {
        if (room - len < STDIN_STEP) {
            char *more = realloc(at, room + STDIN_STEP);
            if (!more) {
                status = session_status(session, KH_ENVIRONMENT);
                break;
            }
            at = more;
            room += STDIN_STEP;
        }
        len += fread(at + len, 1, room - len, stdin);
        if (ferror(stdin)) {
            COMPLAIN(session->chinese, INPUT_FAILED, strerror(errno));
            status = KH_ENVIRONMENT;
        } else if (len > STDIN_BYTES) {
            COMPLAIN(session->chinese, INPUT_LONG);
            status = KH_ENVIRONMENT;
        }
    }
    if (status == KH_OK) {
        *out = (kh_text){at, len};
    } else {
        free(at);
    }
    return status;
}

void session_complain(const struct session *session, kh_text *message)
{
    if (message->len) {
        fputs("kaohe: ", say_errors());
        say_text(stderr, *message);
        if (message->at[message->len - 1] != '\n') putc('\n', stderr);
    } else {
        COMPLAIN(session->chinese, NO_MEMORY);
    }
    kh_text_free(&session->options, message);
}

kh_status input_read(const struct session *session, const char *path, struct input *out)
{
    *out = (struct input){.from_stdin = strcmp(path, "-") == 0};
    if (out->from_stdin) return read_stdin(session, &out->text);
    kh_text message = {NULL, 0};
    kh_status status = kh_file_read(&session->options, path, &out->text, &message);
    if (status != KH_OK) session_complain(session, &message);
    return status;
}

void input_release(const struct session *session, struct input *input)
{
    if (input->from_stdin) {
        free((char *)input->text.at);
    } else {
        kh_text_free(&session->options, &input->text);
    }
}

kh_status session_compile(const struct session *session, const char *path, kh_text text, kh_scheme **out)
{
    *out = NULL;
    return session_status(session, kh_scheme_open(&session->options, session_name(path), text.at, text.len, out));
}

kh_status session_open(const struct session *session, const char *path, kh_scheme **out)
{
    *out = NULL;
    struct input input;
    kh_status status = input_read(session, path, &input);
    if (status != KH_OK) return status;
    status = session_compile(session, path, input.text, out);
    input_release(session, &input);
    return status;
}

kh_status session_report(const struct session *session, kh_scheme *scheme, FILE *to)
{
    kh_text report;
    kh_status status = session_status(session, kh_scheme_report(scheme, &report));
    if (status == KH_OK) say_text(to, report);
    return status;
}

kh_status session_open_clean(const struct session *session, const char *path, kh_scheme **out)
{
    kh_status status = session_open(session, path, out);
    return *out ? session_clean(session, path, status, out) : status;
}

kh_status session_clean(const struct session *session, const char *path, kh_status status, kh_scheme **out)
{
    size_t warnings;
    kh_scheme_counts(*out, NULL, &warnings, NULL);
    if (status != KH_OK) {
        status = worst(status, session_report(session, *out, stderr));
        kh_scheme_close(*out);
        *out = NULL;
    } else if (warnings) {
        char counted[COUNTED_BYTES];
        bool chinese = session_chinese(*out);
        NOTE(chinese, HAS_WARNINGS, session_name(path), say_counted(counted, chinese, warnings, NOUN_WARNING));
    }
    return status;
}

kh_status session_folder(const struct session *session, const char *folder)
{
    if (mkdir(folder, 0777) == 0 || errno == EEXIST) return KH_OK;
    COMPLAIN(session->chinese, NO_FOLDER, folder, strerror(errno));
    return KH_ENVIRONMENT;
}

char *session_path(const struct session *session, const char *folder, const char *name)
{
    size_t room = strlen(folder) + strlen(name) + 2;
    char *path = malloc(room);
    if (path)
        snprintf(path, room, "%s/%s", folder, name);
    else
        session_status(session, KH_ENVIRONMENT);
    return path;
}
