/* The graph of values: building, folding, and moving between spaces. See value.h. */
#include "value.h"

#include "../runtime/calendar.h"
#include "../runtime/quotient.h"

#include <assert.h>

void graph_init(struct graph *graph, struct arena *arena, const struct schema *schema)
{
    *graph = (struct graph){.arena = arena, .schema = schema};
    graph->table_size = 1024;
    graph->table = ARENA_ARRAY(arena, struct value *, graph->table_size);
}

static uint64_t mix(uint64_t hash, uint64_t word)
{
    hash ^= word + 0x9e3779b97f4a7c15u + (hash << 6) + (hash >> 2);
    return hash * 0xff51afd7ed558ccdu;
}

static uint64_t value_hash(const struct value *v)
{
    uint64_t hash = mix(v->op * 131u + v->kind, v->code);
    hash = mix(hash, v->space);
    hash = mix(hash, v->a ? v->a->id + 1 : 0);
    hash = mix(hash, v->b ? v->b->id + 1 : 0);
    hash = mix(hash, v->c ? v->c->id + 1 : 0);
    hash = mix(hash, (uint64_t)v->i);
    hash = mix(hash, (uint64_t)v->j);
    return hash ^ (hash >> 29);
}

static bool value_same(const struct value *x, const struct value *y)
{
    return x->op == y->op && x->kind == y->kind && x->code == y->code && x->space == y->space && x->a == y->a &&
           x->b == y->b && x->c == y->c && x->i == y->i && x->j == y->j;
}

static void graph_rehash(struct graph *graph)
{
    size_t size = graph->table_size * 2;
    struct value **table = ARENA_ARRAY(graph->arena, struct value *, size);
    for (size_t k = 0; k < graph->count; k++) {
        struct value *v = graph->all[k];
        size_t slot = value_hash(v) & (size - 1);
        v->chain = table[slot];
        table[slot] = v;
    }
    graph->table = table;
    graph->table_size = size;
}

/* The node that equals *draft, made if there is none. */
static struct value *intern(struct graph *graph, const struct value *draft)
{
    uint64_t hash = value_hash(draft);
    for (struct value *v = graph->table[hash & (graph->table_size - 1)]; v; v = v->chain)
        if (value_same(v, draft)) return v;
    if (graph->count * 2 > graph->table_size) graph_rehash(graph);
    struct value *v = ARENA_NEW(graph->arena, struct value);
    *v = *draft;
    v->id = (uint32_t)graph->count;
    v->where = graph->where;
    v->figure = NO_FIGURE;
    size_t slot = hash & (graph->table_size - 1);
    v->chain = graph->table[slot];
    graph->table[slot] = v;
    ARENA_PUSH(graph->arena, graph->all, graph->count, graph->capacity, v);
    return v;
}

struct value *value_number(struct graph *graph, int64_t number)
{
    return intern(graph, &(struct value){.op = VALUE_CONST_N, .kind = REG_NUMBER, .space = ANYWHERE, .i = number});
}

struct value *value_quotient(struct graph *graph, int64_t num, int64_t den)
{
    struct quotient q = quotient_make(NULL, num, den);
    return intern(graph,
                  &(struct value){.op = VALUE_CONST_Q, .kind = REG_QUOTIENT, .space = ANYWHERE, .i = q.num, .j = q.den});
}

struct value *value_truth(struct graph *graph, bool truth)
{
    return intern(graph, &(struct value){.op = VALUE_CONST_M, .kind = REG_MASK, .space = ANYWHERE, .i = truth});
}

struct value *value_column(struct graph *graph, uint32_t table, uint32_t field)
{
    return intern(
        graph,
        &(struct value){.op = VALUE_COLUMN, .kind = REG_NUMBER, .space = space_of_table(table), .i = table, .j = field});
}

struct value *value_unit_of(struct graph *graph, uint32_t table)
{
    return intern(graph,
                  &(struct value){.op = VALUE_UNIT_OF, .kind = REG_NUMBER, .space = space_of_table(table), .i = table});
}

