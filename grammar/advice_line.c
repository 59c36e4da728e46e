/* Patterns of mistakes that belong to one kind of line: rules, conditions, fields, grades, examples.
 *
 * In: the scene of an error. Out: a finding, if the pattern fits.
 * Decision: a pattern that knows what is meant speaks even where no single repair exists; it then says both readings.
 * Cost: a mistake that looks like another gets that one's words.
 */
#include "advice_line.h"

#include "near.h"
#include "parser.tab.h"

static struct text at_text(const struct scene *scene) { return scene_text(scene, scene->at, scene->at + 1); }

/* ---- conditions ---- */

/* The end of the condition that token i stands in: before a colon, a comma outside brackets, or what explains the line. */
static size_t condition_end(const struct scene *scene, size_t i)
{
    for (unsigned depth = 0; i < scene->end; i++) {
        int kind = scene_kind(scene, i), word = scene_token(scene, i)->word;
        if (kind == TOK_OPEN) depth++;
        if (kind == TOK_CLOSE && depth-- == 0) break;
        if (depth) continue;
        if (kind == TOK_COLON || kind == TOK_COMMA || kind == TOK_THEN || kind == TOK_STOP) break;
        if ((word == TOK_SOURCE || word == TOK_BECAUSE) && scene_token(scene, i + 1)->kind == TOK_STRING) break;
        if (kind == TOK_WHEN) break;
    }
    return i;
}

/* Where it begins: behind `if`, `where`, `=`, a bracket. */
static size_t condition_start(const struct scene *scene, size_t i)
{
    unsigned depth = 0;
    for (; i > scene->start; i--) {
        int kind = scene_kind(scene, i - 1);
        if (kind == TOK_CLOSE) depth++;
        if (kind == TOK_OPEN && depth-- == 0) break;
        if (depth) continue;
        if (kind == TOK_IF || kind == TOK_WHERE || kind == TOK_EXCEPT || kind == TOK_HAS || kind == TOK_MUST ||
            kind == TOK_ONLY_WHEN || kind == TOK_APPLIES_IF || kind == TOK_COLON || kind == TOK_COMMA ||
            (kind == TOK_EQ && i == scene->start + 3)) {
            break;
        }
    }
    return i;
}

/* `a or b and c` */
bool advise_and_or(struct scene *scene)
{
    if (scene->got != TOK_AND && scene->got != TOK_OR) return false;
    int other = scene->got == TOK_AND ? TOK_OR : TOK_AND;
    size_t from = condition_start(scene, scene->at), to = condition_end(scene, scene->at), mixed = scene->at;
    unsigned depth = 0;
    for (size_t i = scene->at; i > from; i--) { /* the nearest of the other kind outside brackets */
        int kind = scene_kind(scene, i - 1);
        if (kind == TOK_CLOSE) depth++;
        if (kind == TOK_OPEN && depth) depth--;
        if (!depth && kind == other) {
            mixed = i - 1;
            break;
        }
    }
    if (mixed == scene->at) return false;
    const char *form = scene->zh ? "（%.*s）" : "(%.*s)";
    struct text head = scene_text(scene, from, mixed + 1), tail = scene_text(scene, scene->at, to);
    struct text right = scene_print(scene, form, TEXT_ARG(scene_text(scene, mixed + 1, to)));
    struct text left = scene_print(scene, form, TEXT_ARG(scene_text(scene, from, scene->at)));
    return scene_say(scene, D_AND_OR, scene->at, scene->at + 1, NULL, 2,
                     scene_print(scene, "%.*s %.*s", TEXT_ARG(head), TEXT_ARG(right)),
                     scene_print(scene, "%.*s %.*s", TEXT_ARG(left), TEXT_ARG(tail)));
}

