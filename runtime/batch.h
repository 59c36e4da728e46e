/* Inside the VM: registers, and the loops over the lanes of one batch. Not for other modules.
 *
 * In: the pass that runs and where its batch begins. Out: each vm_… function runs one opcode on all lanes.
 * Decision: a result is made in a spare register that then changes places with the result's, so that an instruction may
 * write over its own operand and its loop still may assume that nothing overlaps. Buffers are whole blocks, and elementwise
 * loops run to the end of the last block. Cost: the lanes behind the batch hold leftovers, so only defined arithmetic may
 * touch them, and a loop with an effect outside its register runs to `count`.
 */
#ifndef KAOHE_RUNTIME_BATCH_H
#define KAOHE_RUNTIME_BATCH_H

#include "lanes.h"
#include "limits.h"
#include "vm.h"

struct reg {
    int64_t *n; /* numbers, and numerators */
    int64_t *d; /* denominators */
    uint8_t *m; /* masks: 0 or 1, 0 where there is a fault */
    uint8_t *f; /* faults, to be read only if may_fault */
    bool may_fault;
    const struct insn *constant; /* the instruction whose constant all its lanes hold; NULL: none that is known */
    uint32_t lanes;              /* how many they are */
};

struct batch {
    struct arena *arena;
    struct run *run;
    const struct run_options *options;
    struct findings *problems;
    const struct pass *pass;
    uint32_t from, count;    /* lanes of the pass's space */
    struct reg **at;         /* the pass's registers, into the pools */
    struct reg spare[3];     /* by enum reg_kind */
    uint8_t **logged;        /* per instruction of the pass: how often a unit was logged; NULL: never */
    const struct insn *insn; /* the one that runs */
    bool *for_ledger; /* per instruction of the pass: nothing but the ledger asks for its result; NULL: unknown whose lines
                         they are */
    uint32_t ledger_units; /* figure: the unit that a lane's lines are of; NO_FIGURE: a lane is a unit */
    uint32_t alone; /* the only unit that is explained, of which alone figures that explain are stored; NO_FIGURE: they are of
                       all */
    size_t ledger_from;    /* the ledger's length before this batch */
    size_t ledger_last;    /* and before the latest ledger line */
    uint64_t *extent; /* per instruction that sums: bits that its numbers had without their signs; NULL: not asked for */
    const int64_t *runs_of; /* the numbers in whose lanes the runs of equal ones were found; NULL: of none in this batch */
    uint32_t run_count;     /* run k is lanes [runs[k], runs[k + 1]) */
    uint32_t runs[LIMIT_BATCH + 1];
};

/* All registers of a run, by kind. */
struct pool {
    struct reg *items[3];
    struct reg **at; /* of the pass that runs */
    uint32_t width;
};

/* ---- vm.c ---- */

/* Registers for any pass of the run, no wider than `lanes`. */
void pool_open(struct arena *arena, struct pool *pool, struct batch *b, uint32_t lanes);
/* Makes ready for a pass; then runs it over all lanes of its space, as often as these change. */
void pass_open(struct batch *b, struct pool *pool, const struct pass *pass);
void pass_run(struct batch *b, const struct pool *pool);
/* The vector of a figure that is made or sunk into, as it starts. */
void figure_start(struct arena *arena, struct run *run, uint32_t figure);

/* ---- vm_stream.c ---- */

/* Runs a pass (or none: NULL) over a table that is still to be read. */
void vm_stream(struct batch *b, struct pool *pool, const struct pass *pass, uint32_t table);

/* The register that the running instruction's result is made in, and the end of making it. */
static inline struct reg *result_open(struct batch *b, enum reg_kind kind)
{
    b->spare[kind].may_fault = false;
    b->spare[kind].constant = NULL;
    if (b->runs_of == b->spare[kind].n) b->runs_of = NULL;
    return &b->spare[kind];
}

