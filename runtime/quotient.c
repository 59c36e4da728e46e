/* Exact quotients: two machine words where they do, GMP's low-level numbers where they do not.
 *
 * In: quotients of one run. Out: quotients in lowest terms; one that fits 64 bits is never big.
 * Decision: only GMP's mpn functions are used, on limbs that lie in the arena or on the stack. The mpz and mpq layers end
 * the process when memory runs out, and their allocator is global to the process, so a library cannot take it over. With
 * numbers bounded by LIMIT_QUOTIENT_BITS, what mpn needs in between stays on the stack. Cost: signs, lengths and lowest
 * terms are kept by hand here, and a result beyond the bound is lost, not refused by the compiler.
 */
#include "quotient.h"

#include "limits.h"

#include <assert.h>
#include <gmp.h>

enum {
    BIG_LIMBS = LIMIT_QUOTIENT_BITS / GMP_NUMB_BITS,
    WIDE_LIMBS = 2 * BIG_LIMBS + 4, /* a product, or a sum of two */
    WORD_LIMBS = 64 / GMP_NUMB_BITS,
    LEAST_ROOM = 4,
    SIZES = 16,
};

static const struct quotient LOST = {0, -1};

/* An entry: the numerator's limbs, then the denominator's. */
struct big {
    mp_limb_t *limbs;
    uint32_t num_n, den_n;
    uint32_t next; /* free entries of one size: index + 1, 0 at the end */
    uint8_t size;  /* room for LEAST_ROOM << size limbs */
    bool negative, young, kept;
};

struct big_table {
    struct arena *arena;
    struct big *items;
    size_t count, capacity;
    uint32_t *young;
    size_t young_count, young_capacity;
    uint32_t free[SIZES]; /* index + 1 */
};

/* ---- words ---- */

static uint64_t magnitude(int64_t a) { return a < 0 ? 0 - (uint64_t)a : (uint64_t)a; }

static unsigned __int128 magnitude_wide(__int128 a) { return a < 0 ? 0 - (unsigned __int128)a : (unsigned __int128)a; }

static uint64_t gcd(uint64_t a, uint64_t b)
{
    if (a == 0 || b == 0) return a | b;
    int shift = __builtin_ctzll(a | b);
    a >>= __builtin_ctzll(a);
    do {
        b >>= __builtin_ctzll(b);
        uint64_t least = a < b ? a : b;
        b = a < b ? b - a : a - b;
        a = least;
    } while (b);
    return a << shift;
}

static unsigned __int128 gcd_wide(unsigned __int128 a, unsigned __int128 b)
{
    while (b) {
        if ((a | b) >> 64 == 0) return gcd((uint64_t)a, (uint64_t)b);
        unsigned __int128 rest = a % b;
        a = b;
        b = rest;
    }
    return a;
}

static bool word_fits(bool negative, unsigned __int128 value)
{
    return value <= (unsigned __int128)INT64_MAX + (negative ? 1 : 0);
}

static int64_t word_make(bool negative, uint64_t value) { return negative ? (int64_t)(0 - value) : (int64_t)value; }

/* ---- naturals: limbs, least first; n 0 is zero, else the last limb is not 0 ---- */

struct natural {
    mp_size_t n;
    mp_limb_t at[WIDE_LIMBS];
};

static mp_size_t trimmed(const mp_limb_t *at, mp_size_t n)
{
    while (n > 0 && at[n - 1] == 0) n--;
    return n;
}

static mp_size_t limbs_of(mp_limb_t *at, unsigned __int128 value)
{
    mp_size_t n = 0;
    for (; value; value >>= GMP_NUMB_BITS) at[n++] = (mp_limb_t)(value & GMP_NUMB_MASK);
    return n;
}

/* The value when it has at most 64 bits. */
static bool limbs_word(const mp_limb_t *at, mp_size_t n, uint64_t *out)
{
    if (n > WORD_LIMBS) return false;
    unsigned __int128 value = 0;
    for (mp_size_t i = n; i-- > 0;) value = value << GMP_NUMB_BITS | at[i];
    *out = (uint64_t)value;
    return true;
}

