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

/* A file of data as it lies in memory. */
typedef struct kh_mapped kh_mapped;
kh_text kh_mapped_bytes(const kh_mapped *file); /* until nobody keeps it; it is kept as long as the run reads, at least */
void kh_mapped_keep(kh_mapped *file);           /* from any thread */
void kh_mapped_drop(kh_mapped *file);           /* once for each keep */

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
    /* Told of each file of data that lies in memory whole, by the thread that runs, as soon as it is open: path as it was opened.
     * NULL: nobody. */
    void (*mapped)(void *mapped_to, kh_text path, kh_mapped *file);
    void *mapped_to;
    int keep_all; /* kh_run keeps what kh_result_account needs, for every unit: the data stays in memory, and the ledger */
} kh_options;

const char *kh_version(void); /* "0.1.0", NUL-terminated, static */

/* ---- a scheme ---- */

typedef struct kh_scheme kh_scheme;

/* Whether a text names a period that kh_options.period takes. */
bool kh_period_valid(const char *period);

/* Whether a text names an encoding that kh_options.encoding takes. */
bool kh_encoding_valid(const char *encoding);

/* Compiles a scheme. `name` is its path, as shown in messages: what it uses is read from there, and nothing if it
 * is empty. The text is copied. A period or encoding that is not valid is KH_USAGE.
 * KH_OK: it can be run. KH_FINDINGS: it has errors; *out is set all the same, for its report and dumps. KH_ENVIRONMENT: out
 * of memory, *out is NULL. */
kh_status kh_scheme_open(const kh_options *options, const char *name, const char *text, size_t len, kh_scheme **out);
void kh_scheme_close(kh_scheme *scheme); /* NULL is allowed; results of the scheme must be closed first */

/* Whether the file only declares what schemes share (`use`): it is no scheme, and opening it gives KH_FINDINGS with a notice. */
bool kh_scheme_is_shared(const kh_scheme *scheme);
/* The paths of the files that it uses, in the order in which they were read. */
kh_status kh_scheme_files(kh_scheme *scheme, const kh_text **files, size_t *count);

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

/* Where check found totals that no grade covers, or two, or cases that no line of a choose covers: an example of the scheme for
 * each that comes to such a one, as text; empty where there are none or none could be made up. The same as files of data
 * (NULL: not wanted), by the line of the scheme that the finding is about: those of one line are a folder that `run` takes. */
typedef struct kh_witness_file {
    size_t line;
    kh_text name, text;
} kh_witness_file;
kh_status kh_scheme_witness(kh_scheme *scheme, kh_text *out, const kh_witness_file **files, size_t *file_count);

/* What the examples cover: rules fired; ways of a choice taken, conditions not met, grades given; values exactly on a limit. */
typedef struct kh_coverage {
    size_t clauses, clauses_met;
    size_t branches, branches_met;
    size_t limits, limits_met;
} kh_coverage;

/* Runs the examples and measures them. *out is a line for each branch and limit that no example meets (the rules that none
 * fires are in kh_scheme_test's report). KH_OK whatever the measure; KH_FINDINGS: the scheme has errors. */
kh_status kh_scheme_coverage(kh_scheme *scheme, kh_text *out, kh_coverage *coverage);

/* The scheme as the document that it came from: one self-contained HTML page in the tongue of messages: scoring table, rules as
 * sentences beside their text and clause, grades, questions, notes, examples with their results. `bilingual`: the sentences
 * in both tongues. KH_FINDINGS: it has errors. */
kh_status kh_scheme_document(kh_scheme *scheme, bool bilingual, kh_text *out);

/* ---- a run ---- */

typedef struct kh_result kh_result;

/* Runs a scheme on data: a folder of files, a file that holds all tables, or the address of a database. KH_OK: *out has results. KH_DATA: *out has only its report. KH_FINDINGS: the scheme
 * has errors. The scheme must outlive the result. */
kh_status kh_run(kh_scheme *scheme, const char *folder, kh_result **out);

/* How far a scheme's runs have read their data: the one call that another thread may make meanwhile. Bytes are counted where a
 * format tells them (not in databases); `all` may still grow, and is 0 where nothing is known. */
