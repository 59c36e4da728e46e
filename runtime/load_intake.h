/* A table while it is read, batch by batch. Private to load_table.c, load_fast.c and the streaming of the VM.
 *
 * In: an open file whose headings have been matched. Out: rows in `data`: behind those there are, or, of a streamed table,
 * in place of the batch before.
 */
#ifndef KAOHE_RUNTIME_LOAD_INTAKE_H
#define KAOHE_RUNTIME_LOAD_INTAKE_H

#include "limits.h"
#include "load.h"

#define NOT_USED UINT32_MAX /* of a row: none */

/* Why a lane of a batch is passed over. */
enum lane { LANE_USED, LANE_EMPTY, LANE_AFTER, LANE_EARLIER };

/* What is known of each row of a batch. */
struct intake_lanes {
    uint8_t skip[LIMIT_BATCH];                       /* enum lane */
    uint32_t target[LIMIT_BATCH];                    /* row in the dataset, or NOT_USED */
    uint32_t unit[LIMIT_BATCH], parent[LIMIT_BATCH]; /* NOT_USED: unknown, and reported */
    int64_t values[LIMIT_BATCH], dates[LIMIT_BATCH];
    uint8_t states[LIMIT_BATCH], date_states[LIMIT_BATCH];
};

struct intake {
    struct loader *loader;
    uint32_t index;
    const struct table_schema *schema;
    struct table_data *data;
    struct table_state *load;
    struct source_table *source;
    struct text file;
    int32_t *columns; /* per field: its column or NO_INDEX */
    int32_t unit_column, parent_column;
    size_t capacity;       /* rows that the columns have room for */
    uint64_t expected;     /* rows in all, as what was read lets expect; 0: as the source says */
    bool streamed;         /* `data` holds one batch at a time, of at most LIMIT_BATCH rows */
    uint64_t seen;         /* rows of a streamed table that were used so far */
    uint64_t after;        /* rows left for the next period */
    uint64_t after_line;   /* the first of them */
    uint64_t earlier;      /* before the period of this run: counted in an earlier one */
    uint64_t earlier_line; /* the first of them */
    struct text last_unit; /* the key before and its row: files mostly stand in the order of their units */
    uint32_t last_unit_row;

    const struct source_batch *batch;
    struct intake_lanes *lanes; /* of the loader, while a batch is taken */
};

/* Whether the rows of a table belong to units. */
static inline bool table_of_units(const struct table_schema *table) { return table->parent != NO_INDEX; }

/* Opens the file of a table and matches its headings. NULL: reported, or the file is missing. */
struct intake *intake_open(struct loader *loader, uint32_t index);

/* The most rows that a batch can have, of what is still to be read. */
uint32_t intake_most(const struct intake *in);

/* Room for `more` rows behind those in `data`. */
void intake_reserve(struct intake *in, uint32_t more);

/* Takes a batch of rows: behind those in `data`. */
void intake_take(struct intake *in, const struct source_batch *batch);

/* Notices about the table as a whole, once it is read. */
void intake_finish(struct intake *in);

/* The same for a table whose rows are not kept: room for one batch. */
struct intake *intake_open_stream(struct loader *loader, uint32_t index);

/* The next batch in place of the one before (which may leave no row in use); false at the end. */
bool intake_next(struct intake *in);

/* Empties `data`. */
void intake_reset(struct intake *in);

/* Reads the rest for its problems alone, and finishes. */
void intake_drain(struct intake *in);

#endif
