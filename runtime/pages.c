/* Large blocks of memory: see pages.h.
 *
 * Decision: a block begins where a huge page may begin; its last one is filled up only if little of it would be wasted.
 * Whether the system gives huge pages is its own affair. Cost: up to an eighth more memory.
 * Decision: blocks that were given back are kept for a while, up to a bound, for the next that is asked for: on a virtual
 * machine that gives unused memory back to its host, the first touch of new pages costs more than what is done with them.
 * Cost: the bound.
 */
#include "pages.h"

#include <pthread.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>

/* The address sanitizer watches what malloc gives, and nothing else. */
#if defined __linux__ && defined MADV_HUGEPAGE && defined MREMAP_FIXED && !defined __SANITIZE_ADDRESS__

static const size_t PAGE = 65536, HUGE_PAGE = (size_t)2 * 1024 * 1024; /* PAGE: whole pages of whatever size a system has */

static size_t round_up(size_t bytes, size_t to) { return (bytes + to - 1) / to * to; }

/* What is mapped for so many bytes. */
static size_t mapped(size_t bytes)
{
    size_t whole = round_up(bytes, HUGE_PAGE);
    return whole - bytes <= bytes / 8 ? whole : round_up(bytes, PAGE);
}

bool pages_fit(size_t bytes) { return bytes >= HUGE_PAGE / 8 * 7 && bytes <= SIZE_MAX / 4; }

/* Addresses that nothing else has, from where a huge page may begin. */
static char *reserve(size_t bytes, int protection)
{
    char *at = mmap(NULL, bytes + HUGE_PAGE, protection, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
    if (at == MAP_FAILED) return NULL;
    size_t before = round_up((uintptr_t)at, HUGE_PAGE) - (uintptr_t)at;
    if (before) munmap(at, before);
    if (before < HUGE_PAGE) munmap(at + before + bytes, HUGE_PAGE - before);
    return at + before;
}

/* ---- blocks that are kept ---- */

enum { KEPT_BLOCKS = 16, KEPT_BYTES = 24 * 1024 * 1024 };

static struct {
    pthread_mutex_t lock;
    struct {
        char *at;
        size_t size;
    } blocks[KEPT_BLOCKS];
    size_t count, bytes;
} kept = {.lock = PTHREAD_MUTEX_INITIALIZER};

/* The first `size` bytes of a block that is kept, or NULL. What is left of it must begin where a huge page may. */
static char *kept_take(size_t size)
{
    char *at = NULL;
    pthread_mutex_lock(&kept.lock);
    size_t best = kept.count;
    for (size_t k = 0; k < kept.count; k++) {
        bool fits = kept.blocks[k].size == size || (kept.blocks[k].size > size && size % HUGE_PAGE == 0);
        if (fits && (best == kept.count || kept.blocks[k].size < kept.blocks[best].size)) best = k;
    }
    if (best < kept.count) {
        at = kept.blocks[best].at;
        kept.bytes -= size;
        kept.blocks[best].at += size;
        kept.blocks[best].size -= size;
        if (kept.blocks[best].size == 0) kept.blocks[best] = kept.blocks[--kept.count];
    }
    pthread_mutex_unlock(&kept.lock);
    return at;
}

static bool keep(char *at, size_t size)
{
    pthread_mutex_lock(&kept.lock);
    bool fits = kept.count < KEPT_BLOCKS && size <= KEPT_BYTES - kept.bytes;
    if (fits) {
        kept.blocks[kept.count].at = at;
        kept.blocks[kept.count++].size = size;
        kept.bytes += size;
    }
    pthread_mutex_unlock(&kept.lock);
    return fits;
}

void pages_trim(void)
{
    pthread_mutex_lock(&kept.lock);
    while (kept.count) {
        kept.count--;
        munmap(kept.blocks[kept.count].at, kept.blocks[kept.count].size);
    }
    kept.bytes = 0;
    pthread_mutex_unlock(&kept.lock);
}

/* ---- blocks ---- */

void *pages_take(size_t bytes)
{
    size_t size = mapped(bytes);
    char *block = kept_take(size);
    if (block) return memset(block, 0, size);
    block = reserve(size, PROT_READ | PROT_WRITE);
    if (!block) {
        pages_trim();
        block = reserve(size, PROT_READ | PROT_WRITE);
    }
    if (block) madvise(block, size, MADV_HUGEPAGE);
    return block;
}

void *pages_resize(void *block, size_t old_bytes, size_t bytes)
{
    size_t before = mapped(old_bytes), after = mapped(bytes);
    char *to = mremap(block, before, after, 0);
    if (to != MAP_FAILED) return to;
    to = reserve(after, PROT_NONE);
    if (!to) return NULL;
    if (mremap(block, before, after, MREMAP_MAYMOVE | MREMAP_FIXED, to) == MAP_FAILED) {
        munmap(to, after);
        return NULL;
    }
    return to;
}

void pages_release(void *block, size_t bytes)
{
    if (!keep(block, mapped(bytes))) munmap(block, mapped(bytes));
}

#else

#include <stdlib.h>

bool pages_fit(size_t bytes)
{
    (void)bytes;
    return false;
}

void *pages_take(size_t bytes) { return calloc(1, bytes); }

void *pages_resize(void *block, size_t old_bytes, size_t bytes)
{
    (void)old_bytes;
    return realloc(block, bytes);
}

void pages_release(void *block, size_t bytes)
{
    (void)bytes;
    free(block);
}

void pages_trim(void) {}

#endif
