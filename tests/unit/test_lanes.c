/* Loops over lanes: each number as the arithmetic of the language gives it, with wide vectors and without them. */
#include "../../runtime/lanes.h"

#include "../../runtime/wide.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { MOST = 83, ROOM = (MOST / LANE_BLOCK + 1) * LANE_BLOCK, ROUNDS = 400 };

static int64_t x[ROOM], y[ROOM], n[ROOM];
static uint8_t m[ROOM];
static uint64_t dice;

static uint64_t roll(void)
{
    dice = dice * 6364136223846793005u + 1442695040888963407u;
    return dice >> 11 ^ dice << 40;
}

/* Of any size, the ends among them. */
static int64_t any_number(void)
{
    static const int64_t ENDS[] = {INT64_MIN, INT64_MAX, INT32_MIN, INT32_MAX, INT16_MIN, INT16_MAX, 0, -1, 1};
    if (roll() % 6 == 0) return ENDS[roll() % (sizeof ENDS / sizeof *ENDS)];
    return (int64_t)roll() >> roll() % 64;
}

static void fill_all(int most_bits)
{
    for (int i = 0; i < ROOM; i++) {
        x[i] = any_number() >> (63 - most_bits);
        y[i] = roll() % 4 ? any_number() >> (63 - most_bits) : x[i];
        m[i] = (uint8_t)(roll() & 1);
        n[i] = 77;
    }
}

/* Calls check with every count, with wide vectors (if there are any) and without. */
static void each_count(void (*check)(uint32_t count))
{
    for (int wide = 0; wide < 2; wide++) {
        wide_allow(wide);
        for (int round = 0; round < ROUNDS; round++) {
            dice = (uint64_t)round;
            roll();
            fill_all((int)(roll() % 64));
            check(1 + (uint32_t)round % MOST);
        }
    }
    wide_allow(true);
}

static void check_compare(uint32_t count)
{
    uint8_t out[ROOM];
    for (int relation = LESS; relation <= UNEQUAL; relation++) {
        lanes_compare((enum relation)relation, x, y, out, count);
        for (uint32_t i = 0; i < count; i++) {
            bool is[] = {x[i] < y[i], x[i] <= y[i], x[i] == y[i], x[i] != y[i]};
            assert_int_equal(out[i], is[relation]);
        }
    }
}

static void check_add(uint32_t count)
{
    bool over = lanes_add(x, y, n, count), fits = true;
    for (uint32_t i = 0; i < count; i++) {
        int64_t sum;
        if (__builtin_add_overflow(x[i], y[i], &sum)) fits = false;
        assert_int_equal(n[i], sum); /* modulo 2^64 if it does not fit */
    }
    if (!fits) assert_true(over);
    if (count % LANE_BLOCK == 0) assert_int_equal(over, !fits);
}

static void check_sub(uint32_t count)
{
    bool over = lanes_sub(x, y, n, count), fits = true;
    for (uint32_t i = 0; i < count; i++) {
        int64_t difference;
        if (__builtin_sub_overflow(x[i], y[i], &difference)) fits = false;
        assert_int_equal(n[i], difference);
    }
    if (!fits) assert_true(over);
    if (count % LANE_BLOCK == 0) assert_int_equal(over, !fits);
}

static int small_products;

static void check_mul(uint32_t count)
{
    if (!lanes_mul_small(x, y, n, count)) return;
    small_products++;
    for (uint32_t i = 0; i < count; i++) {
        int64_t product;
        assert_false(__builtin_mul_overflow(x[i], y[i], &product));
        assert_int_equal(n[i], product);
    }
}

static void check_choice(uint32_t count)
{
    lanes_select(m, x, y, n, count);
    for (uint32_t i = 0; i < count; i++) assert_int_equal(n[i], m[i] ? x[i] : y[i]);
    lanes_min(x, y, n, count);
    for (uint32_t i = 0; i < count; i++) assert_int_equal(n[i], x[i] < y[i] ? x[i] : y[i]);
    lanes_max(x, y, n, count);
    for (uint32_t i = 0; i < count; i++) assert_int_equal(n[i], x[i] > y[i] ? x[i] : y[i]);
}

static void check_extent(uint32_t count)
{
    uint64_t bits = 0;
    for (uint32_t i = 0; i < count; i++) bits |= x[i] < 0 ? ~(uint64_t)x[i] : (uint64_t)x[i];
    assert_true(lanes_extent(x, count) == bits);
}

/* Behind the last lane nothing is written. */
static void check_widths(uint32_t count)
{
    int16_t two[ROOM + 1];
    int32_t four[ROOM + 1];
    uint32_t index[ROOM];
    memset(two, 0x55, sizeof two);
    memset(four, 0x55, sizeof four);
    for (uint32_t i = 0; i < ROOM; i++) {
        x[i] = (int16_t)x[i];
        y[i] = (int32_t)y[i];
        index[i] = (uint32_t)roll();
    }
    lanes_narrow_2(x, two, count);
    lanes_narrow_4(y, four, count);
    for (uint32_t i = 0; i < count; i++) {
        assert_int_equal(two[i], x[i]);
        assert_int_equal(four[i], y[i]);
    }
    assert_int_equal(two[count], 0x5555);
    assert_int_equal(four[count], 0x55555555);
    lanes_widen_2(two, n, count);
    for (uint32_t i = 0; i < count; i++) assert_int_equal(n[i], x[i]);
    assert_int_equal(n[count], 77);
    lanes_widen_4(four, n, count);
    for (uint32_t i = 0; i < count; i++) assert_int_equal(n[i], y[i]);
    assert_int_equal(n[count], 77);
    lanes_widen_index(index, n, count);
    for (uint32_t i = 0; i < count; i++) assert_int_equal(n[i], index[i]);
    assert_int_equal(n[count], 77);
}

static void test_comparisons(void **state)
{
    (void)state;
    each_count(check_compare);
}

static void test_sums_that_do_not_fit_are_seen(void **state)
{
    (void)state;
    each_count(check_add);
    each_count(check_sub);
}

static void test_products_of_small_factors(void **state)
{
    (void)state;
    small_products = 0;
    each_count(check_mul);
    if (wide_here()) assert_in_range(small_products, 50, ROUNDS - 50);
}

static void test_choice(void **state)
{
    (void)state;
    each_count(check_choice);
}

static void test_bits_without_signs(void **state)
{
    (void)state;
    each_count(check_extent);
}

static void test_widths(void **state)
{
    (void)state;
    each_count(check_widths);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_comparisons),
        cmocka_unit_test(test_sums_that_do_not_fit_are_seen),
        cmocka_unit_test(test_products_of_small_factors),
        cmocka_unit_test(test_choice),
        cmocka_unit_test(test_bits_without_signs),
        cmocka_unit_test(test_widths),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
