/* Emits the program: one pass of straight-line code per stage and space, barriers before the stage that waits for them.
 *
 * In: a planned scheme. Out: struct program; each kept value knows its figure.
 * Decision: values are emitted in the order they were made, which puts arguments before users without any search; a
 * register is free again after its last user. Cost: not the least number of registers, but a number that does not grow
 * with the rules.
 */
#include "scheme.h"

#include "../runtime/limits.h"
#include "../runtime/opcode_is.h"

#include <stdlib.h>
#include <string.h>

/* What one pass has to do. */
struct bucket {
    struct value **values; /* maps to store and reductions to sink */
    size_t count, capacity;
    uint32_t *rules; /* to log */
    size_t rule_count, rule_capacity;
    uint32_t *checks;
    size_t check_count, check_capacity;
};

struct emitter {
    struct scheme *scheme;
    struct program *program;
    struct arena *arena;
    size_t figure_capacity, constant_capacity, pass_capacity;
    size_t figure_count, constant_count, pass_count;
    /* the pass in work */
    uint32_t pass, stage, space;
    struct insn *code;
    size_t length, code_capacity;
    enum reg_kind *registers;
    size_t register_count, register_capacity;
    uint32_t *free[3];
    size_t free_count[3], free_capacity[3];
};

static bool has_figure(const struct value *v)
{
    bool computed = v->op == VALUE_CODE || v->op == VALUE_GATHER || v->op == VALUE_SPREAD;
    return value_is_source(v) || (computed && v->stored && v->space != ANYWHERE);
}

static void make_figure(struct emitter *e, struct value *v)
{
    struct figure figure = {.space = v->space,
                            .kind = v->kind,
                            .source = FIGURE_MADE,
                            .kept = v->kept || (v->op == VALUE_GROUP && v->i == GROUP_UNIT_OF),
                            .explains = v->explains && v->space == SPACE_UNITS && !value_is_source(v)};
    const struct schema *schema = &e->scheme->schema;
    switch (v->op) {
    case VALUE_COLUMN:
        figure.source = FIGURE_COLUMN;
        figure.field = (uint32_t)v->j;
        figure.name = schema->tables[v->i].fields[v->j].name;
        figure.places = schema->tables[v->i].fields[v->j].places;
        schema->tables[v->i].fields[v->j].wanted = true;
        break;
    case VALUE_UNIT_OF: figure.source = FIGURE_UNIT_OF; break;
    case VALUE_PARENT_OF: figure.source = FIGURE_PARENT_OF; break;
    case VALUE_JUDGED:
        figure.source = FIGURE_JUDGED;
        figure.field = (uint32_t)v->i;
        figure.name = schema->judged[v->i].subject;
        break;
    case VALUE_REDUCE: {
        bool extreme = v->code == OP_CODE_SINK_MAX || v->code == OP_CODE_SINK_MIN || v->code == OP_CODE_SINK_MAX_Q ||
                       v->code == OP_CODE_SINK_MIN_Q;
        figure.source = extreme ? FIGURE_EXTREME : FIGURE_SUM;
        break;
    }
    case VALUE_RANK:
    case VALUE_GROUP:
    case VALUE_CODE:
    case VALUE_GATHER:
    case VALUE_SPREAD:
    case VALUE_CONST_N:
    case VALUE_CONST_Q:
    case VALUE_CONST_M: break;
    }
    v->figure = (uint32_t)e->figure_count;
    ARENA_PUSH(e->arena, e->program->figures, e->figure_count, e->figure_capacity, figure);
}

/* ---- registers and instructions ---- */

static uint32_t take_register(struct emitter *e, enum reg_kind kind)
{
    if (e->free_count[kind]) return e->free[kind][--e->free_count[kind]];
    ARENA_PUSH(e->arena, e->registers, e->register_count, e->register_capacity, kind);
    return (uint32_t)(e->register_count - 1);
}

static void give_register(struct emitter *e, enum reg_kind kind, uint32_t reg)
{
    ARENA_PUSH(e->arena, e->free[kind], e->free_count[kind], e->free_capacity[kind], reg);
}

static void put(struct emitter *e, enum opcode op, uint32_t r, uint32_t a, uint32_t b, uint32_t c, uint32_t d,
                struct span where)
{
    struct insn insn = {.op = (uint16_t)op, .r = r, .a = a, .b = b, .c = c, .d = d, .where = where};
    ARENA_PUSH(e->arena, e->code, e->length, e->code_capacity, insn);
}

