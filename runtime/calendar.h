/* Dates as days since 1970-01-01, proleptic Gregorian. No clock, no time zone, no locale. */
#ifndef KAOHE_RUNTIME_CALENDAR_H
#define KAOHE_RUNTIME_CALENDAR_H

#include "text.h"

/* Years accepted in text and in arithmetic: 1600 to 9999. */
bool date_make(int64_t year, int64_t month, int64_t day, int64_t *days); /* false: no such day */
void date_parts(int64_t days, int64_t *year, int64_t *month, int64_t *day);

/* "2007-01-31", "2007/1/31", "2007年1月31日", "20070131"; half- or full-width digits. False: none of these, or no such day. */
bool date_parse(struct text text, int64_t *days);

/* "2007-01-31" into a buffer of at least 16 bytes. */
struct text date_format(int64_t days, char *room);

/* Adds months; a day the target month lacks becomes its last day (Civil Code art. 202). False when out of range. */
bool date_add_months(int64_t days, int64_t months, int64_t *out);

/* Whole months (or years) from `from` to `to`, negative when `to` is earlier: the largest m with from + m months <= to,
 * mirrored for the negative. */
int64_t date_months_between(int64_t from, int64_t to);
int64_t date_years_between(int64_t from, int64_t to);

/* 0 Monday … 6 Sunday. */
int date_weekday(int64_t days);

/* Adds working days, Monday to Friday (holiday calendars come with the table of workdays). */
bool date_add_workdays(int64_t days, int64_t count, int64_t *out);
int64_t date_workdays_between(int64_t from, int64_t to);

#endif