/* `count of session where a > 1 and b > 2`, `any T has C` beside something else: whose is the rest? */
bool advise_open_aggregate(struct scene *scene)
{
    size_t i = scene->at;
    unsigned depth = 0;
    bool condition = scene->got == TOK_WHERE || scene->got == TOK_HAS;
    for (; i > scene->start; i--) {
        int kind = scene_kind(scene, i - 1);
        if (kind == TOK_CLOSE) depth++;
        if (kind == TOK_OPEN && depth-- == 0) return false;
        if (depth) continue;
        if (kind == TOK_IF || kind == TOK_COLON || kind == TOK_COMMA) return false;
        if (kind == TOK_WHERE || kind == TOK_HAS) condition = true;
        if (kind == TOK_COUNT_OF || kind == TOK_COUNT_DISTINCT || kind == TOK_SUM_OF || kind == TOK_AVG_OF ||
            kind == TOK_HIGH_OF || kind == TOK_LOW_OF || kind == TOK_STREAK_OF || kind == TOK_ANY || kind == TOK_EVERY ||
            kind == TOK_NONE_OF || kind == TOK_NO) {
            break;
        }
    }
    if (i == scene->start || !condition) return false;
    size_t to = condition_end(scene, scene->at);
    struct text all = scene_text(scene, i - 1, to);
    struct text form =
        scene->zh ? scene_print(scene, "（%.*s）", TEXT_ARG(all)) : scene_print(scene, "(%.*s)", TEXT_ARG(all));
    return scene_say(scene, D_AGGREGATE_OPEN, scene->at, scene->at + 1, NULL, 2, at_text(scene), form);
}

/* `per session if attendance < 80%: -2` */
bool advise_if_for_where(struct scene *scene)
{
    if (scene->got != TOK_IF || !(scene->line == TOK_PER || scene->line == TOK_PER_MISSING || scene->line == TOK_PER_EXTRA))
        return false;
    struct fix fix = fix_replace(scene, scene->at, scene_word(scene, TOK_WHERE));
    bool works = fix_works(scene, &fix);
    return works && scene_say(scene, D_IF_FOR_WHERE, scene->at, scene->at + 1, &fix, 2, at_text(scene), fix.edits[0].with);
}

/* ---- rules ---- */

/* `-5, veto if C` */
bool advise_if_of_many(struct scene *scene)
{
    if (scene->got != TOK_IF || scene_is_rule(scene->line)) return false;
    size_t comma = scene_find(scene, scene->start, scene->at, TOK_COMMA);
    int first = scene_kind(scene, scene->start);
    if (comma + 1 == scene->at) { /* `扣2分，若 制定计划` */
        struct fix fix = fix_replace(scene, comma, TEXT(" "));
        struct text word = scene_text(scene, comma, comma + 1);
        if (fix_works(scene, &fix)) return scene_say(scene, D_TOO_MANY, comma, comma + 1, &fix, 1, word);
    }
    bool effect = AMONG(first, TOK_MINUS, TOK_PLUS, TOK_DEDUCT, TOK_ADD, TOK_FORFEIT, TOK_VETO, TOK_BAR);
    if (!effect || comma == scene->at) return false;
    struct text condition = scene_text(scene, scene->at + 1, condition_end(scene, scene->at + 1));
    struct text effects = scene_text(scene, scene->start, scene->at);
    struct text form = scene->zh ? scene_print(scene, "若 %.*s：%.*s", TEXT_ARG(condition), TEXT_ARG(effects))
                                 : scene_print(scene, "if %.*s: %.*s", TEXT_ARG(condition), TEXT_ARG(effects));
    return scene_say(scene, D_IF_OF_MANY, scene->at, scene->at + 1, NULL, 2, at_text(scene), form);
}

/* `每次 会议：2分` */
bool advise_taken_or_given(struct scene *scene)
{
    if (scene->got != TOK_NUMBER || !scene_is_rule(scene->line) || scene->at == scene->start) return false;
    int before = scene_kind(scene, scene->at - 1);
    if (before != TOK_COLON && before != TOK_COMMA && before != TOK_THEN) return false;
    return scene_say(scene, D_TAKEN_OR_GIVEN, scene->at, scene->at + 1, NULL, 1, at_text(scene));
}

