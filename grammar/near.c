/* Words that are nearly words of the language.
 *
 * In: a line that did not parse. Out: a finding with the line as it was probably meant, if the parser takes that line.
 * Decision: a run of words without blanks is cut into keywords and names that the file declares; an undeclared rest is
 * allowed once, and then the finding offers no repair unless one cut alone parses. Cost: a name that is declared nowhere
 * and begins with a keyword gives a list to choose from.
 */
#include "near.h"

#include "../runtime/suggest.h"
#include "../runtime/utf8.h"
#include "parser.tab.h"

#include <stdlib.h>

/* ---- names of the file ---- */

struct known {
    struct text *names; /* sorted */
    size_t count, capacity;
};

static int by_text(const void *a, const void *b) { return text_order(*(const struct text *)a, *(const struct text *)b); }

/* Where names are declared: behind a head's word, at the start of a line before a heading, type or `=`, and in lists. */
static bool declares(const struct front *front, size_t i)
{
    const struct token *token = &front->tokens[i], *next = &front->tokens[i + 1];
    if (token->kind != TOK_NAME) return false;
    if (!(token->flags & TOKEN_FRESH)) {
        const struct token *before = &front->tokens[i - 1];
        if (before->flags & TOKEN_FRESH && (AMONG(before->open, TOK_VALUES, TOK_UNIT, TOK_TABLE, TOK_VIEW, TOK_LET,
                                                  TOK_CHOOSE, TOK_GRID, TOK_QUESTION, TOK_RANKING, TOK_SAMPLE) ||
                                            before->word == TOK_OUTCOME))
            return true;
        return before->word == TOK_ONE_OF || (before->kind == TOK_COMMA && i > 1 && front->tokens[i - 2].word == 0 &&
                                              token->word == 0 && next->kind == TOK_STRING);
    }
    if (token->open || token->word || next->flags & TOKEN_FRESH) return false;
    return next->kind == TOK_STRING || next->kind == TOK_EQ || (next->word >= TOK_T_TEXT && next->word <= TOK_ONE_OF);
}

bool is_declared(struct front *front, struct text name)
{
    if (!front->known) {
        struct known *known = front->known = ARENA_NEW(front->arena, struct known);
        for (size_t i = 0; i < front->count; i++) {
            if (declares(front, i))
                ARENA_PUSH(front->arena, known->names, known->count, known->capacity, front->tokens[i].text);
        }
        static const char *const BUILTINS[] = {
#define BUILTIN(name, english, chinese, low, high, help) english "|" chinese,
#define COLUMN(table, name, english, chinese, help) english "|" chinese,
#include "../runtime/builtins.def"
#undef BUILTIN
#undef COLUMN
        };
        for (size_t i = 0; i < sizeof BUILTINS / sizeof *BUILTINS; i++) {
            for (const char *from = BUILTINS[i]; from;) {
                const char *bar = strchr(from, '|');
                struct text spelling = {from, bar ? (size_t)(bar - from) : strlen(from)};
                ARENA_PUSH(front->arena, known->names, known->count, known->capacity, spelling);
                from = bar ? bar + 1 : NULL;
            }
        }
        if (known->count) qsort(known->names, known->count, sizeof *known->names, by_text);
    }
    return front->known->count && bsearch(&name, front->known->names, front->known->count, sizeof name, by_text);
}

/* ---- numbers in characters ---- */

static int numeral(struct text text, size_t *bytes)
{
    static const char *const DIGITS[] = {"〇", "一", "二", "三", "四", "五", "六", "七", "八", "九", "十"};
    static const struct {
        const char *spelling;
        int value;
    } OTHERS[] = {{"零", 0}, {"两", 2}, {"壹", 1}, {"贰", 2}, {"叁", 3}, {"百", 100}};
    for (int i = 0; i <= 10; i++) {
        *bytes = strlen(DIGITS[i]);
        if (text.len >= *bytes && memcmp(text.at, DIGITS[i], *bytes) == 0) return i;
    }
    for (size_t i = 0; i < sizeof OTHERS / sizeof *OTHERS; i++) {
        *bytes = strlen(OTHERS[i].spelling);
        if (text.len >= *bytes && memcmp(text.at, OTHERS[i].spelling, *bytes) == 0) return OTHERS[i].value;
    }
    return -1;
}

