/* The verifier: one sound program, and for each rule the same program with that rule broken.
 *
 * The sentence is part of what is tested, so that no program is refused for another reason than the one meant.
 */
#include "machine.h"

#include "../../runtime/limits.h"

/* Where things stand in the sound program. */
/* clang-format off */
enum {
    ROWS = 2, GROUPS = 3,                                          /* spaces */
    COLUMN = 0, UNIT_OF, JUDGED, MASK, GROUP_OF, G_UNIT, G_KEY, LIVE, SUM, MOST, PLACE, MADE, HALF, G_SUM, FIGURES_USED,
    P_MASK = 0, P_GROUP, P_SINK, P_RANK, P_READ, PASSES_USED,      /* passes */
    /* instructions of P_SINK */
    S_UNIT = 0, S_GROUP, S_VALUE, S_ALL, S_SUM, S_MOST, S_G_SUM, S_CONST, S_QUOTIENT, S_DIVIDE, S_LOOKUP, S_SCALE, S_ROUND,
    S_FAULT, S_CHECK, S_LEDGER, S_LEDGER_OF,
    /* instructions of P_READ */
    R_SUM = 0, R_MOST, R_ADD, R_STORE, R_AGAIN, R_HALF, R_STORE_HALF,
};
/* clang-format on */

static int64_t entries[] = {1, 2};
static uint32_t keys[1], within[1];
static bool highest[1];

static struct machine *sound(void)
{
    struct machine *m = machine_open(2);
    assert_int_equal(add_table(m, 3, (const uint32_t[]){0, 1, 1}), ROWS);
    m->spaces[m->program.space_count++] = (struct space){SPACE_GROUP, 1, 0};
    m->program.schema.judged_count = 1;
    m->judged[0].values = ARENA_ARRAY(m->arena, int64_t, 2);
    assert_int_equal(add_column(m, ROWS, (const int64_t[]){4, 5, 6}), COLUMN);
    add_figure(m, ROWS, REG_NUMBER, FIGURE_UNIT_OF);
    add_figure(m, SPACE_UNITS, REG_NUMBER, FIGURE_JUDGED);
    add_figure(m, ROWS, REG_MASK, FIGURE_MADE);
    add_figure(m, ROWS, REG_NUMBER, FIGURE_MADE);       /* GROUP_OF */
    add_figure(m, GROUPS, REG_NUMBER, FIGURE_MADE);     /* G_UNIT */
    add_figure(m, GROUPS, REG_NUMBER, FIGURE_MADE);     /* G_KEY */
    add_figure(m, GROUPS, REG_MASK, FIGURE_MADE);       /* LIVE */
    add_figure(m, SPACE_UNITS, REG_NUMBER, FIGURE_SUM); /* SUM */
    add_figure(m, SPACE_UNITS, REG_NUMBER, FIGURE_EXTREME);
    add_figure(m, SPACE_UNITS, REG_NUMBER, FIGURE_MADE); /* PLACE */
    add_figure(m, SPACE_UNITS, REG_NUMBER, FIGURE_MADE); /* MADE */
    add_figure(m, SPACE_UNITS, REG_QUOTIENT, FIGURE_MADE);
    assert_int_equal(add_figure(m, GROUPS, REG_NUMBER, FIGURE_SUM), G_SUM);
    m->lookups[0] = (struct lookup){entries, 2};
    m->program.lookup_count = 1;
    m->checks[0] = (struct check){.table = 1, .field = 0};
    m->program.check_count = 1;
    m->program.rule_count = 1;

    code_of(m, ROWS);
    emit(m, OP_CODE_STORE_M, MASK, emit(m, OP_CODE_CONST_M, 1, 0, 0, 0), 0, 0);
    m->groups[0] = (struct group){.from_space = ROWS,
                                  .key = COLUMN,
                                  .owner = UNIT_OF,
                                  .mask = MASK,
                                  .space = GROUPS,
                                  .group_of = GROUP_OF,
                                  .unit_of = G_UNIT,
                                  .key_of = G_KEY,
                                  .live = LIVE};
    m->program.group_count = 1;
    barrier(m, PASS_GROUP, 0);

