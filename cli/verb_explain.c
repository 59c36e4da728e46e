/* kaohe explain: where each point of a unit comes from, as text, page or JSON; a site of pages for all units.
 *
 * In: a scheme and a folder. Out: text on stdout; --html, --json: one document; --all: a folder of pages.
 * Decision: the site's index is written last, so that an interrupted run leaves no index that leads nowhere.
 */
#include "report.h"

#include <stdlib.h>
#include <string.h>

static kh_text text_of(const char *text) { return (kh_text){text, strlen(text)}; }

/* The row of the unit that --unit names; complains with the words of the plain explanation where there is none. */
static kh_status find_unit(const struct session *session, kh_result *result, size_t *unit)
{
    kh_text wanted = text_of(session->args.value[OPT_UNIT]), words;
    kh_status status = kh_result_find(result, wanted, unit);
    if (status != KH_USAGE) return session_status(session, status);
    status = kh_result_explain(result, wanted.at, NULL, &words);
    say_text(stderr, words);
    return status == KH_OK ? KH_USAGE : status;
}

static kh_status one_page(const struct session *session, kh_result *result)
{
    size_t unit, count;
    const kh_reading *readings;
    kh_text page;
    kh_status status = find_unit(session, result, &unit);
    if (status == KH_OK) status = session_status(session, kh_result_readings(result, &readings, &count));
    if (status == KH_OK) status = session_status(session, kh_result_bounds(result));
    if (status == KH_OK) status = session_status(session, kh_result_page(result, unit, NULL, readings, count, &page));
    return status == KH_OK ? session_write(session, session->args.value[OPT_OUTPUT], page) : status;
}

static kh_status one_json(const struct session *session, kh_scheme *scheme, kh_result *result)
{
    size_t unit;
    struct report report = {.session = session,
                            .scheme_file = session->args.operands[0],
                            .scheme = scheme,
                            .result = result,
                            .chinese = session_chinese(scheme)};
    kh_status status = find_unit(session, result, &unit);
    if (status == KH_OK) status = report_read(&report);
    if (status == KH_OK) status = session_status(session, kh_result_bounds(result));
    const char *path = session->args.value[OPT_OUTPUT];
    return status == KH_OK ? write_explanation(&report, unit, path ? path : "-") : status;
}

static kh_status write_in(const struct session *session, const char *folder, const char *name, kh_text page)
{
    char *path = session_path(session, folder, name);
    kh_status status = path ? session_write(session, path, page) : KH_ENVIRONMENT;
    free(path);
    return status;
}

static kh_status all_pages(const struct session *session, kh_result *result, bool chinese)
{
    const char *folder = session->args.value[OPT_OUTPUT];
    const kh_reading *readings;
    size_t count, units = kh_result_rows(result);
    kh_status status = session_folder(session, folder);
    if (status == KH_OK) status = session_status(session, kh_result_readings(result, &readings, &count));
    if (status == KH_OK) status = session_status(session, kh_result_bounds(result));
    for (size_t unit = 0; unit < units && status == KH_OK; unit++) {
        char name[KH_PAGE_NAME], before[KH_PAGE_NAME], after[KH_PAGE_NAME];
        kh_page_links links = {.index = text_of("index.html")};
        kh_text page;
        kh_page_name(name, unit);
        if (unit) {
            kh_page_name(before, unit - 1);
            links.before = text_of(before);
        }
        if (unit + 1 < units) {
            kh_page_name(after, unit + 1);
            links.after = text_of(after);
        }
        status = session_status(session, kh_result_page(result, unit, &links, readings, count, &page));
        if (status == KH_OK) status = write_in(session, folder, name, page);
    }
    kh_text index;
    if (status == KH_OK) status = session_status(session, kh_result_index(result, &index));
    if (status == KH_OK) status = write_in(session, folder, "index.html", index);
    if (status == KH_OK) {
        char words[COUNTED_BYTES];
        TELL(chinese, SITE_WRITTEN, folder, say_counted(words, chinese, units, NOUN_UNIT));
    }
    return status;
}

/* A text of the library with a NUL behind it; what no line could hold is cut. */
static const char *word(char into[256], kh_text text)
{
    snprintf(into, 256, "%.*s", (int)text.len, text.len ? text.at : "");
    return into;
}

/* What readings not taken would give the unit. */
static void print_readings(const kh_reading *readings, size_t count, size_t unit, bool chinese)
{
    bool first = true;
    for (size_t k = 0; k < count; k++) {
        if (readings[k].unit != unit) continue;
        char question[256], answer[256], heading[256], before[256], after[256], read_as[600], move[600];
        snprintf(read_as, sizeof read_as, chinese ? "%s 改读 %s" : "%s is read as %s", word(question, readings[k].question),
                 word(answer, readings[k].reading));
        snprintf(move, sizeof move, "%s → %s", readings[k].before.len ? word(before, readings[k].before) : "—",
                 readings[k].after.len ? word(after, readings[k].after) : "—");
        if (first) putchar('\n');
        first = false;
        TELL(chinese, OTHER_READING, read_as, word(heading, readings[k].heading), move);
    }
}

