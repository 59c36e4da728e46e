/* Putting the units of a result in order by one of its columns.
 *
 * In: cells as text. Out: a permutation.
 * Decision: figures are compared on their digits: p/q against r/s by p*s against r*q, multiplied as on paper. Slow, but
 * right at any length, and a result has few thousand rows.
 */
#include "order.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DIGITS = 192 };

/* A whole number without sign, most significant digit last. */
struct digits {
    unsigned char at[DIGITS];
    size_t count; /* without leading zeros; 0 is none */
};

/* A figure: sign, numerator and denominator. A decimal's point is taken off: 1.25 is 125/100. */
struct figure {
    bool known, negative;
    struct digits over, under;
};

static void digits_trim(struct digits *digits)
{
    while (digits->count && digits->at[digits->count - 1] == 0) digits->count--;
}

/* Reads a run of digits, with a point if `places` is given; returns what was taken, 0 if it is no number or too long. */
static size_t digits_read(struct digits *out, kh_text text, size_t *places)
{
    unsigned char read[DIGITS];
    size_t count = 0, at = 0;
    bool point = false;
    for (; at < text.len; at++) {
        if (text.at[at] == '.' && places && !point) {
            point = true;
            continue;
        }
        if (text.at[at] < '0' || text.at[at] > '9') break;
        if (count == DIGITS / 3) return 0; /* so that a product of two, one of them scaled, fits */
        read[count++] = (unsigned char)(text.at[at] - '0');
        if (point) ++*places;
    }
    if (!count) return 0;
    out->count = count;
    for (size_t i = 0; i < count; i++) out->at[i] = read[count - 1 - i];
    digits_trim(out);
    return at;
}

static struct figure figure_read(kh_text text)
{
    struct figure out = {0};
    size_t places = 0;
    if (text.len && text.at[0] == '-') {
        out.negative = true;
        text.at++, text.len--;
    }
    size_t taken = digits_read(&out.over, text, &places);
    if (!taken) return out;
    text.at += taken, text.len -= taken;
    if (text.len && text.at[0] == '/') {
        text.at++, text.len--;
        out.known = digits_read(&out.under, text, NULL) == text.len && text.len && out.under.count;
        return out;
    }
    out.known = text.len == 0;
    memset(out.under.at, 0, places);
    out.under.at[places] = 1;
    out.under.count = places + 1;
    return out;
}

static struct digits multiply(const struct digits *a, const struct digits *b)
{
    struct digits out = {{0}, a->count + b->count};
    for (size_t i = 0; i < a->count; i++) {
        unsigned carry = 0;
        for (size_t j = 0; j < b->count || carry; j++) {
            unsigned sum = out.at[i + j] + carry + (j < b->count ? (unsigned)a->at[i] * b->at[j] : 0);
            out.at[i + j] = (unsigned char)(sum % 10);
            carry = sum / 10;
        }
    }
    digits_trim(&out);
    return out;
}

static int compare_digits(const struct digits *a, const struct digits *b)
{
    if (a->count != b->count) return a->count < b->count ? -1 : 1;
    for (size_t i = a->count; i-- > 0;) {
        if (a->at[i] != b->at[i]) return a->at[i] < b->at[i] ? -1 : 1;
    }
    return 0;
}

int order_figures(kh_text a, kh_text b)
{
    struct figure x = figure_read(a), y = figure_read(b);
    if (!x.known || !y.known) return x.known - y.known;
    bool x_below = x.negative && x.over.count, y_below = y.negative && y.over.count; /* -0 is 0 */
    if (x_below != y_below) return x_below ? -1 : 1;
    struct digits left = multiply(&x.over, &y.under), right = multiply(&y.over, &x.under);
    int order = compare_digits(&left, &right);
    return x_below ? -order : order;
}

