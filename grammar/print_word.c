/* Words, names, texts and numbers of the printer, with the blanks between them.
 *
 * In: keywords by their token, names by the node that uses them. Out: text on the line being built.
 * Decision: a name is put between 「 and 」 when the lexer or filter.c would take it for a keyword where it stands, also
 * together with the word behind it, which is why the name put last is remembered. Cost: where it only might be one, as
 * after `one of`, it is quoted, too.
 */
#include "print.h"

#include "../runtime/utf8.h"

static const struct {
    const char *english, *chinese;
} WORDS[KW_COUNT_ALL] = {
#define KEYWORD(token, class, english, chinese, help) [KW_##token] = {english, chinese},
#include "keywords.def"
#undef KEYWORD
};

/* The spelling that begins at `spellings`, up to the bar. */
static struct text first_spelling(const char *spellings)
{
    const char *end = strchr(spellings, '|');
    return end ? (struct text){spellings, (size_t)(end - spellings)} : text_of(spellings);
}

/* ---- text on the line ---- */

static bool ends_with(struct text text, const char *end)
{
    size_t len = strlen(end);
    return text.len >= len && memcmp(text.at + text.len - len, end, len) == 0;
}

static bool begins_with(struct text text, const char *begin)
{
    size_t len = strlen(begin);
    return text.len >= len && memcmp(text.at, begin, len) == 0;
}

static bool touches(struct text line)
{
    if (line.len == 0) return true;
    char last = line.at[line.len - 1];
    if (last == '(' || last == MARK_BREAK || last == MARK_SPACE || last == MARK_STOP) return true;
    return ends_with(line, "（") || ends_with(line, "，") || ends_with(line, "、") || ends_with(line, "：");
}

/* Whether the name put last and the words that follow would be read as one keyword: `count` and `of`, `天数` and `自`. */
static bool makes_phrase(struct printer *p, struct text next)
{
    if (p->name_to <= p->name_from || p->name_to != line_of(p)->len) return false;
    struct text name = {line_of(p)->at + p->name_from, p->name_to - p->name_from};
    for (size_t len = 0; len < next.len; len++) {
        while (len < next.len && next.at[len] != ' ') len++;
        int open, elsewhere;
        enum token_class class;
        struct text both = arena_print(p->layout.arena, "%.*s %.*s", TEXT_ARG(name), (int)len, next.at);
        if (keywords_find(p->keywords, both, &open, &elsewhere, &class)) return true;
    }
    return false;
}

static void quote_last_name(struct printer *p)
{
    struct text name = arena_text(p->layout.arena, (struct text){line_of(p)->at + p->name_from, p->name_to - p->name_from});
    line_of(p)->len = p->name_from;
    buffer_put(line_of(p), "「");
    buffer_text(line_of(p), name);
    buffer_put(line_of(p), "」");
}

void put(struct printer *p, struct text text)
{
    if (!text.len) return;
    if (makes_phrase(p, text)) quote_last_name(p);
    if (!touches(buffer_result(line_of(p)))) buffer_char(line_of(p), ' ');
    buffer_text(line_of(p), text);
}

void glue(struct printer *p, const char *en, const char *zh) { buffer_put(line_of(p), p->zh ? zh : en); }

void word(struct printer *p, enum word word) { put(p, first_spelling(p->zh ? WORDS[word].chinese : WORDS[word].english)); }

void word_as(struct printer *p, enum word which, const char *en, const char *zh)
{
    const char *spelling = p->zh ? zh : en;
    if (*spelling) {
        put(p, text_of(spelling));
    } else {
        word(p, which);
    }
}

void comma(struct printer *p) { glue(p, ",", "，"); }

void list_comma(struct printer *p)
{
    glue(p, ",", "、");
    buffer_char(line_of(p), p->zh ? MARK_BREAK : MARK_SPACE);
}

void break_comma(struct printer *p)
{
    comma(p);
    buffer_char(line_of(p), p->zh ? MARK_BREAK : MARK_SPACE);
}

void open_bracket(struct printer *p, bool glued)
{
    if (glued) {
        glue(p, "(", "（");
    } else {
        put(p, p->zh ? TEXT("（") : TEXT("("));
    }
}

void close_bracket(struct printer *p) { glue(p, ")", "）"); }

void stop(struct printer *p) { buffer_char(line_of(p), MARK_STOP); }

/* ---- names ---- */

static bool text_starts(struct text text, size_t at, const char *with)
{
    size_t len = strlen(with);
    return text.len - at >= len && memcmp(text.at + at, with, len) == 0;
}

static bool is_digit(uint32_t c) { return c >= '0' && c <= '9'; }

static bool is_latin(uint32_t c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || (c >= 0xc0 && c <= 0x24f && c != 0xd7 && c != 0xf7);
}

/* What the lexer takes for a character of a CJK word. */
static bool is_han(uint32_t c)
{
    return (c >= 0x3005 && c <= 0x3007) || (c >= 0x3040 && c <= 0x30ff) || (c >= 0x3400 && c <= 0x9fff) ||
           (c >= 0xac00 && c <= 0xd79f) || (c >= 0xf900 && c <= 0xfaff) || (c >= 0x20000 && c <= 0x3ffff);
}

/* A Latin letter with letters and digits after it and CJK after those, or CJK alone. */
static bool is_plain_name(struct text text)
{
    size_t at = 0, bytes = 0;
    if (!text.len) return false;
    if (is_latin(utf8_at(text, 0, &bytes))) {
        for (; at < text.len; at += bytes) {
            uint32_t c = utf8_at(text, at, &bytes);
            if (!is_latin(c) && !is_digit(c)) break;
        }
    }
    for (; at < text.len; at += bytes) {
        if (!is_han(utf8_at(text, at, &bytes))) return false;
    }
    return true;
}

