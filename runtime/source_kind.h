/* What a format brings to source.c: four calls. Private to the source*.c files.
 *
 * A format embeds struct source and struct source_table as the first member of its own.
 */
#ifndef KAOHE_RUNTIME_SOURCE_KIND_H
#define KAOHE_RUNTIME_SOURCE_KIND_H

#include "source.h"

/* A table that could be opened: one file, one sheet. */
struct source_entry {
    struct text name; /* without the format's ending */
    struct text file; /* in full, for the notice about unused ones */
    bool asked;       /* some table_open asked for it */
};

struct source_kind {
    /* Opens entry `index`; NULL after a finding. */
    struct source_table *(*open)(struct source *source, uint32_t index, struct findings *problems);
    bool (*next)(struct source_table *table, struct source_batch *batch);
    uint64_t (*rows_hint)(const struct source_table *table);
    /* The rows that were not read yet as bytes that stay where they are, or NULL: the format has no such thing. */
    bool (*bytes)(const struct source_table *table, struct source_bytes *out);
};

struct source {
    const struct source_kind *kind;
    struct arena *arena;
    struct text name; /* as shown to the user */
    struct source_entry *entries; /* sorted by file */
    uint32_t entry_count;
};

struct source_table {
    const struct source_kind *kind;
    struct arena *arena;
    struct text file;
    struct text *headings;
    uint32_t columns;
    uint32_t faults; /* rows reported and left out */
};

#endif
