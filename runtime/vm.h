/* The VM: runs a verified program over a dataset.
 *
 * In: program, dataset, which units to keep a ledger for. Out: every figure, the ledger, the faults' places.
 * Decision: the VM computes figures and knows nothing of marks or grades: what a figure means stands in the compiler's
 * scheme. Cost: a report needs both.
 */
#ifndef KAOHE_RUNTIME_VM_H
#define KAOHE_RUNTIME_VM_H

#include "program.h"
#include "quotient.h"
#include "vector.h"
#include "workdays.h"

/* A line of the ledger: rule fired for a unit. */
struct ledger_line {
    uint32_t rule;
    uint32_t unit;
    uint32_t space;        /* where it fired: units, a table's rows, groups */
    uint32_t lane;
    struct quotient amount;/* unsigned by the rule's sign; of LEDGER_N the register's value over 1, at its scale */
    bool has_of;           /* counted `have` against `of` */
    struct quotient have, of;
    uint8_t fault;         /* not FAULT_NONE: whether or how much is not known; amount is then 0 */
};

/* Where a fault of the class error arose or reached a figure. */
struct fault_place {
    uint8_t fault;
    uint32_t space, lane;
    uint32_t unit;         /* UINT32_MAX: not of one unit */
    uint32_t line;         /* of the file, where the space is a table's; else 0. Rows of a streamed table have no lasting lane */
    struct span where;
};

/* Sets a lane of a figure after the barrier that fills it: what an example's `given place(r)` says. */
struct override {
    uint32_t figure;
    uint32_t lane;
    int64_t value;
};

struct run_options {
    const uint8_t *explained;      /* one per unit: 1 keeps its ledger; NULL: none */
    bool explain_all;
    unsigned threads;              /* that rows may be read by at once; 0 is 1. The results are the same */
    size_t share_bytes;            /* a thread's least share of a file; 0: what makes it worth while. Tests give it less */
    const struct override *overrides;
    uint32_t override_count;
    bool forget;                   /* figures that nothing after the run asks for (figure.kept) are given up as soon as may be */
};

struct run {
    const struct program *program;
    struct dataset *data;
    struct big_table *big;
    struct workdays workdays;
    uint32_t *lanes;               /* per space */
    struct vector *figures;        /* per figure */
    struct ledger_line *ledger;
    size_t ledger_count, ledger_capacity;
    struct fault_place *faults;    /* in the order of the run; at most FAULTS_OF_UNIT for a unit and an instruction */
    size_t fault_count, fault_capacity;
    size_t faults_seen;            /* all, also those not kept */
};

/* Runs the program. Broken checks (must, only when) are added to `problems`. Memory from the arena, by its trap. Returns
 * the run even when there are problems; the caller looks at problems->errors. Program and dataset must outlive the run: columns are not
 * copied. Tables that data_load_streaming left open are read here; of those only the rows of units with a ledger are kept in
 * the dataset, so that it serves one run. */
struct run *vm_run(struct arena *arena, const struct program *program, struct dataset *data,
                   const struct run_options *options, struct findings *problems);

/* One lane of a figure. Returns its fault (FAULT_NONE: *out is set; masks give 0 or 1; numbers give their scaled value
 * over 1, with the figure's places still to apply). */
uint8_t run_read(const struct run *run, uint32_t figure, uint32_t lane, struct quotient *out);

/* The same with the scale applied: the true value. */
uint8_t run_value(const struct run *run, uint32_t figure, uint32_t lane, struct quotient *out);

/* Which tables need not be kept: their rows are read by one pass, in any order, and pointed to by nothing. streamed has a
 * lane per table of the schema (vm_stream.c). */
void program_streams(const struct program *program, bool *streamed);

/* Barriers (rank.c, group.c). vm_ranks runs the pass p, which ranks, and those that follow and can be run beside it; returns
 * how many (vm_ranks.c). */
uint32_t vm_ranks(struct arena *arena, struct run *run, uint32_t p, const struct run_options *options);
void vm_rank(struct arena *arena, struct run *run, const struct rank *rank);
void vm_group(struct arena *arena, struct run *run, const struct group *group);
/* Makes the vectors of a space's figures once its lanes are known, but for those that a pass stores whole. forget: the
 * figures may take the dataset's columns over. */
void vm_allocate(struct arena *arena, struct run *run, uint32_t space, bool forget);

#endif