static bool same_word(struct text a, struct text b)
{
    if (a.len != b.len) return false;
    for (size_t i = 0; i < a.len; i++) {
        unsigned char x = (unsigned char)a.at[i], y = (unsigned char)b.at[i];
        if (x >= 'A' && x <= 'Z') x += 'a' - 'A';
        if (x != y) return false;
    }
    return true;
}

static bool is_spelling_of(enum word word, struct text text)
{
    const char *const both[] = {WORDS[word].english, WORDS[word].chinese};
    for (int i = 0; i < 2; i++) {
        for (const char *at = both[i]; *at;) {
            struct text one = first_spelling(at);
            if (same_word(text, one)) return true;
            at += one.len;
            at += *at == '|';
        }
    }
    return false;
}

/* Words that are keywords only where their line calls for them, but where a name could stand as well. */
static bool is_soft_anywhere(struct text text)
{
    static const enum word SOFT_WORDS[] = {KW_SOURCE, KW_BECAUSE, KW_FULL, KW_ZERO, KW_SHARED, KW_UNDECIDED, KW_DUE};
    for (size_t i = 0; i < sizeof SOFT_WORDS / sizeof *SOFT_WORDS; i++) {
        if (is_spelling_of(SOFT_WORDS[i], text)) return true;
    }
    return false;
}

static bool must_quote(const struct printer *p, struct text text, enum place place)
{
    if (!is_plain_name(text)) return true;
    if (place == PLACE_FIELD) return false;
    if (begins_with(text, "每")) return true; /* 每 and what is counted is `per` */
    struct text line = buffer_result(&p->layout.line);
    if (line.len && line.at[line.len - 1] == MARK_STOP) line.len--;
    if (line.len && is_digit((unsigned char)line.at[line.len - 1]) && words_come_off(p->keywords, text)) return true;
    int open, elsewhere;
    enum token_class class;
    if (!keywords_find(p->keywords, text, &open, &elsewhere, &class)) return false;
    bool quantifier = is_spelling_of(KW_ANY, text) || is_spelling_of(KW_EVERY, text);
    if (quantifier && (place == PLACE_LISTED || place == PLACE_ANSWER)) return false;
    if (elsewhere && class == CLASS_HARD) return true;
    if (open && place == PLACE_START) return true;
    return place == PLACE_LISTED || place == PLACE_TYPE || is_soft_anywhere(text);
}

static void put_name(struct printer *p, struct text text, bool quote, bool glued)
{
    bool corner = true; /* a name that contains 」 was written in ' ' */
    for (size_t i = 0; i < text.len; i++) corner &= !text_starts(text, i, "」") && !text_starts(text, i, "』");
    struct text first = !quote ? text : corner ? TEXT("「") : TEXT("'");
    if (glued) {
        buffer_text(line_of(p), first);
    } else {
        put(p, first);
    }
    if (!quote) {
        p->name_to = line_of(p)->len;
        p->name_from = p->name_to - text.len;
        return;
    }
    buffer_text(line_of(p), text);
    buffer_text(line_of(p), corner ? TEXT("」") : TEXT("'"));
}

void name_in(struct printer *p, const struct ast *node, enum place place)
{
    struct text text = names_text(p->names, node);
    put_name(p, text, must_quote(p, text, place), false);
}

void glue_name(struct printer *p, struct text text) { put_name(p, text, !is_plain_name(text), true); }

void name(struct printer *p, const struct ast *node) { name_in(p, node, PLACE_ANY); }

void heading(struct printer *p, const struct ast *node)
{
    struct text text = names_heading(p->names, node);
    if (text.len) string(p, text);
}

/* Whether every curly mark inside has its partner, as the lexer pairs them; `closed`: none is left open. */
static bool is_paired(struct text text, bool *closed)
{
    size_t depth = 0;
    bool good = true;
    for (size_t i = 0; i < text.len; i++) {
        if (text_starts(text, i, "“")) depth++;
        if (!text_starts(text, i, "”") && !text_starts(text, i, "＂")) continue;
        if (depth) depth--;
        else good = false;
    }
    *closed = depth == 0;
    return good;
}

/* In the marks of the tongue if the contents allow it; a title's 《 》 where no quotation mark would do. */
void string(struct printer *p, struct text text)
{
    bool closed, paired = is_paired(text, &closed), straight = text.len && memchr(text.at, '"', text.len);
    if (p->zh && paired && closed && !straight) {
        put(p, TEXT("“"));
        buffer_text(line_of(p), text);
        buffer_put(line_of(p), "”");
        return;
    }
    if (!paired) {
        put(p, TEXT("《"));
        buffer_text(line_of(p), text);
        buffer_put(line_of(p), "》");
        return;
    }
    put(p, TEXT("\""));
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] == '"') buffer_char(line_of(p), '"'); /* doubled */
        buffer_char(line_of(p), text.at[i]);
    }
    buffer_char(line_of(p), '"');
}

/* ---- numbers ---- */

void number(struct printer *p, const struct ast *node, const char *measure)
{
    put(p, node->text);
    if (node->kind == AST_PERCENTAGE) {
        buffer_char(line_of(p), '%');
    } else if (p->zh) {
        buffer_put(line_of(p), measure);
    }
}

void points(struct printer *p, const struct ast *node, int level, bool glued)
{
    if (node->kind != AST_NUMBER) {
        expr(p, node, (enum level)level);
        return;
    }
    if (glued) {
        buffer_text(line_of(p), node->text);
    } else {
        put(p, node->text);
    }
    glue(p, "", "分");
}
