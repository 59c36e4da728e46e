/* Operators: comparisons, arithmetic, logic, if-then-else, default, distances of dates.
 *
 * In: the operands' trees. Out: a value with its type, in the operands' space if they share one, else where the expression
 * stands.
 * Decision: a bare word beside a value of a list is one of that list's values before it is anything else, so that lists need
 * no quotation marks.
 */
#include "coverage.h"
#include "reach.h"

#include "../runtime/quotient.h"

/* Brings two operands of different spaces to where the expression stands. */
static bool align(struct scheme *scheme, struct scope *scope, struct expr *a, struct expr *b, struct ast *at)
{
    if (!expr_ok(*a) || !expr_ok(*b)) return false;
    if (a->value->space == b->value->space || a->value->space == ANYWHERE || b->value->space == ANYWHERE) return true;
    *a = expr_in_space(scheme, *a, scope->space, at->a ? at->a : at);
    *b = expr_in_space(scheme, *b, scope->space, at->b ? at->b : at);
    return expr_ok(*a) && expr_ok(*b);
}

static bool both_lower(struct scheme *scheme, struct scope *scope, struct ast *x, struct ast *y, struct expr *a,
                       struct expr *b)
{
    /* a bare name on the left that is only a value of the right side's list: take the right side first */
    bool left_is_value = x->kind == AST_NA || (x->kind == AST_NAME && !group_key_here(scheme, scope, x->text) &&
                                               !name_resolves(scheme, scope, x->text));
    if (left_is_value) {
        *b = expr_lower(scheme, scope, y);
        if (!expr_ok(*b)) return false;
        *a = takes_literals(b->type) ? literal_lower(scheme, scope, b->type, x, y) : expr_lower(scheme, scope, x);
        return expr_ok(*a);
    }
    *a = expr_lower(scheme, scope, x);
    if (!expr_ok(*a)) return false;
    *b = takes_literals(a->type) ? literal_lower(scheme, scope, a->type, y, x) : expr_lower(scheme, scope, y);
    return expr_ok(*b);
}

static bool has_order(struct scheme *scheme, struct type type)
{
    switch (type.kind) {
    case TYPE_NUMBER:
    case TYPE_QUOTIENT:
    case TYPE_DATE:
    case TYPE_GRADE: return true;
    case TYPE_LIST: return scheme->schema.lists[type.index].ordered;
    case TYPE_NONE:
    case TYPE_DURATION:
    case TYPE_TEXT:
    case TYPE_CONDITION:
    case TYPE_THREE:
    case TYPE_ROW:
    case TYPE_PART: return false;
    }
    return false;
}

/* A line of `every item` is lowered for each item, and is told once. */
static bool is_told(const struct scheme *scheme, enum diag_code code, struct span where)
{
    enum { NEAR = 256 };
    const struct findings *all = scheme->findings;
    for (size_t k = all->count; k > 0 && all->count - k < NEAR; k--)
        if (all->items[k - 1].code == code && all->items[k - 1].where.from == where.from) return true;
    return false;
}

/* What a side of a comparison can be: numbers at one scale, values of a list by their order. */
static bool side_range(struct scheme *scheme, struct expr x, wide *low, wide *high)
{
    *low = x.type.low;
    *high = x.type.high;
    if (x.type.kind == TYPE_LIST) {
        bool constant = x.value->op == VALUE_CONST_N;
        *low = constant ? x.value->i : 0;
        *high = constant ? x.value->i : (wide)scheme->schema.lists[x.type.index].count - 1;
    } else if (x.type.kind == TYPE_QUOTIENT) {
        struct reach reach = reach_between(scheme, x.value);
        *low = reach.low;
        *high = reach.high;
    }
    return x.type.kind == TYPE_NUMBER || x.type.kind == TYPE_QUOTIENT || x.type.kind == TYPE_LIST;
}

static bool is_constant(struct expr x) { return x.value->op == VALUE_CONST_N || x.value->op == VALUE_CONST_Q; }

