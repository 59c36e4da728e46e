/* The verifier: what the VM may rely on, proved before a program runs.
 *
 * In: a program. Out: yes, or the first thing that is wrong, in a sentence for whoever wrote the compiler.
 * Decision: the passes are walked once, in their order, with what is known of each figure and space at that point; there
 * are no jumps, so nothing has to be guessed. The VM then checks no operand. Cost: each new opcode with an operand that
 * means more than its letter needs a line in check_meaning.
 */
#include "limits.h"
#include "program.h"
#include "quotient.h"

enum { NEVER = UINT32_MAX, PLACES_MOST = 18 };

struct verifier {
    struct arena *arena;
    const struct program *program;
    struct text *why;
    uint32_t *writer;    /* per figure: the pass that stores or fills it, or NEVER */
    uint32_t *last_sink; /* per figure: the last pass that sinks into it, or NEVER */
    uint8_t *sinks;      /* per figure: which ways of sinking were seen */
    bool *built;         /* per space: its lanes are known */
    bool *ranked, *grouped;
    uint32_t pass, at; /* where we are; at == NEVER: not in code */
    bool *written;     /* per register of the pass */
    bool *ledger;      /* per rule: the pass has a ledger line of it */
};

static bool fail(struct verifier *v, const char *format, ...) __attribute__((format(printf, 2, 3)));
static bool fail(struct verifier *v, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    struct text what = arena_vprint(v->arena, format, args);
    va_end(args);
    if (v->pass == NEVER) {
        *v->why = what;
    } else if (v->at == NEVER) {
        *v->why = arena_print(v->arena, "pass %u: %.*s", v->pass, TEXT_ARG(what));
    } else {
        const struct opcode_info *info = opcode_info((enum opcode)v->program->passes[v->pass].code[v->at].op);
        *v->why = arena_print(v->arena, "pass %u, instruction %u (%s): %.*s", v->pass, v->at, info ? info->name : "?",
                              TEXT_ARG(what));
    }
    return false;
}

static const char *kind_name(enum reg_kind kind)
{
    switch (kind) {
    case REG_NUMBER: return "number";
    case REG_QUOTIENT: return "quotient";
    case REG_MASK: return "mask";
    }
    return "?";
}

static bool is_kind(enum reg_kind kind) { return kind == REG_NUMBER || kind == REG_QUOTIENT || kind == REG_MASK; }

static bool is_fault(uint32_t fault)
{
    return (fault >= FAULT_UNDECIDED && fault <= FAULT_NO_GRADE) || (fault >= FAULT_BLANK && fault <= FAULT_OVERFLOW);
}

/* ---- what stands outside the passes ---- */

static bool check_schema(struct verifier *v)
{
    const struct schema *schema = &v->program->schema;
    if (schema->table_count == 0) return fail(v, "the schema has no table of units");
    for (uint32_t t = 0; t < schema->table_count; t++) {
        const struct table_schema *table = &schema->tables[t];
        bool parent_known =
            table->parent == NO_INDEX || (table->parent >= 0 && (uint32_t)table->parent < schema->table_count);
        if (!parent_known) return fail(v, "table %u has no parent %d", t, (int)table->parent);
        for (uint32_t f = 0; f < table->field_count; f++) {
            const struct field_schema *field = &table->fields[f];
            if (field->kind == FIELD_LIST && field->list >= schema->list_count) {
                return fail(v, "field %u of table %u has no list %u", f, t, field->list);
            }
            if (field->kind == FIELD_REF && field->table >= schema->table_count) {
                return fail(v, "field %u of table %u has no table %u", f, t, field->table);
            }
            if (field->places > PLACES_MOST) return fail(v, "field %u of table %u has %u places", f, t, field->places);
        }
    }
    return true;
}

static bool check_spaces(struct verifier *v)
{
    const struct program *program = v->program;
    uint32_t tables = program->schema.table_count;
    if (program->space_count < 1 + tables) return fail(v, "there are %u spaces for %u tables", program->space_count, tables);
    for (uint32_t s = 0; s < program->space_count; s++) {
        const struct space *space = &program->spaces[s];
        enum space_kind want = s == SPACE_EVERYTHING ? SPACE_ALL : s <= tables ? SPACE_TABLE : SPACE_GROUP;
        if (space->kind != want) return fail(v, "space %u is of the wrong kind", s);
        if (want == SPACE_ALL) continue;
        if (want == SPACE_TABLE && space->table != s - 1) return fail(v, "space %u is table %u's", s, space->table);
        if (want == SPACE_TABLE) continue;
        if (space->group >= program->group_count || program->groups[space->group].space != s) {
            return fail(v, "space %u is not the one that grouping %u builds", s, space->group);
        }
        if (space->table >= tables) return fail(v, "space %u has no table %u", s, space->table);
    }
    return true;
}