struct text chinese_number(struct arena *arena, struct text text)
{
    int total = 0, digit = -1, count = 0;
    size_t bytes;
    for (size_t at = 0; at < text.len; at += bytes, count++) {
        int value = numeral((struct text){text.at + at, text.len - at}, &bytes);
        if (value < 0 || count == 5) return TEXT_NONE;
        if (value >= 10) {
            total += (digit < 0 ? 1 : digit) * value;
            digit = -1;
        } else if (digit > 0) {
            return TEXT_NONE;
        } else {
            digit = value;
        }
    }
    return count ? arena_print(arena, "%d", total + (digit > 0 ? digit : 0)) : TEXT_NONE;
}

/* ---- words run together ---- */

enum { RUN_CHARACTERS = 24, PIECES = 8, CUTS = 24 };

struct cut {
    struct text pieces[PIECES];
    bool digits[PIECES], glued[PIECES]; /* a number; a measure word behind one */
    bool headless;                      /* `if` is missing before it */
    int count, keywords, unknown, numbers;
};

struct cutting {
    struct scene *scene;
    struct text run;
    size_t places[RUN_CHARACTERS + 1]; /* byte offsets of its characters */
    int characters;
    bool first; /* of the line: opening words count */
    bool all;   /* words that are keywords in some places only are some here */
    struct cut now, found[CUTS];
    int count;
};

static bool is_keyword(const struct cutting *cutting, struct text piece)
{
    int open, word;
    enum token_class class;
    const struct keywords *keywords = cutting->scene->front->keywords;
    if (words_is_per(keywords, piece)) return true;
    if (!keywords_find(keywords, piece, &open, &word, &class)) return false;
    if (open && cutting->first && cutting->now.count == 0) return true;
    return class == CLASS_HARD || (cutting->all && (word || open));
}

/* A measure word, a length of time, 位小数. */
static bool is_counted(const struct cutting *cutting, struct text piece)
{
    int open, word;
    enum token_class class;
    keywords_find(cutting->scene->front->keywords, piece, &open, &word, &class);
    return class == CLASS_COUNTED || words_measure(piece);
}

/* All cuts of the rest that begins at character `from`, with at most one piece that is neither keyword nor declared. */
static void cut_from(struct cutting *cutting, int from, bool after_unknown)
{
    struct cut *now = &cutting->now;
    if (from == cutting->characters) {
        if ((now->keywords || now->numbers) && cutting->count < CUTS) cutting->found[cutting->count++] = *now;
        return;
    }
    if (now->count == PIECES || cutting->count == CUTS) return;
    for (int to = cutting->characters; to > from; to--) {
        struct text piece = {cutting->run.at + cutting->places[from], cutting->places[to] - cutting->places[from]};
        struct cut before = *now;
        struct text number = chinese_number(cutting->scene->front->arena, piece);
        bool keyword = is_keyword(cutting, piece), known = is_declared(cutting->scene->front, piece);
        if (now->count && now->digits[now->count - 1] && is_counted(cutting, piece)) { /* 次 in 每缺1次 */
            now->glued[now->count] = true;
            now->pieces[now->count++] = piece;
            cut_from(cutting, to, false);
            *now = before;
        }
        if (number.len && (now->count || !cutting->first)) {
            now->numbers++;
            now->digits[now->count] = true;
            now->pieces[now->count++] = number;
            cut_from(cutting, to, false);
            *now = before;
        }
        if (keyword || known) {
            now->keywords += keyword;
            now->pieces[now->count++] = piece;
            cut_from(cutting, to, false);
            *now = before;
        } else if (!after_unknown && !now->unknown) {
            now->unknown++;
            now->pieces[now->count++] = piece;
            cut_from(cutting, to, true);
            *now = before;
        }
    }
}

/* The pieces with blanks between; a number stands tight between its word and its measure: 扣2分, 2位小数. */
static struct text spaced(struct scene *scene, const struct cut *cut)
{
    struct buffer out;
    buffer_init(&out, scene->front->arena);
    if (cut->headless) buffer_print(&out, "%.*s ", TEXT_ARG(scene_word(scene, TOK_IF)));
    for (int i = 0; i < cut->count; i++) {
        if (i && !cut->digits[i] && !cut->glued[i]) buffer_char(&out, ' ');
        buffer_text(&out, cut->pieces[i]);
    }
    return buffer_result(&out);
}