/* A comparison with a constant that the figure's range decides: probably a slip. */
static void check_decided(struct scheme *scheme, struct ast *at, struct expr a, struct expr b)
{
    struct {
        wide low, high;
    } x, y;
    if (is_constant(a) == is_constant(b) || !expr_unify(scheme, &a, &b)) return;
    if (!side_range(scheme, a, &x.low, &x.high) || !side_range(scheme, b, &y.low, &y.high)) return;
    int always = -1;
    switch ((int)at->op) { /* comparisons */
    case OP_LT: always = x.high < y.low ? 1 : x.low >= y.high ? 0 : -1; break;
    case OP_LE: always = x.high <= y.low ? 1 : x.low > y.high ? 0 : -1; break;
    case OP_GT: always = x.low > y.high ? 1 : x.high <= y.low ? 0 : -1; break;
    case OP_GE: always = x.low >= y.high ? 1 : x.high < y.low ? 0 : -1; break;
    case OP_EQ: always = x.low > y.high || x.high < y.low ? 0 : -1; break;
    case OP_NE: always = x.low > y.high || x.high < y.low ? 1 : -1; break;
    }
    if (always < 0 || is_told(scheme, D_CONDITION_CONST, at->span)) return;
    bool end = at->op == OP_LE || at->op == OP_GE ? x.high == y.low || x.low == y.high : false;
    if (always && scheme->anded && end)
        return; /* between 90 and 100, where 100 is the most there is: the other end counts */
    FIND(scheme->findings, D_CONDITION_CONST, at->span,
         always ? scheme_word(scheme, "yes", "是") : scheme_word(scheme, "no", "否"));
}

static bool is_rounded(struct expr x)
{
    const struct value *v = x.value;
    bool code =
        x.type.kind == TYPE_NUMBER && v->op == VALUE_CODE && (v->code == OP_CODE_ROUND_N || v->code == OP_CODE_ROUND_Q);
    return code && v->j <= MODE_UP; /* else it counts whole or started steps */
}

/* A comparison of a rounded figure with a constant: the figure next to the constant that rounding carries over to it. */
static void check_tipped(struct scheme *scheme, struct ast *at, struct expr a, struct expr b)
{
    bool left = is_rounded(a);
    if (left == is_rounded(b) || at->op == OP_EQ || at->op == OP_NE) return;
    struct expr rounded = left ? a : b, limit = left ? b : a;
    int64_t number;
    unsigned places, own = rounded.type.places;
    if (!expr_is_constant(limit, &number, &places) || number < 0 || own > 15) return;
    for (; places > own; places--, number /= 10)
        if (number % 10) return; /* between two steps: no figure is carried over to it */
    if (number > INT64_MAX / 100 / power_of_ten(own - places)) return;
    number *= power_of_ten(own - places);
    bool from_below = at->op == (left ? OP_GE : OP_LE) || at->op == (left ? OP_LT : OP_GT);
    int mode = (int)rounded.value->j;
    int64_t away = from_below ? (mode == MODE_HALF_UP     ? -5
                                 : mode == MODE_HALF_EVEN ? -4
                                 : mode == MODE_UP        ? -9
                                                          : 0)
                              : (mode == MODE_DOWN ? 9
                                 : mode == MODE_UP ? 0
                                                   : 4);
    if (!away || number * 10 + away < 0 || is_told(scheme, D_ROUNDING_COMPARED, at->span)) return;
    const int64_t shown[2] = {number * 10 + away, number * 10};
    bool percent = rounded.type.percent || limit.type.percent;
    struct text words[2];
    for (int k = 0; k < 2; k++) {
        struct buffer text;
        buffer_init(&text, scheme->arena);
        bool hundred = percent && own + 1 >= 2;
        number_print(&text, shown[k], hundred ? own - 1 : own + 1);
        if (hundred) buffer_char(&text, '%');
        words[k] = buffer_result(&text);
    }
    FIND(scheme->findings, D_ROUNDING_COMPARED, at->span, words[0], words[1]);
}

struct expr compare_lower(struct scheme *scheme, struct scope *scope, struct ast *at)
{
    struct expr a, b;
    if (!both_lower(scheme, scope, at->a, at->b, &a, &b) || !align(scheme, scope, &a, &b, at)) return expr_none();
    bool numeric = expr_is_numeric(a) && expr_is_numeric(b);
    struct expr x = a, y = b;
    if (!numeric && (!expr_unify(scheme, &x, &y) || x.type.kind == TYPE_DURATION)) {
        FIND(scheme->findings, D_NOT_COMPARABLE, at->at, type_word(scheme, a.type), type_word(scheme, b.type));
        return expr_none();
    }
    if (at->op != OP_EQ && at->op != OP_NE && !has_order(scheme, a.type)) {
        FIND(scheme->findings, D_NO_ORDER, at->at, at->a->text.len ? at->a->text : type_word(scheme, a.type));
        return expr_none();
    }
    check_decided(scheme, at, a, b);
    check_tipped(scheme, at, a, b);
    cover_comparison(scheme, at, a, b);
    if (scheme->comparing)
        ARENA_PUSH(scheme->arena, scheme->compared, scheme->compared_count, scheme->compared_capacity,
                   ((struct compared){at, a, b}));
    return expr_order(scheme, at->op, a, b);
}

