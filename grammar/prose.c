/* Expressions in words.
 *
 * In: expression nodes, names as names.c resolved them. Out: text.
 * Decision: comparisons, conditions and aggregates become words, sums and products keep their signs: a formula in words is
 * harder to check than one in signs. Cost: a long formula stays a formula.
 */
#include "prose.h"

#include "names.h"

void prose_open(struct prose *prose, struct buffer *out, struct arena *arena, const struct ast_file *file,
                enum tongue tongue)
{
    *prose = (struct prose){.arena = arena, .file = file, .out = out, .zh = tongue == TONGUE_ZH};
    prose->names = names_resolve(arena, file, tongue);
}

void prose_say(struct prose *p, const char *en, const char *zh) { buffer_put(p->out, p->zh ? zh : en); }

/* ---- names ---- */

static bool is_spelt(const struct prose *p, struct text text) { return text.len && text_is_latin(text) != p->zh; }

static struct text without_underscores(struct prose *p, struct text text)
{
    if (!text.len || !memchr(text.at, '_', text.len)) return text;
    struct text copy = arena_text(p->arena, text);
    char *at = (char *)(uintptr_t)copy.at;
    for (size_t k = 0; k < copy.len; k++)
        if (at[k] == '_') at[k] = ' ';
    while (copy.len && at[copy.len - 1] == ' ') copy.len--;
    return copy;
}

const struct ast *prose_declaration(struct prose *p, const struct ast *node)
{
    const struct symbol *symbol = map_get(&p->names->uses, node, TEXT_NONE);
    return symbol ? symbol->decl : NULL;
}

struct text prose_called(struct prose *p, const struct ast *node)
{
    const struct ast *decl = prose_declaration(p, node);
    if (!decl) return without_underscores(p, names_text(p->names, node));
    bool question = decl->kind == AST_QUESTION; /* text2 is what is asked; its heading stands apart, if it has one */
    struct text name = decl->text, heading = !question ? decl->text2 : decl->c ? decl->c->text2 : TEXT_NONE;
    struct text text = is_spelt(p, heading) ? heading : is_spelt(p, name) ? name : text_shown(name, heading);
    return without_underscores(p, text);
}

static void put_called(struct prose *p, const struct ast *node) { buffer_text(p->out, prose_called(p, node)); }

/* ---- figures ---- */

static void list(struct prose *p, const struct ast *nodes, const char *en, const char *zh)
{
    for (const struct ast *n = nodes; n; n = n->next) {
        prose_value(p, n, false);
        if (n->next) prose_say(p, n->next->next ? ", " : en, n->next->next ? "、" : zh);
    }
}

static void duration(struct prose *p, const struct ast *node)
{
    bool one = text_is(node->text, "1");
    buffer_text(p->out, node->text);
    switch ((int)node->op) { /* lengths of time */
    case OP_DAYS: prose_say(p, one ? " day" : " days", "天"); break;
    case OP_WORKDAYS: prose_say(p, one ? " working day" : " working days", "个工作日"); break;
    case OP_MONTHS: prose_say(p, one ? " month" : " months", "个月"); break;
    case OP_YEARS: prose_say(p, one ? " year" : " years", "年"); break;
    }
}

static void where(struct prose *p, const struct ast *condition)
{
    if (!condition) return;
    prose_say(p, " where ", "中（");
    prose_condition(p, condition);
    prose_say(p, "", "）");
}

