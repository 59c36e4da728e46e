/* Figures: loaded, gathered, stored, sunk into; where faults reached them; checks and the ledger.
 *
 * The values expected were worked out by hand. The last test looks whether an opcode that touches a figure or reports was
 * left out; test_vm.c has the others.
 */
#include "machine.h"

#include "../../runtime/limits.h"

static bool clean[OPCODE_COUNT], faulted[OPCODE_COUNT]; /* what the tests have met */

/* ---- figures: load, gather, store ---- */

static void test_figures(void **state)
{
    (void)state;
    struct machine *m = machine_open(3);
    uint32_t unit[] = {2, 0, 0, 1};
    uint32_t rows = add_table(m, 4, unit);
    uint32_t value = add_column(m, SPACE_UNITS, (const int64_t[]){10, BLANK, 30});
    uint32_t unit_of = add_figure(m, rows, REG_NUMBER, FIGURE_UNIT_OF);
    uint32_t parent_of = add_figure(m, rows, REG_NUMBER, FIGURE_PARENT_OF);
    uint32_t other = add_column(m, rows, (const int64_t[]){0, -1, BLANK, 2});
    m->program.schema.judged_count = 1;
    m->judged[0].values = ARENA_ARRAY(m->arena, int64_t, 3);
    m->judged[0].blank = ARENA_ARRAY(m->arena, uint8_t, 3);
    m->judged[0].values[0] = 9;
    m->judged[0].blank[1] = 1;
    uint32_t judged = add_figure(m, SPACE_UNITS, REG_NUMBER, FIGURE_JUDGED);
    uint32_t absent = add_column(m, SPACE_UNITS, (const int64_t[]){0, 0, 0});
    m->table_data[0].columns[m->figures[absent].field].values = NULL; /* allowed to be absent: all blank */

    uint32_t third = add_figure(m, SPACE_UNITS, REG_QUOTIENT, FIGURE_MADE);
    uint32_t high = add_figure(m, SPACE_UNITS, REG_MASK, FIGURE_MADE);
    uint32_t again = add_figure(m, SPACE_UNITS, REG_QUOTIENT, FIGURE_MADE);
    uint32_t again_mask = add_figure(m, SPACE_UNITS, REG_MASK, FIGURE_MADE);
    uint32_t out_n = add_figure(m, rows, REG_NUMBER, FIGURE_MADE), out_q = add_figure(m, rows, REG_QUOTIENT, FIGURE_MADE);
    uint32_t out_m = add_figure(m, rows, REG_MASK, FIGURE_MADE), out_other = add_figure(m, rows, REG_NUMBER, FIGURE_MADE);
    uint32_t out_map = add_figure(m, rows, REG_NUMBER, FIGURE_MADE), out_of = add_figure(m, rows, REG_NUMBER, FIGURE_MADE);
    code_of(m, SPACE_UNITS);
    uint32_t n = emit(m, OP_CODE_LOAD_N, value, 0, 0, 0);
    uint32_t q = emit(m, OP_CODE_DIV_Q, emit(m, OP_CODE_TO_Q, n, 0, 0, 0), emit(m, OP_CODE_TO_Q, emit_number(m, 3), 0, 0, 0),
                      FAULT_ZERO, 0);
    emit(m, OP_CODE_STORE_Q, third, q, 0, 0);
    emit(m, OP_CODE_STORE_M, high, emit(m, OP_CODE_LT, emit_number(m, 20), n, 0, 0), 0, 0);
    emit(m, OP_CODE_STORE_Q, again, emit(m, OP_CODE_LOAD_Q, third, 0, 0, 0), 0, 0); /* stored by this very pass */
    emit(m, OP_CODE_STORE_M, again_mask, emit(m, OP_CODE_LOAD_M, high, 0, 0, 0), 0, 0);
    code_of(m, rows);
    uint32_t x = emit(m, OP_CODE_LOAD_N, unit_of, 0, 0, 0), y = emit(m, OP_CODE_LOAD_N, other, 0, 0, 0);
    emit(m, OP_CODE_STORE_N, out_n, emit(m, OP_CODE_GATHER_N, value, x, 0, 0), 0, 0);
    emit(m, OP_CODE_STORE_Q, out_q, emit(m, OP_CODE_GATHER_Q, third, x, 0, 0), 0, 0);
    emit(m, OP_CODE_STORE_M, out_m, emit(m, OP_CODE_GATHER_M, high, x, 0, 0), 0, 0);
    emit(m, OP_CODE_STORE_N, out_other, emit(m, OP_CODE_GATHER_N, value, y, 0, 0), 0, 0);
    emit(m, OP_CODE_STORE_N, out_map, emit(m, OP_CODE_LOAD_N, parent_of, 0, 0, 0), 0, 0);
    emit(m, OP_CODE_STORE_N, out_of, emit(m, OP_CODE_GATHER_N, unit_of, y, 0, 0), 0, 0); /* a map gathered */
    machine_run(m);

    const struct expect want_third[] = {Q(10, 3), F(BLANK), V(10)}, want_high[] = {V(0), F(BLANK), V(1)};
    const struct expect want_n[] = {V(30), V(10), V(10), F(BLANK)}, want_q[] = {V(10), Q(10, 3), Q(10, 3), F(BLANK)};
    const struct expect want_m[] = {V(1), V(0), V(0), F(BLANK)}, want_other[] = {V(10), F(BLANK), F(BLANK), V(30)};
    const struct expect want_of[] = {V(2), F(BLANK), F(BLANK), V(0)};
    const struct expect want_judged[] = {V(9), F(JUDGED), V(0)};
    for (uint32_t i = 0; i < 3; i++) {
        check_lane(m, again, i, want_third[i], "LOAD_Q");
        check_lane(m, again_mask, i, want_high[i], "LOAD_M");
        check_lane(m, judged, i, want_judged[i], "judged");
        check_lane(m, absent, i, (struct expect)F(BLANK), "absent");
    }
    for (uint32_t i = 0; i < 4; i++) {
        check_lane(m, out_n, i, want_n[i], "GATHER_N");
        check_lane(m, out_q, i, want_q[i], "GATHER_Q");
        check_lane(m, out_m, i, want_m[i], "GATHER_M");
        check_lane(m, out_other, i, want_other[i], "GATHER_N of an index that is negative or blank");
        check_lane(m, out_map, i, (struct expect)V(unit[i]), "parent");
        check_lane(m, out_of, i, want_of[i], "GATHER_N of a map");
    }
    m->figures[value].places = 1;
    struct quotient true_value;
    assert_int_equal(run_value(m->run, value, 2, &true_value), FAULT_NONE);
    assert_true(true_value.num == 3 && true_value.den == 1);
    assert_int_equal(run_value(m->run, value, 1, &true_value), FAULT_BLANK);
    machine_close(m);
    static const enum opcode DONE[] = {
        OP_CODE_LOAD_N,   OP_CODE_LOAD_Q,  OP_CODE_LOAD_M,  OP_CODE_GATHER_N, OP_CODE_GATHER_Q,
        OP_CODE_GATHER_M, OP_CODE_STORE_N, OP_CODE_STORE_Q, OP_CODE_STORE_M,
    };
    for (size_t i = 0; i < sizeof DONE / sizeof *DONE; i++) clean[DONE[i]] = faulted[DONE[i]] = true;
}

