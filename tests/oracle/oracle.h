/* The oracle: a second, naive evaluator of schemes, straight over the AST, with exact rationals.
 *
 * In: a parsed scheme and a folder of CSV files. Out: the results as CSV, or what is wrong with the data.
 * Decision: it shares only the parser, the AST and the arena with the product; dates, CSV, rounding and names are written
 * again here, and clarity goes before speed: rows are found by walking all of them, nothing is planned. Cost: a few
 * milliseconds for a dozen units.
 */
#ifndef KAOHE_TESTS_ORACLE_H
#define KAOHE_TESTS_ORACLE_H

#include "../../grammar/ast.h"

#include <gmp.h>
#include <setjmp.h>

/* ---- values (value.c) ---- */

enum value_kind { V_FAULT, V_NUMBER, V_BOOL, V_TEXT, V_SYMBOL, V_DATE, V_LENGTH, V_ROW, V_PART };

/* FAULT_BLANK is an error too; it is apart because `default` and `known` look for it. Later ones win over earlier. */
enum fault { FAULT_NONE, FAULT_OPEN, FAULT_ERROR, FAULT_BLANK };

enum { NO = 0, YES = 1, NA = 2 };

struct row;

/* A value is never changed once made; its numbers live in the arena and are freed with it. */
struct value {
    enum value_kind kind;
    enum fault fault;       /* V_FAULT */
    const char *why;        /* V_FAULT: a word for the `!word` of the output */
    mpq_t number;           /* V_NUMBER */
    int truth;              /* V_BOOL: NO, YES, NA */
    long days;              /* V_DATE: since 1970-01-01; V_LENGTH: how many */
    enum ast_op length;     /* V_LENGTH: OP_DAYS … OP_YEARS */
    struct text text;       /* V_TEXT, V_SYMBOL: the name of a list's value; V_PART: the number */
    const struct ast *list; /* V_SYMBOL: the declaration that owns it, or NULL for a bare name */
    struct row *row;        /* V_ROW: a unit or a row of another table */
};

void value_memory(struct arena *arena); /* where GMP's numbers go from now on */

struct value value_int(long n);
struct value value_ratio(const mpq_t number);
struct value value_digits(struct text digits); /* "12.50"; must be well formed */
struct value value_bool(int truth);
struct value value_text(struct text text);
struct value value_symbol(struct text name, const struct ast *list);
struct value value_date(long days);
struct value value_length(long count, enum ast_op unit);
struct value value_row(struct row *row);
struct value value_part(struct text number);
struct value fault_open(const char *why);
struct value fault_error(const char *why);
struct value fault_blank(void);

bool is_fault(struct value v);
bool is_open(struct value v); /* somebody has yet to decide */
/* The worse fault of two values, an error before an open one, the first before the second; otherwise a non-fault. */
struct value worse(struct value a, struct value b);

struct value value_add(struct value a, struct value b);
struct value value_sub(struct value a, struct value b);
struct value value_mul(struct value a, struct value b);
struct value value_div(struct value a, struct value b);
struct value value_neg(struct value a);
struct value value_min(struct value a, struct value b);
struct value value_max(struct value a, struct value b);
struct value value_floor(struct value a);
struct value value_ceil(struct value a);
struct value value_round(struct value a, long places, enum ast_op mode);
int value_sign(struct value a); /* of a number */

/* Kleene's three values; an error wins over open where neither side decides. */
struct value value_and(struct value a, struct value b);
struct value value_or(struct value a, struct value b);
struct value value_not(struct value a);
bool is_yes(struct value v);
bool is_no(struct value v);

/* <0, 0, >0 for two values of one kind (numbers, dates, texts, values of an ordered list); not for faults. */
int value_order(struct value a, struct value b);
bool value_same(struct value a, struct value b);
size_t list_rank(const struct ast *list, struct text name); /* position in a list; SIZE_MAX: not in it */

/* As the results show it: 12.5, 13/3, a text as it is, dates as 2007-01-31. Faults give nothing. */
void value_print(struct buffer *out, struct value v);