static void used(struct emitter *e, struct value *v)
{
    if (v && --v->reg_uses == 0) give_register(e, v->kind, v->reg);
}

static uint32_t constant(struct emitter *e, int64_t num, int64_t den)
{
    ARENA_PUSH(e->arena, e->program->constants, e->constant_count, e->constant_capacity, ((struct constant){num, den}));
    return (uint32_t)(e->constant_count - 1);
}

/* Whether this pass reads v from a figure. */
static bool is_loaded(const struct emitter *e, const struct value *v)
{
    if (value_is_source(v)) return true;
    return v->stored && v->space != ANYWHERE && v->stage < e->stage;
}

static enum opcode by_kind(enum reg_kind kind, enum opcode n, enum opcode q, enum opcode m)
{
    return kind == REG_NUMBER ? n : kind == REG_QUOTIENT ? q : m;
}

static void emit_code(struct emitter *e, struct value *v)
{
    const char *letters = opcode_info(v->code)->operands;
    struct value *args[3] = {v->a, v->b, v->c};
    int64_t numbers[2] = {v->i, v->j};
    uint32_t operands[4] = {0, 0, 0, 0};
    int arg = 0, number = 0;
    for (int k = 0; letters[k]; k++) {
        bool reg = letters[k] == 'n' || letters[k] == 'q' || letters[k] == 'm' || letters[k] == 'x';
        operands[k] = reg ? args[arg++]->reg : (uint32_t)numbers[number++];
    }
    for (int k = 0; k < arg; k++) used(e, args[k]);
    v->reg = take_register(e, v->kind);
    put(e, v->code, v->reg, operands[0], operands[1], operands[2], operands[3], v->where);
}

static void emit_sink(struct emitter *e, struct value *v)
{
    uint32_t operands[4] = {v->figure, v->c->reg, 0, 0};
    int next = 2;
    if (v->a && v->code != OP_CODE_SINK_COUNT && v->code != OP_CODE_SINK_ANY) operands[next++] = v->a->reg;
    operands[next] = v->b->reg;
    put(e, v->code, 0, operands[0], operands[1], operands[2], operands[3], v->where);
    used(e, v->a);
    used(e, v->b);
    used(e, v->c);
}

static void emit_value(struct emitter *e, struct value *v)
{
    if (is_loaded(e, v)) {
        v->reg = take_register(e, v->kind);
        put(e, by_kind(v->kind, OP_CODE_LOAD_N, OP_CODE_LOAD_Q, OP_CODE_LOAD_M), v->reg, v->figure, 0, 0, 0, v->where);
        return;
    }
    switch (v->op) {
    case VALUE_CONST_N:
        v->reg = take_register(e, v->kind);
        put(e, OP_CODE_CONST_N, v->reg, constant(e, v->i, 1), 0, 0, 0, v->where);
        break;
    case VALUE_CONST_Q:
        v->reg = take_register(e, v->kind);
        put(e, OP_CODE_CONST_Q, v->reg, constant(e, v->i, v->j), 0, 0, 0, v->where);
        break;
    case VALUE_CONST_M:
        v->reg = take_register(e, v->kind);
        put(e, OP_CODE_CONST_M, v->reg, (uint32_t)v->i, 0, 0, 0, v->where);
        break;
    case VALUE_CODE: emit_code(e, v); break;
    case VALUE_GATHER: {
        enum opcode op = by_kind(v->kind, OP_CODE_GATHER_N, OP_CODE_GATHER_Q, OP_CODE_GATHER_M);
        uint32_t index = v->b->reg;
        used(e, v->b);
        v->reg = take_register(e, v->kind);
        put(e, op, v->reg, v->a->figure, index, 0, 0, v->where);
        break;
    }
    case VALUE_SPREAD: v->reg = v->a->reg; break; /* stored from there: see emit_store */
    case VALUE_COLUMN:
    case VALUE_UNIT_OF:
    case VALUE_PARENT_OF:
    case VALUE_JUDGED:
    case VALUE_REDUCE:
    case VALUE_RANK:
    case VALUE_GROUP: break; /* loaded, above */
    }
}

/* ---- a pass ---- */