static void natural_multiply(struct natural *out, const mp_limb_t *a, mp_size_t a_n, const mp_limb_t *b, mp_size_t b_n)
{
    assert(a_n + b_n <= WIDE_LIMBS);
    out->n = 0;
    if (a_n == 0 || b_n == 0) return;
    if (a_n >= b_n) {
        mpn_mul(out->at, a, a_n, b, b_n);
    } else {
        mpn_mul(out->at, b, b_n, a, a_n);
    }
    out->n = trimmed(out->at, a_n + b_n);
}

static int limbs_order(const mp_limb_t *a, mp_size_t a_n, const mp_limb_t *b, mp_size_t b_n)
{
    if (a_n != b_n) return a_n < b_n ? -1 : 1;
    int c = a_n ? mpn_cmp(a, b, a_n) : 0;
    return (c > 0) - (c < 0);
}

static int natural_order(const struct natural *a, const struct natural *b) { return limbs_order(a->at, a->n, b->at, b->n); }

/* a + b, each with its sign; returns the sum's. */
static bool natural_add(struct natural *out, const struct natural *a, bool a_negative, const struct natural *b,
                        bool b_negative)
{
    if (natural_order(a, b) < 0) {
        const struct natural *other = a;
        a = b;
        b = other;
        bool sign = a_negative;
        a_negative = b_negative;
        b_negative = sign;
    }
    if (b->n == 0) {
        *out = *a;
    } else if (a_negative == b_negative) {
        mp_limb_t carry = mpn_add(out->at, a->at, a->n, b->at, b->n);
        out->n = a->n;
        if (carry) out->at[out->n++] = carry;
    } else {
        mpn_sub(out->at, a->at, a->n, b->at, b->n);
        out->n = trimmed(out->at, a->n);
    }
    return a_negative;
}

static mp_bitcnt_t strip_twos(struct natural *a)
{
    mp_bitcnt_t twos = mpn_scan1(a->at, 0);
    mp_size_t whole = (mp_size_t)(twos / GMP_NUMB_BITS);
    unsigned rest = (unsigned)(twos % GMP_NUMB_BITS);
    a->n -= whole;
    if (rest) {
        mpn_rshift(a->at, a->at + whole, a->n, rest);
    } else {
        memmove(a->at, a->at + whole, (size_t)a->n * sizeof *a->at);
    }
    a->n = trimmed(a->at, a->n);
    return twos;
}

/* Neither is 0. */
static void natural_gcd(struct natural *out, const struct natural *a, const struct natural *b)
{
    struct natural x = *a, y = *b; /* mpn_gcd destroys them, and wants odd ones, the larger first */
    mp_bitcnt_t x_twos = strip_twos(&x), y_twos = strip_twos(&y), twos = x_twos < y_twos ? x_twos : y_twos;
    bool larger = natural_order(&x, &y) >= 0;
    struct natural odd, *up = larger ? &x : &y, *low = larger ? &y : &x;
    odd.n = mpn_gcd(odd.at, up->at, up->n, low->at, low->n);

    mp_size_t whole = (mp_size_t)(twos / GMP_NUMB_BITS);
    unsigned rest = (unsigned)(twos % GMP_NUMB_BITS);
    memset(out->at, 0, (size_t)whole * sizeof *out->at);
    out->n = whole + odd.n;
    if (rest) {
        mp_limb_t carry = mpn_lshift(out->at + whole, odd.at, odd.n, rest);
        if (carry) out->at[out->n++] = carry;
    } else {
        memcpy(out->at + whole, odd.at, (size_t)odd.n * sizeof *odd.at);
    }
}