typedef struct kh_progress {
    uint64_t rows, done, all;
} kh_progress;
void kh_scheme_progress(const kh_scheme *scheme, kh_progress *out);

/* The same, keeping what kh_result_explain needs for one unit (its key), so that the data is read once. NULL: for none. A
 * key that no unit has is no error here. */
kh_status kh_run_unit(kh_scheme *scheme, const char *folder, const char *unit, kh_result **out);
/* The scheme as it was read in this run: with the readings that the table of decisions has chosen. Belongs to the result. */
kh_scheme *kh_result_scheme(kh_result *result);
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
    KH_COLUMN_FIGURE, /* of a `show` line */
} kh_column;

/* The result as a table, one row per unit in the order of the data: key, a column per numbered part, total, grade, a
 * column per ranking, state, a column per outcome, one per figure of a `show` line. A scheme without parts has no total, and no
 * grade unless it has grades. An open or missing figure is an empty cell. */
size_t kh_result_columns(const kh_result *result);
size_t kh_result_rows(const kh_result *result);
kh_column kh_result_column_kind(const kh_result *result, size_t column);
/* Whether a column's cells are figures; the others hold words, also where a word looks like a figure. */
bool kh_result_column_is_figure(const kh_result *result, size_t column);
kh_text kh_result_heading(const kh_result *result, size_t column); /* short: the part's number */
kh_text kh_result_title(const kh_result *result, size_t column);   /* long: the part's title, or the heading */
kh_text kh_result_cell(const kh_result *result, size_t row, size_t column); /* NULL: out of memory, see below */
/* Makes all cells at once, after which none can fail. A run does so itself, but not with table_only or for one unit: who asks
 * for a few then has each made anew, in memory that is the result's. */
kh_status kh_result_make_cells(kh_result *result);
/* The row of the unit with this key. KH_USAGE: there is none. */
kh_status kh_result_find(kh_result *result, kh_text key, size_t *row);

/* How far a unit's result has come; the column of states says it in words. */
typedef enum kh_state { KH_FINAL, KH_OPEN, KH_VETOED, KH_NOT_ASSESSED } kh_state;
kh_state kh_result_state(const kh_result *result, size_t row);
kh_text kh_result_state_word(kh_result *result, kh_state state);

/* The same as CSV, UTF-8, LF, headings first. */
kh_status kh_result_csv(kh_result *result, kh_text *out);

/* The same in pieces, in order, from this thread; write returns 0, or another number to stop (KH_ENVIRONMENT). order: the rows' places
 * in the table, as many as there are; NULL: as they are. */
kh_status kh_result_write_csv(kh_result *result, const size_t *order, int (*write)(void *to, kh_text piece), void *to);

/* Puts the results into a CSV file that `use results of` reads as it stands: a row for each unit and this period, in place
 * of those that an earlier run of the period wrote; rows of other periods are kept. The file need not be there. KH_USAGE:
 * there is no period. KH_DATA: the file cannot take them up. Otherwise than KH_OK, *message says why (of the result). */
kh_status kh_result_record(kh_result *result, const char *path, size_t *recorded, size_t *kept, kh_text *message);

/* Every point of one unit as text: clause, line, rows, amount, what a cap, floor or ceiling took, why the grade.
 * `item`: only that part (its number), or NULL. KH_USAGE: no such unit or item; *out says which there are. */
kh_status kh_result_explain(kh_result *result, const char *unit, const char *item, kh_text *out);

/* For each question and each reading not taken: the units whose total, grade, place or state would change, as text. Reads
 * the data again for each. */
kh_status kh_result_questions(kh_result *result, kh_text *out);

/* What has still to be proved or decided before the close, as text: by unit and part the documents of `needs` that are not
 * there, cells of the part that are blank, decisions that are waited for; and who checks. unit: only this one, or NULL.
 * *units: of how many units something is listed; *count: how much. KH_USAGE: no such unit, *out says which there are; or the
 * run was made with table_only. */
