/* Rules: a line of an item, from its heads inward to its effects.
 *
 * In: RULE and NEEDS lines. Out: how often the rule fired, its points before and after the cap, and masks over units for
 * what it forfeits, vetoes, bars, decides or leaves open.
 * Decision: a rule is one place (a space), one mask and one number of times; heads narrow these from left to right, and
 * everything that an effect needs is read off at the end. So nesting needs no code of its own.
 */
#include "scheme.h"

#include "../runtime/quotient.h"

/* Where a rule has got to, head by head. */
struct firing {
    struct scope scope;
    struct value *mask;  /* over scope.space; NULL: always */
    struct value *owner; /* from scope.space to the unit; NULL while that is the unit */
    struct expr times;   /* over scope.space; no value: once */
    struct rule *rule;
    bool fine;
};

void reading_named(struct scheme *scheme, const struct ast *when)
{
    struct ast *name = when->a, *answer = when->b;
    struct entity *e = names_find(&scheme->global, name->text);
    if (!e || e->kind != ENTITY_QUESTION) {
        struct suggest near;
        suggest_start(&near, name->text);
        names_offer(&near, &scheme->global, 1u << ENTITY_QUESTION);
        names_repair(scheme, FIND(scheme->findings, D_NO_QUESTION, name->at, name->text), name->at, &near);
        return;
    }
    e->index++; /* read by the check for idle questions */
    struct buffer words;
    struct suggest near;
    buffer_init(&words, scheme->arena);
    suggest_start(&near, answer->text);
    for (struct ast *option = e->decl->list; option; option = option->next) {
        if (text_equal(option->text, answer->text)) return;
        suggest_offer(&near, option->text);
        if (option != e->decl->list) buffer_put(&words, scheme->tongue == TONGUE_ZH ? "、" : ", ");
        buffer_text(&words, option->text);
    }
    struct finding *finding =
        FIND(scheme->findings, D_NO_ANSWER, answer->at, answer->text, name->text, buffer_result(&words));
    names_repair(scheme, finding, answer->at, &near);
}

/* A condition that decides whether the rule fires. */
static struct value *hinge(struct scheme *scheme, struct rule *rule, struct scope *scope, struct ast *at)
{
    bool outer = scheme->comparing;
    size_t before = scheme->compared_count;
    scheme->comparing = true;
    struct value *mask = condition_lower(scheme, scope, at);
    if (mask) compared_keep(scheme, rule, scope, at);
    scheme->comparing = outer;
    scheme->compared_count = before;
    return mask;
}

/* where … except …: a mask over the rows; NULL when neither is written. */
static struct value *filter(struct scheme *scheme, struct scope *rows, struct ast *where, struct ast *except,
                            struct rule *rule, bool *fine)
{
    struct value *mask = NULL;
    if (where) {
        mask = rule ? hinge(scheme, rule, rows, where) : condition_lower(scheme, rows, where);
        *fine &= mask != NULL;
        scope_learn(scheme, rows, where, true);
    }
    if (except) {
        struct value *out = condition_lower(scheme, rows, except);
        *fine &= out != NULL;
        if (out) mask = mask_and(scheme, mask, mask_not(scheme, out));
        scope_learn(scheme, rows, except, false);
    }
    return mask;
}

static void times_more(struct scheme *scheme, struct firing *f, struct expr factor)
{
    f->times = f->times.value ? expr_mul(scheme, f->times, factor) : factor;
}

/* The quotient of a distance and a step, with what an unfinished step counts. */
static struct expr steps(struct scheme *scheme, struct expr distance, struct expr step, enum ast_op remainder)
{
    if (remainder == OP_PRO_RATA) return step.value ? expr_div(scheme, distance, step, FAULT_ZERO) : distance;
    bool started = remainder == OP_STARTED;
    if (!step.value) return expr_round(scheme, distance, 0, started ? ROUND_CEILING : ROUND_FLOOR);
    expr_unify(scheme, &distance, &step);
    if (distance.type.kind == TYPE_QUOTIENT)
        return expr_round(scheme, expr_div(scheme, distance, step, FAULT_ZERO), 0, started ? ROUND_CEILING : ROUND_FLOOR);
    enum opcode op = started ? OP_CODE_CEIL_DIV : OP_CODE_FLOOR_DIV;
    return (struct expr){value_code(&scheme->graph, op, distance.value, step.value, NULL, 0, 0),
                         type_number(0, 0, RANGE_LIMIT)};
}

