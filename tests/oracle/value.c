/* Exact values and their faults.
 *
 * In: numbers as text or GMP rationals. Out: new values; a faulted operand faults what is made of it.
 * Decision: GMP takes its memory from the arena and never gives it back, so values may be copied freely and nobody clears
 * one. Cost: memory grows until the pair of scheme and data is done.
 */
#include "oracle.h"

#include <stdio.h>

static struct arena *number_arena;

static void *number_take(size_t size) { return arena_take(number_arena, 1, size); }

static void *number_grow(void *old, size_t old_size, size_t size)
{
    void *new = arena_take(number_arena, 1, size);
    memcpy(new, old, old_size < size ? old_size : size);
    return new;
}

static void number_free(void *block, size_t size)
{
    (void)block;
    (void)size;
}

void value_memory(struct arena *arena)
{
    number_arena = arena;
    mp_set_memory_functions(number_take, number_grow, number_free);
}

/* ---- making ---- */

struct value value_int(long n)
{
    struct value v = {.kind = V_NUMBER};
    mpq_init(v.number);
    mpq_set_si(v.number, n, 1);
    return v;
}

struct value value_ratio(const mpq_t number)
{
    struct value v = {.kind = V_NUMBER};
    mpq_init(v.number);
    mpq_set(v.number, number);
    return v;
}

struct value value_digits(struct text digits)
{
    struct value v = value_int(0);
    mpz_t scale;
    mpz_init_set_ui(scale, 1);
    bool fraction = false, negative = false;
    for (size_t i = 0; i < digits.len; i++) {
        char c = digits.at[i];
        if (c == '-') {
            negative = true;
        } else if (c == '.') {
            fraction = true;
        } else {
            mpz_mul_ui(mpq_numref(v.number), mpq_numref(v.number), 10);
            mpz_add_ui(mpq_numref(v.number), mpq_numref(v.number), (unsigned long)(c - '0'));
            if (fraction) mpz_mul_ui(scale, scale, 10);
        }
    }
    mpz_set(mpq_denref(v.number), scale);
    mpq_canonicalize(v.number);
    if (negative) mpq_neg(v.number, v.number);
    return v;
}

struct value value_bool(int truth) { return (struct value){.kind = V_BOOL, .truth = truth}; }
struct value value_text(struct text text) { return (struct value){.kind = V_TEXT, .text = text}; }
struct value value_date(long days) { return (struct value){.kind = V_DATE, .days = days}; }
struct value value_row(struct row *row) { return (struct value){.kind = V_ROW, .row = row}; }
struct value value_part(struct text number) { return (struct value){.kind = V_PART, .text = number}; }

struct value value_symbol(struct text name, const struct ast *list)
{
    return (struct value){.kind = V_SYMBOL, .text = name, .list = list};
}

struct value value_length(long count, enum ast_op unit)
{
    return (struct value){.kind = V_LENGTH, .days = count, .length = unit};
}

struct value fault_open(const char *why) { return (struct value){.kind = V_FAULT, .fault = FAULT_OPEN, .why = why}; }
struct value fault_error(const char *why) { return (struct value){.kind = V_FAULT, .fault = FAULT_ERROR, .why = why}; }
struct value fault_blank(void) { return (struct value){.kind = V_FAULT, .fault = FAULT_BLANK, .why = "blank"}; }

/* ---- faults ---- */

bool is_fault(struct value v) { return v.kind == V_FAULT; }
bool is_open(struct value v) { return v.kind == V_FAULT && v.fault == FAULT_OPEN; }

struct value worse(struct value a, struct value b)
{
    if (!is_fault(a)) return b;
    if (!is_fault(b)) return a;
    return a.fault == FAULT_OPEN && b.fault != FAULT_OPEN ? b : a;
}

/* ---- arithmetic ---- */

struct value value_add(struct value a, struct value b)
{
    if (is_fault(a) || is_fault(b)) return worse(a, b);
    if (a.kind == V_DATE && b.kind == V_LENGTH) return value_date(date_plus(a.days, b.days, b.length));
    if (a.kind == V_LENGTH && b.kind == V_DATE) return value_add(b, a);
    struct value v = value_int(0);
    mpq_add(v.number, a.number, b.number);
    return v;
}

