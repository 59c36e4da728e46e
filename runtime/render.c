/* Findings as text: the sentence in a tongue, the source line, and a caret under the right columns.
 *
 * In: a finding and the scheme's text. Out: lines for a terminal or a log.
 * Decision: what comes from a file is cleaned on its way out: control characters, bidirectional overrides and bytes that
 * are no UTF-8 show as U+FFFD, a TAB as blanks. So a scheme cannot drive the terminal, and the caret cannot be moved off
 * its word. Cost: such a line is not shown byte for byte.
 */
#include "finding.h"

#include <utf8proc.h>

enum { TAB = 8, EXCERPT_COLUMNS = 100, EXCERPT_BEFORE = 40, VALUE_COLUMNS = 60, GUTTER = 5 };

static const struct {
    const char *words[2], *hint[2];
} SENTENCES[DIAG_COUNT] = {
#define DIAG(name, code, severity, en, zh, hint_en, hint_zh) [D_##name] = {{en, zh}, {hint_en, hint_zh}},
#include "diagnostics.def"
#undef DIAG
};

/* One character as it is shown. */
struct glyph {
    struct text shown; /* empty for a TAB: `width` blanks */
    size_t bytes;      /* taken from the text; never 0 */
    size_t width;
};

static bool is_hidden_control(int32_t c)
{
    return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x200e || c == 0x200f || (c >= 0x2028 && c <= 0x202e) ||
           (c >= 0x2066 && c <= 0x2069);
}

/* The glyph at `at`, standing in `column` (0-based). */
static struct glyph glyph_at(struct text text, size_t at, size_t column)
{
    static const struct text UNKNOWN = {"\xEF\xBF\xBD", 3};
    if (text.at[at] == '\t') return (struct glyph){TEXT_NONE, 1, TAB - column % TAB};
    utf8proc_int32_t c;
    size_t left = text.len - at;
    utf8proc_ssize_t n = utf8proc_iterate((const utf8proc_uint8_t *)text.at + at, left < 4 ? (utf8proc_ssize_t)left : 4, &c);
    if (n <= 0) return (struct glyph){UNKNOWN, 1, 1};
    if (is_hidden_control(c)) return (struct glyph){UNKNOWN, (size_t)n, 1};
    int width = utf8proc_charwidth(c);
    return (struct glyph){{text.at + at, (size_t)n}, (size_t)n, width < 0 ? 0 : (size_t)width};
}

size_t text_width(struct text text)
{
    size_t column = 0;
    for (size_t at = 0; at < text.len;) {
        struct glyph glyph = glyph_at(text, at, column);
        at += glyph.bytes;
        column += glyph.width;
    }
    return column;
}

struct text source_line(struct text source, uint32_t offset, size_t *line, size_t *column)
{
    size_t end = offset < source.len ? offset : source.len, from = 0;
    *line = 1;
    for (const char *at; from < end && (at = memchr(source.at + from, '\n', end - from)) != NULL; ++*line)
        from = (size_t)(at - source.at) + 1;
    const char *newline = from < source.len ? memchr(source.at + from, '\n', source.len - from) : NULL;
    size_t to = newline ? (size_t)(newline - source.at) : source.len;
    if (to > from && source.at[to - 1] == '\r') to--;
    if (end > to) end = to;
    *column = from < source.len ? text_width((struct text){source.at + from, end - from}) + 1 : 1;
    return (struct text){source.at ? source.at + from : NULL, to - from};
}

const struct source_file *source_file_at(struct source_files files, uint32_t offset)
{
    const struct source_file *found = files.count ? &files.all[0] : NULL;
    for (size_t k = 1; k < files.count && files.all[k].from <= offset; k++) found = &files.all[k];
    return found;
}

struct text source_files_line(struct source_files files, uint32_t offset, size_t *line, size_t *column)
{
    const struct source_file *file = source_file_at(files, offset);
    *line = *column = 0;
    return file ? source_line(file->text, offset - file->from, line, column) : TEXT_NONE;
}

static void put_glyph(struct buffer *out, struct glyph glyph)
{
    if (glyph.shown.len) {
        buffer_text(out, glyph.shown);
    } else {
        for (size_t i = 0; i < glyph.width; i++) buffer_char(out, ' ');
    }
}

