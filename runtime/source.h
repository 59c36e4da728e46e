/* Source: where rows come from, one interface for every format.
 *
 * In: a folder, a workbook, tables in memory. Out: tables by name, as batches of cells (bytes, already UTF-8).
 * Decision: a Source knows nothing of types; the loader (load.c) checks cells against the schema, the same for every
 * format. Cost: a format that knows its types (a workbook's dates) must spell them as text first.
 */
#ifndef KAOHE_RUNTIME_SOURCE_H
#define KAOHE_RUNTIME_SOURCE_H

#include "finding.h"
#include "mapped_file.h"
#include "progress.h"

struct source;
struct source_table;

/* A table as it lies in memory (examples): cells row by row, `columns` per row; an empty cell is a blank. */
struct memory_table {
    struct text name;
    struct text *headings;
    uint32_t columns;
    struct text *cells;
    uint32_t *lines; /* the line shown for each row, or NULL: 1, 2, … */
    uint32_t rows;
};

/* What the files do not say themselves. */
struct source_options {
    struct text encoding;      /* of text files without a mark, as encoding.h knows it; empty: as it is found */
    struct progress *progress; /* how far the tables have been read; NULL: nobody wants to know */
    /* Told of each file that lies in memory, by the thread that opens it; who wants it longer keeps it. NULL: nobody. */
    void (*mapped)(void *to, struct text path, struct kh_mapped *file);
    void *mapped_to;
};

/* Opens data: a folder with a file for each table (NAME.csv or HEADING.csv), a file of one or many tables (a workbook, JSON,
 * a SQLite file), or the address of a database (postgresql://…). Returns NULL after a finding in `problems` when there is
 * nothing to read. `options` may be NULL. Everything is released with the arena. */
struct source *source_open(struct arena *arena, struct text data, const struct source_options *options,
                           struct findings *problems);

/* Tables in memory; `file` is what messages call them. The tables must outlive the source. */
struct source *source_open_memory(struct arena *arena, struct text file, const struct memory_table *tables, uint32_t count);

/* What a file, a sheet or a table of a database is called without where it lies: it is written into results, which are the
 * same wherever the data was. */
struct text source_bare(struct text file);

/* What messages about the whole call it: the folder or file, or the file of the tables in memory. */
struct text source_name(const struct source *source);

/* Opens the table that bears one of the names (empty ones are skipped). Found under two names: a finding, and NULL.
 * Not there: NULL with *found false. */
struct source_table *source_table_open(struct source *source, const struct text *names, uint32_t count,
                                       struct findings *problems, bool *found);

/* Whether a heading is one of those wanted: its number, or -1. */
typedef int32_t source_known(void *context, struct text heading);

/* To be called before headings and rows are asked for: in formats where titles may stand above the headings, picks the row
 * of headings by which of them are known. */
void source_table_find_headings(struct source_table *table, source_known *known, void *context);

/* The file as shown to the user; the headings of its columns, trimmed, and their line. */
struct text source_table_file(const struct source_table *table);
const struct text *source_table_headings(const struct source_table *table, uint32_t *count);
uint64_t source_table_heading_line(const struct source_table *table);

/* A batch of rows: cell c of row r at cells[r * columns + c], valid until the next batch. Cells are bytes without the
 * quotes; "" in quotes has a non-NULL `at`, nothing at all NULL. Rows that are broken (wrong quoting, too many cells,
 * invalid UTF-8, NUL, over a limit) have been reported and are not in the batch; the table stays readable. */
struct source_batch {
    struct text *cells;
    uint32_t *lines; /* first line of each row in the file, 1-based */
    uint32_t rows;
    uint32_t columns;
};

/* Whether it has no rows in a format that then has no headings either; such a table takes any. */
bool source_table_bare(const struct source_table *table);
void source_table_set_headings(struct source_table *table, struct text *headings, uint32_t count);

/* Fills the next batch; false at the end. */
bool source_table_next(struct source_table *table, struct source_batch *batch);

/* About how many rows the table has, better once a batch was read; never far beyond what the file could hold. Room for
 * columns is taken by it. */
uint64_t source_table_rows_hint(const struct source_table *table);

/* The rows of a table as separated text in memory, from the first one not read yet; see load_fast.c. */
struct source_bytes {
    struct text text; /* UTF-8 as far as it has been looked at; until the source is closed */
    uint64_t line;    /* of its first byte */
    char separator;
};

/* False: the format has no such bytes. Reading goes on by source_table_next as if nothing had been asked. */
bool source_table_bytes(const struct source_table *table, struct source_bytes *out);

/* To be called for each table of a scheme before one is opened: `names` as it will be opened by, the one that is shown last.
 * So sheets are told apart whose tables have long names, and the size of what is to be read is known as far as files tell
 * it. */
void source_expect(struct source *source, const struct text *names, uint32_t count);

/* What the options gave; NULL: nobody wants to know. */
struct progress *source_progress(const struct source *source);

/* Rows that were reported as broken so far. */
uint32_t source_table_faults(const struct source_table *table);

/* Files (or their parts) that no table_open asked for, sorted, and what tables they are called; the first *noticed of them
 * are worth a notice. */
uint32_t source_unused(struct source *source, struct text **files, struct text **names, uint32_t *noticed);

/* Whether it is one workbook or database, in which no file can be missing. */
bool source_is_container(const struct source *source);

/* Whether it is the file of one table. */
bool source_is_single(const struct source *source);

/* Something in it could not be opened, so that nobody knows which tables it holds; it was reported. */
bool source_damaged(const struct source *source);

#endif
