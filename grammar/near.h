/* Words that are nearly words of the language: misspelt ones, and several run together. See near.c. */
#ifndef KAOHE_GRAMMAR_NEAR_H
#define KAOHE_GRAMMAR_NEAR_H

#include "repair.h"

/* `若未制定计划`, `制定计划扣2分`, `扣两分`: keywords and names typed without blanks. */
bool advise_runs(struct scene *scene);
/* `itme`, `unless`, `大于`: a word that is near a keyword, or that means one. */
bool advise_misspelt(struct scene *scene);
/* The same for a line's first word alone, where a field without a type was read. */
bool advise_misspelt_head(struct scene *scene);
/* Whether token i may have been meant as a keyword: no name that the file declares. */
bool near_may_be_keyword(const struct scene *scene, size_t i);
/* Says it if the line parses with `meant`, a keyword that opens lines of the kind `opens` (0: none), in place of token i. */
bool near_offer(struct scene *scene, size_t i, struct text meant, int opens);
/* Words run together, as at most so many keywords and names of the file, with blanks between; empty if they are not that.
 * `first`: of the line. */
struct text near_cut(struct scene *scene, struct text run, bool first, int most);
/* 一, 二十 … as digits; empty if the text is no such number. */
struct text chinese_number(struct arena *arena, struct text text);
/* Whether the file declares such a name. */
bool is_declared(struct front *front, struct text name);

#endif
