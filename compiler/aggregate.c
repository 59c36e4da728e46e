/* Aggregates, quantifiers, views: from the rows of a table to one figure.
 *
 * Decision: where the result lives follows from the rows alone: rows that belong to the row in hand are gathered there,
 * rows of a unit at the unit, rows that belong to nobody once for all. `best`, `dropping`, `once per` and `distinct` are
 * one mechanism: the ordinal of a row among those of its home.
 */
#include "scheme.h"

bool rows_find(struct scheme *scheme, struct scope *scope, struct ast *name, struct rows *out)
{
    struct graph *graph = &scheme->graph;
    *out = (struct rows){.group = NO_INDEX};
    struct entity *e = names_find(&scheme->global, name->text);
    if (!e && builtin_find(name->text) == BUILTIN_GROUP) {
        if (scope->group == NO_INDEX) {
            FIND(scheme->findings, D_ONLY_IN_GROUP, name->at);
            return false;
        }
        out->table = graph->groups[scope->group].table;
        out->home = graph->groups[scope->group].space;
        out->group = scope->group;
        out->index = value_group_out(graph, (uint32_t)scope->group, GROUP_OF);
        struct value *in_group = value_code(graph, OP_CODE_LE, value_number(graph, 0), out->index, NULL, 0, 0);
        out->mask = in_group;
        return true;
    }
    if (!e || (e->kind != ENTITY_TABLE && e->kind != ENTITY_VIEW)) {
        if (!e && !name_resolves(scheme, scope, name->text))
            names_unknown(scheme, scope, name);
        else
            FIND(scheme->findings, D_NO_TABLE, name->at, name->text);
        return false;
    }
    if (e->kind == ENTITY_VIEW) {
        out->mask = view_mask(scheme, e);
        if (!out->mask) return false;
    }
    out->table = e->table;
    const struct schema *schema = &scheme->schema;
    if (out->table == 0 || schema->tables[out->table].for_all || schema->tables[out->table].roles) {
        out->home = SPACE_EVERYTHING;
        out->index = value_number(graph, 0);
        return true;
    }
    /* the nearest owner of these rows that is in hand: the row itself, one of its owners, or the unit */
    uint32_t here = 0;
    bool in_table = space_is_table(graph, scope->space, &here);
    struct value *index = NULL;
    for (uint32_t t = out->table; schema->tables[t].parent > 0;) {
        struct value *step = value_parent_of(graph, t);
        index = index ? value_gather(graph, step, index) : step;
        t = (uint32_t)schema->tables[t].parent;
        for (int32_t h = in_table ? (int32_t)here : 0; h > 0; h = schema->tables[h].parent)
            if ((uint32_t)h == t) {
                out->home = space_of_table(t);
                out->index = index;
                return true;
            }
    }
    out->home = SPACE_UNITS;
    out->index = value_unit_of(graph, out->table);
    return true;
}

/* A figure of a group is not known while it is not known whether some row of the unit is in it: `where` of the head reads
 * something open. The count of the unit's certain rows carries that fault to each of its groups. */
struct expr unless_unknown(struct scheme *scheme, const struct rows *rows, struct expr figure)
{
    if (rows->group == NO_INDEX || !expr_ok(figure)) return figure;
    struct graph *graph = &scheme->graph;
    const struct group_plan *plan = &graph->groups[rows->group];
    if (!plan->mask) return figure;
    struct value *certain =
        value_reduce(graph, OP_CODE_SINK_COUNT, NULL, plan->mask, plan->owner, space_of_table(plan->table), SPACE_UNITS);
    struct value *count = value_gather(graph, certain, value_group_out(graph, (uint32_t)rows->group, GROUP_UNIT_OF));
    if (figure.value->kind == REG_MASK) { /* a certain yes stays */
        struct value *never = value_code(graph, OP_CODE_LT, count, value_number(graph, 0), NULL, 0, 0);
        return expr_condition(mask_or(scheme, figure.value, never));
    }
    struct type zero = type_number(0, 0, 0);
    return expr_add(scheme, figure,
                    (struct expr){value_code(graph, OP_CODE_MUL, count, value_number(graph, 0), NULL, 0, 0), zero});
}

/* The ordinal of each row among those of its home, 1 for the first. */
static struct value *ordinal(struct scheme *scheme, const struct rows *rows, struct expr *key, bool highest,
                             struct value *also, struct value *mask, enum rank_output output)
{
    struct value *keys[1] = {key ? key->value : NULL}, *partition[2];
    bool highest_first[1] = {highest};
    uint32_t partitions = 0;
    if (rows->home != SPACE_EVERYTHING) partition[partitions++] = rows->index;
    if (also) partition[partitions++] = also;
    return value_rank(&scheme->graph, space_of_table(rows->table), keys, highest_first, key ? 1 : 0, partition, partitions,
                      mask, output);
}