/* a / b, b not 0; the rest in *rest. */
static void natural_divide(struct natural *out, struct natural *rest, const struct natural *a, const struct natural *b)
{
    if (a->n < b->n) {
        *rest = *a;
        out->n = 0;
        return;
    }
    mpn_tdiv_qr(out->at, rest->at, 0, a->at, a->n, b->at, b->n);
    out->n = trimmed(out->at, a->n - b->n + 1);
    rest->n = trimmed(rest->at, b->n);
}

/* ---- the table ---- */

struct big_table *big_table_open(struct arena *arena)
{
    struct big_table *table = ARENA_NEW(arena, struct big_table);
    table->arena = arena;
    return table;
}

static struct big *big_take(struct big_table *table, mp_size_t limbs, uint32_t *index)
{
    unsigned size = 0;
    while ((mp_size_t)LEAST_ROOM << size < limbs) size++;
    assert(size < SIZES);
    if (table->free[size]) {
        *index = table->free[size] - 1;
        table->free[size] = table->items[*index].next;
    } else {
        if (table->count >= UINT32_MAX - 1) arena_fail(table->arena);
        struct big fresh = {.limbs = ARENA_ARRAY(table->arena, mp_limb_t, (size_t)LEAST_ROOM << size),
                            .size = (uint8_t)size};
        *index = (uint32_t)table->count;
        ARENA_PUSH(table->arena, table->items, table->count, table->capacity, fresh);
    }
    ARENA_PUSH(table->arena, table->young, table->young_count, table->young_capacity, *index);
    table->items[*index].young = true;
    return &table->items[*index];
}

static void big_free(struct big_table *table, uint32_t index)
{
    struct big *item = &table->items[index];
    item->next = table->free[item->size];
    table->free[item->size] = index + 1;
}

struct quotient quotient_keep(struct big_table *table, struct quotient a)
{
    if (a.den == 0) table->items[a.num].kept = true;
    return a;
}

void quotient_drop(struct big_table *table, struct quotient a)
{
    if (a.den != 0) return;
    struct big *item = &table->items[a.num];
    item->kept = false;
    if (item->young) return; /* the sweep will have it */
    big_free(table, (uint32_t)a.num);
}

void big_table_sweep(struct big_table *table)
{
    for (size_t i = 0; i < table->young_count; i++) {
        struct big *item = &table->items[table->young[i]];
        item->young = false;
        if (!item->kept) big_free(table, table->young[i]);
    }
    table->young_count = 0;
}

/* A quotient of naturals in lowest terms, den not 0. */
static struct quotient store(struct big_table *table, bool negative, const struct natural *num, const struct natural *den)
{
    uint64_t n, d;
    if (limbs_word(num->at, num->n, &n) && limbs_word(den->at, den->n, &d) && word_fits(negative, n) &&
        word_fits(false, d)) {
        return (struct quotient){word_make(negative, n), (int64_t)d};
    }
    if (num->n > BIG_LIMBS || den->n > BIG_LIMBS) return LOST;
    uint32_t index;
    struct big *item = big_take(table, num->n + den->n, &index);
    item->negative = negative;
    item->num_n = (uint32_t)num->n;
    item->den_n = (uint32_t)den->n;
    memcpy(item->limbs, num->at, (size_t)num->n * sizeof *num->at);
    memcpy(item->limbs + num->n, den->at, (size_t)den->n * sizeof *den->at);
    return (struct quotient){index, 0};
}

static struct quotient reduce(struct big_table *table, bool negative, const struct natural *num, const struct natural *den)
{
    if (num->n == 0) return (struct quotient){0, 1};
    struct natural common, n, d, rest;
    natural_gcd(&common, num, den);
    if (common.n == 1 && common.at[0] == 1) return store(table, negative, num, den);
    natural_divide(&n, &rest, num, &common);
    natural_divide(&d, &rest, den, &common);
    return store(table, negative, &n, &d);
}

/* An operand of either kind as limbs. */
struct view {
    bool negative;
    mp_size_t num_n, den_n;
    const mp_limb_t *num, *den;
    mp_limb_t words[2 * WORD_LIMBS];
};

