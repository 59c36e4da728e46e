/* Arena: chunks from the host's allocator, handed out front to back.
 *
 * In: sizes. Out: zeroed, 16-byte aligned blocks that all end with arena_close.
 * Decision: a block larger than a quarter of a chunk gets a chunk of its own, linked behind the current one, so that
 * one large column does not throw away the rest of a half-empty chunk. Cost: one host allocation per large block. Without
 * a host's allocator memory comes from calloc, so that pages of a large block that nobody writes to are never there.
 */
#include "arena.h"
#include "pages.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>

enum {
    ALIGNMENT = 16,
    LEAST_CHUNK = 64 * 1024,
    MOST_CHUNK = 1024 * 1024,
    FILLED_CHUNK = 256 * 1024,
    FILLED_STEP = 128 * 1024
};

struct chunk {
    struct chunk *older;
    size_t size; /* of the whole chunk, this head included: what the host's resize wants back */
    size_t used; /* from the chunk's start */
    size_t full; /* up to here its pages are there, or come as they are touched */
    bool alone;  /* it is one large block */
};

struct release {
    struct release *older;
    void (*call)(void *what);
    void *what;
};

struct arena {
    struct kh_allocator allocator;
    struct arena **in_parent; /* a child: its parent's note of it, emptied at the close */
    struct chunk *newest;
    struct release *releases;
    size_t taken; /* bytes asked of the host, the arena itself included */
    size_t limit; /* 0: none */
    size_t used;  /* bytes handed out */
    bool armed;
    jmp_buf trap;
};

