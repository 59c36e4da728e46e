/* All cases of a row (cases.h): columns, their values, and what the graph comes to in each.
 *
 * Decision: nodes are listed once, arguments first, and worked out in that order for each case, so that a figure which is
 * used in many places costs one step.
 */
#include "cases.h"

#include "../runtime/calendar.h"
#include "../runtime/limits.h"
#include "../runtime/quotient.h"

static const wide CASE_MOST = INT64_MAX;

static wide floor_of(wide a, wide b) { return a / b - (a % b != 0 && a < 0); }

/* ---- columns ---- */

static int column_named(struct cases *c, const struct value *v)
{
    for (int k = 0; k < c->count; k++)
        if (c->columns[k].field == (uint32_t)v->j) return k;
    const struct field_schema *field = &c->scheme->schema.tables[v->i].fields[v->j];
    bool known_kind = field->kind == FIELD_BOOL || field->kind == FIELD_BOOL_NA || field->kind == FIELD_LIST ||
                      field->kind == FIELD_NUMBER || field->kind == FIELD_DATE;
    if ((uint32_t)v->i != c->table || !known_kind || c->count == CASE_COLUMNS) return NO_INDEX;
    c->columns[c->count] = (struct case_column){.field = (uint32_t)v->j, .schema = field, .blank = field->optional};
    return c->count++;
}

static bool add_value(struct case_column *s, wide value)
{
    const struct field_schema *f = s->schema;
    if ((f->has_low && value < f->low) || (f->has_high && value > f->high)) return true;
    int k = 0;
    while (k < s->count && s->at[k] < value) k++;
    if (k < s->count && s->at[k] == value) return true;
    if (s->count == CASE_VALUES) return false;
    for (int n = s->count++; n > k; n--) s->at[n] = s->at[n - 1];
    s->at[k] = value;
    return true;
}

static bool is_listed(const struct field_schema *f)
{
    return f->kind == FIELD_BOOL || f->kind == FIELD_BOOL_NA || f->kind == FIELD_LIST;
}

/* Every value that the column can have; false where there are too many. */
static bool add_all(struct cases *c, struct case_column *s)
{
    const struct field_schema *f = s->schema;
    bool fine = true;
    if (is_listed(f)) {
        int values = f->kind == FIELD_BOOL ? 2 : f->kind == FIELD_BOOL_NA ? 3 : (int)c->scheme->schema.lists[f->list].count;
        for (int k = 0; k < values && fine; k++) fine = add_value(s, k);
        return fine;
    }
    wide step = f->kind == FIELD_NUMBER && f->step > 0 ? f->step : 1;
    if (!f->has_low || !f->has_high || ((wide)f->high - f->low) / step >= CASE_VALUES) return false;
    for (wide value = f->low; value <= f->high && fine; value += step) fine = add_value(s, value);
    return fine;
}

/* A column, perhaps at more places; the factor between. NULL: something else. */
static const struct value *column_of(const struct value *v, wide *factor)
{
    *factor = 1;
    if (v->op == VALUE_CODE && v->code == OP_CODE_SCALE_UP && v->i < 18) {
        *factor = power_of_ten((unsigned)v->i);
        v = v->a;
    } else if (v->op == VALUE_CODE && v->code == OP_CODE_MUL && v->b->op == VALUE_CONST_N && v->b->i > 0) {
        *factor = v->b->i;
        v = v->a;
    }
    return v->op == VALUE_COLUMN ? v : NULL;
}

/* The values around a constant that a column is compared with; false: it is no such comparison. */
static bool read_neighbours(struct cases *c, const struct value *x, const struct value *y)
{
    wide factor;
    const struct value *column = column_of(x, &factor), *constant = y;
    if (!column) {
        column = column_of(y, &factor);
        constant = x;
    }
    int at = column && constant->op == VALUE_CONST_N ? column_named(c, column) : NO_INDEX;
    if (at < 0) return false;
    struct case_column *s = &c->columns[at];
    const struct field_schema *f = s->schema;
    if (is_listed(f)) return add_all(c, s);
    wide step = f->kind == FIELD_NUMBER && f->step > 0 ? f->step : 1,
         from = f->kind == FIELD_NUMBER && f->has_low ? f->low : 0;
    wide on = from + floor_of(floor_of(constant->i, factor) - from, step) * step;
    bool fine = true;
    for (int k = -1; k <= 1 && fine; k++) fine = add_value(s, on + k * step);
    return fine;
}