static bool sortable(const kh_result *result, size_t column)
{
    switch (kh_result_column_kind(result, column)) {
    case KH_COLUMN_PART:
    case KH_COLUMN_TOTAL:
    case KH_COLUMN_PLACE: return true;
    case KH_COLUMN_FIGURE: /* may be a word */
    case KH_COLUMN_KEY:
    case KH_COLUMN_GRADE:
    case KH_COLUMN_STATE:
    case KH_COLUMN_OUTCOME: return false;
    }
    return false;
}

static bool text_is(kh_text text, const char *word) { return text.len == strlen(word) && memcmp(text.at, word, text.len) == 0; }

bool order_column(const kh_result *result, const char *name, size_t *column)
{
    size_t columns = kh_result_columns(result);
    for (*column = 0; *column < columns; ++*column) {
        if (!sortable(result, *column)) continue;
        bool total = kh_result_column_kind(result, *column) == KH_COLUMN_TOTAL;
        if (total && (strcmp(name, "total") == 0 || strcmp(name, "总分") == 0)) return true;
        if (text_is(kh_result_heading(result, *column), name) || text_is(kh_result_title(result, *column), name)) return true;
    }
    return false;
}

void order_columns(const kh_result *result, char *into, size_t room, const char *between)
{
    size_t len = 0, columns = kh_result_columns(result);
    into[0] = '\0';
    for (size_t column = 0; column < columns; column++) {
        if (!sortable(result, column)) continue;
        kh_text heading = kh_result_heading(result, column);
        if (len + strlen(between) + heading.len + sizeof "..." > room) {
            snprintf(into + len, room - len, "...");
            return;
        }
        len += (size_t)snprintf(into + len, room - len, "%s%.*s", len ? between : "", (int)heading.len, heading.at);
    }
}

/* qsort has no room for context: rows carry their cell. */
struct row {
    size_t number;
    kh_text cell;
    bool lowest_first;
};

static int compare_rows(const void *a, const void *b)
{
    const struct row *x = a, *y = b;
    int order = order_figures(y->cell, x->cell);
    if (x->lowest_first && x->cell.len && y->cell.len) order = -order;
    if (order) return order;
    return x->number < y->number ? -1 : 1;
}

bool order_rows(const kh_result *result, size_t column, size_t **out)
{
    size_t count = kh_result_rows(result);
    struct row *rows = calloc(count + 1, sizeof *rows);
    *out = calloc(count + 1, sizeof **out);
    if (!rows || !*out) {
        free(rows);
        free(*out);
        *out = NULL;
        return false;
    }
    bool lowest_first = kh_result_column_kind(result, column) == KH_COLUMN_PLACE;
    for (size_t i = 0; i < count; i++) rows[i] = (struct row){i, kh_result_cell(result, i, column), lowest_first};
    qsort(rows, count, sizeof *rows, compare_rows);
    for (size_t i = 0; i < count; i++) (*out)[i] = rows[i].number;
    free(rows);
    return true;
}

/* The byte behind the record that begins at `at`: a line end outside quotes. */
static size_t record_end(kh_text csv, size_t at)
{
    bool quoted = false;
    while (at < csv.len) {
        char c = csv.at[at++];
        if (c == '"') quoted = !quoted;
        if (c == '\n' && !quoted) break;
    }
    return at;
}

bool order_csv(kh_text csv, const size_t *order, size_t rows, kh_text *out)
{
    size_t *starts = calloc(rows + 2, sizeof *starts);
    char *at = malloc(csv.len + 1);
    if (!starts || !at) {
        free(starts);
        free(at);
        return false;
    }
    size_t len = starts[0] = record_end(csv, 0);
    for (size_t i = 0; i < rows; i++) starts[i + 1] = record_end(csv, starts[i]);
    memcpy(at, csv.at, len);
    for (size_t i = 0; i < rows; i++) {
        size_t from = starts[order[i]], bytes = starts[order[i] + 1] - from;
        memcpy(at + len, csv.at + from, bytes);
        len += bytes;
    }
    free(starts);
    *out = (kh_text){at, len};
    return true;
}
