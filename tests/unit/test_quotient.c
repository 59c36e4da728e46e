/* Exact quotients: the edges of 64 bits by hand, the rest against GMP's own rationals.
 *
 * The values expected by hand were worked out on paper; those at random come from mpq, which quotient.c does not use.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <cmocka.h>
#include <gmp.h>

#include "../../runtime/limits.h"
#include "../../runtime/quotient.h"

static struct arena *arena;
static struct big_table *big;

/* Ends the test when memory runs out, so that the arena's trap is never jumped to. */
static void *resize_or_fail(void *host, void *block, size_t old_size, size_t size)
{
    (void)host;
    (void)old_size;
    if (size == 0) {
        free(block);
        return NULL;
    }
    void *bigger = realloc(block, size);
    if (!bigger) fail_msg("out of memory");
    return bigger;
}

static int set_up(void **state)
{
    static const struct kh_allocator ALLOCATOR = {resize_or_fail, NULL};
    (void)state;
    arena = arena_open(&ALLOCATOR, 0);
    arena_trap(arena);
    big = big_table_open(arena);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    arena_close(arena);
    return 0;
}

static struct quotient q(int64_t num, int64_t den) { return quotient_make(big, num, den); }

#define assert_quotient(got, n, d)                                                                                          \
    do {                                                                                                                    \
        struct quotient is = (got);                                                                                         \
        assert_true(is.num == (n));                                                                                         \
        assert_true(is.den == (d));                                                                                         \
    } while (0)

static void assert_prints(struct quotient a, const char *want)
{
    struct buffer out;
    buffer_init(&out, arena);
    quotient_print(&out, big, a);
    buffer_char(&out, '\0');
    assert_string_equal(out.at, want);
}

static void assert_number_prints(int64_t value, unsigned places, const char *want)
{
    struct buffer out;
    buffer_init(&out, arena);
    number_print(&out, value, places);
    buffer_char(&out, '\0');
    assert_string_equal(out.at, want);
}

static void test_lowest_terms(void **state)
{
    (void)state;
    assert_quotient(q(6, 4), 3, 2);
    assert_quotient(q(6, -4), -3, 2);
    assert_quotient(q(-6, -4), 3, 2);
    assert_quotient(q(0, -7), 0, 1);
    assert_quotient(q(INT64_MIN, INT64_MIN), 1, 1);
    assert_quotient(q(INT64_MIN, 2), INT64_MIN / 2, 1);
    assert_quotient(quotient_make(big, (__int128)INT64_MAX * INT64_MAX, INT64_MAX), INT64_MAX, 1);
}

static void test_arithmetic(void **state)
{
    (void)state;
    assert_quotient(quotient_add(big, q(1, 3), q(1, 6)), 1, 2);
    assert_quotient(quotient_add(big, q(1, 3), q(-1, 3)), 0, 1);
    assert_quotient(quotient_sub(big, q(1, 4), q(1, 3)), -1, 12);
    assert_quotient(quotient_mul(big, q(-2, 3), q(9, 4)), -3, 2);
    assert_quotient(quotient_div(big, q(-2, 3), q(-4, 9)), 3, 2);
    assert_quotient(quotient_neg(big, q(1, 3)), -1, 3);
    assert_int_equal(quotient_order(big, q(1, 3), q(33, 100)), 1);
    assert_int_equal(quotient_order(big, q(-1, 3), q(-33, 100)), -1);
    assert_int_equal(quotient_order(big, q(2, 6), q(1, 3)), 0);
}

