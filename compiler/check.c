/* Findings on marks: worths that do not add up, grades that leave a total uncovered, questions that decide nothing.
 *
 * Decision: only what follows from figures that stand in the text; nothing here looks at data.
 */
#include "reach.h"

#include "../runtime/quotient.h"

static struct text figure(struct scheme *scheme, struct expr expr)
{
    struct buffer words;
    buffer_init(&words, scheme->arena);
    number_print(&words, expr.value->i, expr.type.places);
    return buffer_result(&words);
}

/* -1, 0, 1 of two constants. */
static int order(struct scheme *scheme, struct expr a, struct expr b)
{
    expr_unify(scheme, &a, &b);
    return (a.value->i > b.value->i) - (a.value->i < b.value->i);
}

static void check_worth(struct scheme *scheme, uint32_t index)
{
    struct part *part = &scheme->parts[index];
    struct expr zero = expr_number(scheme, 0, 0), sum = zero;
    bool allotted = false;
    for (int32_t k = part->first_marked; k >= 0; k = scheme->parts[k].next_marked) {
        struct part *below = &scheme->parts[k];
        if (!below->worth.value) continue;
        allotted = true;
        sum = expr_add(scheme, sum, below->worth);
    }
    if (part->unallotted.value && part->worth.value && !allotted)
        FIND(scheme->findings, D_UNALLOTTED_BARE, part->unallotted_at->at, part_word(scheme, index));
    if (!part->worth.value) return;
    if (order(scheme, part->worth, zero) < 0)
        FIND(scheme->findings, D_COUNT_NEGATIVE, part->worth_at->at, figure(scheme, part->worth));
    if (allotted) {
        struct expr whole = part->unallotted.value ? expr_add(scheme, sum, part->unallotted) : sum;
        if (order(scheme, whole, part->worth) != 0) {
            struct expr left = expr_sub(scheme, part->worth, sum);
            FIND(scheme->findings, D_WORTH_SUM, part->worth_at->at, part_word(scheme, index), figure(scheme, sum),
                 figure(scheme, part->worth), order(scheme, left, zero) > 0 ? figure(scheme, left) : TEXT_NONE);
        }
    }
    struct expr ceiling = part->up_to.value ? part->up_to : part->worth;
    if (part->up_to.value && order(scheme, part->up_to, part->worth) < 0)
        FIND(scheme->findings, D_CEILING_WORTH, part->decl->at, part_word(scheme, index), figure(scheme, part->worth),
             figure(scheme, part->up_to));
    if (part->from.value && (order(scheme, part->from, zero) < 0 || order(scheme, part->from, ceiling) > 0))
        FIND(scheme->findings, D_START_RANGE, part->decl->at, part_word(scheme, index), figure(scheme, part->from),
             figure(scheme, ceiling));
}

/* Whether a note says so: in the part, or anywhere under the part's own clause number. */
static bool has_note(const struct ast *list, const struct ast *part)
{
    for (const struct ast *line = list; line; line = line->next) {
        bool same = part->source.len && text_equal(line->source, part->source);
        if (line->kind == AST_NOTE && (same || list == part->list)) return true;
        if ((line->kind == AST_PART || line->kind == AST_UNIT || line->kind == AST_TABLE || line->kind == AST_SCHEME) &&
            has_note(line->list, part))
            return true;
    }
    return false;
}

/* Marks of an item that only takes marks away, and cannot take them all. */
static void check_lost(struct scheme *scheme, uint32_t index)
{
    struct part *part = &scheme->parts[index];
    if (!part->worth.value || part->judged || part->score.value || part->from.value || part->forfeit_count ||
        part->open_count)
        return;
    if (part->first_marked >= 0) return; /* marks lie below, too */
    struct most most = part_most(scheme, index, true);
    if (!most.any || most.others || most.unbounded || order(scheme, most.figure, part->worth) >= 0) return;
    if (has_note(scheme->file->root->list, part->decl)) return;
    for (int32_t k = part->first_drawing; k >= 0; k = scheme->parts[k].next_drawing)
        if (has_note(scheme->file->root->list, scheme->parts[k].decl)) return;
    FIND(scheme->findings, D_NEVER_LOST, part->decl->at, figure(scheme, expr_sub(scheme, part->worth, most.figure)),
         part_word(scheme, index), figure(scheme, part->worth));
}

