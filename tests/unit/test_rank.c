/* Rankings and groups: places, ties, partitions, faults; groups in the order of their rows.
 *
 * Each expectation was worked out by hand from the comment above it.
 */
#include "machine.h"

#include "../../runtime/limits.h"

enum { PLACE, FROM_LAST, ORDINAL, SIZE, OUTS };

struct ranked {
    struct machine *m;
    struct rank *rank;
    uint32_t mask, out[OUTS];
    uint32_t keys[4], partition[2];
    bool highest[4];
};

/* A ranking of units by the columns given; the mask comes from a column, too. */
static struct ranked *rank_open(uint32_t units, const int64_t *where)
{
    struct ranked *r = calloc(1, sizeof *r);
    assert_non_null(r);
    struct machine *m = r->m = machine_open(units);
    r->rank = &m->ranks[m->program.rank_count++];
    *r->rank = (struct rank){
        .space = SPACE_UNITS, .keys = r->keys, .highest_first = r->highest, .partition = r->partition, .mask = NO_FIGURE};
    if (where) {
        uint32_t column = add_column(m, SPACE_UNITS, where);
        r->rank->mask = add_figure(m, SPACE_UNITS, REG_MASK, FIGURE_MADE);
        code_of(m, SPACE_UNITS);
        emit(m, OP_CODE_STORE_M, r->rank->mask, emit_mask(m, column), 0, 0);
    }
    for (int o = 0; o < OUTS; o++) r->out[o] = add_figure(m, SPACE_UNITS, REG_NUMBER, FIGURE_MADE);
    r->rank->place = r->out[PLACE];
    r->rank->from_last = r->out[FROM_LAST];
    r->rank->ordinal = r->out[ORDINAL];
    r->rank->size = r->out[SIZE];
    return r;
}

static void add_key(struct ranked *r, const int64_t *values, bool highest_first)
{
    r->highest[r->rank->key_count] = highest_first;
    r->keys[r->rank->key_count++] = add_column(r->m, SPACE_UNITS, values);
}

static void add_partition(struct ranked *r, const int64_t *values)
{
    r->partition[r->rank->partition_count++] = add_column(r->m, SPACE_UNITS, values);
}

/* Values wanted, or the fault as its negative. */
static void check_out(const struct ranked *r, int out, const int64_t *want, const char *what)
{
    for (uint32_t i = 0; i < r->m->run->lanes[SPACE_UNITS]; i++) {
        bool fault = want[i] < 0;
        check_lane(r->m, r->out[out], i, (struct expect){fault ? (uint8_t)-want[i] : 0, fault ? 0 : want[i], 1}, what);
    }
}

static void rank_run(struct ranked *r)
{
    barrier(r->m, PASS_RANK, 0);
    machine_run(r->m);
}

static void rank_close(struct ranked *r)
{
    machine_close(r->m);
    free(r);
}

/* 90, 80, 80, 95, 70: the places 2, 3, 3, 1, 5. */
static void test_ties_share_a_place(void **state)
{
    (void)state;
    struct ranked *r = rank_open(5, NULL);
    add_key(r, (const int64_t[]){90, 80, 80, 95, 70}, true);
    rank_run(r);
    check_out(r, PLACE, (const int64_t[]){2, 3, 3, 1, 5}, "place");
    check_out(r, FROM_LAST, (const int64_t[]){4, 2, 2, 5, 1}, "from last");
    check_out(r, ORDINAL, (const int64_t[]){2, 3, 4, 1, 5}, "ordinal"); /* ties in the order of lanes */
    check_out(r, SIZE, (const int64_t[]){5, 5, 5, 5, 5}, "size");
    rank_close(r);
}

/* Highest first, then the fewer complaints first: (80, 2) before (80, 5). */
static void test_keys_of_mixed_direction(void **state)
{
    (void)state;
    struct ranked *r = rank_open(5, NULL);
    add_key(r, (const int64_t[]){80, 80, 90, 80, -1}, true);
    add_key(r, (const int64_t[]){5, 2, 9, 5, 0}, false);
    rank_run(r);
    check_out(r, PLACE, (const int64_t[]){3, 2, 1, 3, 5}, "place");
    check_out(r, FROM_LAST, (const int64_t[]){2, 4, 5, 2, 1}, "from last");
    rank_close(r);
}

