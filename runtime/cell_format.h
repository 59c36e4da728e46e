/* Numbers as a workbook keeps them, and as its users see them.
 *
 * In: the text of a number in the file (0.30000000000000004, 39173, 1.5E-3), and the code of its format. Out: the text
 * that the loader reads: a plain decimal of at most 15 significant digits, a percentage, a date.
 * Decision: 15 digits, rounded half up on the digits themselves, are what Excel shows and lets type; what lies behind
 * them is the debris of its arithmetic. Cost: a program that writes 16 exact digits into a workbook loses the last.
 * A date that is shown in part (3月5日, typed as 3/5: the year is that of the typing) is written with both, as "03-05
 * (2024-03-05)", so that the loader can say what it read.
 */
#ifndef KAOHE_RUNTIME_CELL_FORMAT_H
#define KAOHE_RUNTIME_CELL_FORMAT_H

#include "text.h"

enum { DATE_YEAR = 1, DATE_MONTH = 2, DATE_DAY = 4 };

enum cell_look { LOOK_NUMBER, LOOK_PERCENT, LOOK_DATE, LOOK_TIME };

/* How a cell with this format looks. */
struct cell_format {
    enum cell_look look;
    uint8_t zeros; /* a format of so many zeros alone: the number is shown with as many digits; else 0 */
    uint8_t hides; /* of a date: DATE_YEAR, DATE_MONTH, DATE_DAY, which nobody sees */
};

/* By the number of a built-in format, and by the code of another. */
struct cell_format cell_format_builtin(unsigned long id);
struct cell_format cell_format_code(struct text code);

enum { CELL_NUMBER_ROOM = 64 };

enum number_state {
    NUMBER_FINE,
    NUMBER_LONG,  /* more than 15 digits before the point: the last ones were lost when it was typed */
    NUMBER_WRONG, /* no number at all, or far too large */
};

/* The number as text in `room` of CELL_NUMBER_ROOM bytes. `from_1904`: days are counted from 1904-01-01. */
enum number_state cell_number(struct text raw, struct cell_format format, bool from_1904, char *room, struct text *out);

#endif
