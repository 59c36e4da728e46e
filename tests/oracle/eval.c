/* Evaluates expressions by recursion over the tree.
 *
 * In: an expression and where it stands (unit, rows around it, group, item, rule). Out: a value, or a fault.
 * Decision: names mean what stands nearest: a column of the innermost row, of the rows it belongs to, of the rows around
 * it, the unit, then what the scheme declares, then what the language brings, then a value of some list. Cost: a scheme
 * that uses one word for two of these is read by this order, so the generator avoids it.
 */
#include "oracle.h"

#include <stdio.h>

enum { DEPTH = 400 }; /* a cycle, if there is one, ends here */

struct context unit_context(struct row *unit) { return (struct context){.unit = unit}; }

struct context row_context(const struct context *outer, struct row *row)
{
    struct context c = {.row = row, .outer = outer};
    if (outer) c.unit = outer->unit, c.item = outer->item, c.rule = outer->rule;
    if (row->unit && !c.unit) c.unit = row->unit;
    return c;
}

/* ---- names ---- */

/* A cell, or what a computed column comes to in this row alone; blank where the field does not apply. */
static struct value field_of(struct oracle *o, struct row *row, size_t f)
{
    const struct field *field = &row->table->fields[f];
    struct context c = {.unit = row->unit, .row = row};
    if (field->decl->kind == AST_COMPUTED) return eval(o, &c, field->decl->a);
    if (field->decl->kind != AST_FIELD || !field->decl->c) return row->cells[f];
    struct value applies = eval(o, &c, field->decl->c->a); /* what stands where it does not is not looked at */
    return is_fault(applies) ? applies : is_yes(applies) ? row->cells[f] : fault_blank();
}

static bool find_choose_in(const struct oracle *o, const struct table *table, struct text name, const struct ast **out)
{
    for (const struct ast *d = o->file->root->list; d; d = d->next) {
        if (d->kind != AST_CHOOSE || !d->a || !text_equal(d->text, name)) continue;
        if (find_table(o, d->a->text) != table) continue;
        *out = d;
        return true;
    }
    return false;
}

/* Whether a name means something in a row of the table, other than a value of some list. */
static bool means(const struct oracle *o, const struct table *table, struct text name)
{
    for (; table; table = table->parent)
        if (find_field(table, name) != SIZE_MAX) return true;
    for (const struct ast *d = o->file->root->list; d; d = d->next) {
        bool figure = d->kind == AST_LET || d->kind == AST_CHOOSE || d->kind == AST_OUTCOME;
        if (figure && text_equal(d->text, name)) return true;
    }
    return find_field(o->tables[0], name) != SIZE_MAX;
}

static struct value choose(struct oracle *o, const struct context *c, const struct ast *decl)
{
    bool names = true; /* all values are bare names that mean nothing else: a list of its own */
    const struct table *table = decl->a ? find_table(o, decl->a->text) : o->tables[0];
    for (const struct ast *k = decl->list; k; k = k->next)
        if (k->kind == AST_CASE && k->a && (k->a->kind != AST_NAME || means(o, table, k->a->text))) names = false;
    for (const struct ast *k = decl->list; k; k = k->next) {
        if (k->kind != AST_CASE) continue;
        struct value holds = k->b ? eval(o, c, k->b) : value_bool(YES);
        if (is_fault(holds)) return holds;
        if (!is_yes(holds)) continue;
        if (k->op == OP_UNDECIDED) return fault_open("undecided");
        return names ? value_symbol(k->a->text, decl) : eval(o, c, k->a);
    }
    return fault_open("case");
}

/* A column of this row or of the rows it belongs to. */
static bool row_name(struct oracle *o, const struct context *c, struct row *row, struct text name, struct value *out)
{
    for (; row; row = row->parent) {
        size_t f = find_field(row->table, name);
        const struct ast *decl;
        if (f != SIZE_MAX) {
            *out = field_of(o, row, f);
            return true;
        }
        if (find_choose_in(o, row->table, name, &decl)) {
            struct context here = row_context(c, row);
            *out = choose(o, &here, decl);
            return true;
        }
    }
    return false;
}

