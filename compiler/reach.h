/* What a figure can come to, whatever the data (reach.c). */
#ifndef KAOHE_COMPILER_REACH_H
#define KAOHE_COMPILER_REACH_H

#include "scheme.h"

/* Numbers at the figure's scale. low > high: none. */
struct reach {
    wide low, high, step; /* from low on in steps; from high down where there is no low */
    wide *at;             /* all of them, ascending, where they are few */
    int count;            /* 0: they are not listed */
};

/* All that a figure (of kind REG_NUMBER) can come to, and perhaps more; never less. */
struct reach reach_of(struct scheme *scheme, const struct value *value);
/* Whether a number is among them. */
bool reach_has(const struct reach *reach, wide number);

/* Between which numbers, times ten to the REACH_PLACES, a quotient lies. */
enum { REACH_PLACES = 6 };
struct reach reach_between(struct scheme *scheme, const struct value *value);

#endif
