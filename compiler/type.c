/* Types: numbers that know their places and range, and the arithmetic that keeps them exact.
 *
 * In: values with types. Out: a value with the type of the result: places align by scaling up, a division makes a
 * quotient, a product of too many places becomes one too; nothing is ever rounded here.
 */
#include "scheme.h"

#include "../runtime/limits.h"
#include "../runtime/quotient.h"

struct type type_of(enum type_kind kind) { return (struct type){.kind = kind, .low = -RANGE_LIMIT, .high = RANGE_LIMIT}; }

static wide clamp(wide x) { return x < -RANGE_LIMIT ? -RANGE_LIMIT : x > RANGE_LIMIT ? RANGE_LIMIT : x; }

struct type type_number(unsigned places, wide low, wide high)
{
    return (struct type){.kind = TYPE_NUMBER, .places = (uint8_t)places, .low = clamp(low), .high = clamp(high)};
}

static wide product(wide a, wide b)
{
    wide out;
    if (a == 0 || b == 0) return 0;
    if (__builtin_mul_overflow(a, b, &out)) return (a < 0) == (b < 0) ? RANGE_LIMIT : -RANGE_LIMIT;
    return clamp(out);
}

static const char *type_words(struct type type, bool chinese)
{
    switch (type.kind) {
    case TYPE_NONE: return "?";
    case TYPE_NUMBER: return type.percent ? (chinese ? "百分比" : "a percentage") : chinese ? "数值" : "a number";
    case TYPE_QUOTIENT: return chinese ? "商" : "a quotient";
    case TYPE_DATE: return chinese ? "日期" : "a date";
    case TYPE_DURATION: return chinese ? "时长" : "a length of time";
    case TYPE_TEXT: return chinese ? "文字" : "text";
    case TYPE_CONDITION: return chinese ? "是否" : "yes or no";
    case TYPE_THREE: return chinese ? "是否不涉及" : "yes, no or na";
    case TYPE_LIST: return chinese ? "取值" : "a value of a list";
    case TYPE_GRADE: return chinese ? "等次" : "a grade";
    case TYPE_ROW: return chinese ? "表中的一行" : "a row of a table";
    case TYPE_PART: return chinese ? "项目" : "an item";
    }
    return "?";
}

struct text type_word(struct scheme *scheme, struct type type)
{
    return text_of(type_words(type, scheme->tongue == TONGUE_ZH));
}

bool number_parse(struct text digits, int64_t *number, unsigned *places)
{
    int64_t value = 0;
    unsigned after = 0, seen = 0;
    bool point = false;
    for (size_t k = 0; k < digits.len; k++) {
        char c = digits.at[k];
        if (c == '.') {
            point = true;
            continue;
        }
        if (c < '0' || c > '9') return false;
        if (__builtin_mul_overflow(value, (int64_t)10, &value) || __builtin_add_overflow(value, (int64_t)(c - '0'), &value))
            return false;
        if (point) after++;
        seen++;
    }
    while (after > 0 && value % 10 == 0) { /* 2.50 is 2.5: places are what the value needs */
        value /= 10;
        after--;
    }
    if (!seen || after > LIMIT_PLACES) return false;
    *number = value;
    *places = after;
    return true;
}

struct expr expr_none(void) { return (struct expr){NULL, type_of(TYPE_NONE)}; }
bool expr_ok(struct expr expr) { return expr.type.kind != TYPE_NONE; }
bool expr_is_numeric(struct expr expr) { return expr.type.kind == TYPE_NUMBER || expr.type.kind == TYPE_QUOTIENT; }
struct expr expr_condition(struct value *mask) { return (struct expr){mask, type_of(TYPE_CONDITION)}; }

struct expr expr_number(struct scheme *scheme, int64_t number, unsigned places)
{
    return (struct expr){value_number(&scheme->graph, number), type_number(places, number, number)};
}

struct expr expr_at_places(struct scheme *scheme, struct expr expr, unsigned places)
{
    if (expr.type.kind != TYPE_NUMBER || expr.type.places >= places) return expr;
    unsigned up = places - expr.type.places;
    wide factor = power_of_ten(up);
    struct type type = expr.type;
    type.places = (uint8_t)places;
    type.low = product(expr.type.low, factor);
    type.high = product(expr.type.high, factor);
    return (struct expr){value_code(&scheme->graph, OP_CODE_SCALE_UP, expr.value, NULL, NULL, up, 0), type};
}

