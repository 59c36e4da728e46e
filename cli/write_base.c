/* Results into a database: which rows. See base.h. */
#include "base.h"

#include "json.h"

#include <stdlib.h>
#include <string.h>

enum table { RUNS, RESULTS, FIGURES, LEDGER, WAITING, FINDINGS, OUTSIDE, TABLES };

static const struct base_table ALL[TABLES] = {
    [RUNS] = {"runs", {{"run", BASE_COUNT}, {"scheme", BASE_TEXT}, {"title", BASE_TEXT}, {"edition", BASE_TEXT}, {"period_from", BASE_TEXT},
                       {"period_to", BASE_TEXT}, {"units", BASE_COUNT}, {"rows_read", BASE_COUNT}, {"rows_used", BASE_COUNT}, {"rows_after", BASE_COUNT}}, 10},
    [RESULTS] = {"results", {{"run", BASE_COUNT}, {"unit", BASE_TEXT}, {"total", BASE_TEXT}, {"total_number", BASE_NUMBER}, {"grade", BASE_TEXT},
                             {"state", BASE_TEXT}}, 6},
    [FIGURES] = {"figures", {{"run", BASE_COUNT}, {"unit", BASE_TEXT}, {"kind", BASE_TEXT}, {"name", BASE_TEXT}, {"title", BASE_TEXT}, {"value", BASE_TEXT},
                             {"value_number", BASE_NUMBER}}, 7},
    [LEDGER] = {"ledger", {{"run", BASE_COUNT}, {"unit", BASE_TEXT}, {"part", BASE_TEXT}, {"line", BASE_COUNT}, {"clause", BASE_TEXT}, {"rule", BASE_TEXT},
                           {"reason", BASE_TEXT}, {"record", BASE_TEXT}, {"file", BASE_TEXT}, {"row", BASE_COUNT}, {"amount", BASE_TEXT},
                           {"amount_number", BASE_NUMBER}, {"counted", BASE_TEXT}, {"counted_number", BASE_NUMBER}}, 14},
    [WAITING] = {"waiting", {{"run", BASE_COUNT}, {"unit", BASE_TEXT}, {"subject", BASE_TEXT}, {"authority", BASE_TEXT}}, 4},
    [FINDINGS] = {"findings", {{"run", BASE_COUNT}, {"severity", BASE_TEXT}, {"code", BASE_TEXT}, {"file", BASE_TEXT}, {"row", BASE_COUNT}, {"heading", BASE_TEXT},
                               {"value", BASE_TEXT}, {"words", BASE_TEXT}, {"hint", BASE_TEXT}, {"line", BASE_COUNT}}, 10},
    [OUTSIDE] = {"outside", {{"run", BASE_COUNT}, {"table", BASE_TEXT}, {"file", BASE_TEXT}, {"row", BASE_COUNT}, {"unit", BASE_TEXT}, {"date", BASE_TEXT},
                             {"why", BASE_TEXT}}, 7},
};

enum { DIGITS = 24 };

struct feed {
    struct base *base;
    const struct report *report;
    char run[DIGITS];
};

static const kh_text NONE = {NULL, 0};

static kh_text word(const char *text) { return (kh_text){text, strlen(text)}; }

/* An empty text for 0, which stands for "none" here. */
static kh_text count_text(char room[DIGITS], uint64_t count)
{
    snprintf(room, DIGITS, "%llu", (unsigned long long)count);
    return count ? word(room) : NONE;
}

static kh_text number_of(kh_text figure) { return figure_is_decimal(figure) ? figure : NONE; }

static kh_status put(struct feed *f, const base_cell *cells) { return f->base->kind->row(f->base, cells); }

static kh_status put_runs(struct feed *f)
{
    const struct report *r = f->report;
    char room[4][DIGITS];
    uint64_t read, used, after;
    kh_result_rows_read(r->result, &read, &used, &after, NULL);
    size_t units = kh_result_rows(r->result);
    uint64_t counts[4] = {units, read, used, after};
    base_cell cells[] = {word(f->run), base_name(word(session_name(r->scheme_file))), r->about.title, r->about.edition, r->about.from, r->about.to, NONE, NONE, NONE, NONE};
    for (size_t k = 0; k < 4; k++) {
        count_text(room[k], counts[k]);
        cells[6 + k] = word(room[k]);
    }
    return put(f, cells);
}

