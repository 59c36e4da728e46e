/* The VM: passes over spaces in batches, one instruction at a time for all lanes of a batch.
 *
 * In: a verified program and a dataset. Out: the run: every figure's vector, ledger, places of faults.
 * Decision: columns of the data are not copied, their vectors point into the dataset. Registers are made once, as many of
 * each kind as the largest pass needs, and no wider than the largest space. Cost: the dataset must outlive the run.
 */
#include "batch.h"
#include "calendar.h"
#include "load_intake.h"
#include "opcode_is.h"

#include <assert.h>

/* ---- figures ---- */

uint8_t *figure_faults(struct arena *arena, struct run *run, uint32_t figure)
{
    struct vector *vector = &run->figures[figure];
    if (!vector->faults) {
        vector->faults = ARENA_ARRAY(arena, uint8_t, run->lanes[run->program->figures[figure].space]);
    }
    return vector->faults;
}

/* A column of the data as a vector: its blanks are faults. Without the column, all of it is blank. */
static void point_at_column(struct arena *arena, struct vector *vector, const struct column *column, uint32_t lanes,
                            enum fault fault)
{
    *vector = (struct vector){.numbers = column->values, .width = sizeof *column->values, .lanes = lanes};
    if (!column->values) vector_make_numbers(arena, vector, lanes);
    if (column->values && !column->blank) return;
    uint8_t any = !column->values;
    for (uint32_t i = 0; i < lanes && !any; i++) any |= column->blank[i];
    if (!any) return;
    vector->faults = ARENA_ARRAY(arena, uint8_t, lanes);
    for (uint32_t i = 0; i < lanes; i++) {
        if (!column->values || column->blank[i])
            vector->faults[i] = (uint8_t)(column->values && column->blank[i] == CELL_DAMAGED ? FAULT_WRONG : fault);
    }
}

void figure_start(struct arena *arena, struct run *run, uint32_t figure)
{
    const struct figure *about = &run->program->figures[figure];
    uint32_t lanes = run->lanes[about->space];
    switch (about->kind) {
    case REG_NUMBER: vector_make_numbers(arena, &run->figures[figure], lanes); break;
    case REG_QUOTIENT: vector_make_quotients(arena, &run->figures[figure], lanes); break;
    case REG_MASK: vector_make_mask(arena, &run->figures[figure], lanes); break;
    }
    if (about->source == FIGURE_EXTREME) memset(figure_faults(arena, run, figure), FAULT_UNSEEN, lanes);
}

/* Whether a column is read through its figure alone once it has one: no message shows its cells. */
static bool may_be_packed(const struct program *program, uint32_t table, uint32_t field)
{
    bool shown = (int32_t)field == program->schema.tables[table].key;
    for (uint32_t k = 0; k < program->check_count; k++) shown |= program->checks[k].table == table;
    return !shown;
}

/* Takes a large column out of the dataset, in as few bytes as it needs. */
static void pack_column(struct arena *arena, struct vector *vector, struct column *column)
{
    enum { LARGE = 64 * 1024 };
    if (!column->values || vector->lanes < LARGE) return;
    struct vector packed = {.faults = vector->faults};
    vector_make_numbers(arena, &packed, vector->lanes);
    for (uint32_t at = 0, count; at < vector->lanes; at += count) {
        count = vector->lanes - at < LARGE ? vector->lanes - at : LARGE;
        vector_write(arena, &packed, at, count, column->values + at);
    }
    arena_release(arena, column->values);
    column->values = NULL;
    *vector = packed;
}

