/* What a rule compares: the two sides of each comparison on which it hangs, for the explanation.
 *
 * In: the condition of a rule's head, as it was lowered. Out: rule->compared.
 * Decision: only comparisons that bear on the condition itself, alone, joined by `and` and `or`, under `not` (then the other
 * way round), or behind a name for a condition; not those inside sums. Cost: a condition behind a name is lowered once more.
 */
#include "scheme.h"

/* Whether a row's own line in an explanation shows the value: it is a cell of it, or stands in the rule. */
static bool is_shown(const struct rule *rule, struct expr expr)
{
    const struct value *v = expr.value;
    if (v->space == ANYWHERE) return true;
    while (v->op == VALUE_CODE && !v->b && v->a && (v->code == OP_CODE_SCALE_UP || v->code == OP_CODE_TO_Q)) v = v->a;
    return v->op == VALUE_COLUMN && v->space == rule->space && rule->space != SPACE_UNITS;
}

static bool is_kept(const struct rule *rule, struct text name)
{
    for (uint32_t k = 0; k < rule->compared_count; k++) {
        const struct ast *at = rule->compared[k].at;
        const struct ast *sides[3] = {at, at->a, at->b};
        for (int n = 0; n < 3; n++)
            if (sides[n] && sides[n]->kind == AST_NAME && text_equal(sides[n]->text, name)) return true;
    }
    return false;
}

/* A let or choose over units that a name stands for: what its value comes from is shown beside it. */
static const struct entity *named_figure(struct scheme *scheme, struct text name)
{
    const struct entity *e = names_find(&scheme->global, name);
    bool fits = e && (e->kind == ENTITY_LET || e->kind == ENTITY_CHOOSE) && e->table == 0 && e->state == ENTITY_DONE;
    return fits ? e : NULL;
}

static void keep_name(struct scheme *scheme, struct rule *rule, struct scope *scope, struct ast *at);

/* The names within a figure or condition. `siblings`: also what stands beside it in its list. */
static void keep_used(struct scheme *scheme, struct rule *rule, struct scope *scope, struct ast *at, bool siblings)
{
    for (; at; at = siblings ? at->next : NULL) {
        if (at->kind == AST_AGGREGATE || at->kind == AST_QUANTIFIED || at->kind == AST_STREAK || at->kind == AST_DOT)
            continue; /* their names are those of other rows */
        struct ast *below[] = {at->a, at->b, at->c, at->d, at->e, at->f, at->list};
        for (size_t k = at->kind == AST_ARM; k < sizeof below / sizeof *below;
             k++) /* an arm begins with a value of a list */
            if (below[k]) keep_used(scheme, rule, scope, below[k], true);
        if (at->kind == AST_NAME && rule->compared_count < COMPARED_OF_RULE && !is_kept(rule, at->text))
            keep_name(scheme, rule, scope, at);
    }
}

static void keep_name(struct scheme *scheme, struct rule *rule, struct scope *scope, struct ast *at)
{
    struct expr used = expr_lower(scheme, scope, at);
    bool measured = expr_is_numeric(used) || used.type.kind == TYPE_DATE || used.type.kind == TYPE_LIST;
    if (!measured || used.value->space == ANYWHERE) return;
    if (rule->mask) { /* else it has yet to be seen where the rule fires, and all is brought there then */
        if (is_shown(rule, used)) return;
        used.value = value_in_space(&scheme->graph, used.value, rule->space);
    }
    if (!rule->compared) rule->compared = ARENA_ARRAY(scheme->arena, struct compared, COMPARED_OF_RULE);
    if (used.value) rule->compared[rule->compared_count++] = (struct compared){at, used, used};
    const struct entity *e = named_figure(scheme, at->text);
    if (!e || scheme->compared_names) return; /* one step back and no further */
    struct scope unit = scope_at(SPACE_UNITS);
    unit.blank_allowed = true;
    scheme->compared_names++;
    if (e->kind == ENTITY_LET) keep_used(scheme, rule, &unit, e->decl->a, false);
    for (struct ast *line = e->kind == ENTITY_CHOOSE ? e->decl->list : NULL; line; line = line->next)
        if (line->b) keep_used(scheme, rule, &unit, line->b, false);
    scheme->compared_names--;
}

/* Names are looked up once more: findings and what examples are measured by have been noted the first time. */
static void keep_quietly(struct scheme *scheme, struct rule *rule, const struct scope *scope, struct ast *at)
{
    struct findings *kept = scheme->findings, scratch;
    struct coverage *coverage = scheme->coverage;
    struct scope inner = *scope;
    bool comparing = scheme->comparing;
    findings_init(&scratch, scheme->arena, 1);
    scheme->findings = &scratch;
    scheme->coverage = NULL;
    scheme->comparing = false;
    keep_used(scheme, rule, &inner, at, false);
    scheme->comparing = comparing;
    scheme->coverage = coverage;
    scheme->findings = kept;
}

static void keep_compared(struct scheme *scheme, struct rule *rule, const struct scope *scope, const struct ast *at,
                          bool negated);

