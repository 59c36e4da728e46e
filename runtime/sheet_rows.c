/* The rows of a sheet: see sheet_rows.h. */
#include "sheet_rows.h"

#include "utf8.h"

#include <stdio.h>
#include <stdlib.h>

enum { QUEUE = LIMIT_BATCH, QUEUE_BYTES = 8 * 1024 * 1024, LINES_MOST = 1048576 };

struct queue {
    struct sheet_row *rows;
    size_t count, capacity;
    struct csv_scratch scratch; /* cells and their text */
};

struct sheet_rows {
    struct workbook *workbook;
    struct part *part;
    struct text name; /* of the part */
    struct queue queues[2];
    struct queue *queue; /* the one in use; the other may still be read by whoever took rows from it */
    size_t next;
    bool ended, failed;
    uint64_t lines; /* taken in so far */

    /* the row that is being read */
    uint32_t line, column, next_column, cells_count;
    bool in_row, in_cell, has_value, has_formula;
    size_t row_bytes;
    char type; /* of the cell: n, s, t (text of a formula), i (inline), b, e, d */
    uint32_t style, phonetic;
    struct text_run run;
    struct sheet_cell *cells; /* of the row; grows to its widest */
    size_t cells_capacity;

    struct sheet_range *merged;
    size_t merged_count, merged_capacity;
};

static bool is(const char *name, const char *wanted) { return strcmp(name, wanted) == 0; }

struct text sheet_address(uint32_t column, uint32_t line, char *room)
{
    char letters[8];
    int count = 0;
    for (uint32_t c = column + 1; c; c = (c - 1) / 26) letters[count++] = (char)('A' + (c - 1) % 26);
    size_t len = 0;
    while (count) room[len++] = letters[--count];
    len += (size_t)snprintf(room + len, 12, "%u", (unsigned)line);
    return (struct text){room, len};
}

/* "AB12"; false if it is none, or lies beyond what a sheet has. *text moves behind it. */
static bool read_address(const char **text, uint32_t *column, uint32_t *line)
{
    const char *p = *text;
    uint32_t c = 0, l = 0;
    for (; *p == '$' || (*p >= 'A' && *p <= 'Z'); p++) {
        if (*p != '$') c = c * 26 + (uint32_t)(*p - 'A' + 1);
        if (c > SHEET_COLUMNS) return false;
    }
    for (; *p >= '0' && *p <= '9'; p++) {
        l = l * 10 + (uint32_t)(*p - '0');
        if (l > LINES_MOST) return false;
    }
    if (!c || !l) return false;
    *column = c - 1;
    *line = l;
    *text = p;
    return true;
}

static void damaged(struct sheet_rows *rows, const char *why)
{
    if (!rows->failed) {
        struct finding *finding = FIND(rows->workbook->problems, D_BOOK_DAMAGED, SPAN_NONE, rows->name, text_of(why));
        if (finding) finding->data.file = rows->workbook->file;
    }
    rows->failed = true;
    part_pause(rows->part);
}

/* ---- a cell ---- */

static struct text copy(struct sheet_rows *rows, struct text text)
{
    if (!text.len) return (struct text){"", 0};
    char *at = csv_scratch_take(&rows->queue->scratch, text.len);
    memcpy(at, text.at, text.len);
    return (struct text){at, text.len};
}

static void put_cell(struct sheet_rows *rows, enum sheet_cell_state state, struct text text, bool stays)
{
    if (state == SHEET_CELL_FINE && text.len > LIMIT_CELL_BYTES) {
        state = SHEET_CELL_TOO_LONG;
        text = utf8_cut(text, CSV_EXCERPT);
    }
    if (state == SHEET_CELL_FINE && utf8_trim(text).len == 0) return;
    if (state == SHEET_CELL_FINE && memchr(text.at, 0, text.len)) state = SHEET_CELL_DAMAGED;
    if (!stays) rows->row_bytes += text.len;
    if (rows->row_bytes > LIMIT_ROW_BYTES) {
        damaged(rows, "a row that is too long");
        return;
    }
    struct sheet_cell cell = {rows->column, state, stays, stays ? text : copy(rows, text)};
    size_t count = rows->cells_count;
    ARENA_PUSH(rows->workbook->arena, rows->cells, count, rows->cells_capacity, cell);
    rows->cells_count = (uint32_t)count;
}

static void put_shared(struct sheet_rows *rows, struct text value)
{
    size_t index = 0;
    bool number = value.len > 0 && value.len < 10;
    for (size_t i = 0; number && i < value.len; i++) {
        number = value.at[i] >= '0' && value.at[i] <= '9';
        index = index * 10 + (size_t)(value.at[i] - '0');
    }
    bool there = number && index < rows->workbook->string_count;
    put_cell(rows, there ? SHEET_CELL_FINE : SHEET_CELL_DAMAGED, there ? rows->workbook->strings[index] : value, there);
}

