/* Grades, rankings, outcomes: what follows from the total.
 *
 * Decision: the order of effects is the order of the code: grade by the total, then quotas from the best grade down, then
 * bars, then vetoes (regulations that limit a grade mean it to hold whatever the total says).
 */
#include "scheme.h"

#include "../runtime/quotient.h"

int32_t grade_find(struct scheme *scheme, struct text name)
{
    for (size_t k = 0; k < scheme->grade_count; k++)
        if (text_equal(scheme->grades[k].name, name) ||
            (scheme->grades[k].heading.len && text_equal(scheme->grades[k].heading, name)))
            return (int32_t)k;
    return NO_INDEX;
}

static bool expr_below(struct scheme *scheme, struct expr a, struct expr b)
{
    return expr_unify(scheme, &a, &b) && a.value->i < b.value->i;
}

void grades_declare(struct scheme *scheme)
{
    if (!scheme->grades_at) return;
    size_t count = 0;
    for (struct ast *line = scheme->grades_at->list; line; line = line->next) count += line->kind == AST_GRADE;
    scheme->grades = ARENA_ARRAY(scheme->arena, struct grade, count);
    for (struct ast *line = scheme->grades_at->list; line; line = line->next) {
        if (line->kind != AST_GRADE) continue;
        int32_t old = grade_find(scheme, line->text);
        if (old >= 0) {
            struct finding *f = FIND(scheme->findings, D_NAME_TWICE, line->at, line->text,
                                     scheme_line_text(scheme, scheme->grades[old].line->at));
            if (f) f->other = scheme->grades[old].line->at;
            continue;
        }
        struct grade *grade = &scheme->grades[scheme->grade_count++];
        *grade = (struct grade){.line = line, .name = line->text, .heading = line->text2};
        int64_t number;
        unsigned places;
        if (line->a && constant_lower(scheme, line->a, &number, &places)) grade->low = expr_number(scheme, number, places);
        if (line->b && constant_lower(scheme, line->b, &number, &places)) grade->high = expr_number(scheme, number, places);
        if (grade->low.value && grade->high.value && expr_below(scheme, grade->high, grade->low))
            FIND(scheme->findings, D_RANGE_EMPTY, line->a->at, line->a->text, line->b->text);
        if (line->d && !line->c) FIND(scheme->findings, D_WITHIN_NO_QUOTA, line->d->at, line->text);
        if (line->c && (line->op == OP_OTHERWISE || !line->next))
            FIND(scheme->findings, D_LAST_GRADE, line->c->at, line->text);
        if (line->op == OP_OTHERWISE && line->next) FIND(scheme->findings, D_GRADE_AFTER, line->next->at);
    }
}

static struct type grade_type(void)
{
    struct type type = type_of(TYPE_GRADE);
    return type;
}

static struct expr grade_number(struct scheme *scheme, size_t index)
{
    return (struct expr){value_number(&scheme->graph, (int64_t)index), grade_type()};
}

struct expr score_grade_lower(struct scheme *scheme, struct ast *at)
{
    if (!scheme->grade_count) {
        FIND(scheme->findings, D_NO_GRADES, at ? at->at : SPAN_NONE);
        return expr_none();
    }
    if (scheme->score_grade.value) return scheme->score_grade;
    struct expr total = total_lower(scheme, at);
    if (!expr_ok(total)) return total;
    scheme->score_grade = grade_of_total(scheme, total);
    return scheme->score_grade;
}

struct expr grade_of_total(struct scheme *scheme, struct expr total)
{
    struct expr out = {value_fault(&scheme->graph, REG_NUMBER, FAULT_NO_GRADE), grade_type()};
    for (size_t k = scheme->grade_count; k-- > 0;) {
        struct grade *grade = &scheme->grades[k];
        scheme->graph.where = grade->line->at;
        struct value *mask = NULL;
        if (grade->low.value) mask = expr_order(scheme, OP_GE, total, grade->low).value;
        if (grade->high.value) mask = mask_and(scheme, mask, expr_order(scheme, OP_LE, total, grade->high).value);
        out = mask ? expr_select(scheme, mask, grade_number(scheme, k), out) : grade_number(scheme, k);
    }
    /* `otherwise` covers every total, but not an open one: the grade is open with it */
    if (out.value->space == ANYWHERE && total.value->space != ANYWHERE) {
        struct expr zero = expr_number(scheme, 0, 0);
        out = expr_select(scheme, expr_order(scheme, OP_GE, total, zero).value, out, out);
    }
    return out;
}

