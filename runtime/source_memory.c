/* Tables in memory as a Source: the rows of a scheme's examples.
 *
 * In: headings and cells that somebody else keeps. Out: batches that point straight into them.
 * Decision: nothing is copied or checked for UTF-8; the scheme's text has been. Cost: no other caller may skip that.
 */
#include "source_kind.h"

#include "limits.h"
#include "utf8.h"

struct memory_source {
    struct source base;
    struct text file;
    const struct memory_table *tables;
};

struct memory_reader {
    struct source_table base;
    const struct memory_table *table;
    uint32_t next;               /* the first row that no batch has had */
    uint32_t lines[LIMIT_BATCH]; /* where the table brings none */
};

static bool memory_next(struct source_table *base, struct source_batch *batch)
{
    struct memory_reader *reader = (struct memory_reader *)base;
    const struct memory_table *table = reader->table;
    uint32_t left = table->rows - reader->next;
    if (!left) return false;
    uint32_t rows = left < LIMIT_BATCH ? left : LIMIT_BATCH;
    *batch = (struct source_batch){.rows = rows, .columns = table->columns};
    batch->cells = table->cells + (size_t)reader->next * table->columns;
    if (table->lines) {
        batch->lines = table->lines + reader->next;
    } else {
        batch->lines = reader->lines;
        for (uint32_t i = 0; i < rows; i++) reader->lines[i] = reader->next + i + 1;
    }
    reader->next += rows;
    return true;
}

static uint64_t memory_rows_hint(const struct source_table *base)
{
    return ((const struct memory_reader *)base)->table->rows;
}

static const struct source_kind KIND = {.next = memory_next, .rows_hint = memory_rows_hint};

static struct source_table *memory_open(struct source *base, const struct source_entry *entry, struct findings *problems)
{
    (void)problems;
    struct memory_source *source = (struct memory_source *)base;
    const struct memory_table *table = &source->tables[entry->index];
    struct memory_reader *reader = ARENA_NEW(base->arena, struct memory_reader);
    reader->base = (struct source_table){.kind = &KIND, .arena = base->arena, .file = source->file, .heading_line = 1};
    reader->base.columns = table->columns;
    reader->base.headings = ARENA_ARRAY(base->arena, struct text, table->columns);
    for (uint32_t i = 0; i < table->columns; i++) reader->base.headings[i] = utf8_trim(table->headings[i]);
    reader->table = table;
    return &reader->base;
}

struct source *source_open_memory(struct arena *arena, struct text file, const struct memory_table *tables, uint32_t count)
{
    struct memory_source *source = ARENA_NEW(arena, struct memory_source);
    source->base = (struct source){.arena = arena, .name = file};
    for (uint32_t i = 0; i < count; i++) {
        source_offer(&source->base,
                     (struct source_entry){.name = tables[i].name, .file = tables[i].name, .open = memory_open, .index = i});
    }
    source->file = file;
    source->tables = tables;
    return &source->base;
}
