/* A unified diff of two texts.
 *
 * In: two texts. Out: lines on a stream, as `diff -u` writes them, so that `patch` takes them.
 * Decision: what both have in front and behind is set aside, the rest is compared by longest common subsequence in a table,
 * which is exact and short; beyond MOST cells the rest counts as replaced whole. Cost: memory of two bytes a cell while it
 * lasts.
 */
#include "unified.h"

#include <stdlib.h>
#include <string.h>

enum { AROUND = 3, MOST = 64 * 1024 * 1024 };

struct lines {
    kh_text *at; /* without the newline */
    size_t count;
    bool open; /* the last line has none */
};

static bool split(kh_text text, struct lines *out)
{
    size_t count = 1;
    for (size_t k = 0; k < text.len; k++) count += text.at[k] == '\n';
    *out = (struct lines){.at = malloc(count * sizeof *out->at)};
    if (!out->at) return false;
    for (size_t from = 0; from < text.len;) {
        const char *end = memchr(text.at + from, '\n', text.len - from);
        size_t len = end ? (size_t)(end - (text.at + from)) : text.len - from;
        out->at[out->count++] = (kh_text){text.at + from, len};
        out->open = !end;
        from += len + 1;
    }
    return true;
}

static bool same(const struct lines *a, size_t i, const struct lines *b, size_t j)
{
    bool last_a = i + 1 == a->count && a->open, last_b = j + 1 == b->count && b->open;
    return a->at[i].len == b->at[j].len && last_a == last_b && memcmp(a->at[i].at, b->at[j].at, a->at[i].len) == 0;
}

/* keep[i]: line i of `a` is in both. Which of `b` is its partner follows from the order. */
static bool common(const struct lines *a, const struct lines *b, bool *keep_a, bool *keep_b)
{
    size_t front = 0, back = 0;
    while (front < a->count && front < b->count && same(a, front, b, front)) front++;
    while (back < a->count - front && back < b->count - front && same(a, a->count - 1 - back, b, b->count - 1 - back)) back++;
    for (size_t k = 0; k < front; k++) keep_a[k] = keep_b[k] = true;
    for (size_t k = 1; k <= back; k++) keep_a[a->count - k] = keep_b[b->count - k] = true;
    size_t n = a->count - front - back, m = b->count - front - back;
    if (!n || !m || n > 65000 || m > 65000 || n * m > MOST) return true;
    uint16_t *table = calloc((n + 1) * (m + 1), sizeof *table);
    if (!table) return false;
    for (size_t i = n; i-- > 0;)
        for (size_t j = m; j-- > 0;) {
            uint16_t *cell = &table[i * (m + 1) + j];
            uint16_t down = cell[m + 1], right = cell[1];
            *cell = same(a, front + i, b, front + j) ? (uint16_t)(cell[m + 2] + 1) : down > right ? down : right;
        }
    for (size_t i = 0, j = 0; i < n && j < m;) {
        const uint16_t *cell = &table[i * (m + 1) + j];
        if (same(a, front + i, b, front + j)) {
            keep_a[front + i++] = keep_b[front + j++] = true;
        } else if (cell[m + 1] >= cell[1]) {
            i++;
        } else {
            j++;
        }
    }
    free(table);
    return true;
}

static void put_line(FILE *to, char mark, const struct lines *lines, size_t k)
{
    fprintf(to, "%c%.*s\n", mark, (int)lines->at[k].len, lines->at[k].at ? lines->at[k].at : "");
    if (k + 1 == lines->count && lines->open) fputs("\\ No newline at end of file\n", to);
}

static void put_range(FILE *to, char mark, size_t from, size_t count)
{
    fprintf(to, " %c%zu", mark, count ? from + 1 : from);
    if (count != 1) fprintf(to, ",%zu", count);
}

/* One hunk: lines [a_from, a_to) and [b_from, b_to). */
static void put_hunk(FILE *to, const struct lines *a, const struct lines *b, const bool *keep_a, const bool *keep_b,
                     const size_t from[2], const size_t upto[2])
{
    fputs("@@", to);
    put_range(to, '-', from[0], upto[0] - from[0]);
    put_range(to, '+', from[1], upto[1] - from[1]);
    fputs(" @@\n", to);
    size_t i = from[0], j = from[1];
    while (i < upto[0] || j < upto[1]) {
        if (i < upto[0] && !keep_a[i]) {
            put_line(to, '-', a, i++);
        } else if (j < upto[1] && !keep_b[j]) {
            put_line(to, '+', b, j++);
        } else {
            put_line(to, ' ', a, i++);
            j++;
        }
    }
}

static void put_hunks(FILE *to, const struct lines *a, const struct lines *b, const bool *keep_a, const bool *keep_b)
{
    for (size_t i = 0, j = 0; i < a->count || j < b->count;) {
        if (i < a->count && j < b->count && keep_a[i] && keep_b[j]) {
            i++;
            j++;
            continue;
        }
        size_t lead = i < AROUND ? i : AROUND; /* lines in both stand in step before the first change */
        if (lead > j) lead = j;
        size_t from[2] = {i - lead, j - lead}, quiet = 0;
        while (i < a->count || j < b->count) { /* up to where twice AROUND lines are the same */
            bool both = i < a->count && j < b->count && keep_a[i] && keep_b[j];
            if (both && ++quiet > 2 * AROUND) break;
            if (both) {
                i++;
                j++;
                continue;
            }
            quiet = 0;
            if (i < a->count && !keep_a[i]) i++;
            if (j < b->count && !keep_b[j]) j++;
        }
        if (quiet > 2 * AROUND) quiet = 2 * AROUND;
        size_t extra = quiet > AROUND ? quiet - AROUND : 0, upto[2] = {i - extra, j - extra};
        put_hunk(to, a, b, keep_a, keep_b, from, upto);
    }
}

bool unified_print(FILE *to, const char *name, kh_text old, kh_text new)
{
    struct lines a = {0}, b = {0};
    bool *keep_a = NULL, *keep_b = NULL;
    bool fine = split(old, &a) && split(new, &b);
    if (fine) {
        keep_a = calloc(a.count + 1, sizeof *keep_a);
        keep_b = calloc(b.count + 1, sizeof *keep_b);
        fine = keep_a && keep_b && common(&a, &b, keep_a, keep_b);
    }
    bool differ = false;
    for (size_t k = 0; fine && k < a.count; k++) differ |= !keep_a[k];
    for (size_t k = 0; fine && k < b.count; k++) differ |= !keep_b[k];
    if (fine && differ) {
        fprintf(to, "--- %s\n+++ %s\n", name, name);
        put_hunks(to, &a, &b, keep_a, keep_b);
    }
    free(keep_a);
    free(keep_b);
    free(a.at);
    free(b.at);
    return fine;
}
