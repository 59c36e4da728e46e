/* Expressions: from tree to typed values, in the space where they stand.
 *
 * In: a scope (what names mean here) and an AST. Out: a value of the graph with its type; findings for what does not fit.
 * Decision: operands of one space are combined there and only then carried to a finer one, so that what is the same for a
 * unit is computed once per unit and not once per row.
 */
#include "scheme.h"

#include "../runtime/calendar.h"
#include "../runtime/limits.h"

struct scope scope_at(uint32_t space) { return (struct scope){.space = space, .group = NO_INDEX, .part = NO_INDEX}; }

/* ---- what is known to be filled in ---- */

void scope_learn_value(struct scheme *scheme, struct scope *scope, struct value *value)
{
    if (value) ARENA_PUSH(scheme->arena, scope->known, scope->known_count, scope->known_capacity, value);
}

static bool is_known(const struct scope *scope, const struct value *value)
{
    for (size_t k = 0; k < scope->known_count; k++)
        if (scope->known[k] == value) return true;
    return false;
}

/* The field a name means here: in the row's table, then its parents', then the unit's. */
static struct entity *field_here(struct scheme *scheme, const struct scope *scope, struct text name)
{
    uint32_t table;
    if (space_is_table(&scheme->graph, scope->space, &table)) {
        for (int32_t t = (int32_t)table; t > 0; t = scheme->schema.tables[t].parent) {
            struct entity *e = names_find(&scheme->fields[t], name);
            if (e) return e;
            if (scheme->schema.tables[t].for_all) break;
        }
    }
    return scope->space == SPACE_EVERYTHING ? NULL : names_find(&scheme->fields[0], name);
}

/* The group's own key, where `name` is it. */
struct group_plan *group_key_here(struct scheme *scheme, const struct scope *scope, struct text name)
{
    if (scope->group == NO_INDEX) return NULL;
    struct group_plan *plan = &scheme->graph.groups[scope->group];
    struct entity *e = names_find(&scheme->fields[plan->table], name);
    if (!e) return NULL;
    struct expr expr = entity_lower(scheme, e, e->decl);
    if (!expr.value) return NULL;
    return value_spread(&scheme->graph, as_number(scheme, expr.value), space_of_table(plan->table)) == plan->key ? plan
                                                                                                                 : NULL;
}

/* The column whose blank is meant by known(x) or x default v. */
static struct value *blank_source(struct scheme *scheme, struct scope *scope, struct ast *at)
{
    if (at->kind == AST_NAME) {
        struct entity *e = field_here(scheme, scope, at->text);
        if (e && e->kind == ENTITY_FIELD) return value_column(&scheme->graph, e->table, e->index);
    }
    if (at->kind == AST_DOT && at->a->kind == AST_NAME) {
        struct entity *e = field_here(scheme, scope, at->a->text);
        if (e && e->kind == ENTITY_FIELD) {
            struct field_schema *f = &scheme->schema.tables[e->table].fields[e->index];
            struct entity *target = f->kind == FIELD_REF ? names_find(&scheme->fields[f->table], at->text) : NULL;
            if (target && target->kind == ENTITY_FIELD) return value_column(&scheme->graph, target->table, target->index);
        }
        bool previous = !e && builtin_find(at->a->text) == BUILTIN_PREVIOUS;
        enum member member = previous ? member_find(BUILTIN_PREVIOUS, at->text) : MEMBER_NONE;
        bool there = scheme->results_table >= 0 && scheme->schema.has_period; /* else that has been said */
        if (member != MEMBER_NONE && there) return previous_cell(scheme, at, member).value;
    }
    return NULL;
}

bool scope_knows(struct scheme *scheme, struct scope *scope, struct ast *at)
{
    return scope->blank_allowed || is_known(scope, blank_source(scheme, scope, at));
}

void scope_learn(struct scheme *scheme, struct scope *scope, struct ast *at, bool truth)
{
    if (!at) return;
    if (at->kind == AST_NOT)
        scope_learn(scheme, scope, at->a, !truth);
    else if (at->kind == AST_BINARY && at->op == (truth ? OP_AND : OP_OR)) {
        scope_learn(scheme, scope, at->a, truth);
        scope_learn(scheme, scope, at->b, truth);
    } else if (at->kind == AST_CALL && truth && at->list && builtin_find(at->text) == BUILTIN_KNOWN) {
        scope_learn_value(scheme, scope, blank_source(scheme, scope, at->list));
        if (at->list->kind == AST_DOT) scope_learn_value(scheme, scope, blank_source(scheme, scope, at->list->a));
    }
}

