/* Workbooks out: see sheet.h. The only file of the program in which there is floating point.
 *
 * Decision: the file is made beside its place and read once more before it gets there, since libxlsxwriter does not notice when
 * its temporary files could not be written. Cost: every byte is unpacked once.
 */
#include "sheet.h"

#include "libxlsxwriter.h"
#include "sink.h"
#include "zip_check.h"

#include <stdlib.h>
#include <string.h>

enum { EXACT_DIGITS = 15, CELL_CHARACTERS = 32767, NAME_CHARACTERS = 31, NAME_BYTES = 128, CREATED = 946684800 /* 2000-01-01 */, WIDTHS = 64, WIDTH = 8, LINE_POINTS = 15, WIDE_POINTS = 17, TITLE_POINTS = 22, MOST_POINTS = 409 };

struct sheet {
    lxw_worksheet *worksheet;
    struct book *book;
    char name[NAME_BYTES];
    unsigned widths[WIDTHS]; /* 0: as it comes */
    uint32_t row;            /* the row written last, and how high it is so far */
    unsigned points;
    struct sheet *next;
};

/* Numbers are shown with the places they have, at most so many. */
enum shape { SHAPE_TEXT, SHAPE_NUMBER, SHAPE_PERCENT, SHAPE_COUNT };

struct book {
    const struct session *session;
    kh_file *file;
    lxw_workbook *workbook;
    struct sheet *sheets; /* the newest first */
    lxw_format *formats[STYLE_COUNT][BAND_COUNT][SHAPE_COUNT];
    bool failed; /* memory ran out */
};

/* ---- styles ---- */

static const lxw_color_t BAND_COLOURS[BAND_COUNT] = {
    [BAND_BEST] = 0xC6E0B4, [BAND_GOOD] = 0xE2EFDA,  [BAND_FAIR] = 0xFFF2CC,
    [BAND_LOW] = 0xFCE4D6,  [BAND_WORST] = 0xF8CBAD, [BAND_GREY] = 0xE7E6E6,
};

enum band band_of_grade(size_t index, size_t count)
{
    if (count < 2) return BAND_BEST;
    return (enum band)(BAND_BEST + index * (BAND_WORST - BAND_BEST) / (count - 1));
}

static void shape_style(lxw_format *format, enum style style)
{
    bool bordered = true;
    xlsx.format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
    switch (style) {
    case STYLE_PLAIN: break;
    case STYLE_WRAP: xlsx.format_set_text_wrap(format); break;
    case STYLE_CENTRE: xlsx.format_set_align(format, LXW_ALIGN_CENTER); break;
    case STYLE_TITLE:
        xlsx.format_set_bold(format);
        xlsx.format_set_font_size(format, 14);
        bordered = false;
        break;
    case STYLE_LEAD:
        xlsx.format_set_font_color(format, 0x595959);
        bordered = false;
        break;
    case STYLE_HEAD:
        xlsx.format_set_bold(format);
        xlsx.format_set_text_wrap(format);
        xlsx.format_set_align(format, LXW_ALIGN_CENTER);
        xlsx.format_set_align(format, LXW_ALIGN_VERTICAL_CENTER);
        xlsx.format_set_bg_color(format, 0xD9E1F2);
        break;
    case STYLE_PART:
        xlsx.format_set_bold(format);
        xlsx.format_set_text_wrap(format);
        xlsx.format_set_bg_color(format, 0xF2F2F2);
        break;
    case STYLE_UNDER:
        xlsx.format_set_text_wrap(format);
        xlsx.format_set_indent(format, 1);
        break;
    case STYLE_LINK:
        xlsx.format_set_font_color(format, 0x0563C1);
        xlsx.format_set_underline(format, LXW_UNDERLINE_SINGLE);
        break;
    case STYLE_INPUT: xlsx.format_set_bg_color(format, 0xFFFDE7); break;
    case STYLE_WRONG:
        xlsx.format_set_text_wrap(format);
        xlsx.format_set_bg_color(format, 0xFFC7CE);
        xlsx.format_set_font_color(format, 0x9C0006);
        break;
    case STYLE_NOTED:
        xlsx.format_set_text_wrap(format);
        xlsx.format_set_bg_color(format, 0xFFF2CC);
        break;
    case STYLE_COUNT: break;
    }
    if (!bordered) return;
    xlsx.format_set_border(format, LXW_BORDER_THIN);
    xlsx.format_set_border_color(format, 0xBFBFBF);
}

