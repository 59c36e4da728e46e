/* Keys of a table's rows: (unit, key) to row.
 *
 * In: keys as the loader's int64 values (texts by their interned index). Out: the row, and the line it came from.
 * Decision: the unit is always part of the key, NO_UNIT where keys hold for the whole table, so that there is one kind.
 */
#ifndef KAOHE_RUNTIME_KEYMAP_H
#define KAOHE_RUNTIME_KEYMAP_H

#include "arena.h"

#define KEYMAP_NO_UNIT UINT32_MAX
/* The row of a key that was read but left for the next period, or to an earlier one. */
#define KEYMAP_LEFT_OUT UINT32_MAX
#define KEYMAP_LEFT_EARLIER (UINT32_MAX - 1)
static inline bool keymap_is_left(uint32_t row) { return row >= KEYMAP_LEFT_EARLIER; }

struct keymap_slot {
    int64_t key;
    uint32_t unit;
    uint32_t row;
    uint32_t line; /* 1-based; 0: the slot is free */
};

struct keymap {
    struct arena *arena;
    struct keymap_slot *slots;
    size_t mask, count;
};

/* Room for about `rows` keys from the start. */
void keymap_init(struct keymap *keymap, struct arena *arena, uint64_t rows);

/* Adds a key. NULL: added; else the one that was there, whose row and line may be changed. */
struct keymap_slot *keymap_put(struct keymap *keymap, struct keymap_slot fresh);

/* NULL: there is none. */
const struct keymap_slot *keymap_find(const struct keymap *keymap, uint32_t unit, int64_t key);

#endif