struct value *as_number(struct scheme *scheme, struct value *value)
{
    if (value->kind != REG_MASK) return value;
    return value_code(&scheme->graph, OP_CODE_SELECT_N, value, value_number(&scheme->graph, 1),
                      value_number(&scheme->graph, 0), 0, 0);
}

/* Rows that are as high as the one that counts: said, so that nobody wonders which was taken. */
static void name_ties(struct scheme *scheme, struct entity *view, const struct rows *rows, struct expr *highest,
                      struct value *of, struct value *mask, struct value *first)
{
    struct graph *graph = &scheme->graph;
    struct value *place = ordinal(scheme, rows, highest, true, of, mask, RANK_PLACE), *one = value_number(graph, 1);
    struct value *tie = mask_and(scheme, mask,
                                 mask_and(scheme, value_code(graph, OP_CODE_EQ, place, one, NULL, 0, 0),
                                          value_code(graph, OP_CODE_NE, first, one, NULL, 0, 0)));
    add_check(scheme, (struct check){.table = rows->table, .field = NO_INDEX, .tie = true, .where = view->decl->at},
              mask_not(scheme, tie));
}

struct value *view_mask(struct scheme *scheme, struct entity *view)
{
    if (view->state == ENTITY_DONE) return view->expr.value;
    struct ast *decl = view->decl;
    if (!work_begin(scheme, &view->state, view->name, decl->at, NULL)) return NULL;
    struct scope outer = scope_at(SPACE_UNITS);
    struct rows rows;
    struct value *mask = NULL;
    if (rows_find(scheme, &outer, decl->a, &rows)) {
        view->table = rows.table;
        struct scope scope = scope_at(space_of_table(rows.table));
        mask = rows.mask ? rows.mask : value_truth(&scheme->graph, true);
        if (decl->b) {
            struct value *where = condition_lower(scheme, &scope, decl->b);
            scope_learn(scheme, &scope, decl->b, true);
            mask = where ? mask_and(scheme, mask, where) : NULL;
        }
        if (mask && decl->c) {
            struct expr once = expr_here(scheme, &scope, decl->c);
            struct expr highest = decl->d ? expr_here(scheme, &scope, decl->d) : expr_none();
            if (!expr_ok(once) || (decl->d && !expr_ok(highest)))
                mask = NULL;
            else {
                struct value *of = as_number(scheme, once.value);
                struct value *first = ordinal(scheme, &rows, decl->d ? &highest : NULL, true, of, mask, RANK_ORDINAL);
                if (decl->d) name_ties(scheme, view, &rows, &highest, of, mask, first);
                mask = mask_and(scheme, mask,
                                value_code(&scheme->graph, OP_CODE_EQ, first, value_number(&scheme->graph, 1), NULL, 0, 0));
            }
        }
    }
    view->expr = mask ? expr_condition(mask) : expr_none();
    work_end(scheme, &view->state);
    return mask;
}

struct expr rows_count(struct scheme *scheme, const struct rows *rows, struct value *mask)
{
    struct value *count = value_reduce(&scheme->graph, OP_CODE_SINK_COUNT, NULL, mask_and(scheme, rows->mask, mask),
                                       rows->index, space_of_table(rows->table), rows->home);
    return (struct expr){count, type_number(0, 0, UINT32_MAX)};
}

/* Keeps the best N, or all but the extremes. */
static struct value *selected(struct scheme *scheme, const struct rows *rows, struct ast *at, struct expr key,
                              struct value *mask)
{
    struct graph *graph = &scheme->graph;
    int64_t number;
    unsigned places;
    struct value *keep = NULL;
    if (at->d) {
        if (!constant_lower(scheme, at->d, &number, &places) || places) return NULL;
        struct value *place = ordinal(scheme, rows, &key, true, NULL, mask, RANK_ORDINAL);
        keep = value_code(graph, OP_CODE_LE, place, value_number(graph, number), NULL, 0, 0);
    }
    if (at->e) {
        struct value *place = ordinal(scheme, rows, &key, true, NULL, mask, RANK_ORDINAL);
        if (at->e->a) {
            if (!constant_lower(scheme, at->e->a, &number, &places) || places) return NULL;
            keep = mask_and(scheme, keep, value_code(graph, OP_CODE_LT, value_number(graph, number), place, NULL, 0, 0));
        }
        if (at->e->b) {
            if (!constant_lower(scheme, at->e->b, &number, &places) || places) return NULL;
            struct value *size = ordinal(scheme, rows, &key, true, NULL, mask, RANK_SIZE);
            struct value *last = value_code(graph, OP_CODE_SUB, size, value_number(graph, number), NULL, 0, 0);
            keep = mask_and(scheme, keep, value_code(graph, OP_CODE_LE, place, last, NULL, 0, 0));
        }
    }
    return mask_and(scheme, mask, keep);
}

