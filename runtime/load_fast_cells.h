/* Cells in their plain spellings: what the two ways through a row share (load_fast_row.c, load_fast_wide.c). Private to
 * them.
 *
 * Decision: a reader takes what is spelled as it mostly is and refuses all else; a refused row is left to the scanner and
 * the cell readers. Cost: what may stand in a cell is said here once more, for the plain spellings.
 */
#ifndef KAOHE_RUNTIME_LOAD_FAST_CELLS_H
#define KAOHE_RUNTIME_LOAD_FAST_CELLS_H

#include "load_fast.h"

#include "calendar.h"
#include "utf8.h"

/* A date as 2007-03-05; returns what is behind it, or NULL. `p` has ten bytes that may be read. */
static inline const char *quick_date(struct fast_reader *r, const char *p, int64_t *value)
{
    uint64_t text = eight(p);
    struct fast_month *month =
        &r->months[((text >> 24 & 15) * 12 + (text >> 40 & 1) * 10 + (text >> 48 & 15)) % FAST_MONTHS];
    if (month->text != text) {
        char room[10];
        memcpy(room, p, 8);
        memcpy(room + 8, "01", 2);
        for (int i = 0; i < 8; i++) {
            if (i == 4 || i == 7 ? room[i] != '-' : room[i] < '0' || room[i] > '9') return NULL;
        }
        int64_t day, next;
        if (!date_parse((struct text){room, 10}, &day) || !date_add_months(day, 1, &next)) return NULL;
        *month = (struct fast_month){text, day - 1, (unsigned)(next - day)};
    }
    unsigned tens = (unsigned char)p[8] - '0', ones = (unsigned char)p[9] - '0';
    unsigned day = tens * 10 + ones;
    if (tens > 9 || ones > 9 || day == 0 || day > month->length) return NULL;
    *value = month->first + day;
    return p + 10;
}

/* One of a column's words. The cell has eight bytes that may be read. */
static inline bool quick_word(const struct fast_column *column, struct text cell, int64_t *value)
{
    if (!cell.len) return false;
    unsigned behind = cell.len < sizeof(uint64_t) ? 64 - 8 * (unsigned)cell.len : 0; /* bits of what follows the cell */
    uint64_t head = eight(cell.at) << behind >> behind;
    uint32_t first = column->spread ? column->slots[fast_slot(column->spread, head, cell.len)] : 1;
    uint32_t last = column->spread ? first : column->word_count;
    for (uint32_t i = first; i && i <= last; i++) {
        const struct fast_word *word = &column->words[i - 1];
        if (word->head != head || word->text.len != cell.len) continue;
        if (cell.len > sizeof head && memcmp(word->text.at, cell.at, cell.len) != 0) continue;
        *value = word->value;
        return true;
    }
    return false;
}

/* A cell in quotes that nobody keeps, on one line, with something in it; returns what is behind it, or NULL. *p is the quote
 * in front; its line has a line end, and eight bytes behind that may be read. */
static inline const char *quick_quoted(const char *p)
{
    const uint64_t ones = 0x0101010101010101u, tops = 0x8080808080808080u;
    const char *from = ++p;
    bool some = false;
    uint64_t highs = 0;
    for (;;) {
        uint64_t x = eight(p), quote = x ^ ones * '"';
        uint64_t stop = (((x - ones * ' ') & ~x) | ((quote - ones) & ~quote)) & tops;
        if (!stop) {
            highs |= x;
            p += 8;
            continue;
        }
        unsigned count = (unsigned)__builtin_ctzll(stop) / 8;
        highs |= x & ((stop & -stop) - 1);
        p += count;
        if (*p != '"') return NULL; /* a line end, or the like */
        if (p[1] != '"') break;
        some = true;
        p += 2;
    }
    struct text cell = {from, (size_t)(p - from)};
    if (highs & tops && utf8_valid(cell) != cell.len) return NULL;
    return some || utf8_trim(cell).len ? p + 1 : NULL;
}

/* Whether a text has no blank at its ends; it may say no wrongly. */
static inline bool is_trimmed(struct text cell)
{
    unsigned char first = (unsigned char)cell.at[0], last = (unsigned char)cell.at[cell.len - 1];
    bool maybe = first <= ' ' || first == 0xC2 || first == 0xE2 || first == 0xE3 || first == 0xEF || last <= ' ' ||
                 last == 0xA0 || last == 0x80 || last == 0xBF ||
                 (cell.len >= 3 && (unsigned char)cell.at[cell.len - 3] == 0xE2);
    return !maybe || utf8_trim(cell).len == cell.len;
}

/* A cell in quotes that is kept: as above, without a quote in it or a blank at its ends. *cell is what is between the
 * quotes. */
static inline const char *quick_unquoted(const char *p, struct text *cell)
{
    const char *to = quick_quoted(p);
    if (!to) return NULL;
    *cell = (struct text){p + 1, (size_t)(to - p) - 2};
    return memchr(cell->at, '"', cell->len) || !is_trimmed(*cell) ? NULL : to;
}

/* A key that is to be looked up, or interned, and the lane that brought it. */
static inline void push_key(struct fast_reader *r, struct text cell, uint32_t lane)
{
    r->keys[r->key_count] = cell;
    r->key_lanes[r->key_count++] = lane;
}

#endif