struct expr expr_quotient(struct scheme *scheme, struct expr expr)
{
    if (expr.type.kind != TYPE_NUMBER) return expr;
    struct type type = type_of(TYPE_QUOTIENT);
    type.percent = expr.type.percent;
    /* a quotient's range is kept as whole numbers around it: only its sign is asked for */
    type.low = expr.type.low >= 0 ? 0 : -RANGE_LIMIT;
    type.high = expr.type.high <= 0 ? 0 : RANGE_LIMIT;
    return (struct expr){value_code(&scheme->graph, OP_CODE_TO_Q, expr.value, NULL, NULL, expr.type.places, 0), type};
}

bool expr_is_constant(struct expr expr, int64_t *number, unsigned *places)
{
    if (expr.type.kind != TYPE_NUMBER || expr.value->op != VALUE_CONST_N) return false;
    *number = expr.value->i;
    *places = expr.type.places;
    return true;
}

bool expr_unify(struct scheme *scheme, struct expr *a, struct expr *b)
{
    if (expr_is_numeric(*a) && expr_is_numeric(*b)) {
        if (a->type.kind == TYPE_QUOTIENT || b->type.kind == TYPE_QUOTIENT) {
            *a = expr_quotient(scheme, *a);
            *b = expr_quotient(scheme, *b);
        } else {
            unsigned places = a->type.places > b->type.places ? a->type.places : b->type.places;
            *a = expr_at_places(scheme, *a, places);
            *b = expr_at_places(scheme, *b, places);
        }
        return true;
    }
    if (a->type.kind != b->type.kind) return false;
    switch (a->type.kind) {
    case TYPE_LIST:
    case TYPE_ROW:
    case TYPE_DURATION: return a->type.index == b->type.index;
    case TYPE_NONE:
    case TYPE_NUMBER:
    case TYPE_QUOTIENT: return false;
    case TYPE_DATE:
    case TYPE_TEXT:
    case TYPE_CONDITION:
    case TYPE_THREE:
    case TYPE_GRADE:
    case TYPE_PART: return true;
    }
    return false;
}

/* An instruction on two numeric operands of one type: `n` for numbers, `q` for quotients. */
static struct value *either(struct scheme *scheme, enum opcode n, enum opcode q, struct expr a, struct expr b)
{
    return value_code(&scheme->graph, a.type.kind == TYPE_QUOTIENT ? q : n, a.value, b.value, NULL, 0, 0);
}

struct expr expr_add(struct scheme *scheme, struct expr a, struct expr b)
{
    expr_unify(scheme, &a, &b);
    struct type type = a.type;
    type.percent = a.type.percent && b.type.percent;
    type.low = clamp(a.type.low + b.type.low);
    type.high = clamp(a.type.high + b.type.high);
    return (struct expr){either(scheme, OP_CODE_ADD, OP_CODE_ADD_Q, a, b), type};
}

struct expr expr_sub(struct scheme *scheme, struct expr a, struct expr b)
{
    expr_unify(scheme, &a, &b);
    struct type type = a.type;
    type.percent = a.type.percent && b.type.percent;
    type.low = clamp(a.type.low - b.type.high);
    type.high = clamp(a.type.high - b.type.low);
    return (struct expr){either(scheme, OP_CODE_SUB, OP_CODE_SUB_Q, a, b), type};
}

struct expr expr_mul(struct scheme *scheme, struct expr a, struct expr b)
{
    if (a.type.kind == TYPE_QUOTIENT || b.type.kind == TYPE_QUOTIENT || a.type.places + b.type.places > LIMIT_PLACES) {
        a = expr_quotient(scheme, a);
        b = expr_quotient(scheme, b);
    }
    struct type type = a.type;
    type.percent = false;
    if (a.type.kind == TYPE_NUMBER) type.places = (uint8_t)(a.type.places + b.type.places);
    wide ends[4] = {product(a.type.low, b.type.low), product(a.type.low, b.type.high), product(a.type.high, b.type.low),
                    product(a.type.high, b.type.high)};
    type.low = type.high = ends[0];
    for (int k = 1; k < 4; k++) {
        if (ends[k] < type.low) type.low = ends[k];
        if (ends[k] > type.high) type.high = ends[k];
    }
    return (struct expr){either(scheme, OP_CODE_MUL, OP_CODE_MUL_Q, a, b), type};
}

