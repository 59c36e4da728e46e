/* Rules, grades and the other lines of a scheme as sentences.
 *
 * In: nodes. Out: text; a rule is a whole sentence with its full stop.
 * Decision: Chinese says the condition with 的 and then the consequence, as regulations do (…的，扣2分); English says it
 * with if, where and for each. Only the heads of a rule differ that much, so each head is one function per tongue.
 */
#include "prose.h"

static void called(struct prose *p, const struct ast *node) { buffer_text(p->out, prose_called(p, node)); }

static bool is_constant(const struct ast *node) { return node->kind == AST_NUMBER || node->kind == AST_PERCENTAGE; }

static void marks(struct prose *p, const struct ast *amount)
{
    bool one = amount->kind == AST_NUMBER && text_is(amount->text, "1");
    prose_value(p, amount, false);
    if (is_constant(amount)) prose_say(p, one ? " mark" : " marks", "分");
}

/* ---- heads ---- */

/* What is asked for: `of N`, or the table's own `at least`. */
static const struct ast *asked_for(struct prose *p, const struct ast *head)
{
    if (head->b || head->a->kind != AST_NAME) return head->b;
    const struct ast *decl = prose_declaration(p, head->a);
    return decl && decl->kind == AST_TABLE ? decl->d : NULL;
}

static bool is_table(struct prose *p, const struct ast *node)
{
    const struct ast *decl = node->kind == AST_NAME ? prose_declaration(p, node) : NULL;
    return decl && (decl->kind == AST_TABLE || decl->kind == AST_VIEW);
}

/* Which rows: those of `where`, less those of `except`. */
static void rows_zh(struct prose *p, const struct ast *where, const struct ast *except)
{
    if (where || except) buffer_put(p->out, "中");
    if (where) prose_condition(p, where);
    if (except) {
        buffer_put(p->out, where ? "、不计" : "不计");
        prose_condition(p, except);
    }
    if (where || except) buffer_put(p->out, "的");
}

static void rows_en(struct prose *p, const struct ast *where, const struct ast *except)
{
    if (where) {
        buffer_put(p->out, " where ");
        prose_condition(p, where);
    }
    if (except) {
        buffer_put(p->out, " (not counting those where ");
        prose_condition(p, except);
        buffer_put(p->out, ")");
    }
}

static const char *measure(struct prose *p, const struct ast *rows)
{
    const struct ast *decl = prose_declaration(p, rows);
    while (decl && decl->kind == AST_VIEW && prose_declaration(p, decl->a) != decl) decl = prose_declaration(p, decl->a);
    return decl && decl->kind == AST_TABLE && decl->b ? "次" : "条";
}

/* Awards, sessions; not class. */
static bool is_plural(struct text name)
{
    return name.len > 2 && name.at[name.len - 1] == 's' && name.at[name.len - 2] != 's';
}

/* `each`: what follows is said of each of them. */
static void per(struct prose *p, const struct ast *head, bool each)
{
    if (p->zh) {
        if (head->next && !head->c && !head->d) buffer_put(p->out, "每个");
        called(p, head->a);
        if (head->e) {
            buffer_put(p->out, "（以");
            called(p, head->e);
            buffer_put(p->out, "计）");
        }
        rows_zh(p, head->c, head->d);
        if (head->b) {
            buffer_put(p->out, "，按");
            called(p, head->b);
            buffer_put(p->out, "每个");
        } else if (head->f) {
            buffer_print(p->out, "，每满%.*s%s", TEXT_ARG(head->f->text), measure(p, head->a));
        } else if (each) {
            buffer_print(p->out, head->c || head->d ? "，每%s" : "每%s", measure(p, head->a));
        }
        return;
    }
    buffer_put(p->out, head->f                                           ? "for every "
                       : !head->b && is_plural(prose_called(p, head->a)) ? "for each row of "
                                                                         : "for each ");
    if (head->f) buffer_print(p->out, "%.*s rows of ", TEXT_ARG(head->f->text));
    if (head->b) {
        buffer_put(p->out, "different ");
        called(p, head->b);
        buffer_put(p->out, " in ");
    }
    called(p, head->a);
    if (head->e) {
        buffer_put(p->out, " as ");
        called(p, head->e);
    }
    rows_en(p, head->c, head->d);
}

static void step_rule(struct prose *p, enum ast_op op)
{
    if (op == OP_WHOLE) prose_say(p, " (an unfinished step does not count)", "（不足一档的不计）");
    if (op == OP_STARTED) prose_say(p, " (an unfinished step counts as a whole one)", "（不足一档的按一档计）");
    if (op == OP_PRO_RATA) prose_say(p, " (an unfinished step counts in proportion)", "（不足一档的按比例计）");
}