struct value value_sub(struct value a, struct value b)
{
    if (is_fault(a) || is_fault(b)) return worse(a, b);
    if (a.kind == V_DATE && b.kind == V_LENGTH) return value_date(date_plus(a.days, -b.days, b.length));
    struct value v = value_int(0);
    mpq_sub(v.number, a.number, b.number);
    return v;
}

struct value value_mul(struct value a, struct value b)
{
    if (is_fault(a) || is_fault(b)) return worse(a, b);
    struct value v = value_int(0);
    mpq_mul(v.number, a.number, b.number);
    return v;
}

struct value value_div(struct value a, struct value b)
{
    if (is_fault(a) || is_fault(b)) return worse(a, b);
    if (mpq_sgn(b.number) == 0) return fault_error("zero");
    struct value v = value_int(0);
    mpq_div(v.number, a.number, b.number);
    return v;
}

struct value value_neg(struct value a)
{
    if (is_fault(a)) return a;
    if (a.kind == V_LENGTH) return value_length(-a.days, a.length);
    struct value v = value_int(0);
    mpq_neg(v.number, a.number);
    return v;
}

struct value value_min(struct value a, struct value b)
{
    if (is_fault(a) || is_fault(b)) return worse(a, b);
    return value_order(a, b) <= 0 ? a : b;
}

struct value value_max(struct value a, struct value b)
{
    if (is_fault(a) || is_fault(b)) return worse(a, b);
    return value_order(a, b) >= 0 ? a : b;
}

int value_sign(struct value a) { return mpq_sgn(a.number); }

struct value value_floor(struct value a)
{
    if (is_fault(a)) return a;
    struct value v = value_int(0);
    mpz_fdiv_q(mpq_numref(v.number), mpq_numref(a.number), mpq_denref(a.number));
    return v;
}

struct value value_ceil(struct value a)
{
    if (is_fault(a)) return a;
    return value_neg(value_floor(value_neg(a)));
}

struct value value_round(struct value a, long places, enum ast_op mode)
{
    if (is_fault(a)) return a;
    struct value scale = value_int(1);
    for (long i = 0; i < places; i++) scale = value_mul(scale, value_int(10));
    bool negative = value_sign(a) < 0;
    struct value size = value_mul(negative ? value_neg(a) : a, scale);
    struct value low = value_floor(size);
    struct value rest = value_sub(size, low);
    int half = value_order(value_mul(rest, value_int(2)), value_int(1)); /* <0 below the half, 0 on it */
    bool odd = mpz_odd_p(mpq_numref(low.number)) != 0;
    bool away = false;
    if (mode == OP_HALF_UP) away = half >= 0;
    if (mode == OP_HALF_EVEN) away = half > 0 || (half == 0 && odd);
    if (mode == OP_UP) away = value_sign(rest) > 0;
    if (away) low = value_add(low, value_int(1));
    struct value v = value_div(low, scale);
    return negative ? value_neg(v) : v;
}

/* ---- truth ---- */

bool is_yes(struct value v) { return v.kind == V_BOOL && v.truth == YES; }
bool is_no(struct value v) { return v.kind == V_BOOL && v.truth == NO; }

struct value value_and(struct value a, struct value b)
{
    if (is_no(a) || is_no(b)) return value_bool(NO);
    if (is_fault(a) || is_fault(b)) return worse(a, b);
    return value_bool(YES);
}

struct value value_or(struct value a, struct value b)
{
    if (is_yes(a) || is_yes(b)) return value_bool(YES);
    if (is_fault(a) || is_fault(b)) return worse(a, b);
    return value_bool(NO);
}

struct value value_not(struct value a)
{
    if (is_fault(a)) return a;
    return value_bool(a.truth == YES ? NO : YES);
}

/* ---- order ---- */