/* Rows of a table that belong to units. */
static bool is_rows_of_units(const struct program *program, uint32_t space)
{
    if (space == SPACE_UNITS || program->spaces[space].kind != SPACE_TABLE) return false;
    const struct table_schema *table = &program->schema.tables[program->spaces[space].table];
    return !table->for_all && table->parent != NO_INDEX;
}

static bool check_figure(struct verifier *v, uint32_t f)
{
    const struct program *program = v->program;
    const struct figure *figure = &program->figures[f];
    if (figure->space >= program->space_count) return fail(v, "figure %u has no space %u", f, figure->space);
    if (!is_kind(figure->kind)) return fail(v, "figure %u is of no kind", f);
    if (figure->places > PLACES_MOST) return fail(v, "figure %u has %u places", f, figure->places);
    const struct space *space = &program->spaces[figure->space];
    bool number = figure->kind == REG_NUMBER;
    switch (figure->source) {
    case FIGURE_COLUMN: {
        if (space->kind != SPACE_TABLE) return fail(v, "figure %u is a column of no table", f);
        const struct table_schema *table = &program->schema.tables[space->table];
        if (figure->field >= table->field_count) return fail(v, "figure %u has no field %u", f, figure->field);
        if (!table->fields[figure->field].wanted) return fail(v, "figure %u is a column that is not marked as wanted", f);
        return number || fail(v, "figure %u is a column, but not a number", f);
    }
    case FIGURE_UNIT_OF:
    case FIGURE_PARENT_OF:
        if (!is_rows_of_units(program, figure->space)) return fail(v, "figure %u maps rows that belong to no unit", f);
        return number || fail(v, "figure %u is a map, but not a number", f);
    case FIGURE_JUDGED:
        if (figure->space != SPACE_UNITS) return fail(v, "figure %u is judged, but not of units", f);
        if (figure->field >= program->schema.judged_count) return fail(v, "figure %u has no judged %u", f, figure->field);
        return number || fail(v, "figure %u is judged, but not a number", f);
    case FIGURE_MADE:
    case FIGURE_SUM: return true;
    case FIGURE_EXTREME: return figure->kind != REG_MASK || fail(v, "figure %u is an extreme of masks", f);
    }
    return fail(v, "figure %u has no source", f);
}

static bool check_tables(struct verifier *v)
{
    const struct program *program = v->program;
    for (uint32_t i = 0; i < program->constant_count; i++) {
        if (program->constants[i].denominator <= 0) return fail(v, "constant %u has no positive denominator", i);
    }
    for (uint32_t i = 0; i < program->lookup_count; i++) {
        if (program->lookups[i].count && !program->lookups[i].entries) return fail(v, "lookup %u has no entries", i);
    }
    for (uint32_t i = 0; i < program->check_count; i++) {
        const struct check *check = &program->checks[i];
        if (check->table >= program->schema.table_count) return fail(v, "check %u has no table %u", i, check->table);
        uint32_t fields = program->schema.tables[check->table].field_count;
        bool known = check->field == NO_INDEX || (check->field >= 0 && (uint32_t)check->field < fields);
        if (!known) return fail(v, "check %u has no field %d", i, (int)check->field);
    }
    return true;
}

/* ---- figures as the passes reach them ---- */

static bool figure_exists(struct verifier *v, uint32_t f, enum reg_kind kind)
{
    if (f >= v->program->figure_count) return fail(v, "there is no figure %u", f);
    enum reg_kind is = v->program->figures[f].kind;
    return is == kind || fail(v, "figure %u is a %s, a %s is wanted", f, kind_name(is), kind_name(kind));
}

