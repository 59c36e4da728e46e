/* Slips of the hand in Chinese words: see slips.h.
 *
 * In: the scene of an error. Out: a finding, if one repair is right.
 * Decision: Chinese keywords have two or three characters, so that most of them are one edit away from each other; counting
 * edits (suggest.h) finds too much. What hands really do is counted instead: the first or last character is lost, two
 * neighbours are swapped, a blank is put one character off. And the line must parse with it. Cost: a wrong character gets no
 * help in a word of two.
 */
#include "slips.h"

#include "../runtime/suggest.h"
#include "../runtime/utf8.h"
#include "near.h"
#include "parser.tab.h"

enum { LOOK_BACK = 3, TRIED_BYTES = 1000 };

/* Tries the tokens around the error, the nearest first, and the line's first. */
static bool try_around(struct scene *scene, bool (*try)(struct scene *, size_t))
{
    for (size_t i = scene->at + 1, n = 0; i-- > scene->start && n < LOOK_BACK; n++) {
        if (i < scene->end && try(scene, i)) return true;
    }
    return scene->at >= scene->start + LOOK_BACK && try(scene, scene->start);
}

/* Where the last character begins. */
static size_t last_character(struct text text)
{
    size_t at = text.len;
    while (at && ((unsigned char)text.at[--at] & 0xC0) == 0x80) {
    }
    return at;
}

static bool lost_one(struct text typed, struct text whole)
{
    size_t first;
    utf8_at(whole, 0, &first);
    return text_equal(typed, (struct text){whole.at, last_character(whole)}) ||
           text_equal(typed, (struct text){whole.at + first, whole.len - first});
}

static bool swapped(struct text typed, struct text whole)
{
    if (typed.len != whole.len) return false;
    size_t at = 0, one, two;
    while (at < typed.len && typed.at[at] == whole.at[at]) at++;
    while (at && at < whole.len && ((unsigned char)whole.at[at] & 0xC0) == 0x80) at--; /* the first character that differs */
    if (at >= whole.len) return false;
    utf8_at(whole, at, &one);
    if (at + one >= whole.len) return false;
    utf8_at(whole, at + one, &two);
    size_t behind = at + one + two;
    return memcmp(typed.at + at, whole.at + at + one, two) == 0 && memcmp(typed.at + at + two, whole.at + at, one) == 0 &&
           memcmp(typed.at + behind, whole.at + behind, whole.len - behind) == 0;
}

/* The one keyword that token i is a slip of and that makes the line parse. */
static bool try_slip(struct scene *scene, size_t i)
{
    const struct token *token = scene_token(scene, i);
    bool one = token->text.len && last_character(token->text) == 0; /* may be a keyword itself: 依, 得, 人 */
    if (i >= scene->end || !(token->flags & TOKEN_WIDE) || (!one && (token->word || token->open))) return false;
    if (!near_may_be_keyword(scene, i)) return false;
    struct text found = TEXT_NONE;
    size_t entry = 0;
    bool usual = false, tied = false; /* the first spelling of a keyword before its others */
    for (size_t k = 0; k < KEYWORD_COUNT; k++) {
        struct text spelling;
        for (size_t n = 0; (spelling = keyword_nth(&KEYWORDS[k], TONGUE_ZH, n)).len; n++) {
            if ((usual && n) || (found.len && k == entry && n)) continue;
            if (!lost_one(token->text, spelling) && !swapped(token->text, spelling)) continue;
            struct fix fix = fix_replace(scene, i, spelling);
            if (!fix_works(scene, &fix)) continue;
            bool better = found.len && usual != !n;
            tied = !better && (tied || (found.len && !text_equal(found, spelling)));
            found = spelling;
            entry = k;
            usual = !n;
        }
    }
    if (tied) return false;
    if (found.len) return near_offer(scene, i, found, KEYWORDS[entry].class == CLASS_OPEN ? KEYWORDS[entry].token : 0);
    struct text per = scene_print(scene, "%.*s%.*s", TEXT_ARG(keyword_spelling(TOK_PER, TONGUE_ZH)), TEXT_ARG(token->text));
    return i == scene->start && one && words_is_per(scene->front->keywords, per) && near_offer(scene, i, per, TOK_PER);
}

bool advise_slips(struct scene *scene) { return try_around(scene, try_slip); }

