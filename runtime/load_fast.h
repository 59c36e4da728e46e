/* The quick way to read a table of separated text: for rows that are as rows mostly are, quietly.
 *
 * In: a table that was opened (load_intake.h) and a run of its bytes. Out: batches of rows in a reader's own intake, the
 * same as the ordinary way would give. Private to load_table.c and the streaming of the VM. Decision: no finding is ever
 * made here. Whatever would be one (a broken row, a cell that is wrong, an unknown key) ends the reading as FAST_ODD, and
 * the caller reads the table again the ordinary way, which reports. So this way may be split over threads, and its loops
 * need no words. Cost: data that is wrong is read twice.
 */
#ifndef KAOHE_RUNTIME_LOAD_FAST_H
#define KAOHE_RUNTIME_LOAD_FAST_H

#include "load_intake.h"

#include "csv_scan.h"

enum fast_state { FAST_ROWS, FAST_END, FAST_ODD };

/* How a column's cells are read. */
enum fast_kind {
    FAST_PASS, /* looked at as text, not kept */
    FAST_UNIT, /* key of the unit */
    FAST_NUMBER,
    FAST_DATE,
    FAST_WORD, /* one of a few: values of a list, yes and no */
    FAST_TEXT, /* interned */
    FAST_KEY,  /* a unit's own key: interned a batch at a time */
};

/* A key of at most 16 bytes, zeros behind. */
struct short_key {
    uint64_t words[2];
};

struct fast_word {
    struct text text;
    uint64_t head; /* its first eight bytes, zeros behind */
    int64_t value;
};

enum { FAST_SLOT_BITS = 6, FAST_SLOTS = 1 << FAST_SLOT_BITS };

struct fast_column {
    enum fast_kind kind;
    const struct field_schema *field; /* NULL: no column of the scheme's */
    int32_t index;                    /* of the field */
    bool kept, by, percent;
    int64_t low, high; /* numbers: what may be; the ends of 64 bits where there is no bound */
    int64_t step, step_from;
    int64_t scale;  /* 10^places that the text's whole number is taken times */
    uint8_t places; /* decimals that may be written */
    const struct fast_word *words;
    uint32_t word_count;
    uint64_t spread;           /* what sends each word to a slot of its own; 0: nothing was found, words are tried in turn */
    uint8_t slots[FAST_SLOTS]; /* index of a word + 1; 0: none */
    int64_t *values;           /* of the intake's batch, while one is read */
    uint8_t *blank;            /* likewise; NULL: none was blank so far */
};

enum { FAST_MONTHS = 128 }; /* the months of ten years, and more */

/* A month as it is written in a date, and its days. */
struct fast_month {
    uint64_t text; /* "2007-03-" */
    int64_t first; /* the day before its 1st */
    unsigned length;
};

struct fast_reader {
    struct intake in; /* its data holds the batch; its loader is the reader's own */
    struct loader loader;
    struct dataset counts;
    struct findings silent;
    struct fast_column *columns;
    uint32_t column_count;
    struct csv_scan scan; /* for rows that the quick loop leaves to it */
    struct csv_scratch scratch;
    struct text *cells;
    const char *begin, *at, *end; /* rows that begin before `end` are this reader's */
    const char *quick;            /* up to here a row may be read without looking for the end of the bytes */
    uint64_t line;
    uint64_t piece;                /* << FAST_PIECE */
    int64_t told_rows, told_bytes; /* what was added to the progress */
    const struct wide_plan *wide;  /* NULL: no row is read that way */
    const char *wide_to;           /* as `quick`, with 64 bytes behind each row */
    uint32_t wide_most;            /* so many rows are looked at together */
    int wide_trust;                /* goes down with each try that brings no row */
    char separator;
    uint64_t separators; /* eight of it */
    struct fast_month months[FAST_MONTHS];
    struct text *keys; /* that the batch brought so far, and the lanes that brought them */
    uint32_t *key_lanes;
    uint32_t key_count;
    struct short_key last, last_mask; /* in.last_unit, if it is that short; else last_mask is 0 */
};

/* ---- load_fast_row.c ---- */

enum row_state { ROW_READ, ROW_LATER, ROW_EARLIER, ROW_ODD };

