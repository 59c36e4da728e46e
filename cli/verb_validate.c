/* kaohe validate: all that is wrong with the data, as a list, as JSON, or as a workbook with the cells marked.
 *
 * In: a scheme and data. Out: findings on stdout or in a file.
 * Decision: the scheme is run, not only the data read, since a blank does harm only where a rule needs it. Cost: the time of a run.
 */
#include "json.h"
#include "progress.h"
#include "report.h"
#include "sheet.h"
#include "sink.h"

#include <stdlib.h>
#include <string.h>

enum { SHOWN_BYTES = 90, KINDS = 3, LARGE_ROWS = 20000 };

struct validation {
    const struct session *session;
    const char *path; /* of the data */
    kh_scheme *scheme;
    kh_result *result;
    bool zh;
    const kh_finding *findings;
    size_t count, total;
    uint64_t rows;
};

static const char *word(const struct validation *v, const char *en, const char *zh) { return v->zh ? zh : en; }

/* ---- as a list ---- */

/* A cell's text without control characters, cut at a character when it is long. */
static void put_value(kh_text text)
{
    size_t len = text.len;
    if (len > SHOWN_BYTES) {
        len = SHOWN_BYTES;
        while (len && ((unsigned char)text.at[len] & 0xc0) == 0x80) len--;
    }
    for (size_t k = 0; k < len; k++) putchar((unsigned char)text.at[k] < 0x20 || text.at[k] == 0x7f ? '?' : text.at[k]);
    if (len < text.len) fputs("…", stdout);
}

static void list_one(const struct validation *v, const kh_finding *f)
{
    if (f->file.len) {
        put_value(f->file);
        if (f->row) printf(":%llu", (unsigned long long)f->row);
    } else {
        if (f->scheme_file.len) {
            put_value(f->scheme_file);
        } else {
            fputs(session_name(v->session->args.operands[0]), stdout);
        }
        if (f->line) printf(":%zu", f->line);
    }
    fputs(": ", stdout);
    if (f->severity == KH_WARNING) fputs(word(v, "warning: ", "警告："), stdout);
    if (f->severity == KH_NOTICE) fputs(word(v, "notice: ", "提醒："), stdout);
    if (f->heading.len) {
        fputs(word(v, "column \"", "“"), stdout);
        put_value(f->heading);
        fputs(word(v, "\": ", "”列："), stdout);
    }
    if (f->value.len) {
        fputs(word(v, "\"", "“"), stdout);
        put_value(f->value);
        fputs(word(v, "\": ", "”："), stdout);
    }
    say_text(stdout, f->words);
    putchar('\n');
    if (!f->hint.len) return;
    fputs(word(v, "  hint: ", "  提示："), stdout);
    say_text(stdout, f->hint);
    putchar('\n');
}

/* "3 errors, 1 notice, in 14 rows" */
static void summarise(const struct validation *v, const char *path)
{
    static const enum noun NOUNS[KINDS] = {NOUN_ERROR, NOUN_WARNING, NOUN_NOTICE};
    char words[(KINDS + 1) * COUNTED_BYTES] = "", counted[COUNTED_BYTES], rows[COUNTED_BYTES];
    uint64_t counts[KINDS] = {0};
    size_t len = 0;
    for (size_t k = 0; k < v->count; k++) counts[v->findings[k].severity]++;
    for (size_t k = 0; k < KINDS; k++) {
        if (!counts[k]) continue;
        len += (size_t)snprintf(words + len, sizeof words - len, "%s%s", len ? word(v, ", ", "，") : "", say_counted(counted, v->zh, counts[k], NOUNS[k]));
    }
    if (!len) snprintf(words, sizeof words, "%s", word(v, "nothing wrong", "没有问题"));
    TELL(v->zh, VALIDATED, path, words, say_counted(rows, v->zh, v->rows, NOUN_ROW));
    if (v->total > v->count) {
        char more[COUNTED_BYTES];
        snprintf(more, sizeof more, "%zu", v->total - v->count);
        TELL(v->zh, NOT_LISTED, more);
    }
}

/* ---- as JSON ---- */