/* Figures that have all of 64 bits each: partition 1 is lanes 1, 0 and 6 (equal), 4, 3; partition 2 is lanes 5, 2. */
static void test_keys_that_need_several_words(void **state)
{
    (void)state;
    struct ranked *r = rank_open(7, NULL);
    add_partition(r, (const int64_t[]){1, 1, 2, 1, 1, 2, 1});
    add_key(r, (const int64_t[]){INT64_MAX, INT64_MAX, 5, INT64_MIN, 0, 5, INT64_MAX}, true);
    add_key(r, (const int64_t[]){INT64_MAX, INT64_MIN, 1, 0, 7, 0, INT64_MAX}, false);
    rank_run(r);
    check_out(r, PLACE, (const int64_t[]){2, 1, 2, 5, 4, 1, 2}, "place");
    check_out(r, FROM_LAST, (const int64_t[]){3, 5, 1, 1, 2, 2, 3}, "from last");
    check_out(r, ORDINAL, (const int64_t[]){2, 1, 2, 5, 4, 1, 3}, "ordinal");
    check_out(r, SIZE, (const int64_t[]){5, 5, 2, 5, 5, 2, 5}, "size");
    rank_close(r);
}

/* By 1/3, 33/100, 2/6, and one beyond 64 bits. */
static void test_quotients_are_ordered_exactly(void **state)
{
    (void)state;
    struct ranked *r = rank_open(4, NULL);
    struct machine *m = r->m;
    uint32_t num = add_column(m, SPACE_UNITS, (const int64_t[]){1, 33, 2, INT64_MAX});
    uint32_t den = add_column(m, SPACE_UNITS, (const int64_t[]){3, 100, 6, 1});
    r->keys[r->rank->key_count] = add_figure(m, SPACE_UNITS, REG_QUOTIENT, FIGURE_MADE);
    r->highest[r->rank->key_count++] = true;
    code_of(m, SPACE_UNITS);
    uint32_t a = emit(m, OP_CODE_TO_Q, emit(m, OP_CODE_LOAD_N, num, 0, 0, 0), 0, 0, 0);
    uint32_t b = emit(m, OP_CODE_TO_Q, emit(m, OP_CODE_LOAD_N, den, 0, 0, 0), 0, 0, 0);
    uint32_t ratio = emit(m, OP_CODE_DIV_Q, a, b, FAULT_ZERO, 0);
    emit(m, OP_CODE_STORE_Q, r->keys[0], emit(m, OP_CODE_MUL_Q, ratio, a, 0, 0), 0, 0); /* 1/3, 10.89, 2/3, (2^63-1)^2 */
    rank_run(r);
    check_out(r, PLACE, (const int64_t[]){4, 2, 3, 1}, "place");
    assert_int_equal(m->run->figures[r->keys[0]].denominators[3], 0);
    rank_close(r);
}

/* Units 1 and 4 take no part, but stand in partitions 7 and 8 all the same. */
static void test_partitions_and_participants(void **state)
{
    (void)state;
    struct ranked *r = rank_open(6, (const int64_t[]){1, 0, 1, 1, 0, 1});
    add_key(r, (const int64_t[]){10, 99, 20, 10, 99, 10}, true);
    add_partition(r, (const int64_t[]){7, 7, 7, 8, 8, 8});
    rank_run(r);
    check_out(r, PLACE, (const int64_t[]){2, -FAULT_BLANK, 1, 1, -FAULT_BLANK, 1}, "place");
    check_out(r, FROM_LAST, (const int64_t[]){1, -FAULT_BLANK, 2, 1, -FAULT_BLANK, 1}, "from last");
    check_out(r, ORDINAL, (const int64_t[]){2, -FAULT_BLANK, 1, 1, -FAULT_BLANK, 2}, "ordinal");
    check_out(r, SIZE, (const int64_t[]){2, 2, 2, 2, 2, 2}, "size");
    rank_close(r);
}