struct text default_word(struct scheme *scheme, uint32_t table, uint32_t field)
{
    const struct field_schema *f = &scheme->schema.tables[table].fields[field];
    if (f->kind == FIELD_NUMBER) return f->percent ? TEXT("0%") : TEXT("0");
    return f->kind == FIELD_BOOL ? scheme_word(scheme, "no", "否") : TEXT("…");
}

static bool blank_is_fine(struct scheme *scheme, struct scope *scope, uint32_t table, uint32_t field, struct ast *at)
{
    if (!scheme->schema.tables[table].fields[field].optional || scope->blank_allowed) return true;
    if (is_known(scope, value_column(&scheme->graph, table, field))) return true;
    FIND(scheme->findings, D_MAY_BE_BLANK, at->at, at->text, default_word(scheme, table, field));
    return false;
}

/* ---- entities ---- */

bool work_begin(struct scheme *scheme, enum entity_state *state, struct text name, struct span where, struct ast *at)
{
    if (*state == ENTITY_IN_WORK) {
        size_t from = scheme->work_count;
        while (from > 0 && scheme->work[from - 1].at.from != where.from) from--;
        struct buffer path;
        buffer_init(&path, scheme->arena);
        for (size_t k = from ? from - 1 : 0; k < scheme->work_count; k++) {
            if (k > 0 && text_equal(scheme->work[k].name, scheme->work[k - 1].name))
                continue; /* a part and its rule: one step */
            buffer_print(&path, scheme->tongue == TONGUE_ZH ? "%.*s（%.*s）→ " : "%.*s (%.*s) → ",
                         TEXT_ARG(scheme->work[k].name), TEXT_ARG(scheme_line_text(scheme, scheme->work[k].at)));
        }
        buffer_text(&path, name);
        struct finding *f = FIND(scheme->findings, D_CYCLE, at ? at->at : where, name, buffer_result(&path));
        if (f) f->other = where;
        return false;
    }
    if (scheme->work_count >= LIMIT_LOWERING) { /* each level is a call of the compiler's own */
        FIND(scheme->findings, D_CHAIN, at ? at->at : where, name, scheme_number_text(scheme, LIMIT_LOWERING));
        return false;
    }
    *state = ENTITY_IN_WORK;
    ARENA_PUSH(scheme->arena, scheme->work, scheme->work_count, scheme->work_capacity, ((struct work){name, where}));
    return true;
}

void work_end(struct scheme *scheme, enum entity_state *state)
{
    *state = ENTITY_DONE;
    scheme->work_count--;
}

struct expr field_expr(struct scheme *scheme, uint32_t table, uint32_t field)
{
    struct field_schema *f = &scheme->schema.tables[table].fields[field];
    struct value *column = value_column(&scheme->graph, table, field);
    struct type type = type_of(TYPE_NONE);
    switch (f->kind) {
    case FIELD_TEXT: type = type_of(TYPE_TEXT); break;
    case FIELD_BOOL:
        return expr_condition(value_code(&scheme->graph, OP_CODE_EQ, column, value_number(&scheme->graph, 1), NULL, 0, 0));
    case FIELD_BOOL_NA: type = type_of(TYPE_THREE); break;
    case FIELD_NUMBER:
        type = type_number(f->places, f->has_low ? f->low : -RANGE_LIMIT, f->has_high ? f->high : RANGE_LIMIT);
        type.percent = f->percent;
        break;
    case FIELD_DATE: type = type_of(TYPE_DATE); break;
    case FIELD_LIST:
        type = type_of(TYPE_LIST);
        type.index = f->list;
        break;
    case FIELD_REF:
        type = type_of(TYPE_ROW);
        type.index = f->table;
        break;
    case FIELD_UNIT: type = type_of(TYPE_ROW); break; /* of table 0 */
    case FIELD_PART: type = type_of(TYPE_PART); break;
    }
    return (struct expr){column, type};
}

