/* Registers into figures: stored lane for lane, or sunk through an index into another space.
 *
 * In: registers. Out: vectors of the run, their faults, and the places where faults reached them.
 * Decision: lanes are sunk in their order, one by one; sums of integers would merge in any order, but faults' places and
 * big quotients are then the same in every run. Only sums of numbers that are known and far from 64 bits are made otherwise:
 * each lane's sum before it first, then what each run of lanes with one target brings. Cost: the same sum in two ways.
 */
#include "batch.h"
#include "wide.h"

#include <assert.h>

/* ---- stores ---- */

/* Of the one unit that is explained, if it is in the batch. */
static void store_alone(struct batch *b, enum reg_kind kind, const struct reg *x, struct vector *to)
{
    if (b->alone < b->from || b->alone - b->from >= b->count) return;
    uint32_t i = b->alone - b->from;
    uint8_t fault = fault_at(x, i);
    switch (kind) {
    case REG_NUMBER:
        vector_make_numbers(b->arena, to, 1);
        vector_put(b->arena, to, 0, x->n[i]);
        break;
    case REG_QUOTIENT:
        vector_make_quotients(b->arena, to, 1);
        if (!fault) {
            struct quotient q = quotient_keep(b->run->big, (struct quotient){x->n[i], x->d[i]});
            vector_put(b->arena, to, 0, q.num);
            to->denominators[0] = q.den;
        }
        break;
    case REG_MASK:
        vector_make_mask(b->arena, to, 1);
        to->mask[0] = x->m[i];
        break;
    }
    to->alone = b->alone;
    if (!fault) return;
    to->faults = ARENA_ARRAY(b->arena, uint8_t, 1);
    to->faults[0] = fault;
    vm_log_fault(b, i, fault, NO_FIGURE);
}

void vm_store(struct batch *b, enum reg_kind kind)
{
    const struct insn *insn = b->insn;
    const struct reg *x = b->at[insn->b];
    struct vector *to = &b->run->figures[insn->a];
    if (b->alone != NO_FIGURE && b->run->program->figures[insn->a].explains) {
        store_alone(b, kind, x, to);
        return;
    }
    if (!to->home) figure_start(b->arena, b->run, insn->a); /* its first batch */
    switch (kind) {
    case REG_NUMBER: vector_write(b->arena, to, b->from, b->count, x->n); break;
    case REG_QUOTIENT:
        for (uint32_t i = 0; i < b->count; i++) {
            struct quotient q = {0, 1};
            if (!fault_at(x, i)) q = quotient_keep(b->run->big, (struct quotient){x->n[i], x->d[i]});
            vector_put(b->arena, to, b->from + i, q.num);
            to->denominators[b->from + i] = q.den;
        }
        break;
    case REG_MASK: memcpy(to->mask + b->from, x->m, b->count); break;
    }
    if (!x->may_fault) {
        if (to->faults) memset(to->faults + b->from, FAULT_NONE, b->count);
        return;
    }
    memcpy(figure_faults(b->arena, b->run, insn->a) + b->from, x->f, b->count);
    for (uint32_t i = 0; i < b->count; i++) {
        if (x->f[i]) vm_log_fault(b, i, x->f[i], NO_FIGURE);
    }
}

/* ---- sinks ---- */

struct sink {
    struct batch *b;
    struct vector *to;
    const struct reg *index, *mask;
    uint32_t lanes;
    bool of_units;
};

static struct sink sink_open(struct batch *b, const struct reg *mask)
{
    const struct run *run = b->run;
    uint32_t space = run->program->figures[b->insn->a].space;
    return (struct sink){b, &run->figures[b->insn->a], b->at[b->insn->b], mask, run->lanes[space], space == SPACE_UNITS};
}

/* Joins a fault to the target's lane. */
static void sink_fault(const struct sink *sink, uint32_t i, uint32_t lane, uint8_t fault)
{
    uint8_t *faults = figure_faults(sink->b->arena, sink->b->run, sink->b->insn->a);
    faults[lane] = faults[lane] == FAULT_UNSEEN ? fault : fault_join(faults[lane], fault);
    vm_log_fault(sink->b, i, fault, sink->of_units ? lane : NO_FIGURE);
}