static const struct ast *list_with(const struct oracle *o, struct text name)
{
    for (const struct ast *d = o->file->root->list; d; d = d->next)
        if (d->kind == AST_GRADES && list_rank(d, name) != SIZE_MAX) return d;
    return NULL;
}

static struct value eval_name(struct oracle *o, const struct context *c, struct text name)
{
    struct value found;
    for (const struct context *at = c; at; at = at->outer) {
        if (at->group && text_equal(at->group->field, name)) return at->group->value;
        if (at->row && row_name(o, at, at->row, name, &found)) return found;
    }
    if (c && c->unit) {
        struct context u = unit_context(c->unit);
        if (row_name(o, &u, c->unit, name, &found)) return found;
    }
    struct context u = unit_context(c ? c->unit : NULL);
    for (const struct ast *d = o->file->root->list; d; d = d->next) {
        if (!text_equal(d->text, name)) continue;
        if (d->kind == AST_LET) return eval(o, &u, d->a);
        if (d->kind == AST_CHOOSE && !d->a) return choose(o, &u, d);
        if (d->kind == AST_OUTCOME) return outcome_of(o, c->unit, d);
        if (d->kind == AST_QUESTION) return value_symbol(d->a->text, d);
    }
    if (c && c->rule && name_is(name, "count", "次数")) return c->rule->count;
    if (c && c->rule && name_is(name, "points", "分数")) return c->rule->amount;
    if (c && c->unit && name_is(name, "total", "总分")) return total_of(o, c->unit);
    if (c && c->unit && name_is(name, "grade", "等次")) return grade_of(o, c->unit);
    return value_symbol(name, list_with(o, name));
}

/* ---- the results of the last run before this period ---- */

static bool is_previous(const struct ast *e) { return e->kind == AST_DOT && e->a->kind == AST_NAME && name_is(e->a->text, "previous", "上期"); }

/* The cell as it stands in the file: of the unit's latest row before the period, of equals the earliest in the file. */
static struct value previous_cell(struct oracle *o, const struct context *c, struct text column)
{
    const struct table *results = NULL;
    const struct row *latest = NULL;
    for (size_t i = 0; i < o->table_count; i++)
        if (o->tables[i]->decl->kind == AST_USE_RESULTS) results = o->tables[i];
    if (!results) oracle_stop(o, "`previous` without results");
    for (size_t i = 0; i < results->count; i++) {
        const struct row *row = results->rows[i];
        bool before = row->unit == c->unit && row->cells[results->by].days < o->period_from;
        if (before && (!latest || row->cells[results->by].days > latest->cells[results->by].days)) latest = row;
    }
    size_t f = find_field(results, column);
    if (f == SIZE_MAX) oracle_stop(o, "previous.%.*s", TEXT_ARG(column));
    return latest ? latest->cells[f] : fault_blank();
}

/* A grade is one of this scheme's, by its name or its heading; nobody has said what another word is worth. */
static struct value previous_of(struct oracle *o, const struct context *c, struct text column)
{
    struct value cell = previous_cell(o, c, column);
    if (is_fault(cell) || !o->grades || !name_is(column, "grade", "等次")) return cell;
    for (const struct ast *grade = o->grades->list; grade; grade = grade->next)
        if (text_equal(grade->text, cell.text) || (grade->text2.len && text_equal(grade->text2, cell.text)))
            return value_symbol(grade->text, o->grades);
    return fault_open("case");
}

static struct value eval_dot(struct oracle *o, const struct context *c, const struct ast *e)
{
    if (name_is(e->a->text, "period", "考核期")) {
        if (text_is(e->text, "start") || text_is(e->text, "起") || text_is(e->text, "开始")) return value_date(o->period_from);
        if (text_is(e->text, "end") || text_is(e->text, "止") || text_is(e->text, "结束")) return value_date(o->period_to);
    }
    if (is_previous(e)) return previous_of(o, c, e->text);
    struct value owner = eval(o, c, e->a);
    if (is_fault(owner)) return owner;
    struct value found;
    if (owner.kind == V_ROW && row_name(o, c, owner.row, e->text, &found)) return found;
    oracle_stop(o, "what stands behind the dot: %.*s", TEXT_ARG(e->text));
}

