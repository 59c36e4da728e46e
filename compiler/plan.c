/* The plan: which values are needed, and when each can be had.
 *
 * In: the graph. Out: live values with their stage. Stage 0 sees the data alone; what is summed from rows, ranked or grouped
 * is there one stage after what it is made from.
 * Decision: a stage is the longest way through barriers, nothing more; all values of one space and stage make one pass, so
 * a table is read once per stage however many rules look at it.
 */
#include "coverage.h"

bool value_is_source(const struct value *v)
{
    switch (v->op) {
    case VALUE_COLUMN:
    case VALUE_UNIT_OF:
    case VALUE_PARENT_OF:
    case VALUE_JUDGED:
    case VALUE_REDUCE:
    case VALUE_RANK:
    case VALUE_GROUP: return true;
    case VALUE_CONST_N:
    case VALUE_CONST_Q:
    case VALUE_CONST_M:
    case VALUE_CODE:
    case VALUE_GATHER:
    case VALUE_SPREAD: return false;
    }
    return false;
}

/* Sources are figures from the beginning of their stage; what a pass computes is one when the pass has ended. */
uint32_t value_ready(const struct value *v) { return value_is_source(v) ? v->stage : v->stage + 1; }

static uint32_t larger(uint32_t a, uint32_t b) { return a > b ? a : b; }

static void live(struct plan *plan, struct arena *arena, struct value ***work, size_t *count, size_t *room, struct value *v)
{
    (void)plan;
    if (!v || v->live) return;
    v->live = true;
    ARENA_PUSH(arena, *work, *count, *room, v);
}

static void mark(struct scheme *scheme, struct plan *plan)
{
    struct arena *arena = scheme->arena;
    struct value **work = NULL;
    size_t count = 0, room = 0;
    for (size_t k = 0; k < plan->root_count; k++) live(plan, arena, &work, &count, &room, plan->roots[k]);
    while (count) {
        struct value *v = work[--count];
        live(plan, arena, &work, &count, &room, v->a);
        live(plan, arena, &work, &count, &room, v->b);
        live(plan, arena, &work, &count, &room, v->c);
        if (v->op == VALUE_RANK) {
            struct rank_plan *rank = &scheme->graph.ranks[v->j];
            for (uint32_t n = 0; n < rank->key_count; n++) live(plan, arena, &work, &count, &room, rank->keys[n]);
            for (uint32_t n = 0; n < rank->partition_count; n++) live(plan, arena, &work, &count, &room, rank->partition[n]);
            live(plan, arena, &work, &count, &room, rank->mask);
        }
        if (v->op == VALUE_GROUP) {
            struct group_plan *group = &scheme->graph.groups[v->j];
            live(plan, arena, &work, &count, &room, group->key);
            live(plan, arena, &work, &count, &room, group->mask);
            live(plan, arena, &work, &count, &room, group->owner);
            for (int k = 0; k < GROUP_OUTPUTS; k++)
                live(plan, arena, &work, &count, &room, value_group_out(&scheme->graph, (uint32_t)v->j, k));
        }
    }
}

/* The stage at which the groups are built: their keys, owners and filter are older than anything in them. */
static uint32_t group_stage(const struct group_plan *group)
{
    uint32_t s = larger(value_ready(group->key), value_ready(group->owner));
    return group->mask ? larger(s, value_ready(group->mask)) : s;
}

/* Arguments are older than their users, so one walk in order of age is enough. */
static void stage(struct scheme *scheme, struct value *v)
{
    uint32_t s = 0;
    switch (v->op) {
    case VALUE_CONST_N:
    case VALUE_CONST_Q:
    case VALUE_CONST_M:
    case VALUE_COLUMN:
    case VALUE_UNIT_OF:
    case VALUE_PARENT_OF:
    case VALUE_JUDGED: break;
    case VALUE_CODE:
    case VALUE_SPREAD:
        if (v->a) s = larger(s, v->a->stage);
        if (v->b) s = larger(s, v->b->stage);
        if (v->c) s = larger(s, v->c->stage);
        break;
    case VALUE_GATHER: s = larger(v->b->stage, value_ready(v->a)); break;
    case VALUE_REDUCE:
        if (v->a) s = v->a->stage;
        s = larger(s, larger(v->b->stage, v->c->stage)) + 1;
        break;
    case VALUE_RANK: {
        struct rank_plan *rank = &scheme->graph.ranks[v->j];
        for (uint32_t n = 0; n < rank->key_count; n++) s = larger(s, value_ready(rank->keys[n]));
        for (uint32_t n = 0; n < rank->partition_count; n++) s = larger(s, value_ready(rank->partition[n]));
        if (rank->mask) s = larger(s, value_ready(rank->mask));
        rank->stage = s;
        break;
    }
    case VALUE_GROUP: {
        struct group_plan *group = &scheme->graph.groups[v->j];
        s = group->stage = group_stage(group);
        break;
    }
    }
    uint32_t group;
    if (space_is_group(&scheme->graph, v->space, &group))
        s = larger(s, group_stage(&scheme->graph.groups[group])); /* not before there are groups */
    v->stage = s;
}