static void head_if(struct scheme *scheme, struct firing *f, struct ast *head)
{
    struct value *mask = hinge(scheme, f->rule, &f->scope, head->a);
    f->fine &= mask != NULL;
    if (mask) f->mask = mask_and(scheme, f->mask, mask);
    scope_learn(scheme, &f->scope, head->a, true);
}

/* Moves the firing into a finer space: what held stays, seen from there. */
static void descend(struct scheme *scheme, struct firing *f, uint32_t space, struct value *index, struct value *mask,
                    int32_t group)
{
    if (f->mask) f->mask = value_gather(&scheme->graph, f->mask, index);
    f->mask = mask_and(scheme, mask, f->mask);
    if (f->times.value) f->times.value = value_gather(&scheme->graph, f->times.value, index);
    f->scope.space = space;
    f->scope.group = group;
    f->owner = value_path(&scheme->graph, space, SPACE_UNITS);
}

static struct scope scope_of_rows(const struct firing *f, uint32_t table)
{
    struct scope scope = f->scope; /* what is known of the unit stays known */
    scope.space = space_of_table(table);
    scope.group = NO_INDEX;
    return scope;
}

/* Σ of x over the unit's places where mask holds. */
static struct expr sum_of_unit(struct scheme *scheme, uint32_t space, struct value *owner, struct value *mask, struct expr x)
{
    if (space == SPACE_UNITS) return mask ? expr_select(scheme, mask, x, expr_number(scheme, 0, 0)) : x;
    enum opcode sink = x.type.kind == TYPE_QUOTIENT ? OP_CODE_SINK_SUM_Q : OP_CODE_SINK_SUM;
    struct type type = x.type;
    type.low = x.type.low >= 0 ? 0 : -RANGE_LIMIT;
    type.high = x.type.high <= 0 ? 0 : RANGE_LIMIT;
    return (struct expr){value_reduce(&scheme->graph, sink, x.value, mask, owner, space, SPACE_UNITS), type};
}

static void head_groups(struct scheme *scheme, struct firing *f, struct ast *head, const struct rows *rows)
{
    struct graph *graph = &scheme->graph;
    struct scope inner = scope_of_rows(f, rows->table);
    if (head->e) scope_learn_value(scheme, &inner, rows->index);
    struct value *mask = mask_and(scheme, rows->mask, filter(scheme, &inner, head->c, head->d, NULL, &f->fine));
    struct expr key = expr_here(scheme, &inner, head->b);
    if (!expr_ok(key) || !f->fine) {
        f->fine = false;
        return;
    }
    if (key.type.kind == TYPE_QUOTIENT || f->scope.space != SPACE_UNITS) {
        if (key.type.kind == TYPE_QUOTIENT)
            FIND(scheme->findings, D_NOT_TOGETHER, head->b->at, type_word(scheme, key.type),
                 scheme_word(scheme, "groups", "分组"));
        else
            FIND(scheme->findings, D_WITH_TABLE, head->a->at, head->a->text,
                 scheme_word(scheme, "the row in hand", "当前这一行"));
        f->fine = false;
        return;
    }
    struct value *owner = value_path(graph, space_of_table(rows->table), SPACE_UNITS);
    uint32_t group = value_group(graph, rows->table, as_number(scheme, key.value), mask, owner);
    if (head->f) { /* per 2 people in absence: one firing for each full two of them */
        struct expr step = number_lower(scheme, &f->scope, head->f), one = expr_number(scheme, 1, 0);
        uint32_t space = graph->groups[group].space;
        f->fine &= expr_ok(step);
        if (!f->fine) return;
        struct expr count = sum_of_unit(scheme, space, value_group_out(graph, group, GROUP_UNIT_OF),
                                        value_group_out(graph, group, GROUP_LIVE), one);
        times_more(scheme, f, steps(scheme, count, step, OP_WHOLE));
        return;
    }
    descend(scheme, f, graph->groups[group].space, value_group_out(graph, group, GROUP_UNIT_OF),
            value_group_out(graph, group, GROUP_LIVE), (int32_t)group);
}

/* The columns of a table that say whose its rows are. */
static struct text roles_of(struct scheme *scheme, const struct table_schema *table)
{
    struct buffer words;
    buffer_init(&words, scheme->arena);
    for (uint32_t f = 0; f < table->field_count; f++) {
        if (table->fields[f].kind != FIELD_UNIT) continue;
        if (words.len) buffer_put(&words, scheme->tongue == TONGUE_ZH ? "、" : ", ");
        buffer_text(&words, table->fields[f].name);
    }
    return buffer_result(&words);
}

