/* kaohe template: the sheets to fill in for a scheme, as a workbook or as a folder of CSV files with headings.
 *
 * In: a scheme; data that has the units, if there are any yet. Out: a workbook, or files that were not there before.
 * Decision: what may be typed is checked by the spreadsheet where it can (lists, ranges, dates), and said in words at the heading and
 * on a sheet of instructions; the run checks everything again.
 */
#include "sheet.h"
#include "sink.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

enum { ROWS = 1000, WORDS = 1024, PATH_ROOM = 4096, LISTED = 40, SHEET_NAME = 64, TABLES_CALLED_SO = 16 };

struct template {
    const struct session *session;
    kh_scheme *scheme;
    kh_about about;
    const kh_table *tables;
    const kh_judged *judged;
    size_t table_count, judged_count;
    kh_text *units; /* keys, malloced */
    size_t unit_count;
    bool zh;
    struct book *book;
    struct sheet **sheets, *lists;
    uint32_t list_columns;
};

static const char *word(const struct template *t, const char *en, const char *zh) { return t->zh ? zh : en; }

static kh_text text_of(const char *text) { return (kh_text){text, strlen(text)}; }

/* ---- words ---- */

/* "a number from 0 to 100, at most 1 decimal place; may be blank. Counts in: 1.2" */
static void field_words(const struct template *t, const kh_field *field, char words[WORDS])
{
    char kind[WORDS / 2];
    switch (field->kind) {
    case KH_FIELD_TEXT: snprintf(kind, sizeof kind, "%s", word(t, "a text", "文字")); break;
    case KH_FIELD_YES_NO: snprintf(kind, sizeof kind, "%s", word(t, "yes or no", "是或否")); break;
    case KH_FIELD_YES_NO_NA: snprintf(kind, sizeof kind, "%s", word(t, "yes, no or na (does not apply)", "是、否或不涉及")); break;
    case KH_FIELD_DATE: snprintf(kind, sizeof kind, "%s", word(t, "a date, as 2024-03-05", "日期，如2024-03-05")); break;
    case KH_FIELD_PART: snprintf(kind, sizeof kind, "%s", word(t, "the number of a part of the scheme", "方案中某部分的编号")); break;
    case KH_FIELD_REFERENCE:
        snprintf(kind, sizeof kind, word(t, "one that stands in the sheet %.*s", "表“%.*s”中已有的一项"), (int)t->tables[field->target].sheet.len,
                 t->tables[field->target].sheet.at);
        break;
    case KH_FIELD_LIST: {
        size_t len = (size_t)snprintf(kind, sizeof kind, "%s", word(t, "one of ", "下列之一："));
        for (size_t k = 0; k < field->value_count && k < LISTED && len < sizeof kind; k++)
            len += (size_t)snprintf(kind + len, sizeof kind - len, "%s%.*s", k ? word(t, ", ", "、") : "", (int)field->values[k].len, field->values[k].at);
        break;
    }
    case KH_FIELD_NUMBER:
    case KH_FIELD_PERCENT: {
        const char *name = field->kind == KH_FIELD_PERCENT ? word(t, "a percentage, as 85%", "百分比，如85%")
                           : field->places                 ? word(t, "a number", "数")
                                                           : word(t, "a whole number", "整数");
        size_t len = (size_t)snprintf(kind, sizeof kind, "%s", name);
        if (field->low.len) len += (size_t)snprintf(kind + len, sizeof kind - len, word(t, ", from %.*s", "，不小于%.*s"), (int)field->low.len, field->low.at);
        if (field->high.len) len += (size_t)snprintf(kind + len, sizeof kind - len, word(t, ", up to %.*s", "，不大于%.*s"), (int)field->high.len, field->high.at);
        if (field->step.len) {
            snprintf(kind + len, sizeof kind - len, word(t, ", in steps of %.*s", "，以%.*s为一档"), (int)field->step.len, field->step.at);
        } else if (field->places) {
            snprintf(kind + len, sizeof kind - len, word(t, ", at most %u decimal places", "，小数不超过%u位"), field->places);
        }
        break;
    }
    }
    size_t len = (size_t)snprintf(words, WORDS, "%s", kind);
    if (field->key) len += (size_t)snprintf(words + len, WORDS - len, "%s", word(t, "; may stand only once", "；不得重复"));
    if (field->optional) len += (size_t)snprintf(words + len, WORDS - len, "%s", word(t, "; may be blank", "；可空"));
    if (field->period && t->about.from.len) {
        len += (size_t)snprintf(words + len, WORDS - len, word(t, "; from %.*s to %.*s, later ones are left for the next period", "；%.*s至%.*s，更晚的留待下期"),
                                (int)t->about.from.len, t->about.from.at, (int)t->about.to.len, t->about.to.at);
    }
    if (field->clauses.len && len < WORDS)
        snprintf(words + len, WORDS - len, word(t, ". Counts in: %.*s", "。用于：%.*s"), (int)field->clauses.len, field->clauses.at);
}