static void short_of(struct prose *p, const struct ast *head)
{
    bool extra = head->kind == AST_HEAD_EXTRA, rows = is_table(p, head->a);
    const struct ast *asked = asked_for(p, head);
    if (p->zh) {
        if (!rows && head->c) { /* a figure, where something else holds */
            prose_condition(p, head->c);
            buffer_put(p->out, "的，");
        }
        prose_value(p, head->a, false);
        rows_zh(p, rows ? head->c : NULL, head->e);
        if (asked) {
            buffer_put(p->out, extra ? "以" : rows ? "应不少于" : "应达到");
            prose_value(p, asked, false);
            if (rows) buffer_put(p->out, measure(p, head->a));
            buffer_put(p->out, extra ? "为限" : "");
        }
        buffer_put(p->out, extra ? "，每超" : "，每少");
        if (head->d)
            prose_value(p, head->d, false);
        else
            buffer_print(p->out, "1%s", rows ? measure(p, head->a) : "");
        step_rule(p, head->op);
        return;
    }
    if (rows && !extra) {
        buffer_put(p->out, "at least ");
        if (asked) prose_value(p, asked, false);
        bool one = asked && asked->kind == AST_NUMBER && text_is(asked->text, "1");
        buffer_put(p->out, one ? " row of " : " rows of ");
        prose_value(p, head->a, false);
        rows_en(p, head->c, head->e);
        buffer_put(p->out, one ? " is asked for: for each " : " are asked for: for each ");
    } else {
        prose_value(p, head->a, false);
        rows_en(p, head->c, head->e);
        buffer_put(p->out, extra ? " should not go beyond " : " should reach ");
        if (asked) prose_value(p, asked, false);
        buffer_put(p->out, ": for each ");
    }
    if (head->d) {
        prose_value(p, head->d, false);
        buffer_char(p->out, ' ');
    }
    buffer_put(p->out, extra ? "beyond it" : "missing");
    step_rule(p, head->op);
}

static void head_words(struct prose *p, const struct ast *head, bool each)
{
    if (head->kind == AST_HEAD_IF) {
        prose_say(p, "if ", "");
        prose_condition(p, head->a);
        prose_say(p, "", "的");
    } else if (head->kind == AST_HEAD_PER) {
        per(p, head, each);
    } else {
        short_of(p, head);
    }
}

/* ---- effects ---- */

static void points(struct prose *p, const struct ast *amount, bool minus)
{
    if (p->zh && is_constant(amount)) {
        buffer_put(p->out, minus ? "扣" : "加");
        marks(p, amount);
    } else if (p->zh) {
        buffer_put(p->out, "按");
        prose_value(p, amount, false);
        buffer_put(p->out, minus ? "扣分" : "加分");
    } else {
        bool several = is_constant(amount) && !text_is(amount->text, "1");
        marks(p, amount);
        buffer_put(p->out, several ? " are " : " is ");
        buffer_put(p->out, minus ? "deducted" : "added");
    }
}

static const char *ordinal(const struct ast *number)
{
    struct text n = number->text;
    char last = n.len && is_constant(number) ? n.at[n.len - 1] : '0';
    bool teen = n.len > 1 && n.at[n.len - 2] == '1';
    return teen ? "th" : last == '1' ? "st" : last == '2' ? "nd" : last == '3' ? "rd" : "th";
}

static void effect(struct prose *p, const struct ast *e)
{
    if (e->b || e->c) {
        if (e->b) {
            prose_say(p, "from the ", "满");
            prose_value(p, e->b, false);
            buffer_put(p->out, p->zh ? "次的" : ordinal(e->b));
            prose_say(p, " time on", "");
        }
        if (e->b && e->c) prose_say(p, " and ", "且");
        if (e->c) {
            prose_say(p, "if ", "");
            prose_condition(p, e->c);
            prose_say(p, "", "的");
        }
        prose_say(p, ", ", "，");
    }
    switch ((int)e->kind) { /* effects */
    case AST_POINTS: points(p, e->a, e->op == OP_MINUS); break;
    case AST_SCORE:
        prose_say(p, "the part starts from ", "本部分起点为");
        marks(p, e->a);
        break;
    case AST_FORFEIT:
        if (e->a)
            prose_value(p, e->a, false);
        else
            prose_say(p, "the part", "本项");
        prose_say(p, " gets no marks", "不得分");
        break;
    case AST_VETO:
        prose_say(p, "veto", "一票否决");
        if (!e->a) break;
        prose_say(p, ": at best ", "，等次至多为");
        called(p, e->a);
        break;
    case AST_BAR:
        prose_say(p, "the grade cannot be ", "不得评为");
        called(p, e->a);
        break;
    case AST_OUTCOME_OF:
        prose_say(p, "consequence: ", "作");
        if (e->a->kind == AST_STRING)
            buffer_text(p->out, e->a->text2);
        else
            called(p, e->a);
        prose_say(p, "", "处理");
        break;
    case AST_UNDECIDED: buffer_print(p->out, p->zh ? "待定（%.*s）" : "this stays open (%.*s)", TEXT_ARG(e->text2)); break;
    }
}

