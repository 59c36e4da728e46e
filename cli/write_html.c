/* Results as one page for a browser: ranking, each unit's score sheet, open decisions, findings, questions.
 *
 * In: a report. Out: an .html file that needs nothing but itself: no script, no other file, nothing from a network.
 * Decision: the sheets of units are folded; a link from the ranking opens the one it leads to. Cost: an old browser only goes there.
 */
#include "report.h"
#include "sink.h"

#include <stdlib.h>
#include <string.h>

static const char STYLE[] =
    "body{font:15px/1.5 system-ui,\"Noto Sans CJK SC\",\"Microsoft YaHei\",sans-serif;margin:2em auto;max-width:80em;padding:0 1em;color:#222}\n"
    "h1{font-size:1.5em;margin-bottom:0}h2{font-size:1.2em;margin-top:2em}.lead{color:#595959;margin-top:.2em}\n"
    "table{border-collapse:collapse;margin:.5em 0;width:100%}th,td{border:1px solid #bfbfbf;padding:.2em .5em;vertical-align:top;text-align:left}\n"
    "th{background:#d9e1f2;text-align:center}thead th{position:sticky;top:0}td.n{text-align:right;white-space:nowrap;font-variant-numeric:tabular-nums}\n"
    "tr.part td{background:#f2f2f2;font-weight:600}tr.under td:nth-child(2){padding-left:1.8em}tr.row td,tr.limit td{color:#595959}\n"
    ".rank td{white-space:nowrap}\n"
    ".b1 td{background:#c6e0b4}.b2 td{background:#e2efda}.b3 td{background:#fff2cc}.b4 td{background:#fce4d6}.b5 td{background:#f8cbad}.b6 td{background:#e7e6e6}\n"
    "details{border:1px solid #bfbfbf;margin:.4em 0;padding:.3em .7em}summary{cursor:pointer;font-weight:600}.why{color:#595959;white-space:pre-line}\n"
    "@media print{body{margin:0;max-width:none;font-size:11px}thead th{position:static}details{break-inside:avoid-page;border:0}}\n";

enum { BANDS = 5, GREY = 6 };

struct page {
    struct sink sink;
    const struct report *report;
    bool zh;
};

static const char *word(const struct page *p, const char *en, const char *zh) { return p->zh ? zh : en; }

static void put(struct page *p, const char *html) { sink_put(&p->sink, html); }

/* A text, with what HTML would take for its own made harmless. */
static void put_text(struct page *p, kh_text text)
{
    size_t from = 0;
    for (size_t at = 0; at < text.len; at++) {
        const char *escaped = text.at[at] == '<'   ? "&lt;"
                              : text.at[at] == '>' ? "&gt;"
                              : text.at[at] == '&' ? "&amp;"
                              : text.at[at] == '"' ? "&quot;"
                                                   : NULL;
        if (!escaped) continue;
        sink_text(&p->sink, (kh_text){text.at + from, at - from});
        put(p, escaped);
        from = at + 1;
    }
    sink_text(&p->sink, (kh_text){text.at + from, text.len - from});
}

static void put_word(struct page *p, const char *text) { put_text(p, (kh_text){text, strlen(text)}); }

static void cell(struct page *p, kh_text text)
{
    put(p, "<td>");
    put_text(p, text);
    put(p, "</td>");
}

static void figure(struct page *p, kh_text text)
{
    put(p, "<td class=\"n\">");
    put_text(p, text);
    put(p, "</td>");
}

static void heads(struct page *p, const char *const *words, size_t count)
{
    put(p, "<thead><tr>");
    for (size_t k = 0; k < count; k++) {
        put(p, "<th>");
        put_word(p, words[k]);
        put(p, "</th>");
    }
    put(p, "</tr></thead>\n<tbody>\n");
}

static int band_of(const struct page *p, size_t row)
{
    switch (kh_result_state(p->report->result, row)) {
    case KH_FINAL: break;
    case KH_OPEN:
    case KH_NOT_ASSESSED: return GREY;
    case KH_VETOED: return BANDS;
    }
    ptrdiff_t grade = report_grade(p->report, row);
    if (grade < 0) return 0;
    return p->report->grade_count < 2 ? 1 : 1 + (int)((size_t)grade * (BANDS - 1) / (p->report->grade_count - 1));
}

