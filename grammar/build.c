/* Constructors of nodes.
 *
 * In: what parser.y has read. Out: nodes in the arena, as ast.def describes them.
 * Decision: options that may come in any order are read into a node of their own and merged, so that each is one rule of
 * the grammar, and "said twice" is found in one place. Cost: a few nodes that live only until they are merged.
 */
#include "build.h"

#include "../runtime/limits.h"
#include "parser.tab.h"

enum { MIDDLE_DEPTH = 12 }; /* of x in a < x < b: it is copied */

/* ---- nodes and lists ---- */

static struct span join(struct span a, struct span b)
{
    if (!b.to) return a;
    if (!a.to) return b;
    return (struct span){a.from < b.from ? a.from : b.from, a.to > b.to ? a.to : b.to};
}

static unsigned chain_depth(const struct ast *node)
{
    unsigned deepest = 0;
    for (; node; node = node->next) deepest = node->depth > deepest ? node->depth : deepest;
    return deepest;
}

static void measure(struct ast *node)
{
    const struct ast *const slots[] = {node->a, node->b, node->c, node->d, node->e, node->f, node->list};
    node->depth = 0;
    for (size_t i = 0; i < sizeof slots / sizeof *slots; i++) {
        unsigned depth = chain_depth(slots[i]);
        node->depth = depth > node->depth ? depth : node->depth;
    }
    node->depth++;
}

static void deepen(struct ast *node, const struct ast *child)
{
    if (child && child->depth >= node->depth) node->depth = child->depth + 1;
}

struct ast *ast_make(struct front *front, struct ast node)
{
    struct ast *made = ARENA_NEW(front->arena, struct ast);
    *made = node;
    if (!made->at.to) made->at = made->span;
    measure(made);
    if (made->depth > LIMIT_DEPTH) {
        front_find_at(front, D_NESTED, made->at, 1, arena_print(front->arena, "%d", LIMIT_DEPTH));
        *made = (struct ast){.kind = AST_NUMBER, .span = node.span, .at = made->at, .text = TEXT("0"), .depth = 1};
    }
    return made;
}

static struct ast *copy(struct front *front, const struct ast *node)
{
    struct ast *first = NULL, **to = &first;
    for (; node; node = node->next) {
        struct ast *made = *to = ARENA_NEW(front->arena, struct ast);
        *made = *node;
        made->a = copy(front, node->a);
        made->b = copy(front, node->b);
        made->c = copy(front, node->c);
        made->d = copy(front, node->d);
        made->e = copy(front, node->e);
        made->f = copy(front, node->f);
        made->list = copy(front, node->list);
        made->next = NULL;
        to = &made->next;
    }
    return first;
}

struct list list_of(struct ast *first) { return (struct list){first, first}; }

struct list list_add(struct list list, struct ast *node) { return list_join(list, list_of(node)); }

struct list list_join(struct list a, struct list b)
{
    if (!a.first) return b;
    if (!b.first) return a;
    a.last->next = b.first;
    return (struct list){a.first, b.last};
}

struct ast *ast_widen(struct ast *node, struct span where)
{
    node->span = where;
    return node;
}

/* ---- options in any order ---- */

static void said_twice(struct front *front, struct span where)
{
    front_find_at(front, D_SAID_TWICE, where, 1, front_text(front, where));
}

static void fill(struct front *front, struct ast **slot, struct ast *with, struct span where)
{
    if (!with) return;
    if (*slot) said_twice(front, where);
    *slot = with;
}

static void add_attribute(struct front *front, struct ast *part, struct ast *attribute)
{
    struct ast **to = &part->a;
    for (; *to; to = &(*to)->next) {
        if ((*to)->kind != attribute->kind || (*to)->op != attribute->op) continue;
        said_twice(front, attribute->span);
        return;
    }
    *to = attribute;
}