static lxw_format *format_for(struct book *book, enum style style, enum band band, enum shape shape)
{
    lxw_format **format = &book->formats[style][band][shape];
    if (*format) return *format;
    *format = xlsx.workbook_add_format(book->workbook);
    if (!*format) {
        book->failed = true;
        return NULL;
    }
    shape_style(*format, style);
    if (band != BAND_NONE) xlsx.format_set_bg_color(*format, BAND_COLOURS[band]);
    if (shape == SHAPE_PERCENT) xlsx.format_set_num_format(*format, "0.##########%");
    return *format;
}

/* ---- books ---- */

kh_status book_open(struct book **out, const struct session *session, const char *path, kh_text title, bool large)
{
    *out = NULL;
    const char *missing = xlsx_load();
    if (!missing) missing = zip_check_load();
    if (missing) {
        COMPLAIN(session->chinese, BASE_FAILED, path, missing);
        return KH_ENVIRONMENT;
    }
    struct book *book = calloc(1, sizeof *book);
    if (!book) return session_status(session, KH_ENVIRONMENT);
    book->session = session;
    kh_status status = file_begin(session, path, &book->file);
    const char *beside = status == KH_OK ? kh_file_beside(book->file) : NULL;
    if (status == KH_OK && !beside) {
        COMPLAIN(session->chinese, NO_ORDINARY_FILE, path);
        status = KH_ENVIRONMENT;
    }
    if (status == KH_OK) {
        lxw_workbook_options options = {.use_zip64 = LXW_FALSE, .constant_memory = large};
        book->workbook = xlsx.workbook_new_opt(beside, &options);
        if (!book->workbook) status = session_status(session, KH_ENVIRONMENT);
    }
    if (status != KH_OK) {
        kh_file_close(book->file);
        free(book);
        return status;
    }
    char name[256];
    snprintf(name, sizeof name, "%.*s", (int)(title.len < 200 ? title.len : 0), title.len ? title.at : "");
    lxw_doc_properties properties = {.title = name, .comments = "Kaohe", .created = CREATED};
    xlsx.workbook_set_properties(book->workbook, &properties);
    *out = book;
    return KH_OK;
}

kh_status book_close(struct book *book, kh_status status)
{
    if (!book) return status;
    if (status == KH_OK && book->failed) status = session_status(book->session, KH_ENVIRONMENT);
    if (status != KH_OK) {
        xlsx.lxw_workbook_free(book->workbook);
    } else {
        lxw_error error = xlsx.workbook_close(book->workbook);
        if (error == LXW_ERROR_MEMORY_MALLOC_FAILED) {
            status = session_status(book->session, KH_ENVIRONMENT);
        } else if (error != LXW_NO_ERROR || !zip_is_whole(kh_file_beside(book->file))) {
            COMPLAIN(book->session->chinese, BOOK_FAILED);
            status = KH_ENVIRONMENT;
        }
    }
    if (status == KH_OK) status = file_finish(book->session, book->file);
    kh_file_close(book->file);
    while (book->sheets) {
        struct sheet *next = book->sheets->next;
        free(book->sheets);
        book->sheets = next;
    }
    free(book);
    return status;
}

/* ---- sheets ---- */