/* A field with `applies if`: where it does not apply it is blank, whatever was filled in. */
static struct expr applying_field(struct scheme *scheme, struct entity *entity, struct ast *at)
{
    if (entity->state == ENTITY_DONE) return entity->expr;
    if (!work_begin(scheme, &entity->state, entity->name, entity->decl->at, at)) return expr_none();
    struct scope scope = scope_at(space_of_table(entity->table));
    struct value *mask = condition_lower(scheme, &scope, entity->decl->c->a);
    struct expr field = field_expr(scheme, entity->table, entity->index);
    if (mask && expr_ok(field)) {
        struct graph *graph = &scheme->graph;
        struct value *column = value_column(graph, entity->table, entity->index),
                     *blank = value_fault(graph, REG_NUMBER, FAULT_BLANK);
        struct value *here = value_code(graph, OP_CODE_SELECT_N, mask, column, blank, 0, 0);
        field.value =
            field.value->kind == REG_MASK ? value_code(graph, OP_CODE_EQ, here, value_number(graph, 1), NULL, 0, 0) : here;
        entity->expr = field;
    } else
        entity->expr = expr_none();
    work_end(scheme, &entity->state);
    return entity->expr;
}

struct expr entity_lower(struct scheme *scheme, struct entity *entity, struct ast *at)
{
    if (entity->kind == ENTITY_FIELD)
        return entity->decl->c ? applying_field(scheme, entity, at) : field_expr(scheme, entity->table, entity->index);
    if (entity->state == ENTITY_DONE) return entity->expr;
    if (!work_begin(scheme, &entity->state, entity->name, entity->decl->at, at)) return expr_none();
    struct scope scope = scope_at(space_of_table(entity->table));
    struct value *role = scheme->graph.role_owner; /* what is lowered here is the same for every role */
    scheme->graph.role_owner = NULL;
    if (entity->kind == ENTITY_CHOOSE)
        entity->expr = choose_lower(scheme, entity);
    else
        entity->expr = expr_lower(scheme, &scope, entity->decl->a);
    if (entity->expr.type.kind == TYPE_DURATION) {
        FIND(scheme->findings, D_NOT_NUMBER, entity->decl->a->at, entity->name, type_word(scheme, entity->expr.type));
        entity->expr = expr_none();
    }
    scheme->graph.role_owner = role;
    work_end(scheme, &entity->state);
    return entity->expr;
}

uint32_t scheme_text(struct scheme *scheme, struct text text)
{
    uint32_t index = intern_put(&scheme->texts, text);
    scheme->schema.texts = scheme->texts.texts;
    scheme->schema.text_count = scheme->texts.count;
    return index;
}

struct text scheme_word(struct scheme *scheme, const char *en, const char *zh)
{
    return text_of(scheme->tongue == TONGUE_ZH ? zh : en);
}

struct text file_word(struct scheme *scheme, const char *en, const char *zh)
{
    return text_of(scheme->file->tongue == TONGUE_ZH ? zh : en);
}

static struct expr not_a_figure(struct scheme *scheme, struct ast *at, const char *en, const char *zh)
{
    FIND(scheme->findings, D_NOT_NUMBER, at->at, at->text, scheme_word(scheme, en, zh));
    return expr_none();
}

static struct expr name_lower(struct scheme *scheme, struct scope *scope, struct ast *at)
{
    struct group_plan *group = group_key_here(scheme, scope, at->text);
    if (group) {
        struct expr key = entity_lower(scheme, names_find(&scheme->fields[group->table], at->text), at);
        struct value *value = value_group_out(&scheme->graph, (uint32_t)scope->group, GROUP_KEY_OF);
        if (key.type.kind == TYPE_CONDITION)
            value = value_code(&scheme->graph, OP_CODE_EQ, value, value_number(&scheme->graph, 1), NULL, 0, 0);
        return (struct expr){value, key.type};
    }
    struct entity *e = field_here(scheme, scope, at->text);
    if (e) {
        if (e->kind == ENTITY_FIELD && !blank_is_fine(scheme, scope, e->table, e->index, at)) return expr_none();
        return entity_lower(scheme, e, at);
    }
    e = names_find(&scheme->global, at->text);
    if (e) switch (e->kind) {
        case ENTITY_LET: return entity_lower(scheme, e, at);
        case ENTITY_CHOOSE: return entity_lower(scheme, e, at);
        case ENTITY_GRID: return grid_lower(scheme, scope, e, at, NULL);
        case ENTITY_OUTCOME: {
            struct value *flag = outcome_lower(scheme, e->index, at);
            return flag ? expr_condition(flag) : expr_none();
        }
        case ENTITY_TABLE:
        case ENTITY_VIEW: return not_a_figure(scheme, at, "a table", "表");
        case ENTITY_RANKING: return not_a_figure(scheme, at, "a ranking", "排名");
        case ENTITY_QUESTION: return not_a_figure(scheme, at, "a question", "疑义");
        case ENTITY_VALUES: return not_a_figure(scheme, at, "a list of values", "值表");
        case ENTITY_FIELD:
        case ENTITY_COMPUTED: break; /* not global */
        }
    enum builtin builtin = builtin_find(at->text);
    if (builtin != BUILTIN_NONE) return builtin_lower(scheme, scope, at, builtin);
    for (uint32_t t = 1; t < scheme->schema.table_count; t++)
        if (names_find(&scheme->fields[t], at->text)) {
            FIND(scheme->findings, D_NO_ROW_HERE, at->at, at->text, scheme->schema.tables[t].name);
            return expr_none();
        }
    names_unknown(scheme, scope, at);
    return expr_none();
}

