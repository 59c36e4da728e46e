/* Grades, rankings, vetoes and outcomes: what looks at the other units too.
 *
 * In: totals and effects. Out: a grade, a place, yes or no.
 * Decision: a place counts the units that are better, one by one; a quota asks for each unit how many of its grade are as
 * good. Cost: quadratic in the units.
 */
#include "oracle.h"

/* ---- effects of any rule of any part ---- */

struct search {
    struct oracle *o;
    struct row *unit;
    enum ast_kind kind;
    struct text target; /* of BAR and OUTCOME_OF; of VETO: TEXT_NONE for one without a grade */
    struct value any;
};

static bool aims_at(const struct search *s, const struct ast *effect)
{
    if (!effect->a) return s->target.len == 0;
    if (s->kind == AST_OUTCOME_OF) {
        const struct ast *one = find_decl(s->o, AST_OUTCOME, effect->a->text);
        return one && one == find_decl(s->o, AST_OUTCOME, s->target);
    }
    return s->target.len && s->o->grades &&
           list_rank(s->o->grades, effect->a->text) == list_rank(s->o->grades, s->target);
}

static void see_effect(void *data, const struct ast *rule, struct part *part)
{
    struct search *s = data;
    for (const struct ast *effect = rule->a; effect; effect = effect->next)
        if (effect->kind == s->kind && aims_at(s, effect))
            s->any = value_or(s->any, effect_of(s->o, s->unit, rule, part, effect));
}

static struct value any_effect(struct oracle *o, struct row *unit, enum ast_kind kind, struct text target)
{
    struct search s = {o, unit, kind, target, value_bool(NO)};
    for (size_t i = 0; i < o->part_count; i++) each_rule(o, &o->parts[i], see_effect, &s);
    return s.any;
}

struct value outcome_of(struct oracle *o, struct row *unit, const struct ast *outcome)
{
    struct context c = unit_context(unit);
    struct value flag = any_effect(o, unit, AST_OUTCOME_OF, outcome->text);
    if (outcome->a) flag = value_or(eval(o, &c, outcome->a), flag);
    if (!outcome->d) return flag;
    struct value answer = decided(o, unit, outcome->text, TEXT_NONE); /* it may be ordered: somebody says yes or no */
    if (is_fault(answer) && outcome->text2.len) answer = decided(o, unit, outcome->text2, TEXT_NONE);
    return value_and(flag, answer);
}

/* ---- grades ---- */

static const struct ast *grade_at(const struct oracle *o, size_t rank)
{
    for (const struct ast *g = o->grades->list; g; g = g->next)
        if (g->kind == AST_GRADE && list_rank(o->grades, g->text) == rank) return g;
    return NULL;
}

static struct value grade_value(const struct oracle *o, size_t rank)
{
    return value_symbol(grade_at(o, rank)->text, o->grades);
}

static size_t rank_value(const struct oracle *o, struct value grade) { return list_rank(o->grades, grade.text); }

static struct value score_grade(struct oracle *o, struct row *unit)
{
    struct value total = total_of(o, unit);
    if (is_fault(total)) return total;
    for (const struct ast *g = o->grades->list; g; g = g->next) {
        if (g->kind != AST_GRADE) continue;
        bool fits = g->op == OP_OTHERWISE;
        if (g->op == OP_FROM) fits = value_order(total, eval(o, NULL, g->a)) >= 0;
        if (g->op == OP_RANGE)
            fits = value_order(total, eval(o, NULL, g->a)) >= 0 && value_order(total, eval(o, NULL, g->b)) <= 0;
        if (fits) return value_symbol(g->text, o->grades);
    }
    return fault_open("grade");
}

struct value grade_by_score(struct oracle *o, struct row *unit)
{
    struct value *memo = &o->score_memo[unit->index];
    if (memo->kind == V_FAULT && !memo->why) *memo = score_grade(o, unit);
    return *memo;
}

static bool same_side(struct oracle *o, const struct ast *within, struct row *a, struct row *b)
{
    if (!within) return true;
    struct context ca = unit_context(a), cb = unit_context(b);
    struct value va = eval(o, &ca, within), vb = eval(o, &cb, within);
    return !is_fault(va) && !is_fault(vb) && value_same(va, vb);
}

/* Keeps in a grade whom its quota has room for; the rest drop to the next. An undecided unit leaves all of its side that
 * stand in this grade undecided. */
static void quota(struct oracle *o, const struct ast *grade, size_t rank)
{
    struct table *units = o->tables[0];
    struct value *after = ARENA_ARRAY(o->arena, struct value, units->count + 1);
    for (size_t i = 0; i < units->count; i++) {
        struct value mine = after[i] = o->quota_memo[i];
        if (is_fault(mine) || rank_value(o, mine) != rank || is_no(assessed(o, units->rows[i]))) continue;
        struct value fault = mine;
        long side = 0, as_good = 0;
        for (size_t j = 0; j < units->count; j++) {
            if (!same_side(o, grade->d, units->rows[i], units->rows[j]) || is_no(assessed(o, units->rows[j]))) continue;
            side++;
            if (is_fault(o->quota_memo[j])) fault = worse(fault, o->quota_memo[j]);
            else if (rank_value(o, o->quota_memo[j]) == rank)
                as_good += value_order(total_of(o, units->rows[j]), total_of(o, units->rows[i])) >= 0;
        }
        struct value most = eval(o, NULL, grade->c);
        if (grade->c->kind == AST_PERCENTAGE) most = value_mul(most, value_int(side));
        if (is_fault(fault)) after[i] = fault_open("quota");
        else if (value_order(value_int(as_good), value_floor(most)) > 0 && rank > 0) after[i] = grade_value(o, rank - 1);
    }
    for (size_t i = 0; i < units->count; i++) o->quota_memo[i] = after[i];
}

