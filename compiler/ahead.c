/* How far a unit is from the next grade and the next place.
 *
 * In: a result. Out: the grade above that of its total and the marks that are missing; in each ranking, who stands before it
 * and by how much.
 * Decision: only the total is looked at: what bars, vetoes and quotas take is said where the grade is explained. The
 * distance in a ranking is that of its first key; of equals who share it, another key decides, and the distance is 0.
 */
#include "kaohe_internal.h"

#include "../runtime/quotient.h"

/* The true value of a figure of a unit, its scale applied. */
static bool typed_value(const struct run *run, struct expr expr, uint32_t unit, struct quotient *out)
{
    if (!expr.value || results_read(run, expr.value, unit, out) != FAULT_NONE) return false;
    if (expr.type.kind == TYPE_NUMBER) *out = quotient_make(run->big, out->num, power_of_ten(expr.type.places));
    return true;
}

static struct text distance_text(struct arena *arena, const struct run *run, struct quotient from, struct quotient to)
{
    struct quotient gap = quotient_sub(run->big, to, from);
    struct buffer text;
    if (quotient_is_lost(gap)) return TEXT_NONE;
    buffer_init(&text, arena);
    quotient_print(&text, run->big, quotient_sign(run->big, gap) < 0 ? quotient_neg(run->big, gap) : gap);
    return buffer_result(&text);
}

static void next_grade(struct arena *arena, struct results *r, uint32_t unit, kh_ahead *out)
{
    struct scheme *s = r->scheme;
    struct quotient by_score, total, low;
    if (!s->score_grade.value || results_read(r->run, s->score_grade.value, unit, &by_score) != FAULT_NONE) return;
    for (int64_t g = by_score.num - 1; g >= 0; g--) { /* a line without a lower bound cannot be reached from below */
        if (!typed_value(r->run, s->grades[g].low, unit, &low) || !typed_value(r->run, s->total, unit, &total)) continue;
        out->grade = kh_of(text_shown(s->grades[g].name, s->grades[g].heading));
        out->grade_missing = kh_of(distance_text(arena, r->run, total, low));
        return;
    }
}

static bool same_group(const struct run *run, const struct rank_plan *plan, uint32_t a, uint32_t b)
{
    for (uint32_t k = 0; k < plan->partition_count; k++) {
        struct quotient x, y;
        if (results_read(run, plan->partition[k], a, &x) != FAULT_NONE ||
            results_read(run, plan->partition[k], b, &y) != FAULT_NONE || x.num != y.num || x.den != y.den)
            return false;
    }
    return true;
}

static bool next_place(struct arena *arena, struct results *r, uint32_t unit, size_t index, kh_place_ahead *out)
{
    const struct ranking *ranking = &r->scheme->rankings[index];
    const struct value *place = ranking->out[RANK_PLACE];
    struct quotient own, other, best = {0, 1}, key, its_key;
    uint32_t ahead = UINT32_MAX;
    if (!place || place->op != VALUE_RANK || results_read(r->run, place, unit, &own) != FAULT_NONE) return false;
    const struct rank_plan *plan = &r->scheme->graph.ranks[place->j];
    for (uint32_t u = 0; u < r->units; u++) {
        if (u == unit || results_read(r->run, place, u, &other) != FAULT_NONE || other.num >= own.num ||
            other.num <= best.num)
            continue;
        if (!same_group(r->run, plan, unit, u)) continue;
        best = other;
        ahead = u;
    }
    if (ahead == UINT32_MAX) return false;
    out->ranking = kh_of(text_shown(ranking->entity->name, ranking->entity->heading));
    out->unit = kh_of(results_cell(r, ahead, 0));
    out->place = (size_t)best.num;
    if (expr_is_numeric(ranking->first) && typed_value(r->run, ranking->first, unit, &key) &&
        typed_value(r->run, ranking->first, ahead, &its_key))
        out->missing = kh_of(distance_text(arena, r->run, key, its_key));
    return true;
}

kh_status kh_result_ahead(kh_result *result, size_t unit, kh_ahead *out)
{
    *out = (kh_ahead){.places = NULL};
    if (!result->results) return KH_DATA;
    struct results *r = result->results;
    if (unit >= r->units) return KH_USAGE;
    if (setjmp(*arena_trap(result->arena))) return KH_ENVIRONMENT;
    if (r->state[unit] == KH_NOT_ASSESSED) return KH_OK;
    next_grade(result->arena, r, (uint32_t)unit, out);
    kh_place_ahead *places = ARENA_ARRAY(result->arena, kh_place_ahead, r->scheme->ranking_count);
    for (size_t k = 0; k < r->scheme->ranking_count; k++)
        out->place_count += next_place(result->arena, r, (uint32_t)unit, k, &places[out->place_count]);
    out->places = places;
    return KH_OK;
}
