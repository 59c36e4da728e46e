/* A workbook but for its sheets' cells: which sheets there are, what their cells' styles and shared strings mean.
 *
 * In: a package. Out: names and parts of sheets at once; formats and strings when a sheet is first read.
 * Decision: the shared strings are kept in memory, as any cell may ask for any of them. Cost: that is the one thing that
 * grows with the workbook; it is bounded (SHARED_BYTES).
 */
#ifndef KAOHE_RUNTIME_WORKBOOK_H
#define KAOHE_RUNTIME_WORKBOOK_H

#include "cell_format.h"
#include "package.h"

struct workbook_sheet {
    struct text name; /* trimmed */
    struct text part;
};

struct workbook {
    struct arena *arena;
    struct package *package;
    struct text file;
    struct findings *problems;
    struct workbook_sheet *sheets;
    size_t sheet_count, sheet_capacity;
    bool from_1904;
    struct text styles_part, strings_part; /* empty: there is none */

    bool opened, broken;         /* workbook_styles was called, in vain */
    struct cell_format *formats; /* by a cell's style */
    size_t format_count, format_capacity;
    struct text *strings; /* longer than LIMIT_CELL_BYTES: cut, and too long for a cell */
    size_t string_count, string_capacity;
};

/* Opens the workbook in `bytes`, which must outlive it. NULL after a finding. */
struct workbook *workbook_open(struct arena *arena, struct text bytes, struct text file, struct findings *problems);

/* Reads styles and shared strings, once; false after a finding, the first time. */
bool workbook_styles(struct workbook *workbook);

/* The text of elements as it comes, up to a cell's limit and a byte. */
struct text_run {
    struct buffer text;
    bool open; /* text belongs to it */
};
void text_run_add(struct text_run *run, struct text text);

/* What it holds, with _x000D_ and its like undone; valid until it is cleared. */
struct text text_run_take(struct text_run *run);

#endif
