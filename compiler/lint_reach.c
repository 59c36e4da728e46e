/* Lint: what can never come about, and what two lines claim, as far as declared ranges prove it.
 *
 * In: a sound scheme. Out: notices: caps that never bind, rules that never fire, marks that cannot be earned, bonuses that
 * their section swallows, totals that rounding lifts over a limit, fields that nothing reads, rules without a clause among
 * rules that have one. Decision: only proofs. A figure without a bound proves nothing, so a rule over any number of rows is
 * left alone. Cost: what only data can show is not found here.
 */
#include "cases.h"

#include "../runtime/intern.h"
#include "../runtime/quotient.h"

static struct text figure(struct scheme *scheme, struct expr expr)
{
    struct buffer words;
    buffer_init(&words, scheme->arena);
    number_print(&words, expr.value->i, expr.type.places);
    return buffer_result(&words);
}

static int order(struct scheme *scheme, struct expr a, struct expr b)
{
    expr_unify(scheme, &a, &b);
    return (a.value->i > b.value->i) - (a.value->i < b.value->i);
}

/* The most that a figure can be, as a constant; no value where it has no bound. */
static struct expr most_of(struct scheme *scheme, struct expr expr)
{
    bool bounded = expr.value && expr.type.kind == TYPE_NUMBER && expr.type.high < INT64_MAX && expr.type.high > INT64_MIN;
    return bounded ? expr_number(scheme, (int64_t)expr.type.high, expr.type.places) : expr_none();
}

/* ---- caps ---- */

static void cap_never(struct scheme *scheme, const struct rule *rule)
{
    int64_t number;
    unsigned places;
    struct expr most = most_of(scheme, rule->gross);
    if (!rule->cap.value || rule->line->kind != AST_RULE || !rule->line->b || !most.value) return;
    if (!expr_is_constant(rule->cap, &number, &places)) return;
    struct expr cap = expr_number(scheme, number, places);
    if (order(scheme, most, cap) >= 0) return; /* one that says what the rule comes to anyway is harmless */
    FIND(scheme->findings, D_CAP_NEVER, rule->line->b->at, figure(scheme, cap), figure(scheme, most));
}

/* ---- rules that cannot fire ---- */

static bool is_told_within(const struct scheme *scheme, struct span span)
{
    const struct findings *all = scheme->findings;
    for (size_t k = 0; k < all->count; k++)
        if (all->items[k].code == D_CONDITION_CONST && all->items[k].where.from >= span.from &&
            all->items[k].where.from < span.to)
            return true;
    return false;
}

/* A rule whose conditions exclude one another. */
static void rule_never(struct scheme *scheme, const struct rule *rule)
{
    uint32_t table;
    if (!rule->mask || rule->line->kind != AST_RULE || rule->mask->op != VALUE_CODE) return;
    if (!space_is_table(&scheme->graph, rule->space, &table)) return;
    struct cases *cases = cases_of(scheme, table);
    int32_t node = cases_read(cases, rule->mask);
    if (node < 0 || !cases_first(cases, PART_POINTS)) return;
    do
        if (!cases_fails(cases, node)) return;
    while (cases_next(cases));
    if (!is_told_within(scheme, rule->line->span)) FIND(scheme->findings, D_RULE_NEVER, rule->line->span);
}

/* ---- marks that cannot be earned ---- */

static bool has_note(const struct part *part)
{
    for (const struct ast *line = part->decl->list; line; line = line->next)
        if (line->kind == AST_NOTE) return true;
    return false;
}

static void never_earned(struct scheme *scheme, uint32_t index)
{
    struct part *part = &scheme->parts[index];
    struct expr ceiling = part->up_to.value ? part->up_to : part->worth;
    if (!part->marked || !ceiling.value || part->no_limit || part->judged || part->first_marked >= 0 || part->open_count)
        return;
    bool scored = part->score_line != NULL; /* a quotient or an open figure has no most */
    struct expr start = scored ? most_of(scheme, part->score) : part->from.value ? part->from : expr_number(scheme, 0, 0);
    if (!start.value || (!scored && part->worth.value && !part->from.value)) return; /* it starts with them */
    struct most most = part_most(scheme, index, false);
    struct expr all = expr_add(scheme, start, most.figure);
    bool noted = has_note(part);
    for (int32_t k = part->first_drawing; k >= 0; k = scheme->parts[k].next_drawing) noted |= has_note(&scheme->parts[k]);
    if (most.unbounded || (!most.any && !scored) || noted || order(scheme, all, ceiling) >= 0) return;
    FIND(scheme->findings, D_NEVER_EARNED, part->decl->at, part_word(scheme, index), figure(scheme, all),
         figure(scheme, ceiling));
}

/* ---- bonuses under a full ceiling ---- */

static void bonus_swallowed(struct scheme *scheme, uint32_t index)
{
    struct part *part = &scheme->parts[index];
    if (part->kind != OP_BONUS || !part->marked || part->up < 0) return;
    struct part *above = &scheme->parts[part->up];
    if (!above->worth.value || above->no_limit) return;
    if (above->up_to.value && order(scheme, above->up_to, above->worth) > 0) return;
    struct expr sum = above->unallotted.value ? above->unallotted : expr_number(scheme, 0, 0);
    for (int32_t k = above->first_marked; k >= 0; k = scheme->parts[k].next_marked)
        if (scheme->parts[k].worth.value) sum = expr_add(scheme, sum, scheme->parts[k].worth);
    if (order(scheme, sum, above->worth) < 0) return;
    struct finding *f = FIND(scheme->findings, D_BONUS_SWALLOWED, part->decl->at, part_word(scheme, index),
                             part_word(scheme, (uint32_t)part->up), figure(scheme, above->worth));
    if (f) f->other = above->decl->at;
}

