/* Bounds: how low and how high a total can still come out while somebody has yet to decide.
 *
 * In: the total's value in the graph. Out: two values, the least and the greatest over all answers: a judged figure anywhere
 * in its range, an undecided part anywhere between 0 and its ceiling.
 * Decision: interval arithmetic over the graph itself, so that the machine computes bounds like any other figure; where an
 * operation cannot be bounded (an open figure behind a sum of rows, a rank, a product of two open ones) the figure itself
 * stands for both: it is known for most units, and where it is open so are the bounds, and the report says so. Cost: bounds
 * may be wider than what can really happen, never narrower.
 */
#include "scheme.h"

#include "../runtime/quotient.h"

struct bounds {
    struct scheme *scheme;
    struct value **low, **high; /* by a value's id */
    uint8_t *state;             /* of the enum below */
    uint32_t *part;             /* by a value's id: 1 + the part whose settled figure it is, or 0 */
    size_t count;
};

enum {
    UNSEEN,
    CERTAIN,  /* never open */
    BOUNDED,  /* low and high are known whatever is open */
    UNBOUNDED /* low and high are open for a unit for which something in it is, that has no bounds */
};

static uint8_t look(struct bounds *b, struct value *v);

static struct value *code(struct bounds *b, enum opcode op, struct value *x, struct value *y)
{
    return value_code(&b->scheme->graph, op, x, y, NULL, 0, 0);
}

static struct value *low_of(struct bounds *b, struct value *v) { return b->low[v->id] ? b->low[v->id] : v; }
static struct value *high_of(struct bounds *b, struct value *v) { return b->high[v->id] ? b->high[v->id] : v; }

static uint8_t found(struct bounds *b, struct value *v, struct value *low, struct value *high)
{
    b->low[v->id] = low;
    b->high[v->id] = high;
    return BOUNDED;
}

static struct value *if_open(struct bounds *b, struct value *v, struct value *instead)
{
    enum opcode op = v->kind == REG_NUMBER     ? OP_CODE_IF_OPEN_N
                     : v->kind == REG_QUOTIENT ? OP_CODE_IF_OPEN_Q
                                               : OP_CODE_IF_OPEN_M;
    return code(b, op, v, instead);
}

static struct value *extreme_of(struct bounds *b, struct value *x, struct value *y, bool least)
{
    bool q = x->kind == REG_QUOTIENT;
    return code(b, least ? (q ? OP_CODE_MIN_Q : OP_CODE_MIN) : q ? OP_CODE_MAX_Q : OP_CODE_MAX, x, y);
}

/* f(x) where f never falls as x grows. */
static uint8_t rising(struct bounds *b, struct value *v)
{
    struct graph *graph = &b->scheme->graph;
    return found(b, v, value_code(graph, v->code, low_of(b, v->a), v->b ? low_of(b, v->b) : NULL, NULL, v->i, v->j),
                 value_code(graph, v->code, high_of(b, v->a), v->b ? high_of(b, v->b) : NULL, NULL, v->i, v->j));
}

/* x op y where y is certain: both ends, in whichever order they come. */
static uint8_t scaled(struct bounds *b, struct value *v)
{
    struct graph *graph = &b->scheme->graph;
    bool open_a = b->state[v->a->id] != CERTAIN, open_b = b->state[v->b->id] != CERTAIN;
    bool divides = v->code == OP_CODE_DIV_Q;
    if ((open_a && open_b) || (divides && open_b)) return UNBOUNDED;
    struct value *one = value_code(graph, v->code, low_of(b, v->a), low_of(b, v->b), NULL, v->i, v->j);
    struct value *two = value_code(graph, v->code, high_of(b, v->a), high_of(b, v->b), NULL, v->i, v->j);
    return found(b, v, extreme_of(b, one, two, true), extreme_of(b, one, two, false));
}

