/* What a run tells beside its figures: where faults reached figures, checks that are broken, the ledger.
 *
 * In: registers. Out: the run's fault places and ledger; findings among the problems of the data.
 * Decision: fault places are bounded for each unit and instruction, not by a total alone, so that a column full of blanks
 * that no result uses cannot crowd out the one place that a unit's result hangs on. Cost: a byte per unit for each
 * instruction that ever logs.
 */
#include "batch.h"
#include "calendar.h"

/* The unit that a lane of the pass's space belongs to, or NO_FIGURE. */
static uint32_t owner_of(const struct batch *b, uint32_t lane)
{
    const struct program *program = b->run->program;
    const struct space *space = &program->spaces[b->pass->space];
    switch (space->kind) {
    case SPACE_ALL: return UINT32_MAX;
    case SPACE_TABLE: {
        if (b->pass->space == SPACE_UNITS) return lane;
        const uint32_t *unit = b->run->data->tables[space->table].unit;
        return unit ? unit[lane] : UINT32_MAX;
    }
    case SPACE_GROUP: {
        uint32_t unit_of = program->groups[space->group].unit_of;
        return unit_of == NO_FIGURE ? UINT32_MAX : (uint32_t)vector_at(&b->run->figures[unit_of], lane);
    }
    }
    return UINT32_MAX;
}

static uint32_t line_of(const struct batch *b, uint32_t lane)
{
    const struct space *space = &b->run->program->spaces[b->pass->space];
    const uint32_t *line = space->kind == SPACE_TABLE ? b->run->data->tables[space->table].line : NULL;
    return line ? line[lane] : 0;
}

void vm_log_fault(struct batch *b, uint32_t i, uint8_t fault, uint32_t unit)
{
    if (!fault_is_error(fault)) return;
    struct run *run = b->run;
    run->faults_seen++;
    uint32_t units = run->lanes[SPACE_UNITS], lane = b->from + i;
    if (unit == NO_FIGURE) unit = owner_of(b, lane);
    uint8_t **logged = &b->logged[b->insn - b->pass->code];
    if (!*logged) *logged = ARENA_ARRAY(b->arena, uint8_t, (size_t)units + 1);
    uint8_t *times = &(*logged)[unit < units ? unit : units];
    if (*times >= LIMIT_FAULTS_OF_UNIT || run->fault_count >= LIMIT_FAULT_PLACES) return;
    ++*times;
    struct fault_place place = {fault, b->pass->space, lane, unit, line_of(b, lane), b->insn->where};
    ARENA_PUSH(b->arena, run->faults, run->fault_count, run->fault_capacity, place);
}

/* ---- checks ---- */

static struct text column_name(const struct field_schema *field)
{
    return field->heading.len ? field->heading : field->name;
}

/* A cell as the office would write it; texts that no sheet can hold (an index out of range) show as nothing. */
static struct text cell_text(const struct batch *b, const struct field_schema *field, int64_t value)
{
    const struct dataset *data = b->run->data;
    const struct schema *schema = &b->run->program->schema;
    bool zh = schema->tongue == TONGUE_ZH;
    struct arena *arena = b->problems->arena;
    char room[32];
    struct buffer out;
    switch (field->kind) {
    case FIELD_TEXT: return value >= 0 && value < data->text_count ? data->texts[value] : TEXT_NONE;
    case FIELD_BOOL:
    case FIELD_BOOL_NA:
        if (value == 2) return zh ? TEXT("不涉及") : TEXT("na");
        return value ? (zh ? TEXT("是") : TEXT("yes")) : (zh ? TEXT("否") : TEXT("no"));
    case FIELD_NUMBER:
        buffer_init(&out, arena);
        if (field->percent && field->places >= 2) {
            number_print(&out, value, field->places - 2u);
            buffer_char(&out, '%');
        } else {
            number_print(&out, value, field->places);
        }
        return buffer_result(&out);
    case FIELD_DATE: return arena_text(arena, date_format(value, room));
    case FIELD_LIST: {
        const struct list_schema *list = &schema->lists[field->list];
        if (value < 0 || value >= list->count) return TEXT_NONE;
        bool headed = list->headings && list->headings[value].len;
        return headed ? list->headings[value] : list->values[value];
    }
    case FIELD_PART: return value >= 0 && value < schema->part_count ? schema->parts[value] : TEXT_NONE;
    case FIELD_REF:
    case FIELD_UNIT: return TEXT_NONE; /* keys are found through the column of that table; the line tells enough */
    }
    return TEXT_NONE;
}