/* `每缺 会议 6次：扣2分` */
bool advise_target_of(struct scene *scene)
{
    bool extra = scene->line == TOK_PER_EXTRA;
    if (!(extra || scene->line == TOK_PER_MISSING)) return false;
    if (scene->got != TOK_NUMBER && scene->got != TOK_PERCENTAGE && scene->got != TOK_DURATION) return false;
    struct fix fix = fix_before(scene, scene->at, scene_word(scene, extra ? TOK_OVER : TOK_OF));
    if (!fix_works(scene, &fix)) return false;
    return scene_say(scene, D_TARGET_OF, scene->at, scene->at + 1, &fix, 2, scene_word(scene, extra ? TOK_OVER : TOK_OF),
                     at_text(scene));
}

/* `per session where attendance < 80% -2` */
bool advise_colon_for_sign(struct scene *scene)
{
    if (!scene_is_rule(scene->line)) return false;
    for (size_t i = scene->at; i > scene->start + 1; i--) {
        int kind = scene_kind(scene, i - 1);
        if (kind == TOK_COLON || kind == TOK_THEN) return false;
        if (kind != TOK_MINUS && kind != TOK_PLUS) continue;
        struct fix fix = fix_behind(scene, i - 2, scene_word(scene, TOK_COLON));
        if (!fix_works(scene, &fix)) continue;
        struct text effect = scene_text(scene, i - 1, i + 1), left = scene_text(scene, i - 2, i - 1);
        return scene_say(scene, kind == TOK_MINUS ? D_COLON_MINUS : D_COLON_PLUS, i - 1, i + 1, &fix, 3, effect, left,
                         scene_text(scene, i, i + 1));
    }
    return false;
}

/* `若 未 制定计划：扣分`: the figure was lost. */
bool advise_figure_missing(struct scene *scene)
{
    static const struct {
        const char *typed, *verb;
    } VERBS[] = {{"扣分", "扣"}, {"扣", "扣"},    {"加分", "加"}, {"加", "加"},
                 {"奖", "奖"},   {"deduct", "-"}, {"-", "-"},     {"+", "+"}};
    for (size_t i = scene->at + 1; i-- > scene->start && i + 1 >= scene->at;) {
        if (i >= scene->end || (i > scene->start && !AMONG(scene_kind(scene, i - 1), TOK_COLON, TOK_COMMA, TOK_THEN)))
            continue;
        struct text typed = scene_text(scene, i, i + 1);
        for (size_t k = 0; k < sizeof VERBS / sizeof *VERBS; k++) {
            if (!text_is(typed, VERBS[k].typed)) continue;
            struct fix fix = fix_replace(scene, i, scene_print(scene, "%s2", VERBS[k].verb)); /* whatever the figure is */
            return fix_works(scene, &fix) && scene_say(scene, D_FIGURE_MISSING, i, i + 1, NULL, 1, text_of(VERBS[k].verb));
        }
    }
    return false;
}

/* `取值 甲 乙 丙` */
static bool list_commas(struct scene *scene)
{
    if (scene_find(scene, scene->start, scene->at, TOK_ONE_OF) == scene->at) return false;
    struct text comma = scene->zh ? TEXT("、") : TEXT(",");
    struct fix fix = fix_behind(scene, scene->at - 1, comma);
    for (size_t i = scene->at + 1; i < scene->end && fix.count < EDITS && scene_kind(scene, i) == TOK_NAME; i++) {
        fix = fix_and(fix, fix_behind(scene, i - 1, comma));
    }
    return fix_works(scene, &fix) && scene_say(scene, D_COMMA_MISSING, scene->at, scene->at + 1, &fix, 1, at_text(scene));
}

/* `扣2分 最多10分`, `-2 cap 10` */
bool advise_comma_missing(struct scene *scene)
{
    if (scene->got == TOK_NL || scene->at == scene->start) return false;
    if (scene->got == TOK_NAME) return list_commas(scene);
    struct fix fix = fix_behind(scene, scene->at - 1, scene_word(scene, TOK_COMMA));
    if (!fix_works(scene, &fix)) return false;
    if (scene_expects(scene, TOK_COLON)) { /* a colon would do as well, and says more */
        struct fix colon = fix_behind(scene, scene->at - 1, scene_word(scene, TOK_COLON));
        if (fix_works(scene, &colon))
            return scene_say(scene, D_COLON_MISSING, scene->at, scene->at + 1, &colon, 1, at_text(scene));
    }
    return scene_say(scene, D_COMMA_MISSING, scene->at, scene->at + 1, &fix, 1, at_text(scene));
}

