/* The rows of a sheet, as text, some of them ahead.
 *
 * In: a sheet's part. Out: rows that are not blank, in a queue, each with its cells as the loader reads them; the
 * ranges that were merged, known at the end.
 * Decision: a few rows beyond the one that is looked at are always there (or the end is), so that titles above the
 * headings and notes below the table can be told from rows. Cost: those few rows are copied from queue to queue.
 */
#ifndef KAOHE_RUNTIME_SHEET_ROWS_H
#define KAOHE_RUNTIME_SHEET_ROWS_H

#include "csv_scan.h"
#include "limits.h"
#include "workbook.h"

enum sheet_cell_state {
    SHEET_CELL_FINE,
    SHEET_CELL_ERROR,    /* #N/A and its like, which is its text */
    SHEET_CELL_NO_VALUE, /* a formula that nobody has worked out */
    SHEET_CELL_LONG_NUMBER,
    SHEET_CELL_TOO_LONG,
    SHEET_CELL_DAMAGED, /* a string or number that is none */
};

struct sheet_cell {
    uint32_t column; /* 0-based */
    enum sheet_cell_state state;
    bool stays; /* the text is the workbook's own */
    struct text text;
};

struct sheet_row {
    uint32_t line; /* 1-based */
    uint32_t count;
    struct sheet_cell *cells; /* those that are not blank, from left to right */
};

struct sheet_range {
    uint32_t left, top, right, bottom; /* columns from 0, lines from 1 */
};

enum {
    SHEET_AHEAD = 32,      /* rows that are always there beyond the one that is looked at */
    SHEET_COLUMNS = 16384, /* as many as a sheet may have */
};

struct sheet_rows;

/* Opens a sheet; NULL after a finding. */
struct sheet_rows *sheet_rows_open(struct workbook *workbook, const struct workbook_sheet *sheet);

/* The row that is `ahead` (below SHEET_AHEAD) rows beyond the next one, or NULL where the sheet has ended. Valid until
 * rows_fill. */
const struct sheet_row *sheet_rows_peek(struct sheet_rows *rows, uint32_t ahead);
void sheet_rows_skip(struct sheet_rows *rows);

/* Whether SHEET_AHEAD rows or the end are there. */
bool sheet_rows_ready(const struct sheet_rows *rows);

/* Reads until they are, and some more. Rows that were taken before become invalid at the second call after. */
void sheet_rows_fill(struct sheet_rows *rows);

/* After the end: whether the sheet could be read, and what is merged in it. */
bool sheet_rows_failed(const struct sheet_rows *rows);
const struct sheet_range *sheet_rows_merged(const struct sheet_rows *rows, uint32_t *count);

/* About how many rows there are in all. */
uint64_t sheet_rows_hint(const struct sheet_rows *rows);

/* Bytes of it that were read, of how many. */
void sheet_rows_progress(const struct sheet_rows *rows, uint64_t *done, uint64_t *all);

/* "AB12"; `room` holds at least 16 bytes. */
struct text sheet_address(uint32_t column, uint32_t line, char *room);

#endif
