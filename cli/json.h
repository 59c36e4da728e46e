/* JSON out: objects, arrays, texts, and figures to the last digit.
 *
 * Decision: by hand. A figure must come out as the digits it has; the libraries print numbers from floating point or from 64-bit
 * integers only. Cost: these lines; reading stays a library's.
 */
#ifndef KAOHE_CLI_JSON_H
#define KAOHE_CLI_JSON_H

#include "sink.h"

struct json {
    struct sink *sink;
    bool compact; /* all on one line */
    int depth;
    bool filled;  /* something stands in the object or array that is open */
    bool keyed;   /* a key has been written and waits for its value */
};

/* '{' or '['; `key` NULL in an array or at the top. */
void json_open(struct json *json, const char *key, char bracket);
void json_close(struct json *json, char bracket);
void json_key(struct json *json, kh_text key); /* one that is not ours, before json_close, json_open(NULL) or a value(NULL) */
void json_text(struct json *json, const char *key, kh_text text);
/* Nothing is written for an empty one. */
void json_text_if(struct json *json, const char *key, kh_text text);
void json_count(struct json *json, const char *key, uint64_t count);
void json_bool(struct json *json, const char *key, bool value);
/* Digits as a number, whatever is none ("13/3", "85%") as a text, nothing as null. */
void json_figure(struct json *json, const char *key, kh_text figure);
/* Findings, one after the other, into an array that is open. */
void json_findings(struct json *json, const kh_finding *findings, size_t count);
/* Ends the text: a newline. */
void json_end(struct json *json);

/* Whether a text is a decimal number as JSON has them: -12.5, no leading zeros. */
bool figure_is_decimal(kh_text text);

#endif