/* `加分 2 “荣誉” 最高 15分` */
bool advise_ceiling_word(struct scene *scene)
{
    if (scene->got != TOK_HIGH_OF) return false;
    struct text word = scene_word(scene, scene_expects(scene, TOK_UP_TO) ? TOK_UP_TO : TOK_CAP);
    struct fix fix = fix_replace(scene, scene->at, word);
    return fix_works(scene, &fix) &&
           scene_say(scene, D_CEILING_WORD, scene->at, scene->at + 1, &fix, 2, at_text(scene), word);
}

/* Whether the file declares a table or view of that name. */
static bool is_table(const struct front *front, struct text name)
{
    for (size_t i = 0; i + 1 < front->count; i++) {
        const struct token *token = &front->tokens[i];
        if (!(token->flags & TOKEN_FRESH) || !AMONG(token->open, TOK_TABLE, TOK_VIEW)) continue;
        if (text_equal(token[1].text, name)) return true;
    }
    return false;
}

/* `制定计划：加2分` */
bool advise_if_missing(struct scene *scene)
{
    if (scene->at != scene->start || !AMONG(scene->block, TOK_SECTION, TOK_ITEM, TOK_BONUS, TOK_EVERY_ITEM)) return false;
    if (!scene_is_word(scene, scene->at)) return false;
    int head = is_table(scene->front, scene_token(scene, scene->at)->text) ? TOK_PER : TOK_IF;
    struct text word = scene_word(scene, head);
    struct fix fix = fix_before(scene, scene->at, word);
    if (!fix_works(scene, &fix)) return false;
    return scene_say(scene, D_MISSING_BEFORE, scene->at, scene->at + 1, &fix, 2, word, at_text(scene));
}

/* `人数 >= 3 且 <= 5` */
bool advise_compare_again(struct scene *scene)
{
    static const int SIGNS[] = {TOK_LT,      TOK_LE,   TOK_GT,       TOK_GE, TOK_EQ,     TOK_NE, TOK_BELOW,
                                TOK_AT_MOST, TOK_OVER, TOK_AT_LEAST, TOK_IS, TOK_IS_NOT, 0};
    size_t i = scene->at;
    if (!token_among(scene->got, SIGNS) || i < scene->start + 3) return false;
    if (!AMONG(scene_kind(scene, i - 1), TOK_AND, TOK_OR)) return false;
    size_t sign = i - 2;
    while (sign > scene->start + 1 && !token_among(scene_kind(scene, sign), SIGNS)) sign--;
    if (scene_kind(scene, sign - 1) != TOK_NAME) return false;
    struct text name = scene_text(scene, sign - 1, sign);
    struct fix fix = fix_before(scene, i, name);
    return fix_works(scene, &fix) && scene_say(scene, D_COMPARE_AGAIN, i, i + 1, &fix, 2, at_text(scene), name);
}

/* `若 制定计划 扣2分，否则 扣3分` */
bool advise_else_in_rule(struct scene *scene)
{
    if (!AMONG(scene->got, TOK_ELSE, TOK_OTHERWISE) || !scene_is_rule(scene->line)) return false;
    return scene_say(scene, D_ELSE_IN_RULE, scene->at, scene->at + 1, NULL, 1, at_text(scene));
}

/* ---- heads ---- */

/* `项目 1 “X” 10分` */
bool advise_worth_missing(struct scene *scene)
{
    if (!AMONG(scene->line, TOK_SECTION, TOK_ITEM, TOK_BONUS) || scene->got != TOK_NUMBER) return false;
    struct text word = scene_word(scene, scene->line == TOK_BONUS ? TOK_UP_TO : TOK_WORTH);
    struct fix fix = fix_before(scene, scene->at, word);
    if (scene->at != scene->start + 3 || !fix_works(scene, &fix)) return false;
    return scene_say(scene, D_MISSING_BEFORE, scene->at, scene->at + 1, &fix, 2, word, at_text(scene));
}