static void put_number(struct sheet_rows *rows, struct text value)
{
    char room[CELL_NUMBER_ROOM];
    struct text text;
    struct cell_format format = {LOOK_NUMBER, 0, 0};
    if (rows->style < rows->workbook->format_count) format = rows->workbook->formats[rows->style];
    enum number_state state = cell_number(utf8_trim(value), format, rows->workbook->from_1904, room, &text);
    text = utf8_cut(text, CSV_EXCERPT);
    put_cell(rows,
             state == NUMBER_FINE   ? SHEET_CELL_FINE
             : state == NUMBER_LONG ? SHEET_CELL_LONG_NUMBER
                                    : SHEET_CELL_DAMAGED,
             text, false);
}

/* "2007-01-31T00:00:00" is a date alone. */
static struct text without_midnight(struct text text)
{
    static const char *const ENDS[] = {"T00:00:00Z", "T00:00:00.000Z", "T00:00:00.000", "T00:00:00", "Z"};
    for (size_t i = 0; i < sizeof ENDS / sizeof *ENDS; i++) {
        size_t n = strlen(ENDS[i]);
        if (text.len > n && memcmp(text.at + text.len - n, ENDS[i], n) == 0) return (struct text){text.at, text.len - n};
    }
    return text;
}

static void end_cell(struct sheet_rows *rows)
{
    struct text value = text_run_take(&rows->run);
    bool given = rows->has_value || value.len;
    rows->in_cell = false;
    if (!given) {
        if (rows->has_formula) put_cell(rows, SHEET_CELL_NO_VALUE, TEXT_NONE, false);
        return;
    }
    switch (rows->type) {
    case 's': put_shared(rows, utf8_trim(value)); break;
    case 'b': {
        bool yes = text_is(utf8_trim(value), "1") || text_is(utf8_trim(value), "true");
        put_cell(rows, SHEET_CELL_FINE, yes ? TEXT("true") : TEXT("false"), true);
        break;
    }
    case 'e': put_cell(rows, SHEET_CELL_ERROR, utf8_cut(value, CSV_EXCERPT), false); break;
    case 'd': put_cell(rows, SHEET_CELL_FINE, without_midnight(value), false); break;
    case 'n':
        if (value.len)
            put_number(rows, value);
        else if (rows->has_formula)
            put_cell(rows, SHEET_CELL_NO_VALUE, TEXT_NONE, false);
        break;
    default: put_cell(rows, SHEET_CELL_FINE, value, false); break;
    }
}

static void start_cell(struct sheet_rows *rows, const char **attributes)
{
    const char *at = part_attribute(attributes, "r"), *type = part_attribute(attributes, "t");
    const char *style = part_attribute(attributes, "s");
    uint32_t column = rows->next_column, line;
    if (at) {
        const char *p = at;
        if (!read_address(&p, &column, &line) || *p || line != rows->line) {
            damaged(rows, "a cell out of its row");
            return;
        }
        if (column < rows->next_column) {
            damaged(rows, "cells out of order");
            return;
        }
    }
    if (column >= SHEET_COLUMNS) {
        damaged(rows, "too many columns");
        return;
    }
    rows->column = column;
    rows->next_column = column + 1;
    rows->in_cell = true;
    rows->has_value = rows->has_formula = false;
    rows->run.text.len = 0;
    rows->run.open = false;
    rows->phonetic = 0;
    rows->style = style ? (uint32_t)strtoul(style, NULL, 10) : 0;
    rows->type = !type || is(type, "n") ? 'n' : is(type, "str") ? 't' : is(type, "inlineStr") ? 'i' : type[0];
}

/* ---- a row ---- */

static void start_row(struct sheet_rows *rows, const char **attributes)
{
    const char *number = part_attribute(attributes, "r");
    uint32_t line = rows->line + 1;
    if (number) line = strlen(number) < 10 ? (uint32_t)strtoul(number, NULL, 10) : 0;
    if (line <= rows->line || line > LINES_MOST) {
        damaged(rows, "rows out of order");
        return;
    }
    rows->line = line;
    rows->next_column = 0;
    rows->cells_count = 0;
    rows->row_bytes = 0;
    rows->in_row = true;
    rows->in_cell = false;
}

static void push_row(struct sheet_rows *rows, uint32_t line, const struct sheet_cell *cells, uint32_t count)
{
    struct queue *queue = rows->queue;
    struct sheet_row row = {.line = line, .count = count};
    row.cells = (struct sheet_cell *)(void *)csv_scratch_take(&queue->scratch, ((size_t)count + 1) * sizeof *cells);
    row.cells = (struct sheet_cell *)(((uintptr_t)row.cells + 7) & ~(uintptr_t)7); /* the scratch is for bytes */
    memcpy(row.cells, cells, (size_t)count * sizeof *cells);
    ARENA_PUSH(rows->workbook->arena, queue->rows, queue->count, queue->capacity, row);
}

static void end_row(struct sheet_rows *rows)
{
    rows->in_row = false;
    if (!rows->cells_count || rows->failed) return;
    push_row(rows, rows->line, rows->cells, rows->cells_count);
    rows->lines++;
    if (rows->queue->count >= QUEUE || rows->queue->scratch.total > QUEUE_BYTES) part_pause(rows->part);
}

/* ---- events ---- */

