/* Declares: what a file names, before anything is worked out.
 *
 * In: the AST. Out: the schema (tables, fields, lists, period, rounding), and an entity for each name.
 * Decision: three walks over the file (tables and lists; their fields; the rest), so that a name may be used above its line.
 */
#include "scheme.h"

#include "../runtime/calendar.h"
#include "../runtime/limits.h"
#include "../runtime/quotient.h"

static struct ast *first_of(struct ast *list, enum ast_kind kind)
{
    for (; list; list = list->next)
        if (list->kind == kind) return list;
    return NULL;
}

static void twice(struct scheme *scheme, struct ast *second, struct ast *first, const char *en, const char *zh)
{
    struct finding *f = FIND(scheme->findings, D_DECLARED_TWICE, second->at, text_of(scheme->tongue == TONGUE_ZH ? zh : en),
                             scheme_line_text(scheme, first->at));
    if (f) f->other = first->at;
}

static bool date_of(struct scheme *scheme, struct ast *at, int64_t *days)
{
    if (date_parse(at->text, days)) return true;
    FIND(scheme->findings, D_NO_SUCH_DAY, at->at, at->text);
    return false;
}

static bool places_of(struct scheme *scheme, struct ast *at, unsigned *out)
{
    int64_t number;
    unsigned places;
    if (!number_parse(at->text, &number, &places) || places || number > LIMIT_PLACES) {
        FIND(scheme->findings, D_TOO_BIG, at->at, at->text);
        return false;
    }
    *out = (unsigned)number;
    return true;
}

static void declare_round(struct scheme *scheme, struct ast *line)
{
    struct rounding_rule *round = &scheme->round;
    round->given = true;
    round->exact = line->op == OP_EXACT;
    if (round->exact) return;
    round->mode = line->op == OP_HALF_EVEN ? MODE_HALF_EVEN
                  : line->op == OP_DOWN    ? MODE_DOWN
                  : line->op == OP_UP      ? MODE_UP
                                           : MODE_HALF_UP;
    if (!line->a || !places_of(scheme, line->a, &round->parts)) return;
    round->total = round->parts;
    if (line->b) places_of(scheme, line->b, &round->total);
}

static void declare_head(struct scheme *scheme, struct ast *head)
{
    scheme->title = head->text2;
    struct ast *period = NULL, *round = NULL;
    for (struct ast *line = head->list; line; line = line->next) {
        if (line->kind == AST_PERIOD) {
            if (period) twice(scheme, line, period, "period", "考核期");
            period = line;
            struct schema *s = &scheme->schema;
            s->has_period = date_of(scheme, line->a, &s->period_from) && date_of(scheme, line->b, &s->period_to);
            s->carry_from = s->period_from;
            if (line->c) date_of(scheme, line->c, &s->carry_from);
            if (s->has_period && s->period_to < s->period_from)
                FIND(scheme->findings, D_RANGE_EMPTY, line->a->at, line->a->text, line->b->text);
            if (line->c && s->has_period && s->carry_from > s->period_from) /* it would shut out rows of the period itself */
                FIND(scheme->findings, D_RANGE_EMPTY, line->c->at, line->c->text, line->a->text);
        } else if (line->kind == AST_ROUND) {
            if (round) twice(scheme, line, round, "round line", "保留");
            round = line;
            declare_round(scheme, line);
        } else if (line->kind == AST_APPLIES) {
            scheme->applies_at = line;
        }
    }
}

/* ---- lists ---- */

static uint32_t declare_list(struct scheme *scheme, struct text name, struct ast *values, bool ordered)
{
    struct schema *schema = &scheme->schema;
    struct list_schema list = {.name = name, .ordered = ordered};
    for (struct ast *v = values; v; v = v->next) list.count++;
    list.values = ARENA_ARRAY(scheme->arena, struct text, list.count);
    list.headings = ARENA_ARRAY(scheme->arena, struct text, list.count);
    uint32_t k = 0;
    struct intern seen;
    intern_init(&seen, scheme->arena);
    for (struct ast *v = values; v; v = v->next, k++) {
        uint32_t before = seen.count;
        if (intern_put(&seen, v->text) < before) FIND(scheme->findings, D_VALUE_TWICE, v->at, v->text);
        list.values[k] = v->text;
        list.headings[k] = v->text2;
    }
    SCHEMA_APPEND(scheme->arena, schema->lists, schema->list_count, list);
    return schema->list_count - 1;
}