/* Bytes of the first `most` characters, as a spreadsheet counts them: one beyond U+FFFF is two. */
static size_t bytes_of(kh_text text, size_t most)
{
    size_t at = 0, count = 0;
    while (at < text.len) {
        unsigned char c = (unsigned char)text.at[at];
        size_t bytes = c < 0x80 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4, wide = bytes == 4 ? 2 : 1;
        if (count + wide > most || at + bytes > text.len) break;
        count += wide;
        at += bytes;
    }
    return at;
}

static bool name_taken(const struct book *book, const char *name)
{
    for (const struct sheet *sheet = book->sheets; sheet; sheet = sheet->next) {
        if (strcasecmp(sheet->name, name) == 0) return true;
    }
    return false;
}

static void make_name(const struct book *book, kh_text wish, char name[NAME_BYTES])
{
    char clean[NAME_BYTES];
    size_t len = 0, bytes = bytes_of(wish, NAME_CHARACTERS);
    for (size_t k = 0; k < bytes && len < sizeof clean - 1; k++) {
        bool odd = (unsigned char)wish.at[k] < 0x20 || strchr("[]:*?/\\", wish.at[k]) || (wish.at[k] == '\'' && (k == 0 || k + 1 == bytes));
        clean[len++] = odd ? '_' : wish.at[k];
    }
    if (!len) clean[len++] = '_';
    clean[len] = '\0';
    memcpy(name, clean, len + 1);
    for (unsigned n = 2; name_taken(book, name); n++) {
        char tail[16];
        snprintf(tail, sizeof tail, " (%u)", n);
        size_t kept = bytes_of((kh_text){clean, len}, NAME_CHARACTERS - strlen(tail));
        snprintf(name, NAME_BYTES, "%.*s%s", (int)kept, clean, tail);
    }
}

struct sheet *book_sheet(struct book *book, kh_text name)
{
    struct sheet *sheet = calloc(1, sizeof *sheet);
    if (sheet) {
        make_name(book, name, sheet->name);
        sheet->book = book;
        sheet->worksheet = xlsx.workbook_add_worksheet(book->workbook, sheet->name);
    }
    if (!sheet || !sheet->worksheet) {
        book->failed = true;
        free(sheet);
        return NULL;
    }
    sheet->points = LINE_POINTS;
    sheet->next = book->sheets;
    book->sheets = sheet;
    return sheet;
}

const char *sheet_name(const struct sheet *sheet) { return sheet ? sheet->name : ""; }

/* ---- cells ---- */

static void noted(struct sheet *sheet, lxw_error error)
{
    if (error == LXW_ERROR_MEMORY_MALLOC_FAILED) sheet->book->failed = true;
}

/* A copy with a NUL behind it, cut to what a cell holds; malloced. */
static char *cell_copy(struct sheet *sheet, kh_text text)
{
    size_t bytes = bytes_of(text, CELL_CHARACTERS);
    if (bytes < text.len) bytes = bytes_of(text, CELL_CHARACTERS - 1);
    char *copy = malloc(bytes + sizeof "…");
    if (!copy) {
        sheet->book->failed = true;
        return NULL;
    }
    if (bytes) memcpy(copy, text.at, bytes);
    strcpy(copy + bytes, bytes < text.len ? "…" : "");
    return copy;
}

static bool wraps(enum style style)
{
    return style == STYLE_WRAP || style == STYLE_UNDER || style == STYLE_PART || style == STYLE_HEAD || style == STYLE_WRONG || style == STYLE_NOTED;
}

/* Makes the row high enough for a text. Spreadsheets would do it themselves, but not all of them, and not when they print
 * without showing. A character of three bytes or more is taken to be two wide; where there is no font that has both, it is from one
 * whose lines are higher. */
