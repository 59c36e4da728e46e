/* Examples: checked when a scheme is compiled, run by `kaohe test`, which example_report.c reports.
 *
 * In: SAMPLE and EXAMPLE lines. Out: findings; the run of one example.
 * Decision: an example is a little folder of data in memory that goes the way of every other data, through the loader and
 * the machine, so that a test proves what a run would do. What it does not give is blank: only a figure that reads the
 * blank is incomplete.
 */
#include "example.h"

#include "../runtime/calendar.h"
#include "../runtime/limits.h"
#include "../runtime/quotient.h"
#include "../runtime/source.h"

/* ---- checking ---- */

struct text example_line(struct scheme *scheme, struct span span)
{
    size_t from = span.from, to = span.to;
    const char *source = scheme->file->source.at;
    while (to > from && (source[to - 1] == ' ' || source[to - 1] == '\n')) to--;
    bool quoted = false;
    for (size_t k = from; k < to; k++) {
        bool opens = to - k > 2 && (memcmp(source + k, "“", 3) == 0 || memcmp(source + k, "「", 3) == 0);
        bool closes = to - k > 2 && (memcmp(source + k, "”", 3) == 0 || memcmp(source + k, "」", 3) == 0);
        quoted = source[k] == '"' ? !quoted : opens || (quoted && !closes);
        if (source[k] == '\n' || (source[k] == '#' && !quoted)) to = k; /* its first line, without a remark */
    }
    while (to > from && source[to - 1] == ' ') to--;
    return (struct text){source + from, to - from};
}

static struct ast *sample_named(struct scheme *scheme, struct text name)
{
    for (size_t k = 0; k < scheme->example_count; k++)
        if (scheme->examples[k]->kind == AST_SAMPLE && text_equal(scheme->examples[k]->text, name))
            return scheme->examples[k];
    return NULL;
}

static int32_t table_named(struct scheme *scheme, struct text name)
{
    struct entity *e = names_find(&scheme->global, name);
    return e && e->kind == ENTITY_TABLE ? (int32_t)e->table : NO_INDEX;
}

static bool is_decision(struct text name) { return builtin_find(name) == BUILTIN_DECISION; }

static struct text field_words(struct scheme *scheme, uint32_t table)
{
    struct buffer words;
    buffer_init(&words, scheme->arena);
    const struct table_schema *t = &scheme->schema.tables[table];
    for (uint32_t f = 0; f < t->field_count; f++) {
        if (f) buffer_put(&words, scheme->tongue == TONGUE_ZH ? "、" : ", ");
        buffer_text(&words, t->fields[f].name);
    }
    return buffer_result(&words);
}

/* What a field takes, in the user's words. */
static struct text field_takes(struct scheme *scheme, const struct field_schema *f)
{
    bool zh = scheme->tongue == TONGUE_ZH;
    struct buffer out;
    buffer_init(&out, scheme->arena);
    switch (f->kind) {
    case FIELD_BOOL: buffer_put(&out, zh ? "是 或 否" : "yes or no"); break;
    case FIELD_BOOL_NA: buffer_put(&out, zh ? "是、否 或 不涉及" : "yes, no or na"); break;
    case FIELD_DATE: buffer_put(&out, zh ? "日期，如 2007-01-31" : "a date, such as 2007-01-31"); break;
    case FIELD_LIST:
        for (uint32_t k = 0; k < scheme->schema.lists[f->list].count; k++) {
            if (k) buffer_put(&out, zh ? "、" : ", ");
            buffer_text(&out, scheme->schema.lists[f->list].values[k]);
        }
        break;
    case FIELD_NUMBER: {
        unsigned places = f->percent ? f->places - 2u : f->places;
        const char *sign = f->percent ? "%" : "";
        buffer_put(&out, f->percent ? (zh ? "百分比" : "a percentage")
                         : f->count ? (zh ? "整数" : "a count")
                         : zh       ? "数值"
                                    : "a number");
        if (f->has_low) {
            buffer_put(&out, zh ? "，自 " : " from ");
            number_print(&out, f->low, places);
            buffer_put(&out, sign);
        }
        if (f->has_high) {
            buffer_put(&out, zh ? (f->has_low ? " 至 " : "，至多 ") : f->has_low ? " to " : " up to ");
            number_print(&out, f->high, places);
            buffer_put(&out, sign);
        }
        if (f->step) {
            buffer_put(&out, zh ? "，步长 " : " in steps of ");
            number_print(&out, f->step, places);
            buffer_put(&out, sign);
        }
        break;
    }
    case FIELD_TEXT:
    case FIELD_REF:
    case FIELD_UNIT:
    case FIELD_PART: break;
    }
    return buffer_result(&out);
}