/* A blank key of unit 1 spoils partition 7 and not 8; a blank key of unit 5, who takes no part, spoils nothing. */
static void test_a_fault_spoils_its_partition(void **state)
{
    (void)state;
    struct ranked *r = rank_open(6, (const int64_t[]){1, 1, 0, 1, 1, 0});
    add_key(r, (const int64_t[]){10, BLANK, 30, 40, 50, BLANK}, true);
    add_partition(r, (const int64_t[]){7, 7, 7, 8, 8, 8});
    rank_run(r);
    const int64_t want[] = {-FAULT_BLANK, -FAULT_BLANK, -FAULT_BLANK, 2, 1, -FAULT_BLANK};
    check_out(r, PLACE, want, "place");
    check_out(r, SIZE, (const int64_t[]){2, 2, 2, 2, 2, 2}, "size"); /* who takes part is known */
    rank_close(r);
}

/* It is not known whether unit 1 takes part: neither the places of 7 nor its size are. */
static void test_a_participant_who_is_not_known(void **state)
{
    (void)state;
    struct ranked *r = rank_open(5, (const int64_t[]){1, BLANK, 0, 1, 1});
    add_key(r, (const int64_t[]){10, 20, 30, 40, 40}, false);
    add_partition(r, (const int64_t[]){7, 7, 7, 8, 8});
    rank_run(r);
    check_out(r, PLACE, (const int64_t[]){-FAULT_BLANK, -FAULT_BLANK, -FAULT_BLANK, 1, 1}, "place");
    check_out(r, SIZE, (const int64_t[]){-FAULT_BLANK, -FAULT_BLANK, -FAULT_BLANK, 2, 2}, "size");
    rank_close(r);
}

/* The partition of unit 1 is not known: the others keep their places. */
static void test_a_partition_that_is_not_known(void **state)
{
    (void)state;
    struct ranked *r = rank_open(4, NULL);
    add_key(r, (const int64_t[]){10, 20, 30, 40}, true);
    add_partition(r, (const int64_t[]){7, BLANK, 7, 7});
    rank_run(r);
    check_out(r, PLACE, (const int64_t[]){3, -FAULT_BLANK, 2, 1}, "place");
    check_out(r, SIZE, (const int64_t[]){3, -FAULT_BLANK, 3, 3}, "size");
    rank_close(r);
}

/* Many lanes in a mixed order: value (i * 7919) mod 1009 over 3 rounds of 1009, so each value three times; the place of
 * value v, lowest first, is 3 v + 1, from the last 3 (1008 - v) + 1, and the round gives the ordinal among ties. */
static void test_many_lanes(void **state)
{
    (void)state;
    enum { ROUND = 1009, LANES_ = 3 * ROUND };
    static int64_t values[LANES_], odd[LANES_], zero[LANES_];
    for (int64_t i = 0; i < LANES_; i++) values[i] = i * 7919 % ROUND, odd[i] = i / ROUND;
    struct ranked *r = rank_open(LANES_, NULL);
    add_key(r, values, false);
    add_partition(r, zero);
    rank_run(r);
    for (uint32_t i = 0; i < LANES_; i++) {
        check_lane(r->m, r->out[PLACE], i, (struct expect)V(3 * values[i] + 1), "place");
        check_lane(r->m, r->out[FROM_LAST], i, (struct expect)V(3 * (1008 - values[i]) + 1), "from last");
        check_lane(r->m, r->out[ORDINAL], i, (struct expect)V(3 * values[i] + 1 + odd[i]), "ordinal");
    }
    rank_close(r);
}

/* `given place(r) = 1` in an example. */
static void test_a_place_that_is_given(void **state)
{
    (void)state;
    struct ranked *r = rank_open(2, NULL);
    struct machine *m = r->m;
    add_key(r, (const int64_t[]){BLANK, 5}, true);
    uint32_t read = add_figure(m, SPACE_UNITS, REG_NUMBER, FIGURE_MADE);
    const struct override given[] = {{r->out[PLACE], 0, 1}, {r->out[SIZE], 1, 60}};
    m->options.overrides = given;
    m->options.override_count = 2;
    barrier(m, PASS_RANK, 0);
    code_of(m, SPACE_UNITS);
    emit(m, OP_CODE_STORE_N, read, emit(m, OP_CODE_LOAD_N, r->out[PLACE], 0, 0, 0), 0, 0);
    machine_run(m);
    check_lane(m, read, 0, (struct expect)V(1), "given place");
    check_lane(m, read, 1, (struct expect)F(BLANK), "place");
    check_out(r, SIZE, (const int64_t[]){2, 60}, "size");
    rank_close(r);
}

