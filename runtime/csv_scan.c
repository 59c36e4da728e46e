/* The CSV scanner: see csv_scan.h. */
#include "csv_scan.h"

#include "limits.h"
#include "utf8.h"

struct csv_block {
    struct csv_block *next;
    size_t size;
    char *bytes;
};

enum { BLOCK_BYTES = 64 * 1024 };

void csv_scratch_init(struct csv_scratch *scratch, struct arena *arena) { *scratch = (struct csv_scratch){.arena = arena}; }

void csv_scratch_reset(struct csv_scratch *scratch)
{
    scratch->current = scratch->first;
    scratch->used = 0;
    scratch->total = 0;
}

char *csv_scratch_take(struct csv_scratch *scratch, size_t size)
{
    struct csv_block *block = scratch->current;
    while (!block || block->size - scratch->used < size) {
        struct csv_block *next = block ? block->next : scratch->first;
        if (!next || next->size < size) { /* a larger one in between; the smaller ones behind it serve later */
            struct csv_block *fresh = ARENA_NEW(scratch->arena, struct csv_block);
            fresh->size = size > BLOCK_BYTES ? size : BLOCK_BYTES;
            fresh->bytes = arena_take(scratch->arena, fresh->size, 1);
            fresh->next = next;
            if (block)
                block->next = fresh;
            else
                scratch->first = fresh;
            next = fresh;
        }
        block = scratch->current = next;
        scratch->used = 0;
    }
    char *bytes = block->bytes + scratch->used;
    scratch->used += size;
    scratch->total += size;
    return bytes;
}

/* What ends a run of plain bytes in an unquoted cell; the separator, too, if it is marked for it. */
enum { END_ALWAYS = 1, END_COMMA = 2, END_TAB = 4, END_SEMICOLON = 8 };
static const uint8_t ENDS_PLAIN[256] = {
    ['"'] = END_ALWAYS, ['\n'] = END_ALWAYS, ['\r'] = END_ALWAYS, [','] = END_COMMA, ['\t'] = END_TAB, [';'] = END_SEMICOLON,
};

void csv_scan_start(struct csv_scan *scan, struct text bytes, char separator, struct csv_scratch *scratch)
{
    *scan = (struct csv_scan){
        .at = bytes.at, .end = bytes.at + bytes.len, .line = 1, .separator = separator, .scratch = scratch};
    scan->rereads = (uint64_t)bytes.len + LIMIT_CELL_BYTES;
    if (bytes.len >= 3 && memcmp(bytes.at, "\xEF\xBB\xBF", 3) == 0) scan->at += 3;
}

/* Notes a fault unless there is one already. */
static void fault(struct csv_record *record, enum csv_fault what, uint64_t line, const char *at, const char *end)
{
    if (record->fault != CSV_WHOLE) return;
    record->fault = what;
    record->fault_line = line;
    record->fault_cell = record->cells;
    size_t left = (size_t)(end - at);
    record->fault_at = (struct text){at, left < CSV_EXCERPT ? left : CSV_EXCERPT};
    const char *newline = memchr(at, '\n', record->fault_at.len);
    if (newline) record->fault_at.len = (size_t)(newline - at);
}

static const char *after_line(const char *at, const char *end)
{
    const char *newline = memchr(at, '\n', (size_t)(end - at));
    return newline ? newline + 1 : end;
}

/* Where reading goes on after a fault about quotes: behind the line on which the cell opened at `open`, or, when too
 * much was read twice already, behind the line of the fault. */
static void resume(struct csv_scan *scan, const char *open, uint64_t open_line, const char *at, uint64_t line)
{
    uint64_t again = (uint64_t)(at - open);
    if (again <= scan->rereads) {
        scan->rereads -= again;
        scan->at = after_line(open, scan->end);
        scan->line = open_line + 1;
    } else {
        scan->at = after_line(at, scan->end);
        scan->line = line + 1;
    }
}

/* A copy in the scratch of [from, to) with each doubled quote undone. */
static struct text undouble(struct csv_scratch *scratch, const char *from, const char *to, size_t doubled)
{
    char *copy = csv_scratch_take(scratch, (size_t)(to - from) - doubled), *next = copy;
    while (from < to) {
        const char *quote = memchr(from, '"', (size_t)(to - from));
        size_t n = quote ? (size_t)(quote - from) + 1 : (size_t)(to - from);
        memcpy(next, from, n);
        next += n;
        from += n + (quote != NULL);
    }
    return (struct text){copy, (size_t)(next - copy)};
}