/* The side the condition picks; where it is open, the outer ends of both. */
static uint8_t selected(struct bounds *b, struct value *v)
{
    struct graph *graph = &b->scheme->graph;
    if (v->kind == REG_MASK) return UNBOUNDED;
    struct value *low = value_code(graph, v->code, v->a, low_of(b, v->b), low_of(b, v->c), 0, 0);
    struct value *high = value_code(graph, v->code, v->a, high_of(b, v->b), high_of(b, v->c), 0, 0);
    if (look(b, v->a) != CERTAIN) {
        low = if_open(b, low, extreme_of(b, low_of(b, v->b), low_of(b, v->c), true));
        high = if_open(b, high, extreme_of(b, high_of(b, v->b), high_of(b, v->c), false));
    }
    return found(b, v, low, high);
}

static uint8_t ends_of(struct bounds *b, struct value *v);

static uint8_t look_at_code(struct bounds *b, struct value *v)
{
    if (v->code == OP_CODE_FAULT_N || v->code == OP_CODE_FAULT_Q || v->code == OP_CODE_FAULT_M)
        return fault_is_open((uint8_t)v->i) ? UNBOUNDED : CERTAIN;
    uint8_t worst = CERTAIN;
    struct value *args[3] = {v->a, v->b, v->c};
    bool select = v->code == OP_CODE_SELECT_N || v->code == OP_CODE_SELECT_Q || v->code == OP_CODE_SELECT_M;
    for (int k = 0; k < 3; k++) {
        if (!args[k]) continue;
        uint8_t state = look(b, args[k]);
        if (select && k == 0) { /* an open condition is met by both ends */
            if (state != CERTAIN && worst == CERTAIN) worst = BOUNDED;
            continue;
        }
        if (state > worst) worst = state;
    }
    if (worst == CERTAIN) return CERTAIN;
    uint8_t ends = ends_of(b, v);
    return ends > worst ? ends : worst;
}

static uint8_t ends_of(struct bounds *b, struct value *v)
{
    switch ((int)v->code) { /* what can be bounded; the rest cannot */
    case OP_CODE_ADD:
    case OP_CODE_ADD_Q:
    case OP_CODE_MIN:
    case OP_CODE_MAX:
    case OP_CODE_MIN_Q:
    case OP_CODE_MAX_Q:
    case OP_CODE_SCALE_UP:
    case OP_CODE_TO_Q:
    case OP_CODE_ROUND_N:
    case OP_CODE_ROUND_Q: return rising(b, v);
    case OP_CODE_SUB:
    case OP_CODE_SUB_Q:
        return found(b, v, code(b, v->code, low_of(b, v->a), high_of(b, v->b)),
                     code(b, v->code, high_of(b, v->a), low_of(b, v->b)));
    case OP_CODE_NEG:
    case OP_CODE_NEG_Q:
        return found(b, v, code(b, v->code, high_of(b, v->a), NULL), code(b, v->code, low_of(b, v->a), NULL));
    case OP_CODE_MUL:
    case OP_CODE_MUL_Q:
    case OP_CODE_DIV_Q: return scaled(b, v);
    case OP_CODE_SELECT_N:
    case OP_CODE_SELECT_Q: return selected(b, v);
    }
    return UNBOUNDED;
}

/* A figure that somebody may settle: anything between 0 and its ceiling, and what it could be without. */
static uint8_t settled(struct bounds *b, struct value *v, const struct part *part)
{
    struct graph *graph = &b->scheme->graph;
    struct value *inner = part->unsettled.value, *high = part->settled_high.value;
    uint8_t state = look(b, inner);
    if (state == CERTAIN) return CERTAIN;
    bool floored = part->kind != OP_BONUS || look(b, part->clipped.value) == CERTAIN;
    if (!high || (state == UNBOUNDED && !floored)) return UNBOUNDED;
    struct value *low = v->kind == REG_QUOTIENT ? value_quotient(graph, 0, 1) : value_number(graph, 0);
    if (state == BOUNDED) {
        enum opcode op = v->kind == REG_QUOTIENT ? OP_CODE_SELECT_Q : OP_CODE_SELECT_N;
        low = extreme_of(b, low, low_of(b, inner), true);
        high = extreme_of(b, high, high_of(b, inner), false);
        if (part->own_open) {
            low = value_code(graph, op, part->own_open, low, low_of(b, inner), 0, 0);
            high = value_code(graph, op, part->own_open, high, high_of(b, inner), 0, 0);
        }
    }
    return found(b, v, if_open(b, v, low), if_open(b, v, high));
}

