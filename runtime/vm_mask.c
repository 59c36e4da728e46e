/* Comparisons, three-valued masks and choice.
 *
 * In: registers. Out: masks (and chosen values); a mask's third value, "not known", is its fault.
 * Decision: a mask's lane is 0 wherever it is faulted, so that "certainly true" is one byte; "certainly false" needs both.
 */
#include "batch.h"

/* m is 0 where r carries a fault. */
static void clear_faulted(struct reg *r, uint32_t count)
{
    if (!r->may_fault) return;
    uint8_t *restrict m = r->m;
    const uint8_t *restrict f = r->f;
    LANES(i, count) m[i] &= f[i] == FAULT_NONE;
}

void vm_compare(struct batch *b, enum relation relation)
{
    const struct reg *x = b->at[b->insn->a], *y = b->at[b->insn->b];
    struct reg *r = result_open(b, REG_MASK);
    faults_join(r, x, y, b->count);
    lanes_compare(relation, x->n, y->n, r->m, b->count);
    clear_faulted(r, b->count);
    result_close(b, REG_MASK);
}

void vm_compare_quotient(struct batch *b, enum relation relation)
{
    const struct reg *x = b->at[b->insn->a], *y = b->at[b->insn->b];
    struct reg *r = result_open(b, REG_MASK);
    faults_join(r, x, y, b->count);
    for (uint32_t i = 0; i < b->count; i++) {
        r->m[i] = 0;
        if (fault_at(r, i)) continue;
        int order = quotient_order(b->run->big, (struct quotient){x->n[i], x->d[i]}, (struct quotient){y->n[i], y->d[i]});
        switch (relation) {
        case LESS: r->m[i] = order < 0; break;
        case LESS_OR_EQUAL: r->m[i] = order <= 0; break;
        case EQUAL: r->m[i] = order == 0; break;
        case UNEQUAL: r->m[i] = order != 0; break;
        }
    }
    result_close(b, REG_MASK);
}

/* Kleene's and, or: a certain `decides` on either side settles the lane, else the faults join. */
static void both(struct batch *b, uint8_t decides)
{
    const struct reg *x = b->at[b->insn->a], *y = b->at[b->insn->b];
    struct reg *r = result_open(b, REG_MASK);
    const uint8_t *restrict xm = x->m, *restrict ym = y->m;
    uint8_t *restrict m = r->m;
    if (!x->may_fault && !y->may_fault) {
        if (decides) {
            LANES(i, b->count) m[i] = xm[i] | ym[i];
        } else {
            LANES(i, b->count) m[i] = xm[i] & ym[i];
        }
    } else {
        for (uint32_t i = 0; i < b->count; i++) {
            uint8_t xf = fault_at(x, i), yf = fault_at(y, i);
            bool decided = (!xf && xm[i] == decides) || (!yf && ym[i] == decides);
            r->f[i] = decided ? FAULT_NONE : fault_join(xf, yf);
            m[i] = decided ? decides : !decides && !r->f[i];
        }
        faults_settle(r, b->count);
    }
    result_close(b, REG_MASK);
}

void vm_and(struct batch *b) { both(b, 0); }
void vm_or(struct batch *b) { both(b, 1); }

void vm_not(struct batch *b)
{
    const struct reg *x = b->at[b->insn->a];
    struct reg *r = result_open(b, REG_MASK);
    const uint8_t *restrict xm = x->m;
    uint8_t *restrict m = r->m;
    faults_copy(r, x, b->count);
    LANES(i, b->count) m[i] = !xm[i];
    clear_faulted(r, b->count);
    result_close(b, REG_MASK);
}

void vm_known(struct batch *b)
{
    const struct reg *x = b->at[b->insn->a];
    struct reg *r = result_open(b, REG_MASK);
    memset(r->m, 1, b->count);
    if (x->may_fault) {
        for (uint32_t i = 0; i < b->count; i++) {
            r->f[i] = x->f[i] == FAULT_BLANK ? FAULT_NONE : x->f[i];
            r->m[i] = x->f[i] == FAULT_NONE;
        }
        faults_settle(r, b->count);
    }
    result_close(b, REG_MASK);
}

static void take(struct reg *r, enum reg_kind kind, const struct reg *from, uint32_t i)
{
    switch (kind) {
    case REG_NUMBER: r->n[i] = from->n[i]; break;
    case REG_QUOTIENT:
        r->n[i] = from->n[i];
        r->d[i] = from->d[i];
        break;
    case REG_MASK: r->m[i] = from->m[i]; break;
    }
}

void vm_select(struct batch *b, enum reg_kind kind)
{
    const struct reg *mask = b->at[b->insn->a], *yes = b->at[b->insn->b], *no = b->at[b->insn->c];
    struct reg *r = result_open(b, kind);
    if (kind == REG_NUMBER)
        lanes_select(mask->m, yes->n, no->n, r->n, b->count);
    else
        for (uint32_t i = 0; i < b->count; i++) take(r, kind, mask->m[i] ? yes : no, i);
    if (mask->may_fault || yes->may_fault || no->may_fault) {
        for (uint32_t i = 0; i < b->count; i++) {
            uint8_t of_mask = fault_at(mask, i);
            r->f[i] = of_mask ? of_mask : fault_at(mask->m[i] ? yes : no, i);
            if (kind == REG_MASK && r->f[i]) r->m[i] = 0;
        }
        faults_settle(r, b->count);
    }
    result_close(b, kind);
}

void vm_default(struct batch *b, enum reg_kind kind)
{
    const struct reg *x = b->at[b->insn->a], *y = b->at[b->insn->b];
    struct reg *r = result_open(b, kind);
    for (uint32_t i = 0; i < b->count; i++) take(r, kind, fault_at(x, i) == FAULT_BLANK ? y : x, i);
    if (x->may_fault) {
        for (uint32_t i = 0; i < b->count; i++) r->f[i] = x->f[i] == FAULT_BLANK ? fault_at(y, i) : x->f[i];
        faults_settle(r, b->count);
    }
    result_close(b, kind);
}

void vm_if_open(struct batch *b, enum reg_kind kind)
{
    const struct reg *x = b->at[b->insn->a], *y = b->at[b->insn->b];
    struct reg *r = result_open(b, kind);
    for (uint32_t i = 0; i < b->count; i++) take(r, kind, fault_is_open(fault_at(x, i)) ? y : x, i);
    if (x->may_fault) {
        for (uint32_t i = 0; i < b->count; i++) r->f[i] = fault_is_open(x->f[i]) ? fault_at(y, i) : x->f[i];
        faults_settle(r, b->count);
    }
    result_close(b, kind);
}