static void check_weights(struct scheme *scheme, int32_t parent)
{
    struct expr sum = expr_number(scheme, 0, 0);
    struct part *first = NULL;
    for (int32_t k = parent >= 0 ? scheme->parts[parent].first_child : scheme->first_top; k >= 0;
         k = scheme->parts[k].next_child) {
        struct part *part = &scheme->parts[k];
        if (!part->weight.value) continue;
        if (!first) first = part;
        sum = expr_add(scheme, sum, part->weight);
    }
    if (!first || order(scheme, sum, expr_number(scheme, 1, 0)) == 0) return;
    struct text whole = parent >= 0 ? part_word(scheme, (uint32_t)parent) : scheme_word(scheme, "the scheme", "本方案");
    FIND(scheme->findings, D_WEIGHT_SUM, first->weight_at->at, whole,
         arena_print(scheme->arena, "%.*s%%", TEXT_ARG(figure(scheme, expr_mul(scheme, sum, expr_number(scheme, 100, 0))))));
}

/* ---- grades ---- */

static bool covers(struct scheme *scheme, const struct grade *grade, struct expr total)
{
    if (grade->low.value && order(scheme, total, grade->low) < 0) return false;
    return !grade->high.value || order(scheme, total, grade->high) <= 0;
}

/* The most that the marks of the top parts add up to; marks that are shared out move between parts, and the sum stays. No
 * value where some part has no such limit. */
static struct expr top_ceiling(struct scheme *scheme)
{
    struct expr sum = expr_number(scheme, 0, 0);
    for (int32_t k = scheme->first_top_marked; k >= 0; k = scheme->parts[k].next_marked) {
        const struct part *part = &scheme->parts[k];
        struct expr ceiling = part->up_to.value ? part->up_to : part->worth;
        bool limited = ceiling.value && !part->no_limit && !part->divided_at && !part->weight.value;
        if (!limited || (part->up_to.value && part->worth.value && scheme->some_apply)) return expr_none();
        sum = expr_add(scheme, sum, ceiling);
    }
    return sum;
}

/* What the total can come to, as far as it is a number of known places. */
static struct reach total_reach(struct scheme *scheme)
{
    return scheme->total.type.kind == TYPE_NUMBER ? reach_of(scheme, scheme->total.value) : (struct reach){.low = 1};
}

static bool reachable(struct scheme *scheme, const struct reach *reach, struct expr total)
{
    const struct type range = scheme->total.type;
    struct expr ceiling = top_ceiling(scheme);
    int64_t whole;
    unsigned ceiling_places;
    if (ceiling.value && expr_is_constant(ceiling, &whole, &ceiling_places) && ceiling_places <= scheme->round.total &&
        order(scheme, total, ceiling) > 0)
        return false; /* rounding lifts no total over a limit that has no more places than it */
    if (range.kind != TYPE_NUMBER) return !(range.low >= 0 && total.value->i < 0);
    wide value = total.value->i;
    unsigned places = total.type.places;
    while (places > range.places && value % 10 == 0) {
        value /= 10;
        places--;
    }
    if (places > range.places) return false; /* no total has so many places */
    value *= power_of_ten(range.places - places);
    return value >= range.low && value <= range.high && reach_has(reach, value);
}

/* A total next to a grade's end that no grade covers. */
static void check_gap(struct scheme *scheme, const struct reach *reach, struct expr candidate, bool *found)
{
    if (*found || !reachable(scheme, reach, candidate)) return;
    for (size_t k = 0; k < scheme->grade_count; k++)
        if (covers(scheme, &scheme->grades[k], candidate)) return;
    *found = true;
    FIND(scheme->findings, D_GRADE_GAP, scheme->grades_at->at, figure(scheme, candidate));
}

/* The totals next to a limit on either side. */
static void check_beside(struct scheme *scheme, const struct reach *reach, struct expr limit, bool *found)
{
    unsigned places = scheme->total.type.kind == TYPE_NUMBER ? scheme->total.type.places : 1;
    struct expr step = expr_number(scheme, 1, places);
    bool steps = scheme->total.type.kind == TYPE_NUMBER && reach->low > -RANGE_LIMIT && limit.type.places <= places;
    wide at = steps ? limit.value->i * (wide)power_of_ten(places - limit.type.places) : 0;
    wide into = steps ? (at - reach->low) % reach->step : 0;
    if (into < 0) into += reach->step;
    wide below = at - (into ? into : steps ? reach->step : 0), above = below + (steps ? reach->step : 0) * (into ? 1 : 2);
    bool fits = steps && below > INT64_MIN && above < INT64_MAX;
    check_gap(scheme, reach, fits ? expr_number(scheme, (int64_t)below, places) : expr_sub(scheme, limit, step), found);
    check_gap(scheme, reach, fits ? expr_number(scheme, (int64_t)above, places) : expr_add(scheme, limit, step), found);
}

