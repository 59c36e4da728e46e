/* Separated text cut up: see csv_share.h. */
#include "csv_share.h"

/* Behind the row that seems to begin at `at`; NULL: it has another number of cells. */
static const char *after_row(const char *at, const char *end, char separator, uint32_t columns)
{
    uint32_t cells = 1;
    bool quoted = false;
    for (; at < end && (quoted || *at != '\n'); at++) {
        quoted ^= *at == '"';
        cells += !quoted && *at == separator;
    }
    return at < end && cells == columns ? at + 1 : NULL;
}

/* Whether rows seem to begin here. Behind a line end that is in quotes it is what is outside that seems to be in them: a row
 * or two may still come out right, but not some in succession. */
static bool looks_like_rows(const char *at, const char *end, char separator, uint32_t columns)
{
    enum { ROWS = 4, FAR = 64 * 1024 };
    const char *stop = end - at > FAR ? at + FAR : end;
    for (int row = 0; row < ROWS && at && at < stop; row++) at = after_row(at, stop, separator, columns);
    return at != NULL;
}

uint32_t csv_share(struct text rows, char separator, uint32_t columns, uint32_t count, const char **borders)
{
    enum { TRIES = 16 };
    const char *end = rows.at + rows.len;
    uint32_t shares = 0;
    borders[0] = rows.at;
    for (uint32_t k = 1; k < count; k++) {
        const char *from = rows.at + (size_t)((unsigned __int128)rows.len * k / count);
        const char *newline = memchr(from, '\n', (size_t)(end - from));
        for (int try = 0; try < TRIES && newline && !looks_like_rows(newline + 1, end, separator, columns); try++) {
            newline = memchr(newline + 1, '\n', (size_t)(end - newline - 1));
        }
        if (!newline || newline + 1 >= end) break;
        if (newline + 1 > borders[shares]) borders[++shares] = newline + 1;
    }
    borders[++shares] = end;
    return shares;
}