struct ast *ast_merge(struct front *front, struct ast *into, struct ast *from)
{
    if (!from) return into;
    into->span = join(into->span, from->span);
    if (into->kind == AST_PART) {
        add_attribute(front, into, from);
        deepen(into, from);
        return into;
    }
    fill(front, &into->a, from->a, from->span);
    fill(front, &into->b, from->b, from->span);
    fill(front, &into->c, from->c, from->span);
    fill(front, &into->d, from->d, from->span);
    fill(front, &into->e, from->e, from->span);
    fill(front, &into->f, from->f, from->span);
    fill(front, &into->list, from->list, from->span);
    if (into->flags & from->flags) said_twice(front, from->span);
    into->flags |= from->flags;
    if (from->text2.at && into->text2.at) said_twice(front, from->span);
    if (from->text2.at) into->text2 = from->text2;
    if (from->op != OP_NONE && into->op != OP_NONE) said_twice(front, from->span);
    if (from->op != OP_NONE) into->op = from->op;
    if (from->depth > into->depth) into->depth = from->depth;
    return into;
}

struct ast *ast_rank(struct front *front, struct ast *ranking, struct list options)
{
    struct ast *last = NULL, *next;
    for (struct ast *option = options.first; option; option = next) {
        next = option->next;
        option->next = NULL;
        if (option->kind == AST_RANK_KEY) {
            *(last ? &last->next : &ranking->list) = option;
            last = option;
            deepen(ranking, option);
        } else if (option->op != OP_NONE && last && last->op == OP_NONE) {
            last->op = option->op;
            last->span = join(last->span, option->span);
        } else {
            ast_merge(front, ranking, option);
        }
        ranking->span = join(ranking->span, option->span);
    }
    if (ranking->op == OP_NONE) front_find_at(front, D_RANKING_END, ranking->at, 0);
    for (struct ast *key = ranking->list; key; key = key->next) {
        if (key->op == OP_NONE) key->op = ranking->op; /* as the ranking itself goes */
    }
    return ranking;
}

/* Several `when` are one chain, in the order written: all must hold. Of one question a line has one reading. */
static struct ast *when_join(struct front *front, struct ast *chain, struct ast *more, struct span where)
{
    if (!chain) return more;
    struct ast *last = chain;
    for (struct ast *when = chain; when; when = when->next) {
        if (more && text_equal(when->a->text, more->a->text)) {
            said_twice(front, where);
            return chain;
        }
        last = when;
    }
    last->next = more;
    return chain;
}

struct tail tail_join(struct front *front, struct tail a, struct tail b, struct span where)
{
    if ((a.source.at && b.source.at) || (a.because.at && b.because.at)) said_twice(front, where);
    return (struct tail){
        .source = b.source.at ? b.source : a.source,
        .because = b.because.at ? b.because : a.because,
        .when = when_join(front, a.when, b.when, where),
    };
}

/* ---- literals and comparisons ---- */

struct ast *ast_duration(struct front *front, const struct token *token)
{
    enum ast_op op = token->word == TOK_DAY       ? OP_DAYS
                     : token->word == TOK_WORKDAY ? OP_WORKDAYS
                     : token->word == TOK_MONTH   ? OP_MONTHS
                                                  : OP_YEARS;
    return ast_make(front, (struct ast){.kind = AST_DURATION, .op = op, .span = token->span, .text = token->text});
}

struct ast *ast_month_day(struct front *front, const struct token *token)
{
    const char *dash = memchr(token->text.at, '-', token->text.len);
    struct text month = {token->text.at, (size_t)(dash - token->text.at)};
    struct text day = {dash + 1, token->text.len - month.len - 1};
    struct list list = list_of(ast_make(front, (struct ast){.kind = AST_NUMBER, .span = token->span, .text = month}));
    list = list_add(list, ast_make(front, (struct ast){.kind = AST_NUMBER, .span = token->span, .text = day}));
    return ast_make(front, (struct ast){.kind = AST_CALL, .span = token->span, .text = TEXT("日"), .list = list.first});
}

static struct ast *counted(struct ast *node)
{
    if (node->kind == AST_DURATION) {
        node->kind = AST_NUMBER;
        node->op = OP_NONE;
    }
    return node;
}

