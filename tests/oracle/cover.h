/* What the random schemes are made of: whether every construct of the language occurs in them. See cover.c. */
#ifndef KAOHE_TESTS_COVER_H
#define KAOHE_TESTS_COVER_H

/* Makes `count` schemes from `seed` on, prints what occurs too rarely and `N passed, N failed`. 0: nothing does; with
 * `all`, prints how often each construct occurs. */
int cover(unsigned long count, unsigned long seed, int all);

#endif