kh_status kh_result_pending(kh_result *result, const char *unit, kh_text *out, size_t *units, size_t *count);

/* Rows read, used, left for the next period, left to earlier ones. Any pointer may be NULL. */
void kh_result_rows_read(const kh_result *result, uint64_t *read, uint64_t *used, uint64_t *after, uint64_t *earlier);

/* A row that does not count in this run, since it is of another period. */
typedef enum kh_outside_why {
    KH_LATER,     /* it is left for the next period */
    KH_EARLIER,   /* an earlier one has it; only where the period is not the scheme's own */
    KH_OF_ANOTHER /* it belongs to a row, or a unit, that is left out */
} kh_outside_why;
typedef struct kh_outside {
    kh_outside_why why;
    kh_text table, file; /* table: its heading; file: without its folder */
    uint64_t row;
    kh_text unit, date; /* the unit as it is written there; empty: none */
} kh_outside;
/* All that were kept (the program's limits name the bound), table by table. Needs keep_all, else KH_USAGE. */
kh_status kh_result_outside(kh_result *result, const kh_outside **rows, size_t *count);

/* ---- two schemes ---- */

/* What changed from one scheme to another, as text: each change with both wordings. With a folder of data also who gains and
 * who loses by which change, grades and places that move, changes that touch nobody. The text lives as long as `newer`.
 * KH_FINDINGS: one of them has errors; KH_DATA: one of them cannot be run on the data, *out says why. */
kh_status kh_scheme_diff(kh_scheme *older, kh_scheme *newer, const char *folder, kh_text *out);

/* ---- in detail: for those who write results elsewhere ----
 *
 * Figures are texts: digits with a point ("-2", "0.35", "85%"), or an exact quotient that is no such number ("13/3"). */

typedef struct kh_about {
    kh_text title, edition, source; /* of the regulation; empty where not written */
    kh_text from, to;               /* the period's first and last day, 2016-01-01; empty without a period */
} kh_about;
kh_status kh_scheme_about(kh_scheme *scheme, kh_about *out);

/* A section, item or bonus. */
typedef enum kh_part_kind { KH_PART_SECTION, KH_PART_ITEM, KH_PART_BONUS } kh_part_kind;
typedef struct kh_part {
    kh_part_kind kind;
    kh_text number, title, clause;
    kh_text worth;   /* its full marks as written; empty: none of its own */
    size_t level;    /* how many parts stand above it */
    ptrdiff_t above; /* the index of the part it stands in, or -1 */
    size_t line;     /* of the scheme */
} kh_part;

/* Lists that live as long as the scheme. KH_FINDINGS: it has errors. */
kh_status kh_scheme_parts(kh_scheme *scheme, const kh_part **parts, size_t *count);
kh_status kh_scheme_grades(kh_scheme *scheme, const kh_text **names, size_t *count); /* the best first */

/* A doubtful clause: how it can be read, and how it is. */
typedef struct kh_question {
    kh_text name, words, taken;
    kh_text decided_by; /* of the scheme of a result: who has decided so; empty: nobody, it is as the scheme takes it */
    const kh_text *readings;
    size_t reading_count;
    size_t line;
    kh_text scheme_file; /* in which that line is, if it is one that the scheme uses; else empty */
} kh_question;
kh_status kh_scheme_questions(kh_scheme *scheme, const kh_question **questions, size_t *count);

typedef enum kh_severity { KH_ERROR, KH_WARNING, KH_NOTICE } kh_severity;

/* A finding apart from its rendering; sorted by place. */
typedef struct kh_finding {
    kh_severity severity;
    const char *code;    /* "E203", NUL-terminated, static */
    kh_text words, hint; /* the hint may be empty */
    size_t line, column; /* in the scheme; 0: none */
    kh_text scheme_file; /* in which that line is, if it is one that the scheme uses; else empty */
    kh_text file;        /* of the data; empty: none */
    uint64_t row;        /* its line, counted from 1; 0: the file as a whole */
    kh_text heading;     /* the column's; empty: none */
    kh_text value;       /* what stands in the cell */
} kh_finding;
kh_status kh_scheme_findings(kh_scheme *scheme, const kh_finding **findings, size_t *count);
/* Those about the data; all that were kept (the program's limits name the bound), of `total` that there are. */
kh_status kh_result_findings(kh_result *result, const kh_finding **findings, size_t *count, size_t *total);