/* ---- dates (dates.c) ---- */

long date_of(long year, long month, long day); /* days since 1970-01-01 */
void date_split(long days, long *year, long *month, long *day);
bool date_read(struct text text, long *days); /* YYYY-MM-DD */
bool date_works(long days); /* a working day, by the calendar if there is one */
long date_plus(long days, long count, enum ast_op unit);
/* A day that is worked though it is a Saturday or Sunday, or not though it is none. Forgotten with NULL. */
struct workday {
    struct workday *next;
    long days;
    bool works;
};
void date_calendar(const struct workday *calendar);
long date_between(long from, long to, enum ast_op unit);

/* ---- the scheme and its data (names.c, data.c) ---- */

struct field {
    struct text name, heading;
    const struct ast *decl; /* FIELD, COMPUTED or NEED */
    const struct ast *type; /* TYPE, or NULL for COMPUTED; NEED is yes/no */
};

struct table {
    const struct ast *decl; /* UNIT, TABLE or USE_RESULTS */
    struct field *fields;
    size_t field_count, field_room;
    size_t key; /* index of the key field; SIZE_MAX: none */
    size_t by;  /* index of the date its rows are kept by; SIZE_MAX: none */
    struct table *parent; /* NULL: rows of a unit, or of nobody */
    bool tied;            /* its rows know the rows they belong to */
    bool roles;           /* has columns of type unit: a row belongs to each unit that one of them names */
    struct row **rows;
    size_t count, room;
};

struct row {
    struct table *table;
    struct value *cells; /* one per field; a blank is a fault */
    struct row *unit;    /* NULL for rows of tables for all; a unit's own row points at itself */
    struct row *parent;  /* row of the parent table, or NULL */
    struct text key;     /* as it is spelt in the file; empty: none */
    size_t line, index;  /* in the file; among the units */
    bool left_out;       /* after the period, or of a row that is; its cells are then nobody's business */
    const char *wrong;   /* the first problem of the row */
};

struct rule_memo;

struct part {
    const struct ast *decl;
    struct text number;
    struct part *above;      /* by the dotted number, or NULL */
    bool marked;
    const struct ast *worth, *from, *up_to, *weight, *divided, *judged, *applies;
};

/* What a rule came to for one unit. */
struct ruling {
    struct value points; /* signed, after the cap */
    struct value amount; /* Σ amount × steps, before cap and sign */
    struct value count;  /* Σ steps */
    struct value fired;  /* yes/no */
};

struct oracle {
    struct arena *arena;
    struct ast_file *file;
    const char *folder;
    bool zh;
    struct buffer *problems; /* lines about the data; empty: none */

    struct table **tables; /* [0] the unit */
    size_t table_count, table_room;
    struct part *parts;
    size_t part_count, part_room;
    bool has_period;
    long period_from, period_to, carry_from;
    bool rounds_parts, rounds_total;
    long part_places, total_places;
    enum ast_op mode;
    const struct ast *grades;  /* GRADES or NULL */
    const struct ast *applies; /* APPLIES of the scheme or NULL */

    struct value *part_memo;   /* [unit * part_count + part]; kind V_FAULT with why NULL: not yet */
    struct value *total_memo;  /* [unit] */
    struct value *score_memo;  /* [unit]: the grade by score */
    struct value *quota_memo;  /* [unit]: the grade after quotas */
    bool quota_done;
    struct rule_memo *rules;
    struct ranked *rankings;
    struct judgement *judgements;
    size_t judgement_count, judgement_room;
    struct reading_taken *readings;
    size_t reading_count, reading_room;
    int depth;

    jmp_buf *stop; /* where to go when the scheme says what the oracle does not know */
    struct text why_stopped;
};

/* How somebody decided that a question is read. */
struct reading_taken {
    const struct ast *question, *value;
};

/* A figure from the table `decision`. */
struct judgement {
    struct row *unit;
    struct text subject, authority;
    struct value figure;
};