    code_of(m, ROWS);
    uint32_t unit = emit(m, OP_CODE_LOAD_N, UNIT_OF, 0, 0, 0), group = emit(m, OP_CODE_LOAD_N, GROUP_OF, 0, 0, 0);
    uint32_t value = emit(m, OP_CODE_LOAD_N, COLUMN, 0, 0, 0), all = emit(m, OP_CODE_LOAD_M, MASK, 0, 0, 0);
    emit(m, OP_CODE_SINK_SUM, SUM, unit, value, all);
    emit(m, OP_CODE_SINK_MAX, MOST, unit, value, all);
    emit(m, OP_CODE_SINK_SUM, G_SUM, group, value, all);
    uint32_t two = emit(m, OP_CODE_CONST_N, add_constant(m, 2, 1), 0, 0, 0);
    uint32_t q = emit(m, OP_CODE_TO_Q, value, 2, 0, 0);
    emit(m, OP_CODE_DIV_Q, q, q, FAULT_ZERO, 0);
    emit(m, OP_CODE_LOOKUP, two, 0, 0, 0);
    emit(m, OP_CODE_SCALE_UP, two, 3, 0, 0);
    emit(m, OP_CODE_ROUND_N, two, 1, ROUND_DOWN, 0);
    emit(m, OP_CODE_FAULT_N, FAULT_UNDECIDED, 0, 0, 0);
    emit(m, OP_CODE_CHECK, all, 0, 0, 0);
    emit(m, OP_CODE_LEDGER_Q, 0, q, unit, all);
    emit(m, OP_CODE_LEDGER_OF, 0, q, q, all);

    keys[0] = SUM;
    within[0] = JUDGED;
    highest[0] = true;
    m->ranks[0] = (struct rank){.space = SPACE_UNITS,
                                .keys = keys,
                                .highest_first = highest,
                                .key_count = 1,
                                .partition = within,
                                .partition_count = 1,
                                .mask = NO_FIGURE,
                                .place = PLACE,
                                .from_last = NO_FIGURE,
                                .ordinal = NO_FIGURE,
                                .size = NO_FIGURE};
    m->program.rank_count = 1;
    barrier(m, PASS_RANK, 0);

    code_of(m, SPACE_UNITS);
    uint32_t sum = emit(m, OP_CODE_LOAD_N, SUM, 0, 0, 0), most = emit(m, OP_CODE_LOAD_N, MOST, 0, 0, 0);
    emit(m, OP_CODE_STORE_N, MADE, emit(m, OP_CODE_ADD, sum, most, 0, 0), 0, 0);
    uint32_t again = emit(m, OP_CODE_LOAD_N, MADE, 0, 0, 0); /* the batch's own lanes: stored a moment ago */
    emit(m, OP_CODE_STORE_Q, HALF, emit(m, OP_CODE_TO_Q, again, 1, 0, 0), 0, 0);
    assert_int_equal(m->program.pass_count, PASSES_USED);
    return m;
}

static struct insn *insn(struct machine *m, uint32_t pass, uint32_t at) { return &m->passes[pass].code[at]; }

static void test_a_sound_program(void **state)
{
    (void)state;
    struct machine *m = sound();
    machine_run(m);
    check_lane(m, MADE, 0, (struct expect)V(8), "4 + 4");
    check_lane(m, MADE, 1, (struct expect)V(17), "11 + 6");
    check_lane(m, HALF, 1, (struct expect)Q(17, 10), "17 at one place");
    check_lane(m, PLACE, 1, (struct expect)V(1), "place");
    check_lane(m, G_SUM, 2, (struct expect)V(6), "sum of a group");
    machine_close(m);
}

/* ---- one change each ---- */

#define BREAK(name, want, ...)                                                                                              \
    static void break_##name(struct machine *m)                                                                             \
    {                                                                                                                       \
        (void)m;                                                                                                            \
        __VA_ARGS__;                                                                                                        \
    }                                                                                                                       \
    static const char want_##name[] = want;

BREAK(no_units, "the schema has no table of units", m->program.schema.table_count = 0)
BREAK(parent, "table 1 has no parent 7", m->tables[1].parent = 7)
BREAK(list, "field 0 of table 1 has no list 0", m->fields[1][0].kind = FIELD_LIST)
BREAK(reference, "field 0 of table 1 has no table 9", m->fields[1][0].kind = FIELD_REF; m->fields[1][0].table = 9)
BREAK(field_places, "field 0 of table 1 has 19 places", m->fields[1][0].places = 19)
BREAK(space_count, "there are 2 spaces for 2 tables", m->program.space_count = 2)
BREAK(space_kind, "space 2 is of the wrong kind", m->spaces[ROWS].kind = SPACE_ALL)
BREAK(space_table, "space 2 is table 0's", m->spaces[ROWS].table = 0)
BREAK(space_group, "space 3 is not the one that grouping 1 builds", m->spaces[GROUPS].group = 1)
BREAK(space_group_back, "space 3 is not the one that grouping 0 builds", m->groups[0].space = ROWS)
BREAK(space_group_table, "space 3 has no table 5", m->spaces[GROUPS].table = 5)
BREAK(constant, "constant 0 has no positive denominator", m->constants[0].denominator = 0)
BREAK(lookup_entries, "lookup 0 has no entries", m->lookups[0].entries = NULL)
BREAK(check_table, "check 0 has no table 2", m->checks[0].table = 2)
BREAK(check_field, "check 0 has no field 1", m->checks[0].field = 1)