/* Tokens i and i + 1 without the blank between, or with one elsewhere. */
static bool try_joined(struct scene *scene, size_t i)
{
    const struct token *a = scene_token(scene, i), *b = scene_token(scene, i + 1);
    if (i + 1 >= scene->end || b->flags & TOKEN_FRESH || !(a->flags & TOKEN_WIDE) || !(b->flags & TOKEN_WIDE)) return false;
    if (!(a->flags & TOKEN_WORD) || !(b->flags & TOKEN_WORD)) return false;
    struct text typed = scene_text(scene, i, i + 2);
    struct text run = scene_print(scene, "%.*s%.*s", TEXT_ARG(a->text), TEXT_ARG(b->text));
    struct text meant = near_cut(scene, run, i == scene->start, 2);
    if (!meant.len) meant = is_declared(scene->front, run) ? run : TEXT_NONE;
    if (!meant.len || text_equal(meant, typed)) return false;
    struct fix fix = {.edits = {{{a->span.from, b->span.to}, meant}}, .count = 1};
    return fix_works(scene, &fix) && scene_say(scene, D_MISSPELT, i, i + 2, &fix, 2, typed, meant);
}

bool advise_moved_blank(struct scene *scene) { return try_around(scene, try_joined); }

/* Tokens i and i + 1 as a keyword of two words that is near to them. */
static bool try_phrase(struct scene *scene, size_t i)
{
    const struct token *a = scene_token(scene, i), *b = scene_token(scene, i + 1);
    if (i + 1 >= scene->end || b->flags & TOKEN_FRESH || !(a->flags & b->flags & TOKEN_WORD) || a->flags & TOKEN_WIDE)
        return false;
    struct suggest near;
    struct text typed = scene_print(scene, "%.*s %.*s", TEXT_ARG(a->text), TEXT_ARG(b->text));
    suggest_start(&near, typed);
    for (size_t k = 0; k < KEYWORD_COUNT; k++) {
        struct text spelling;
        for (size_t n = 0; (spelling = keyword_nth(&KEYWORDS[k], TONGUE_EN, n)).len; n++) {
            if (memchr(spelling.at, ' ', spelling.len)) suggest_offer(&near, spelling);
        }
    }
    struct text meant = suggest_result(&near);
    if (!meant.len || text_equal(meant, typed)) return false;
    struct fix fix = {.edits = {{{a->span.from, b->span.to}, meant}}, .count = 1};
    return fix_works(scene, &fix) && scene_say(scene, D_MISSPELT, i, i + 2, &fix, 2, typed, meant);
}

bool advise_phrase(struct scene *scene) { return try_around(scene, try_phrase); }

bool advise_glued_head(struct scene *scene)
{
    const struct token *first = scene_token(scene, scene->start);
    if (!(first->flags & TOKEN_WORD) || !(first->flags & TOKEN_WIDE) || first->word || first->open) return false;
    struct text meant = near_cut(scene, first->text, true, 2);
    if (!meant.len || text_equal(meant, first->text)) return false;
    struct fix fix = fix_replace(scene, scene->start, meant);
    return fix_works(scene, &fix) && scene_say(scene, D_RUN_TOGETHER, scene->start, scene->start + 1, &fix, 1, meant);
}

/* ---- signs in the wrong place ---- */

static bool follows_tight(const struct scene *scene, size_t i)
{
    return i < scene->end && scene_token(scene, i)->flags & TOKEN_TIGHT && !(scene_token(scene, i)->flags & TOKEN_FRESH);
}

/* `“没有计”划`, `没“有计划”` */
static bool try_moved_quote(struct scene *scene, size_t i)
{
    const struct token *a = scene_token(scene, i), *b = scene_token(scene, i + 1);
    if (i + 1 >= scene->end || !follows_tight(scene, i + 1)) return false;
    bool front = a->kind == TOK_STRING && b->flags & TOKEN_WORD, back = a->flags & TOKEN_WORD && b->kind == TOK_STRING;
    if (!front && !back) return false;
    bool plain = scene->front->source.at[(front ? a : b)->span.from] == '"';
    struct text meant = scene_print(scene, plain ? "\"%.*s%.*s\"" : "“%.*s%.*s”", TEXT_ARG(a->text), TEXT_ARG(b->text));
    struct fix fix = {.edits = {{{a->span.from, b->span.to}, meant}}, .count = 1};
    return fix_works(scene, &fix) && scene_say(scene, D_QUOTE_MOVED, i, i + 2, &fix, 1, meant);
}

bool advise_moved_quote(struct scene *scene) { return try_around(scene, try_moved_quote); }