static struct expr sum(struct scheme *scheme, const struct rows *rows, struct expr x, struct value *mask)
{
    enum opcode sink = x.type.kind == TYPE_QUOTIENT ? OP_CODE_SINK_SUM_Q : OP_CODE_SINK_SUM;
    struct type type = x.type;
    type.low = x.type.low >= 0 ? 0 : -RANGE_LIMIT;
    type.high = x.type.high <= 0 ? 0 : RANGE_LIMIT;
    return (struct expr){
        value_reduce(&scheme->graph, sink, x.value, mask, rows->index, space_of_table(rows->table), rows->home), type};
}

static struct expr extreme(struct scheme *scheme, const struct rows *rows, struct expr x, struct value *mask, bool highest)
{
    bool q = x.type.kind == TYPE_QUOTIENT;
    enum opcode sink = highest ? (q ? OP_CODE_SINK_MAX_Q : OP_CODE_SINK_MAX) : q ? OP_CODE_SINK_MIN_Q : OP_CODE_SINK_MIN;
    return (struct expr){
        value_reduce(&scheme->graph, sink, x.value, mask, rows->index, space_of_table(rows->table), rows->home), x.type};
}

static bool fits(struct scheme *scheme, struct ast *at, struct expr x)
{
    bool ordered = x.type.kind == TYPE_DATE || (x.type.kind == TYPE_LIST && scheme->schema.lists[x.type.index].ordered);
    if (at->op == OP_DISTINCT || expr_is_numeric(x)) return true;
    if ((at->op == OP_HIGHEST || at->op == OP_LOWEST) && ordered && !at->d && !at->e) return true;
    const char *en = at->op == OP_SUM       ? "a sum"
                     : at->op == OP_AVERAGE ? "an average"
                     : at->op == OP_HIGHEST ? "the highest"
                                            : "the lowest";
    const char *zh = at->op == OP_SUM ? "合计" : at->op == OP_AVERAGE ? "平均" : at->op == OP_HIGHEST ? "最高" : "最低";
    FIND(scheme->findings, D_NOT_TOGETHER, at->a->at, type_word(scheme, x.type), scheme_word(scheme, en, zh));
    return false;
}

struct expr aggregate_lower(struct scheme *scheme, struct scope *scope, struct ast *at)
{
    struct rows rows;
    struct ast *source = at->b;
    if (!source) {
        FIND(scheme->findings, D_NO_TABLE, at->at, at->a && at->a->text.len ? at->a->text : TEXT("…"));
        return expr_none();
    }
    if (!rows_find(scheme, scope, source, &rows)) return expr_none();
    struct scope inner = scope_at(space_of_table(rows.table));
    inner.part = scope->part;
    struct value *mask = rows.mask;
    if (at->c) {
        struct value *where = condition_lower(scheme, &inner, at->c);
        if (!where) return expr_none();
        mask = mask_and(scheme, mask, where);
        scope_learn(scheme, &inner, at->c, true);
    }
    struct rows all = rows;
    all.mask = NULL;
    if (at->op == OP_COUNT) return unless_unknown(scheme, &rows, rows_count(scheme, &all, mask));
    inner.blank_allowed = at->op == OP_DISTINCT;
    struct expr x = expr_here(scheme, &inner, at->a);
    if (!expr_ok(x) || !fits(scheme, at, x)) return expr_none();
    if (at->op == OP_DISTINCT) {
        struct value *key = as_number(scheme, x.value);
        if (key->kind == REG_QUOTIENT) {
            FIND(scheme->findings, D_NOT_TOGETHER, at->a->at, type_word(scheme, x.type),
                 scheme_word(scheme, "a count of distinct", "不重复数"));
            return expr_none();
        }
        mask = mask_and(scheme, mask, value_code(&scheme->graph, OP_CODE_KNOWN_N, key, NULL, NULL, 0, 0));
        struct value *first = ordinal(scheme, &rows, NULL, true, key, mask, RANK_ORDINAL);
        mask = mask_and(scheme, mask,
                        value_code(&scheme->graph, OP_CODE_EQ, first, value_number(&scheme->graph, 1), NULL, 0, 0));
        return unless_unknown(scheme, &rows, rows_count(scheme, &all, mask));
    }
    if (at->d || at->e) {
        size_t errors = scheme->findings->errors;
        mask = selected(scheme, &rows, at, x, mask);
        if (scheme->findings->errors != errors) return expr_none();
    }
    switch ((int)at->op) { /* what is left of the aggregates */
    case OP_SUM: return unless_unknown(scheme, &rows, sum(scheme, &rows, x, mask));
    case OP_HIGHEST: return unless_unknown(scheme, &rows, extreme(scheme, &rows, x, mask, true));
    case OP_LOWEST: return unless_unknown(scheme, &rows, extreme(scheme, &rows, x, mask, false));
    default: break;
    }
    struct type type = x.type;
    struct expr average = expr_div(scheme, sum(scheme, &rows, x, mask), rows_count(scheme, &all, mask), FAULT_EMPTY);
    average.type.percent = type.percent;
    return unless_unknown(scheme, &rows, average);
}