/* ---- groups ---- */

struct grouped {
    struct machine *m;
    uint32_t rows, space, group_of, unit_of, key_of, live, count;
};

/* Groups the rows by key where the mask column holds (NULL: all); counts each group's rows. */
static struct grouped group_run(uint32_t units, uint32_t count, const uint32_t *unit, const int64_t *keys,
                                const int64_t *where)
{
    struct grouped g = {.m = machine_open(units)};
    struct machine *m = g.m;
    g.rows = add_table(m, count, unit);
    g.space = m->program.space_count++;
    m->spaces[g.space] = (struct space){SPACE_GROUP, 1, 0};
    struct group *group = &m->groups[m->program.group_count++];
    *group = (struct group){.from_space = g.rows, .space = g.space, .mask = NO_FIGURE};
    group->owner = add_figure(m, g.rows, REG_NUMBER, FIGURE_UNIT_OF);
    group->key = add_column(m, g.rows, keys);
    group->group_of = g.group_of = add_figure(m, g.rows, REG_NUMBER, FIGURE_MADE);
    group->unit_of = g.unit_of = add_figure(m, g.space, REG_NUMBER, FIGURE_MADE);
    group->key_of = g.key_of = add_figure(m, g.space, REG_NUMBER, FIGURE_MADE);
    group->live = g.live = add_figure(m, g.space, REG_MASK, FIGURE_MADE);
    g.count = add_figure(m, g.space, REG_NUMBER, FIGURE_SUM);
    if (where) {
        uint32_t column = add_column(m, g.rows, where);
        group->mask = add_figure(m, g.rows, REG_MASK, FIGURE_MADE);
        code_of(m, g.rows);
        emit(m, OP_CODE_STORE_M, group->mask, emit_mask(m, column), 0, 0);
    }
    barrier(m, PASS_GROUP, 0);
    code_of(m, g.rows);
    uint32_t x = emit(m, OP_CODE_LOAD_N, g.group_of, 0, 0, 0);
    emit(m, OP_CODE_SINK_COUNT, g.count, x, emit(m, OP_CODE_CONST_M, 1, 0, 0, 0), 0);
    machine_run(m);
    return g;
}

/* Unit 0: keys 5, 6, 5 and 6 masked out; unit 1: 5, 5. Groups: (0, 5), (1, 5), (0, 6). */
static void test_groups_in_order_of_their_first_rows(void **state)
{
    (void)state;
    struct grouped g = group_run(2, 6, (const uint32_t[]){0, 1, 0, 0, 1, 0}, (const int64_t[]){5, 5, 6, 5, 5, 6},
                                 (const int64_t[]){1, 1, 1, 1, 1, 0});
    const int64_t of[] = {0, 1, 2, 0, 1, -1}, units[] = {0, 1, 0}, keys[] = {5, 5, 6}, counts[] = {2, 2, 1};
    assert_int_equal(g.m->run->lanes[g.space], 3);
    for (uint32_t i = 0; i < 6; i++) check_lane(g.m, g.group_of, i, (struct expect)V(of[i]), "group of");
    for (uint32_t i = 0; i < 3; i++) {
        check_lane(g.m, g.unit_of, i, (struct expect)V(units[i]), "unit of");
        check_lane(g.m, g.key_of, i, (struct expect)V(keys[i]), "key of");
        check_lane(g.m, g.live, i, (struct expect)V(1), "live");
        check_lane(g.m, g.count, i, (struct expect)V(counts[i]), "count");
    }
    machine_close(g.m);
}