/* Text of a file, cleaned; from column `limit` on it is cut with `…` (0: never). */
static void put_clean(struct buffer *out, struct text text, size_t limit)
{
    bool cut = limit && text_width(text) > limit;
    size_t column = 0;
    for (size_t at = 0; at < text.len;) {
        struct glyph glyph = glyph_at(text, at, column);
        if (cut && column + glyph.width > limit - 1) break;
        put_glyph(out, glyph);
        at += glyph.bytes;
        column += glyph.width;
    }
    if (cut) buffer_put(out, "…");
}

static void put_filled(struct buffer *out, const char *pattern, const struct finding *finding)
{
    for (const char *p = pattern; *p; p++) {
        if (p[0] == '{' && p[1] >= '1' && p[1] <= '0' + FINDING_WORDS && p[2] == '}') {
            put_clean(out, finding->words[p[1] - '1'], 0);
            p += 2;
        } else {
            buffer_char(out, *p);
        }
    }
}

/* A hint is said only if all its words are there: "here could stand: " without any helps nobody. */
static bool has_hint(const struct finding *finding, bool zh)
{
    const char *hint = SENTENCES[finding->code].hint[zh];
    for (const char *p = hint; *p; p++) {
        bool word = p[0] == '{' && p[1] >= '1' && p[1] <= '0' + FINDING_WORDS && p[2] == '}';
        if (word && !finding->words[p[1] - '1'].len) return false;
    }
    return *hint != '\0';
}

void finding_sentence(struct buffer *out, const struct finding *finding, enum tongue tongue)
{
    put_filled(out, SENTENCES[finding->code].words[tongue == TONGUE_ZH], finding);
}

void finding_hint(struct buffer *out, const struct finding *finding, enum tongue tongue)
{
    bool zh = tongue == TONGUE_ZH;
    if (has_hint(finding, zh)) put_filled(out, SENTENCES[finding->code].hint[zh], finding);
}

/* The source line with its number, and a caret line under [from, to) of the file. */
static void put_excerpt(struct buffer *out, const struct source_file *file, struct span span)
{
    struct text source = file->text;
    span.from -= file->from;
    span.to -= file->from;
    size_t number, start;
    struct text line = source_line(source, span.from, &number, &start);
    size_t base = (size_t)(line.at - source.at);
    start--;
    size_t to = span.to > base ? span.to - base : 0;
    size_t end = text_width((struct text){line.at, to < line.len ? to : line.len});
    if (end <= start) end = start + 1;

    size_t low = 0, high = SIZE_MAX; /* the columns that are shown */
    if (text_width(line) > EXCERPT_COLUMNS) {
        if (end > EXCERPT_COLUMNS - 1) low = start > EXCERPT_BEFORE ? start - EXCERPT_BEFORE : 0;
        high = low + EXCERPT_COLUMNS - 1;
    }
    buffer_print(out, "%*zu | ", GUTTER, number);
    size_t column = 0, shown = 0, caret = 0; /* shown: columns printed; caret: where it begins among them */
    if (low) {
        buffer_put(out, "…");
        shown = 1;
    }
    bool more = false;
    for (size_t at = 0; at < line.len && !more;) {
        struct glyph glyph = glyph_at(line, at, column);
        if (column >= start && !caret) caret = shown + 1;
        more = column + glyph.width > high;
        if (column >= low && !more) {
            put_glyph(out, glyph);
            shown += glyph.width;
        }
        at += glyph.bytes;
        column += glyph.width;
    }
    if (more) buffer_put(out, "…");
    if (!caret) caret = shown + 1;
    buffer_print(out, "\n%*s | %*s", GUTTER, "", (int)caret - 1, "");
    size_t length = end - start;
    size_t room = shown + 1 > caret ? shown + 1 - caret : 1;
    for (size_t i = 0; i < (length < room ? length : room); i++) buffer_char(out, '^');
    buffer_char(out, '\n');
}

static struct text trim(struct text text)
{
    while (text.len && (text.at[0] == ' ' || text.at[0] == '\t')) text.at++, text.len--;
    while (text.len && strchr(" \t\r\n", text.at[text.len - 1])) text.len--;
    return text;
}