struct expr expr_div(struct scheme *scheme, struct expr a, struct expr b, uint8_t fault)
{
    a = expr_quotient(scheme, a);
    b = expr_quotient(scheme, b);
    struct type type = type_of(TYPE_QUOTIENT);
    if (a.type.low >= 0 && b.type.low >= 0) type.low = 0;
    return (struct expr){value_code(&scheme->graph, OP_CODE_DIV_Q, a.value, b.value, NULL, fault, 0), type};
}

struct expr expr_min(struct scheme *scheme, struct expr a, struct expr b)
{
    expr_unify(scheme, &a, &b);
    struct type type = a.type;
    type.low = a.type.low < b.type.low ? a.type.low : b.type.low;
    type.high = a.type.high < b.type.high ? a.type.high : b.type.high;
    return (struct expr){either(scheme, OP_CODE_MIN, OP_CODE_MIN_Q, a, b), type};
}

struct expr expr_max(struct scheme *scheme, struct expr a, struct expr b)
{
    expr_unify(scheme, &a, &b);
    struct type type = a.type;
    type.low = a.type.low > b.type.low ? a.type.low : b.type.low;
    type.high = a.type.high > b.type.high ? a.type.high : b.type.high;
    return (struct expr){either(scheme, OP_CODE_MAX, OP_CODE_MAX_Q, a, b), type};
}

struct expr expr_negate(struct scheme *scheme, struct expr a)
{
    struct type type = a.type;
    type.low = -a.type.high;
    type.high = -a.type.low;
    enum opcode op = a.type.kind == TYPE_QUOTIENT ? OP_CODE_NEG_Q : OP_CODE_NEG;
    return (struct expr){value_code(&scheme->graph, op, a.value, NULL, NULL, 0, 0), type};
}

struct expr expr_select(struct scheme *scheme, struct value *mask, struct expr a, struct expr b)
{
    expr_unify(scheme, &a, &b);
    struct type type = a.type;
    type.low = a.type.low < b.type.low ? a.type.low : b.type.low;
    type.high = a.type.high > b.type.high ? a.type.high : b.type.high;
    enum opcode op = a.value->kind == REG_QUOTIENT ? OP_CODE_SELECT_Q
                     : a.value->kind == REG_MASK   ? OP_CODE_SELECT_M
                                                   : OP_CODE_SELECT_N;
    return (struct expr){value_code(&scheme->graph, op, mask, a.value, b.value, 0, 0), type};
}

struct expr expr_round(struct scheme *scheme, struct expr a, unsigned places, int mode)
{
    if (a.type.kind == TYPE_NUMBER && a.type.places <= places) return a; /* nothing to round */
    struct type type = type_number(places, -RANGE_LIMIT, RANGE_LIMIT);
    type.percent = a.type.percent;
    if (a.type.kind == TYPE_QUOTIENT) {
        if (a.type.low >= 0) type.low = 0;
        return (struct expr){value_code(&scheme->graph, OP_CODE_ROUND_Q, a.value, NULL, NULL, places, mode), type};
    }
    unsigned down = a.type.places - places;
    wide factor = power_of_ten(down);
    /* one more on either side covers every mode; 0 stays 0 */
    if (a.type.low > -RANGE_LIMIT) type.low = a.type.low >= 0 ? a.type.low / factor : a.type.low / factor - 1;
    if (a.type.high < RANGE_LIMIT) type.high = a.type.high <= 0 ? a.type.high / factor : a.type.high / factor + 1;
    return (struct expr){value_code(&scheme->graph, OP_CODE_ROUND_N, a.value, NULL, NULL, down, mode), type};
}

/* What the declared ranges say a number can be: of a column, or of one read through a reference. */
static bool declared_range(const struct graph *graph, const struct value *v, int64_t *low, int64_t *high)
{
    while (v->op == VALUE_GATHER) v = v->a;
    if (v->op != VALUE_COLUMN) return false;
    const struct field_schema *field = &graph->schema->tables[v->i].fields[v->j];
    *low = field->low;
    *high = field->high;
    return field->kind == FIELD_NUMBER && field->has_low && field->has_high;
}

/* Whether a is x ÷ y, with y above 0, so that a : n/d is x·d : n·y in whole numbers that cannot overflow; the two sides
 * then. The common question of a row (present ÷ expected < 80%) so needs no quotient. */
