/* Reads the folder of CSV files, one per table, in its own plain way.
 *
 * In: NAME.csv or HEADING.csv, UTF-8, columns headed by a field's name or heading. Out: rows of values, or problems.
 * Decision: each cell is a value of its field's type at once; references are tied when all tables are read. Rows outside
 * the period are dropped after that. Cost: no word about which column was meant where a heading is wrong.
 */
#include "oracle.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>

struct sheet {
    struct text *cells; /* row by row, the heading first */
    size_t count, room;
    size_t *ends;       /* cells up to the end of each record */
    size_t *lines;
    size_t records, ends_room, lines_room, line_count;
};

static void problem(struct oracle *o, const struct table *table, size_t line, const char *what)
{
    buffer_print(o->problems, "%.*s:%zu: %s\n", TEXT_ARG(table->decl->text), line, what);
}

static bool read_file(struct oracle *o, struct text name, struct text *out)
{
    char path[1024];
    snprintf(path, sizeof path, "%s/%.*s.csv", o->folder, TEXT_ARG(name));
    FILE *file = name.len ? fopen(path, "rb") : NULL;
    if (!file) return false;
    struct buffer text;
    buffer_init(&text, o->arena);
    char block[4096];
    size_t n;
    while ((n = fread(block, 1, sizeof block, file)) > 0) buffer_text(&text, (struct text){block, n});
    fclose(file);
    *out = buffer_result(&text);
    if (out->len >= 3 && memcmp(out->at, "\xEF\xBB\xBF", 3) == 0) out->at += 3, out->len -= 3;
    return true;
}

static struct text trimmed(struct text t)
{
    while (t.len && (t.at[0] == ' ' || t.at[0] == '\t')) t.at++, t.len--;
    while (t.len && (t.at[t.len - 1] == ' ' || t.at[t.len - 1] == '\t')) t.len--;
    return t;
}

static void split(struct oracle *o, struct text text, struct sheet *sheet)
{
    size_t i = 0, line = 1;
    while (i < text.len) {
        size_t first_line = line;
        size_t before = sheet->count;
        for (bool more = true; more;) {
            struct buffer cell;
            buffer_init(&cell, o->arena);
            if (i < text.len && text.at[i] == '"') {
                for (i++; i < text.len; i++) {
                    if (text.at[i] == '"' && i + 1 < text.len && text.at[i + 1] == '"') i++;
                    else if (text.at[i] == '"') break;
                    line += text.at[i] == '\n';
                    buffer_char(&cell, text.at[i]);
                }
                i++;
            } else {
                for (; i < text.len && text.at[i] != ',' && text.at[i] != '\n' && text.at[i] != '\r'; i++)
                    buffer_char(&cell, text.at[i]);
            }
            ARENA_PUSH(o->arena, sheet->cells, sheet->count, sheet->room, trimmed(buffer_result(&cell)));
            more = i < text.len && text.at[i] == ',';
            if (more) i++;
        }
        if (i < text.len && text.at[i] == '\r') i++;
        if (i < text.len && text.at[i] == '\n') i++, line++;
        bool empty = sheet->count == before + 1 && sheet->cells[before].len == 0;
        if (empty) {
            sheet->count = before;
            continue;
        }
        ARENA_PUSH(o->arena, sheet->ends, sheet->records, sheet->ends_room, sheet->count);
        ARENA_PUSH(o->arena, sheet->lines, sheet->line_count, sheet->lines_room, first_line);
    }
}

static struct text cell_at(const struct sheet *sheet, size_t record, size_t column)
{
    size_t from = record ? sheet->ends[record - 1] : 0;
    if (column == SIZE_MAX || from + column >= sheet->ends[record]) return TEXT_NONE;
    return sheet->cells[from + column];
}

static size_t column_of(const struct sheet *sheet, struct text name, struct text heading)
{
    for (size_t c = 0; sheet->records && c < sheet->ends[0]; c++)
        if (text_equal(sheet->cells[c], name) || (heading.len && text_equal(sheet->cells[c], heading))) return c;
    return SIZE_MAX;
}

/* ---- one cell ---- */

static bool digits(struct text t)
{
    size_t i = t.len && t.at[0] == '-', n = 0, dots = 0;
    for (; i < t.len; i++) {
        if (t.at[i] == '.') dots++;
        else if (t.at[i] >= '0' && t.at[i] <= '9') n++;
        else return false;
    }
    return n > 0 && dots <= 1;
}

