/* Results as a workbook: ranking, scores, ledger, what is waited for, findings, questions, a score sheet for each unit.
 *
 * In: a report. Out: an .xlsx file.
 * Decision: up to UNIT_SHEETS units have a sheet of their own; more of them stand one below the other in one sheet of details,
 * since nobody turns the pages of a thousand sheets. Cost: two ways to find a unit.
 */
#include "report.h"
#include "sheet.h"

#include <stdlib.h>
#include <string.h>

enum { UNIT_SHEETS = 100, LEADS = 2, TEXT_BYTES = 512, KEY_WIDTH = 24, PAGE_COLUMNS = 20, LARGE = 2000 };

struct writer {
    const struct report *report;
    struct book *book;
    bool zh;
    struct sheet **units; /* by row of the table; NULL: none of their own */
    struct sheet *ledger, *details;
    uint32_t ledger_row, details_row;
};

static const char *word(const struct writer *w, const char *en, const char *zh) { return w->zh ? zh : en; }

static kh_text text_of(const char *text) { return (kh_text){text, strlen(text)}; }

static struct sheet *add_sheet(struct writer *w, const char *en, const char *zh) { return book_sheet(w->book, text_of(word(w, en, zh))); }

static enum band band_of(const struct writer *w, size_t row)
{
    switch (kh_result_state(w->report->result, row)) {
    case KH_FINAL: break;
    case KH_OPEN:
    case KH_NOT_ASSESSED: return BAND_GREY;
    case KH_VETOED: return BAND_WORST;
    }
    ptrdiff_t grade = report_grade(w->report, row);
    return grade < 0 ? BAND_NONE : band_of_grade((size_t)grade, w->report->grade_count);
}

static void head(struct sheet *sheet, uint32_t row, const char *const *words, uint32_t count)
{
    for (uint32_t k = 0; k < count; k++) sheet_put(sheet, row, k, words[k], STYLE_HEAD);
}

/* ---- ranking ---- */

static void put_leads(struct writer *w, struct sheet *sheet)
{
    const kh_about *about = &w->report->about;
    char line[TEXT_BYTES] = "";
    kh_text title = about->title.len ? about->title : text_of(session_name(w->report->scheme_file));
    sheet_text(sheet, 0, 0, title, STYLE_TITLE, BAND_NONE);
    size_t len = 0;
    if (about->from.len) {
        len += (size_t)snprintf(line, sizeof line, "%s %.*s %s %.*s", word(w, "Period", "考核期"), (int)about->from.len, about->from.at,
                                word(w, "to", "至"), (int)about->to.len, about->to.at);
    }
    if (about->edition.len && len < sizeof line) {
        len += (size_t)snprintf(line + len, sizeof line - len, "%s%s %.*s", len ? "    " : "", word(w, "edition", "版本"), (int)about->edition.len,
                                about->edition.at);
    }
    sheet_put(sheet, 1, 0, line, STYLE_LEAD);
}

static void put_column_head(struct writer *w, struct sheet *sheet, uint32_t row, uint32_t at, size_t column)
{
    kh_result *result = w->report->result;
    char words[TEXT_BYTES];
    kh_text heading = kh_result_heading(result, column), title = kh_result_title(result, column);
    bool part = kh_result_column_kind(result, column) == KH_COLUMN_PART && title.len;
    snprintf(words, sizeof words, part ? "%.*s %.*s" : "%.*s", (int)heading.len, heading.at, (int)(title.len < 300 ? title.len : 0), title.at);
    sheet_put(sheet, row, at, words, STYLE_HEAD);
}

