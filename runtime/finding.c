/* The list of findings, and the growing text they are rendered into (render.c does that).
 *
 * In: codes, places, words. Out: a list in the order of places that keeps a bounded number and counts all.
 * Decision: the sort is a merge, not qsort, because findings of one place must keep the order they were found in. Cost:
 * a second array while it runs.
 */
#include "finding.h"

#include "limits.h"

#include <assert.h>
#include <stdio.h>

static const struct {
    const char *label;
    enum severity severity;
} CODES[DIAG_COUNT] = {
    [D_NONE] = {"", SEVERITY_NOTICE},
#define DIAG(name, code, severity, en, zh, hint_en, hint_zh) [D_##name] = {code, SEVERITY_##severity},
#include "diagnostics.def"
#undef DIAG
};

const char *diag_label(enum diag_code code)
{
    assert((unsigned)code < DIAG_COUNT);
    return CODES[code].label;
}

enum severity diag_severity(enum diag_code code)
{
    assert((unsigned)code < DIAG_COUNT);
    return CODES[code].severity;
}

void findings_init(struct findings *findings, struct arena *arena, size_t limit)
{
    *findings = (struct findings){.arena = arena, .limit = limit ? limit : LIMIT_FINDINGS_KEPT};
}

struct finding *findings_add(struct findings *findings, enum diag_code code, struct span where, int words, ...)
{
    switch (diag_severity(code)) {
    case SEVERITY_ERROR: findings->errors++; break;
    case SEVERITY_WARNING: findings->warnings++; break;
    case SEVERITY_NOTICE: findings->notices++; break;
    }
    if (findings->count >= findings->limit) return NULL;
    assert(words >= 0 && words <= FINDING_WORDS);

    struct finding finding = {.code = code, .where = where};
    va_list args;
    va_start(args, words);
    for (int i = 0; i < words && i < FINDING_WORDS; i++) {
        struct text word = va_arg(args, struct text);
        if (word.len) finding.words[i] = arena_text(findings->arena, word);
    }
    va_end(args);
    ARENA_PUSH(findings->arena, findings->items, findings->count, findings->capacity, finding);
    return &findings->items[findings->count - 1];
}

static int finding_order(const struct finding *a, const struct finding *b)
{
    if (a->where.from != b->where.from) return a->where.from < b->where.from ? -1 : 1;
    int c = text_order(a->data.file, b->data.file);
    if (c) return c;
    return (a->data.line > b->data.line) - (a->data.line < b->data.line);
}

static void merge(struct finding *to, const struct finding *from, size_t low, size_t middle, size_t high)
{
    size_t left = low, right = middle;
    for (size_t i = low; i < high; i++) {
        bool take_left = left < middle && (right >= high || finding_order(&from[left], &from[right]) <= 0);
        to[i] = take_left ? from[left++] : from[right++];
    }
}

void findings_sort(struct findings *findings)
{
    size_t n = findings->count;
    if (n < 2) return;
    struct finding *from = findings->items, *to = ARENA_ARRAY(findings->arena, struct finding, n);
    for (size_t run = 1; run < n; run *= 2) {
        for (size_t low = 0; low < n; low += 2 * run) {
            size_t middle = low + run < n ? low + run : n;
            size_t high = low + 2 * run < n ? low + 2 * run : n;
            merge(to, from, low, middle, high);
        }
        struct finding *other = from;
        from = to;
        to = other;
    }
    if (from != findings->items) memcpy(findings->items, from, n * sizeof *from);
}

/* ---- the growing text ---- */

void buffer_init(struct buffer *buffer, struct arena *arena) { *buffer = (struct buffer){.arena = arena}; }

void buffer_room(struct buffer *buffer, size_t more)
{
    if (more > SIZE_MAX / 2 - buffer->len - 1) arena_fail(buffer->arena);
    size_t need = buffer->len + more + 1;
    if (need <= buffer->capacity) return;
    size_t capacity = buffer->capacity ? buffer->capacity : 256;
    while (capacity < need) capacity *= 2;
    buffer->at = arena_grow(buffer->arena, buffer->at, buffer->len, capacity, 1);
    buffer->capacity = capacity;
}

void buffer_text(struct buffer *buffer, struct text text)
{
    buffer_room(buffer, text.len);
    if (text.len) memcpy(buffer->at + buffer->len, text.at, text.len);
    buffer->len += text.len;
}

void buffer_put(struct buffer *buffer, const char *nul_terminated) { buffer_text(buffer, text_of(nul_terminated)); }

void buffer_char(struct buffer *buffer, char c)
{
    buffer_room(buffer, 1);
    buffer->at[buffer->len++] = c;
}

void buffer_print(struct buffer *buffer, const char *format, ...)
{
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int len = vsnprintf(NULL, 0, format, args);
    va_end(args);
    if (len >= 0) {
        buffer_room(buffer, (size_t)len);
        vsnprintf(buffer->at + buffer->len, (size_t)len + 1, format, again);
        buffer->len += (size_t)len;
    }
    va_end(again);
    if (len < 0) arena_fail(buffer->arena);
}

struct text buffer_result(const struct buffer *buffer) { return (struct text){buffer->at, buffer->len}; }

void buffer_pad(struct buffer *buffer, size_t from, size_t width)
{
    assert(from <= buffer->len);
    struct text written = {buffer->at ? buffer->at + from : NULL, buffer->len - from};
    for (size_t have = text_width(written); have < width; have++) buffer_char(buffer, ' ');
}