/* ---- fields ---- */

/* A bound of a field at the field's places. */
static bool bound(struct scheme *scheme, struct ast *at, unsigned *places, int64_t *number)
{
    bool percent = at->kind == AST_PERCENTAGE;
    struct ast *digits = at;
    bool negative = at->kind == AST_NEGATE;
    if (negative) {
        digits = at->a;
        percent = digits->kind == AST_PERCENTAGE;
    }
    if ((digits->kind != AST_NUMBER && digits->kind != AST_PERCENTAGE) || !number_parse(digits->text, number, places)) {
        FIND(scheme->findings, D_TOO_BIG, at->at, digits->text);
        return false;
    }
    if (percent) *places += 2;
    if (negative) *number = -*number;
    return true;
}

static struct text digits_of(const struct ast *at)
{
    if (at->kind == AST_NEGATE) at = at->a;
    return at->text;
}

static void numeric_field(struct scheme *scheme, struct field_schema *field, struct ast *type)
{
    struct ast *ends[3] = {type->a, type->b, type->c};
    int64_t numbers[3] = {0, 0, 0};
    unsigned places[3] = {0, 0, 0}, most = field->percent ? 2 : 0;
    bool given[3] = {false, false, false};
    for (int k = 0; k < 3; k++) {
        if (!ends[k]) continue;
        given[k] = bound(scheme, ends[k], &places[k], &numbers[k]);
        if (given[k] && field->count && places[k]) FIND(scheme->findings, D_COUNT_WHOLE, ends[k]->at, digits_of(ends[k]));
        if (given[k] && field->percent &&
            (ends[k]->kind == AST_NUMBER || (ends[k]->kind == AST_NEGATE && ends[k]->a->kind == AST_NUMBER)))
            places[k] += 2; /* percent 0 to 100: of the hundred */
        if (places[k] > most) most = places[k];
    }
    if (!given[2] && !field->count) most = most > LIMIT_FIELD_PLACES ? most : LIMIT_FIELD_PLACES;
    field->places = (uint8_t)(field->count ? 0 : most);
    for (int k = 0; k < 3; k++)
        if (given[k] &&
            __builtin_mul_overflow(numbers[k],
                                   power_of_ten(field->places - (places[k] < field->places ? places[k] : field->places)),
                                   &numbers[k]))
            FIND(scheme->findings, D_TOO_BIG, ends[k]->at, ends[k]->text);
    field->has_low = given[0];
    field->low = numbers[0];
    field->has_high = given[1];
    field->high = numbers[1];
    field->step = numbers[2];
    if (given[2] && numbers[2] <= 0) FIND(scheme->findings, D_STEP_ZERO, ends[2]->at);
    if (given[0] && given[1] && numbers[0] > numbers[1])
        FIND(scheme->findings, D_RANGE_EMPTY, type->at, type->a->text, type->b->text);
    if (field->count && !given[0]) {
        field->has_low = true;
        field->low = 0;
    }
}

static void typed_field(struct scheme *scheme, struct field_schema *field, struct ast *line)
{
    struct ast *type = line->a;
    switch ((int)type->op) { /* only the types are met here */
    case OP_TEXT: field->kind = FIELD_TEXT; break;
    case OP_BOOL: field->kind = FIELD_BOOL; break;
    case OP_BOOL_NA: field->kind = FIELD_BOOL_NA; break;
    case OP_DATE: field->kind = FIELD_DATE; break;
    case OP_ITEM: field->kind = FIELD_PART; break;
    case OP_UNIT: field->kind = FIELD_UNIT; break;
    case OP_COUNT:
    case OP_NUMBER:
    case OP_PERCENT:
        field->kind = FIELD_NUMBER;
        field->count = type->op == OP_COUNT;
        field->percent = type->op == OP_PERCENT;
        numeric_field(scheme, field, type);
        break;
    case OP_LIST:
        field->kind = FIELD_LIST;
        field->list = declare_list(scheme, TEXT_NONE, type->list, type->flags & AST_ORDERED);
        break;
    case OP_NAMED: {
        struct entity *entity = names_find(&scheme->global, type->text);
        if (entity && entity->kind == ENTITY_VALUES) {
            field->kind = FIELD_LIST;
            field->list = entity->index;
        } else if (entity && entity->kind == ENTITY_TABLE) {
            field->kind = FIELD_REF;
            field->table = entity->table;
        } else {
            struct ast at = *type;
            names_unknown(scheme, NULL, &at);
            field->kind = FIELD_TEXT;
        }
        break;
    }
    }
}