/* ---- calls ---- */

/* A label of a grid or an arm against a value: yes and no are spelt in either tongue. */
static bool labelled(struct text label, struct value v)
{
    if (v.kind != V_BOOL) return text_equal(label, v.text);
    if (v.truth == YES) return name_is(label, "yes", "是");
    if (v.truth == NO) return name_is(label, "no", "否");
    return name_is(label, "na", "不涉及");
}

/* The cell of a grid: the first axis names the row, the second the column. */
static struct value grid_cell(struct oracle *o, const struct ast *grid, struct value down, struct value across)
{
    if (is_fault(down) || is_fault(across)) return worse(down, across);
    for (const struct ast *row = grid->list; row; row = row->next) {
        if (row->kind != AST_GRID_ROW || !labelled(row->a->text, down)) continue;
        const struct ast *cell = row->list;
        for (const struct ast *head = grid->c; head && cell; head = head->next, cell = cell->next)
            if (labelled(head->text, across)) return eval(o, NULL, cell);
    }
    oracle_stop(o, "a pair that the grid does not have");
}

static struct value eval_call(struct oracle *o, const struct context *c, const struct ast *e)
{
    const struct ast *first = e->list, *second = first ? first->next : NULL;
    struct text f = e->text;
    const struct ast *grid = find_decl(o, AST_GRID, f);
    if (grid) return grid_cell(o, grid, eval(o, c, first), eval(o, c, second));
    if (name_is(f, "known", "已填")) {
        struct value v = is_previous(first) ? previous_cell(o, c, first->text) : eval(o, c, first);
        if (v.kind == V_FAULT && v.fault != FAULT_BLANK) return v;
        return value_bool(is_fault(v) ? NO : YES);
    }
    enum rank_figure figure = RANK_SIZE;
    bool place = name_is(f, "place", "名次"), last = name_is(f, "from_last", "倒数名次") || text_is(f, "倒数");
    if (place) figure = RANK_PLACE;
    if (last) figure = RANK_FROM_LAST;
    if (place || last || name_is(f, "size", "参评数")) {
        const struct ast *ranking = find_decl(o, AST_RANKING, first->text);
        if (!ranking) oracle_stop(o, "no such ranking");
        return rank_of(o, c->unit, ranking, figure);
    }
    struct value v = eval(o, c, first);
    bool least = name_is(f, "min", "最小") || text_is(f, "较小");
    if (least || name_is(f, "max", "最大") || text_is(f, "较大")) {
        for (const struct ast *next = second; next; next = next->next)
            v = least ? value_min(v, eval(o, c, next)) : value_max(v, eval(o, c, next));
        return v;
    }
    if (is_fault(v)) return v;
    if (name_is(f, "abs", "绝对值")) return value_sign(v) < 0 ? value_neg(v) : v;
    if (name_is(f, "day", "日") && second) {
        long year, month, day;
        date_split(o->period_to, &year, &month, &day);
        struct value d = eval(o, c, second);
        return value_date(date_of(year, mpz_get_si(mpq_numref(v.number)), mpz_get_si(mpq_numref(d.number))));
    }
    long part[3];
    if (v.kind != V_DATE) oracle_stop(o, "a call of %.*s", TEXT_ARG(f));
    if (name_is(f, "moved_to_workday", "顺延")) {
        long days = v.days;
        while (!date_works(days)) days++;
        return value_date(days);
    }
    date_split(v.days, &part[0], &part[1], &part[2]);
    if (name_is(f, "year", "年份")) return value_int(part[0]);
    if (name_is(f, "month", "月份") || text_is(f, "月")) return value_int(part[1]);
    if (name_is(f, "day", "日")) return value_int(part[2]);
    oracle_stop(o, "a call of %.*s", TEXT_ARG(f));
}

/* ---- rows ---- */

static bool is_group(struct text name)
{
    return text_is(name, "group") || text_is(name, "组") || text_is(name, "本组");
}

