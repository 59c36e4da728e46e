/* Working days by a calendar: see workdays.h. */
#include "workdays.h"

#include "calendar.h"

#include <stdlib.h>

struct day_row {
    int64_t day;
    uint32_t row;
    bool works;
};

static int by_day(const void *x, const void *y)
{
    const struct day_row *a = x, *b = y;
    if (a->day != b->day) return a->day < b->day ? -1 : 1;
    return (a->row > b->row) - (a->row < b->row);
}

void workdays_open(struct arena *arena, const struct schema *schema, const struct dataset *data, struct workdays *out)
{
    *out = (struct workdays){0};
    if (!schema->has_workdays) return;
    const struct table_data *table = &data->tables[schema->workday_table];
    const struct column *date = &table->columns[schema->workday_date], *works = &table->columns[schema->workday_works];
    struct day_row *rows = ARENA_ARRAY(arena, struct day_row, table->rows);
    uint32_t count = 0;
    for (uint32_t row = 0; row < table->rows && date->values && works->values; row++) {
        if ((date->blank && date->blank[row]) || (works->blank && works->blank[row])) continue;
        rows[count++] = (struct day_row){date->values[row], row, works->values[row] == 1};
    }
    if (count) qsort(rows, count, sizeof *rows, by_day);
    out->days = ARENA_ARRAY(arena, int64_t, count);
    out->change = ARENA_ARRAY(arena, int8_t, count);
    out->sum = ARENA_ARRAY(arena, int64_t, (size_t)count + 1);
    for (uint32_t k = 0; k < count; k++) {
        if (k + 1 < count && rows[k + 1].day == rows[k].day) continue;
        bool weekday = date_weekday(rows[k].day) < 5;
        out->days[out->count] = rows[k].day;
        out->change[out->count] = (int8_t)(rows[k].works - weekday);
        out->sum[out->count + 1] = out->sum[out->count] + out->change[out->count];
        out->count++;
    }
}

/* How many exceptions lie before a day. */
static uint32_t before(const struct workdays *calendar, int64_t day)
{
    uint32_t low = 0, high = calendar->count;
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        if (calendar->days[middle] < day) low = middle + 1;
        else high = middle;
    }
    return low;
}

static bool works(const struct workdays *calendar, int64_t day)
{
    uint32_t k = before(calendar, day);
    int change = k < calendar->count && calendar->days[k] == day ? calendar->change[k] : 0;
    return (date_weekday(day) < 5) + change > 0;
}

bool workdays_add(const struct workdays *calendar, int64_t days, int64_t count, int64_t *out)
{
    int64_t day = days, ignore;
    if (!calendar->count) return date_add_workdays(days, count, out);
    if (!date_add_workdays(days, 0, &ignore)) return false;
    int64_t first = calendar->days[0], last = calendar->days[calendar->count - 1];
    if (count > 0 && day < first) { /* plain weeks up to the exceptions */
        int64_t plain = date_workdays_between(day, first - 1);
        if (count <= plain) return date_add_workdays(day, count, out);
        count -= plain;
        day = first - 1;
    }
    if (count < 0 && day > last) {
        int64_t plain = -date_workdays_between(day, last + 1);
        if (-count <= plain) return date_add_workdays(day, count, out);
        count += plain;
        day = last + 1;
    }
    while (count > 0 && day <= last) count -= works(calendar, ++day);
    while (count < 0 && day >= first) count += works(calendar, --day);
    if (count == 0) {
        *out = day;
        return true;
    }
    return date_add_workdays(day, count, out);
}

int64_t workdays_between(const struct workdays *calendar, int64_t from, int64_t to)
{
    int64_t plain = date_workdays_between(from, to);
    if (!calendar->count) return plain;
    if (to >= from) return plain + calendar->sum[before(calendar, to + 1)] - calendar->sum[before(calendar, from + 1)];
    return plain + calendar->sum[before(calendar, to)] - calendar->sum[before(calendar, from)];
}
