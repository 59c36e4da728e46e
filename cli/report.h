/* What the writers of results are given, and the writers.
 *
 * In: a scheme, its result, the order of the units. Out: a file in one of the formats, whole or not at all.
 * Decision: writers see the public header alone and stand beside the command line, so that the library brings no format's
 * library along. Cost: a host that wants a workbook writes it itself, from the same lists.
 */
#ifndef KAOHE_CLI_REPORT_H
#define KAOHE_CLI_REPORT_H

#include "session.h"

struct report {
    const struct session *session;
    const char *scheme_file;
    kh_scheme *scheme;
    kh_result *result;
    const size_t *order; /* of the units; NULL: that of the data */
    bool chinese;        /* the tongue of headings */
    kh_about about;
    const kh_part *parts;
    const kh_text *grades;
    const kh_question *questions;
    const kh_waiting *waiting;
    const kh_finding *scheme_findings, *findings;
    size_t part_count, grade_count, question_count, waiting_count, scheme_finding_count, finding_count, finding_total;
};

/* Reads the lists; `report` has scheme and result already. */
kh_status report_read(struct report *report);

static inline size_t report_row(const struct report *report, size_t place) { return report->order ? report->order[place] : place; }
/* The cell of a unit in the first column of a kind; empty if there is none. */
kh_text report_cell(const struct report *report, size_t row, kh_column kind);

/* The decisions that a unit waits for. */
const kh_waiting *report_waiting(const struct report *report, size_t row, size_t *count);

/* How a path says its format. */
enum format {
    FORMAT_CSV,
    FORMAT_JSON,
    FORMAT_JSONL,
    FORMAT_XLSX,
    FORMAT_NONE, /* an ending that says nothing */
};
enum format format_of(const char *path);
enum format format_named(const char *name); /* csv, json … */
void format_names(char *into, size_t room, const char *between);
/* Whether it tells each point and not only the table. */
bool format_is_detailed(enum format format);

/* Writers. The reason of a failure stands on stderr; then nothing has changed. */
kh_status write_json(struct report *report, const char *path);
/* One unit: what `explain --json` writes. */
kh_status write_explanation(struct report *report, size_t row, const char *path);
kh_status write_jsonl(struct report *report, const char *path);
kh_status write_xlsx(struct report *report, const char *path);

#endif
