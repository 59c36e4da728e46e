/* Small programs made by hand, for the tests of the machine.
 *
 * In: calls that add tables, figures and instructions. Out: a program and a dataset that are verified and run.
 * An instruction's result register is made by `emit`, of the kind that opcode.def says.
 */
#ifndef KAOHE_TESTS_UNIT_MACHINE_H
#define KAOHE_TESTS_UNIT_MACHINE_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <cmocka.h>

#include "../../runtime/vm.h"

enum { TABLES = 4, FIELDS = 16, FIGURES = 64, PASSES = 16, CODE = 128, REGISTERS = 128, MISC = 16 };

/* A cell that is blank. Tests use no such value. */
#define BLANK (INT64_MIN + 77)

struct machine {
    struct arena *arena;
    struct program program;
    struct dataset data;
    struct run_options options;
    struct findings problems;
    struct run *run;
    struct pass *pass; /* the one that emit adds to */

    struct table_schema tables[TABLES];
    struct field_schema fields[TABLES][FIELDS];
    struct table_data table_data[TABLES];
    struct judged_schema judged_schema[2];
    struct column judged[2];
    struct space spaces[TABLES + MISC];
    struct figure figures[FIGURES];
    struct rank ranks[MISC];
    struct group groups[MISC];
    struct pass passes[PASSES];
    struct constant constants[MISC];
    struct lookup lookups[MISC];
    struct check checks[MISC];
    struct span rules[MISC];
};

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

/* One table, the units, with `units` rows and no fields. */
static struct machine *machine_open(uint32_t units)
{
    static const struct kh_allocator ALLOCATOR = {resize_or_fail, NULL};
    struct machine *m = calloc(1, sizeof *m);
    assert_non_null(m);
    m->arena = arena_open(&ALLOCATOR, 0);
    arena_trap(m->arena);
    findings_init(&m->problems, m->arena, 0);
    struct program *p = &m->program;
    p->schema.tables = m->tables;
    p->schema.judged = m->judged_schema;
    p->spaces = m->spaces;
    p->figures = m->figures;
    p->ranks = m->ranks;
    p->groups = m->groups;
    p->passes = m->passes;
    p->constants = m->constants;
    p->lookups = m->lookups;
    p->checks = m->checks;
    p->rules = m->rules;
    m->data.tables = m->table_data;
    m->data.judged = m->judged;
    m->spaces[SPACE_EVERYTHING].kind = SPACE_ALL;
    p->space_count = 1;
    for (uint32_t t = 0; t < TABLES; t++) {
        m->tables[t].fields = m->fields[t];
        m->table_data[t].columns = ARENA_ARRAY(m->arena, struct column, FIELDS);
    }
    m->tables[0] = (struct table_schema){
        .name = TEXT("unit"), .fields = m->fields[0], .key = NO_INDEX, .parent = NO_INDEX, .by = NO_INDEX};
    m->table_data[0].rows = units;
    p->schema.table_count = 1;
    m->spaces[p->space_count++] = (struct space){SPACE_TABLE, 0, 0};
    return m;
}

static void machine_close(struct machine *m)
{
    arena_close(m->arena);
    free(m);
}

/* A table of rows, row i belonging to unit[i]; returns its space. All tables come before the first group. */
static inline uint32_t add_table(struct machine *m, uint32_t rows, const uint32_t *unit)
{
    uint32_t t = m->program.schema.table_count++;
    m->tables[t] =
        (struct table_schema){.name = TEXT("row"), .fields = m->fields[t], .key = NO_INDEX, .parent = 0, .by = NO_INDEX};
    m->table_data[t].rows = rows;
    m->table_data[t].file = TEXT("row.csv");
    m->table_data[t].unit = ARENA_ARRAY(m->arena, uint32_t, rows);
    m->table_data[t].line = ARENA_ARRAY(m->arena, uint32_t, rows);
    for (uint32_t i = 0; i < rows; i++) {
        m->table_data[t].unit[i] = unit[i];
        m->table_data[t].line[i] = i + 2;
    }
    m->table_data[t].parent = m->table_data[t].unit;
    m->spaces[m->program.space_count] = (struct space){SPACE_TABLE, t, 0};
    return m->program.space_count++;
}

static inline uint32_t add_figure(struct machine *m, uint32_t space, enum reg_kind kind, enum figure_source source)
{
    m->figures[m->program.figure_count] = (struct figure){.space = space, .kind = kind, .source = source};
    return m->program.figure_count++;
}

