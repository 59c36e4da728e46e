/* What a figure can come to, whatever the data: a few values, or a range in steps.
 *
 * In: a value of the graph. Out: a set that holds all it can come to, by declared ranges, steps and kinds of items; an
 * all-or-nothing item has two values, a sum of such has theirs.
 * Decision: sets are worked out from the arguments', each once, as if arguments did not hang together. So what is not in a
 * set cannot be; what is in it may still not be, where two rules exclude one another. Beyond SET values a set becomes its
 * range. Cost: a few hundred bytes for each value that is asked for.
 */
#include "reach.h"

#include "../runtime/quotient.h"

#include <stdlib.h> /* qsort */

enum { SET = 256, PAIRS = 4096, DEEP = 400 };

struct reacher {
    struct scheme *scheme;
    struct reach **known; /* by a value's id */
    size_t room;
    unsigned depth;
    wide *pairs; /* room for PAIRS values */
};

static const struct reach *look(struct reacher *r, const struct value *v);

static wide limited(wide x) { return x > RANGE_LIMIT ? RANGE_LIMIT : x < -RANGE_LIMIT ? -RANGE_LIMIT : x; }

static wide times(wide a, wide b)
{
    wide out;
    return __builtin_mul_overflow(a, b, &out) ? ((a < 0) != (b < 0) ? -RANGE_LIMIT : RANGE_LIMIT) : limited(out);
}