/* ---- sinks ---- */

/* Rows: unit, value, mask. Four units; unit 3 has no rows. */
enum { SINK_ROWS = 10 };
static const uint32_t SINK_UNIT[SINK_ROWS] = {0, 0, 1, 0, 1, 2, 2, 1, 0, 2};
static const int64_t SINK_VALUE[SINK_ROWS] = {5, 7, -3, 9, BLANK, 4, 8, 2, BLANK, 6};
static const int64_t SINK_MASK[SINK_ROWS] = {1, 1, 1, 0, 1, 1, BLANK, 1, 0, 1};
/* Unit 0: 5, 7 (9 and the blank are masked out). Unit 1: -3, blank, 2. Unit 2: 4, perhaps 8, 6. */

struct sunk {
    struct machine *m;
    uint32_t figure;
};

static struct sunk sink(enum opcode op, enum reg_kind kind, enum figure_source source, bool masked)
{
    struct machine *m = machine_open(4);
    uint32_t rows = add_table(m, SINK_ROWS, SINK_UNIT);
    uint32_t unit_of = add_figure(m, rows, REG_NUMBER, FIGURE_UNIT_OF);
    uint32_t value = add_column(m, rows, SINK_VALUE), mask = add_column(m, rows, SINK_MASK);
    uint32_t figure = add_figure(m, SPACE_UNITS, kind, source);
    code_of(m, rows);
    uint32_t x = emit(m, OP_CODE_LOAD_N, unit_of, 0, 0, 0), n = emit(m, OP_CODE_LOAD_N, value, 0, 0, 0);
    uint32_t where = masked ? emit_mask(m, mask) : emit(m, OP_CODE_CONST_M, 1, 0, 0, 0);
    char letter = opcode_info(op)->operands[2];
    uint32_t third = letter == 'm' ? where : letter == 'q' ? emit(m, OP_CODE_TO_Q, n, 1, 0, 0) : n;
    emit(m, op, figure, x, third, where);
    machine_run(m);
    clean[op] = faulted[op] = true;
    return (struct sunk){m, figure};
}