static void declare_field(struct scheme *scheme, uint32_t table, struct ast *line)
{
    struct table_schema *t = &scheme->schema.tables[table];
    struct entity draft = {.kind = ENTITY_FIELD,
                           .name = line->text,
                           .heading = line->text2,
                           .decl = line,
                           .table = table,
                           .index = t->field_count};
    if (!names_add(scheme, &scheme->fields[table], draft)) return;
    struct field_schema field = {.name = line->text, .heading = line->text2, .where = line->at};
    field.optional = (line->flags & AST_OPTIONAL) || line->b || line->c;
    typed_field(scheme, &field, line);
    for (uint32_t k = 0; k < t->field_count; k++) {
        struct text mine = field.heading.len ? field.heading : field.name,
                    other = t->fields[k].heading.len ? t->fields[k].heading : t->fields[k].name;
        bool crossed = text_equal(field.heading, t->fields[k].name) ||
                       text_equal(field.name, t->fields[k].heading); /* a column's name is read too */
        if (!text_equal(mine, other) && !crossed) continue;
        if (crossed && text_equal(field.name, t->fields[k].heading)) mine = field.name;
        struct finding *f =
            FIND(scheme->findings, D_HEADING_TWICE, line->at, t->name, mine, scheme_line_text(scheme, t->fields[k].where));
        if (f) f->other = t->fields[k].where;
    }
    if (line->flags & AST_KEY) {
        if (t->key != NO_INDEX) {
            struct finding *f = FIND(scheme->findings, D_NAME_TWICE, line->at, TEXT("key"),
                                     scheme_line_text(scheme, t->fields[t->key].where));
            if (f) f->other = t->fields[t->key].where;
        }
        t->key = (int32_t)t->field_count;
        if (field.optional) FIND(scheme->findings, D_KEY_OPTIONAL, line->at, line->text);
    }
    SCHEMA_APPEND(scheme->arena, t->fields, t->field_count, field);
}

struct ast *need_field(struct arena *arena, const struct ast *need)
{
    struct ast *field = ARENA_NEW(arena, struct ast), *type = ARENA_NEW(arena, struct ast);
    *field = *need;
    field->kind = AST_FIELD;
    type->kind = AST_TYPE;
    type->op = OP_BOOL;
    field->a = type;
    field->next = NULL;
    return field;
}

static void declare_fields(struct scheme *scheme, uint32_t table, struct ast *list)
{
    for (struct ast *line = list; line; line = line->next) {
        if (line->kind == AST_FIELD)
            declare_field(scheme, table, line);
        else if (line->kind == AST_COMPUTED)
            names_add(
                scheme, &scheme->fields[table],
                (struct entity){
                    .kind = ENTITY_COMPUTED, .name = line->text, .heading = line->text2, .decl = line, .table = table});
    }
}

/* The columns that the language brings are called by either of their names, as all that it brings is. */
static void both_spellings(struct scheme *scheme, uint32_t table)
{
    struct names *names = &scheme->fields[table];
    for (size_t k = 0, count = names->count; k < count; k++) {
        struct entity other = *names->all[k];
        other.name = names->all[k]->heading;
        other.heading = names->all[k]->name;
        if (other.name.len) names_add(scheme, names, other);
    }
}

/* ---- tables ---- */

