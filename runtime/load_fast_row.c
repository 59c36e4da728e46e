/* A row of separated text, quickly: see load_fast.h.
 *
 * In: bytes of which the row's line end and a margin behind it may be read. Out: values in the lanes of a batch.
 * Decision: a row is read in one go, eight bytes at a time, each cell by a reader that stops at the first byte it does not
 * expect; only if that byte is the separator (or, behind the last cell, the line's end) the cell counts, else the row is
 * left to the scanner and the cell readers. Cost: what may stand in a cell is said here once more, for the plain spellings.
 */
#include "load_fast_cells.h"

#include "quotient.h"

enum { QUICK_DIGITS = 17 };
static const int64_t MOST = 999999999999999999; /* LIMIT_NUMBER_DIGITS nines */

/* ---- cells: each returns where it stopped, or NULL ---- */

/* Reads up to eight digits; returns how many there are. */
static inline unsigned digits_at(const char *p, uint64_t *value)
{
    uint64_t x = eight(p) ^ 0x3030303030303030u; /* digits become 0 … 9, all else more */
    uint64_t others = ((x + 0x7676767676767676u) | x) & 0x8080808080808080u;
    unsigned count = others ? (unsigned)__builtin_ctzll(others) / 8 : 8;
    if (count == 0) return 0;
    x <<= 64 - count * 8; /* zeros in front */
    x = x * 10 + (x >> 8);
    x = ((x & 0x000000FF000000FFu) * 0x000F424000000064u + ((x >> 16) & 0x000000FF000000FFu) * 0x0000271000000001u) >> 32;
    *value = x;
    return count;
}

/* A number of more digits. */
static const char *long_number(const struct fast_column *column, const char *p, int64_t *value)
{
    const char *from = p;
    int64_t number = 0, scale = column->scale;
    unsigned digit;
    while ((digit = (unsigned char)*p - '0') <= 9) {
        number = number * 10 + digit;
        if (++p - from > QUICK_DIGITS) return NULL;
    }
    if (*p == '.' && column->places) {
        const char *point = ++p;
        while ((digit = (unsigned char)*p - '0') <= 9) {
            if (p - point == column->places || p - from > QUICK_DIGITS) return NULL; /* zeros behind are for the other way */
            number = number * 10 + digit;
            scale /= 10;
            p++;
        }
        if (p == point) return NULL;
    }
    if (scale != 1 && (__builtin_mul_overflow(number, scale, &number) || number > MOST)) return NULL;
    *value = number;
    return p;
}

static inline bool is_step(const struct fast_column *column, int64_t number)
{
    uint64_t distance = (uint64_t)number - (uint64_t)column->step_from; /* at least 0 where there is a lower bound */
    if (distance <= UINT32_MAX && column->step <= UINT32_MAX) return (uint32_t)distance % (uint32_t)column->step == 0;
    return (number - column->step_from) % column->step == 0;
}

__attribute__((always_inline)) static inline const char *quick_number(const struct fast_column *column, const char *p,
                                                                      int64_t *value)
{
    enum { SHORT_PLACES = 8 };
    bool minus = *p == '-';
    p += minus;
    uint64_t whole, part;
    int64_t number;
    unsigned count = digits_at(p, &whole);
    if (count == 0) return NULL;
    if (count == 8 || column->places > SHORT_PLACES) {
        p = long_number(column, p, &number);
        if (!p) return NULL;
    } else {
        p += count;
        number = (int64_t)whole * column->scale; /* seven digits and eight */
        if (*p == '.' && column->places) {
            count = digits_at(p + 1, &part);
            if (count == 0 || count > column->places || count == 8) return NULL;
            number += (int64_t)part * power_of_ten(column->places - count);
            p += 1 + count;
        }
    }
    if (minus) number = -number;
    if (column->percent && *p++ != '%') return NULL;
    if (number < column->low || number > column->high) return NULL;
    if (column->step > 1 && !is_step(column, number)) return NULL;
    *value = number;
    return p;
}

