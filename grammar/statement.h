/* The statements of a scheme in canonical form, one by one: what `diff` compares and what it mixes. See statement.c. */
#ifndef KAOHE_GRAMMAR_STATEMENT_H
#define KAOHE_GRAMMAR_STATEMENT_H

#include "ast.h"

struct statement {
    struct text text;       /* canonical, on one line, without comments */
    const struct ast *decl; /* the declaration it opens or stands in */
    const struct ast *node; /* the declaration or its line */
    size_t index;           /* of the declaration */
    bool opens;             /* the first line of its declaration */
};

struct statements {
    struct statement *all;
    size_t count;
    struct text *names; /* per declaration: its name, number or title as printed; empty for what has none */
    size_t declarations;
};

/* Of a file without syntax errors, in a tongue (names exchanged as by ast_print). All texts lie in the arena. The texts,
 * each on a line, read back as the same tree. */
void ast_statements(struct statements *out, struct arena *arena, const struct ast_file *file, enum tongue tongue);

#endif