/* A quoted cell; *at is behind its opening quote, and behind its closing one afterwards. False: a fault, scan resumed. */
static bool quoted_cell(struct csv_scan *scan, struct csv_record *record, const char **at, uint64_t *line, struct text *cell)
{
    const char *open = *at, *p = open;
    uint64_t open_line = *line;
    size_t doubled = 0;
    for (;;) {
        size_t left = (size_t)(scan->end - p);
        size_t room = LIMIT_CELL_BYTES + 1 - ((size_t)(p - open) - doubled); /* 1: the closing quote's */
        size_t window = left < room ? left : room;
        const char *quote = window ? memchr(p, '"', window) : NULL;
        const char *stop = quote ? quote : p + window;
        for (const char *n = p; n < stop && (n = memchr(n, '\n', (size_t)(stop - n))); n++) ++*line;
        bool pair = quote && quote + 1 < scan->end && quote[1] == '"';
        bool over = quote ? pair && (size_t)(quote - open) - doubled >= LIMIT_CELL_BYTES : left > window;
        if (!quote || over) {
            enum csv_fault what = over && *line == open_line ? CSV_CELL_TOO_LONG : CSV_UNCLOSED_QUOTE;
            fault(record, what, open_line, open - 1, scan->end);
            resume(scan, open, open_line, stop, *line);
            return false;
        }
        if (pair) {
            doubled++;
            p = quote + 2;
            continue;
        }
        p = quote + 1;
        *at = p;
        *cell = doubled ? undouble(scan->scratch, open, quote, doubled) : (struct text){open, (size_t)(quote - open)};
        return true;
    }
}

/* The first kept cell that holds a NUL (or is no UTF-8), else the first that was not kept. */
static uint32_t faulty_cell(const struct text *cells, uint32_t kept, enum csv_fault what)
{
    for (uint32_t i = 0; i < kept; i++) {
        if (!cells[i].len) continue;
        if (what == CSV_NUL ? memchr(cells[i].at, 0, cells[i].len) != NULL : utf8_valid(cells[i]) < cells[i].len) return i;
    }
    return kept;
}

/* NUL and UTF-8 are looked for in the record as a whole: one fast pass instead of a short one for each cell. */
static void check_bytes(struct csv_record *record, const struct text *cells, uint32_t room, struct text bytes)
{
    const char *nul = memchr(bytes.at, 0, bytes.len);
    size_t valid = utf8_valid(bytes);
    if (!nul && valid == bytes.len) return;
    enum csv_fault what = nul ? CSV_NUL : CSV_NOT_UTF8;
    const char *at = nul ? nul : bytes.at + valid;
    uint64_t line = record->line;
    for (const char *n = bytes.at; n < at; n++) line += *n == '\n';

    uint32_t cell = faulty_cell(cells, record->cells < room ? record->cells : room, what);
    size_t before = (size_t)(at - bytes.at) < CSV_EXCERPT / 2 ? (size_t)(at - bytes.at) : CSV_EXCERPT / 2;
    const char *shown = at - before;
    for (const char *n = shown; n < at; n++) {
        if (*n == '\n') shown = n + 1;
    }
    fault(record, what, line, shown, bytes.at + bytes.len);
    if (record->fault == what) record->fault_cell = cell;
}

bool csv_scan_next(struct csv_scan *scan, struct text *cells, uint32_t room, struct csv_record *record)
{
    const char *p = scan->at, *end = scan->end;
    uint64_t line = scan->line;

    while (p < end && (*p == '\n' || (*p == '\r' && (p + 1 == end || p[1] == '\n')))) { /* empty lines */
        line += *p == '\n';
        p++;
    }
    *record = (struct csv_record){.line = line};
    scan->at = p;
    scan->line = line;
    if (p == end) return false;

    const char *start = p, *after; /* after: where the cell ends */
    const uint8_t ends = END_ALWAYS | ENDS_PLAIN[(unsigned char)scan->separator];
    for (bool more = true; more;) {
        struct text cell = TEXT_NONE;
        const char *open = p;
        uint64_t open_line = line;
        bool quoted = p < end && *p == '"';
        if (quoted) {
            p++;
            if (!quoted_cell(scan, record, &p, &line, &cell)) return true;
        } else {
            while (p < end && !(ENDS_PLAIN[(unsigned char)*p] & ends)) p++;
            size_t len = (size_t)(p - open);
            if (len) cell = (struct text){open, len};
            if (len > LIMIT_CELL_BYTES) fault(record, CSV_CELL_TOO_LONG, line, open, end);
        }

        after = p;
        if (p == end) {
            more = false;
        } else if (*p == scan->separator) {
            p++;
        } else if (*p == '\n' || (*p == '\r' && (p + 1 == end || p[1] == '\n'))) {
            p += *p == '\r' && p + 1 < end ? 2 : 1;
            line++;
            more = false;
        } else if (*p == '\r') {
            fault(record, CSV_LONE_CR, line, open, end);
            resume(scan, p, line, p, line);
            return true;
        } else {
            fault(record, quoted ? CSV_AFTER_QUOTE : CSV_BARE_QUOTE, open_line, open, end);
            resume(scan, open, open_line, p, line);
            return true;
        }
        if ((size_t)(after - start) > LIMIT_ROW_BYTES) {
            fault(record, CSV_ROW_TOO_LONG, record->line, start, end);
            if (more) resume(scan, p, line, p, line);
            if (more) return true;
        }
        if (record->cells < room) cells[record->cells] = cell;
        record->cells++;
    }
    scan->at = p;
    scan->line = line;
    check_bytes(record, cells, room, (struct text){start, (size_t)(after - start)});
    return true;
}
