/* Names with brackets, names behind a dot, and the three kinds of choice: by, choose, grid.
 *
 * Decision: a choice is a chain of selects from its last line upward; what no line covers is the fault "no case", so that
 * nothing falls through to a value nobody wrote.
 */
#include "coverage.h"

#include "../runtime/calendar.h"
#include "../runtime/limits.h"

static struct expr ranking_output(struct scheme *scheme, struct ast *at, enum rank_output output)
{
    struct ast *name = at->list;
    struct entity *e = name && name->kind == AST_NAME ? names_find(&scheme->global, name->text) : NULL;
    if (!e || e->kind != ENTITY_RANKING) {
        struct finding *finding =
            FIND(scheme->findings, D_NO_RANKING, name ? name->at : at->at, name ? name->text : at->text);
        struct suggest near;
        suggest_start(&near, name ? name->text : TEXT_NONE);
        names_offer(&near, &scheme->global, 1u << ENTITY_RANKING);
        if (name) names_repair(scheme, finding, name->at, &near);
        return expr_none();
    }
    struct ranking *ranking = ranking_lower(scheme, e, at);
    if (!ranking) return expr_none();
    return (struct expr){ranking->out[output], type_number(0, 1, RANGE_LIMIT)};
}

static struct expr least_or_most(struct scheme *scheme, struct scope *scope, struct ast *at, bool least)
{
    struct expr out = expr_none();
    for (struct ast *arg = at->list; arg; arg = arg->next) {
        struct expr next = expr_here(scheme, scope, arg);
        if (!expr_ok(next)) return next;
        bool date = next.type.kind == TYPE_DATE;
        if (!date && !expr_is_numeric(next)) {
            FIND(scheme->findings, D_NOT_NUMBER, arg->at, arg->text, type_word(scheme, next.type));
            return expr_none();
        }
        if (!expr_ok(out))
            out = next;
        else if ((out.type.kind == TYPE_DATE) != date) {
            FIND(scheme->findings, D_NOT_COMPARABLE, arg->at, type_word(scheme, out.type), type_word(scheme, next.type));
            return expr_none();
        } else
            out = least ? expr_min(scheme, out, next) : expr_max(scheme, out, next);
    }
    return out;
}

static struct expr date_part(struct scheme *scheme, struct scope *scope, struct ast *at, enum opcode op, wide low, wide high)
{
    struct expr date = expr_here(scheme, scope, at->list);
    if (!expr_ok(date)) return date;
    if (date.type.kind != TYPE_DATE) {
        FIND(scheme->findings, D_NOT_DATE, at->list->at, at->list->text, type_word(scheme, date.type));
        return expr_none();
    }
    return (struct expr){value_code(&scheme->graph, op, date.value, NULL, NULL, 0, 0), type_number(0, low, high)};
}

/* The day itself if it is worked, else the next that is: one working day on from the day before. */
static struct expr moved_to_workday(struct scheme *scheme, struct scope *scope, struct ast *at)
{
    struct graph *graph = &scheme->graph;
    struct expr date = expr_here(scheme, scope, at->list);
    if (!expr_ok(date)) return date;
    if (date.type.kind != TYPE_DATE) {
        FIND(scheme->findings, D_NOT_DATE, at->list->at, at->list->text, type_word(scheme, date.type));
        return expr_none();
    }
    struct value *before = value_code(graph, OP_CODE_ADD, date.value, value_number(graph, -1), NULL, 0, 0);
    return (struct expr){value_code(graph, OP_CODE_ADD_WORKDAYS, before, value_number(graph, 1), NULL, 0, 0), date.type};
}

static struct expr day_of_year(struct scheme *scheme, struct ast *at)
{
    int64_t month, day, year, ignore_month, ignore_day, days;
    unsigned places;
    if (!constant_lower(scheme, at->list, &month, &places) || places ||
        !constant_lower(scheme, at->list->next, &day, &places) || places)
        return expr_none();
    if (!scheme->schema.has_period) {
        FIND(scheme->findings, D_BY_NO_PERIOD, at->at, at->text);
        return expr_none();
    }
    date_parts(scheme->schema.period_to, &year, &ignore_month, &ignore_day);
    if (!date_make(year, month, day, &days)) {
        FIND(scheme->findings, D_NO_SUCH_DAY, at->at,
             arena_print(scheme->arena, "%lld-%lld-%lld", (long long)year, (long long)month, (long long)day));
        return expr_none();
    }
    return (struct expr){value_number(&scheme->graph, days), type_of(TYPE_DATE)};
}

