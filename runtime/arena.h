/* Arena: memory of one compile or one run, freed all at once.
 *
 * In: an allocator the host passes in (NULL: malloc). Out: zeroed, 16-byte aligned blocks.
 * Decision: when memory runs out the arena longjmps to the point that its owner armed, so that no caller in between
 * needs a check that could be forgotten. Cost: whoever holds something outside the arena (a file, a GMP number) must be
 * the one who armed the arena, or register the release with arena_defer.
 */
#ifndef KAOHE_RUNTIME_ARENA_H
#define KAOHE_RUNTIME_ARENA_H

#include "text.h"

#include <setjmp.h>
#include <stdarg.h>

/* The host's allocator: behaves as realloc; size 0 frees and returns NULL. `old_size` is what was asked for before. */
struct kh_allocator {
    void *(*resize)(void *host, void *block, size_t old_size, size_t size);
    void *host;
};

/* malloc, realloc and free: what arena_open takes when it is given none. */
#define ARENA_PLAIN ((struct kh_allocator){arena_plain_resize, NULL})
void *arena_plain_resize(void *host, void *block, size_t old_size, size_t size);

struct arena;

/* Opens an arena. `limit` bounds its total bytes (0: no bound). Returns NULL if memory runs out. */
struct arena *arena_open(const struct kh_allocator *allocator, size_t limit);

/* An arena with the allocator of another, for a thread of its own: closed by arena_close, or with its parent. The host's
 * allocator is then called from that thread. NULL if memory runs out. */
struct arena *arena_open_child(struct arena *parent);

/* Runs the deferred releases, newest first, then frees all blocks. NULL is allowed. */
void arena_close(struct arena *arena);

/* Where arena_take jumps when memory runs out. The owner calls: if (setjmp(*arena_trap(a))) return out of memory.
 * Must be armed before the first arena_take; may be armed again, by a nested owner that restores the old value. */
jmp_buf *arena_trap(struct arena *arena);

/* Jumps to the trap, as an allocation failure does (flex's fatal errors use it). */
_Noreturn void arena_fail(struct arena *arena);

/* `count * size` zeroed bytes; jumps to the trap when memory runs out, the limit is reached or the product overflows.
 * count or size 0 gives a valid unique pointer. Lives until arena_close. */
void *arena_take(struct arena *arena, size_t count, size_t size);

/* Grows a block: copies `old_count` elements into room for `new_count`; the old block stays unused until the close. */
void *arena_grow(struct arena *arena, void *block, size_t old_count, size_t new_count, size_t size);

/* The same, but `block` is gone: a large one is moved by the host, not copied. Nobody else may point into it. */
void *arena_regrow(struct arena *arena, void *block, size_t old_count, size_t new_count, size_t size);

/* Touches each page of a block that is about to be written here and there, so that none of them is first read as the page
 * of zeros that all share, which the system then has to take back from every processor. */
void arena_touch(void *block, size_t bytes);

/* Gives a large block back to the host; a small one stays until the close. Nobody may point into it. NULL is allowed, and a
 * block of another arena: it stays there. */
void arena_release(struct arena *arena, void *block);

/* A copy of the bytes, NUL-terminated behind its length for convenience. */
struct text arena_text(struct arena *arena, struct text from);

/* printf into the arena. */
struct text arena_print(struct arena *arena, const char *format, ...) __attribute__((format(printf, 2, 3)));
struct text arena_vprint(struct arena *arena, const char *format, va_list args);

/* Calls release(what) at the close: for what libraries own (GMP numbers, mappings). */
void arena_defer(struct arena *arena, void (*release)(void *), void *what);

/* Bytes handed out so far, for reports. */
size_t arena_used(const struct arena *arena);

#define ARENA_NEW(arena, type) ((type *)arena_take((arena), 1, sizeof(type)))
#define ARENA_ARRAY(arena, type, count) ((type *)arena_take((arena), (count), sizeof(type)))

/* Pushes onto a growing array in the arena: items, count and capacity are lvalues. */
#define ARENA_PUSH(arena, items, count, capacity, value)                                                                    \
    do {                                                                                                                    \
        if ((count) == (capacity)) {                                                                                        \
            size_t arena_push_room = (capacity) ? (size_t)(capacity) * 2 : 8;                                               \
            (items) = arena_grow((arena), (items), (count), arena_push_room, sizeof *(items));                              \
            (capacity) = arena_push_room;                                                                                   \
        }                                                                                                                   \
        (items)[(count)++] = (value);                                                                                       \
    } while (0)

#endif