struct needed {
    struct value **items;
    size_t count, capacity;
};

static void need(struct emitter *e, struct needed *list, struct value *v)
{
    if (!v) return;
    if (v->reg_pass != e->pass) {
        v->reg_pass = e->pass;
        v->reg_uses = 0;
        ARENA_PUSH(e->arena, list->items, list->count, list->capacity, v);
    }
    v->reg_uses++;
}

static int by_age(const void *x, const void *y)
{
    const struct value *a = *(struct value *const *)x, *b = *(struct value *const *)y;
    return (a->id > b->id) - (a->id < b->id);
}

/* `have` against `of`, behind a line of the ledger. */
static void emit_pair(struct emitter *e, uint32_t line, struct expr have, struct expr of, uint32_t mask, struct span where)
{
    uint32_t pair[2];
    const struct expr sides[2] = {have, of};
    for (int k = 0; k < 2; k++) {
        pair[k] = sides[k].value->reg;
        if (sides[k].type.kind == TYPE_QUOTIENT) continue;
        pair[k] = take_register(e, REG_QUOTIENT);
        put(e, OP_CODE_TO_Q, pair[k], sides[k].value->reg, sides[k].type.places, 0, 0, where);
    }
    put(e, OP_CODE_LEDGER_OF, 0, line, pair[0], pair[1], mask, where);
    for (int k = 0; k < 2; k++)
        if (sides[k].type.kind != TYPE_QUOTIENT) give_register(e, REG_QUOTIENT, pair[k]);
}

/* The rule's line, then one for each comparison that is explained: they have the same mask, so the same lanes. */
static void emit_ledger(struct emitter *e, struct rule *rule, uint32_t index)
{
    uint32_t owner;
    struct span where = rule->line->at;
    bool own = rule->owner != NULL;
    if (own)
        owner = rule->owner->reg;
    else {
        owner = take_register(e, REG_NUMBER);
        put(e, OP_CODE_LANE, owner, 0, 0, 0, 0, where);
    }
    struct value *amount = rule->amount.value;
    uint32_t reg, nothing = NO_INDEX;
    if (!amount || rule->compared_count) {
        nothing = take_register(e, REG_NUMBER);
        put(e, OP_CODE_CONST_N, nothing, constant(e, 0, 1), 0, 0, 0, where);
    }
    reg = amount ? amount->reg : nothing;
    put(e, amount && amount->kind == REG_QUOTIENT ? OP_CODE_LEDGER_Q : OP_CODE_LEDGER_N, 0, index, reg, owner,
        rule->mask->reg, where);
    if (rule->have.value && rule->of.value) emit_pair(e, index, rule->have, rule->of, rule->mask->reg, where);
    for (uint32_t k = 0; k < rule->compared_count; k++) {
        put(e, OP_CODE_LEDGER_N, 0, rule->compared_first + k, nothing, owner, rule->mask->reg, where);
        emit_pair(e, rule->compared_first + k, rule->compared[k].left, rule->compared[k].right, rule->mask->reg, where);
    }
    if (!own) give_register(e, REG_NUMBER, owner);
    if (nothing != (uint32_t)NO_INDEX) give_register(e, REG_NUMBER, nothing);
}

enum { OPERANDS = 5 + 2 * COMPARED_OF_RULE };

/* What a rule's lines of the ledger are made from; NULL where there is nothing. */
static void rule_operands(const struct rule *rule, struct value *room[OPERANDS])
{
    bool of = rule->have.value && rule->of.value;
    memset(room, 0, OPERANDS * sizeof *room);
    room[0] = rule->mask;
    room[1] = rule->amount.value;
    room[2] = rule->owner;
    room[3] = of ? rule->have.value : NULL;
    room[4] = of ? rule->of.value : NULL;
    for (uint32_t k = 0; k < rule->compared_count; k++) {
        room[5 + 2 * k] = rule->compared[k].left.value;
        room[6 + 2 * k] = rule->compared[k].right.value;
    }
}

