/* Results as JSON: one object, or a line for each unit. The form is described in docs/results.md and has a version.
 *
 * Decision: figures are the digits they have, and a quotient that is no such number is a text ("13/3"), so that nothing is
 * rounded on the way. Cost: a reader must be ready for a text there.
 */
#include "json.h"
#include "report.h"

#include <string.h>

enum { FORM_VERSION = 1 };

#define LITERAL(text) ((kh_text){(text), sizeof(text) - 1})

static const char *const KINDS[] = {[KH_PART_SECTION] = "section", [KH_PART_ITEM] = "item", [KH_PART_BONUS] = "bonus"};

static void put_word(struct json *json, const char *key, const char *word)
{
    json_text(json, key, (kh_text){word, strlen(word)});
}

static bool is_yes(kh_text text)
{
    return (text.len == 3 && memcmp(text.at, "yes", 3) == 0) || (text.len == strlen("是") && memcmp(text.at, "是", text.len) == 0);
}

static bool has_column(const struct report *report, kh_column kind)
{
    for (size_t column = 0; column < kh_result_columns(report->result); column++)
        if (kh_result_column_kind(report->result, column) == kind) return true;
    return false;
}

/* The cells of a unit by kind: places and outcomes bear their headings as keys. */
static void put_named(struct json *json, const struct report *report, size_t row, const char *key, kh_column kind)
{
    json_open(json, key, '{');
    size_t columns = kh_result_columns(report->result);
    for (size_t column = 0; column < columns; column++) {
        if (kh_result_column_kind(report->result, column) != kind) continue;
        kh_text cell = kh_result_cell(report->result, row, column);
        json_key(json, kh_result_heading(report->result, column));
        if (kind == KH_COLUMN_OUTCOME && cell.len) {
            json_bool(json, NULL, is_yes(cell));
        } else if (cell.len && !kh_result_column_is_figure(report->result, column)) {
            json_text(json, NULL, cell);
        } else {
            json_figure(json, NULL, cell);
        }
    }
    json_close(json, '}');
}

/* The entries from `from` on that are of one kind and concern one rule; returns where they end. */
static size_t put_limits(struct json *json, const kh_entry *entries, size_t count, size_t from, size_t line)
{
    size_t to = from;
    while (to < count && entries[to].kind == KH_ENTRY_LIMIT && entries[to].line == line) to++;
    if (to == from) return to;
    json_open(json, "notes", '[');
    for (size_t k = from; k < to; k++) json_text(json, NULL, entries[k].words);
    json_close(json, ']');
    return to;
}

static size_t put_rule(struct json *json, const kh_entry *entries, size_t count, size_t at)
{
    const kh_entry *rule = &entries[at++];
    json_open(json, NULL, '{');
    json_count(json, "line", rule->line);
    json_text_if(json, "clause", rule->clause);
    json_text_if(json, "reason", rule->reason);
    json_text(json, "rule", rule->words);
    json_figure(json, "amount", rule->amount);
    if (rule->open) json_bool(json, "open", true);
    if (at < count && entries[at].kind == KH_ENTRY_ROW) {
        json_open(json, "rows", '[');
        for (; at < count && entries[at].kind == KH_ENTRY_ROW; at++) {
            json_open(json, NULL, '{');
            json_text_if(json, "file", entries[at].file);
            if (entries[at].file.len) json_count(json, "row", entries[at].row);
            json_text(json, "words", entries[at].words);
            json_figure(json, "amount", entries[at].amount);
            if (entries[at].open) json_bool(json, "open", true);
            json_close(json, '}');
        }
        json_close(json, ']');
    }
    at = put_limits(json, entries, count, at, rule->line);
    json_close(json, '}');
    return at;
}

static bool is_rule(const kh_entry *entry) { return entry->kind == KH_ENTRY_RULE || entry->kind == KH_ENTRY_SCORE; }

static size_t put_part(struct json *json, const struct report *report, const kh_entry *entries, size_t count, size_t at)
{
    const kh_entry *part = &entries[at++];
    json_open(json, NULL, '{');
    json_text(json, "number", report->parts[part->part].number);
    json_figure(json, "score", part->amount);
    if (part->open) json_bool(json, "open", true);
    if (part->start.len) json_figure(json, "start", part->start);
    json_text_if(json, "judged", part->reason);
    if (at < count && is_rule(&entries[at])) {
        json_open(json, "rules", '[');
        while (at < count && is_rule(&entries[at])) at = put_rule(json, entries, count, at);
        json_close(json, ']');
    }
    at = put_limits(json, entries, count, at, 0);
    json_close(json, '}');
    return at;
}

/* A text's lines as an array. */
static void put_lines(struct json *json, const char *key, kh_text lines)
{
    json_open(json, key, '[');
    while (lines.len) {
        const char *end = memchr(lines.at, '\n', lines.len);
        size_t len = end ? (size_t)(end - lines.at) : lines.len, past = len + (end != NULL), blanks = 0;
        while (blanks < len && lines.at[blanks] == ' ') blanks++;
        if (len > blanks) json_text(json, NULL, (kh_text){lines.at + blanks, len - blanks});
        lines.at += past;
        lines.len -= past;
    }
    json_close(json, ']');
}

