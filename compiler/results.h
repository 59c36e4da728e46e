/* Results: what a run's figures mean, as texts: the table of units, and the reading of single values.
 *
 * In: a sound scheme, its program's run. Out: cells; findings for what could not be worked out.
 */
#ifndef KAOHE_COMPILER_RESULTS_H
#define KAOHE_COMPILER_RESULTS_H

#include "../runtime/vm.h"
#include "kaohe.h"
#include "scheme.h"

struct result_column {
    kh_column kind;
    uint32_t index; /* of the part, ranking or outcome */
    struct text heading, title;
    struct expr expr; /* key: none; state: none */
};

struct results {
    struct scheme *scheme;
    struct run *run;
    struct arena *arena;
    struct result_column *columns;
    size_t column_count;
    uint32_t units;
    struct text *cells; /* row by row; NULL: not made (results_cells) */
    uint8_t *open;      /* per unit */
    uint8_t *state;     /* per unit: kh_state */
    struct explain_index *indexes; /* made as explanations ask for them */
};

/* One value of a unit. Returns its fault; *out is in the value's own scale. */
uint8_t results_read(const struct run *run, const struct value *value, uint32_t unit, struct quotient *out);
/* A value as text in its type: 12.5, 13/3, yes, a date, a list's value. */
void print_typed(struct buffer *out, struct scheme *scheme, const struct run *run, struct type type, struct quotient value);
/* The unit's key as written. */
struct text unit_key(struct arena *arena, struct scheme *scheme, const struct run *run, uint32_t unit);
/* A field's cell as text. */
struct text cell_text(struct arena *arena, struct scheme *scheme, const struct run *run, uint32_t table, uint32_t field,
                      uint32_t row);

/* Makes the columns and states. What could not be worked out is added to `problems`. */
struct results *results_make(struct arena *arena, struct scheme *scheme, struct run *run, struct findings *problems);
/* The word for a state. */
struct text results_state(struct scheme *scheme, kh_state state);
/* One of them, made for this once if they are not. */
struct text results_cell(struct results *results, uint32_t unit, size_t column);
/* Makes the cells, once. */
void results_cells(struct results *results);
/* The same with cells. */
struct results *results_make_whole(struct arena *arena, struct scheme *scheme, struct run *run, struct findings *problems);
/* The text of one cell, appended; without cells, too. */
void results_print(struct buffer *out, struct results *results, uint32_t unit, size_t column);
/* The unit with this key as it is shown; results->units: there is none. */
uint32_t results_find(struct results *results, struct text key);
/* Whether a unit is not assessed: it has its key and its state and nothing else. */
bool results_left_out(const struct results *results, uint32_t unit);

/* The table as CSV, in pieces; order: the units' order, NULL: that of the data (results_csv.c). `write` returns whether to go on.
 * `threads` may make pieces at once; they come in order, all from the caller's thread. */
bool results_csv(struct results *results, const size_t *order, unsigned threads, bool (*write)(void *to, struct text piece), void *to);

/* What an open total can still become. */
struct range {
    bool known; /* there are bounds */
    struct text low, high;
    struct text grade; /* the grade by score at both ends, if it is one; else empty */
};
/* Appends the explanation of a unit; part NO_INDEX: all. range: NULL unless the unit is open. */
void explain_print(struct buffer *out, struct results *results, uint32_t unit, int32_t part, const struct range *range);

/* The same without the unit's line, from a run that kept the ledger: why an expectation is wrong. */
void explain_why(struct buffer *out, struct results *results, uint32_t unit, int32_t part);

/* The examples of a scheme that was resolved for testing. */
struct example_result {
    const struct ast *example;
    bool fine;
    struct text total, grade, why; /* grade empty: none; why: what is wrong, as in the report */
};
struct test_report {
    size_t examples, failed, rules, unfired;
    struct example_result *results; /* one for each example */
};
void examples_check(struct scheme *scheme);
/* With a scheme that is measured, notes what the examples cover. */
void examples_run(struct buffer *out, struct scheme *scheme, const struct program *program, struct test_report *report);

#endif