/* ---- nodes ---- */

static int32_t read_node(struct cases *c, const struct value *v, bool whole);

static bool is_comparison(const struct value *v)
{
    return v->op == VALUE_CODE &&
           (v->code == OP_CODE_LT || v->code == OP_CODE_LE || v->code == OP_CODE_EQ || v->code == OP_CODE_NE);
}

static bool can_work_out(const struct value *v)
{
    if (v->op != VALUE_CODE) return v->op == VALUE_CONST_N || v->op == VALUE_CONST_M || v->op == VALUE_COLUMN;
    switch ((int)v->code) { /* the rest needs quotients, other rows or other tables */
    case OP_CODE_ADD:
    case OP_CODE_SUB:
    case OP_CODE_MUL:
    case OP_CODE_NEG:
    case OP_CODE_ABS:
    case OP_CODE_MIN:
    case OP_CODE_MAX:
    case OP_CODE_AND:
    case OP_CODE_OR:
    case OP_CODE_NOT:
    case OP_CODE_KNOWN_N:
    case OP_CODE_SELECT_N:
    case OP_CODE_SELECT_M:
    case OP_CODE_DEFAULT_N:
    case OP_CODE_LOOKUP: return true;
    case OP_CODE_SCALE_UP: return v->i < 18;
    }
    return is_comparison(v);
}

/* `whole`: the figure itself counts, not only on which side of a constant it lies. */
static int32_t read_node(struct cases *c, const struct value *v, bool whole)
{
    if (!can_work_out(v)) return NO_INDEX;
    struct case_node node = {.value = v, .a = NO_INDEX, .b = NO_INDEX, .c = NO_INDEX, .column = NO_INDEX, .whole = whole};
    if (v->op == VALUE_COLUMN) {
        node.column = column_named(c, v);
        if (node.column < 0) return NO_INDEX;
        if (whole && !add_all(c, &c->columns[node.column])) return NO_INDEX;
    }
    bool compared = is_comparison(v) && read_neighbours(c, v->a, v->b);
    bool inner = is_comparison(v) ? !compared : v->kind == REG_NUMBER ? whole : true;
    if (v->op == VALUE_CODE && v->code == OP_CODE_KNOWN_N) inner = false;
    for (int32_t k = 0; k < c->node_count; k++)
        if (c->nodes[k].value == v && (c->nodes[k].whole || !whole)) return k;
    const struct value *args[3] = {v->a, v->b, v->c};
    int32_t *slots[3] = {&node.a, &node.b, &node.c};
    for (int k = 0; k < 3; k++) {
        if (!args[k]) continue;
        bool of_mask = args[k]->kind == REG_MASK;
        *slots[k] = read_node(c, args[k], of_mask ? false : inner);
        if (*slots[k] < 0) return NO_INDEX;
    }
    if (c->node_count == CASE_NODES) return NO_INDEX;
    c->nodes[c->node_count] = node;
    return c->node_count++;
}

/* The columns that a node hangs on. */
static void mark_used(struct cases *c, int32_t node, uint64_t bit, bool *met)
{
    if (node < 0 || met[node]) return;
    met[node] = true;
    const struct case_node *n = &c->nodes[node];
    if (n->column >= 0) c->columns[n->column].used |= bit;
    mark_used(c, n->a, bit, met);
    mark_used(c, n->b, bit, met);
    mark_used(c, n->c, bit, met);
}

static int32_t read_or_undo(struct cases *c, const struct value *value)
{
    struct case_column kept[CASE_COLUMNS];
    int count = c->count;
    int32_t nodes = c->node_count;
    for (int k = 0; k < count; k++) kept[k] = c->columns[k];
    int32_t node = read_node(c, value, value->kind == REG_NUMBER);
    if (node >= 0) return node;
    for (int k = 0; k < count; k++) c->columns[k] = kept[k];
    c->count = count;
    c->node_count = nodes;
    return NO_INDEX;
}

int32_t cases_read(struct cases *c, const struct value *value)
{
    bool met[CASE_NODES] = {false};
    int32_t node = value ? read_or_undo(c, value) : NO_INDEX;
    if (node >= 0 && c->read < 64) mark_used(c, node, (uint64_t)1 << c->read, met);
    c->read += node >= 0;
    return node;
}

