/* Groups: the distinct keys among the rows of each unit.
 *
 * In: the vectors of key, owner and mask over a table's rows. Out: a space whose lanes are the groups, and the maps from
 * rows to groups and from groups to units.
 * Decision: groups stand in the order of their first rows, so how they are found never shows in a result. Units mostly have
 * few groups, and rows of a unit mostly stand together: a unit's first groups are looked through one by one, which stays in
 * the processor's caches where a hash table would not; what a unit has beyond them is hashed. Rows of which it is not
 * known to which group they belong, or whether, make one more group of their unit: it carries their fault to whatever
 * counts groups or adds them up. Cost: four bytes for each unit; the hash table, if there is one, is sized by the rows.
 */
#include "batch.h"

enum { CHAINED = 8 /* groups of a unit */ };

struct found {
    int64_t key; /* it means nothing where there is a fault */
    uint32_t unit;
    uint32_t next; /* of the unit's first groups: index + 1 of the next; 0: none */
};

struct grouping {
    struct arena *arena;
    struct found *items;
    uint8_t *faults; /* of the groups of rows that are not known; NULL: there is none */
    uint32_t *first; /* per unit: index + 1 */
    uint32_t *slots; /* index + 1; NULL: no unit has so many groups */
    uint32_t count, rows;
    size_t mask; /* slots - 1, a power of two less one */
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

static uint8_t group_fault(const struct grouping *g, uint32_t index) { return g->faults ? g->faults[index] : FAULT_NONE; }

/* Whether a group is the one of unit and key, or the unit's group of rows that are not known; then it takes up the fault. */
static bool group_is(struct grouping *g, uint32_t index, uint32_t unit, int64_t key, uint8_t unknown)
{
    const struct found *item = &g->items[index];
    if (item->unit != unit || item->key != key || !group_fault(g, index) != !unknown) return false;
    if (unknown) g->faults[index] = fault_join(g->faults[index], unknown);
    return true;
}

static uint32_t group_add(struct grouping *g, uint32_t unit, int64_t key, uint8_t unknown)
{
    g->items[g->count] = (struct found){key, unit, 0};
    if (unknown && !g->faults) g->faults = ARENA_ARRAY(g->arena, uint8_t, g->rows);
    if (unknown) g->faults[g->count] = unknown;
    return g->count++;
}

/* Among the groups of units that have many. */
static uint32_t group_find_hashed(struct grouping *g, uint32_t unit, int64_t key, uint8_t unknown)
{
    if (!g->slots) {
        size_t slots = 4;
        while (slots / 2 < g->rows) slots *= 2;
        g->slots = ARENA_ARRAY(g->arena, uint32_t, slots);
        g->mask = slots - 1;
    }
    size_t slot = mix(mix((uint64_t)key + (unknown != FAULT_NONE)) + unit) & g->mask;
    for (; g->slots[slot]; slot = (slot + 1) & g->mask) {
        if (group_is(g, g->slots[slot] - 1, unit, key, unknown)) return g->slots[slot] - 1;
    }
    uint32_t index = group_add(g, unit, key, unknown);
    g->slots[slot] = index + 1;
    return index;
}

/* The group of unit and key, made if it is new. `unknown`: the unit's group of rows that are not known. */
static uint32_t group_find(struct grouping *g, uint32_t unit, int64_t key, uint8_t unknown)
{
    uint32_t *link = &g->first[unit];
    int seen = 0;
    for (; *link && seen < CHAINED; seen++) {
        if (group_is(g, *link - 1, unit, key, unknown)) return *link - 1;
        link = &g->items[*link - 1].next;
    }
    if (seen == CHAINED) return group_find_hashed(g, unit, key, unknown);
    uint32_t index = group_add(g, unit, key, unknown);
    *link = index + 1;
    return index;
}

void vm_group(struct arena *arena, struct run *run, const struct group *group)
{
    uint32_t rows = run->lanes[group->from_space];
    struct grouping g = {.arena = arena,
                         .items = ARENA_ARRAY(arena, struct found, rows),
                         .first = ARENA_ARRAY(arena, uint32_t, run->lanes[SPACE_UNITS]),
                         .rows = rows};
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
        uint8_t fault = group_fault(&g, i);
        run->figures[group->live].mask[i] = !fault;
        if (!fault) continue;
        figure_faults(arena, run, group->key_of)[i] = fault;
        figure_faults(arena, run, group->live)[i] = fault;
    }
    arena_release(arena, g.items);
    arena_release(arena, g.faults);
    arena_release(arena, g.first);
    arena_release(arena, g.slots);
}
