/* What writers are given: see report.h. */
#include "report.h"

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

/* By ending; the first name of a format is the one that is shown. */
static const struct {
    const char *name;
    enum format format;
} FORMATS[] = {
    {"csv", FORMAT_CSV}, {"json", FORMAT_JSON}, {"jsonl", FORMAT_JSONL}, {"ndjson", FORMAT_JSONL}, {"xlsx", FORMAT_XLSX},
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
    case FORMAT_XLSX: return true;
    }
    return false;
}