bool is_rows(struct oracle *o, const struct ast *name)
{
    if (name->kind != AST_NAME) return false;
    return is_group(name->text) || find_table(o, name->text) || find_decl(o, AST_VIEW, name->text);
}

static void add_row(struct oracle *o, struct rows *rows, struct row *row, struct value mask)
{
    if (is_no(mask)) return;
    size_t room = rows->room, count = rows->count;
    ARENA_PUSH(o->arena, rows->rows, count, room, row);
    ARENA_PUSH(o->arena, rows->masks, rows->count, rows->room, mask);
}

/* Whether a row is the other, or belongs to it, or to one that does. */
static bool belongs(const struct row *row, const struct row *owner)
{
    for (; row; row = row->parent)
        if (row == owner) return true;
    return false;
}

/* The nearest owner of a table's rows among the row we are in and those it belongs to. */
static const struct row *owner_here(const struct context *c, const struct table *table)
{
    for (const struct table *t = table->parent; t; t = t->parent)
        for (const struct row *row = c->row; row; row = row->parent)
            if (row->table == t) return row;
    return NULL;
}

static const struct table *view_table(const struct oracle *o, const struct ast *view)
{
    const struct ast *base = view;
    while (base && base->kind == AST_VIEW) {
        const struct table *table = find_table(o, base->a->text);
        if (table) return table;
        base = find_decl(o, AST_VIEW, base->a->text);
    }
    return o->tables[0];
}

/* Rows of a table: those of the row we are in, if they belong to it, else of the unit; all of a table for all. */
static void table_rows(struct oracle *o, const struct context *c, const struct table *table, struct rows *out)
{
    const struct row *owner = owner_here(c, table);
    bool all = (table->decl->flags & AST_FOR_ALL) || table->roles || table == o->tables[0];
    for (size_t i = 0; i < table->count; i++) {
        struct row *row = table->rows[i];
        if (!all && (owner ? !belongs(row, owner) : row->unit != c->unit)) continue;
        add_row(o, out, row, value_bool(YES));
    }
}

static struct rows filter(struct oracle *o, const struct context *c, struct rows in, const struct ast *where, bool keep)
{
    struct rows out = {0};
    if (!where) return in;
    for (size_t i = 0; i < in.count; i++) {
        struct context r = row_context(c, in.rows[i]);
        struct value holds = eval(o, &r, where);
        add_row(o, &out, in.rows[i], value_and(in.masks[i], keep ? holds : value_not(holds)));
    }
    return out;
}

/* Whether row i stays when of each value of a column only the row where `highest` is most does; among equals the
 * earliest of the file. A fault of another row counts only where that row has the same value. */
static struct value stays(struct oracle *o, const struct context *c, const struct rows *in, size_t i, const struct ast *per,
                          const struct ast *highest)
{
    struct context r = row_context(c, in->rows[i]);
    struct value f = eval(o, &r, per), mine = highest ? eval(o, &r, highest) : value_int(0);
    struct value stay = worse(worse(f, mine), in->masks[i]);
    for (size_t j = 0; j < in->count && !is_no(stay); j++) {
        if (j == i) continue;
        struct context s = row_context(c, in->rows[j]);
        struct value g = eval(o, &s, per), other = highest ? eval(o, &s, highest) : value_int(0);
        if (is_fault(f) || is_fault(g)) {
            stay = worse(stay, g);
        } else if (value_same(f, g)) {
            struct value fault = worse(worse(mine, other), in->masks[j]);
            if (is_fault(fault)) stay = worse(stay, fault);
            else if (value_order(other, mine) > 0 || (value_order(other, mine) == 0 && j < i)) stay = value_bool(NO);
        }
    }
    return is_fault(stay) || is_no(stay) ? stay : value_bool(YES);
}

static struct rows once(struct oracle *o, const struct context *c, struct rows in, const struct ast *per,
                        const struct ast *highest)
{
    struct rows out = {0};
    for (size_t i = 0; i < in.count; i++) add_row(o, &out, in.rows[i], stays(o, c, &in, i, per, highest));
    return out;
}