/* ---- literals that take their meaning from the other side ---- */

static bool literal_index(struct scheme *scheme, struct type type, struct ast *at, int64_t *out)
{
    if (type.kind == TYPE_THREE) {
        if (at->kind != AST_YES && at->kind != AST_NO && at->kind != AST_NA) return false;
        *out = at->kind == AST_YES ? 1 : at->kind == AST_NO ? 0 : 2;
        return true;
    }
    struct text text = at->kind == AST_STRING ? at->text2 : at->text;
    if (type.kind == TYPE_PART && at->kind == AST_PARTREF) {
        *out = part_find(scheme, at->op, at->text);
        return *out >= 0;
    }
    if (at->kind != AST_NAME && at->kind != AST_STRING && at->kind != AST_NUMBER) return false;
    if (type.kind == TYPE_GRADE) {
        *out = grade_find(scheme, text);
        return *out >= 0;
    }
    if (type.kind != TYPE_LIST) return false;
    const struct list_schema *list = &scheme->schema.lists[type.index];
    for (uint32_t k = 0; k < list->count; k++)
        if (text_equal(list->values[k], text) || (list->headings[k].len && text_equal(list->headings[k], text))) {
            *out = k;
            return true;
        }
    return false;
}

bool takes_literals(struct type type)
{
    return type.kind == TYPE_LIST || type.kind == TYPE_GRADE || type.kind == TYPE_THREE || type.kind == TYPE_PART;
}

bool name_resolves(struct scheme *scheme, struct scope *scope, struct text name)
{
    return field_here(scheme, scope, name) || names_find(&scheme->global, name) || builtin_find(name) != BUILTIN_NONE;
}

/* One more word of a list that a hint enumerates; false when the rest is left out. */
static bool next_word(struct scheme *scheme, struct buffer *words, size_t k, struct text word)
{
    enum { MOST = 40 };
    if (k) buffer_put(words, scheme->tongue == TONGUE_ZH ? "、" : ", ");
    if (k == MOST)
        buffer_put(words, "…");
    else
        buffer_text(words, word);
    return k < MOST;
}

struct text list_words(struct scheme *scheme, struct type type)
{
    struct buffer words;
    buffer_init(&words, scheme->arena);
    bool more = true;
    if (type.kind == TYPE_THREE) buffer_put(&words, scheme->tongue == TONGUE_ZH ? "是、否、不涉及" : "yes, no, na");
    if (type.kind == TYPE_LIST)
        for (uint32_t k = 0; more && k < scheme->schema.lists[type.index].count; k++)
            more = next_word(scheme, &words, k, scheme->schema.lists[type.index].values[k]);
    if (type.kind == TYPE_GRADE)
        for (size_t k = 0; more && k < scheme->grade_count; k++) more = next_word(scheme, &words, k, scheme->grades[k].name);
    if (type.kind == TYPE_PART)
        for (size_t k = 0; more && k < scheme->part_count; k++) more = next_word(scheme, &words, k, scheme->parts[k].number);
    return buffer_result(&words);
}