static void emit_pass(struct emitter *e, struct bucket *bucket)
{
    struct needed list = {0};
    struct value *operands[OPERANDS];
    e->code = NULL;
    e->registers = NULL;
    e->length = e->code_capacity = e->register_count = e->register_capacity = 0;
    for (int k = 0; k < 3; k++) e->free_count[k] = 0;
    e->pass = (uint32_t)e->pass_count + 1;
    for (size_t k = 0; k < bucket->count; k++) need(e, &list, bucket->values[k]);
    for (size_t k = 0; k < bucket->check_count; k++) need(e, &list, e->scheme->check_values[bucket->checks[k]]);
    for (size_t k = 0; k < bucket->rule_count; k++) {
        rule_operands(&e->scheme->rules[bucket->rules[k]], operands);
        for (int n = 0; n < OPERANDS; n++) need(e, &list, operands[n]);
    }
    for (size_t k = 0; k < list.count; k++) { /* the list grows as it is walked */
        struct value *v = list.items[k];
        bool sunk = v->op == VALUE_REDUCE && v->stage == e->stage + 1 && (uint32_t)v->j == e->space;
        if (!sunk && is_loaded(e, v)) continue;
        if (v->op != VALUE_GATHER) need(e, &list, v->a);
        need(e, &list, v->b);
        need(e, &list, v->c);
    }
    qsort(list.items, list.count, sizeof *list.items, by_age);
    for (size_t k = 0; k < list.count; k++) {
        struct value *v = list.items[k];
        bool sunk = v->op == VALUE_REDUCE && v->stage == e->stage + 1 && (uint32_t)v->j == e->space;
        if (sunk) {
            emit_sink(e, v);
            continue;
        }
        emit_value(e, v);
        bool kept = has_figure(v) && !is_loaded(e, v);
        if (kept)
            put(e, by_kind(v->kind, OP_CODE_STORE_N, OP_CODE_STORE_Q, OP_CODE_STORE_M), 0, v->figure, v->reg, 0, 0,
                v->where);
        if (v->op == VALUE_SPREAD) { /* shares its argument's register */
            used(e, v->a);
            v->reg_uses = UINT32_MAX;
        } else if (kept)
            used(e, v); /* the bucket's own use */
    }
    for (size_t k = 0; k < bucket->check_count; k++) {
        struct value *v = e->scheme->check_values[bucket->checks[k]];
        put(e, OP_CODE_CHECK, 0, v->reg, bucket->checks[k], 0, 0, v->where);
        used(e, v);
    }
    for (size_t k = 0; k < bucket->rule_count; k++) {
        struct rule *rule = &e->scheme->rules[bucket->rules[k]];
        emit_ledger(e, rule, bucket->rules[k]);
        rule_operands(rule, operands);
        for (int n = 0; n < OPERANDS; n++) used(e, operands[n]);
    }
    struct pass pass = {.kind = PASS_CODE,
                        .space = e->space,
                        .stage = e->stage,
                        .code = e->code,
                        .length = (uint32_t)e->length,
                        .registers = e->registers,
                        .register_count = (uint32_t)e->register_count};
    ARENA_PUSH(e->arena, e->program->passes, e->pass_count, e->pass_capacity, pass);
}

/* ---- barriers ---- */

static uint32_t figure_of(struct value *v) { return v && v->live ? v->figure : NO_FIGURE; }

static void emit_barriers(struct emitter *e, uint32_t stage)
{
    struct graph *graph = &e->scheme->graph;
    for (uint32_t k = 0; k < graph->group_count; k++) {
        struct group_plan *plan = &graph->groups[k];
        if (!plan->out[GROUP_OF] || !plan->out[GROUP_OF]->live || plan->stage != stage) continue;
        ARENA_PUSH(e->arena, e->program->passes, e->pass_count, e->pass_capacity,
                   ((struct pass){.kind = PASS_GROUP, .barrier = k, .stage = stage}));
    }
    for (uint32_t k = 0; k < graph->rank_count; k++) {
        struct rank_plan *plan = &graph->ranks[k];
        bool live = false;
        for (int n = 0; n < RANK_OUTPUTS; n++) live |= plan->out[n] && plan->out[n]->live;
        if (!live || plan->stage != stage) continue;
        ARENA_PUSH(e->arena, e->program->passes, e->pass_count, e->pass_capacity,
                   ((struct pass){.kind = PASS_RANK, .barrier = k, .stage = stage}));
    }
}