void vm_allocate(struct arena *arena, struct run *run, uint32_t space, bool forget)
{
    const struct program *program = run->program;
    uint32_t lanes = run->lanes[space];
    for (uint32_t f = 0; f < program->figure_count; f++) {
        const struct figure *figure = &program->figures[f];
        if (figure->space != space) continue;
        struct vector *vector = &run->figures[f];
        const struct table_data *table = &run->data->tables[program->spaces[space].table];
        switch (figure->source) {
        case FIGURE_COLUMN:
            point_at_column(arena, vector, &table->columns[figure->field], lanes, FAULT_BLANK);
            if (forget && may_be_packed(program, program->spaces[space].table, figure->field)) {
                pack_column(arena, vector, &table->columns[figure->field]);
            }
            break;
        case FIGURE_JUDGED: point_at_column(arena, vector, &run->data->judged[figure->field], lanes, FAULT_JUDGED); break;
        case FIGURE_UNIT_OF: vector->indexes = table->unit; break;
        case FIGURE_PARENT_OF: vector->indexes = table->parent; break;
        case FIGURE_MADE: break; /* when it is stored */
        case FIGURE_SUM:
        case FIGURE_EXTREME: figure_start(arena, run, f); break;
        }
    }
}

/* ---- registers ---- */

static size_t whole_blocks(uint32_t lanes) { return ((size_t)lanes + LANE_BLOCK - 1) / LANE_BLOCK * LANE_BLOCK; }

static struct reg reg_make(struct arena *arena, enum reg_kind kind, size_t width)
{
    struct reg reg = {.f = ARENA_ARRAY(arena, uint8_t, width)};
    switch (kind) {
    case REG_NUMBER: reg.n = ARENA_ARRAY(arena, int64_t, width); break;
    case REG_QUOTIENT:
        reg.n = ARENA_ARRAY(arena, int64_t, width);
        reg.d = ARENA_ARRAY(arena, int64_t, width);
        break;
    case REG_MASK: reg.m = ARENA_ARRAY(arena, uint8_t, width); break;
    }
    return reg;
}

void pool_open(struct arena *arena, struct pool *pool, struct batch *b, uint32_t lanes)
{
    const struct run *run = b->run;
    const struct program *program = run->program;
    uint32_t most[3] = {0}, registers = 0;
    for (uint32_t p = 0; p < program->pass_count; p++) {
        const struct pass *pass = &program->passes[p];
        uint32_t count[3] = {0};
        for (uint32_t r = 0; r < pass->register_count; r++) count[pass->registers[r]]++;
        for (int k = 0; k < 3; k++) most[k] = count[k] > most[k] ? count[k] : most[k];
        registers = pass->register_count > registers ? pass->register_count : registers;
    }
    pool->width = lanes < LIMIT_BATCH ? lanes : LIMIT_BATCH;
    pool->at = ARENA_ARRAY(arena, struct reg *, registers);
    for (int k = 0; k < 3; k++) {
        size_t width = whole_blocks(pool->width);
        pool->items[k] = ARENA_ARRAY(arena, struct reg, most[k]);
        for (uint32_t r = 0; r < most[k]; r++) pool->items[k][r] = reg_make(arena, (enum reg_kind)k, width);
        b->spare[k] = reg_make(arena, (enum reg_kind)k, width);
    }
}

static void pool_deal(struct pool *pool, const struct pass *pass)
{
    uint32_t next[3] = {0};
    for (uint32_t r = 0; r < pass->register_count; r++) {
        enum reg_kind kind = pass->registers[r];
        pool->at[r] = &pool->items[kind][next[kind]++];
    }
}

/* ---- code ---- */