static void view_open(struct view *view, const struct big_table *table, struct quotient a)
{
    assert(!quotient_is_lost(a));
    if (a.den == 0) {
        const struct big *item = &table->items[a.num];
        view->negative = item->negative;
        view->num = item->limbs;
        view->num_n = item->num_n;
        view->den = item->limbs + item->num_n;
        view->den_n = item->den_n;
    } else {
        view->negative = a.num < 0;
        view->num = view->words;
        view->num_n = limbs_of(view->words, magnitude(a.num));
        view->den = view->words + WORD_LIMBS;
        view->den_n = limbs_of(view->words + WORD_LIMBS, (uint64_t)a.den);
    }
}

/* Words of up to 128 bits, in lowest terms. */
static struct quotient store_wide(struct big_table *table, bool negative, unsigned __int128 num, unsigned __int128 den)
{
    if (word_fits(negative, num) && word_fits(false, den)) {
        return (struct quotient){word_make(negative, (uint64_t)num), (int64_t)den};
    }
    struct natural n, d;
    n.n = limbs_of(n.at, num);
    d.n = limbs_of(d.at, den);
    return store(table, negative, &n, &d);
}

/* ---- arithmetic ---- */

struct quotient quotient_make(struct big_table *table, __int128 num, __int128 den)
{
    assert(den != 0);
    bool negative = (num < 0) != (den < 0);
    unsigned __int128 n = magnitude_wide(num), d = magnitude_wide(den);
    if (n == 0) return (struct quotient){0, 1};
    unsigned __int128 common = d == 1 ? 1 : gcd_wide(n, d);
    return store_wide(table, negative, n / common, d / common);
}

static struct quotient add_big(struct big_table *table, struct quotient a, struct quotient b, bool subtract)
{
    struct view x, y;
    struct natural left, right, sum, den;
    view_open(&x, table, a);
    view_open(&y, table, b);
    natural_multiply(&left, x.num, x.num_n, y.den, y.den_n);
    natural_multiply(&right, y.num, y.num_n, x.den, x.den_n);
    bool negative = natural_add(&sum, &left, x.negative, &right, y.negative != subtract);
    natural_multiply(&den, x.den, x.den_n, y.den, y.den_n);
    return reduce(table, negative, &sum, &den);
}

static struct quotient add_small(struct big_table *table, struct quotient a, struct quotient b, bool subtract)
{
    int64_t sum;
    if (a.den == 1 && b.den == 1) {
        bool over = subtract ? __builtin_sub_overflow(a.num, b.num, &sum) : __builtin_add_overflow(a.num, b.num, &sum);
        if (!over) return (struct quotient){sum, 1};
    }
    /* The common factor of a sum in lowest terms divides that of the denominators, so 64 bits do (Knuth 4.5.1). */
    int64_t common = (int64_t)gcd((uint64_t)a.den, (uint64_t)b.den);
    int64_t a_den = a.den / common, b_den = b.den / common;
    __int128 left = (__int128)a.num * b_den, right = (__int128)b.num * a_den; /* below 2^126 each */
    __int128 num = subtract ? left - right : left + right;
    if (num == 0) return (struct quotient){0, 1};
    unsigned __int128 size = magnitude_wide(num);
    int64_t shared = common == 1 ? 1 : (int64_t)gcd((uint64_t)(size % (uint64_t)common), (uint64_t)common);
    return store_wide(table, num < 0, size / (uint64_t)shared, (unsigned __int128)a_den * (uint64_t)(b.den / shared));
}

struct quotient quotient_add(struct big_table *table, struct quotient a, struct quotient b)
{
    return a.den && b.den ? add_small(table, a, b, false) : add_big(table, a, b, false);
}

struct quotient quotient_sub(struct big_table *table, struct quotient a, struct quotient b)
{
    return a.den && b.den ? add_small(table, a, b, true) : add_big(table, a, b, true);
}

