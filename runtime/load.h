/* The loader's inner parts. Private to the load*.c files; everybody else uses data_load (schema.h).
 *
 * load.c           all of it: which table when, which file is missing
 * load_table.c     one table: batches, the period, owners, keys
 * load_fast.c      the same, quickly, of rows that are as rows mostly are; load_fast_row.c, load_fast_wide.c, load_keys.c
 * load_columns.c   headings to columns
 * load_plain.c     what is meant by cells in other characters, and the notices that say so
 * load_cell.c      a cell to a value, by the kind of its field
 * load_number.c    … a number or a percentage
 * load_date.c      … a date
 * load_reference.c keys that point to other tables, once all are read
 * load_decision.c  the table of decisions
 */
#ifndef KAOHE_RUNTIME_LOAD_H
#define KAOHE_RUNTIME_LOAD_H

#include "intern.h"
#include "keymap.h"
#include "schema.h"
#include "source.h"

/* Spellings to numbers: a list's values, the parts' numbers. */
struct word_map {
    struct intern words;
    uint32_t *values; /* by the word's index */
    size_t capacity;
};

void word_map_add(struct word_map *map, struct text word, uint32_t value); /* the first of equal words stays */
bool word_map_find(const struct word_map *map, struct text word, int64_t *value);

struct intake;

/* How a cell that is not as the manual wants it was read all the same; FOR_NOBODY: it names a part for which no rule reads
 * it. */
enum reading_kind { READ_YES, READ_NO, READ_WIDE, READ_BLANKS, READ_SPELLING, READ_FOR_NOBODY };

/* Cells of one column that were read so. */
struct cell_note {
    enum reading_kind kind;
    struct text file, column, value, as; /* value, as: of the first */
    uint64_t line, count;
};

struct table_state {
    struct word_map *plain; /* load_plain.c: keys without blanks to keys as they are interned; NULL: not made yet */
    struct keymap keys;     /* empty where the table has no key or was not read; to be had from table_keys */
    bool keys_later;        /* load_fast.c: the map is still to be made from the table's column */
    struct text *headings;  /* per field: its column's heading in the file */
    bool missing;           /* its file is not there */
    bool incomplete;        /* some of its rows could not be read: unknown keys are then no news */
};

struct loader {
    struct arena *arena;
    const struct schema *schema;
    struct source *source;
    struct findings *problems;
    struct intern texts;
    struct word_map *lists; /* per list of the schema */
    struct word_map parts;
    struct table_state *tables;
    struct dataset *out;
    uint64_t comparisons;    /* candidates that "did you mean" may still look at, so that a bad file ends in time */
    struct cell_note *notes; /* of the table that is being read */
    size_t note_count, note_capacity;
    uint64_t notes_made;          /* cells read otherwise, in all */
    bool quick;                   /* one of load_fast.c's: counts notes, so that it can give up, and keeps none */
    bool keeps_aside;             /* rows that are left to other periods are listed */
    bool muted;                   /* cells are read, their faults not reported */
    struct intake_lanes *lanes;   /* load_table.c: of the batch that is being taken; NULL: none has been */
    struct progress *progress;    /* NULL: nobody wants to know */
    uint32_t *unit_of_text;       /* load_fast.c: row of the unit that a text is the key of; NULL: not made yet */
    uint32_t unit_texts;          /* texts that unit_of_text has */
    struct short_key *short_keys; /* load_fast.c: per unit; NULL: not made, or there are longer ones */
    struct packed_keys *packed;   /* load_keys.c: what finds units by short keys that differ in few bits; or NULL */
    uint32_t unit_rows;           /* units that there are */
    bool units_ready;             /* fast_units has been asked for */
    bool units_first;             /* text and row are the same number throughout */
};

/* A row for the list of those that are left to other periods; its unit as it is written. */
void data_put_aside(struct loader *loader, struct aside_row row, struct text unit);

/* Words joined by " / "; after `most` of them "…". */
struct text text_list(struct arena *arena, const struct text *words, size_t count, size_t most);
struct text text_of_number(struct arena *arena, uint64_t number);

/* ---- load_columns.c ---- */

/* A column that a table needs, and where it was found. */
struct wanted_column {
    struct text name, heading;
    const char *others; /* more spellings, parted by |; or NULL */
    bool optional;
    bool silent;    /* when it is not there, that is no news */
    int32_t column; /* NO_INDEX: not there */
};

/* Lets the table find its headings, and fills in `column`; reports what is missing, doubled or unknown. False when a needed
 * one is missing. */
bool columns_match(struct loader *loader, struct source_table *table, struct wanted_column *wanted, uint32_t count);

/* ---- load_cell.c ---- */