/* Units of the grade beyond its quota drop one grade: the best keep it, a tie that does not fit whole is left out. */
static struct expr quota(struct scheme *scheme, size_t index, struct expr grade, struct expr total)
{
    struct graph *graph = &scheme->graph;
    struct ast *line = scheme->grades[index].line;
    struct scope unit = scope_at(SPACE_UNITS);
    struct value *partition[1] = {NULL};
    uint32_t partitions = 0;
    if (line->d) {
        struct expr within = expr_here(scheme, &unit, line->d);
        if (!expr_ok(within) || within.value->kind == REG_QUOTIENT) {
            if (expr_ok(within))
                FIND(scheme->findings, D_NOT_TOGETHER, line->d->at, type_word(scheme, within.type),
                     scheme_word(scheme, "groups", "分组"));
            return grade;
        }
        partition[partitions++] = as_number(scheme, within.value);
    }
    int64_t number;
    unsigned places;
    if (!constant_lower(scheme, line->c, &number, &places)) return grade;
    bool percent = line->c->kind == AST_PERCENTAGE;
    if (number < 0 || (percent && number > power_of_ten(places))) {
        FIND(scheme->findings, D_QUOTA_RANGE, line->c->at);
        return grade;
    }
    struct value *mine =
        mask_and(scheme, assessed_lower(scheme),
                 value_code(graph, OP_CODE_EQ, grade.value, value_number(graph, (int64_t)index), NULL, 0, 0));
    struct value *keys[1] = {total.value};
    bool highest[1] = {true};
    struct value *from_last = value_rank(graph, SPACE_UNITS, keys, highest, 1, partition, partitions, mine, RANK_FROM_LAST);
    struct value *size = value_rank(graph, SPACE_UNITS, keys, highest, 1, partition, partitions, mine, RANK_SIZE);
    /* how many have at least this total: the place of the last of its ties */
    struct value *reach = value_code(graph, OP_CODE_ADD, value_code(graph, OP_CODE_SUB, size, from_last, NULL, 0, 0),
                                     value_number(graph, 1), NULL, 0, 0);
    struct expr allowed = expr_number(scheme, number, places);
    if (percent) {
        struct value *all =
            value_rank(graph, SPACE_UNITS, NULL, NULL, 0, partition, partitions, assessed_lower(scheme), RANK_SIZE);
        allowed =
            expr_round(scheme, expr_mul(scheme, allowed, (struct expr){all, type_number(0, 0, UINT32_MAX)}), 0, ROUND_FLOOR);
    }
    struct value *keeps = expr_order(scheme, OP_LE, (struct expr){reach, type_number(0, 0, UINT32_MAX)}, allowed).value;
    struct value *drops = mask_and(scheme, mine, mask_not(scheme, keeps));
    return expr_select(scheme, drops, grade_number(scheme, index + 1), grade);
}

struct expr grade_lower(struct scheme *scheme, struct ast *at)
{
    if (!scheme->grade_count) return score_grade_lower(scheme, at);
    if (scheme->grade_state == ENTITY_DONE) return scheme->grade.value ? scheme->grade : expr_none();
    if (!work_begin(scheme, &scheme->grade_state, scheme_word(scheme, "grade", "等次"), scheme->grades_at->at, at))
        return expr_none();
    struct expr total = total_lower(scheme, at), grade = score_grade_lower(scheme, at);
    rules_with(scheme, AST_VETO);
    rules_with(scheme, AST_BAR);
    struct graph *graph = &scheme->graph;
    size_t last = scheme->grade_count - 1;
    if (expr_ok(grade)) {
        for (size_t k = 0; k < last; k++) {
            scheme->graph.where = scheme->grades[k].line->at;
            struct expr bound = scheme->grades[k].line->c ? quota(scheme, k, grade, total) : grade;
            if (!scheme->reading.testing) grade = bound; /* an example is one unit: a share of one would be nobody */
        }
        for (size_t k = 0; k < last; k++) {
            struct value *barred = mask_any(scheme, scheme->grades[k].bars, scheme->grades[k].bar_count);
            if (!barred) continue;
            scheme->graph.where = scheme->grades[k].line->at;
            struct value *mine = value_code(graph, OP_CODE_EQ, grade.value, value_number(graph, (int64_t)k), NULL, 0, 0);
            grade = expr_select(scheme, mask_and(scheme, mine, barred), grade_number(scheme, k + 1), grade);
        }
        for (size_t k = 0; k <= last; k++) {
            struct value *vetoed = mask_any(scheme, scheme->grades[k].vetoes, scheme->grades[k].veto_count);
            if (!vetoed) continue;
            scheme->graph.where = scheme->grades[k].line->at;
            struct value *floor =
                k == last ? value_number(graph, (int64_t)k)
                          : value_code(graph, OP_CODE_MAX, grade.value, value_number(graph, (int64_t)k), NULL, 0, 0);
            grade = expr_select(scheme, vetoed, (struct expr){floor, grade_type()}, grade);
        }
        scheme->grade = grade;
    }
    work_end(scheme, &scheme->grade_state);
    return scheme->grade.value ? scheme->grade : expr_none();
}

/* ---- rankings ---- */

static bool rank_key(struct scheme *scheme, struct ast *at, enum ast_op order, struct value **key, bool *highest,
                     struct expr *made)
{
    struct scope unit = scope_at(SPACE_UNITS);
    struct expr expr = expr_here(scheme, &unit, at);
    if (!expr_ok(expr)) return false;
    bool ordered = expr_is_numeric(expr) || expr.type.kind == TYPE_DATE || expr.type.kind == TYPE_GRADE ||
                   (expr.type.kind == TYPE_LIST && scheme->schema.lists[expr.type.index].ordered);
    if (!ordered) {
        FIND(scheme->findings, D_NO_ORDER, at->at, at->text.len ? at->text : type_word(scheme, expr.type));
        return false;
    }
    *key = expr.value;
    if (made) *made = expr;
    *highest = (order == OP_HIGH_FIRST) != (expr.type.kind == TYPE_GRADE); /* grades are numbered best first */
    return true;
}