/* Unit 0: key 5, a blank key, a row that may be in (key 5), a blank key masked out. Unit 1: key 0, which is a key. */
static void test_rows_that_are_not_known_make_one_group(void **state)
{
    (void)state;
    struct grouped g = group_run(2, 6, (const uint32_t[]){0, 0, 0, 0, 1, 1}, (const int64_t[]){5, BLANK, 5, BLANK, 0, BLANK},
                                 (const int64_t[]){1, 1, BLANK, 0, 1, 1});
    const int64_t of[] = {0, 1, 1, -1, 2, 3}, units[] = {0, 0, 1, 1}, counts[] = {1, 2, 1, 1};
    const struct expect keys[] = {V(5), F(BLANK), V(0), F(BLANK)}, live[] = {V(1), F(BLANK), V(1), F(BLANK)};
    assert_int_equal(g.m->run->lanes[g.space], 4);
    for (uint32_t i = 0; i < 6; i++) check_lane(g.m, g.group_of, i, (struct expect)V(of[i]), "group of");
    for (uint32_t i = 0; i < 4; i++) {
        check_lane(g.m, g.unit_of, i, (struct expect)V(units[i]), "unit of");
        check_lane(g.m, g.key_of, i, keys[i], "key of");
        check_lane(g.m, g.live, i, live[i], "live");
        check_lane(g.m, g.count, i, (struct expect)V(counts[i]), "count");
    }
    machine_close(g.m);
}

/* One unit with twenty keys and, behind them, a blank one; the same again. */
static void test_many_groups_of_a_unit_and_one_that_is_not_known(void **state)
{
    (void)state;
    enum { GROUPS = 21, ROWS = 2 * GROUPS };
    static const uint32_t unit[ROWS];
    int64_t keys[ROWS];
    for (uint32_t i = 0; i < ROWS; i++) keys[i] = i % GROUPS == GROUPS - 1 ? BLANK : i % GROUPS;
    struct grouped g = group_run(1, ROWS, unit, keys, NULL);
    assert_int_equal(g.m->run->lanes[g.space], GROUPS);
    for (uint32_t i = 0; i < ROWS; i++) check_lane(g.m, g.group_of, i, (struct expect)V(i % GROUPS), "group of");
    for (uint32_t i = 0; i < GROUPS; i++) {
        check_lane(g.m, g.live, i, i < GROUPS - 1 ? (struct expect)V(1) : (struct expect)F(BLANK), "live");
        check_lane(g.m, g.count, i, (struct expect)V(2), "count");
    }
    machine_close(g.m);
}

static void test_no_rows_no_groups(void **state)
{
    (void)state;
    struct grouped g = group_run(1, 0, NULL, NULL, NULL);
    assert_int_equal(g.m->run->lanes[g.space], 0);
    machine_close(g.m);
}

/* Row i has unit i mod 10 and key (i div 10) mod 300: 3,000 groups in the order of i, each with 3 rows. */
static void test_many_groups(void **state)
{
    (void)state;
    enum { ROWS = 9000, GROUPS = 3000 };
    static uint32_t unit[ROWS];
    static int64_t keys[ROWS];
    for (uint32_t i = 0; i < ROWS; i++) {
        unit[i] = i % 10;
        keys[i] = i / 10 % 300;
    }
    struct grouped g = group_run(10, ROWS, unit, keys, NULL);
    assert_int_equal(g.m->run->lanes[g.space], GROUPS);
    for (uint32_t i = 0; i < ROWS; i++) check_lane(g.m, g.group_of, i, (struct expect)V(i % GROUPS), "group of");
    for (uint32_t i = 0; i < GROUPS; i++) check_lane(g.m, g.count, i, (struct expect)V(3), "count");
    machine_close(g.m);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_ties_share_a_place),
        cmocka_unit_test(test_keys_of_mixed_direction),
        cmocka_unit_test(test_keys_that_need_several_words),
        cmocka_unit_test(test_quotients_are_ordered_exactly),
        cmocka_unit_test(test_partitions_and_participants),
        cmocka_unit_test(test_a_fault_spoils_its_partition),
        cmocka_unit_test(test_a_participant_who_is_not_known),
        cmocka_unit_test(test_a_partition_that_is_not_known),
        cmocka_unit_test(test_many_lanes),
        cmocka_unit_test(test_a_place_that_is_given),
        cmocka_unit_test(test_groups_in_order_of_their_first_rows),
        cmocka_unit_test(test_rows_that_are_not_known_make_one_group),
        cmocka_unit_test(test_no_rows_no_groups),
        cmocka_unit_test(test_many_groups),
        cmocka_unit_test(test_many_groups_of_a_unit_and_one_that_is_not_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