/* `结果运用 “通报表扬” 若 …` */
bool advise_name_missing(struct scene *scene)
{
    if (scene->got != TOK_STRING || !scene_expects(scene, TOK_NAME) || scene->at != scene->start + 1) return false;
    struct fix fix = fix_before(scene, scene->at, scene_token(scene, scene->at)->text);
    bool works = fix_works(scene, &fix);
    return scene_say(scene, D_NAME_MISSING, scene->at, scene->at + 1, works ? &fix : NULL, 1, at_text(scene));
}

/* ---- fields ---- */

/* `0 100`, `0-100`, `90-94` */
bool advise_range_to(struct scene *scene)
{
    if (scene->line != TOK_L_FIELD && scene->line != TOK_L_GRADE) return false;
    if (!scene_expects(scene, TOK_TO) || scene->at == scene->start) return false;
    struct text word = scene_word(scene, TOK_TO);
    struct fix fix;
    if (scene->got == TOK_NUMBER || scene->got == TOK_PERCENTAGE) {
        fix = fix_before(scene, scene->at, word);
    } else if (scene->got == TOK_MINUS) {
        fix = fix_replace(scene, scene->at, scene_print(scene, " %.*s ", TEXT_ARG(word)));
    } else {
        return false;
    }
    return fix_works(scene, &fix) && scene_say(scene, D_RANGE_TO, scene->at, scene->at + 1, &fix, 1, word);
}

/* The heading behind the type. */
bool advise_heading_last(struct scene *scene)
{
    if (scene->line != TOK_L_FIELD || scene->got != TOK_STRING || scene->at < scene->start + 2) return false;
    if (scene_kind(scene, scene->start + 1) == TOK_STRING) return false;
    struct fix fix = fix_before(scene, scene->start + 1, at_text(scene));
    fix = fix_and(fix, fix_replace(scene, scene->at, TEXT_NONE));
    return fix_works(scene, &fix) && scene_say(scene, D_HEADING_LAST, scene->at, scene->at + 1, &fix, 1, at_text(scene));
}

/* A field without a type, or with a value in its place. */
bool advise_field_type(struct scene *scene)
{
    if (scene->line != TOK_L_FIELD || !scene_expects(scene, TOK_T_TEXT)) return false;
    if (scene->got == TOK_YES || scene->got == TOK_NO || scene->got == TOK_SHI) {
        struct text type = scene_word(scene, TOK_T_BOOL);
        struct fix fix = fix_replace(scene, scene->at, type);
        bool works = fix_works(scene, &fix);
        return scene_say(scene, D_TYPE_YES_NO, scene->at, scene->at + 1, works ? &fix : NULL, 1, type);
    }
    struct text types = scene->zh ? TEXT("文字、是否、整数、数值、百分比、日期、取值 甲，乙")
                                  : TEXT("text, yes/no, count, number, percent, date, one of a, b");
    if (scene->got == TOK_NL && advise_misspelt_head(scene)) return true; /* `exmaple "x"` */
    if (scene->got == TOK_NL)
        return scene_say(scene, D_TYPE_MISSING, scene->start, scene->start + 1, NULL, 2,
                         scene_text(scene, scene->start, scene->start + 1), types);
    return false;
}

/* ---- grades ---- */

/* `不合格 60分以下` */
static bool lowest_grade(struct scene *scene)
{
    if (scene->got != TOK_OR_LESS || scene_kind(scene, scene->at - 1) != TOK_NUMBER) return false;
    struct text rest = scene_word(scene, TOK_OTHERWISE);
    struct fix fix = fix_replace(scene, scene->at - 1, rest);
    fix.edits[0].where.to = scene_token(scene, scene->at)->span.to;
    bool works = fix_works(scene, &fix);
    return scene_say(scene, D_GRADE_LOWEST, scene->at - 1, scene->at + 1, works ? &fix : NULL, 1, rest);
}