/* The values of a list, of the names of a `choose` (as first mentioned) or of the grades (the last is the lowest). */
size_t list_rank(const struct ast *list, struct text name)
{
    size_t rank = 0;
    if (list->kind == AST_GRADES) {
        size_t count = 0, found = SIZE_MAX;
        for (const struct ast *g = list->list; g; g = g->next) {
            if (g->kind != AST_GRADE) continue;
            if (text_equal(g->text, name) || text_equal(g->text2, name)) found = count;
            count++;
        }
        return found == SIZE_MAX ? SIZE_MAX : count - 1 - found;
    }
    if (list->kind == AST_CHOOSE) {
        for (const struct ast *k = list->list; k; k = k->next) {
            if (k->kind != AST_CASE || !k->a || k->a->kind != AST_NAME) continue;
            bool again = false;
            for (const struct ast *j = list->list; j != k; j = j->next)
                again |= j->kind == AST_CASE && j->a && j->a->kind == AST_NAME && text_equal(j->a->text, k->a->text);
            if (text_equal(k->a->text, name) || (k->a->text2.len && text_equal(k->a->text2, name))) return rank;
            if (!again) rank++;
        }
        return SIZE_MAX;
    }
    for (const struct ast *v = list->list; v; v = v->next) {
        if (v->kind != AST_VALUE) continue;
        if (text_equal(v->text, name) || (v->text2.len && text_equal(v->text2, name))) return rank;
        rank++;
    }
    return SIZE_MAX;
}

static int sign_of(long a, long b) { return (a > b) - (a < b); }

int value_order(struct value a, struct value b)
{
    if (a.kind == V_NUMBER && b.kind == V_NUMBER) return mpq_cmp(a.number, b.number);
    if (a.kind == V_DATE) return sign_of(a.days, b.days);
    if (a.kind == V_BOOL) return sign_of(a.truth, b.truth);
    if (a.kind == V_SYMBOL || b.kind == V_SYMBOL) {
        const struct ast *list = a.kind == V_SYMBOL && a.list ? a.list : b.list;
        if (list) return sign_of((long)list_rank(list, a.text), (long)list_rank(list, b.text));
    }
    return text_order(a.text, b.text);
}

bool value_same(struct value a, struct value b)
{
    if (a.kind == V_ROW) return a.row == b.row;
    if (a.kind == V_PART || a.kind == V_TEXT) return text_equal(a.text, b.text);
    return value_order(a, b) == 0;
}

/* ---- showing ---- */

/* A decimal when at most 12 places are enough, else a fraction in lowest terms. */
static void number_print(struct buffer *out, const mpq_t number)
{
    mpz_t scaled, rest, whole;
    mpz_inits(scaled, rest, whole, NULL);
    mpz_set(scaled, mpq_numref(number));
    int places = 0;
    while (!mpz_divisible_p(scaled, mpq_denref(number)) && places < 12) {
        mpz_mul_ui(scaled, scaled, 10);
        places++;
    }
    if (!mpz_divisible_p(scaled, mpq_denref(number))) {
        buffer_put(out, mpz_get_str(NULL, 10, mpq_numref(number)));
        buffer_char(out, '/');
        buffer_put(out, mpz_get_str(NULL, 10, mpq_denref(number)));
        return;
    }
    mpz_divexact(scaled, scaled, mpq_denref(number));
    if (mpz_sgn(scaled) < 0) buffer_char(out, '-');
    mpz_abs(scaled, scaled);
    const char *digits = mpz_get_str(NULL, 10, scaled);
    int length = (int)strlen(digits);
    if (length <= places) buffer_char(out, '0');
    for (int i = 0; i < length - places; i++) buffer_char(out, digits[i]);
    if (places == 0) return;
    buffer_char(out, '.');
    for (int i = length; i < places; i++) buffer_char(out, '0');
    buffer_put(out, digits + (length > places ? length - places : 0));
}

void value_print(struct buffer *out, struct value v)
{
    long year, month, day;
    switch (v.kind) {
    case V_FAULT: break;
    case V_NUMBER: number_print(out, v.number); break;
    case V_BOOL: buffer_put(out, v.truth == YES ? "yes" : v.truth == NO ? "no" : "na"); break;
    case V_TEXT:
    case V_SYMBOL:
    case V_PART: buffer_text(out, v.text); break;
    case V_DATE:
        date_split(v.days, &year, &month, &day);
        buffer_print(out, "%04ld-%02ld-%02ld", year, month, day);
        break;
    case V_LENGTH: buffer_print(out, "%ld", v.days); break;
    case V_ROW: buffer_print(out, "row %zu", v.row->line); break;
    }
}
