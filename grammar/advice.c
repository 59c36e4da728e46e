/* What to say of a syntax error.
 *
 * In: the line in error, the token that does not fit, the tokens that would have. Out: one finding, in the words of the
 * person who types, with the repaired line where just one repair is right.
 * Decision: patterns for the mistakes that people make come first, in the order of how sure they are; what they offer has
 * been parsed (repair.c). What fits none is told which words could stand there. Cost: each pattern is a small function
 * that knows a corner of the grammar by heart.
 */
#include "advice.h"
#include "advice_line.h"
#include "lines.h"
#include "near.h"
#include "repair.h"
#include "slips.h"

#include "parser.tab.h"

/* ---- looking at the line ---- */

int scene_kind(const struct scene *scene, size_t i)
{
    if (i >= scene->end) return TOK_NL;
    const struct token *token = scene_token(scene, i);
    if (i < scene->at && token->as) return token->as;
    if (token->kind != TOK_NAME) return token->kind;
    return token->class == CLASS_HARD ? token->word : TOK_NAME;
}

bool scene_is_rule(int line)
{
    return line == TOK_IF || line == TOK_PER || line == TOK_PER_MISSING || line == TOK_PER_EXTRA;
}

size_t scene_find(const struct scene *scene, size_t from, size_t to, int kind)
{
    while (from < to && scene_kind(scene, from) != kind) from++;
    return from;
}

bool scene_is_word(const struct scene *scene, size_t i)
{
    return i < scene->end && scene_token(scene, i)->flags & TOKEN_WORD;
}

static struct text at_text(const struct scene *scene) { return scene_text(scene, scene->at, scene->at + 1); }

/* ---- the line as a whole ---- */

/* `若 甲，扣2分；若 乙，扣3分` */
static bool two_rules(struct scene *scene)
{
    size_t stop = scene_find(scene, scene->start, scene->end, TOK_STOP);
    if (stop == scene->end || stop > scene->at) return false;
    return scene_say(scene, D_ONE_RULE, stop, stop + 1, NULL, 1, scene_text(scene, stop, stop + 1));
}

/* The line ends in a word or sign after which something must come: at the end of the file, or the next line is no such
 * thing. */
static bool ran_on(struct scene *scene)
{
    if (scene->at == scene->start) return false;
    size_t last = scene->at - 1;
    int kind = scene_kind(scene, last);
    bool into_next = scene->got != TOK_NL;
    if (into_next && !(scene_token(scene, scene->at)->flags & TOKEN_FRESH)) return false;
    if (!line_wants_more(kind) && kind != TOK_COMMA) return false;
    if (into_next && (kind == TOK_COLON || kind == TOK_OPEN)) return false;
    return scene_say(scene, D_ENDS_IN, last, last + 1, NULL, 1, scene_text(scene, last, last + 1));
}

/* Words of earlier drafts and of other tools. */
static bool gone_words(struct scene *scene)
{
    static const struct {
        const char *word, *instead, *instead_zh;
    } GONE[] = {
        {"guarantee", "example, with expect below it", "例，其下写 应得"},
        {"保证", "example, with expect below it", "例，其下写 应得"},
        {"penalty", "item, or a rule that deducts", "项目，其下写扣分的规则"},
        {"减分项", "item, or a rule that deducts", "项目，其下写扣分的规则"},
        {"扣分项", "item, or a rule that deducts", "项目，其下写扣分的规则"},
        {"scale", "choose, with a line for each band", "判定，每档一行"},
        {"分档", "choose, with a line for each band", "判定，每档一行"},
        {"define", "let", "设"},
        {"定义", "let", "设"},
    };
    struct text first = scene_token(scene, scene->start)->text;
    for (size_t i = 0; i < sizeof GONE / sizeof *GONE; i++) {
        if (!text_is(first, GONE[i].word)) continue;
        return scene_say(scene, D_GONE, scene->start, scene->start + 1, NULL, 2, first,
                         text_of(scene->zh ? GONE[i].instead_zh : GONE[i].instead));
    }
    return false;
}

/* ---- brackets ---- */