static void put_cell(struct writer *w, struct sheet *sheet, uint32_t row, uint32_t at, size_t unit, size_t column, enum band band)
{
    kh_text cell = kh_result_cell(w->report->result, unit, column);
    switch (kh_result_column_kind(w->report->result, column)) {
    case KH_COLUMN_KEY:
        if (w->units && w->units[unit]) {
            sheet_link(sheet, row, at, w->units[unit], cell, band);
        } else {
            sheet_text(sheet, row, at, cell, STYLE_PLAIN, band);
        }
        break;
    case KH_COLUMN_PART:
    case KH_COLUMN_TOTAL:
    case KH_COLUMN_PLACE: sheet_figure(sheet, row, at, cell, STYLE_PLAIN, band); break;
    case KH_COLUMN_GRADE:
    case KH_COLUMN_STATE:
    case KH_COLUMN_OUTCOME: sheet_text(sheet, row, at, cell, STYLE_CENTRE, band); break;
    case KH_COLUMN_FIGURE:
        if (kh_result_column_is_figure(w->report->result, column)) {
            sheet_figure(sheet, row, at, cell, STYLE_PLAIN, band);
        } else {
            sheet_text(sheet, row, at, cell, STYLE_PLAIN, band);
        }
        break;
    }
}

static kh_status put_ranking(struct writer *w, struct sheet *sheet)
{
    kh_result *result = w->report->result;
    size_t rows = kh_result_rows(result), *columns = calloc(kh_result_columns(result) + 1, sizeof *columns), *order;
    if (!columns || !report_ranking(w->report, &order)) {
        free(columns);
        return KH_ENVIRONMENT;
    }
    size_t count = report_ranked_columns(w->report, columns);
    sheet_width(sheet, 0, 0, KEY_WIDTH);
    sheet_width(sheet, 1, (uint32_t)count, 11);
    put_leads(w, sheet);
    for (size_t k = 0; k < count; k++) put_column_head(w, sheet, LEADS, (uint32_t)k, columns[k]);
    for (size_t place = 0; place < rows; place++) {
        size_t unit = order ? order[place] : report_row(w->report, place);
        enum band band = band_of(w, unit);
        for (size_t k = 0; k < count; k++) put_cell(w, sheet, (uint32_t)(LEADS + 1 + place), (uint32_t)k, unit, columns[k], band);
    }
    sheet_freeze(sheet, LEADS, LEADS + 1, 1);
    sheet_filter(sheet, LEADS, (uint32_t)(LEADS + rows), (uint32_t)(count - 1));
    sheet_print(sheet, true, count > PAGE_COLUMNS ? pages_for(KEY_WIDTH + 11 * count) : 1);
    free(columns);
    free(order);
    return KH_OK;
}

/* ---- all parts ---- */

static void put_scores(struct writer *w, struct sheet *sheet)
{
    const kh_text none = {NULL, 0};
    kh_result *result = w->report->result;
    size_t rows = kh_result_rows(result), columns = kh_result_columns(result), parts = 0;
    if (columns > SHEET_COLUMNS) columns = SHEET_COLUMNS;
    uint32_t count = (uint32_t)columns;
    sheet_width(sheet, 0, 0, KEY_WIDTH);
    sheet_width(sheet, 1, count, 10);
    for (uint32_t c = 0; c < count; c++) sheet_text(sheet, 0, c, kh_result_heading(result, c), STYLE_HEAD, BAND_NONE);
    for (uint32_t c = 0; c < count; c++) {
        bool part = kh_result_column_kind(result, c) == KH_COLUMN_PART;
        sheet_text(sheet, 1, c, part ? kh_result_title(result, c) : none, STYLE_HEAD, BAND_NONE);
    }
    for (uint32_t c = 0; c < count; c++) {
        bool part = kh_result_column_kind(result, c) == KH_COLUMN_PART;
        kh_text worth = part && parts < w->report->part_count ? w->report->parts[parts].worth : none;
        parts += part;
        sheet_figure(sheet, 2, c, c ? worth : text_of(word(w, "worth", "满分")), STYLE_HEAD, BAND_NONE);
    }
    for (size_t place = 0; place < rows; place++) {
        size_t unit = report_row(w->report, place);
        enum band band = band_of(w, unit);
        for (uint32_t c = 0; c < count; c++) put_cell(w, sheet, (uint32_t)(3 + place), c, unit, c, c ? BAND_NONE : band);
    }
    sheet_freeze(sheet, 0, 3, 1);
    sheet_filter(sheet, 2, (uint32_t)(2 + rows), count - 1);
    sheet_print(sheet, true, pages_for(KEY_WIDTH + 10 * columns));
}