static kh_status write_list(const struct validation *v, const char *path)
{
    struct sink sink;
    kh_status status = sink_open(&sink, v->session, path);
    if (status != KH_OK) return status;
    struct json json = {.sink = &sink};
    json_open(&json, NULL, '{');
    json_text(&json, "format", (kh_text){"kaohe findings", strlen("kaohe findings")});
    json_count(&json, "version", 1);
    json_count(&json, "rows", v->rows);
    json_count(&json, "total", v->total);
    json_open(&json, "findings", '[');
    json_findings(&json, v->findings, v->count);
    json_close(&json, ']');
    json_close(&json, '}');
    json_end(&json);
    return sink_close(&sink, status);
}

/* ---- as a workbook ---- */

static int compare_rows(const void *a, const void *b)
{
    const kh_finding *x = *(const kh_finding *const *)a, *y = *(const kh_finding *const *)b;
    return x->row != y->row ? (x->row < y->row ? -1 : 1) : x < y ? -1 : x > y;
}

static bool same(kh_text a, kh_text b) { return a.len == b.len && (!a.len || memcmp(a.at, b.at, a.len) == 0); }

/* The findings of a file by row; malloced, NULL: no memory. */
static const kh_finding **findings_of(const struct validation *v, kh_text file, size_t *count)
{
    const kh_finding **of = calloc(v->count + 1, sizeof *of);
    *count = 0;
    for (size_t k = 0; of && k < v->count; k++) {
        if (same(v->findings[k].file, file)) of[(*count)++] = &v->findings[k];
    }
    if (of) qsort(of, *count, sizeof *of, compare_rows);
    return of;
}

/* The words of what is wrong in a cell, or (heading empty) in a row as a whole; malloced, NULL if nothing is. */
static char *words_of(const kh_finding *const *findings, size_t count, kh_text heading, bool anywhere)
{
    char *words = NULL;
    size_t len = 0;
    FILE *out = NULL;
    for (size_t k = 0; k < count; k++) {
        const kh_finding *f = findings[k];
        if (!anywhere && !same(f->heading, heading)) continue;
        if (!out) out = open_memstream(&words, &len);
        if (!out) return NULL;
        if (ftell(out) > 0) fputs("\n", out);
        if (anywhere && f->heading.len) fprintf(out, "%.*s: ", (int)f->heading.len, f->heading.at);
        fprintf(out, "%.*s", (int)f->words.len, f->words.at);
        if (f->hint.len && !anywhere) fprintf(out, "\n%.*s", (int)f->hint.len, f->hint.at);
    }
    if (out && fclose(out) == 0) return words;
    return NULL;
}

static kh_text text_of(const char *text) { return (kh_text){text, text ? strlen(text) : 0}; }

/* Red where something is wrong, else as a notice; `heading` empty: the row as a whole. */
static enum style style_of(const kh_finding *const *findings, size_t count, const kh_text *heading)
{
    enum style style = STYLE_PLAIN;
    for (size_t k = 0; k < count; k++) {
        if (heading && !same(findings[k]->heading, *heading)) continue;
        if (findings[k]->severity == KH_ERROR) return STYLE_WRONG;
        style = STYLE_NOTED;
    }
    return style;
}

static void put_row(struct sheet *sheet, uint32_t at, uint64_t row, const kh_text *cells, const kh_text *headings, size_t columns,
                    const kh_finding *const *findings, size_t count)
{
    char *all = words_of(findings, count, (kh_text){NULL, 0}, true);
    enum style style = style_of(findings, count, NULL);
    sheet_count(sheet, at, 0, row, style, BAND_NONE);
    sheet_text(sheet, at, 1, text_of(all), style, BAND_NONE);
    for (uint32_t c = 0; c < columns; c++) {
        char *words = count ? words_of(findings, count, headings[c], false) : NULL;
        sheet_text(sheet, at, c + 2, cells[c], style_of(findings, count, &headings[c]), BAND_NONE);
        if (words) sheet_remark(sheet, at, c + 2, text_of(words));
        free(words);
    }
    free(all);
}