/* The columns of results that another run wrote, from builtins.def; the unit's key is each table's own. */
static struct ast *results_fields(struct scheme *scheme)
{
    static const struct {
        const char *table, *english, *chinese;
    } COLUMNS[] = {
#define BUILTIN(name, english, chinese, least, most, help)
#define COLUMN(table, name, english, chinese, help) {#table, english, chinese},
#include "../runtime/builtins.def"
#undef BUILTIN
#undef MEMBER
#undef COLUMN
    };
    struct ast *list = NULL, **tail = &list;
    for (size_t k = 0; k < sizeof COLUMNS / sizeof *COLUMNS; k++) {
        if (strcmp(COLUMNS[k].table, "RESULTS") || !strcmp(COLUMNS[k].english, "unit")) continue;
        struct ast *field = ARENA_NEW(scheme->arena, struct ast), *type = ARENA_NEW(scheme->arena, struct ast);
        bool period = !strcmp(COLUMNS[k].english, "period"), total = !strcmp(COLUMNS[k].english, "total"),
             grade = !strcmp(COLUMNS[k].english, "grade");
        type->kind = AST_TYPE;
        type->op = period ? OP_DATE : total ? OP_NUMBER : grade ? OP_TEXT : OP_COUNT;
        field->kind = AST_FIELD;
        field->a = type;
        field->flags = period ? 0 : AST_OPTIONAL;
        struct text english = text_of(COLUMNS[k].english), chinese = {COLUMNS[k].chinese, strcspn(COLUMNS[k].chinese, "|")};
        bool zh = scheme->file->tongue == TONGUE_ZH;
        field->text = zh ? chinese : english;
        field->text2 = zh ? english : chinese;
        *tail = field;
        tail = &field->next;
    }
    return list;
}

/* `use results of` declares a table: it is made one in front of all that reads the declarations. */
static void declare_results(struct scheme *scheme, struct ast *root)
{
    scheme->results_table = NO_INDEX;
    uint32_t index = 1;
    for (struct ast *d = root->list; d; d = d->next) {
        if (d->kind == AST_USE_RESULTS) {
            d->kind = AST_TABLE;
            d->list = results_fields(scheme);
            for (struct ast *field = d->list; field; field = field->next) field->at = field->span = d->at;
            d->flags |= AST_BARE; /* made here, not written */
        }
        if (d->kind != AST_TABLE) continue;
        if (d->flags & AST_BARE) scheme->results_table = scheme->results_table == NO_INDEX ? (int32_t)index : -2;
        index++;
    }
}

static void declare_tables(struct scheme *scheme, struct ast *root)
{
    declare_results(scheme, root);
    struct schema *schema = &scheme->schema;
    struct ast *unit = NULL;
    uint32_t tables = 1;
    for (struct ast *d = root->list; d; d = d->next) {
        if (d->kind == AST_TABLE) tables++;
        if (d->kind != AST_UNIT) continue;
        if (unit)
            twice(scheme, d, unit, "unit", "考核对象");
        else
            unit = d;
    }
    schema->tables = ARENA_ARRAY(scheme->arena, struct table_schema, tables);
    schema->table_count = tables;
    scheme->fields = ARENA_ARRAY(scheme->arena, struct names, tables);
    for (uint32_t k = 0; k < tables; k++) {
        names_init(scheme, &scheme->fields[k]);
        schema->tables[k] = (struct table_schema){.key = NO_INDEX, .by = NO_INDEX, .parent = k ? 0 : NO_INDEX};
    }
    if (!unit) FIND(scheme->findings, D_NOTHING_ASSESSED, root->list ? root->list->at : SPAN_NONE);
    uint32_t next = 1;
    for (struct ast *d = root->list; d; d = d->next) {
        if (d->kind != AST_TABLE && d != unit) continue;
        uint32_t table = d == unit ? 0 : next++;
        struct table_schema *t = &schema->tables[table];
        t->name = d->text;
        t->heading = d->text2;
        t->where = d->at;
        t->for_all = d->flags & AST_FOR_ALL;
        t->results = d->kind == AST_TABLE && (d->flags & AST_BARE);
        if (t->for_all) t->parent = NO_INDEX;
        if (builtin_find(d->text) == BUILTIN_DECISION) FIND(scheme->findings, D_RESERVED_TABLE, d->at, d->text);
        names_add(scheme, &scheme->global,
                  (struct entity){.kind = ENTITY_TABLE, .name = d->text, .heading = d->text2, .decl = d, .table = table});
    }
}

