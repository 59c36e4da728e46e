/* Patterns of mistakes in words, whatever line they stand in: quotation marks, numbers, dates, names.
 *
 * In: the scene of an error. Out: a finding, if the pattern fits.
 * Decision: what was meant is guessed from the word alone, and offered only if the line then parses. Cost: a title that
 * holds a word like `from` is quoted up to it.
 */
#include "advice_line.h"

#include "near.h"
#include "parser.tab.h"

static bool is_tight(const struct scene *scene, size_t i)
{
    return i < scene->end && scene_token(scene, i)->flags & TOKEN_TIGHT;
}

static struct text at_text(const struct scene *scene) { return scene_text(scene, scene->at, scene->at + 1); }

/* ---- quotation marks and numbers ---- */

/* What may stand behind a title, a heading or a reason. */
static bool ends_words(const struct scene *scene, size_t i)
{
    const struct token *token = scene_token(scene, i);
    if (token->kind == TOK_STRING || token->kind == TOK_COMMA || token->kind == TOK_COLON) return true;
    if (scene->line == TOK_L_FIELD && token->word) return true;
    return AMONG(token->word, TOK_WORTH, TOK_WEIGHT, TOK_UNALLOTTED, TOK_JUDGED, TOK_DIVIDED, TOK_UP_TO, TOK_AT_MOST,
                 TOK_CAP, TOK_FROM, TOK_NO_LIMIT, TOK_SOURCE, TOK_BECAUSE, TOK_WHEN, TOK_BY, TOK_LIKE);
}

/* Puts words from token i on into quotation marks. */
static bool quote_words(struct scene *scene, size_t i, enum diag_code code)
{
    size_t j = i + 1;
    while (j < scene->end && !ends_words(scene, j)) j++;
    struct text words = scene_text(scene, i, j);
    const char *form = scene->zh ? "“%.*s”" : "\"%.*s\"";
    struct fix fix = fix_replace(scene, i, scene_print(scene, form, TEXT_ARG(words)));
    fix.edits[0].where.to = scene_token(scene, j - 1)->span.to;
    if (!fix_works(scene, &fix)) return false;
    return scene_say(scene, code, i, j, &fix, 1, words);
}

/* `section 1 Leadership worth 20`, `because no plan` */
bool advise_missing_quotes(struct scene *scene)
{
    if (scene->got == TOK_NL || scene_find(scene, scene->start, scene->at, TOK_ONE_OF) < scene->at) return false;
    bool only = scene_expects(scene, TOK_STRING) && !scene_expects(scene, TOK_NUMBER) && !scene_expects(scene, TOK_NL);
    if (only && !scene_expects(scene, TOK_EQ) && scene_is_word(scene, scene->at)) {
        if (quote_words(scene, scene->at, D_TITLE_QUOTES)) return true;
    }
    for (size_t i = scene->at > scene->start ? scene->at - 1 : scene->start; i <= scene->at && i + 1 < scene->end; i++) {
        int word = scene_token(scene, i)->word;
        if ((word == TOK_SOURCE || word == TOK_BECAUSE || word == TOK_UNDECIDED) && scene_is_word(scene, i + 1)) {
            if (quote_words(scene, i + 1, D_TITLE_QUOTES)) return true;
        }
    }
    bool heading = scene->line == TOK_L_FIELD && scene->at == scene->start + 2 && scene_is_word(scene, scene->at - 1);
    return heading && quote_words(scene, scene->at - 1, D_TITLE_QUOTES);
}

/* `部分 一 “…”` */
bool advise_numerals(struct scene *scene)
{
    if (!scene_is_word(scene, scene->at) || !(scene_expects(scene, TOK_NUMBER) || scene_expects(scene, TOK_DOTTED)))
        return false;
    struct text number = chinese_number(scene->front->arena, scene_token(scene, scene->at)->text);
    if (!number.len) return false;
    struct fix fix = fix_replace(scene, scene->at, number);
    if (!fix_works(scene, &fix)) return false;
    return scene_say(scene, D_NUMERALS, scene->at, scene->at + 1, &fix, 1, number);
}

/* `2007年1月1日 至 12月31日`: the year of the other end, most likely */
static bool year_missing(struct scene *scene)
{
    size_t other = scene_find(scene, scene->start, scene->at, TOK_DATE);
    struct text words = scene_text(scene, scene->at, scene->at + 1);
    struct fix fix = {0};
    if (other < scene->at) {
        struct text year = scene_token(scene, other)->text;
        fix = fix_replace(scene, scene->at, scene_print(scene, "%.4s年%.*s", year.at, TEXT_ARG(words)));
    }
    bool works = fix.count && fix_works(scene, &fix);
    return scene_say(scene, D_YEAR_MISSING, scene->at, scene->at + 1, works ? &fix : NULL, 1, words);
}