/* per T as COLUMN: the rows are those of the unit in that column. False after a finding. */
static bool take_role(struct scheme *scheme, const struct firing *f, struct ast *head, struct rows *rows)
{
    const struct table_schema *table = &scheme->schema.tables[rows->table];
    if (!head->e) {
        if (!table->roles) return true;
        uint32_t column = 0;
        while (table->fields[column].kind != FIELD_UNIT) column++;
        FIND(scheme->findings, D_ROLE_NEEDED, head->a->at, head->a->text, table->fields[column].name);
        return false;
    }
    struct entity *e = names_find(&scheme->fields[rows->table], head->e->text);
    if (!e || e->kind != ENTITY_FIELD || table->fields[e->index].kind != FIELD_UNIT || !table->roles) {
        if (table->roles)
            FIND(scheme->findings, D_ROLE_OTHER, head->e->at, head->a->text, head->e->text, roles_of(scheme, table));
        else
            FIND(scheme->findings, D_ALIAS_TABLE, head->e->at, head->a->text, head->e->text);
        return false;
    }
    if (f->scope.space != SPACE_UNITS) {
        FIND(scheme->findings, D_WITH_TABLE, head->a->at, head->a->text,
             scheme_word(scheme, "the row in hand", "当前这一行"));
        return false;
    }
    struct value *column = value_column(&scheme->graph, rows->table, e->index);
    scheme->graph.role_table = rows->table;
    scheme->graph.role_owner = column;
    rows->index = column;
    rows->home = SPACE_UNITS;
    if (table->fields[e->index].optional) /* nobody in this role: nobody's row */
        rows->mask = mask_and(scheme, rows->mask, value_code(&scheme->graph, OP_CODE_KNOWN_N, column, NULL, NULL, 0, 0));
    return true;
}

static void head_per(struct scheme *scheme, struct firing *f, struct ast *head)
{
    struct rows rows;
    if (!rows_find(scheme, &f->scope, head->a, &rows) || !take_role(scheme, f, head, &rows)) {
        f->fine = false;
        return;
    }
    if (rows.home != f->scope.space) { /* rows that the one in hand does not own */
        uint32_t table = 0;
        space_is_table(&scheme->graph, f->scope.space, &table);
        FIND(scheme->findings, D_WITH_TABLE, head->a->at, head->a->text, scheme->schema.tables[table].name);
        f->fine = false;
        return;
    }
    if (head->b) {
        head_groups(scheme, f, head, &rows);
        return;
    }
    struct scope inner = scope_of_rows(f, rows.table);
    if (head->e) scope_learn_value(scheme, &inner, rows.index); /* the unit itself: not blank */
    struct value *mask = filter(scheme, &inner, head->c, head->d, head->f ? NULL : f->rule, &f->fine);
    if (!f->fine) return;
    if (head->f) { /* per 2 articles: one firing for each full two */
        struct expr step = number_lower(scheme, &f->scope, head->f);
        if (!expr_ok(step)) {
            f->fine = false;
            return;
        }
        struct expr count = rows_count(scheme, &rows, mask);
        times_more(scheme, f, steps(scheme, count, step, head->op == OP_NONE ? OP_WHOLE : head->op));
        f->rule->have = count;
        f->rule->of = step;
        f->rule->counted = head->a->text;
        f->rule->stepped = true;
        return;
    }
    descend(scheme, f, space_of_table(rows.table), rows.index, mask_and(scheme, rows.mask, mask), NO_INDEX);
    f->scope.known = inner.known;
    f->scope.known_count = inner.known_count;
    f->scope.known_capacity = inner.known_capacity;
}

/* The target a table names for itself: `at least 6`. */
static struct ast *table_target(struct scheme *scheme, struct ast *what)
{
    struct entity *e = what->kind == AST_NAME ? names_find(&scheme->global, what->text) : NULL;
    while (e && e->kind == ENTITY_VIEW) e = names_find(&scheme->global, e->decl->a->text);
    return e && e->kind == ENTITY_TABLE ? e->decl->d : NULL;
}

