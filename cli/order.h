/* Putting the units of a result in order by one of its columns.
 *
 * In: a result and a column's name as typed. Out: row numbers, best first, units without a figure last.
 * Decision: cells are compared exactly, as decimals or fractions of any length, never as floating point.
 */
#ifndef KAOHE_CLI_ORDER_H
#define KAOHE_CLI_ORDER_H

#include "../compiler/kaohe.h"

/* The column that can be sorted by and bears the name: "total", or the heading or title of the total, a ranking or a part. */
bool order_column(const kh_result *result, const char *name, size_t *column);

/* The headings of those columns, joined. */
void order_columns(const kh_result *result, char *into, size_t room, const char *between);

/* Row numbers, malloced: places lowest first, all else highest first; equal ones in the order of the data. */
bool order_rows(const kh_result *result, size_t column, size_t **out);

/* The records of a CSV text behind its first in another order; *out is malloced. */
bool order_csv(kh_text csv, const size_t *order, size_t rows, kh_text *out);

/* <0, 0, >0 for two figures as a result shows them: "-12.50", "13/3". Empty ones are below all others. */
int order_figures(kh_text a, kh_text b);

#endif