static void aggregate(struct prose *p, const struct ast *node)
{
    static const struct {
        enum ast_op op;
        const char *en, *zh;
    } WORDS[] = {{OP_COUNT, "the number of ", "的数目"},      {OP_DISTINCT, "the number of different ", "的不同值个数"},
                 {OP_SUM, "the sum of ", "的合计"},           {OP_AVERAGE, "the average of ", "的平均"},
                 {OP_HIGHEST, "the highest of ", "的最高值"}, {OP_LOWEST, "the lowest of ", "的最低值"}};
    size_t k = 0;
    while (WORDS[k].op != node->op) k++;
    if (p->zh) {
        if (node->b) put_called(p, node->b);
        where(p, node->c);
        if (node->a) {
            buffer_put(p->out, node->b ? "的" : "");
            prose_value(p, node->a, true);
        }
        if (node->d) buffer_print(p->out, "（取最高的%.*s个）", TEXT_ARG(node->d->text));
        if (node->e && node->e->a) buffer_print(p->out, "（去掉最高的%.*s个）", TEXT_ARG(node->e->a->text));
        if (node->e && node->e->b) buffer_print(p->out, "（去掉最低的%.*s个）", TEXT_ARG(node->e->b->text));
        buffer_put(p->out, WORDS[k].zh);
        return;
    }
    buffer_put(p->out, WORDS[k].en);
    if (node->a) {
        prose_value(p, node->a, true);
        buffer_put(p->out, node->b ? " over the rows of " : "");
    } else {
        buffer_put(p->out, "rows of ");
    }
    if (node->b) put_called(p, node->b);
    where(p, node->c);
    if (node->d) buffer_print(p->out, ", the best %.*s only", TEXT_ARG(node->d->text));
    if (node->e && node->e->a) buffer_print(p->out, ", without the highest %.*s", TEXT_ARG(node->e->a->text));
    if (node->e && node->e->b) buffer_print(p->out, ", without the lowest %.*s", TEXT_ARG(node->e->b->text));
}

static void call(struct prose *p, const struct ast *node)
{
    const struct builtin *builtin = prose_declaration(p, node) ? NULL : builtin_named(NULL, node->text);
    const char *name = builtin ? builtin->english : "";
    bool max = strcmp(name, "max") == 0, min = strcmp(name, "min") == 0;
    if (max || min) {
        prose_say(p, max ? "the greatest of " : "the least of ", "");
        list(p, node->list, " and ", "与");
        prose_say(p, "", max ? "中最大者" : "中最小者");
    } else if (strcmp(name, "known") == 0) {
        prose_say(p, "", "已填");
        list(p, node->list, ", ", "、");
        prose_say(p, " is filled in", "");
    } else if (strcmp(name, "abs") == 0) {
        prose_say(p, "the size of ", "");
        list(p, node->list, ", ", "、");
        prose_say(p, " without its sign", "的绝对值");
    } else if (strcmp(name, "moved_to_workday") == 0) {
        list(p, node->list, ", ", "、");
        prose_say(p, " (on a day off: the next working day)", "（遇休息日顺延至下一个工作日）");
    } else {
        put_called(p, node);
        prose_say(p, "(", "（");
        list(p, node->list, ", ", "，");
        prose_say(p, ")", "）");
    }
}

static void select_by(struct prose *p, const struct ast *node)
{
    prose_say(p, "by ", "按");
    prose_value(p, node->a, true);
    prose_say(p, " (", "（");
    for (const struct ast *arm = node->list; arm; arm = arm->next) {
        if (arm->a)
            prose_value(p, arm->a, false);
        else
            prose_say(p, "otherwise", "其余");
        prose_say(p, ": ", "为");
        prose_value(p, arm->b, false);
        if (arm->next) prose_say(p, ", ", "，");
    }
    prose_say(p, ")", "）");
}

static void between_dates(struct prose *p, const struct ast *node)
{
    static const char *const EN[] = {"whole days", "working days", "whole months", "whole years"};
    static const char *const ZH[] = {"天数", "工作日数", "整月数", "整年数"};
    int k = node->op == OP_DAYS ? 0 : node->op == OP_WORKDAYS ? 1 : node->op == OP_MONTHS ? 2 : 3;
    if (p->zh) {
        buffer_put(p->out, "自");
        prose_value(p, node->a, false);
        buffer_put(p->out, "至");
        prose_value(p, node->b, false);
        buffer_print(p->out, "的%s", ZH[k]);
    } else {
        buffer_print(p->out, "the %s from ", EN[k]);
        prose_value(p, node->a, false);
        buffer_put(p->out, " to ");
        prose_value(p, node->b, false);
    }
}

