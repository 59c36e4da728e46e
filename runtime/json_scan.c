/* The JSON scanner: see json_scan.h. */
#include "json_scan.h"

#include "utf8.h"

/* What may come next. */
enum state {
    VALUE,        /* a value, or the end between values */
    FIRST_VALUE,  /* of an array, or its end */
    LATER_VALUE,  /* behind a comma */
    FIRST_NAME,   /* of an object, or its end */
    LATER_NAME,   /* behind a comma */
    MEMBER_VALUE, /* behind the colon */
    AFTER,        /* a comma or the end of what we are in */
};

void json_scan_start(struct json_scan *scan, struct text bytes, uint64_t line, struct csv_scratch *scratch)
{
    *scan =
        (struct json_scan){.at = bytes.at, .end = bytes.at + bytes.len, .line = line, .scratch = scratch, .state = VALUE};
    if (bytes.len >= 3 && memcmp(bytes.at, "\xEF\xBB\xBF", 3) == 0) scan->at += 3;
}

static struct json_token broken(struct json_scan *scan, enum json_fault why)
{
    scan->why = why;
    return (struct json_token){.kind = JSON_BROKEN, .at = scan->at, .line = scan->line};
}

static void skip_blanks(struct json_scan *scan)
{
    for (; scan->at < scan->end; scan->at++) {
        char c = *scan->at;
        if (c != ' ' && c != '\t' && c != '\r' && c != '\n') return;
        scan->line += c == '\n';
    }
}

/* After a value: outside of everything another may follow. */
static void after_value(struct json_scan *scan) { scan->state = scan->depth ? AFTER : VALUE; }

/* ---- strings ---- */

static int hex4(const char *p, const char *end)
{
    int value = 0;
    if (end - p < 4) return -1;
    for (int i = 0; i < 4; i++) {
        char c = p[i];
        int digit = c >= '0' && c <= '9' ? c - '0' : (c | 32) >= 'a' && (c | 32) <= 'f' ? (c | 32) - 'a' + 10 : -1;
        if (digit < 0) return -1;
        value = value * 16 + digit;
    }
    return value;
}

static char *put_character(char *to, uint32_t c)
{
    if (c < 0x80) {
        *to++ = (char)c;
    } else if (c < 0x800) {
        *to++ = (char)(0xC0 | c >> 6);
        *to++ = (char)(0x80 | (c & 0x3F));
    } else if (c < 0x10000) {
        *to++ = (char)(0xE0 | c >> 12);
        *to++ = (char)(0x80 | (c >> 6 & 0x3F));
        *to++ = (char)(0x80 | (c & 0x3F));
    } else {
        *to++ = (char)(0xF0 | c >> 18);
        *to++ = (char)(0x80 | (c >> 12 & 0x3F));
        *to++ = (char)(0x80 | (c >> 6 & 0x3F));
        *to++ = (char)(0x80 | (c & 0x3F));
    }
    return to;
}

/* A copy in the scratch without escapes; false: one of them is wrong. It never takes more bytes than it had. */
static bool undo_escapes(struct json_scan *scan, const char *from, const char *end, struct text *out)
{
    static const char FROM[] = "\"\\/bfnrt", TO[] = "\"\\/\b\f\n\r\t";
    char *copy = csv_scratch_take(scan->scratch, (size_t)(end - from)), *to = copy;
    while (from < end) {
        if (*from != '\\') {
            *to++ = *from++;
            continue;
        }
        from++; /* a backslash is never the last: it would have kept the quote from closing */
        const char *simple = *from ? strchr(FROM, *from) : NULL;
        if (simple) {
            *to++ = TO[simple - FROM];
            from++;
            continue;
        }
        int high = *from == 'u' ? hex4(from + 1, end) : -1;
        if (high < 0) return false;
        from += 5;
        uint32_t c = (uint32_t)high;
        if (c >= 0xD800 && c < 0xE000) {
            int low = c < 0xDC00 && end - from >= 6 && from[0] == '\\' && from[1] == 'u' ? hex4(from + 2, end) : -1;
            if (low < 0xDC00 || low > 0xDFFF) return false;
            c = 0x10000 + ((c - 0xD800) << 10) + ((uint32_t)low - 0xDC00);
            from += 6;
        }
        to = put_character(to, c);
    }
    *out = (struct text){copy, (size_t)(to - copy)};
    return true;
}

static struct json_token take_string(struct json_scan *scan)
{
    enum { LONGEST = 6 * (LIMIT_CELL_BYTES + 1) }; /* \u0041 is one byte */
    const char *from = scan->at + 1, *p = from;
    struct json_token token = {.kind = JSON_STRING, .at = scan->at, .line = scan->line};
    bool escapes = false;
    for (; p < scan->end && *p != '"'; p++) {
        if ((unsigned char)*p < ' ') return broken(scan, JSON_BAD_STRING);
        if (p - from > LONGEST) return broken(scan, JSON_TOO_LONG);
        if (*p != '\\') continue;
        escapes = true;
        if (++p == scan->end) break;
        if ((unsigned char)*p < ' ') return broken(scan, JSON_BAD_STRING);
    }
    if (p >= scan->end) return broken(scan, JSON_CUT_OFF);
    struct text raw = {from, (size_t)(p - from)};
    if (utf8_valid(raw) != raw.len) return broken(scan, JSON_NOT_UTF8);
    token.text = raw;
    if (escapes && !undo_escapes(scan, from, p, &token.text)) return broken(scan, JSON_BAD_STRING);
    scan->at = p + 1;
    return token;
}

/* ---- numbers and words ---- */

static const char *digits(const char *p, const char *end)
{
    while (p < end && *p >= '0' && *p <= '9') p++;
    return p;
}