static void effects(struct prose *p, const struct ast *rule)
{
    for (const struct ast *e = rule->a; e; e = e->next) {
        effect(p, e);
        bool last_marks = e->kind == AST_POINTS || e->kind == AST_SCORE;
        if (last_marks && rule->b) {
            prose_say(p, ", at most ", "，本条累计不超过");
            marks(p, rule->b);
            prose_say(p, " in all", "");
        }
        if (last_marks && rule->flags & AST_UNTIL_NONE) prose_say(p, ", until none is left", "，扣完为止");
        if (e->next) prose_say(p, "; ", "；");
    }
}

/* ---- sentences ---- */

/* The first letter of an English sentence is large. */
static void end_sentence(struct prose *p, size_t from)
{
    char *at = p->out->at + from;
    if (!p->zh && p->out->len > from && *at >= 'a' && *at <= 'z') *at = (char)(*at - 'a' + 'A');
    prose_say(p, ".", "。");
}

void prose_rule(struct prose *p, const struct ast *rule)
{
    size_t from = p->out->len;
    if (rule->kind == AST_NEEDS) {
        prose_say(p, "all of these are needed, else there are no marks: ", "须同时具备：");
        for (const struct ast *need = rule->list; need; need = need->next) {
            called(p, need);
            if (need->next) prose_say(p, ", ", "、");
        }
        prose_say(p, "", "；缺一项即不得分");
        end_sentence(p, from);
        return;
    }
    for (const struct ast *head = rule->list; head; head = head->next) {
        bool late = rule->a && (rule->a->b || rule->a->c || rule->a->kind != AST_POINTS);
        bool counts = head->kind != AST_HEAD_IF;
        head_words(p, head, !late && !head->next);
        if (head->next)
            prose_say(p, ": ", "：");
        else
            prose_say(p, ", ", !counts || late ? "，" : "");
    }
    effects(p, rule);
    end_sentence(p, from);
}

void prose_marks(struct prose *p, const struct ast *part)
{
    const char *comma = "";
    for (const struct ast *a = part->a; a; a = a->next) {
        buffer_put(p->out, comma);
        comma = p->zh ? "，" : ", ";
        if (a->kind == AST_JUDGED) {
            prose_say(p, a->flags & AST_ALL_OR_NOTHING ? "judged, all or nothing" : "judged",
                      a->flags & AST_ALL_OR_NOTHING ? "评定，全得或不得" : "评定");
            if (a->a) {
                prose_say(p, " in steps of ", "，每档");
                marks(p, a->a);
            }
            for (const struct ast *judge = a->list; judge; judge = judge->next) {
                buffer_print(p->out, p->zh ? "%s%.*s" : "%s%.*s",
                             judge == a->list ? (p->zh ? "，由" : " by ")
                             : p->zh          ? "、"
                                              : ", ",
                             TEXT_ARG(judge->text2));
                if (judge->a)
                    buffer_print(p->out, p->zh ? "（%.*s%s）" : " (%.*s%s)", TEXT_ARG(judge->a->text),
                                 judge->a->kind == AST_PERCENTAGE ? "%"
                                 : p->zh                          ? "分"
                                                                  : "");
            }
            continue;
        }
        switch ((int)a->op) { /* attributes */
        case OP_WORTH: marks(p, a->a); break;
        case OP_FROM:
            prose_say(p, "starting from ", "起评");
            marks(p, a->a);
            break;
        case OP_UP_TO:
            prose_say(p, "at most ", "最多");
            marks(p, a->a);
            break;
        case OP_NO_LIMIT: prose_say(p, "without a limit", "不封顶"); break;
        case OP_WEIGHT:
            prose_say(p, "weight ", "权重");
            prose_value(p, a->a, false);
            break;
        case OP_DIVIDED:
            prose_say(p, "divided by ", "除以");
            prose_value(p, a->a, false);
            break;
        case OP_UNALLOTTED:
            prose_say(p, "of these unallotted ", "其中未分配");
            marks(p, a->a);
            break;
        }
    }
}

