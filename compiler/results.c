/* Results: see results.h. A unit's state is open as long as any of its figures is. */
#include "results.h"

#include "../runtime/calendar.h"

uint8_t results_read(const struct run *run, const struct value *value, uint32_t unit, struct quotient *out)
{
    *out = (struct quotient){0, 1};
    if (value->op == VALUE_SPREAD && value->figure == NO_FIGURE) value = value->a;
    if (value->op == VALUE_CONST_N || value->op == VALUE_CONST_M) {
        out->num = value->i;
        return FAULT_NONE;
    }
    if (value->op == VALUE_CONST_Q) {
        *out = (struct quotient){value->i, value->j};
        return FAULT_NONE;
    }
    return run_read(run, value->figure, value->space == SPACE_EVERYTHING ? 0 : unit, out);
}

static struct text yes_no(struct scheme *scheme, int64_t value)
{
    return value == 1   ? file_word(scheme, "yes", "是")
           : value == 0 ? file_word(scheme, "no", "否")
                        : file_word(scheme, "na", "不涉及");
}

void print_typed(struct buffer *out, struct scheme *scheme, const struct run *run, struct type type, struct quotient value)
{
    switch (type.kind) {
    case TYPE_NUMBER:
        if (type.percent && type.places >= 2) {
            number_print(out, value.num, type.places - 2u);
            buffer_char(out, '%');
        } else
            number_print(out, value.num, type.places);
        break;
    case TYPE_QUOTIENT: quotient_print(out, run->big, value); break;
    case TYPE_DATE: {
        char room[16];
        buffer_text(out, date_format(value.num, room));
        break;
    }
    case TYPE_TEXT:
        buffer_text(out, (uint64_t)value.num < run->data->text_count ? run->data->texts[value.num] : TEXT("?"));
        break;
    case TYPE_CONDITION:
    case TYPE_THREE: buffer_text(out, yes_no(scheme, value.num)); break;
    case TYPE_LIST: {
        const struct list_schema *list = &scheme->schema.lists[type.index];
        if ((uint64_t)value.num < list->count)
            buffer_text(out, text_shown(list->values[value.num], list->headings[value.num]));
        break;
    }
    case TYPE_GRADE:
        if ((uint64_t)value.num < scheme->grade_count)
            buffer_text(out, text_shown(scheme->grades[value.num].name, scheme->grades[value.num].heading));
        break;
    case TYPE_PART:
        if ((uint64_t)value.num < scheme->part_count) buffer_text(out, scheme->parts[value.num].number);
        break;
    case TYPE_ROW: {
        const struct table_schema *table = &scheme->schema.tables[type.index];
        if (table->key >= 0)
            buffer_text(out, cell_text(out->arena, scheme, run, type.index, (uint32_t)table->key, (uint32_t)value.num));
        break;
    }
    case TYPE_NONE:
    case TYPE_DURATION: break;
    }
}

/* A field's cell. */
static void print_cell(struct buffer *out, struct scheme *scheme, const struct run *run, uint32_t table, uint32_t field,
                       uint32_t row)
{
    const struct column *column = &run->data->tables[table].columns[field];
    if (!column->values || (column->blank && column->blank[row])) return;
    const struct field_schema *f = &scheme->schema.tables[table].fields[field];
    struct quotient value = {column->values[row], 1};
    struct type type = field_expr(scheme, table, field).type;
    if (f->kind == FIELD_BOOL) type = type_of(TYPE_CONDITION);
    print_typed(out, scheme, run, type, value);
}

struct text cell_text(struct arena *arena, struct scheme *scheme, const struct run *run, uint32_t table, uint32_t field,
                      uint32_t row)
{
    struct buffer text;
    buffer_init(&text, arena);
    print_cell(&text, scheme, run, table, field, row);
    return buffer_result(&text);
}