static void check_units(struct sunk s, const struct expect *want, const char *what)
{
    for (uint32_t i = 0; i < 4; i++) check_lane(s.m, s.figure, i, want[i], what);
    machine_close(s.m);
}

static void test_sinks(void **state)
{
    (void)state;
    check_units(sink(OP_CODE_SINK_SUM, REG_NUMBER, FIGURE_SUM, true),
                (const struct expect[]){V(12), F(BLANK), F(BLANK), V(0)}, "SINK_SUM");
    check_units(sink(OP_CODE_SINK_SUM_Q, REG_QUOTIENT, FIGURE_SUM, true),
                (const struct expect[]){Q(12, 10), F(BLANK), F(BLANK), V(0)}, "SINK_SUM_Q");
    check_units(sink(OP_CODE_SINK_COUNT, REG_NUMBER, FIGURE_SUM, true), (const struct expect[]){V(2), V(3), F(BLANK), V(0)},
                "SINK_COUNT");
    check_units(sink(OP_CODE_SINK_MAX, REG_NUMBER, FIGURE_EXTREME, true),
                (const struct expect[]){V(7), F(BLANK), F(BLANK), F(EMPTY)}, "SINK_MAX");
    check_units(sink(OP_CODE_SINK_MIN, REG_NUMBER, FIGURE_EXTREME, true),
                (const struct expect[]){V(5), F(BLANK), F(BLANK), F(EMPTY)}, "SINK_MIN");
    check_units(sink(OP_CODE_SINK_MAX_Q, REG_QUOTIENT, FIGURE_EXTREME, true),
                (const struct expect[]){Q(7, 10), F(BLANK), F(BLANK), F(EMPTY)}, "SINK_MAX_Q");
    check_units(sink(OP_CODE_SINK_MIN_Q, REG_QUOTIENT, FIGURE_EXTREME, true),
                (const struct expect[]){Q(1, 2), F(BLANK), F(BLANK), F(EMPTY)}, "SINK_MIN_Q");
    check_units(sink(OP_CODE_SINK_ANY, REG_MASK, FIGURE_SUM, true), (const struct expect[]){V(1), V(1), V(1), V(0)},
                "SINK_ANY");
    check_units(sink(OP_CODE_SINK_COUNT, REG_NUMBER, FIGURE_SUM, false), (const struct expect[]){V(4), V(3), V(3), V(0)},
                "SINK_COUNT");
}

/* SINK_ANY: 0: faults, then true; 1: true, then faults; 2: false and faults; 3: false. Batches of every size. */
static void test_any_outweighs_faults(void **state)
{
    (void)state;
    struct machine *m = machine_open(4);
    const uint32_t unit[] = {0, 0, 1, 1, 2, 2, 3};
    uint32_t rows = add_table(m, 7, unit);
    uint32_t unit_of = add_figure(m, rows, REG_NUMBER, FIGURE_UNIT_OF);
    uint32_t flag = add_column(m, rows, (const int64_t[]){BLANK, 1, 1, BLANK, 0, BLANK, 0});
    uint32_t any = add_figure(m, SPACE_UNITS, REG_MASK, FIGURE_SUM);
    code_of(m, rows);
    uint32_t x = emit(m, OP_CODE_LOAD_N, unit_of, 0, 0, 0);
    emit(m, OP_CODE_SINK_ANY, any, x, emit_mask(m, flag), 0);
    machine_run(m);
    check_units((struct sunk){m, any}, (const struct expect[]){V(1), V(1), F(BLANK), V(0)}, "SINK_ANY");
}

