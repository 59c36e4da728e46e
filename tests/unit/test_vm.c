/* Every opcode between registers, on lanes with values and lanes with faults, in batches of one, of a whole register and
 * of one more.
 *
 * The values expected were worked out by hand. The last test looks whether an opcode was left out; test_figure.c has those
 * that touch figures or report.
 */
#include "machine.h"

#include "../../runtime/limits.h"

static bool clean[OPCODE_COUNT], faulted[OPCODE_COUNT]; /* what the tests have met */

/* ---- opcodes with a result ---- */

struct cell {
    int64_t num, den;
    uint8_t fault; /* FAULT_BLANK, or any other */
};
/* clang-format off */
#define N(value) {(value), 1, 0}
#define R(num, den) {(num), (den), 0}
#define NA {0, 1, FAULT_BLANK}
#define OPEN {0, 1, FAULT_UNDECIDED}
/* clang-format on */

enum { CASES = 24 };

struct op_test {
    enum opcode op;
    const char *name;
    uint32_t plain[2]; /* its operands of the kind `i`, in order */
    struct {
        struct cell operands[3];
        struct expect want;
    } cases[CASES];
    uint32_t count;
};

/* Operand o of all lanes, as a register of the wanted kind. */
static uint32_t emit_operand(struct machine *m, const struct op_test *test, int o, char letter, uint32_t first,
                             uint32_t lanes)
{
    int64_t *num = ARENA_ARRAY(m->arena, int64_t, lanes), *den = ARENA_ARRAY(m->arena, int64_t, lanes);
    int64_t *open = ARENA_ARRAY(m->arena, int64_t, lanes);
    bool any_open = false;
    for (uint32_t i = 0; i < lanes; i++) {
        struct cell cell = test->cases[(first + i) % test->count].operands[o];
        num[i] = cell.fault == FAULT_BLANK ? BLANK : cell.num;
        den[i] = cell.den;
        open[i] = cell.fault == FAULT_UNDECIDED;
        any_open |= open[i];
    }
    uint32_t column = add_column(m, SPACE_UNITS, num), divisor = add_column(m, SPACE_UNITS, den);
    uint32_t value = emit(m, OP_CODE_LOAD_N, column, 0, 0, 0);
    if (any_open) {
        uint32_t mask = emit_mask(m, add_column(m, SPACE_UNITS, open));
        value = emit(m, OP_CODE_SELECT_N, mask, emit(m, OP_CODE_FAULT_N, FAULT_UNDECIDED, 0, 0, 0), value, 0);
    }
    if (letter == 'm') return emit(m, OP_CODE_NE, value, emit_number(m, 0), 0, 0);
    if (letter != 'q') return value;
    uint32_t below = emit(m, OP_CODE_LOAD_N, divisor, 0, 0, 0);
    return emit(m, OP_CODE_DIV_Q, emit(m, OP_CODE_TO_Q, value, 0, 0, 0), emit(m, OP_CODE_TO_Q, below, 0, 0, 0), FAULT_ZERO,
                0);
}

static void run_lanes(const struct op_test *test, uint32_t first, uint32_t lanes)
{
    static int64_t entries[] = {10, 20, 30};
    const struct opcode_info *info = opcode_info(test->op);
    struct machine *m = machine_open(lanes);
    m->lookups[0] = (struct lookup){entries, 3};
    m->program.lookup_count = 1;
    code_of(m, SPACE_UNITS);
    uint32_t operands[4] = {0};
    int cells = 0, plains = 0;
    for (size_t o = 0; info->operands[o]; o++) {
        switch (info->operands[o]) {
        case 'i': operands[o] = test->plain[plains++]; break;
        case 't': operands[o] = 0; break;
        default: operands[o] = emit_operand(m, test, cells++, info->operands[o], first, lanes); break;
        }
    }
    uint32_t r = emit(m, test->op, operands[0], operands[1], operands[2], operands[3]);
    enum reg_kind kind = m->pass->registers[r];
    uint32_t out = add_figure(m, SPACE_UNITS, kind, FIGURE_MADE);
    emit(m, kind == REG_NUMBER ? OP_CODE_STORE_N : kind == REG_QUOTIENT ? OP_CODE_STORE_Q : OP_CODE_STORE_M, out, r, 0, 0);
    machine_run(m);
    for (uint32_t i = 0; i < lanes; i++) {
        struct expect want = test->cases[(first + i) % test->count].want;
        check_lane(m, out, i, want, info->name);
        *(want.fault ? &faulted[test->op] : &clean[test->op]) = true;
    }
    machine_close(m);
}