struct text unit_key(struct arena *arena, struct scheme *scheme, const struct run *run, uint32_t unit)
{
    return cell_text(arena, scheme, run, 0, (uint32_t)scheme->schema.tables[0].key, unit);
}

/* ---- the table ---- */

static void add_column(struct results *r, struct result_column column) { r->columns[r->column_count++] = column; }

static void make_columns(struct results *r)
{
    struct scheme *s = r->scheme;
    r->columns = ARENA_ARRAY(r->arena, struct result_column,
                             4 + s->part_count + s->ranking_count + s->outcome_count + s->shown_count);
    const struct field_schema *key = &s->schema.tables[0].fields[s->schema.tables[0].key];
    struct text name = text_shown(key->name, key->heading);
    add_column(r, (struct result_column){.kind = KH_COLUMN_KEY, .heading = name, .title = name});
    for (uint32_t k = 0; k < s->part_count; k++)
        add_column(r, (struct result_column){.kind = KH_COLUMN_PART,
                                             .index = k,
                                             .heading = s->parts[k].number,
                                             .title = s->parts[k].title,
                                             .expr = s->parts[k].value});
    name = file_word(s, "total", "总分");
    if (s->part_count) /* without parts there are no marks */
        add_column(r, (struct result_column){.kind = KH_COLUMN_TOTAL, .heading = name, .title = name, .expr = s->total});
    name = file_word(s, "grade", "等次");
    if (s->part_count || s->grade_count)
        add_column(r, (struct result_column){.kind = KH_COLUMN_GRADE, .heading = name, .title = name, .expr = s->grade});
    for (uint32_t k = 0; k < s->ranking_count; k++) {
        struct entity *e = s->rankings[k].entity;
        name = text_shown(e->name, e->heading);
        struct expr place = {s->rankings[k].out[RANK_PLACE], type_number(0, 1, RANGE_LIMIT)};
        add_column(
            r, (struct result_column){.kind = KH_COLUMN_PLACE, .index = k, .heading = name, .title = name, .expr = place});
    }
    name = file_word(s, "state", "状态");
    add_column(r, (struct result_column){.kind = KH_COLUMN_STATE, .heading = name, .title = name});
    for (uint32_t k = 0; k < s->outcome_count; k++) {
        struct entity *e = s->outcomes[k].entity;
        name = text_shown(e->name, e->heading);
        add_column(r, (struct result_column){.kind = KH_COLUMN_OUTCOME,
                                             .index = k,
                                             .heading = name,
                                             .title = name,
                                             .expr = expr_condition(s->outcomes[k].value)});
    }
    for (uint32_t k = 0; k < s->shown_count; k++) {
        name = s->shown[k].heading;
        add_column(r, (struct result_column){
                          .kind = KH_COLUMN_FIGURE, .index = k, .heading = name, .title = name, .expr = s->shown[k].expr});
    }
}

static enum diag_code code_of(uint8_t fault)
{
    return fault == FAULT_BLANK   ? D_RESULT_BLANK
           : fault == FAULT_EMPTY ? D_RESULT_EMPTY
           : fault == FAULT_ZERO  ? D_RESULT_ZERO
                                  : D_RESULT_OVERFLOW;
}

static void row_place(struct results *r, struct finding *finding, uint32_t space, uint32_t line)
{
    const struct space *s = &r->run->program->spaces[space];
    if (s->kind != SPACE_TABLE) return;
    const struct table_data *table = &r->run->data->tables[s->table];
    if (!table->file.len) return;
    finding->data.file = table->file;
    finding->data.line = line;
}