static void test_sums_overflow_and_big_quotients(void **state)
{
    (void)state;
    struct machine *m = machine_open(2);
    enum { ROWS = LIMIT_BATCH + 1 };
    uint32_t unit[ROWS];
    int64_t value[ROWS], below[ROWS];
    for (int i = 0; i < ROWS; i++) {
        unit[i] = 0;
        value[i] = 0;
        below[i] = i % 60 + 1;
    }
    value[0] = INT64_MAX;
    value[ROWS - 1] = 1; /* in the second batch */
    uint32_t rows = add_table(m, ROWS, unit);
    uint32_t unit_of = add_figure(m, rows, REG_NUMBER, FIGURE_UNIT_OF), column = add_column(m, rows, value);
    uint32_t divisor = add_column(m, rows, below);
    uint32_t sum = add_figure(m, SPACE_UNITS, REG_NUMBER, FIGURE_SUM);
    uint32_t parts = add_figure(m, SPACE_UNITS, REG_QUOTIENT, FIGURE_SUM);
    uint32_t scaled = add_figure(m, SPACE_UNITS, REG_NUMBER, FIGURE_MADE);
    code_of(m, rows);
    uint32_t x = emit(m, OP_CODE_LOAD_N, unit_of, 0, 0, 0), all = emit(m, OP_CODE_CONST_M, 1, 0, 0, 0);
    emit(m, OP_CODE_SINK_SUM, sum, x, emit(m, OP_CODE_LOAD_N, column, 0, 0, 0), all);
    uint32_t one = emit(m, OP_CODE_TO_Q, emit_number(m, 1), 0, 0, 0);
    uint32_t d = emit(m, OP_CODE_TO_Q, emit(m, OP_CODE_LOAD_N, divisor, 0, 0, 0), 0, 0, 0);
    emit(m, OP_CODE_SINK_SUM_Q, parts, x, emit(m, OP_CODE_DIV_Q, one, d, FAULT_ZERO, 0), all);
    code_of(m, SPACE_UNITS);
    uint32_t total = emit(m, OP_CODE_LOAD_Q, parts, 0, 0, 0);
    emit(m, OP_CODE_STORE_N, scaled, emit(m, OP_CODE_ROUND_Q, total, 12, ROUND_DOWN, 0), 0, 0);
    machine_run(m);
    check_lane(m, sum, 0, (struct expect)F(OVERFLOW), "SINK_SUM");
    check_lane(m, sum, 1, (struct expect)V(0), "SINK_SUM");
    /* 17 whole rounds of 1/1 … 1/60 and 1/1 … 1/5: 17 * 4.679870412951736 + 2.283333333333333 = 81.841130353512847 */
    check_lane(m, scaled, 0, (struct expect)V(81841130353512), "sum of 1/n");
    assert_int_equal(m->run->figures[parts].denominators[0], 0); /* beyond 64 bits on the way and at the end */
    machine_close(m);
}

static void test_extreme_of_two_passes(void **state)
{
    (void)state;
    struct machine *m = machine_open(3);
    uint32_t rows = add_table(m, 2, (const uint32_t[]){0, 1});
    uint32_t unit_of = add_figure(m, rows, REG_NUMBER, FIGURE_UNIT_OF),
             column = add_column(m, rows, (const int64_t[]){4, 6});
    uint32_t own = add_column(m, SPACE_UNITS, (const int64_t[]){5, 5, 5});
    uint32_t part = add_column(m, SPACE_UNITS, (const int64_t[]){1, 1, 0});
    uint32_t most = add_figure(m, SPACE_UNITS, REG_NUMBER, FIGURE_EXTREME);
    uint32_t read = add_figure(m, SPACE_UNITS, REG_NUMBER, FIGURE_MADE);
    code_of(m, rows);
    uint32_t x = emit(m, OP_CODE_LOAD_N, unit_of, 0, 0, 0), all = emit(m, OP_CODE_CONST_M, 1, 0, 0, 0);
    emit(m, OP_CODE_SINK_MAX, most, x, emit(m, OP_CODE_LOAD_N, column, 0, 0, 0), all);
    code_of(m, SPACE_UNITS);
    uint32_t lane = emit(m, OP_CODE_LANE, 0, 0, 0, 0);
    emit(m, OP_CODE_SINK_MAX, most, lane, emit(m, OP_CODE_LOAD_N, own, 0, 0, 0), emit_mask(m, part));
    code_of(m, SPACE_UNITS);
    emit(m, OP_CODE_STORE_N, read, emit(m, OP_CODE_LOAD_N, most, 0, 0, 0), 0, 0);
    machine_run(m);
    const struct expect want[] = {V(5), V(6), F(EMPTY)};
    for (uint32_t i = 0; i < 3; i++) check_lane(m, read, i, want[i], "SINK_MAX in two passes");
    machine_close(m);
}

