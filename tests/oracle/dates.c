/* Dates by counting, proleptic Gregorian: written apart from the product's calendar, on purpose without formulas.
 *
 * In: years from 1600 on. Out: days since 1970-01-01.
 * Decision: years and months are counted one by one. Cost: a few hundred steps for a date.
 */
#include "oracle.h"

static bool leap(long year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

static long month_days(long year, long month)
{
    static const long days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    return days[month - 1] + (month == 2 && leap(year));
}

long date_of(long year, long month, long day)
{
    long days = 0;
    for (long y = 1970; y < year; y++) days += leap(y) ? 366 : 365;
    for (long y = year; y < 1970; y++) days -= leap(y) ? 366 : 365;
    for (long m = 1; m < month; m++) days += month_days(year, m);
    return days + day - 1;
}

void date_split(long days, long *year, long *month, long *day)
{
    long y = 1970, m = 1;
    while (days < 0) days += leap(--y) ? 366 : 365;
    while (days >= (leap(y) ? 366 : 365)) days -= leap(y++) ? 366 : 365;
    while (days >= month_days(y, m)) days -= month_days(y, m++);
    *year = y;
    *month = m;
    *day = days + 1;
}

bool date_read(struct text text, long *days)
{
    long part[3] = {0, 0, 0};
    size_t at = 0;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.at[i];
        if (c == '-') {
            if (++at > 2) return false;
        } else if (c >= '0' && c <= '9') {
            part[at] = part[at] * 10 + (c - '0');
        } else {
            return false;
        }
    }
    if (at != 2 || part[0] < 1600 || part[1] < 1 || part[1] > 12 || part[2] < 1 || part[2] > month_days(part[0], part[1]))
        return false;
    *days = date_of(part[0], part[1], part[2]);
    return true;
}

static const struct workday *calendar_days;

void date_calendar(const struct workday *calendar) { calendar_days = calendar; }

bool date_works(long days)
{
    for (const struct workday *w = calendar_days; w; w = w->next)
        if (w->days == days) return w->works;
    long weekday = ((days % 7) + 7) % 7; /* 1970-01-01 was a Thursday: 0 */
    return weekday != 2 && weekday != 3;
}

long date_plus(long days, long count, enum ast_op unit)
{
    long step = count < 0 ? -1 : 1;
    if (unit == OP_DAYS) return days + count;
    if (unit == OP_WORKDAYS) {
        while (count != 0) {
            days += step;
            if (date_works(days)) count -= step;
        }
        return days;
    }
    long year, month, day;
    date_split(days, &year, &month, &day);
    if (unit == OP_YEARS) count *= 12;
    for (; count != 0; count -= step) {
        month += step;
        if (month == 13) month = 1, year++;
        if (month == 0) month = 12, year--;
    }
    return date_of(year, month, day < month_days(year, month) ? day : month_days(year, month));
}

long date_between(long from, long to, enum ast_op unit)
{
    if (unit == OP_DAYS) return to - from;
    long count = 0;
    if (unit == OP_WORKDAYS) { /* the working days that date_plus steps on, forward up to `to`, backward down to it */
        for (long d = from + 1; d <= to; d++) count += date_works(d);
        for (long d = from - 1; d >= to; d--) count -= date_works(d);
        return count;
    }
    if (to < from) return -date_between(to, from, unit);
    while (date_plus(from, count + 1, unit) <= to) count++;
    return count;
}
