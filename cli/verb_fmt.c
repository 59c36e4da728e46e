/* kaohe fmt, kaohe dump: a scheme printed back, canonically or as the compiler sees it.
 *
 * In: schemes. Out: text on stdout, files with --write, names with --check.
 * Decision: --write leaves a file alone that is canonical already, so that its time of change tells something.
 */
#include "session.h"
#include "unified.h"

#include <string.h>

static bool same(kh_text a, kh_text b) { return a.len == b.len && (a.len == 0 || memcmp(a.at, b.at, a.len) == 0); }

static kh_status write_back(const struct session *session, const char *path, kh_text form)
{
    kh_text message = {NULL, 0};
    kh_status status = kh_file_write(&session->options, path, form, &message);
    if (status != KH_OK) session_complain(session, &message);
    return status;
}

static kh_status format_text(const struct session *session, const char *path, kh_text text, kh_tongue to)
{
    kh_scheme *scheme;
    kh_status status = session_compile(session, path, text, &scheme);
    if (!scheme) return status;
    kh_text form;
    status = session_status(session, kh_scheme_format(scheme, to, &form)); /* errors of meaning do not hinder it */
    if (status == KH_FINDINGS) {
        status = worst(status, session_report(session, scheme, stderr));
    } else if (status == KH_OK && session->args.given[OPT_CHECK]) {
        if (!same(form, text)) {
            printf("%s\n", session_name(path));
            status = KH_FINDINGS;
        }
    } else if (status == KH_OK && session->args.given[OPT_DIFF]) {
        if (!same(form, text)) {
            status = KH_FINDINGS;
            if (!unified_print(stdout, session_name(path), text, form)) status = session_status(session, KH_ENVIRONMENT);
        }
    } else if (status == KH_OK && session->args.given[OPT_WRITE]) {
        if (!same(form, text)) status = write_back(session, path, form);
    } else if (status == KH_OK) {
        say_text(stdout, form);
    }
    kh_scheme_close(scheme);
    return status;
}

/* The tongue that --to asks for; false after a complaint. */
static bool wanted_tongue(const struct session *session, kh_tongue *to)
{
    const char *value = session->args.value[OPT_TO];
    *to = KH_TONGUE_OF_FILE;
    if (!value) return true;
    if (strcmp(value, "zh") == 0) *to = KH_CHINESE;
    if (strcmp(value, "en") == 0) *to = KH_ENGLISH;
    if (*to == KH_TONGUE_OF_FILE) COMPLAIN(session->chinese, BAD_CHOICE, "--to", session->chinese ? "en或zh" : "en or zh", value);
    return *to != KH_TONGUE_OF_FILE;
}

kh_status verb_fmt(const struct session *session)
{
    const struct args *args = &session->args;
    kh_tongue to;
    if (!args_operands(args, session->chinese, 1, 0) || !wanted_tongue(session, &to)) return KH_USAGE;
    if (args->given[OPT_CHECK] && args->given[OPT_WRITE]) {
        COMPLAIN(session->chinese, NOT_BOTH, "--check", "--write");
        return KH_USAGE;
    }
    if (args->given[OPT_DIFF] && (args->given[OPT_WRITE] || args->given[OPT_CHECK])) {
        COMPLAIN(session->chinese, NOT_BOTH, "--diff", args->given[OPT_WRITE] ? "--write" : "--check");
        return KH_USAGE;
    }
    for (int i = 0; i < args->operand_count; i++) {
        if (args->given[OPT_WRITE] && strcmp(args->operands[i], "-") == 0) {
            COMPLAIN(session->chinese, STDIN_WRITE);
            return KH_USAGE;
        }
    }
    kh_status status = KH_OK;
    for (int i = 0; i < args->operand_count; i++) {
        struct input input;
        kh_status one = input_read(session, args->operands[i], &input);
        if (one == KH_OK) {
            one = format_text(session, args->operands[i], input.text, to);
            input_release(session, &input);
        }
        status = worst(status, one);
    }
    return status;
}

kh_status verb_dump(const struct session *session)
{
    static const struct {
        enum option option;
        kh_dump dump;
    } KINDS[] = {
        {OPT_TOKENS, KH_DUMP_TOKENS},
        {OPT_AST, KH_DUMP_AST},
        {OPT_SCHEME, KH_DUMP_SCHEME},
        {OPT_PROGRAM, KH_DUMP_PROGRAM},
    };
    int asked = 0;
    kh_dump what = KH_DUMP_TOKENS;
    for (size_t i = 0; i < sizeof KINDS / sizeof *KINDS; i++) {
        if (!session->args.given[KINDS[i].option]) continue;
        what = KINDS[i].dump;
        asked++;
    }
    if (asked != 1) {
        COMPLAIN(session->chinese, ONE_DUMP);
        return KH_USAGE;
    }
    if (!args_operands(&session->args, session->chinese, 1, 1)) return KH_USAGE;
    kh_scheme *scheme;
    kh_status status = session_open(session, session->args.operands[0], &scheme);
    if (!scheme) return status;
    kh_text text;
    kh_status dumped = session_status(session, kh_scheme_dump(scheme, what, &text));
    if (dumped == KH_OK) say_text(stdout, text);
    if (status == KH_FINDINGS) dumped = worst(dumped, session_report(session, scheme, stderr));
    kh_scheme_close(scheme);
    return worst(status, dumped);
}