static kh_status put_unit(struct json *json, const struct report *report, size_t row)
{
    const kh_entry *entries;
    size_t count;
    kh_text why;
    kh_status status = report_account(report, row, &entries, &count, &why);
    if (status != KH_OK) return status;
    json_open(json, NULL, '{');
    json_text(json, "unit", report_cell(report, row, KH_COLUMN_KEY));
    if (has_column(report, KH_COLUMN_TOTAL)) json_figure(json, "total", report_cell(report, row, KH_COLUMN_TOTAL));
    kh_text grade = report_cell(report, row, KH_COLUMN_GRADE);
    if (grade.len) {
        json_text(json, "grade", grade);
    } else if (has_column(report, KH_COLUMN_GRADE)) {
        json_figure(json, "grade", grade);
    }
    put_word(json, "state", state_name(kh_result_state(report->result, row)));
    put_named(json, report, row, "places", KH_COLUMN_PLACE);
    put_named(json, report, row, "outcomes", KH_COLUMN_OUTCOME);
    if (has_column(report, KH_COLUMN_FIGURE)) put_named(json, report, row, "shown", KH_COLUMN_FIGURE);
    put_lines(json, "why", why);
    json_open(json, "parts", '[');
    for (size_t at = 0; at < count;) at = put_part(json, report, entries, count, at);
    json_close(json, ']');
    json_open(json, "waiting", '[');
    size_t waits;
    const kh_waiting *waiting = report_waiting(report, row, &waits);
    for (size_t k = 0; k < waits; k++) {
        json_open(json, NULL, '{');
        json_text(json, "subject", waiting[k].subject);
        json_text_if(json, "authority", waiting[k].authority);
        json_close(json, '}');
    }
    json_close(json, ']');
    json_close(json, '}');
    return KH_OK;
}

static void put_scheme(struct json *json, const struct report *report)
{
    json_open(json, "scheme", '{');
    const char *file = session_name(report->scheme_file);
    json_text(json, "file", base_name((kh_text){file, strlen(file)}));
    json_text_if(json, "title", report->about.title);
    json_text_if(json, "edition", report->about.edition);
    json_text_if(json, "source", report->about.source);
    json_open(json, "parts", '[');
    for (size_t k = 0; k < report->part_count; k++) {
        const kh_part *part = &report->parts[k];
        json_open(json, NULL, '{');
        json_text(json, "number", part->number);
        put_word(json, "kind", KINDS[part->kind]);
        json_text(json, "title", part->title);
        json_text_if(json, "clause", part->clause);
        if (part->worth.len) json_figure(json, "worth", part->worth);
        if (part->above >= 0) json_text(json, "within", report->parts[part->above].number);
        json_count(json, "line", part->line);
        json_close(json, '}');
    }
    json_close(json, ']');
    json_open(json, "grades", '[');
    for (size_t k = 0; k < report->grade_count; k++) json_text(json, NULL, report->grades[k]);
    json_close(json, ']');
    json_open(json, "questions", '[');
    for (size_t k = 0; k < report->question_count; k++) {
        const kh_question *question = &report->questions[k];
        json_open(json, NULL, '{');
        json_text(json, "name", question->name);
        json_text_if(json, "words", question->words);
        json_text_if(json, "taken", question->taken);
        json_text_if(json, "decided_by", question->decided_by);
        json_open(json, "readings", '[');
        for (size_t n = 0; n < question->reading_count; n++) json_text(json, NULL, question->readings[n]);
        json_close(json, ']');
        json_count(json, "line", question->line);
        json_text_if(json, "scheme_file", base_name(question->scheme_file));
        json_close(json, '}');
    }
    json_close(json, ']');
    json_close(json, '}');
}

void json_findings(struct json *json, const kh_finding *findings, size_t count)
{
    for (size_t k = 0; k < count; k++) {
        const kh_finding *f = &findings[k];
        json_open(json, NULL, '{');
        put_word(json, "severity", severity_name(f->severity));
        put_word(json, "code", f->code);
        json_text_if(json, "file", base_name(f->file));
        if (f->row) json_count(json, "row", f->row);
        json_text_if(json, "column", f->heading);
        json_text_if(json, "value", f->value);
        json_text(json, "words", f->words);
        json_text_if(json, "hint", f->hint);
        if (f->line) json_count(json, "line", f->line);
        json_text_if(json, "scheme_file", base_name(f->scheme_file));
        json_close(json, '}');
    }
}