BREAK(figure_space, "figure 0 has no space 9", m->figures[COLUMN].space = 9)
BREAK(figure_kind, "figure 0 is of no kind", m->figures[COLUMN].kind = (enum reg_kind)3)
BREAK(figure_places, "figure 0 has 19 places", m->figures[COLUMN].places = 19)
BREAK(figure_source, "figure 0 has no source", m->figures[COLUMN].source = (enum figure_source)9)
BREAK(column_space, "figure 0 is a column of no table", m->figures[COLUMN].space = GROUPS)
BREAK(column_field, "figure 0 has no field 1", m->figures[COLUMN].field = 1)
BREAK(column_wanted, "figure 0 is a column that is not marked as wanted", m->fields[1][0].wanted = false)
BREAK(column_kind, "figure 0 is a column, but not a number", m->figures[COLUMN].kind = REG_MASK)
BREAK(map_of_units, "figure 1 maps rows that belong to no unit", m->figures[UNIT_OF].space = SPACE_UNITS)
BREAK(map_for_all, "figure 1 maps rows that belong to no unit", m->tables[1].for_all = true)
BREAK(map_kind, "figure 1 is a map, but not a number", m->figures[UNIT_OF].kind = REG_QUOTIENT)
BREAK(judged_space, "figure 2 is judged, but not of units", m->figures[JUDGED].space = ROWS)
BREAK(judged_field, "figure 2 has no judged 1", m->figures[JUDGED].field = 1)
BREAK(judged_kind, "figure 2 is judged, but not a number", m->figures[JUDGED].kind = REG_MASK)
BREAK(extreme_mask, "figure 9 is an extreme of masks", m->figures[MOST].kind = REG_MASK)

BREAK(pass_kind, "pass 0: it is of no kind", m->passes[P_MASK].kind = (enum pass_kind)7)
BREAK(pass_space, "pass 0: there is no space 9", m->passes[P_MASK].space = 9)
BREAK(pass_unbuilt, "pass 0: space 3 is walked before its groups are built", m->passes[P_MASK].space = GROUPS)
BREAK(registers, "pass 0: 65536 registers are too many", m->passes[P_MASK].register_count = LIMIT_REGISTERS + 1)
BREAK(register_kind, "pass 0: register 0 is of no kind", m->passes[P_MASK].registers[0] = (enum reg_kind)9)

