/* Dates as day numbers: the calendar, its spellings, months and working days.
 *
 * In: year, month, day, or text. Out: days since 1970-01-01.
 * Decision: everything goes through the number of days before a year (whole 400-, 100-, 4- and 1-year cycles), so leap
 * years are counted in one place. Cost: a date's parts take a few divisions; they are asked for rarely.
 */
#include "calendar.h"

#include <stdio.h>

enum { FIRST_YEAR = 1600, LAST_YEAR = 9999, YEAR_DAYS = 365, CYCLE4 = 1461, CYCLE100 = 36524, CYCLE400 = 146097 };

/* Days from 0001-01-01 to 1970-01-01. */
static const int64_t EPOCH = 719162;

static const int16_t DAYS_BEFORE_MONTH[13] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365};

static bool is_leap(int64_t year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

static int64_t days_before_year(int64_t year)
{
    int64_t y = year - 1;
    return y * YEAR_DAYS + y / 4 - y / 100 + y / 400;
}

static int days_before_month(int64_t year, int64_t month)
{
    return DAYS_BEFORE_MONTH[month - 1] + (month > 2 && is_leap(year));
}

static int64_t month_length(int64_t year, int64_t month)
{
    int february = month == 2 && is_leap(year);
    return DAYS_BEFORE_MONTH[month] - DAYS_BEFORE_MONTH[month - 1] + february;
}

static int64_t floor_divide(int64_t a, int64_t b) { return a / b - (a % b != 0 && a < 0); }

static int64_t floor_rest(int64_t a, int64_t b) { return a % b < 0 ? a % b + b : a % b; }

bool date_make(int64_t year, int64_t month, int64_t day, int64_t *days)
{
    if (year < FIRST_YEAR || year > LAST_YEAR || month < 1 || month > 12) return false;
    if (day < 1 || day > month_length(year, month)) return false;
    *days = days_before_year(year) + days_before_month(year, month) + day - 1 - EPOCH;
    return true;
}

void date_parts(int64_t days, int64_t *year, int64_t *month, int64_t *day)
{
    /* Split first, add after: `days` near the ends of its type must not overflow. */
    int64_t cycles = floor_divide(days, CYCLE400) + EPOCH / CYCLE400;
    int64_t left = floor_rest(days, CYCLE400) + EPOCH % CYCLE400;
    if (left >= CYCLE400) {
        left -= CYCLE400;
        cycles++;
    }
    int64_t hundreds = left / CYCLE100;
    if (hundreds == 4) hundreds = 3; /* the 400th year's last day */
    left -= hundreds * CYCLE100;
    int64_t fours = left / CYCLE4;
    left -= fours * CYCLE4;
    int64_t ones = left / YEAR_DAYS;
    if (ones == 4) ones = 3; /* a leap year's last day */
    left -= ones * YEAR_DAYS;

    *year = cycles * 400 + hundreds * 100 + fours * 4 + ones + 1;
    int64_t m = 12;
    while (left < days_before_month(*year, m)) m--;
    *month = m;
    *day = left - days_before_month(*year, m) + 1;
}

/* ---- spellings ---- */

/* The digit at `at`, half or full width (U+FF10…U+FF19), or -1; its bytes in *bytes. */
static int digit_at(struct text text, size_t at, size_t *bytes)
{
    unsigned char c = (unsigned char)text.at[at];
    if (c >= '0' && c <= '9') {
        *bytes = 1;
        return c - '0';
    }
    if (c == 0xEF && text.len - at >= 3 && (unsigned char)text.at[at + 1] == 0xBC) {
        unsigned char last = (unsigned char)text.at[at + 2];
        if (last >= 0x90 && last <= 0x99) {
            *bytes = 3;
            return last - 0x90;
        }
    }
    return -1;
}

/* From `least` to `most` digits at *at, as a number; *at moves behind them. -1: there are fewer. */
static int64_t take_digits(struct text text, size_t *at, int least, int most)
{
    int64_t value = 0;
    int count = 0;
    size_t bytes;
    while (count < most && *at < text.len) {
        int digit = digit_at(text, *at, &bytes);
        if (digit < 0) break;
        value = value * 10 + digit;
        *at += bytes;
        count++;
    }
    return count < least ? -1 : value;
}

static bool take_word(struct text text, size_t *at, struct text word)
{
    if (text.len - *at < word.len || memcmp(text.at + *at, word.at, word.len) != 0) return false;
    *at += word.len;
    return true;
}

bool date_parse(struct text text, int64_t *days)
{
    /* What follows the year, the month and the day. */
    static const struct text MARKS[][3] = {
        {{"-", 1}, {"-", 1}, {"", 0}},
        {{"/", 1}, {"/", 1}, {"", 0}},
        {{"年", 3}, {"月", 3}, {"日", 3}},
        {{"－", 3}, {"－", 3}, {"", 0}},
        {{"／", 3}, {"／", 3}, {"", 0}},
        {{"", 0}, {"", 0}, {"", 0}}, /* 20070131: last, because an empty mark always matches */
    };
    enum { SPELLINGS = sizeof MARKS / sizeof *MARKS };

    size_t at = 0;
    int64_t year = take_digits(text, &at, 4, 4);
    if (year < 0) return false;
    size_t spelling = 0;
    while (!take_word(text, &at, MARKS[spelling][0])) spelling++;
    int least = spelling == SPELLINGS - 1 ? 2 : 1;
    int64_t month = take_digits(text, &at, least, 2);
    if (month < 0 || !take_word(text, &at, MARKS[spelling][1])) return false;
    int64_t day = take_digits(text, &at, least, 2);
    if (day < 0 || !take_word(text, &at, MARKS[spelling][2]) || at != text.len) return false;
    return date_make(year, month, day, days);
}

struct text date_format(int64_t days, char *room)
{
    int64_t year, month, day;
    date_parts(days, &year, &month, &day);
    if (year < 0 || year > LAST_YEAR) { /* no date of this program; whatever it is, it must fit the room */
        memset(room, '?', 10);
        return (struct text){room, 10};
    }
    int len = snprintf(room, 16, "%04d-%02d-%02d", (int)year, (int)month, (int)day);
    return (struct text){room, (size_t)len};
}

/* ---- months and years ---- */

bool date_add_months(int64_t days, int64_t months, int64_t *out)
{
    enum { MOST = (LAST_YEAR - FIRST_YEAR + 1) * 12 };
    if (months < -MOST || months > MOST) return false;
    int64_t year, month, day;
    date_parts(days, &year, &month, &day);
    if (year < FIRST_YEAR || year > LAST_YEAR) return false;
    int64_t target = year * 12 + month - 1 + months; /* months since year 0; not negative: both terms are bounded */
    year = floor_divide(target, 12);
    month = target - year * 12 + 1;
    if (year < FIRST_YEAR || year > LAST_YEAR) return false;
    int64_t last = month_length(year, month);
    return date_make(year, month, day < last ? day : last, out);
}

int64_t date_months_between(int64_t from, int64_t to)
{
    if (to < from) return -date_months_between(to, from);
    int64_t y1, m1, d1, y2, m2, d2;
    date_parts(from, &y1, &m1, &d1);
    date_parts(to, &y2, &m2, &d2);
    int64_t months = (y2 - y1) * 12 + m2 - m1;
    /* The last of those months is whole when `from`'s day, or the last day of a month that lacks it, is reached. */
    int64_t last = month_length(y2, m2);
    if (d2 < (d1 < last ? d1 : last)) months--;
    return months;
}

/* from + 12 y months <= to exactly when the whole months between them are at least 12 y. */
int64_t date_years_between(int64_t from, int64_t to) { return date_months_between(from, to) / 12; }

/* ---- days of the week ---- */

int date_weekday(int64_t days)
{
    int64_t rest = days % 7; /* 1970-01-01 was a Thursday: 3 */
    return (int)((rest + 7 + 3) % 7);
}

/* Working days before `days`, counted from a Monday: grows by one over each Monday to Friday. */
static int64_t workdays_before(int64_t days)
{
    int64_t weeks = floor_divide(days, 7), rest = floor_rest(days, 7); /* day 0 is a Thursday: T F S S M T W */
    static const int8_t BEFORE[7] = {0, 1, 2, 2, 2, 3, 4};
    return weeks * 5 + BEFORE[rest];
}

bool date_add_workdays(int64_t days, int64_t count, int64_t *out)
{
    enum { MOST = (LAST_YEAR - FIRST_YEAR + 1) * 262 };
    int64_t year, month, day;
    if (count < -MOST || count > MOST) return false;
    date_parts(days, &year, &month, &day);
    if (year < FIRST_YEAR || year > LAST_YEAR) return false;
    if (count == 0) {
        *out = days;
        return true;
    }
    /* The n-th working day of all, n counted from 0: the one with n working days before it. Forward from a day, the next
     * working day is the first after it; backward, the last before it. */
    int64_t n = count > 0 ? workdays_before(days + 1) + count - 1 : workdays_before(days) + count;
    int64_t weeks = floor_divide(n, 5);
    static const int8_t DAY[5] = {0, 1, 4, 5, 6};
    int64_t target = weeks * 7 + DAY[n - weeks * 5];
    date_parts(target, &year, &month, &day);
    if (year < FIRST_YEAR || year > LAST_YEAR) return false;
    *out = target;
    return true;
}

int64_t date_workdays_between(int64_t from, int64_t to)
{
    /* The steps that date_add_workdays takes: into (from, to], or backward into [to, from). */
    if (to >= from) return workdays_before(to + 1) - workdays_before(from + 1);
    return workdays_before(to) - workdays_before(from);
}
