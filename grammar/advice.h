/* What to say of a syntax error: see advice.c. */
#ifndef KAOHE_GRAMMAR_ADVICE_H
#define KAOHE_GRAMMAR_ADVICE_H

#include "front.h"

/* So many lines in error get the parser's expectations; behind them a file is hopeless, and `expected` is empty. */
enum { ADVISED_LINES = 200 };

/* Says what is wrong with the line that is being read: one finding, or none if the line has one. `got` is what came (at
 * front->last, or TOK_NL behind it), `expected` are the tokens that could have come. Sets front->misspelt if the line was
 * probably meant to open a declaration. */
void advise(struct front *front, int got, const int *expected, int count);

/* "PER_MISSING", "NAME": a token as `dump --tokens` calls it. */
struct text advice_token_name(int token);

#endif