BREAK(opcode, "pass 4, instruction 2 (?): there is no opcode 999", insn(m, P_READ, R_ADD)->op = 999)
BREAK(opcode_count, "instruction 2 (?): there is no opcode", insn(m, P_READ, R_ADD)->op = OPCODE_COUNT)
BREAK(operand_register, "pass 4, instruction 2 (ADD): there is no register 5", insn(m, P_READ, R_ADD)->b = 5)
BREAK(operand_kind, "(ADD): register 4 is a quotient, a number is wanted", insn(m, P_READ, R_ADD)->b = 4)
BREAK(operand_unwritten, "(ADD): register 3 is read before it is written", insn(m, P_READ, R_ADD)->b = 3)
BREAK(operand_itself, "(ADD): register 2 is read before it is written", insn(m, P_READ, R_ADD)->b = 2)
BREAK(result_register, "(ADD): there is no register 5", insn(m, P_READ, R_ADD)->r = 5)
BREAK(result_kind, "(ADD): register 4 is a quotient, the result is a number", insn(m, P_READ, R_ADD)->r = 4)
BREAK(no_figure, "(LOAD_N): there is no figure 14", insn(m, P_READ, R_SUM)->a = FIGURES_USED)
BREAK(no_constant, "(CONST_N): there is no constant 1", insn(m, P_SINK, S_CONST)->a = 1)
BREAK(no_lookup, "(LOOKUP): there is no lookup 1", insn(m, P_SINK, S_LOOKUP)->b = 1)
BREAK(no_rule, "(LEDGER_Q): there is no rule 1", insn(m, P_SINK, S_LEDGER)->a = 1)
BREAK(no_check, "(CHECK): there is no check 1", insn(m, P_SINK, S_CHECK)->b = 1)
BREAK(other_check, "(CHECK): check 0 is of another table", m->checks[0] = (struct check){.table = 0, .field = NO_INDEX})
BREAK(const_quotient, "(CONST_N): constant 0 is a quotient", m->constants[0].denominator = 2)
BREAK(const_mask, "(CONST_M): a mask is 0 or 1", insn(m, P_MASK, 0)->a = 2)
BREAK(to_q_places, "(TO_Q): 19 decimal places are too many", insn(m, P_SINK, S_QUOTIENT)->b = 19)
BREAK(scale_places, "(SCALE_UP): 19 decimal places are too many", insn(m, P_SINK, S_SCALE)->b = 19)
BREAK(round_places, "(ROUND_N): 19 decimal places are too many", insn(m, P_SINK, S_ROUND)->b = 19)
BREAK(round_mode, "(ROUND_N): there is no mode of rounding 6", insn(m, P_SINK, S_ROUND)->c = 6)
BREAK(fault_none, "(FAULT_N): 0 is no fault", insn(m, P_SINK, S_FAULT)->a = FAULT_NONE)
BREAK(fault_unseen, "(FAULT_N): 255 is no fault", insn(m, P_SINK, S_FAULT)->a = FAULT_UNSEEN)
BREAK(fault_divide, "(DIV_Q): 5 is no fault", insn(m, P_SINK, S_DIVIDE)->c = 5)
BREAK(ledger_of, "(LEDGER_OF): rule 0 has no ledger line in this pass yet",
      insn(m, P_SINK, S_LEDGER)->op = OP_CODE_LEDGER_OF;
      insn(m, P_SINK, S_LEDGER)->c = insn(m, P_SINK, S_LEDGER)->b)

BREAK(load_kind, "(LOAD_N): figure 3 is a mask, a number is wanted", insn(m, P_SINK, S_VALUE)->a = MASK)
BREAK(load_space, "(LOAD_N): figure 2 is of another space", insn(m, P_SINK, S_VALUE)->a = JUDGED)
BREAK(load_unmade, "(LOAD_N): figure 11 is read before it is made", insn(m, P_READ, R_SUM)->a = MADE)
BREAK(gather_unbuilt, "(GATHER_N): figure 5 is read before its groups are built",
      *insn(m, P_MASK, 0) = (struct insn){.op = OP_CODE_LANE, .r = 1};
      m->passes[P_MASK].registers[1] = REG_NUMBER; m->passes[P_MASK].register_count = 2;
      *insn(m, P_MASK, 1) = (struct insn){.op = OP_CODE_GATHER_N, .r = 1, .a = G_UNIT, .b = 1})
BREAK(gather_same_pass, "(GATHER_N): figure 11 is gathered in the pass that makes it",
      insn(m, P_READ, R_AGAIN)->op = OP_CODE_GATHER_N;
      insn(m, P_READ, R_AGAIN)->b = 0)
BREAK(gather_kind, "(GATHER_N): figure 12 is a quotient, a number is wanted",
      insn(m, P_READ, R_AGAIN)->op = OP_CODE_GATHER_N;
      insn(m, P_READ, R_AGAIN)->a = HALF)
BREAK(sum_unsunk, "(LOAD_N): figure 8 is read, but nothing is ever sunk into it", insn(m, P_SINK, S_SUM)->a = G_SUM;
      insn(m, P_SINK, S_SUM)->b = 1; keys[0] = MOST)
BREAK(sum_read_early, "pass 2, instruction 0 (LOAD_N): figure 8 is read before its last sink, in pass 2",
      insn(m, P_SINK, S_UNIT)->a = SUM;
      m->passes[P_SINK].space = SPACE_UNITS)
