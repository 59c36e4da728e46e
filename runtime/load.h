/* The loader's inner parts. Private to the load*.c files; everybody else uses data_load (schema.h).
 *
 * load.c           all of it: which table when, which file is missing
 * load_table.c     one table: batches, the period, owners, keys
 * load_fast.c      the same, quickly, of rows that are as rows mostly are
 * load_columns.c   headings to columns
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

struct table_state {
    struct keymap keys;    /* empty where the table has no key or was not read */
    struct text *headings; /* per field: its column's heading in the file */
    bool missing;       /* its file is not there */
    bool incomplete;    /* some of its rows could not be read: unknown keys are then no news */
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
    uint64_t comparisons;   /* candidates that "did you mean" may still look at, so that a bad file ends in time */
    bool muted;             /* cells are read, their faults not reported */
    const uint32_t *unit_of_text; /* load_fast.c: row of the unit that a text is the key of; NULL: not made yet */
    uint32_t unit_texts;          /* texts that unit_of_text has */
};

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

/* Lets the table find its headings, and fills in `column`; reports what is missing, doubled or unknown. False when a needed one is missing. */
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
        if (findings_full((loader)->problems)) FIND((loader)->problems, (code), SPAN_NONE);                                 \
        else cell_locate((loader), FIND((loader)->problems, (code), SPAN_NONE, ##__VA_ARGS__), (place), (cell));            \
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

/* ---- load_table.c ---- */

/* Reads one table whole. Its parent has been read before. */
void table_load(struct loader *loader, uint32_t index);

/* ---- load_reference.c ---- */

/* The scope of keys of `table` for a row of unit `unit`. */
uint32_t key_scope(const struct table_schema *table, uint32_t unit);

/* Reports a key that table `target` does not have. */
void report_unknown(struct loader *loader, uint32_t target, uint32_t unit, const struct cell_place *place, struct text cell);

/* Turns the keys in columns of references into rows. */
void references_resolve(struct loader *loader);

/* ---- load_decision.c ---- */

void decisions_load(struct loader *loader);

#endif
