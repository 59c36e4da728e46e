/* See reprint.h.
 *
 * Decision: figures and places must be equal to the letter; words (grades, states, yes and no) are other words in the other
 * tongue, so there two rows must have equal words where they had equal words before. Cost: two grades that are exchanged
 * everywhere would not be seen.
 */
#include "reprint.h"

#include <stdlib.h>
#include <string.h>

struct form {
    kh_scheme *scheme;
    kh_result *result;
    kh_text text;
};

static bool same(kh_text a, kh_text b) { return a.len == b.len && (a.len == 0 || memcmp(a.at, b.at, a.len) == 0); }

static void close_form(struct form *form)
{
    kh_result_close(form->result);
    kh_scheme_close(form->scheme);
    *form = (struct form){0};
}

static void show(FILE *out, kh_text text, int lines)
{
    for (size_t i = 0; i < text.len && lines > 0; i++) {
        fputc(text.at[i], out);
        if (text.at[i] == '\n') lines--;
    }
}

static bool open_form(struct form *form, kh_text text, const char *folder, const char *what, FILE *out)
{
    kh_text report = {NULL, 0};
    form->text = text;
    kh_options options = {.threads = 1 + (unsigned)(text.len % 3), .share_bytes = 1 + text.len % 61};
    kh_status status = kh_scheme_open(&options, "scheme.kh", text.at, text.len, &form->scheme);
    if (status == KH_OK) status = kh_run(form->scheme, folder, &form->result);
    if (status == KH_OK) return true;
    fprintf(out, "  %s: ends with %d\n", what, (int)status);
    if (form->result) kh_result_report(form->result, &report);
    else if (form->scheme) kh_scheme_report(form->scheme, &report);
    show(out, report, 6);
    return false;
}

static bool is_word(kh_column kind)
{
    return kind == KH_COLUMN_GRADE || kind == KH_COLUMN_STATE || kind == KH_COLUMN_OUTCOME || kind == KH_COLUMN_FIGURE;
}

static bool cells_agree(const struct form *a, const struct form *b, size_t row, size_t column)
{
    kh_text x = kh_result_cell(a->result, row, column), y = kh_result_cell(b->result, row, column);
    if (!is_word(kh_result_column_kind(a->result, column))) return same(x, y);
    if ((x.len == 0) != (y.len == 0)) return false;
    for (size_t other = 0; other < row; other++)
        if (same(x, kh_result_cell(a->result, other, column)) != same(y, kh_result_cell(b->result, other, column))) return false;
    return true;
}

static bool results_agree(const struct form *a, const struct form *b, const char *what, FILE *out)
{
    size_t rows = kh_result_rows(a->result), columns = kh_result_columns(a->result);
    if (rows != kh_result_rows(b->result) || columns != kh_result_columns(b->result)) {
        fprintf(out, "  %s: %zu rows of %zu columns became %zu of %zu\n", what, rows, columns, kh_result_rows(b->result),
                kh_result_columns(b->result));
        return false;
    }
    for (size_t row = 0; row < rows; row++)
        for (size_t column = 0; column < columns; column++) {
            if (cells_agree(a, b, row, column)) continue;
            kh_text x = kh_result_cell(a->result, row, column), y = kh_result_cell(b->result, row, column);
            kh_text heading = kh_result_heading(a->result, column);
            fprintf(out, "  %s: unit %zu, column %.*s: \"%.*s\" became \"%.*s\"\n", what, row + 1, (int)heading.len, heading.at, (int)x.len,
                    x.at, (int)y.len, y.at);
            return false;
        }
    return true;
}

/* Formats `from` in a tongue, runs that form against `first`; its own formatting must change nothing. */
static bool form_agrees(const struct form *first, kh_scheme *from, kh_tongue tongue, const char *folder, const char *what, FILE *out)
{
    struct form form = {0};
    kh_text text, again;
    bool fine = kh_scheme_format(from, tongue, &text) == KH_OK;
    if (!fine) fprintf(out, "  %s: cannot be formatted\n", what);
    fine = fine && open_form(&form, text, folder, what, out) && results_agree(first, &form, what, out);
    if (fine && (kh_scheme_format(form.scheme, tongue, &again) != KH_OK || !same(text, again))) {
        fprintf(out, "  %s: formatting it again changes it\n", what);
        fine = false;
    }
    close_form(&form);
    return fine;
}

static bool explains(struct form *form, FILE *out)
{
    for (size_t row = 0; row < kh_result_rows(form->result); row++) {
        kh_text key = kh_result_cell(form->result, row, 0), text;
        char *unit = strndup(key.at ? key.at : "", key.len);
        kh_status status = unit ? kh_result_explain(form->result, unit, NULL, &text) : KH_ENVIRONMENT;
        free(unit);
        if (status == KH_OK && text.len) continue;
        fprintf(out, "  explain %.*s: ends with %d\n", (int)key.len, key.at, (int)status);
        return false;
    }
    return true;
}

bool reprints_agree(const char *text, size_t len, const char *folder, FILE *out)
{
    struct form first = {0};
    bool fine = open_form(&first, (kh_text){text, len}, folder, "as it is", out);
    fine = fine && form_agrees(&first, first.scheme, KH_ENGLISH, folder, "in English", out);
    fine = fine && form_agrees(&first, first.scheme, KH_CHINESE, folder, "in Chinese", out);
    fine = fine && explains(&first, out);
    close_form(&first);
    return fine;
}
