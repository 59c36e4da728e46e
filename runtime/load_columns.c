/* Headings to columns: which column of a file is which field.
 *
 * In: headings, and the names that may stand there. Out: a column number each; findings.
 * Decision: a name goes before a heading; blanks and width do not count where nothing else fits, and a near miss is only
 * suggested, never taken.
 */
#include "load.h"

#include "suggest.h"

enum { WORDS_SHOWN = 12, HEADING_MOST = 512 };

struct text text_list(struct arena *arena, const struct text *words, size_t count, size_t most)
{
    struct buffer out;
    buffer_init(&out, arena);
    for (size_t i = 0; i < count && i < most; i++) {
        if (i) buffer_put(&out, " / ");
        buffer_text(&out, words[i]);
    }
    if (count > most) buffer_put(&out, " / …");
    return buffer_result(&out);
}

struct text text_of_number(struct arena *arena, uint64_t number)
{
    return arena_print(arena, "%llu", (unsigned long long)number);
}

static void find(struct loader *loader, enum diag_code code, const struct source_table *table, struct text word,
                 struct text other)
{
    struct finding *finding = FIND(loader->problems, code, SPAN_NONE, word, other);
    if (!finding) return;
    finding->data = (struct data_place){.file = source_table_file(table), .line = source_table_heading_line(table)};
}

/* Equal but for blanks and width. */
static bool alike(struct text a, struct text b)
{
    char first[HEADING_MOST], second[HEADING_MOST];
    if (!a.len || a.len > sizeof first || b.len > sizeof second) return false;
    return text_equal(text_plain(a, first), text_plain(b, second));
}

static struct wanted_column *wanted_by(struct wanted_column *wanted, uint32_t count, struct text heading)
{
    for (uint32_t i = 0; i < count; i++) {
        if (text_equal(wanted[i].name, heading)) return &wanted[i];
    }
    for (uint32_t i = 0; i < count; i++) {
        if (text_equal(wanted[i].heading, heading)) return &wanted[i];
    }
    for (uint32_t i = 0; i < count; i++)
        if (text_among(wanted[i].others, heading)) return &wanted[i];
    for (uint32_t i = 0; i < count; i++) /* 姓　名 */
        if (alike(wanted[i].name, heading) || alike(wanted[i].heading, heading)) return &wanted[i];
    return NULL;
}

/* The unknown heading that was probably meant, or NULL. */
static struct text *near_heading(const struct wanted_column *wanted, struct text *unknown, size_t count)
{
    struct suggest suggest;
    struct text names[] = {text_shown(wanted->name, wanted->heading), wanted->name};
    for (size_t n = 0; n < 2; n++) {
        suggest_start(&suggest, names[n]);
        for (size_t i = 0; i < count; i++) suggest_offer(&suggest, unknown[i]);
        struct text found = suggest_result(&suggest);
        for (size_t i = 0; found.len && i < count; i++) {
            if (text_equal(unknown[i], found)) return &unknown[i];
        }
    }
    return NULL;
}

static bool report_missing(struct loader *loader, const struct source_table *table, const struct wanted_column *wanted,
                           uint32_t count, struct text *unknown, size_t unknown_count)
{
    bool whole = true;
    for (uint32_t i = 0; i < count; i++) {
        if (wanted[i].column != NO_INDEX) continue;
        struct text name = text_shown(wanted[i].name, wanted[i].heading);
        if (wanted[i].optional) {
            if (!wanted[i].silent) find(loader, D_COLUMN_ABSENT, table, name, TEXT_NONE);
            continue;
        }
        whole = false;
        struct text *near = near_heading(&wanted[i], unknown, unknown_count);
        find(loader, near ? D_COLUMN_MISSING_NEAR : D_COLUMN_MISSING, table, name, near ? *near : TEXT_NONE);
        if (near) *near = TEXT_NONE; /* spoken of; no notice, and no second column may claim it */
    }
    return whole;
}

/* For formats that look for their headings. */
struct known_columns {
    struct wanted_column *wanted;
    uint32_t count;
};

static int32_t is_known(void *context, struct text heading)
{
    const struct known_columns *known = context;
    const struct wanted_column *found = heading.len ? wanted_by(known->wanted, known->count, heading) : NULL;
    return found ? (int32_t)(found - known->wanted) : NO_INDEX;
}

bool columns_match(struct loader *loader, struct source_table *table, struct wanted_column *wanted, uint32_t count)
{
    struct known_columns all = {wanted, count};
    source_table_find_headings(table, is_known, &all);
    if (source_table_bare(table)) {
        struct text *names = ARENA_ARRAY(loader->arena, struct text, count);
        for (uint32_t i = 0; i < count; i++) names[i] = text_shown(wanted[i].name, wanted[i].heading);
        source_table_set_headings(table, names, count);
    }
    uint32_t columns, known = 0;
    const struct text *headings = source_table_headings(table, &columns);
    struct text *unknown = ARENA_ARRAY(loader->arena, struct text, columns);
    size_t unknown_count = 0;
    bool whole = true;

    for (uint32_t i = 0; i < count; i++) wanted[i].column = NO_INDEX;
    for (uint32_t c = 0; c < columns; c++) {
        struct wanted_column *found = headings[c].len ? wanted_by(wanted, count, headings[c]) : NULL;
        if (!found) {
            unknown[unknown_count++] =
                headings[c].len ? headings[c] : arena_print(loader->arena, "(%u)", c + 1); /* no heading: its number */
            continue;
        }
        known++;
        if (found->column == NO_INDEX) {
            found->column = (int32_t)c;
            continue;
        }
        whole = false;
        struct text first = headings[found->column];
        find(loader, text_equal(first, headings[c]) ? D_COLUMN_TWICE : D_COLUMN_BOTH, table, first, headings[c]);
    }

    if (known == 0) {
        struct text *names = ARENA_ARRAY(loader->arena, struct text, count);
        for (uint32_t i = 0; i < count; i++) names[i] = text_shown(wanted[i].name, wanted[i].heading);
        bool near = false;
        for (uint32_t i = 0; i < count && !near; i++) near = near_heading(&wanted[i], unknown, unknown_count) != NULL;
        if (!near) {
            find(loader, D_COLUMNS_NONE, table, text_list(loader->arena, names, count, WORDS_SHOWN), TEXT_NONE);
            return false;
        }
    }
    whole &= report_missing(loader, table, wanted, count, unknown, unknown_count);
    size_t left = 0;
    for (size_t i = 0; i < unknown_count; i++) {
        if (unknown[i].len) unknown[left++] = unknown[i];
    }
    if (left) find(loader, D_COLUMNS_IGNORED, table, text_list(loader->arena, unknown, left, WORDS_SHOWN), TEXT_NONE);
    return whole;
}
