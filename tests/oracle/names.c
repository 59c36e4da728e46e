/* What a scheme declares: tables with their fields, the tree of parts, period and rounding.
 *
 * In: the tree of a scheme without errors. Out: the tables and parts of struct oracle.
 * Decision: names are looked up by walking the declarations each time they are used. Cost: quadratic, on small schemes.
 */
#include "oracle.h"

#include <stdio.h>

void oracle_stop(struct oracle *o, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    o->why_stopped = arena_vprint(o->arena, format, args);
    va_end(args);
    longjmp(*o->stop, 1);
}

bool name_is(struct text name, const char *english, const char *chinese)
{
    return text_is(name, english) || text_is(name, chinese);
}

const struct ast *find_decl(const struct oracle *o, enum ast_kind kind, struct text name)
{
    for (const struct ast *d = o->file->root->list; d; d = d->next)
        if (d->kind == kind && (text_equal(d->text, name) || (d->text2.len && text_equal(d->text2, name)))) return d;
    return NULL;
}

struct table *find_table(const struct oracle *o, struct text name)
{
    for (size_t i = 0; i < o->table_count; i++)
        if (text_equal(o->tables[i]->decl->text, name)) return o->tables[i];
    for (size_t i = 0; i < o->table_count; i++) {
        const struct ast *decl = o->tables[i]->decl; /* of results text2 is a file's name */
        if (decl->kind != AST_USE_RESULTS && decl->text2.len && text_equal(decl->text2, name)) return o->tables[i];
    }
    return NULL;
}

size_t find_field(const struct table *table, struct text name)
{
    for (size_t i = 0; i < table->field_count; i++)
        if (text_equal(table->fields[i].name, name)) return i;
    return SIZE_MAX;
}

struct part *find_part(struct oracle *o, struct text number)
{
    for (size_t i = 0; i < o->part_count; i++)
        if (text_equal(o->parts[i].number, number)) return &o->parts[i];
    return NULL;
}

/* ---- readings: a line of one that is not taken is not there ---- */

static const struct ast *reading_of(const struct oracle *o, const struct ast *question)
{
    for (size_t i = 0; i < o->reading_count; i++)
        if (o->readings[i].question == question) return o->readings[i].value;
    for (const struct ast *v = question->list; v; v = v->next)
        if (text_equal(v->text, question->a->text)) return v;
    return NULL;
}

bool line_counts(const struct oracle *o, const struct ast *line)
{
    for (const struct ast *when = line->when; when; when = when->next) {
        const struct ast *question = find_decl(o, AST_QUESTION, when->a->text);
        if (!question) return false;
        const struct ast *taken = reading_of(o, question), *asked = NULL;
        for (const struct ast *v = question->list; v; v = v->next)
            if (text_equal(v->text, when->b->text)) asked = v;
        if (!taken || taken != asked) return false;
    }
    return true;
}

static void take_readings(struct oracle *o, struct ast **list)
{
    while (*list) {
        bool columns = (*list)->kind == AST_NEEDS; /* what it asks for stays a column */
        if (!columns && !line_counts(o, *list)) {
            *list = (*list)->next;
            continue;
        }
        take_readings(o, &(*list)->list);
        list = &(*list)->next;
    }
}

/* ---- tables and parts ---- */

static void add_field(struct oracle *o, struct table *table, const struct ast *line)
{
    struct field field = {.name = line->text, .heading = line->text2, .decl = line};
    if (line->kind == AST_FIELD) field.type = line->a;
    if (field.type && field.type->op == OP_UNIT && table != o->tables[0]) table->roles = true;
    if (line->kind == AST_FIELD && (line->flags & AST_KEY)) table->key = table->field_count;
    ARENA_PUSH(o->arena, table->fields, table->field_count, table->field_room, field);
}

static void add_table(struct oracle *o, const struct ast *decl)
{
    struct table *table = ARENA_NEW(o->arena, struct table);
    table->decl = decl;
    table->key = SIZE_MAX;
    for (const struct ast *line = decl->list; line; line = line->next)
        if (line->kind == AST_FIELD || line->kind == AST_COMPUTED) add_field(o, table, line);
    if (decl->kind == AST_UNIT && table->key == SIZE_MAX) table->key = 0;
    ARENA_PUSH(o->arena, o->tables, o->table_count, o->table_room, table);
}