/* Plain bytes up to what ends them: the separator, a quote, a control character. *high: whether one is not ASCII. */
static inline const char *plain(const struct fast_reader *r, const char *p, bool *high)
{
    const uint64_t ones = 0x0101010101010101u, tops = 0x8080808080808080u;
    uint64_t highs = 0;
    for (;; p += 8) {
        uint64_t x = eight(p), quote = x ^ ones * '"', separator = x ^ r->separators;
        uint64_t stop = (((x - ones * ' ') & ~x) | ((quote - ones) & ~quote) | ((separator - ones) & ~separator)) & tops;
        if (stop) { /* the first is one; those behind it may be none */
            unsigned count = (unsigned)__builtin_ctzll(stop) / 8;
            *high = ((highs | (x & ((stop & -stop) - 1))) & tops) != 0;
            return p + count;
        }
        highs |= x;
    }
}

/* The cell is text, at least one character, without a blank at either end that would have to go. */
static inline const char *quick_text(const struct fast_reader *r, const char *p, struct text *cell)
{
    bool high;
    const char *to = plain(r, p, &high);
    *cell = (struct text){p, (size_t)(to - p)};
    if (!cell->len) return NULL;
    if (high && utf8_valid(*cell) != cell->len) return NULL;
    return to;
}

/* ---- a row ---- */

void fast_set_last(struct fast_reader *r, struct text key)
{
    r->in.last_unit = key;
    r->last_mask = short_mask(key.len ? key.len : SHORT_KEY + 1);
    if (r->last_mask.words[0]) r->last = short_key(key.at, r->last_mask);
}

/* Whether the cell is the key of the row before. */
static inline bool is_last_unit(const struct fast_reader *r, const char *p)
{
    struct text last = r->in.last_unit;
    if (r->last_mask.words[0]) {
        struct short_key key = short_key(p, r->last_mask);
        return key.words[0] == r->last.words[0] && key.words[1] == r->last.words[1] && p[last.len] == r->separator;
    }
    return last.len && (size_t)(r->quick - p) > last.len && memcmp(p, last.at, last.len) == 0 && p[last.len] == r->separator;
}

/* A cell that has no quotes around it; returns what is behind it, or NULL: it is empty, or odd. */
static inline const char *plain_cell(struct fast_reader *r, const struct fast_column *column, const char *p, uint32_t n,
                                     int64_t *value)
{
    struct text cell;
    const char *to = NULL;
    bool high;
    switch (column->kind) {
    case FAST_UNIT:
        if (is_last_unit(r, p)) return p + r->in.last_unit.len;
        to = quick_text(r, p, &cell);
        if (!to || !is_trimmed(cell)) return NULL;
        push_key(r, cell, n);
        fast_set_last(r, cell);
        break;
    case FAST_KEY:
        to = quick_text(r, p, &cell);
        if (!to || !is_trimmed(cell)) return NULL;
        push_key(r, cell, n);
        break;
    case FAST_NUMBER: return quick_number(column, p, value);
    case FAST_DATE: return quick_date(r, p, value);
    case FAST_WORD:
        to = plain(r, p, &high);
        return quick_word(column, (struct text){p, (size_t)(to - p)}, value) ? to : NULL;
    case FAST_PASS: to = quick_text(r, p, &cell); return to && column->field && utf8_trim(cell).len == 0 ? NULL : to;
    case FAST_TEXT:
        to = quick_text(r, p, &cell);
        if (!to || !is_trimmed(cell)) return NULL;
        *value = intern_put(&r->loader.texts, cell);
        break;
    }
    return to;
}