enum cell_state { CELL_READ, CELL_BLANK, CELL_WRONG };

struct cell_place {
    struct text file;
    uint64_t line;
    struct text column;
};

/* Adds a finding about a cell; the words are struct text, and are only made when the finding is kept. Does nothing while
 * muted. */
#define CELL_FIND(loader, code, place, cell, ...)                                                                           \
    do {                                                                                                                    \
        if ((loader)->muted) break;                                                                                         \
        if (findings_full((loader)->problems))                                                                              \
            FIND((loader)->problems, (code), SPAN_NONE);                                                                    \
        else                                                                                                                \
            cell_locate((loader), FIND((loader)->problems, (code), SPAN_NONE, ##__VA_ARGS__), (place), (cell));             \
    } while (0)
void cell_locate(struct loader *loader, struct finding *finding, const struct cell_place *place, struct text cell);

/* The field whose kind a key is written in: follows references to the key they are made of. */
const struct field_schema *key_field(const struct schema *schema, const struct field_schema *field);

/* One cell. References give the key as it is written (key_field), not yet a row. A blank is wrong unless the field is
 * optional. CELL_WRONG: reported. */
enum cell_state cell_read(struct loader *loader, const struct field_schema *field, const struct cell_place *place,
                          struct text cell, int64_t *value);

/* A key of table `table`, for looking it up: as cell_read, but a text that nobody interned gives -1, which is no key. */
enum cell_state cell_read_key(struct loader *loader, uint32_t table, const struct cell_place *place, struct text cell,
                              int64_t *value);

/* One column of a batch: lane i is cells[i * stride]. Lanes with skip[i] are left alone. */
struct cell_run {
    const struct text *cells;
    const uint32_t *lines;
    const uint8_t *skip;
    uint32_t rows, stride;
    struct text file, column;
    bool keep;       /* texts are interned; else only looked at */
    int64_t *values; /* out: where states say CELL_READ */
    uint8_t *states; /* out: enum cell_state */
};
void cells_read(struct loader *loader, const struct field_schema *field, const struct cell_run *run);

/* A value as it is written in data, for messages. `field` is a key_field. */
struct text cell_spell(struct loader *loader, const struct field_schema *field, int64_t value);

/* "１．２", "item 1.2" and "项目 1.2" are all "1.2"; `room` holds at least text.len bytes. */
struct text part_plain(struct text text, char *room);

/* ---- load_number.c, load_date.c: a trimmed cell that is not blank ---- */

enum cell_state number_read(struct loader *loader, const struct field_schema *field, const struct cell_place *place,
                            struct text cell, int64_t *value);
enum cell_state date_read(struct loader *loader, const struct cell_place *place, struct text cell, int64_t *value);

/* Whether a scaled number lies in the field's range and on its steps; reports it. */
enum cell_state number_check(struct loader *loader, const struct field_schema *field, const struct cell_place *place,
                             struct text cell, int64_t value);

/* A number, a date as they are written in data; in the arena. */
struct text number_spell(struct loader *loader, const struct field_schema *field, int64_t value);
struct text date_spell(struct loader *loader, int64_t days);

/* ---- load_plain.c ---- */

/* Notes that a cell was read as if it were `as`. Does nothing while muted. */
void note_cell(struct loader *loader, enum reading_kind kind, const struct cell_place *place, struct text cell,
               struct text as);

/* Makes findings of the notes, and forgets them: at the end of each table. */
void notes_report(struct loader *loader);

/* Whether there are characters of full width in it. */
bool has_wide(struct text text);

/* The text without blanks, in characters of half width. In `room`, which holds at least text.len bytes. */
struct text text_plain(struct text text, char *room);

/* The slot of a key; a text that differs from one key alone, and from that by blanks or width alone, is taken for it and
 * noted. NULL: there is none. */
const struct keymap_slot *key_find(struct loader *loader, uint32_t target, uint32_t unit, const struct cell_place *place,
                                   struct text cell, int64_t key);

/* ---- load_table.c ---- */

/* Reads one table whole. Its parent has been read before. */
void table_load(struct loader *loader, uint32_t index);

/* ---- load_reference.c ---- */

/* The keys of a table's rows. Not while quick loaders are at work. */
struct keymap *table_keys(struct loader *loader, uint32_t table);

/* The scope of keys of `table` for a row of unit `unit`. */
uint32_t key_scope(const struct table_schema *table, uint32_t unit);

/* Reports a key that table `target` does not have. */
void report_unknown(struct loader *loader, uint32_t target, uint32_t unit, const struct cell_place *place, struct text cell);

/* Turns the keys in columns of references into rows. */
void references_resolve(struct loader *loader);

/* ---- load_decision.c ---- */

void decisions_load(struct loader *loader);

#endif
