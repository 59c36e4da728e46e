/* Parts, rules and examples of the printer.
 *
 * In: PART, EVERY_ITEM, RULE, SAMPLE, EXAMPLE nodes. Out: lines.
 * Decision: one rule has one canonical order in each tongue. English puts a single effect before its `if`, as a person
 * says it; Chinese always begins with the condition. Cost: the two shapes are decided here, in `print_rule`.
 */
#include "print.h"

/* Two blanks set what explains a line apart from what it computes. */
static void explanation(struct printer *p, enum word which, struct text text)
{
    if (!text.len) return;
    buffer_char(line_of(p), ' ');
    word(p, which);
    string(p, text);
}

void trailing(struct printer *p, const struct ast *node)
{
    explanation(p, KW_BECAUSE, node->because);
    for (const struct ast *when = node->when; when; when = when->next) {
        buffer_char(line_of(p), ' ');
        word(p, KW_WHEN);
        name(p, when->a);
        word(p, KW_IS);
        name_in(p, when->b, PLACE_ANSWER);
    }
    explanation(p, KW_SOURCE, node->source);
}

static void who(struct printer *p, const struct ast *node)
{
    if (node->kind == AST_STRING) {
        string(p, node->text2);
    } else {
        expr(p, node, LEVEL_OPERAND);
    }
}

void print_evidence(struct printer *p, const struct ast *line)
{
    word(p, KW_EVIDENCE);
    string(p, line->text2);
    if (!line->a) return;
    word_as(p, KW_BY, "", "由");
    who(p, line->a);
}

/* ---- heads ---- */

/* A condition that an if-then-else would begin stands in brackets: two `if`s in a row read badly. */
static void condition(struct printer *p, const struct ast *node)
{
    expr(p, node, node->kind == AST_IF_ELSE ? LEVEL_LOGIC : LEVEL_CONDITION);
}

static void colon(struct printer *p) { glue(p, ":", "："); }

/* 每人, 每例, 每次: what a Chinese clerk counts such rows in, judged by the end of the table's name. */
static const char *measure_of(const struct printer *p, const struct ast *rows)
{
    static const struct {
        const char *ending, *measure;
    } MEASURES[] = {
        {"员", "人"},   {"人", "人"},   {"者", "人"},   {"领导", "人"}, {"干部", "人"}, {"案件", "例"}, {"案", "例"},
        {"事故", "起"}, {"事件", "起"}, {"违纪", "例"}, {"违法", "例"}, {"文章", "篇"}, {"稿件", "篇"}, {"论文", "篇"},
        {"信息", "篇"}, {"简报", "篇"}, {"奖", "项"},   {"奖励", "项"}, {"荣誉", "项"}, {"表彰", "项"}, {"项目", "项"},
    };
    struct text text = names_text(p->names, rows);
    for (size_t i = 0; i < sizeof MEASURES / sizeof *MEASURES; i++) {
        size_t len = strlen(MEASURES[i].ending);
        if (text.len >= len && memcmp(text.at + text.len - len, MEASURES[i].ending, len) == 0) return MEASURES[i].measure;
    }
    return names_dated(p->names, rows) ? "次" : "个";
}

static void head_per(struct printer *p, const struct ast *head)
{
    const char *measure = head->b ? "个" : measure_of(p, head->a);
    if (p->zh) {
        word(p, KW_PER);
        if (head->f) {
            number(p, head->f, measure);
        } else {
            buffer_put(line_of(p), measure);
        }
    } else {
        word(p, KW_PER);
        if (head->f) number(p, head->f, "");
    }
    if (head->b) {
        name(p, head->b);
        word(p, KW_IN);
    }
    name(p, head->a);
    if (head->e) {
        word(p, KW_AS);
        name(p, head->e);
    }
    if (head->c) {
        word(p, KW_WHERE);
        expr(p, head->c, LEVEL_ANY);
    }
    if (head->d) {
        word(p, KW_EXCEPT);
        expr(p, head->d, LEVEL_ANY);
    }
}