static void describe_barriers(struct emitter *e)
{
    struct graph *graph = &e->scheme->graph;
    struct program *program = e->program;
    program->rank_count = (uint32_t)graph->rank_count;
    program->ranks = ARENA_ARRAY(e->arena, struct rank, graph->rank_count);
    for (size_t k = 0; k < graph->rank_count; k++) {
        struct rank_plan *plan = &graph->ranks[k];
        struct rank *rank = &program->ranks[k];
        *rank = (struct rank){.space = plan->space,
                              .highest_first = plan->highest_first,
                              .key_count = plan->key_count,
                              .partition_count = plan->partition_count,
                              .mask = figure_of(plan->mask),
                              .place = figure_of(plan->out[RANK_PLACE]),
                              .from_last = figure_of(plan->out[RANK_FROM_LAST]),
                              .ordinal = figure_of(plan->out[RANK_ORDINAL]),
                              .size = figure_of(plan->out[RANK_SIZE])};
        rank->keys = ARENA_ARRAY(e->arena, uint32_t, plan->key_count);
        rank->partition = ARENA_ARRAY(e->arena, uint32_t, plan->partition_count);
        for (uint32_t n = 0; n < plan->key_count; n++) rank->keys[n] = figure_of(plan->keys[n]);
        for (uint32_t n = 0; n < plan->partition_count; n++) rank->partition[n] = figure_of(plan->partition[n]);
    }
    program->group_count = (uint32_t)graph->group_count;
    program->groups = ARENA_ARRAY(e->arena, struct group, graph->group_count);
    for (size_t k = 0; k < graph->group_count; k++) {
        struct group_plan *plan = &graph->groups[k];
        program->groups[k] = (struct group){.from_space = space_of_table(plan->table),
                                            .key = figure_of(plan->key),
                                            .owner = figure_of(plan->owner),
                                            .mask = figure_of(plan->mask),
                                            .space = plan->space,
                                            .group_of = figure_of(plan->out[GROUP_OF]),
                                            .unit_of = figure_of(plan->out[GROUP_UNIT_OF]),
                                            .key_of = figure_of(plan->out[GROUP_KEY_OF]),
                                            .live = figure_of(plan->out[GROUP_LIVE])};
    }
}

static void describe_spaces(struct emitter *e)
{
    struct graph *graph = &e->scheme->graph;
    struct program *program = e->program;
    program->space_count = 1 + graph->schema->table_count + (uint32_t)graph->group_count;
    program->spaces = ARENA_ARRAY(e->arena, struct space, program->space_count);
    program->spaces[0] = (struct space){.kind = SPACE_ALL};
    for (uint32_t k = 0; k < graph->schema->table_count; k++)
        program->spaces[1 + k] = (struct space){.kind = SPACE_TABLE, .table = k};
    for (uint32_t k = 0; k < graph->group_count; k++)
        program->spaces[1 + graph->schema->table_count + k] =
            (struct space){.kind = SPACE_GROUP, .table = graph->groups[k].table, .group = k};
}

/* ---- the program ---- */

static uint32_t later(uint32_t stage, const struct value *v) { return v && v->stage > stage ? v->stage : stage; }

static void fill_buckets(struct emitter *e, struct bucket *buckets, uint32_t spaces)
{
    struct scheme *scheme = e->scheme;
    for (size_t k = 0; k < scheme->graph.count; k++) {
        struct value *v = scheme->graph.all[k];
        if (!v->live) continue;
        struct bucket *b;
        if (v->op == VALUE_REDUCE)
            b = &buckets[(size_t)(v->stage - 1) * spaces + (size_t)v->j];
        else if ((v->op == VALUE_CODE || v->op == VALUE_GATHER || v->op == VALUE_SPREAD) && has_figure(v))
            b = &buckets[(size_t)v->stage * spaces + v->space];
        else
            continue;
        ARENA_PUSH(e->arena, b->values, b->count, b->capacity, v);
    }
    for (uint32_t k = 0; k < scheme->check_count; k++) {
        struct value *v = scheme->check_values[k];
        struct bucket *b = &buckets[(size_t)v->stage * spaces + space_of_table(scheme->checks[k].table)];
        ARENA_PUSH(e->arena, b->checks, b->check_count, b->check_capacity, k);
    }
    for (uint32_t k = 0; k < scheme->rule_count && !scheme->reading.table_only && !scheme->reading.checks_only;
         k++) { /* else there is no ledger */
        struct rule *rule = &scheme->rules[k];
        if (!rule->mask) continue;
        struct value *operands[OPERANDS];
        rule_operands(rule, operands);
        uint32_t stage = 0;
        for (int n = 0; n < OPERANDS; n++) stage = later(stage, operands[n]);
        struct bucket *b = &buckets[(size_t)stage * spaces + rule->space];
        ARENA_PUSH(e->arena, b->rules, b->rule_count, b->rule_capacity, k);
    }
}

