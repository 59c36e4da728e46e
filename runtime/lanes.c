/* Loops over lanes: see lanes.h.
 *
 * Decision: a loop of whole blocks is written once and compiled twice, the second time for a processor with wide vectors;
 * only where the compiler does not see what those can do is it written out for them. Cost: a test for each call.
 */
#include "lanes.h"

#include "wide.h"

#define ALWAYS __attribute__((always_inline)) static inline

/* NAME, from a loop NAME_lanes: as it is and, where there are wide vectors, compiled for them. */
#if HAS_WIDE
#define TWICE(type, name, parameters, arguments)                                                                            \
    WIDE static type name##_wide parameters { return name##_lanes arguments; }                                              \
    type name parameters { return wide_here() ? name##_wide arguments : name##_lanes arguments; }
#else
#define TWICE(type, name, parameters, arguments)                                                                            \
    type name parameters { return name##_lanes arguments; }
#endif

/* ---- blocks ---- */

ALWAYS bool lanes_add_lanes(const int64_t *restrict x, const int64_t *restrict y, int64_t *restrict n, uint32_t count)
{
    int64_t over = 0;
    LANES(i, count)
    {
        n[i] = (int64_t)((uint64_t)x[i] + (uint64_t)y[i]);
        over |= (n[i] ^ x[i]) & (n[i] ^ y[i]); /* the sign left both operands */
    }
    return over < 0;
}
TWICE(bool, lanes_add, (const int64_t *restrict x, const int64_t *restrict y, int64_t *restrict n, uint32_t count),
      (x, y, n, count))

ALWAYS bool lanes_sub_lanes(const int64_t *restrict x, const int64_t *restrict y, int64_t *restrict n, uint32_t count)
{
    int64_t over = 0;
    LANES(i, count)
    {
        n[i] = (int64_t)((uint64_t)x[i] - (uint64_t)y[i]);
        over |= (x[i] ^ y[i]) & (n[i] ^ x[i]);
    }
    return over < 0;
}
TWICE(bool, lanes_sub, (const int64_t *restrict x, const int64_t *restrict y, int64_t *restrict n, uint32_t count),
      (x, y, n, count))

ALWAYS void lanes_min_lanes(const int64_t *restrict x, const int64_t *restrict y, int64_t *restrict n, uint32_t count)
{
    LANES(i, count) n[i] = x[i] < y[i] ? x[i] : y[i];
}
TWICE(void, lanes_min, (const int64_t *restrict x, const int64_t *restrict y, int64_t *restrict n, uint32_t count),
      (x, y, n, count))

ALWAYS void lanes_max_lanes(const int64_t *restrict x, const int64_t *restrict y, int64_t *restrict n, uint32_t count)
{
    LANES(i, count) n[i] = x[i] > y[i] ? x[i] : y[i];
}
TWICE(void, lanes_max, (const int64_t *restrict x, const int64_t *restrict y, int64_t *restrict n, uint32_t count),
      (x, y, n, count))

#if HAS_WIDE

/* The relation of sixteen numbers, a bit each. */
#define COMPARE(kind)                                                                                                       \
    for (size_t i = 0; i < count; i += LANE_BLOCK) {                                                                        \
        __mmask8 low = _mm512_cmp_epi64_mask(_mm512_loadu_si512(x + i), _mm512_loadu_si512(y + i), kind);                   \
        __mmask8 high = _mm512_cmp_epi64_mask(_mm512_loadu_si512(x + i + 8), _mm512_loadu_si512(y + i + 8), kind);          \
        _mm_storeu_si128((__m128i *)(m + i), _mm_maskz_set1_epi8((__mmask16)(low | high << 8), 1));                         \
    }

WIDE static void wide_compare(enum relation relation, const int64_t *restrict x, const int64_t *restrict y,
                              uint8_t *restrict m, uint32_t count)
{
    switch (relation) {
    case LESS: COMPARE(_MM_CMPINT_LT); break;
    case LESS_OR_EQUAL: COMPARE(_MM_CMPINT_LE); break;
    case EQUAL: COMPARE(_MM_CMPINT_EQ); break;
    case UNEQUAL: COMPARE(_MM_CMPINT_NE); break;
    }
}

WIDE static void wide_select(const uint8_t *restrict m, const int64_t *restrict yes, const int64_t *restrict no,
                             int64_t *restrict n, uint32_t count)
{
    for (size_t i = 0; i < count; i += LANE_BLOCK) {
        __m128i bytes = _mm_loadu_si128((const __m128i *)(m + i));
        __mmask16 mask = _mm_test_epi8_mask(bytes, bytes);
        __m512i low = _mm512_loadu_si512(no + i), high = _mm512_loadu_si512(no + i + 8);
        _mm512_storeu_si512(n + i, _mm512_mask_loadu_epi64(low, (__mmask8)mask, yes + i));
        _mm512_storeu_si512(n + i + 8, _mm512_mask_loadu_epi64(high, (__mmask8)(mask >> 8), yes + i + 8));
    }
}

/* The lanes of eight that there are. */
WIDE_INLINE __mmask8 eight_of(size_t i, uint32_t count)
{
    return (__mmask8)(count - i < 8 ? (1u << (count - i)) - 1 : 0xFF);
}

/* Bits without the sign. */
WIDE_INLINE __m512i unsigned_bits(__m512i x) { return _mm512_xor_si512(x, _mm512_srai_epi64(x, 63)); }

WIDE static bool wide_mul_small(const int64_t *restrict x, const int64_t *restrict y, int64_t *restrict n, uint32_t count)
{
    enum { FACTOR_BITS = 31 };
    __m512i bits = _mm512_setzero_si512();
    for (size_t i = 0; i < count; i += 8) {
        __mmask8 there = eight_of(i, count);
        __m512i a = _mm512_maskz_loadu_epi64(there, x + i), b = _mm512_maskz_loadu_epi64(there, y + i);
        bits = _mm512_or_si512(bits, _mm512_or_si512(unsigned_bits(a), unsigned_bits(b)));
        _mm512_mask_storeu_epi64(n + i, there, _mm512_mul_epi32(a, b));
    }
    return (uint64_t)_mm512_reduce_or_epi64(bits) >> FACTOR_BITS == 0;
}

WIDE static uint64_t wide_extent(const int64_t *restrict x, uint32_t count)
{
    __m512i bits = _mm512_setzero_si512();
    for (size_t i = 0; i < count; i += 8)
        bits = _mm512_or_si512(bits, unsigned_bits(_mm512_maskz_loadu_epi64(eight_of(i, count), x + i)));
    return (uint64_t)_mm512_reduce_or_epi64(bits);
}

/* What is between the two is moved eight lanes at a time. */
#define WIDE_MOVE(name, from_type, to_type, load, turn, store)                                                              \
    WIDE static void name(const from_type *restrict from, to_type *restrict to, uint32_t count)                             \
    {                                                                                                                       \
        for (size_t i = 0; i < count; i += 8) {                                                                             \
            __mmask8 there = eight_of(i, count);                                                                            \
            store(to + i, there, turn(load(there, from + i)));                                                              \
        }                                                                                                                   \
    }
WIDE_MOVE(wide_widen_2, int16_t, int64_t, _mm_maskz_loadu_epi16, _mm512_cvtepi16_epi64, _mm512_mask_storeu_epi64)
WIDE_MOVE(wide_widen_4, int32_t, int64_t, _mm256_maskz_loadu_epi32, _mm512_cvtepi32_epi64, _mm512_mask_storeu_epi64)
WIDE_MOVE(wide_widen_index, uint32_t, int64_t, _mm256_maskz_loadu_epi32, _mm512_cvtepu32_epi64, _mm512_mask_storeu_epi64)
WIDE_MOVE(wide_narrow_2, int64_t, int16_t, _mm512_maskz_loadu_epi64, _mm512_cvtepi64_epi16, _mm_mask_storeu_epi16)
WIDE_MOVE(wide_narrow_4, int64_t, int32_t, _mm512_maskz_loadu_epi64, _mm512_cvtepi64_epi32, _mm256_mask_storeu_epi32)

#define IF_WIDE(call)                                                                                                       \
    if (wide_here()) return call;

#else

#define IF_WIDE(call)

#endif

void lanes_compare(enum relation relation, const int64_t *restrict x, const int64_t *restrict y, uint8_t *restrict m,
                   uint32_t count)
{
    IF_WIDE(wide_compare(relation, x, y, m, count))
    switch (relation) {
    case LESS: LANES(i, count) m[i] = x[i] < y[i]; break;
    case LESS_OR_EQUAL: LANES(i, count) m[i] = x[i] <= y[i]; break;
    case EQUAL: LANES(i, count) m[i] = x[i] == y[i]; break;
    case UNEQUAL: LANES(i, count) m[i] = x[i] != y[i]; break;
    }
}

void lanes_select(const uint8_t *restrict m, const int64_t *restrict yes, const int64_t *restrict no, int64_t *restrict n,
                  uint32_t count)
{
    IF_WIDE(wide_select(m, yes, no, n, count))
    LANES(i, count) n[i] = m[i] ? yes[i] : no[i];
}

bool lanes_mul_small(const int64_t *restrict x, const int64_t *restrict y, int64_t *restrict n, uint32_t count)
{
    IF_WIDE(wide_mul_small(x, y, n, count))
    (void)x, (void)y, (void)n, (void)count; /* one by one is as fast */
    return false;
}

/* ---- `count` lanes ---- */

uint64_t lanes_extent(const int64_t *restrict x, uint32_t count)
{
    IF_WIDE(wide_extent(x, count))
    uint64_t bits = 0;
    for (uint32_t i = 0; i < count; i++) bits |= (uint64_t)(x[i] ^ x[i] >> 63);
    return bits;
}

void lanes_widen_2(const int16_t *restrict from, int64_t *restrict to, uint32_t count)
{
    IF_WIDE(wide_widen_2(from, to, count))
    for (uint32_t i = 0; i < count; i++) to[i] = from[i];
}

void lanes_widen_4(const int32_t *restrict from, int64_t *restrict to, uint32_t count)
{
    IF_WIDE(wide_widen_4(from, to, count))
    for (uint32_t i = 0; i < count; i++) to[i] = from[i];
}

void lanes_widen_index(const uint32_t *restrict from, int64_t *restrict to, uint32_t count)
{
    IF_WIDE(wide_widen_index(from, to, count))
    for (uint32_t i = 0; i < count; i++) to[i] = from[i];
}

void lanes_narrow_2(const int64_t *restrict from, int16_t *restrict to, uint32_t count)
{
    IF_WIDE(wide_narrow_2(from, to, count))
    for (uint32_t i = 0; i < count; i++) to[i] = (int16_t)from[i];
}

void lanes_narrow_4(const int64_t *restrict from, int32_t *restrict to, uint32_t count)
{
    IF_WIDE(wide_narrow_4(from, to, count))
    for (uint32_t i = 0; i < count; i++) to[i] = (int32_t)from[i];
}
