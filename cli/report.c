/* What writers are given: see report.h. */
#include "report.h"

#include "order.h"

#include <string.h>
#include <strings.h>

kh_status report_read(struct report *r)
{
    kh_scheme *read = kh_result_scheme(r->result); /* with the readings that people have decided */
    kh_status status = kh_scheme_about(read, &r->about);
    status = worst(status, kh_scheme_parts(read, &r->parts, &r->part_count));
    status = worst(status, kh_scheme_grades(read, &r->grades, &r->grade_count));
    status = worst(status, kh_scheme_questions(read, &r->questions, &r->question_count));
    status = worst(status, kh_scheme_findings(r->scheme, &r->scheme_findings, &r->scheme_finding_count));
    status = worst(status, kh_result_findings(r->result, &r->findings, &r->finding_count, &r->finding_total));
    status = worst(status, kh_result_waiting(r->result, &r->waiting, &r->waiting_count));
    kh_status listed = kh_result_outside(r->result, &r->outside, &r->outside_count);
    if (listed != KH_USAGE) status = worst(status, listed); /* a run for the table alone keeps no such list */
    return session_status(r->session, status);
}

kh_text report_cell(const struct report *report, size_t row, kh_column kind)
{
    size_t columns = kh_result_columns(report->result);
    for (size_t column = 0; column < columns; column++) {
        if (kh_result_column_kind(report->result, column) == kind) return kh_result_cell(report->result, row, column);
    }
    return (kh_text){NULL, 0};
}

ptrdiff_t report_grade(const struct report *report, size_t row)
{
    kh_text grade = report_cell(report, row, KH_COLUMN_GRADE);
    for (size_t k = 0; k < report->grade_count; k++) {
        kh_text name = report->grades[k];
        if (grade.len && grade.len == name.len && memcmp(grade.at, name.at, name.len) == 0) return (ptrdiff_t)k;
    }
    return -1;
}

bool report_ranking(const struct report *report, size_t **order)
{
    size_t columns = kh_result_columns(report->result);
    *order = NULL;
    for (size_t column = 0; column < columns && !report->order; column++) {
        if (kh_result_column_kind(report->result, column) == KH_COLUMN_TOTAL) return order_rows(report->result, column, order);
    }
    return true;
}

static bool is_ranked(const struct report *report, size_t column)
{
    kh_text heading = kh_result_heading(report->result, column);
    switch (kh_result_column_kind(report->result, column)) {
    case KH_COLUMN_KEY:
    case KH_COLUMN_TOTAL:
    case KH_COLUMN_PLACE:
    case KH_COLUMN_STATE:
    case KH_COLUMN_OUTCOME:
    case KH_COLUMN_FIGURE: return true;
    case KH_COLUMN_GRADE: return report->grade_count > 0;
    case KH_COLUMN_PART: return !memchr(heading.at, '.', heading.len);
    }
    return false;
}

size_t report_ranked_columns(const struct report *report, size_t *columns)
{
    static const kh_column TURNS[] = {KH_COLUMN_KEY,   KH_COLUMN_TOTAL, KH_COLUMN_GRADE,  KH_COLUMN_PLACE,
                                      KH_COLUMN_STATE, KH_COLUMN_PART,  KH_COLUMN_OUTCOME, KH_COLUMN_FIGURE};
    size_t count = 0, all = kh_result_columns(report->result);
    for (size_t turn = 0; turn < sizeof TURNS / sizeof *TURNS; turn++) {
        for (size_t column = 0; column < all; column++) {
            if (kh_result_column_kind(report->result, column) == TURNS[turn] && is_ranked(report, column)) columns[count++] = column;
        }
    }
    return count;
}

kh_status report_account(const struct report *report, size_t row, const kh_entry **entries, size_t *count, kh_text *why)
{
    progress_unit(report->progress, kh_result_rows(report->result));
    return kh_result_account(report->result, row, entries, count, why);
}

