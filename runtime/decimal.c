/* Scaled decimals: see decimal.h. */
#include "decimal.h"

#include "limits.h"

#include <assert.h>

/* The half-width form of the character at `at` if it is one that numbers are written with, else 0. */
static char plain_at(struct text text, size_t at, size_t *bytes)
{
    unsigned char a = (unsigned char)text.at[at];
    *bytes = 1;
    if (a < 0x80) return (char)a;
    if (text.len - at < 3) return 0;
    unsigned char b = (unsigned char)text.at[at + 1], c = (unsigned char)text.at[at + 2];
    *bytes = 3;
    if (a == 0xEF && b == 0xBC && c >= 0x81 && c <= 0xBF) return (char)(c - 0x81 + '!'); /* U+FF01… is "!"… */
    if (a == 0xE2 && b == 0x88 && c == 0x92) return '-';                                 /* U+2212 */
    return 0;
}

enum decimal_fault decimal_read(struct text text, int64_t *value, int *places, size_t *taken)
{
    /* First where the number ends and how many places count, then its value: so zeros at the end cost nothing. */
    size_t at = 0, bytes;
    bool point = false, digits = false;
    size_t behind = 0, fine = 0; /* digits behind the point; those up to the last that is not 0 */
    for (; at < text.len; at += bytes) {
        char c = plain_at(text, at, &bytes);
        if (c >= '0' && c <= '9') {
            digits = true;
            behind += point;
            if (point && c != '0') fine = behind;
        } else if (c == '.' && !point) {
            point = true;
        } else if (at != 0 || (c != '+' && c != '-')) {
            break;
        }
    }
    *value = 0;
    *places = 0;
    *taken = digits ? at : 0;
    if (!digits) return DECIMAL_NOT_A_NUMBER;
    if (fine > LIMIT_PLACES) return DECIMAL_TOO_FINE;

    static const int64_t ROOM = 100000000000000000; /* 10^17: one more digit makes LIMIT_NUMBER_DIGITS */
    _Static_assert(LIMIT_NUMBER_DIGITS == 18, "ROOM goes with it");
    int64_t whole = 0;
    size_t end = at;
    bool negative = false;
    point = false;
    behind = 0;
    for (at = 0; at < end && !(point && behind == fine); at += bytes) {
        char c = plain_at(text, at, &bytes);
        if (c == '-') negative = true;
        if (c == '.') point = true;
        if (c < '0' || c > '9') continue;
        if (whole >= ROOM) return DECIMAL_TOO_LARGE;
        whole = whole * 10 + (c - '0');
        behind += point;
    }
    *value = negative ? -whole : whole;
    *places = (int)fine;
    return DECIMAL_OK;
}

bool decimal_rescale(int64_t value, int from, int to, int64_t *out)
{
    for (; from > to; from--) {
        if (value % 10) return false;
        value /= 10;
    }
    for (; from < to; from++) {
        if (__builtin_mul_overflow(value, (int64_t)10, &value)) return false;
    }
    *out = value;
    return true;
}

struct text decimal_format(int64_t value, int places, char *room)
{
    assert(places >= 0 && places <= LIMIT_NUMBER_DIGITS);
    uint64_t left = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;
    char *end = room + DECIMAL_ROOM, *at = end;
    while (places > 0 && left % 10 == 0) {
        left /= 10;
        places--;
    }
    for (int i = 0; i < places; i++, left /= 10) *--at = (char)('0' + left % 10);
    if (places) *--at = '.';
    do {
        *--at = (char)('0' + left % 10);
        left /= 10;
    } while (left);
    if (value < 0) *--at = '-';
    return (struct text){at, (size_t)(end - at)};
}