/* What must be kept: read through an index, by a barrier, or by a pass of a later stage. */
static void store(struct scheme *scheme, struct value *v)
{
    uint32_t run = v->op == VALUE_REDUCE ? v->stage - 1 : v->stage;
    struct value *args[3] = {v->a, v->b, v->c};
    if (v->op == VALUE_GATHER) v->a->stored = true;
    for (int k = v->op == VALUE_GATHER ? 1 : 0; k < 3; k++)
        if (args[k] && args[k]->space != ANYWHERE && args[k]->stage < run) args[k]->stored = true;
    if (v->op == VALUE_RANK) {
        struct rank_plan *rank = &scheme->graph.ranks[v->j];
        for (uint32_t n = 0; n < rank->key_count; n++) rank->keys[n]->stored = true;
        for (uint32_t n = 0; n < rank->partition_count; n++) rank->partition[n]->stored = true;
        if (rank->mask) rank->mask->stored = true;
    }
    if (v->op == VALUE_GROUP) {
        struct group_plan *group = &scheme->graph.groups[v->j];
        group->key->stored = true;
        group->owner->stored = true;
        if (group->mask) group->mask->stored = true;
    }
}

/* Who reads a value once it has been worked out. */
enum reader {
    READ_BY_NOBODY, /* a pass has an effect by it */
    READ_OF_ALL,    /* a report, of every unit */
    READ_OF_ONE,    /* an explanation, of its own unit */
};

/* plan NULL: it is only marked. */
static void root(struct scheme *scheme, struct plan *plan, struct value **slot, enum reader reader)
{
    if (!*slot) return;
    if (reader != READ_BY_NOBODY) *slot = value_spread(&scheme->graph, *slot, SPACE_UNITS);
    if (reader == READ_OF_ALL) (*slot)->stored = (*slot)->kept = true;
    if (reader == READ_OF_ONE) (*slot)->shown = true;
    if (plan) ARENA_PUSH(scheme->arena, plan->roots, plan->root_count, plan->root_capacity, *slot);
}

/* What the table of results shows, and no more. */
static void roots_of_table(struct scheme *scheme, struct plan *plan)
{
    for (size_t k = 0; k < scheme->part_count; k++) {
        root(scheme, plan, &scheme->parts[k].value.value, READ_OF_ALL);
        root(scheme, plan, &scheme->parts[k].open_here, READ_OF_ALL);
        if (scheme->parts[k].judged) root(scheme, plan, &scheme->parts[k].applies, READ_OF_ALL);
    }
    root(scheme, plan, &scheme->total.value, READ_OF_ALL);
    root(scheme, plan, &scheme->grade.value, READ_OF_ALL);
    root(scheme, plan, &scheme->vetoed, READ_OF_ALL);
    root(scheme, plan, &scheme->assessed, READ_OF_ALL);
    for (size_t k = 0; k < scheme->ranking_count; k++) root(scheme, plan, &scheme->rankings[k].out[RANK_PLACE], READ_OF_ALL);
    for (size_t k = 0; k < scheme->outcome_count; k++) {
        root(scheme, plan, &scheme->outcomes[k].value, READ_OF_ALL);
        root(scheme, plan, &scheme->outcomes[k].condition, READ_OF_ALL);
    }
    for (size_t k = 0; k < scheme->shown_count; k++) root(scheme, plan, &scheme->shown[k].expr.value, READ_OF_ALL);
    for (size_t k = 0; k < scheme->check_count; k++) root(scheme, plan, &scheme->check_values[k], READ_BY_NOBODY);
}

