/* UTF-8: see utf8.h. */
#include "utf8.h"

static bool is_tail(unsigned char c) { return (c & 0xC0) == 0x80; }

/* Length of the character that begins with the non-ASCII byte at p, or 0. `left` bytes are there. */
static size_t character_length(const unsigned char *p, size_t left)
{
    if (p[0] < 0xE0) return p[0] >= 0xC2 && left >= 2 && is_tail(p[1]) ? 2 : 0;
    if (p[0] < 0xF0) {
        if (left < 3 || !is_tail(p[1]) || !is_tail(p[2])) return 0;
        if (p[0] == 0xE0 && p[1] < 0xA0) return 0; /* overlong */
        if (p[0] == 0xED && p[1] > 0x9F) return 0; /* half of a surrogate pair */
        return 3;
    }
    if (p[0] > 0xF4 || left < 4 || !is_tail(p[1]) || !is_tail(p[2]) || !is_tail(p[3])) return 0;
    if (p[0] == 0xF0 && p[1] < 0x90) return 0; /* overlong */
    if (p[0] == 0xF4 && p[1] > 0x8F) return 0; /* above U+10FFFF */
    return 4;
}

size_t utf8_ascii(struct text text)
{
    const uint64_t tops = 0x8080808080808080u;
    const unsigned char *p = (const unsigned char *)text.at;
    size_t at = 0;
    uint64_t words[4];
    for (; text.len - at >= sizeof words; at += sizeof words) {
        memcpy(words, p + at, sizeof words);
        if ((words[0] | words[1] | words[2] | words[3]) & tops) break;
    }
    for (; text.len - at >= sizeof words[0]; at += sizeof words[0]) {
        memcpy(words, p + at, sizeof words[0]);
        if (words[0] & tops) break;
    }
    while (at < text.len && p[at] < 0x80) at++;
    return at;
}

size_t utf8_valid(struct text text)
{
    const unsigned char *p = (const unsigned char *)text.at;
    size_t at = 0;
    while (at < text.len) {
        if (p[at] < 0x80) {
            at += utf8_ascii((struct text){text.at + at, text.len - at});
            continue;
        }
        size_t length = character_length(p + at, text.len - at);
        if (!length) return at;
        at += length;
    }
    return at;
}

uint32_t utf8_at(struct text text, size_t at, size_t *bytes)
{
    const unsigned char *p = (const unsigned char *)text.at + at;
    *bytes = 1;
    if (p[0] < 0x80) return p[0];
    size_t length = character_length(p, text.len - at);
    if (!length) return 0xFFFD;
    *bytes = length;
    uint32_t c = p[0] & (0x7Fu >> length);
    for (size_t i = 1; i < length; i++) c = c << 6 | (p[i] & 0x3Fu);
    return c;
}

/* Bytes of the blank that the text begins with (or ends with), or 0. */
static size_t blank_length(struct text text, bool at_end)
{
    static const struct text BLANKS[] = {
        {" ", 1}, {"\t", 1}, {"\r", 1}, {"\n", 1}, {"\xC2\xA0", 2}, {"\xE3\x80\x80", 3},
    };
    for (size_t i = 0; i < sizeof BLANKS / sizeof *BLANKS; i++) {
        size_t n = BLANKS[i].len;
        if (text.len >= n && memcmp(at_end ? text.at + text.len - n : text.at, BLANKS[i].at, n) == 0) return n;
    }
    if (text.len < 3) return 0;
    size_t at = at_end ? text.len - 3 : 0, n;
    unsigned char first = (unsigned char)text.at[at];
    return (first == 0xE2 || first == 0xEF) && utf8_is_unseen(utf8_at(text, at, &n)) ? 3 : 0;
}

struct text utf8_trim_blanks(struct text text)
{
    size_t n;
    while (text.len && (n = blank_length(text, false))) {
        text.at += n;
        text.len -= n;
    }
    while (text.len && (n = blank_length(text, true))) text.len -= n;
    return text;
}

struct text utf8_cut(struct text text, size_t bytes)
{
    if (text.len <= bytes) return text;
    while (bytes && is_tail((unsigned char)text.at[bytes])) bytes--;
    text.len = bytes;
    return text;
}
