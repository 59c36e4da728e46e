/* What the two halves of the document share: doc.c (the scoring table, the rules) and doc_rest.c (what follows). */
#ifndef KAOHE_COMPILER_DOC_H
#define KAOHE_COMPILER_DOC_H

#include "../grammar/prose.h"
#include "../grammar/statement.h"
#include "html.h"
#include "kaohe_internal.h"

struct doc {
    struct buffer *out;
    struct arena *arena;
    kh_scheme *scheme;
    const struct ast_file *file; /* as written, all readings */
    bool zh, both;
    struct prose prose[2]; /* of the page's tongue, of the other */
    struct statements lines;
    struct test_report report;
};

typedef void prose_of(struct prose *p, const struct ast *node);

void doc_say(struct doc *d, const char *en, const char *zh);
/* A sentence of a node, in both tongues if asked. */
void doc_sentence(struct doc *d, prose_of *sentence, const struct ast *node);
struct text doc_words(struct doc *d, int which, prose_of *sentence, const struct ast *node);
/* The clause of a line, in brackets; nothing where it has none. */
void doc_clause(struct doc *d, const struct ast *line);
/* The line as it stands in the scheme, canonically. */
struct text doc_text(const struct doc *d, const struct ast *node);
size_t doc_line(const struct doc *d, const struct ast *node);
/* A section of the page with its heading and anchor. */
void doc_section(struct doc *d, const char *id, const char *en, const char *zh, bool broad);
void doc_section_end(struct doc *d);
/* "only where Q is read as A": of a line that belongs to a reading; `*taken`: whether it is the one that holds. */
bool doc_reading(struct doc *d, const struct ast *line, bool *taken);
/* A cell of a table whose rows a narrow screen shows as cards. */
void doc_cell(struct doc *d, const char *class, const char *en, const char *zh);

void doc_rest(struct doc *d);

#endif