static bool number_fits(const struct field_schema *f, const struct ast *value)
{
    bool negative = value->kind == AST_NEGATE;
    if (negative) value = value->a;
    int64_t number;
    unsigned places;
    if (value->kind != (f->percent ? AST_PERCENTAGE : AST_NUMBER) && !(value->kind == AST_DURATION && !f->percent))
        return false;
    if (!number_parse(value->text, &number, &places)) return false;
    if (f->percent) places += 2;
    if (places > f->places || __builtin_mul_overflow(number, power_of_ten(f->places - places), &number)) return false;
    if (negative) number = -number;
    if ((f->has_low && number < f->low) || (f->has_high && number > f->high)) return false;
    return !f->step || (number - (f->has_low ? f->low : 0)) % f->step == 0;
}

static bool value_fits(struct scheme *scheme, const struct field_schema *f, const struct ast *value)
{
    bool yes_no = value->kind == AST_YES || value->kind == AST_NO;
    switch (f->kind) {
    case FIELD_BOOL: return yes_no;
    case FIELD_BOOL_NA: return yes_no || value->kind == AST_NA;
    case FIELD_DATE: return value->kind == AST_DATE;
    case FIELD_NUMBER: return number_fits(f, value);
    case FIELD_LIST: {
        const struct list_schema *list = &scheme->schema.lists[f->list];
        struct text text = value->kind == AST_STRING ? value->text2 : value->text;
        for (uint32_t k = 0; k < list->count; k++)
            if (text_equal(list->values[k], text) || (list->headings[k].len && text_equal(list->headings[k], text)))
                return true;
        return false;
    }
    case FIELD_TEXT:
    case FIELD_REF:
    case FIELD_UNIT:
    case FIELD_PART: return true; /* keys are checked when the example is run */
    }
    return true;
}

static void field_unknown(struct scheme *scheme, uint32_t table, const struct ast *name)
{
    struct suggest near;
    suggest_start(&near, name->text);
    names_offer(&near, &scheme->fields[table], ~0u);
    struct finding *finding = FIND(scheme->findings, D_NO_FIELD, name->at, scheme->schema.tables[table].name, name->text,
                                   field_words(scheme, table));
    names_repair(scheme, finding, name->at, &near);
}

static void check_setting(struct scheme *scheme, uint32_t table, struct ast *setting)
{
    struct ast *target = setting->a;
    if (target->kind == AST_CALL) {
        enum builtin b = builtin_find(target->text);
        struct entity *r =
            target->list && target->list->kind == AST_NAME ? names_find(&scheme->global, target->list->text) : NULL;
        if (table != 0 || (b != BUILTIN_PLACE && b != BUILTIN_FROM_LAST && b != BUILTIN_SIZE))
            FIND(scheme->findings, D_NO_FUNCTION, target->at, target->text,
                 scheme_word(scheme, "no figure that can be given", "不能填的数"));
        else if (!r || r->kind != ENTITY_RANKING)
            FIND(scheme->findings, D_NO_RANKING, target->list ? target->list->at : target->at,
                 target->list ? target->list->text : target->text);
        return;
    }
    struct entity *e = names_find(&scheme->fields[table], target->text);
    const struct table_schema *t = &scheme->schema.tables[table];
    if (!e && t->parent > 0) { /* the parent's key, to say whose row it is */
        const struct table_schema *parent = &scheme->schema.tables[t->parent];
        if (parent->key >= 0 && text_equal(parent->fields[parent->key].name, target->text)) return;
    }
    if (!e)
        field_unknown(scheme, table, target);
    else if (e->kind == ENTITY_COMPUTED)
        FIND(scheme->findings, D_GIVEN_COMPUTED, target->at, target->text);
    else if (!value_fits(scheme, &t->fields[e->index], setting->b))
        FIND(scheme->findings, D_GIVEN_VALUE, setting->b->at, target->text, example_line(scheme, setting->b->span),
             field_takes(scheme, &t->fields[e->index]));
}