/* A sink into the one lane of everything; and an index that is negative or not known leads nowhere. */
static void test_sink_targets(void **state)
{
    (void)state;
    struct machine *m = machine_open(LIMIT_BATCH + 1);
    int64_t index[LIMIT_BATCH + 1];
    for (int i = 0; i <= LIMIT_BATCH; i++) index[i] = 0;
    index[3] = -1;
    index[LIMIT_BATCH] = BLANK;
    uint32_t column = add_column(m, SPACE_UNITS, index);
    uint32_t all = add_figure(m, SPACE_EVERYTHING, REG_NUMBER, FIGURE_SUM);
    uint32_t some = add_figure(m, SPACE_EVERYTHING, REG_NUMBER, FIGURE_SUM);
    code_of(m, SPACE_UNITS);
    uint32_t yes = emit(m, OP_CODE_CONST_M, 1, 0, 0, 0), x = emit(m, OP_CODE_LOAD_N, column, 0, 0, 0);
    emit(m, OP_CODE_SINK_COUNT, all, emit_number(m, 0), yes, 0);
    emit(m, OP_CODE_SINK_COUNT, some, x, yes, 0);
    machine_run(m);
    check_lane(m, all, 0, (struct expect)V(LIMIT_BATCH + 1), "SINK_COUNT into everything");
    check_lane(m, some, 0, (struct expect)V(LIMIT_BATCH - 1), "SINK_COUNT by an index");
    assert_int_equal(m->run->fault_count, 1);
    assert_int_equal(m->run->faults[0].fault, FAULT_BLANK);
    assert_int_equal(m->run->faults[0].lane, LIMIT_BATCH);
    assert_int_equal(m->run->faults[0].unit, LIMIT_BATCH);
    machine_close(m);
}

static void test_places_of_faults(void **state)
{
    (void)state;
    struct machine *m = machine_open(3);
    const uint32_t unit[] = {0, 1, 1, 1, 1, 1, 2};
    uint32_t rows = add_table(m, 7, unit);
    uint32_t unit_of = add_figure(m, rows, REG_NUMBER, FIGURE_UNIT_OF);
    uint32_t column = add_column(m, rows, (const int64_t[]){1, BLANK, BLANK, BLANK, BLANK, BLANK, BLANK});
    uint32_t organiser = add_column(m, rows, (const int64_t[]){2, 2, 2, 2, 2, 2, 2});
    uint32_t stored = add_figure(m, rows, REG_NUMBER, FIGURE_MADE), sum = add_figure(m, SPACE_UNITS, REG_NUMBER, FIGURE_SUM);
    code_of(m, rows);
    uint32_t n = emit(m, OP_CODE_LOAD_N, column, 0, 0, 0), all = emit(m, OP_CODE_CONST_M, 1, 0, 0, 0);
    (void)unit_of;
    emit(m, OP_CODE_STORE_N, stored, n, 0, 0);
    emit(m, OP_CODE_SINK_SUM, sum, emit(m, OP_CODE_LOAD_N, organiser, 0, 0, 0), n, all);
    machine_run(m);
    /* The store: unit 1 three times (LIMIT_FAULTS_OF_UNIT), unit 2 once; the sink: unit 2, where it arrives, three times. */
    assert_int_equal(LIMIT_FAULTS_OF_UNIT, 3);
    assert_int_equal(m->run->fault_count, 7);
    assert_int_equal(m->run->faults_seen, 12);
    const uint32_t lanes[] = {1, 2, 3, 6, 1, 2, 3}, units[] = {1, 1, 1, 2, 2, 2, 2};
    for (int i = 0; i < 7; i++) {
        const struct fault_place *place = &m->run->faults[i];
        assert_int_equal(place->fault, FAULT_BLANK);
        assert_int_equal(place->space, rows);
        assert_int_equal(place->lane, lanes[i]);
        assert_int_equal(place->unit, units[i]);
        assert_int_equal(place->where.from, i < 4 ? 3 : 5);
    }
    machine_close(m);
}