/* ---- ranking ---- */

static void put_ranking_row(struct page *p, size_t unit, const size_t *columns, size_t count)
{
    const kh_result *result = p->report->result;
    int band = band_of(p, unit);
    put(p, "<tr");
    if (band) {
        put(p, " class=\"b");
        sink_count(&p->sink, (uint64_t)band);
        put(p, "\"");
    }
    put(p, ">");
    for (size_t k = 0; k < count; k++) {
        kh_text text = kh_result_cell(result, unit, columns[k]);
        switch (kh_result_column_kind(result, columns[k])) {
        case KH_COLUMN_KEY:
            put(p, "<td><a href=\"#u");
            sink_count(&p->sink, unit + 1);
            put(p, "\">");
            put_text(p, text);
            put(p, "</a></td>");
            break;
        case KH_COLUMN_PART:
        case KH_COLUMN_TOTAL:
        case KH_COLUMN_PLACE:
        case KH_COLUMN_FIGURE: figure(p, text); break;
        case KH_COLUMN_GRADE:
        case KH_COLUMN_STATE:
        case KH_COLUMN_OUTCOME: cell(p, text); break;
        }
    }
    put(p, "</tr>\n");
}

static kh_status put_ranking(struct page *p)
{
    kh_result *result = p->report->result;
    size_t rows = kh_result_rows(result), *columns = calloc(kh_result_columns(result) + 1, sizeof *columns), *order = NULL;
    if (!columns || !report_ranking(p->report, &order)) {
        free(columns);
        return KH_ENVIRONMENT;
    }
    size_t count = report_ranked_columns(p->report, columns);
    put(p, "<table class=\"rank\">\n<thead><tr>");
    for (size_t k = 0; k < count; k++) {
        bool part = kh_result_column_kind(result, columns[k]) == KH_COLUMN_PART;
        put(p, "<th>");
        put_text(p, kh_result_heading(result, columns[k]));
        if (part) {
            put(p, " ");
            put_text(p, kh_result_title(result, columns[k]));
        }
        put(p, "</th>");
    }
    put(p, "</tr></thead>\n<tbody>\n");
    for (size_t place = 0; place < rows; place++) put_ranking_row(p, order ? order[place] : report_row(p->report, place), columns, count);
    put(p, "</tbody></table>\n");
    free(columns);
    free(order);
    return KH_OK;
}

/* ---- a unit ---- */

static void put_source(struct page *p, const kh_entry *entry)
{
    put(p, "<td>");
    if (entry->reason.len) {
        put_text(p, entry->reason);
    } else if (entry->file.len) {
        put_text(p, base_name(entry->file));
        put(p, word(p, " line ", " 第"));
        sink_count(&p->sink, entry->row);
        put(p, word(p, "", "行"));
    } else if (entry->kind == KH_ENTRY_RULE || entry->kind == KH_ENTRY_SCORE) {
        put(p, word(p, "line ", "方案第"));
        sink_count(&p->sink, entry->line);
        put(p, word(p, " of the scheme", "行"));
    }
    put(p, "</td>");
}

static void put_entry(struct page *p, const kh_entry *entry)
{
    static const char *const CLASSES[] = {
        [KH_ENTRY_PART] = "item", [KH_ENTRY_SCORE] = "under", [KH_ENTRY_RULE] = "under", [KH_ENTRY_ROW] = "under row", [KH_ENTRY_LIMIT] = "under limit"};
    const char *open = word(p, "open", "待定");
    const kh_text none = {NULL, 0};
    kh_text amount = entry->open ? (kh_text){open, strlen(open)} : entry->amount;
    bool part = entry->kind == KH_ENTRY_PART, rule = entry->kind == KH_ENTRY_RULE || entry->kind == KH_ENTRY_SCORE;
    if (entry->kind == KH_ENTRY_ROW && entry_is_nothing(entry)) return;
    put(p, "<tr class=\"");
    put(p, part && part_has_parts(p->report, entry->part) ? "part" : CLASSES[entry->kind]);
    put(p, "\">");
    cell(p, part ? p->report->parts[entry->part].number : none);
    cell(p, entry->words);
    cell(p, entry->clause);
    figure(p, entry->worth);
    figure(p, part ? amount : none);
    figure(p, rule ? amount : none);
    figure(p, entry->kind == KH_ENTRY_ROW ? amount : none);
    put_source(p, entry);
    put(p, "</tr>\n");
}

