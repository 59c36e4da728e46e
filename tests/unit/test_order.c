/* Order of figures as text, and of CSV records. */
#include "../../cli/order.c"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static kh_text text(const char *words) { return (kh_text){words, strlen(words)}; }

static int order(const char *a, const char *b)
{
    int there = order_figures(text(a), text(b)), back = order_figures(text(b), text(a));
    assert_int_equal(there < 0, back > 0);
    assert_int_equal(there == 0, back == 0);
    return (there > 0) - (there < 0);
}

static void decimals(void **state)
{
    (void)state;
    assert_int_equal(order("9", "10"), -1);
    assert_int_equal(order("10.0", "10"), 0);
    assert_int_equal(order("10.05", "10.5"), -1);
    assert_int_equal(order("0.1", "0.09999999999999999999999999"), 1);
    assert_int_equal(order("123456789012345678901234567890", "123456789012345678901234567891"), -1);
}

static void signs(void **state)
{
    (void)state;
    assert_int_equal(order("-1", "1"), -1);
    assert_int_equal(order("-2", "-1"), -1);
    assert_int_equal(order("-0", "0"), 0);
    assert_int_equal(order("-1/3", "-0.3"), -1);
}

static void fractions(void **state)
{
    (void)state;
    assert_int_equal(order("13/3", "4.333333333333"), 1);
    assert_int_equal(order("13/3", "4.333333333334"), -1);
    assert_int_equal(order("1/3", "2/6"), 0);
    assert_int_equal(order("1000000000000000001/3", "1000000000000000000/3"), 1);
}

static void no_figures_come_last(void **state)
{
    (void)state;
    assert_int_equal(order("", "-5"), -1);
    assert_int_equal(order("", ""), 0);
    assert_int_equal(order("1/0", "-5"), -1);
    assert_int_equal(order("x", "0"), -1);
    assert_int_equal(order("1.2.3", "0"), -1);
    assert_int_equal(order("1/", "0"), -1);
    assert_int_equal(order("-", "0"), -1);
}

static void csv_records(void **state)
{
    (void)state;
    static const char CSV[] = "key,note\na,\"two\nlines, \"\"quoted\"\"\"\nb,\nc,last\n";
    const size_t rows[] = {2, 0, 1};
    kh_text out;
    assert_true(order_csv(text(CSV), rows, 3, &out));
    static const char WANTED[] = "key,note\nc,last\na,\"two\nlines, \"\"quoted\"\"\"\nb,\n";
    assert_int_equal(out.len, strlen(WANTED));
    assert_memory_equal(out.at, WANTED, out.len);
    free((char *)out.at);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(decimals),
        cmocka_unit_test(signs),
        cmocka_unit_test(fractions),
        cmocka_unit_test(no_figures_come_last),
        cmocka_unit_test(csv_records),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