/* What every table of results has: the period of a row and, where they were known, the figures of that run. */
static void add_results(struct oracle *o, const struct ast *decl)
{
    static const struct {
        const char *english, *chinese;
        enum ast_op type;
    } COLUMNS[] = {{"period", "考核期", OP_DATE},
                   {"total", "总分", OP_NUMBER},
                   {"grade", "等次", OP_TEXT},
                   {"place", "名次", OP_COUNT},
                   {"from_last", "倒数名次", OP_COUNT}};
    struct table *table = ARENA_NEW(o->arena, struct table);
    table->decl = decl;
    table->key = SIZE_MAX;
    for (size_t i = 0; i < sizeof COLUMNS / sizeof *COLUMNS; i++) {
        struct ast *type = ARENA_NEW(o->arena, struct ast), *field = ARENA_NEW(o->arena, struct ast);
        *type = (struct ast){.kind = AST_TYPE, .op = COLUMNS[i].type};
        *field = (struct ast){.kind = AST_FIELD, .a = type, .flags = i ? AST_OPTIONAL : 0};
        field->text = text_of(o->zh ? COLUMNS[i].chinese : COLUMNS[i].english);
        field->text2 = text_of(o->zh ? COLUMNS[i].english : COLUMNS[i].chinese);
        add_field(o, table, field);
    }
    ARENA_PUSH(o->arena, o->tables, o->table_count, o->table_room, table);
}

static void add_part(struct oracle *o, const struct ast *decl)
{
    struct part part = {.decl = decl, .number = decl->text, .marked = decl->op == OP_BONUS};
    for (const struct ast *a = decl->a; a; a = a->next) {
        if (a->kind == AST_JUDGED) part.judged = a, part.marked = true;
        if (a->kind != AST_ATTRIBUTE) continue;
        if (a->op == OP_WORTH) part.worth = a->a, part.marked = true;
        if (a->op == OP_FROM) part.from = a->a, part.marked = true;
        if (a->op == OP_UP_TO) part.up_to = a->a, part.marked = true;
        if (a->op == OP_NO_LIMIT) part.marked = true;
        if (a->op == OP_WEIGHT) part.weight = a->a;
        if (a->op == OP_DIVIDED) part.divided = a->a;
    }
    ARENA_PUSH(o->arena, o->parts, o->part_count, o->part_room, part);
}

/* The part with the longest number that begins this one's at a dot. */
static struct part *part_above(struct oracle *o, struct text number)
{
    for (size_t end = number.len; end-- > 0;) {
        if (number.at[end] != '.') continue;
        struct part *above = find_part(o, (struct text){number.at, end});
        if (above) return above;
    }
    return NULL;
}

static long digits_long(const struct ast *number)
{
    long n = 0;
    for (size_t i = 0; i < number->text.len; i++) n = n * 10 + (number->text.at[i] - '0');
    return n;
}

static void read_header(struct oracle *o, const struct ast *scheme)
{
    for (const struct ast *line = scheme->list; line; line = line->next) {
        if (line->kind == AST_APPLIES) o->applies = line;
        if (line->kind == AST_PERIOD) {
            o->has_period = true;
            date_read(line->a->text, &o->period_from);
            date_read(line->b->text, &o->period_to);
            o->carry_from = o->period_from;
            if (line->c) date_read(line->c->text, &o->carry_from);
        }
        if (line->kind == AST_ROUND && line->op != OP_EXACT) {
            o->rounds_parts = o->rounds_total = true;
            o->part_places = digits_long(line->a);
            o->total_places = line->b ? digits_long(line->b) : o->part_places;
            o->mode = line->op;
        }
    }
}

void names_read(struct oracle *o)
{
    readings_read(o);
    take_readings(o, &o->file->root->list);
    const struct ast *first = o->file->root->list;
    for (const struct ast *d = first; d; d = d->next)
        if (d->kind == AST_UNIT) add_table(o, d);
    if (o->table_count != 1) oracle_stop(o, "no unit, or several");
    for (const struct ast *d = first; d; d = d->next) {
        if (d->kind == AST_SCHEME) read_header(o, d);
        if (d->kind == AST_TABLE) add_table(o, d);
        if (d->kind == AST_GRADES && d->list) o->grades = d;
        if (d->kind == AST_USE) oracle_stop(o, "use");
        if (d->kind == AST_USE_RESULTS) add_results(o, d);
        if (d->kind != AST_PART) continue;
        add_part(o, d);
        for (const struct ast *line = d->list; line; line = line->next) {
            if (line->kind == AST_APPLIES) o->parts[o->part_count - 1].applies = line;
            if (line->kind == AST_FIELD) add_field(o, o->tables[0], line);
            if (line->kind != AST_NEEDS) continue;
            for (const struct ast *need = line->list; need; need = need->next) add_field(o, o->tables[0], need);
        }
    }
    for (size_t i = 0; i < o->part_count; i++) o->parts[i].above = part_above(o, o->parts[i].number);
    for (size_t i = 0; i < o->table_count; i++) {
        const struct ast *decl = o->tables[i]->decl;
        const struct ast *by = decl->kind == AST_TABLE ? decl->b : NULL;
        o->tables[i]->by = by ? find_field(o->tables[i], by->text) : decl->kind == AST_USE_RESULTS ? 0 : SIZE_MAX;
        if (i == 0) continue;
        struct table *parent = decl->a ? find_table(o, decl->a->text) : NULL;
        if (parent != o->tables[0]) o->tables[i]->parent = parent;
    }
}
