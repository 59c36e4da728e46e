/* The tokens as the parser reads them: see filter.c. */
#ifndef KAOHE_GRAMMAR_FILTER_H
#define KAOHE_GRAMMAR_FILTER_H

#include "front.h"

/* Delivers the next token to the parser: its kind, and where it stands. At a line's start this may be an empty token that
 * says what kind of line follows (TOK_L_FIELD …). */
int filter_next(struct front *front, struct token **token, struct span *where);

/* The parser has met an error: the line ends at the next end of a physical line, unless a comma stands before it. */
void filter_recover(struct front *front);

#endif