/* ---- the account of a unit ---- */

enum { FORM_COLUMNS = 8, LEDGER_COLUMNS = 12 };

static void form_head(struct writer *w, struct sheet *sheet, uint32_t row, uint32_t from)
{
    const char *words[FORM_COLUMNS] = {
        word(w, "no.", "编号"),     word(w, "item", "考核内容"),   word(w, "clause", "依据"),        word(w, "worth", "满分"),
        word(w, "score", "得分"),   word(w, "counted", "扣加分"), word(w, "of which", "其中每条"), word(w, "reason, source", "缘由、出处"),
    };
    static const unsigned WIDTHS[FORM_COLUMNS] = {12, 52, 12, 8, 10, 10, 10, 34};
    for (uint32_t k = 0; k < FORM_COLUMNS; k++) sheet_width(sheet, from + k, from + k, WIDTHS[k]);
    for (uint32_t k = 0; k < FORM_COLUMNS; k++) sheet_put(sheet, row, from + k, words[k], STYLE_HEAD);
}

static void source_words(const struct writer *w, const kh_entry *entry, char words[TEXT_BYTES])
{
    words[0] = '\0';
    if (!entry->file.len) return;
    kh_text file = base_name(entry->file);
    snprintf(words, TEXT_BYTES, word(w, "%.*s line %llu", "%.*s 第%llu行"), (int)(file.len < 300 ? file.len : 300), file.at,
             (unsigned long long)entry->row);
}

/* A line of a score sheet, from column `from` on. */
static void put_form_line(struct writer *w, struct sheet *sheet, uint32_t row, uint32_t from, const kh_entry *entry)
{
    const kh_text open = text_of(word(w, "open", "待定")), none = {NULL, 0};
    const kh_part *part = &w->report->parts[entry->part];
    kh_text amount = entry->open ? open : entry->amount;
    char words[TEXT_BYTES];
    kh_text texts[FORM_COLUMNS] = {none, entry->words, entry->clause, none, none, none, none, entry->reason};
    enum style style = STYLE_WRAP, words_style = STYLE_UNDER;
    switch (entry->kind) {
    case KH_ENTRY_PART:
        if (part_has_parts(w->report, entry->part)) style = STYLE_PART;
        words_style = style;
        texts[0] = part->number;
        texts[3] = entry->worth;
        texts[4] = amount;
        break;
    case KH_ENTRY_SCORE:
    case KH_ENTRY_RULE:
        texts[5] = amount;
        if (!entry->reason.len) {
            snprintf(words, sizeof words, word(w, "line %zu of the scheme", "方案第%zu行"), entry->line);
            texts[7] = text_of(words);
        }
        break;
    case KH_ENTRY_ROW:
        texts[6] = amount;
        source_words(w, entry, words);
        texts[7] = text_of(words);
        break;
    case KH_ENTRY_LIMIT: break;
    }
    for (uint32_t k = 0; k < FORM_COLUMNS; k++) {
        if (k >= 3 && k <= 6) {
            sheet_figure(sheet, row, from + k, texts[k], style, BAND_NONE);
        } else {
            sheet_text(sheet, row, from + k, texts[k], k == 1 ? words_style : style, BAND_NONE);
        }
    }
}