/* What the table shows, and what explains it. */
static void roots(struct scheme *scheme, struct plan *plan)
{
    roots_of_table(scheme, NULL);
    for (size_t k = 0; k < scheme->part_count; k++) {
        struct part *part = &scheme->parts[k];
        struct value **shown[] = {&part->start.value,     &part->raw.value, &part->clipped.value, &part->value.value,
                                  &part->gives.value,     &part->forfeited, &part->opened,        &part->applies,
                                  &part->unsettled.value, &part->own_open,  &part->open_here};
        for (size_t n = 0; n < sizeof shown / sizeof *shown; n++) root(scheme, plan, shown[n], READ_OF_ONE);
    }
    for (size_t k = 0; k < scheme->rule_count; k++) {
        struct rule *rule = &scheme->rules[k];
        struct value **unit[] = {&rule->count.value, &rule->fired,     &rule->graded,
                                 &rule->gross.value, &rule->cap.value, &rule->net.value};
        for (size_t n = 0; n < sizeof unit / sizeof *unit; n++) root(scheme, plan, unit[n], READ_OF_ONE);
        struct value **place[] = {&rule->mask, &rule->amount.value, &rule->have.value, &rule->of.value};
        for (size_t n = 0; n < sizeof place / sizeof *place; n++) root(scheme, plan, place[n], READ_BY_NOBODY);
        if (!rule->mask) continue;
        for (uint32_t n = 0; n < rule->compared_count; n++) {
            root(scheme, plan, &rule->compared[n].left.value, READ_BY_NOBODY);
            root(scheme, plan, &rule->compared[n].right.value, READ_BY_NOBODY);
        }
        root(scheme, plan, &rule->owner, READ_BY_NOBODY);
    }
    root(scheme, plan, &scheme->total.value, READ_OF_ONE);
    root(scheme, plan, &scheme->score_grade.value, READ_OF_ONE);
    root(scheme, plan, &scheme->grade.value, READ_OF_ONE);
    struct value **ends[] = {&scheme->low.value, &scheme->high.value, &scheme->low_grade.value, &scheme->high_grade.value};
    for (size_t k = 0; k < 4; k++) root(scheme, plan, ends[k], READ_OF_ONE);
    root(scheme, plan, &scheme->vetoed, READ_OF_ONE);
    root(scheme, plan, &scheme->assessed, READ_OF_ONE);
    for (size_t k = 0; k < scheme->ranking_count; k++)
        for (int n = 0; n < RANK_OUTPUTS; n++) root(scheme, plan, &scheme->rankings[k].out[n], READ_OF_ALL);
    for (size_t k = 0; k < scheme->outcome_count; k++) {
        root(scheme, plan, &scheme->outcomes[k].value, READ_OF_ONE);
        root(scheme, plan, &scheme->outcomes[k].due.value, READ_OF_ONE);
        root(scheme, plan, &scheme->outcomes[k].condition, READ_OF_ONE);
    }
    for (size_t k = 0; k < scheme->global.count; k++) {
        struct entity *e = scheme->global.all[k];
        if (e->kind == ENTITY_LET || (e->kind == ENTITY_CHOOSE && e->table == 0))
            root(scheme, plan, &e->expr.value, READ_OF_ONE);
    }
    for (size_t k = 0; k < scheme->open_case_count; k++) root(scheme, plan, &scheme->open_cases[k].taken, READ_OF_ONE);
    for (size_t k = 0; k < scheme->shown_count; k++) root(scheme, plan, &scheme->shown[k].expr.value, READ_OF_ONE);
    for (size_t k = 0; k < scheme->check_count; k++) root(scheme, plan, &scheme->check_values[k], READ_BY_NOBODY);
    for (size_t k = 0; scheme->reading.testing && k < scheme->expectation_count; k++) {
        root(scheme, plan, &scheme->expectations[k].target.value, READ_OF_ALL);
        root(scheme, plan, &scheme->expectations[k].holds, READ_OF_ALL);
    }
    for (size_t k = 0; scheme->coverage && k < scheme->coverage->count; k++)
        root(scheme, plan, &scheme->coverage->points[k].mask, READ_OF_ALL);
}

void scheme_plan(struct scheme *scheme, struct plan *plan)
{
    *plan = (struct plan){.stages = 1};
    if (scheme->reading.checks_only)
        for (size_t k = 0; k < scheme->check_count; k++) root(scheme, plan, &scheme->check_values[k], READ_BY_NOBODY);
    else if (scheme->reading.table_only)
        roots_of_table(scheme, plan);
    else
        roots(scheme, plan);
    mark(scheme, plan);
    struct graph *graph = &scheme->graph;
    for (size_t k = 0; k < graph->count; k++) stage(scheme, graph->all[k]);
    for (size_t k = 0; k < graph->count; k++) {
        struct value *v = graph->all[k];
        if (!v->live) continue;
        store(scheme, v);
        if (v->stage + 1 > plan->stages) plan->stages = v->stage + 1;
    }
    for (size_t k = 0; k < graph->count; k++) {
        struct value *v = graph->all[k];
        if (!v->live || !v->shown || v->kept) continue;
        v->stored = v->kept = v->explains = true;
    }
}
