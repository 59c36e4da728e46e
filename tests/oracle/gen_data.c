/* Random data for a random scheme, as an office might keep it.
 *
 * In: what the generator remembers of a scheme. Out: a folder with the scheme and a CSV file per table.
 * Decision: one folder in a dozen has one thing wrong with it (a cell, a unit nobody knows, a key twice), so that both sides
 * must refuse the same data. Cost: none.
 */
#include "generate.h"

#include <stdio.h>
#include <sys/stat.h>

enum { MOST_ROWS = 200 };


/* How a file is written: quotes where none are needed, CRLF, a byte order mark, blank lines. */
struct style {
    bool quotes, crlf, mark, blank_lines;
};

static struct style random_style(struct gen *g)
{
    return (struct style){chance(g, 10), chance(g, 10), chance(g, 10), chance(g, 5)};
}

static void put_cell(FILE *file, const struct style *style, struct text cell, bool first)
{
    if (!first) fputc(',', file);
    bool quote = memchr(cell.at ? cell.at : "", ',', cell.len) != NULL || (style->quotes && cell.len);
    fprintf(file, quote ? "\"%s\"" : "%s", S(cell));
}

static void end_line(FILE *file, const struct style *style)
{
    fputs(style->crlf ? "\r\n" : "\n", file);
    if (style->blank_lines) fputs(style->crlf ? "\r\n" : "\n", file);
}

static struct text cell_text(struct gen *g, const struct gfield *f)
{
    if (f->optional && !(f->when && f->always) && chance(g, 30)) return TEXT_NONE;
    struct text v = f->pool[roll(g, (uint64_t)f->pools)];
    if (f->type == G_LIST)
        for (int i = 0; i < f->list->count; i++)
            if (text_equal(f->list->values[i], v) && f->list->headings[i].len && chance(g, 40)) return f->list->headings[i];
    return v;
}

static long to_long(struct text t)
{
    long n = 0;
    for (size_t i = 0; i < t.len; i++) n = n * 10 + (t.at[i] - '0');
    return n;
}

/* What stands in another cell of the row; a value, not its heading. */
static struct text value_of(const struct gtable *t, const struct text *row, const struct gfield *field)
{
    int f = 0;
    while (t->fields[f] != field) f++;
    for (int i = 0; field->list && i < field->list->count; i++)
        if (field->list->headings[i].len && text_equal(field->list->headings[i], row[f])) return field->list->values[i];
    return row[f];
}

/* Rows of several units stand among one another. */
static void shuffle(struct gen *g, struct gtable *t)
{
    for (int i = t->rows - 1; i > 0; i--) {
        int j = (int)roll(g, (uint64_t)i + 1), owner = t->owner[i], above = t->above[i];
        t->owner[i] = t->owner[j], t->owner[j] = owner;
        t->above[i] = t->above[j], t->above[j] = above;
        for (int f = 0; f < t->field_count; f++) {
            struct text cell = t->cells[i * MOST_FIELDS + f];
            t->cells[i * MOST_FIELDS + f] = t->cells[j * MOST_FIELDS + f];
            t->cells[j * MOST_FIELDS + f] = cell;
        }
    }
}

/* Rows of a table: for each unit (and row above) a few, keys unique within the unit. */
static void make_rows(struct gen *g, struct gtable *t, int units)
{
    struct text *cells = ARENA_ARRAY(g->arena, struct text, MOST_ROWS * MOST_FIELDS);
    t->owner = ARENA_ARRAY(g->arena, int, MOST_ROWS);
    t->above = ARENA_ARRAY(g->arena, int, MOST_ROWS);
    t->cells = cells;
    int groups = t->for_all || t->roles ? 1 : t->parent ? t->parent->rows : units;
    if (t == g->tables[0]) groups = 1;
    for (int i = 0; i < groups; i++) {
        int n = chance(g, 25) ? 0 : (int)roll(g, 5) + 1;
        if (t->at_least && chance(g, 50)) n = t->at_least - 1 + (int)roll(g, 3);
        if (t->for_all && n == 0) n = 2;
        if (t->roles) n = (int)roll(g, 15);
        if (t->calendar) n = (int)roll(g, 40);
        if (t == g->tables[0]) n = units;
        for (int k = 0; k < n && t->rows < MOST_ROWS; k++) {
            struct text *row = cells + t->rows * MOST_FIELDS;
            t->owner[t->rows] = t->parent ? t->parent->owner[i] : i;
            t->above[t->rows] = t->parent ? i : 0;
            for (int f = 0; f < t->field_count; f++) {
                struct gfield *field = t->fields[f];
                if (field == t->key && t->calendar) row[f] = SAY(g, "2007-%02d-%02d", t->rows % 12 + 1, (t->rows * 7 + 1) % 28 + 1);
                else if (field == t->key) row[f] = SAY(g, t == g->tables[0] ? "U%d" : "K%d", t->rows + 1);
                else if (field->type == G_REF) {
                    struct gtable *to = field->target;
                    int picks = 0, chosen[MOST_ROWS];
                    for (int r = 0; r < to->rows; r++)
                        if (to->for_all || to->owner[r] == t->owner[t->rows]) chosen[picks++] = r;
                    int key = 0;
                    while (to->fields[key] != to->key) key++;
                    if (picks) row[f] = to->cells[chosen[roll(g, (uint64_t)picks)] * MOST_FIELDS + key];
                    else n = k; /* nothing to refer to: no such row */
                } else if (field->type == G_UNIT) {
                    struct gtable *all = g->tables[0];
                    int key = 0;
                    while (all->fields[key] != all->key) key++;
                    if (field->optional && chance(g, 40)) continue;
                    if (all->rows) row[f] = all->cells[roll(g, (uint64_t)all->rows) * MOST_FIELDS + key];
                    else n = k;
                } else if (!field->computed) {
                    bool here = !field->when || text_equal(value_of(t, row, field->when), field->when_value);
                    if (here || (field->applies && chance(g, 50))) row[f] = cell_text(g, field);
                }
            }
            if (k >= n) break;
            for (int f = 0; f < t->field_count; f++)
                for (int h = 0; t->fields[f]->at_most && h < t->field_count; h++)
                    if (t->fields[h] == t->fields[f]->at_most && to_long(row[f]) > to_long(row[h])) {
                        /* the ranges differ, so take the lower of both for the first where it fits */
                        row[f] = to_long(row[h]) < to_long(t->fields[f]->pool[0]) ? t->fields[f]->pool[0] : row[h];
                        if (to_long(row[f]) > to_long(row[h])) row[h] = row[f];
                    }
            t->rows++;
        }
    }
    if (chance(g, 30)) shuffle(g, t);
}