static struct quotient multiply_words(struct big_table *table, bool negative, uint64_t a_num, uint64_t a_den, uint64_t b_num,
                                      uint64_t b_den)
{
    if (a_num == 0 || b_num == 0) return (struct quotient){0, 1};
    uint64_t first = gcd(a_num, b_den), second = gcd(b_num, a_den);
    return store_wide(table, negative, (unsigned __int128)(a_num / first) * (b_num / second),
                      (unsigned __int128)(a_den / second) * (b_den / first));
}

struct quotient quotient_mul(struct big_table *table, struct quotient a, struct quotient b)
{
    if (a.den && b.den) {
        return multiply_words(table, (a.num < 0) != (b.num < 0), magnitude(a.num), (uint64_t)a.den, magnitude(b.num),
                              (uint64_t)b.den);
    }
    struct view x, y;
    struct natural num, den;
    view_open(&x, table, a);
    view_open(&y, table, b);
    natural_multiply(&num, x.num, x.num_n, y.num, y.num_n);
    natural_multiply(&den, x.den, x.den_n, y.den, y.den_n);
    return reduce(table, x.negative != y.negative, &num, &den);
}

struct quotient quotient_div(struct big_table *table, struct quotient a, struct quotient b)
{
    if (a.den && b.den) {
        assert(b.num != 0);
        return multiply_words(table, (a.num < 0) != (b.num < 0), magnitude(a.num), (uint64_t)a.den, (uint64_t)b.den,
                              magnitude(b.num));
    }
    struct view x, y;
    struct natural num, den;
    view_open(&x, table, a);
    view_open(&y, table, b);
    assert(y.num_n != 0);
    natural_multiply(&num, x.num, x.num_n, y.den, y.den_n);
    natural_multiply(&den, x.den, x.den_n, y.num, y.num_n);
    return reduce(table, x.negative != y.negative, &num, &den);
}

struct quotient quotient_neg(struct big_table *table, struct quotient a)
{
    if (a.den) return store_wide(table, a.num > 0, magnitude(a.num), (uint64_t)a.den);
    struct view x;
    struct natural num, den;
    view_open(&x, table, a);
    num.n = x.num_n;
    den.n = x.den_n;
    memcpy(num.at, x.num, (size_t)x.num_n * sizeof *num.at);
    memcpy(den.at, x.den, (size_t)x.den_n * sizeof *den.at);
    return store(table, !x.negative, &num, &den);
}

int quotient_sign(const struct big_table *table, struct quotient a)
{
    if (a.den) return (a.num > 0) - (a.num < 0);
    return table->items[a.num].negative ? -1 : 1; /* 0 is never big */
}

int quotient_order(const struct big_table *table, struct quotient a, struct quotient b)
{
    if (a.den && b.den) {
        if (a.den == b.den) return (a.num > b.num) - (a.num < b.num);
        __int128 left = (__int128)a.num * b.den, right = (__int128)b.num * a.den;
        return (left > right) - (left < right);
    }
    int a_sign = quotient_sign(table, a), b_sign = quotient_sign(table, b);
    if (a_sign != b_sign) return a_sign < b_sign ? -1 : 1;
    struct view x, y;
    struct natural left, right;
    view_open(&x, table, a);
    view_open(&y, table, b);
    natural_multiply(&left, x.num, x.num_n, y.den, y.den_n);
    natural_multiply(&right, y.num, y.num_n, x.den, x.den_n);
    return a_sign * natural_order(&left, &right);
}

/* ---- rounding ---- */

int64_t power_of_ten(unsigned places)
{
    static const int64_t POWERS[] = {
        1,
        10,
        100,
        1000,
        10000,
        100000,
        1000000,
        10000000,
        100000000,
        1000000000,
        10000000000,
        100000000000,
        1000000000000,
        10000000000000,
        100000000000000,
        1000000000000000,
        10000000000000000,
        100000000000000000,
        1000000000000000000,
    };
    assert(places < sizeof POWERS / sizeof *POWERS);
    return POWERS[places];
}