/* `load`: of the lanes of the batch itself, which an earlier instruction of the same pass may have stored. */
static bool figure_readable(struct verifier *v, uint32_t f, bool load)
{
    const struct figure *figure = &v->program->figures[f];
    if (!v->built[figure->space]) return fail(v, "figure %u is read before its groups are built", f);
    if (figure->explains) return fail(v, "figure %u is read by the program, and only explains", f);
    switch (figure->source) {
    case FIGURE_COLUMN:
    case FIGURE_UNIT_OF:
    case FIGURE_PARENT_OF:
    case FIGURE_JUDGED: return true;
    case FIGURE_MADE:
        if (v->writer[f] == NEVER) return fail(v, "figure %u is read before it is made", f);
        return v->writer[f] < v->pass || load || fail(v, "figure %u is gathered in the pass that makes it", f);
    case FIGURE_SUM:
    case FIGURE_EXTREME:
        if (v->last_sink[f] == NEVER) return fail(v, "figure %u is read, but nothing is ever sunk into it", f);
        return v->last_sink[f] < v->pass ||
               fail(v, "figure %u is read before its last sink, in pass %u", f, v->last_sink[f]);
    }
    return false;
}

/* A figure of this space that something else has made. */
static bool input(struct verifier *v, uint32_t f, enum reg_kind kind, uint32_t space)
{
    if (!figure_exists(v, f, kind)) return false;
    if (v->program->figures[f].space != space) return fail(v, "figure %u is not of space %u", f, space);
    return figure_readable(v, f, false);
}

static bool figure_fill(struct verifier *v, uint32_t f, enum reg_kind kind, uint32_t space)
{
    if (!figure_exists(v, f, kind)) return false;
    const struct figure *figure = &v->program->figures[f];
    if (figure->space != space) return fail(v, "figure %u is not of space %u", f, space);
    if (figure->source != FIGURE_MADE) return fail(v, "figure %u is not one that is made", f);
    bool by_pass = v->program->passes[v->pass].kind == PASS_CODE;
    if (figure->explains && (!by_pass || space != SPACE_UNITS))
        return fail(v, "figure %u explains, and is not stored of units", f);
    if (v->writer[f] != NEVER) return fail(v, "figure %u is made twice", f);
    v->writer[f] = v->pass;
    return true;
}

/* ---- barriers ---- */

static bool check_rank(struct verifier *v, uint32_t index)
{
    const struct program *program = v->program;
    if (index >= program->rank_count) return fail(v, "there is no ranking %u", index);
    if (v->ranked[index]) return fail(v, "ranking %u runs twice", index);
    v->ranked[index] = true;
    const struct rank *rank = &program->ranks[index];
    if (rank->space >= program->space_count) return fail(v, "there is no space %u", rank->space);
    if (!v->built[rank->space]) return fail(v, "space %u is ranked before its groups are built", rank->space);
    for (uint32_t k = 0; k < rank->key_count; k++) {
        uint32_t f = rank->keys[k];
        bool quotient = f < program->figure_count && program->figures[f].kind == REG_QUOTIENT;
        if (!input(v, f, quotient ? REG_QUOTIENT : REG_NUMBER, rank->space)) return false;
    }
    for (uint32_t p = 0; p < rank->partition_count; p++) {
        if (!input(v, rank->partition[p], REG_NUMBER, rank->space)) return false;
    }
    if (rank->mask != NO_FIGURE && !input(v, rank->mask, REG_MASK, rank->space)) return false;
    const uint32_t out[] = {rank->place, rank->from_last, rank->ordinal, rank->size};
    for (size_t i = 0; i < sizeof out / sizeof *out; i++) {
        if (out[i] != NO_FIGURE && !figure_fill(v, out[i], REG_NUMBER, rank->space)) return false;
    }
    return true;
}

static bool check_group(struct verifier *v, uint32_t index)
{
    const struct program *program = v->program;
    if (index >= program->group_count) return fail(v, "there is no grouping %u", index);
    if (v->grouped[index]) return fail(v, "grouping %u runs twice", index);
    v->grouped[index] = true;
    const struct group *group = &program->groups[index];
    if (group->from_space >= program->space_count) return fail(v, "there is no space %u", group->from_space);
    bool of_rows = program->spaces[group->from_space].kind == SPACE_TABLE;
    if (!of_rows) return fail(v, "grouping %u is not of a table's rows", index);
    if (group->space >= program->space_count || program->spaces[group->space].kind != SPACE_GROUP ||
        program->spaces[group->space].group != index) {
        return fail(v, "grouping %u does not build space %u", index, group->space);
    }
    if (program->spaces[group->space].table != program->spaces[group->from_space].table) {
        return fail(v, "space %u is of another table than the rows it groups", group->space);
    }
    if (!input(v, group->key, REG_NUMBER, group->from_space)) return false;
    if (!input(v, group->owner, REG_NUMBER, group->from_space)) return false;
    if (group->mask != NO_FIGURE && !input(v, group->mask, REG_MASK, group->from_space)) return false;
    v->built[group->space] = true;
    return figure_fill(v, group->group_of, REG_NUMBER, group->from_space) &&
           figure_fill(v, group->unit_of, REG_NUMBER, group->space) &&
           figure_fill(v, group->key_of, REG_NUMBER, group->space) && figure_fill(v, group->live, REG_MASK, group->space);
}