static void on_start(void *reader, const char *name, const char **attributes)
{
    struct sheet_rows *rows = reader;
    if (rows->failed) return;
    if (is(name, "row")) {
        start_row(rows, attributes);
    } else if (is(name, "c")) {
        if (rows->in_row) start_cell(rows, attributes);
    } else if (rows->in_cell) {
        if (is(name, "v")) rows->has_value = rows->run.open = true;
        if (is(name, "f")) rows->has_formula = true;
        if (is(name, "rPh")) rows->phonetic++;
        if (is(name, "t")) {
            rows->has_value = true;
            rows->run.open = rows->phonetic == 0;
        }
    } else if (is(name, "mergeCell")) {
        const char *ref = part_attribute(attributes, "ref");
        struct sheet_range range;
        bool fine = ref && read_address(&ref, &range.left, &range.top) && *ref++ == ':' &&
                    read_address(&ref, &range.right, &range.bottom);
        if (!fine || range.right < range.left || range.bottom < range.top) return; /* merges nothing */
        if (rows->merged_count == LIMIT_MERGED)
            damaged(rows, "too many merged ranges");
        else
            ARENA_PUSH(rows->workbook->arena, rows->merged, rows->merged_count, rows->merged_capacity, range);
    }
}

static void on_end(void *reader, const char *name)
{
    struct sheet_rows *rows = reader;
    if (rows->failed) return;
    if (is(name, "v") || is(name, "t")) rows->run.open = false;
    if (is(name, "rPh") && rows->phonetic) rows->phonetic--;
    if (is(name, "c") && rows->in_cell) end_cell(rows);
    if (is(name, "row") && rows->in_row) end_row(rows);
}

static void on_text(void *reader, struct text text)
{
    struct sheet_rows *rows = reader;
    if (rows->in_cell && rows->run.open) text_run_add(&rows->run, text);
}

/* ---- the queue ---- */

struct sheet_rows *sheet_rows_open(struct workbook *workbook, const struct workbook_sheet *sheet)
{
    static const struct part_reader CALLS = {on_start, on_end, on_text};
    if (!workbook_styles(workbook)) return NULL;
    struct sheet_rows *rows = ARENA_NEW(workbook->arena, struct sheet_rows);
    rows->workbook = workbook;
    rows->name = sheet->part;
    rows->queue = rows->queues;
    buffer_init(&rows->run.text, workbook->arena);
    for (int i = 0; i < 2; i++) csv_scratch_init(&rows->queues[i].scratch, workbook->arena);
    rows->part = part_open(workbook->package, sheet->part, &CALLS, rows);
    return rows->part ? rows : NULL;
}

bool sheet_rows_ready(const struct sheet_rows *rows)
{
    return rows->ended || rows->queue->count - rows->next >= SHEET_AHEAD;
}

void sheet_rows_fill(struct sheet_rows *rows)
{
    if (sheet_rows_ready(rows)) return;
    struct queue *before = rows->queue, *queue = before == rows->queues ? rows->queues + 1 : rows->queues;
    queue->count = 0;
    csv_scratch_reset(&queue->scratch);
    rows->queue = queue;
    for (size_t i = rows->next; i < before->count; i++) {
        const struct sheet_row *row = &before->rows[i];
        push_row(rows, row->line, row->cells, row->count);
        struct sheet_row *fresh = &queue->rows[queue->count - 1];
        for (uint32_t c = 0; c < fresh->count; c++) {
            if (!fresh->cells[c].stays) fresh->cells[c].text = copy(rows, fresh->cells[c].text);
        }
    }
    rows->next = 0;
    while (!rows->ended && (queue->count < QUEUE && queue->scratch.total <= QUEUE_BYTES)) {
        if (rows->failed || !part_read(rows->part)) rows->ended = true;
    }
    if (!rows->ended && !sheet_rows_ready(rows)) { /* rows so long that even the few do not fit: what is there must do */
        while (!rows->ended && !sheet_rows_ready(rows)) rows->ended = rows->failed || !part_read(rows->part);
    }
    if (!rows->ended) return;
    rows->failed |= part_failed(rows->part);
    part_close(rows->part);
}

const struct sheet_row *sheet_rows_peek(struct sheet_rows *rows, uint32_t ahead)
{
    size_t at = rows->next + ahead;
    return at < rows->queue->count ? &rows->queue->rows[at] : NULL;
}

void sheet_rows_skip(struct sheet_rows *rows) { rows->next++; }

bool sheet_rows_failed(const struct sheet_rows *rows) { return rows->failed; }

const struct sheet_range *sheet_rows_merged(const struct sheet_rows *rows, uint32_t *count)
{
    *count = (uint32_t)rows->merged_count;
    return rows->merged;
}

uint64_t sheet_rows_hint(const struct sheet_rows *rows)
{
    uint64_t done, all;
    part_progress(rows->part, &done, &all);
    if (rows->ended || !done) return rows->lines;
    uint64_t guess = (uint64_t)((unsigned __int128)rows->lines * all / done) + LIMIT_BATCH;
    return guess > LINES_MOST ? LINES_MOST : guess;
}

void sheet_rows_progress(const struct sheet_rows *rows, uint64_t *done, uint64_t *all) { part_progress(rows->part, done, all); }
