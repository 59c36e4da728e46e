/* What a rule compares: the two sides of each comparison on which it hangs, for the explanation.
 *
 * In: the condition of a rule's head, as it was lowered. Out: rule->compared.
 * Decision: only comparisons that bear on the condition itself, alone, joined by `and` and `or`, under `not` (then the other
 * way round), or behind a name for a condition; not those inside sums. Cost: a condition behind a name is lowered once more.
 */
#include "scheme.h"

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
    rule->compared[rule->compared_count++] = compared;
}

void compared_keep(struct scheme *scheme, struct rule *rule, const struct scope *scope, const struct ast *at)
{
    keep_compared(scheme, rule, scope, at, false);
}

/* Whether a row's own line in an explanation shows the value: it is a cell of it, or stands in the rule. */
static bool is_shown(const struct rule *rule, struct expr expr)
{
    const struct value *v = expr.value;
    if (v->space == ANYWHERE) return true;
    while (v->op == VALUE_CODE && !v->b && v->a && (v->code == OP_CODE_SCALE_UP || v->code == OP_CODE_TO_Q)) v = v->a;
    return v->op == VALUE_COLUMN && v->space == rule->space && rule->space != SPACE_UNITS;
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