static void check_settings(struct scheme *scheme, uint32_t table, struct ast *list)
{
    for (struct ast *setting = list; setting; setting = setting->next) {
        check_setting(scheme, table, setting);
        for (struct ast *before = list; before != setting && setting->a->kind == AST_NAME; before = before->next)
            if (before->a->kind == AST_NAME && text_equal(before->a->text, setting->a->text)) {
                FIND(scheme->findings, D_GIVEN_TWICE, setting->a->at, setting->a->text);
                break;
            }
    }
}

/* How many rows a line makes, with those below it; stops counting beyond the limit. */
static int64_t rows_made(const struct ast *rows)
{
    int64_t each = 1, count = 1;
    unsigned places;
    for (const struct ast *child = rows->b; child && each <= LIMIT_EXAMPLE_ROWS; child = child->next)
        each += rows_made(child);
    if (rows->a && (!number_parse(rows->a->text, &count, &places) || places)) return 0;
    return count > LIMIT_EXAMPLE_ROWS || each > LIMIT_EXAMPLE_ROWS ? LIMIT_EXAMPLE_ROWS + 1 : count * each;
}

static void check_rows(struct scheme *scheme, struct ast *rows, int32_t parent)
{
    int32_t table = table_named(scheme, rows->text);
    int64_t count;
    unsigned places;
    if (rows->a && (!number_parse(rows->a->text, &count, &places) || places))
        FIND(scheme->findings, D_COUNT_WHOLE, rows->a->at, rows->a->text);
    if (table <= 0) {
        if (is_decision(rows->text)) return; /* its columns are checked when it is read */
        struct suggest near;
        suggest_start(&near, rows->text);
        names_offer(&near, &scheme->global, 1u << ENTITY_TABLE);
        names_repair(scheme, FIND(scheme->findings, D_NO_TABLE, rows->at, rows->text), rows->at, &near);
        return;
    }
    if (parent >= 0 && scheme->schema.tables[table].parent != parent)
        FIND(scheme->findings, D_WITH_TABLE, rows->at, rows->text, scheme->schema.tables[parent].name);
    check_settings(scheme, (uint32_t)table, rows->list);
    for (struct ast *child = rows->b; child; child = child->next) check_rows(scheme, child, table);
}

static struct expr deducted(struct scheme *scheme, uint32_t index)
{
    struct expr sum = expr_number(scheme, 0, 0);
    for (uint32_t p = 0; p < scheme->part_count; p++) {
        struct part *part = &scheme->parts[p];
        if (p != index && (part->marked || part->pool != (int32_t)index)) continue;
        for (size_t k = 0; k < part->rule_count; k++) {
            struct rule *rule = &scheme->rules[part->rules[k]];
            if (rule->minus && rule->net.value) sum = expr_add(scheme, sum, rule->net);
        }
    }
    return sum;
}