static void make_room(struct sheet *sheet, uint32_t row, uint32_t column, kh_text text, enum style style)
{
    bool several = wraps(style);
    unsigned width = column < WIDTHS && sheet->widths[column] ? sheet->widths[column] : WIDTH, at = 0, done = 0, line = LINE_POINTS;
    if (row != sheet->row) sheet->points = LINE_POINTS;
    sheet->row = row;
    width -= style == STYLE_UNDER && width > 2 ? 2 : 0;
    for (size_t k = 0; k < text.len && done < MOST_POINTS; k++) {
        unsigned char c = (unsigned char)text.at[k];
        if ((c & 0xc0) == 0x80) continue;
        unsigned wide = c >= 0xe0 ? 2 : 1;
        if (several && (c == '\n' || at + wide > width)) {
            done += line;
            line = LINE_POINTS;
            at = 0;
        }
        if (c != '\n') at += wide;
        if (wide == 2) line = WIDE_POINTS;
    }
    unsigned points = style == STYLE_TITLE ? TITLE_POINTS : done + line;
    if (points > MOST_POINTS) points = MOST_POINTS;
    if (points <= sheet->points) return;
    sheet->points = points;
    noted(sheet, xlsx.worksheet_set_row(sheet->worksheet, row, points, NULL));
}

void sheet_text(struct sheet *sheet, uint32_t row, uint32_t column, kh_text text, enum style style, enum band band)
{
    if (!sheet) return;
    lxw_format *format = format_for(sheet->book, style, band, SHAPE_TEXT);
    if (!text.len) {
        noted(sheet, xlsx.worksheet_write_blank(sheet->worksheet, row, (lxw_col_t)column, format));
        return;
    }
    make_room(sheet, row, column, text, style);
    char *copy = cell_copy(sheet, text);
    if (copy) noted(sheet, xlsx.worksheet_write_string(sheet->worksheet, row, (lxw_col_t)column, copy, format));
    free(copy);
}

void sheet_put(struct sheet *sheet, uint32_t row, uint32_t column, const char *text, enum style style)
{
    sheet_text(sheet, row, column, (kh_text){text, strlen(text)}, style, BAND_NONE);
}

/* A decimal number of at most 15 digits, as floating point holds them without loss. */
static bool number_of(kh_text figure, bool *percent, double *number)
{
    char digits[EXACT_DIGITS + 8];
    *percent = figure.len && figure.at[figure.len - 1] == '%';
    size_t len = figure.len - *percent, count = 0;
    if (!len || len >= sizeof digits) return false;
    for (size_t k = 0; k < len; k++) {
        char c = figure.at[k];
        bool digit = c >= '0' && c <= '9';
        if (!digit && !(c == '-' && k == 0) && !(c == '.' && k && k + 1 < len)) return false;
        if (digit && (count || c != '0')) count++;
    }
    if (count > EXACT_DIGITS) return false;
    memcpy(digits, figure.at, len);
    digits[len] = '\0';
    char *end;
    *number = strtod(digits, &end) / (*percent ? 100 : 1); /* LC_NUMERIC is never set: the point is a point */
    return *end == '\0' && end != digits;
}

void sheet_figure(struct sheet *sheet, uint32_t row, uint32_t column, kh_text figure, enum style style, enum band band)
{
    bool percent;
    double number;
    if (!sheet) return;
    if (!number_of(figure, &percent, &number)) {
        sheet_text(sheet, row, column, figure, style, band);
        return;
    }
    lxw_format *format = format_for(sheet->book, style, band, percent ? SHAPE_PERCENT : SHAPE_NUMBER);
    noted(sheet, xlsx.worksheet_write_number(sheet->worksheet, row, (lxw_col_t)column, number, format));
}

void sheet_count(struct sheet *sheet, uint32_t row, uint32_t column, uint64_t count, enum style style, enum band band)
{
    char digits[24];
    snprintf(digits, sizeof digits, "%llu", (unsigned long long)count);
    sheet_figure(sheet, row, column, (kh_text){digits, strlen(digits)}, style, band);
}