/* `考核期 2007.1.1 至 …`, `20070101` */
bool advise_date_form(struct scene *scene)
{
    if (!scene_expects(scene, TOK_DATE) || !AMONG(scene->got, TOK_DOTTED, TOK_NUMBER, TOK_MONTHDAY)) return false;
    if (scene->got == TOK_MONTHDAY) return year_missing(scene);
    if (scene->got == TOK_NUMBER && scene_expects(scene, TOK_NUMBER)) return false;
    struct text digits = scene_token(scene, scene->at)->text;
    struct fix fix = fix_replace(scene, scene->at, TEXT_NONE);
    int parts[3] = {0}, n = 0;
    for (size_t i = 0; i < digits.len && n < 3; i++) {
        if (digits.at[i] == '.') {
            n++;
        } else if (parts[n] < 10000) {
            parts[n] = parts[n] * 10 + digits.at[i] - '0';
        }
    }
    bool works = false;
    if (digits.len == 8 && n == 0) {
        fix.edits[0].with = scene_print(scene, "%.4s-%.2s-%.2s", digits.at, digits.at + 4, digits.at + 6);
        works = fix_works(scene, &fix);
    } else if (n == 2) {
        fix.edits[0].with = scene_print(scene, "%04d-%02d-%02d", parts[0], parts[1], parts[2]);
        works = fix_works(scene, &fix);
        size_t other = scene_find(scene, scene->at + 1, scene->end, TOK_DOTTED);
        if (!works && other < scene->end) { /* both ends of the period */
            struct scene later = *scene;
            struct text next = scene_token(scene, other)->text;
            char *dashed = arena_take(scene->front->arena, next.len + 1, 1);
            for (size_t i = 0; i < next.len; i++) dashed[i] = next.at[i] == '.' ? '-' : next.at[i];
            fix = fix_and(fix, fix_replace(&later, other, (struct text){dashed, next.len}));
            works = fix_works(scene, &fix);
        }
    }
    return scene_say(scene, D_DATE_FORM, scene->at, scene->at + 1, works ? &fix : NULL, 1, at_text(scene));
}

static bool is_group(const struct scene *scene, size_t comma)
{
    return scene_kind(scene, comma) == TOK_COMMA && is_tight(scene, comma) && is_tight(scene, comma + 1) &&
           scene_kind(scene, comma + 1) == TOK_NUMBER && scene_token(scene, comma + 1)->text.len == 3;
}

/* `worth 1,000` */
bool advise_thousands(struct scene *scene)
{
    size_t from = scene->got == TOK_NUMBER ? scene->at - 2 : scene->at - 1;
    if (scene->at < scene->start + 2 || scene_kind(scene, from) != TOK_NUMBER || !is_group(scene, from + 1)) return false;
    struct fix fix = {0};
    size_t to = from + 1;
    for (; fix.count < EDITS && is_group(scene, to); to += 2) fix = fix_and(fix, fix_replace(scene, to, TEXT_NONE));
    return fix_works(scene, &fix) && scene_say(scene, D_THOUSANDS, from, to, &fix, 1, scene_text(scene, from, to));
}

/* ---- words ---- */

/* `let if = 3`, `若 合计 > 5` */
bool advise_keyword_as_name(struct scene *scene)
{
    size_t places[] = {scene->at, scene->at ? scene->at - 1 : 0};
    for (size_t k = 0; k < 2; k++) {
        size_t i = places[k];
        if (i < scene->start || i >= scene->end || !scene_is_word(scene, i) || scene_kind(scene, i) == TOK_NAME) continue;
        if (i == scene->start || (k == 0 && !scene_expects(scene, TOK_NAME))) continue;
        struct text word = scene_text(scene, i, i + 1);
        struct fix fix = fix_replace(scene, i, scene_print(scene, scene->zh ? "「%.*s」" : "'%.*s'", TEXT_ARG(word)));
        if (!fix_works(scene, &fix)) continue;
        return scene_say(scene, D_KEYWORD_AS_NAME, i, i + 1, &fix, 2, word, fix.edits[0].with);
    }
    return false;
}

static bool starts_with_digit(const struct scene *scene, size_t i)
{
    char first = scene_text(scene, i, i + 1).at[0];
    return first >= '0' && first <= '9';
}

/* Where a repair of token i ends: a measure word behind a number goes with it. */
static uint32_t token_end(const struct scene *scene, size_t i) { return fix_replace(scene, i, TEXT("x")).edits[0].where.to; }

/* `指标1 是否`, `若 未 指标1`: a digit ends a name of Chinese characters, so that 扣2分 needs no blanks. */
bool advise_digit_in_name(struct scene *scene)
{
    for (size_t back = 0; back < 3 && scene->at >= scene->start + back; back++) {
        size_t i = scene->at - back, j = i + 1;
        if (j >= scene->end || !scene_is_word(scene, i) || !starts_with_digit(scene, j)) continue;
        uint32_t from = scene_token(scene, i)->span.from, to = scene_token(scene, i)->span.to;
        if ((unsigned char)scene->front->source.at[to - 1] < 0x80) continue;
        for (; j < scene->end && scene_token(scene, j)->span.from == to; j++) to = token_end(scene, j);
        if (j == i + 1) continue;
        bool field = j < scene->end && AMONG(scene_token(scene, j)->word, TOK_T_TEXT, TOK_T_BOOL, TOK_T_COUNT, TOK_T_NUMBER, TOK_T_PERCENT,
                                             TOK_T_DATE, TOK_ONE_OF);
        if (i == scene->start && scene->line != TOK_L_FIELD && !field) continue; /* 项目1 领导班子 */
        struct fix fix = fix_replace(scene, i, scene_print(scene, "「%.*s」", (int)(to - from), scene->front->source.at + from));
        fix.edits[0].where.to = to;
        if (fix_works(scene, &fix)) return scene_say(scene, D_DIGIT_IN_NAME, i, j, &fix, 1, fix.edits[0].with);
    }
    return false;
}

/* `if study plan` */
bool advise_two_names(struct scene *scene)
{
    size_t i = scene->at;
    if (scene->got != TOK_NAME || i == scene->start || scene_kind(scene, i - 1) != TOK_NAME) return false;
    struct text both = scene_text(scene, i - 1, i + 1);
    struct text quoted = scene_print(scene, scene->zh ? "「%.*s」" : "'%.*s'", TEXT_ARG(both));
    return scene_say(scene, D_TWO_NAMES, i - 1, i + 1, NULL, 2, both, quoted);
}