static void check_expectation(struct scheme *scheme, struct ast *example, struct ast *line)
{
    struct expectation x = {.example = example, .line = line, .part = NO_INDEX};
    struct scope unit = scope_at(SPACE_UNITS);
    switch ((int)line->kind) { /* the kinds of expectation */
    case AST_EXPECT_COMPARE: {
        struct ast compare = *line;
        compare.kind = AST_BINARY;
        compare.list = NULL;
        compare.next = NULL;
        x.target = expr_lower(scheme, &unit, line->a);
        if (!expr_ok(x.target)) return;
        struct expr holds = expr_here(scheme, &unit, &compare);
        if (!expr_ok(holds)) return;
        x.holds = holds.value;
        break;
    }
    case AST_EXPECT_DEDUCTED: {
        int32_t part = part_find(scheme, line->a->op, line->a->text);
        if (part < 0) {
            expr_lower(scheme, &unit, line->a); /* says which parts there are */
            return;
        }
        x.target = deducted(scheme, (uint32_t)part);
        x.value = number_lower(scheme, &unit, line->b);
        if (!expr_ok(x.value)) return;
        x.holds = expr_order(scheme, OP_EQ, x.target, x.value).value;
        break;
    }
    case AST_EXPECT_OUTCOME: {
        struct entity *e = names_find(&scheme->global, line->a->text);
        if (!e || e->kind != ENTITY_OUTCOME) {
            FIND(scheme->findings, D_NO_OUTCOME, line->a->at, line->a->text);
            return;
        }
        x.holds = outcome_lower(scheme, e->index, line);
        if (x.holds && (line->flags & AST_NEGATED)) x.holds = mask_not(scheme, x.holds);
        break;
    }
    case AST_EXPECT_STATE:
        if (line->op == OP_VETO_STATE) {
            x.holds = scheme->vetoed ? scheme->vetoed : value_truth(&scheme->graph, false);
            if (line->flags & AST_NEGATED) x.holds = mask_not(scheme, x.holds);
        }
        if (line->op == OP_ASSESSED_STATE) {
            x.holds = assessed_lower(scheme);
            if (!x.holds) x.holds = value_truth(&scheme->graph, true);
            if (line->flags & AST_NEGATED) x.holds = mask_not(scheme, x.holds);
        }
        if (line->a) {
            x.part = part_find(scheme, line->a->op, line->a->text);
            if (x.part < 0) expr_lower(scheme, &unit, line->a);
        }
        break;
    }
    ARENA_PUSH(scheme->arena, scheme->expectations, scheme->expectation_count, scheme->expectation_capacity, x);
}

void examples_check(struct scheme *scheme)
{
    for (size_t k = 0; k < scheme->example_count; k++) {
        struct ast *example = scheme->examples[k];
        bool expects = false, crowded = false;
        int64_t rows = 0;
        if (example->a) {
            if (!sample_named(scheme, example->a->text))
                FIND(scheme->findings, D_NO_SAMPLE, example->a->at, example->a->text);
        }
        if (example->kind == AST_SAMPLE && sample_named(scheme, example->text) != example) {
            struct ast *first = sample_named(scheme, example->text);
            struct finding *f =
                FIND(scheme->findings, D_NAME_TWICE, example->at, example->text, scheme_line_text(scheme, first->at));
            if (f) f->other = first->at;
        }
        for (struct ast *line = example->list; line; line = line->next) {
            if (line->kind == AST_GIVEN) check_settings(scheme, 0, line->list);
            if (line->kind == AST_ROWS) {
                check_rows(scheme, line, NO_INDEX);
                rows += rows_made(line);
                if (rows > LIMIT_EXAMPLE_ROWS && !crowded) {
                    FIND(scheme->findings, D_EXAMPLE_ROWS, line->a ? line->a->at : line->at,
                         scheme_number_text(scheme, LIMIT_EXAMPLE_ROWS));
                    crowded = true;
                }
            }
            if (line->kind == AST_EXPECT)
                for (struct ast *one = line->list; one; one = one->next, expects = true)
                    check_expectation(scheme, example, one);
        }
        if (example->kind == AST_EXAMPLE && !expects) FIND(scheme->findings, D_EXAMPLE_EMPTY, example->at);
    }
}

/* ---- the data of an example ---- */

/* A table in the making. Columns: the unit's key and the parent's where the table has them, then its fields. */
struct table_draft {
    struct memory_table table;
    uint32_t owners; /* how many key columns come first */
    size_t room;
    bool replaced; /* the example gives rows of its own */
};

struct drafting {
    struct arena *arena;
    struct scheme *scheme;
    struct table_draft *tables; /* per table of the schema, and the decisions last */
    struct override *overrides;
    size_t override_count, override_capacity;
    uint32_t keys;    /* made up so far */
    struct text unit; /* the unit's key */
};

