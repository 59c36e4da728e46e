/* The results as a table for people.
 *
 * In: a result and an order of its rows. Out: aligned columns on stdout.
 * Decision: on a terminal whole columns are left out, by name, rather than cells cut: a figure cut in the middle is a wrong
 * figure. What is not a terminal gets every column.
 */
#ifndef KAOHE_CLI_TABLE_H
#define KAOHE_CLI_TABLE_H

#include "../compiler/kaohe.h"

/* Prints; `order` may be NULL. False if memory ran out. What was left out is said on stderr. */
bool table_print(const kh_result *result, const size_t *order, bool chinese);

#endif
