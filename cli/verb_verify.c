/* kaohe verify: whether a result can be reproduced from a scheme and data.
 *
 * In: a result that `run -o` wrote, with its FILE.run beside it; the scheme, the data. Out: what is the same, what has changed,
 * and whether the table comes out as it did.
 * Decision: the verdict is the run's, not that of the files: a comment added to the scheme changes its hash and no figure, and
 * both are said.
 */
#include "record.h"

#include <string.h>

static const struct record_line *find(const struct record *record, enum record_kind kind, const char *name)
{
    for (size_t k = 0; k < record->count; k++)
        if (record->lines[k].kind == kind && (!name || strcmp(record->lines[k].name, name) == 0)) return &record->lines[k];
    return NULL;
}

static bool same(const struct record *then, const struct record *now, enum record_kind kind)
{
    const struct record_line *a = find(then, kind, NULL), *b = find(now, kind, NULL);
    return a && b && strcmp(a->hash, b->hash) == 0;
}

/* Files of a kind that have changed, gone or come; returns whether there are any. */
static bool print_files(const struct record *then, const struct record *now, enum record_kind kind,
                        bool chinese)
{
    bool any = false;
    for (size_t k = 0; k < then->count; k++) {
        const struct record_line *a = &then->lines[k], *b = a->kind == kind ? find(now, kind, a->name) : NULL;
        if (a->kind != kind || (b && strcmp(a->hash, b->hash) == 0)) continue;
        any = true;
        if (b) {
            TELL(chinese, FILE_CHANGED, a->name);
        } else {
            TELL(chinese, FILE_GONE, a->name);
        }
    }
    for (size_t k = 0; k < now->count; k++) {
        if (now->lines[k].kind != kind || find(then, kind, now->lines[k].name)) continue;
        any = true;
        TELL(chinese, FILE_NEW, now->lines[k].name);
    }
    return any;
}

static kh_status print_verdict(const char *path, const struct record *then, const struct record *now,
                               bool chinese)
{
    const struct record_line *written = find(then, RECORD_RESULT, NULL), *file = find(now, RECORD_RESULT, NULL);
    bool untouched = written && file && strcmp(written->hash, file->hash) == 0, comes_out = same(then, now, RECORD_TABLE);
    if (comes_out && untouched) {
        TELL(chinese, REPRODUCED, path);
    } else {
        TELL(chinese, NOT_REPRODUCED, path);
    }
    if (!untouched) TELL(chinese, RESULT_TOUCHED, path);
    if (!comes_out) TELL(chinese, COMES_OTHERWISE);
    bool own = same(then, now, RECORD_SCHEME), used = !print_files(then, now, RECORD_USED, chinese);
    if (own && used) {
        TELL(chinese, SCHEME_SAME);
    } else if (!own) {
        TELL(chinese, SCHEME_CHANGED);
    }
    bool changed = print_files(then, now, RECORD_DATA, chinese);
    changed |= print_files(then, now, RECORD_DECISIONS, chinese);
    if (now->database || then->database) {
        TELL(chinese, DATA_DATABASE);
    } else if (!changed) {
        TELL(chinese, DATA_SAME);
    }
    if (strcmp(then->program, now->program) != 0) TELL(chinese, PROGRAM_OTHER, then->program, now->program);
    if (now->period[0]) TELL(chinese, PERIOD_WAS, now->period);
    return comes_out && untouched ? KH_OK : KH_FINDINGS;
}

kh_status verb_verify(const struct session *session)
{
    const struct args *args = &session->args;
    if (!args_operands(args, session->chinese, 3, 3)) return KH_USAGE;
    const char *path = args->operands[0], *operands[] = {args->operands[1], args->operands[2]};
    struct record then, now = {.count = 0};
    kh_status status = record_read(session, path, &then);
    struct session again = *session;
    again.args.operands = (char **)operands;
    again.args.operand_count = 2;
    again.options.table_only = true;
    again.options.period = then.period_given ? then.period : NULL;
    again.options.encoding = then.encoding[0] ? then.encoding : NULL;
    kh_scheme *scheme;
    kh_result *result;
    if (status == KH_OK) status = session_run(&again, &scheme, &result);
    if (status == KH_OK) {
        bool chinese = session_chinese(scheme);
        status = record_take(&again, &now, operands[0], operands[1], result, scheme, NULL, NULL);
        if (status == KH_OK) status = record_add_result(session, &now, path, NULL);
        if (status == KH_OK) status = print_verdict(path, &then, &now, chinese);
        kh_result_close(result);
        kh_scheme_close(scheme);
    }
    record_free(&then);
    record_free(&now);
    return status;
}