/* Calls for each line of a text; returns how many there were. */
static uint32_t put_lines(struct sheet *sheet, uint32_t row, kh_text lines)
{
    uint32_t count = 0;
    while (lines.len) {
        const char *end = memchr(lines.at, '\n', lines.len);
        size_t len = end ? (size_t)(end - lines.at) : lines.len, past = len + (end != NULL);
        if (len) sheet_text(sheet, row + count++, 0, (kh_text){lines.at, len}, STYLE_LEAD, BAND_NONE);
        lines.at += past;
        lines.len -= past;
    }
    return count;
}

static void put_unit_sheet(struct writer *w, size_t unit, const kh_entry *entries, size_t count, kh_text why)
{
    struct sheet *sheet = w->units[unit];
    kh_text key = report_cell(w->report, unit, KH_COLUMN_KEY);
    sheet_text(sheet, 0, 0, key, STYLE_TITLE, BAND_NONE);
    sheet_text(sheet, 1, 0, w->report->about.title, STYLE_LEAD, BAND_NONE);
    uint32_t row = 2 + put_lines(sheet, 2, why);
    form_head(w, sheet, row, 0);
    sheet_freeze(sheet, row, row + 1, 0);
    for (size_t k = 0; k < count; k++) {
        if (entries[k].kind == KH_ENTRY_ROW && entry_is_nothing(&entries[k])) continue;
        put_form_line(w, sheet, ++row, 0, &entries[k]);
    }
    sheet_print(sheet, true, 1);
}

/* The sheet goes on in another when it is full. */
static void put_detail_lines(struct writer *w, size_t unit, const kh_entry *entries, size_t count)
{
    for (size_t k = 0; k < count; k++) {
        if (entries[k].kind == KH_ENTRY_ROW && entry_is_nothing(&entries[k])) continue;
        if (!w->details || w->details_row >= SHEET_ROWS) {
            w->details = add_sheet(w, "Details", "各单位明细");
            sheet_width(w->details, 0, 0, KEY_WIDTH);
            sheet_put(w->details, 0, 0, word(w, "unit", "考核对象"), STYLE_HEAD);
            form_head(w, w->details, 0, 1);
            sheet_freeze(w->details, 0, 1, 1);
            sheet_print(w->details, true, 1);
            w->details_row = 1;
        }
        sheet_text(w->details, w->details_row, 0, report_cell(w->report, unit, KH_COLUMN_KEY), STYLE_PLAIN, BAND_NONE);
        put_form_line(w, w->details, w->details_row++, 1, &entries[k]);
    }
    if (w->details) sheet_filter(w->details, 0, w->details_row - 1, FORM_COLUMNS);
}

/* ---- the ledger ---- */

static void open_ledger(struct writer *w)
{
    const char *words[LEDGER_COLUMNS] = {
        word(w, "unit", "考核对象"), word(w, "no.", "编号"),       word(w, "item", "考核内容"), word(w, "clause", "依据"),
        word(w, "line", "方案行"),   word(w, "rule", "规则"),      word(w, "reason", "缘由"),   word(w, "record", "记录"),
        word(w, "file", "文件"),     word(w, "row", "行"),         word(w, "amount", "分数"),   word(w, "counted", "计入"),
    };
    static const unsigned WIDTHS[LEDGER_COLUMNS] = {18, 9, 20, 9, 7, 36, 20, 36, 16, 7, 8, 8};
    w->ledger = add_sheet(w, "Ledger", "扣加分台账");
    for (uint32_t k = 0; k < LEDGER_COLUMNS; k++) sheet_width(w->ledger, k, k, WIDTHS[k]);
    head(w->ledger, 0, words, LEDGER_COLUMNS);
    sheet_freeze(w->ledger, 0, 1, 1);
    sheet_print(w->ledger, true, 1);
    w->ledger_row = 1;
}

