/* Words, names, numbers and expressions of the printer.
 *
 * In: expression nodes. Out: text on the line being built, with the fewest brackets that read back as the same tree.
 * Decision: brackets come from levels alone; what ends in an open clause (`where`, `has`, `best 3`) is bracketed wherever
 * it is not all there is. Cost: a pair of brackets more than a person might write.
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

static void duration(struct printer *p, const struct ast *node)
{
    bool one = text_is(node->text, "1");
    put(p, node->text);
    const char *en = "", *zh = "";
    if (node->op == OP_DAYS) en = one ? " day" : " days", zh = "天";
    if (node->op == OP_WORKDAYS) en = one ? " workday" : " workdays", zh = "个工作日";
    if (node->op == OP_MONTHS) en = one ? " month" : " months", zh = "个月";
    if (node->op == OP_YEARS) en = one ? " year" : " years", zh = "年";
    glue(p, en, zh);
}

/* ---- expressions ---- */

static bool is_logic(const struct ast *node)
{
    return node->kind == AST_BINARY && (node->op == OP_AND || node->op == OP_OR);
}

static enum level level_of_binary(enum ast_op op)
{
    if (op == OP_AND || op == OP_OR) return LEVEL_LOGIC;
    if (op == OP_ADD || op == OP_SUB) return LEVEL_SUM;
    if (op == OP_MUL || op == OP_DIV) return LEVEL_PRODUCT;
    return LEVEL_COMPARISON;
}

static enum level level_of(const struct ast *node)
{
    if (node->kind == AST_QUANTIFIED) return node->b ? LEVEL_CONDITION : LEVEL_PRIMARY;
    if (node->kind == AST_IF_ELSE) return LEVEL_ANY;
    if (node->kind == AST_AGGREGATE && (node->d || node->e)) return LEVEL_ANY;
    if (node->kind == AST_BINARY) return level_of_binary(node->op);
    if (node->kind == AST_NOT) return LEVEL_NOT;
    if (node->kind == AST_IN) return LEVEL_COMPARISON;
    if (node->kind == AST_ROUNDED) return LEVEL_ROUNDED;
    if (node->kind == AST_NEGATE) return LEVEL_SIGN;
    if (node->kind == AST_DEFAULT) return LEVEL_DEFAULT;
    if (node->kind == AST_NAME || node->kind == AST_THIS || node->kind == AST_CALL || node->kind == AST_DOT)
        return LEVEL_OPERAND;
    /* what ends in a condition always brings its own brackets */
    if ((node->kind == AST_AGGREGATE && node->c) || (node->kind == AST_STREAK && node->b)) return LEVEL_OPERAND;
    return LEVEL_PRIMARY;
}

void binary_sign(struct printer *p, const struct ast *node)
{
    if (node->op == OP_AND) word(p, KW_AND);
    if (node->op == OP_OR) word(p, KW_OR);
    if (node->op == OP_EQ && node->flags & AST_WORD) word(p, KW_IS);
    if (node->op == OP_NE && node->flags & AST_WORD) word(p, KW_IS_NOT);
    if (node->flags & AST_WORD) return;
    static const struct {
        enum ast_op op;
        const char *sign;
    } SIGNS[] = {{OP_ADD, "+"}, {OP_SUB, "-"}, {OP_MUL, "*"},  {OP_DIV, "/"},  {OP_LT, "<"},
                 {OP_LE, "<="}, {OP_GT, ">"},  {OP_GE, ">="}, {OP_EQ, "="},  {OP_NE, "!="}};
    for (size_t i = 0; i < sizeof SIGNS / sizeof *SIGNS; i++) {
        if (SIGNS[i].op == node->op) put(p, text_of(SIGNS[i].sign));
    }
}

static void binary(struct printer *p, const struct ast *node)
{
    enum level level = level_of_binary(node->op), left = level, right = level + 1;
    if (level == LEVEL_LOGIC) {
        /* a chain of one word needs no brackets on its left; the other word always does */
        if (is_logic(node->a) && node->a->op != node->op) left = LEVEL_NOT;
    } else if (level == LEVEL_COMPARISON) {
        left = right = LEVEL_SUM;
    }
    expr(p, node->a, left);
    binary_sign(p, node);
    expr(p, node->b, right);
}

static void expr_list(struct printer *p, const struct ast *list, bool arguments)
{
    for (const struct ast *node = list; node; node = node->next) {
        expr(p, node, LEVEL_LOGIC);
        if (!node->next) break;
        if (arguments) {
            comma(p);
        } else {
            list_comma(p);
        }
    }
}