static bool is_rows(struct scheme *scheme, const struct firing *f, struct ast *what)
{
    if (what->kind != AST_NAME) return false;
    struct entity *e = names_find(&scheme->global, what->text);
    if (e) return e->kind == ENTITY_TABLE || e->kind == ENTITY_VIEW;
    return f->scope.group != NO_INDEX && builtin_find(what->text) == BUILTIN_GROUP;
}

static void head_distance(struct scheme *scheme, struct firing *f, struct ast *head)
{
    bool missing = head->kind == AST_HEAD_MISSING;
    struct expr have = expr_none();
    if (is_rows(scheme, f, head->a)) {
        struct rows rows;
        if (rows_find(scheme, &f->scope, head->a, &rows)) {
            struct scope inner = scope_of_rows(f, rows.table);
            struct value *mask = filter(scheme, &inner, head->c, head->e, NULL, &f->fine);
            if (f->fine)
                have = expr_in_space(scheme, unless_unknown(scheme, &rows, rows_count(scheme, &rows, mask)), f->scope.space,
                                     head->a);
        }
    } else {
        have = number_lower(scheme, &f->scope, head->a);
        struct value *mask = filter(scheme, &f->scope, head->c, head->e, f->rule, &f->fine);
        f->mask = mask_and(scheme, f->mask, mask);
    }
    struct ast *target = head->b ? head->b : table_target(scheme, head->a);
    if (!target) {
        FIND(scheme->findings, D_NO_TARGET, head->a->at, head->a->text.len ? head->a->text : TEXT("…"));
        f->fine = false;
        return;
    }
    struct expr of = number_lower(scheme, &f->scope, target);
    struct expr step = head->d ? number_lower(scheme, &f->scope, head->d) : (struct expr){0};
    if (head->d && head->d->kind == AST_DURATION) { /* per missing 1 day …: so many of the same measure */
        step = expr_lower(scheme, &f->scope, head->d);
        step.type = type_number(0, step.value->i, step.value->i);
    }
    if (!expr_ok(have) || !expr_ok(of) || !f->fine || (head->d && !expr_ok(step))) {
        f->fine = false;
        return;
    }
    int64_t number = 1;
    unsigned places = 0;
    if (step.value && expr_is_constant(step, &number, &places) && number <= 0) {
        FIND(scheme->findings, D_STEP_ZERO, head->d->at);
        f->fine = false;
        return;
    }
    struct expr distance = missing ? expr_sub(scheme, of, have) : expr_sub(scheme, have, of);
    distance = expr_max(scheme, distance, expr_number(scheme, 0, 0));
    bool whole =
        distance.type.kind == TYPE_NUMBER && distance.type.places == 0 && (!step.value || (number == 1 && places == 0));
    if (whole && head->op == OP_NONE)
        times_more(scheme, f, distance);
    else if (head->op == OP_NONE) {
        FIND(scheme->findings, D_REMAINDER, head->a->at,
             head->a->text.len ? head->a->text : scheme_word(scheme, "this", "此处"));
        f->fine = false;
        return;
    } else
        times_more(scheme, f, steps(scheme, distance, step, head->op));
    f->rule->have = have;
    f->rule->of = of;
    f->rule->counted = head->a->text;
}

/* A mask over the units: whether any place of the rule where `mask` holds is the unit's. */
static struct value *any_of_unit(struct scheme *scheme, uint32_t space, struct value *owner, struct value *mask)
{
    if (!mask) mask = value_truth(&scheme->graph, true);
    if (space == SPACE_UNITS) return mask;
    return value_reduce(&scheme->graph, OP_CODE_SINK_ANY, NULL, mask, owner, space, SPACE_UNITS);
}

/* The same of places where `fired` and `condition` hold. What is asked of the unit itself (`if count = 2`) is asked of the
 * unit, not of each of its rows, which then need not be kept until the unit is known. */
static struct value *any_of_both(struct scheme *scheme, uint32_t space, struct value *owner, struct value *fired,
                                 struct value *condition)
{
    bool of_unit =
        space != SPACE_UNITS && condition->op == VALUE_GATHER && condition->b == owner && condition->a->space == SPACE_UNITS;
    if (of_unit) return mask_and(scheme, any_of_unit(scheme, space, owner, fired), condition->a);
    return any_of_unit(scheme, space, owner, mask_and(scheme, fired, condition));
}

