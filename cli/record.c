/* How a result came about, in a file beside it.
 *
 * In: scheme, data, result. Out: lines: program, period, options; SHA-256 and name of each file.
 * Decision: a file beside the result, not in it: a CSV has no room for it, and one form serves every format. Plain lines, as
 * sha256sum writes them, so that a person can check one by hand, and no reader of JSON is needed to verify. What decides
 * whether a result can be reproduced is the hash of the table as CSV in the order of the data: it has every figure and
 * depends on no path, no order of sorting and no format. Cost: two files to keep together.
 */
#include "record.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { LONGEST_LINE = 8192 };

static const char FIRST_LINE[] = "# kaohe run 1";
static const char *const KINDS[RECORD_KINDS] = {"result", "table", "scheme", "used", "data", "decisions"};

static const char *base_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash && slash[1] ? slash + 1 : path;
}

void record_free(struct record *record)
{
    for (size_t k = 0; k < record->count; k++) free(record->lines[k].name);
    free(record->lines);
    *record = (struct record){.count = 0};
}

static kh_status add(const struct session *session, struct record *record, enum record_kind kind, const char *hash, const char *name)
{
    if (record->count == record->capacity) {
        size_t room = record->capacity ? record->capacity * 2 : 16;
        struct record_line *more = realloc(record->lines, room * sizeof *more);
        if (!more) return session_status(session, KH_ENVIRONMENT);
        record->lines = more;
        record->capacity = room;
    }
    struct record_line *line = &record->lines[record->count];
    *line = (struct record_line){.kind = kind, .name = strdup(name)};
    if (!line->name) return session_status(session, KH_ENVIRONMENT);
    snprintf(line->hash, sizeof line->hash, "%s", hash);
    record->count++;
    return KH_OK;
}

static kh_status add_file_as(const struct session *session, struct record *record, enum record_kind kind, const char *path,
                             const char *name)
{
    char hash[HASH_TEXT];
    if (!hash_file(hash, path)) {
        COMPLAIN(session->chinese, CANNOT_HASH, path, strerror(errno));
        return KH_ENVIRONMENT;
    }
    return add(session, record, kind, hash, name);
}

static kh_status add_file(const struct session *session, struct record *record, enum record_kind kind, const char *path)
{
    return add_file_as(session, record, kind, path, base_of(path));
}

/* The files that the scheme uses, by their way from its folder: a changed list changes the scheme. */
static kh_status add_used(const struct session *session, struct record *record, const char *scheme, kh_scheme *compiled)
{
    size_t folder = (size_t)(base_of(scheme) - scheme);
    const kh_text *files;
    size_t count;
    kh_status status = session_status(session, kh_scheme_files(compiled, &files, &count));
    for (size_t k = 0; k < count && status == KH_OK; k++) {
        char *path = strndup(files[k].at, files[k].len);
        status = path ? add_file_as(session, record, RECORD_USED, path, path + folder) : session_status(session, KH_ENVIRONMENT);
        free(path);
    }
    return status;
}

/* Whether a file's name is that of the table of decisions, in either tongue. */
static bool is_decisions(const char *name)
{
    return strncmp(name, "decision.", 9) == 0 || strncmp(name, "裁定.", strlen("裁定.")) == 0;
}

static kh_status add_data(const struct session *session, struct record *record, const char *data, struct hashes *hashes)
{
    struct hashes *own = hashes ? NULL : hashes_start(data);
    size_t count = 0;
    const struct hashed_file *files = hashes || own ? hashes_wait(hashes ? hashes : own, &count) : NULL;
    kh_status status = KH_OK;
    if (!files) {
        COMPLAIN(session->chinese, CANNOT_HASH, data, strerror(errno));
        status = KH_ENVIRONMENT;
    }
    for (size_t k = 0; k < count && status == KH_OK; k++) {
        const char *name = base_of(files[k].path);
        if (files[k].error) {
            COMPLAIN(session->chinese, CANNOT_HASH, files[k].path, strerror(files[k].error));
            status = KH_ENVIRONMENT;
        } else {
            status = add(session, record, is_decisions(name) ? RECORD_DECISIONS : RECORD_DATA, files[k].hash, name);
        }
    }
    hashes_free(own);
    return status;
}

static int hash_piece(void *to, kh_text piece)
{
    hash_add(to, piece);
    return 0;
}

static kh_status add_table(const struct session *session, struct record *record, kh_result *result, const char *known)
{
    char hash[HASH_TEXT];
    struct hash pieces;
    if (known) return add(session, record, RECORD_TABLE, known, "table.csv");
    hash_start(&pieces);
    kh_status status = session_status(session, kh_result_write_csv(result, NULL, hash_piece, &pieces));
    hash_end(&pieces, hash);
    return status == KH_OK ? add(session, record, RECORD_TABLE, hash, "table.csv") : status;
}