struct value *value_parent_of(struct graph *graph, uint32_t table)
{
    if (graph->schema->tables[table].parent == 0) return value_unit_of(graph, table);
    return intern(graph,
                  &(struct value){.op = VALUE_PARENT_OF, .kind = REG_NUMBER, .space = space_of_table(table), .i = table});
}

struct value *value_judged(struct graph *graph, uint32_t judged)
{
    return intern(graph, &(struct value){.op = VALUE_JUDGED, .kind = REG_NUMBER, .space = SPACE_UNITS, .i = judged});
}

struct value *value_fault(struct graph *graph, enum reg_kind kind, uint8_t fault)
{
    enum opcode op = kind == REG_NUMBER ? OP_CODE_FAULT_N : kind == REG_QUOTIENT ? OP_CODE_FAULT_Q : OP_CODE_FAULT_M;
    return intern(graph, &(struct value){.op = VALUE_CODE, .code = op, .kind = kind, .space = ANYWHERE, .i = fault});
}

static enum reg_kind result_kind(enum opcode op)
{
    switch (opcode_info(op)->result) {
    case 'q': return REG_QUOTIENT;
    case 'm': return REG_MASK;
    default: return REG_NUMBER;
    }
}

/* Folds an instruction on constants where the result is exact and cannot fault; NULL where it is left to the machine. */
static struct value *fold(struct graph *graph, enum opcode op, struct value *a, struct value *b, struct value *c, int64_t i)
{
    int64_t out;
    bool na = a && a->op == VALUE_CONST_N, nb = b && b->op == VALUE_CONST_N;
    bool ma = a && a->op == VALUE_CONST_M, mb = b && b->op == VALUE_CONST_M;
    if (ma) { /* conditions that are known: after `when`, and heads without a condition */
        if (op == OP_CODE_AND) return a->i ? b : a;
        if (op == OP_CODE_OR) return a->i ? a : b;
        if (op == OP_CODE_NOT) return value_truth(graph, !a->i);
        if (op == OP_CODE_SELECT_N || op == OP_CODE_SELECT_Q || op == OP_CODE_SELECT_M) return a->i ? b : c;
    }
    if (mb && op == OP_CODE_AND) return b->i ? a : b;
    if (mb && op == OP_CODE_OR) return b->i ? b : a;
    if (op == OP_CODE_SCALE_UP && i == 0) return a;
    if (op == OP_CODE_TO_Q && na && i <= 18) return value_quotient(graph, a->i, power_of_ten((unsigned)i));
    if (op == OP_CODE_SCALE_UP && na && i <= 18 && !__builtin_mul_overflow(a->i, power_of_ten((unsigned)i), &out))
        return value_number(graph, out);
    if (op == OP_CODE_NEG && na && !__builtin_sub_overflow((int64_t)0, a->i, &out)) return value_number(graph, out);
    if (!na || !nb) {
        if (op == OP_CODE_ADD && na && a->i == 0) return b;
        if ((op == OP_CODE_ADD || op == OP_CODE_SUB) && nb && b->i == 0) return a;
        return NULL;
    }
    switch ((int)op) { /* a subset on purpose: what is not folded is computed by the machine */
    case OP_CODE_ADD: return __builtin_add_overflow(a->i, b->i, &out) ? NULL : value_number(graph, out);
    case OP_CODE_SUB: return __builtin_sub_overflow(a->i, b->i, &out) ? NULL : value_number(graph, out);
    case OP_CODE_MUL: return __builtin_mul_overflow(a->i, b->i, &out) ? NULL : value_number(graph, out);
    case OP_CODE_MIN: return a->i < b->i ? a : b;
    case OP_CODE_MAX: return a->i > b->i ? a : b;
    case OP_CODE_LT: return value_truth(graph, a->i < b->i);
    case OP_CODE_LE: return value_truth(graph, a->i <= b->i);
    case OP_CODE_EQ: return value_truth(graph, a->i == b->i);
    case OP_CODE_NE: return value_truth(graph, a->i != b->i);
    case OP_CODE_ADD_MONTHS: return date_add_months(a->i, b->i, &out) ? value_number(graph, out) : NULL;
    case OP_CODE_ADD_WORKDAYS:
        if (graph->schema->has_workdays) return NULL;
        return date_add_workdays(a->i, b->i, &out) ? value_number(graph, out) : NULL;
    }
    return NULL;
}