/* Yes where a value is not blank. A yes/no is asked as the cell it was made from, so that known(f) is one value everywhere.
 */
struct value *known_value(struct scheme *scheme, struct value *value)
{
    struct graph *graph = &scheme->graph;
    bool cell = value->op == VALUE_CODE && value->code == OP_CODE_EQ && value->b->op == VALUE_CONST_N;
    if (value->op == VALUE_CONST_M) return value_truth(graph, true);
    if (cell) value = value->a;
    value = as_number(scheme, value);
    return value_code(graph, value->kind == REG_QUOTIENT ? OP_CODE_KNOWN_Q : OP_CODE_KNOWN_N, value, NULL, NULL, 0, 0);
}

static struct expr known_lower(struct scheme *scheme, struct scope *scope, struct ast *at)
{
    struct ast *of = at->list;
    bool previous = of->kind == AST_DOT && of->a->kind == AST_NAME && builtin_find(of->a->text) == BUILTIN_PREVIOUS;
    enum member member = previous ? member_find(BUILTIN_PREVIOUS, of->text) : MEMBER_NONE;
    if (member != MEMBER_NONE) { /* of a grade the cell is asked, not whether this scheme has such a grade */
        struct expr cell = previous_cell(scheme, of, member);
        if (!expr_ok(cell)) return cell;
        struct value *known = value_code(&scheme->graph, OP_CODE_KNOWN_N, cell.value, NULL, NULL, 0, 0);
        return expr_in_space(scheme, expr_condition(known), scope->space, at);
    }
    bool outer = scope->blank_allowed;
    scope->blank_allowed = true;
    struct expr x = expr_here(scheme, scope, at->list);
    scope->blank_allowed = outer;
    if (!expr_ok(x)) return x;
    return expr_condition(known_value(scheme, x.value));
}

static bool arity_fits(struct scheme *scheme, struct ast *at, unsigned least, unsigned most)
{
    unsigned count = 0;
    for (struct ast *arg = at->list; arg; arg = arg->next) count++;
    if (count >= least && count <= most) return true;
    struct text range = least == most ? scheme_number_text(scheme, least)
                        : most >= 255 ? arena_print(scheme->arena, "%u+", least)
                                      : arena_print(scheme->arena, "%u-%u", least, most);
    FIND(scheme->findings, D_ARGUMENTS, at->at, at->text, range, scheme_number_text(scheme, count));
    return false;
}

/* The least and most arguments a built-in name takes. */
static void arity_of(enum builtin builtin, unsigned *least, unsigned *most)
{
    static const unsigned char arities[][2] = {
        {0, 0},
#define BUILTIN(name, english, chinese, least, most, help) {least, most},
#include "../runtime/builtins.def"
#undef BUILTIN
#undef MEMBER
#undef COLUMN
    };
    *least = arities[builtin][0];
    *most = arities[builtin][1];
}

