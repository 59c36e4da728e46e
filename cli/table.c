/* The results as a table for people, by libsmartcols.
 *
 * In: a result. Out: stdout.
 * Decision: key, total, grade, places and state are always there; then sections and bonuses, then outcomes, then items
 * from the left, level by level, until the terminal is full.
 */
#include "table.h"

#include "say.h"

#include <libsmartcols.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <wchar.h>

enum { GAP = 2, ALWAYS = 0, SECTIONS = 1, OUTCOMES = 2, ITEMS = 3, DEEPEST = 64 };

/* A copy with a NUL behind it, malloced. */
static char *copy(kh_text text)
{
    char *out = malloc(text.len + 1);
    if (!out) return NULL;
    if (text.len) memcpy(out, text.at, text.len);
    out[text.len] = '\0';
    return out;
}

static size_t width_of(kh_text text)
{
    size_t width = 0;
    mbstate_t state = {0};
    for (size_t at = 0; at < text.len;) {
        wchar_t c;
        size_t n = mbrtowc(&c, text.at + at, text.len - at, &state);
        if (n == (size_t)-1 || n == (size_t)-2 || n == 0) return width + 4 * (text.len - at); /* shown as \xNN */
        int columns = wcwidth(c);
        width += columns < 0 ? 4 * n : (size_t)columns;
        at += n;
    }
    return width;
}

static size_t column_width(const kh_result *result, size_t column)
{
    size_t widest = width_of(kh_result_heading(result, column)), rows = kh_result_rows(result);
    for (size_t row = 0; row < rows; row++) {
        size_t width = width_of(kh_result_cell(result, row, column));
        if (width > widest) widest = width;
    }
    return widest;
}

/* In which turn a column gets its place. */
static int turn_of(const kh_result *result, size_t column)
{
    switch (kh_result_column_kind(result, column)) {
    case KH_COLUMN_PART: {
        kh_text number = kh_result_heading(result, column);
        int turn = SECTIONS;
        for (size_t i = 0; i < number.len; i++) {
            if (number.at[i] == '.') turn = turn == SECTIONS ? ITEMS : turn + 1;
        }
        return turn < DEEPEST ? turn : DEEPEST;
    }
    case KH_COLUMN_FIGURE:
    case KH_COLUMN_OUTCOME: return OUTCOMES;
    case KH_COLUMN_KEY:
    case KH_COLUMN_TOTAL:
    case KH_COLUMN_GRADE:
    case KH_COLUMN_PLACE:
    case KH_COLUMN_STATE: return ALWAYS;
    }
    return ALWAYS;
}

/* The columns of the terminal on stdout; 0: it is none. */
static size_t terminal_width(void)
{
    struct winsize size;
    if (!isatty(STDOUT_FILENO)) return 0;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col) return size.ws_col;
    const char *columns = getenv("COLUMNS");
    long n = columns ? strtol(columns, NULL, 10) : 0;
    return n > 0 && n < 10000 ? (size_t)n : 80;
}

/* Marks the columns to be shown; returns how many were left out. */
static size_t choose(const kh_result *result, size_t room, bool *shown)
{
    size_t columns = kh_result_columns(result), used = 0, left_out = columns;
    bool full = false;
    for (int turn = ALWAYS; turn <= DEEPEST && left_out && !full; turn++) {
        for (size_t column = 0; column < columns && !full; column++) {
            if (turn_of(result, column) != turn) continue;
            size_t width = column_width(result, column) + (used ? GAP : 0);
            if (room && turn != ALWAYS && used + width > room) {
                full = turn >= ITEMS; /* a wide outcome does not keep the items out */
                continue;
            }
            shown[column] = true;
            used += width;
            left_out--;
        }
    }
    return left_out;
}