static bool is_filled_in(const kh_table *table) { return !table->results; }

/* ---- units ---- */

static kh_status read_units(struct template *t, const char *path, kh_data **data)
{
    kh_text file;
    const kh_text *headings, *cells;
    size_t columns, room = 0, key = 0;
    uint64_t row;
    kh_status status = kh_data_open(t->scheme, path, data);
    if (status != KH_OK || !kh_data_table(*data, 0, &file, &headings, &columns)) {
        COMPLAIN(t->session->chinese, NO_UNITS, path);
        return KH_DATA;
    }
    kh_text heading = {NULL, 0};
    for (size_t k = 0; k < t->tables[0].field_count; k++) {
        if (t->tables[0].fields[k].key) heading = t->tables[0].fields[k].heading;
    }
    while (key < columns && !(headings[key].len == heading.len && memcmp(headings[key].at, heading.at, heading.len) == 0)) key++;
    if (key == columns) {
        COMPLAIN(t->session->chinese, NO_UNITS, path);
        return KH_DATA;
    }
    while ((status = kh_data_next(*data, 0, &cells, &row)) == KH_OK) {
        if (!cells[key].len) continue;
        if (t->unit_count == room) {
            room = room ? 2 * room : 64;
            kh_text *more = realloc(t->units, room * sizeof *more);
            if (!more) return session_status(t->session, KH_ENVIRONMENT);
            t->units = more;
        }
        char *copy = malloc(cells[key].len); /* a cell lives until the next row */
        if (!copy) return session_status(t->session, KH_ENVIRONMENT);
        memcpy(copy, cells[key].at, cells[key].len);
        t->units[t->unit_count++] = (kh_text){copy, cells[key].len};
    }
    return status == KH_USAGE ? KH_OK : session_status(t->session, status);
}

/* ---- a workbook ---- */

/* A sheet beside those of the tables: a table that is called so keeps its name. */
static struct sheet *add_sheet(struct template *t, const char *wish)
{
    char name[SHEET_NAME];
    size_t len = (size_t)snprintf(name, sizeof name - TABLES_CALLED_SO, "%s", wish);
    for (size_t k = 0; k < t->table_count && len < sizeof name - 1; k++) {
        kh_text sheet = t->tables[k].sheet;
        if (sheet.len != len || strncasecmp(sheet.at, name, len) != 0) continue;
        name[len++] = '_';
        name[len] = '\0';
        k = (size_t)-1; /* from the first one on */
    }
    return book_sheet(t->book, text_of(name));
}