static void step(struct batch *b)
{
    switch ((enum opcode)b->insn->op) {
    case OP_CODE_LOAD_N: vm_load(b, REG_NUMBER); break;
    case OP_CODE_LOAD_Q: vm_load(b, REG_QUOTIENT); break;
    case OP_CODE_LOAD_M: vm_load(b, REG_MASK); break;
    case OP_CODE_GATHER_N: vm_gather(b, REG_NUMBER); break;
    case OP_CODE_GATHER_Q: vm_gather(b, REG_QUOTIENT); break;
    case OP_CODE_GATHER_M: vm_gather(b, REG_MASK); break;
    case OP_CODE_CONST_N: vm_constant(b, REG_NUMBER); break;
    case OP_CODE_CONST_Q: vm_constant(b, REG_QUOTIENT); break;
    case OP_CODE_CONST_M: vm_constant(b, REG_MASK); break;
    case OP_CODE_FAULT_N: vm_fault(b, REG_NUMBER); break;
    case OP_CODE_FAULT_Q: vm_fault(b, REG_QUOTIENT); break;
    case OP_CODE_FAULT_M: vm_fault(b, REG_MASK); break;
    case OP_CODE_LANE: vm_lane(b); break;

    case OP_CODE_ADD: vm_add(b); break;
    case OP_CODE_SUB: vm_sub(b); break;
    case OP_CODE_MUL: vm_mul(b); break;
    case OP_CODE_NEG: vm_neg(b); break;
    case OP_CODE_ABS: vm_abs(b); break;
    case OP_CODE_MIN: vm_min(b); break;
    case OP_CODE_MAX: vm_max(b); break;
    case OP_CODE_SCALE_UP: vm_scale_up(b); break;
    case OP_CODE_ROUND_N: vm_round(b); break;
    case OP_CODE_FLOOR_DIV: vm_divide(b, false); break;
    case OP_CODE_CEIL_DIV: vm_divide(b, true); break;

    case OP_CODE_TO_Q: vm_to_quotient(b); break;
    case OP_CODE_ADD_Q: vm_arith_quotient(b, quotient_add); break;
    case OP_CODE_SUB_Q: vm_arith_quotient(b, quotient_sub); break;
    case OP_CODE_MUL_Q: vm_arith_quotient(b, quotient_mul); break;
    case OP_CODE_DIV_Q: vm_divide_quotient(b); break;
    case OP_CODE_NEG_Q: vm_neg_quotient(b); break;
    case OP_CODE_ABS_Q: vm_abs_quotient(b); break;
    case OP_CODE_MIN_Q: vm_extreme_quotient(b, false); break;
    case OP_CODE_MAX_Q: vm_extreme_quotient(b, true); break;
    case OP_CODE_ROUND_Q: vm_round_quotient(b); break;

    case OP_CODE_LT: vm_compare(b, LESS); break;
    case OP_CODE_LE: vm_compare(b, LESS_OR_EQUAL); break;
    case OP_CODE_EQ: vm_compare(b, EQUAL); break;
    case OP_CODE_NE: vm_compare(b, UNEQUAL); break;
    case OP_CODE_LT_Q: vm_compare_quotient(b, LESS); break;
    case OP_CODE_LE_Q: vm_compare_quotient(b, LESS_OR_EQUAL); break;
    case OP_CODE_EQ_Q: vm_compare_quotient(b, EQUAL); break;
    case OP_CODE_NE_Q: vm_compare_quotient(b, UNEQUAL); break;

    case OP_CODE_AND: vm_and(b); break;
    case OP_CODE_OR: vm_or(b); break;
    case OP_CODE_NOT: vm_not(b); break;
    case OP_CODE_KNOWN_N: vm_known(b); break;
    case OP_CODE_KNOWN_Q: vm_known(b); break;

    case OP_CODE_SELECT_N: vm_select(b, REG_NUMBER); break;
    case OP_CODE_SELECT_Q: vm_select(b, REG_QUOTIENT); break;
    case OP_CODE_SELECT_M: vm_select(b, REG_MASK); break;
    case OP_CODE_DEFAULT_N: vm_default(b, REG_NUMBER); break;
    case OP_CODE_DEFAULT_Q: vm_default(b, REG_QUOTIENT); break;
    case OP_CODE_IF_OPEN_N: vm_if_open(b, REG_NUMBER); break;
    case OP_CODE_IF_OPEN_Q: vm_if_open(b, REG_QUOTIENT); break;
    case OP_CODE_IF_OPEN_M: vm_if_open(b, REG_MASK); break;
    case OP_CODE_LOOKUP: vm_lookup(b); break;

    case OP_CODE_ADD_MONTHS: vm_date_add(b, date_add_months); break;
    case OP_CODE_ADD_WORKDAYS: vm_workdays(b, true); break;
    case OP_CODE_MONTHS_BETWEEN: vm_date_between(b, date_months_between); break;
    case OP_CODE_YEARS_BETWEEN: vm_date_between(b, date_years_between); break;
    case OP_CODE_WORKDAYS_BETWEEN: vm_workdays(b, false); break;
    case OP_CODE_YEAR_OF: vm_date_part(b, DATE_YEAR); break;
    case OP_CODE_MONTH_OF: vm_date_part(b, DATE_MONTH); break;
    case OP_CODE_DAY_OF: vm_date_part(b, DATE_DAY); break;

    case OP_CODE_STORE_N: vm_store(b, REG_NUMBER); break;
    case OP_CODE_STORE_Q: vm_store(b, REG_QUOTIENT); break;
    case OP_CODE_STORE_M: vm_store(b, REG_MASK); break;
    case OP_CODE_SINK_SUM: vm_sink_sum(b, REG_NUMBER); break;
    case OP_CODE_SINK_SUM_Q: vm_sink_sum(b, REG_QUOTIENT); break;
    case OP_CODE_SINK_COUNT: vm_sink_count(b); break;
    case OP_CODE_SINK_MAX: vm_sink_extreme(b, REG_NUMBER, true); break;
    case OP_CODE_SINK_MIN: vm_sink_extreme(b, REG_NUMBER, false); break;
    case OP_CODE_SINK_MAX_Q: vm_sink_extreme(b, REG_QUOTIENT, true); break;
    case OP_CODE_SINK_MIN_Q: vm_sink_extreme(b, REG_QUOTIENT, false); break;
    case OP_CODE_SINK_ANY: vm_sink_any(b); break;

    case OP_CODE_CHECK: vm_check(b); break;
    case OP_CODE_LEDGER_N: vm_ledger(b, REG_NUMBER); break;
    case OP_CODE_LEDGER_Q: vm_ledger(b, REG_QUOTIENT); break;
    case OP_CODE_LEDGER_OF: vm_ledger_of(b); break;
    case OPCODE_COUNT: break; /* the verifier lets none through */
    }
}

