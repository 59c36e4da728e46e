/* Wide vectors: see wide.h. */
#include "wide.h"

#include <pthread.h>
#include <stdlib.h>

static pthread_once_t once = PTHREAD_ONCE_INIT;
static bool here, forbidden;

static void look(void)
{
#if HAS_WIDE
    here = __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512dq") &&
           __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512cd") &&
           __builtin_cpu_supports("avx512vbmi") && __builtin_cpu_supports("avx512vbmi2") && __builtin_cpu_supports("bmi") &&
           __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("popcnt");
#endif
    if (getenv("KAOHE_PLAIN")) here = false;
}

bool wide_here(void)
{
    pthread_once(&once, look);
    return here && !forbidden;
}

void wide_allow(bool allowed) { forbidden = !allowed; }