BREAK(store_space, "(STORE_N): figure 4 is not of space 1", insn(m, P_READ, R_STORE)->a = GROUP_OF)
BREAK(store_kind, "(STORE_N): figure 12 is a quotient, a number is wanted", insn(m, P_READ, R_STORE)->a = HALF)
BREAK(store_column, "(STORE_N): figure 2 is not one that is made", insn(m, P_READ, R_STORE)->a = JUDGED)
BREAK(store_sum, "(STORE_N): figure 8 is not one that is made", insn(m, P_READ, R_STORE)->a = SUM)
BREAK(store_twice, "(STORE_N): figure 10 is made twice", insn(m, P_READ, R_STORE)->a = PLACE)
BREAK(sink_made, "(SINK_SUM): figure 10 is not a sum", insn(m, P_SINK, S_SUM)->a = PLACE)
BREAK(sink_extreme, "(SINK_MAX): figure 8 is not an extreme", insn(m, P_SINK, S_MOST)->a = SUM)
BREAK(sink_kind, "(SINK_SUM): figure 12 is a quotient, a number is wanted", insn(m, P_SINK, S_SUM)->a = HALF)
BREAK(sink_both, "(SINK_MIN): figure 9 is both a maximum and a minimum", insn(m, P_SINK, S_SUM)->op = OP_CODE_SINK_MIN;
      insn(m, P_SINK, S_SUM)->a = MOST; *insn(m, P_SINK, S_G_SUM) = *insn(m, P_SINK, S_SUM);
      insn(m, P_SINK, S_SUM)->op = OP_CODE_SINK_MAX)
BREAK(sink_unbuilt, "(SINK_SUM): figure 13 is sunk into before its groups are built", m->passes[P_GROUP] = m->passes[P_SINK];
      insn(m, P_GROUP, S_GROUP)->a = COLUMN)

BREAK(no_rank, "pass 3: there is no ranking 1", m->passes[P_RANK].barrier = 1)
BREAK(rank_twice, "pass 4: ranking 0 runs twice", m->passes[P_READ] = m->passes[P_RANK])
BREAK(rank_space, "pass 3: there is no space 9", m->ranks[0].space = 9)
BREAK(rank_unbuilt, "pass 0: space 3 is ranked before its groups are built", m->ranks[0].space = GROUPS;
      m->passes[P_MASK] = m->passes[P_RANK])
BREAK(rank_key_space, "pass 3: figure 0 is not of space 1", keys[0] = COLUMN)
BREAK(rank_key_kind, "pass 3: figure 3 is a mask, a number is wanted", keys[0] = MASK)
BREAK(rank_key_unmade, "pass 3: figure 11 is read before it is made", keys[0] = MADE)
BREAK(rank_partition, "pass 3: figure 12 is a quotient, a number is wanted", within[0] = HALF)
BREAK(rank_mask, "pass 3: figure 8 is a number, a mask is wanted", m->ranks[0].mask = SUM)
BREAK(rank_out, "pass 3: figure 8 is not one that is made", m->ranks[0].size = SUM)
BREAK(rank_out_twice, "pass 3: figure 10 is made twice", m->ranks[0].size = PLACE)
BREAK(explains_read, "(LOAD_N): figure 11 is read by the program, and only explains", m->figures[MADE].explains = true)
BREAK(explains_ranked, "pass 3: figure 10 explains, and is not stored of units", m->figures[PLACE].explains = true)
BREAK(rank_out_missing, "pass 3: there is no figure 99", m->ranks[0].ordinal = 99)

BREAK(no_group, "pass 1: there is no grouping 1", m->passes[P_GROUP].barrier = 1)
BREAK(group_twice, "pass 2: grouping 0 runs twice", m->passes[P_SINK] = m->passes[P_GROUP])
BREAK(group_from, "pass 1: there is no space 9", m->groups[0].from_space = 9)
BREAK(group_of_groups, "pass 1: grouping 0 is not of a table's rows", m->groups[0].from_space = GROUPS)
BREAK(group_other_table, "pass 1: space 3 is of another table than the rows it groups", m->spaces[GROUPS].table = 0)
BREAK(group_space, "pass 1: grouping 1 does not build space 3", m->groups[1] = m->groups[0]; m->program.group_count = 2;
      m->passes[P_GROUP].barrier = 1)
BREAK(group_key, "pass 1: figure 8 is not of space 2", m->groups[0].key = SUM)
BREAK(group_owner, "pass 1: figure 3 is a mask, a number is wanted", m->groups[0].owner = MASK)
BREAK(group_mask, "pass 1: figure 0 is a number, a mask is wanted", m->groups[0].mask = COLUMN)
BREAK(group_of, "pass 1: figure 5 is not of space 2", m->groups[0].group_of = G_UNIT)
BREAK(group_unit_of, "pass 1: figure 4 is not of space 3", m->groups[0].unit_of = GROUP_OF)
BREAK(group_out_twice, "pass 1: figure 6 is made twice", m->groups[0].unit_of = G_KEY)
BREAK(group_live, "pass 1: figure 6 is a number, a mask is wanted", m->groups[0].live = G_KEY)
BREAK(group_absent, "pass 1: there is no figure 4294967295", m->groups[0].key_of = NO_FIGURE)