/* Whose decisions the unit waits for. */
static void print_waiting(const kh_waiting *items, size_t count, size_t unit, bool chinese)
{
    bool first = true;
    for (size_t k = 0; k < count; k++) {
        if (items[k].unit != unit) continue;
        char subject[256], authority[256], who[300];
        word(authority, items[k].authority);
        snprintf(who, sizeof who, !authority[0] ? "" : chinese ? "（%s）" : " (%s)", authority);
        if (first) putchar('\n');
        first = false;
        TELL(chinese, WAITS_FOR, word(subject, items[k].subject), who);
    }
}

/* How far the unit is from the next grade and place. */
static void print_ahead(const kh_ahead *ahead, bool chinese)
{
    char a[256], b[256], c[600], missing[256];
    if (ahead->grade_missing.len || ahead->place_count) putchar('\n');
    if (ahead->grade_missing.len) TELL(chinese, TO_GRADE, word(a, ahead->grade), word(b, ahead->grade_missing));
    for (size_t k = 0; k < ahead->place_count; k++) {
        const kh_place_ahead *place = &ahead->places[k];
        word(missing, place->missing);
        snprintf(c, sizeof c, chinese ? "第%zu名%s%s%s" : "place %zu%s%s%s", place->place,
                 missing[0] ? (chinese ? "，差 " : ", ") : "", missing, missing[0] && !chinese ? " away" : "");
        TELL(chinese, TO_PLACE, word(a, place->ranking), word(b, place->unit), c);
    }
}

/* Behind the unit's points: other readings, what is open, how far to the next grade and place. */
static kh_status print_rest(const struct session *session, kh_result *result, size_t unit, bool chinese)
{
    kh_ahead ahead;
    const kh_reading *readings;
    const kh_waiting *waiting;
    size_t count, waits;
    kh_status status = session_status(session, kh_result_readings(result, &readings, &count));
    if (status == KH_OK) status = session_status(session, kh_result_waiting(result, &waiting, &waits));
    if (status == KH_OK) status = session_status(session, kh_result_ahead(result, unit, &ahead));
    if (status != KH_OK) return status;
    print_readings(readings, count, unit, chinese);
    print_waiting(waiting, waits, unit, chinese);
    print_ahead(&ahead, chinese);
    return KH_OK;
}

/* What is asked for that does not go together; true if nothing is. */
static bool asked_well(const struct session *session)
{
    const struct args *args = &session->args;
    const bool *given = args->given;
    if (given[OPT_ALL] && !given[OPT_OUTPUT]) {
        COMPLAIN(session->chinese, NEEDS_FOLDER);
    } else if (given[OPT_ALL] && (given[OPT_UNIT] || given[OPT_JSON] || given[OPT_ITEM])) {
        COMPLAIN(session->chinese, NOT_BOTH, "--all", given[OPT_UNIT] ? "--unit" : given[OPT_JSON] ? "--json" : "--item");
    } else if (given[OPT_HTML] && given[OPT_JSON]) {
        COMPLAIN(session->chinese, NOT_BOTH, "--html", "--json");
    } else if ((given[OPT_HTML] || given[OPT_JSON]) && given[OPT_ITEM]) {
        COMPLAIN(session->chinese, NOT_BOTH, given[OPT_HTML] ? "--html" : "--json", "--item");
    } else if (given[OPT_OUTPUT] && !given[OPT_ALL] && !given[OPT_HTML] && !given[OPT_JSON]) {
        COMPLAIN(session->chinese, NEEDS_PAGE);
    } else if (!given[OPT_ALL] && !given[OPT_UNIT]) {
        COMPLAIN(session->chinese, NEEDS_UNIT);
    } else {
        return true;
    }
    return false;
}

kh_status verb_explain(const struct session *session)
{
    const struct args *args = &session->args;
    if (!args_operands(args, session->chinese, 2, 2) || !asked_well(session)) return KH_USAGE;
    bool page = args->given[OPT_HTML], json = args->given[OPT_JSON], all = args->given[OPT_ALL];
    struct session detailed = *session;
    detailed.options.keep_all = page || json || all;
    kh_scheme *scheme;
    kh_result *result;
    kh_status status = session_run(&detailed, &scheme, &result);
    if (status != KH_OK) return status;
    if (all) {
        status = all_pages(session, result, session_chinese(scheme));
    } else if (page) {
        status = one_page(session, result);
    } else if (json) {
        status = one_json(session, scheme, result);
    } else {
        kh_text text;
        status = session_status(session, kh_result_explain(result, args->value[OPT_UNIT], args->value[OPT_ITEM], &text));
        size_t unit;
        if (status == KH_OK || status == KH_USAGE) say_text(status == KH_OK ? stdout : stderr, text);
        if (status == KH_OK && !args->given[OPT_ITEM]) {
            status = find_unit(session, result, &unit);
            if (status == KH_OK) status = print_rest(session, result, unit, session_chinese(scheme));
        }
    }
    kh_result_close(result);
    kh_scheme_close(scheme);
    return status;
}
