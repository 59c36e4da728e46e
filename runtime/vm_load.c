/* Values from outside the pass into registers: figures, figures of other spaces, constants; and the faults of registers.
 *
 * In: vectors of the run. Out: registers.
 * Decision: a register's fault array means something only when may_fault says so, and it says so only after looking. So
 * clean data, nearly all of it, is computed without reading or writing a fault. Cost: each load of a figure that has
 * faults somewhere looks through those of its batch.
 */
#include "batch.h"

#include <assert.h>

/* ---- faults of registers ---- */

void faults_settle(struct reg *r, uint32_t count)
{
    uint8_t any = 0;
    for (uint32_t i = 0; i < count; i++) any |= r->f[i];
    r->may_fault = any != 0;
}

void faults_copy(struct reg *r, const struct reg *a, uint32_t count)
{
    r->may_fault = a->may_fault;
    if (a->may_fault) memcpy(r->f, a->f, count);
}

void faults_join(struct reg *r, const struct reg *a, const struct reg *b, uint32_t count)
{
    if (!a->may_fault) {
        faults_copy(r, b, count);
    } else if (!b->may_fault) {
        faults_copy(r, a, count);
    } else {
        uint8_t *restrict f = r->f;
        const uint8_t *restrict x = a->f, *restrict y = b->f;
        LANES(i, count) f[i] = x[i] > y[i] ? x[i] : y[i];
        r->may_fault = true;
    }
}

void fault_mark(struct reg *r, uint32_t i, uint32_t count, enum fault fault)
{
    if (!r->may_fault) memset(r->f, FAULT_NONE, count);
    r->may_fault = true;
    if (!r->f[i]) r->f[i] = (uint8_t)fault;
}

/* ---- loads ---- */

static void load_faults(struct reg *r, const struct vector *from, uint32_t first, uint32_t count)
{
    if (!from->faults) return;
    memcpy(r->f, from->faults + first, count);
    faults_settle(r, count);
}

void vm_load(struct batch *b, enum reg_kind kind)
{
    const struct vector *from = &b->run->figures[b->insn->a];
    struct reg *r = result_open(b, kind);
    uint32_t count = b->count;
    switch (kind) {
    case REG_NUMBER:
        vector_read(from, b->from, count, r->n);
        break;
    case REG_QUOTIENT:
        vector_read(from, b->from, count, r->n);
        memcpy(r->d, from->denominators + b->from, count * sizeof *r->d);
        break;
    case REG_MASK: memcpy(r->m, from->mask + b->from, count); break;
    }
    load_faults(r, from, b->from, count);
    result_close(b, kind);
}

void vm_gather(struct batch *b, enum reg_kind kind)
{
    const struct vector *from = &b->run->figures[b->insn->a];
    uint32_t lanes = b->run->lanes[b->run->program->figures[b->insn->a].space];
    const struct reg *x = b->at[b->insn->b];
    struct reg *r = result_open(b, kind);
    for (uint32_t i = 0; i < b->count; i++) {
        int64_t index = x->n[i];
        r->f[i] = fault_at(x, i);
        bool there = !r->f[i] && index >= 0 && index < lanes;
        if (!there && !r->f[i]) r->f[i] = FAULT_BLANK;
        if (there && from->faults) r->f[i] = from->faults[index];
        switch (kind) {
        case REG_NUMBER: r->n[i] = there ? vector_at(from, (uint32_t)index) : 0; break;
        case REG_QUOTIENT:
            r->n[i] = there ? vector_at(from, (uint32_t)index) : 0;
            r->d[i] = there ? from->denominators[index] : 1;
            break;
        case REG_MASK: r->m[i] = there ? from->mask[index] : 0; break;
        }
    }
    faults_settle(r, b->count);
    result_close(b, kind);
}

static void fill(struct batch *b, struct reg *r, enum reg_kind kind, int64_t n, int64_t d)
{
    switch (kind) {
    case REG_NUMBER: LANES(i, b->count) r->n[i] = n; break;
    case REG_QUOTIENT:
        LANES(i, b->count) r->n[i] = n;
        LANES(i, b->count) r->d[i] = d;
        break;
    case REG_MASK: memset(r->m, n != 0, b->count); break;
    }
}

void vm_constant(struct batch *b, enum reg_kind kind)
{
    const struct reg *before = b->at[b->insn->r];
    if (kind != REG_QUOTIENT && before->constant == b->insn && before->lanes >= b->count) return; /* since an earlier batch */
    struct reg *r = result_open(b, kind);
    r->constant = b->insn;
    r->lanes = b->count;
    if (kind == REG_MASK) {
        fill(b, r, kind, b->insn->a, 1);
    } else {
        struct constant constant = b->run->program->constants[b->insn->a];
        struct quotient q = quotient_make(b->run->big, constant.numerator, constant.denominator);
        fill(b, r, kind, q.num, q.den);
    }
    result_close(b, kind);
}

void vm_fault(struct batch *b, enum reg_kind kind)
{
    struct reg *r = result_open(b, kind);
    fill(b, r, kind, 0, 1);
    memset(r->f, (int)b->insn->a, b->count);
    r->may_fault = b->insn->a != FAULT_NONE;
    result_close(b, kind);
}

void vm_lane(struct batch *b)
{
    struct reg *r = result_open(b, REG_NUMBER);
    for (uint32_t i = 0; i < b->count; i++) r->n[i] = (int64_t)b->from + i;
    result_close(b, REG_NUMBER);
}