static struct value listed(struct text t, const struct ast *list)
{
    for (const struct ast *v = list->list; v; v = v->next)
        if (text_equal(v->text, t) || (v->text2.len && text_equal(v->text2, t))) return value_symbol(v->text, list);
    return fault_error("list");
}

/* `percent 0 to 100` is of the hundred, as `percent 0% to 100%`. */
static struct value bound(struct oracle *o, const struct ast *type, const struct ast *e)
{
    struct value v = eval(o, NULL, e);
    const struct ast *digits_of = e->kind == AST_NEGATE ? e->a : e;
    return type->op == OP_PERCENT && digits_of->kind == AST_NUMBER ? value_div(v, value_int(100)) : v;
}

/* A number within its range and on its steps. */
static struct value number_cell(struct oracle *o, struct text t, const struct ast *type)
{
    bool hundredth = type->op == OP_PERCENT && t.len && t.at[t.len - 1] == '%';
    if (hundredth) t.len--;
    if (!digits(t) || hundredth != (type->op == OP_PERCENT)) return fault_error("number");
    struct value v = value_digits(t);
    if (hundredth) v = value_div(v, value_int(100));
    struct value low = type->a ? bound(o, type, type->a) : type->op == OP_COUNT ? value_int(0) : v;
    if (value_order(v, low) < 0) return fault_error("low");
    if (type->b && value_order(v, bound(o, type, type->b)) > 0) return fault_error("high");
    if (type->op == OP_COUNT && value_order(v, value_floor(v)) != 0) return fault_error("whole");
    if (type->c) {
        struct value steps = value_div(type->a ? value_sub(v, low) : v, bound(o, type, type->c));
        if (value_order(steps, value_floor(steps)) != 0) return fault_error("step");
    }
    return v;
}

static struct value plain_cell(struct oracle *o, struct text t, const struct field *field)
{
    if (t.len == 0) return fault_blank();
    enum ast_op op = field->type ? field->type->op : OP_BOOL;
    const struct ast *list = field->type;
    long days;
    if (op == OP_NAMED) {
        list = find_decl(o, AST_VALUES, field->type->text);
        if (list) op = OP_LIST;
    }
    if (op == OP_BOOL || op == OP_BOOL_NA) {
        if (name_is(t, "yes", "是")) return value_bool(YES);
        if (name_is(t, "no", "否")) return value_bool(NO);
        if (op == OP_BOOL_NA && name_is(t, "na", "不涉及")) return value_bool(NA);
        return fault_error("yes/no");
    }
    if (op == OP_COUNT || op == OP_NUMBER || op == OP_PERCENT) return number_cell(o, t, field->type);
    if (op == OP_DATE) return date_read(t, &days) ? value_date(days) : fault_error("date");
    if (op == OP_LIST) return listed(t, list);
    if (op == OP_ITEM) return find_part(o, t) ? value_part(t) : fault_error("part");
    return value_text(t); /* a text, or a key that is tied later */
}

/* ---- tables ---- */

/* `only when` and `applies if` are checked row by row, later. */
static bool may_be_blank(const struct field *field)
{
    return (field->decl->flags & AST_OPTIONAL) || (field->decl->kind == AST_FIELD && (field->decl->b || field->decl->c));
}

/* Columns that are asked for must be there, also where no row is. */
static void look_at_headings(struct oracle *o, struct table *table, const struct sheet *sheet)
{
    const struct field *units_key = &o->tables[0]->fields[o->tables[0]->key];
    bool owned = table != o->tables[0] && !(table->decl->flags & AST_FOR_ALL) && !table->roles;
    if (owned && column_of(sheet, units_key->name, units_key->heading) == SIZE_MAX) problem(o, table, 1, "no column of units");
    for (size_t f = 0; f < table->field_count; f++) {
        const struct field *field = &table->fields[f];
        if (field->decl->kind == AST_COMPUTED || may_be_blank(field)) continue;
        if (column_of(sheet, field->name, field->heading) == SIZE_MAX) problem(o, table, 1, "no column");
    }
}

