/* Dates, lane by lane: days since 1970-01-01.
 *
 * In: number registers. Out: number registers; a lane carries FAULT_OVERFLOW when an operand or the result lies outside
 * the calendar.
 */
#include "batch.h"
#include "calendar.h"

enum { FIRST_DAY = -135140, LAST_DAY = 2932896 }; /* 1600-01-01, 9999-12-31 */

static bool is_day(int64_t days) { return days >= FIRST_DAY && days <= LAST_DAY; }

void vm_date_add(struct batch *b, bool (*add)(int64_t, int64_t, int64_t *))
{
    const struct reg *x = b->at[b->insn->a], *y = b->at[b->insn->b];
    struct reg *r = result_open(b, REG_NUMBER);
    faults_join(r, x, y, b->count);
    for (uint32_t i = 0; i < b->count; i++) {
        r->n[i] = 0;
        if (!is_day(x->n[i]) || !add(x->n[i], y->n[i], &r->n[i])) fault_mark(r, i, b->count, FAULT_OVERFLOW);
    }
    result_close(b, REG_NUMBER);
}

void vm_date_between(struct batch *b, int64_t (*between)(int64_t, int64_t))
{
    const struct reg *x = b->at[b->insn->a], *y = b->at[b->insn->b];
    struct reg *r = result_open(b, REG_NUMBER);
    faults_join(r, x, y, b->count);
    for (uint32_t i = 0; i < b->count; i++) {
        bool days = is_day(x->n[i]) && is_day(y->n[i]);
        r->n[i] = days ? between(x->n[i], y->n[i]) : 0;
        if (!days) fault_mark(r, i, b->count, FAULT_OVERFLOW);
    }
    result_close(b, REG_NUMBER);
}

/* Steps of working days, by the run's calendar. */
void vm_workdays(struct batch *b, bool add)
{
    const struct reg *x = b->at[b->insn->a], *y = b->at[b->insn->b];
    struct reg *r = result_open(b, REG_NUMBER);
    const struct workdays *calendar = &b->run->workdays;
    faults_join(r, x, y, b->count);
    for (uint32_t i = 0; i < b->count; i++) {
        bool fine = is_day(x->n[i]) && (add || is_day(y->n[i]));
        r->n[i] = fine && !add ? workdays_between(calendar, x->n[i], y->n[i]) : 0;
        if (fine && add) fine = workdays_add(calendar, x->n[i], y->n[i], &r->n[i]);
        if (!fine) fault_mark(r, i, b->count, FAULT_OVERFLOW);
    }
    result_close(b, REG_NUMBER);
}

void vm_date_part(struct batch *b, enum date_part part)
{
    const struct reg *x = b->at[b->insn->a];
    struct reg *r = result_open(b, REG_NUMBER);
    faults_copy(r, x, b->count);
    for (uint32_t i = 0; i < b->count; i++) {
        int64_t parts[3] = {0, 0, 0};
        if (is_day(x->n[i])) {
            date_parts(x->n[i], &parts[DATE_YEAR], &parts[DATE_MONTH], &parts[DATE_DAY]);
        } else {
            fault_mark(r, i, b->count, FAULT_OVERFLOW);
        }
        r->n[i] = parts[part];
    }
    result_close(b, REG_NUMBER);
}