struct expr call_lower(struct scheme *scheme, struct scope *scope, struct ast *at)
{
    struct entity *e = names_find(&scheme->global, at->text);
    if (e && e->kind == ENTITY_GRID) return grid_lower(scheme, scope, e, at, at->list);
    enum builtin builtin = builtin_find(at->text);
    unsigned least = 0, most = 0;
    arity_of(builtin, &least, &most);
    if (builtin == BUILTIN_NONE || most == 0) {
        if (!e && builtin == BUILTIN_NONE && !name_resolves(scheme, scope, at->text))
            names_unknown(scheme, scope, at);
        else
            FIND(scheme->findings, D_NO_FUNCTION, at->at, at->text,
                 e && (e->kind == ENTITY_TABLE || e->kind == ENTITY_VIEW) ? scheme_word(scheme, "a table", "表")
                                                                          : scheme_word(scheme, "a figure", "数值"));
        return expr_none();
    }
    if (!arity_fits(scheme, at, least, most)) return expr_none();
    switch ((int)builtin) { /* the ones with arguments */
    case BUILTIN_KNOWN: return known_lower(scheme, scope, at);
    case BUILTIN_PLACE: return ranking_output(scheme, at, RANK_PLACE);
    case BUILTIN_FROM_LAST: return ranking_output(scheme, at, RANK_FROM_LAST);
    case BUILTIN_SIZE: return ranking_output(scheme, at, RANK_SIZE);
    case BUILTIN_MIN: return least_or_most(scheme, scope, at, true);
    case BUILTIN_MAX: return least_or_most(scheme, scope, at, false);
    case BUILTIN_ABS: {
        struct expr a = number_lower(scheme, scope, at->list);
        if (!expr_ok(a)) return a;
        enum opcode op = a.type.kind == TYPE_QUOTIENT ? OP_CODE_ABS_Q : OP_CODE_ABS;
        struct type type = a.type;
        wide end = -a.type.low > a.type.high ? -a.type.low : a.type.high;
        type.low = 0;
        type.high = end;
        return (struct expr){value_code(&scheme->graph, op, a.value, NULL, NULL, 0, 0), type};
    }
    case BUILTIN_DAY: return at->list->next ? day_of_year(scheme, at) : date_part(scheme, scope, at, OP_CODE_DAY_OF, 1, 31);
    case BUILTIN_MONTH: return date_part(scheme, scope, at, OP_CODE_MONTH_OF, 1, 12);
    case BUILTIN_YEAR: return date_part(scheme, scope, at, OP_CODE_YEAR_OF, 1600, 9999);
    case BUILTIN_MOVED_TO_WORKDAY: return moved_to_workday(scheme, scope, at);
    }
    FIND(scheme->findings, D_NO_FUNCTION, at->at, at->text, scheme_word(scheme, "a name", "名称"));
    return expr_none();
}

struct expr builtin_lower(struct scheme *scheme, struct scope *scope, struct ast *at, enum builtin builtin)
{
    switch (builtin) {
    case BUILTIN_TOTAL: return total_lower(scheme, at);
    case BUILTIN_GRADE: return grade_lower(scheme, at);
    case BUILTIN_COUNT:
    case BUILTIN_POINTS: {
        if (!scope->rule || (builtin == BUILTIN_POINTS && !scope->rule->gross.value)) {
            if (scope->rule)
                FIND(scheme->findings, D_NO_POINTS, at->at, at->text);
            else
                FIND(scheme->findings, D_ONLY_IN_EFFECT, at->at, at->text);
            return expr_none();
        }
        return builtin == BUILTIN_COUNT ? scope->rule->count : scope->rule->gross;
    }
    case BUILTIN_GROUP: FIND(scheme->findings, D_ONLY_IN_GROUP, at->at); return expr_none();
    case BUILTIN_PUBLISHED:
        scheme->due_published = true;
        if (scope->due) return (struct expr){value_number(&scheme->graph, 0), type_of(TYPE_DATE)};
        FIND(scheme->findings, D_NOT_DUE, at->at, at->text);
        return expr_none();
    case BUILTIN_PREVIOUS:
    case BUILTIN_PERIOD:
        FIND(scheme->findings, D_NEEDS_DOT, at->at, at->text,
             builtin == BUILTIN_PERIOD ? scheme_word(scheme, "period.start or period.end", "考核期.起 或 考核期.止")
                                       : scheme_word(scheme, "previous.total, previous.grade or previous.place",
                                                     "上期.总分、上期.等次 或 上期.名次"));
        return expr_none();
    case BUILTIN_DECISION:
    case BUILTIN_KNOWN:
    case BUILTIN_PLACE:
    case BUILTIN_FROM_LAST:
    case BUILTIN_SIZE:
    case BUILTIN_MIN:
    case BUILTIN_MAX:
    case BUILTIN_ABS:
    case BUILTIN_DAY:
    case BUILTIN_MONTH:
    case BUILTIN_YEAR:
    case BUILTIN_MOVED_TO_WORKDAY:
    case BUILTIN_NONE: break;
    }
    FIND(scheme->findings, D_NOT_NUMBER, at->at, at->text,
         scheme_word(scheme, "a function: it takes brackets", "函数，后面要括号"));
    return expr_none();
}