/* At the limit all places are kept, one beyond it the last is only counted. */
static void test_bound_of_places(void **state)
{
    (void)state;
    for (uint32_t more = 0; more < 2; more++) {
        uint32_t units = LIMIT_FAULT_PLACES + more;
        struct machine *m = machine_open(units);
        uint32_t out = add_figure(m, SPACE_UNITS, REG_NUMBER, FIGURE_MADE);
        code_of(m, SPACE_UNITS);
        emit(m, OP_CODE_STORE_N, out, emit(m, OP_CODE_FAULT_N, FAULT_EMPTY, 0, 0, 0), 0, 0);
        machine_run(m);
        assert_int_equal(m->run->fault_count, LIMIT_FAULT_PLACES);
        assert_int_equal(m->run->faults_seen, units);
        assert_int_equal(m->run->faults[LIMIT_FAULT_PLACES - 1].unit, LIMIT_FAULT_PLACES - 1);
        machine_close(m);
    }
}

/* ---- reports ---- */

static void test_checks(void **state)
{
    (void)state;
    struct machine *m = machine_open(1);
    uint32_t rows = add_table(m, 4, (const uint32_t[]){0, 0, 0, 0});
    uint32_t flag = add_column(m, rows, (const int64_t[]){1, 0, BLANK, 1});
    m->checks[0] = (struct check){.table = 1, .field = NO_INDEX, .where = {10, 20}};
    m->checks[1] = (struct check){.table = 1, .field = 0, .filled = true, .where = {30, 40}};
    m->checks[2] = (struct check){.table = 1, .field = 0, .filled = false, .where = {50, 60}};
    m->program.check_count = 3;
    code_of(m, rows);
    uint32_t mask = emit_mask(m, flag);
    for (uint32_t i = 0; i < 3; i++) emit(m, OP_CODE_CHECK, mask, i, 0, 0);
    uint32_t open = emit(m, OP_CODE_FAULT_M, FAULT_UNDECIDED, 0, 0, 0);
    emit(m, OP_CODE_CHECK, open, 0, 0, 0); /* not an error: whoever decides will see it again */
    machine_run(m);
    const enum diag_code want[] = {D_MUST_BROKEN,   D_CHECK_UNKNOWN,   D_ONLY_WHEN_FILLED,
                                   D_CHECK_UNKNOWN, D_ONLY_WHEN_BLANK, D_CHECK_UNKNOWN};
    assert_int_equal(m->problems.errors, 6);
    for (int i = 0; i < 6; i++) {
        const struct finding *finding = &m->problems.items[i];
        assert_int_equal(finding->code, want[i]);
        assert_int_equal(finding->data.line, i % 2 ? 4 : 3);
        assert_true(text_is(finding->data.file, "row.csv"));
        assert_int_equal(finding->where.from, 10 + 20 * (i / 2));
        assert_true(text_is(finding->data.column, i < 2 ? "" : "栏"));
    }
    assert_true(text_is(m->problems.items[2].data.value, "0"));
    assert_int_equal(m->problems.items[3].data.value.len, 0); /* blank */
    machine_close(m);
    clean[OP_CODE_CHECK] = faulted[OP_CODE_CHECK] = true;
}

/* Figures that only explain, over more units than a batch has: of unit i, i + 1 of each kind, blank where i is 7 modulo 10.
 */