static void put_instructions(struct template *t)
{
    const char *name = word(t, "Instructions", "填写说明");
    struct sheet *sheet = add_sheet(t, name);
    const char *heads[] = {word(t, "sheet", "表"), word(t, "column", "列"), word(t, "what to fill in", "填什么")};
    static const unsigned WIDTHS[] = {22, 22, 100};
    static const char *const LEADS[][2] = {
        {"Fill in each sheet from its second row on. Leave headings and names of sheets as they are; columns may stand in any order.",
         "各表自第二行起填写。表名与各列标题请勿改动，列的先后不限。"},
        {"What may be chosen is in lists; what is out of range is refused. What a column asks for stands below, and at its heading.",
         "可选之值在下拉列表中，超出范围的不予接受。各列填什么见下，并见各列标题的批注。"},
        {"A sheet for which there is nothing stays empty, with its headings. A decision that has not been taken stays blank.",
         "没有记录的表留空，保留标题。尚未裁定的结论留空。"},
    };
    for (uint32_t k = 0; k < 3; k++) sheet_width(sheet, k, k, WIDTHS[k]);
    sheet_text(sheet, 0, 0, t->about.title.len ? t->about.title : text_of(name), STYLE_TITLE, BAND_NONE);
    uint32_t row = 1;
    for (size_t k = 0; k < sizeof LEADS / sizeof *LEADS; k++) sheet_put(sheet, row++, 0, LEADS[k][t->zh], STYLE_LEAD);
    row++;
    for (uint32_t k = 0; k < 3; k++) sheet_put(sheet, row, k, heads[k], STYLE_HEAD);
    for (size_t n = 0; n < t->table_count; n++) {
        const kh_table *table = &t->tables[n];
        for (size_t f = 0; is_filled_in(table) && f < table->field_count; f++) {
            char words[WORDS];
            field_words(t, &table->fields[f], words);
            row++;
            sheet_text(sheet, row, 0, f ? (kh_text){NULL, 0} : table->sheet, f ? STYLE_WRAP : STYLE_PART, BAND_NONE);
            sheet_text(sheet, row, 1, table->fields[f].heading, STYLE_WRAP, BAND_NONE);
            sheet_put(sheet, row, 2, words, STYLE_WRAP);
        }
    }
    sheet_print(sheet, true, 1);
}

/* The values of a list into a column of the sheet of lists; returns the column. */
static uint32_t add_list(struct template *t, const kh_field *field)
{
    static const char *const YES[2][3] = {{"yes", "no", "na"}, {"是", "否", "不涉及"}};
    uint32_t column = t->list_columns++;
    sheet_text(t->lists, 0, column, field->heading, STYLE_HEAD, BAND_NONE);
    if (field->kind == KH_FIELD_LIST || field->kind == KH_FIELD_PART) {
        for (size_t k = 0; k < field->value_count; k++) sheet_text(t->lists, (uint32_t)k + 1, column, field->values[k], STYLE_PLAIN, BAND_NONE);
    } else {
        for (uint32_t k = 0; k < (field->kind == KH_FIELD_YES_NO ? 2u : 3u); k++) sheet_put(t->lists, k + 1, column, YES[t->zh][k], STYLE_PLAIN);
    }
    return column;
}

static size_t list_length(const kh_field *field)
{
    return field->kind == KH_FIELD_YES_NO ? 2 : field->kind == KH_FIELD_YES_NO_NA ? 3 : field->value_count;
}

static uint32_t key_column(const kh_table *table)
{
    for (size_t f = 0; f < table->field_count; f++) {
        if (table->fields[f].key) return (uint32_t)f;
    }
    return 0;
}

static void put_field(struct template *t, struct sheet *sheet, uint32_t column, const kh_field *field)
{
    char words[WORDS];
    field_words(t, field, words);
    kh_text message = text_of(words);
    unsigned width = field->heading.len > 30 ? 24 : 16;
    switch (field->kind) {
    case KH_FIELD_TEXT: sheet_input(sheet, column, width, TYPED_TEXT); break;
    case KH_FIELD_NUMBER:
    case KH_FIELD_PERCENT:
        sheet_input(sheet, column, width, field->kind == KH_FIELD_PERCENT ? TYPED_PERCENT : TYPED_NUMBER);
        sheet_allow_number(sheet, 1, ROWS, column, field->low, field->high, field->kind == KH_FIELD_NUMBER && !field->places, message);
        break;
    case KH_FIELD_DATE:
        sheet_input(sheet, column, width, TYPED_DATE);
        sheet_allow_date(sheet, 1, ROWS, column, message);
        break;
    case KH_FIELD_YES_NO:
    case KH_FIELD_YES_NO_NA:
    case KH_FIELD_LIST:
    case KH_FIELD_PART: {
        uint32_t list = add_list(t, field);
        sheet_input(sheet, column, width, TYPED_TEXT);
        sheet_allow_list(sheet, 1, ROWS, column, t->lists, list, 1, (uint32_t)list_length(field), message);
        break;
    }
    case KH_FIELD_REFERENCE: {
        uint32_t last = field->target == 0 && t->unit_count > ROWS ? (uint32_t)t->unit_count : ROWS;
        sheet_input(sheet, column, width, TYPED_TEXT);
        sheet_allow_list(sheet, 1, ROWS, column, t->sheets[field->target], key_column(&t->tables[field->target]), 1, last, message);
        break;
    }
    }
    sheet_text(sheet, 0, column, field->heading, STYLE_HEAD, BAND_NONE);
    sheet_remark(sheet, 0, column, message);
}