void sheet_link(struct sheet *sheet, uint32_t row, uint32_t column, const struct sheet *to, kh_text text, enum band band)
{
    char target[2 * NAME_BYTES];
    size_t len = 0;
    if (!sheet || !to) return;
    len += (size_t)snprintf(target, sizeof target, "internal:'");
    for (const char *p = to->name; *p; p++) {
        if (*p == '\'') target[len++] = '\'';
        target[len++] = *p;
    }
    snprintf(target + len, sizeof target - len, "'!A1");
    char *copy = cell_copy(sheet, text);
    if (!copy) return;
    lxw_format *format = format_for(sheet->book, STYLE_LINK, band, SHAPE_TEXT);
    noted(sheet, xlsx.worksheet_write_url_opt(sheet->worksheet, row, (lxw_col_t)column, target, format, copy, NULL));
    free(copy);
}

void sheet_remark(struct sheet *sheet, uint32_t row, uint32_t column, kh_text text)
{
    if (!sheet || !text.len) return;
    char *copy = cell_copy(sheet, text);
    if (!copy) return;
    lxw_comment_options options = {.x_scale = 2, .y_scale = 1.2};
    noted(sheet, xlsx.worksheet_write_comment_opt(sheet->worksheet, row, (lxw_col_t)column, copy, &options));
    free(copy);
}

/* ---- what may be typed ---- */

enum { MESSAGE_CHARACTERS = 220 };

static const char *const FORMATS_TYPED[] = {[TYPED_TEXT] = "@", [TYPED_NUMBER] = "General", [TYPED_PERCENT] = "0.##########%", [TYPED_DATE] = "yyyy-mm-dd"};

void sheet_input(struct sheet *sheet, uint32_t column, unsigned characters, enum typed typed)
{
    if (!sheet) return;
    lxw_format *format = xlsx.workbook_add_format(sheet->book->workbook);
    if (!format) {
        sheet->book->failed = true;
        return;
    }
    xlsx.format_set_num_format(format, FORMATS_TYPED[typed]);
    noted(sheet, xlsx.worksheet_set_column(sheet->worksheet, (lxw_col_t)column, (lxw_col_t)column, characters, format));
    if (column < WIDTHS) sheet->widths[column] = characters;
}

static void allow(struct sheet *sheet, uint32_t from, uint32_t to, uint32_t column, lxw_data_validation *rule, kh_text message)
{
    char *copy = cell_copy(sheet, (kh_text){message.at, bytes_of(message, MESSAGE_CHARACTERS)});
    if (!copy) return;
    rule->ignore_blank = LXW_VALIDATION_ON;
    rule->error_message = copy;
    noted(sheet, xlsx.worksheet_data_validation_range(sheet->worksheet, from, (lxw_col_t)column, to, (lxw_col_t)column, rule));
    free(copy);
}

/* 'Sheet'!$B$2:$B$9 */
static void range_words(char *into, size_t room, const struct sheet *of, uint32_t column, uint32_t first, uint32_t last)
{
    char letters[8], quoted[2 * NAME_BYTES];
    size_t len = 0;
    xlsx.lxw_col_to_name(letters, (lxw_col_t)column, 1);
    for (const char *p = of->name; *p; p++) {
        if (*p == '\'') quoted[len++] = '\'';
        quoted[len++] = *p;
    }
    quoted[len] = '\0';
    snprintf(into, room, "='%s'!%s$%u:%s$%u", quoted, letters, first + 1, letters, last + 1);
}

void sheet_allow_list(struct sheet *sheet, uint32_t from, uint32_t to, uint32_t column, const struct sheet *of, uint32_t of_column, uint32_t first,
                      uint32_t last, kh_text message)
{
    char range[2 * NAME_BYTES + 64];
    if (!sheet || !of) return;
    range_words(range, sizeof range, of, of_column, first, last);
    lxw_data_validation rule = {.validate = LXW_VALIDATION_TYPE_LIST_FORMULA, .value_formula = range};
    allow(sheet, from, to, column, &rule, message);
}