/* The row at *at (before reader->quick) into lane n of the batch. ROW_ODD: *at is unchanged; then, and of a row that is not
 * of the period, keys may have been pushed that must go. */
enum row_state fast_row(struct fast_reader *reader, const char **at, uint32_t n);

/* What the next row's key is compared with first; TEXT_NONE: nothing. */
void fast_set_last(struct fast_reader *reader, struct text key);

/* ---- load_fast_wide.c ---- */

/* How wide vectors read the table's rows; NULL: they cannot, or the processor has none. Columns must not move any more. */
struct wide_plan *wide_open(struct arena *arena, struct fast_reader *reader);

/* Rows at reader->at into lanes n and on, all of them of the period; returns how many. It stops before a row that is for
 * fast_row. The lines, the rows' counts and marks of blanks are left to the caller. */
uint32_t wide_rows(struct fast_reader *reader, uint32_t n);

/* ---- load_keys.c ---- */

/* What all readers of units' keys share: text to unit, by the text's index; made once. Not while readers are at work. */
void fast_units(struct loader *loader);

/* All tables have been read: what finds texts and units is given up. */
void fast_close_units(struct loader *loader);

/* Notes that a text is the key of the unit in a row; false: it is that of another. */
bool fast_key_put(struct loader *loader, uint32_t text, uint32_t row);

/* Looks up the keys that lanes [from, to) brought, together; a lane without one is of the unit of the lane before. False: a
 * key is nobody's. */
bool fast_find_units(struct fast_reader *reader, uint32_t from, uint32_t to);

/* The units' own keys that the batch brought, interned together. False: one was there. */
bool fast_put_keys(struct fast_reader *reader);

static inline uint64_t eight(const char *at)
{
    uint64_t word;
    memcpy(&word, at, sizeof word);
    return word;
}

/* The slot of a word of `len` bytes that begins with `head`. */
static inline uint32_t fast_slot(uint64_t spread, uint64_t head, size_t len)
{
    return (uint32_t)((head + len) * spread >> (64 - FAST_SLOT_BITS));
}

enum { SHORT_KEY = sizeof(struct short_key) };

/* The bytes that a key of `len` bytes has. */
static inline struct short_key short_mask(size_t len)
{
    uint64_t most = ~(uint64_t)0;
    if (len > SHORT_KEY) return (struct short_key){{0, 0}};
    return (struct short_key){{len >= 8 ? most : ((uint64_t)1 << len * 8) - 1, len == 16 ? most
                                                                               : len > 8 ? ((uint64_t)1 << (len - 8) * 8) - 1
                                                                                         : 0}};
}

/* `at` has 16 bytes that may be read. */
static inline struct short_key short_key(const char *at, struct short_key mask)
{
    return (struct short_key){{eight(at) & mask.words[0], eight(at + 8) & mask.words[1]}};
}

/* ---- load_fast.c ---- */

/* Whether a table may be read so: its bytes are at hand and each of its columns is of a kind above. */
bool fast_possible(const struct intake *in, struct source_bytes *bytes);

/* Opens a reader of the rows that begin in [at, end) of `bytes`. `apart`: beside others, in an arena of its own, with texts
 * of its own; otherwise texts go to the loader's. `in` is the table as intake_open… gave it. A streamed table gets room for
 * a batch; the rows of another are added to in->data. */
struct fast_reader *fast_open(struct arena *arena, const struct intake *in, const struct source_bytes *bytes, const char *at,
                              const char *end, bool apart);

/* Lets a streaming reader, which is at an end, go on with another piece of the same bytes. Its lines begin with 1 again;
 * those of rows after and before the period are kept with the piece's number: piece << FAST_PIECE | line. */
void fast_move(struct fast_reader *reader, const char *from, const char *end, uint32_t piece);
enum { FAST_PIECE = 40 };

/* The next batch; at the end reader->at is where the next reader's first row must begin. */
enum fast_state fast_next(struct fast_reader *reader);

/* Takes back what was said of its progress: the table is read again. */
void fast_forget(struct fast_reader *reader);

/* Adds what a reader counted to the table's intake. */
void fast_count(struct intake *in, const struct fast_reader *reader);

/* Reads a table whole, behind its beginning. False: nothing has changed. */
bool fast_load(struct intake *in);

#endif
