/* What a sheet may be called: tables whose names a workbook does not allow are found under the nearest name that it does.
 *
 * In: tables' names. Out: names without []:*?/\ and at most 31 UTF-16 units long.
 * Decision: where several tables come down to one name, each gets it with its number among them, "… (2)", and the bare one is nobody's,
 * as a sheet must never be taken for another table. Cost: who names sheets by hand has to count.
 */
#ifndef KAOHE_RUNTIME_SHEET_NAME_H
#define KAOHE_RUNTIME_SHEET_NAME_H

#include "text.h"

enum { SHEET_NAME_ROOM = 31 * 3 };

/* In `room` of SHEET_NAME_ROOM bytes; each character that is not allowed becomes an underscore. */
struct text source_sheet_name(struct text name, char *room);

/* The same for table `index` of a scheme with tables of these names. *shared: others come down to the same. */
struct text sheet_name_among(const struct text *names, size_t count, size_t index, char *room, bool *shared);

#endif
