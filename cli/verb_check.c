/* kaohe check, kaohe test: what is wrong in a scheme's text; whether its examples hold.
 *
 * In: schemes. Out: the library's reports on stdout, and a line of counts for each file.
 */
#include "session.h"

#include <stdlib.h>
#include <string.h>

/* "2 errors, 1 warning": only what there is. */
static void print_counts(const char *name, bool chinese, size_t errors, size_t warnings, size_t notices)
{
    const size_t counts[] = {errors, warnings, notices};
    static const enum noun NOUNS[] = {NOUN_ERROR, NOUN_WARNING, NOUN_NOTICE};
    char words[3 * COUNTED_BYTES] = "";
    size_t len = 0;
    for (int i = 0; i < 3; i++) {
        char counted[COUNTED_BYTES];
        if (!counts[i]) continue;
        len += (size_t)snprintf(words + len, sizeof words - len, "%s%s", len ? (chinese ? "，" : ", ") : "",
                                say_counted(counted, chinese, counts[i], NOUNS[i]));
    }
    if (len) {
        TELL(chinese, CHECKED, name, words);
    } else {
        TELL(chinese, CHECKED, name, chinese ? "没有问题" : "no findings");
    }
}

/* FOLDER/line-N/TABLE.csv for each file; says which folders there are now. */
static kh_status write_witnesses(const struct session *session, const char *path, kh_scheme *scheme,
                                 const kh_witness_file *files, size_t count)
{
    const char *folder = session->args.value[OPT_WITNESS];
    bool chinese = session_chinese(scheme);
    if (!count) TELL(chinese, NO_WITNESS);
    kh_status status = count ? session_folder(session, folder) : KH_OK;
    for (size_t k = 0; k < count && status == KH_OK; k++) {
        char line[32];
        snprintf(line, sizeof line, "line-%zu", files[k].line);
        char *place = session_path(session, folder, line), *name = malloc(files[k].name.len + 1), *file = NULL;
        if (name) {
            memcpy(name, files[k].name.at, files[k].name.len);
            name[files[k].name.len] = '\0';
        }
        bool first = k == 0 || files[k].line != files[k - 1].line;
        status = place && name ? KH_OK : session_status(session, KH_ENVIRONMENT);
        if (status == KH_OK && first) status = session_folder(session, place);
        if (status == KH_OK && !(file = session_path(session, place, name))) status = KH_ENVIRONMENT;
        if (status == KH_OK) status = session_write(session, file, files[k].text);
        if (status == KH_OK && (k + 1 == count || files[k + 1].line != files[k].line))
            TELL(chinese, WITNESS_WRITTEN, place, session_name(path));
        free(place);
        free(name);
        free(file);
    }
    return status;
}

static kh_status check_one(const struct session *session, const char *path)
{
    kh_scheme *scheme;
    kh_status status = session_open(session, path, &scheme);
    if (!scheme) return status;
    size_t errors, warnings, notices;
    kh_scheme_counts(scheme, &errors, &warnings, &notices);
    if (kh_scheme_is_shared(scheme) && !errors) status = KH_OK; /* there is nothing to run, and nothing wrong */
    status = worst(status, session_report(session, scheme, stdout));
    kh_text witness = {NULL, 0};
    const kh_witness_file *files = NULL;
    size_t file_count = 0;
    if (status == KH_OK && (warnings || notices) && !kh_scheme_is_shared(scheme))
        status = session_status(session, kh_scheme_witness(scheme, &witness, &files, &file_count));
    if (witness.len) {
        TELL(session_chinese(scheme), REACHED_SO);
        say_text(stdout, witness);
    }
    if (session->args.given[OPT_WITNESS] && status == KH_OK) status = write_witnesses(session, path, scheme, files, file_count);
    print_counts(session_name(path), session_chinese(scheme), errors, warnings, notices);
    if (warnings && session->args.given[OPT_STRICT]) status = worst(status, KH_FINDINGS);
    kh_scheme_close(scheme);
    return status;
}