/* A line of a unit's account. */
typedef enum kh_entry_kind {
    KH_ENTRY_PART,  /* a part: full marks and score */
    KH_ENTRY_SCORE, /* the line that says what its rules start from, where that is no constant; else as a rule */
    KH_ENTRY_RULE,  /* a rule that fired: what it took or gave after its cap */
    KH_ENTRY_ROW,   /* … one place where it did: a row, a group of rows, a number counted against another */
    KH_ENTRY_LIMIT, /* what a cap, floor, ceiling, forfeit or rounding made of the lines before, in words */
} kh_entry_kind;

typedef struct kh_entry {
    kh_entry_kind kind;
    bool open;      /* not known yet: the amount is empty */
    size_t part;    /* index of its part */
    size_t line;    /* of the scheme, 1-based. LIMIT: of the rule it concerns; 0: the part as a whole */
    kh_text words;  /* PART: its title. SCORE, RULE: as it stands in the scheme. ROW: what stands there. LIMIT: what happened */
    kh_text clause; /* PART, SCORE, RULE; may be empty */
    kh_text reason; /* RULE: because; PART: who judged it */
    kh_text worth;  /* PART */
    kh_text start;  /* PART: the marks that its rules start from; empty where it has none of its own */
    kh_text amount; /* PART: its score. RULE, ROW: signed, empty if it gives none */
    kh_text file;   /* ROW: of one row, without its folder; else empty */
    uint64_t row;
} kh_entry;

/* Works out what open totals can still become: the accounts that follow say so. Runs the data once more if any is open. */
kh_status kh_result_bounds(kh_result *result);

/* The account of one unit (a row of the table of results) in the order of the scheme, and why its grade and places: lines
 * of text, empty for nothing. Needs keep_all, else KH_USAGE. Valid until the next call. */
kh_status kh_result_account(kh_result *result, size_t unit, const kh_entry **entries, size_t *count, kh_text *why);

/* A decision that somebody's result waits for. */
typedef struct kh_waiting {
    size_t unit; /* row of the table of results */
    kh_text subject, authority;
} kh_waiting;
kh_status kh_result_waiting(kh_result *result, const kh_waiting **items, size_t *count);

/* How far a unit is from the grade above that of its total, and in each ranking from who stands before it. */
typedef struct kh_place_ahead {
    kh_text ranking, unit; /* who stands before it */
    size_t place;
    kh_text missing;       /* by the first key of the ranking */
} kh_place_ahead;
typedef struct kh_ahead {
    kh_text grade, grade_missing; /* empty: it has the best, or its total is open */
    const kh_place_ahead *places; /* rankings in which it is not first */
    size_t place_count;
} kh_ahead;
kh_status kh_result_ahead(kh_result *result, size_t unit, kh_ahead *out);

/* What a reading not taken would change for a unit. */
typedef struct kh_reading {
    size_t unit;
    kh_text question, reading, heading, before, after;
} kh_reading;
/* For all units, question by question; runs each other reading. A reading that cannot be worked out changes nothing here:
 * kh_result_questions says so. */
kh_status kh_result_readings(kh_result *result, const kh_reading **readings, size_t *count);

/* One unit's page as HTML, self-contained: needs keep_all, else KH_USAGE. Valid until the next page. Links are file names. */
typedef struct kh_page_links {
    kh_text before, index, after; /* empty: none */
} kh_page_links;
kh_status kh_result_page(kh_result *result, size_t unit, const kh_page_links *links, const kh_reading *readings,
                         size_t reading_count, kh_text *out);
/* The page of all units: ranking and distribution, with links to each one's kh_page_name. */
kh_status kh_result_index(kh_result *result, kh_text *out);
enum { KH_PAGE_NAME = 32 };
void kh_page_name(char into[KH_PAGE_NAME], size_t unit);

/* ---- what a scheme asks of its data ---- */