static void check_grades(struct scheme *scheme)
{
    if (!scheme->total.value || !scheme->grade_count) return;
    bool gap = false;
    unsigned places = scheme->total.type.kind == TYPE_NUMBER ? scheme->total.type.places : 1;
    struct expr half = expr_number(scheme, 5, 1);
    const struct reach reach = total_reach(scheme);
    if (scheme->total.type.kind == TYPE_NUMBER && scheme->total.type.low > INT64_MIN &&
        scheme->total.type.high < INT64_MAX) {
        check_gap(scheme, &reach, expr_number(scheme, (int64_t)scheme->total.type.low, places), &gap);
        check_gap(scheme, &reach, expr_number(scheme, (int64_t)scheme->total.type.high, places), &gap);
    }
    for (size_t k = 0; k < scheme->grade_count && !gap; k++) {
        struct grade *grade = &scheme->grades[k];
        for (size_t j = 0; j < scheme->grade_count && grade->high.value;
             j++) /* the middle of a gap is the clearest example */
            if (scheme->grades[j].low.value && order(scheme, scheme->grades[j].low, grade->high) > 0)
                check_gap(scheme, &reach, expr_mul(scheme, expr_add(scheme, grade->high, scheme->grades[j].low), half),
                          &gap);
    }
    for (size_t k = 0; k < scheme->grade_count && !gap; k++) {
        struct grade *grade = &scheme->grades[k];
        if (grade->low.value) check_beside(scheme, &reach, grade->low, &gap);
        if (grade->high.value) check_beside(scheme, &reach, grade->high, &gap);
    }
    for (int k = 0; k < reach.count && !gap; k++) /* few totals: each of them */
        if (reach.at[k] > INT64_MIN && reach.at[k] < INT64_MAX)
            check_gap(scheme, &reach, expr_number(scheme, (int64_t)reach.at[k], places), &gap);
    for (size_t k = 1; k < scheme->grade_count; k++)
        for (size_t j = 0; j < k; j++) {
            struct grade *late = &scheme->grades[k], *early = &scheme->grades[j];
            bool low = !early->low.value || (late->low.value && order(scheme, late->low, early->low) >= 0);
            bool high = !early->high.value || (late->high.value && order(scheme, late->high, early->high) <= 0);
            bool after = !early->low.value && !early->high.value; /* behind `otherwise`: reported where it stands */
            if (!low || !high || after) continue;
            struct finding *f = FIND(scheme->findings, D_GRADE_NEVER, late->line->at, late->name, early->name,
                                     scheme_line_text(scheme, early->line->at));
            if (f) f->other = early->line->at;
            break;
        }
}

/* A total that the range of a later line covers, too: 80 in 80 to 90 and 70 to 80. Lines that only say from where are meant
 * to be read downwards. */
static void check_shared(struct scheme *scheme)
{
    const struct reach reach = total_reach(scheme);
    for (size_t k = 1; k < scheme->grade_count; k++)
        for (size_t j = 0; j < k; j++) {
            struct grade *late = &scheme->grades[k], *early = &scheme->grades[j];
            if (!late->high.value || !early->low.value || !covers(scheme, late, early->low)) continue;
            if (!reachable(scheme, &reach, early->low) || (late->low.value && order(scheme, late->low, early->low) >= 0))
                continue;
            struct finding *f = FIND(scheme->findings, D_GRADE_SHARED, early->line->at, figure(scheme, early->low),
                                     text_shown(late->name, late->heading), scheme_line_text(scheme, late->line->at));
            if (f) f->other = late->line->at;
        }
}

void scheme_check_marks(struct scheme *scheme)
{
    bool sound = scheme->findings->errors == 0; /* proofs about marks need every rule */
    for (uint32_t k = 0; k < scheme->part_count; k++) {
        struct part *part = &scheme->parts[k];
        check_worth(scheme, k);
        if (sound) check_lost(scheme, k);
        check_weights(scheme, (int32_t)k);
        if (part->kind == OP_BONUS && !part->up_to.value && !part->no_limit && !part->worth.value &&
            part->parent == NO_INDEX)
            FIND(scheme->findings, D_BONUS_OPEN, part->decl->at, part_word(scheme, k));
    }
    check_weights(scheme, NO_INDEX);
    if (sound) {
        check_grades(scheme);
        if (scheme->total.value) check_shared(scheme);
    }
    for (size_t k = 0; k < scheme->global.count; k++) {
        struct entity *e = scheme->global.all[k];
        if (e->kind == ENTITY_QUESTION && e->index == 0 && !scheme_used_file(scheme->file, e->decl->at).len)
            FIND(scheme->findings, D_QUESTION_IDLE, e->decl->at, e->name);
    }
    if (!scheme->grade_count && !scheme->ranking_count && !scheme->outcome_count && scheme->part_count)
        FIND(scheme->findings, D_NO_TOTAL_USE, scheme->file->root->list ? scheme->file->root->list->at : SPAN_NONE);
}