static void run_break(void (*change)(struct machine *), const char *name, const char *want)
{
    struct machine *m = sound();
    struct text why;
    change(m);
    if (program_verify(m->arena, &m->program, &why)) fail_msg("%s: was let through, wanted: %s", name, want);
    if (why.len < strlen(want) || !memmem(why.at, why.len, want, strlen(want))) {
        fail_msg("%s: \"%.*s\", wanted \"%s\"", name, TEXT_ARG(why), want);
    }
    machine_close(m);
}

#define B(name)                                                                                                             \
    {                                                                                                                       \
#name, break_##name, want_##name                                                                                    \
    }
static const struct {
    const char *name;
    void (*change)(struct machine *);
    const char *want;
} BREAKS[] = {
    B(no_units),
    B(parent),
    B(list),
    B(reference),
    B(field_places),
    B(space_count),
    B(space_kind),
    B(space_table),
    B(space_group),
    B(space_group_back),
    B(space_group_table),
    B(constant),
    B(lookup_entries),
    B(check_table),
    B(check_field),
    B(figure_space),
    B(figure_kind),
    B(figure_places),
    B(figure_source),
    B(column_space),
    B(column_field),
    B(column_wanted),
    B(column_kind),
    B(map_of_units),
    B(map_for_all),
    B(map_kind),
    B(judged_space),
    B(judged_field),
    B(judged_kind),
    B(extreme_mask),
    B(pass_kind),
    B(pass_space),
    B(pass_unbuilt),
    B(registers),
    B(register_kind),
    B(opcode),
    B(opcode_count),
    B(operand_register),
    B(operand_kind),
    B(operand_unwritten),
    B(operand_itself),
    B(result_register),
    B(result_kind),
    B(no_figure),
    B(no_constant),
    B(no_lookup),
    B(no_rule),
    B(no_check),
    B(other_check),
    B(const_quotient),
    B(const_mask),
    B(to_q_places),
    B(scale_places),
    B(round_places),
    B(round_mode),
    B(fault_none),
    B(fault_unseen),
    B(fault_divide),
    B(ledger_of),
    B(load_kind),
    B(load_space),
    B(load_unmade),
    B(gather_unbuilt),
    B(gather_same_pass),
    B(gather_kind),
    B(sum_unsunk),
    B(sum_read_early),
    B(store_space),
    B(store_kind),
    B(store_column),
    B(store_sum),
    B(store_twice),
    B(sink_made),
    B(sink_extreme),
    B(sink_kind),
    B(sink_both),
    B(sink_unbuilt),
    B(no_rank),
    B(rank_twice),
    B(rank_space),
    B(rank_unbuilt),
    B(rank_key_space),
    B(rank_key_kind),
    B(rank_key_unmade),
    B(rank_partition),
    B(rank_mask),
    B(rank_out),
    B(explains_read),
    B(explains_ranked),
    B(rank_out_twice),
    B(rank_out_missing),
    B(no_group),
    B(group_twice),
    B(group_from),
    B(group_of_groups),
    B(group_other_table),
    B(group_space),
    B(group_key),
    B(group_owner),
    B(group_mask),
    B(group_of),
    B(group_unit_of),
    B(group_out_twice),
    B(group_live),
    B(group_absent),
};

static void test_each_rule(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof BREAKS / sizeof *BREAKS; i++) run_break(BREAKS[i].change, BREAKS[i].name, BREAKS[i].want);
}

/* The dump of a broken program reads nothing out of its arrays. */
static void test_broken_programs_can_be_printed(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof BREAKS / sizeof *BREAKS; i++) {
        struct machine *m = sound();
        struct buffer out;
        BREAKS[i].change(m);
        if (BREAKS[i].change == break_registers) m->passes[P_MASK].register_count = 1; /* the array itself is shorter */
        buffer_init(&out, m->arena);
        program_print(&out, &m->program);
        assert_true(out.len > 500);
        machine_close(m);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_sound_program),
        cmocka_unit_test(test_each_rule),
        cmocka_unit_test(test_broken_programs_can_be_printed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