kh_text base_name(kh_text path)
{
    const char *table = path.len && path.at[path.len - 1] == ']' ? memrchr(path.at, '[', path.len) : NULL;
    size_t before = table ? (size_t)(table - path.at) : path.len;
    const char *slash = before ? memrchr(path.at, '/', before) : NULL;
    size_t from = slash ? (size_t)(slash - path.at) + 1 : 0;
    return (kh_text){path.at + from, path.len - from};
}

bool part_has_parts(const struct report *report, size_t part)
{
    return part + 1 < report->part_count && report->parts[part + 1].above == (ptrdiff_t)part;
}

uint64_t report_outside(const struct report *report)
{
    uint64_t after, earlier;
    kh_result_rows_read(report->result, NULL, NULL, &after, &earlier);
    return after + earlier;
}

const char *outside_name(kh_outside_why why)
{
    static const char *const NAMES[] = {[KH_LATER] = "later", [KH_EARLIER] = "earlier", [KH_OF_ANOTHER] = "with its owner"};
    return NAMES[why];
}

const char *state_name(kh_state state)
{
    static const char *const NAMES[] = {[KH_FINAL] = "final", [KH_OPEN] = "open", [KH_VETOED] = "vetoed", [KH_NOT_ASSESSED] = "not assessed"};
    return NAMES[state];
}

const char *severity_name(kh_severity severity)
{
    static const char *const NAMES[] = {[KH_ERROR] = "error", [KH_WARNING] = "warning", [KH_NOTICE] = "notice"};
    return NAMES[severity];
}

/* By ending; the first name of a format is the one that is shown. */
static const struct {
    const char *name;
    enum format format;
} FORMATS[] = {
    {"csv", FORMAT_CSV}, {"json", FORMAT_JSON}, {"jsonl", FORMAT_JSONL}, {"ndjson", FORMAT_JSONL}, {"xlsx", FORMAT_XLSX}, {"html", FORMAT_HTML}, {"htm", FORMAT_HTML}, {"db", FORMAT_SQLITE}, {"sqlite", FORMAT_SQLITE},
};

enum { FORMAT_NAMES = sizeof FORMATS / sizeof *FORMATS };

enum format format_named(const char *name)
{
    for (size_t k = 0; k < FORMAT_NAMES; k++) {
        if (strcasecmp(name, FORMATS[k].name) == 0) return FORMATS[k].format;
    }
    return FORMAT_NONE;
}

enum format format_of(const char *path)
{
    if (strncmp(path, "postgresql://", 13) == 0 || strncmp(path, "postgres://", 11) == 0) return FORMAT_POSTGRES;
    if (strcmp(path, "-") == 0 || strncmp(path, "/dev/", 5) == 0) return FORMAT_CSV;
    const char *slash = strrchr(path, '/'), *dot = strrchr(slash ? slash : path, '.');
    return dot ? format_named(dot + 1) : FORMAT_NONE;
}

void format_names(char *into, size_t room, const char *between)
{
    size_t len = 0;
    into[0] = '\0';
    for (size_t k = 0; k < FORMAT_NAMES && len < room; k++) {
        if (k && FORMATS[k].format == FORMATS[k - 1].format) continue;
        len += (size_t)snprintf(into + len, room - len, "%s.%s", k ? between : "", FORMATS[k].name);
    }
}

const kh_waiting *report_waiting(const struct report *report, size_t row, size_t *count)
{
    size_t low = 0, high = report->waiting_count; /* they stand in the order of the units */
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (report->waiting[middle].unit < row) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    size_t to = low;
    while (to < report->waiting_count && report->waiting[to].unit == row) to++;
    *count = to - low;
    return report->waiting + low;
}

bool format_is_detailed(enum format format)
{
    switch (format) {
    case FORMAT_CSV:
    case FORMAT_NONE: return false;
    case FORMAT_JSON:
    case FORMAT_JSONL:
    case FORMAT_XLSX:
    case FORMAT_HTML:
    case FORMAT_SQLITE:
    case FORMAT_POSTGRES: return true;
    }
    return false;
}
