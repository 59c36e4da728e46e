/* Did you mean: see suggest.h. */
#include "suggest.h"

#include "utf8.h"

#include <stdlib.h>
#include <string.h>

enum { FAR = 100, DIGIT_FOR_DIGIT = 3 };

/* Characters of a word without what hands get wrong most: width, case, blanks, dots and dashes. -1: too long. */
static int plain_form(struct text text, uint32_t *out)
{
    int count = 0;
    size_t bytes;
    for (size_t at = 0; at < text.len; at += bytes) {
        uint32_t c = utf8_at(text, at, &bytes);
        if (c >= 0xFF01 && c <= 0xFF5E) c -= 0xFEE0;
        if (c >= 'A' && c <= 'Z') c += 'a' - 'A';
        if (c <= ' ' || c == 0xA0 || c == 0x3000 || c == '-' || c == '_' || c == 0xB7 || utf8_is_unseen(c)) continue;
        if (count == SUGGEST_LENGTH) return -1;
        out[count++] = c;
    }
    return count;
}

/* Letters that are read as digits, for codes: O and 0, I, l and 1. */
static uint32_t look(uint32_t c) { return c == 'o' ? '0' : c == 'i' || c == 'l' ? '1' : c; }

static bool is_digit(uint32_t c) { return c >= '0' && c <= '9'; }

/* 7 and 007: what a spreadsheet makes of a code that it takes for a number. */
static bool same_number(const uint32_t *a, int n, const uint32_t *b, int m)
{
    for (; n > 1 && a[0] == '0'; n--) a++;
    for (; m > 1 && b[0] == '0'; m--) b++;
    return n == m && memcmp(a, b, (size_t)n * sizeof *a) == 0;
}

static int swap_cost(uint32_t a, uint32_t b)
{
    if (a == b) return 0;
    return is_digit(a) && is_digit(b) ? DIGIT_FOR_DIGIT : 1;
}

/* Edits from a to b: insert, drop, change, swap neighbours. */
static int distance(const uint32_t *a, int n, const uint32_t *b, int m)
{
    int rows[3][SUGGEST_LENGTH + 1];
    int *before = rows[0], *last = rows[1], *row = rows[2];
    for (int j = 0; j <= m; j++) last[j] = j;
    for (int i = 1; i <= n; i++) {
        row[0] = i;
        for (int j = 1; j <= m; j++) {
            int best = last[j - 1] + swap_cost(a[i - 1], b[j - 1]);
            if (last[j] + 1 < best) best = last[j] + 1;
            if (row[j - 1] + 1 < best) best = row[j - 1] + 1;
            bool crossed = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
            if (crossed && !is_digit(a[i - 1]) && before[j - 2] + 1 < best) best = before[j - 2] + 1;
            row[j] = best;
        }
        int *spare = before;
        before = last;
        last = row;
        row = spare;
    }
    return last[m];
}

/* The most edits that still count as a slip. */
static int most_edits(int length) { return length < 2 ? 0 : length < 5 ? 1 : length < 9 ? 2 : 3; }

void suggest_start(struct suggest *suggest, struct text wrong)
{
    suggest->length = plain_form(wrong, suggest->plain);
    if (suggest->length < 0) suggest->length = 0;
    suggest->numeric = true;
    for (int i = 0; i < suggest->length; i++) suggest->numeric &= is_digit(suggest->plain[i]) || suggest->plain[i] == '.';
    suggest->best = FAR;
    suggest->tied = false;
    suggest->found = TEXT_NONE;
}

void suggest_offer(struct suggest *suggest, struct text candidate)
{
    uint32_t plain[SUGGEST_LENGTH];
    int n = suggest->length;
    if (!n || candidate.len > SUGGEST_LENGTH * 4) return;
    int m = plain_form(candidate, plain);
    bool alike = m == n;
    for (int i = 0; alike && i < n; i++) alike = look(plain[i]) == look(suggest->plain[i]);
    alike |= suggest->numeric && m > 0 && same_number(suggest->plain, n, plain, m);
    if (m <= 0 || (!alike && abs(m - n) > most_edits(n))) return;
    if (!alike && suggest->numeric) return;
    int edits = alike ? 0 : distance(suggest->plain, n, plain, m);
    if (edits > most_edits(n) || edits > suggest->best) return;
    if (edits == suggest->best) {
        if (!text_equal(candidate, suggest->found)) suggest->tied = true;
        return;
    }
    suggest->best = edits;
    suggest->tied = false;
    suggest->found = candidate;
}

struct text suggest_result(const struct suggest *suggest) { return suggest->tied ? TEXT_NONE : suggest->found; }