/* A cell in quotes; returns what is behind it, or NULL. */
__attribute__((noinline)) static const char *quoted_cell(struct fast_reader *r, const struct fast_column *column,
                                                         const char *p, uint32_t n, int64_t *value)
{
    struct text cell;
    if (column->kind == FAST_PASS) return quick_quoted(p);
    const char *to = quick_unquoted(p, &cell);
    if (!to) return NULL;
    bool fine = true;
    switch (column->kind) {
    case FAST_PASS: break;
    case FAST_UNIT:
        if (text_equal(cell, r->in.last_unit)) break;
        push_key(r, cell, n);
        fast_set_last(r, cell);
        break;
    case FAST_KEY: push_key(r, cell, n); break;
    case FAST_NUMBER: fine = quick_number(column, cell.at, value) == to - 1; break;
    case FAST_DATE: fine = cell.len == 10 && quick_date(r, cell.at, value); break;
    case FAST_WORD: fine = quick_word(column, cell, value); break;
    case FAST_TEXT: *value = intern_put(&r->loader.texts, cell); break;
    }
    return fine ? to : NULL;
}

/* The end of the row that begins at *at, which is then behind it. */
static inline bool end_row(const char *p, const char **at)
{
    if (*p == '\r') p++;
    if (*p != '\n' || p - *at > LIMIT_CELL_BYTES) return false;
    *at = p + 1;
    return true;
}

/* The rest of a row that is not used: `left` more cells, looked at as text alone. */
static bool pass_row(const struct fast_reader *r, const char *p, uint32_t left, const char **at)
{
    for (; left; left--) {
        bool high;
        if (*p++ != r->separator) return false;
        const char *to = plain(r, p, &high);
        if (high && utf8_valid((struct text){p, (size_t)(to - p)}) != (size_t)(to - p)) return false;
        p = to;
    }
    return end_row(p, at);
}

/* Whether a day is of the period; ROW_ODD: the row is not to be had by this way. */
static enum row_state look_at_day(const struct fast_reader *r, int64_t day)
{
    const struct schema *schema = r->loader.schema;
    int64_t first = r->in.schema->has_from ? r->in.schema->from : schema->carry_from;
    if (day >= first && day <= schema->period_to) return ROW_READ;
    if (day < first && !schema->earlier_counted) return ROW_ODD;
    if (r->in.schema->key != NO_INDEX || r->loader.keeps_aside)
        return ROW_ODD; /* its key must be known as one that is left out; or it is listed */
    return day < first ? ROW_EARLIER : ROW_LATER;
}

/* An empty cell that may be one. */
static bool take_blank(const struct fast_column *column, uint32_t n)
{
    if (column->kind == FAST_UNIT || column->by || (column->field && !column->field->optional)) return false;
    if (!column->kept) return true;
    if (!column->blank) return false; /* the first blank makes room for them */
    column->blank[n] = 1;
    column->values[n] = 0;
    return true;
}

enum row_state fast_row(struct fast_reader *r, const char **at, uint32_t n)
{
    const char *p = *at, separator = r->separator;
    struct fast_column *column = r->columns, *end = column + r->column_count;
    bool some = false;
    for (;; column++, p++) {
        int64_t value = 0;
        const char *to = *p == '"' ? quoted_cell(r, column, p, n, &value) : plain_cell(r, column, p, n, &value);
        if (to) {
            some = true;
            p = to;
            if (column->kept) {
                column->values[n] = value;
                if (column->blank) column->blank[n] = 0;
            }
            if (column->by && r->loader.schema->has_period) {
                enum row_state state = look_at_day(r, value);
                if (state == ROW_ODD) return ROW_ODD;
                if (state != ROW_READ) return pass_row(r, p, (uint32_t)(end - column - 1), at) ? state : ROW_ODD;
            }
        } else if ((*p != separator && *p != '\n' && *p != '\r') || !take_blank(column, n)) {
            return ROW_ODD;
        }
        if (column + 1 == end) break;
        if (*p != separator) return ROW_ODD;
    }
    return some && end_row(p, at) ? ROW_READ : ROW_ODD;
}