static const char *severity_word(enum severity severity, bool zh)
{
    switch (severity) {
    case SEVERITY_ERROR: return zh ? "错误" : "error";
    case SEVERITY_WARNING: return zh ? "警告" : "warning";
    case SEVERITY_NOTICE: return zh ? "提醒" : "notice";
    }
    return "";
}

/* file.csv:12: column "出席": "9x": … */
static void put_data_place(struct buffer *out, const struct finding *finding, bool zh)
{
    const struct data_place *data = &finding->data;
    enum severity severity = diag_severity(finding->code);
    put_clean(out, data->file, 0);
    if (data->line) buffer_print(out, ":%llu", (unsigned long long)data->line);
    buffer_put(out, ": ");
    if (severity != SEVERITY_ERROR) {
        buffer_put(out, severity_word(severity, zh));
        buffer_put(out, zh ? "：" : ": ");
    }
    if (data->column.len) {
        buffer_put(out, zh ? "“" : "column \"");
        put_clean(out, data->column, VALUE_COLUMNS);
        buffer_put(out, zh ? "”列：" : "\": ");
    }
    if (data->value.len) {
        buffer_put(out, zh ? "“" : "\"");
        put_clean(out, data->value, VALUE_COLUMNS);
        buffer_put(out, zh ? "”：" : "\": ");
    }
}

/* The second place of a finding. */
static void put_other(struct buffer *out, const struct source_file *file, struct span other, bool elsewhere, bool zh)
{
    size_t line, column;
    source_line(file->text, other.from - file->from, &line, &column);
    if (elsewhere) {
        buffer_put(out, zh ? "  参见" : "  see ");
        put_clean(out, file->name, 0);
        buffer_print(out, zh ? " 第%zu行：\n" : " line %zu:\n", line);
    } else {
        buffer_print(out, zh ? "  参见第%zu行：\n" : "  see line %zu:\n", line);
    }
    put_excerpt(out, file, other);
}

void finding_render_in(struct buffer *out, const struct finding *finding, enum tongue tongue, struct source_files files)
{
    bool zh = tongue == TONGUE_ZH;
    bool about_data = finding->data.file.len != 0;
    const struct source_file *file = source_file_at(files, finding->where.from);
    bool placed = finding->where.to != 0 && file && file->text.len != 0; /* SPAN_NONE is {0, 0} */
    size_t line, column;
    if (about_data) {
        put_data_place(out, finding, zh);
    } else {
        if (file) put_clean(out, file->name, 0);
        if (placed) {
            source_line(file->text, finding->where.from - file->from, &line, &column);
            buffer_print(out, ":%zu:%zu", line, column);
        }
        buffer_print(out, ": %s %s%s", severity_word(diag_severity(finding->code), zh), diag_label(finding->code),
                     zh ? "：" : ": ");
    }
    finding_sentence(out, finding, tongue);
    buffer_char(out, '\n');
    if (placed && about_data && file != files.all) { /* the place said is in the data: whose line is this? */
        buffer_put(out, "  ");
        put_clean(out, file->name, 0);
        buffer_put(out, zh ? "：\n" : ":\n");
    }
    if (placed) put_excerpt(out, file, finding->where);
    if (finding->clause.len) {
        buffer_put(out, zh ? "  条款 " : "  clause ");
        put_clean(out, finding->clause, 0);
        buffer_char(out, '\n');
    }
    const struct source_file *second = source_file_at(files, finding->other.from);
    if (finding->other.to != 0 && second && second->text.len) put_other(out, second, finding->other, second != file, zh);
    if (has_hint(finding, zh)) {
        buffer_put(out, zh ? "  提示：" : "  hint: ");
        put_filled(out, SENTENCES[finding->code].hint[zh], finding);
        buffer_char(out, '\n');
    }
    struct text repair = trim(finding->repair);
    if (repair.len) {
        buffer_put(out, zh ? "  请写：" : "  write: ");
        put_clean(out, repair, 0);
        buffer_char(out, '\n');
    }
}

void finding_render(struct buffer *out, const struct finding *finding, enum tongue tongue, struct text name,
                    struct text source)
{
    struct source_file file = {name, source, 0};
    finding_render_in(out, finding, tongue, (struct source_files){&file, 1});
}