static void run_op(const struct op_test *test)
{
    for (uint32_t i = 0; i < test->count; i++) run_lanes(test, i, 1);
    run_lanes(test, 0, test->count);
    run_lanes(test, 0, LIMIT_BATCH);
    run_lanes(test, 1, LIMIT_BATCH + 1);
}

#define OP_TEST(opcode, plain1, plain2, ...)                                                                                \
    do {                                                                                                                    \
        struct op_test test = {.op = OP_CODE_##opcode, .plain = {plain1, plain2}, .cases = {__VA_ARGS__}};                  \
        while (test.count < CASES && test.cases[test.count].want.den) test.count++;                                         \
        run_op(&test);                                                                                                      \
    } while (0)
/* clang-format off */
#define CASE1(a, want) {{a}, want}
#define CASE2(a, b, want) {{a, b}, want}
#define CASE3(a, b, c, want) {{a, b, c}, want}
/* clang-format on */

/* The faults of two operands join: the worse one stays. */
#define JOINS CASE2(NA, N(1), F(BLANK)), CASE2(N(1), OPEN, F(UNDECIDED)), CASE2(OPEN, NA, F(BLANK))

static void test_sums(void **state)
{
    (void)state;
    OP_TEST(ADD, 0, 0, CASE2(N(2), N(3), V(5)), CASE2(N(-7), N(7), V(0)), CASE2(N(INT64_MAX), N(0), V(INT64_MAX)),
            CASE2(N(INT64_MAX), N(1), F(OVERFLOW)), CASE2(N(INT64_MIN), N(-1), F(OVERFLOW)),
            CASE2(N(INT64_MIN), N(INT64_MAX), V(-1)), JOINS);
    OP_TEST(SUB, 0, 0, CASE2(N(2), N(3), V(-1)), CASE2(N(INT64_MIN), N(0), V(INT64_MIN)),
            CASE2(N(INT64_MIN), N(1), F(OVERFLOW)), CASE2(N(0), N(INT64_MIN), F(OVERFLOW)),
            CASE2(N(-1), N(INT64_MIN), V(INT64_MAX)), JOINS);
    OP_TEST(MUL, 0, 0, CASE2(N(-4), N(25), V(-100)), CASE2(N(3037000500), N(3037000500), F(OVERFLOW)),
            CASE2(N(INT64_MIN), N(-1), F(OVERFLOW)), CASE2(N(INT64_MIN), N(1), V(INT64_MIN)), JOINS);
    OP_TEST(NEG, 0, 0, CASE1(N(5), V(-5)), CASE1(N(INT64_MAX), V(-INT64_MAX)), CASE1(N(INT64_MIN), F(OVERFLOW)),
            CASE1(NA, F(BLANK)), CASE1(OPEN, F(UNDECIDED)));
    OP_TEST(ABS, 0, 0, CASE1(N(5), V(5)), CASE1(N(-5), V(5)), CASE1(N(INT64_MIN), F(OVERFLOW)), CASE1(NA, F(BLANK)));
    OP_TEST(MIN, 0, 0, CASE2(N(2), N(-3), V(-3)), CASE2(N(2), N(2), V(2)), JOINS);
    OP_TEST(MAX, 0, 0, CASE2(N(2), N(-3), V(2)), CASE2(N(-9), N(-8), V(-8)), JOINS);
    OP_TEST(SCALE_UP, 3, 0, CASE1(N(-12), V(-12000)), CASE1(N(9223372036854775), V(9223372036854775000)),
            CASE1(N(9223372036854776), F(OVERFLOW)), CASE1(NA, F(BLANK)));
}

static void test_rounding(void **state)
{
    (void)state;
    /* At one place: 0.4, 0.5, 1.5, 2.5 and their negatives. */
    OP_TEST(ROUND_N, 1, ROUND_HALF_UP, CASE1(N(4), V(0)), CASE1(N(5), V(1)), CASE1(N(15), V(2)), CASE1(N(25), V(3)),
            CASE1(N(-5), V(-1)), CASE1(N(-25), V(-3)), CASE1(N(-4), V(0)), CASE1(NA, F(BLANK)));
    OP_TEST(ROUND_N, 1, ROUND_HALF_EVEN, CASE1(N(5), V(0)), CASE1(N(15), V(2)), CASE1(N(25), V(2)), CASE1(N(26), V(3)),
            CASE1(N(-5), V(0)), CASE1(N(-15), V(-2)), CASE1(NA, F(BLANK)));
    OP_TEST(ROUND_N, 1, ROUND_DOWN, CASE1(N(19), V(1)), CASE1(N(-19), V(-1)), CASE1(N(20), V(2)), CASE1(NA, F(BLANK)));
    OP_TEST(ROUND_N, 1, ROUND_AWAY, CASE1(N(11), V(2)), CASE1(N(-11), V(-2)), CASE1(N(20), V(2)), CASE1(NA, F(BLANK)));
    OP_TEST(ROUND_N, 1, ROUND_FLOOR, CASE1(N(19), V(1)), CASE1(N(-11), V(-2)), CASE1(N(-10), V(-1)), CASE1(NA, F(BLANK)));
    OP_TEST(ROUND_N, 1, ROUND_CEILING, CASE1(N(11), V(2)), CASE1(N(-19), V(-1)), CASE1(N(10), V(1)), CASE1(NA, F(BLANK)));
    OP_TEST(ROUND_N, 18, ROUND_HALF_UP, CASE1(N(INT64_MAX), V(9)), CASE1(N(INT64_MIN), V(-9)),
            CASE1(N(500000000000000000), V(1)), CASE1(N(499999999999999999), V(0)));
    OP_TEST(ROUND_N, 0, ROUND_AWAY, CASE1(N(INT64_MIN), V(INT64_MIN)), CASE1(N(7), V(7)));

    OP_TEST(ROUND_Q, 2, ROUND_HALF_UP, CASE1(R(1, 3), V(33)), CASE1(R(2, 3), V(67)), CASE1(R(1, 200), V(1)),
            CASE1(R(-1, 200), V(-1)), CASE1(R(-1, 3), V(-33)), CASE1(N(7), V(700)), CASE1(N(INT64_MAX), F(OVERFLOW)),
            CASE1(R(1, 0), F(ZERO)), CASE1(NA, F(BLANK)));
    OP_TEST(ROUND_Q, 0, ROUND_HALF_EVEN, CASE1(R(1, 2), V(0)), CASE1(R(3, 2), V(2)), CASE1(R(-5, 2), V(-2)));
    OP_TEST(ROUND_Q, 0, ROUND_DOWN, CASE1(R(5, 3), V(1)), CASE1(R(-5, 3), V(-1)));
    OP_TEST(ROUND_Q, 0, ROUND_AWAY, CASE1(R(4, 3), V(2)), CASE1(R(-4, 3), V(-2)));
    OP_TEST(ROUND_Q, 0, ROUND_FLOOR, CASE1(R(5, 3), V(1)), CASE1(R(-4, 3), V(-2)));
    OP_TEST(ROUND_Q, 0, ROUND_CEILING, CASE1(R(4, 3), V(2)), CASE1(R(-5, 3), V(-1)));

    OP_TEST(FLOOR_DIV, 0, 0, CASE2(N(7), N(2), V(3)), CASE2(N(-7), N(2), V(-4)), CASE2(N(7), N(-2), V(-4)),
            CASE2(N(-7), N(-2), V(3)), CASE2(N(-8), N(2), V(-4)), CASE2(N(1), N(0), F(ZERO)),
            CASE2(OPEN, N(0), F(UNDECIDED)), CASE2(N(INT64_MIN), N(-1), F(OVERFLOW)), JOINS);
    OP_TEST(CEIL_DIV, 0, 0, CASE2(N(7), N(2), V(4)), CASE2(N(-7), N(2), V(-3)), CASE2(N(7), N(-2), V(-3)),
            CASE2(N(-7), N(-2), V(4)), CASE2(N(8), N(2), V(4)), CASE2(N(1), N(0), F(ZERO)),
            CASE2(N(INT64_MIN), N(-1), F(OVERFLOW)), JOINS);
}

static void test_quotients(void **state)
{
    (void)state;
    const int64_t P = 4611686018427387847; /* below 2^62, a prime */
    OP_TEST(TO_Q, 2, 0, CASE1(N(250), Q(5, 2)), CASE1(N(-1), Q(-1, 100)), CASE1(N(0), V(0)), CASE1(NA, F(BLANK)));
    OP_TEST(ADD_Q, 0, 0, CASE2(R(1, 3), R(1, 6), Q(1, 2)), CASE2(R(1, 3), R(-1, 3), V(0)), CASE2(N(2), N(3), V(5)),
            CASE2(R(1, 0), N(1), F(ZERO)), JOINS);
    OP_TEST(SUB_Q, 0, 0, CASE2(R(1, 3), R(1, 2), Q(-1, 6)), CASE2(R(1, 2), R(1, 2), V(0)), JOINS);
    OP_TEST(MUL_Q, 0, 0, CASE2(R(2, 3), R(9, 4), Q(3, 2)), CASE2(N(0), R(1, 7), V(0)), CASE2(R(-1, P), N(P), V(-1)), JOINS);
    OP_TEST(DIV_Q, FAULT_EMPTY, 0, CASE2(R(2, 3), R(4, 9), Q(3, 2)), CASE2(N(1), N(-2), Q(-1, 2)),
            CASE2(N(1), N(0), F(EMPTY)), CASE2(N(0), N(5), V(0)), CASE2(R(1, 0), N(0), F(ZERO)), JOINS);
    OP_TEST(NEG_Q, 0, 0, CASE1(R(1, 3), Q(-1, 3)), CASE1(N(0), V(0)), CASE1(NA, F(BLANK)));
    OP_TEST(ABS_Q, 0, 0, CASE1(R(-1, 3), Q(1, 3)), CASE1(R(1, 3), Q(1, 3)), CASE1(N(0), V(0)), CASE1(NA, F(BLANK)));
    OP_TEST(MIN_Q, 0, 0, CASE2(R(1, 3), R(33, 100), Q(33, 100)), CASE2(R(-1, 2), N(0), Q(-1, 2)), JOINS);
    OP_TEST(MAX_Q, 0, 0, CASE2(R(1, 3), R(33, 100), Q(1, 3)), CASE2(R(-1, 2), N(0), V(0)), JOINS);
}

static void test_comparisons(void **state)
{
    (void)state;
    OP_TEST(LT, 0, 0, CASE2(N(1), N(2), V(1)), CASE2(N(2), N(2), V(0)), CASE2(N(INT64_MIN), N(INT64_MAX), V(1)), JOINS);
    OP_TEST(LE, 0, 0, CASE2(N(2), N(2), V(1)), CASE2(N(3), N(2), V(0)), JOINS);
    OP_TEST(EQ, 0, 0, CASE2(N(2), N(2), V(1)), CASE2(N(3), N(2), V(0)), JOINS);
    OP_TEST(NE, 0, 0, CASE2(N(2), N(2), V(0)), CASE2(N(3), N(2), V(1)), JOINS);
    OP_TEST(LT_Q, 0, 0, CASE2(R(1, 3), R(34, 100), V(1)), CASE2(R(1, 3), R(2, 6), V(0)), JOINS);
    OP_TEST(LE_Q, 0, 0, CASE2(R(1, 3), R(2, 6), V(1)), CASE2(R(1, 3), R(33, 100), V(0)), JOINS);
    OP_TEST(EQ_Q, 0, 0, CASE2(R(1, 3), R(2, 6), V(1)), CASE2(R(1, 3), R(33, 100), V(0)), CASE2(R(1, 0), N(1), F(ZERO)),
            JOINS);
    OP_TEST(NE_Q, 0, 0, CASE2(R(1, 3), R(2, 6), V(0)), CASE2(R(1, 3), R(33, 100), V(1)), JOINS);
}

static void test_masks(void **state)
{
    (void)state;
    OP_TEST(AND, 0, 0, CASE2(N(1), N(1), V(1)), CASE2(N(1), N(0), V(0)), CASE2(N(0), N(0), V(0)), CASE2(NA, N(0), V(0)),
            CASE2(N(0), OPEN, V(0)), CASE2(NA, N(1), F(BLANK)), CASE2(N(1), OPEN, F(UNDECIDED)), CASE2(NA, OPEN, F(BLANK)));
    OP_TEST(OR, 0, 0, CASE2(N(1), N(0), V(1)), CASE2(N(0), N(0), V(0)), CASE2(NA, N(1), V(1)), CASE2(N(1), OPEN, V(1)),
            CASE2(NA, N(0), F(BLANK)), CASE2(N(0), OPEN, F(UNDECIDED)), CASE2(OPEN, NA, F(BLANK)));
    OP_TEST(NOT, 0, 0, CASE1(N(1), V(0)), CASE1(N(0), V(1)), CASE1(NA, F(BLANK)), CASE1(OPEN, F(UNDECIDED)));
    OP_TEST(KNOWN_N, 0, 0, CASE1(N(0), V(1)), CASE1(NA, V(0)), CASE1(OPEN, F(UNDECIDED)));
    OP_TEST(KNOWN_Q, 0, 0, CASE1(R(1, 3), V(1)), CASE1(NA, V(0)), CASE1(R(1, 0), F(ZERO)), CASE1(OPEN, F(UNDECIDED)));
    OP_TEST(SELECT_N, 0, 0, CASE3(N(1), N(5), N(6), V(5)), CASE3(N(0), N(5), N(6), V(6)), CASE3(N(1), N(5), NA, V(5)),
            CASE3(N(0), NA, N(6), V(6)), CASE3(N(0), N(5), NA, F(BLANK)), CASE3(OPEN, NA, N(6), F(UNDECIDED)));
    OP_TEST(SELECT_Q, 0, 0, CASE3(N(1), R(1, 3), N(6), Q(1, 3)), CASE3(N(0), R(1, 0), R(1, 2), Q(1, 2)),
            CASE3(N(1), R(1, 0), N(6), F(ZERO)), CASE3(NA, N(1), N(6), F(BLANK)));
    OP_TEST(SELECT_M, 0, 0, CASE3(N(1), N(1), N(0), V(1)), CASE3(N(0), N(1), N(0), V(0)), CASE3(N(0), NA, N(1), V(1)),
            CASE3(N(1), NA, N(1), F(BLANK)), CASE3(OPEN, N(1), N(1), F(UNDECIDED)));
    OP_TEST(DEFAULT_N, 0, 0, CASE2(N(5), N(6), V(5)), CASE2(NA, N(6), V(6)), CASE2(N(5), OPEN, V(5)),
            CASE2(OPEN, N(6), F(UNDECIDED)), CASE2(NA, OPEN, F(UNDECIDED)));
    OP_TEST(DEFAULT_Q, 0, 0, CASE2(R(1, 3), N(6), Q(1, 3)), CASE2(NA, R(1, 6), Q(1, 6)), CASE2(R(1, 0), N(6), F(ZERO)),
            CASE2(NA, R(1, 0), F(ZERO)));
    OP_TEST(IF_OPEN_N, 0, 0, CASE2(N(5), N(6), V(5)), CASE2(OPEN, N(6), V(6)), CASE2(NA, N(6), F(BLANK)), CASE2(OPEN, NA, F(BLANK)),
            CASE2(N(5), NA, V(5)));
    OP_TEST(IF_OPEN_Q, 0, 0, CASE2(R(1, 3), N(6), Q(1, 3)), CASE2(OPEN, R(1, 6), Q(1, 6)), CASE2(R(1, 0), N(6), F(ZERO)));
    OP_TEST(IF_OPEN_M, 0, 0, CASE2(N(1), N(0), V(1)), CASE2(OPEN, N(1), V(1)), CASE2(OPEN, N(0), V(0)), CASE2(NA, N(1), F(BLANK)));
    OP_TEST(LOOKUP, 0, 0, CASE1(N(0), V(10)), CASE1(N(2), V(30)), CASE1(N(3), F(NO_CASE)), CASE1(N(-1), F(NO_CASE)),
            CASE1(N(INT64_MAX), F(NO_CASE)), CASE1(NA, F(BLANK)));
}

static void test_dates(void **state)
{
    (void)state;
    /* Days since 1970-01-01: 2007-01-31 is 13544 (37 years of 365 days are 13505, 9 leap days between make 13514, and 30);
     * 2007-02-28 is 13572, 2008-02-29 13938, 2007-01-01 13514, a Monday. 1600-01-01 is -135140, 9999-12-31 is 2932896. */
    OP_TEST(ADD_MONTHS, 0, 0, CASE2(N(13544), N(1), V(13572)), CASE2(N(13544), N(13), V(13938)),
            CASE2(N(13544), N(0), V(13544)), CASE2(N(2932896), N(1), F(OVERFLOW)), CASE2(N(-135140), N(-1), F(OVERFLOW)),
            CASE2(N(2932897), N(-1), F(OVERFLOW)), CASE2(N(13544), N(INT64_MAX), F(OVERFLOW)), JOINS);
    OP_TEST(ADD_WORKDAYS, 0, 0, CASE2(N(13514), N(5), V(13521)), CASE2(N(13514), N(4), V(13518)),
            CASE2(N(13514), N(-1), V(13511)), CASE2(N(INT64_MAX), N(1), F(OVERFLOW)), JOINS);
    OP_TEST(MONTHS_BETWEEN, 0, 0, CASE2(N(13544), N(13572), V(1)), CASE2(N(13514), N(13544), V(0)),
            CASE2(N(13572), N(13514), V(-1)), CASE2(N(INT64_MIN), N(0), F(OVERFLOW)), JOINS);
    OP_TEST(YEARS_BETWEEN, 0, 0, CASE2(N(13514), N(13938), V(1)), CASE2(N(13572), N(13938), V(1)),
            CASE2(N(13938), N(13572), V(-1)), CASE2(N(13514), N(13878), V(0)), CASE2(N(13514), N(13879), V(1)),
            CASE2(N(0), N(INT64_MAX), F(OVERFLOW)), JOINS);
    OP_TEST(WORKDAYS_BETWEEN, 0, 0, CASE2(N(13514), N(13521), V(5)), CASE2(N(13514), N(13514), V(0)),
            CASE2(N(0), N(INT64_MAX), F(OVERFLOW)), JOINS);
    OP_TEST(YEAR_OF, 0, 0, CASE1(N(13513), V(2006)), CASE1(N(13514), V(2007)), CASE1(N(-135140), V(1600)),
            CASE1(N(2932896), V(9999)), CASE1(N(2932897), F(OVERFLOW)), CASE1(N(-135141), F(OVERFLOW)), CASE1(NA, F(BLANK)));
    OP_TEST(MONTH_OF, 0, 0, CASE1(N(13513), V(12)), CASE1(N(13938), V(2)), CASE1(N(INT64_MIN), F(OVERFLOW)),
            CASE1(NA, F(BLANK)));
    OP_TEST(DAY_OF, 0, 0, CASE1(N(13513), V(31)), CASE1(N(13938), V(29)), CASE1(NA, F(BLANK)));
}

/* ---- constants, lanes, results over their own operand ---- */

static void test_constants(void **state)
{
    (void)state;
    static const uint32_t SIZES[] = {1, LIMIT_BATCH, LIMIT_BATCH + 1};
    for (int s = 0; s < 3; s++) {
        struct machine *m = machine_open(SIZES[s]);
        uint32_t out[9];
        for (int i = 0; i < 9; i++) out[i] = add_figure(m, SPACE_UNITS, (enum reg_kind)(i % 3), FIGURE_MADE);
        code_of(m, SPACE_UNITS);
        uint32_t third = add_constant(m, -6, 18);
        emit(m, OP_CODE_STORE_N, out[0], emit_number(m, -42), 0, 0);
        emit(m, OP_CODE_STORE_Q, out[1], emit(m, OP_CODE_CONST_Q, third, 0, 0, 0), 0, 0);
        emit(m, OP_CODE_STORE_M, out[2], emit(m, OP_CODE_CONST_M, 1, 0, 0, 0), 0, 0);
        emit(m, OP_CODE_STORE_N, out[3], emit(m, OP_CODE_FAULT_N, FAULT_UNDECIDED, 0, 0, 0), 0, 0);
        emit(m, OP_CODE_STORE_Q, out[4], emit(m, OP_CODE_FAULT_Q, FAULT_NO_CASE, 0, 0, 0), 0, 0);
        emit(m, OP_CODE_STORE_M, out[5], emit(m, OP_CODE_FAULT_M, FAULT_NO_GRADE, 0, 0, 0), 0, 0);
        emit(m, OP_CODE_STORE_N, out[6], emit(m, OP_CODE_LANE, 0, 0, 0, 0), 0, 0);
        emit(m, OP_CODE_STORE_M, out[8], emit(m, OP_CODE_CONST_M, 0, 0, 0, 0), 0, 0);
        machine_run(m);
        for (uint32_t i = 0; i < SIZES[s]; i++) {
            check_lane(m, out[0], i, (struct expect)V(-42), "CONST_N");
            check_lane(m, out[1], i, (struct expect)Q(-1, 3), "CONST_Q");
            check_lane(m, out[2], i, (struct expect)V(1), "CONST_M");
            check_lane(m, out[3], i, (struct expect)F(UNDECIDED), "FAULT_N");
            check_lane(m, out[4], i, (struct expect)F(NO_CASE), "FAULT_Q");
            check_lane(m, out[5], i, (struct expect)F(NO_GRADE), "FAULT_M");
            check_lane(m, out[6], i, (struct expect)V(i), "LANE");
            check_lane(m, out[8], i, (struct expect)V(0), "CONST_M");
        }
        assert_int_equal(m->run->fault_count, 0); /* open ones are not errors */
        machine_close(m);
    }
    static const enum opcode NO_FAULTS[] = {OP_CODE_CONST_N, OP_CODE_CONST_Q, OP_CODE_CONST_M, OP_CODE_LANE};
    static const enum opcode ONLY_FAULTS[] = {OP_CODE_FAULT_N, OP_CODE_FAULT_Q, OP_CODE_FAULT_M};
    for (int i = 0; i < 4; i++) clean[NO_FAULTS[i]] = faulted[NO_FAULTS[i]] = true;
    for (int i = 0; i < 3; i++) clean[ONLY_FAULTS[i]] = faulted[ONLY_FAULTS[i]] = true;
}

static void test_result_over_its_operand(void **state)
{
    (void)state;
    struct machine *m = machine_open(3);
    uint32_t column = add_column(m, SPACE_UNITS, (const int64_t[]){INT64_MAX, 4, BLANK});
    uint32_t out = add_figure(m, SPACE_UNITS, REG_NUMBER, FIGURE_MADE);
    code_of(m, SPACE_UNITS);
    uint32_t r = emit(m, OP_CODE_LOAD_N, column, 0, 0, 0);
    emit(m, OP_CODE_ADD, r, r, 0, 0);
    m->pass->code[m->pass->length - 1].r = r;
    emit(m, OP_CODE_MUL, r, r, 0, 0);
    m->pass->code[m->pass->length - 1].r = r;
    emit(m, OP_CODE_STORE_N, out, r, 0, 0);
    machine_run(m);
    check_lane(m, out, 0, (struct expect)F(OVERFLOW), "r = r + r");
    check_lane(m, out, 1, (struct expect)V(64), "r = (4 + 4) * (4 + 4)");
    check_lane(m, out, 2, (struct expect)F(BLANK), "r = r + r");
    machine_close(m);
}

/* ---- the dump ---- */

static void test_program_as_text(void **state)
{
    (void)state;
    struct machine *m = machine_open(1);
    uint32_t column = add_column(m, SPACE_UNITS, (const int64_t[]){1});
    m->figures[column].name = TEXT("得分");
    uint32_t out = add_figure(m, SPACE_UNITS, REG_NUMBER, FIGURE_SUM);
    code_of(m, SPACE_UNITS);
    uint32_t n = emit(m, OP_CODE_LOAD_N, column, 0, 0, 0);
    uint32_t q = emit(m, OP_CODE_CONST_Q, add_constant(m, -5, 2), 0, 0, 0);
    uint32_t k = emit(m, OP_CODE_LT_Q, emit(m, OP_CODE_TO_Q, n, 0, 0, 0), q, 0, 0);
    emit(m, OP_CODE_SINK_SUM, out, emit(m, OP_CODE_LANE, 0, 0, 0, 0), n, k);
    for (uint32_t i = 0; i < m->pass->length; i++) m->pass->code[i].where = (struct span){i, i == 5 ? 9 : 0};
    struct buffer text;
    buffer_init(&text, m->arena);
    program_print(&text, &m->program);
    char *got = strndup(text.at, text.len);
    assert_string_equal(got, "f0:得分                         number, units unit, column field\n"
                             "f1                              number, units unit, sum\n"
                             "pass 0, stage 0: units unit, 5 registers\n"
                             "     0  n0 = LOAD_N f0:得分\n"
                             "     1  q1 = CONST_Q -2.5\n"
                             "     2  q2 = TO_Q n0, 0\n"
                             "     3  m3 = LT_Q q2, q1\n"
                             "     4  n4 = LANE\n"
                             "     5  SINK_SUM f1 [n4], n0, m3                            ; 5-9\n");
    free(got);
    machine_close(m);
}

static void test_every_opcode_of_registers_was_tested(void **state)
{
    (void)state;
    for (int op = 0; op < OPCODE_COUNT; op++) {
        const struct opcode_info *info = opcode_info((enum opcode)op);
        if (info->result == '-' || strchr(info->operands, 'f')) continue;
        if (!clean[op]) fail_msg("no test of %s without faults", info->name);
        if (!faulted[op]) fail_msg("no test of %s with a fault", info->name);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_sums),
        cmocka_unit_test(test_rounding),
        cmocka_unit_test(test_quotients),
        cmocka_unit_test(test_comparisons),
        cmocka_unit_test(test_masks),
        cmocka_unit_test(test_dates),
        cmocka_unit_test(test_constants),
        cmocka_unit_test(test_result_over_its_operand),
        cmocka_unit_test(test_program_as_text),
        cmocka_unit_test(test_every_opcode_of_registers_was_tested),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