/* The first token of those around the error that stand tight, one behind the other; *to: behind the last. */
static size_t tight_run(const struct scene *scene, size_t *to)
{
    size_t from = scene->at < scene->end ? scene->at : scene->at - 1;
    for (*to = from + 1; follows_tight(scene, *to); ++*to) {
    }
    while (from > scene->start && follows_tight(scene, from)) from--;
    return from;
}

/* `2007-0131`, `200701-31`, `217-01-31` */
bool advise_broken_date(struct scene *scene)
{
    size_t to, from = tight_run(scene, &to);
    char digits[9];
    size_t count = 0, dashes = 0;
    struct text typed = scene_text(scene, from, to);
    for (size_t i = 0; i < typed.len; i++) {
        bool digit = typed.at[i] >= '0' && typed.at[i] <= '9';
        if (!digit && typed.at[i] != '-') return false;
        dashes += !digit;
        if (digit && count < sizeof digits) digits[count++] = typed.at[i];
    }
    if (!dashes || count < 6) return false;
    struct text meant = scene_print(scene, "%.4s-%.2s-%.2s", digits, digits + 4, digits + 6);
    struct fix fix = {.edits = {{{scene_token(scene, from)->span.from, scene_token(scene, to - 1)->span.to}, meant}},
                      .count = 1};
    bool works = count == 8 && fix_works(scene, &fix);
    return scene_say(scene, D_DATE_FORM, from, to, works ? &fix : NULL, 1, typed);
}

/* `项目 2..1`, `项目 2.`: one point between the numbers, none at the ends. */
bool advise_points(struct scene *scene)
{
    size_t to, from = tight_run(scene, &to);
    struct text typed = scene_text(scene, from, to);
    char *meant = arena_take(scene->front->arena, typed.len + 1, 1);
    size_t len = 0;
    for (size_t i = 0; i < typed.len; i++) {
        bool digit = typed.at[i] >= '0' && typed.at[i] <= '9';
        if (!digit && typed.at[i] != '.') return false;
        if (digit || (len && meant[len - 1] != '.')) meant[len++] = typed.at[i];
    }
    while (len && meant[len - 1] == '.') len--;
    if (!len || len == typed.len) return false;
    struct text number = {meant, len};
    struct fix fix = {.edits = {{{scene_token(scene, from)->span.from, scene_token(scene, to - 1)->span.to}, number}},
                      .count = 1};
    return fix_works(scene, &fix) && scene_say(scene, D_MISSPELT, from, to, &fix, 2, typed, number);
}

/* `有计划 是有总结 是`: the comma behind a value was lost. */
static bool try_lost_comma(struct scene *scene, size_t i)
{
    static const int VALUES[] = {TOK_YES, TOK_NO, TOK_NA};
    const struct token *token = scene_token(scene, i);
    if (i >= scene->end || !(token->flags & TOKEN_WIDE) || is_declared(scene->front, token->text)) return false;
    for (size_t k = 0; k < sizeof VALUES / sizeof *VALUES; k++) {
        struct text value = keyword_spelling(VALUES[k], TONGUE_ZH), text = token->text;
        if (text.len <= value.len || memcmp(text.at, value.at, value.len) != 0) continue;
        struct text name = {text.at + value.len, text.len - value.len};
        if (!is_declared(scene->front, name)) continue;
        struct fix fix = fix_replace(scene, i, scene_print(scene, "%.*s，%.*s", TEXT_ARG(value), TEXT_ARG(name)));
        if (fix_works(scene, &fix)) return scene_say(scene, D_COMMA_MISSING, i, i + 1, &fix, 1, name);
    }
    return false;
}

bool advise_lost_comma(struct scene *scene) { return try_around(scene, try_lost_comma); }

/* ---- quotation marks ---- */

enum { GAPS = 12 };

/* Whether a line parses in some block, with no quotation mark left over. */
static bool line_parses(struct front *front, struct text line)
{
    static const int BLOCKS[] = {TOK_ITEM,     TOK_EXAMPLE, TOK_SCHEME, TOK_TABLE, TOK_CHOOSE,
                                 TOK_QUESTION, TOK_SAMPLE,  TOK_GRADES, TOK_VALUES};
    for (size_t k = 0; k < sizeof BLOCKS / sizeof *BLOCKS; k++) {
        struct findings findings;
        findings_init(&findings, front->arena, 1);
        struct front trial = {.arena = front->arena, .findings = &findings, .keywords = front->keywords, .trial = true};
        trial.source = line;
        trial.block = BLOCKS[k];
        lexer_run(&trial);
        if (findings.errors) return false; /* whatever the block */
        words_settle(&trial);
        if (kaohe_yyparse(&trial) == 0 && findings.errors == 0) return true;
    }
    return false;
}