/* A table in which something is wrong, as it lies there, with the cells marked and what is wrong in front. */
static kh_status put_table(struct validation *v, struct book *book, kh_data *data, size_t index, const kh_table *table)
{
    kh_text file;
    const kh_text *headings, *cells;
    size_t columns, count;
    uint64_t row;
    if (!kh_data_table(data, index, &file, &headings, &columns)) return KH_OK;
    const kh_finding **findings = findings_of(v, file, &count);
    if (!findings) return KH_ENVIRONMENT;
    kh_status status = KH_OK;
    if (count && columns + 2 < SHEET_COLUMNS) {
        struct sheet *sheet = book_sheet(book, table->heading);
        size_t next = 0;
        while (next < count && findings[next]->row <= 1) next++; /* the file as a whole, its headings */
        sheet_width(sheet, 0, 0, 8);
        sheet_width(sheet, 1, 1, 44);
        sheet_width(sheet, 2, (uint32_t)columns + 1, 14);
        sheet_width(sheet, 2, 2, 24); /* a name, mostly */
        sheet_put(sheet, 0, 0, word(v, "row", "行"), STYLE_HEAD);
        sheet_put(sheet, 0, 1, word(v, "what is wrong", "问题"), STYLE_HEAD);
        for (uint32_t c = 0; c < columns; c++) sheet_text(sheet, 0, c + 2, headings[c], STYLE_HEAD, BAND_NONE);
        char *whole = next ? words_of(findings, next, (kh_text){NULL, 0}, true) : NULL;
        if (whole) sheet_remark(sheet, 0, 1, text_of(whole));
        free(whole);
        uint32_t at = 1;
        while (at < SHEET_ROWS && (status = kh_data_next(data, index, &cells, &row)) == KH_OK) {
            while (next < count && findings[next]->row < row) next++;
            size_t to = next;
            while (to < count && findings[to]->row == row) to++;
            put_row(sheet, at++, row, cells, headings, columns, findings + next, to - next);
        }
        status = status == KH_USAGE ? KH_OK : status;
        sheet_freeze(sheet, 0, 1, 2);
        sheet_filter(sheet, 0, at - 1, (uint32_t)columns + 1);
        sheet_print(sheet, true, pages_for(52 + 14 * columns));
    }
    free(findings);
    return status;
}

static kh_status write_book(struct validation *v, const char *path)
{
    struct book *book;
    kh_about about;
    const kh_table *tables;
    size_t count;
    kh_data *data = NULL;
    kh_status status = worst(kh_scheme_about(v->scheme, &about), kh_scheme_tables(v->scheme, &tables, &count));
    if (status == KH_OK) status = kh_data_open(v->scheme, v->path, &data);
    if (status != KH_OK) return session_status(v->session, status);
    status = book_open(&book, v->session, path, about.title, v->rows > LARGE_ROWS);
    if (status == KH_OK) {
        book_findings(book, v->zh, v->session->args.operands[0], NULL, 0, v->findings, v->count);
        for (size_t k = 0; k < count && status == KH_OK; k++) status = put_table(v, book, data, k, &tables[k]);
        status = book_close(book, session_status(v->session, status));
    }
    kh_data_close(data);
    return status;
}

/* ---- */

static kh_status write_findings(struct validation *v)
{
    const char *path = v->session->args.value[OPT_OUTPUT];
    if (!path) {
        for (size_t k = 0; k < v->count; k++) list_one(v, &v->findings[k]);
        summarise(v, v->path);
        return KH_OK;
    }
    kh_status status = KH_USAGE;
    enum format format = strcmp(path, "-") == 0 ? FORMAT_JSON : format_of(path);
    if (format == FORMAT_JSON) {
        status = write_list(v, path);
    } else if (format == FORMAT_XLSX) {
        status = write_book(v, path);
    } else {
        COMPLAIN(v->session->chinese, LIST_ENDING, path);
    }
    if (status == KH_OK && strcmp(path, "-") != 0) summarise(v, path);
    return status;
}

kh_status verb_validate(const struct session *session)
{
    if (!args_operands(&session->args, session->chinese, 2, 2)) return KH_USAGE;
    struct session quick = *session;
    quick.options.table_only = 1;
    struct validation v = {.session = session, .path = session->args.operands[1]};
    kh_status status = session_open_clean(&quick, session->args.operands[0], &v.scheme);
    if (!v.scheme) return status;
    v.zh = session_chinese(v.scheme);
    struct progress_line *progress = progress_begin(session, v.scheme, v.zh);
    kh_status ran = kh_run(v.scheme, v.path, &v.result);
    progress_end(progress);
    if (!v.result) {
        status = session_status(session, ran);
    } else {
        status = session_status(session, kh_result_findings(v.result, &v.findings, &v.count, &v.total));
        kh_result_rows_read(v.result, &v.rows, NULL, NULL, NULL);
        if (status == KH_OK) status = write_findings(&v);
        if (status == KH_OK) status = ran;
    }
    kh_result_close(v.result);
    kh_scheme_close(v.scheme);
    return status;
}