static struct text setting_text(struct arena *arena, const struct ast *value)
{
    switch ((int)value->kind) { /* what can stand as a value in an example */
    case AST_YES: return TEXT("yes");
    case AST_NO: return TEXT("no");
    case AST_NA: return TEXT("na");
    case AST_PERCENTAGE: return arena_print(arena, "%.*s%%", TEXT_ARG(value->text));
    case AST_STRING: return value->text2;
    case AST_NEGATE: return arena_print(arena, "-%.*s", TEXT_ARG(setting_text(arena, value->a)));
    default: return value->text;
    }
}

static void start_tables(struct drafting *d)
{
    const struct schema *schema = &d->scheme->schema;
    d->tables = ARENA_ARRAY(d->arena, struct table_draft, schema->table_count + 1);
    for (uint32_t t = 0; t < schema->table_count; t++) {
        const struct table_schema *table = &schema->tables[t];
        struct table_draft *draft = &d->tables[t];
        draft->owners = table->parent == NO_INDEX ? 0 : table->parent == 0 ? 1 : 2;
        draft->table.name = table->name;
        draft->table.columns = draft->owners + table->field_count;
        draft->table.headings = ARENA_ARRAY(d->arena, struct text, draft->table.columns);
        if (draft->owners > 0) draft->table.headings[0] = schema->tables[0].fields[schema->tables[0].key].name;
        if (draft->owners > 1)
            draft->table.headings[1] = schema->tables[table->parent].fields[schema->tables[table->parent].key].name;
        for (uint32_t f = 0; f < table->field_count; f++) draft->table.headings[draft->owners + f] = table->fields[f].name;
    }
    struct table_draft *decisions = &d->tables[schema->table_count];
    decisions->owners = 1;
    decisions->table.name = TEXT("decision");
    decisions->table.columns = DECISION_COLUMNS;
    decisions->table.headings = ARENA_ARRAY(d->arena, struct text, DECISION_COLUMNS);
    for (unsigned c = 0; c < DECISION_COLUMNS; c++) decisions->table.headings[c] = decision_heading(c);
    decisions->table.headings[DECISION_UNIT] = schema->tables[0].fields[schema->tables[0].key].name;
}

/* A new row, all blank; returns its cells. */
static struct text *new_row(struct drafting *d, struct table_draft *draft, const struct ast *line)
{
    struct memory_table *table = &draft->table;
    if (table->rows == draft->room) {
        size_t room = draft->room ? draft->room * 2 : 16;
        table->cells =
            arena_grow(d->arena, table->cells, draft->room * table->columns, room * table->columns, sizeof *table->cells);
        table->lines = arena_grow(d->arena, table->lines, draft->room, room, sizeof *table->lines);
        draft->room = room;
    }
    table->lines[table->rows] = (uint32_t)scheme_line(d->scheme, line->span);
    return &table->cells[(size_t)table->rows++ * table->columns];
}

static void set_cell(struct drafting *d, struct table_draft *draft, struct text *row, const struct ast *setting)
{
    for (uint32_t c = draft->table.columns; c-- > 0;)
        if (text_equal(draft->table.headings[c], setting->a->text)) {
            row[c] = setting_text(d->arena, setting->b);
            return;
        }
}

static void add_rows(struct drafting *d, const struct ast *line, struct text parent_key, bool from_sample);

static void add_decisions(struct drafting *d, const struct ast *line, uint32_t count)
{
    struct table_draft *draft = &d->tables[d->scheme->schema.table_count];
    for (uint32_t k = 0; k < count; k++) {
        struct text *row = new_row(d, draft, line);
        row[DECISION_UNIT] = d->unit;
        row[DECISION_REASON] = row[DECISION_AUTHORITY] = TEXT("example");
        for (const struct ast *setting = line->list; setting; setting = setting->next) {
            struct ast name = *setting->a, copy = *setting;
            int column = decision_column(name.text); /* in either tongue */
            if (column >= 0) name.text = draft->table.headings[column];
            copy.a = &name;
            set_cell(d, draft, row, &copy);
        }
    }
}

