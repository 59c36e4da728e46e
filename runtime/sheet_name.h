/* What a sheet may be called: tables whose names a workbook does not allow are found under the nearest name that it does.
 *
 * In: a table's name. Out: it without []:*?/\ and at most 31 UTF-16 units long.
 */
#ifndef KAOHE_RUNTIME_SHEET_NAME_H
#define KAOHE_RUNTIME_SHEET_NAME_H

#include "text.h"

enum { SHEET_NAME_ROOM = 31 * 3 };

/* In `room` of SHEET_NAME_ROOM bytes; each character that is not allowed becomes an underscore. */
struct text source_sheet_name(struct text name, char *room);

#endif
