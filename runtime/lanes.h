/* Loops over lanes that do most of a pass's work: in wide vectors where the processor has them, plainly elsewhere.
 *
 * In: arrays of lanes. Out: arrays of as many. Decision: the arrays of the first part are whole blocks of LANE_BLOCK lanes,
 * of which the loops may read and write all; the others have `count` lanes and no more. The two ways give the same results.
 */
#ifndef KAOHE_RUNTIME_LANES_H
#define KAOHE_RUNTIME_LANES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { LANE_BLOCK = 16 };

/* The elementwise loop: of whole blocks of a known length, which the compiler vectorises at -O2. */
#define LANES(i, count)                                                                                                     \
    for (size_t i##_block = 0; i##_block < (count); i##_block += LANE_BLOCK)                                                \
        for (size_t i##_lane = 0, i = i##_block; i##_lane < LANE_BLOCK; i##_lane++, i++)

enum relation { LESS, LESS_OR_EQUAL, EQUAL, UNEQUAL };

/* ---- blocks ---- */

/* m = x relation y: 0 or 1. */
void lanes_compare(enum relation relation, const int64_t *restrict x, const int64_t *restrict y, uint8_t *restrict m,
                   uint32_t count);

/* n = x + y, or x - y, modulo 2^64. True: one of the first `count` does not fit 64 bits, or one behind them. */
bool lanes_add(const int64_t *restrict x, const int64_t *restrict y, int64_t *restrict n, uint32_t count);
bool lanes_sub(const int64_t *restrict x, const int64_t *restrict y, int64_t *restrict n, uint32_t count);

/* n = x * y if all factors are small; false: one of the first `count`, or one behind them, is not, and nothing is known of
 * n. */
bool lanes_mul_small(const int64_t *restrict x, const int64_t *restrict y, int64_t *restrict n, uint32_t count);

/* n = m ? yes : no. */
void lanes_select(const uint8_t *restrict m, const int64_t *restrict yes, const int64_t *restrict no, int64_t *restrict n,
                  uint32_t count);

void lanes_min(const int64_t *restrict x, const int64_t *restrict y, int64_t *restrict n, uint32_t count);
void lanes_max(const int64_t *restrict x, const int64_t *restrict y, int64_t *restrict n, uint32_t count);

/* ---- `count` lanes ---- */

/* The bits that the numbers have without their signs, or'ed. */
uint64_t lanes_extent(const int64_t *restrict x, uint32_t count);

void lanes_widen_2(const int16_t *restrict from, int64_t *restrict to, uint32_t count);
void lanes_widen_4(const int32_t *restrict from, int64_t *restrict to, uint32_t count);
void lanes_widen_index(const uint32_t *restrict from, int64_t *restrict to, uint32_t count);

/* Numbers that fit. */
void lanes_narrow_2(const int64_t *restrict from, int16_t *restrict to, uint32_t count);
void lanes_narrow_4(const int64_t *restrict from, int32_t *restrict to, uint32_t count);

#endif