struct ast *ast_compare(struct front *front, struct span where, struct ast *a, enum ast_op op, struct span at, struct ast *b,
                        unsigned flags)
{
    struct ast node = {
        .kind = AST_BINARY, .op = op, .flags = flags, .span = where, .at = at, .a = counted(a), .b = counted(b)};
    return ast_make(front, node);
}

struct ast *ast_chain(struct front *front, struct span where, struct ast *a, enum ast_op low, struct span low_at,
                      struct ast *x, enum ast_op high, struct span high_at, struct ast *b)
{
    struct ast *again = x;
    if (x->depth > MIDDLE_DEPTH) {
        front_find_at(front, D_MIDDLE_LONG, x->at, 0);
    } else {
        again = copy(front, x);
    }
    struct ast *left = ast_compare(front, join(a->span, x->span), a, low, low_at, x, 0);
    struct ast *right = ast_compare(front, join(x->span, b->span), again, high, high_at, b, 0);
    return ast_make(front,
                    (struct ast){.kind = AST_BINARY, .op = OP_AND, .span = where, .at = high_at, .a = left, .b = right});
}

/* ---- rows and their conditions ---- */

struct ast *ast_where(struct front *front, struct ast *node, struct ast *where, struct ast *except)
{
    struct ast **slot = &node->c, **not_slot = &node->e;
    if (node->kind == AST_STREAK || node->kind == AST_QUANTIFIED) slot = &node->b;
    if (node->kind == AST_HEAD_PER) not_slot = &node->d;
    if (where) fill(front, slot, where, where->span), node->span = join(node->span, where->span);
    if (except) fill(front, not_slot, except, except->span), node->span = join(node->span, except->span);
    deepen(node, where);
    deepen(node, except);
    return node;
}

struct ast *ast_over(struct front *front, struct ast *node, struct ast *rows)
{
    if (node->kind == AST_AGGREGATE) {
        node->b = rows->a;
        node->c = rows->b;
    } else {
        node->a = rows->a;
        node->b = rows->b;
    }
    if (node->op == OP_EVERY && node->b) front_find_at(front, D_EVERY_WHERE, rows->span, 1, rows->a->text);
    measure(node);
    return node;
}

struct ast *ast_quantified(struct front *front, struct ast *node)
{
    if (node->op == OP_EVERY && !node->b) front_find_at(front, D_EVERY_ALONE, node->span, 1, node->a->text);
    return node;
}

/* ---- rules ---- */

struct ast *ast_effect_at(struct ast *effect, struct ast *times, struct span where)
{
    effect->b = times;
    effect->span = where;
    deepen(effect, times);
    return effect;
}

struct ast *ast_effect_if(struct ast *effect, struct ast *condition, struct span where)
{
    effect->c = condition;
    effect->span = where;
    deepen(effect, condition);
    return effect;
}

struct ast *ast_rule(struct front *front, struct span where, struct list heads, struct list clauses)
{
    struct ast *rule = ast_make(front, (struct ast){.kind = AST_RULE, .span = where, .list = heads.first});
    struct ast **to = &rule->a, *next;
    for (struct ast *clause = clauses.first; clause; clause = next) {
        next = clause->next;
        clause->next = NULL;
        if (clause->kind == AST_RULE) {
            ast_merge(front, rule, clause);
        } else {
            *to = clause;
            to = &clause->next;
        }
    }
    if (rule->a) {
        rule->at = rule->a->at;
    } else {
        front_find_at(front, D_RULE_NO_EFFECT, clauses.first->span, 1, front_text(front, clauses.first->span));
    }
    rule->span = where;
    measure(rule);
    return rule;
}

/* ---- examples ---- */

struct ast *ast_setting_bare(struct front *front, struct ast *column)
{
    front_find_at(front, D_SETTING_BARE, column->at, 1, front_text(front, column->span));
    return ast_make(front, (struct ast){.kind = AST_SETTING, .span = column->span, .a = column});
}

struct ast *ast_with(struct ast *rows, struct list withs, struct span where)
{
    rows->b = withs.first;
    rows->span = where;
    measure(rows);
    return rows;
}