struct expr in_lower(struct scheme *scheme, struct scope *scope, struct ast *at)
{
    struct expr subject = expr_lower(scheme, scope, at->a);
    if (!expr_ok(subject)) return subject;
    struct value *any = NULL;
    for (struct ast *item = at->list; item; item = item->next) {
        struct expr a = subject;
        struct expr b =
            takes_literals(a.type) ? literal_lower(scheme, scope, a.type, item, at->a) : expr_lower(scheme, scope, item);
        if (!align(scheme, scope, &a, &b, at)) return expr_none();
        struct expr x = a, y = b;
        if (!expr_unify(scheme, &x, &y)) {
            FIND(scheme->findings, D_NOT_COMPARABLE, item->at, type_word(scheme, a.type), type_word(scheme, b.type));
            return expr_none();
        }
        struct value *same = expr_order(scheme, OP_EQ, a, b).value;
        if (any && any->space != same->space && any->space != ANYWHERE && same->space != ANYWHERE) {
            any = value_in_space(&scheme->graph, any, scope->space);
            same = value_in_space(&scheme->graph, same, scope->space);
        }
        any = mask_or(scheme, any, same);
    }
    if (!any) any = value_truth(&scheme->graph, false);
    return expr_condition(at->flags & AST_NEGATED ? mask_not(scheme, any) : any);
}

/* ---- arithmetic ---- */

static struct expr date_shift(struct scheme *scheme, struct expr date, struct expr length, bool back)
{
    struct graph *graph = &scheme->graph;
    struct value *n = back ? value_code(graph, OP_CODE_NEG, length.value, NULL, NULL, 0, 0) : length.value;
    enum opcode op = OP_CODE_ADD;
    if (length.type.index == OP_MONTHS || length.type.index == OP_YEARS) {
        op = OP_CODE_ADD_MONTHS;
        if (length.type.index == OP_YEARS) n = value_code(graph, OP_CODE_MUL, n, value_number(graph, 12), NULL, 0, 0);
    } else if (length.type.index == OP_WORKDAYS) {
        op = OP_CODE_ADD_WORKDAYS;
    }
    return (struct expr){value_code(graph, op, date.value, n, NULL, 0, 0), type_of(TYPE_DATE)};
}

struct expr arithmetic_lower(struct scheme *scheme, struct scope *scope, struct ast *at)
{
    struct expr a = expr_lower(scheme, scope, at->a), b = expr_lower(scheme, scope, at->b);
    if (!align(scheme, scope, &a, &b, at)) return expr_none();
    if (a.type.kind == TYPE_DATE && b.type.kind == TYPE_DURATION && (at->op == OP_ADD || at->op == OP_SUB))
        return date_shift(scheme, a, b, at->op == OP_SUB);
    if (a.type.kind == TYPE_DATE && b.type.kind == TYPE_DATE && at->op == OP_SUB) {
        FIND(scheme->findings, D_DATES_APART, at->at);
        return expr_none();
    }
    if (!expr_is_numeric(a) || !expr_is_numeric(b)) {
        const char *en = at->op == OP_ADD   ? "added"
                         : at->op == OP_SUB ? "subtracted"
                         : at->op == OP_MUL ? "multiplied"
                                            : "divided";
        const char *zh = at->op == OP_ADD ? "相加" : at->op == OP_SUB ? "相减" : at->op == OP_MUL ? "相乘" : "相除";
        FIND(scheme->findings, D_NO_ARITHMETIC, at->at, type_word(scheme, a.type), type_word(scheme, b.type),
             scheme_word(scheme, en, zh));
        return expr_none();
    }
    switch ((int)at->op) { /* the four that reach here */
    case OP_ADD: return expr_add(scheme, a, b);
    case OP_SUB: return expr_sub(scheme, a, b);
    case OP_MUL: return expr_mul(scheme, a, b);
    default: break;
    }
    int64_t zero;
    unsigned places;
    if (expr_is_constant(b, &zero, &places) && zero == 0) {
        FIND(scheme->findings, D_DIVIDED_BY_ZERO, at->at);
        return expr_none();
    }
    return expr_div(scheme, a, b, FAULT_ZERO);
}

