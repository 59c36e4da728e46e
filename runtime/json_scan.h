/* The JSON scanner: bytes to tokens by RFC 8259, and nothing else.
 *
 * In: a run of UTF-8 bytes that stays where it is. Out: one token a call, with its line; texts point into the bytes,
 * or into the scratch where escapes had to be undone.
 * Decision: by hand, because the libraries at hand read numbers as binary fractions and a document as a whole: here
 * 0.1 stays the three bytes it is, and memory does not grow with the file. Cost: the grammar is ours to test.
 */
#ifndef KAOHE_RUNTIME_JSON_SCAN_H
#define KAOHE_RUNTIME_JSON_SCAN_H

#include "csv_scan.h"
#include "limits.h"

enum json_kind {
    JSON_END,    /* of the text, after whole values */
    JSON_BROKEN, /* `why` says how; the same again at each further call */
    JSON_OBJECT,
    JSON_OBJECT_END,
    JSON_ARRAY,
    JSON_ARRAY_END,
    JSON_NAME, /* of a member; its value follows */
    JSON_STRING,
    JSON_NUMBER, /* as it is written */
    JSON_TRUE,
    JSON_FALSE,
    JSON_NULL,
};

enum json_fault {
    JSON_WHOLE,
    JSON_UNEXPECTED, /* a character that cannot stand here */
    JSON_CUT_OFF,    /* the text ends too early */
    JSON_BAD_STRING, /* a bare control character, a wrong escape, half a surrogate pair */
    JSON_NOT_UTF8,
    JSON_BAD_NUMBER, /* 01, 1., +1, NaN */
    JSON_TOO_DEEP,
    JSON_TOO_LONG, /* a text that no cell may hold */
};

struct json_token {
    enum json_kind kind;
    struct text text; /* of names, strings and numbers */
    const char *at;   /* its first byte */
    uint64_t line;
};

struct json_scan {
    const char *at, *end;
    uint64_t line;
    struct csv_scratch *scratch;
    enum json_fault why;
    uint32_t depth;
    uint8_t state;                    /* what may come next */
    bool in_object[LIMIT_JSON_DEPTH]; /* per level */
};

/* Starts at the first byte (a BOM is skipped); several values may follow each other, as in JSON Lines. */
void json_scan_start(struct json_scan *scan, struct text bytes, uint64_t line, struct csv_scratch *scratch);

struct json_token json_scan_next(struct json_scan *scan);

/* Behind the opening token of an object or array: reads up to its end. False: broken. */
bool json_scan_skip(struct json_scan *scan);

/* After a fault: goes on behind this line, outside of everything. */
void json_scan_resume(struct json_scan *scan);

#endif
