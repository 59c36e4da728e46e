/* CSV out: see csv_write.h. */
#include "csv_write.h"

/* [+-]digits[.digits][%], ASCII: what a spreadsheet takes as a number and nothing else; and [-]digits/digits, our exact
 * quotients, whose meaning does not change when it is worked out. */
static bool is_number(struct text text)
{
    size_t at = 0, digits = 0;
    bool point = false;
    if (text.len && (text.at[0] == '+' || text.at[0] == '-')) at = 1;
    for (; at < text.len; at++) {
        char c = text.at[at];
        if (c >= '0' && c <= '9') digits++;
        else if (c == '.' && !point && digits) point = true;
        else if (c == '%' && at + 1 == text.len && digits) break;
        else if (c == '/' && digits && !point && at + 1 < text.len) point = true;
        else return false;
    }
    return digits > 0 && text.at[text.len - 1] != '.' && text.at[text.len - 1] != '/';
}

/* Would a spreadsheet run it? The full-width signs count in Chinese and Japanese versions. */
static bool is_formula(struct text text)
{
    static const struct text SIGNS[] = {
        {"=", 1}, {"+", 1}, {"-", 1}, {"@", 1}, {"\t", 1}, {"\r", 1}, {"＝", 3}, {"＋", 3}, {"－", 3}, {"＠", 3},
    };
    for (size_t i = 0; i < sizeof SIGNS / sizeof *SIGNS; i++) {
        size_t n = SIGNS[i].len;
        if (text.len >= n && memcmp(text.at, SIGNS[i].at, n) == 0) return !is_number(text);
    }
    return false;
}

static bool needs_quotes(struct text text)
{
    if (!text.len) return false;
    if (text.at[0] == ' ' || text.at[text.len - 1] == ' ') return true;
    for (size_t i = 0; i < text.len; i++) {
        char c = text.at[i];
        if (c == ',' || c == '"' || c == '\n' || c == '\r' || c == '\t') return true;
    }
    return false;
}

void csv_write_mark(struct csv_writer *writer)
{
    buffer_put(writer->out, "\xEF\xBB\xBF");
    writer->row = writer->out->len;
}

void csv_write_cell(struct csv_writer *writer, struct text cell)
{
    struct buffer *out = writer->out;
    if (writer->cells++) buffer_char(out, ',');
    else writer->row = out->len;
    bool formula = is_formula(cell), quotes = needs_quotes(cell);
    if (quotes) buffer_char(out, '"');
    if (formula) buffer_char(out, '\'');
    while (quotes && cell.len) {
        const char *quote = memchr(cell.at, '"', cell.len);
        size_t n = quote ? (size_t)(quote - cell.at) + 1 : cell.len;
        buffer_text(out, (struct text){cell.at, n});
        if (quote) buffer_char(out, '"');
        cell.at += n;
        cell.len -= n;
    }
    buffer_text(out, cell);
    if (quotes) buffer_char(out, '"');
}

void csv_write_end(struct csv_writer *writer)
{
    if (writer->cells == 1 && writer->out->len == writer->row) buffer_put(writer->out, "\"\"");
    buffer_char(writer->out, '\n');
    writer->cells = 0;
}