static wide gcd(wide a, wide b)
{
    if (a < 0) a = -a;
    if (b < 0) b = -b;
    while (b) {
        wide rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

static struct reach range(wide low, wide high, wide step)
{
    return (struct reach){.low = limited(low), .high = limited(high), .step = step > 0 ? step : 1};
}

static struct reach anything(void) { return range(-RANGE_LIMIT, RANGE_LIMIT, 1); }

static int by_size(const void *a, const void *b)
{
    wide x = *(const wide *)a, y = *(const wide *)b;
    return (x > y) - (x < y);
}

/* Values, sorted, each once; their range if they are too many. */
static struct reach values(struct reacher *r, wide *at, size_t count)
{
    size_t kept = 0;
    qsort(at, count, sizeof *at, by_size);
    for (size_t k = 0; k < count; k++)
        if (!kept || at[kept - 1] != at[k]) at[kept++] = at[k];
    struct reach out = range(at[0], at[kept - 1], 0);
    wide step = 0;
    for (size_t k = 1; k < kept; k++) step = gcd(step, at[k] - at[0]);
    if (step) out.step = step;
    if (kept > SET) return out;
    out.at = ARENA_ARRAY(r->scheme->arena, wide, kept);
    memcpy(out.at, at, kept * sizeof *at);
    out.count = (int)kept;
    return out;
}

static struct reach one(struct reacher *r, wide x) { return values(r, &x, 1); }

static bool is_empty(const struct reach *x) { return x->low > x->high; }
static bool bounded(const struct reach *x) { return x->low > -RANGE_LIMIT && x->high < RANGE_LIMIT; }

/* A range as its values, where they are few. */
static struct reach listed(struct reacher *r, struct reach x)
{
    if (x.count || is_empty(&x) || !bounded(&x) || (x.high - x.low) / x.step >= SET) return x;
    wide at[SET];
    size_t count = 0;
    for (wide v = x.low; v <= x.high; v += x.step) at[count++] = v;
    return values(r, at, count);
}

static wide apply(uint16_t code, wide a, wide b)
{
    switch (code) { /* opcodes on two numbers */
    case OP_CODE_ADD: return limited(a + b);
    case OP_CODE_SUB: return limited(a - b);
    case OP_CODE_MUL: return times(a, b);
    case OP_CODE_MIN: return a < b ? a : b;
    }
    return a > b ? a : b; /* OP_CODE_MAX */
}

static struct reach of_ends(uint16_t code, const struct reach *a, const struct reach *b)
{
    bool minus = code == OP_CODE_SUB;
    if (code != OP_CODE_MUL) {
        wide step = gcd(a->step, b->step);
        if (a->count == 1 && (code == OP_CODE_ADD || minus)) step = b->step;
        if (b->count == 1 && (code == OP_CODE_ADD || minus)) step = a->step;
        if (code == OP_CODE_MIN || code == OP_CODE_MAX) step = gcd(step, a->low - b->low);
        if ((code == OP_CODE_MIN || code == OP_CODE_MAX) && !(a->low > -RANGE_LIMIT && b->low > -RANGE_LIMIT)) step = 1;
        wide low = apply(code, a->low, minus ? b->high : b->low), high = apply(code, a->high, minus ? b->low : b->high);
        return range(low, high, step);
    }
    wide ends[4] = {times(a->low, b->low), times(a->low, b->high), times(a->high, b->low), times(a->high, b->high)};
    qsort(ends, 4, sizeof *ends, by_size);
    wide step = a->count == 1   ? times(a->low < 0 ? -a->low : a->low, b->step)
                : b->count == 1 ? times(b->low < 0 ? -b->low : b->low, a->step)
                                : 1;
    return range(ends[0], ends[3], step);
}

static struct reach of_two(struct reacher *r, uint16_t code, const struct reach *a, const struct reach *b)
{
    if (is_empty(a) || is_empty(b)) return (struct reach){.low = 1, .high = 0, .step = 1};
    if (!a->count || !b->count || a->count * b->count > PAIRS) return of_ends(code, a, b);
    size_t count = 0;
    for (int i = 0; i < a->count; i++)
        for (int j = 0; j < b->count; j++) r->pairs[count++] = apply(code, a->at[i], b->at[j]);
    return values(r, r->pairs, count);
}

/* One or the other. */
static struct reach either(struct reacher *r, const struct reach *a, const struct reach *b)
{
    if (is_empty(a)) return *b;
    if (is_empty(b)) return *a;
    if (a->count && b->count) {
        wide at[2 * SET];
        memcpy(at, a->at, sizeof *at * (size_t)a->count);
        memcpy(at + a->count, b->at, sizeof *at * (size_t)b->count);
        return values(r, at, (size_t)(a->count + b->count));
    }
    wide step = bounded(a) && bounded(b) ? gcd(gcd(a->step, b->step), a->low - b->low) : 1;
    if (a->low > -RANGE_LIMIT && b->low > -RANGE_LIMIT) step = gcd(gcd(a->step, b->step), a->low - b->low);
    return range(a->low < b->low ? a->low : b->low, a->high > b->high ? a->high : b->high, step);
}

static struct reach of_column(struct reacher *r, const struct value *v)
{
    const struct field_schema *f = &r->scheme->schema.tables[v->i].fields[v->j];
    switch (f->kind) {
    case FIELD_BOOL: return range(0, 1, 1);
    case FIELD_BOOL_NA: return range(0, 2, 1);
    case FIELD_LIST: return range(0, (wide)r->scheme->schema.lists[f->list].count - 1, 1);
    case FIELD_NUMBER: {
        wide step = f->step > 0 ? f->step : 1;
        wide high = f->has_high ? f->high : RANGE_LIMIT;
        if (f->has_high && f->has_low) high = f->low + (high - f->low) / step * step;
        return range(f->has_low ? f->low : -RANGE_LIMIT, high, f->has_low ? step : 1);
    }
    case FIELD_TEXT:
    case FIELD_DATE:
    case FIELD_REF:
    case FIELD_UNIT:
    case FIELD_PART: break;
    }
    return anything();
}

static struct reach of_judged(struct reacher *r, const struct value *v)
{
    const struct judged_schema *f = &r->scheme->schema.judged[v->i];
    if (f->all_or_nothing) return values(r, (wide[]){f->low, f->high}, 2);
    wide step = f->step > 0 ? f->step : 1;
    return range(f->low, f->low + ((wide)f->high - f->low) / step * step, step);
}

/* The sum over any number of rows: none, one, many. */
static struct reach of_sum(struct reacher *r, const struct value *v)
{
    const struct reach *x = look(r, v->a);
    if (x->low == 0 && x->high == 0) return one(r, 0);
    wide step = x->low > -RANGE_LIMIT ? gcd(x->step, x->low) : 1;
    if (x->count == 1) step = x->low < 0 ? -x->low : x->low;
    return range(x->low < 0 ? -RANGE_LIMIT : 0, x->high > 0 ? RANGE_LIMIT : 0, step);
}

static struct reach of_code(struct reacher *r, const struct value *v)
{
    const struct reach *a = v->a ? look(r, v->a) : NULL;
    switch ((int)v->code) { /* the rest can be anything */
    case OP_CODE_ADD:
    case OP_CODE_SUB:
    case OP_CODE_MUL:
    case OP_CODE_MIN:
    case OP_CODE_MAX: return of_two(r, v->code, a, look(r, v->b));
    case OP_CODE_NEG: {
        struct reach zero = one(r, 0);
        return of_two(r, OP_CODE_SUB, &zero, a);
    }
    case OP_CODE_SCALE_UP: {
        struct reach factor = one(r, power_of_ten((unsigned)v->i));
        return of_two(r, OP_CODE_MUL, a, &factor);
    }
    case OP_CODE_SELECT_N: return either(r, look(r, v->b), look(r, v->c));
    case OP_CODE_DEFAULT_N:
    case OP_CODE_IF_OPEN_N: return either(r, a, look(r, v->b));
    case OP_CODE_FAULT_N: return (struct reach){.low = 1, .high = 0, .step = 1};
    case OP_CODE_ROUND_N: {
        if (v->i >= 18) return anything();
        wide unit = power_of_ten((unsigned)v->i);
        wide low = a->low > -RANGE_LIMIT ? a->low / unit - 1 : a->low,
             high = a->high < RANGE_LIMIT ? a->high / unit + 1 : a->high;
        if (a->low >= 0 && low < 0) low = 0;
        if (!a->count || v->j > MODE_UP) return range(low, high, 1);
        wide at[SET];
        for (int k = 0; k < a->count; k++) {
            if (a->at[k] > INT64_MAX || a->at[k] < INT64_MIN) return range(low, high, 1);
            at[k] = number_round((int64_t)a->at[k], (unsigned)v->i, (enum rounding)v->j);
        }
        return values(r, at, (size_t)a->count);
    }
    case OP_CODE_LOOKUP: {
        const struct lookup *table = &r->scheme->graph.lookups[v->i];
        wide at[SET];
        if (table->count == 0 || table->count > SET) return anything();
        for (uint32_t k = 0; k < table->count; k++) at[k] = table->entries[k];
        return values(r, at, table->count);
    }
    case OP_CODE_ABS:
    case OP_CODE_FLOOR_DIV:
    case OP_CODE_CEIL_DIV: {
        if (v->code != OP_CODE_ABS && (a->low < 0 || look(r, v->b)->low <= 0)) return anything();
        if (v->code == OP_CODE_ABS) return a->low >= 0 ? *a : range(0, RANGE_LIMIT, 1);
        wide least = look(r, v->b)->low, high = a->high < RANGE_LIMIT ? a->high / least + 1 : RANGE_LIMIT;
        return range(0, high, 1);
    }
    }
    return anything();
}

static struct reach work_out(struct reacher *r, const struct value *v)
{
    switch (v->op) {
    case VALUE_CONST_N: return one(r, v->i);
    case VALUE_COLUMN: return of_column(r, v);
    case VALUE_JUDGED: return of_judged(r, v);
    case VALUE_CODE: return of_code(r, v);
    case VALUE_GATHER:
    case VALUE_SPREAD: return *look(r, v->a);
    case VALUE_REDUCE:
        if (v->code == OP_CODE_SINK_COUNT) return range(0, RANGE_LIMIT, 1);
        if (v->code == OP_CODE_SINK_SUM) return of_sum(r, v);
        return v->code == OP_CODE_SINK_MAX || v->code == OP_CODE_SINK_MIN ? *look(r, v->a) : anything();
    case VALUE_RANK: return range(1, RANGE_LIMIT, 1);
    case VALUE_CONST_Q:
    case VALUE_CONST_M:
    case VALUE_UNIT_OF:
    case VALUE_PARENT_OF:
    case VALUE_GROUP: break;
    }
    return anything();
}

static const struct reach *look(struct reacher *r, const struct value *v)
{
    static const struct reach ANYTHING = {.low = -RANGE_LIMIT, .high = RANGE_LIMIT, .step = 1};
    if (v->kind != REG_NUMBER || v->id >= r->room) return &ANYTHING;
    if (r->known[v->id]) return r->known[v->id];
    if (r->depth >= DEEP) return &ANYTHING;
    r->depth++;
    struct reach *out = ARENA_NEW(r->scheme->arena, struct reach);
    *out = listed(r, work_out(r, v));
    r->depth--;
    return r->known[v->id] = out;
}

static struct reacher *reacher_of(struct scheme *scheme)
{
    struct reacher *r = scheme->reacher;
    if (!r) {
        r = scheme->reacher = ARENA_NEW(scheme->arena, struct reacher);
        r->scheme = scheme;
        r->pairs = ARENA_ARRAY(scheme->arena, wide, PAIRS);
    }
    if (r->room < scheme->graph.count) {
        size_t room = scheme->graph.count * 2;
        r->known = arena_grow(scheme->arena, r->known, r->room, room, sizeof *r->known);
        r->room = room;
    }
    return r;
}

struct reach reach_of(struct scheme *scheme, const struct value *value) { return *look(reacher_of(scheme), value); }

bool reach_has(const struct reach *reach, wide x)
{
    if (x < reach->low || x > reach->high) return false;
    for (int k = 0; k < reach->count; k++)
        if (reach->at[k] == x) return true;
    if (reach->count) return false;
    wide from = reach->low > -RANGE_LIMIT ? reach->low : reach->high < RANGE_LIMIT ? reach->high : x;
    return (x - from) % reach->step == 0;
}

/* ---- quotients: between two numbers at REACH_PLACES ---- */

enum { UNIT = 1000000 }; /* ten to the REACH_PLACES */

static wide divided(wide a, wide b, bool up) /* b > 0 */
{
    wide down = a / b - (a % b != 0 && a < 0);
    return up && a % b != 0 ? down + 1 : down;
}

static struct reach between(struct reacher *r, const struct value *v, unsigned depth);

/* The average of what stands in the rows lies among it. */
static const struct value *averaged(const struct value *v)
{
    const struct value *sum = v->a->op == VALUE_CODE && v->a->code == OP_CODE_TO_Q ? v->a->a : NULL;
    const struct value *count = v->b->op == VALUE_CODE && v->b->code == OP_CODE_TO_Q ? v->b->a : NULL;
    bool fits = sum && count && sum->op == VALUE_REDUCE && sum->code == OP_CODE_SINK_SUM && count->op == VALUE_REDUCE &&
                count->code == OP_CODE_SINK_COUNT && sum->b == count->b && sum->c == count->c && sum->space == count->space;
    return fits ? sum->a : NULL;
}

static struct reach scaled_up(const struct reach *x, unsigned places)
{
    wide unit = power_of_ten(places);
    return range(divided(times(x->low, UNIT), unit, false), divided(times(x->high, UNIT), unit, true), 1);
}

static struct reach quotient_of(struct reacher *r, const struct value *v, unsigned depth)
{
    const struct value *each = averaged(v);
    if (each) return scaled_up(look(r, each), (unsigned)v->a->i);
    struct reach a = between(r, v->a, depth), b = between(r, v->b, depth);
    if (b.low < 0) return anything();
    if (b.low == 0) return a.low >= 0 ? range(0, RANGE_LIMIT, 1) : anything(); /* 0 itself is a fault */
    if (!bounded(&a)) return a.low >= 0 ? range(divided(times(a.low, UNIT), b.high, false), RANGE_LIMIT, 1) : anything();
    wide ends[4] = {times(a.low, UNIT), times(a.low, UNIT), times(a.high, UNIT), times(a.high, UNIT)};
    wide low = RANGE_LIMIT, high = -RANGE_LIMIT;
    for (int k = 0; k < 4; k++) {
        wide by = k % 2 ? b.high : b.low, down = divided(ends[k], by, false), up = divided(ends[k], by, true);
        if (down < low) low = down;
        if (up > high) high = up;
    }
    return range(low, high, 1);
}

static struct reach between(struct reacher *r, const struct value *v, unsigned depth)
{
    if (v->op == VALUE_CONST_Q)
        return range(divided((wide)v->i * UNIT, v->j, false), divided((wide)v->i * UNIT, v->j, true), 1);
    if (v->op != VALUE_CODE || depth > 60) return anything();
    struct reach a, b;
    switch ((int)v->code) { /* the rest can be anything */
    case OP_CODE_TO_Q: return v->i < 18 ? scaled_up(look(r, v->a), (unsigned)v->i) : anything();
    case OP_CODE_DIV_Q: return quotient_of(r, v, depth + 1);
    case OP_CODE_ADD_Q:
    case OP_CODE_SUB_Q:
    case OP_CODE_MIN_Q:
    case OP_CODE_MAX_Q:
        a = between(r, v->a, depth + 1);
        b = between(r, v->b, depth + 1);
        return of_ends(v->code == OP_CODE_ADD_Q   ? OP_CODE_ADD
                       : v->code == OP_CODE_SUB_Q ? OP_CODE_SUB
                       : v->code == OP_CODE_MIN_Q ? OP_CODE_MIN
                                                  : OP_CODE_MAX,
                       &a, &b);
    case OP_CODE_MUL_Q:
        a = between(r, v->a, depth + 1);
        b = between(r, v->b, depth + 1);
        a = of_ends(OP_CODE_MUL, &a, &b);
        return bounded(&a) ? range(divided(a.low, UNIT, false), divided(a.high, UNIT, true), 1)
                           : range(a.low >= 0 ? 0 : -RANGE_LIMIT, RANGE_LIMIT, 1);
    case OP_CODE_SELECT_Q:
        a = between(r, v->b, depth + 1);
        b = between(r, v->c, depth + 1);
        return either(r, &a, &b);
    case OP_CODE_DEFAULT_Q:
    case OP_CODE_IF_OPEN_Q:
        a = between(r, v->a, depth + 1);
        b = between(r, v->b, depth + 1);
        return either(r, &a, &b);
    }
    return anything();
}

struct reach reach_between(struct scheme *scheme, const struct value *value)
{
    return between(reacher_of(scheme), value, 0);
}
