/* Decisions that change nothing: an order whose condition does not hold, a figure for what is not open or
 * does not apply.
 *
 * In: a run and its decisions. Out: a notice for each subject, with the first such line and how many there are.
 * Decision: told, not refused: a decision may be taken before the facts are complete, and facts change. A no where nothing
 * is to be ordered says what holds anyway, and is not mentioned. Cost: a mask more for each such subject in every run.
 */
#include "kaohe_internal.h"

struct idle {
    struct results *results;
    uint32_t judged, first, line; /* the unit of the first line, and that line */
    uint64_t count;
};

static bool is_no(const struct results *r, const struct value *mask, uint32_t unit)
{
    struct quotient value;
    return !mask || (results_read(r->run, mask, unit, &value) == FAULT_NONE && !value.num);
}

/* Counts the units for which the decision was taken and the mask is no. yes: only decisions that say so. */
static struct idle look(kh_result *result, uint32_t judged, const struct value *mask, bool yes)
{
    struct results *r = result->results;
    const struct dataset *data = r->run->data;
    struct idle found = {.results = r, .judged = judged};
    for (uint32_t unit = 0; unit < r->units; unit++) {
        uint32_t line = data->judged_line[judged][unit];
        if (!line || results_left_out(r, unit)) continue;
        if (yes && data->judged[judged].values[unit] != 1) continue;
        if (result->unit.len && !text_equal(result->unit, unit_key(result->arena, r->scheme, r->run, unit))) continue;
        if (!is_no(r, mask, unit)) continue;
        if (!found.count || line < found.line) found.line = line;
        found.count++;
    }
    return found;
}

static void tell(kh_result *result, struct idle found, enum diag_code code)
{
    if (!found.count) return;
    const struct judged_schema *figure = &found.results->scheme->schema.judged[found.judged];
    struct finding *f = FIND(&result->problems, code, SPAN_NONE, figure->subject,
                             scheme_number_text(found.results->scheme, (int64_t)found.count));
    if (f) f->data = (struct data_place){.file = found.results->run->data->decision_file, .line = found.line};
}

void decisions_report_idle(kh_result *result)
{
    const struct scheme *scheme = result->results->scheme;
    for (size_t k = 0; k < scheme->outcome_count; k++) {
        const struct outcome *outcome = &scheme->outcomes[k];
        if (outcome->decided >= 0 && outcome->condition)
            tell(result, look(result, (uint32_t)outcome->decided, outcome->condition, true), D_ORDER_IDLE);
    }
    for (size_t k = 0; k < scheme->part_count; k++) {
        const struct part *part = &scheme->parts[k];
        if (part->settled >= 0) tell(result, look(result, (uint32_t)part->settled, part->open_here, false), D_SETTLED_IDLE);
        for (uint32_t n = 0; part->judged && part->applies && n < part->judged_count; n++)
            tell(result, look(result, part->judged_first + n, part->applies, false), D_JUDGED_IDLE);
    }
}