/* What leaves 64 bits is big, and comes back when it fits again. */
static void test_beyond_64_bits(void **state)
{
    (void)state;
    struct quotient more = quotient_add(big, q(INT64_MAX, 1), q(1, 1)); /* 2^63 */
    assert_int_equal(more.den, 0);
    assert_int_equal(quotient_sign(big, more), 1);
    assert_int_equal(quotient_order(big, more, q(INT64_MAX, 1)), 1);
    assert_int_equal(quotient_order(big, q(INT64_MIN, 1), more), -1);
    assert_quotient(quotient_sub(big, more, q(1, 1)), INT64_MAX, 1);
    assert_quotient(quotient_neg(big, more), INT64_MIN, 1); /* -2^63 has 64 bits */
    assert_int_equal(quotient_neg(big, q(INT64_MIN, 1)).den, 0);
    assert_int_equal(quotient_order(big, quotient_neg(big, q(INT64_MIN, 1)), more), 0);
    assert_quotient(quotient_sub(big, more, more), 0, 1);
    assert_quotient(quotient_div(big, more, more), 1, 1);
    assert_quotient(quotient_mul(big, more, q(0, 5)), 0, 1);
    assert_quotient(quotient_mul(big, more, q(1, INT64_C(1) << 62)), 2, 1);
    int64_t rounded;
    assert_false(quotient_round(big, more, 0, ROUND_DOWN, &rounded));
    assert_true(quotient_round(big, quotient_neg(big, more), 0, ROUND_DOWN, &rounded));
    assert_true(rounded == INT64_MIN);
    assert_prints(more, "9223372036854775808");
    assert_prints(quotient_div(big, quotient_neg(big, quotient_mul(big, more, q(10, 1))), q(4, 1)), "-23058430092136939520");
    assert_prints(quotient_add(big, more, q(1, 4)), "9223372036854775808.25");
    assert_prints(quotient_div(big, q(-1, 1), quotient_mul(big, more, q(3, 1))), "-1/27670116110564327424");
}

static void test_lost(void **state)
{
    (void)state;
    /* 2^62 to the 132nd is 2^8184; twice that 2^8192, one bit too many: LIMIT_QUOTIENT_BITS is 8192. */
    assert_int_equal(LIMIT_QUOTIENT_BITS, 8192);
    struct quotient step = q(INT64_C(1) << 62, 1), power = q(1, 1);
    for (int i = 0; i < 132; i++) power = quotient_mul(big, power, step);
    struct quotient most = quotient_mul(big, power, q(128, 1)); /* 2^8191 */
    assert_false(quotient_is_lost(most));
    assert_true(quotient_is_lost(quotient_mul(big, most, q(2, 1))));
    assert_true(quotient_is_lost(quotient_add(big, most, most)));
    assert_true(quotient_is_lost(quotient_div(big, q(1, 2), most)));
    assert_quotient(quotient_div(big, most, most), 1, 1);
    assert_false(quotient_is_lost(quotient_sub(big, quotient_mul(big, power, q(255, 1)), most)));
}

static void test_rounding(void **state)
{
    (void)state;
    static const struct {
        int64_t num, den;
        unsigned places;
        int64_t want[6];
    } cases[] = {
        /* half up, half even, down, away, floor, ceiling */
        {5, 2, 0, {3, 2, 2, 3, 2, 3}},       {7, 2, 0, {4, 4, 3, 4, 3, 4}},        {-5, 2, 0, {-3, -2, -2, -3, -3, -2}},
        {7, 3, 0, {2, 2, 2, 3, 2, 3}},       {-8, 3, 0, {-3, -3, -2, -3, -3, -2}}, {1, 8, 2, {13, 12, 12, 13, 12, 13}},
        {4, 1, 1, {40, 40, 40, 40, 40, 40}}, {-1, 1000, 2, {0, 0, 0, -1, -1, 0}},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        for (int mode = 0; mode < 6; mode++) {
            int64_t got;
            assert_true(quotient_round(big, q(cases[i].num, cases[i].den), cases[i].places, (enum rounding)mode, &got));
            assert_true(got == cases[i].want[mode]);
        }
    }
    assert_true(number_round(25, 1, ROUND_HALF_EVEN) == 2);
    assert_true(number_round(-25, 1, ROUND_HALF_UP) == -3);
    assert_true(number_round(INT64_MIN, 0, ROUND_AWAY) == INT64_MIN);
    assert_true(number_round(INT64_MIN, 18, ROUND_AWAY) == -10);
    assert_true(number_round(INT64_MAX, 18, ROUND_FLOOR) == 9);
}

