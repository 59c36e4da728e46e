/* Dates: day numbers, spellings, months whose days run out, working days. Day numbers were worked out by hand; long runs
 * are checked against plain counting. */
#include "../../runtime/calendar.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

static int64_t day(int year, int month, int day_of_month)
{
    int64_t days = INT64_MIN;
    assert_true(date_make(year, month, day_of_month, &days));
    return days;
}

static void test_known_days(void **state)
{
    (void)state;
    assert_int_equal(day(1970, 1, 1), 0);
    assert_int_equal(day(1969, 12, 31), -1);
    assert_int_equal(day(2000, 1, 1), 10957);       /* 30 * 365 + 7 leap days */
    assert_int_equal(day(2000, 3, 1), 10957 + 60);  /* 2000 is a leap year */
    assert_int_equal(day(2008, 1, 1), 13879);       /* 38 * 365 + 9 */
    assert_int_equal(day(1600, 1, 1), -135140);     /* 370 * 365 + 93 - 3 */
    assert_int_equal(day(1900, 3, 1) - day(1900, 2, 28), 1);
    assert_int_equal(day(2004, 3, 1) - day(2004, 2, 28), 2);
}

static void test_days_that_are_not(void **state)
{
    (void)state;
    int64_t days;
    static const int64_t WRONG[][3] = {
        {2007, 2, 29}, {1900, 2, 29}, {2100, 2, 29}, {2007, 4, 31}, {2007, 0, 1}, {2007, 13, 1}, {2007, 1, 0}, {2007, 1, 32},
        {1599, 12, 31}, {10000, 1, 1}, {-2007, 1, 1}, {2007, 1, -1}, {INT64_MAX, 1, 1}, {2007, INT64_MIN, 1},
    };
    for (size_t i = 0; i < sizeof WRONG / sizeof *WRONG; i++) {
        assert_false(date_make(WRONG[i][0], WRONG[i][1], WRONG[i][2], &days));
    }
    assert_true(date_make(2000, 2, 29, &days));
    assert_true(date_make(1600, 2, 29, &days));
}

/* Every day from 1600 to 9999, counted one by one. */
static void test_every_day(void **state)
{
    (void)state;
    static const int LENGTHS[12] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int64_t expected = -135140, y, m, d;
    int weekday = 5; /* 1600-01-01 was a Saturday */
    for (int year = 1600; year <= 9999; year++) {
        for (int month = 1; month <= 12; month++) {
            int leap = month == 2 && ((year % 4 == 0 && year % 100 != 0) || year % 400 == 0);
            for (int dom = 1; dom <= LENGTHS[month - 1] + leap; dom++, expected++, weekday = (weekday + 1) % 7) {
                date_parts(expected, &y, &m, &d);
                if (y != year || m != month || d != dom || day(year, month, dom) != expected ||
                    date_weekday(expected) != weekday)
                    fail_msg("%d-%d-%d", year, month, dom);
            }
        }
    }
    assert_int_equal(expected - 1, 2932896);
}

static void test_parts_of_any_number(void **state)
{
    (void)state;
    int64_t y, m, d;
    static const int64_t EXTREME[] = {INT64_MIN, INT64_MIN + 1, INT64_MAX, INT64_MAX - 1, -719163, -719162, -135141,
        2932897};
    for (size_t i = 0; i < sizeof EXTREME / sizeof *EXTREME; i++) {
        date_parts(EXTREME[i], &y, &m, &d);
        assert_in_range(m, 1, 12);
        assert_in_range(d, 1, 31);
        char room[16];
        assert_true(date_format(EXTREME[i], room).len < sizeof room);
        assert_in_range(date_weekday(EXTREME[i]), 0, 6);
    }
    date_parts(-719162, &y, &m, &d); /* 0001-01-01 */
    assert_int_equal(y, 1);
    assert_int_equal(m, 1);
    assert_int_equal(d, 1);
}