static void head_short(struct printer *p, const struct ast *head)
{
    bool extra = head->kind == AST_HEAD_EXTRA, events = names_dated(p->names, head->a);
    word(p, extra ? KW_PER_EXTRA : KW_PER_MISSING);
    if (head->d && head->d->kind == AST_DURATION) {
        expr(p, head->d, LEVEL_PRIMARY);
    } else if (head->d) {
        few(p, head->d, events ? "次" : "");
    }
    expr(p, head->a, LEVEL_OPERAND);
    if (head->b) {
        word_as(p, extra ? KW_OVER : KW_OF, "", extra ? "基数" : "");
        few(p, head->b, events ? "次" : "");
    }
    if (head->op == OP_WHOLE) word(p, KW_WHOLE_STEPS);
    if (head->op == OP_STARTED) word(p, KW_STARTED_STEPS);
    if (head->op == OP_PRO_RATA) word(p, KW_PRO_RATA);
    if (head->c) {
        word(p, KW_WHERE);
        expr(p, head->c, LEVEL_ANY);
    }
    if (head->e) {
        word(p, KW_EXCEPT);
        expr(p, head->e, LEVEL_ANY);
    }
}

static void head_line(struct printer *p, const struct ast *head)
{
    if (head->kind == AST_HEAD_IF) {
        word(p, KW_IF);
        condition(p, head->a);
    } else if (head->kind == AST_HEAD_PER) {
        head_per(p, head);
    } else {
        head_short(p, head);
    }
}

/* ---- effects ---- */

/* 满4次 in Chinese, glued as it is said. */
static void few_times(struct printer *p, const struct ast *node)
{
    if (p->zh && node->kind == AST_NUMBER) {
        buffer_text(line_of(p), node->text);
        buffer_put(line_of(p), "次");
    } else {
        few(p, node, "");
    }
}

static void effect_points(struct printer *p, const struct ast *effect)
{
    bool minus = effect->op == OP_MINUS;
    if (p->zh) {
        word(p, minus ? KW_DEDUCT : KW_ADD);
    } else {
        put(p, minus ? TEXT("-") : TEXT("+"));
    }
    size_t before = line_of(p)->len;
    points(p, effect->a, LEVEL_PRODUCT, effect->a->kind == AST_NUMBER);
    /* the sign touches a figure or a bracket; a name stands apart from it */
    struct text amount = {line_of(p)->at + before, line_of(p)->len - before};
    if (amount.len < 2 || amount.at[0] != ' ') return;
    char first = amount.at[1];
    bool bracket = first == '(' || (amount.len >= 4 && memcmp(amount.at + 1, "（", 3) == 0);
    if (!bracket && (first < '0' || first > '9')) return;
    memmove(line_of(p)->at + before, amount.at + 1, amount.len - 1);
    line_of(p)->len--;
}

/* `first`: nothing stands before it on the line. */
static void effect_word(struct printer *p, const struct ast *effect, bool first)
{
    if (effect->kind == AST_POINTS) {
        effect_points(p, effect);
    } else if (effect->kind == AST_SCORE) {
        word(p, KW_SCORE);
        points(p, effect->a, framed(p, effect->a, LEVEL_ANY), false);
    } else if (effect->kind == AST_FORFEIT) {
        bool part_first = p->zh && effect->a && !first; /* 部分 2 不得分 */
        if (part_first) expr(p, effect->a, LEVEL_PRIMARY);
        word(p, KW_FORFEIT);
        if (effect->a && !part_first) expr(p, effect->a, LEVEL_PRIMARY);
    } else if (effect->kind == AST_VETO) {
        word(p, KW_VETO);
        if (effect->a) {
            word(p, KW_TO);
            name(p, effect->a);
        }
    } else if (effect->kind == AST_BAR) {
        word(p, KW_BAR);
        name(p, effect->a);
    } else if (effect->kind == AST_OUTCOME_OF) {
        word(p, KW_OUTCOME);
        who(p, effect->a);
    } else if (effect->kind == AST_UNDECIDED) {
        word(p, KW_UNDECIDED);
        string(p, effect->text2);
    }
}

static void effect_line(struct printer *p, const struct ast *effect, bool first)
{
    bool at_first = p->zh && effect->b && !first; /* 满4次 一票否决 */
    if (at_first) {
        word(p, KW_AT);
        few_times(p, effect->b);
    }
    effect_word(p, effect, first);
    if (effect->b && !at_first) {
        word(p, KW_AT);
        few_times(p, effect->b);
    }
    if (effect->c) {
        word(p, KW_IF);
        condition(p, effect->c);
    }
}