static void test_what_explains_is_kept_of_those_who_are_explained(void **state)
{
    (void)state;
    enum { UNITS = 5000, FIRST = 0, MIDDLE = 2077, LAST = UNITS - 1, TOLD = 3 };
    static int64_t values[UNITS];
    for (int64_t i = 0; i < UNITS; i++) values[i] = i % 10 == 7 ? BLANK : i + 1;
    for (uint32_t way = 0; way < 6; way++) {
        struct machine *m = machine_open(UNITS);
        uint32_t column = add_column(m, SPACE_UNITS, values), total = add_figure(m, SPACE_UNITS, REG_NUMBER, FIGURE_MADE);
        uint32_t number = add_figure(m, SPACE_UNITS, REG_NUMBER, FIGURE_MADE);
        uint32_t quotient = add_figure(m, SPACE_UNITS, REG_QUOTIENT, FIGURE_MADE);
        uint32_t mask = add_figure(m, SPACE_UNITS, REG_MASK, FIGURE_MADE);
        m->figures[number].explains = m->figures[quotient].explains = m->figures[mask].explains = true;
        static uint8_t explained[UNITS];
        const uint32_t units[TOLD] = {FIRST, MIDDLE, LAST};
        memset(explained, 0, sizeof explained);
        for (uint32_t k = 0; k < TOLD; k++) explained[units[k]] = way == k || way == TOLD; /* one of them, or all three */
        m->options.explained = way <= TOLD ? explained : NULL;
        m->options.explain_all = way == TOLD + 1;
        code_of(m, SPACE_UNITS);
        uint32_t x = emit(m, OP_CODE_LOAD_N, column, 0, 0, 0), twice = emit(m, OP_CODE_ADD, x, x, 0, 0);
        emit(m, OP_CODE_STORE_N, total, twice, 0, 0);
        emit(m, OP_CODE_STORE_N, number, emit(m, OP_CODE_SUB, twice, x, 0, 0), 0, 0);
        emit(m, OP_CODE_STORE_Q, quotient, emit(m, OP_CODE_TO_Q, x, 3, 0, 0), 0, 0);
        emit(m, OP_CODE_STORE_M, mask, emit(m, OP_CODE_EQ, x, x, 0, 0), 0, 0);
        machine_run(m);
        for (uint32_t i = 0; i < UNITS; i++) {
            bool blank = i % 10 == 7;
            check_lane(m, total, i, blank ? (struct expect)F(BLANK) : (struct expect)V(2 * (i + 1)), "total");
            if (way < TOLD && i != units[way]) continue;
            check_lane(m, number, i, blank ? (struct expect)F(BLANK) : (struct expect)V(i + 1), "number");
            check_lane(m, quotient, i, blank ? (struct expect)F(BLANK) : (struct expect)Q(i + 1, 1000), "quotient");
            check_lane(m, mask, i, blank ? (struct expect)F(BLANK) : (struct expect)V(1), "mask");
        }
        machine_close(m);
    }
}