/* Whether lane i arrives, and where. A mask that is not known is a fault of the target; an index that is not known leads
 * nowhere, so that only the log can tell. */
static inline bool arrives(const struct sink *sink, uint32_t i, uint32_t *lane, uint8_t *fault)
{
    *fault = fault_at(sink->mask, i);
    if (!*fault && !sink->mask->m[i]) return false;
    uint8_t lost = fault_at(sink->index, i);
    if (lost) {
        vm_log_fault(sink->b, i, lost, NO_FIGURE);
        return false;
    }
    int64_t index = sink->index->n[i];
    if (index < 0) return false;
    assert(index < sink->lanes && "an index comes from a map into the target's space");
    if (index >= sink->lanes) return false;
    *lane = (uint32_t)index;
    return true;
}

/* The same of a sink with a value: lanes whose mask or value is faulted are done with here. */
static inline bool brings(const struct sink *sink, const struct reg *value, uint32_t i, uint32_t *lane)
{
    uint8_t fault;
    if (!arrives(sink, i, lane, &fault)) return false;
    fault = fault_join(fault, fault_at(value, i));
    if (fault) sink_fault(sink, i, *lane, fault);
    return !fault;
}

static void sum_quotient(const struct sink *sink, const struct reg *value, uint32_t i, uint32_t lane)
{
    struct big_table *big = sink->b->run->big;
    struct quotient before = {vector_at(sink->to, lane), sink->to->denominators[lane]};
    if (sink->to->faults && sink->to->faults[lane]) return; /* whatever the sum is, it is not known */
    struct quotient after = quotient_add(big, before, (struct quotient){value->n[i], value->d[i]});
    quotient_drop(big, before); /* an addition makes a new one, so nobody else has the old sum */
    if (quotient_is_lost(after)) {
        sink_fault(sink, i, lane, FAULT_OVERFLOW);
        after = (struct quotient){0, 1};
    }
    quotient_keep(big, after);
    vector_put(sink->b->arena, sink->to, lane, after.num);
    sink->to->denominators[lane] = after.den;
}

/* What the numbers of a batch have bits for without their signs, or more. */
static void note_extent(struct batch *b, const struct reg *value)
{
    if (b->extent) b->extent[b->insn - b->pass->code] |= lanes_extent(value->n, b->count);
}

/* Adds to one lane; false: the sum does not fit 64 bits. */
static bool sum_number(const struct sink *sink, uint32_t lane, int64_t number)
{
    int64_t sum;
    if (__builtin_add_overflow(vector_at(sink->to, lane), number, &sum)) return false;
    vector_put(sink->b->arena, sink->to, lane, sum);
    return true;
}

/* Whether nothing of the batch is unknown. */
static bool is_clear(const struct sink *sink, const struct reg *value)
{
    return !sink->index->may_fault && !sink->mask->may_fault && !(value && value->may_fault);
}

/* The runs of lanes that go to the same target, as in tables in the order of their units; found once for all sinks of a
 * batch. */
static void find_runs(struct batch *b, const int64_t *restrict index)
{
    if (b->runs_of == index) return;
    uint32_t count = 1;
    b->runs[0] = 0;
    for (uint32_t i = 1; i < b->count; i++) {
        b->runs[count] = i;
        count += index[i] != index[i - 1];
    }
    b->runs[count] = b->count;
    b->run_count = count;
    b->runs_of = index;
}