struct expr quantified_lower(struct scheme *scheme, struct scope *scope, struct ast *at)
{
    struct rows rows;
    if (!rows_find(scheme, scope, at->a, &rows)) return expr_none();
    struct scope inner = scope_at(space_of_table(rows.table));
    inner.part = scope->part;
    struct value *has = at->b ? condition_lower(scheme, &inner, at->b) : value_truth(&scheme->graph, true);
    if (!has) return expr_none();
    if (at->op == OP_EVERY) has = mask_not(scheme, has);
    struct value *any = value_reduce(&scheme->graph, OP_CODE_SINK_ANY, NULL, mask_and(scheme, rows.mask, has), rows.index,
                                     space_of_table(rows.table), rows.home);
    struct expr found = unless_unknown(scheme, &rows, expr_condition(any));
    return at->op == OP_ANY ? found : expr_condition(mask_not(scheme, found.value));
}

/* The month of a date, counted from year 0. */
static struct value *month_number(struct scheme *scheme, struct value *date)
{
    struct graph *graph = &scheme->graph;
    struct value *year = value_code(graph, OP_CODE_YEAR_OF, date, NULL, NULL, 0, 0),
                 *month = value_code(graph, OP_CODE_MONTH_OF, date, NULL, NULL, 0, 0);
    return value_code(graph, OP_CODE_ADD, value_code(graph, OP_CODE_MUL, year, value_number(graph, 12), NULL, 0, 0), month,
                      NULL, 0, 0);
}

/* The date a table is kept by; for results of other runs their period. */
static int32_t date_field(struct scheme *scheme, uint32_t table)
{
    if (scheme->schema.tables[table].by >= 0) return scheme->schema.tables[table].by;
    if (!scheme->schema.tables[table].results) return NO_INDEX;
    return RESULTS_PERIOD;
}

/* Months in a row, back from the latest month with any row: the k-th latest month that holds is one of them exactly when
 * it lies k - 1 months before the latest; after the first gap none can. */
struct expr streak_lower(struct scheme *scheme, struct scope *scope, struct ast *at)
{
    struct graph *graph = &scheme->graph;
    struct rows rows;
    if (!rows_find(scheme, scope, at->a, &rows)) return expr_none();
    int32_t by = date_field(scheme, rows.table);
    if (by < 0) {
        FIND(scheme->findings, D_STREAK_DATE, at->a->at, at->a->text);
        return expr_none();
    }
    struct scope inner = scope_at(space_of_table(rows.table));
    struct value *mask = rows.mask;
    if (at->b) {
        struct value *where = condition_lower(scheme, &inner, at->b);
        if (!where) return expr_none();
        mask = mask_and(scheme, mask, where);
    }
    struct expr month = {month_number(scheme, value_column(graph, rows.table, (uint32_t)by)),
                         type_number(0, 0, RANGE_LIMIT)};
    struct value *all = rows.mask ? rows.mask : value_truth(graph, true);
    struct value *latest =
        value_reduce(graph, OP_CODE_SINK_MAX, month.value, all, rows.index, space_of_table(rows.table), rows.home);
    struct value *first = ordinal(scheme, &rows, NULL, true, month.value, mask, RANK_ORDINAL); /* one row a month */
    struct value *one = mask_and(scheme, mask, value_code(graph, OP_CODE_EQ, first, value_number(graph, 1), NULL, 0, 0));
    struct value *place = ordinal(scheme, &rows, &month, true, NULL, one, RANK_ORDINAL);
    struct value *reached = value_code(graph, OP_CODE_SUB, value_code(graph, OP_CODE_ADD, month.value, place, NULL, 0, 0),
                                       value_number(graph, 1), NULL, 0, 0);
    struct value *here = value_gather(graph, latest, rows.index);
    if (rows.home == SPACE_EVERYTHING) here = value_in_space(graph, latest, space_of_table(rows.table));
    struct rows counted = rows;
    counted.mask = NULL;
    return rows_count(scheme, &counted, mask_and(scheme, one, value_code(graph, OP_CODE_EQ, reached, here, NULL, 0, 0)));
}