static bool cross_multiplied(struct graph *graph, struct value *a, struct value *b, struct value **left, struct value **right)
{
    bool parted = a->op == VALUE_CODE && a->code == OP_CODE_DIV_Q && b->op == VALUE_CONST_Q && b->j > 0;
    if (!parted) return false;
    const struct value *top = a->a, *under = a->b;
    if (top->op != VALUE_CODE || top->code != OP_CODE_TO_Q || under->op != VALUE_CODE || under->code != OP_CODE_TO_Q) return false;
    int64_t low[2], high[2];
    if (!declared_range(graph, top->a, &low[0], &high[0]) || !declared_range(graph, under->a, &low[1], &high[1])) return false;
    const wide most = (wide)1 << 62;
    wide of_top = (wide)power_of_ten((unsigned)under->i) * b->j, of_under = (wide)power_of_ten((unsigned)top->i) * b->i;
    wide top_most = -(wide)low[0] > high[0] ? -(wide)low[0] : high[0], size = of_under < 0 ? -of_under : of_under;
    if (low[1] <= 0 || of_top >= most || size >= most || top_most * of_top >= most || high[1] * size >= most) return false;
    *left = value_code(graph, OP_CODE_MUL, top->a, value_number(graph, (int64_t)of_top), NULL, 0, 0);
    *right = value_code(graph, OP_CODE_MUL, under->a, value_number(graph, (int64_t)of_under), NULL, 0, 0);
    return true;
}

struct expr expr_order(struct scheme *scheme, enum ast_op op, struct expr a, struct expr b)
{
    struct graph *graph = &scheme->graph;
    expr_unify(scheme, &a, &b);
    if (a.value->kind == REG_MASK) { /* two conditions: the same or not */
        struct value *both = mask_and(scheme, a.value, b.value);
        struct value *neither = mask_and(scheme, mask_not(scheme, a.value), mask_not(scheme, b.value));
        struct value *same = mask_or(scheme, both, neither);
        return expr_condition(op == OP_EQ ? same : mask_not(scheme, same));
    }
    bool q = a.type.kind == TYPE_QUOTIENT;
    struct value *x = a.value, *y = b.value;
    if (q && (cross_multiplied(graph, a.value, b.value, &x, &y) || cross_multiplied(graph, b.value, a.value, &y, &x))) q = false;
    bool backwards = a.type.kind == TYPE_GRADE; /* grades are numbered best first: better is less */
    if ((op == OP_GT || op == OP_GE) != (backwards && op != OP_EQ && op != OP_NE)) {
        struct value *swap = x;
        x = y;
        y = swap;
    }
    enum opcode code = OP_CODE_EQ;
    if (op == OP_LT || op == OP_GT)
        code = q ? OP_CODE_LT_Q : OP_CODE_LT;
    else if (op == OP_LE || op == OP_GE)
        code = q ? OP_CODE_LE_Q : OP_CODE_LE;
    else if (op == OP_EQ)
        code = q ? OP_CODE_EQ_Q : OP_CODE_EQ;
    else
        code = q ? OP_CODE_NE_Q : OP_CODE_NE;
    return expr_condition(value_code(graph, code, x, y, NULL, 0, 0));
}

struct value *mask_and(struct scheme *scheme, struct value *a, struct value *b)
{
    if (!a) return b;
    if (!b) return a;
    return value_code(&scheme->graph, OP_CODE_AND, a, b, NULL, 0, 0);
}

struct value *mask_or(struct scheme *scheme, struct value *a, struct value *b)
{
    if (!a) return b;
    if (!b) return a;
    return value_code(&scheme->graph, OP_CODE_OR, a, b, NULL, 0, 0);
}

struct value *mask_any(struct scheme *scheme, struct value **masks, size_t count)
{
    struct value *any = NULL;
    for (size_t k = 0; k < count; k++) any = mask_or(scheme, any, masks[k]);
    return any;
}

struct value *mask_not(struct scheme *scheme, struct value *a)
{
    return value_code(&scheme->graph, OP_CODE_NOT, a, NULL, NULL, 0, 0);
}

struct expr expr_in_space(struct scheme *scheme, struct expr expr, uint32_t space, struct ast *at)
{
    if (!expr_ok(expr)) return expr;
    struct value *value = value_in_space(&scheme->graph, expr.value, space);
    if (!value) {
        uint32_t table = 0, group;
        if (space_is_group(&scheme->graph, expr.value->space, &group))
            table = scheme->graph.groups[group].table;
        else
            space_is_table(&scheme->graph, expr.value->space, &table);
        FIND(scheme->findings, D_NO_ROW_HERE, at->at, at->text.len ? at->text : TEXT("…"),
             scheme->schema.tables[table].name);
        return expr_none();
    }
    return (struct expr){value, expr.type};
}