/* The lines of the table of decisions: one for each unit and each thing to be decided. Returns how many. */
static uint32_t put_decisions(struct template *t, struct sheet *sheet)
{
    uint32_t row = 1;
    for (size_t u = 0; u < t->unit_count; u++) {
        for (size_t k = 0; k < t->judged_count && row < SHEET_ROWS; k++, row++) {
            const kh_judged *judged = &t->judged[k];
            char words[WORDS] = "";
            sheet_text(sheet, row, 0, t->units[u], STYLE_PLAIN, BAND_NONE);
            sheet_text(sheet, row, 1, judged->subject, STYLE_PLAIN, BAND_NONE);
            sheet_text(sheet, row, 5, judged->authority, STYLE_PLAIN, BAND_NONE);
            if (judged->yes_no) {
                snprintf(words, sizeof words, "%s", word(t, "yes or no", "是或否"));
            } else {
                snprintf(words, sizeof words, word(t, "%.*s: from %.*s to %.*s", "%.*s：%.*s至%.*s"), (int)(judged->title.len < 300 ? judged->title.len : 0),
                         judged->title.at, (int)judged->low.len, judged->low.at, (int)judged->high.len, judged->high.at);
                sheet_allow_number(sheet, row, row, 3, judged->low, judged->high, false, text_of(words));
            }
            sheet_remark(sheet, row, 3, u ? (kh_text){NULL, 0} : text_of(words)); /* once is enough */
        }
    }
    return row - 1;
}

static void put_table(struct template *t, size_t index)
{
    const kh_table *table = &t->tables[index];
    struct sheet *sheet = t->sheets[index];
    for (size_t f = 0; f < table->field_count; f++) put_field(t, sheet, (uint32_t)f, &table->fields[f]);
    if (table->units) {
        for (size_t u = 0; u < t->unit_count && u + 1 < SHEET_ROWS; u++) sheet_text(sheet, (uint32_t)u + 1, key_column(table), t->units[u], STYLE_PLAIN, BAND_NONE);
    }
    if (table->decisions) put_decisions(t, sheet);
    sheet_freeze(sheet, 0, 1, 1);
    sheet_print(sheet, true, pages_for(16 * table->field_count));
}

static kh_status write_book(struct template *t, const char *path)
{
    kh_status status = book_open(&t->book, t->session, path, t->about.title, false);
    if (status != KH_OK) return status;
    t->sheets = calloc(t->table_count + 1, sizeof *t->sheets);
    if (!t->sheets) status = session_status(t->session, KH_ENVIRONMENT);
    if (status == KH_OK) {
        put_instructions(t);
        for (size_t k = 0; k < t->table_count; k++) {
            if (is_filled_in(&t->tables[k])) t->sheets[k] = book_sheet(t->book, t->tables[k].sheet);
        }
        t->lists = add_sheet(t, word(t, "Lists", "选项"));
        for (size_t k = 0; k < t->table_count; k++) {
            if (t->sheets[k]) put_table(t, k);
        }
    }
    status = book_close(t->book, status);
    free(t->sheets);
    return status;
}

/* ---- a folder ---- */

static void put_csv_cell(struct sink *sink, kh_text text, bool first)
{
    if (!first) sink_put(sink, ",");
    bool quotes = text.len && (memchr(text.at, ',', text.len) || memchr(text.at, '"', text.len) || memchr(text.at, '\n', text.len));
    if (quotes) sink_put(sink, "\"");
    for (size_t k = 0; k < text.len; k++) {
        if (text.at[k] == '"') sink_put(sink, "\"");
        sink_text(sink, (kh_text){text.at + k, 1});
    }
    if (quotes) sink_put(sink, "\"");
}