static void read_table(struct oracle *o, struct table *table, struct sheet *sheet)
{
    struct text text;
    bool results = table->decl->kind == AST_USE_RESULTS; /* of these text2 names the other scheme */
    if (!read_file(o, table->decl->text, &text) && (results || !read_file(o, table->decl->text2, &text))) {
        problem(o, table, 0, "no file");
        return;
    }
    split(o, text, sheet);
    look_at_headings(o, table, sheet);
    for (size_t r = 1; r < sheet->records; r++) {
        struct row *row = ARENA_NEW(o->arena, struct row);
        row->table = table;
        row->line = sheet->lines[r];
        row->index = table->count;
        row->cells = ARENA_ARRAY(o->arena, struct value, table->field_count);
        if (table == o->tables[0]) row->unit = row;
        for (size_t f = 0; f < table->field_count; f++) {
            const struct field *field = &table->fields[f];
            if (field->decl->kind == AST_COMPUTED) continue;
            row->cells[f] = plain_cell(o, cell_at(sheet, r, column_of(sheet, field->name, field->heading)), field);
            if (f == table->key) row->key = cell_at(sheet, r, column_of(sheet, field->name, field->heading));
            bool blank = row->cells[f].fault == FAULT_BLANK;
            if (is_fault(row->cells[f]) && !(blank && may_be_blank(field)))
                row->wrong = row->cells[f].why;
        }
        ARENA_PUSH(o->arena, table->rows, table->count, table->room, row);
    }
}

/* The row whose key is spelt so, among all rows or those of a unit; one of this period before one that waits. */
static struct row *find_row(const struct table *table, const struct row *unit, struct text key)
{
    struct row *waiting = NULL;
    for (size_t i = 0; i < table->count && table->key != SIZE_MAX && key.len; i++) {
        struct row *row = table->rows[i];
        if ((unit && row->unit != unit) || !text_equal(row->key, key)) continue;
        if (!row->left_out) return row;
        waiting = row;
    }
    return waiting;
}

/* Rows after the period wait for the next one; rows before it are wrong, but results of any run before it are not. */
static void look_at_dates(struct oracle *o, struct table *table)
{
    if (table->by == SIZE_MAX || !o->has_period) return;
    long first = table->decl->kind == AST_USE_RESULTS ? LONG_MIN
                 : table->decl->c                     ? eval(o, NULL, table->decl->c).days
                                                      : o->carry_from;
    for (size_t i = 0; i < table->count; i++) {
        struct row *row = table->rows[i];
        struct value date = row->cells[table->by];
        if (is_fault(date)) {
            problem(o, table, row->line, date.why);
            continue;
        }
        if (date.days > o->period_to) row->left_out = true;
        if (date.days < first) problem(o, table, row->line, "before the period");
    }
}

static void tie_owners(struct oracle *o, struct table *table, const struct sheet *sheet)
{
    if ((table->decl->flags & AST_FOR_ALL) || table->roles) return;
    const struct table *units = o->tables[0];
    const struct field *key = &units->fields[units->key];
    size_t column = column_of(sheet, key->name, key->heading);
    for (size_t i = 0; i < table->count; i++) {
        struct row *row = table->rows[i];
        row->unit = find_row(units, NULL, cell_at(sheet, i + 1, column));
        if (!row->unit) row->wrong = "unit";
    }
}

/* Parents first: a parent that waits takes its rows along. */
static void tie_parents(struct oracle *o, struct table *table, const struct sheet *sheets)
{
    size_t at = 0;
    while (o->tables[at] != table) at++;
    if (!table->parent || table->parent->key == SIZE_MAX || table->tied) return;
    table->tied = true;
    tie_parents(o, table->parent, sheets);
    const struct field *key = &table->parent->fields[table->parent->key];
    size_t column = column_of(&sheets[at], key->name, key->heading);
    for (size_t i = 0; i < table->count; i++) {
        struct row *row = table->rows[i];
        row->parent = row->unit ? find_row(table->parent, row->unit, cell_at(&sheets[at], i + 1, column)) : NULL;
        if (!row->parent) row->wrong = "parent";
        else if (row->parent->left_out) row->left_out = true;
    }
}