static void add_row(struct drafting *d, const struct ast *line, uint32_t table, struct text parent_key, bool from_sample)
{
    const struct table_schema *schema = &d->scheme->schema.tables[table];
    struct table_draft *draft = &d->tables[table];
    struct text *row = new_row(d, draft, line);
    if (draft->owners > 0) row[0] = d->unit;
    if (draft->owners > 1) row[1] = parent_key;
    if (schema->key >= 0) row[draft->owners + (uint32_t)schema->key] = arena_print(d->arena, "%u", ++d->keys);
    if (schema->by >= 0) {
        char room[16];
        row[draft->owners + (uint32_t)schema->by] = arena_text(d->arena, date_format(d->scheme->schema.period_from, room));
    }
    for (const struct ast *setting = line->list; setting; setting = setting->next) {
        const struct entity *e = names_find(&d->scheme->fields[table], setting->a->text);
        struct ast name = *setting->a, copy = *setting;
        if (e && e->kind == ENTITY_FIELD) name.text = schema->fields[e->index].name; /* it may have two names */
        copy.a = &name;
        set_cell(d, draft, row, &copy);
    }
    if (!line->b) return;
    struct text key = schema->key >= 0 ? row[draft->owners + (uint32_t)schema->key] : TEXT_NONE;
    for (const struct ast *child = line->b; child; child = child->next) add_rows(d, child, key, from_sample);
}

static void add_rows(struct drafting *d, const struct ast *line, struct text parent_key, bool from_sample)
{
    int64_t count = 1;
    unsigned places;
    if (line->a && !number_parse(line->a->text, &count, &places)) return; /* reported when it was checked, as too many are */
    if (is_decision(line->text) && table_named(d->scheme, line->text) < 0) {
        if (!(from_sample && d->tables[d->scheme->schema.table_count].replaced)) add_decisions(d, line, (uint32_t)count);
        return;
    }
    int32_t table = table_named(d->scheme, line->text);
    if (table <= 0 || (from_sample && d->tables[table].replaced)) return;
    for (int64_t k = 0; k < count; k++) add_row(d, line, (uint32_t)table, parent_key, from_sample);
}

static void add_given(struct drafting *d, const struct ast *line)
{
    for (const struct ast *setting = line->list; setting; setting = setting->next) {
        if (setting->a->kind != AST_CALL) {
            set_cell(d, &d->tables[0], d->tables[0].table.cells, setting);
            continue;
        }
        enum builtin b = builtin_find(setting->a->text);
        struct entity *e = names_find(&d->scheme->global, setting->a->list->text);
        enum rank_output output = b == BUILTIN_PLACE ? RANK_PLACE : b == BUILTIN_SIZE ? RANK_SIZE : RANK_FROM_LAST;
        int64_t number;
        unsigned places;
        if (!e || !number_parse(setting->b->text, &number, &places)) continue;
        struct value *figure = d->scheme->rankings[e->index].out[output];
        if (figure)
            ARENA_PUSH(d->arena, d->overrides, d->override_count, d->override_capacity,
                       ((struct override){figure->figure, 0, number}));
    }
}

/* The unit's key, where the example or what it is like gives one. */
static struct text unit_given(struct drafting *d, const struct ast *example, unsigned depth)
{
    const struct table_schema *units = &d->scheme->schema.tables[0];
    struct text key = TEXT_NONE;
    struct ast *like = example->a && depth < 64 ? sample_named(d->scheme, example->a->text) : NULL;
    if (like && like != example) key = unit_given(d, like, depth + 1);
    for (const struct ast *line = example->list; line; line = line->next)
        for (const struct ast *setting = line->kind == AST_GIVEN ? line->list : NULL; setting; setting = setting->next)
            if (setting->a->kind == AST_NAME && text_equal(setting->a->text, units->fields[units->key].name))
                key = setting_text(d->arena, setting->b);
    return key;
}

static void mark_replaced(struct drafting *d, const struct ast *line)
{
    for (; line; line = line->next) {
        if (line->kind != AST_ROWS) continue;
        int32_t table = table_named(d->scheme, line->text);
        if (table > 0)
            d->tables[table].replaced = true;
        else if (is_decision(line->text))
            d->tables[d->scheme->schema.table_count].replaced = true;
        mark_replaced(d, line->b);
    }
}