/* Whether the magnitude `whole` + a rest grows by one. `half`: the rest against one half, -1, 0, 1; the rest is not 0. */
static bool rounds_up(enum rounding mode, bool negative, bool odd, int half)
{
    switch (mode) {
    case ROUND_HALF_UP: return half >= 0;
    case ROUND_HALF_EVEN: return half > 0 || (half == 0 && odd);
    case ROUND_DOWN: return false;
    case ROUND_AWAY: return true;
    case ROUND_FLOOR: return negative;
    case ROUND_CEILING: return !negative;
    }
    return false;
}

static int half_order(uint64_t rest, uint64_t den) { return (rest > den - rest) - (rest < den - rest); }

static bool round_words(bool negative, unsigned __int128 num, uint64_t den, enum rounding mode, int64_t *out)
{
    unsigned __int128 whole = num / den;
    uint64_t rest = (uint64_t)(num % den);
    if (rest) whole += rounds_up(mode, negative, whole & 1, half_order(rest, den));
    if (!word_fits(negative, whole)) return false;
    *out = word_make(negative, (uint64_t)whole);
    return true;
}

int64_t number_round(int64_t a, unsigned places, enum rounding mode)
{
    uint64_t power = (uint64_t)power_of_ten(places), whole = magnitude(a) / power, rest = magnitude(a) % power;
    if (rest) whole += rounds_up(mode, a < 0, whole & 1, half_order(rest, power)); /* a rest leaves room for the one */
    return word_make(a < 0, whole);
}

bool quotient_round(const struct big_table *table, struct quotient a, unsigned places, enum rounding mode, int64_t *out)
{
    uint64_t power = (uint64_t)power_of_ten(places);
    if (a.den) {
        return round_words(a.num < 0, (unsigned __int128)magnitude(a.num) * power, (uint64_t)a.den, mode, out);
    }
    struct view x;
    struct natural num, den, whole, rest, twice;
    mp_limb_t scale[WORD_LIMBS];
    view_open(&x, table, a);
    natural_multiply(&num, x.num, x.num_n, scale, limbs_of(scale, power));
    den.n = x.den_n;
    memcpy(den.at, x.den, (size_t)x.den_n * sizeof *den.at);
    natural_divide(&whole, &rest, &num, &den);
    uint64_t value;
    if (!limbs_word(whole.at, whole.n, &value)) return false;
    unsigned __int128 rounded = value;
    if (rest.n) {
        natural_add(&twice, &rest, false, &rest, false);
        rounded += rounds_up(mode, x.negative, value & 1, natural_order(&twice, &den));
    }
    if (!word_fits(x.negative, rounded)) return false;
    *out = word_make(x.negative, (uint64_t)rounded);
    return true;
}

/* ---- printing ---- */

/* Digits of a natural, least first, into `room`; returns how many. GMP's own printing takes memory. */
static size_t digits_of(const mp_limb_t *at, mp_size_t n, char *room)
{
    mp_limb_t left[BIG_LIMBS + WORD_LIMBS + 1];
    size_t count = 0;
    memcpy(left, at, (size_t)n * sizeof *at);
    while (n) {
        mp_limb_t digits = mpn_divrem_1(left, 0, left, n, 1000000000);
        n = trimmed(left, n);
        for (int i = 0; i < 9 && (n || digits); i++, digits /= 10) room[count++] = (char)('0' + digits % 10);
    }
    return count;
}

/* A natural with a point before its last `places` digits, without zeros behind the point at the end. */
static void print_scaled(struct buffer *out, bool negative, const mp_limb_t *at, mp_size_t n, unsigned places)
{
    char digits[LIMIT_QUOTIENT_BITS / 3 + 64];
    size_t count = digits_of(at, n, digits), zeros = 0;
    while (count <= places) digits[count++] = '0';
    while (zeros < places && digits[zeros] == '0') zeros++;
    if (negative) buffer_char(out, '-');
    for (size_t i = count; i-- > zeros;) {
        buffer_char(out, digits[i]);
        if (i == places && i > zeros) buffer_char(out, '.');
    }
}