static inline void result_close(struct batch *b, enum reg_kind kind)
{
    struct reg made = b->spare[kind];
    b->spare[kind] = *b->at[b->insn->r];
    *b->at[b->insn->r] = made;
}

/* ---- faults (vm_load.c) ---- */

/* r's faults are a's, or those of a and b joined. */
void faults_copy(struct reg *r, const struct reg *a, uint32_t count);
void faults_join(struct reg *r, const struct reg *a, const struct reg *b, uint32_t count);
/* Whether any of the faults in r is one, after an opcode wrote them all. */
void faults_settle(struct reg *r, uint32_t count);
/* Gives lane i a fault of its own, unless it carries one already. */
void fault_mark(struct reg *r, uint32_t i, uint32_t count, enum fault fault);
static inline uint8_t fault_at(const struct reg *a, uint32_t i) { return a->may_fault ? a->f[i] : FAULT_NONE; }

/* The fault array of a figure, made when its first fault arrives (vm.c). */
uint8_t *figure_faults(struct arena *arena, struct run *run, uint32_t figure);

/* ---- vm_load.c ---- */
void vm_load(struct batch *b, enum reg_kind kind);
void vm_gather(struct batch *b, enum reg_kind kind);
void vm_constant(struct batch *b, enum reg_kind kind);
void vm_fault(struct batch *b, enum reg_kind kind);
void vm_lane(struct batch *b);

/* ---- vm_number.c ---- */
void vm_add(struct batch *b);
void vm_sub(struct batch *b);
void vm_mul(struct batch *b);
void vm_neg(struct batch *b);
void vm_abs(struct batch *b);
void vm_min(struct batch *b);
void vm_max(struct batch *b);
void vm_scale_up(struct batch *b);
void vm_round(struct batch *b);
void vm_divide(struct batch *b, bool up); /* FLOOR_DIV, CEIL_DIV */
void vm_lookup(struct batch *b);

/* ---- vm_quotient.c ---- */
void vm_to_quotient(struct batch *b);
void vm_arith_quotient(struct batch *b, struct quotient (*op)(struct big_table *, struct quotient, struct quotient));
void vm_divide_quotient(struct batch *b);
void vm_neg_quotient(struct batch *b);
void vm_abs_quotient(struct batch *b);
void vm_extreme_quotient(struct batch *b, bool largest);
void vm_round_quotient(struct batch *b);

/* ---- vm_mask.c ---- */
void vm_compare(struct batch *b, enum relation relation);
void vm_compare_quotient(struct batch *b, enum relation relation);
void vm_and(struct batch *b);
void vm_or(struct batch *b);
void vm_not(struct batch *b);
void vm_known(struct batch *b);
void vm_select(struct batch *b, enum reg_kind kind);
void vm_default(struct batch *b, enum reg_kind kind);
void vm_if_open(struct batch *b, enum reg_kind kind);

/* ---- vm_date.c ---- */
enum date_part { DATE_YEAR, DATE_MONTH, DATE_DAY };
void vm_date_add(struct batch *b, bool (*add)(int64_t, int64_t, int64_t *));
void vm_workdays(struct batch *b, bool add);
void vm_date_between(struct batch *b, int64_t (*between)(int64_t, int64_t));
void vm_date_part(struct batch *b, enum date_part part);

/* ---- vm_sink.c ---- */
void vm_store(struct batch *b, enum reg_kind kind);
void vm_sink_sum(struct batch *b, enum reg_kind kind);
void vm_sink_count(struct batch *b);
void vm_sink_extreme(struct batch *b, enum reg_kind kind, bool largest);
void vm_sink_any(struct batch *b);

/* ---- vm_report.c ---- */
/* Notes that lane i of the batch carried a fault into a figure. unit: the one it reached, NO_FIGURE: the lane's own. */
void vm_log_fault(struct batch *b, uint32_t i, uint8_t fault, uint32_t unit);
void vm_check(struct batch *b);
void vm_ledger(struct batch *b, enum reg_kind kind);
void vm_ledger_of(struct batch *b);

#endif