static void add_lines(struct drafting *d, const struct ast *example, bool sample)
{
    if (example->a) { /* what it is like comes first; a sample may be like another */
        struct ast *like = sample_named(d->scheme, example->a->text);
        if (like && like != example) add_lines(d, like, true);
    }
    for (const struct ast *line = example->list; line; line = line->next) {
        if (line->kind == AST_GIVEN) add_given(d, line);
        if (line->kind == AST_ROWS) add_rows(d, line, d->unit, sample);
    }
}

/* Units that rows name beside the example's own: they are there, blank, and take no part. */
static void add_other_units(struct drafting *d, const struct ast *example)
{
    const struct schema *schema = &d->scheme->schema;
    for (uint32_t t = 1; t < schema->table_count; t++)
        for (uint32_t f = 0; f < schema->tables[t].field_count; f++) {
            if (schema->tables[t].fields[f].kind != FIELD_UNIT) continue;
            const struct table_draft *draft = &d->tables[t];
            for (uint32_t row = 0; row < draft->table.rows; row++) {
                struct text cell = draft->table.cells[(size_t)row * draft->table.columns + draft->owners + f];
                bool known = cell.len == 0;
                for (uint32_t u = 0; u < d->tables[0].table.rows && !known; u++)
                    known = text_equal(
                        d->tables[0].table.cells[(size_t)u * d->tables[0].table.columns + (uint32_t)schema->tables[0].key],
                        cell);
                if (!known) new_row(d, &d->tables[0], example)[schema->tables[0].key] = cell;
            }
        }
}

/* ---- running ---- */

struct memory_table *example_tables(struct arena *arena, struct scheme *scheme, struct ast *example, uint32_t *count,
                                    struct override **overrides, size_t *override_count)
{
    struct drafting d = {.arena = arena, .scheme = scheme};
    start_tables(&d);
    mark_replaced(&d, example->list);
    struct text *unit = new_row(&d, &d.tables[0], example);
    d.unit = unit_given(&d, example, 0);
    if (!d.unit.len) d.unit = TEXT("1");
    unit[scheme->schema.tables[0].key] = d.unit;
    add_lines(&d, example, false);
    add_other_units(&d, example);
    *count = scheme->schema.table_count + 1;
    struct memory_table *tables = ARENA_ARRAY(arena, struct memory_table, *count);
    for (uint32_t t = 0; t < *count; t++) tables[t] = d.tables[t].table;
    if (tables[*count - 1].rows == 0) --*count;
    if (overrides) {
        *overrides = d.overrides;
        *override_count = d.override_count;
    }
    return tables;
}

void example_run(struct arena *arena, struct scheme *scheme, const struct program *program, struct ast *example,
                 struct outcome_of_example *out)
{
    uint32_t count;
    struct override *overrides;
    size_t override_count;
    findings_init(&out->problems, arena, 0);
    struct memory_table *tables = example_tables(arena, scheme, example, &count, &overrides, &override_count);
    struct source *source = source_open_memory(arena, scheme->file->name, tables, count);
    struct dataset *data = ARENA_NEW(arena, struct dataset);
    if (!data_load(arena, &program->schema, source, &out->problems, data)) return;
    uint8_t *explained = ARENA_ARRAY(arena, uint8_t, data->tables[0].rows);
    explained[0] = 1;
    struct run_options options = {
        .explained = explained, .overrides = overrides, .override_count = (uint32_t)override_count};
    struct findings checks;
    findings_init(&checks, arena, 0);
    out->run = vm_run(arena, program, data, &options, &checks);
    out->loaded = true;
    for (size_t k = 0; k < checks.count; k++) { /* what is not given cannot be checked; what is given must keep the rules */
        enum diag_code code = checks.items[k].code;
        if (code == D_CHECK_UNKNOWN || code == D_ONLY_WHEN_BLANK || diag_severity(code) != SEVERITY_ERROR) continue;
        struct finding *f = findings_add(&out->problems, code, checks.items[k].where, 0);
        if (f) *f = checks.items[k];
        out->loaded = false;
    }
    struct findings results;
    findings_init(&results, arena, 0);
    out->results = results_make_whole(arena, scheme, out->run, &results);
    out->incomplete = results.errors > 0;
}