static void test_printing(void **state)
{
    (void)state;
    assert_number_prints(0, 2, "0");
    assert_number_prints(300, 2, "3");
    assert_number_prints(-25, 2, "-0.25");
    assert_number_prints(-5, 2, "-0.05");
    assert_number_prints(1250, 2, "12.5");
    assert_number_prints(120, 0, "120");
    assert_number_prints(INT64_MIN, 0, "-9223372036854775808");
    assert_number_prints(INT64_MIN, 18, "-9.223372036854775808");
    assert_prints(q(13, 3), "13/3");
    assert_prints(q(-13, 3), "-13/3");
    assert_prints(q(1, 8), "0.125");
    assert_prints(q(-7, 2), "-3.5");
    assert_prints(q(0, 1), "0");
    assert_prints(q(1, 1000000000000), "0.000000000001"); /* LIMIT_PLACES is 12 */
    assert_prints(q(1, 10000000000000), "1/10000000000000");
    assert_prints(q(1, 4096), "0.000244140625");
    assert_prints(q(1, 8192), "1/8192");
}

/* As it must be, by the C library: whole and part apart, zeros behind the part taken off. */
static void assert_prints_like_the_library(int64_t value, unsigned places)
{
    char want[64], part[32] = "";
    uint64_t size = value < 0 ? 0 - (uint64_t)value : (uint64_t)value, power = 1;
    for (unsigned k = 0; k < places; k++) power *= 10;
    if (places) snprintf(part, sizeof part, ".%0*llu", (int)places, (unsigned long long)(size % power));
    size_t len = strlen(part);
    while (len && (part[len - 1] == '0' || len == 1)) part[--len] = '\0';
    snprintf(want, sizeof want, "%s%llu%s", value < 0 ? "-" : "", (unsigned long long)(size / power), part);
    assert_number_prints(value, places, want);
}

static void test_numbers_print_as_the_library_prints_their_parts(void **state)
{
    (void)state;
    static const int64_t NEAR[] = {0,        1000,      9999,     10000,    99999,    1000000,       9999999,  10000000,
                                   99999999, 100000000, 12345678, 10203040, 90000001, 1000000000000, INT64_MAX};
    for (unsigned places = 0; places <= 10; places++) {
        for (int64_t value = -1100; value <= 11000; value++) assert_prints_like_the_library(value, places);
        for (size_t k = 0; k < sizeof NEAR / sizeof *NEAR; k++) {
            assert_prints_like_the_library(NEAR[k], places);
            assert_prints_like_the_library(-NEAR[k], places);
            if (NEAR[k] < INT64_MAX) assert_prints_like_the_library(NEAR[k] + 1, places);
        }
        uint64_t dice = places;
        for (int k = 0; k < 20000; k++) {
            dice = dice * 6364136223846793005u + 1442695040888963407u;
            assert_prints_like_the_library((int64_t)dice >> (dice >> 20) % 50, places);
        }
    }
}

/* The place of a young one is used again after a sweep, that of a kept one is not. */
static void test_keeping(void **state)
{
    (void)state;
    struct quotient one = q(1, 1), most = q(INT64_MAX, 1);
    struct quotient kept = quotient_keep(big, quotient_add(big, most, one));
    struct quotient young = quotient_add(big, most, q(2, 1));
    big_table_sweep(big);
    struct quotient next = quotient_add(big, most, q(3, 1));
    assert_int_equal(next.num, young.num);
    assert_int_not_equal(next.num, kept.num);
    assert_prints(kept, "9223372036854775808");
    quotient_drop(big, kept);
    assert_int_equal(quotient_add(big, most, q(4, 1)).num, kept.num);
    big_table_sweep(big);

    size_t before = arena_used(arena);
    struct quotient sum = quotient_keep(big, quotient_add(big, most, one));
    for (int i = 0; i < 100000; i++) {
        struct quotient old = sum;
        sum = quotient_keep(big, quotient_add(big, old, one));
        quotient_drop(big, old);
        if (i % 100 == 99) big_table_sweep(big);
    }
    assert_prints(sum, "9223372036854875808");
    assert_true(arena_used(arena) - before < 100000);
}

/* ---- against GMP's rationals ---- */

static uint64_t seed = 88172645463325252u;
static uint64_t next_random(void)
{
    seed ^= seed << 13;
    seed ^= seed >> 7;
    return seed ^= seed << 17;
}

static int64_t random_word(void)
{
    int64_t value = (int64_t)(next_random() >> (1 + next_random() % 63));
    return next_random() & 1 ? -value : value;
}

