/* Lines: where one ends, and what it is. See lines.c. */
#ifndef KAOHE_GRAMMAR_LINES_H
#define KAOHE_GRAMMAR_LINES_H

#include "front.h"

/* Token i, or the END behind the last. */
static inline const struct token *line_token(const struct front *front, size_t i)
{
    return &front->tokens[i < front->count ? i : front->count];
}

/* Whether token i is the first of a physical line, or there is none. */
bool line_is_fresh(const struct front *front, size_t i);
/* The keyword that a token is for certain, wherever it stands; its kind if it is no word; 0 for what may be a name. */
int line_certain(const struct token *token);
/* `source "…"` or `because "…"` */
bool line_explains(const struct front *front, size_t i);
/* A word for the type of a field. */
bool line_names_type(const struct token *token);
/* section, item, bonus */
bool line_is_part(int head);
/* Whether something must come after such a token: an operator, `where`, a colon. */
bool line_wants_more(int kind);
/* Whether a line may end in a colon that says nothing: the head of a block does. */
bool line_heads_block(int line);

/* What a line is that begins with token i: sets front->line, and the block if the line opens one. Returns the empty token
 * (TOK_L_…) to deliver before it, or 0 if its first word says what it is. */
int line_begin(struct front *front, size_t i);
/* Whether the end of the physical line before token i ends the line. */
bool line_ends(const struct front *front, size_t i);

#endif