/* Calls visit(what, register) for each register that an instruction reads. */
static void reads_of(const struct insn *insn, void (*visit)(bool *, uint32_t), bool *what)
{
    const char *operands = opcode_info((enum opcode)insn->op)->operands;
    const uint32_t values[4] = {insn->a, insn->b, insn->c, insn->d};
    for (int k = 0; operands[k]; k++) {
        if (strchr("nqmx", operands[k])) visit(what, values[k]);
    }
}

static void mark_read(bool *needed, uint32_t reg) { needed[reg] = true; }

/* Whose lines a pass writes, if it is the lane itself or the owner of the row, for every rule; false: it is not, or not
 * known. */
static bool ledger_owner(const struct program *program, const struct pass *pass, uint32_t *figure)
{
    const struct insn *made = NULL;
    uint32_t reg = UINT32_MAX;
    *figure = NO_FIGURE;
    for (uint32_t i = 0; i < pass->length; i++) {
        const struct insn *insn = &pass->code[i];
        if (insn->op != OP_CODE_LEDGER_N && insn->op != OP_CODE_LEDGER_Q) continue;
        reg = insn->c;
        made = NULL;
        for (uint32_t k = 0; k < i; k++) {
            if (opcode_info((enum opcode)pass->code[k].op)->result != '-' && pass->code[k].r == reg) made = &pass->code[k];
        }
        bool lane = made && made->op == OP_CODE_LANE && pass->space == SPACE_UNITS;
        bool owner = made && made->op == OP_CODE_LOAD_N && program->figures[made->a].source == FIGURE_UNIT_OF;
        if (!lane && !owner) return false;
        if (owner) *figure = made->a;
    }
    return true;
}

/* Whether an instruction has no other effect than on explanations. */
static bool explains(const struct batch *b, const struct insn *insn)
{
    enum opcode op = (enum opcode)insn->op;
    return opcode_is_ledger(op) ||
           (opcode_is_store(op) && b->alone != NO_FIGURE && b->run->program->figures[insn->a].explains);
}