#if HAS_WIDE
/* As sums_before: eight lanes at a time. */
WIDE static uint64_t wide_sums_before(const int64_t *value, const uint8_t *mask, uint32_t count, uint64_t *sums)
{
    const __m512i zero = _mm512_setzero_si512(), one = _mm512_set1_epi64(1), top = _mm512_set1_epi64(7);
    __m512i before = zero, bits = zero;
    uint32_t i = 0;
    sums[0] = 0;
    for (; i < count; i += 8) {
        __mmask8 there = (__mmask8)(count - i < 8 ? (1u << (count - i)) - 1 : 0xFF);
        __m128i bytes = _mm_maskz_loadu_epi8(there, mask + i);
        __m512i all = value ? _mm512_maskz_loadu_epi64(there, value + i) : one;
        bits = _mm512_or_si512(bits, _mm512_xor_si512(all, _mm512_srai_epi64(all, 63)));
        __m512i x = _mm512_maskz_mov_epi64((__mmask8)_mm_test_epi8_mask(bytes, bytes), all);
        x = _mm512_add_epi64(x, _mm512_alignr_epi64(x, zero, 7));
        x = _mm512_add_epi64(x, _mm512_alignr_epi64(x, zero, 6));
        x = _mm512_add_epi64(x, _mm512_alignr_epi64(x, zero, 4));
        x = _mm512_add_epi64(x, before);
        _mm512_mask_storeu_epi64(sums + i + 1, there, x);
        before = _mm512_permutexvar_epi64(top, x);
    }
    return (uint64_t)_mm512_reduce_or_epi64(bits);
}
#endif

/* Sums before each lane of what arrives, modulo 2^64; value NULL: ones. Returns the bits that the numbers have without their
 * signs. */
static uint64_t sums_before(const int64_t *restrict value, const uint8_t *restrict mask, uint32_t count,
                            uint64_t *restrict sums)
{
    uint64_t sum = 0, bits = 0;
#if HAS_WIDE
    if (wide_here()) return wide_sums_before(value, mask, count, sums);
#endif
    for (uint32_t i = 0; i < count && !value; i++) {
        sums[i] = sum;
        sum += mask[i];
    }
    for (uint32_t i = 0; i < count && value; i++) {
        sums[i] = sum;
        sum += (uint64_t)value[i] & -(uint64_t)mask[i];
        bits |= (uint64_t)(value[i] ^ value[i] >> 63);
    }
    sums[count] = sum;
    return bits;
}

/* The plain loop: all is known, for targets of one width. Targets to come are fetched ahead. Begins with run k; stops before
 * one whose sum does not fit, and returns it. */
#define SUM_LOOP(NAME, TYPE)                                                                                                \
    static uint32_t NAME(const struct sink *sink, const uint64_t *restrict sums, uint32_t k)                                \
    {                                                                                                                       \
        enum { AHEAD = 12 };                                                                                                \
        const int64_t *restrict index = sink->index->n;                                                                     \
        const uint32_t *restrict runs = sink->b->runs, count = sink->b->run_count;                                          \
        TYPE *restrict to = sink->to->numbers;                                                                              \
        for (; k < count; k++) {                                                                                            \
            int64_t lane = index[runs[k]], sum = (int64_t)(sums[runs[k + 1]] - sums[runs[k]]), total;                       \
            if (k + AHEAD < count) __builtin_prefetch(&to[index[runs[k + AHEAD]]], 1);                                      \
            assert(lane < sink->lanes && "an index comes from a map into the target's space");                              \
            if (!sum || lane < 0 || lane >= sink->lanes) continue;                                                          \
            if (__builtin_add_overflow(sum, (int64_t)to[lane], &total) || total != (TYPE)total) break;                      \
            to[lane] = (TYPE)total;                                                                                         \
        }                                                                                                                   \
        return k;                                                                                                           \
    }
SUM_LOOP(sum_clear_2, int16_t)
SUM_LOOP(sum_clear_4, int32_t)
SUM_LOOP(sum_clear_8, int64_t)

/* The same for any target, which is widened where it has to be; returns how many lanes are done. value NULL: ones. */
static uint32_t sum_clear(const struct sink *sink, const int64_t *value)
{
    enum { SAFE_BITS = 52 }; /* a batch of such numbers adds up to fewer than 63 */
    struct arena *arena = sink->b->arena;
    uint64_t sums[LIMIT_BATCH + 1];
    uint64_t bits = sums_before(value, sink->mask->m, sink->b->count, sums);
    if (sink->b->extent && value) sink->b->extent[sink->b->insn - sink->b->pass->code] |= bits;
    if (bits >> SAFE_BITS) return 0;
    find_runs(sink->b, sink->index->n);
    uint32_t runs = sink->b->run_count, done = 0;
    if (sink->to->width == 2) done = sum_clear_2(sink, sums, done);
    if (sink->to->width == 2 && done < runs) vector_widen(arena, sink->to, INT32_MAX);
    if (sink->to->width == 4) done = sum_clear_4(sink, sums, done);
    if (sink->to->width == 4 && done < runs) vector_widen(arena, sink->to, INT64_MAX);
    if (sink->to->width == 8) done = sum_clear_8(sink, sums, done);
    return sink->b->runs[done];
}