_Noreturn void oracle_stop(struct oracle *o, const char *format, ...) __attribute__((format(printf, 2, 3)));

void readings_read(struct oracle *o); /* what the table of decisions says of questions, before the names are read */
void names_read(struct oracle *o); /* fills tables, parts, period, rounding from the tree */
const struct ast *find_decl(const struct oracle *o, enum ast_kind kind, struct text name);
struct table *find_table(const struct oracle *o, struct text name);
size_t find_field(const struct table *table, struct text name); /* SIZE_MAX: none */
struct part *find_part(struct oracle *o, struct text number);
bool name_is(struct text name, const char *english, const char *chinese);

bool line_counts(const struct oracle *o, const struct ast *line); /* its reading is taken, or it has none */

void data_read(struct oracle *o); /* fills the rows */

/* ---- evaluation (eval.c) ---- */

struct group {
    struct table *table;
    struct text field;
    struct value value;
    struct row **rows;   /* those of which nobody knows whether they are in come last */
    struct value *masks; /* yes, or the fault of such a row */
    size_t count;
};

/* Where an expression stands: a unit, the rows and groups around it from the inside out, the item and the rule. */
struct context {
    struct row *unit;
    struct row *row;
    const struct group *group;
    const struct context *outer;
    const struct part *item;
    const struct ruling *rule;
};

struct value eval(struct oracle *o, const struct context *c, const struct ast *e);

/* Rows of a table, a view or the group, each with a mask (yes, or a fault); rows that are certainly out are left out. */
struct rows {
    struct row **rows;
    struct value *masks;
    size_t count, room;
};
struct rows rows_of(struct oracle *o, const struct context *c, const struct ast *name, const struct ast *where,
                    const struct ast *except);
bool is_rows(struct oracle *o, const struct ast *name);
struct context unit_context(struct row *unit);
struct context row_context(const struct context *outer, struct row *row);

/* ---- marks (rules.c, marks.c, ranks.c) ---- */

const struct ruling *rule_of(struct oracle *o, struct row *unit, const struct ast *rule, struct part *item);
struct value effect_of(struct oracle *o, struct row *unit, const struct ast *rule, struct part *item,
                       const struct ast *effect);

struct value assessed(struct oracle *o, struct row *unit); /* the scheme applies to it */
struct value part_applies(struct oracle *o, struct row *unit, const struct part *part); /* and the parts above do */
struct value decided(struct oracle *o, struct row *unit, struct text subject, struct text who); /* or open */
struct value part_value(struct oracle *o, struct row *unit, struct part *part);
struct value part_shown(struct oracle *o, struct row *unit, struct part *part);
struct value total_of(struct oracle *o, struct row *unit);
struct value grade_by_score(struct oracle *o, struct row *unit);
struct value grade_of(struct oracle *o, struct row *unit);
struct value vetoed(struct oracle *o, struct row *unit);
struct value outcome_of(struct oracle *o, struct row *unit, const struct ast *outcome);

enum rank_figure { RANK_PLACE, RANK_FROM_LAST, RANK_SIZE };
struct value rank_of(struct oracle *o, struct row *unit, const struct ast *ranking, enum rank_figure figure);

/* Calls see(data, rule, item) for each rule that counts for a part, those of `every item` included. */
void each_rule(struct oracle *o, struct part *part, void (*see)(void *data, const struct ast *rule, struct part *part),
               void *data);

/* ---- the whole (results.c) ---- */

enum verdict { ORACLE_OK = 0, ORACLE_DATA = 3, ORACLE_UNKNOWN = 4 };

/* Runs a parsed scheme on a folder. `out` gets the CSV (or, for ORACLE_DATA by the files, nothing); `notes` what is wrong.
 * With `points`, `out` gets a line per unit, part and rule instead. All memory from `arena`. */
enum verdict oracle_run(struct arena *arena, struct ast_file *file, const char *folder, bool points, struct buffer *out,
                        struct buffer *notes);

#endif