static void tie_references(struct oracle *o, struct table *table)
{
    for (size_t f = 0; f < table->field_count; f++) {
        const struct ast *type = table->fields[f].type;
        if (!type || (type->op != OP_UNIT && type->op != OP_NAMED)) continue;
        if (type->op == OP_NAMED && find_decl(o, AST_VALUES, type->text)) continue;
        struct table *target = type->op == OP_UNIT ? o->tables[0] : find_table(o, type->text);
        if (!target) oracle_stop(o, "a type that is not declared");
        for (size_t i = 0; i < table->count; i++) {
            struct row *row = table->rows[i];
            if (is_fault(row->cells[f])) continue;
            bool all = target == o->tables[0] || (target->decl->flags & AST_FOR_ALL);
            struct row *found = find_row(target, all ? NULL : row->unit, row->cells[f].text);
            if (!found) row->wrong = "reference";
            else if (found->left_out) row->wrong = "refers to a row after the period";
            else row->cells[f] = value_row(found);
        }
    }
}

static void drop_rows(struct oracle *o, struct table *table)
{
    size_t kept = 0;
    for (size_t i = 0; i < table->count; i++) {
        struct row *row = table->rows[i];
        if (row->left_out) continue;
        if (row->wrong) problem(o, table, row->line, row->wrong);
        table->rows[kept++] = row;
    }
    table->count = kept;
}

static void check_keys(struct oracle *o, struct table *table)
{
    if (table->key == SIZE_MAX) return;
    for (size_t i = 0; i < table->count; i++) {
        for (size_t j = 0; j < i; j++) {
            struct row *a = table->rows[i], *b = table->rows[j];
            bool one_owner = table == o->tables[0] || a->unit == b->unit;
            if (one_owner && !is_fault(a->cells[table->key]) && !is_fault(b->cells[table->key]) &&
                value_same(a->cells[table->key], b->cells[table->key]))
                problem(o, table, a->line, "key twice");
        }
    }
}

/* only when: filled nowhere else and, unless optional, filled there; applies if: filled there. */
static void check_presence(struct oracle *o, struct table *table, struct row *row, size_t f, const struct context *c)
{
    const struct ast *decl = table->fields[f].decl;
    if (decl->kind != AST_FIELD || (!decl->b && !decl->c)) return;
    struct value here = eval(o, c, decl->b ? decl->b : decl->c->a);
    bool filled = !is_fault(row->cells[f]);
    if (is_fault(here)) problem(o, table, row->line, "where it applies is not known");
    if (decl->b && filled && is_no(here)) problem(o, table, row->line, "filled where it must be blank");
    if (!(decl->flags & AST_OPTIONAL) && !filled && is_yes(here)) problem(o, table, row->line, "blank where it applies");
}

static void check_rows(struct oracle *o, struct table *table)
{
    for (size_t i = 0; i < table->count; i++) {
        struct context c = {.unit = table->rows[i]->unit, .row = table->rows[i]};
        if (table == o->tables[0]) c.row = NULL;
        for (const struct ast *line = table->decl->list; line; line = line->next)
            if (line->kind == AST_MUST && !is_yes(eval(o, &c, line->a)))
                problem(o, table, table->rows[i]->line, "must");
        for (size_t f = 0; f < table->field_count; f++) check_presence(o, table, table->rows[i], f, &c);
    }
}

/* ---- decisions ---- */

static const struct ast *question_named(const struct oracle *o, struct text name)
{
    for (const struct ast *d = o->file->root->list; d; d = d->next) {
        struct text heading = d->kind == AST_QUESTION && d->c ? d->c->text2 : TEXT_NONE;
        if (d->kind == AST_QUESTION && (text_equal(d->text, name) || (heading.len && text_equal(heading, name)))) return d;
    }
    return NULL;
}

void readings_read(struct oracle *o)
{
    struct text text;
    if (!read_file(o, TEXT("decision"), &text) && !read_file(o, TEXT("裁定"), &text)) return;
    struct sheet sheet = {0};
    split(o, text, &sheet);
    size_t subject = column_of(&sheet, TEXT("subject"), TEXT("事项")), value = column_of(&sheet, TEXT("value"), TEXT("结论"));
    for (size_t r = 1; r < sheet.records; r++) {
        const struct ast *question = question_named(o, cell_at(&sheet, r, subject));
        struct text reading = cell_at(&sheet, r, value);
        for (const struct ast *v = question ? question->list : NULL; v; v = v->next) {
            if (!text_equal(v->text, reading) && !(v->text2.len && text_equal(v->text2, reading))) continue;
            struct reading_taken taken = {question, v};
            ARENA_PUSH(o->arena, o->readings, o->reading_count, o->reading_room, taken);
        }
    }
}