/* All cuts of a run; NULL: it is too long. */
static struct cutting *cut(struct scene *scene, struct text run, bool first, bool all)
{
    struct cutting *cutting = ARENA_NEW(scene->front->arena, struct cutting);
    *cutting = (struct cutting){.scene = scene, .run = run, .first = first, .all = all};
    size_t bytes;
    for (size_t at = 0; at < run.len; at += bytes) {
        if (cutting->characters == RUN_CHARACTERS) return NULL;
        utf8_at(run, at, &bytes);
        cutting->places[++cutting->characters] = at + bytes;
    }
    cut_from(cutting, 0, false);
    return cutting;
}

static bool cut_run(struct scene *scene, size_t i)
{
    const struct token *token = scene_token(scene, i);
    if (i >= scene->end || !(token->flags & TOKEN_WORD) || !(token->flags & TOKEN_WIDE) || token->word || token->open)
        return false;
    if (i != scene->start && is_declared(scene->front, token->text)) return false;
    struct cutting *cutting = cut(scene, token->text, i == scene->start, false);
    if (!cutting) return false;

    bool rule = i == scene->start && AMONG(scene->block, TOK_SECTION, TOK_ITEM, TOK_BONUS, TOK_EVERY_ITEM);
    struct cut *best = NULL, *second = NULL; /* fewest unknown pieces; among equals the caller must choose */
    struct fix fix = {0};
    for (int k = 0; k < cutting->count; k++) {
        struct cut *cut = &cutting->found[k];
        if (best && (cut->unknown > best->unknown || cut->numbers < best->numbers)) continue;
        struct fix now = fix_replace(scene, i, spaced(scene, cut));
        if (!fix_works(scene, &now)) {
            if (!rule) continue;
            cut->headless = true; /* 未制定计划：扣2分 */
            now = fix_replace(scene, i, spaced(scene, cut));
            if (!fix_works(scene, &now)) continue;
        }
        if (!best || cut->unknown < best->unknown || cut->numbers > best->numbers) {
            best = cut;
            second = NULL;
            fix = now;
        } else if (cut->keywords > best->keywords) {
            second = best;
            best = cut;
            fix = now;
        } else {
            second = cut;
        }
    }
    if (!best) return false;
    struct text text = spaced(scene, best);
    if (best->numbers) return scene_say(scene, D_NUMERALS, i, i + 1, second ? NULL : &fix, 1, text);
    if (second) return scene_say(scene, D_RUN_TOGETHER_MANY, i, i + 1, NULL, 2, text, spaced(scene, second));
    int open, word;
    enum token_class class;
    bool ends = best->count == 2 && keywords_find(scene->front->keywords, best->pieces[1], &open, &word, &class);
    if (ends && !is_keyword(cutting, best->pieces[0]))
        return scene_say(scene, D_GLUED, i, i + 1, &fix, 2, best->pieces[1], text);
    return scene_say(scene, D_RUN_TOGETHER, i, i + 1, &fix, 1, text);
}

bool advise_runs(struct scene *scene)
{
    enum { LOOK_BACK = 5 };
    for (size_t i = scene->at + 1, n = 0; i-- > scene->start && n < LOOK_BACK; n++) {
        if (cut_run(scene, i)) return true;
    }
    return scene->at > scene->start + LOOK_BACK && cut_run(scene, scene->start);
}

struct text near_cut(struct scene *scene, struct text run, bool first, int most)
{
    struct cutting *cutting = cut(scene, run, first, true);
    for (int k = 0; cutting && k < cutting->count; k++) {
        const struct cut *cut = &cutting->found[k];
        if (!cut->unknown && cut->keywords && cut->count <= most) return spaced(scene, cut);
    }
    return TEXT_NONE;
}

/* ---- misspelt words, and words of other languages for the same ---- */

