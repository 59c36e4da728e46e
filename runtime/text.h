/* Text by pointer and length, and places in a source text.
 *
 * In: bytes that somebody else owns (a file, an arena). Out: small values, passed by copy.
 * Decision: no terminating NUL is ever promised; print with %.*s through TEXT_ARG. Cost: no direct use of libc's str* calls.
 */
#ifndef KAOHE_RUNTIME_TEXT_H
#define KAOHE_RUNTIME_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* A run of UTF-8 bytes, not owned. `at` may be NULL when `len` is 0. */
struct text {
    const char *at;
    size_t len;
};

/* Bytes [from, to) of one source file. {0, 0} is "no place". */
struct span {
    uint32_t from;
    uint32_t to;
};

#define TEXT(literal) ((struct text){(literal), sizeof(literal) - 1})
#define TEXT_NONE ((struct text){NULL, 0})
#define TEXT_ARG(t) (int)(t).len, (t).at ? (t).at : ""
#define SPAN_NONE ((struct span){0, 0})

static inline struct text text_of(const char *nul_terminated)
{
    return nul_terminated ? (struct text){nul_terminated, strlen(nul_terminated)} : TEXT_NONE;
}

static inline bool text_equal(struct text a, struct text b)
{
    return a.len == b.len && (a.len == 0 || memcmp(a.at, b.at, a.len) == 0);
}

static inline bool text_is(struct text a, const char *literal) { return text_equal(a, text_of(literal)); }

/* Whether `text` is one of the spellings in "a|b|c"; NULL is none. */
static inline bool text_among(const char *spellings, struct text text)
{
    while (spellings && *spellings) {
        size_t len = strcspn(spellings, "|");
        if (text_equal((struct text){spellings, len}, text)) return true;
        spellings += len + (spellings[len] == '|');
    }
    return false;
}

static inline bool text_is_latin(struct text text)
{
    for (size_t k = 0; k < text.len; k++)
        if ((unsigned char)text.at[k] >= 0x80) return false;
    return true;
}

/* How something declared is called in files, messages and reports: by its heading, unless that is the English name of what
 * is named in Chinese. */
static inline struct text text_shown(struct text name, struct text heading)
{
    bool other_tongue = !text_is_latin(name) && text_is_latin(heading);
    return heading.len && !other_tongue ? heading : name;
}

/* Order by bytes; shorter first when one begins the other. <0, 0, >0. */
static inline int text_order(struct text a, struct text b)
{
    size_t n = a.len < b.len ? a.len : b.len;
    int c = n ? memcmp(a.at, b.at, n) : 0;
    return c ? c : (a.len > b.len) - (a.len < b.len);
}

#endif