static void rounded(struct prose *p, const struct ast *node)
{
    static const struct {
        enum ast_op op;
        const char *en, *zh;
    } MODES[] = {{OP_HALF_UP, "half up", "四舍五入"},
                 {OP_HALF_EVEN, "half to even", "四舍六入五成双"},
                 {OP_DOWN, "down", "舍去余数"},
                 {OP_UP, "up", "进一"}};
    size_t k = 0;
    while (MODES[k].op != node->op && k < 3) k++;
    prose_value(p, node->a, true);
    if (p->zh)
        buffer_print(p->out, "（保留%.*s位小数，%s）", TEXT_ARG(node->text), MODES[k].zh);
    else
        buffer_print(p->out, " (rounded %s, decimal places: %.*s)", MODES[k].en, TEXT_ARG(node->text));
}

static const char *sign_of(enum ast_op op)
{
    return op == OP_ADD ? " + " : op == OP_SUB ? " − " : op == OP_MUL ? " × " : " ÷ ";
}

/* `right`: what stands right of the sign, where a − (b + c) needs its brackets. */
static void operand(struct prose *p, const struct ast *node, enum ast_op above, bool right)
{
    bool sum = node->kind == AST_BINARY && (node->op == OP_ADD || node->op == OP_SUB);
    bool product = node->kind == AST_BINARY && (node->op == OP_MUL || node->op == OP_DIV);
    bool times = above == OP_MUL || above == OP_DIV;
    bool plain = product && (!times || !right);
    bool even = sum && !times && (!right || above == OP_ADD);
    prose_value(p, node, !(plain || even));
}

static void binary(struct prose *p, const struct ast *node)
{
    bool arithmetic = node->op == OP_ADD || node->op == OP_SUB || node->op == OP_MUL || node->op == OP_DIV;
    if (!arithmetic) {
        prose_condition(p, node);
        return;
    }
    operand(p, node->a, node->op, false);
    buffer_put(p->out, sign_of(node->op));
    operand(p, node->b, node->op, true);
}

static bool is_word(const struct ast *node)
{
    return node->kind != AST_BINARY && node->kind != AST_IF_ELSE && node->kind != AST_AGGREGATE && node->kind != AST_NOT &&
           node->kind != AST_QUANTIFIED && node->kind != AST_IN && node->kind != AST_NEGATE && node->kind != AST_STREAK &&
           node->kind != AST_BETWEEN_DATES;
}

static void figure(struct prose *p, const struct ast *node)
{
    switch ((int)node->kind) { /* expressions only */
    case AST_NUMBER:
    case AST_DATE: buffer_text(p->out, node->text); break;
    case AST_PERCENTAGE: buffer_print(p->out, "%.*s%%", TEXT_ARG(node->text)); break;
    case AST_DURATION: duration(p, node); break;
    case AST_STRING: buffer_print(p->out, "“%.*s”", TEXT_ARG(node->text2)); break;
    case AST_YES: prose_say(p, "yes", "“是”"); break;
    case AST_NO: prose_say(p, "no", "“否”"); break;
    case AST_NA: prose_say(p, "“does not apply”", "“不涉及”"); break;
    case AST_NAME: put_called(p, node); break;
    case AST_THIS: prose_say(p, "this item", "本项"); break;
    case AST_DOT:
        prose_value(p, node->a, true);
        prose_say(p, "'s ", "的");
        buffer_text(p->out, without_underscores(p, names_text(p->names, node)));
        break;
    case AST_CALL: call(p, node); break;
    case AST_PARTREF:
        prose_say(p,
                  node->op == OP_SECTION ? "section "
                  : node->op == OP_BONUS ? "bonus "
                                         : "item ",
                  node->op == OP_SECTION ? "部分"
                  : node->op == OP_BONUS ? "加分"
                                         : "项目");
        buffer_text(p->out, node->text);
        break;
    case AST_GRADE_BY_SCORE: prose_say(p, "the grade by score", "按总分的等次"); break;
    case AST_NEGATE:
        buffer_put(p->out, "−");
        prose_value(p, node->a, true);
        break;
    case AST_BINARY: binary(p, node); break;
    case AST_IF_ELSE:
        prose_say(p, "if ", "若");
        prose_condition(p, node->a);
        prose_say(p, " then ", "则为");
        prose_value(p, node->b, false);
        prose_say(p, ", otherwise ", "，否则为");
        prose_value(p, node->c, false);
        break;
    case AST_SELECT: select_by(p, node); break;
    case AST_AGGREGATE: aggregate(p, node); break;
    case AST_STREAK:
        prose_say(p, "the months in a row with rows of ", "连续有");
        put_called(p, node->a);
        where(p, node->b);
        prose_say(p, "", "的月数");
        break;
    case AST_ROUNDED: rounded(p, node); break;
    case AST_DEFAULT:
        prose_value(p, node->a, true);
        prose_say(p, " (or ", "（未填按");
        prose_value(p, node->b, false);
        prose_say(p, " if blank)", "）");
        break;
    case AST_BETWEEN_DATES: between_dates(p, node); break;
    case AST_NOT:
    case AST_QUANTIFIED:
    case AST_IN: prose_condition(p, node); break;
    default: buffer_text(p->out, node->text); break;
    }
}