static void read_firing(struct scheme *scheme, struct firing *f)
{
    struct rule *rule = f->rule;
    struct expr once = f->times.value ? f->times : expr_number(scheme, 1, 0);
    if (f->times.value)
        f->mask = mask_and(scheme, f->mask, expr_order(scheme, OP_GT, f->times, expr_number(scheme, 0, 0)).value);
    rule->space = f->scope.space;
    rule->mask = f->mask ? f->mask : value_truth(&scheme->graph, true);
    rule->owner = f->owner;
    rule->count = sum_of_unit(scheme, rule->space, f->owner, f->mask, once);
    rule->fired = any_of_unit(scheme, rule->space, f->owner, f->mask);
    compared_settle(scheme, rule);
}

static void points_effect(struct scheme *scheme, struct firing *f, struct ast *effect, struct ast *line)
{
    struct rule *rule = f->rule;
    if (rule->gross.value) {
        FIND(scheme->findings, D_TWO_AMOUNTS, effect->at);
        return;
    }
    struct expr amount = number_lower(scheme, &f->scope, effect->a);
    if (!expr_ok(amount)) return;
    rule->minus = effect->op == OP_MINUS;
    int64_t number;
    unsigned places;
    bool constant = expr_is_constant(amount, &number, &places);
    if (constant && number == 0)
        FIND(scheme->findings, D_NO_EFFECT, effect->at);
    else if (constant && !line->list && rule->minus && !rule->every)
        FIND(scheme->findings, D_ALWAYS, effect->at, effect->a->text);
    if (f->times.value) amount = expr_mul(scheme, amount, f->times);
    compared_use(scheme, rule, &f->scope, effect->a);
    rule->amount = amount;
    rule->gross = rule->net = sum_of_unit(scheme, rule->space, f->owner, f->mask, amount);
    if (!line->b) return;
    struct scope unit = scope_at(SPACE_UNITS);
    struct expr cap = number_lower(scheme, &unit, line->b);
    if (!expr_ok(cap)) return;
    if (cap.type.low < 0) /* a cap below 0 would turn a deduction into marks */
        FIND(scheme->findings, D_COUNT_NEGATIVE, line->b->at,
             line->b->text.len ? line->b->text : scheme_word(scheme, "a cap", "封顶"));
    if (amount.type.low < 0) FIND(scheme->findings, D_AMOUNT_SIGN, effect->a->at);
    rule->cap = cap;
    rule->net = expr_min(scheme, rule->gross, cap);
}

/* When a flag of the rule is raised: at the N-th time, under a condition, or whenever it fires. */
static struct value *flag_of(struct scheme *scheme, struct firing *f, struct ast *effect)
{
    struct rule *rule = f->rule;
    struct value *flag = rule->fired;
    if (effect->b) {
        struct scope unit = scope_at(SPACE_UNITS);
        unit.part = f->scope.part;
        struct expr least = number_lower(scheme, &unit, effect->b);
        if (!expr_ok(least)) return NULL;
        int64_t number;
        unsigned places;
        if (expr_is_constant(least, &number, &places) && number < power_of_ten(places)) {
            FIND(scheme->findings, D_AT_ZERO, effect->b->at, effect->b->text.len ? effect->b->text : TEXT("0"));
            return NULL;
        }
        flag = mask_and(scheme, flag, expr_order(scheme, OP_GE, rule->count, least).value);
    }
    if (!effect->c) return flag;
    struct scope scope = f->scope;
    scope.rule = rule;
    struct value *mask = condition_lower(scheme, &scope, effect->c);
    if (!mask) return NULL;
    mask = any_of_both(scheme, rule->space, f->owner, f->mask, mask);
    return effect->b ? mask_and(scheme, flag, mask) : mask;
}

static void forfeit_effect(struct scheme *scheme, struct rule *rule, struct ast *effect, struct value *flag)
{
    int32_t target = (int32_t)rule->part;
    if (effect->a) target = part_find(scheme, effect->a->op, effect->a->text);
    if (target < 0) return; /* reported when it was declared */
    struct part *part = &scheme->parts[target];
    if (!part->marked && rule->every && !effect->a) return; /* passed over: it has nothing to forfeit */
    if (!part->marked) {
        FIND(scheme->findings, D_FORFEIT_WHAT, effect->at, part_word(scheme, (uint32_t)target),
             part->pool >= 0 ? scheme->parts[part->pool].number : TEXT("N"));
        return;
    }
    ARENA_PUSH(scheme->arena, part->forfeits, part->forfeit_count, part->forfeit_capacity, flag);
}

