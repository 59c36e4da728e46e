/* What a format brings to source.c. Private to the source*.c files.
 *
 * A format embeds struct source_table as the first member of its own, and offers each table that it could open as an entry.
 */
#ifndef KAOHE_RUNTIME_SOURCE_KIND_H
#define KAOHE_RUNTIME_SOURCE_KIND_H

#include "source.h"

/* A table that could be opened: one file, one sheet, one table of a database. */
struct source_entry {
    struct text name;  /* what the table is called; empty: nothing that can be read */
    struct text other; /* … and also, or empty */
    struct text file;  /* for messages that tell entries apart: organ.csv, book.xlsx[organ] */
    bool sheet;        /* named as sheets may be: see sheet_name.h */
    bool asked;        /* some table_open asked for it */
    bool quiet;        /* that nobody asks for it is no news */
    uint64_t size;     /* bytes of its file; 0: they say nothing about how long it takes */
    bool expected;     /* see source_expect */
    /* Opens it; NULL after a finding, or when this is nothing that can be read. */
    struct source_table *(*open)(struct source *source, const struct source_entry *entry, struct findings *problems);
    void *container; /* the format's own */
    uint32_t index;  /* likewise */
};

struct source {
    struct arena *arena;
    struct text name; /* as shown to the user */
    struct source_options options;
    struct source_entry *entries; /* sorted by file */
    size_t entry_count, entry_capacity;
    struct text *tables; /* what the tables of the scheme are called, for names of sheets: see source_expect */
    size_t table_count, table_capacity;
    bool container; /* one workbook or database, not a folder: what is missing in it is no file */
    bool several;   /* the file offered last may hold several tables */
    bool single;    /* one file of one table */
    bool damaged;   /* something in it could not be opened, and was reported: nobody knows what it holds */
};

struct source_kind {
    bool (*next)(struct source_table *table, struct source_batch *batch);
    uint64_t (*rows_hint)(const struct source_table *table);
    /* The rows that were not read yet as bytes that stay where they are, or NULL: the format has no such thing. */
    bool (*bytes)(const struct source_table *table, struct source_bytes *out);
    /* Bytes read, of how many; NULL: nobody knows. */
    void (*progress)(const struct source_table *table, uint64_t *done, uint64_t *all);
    /* See source_table_find_headings; NULL: they stand where they stand. */
    void (*find_headings)(struct source_table *table, source_known *known, void *context);
};

struct source_table {
    const struct source_kind *kind;
    struct arena *arena;
    struct text file;
    struct text *headings;
    uint32_t columns;
    bool bare;     /* no rows, and so no headings: see source_table_set_headings */
    uint64_t heading_line; /* 0: they stand on no line */
    uint32_t faults;       /* rows reported and left out */
    struct progress *progress; /* of the source; NULL: nobody wants to know */
    uint64_t told, expected;   /* bytes that were added to it so far */
};

/* The file's whole bytes, mapped until the arena's end; false after a finding. */
bool source_map_file(struct source *source, struct text path, struct findings *problems, struct text *bytes);

/* Adds an entry. */
void source_offer(struct source *source, struct source_entry entry);

/* "a""b": a name as it stands in SQL. */
struct text source_identifier(struct arena *arena, struct text name);

/* "NAME[PART]": how messages call a table within a file. */
struct text source_part(struct arena *arena, struct text name, struct text part);

/* ---- the formats: each adds the entries of one file ---- */

/* source_csv.c: `path` is opened when it is asked for. */
void source_offer_csv(struct source *source, struct text path, struct text file, struct text name, bool quiet);

/* source_xlsx.c: every sheet; `name` is that of the table where there is but one. False after a finding. */
bool source_offer_xlsx(struct source *source, struct text path, struct text file, struct text name, struct findings *problems);

/* source_json.c: what of the file is an array of objects; an object a line. */
bool source_offer_json(struct source *source, struct text path, struct text file, struct text name, struct findings *problems);
void source_offer_json_lines(struct source *source, struct text path, struct text file, struct text name);

/* source_sqlite.c: every table and view. */
bool source_offer_sqlite(struct source *source, struct text path, struct text file, struct findings *problems);

/* source_postgres.c: likewise; the source's name is the address, and is shortened to what may be shown. */
bool source_is_postgres(struct text data);
bool source_offer_postgres(struct source *source, struct findings *problems);

#endif
