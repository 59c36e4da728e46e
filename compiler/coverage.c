/* Coverage of a scheme by its own examples: clauses, branches, boundary values.
 *
 * In: points noted while expressions are lowered, and read off rules and grades; the runs of the examples. Out: counts, and
 * a line for each point that no example meets.
 * Decision: a point is a mask of the scheme's own graph (`a = b` beside `a < b`), kept as a figure in the program that runs
 * the examples. So what counts as met is decided by the machine that will score, not by a second reading of the text. Cost:
 * that program is larger than the one that scores.
 */
#include "coverage.h"

#include <stdlib.h>

static void add(struct scheme *scheme, enum cover_kind kind, const struct ast *at, struct value *mask)
{
    struct coverage *c = scheme->coverage;
    if (!c || c->closed || !mask || mask->op == VALUE_CONST_M) return;
    struct cover_point point = {.kind = kind, .at = at, .mask = mask};
    ARENA_PUSH(scheme->arena, c->points, c->count, c->capacity, point);
}

void cover_comparison(struct scheme *scheme, struct ast *at, struct expr a, struct expr b)
{
    if (!scheme->coverage || scheme->coverage->closed) return;
    bool ordered = at->op == OP_LT || at->op == OP_LE || at->op == OP_GT || at->op == OP_GE;
    bool measured = expr_is_numeric(a) || a.type.kind == TYPE_DATE;
    if (!ordered || !measured || (a.value->space == ANYWHERE && b.value->space == ANYWHERE)) return;
    add(scheme, COVER_LIMIT, at, expr_order(scheme, OP_EQ, a, b).value);
}

void cover_branches(struct scheme *scheme, struct ast **at, struct value **masks, size_t count)
{
    struct value *before = NULL;
    if (!scheme->coverage || scheme->coverage->closed) return;
    for (size_t k = 0; k < count; k++) {
        struct value *none = before ? mask_not(scheme, before) : NULL;
        struct value *taken = masks[k] && none ? mask_and(scheme, masks[k], none) : masks[k] ? masks[k] : none;
        add(scheme, COVER_TAKEN, at[k], taken);
        if (masks[k]) before = before ? mask_or(scheme, before, masks[k]) : masks[k];
    }
}

/* Whether some head of the rule has a condition that may fail. */
static bool is_conditional(const struct ast *line)
{
    for (const struct ast *head = line->list; head; head = head->next)
        if (line->kind == AST_RULE && (head->kind == AST_HEAD_IF || head->c || head->d)) return true;
    return line->kind == AST_NEEDS;
}

static const struct ast *short_head(const struct ast *line)
{
    const struct ast *head = line->kind == AST_RULE ? line->list : NULL;
    while (head && head->kind != AST_HEAD_MISSING && head->kind != AST_HEAD_EXTRA) head = head->next;
    return head;
}

void coverage_prepare(struct scheme *scheme)
{
    for (size_t k = 0; k < scheme->rule_count; k++) {
        const struct rule *rule = &scheme->rules[k];
        const struct ast *head = short_head(rule->line);
        int64_t number;
        unsigned places;
        if (!rule->fired) continue;
        if (is_conditional(rule->line)) add(scheme, COVER_HELD, rule->line, rule->fired);
        if (head && rule->have.value && rule->of.value)
            add(scheme, COVER_SHORT, head, expr_order(scheme, OP_EQ, rule->have, rule->of).value);
        if (rule->cap.value && rule->gross.value)
            add(scheme, COVER_CAP, rule->line->b, expr_order(scheme, OP_GE, rule->gross, rule->cap).value);
        for (const struct ast *e = rule->line->kind == AST_RULE ? rule->line->a : NULL; e; e = e->next)
            if (e->b && rule->count.value && e->b->kind == AST_NUMBER && number_parse(e->b->text, &number, &places))
                add(scheme, COVER_COUNT, e,
                    expr_order(scheme, OP_EQ, rule->count, expr_number(scheme, number, places)).value);
    }
    for (uint32_t k = 0; scheme->total.value && k < scheme->grade_count; k++) {
        const struct grade *grade = &scheme->grades[k];
        struct cover_point given = {.kind = COVER_GRADE, .at = grade->line, .grade = k};
        struct coverage *c = scheme->coverage;
        ARENA_PUSH(scheme->arena, c->points, c->count, c->capacity, given);
        if (grade->low.value)
            add(scheme, COVER_FROM, grade->line, expr_order(scheme, OP_EQ, scheme->total, grade->low).value);
    }
    scheme->coverage->closed = true;
}

/* ---- noting ---- */

/* Whether the mask is `truth` in some lane of its space. */
static bool holds_somewhere(const struct run *run, const struct value *mask, bool truth)
{
    struct quotient value;
    uint32_t lanes = mask->space == SPACE_UNITS ? 1 : run->lanes[mask->space]; /* the example's own unit is the first */
    for (uint32_t lane = 0; lane < lanes; lane++)
        if (run_read(run, mask->figure, lane, &value) == FAULT_NONE && (value.num != 0) == truth) return true;
    return false;
}