/* The condition that a name stands for: a let, or a column worked out from others of the row. */
static const struct entity *named_condition(struct scheme *scheme, const struct scope *scope, struct text name)
{
    uint32_t table;
    const struct entity *e = NULL;
    if (space_is_table(&scheme->graph, scope->space, &table)) e = names_find(&scheme->fields[table], name);
    if (!e) e = names_find(&scheme->global, name);
    bool fits = e && (e->kind == ENTITY_LET || e->kind == ENTITY_COMPUTED) && e->state == ENTITY_DONE;
    return fits && e->expr.type.kind == TYPE_CONDITION ? e : NULL;
}

/* The comparisons behind a name: its condition is lowered once more, to the same values, for what it compares; the findings
 * of this second look are dropped. */
static void keep_named(struct scheme *scheme, struct rule *rule, const struct entity *e, bool negated)
{
    enum { NAMES = 8 };
    struct findings *kept = scheme->findings, scratch;
    struct coverage *coverage = scheme->coverage;
    struct value *role = scheme->graph.role_owner;
    struct scope scope = scope_at(space_of_table(e->table));
    if (scheme->compared_names == NAMES) return; /* one behind the other */
    scope.blank_allowed = true;
    findings_init(&scratch, scheme->arena, 1);
    scheme->findings = &scratch;
    scheme->coverage = NULL;
    scheme->graph.role_owner = NULL; /* as where it was lowered first */
    scheme->compared_names++;
    if (condition_lower(scheme, &scope, e->decl->a)) keep_compared(scheme, rule, &scope, e->decl->a, negated);
    scheme->compared_names--;
    scheme->graph.role_owner = role;
    scheme->coverage = coverage;
    scheme->findings = kept;
}

/* A comparison the other way round: what holds where it does not. */
static enum ast_op opposite(enum ast_op op)
{
    switch ((int)op) { /* comparisons */
    case OP_LT: return OP_GE;
    case OP_LE: return OP_GT;
    case OP_GT: return OP_LE;
    case OP_GE: return OP_LT;
    case OP_EQ: return OP_NE;
    }
    return OP_EQ; /* of OP_NE */
}

/* Keeps the comparisons of a condition that bear on it alone, also those behind names, not those inside sums. */
static void keep_compared(struct scheme *scheme, struct rule *rule, const struct scope *scope, const struct ast *at,
                          bool negated)
{
    if (at->kind == AST_NOT) keep_compared(scheme, rule, scope, at->a, !negated);
    const struct entity *named = at->kind == AST_NAME ? named_condition(scheme, scope, at->text) : NULL;
    if (named) keep_named(scheme, rule, named, negated);
    if (at->kind != AST_BINARY || rule->compared_count == COMPARED_OF_RULE) return;
    if (at->op == OP_AND || at->op == OP_OR) {
        keep_compared(scheme, rule, scope, at->a, negated);
        keep_compared(scheme, rule, scope, at->b, negated);
        return;
    }
    size_t k = scheme->compared_count;
    while (k && scheme->compared[k - 1].at != at) k--;
    if (!k) return;
    if (!rule->compared) rule->compared = ARENA_ARRAY(scheme->arena, struct compared, COMPARED_OF_RULE);
    struct compared compared = scheme->compared[k - 1];
    if (negated) {
        struct ast *other = ARENA_NEW(scheme->arena, struct ast);
        *other = *compared.at;
        other->op = opposite(other->op);
        compared.at = other;
    }
    if (compared.at->op == OP_EQ &&
        compared.at->a->kind == AST_NAME) { /* which case it is says little; what it comes from more */
        if (named_figure(scheme, compared.at->a->text)) keep_quietly(scheme, rule, scope, compared.at->a);
        return;
    }
    rule->compared[rule->compared_count++] = compared;
}

void compared_keep(struct scheme *scheme, struct rule *rule, const struct scope *scope, const struct ast *at)
{
    keep_compared(scheme, rule, scope, at, false);
}

/* Brings both sides of the comparisons to where the rule fires; what says no more than the row does is dropped. */
void compared_settle(struct scheme *scheme, struct rule *rule)
{
    uint32_t kept = 0;
    if (rule->stepped) { /* a further head may have led to finer rows */
        rule->have.value = value_in_space(&scheme->graph, rule->have.value, rule->space);
        rule->of.value = value_in_space(&scheme->graph, rule->of.value, rule->space);
    }
    for (uint32_t k = 0; k < rule->compared_count; k++) {
        struct compared c = rule->compared[k];
        bool measured =
            (expr_is_numeric(c.left) && expr_is_numeric(c.right)) ||
            (c.left.type.kind == c.right.type.kind && (c.left.type.kind == TYPE_DATE || c.left.type.kind == TYPE_LIST));
        if (!measured || c.at->op == OP_EQ || (is_shown(rule, c.left) && is_shown(rule, c.right))) continue;
        c.left.value = value_in_space(&scheme->graph, c.left.value, rule->space);
        c.right.value = value_in_space(&scheme->graph, c.right.value, rule->space);
        if (c.left.value && c.right.value) rule->compared[kept++] = c;
    }
    rule->compared_count = kept;
}

void compared_use(struct scheme *scheme, struct rule *rule, struct scope *scope, struct ast *amount)
{
    keep_quietly(scheme, rule, scope, amount);
}