static struct json_token take_number(struct json_scan *scan)
{
    const char *p = scan->at + (*scan->at == '-'), *from = p;
    p = digits(p, scan->end);
    bool fine = p > from && (*from != '0' || p == from + 1);
    if (fine && p < scan->end && *p == '.') {
        from = ++p;
        p = digits(p, scan->end);
        fine = p > from;
    }
    if (fine && p < scan->end && (*p | 32) == 'e') {
        p++;
        if (p < scan->end && (*p == '+' || *p == '-')) p++;
        from = p;
        p = digits(p, scan->end);
        fine = p > from;
    }
    fine = fine && !(p < scan->end && ((*p >= '0' && *p <= '9') || ((*p | 32) >= 'a' && (*p | 32) <= 'z') || *p == '.'));
    if (!fine) return broken(scan, JSON_BAD_NUMBER);
    struct json_token token = {JSON_NUMBER, {scan->at, (size_t)(p - scan->at)}, scan->at, scan->line};
    scan->at = p;
    return token;
}

static struct json_token take_word(struct json_scan *scan)
{
    static const struct {
        struct text word;
        enum json_kind kind;
    } WORDS[] = {{{"true", 4}, JSON_TRUE}, {{"false", 5}, JSON_FALSE}, {{"null", 4}, JSON_NULL}};
    size_t left = (size_t)(scan->end - scan->at);
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++) {
        struct text word = WORDS[i].word;
        if (left < word.len || memcmp(scan->at, word.at, word.len) != 0) continue;
        char next = left > word.len ? scan->at[word.len] : ' ';
        if ((next | 32) >= 'a' && (next | 32) <= 'z') break; /* nullable */
        struct json_token token = {.kind = WORDS[i].kind, .at = scan->at, .line = scan->line};
        scan->at += word.len;
        return token;
    }
    return broken(scan, JSON_UNEXPECTED);
}

/* ---- structure ---- */

static struct json_token open_level(struct json_scan *scan, bool object)
{
    if (scan->depth == LIMIT_JSON_DEPTH) return broken(scan, JSON_TOO_DEEP);
    scan->in_object[scan->depth++] = object;
    scan->state = object ? FIRST_NAME : FIRST_VALUE;
    struct json_token token = {.kind = object ? JSON_OBJECT : JSON_ARRAY, .at = scan->at, .line = scan->line};
    scan->at++;
    return token;
}

static struct json_token close_level(struct json_scan *scan)
{
    bool object = scan->in_object[--scan->depth];
    struct json_token token = {.kind = object ? JSON_OBJECT_END : JSON_ARRAY_END, .at = scan->at, .line = scan->line};
    scan->at++;
    after_value(scan);
    return token;
}

static struct json_token take_name(struct json_scan *scan)
{
    struct json_token token = take_string(scan);
    if (token.kind == JSON_BROKEN) return token;
    skip_blanks(scan);
    if (scan->at == scan->end) return broken(scan, JSON_CUT_OFF);
    if (*scan->at != ':') return broken(scan, JSON_UNEXPECTED);
    scan->at++;
    scan->state = MEMBER_VALUE;
    token.kind = JSON_NAME;
    return token;
}

static struct json_token take_value(struct json_scan *scan)
{
    char c = *scan->at;
    if (c == '{' || c == '[') return open_level(scan, c == '{');
    struct json_token token = c == '"'                             ? take_string(scan)
                              : c == '-' || (c >= '0' && c <= '9') ? take_number(scan)
                                                                   : take_word(scan);
    if (token.kind != JSON_BROKEN) after_value(scan);
    return token;
}

struct json_token json_scan_next(struct json_scan *scan)
{
    if (scan->why != JSON_WHOLE) return broken(scan, scan->why);
    skip_blanks(scan);
    if (scan->at == scan->end) {
        if (scan->state == VALUE) return (struct json_token){.kind = JSON_END, .at = scan->at, .line = scan->line};
        return broken(scan, JSON_CUT_OFF);
    }
    char c = *scan->at;
    char end = scan->depth && scan->in_object[scan->depth - 1] ? '}' : ']';
    switch ((enum state)scan->state) {
    case AFTER:
        if (c == end) return close_level(scan);
        if (c != ',') return broken(scan, JSON_UNEXPECTED);
        scan->at++;
        scan->state = end == '}' ? LATER_NAME : LATER_VALUE;
        skip_blanks(scan);
        if (scan->at == scan->end) return broken(scan, JSON_CUT_OFF);
        if (scan->state == LATER_VALUE) return take_value(scan);
        return *scan->at == '"' ? take_name(scan) : broken(scan, JSON_UNEXPECTED);
    case FIRST_NAME:
        if (c == '}') return close_level(scan);
        return c == '"' ? take_name(scan) : broken(scan, JSON_UNEXPECTED);
    case FIRST_VALUE:
        if (c == ']') return close_level(scan);
        return take_value(scan);
    case LATER_NAME:
    case LATER_VALUE:
    case MEMBER_VALUE:
    case VALUE: return take_value(scan);
    }
    return broken(scan, JSON_UNEXPECTED);
}

bool json_scan_skip(struct json_scan *scan)
{
    uint32_t depth = scan->depth;
    while (scan->depth >= depth) {
        csv_scratch_reset(scan->scratch);
        if (json_scan_next(scan).kind == JSON_BROKEN) return false;
    }
    return true;
}

void json_scan_resume(struct json_scan *scan)
{
    const char *newline = memchr(scan->at, '\n', (size_t)(scan->end - scan->at));
    scan->at = newline ? newline : scan->end;
    scan->why = JSON_WHOLE;
    scan->depth = 0;
    scan->state = VALUE;
}