static const struct {
    const char *typed, *meant;
} SAME[] = {
    {"unless", "if not"}, {"each", "per"},       {"every", "per"},      {"for", "per"},
    {"when", "if"},       {"whenever", "if"},    {"minus", "-"},        {"plus", "+"},
    {"maximum", "cap"},   {"max", "cap"},        {"limit", "cap"},      {"up", "up to"},
    {"until", "to"},      {"through", "to"},     {"since", "from"},     {"equal", "="},
    {"under", "below"},   {"with", "where"},     {"check", "must"},     {"marks", "worth"},
    {"points", "worth"},  {"else", "otherwise"}, {"has", "is"},         {"string", "text"},
    {"integer", "count"}, {"boolean", "yes/no"}, {"decimal", "number"}, {"percentage", "percent"},
    {"假如", "若"},       {"倘若", "若"},        {"倘", "若"},          {"凡是", "若"},
    {"每当", "若"},       {"当", "若"},          {"除非", "若 未"},     {"并", "且"},
    {"以及", "且"},       {"及", "且"},          {"倒扣", "扣"},        {"封顶为", "最多"},
    {"其他", "其余"},     {"其它", "其余"},      {"有没有", "是否"},    {"最高", "最多"},
    {"等同", "为"},       {"总共", "合计"},      {"除以", "/"},         {"乘以", "*"},
    {"乘", "*"},          {"加上", "+"},         {"减去", "-"},         {"divided by", "/"},
    {"times", "*"},       {"字符", "文字"},      {"字符串", "文字"},    {"小数", "数值"},
    {"布尔", "是否"},     {"是否为", "为"},
};

bool near_may_be_keyword(const struct scene *scene, size_t i)
{
    const struct token *token = scene_token(scene, i);
    if (!(token->flags & TOKEN_WORD)) return false;
    return i == scene->start || !is_declared(scene->front, token->text); /* a line's own first word looks declared by it */
}

bool near_offer(struct scene *scene, size_t i, struct text meant, int opens)
{
    struct fix fix = fix_replace(scene, i, meant);
    if (!fix_works(scene, &fix)) return false;
    if (i == scene->start && opens) scene->front->misspelt = opens;
    return scene_say(scene, D_MISSPELT, i, i + 1, &fix, 2, scene_text(scene, i, i + 1), meant);
}

static bool try_same(struct scene *scene, size_t i)
{
    if (!near_may_be_keyword(scene, i)) return false;
    struct text typed = scene_token(scene, i)->text;
    for (size_t k = 0; k < sizeof SAME / sizeof *SAME; k++) {
        bool part = scene->line == TOK_SECTION || scene->line == TOK_ITEM || scene->line == TOK_BONUS;
        const char *meant = part && strcmp(SAME[k].meant, "cap") == 0 ? "up to" : SAME[k].meant;
        if (text_is(typed, SAME[k].typed) && near_offer(scene, i, text_of(meant), 0)) return true;
    }
    return false;
}

/* The keyword nearest to token i that makes the line parse, if there is just one. */
static bool try_near(struct scene *scene, size_t i)
{
    const struct token *token = scene_token(scene, i);
    if (i >= scene->end || !near_may_be_keyword(scene, i) || token->word || token->open) return false;
    enum { FAR = 4 };
    struct text found = TEXT_NONE;
    int opens = 0, best = FAR;
    bool tied = false;
    for (size_t k = 0; k < KEYWORD_COUNT; k++) {
        for (int tongue = TONGUE_EN; tongue <= TONGUE_ZH; tongue++) {
            struct text spelling;
            for (size_t n = 0; (spelling = keyword_nth(&KEYWORDS[k], (enum tongue)tongue, n)).len; n++) {
                struct suggest suggest;
                suggest_start(&suggest, token->text);
                suggest_offer(&suggest, spelling);
                struct text near = suggest_result(&suggest);
                if (!near.len || suggest.best > best || text_equal(near, found)) continue;
                struct fix fix = fix_replace(scene, i, near);
                if (!fix_works(scene, &fix)) continue;
                tied = found.len && suggest.best == best;
                found = near;
                best = suggest.best;
                opens = KEYWORDS[k].class == CLASS_OPEN ? KEYWORDS[k].token : 0;
            }
        }
    }
    return found.len && !tied && near_offer(scene, i, found, opens);
}

bool advise_misspelt(struct scene *scene)
{
    enum { LOOK_BACK = 3 };
    for (size_t i = scene->at + 1, n = 0; i-- > scene->start && n < LOOK_BACK; n++) {
        if (i < scene->end && (try_same(scene, i) || try_near(scene, i))) return true;
    }
    return scene->at >= scene->start + LOOK_BACK && (try_same(scene, scene->start) || try_near(scene, scene->start));
}

bool advise_misspelt_head(struct scene *scene) { return try_near(scene, scene->start); }