void prose_applies(struct prose *p, const struct ast *node)
{
    size_t from = p->out->len;
    prose_say(p, "only where ", "仅适用于");
    prose_condition(p, node->a);
    prose_say(p, "", "的");
    if (!(node->flags & AST_BARE)) {
        prose_say(p, "; elsewhere ", "；不适用的，");
        prose_say(p,
                  node->op == OP_ZERO     ? "it counts 0"
                  : node->op == OP_SHARED ? "its marks go to the parts beside it"
                                          : "it counts in full",
                  node->op == OP_ZERO     ? "计零分"
                  : node->op == OP_SHARED ? "分值由同级各项分摊"
                                          : "计满分");
    }
    end_sentence(p, from);
}

void prose_grade(struct prose *p, const struct ast *grade)
{
    size_t from = p->out->len;
    if (grade->op == OP_OTHERWISE) {
        prose_say(p, "otherwise", "其余");
    } else if (grade->op == OP_RANGE) {
        prose_say(p, "from ", "");
        prose_value(p, grade->a, false);
        prose_say(p, " to ", "分至");
        marks(p, grade->b);
    } else {
        prose_say(p, "from ", "");
        marks(p, grade->a);
        prose_say(p, " up", is_constant(grade->a) ? "以上" : "起");
    }
    if (grade->c) {
        prose_say(p, "; at most ", "；不超过");
        prose_value(p, grade->c, false);
        prose_say(p, grade->c->kind == AST_PERCENTAGE ? " of the units" : " units",
                  grade->c->kind == AST_PERCENTAGE ? "" : "个");
    }
    if (grade->d) {
        prose_say(p, " with the same ", "，按");
        called(p, grade->d);
        prose_say(p, "", "分别计算");
    }
    end_sentence(p, from);
}

static void order_words(struct prose *p, enum ast_op op)
{
    prose_say(p, op == OP_LOW_FIRST ? ", lowest first" : ", highest first", op == OP_LOW_FIRST ? "从低到高" : "从高到低");
}

void prose_ranking(struct prose *p, const struct ast *r)
{
    size_t from = p->out->len;
    prose_say(p, "by ", "按");
    prose_value(p, r->a, false);
    order_words(p, r->op);
    for (const struct ast *key = r->list; key; key = key->next) {
        prose_say(p, "; of equals, by ", "；相同的再按");
        prose_value(p, key->a, false);
        order_words(p, key->op);
    }
    if (r->b) {
        prose_say(p, "; separately for each ", "；按");
        called(p, r->b);
        prose_say(p, "", "分别排列");
    }
    if (r->c) {
        prose_say(p, "; only where ", "；只排");
        prose_condition(p, r->c);
        prose_say(p, "", "的");
    }
    end_sentence(p, from);
}

void prose_outcome(struct prose *p, const struct ast *o)
{
    size_t from = p->out->len;
    if (o->a) {
        prose_say(p, "if ", "");
        prose_condition(p, o->a);
        prose_say(p, "", "的");
    } else {
        prose_say(p, "where a rule says so", "由相应条款确定");
    }
    if (o->b) {
        prose_say(p, "; due ", "；期限");
        prose_value(p, o->b, false);
    }
    if (o->c) {
        prose_say(p, "; to ", "；报送");
        if (o->c->kind == AST_STRING)
            buffer_text(p->out, o->c->text2);
        else
            called(p, o->c);
    }
    if (o->d) {
        prose_say(p, "; may be ordered by ", "；可由");
        if (o->d->kind == AST_STRING)
            buffer_text(p->out, o->d->text2);
        else
            called(p, o->d);
        prose_say(p, "", "决定");
    }
    end_sentence(p, from);
}

void prose_case(struct prose *p, const struct ast *line)
{
    size_t from = p->out->len;
    if (line->b) {
        prose_say(p, "if ", "");
        prose_condition(p, line->b);
        prose_say(p, ": ", "的：");
    } else {
        prose_say(p, "otherwise: ", "其余：");
    }
    if (line->op == OP_UNDECIDED)
        buffer_print(p->out, p->zh ? "待定（%.*s）" : "open (%.*s)", TEXT_ARG(line->text2));
    else
        prose_value(p, line->a, false);
    end_sentence(p, from);
}

void prose_view(struct prose *p, const struct ast *view)
{
    size_t from = p->out->len;
    prose_say(p, "the rows of ", "");
    called(p, view->a);
    if (view->b) {
        prose_say(p, " where ", "中");
        prose_condition(p, view->b);
        prose_say(p, "", "的");
    }
    if (view->c) {
        prose_say(p, "; of each ", "；同一");
        called(p, view->c);
        prose_say(p, " only the one with the highest ", "只取");
        if (view->d) prose_value(p, view->d, false);
        prose_say(p, "", "最高的一条");
    }
    end_sentence(p, from);
}