/* A column of numbers, with BLANK where it is blank, as a figure. */
static inline uint32_t add_column(struct machine *m, uint32_t space, const int64_t *values)
{
    uint32_t t = m->spaces[space].table, f = m->tables[t].field_count++, rows = m->table_data[t].rows;
    m->fields[t][f] =
        (struct field_schema){.name = TEXT("field"), .heading = TEXT("栏"), .kind = FIELD_NUMBER, .wanted = true};
    struct column *column = &m->table_data[t].columns[f];
    column->values = ARENA_ARRAY(m->arena, int64_t, rows);
    for (uint32_t i = 0; i < rows; i++) {
        column->values[i] = values[i];
        if (values[i] != BLANK) continue;
        if (!column->blank) column->blank = ARENA_ARRAY(m->arena, uint8_t, rows);
        column->blank[i] = 1;
    }
    uint32_t figure = add_figure(m, space, REG_NUMBER, FIGURE_COLUMN);
    m->figures[figure].field = f;
    return figure;
}

static inline uint32_t add_constant(struct machine *m, int64_t numerator, int64_t denominator)
{
    m->constants[m->program.constant_count] = (struct constant){numerator, denominator};
    return m->program.constant_count++;
}

static inline struct pass *add_pass(struct machine *m, enum pass_kind kind)
{
    m->pass = &m->passes[m->program.pass_count++];
    *m->pass = (struct pass){.kind = kind};
    return m->pass;
}

static inline void code_of(struct machine *m, uint32_t space)
{
    add_pass(m, PASS_CODE)->space = space;
    m->pass->code = ARENA_ARRAY(m->arena, struct insn, CODE);
    m->pass->registers = ARENA_ARRAY(m->arena, enum reg_kind, REGISTERS);
}

static inline void barrier(struct machine *m, enum pass_kind kind, uint32_t index)
{
    add_pass(m, kind)->barrier = index;
    m->pass = NULL;
}

/* Adds an instruction; returns its result's register, a new one. */
static inline uint32_t emit(struct machine *m, enum opcode op, uint32_t a, uint32_t b, uint32_t c, uint32_t d)
{
    char result = opcode_info(op)->result;
    uint32_t r = 0;
    if (result != '-') {
        r = m->pass->register_count++;
        m->pass->registers[r] = result == 'n' ? REG_NUMBER : result == 'q' ? REG_QUOTIENT : REG_MASK;
    }
    uint32_t at = m->pass->length++;
    m->pass->code[at] = (struct insn){.op = (uint16_t)op, .r = r, .a = a, .b = b, .c = c, .d = d, .where = {at + 1, 1000}};
    return r;
}

static inline uint32_t emit_number(struct machine *m, int64_t value)
{
    return emit(m, OP_CODE_CONST_N, add_constant(m, value, 1), 0, 0, 0);
}

/* A mask of a column: yes where it is not 0, not known where it is blank. */
static inline uint32_t emit_mask(struct machine *m, uint32_t column)
{
    uint32_t value = emit(m, OP_CODE_LOAD_N, column, 0, 0, 0);
    return emit(m, OP_CODE_NE, value, emit_number(m, 0), 0, 0);
}

static inline void machine_run(struct machine *m)
{
    struct text why;
    if (!program_verify(m->arena, &m->program, &why)) fail_msg("not verified: %.*s", TEXT_ARG(why));
    m->run = vm_run(m->arena, &m->program, &m->data, &m->options, &m->problems);
}

/* ---- expectations ---- */

struct expect {
    uint8_t fault;
    int64_t num, den;
};
/* clang-format off */
#define V(value) {FAULT_NONE, (value), 1}
#define Q(num, den) {FAULT_NONE, (num), (den)}
#define F(fault) {FAULT_##fault, 0, 1}
/* clang-format on */

static inline void check_lane(const struct machine *m, uint32_t figure, uint32_t lane, struct expect want, const char *what)
{
    struct quotient got = {0, 1};
    uint8_t fault = run_read(m->run, figure, lane, &got);
    if (fault != want.fault) fail_msg("%s, lane %u: fault %u, wanted %u", what, lane, fault, want.fault);
    if (fault) return;
    struct quotient exact = quotient_make(m->run->big, want.num, want.den);
    if (quotient_order(m->run->big, got, exact) != 0) {
        fail_msg("%s, lane %u: %lld/%lld, wanted %lld/%lld", what, lane, (long long)got.num, (long long)got.den,
                 (long long)want.num, (long long)want.den);
    }
}

#endif
