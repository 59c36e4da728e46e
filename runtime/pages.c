/* Large blocks of memory: see pages.h.
 *
 * Decision: a block begins where a huge page may begin; its last one is filled up only if little of it would be wasted.
 * Whether the system gives huge pages is its own affair. Cost: up to an eighth more memory.
 */
#include "pages.h"

#include <stdint.h>
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

void *pages_take(size_t bytes)
{
    char *block = reserve(mapped(bytes), PROT_READ | PROT_WRITE);
    if (block) madvise(block, mapped(bytes), MADV_HUGEPAGE);
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

void pages_release(void *block, size_t bytes) { munmap(block, mapped(bytes)); }

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

#endif