/* Lowers `at` as one of the values of `type`; a name that is none of them but means something else is lowered as that. */
struct expr literal_lower(struct scheme *scheme, struct scope *scope, struct type type, struct ast *at, struct ast *subject)
{
    int64_t index;
    if (literal_index(scheme, type, at, &index)) return (struct expr){value_number(&scheme->graph, index), type};
    if (at->kind == AST_NAME && !name_resolves(scheme, scope, at->text) && !group_key_here(scheme, scope, at->text)) {
        struct text subject_word = subject && subject->text.len ? subject->text : type_word(scheme, type);
        struct finding *finding =
            type.kind == TYPE_GRADE
                ? FIND(scheme->findings, D_NO_GRADE, at->at, at->text, list_words(scheme, type))
                : FIND(scheme->findings, D_NO_VALUE, at->at, at->text, subject_word, list_words(scheme, type));
        struct suggest near;
        suggest_start(&near, at->text);
        if (type.kind == TYPE_LIST) {
            const struct list_schema *list = &scheme->schema.lists[type.index];
            for (uint32_t k = 0; k < list->count; k++) suggest_offer(&near, list->values[k]);
        }
        for (size_t k = 0; type.kind == TYPE_GRADE && k < scheme->grade_count; k++)
            suggest_offer(&near, scheme->grades[k].name);
        names_repair(scheme, finding, at->at, &near);
        return expr_none();
    }
    return expr_lower(scheme, scope, at);
}

static struct expr literal_number(struct scheme *scheme, struct ast *at, bool percent)
{
    int64_t number;
    unsigned places;
    if (!number_parse(at->text, &number, &places)) {
        FIND(scheme->findings, D_TOO_BIG, at->at, at->text);
        return expr_none();
    }
    struct expr expr = expr_number(scheme, number, places + (percent ? 2 : 0));
    expr.type.percent = percent;
    return expr;
}

static struct expr rounded_lower(struct scheme *scheme, struct scope *scope, struct ast *at)
{
    struct expr a = number_lower(scheme, scope, at->a);
    int64_t places;
    unsigned none;
    if (!expr_ok(a)) return a;
    if (!number_parse(at->text, &places, &none) || none || places > LIMIT_PLACES) {
        FIND(scheme->findings, D_TOO_BIG, at->at, at->text);
        return expr_none();
    }
    int mode = at->op == OP_HALF_EVEN ? MODE_HALF_EVEN
               : at->op == OP_DOWN    ? MODE_DOWN
               : at->op == OP_UP      ? MODE_UP
                                      : MODE_HALF_UP;
    return expr_round(scheme, a, (unsigned)places, mode);
}