/* ---- one thing wrong ---- */

static bool spoil_cell(struct gen *g, struct gtable *t, int row)
{
    int f = (int)roll(g, (uint64_t)t->field_count);
    struct gfield *field = t->fields[f];
    struct text *cell = &t->cells[row * MOST_FIELDS + f];
    if (field->computed || (field->type == G_TEXT && !field->key)) return false;
    if (chance(g, 25) && field->always && !field->when) {
        *cell = TEXT_NONE;
        return true;
    }
    if (field->key && !t->calendar) {
        if (t->rows < 2) return false;
        int other = row ? 0 : 1;
        *cell = t->cells[other * MOST_FIELDS + f];
        return t == g->tables[0] || t->for_all || t->owner[row] == t->owner[other];
    }
    switch (field->type) {
    case G_COUNT: *cell = chance(g, 50) ? TEXT("1.5") : TEXT("-1"); return true;
    case G_NUMBER: *cell = chance(g, 50) ? TEXT("100000") : TEXT("3.1.4"); return true;
    case G_PERCENT: *cell = chance(g, 50) ? TEXT("50") : TEXT("101%"); return true;
    case G_BOOL:
    case G_NA: *cell = TEXT("maybe"); return true;
    case G_LIST: *cell = TEXT("nothing of the kind"); return true;
    case G_DATE: *cell = field == t->by && chance(g, 60) ? TEXT("2006-06-30") : TEXT("2007-02-29"); return true;
    case G_REF: *cell = TEXT("K999"); return true;
    case G_ITEM: *cell = TEXT("77"); return true;
    case G_UNIT: *cell = TEXT("U999"); return true;
    case G_TEXT: break;
    }
    return false;
}

/* A number that its `must` does not allow. */
static bool spoil_must(struct gtable *t, int row)
{
    for (int a = 0; a < t->field_count; a++)
        for (int b = 0; t->fields[a]->at_most && b < t->field_count; b++)
            if (t->fields[b] == t->fields[a]->at_most) {
                struct text *low = &t->cells[row * MOST_FIELDS + a], *high = &t->cells[row * MOST_FIELDS + b];
                if (to_long(*low) >= to_long(*high)) return false;
                struct text swap = *low;
                *low = *high, *high = swap;
                return true;
            }
    return false;
}

static void spoil(struct gen *g)
{
    for (int tries = 0; tries < 20; tries++) {
        struct gtable *t = g->tables[roll(g, (uint64_t)g->table_count)];
        if (t->rows == 0) continue;
        int row = (int)roll(g, (uint64_t)t->rows);
        if (chance(g, 15) && t != g->tables[0] && !t->for_all && !t->roles) {
            t->owner[row] = -1;
            return;
        }
        if (chance(g, 30) ? spoil_must(t, row) : spoil_cell(g, t, row)) return;
    }
}

static struct text column_name(struct gen *g, const struct gfield *f)
{
    return f->heading.len && chance(g, 60) ? f->heading : f->name;
}

