/* kaohe.h: the library's only public header. Compile a scheme, format it, run it on data, explain and test it.
 *
 * Objects are opaque and own all the memory they hand out: a kh_text stays valid until its object is closed.
 * Texts are UTF-8 by pointer and length and are not NUL-terminated unless stated. No function prints, exits or aborts.
 * No two threads may use one object at the same time; different objects are independent.
 */
#ifndef KAOHE_H
#define KAOHE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* How a call ended. The program's exit codes are the same numbers. */
typedef enum kh_status {
    KH_OK = 0,
    KH_FINDINGS = 1,    /* the scheme's text has errors, or an example's expectation is wrong */
    KH_USAGE = 2,       /* the call asks for something that is not there (an unknown unit, item or file name) */
    KH_DATA = 3,        /* the data has problems; there is no result */
    KH_ENVIRONMENT = 4, /* out of memory, a file that cannot be read or written */
} kh_status;

typedef enum kh_tongue { KH_TONGUE_OF_FILE = 0, KH_ENGLISH = 1, KH_CHINESE = 2 } kh_tongue;

typedef struct kh_text {
    const char *at;
    size_t len;
} kh_text;

/* Behaves as realloc; size 0 frees and returns NULL; `old_size` is what was asked for before. */
typedef struct kh_memory {
    void *(*resize)(void *host, void *block, size_t old_size, size_t size);
    void *host;
} kh_memory;

/* NULL anywhere an options pointer is taken means all zero: malloc, the file's own tongue. */
typedef struct kh_options {
    const kh_memory *memory; /* copied; NULL: malloc */
    kh_tongue tongue;        /* of messages */
    const char
        *period; /* instead of the scheme's: "2014", "2014-03", "2014-Q1", "2014-03-01..2014-03-31"; NULL: the scheme's */
    int table_only;   /* kh_run works out what the table shows and no more, in less time and memory; explanations then run anew */
    unsigned threads; /* that may read data at once; 0 is 1. Results do not depend on it. `memory` is then called from each */
    size_t share_bytes; /* bytes of a file that are worth a thread of their own; 0: a mebibyte */
    const char *encoding; /* of data in text files without a mark: "UTF-8", "GB18030", "UTF-16LE", "UTF-16BE"; NULL: found out */
} kh_options;

const char *kh_version(void); /* "0.1.0", NUL-terminated, static */

/* ---- a scheme ---- */

typedef struct kh_scheme kh_scheme;

/* Whether a text names a period that kh_options.period takes. */
bool kh_period_valid(const char *period);

/* Whether a text names an encoding that kh_options.encoding takes. */
bool kh_encoding_valid(const char *encoding);

/* Compiles a scheme. `name` is the file name shown in messages; the text is copied. A period or encoding that is not valid is KH_USAGE.
 * KH_OK: it can be run. KH_FINDINGS: it has errors; *out is set all the same, for its report and dumps. KH_ENVIRONMENT: out
 * of memory, *out is NULL. */
kh_status kh_scheme_open(const kh_options *options, const char *name, const char *text, size_t len, kh_scheme **out);
void kh_scheme_close(kh_scheme *scheme); /* NULL is allowed; results of the scheme must be closed first */

/* Numbers of findings by severity. Any pointer may be NULL. */
void kh_scheme_counts(const kh_scheme *scheme, size_t *errors, size_t *warnings, size_t *notices);

/* The tongue that its messages are in: the one asked for, else the one the file is written in. */
kh_tongue kh_scheme_tongue(const kh_scheme *scheme);

/* The findings as text (file:line:column, line, caret, hint), sorted by place, at most 20, then how many more.
 * Empty without findings. */
kh_status kh_scheme_report(kh_scheme *scheme, kh_text *out);

typedef enum kh_dump { KH_DUMP_TOKENS, KH_DUMP_AST, KH_DUMP_SCHEME, KH_DUMP_PROGRAM } kh_dump;

/* A representation as text. SCHEME and PROGRAM need a scheme without errors, else KH_FINDINGS. */
kh_status kh_scheme_dump(kh_scheme *scheme, kh_dump what, kh_text *out);

/* The canonical form (`fmt`) in a tongue; needs a text without syntax errors, else KH_FINDINGS. */
kh_status kh_scheme_format(kh_scheme *scheme, kh_tongue to, kh_text *out);