/* A line for each place where a rule fired; what it counts for after its cap stands once, in the first of them. */
static void put_ledger_line(struct writer *w, size_t unit, const kh_entry *rule, const kh_entry *row, bool first)
{
    if (w->ledger_row >= SHEET_ROWS) open_ledger(w);
    struct sheet *sheet = w->ledger;
    const kh_part *part = &w->report->parts[rule->part];
    const kh_entry *place = row ? row : rule;
    const kh_text open = text_of(word(w, "open", "待定")), none = {NULL, 0};
    uint32_t at = w->ledger_row++;
    sheet_text(sheet, at, 0, report_cell(w->report, unit, KH_COLUMN_KEY), STYLE_PLAIN, BAND_NONE);
    sheet_text(sheet, at, 1, part->number, STYLE_PLAIN, BAND_NONE);
    sheet_text(sheet, at, 2, part->title, STYLE_WRAP, BAND_NONE);
    sheet_text(sheet, at, 3, rule->clause, STYLE_WRAP, BAND_NONE);
    sheet_count(sheet, at, 4, rule->line, STYLE_CENTRE, BAND_NONE);
    sheet_text(sheet, at, 5, rule->words, STYLE_WRAP, BAND_NONE);
    sheet_text(sheet, at, 6, rule->reason, STYLE_WRAP, BAND_NONE);
    sheet_text(sheet, at, 7, row ? row->words : none, STYLE_WRAP, BAND_NONE);
    sheet_text(sheet, at, 8, row ? base_name(row->file) : none, STYLE_PLAIN, BAND_NONE);
    if (row && row->file.len) {
        sheet_count(sheet, at, 9, row->row, STYLE_CENTRE, BAND_NONE);
    } else {
        sheet_text(sheet, at, 9, none, STYLE_PLAIN, BAND_NONE);
    }
    sheet_figure(sheet, at, 10, place->open ? open : place->amount, STYLE_PLAIN, BAND_NONE);
    sheet_figure(sheet, at, 11, !first ? none : rule->open ? open : rule->amount, STYLE_PLAIN, BAND_NONE);
}

static void put_ledger(struct writer *w, size_t unit, const kh_entry *entries, size_t count)
{
    for (size_t k = 0; k < count; k++) {
        if (entries[k].kind != KH_ENTRY_RULE) continue;
        const kh_entry *rule = &entries[k];
        bool first = true;
        for (; k + 1 < count && entries[k + 1].kind == KH_ENTRY_ROW; k++) {
            if (entry_is_nothing(&entries[k + 1])) continue;
            put_ledger_line(w, unit, rule, &entries[k + 1], first);
            first = false;
        }
        if (first && !entry_is_nothing(rule)) put_ledger_line(w, unit, rule, NULL, true);
    }
}

/* ---- the rest ---- */

static void put_waiting(struct writer *w)
{
    const struct report *report = w->report;
    const char *words[] = {word(w, "unit", "考核对象"), word(w, "no.", "事项"), word(w, "item", "内容"), word(w, "who decides", "由谁裁定")};
    struct sheet *sheet = add_sheet(w, "Waiting", "待裁定");
    sheet_width(sheet, 0, 0, KEY_WIDTH);
    sheet_width(sheet, 1, 1, 12);
    sheet_width(sheet, 2, 2, 44);
    sheet_width(sheet, 3, 3, 24);
    head(sheet, 0, words, 4);
    for (size_t k = 0; k < report->waiting_count; k++) {
        const kh_waiting *item = &report->waiting[k];
        kh_text title = {NULL, 0};
        for (size_t p = 0; p < report->part_count && !title.len; p++) {
            kh_text number = report->parts[p].number;
            if (number.len == item->subject.len && memcmp(number.at, item->subject.at, number.len) == 0) title = report->parts[p].title;
        }
        if (k + 1 >= SHEET_ROWS) break;
        uint32_t row = (uint32_t)k + 1;
        sheet_text(sheet, row, 0, report_cell(report, item->unit, KH_COLUMN_KEY), STYLE_PLAIN, BAND_NONE);
        sheet_text(sheet, row, 1, item->subject, STYLE_PLAIN, BAND_NONE);
        sheet_text(sheet, row, 2, title, STYLE_WRAP, BAND_NONE);
        sheet_text(sheet, row, 3, item->authority, STYLE_PLAIN, BAND_NONE);
    }
    sheet_freeze(sheet, 0, 1, 0);
    sheet_filter(sheet, 0, (uint32_t)report->waiting_count, 3);
    sheet_print(sheet, false, 1);
}