/* "1.1 to 1.4, 2.2": runs of neighbours together. */
static void say_left_out(const kh_result *result, const bool *shown, bool chinese)
{
    char *text = NULL;
    size_t len = 0;
    FILE *words = open_memstream(&text, &len);
    if (!words) return;
    size_t columns = kh_result_columns(result);
    for (size_t from = 0, to; from < columns; from = to) {
        to = from + 1;
        if (shown[from]) continue;
        while (to < columns && !shown[to]) to++;
        if (ftell(words) > 0) fputs(chinese ? "、" : ", ", words);
        say_text(words, kh_result_heading(result, from));
        if (to - from == 1) continue;
        fputs(to - from == 2 ? (chinese ? "、" : ", ") : (chinese ? "至" : " to "), words);
        say_text(words, kh_result_heading(result, to - 1));
    }
    if (fclose(words) == 0) NOTE(chinese, LEFT_OUT, text);
    free(text);
}

/* Fills a column's heading and cells. */
static bool fill(struct libscols_table *table, struct libscols_line *const *lines, const kh_result *result, size_t column,
                 size_t at, const size_t *order)
{
    static const int RIGHT[] = {
        [KH_COLUMN_PART] = SCOLS_FL_RIGHT, [KH_COLUMN_TOTAL] = SCOLS_FL_RIGHT, [KH_COLUMN_PLACE] = SCOLS_FL_RIGHT,
        [KH_COLUMN_KEY] = 0,               [KH_COLUMN_GRADE] = 0,              [KH_COLUMN_STATE] = 0,
        [KH_COLUMN_OUTCOME] = 0,           [KH_COLUMN_FIGURE] = 0,
    };
    char *heading = copy(kh_result_heading(result, column));
    struct libscols_column *made = NULL;
    if (heading) made = scols_table_new_column(table, heading, 0, RIGHT[kh_result_column_kind(result, column)]);
    free(heading);
    if (!made) return false;
    size_t rows = kh_result_rows(result);
    for (size_t row = 0; row < rows; row++) {
        char *cell = copy(kh_result_cell(result, order ? order[row] : row, column));
        if (!cell) return false;
        if (scols_line_refer_data(lines[row], at, cell) != 0) {
            free(cell);
            return false;
        }
    }
    return true;
}

static bool print(struct libscols_table *table, const kh_result *result, const size_t *order, const bool *shown)
{
    size_t columns = kh_result_columns(result), rows = kh_result_rows(result), count = 0, at = 0;
    for (size_t column = 0; column < columns; column++) count += shown[column];
    /* smartcols gives a line as many cells as there are columns when it is made, so columns come first */
    struct libscols_line **lines = calloc(rows + 1, sizeof *lines);
    bool ok = lines != NULL;
    for (size_t row = 0; ok && row < rows; row++) {
        lines[row] = scols_new_line();
        ok = lines[row] && scols_line_alloc_cells(lines[row], count) == 0;
    }
    for (size_t column = 0; ok && column < columns; column++) {
        if (shown[column]) ok = fill(table, lines, result, column, at++, order);
    }
    for (size_t row = 0; ok && row < rows; row++) ok = scols_table_add_line(table, lines[row]) == 0;
    if (ok) ok = scols_print_table(table) == 0;
    for (size_t row = 0; lines && row < rows; row++) {
        if (lines[row]) scols_unref_line(lines[row]);
    }
    free(lines);
    return ok;
}

bool table_print(const kh_result *result, const size_t *order, bool chinese)
{
    bool *shown = calloc(kh_result_columns(result) + 1, sizeof *shown);
    struct libscols_table *table = scols_new_table();
    bool ok = shown && table;
    if (ok) {
        size_t left_out = choose(result, terminal_width(), shown);
        scols_table_set_stream(table, stdout);
        scols_table_set_termforce(table, SCOLS_TERMFORCE_NEVER); /* never cut: choose() made it fit */
        ok = scols_table_set_column_separator(table, "  ") == 0 && print(table, result, order, shown);
        if (ok && left_out) {
            fflush(stdout); /* so that the note follows the table */
            say_left_out(result, shown, chinese);
        }
    }
    if (table) scols_unref_table(table);
    free(shown);
    return ok;
}
