/* Coverage: what the examples of a scheme are measured by. See coverage.c. */
#ifndef KAOHE_COMPILER_COVERAGE_H
#define KAOHE_COMPILER_COVERAGE_H

#include "results.h"

enum cover_kind {
    COVER_TAKEN, /* a line of a choose, an arm, a side of if-then-else is taken */
    COVER_HELD,  /* a condition of a rule is met in one example, and not met in another: the second half */
    COVER_LIMIT, /* a comparison has both sides equal */
    COVER_COUNT, /* an effect `at N` sees exactly N */
    COVER_SHORT, /* a shortfall or an excess is exactly 0 */
    COVER_CAP,   /* a cap is reached */
    COVER_GRADE, /* a grade is given */
    COVER_FROM,  /* a total lies exactly on a grade's limit */
};

struct cover_point {
    enum cover_kind kind;
    const struct ast *at; /* what is named in the report; points of one node and kind are one */
    struct value *mask;   /* met where it holds (COVER_HELD: where it does not), in any lane */
    uint32_t grade;
    bool met;
};

struct coverage {
    struct cover_point *points;
    size_t count, capacity;
    bool closed; /* examples are being lowered: they are not measured */
};

/* Called while expressions are lowered; nothing is kept unless the scheme is measured. */
void cover_comparison(struct scheme *scheme, struct ast *at, struct expr a, struct expr b);
/* The k-th of several ways that exclude each other is taken: where its mask (NULL: otherwise) holds and none before. */
void cover_branches(struct scheme *scheme, struct ast **at, struct value **masks, size_t count);
/* Adds what is read off rules and grades, once all is lowered. */
void coverage_prepare(struct scheme *scheme);
/* Notes what one example meets. */
void coverage_note(struct scheme *scheme, const struct run *run);
/* The report: counts, then what no example meets. `fired`: per rule. */
void coverage_print(struct buffer *out, struct scheme *scheme, const struct test_report *report, kh_coverage *counts);

#endif