static void grade_effect(struct scheme *scheme, struct ast *effect, struct value *flag)
{
    if (!scheme->grade_count && (effect->a || effect->kind == AST_BAR)) {
        FIND(scheme->findings, D_NO_GRADES, effect->at);
        return;
    }
    int32_t index = scheme->grade_count ? (int32_t)scheme->grade_count - 1 : NO_INDEX;
    if (effect->a && (index = grade_find(scheme, effect->a->text)) < 0) {
        struct buffer words;
        struct suggest near;
        buffer_init(&words, scheme->arena);
        suggest_start(&near, effect->a->text);
        for (size_t k = 0; k < scheme->grade_count; k++) {
            suggest_offer(&near, scheme->grades[k].name);
            if (k) buffer_put(&words, scheme->tongue == TONGUE_ZH ? "、" : ", ");
            buffer_text(&words, scheme->grades[k].name);
        }
        struct finding *finding = FIND(scheme->findings, D_NO_GRADE, effect->a->at, effect->a->text, buffer_result(&words));
        names_repair(scheme, finding, effect->a->at, &near);
        return;
    }
    if (index < 0) {
        ARENA_PUSH(scheme->arena, scheme->vetoes, scheme->veto_count, scheme->veto_capacity, flag);
        return;
    }
    struct grade *grade = &scheme->grades[index];
    if (effect->kind == AST_BAR && index + 1 == (int32_t)scheme->grade_count)
        FIND(scheme->findings, D_BAR_LAST, effect->a->at, grade->name);
    else if (effect->kind == AST_BAR)
        ARENA_PUSH(scheme->arena, grade->bars, grade->bar_count, grade->bar_capacity, flag);
    else {
        ARENA_PUSH(scheme->arena, grade->vetoes, grade->veto_count, grade->veto_capacity, flag);
        ARENA_PUSH(scheme->arena, scheme->vetoes, scheme->veto_count, scheme->veto_capacity, flag);
    }
}

static void effect_lower(struct scheme *scheme, struct firing *f, struct ast *effect, struct ast *line)
{
    struct rule *rule = f->rule;
    struct part *part = &scheme->parts[rule->part];
    scheme->graph.where = effect->at;
    if (effect->kind == AST_POINTS) {
        points_effect(scheme, f, effect, line);
        return;
    }
    if (effect->kind == AST_SCORE) {
        struct scope unit = scope_at(SPACE_UNITS);
        if (line->list) FIND(scheme->findings, D_SCORE_HEAD, effect->at, part_word(scheme, rule->part));
        if (!part->marked) FIND(scheme->findings, D_SCORE_MARKS, effect->at, part_word(scheme, rule->part));
        if (part->from.value)
            FIND(scheme->findings, D_START_TWICE, effect->at, part_word(scheme, rule->part),
                 scheme_word(scheme, "a score line", "计分"));
        if (part->judged) FIND(scheme->findings, D_SCORE_JUDGED, effect->at, part_word(scheme, rule->part));
        if (part->score_line) {
            struct finding *found = FIND(scheme->findings, D_TWO_SCORES, effect->at, part_word(scheme, rule->part),
                                         scheme_line_text(scheme, part->score_line->at));
            if (found) found->other = part->score_line->at;
        }
        part->score_line = effect;
        part->score = number_lower(scheme, &unit, effect->a);
        if (part->score.value && !line->list) compared_use(scheme, rule, &unit, effect->a);
        return;
    }
    struct value *flag = effect->kind == AST_UNDECIDED ? rule->fired : flag_of(scheme, f, effect);
    if (!flag) return;
    switch ((int)effect->kind) { /* the flags */
    case AST_FORFEIT: forfeit_effect(scheme, rule, effect, flag); break;
    case AST_VETO:
    case AST_BAR:
        rule->graded = mask_or(scheme, rule->graded, flag);
        grade_effect(scheme, effect, flag);
        break;
    case AST_OUTCOME_OF: {
        struct entity *e = names_find(&scheme->global, effect->a->text);
        if (!e || e->kind != ENTITY_OUTCOME) {
            FIND(scheme->findings, D_NO_OUTCOME, effect->a->at, effect->a->text);
            break;
        }
        struct outcome *outcome = &scheme->outcomes[e->index];
        ARENA_PUSH(scheme->arena, outcome->flags, outcome->flag_count, outcome->flag_capacity, flag);
        break;
    }
    case AST_UNDECIDED: {
        struct part *pool = part->pool >= 0 ? &scheme->parts[part->pool] : part;
        ARENA_PUSH(scheme->arena, part->opens, part->open_count, part->open_capacity, flag);
        if (pool != part) ARENA_PUSH(scheme->arena, pool->opens, pool->open_count, pool->open_capacity, flag);
        break;
    }
    }
}

