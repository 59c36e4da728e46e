/* What example.c (one example run) and example_report.c (what is said of it) share. */
#ifndef KAOHE_COMPILER_EXAMPLE_H
#define KAOHE_COMPILER_EXAMPLE_H

#include "results.h"

struct outcome_of_example {
    struct run *run;
    struct results *results;
    struct findings problems;
    bool loaded, incomplete;
};

/* Makes an example's rows and runs the program on them, with a ledger for the example's unit. */
void example_run(struct arena *arena, struct scheme *scheme, const struct program *program, struct ast *example,
                 struct outcome_of_example *out);
/* The tables of an example, the last being its decisions, if it has any. `overrides`: what it gives of rankings; may be NULL. */
struct override;
struct memory_table *example_tables(struct arena *arena, struct scheme *scheme, struct ast *example, uint32_t *count,
                                    struct override **overrides, size_t *override_count);
/* The first line of a place in the scheme, as it is written. */
struct text example_line(struct scheme *scheme, struct span span);

#endif