/* ---- code ---- */

static bool check_register(struct verifier *v, const struct pass *pass, uint32_t r, enum reg_kind kind)
{
    if (r >= pass->register_count) return fail(v, "there is no register %u", r);
    if (pass->registers[r] != kind) {
        return fail(v, "register %u is a %s, a %s is wanted", r, kind_name(pass->registers[r]), kind_name(kind));
    }
    return v->written[r] || fail(v, "register %u is read before it is written", r);
}

static bool check_operand(struct verifier *v, const struct pass *pass, char letter, uint32_t value)
{
    const struct program *program = v->program;
    switch (letter) {
    case 'n':
    case 'x': return check_register(v, pass, value, REG_NUMBER);
    case 'q': return check_register(v, pass, value, REG_QUOTIENT);
    case 'm': return check_register(v, pass, value, REG_MASK);
    case 'f': return value < program->figure_count || fail(v, "there is no figure %u", value);
    case 'k': return value < program->constant_count || fail(v, "there is no constant %u", value);
    case 't': return value < program->lookup_count || fail(v, "there is no lookup %u", value);
    case 'r': return value < program->rule_count || fail(v, "there is no rule %u", value);
    case 'i': return true; /* check_meaning */
    }
    return fail(v, "opcode.def has an operand '%c' that nobody knows", letter);
}

static bool check_load(struct verifier *v, const struct pass *pass, const struct insn *insn, enum reg_kind kind)
{
    if (!figure_exists(v, insn->a, kind)) return false;
    if (v->program->figures[insn->a].space != pass->space) return fail(v, "figure %u is of another space", insn->a);
    return figure_readable(v, insn->a, true);
}

static bool check_gather(struct verifier *v, const struct insn *insn, enum reg_kind kind)
{
    return figure_exists(v, insn->a, kind) && figure_readable(v, insn->a, false);
}

enum { SINKS_SUM = 1, SINKS_MAX = 2, SINKS_MIN = 4 };

static bool check_sink(struct verifier *v, const struct insn *insn, enum reg_kind kind, uint8_t way)
{
    if (!figure_exists(v, insn->a, kind)) return false;
    const struct figure *figure = &v->program->figures[insn->a];
    if (!v->built[figure->space]) return fail(v, "figure %u is sunk into before its groups are built", insn->a);
    if (figure->source != (way == SINKS_SUM ? FIGURE_SUM : FIGURE_EXTREME)) {
        return fail(v, "figure %u is not %s", insn->a, way == SINKS_SUM ? "a sum" : "an extreme");
    }
    v->sinks[insn->a] |= way;
    if (v->sinks[insn->a] == (SINKS_MAX | SINKS_MIN)) return fail(v, "figure %u is both a maximum and a minimum", insn->a);
    return true;
}

static bool check_places(struct verifier *v, uint32_t places)
{
    return places <= PLACES_MOST || fail(v, "%u decimal places are too many", places);
}

static bool check_rounding(struct verifier *v, const struct insn *insn)
{
    return insn->c <= ROUND_CEILING ? check_places(v, insn->b) : fail(v, "there is no mode of rounding %u", insn->c);
}

static bool check_fault(struct verifier *v, uint32_t fault) { return is_fault(fault) || fail(v, "%u is no fault", fault); }

static bool check_check(struct verifier *v, const struct pass *pass, const struct insn *insn)
{
    if (insn->b >= v->program->check_count) return fail(v, "there is no check %u", insn->b);
    return v->program->checks[insn->b].table + 1 == pass->space || fail(v, "check %u is of another table", insn->b);
}