static void aggregate(struct printer *p, const struct ast *node)
{
    if (node->op == OP_COUNT) word(p, KW_COUNT_OF);
    if (node->op == OP_DISTINCT) word(p, KW_COUNT_DISTINCT);
    if (node->op == OP_SUM) word(p, KW_SUM_OF);
    if (node->op == OP_AVERAGE) word(p, KW_AVG_OF);
    if (node->op == OP_HIGHEST) word(p, KW_HIGH_OF);
    if (node->op == OP_LOWEST) word(p, KW_LOW_OF);
    if (node->a) {
        expr(p, node->a, LEVEL_OPERAND);
        if (node->b) word(p, KW_IN);
    }
    if (node->b) name(p, node->b);
    if (node->c) {
        word(p, KW_WHERE);
        expr(p, node->c, LEVEL_ANY);
    }
    if (node->d) {
        comma(p);
        word(p, KW_BEST);
        number(p, node->d, "个");
    }
    if (node->e) {
        comma(p);
        word(p, KW_DROPPING);
        if (node->e->a) {
            word(p, KW_HIGHEST);
            number(p, node->e->a, "个");
        }
        if (node->e->a && node->e->b) word_as(p, KW_AND, "", "和");
        if (node->e->b) {
            word(p, KW_LOWEST);
            number(p, node->e->b, "个");
        }
    }
}

/* `level`: of the condition, which ends with the brackets if there are any. */
static void quantified(struct printer *p, const struct ast *node, enum level level)
{
    word(p, node->op == OP_ANY ? KW_ANY : node->op == OP_EVERY ? KW_EVERY : KW_NONE_OF);
    name(p, node->a);
    if (!node->b) return;
    word(p, KW_HAS);
    expr(p, node->b, level);
}

static void select_by(struct printer *p, const struct ast *node)
{
    word(p, KW_BY);
    expr(p, node->a, LEVEL_OPERAND);
    open_bracket(p, p->zh);
    for (const struct ast *arm = node->list; arm; arm = arm->next) {
        if (arm->a && arm->a->kind == AST_NAME) {
            name_in(p, arm->a, PLACE_LISTED);
        } else if (arm->a) {
            expr(p, arm->a, LEVEL_PRIMARY);
        } else {
            word(p, KW_OTHERWISE);
        }
        expr(p, arm->b, LEVEL_SUM);
        if (arm->next) comma(p);
    }
    close_bracket(p);
}

void round_mode(struct printer *p, enum ast_op op)
{
    if (op == OP_HALF_UP) word(p, KW_HALF_UP);
    if (op == OP_HALF_EVEN) word(p, KW_HALF_EVEN);
    if (op == OP_DOWN) word(p, KW_DOWN);
    if (op == OP_UP) word(p, KW_UP);
}

static void date_operand(struct printer *p, const struct ast *node)
{
    expr(p, node, node->kind == AST_DATE ? LEVEL_PRIMARY : LEVEL_OPERAND);
}

static void between_dates(struct printer *p, const struct ast *node)
{
    if (node->op == OP_DAYS) word(p, KW_DAYS_FROM);
    if (node->op == OP_WORKDAYS) word(p, KW_WORKDAYS_FROM);
    if (node->op == OP_MONTHS) word(p, KW_MONTHS_FROM);
    if (node->op == OP_YEARS) word(p, KW_YEARS_FROM);
    date_operand(p, node->a);
    word(p, KW_TO);
    date_operand(p, node->b);
}

static void part_reference(struct printer *p, const struct ast *node)
{
    word(p, node->op == OP_SECTION ? KW_SECTION : node->op == OP_BONUS ? KW_BONUS : KW_ITEM);
    put(p, node->text);
}