struct rows rows_of(struct oracle *o, const struct context *c, const struct ast *name, const struct ast *where,
                    const struct ast *except)
{
    struct rows rows = {0};
    const struct ast *view = find_decl(o, AST_VIEW, name->text);
    const struct table *table = find_table(o, name->text);
    if (table) {
        table_rows(o, c, table, &rows);
    } else if (view) {
        /* what stays of a unit's rows; of those, the ones that belong to the row we are in */
        struct context u = unit_context(c->unit);
        const struct row *owner = owner_here(c, view_table(o, view));
        struct rows all = rows_of(o, &u, view->a, view->b, NULL);
        if (view->c) all = once(o, &u, all, view->c, view->d);
        for (size_t i = 0; i < all.count; i++)
            if (!owner || belongs(all.rows[i], owner)) add_row(o, &rows, all.rows[i], all.masks[i]);
    } else if (is_group(name->text)) {
        const struct context *at = c;
        while (at && !at->group) at = at->outer;
        if (!at) oracle_stop(o, "`group` outside a group");
        for (size_t i = 0; i < at->group->count; i++) add_row(o, &rows, at->group->rows[i], at->group->masks[i]);
    } else {
        oracle_stop(o, "no table %.*s", TEXT_ARG(name->text));
    }
    return filter(o, c, filter(o, c, rows, where, true), except, false);
}

/* ---- aggregates ---- */

/* No figure over a group is known while it is not known of some row of the unit whether it is in. */
static struct value group_fault(const struct context *c, const struct ast *name)
{
    struct value fault = value_bool(YES);
    while (c && !c->group) c = c->outer;
    for (size_t i = 0; c && is_group(name->text) && i < c->group->count; i++) fault = worse(fault, c->group->masks[i]);
    return fault;
}

static long whole(struct oracle *o, const struct ast *e)
{
    struct value v = eval(o, NULL, e);
    return mpz_get_si(mpq_numref(v.number));
}

/* Leaves out rows: the first `skip` and the last `drop` in order of value, highest first, ties as in the file; keeps at
 * most `most`. All masks are yes and no value is faulted. */
static size_t trim(struct value *values, size_t count, size_t skip, size_t drop, size_t most)
{
    for (size_t i = 1; i < count; i++) {
        struct value v = values[i];
        size_t j = i;
        for (; j > 0 && value_order(values[j - 1], v) < 0; j--) values[j] = values[j - 1];
        values[j] = v;
    }
    if (skip + drop >= count) return 0;
    memmove(values, values + skip, (count - skip - drop) * sizeof *values);
    count -= skip + drop;
    return count < most ? count : most;
}

static struct value aggregate(struct oracle *o, const struct context *c, const struct ast *e)
{
    struct rows rows = rows_of(o, c, e->b, e->c, NULL);
    struct value fault = group_fault(c, e->b);
    struct value *values = ARENA_ARRAY(o->arena, struct value, rows.count + 1);
    size_t count = 0;
    for (size_t i = 0; i < rows.count; i++) {
        struct context r = row_context(c, rows.rows[i]);
        fault = worse(fault, rows.masks[i]);
        if (!is_yes(rows.masks[i])) continue;
        struct value v = e->a ? eval(o, &r, e->a) : value_int(1);
        if (e->op == OP_DISTINCT && v.fault == FAULT_BLANK && is_fault(v)) continue;
        if (is_fault(v)) fault = worse(fault, v);
        else values[count++] = v;
    }
    if (is_fault(fault)) return fault;
    size_t skip = e->e && e->e->a ? (size_t)whole(o, e->e->a) : 0;
    size_t drop = e->e && e->e->b ? (size_t)whole(o, e->e->b) : 0;
    if (e->d || e->e) count = trim(values, count, skip, drop, e->d ? (size_t)whole(o, e->d) : SIZE_MAX);
    if (e->op == OP_COUNT) return value_int((long)count);
    if (e->op == OP_DISTINCT) {
        long distinct = 0;
        for (size_t i = 0; i < count; i++) {
            size_t j = 0;
            while (j < i && !value_same(values[i], values[j])) j++;
            distinct += j == i;
        }
        return value_int(distinct);
    }
    if (count == 0) return e->op == OP_SUM ? value_int(0) : fault_error("empty");
    struct value v = values[0];
    for (size_t i = 1; i < count; i++) {
        if (e->op == OP_SUM || e->op == OP_AVERAGE) v = value_add(v, values[i]);
        if (e->op == OP_HIGHEST) v = value_max(v, values[i]);
        if (e->op == OP_LOWEST) v = value_min(v, values[i]);
    }
    return e->op == OP_AVERAGE ? value_div(v, value_int((long)count)) : v;
}

