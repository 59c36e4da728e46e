/* Separated text cut up, so that several can read it at once. */
#ifndef KAOHE_RUNTIME_CSV_SHARE_H
#define KAOHE_RUNTIME_CSV_SHARE_H

#include "text.h"

/* Cuts whole rows of `columns` cells into at most `count` pieces of about one size: piece k is [borders[k], borders[k + 1]).
 * Returns how many there are, one at least; `borders` has room for count + 1. Each begins where a row seems to, behind a
 * line end that is not in quotes; that may be wrong, so who reads a piece must see that the one before it ended there. */
uint32_t csv_share(struct text rows, char separator, uint32_t columns, uint32_t count, const char **borders);

#endif