static void link_table(struct scheme *scheme, struct ast *d, uint32_t table)
{
    struct table_schema *t = &scheme->schema.tables[table];
    if (d->a && t->for_all)
        FIND(scheme->findings, D_FOR_ALL_OWNED, d->a->at, t->name, d->a->text);
    else if (d->a) {
        struct entity *parent = names_find(&scheme->global, d->a->text);
        if (!parent || parent->kind != ENTITY_TABLE) {
            if (!parent)
                names_unknown(scheme, NULL, d->a);
            else
                FIND(scheme->findings, D_NO_TABLE, d->a->at, d->a->text);
        } else if (parent->table == table) {
            FIND(scheme->findings, D_TABLE_CIRCLE, d->a->at, d->text, d->text);
        } else {
            t->parent = (int32_t)parent->table;
        }
    }
    if (d->b) {
        struct entity *by = names_find(&scheme->fields[table], d->b->text);
        if (!by || by->kind != ENTITY_FIELD || t->fields[by->index].kind != FIELD_DATE)
            FIND(scheme->findings, D_BY_NOT_DATE, d->b->at, d->b->text, t->name);
        else if (!scheme->schema.has_period)
            FIND(scheme->findings, D_BY_NO_PERIOD, d->b->at, t->name);
        else
            t->by = (int32_t)by->index;
    }
    if (t->results && scheme->schema.has_period) { /* results of later periods are left out; earlier ones all stay */
        t->by = RESULTS_PERIOD;
        t->has_from = date_make(1600, 1, 1, &t->from);
    }
    for (uint32_t f = 0; f < t->field_count; f++) { /* rows that name units belong to those, each in its role */
        if (t->fields[f].kind != FIELD_UNIT || t->for_all || d->a) continue;
        t->parent = NO_INDEX;
        t->roles = true;
    }
}

/* Each row names its unit (and its parent) in a column headed as their key: no field of its own may bear that name. */
static void check_owner_columns(struct scheme *scheme, uint32_t table)
{
    struct schema *schema = &scheme->schema;
    struct table_schema *t = &schema->tables[table];
    if (t->for_all || t->roles || schema->tables[0].key == NO_INDEX) return;
    for (int32_t owner = 0; owner >= 0; owner = owner == 0 && t->parent > 0 ? t->parent : NO_INDEX) {
        if (schema->tables[owner].key == NO_INDEX) continue;
        struct field_schema *key = &schema->tables[owner].fields[schema->tables[owner].key];
        for (uint32_t f = 0; f < t->field_count; f++) {
            struct field_schema *field = &t->fields[f];
            bool same =
                text_equal(field->name, key->name) ||
                (key->heading.len && (text_equal(field->name, key->heading) || text_equal(field->heading, key->heading)));
            if (!same) continue;
            struct finding *found =
                FIND(scheme->findings, D_OWNER_COLUMN, field->where, t->name, field->name, schema->tables[owner].name);
            if (found) found->other = key->where;
        }
    }
}

/* A table for all of this name or heading, with a date and a yes/no field, is the calendar of working days. */
static const char WORKDAY_TABLE[] = "workday_calendar|workday|工作日历";

static void find_workdays(struct scheme *scheme)
{
    struct schema *schema = &scheme->schema;
    for (uint32_t t = 1; t < schema->table_count; t++) {
        struct table_schema *table = &schema->tables[t];
        bool named = text_among(WORKDAY_TABLE, table->name) || text_among(WORKDAY_TABLE, table->heading);
        int32_t date = NO_INDEX, works = NO_INDEX;
        for (uint32_t f = 0; f < table->field_count; f++) {
            if (table->fields[f].kind == FIELD_DATE && date < 0) date = (int32_t)f;
            if (table->fields[f].kind == FIELD_BOOL && works < 0) works = (int32_t)f;
        }
        if (!named || !table->for_all || date < 0 || works < 0) continue;
        schema->has_workdays = true;
        schema->workday_table = t;
        schema->workday_date = (uint32_t)date;
        schema->workday_works = (uint32_t)works;
    }
}

/* Whether rows of a table, or those that they belong to, name several units. */
static bool is_of_several(const struct schema *schema, uint32_t table)
{
    while (schema->tables[table].parent > 0) table = (uint32_t)schema->tables[table].parent;
    return schema->tables[table].roles;
}