static kh_status write_csv(struct template *t, const char *folder, const kh_table *table)
{
    char path[PATH_ROOM];
    struct stat there;
    struct sink sink;
    if (memchr(table->heading.at, '/', table->heading.len) ||
        (size_t)snprintf(path, sizeof path, "%s/%.*s.csv", folder, (int)table->heading.len, table->heading.at) >= sizeof path) {
        COMPLAIN(t->session->chinese, NO_FILE_NAME, folder);
        return KH_USAGE;
    }
    if (stat(path, &there) == 0) { /* somebody may have filled it in */
        COMPLAIN(t->session->chinese, SHEET_THERE, path);
        return KH_USAGE;
    }
    kh_status status = sink_open(&sink, t->session, path);
    if (status != KH_OK) return status;
    sink_put(&sink, "\xEF\xBB\xBF"); /* by which spreadsheets on Windows know UTF-8 */
    for (size_t f = 0; f < table->field_count; f++) put_csv_cell(&sink, table->fields[f].heading, f == 0);
    sink_put(&sink, "\n");
    for (size_t u = 0; table->units && u < t->unit_count; u++) {
        for (size_t f = 0; f < table->field_count; f++) put_csv_cell(&sink, table->fields[f].key ? t->units[u] : (kh_text){NULL, 0}, f == 0);
        sink_put(&sink, "\n");
    }
    for (size_t u = 0; table->decisions && u < t->unit_count; u++) {
        for (size_t k = 0; k < t->judged_count; k++) {
            put_csv_cell(&sink, t->units[u], true);
            put_csv_cell(&sink, t->judged[k].subject, false);
            sink_put(&sink, ",,,");
            put_csv_cell(&sink, t->judged[k].authority, false);
            sink_put(&sink, ",\n");
        }
    }
    return sink_close(&sink, status);
}

static kh_status write_folder(struct template *t, const char *folder)
{
    if (mkdir(folder, 0777) != 0 && errno != EEXIST) {
        COMPLAIN(t->session->chinese, NO_FOLDER, folder, strerror(errno));
        return KH_ENVIRONMENT;
    }
    kh_status status = KH_OK;
    for (size_t k = 0; k < t->table_count && status == KH_OK; k++) {
        if (is_filled_in(&t->tables[k])) status = write_csv(t, folder, &t->tables[k]);
    }
    return status;
}

/* ---- */

static bool is_book(const char *path)
{
    size_t len = strlen(path);
    return len > 5 && strcasecmp(path + len - 5, ".xlsx") == 0;
}

kh_status verb_template(const struct session *session)
{
    const char *path = session->args.value[OPT_OUTPUT];
    if (!args_operands(&session->args, session->chinese, 1, 2)) return KH_USAGE;
    if (!path || strcmp(path, "-") == 0) {
        COMPLAIN(session->chinese, NEEDS_TEMPLATE);
        return KH_USAGE;
    }
    struct stat there;
    if (is_book(path) && stat(path, &there) == 0) { /* somebody may have filled it in */
        COMPLAIN(session->chinese, SHEET_THERE, path);
        return KH_USAGE;
    }
    struct template t = {.session = session};
    kh_data *data = NULL;
    kh_status status = session_open_clean(session, session->args.operands[0], &t.scheme);
    if (!t.scheme) return status;
    t.zh = session_chinese(t.scheme);
    status = session_status(session, worst(worst(kh_scheme_about(t.scheme, &t.about), kh_scheme_tables(t.scheme, &t.tables, &t.table_count)),
                                           kh_scheme_judged(t.scheme, &t.judged, &t.judged_count)));
    if (status == KH_OK && session->args.operand_count > 1) status = read_units(&t, session->args.operands[1], &data);
    if (status == KH_OK) status = is_book(path) ? write_book(&t, path) : write_folder(&t, path);
    if (status == KH_OK) {
        char tables[COUNTED_BYTES];
        size_t count = 0;
        for (size_t k = 0; k < t.table_count; k++) count += is_filled_in(&t.tables[k]);
        TELL(t.zh, MADE_TEMPLATE, path, say_counted(tables, t.zh, count, NOUN_TABLE));
    }
    for (size_t k = 0; k < t.unit_count; k++) free((char *)t.units[k].at);
    free(t.units);
    kh_data_close(data);
    kh_scheme_close(t.scheme);
    return status;
}