static void test_ledger(void **state)
{
    (void)state;
    for (int all = 0; all < 2; all++) {
        struct machine *m = machine_open(3);
        const uint32_t unit[] = {0, 1, 0, 1, 1, 2};
        uint32_t rows = add_table(m, 6, unit);
        uint32_t unit_of = add_figure(m, rows, REG_NUMBER, FIGURE_UNIT_OF);
        uint32_t amount = add_column(m, rows, (const int64_t[]){1, 2, 3, 4, BLANK, 6});
        uint32_t flag = add_column(m, rows, (const int64_t[]){1, 1, 0, BLANK, 1, 1});
        uint8_t explained[] = {0, 1, 0};
        m->program.rule_count = 2;
        m->options.explained = all ? NULL : explained;
        m->options.explain_all = all;
        code_of(m, rows);
        uint32_t x = emit(m, OP_CODE_LOAD_N, unit_of, 0, 0, 0), n = emit(m, OP_CODE_LOAD_N, amount, 0, 0, 0);
        uint32_t where = emit_mask(m, flag), q = emit(m, OP_CODE_TO_Q, n, 1, 0, 0);
        uint32_t six = emit(m, OP_CODE_TO_Q, emit_number(m, 6), 0, 0, 0);
        emit(m, OP_CODE_LEDGER_Q, 0, q, x, where);
        emit(m, OP_CODE_LEDGER_N, 1, n, x, where);
        emit(m, OP_CODE_LEDGER_OF, 0, q, six, where);
        machine_run(m);
        /* Unit 1: row 1 fires; row 3 may fire; row 4 fires, by nobody knows how much. */
        struct {
            uint32_t rule, lane;
            uint8_t fault;
            int64_t num, den;
            bool of;
        } want[] = {
            {0, 0, 0, 1, 10, true},
            {0, 1, 0, 1, 5, true},
            {0, 3, FAULT_BLANK, 0, 1, false},
            {0, 4, FAULT_BLANK, 0, 1, false},
            {0, 5, 0, 3, 5, true},
            {1, 0, 0, 1, 1, false},
            {1, 1, 0, 2, 1, false},
            {1, 3, FAULT_BLANK, 0, 1, false},
            {1, 4, FAULT_BLANK, 0, 1, false},
            {1, 5, 0, 6, 1, false},
        };
        size_t at = 0;
        for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
            if (!all && unit[want[i].lane] != 1) continue;
            assert_true(at < m->run->ledger_count);
            const struct ledger_line *line = &m->run->ledger[at++];
            assert_int_equal(line->rule, want[i].rule);
            assert_int_equal(line->unit, unit[want[i].lane]);
            assert_int_equal(line->space, rows);
            assert_int_equal(line->lane, want[i].lane);
            assert_int_equal(line->fault, want[i].fault);
            assert_true(line->amount.num == want[i].num && line->amount.den == want[i].den);
            assert_int_equal(line->has_of, want[i].of);
            if (line->has_of)
                assert_true(line->of.num == 6 && line->have.num == want[i].num && line->have.den == want[i].den);
        }
        assert_int_equal(m->run->ledger_count, at);
        machine_close(m);
    }
    static const enum opcode DONE[] = {OP_CODE_LEDGER_N, OP_CODE_LEDGER_Q, OP_CODE_LEDGER_OF};
    for (int i = 0; i < 3; i++) clean[DONE[i]] = faulted[DONE[i]] = true;
}

static void test_no_rows(void **state)
{
    (void)state;
    struct machine *m = machine_open(0);
    uint32_t rows = add_table(m, 0, NULL);
    uint32_t unit_of = add_figure(m, rows, REG_NUMBER, FIGURE_UNIT_OF), column = add_column(m, rows, NULL);
    uint32_t sum = add_figure(m, SPACE_EVERYTHING, REG_NUMBER, FIGURE_SUM);
    uint32_t most = add_figure(m, SPACE_EVERYTHING, REG_NUMBER, FIGURE_EXTREME);
    code_of(m, rows);
    uint32_t n = emit(m, OP_CODE_LOAD_N, column, 0, 0, 0), x = emit(m, OP_CODE_LOAD_N, unit_of, 0, 0, 0);
    uint32_t zero = emit_number(m, 0), all = emit(m, OP_CODE_CONST_M, 1, 0, 0, 0);
    emit(m, OP_CODE_SINK_SUM, sum, zero, emit(m, OP_CODE_ADD, n, x, 0, 0), all);
    emit(m, OP_CODE_SINK_MAX, most, zero, n, all);
    machine_run(m);
    check_lane(m, sum, 0, (struct expect)V(0), "sum of nothing");
    check_lane(m, most, 0, (struct expect)F(EMPTY), "highest of nothing");
    machine_close(m);
}

static void test_every_opcode_of_figures_was_tested(void **state)
{
    (void)state;
    for (int op = 0; op < OPCODE_COUNT; op++) {
        const struct opcode_info *info = opcode_info((enum opcode)op);
        if (info->result != '-' && !strchr(info->operands, 'f')) continue;
        if (!clean[op]) fail_msg("no test of %s without faults", info->name);
        if (!faulted[op]) fail_msg("no test of %s with a fault", info->name);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_figures),
        cmocka_unit_test(test_sinks),
        cmocka_unit_test(test_any_outweighs_faults),
        cmocka_unit_test(test_sums_overflow_and_big_quotients),
        cmocka_unit_test(test_extreme_of_two_passes),
        cmocka_unit_test(test_sink_targets),
        cmocka_unit_test(test_places_of_faults),
        cmocka_unit_test(test_bound_of_places),
        cmocka_unit_test(test_checks),
        cmocka_unit_test(test_what_explains_is_kept_of_those_who_are_explained),
        cmocka_unit_test(test_ledger),
        cmocka_unit_test(test_no_rows),
        cmocka_unit_test(test_every_opcode_of_figures_was_tested),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