/* How far the unit is from the next grade and place. */
static kh_status put_ahead(struct json *json, const struct report *report, size_t row)
{
    kh_ahead ahead;
    kh_status status = kh_result_ahead(report->result, row, &ahead);
    if (status != KH_OK) return status;
    json_open(json, "ahead", '{');
    if (ahead.grade.len) {
        json_open(json, "grade", '{');
        json_text(json, "name", ahead.grade);
        json_figure(json, "missing", ahead.grade_missing);
        json_close(json, '}');
    }
    json_open(json, "places", '[');
    for (size_t k = 0; k < ahead.place_count; k++) {
        json_open(json, NULL, '{');
        json_text(json, "ranking", ahead.places[k].ranking);
        json_count(json, "place", ahead.places[k].place);
        json_text(json, "unit", ahead.places[k].unit);
        json_figure(json, "missing", ahead.places[k].missing);
        json_close(json, '}');
    }
    json_close(json, ']');
    json_close(json, '}');
    return KH_OK;
}

static kh_status put_readings(struct json *json, const struct report *report, size_t row)
{
    const kh_reading *readings;
    size_t count;
    kh_status status = kh_result_readings(report->result, &readings, &count);
    if (status != KH_OK) return status;
    json_open(json, "readings", '[');
    for (size_t k = 0; k < count; k++) {
        if (readings[k].unit != row) continue;
        json_open(json, NULL, '{');
        json_text(json, "question", readings[k].question);
        json_text(json, "reading", readings[k].reading);
        json_text(json, "figure", readings[k].heading);
        json_figure(json, "before", readings[k].before);
        json_figure(json, "after", readings[k].after);
        json_close(json, '}');
    }
    json_close(json, ']');
    return KH_OK;
}

static void put_period(struct json *json, const struct report *report)
{
    if (!report->about.from.len) return;
    json_open(json, "period", '{');
    json_text(json, "from", report->about.from);
    json_text(json, "to", report->about.to);
    json_close(json, '}');
}

kh_status write_explanation(struct report *report, size_t row, const char *path)
{
    struct sink sink;
    kh_status status = sink_open(&sink, report->session, path);
    if (status != KH_OK) return status;
    struct json json = {.sink = &sink};
    json_open(&json, NULL, '{');
    json_text(&json, "format", LITERAL("kaohe explanation"));
    json_count(&json, "version", FORM_VERSION);
    put_scheme(&json, report);
    put_period(&json, report);
    json_open(&json, "units", '[');
    status = session_status(report->session, put_unit(&json, report, row));
    json_close(&json, ']');
    if (status == KH_OK) status = session_status(report->session, put_readings(&json, report, row));
    if (status == KH_OK) status = session_status(report->session, put_ahead(&json, report, row));
    json_close(&json, '}');
    json_end(&json);
    return sink_close(&sink, status);
}

static void put_outside(struct json *json, const struct report *report)
{
    json_open(json, "outside", '[');
    for (size_t k = 0; k < report->outside_count; k++) {
        const kh_outside *x = &report->outside[k];
        json_open(json, NULL, '{');
        json_text(json, "table", x->table);
        json_text(json, "file", x->file);
        json_count(json, "row", x->row);
        json_text_if(json, "unit", x->unit);
        json_text_if(json, "date", x->date);
        put_word(json, "why", outside_name(x->why));
        json_close(json, '}');
    }
    json_close(json, ']');
}

kh_status write_json(struct report *report, const char *path)
{
    struct sink sink;
    kh_status status = sink_open(&sink, report->session, path);
    if (status != KH_OK) return status;
    struct json json = {.sink = &sink};
    uint64_t read, used, after, earlier;
    kh_result_rows_read(report->result, &read, &used, &after, &earlier);
    json_open(&json, NULL, '{');
    json_text(&json, "format", LITERAL("kaohe results"));
    json_count(&json, "version", FORM_VERSION);
    put_scheme(&json, report);
    put_period(&json, report);
    json_open(&json, "rows", '{');
    json_count(&json, "read", read);
    json_count(&json, "used", used);
    json_count(&json, "after", after);
    json_count(&json, "earlier", earlier);
    json_close(&json, '}');
    json_open(&json, "units", '[');
    size_t rows = kh_result_rows(report->result);
    for (size_t k = 0; k < rows && status == KH_OK; k++) status = session_status(report->session, put_unit(&json, report, report_row(report, k)));
    json_close(&json, ']');
    put_outside(&json, report);
    json_open(&json, "findings", '[');
    json_findings(&json, report->scheme_findings, report->scheme_finding_count);
    json_findings(&json, report->findings, report->finding_count);
    json_close(&json, ']');
    json_close(&json, '}');
    json_end(&json);
    return sink_close(&sink, status);
}

kh_status write_jsonl(struct report *report, const char *path)
{
    struct sink sink;
    kh_status status = sink_open(&sink, report->session, path);
    if (status != KH_OK) return status;
    size_t rows = kh_result_rows(report->result);
    for (size_t k = 0; k < rows && status == KH_OK; k++) {
        struct json json = {.sink = &sink, .compact = true};
        status = session_status(report->session, put_unit(&json, report, report_row(report, k)));
        json_end(&json);
    }
    return sink_close(&sink, status);
}