/* Cap and 扣完为止 stand behind the marks that they are about, before a veto. */
static void limits(struct printer *p, const struct ast *rule)
{
    if (rule->b) {
        comma(p);
        word(p, KW_CAP);
        points(p, rule->b, LEVEL_PRODUCT, p->zh && rule->b->kind == AST_NUMBER);
    }
    if (rule->flags & AST_UNTIL_NONE) {
        comma(p);
        word(p, KW_UNTIL_NONE);
    }
}

static void effects(struct printer *p, const struct ast *rule)
{
    const struct ast *last_marks = NULL;
    for (const struct ast *effect = rule->a; effect; effect = effect->next) {
        if (effect->kind == AST_POINTS || effect->kind == AST_SCORE || (!effect->next && !last_marks)) last_marks = effect;
    }
    for (const struct ast *effect = rule->a; effect; effect = effect->next) {
        effect_line(p, effect, !rule->list && effect == rule->a);
        if (effect == last_marks) limits(p, rule);
        if (effect->next) comma(p);
    }
}

/* `EFFECT if C`: one condition, one effect, nothing that could be taken for part of the condition. An outcome is not
 * put first: a line that begins with `outcome` declares one. */
static bool effect_first(const struct printer *p, const struct ast *rule)
{
    const struct ast *head = rule->list, *effect = rule->a;
    if (p->zh || !head || head->next || head->kind != AST_HEAD_IF) return false;
    if (!effect || effect->next || effect->b || effect->c) return false;
    if (rule->b || rule->flags & AST_UNTIL_NONE) return false;
    return effect->kind != AST_OUTCOME_OF && effect->kind != AST_SCORE;
}

void print_rule(struct printer *p, const struct ast *rule)
{
    if (effect_first(p, rule)) {
        effect_line(p, rule->a, true);
        head_line(p, rule->list);
    } else {
        for (const struct ast *head = rule->list; head; head = head->next) {
            head_line(p, head);
            colon(p);
        }
        effects(p, rule);
    }
    trailing(p, rule);
    end_line(p, rule, 1);
}

/* ---- parts ---- */

static void attribute(struct printer *p, const struct ast *node)
{
    if (node->op == OP_WORTH) word(p, KW_WORTH);
    if (node->op == OP_FROM) word_as(p, KW_FROM, "", "起评");
    if (node->op == OP_UP_TO) word(p, KW_UP_TO);
    if (node->op == OP_NO_LIMIT) word(p, KW_NO_LIMIT);
    if (node->op == OP_WEIGHT) word(p, KW_WEIGHT);
    if (node->op == OP_DIVIDED) word(p, KW_DIVIDED);
    if (node->op == OP_UNALLOTTED) word(p, KW_UNALLOTTED);
    if (!node->a) return;
    if (node->op == OP_WEIGHT || node->op == OP_DIVIDED) {
        expr(p, node->a, LEVEL_PRODUCT);
    } else {
        points(p, node->a, LEVEL_PRODUCT, false);
    }
}

static void judged(struct printer *p, const struct ast *node)
{
    word(p, KW_JUDGED);
    if (node->flags & AST_ALL_OR_NOTHING) word(p, KW_ALL_OR_NOTHING);
    if (node->a) {
        word(p, KW_IN_STEPS);
        points(p, node->a, LEVEL_PRIMARY, false);
    }
    if (node->list) word_as(p, KW_BY, "", "由");
    for (const struct ast *judge = node->list; judge; judge = judge->next) {
        string(p, judge->text2);
        if (judge->a) points(p, judge->a, LEVEL_PRIMARY, false);
        if (judge->next) comma(p);
    }
}

void print_applies(struct printer *p, const struct ast *node)
{
    word(p, KW_APPLIES_IF);
    expr(p, node->a, LEVEL_LOGIC);
    if (node->flags & AST_BARE) return;
    word(p, KW_ELSE);
    word(p, node->op == OP_ZERO ? KW_ZERO : node->op == OP_SHARED ? KW_SHARED : KW_FULL);
}

static void part_line(struct printer *p, const struct ast *line)
{
    if (line->kind == AST_RULE) {
        print_rule(p, line);
        return;
    }
    if (line->kind == AST_FIELD) {
        print_field_line(p, line);
        return;
    }
    if (line->kind == AST_NEEDS) {
        word(p, KW_NEEDS);
        for (const struct ast *need = line->list; need; need = need->next) {
            name(p, need);
            heading(p, need);
            if (need->next) list_comma(p);
        }
    } else if (line->kind == AST_APPLIES) {
        print_applies(p, line);
    } else if (line->kind == AST_NOTE || line->kind == AST_GAP) {
        word(p, line->kind == AST_NOTE ? KW_NOTE : KW_GAP);
        string(p, line->text2);
    } else if (line->kind == AST_EVIDENCE) {
        print_evidence(p, line);
    }
    trailing(p, line);
    end_line(p, line, 1);
}