static bool brackets(struct scene *scene)
{
    size_t open[64], depth = 0;
    for (size_t i = scene->start; i < scene->at && depth < 64; i++) {
        int kind = scene_token(scene, i)->kind;
        if (kind == TOK_OPEN) open[depth++] = i;
        if (kind == TOK_CLOSE && depth) depth--;
    }
    if (scene->got == TOK_CLOSE && !depth) {
        struct fix fix = fix_replace(scene, scene->at, TEXT_NONE);
        bool works = fix_works(scene, &fix);
        return scene_say(scene, D_BRACKET_STRAY, scene->at, scene->at + 1, works ? &fix : NULL, 0);
    }
    if (!depth || depth == 64) return false;
    struct fix fix = fix_behind(scene, scene->at - 1, scene_word(scene, TOK_CLOSE));
    bool works = fix_works(scene, &fix);
    size_t closed = scene_find(scene, scene->at, scene->end, TOK_CLOSE);
    if (!works && !(scene->got == TOK_NL && closed == scene->end)) return false;
    return scene_say(scene, D_BRACKET_OPEN, open[depth - 1], open[depth - 1] + 1, works ? &fix : NULL, 0);
}

/* ---- when nothing else fits ---- */

/* The keyword or sign whose insertion before the error makes the line parse, if there is just one. */
static bool one_word_missing(struct scene *scene)
{
    enum { MOST = 40 };
    struct fix found = {0};
    int token = 0, tried = 0;
    for (int k = 0; k < scene->count && tried < MOST; k++) {
        int kind = scene->expected[k];
        struct text word = scene_word(scene, kind);
        if (!word.len || AMONG(kind, TOK_NOT, TOK_OPEN, TOK_CLOSE, TOK_THIS, TOK_YES, TOK_NO, TOK_NA, TOK_GRADE_BY_SCORE))
            continue;
        bool sign = kind == TOK_COLON || kind == TOK_COMMA;
        struct fix fix = scene->got == TOK_NL
                             ? fix_behind(scene, scene->end - 1, sign ? word : scene_print(scene, " %.*s", TEXT_ARG(word)))
                         : sign ? fix_behind(scene, scene->at - 1, word)
                                : fix_before(scene, scene->at, word);
        if (scene->at == scene->start && sign) continue;
        tried++;
        if (!fix_works(scene, &fix)) continue;
        if (token) return false;
        token = kind;
        found = fix;
    }
    if (!token) return false;
    struct text word = scene_word(scene, token);
    if (scene->got == TOK_NL) return scene_say(scene, D_MISSING_LAST, scene->end, scene->end, &found, 1, word);
    return scene_say(scene, D_MISSING_BEFORE, scene->at, scene->at + 1, &found, 2, word, at_text(scene));
}

/* A sign or word that stands there twice, or with nothing to do. */
static bool one_too_many(struct scene *scene)
{
    if (scene->got == TOK_NL || scene->at == scene->start) return false;
    int kind = scene_kind(scene, scene->at), before = scene_kind(scene, scene->at - 1);
    if (kind == TOK_NAME || kind == TOK_NUMBER ||
        (kind != before && kind != TOK_COMMA && kind != TOK_COLON && kind != TOK_EQ))
        return false;
    struct fix fix = fix_replace(scene, scene->at, TEXT_NONE);
    return fix_works(scene, &fix) && scene_say(scene, D_TOO_MANY, scene->at, scene->at + 1, &fix, 1, at_text(scene));
}

static bool compares(int token)
{
    return AMONG(token, TOK_EQ, TOK_IS, TOK_IS_NOT, TOK_BELOW, TOK_AT_MOST, TOK_UP_TO, TOK_OVER, TOK_AT_LEAST, TOK_IN,
                 TOK_NOT_IN, TOK_BETWEEN);
}