void vm_sink_sum(struct batch *b, enum reg_kind kind)
{
    const struct reg *value = b->at[b->insn->c];
    struct sink sink = sink_open(b, b->at[b->insn->d]);
    uint32_t lane, i = 0;
    if (kind == REG_NUMBER && is_clear(&sink, value))
        i = sum_clear(&sink, value->n);
    else
        note_extent(b, value);
    for (; i < b->count; i++) {
        if (!brings(&sink, value, i, &lane)) continue;
        if (kind == REG_QUOTIENT)
            sum_quotient(&sink, value, i, lane);
        else if (!sum_number(&sink, lane, value->n[i]))
            sink_fault(&sink, i, lane, FAULT_OVERFLOW);
    }
}

void vm_sink_count(struct batch *b)
{
    struct sink sink = sink_open(b, b->at[b->insn->c]);
    uint32_t lane, i = 0;
    uint8_t fault;
    if (is_clear(&sink, NULL)) i = sum_clear(&sink, NULL);
    for (; i < b->count; i++) {
        if (!arrives(&sink, i, &lane, &fault)) continue;
        if (fault)
            sink_fault(&sink, i, lane, fault);
        else
            sum_number(&sink, lane, 1); /* it fits: fewer than 2^32 lanes arrive from a pass */
    }
}

void vm_sink_extreme(struct batch *b, enum reg_kind kind, bool largest)
{
    const struct reg *value = b->at[b->insn->c];
    struct sink sink = sink_open(b, b->at[b->insn->d]);
    uint8_t *faults = figure_faults(b->arena, b->run, b->insn->a);
    uint32_t lane;
    for (uint32_t i = 0; i < b->count; i++) {
        if (!brings(&sink, value, i, &lane)) continue;
        bool first = faults[lane] == FAULT_UNSEEN;
        if (!first && faults[lane]) continue;
        struct quotient now = {vector_at(sink.to, lane), 1}, next = {value->n[i], 1};
        int order = 0;
        if (kind == REG_QUOTIENT) {
            now.den = sink.to->denominators[lane];
            next.den = value->d[i];
        }
        if (!first) order = quotient_order(b->run->big, next, now);
        if (!first && (largest ? order <= 0 : order >= 0)) continue;
        faults[lane] = FAULT_NONE;
        vector_put(b->arena, sink.to, lane, next.num);
        if (kind == REG_QUOTIENT) sink.to->denominators[lane] = quotient_keep(b->run->big, next).den;
    }
}

/* A lane that is true stays so; while it is not, faults gather. */
void vm_sink_any(struct batch *b)
{
    struct sink sink = sink_open(b, b->at[b->insn->c]);
    uint32_t lane;
    uint8_t fault;
    if (is_clear(&sink, NULL) && !sink.to->faults) {
        for (uint32_t i = 0; i < b->count; i++) {
            const uint8_t *next = sink.mask->m[i] ? &sink.mask->m[i] : memchr(&sink.mask->m[i], 1, b->count - i);
            if (!next) break;
            i = (uint32_t)(next - sink.mask->m);
            int64_t index = sink.index->n[i];
            assert(index < sink.lanes && "an index comes from a map into the target's space");
            if (index >= 0 && index < sink.lanes) sink.to->mask[index] = 1;
        }
        return;
    }
    for (uint32_t i = 0; i < b->count; i++) {
        if (!arrives(&sink, i, &lane, &fault) || sink.to->mask[lane]) continue;
        if (fault) {
            sink_fault(&sink, i, lane, fault);
        } else {
            sink.to->mask[lane] = 1;
            if (sink.to->faults) sink.to->faults[lane] = FAULT_NONE;
        }
    }
}