void print_part(struct printer *p, const struct ast *part)
{
    if (part->kind == AST_EVERY_ITEM) {
        word(p, KW_EVERY_ITEM);
    } else {
        word(p, part->op == OP_SECTION ? KW_SECTION : part->op == OP_BONUS ? KW_BONUS : KW_ITEM);
        put(p, part->text);
        if (part->text2.at) string(p, part->text2);
        for (const struct ast *node = part->a; node; node = node->next) {
            if (node->kind == AST_JUDGED) {
                judged(p, node);
            } else {
                attribute(p, node);
            }
        }
    }
    trailing(p, part);
    end_head(p, part, part->op == OP_SECTION ? JOINS_NEXT : JOINS);
    for (const struct ast *line = part->list; line; line = line->next) part_line(p, line);
}

/* ---- examples ---- */

static void settings(struct printer *p, const struct ast *list)
{
    for (const struct ast *setting = list; setting; setting = setting->next) {
        expr(p, setting->a, LEVEL_OPERAND);
        if (setting->a->kind != AST_NAME) put(p, TEXT("="));
        expr(p, setting->b, LEVEL_SIGN);
        if (setting->next) break_comma(p);
    }
}

static void rows_of(struct printer *p, const struct ast *rows)
{
    if (rows->a) {
        number(p, rows->a, "");
        name(p, rows);
    } else {
        name_in(p, rows, PLACE_START);
    }
    settings(p, rows->list);
    for (const struct ast *child = rows->b; child; child = child->next) {
        word(p, KW_WITH);
        rows_of(p, child);
    }
}

static void expected(struct printer *p, const struct ast *node)
{
    if (node->kind == AST_EXPECT_COMPARE) {
        bool part = node->a->kind == AST_PARTREF || node->a->kind == AST_GRADE_BY_SCORE;
        expr(p, node->a, part ? LEVEL_PRIMARY : LEVEL_OPERAND);
        binary_sign(p, node);
        expr(p, node->b, LEVEL_SUM);
    } else if (node->kind == AST_EXPECT_DEDUCTED) {
        expr(p, node->a, LEVEL_PRIMARY);
        word(p, KW_DEDUCTED);
        expr(p, node->b, LEVEL_SUM);
    } else if (node->kind == AST_EXPECT_STATE && node->op == OP_ASSESSED_STATE) {
        bool negated = node->flags & AST_NEGATED;
        if (negated && !p->zh) word(p, KW_NOT);
        word(p, negated && p->zh ? KW_NOT_ASSESSED : KW_ASSESSED);
    } else {
        if (node->flags & AST_NEGATED) word(p, KW_NONE_OF);
        if (node->kind == AST_EXPECT_OUTCOME) {
            word(p, KW_OUTCOME);
            who(p, node->a);
        } else {
            if (node->a) expr(p, node->a, LEVEL_PRIMARY);
            word(p, node->op == OP_VETO_STATE ? KW_VETO : node->op == OP_UNDECIDED_STATE ? KW_UNDECIDED : KW_INCOMPLETE);
        }
    }
}

void print_example(struct printer *p, const struct ast *example)
{
    bool sample = example->kind == AST_SAMPLE;
    word(p, sample ? KW_SAMPLE : KW_EXAMPLE);
    if (sample) {
        name(p, example);
    } else {
        string(p, example->text2);
        if (example->a) {
            word(p, KW_LIKE);
            name(p, example->a);
        }
    }
    trailing(p, example);
    end_head(p, example, JOINS_NOT);
    for (const struct ast *line = example->list; line; line = line->next) {
        if (line->kind == AST_GIVEN) {
            word(p, KW_GIVEN);
            settings(p, line->list);
        } else if (line->kind == AST_ROWS) {
            rows_of(p, line);
        } else if (line->kind == AST_EXPECT) {
            word(p, KW_EXPECT);
            for (const struct ast *node = line->list; node; node = node->next) {
                expected(p, node);
                if (node->next) break_comma(p);
            }
        }
        trailing(p, line);
        end_line(p, line, 1);
    }
}