/* Runs the examples. *out is the report: one line each, for a wrong expectation what was expected and what came, then the
 * rules that no example fired. KH_OK: all hold. KH_FINDINGS: not. Numbers may be NULL. */
kh_status kh_scheme_test(kh_scheme *scheme, kh_text *out, size_t *examples, size_t *failed, size_t *rules, size_t *unfired);

/* What the examples cover: rules fired; ways of a choice taken, conditions not met, grades given; values exactly on a limit. */
typedef struct kh_coverage {
    size_t clauses, clauses_met;
    size_t branches, branches_met;
    size_t limits, limits_met;
} kh_coverage;

/* Runs the examples and measures them. *out is a line for each branch and limit that no example meets (the rules that none
 * fires are in kh_scheme_test's report). KH_OK whatever the measure; KH_FINDINGS: the scheme has errors. */
kh_status kh_scheme_coverage(kh_scheme *scheme, kh_text *out, kh_coverage *coverage);

/* ---- a run ---- */

typedef struct kh_result kh_result;

/* Runs a scheme on a folder of data. KH_OK: *out has results. KH_DATA: *out has only its report. KH_FINDINGS: the scheme
 * has errors. The scheme must outlive the result. */
kh_status kh_run(kh_scheme *scheme, const char *folder, kh_result **out);

/* The same, keeping what kh_result_explain needs for one unit (its key), so that the data is read once. NULL: for none. A
 * key that no unit has is no error here. */
kh_status kh_run_unit(kh_scheme *scheme, const char *folder, const char *unit, kh_result **out);
void kh_result_close(kh_result *result); /* NULL is allowed */

/* Problems and notices of the run as text; empty if there are none. */
kh_status kh_result_report(kh_result *result, kh_text *out);

typedef enum kh_column {
    KH_COLUMN_KEY,
    KH_COLUMN_PART,
    KH_COLUMN_TOTAL,
    KH_COLUMN_GRADE,
    KH_COLUMN_PLACE,
    KH_COLUMN_STATE,
    KH_COLUMN_OUTCOME,
} kh_column;

/* The result as a table, one row per unit in the order of the data: key, a column per numbered part, total, grade, a
 * column per ranking, state, a column per outcome. An open or missing figure is an empty cell. */
size_t kh_result_columns(const kh_result *result);
size_t kh_result_rows(const kh_result *result);
kh_column kh_result_column_kind(const kh_result *result, size_t column);
kh_text kh_result_heading(const kh_result *result, size_t column); /* short: the part's number */
kh_text kh_result_title(const kh_result *result, size_t column);   /* long: the part's title, or the heading */
kh_text kh_result_cell(const kh_result *result, size_t row, size_t column);

/* The same as CSV, UTF-8, LF, headings first. */
kh_status kh_result_csv(kh_result *result, kh_text *out);

/* Every point of one unit as text: clause, line, rows, amount, what a cap, floor or ceiling took, why the grade.
 * `item`: only that part (its number), or NULL. KH_USAGE: no such unit or item; *out says which there are. */
kh_status kh_result_explain(kh_result *result, const char *unit, const char *item, kh_text *out);

/* For each question and each reading not taken: the units whose total, grade, place or state would change, as text. Reads
 * the data again for each. */
kh_status kh_result_questions(kh_result *result, kh_text *out);

/* Rows read, used and left for the next period. Any pointer may be NULL. */
void kh_result_rows_read(const kh_result *result, uint64_t *read, uint64_t *used, uint64_t *after);

/* ---- two schemes ---- */

/* What changed from one scheme to another, as text: each change with both wordings. With a folder of data also who gains and
 * who loses by which change, grades and places that move, changes that touch nobody. The text lives as long as `newer`.
 * KH_FINDINGS: one of them has errors; KH_DATA: one of them cannot be run on the data, *out says why. */
kh_status kh_scheme_diff(kh_scheme *older, kh_scheme *newer, const char *folder, kh_text *out);

/* ---- files ---- */

/* Reads a whole file of at most the scheme limit into memory of the library; release with kh_text_free. */
kh_status kh_file_read(const kh_options *options, const char *path, kh_text *out, kh_text *message);
void kh_text_free(const kh_options *options, kh_text *text);

/* Writes a file whole or not at all: beside, then renamed. KH_ENVIRONMENT with a message (release it) otherwise. */
kh_status kh_file_write(const kh_options *options, const char *path, kh_text content, kh_text *message);

#ifdef __cplusplus
}
#endif

#endif