static struct value quantified(struct oracle *o, const struct context *c, const struct ast *e)
{
    struct rows rows = rows_of(o, c, e->a, NULL, NULL);
    struct value any = value_bool(NO); /* a row that decides: one that has it, or for `every` one that has it not */
    for (size_t i = 0; i < rows.count; i++) {
        struct context r = row_context(c, rows.rows[i]);
        struct value has = e->b ? eval(o, &r, e->b) : value_bool(YES);
        any = value_or(any, value_and(rows.masks[i], e->op == OP_EVERY ? value_not(has) : has));
    }
    return e->op == OP_ANY ? any : value_not(any);
}

static long month_of(struct value date)
{
    long year, month, day;
    date_split(date.days, &year, &month, &day);
    return year * 12 + month;
}

/* Months in a row, back from the latest with any row, each with a row where the condition holds. */
static struct value streak(struct oracle *o, const struct context *c, const struct ast *e)
{
    struct rows rows = rows_of(o, c, e->a, NULL, NULL);
    long latest = 0, length = 0;
    struct value *holds = ARENA_ARRAY(o->arena, struct value, rows.count + 1), fault = value_bool(YES);
    long *months = ARENA_ARRAY(o->arena, long, rows.count + 1);
    for (size_t i = 0; i < rows.count; i++) {
        struct context r = row_context(c, rows.rows[i]);
        size_t by = rows.rows[i]->table->by;
        if (by == SIZE_MAX) oracle_stop(o, "a streak of rows without a date");
        months[i] = month_of(rows.rows[i]->cells[by]);
        holds[i] = value_and(rows.masks[i], e->b ? eval(o, &r, e->b) : value_bool(YES));
        fault = worse(fault, worse(rows.masks[i], holds[i]));
        if (months[i] > latest) latest = months[i];
    }
    if (is_fault(fault)) return fault;
    for (bool goes_on = rows.count > 0; goes_on; latest--) {
        goes_on = false;
        for (size_t i = 0; i < rows.count; i++) goes_on |= months[i] == latest && is_yes(holds[i]);
        length += goes_on;
    }
    return value_int(length);
}

/* ---- operators ---- */

static struct value compare(struct oracle *o, enum ast_op op, struct value a, struct value b)
{
    if (is_fault(a) || is_fault(b)) return worse(a, b);
    if (op == OP_EQ) return value_bool(value_same(a, b) ? YES : NO);
    if (op == OP_NE) return value_bool(value_same(a, b) ? NO : YES);
    int order = value_order(a, b);
    if (op == OP_LT) return value_bool(order < 0 ? YES : NO);
    if (op == OP_LE) return value_bool(order <= 0 ? YES : NO);
    if (op == OP_GT) return value_bool(order > 0 ? YES : NO);
    if (op == OP_GE) return value_bool(order >= 0 ? YES : NO);
    oracle_stop(o, "an operator");
}

static struct value binary(struct oracle *o, const struct context *c, const struct ast *e)
{
    struct value a = eval(o, c, e->a), b = eval(o, c, e->b);
    if (e->op == OP_AND) return value_and(a, b);
    if (e->op == OP_OR) return value_or(a, b);
    if (e->op == OP_ADD) return value_add(a, b);
    if (e->op == OP_SUB) return value_sub(a, b);
    if (e->op == OP_MUL) return value_mul(a, b);
    if (e->op == OP_DIV) return value_div(a, b);
    return compare(o, e->op, a, b);
}

static struct value eval_in(struct oracle *o, const struct context *c, const struct ast *e)
{
    struct value v = eval(o, c, e->a), any = value_bool(NO);
    for (const struct ast *one = e->list; one; one = one->next)
        any = value_or(any, compare(o, OP_EQ, v, eval(o, c, one)));
    if (is_fault(v)) return v;
    return e->flags & AST_NEGATED ? value_not(any) : any;
}