struct expr expr_lower(struct scheme *scheme, struct scope *scope, struct ast *at)
{
    struct span outer = scheme->graph.where;
    scheme->graph.where = at->at;
    struct expr out = expr_none();
    if (++scheme->depth > LIMIT_LOWERING) {
        if (scheme->work_count > LIMIT_LOWERING / 4) /* not the brackets: names that hang on names */
            FIND(scheme->findings, D_CHAIN, at->at, scheme->work[0].name,
                 scheme_number_text(scheme, (int64_t)scheme->work_count));
        else
            FIND(scheme->findings, D_TOO_DEEP, at->at);
        scheme->depth--;
        return out;
    }
    switch ((int)at->kind) { /* expressions only; statements never come here */
    case AST_NUMBER: out = literal_number(scheme, at, false); break;
    case AST_PERCENTAGE: out = literal_number(scheme, at, true); break;
    case AST_DURATION: {
        int64_t number;
        unsigned places;
        if (!number_parse(at->text, &number, &places) || places)
            FIND(scheme->findings, D_TOO_BIG, at->at, at->text);
        else {
            out = (struct expr){value_number(&scheme->graph, number), type_of(TYPE_DURATION)};
            out.type.index = at->op;
        }
        break;
    }
    case AST_DATE: {
        int64_t days;
        if (date_parse(at->text, &days))
            out = (struct expr){value_number(&scheme->graph, days), type_of(TYPE_DATE)};
        else
            FIND(scheme->findings, D_NO_SUCH_DAY, at->at, at->text);
        break;
    }
    case AST_STRING:
        out = (struct expr){value_number(&scheme->graph, scheme_text(scheme, at->text2)), type_of(TYPE_TEXT)};
        break;
    case AST_YES:
    case AST_NO: out = expr_condition(value_truth(&scheme->graph, at->kind == AST_YES)); break;
    case AST_NA: FIND(scheme->findings, D_NO_NAME, at->at, scheme_word(scheme, "na", "不涉及")); break;
    case AST_NAME: out = name_lower(scheme, scope, at); break;
    case AST_THIS:
        if (scope->part == NO_INDEX)
            FIND(scheme->findings, D_ONLY_IN_ITEMS, at->at);
        else
            out = (struct expr){value_number(&scheme->graph, scope->part), type_of(TYPE_PART)};
        break;
    case AST_DOT: out = dot_lower(scheme, scope, at); break;
    case AST_CALL: out = call_lower(scheme, scope, at); break;
    case AST_PARTREF: {
        int32_t part = part_find(scheme, at->op, at->text);
        if (part < 0)
            FIND(scheme->findings, D_NO_PART, at->at, partref_word(scheme, at), list_words(scheme, type_of(TYPE_PART)));
        else
            out = part_lower(scheme, (uint32_t)part, at);
        break;
    }
    case AST_GRADE_BY_SCORE: out = score_grade_lower(scheme, at); break;
    case AST_NEGATE: {
        struct expr a = number_lower(scheme, scope, at->a);
        if (expr_ok(a)) out = expr_negate(scheme, a);
        break;
    }
    case AST_NOT: {
        struct value *mask = condition_lower(scheme, scope, at->a);
        if (mask) out = expr_condition(mask_not(scheme, mask));
        break;
    }
    case AST_BINARY:
        if (at->op == OP_AND || at->op == OP_OR)
            out = logic_lower(scheme, scope, at);
        else if (at->op >= OP_LT && at->op <= OP_NE)
            out = compare_lower(scheme, scope, at);
        else
            out = arithmetic_lower(scheme, scope, at);
        break;
    case AST_IN: out = in_lower(scheme, scope, at); break;
    case AST_IF_ELSE: out = if_lower(scheme, scope, at); break;
    case AST_SELECT: out = select_lower(scheme, scope, at); break;
    case AST_AGGREGATE: out = aggregate_lower(scheme, scope, at); break;
    case AST_QUANTIFIED: out = quantified_lower(scheme, scope, at); break;
    case AST_STREAK: out = streak_lower(scheme, scope, at); break;
    case AST_ROUNDED: out = rounded_lower(scheme, scope, at); break;
    case AST_DEFAULT: out = default_lower(scheme, scope, at); break;
    case AST_BETWEEN_DATES: out = between_dates_lower(scheme, scope, at); break;
    default: FIND(scheme->findings, D_NOT_NUMBER, at->at, at->text, TEXT("?")); break;
    }
    scheme->depth--;
    scheme->graph.where = outer;
    return out;
}

struct expr expr_here(struct scheme *scheme, struct scope *scope, struct ast *at)
{
    return expr_in_space(scheme, expr_lower(scheme, scope, at), scope->space, at);
}

struct value *condition_lower(struct scheme *scheme, struct scope *scope, struct ast *at)
{
    struct expr expr = expr_here(scheme, scope, at);
    if (!expr_ok(expr)) return NULL;
    if (expr.type.kind == TYPE_CONDITION) return expr.value;
    struct text what = at->text.len ? at->text : scheme_word(scheme, "this", "此处");
    if (expr.type.kind == TYPE_THREE)
        FIND(scheme->findings, D_THREE_WAYS, at->at, what);
    else
        FIND(scheme->findings, D_NOT_CONDITION, at->at, what, type_word(scheme, expr.type));
    return NULL;
}

struct expr number_lower(struct scheme *scheme, struct scope *scope, struct ast *at)
{
    struct expr expr = expr_here(scheme, scope, at);
    if (!expr_ok(expr) || expr_is_numeric(expr)) return expr;
    FIND(scheme->findings, D_NOT_NUMBER, at->at, at->text.len ? at->text : scheme_word(scheme, "this", "此处"),
         type_word(scheme, expr.type));
    return expr_none();
}

bool constant_lower(struct scheme *scheme, struct ast *at, int64_t *number, unsigned *places)
{
    struct scope scope = scope_at(SPACE_UNITS);
    struct expr expr = number_lower(scheme, &scope, at);
    if (!expr_ok(expr)) return false;
    if (expr_is_constant(expr, number, places)) return true;
    FIND(scheme->findings, D_NOT_CONSTANT, at->at, at->text.len ? at->text : scheme_word(scheme, "this", "此处"));
    return false;
}