struct expr dot_lower(struct scheme *scheme, struct scope *scope, struct ast *at)
{
    enum builtin owner =
        at->a->kind == AST_NAME && !names_find(&scheme->fields[0], at->a->text) ? builtin_find(at->a->text) : BUILTIN_NONE;
    if (owner == BUILTIN_PERIOD) {
        if (!scheme->schema.has_period) {
            FIND(scheme->findings, D_BY_NO_PERIOD, at->at, at->a->text);
            return expr_none();
        }
        enum member member = member_find(owner, at->text);
        if (member == MEMBER_PERIOD_START || member == MEMBER_PERIOD_END)
            return (struct expr){value_number(&scheme->graph, member == MEMBER_PERIOD_START ? scheme->schema.period_from
                                                                                            : scheme->schema.period_to),
                                 type_of(TYPE_DATE)};
        FIND(scheme->findings, D_NO_FIELD, at->at, at->a->text, at->text, scheme_word(scheme, "start, end", "起、止"));
        return expr_none();
    }
    if (owner == BUILTIN_PREVIOUS) {
        enum member member = member_find(owner, at->text);
        if (member != MEMBER_NONE) {
            struct expr previous = previous_lower(scheme, at, member);
            if (!expr_ok(previous) || scope_knows(scheme, scope, at)) return previous;
            struct text name = arena_print(scheme->arena, "%.*s.%.*s", TEXT_ARG(at->a->text), TEXT_ARG(at->text));
            FIND(scheme->findings, D_MAY_BE_BLANK, at->at, name, previous.type.kind == TYPE_NUMBER ? TEXT("0") : TEXT("…"));
            return expr_none();
        }
        FIND(scheme->findings, D_NO_FIELD, at->at, at->a->text, at->text,
             scheme_word(scheme, "total, grade, place, from_last", "总分、等次、名次、倒数名次"));
        return expr_none();
    }
    struct expr row = expr_lower(scheme, scope, at->a);
    if (!expr_ok(row)) return row;
    if (row.type.kind != TYPE_ROW) {
        FIND(scheme->findings, D_NO_FIELD, at->at, at->a->text, at->text, type_word(scheme, row.type));
        return expr_none();
    }
    const struct names *names = &scheme->fields[row.type.index];
    struct entity *e = names_find(names, at->text);
    if (!e) {
        struct buffer words;
        buffer_init(&words, scheme->arena);
        for (size_t k = 0; k < names->count; k++) {
            if (k) buffer_put(&words, scheme->tongue == TONGUE_ZH ? "、" : ", ");
            buffer_text(&words, names->all[k]->name);
        }
        struct finding *finding = FIND(scheme->findings, D_NO_FIELD, at->at, scheme->schema.tables[row.type.index].name,
                                       at->text, buffer_result(&words));
        struct suggest near;
        suggest_start(&near, at->text);
        names_offer(&near, names, ~0u);
        size_t name = at->at.to - at->text.len; /* behind the point */
        names_repair(scheme, finding, (struct span){(uint32_t)name, at->at.to}, &near);
        return expr_none();
    }
    if (e->kind == ENTITY_FIELD && scheme->schema.tables[e->table].fields[e->index].optional && !scope->blank_allowed) {
        bool known = false;
        for (size_t k = 0; k < scope->known_count; k++)
            known |= scope->known[k] == value_column(&scheme->graph, e->table, e->index);
        if (!known) {
            FIND(scheme->findings, D_MAY_BE_BLANK, at->at,
                 arena_print(scheme->arena, "%.*s.%.*s", TEXT_ARG(at->a->text), TEXT_ARG(at->text)),
                 default_word(scheme, e->table, e->index));
            return expr_none();
        }
    }
    struct expr field = entity_lower(scheme, e, at);
    if (!expr_ok(field)) return field;
    return (struct expr){value_gather(&scheme->graph, field.value, row.value), field.type};
}

/* ---- choices ---- */

static struct expr no_case(struct scheme *scheme, struct type type, uint8_t fault)
{
    enum reg_kind kind = type.kind == TYPE_QUOTIENT ? REG_QUOTIENT : type.kind == TYPE_CONDITION ? REG_MASK : REG_NUMBER;
    struct type empty = type;
    empty.low = RANGE_LIMIT; /* adds nothing to the range of what it stands beside */
    empty.high = -RANGE_LIMIT;
    return (struct expr){value_fault(&scheme->graph, kind, fault), empty};
}