static bool write_table(struct gen *g, const struct gtable *t, const char *folder)
{
    char path[1024];
    struct text name = t->heading.len && chance(g, 50) ? t->heading : t->name;
    snprintf(path, sizeof path, "%s/%s.csv", folder, S(name));
    FILE *file = fopen(path, "wb");
    if (!file) return false;
    struct style style = random_style(g);
    if (style.mark) fputs("\xEF\xBB\xBF", file);
    const struct gtable *units = g->tables[0];
    bool owned = t != units && !t->for_all && !t->roles;
    if (owned) put_cell(file, &style, column_name(g, units->key), true);
    if (t->parent) put_cell(file, &style, column_name(g, t->parent->key), false);
    bool first = !owned;
    for (int f = 0; f < t->field_count; f++) {
        if (t->fields[f]->computed) continue;
        put_cell(file, &style, column_name(g, t->fields[f]), first);
        first = false;
    }
    end_line(file, &style);
    for (int i = 0; i < t->rows; i++) {
        const struct text *row = t->cells + i * MOST_FIELDS;
        int unit_key = 0, above_key = 0;
        while (units->fields[unit_key] != units->key) unit_key++;
        if (owned) put_cell(file, &style, t->owner[i] < 0 ? TEXT("U999") : units->cells[t->owner[i] * MOST_FIELDS + unit_key], true);
        if (t->parent) {
            while (t->parent->fields[above_key] != t->parent->key) above_key++;
            put_cell(file, &style, t->parent->cells[t->above[i] * MOST_FIELDS + above_key], false);
        }
        first = !owned;
        for (int f = 0; f < t->field_count; f++) {
            if (t->fields[f]->computed) continue;
            put_cell(file, &style, row[f], first);
            first = false;
        }
        end_line(file, &style);
    }
    return fclose(file) == 0;
}

static bool write_decisions(struct gen *g, const char *folder)
{
    bool any = false;
    for (int i = 0; i < g->part_count; i++) any |= g->parts[i].judged || g->parts[i].undecided || g->parts[i].maybe;
    any |= g->may_count > 0;
    if (!any) return true;
    char path[1024];
    snprintf(path, sizeof path, "%s/%s.csv", folder, W("decision", "裁定"));
    FILE *file = fopen(path, "wb");
    if (!file) return false;
    fprintf(file, "%s\n", W("unit,subject,row,value,reason,authority,date", "对象,事项,行,结论,理由,裁定人,日期"));
    const struct gtable *units = g->tables[0];
    int key = 0;
    while (units->fields[key] != units->key) key++;
    for (int u = 0; u < units->rows; u++) {
        for (int i = 0; i < g->part_count; i++) {
            const struct gpart *p = &g->parts[i];
            if ((p->undecided || p->maybe) && !p->judged && p->marked && chance(g, 40))
                fprintf(file, "%s,%s,,%s,seen,J1,\n", S(units->cells[u * MOST_FIELDS + key]), S(p->number),
                        S(digits(g, (long)roll(g, (uint64_t)(p->ceiling ? p->ceiling * 10 : 200) + 1), 1)));
            if (!p->judged) continue;
            for (int j = 0; j < (p->judge_count ? p->judge_count : 1); j++) {
                if (chance(g, 12)) continue; /* open */
                int most = p->judge_count ? p->shares[j] : p->worth;
                long tenths = p->all_or_nothing ? (chance(g, 50) ? most * 10 : 0) : (long)roll(g, (uint64_t)(most * 10 / p->step) + 1) * p->step;
                fprintf(file, "%s,%s,,%s,seen,%s,2007-12-20\n", S(units->cells[u * MOST_FIELDS + key]), S(p->number),
                        S(digits(g, tenths, 1)), S(p->judge_count ? p->judges[j] : TEXT("J1")));
            }
        }
    }
    for (int u = 0; u < units->rows; u++)
        for (int i = 0; i < g->may_count; i++)
            if (chance(g, 60))
                fprintf(file, "%s,%s,,%s,seen,J1,\n", S(units->cells[u * MOST_FIELDS + key]), S(g->may[i]), chance(g, 50) ? W("yes", "是") : W("no", "否"));
    return fclose(file) == 0;
}

bool generate_write(struct gen *g, struct text scheme, const char *folder)
{
    char path[1024];
    mkdir(folder, 0777);
    snprintf(path, sizeof path, "%s/scheme.kh", folder);
    FILE *file = fopen(path, "wb");
    if (!file) return false;
    fwrite(scheme.at, 1, scheme.len, file);
    if (fclose(file)) return false;
    int units = chance(g, 1) ? 0 : (int)roll(g, 12) + 1;
    for (int i = 0; i < g->table_count; i++)
        for (int f = 0; f < g->tables[i]->field_count; f++) {
            struct gfield *field = g->tables[i]->fields[f];
            while (field->type == G_ITEM && field->pools < MOST_POOL) field->pool[field->pools++] = g->parts[roll(g, (uint64_t)g->part_count)].number;
        }
    for (int i = 0; i < g->table_count; i++) make_rows(g, g->tables[i], units);
    if (chance(g, 8)) spoil(g);
    for (int i = 0; i < g->table_count; i++)
        if (!write_table(g, g->tables[i], folder)) return false;
    return write_decisions(g, folder);
}