/* What could stand there, in a few words. */
static struct text expected_words(const struct scene *scene)
{
    enum { SHOWN = 5 };
    static const struct {
        int token;
        const char *english, *chinese;
    } KINDS[] = {
        {TOK_NAME, "a name", "名称"},
        {TOK_NUMBER, "a number", "数"},
        {TOK_STRING, "text in quotation marks", "加引号的文字"},
        {TOK_DATE, "a date", "日期"},
        {TOK_PERCENTAGE, "a percentage", "百分数"},
        {TOK_NL, "the end of the line", "行末"},
    };
    struct buffer out;
    buffer_init(&out, scene->front->arena);
    int shown = 0;
    bool value = scene_expects(scene, TOK_OPEN) && scene_expects(scene, TOK_NAME);
    bool compared = scene_expects(scene, TOK_EQ) && scene_expects(scene, TOK_LT);
    if (value) {
        buffer_put(&out, scene->zh ? "名称或数值" : "a name or value");
        shown++;
    } else if (scene_is_rule(scene->line) && scene_expects(scene, TOK_COLON)) {
        buffer_put(&out, scene->zh ? "“：”和扣分、加分等" : "\":\" and what the rule does");
        shown++;
    }
    for (size_t k = 0; k < sizeof KINDS / sizeof *KINDS; k++) {
        if (!scene_expects(scene, KINDS[k].token) || (value && KINDS[k].token != TOK_NL)) continue;
        if (compared && AMONG(KINDS[k].token, TOK_NUMBER, TOK_PERCENTAGE)) continue; /* only before 以上 */
        if (shown++) buffer_put(&out, scene->zh ? "、" : ", ");
        buffer_put(&out, scene->zh ? KINDS[k].chinese : KINDS[k].english);
    }
    if (compared) {
        if (shown++) buffer_put(&out, scene->zh ? "、" : ", ");
        buffer_put(&out, scene->zh ? "比较（=、<、>= …）" : "a comparison (=, <, >= …)");
    }
    for (int k = 0; k < scene->count && !value; k++) {
        struct text word = scene_word(scene, scene->expected[k]);
        bool always = AMONG(scene->expected[k], TOK_SOURCE, TOK_BECAUSE, TOK_WHEN); /* says nothing of this place */
        if (!word.len || always || (compared && compares(scene->expected[k]))) continue;
        if (scene_is_rule(scene->line) && scene->expected[k] == TOK_COLON) continue; /* said first */
        if (shown == SHOWN) {
            buffer_put(&out, scene->zh ? " 等" : " …");
            break;
        }
        if (shown++) buffer_put(&out, scene->zh ? "、" : ", ");
        buffer_print(&out, scene->zh ? "“%.*s”" : "\"%.*s\"", TEXT_ARG(word));
    }
    return shown ? buffer_result(&out) : scene->zh ? TEXT("别的内容") : TEXT("something else");
}

/* How the lines of a block begin. */
static struct text beginnings(const struct scene *scene)
{
    switch (scene->block) {
    case TOK_SECTION:
    case TOK_ITEM:
    case TOK_BONUS:
    case TOK_EVERY_ITEM:
        return scene->zh ? TEXT("规则以 扣、加、若、每、每缺、每超、不得分、一票否决 开头")
                         : TEXT("a rule begins with - + if per deduct add forfeit veto");
    case TOK_UNIT:
    case TOK_TABLE:
        return scene->zh ? TEXT("此处每行写：栏名 “列标题” 类型") : TEXT("a line here is: NAME \"heading\" type");
    case TOK_CHOOSE:
        return scene->zh ? TEXT("此处每行写：若 条件：值，或 其余：值")
                         : TEXT("a line here is: VALUE if CONDITION, or otherwise VALUE");
    case TOK_SAMPLE:
    case TOK_EXAMPLE:
        return scene->zh ? TEXT("此处每行以 已知、应得 或 表名 开头")
                         : TEXT("a line here begins with given, expect, or the name of a table");
    case TOK_SCHEME:
        return scene->zh ? TEXT("此处每行以 版次、依据、考核期、保留 开头")
                         : TEXT("a line here begins with edition, source, period or round");
    default:
        return scene->zh ? TEXT("一行以 方案、考核对象、表、设、项目 等词开头")
                         : TEXT("a line begins with a word like scheme, unit, table, let, item");
    }
}

static bool fallback(struct scene *scene)
{
    if (scene->got == TOK_NL || scene->got == TOK_END) {
        return scene_say(scene, D_ENDS_EARLY, scene->end, scene->end, NULL, 1, expected_words(scene));
    }
    if (scene->at == scene->start) {
        return scene_say(scene, D_NO_SUCH_LINE, scene->at, scene->at + 1, NULL, 2, at_text(scene), beginnings(scene));
    }
    return scene_say(scene, D_SYNTAX, scene->at, scene->at + 1, NULL, 2, at_text(scene), expected_words(scene));
}

/* ---- the order of asking ---- */

enum { LINE_TOKENS = 1000 };