/* After all are linked: parents must not run in a circle and must have keys. */
static void check_parents(struct scheme *scheme)
{
    struct schema *schema = &scheme->schema;
    for (uint32_t k = 1; k < schema->table_count; k++) {
        struct table_schema *t = &schema->tables[k];
        uint32_t steps = 0;
        for (int32_t p = t->parent; p > 0; p = schema->tables[p].parent)
            if (++steps > schema->table_count) {
                FIND(scheme->findings, D_TABLE_CIRCLE, t->where, t->name, t->name);
                t->parent = 0;
                break;
            }
        if (t->parent > 0 && schema->tables[t->parent].key == NO_INDEX)
            FIND(scheme->findings, D_REFERENCE_KEY, t->where, schema->tables[t->parent].name);
        check_owner_columns(scheme, k);
        for (uint32_t f = 0; f < t->field_count; f++) {
            if (t->fields[f].kind != FIELD_REF) continue;
            struct table_schema *target = &schema->tables[t->fields[f].table];
            if (target->key == NO_INDEX)
                FIND(scheme->findings, D_REFERENCE_KEY, t->fields[f].where, target->name);
            else if (t->for_all && !target->for_all)
                FIND(scheme->findings, D_REFERENCE_UNIT, t->fields[f].where, t->name, target->name);
            else if (is_of_several(schema, k) && target->parent != NO_INDEX)
                FIND(scheme->findings, D_REFERENCE_ROLES, t->fields[f].where, t->name, target->name);
        }
    }
    for (uint32_t f = 0; schema->table_count && f < schema->tables[0].field_count; f++)
        if (schema->tables[0].fields[f].kind == FIELD_REF &&
            schema->tables[schema->tables[0].fields[f].table].key == NO_INDEX)
            FIND(scheme->findings, D_REFERENCE_KEY, schema->tables[0].fields[f].where,
                 schema->tables[schema->tables[0].fields[f].table].name);
}

/* ---- everything else that has a name ---- */

/* A figure of the unit cannot bear the name of one of its fields: nobody could tell which is meant. */
static bool is_unit_field(struct scheme *scheme, struct ast *d)
{
    struct entity *field = names_find(&scheme->fields[0], d->text);
    if (!field || (d->kind != AST_LET && d->kind != AST_CHOOSE && d->kind != AST_OUTCOME && d->kind != AST_RANKING &&
                   d->kind != AST_GRID))
        return false;
    struct finding *f = FIND(scheme->findings, D_NAME_TWICE, d->at, d->text, scheme_line_text(scheme, field->decl->at));
    if (f) f->other = field->decl->at;
    return true;
}

static void declare_named(struct scheme *scheme, struct ast *d)
{
    if (is_unit_field(scheme, d)) return;
    struct entity draft = {.name = d->text, .heading = d->text2, .decl = d};
    switch ((int)d->kind) { /* the kinds that declare a figure, a list, a question … */
    case AST_VIEW: draft.kind = ENTITY_VIEW; break;
    case AST_LET: draft.kind = ENTITY_LET; break;
    case AST_CHOOSE: draft.kind = ENTITY_CHOOSE; break;
    case AST_GRID: draft.kind = ENTITY_GRID; break;
    case AST_QUESTION:
        draft.kind = ENTITY_QUESTION;
        draft.heading = TEXT_NONE;
        break;
    case AST_RANKING: {
        draft.kind = ENTITY_RANKING;
        draft.index = (uint32_t)scheme->ranking_count;
        struct entity *entity = names_add(scheme, &scheme->global, draft);
        if (entity)
            ARENA_PUSH(scheme->arena, scheme->rankings, scheme->ranking_count, scheme->ranking_capacity,
                       ((struct ranking){.entity = entity}));
        return;
    }
    case AST_OUTCOME: {
        draft.kind = ENTITY_OUTCOME;
        draft.index = (uint32_t)scheme->outcome_count;
        struct entity *entity = names_add(scheme, &scheme->global, draft);
        if (entity)
            ARENA_PUSH(scheme->arena, scheme->outcomes, scheme->outcome_count, scheme->outcome_capacity,
                       ((struct outcome){.entity = entity, .decided = NO_INDEX}));
        if (entity && d->d) {
            struct judged_schema order = {.subject = d->text,
                                          .other = d->text2,
                                          .yes_no = true,
                                          .authority = d->d->kind == AST_STRING ? d->d->text2 : d->d->text,
                                          .high = 1,
                                          .where = d->at};
            scheme->outcomes[scheme->outcome_count - 1].decided = (int32_t)judged_add(scheme, order);
        }
        return;
    }
    default: return;
    }
    names_add(scheme, &scheme->global, draft);
}