struct value *value_code(struct graph *graph, enum opcode op, struct value *a, struct value *b, struct value *c, int64_t i,
                         int64_t j)
{
    struct value *folded = fold(graph, op, a, b, c, i);
    if (folded) return folded;
    uint32_t space = ANYWHERE;
    struct value *args[3] = {a, b, c};
    for (int k = 0; k < 3; k++) {
        if (!args[k] || args[k]->space == ANYWHERE) continue;
        assert(space == ANYWHERE || space == args[k]->space);
        space = args[k]->space;
    }
    return intern(
        graph,
        &(struct value){
            .op = VALUE_CODE, .code = op, .kind = result_kind(op), .space = space, .a = a, .b = b, .c = c, .i = i, .j = j});
}

struct value *value_gather(struct graph *graph, struct value *x, struct value *index)
{
    if (x->space == ANYWHERE) return x;
    return intern(graph, &(struct value){.op = VALUE_GATHER, .kind = x->kind, .space = index->space, .a = x, .b = index});
}

struct value *value_reduce(struct graph *graph, enum opcode sink, struct value *x, struct value *mask, struct value *index,
                           uint32_t rows, uint32_t into)
{
    if (!mask) mask = value_truth(graph, true);
    if (!index) index = value_number(graph, 0);
    enum reg_kind kind = sink == OP_CODE_SINK_ANY ? REG_MASK : x ? x->kind : REG_NUMBER;
    /* j: the space run over, in case every operand is a constant */
    return intern(
        graph, &(struct value){
                   .op = VALUE_REDUCE, .kind = kind, .code = sink, .space = into, .a = x, .b = mask, .c = index, .j = rows});
}

struct value *value_spread(struct graph *graph, struct value *value, uint32_t space)
{
    if (value->space != ANYWHERE) return value;
    return intern(graph, &(struct value){.op = VALUE_SPREAD, .kind = value->kind, .space = space, .a = value});
}

struct value *value_rank(struct graph *graph, uint32_t space, struct value **keys, const bool *highest_first,
                         uint32_t key_count, struct value **partition, uint32_t partition_count, struct value *mask,
                         enum rank_output output)
{
    size_t k;
    for (uint32_t n = 0; n < key_count; n++) keys[n] = value_spread(graph, keys[n], space);
    for (uint32_t n = 0; n < partition_count; n++) partition[n] = value_spread(graph, partition[n], space);
    if (mask) mask = value_spread(graph, mask, space);
    for (k = 0; k < graph->rank_count; k++) {
        struct rank_plan *old = &graph->ranks[k];
        bool same = old->space == space && old->key_count == key_count && old->partition_count == partition_count &&
                    old->mask == mask;
        for (uint32_t n = 0; same && n < key_count; n++)
            same = old->keys[n] == keys[n] && old->highest_first[n] == highest_first[n];
        for (uint32_t n = 0; same && n < partition_count; n++) same = old->partition[n] == partition[n];
        if (same) break;
    }
    if (k == graph->rank_count) {
        struct rank_plan plan = {.space = space, .key_count = key_count, .partition_count = partition_count, .mask = mask};
        plan.keys = ARENA_ARRAY(graph->arena, struct value *, key_count);
        plan.highest_first = ARENA_ARRAY(graph->arena, bool, key_count);
        for (uint32_t n = 0; n < key_count; n++) {
            plan.keys[n] = keys[n];
            plan.highest_first[n] = highest_first[n];
        }
        for (uint32_t n = 0; n < partition_count; n++) plan.partition[n] = partition[n];
        ARENA_PUSH(graph->arena, graph->ranks, graph->rank_count, graph->rank_capacity, plan);
    }
    struct value *v =
        intern(graph, &(struct value){.op = VALUE_RANK, .kind = REG_NUMBER, .space = space, .i = output, .j = (int64_t)k});
    graph->ranks[k].out[output] = v;
    return v;
}

