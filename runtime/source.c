/* Source: finds tables by name and hands the work to their format. */
#include "source_kind.h"

static bool is_one_of(struct text name, const struct text *names, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        if (names[i].len && text_equal(names[i], name)) return true;
    }
    return false;
}

struct source_table *source_table_open(struct source *source, const struct text *names, uint32_t count,
                                       struct findings *problems, bool *found)
{
    struct source_entry *first = NULL, *second = NULL;
    for (uint32_t i = 0; i < source->entry_count; i++) {
        struct source_entry *entry = &source->entries[i];
        if (!is_one_of(entry->name, names, count)) continue;
        entry->asked = true;
        if (!first) first = entry;
        else if (!second) second = entry;
    }
    *found = first != NULL;
    if (!first) return NULL;
    if (second) {
        struct finding *finding = FIND(problems, D_DATA_TWO_FILES, SPAN_NONE, first->file, second->file);
        if (finding) finding->data.file = source->name;
        return NULL;
    }
    return source->kind->open(source, (uint32_t)(first - source->entries), problems);
}

struct text source_name(const struct source *source) { return source->name; }

struct text source_table_file(const struct source_table *table) { return table->file; }

const struct text *source_table_headings(const struct source_table *table, uint32_t *count)
{
    *count = table->columns;
    return table->headings;
}

bool source_table_next(struct source_table *table, struct source_batch *batch) { return table->kind->next(table, batch); }

uint64_t source_table_rows_hint(const struct source_table *table) { return table->kind->rows_hint(table); }

bool source_table_bytes(const struct source_table *table, struct source_bytes *out)
{
    return table->kind->bytes && table->kind->bytes(table, out);
}

uint32_t source_table_faults(const struct source_table *table) { return table->faults; }

uint32_t source_unused(struct source *source, struct text **names)
{
    uint32_t count = 0;
    *names = ARENA_ARRAY(source->arena, struct text, source->entry_count);
    for (uint32_t i = 0; i < source->entry_count; i++) {
        if (!source->entries[i].asked) (*names)[count++] = source->entries[i].file;
    }
    return count;
}
