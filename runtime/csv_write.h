/* CSV out: cells quoted by RFC 4180, safe to open in a spreadsheet.
 *
 * In: texts. Out: bytes in a buffer; lines end with LF.
 * Decision: a text that a spreadsheet would run as a formula gets a ' in front unless it is a number, because names come
 * from files that anybody may have filled in. Cost: such a text does not come back byte for byte.
 */
#ifndef KAOHE_RUNTIME_CSV_WRITE_H
#define KAOHE_RUNTIME_CSV_WRITE_H

#include "finding.h"

/* Zero-initialise but for `out`. */
struct csv_writer {
    struct buffer *out;
    uint32_t cells; /* in this row so far */
    size_t row;     /* where it begins in the buffer */
};

/* The byte order mark, by which spreadsheets on Windows know UTF-8. Before the first row, or never. */
void csv_write_mark(struct csv_writer *writer);

void csv_write_cell(struct csv_writer *writer, struct text cell);

/* Ends the row; a row of one empty cell is written "" so that it is not an empty line. */
void csv_write_end(struct csv_writer *writer);

#endif