typedef enum kh_field_kind {
    KH_FIELD_TEXT,
    KH_FIELD_YES_NO,
    KH_FIELD_YES_NO_NA,
    KH_FIELD_NUMBER,
    KH_FIELD_PERCENT,
    KH_FIELD_DATE,
    KH_FIELD_LIST,      /* one of `values` */
    KH_FIELD_REFERENCE, /* a key of the table `target` */
    KH_FIELD_PART,      /* the number of a part */
} kh_field_kind;

typedef struct kh_field {
    kh_field_kind kind;
    kh_text heading;         /* what its column is headed */
    bool key;                /* no two rows have the same */
    bool optional;           /* a blank is allowed */
    bool period;             /* the date that decides to which period a row belongs */
    kh_text low, high, step; /* numbers, as written in data; empty: none */
    unsigned places;         /* the most that a number may have */
    const kh_text *values;   /* as the sheets spell them */
    size_t value_count;
    size_t target;           /* REFERENCE: index of its table */
    kh_text clauses;         /* where it counts: "1.2, 3.1"; empty: nowhere */
    size_t line;             /* of the scheme; 0: it comes with the table */
} kh_field;

typedef struct kh_table {
    kh_text heading;        /* the name of its file */
    kh_text sheet;          /* the name of its sheet: what a workbook allows of the heading */
    const kh_field *fields; /* those that say whose a row is come first */
    size_t field_count;
    bool units;             /* those assessed: the first table */
    bool results;           /* of earlier runs: nobody fills it in */
    bool decisions;         /* what people decide: the last table, if there is anything to decide */
    size_t line;
} kh_table;
kh_status kh_scheme_tables(kh_scheme *scheme, const kh_table **tables, size_t *count);

/* What people decide for each unit. */
typedef struct kh_judged {
    kh_text subject, title, authority;
    kh_text low, high;
    bool yes_no;
} kh_judged;
kh_status kh_scheme_judged(kh_scheme *scheme, const kh_judged **items, size_t *count);

/* Data as it lies there, unchecked: tables by the index they have in kh_scheme_tables. Problems are those of kh_run; what is
 * too broken for a row is left out. KH_ENVIRONMENT: it cannot be read at all, *out is NULL. */
typedef struct kh_data kh_data;
kh_status kh_data_open(kh_scheme *scheme, const char *path, kh_data **out);
void kh_data_close(kh_data *data); /* before its scheme; NULL is allowed */
/* False: it is not there. */
bool kh_data_table(kh_data *data, size_t table, kh_text *file, const kh_text **headings, size_t *columns);
/* The next row: its cells, as many as there are columns, valid until the next, and its line. KH_USAGE at the end. */
kh_status kh_data_next(kh_data *data, size_t table, const kh_text **cells, uint64_t *row);

/* ---- files ---- */

/* Reads a whole file of at most the scheme limit into memory of the library; release with kh_text_free. */
kh_status kh_file_read(const kh_options *options, const char *path, kh_text *out, kh_text *message);
void kh_text_free(const kh_options *options, kh_text *text);

/* Writes a file whole or not at all: beside, then renamed. KH_ENVIRONMENT with a message (release it) otherwise. */
kh_status kh_file_write(const kh_options *options, const char *path, kh_text content, kh_text *message);

/* The same bit by bit. *out is set, to be closed, unless memory ran out; when it could not be opened, for its message. */
typedef struct kh_file kh_file;
kh_status kh_file_open(const kh_options *options, const char *path, kh_file **out);
kh_status kh_file_put(kh_file *file, kh_text bytes);  /* KH_ENVIRONMENT once something could not be written */
kh_status kh_file_commit(kh_file *file);              /* puts it in its place */
const char *kh_file_beside(const kh_file *file);      /* for libraries that write files: write here, then commit; NULL: it is no
                                                         ordinary file */
kh_text kh_file_message(const kh_file *file);         /* why it went wrong */
void kh_file_close(kh_file *file);                    /* without commit: nothing remains. NULL is allowed */

#ifdef __cplusplus
}
#endif

#endif