/* What the table of decisions may say of questions. */
static void declare_questions(struct scheme *scheme)
{
    struct schema *schema = &scheme->schema;
    schema->title = scheme->title;
    schema->readings_apart = !scheme->reading.testing;
    for (const struct ast *d = scheme->file->root->list; d; d = d->next) {
        if (d->kind != AST_QUESTION) continue;
        struct question_schema question = {.name = d->text, .heading = d->c ? d->c->text2 : TEXT_NONE};
        for (const struct ast *option = d->list; option; option = option->next) question.count++;
        question.readings = ARENA_ARRAY(scheme->arena, struct text, question.count);
        question.headings = ARENA_ARRAY(scheme->arena, struct text, question.count);
        uint32_t k = 0;
        for (const struct ast *option = d->list; option; option = option->next, k++) {
            question.readings[k] = option->text;
            question.headings[k] = option->text2;
        }
        SCHEMA_APPEND(scheme->arena, schema->questions, schema->question_count, question);
    }
}

void scheme_declare(struct scheme *scheme)
{
    struct ast *root = scheme->file->root;
    struct ast *head = first_of(root->list, AST_SCHEME);
    if (head) declare_head(scheme, head);
    if (scheme->reading.has_period) {
        struct schema *s = &scheme->schema;
        /* what was carried over belongs to the beginning of the scheme's own period, so to a run that begins there, too */
        if (!s->has_period || s->period_from != scheme->reading.period_from) s->carry_from = scheme->reading.period_from;
        s->has_period = s->earlier_counted = true;
        s->period_from = scheme->reading.period_from;
        s->period_to = scheme->reading.period_to;
    }
    for (struct ast *d = root->list; d; d = d->next) {
        if (d->kind == AST_SCHEME && d != head) twice(scheme, d, head, "scheme line", "方案");
        if (d->kind == AST_GRADES) {
            if (scheme->grades_at)
                twice(scheme, d, scheme->grades_at, "list of grades", "等次");
            else
                scheme->grades_at = d;
        }
        if (d->kind == AST_VALUES) {
            struct entity *e =
                names_add(scheme, &scheme->global,
                          (struct entity){.kind = ENTITY_VALUES, .name = d->text, .heading = d->text2, .decl = d});
            uint32_t list = declare_list(scheme, d->text, d->list, d->flags & AST_ORDERED);
            if (e) e->index = list;
        }
    }
    declare_tables(scheme, root);
    uint32_t next = 1;
    struct ast *unit = first_of(root->list, AST_UNIT);
    for (struct ast *d = root->list; d; d = d->next) {
        if (d == unit)
            declare_fields(scheme, 0, d->list);
        else if (d->kind == AST_TABLE) {
            declare_fields(scheme, next, d->list);
            if (d->flags & AST_BARE) both_spellings(scheme, next);
            next++;
        }
    }
    for (struct ast *d = root->list; d; d = d->next) {
        if (d->kind != AST_PART) continue;
        declare_fields(scheme, 0, d->list);
        for (struct ast *line = d->list; line; line = line->next) {
            if (line->kind != AST_NEEDS) continue;
            for (struct ast *need = line->list; need; need = need->next) {
                declare_field(scheme, 0, need_field(scheme->arena, need));
            }
        }
    }
    struct table_schema *units = &scheme->schema.tables[0];
    if (units->key == NO_INDEX && units->field_count) {
        units->key = 0;
        if (units->fields[0].optional) FIND(scheme->findings, D_KEY_OPTIONAL, units->fields[0].where, units->fields[0].name);
    }
    if (unit && units->key == NO_INDEX) FIND(scheme->findings, D_UNIT_EMPTY, unit->at, unit->text);
    next = 1;
    for (struct ast *d = root->list; d; d = d->next) {
        if (d->kind == AST_TABLE) link_table(scheme, d, next++);
        declare_named(scheme, d);
        if (d->kind == AST_SAMPLE || d->kind == AST_EXAMPLE)
            ARENA_PUSH(scheme->arena, scheme->examples, scheme->example_count, scheme->example_capacity, d);
    }
    declare_questions(scheme);
    check_parents(scheme);
    find_workdays(scheme);
    parts_declare(scheme);
    grades_declare(scheme);
    scheme->schema.parts = ARENA_ARRAY(scheme->arena, struct text, scheme->part_count);
    for (size_t k = 0; k < scheme->part_count; k++) scheme->schema.parts[k] = scheme->parts[k].number;
    scheme->schema.part_count = (uint32_t)scheme->part_count;
    every_note_passed(scheme);
    scheme->schema.tongue = scheme->tongue;
}
