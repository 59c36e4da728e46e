/* Arithmetic of numbers: 64 bits, in defined arithmetic whatever the lanes hold.
 *
 * In: number registers. Out: number registers; a lane whose result does not fit carries FAULT_OVERFLOW.
 * Decision: sums wrap and gather "did any lane overflow" in one word beside them (lanes.h); only then are the lanes looked
 * at singly, and so are products whose factors are not small. So the usual loop has no branch. Cost: the rare batch is
 * computed twice.
 */
#include "batch.h"

static uint64_t bits(int64_t a) { return (uint64_t)a; }

void vm_add(struct batch *b)
{
    const struct reg *x = b->at[b->insn->a], *y = b->at[b->insn->b];
    struct reg *r = result_open(b, REG_NUMBER);
    const int64_t *restrict xn = x->n, *restrict yn = y->n;
    int64_t *restrict n = r->n;
    faults_join(r, x, y, b->count);
    if (lanes_add(xn, yn, n, b->count)) {
        for (uint32_t i = 0; i < b->count; i++) {
            if (((n[i] ^ xn[i]) & (n[i] ^ yn[i])) < 0) fault_mark(r, i, b->count, FAULT_OVERFLOW);
        }
    }
    result_close(b, REG_NUMBER);
}

void vm_sub(struct batch *b)
{
    const struct reg *x = b->at[b->insn->a], *y = b->at[b->insn->b];
    struct reg *r = result_open(b, REG_NUMBER);
    const int64_t *restrict xn = x->n, *restrict yn = y->n;
    int64_t *restrict n = r->n;
    faults_join(r, x, y, b->count);
    if (lanes_sub(xn, yn, n, b->count)) {
        for (uint32_t i = 0; i < b->count; i++) {
            if (((xn[i] ^ yn[i]) & (n[i] ^ xn[i])) < 0) fault_mark(r, i, b->count, FAULT_OVERFLOW);
        }
    }
    result_close(b, REG_NUMBER);
}

void vm_mul(struct batch *b)
{
    const struct reg *x = b->at[b->insn->a], *y = b->at[b->insn->b];
    struct reg *r = result_open(b, REG_NUMBER);
    faults_join(r, x, y, b->count);
    bool small = lanes_mul_small(x->n, y->n, r->n, b->count);
    for (uint32_t i = 0; i < b->count && !small; i++) {
        if (__builtin_mul_overflow(x->n[i], y->n[i], &r->n[i])) fault_mark(r, i, b->count, FAULT_OVERFLOW);
    }
    result_close(b, REG_NUMBER);
}

void vm_neg(struct batch *b)
{
    const struct reg *x = b->at[b->insn->a];
    struct reg *r = result_open(b, REG_NUMBER);
    faults_copy(r, x, b->count);
    for (uint32_t i = 0; i < b->count; i++) {
        r->n[i] = (int64_t)(0 - bits(x->n[i]));
        if (x->n[i] == INT64_MIN) fault_mark(r, i, b->count, FAULT_OVERFLOW);
    }
    result_close(b, REG_NUMBER);
}

void vm_abs(struct batch *b)
{
    const struct reg *x = b->at[b->insn->a];
    struct reg *r = result_open(b, REG_NUMBER);
    faults_copy(r, x, b->count);
    for (uint32_t i = 0; i < b->count; i++) {
        r->n[i] = x->n[i] < 0 ? (int64_t)(0 - bits(x->n[i])) : x->n[i];
        if (x->n[i] == INT64_MIN) fault_mark(r, i, b->count, FAULT_OVERFLOW);
    }
    result_close(b, REG_NUMBER);
}

void vm_min(struct batch *b)
{
    const struct reg *x = b->at[b->insn->a], *y = b->at[b->insn->b];
    struct reg *r = result_open(b, REG_NUMBER);
    faults_join(r, x, y, b->count);
    lanes_min(x->n, y->n, r->n, b->count);
    result_close(b, REG_NUMBER);
}

void vm_max(struct batch *b)
{
    const struct reg *x = b->at[b->insn->a], *y = b->at[b->insn->b];
    struct reg *r = result_open(b, REG_NUMBER);
    faults_join(r, x, y, b->count);
    lanes_max(x->n, y->n, r->n, b->count);
    result_close(b, REG_NUMBER);
}

void vm_scale_up(struct batch *b)
{
    const struct reg *x = b->at[b->insn->a];
    struct reg *r = result_open(b, REG_NUMBER);
    int64_t power = power_of_ten(b->insn->b);
    faults_copy(r, x, b->count);
    for (uint32_t i = 0; i < b->count; i++) {
        if (__builtin_mul_overflow(x->n[i], power, &r->n[i])) fault_mark(r, i, b->count, FAULT_OVERFLOW);
    }
    result_close(b, REG_NUMBER);
}

void vm_round(struct batch *b)
{
    const struct reg *x = b->at[b->insn->a];
    struct reg *r = result_open(b, REG_NUMBER);
    faults_copy(r, x, b->count);
    for (uint32_t i = 0; i < b->count; i++) r->n[i] = number_round(x->n[i], b->insn->b, (enum rounding)b->insn->c);
    result_close(b, REG_NUMBER);
}

/* a / b to the floor or the ceiling: how many whole, or started, times b goes into a. */
void vm_divide(struct batch *b, bool up)
{
    const struct reg *x = b->at[b->insn->a], *y = b->at[b->insn->b];
    struct reg *r = result_open(b, REG_NUMBER);
    faults_join(r, x, y, b->count);
    for (uint32_t i = 0; i < b->count; i++) {
        int64_t n = x->n[i], d = y->n[i];
        r->n[i] = 0;
        if (d == 0) {
            fault_mark(r, i, b->count, FAULT_ZERO);
        } else if (n == INT64_MIN && d == -1) {
            fault_mark(r, i, b->count, FAULT_OVERFLOW);
        } else {
            int64_t whole = n / d, rest = n % d;
            bool below = (rest < 0) != (d < 0); /* the exact quotient lies below or above `whole` */
            if (rest && up) whole += !below;
            if (rest && !up) whole -= below;
            r->n[i] = whole;
        }
    }
    result_close(b, REG_NUMBER);
}

void vm_lookup(struct batch *b)
{
    const struct reg *x = b->at[b->insn->a];
    const struct lookup *table = &b->run->program->lookups[b->insn->b];
    struct reg *r = result_open(b, REG_NUMBER);
    faults_copy(r, x, b->count);
    for (uint32_t i = 0; i < b->count; i++) {
        bool there = x->n[i] >= 0 && x->n[i] < table->count;
        r->n[i] = there ? table->entries[x->n[i]] : 0;
        if (!there) fault_mark(r, i, b->count, FAULT_NO_CASE);
    }
    result_close(b, REG_NUMBER);
}