/* The places that gave a unit this fault; the figure itself where none was kept. */
static void report_fault(struct results *r, struct findings *problems, uint32_t unit, uint8_t fault, struct text what,
                         struct span where)
{
    struct text key = unit_key(r->arena, r->scheme, r->run, unit);
    bool found = false;
    for (size_t k = 0; k < r->run->fault_count; k++) {
        const struct fault_place *place = &r->run->faults[k];
        if (place->unit != unit || place->fault != fault) continue;
        bool before = false;
        for (size_t j = 0; j < k && !before; j++)
            before = r->run->faults[j].unit == unit && r->run->faults[j].fault == fault &&
                     r->run->faults[j].where.from == place->where.from && r->run->faults[j].space == place->space &&
                     r->run->faults[j].lane == place->lane && r->run->faults[j].line == place->line;
        const struct space *space = &r->run->program->spaces[place->space];
        bool of_row = space->kind == SPACE_TABLE && space->table != 0;
        if (before || (!of_row && found)) continue; /* one line for the unit itself, one for each row */
        struct finding *f = FIND(problems, code_of(fault), place->where, what, key);
        if (f) row_place(r, f, place->space, place->line);
        found = true;
    }
    if (found) return;
    struct finding *f = FIND(problems, code_of(fault), where, what, key);
    const uint32_t *line = r->run->data->tables[0].line;
    if (f) row_place(r, f, SPACE_UNITS, line ? line[unit] : 0);
}

static struct text column_word(struct results *r, const struct result_column *column)
{
    return column->kind == KH_COLUMN_PART ? part_word(r->scheme, column->index) : column->heading;
}

bool results_left_out(const struct results *r, uint32_t unit)
{
    struct quotient assessed;
    return r->scheme->assessed && results_read(r->run, r->scheme->assessed, unit, &assessed) == FAULT_NONE && !assessed.num;
}

struct text results_state(struct scheme *scheme, kh_state state)
{
    switch (state) {
    case KH_FINAL: return file_word(scheme, "final", "定");
    case KH_OPEN: return file_word(scheme, "open", "待定");
    case KH_VETOED: return file_word(scheme, "vetoed", "否决");
    case KH_NOT_ASSESSED: return file_word(scheme, "not assessed", "不参评");
    }
    return TEXT_NONE;
}

/* What a fault in a column means for the unit. *reported: the fault that the unit's findings name already. */
static void look_at_fault(struct results *r, uint32_t unit, const struct result_column *column, uint8_t fault,
                          uint8_t *reported, struct findings *problems)
{
    struct scheme *scheme = r->scheme;
    if (fault_is_open(fault)) {
        bool waits =
            column->kind == KH_COLUMN_OUTCOME && scheme->outcomes[column->index].decided >= 0; /* somebody may order it */
        if (!waits) r->open[unit] = 1;
    } else if ((column->kind == KH_COLUMN_PLACE || column->kind == KH_COLUMN_FIGURE) && fault == FAULT_BLANK) {
        return;                      /* takes no part in this ranking; a blank that is shown */
    } else if (fault != *reported) { /* the parts come before what is made of them: the first names the fault */
        struct span where = column->kind == KH_COLUMN_PART ? scheme->parts[column->index].decl->at : SPAN_NONE;
        report_fault(r, problems, unit, fault, column_word(r, column), where);
        *reported = fault;
    }
}

static bool may_be_faulty(const struct run *run, const struct value *value)
{
    if (value->op == VALUE_SPREAD && value->figure == NO_FIGURE) value = value->a;
    bool constant = value->op == VALUE_CONST_N || value->op == VALUE_CONST_M || value->op == VALUE_CONST_Q;
    return !constant && run->figures[value->figure].faults;
}

/* The columns in which some unit may have a fault. */
static size_t faulty_columns(const struct results *r, const struct result_column **out)
{
    size_t count = 0;
    for (size_t k = 0; k < r->column_count; k++) {
        const struct value *value = r->columns[k].expr.value;
        if (value && may_be_faulty(r->run, value)) out[count++] = &r->columns[k];
    }
    return count;
}