/* Brings all values to one type; false after a finding. */
static bool unify_all(struct scheme *scheme, struct scope *scope, struct expr *exprs, struct ast **at, size_t count,
                      struct text what)
{
    size_t first = 0;
    while (first < count && !exprs[first].value) first++;
    for (size_t k = first; k < count; k++) {
        if (!exprs[k].value) continue;
        exprs[k] = expr_in_space(scheme, exprs[k], scope->space, at[k]);
        if (!expr_ok(exprs[k])) return false;
        if (!expr_unify(scheme, &exprs[first], &exprs[k])) {
            FIND(scheme->findings, D_BRANCH_TYPES, at[k]->at, what, type_word(scheme, exprs[k].type),
                 scheme_line_text(scheme, at[first]->at), type_word(scheme, exprs[first].type));
            return false;
        }
    }
    for (size_t k = first; k < count; k++) /* the first has reached its widest type by now */
        if (exprs[k].value) expr_unify(scheme, &exprs[first], &exprs[k]);
    return true;
}

/* Whether the labels are all the values that the subject can have. */
static bool names_all(struct scheme *scheme, struct type type, struct value **labels, size_t count)
{
    size_t size = type.kind == TYPE_LIST    ? scheme->schema.lists[type.index].count
                  : type.kind == TYPE_THREE ? 3
                  : type.kind == TYPE_GRADE ? scheme->grade_count
                                            : 0;
    size_t distinct = 0;
    for (size_t k = 0; k < count; k++) {
        bool again = !labels[k] || labels[k]->op != VALUE_CONST_N;
        for (size_t j = 0; j < k && !again; j++) again = labels[j] == labels[k];
        distinct += !again;
    }
    return size > 0 && distinct == size;
}

struct expr select_lower(struct scheme *scheme, struct scope *scope, struct ast *at)
{
    struct expr subject = expr_here(scheme, scope, at->a);
    if (!expr_ok(subject)) return subject;
    size_t count = 0;
    for (struct ast *arm = at->list; arm; arm = arm->next) count++;
    struct expr *values = ARENA_ARRAY(scheme->arena, struct expr, count);
    struct value **masks = ARENA_ARRAY(scheme->arena, struct value *, count);
    struct ast **places = ARENA_ARRAY(scheme->arena, struct ast *, count);
    struct value **labels = ARENA_ARRAY(scheme->arena, struct value *, count);
    size_t k = 0;
    bool fine = true;
    for (struct ast *arm = at->list; arm; arm = arm->next, k++) {
        places[k] = arm->b;
        values[k] = expr_lower(scheme, scope, arm->b);
        fine &= expr_ok(values[k]);
        if (!arm->a) {
            if (arm->next) {
                FIND(scheme->findings, D_GRADE_AFTER, arm->next->at);
                return expr_none();
            }
            continue;
        }
        struct expr label = takes_literals(subject.type) ? literal_lower(scheme, scope, subject.type, arm->a, at->a)
                                                         : expr_lower(scheme, scope, arm->a);
        struct expr x = subject, y = label;
        if (!expr_ok(label))
            fine = false;
        else if (!expr_unify(scheme, &x, &y)) {
            FIND(scheme->findings, D_NOT_COMPARABLE, arm->a->at, type_word(scheme, subject.type),
                 type_word(scheme, label.type));
            fine = false;
        } else {
            masks[k] = expr_order(scheme, OP_EQ, subject, label).value;
            labels[k] = label.value;
        }
    }
    if (!fine || !unify_all(scheme, scope, values, places, count, scheme_word(scheme, "choice", "选择"))) return expr_none();
    struct expr out = no_case(scheme, values[0].type, FAULT_NO_CASE);
    if (count > 1 && names_all(scheme, subject.type, labels, count))
        masks[count - 1] = NULL; /* nothing is left: the last needs no test */
    cover_branches(scheme, places, masks, count);
    for (k = count; k-- > 0;) out = masks[k] ? expr_select(scheme, masks[k], values[k], out) : values[k];
    return out;
}

/* Whether the lines of a choose name values of their own: the first value is a word that means nothing else. */
static bool names_own_values(struct scheme *scheme, struct scope *scope, struct ast *list)
{
    while (list && !list->a) list = list->next;
    return list && list->a->kind == AST_NAME && !name_resolves(scheme, scope, list->a->text);
}