enum { EIGHT = 100000000 }; /* below it a number has eight digits at most */

/* The eight digits of a number below EIGHT, a byte each, the first lowest. */
static uint64_t eight_digits(uint32_t number)
{
    uint64_t x = (uint64_t)(number / 10000) | (uint64_t)(number % 10000) << 32, tens;
    tens = (x * 10486 >> 20) & 0x0000007F0000007F; /* hundreds of each half: x / 100 below 10^4 */
    x = tens | (x - 100 * tens) << 16;
    tens = (x * 103 >> 10) & 0x000F000F000F000F; /* tens of each quarter: x / 10 below 100 */
    return tens | (x - 10 * tens) << 8;
}

/* A number below EIGHT with fewer than eight places. Writes up to 17 bytes, perhaps behind what it returns. */
static char *write_eight(char *to, uint32_t left, unsigned places)
{
    uint64_t digits = eight_digits(left), part;
    unsigned before = 8 - places; /* digits in front of the point */
    unsigned skipped = left ? (unsigned)__builtin_ctzll(digits) / 8 : 7,
             behind = left ? (unsigned)__builtin_clzll(digits) / 8 : 8;
    if (skipped > before - 1) skipped = before - 1;
    digits |= 0x3030303030303030;
    part = digits >> skipped * 8;
    memcpy(to, &part, sizeof part);
    to += before - skipped;
    if (behind >= places) return to;
    *to++ = '.';
    part = digits >> before * 8;
    memcpy(to, &part, sizeof part);
    return to + places - behind;
}

char *number_write(char *to, int64_t value, unsigned places)
{
    char digits[NUMBER_ROOM];
    unsigned at = sizeof digits, count = 0;
    uint64_t left = magnitude(value);
    assert(places <= LIMIT_NUMBER_DIGITS);
#if __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    if (left < EIGHT && places < 8) {
        if (value < 0) *to++ = '-';
        return write_eight(to, (uint32_t)left, places);
    }
#endif
    for (; places && left % 10 == 0; places--) left /= 10; /* zeros behind; of 0, all of them */
    if (value < 0) *to++ = '-';
    do {
        if (places && count == places) digits[--at] = '.';
        digits[--at] = (char)('0' + left % 10);
        left /= 10;
        count++;
    } while (left || count <= places);
    memcpy(to, digits + at, sizeof digits - at);
    return to + (sizeof digits - at);
}

void number_print(struct buffer *out, int64_t value, unsigned places)
{
    if (places <= LIMIT_NUMBER_DIGITS) {
        char digits[NUMBER_ROOM];
        buffer_text(out, (struct text){digits, (size_t)(number_write(digits, value, places) - digits)});
        return;
    }
    mp_limb_t words[WORD_LIMBS];
    print_scaled(out, value < 0, words, limbs_of(words, magnitude(value)), places);
}

void quotient_print(struct buffer *out, const struct big_table *table, struct quotient a)
{
    struct view x;
    uint64_t den, power = 1;
    view_open(&x, table, a);
    if (limbs_word(x.den, x.den_n, &den)) {
        for (unsigned places = 0; places <= LIMIT_PLACES; places++, power *= 10) {
            if (power % den) continue;
            struct natural scaled;
            mp_limb_t factor[WORD_LIMBS];
            natural_multiply(&scaled, x.num, x.num_n, factor, limbs_of(factor, power / den));
            print_scaled(out, x.negative, scaled.at, scaled.n, places);
            return;
        }
    }
    print_scaled(out, x.negative, x.num, x.num_n, 0);
    buffer_char(out, '/');
    print_scaled(out, false, x.den, x.den_n, 0);
}
