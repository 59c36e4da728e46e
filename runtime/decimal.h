/* Scaled decimals: 12.5 at two places is 1250.
 *
 * In: digits as people write them. Out: an int64 and the places it is scaled by; and back.
 * Decision: parsing keeps every digit, dropping only zeros at the end, and leaves it to the caller whether the places
 * fit; nothing is ever rounded here. Cost: a number of more than 18 digits cannot be told, only refused.
 */
#ifndef KAOHE_RUNTIME_DECIMAL_H
#define KAOHE_RUNTIME_DECIMAL_H

#include "text.h"

enum decimal_fault {
    DECIMAL_OK,
    DECIMAL_NOT_A_NUMBER,
    DECIMAL_TOO_LARGE,  /* more digits than LIMIT_NUMBER_DIGITS */
    DECIMAL_TOO_FINE,   /* non-zero digits beyond LIMIT_PLACES */
};

/* Reads the number at the start of `text`: a sign (+ - and their full-width forms, U+2212), digits (half or full width)
 * and at most one point. *value at *places without zeros at the end ("2.50" is 25 at 1); *taken: bytes read, 0 when there
 * is no number at all. */
enum decimal_fault decimal_read(struct text text, int64_t *value, int *places, size_t *taken);

/* *value from `from` to `to` places. False: it would lose digits or not fit. */
bool decimal_rescale(int64_t value, int from, int to, int64_t *out);

/* "12.5", "-0.05", "3": without zeros at the end. `room` has at least DECIMAL_ROOM bytes. */
enum { DECIMAL_ROOM = 48 };
struct text decimal_format(int64_t value, int places, char *room);

#endif
