/* UTF-8: is it whole, and its characters one by one. */
#ifndef KAOHE_RUNTIME_UTF8_H
#define KAOHE_RUNTIME_UTF8_H

#include "text.h"

/* The length of the longest beginning that is UTF-8 (no surrogates, nothing overlong, nothing above U+10FFFF). Equals
 * text.len when all of it is. */
size_t utf8_valid(struct text text);

/* How many bytes at the beginning are ASCII. */
size_t utf8_ascii(struct text text);

/* The character at `at` and its length in bytes; a byte that begins none is taken alone, as 0xFFFD. */
uint32_t utf8_at(struct text text, size_t at, size_t *bytes);

/* Characters that nobody sees and that come along when text is copied from pages and chats: no width, direction, a stray
 * BOM. */
static inline bool utf8_is_unseen(uint32_t c)
{
    return (c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x2064) || c == 0xFEFF;
}

/* The text without blanks at both ends: space, TAB, CR, LF, no-break space, full-width space, and characters unseen. */
struct text utf8_trim_blanks(struct text text);

/* The same, quick where there is nothing to trim: both ends are ASCII and no blank. */
static inline struct text utf8_trim(struct text text)
{
    if (!text.len) return text;
    unsigned char first = (unsigned char)text.at[0], last = (unsigned char)text.at[text.len - 1];
    if (first > ' ' && first < 0x80 && last > ' ' && last < 0x80) return text;
    return utf8_trim_blanks(text);
}

/* The text cut to at most `bytes` bytes, at a character's end. */
struct text utf8_cut(struct text text, size_t bytes);

#endif