static void unbracketed(struct printer *p, const struct ast *node)
{
    if (node->kind == AST_NUMBER || node->kind == AST_PERCENTAGE) {
        number(p, node, "");
    } else if (node->kind == AST_DURATION) {
        duration(p, node);
    } else if (node->kind == AST_DATE) {
        put(p, node->text);
    } else if (node->kind == AST_STRING) {
        string(p, node->text2);
    } else if (node->kind == AST_YES) {
        word(p, KW_YES);
    } else if (node->kind == AST_NO) {
        word(p, KW_NO);
    } else if (node->kind == AST_NA) {
        word(p, KW_NA);
    } else if (node->kind == AST_NAME) {
        name(p, node);
    } else if (node->kind == AST_THIS) {
        word(p, KW_THIS);
    } else if (node->kind == AST_DOT) {
        expr(p, node->a, LEVEL_OPERAND);
        buffer_char(line_of(p), '.');
        struct text member = names_text(p->names, node);
        put_name(p, member, !is_plain_name(member), true);
    } else if (node->kind == AST_CALL) {
        name(p, node);
        open_bracket(p, true);
        expr_list(p, node->list, true);
        close_bracket(p);
    } else if (node->kind == AST_PARTREF) {
        part_reference(p, node);
    } else if (node->kind == AST_GRADE_BY_SCORE) {
        word(p, KW_GRADE_BY_SCORE);
    } else if (node->kind == AST_NEGATE) {
        put(p, TEXT("-"));
        size_t before = line_of(p)->len;
        expr(p, node->a, LEVEL_SIGN);
        if (line_of(p)->at[before] == ' ') { /* the sign touches what it stands before */
            memmove(line_of(p)->at + before, line_of(p)->at + before + 1, line_of(p)->len - before - 1);
            line_of(p)->len--;
        }
    } else if (node->kind == AST_NOT) {
        word(p, KW_NOT);
        expr(p, node->a, LEVEL_NOT);
    } else if (node->kind == AST_BINARY) {
        binary(p, node);
    } else if (node->kind == AST_IN) {
        expr(p, node->a, LEVEL_SUM);
        if (node->flags & AST_NEGATED) {
            word(p, KW_NOT_IN);
        } else {
            word_as(p, KW_IN, "", "属于");
        }
        open_bracket(p, p->zh);
        expr_list(p, node->list, false);
        close_bracket(p);
    } else if (node->kind == AST_IF_ELSE) {
        word(p, KW_IF);
        expr(p, node->a, LEVEL_LOGIC);
        word(p, KW_THEN);
        expr(p, node->b, LEVEL_LOGIC);
        word(p, KW_ELSE);
        expr(p, node->c, LEVEL_ANY);
    } else if (node->kind == AST_SELECT) {
        select_by(p, node);
    } else if (node->kind == AST_AGGREGATE) {
        aggregate(p, node);
    } else if (node->kind == AST_QUANTIFIED) {
        quantified(p, node, LEVEL_NOT);
    } else if (node->kind == AST_STREAK) {
        word(p, KW_STREAK_OF);
        name(p, node->a);
        if (node->b) {
            word(p, KW_WHERE);
            expr(p, node->b, LEVEL_ANY);
        }
    } else if (node->kind == AST_ROUNDED) {
        expr(p, node->a, LEVEL_SUM);
        word(p, KW_ROUNDED);
        put(p, node->text);
        glue(p, text_is(node->text, "1") ? " place" : " places", "位小数");
        round_mode(p, node->op);
    } else if (node->kind == AST_DEFAULT) {
        expr(p, node->a, LEVEL_DEFAULT);
        word(p, KW_DEFAULT);
        expr(p, node->b, LEVEL_PRIMARY);
    } else if (node->kind == AST_BETWEEN_DATES) {
        between_dates(p, node);
    }
}

void expr(struct printer *p, const struct ast *node, enum level level)
{
    bool own = (node->kind == AST_AGGREGATE && node->c) || (node->kind == AST_STREAK && node->b);
    if (level_of(node) >= level && !own) {
        unbracketed(p, node);
        return;
    }
    open_bracket(p, false);
    if (node->kind == AST_QUANTIFIED) {
        quantified(p, node, LEVEL_ANY);
    } else {
        unbracketed(p, node);
    }
    close_bracket(p);
}

void few(struct printer *p, const struct ast *node, const char *measure)
{
    if (node->kind == AST_NUMBER) {
        number(p, node, measure);
    } else if (node->kind == AST_PERCENTAGE) {
        expr(p, node, LEVEL_PRIMARY);
    } else { /* a length of time in brackets: without them 12 days is a target of 12 */
        expr(p, node, LEVEL_OPERAND);
    }
}

/* ---- listed values ---- */

static bool is_figure(struct text text)
{
    bool digits = false;
    for (size_t i = 0; i < text.len; i++) {
        bool digit = is_digit((unsigned char)text.at[i]);
        if (!digit && text.at[i] != '.' && !(text.at[i] == '-' && i == 0)) return false;
        digits |= digit;
    }
    return digits;
}

static void value_in(struct printer *p, const struct ast *node, bool declared, enum place place)
{
    if (node->flags & AST_QUOTED) {
        string(p, node->text);
    } else if (node->flags & AST_WORD) { /* yes, no or na as the label of a grid's row or column */
        word(p, text_is(node->text, "yes") ? KW_YES : text_is(node->text, "no") ? KW_NO : KW_NA);
    } else if (is_figure(node->text)) {
        put(p, node->text);
    } else {
        name_in(p, node, place);
    }
    if (declared) heading(p, node);
}

void value(struct printer *p, const struct ast *node, bool declared) { value_in(p, node, declared, PLACE_ANY); }

void value_list(struct printer *p, const struct ast *values, bool ordered)
{
    for (const struct ast *node = values; node; node = node->next) {
        value_in(p, node, true, ordered ? PLACE_TYPE : PLACE_LISTED);
        if (!node->next) continue;
        if (ordered) {
            put(p, TEXT("<"));
            buffer_char(line_of(p), MARK_SPACE);
        } else {
            list_comma(p);
        }
    }
}