static kh_status put_unit(struct page *p, size_t unit)
{
    const char *words[] = {word(p, "no.", "编号"),   word(p, "item", "考核内容"),  word(p, "clause", "依据"),        word(p, "worth", "满分"),
                           word(p, "score", "得分"), word(p, "counted", "扣加分"), word(p, "of which", "其中每条"), word(p, "reason, source", "缘由、出处")};
    const kh_entry *entries;
    size_t count;
    kh_text why;
    kh_status status = report_account(p->report, unit, &entries, &count, &why);
    if (status != KH_OK) return status;
    put(p, "<details><summary>");
    put_text(p, report_cell(p->report, unit, KH_COLUMN_KEY));
    put(p, "　");
    put_text(p, report_cell(p->report, unit, KH_COLUMN_TOTAL));
    put(p, " ");
    put_text(p, report_cell(p->report, unit, KH_COLUMN_GRADE));
    put(p, " ");
    put_text(p, report_cell(p->report, unit, KH_COLUMN_STATE));
    put(p, "</summary>\n<div class=\"why\" id=\"u");
    sink_count(&p->sink, unit + 1);
    put(p, "\">");
    put_text(p, why);
    put(p, "</div>\n<table>\n");
    heads(p, words, sizeof words / sizeof *words);
    for (size_t k = 0; k < count; k++) put_entry(p, &entries[k]);
    put(p, "</tbody></table></details>\n");
    return KH_OK;
}

/* ---- the rest ---- */

static void title(struct page *p, const char *en, const char *zh)
{
    put(p, "<h2>");
    put(p, word(p, en, zh));
    put(p, "</h2>\n");
}

static void put_waiting(struct page *p)
{
    const char *words[] = {word(p, "unit", "考核对象"), word(p, "no.", "事项"), word(p, "who decides", "由谁裁定")};
    if (!p->report->waiting_count) return;
    title(p, "Decisions that are waited for", "待裁定");
    put(p, "<table>\n");
    heads(p, words, 3);
    for (size_t k = 0; k < p->report->waiting_count; k++) {
        put(p, "<tr>");
        cell(p, report_cell(p->report, p->report->waiting[k].unit, KH_COLUMN_KEY));
        cell(p, p->report->waiting[k].subject);
        cell(p, p->report->waiting[k].authority);
        put(p, "</tr>\n");
    }
    put(p, "</tbody></table>\n");
}

static void put_outside(struct page *p)
{
    const char *words[] = {word(p, "table", "表"), word(p, "row", "行"), word(p, "unit", "考核对象"), word(p, "date", "日期"), word(p, "why", "缘由")};
    const char *why[] = {[KH_LATER] = word(p, "after the period: left for the next one", "晚于考核期，留待下期"),
                         [KH_EARLIER] = word(p, "before the period: left to an earlier one", "早于考核期，属以前各期"),
                         [KH_OF_ANOTHER] = word(p, "belongs to what is left out", "所属的行不在本期")};
    if (!p->report->outside_count) return;
    title(p, "Rows outside the period", "考核期外的记录");
    put(p, "<table>\n");
    heads(p, words, 5);
    for (size_t k = 0; k < p->report->outside_count; k++) {
        const kh_outside *x = &p->report->outside[k];
        put(p, "<tr>");
        cell(p, x->table);
        put(p, "<td class=\"n\">");
        sink_count(&p->sink, x->row);
        put(p, "</td>");
        cell(p, x->unit);
        cell(p, x->date);
        put(p, "<td>");
        put(p, why[x->why]);
        put(p, "</td></tr>\n");
    }
    put(p, "</tbody></table>\n");
}