/* Whether a check reads one of the columns; *left: how many values may still be looked at, then it counts as one that does.
 */
static bool touches(const struct cases *c, const struct value *v, int *left)
{
    if (!v) return false;
    if (--*left < 0) return true;
    if (v->op == VALUE_COLUMN)
        for (int k = 0; k < c->count; k++)
            if (c->columns[k].used && c->columns[k].field == (uint32_t)v->j && (uint32_t)v->i == c->table) return true;
    return touches(c, v->a, left) || touches(c, v->b, left) || touches(c, v->c, left);
}

/* What a `must`, an `only when` or an `applies if` says of these columns. */
static bool read_checks(struct cases *c)
{
    struct scheme *s = c->scheme;
    struct value *all = NULL;
    for (size_t k = 0; k < s->check_count; k++) {
        int left = 4096;
        if (s->checks[k].table == c->table && !s->checks[k].tie && touches(c, s->check_values[k], &left))
            all = mask_and(s, all, s->check_values[k]);
    }
    if (all) c->must = read_or_undo(c, all);
    return !all || c->must >= 0;
}

struct cases *cases_of(struct scheme *scheme, uint32_t table)
{
    struct cases *c = scheme->cases;
    if (!c) {
        c = scheme->cases = ARENA_NEW(scheme->arena, struct cases);
        c->nodes = ARENA_ARRAY(scheme->arena, struct case_node, CASE_NODES);
    }
    *c = (struct cases){.scheme = scheme, .table = table, .must = NO_INDEX, .nodes = c->nodes};
    return c;
}

/* ---- one case ---- */

static void work_out_mask(const struct cases *c, struct case_node *n)
{
    const struct case_node *a = n->a >= 0 ? &c->nodes[n->a] : NULL, *b = n->b >= 0 ? &c->nodes[n->b] : NULL,
                           *third = n->c >= 0 ? &c->nodes[n->c] : NULL;
    switch ((int)n->value->code) { /* those that can_work_out lets pass */
    case OP_CODE_AND:
        n->known = (a->known && b->known) || (a->known && !a->number) || (b->known && !b->number);
        n->number = a->known && b->known && a->number && b->number;
        return;
    case OP_CODE_OR:
        n->number = (a->known && a->number) || (b->known && b->number);
        n->known = n->number || (a->known && b->known);
        return;
    case OP_CODE_NOT:
        n->known = a->known;
        n->number = !a->number;
        return;
    case OP_CODE_KNOWN_N:
        n->known = true;
        n->number = a->known;
        return;
    case OP_CODE_SELECT_M: {
        const struct case_node *taken = a->number ? b : third;
        n->known = a->known && taken->known;
        n->number = taken->number;
        return;
    }
    case OP_CODE_LT: n->number = a->number < b->number; break;
    case OP_CODE_LE: n->number = a->number <= b->number; break;
    case OP_CODE_EQ: n->number = a->number == b->number; break;
    case OP_CODE_NE: n->number = a->number != b->number; break;
    }
    n->known = a->known && b->known;
}

static void work_out_number(const struct cases *c, struct case_node *n)
{
    const struct case_node *a = n->a >= 0 ? &c->nodes[n->a] : NULL, *b = n->b >= 0 ? &c->nodes[n->b] : NULL,
                           *third = n->c >= 0 ? &c->nodes[n->c] : NULL;
    n->known = a->known && (!b || b->known);
    switch ((int)n->value->code) { /* those that can_work_out lets pass */
    case OP_CODE_ADD: n->number = a->number + b->number; break;
    case OP_CODE_SUB: n->number = a->number - b->number; break;
    case OP_CODE_MUL: n->number = a->number * b->number; break;
    case OP_CODE_NEG: n->number = -a->number; break;
    case OP_CODE_ABS: n->number = a->number < 0 ? -a->number : a->number; break;
    case OP_CODE_MIN: n->number = a->number < b->number ? a->number : b->number; break;
    case OP_CODE_MAX: n->number = a->number > b->number ? a->number : b->number; break;
    case OP_CODE_SCALE_UP: n->number = a->number * power_of_ten((unsigned)n->value->i); break;
    case OP_CODE_SELECT_N: {
        const struct case_node *taken = a->number ? b : third;
        n->known = a->known && taken->known;
        n->number = taken->number;
        break;
    }
    case OP_CODE_DEFAULT_N:
        n->known = a->known || b->known;
        n->number = a->known ? a->number : b->number;
        break;
    case OP_CODE_LOOKUP: {
        const struct lookup *table = &c->scheme->graph.lookups[n->value->i];
        n->known = a->known && a->number >= 0 && a->number < table->count;
        if (n->known) n->number = table->entries[a->number];
        break;
    }
    }
    if (n->number > CASE_MOST || n->number < -CASE_MOST) { /* a figure of a run has no so many digits; and a product must fit */
        n->known = false;
        n->number = 0;
    }
}