/* Which instructions may be left out where nobody is explained: going backward, those whose result no other one reads. */
static bool *find_for_ledger(const struct batch *b, const struct pass *pass)
{
    bool *only = ARENA_ARRAY(b->arena, bool, pass->length), *needed = ARENA_ARRAY(b->arena, bool, pass->register_count);
    for (uint32_t i = pass->length; i-- > 0;) {
        const struct insn *insn = &pass->code[i];
        bool result = opcode_info((enum opcode)insn->op)->result != '-';
        only[i] = explains(b, insn) || (result && !needed[insn->r]);
        if (result) needed[insn->r] = false;
        if (!only[i]) reads_of(insn, mark_read, needed);
    }
    return only;
}

/* Whether nobody of the batch is explained. */
static bool is_unexplained(const struct batch *b)
{
    const struct run_options *options = b->options;
    if (options->explain_all) return false;
    if (!options->explained) return true;
    const struct vector *units = b->ledger_units == NO_FIGURE ? NULL : &b->run->figures[b->ledger_units];
    uint32_t most = b->run->lanes[SPACE_UNITS];
    for (uint32_t i = 0; i < b->count; i++) {
        int64_t unit = units ? vector_at(units, b->from + i) : b->from + i;
        if (unit >= 0 && unit < most && options->explained[unit]) return false;
    }
    return true;
}

void pass_open(struct batch *b, struct pool *pool, const struct pass *pass)
{
    b->for_ledger = ledger_owner(b->run->program, pass, &b->ledger_units) ? find_for_ledger(b, pass) : NULL;
    b->pass = pass;
    b->at = pool->at;
    b->logged = ARENA_ARRAY(b->arena, uint8_t *, pass->length);
    pool_deal(pool, pass);
}

void pass_run(struct batch *b, const struct pool *pool)
{
    const struct pass *pass = b->pass;
    uint32_t lanes = b->run->lanes[pass->space];
    for (b->from = 0; b->from < lanes; b->from += b->count) {
        b->count = lanes - b->from < pool->width ? lanes - b->from : pool->width;
        b->ledger_from = b->ledger_last = b->run->ledger_count;
        b->runs_of = NULL;
        bool all = !b->for_ledger || !is_unexplained(b);
        for (uint32_t i = 0; i < pass->length; i++) {
            b->insn = &pass->code[i];
            if (all || !b->for_ledger[i]) step(b);
        }
        big_table_sweep(b->run->big); /* what stayed in registers is done with */
    }
}

/* ---- what follows a pass ---- */

static bool fills(const struct program *program, const struct pass *pass, uint32_t figure)
{
    if (pass->kind == PASS_RANK) {
        const struct rank *rank = &program->ranks[pass->barrier];
        return figure == rank->place || figure == rank->from_last || figure == rank->ordinal || figure == rank->size;
    }
    const struct group *group = &program->groups[pass->barrier];
    return figure == group->group_of || figure == group->unit_of || figure == group->key_of;
}

static void override(struct arena *arena, struct run *run, const struct pass *pass, const struct run_options *options)
{
    for (uint32_t i = 0; i < options->override_count; i++) {
        const struct override *given = &options->overrides[i];
        if (!fills(run->program, pass, given->figure)) continue;
        struct vector *vector = &run->figures[given->figure];
        if (given->lane >= run->lanes[run->program->figures[given->figure].space] || !vector->numbers) continue;
        vector_put(arena, vector, given->lane, given->value);
        if (vector->faults) vector->faults[given->lane] = FAULT_NONE;
    }
}

/* For each figure the last pass that sinks a maximum or minimum into it, else NO_FIGURE. */
static uint32_t *last_sinks(struct arena *arena, const struct program *program)
{
    uint32_t *last = ARENA_ARRAY(arena, uint32_t, program->figure_count);
    for (uint32_t f = 0; f < program->figure_count; f++) last[f] = NO_FIGURE;
    for (uint32_t p = 0; p < program->pass_count; p++) {
        const struct pass *pass = &program->passes[p];
        if (pass->kind != PASS_CODE) continue;
        for (uint32_t i = 0; i < pass->length; i++) {
            if (opcode_is_extreme((enum opcode)pass->code[i].op)) last[pass->code[i].a] = p;
        }
    }
    return last;
}

