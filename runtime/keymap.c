/* Keys of a table's rows: see keymap.h. */
#include "keymap.h"

#include "intern.h"

#include <assert.h>

enum { FIRST_SLOTS = 64 };

void keymap_init(struct keymap *keymap, struct arena *arena, uint64_t rows)
{
    size_t slots = FIRST_SLOTS;
    while (slots / 4 * 3 < rows) slots *= 2;
    *keymap = (struct keymap){.arena = arena, .mask = slots - 1};
    keymap->slots = ARENA_ARRAY(arena, struct keymap_slot, slots);
}

static struct keymap_slot *slot_for(const struct keymap *keymap, uint32_t unit, int64_t key)
{
    for (size_t i = hash_pair((uint64_t)key, unit) & keymap->mask;; i = (i + 1) & keymap->mask) {
        struct keymap_slot *slot = &keymap->slots[i];
        if (!slot->line || (slot->key == key && slot->unit == unit)) return slot;
    }
}

struct keymap_slot *keymap_put(struct keymap *keymap, struct keymap_slot fresh)
{
    assert(fresh.line != 0);
    struct keymap_slot *slot = slot_for(keymap, fresh.unit, fresh.key);
    if (slot->line) return slot;
    *slot = fresh;
    if (++keymap->count <= keymap->mask / 4 * 3) return NULL;

    struct keymap old = *keymap;
    keymap->mask = old.mask * 2 + 1;
    keymap->slots = ARENA_ARRAY(keymap->arena, struct keymap_slot, keymap->mask + 1);
    for (size_t i = 0; i <= old.mask; i++) {
        if (old.slots[i].line) *slot_for(keymap, old.slots[i].unit, old.slots[i].key) = old.slots[i];
    }
    return NULL;
}

const struct keymap_slot *keymap_find(const struct keymap *keymap, uint32_t unit, int64_t key)
{
    const struct keymap_slot *slot = slot_for(keymap, unit, key);
    return slot->line ? slot : NULL;
}