/* "clauses 5 of 6, branches 3 of 4, limits 1 of 3: 69%"; whether that is enough. */
static kh_status print_coverage(const struct session *session, kh_scheme *scheme, const char *path, unsigned threshold)
{
    kh_text report;
    kh_coverage c;
    kh_status status = session_status(session, kh_scheme_coverage(scheme, &report, &c));
    if (status != KH_OK) return status;
    bool chinese = session_chinese(scheme);
    size_t all = c.clauses + c.branches + c.limits, met = c.clauses_met + c.branches_met + c.limits_met;
    size_t percent = all ? met * 100 / all : 100;
    char words[192], have[16], want[16];
    if (session->args.given[OPT_COVERAGE]) {
        say_text(stdout, report);
        snprintf(words, sizeof words,
                 chinese ? "条款 %zu/%zu，分支 %zu/%zu，界值 %zu/%zu，合计 %zu%%"
                         : "clauses %zu of %zu, branches %zu of %zu, limits %zu of %zu: %zu%%",
                 c.clauses_met, c.clauses, c.branches_met, c.branches, c.limits_met, c.limits, percent);
        TELL(chinese, COVERED, words);
    }
    if (percent >= threshold) return KH_OK;
    snprintf(have, sizeof have, "%zu%%", percent);
    snprintf(want, sizeof want, "%u%%", threshold);
    TELL(chinese, BELOW_THRESHOLD, session_name(path), have, want);
    return KH_FINDINGS;
}

/* 0 to 100; false after a complaint. */
static bool read_threshold(const struct session *session, unsigned *out)
{
    const char *value = session->args.value[OPT_THRESHOLD];
    *out = 0;
    if (!value) return true;
    size_t digits = strspn(value, "0123456789");
    if (digits && digits <= 3 && value[digits] == '\0') *out = (unsigned)strtoul(value, NULL, 10);
    if (digits && digits <= 3 && value[digits] == '\0' && *out <= 100) return true;
    COMPLAIN(session->chinese, BAD_THRESHOLD, value);
    return false;
}

static kh_status test_one(const struct session *session, const char *path)
{
    kh_scheme *scheme;
    kh_status status = session_open(session, path, &scheme);
    size_t errors = 0;
    if (scheme) kh_scheme_counts(scheme, &errors, NULL, NULL);
    if (scheme && kh_scheme_is_shared(scheme) && !errors) {
        TELL(session_chinese(scheme), UNTESTED, session_name(path));
        kh_scheme_close(scheme);
        return KH_OK;
    }
    if (scheme) status = session_clean(session, path, status, &scheme);
    if (!scheme) return status;
    bool chinese = session_chinese(scheme);
    kh_text report;
    size_t examples, failed, rules, unfired;
    status = session_status(session, kh_scheme_test(scheme, &report, &examples, &failed, &rules, &unfired));
    if (status == KH_OK || status == KH_FINDINGS) {
        say_text(stdout, report);
        if (examples) {
            char of[COUNTED_BYTES], wrong[COUNTED_BYTES], never[COUNTED_BYTES], both[2 * COUNTED_BYTES + 8];
            snprintf(both, sizeof both, "%s%s%s", say_counted(of, chinese, examples, NOUN_EXAMPLE), chinese ? "，" : ", ",
                     say_counted(wrong, chinese, failed, NOUN_FAILED));
            TELL(chinese, TESTED, session_name(path), both, say_counted(never, chinese, unfired, NOUN_UNFIRED));
        } else {
            TELL(chinese, UNTESTED, session_name(path));
        }
        unsigned threshold;
        if (read_threshold(session, &threshold) &&
            (session->args.given[OPT_COVERAGE] || session->args.given[OPT_THRESHOLD]))
            status = worst(status, print_coverage(session, scheme, path, threshold));
    }
    kh_scheme_close(scheme);
    return status;
}

static kh_status each(const struct session *session, kh_status (*one)(const struct session *, const char *))
{
    if (!args_operands(&session->args, session->chinese, 1, 0)) return KH_USAGE;
    kh_status status = KH_OK;
    for (int i = 0; i < session->args.operand_count; i++) status = worst(status, one(session, session->args.operands[i]));
    return status;
}

kh_status verb_check(const struct session *session)
{
    bool several = session->args.given[OPT_WITNESS] && session->args.operand_count > 1;
    return several ? args_operands(&session->args, session->chinese, 1, 1), KH_USAGE : each(session, check_one);
}

kh_status verb_test(const struct session *session)
{
    unsigned threshold;
    return read_threshold(session, &threshold) ? each(session, test_one) : KH_USAGE;
}