/* Maxima and minima that pass p completed: where nothing arrived, they are empty. */
static void finish_extremes(struct run *run, const uint32_t *last, uint32_t p)
{
    for (uint32_t f = 0; f < run->program->figure_count; f++) {
        if (last[f] != p) continue;
        uint8_t *faults = run->figures[f].faults, any = 0;
        uint32_t lanes = run->lanes[run->program->figures[f].space];
        for (uint32_t i = 0; i < lanes; i++) {
            if (faults[i] == FAULT_UNSEEN) faults[i] = FAULT_EMPTY;
            any |= faults[i];
        }
        if (!any) run->figures[f].faults = NULL;
    }
}

/* ---- figures that are done with ---- */

static void read_in(uint32_t *last, uint32_t figure, uint32_t p)
{
    if (figure != NO_FIGURE) last[figure] = p;
}

/* For each figure the last pass that has to do with it; UINT32_MAX: it is kept. */
static uint32_t *last_uses(struct arena *arena, const struct program *program)
{
    uint32_t *last = ARENA_ARRAY(arena, uint32_t, program->figure_count);
    for (uint32_t p = 0; p < program->pass_count; p++) {
        const struct pass *pass = &program->passes[p];
        if (pass->kind == PASS_RANK) {
            const struct rank *rank = &program->ranks[pass->barrier];
            for (uint32_t k = 0; k < rank->key_count; k++) read_in(last, rank->keys[k], p);
            for (uint32_t k = 0; k < rank->partition_count; k++) read_in(last, rank->partition[k], p);
            const uint32_t others[] = {rank->mask, rank->place, rank->from_last, rank->ordinal, rank->size};
            for (size_t k = 0; k < sizeof others / sizeof *others; k++) read_in(last, others[k], p);
        } else if (pass->kind == PASS_GROUP) {
            const struct group *group = &program->groups[pass->barrier];
            const uint32_t all[] = {group->key, group->owner, group->mask, group->group_of, group->key_of, group->live};
            for (size_t k = 0; k < sizeof all / sizeof *all; k++) read_in(last, all[k], p);
        }
        for (uint32_t i = 0; i < pass->length; i++) {
            if (opcode_info((enum opcode)pass->code[i].op)->operands[0] == 'f') read_in(last, pass->code[i].a, p);
        }
    }
    for (uint32_t f = 0; f < program->figure_count; f++) {
        if (program->figures[f].kept) last[f] = UINT32_MAX;
    }
    return last;
}

static void forget(struct run *run, const uint32_t *last, uint32_t p)
{
    for (uint32_t f = 0; f < run->program->figure_count; f++) {
        if (last[f] == p) vector_drop(&run->figures[f]);
    }
}

/* ---- the run ---- */

static bool is_stream(const struct run *run, uint32_t space)
{
    const struct space *s = &run->program->spaces[space];
    return s->kind == SPACE_TABLE && run->data->streams && run->data->streams[s->table];
}

/* Of the largest space, one at least; groups are never more than the rows of their table. */
static uint32_t most_lanes(const struct run *run)
{
    uint32_t lanes = 1;
    for (uint32_t s = 0; s < run->program->space_count; s++) {
        if (run->lanes[s] > lanes) lanes = run->lanes[s];
        if (!is_stream(run, s)) continue;
        uint32_t most = intake_most(run->data->streams[run->program->spaces[s].table]);
        if (most > lanes) lanes = most;
    }
    return lanes;
}

/* The only unit that is explained; NO_FIGURE: it is not only one. */
static uint32_t alone_of(const struct run *run, const struct run_options *options)
{
    uint32_t units = run->lanes[SPACE_UNITS], alone = NO_FIGURE;
    for (uint32_t unit = 0; options->explained && !options->explain_all && unit < units; unit++) {
        if (!options->explained[unit]) continue;
        if (alone != NO_FIGURE) return NO_FIGURE;
        alone = unit;
    }
    return alone;
}