static uint8_t look(struct bounds *b, struct value *v)
{
    if (v->id >= b->count) return CERTAIN; /* made here, out of what is certain */
    if (b->state[v->id] != UNSEEN) return b->state[v->id];
    uint8_t state = UNBOUNDED;
    if (b->part[v->id]) return b->state[v->id] = settled(b, v, &b->scheme->parts[b->part[v->id] - 1]);
    switch (v->op) {
    case VALUE_CONST_N:
    case VALUE_CONST_Q:
    case VALUE_CONST_M:
    case VALUE_COLUMN:
    case VALUE_UNIT_OF:
    case VALUE_PARENT_OF: state = CERTAIN; break;
    case VALUE_JUDGED: {
        const struct judged_schema *figure = &b->scheme->schema.judged[v->i];
        struct graph *graph = &b->scheme->graph;
        state =
            found(b, v, if_open(b, v, value_number(graph, figure->low)), if_open(b, v, value_number(graph, figure->high)));
        break;
    }
    case VALUE_CODE: state = look_at_code(b, v); break;
    case VALUE_SPREAD: state = look(b, v->a) == CERTAIN ? CERTAIN : UNBOUNDED; break;
    case VALUE_GATHER: state = look(b, v->a) == CERTAIN && look(b, v->b) == CERTAIN ? CERTAIN : UNBOUNDED; break;
    case VALUE_REDUCE: {
        bool certain = look(b, v->b) == CERTAIN && look(b, v->c) == CERTAIN && (!v->a || look(b, v->a) == CERTAIN);
        state = certain ? CERTAIN : UNBOUNDED;
        break;
    }
    case VALUE_RANK: {
        const struct rank_plan *rank = &b->scheme->graph.ranks[v->j];
        bool certain = !rank->mask || look(b, rank->mask) == CERTAIN;
        for (uint32_t k = 0; k < rank->key_count; k++) certain &= look(b, rank->keys[k]) == CERTAIN;
        for (uint32_t k = 0; k < rank->partition_count; k++) certain &= look(b, rank->partition[k]) == CERTAIN;
        state = certain ? CERTAIN : UNBOUNDED;
        break;
    }
    case VALUE_GROUP: {
        const struct group_plan *group = &b->scheme->graph.groups[v->j];
        state = look(b, group->key) == CERTAIN && (!group->mask || look(b, group->mask) == CERTAIN) ? CERTAIN : UNBOUNDED;
        break;
    }
    }
    b->state[v->id] = state;
    return state;
}

bool bounds_lower(struct scheme *scheme, struct expr figure, struct expr *low, struct expr *high)
{
    size_t count = scheme->graph.count;
    struct bounds b = {.scheme = scheme, .count = count};
    b.low = ARENA_ARRAY(scheme->arena, struct value *, count);
    b.high = ARENA_ARRAY(scheme->arena, struct value *, count);
    b.state = ARENA_ARRAY(scheme->arena, uint8_t, count);
    b.part = ARENA_ARRAY(scheme->arena, uint32_t, count);
    if (!figure.value) return false;
    for (uint32_t k = 0; k < scheme->part_count; k++)
        if (scheme->parts[k].settled_value) b.part[scheme->parts[k].settled_value->id] = k + 1;
    /* arguments are older than their users: looking in order of age keeps the recursion shallow */
    for (size_t k = 0; k < count; k++) look(&b, scheme->graph.all[k]);
    *low = (struct expr){low_of(&b, figure.value), figure.type};
    *high = (struct expr){high_of(&b, figure.value), figure.type};
    return true;
}