/* Rows of other periods: whose they are, and why they do not count here. */
static void put_outside(struct writer *w)
{
    enum { COLUMNS = 6 };
    const struct report *report = w->report;
    const char *words[COLUMNS] = {word(w, "table", "表"),      word(w, "row", "行"),   word(w, "unit", "考核对象"),
                                  word(w, "date", "日期"),     word(w, "why", "缘由"), word(w, "file", "文件")};
    const char *why[] = {[KH_LATER] = word(w, "after the period: left for the next one", "晚于考核期，留待下期"),
                         [KH_EARLIER] = word(w, "before the period: left to an earlier one", "早于考核期，属以前各期"),
                         [KH_OF_ANOTHER] = word(w, "belongs to what is left out", "所属的行不在本期")};
    static const unsigned WIDTHS[COLUMNS] = {22, 8, KEY_WIDTH, 12, 38, 24};
    struct sheet *sheet = add_sheet(w, "Outside the period", "考核期外");
    for (uint32_t k = 0; k < COLUMNS; k++) sheet_width(sheet, k, k, WIDTHS[k]);
    head(sheet, 0, words, COLUMNS);
    uint32_t row = 1;
    for (size_t k = 0; k < report->outside_count; k++, row++) {
        const kh_outside *x = &report->outside[k];
        sheet_text(sheet, row, 0, x->table, STYLE_WRAP, BAND_NONE);
        sheet_count(sheet, row, 1, x->row, STYLE_CENTRE, BAND_NONE);
        sheet_text(sheet, row, 2, x->unit, STYLE_WRAP, BAND_NONE);
        sheet_text(sheet, row, 3, x->date, STYLE_CENTRE, BAND_NONE);
        sheet_put(sheet, row, 4, why[x->why], STYLE_WRAP);
        sheet_text(sheet, row, 5, base_name(x->file), STYLE_PLAIN, BAND_NONE);
    }
    sheet_freeze(sheet, 0, 1, 0);
    sheet_filter(sheet, 0, row - 1, COLUMNS - 1);
    uint64_t all = report_outside(report); /* decisions of other periods are listed and not among them */
    if (all > report->outside_count) {
        char line[TEXT_BYTES];
        snprintf(line, sizeof line, word(w, "%llu rows in all; no more are listed", "共%llu行，以下不再列出"), (unsigned long long)all);
        sheet_put(sheet, row, 0, line, STYLE_LEAD);
    }
    sheet_print(sheet, true, 1);
}

static void put_questions(struct writer *w)
{
    const struct report *report = w->report;
    const char *words[] = {word(w, "question", "疑义"), word(w, "what is in doubt", "何处存疑"), word(w, "taken", "所采"),
                           word(w, "other readings", "其他读法"), word(w, "line", "方案行")};
    static const unsigned WIDTHS[] = {18, 64, 18, 30, 8};
    struct sheet *sheet = add_sheet(w, "Questions", "疑义");
    for (uint32_t k = 0; k < 5; k++) sheet_width(sheet, k, k, WIDTHS[k]);
    head(sheet, 0, words, 5);
    for (size_t k = 0; k < report->question_count; k++) {
        const kh_question *q = &report->questions[k];
        char others[TEXT_BYTES] = "";
        size_t len = 0;
        for (size_t n = 0; n < q->reading_count && len < sizeof others; n++) {
            kh_text reading = q->readings[n];
            if (reading.len == q->taken.len && memcmp(reading.at, q->taken.at, reading.len) == 0) continue;
            len += (size_t)snprintf(others + len, sizeof others - len, "%s%.*s", len ? word(w, ", ", "、") : "", (int)reading.len, reading.at);
        }
        uint32_t row = (uint32_t)k + 1;
        sheet_text(sheet, row, 0, q->name, STYLE_WRAP, BAND_NONE);
        sheet_text(sheet, row, 1, q->words, STYLE_WRAP, BAND_NONE);
        char decided[TEXT_BYTES];
        snprintf(decided, sizeof decided, word(w, "%.*s (decided by %.*s)", "%.*s（由%.*s裁定）"), (int)q->taken.len, q->taken.at,
                 (int)q->decided_by.len, q->decided_by.at);
        kh_text taken = q->decided_by.len ? text_of(decided) : q->taken;
        sheet_text(sheet, row, 2, taken.len ? taken : text_of(word(w, "none: open", "未定")), STYLE_WRAP, BAND_NONE);
        sheet_put(sheet, row, 3, others, STYLE_WRAP);
        sheet_count(sheet, row, 4, q->line, STYLE_CENTRE, BAND_NONE);
    }
    sheet_freeze(sheet, 0, 1, 0);
    sheet_print(sheet, true, 1);
}