/* ---- results of earlier periods ---- */

static struct value *previous_rows(struct scheme *scheme, struct ast *at, uint32_t *table)
{
    struct graph *graph = &scheme->graph;
    if (scheme->results_table < 0) {
        FIND(scheme->findings, D_RESULTS_ONE, at->at);
        return NULL;
    }
    *table = (uint32_t)scheme->results_table;
    if (scheme->previous) return scheme->previous;
    if (!scheme->schema.has_period) {
        FIND(scheme->findings, D_BY_NO_PERIOD, at->at, at->a ? at->a->text : at->text);
        return NULL;
    }
    struct rows rows = {.group = NO_INDEX, .table = *table, .index = value_unit_of(graph, *table), .home = SPACE_UNITS};
    struct expr period = {value_column(graph, *table, (uint32_t)date_field(scheme, *table)), type_of(TYPE_DATE)};
    struct value *before =
        value_code(graph, OP_CODE_LT, period.value, value_number(graph, scheme->schema.period_from), NULL, 0, 0);
    struct value *latest = ordinal(scheme, &rows, &period, true, NULL, before, RANK_ORDINAL);
    scheme->previous = mask_and(scheme, before, value_code(graph, OP_CODE_EQ, latest, value_number(graph, 1), NULL, 0, 0));
    return scheme->previous;
}

/* The cell of the unit's latest earlier row; blank where there is no such row. */
struct expr previous_cell(struct scheme *scheme, struct ast *at, enum member member)
{
    uint32_t table;
    struct graph *graph = &scheme->graph;
    struct value *mask = previous_rows(scheme, at, &table);
    if (!mask) return expr_none();
    uint32_t column = member == MEMBER_PREVIOUS_TOTAL   ? RESULTS_TOTAL
                      : member == MEMBER_PREVIOUS_GRADE ? RESULTS_GRADE
                      : member == MEMBER_PREVIOUS_PLACE ? RESULTS_PLACE
                                                        : RESULTS_FROM_LAST;
    struct expr field = field_expr(scheme, table, column);
    struct value *unit = value_unit_of(graph, table);
    uint32_t rows = space_of_table(table);
    struct value *any = value_reduce(graph, OP_CODE_SINK_ANY, NULL, mask, unit, rows, SPACE_UNITS);
    /* of the one row that is left, the largest is it */
    struct value *cell = value_reduce(graph, OP_CODE_SINK_MAX, field.value, mask, unit, rows, SPACE_UNITS);
    cell = value_code(graph, OP_CODE_SELECT_N, any, cell, value_fault(graph, REG_NUMBER, FAULT_BLANK), 0, 0);
    return (struct expr){cell, field.type};
}

struct expr previous_lower(struct scheme *scheme, struct ast *at, enum member member)
{
    struct expr cell = previous_cell(scheme, at, member);
    if (!expr_ok(cell)) return cell;
    if (member == MEMBER_PREVIOUS_GRADE && scheme->grade_count) { /* a grade of this scheme, by its words */
        struct expr grade = {value_fault(&scheme->graph, REG_NUMBER, FAULT_NO_CASE), type_of(TYPE_GRADE)};
        for (size_t k = scheme->grade_count; k-- > 0;) {
            struct text words[2] = {scheme->grades[k].name, scheme->grades[k].heading};
            for (int w = 0; w < 2; w++) {
                if (!words[w].len) continue;
                struct value *same = value_code(&scheme->graph, OP_CODE_EQ, cell.value,
                                                value_number(&scheme->graph, scheme_text(scheme, words[w])), NULL, 0, 0);
                grade.value = value_code(&scheme->graph, OP_CODE_SELECT_N, same, value_number(&scheme->graph, (int64_t)k),
                                         grade.value, 0, 0);
            }
        }
        return grade;
    }
    return cell;
}
