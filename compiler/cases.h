/* All cases of a row: every combination of its columns' values at which something in the scheme changes.
 *
 * In: masks and figures of the graph that hang on columns of one row and constants alone. Out: their values, case by case.
 * Decision: a column that is only compared with constants stands for all its values with those constants and their
 * neighbours on its grid; one that is reckoned with is taken at each of its values. So what is true in all cases is proved,
 * and what is true in one is reached by that row. Cost: columns of many values that are reckoned with, keys, rows of other
 * tables, quotients and sums are not taken; the caller does without.
 */
#ifndef KAOHE_COMPILER_CASES_H
#define KAOHE_COMPILER_CASES_H

#include "scheme.h"

enum { CASE_COLUMNS = 8, CASE_VALUES = 160, CASE_POINTS = 1 << 16, PART_POINTS = 1 << 12, CASE_NODES = 1024 };

struct case_column {
    uint32_t field;
    const struct field_schema *schema;
    wide at[CASE_VALUES]; /* ascending, each once */
    int count, now;
    bool blank;    /* may be blank: case `count` is that */
    uint64_t used; /* by which of those that were read: bit k is the k-th, as far as there are bits */
};

/* A value of the graph in the present case. */
struct case_node {
    const struct value *value;
    int32_t a, b, c; /* arguments, or NO_INDEX */
    int column;      /* of a column */
    bool whole;      /* its figure counts, not only on which side of a constant it lies */
    bool known;      /* else it is a blank, or cannot be worked out */
    wide number;     /* masks: 0 or 1 */
};

struct cases {
    struct scheme *scheme;
    uint32_t table;
    struct case_column columns[CASE_COLUMNS];
    int count;
    struct case_node *nodes;
    int32_t node_count;
    int read;     /* how many masks and figures have been */
    int32_t must; /* what every row of the table keeps to: a node, or NO_INDEX */
};

/* The cases of rows of a table (0: of units), none read yet; one for each scheme, taken anew by each call. */
struct cases *cases_of(struct scheme *scheme, uint32_t table);
/* Reads a mask or figure; its node, or NO_INDEX if it hangs on more than the row. What was read before is kept. */
int32_t cases_read(struct cases *cases, const struct value *value);
/* The first case that a row can be, all nodes worked out; false if there are more than `most` cases, if the scheme has taken
 * its steps, or if what the rows must keep to hangs on more than the row. */
bool cases_first(struct cases *cases, size_t most);
/* The next that a row can be; false behind the last. */
bool cases_next(struct cases *cases);
/* A mask in this case: certainly true; certainly false. */
bool cases_holds(const struct cases *cases, int32_t node);
bool cases_fails(const struct cases *cases, int32_t node);
/* "plan no, visits 3": the row. */
struct text cases_row(const struct cases *cases);

#endif