static uint32_t own_list(struct scheme *scheme, struct entity *entity)
{
    struct schema *schema = &scheme->schema;
    struct list_schema list = {.name = entity->name, .ordered = true};
    uint32_t room = 0;
    for (struct ast *line = entity->decl->list; line; line = line->next) room++;
    list.values = ARENA_ARRAY(scheme->arena, struct text, room);
    list.headings = ARENA_ARRAY(scheme->arena, struct text, room);
    struct intern seen;
    intern_init(&seen, scheme->arena);
    for (struct ast *line = entity->decl->list; line; line = line->next) {
        struct ast *name = line->a;
        if (!name || name->kind != AST_NAME) continue;
        uint32_t k = intern_put(&seen, name->text);
        if (k == list.count) list.values[list.count++] = name->text;
        if (list.headings[k].len && name->text2.len && !text_equal(list.headings[k], name->text2))
            FIND(scheme->findings, D_HEADINGS_DIFFER, name->at, name->text, list.headings[k], name->text2);
        if (!list.headings[k].len) list.headings[k] = name->text2;
    }
    SCHEMA_APPEND(scheme->arena, schema->lists, schema->list_count, list);
    return schema->list_count - 1;
}

struct expr choose_lower(struct scheme *scheme, struct entity *entity)
{
    struct ast *decl = entity->decl;
    uint32_t table = 0;
    if (decl->a) {
        struct entity *t = names_find(&scheme->global, decl->a->text);
        if (!t || t->kind != ENTITY_TABLE) {
            FIND(scheme->findings, D_NO_TABLE, decl->a->at, decl->a->text);
            return expr_none();
        }
        table = t->table;
    }
    entity->table = table;
    struct scope scope = scope_at(space_of_table(table));
    struct type own = type_of(TYPE_NONE);
    if (names_own_values(scheme, &scope, decl->list)) {
        own = type_of(TYPE_LIST);
        own.index = entity->index = own_list(scheme, entity);
    }
    size_t count = 0;
    for (struct ast *line = decl->list; line; line = line->next, count++)
        if (own.kind == TYPE_NONE && line->a && line->a->text2.len && line->a->kind == AST_NAME)
            FIND(scheme->findings, D_HEADING_OF_OTHER, line->a->at, line->a->text);
    struct expr *values = ARENA_ARRAY(scheme->arena, struct expr, count);
    struct value **masks = ARENA_ARRAY(scheme->arena, struct value *, count);
    struct ast **places = ARENA_ARRAY(scheme->arena, struct ast *, count);
    struct ast *line_at;
    bool fine = true;
    size_t k = 0;
    for (struct ast *line = decl->list; line; line = line->next, k++) {
        size_t before = scope.known_count;
        if (line->b) {
            masks[k] = condition_lower(scheme, &scope, line->b);
            fine &= masks[k] != NULL;
        } else if (line->next) {
            FIND(scheme->findings, D_GRADE_AFTER, line->next->at);
            return expr_none();
        }
        scope_learn(scheme, &scope, line->b, true);
        places[k] = line->a;
        if (line->a) {
            values[k] = own.kind == TYPE_LIST ? literal_lower(scheme, &scope, own, line->a, decl)
                                              : expr_lower(scheme, &scope, line->a);
            fine &= expr_ok(values[k]);
        }
        scope.known_count = before;
        scope_learn(scheme, &scope, line->b, false);
    }
    if (!fine || !unify_all(scheme, &scope, values, places, count, entity->name)) return expr_none();
    struct type type = own;
    for (k = 0; k < count; k++)
        if (values[k].value) {
            type = values[k].type;
            break;
        }
    bool bare = type.kind == TYPE_NONE; /* every line is open: what would be decided is a figure, whichever */
    if (bare) type = type_number(0, 0, 0);
    for (k = 0, line_at = decl->list; k < count; k++, line_at = line_at->next) places[k] = line_at;
    cover_branches(scheme, places, masks, count);
    open_cases_note(scheme, entity, masks);
    struct expr out = no_case(scheme, type, FAULT_NO_CASE);
    for (k = count; k-- > 0;) {
        struct expr here = values[k].value ? values[k] : no_case(scheme, type, FAULT_UNDECIDED);
        out = masks[k] ? expr_select(scheme, masks[k], here, out) : here;
    }
    if (bare) out.type = type_number(0, -RANGE_LIMIT, RANGE_LIMIT);
    return out;
}

/* ---- grids ---- */

