/* Trying repairs of a line that did not parse: see repair.c. */
#ifndef KAOHE_GRAMMAR_REPAIR_H
#define KAOHE_GRAMMAR_REPAIR_H

#include "front.h"

/* The line in error, as advice sees it. Tokens before `at` were read; `at` is the one that does not fit, or `end` if
 * nothing is missing but the rest. */
struct scene {
    struct front *front;
    size_t start, at, end; /* tokens: the first, the one in error, the first behind the line */
    int got;               /* what the filter made of token `at`; TOK_NL at the line's end */
    int line, block;       /* as in front; the block is the one before the line */
    const int *expected;   /* tokens that could have stood there */
    int count;
    bool zh;
};

/* Up to so many changes make one repair, in the order of their places. */
enum { EDITS = 8 };
struct edit {
    struct span where; /* empty: an insertion */
    struct text with;
};
struct fix {
    struct edit edits[EDITS];
    int count;
};

const struct token *scene_token(const struct scene *scene, size_t i);
bool scene_expects(const struct scene *scene, int token);
/* The keyword in the file's tongue. */
struct text scene_word(const struct scene *scene, int token);
/* The words from token i up to token j, as written. */
struct text scene_text(const struct scene *scene, size_t i, size_t j);

/* Repairs. `fix_before` and `fix_behind` put a blank on the side of the token that needs one. */
struct fix fix_replace(const struct scene *scene, size_t i, struct text with);
struct fix fix_before(const struct scene *scene, size_t i, struct text with);
struct fix fix_behind(const struct scene *scene, size_t i, struct text with);
struct fix fix_and(struct fix a, struct fix b);

/* Whether the line parses with it. */
bool fix_works(const struct scene *scene, const struct fix *fix);

/* Says it, with the caret under the tokens from i up to j, with the repair if there is one. True, for the patterns' sake. */
bool scene_say(struct scene *scene, enum diag_code code, size_t i, size_t j, const struct fix *fix, int words, ...);

/* Text of a printf in the arena. */
#define scene_print(scene, ...) arena_print((scene)->front->arena, __VA_ARGS__)

#endif
