/* Printed lines as text: indentation, columns, wrapping, blank lines, comments where they stood.
 *
 * In: lines with marks (layout.h), in the order of the source; the file's text and comments. Out: the canonical text.
 * Decision: where a line of the source ends is found backwards from where the next begins, over blanks and comments, so
 * that no node needs a span of its head alone. Cost: a sorted list of where lines begin.
 */
#include "layout.h"

#include <stdlib.h>

enum { INDENT = 2, CONTINUED = 4, WIDTH = 110, STOPS = 16 };

void layout_init(struct layout *layout, struct arena *arena, const struct ast_file *file)
{
    *layout = (struct layout){.arena = arena, .file = file};
    buffer_init(&layout->line, arena);
}

void layout_line(struct layout *layout, struct layout_line line)
{
    line.text = arena_text(layout->arena, buffer_result(&layout->line));
    layout->line.len = 0;
    ARENA_PUSH(layout->arena, layout->lines, layout->count, layout->room, line);
}

/* ---- columns ---- */

/* The cell that begins at `at`: up to the next stop or the end. */
static struct text cell_at(struct text line, size_t at)
{
    const char *stop = memchr(line.at + at, MARK_STOP & 0xff, line.len - at);
    return (struct text){line.at + at, stop ? (size_t)(stop - (line.at + at)) : line.len - at};
}

/* Pads the cells of those lines of the declaration [from, to) that have columns. A column that is empty in all lines takes no room. */
static void align(struct layout *layout, size_t from, size_t to)
{
    size_t widths[STOPS] = {0};
    for (size_t i = from; i < to; i++) {
        if (layout->lines[i].gap == 0) continue;
        struct text line = layout->lines[i].text;
        int column = 0;
        for (size_t at = 0; at < line.len && column < STOPS; column++) {
            struct text cell = cell_at(line, at);
            at += cell.len;
            if (at == line.len) break; /* the last cell is as wide as it likes */
            size_t width = text_width(cell);
            if (width > widths[column]) widths[column] = width;
            at++;
        }
    }
    for (size_t i = from; i < to; i++) {
        if (layout->lines[i].gap == 0) continue;
        struct text line = layout->lines[i].text;
        struct buffer out;
        buffer_init(&out, layout->arena);
        int column = 0;
        for (size_t at = 0; at < line.len; column++) {
            struct text cell = cell_at(line, at);
            size_t begin = out.len;
            buffer_text(&out, cell);
            at += cell.len;
            if (at == line.len) break;
            if (column < STOPS && widths[column]) buffer_pad(&out, begin, widths[column] + (size_t)layout->lines[i].gap);
            if (column >= STOPS) buffer_char(&out, ' ');
            at++;
        }
        while (out.len && out.at[out.len - 1] == ' ') out.len--;
        layout->lines[i].text = buffer_result(&out);
    }
}

/* ---- wrapping ---- */

static size_t width_to_next_break(struct text text)
{
    size_t len = 0;
    while (len < text.len && text.at[len] != MARK_BREAK && text.at[len] != MARK_SPACE) len++;
    return text_width((struct text){text.at, len});
}

/* The width of the whole line if it is not broken. */
static size_t width_unbroken(struct text text)
{
    size_t width = 0;
    for (size_t at = 0; at < text.len; at++) {
        size_t len = 0;
        while (at + len < text.len && text.at[at + len] != MARK_BREAK && text.at[at + len] != MARK_SPACE) len++;
        width += text_width((struct text){text.at + at, len});
        at += len;
        if (at < text.len) width += text.at[at] == MARK_SPACE;
    }
    return width;
}

/* The line with its breaks turned into blanks, nothing, or newlines where it would grow too long. */
static void put_wrapped(struct buffer *out, struct text text, int depth)
{
    size_t margin = (size_t)depth * INDENT, column = margin + width_to_next_break(text);
    bool breaks = margin + width_unbroken(text) > WIDTH;
    buffer_print(out, "%*s", (int)margin, "");
    for (size_t at = 0; at < text.len; at++) {
        char c = text.at[at];
        if (c != MARK_BREAK && c != MARK_SPACE) {
            buffer_char(out, c);
            continue;
        }
        struct text rest = {text.at + at + 1, text.len - at - 1};
        size_t width = width_to_next_break(rest) + (c == MARK_SPACE);
        if (breaks && column + width > WIDTH) {
            buffer_print(out, "\n%*s", (int)(margin + CONTINUED), "");
            column = margin + CONTINUED + width;
        } else {
            if (c == MARK_SPACE) buffer_char(out, ' ');
            column += width;
        }
    }
}

/* ---- comments and blank lines ---- */

/* The bytes of the blank that ends at `end`, as the lexer sees blanks; 0 if none does. */
static size_t blank_at(struct text source, size_t end)
{
    if (end == 0) return 0;
    if (memchr(" \t\r\n\f\v", source.at[end - 1], 6)) return 1;
    const unsigned char *at = (const unsigned char *)source.at + end;
    if (end >= 2 && at[-2] == 0xc2 && at[-1] == 0xa0) return 2;                                 /* no-break space */
    if (end < 3) return 0;
    if (at[-3] == 0xe3 && at[-2] == 0x80 && at[-1] == 0x80) return 3;                           /* full-width space */
    if (at[-3] == 0xef && at[-2] == 0xbb && at[-1] == 0xbf) return 3;                           /* BOM */
    if (at[-3] == 0xe2 && at[-2] == 0x80 && (at[-1] <= 0x8d || at[-1] == 0xaf)) return 3;       /* spaces of other widths */
    return 0;
}

