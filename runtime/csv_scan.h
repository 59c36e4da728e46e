/* The CSV scanner: bytes to records of cells, and nothing else: no files, no types, no messages.
 *
 * In: a run of bytes that stays where it is. Out: one record a call; cells point into the bytes, or into the scratch where
 * doubled quotes had to be undone.
 * Decision: RFC 4180 to the letter (a quote inside an unquoted cell, text behind a closing quote and a lone CR are faults),
 * because a lenient reading moves cells into wrong columns without a word. After a fault about quotes reading goes on at
 * the line behind the one where the faulty cell opened. Cost: bytes may be read twice then; the sum of that is bounded.
 */
#ifndef KAOHE_RUNTIME_CSV_SCAN_H
#define KAOHE_RUNTIME_CSV_SCAN_H

#include "arena.h"

enum csv_fault {
    CSV_WHOLE,          /* no fault */
    CSV_UNCLOSED_QUOTE, /* until the end, or over lines until a cell's limit; fault_line: where it opened */
    CSV_AFTER_QUOTE,    /* text between a closing quote and the next separator; likewise */
    CSV_BARE_QUOTE,     /* a quote inside a cell that does not begin with one */
    CSV_LONE_CR,        /* a carriage return that no line feed follows (at the very end it ends the line) */
    CSV_NUL,
    CSV_NOT_UTF8,
    CSV_CELL_TOO_LONG, /* over LIMIT_CELL_BYTES */
    CSV_ROW_TOO_LONG,  /* over LIMIT_ROW_BYTES */
};

struct csv_record {
    uint64_t line;        /* of its first byte, 1-based */
    uint32_t cells;       /* all of them, also those beyond the room given */
    enum csv_fault fault; /* the first one */
    uint64_t fault_line;
    uint32_t fault_cell;  /* 0-based */
    struct text fault_at; /* bytes around it, at most CSV_EXCERPT, for the message; not always UTF-8 */
};

enum { CSV_EXCERPT = 120 };

/* Bytes that live until csv_scratch_reset: blocks that are kept and used again. */
struct csv_scratch {
    struct arena *arena;
    struct csv_block *first, *current;
    size_t used;  /* in the current block */
    size_t total; /* since the reset */
};

void csv_scratch_init(struct csv_scratch *scratch, struct arena *arena);
void csv_scratch_reset(struct csv_scratch *scratch);

/* Room for `size` bytes, not cleared and not aligned. */
char *csv_scratch_take(struct csv_scratch *scratch, size_t size);

struct csv_scan {
    const char *at, *end;
    uint64_t line;    /* of `at` */
    char separator;   /* between cells: ',', ';' or TAB */
    uint64_t rereads; /* bytes that may still be read again after a fault */
    struct csv_scratch *scratch;
};

/* Starts at the first byte; a BOM is skipped. */
void csv_scan_start(struct csv_scan *scan, struct text bytes, char separator, struct csv_scratch *scratch);

/* The next record; empty lines are passed over. Keeps the first `room` cells; a quoted empty cell has a non-NULL `at`, an
 * empty one NULL. False at the end. */
bool csv_scan_next(struct csv_scan *scan, struct text *cells, uint32_t room, struct csv_record *record);

#endif