static void read_decisions(struct oracle *o)
{
    struct text text;
    if (!read_file(o, TEXT("decision"), &text) && !read_file(o, TEXT("裁定"), &text)) return;
    struct sheet sheet = {0};
    split(o, text, &sheet);
    const struct table *units = o->tables[0];
    const struct field *key = &units->fields[units->key];
    size_t unit = column_of(&sheet, key->name, key->heading);
    if (unit == SIZE_MAX) unit = column_of(&sheet, TEXT("unit"), TEXT("对象"));
    size_t subject = column_of(&sheet, TEXT("subject"), TEXT("事项"));
    size_t value = column_of(&sheet, TEXT("value"), TEXT("结论"));
    size_t authority = column_of(&sheet, TEXT("authority"), TEXT("裁定人"));
    for (size_t r = 1; r < sheet.records; r++) {
        struct text figure = cell_at(&sheet, r, value);
        if (question_named(o, cell_at(&sheet, r, subject))) continue;
        if (!find_part(o, cell_at(&sheet, r, subject)) && !find_decl(o, AST_OUTCOME, cell_at(&sheet, r, subject)))
            buffer_print(o->problems, "decision:%zu: nothing of that name\n", sheet.lines[r]);
        struct judgement j = {find_row(units, NULL, cell_at(&sheet, r, unit)), cell_at(&sheet, r, subject),
                              cell_at(&sheet, r, authority), fault_blank()};
        if (!j.unit) {
            buffer_print(o->problems, "decision:%zu: unit\n", sheet.lines[r]);
            continue;
        }
        if (figure.len == 0) continue;
        if (digits(figure)) j.figure = value_digits(figure);
        else if (name_is(figure, "yes", "是")) j.figure = value_bool(YES);
        else if (name_is(figure, "no", "否")) j.figure = value_bool(NO);
        else buffer_print(o->problems, "decision:%zu: neither a number nor yes or no\n", sheet.lines[r]);
        ARENA_PUSH(o->arena, o->judgements, o->judgement_count, o->judgement_room, j);
    }
}

/* The table workday_calendar, if the scheme has one: its key is a date, its yes/no says whether that day is worked. */
static void read_calendar(struct oracle *o)
{
    struct table *table = find_table(o, TEXT("workday_calendar"));
    if (!table) table = find_table(o, TEXT("workday"));
    if (!table) table = find_table(o, TEXT("工作日历"));
    struct workday *calendar = NULL;
    for (size_t i = 0; table && i < table->count; i++) {
        struct workday *day = ARENA_NEW(o->arena, struct workday);
        *day = (struct workday){.next = calendar};
        for (size_t f = 0; f < table->field_count; f++) {
            struct value cell = table->rows[i]->cells[f];
            if (cell.kind == V_DATE) day->days = cell.days;
            if (cell.kind == V_BOOL) day->works = cell.truth == YES;
        }
        calendar = day;
    }
    date_calendar(calendar);
}

void data_read(struct oracle *o)
{
    struct sheet *sheets = ARENA_ARRAY(o->arena, struct sheet, o->table_count);
    for (size_t i = 0; i < o->table_count; i++) read_table(o, o->tables[i], &sheets[i]);
    if (o->problems->len) return;
    for (size_t i = 0; i < o->table_count; i++) look_at_dates(o, o->tables[i]);
    for (size_t i = 1; i < o->table_count; i++) tie_owners(o, o->tables[i], &sheets[i]);
    for (size_t i = 1; i < o->table_count; i++) tie_parents(o, o->tables[i], sheets);
    for (size_t i = 0; i < o->table_count; i++) tie_references(o, o->tables[i]);
    for (size_t i = 0; i < o->table_count; i++) drop_rows(o, o->tables[i]);
    for (size_t i = 0; i < o->table_count; i++) check_keys(o, o->tables[i]);
    read_decisions(o);
    if (o->problems->len) return;
    read_calendar(o);
    for (size_t i = 0; i < o->table_count; i++) check_rows(o, o->tables[i]);
}
