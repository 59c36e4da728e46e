/* Workbooks out, by libxlsxwriter: sheets of typed cells, styles, print set-up.
 *
 * In: texts and figures as the library gives them. Out: an .xlsx file, whole or not at all.
 * Decision: a workbook holds numbers as floating point, so the one place in the program where a figure becomes that is
 * cli/sheet.c, as the last step, for display; a figure of more than 15 digits, which would not survive it, is written as text.
 * Cost: a sum over such cells in the spreadsheet leaves them out.
 */
#ifndef KAOHE_CLI_SHEET_H
#define KAOHE_CLI_SHEET_H

#include "session.h"

struct book;
struct sheet;

enum style {
    STYLE_PLAIN,  /* a text, at the top of its cell */
    STYLE_WRAP,   /* … in several lines */
    STYLE_CENTRE,
    STYLE_TITLE,  /* the sheet's */
    STYLE_LEAD,   /* what stands under it */
    STYLE_HEAD,   /* of a column */
    STYLE_PART,   /* a line that heads others */
    STYLE_UNDER,  /* in several lines, set in */
    STYLE_LINK,
    STYLE_INPUT,  /* to be filled in */
    STYLE_WRONG,
    STYLE_NOTED,  /* worth a look, not wrong */
    STYLE_COUNT
};

/* Colours of a row: none, or from best to worst, or grey. */
enum band { BAND_NONE, BAND_BEST, BAND_GOOD, BAND_FAIR, BAND_LOW, BAND_WORST, BAND_GREY, BAND_COUNT };
/* Of grade `index` among `count`, the best first. */
enum band band_of_grade(size_t index, size_t count);

enum { SHEET_ROWS = 1048576, SHEET_COLUMNS = 16384 };

/* Not KH_OK: the reason stands on stderr. `title` is that of the document. `large`: rows go to temporary files at once instead of
 * staying in memory, so that those of each sheet must be written from top to bottom. */
kh_status book_open(struct book **book, const struct session *session, const char *path, kh_text title, bool large);
/* Writes it if `status` is KH_OK, and frees. Returns the worst status. */
kh_status book_close(struct book *book, kh_status status);

/* The name loses what a sheet's may not have, is cut at 31 characters, and made different from the others. */
struct sheet *book_sheet(struct book *book, kh_text name);
/* The name that it got. */
const char *sheet_name(const struct sheet *sheet);

/* An empty text gives an empty cell that has the style. */
void sheet_text(struct sheet *sheet, uint32_t row, uint32_t column, kh_text text, enum style style, enum band band);
void sheet_put(struct sheet *sheet, uint32_t row, uint32_t column, const char *text, enum style style);
/* A figure as a number where it is one of at most 15 digits (a percentage, too), else as text. */
void sheet_figure(struct sheet *sheet, uint32_t row, uint32_t column, kh_text figure, enum style style, enum band band);
void sheet_count(struct sheet *sheet, uint32_t row, uint32_t column, uint64_t count, enum style style, enum band band);
/* A text that leads to the first cell of another sheet. */
void sheet_link(struct sheet *sheet, uint32_t row, uint32_t column, const struct sheet *to, kh_text text, enum band band);
/* A remark that shows when the pointer is on the cell. */
void sheet_remark(struct sheet *sheet, uint32_t row, uint32_t column, kh_text text);

/* What may be typed into rows `from` to `to` of a column; the message says so to whoever types something else. */
enum typed { TYPED_TEXT, TYPED_NUMBER, TYPED_PERCENT, TYPED_DATE };
/* How cells of a column that are still empty take what is typed: a text keeps leading zeros, a date is one. */
void sheet_input(struct sheet *sheet, uint32_t column, unsigned characters, enum typed typed);
/* One of the cells of a column of `of` (which may be a sheet of its own for this), rows `first` to `last`. */
void sheet_allow_list(struct sheet *sheet, uint32_t from, uint32_t to, uint32_t column, const struct sheet *of, uint32_t of_column, uint32_t first,
                      uint32_t last, kh_text message);
/* Numbers from low to high, either empty for no bound; `whole`: no places. Percentages as "85%". */
void sheet_allow_number(struct sheet *sheet, uint32_t from, uint32_t to, uint32_t column, kh_text low, kh_text high, bool whole, kh_text message);
void sheet_allow_date(struct sheet *sheet, uint32_t from, uint32_t to, uint32_t column, kh_text message);

/* In characters; to be said before the cells, whose rows are made high enough for them. */
void sheet_width(struct sheet *sheet, uint32_t from, uint32_t to, unsigned characters);
/* Rows and columns that stay when the rest is scrolled; the rows are repeated on every printed page. */
void sheet_freeze(struct sheet *sheet, uint32_t head_row, uint32_t rows, uint32_t columns);
void sheet_filter(struct sheet *sheet, uint32_t row, uint32_t last_row, uint32_t last_column);
/* A4, page numbers at the foot, `pages` wide; on several the first column stands on each. */
void sheet_print(struct sheet *sheet, bool landscape, unsigned pages);
/* How many pages wide a sheet of so many characters should be to be read, lying. */
unsigned pages_for(size_t characters);

#endif
