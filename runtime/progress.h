/* How far the reading of data has come, for somebody who looks on from another thread.
 *
 * In: what readers took, a batch at a time. Out: three numbers that belong roughly together.
 * Decision: readers add to counters and call nobody, so the library needs no clock and no terminal, and a reader of its own
 * thread no lock. Cost: who wants to see it has to look from time to time.
 */
#ifndef KAOHE_RUNTIME_PROGRESS_H
#define KAOHE_RUNTIME_PROGRESS_H

#include <stdint.h>

struct progress {
    uint64_t rows;      /* read so far */
    uint64_t done, all; /* bytes, where a format tells; `all` becomes exact as tables are opened */
};

/* `progress` may be NULL. Amounts may be negative: what has to be read again has not been read. */
static inline void progress_add(struct progress *progress, int64_t rows, int64_t bytes)
{
    if (!progress) return;
    if (rows) __atomic_fetch_add(&progress->rows, (uint64_t)rows, __ATOMIC_RELAXED);
    if (bytes) __atomic_fetch_add(&progress->done, (uint64_t)bytes, __ATOMIC_RELAXED);
}

static inline void progress_expect(struct progress *progress, int64_t bytes)
{
    if (progress) __atomic_fetch_add(&progress->all, (uint64_t)bytes, __ATOMIC_RELAXED);
}

static inline struct progress progress_look(const struct progress *progress)
{
    struct progress out = {__atomic_load_n(&progress->rows, __ATOMIC_RELAXED), __atomic_load_n(&progress->done, __ATOMIC_RELAXED),
                           __atomic_load_n(&progress->all, __ATOMIC_RELAXED)};
    return out;
}

#endif