/* What operands mean beyond their letters. */
static bool check_meaning(struct verifier *v, const struct pass *pass, const struct insn *insn)
{
    switch ((enum opcode)insn->op) {
    case OP_CODE_LOAD_N: return check_load(v, pass, insn, REG_NUMBER);
    case OP_CODE_LOAD_Q: return check_load(v, pass, insn, REG_QUOTIENT);
    case OP_CODE_LOAD_M: return check_load(v, pass, insn, REG_MASK);
    case OP_CODE_GATHER_N: return check_gather(v, insn, REG_NUMBER);
    case OP_CODE_GATHER_Q: return check_gather(v, insn, REG_QUOTIENT);
    case OP_CODE_GATHER_M: return check_gather(v, insn, REG_MASK);
    case OP_CODE_CONST_N:
        return v->program->constants[insn->a].denominator == 1 || fail(v, "constant %u is a quotient", insn->a);
    case OP_CODE_CONST_M: return insn->a <= 1 || fail(v, "a mask is 0 or 1");
    case OP_CODE_FAULT_N:
    case OP_CODE_FAULT_Q:
    case OP_CODE_FAULT_M: return check_fault(v, insn->a);
    case OP_CODE_SCALE_UP:
    case OP_CODE_TO_Q: return check_places(v, insn->b);
    case OP_CODE_ROUND_N:
    case OP_CODE_ROUND_Q: return check_rounding(v, insn);
    case OP_CODE_DIV_Q: return check_fault(v, insn->c);
    case OP_CODE_STORE_N: return figure_fill(v, insn->a, REG_NUMBER, pass->space);
    case OP_CODE_STORE_Q: return figure_fill(v, insn->a, REG_QUOTIENT, pass->space);
    case OP_CODE_STORE_M: return figure_fill(v, insn->a, REG_MASK, pass->space);
    case OP_CODE_SINK_SUM: return check_sink(v, insn, REG_NUMBER, SINKS_SUM);
    case OP_CODE_SINK_SUM_Q: return check_sink(v, insn, REG_QUOTIENT, SINKS_SUM);
    case OP_CODE_SINK_COUNT: return check_sink(v, insn, REG_NUMBER, SINKS_SUM);
    case OP_CODE_SINK_MAX: return check_sink(v, insn, REG_NUMBER, SINKS_MAX);
    case OP_CODE_SINK_MIN: return check_sink(v, insn, REG_NUMBER, SINKS_MIN);
    case OP_CODE_SINK_MAX_Q: return check_sink(v, insn, REG_QUOTIENT, SINKS_MAX);
    case OP_CODE_SINK_MIN_Q: return check_sink(v, insn, REG_QUOTIENT, SINKS_MIN);
    case OP_CODE_SINK_ANY: return check_sink(v, insn, REG_MASK, SINKS_SUM);
    case OP_CODE_CHECK: return check_check(v, pass, insn);
    case OP_CODE_LEDGER_N:
    case OP_CODE_LEDGER_Q: v->ledger[insn->a] = true; return true;
    case OP_CODE_LEDGER_OF: return v->ledger[insn->a] || fail(v, "rule %u has no ledger line in this pass yet", insn->a);

    /* clang-format off */
    case OP_CODE_CONST_Q: case OP_CODE_LANE: case OP_CODE_ADD: case OP_CODE_SUB: case OP_CODE_MUL: case OP_CODE_NEG:
    case OP_CODE_ABS: case OP_CODE_MIN: case OP_CODE_MAX: case OP_CODE_FLOOR_DIV: case OP_CODE_CEIL_DIV:
    case OP_CODE_ADD_Q: case OP_CODE_SUB_Q: case OP_CODE_MUL_Q: case OP_CODE_NEG_Q: case OP_CODE_ABS_Q:
    case OP_CODE_MIN_Q: case OP_CODE_MAX_Q: case OP_CODE_LT: case OP_CODE_LE: case OP_CODE_EQ: case OP_CODE_NE:
    case OP_CODE_LT_Q: case OP_CODE_LE_Q: case OP_CODE_EQ_Q: case OP_CODE_NE_Q: case OP_CODE_AND: case OP_CODE_OR:
    case OP_CODE_NOT: case OP_CODE_KNOWN_N: case OP_CODE_KNOWN_Q: case OP_CODE_SELECT_N: case OP_CODE_SELECT_Q:
    case OP_CODE_SELECT_M: case OP_CODE_DEFAULT_N: case OP_CODE_DEFAULT_Q:
    case OP_CODE_IF_OPEN_N: case OP_CODE_IF_OPEN_Q: case OP_CODE_IF_OPEN_M: case OP_CODE_LOOKUP: case OP_CODE_ADD_MONTHS:
    case OP_CODE_ADD_WORKDAYS: case OP_CODE_MONTHS_BETWEEN: case OP_CODE_YEARS_BETWEEN: case OP_CODE_WORKDAYS_BETWEEN:
    case OP_CODE_YEAR_OF: case OP_CODE_MONTH_OF: case OP_CODE_DAY_OF: return true;
    /* clang-format on */
    case OPCODE_COUNT: break;
    }
    return fail(v, "there is no such opcode");
}