static void test_spellings(void **state)
{
    (void)state;
    static const char *const RIGHT[] = {
        "2007-01-31", "2007-1-31", "2007/1/31", "2007/01/31", "2007年1月31日", "2007年01月31日", "20070131",
        "２００７-０１-３１", "２００７年１月３１日", "２００７０１３１", "2007／1／31", "2007－1－31",
    };
    for (size_t i = 0; i < sizeof RIGHT / sizeof *RIGHT; i++) {
        int64_t days = 0;
        if (!date_parse(text_of(RIGHT[i]), &days) || days != 13544) fail_msg("%s", RIGHT[i]); /* 37 * 365 + 9 + 30 */
    }
    static const char *const WRONG[] = {
        "", "2007", "2007-01", "2007-1-", "07-01-31", "2007-01-31 ", " 2007-01-31", "2007-01-31T00:00", "2007-1/31",
        "2007年1月31", "2007年1月", "2007-02-29", "2007-13-01", "2007-00-10", "2007-01-00", "200701", "2007131",
        "200701311", "2007-001-31", "2007-01-031", "31/01/2007", "+2007-01-31", "-2007-01-31", "2007.01.31", "1599-12-31",
        "00010101", "２００７-０２-３０", "2007-0\xEF\xBC", "\xEF\xBC\x92", "\xEF", "2007\xE5\xB9",
    };
    for (size_t i = 0; i < sizeof WRONG / sizeof *WRONG; i++) {
        int64_t days;
        if (date_parse(text_of(WRONG[i]), &days)) fail_msg("%s", WRONG[i]);
    }
}

/* The text may end anywhere: nothing behind it is looked at (under a sanitizer). */
static void test_cut_spellings(void **state)
{
    (void)state;
    static const char WHOLE[] = "２００７年１２月３１日";
    for (size_t len = 0; len < sizeof WHOLE - 1; len++) {
        char *copy = malloc(len + !len);
        memcpy(copy, WHOLE, len);
        int64_t days;
        assert_false(date_parse((struct text){copy, len}, &days));
        free(copy);
    }
}

static void test_format(void **state)
{
    (void)state;
    char room[16];
    assert_true(text_is(date_format(0, room), "1970-01-01"));
    assert_true(text_is(date_format(day(2008, 2, 29), room), "2008-02-29"));
    assert_true(text_is(date_format(day(9999, 12, 31), room), "9999-12-31"));
    assert_true(text_is(date_format(day(1600, 1, 1), room), "1600-01-01"));
}

static void test_adding_months(void **state)
{
    (void)state;
    static const struct {
        int from[3], months, to[3];
    } CASES[] = {
        {{2007, 1, 31}, 1, {2007, 2, 28}},  {{2008, 1, 31}, 1, {2008, 2, 29}},   {{2007, 1, 31}, 3, {2007, 4, 30}},
        {{2007, 12, 31}, 2, {2008, 2, 29}}, {{2008, 2, 29}, 12, {2009, 2, 28}},  {{2008, 2, 29}, 48, {2012, 2, 29}},
        {{2007, 3, 31}, -1, {2007, 2, 28}}, {{2007, 1, 15}, -1, {2006, 12, 15}}, {{2007, 1, 15}, 0, {2007, 1, 15}},
        {{2007, 1, 15}, -25, {2004, 12, 15}}, {{1969, 12, 31}, 2, {1970, 2, 28}},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        int64_t out;
        assert_true(date_add_months(day(CASES[i].from[0], CASES[i].from[1], CASES[i].from[2]), CASES[i].months, &out));
        assert_int_equal(out, day(CASES[i].to[0], CASES[i].to[1], CASES[i].to[2]));
    }
    int64_t out;
    assert_true(date_add_months(day(9999, 11, 30), 1, &out));
    assert_false(date_add_months(day(9999, 12, 1), 1, &out));
    assert_false(date_add_months(day(1600, 1, 31), -1, &out));
    assert_false(date_add_months(0, INT64_MAX, &out));
    assert_false(date_add_months(0, INT64_MIN, &out));
    assert_false(date_add_months(INT64_MAX, 1, &out));
}