static const size_t CHUNK_HEAD = (sizeof(struct chunk) + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;

void *arena_plain_resize(void *host, void *block, size_t old_size, size_t size)
{
    (void)host;
    bool was_large = block && pages_fit(old_size), large = pages_fit(size);
    if (size == 0) {
        if (was_large)
            pages_release(block, old_size);
        else
            free(block);
        return NULL;
    }
    if (was_large && large) return pages_resize(block, old_size, size);
    if (!was_large && !large) return block ? realloc(block, size) : calloc(1, size);
    void *made = large ? pages_take(size) : calloc(1, size);
    if (!made || !block) return made;
    memcpy(made, block, old_size < size ? old_size : size);
    arena_plain_resize(host, block, old_size, 0);
    return made;
}

static bool is_zeroed(const struct arena *arena) { return arena->allocator.resize == arena_plain_resize; }

struct arena *arena_open(const struct kh_allocator *allocator, size_t limit)
{
    struct kh_allocator host = {arena_plain_resize, NULL};
    if (allocator) host = *allocator;
    if (limit && limit < sizeof(struct arena)) return NULL;
    struct arena *arena = host.resize(host.host, NULL, 0, sizeof *arena);
    if (!arena) return NULL;
    memset(arena, 0, sizeof *arena);
    arena->allocator = host;
    arena->limit = limit;
    arena->taken = sizeof *arena;
    return arena;
}

static void close_child(void *what)
{
    struct arena **child = what;
    arena_close(*child);
}

struct arena *arena_open_child(struct arena *parent)
{
    struct arena **note = ARENA_NEW(parent, struct arena *);
    arena_defer(parent, close_child, note);
    *note = arena_open(&parent->allocator, 0);
    if (*note) (*note)->in_parent = note;
    return *note;
}

void arena_close(struct arena *arena)
{
    if (!arena) return;
    bool last = !arena->in_parent;
    if (arena->in_parent) *arena->in_parent = NULL;
    while (arena->releases) {
        struct release *release = arena->releases;
        arena->releases = release->older; /* first, so that a release that takes memory or fails is not run twice */
        release->call(release->what);
    }
    struct kh_allocator host = arena->allocator;
    while (arena->newest) {
        struct chunk *chunk = arena->newest;
        arena->newest = chunk->older;
        host.resize(host.host, chunk, chunk->size, 0);
    }
    host.resize(host.host, arena, sizeof *arena, 0);
    if (last) pages_trim(); /* what others that are still open gave back, too: they will ask anew */
}

jmp_buf *arena_trap(struct arena *arena)
{
    arena->armed = true;
    return &arena->trap;
}

void arena_fail(struct arena *arena)
{
    assert(arena->armed && "the arena's owner must arm the trap before the first arena_take");
    longjmp(arena->trap, 1);
}

/* Chunks grow with the arena, so that small arenas are small and others need few chunks. */
static size_t next_chunk(const struct arena *arena)
{
    size_t size = LEAST_CHUNK;
    while (size < MOST_CHUNK && size < arena->used) size *= 2;
    return size;
}

/* The pages of a chunk that will soon be full are asked for many at a time, not by a fault for each. */
static void fill_pages(const struct arena *arena, struct chunk *chunk)
{
#ifdef MADV_POPULATE_WRITE
    uintptr_t page = 4096, from = ((uintptr_t)chunk + chunk->full) / page * page;
    while (chunk->full < chunk->used) chunk->full += FILLED_STEP;
    if (chunk->full > chunk->size) chunk->full = chunk->size;
    uintptr_t to = ((uintptr_t)chunk + chunk->full) / page * page;
    if (is_zeroed(arena) && to > from) madvise((void *)from, to - from, MADV_POPULATE_WRITE);
#else
    (void)arena;
    chunk->full = chunk->size;
#endif
}

/* A chunk with room for `room` bytes behind its head, or NULL: no memory, the limit, or overflow. */
static struct chunk *chunk_open(struct arena *arena, size_t room)
{
    if (room > SIZE_MAX - CHUNK_HEAD) return NULL;
    size_t size = CHUNK_HEAD + room;
    if (size > SIZE_MAX - arena->taken) return NULL;
    if (arena->limit && (arena->taken > arena->limit || size > arena->limit - arena->taken)) return NULL;
    struct chunk *chunk = arena->allocator.resize(arena->allocator.host, NULL, 0, size);
    if (!chunk) return NULL;
    arena->taken += size;
    chunk->older = NULL;
    chunk->size = size;
    chunk->used = CHUNK_HEAD;
    chunk->full = size;
    chunk->alone = false;
    return chunk;
}

static void *chunk_take(struct arena *arena, struct chunk *chunk, size_t size)
{
    void *block = (char *)chunk + chunk->used;
    chunk->used += size;
    arena->used += size;
    if (chunk->used > chunk->full) fill_pages(arena, chunk);
    return is_zeroed(arena) ? block : memset(block, 0, size);
}

/* As arena_take, but NULL instead of the trap. */
static void *take_or_null(struct arena *arena, size_t count, size_t size)
{
    if (size && count > (SIZE_MAX - ALIGNMENT) / size) return NULL;
    size_t bytes = count * size;
    bytes = bytes ? (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT : ALIGNMENT;
    struct chunk *newest = arena->newest;
    if (newest && newest->size - newest->used >= bytes) return chunk_take(arena, newest, bytes);

    size_t size_of_chunk = next_chunk(arena);
    bool large = bytes > size_of_chunk / 4;
    struct chunk *chunk = chunk_open(arena, large ? bytes : size_of_chunk - CHUNK_HEAD); /* a chunk is whole pages */
    if (chunk && !large && size_of_chunk >= FILLED_CHUNK) chunk->full = CHUNK_HEAD;
    if (!chunk && !large) chunk = chunk_open(arena, bytes); /* the last bytes below the limit are usable, too */
    if (!chunk) return NULL;
    chunk->alone = large;
    if (large && newest) {
        chunk->older = newest->older;
        newest->older = chunk;
    } else {
        chunk->older = newest;
        arena->newest = chunk;
    }
    return chunk_take(arena, chunk, bytes);
}

void *arena_take(struct arena *arena, size_t count, size_t size)
{
    void *block = take_or_null(arena, count, size);
    if (!block) arena_fail(arena);
    return block;
}

void *arena_grow(struct arena *arena, void *block, size_t old_count, size_t new_count, size_t size)
{
    assert(new_count >= old_count);
    void *bigger = arena_take(arena, new_count, size);
    if (old_count && size) memcpy(bigger, block, old_count * size);
    return bigger;
}

/* The link to the chunk that a large block has for itself, or NULL. */
static struct chunk **link_of(struct arena *arena, const void *block)
{
    struct chunk **link = &arena->newest;
    while (*link && (char *)*link + CHUNK_HEAD != (const char *)block) link = &(*link)->older;
    const struct chunk *chunk = *link;
    return chunk && chunk->alone && chunk->used == chunk->size ? link : NULL;
}

void arena_touch(void *block, size_t bytes)
{
    enum { PAGE = 4096 };
    for (size_t at = 0; at < bytes; at += PAGE) ((volatile char *)block)[at] = 0;
}

void arena_release(struct arena *arena, void *block)
{
    struct chunk **link = block ? link_of(arena, block) : NULL;
    if (!link) return;
    struct chunk *chunk = *link;
    *link = chunk->older;
    arena->taken -= chunk->size;
    arena->allocator.resize(arena->allocator.host, chunk, chunk->size, 0);
}

void *arena_regrow(struct arena *arena, void *block, size_t old_count, size_t new_count, size_t size)
{
    struct chunk **link = arena->limit ? NULL : link_of(arena, block), *chunk = link ? *link : NULL;
    size_t old = chunk ? chunk->used : 0;
    if (!chunk || (size && new_count > (SIZE_MAX / 2) / size)) return arena_grow(arena, block, old_count, new_count, size);
    size_t bytes = CHUNK_HEAD + (new_count * size + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
    chunk = arena->allocator.resize(arena->allocator.host, chunk, chunk->size, bytes);
    if (!chunk) arena_fail(arena);
    *link = chunk;
    arena->taken += bytes - chunk->size;
    arena->used += bytes - old;
    chunk->size = chunk->used = bytes;
    char *at = (char *)chunk + CHUNK_HEAD;
    if (!is_zeroed(arena) || !pages_fit(bytes)) memset(at + old_count * size, 0, bytes - CHUNK_HEAD - old_count * size);
    return at;
}

struct text arena_text(struct arena *arena, struct text from)
{
    if (from.len == SIZE_MAX) arena_fail(arena);
    char *copy = arena_take(arena, from.len + 1, 1);
    if (from.len) memcpy(copy, from.at, from.len);
    return (struct text){copy, from.len};
}

struct text arena_vprint(struct arena *arena, const char *format, va_list args)
{
    va_list again;
    va_copy(again, args);
    int len = vsnprintf(NULL, 0, format, args);
    char *out = len < 0 ? NULL : take_or_null(arena, (size_t)len + 1, 1);
    if (out) vsnprintf(out, (size_t)len + 1, format, again);
    va_end(again);
    if (!out) arena_fail(arena); /* also a text beyond INT_MAX, which printf cannot count */
    return (struct text){out, (size_t)len};
}

struct text arena_print(struct arena *arena, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    struct text out = arena_vprint(arena, format, args);
    va_end(args);
    return out;
}

void arena_defer(struct arena *arena, void (*release)(void *), void *what)
{
    struct release *node = take_or_null(arena, 1, sizeof *node);
    if (!node) {
        release(what); /* it could not be noted, so it would never be released */
        arena_fail(arena);
    }
    *node = (struct release){arena->releases, release, what};
    arena->releases = node;
}

size_t arena_used(const struct arena *arena) { return arena->used; }
