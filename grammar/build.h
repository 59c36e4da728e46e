/* Constructors of nodes, called from parser.y and by nobody else. */
#ifndef KAOHE_GRAMMAR_BUILD_H
#define KAOHE_GRAMMAR_BUILD_H

#include "front.h"

/* A chain of nodes under construction. */
struct list {
    struct ast *first, *last;
};

/* What may stand at the end of any line. */
struct tail {
    struct text source, because;
    struct ast *when;
};

/* The node in the arena; its caret at the whole of it unless `at` is set. Too deep a tree is a finding and a 0. */
struct ast *ast_make(struct front *front, struct ast node);

struct list list_of(struct ast *first);
struct list list_add(struct list list, struct ast *node);
struct list list_join(struct list a, struct list b);

/* Fills slots of `into` that are empty with those of `from`, widens it, and says so if both are filled. An attribute or
 * judgement is added to its part. `from` may be NULL. Returns `into`. */
struct ast *ast_merge(struct front *front, struct ast *into, struct ast *from);
/* The same node, standing at `where`. */
struct ast *ast_widen(struct ast *node, struct span where);

/* 30 days, 1个工作日 */
struct ast *ast_duration(struct front *front, const struct token *token);
/* 11月30日 is 日(11, 30). */
struct ast *ast_month_day(struct front *front, const struct token *token);
/* A comparison; 12天 in it is 12, since lengths of time are only ever added to dates. */
struct ast *ast_compare(struct front *front, struct span where, struct ast *a, enum ast_op op, struct span at, struct ast *b,
                        unsigned flags);
/* a < x < b is a < x and x < b. */
struct ast *ast_chain(struct front *front, struct span where, struct ast *a, enum ast_op low, struct span low_at,
                      struct ast *x, enum ast_op high, struct span high_at, struct ast *b);

/* `where` and `except` of a head, an aggregate, a streak, a quantifier. Either may be NULL. */
struct ast *ast_where(struct front *front, struct ast *node, struct ast *where, struct ast *except);
/* The table of an aggregate, streak or quantifier, out of rows_of. */
struct ast *ast_over(struct front *front, struct ast *node, struct ast *rows);
/* A quantifier without `has`. */
struct ast *ast_quantified(struct front *front, struct ast *node);

struct ast *ast_effect_at(struct ast *effect, struct ast *times, struct span where);
struct ast *ast_effect_if(struct ast *effect, struct ast *condition, struct span where);
/* Takes the clauses apart: effects, a cap, `until none left`. */
struct ast *ast_rule(struct front *front, struct span where, struct list heads, struct list clauses);

/* The options of a ranking: an order goes to the `then by` before it, else to the ranking. */
struct ast *ast_rank(struct front *front, struct ast *ranking, struct list options);
/* A column without a value, in an example. */
struct ast *ast_setting_bare(struct front *front, struct ast *column);
struct ast *ast_with(struct ast *rows, struct list withs, struct span where);

struct tail tail_join(struct front *front, struct tail a, struct tail b, struct span where);

/* ---- place.c ---- */

/* Puts a finished line under the declaration it belongs to, or says that it stands in the wrong place. */
void ast_place(struct front *front, struct ast *line, struct tail tail);
/* A line that did not parse. */
void ast_broken(struct front *front, struct span where);

#endif