/* `优秀 95`, `90-94 良好` */
bool advise_grade_bounds(struct scene *scene)
{
    if (scene->line != TOK_L_GRADE) return false;
    if (lowest_grade(scene)) return true;
    size_t first = scene->start, last = scene->end - 1;
    if (scene->got == TOK_NL && scene_kind(scene, last) == TOK_NUMBER) {
        struct fix fix =
            scene->zh ? fix_behind(scene, last, scene_token(scene, last)->flags & TOKEN_CUT ? TEXT("以上") : TEXT("分以上"))
                      : fix_before(scene, last, TEXT("from"));
        return fix_works(scene, &fix) && scene_say(scene, D_GRADE_FROM, last, last + 1, &fix, 1,
                                                   fix.count ? scene_text(scene, last, last + 1) : TEXT_NONE);
    }
    if (scene->at != first || scene_kind(scene, first) != TOK_NUMBER) return false;
    size_t name = first;
    while (name < scene->end && !scene_is_word(scene, name)) name++;
    if (name == scene->end) return false;
    struct text low = scene_text(scene, first, first + 1), high = scene_text(scene, name - 1, name),
                called = scene_text(scene, name, name + 1);
    struct text to = scene_word(scene, TOK_TO), from = scene_word(scene, TOK_FROM);
    struct fix fix = fix_replace(
        scene, first,
        name > first + 1
            ? scene_print(scene, "%.*s %.*s %.*s %.*s", TEXT_ARG(called), TEXT_ARG(low), TEXT_ARG(to), TEXT_ARG(high))
            : scene_print(scene, "%.*s %.*s %.*s", TEXT_ARG(called), TEXT_ARG(from), TEXT_ARG(low)));
    fix.edits[0].where.to = scene_token(scene, name)->span.to;
    bool works = fix_works(scene, &fix);
    return scene_say(scene, D_GRADE_NAME_FIRST, first, first + 1, works ? &fix : NULL, 1, called);
}

/* ---- examples ---- */

/* `expect 1.1 = 1` */
bool advise_expect_number(struct scene *scene)
{
    if (scene->line != TOK_EXPECT || (scene->got != TOK_NUMBER && scene->got != TOK_DOTTED)) return false;
    struct fix fix = fix_before(scene, scene->at, scene_word(scene, TOK_ITEM));
    return fix_works(scene, &fix) &&
           scene_say(scene, D_EXPECT_NUMBER, scene->at, scene->at + 1, &fix, 2, scene_word(scene, TOK_ITEM), at_text(scene));
}

/* `应得 总分 100` */
bool advise_expect_equals(struct scene *scene)
{
    if (scene->line != TOK_EXPECT || !scene_expects(scene, TOK_EQ)) return false;
    if (!AMONG(scene->got, TOK_NUMBER, TOK_NAME, TOK_YES, TOK_NO)) return false;
    struct fix fix = fix_before(scene, scene->at, TEXT("="));
    if (!fix_works(scene, &fix)) return false;
    return scene_say(scene, D_MISSING_BEFORE, scene->at, scene->at + 1, &fix, 2, TEXT("="), at_text(scene));
}

/* `unit study_plan yes` in an example: the line does not open a block, whatever its first word says */
bool advise_unit_in_example(struct scene *scene)
{
    if (scene->line != TOK_UNIT || (scene->block != TOK_SAMPLE && scene->block != TOK_EXAMPLE)) return false;
    struct text given = scene_word(scene, TOK_GIVEN);
    struct fix fix = fix_replace(scene, scene->start, given);
    if (!fix_works(scene, &fix)) return false;
    scene->front->block = scene->block;
    return scene_say(scene, D_UNIT_IN_EXAMPLE, scene->start, scene->start + 1, &fix, 2,
                     scene_text(scene, scene->start, scene->start + 1), given);
}

/* `session 6 attendance 3` */
bool advise_rows_count(struct scene *scene)
{
    if (scene->line != TOK_L_ROWS || scene->got != TOK_NUMBER || scene->at != scene->start + 1) return false;
    struct text table = scene_text(scene, scene->start, scene->at);
    struct fix fix = fix_and(fix_replace(scene, scene->start, at_text(scene)), fix_replace(scene, scene->at, table));
    return fix_works(scene, &fix) &&
           scene_say(scene, D_ROWS_COUNT, scene->at, scene->at + 1, &fix, 2, at_text(scene), table);
}