static void find_states(struct results *r, struct findings *problems)
{
    struct scheme *scheme = r->scheme;
    const struct result_column **columns = ARENA_ARRAY(r->arena, const struct result_column *, r->column_count);
    size_t count = faulty_columns(r, columns);
    bool vetoes = !scheme->grade_count && scheme->vetoed; /* with grades, the grade says it */
    for (uint32_t unit = 0; unit < r->units; unit++) {
        if (results_left_out(r, unit)) {
            r->state[unit] = KH_NOT_ASSESSED;
            continue;
        }
        uint8_t reported = 0;
        struct quotient value;
        for (size_t k = 0; k < count; k++) {
            uint8_t fault = results_read(r->run, columns[k]->expr.value, unit, &value);
            if (fault) look_at_fault(r, unit, columns[k], fault, &reported, problems);
        }
        bool veto = false;
        if (vetoes) {
            uint8_t fault = results_read(r->run, scheme->vetoed, unit, &value);
            veto = fault == FAULT_NONE && value.num;
            if (fault_is_open(fault)) r->open[unit] = 1;
            if (fault_is_error(fault) && fault != reported)
                report_fault(r, problems, unit, fault, scheme_word(scheme, "the veto", "一票否决"), SPAN_NONE);
        }
        r->state[unit] = (uint8_t)(veto ? KH_VETOED : r->open[unit] ? KH_OPEN : KH_FINAL);
    }
}

struct results *results_make(struct arena *arena, struct scheme *scheme, struct run *run, struct findings *problems)
{
    struct results *r = ARENA_NEW(arena, struct results);
    *r = (struct results){.scheme = scheme, .run = run, .arena = arena, .units = run->lanes[SPACE_UNITS]};
    make_columns(r);
    r->open = ARENA_ARRAY(arena, uint8_t, r->units);
    r->state = ARENA_ARRAY(arena, uint8_t, r->units);
    find_states(r, problems);
    return r;
}

/* ---- cells ---- */

void results_print(struct buffer *out, struct results *r, uint32_t unit, size_t k)
{
    const struct result_column *column = &r->columns[k];
    struct quotient value;
    if (column->kind == KH_COLUMN_KEY) {
        print_cell(out, r->scheme, r->run, 0, (uint32_t)r->scheme->schema.tables[0].key, unit);
    } else if (column->kind == KH_COLUMN_STATE) {
        buffer_text(out, results_state(r->scheme, (kh_state)r->state[unit]));
    } else if (column->expr.value && r->state[unit] != KH_NOT_ASSESSED) {
        uint8_t fault = results_read(r->run, column->expr.value, unit, &value);
        if (fault == FAULT_NONE) print_typed(out, r->scheme, r->run, column->expr.type, value);
    }
}

struct text results_cell(struct results *r, uint32_t unit, size_t column)
{
    if (r->cells) return r->cells[(size_t)unit * r->column_count + column];
    struct buffer text;
    buffer_init(&text, r->arena);
    results_print(&text, r, unit, column);
    return buffer_result(&text);
}

void results_cells(struct results *r)
{
    if (r->cells) return;
    struct buffer text;
    buffer_init(&text, r->arena);
    struct text *cells = ARENA_ARRAY(r->arena, struct text, (size_t)r->units * r->column_count);
    for (uint32_t unit = 0; unit < r->units; unit++) {
        for (size_t k = 0; k < r->column_count; k++) {
            text.len = 0;
            results_print(&text, r, unit, k);
            if (text.len) cells[(size_t)unit * r->column_count + k] = arena_text(r->arena, buffer_result(&text));
        }
    }
    r->cells = cells;
}

struct results *results_make_whole(struct arena *arena, struct scheme *scheme, struct run *run, struct findings *problems)
{
    struct results *r = results_make(arena, scheme, run, problems);
    results_cells(r);
    return r;
}

uint32_t results_find(struct results *r, struct text key)
{
    struct buffer text;
    buffer_init(&text, r->arena);
    for (uint32_t unit = 0; unit < r->units; unit++) {
        text.len = 0;
        results_print(&text, r, unit, 0);
        if (text_equal(buffer_result(&text), key)) return unit;
    }
    return r->units;
}