void prose_table(struct prose *p, const struct ast *table)
{
    if (table->a) {
        prose_say(p, "for each row of ", "每个");
        called(p, table->a);
        prose_say(p, "; ", "；");
    }
    if (table->flags & AST_FOR_ALL) prose_say(p, "one for all units; ", "全体共用；");
    if (table->b) {
        prose_say(p, "by the date ", "按");
        called(p, table->b);
        prose_say(p, "; ", "计；");
    }
    if (table->d) {
        prose_say(p, "at least ", "不少于");
        prose_value(p, table->d, false);
        prose_say(p, " rows; ", "条；");
    }
    size_t cut = p->zh ? strlen("；") : strlen("; ");
    if (p->out->len >= cut && memcmp(p->out->at + p->out->len - cut, p->zh ? "；" : "; ", cut) == 0) p->out->len -= cut;
}

void prose_field(struct prose *p, const struct ast *field)
{
    const struct ast *type = field->a;
    if (field->kind == AST_COMPUTED) {
        buffer_put(p->out, "= ");
        prose_value(p, field->a, false);
        return;
    }
    switch ((int)type->op) { /* types */
    case OP_TEXT: prose_say(p, "words", "文字"); break;
    case OP_BOOL: prose_say(p, "yes or no", "是或否"); break;
    case OP_BOOL_NA: prose_say(p, "yes, no or does not apply", "是、否或不涉及"); break;
    case OP_COUNT: prose_say(p, "a whole number", "整数"); break;
    case OP_NUMBER: prose_say(p, "a number", "数值"); break;
    case OP_PERCENT: prose_say(p, "a percentage", "百分比"); break;
    case OP_DATE: prose_say(p, "a date", "日期"); break;
    case OP_UNIT: prose_say(p, "a unit", "考核对象"); break;
    case OP_ITEM: prose_say(p, "a part of this scheme", "本办法的项目"); break;
    case OP_NAMED: called(p, type); break;
    case OP_LIST:
        prose_say(
            p, type->flags & AST_ORDERED ? "from low to high: " : "one of: ", type->flags & AST_ORDERED ? "由低到高：" : "");
        for (const struct ast *v = type->list; v; v = v->next) {
            called(p, v);
            if (v->next) prose_say(p, ", ", "、");
        }
        break;
    }
    if (type->a && type->b) {
        prose_say(p, " from ", "，");
        prose_value(p, type->a, false);
        prose_say(p, " to ", "至");
        prose_value(p, type->b, false);
    } else if (type->a || type->b) {
        prose_say(p, type->a ? ", at least " : ", at most ", type->a ? "，不少于" : "，不超过");
        prose_value(p, type->a ? type->a : type->b, false);
    }
    if (field->flags & AST_OPTIONAL) prose_say(p, "; may be blank", "；可空");
    if (field->b) {
        prose_say(p, "; only where ", "；仅当");
        prose_condition(p, field->b);
        prose_say(p, "", "时填");
    }
    if (field->c) {
        prose_say(p, "; only where ", "；仅");
        prose_condition(p, field->c->a);
        prose_say(p, "", "的填");
    }
}

void prose_round(struct prose *p, const struct ast *line)
{
    if (line->op == OP_EXACT) {
        prose_say(p, "nothing is rounded", "保留全部小数");
        return;
    }
    static const struct {
        enum ast_op op;
        const char *en, *zh;
    } MODES[] = {{OP_HALF_UP, "half up", "四舍五入"},
                 {OP_HALF_EVEN, "half to even", "四舍六入五成双"},
                 {OP_DOWN, "down", "舍去余数"},
                 {OP_UP, "up", "进一"}};
    size_t k = 0;
    while (MODES[k].op != line->op && k < 3) k++;
    if (line->b)
        buffer_print(p->out,
                     p->zh ? "各项保留%.*s位小数，总分保留%.*s位小数，%s"
                           : "decimal places of parts: %.*s, of the total: %.*s; %s",
                     TEXT_ARG(line->a->text), TEXT_ARG(line->b->text), p->zh ? MODES[k].zh : MODES[k].en);
    else
        buffer_print(p->out, p->zh ? "保留%.*s位小数，%s" : "decimal places: %.*s; %s", TEXT_ARG(line->a->text),
                     p->zh ? MODES[k].zh : MODES[k].en);
}