static struct text with_mark(struct front *front, struct text line, size_t at, const char *mark)
{
    return arena_print(front->arena, "%.*s%s%.*s", (int)at, line.at, mark, (int)(line.len - at), line.at + at);
}

/* Ends of words in front of blanks (or beginnings behind them), from `from` on in this direction. */
static size_t find_gaps(struct text line, size_t from, bool forward, size_t *gaps, bool *wide)
{
    size_t count = 0;
    for (size_t at = from; count < GAPS && (forward ? at < line.len : at > 0); forward ? at++ : at--) {
        bool blank = line.at[forward ? at : at - 1] == ' ';
        bool edge = forward ? at && line.at[at - 1] != ' ' : at < line.len && line.at[at] != ' ';
        if (!blank || !edge) continue;
        gaps[count] = at;
        wide[count++] = forward && at + 1 < line.len && line.at[at + 1] == ' ';
    }
    return count;
}

/* The line with a closing mark: before the first wide gap where that will do, else where only one place will. */
static struct text closed(struct front *front, struct text line, size_t behind, const char *mark)
{
    size_t gaps[GAPS + 1];
    bool wide[GAPS + 1];
    size_t count = find_gaps(line, behind, true, gaps, wide);
    wide[count] = false;
    gaps[count++] = line.len;
    struct text found = TEXT_NONE;
    for (size_t k = 0; k < count; k++) {
        struct text now = with_mark(front, line, gaps[k], mark);
        if (!line_parses(front, now)) continue;
        if (wide[k]) return now;
        if (found.len) return TEXT_NONE;
        found = now;
    }
    return found;
}

/* The line with an opening mark, as near to the closing one as will do. */
static struct text opened(struct front *front, struct text line, size_t before, const char *mark)
{
    size_t gaps[GAPS];
    bool wide[GAPS];
    size_t count = find_gaps(line, before, false, gaps, wide);
    for (size_t k = 0; k < count; k++) {
        struct text now = with_mark(front, line, gaps[k], mark);
        if (line_parses(front, now)) return now;
    }
    return TEXT_NONE;
}

void slips_close_quotes(struct front *front)
{
    for (size_t k = 0; k < front->open_count; k++) {
        struct open_quote quote = front->open_quotes[k];
        if (!quote.finding || front->trial) continue;
        size_t from = quote.mark.from, to = quote.mark.to;
        const char *source = front->source.at;
        while (from && source[from - 1] != '\n') from--;
        while (to < front->source.len && source[to] != '\n') to++;
        struct text line = utf8_trim((struct text){source + from, to - from}), mark = front_text(front, quote.mark);
        if (line.len > TRIED_BYTES) continue;
        size_t at = (size_t)(source + quote.mark.from - line.at);
        struct text repair = TEXT_NONE;
        if (text_is(mark, "”")) {
            repair = opened(front, line, at, "“");
        } else if (text_is(mark, "“")) {
            repair = closed(front, line, at + mark.len, "”");
        } else if (text_is(mark, "\"")) {
            /* which of them lacks the other cannot be seen from it: all of them look alike */
            repair = closed(front, line, (size_t)((char *)memchr(line.at, '"', line.len) - line.at) + 1, "\"");
            if (!repair.len) repair = opened(front, line, at, "\"");
        }
        quote.finding->repair = repair;
    }
}

/* ---- words that parse as names ---- */

struct text keyword_near(struct text wrong, enum tongue tongue)
{
    enum { SHORT = 3 }; /* a word of fewer characters is near too many */
    struct suggest near;
    size_t bytes, characters = 0;
    for (size_t at = 0; at < wrong.len; at += bytes, characters++) utf8_at(wrong, at, &bytes);
    suggest_start(&near, wrong);
    for (size_t k = 0; k < KEYWORD_COUNT; k++) {
        struct text spelling;
        for (size_t n = 0; (spelling = keyword_nth(&KEYWORDS[k], tongue, n)).len; n++) {
            if (tongue == TONGUE_ZH && swapped(wrong, spelling)) return spelling;
            if (characters > SHORT) suggest_offer(&near, spelling);
        }
    }
    return suggest_result(&near);
}
