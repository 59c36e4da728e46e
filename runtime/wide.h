/* Wide vectors: instructions of 512 bits that not every processor has.
 *
 * A function that uses them is marked WIDE (or WIDE_INLINE, inside one), lies within #if HAS_WIDE, and is called only if
 * wide_here() said so; beside it stands the same in plain C. The two give the same results.
 */
#ifndef KAOHE_RUNTIME_WIDE_H
#define KAOHE_RUNTIME_WIDE_H

#include <stdbool.h>

/* Whether this processor has them, and its system lets them be used; looked up once. With KAOHE_PLAIN in the environment:
 * no, so that the plain way can be tested and timed where both are. */
bool wide_here(void);

/* For tests: whether wide_here may say yes. Not while anything else runs. */
void wide_allow(bool allowed);

#if defined __x86_64__ && defined __GNUC__

#include <immintrin.h>

#define HAS_WIDE 1
#define WIDE                                                                                                                \
    __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx512cd,avx512vbmi,avx512vbmi2,bmi,bmi2,popcnt")))
#define WIDE_INLINE WIDE __attribute__((always_inline)) static inline

#else

#define HAS_WIDE 0

#endif

#endif