static bool (*const PATTERNS[])(struct scene *) = {
    gone_words,
    two_rules,
    advise_unit_in_example,
    ran_on,
    advise_if_for_where,
    advise_and_or,
    advise_open_aggregate,
    advise_numerals,
    advise_glued_head,
    advise_expect_number,
    advise_taken_or_given,
    advise_target_of,
    advise_date_form,
    advise_thousands,
    advise_range_to,
    advise_grade_bounds,
    advise_digit_in_name,
    advise_missing_quotes,
    advise_heading_last,
    advise_field_type,
    advise_rows_count,
    advise_figure_missing,
    advise_slips,
    advise_moved_blank,
    advise_moved_quote,
    advise_broken_date,
    advise_points,
    advise_lost_comma,
    advise_phrase,
    advise_runs,
    advise_ceiling_word,
    advise_comma_missing,
    advise_colon_for_sign,
    advise_if_of_many,
    brackets,
    advise_if_missing,
    advise_compare_again,
    advise_else_in_rule,
    advise_worth_missing,
    advise_expect_equals,
    advise_name_missing,
    advise_misspelt,
    advise_keyword_as_name,
    one_too_many,
    one_word_missing,
    advise_two_names,
    fallback,
};

void advise(struct front *front, int got, const int *expected, int count)
{
    if (front->trial) {
        FIND(front->findings, D_SYNTAX, SPAN_NONE);
        return;
    }
    struct scene scene = {.front = front,
                          .start = front->start,
                          .at = front->last,
                          .got = got,
                          .line = front->line,
                          .block = front->outer,
                          .expected = expected,
                          .count = count,
                          .zh = front->tongue == TONGUE_ZH};
    if (got == TOK_NL || got == TOK_END) {
        scene.got = TOK_NL;
        scene.at = front->last + 1;
    }
    scene.end = scene.at;
    while (scene.end < front->count && scene.end < scene.at + LINE_TOKENS) {
        bool fresh = front->tokens[scene.end].flags & TOKEN_FRESH;
        if (fresh && scene.end > scene.start && (got == TOK_NL || scene.end > scene.at) &&
            front->tokens[scene.end - 1].kind != TOK_COMMA)
            break;
        if (got == TOK_NL) break;
        scene.end++;
    }
    /* a hopeless file gets no more guesses */
    for (size_t i = count ? 0 : sizeof PATTERNS / sizeof *PATTERNS - 1; i < sizeof PATTERNS / sizeof *PATTERNS; i++) {
        if (PATTERNS[i](&scene)) return;
    }
}

struct text advice_token_name(int token)
{
    static const struct {
        int token;
        const char *name;
    } OTHERS[] = {
        {TOK_END, "END"},
        {TOK_NL, "NL"},
        {TOK_STRAY, "STRAY"},
        {TOK_COMMA, "COMMA"},
        {TOK_COLON, "COLON"},
        {TOK_OPEN, "OPEN"},
        {TOK_CLOSE, "CLOSE"},
        {TOK_STOP, "STOP"},
        {TOK_DOT, "DOT"},
        {TOK_PLUS, "PLUS"},
        {TOK_MINUS, "MINUS"},
        {TOK_TIMES, "TIMES"},
        {TOK_DIVIDE, "DIVIDE"},
        {TOK_EQ, "EQ"},
        {TOK_NE, "NE"},
        {TOK_LT, "LT"},
        {TOK_GT, "GT"},
        {TOK_LE, "LE"},
        {TOK_GE, "GE"},
        {TOK_NAME, "NAME"},
        {TOK_NUMBER, "NUMBER"},
        {TOK_PERCENTAGE, "PERCENTAGE"},
        {TOK_DOTTED, "DOTTED"},
        {TOK_DATE, "DATE"},
        {TOK_MONTHDAY, "MONTHDAY"},
        {TOK_DURATION, "DURATION"},
        {TOK_STRING, "STRING"},
        {TOK_L_FIELD, "L_FIELD"},
        {TOK_L_CASE, "L_CASE"},
        {TOK_L_CELLS, "L_CELLS"},
        {TOK_L_GRADE, "L_GRADE"},
        {TOK_L_ROWS, "L_ROWS"},
    };
    for (size_t i = 0; i < KEYWORD_COUNT; i++) {
        if (KEYWORDS[i].token == token) return text_of(KEYWORDS[i].name);
    }
    for (size_t i = 0; i < sizeof OTHERS / sizeof *OTHERS; i++) {
        if (OTHERS[i].token == token) return text_of(OTHERS[i].name);
    }
    return TEXT("ERROR");
}
