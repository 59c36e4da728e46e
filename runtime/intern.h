/* Interning: equal texts get equal small numbers, in the order they first came.
 *
 * In: bytes. Out: an index; the texts by index.
 * Decision: open addressing over (hash, index) pairs, texts packed end to end. The hash has no seed, so that a run is the
 * same every time. Cost: somebody who crafts keys to collide can make a run slow, never wrong.
 */
#ifndef KAOHE_RUNTIME_INTERN_H
#define KAOHE_RUNTIME_INTERN_H

#include "arena.h"

struct intern_slot {
    uint32_t hash;
    uint32_t index; /* + 1; 0: free */
};

struct intern {
    struct arena *arena;
    const struct intern *frozen; /* looked in first, its indexes below ours, never added to; or NULL */
    struct text *texts;          /* by index; in the arena */
    uint32_t count;
    size_t capacity;
    struct intern_slot *slots;
    uint32_t mask; /* slots - 1 */
    char *room;    /* where the next text goes */
    size_t room_left;
};

void intern_init(struct intern *intern, struct arena *arena);

/* Gives up what finds texts: none may be put or looked for any more; `texts` stays. */
void intern_close(struct intern *intern);

/* One that goes on behind another, which must not change meanwhile: a thread's own words. `texts` holds its own alone. */
void intern_init_behind(struct intern *intern, struct arena *arena, const struct intern *frozen);

/* The index of an equal text; a new one is copied. */
uint32_t intern_put(struct intern *intern, struct text text);

/* The same by a hash that is known, without looking at what lies before this one. */
uint32_t intern_put_hashed(struct intern *intern, struct text text, uint32_t hash);

/* Room for so many texts in all. */
void intern_reserve(struct intern *intern, uint32_t count);

/* The index of an equal text; false when there is none. */
bool intern_find(const struct intern *intern, struct text text, uint32_t *index);

/* The same by a hash that is known: the lower half of hash_bytes. Of this one alone, not of what lies before it. */
bool intern_find_hashed(const struct intern *intern, struct text text, uint32_t hash, uint32_t *index);

/* A hash of bytes, of good quality in all its bits. */
uint64_t hash_bytes(struct text text);
/* Two numbers mixed into one, likewise. */
uint64_t hash_pair(uint64_t a, uint64_t b);

#endif