uint32_t value_group(struct graph *graph, uint32_t table, struct value *key, struct value *mask, struct value *owner)
{
    key = value_spread(graph, key, space_of_table(table));
    if (mask) mask = value_spread(graph, mask, space_of_table(table));
    for (size_t k = 0; k < graph->group_count; k++)
        if (graph->groups[k].table == table && graph->groups[k].key == key && graph->groups[k].mask == mask &&
            graph->groups[k].owner == owner)
            return (uint32_t)k;
    struct group_plan plan = {.table = table, .key = key, .mask = mask, .owner = owner};
    plan.space = 1 + graph->schema->table_count + (uint32_t)graph->group_count;
    ARENA_PUSH(graph->arena, graph->groups, graph->group_count, graph->group_capacity, plan);
    return (uint32_t)(graph->group_count - 1);
}

struct value *value_group_out(struct graph *graph, uint32_t group, enum group_output output)
{
    struct group_plan *plan = &graph->groups[group];
    uint32_t space = output == GROUP_OF ? space_of_table(plan->table) : plan->space;
    struct value *v = intern(graph, &(struct value){.op = VALUE_GROUP,
                                                    .kind = output == GROUP_LIVE ? REG_MASK : REG_NUMBER,
                                                    .space = space,
                                                    .i = output,
                                                    .j = group});
    graph->groups[group].out[output] = v;
    return v;
}

uint32_t graph_lookup(struct graph *graph, const int64_t *entries, uint32_t count)
{
    for (size_t k = 0; k < graph->lookup_count; k++)
        if (graph->lookups[k].count == count && memcmp(graph->lookups[k].entries, entries, count * sizeof *entries) == 0)
            return (uint32_t)k;
    struct lookup lookup = {.entries = ARENA_ARRAY(graph->arena, int64_t, count), .count = count};
    if (count) memcpy(lookup.entries, entries, count * sizeof *entries);
    ARENA_PUSH(graph->arena, graph->lookups, graph->lookup_count, graph->lookup_capacity, lookup);
    return (uint32_t)(graph->lookup_count - 1);
}

bool space_is_group(const struct graph *graph, uint32_t space, uint32_t *group)
{
    if (space == ANYWHERE || space < 1 + graph->schema->table_count) return false;
    *group = space - 1 - graph->schema->table_count;
    return true;
}

bool space_is_table(const struct graph *graph, uint32_t space, uint32_t *table)
{
    if (space == ANYWHERE || space == SPACE_EVERYTHING || space >= 1 + graph->schema->table_count) return false;
    *table = space - 1;
    return true;
}

struct value *value_path(struct graph *graph, uint32_t from, uint32_t to)
{
    uint32_t group, table;
    if (to == SPACE_EVERYTHING) return value_number(graph, 0);
    if (space_is_group(graph, from, &group)) return to == SPACE_UNITS ? value_group_out(graph, group, GROUP_UNIT_OF) : NULL;
    if (!space_is_table(graph, from, &table)) return NULL;
    if (to == SPACE_UNITS && graph->role_owner && graph->role_table == table) return graph->role_owner;
    if (graph->schema->tables[table].parent == NO_INDEX) return NULL;
    if (to == SPACE_UNITS) return value_unit_of(graph, table);
    struct value *index = NULL;
    while (graph->schema->tables[table].parent > 0) {
        struct value *step = value_parent_of(graph, table);
        index = index ? value_gather(graph, step, index) : step;
        table = (uint32_t)graph->schema->tables[table].parent;
        if (space_of_table(table) == to) return index;
    }
    return NULL;
}

struct value *value_in_space(struct graph *graph, struct value *value, uint32_t space)
{
    if (value->space == ANYWHERE || value->space == space) return value;
    struct value *path = value_path(graph, space, value->space);
    if (!path) return NULL;
    if (value->space == SPACE_EVERYTHING) {
        /* a constant index has no space of its own: give the node the space it is read in */
        return intern(graph,
                      &(struct value){.op = VALUE_GATHER, .kind = value->kind, .space = space, .a = value, .b = path});
    }
    return value_gather(graph, value, path);
}