struct expr logic_lower(struct scheme *scheme, struct scope *scope, struct ast *at)
{
    size_t before = scope->known_count;
    unsigned outer = scheme->anded;
    scheme->anded += at->op == OP_AND;
    struct value *a = condition_lower(scheme, scope, at->a);
    scope_learn(scheme, scope, at->a, at->op == OP_AND);
    struct value *b = condition_lower(scheme, scope, at->b);
    scheme->anded = outer;
    scope->known_count = before;
    if (!a || !b) return expr_none();
    return expr_condition(at->op == OP_AND ? mask_and(scheme, a, b) : mask_or(scheme, a, b));
}

struct expr if_lower(struct scheme *scheme, struct scope *scope, struct ast *at)
{
    struct value *mask = condition_lower(scheme, scope, at->a);
    size_t before = scope->known_count;
    scope_learn(scheme, scope, at->a, true);
    struct expr a = expr_lower(scheme, scope, at->b);
    scope->known_count = before;
    scope_learn(scheme, scope, at->a, false);
    struct expr b = expr_ok(a) && takes_literals(a.type) ? literal_lower(scheme, scope, a.type, at->c, at->b)
                                                         : expr_lower(scheme, scope, at->c);
    scope->known_count = before;
    if (!mask || !expr_ok(a) || !expr_ok(b)) return expr_none();
    struct expr x = a, y = b;
    if (!expr_unify(scheme, &x, &y)) {
        FIND(scheme->findings, D_BRANCH_TYPES, at->c->at, scheme_word(scheme, "if-then-else", "若则否则"),
             type_word(scheme, b.type), scheme_line_text(scheme, at->b->at), type_word(scheme, a.type));
        return expr_none();
    }
    a = expr_in_space(scheme, a, scope->space, at->b);
    b = expr_in_space(scheme, b, scope->space, at->c);
    cover_branches(scheme, (struct ast *[]){at->b, at->c}, (struct value *[]){mask, NULL}, 2);
    return expr_select(scheme, mask, a, b);
}

struct expr default_lower(struct scheme *scheme, struct scope *scope, struct ast *at)
{
    bool outer = scope->blank_allowed;
    scope->blank_allowed = true;
    struct expr a = expr_here(scheme, scope, at->a);
    scope->blank_allowed = outer;
    if (!expr_ok(a)) return a;
    struct expr b =
        takes_literals(a.type) ? literal_lower(scheme, scope, a.type, at->b, at->a) : expr_lower(scheme, scope, at->b);
    if (!expr_ok(b)) return b;
    b = expr_in_space(scheme, b, scope->space, at->b);
    struct expr x = a, y = b;
    if (!expr_ok(b) || !expr_unify(scheme, &x, &y)) {
        if (expr_ok(b))
            FIND(scheme->findings, D_NOT_COMPARABLE, at->b->at, type_word(scheme, a.type), type_word(scheme, b.type));
        return expr_none();
    }
    if (x.value->kind == REG_MASK)
        return expr_condition(
            value_code(&scheme->graph, OP_CODE_SELECT_M, known_value(scheme, x.value), x.value, y.value, 0, 0));
    enum opcode op = x.value->kind == REG_QUOTIENT ? OP_CODE_DEFAULT_Q : OP_CODE_DEFAULT_N;
    struct type type = x.type;
    if (y.type.low < type.low) type.low = y.type.low;
    if (y.type.high > type.high) type.high = y.type.high;
    return (struct expr){value_code(&scheme->graph, op, x.value, y.value, NULL, 0, 0), type};
}

struct expr between_dates_lower(struct scheme *scheme, struct scope *scope, struct ast *at)
{
    struct expr a = expr_lower(scheme, scope, at->a), b = expr_lower(scheme, scope, at->b);
    if (!align(scheme, scope, &a, &b, at)) return expr_none();
    struct expr *ends[2] = {&a, &b};
    for (int k = 0; k < 2; k++)
        if (ends[k]->type.kind != TYPE_DATE) {
            struct ast *end = k ? at->b : at->a;
            FIND(scheme->findings, D_NOT_DATE, end->at, end->text, type_word(scheme, ends[k]->type));
            return expr_none();
        }
    if (at->op == OP_DAYS)
        return (struct expr){value_code(&scheme->graph, OP_CODE_SUB, b.value, a.value, NULL, 0, 0),
                             type_number(0, -RANGE_LIMIT, RANGE_LIMIT)};
    enum opcode op = at->op == OP_MONTHS  ? OP_CODE_MONTHS_BETWEEN
                     : at->op == OP_YEARS ? OP_CODE_YEARS_BETWEEN
                                          : OP_CODE_WORKDAYS_BETWEEN;
    return (struct expr){value_code(&scheme->graph, op, a.value, b.value, NULL, 0, 0),
                         type_number(0, -RANGE_LIMIT, RANGE_LIMIT)};
}