static void put_some_findings(struct page *p, const kh_finding *findings, size_t count)
{
    const char *severities[] = {word(p, "error", "错误"), word(p, "warning", "警告"), word(p, "notice", "提醒")};
    for (size_t k = 0; k < count; k++) {
        const kh_finding *f = &findings[k];
        const char *scheme = session_name(p->report->scheme_file);
        uint64_t line = f->file.len ? f->row : f->line;
        put(p, "<tr><td>");
        put(p, severities[f->severity]);
        put(p, "</td>");
        cell(p, base_name(f->file.len ? f->file : f->scheme_file.len ? f->scheme_file : (kh_text){scheme, strlen(scheme)}));
        put(p, "<td class=\"n\">");
        if (line) sink_count(&p->sink, line);
        put(p, "</td>");
        cell(p, f->words);
        cell(p, f->hint);
        put(p, "</tr>\n");
    }
}

static void put_findings(struct page *p)
{
    const struct report *report = p->report;
    const char *words[] = {word(p, "severity", "轻重"), word(p, "file", "文件"), word(p, "line", "行"), word(p, "what", "说明"), word(p, "hint", "提示")};
    if (!report->scheme_finding_count && !report->finding_count) return;
    title(p, "Findings", "提醒");
    put(p, "<table>\n");
    heads(p, words, sizeof words / sizeof *words);
    put_some_findings(p, report->scheme_findings, report->scheme_finding_count);
    put_some_findings(p, report->findings, report->finding_count);
    put(p, "</tbody></table>\n");
}

static void put_questions(struct page *p)
{
    const char *words[] = {word(p, "question", "疑义"), word(p, "what is in doubt", "何处存疑"), word(p, "taken", "所采"), word(p, "readings", "各种读法")};
    if (!p->report->question_count) return;
    title(p, "Questions", "疑义");
    put(p, "<table>\n");
    heads(p, words, sizeof words / sizeof *words);
    for (size_t k = 0; k < p->report->question_count; k++) {
        const kh_question *q = &p->report->questions[k];
        put(p, "<tr>");
        cell(p, q->name);
        cell(p, q->words);
        cell(p, q->taken);
        put(p, "<td>");
        for (size_t n = 0; n < q->reading_count; n++) {
            if (n) put(p, word(p, ", ", "、"));
            put_text(p, q->readings[n]);
        }
        put(p, "</td></tr>\n");
    }
    put(p, "</tbody></table>\n");
}

static void put_head(struct page *p)
{
    const kh_about *about = &p->report->about;
    const char *file = session_name(p->report->scheme_file);
    kh_text name = about->title.len ? about->title : (kh_text){file, strlen(file)};
    put(p, "<!DOCTYPE html>\n<html lang=\"");
    put(p, word(p, "en", "zh"));
    put(p, "\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n<title>");
    put_text(p, name);
    put(p, "</title>\n<style>\n");
    put(p, STYLE);
    put(p, "</style>\n</head>\n<body>\n<h1>");
    put_text(p, name);
    put(p, "</h1>\n<p class=\"lead\">");
    if (about->from.len) {
        put(p, word(p, "Period ", "考核期 "));
        put_text(p, about->from);
        put(p, word(p, " to ", " 至 "));
        put_text(p, about->to);
    }
    if (about->edition.len) {
        put(p, word(p, "　edition ", "　版本 "));
        put_text(p, about->edition);
    }
    put(p, "</p>\n");
}

kh_status write_html(struct report *report, const char *path)
{
    struct page page = {.report = report, .zh = report->chinese}, *p = &page;
    kh_status status = sink_open(&p->sink, report->session, path);
    if (status != KH_OK) return status;
    put_head(p);
    status = put_ranking(p);
    title(p, "Score sheets", "各单位评分");
    size_t rows = kh_result_rows(report->result);
    for (size_t place = 0; place < rows && status == KH_OK; place++) status = put_unit(p, report_row(report, place));
    put_waiting(p);
    put_outside(p);
    put_findings(p);
    put_questions(p);
    put(p, "</body>\n</html>\n");
    return sink_close(&p->sink, session_status(report->session, status));
}