void prose_value(struct prose *p, const struct ast *node, bool tight)
{
    bool brackets = tight && !is_word(node);
    if (brackets) prose_say(p, "(", "（");
    figure(p, node);
    if (brackets) prose_say(p, ")", "）");
}

/* ---- conditions ---- */

/* A named condition holds, a field is yes. */
static void named(struct prose *p, const struct ast *node, bool truth)
{
    const struct ast *decl = node->kind == AST_NAME ? prose_declaration(p, node) : NULL;
    bool defined = decl && (decl->kind == AST_LET || decl->kind == AST_COMPUTED || decl->kind == AST_CHOOSE);
    if (defined) {
        buffer_print(p->out, "“%.*s”", TEXT_ARG(prose_called(p, node)));
        prose_say(p, truth ? " holds" : " does not hold", truth ? "成立" : "不成立");
    } else {
        prose_value(p, node, true);
        prose_say(p, truth ? " is yes" : " is no", truth ? "为“是”" : "为“否”");
    }
}

static void quantified(struct prose *p, const struct ast *node)
{
    if (p->zh) {
        buffer_put(p->out, node->op == OP_EVERY ? "所有" : node->op == OP_ANY ? "有" : "没有");
        put_called(p, node->a);
        if (!node->b) return;
        buffer_put(p->out, node->op == OP_EVERY ? "都符合（" : "（");
        prose_condition(p, node->b);
        buffer_put(p->out, "）");
        return;
    }
    buffer_put(p->out, node->op == OP_EVERY ? "for every row of "
                       : node->op == OP_ANY ? "for some row of "
                                            : "for no row of ");
    put_called(p, node->a);
    buffer_put(p->out, node->b ? ", " : ", whatever it says");
    if (node->b) prose_condition(p, node->b);
}

static void side(struct prose *p, const struct ast *node, enum ast_op above)
{
    bool brackets = node->kind == AST_BINARY && (node->op == OP_AND || node->op == OP_OR) && node->op != above;
    if (brackets) prose_say(p, "(", "（");
    prose_condition(p, node);
    if (brackets) prose_say(p, ")", "）");
}

