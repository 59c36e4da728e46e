/* Groups: the distinct keys among the rows of each unit.
 *
 * In: the vectors of key, owner and mask over a table's rows. Out: a space whose lanes are the groups, and the maps from
 * rows to groups and from groups to units.
 * Decision: groups stand in the order of their first rows, so hashing never shows in a result. Rows of which it is not
 * known to which group they belong, or whether, make one more group of their unit: it carries their fault to whatever
 * counts groups or adds them up. Cost: the hash table is sized by the rows, not by the groups.
 */
#include "batch.h"

struct found {
    int64_t key;
    uint32_t unit;
    uint8_t fault; /* of the rows that are not known; the key then means nothing */
};

struct grouping {
    struct found *items;
    uint32_t count;
    uint32_t *slots; /* index + 1 */
    size_t mask;     /* slots - 1, a power of two less one */
};

static uint8_t lane_fault(const struct run *run, uint32_t figure, uint32_t lane)
{
    if (figure == NO_FIGURE || !run->figures[figure].faults) return FAULT_NONE;
    return run->figures[figure].faults[lane];
}

static uint64_t mix(uint64_t h)
{
    h ^= h >> 31;
    h *= 0x9E3779B97F4A7C15u;
    h ^= h >> 29;
    h *= 0xBF58476D1CE4E5B9u;
    return h ^ h >> 32;
}

/* The group of unit and key, made if it is new. `unknown`: the unit's group of rows that are not known. */
static uint32_t group_find(struct grouping *g, uint32_t unit, int64_t key, uint8_t unknown)
{
    size_t slot = mix(mix((uint64_t)key + (unknown != FAULT_NONE)) + unit) & g->mask;
    for (; g->slots[slot]; slot = (slot + 1) & g->mask) {
        struct found *item = &g->items[g->slots[slot] - 1];
        if (item->unit != unit || item->key != key || !item->fault != !unknown) continue;
        item->fault = fault_join(item->fault, unknown);
        return g->slots[slot] - 1;
    }
    g->items[g->count] = (struct found){key, unit, unknown};
    g->slots[slot] = ++g->count;
    return g->count - 1;
}

void vm_group(struct arena *arena, struct run *run, const struct group *group)
{
    uint32_t rows = run->lanes[group->from_space];
    size_t slots = 4;
    while (slots / 2 < rows) slots *= 2;
    struct grouping g = {ARENA_ARRAY(arena, struct found, rows), 0, ARENA_ARRAY(arena, uint32_t, slots), slots - 1};
    figure_start(arena, run, group->group_of);
    struct vector *group_of = &run->figures[group->group_of];
    const struct vector *owner = &run->figures[group->owner], *key = &run->figures[group->key];
    for (uint32_t row = 0; row < rows; row++) {
        uint8_t of_mask = lane_fault(run, group->mask, row), of_owner = lane_fault(run, group->owner, row);
        bool in = group->mask == NO_FIGURE || of_mask || run->figures[group->mask].mask[row];
        vector_put(arena, group_of, row, -1);
        if (!in) continue;
        int64_t unit = of_owner ? -1 : vector_at(owner, row);
        if (of_owner) figure_faults(arena, run, group->group_of)[row] = of_owner;
        if (unit < 0 || unit >= run->lanes[SPACE_UNITS]) continue;
        uint8_t unknown = fault_join(of_mask, lane_fault(run, group->key, row));
        vector_put(arena, group_of, row, group_find(&g, (uint32_t)unit, unknown ? 0 : vector_at(key, row), unknown));
    }

    run->lanes[group->space] = g.count;
    vm_allocate(arena, run, group->space, false);
    const uint32_t outs[] = {group->unit_of, group->key_of, group->live};
    for (size_t k = 0; k < sizeof outs / sizeof *outs; k++) figure_start(arena, run, outs[k]);
    for (uint32_t i = 0; i < g.count; i++) {
        vector_put(arena, &run->figures[group->unit_of], i, g.items[i].unit);
        vector_put(arena, &run->figures[group->key_of], i, g.items[i].key);
        run->figures[group->live].mask[i] = !g.items[i].fault;
        if (!g.items[i].fault) continue;
        figure_faults(arena, run, group->key_of)[i] = g.items[i].fault;
        figure_faults(arena, run, group->live)[i] = g.items[i].fault;
    }
    arena_release(arena, g.items);
    arena_release(arena, g.slots);
}
