/* What the writers of results are given, and the writers.
 *
 * In: a scheme, its result, the order of the units. Out: a file in one of the formats, whole or not at all.
 * Decision: writers see the public header alone and stand beside the command line, so that the library brings no format's
 * library along. Cost: a host that wants a workbook writes it itself, from the same lists.
 */
#ifndef KAOHE_CLI_REPORT_H
#define KAOHE_CLI_REPORT_H

#include "hash.h"
#include "progress.h"
#include "session.h"

struct report {
    const struct session *session;
    const char *scheme_file;
    kh_scheme *scheme;
    kh_result *result;
    const size_t *order; /* of the units; NULL: that of the data */
    struct hashes *hashes; /* of the data, being worked out; or NULL */
    bool chinese;        /* the tongue of headings */
    struct progress_line *progress; /* NULL: nothing is shown */
    kh_about about;
    const kh_part *parts;
    const kh_text *grades;
    const kh_question *questions;
    const kh_waiting *waiting;
    const kh_outside *outside;
    const kh_finding *scheme_findings, *findings;
    size_t part_count, grade_count, question_count, waiting_count, outside_count, scheme_finding_count, finding_count, finding_total;
};

/* Reads the lists; `report` has scheme and result already. */
kh_status report_read(struct report *report);

static inline size_t report_row(const struct report *report, size_t place) { return report->order ? report->order[place] : place; }
/* The cell of a unit in the first column of a kind; empty if there is none. */
kh_text report_cell(const struct report *report, size_t row, kh_column kind);

/* The index of a unit's grade among the scheme's, or -1. */
ptrdiff_t report_grade(const struct report *report, size_t row);
/* The rows by total, malloced; NULL where --sort asks for another order or there is no total. False: memory ran out. */
bool report_ranking(const struct report *report, size_t **order);
/* The columns of a ranking, without items: key, total, grade if there are any, places, state, sections, outcomes. `columns`
 * has room for all columns of the result. Returns how many. */
size_t report_ranked_columns(const struct report *report, size_t *columns);

/* kh_result_account, counted for the progress: each unit once. */
kh_status report_account(const struct report *report, size_t row, const kh_entry **entries, size_t *count, kh_text *why);

/* A file, or a table of one (book.xlsx[Office]), without its folders: results are the same wherever the data lies. */
kh_text base_name(kh_text path);
/* Whether other parts stand in a part; they follow at once. */
bool part_has_parts(const struct report *report, size_t part);
/* A record for which nothing was taken or given is no point. */
static inline bool entry_is_nothing(const kh_entry *entry) { return !entry->open && entry->amount.len == 1 && entry->amount.at[0] == '0'; }

/* The decisions that a unit waits for. */
const kh_waiting *report_waiting(const struct report *report, size_t row, size_t *count);

/* The rows of other periods, counted; listed may be fewer. */
uint64_t report_outside(const struct report *report);

/* In English, for machines. */
const char *outside_name(kh_outside_why why);
const char *state_name(kh_state state);
const char *severity_name(kh_severity severity);

/* How a path says its format. */
enum format {
    FORMAT_CSV,
    FORMAT_JSON,
    FORMAT_JSONL,
    FORMAT_XLSX,
    FORMAT_HTML,
    FORMAT_SQLITE,
    FORMAT_POSTGRES,
    FORMAT_NONE, /* an ending that says nothing */
};
enum format format_of(const char *path);
enum format format_named(const char *name); /* csv, json … */
void format_names(char *into, size_t room, const char *between);
/* Whether it tells each point and not only the table. */
bool format_is_detailed(enum format format);

struct book;
/* The sheet of findings: of the scheme, then of the data. */
void book_findings(struct book *book, bool zh, const char *scheme_file, const kh_finding *of_scheme, size_t scheme_count, const kh_finding *findings,
                   size_t count);

/* Writers. The reason of a failure stands on stderr; then nothing has changed. */
kh_status write_json(struct report *report, const char *path);
/* One unit: what `explain --json` writes. */
kh_status write_explanation(struct report *report, size_t row, const char *path);
kh_status write_jsonl(struct report *report, const char *path);
kh_status write_xlsx(struct report *report, const char *path);
kh_status write_html(struct report *report, const char *path);
kh_status write_sqlite(struct report *report, const char *path);
kh_status write_postgres(struct report *report, const char *url);

#endif