void sheet_allow_number(struct sheet *sheet, uint32_t from, uint32_t to, uint32_t column, kh_text low, kh_text high, bool whole, kh_text message)
{
    bool percent;
    if (!sheet) return;
    lxw_data_validation rule = {.validate = whole ? LXW_VALIDATION_TYPE_INTEGER : LXW_VALIDATION_TYPE_DECIMAL, .criteria = LXW_VALIDATION_CRITERIA_BETWEEN};
    rule.minimum_number = -999999999999999;
    rule.maximum_number = 999999999999999;
    double bound;
    if (number_of(low, &percent, &bound)) rule.minimum_number = bound;
    if (number_of(high, &percent, &bound)) rule.maximum_number = bound;
    allow(sheet, from, to, column, &rule, message);
}

void sheet_allow_date(struct sheet *sheet, uint32_t from, uint32_t to, uint32_t column, kh_text message)
{
    if (!sheet) return;
    lxw_data_validation rule = {.validate = LXW_VALIDATION_TYPE_DATE, .criteria = LXW_VALIDATION_CRITERIA_BETWEEN};
    rule.minimum_datetime = (lxw_datetime){.year = 1900, .month = 1, .day = 1};
    rule.maximum_datetime = (lxw_datetime){.year = 9999, .month = 12, .day = 31};
    allow(sheet, from, to, column, &rule, message);
}

/* ---- set-up ---- */

void sheet_width(struct sheet *sheet, uint32_t from, uint32_t to, unsigned characters)
{
    if (!sheet) return;
    for (uint32_t column = from; column <= to; column++) { /* each by itself: the library forgets a range that one of them is changed of */
        noted(sheet, xlsx.worksheet_set_column(sheet->worksheet, (lxw_col_t)column, (lxw_col_t)column, characters, NULL));
        if (column < WIDTHS) sheet->widths[column] = characters;
    }
}

void sheet_freeze(struct sheet *sheet, uint32_t head_row, uint32_t rows, uint32_t columns)
{
    if (!sheet) return;
    xlsx.worksheet_freeze_panes(sheet->worksheet, rows, (lxw_col_t)columns);
    noted(sheet, xlsx.worksheet_repeat_rows(sheet->worksheet, head_row, rows - 1));
}

void sheet_filter(struct sheet *sheet, uint32_t row, uint32_t last_row, uint32_t last_column)
{
    if (sheet && last_row > row) noted(sheet, xlsx.worksheet_autofilter(sheet->worksheet, row, 0, last_row, (lxw_col_t)last_column));
}

unsigned pages_for(size_t characters)
{
    enum { OF_A_PAGE = 200, MOST_PAGES = 1000 }; /* at two thirds of its size a page that lies holds as many */
    size_t pages = (characters + OF_A_PAGE - 1) / OF_A_PAGE;
    return pages < 1 ? 1 : pages > MOST_PAGES ? MOST_PAGES : (unsigned)pages;
}

void sheet_print(struct sheet *sheet, bool landscape, unsigned pages)
{
    if (!sheet) return;
    enum { A4 = 9 };
    lxw_worksheet *worksheet = sheet->worksheet;
    xlsx.worksheet_set_paper(worksheet, A4);
    if (landscape) xlsx.worksheet_set_landscape(worksheet);
    if (pages > 1) noted(sheet, xlsx.worksheet_repeat_columns(worksheet, 0, 0));
    xlsx.worksheet_fit_to_pages(worksheet, (uint16_t)pages, 0);
    xlsx.worksheet_set_margins(worksheet, 0.5, 0.5, 0.6, 0.6);
    noted(sheet, xlsx.worksheet_set_footer(worksheet, "&L&A&R&P / &N"));
    /* unit codes are texts of digits on purpose */
    noted(sheet, xlsx.worksheet_ignore_errors(worksheet, LXW_IGNORE_NUMBER_STORED_AS_TEXT, "A1:XFD1048576"));
}