static kh_status put_results(struct feed *f)
{
    const struct report *r = f->report;
    kh_status status = KH_OK;
    for (size_t place = 0, rows = kh_result_rows(r->result); place < rows && status == KH_OK; place++) {
        size_t row = report_row(r, place);
        kh_text total = report_cell(r, row, KH_COLUMN_TOTAL);
        base_cell cells[] = {word(f->run), report_cell(r, row, KH_COLUMN_KEY), total, number_of(total), report_cell(r, row, KH_COLUMN_GRADE),
                             word(state_name(kh_result_state(r->result, row)))};
        status = put(f, cells);
    }
    return status;
}

/* Everything else of the table: parts, places, outcomes. */
static kh_status put_figures(struct feed *f)
{
    static const char *const KINDS[] = {[KH_COLUMN_PART] = "part", [KH_COLUMN_PLACE] = "place", [KH_COLUMN_OUTCOME] = "outcome", [KH_COLUMN_FIGURE] = "figure", [KH_COLUMN_KEY] = NULL,
                                        [KH_COLUMN_TOTAL] = NULL,  [KH_COLUMN_GRADE] = NULL,    [KH_COLUMN_STATE] = NULL};
    const struct report *r = f->report;
    kh_status status = KH_OK;
    size_t columns = kh_result_columns(r->result);
    for (size_t place = 0, rows = kh_result_rows(r->result); place < rows; place++) {
        size_t row = report_row(r, place);
        for (size_t column = 0; column < columns && status == KH_OK; column++) {
            const char *kind = KINDS[kh_result_column_kind(r->result, column)];
            if (!kind) continue;
            kh_text cell = kh_result_cell(r->result, row, column);
            base_cell cells[] = {word(f->run), report_cell(r, row, KH_COLUMN_KEY), word(kind), kh_result_heading(r->result, column),
                                 kh_result_title(r->result, column), cell, number_of(cell)};
            status = put(f, cells);
        }
    }
    return status;
}

/* A line for each place where a rule fired; what it counts for after its cap stands once, in the first of them. */
static kh_status put_point(struct feed *f, size_t unit, const kh_entry *rule, const kh_entry *row, bool first)
{
    char line[DIGITS], number[DIGITS];
    const kh_entry *place = row ? row : rule;
    kh_text counted = first ? rule->amount : NONE;
    base_cell cells[] = {word(f->run),
                         report_cell(f->report, unit, KH_COLUMN_KEY),
                         f->report->parts[rule->part].number,
                         count_text(line, rule->line),
                         rule->clause,
                         rule->words,
                         rule->reason,
                         row ? row->words : NONE,
                         row ? row->file : NONE,
                         count_text(number, row ? row->row : 0),
                         place->amount,
                         number_of(place->amount),
                         counted,
                         number_of(counted)};
    return put(f, cells);
}

static kh_status put_ledger(struct feed *f)
{
    const struct report *r = f->report;
    kh_status status = KH_OK;
    for (size_t place = 0, rows = kh_result_rows(r->result); place < rows && status == KH_OK; place++) {
        size_t unit = report_row(r, place), count;
        const kh_entry *entries;
        kh_text why;
        status = session_status(f->base->session, report_account(r, unit, &entries, &count, &why));
        for (size_t k = 0; k < count && status == KH_OK; k++) {
            if (entries[k].kind != KH_ENTRY_RULE) continue;
            const kh_entry *rule = &entries[k];
            bool first = true;
            for (; k + 1 < count && entries[k + 1].kind == KH_ENTRY_ROW && status == KH_OK; k++, first = false)
                status = put_point(f, unit, rule, &entries[k + 1], first);
            if (first) status = put_point(f, unit, rule, NULL, true);
        }
    }
    return status;
}

