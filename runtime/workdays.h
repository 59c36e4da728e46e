/* Working days by a calendar: Monday to Friday, but for the days that the data's table of working days names.
 *
 * In: that table's rows. Out: steps of working days.
 * Decision: only the exceptions are kept, sorted, with a running sum, so that a distance costs two searches; a step walks
 * day by day only among the exceptions. Cost: a calendar of every day of many years walks them.
 */
#ifndef KAOHE_RUNTIME_WORKDAYS_H
#define KAOHE_RUNTIME_WORKDAYS_H

#include "schema.h"

struct workdays {
    uint32_t count;     /* exceptions */
    int64_t *days;      /* ascending, distinct */
    int8_t *change;     /* +1: works although it is a weekend; -1: free although it is not; 0: as any week */
    int64_t *sum;       /* of the changes before this one; one more than days */
};

/* The calendar of a dataset; without the table there are no exceptions. Memory from the arena. A day named twice: the last
 * row counts (the table's key forbids it). */
void workdays_open(struct arena *arena, const struct schema *schema, const struct dataset *data, struct workdays *out);

/* `count` working days on from a day (back, if negative). False when out of the calendar. */
bool workdays_add(const struct workdays *calendar, int64_t days, int64_t count, int64_t *out);
/* The steps of workdays_add from one day to another. */
int64_t workdays_between(const struct workdays *calendar, int64_t from, int64_t to);

#endif