static void quotas(struct oracle *o)
{
    struct table *units = o->tables[0];
    for (size_t i = 0; i < units->count; i++) o->quota_memo[i] = grade_by_score(o, units->rows[i]);
    for (const struct ast *g = o->grades->list; g; g = g->next)
        if (g->kind == AST_GRADE && g->c) quota(o, g, list_rank(o->grades, g->text));
    o->quota_done = true;
}

struct value grade_of(struct oracle *o, struct row *unit)
{
    if (!o->grades) oracle_stop(o, "a grade where there are none");
    if (!o->quota_done) quotas(o);
    struct value grade = o->quota_memo[unit->index];
    while (!is_fault(grade) && rank_value(o, grade) > 0) { /* bars */
        struct value barred = any_effect(o, unit, AST_BAR, grade.text);
        if (is_no(barred)) break;
        grade = is_fault(barred) ? barred : grade_value(o, rank_value(o, grade) - 1);
    }
    for (const struct ast *g = o->grades->list; g && is_fault(grade); g = g->next) { /* which bar counts is not known */
        if (g->kind != AST_GRADE || list_rank(o->grades, g->text) == 0) continue;
        grade = worse(grade, any_effect(o, unit, AST_BAR, g->text));
        if (!is_fault(grade)) oracle_stop(o, "a fault that got lost");
    }
    for (const struct ast *g = o->grades->list; g; g = g->next) { /* veto to G: no better than G */
        if (g->kind != AST_GRADE || list_rank(o->grades, g->text) == 0) continue;
        struct value to = any_effect(o, unit, AST_VETO, g->text);
        if (is_fault(to)) grade = worse(grade, to);
        else if (is_yes(to) && !is_fault(grade) && rank_value(o, grade) > list_rank(o->grades, g->text))
            grade = value_symbol(g->text, o->grades);
    }
    struct value to_last = value_or(any_effect(o, unit, AST_VETO, TEXT_NONE), any_effect(o, unit, AST_VETO, grade_at(o, 0)->text));
    if (is_yes(to_last)) return grade_value(o, 0);
    return is_fault(to_last) ? worse(grade, to_last) : grade;
}

struct value vetoed(struct oracle *o, struct row *unit)
{
    struct value any = any_effect(o, unit, AST_VETO, TEXT_NONE);
    if (o->grades)
        for (const struct ast *g = o->grades->list; g; g = g->next)
            if (g->kind == AST_GRADE) any = value_or(any, any_effect(o, unit, AST_VETO, g->text));
    return any;
}

/* ---- rankings ---- */

/* <0 when a stands before b. No key is faulted. */
static int key_order(struct oracle *o, const struct ast *ranking, struct row *a, struct row *b)
{
    struct context ca = unit_context(a), cb = unit_context(b);
    int order = value_order(eval(o, &ca, ranking->a), eval(o, &cb, ranking->a));
    if (order) return ranking->op == OP_LOW_FIRST ? order : -order;
    for (const struct ast *key = ranking->list; key; key = key->next) {
        order = value_order(eval(o, &ca, key->a), eval(o, &cb, key->a));
        if (order) return key->op == OP_LOW_FIRST ? order : -order;
    }
    return 0;
}

static struct value key_fault(struct oracle *o, const struct ast *ranking, struct row *unit)
{
    struct context c = unit_context(unit);
    struct value fault = eval(o, &c, ranking->a);
    for (const struct ast *key = ranking->list; key; key = key->next) fault = worse(fault, eval(o, &c, key->a));
    return fault;
}

static struct value takes_part(struct oracle *o, const struct ast *ranking, struct row *unit)
{
    struct context c = unit_context(unit);
    struct value in = assessed(o, unit);
    return ranking->c ? value_and(eval(o, &c, ranking->c), in) : in;
}

struct value rank_of(struct oracle *o, struct row *unit, const struct ast *ranking, enum rank_figure figure)
{
    struct table *units = o->tables[0];
    struct value mine = takes_part(o, ranking, unit), fault = value_bool(YES);
    long size = 0, better = 0, worse_count = 0;
    if (figure != RANK_SIZE && is_fault(mine)) return mine;
    if (figure != RANK_SIZE && is_no(mine)) return fault_blank();
    for (size_t i = 0; i < units->count; i++) {
        if (!same_side(o, ranking->b, unit, units->rows[i])) continue;
        struct value in = takes_part(o, ranking, units->rows[i]);
        fault = worse(fault, in);
        if (is_no(in)) continue;
        size++;
        if (figure != RANK_SIZE) fault = worse(fault, key_fault(o, ranking, units->rows[i]));
    }
    if (is_fault(fault)) return fault;
    if (figure == RANK_SIZE) return value_int(size);
    for (size_t i = 0; i < units->count; i++) {
        if (!same_side(o, ranking->b, unit, units->rows[i]) || !is_yes(takes_part(o, ranking, units->rows[i]))) continue;
        int order = key_order(o, ranking, units->rows[i], unit);
        better += order < 0;
        worse_count += order > 0;
    }
    return value_int(1 + (figure == RANK_PLACE ? better : worse_count));
}