static void round_half_up(mpz_t out, const mpq_t a, unsigned places)
{
    mpz_t twice;
    mpz_init(twice);
    mpz_mul_ui(out, mpq_numref(a), (unsigned long)power_of_ten(places));
    int sign = mpz_sgn(out);
    mpz_abs(out, out);
    mpz_mul_2exp(out, out, 1);
    mpz_add(out, out, mpq_denref(a));
    mpz_mul_2exp(twice, mpq_denref(a), 1);
    mpz_fdiv_q(out, out, twice);
    if (sign < 0) mpz_neg(out, out);
    mpz_clear(twice);
}

static void compare(struct quotient got, const mpq_t want, struct quotient other, const mpq_t want_other)
{
    size_t bits = mpz_sizeinbase(mpq_numref(want), 2), below = mpz_sizeinbase(mpq_denref(want), 2);
    assert_int_equal(quotient_is_lost(got), bits > LIMIT_QUOTIENT_BITS || below > LIMIT_QUOTIENT_BITS);
    if (quotient_is_lost(got)) return;
    bool small = mpz_fits_slong_p(mpq_numref(want)) && mpz_fits_slong_p(mpq_denref(want));
    assert_int_equal(got.den != 0, small);
    if (small) assert_quotient(got, mpz_get_si(mpq_numref(want)), mpz_get_si(mpq_denref(want)));
    assert_int_equal(quotient_sign(big, got), mpq_sgn(want));
    int order = mpq_cmp(want, want_other);
    assert_int_equal(quotient_order(big, got, other), (order > 0) - (order < 0));

    mpz_t rounded;
    mpz_init(rounded);
    int64_t value;
    unsigned places = (unsigned)(next_random() % 7);
    round_half_up(rounded, want, places);
    bool fits = quotient_round(big, got, places, ROUND_HALF_UP, &value);
    assert_int_equal(fits, mpz_fits_slong_p(rounded) != 0);
    if (fits) assert_int_equal(mpz_cmp_si(rounded, value), 0);
    mpz_clear(rounded);
}

static void test_against_rationals(void **state)
{
    (void)state;
    enum { VALUES = 40, STEPS = 60000 };
    struct quotient values[VALUES];
    mpq_t wants[VALUES], want;
    mpq_init(want);
    for (int i = 0; i < VALUES; i++) {
        values[i] = q(i - 7, 1);
        mpq_init(wants[i]);
        mpq_set_si(wants[i], i - 7, 1);
    }
    int lost = 0, large = 0;
    for (int step = 0; step < STEPS; step++) {
        uint64_t i = next_random() % VALUES, j = next_random() % VALUES, k = next_random() % VALUES;
        struct quotient got;
        switch (next_random() % 7) {
        case 0:
            got = quotient_add(big, values[i], values[j]);
            mpq_add(want, wants[i], wants[j]);
            break;
        case 1:
            got = quotient_sub(big, values[i], values[j]);
            mpq_sub(want, wants[i], wants[j]);
            break;
        case 2:
            got = quotient_mul(big, values[i], values[j]);
            mpq_mul(want, wants[i], wants[j]);
            break;
        case 3:
            if (mpq_sgn(wants[j]) == 0) continue;
            got = quotient_div(big, values[i], values[j]);
            mpq_div(want, wants[i], wants[j]);
            break;
        case 4:
            got = quotient_neg(big, values[i]);
            mpq_neg(want, wants[i]);
            break;
        default: {
            int64_t num = random_word(), den = random_word();
            if (den == 0) den = 1;
            got = q(num, den);
            mpz_set_si(mpq_numref(want), num);
            mpz_set_si(mpq_denref(want), den);
            mpq_canonicalize(want);
            break;
        }
        }
        compare(got, want, values[k], wants[k]);
        lost += quotient_is_lost(got);
        large += got.den == 0;
        if (quotient_is_lost(got)) continue;
        quotient_drop(big, values[k]);
        values[k] = quotient_keep(big, got);
        mpq_set(wants[k], want);
        if (step % 64 == 0) big_table_sweep(big);
    }
    for (int i = 0; i < VALUES; i++) mpq_clear(wants[i]);
    mpq_clear(want);
    assert_true(lost > 10);
    assert_true(large > 1000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_lowest_terms, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_arithmetic, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_beyond_64_bits, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_lost, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_rounding, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_printing, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_numbers_print_as_the_library_prints_their_parts, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_keeping, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_against_rationals, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
