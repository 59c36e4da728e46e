/* Did you mean: the nearest of many spellings to a wrong one.
 *
 * In: a wrong word, then candidates one by one. Out: the only near one, or nothing.
 * Decision: two candidates that are equally near give no suggestion, and one digit for another is never near, nor is
 * anything to a number: for codes a guess would be wrong more often than right. Cost: some slips get no help.
 */
#ifndef KAOHE_RUNTIME_SUGGEST_H
#define KAOHE_RUNTIME_SUGGEST_H

#include "text.h"

enum { SUGGEST_LENGTH = 48 };

struct suggest {
    uint32_t plain[SUGGEST_LENGTH]; /* the wrong word: half-width, lower case, without blanks */
    int length;                     /* 0: too long to look for */
    bool numeric;                   /* digits alone: only another spelling of the same is near, one with zeros in front, say */
    int best;                       /* distance of the best so far */
    bool tied;
    struct text found;
};

void suggest_start(struct suggest *suggest, struct text wrong);
void suggest_offer(struct suggest *suggest, struct text candidate);

/* Empty if none is near, or two are. */
struct text suggest_result(const struct suggest *suggest);

#endif