/* Where the labels stand: the position of the argument among them. */
static struct value *axis_position(struct scheme *scheme, struct scope *scope, struct entity *grid, struct ast *arg,
                                   struct ast *labels, bool row)
{
    struct graph *graph = &scheme->graph;
    struct expr subject = expr_here(scheme, scope, arg);
    if (!expr_ok(subject)) return NULL;
    struct type type = subject.type;
    uint32_t size = type.kind == TYPE_LIST        ? scheme->schema.lists[type.index].count
                    : type.kind == TYPE_THREE     ? 3
                    : type.kind == TYPE_GRADE     ? (uint32_t)scheme->grade_count
                    : type.kind == TYPE_CONDITION ? 2
                                                  : 0;
    int64_t *entries = ARENA_ARRAY(scheme->arena, int64_t, size ? size : 1);
    for (uint32_t k = 0; k < size; k++) entries[k] = -1;
    struct value *chain = value_fault(graph, REG_NUMBER, FAULT_NO_CASE);
    int64_t position = 0;
    for (struct ast *label = labels; label; label = label->next, position++) {
        struct ast as = *label;
        as.next = NULL;
        as.kind = AST_NAME;
        bool yes = text_is(label->text, "yes") || text_is(label->text, "是"),
             no = text_is(label->text, "no") || text_is(label->text, "否");
        bool na = text_is(label->text, "na") || text_is(label->text, "不涉及");
        if ((type.kind == TYPE_CONDITION || type.kind == TYPE_THREE) && (yes || no || na)) {
            uint32_t index = yes ? 1 : no ? 0 : 2;
            if (index < size) entries[index] = position;
        } else if (size) {
            struct expr literal = literal_lower(scheme, scope, type, &as, arg);
            if (!expr_ok(literal)) return NULL;
            if (literal.value->op == VALUE_CONST_N && literal.value->i < size) entries[literal.value->i] = position;
        } else {
            struct expr literal;
            int64_t number;
            unsigned places;
            if (type.kind == TYPE_TEXT)
                literal = (struct expr){value_number(graph, scheme_text(scheme, label->text)), type};
            else if (expr_is_numeric(subject) && number_parse(label->text, &number, &places))
                literal = expr_number(scheme, number, places);
            else {
                FIND(scheme->findings, D_NOT_COMPARABLE, label->at, type_word(scheme, type), label->text);
                return NULL;
            }
            chain = value_code(graph, OP_CODE_SELECT_N, expr_order(scheme, OP_EQ, subject, literal).value,
                               value_number(graph, position), chain, 0, 0);
        }
    }
    if (!size) return chain;
    for (uint32_t k = 0; k < size; k++)
        if (entries[k] < 0) {
            struct text missing = type.kind == TYPE_LIST    ? scheme->schema.lists[type.index].values[k]
                                  : type.kind == TYPE_GRADE ? scheme->grades[k].name
                                  : k == 1                  ? scheme_word(scheme, "yes", "是")
                                  : k == 0                  ? scheme_word(scheme, "no", "否")
                                                            : scheme_word(scheme, "na", "不涉及");
            FIND(scheme->findings, D_GRID_MISSING, grid->decl->at, grid->name,
                 row ? scheme_word(scheme, "row", "行") : scheme_word(scheme, "column", "列"), missing);
            return NULL;
        }
    struct value *index = subject.value;
    if (type.kind == TYPE_CONDITION)
        index = value_code(graph, OP_CODE_SELECT_N, subject.value, value_number(graph, 1), value_number(graph, 0), 0, 0);
    return value_code(graph, OP_CODE_LOOKUP, index, NULL, NULL, graph_lookup(graph, entries, size), 0);
}

/* The list that an axis names: a list of values, or the list of a field of that name. NULL: not to be told before a call. */
static const struct list_schema *axis_list(struct scheme *scheme, struct ast *axis)
{
    struct entity *e = names_find(&scheme->global, axis->text);
    if (e && e->kind == ENTITY_VALUES) return &scheme->schema.lists[e->index];
    for (uint32_t t = 0; t < scheme->schema.table_count; t++) {
        struct entity *field = names_find(&scheme->fields[t], axis->text);
        if (!field || field->kind != ENTITY_FIELD) continue;
        const struct field_schema *f = &scheme->schema.tables[t].fields[field->index];
        return f->kind == FIELD_LIST ? &scheme->schema.lists[f->list] : NULL;
    }
    return NULL;
}

static bool has_label(struct ast *labels, const struct list_schema *list, uint32_t value)
{
    for (; labels; labels = labels->next)
        if (text_equal(labels->text, list->values[value]) ||
            (list->headings[value].len && text_equal(labels->text, list->headings[value])))
            return true;
    return false;
}