/* needs a, b: forfeits the part unless all are yes. */
static void needs_lower(struct scheme *scheme, struct rule *rule)
{
    struct part *part = &scheme->parts[rule->part];
    struct value *all = NULL;
    for (struct ast *need = rule->line->list; need; need = need->next) {
        struct entity *e = names_find(&scheme->fields[0], need->text);
        if (e && e->kind == ENTITY_FIELD) all = mask_and(scheme, all, field_expr(scheme, 0, e->index).value);
    }
    if (!all) return;
    if (!part->marked) FIND(scheme->findings, D_NEEDS_MARKS, rule->line->at, part_word(scheme, rule->part));
    rule->space = SPACE_UNITS;
    rule->fired = rule->mask = mask_and(scheme, part_applies(scheme, rule->part), mask_not(scheme, all));
    rule->count = expr_select(scheme, rule->mask, expr_number(scheme, 1, 0), expr_number(scheme, 0, 0));
    ARENA_PUSH(scheme->arena, part->forfeits, part->forfeit_count, part->forfeit_capacity, rule->fired);
}

void rule_lower(struct scheme *scheme, uint32_t index)
{
    struct rule *rule = &scheme->rules[index];
    if (rule->state == ENTITY_DONE) return;
    struct ast *line = rule->line;
    if (!work_begin(scheme, &rule->state, part_word(scheme, rule->part), line->at, line)) return;
    struct span outer = scheme->graph.where;
    scheme->graph.where = line->at;
    if (line->kind == AST_NEEDS) {
        needs_lower(scheme, rule);
    } else {
        struct firing f = {
            .scope = scope_at(SPACE_UNITS), .rule = rule, .fine = true, .mask = part_applies(scheme, rule->part)};
        struct value *role = scheme->graph.role_owner;
        scheme->graph.role_owner = NULL;
        if (rule->every) f.scope.part = (int32_t)rule->part;
        for (struct ast *head = line->list; head && f.fine; head = head->next) {
            if (head->kind == AST_HEAD_IF)
                head_if(scheme, &f, head);
            else if (head->kind == AST_HEAD_PER)
                head_per(scheme, &f, head);
            else
                head_distance(scheme, &f, head);
        }
        if (f.fine) {
            bool points = false;
            read_firing(scheme, &f);
            for (struct ast *effect = line->a; effect; effect = effect->next) { /* points first: effects may ask for them */
                if (effect->kind != AST_POINTS) continue;
                effect_lower(scheme, &f, effect, line);
                points = true;
            }
            for (struct ast *effect = line->a; effect; effect = effect->next)
                if (effect->kind != AST_POINTS) effect_lower(scheme, &f, effect, line);
            if (line->b && !points) FIND(scheme->findings, D_CAP_NOTHING, line->b->at);
            struct part *part = &scheme->parts[rule->part];
            if (line->flags & AST_UNTIL_NONE) {
                if (points && !rule->minus)
                    FIND(scheme->findings, D_UNTIL_NONE_WHAT, line->at,
                         scheme_word(scheme, "this rule gives marks", "本条是加分"));
                else if (part->pool >= 0 && scheme->parts[part->pool].kind == OP_BONUS)
                    FIND(scheme->findings, D_UNTIL_NONE_WHAT, line->at,
                         scheme_word(scheme, "a bonus may go below 0", "加分可以为负"));
            }
            if (points && part->pool < 0) FIND(scheme->findings, D_NO_MARKS, part->decl->at, part_word(scheme, rule->part));
        }
        scheme->graph.role_owner = role;
    }
    scheme->graph.where = outer;
    work_end(scheme, &rule->state);
}

void rules_with(struct scheme *scheme, enum ast_kind kind)
{
    for (uint32_t k = 0; k < scheme->rule_count; k++) {
        if (scheme->rules[k].state == ENTITY_DONE || scheme->rules[k].line->kind != AST_RULE) continue;
        for (struct ast *effect = scheme->rules[k].line->a; effect; effect = effect->next)
            if (effect->kind == kind) {
                rule_lower(scheme, k);
                break;
            }
    }
}