static void check_add(struct batch *b, const struct check *check, enum diag_code code, uint32_t lane)
{
    const struct table_data *table = &b->run->data->tables[check->table];
    struct finding *finding = FIND(b->problems, code, check->where);
    if (!finding) return;
    finding->data.file = table->file;
    if (table->line) finding->data.line = table->line[lane];
    if (check->field == NO_INDEX) return;
    const struct field_schema *field = &b->run->program->schema.tables[check->table].fields[check->field];
    const struct column *column = &table->columns[check->field];
    finding->data.column = column_name(field);
    bool there = column->values && !(column->blank && column->blank[lane]);
    if (there) finding->data.value = cell_text(b, field, column->values[lane]);
}

void vm_check(struct batch *b)
{
    const struct reg *mask = b->at[b->insn->a];
    const struct check *check = &b->run->program->checks[b->insn->b];
    if (!mask->may_fault && !memchr(mask->m, 0, b->count)) return; /* as nearly always */
    for (uint32_t i = 0; i < b->count; i++) {
        uint8_t fault = fault_at(mask, i);
        if (check->tie) {
            if (!fault && !mask->m[i]) check_add(b, check, D_VIEW_TIE, b->from + i);
        } else if (fault_is_error(fault)) {
            check_add(b, check, D_CHECK_UNKNOWN, b->from + i);
        } else if (!fault && !mask->m[i]) {
            enum diag_code only = check->filled ? D_ONLY_WHEN_FILLED : D_ONLY_WHEN_BLANK;
            check_add(b, check, check->field == NO_INDEX ? D_MUST_BROKEN : only, b->from + i);
        }
    }
}

/* ---- ledger ---- */

static bool explained(const struct batch *b, const struct reg *index, uint32_t i, uint32_t *unit)
{
    int64_t lane = index->n[i];
    if (fault_at(index, i) || lane < 0 || lane >= b->run->lanes[SPACE_UNITS]) return false;
    *unit = (uint32_t)lane;
    return b->options->explain_all || (b->options->explained && b->options->explained[lane]);
}

void vm_ledger(struct batch *b, enum reg_kind kind)
{
    const struct insn *insn = b->insn;
    const struct reg *amount = b->at[insn->b], *index = b->at[insn->c], *mask = b->at[insn->d];
    struct run *run = b->run;
    b->ledger_last = run->ledger_count;
    if (!b->options->explain_all && !b->options->explained) return;
    for (uint32_t i = 0; i < b->count; i++) {
        uint8_t fault = fault_at(mask, i);
        struct ledger_line line = {.rule = insn->a, .space = b->pass->space, .lane = b->from + i, .amount = {0, 1}};
        if ((!fault && !mask->m[i]) || !explained(b, index, i, &line.unit)) continue;
        line.fault = fault_join(fault, fault_at(amount, i));
        if (!line.fault) {
            line.amount = (struct quotient){amount->n[i], kind == REG_QUOTIENT ? amount->d[i] : 1};
            quotient_keep(run->big, line.amount);
        }
        ARENA_PUSH(b->arena, run->ledger, run->ledger_count, run->ledger_capacity, line);
    }
}

/* Completes the lines of this batch that the rule has just written. */
void vm_ledger_of(struct batch *b)
{
    const struct insn *insn = b->insn;
    const struct reg *have = b->at[insn->b], *of = b->at[insn->c], *mask = b->at[insn->d];
    struct run *run = b->run;
    size_t from = b->ledger_last;
    if (from < run->ledger_count && run->ledger[from].rule != insn->a) from = b->ledger_from;
    for (size_t at = from; at < run->ledger_count; at++) {
        struct ledger_line *line = &run->ledger[at];
        if (line->rule != insn->a || line->space != b->pass->space || line->lane < b->from) continue;
        uint32_t i = line->lane - b->from;
        if (!mask->m[i] || fault_at(mask, i) || fault_at(have, i) || fault_at(of, i)) continue;
        line->has_of = true;
        line->have = quotient_keep(run->big, (struct quotient){have->n[i], have->d[i]});
        line->of = quotient_keep(run->big, (struct quotient){of->n[i], of->d[i]});
    }
}