void coverage_note(struct scheme *scheme, const struct run *run)
{
    struct quotient value;
    for (size_t k = 0; k < scheme->coverage->count; k++) {
        struct cover_point *point = &scheme->coverage->points[k];
        if (point->met) continue;
        if (point->kind == COVER_GRADE) {
            const struct value *ways[] = {scheme->grade.value, scheme->score_grade.value};
            for (int n = 0; n < 2; n++)
                point->met |= ways[n] && results_read(run, ways[n], 0, &value) == FAULT_NONE && value.num == point->grade;
        } else {
            point->met = holds_somewhere(run, point->mask, point->kind != COVER_HELD);
        }
    }
}

/* ---- the report ---- */

static bool is_boundary(enum cover_kind kind) { return kind != COVER_TAKEN && kind != COVER_HELD && kind != COVER_GRADE; }

/* Lines that only check data are no clauses: a comparison there is not measured. */
static bool in_data_check(const struct scheme *scheme, const struct ast *at)
{
    for (const struct ast *decl = scheme->file->root->list; decl; decl = decl->next) {
        if (decl->kind != AST_UNIT && decl->kind != AST_TABLE) continue;
        for (const struct ast *line = decl->list; line; line = line->next)
            if ((line->kind == AST_MUST || line->kind == AST_FIELD) && line->span.from <= at->span.from &&
                at->span.to <= line->span.to)
                return true;
    }
    return false;
}

static int by_place(const void *x, const void *y)
{
    const struct cover_point *a = x, *b = y;
    if (a->at->span.from != b->at->span.from) return a->at->span.from < b->at->span.from ? -1 : 1;
    if (a->at->span.to != b->at->span.to) return a->at->span.to < b->at->span.to ? -1 : 1;
    return (a->kind > b->kind) - (a->kind < b->kind);
}

/* Points of one node and kind are one, met if any is: a line of `every item` is lowered once for each item. */
static size_t merge(struct scheme *scheme, struct cover_point *points, size_t count)
{
    size_t kept = 0;
    if (count) qsort(points, count, sizeof *points, by_place);
    for (size_t k = 0; k < count; k++) {
        if (in_data_check(scheme, points[k].at)) continue;
        if (kept && by_place(&points[kept - 1], &points[k]) == 0)
            points[kept - 1].met |= points[k].met;
        else
            points[kept++] = points[k];
    }
    return kept;
}

static const char *complaint(enum cover_kind kind, bool zh)
{
    switch (kind) {
    case COVER_TAKEN: return zh ? "没有例走到这一支" : "no example takes this branch";
    case COVER_HELD: return zh ? "没有例不触发此条" : "every example fires it: one is wanted that does not";
    case COVER_LIMIT: return zh ? "没有例恰在界上" : "no example lies exactly on the limit";
    case COVER_COUNT: return zh ? "没有例恰满此次数" : "no example fires exactly that often";
    case COVER_SHORT: return zh ? "没有例恰好相等" : "no example has exactly what is asked for";
    case COVER_CAP: return zh ? "没有例达到封顶" : "no example reaches the cap";
    case COVER_GRADE: return zh ? "没有例得此等次" : "no example has this grade";
    case COVER_FROM: return zh ? "没有例的总分恰在界上" : "no example's total lies exactly on the limit";
    }
    return "";
}

static struct text words_of(const struct scheme *scheme, const struct ast *at)
{
    struct text all = {scheme->file->source.at + at->span.from, at->span.to - at->span.from};
    size_t len = 0;
    while (len < all.len && all.at[len] != '\n' && all.at[len] != '\r') len++;
    while (len && all.at[len - 1] == ' ') len--;
    bool line = at->kind == AST_RULE || at->kind == AST_NEEDS || at->kind == AST_CASE || at->kind == AST_GRADE;
    size_t rest = scheme->file->source.len - at->span.from; /* 分 behind a figure is the line's, not the tree's */
    while (line && len < rest && !strchr(" \t\r\n#", all.at[len])) len++;
    return (struct text){all.at, len};
}

void coverage_print(struct buffer *out, struct scheme *scheme, const struct test_report *report, kh_coverage *counts)
{
    bool zh = scheme->tongue == TONGUE_ZH;
    struct coverage *c = scheme->coverage;
    c->count = merge(scheme, c->points, c->count);
    *counts = (kh_coverage){.clauses = report->rules, .clauses_met = report->rules - report->unfired};
    for (size_t k = 0; k < c->count; k++) {
        const struct cover_point *point = &c->points[k];
        if (is_boundary(point->kind)) {
            counts->limits++;
            counts->limits_met += point->met;
        } else {
            counts->branches++;
            counts->branches_met += point->met;
        }
        if (point->met) continue;
        buffer_print(out, zh ? "%.*s %s：%.*s\n" : "%.*s: %s: %.*s\n", TEXT_ARG(scheme_line_text(scheme, point->at->span)),
                     complaint(point->kind, zh), TEXT_ARG(words_of(scheme, point->at)));
    }
}