static void is_read(struct program *program, uint32_t figure)
{
    if (figure != NO_FIGURE) program->figures[figure].explains = false;
}

/* What the program itself reads does not only explain. */
static void note_readers(struct program *program)
{
    for (uint32_t p = 0; p < program->pass_count; p++) {
        const struct pass *pass = &program->passes[p];
        for (uint32_t i = 0; i < pass->length; i++) {
            enum opcode op = (enum opcode)pass->code[i].op;
            if (opcode_info(op)->operands[0] == 'f' && !opcode_is_store(op)) is_read(program, pass->code[i].a);
        }
    }
    for (uint32_t k = 0; k < program->rank_count; k++) {
        const struct rank *rank = &program->ranks[k];
        for (uint32_t n = 0; n < rank->key_count; n++) is_read(program, rank->keys[n]);
        for (uint32_t n = 0; n < rank->partition_count; n++) is_read(program, rank->partition[n]);
        is_read(program, rank->mask);
    }
    for (uint32_t k = 0; k < program->group_count; k++) {
        const struct group *group = &program->groups[k];
        is_read(program, group->key);
        is_read(program, group->owner);
        is_read(program, group->mask);
    }
}

struct program *scheme_emit(struct scheme *scheme, const struct plan *plan)
{
    struct arena *arena = scheme->arena;
    struct program *program = ARENA_NEW(arena, struct program);
    struct emitter e = {.scheme = scheme, .program = program, .arena = arena};
    struct schema *schema = &scheme->schema;
    for (uint32_t t = 0; t < schema->table_count; t++) {
        struct table_schema *table = &schema->tables[t];
        if (table->key != NO_INDEX) table->fields[table->key].wanted = true;
        if (table->by != NO_INDEX) table->fields[table->by].wanted = true;
        for (uint32_t f = 0; table->for_all && f < table->field_count; f++)
            table->fields[f].wanted = true; /* explanations quote them */
    }
    for (size_t k = 0; k < scheme->graph.count; k++)
        if (scheme->graph.all[k]->live && has_figure(scheme->graph.all[k])) make_figure(&e, scheme->graph.all[k]);
    uint32_t lines = (uint32_t)scheme->rule_count; /* of the ledger: the rules, then what they compare */
    for (size_t k = 0; k < scheme->rule_count; k++) {
        scheme->rules[k].compared_first = lines;
        lines += scheme->rules[k].compared_count;
    }
    describe_spaces(&e);
    describe_barriers(&e);
    uint32_t spaces = program->space_count;
    struct bucket *buckets = ARENA_ARRAY(arena, struct bucket, (size_t)plan->stages * spaces);
    fill_buckets(&e, buckets, spaces);
    for (e.stage = 0; e.stage < plan->stages; e.stage++) {
        emit_barriers(&e, e.stage);
        for (e.space = 0; e.space < spaces; e.space++) {
            struct bucket *b = &buckets[(size_t)e.stage * spaces + e.space];
            if (b->count || b->check_count || b->rule_count) emit_pass(&e, b);
        }
    }
    program->schema = *schema;
    program->figure_count = (uint32_t)e.figure_count;
    program->constant_count = (uint32_t)e.constant_count;
    program->pass_count = (uint32_t)e.pass_count;
    note_readers(program);
    program->lookups = scheme->graph.lookups;
    program->lookup_count = (uint32_t)scheme->graph.lookup_count;
    program->checks = scheme->checks;
    program->check_count = (uint32_t)scheme->check_count;
    program->rule_count = lines;
    program->rules = ARENA_ARRAY(arena, struct span, lines);
    for (size_t k = 0; k < scheme->rule_count; k++) {
        const struct rule *rule = &scheme->rules[k];
        program->rules[k] = rule->line->at;
        for (uint32_t n = 0; n < rule->compared_count; n++)
            program->rules[rule->compared_first + n] = rule->compared[n].at->at;
    }
    return program;
}