struct ranking *ranking_lower(struct scheme *scheme, struct entity *entity, struct ast *at)
{
    struct ranking *ranking = &scheme->rankings[entity->index];
    if (ranking->state == ENTITY_DONE) return ranking->out[0] ? ranking : NULL;
    struct ast *decl = entity->decl;
    if (!work_begin(scheme, &ranking->state, entity->name, decl->at, at)) return NULL;
    struct span outer = scheme->graph.where;
    scheme->graph.where = decl->at;
    uint32_t count = 1, k = 1;
    for (struct ast *key = decl->list; key; key = key->next) count++;
    struct value **keys = ARENA_ARRAY(scheme->arena, struct value *, count), *partition[1] = {NULL}, *mask = NULL;
    bool *highest = ARENA_ARRAY(scheme->arena, bool, count);
    bool fine = rank_key(scheme, decl->a, decl->op, &keys[0], &highest[0], &ranking->first);
    for (struct ast *key = decl->list; key; key = key->next, k++)
        fine &= rank_key(scheme, key->a, key->op, &keys[k], &highest[k], NULL);
    uint32_t partitions = 0;
    struct scope unit = scope_at(SPACE_UNITS);
    if (decl->b) {
        struct expr within = expr_here(scheme, &unit, decl->b);
        if (!expr_ok(within))
            fine = false;
        else if (within.value->kind == REG_QUOTIENT) {
            FIND(scheme->findings, D_NOT_TOGETHER, decl->b->at, type_word(scheme, within.type),
                 scheme_word(scheme, "groups", "分组"));
            fine = false;
        } else
            partition[partitions++] = as_number(scheme, within.value);
    }
    if (decl->c) fine &= (mask = condition_lower(scheme, &unit, decl->c)) != NULL;
    mask = mask_and(scheme, mask, assessed_lower(scheme));
    if (fine)
        for (int output = 0; output < RANK_OUTPUTS; output++)
            if (output != RANK_ORDINAL)
                ranking->out[output] =
                    value_rank(&scheme->graph, SPACE_UNITS, keys, highest, count, partition, partitions, mask, output);
    scheme->graph.where = outer;
    work_end(scheme, &ranking->state);
    return fine ? ranking : NULL;
}

/* ---- outcomes ---- */

/* The day something is due is for people to read; it must be a day all the same. */
static struct expr due_lower(struct scheme *scheme, struct ast *due)
{
    struct scope scope = scope_at(SPACE_UNITS);
    scope.due = true;
    scheme->due_published = false;
    struct expr day = expr_lower(scheme, &scope, due);
    if (expr_ok(day) && day.type.kind != TYPE_DATE)
        FIND(scheme->findings, D_NOT_DATE, due->at, due->text.len ? due->text : scheme_word(scheme, "this", "此处"),
             type_word(scheme, day.type));
    return expr_ok(day) && day.type.kind == TYPE_DATE && !scheme->due_published ? day : (struct expr){0};
}

struct value *outcome_lower(struct scheme *scheme, uint32_t index, struct ast *at)
{
    struct outcome *outcome = &scheme->outcomes[index];
    if (outcome->state == ENTITY_DONE) return outcome->value;
    struct ast *decl = outcome->entity->decl;
    if (!work_begin(scheme, &outcome->state, outcome->entity->name, decl->at, at)) return NULL;
    struct scope unit = scope_at(SPACE_UNITS);
    struct value *flag = value_truth(&scheme->graph, false);
    if (decl->a) flag = condition_lower(scheme, &unit, decl->a);
    if (decl->b) outcome->due = due_lower(scheme, decl->b);
    for (uint32_t k = 0; k < scheme->rule_count; k++) {
        if (scheme->rules[k].line->kind != AST_RULE) continue;
        for (struct ast *effect = scheme->rules[k].line->a; effect; effect = effect->next)
            if (effect->kind == AST_OUTCOME_OF && text_equal(effect->a->text, outcome->entity->name)) rule_lower(scheme, k);
    }
    for (size_t k = 0; k < outcome->flag_count && flag; k++) flag = mask_or(scheme, flag, outcome->flags[k]);
    if (outcome->decided >= 0) outcome->condition = flag;
    if (flag && outcome->decided >= 0) { /* it may be ordered: somebody says yes or no */
        struct value *answer = value_judged(&scheme->graph, (uint32_t)outcome->decided);
        flag = mask_and(scheme, flag,
                        value_code(&scheme->graph, OP_CODE_EQ, answer, value_number(&scheme->graph, 1), NULL, 0, 0));
    }
    outcome->value = flag;
    work_end(scheme, &outcome->state);
    return flag;
}