static void work_out(struct cases *c)
{
    for (int32_t k = 0; k < c->node_count; k++) {
        struct case_node *n = &c->nodes[k];
        const struct value *v = n->value;
        if (v->op == VALUE_CONST_N || v->op == VALUE_CONST_M) {
            n->known = true;
            n->number = v->i;
        } else if (v->op == VALUE_COLUMN) {
            const struct case_column *s = &c->columns[n->column];
            n->known = s->now < s->count;
            n->number = n->known ? s->at[s->now] : 0;
        } else if (v->kind == REG_MASK) {
            work_out_mask(c, n);
        } else {
            work_out_number(c, n);
        }
    }
}

static bool step(struct cases *c)
{
    for (int k = 0; k < c->count; k++) {
        struct case_column *s = &c->columns[k];
        if (++s->now < s->count + s->blank) return true;
        s->now = 0;
    }
    return false;
}

static bool is_allowed(const struct cases *c) { return c->must < 0 || !cases_fails(c, c->must); }

bool cases_next(struct cases *c)
{
    while (step(c)) {
        work_out(c);
        if (is_allowed(c)) return true;
    }
    return false;
}

bool cases_first(struct cases *c, size_t most)
{
    size_t points = 1;
    if (!read_checks(c)) return false;
    for (int k = 0; k < c->count; k++) {
        struct case_column *s = &c->columns[k];
        if (!s->count && !add_all(c, s)) return false; /* only asked whether it is known */
        s->now = 0;
        points *= (size_t)(s->count + s->blank);
        if (!points || points > most) return false;
    }
    size_t steps = points * (size_t)c->node_count; /* 2^16 times 2^10 at most */
    if (steps > LIMIT_CASE_STEPS - c->scheme->case_steps) return false;
    c->scheme->case_steps += steps;
    work_out(c);
    return is_allowed(c) || cases_next(c);
}

bool cases_holds(const struct cases *c, int32_t node) { return c->nodes[node].known && c->nodes[node].number; }
bool cases_fails(const struct cases *c, int32_t node) { return c->nodes[node].known && !c->nodes[node].number; }

struct text cases_row(const struct cases *c)
{
    struct scheme *scheme = c->scheme;
    struct buffer out;
    buffer_init(&out, scheme->arena);
    char room[16];
    bool first = true;
    for (int k = 0; k < c->count; k++) {
        const struct case_column *s = &c->columns[k];
        const struct field_schema *f = s->schema;
        if (!s->used) continue; /* only what its rows must keep to asks for it */
        if (!first) buffer_text(&out, scheme_word(scheme, ", ", "，"));
        first = false;
        buffer_print(&out, "%.*s ", TEXT_ARG(f->name));
        int64_t value = s->now < s->count ? (int64_t)s->at[s->now] : 0;
        if (s->now == s->count)
            buffer_text(&out, scheme_word(scheme, "blank", "未填"));
        else if (f->kind == FIELD_DATE)
            buffer_text(&out, date_format(value, room));
        else if (f->kind == FIELD_LIST)
            buffer_text(&out, scheme->schema.lists[f->list].values[value]);
        else if (f->kind != FIELD_NUMBER)
            buffer_text(&out, value == 2 ? scheme_word(scheme, "na", "不涉及")
                              : value    ? scheme_word(scheme, "yes", "是")
                                         : scheme_word(scheme, "no", "否"));
        else {
            bool percent = f->percent && f->places >= 2;
            number_print(&out, value, percent ? f->places - 2u : f->places);
            if (percent) buffer_char(&out, '%');
        }
    }
    return buffer_result(&out);
}
