/* Arithmetic of quotients, lane by lane: exact, or the lane carries a fault.
 *
 * In: quotient registers, two words a lane. Out: the same, or numbers rounded from them.
 * Decision: the words of a faulted lane mean nothing, not even which big number, so every loop skips such lanes and
 * leaves 0 behind. Cost: a branch a lane, small beside the arithmetic.
 */
#include "batch.h"

static const struct quotient ZERO = {0, 1};

static struct quotient lane(const struct reg *a, uint32_t i) { return (struct quotient){a->n[i], a->d[i]}; }

static void put(struct reg *r, uint32_t i, uint32_t count, struct quotient q)
{
    if (quotient_is_lost(q)) {
        fault_mark(r, i, count, FAULT_OVERFLOW);
        q = ZERO;
    }
    r->n[i] = q.num;
    r->d[i] = q.den;
}

void vm_to_quotient(struct batch *b)
{
    const struct reg *x = b->at[b->insn->a];
    struct reg *r = result_open(b, REG_QUOTIENT);
    int64_t power = power_of_ten(b->insn->b);
    faults_copy(r, x, b->count);
    for (uint32_t i = 0; i < b->count; i++) {
        bool plain = power == 1 || fault_at(r, i);
        put(r, i, b->count, plain ? (struct quotient){x->n[i], 1} : quotient_make(b->run->big, x->n[i], power));
    }
    result_close(b, REG_QUOTIENT);
}

void vm_arith_quotient(struct batch *b, struct quotient (*op)(struct big_table *, struct quotient, struct quotient))
{
    const struct reg *x = b->at[b->insn->a], *y = b->at[b->insn->b];
    struct reg *r = result_open(b, REG_QUOTIENT);
    faults_join(r, x, y, b->count);
    for (uint32_t i = 0; i < b->count; i++) {
        put(r, i, b->count, fault_at(r, i) ? ZERO : op(b->run->big, lane(x, i), lane(y, i)));
    }
    result_close(b, REG_QUOTIENT);
}

void vm_divide_quotient(struct batch *b)
{
    const struct reg *x = b->at[b->insn->a], *y = b->at[b->insn->b];
    struct reg *r = result_open(b, REG_QUOTIENT);
    faults_join(r, x, y, b->count);
    for (uint32_t i = 0; i < b->count; i++) {
        struct quotient result = ZERO;
        if (!fault_at(r, i)) {
            if (quotient_sign(b->run->big, lane(y, i)) == 0) {
                fault_mark(r, i, b->count, (enum fault)b->insn->c);
            } else {
                result = quotient_div(b->run->big, lane(x, i), lane(y, i));
            }
        }
        put(r, i, b->count, result);
    }
    result_close(b, REG_QUOTIENT);
}

void vm_neg_quotient(struct batch *b)
{
    const struct reg *x = b->at[b->insn->a];
    struct reg *r = result_open(b, REG_QUOTIENT);
    faults_copy(r, x, b->count);
    for (uint32_t i = 0; i < b->count; i++) {
        put(r, i, b->count, fault_at(r, i) ? ZERO : quotient_neg(b->run->big, lane(x, i)));
    }
    result_close(b, REG_QUOTIENT);
}

void vm_abs_quotient(struct batch *b)
{
    const struct reg *x = b->at[b->insn->a];
    struct reg *r = result_open(b, REG_QUOTIENT);
    faults_copy(r, x, b->count);
    for (uint32_t i = 0; i < b->count; i++) {
        struct quotient q = fault_at(r, i) ? ZERO : lane(x, i);
        put(r, i, b->count, quotient_sign(b->run->big, q) < 0 ? quotient_neg(b->run->big, q) : q);
    }
    result_close(b, REG_QUOTIENT);
}

void vm_extreme_quotient(struct batch *b, bool largest)
{
    const struct reg *x = b->at[b->insn->a], *y = b->at[b->insn->b];
    struct reg *r = result_open(b, REG_QUOTIENT);
    faults_join(r, x, y, b->count);
    for (uint32_t i = 0; i < b->count; i++) {
        struct quotient result = ZERO;
        if (!fault_at(r, i)) {
            int order = quotient_order(b->run->big, lane(x, i), lane(y, i));
            result = (largest ? order >= 0 : order <= 0) ? lane(x, i) : lane(y, i);
        }
        put(r, i, b->count, result);
    }
    result_close(b, REG_QUOTIENT);
}

void vm_round_quotient(struct batch *b)
{
    const struct reg *x = b->at[b->insn->a];
    struct reg *r = result_open(b, REG_NUMBER);
    faults_copy(r, x, b->count);
    for (uint32_t i = 0; i < b->count; i++) {
        r->n[i] = 0;
        if (fault_at(r, i)) continue;
        if (!quotient_round(b->run->big, lane(x, i), b->insn->b, (enum rounding)b->insn->c, &r->n[i])) {
            fault_mark(r, i, b->count, FAULT_OVERFLOW);
        }
    }
    result_close(b, REG_NUMBER);
}
