/* Expressions of the printer, and lists of values.
 *
 * In: expression nodes. Out: text on the line being built, with the fewest brackets that read back as the same tree.
 * Decision: brackets come from levels alone; what ends in an open clause (`where`, `has`, `best 3`) is bracketed wherever
 * it is not all there is. Cost: a pair of brackets more than a person might write.
 */
#include "print.h"

/* ---- expressions ---- */

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

static const struct ast *leftmost(const struct ast *node)
{
    while (node->kind == AST_BINARY || node->kind == AST_IN || node->kind == AST_ROUNDED || node->kind == AST_DEFAULT) node = node->a;
    return node;
}

bool opens_with_phrase(const struct ast *node)
{
    node = leftmost(node);
    return node->kind == AST_AGGREGATE || node->kind == AST_QUANTIFIED || node->kind == AST_STREAK || node->kind == AST_SELECT ||
           node->kind == AST_BETWEEN_DATES || node->kind == AST_PARTREF;
}

enum level framed(const struct printer *p, const struct ast *node, enum level level)
{
    const struct ast *first = leftmost(node);
    bool selects = first->kind == AST_AGGREGATE && (first->d || first->e);
    bool opens = p->zh ? first->kind == AST_PARTREF || selects : opens_with_phrase(node); /* 计分 项目 1.1 would begin an item */
    return opens ? LEVEL_OPERAND : level;
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
        /* `7 days` would be a length of time: whatever is no figure stands apart from one */
        if (arm->a && arm->a->kind == AST_NUMBER && arm->b->kind != AST_NUMBER) glue(p, ":", "：");
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
        glue_name(p, member);
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
        expr(p, node->b, framed(p, node->b, LEVEL_LOGIC));
        word(p, KW_ELSE);
        expr(p, node->c, node->c->kind == AST_AGGREGATE ? framed(p, node->c, LEVEL_ANY) : LEVEL_ANY);
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
        bool digit = text.at[i] >= '0' && text.at[i] <= '9';
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