/* One pass over the units: each account is asked for once. */
static kh_status put_accounts(struct writer *w)
{
    size_t rows = kh_result_rows(w->report->result);
    for (size_t place = 0; place < rows; place++) {
        size_t unit = report_row(w->report, place), count;
        const kh_entry *entries;
        kh_text why;
        kh_status status = report_account(w->report, unit, &entries, &count, &why);
        if (status != KH_OK) return status;
        put_ledger(w, unit, entries, count);
        if (w->units) {
            put_unit_sheet(w, unit, entries, count, why);
        } else {
            put_detail_lines(w, unit, entries, count);
        }
    }
    sheet_filter(w->ledger, 0, w->ledger_row - 1, LEDGER_COLUMNS - 1);
    return KH_OK;
}

/* Sheets come in the order in which they are made; those of the units last, but the ranking leads to them. */
static kh_status put_all(struct writer *w)
{
    const struct report *report = w->report;
    size_t rows = kh_result_rows(report->result);
    if (rows > SHEET_ROWS - LEADS - 1) return KH_USAGE;
    struct sheet *ranking = add_sheet(w, "Ranking", "排名");
    struct sheet *scores = add_sheet(w, "Scores", "各项得分");
    open_ledger(w);
    if (report->waiting_count) put_waiting(w);
    if (report->outside_count) put_outside(w);
    if (report->scheme_finding_count + report->finding_count) book_findings(w->book, w->zh, w->report->scheme_file, report->scheme_findings, report->scheme_finding_count, report->findings, report->finding_count);
    if (report->question_count) put_questions(w);
    if (rows <= UNIT_SHEETS) {
        w->units = calloc(rows + 1, sizeof *w->units);
        if (!w->units) return KH_ENVIRONMENT;
        for (size_t place = 0; place < rows; place++) {
            size_t unit = report_row(report, place);
            w->units[unit] = book_sheet(w->book, report_cell(report, unit, KH_COLUMN_KEY));
        }
    }
    kh_status status = put_ranking(w, ranking);
    put_scores(w, scores);
    return worst(status, put_accounts(w));
}

kh_status write_xlsx(struct report *report, const char *path)
{
    if (strcmp(path, "-") == 0) {
        COMPLAIN(report->session->chinese, NO_STDOUT, "xlsx");
        return KH_USAGE;
    }
    struct writer w = {.report = report, .zh = report->chinese};
    kh_status status = book_open(&w.book, report->session, path, report->about.title, kh_result_rows(report->result) > LARGE);
    if (status != KH_OK) return status;
    status = put_all(&w);
    if (status == KH_USAGE) {
        COMPLAIN(report->session->chinese, TOO_MANY_ROWS);
    } else {
        session_status(report->session, status);
    }
    status = book_close(w.book, status);
    free(w.units);
    return status;
}