/* ---- rounding ---- */

/* How many decimal places the total can have before it is rounded; 99: a quotient, any number. */
static unsigned places_before(struct scheme *scheme)
{
    unsigned places = 0;
    for (int32_t k = scheme->first_top; k >= 0; k = scheme->parts[k].next_child) {
        const struct part *part = &scheme->parts[k];
        /* rounded parts lift a total as well: what they are before it counts, where it is what they give */
        struct expr expr = part->clipped.value && !part->weight.value && !part->divided_at ? part->clipped : part->gives;
        const struct type type = expr.type;
        if (!expr.value) continue;
        if (type.kind == TYPE_QUOTIENT) return 99;
        if (type.kind == TYPE_NUMBER && type.places > places) places = type.places;
    }
    return places;
}

static void rounding_tips(struct scheme *scheme)
{
    const struct rounding_rule *round = &scheme->round;
    if (!round->given || round->exact || round->mode == MODE_DOWN || !scheme->total.value) return;
    if (places_before(scheme) <= round->total || round->total > 16) return;
    for (size_t k = 0; k < scheme->grade_count; k++) {
        struct grade *grade = &scheme->grades[k];
        if (!grade->low.value) continue;
        /* the least that is lifted to the limit: half a step below it, or, where all is rounded up, the next place */
        int64_t below = round->mode == MODE_UP ? 9 : 5;
        struct expr tipped = expr_sub(scheme, grade->low, expr_number(scheme, below, round->total + 1));
        FIND(scheme->findings, D_ROUNDING_TIPS, grade->line->at, figure(scheme, tipped), figure(scheme, grade->low),
             text_shown(grade->name, grade->heading));
        return;
    }
}

/* ---- fields that nothing reads ---- */

/* The names that are read in a list of nodes and below, each once. */
static void note_uses(struct intern *used, const struct ast *node)
{
    for (; node; node = node->next) {
        if (node->kind == AST_NAME || node->kind == AST_DOT || node->kind == AST_CALL) intern_put(used, node->text);
        const struct ast *below[] = {node->a, node->b, node->c, node->d, node->e, node->f, node->list};
        for (size_t k = 0; k < sizeof below / sizeof *below; k++)
            if (below[k]) note_uses(used, below[k]);
    }
}

static void note_all_uses(struct intern *used, const struct ast *written)
{
    for (const struct ast *decl = written; decl; decl = decl->next) { /* also by readings that were not taken */
        if (decl->kind == AST_EXAMPLE || decl->kind == AST_SAMPLE) continue;
        struct ast alone = *decl;
        alone.next = NULL;
        note_uses(used, &alone);
    }
}

static bool is_record_only(const struct ast *field) /* words, days, kinds and references say what a row is about */
{
    enum ast_op op = field->a ? field->a->op : OP_NONE;
    return op == OP_TEXT || op == OP_DATE || op == OP_UNIT || op == OP_ITEM || op == OP_NAMED || op == OP_LIST ||
           field->flags & AST_KEY;
}

static void idle_fields(struct scheme *scheme, const struct ast *written)
{
    struct intern used;
    uint32_t index;
    intern_init(&used, scheme->arena);
    note_all_uses(&used, written);
    for (const struct ast *decl = scheme->file->root->list; decl; decl = decl->next) {
        if (decl->kind != AST_UNIT && decl->kind != AST_TABLE) continue;
        if (scheme_used_file(scheme->file, decl->at).len) continue; /* other schemes may need it */
        bool days = decl->kind == AST_TABLE && scheme->schema.has_workdays && decl->flags & AST_FOR_ALL;
        for (const struct ast *field = decl->list; field && !days; field = field->next) {
            if (field->kind != AST_FIELD || is_record_only(field) || intern_find(&used, field->text, &index)) continue;
            if (field->at.from == decl->at.from)
                continue; /* a column of results of other schemes, which the language brings */
            bool key = decl->kind == AST_UNIT && field == decl->list;
            if (!key) FIND(scheme->findings, D_FIELD_IDLE, field->at, text_shown(field->text, field->text2));
        }
    }
}

/* ---- clauses ---- */

static bool has_clause(const struct scheme *scheme, const struct rule *rule)
{
    if (rule->line->source.len) return true;
    for (int32_t part = (int32_t)rule->part; part >= 0; part = scheme->parts[part].parent)
        if (scheme->parts[part].decl->source.len) return true;
    return false;
}

/* A rule that takes or gives marks and names no clause, where most rules do. */
static void without_source(struct scheme *scheme)
{
    size_t with = 0, without = 0;
    for (size_t k = 0; k < scheme->rule_count; k++) {
        if (scheme->rules[k].every) continue;
        if (has_clause(scheme, &scheme->rules[k]))
            with++;
        else
            without++;
    }
    if (with <= without) return;
    for (size_t k = 0; k < scheme->rule_count; k++) {
        struct rule *rule = &scheme->rules[k];
        if (rule->every || !rule->gross.value || has_clause(scheme, rule)) continue;
        FIND(scheme->findings, D_NO_SOURCE, rule->line->span, part_word(scheme, rule->part));
    }
}

void scheme_lint_reach(struct scheme *scheme, const struct ast *written)
{
    for (size_t k = 0; k < scheme->rule_count; k++)
        if (!scheme->rules[k].every) {
            cap_never(scheme, &scheme->rules[k]);
            rule_never(scheme, &scheme->rules[k]);
        }
    for (uint32_t k = 0; k < scheme->part_count; k++) {
        never_earned(scheme, k);
        bonus_swallowed(scheme, k);
    }
    rounding_tips(scheme);
    idle_fields(scheme, written);
    without_source(scheme);
}