static void comparison(struct prose *p, const struct ast *node)
{
    static const struct {
        enum ast_op op;
        const char *en, *zh;
    } WORDS[] = {{OP_LT, " is below ", "低于"}, {OP_LE, " is at most ", "不超过"},
                 {OP_GT, " is over ", "超过"},  {OP_GE, " is at least ", "不低于"},
                 {OP_EQ, " is ", "为"},         {OP_NE, " is not ", "不为"}};
    const struct ast *decl = prose_declaration(p, node->a);
    bool dated = node->b->kind == AST_DATE || (decl && decl->kind == AST_FIELD && decl->a && decl->a->op == OP_DATE);
    size_t k = 0;
    while (WORDS[k].op != node->op) k++;
    const char *en = WORDS[k].en, *zh = WORDS[k].zh;
    if (dated && node->op == OP_LT) en = " is before ", zh = "早于";
    if (dated && node->op == OP_LE) en = " is not after ", zh = "不晚于";
    if (dated && node->op == OP_GT) en = " is after ", zh = "晚于";
    if (dated && node->op == OP_GE) en = " is not before ", zh = "不早于";
    prose_value(p, node->a, false);
    prose_say(p, en, zh);
    prose_value(p, node->b, false);
}

/* a and b and c, each a yes/no field: how many, or 0 if it is none such. */
static size_t chain_of(struct prose *p, const struct ast *node, enum ast_op op)
{
    if (node->kind == AST_BINARY && node->op == op) {
        size_t left = chain_of(p, node->a, op), right = chain_of(p, node->b, op);
        return left && right ? left + right : 0;
    }
    const struct ast *decl = node->kind == AST_NAME ? prose_declaration(p, node) : NULL;
    return (decl && (decl->kind == AST_FIELD || decl->kind == AST_NEED)) || node->kind == AST_DOT;
}

static void put_chain(struct prose *p, const struct ast *node, bool last)
{
    if (node->kind == AST_BINARY) {
        put_chain(p, node->a, false);
        prose_say(p, last ? " and " : ", ", "、");
        put_chain(p, node->b, last);
    } else {
        prose_value(p, node, false);
    }
}

/* not (a and b and c): they are not all yes. */
static bool denied_chain(struct prose *p, const struct ast *node)
{
    if (node->kind != AST_BINARY || (node->op != OP_AND && node->op != OP_OR) || !chain_of(p, node, node->op)) return false;
    put_chain(p, node, true);
    if (node->op == OP_AND)
        prose_say(p, " are not all yes", "不全为“是”");
    else
        prose_say(p, " are all no", "全为“否”");
    return true;
}

static bool is_known(struct prose *p, const struct ast *node)
{
    const struct builtin *builtin = prose_declaration(p, node) ? NULL : builtin_named(NULL, node->text);
    return builtin && strcmp(builtin->english, "known") == 0;
}

void prose_condition(struct prose *p, const struct ast *node)
{
    if (node->kind == AST_NOT && denied_chain(p, node->a)) return;
    if (node->kind == AST_NOT && node->a->kind == AST_CALL && is_known(p, node->a)) {
        prose_say(p, "", "未填");
        list(p, node->a->list, ", ", "、");
        prose_say(p, " is not filled in", "");
        return;
    }
    if (node->kind == AST_NOT && (node->a->kind == AST_NAME || node->a->kind == AST_DOT)) {
        named(p, node->a, false);
    } else if (node->kind == AST_NOT) {
        prose_say(p, "it is not so that ", "并非（");
        prose_condition(p, node->a);
        prose_say(p, "", "）");
    } else if (node->kind == AST_NAME || node->kind == AST_DOT) {
        named(p, node, true);
    } else if (node->kind == AST_QUANTIFIED) {
        quantified(p, node);
    } else if (node->kind == AST_IN) {
        prose_value(p, node->a, false);
        prose_say(p, node->flags & AST_NEGATED ? " is none of " : " is one of ",
                  node->flags & AST_NEGATED ? "不属于" : "属于");
        list(p, node->list, node->flags & AST_NEGATED ? " and " : " or ", "、");
    } else if (node->kind == AST_BINARY && (node->op == OP_AND || node->op == OP_OR)) {
        side(p, node->a, node->op);
        prose_say(p, node->op == OP_AND ? " and " : " or ", node->op == OP_AND ? "，且" : "，或");
        side(p, node->b, node->op);
    } else if (node->kind == AST_BINARY && node->op >= OP_LT && node->op <= OP_NE) {
        comparison(p, node);
    } else {
        prose_value(p, node, false);
    }
}