kh_status record_take(const struct session *session, struct record *record, const char *scheme, const char *data, kh_result *result,
                      kh_scheme *compiled, struct hashes *hashes, const char *table_hash)
{
    struct stat info;
    kh_about about;
    *record = (struct record){.period_given = session->options.period != NULL};
    snprintf(record->program, sizeof record->program, "%s", kh_version());
    if (session->options.encoding) snprintf(record->encoding, sizeof record->encoding, "%s", session->options.encoding);
    kh_status status = session_status(session, kh_scheme_about(compiled, &about));
    if (status != KH_OK) return status;
    if (about.from.len)
        snprintf(record->period, sizeof record->period, "%.*s..%.*s", (int)about.from.len, about.from.at, (int)about.to.len, about.to.at);
    status = add_table(session, record, result, table_hash);
    if (status == KH_OK) status = add_file(session, record, RECORD_SCHEME, scheme);
    if (status == KH_OK) status = add_used(session, record, scheme, compiled);
    if (status != KH_OK) return status;
    if (stat(data, &info) != 0) {
        record->database = true;
        return KH_OK;
    }
    return add_data(session, record, data, hashes);
}

kh_status record_add_result(const struct session *session, struct record *record, const char *path, const char *hash)
{
    return hash ? add(session, record, RECORD_RESULT, hash, base_of(path)) : add_file(session, record, RECORD_RESULT, path);
}

/* ---- the file ---- */

char *record_path(const struct session *session, const char *path)
{
    size_t room = strlen(path) + 5;
    char *beside = malloc(room);
    if (beside) {
        snprintf(beside, room, "%s.run", path);
    } else {
        session_status(session, KH_ENVIRONMENT);
    }
    return beside;
}

kh_status record_write(const struct session *session, const struct record *record, const char *path)
{
    kh_file *file;
    char line[LONGEST_LINE];
    char *beside = record_path(session, path);
    if (!beside) return KH_ENVIRONMENT;
    kh_status status = kh_file_open(&session->options, beside, &file);
#define PUT(...) (snprintf(line, sizeof line, __VA_ARGS__), kh_file_put(file, (kh_text){line, strlen(line)}))
    if (status == KH_OK) {
        PUT("%s\n", FIRST_LINE);
        PUT("program %s\n", record->program);
        if (record->period[0]) PUT("period %s%s\n", record->period, record->period_given ? " given" : "");
        if (record->encoding[0]) PUT("encoding %s\n", record->encoding);
        if (record->database) PUT("database\n");
        for (int kind = 0; kind < RECORD_KINDS; kind++)
            for (size_t k = 0; k < record->count; k++)
                if ((int)record->lines[k].kind == kind) PUT("%s %s  %s\n", KINDS[kind], record->lines[k].hash, record->lines[k].name);
        status = kh_file_commit(file);
    }
#undef PUT
    if (status != KH_OK) {
        kh_text message = file ? kh_file_message(file) : (kh_text){NULL, 0};
        if (message.len) {
            fputs("kaohe: ", say_errors());
            say_text(stderr, message);
        } else {
            session_status(session, KH_ENVIRONMENT);
        }
        status = KH_ENVIRONMENT;
    }
    kh_file_close(file);
    free(beside);
    return status;
}

static kh_status read_line(const struct session *session, struct record *out, char *line, bool *known)
{
    *known = true;
    char *value = strchr(line, ' ');
    if (value) *value++ = '\0';
    if (strcmp(line, "program") == 0 && value) {
        snprintf(out->program, sizeof out->program, "%s", value);
    } else if (strcmp(line, "period") == 0 && value) {
        char *given = strchr(value, ' ');
        if (given) *given = '\0';
        out->period_given = given != NULL;
        snprintf(out->period, sizeof out->period, "%s", value);
    } else if (strcmp(line, "encoding") == 0 && value) {
        snprintf(out->encoding, sizeof out->encoding, "%s", value);
    } else if (strcmp(line, "database") == 0) {
        out->database = true;
    } else {
        for (int kind = 0; kind < RECORD_KINDS; kind++) {
            if (strcmp(line, KINDS[kind]) != 0 || !value || strlen(value) < HASH_TEXT + 2 || value[HASH_TEXT - 1] != ' ') continue;
            value[HASH_TEXT - 1] = '\0';
            return add(session, out, (enum record_kind)kind, value, value + HASH_TEXT + 1);
        }
        *known = false;
    }
    return KH_OK;
}

kh_status record_read(const struct session *session, const char *path, struct record *out)
{
    *out = (struct record){.count = 0};
    char *beside = record_path(session, path);
    if (!beside) return KH_ENVIRONMENT;
    FILE *file = fopen(beside, "r");
    kh_status status = KH_OK;
    if (!file) {
        COMPLAIN(session->chinese, NO_RECORD, path, beside);
        status = KH_USAGE;
    }
    char line[LONGEST_LINE];
    for (size_t number = 1; file && status == KH_OK && fgets(line, sizeof line, file); number++) {
        bool whole = strchr(line, '\n') != NULL, known = true;
        line[strcspn(line, "\n")] = '\0';
        if (number == 1) {
            known = strcmp(line, FIRST_LINE) == 0;
        } else if (line[0] && line[0] != '#') {
            status = read_line(session, out, line, &known);
        }
        if (status == KH_OK && (!known || !whole)) {
            COMPLAIN(session->chinese, BAD_RECORD, beside);
            status = KH_USAGE;
        }
    }
    if (file) fclose(file);
    free(beside);
    return status;
}