static bool check_result(struct verifier *v, const struct pass *pass, const struct insn *insn, char letter)
{
    if (letter == '-') return true;
    enum reg_kind kind = letter == 'n' ? REG_NUMBER : letter == 'q' ? REG_QUOTIENT : REG_MASK;
    if (insn->r >= pass->register_count) return fail(v, "there is no register %u", insn->r);
    if (pass->registers[insn->r] != kind) {
        return fail(v, "register %u is a %s, the result is a %s", insn->r, kind_name(pass->registers[insn->r]),
                    kind_name(kind));
    }
    v->written[insn->r] = true;
    return true;
}

static bool check_code(struct verifier *v, const struct pass *pass)
{
    if (pass->space >= v->program->space_count) return fail(v, "there is no space %u", pass->space);
    if (!v->built[pass->space]) return fail(v, "space %u is walked before its groups are built", pass->space);
    if (pass->register_count > LIMIT_REGISTERS) return fail(v, "%u registers are too many", pass->register_count);
    for (uint32_t r = 0; r < pass->register_count; r++) {
        if (!is_kind(pass->registers[r])) return fail(v, "register %u is of no kind", r);
    }
    v->written = ARENA_ARRAY(v->arena, bool, pass->register_count);
    memset(v->ledger, 0, v->program->rule_count * sizeof *v->ledger);
    for (v->at = 0; v->at < pass->length; v->at++) {
        const struct insn *insn = &pass->code[v->at];
        const struct opcode_info *info = opcode_info((enum opcode)insn->op);
        if (!info) return fail(v, "there is no opcode %u", insn->op);
        const uint32_t operands[] = {insn->a, insn->b, insn->c, insn->d};
        for (size_t i = 0; info->operands[i]; i++) {
            if (!check_operand(v, pass, info->operands[i], operands[i])) return false;
        }
        if (!check_meaning(v, pass, insn) || !check_result(v, pass, insn, info->result)) return false;
    }
    v->at = NEVER;
    return true;
}

/* ---- the whole ---- */

static bool is_sink(enum opcode op)
{
    const struct opcode_info *info = opcode_info(op);
    return info && info->result == '-' && info->operands[0] == 'f' && info->operands[1] == 'x';
}

static void find_last_sinks(struct verifier *v)
{
    const struct program *program = v->program;
    for (uint32_t p = 0; p < program->pass_count; p++) {
        const struct pass *pass = &program->passes[p];
        for (uint32_t i = 0; pass->kind == PASS_CODE && i < pass->length; i++) {
            bool known = is_sink((enum opcode)pass->code[i].op) && pass->code[i].a < program->figure_count;
            if (known) v->last_sink[pass->code[i].a] = p;
        }
    }
}

bool program_verify(struct arena *arena, const struct program *program, struct text *why)
{
    struct verifier verifier = {
        .arena = arena,
        .program = program,
        .why = why,
        .writer = ARENA_ARRAY(arena, uint32_t, program->figure_count),
        .last_sink = ARENA_ARRAY(arena, uint32_t, program->figure_count),
        .sinks = ARENA_ARRAY(arena, uint8_t, program->figure_count),
        .built = ARENA_ARRAY(arena, bool, program->space_count),
        .ranked = ARENA_ARRAY(arena, bool, program->rank_count),
        .grouped = ARENA_ARRAY(arena, bool, program->group_count),
        .ledger = ARENA_ARRAY(arena, bool, program->rule_count),
        .pass = NEVER,
        .at = NEVER,
    };
    struct verifier *v = &verifier;
    *why = TEXT_NONE;
    if (!check_schema(v) || !check_spaces(v) || !check_tables(v)) return false;
    for (uint32_t f = 0; f < program->figure_count; f++) {
        if (!check_figure(v, f)) return false;
        v->writer[f] = v->last_sink[f] = NEVER;
    }
    for (uint32_t s = 0; s < program->space_count; s++) v->built[s] = program->spaces[s].kind != SPACE_GROUP;
    find_last_sinks(v);
    for (uint32_t p = 0; p < program->pass_count; p++) {
        const struct pass *pass = &program->passes[p];
        bool right = false;
        v->pass = p;
        switch (pass->kind) {
        case PASS_CODE: right = check_code(v, pass); break;
        case PASS_RANK: right = check_rank(v, pass->barrier); break;
        case PASS_GROUP: right = check_group(v, pass->barrier); break;
        }
        if (!right) return why->len ? false : fail(v, "it is of no kind");
    }
    return true;
}