static void test_months_between(void **state)
{
    (void)state;
    static const struct {
        int from[3], to[3], months, years;
    } CASES[] = {
        {{2007, 1, 31}, {2007, 2, 27}, 0, 0},   {{2007, 1, 31}, {2007, 2, 28}, 1, 0}, {{2008, 1, 31}, {2008, 2, 28}, 0, 0},
        {{2008, 1, 31}, {2008, 2, 29}, 1, 0},   {{2007, 1, 31}, {2007, 3, 30}, 1, 0}, {{2007, 1, 31}, {2007, 3, 31}, 2, 0},
        {{2008, 2, 29}, {2009, 2, 27}, 11, 0},  {{2008, 2, 29}, {2009, 2, 28}, 12, 1},
        {{2007, 5, 10}, {2007, 5, 10}, 0, 0},   {{2007, 5, 10}, {2010, 5, 9}, 35, 2}, {{2007, 5, 10}, {2010, 5, 10}, 36, 3},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        int64_t from = day(CASES[i].from[0], CASES[i].from[1], CASES[i].from[2]);
        int64_t to = day(CASES[i].to[0], CASES[i].to[1], CASES[i].to[2]);
        assert_int_equal(date_months_between(from, to), CASES[i].months);
        assert_int_equal(date_months_between(to, from), -CASES[i].months);
        assert_int_equal(date_years_between(from, to), CASES[i].years);
        assert_int_equal(date_years_between(to, from), -CASES[i].years);
    }
}

/* The definition itself, over month ends and a leap day: the largest m with from + m months <= to. */
static void test_months_between_is_what_it_says(void **state)
{
    (void)state;
    for (int64_t from = day(2007, 12, 25); from < day(2008, 3, 5); from++) {
        for (int64_t to = from; to < from + 800; to += 1 + (to & 3)) {
            int64_t months = 0, next;
            while (date_add_months(from, months + 1, &next) && next <= to) months++;
            assert_int_equal(date_months_between(from, to), months);
        }
    }
}

static void test_workdays(void **state)
{
    (void)state;
    int64_t friday = day(2007, 1, 5), saturday = friday + 1, monday = friday + 3, out;
    assert_int_equal(date_weekday(friday), 4);
    assert_true(date_add_workdays(friday, 1, &out) && out == monday);
    assert_true(date_add_workdays(saturday, 1, &out) && out == monday);
    assert_true(date_add_workdays(saturday, 0, &out) && out == saturday);
    assert_true(date_add_workdays(monday, -1, &out) && out == friday);
    assert_true(date_add_workdays(saturday, -1, &out) && out == friday);
    assert_true(date_add_workdays(friday, 5, &out) && out == friday + 7);
    assert_true(date_add_workdays(friday, 10, &out) && out == friday + 14);
    assert_false(date_add_workdays(day(9999, 12, 31), 1, &out)); /* a Friday */
    assert_false(date_add_workdays(0, INT64_MAX, &out));
    assert_false(date_add_workdays(0, INT64_MIN, &out));
    assert_int_equal(date_workdays_between(friday, monday), 1);
    assert_int_equal(date_workdays_between(friday, saturday), 0);
    assert_int_equal(date_workdays_between(friday, friday + 7), 5);
    assert_int_equal(date_workdays_between(monday, friday), -1);

    for (int64_t from = -20; from < 20; from++) { /* day by day, on both sides of 1970 */
        for (int64_t count = 1; count < 30; count++) {
            int64_t forward = from, backward = from, left = count;
            while (left) left -= date_weekday(++forward) < 5;
            assert_true(date_add_workdays(from, count, &out) && out == forward);
            assert_int_equal(date_workdays_between(from, forward), count);
            for (left = count; left;) left -= date_weekday(--backward) < 5;
            assert_true(date_add_workdays(from, -count, &out) && out == backward);
            assert_int_equal(date_workdays_between(from, backward), -count);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_known_days),      cmocka_unit_test(test_days_that_are_not),
        cmocka_unit_test(test_every_day),       cmocka_unit_test(test_parts_of_any_number),
        cmocka_unit_test(test_spellings),       cmocka_unit_test(test_cut_spellings),
        cmocka_unit_test(test_format),          cmocka_unit_test(test_adding_months),
        cmocka_unit_test(test_months_between),  cmocka_unit_test(test_months_between_is_what_it_says),
        cmocka_unit_test(test_workdays),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