/* Whether the line before the one that `offset` stands on is empty. */
static bool blank_before(struct text source, size_t offset)
{
    if (offset > source.len) return false;
    int newlines = 0;
    for (size_t at = offset, bytes; at > 0 && newlines < 2; at -= bytes) {
        bytes = blank_at(source, at);
        if (!bytes) return false;
        newlines += source.at[at - 1] == '\n';
    }
    return newlines == 2;
}

static bool indented(struct text source, size_t offset)
{
    return offset > 0 && offset <= source.len && source.at[offset - 1] != '\n';
}

static void put_comment(struct buffer *out, const struct ast_comment *comment)
{
    buffer_char(out, '#');
    bool joined = comment->text.len == 0 || comment->text.at[0] == '!'; /* #! must stay as it is */
    if (!joined) buffer_char(out, ' ');
    buffer_text(out, comment->text);
}

/* Where the tokens of a line end, given where the next line begins: comments before that are behind it or inside it. */
static size_t end_of_line(const struct ast_file *file, size_t from, size_t next, size_t first_comment, size_t last_comment)
{
    size_t end = next < file->source.len ? next : file->source.len;
    for (;;) {
        while (end > from && blank_at(file->source, end)) end -= blank_at(file->source, end);
        if (last_comment == first_comment || file->comments[last_comment - 1].span.to < end) return end;
        end = file->comments[--last_comment].span.from;
        if (end <= from) return from;
    }
}

struct emitter {
    struct buffer *out;
    const struct ast_file *file;
    size_t comment; /* the next one to be printed */
    bool separate;  /* a blank line is due */
};

static void begin_own_line(struct emitter *e, size_t offset, int depth)
{
    bool blank = e->separate || blank_before(e->file->source, offset);
    if (blank && e->out->len) buffer_char(e->out, '\n');
    e->separate = false;
    buffer_print(e->out, "%*s", depth * INDENT, "");
}

static void put_own_comment(struct emitter *e, int depth)
{
    const struct ast_comment *comment = &e->file->comments[e->comment++];
    begin_own_line(e, comment->span.from, depth);
    put_comment(e->out, comment);
    buffer_char(e->out, '\n');
}

static void emit_line(struct emitter *e, const struct layout_line *line, size_t next, bool separate)
{
    const struct ast_file *file = e->file;
    size_t lead = e->comment, after = e->comment;
    while (lead < file->comment_count && file->comments[lead].span.from < line->from) lead++;
    for (after = lead; after < file->comment_count && file->comments[after].span.from < next;) after++;
    size_t end = end_of_line(file, line->from, next, lead, after);
    size_t inside = lead;
    while (inside < after && file->comments[inside].span.from < end) inside++;

    if (line->opens) { /* an indented comment at the end of a declaration still belongs to it */
        while (e->comment < lead && e->out->len && indented(file->source, file->comments[e->comment].span.from))
            put_own_comment(e, 1);
    }
    e->separate = separate;
    while (e->comment < lead) put_own_comment(e, line->depth);
    size_t offset = line->from;
    for (; e->comment < inside; e->comment++) {
        begin_own_line(e, offset, line->depth);
        put_comment(e->out, &file->comments[e->comment]);
        buffer_char(e->out, '\n');
        offset = SIZE_MAX; /* the blank line stood before the first */
    }
    begin_own_line(e, offset, 0);
    put_wrapped(e->out, line->text, line->depth);
    if (inside < after && !file->comments[inside].own_line) {
        buffer_put(e->out, "  ");
        put_comment(e->out, &file->comments[e->comment++]);
    }
    buffer_char(e->out, '\n');
}

static int order_of_offsets(const void *a, const void *b)
{
    size_t x = *(const size_t *)a, y = *(const size_t *)b;
    return (x > y) - (x < y);
}

/* Where the line behind `from` begins in the source. Lines are printed in the order of the source but for a note that
 * stood inside a block with no room for it. */
static size_t next_offset(const size_t *offsets, size_t count, size_t from, size_t none)
{
    size_t low = 0, high = count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (offsets[middle] <= from) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < count ? offsets[low] : none;
}

void layout_finish(struct layout *layout, struct buffer *out)
{
    const struct ast_file *file = layout->file;
    size_t *offsets = ARENA_ARRAY(layout->arena, size_t, layout->count);
    for (size_t i = 0; i < layout->count; i++) offsets[i] = layout->lines[i].from;
    qsort(offsets, layout->count, sizeof *offsets, order_of_offsets);
    for (size_t i = 0, j; i < layout->count; i = j) {
        for (j = i + 1; j < layout->count && !layout->lines[j].opens;) j++;
        align(layout, i, j);
    }
    struct emitter e = {.out = out, .file = file};
    for (size_t i = 0; i < layout->count; i++) {
        const struct layout_line *line = &layout->lines[i], *before = i ? line - 1 : NULL;
        bool last = i + 1 == layout->count;
        /* one-line declarations that stood together stay together */
        bool short_line = line->joins && (last || line[1].opens);
        bool joined = before && before->opens && before->joins && (short_line || before->joins == JOINS_NEXT);
        size_t next = next_offset(offsets, layout->count, line->from, file->source.len);
        emit_line(&e, line, next, line->opens && before && !joined);
    }
    while (e.comment < file->comment_count) {
        bool tail = layout->count && indented(file->source, file->comments[e.comment].span.from);
        put_own_comment(&e, tail ? 1 : 0);
    }
}