static bool axis_is_full(struct scheme *scheme, struct entity *grid, struct ast *axis, struct ast *labels, bool row)
{
    const struct list_schema *list = axis_list(scheme, axis);
    for (uint32_t k = 0; list && k < list->count; k++)
        if (!has_label(labels, list, k)) {
            FIND(scheme->findings, D_GRID_MISSING, grid->decl->at, grid->name,
                 row ? scheme_word(scheme, "row", "行") : scheme_word(scheme, "column", "列"), list->values[k]);
            return false;
        }
    return true;
}

/* The labels of the rows as a list of their own. */
static struct ast *row_labels(struct scheme *scheme, struct ast *decl)
{
    struct ast *labels = NULL, **tail = &labels;
    for (struct ast *row = decl->list; row; row = row->next) {
        struct ast *label = ARENA_NEW(scheme->arena, struct ast);
        *label = *row->a;
        label->next = NULL;
        *tail = label;
        tail = &label->next;
    }
    return labels;
}

bool grid_check(struct scheme *scheme, struct entity *grid)
{
    if (grid->state != ENTITY_WAITING) return grid->index == 0;
    grid->state = ENTITY_DONE;
    grid->index = 1; /* until it is found to be sound */
    uint32_t columns = 0;
    for (struct ast *label = grid->decl->c; label; label = label->next) columns++;
    for (struct ast *row = grid->decl->list; row; row = row->next) {
        uint32_t cells = 0;
        for (struct ast *cell = row->list; cell; cell = cell->next) cells++;
        if (cells == columns) continue;
        FIND(scheme->findings, D_GRID_SHAPE, row->at, grid->name, scheme_number_text(scheme, cells),
             scheme_number_text(scheme, columns));
        return false;
    }
    if (!axis_is_full(scheme, grid, grid->decl->a, row_labels(scheme, grid->decl), true)) return false;
    if (!axis_is_full(scheme, grid, grid->decl->b, grid->decl->c, false)) return false;
    grid->index = 0;
    return true;
}

struct expr grid_lower(struct scheme *scheme, struct scope *scope, struct entity *grid, struct ast *at, struct ast *args)
{
    struct ast *decl = grid->decl;
    struct ast *first = args ? args : decl->a, *second = args ? args->next : decl->b;
    if (args && (!second || second->next)) {
        unsigned given = 0;
        for (struct ast *arg = args; arg; arg = arg->next) given++;
        FIND(scheme->findings, D_ARGUMENTS, at->at, at->text, scheme_number_text(scheme, 2),
             scheme_number_text(scheme, given));
        return expr_none();
    }
    if (!grid_check(scheme, grid)) return expr_none();
    uint32_t columns = 0, rows = 0;
    for (struct ast *label = decl->c; label; label = label->next) columns++;
    for (struct ast *row = decl->list; row; row = row->next) rows++;
    size_t count = (size_t)rows * columns;
    int64_t *entries = ARENA_ARRAY(scheme->arena, int64_t, count);
    unsigned *places = ARENA_ARRAY(scheme->arena, unsigned, count), most = 0;
    size_t k = 0;
    for (struct ast *row = decl->list; row; row = row->next)
        for (struct ast *cell = row->list; cell; cell = cell->next, k++) {
            if (!constant_lower(scheme, cell, &entries[k], &places[k])) return expr_none();
            if (places[k] > most) most = places[k];
        }
    wide low = RANGE_LIMIT, high = -RANGE_LIMIT;
    for (k = 0; k < count; k++) {
        struct expr cell = expr_at_places(scheme, expr_number(scheme, entries[k], places[k]), most);
        unsigned ignore;
        if (!expr_is_constant(cell, &entries[k], &ignore)) {
            FIND(scheme->findings, D_TOO_BIG, decl->at, grid->name);
            return expr_none();
        }
        if (entries[k] < low) low = entries[k];
        if (entries[k] > high) high = entries[k];
    }
    struct value *x = axis_position(scheme, scope, grid, first, row_labels(scheme, decl), true);
    struct value *y = axis_position(scheme, scope, grid, second, decl->c, false);
    if (!x || !y) return expr_none();
    struct graph *graph = &scheme->graph;
    struct value *index = value_code(
        graph, OP_CODE_ADD, value_code(graph, OP_CODE_MUL, x, value_number(graph, columns), NULL, 0, 0), y, NULL, 0, 0);
    return (struct expr){
        value_code(graph, OP_CODE_LOOKUP, index, NULL, NULL, graph_lookup(graph, entries, (uint32_t)count), 0),
        type_number(most, low, high)};
}