struct run *vm_run(struct arena *arena, const struct program *program, struct dataset *data,
                   const struct run_options *options, struct findings *problems)
{
    static const struct run_options NO_OPTIONS = {0};
    struct run *run = ARENA_NEW(arena, struct run);
    run->program = program;
    run->data = data;
    run->big = big_table_open(arena);
    workdays_open(arena, &program->schema, data, &run->workdays);
    run->lanes = ARENA_ARRAY(arena, uint32_t, program->space_count);
    run->figures = ARENA_ARRAY(arena, struct vector, program->figure_count);
    for (uint32_t s = 0; s < program->space_count; s++) {
        const struct space *space = &program->spaces[s];
        switch (space->kind) {
        case SPACE_ALL: run->lanes[s] = 1; break;
        case SPACE_TABLE: run->lanes[s] = data->tables[space->table].rows; break;
        case SPACE_GROUP: continue; /* when its barrier has run */
        }
        if (!is_stream(run, s)) vm_allocate(arena, run, s, options && options->forget);
    }

    struct batch batch = {.arena = arena, .run = run, .options = options ? options : &NO_OPTIONS, .problems = problems};
    struct pool pool;
    batch.alone = alone_of(run, batch.options);
    pool_open(arena, &pool, &batch, most_lanes(run));
    const uint32_t *last = last_sinks(arena, program), *uses = batch.options->forget ? last_uses(arena, program) : NULL;
    uint32_t ranked = 0; /* passes before it that rank have run */
    for (uint32_t p = 0; p < program->pass_count; p++) {
        const struct pass *pass = &program->passes[p];
        switch (pass->kind) {
        case PASS_CODE:
            if (is_stream(run, pass->space)) {
                vm_stream(&batch, &pool, pass, program->spaces[pass->space].table);
            } else {
                pass_open(&batch, &pool, pass);
                pass_run(&batch, &pool);
            }
            break;
        case PASS_RANK:
            if (p >= ranked) ranked = p + vm_ranks(arena, run, p, batch.options);
            break;
        case PASS_GROUP: vm_group(arena, run, &program->groups[pass->barrier]); break;
        }
        if (pass->kind == PASS_CODE) {
            finish_extremes(run, last, p);
        } else {
            override(arena, run, pass, batch.options);
        }
        if (uses) forget(run, uses, p);
    }
    for (uint32_t t = 0; data->streams && t < program->schema.table_count; t++) {
        if (data->streams[t])
            vm_stream(&batch, &pool, NULL, t); /* nobody asks for its rows: they are looked at all the same */
    }
    return run;
}

uint8_t run_read(const struct run *run, uint32_t figure, uint32_t lane, struct quotient *out)
{
    const struct vector *vector = &run->figures[figure];
    if (run->program->figures[figure].explains && vector->lanes == 1 && run->lanes[SPACE_UNITS] > 1) {
        assert(lane == vector->alone && "of other units it was not kept");
        lane = 0;
    }
    if (vector->faults && vector->faults[lane]) return vector->faults[lane];
    switch (run->program->figures[figure].kind) {
    case REG_NUMBER: *out = (struct quotient){vector_at(vector, lane), 1}; break;
    case REG_QUOTIENT: *out = (struct quotient){vector_at(vector, lane), vector->denominators[lane]}; break;
    case REG_MASK: *out = (struct quotient){vector->mask[lane], 1}; break;
    }
    return FAULT_NONE;
}

uint8_t run_value(const struct run *run, uint32_t figure, uint32_t lane, struct quotient *out)
{
    const struct figure *about = &run->program->figures[figure];
    uint8_t fault = run_read(run, figure, lane, out);
    if (!fault && about->kind == REG_NUMBER && about->places) {
        *out = quotient_make(run->big, out->num, power_of_ten(about->places));
    }
    return fault;
}