static struct value eval_select(struct oracle *o, const struct context *c, const struct ast *e)
{
    struct value subject = eval(o, c, e->a);
    if (is_fault(subject)) return subject;
    for (const struct ast *arm = e->list; arm; arm = arm->next) {
        if (!arm->a) return eval(o, c, arm->b);
        struct value label;
        if (arm->a->kind == AST_NAME || arm->a->kind == AST_VALUE) label = value_symbol(arm->a->text, NULL);
        else label = eval(o, c, arm->a);
        if (value_same(subject, label)) return eval(o, c, arm->b);
    }
    return fault_open("case");
}

static long digits_of(struct text t)
{
    long n = 0;
    for (size_t i = 0; i < t.len; i++) n = n * 10 + (t.at[i] - '0');
    return n;
}

static struct value eval_kind(struct oracle *o, const struct context *c, const struct ast *e)
{
    struct value v, w;
    long days = 0;
    if (e->kind == AST_NUMBER) return value_digits(e->text);
    if (e->kind == AST_PERCENTAGE) return value_div(value_digits(e->text), value_int(100));
    if (e->kind == AST_DURATION) return value_length(digits_of(e->text), e->op);
    if (e->kind == AST_DATE) return date_read(e->text, &days) ? value_date(days) : fault_error("date");
    if (e->kind == AST_STRING) return value_text(e->text2);
    if (e->kind == AST_YES) return value_bool(YES);
    if (e->kind == AST_NO) return value_bool(NO);
    if (e->kind == AST_NA) return value_bool(NA);
    if (e->kind == AST_NAME) return eval_name(o, c, e->text);
    if (e->kind == AST_VALUE) return value_symbol(e->text, NULL);
    if (e->kind == AST_THIS && c && c->item) return value_part(c->item->number);
    if (e->kind == AST_DOT) return eval_dot(o, c, e);
    if (e->kind == AST_CALL) return eval_call(o, c, e);
    if (e->kind == AST_PARTREF) {
        struct part *part = find_part(o, e->text);
        if (!part) oracle_stop(o, "no such part");
        return part_shown(o, c->unit, part);
    }
    if (e->kind == AST_GRADE_BY_SCORE) return grade_by_score(o, c->unit);
    if (e->kind == AST_NEGATE) return value_neg(eval(o, c, e->a));
    if (e->kind == AST_NOT) return value_not(eval(o, c, e->a));
    if (e->kind == AST_BINARY) return binary(o, c, e);
    if (e->kind == AST_IN) return eval_in(o, c, e);
    if (e->kind == AST_IF_ELSE) {
        v = eval(o, c, e->a);
        return is_fault(v) ? v : eval(o, c, is_yes(v) ? e->b : e->c);
    }
    if (e->kind == AST_SELECT) return eval_select(o, c, e);
    if (e->kind == AST_AGGREGATE) return aggregate(o, c, e);
    if (e->kind == AST_QUANTIFIED) return quantified(o, c, e);
    if (e->kind == AST_STREAK) return streak(o, c, e);
    if (e->kind == AST_ROUNDED) return value_round(eval(o, c, e->a), digits_of(e->text), e->op);
    if (e->kind == AST_DEFAULT) {
        v = eval(o, c, e->a);
        return is_fault(v) && v.fault == FAULT_BLANK ? eval(o, c, e->b) : v;
    }
    if (e->kind == AST_BETWEEN_DATES) {
        v = eval(o, c, e->a);
        w = eval(o, c, e->b);
        if (is_fault(v) || is_fault(w)) return worse(v, w);
        return value_int(date_between(v.days, w.days, e->op));
    }
    oracle_stop(o, "%s", ast_kind_name(e->kind));
}

struct value eval(struct oracle *o, const struct context *c, const struct ast *e)
{
    if (++o->depth > DEPTH) oracle_stop(o, "a cycle");
    struct value v = eval_kind(o, c, e);
    o->depth--;
    return v;
}
