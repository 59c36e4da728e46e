/* What somebody settles: the figure of a part that its own clauses leave open.
 *
 * In: a part's figure, and the same without what the parts below give. Out: the figure, or, where its own is open and the
 * table of decisions has one for it, that one.
 * Decision: whether a part can be open at all is read off the graph (an undecided case, a choice that no line covers, a
 * figure that somebody has yet to give, wherever it stands below), so that a decision on any other part is refused as a
 * mistake. What is open in a part below is not settled here: it has its own decision. Cost: one walk over the graph.
 */
#include "scheme.h"

#include "../runtime/limits.h"

/* ---- whether it can be open ---- */

static uint8_t reasons_of(const struct scheme *scheme, const struct value *v)
{
    const struct graph *graph = &scheme->graph;
    const uint8_t *known = scheme->open_reasons;
    uint8_t all = 0;
    const struct value *args[3] = {v->a, v->b, v->c};
    for (int k = 0; k < 3; k++)
        if (args[k]) all |= known[args[k]->id];
    if (v->op == VALUE_JUDGED) all |= OPEN_JUDGED;
    if (v->op == VALUE_CODE && (v->code == OP_CODE_FAULT_N || v->code == OP_CODE_FAULT_Q || v->code == OP_CODE_FAULT_M) &&
        fault_is_open((uint8_t)v->i))
        all |= OPEN_CASE;
    if (v->op == VALUE_RANK) {
        const struct rank_plan *rank = &graph->ranks[v->j];
        for (uint32_t k = 0; k < rank->key_count; k++) all |= known[rank->keys[k]->id];
        for (uint32_t k = 0; k < rank->partition_count; k++) all |= known[rank->partition[k]->id];
        if (rank->mask) all |= known[rank->mask->id];
    }
    if (v->op == VALUE_GROUP) {
        const struct group_plan *group = &graph->groups[v->j];
        all |= known[group->key->id] | known[group->owner->id] | (group->mask ? known[group->mask->id] : 0);
    }
    return all;
}

uint8_t open_reasons(struct scheme *scheme, const struct value *v)
{
    const struct graph *graph = &scheme->graph;
    if (graph->count > scheme->open_capacity) {
        size_t capacity = graph->count * 2;
        scheme->open_reasons = arena_grow(scheme->arena, scheme->open_reasons, scheme->open_known, capacity, 1);
        scheme->open_capacity = capacity;
    }
    for (; scheme->open_known < graph->count; scheme->open_known++) /* arguments are older than their users */
        scheme->open_reasons[scheme->open_known] = reasons_of(scheme, graph->all[scheme->open_known]);
    return scheme->open_reasons[v->id];
}

/* ---- masks and choices ---- */

struct expr expr_if_open(struct scheme *scheme, struct expr a, struct expr b)
{
    expr_unify(scheme, &a, &b);
    struct type type = a.type;
    type.low = a.type.low < b.type.low ? a.type.low : b.type.low;
    type.high = a.type.high > b.type.high ? a.type.high : b.type.high;
    enum opcode op = a.value->kind == REG_QUOTIENT ? OP_CODE_IF_OPEN_Q : OP_CODE_IF_OPEN_N;
    return (struct expr){value_code(&scheme->graph, op, a.value, b.value, NULL, 0, 0), type};
}

/* A mask: whether the figure is open; an error stays one. `m or not m` is yes wherever there is a figure. */
static struct value *is_open(struct scheme *scheme, struct expr figure)
{
    struct value *m = expr_order(scheme, OP_LT, figure, expr_number(scheme, 0, 0)).value;
    struct value *there = mask_or(scheme, m, mask_not(scheme, m));
    return mask_not(scheme,
                    value_code(&scheme->graph, OP_CODE_IF_OPEN_M, there, value_truth(&scheme->graph, false), NULL, 0, 0));
}

/* ---- the decision ---- */

/* Who may settle the part, as a figure of the schema. */
static struct expr answer_of(struct scheme *scheme, struct part *part)
{
    if (part->settled < 0) {
        struct expr ceiling = part->up_to.value ? part->up_to : part->kind == OP_BONUS ? (struct expr){0} : part->worth;
        if (part->no_limit) ceiling = (struct expr){0};
        struct judged_schema figure = {.subject = part->number, .places = LIMIT_FIELD_PLACES, .where = part->decl->at};
        figure.high = ceiling.value ? expr_at_places(scheme, ceiling, LIMIT_FIELD_PLACES).value->i : INT64_MAX / 2;
        part->settled = (int32_t)judged_add(scheme, figure);
        part->ceiling = ceiling;
    }
    const struct judged_schema *figure = &scheme->schema.judged[part->settled];
    return (struct expr){value_judged(&scheme->graph, (uint32_t)part->settled),
                         type_number(figure->places, figure->low, figure->high)};
}

/* A figure that somebody gave, as the part's own would be treated. Whether the part applies may be what is open. */
static struct expr as_given(struct scheme *scheme, uint32_t index, struct expr given)
{
    if (scheme->round.given && !scheme->round.exact)
        given = expr_round(scheme, given, scheme->round.parts, scheme->round.mode);
    struct expr applied = part_where_applied(scheme, index, given);
    return applied.value == given.value ? given : expr_if_open(scheme, applied, given);
}

static bool says_undecided(struct scheme *scheme, const struct part *part)
{
    for (size_t k = 0; k < part->rule_count; k++) {
        const struct ast *line = scheme->rules[part->rules[k]].line;
        for (const struct ast *effect = line->kind == AST_RULE ? line->a : NULL; effect; effect = effect->next)
            if (effect->kind == AST_UNDECIDED) return true;
    }
    return false;
}

struct expr part_settle(struct scheme *scheme, uint32_t index, struct expr value, struct expr own)
{
    struct part *part = &scheme->parts[index];
    uint8_t reasons = open_reasons(scheme, own.value);
    bool says = says_undecided(scheme, part); /* a line that happens never to fire is no reason to refuse an answer */
    for (int32_t k = part->first_drawing; k >= 0; k = scheme->parts[k].next_drawing)
        says |= says_undecided(scheme, &scheme->parts[k]);
    if (!part->judged && says) answer_of(scheme, part);
    if (part->judged || !reasons) return value;
    part->open_reasons = reasons;
    struct expr answer = as_given(scheme, index, answer_of(scheme, part));
    expr_unify(scheme, &value, &answer);
    struct expr given = expr_if_open(scheme, answer, value);
    part->unsettled = value;
    part->open_here = is_open(scheme, own);
    part->own_open = own.value == value.value || open_reasons(scheme, value.value) == 0 ? NULL : is_open(scheme, own);
    struct expr settled =
        part->own_open ? expr_select(scheme, part->own_open, given, value) : expr_if_open(scheme, value, given);
    part->settled_value = settled.value;
    if (scheme->reading.bounds && part->ceiling.value) {
        struct expr high = as_given(scheme, index, part->ceiling), like = settled;
        expr_unify(scheme, &high, &like);
        if (like.value == settled.value) part->settled_high = high;
    }
    return settled;
}

struct expr part_settle_drawing(struct scheme *scheme, uint32_t index, struct expr shown, struct expr own,
                                struct expr closed)
{
    struct part *part = &scheme->parts[index];
    if (part->pool < 0 || scheme->parts[part->pool].judged || !open_reasons(scheme, own.value)) return shown;
    struct expr answer = answer_of(scheme, &scheme->parts[part->pool]);
    return expr_if_open(scheme, shown, expr_select(scheme, is_open(scheme, answer), shown, closed));
}
