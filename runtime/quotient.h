/* Exact quotients: a numerator and a denominator in 64 bits, beyond that a GMP number in a run's table.
 *
 * In: two values. Out: one value in lowest terms, so that equal quotients are equal in both words unless they are big.
 * Decision: two words decide the common case without a call; what does not fit moves to GMP and back when it fits again,
 * so that no sum of quotients is ever refused or rounded. Cost: a big one is a table entry that lives until the run ends.
 */
#ifndef KAOHE_RUNTIME_QUOTIENT_H
#define KAOHE_RUNTIME_QUOTIENT_H

#include "arena.h"
#include "finding.h"

/* den > 0: num / den in lowest terms. den == 0: entry `num` of the table of big ones. den < 0: lost, see below. */
struct quotient {
    int64_t num;
    int64_t den;
};

struct big_table; /* the big ones of one run */

/* Lives in the arena, with all its numbers. */
struct big_table *big_table_open(struct arena *arena);

/* Results are young until kept; a sweep gives the place of all young big ones to later results. Whoever never sweeps need
 * not keep. `drop` gives up a kept one at once: only for a value of which there is no copy. */
struct quotient quotient_keep(struct big_table *big, struct quotient a); /* returns a */
void quotient_drop(struct big_table *big, struct quotient a);
void big_table_sweep(struct big_table *big);

/* A result whose numerator or denominator would need more than LIMIT_QUOTIENT_BITS: no operation takes it. */
static inline bool quotient_is_lost(struct quotient a) { return a.den < 0; }

struct quotient quotient_make(struct big_table *big, __int128 num, __int128 den); /* den != 0 */
struct quotient quotient_add(struct big_table *big, struct quotient a, struct quotient b);
struct quotient quotient_sub(struct big_table *big, struct quotient a, struct quotient b);
struct quotient quotient_mul(struct big_table *big, struct quotient a, struct quotient b);
struct quotient quotient_div(struct big_table *big, struct quotient a, struct quotient b); /* b != 0 */
struct quotient quotient_neg(struct big_table *big, struct quotient a);
int quotient_sign(const struct big_table *big, struct quotient a);
int quotient_order(const struct big_table *big, struct quotient a, struct quotient b); /* -1, 0, 1 */

/* Modes of rounding, the same numbers as in ROUND_N and ROUND_Q. */
enum rounding { ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_DOWN, ROUND_AWAY, ROUND_FLOOR, ROUND_CEILING };

/* a * 10^places rounded to a whole number. False: beyond 64 bits. */
bool quotient_round(const struct big_table *big, struct quotient a, unsigned places, enum rounding mode, int64_t *out);

/* a / 10^places rounded to a whole number. */
int64_t number_round(int64_t a, unsigned places, enum rounding mode);

/* 10^places, places <= 18. */
int64_t power_of_ten(unsigned places);

/* "3", "-0.25": no trailing zeros; exact. Of a quotient: the decimals if it ends within LIMIT_PLACES places, else "13/3". */
void number_print(struct buffer *out, int64_t value, unsigned places);
/* The same into room of NUMBER_ROOM bytes, of at most 18 places; returns what is behind it. */
enum { NUMBER_ROOM = 24 };
char *number_write(char *to, int64_t value, unsigned places);
void quotient_print(struct buffer *out, const struct big_table *big, struct quotient a);

#endif