static kh_status put_waiting(struct feed *f)
{
    kh_status status = KH_OK;
    for (size_t k = 0; k < f->report->waiting_count && status == KH_OK; k++) {
        const kh_waiting *item = &f->report->waiting[k];
        base_cell cells[] = {word(f->run), report_cell(f->report, item->unit, KH_COLUMN_KEY), item->subject, item->authority};
        status = put(f, cells);
    }
    return status;
}

static kh_status put_findings(struct feed *f)
{
    const kh_finding *lists[] = {f->report->scheme_findings, f->report->findings};
    size_t counts[] = {f->report->scheme_finding_count, f->report->finding_count};
    kh_status status = KH_OK;
    for (size_t list = 0; list < 2; list++) {
        for (size_t k = 0; k < counts[list] && status == KH_OK; k++) {
            const kh_finding *x = &lists[list][k];
            char row[DIGITS], line[DIGITS];
            base_cell cells[] = {word(f->run), word(severity_name(x->severity)), word(x->code), base_name(x->file), count_text(row, x->row),
                                 x->heading,   x->value,                         x->words,      x->hint, count_text(line, x->line)};
            status = put(f, cells);
        }
    }
    return status;
}

static kh_status put_outside(struct feed *f)
{
    kh_status status = KH_OK;
    for (size_t k = 0; k < f->report->outside_count && status == KH_OK; k++) {
        const kh_outside *x = &f->report->outside[k];
        char row[DIGITS];
        base_cell cells[] = {word(f->run), x->table, x->file, count_text(row, x->row), x->unit, x->date, word(outside_name(x->why))};
        status = put(f, cells);
    }
    return status;
}

kh_status base_write(struct base *base, const struct report *report)
{
    static kh_status (*const PUT[TABLES])(struct feed *) = {
        [RUNS] = put_runs, [RESULTS] = put_results, [FIGURES] = put_figures, [LEDGER] = put_ledger, [WAITING] = put_waiting, [FINDINGS] = put_findings, [OUTSIDE] = put_outside};
    struct feed feed = {.base = base, .report = report};
    uint64_t run;
    kh_status status = base->kind->open(base, ALL, TABLES);
    if (status == KH_OK) status = base->kind->next_run(base, &run);
    if (status == KH_OK) snprintf(feed.run, sizeof feed.run, "%llu", (unsigned long long)run);
    for (size_t table = 0; table < TABLES && status == KH_OK; table++) {
        status = base->kind->begin(base, &ALL[table]);
        if (status == KH_OK) status = PUT[table](&feed);
        if (status == KH_OK) status = base->kind->end(base);
    }
    return base->kind->close(base, status);
}

char *base_create(const char *prefix, const struct base_table *table, const char *const types[3])
{
    char *text = NULL;
    size_t len;
    FILE *out = open_memstream(&text, &len);
    if (!out) return NULL;
    fprintf(out, "CREATE TABLE IF NOT EXISTS %s%s (", prefix, table->name);
    for (size_t k = 0; k < table->count; k++)
        fprintf(out, "%s\"%s\" %s%s", k ? ", " : "", table->columns[k].name, types[table->columns[k].type], k ? "" : " NOT NULL");
    fprintf(out, ")");
    if (fclose(out) == 0) return text;
    free(text);
    return NULL;
}

static kh_status write_base(kh_status (*open)(const struct session *, const char *, struct base **), struct report *report, const char *path)
{
    struct base *base;
    kh_status status = open(report->session, path, &base);
    return status == KH_OK ? base_write(base, report) : status;
}

kh_status write_sqlite(struct report *report, const char *path)
{
    if (strcmp(path, "-") == 0) {
        COMPLAIN(report->session->chinese, NO_STDOUT, "db");
        return KH_USAGE;
    }
    return write_base(base_open_sqlite, report, path);
}

kh_status write_postgres(struct report *report, const char *url) { return write_base(base_open_postgres, report, url); }
