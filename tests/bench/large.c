/* Large schemes: compiling takes time by the number of lines, not by its square.
 *
 * Each shape is compiled at one size and at four times that. Four times as long is linear, sixteen times quadratic; the
 * bound of nine leaves room for caches and sorting. Times are of this process, the best of three.
 */
#include "../../compiler/kaohe.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

enum { SMALL = 2000, TIMES = 4, MOST_TIMES = 9 };

static const char HEAD[] = "scheme \"T\"\n  round exact\nunit organ\n  name text\n  plan yes/no\n  a number 0 to 100\n";

struct shape {
    const char *first; /* before the lines; %u is their number */
    const char *line;  /* of the number of the line, and that again */
    const char *last;
    bool wrong;        /* it has errors */
};

static double seconds(const struct shape *shape, unsigned lines)
{
    size_t room = 1024 + (size_t)lines * 200, len = 0;
    char *text = malloc(room);
    double best = 1e9;
    assert_non_null(text);
    len += (size_t)snprintf(text, room, "%s", HEAD);
    len += (size_t)snprintf(text + len, room - len, shape->first, lines);
    for (unsigned k = 1; k <= lines; k++) len += (size_t)snprintf(text + len, room - len, shape->line, k, k);
    len += (size_t)snprintf(text + len, room - len, "%s", shape->last);
    assert_true(len < room);
    for (int turn = 0; turn < 3; turn++) {
        struct timespec from, to;
        kh_scheme *scheme;
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &from);
        assert_int_equal(kh_scheme_open(NULL, "large.kh", text, len, &scheme), shape->wrong ? KH_FINDINGS : KH_OK);
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &to);
        kh_scheme_close(scheme);
        double took = (double)(to.tv_sec - from.tv_sec) + (double)(to.tv_nsec - from.tv_nsec) * 1e-9;
        if (took < best) best = took;
    }
    free(text);
    return best;
}

static void grows_by_lines(const struct shape *shape)
{
    double small = seconds(shape, SMALL), large = seconds(shape, SMALL * TIMES);
    if (small < 0.002) small = 0.002; /* below that the clock says little */
    if (large > small * MOST_TIMES) fail_msg("%u lines take %.3f s, %u take %.3f s", SMALL, small, SMALL * TIMES, large);
}

static void items(void **state)
{
    (void)state;
    grows_by_lines(&(struct shape){"section 1 \"A\" worth %u\n", "item 1.%u \"i%u\" worth 1\n  -1 if plan\n", "", false});
}

static void items_without_marks(void **state)
{
    (void)state;
    grows_by_lines(&(struct shape){"section 1 \"A\" worth %u\n", "item 1.%u \"i%u\"\n  -1 if plan\n", "", false});
}

static void sections_that_apply_to_some(void **state)
{
    (void)state;
    grows_by_lines(&(struct shape){"let z = %u\n", "section %u \"i%u\" worth 1\n  applies if plan otherwise shared\n  -1 if a > 3\n", "", false});
}

static void forfeits(void **state)
{
    (void)state;
    grows_by_lines(&(struct shape){"let z = %u\n", "section %u \"A\" worth 1\n  forfeit section %u if plan\n", "", false});
}

static void texts(void **state)
{
    (void)state;
    grows_by_lines(&(struct shape){"item 1 \"A\" worth %u\n", "  -1 if name is \"x%u %u\"\n", "", false});
}

static void figures(void **state)
{
    (void)state;
    grows_by_lines(&(struct shape){"let z0 = %u\n", "let z%u = a + %u\n", "item 1 \"A\" worth 9\n  -1 if z5 > 3\n", false});
}

static void unknown_names(void **state)
{
    (void)state;
    grows_by_lines(&(struct shape){"item 1 \"A\" worth %u\n", "  -1 if plann%u > %u\n", "", true});
}

static void unknown_parts(void **state)
{
    (void)state;
    grows_by_lines(&(struct shape){"let z = %u\n", "item %u \"A\" worth 1\n  forfeit item 9.%u if plan\n", "", true});
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(items), cmocka_unit_test(items_without_marks), cmocka_unit_test(sections_that_apply_to_some),
        cmocka_unit_test(forfeits), cmocka_unit_test(texts), cmocka_unit_test(figures),
        cmocka_unit_test(unknown_names), cmocka_unit_test(unknown_parts),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
