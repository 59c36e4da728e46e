/* A scheme in sentences: each expression and rule in the words of a regulation, in either tongue. See prose.c, prose_rule.c.
 *
 * Decision: sentences are made from the tree alone, so that what a reader is shown is what will be computed. Nothing reads
 * them back: they need not be the canonical form, and a heading may be used where the printer must keep a name.
 */
#ifndef KAOHE_GRAMMAR_PROSE_H
#define KAOHE_GRAMMAR_PROSE_H

#include "ast.h"

struct names;

struct prose {
    struct arena *arena;
    const struct ast_file *file;
    const struct names *names;
    struct buffer *out;
    bool zh;
};

/* Of a file without syntax errors. The sentences are appended to `out`, which may be changed later. */
void prose_open(struct prose *prose, struct buffer *out, struct arena *arena, const struct ast_file *file, enum tongue tongue);

/* ---- prose.c ---- */

/* How what a node names or declares is called in the tongue: its heading or name, without underscores. */
struct text prose_called(struct prose *p, const struct ast *node);
/* The declaration that a NAME means, or NULL. */
const struct ast *prose_declaration(struct prose *p, const struct ast *node);
void prose_say(struct prose *p, const char *en, const char *zh);
/* A figure: "the sum of marks of the papers", a condition: "attendance is below 80%". `tight`: in brackets if it is not one
 * word. */
void prose_value(struct prose *p, const struct ast *node, bool tight);
void prose_condition(struct prose *p, const struct ast *node);

/* ---- prose_rule.c: whole sentences ---- */

/* A RULE or NEEDS. */
void prose_rule(struct prose *p, const struct ast *rule);
/* "10 marks, weight 40%": the attributes of a part; and whom it applies to. */
void prose_marks(struct prose *p, const struct ast *part);
void prose_applies(struct prose *p, const struct ast *applies);
/* A line of grades, with its name; a RANKING; an OUTCOME; a CASE of a choose; a view, a table's `at least`. */
void prose_grade(struct prose *p, const struct ast *grade);
void prose_ranking(struct prose *p, const struct ast *ranking);
void prose_outcome(struct prose *p, const struct ast *outcome);
void prose_case(struct prose *p, const struct ast *line);
void prose_view(struct prose *p, const struct ast *view);
void prose_table(struct prose *p, const struct ast *table);
/* The type of a field: "yes or no", "a whole number from 1 to 500". */
void prose_field(struct prose *p, const struct ast *field);
void prose_round(struct prose *p, const struct ast *line);

#endif
