/* Competition ranking within partitions: 1, 2, 2, 4.
 *
 * In: the vectors of keys, partition and mask. Out: place, place from the last, ordinal and size, per lane.
 * Decision: a partition with one participant whose key is not known, or of whom it is not known whether they take part,
 * has no places at all, for anybody's could change. Numbers are sorted digit by digit, the last key first and the partition
 * last, which compares nothing and keeps ties in the order of lanes; only quotients are compared. Cost: two index arrays.
 */
#include "batch.h"

struct ranking {
    struct run *run;
    const struct rank *rank;
    uint32_t *order, *room; /* lanes, and as many again */
};

static uint8_t lane_fault(const struct run *run, uint32_t figure, uint32_t lane)
{
    const uint8_t *faults = run->figures[figure].faults;
    return faults ? faults[lane] : FAULT_NONE;
}

static bool same_partition(const struct ranking *r, uint32_t a, uint32_t b)
{
    for (uint32_t p = 0; p < r->rank->partition_count; p++) {
        const struct vector *vector = &r->run->figures[r->rank->partition[p]];
        if (vector_at(vector, a) != vector_at(vector, b)) return false;
    }
    return true;
}

/* Below 0: a comes before b. 0: they share a place. */
static int key_order(const struct ranking *r, uint32_t a, uint32_t b)
{
    const struct rank *rank = r->rank;
    for (uint32_t k = 0; k < rank->key_count; k++) {
        const struct vector *vector = &r->run->figures[rank->keys[k]];
        int order;
        if (vector->denominators) {
            order = quotient_order(r->run->big, (struct quotient){vector_at(vector, a), vector->denominators[a]},
                                   (struct quotient){vector_at(vector, b), vector->denominators[b]});
        } else {
            int64_t x = vector_at(vector, a), y = vector_at(vector, b);
            order = (x > y) - (x < y);
        }
        if (order) return rank->highest_first[k] ? -order : order;
    }
    return 0;
}

/* Sorts order[0 … count) by the keys, stable, by comparing. */
static void sort_by_comparing(struct ranking *r, uint32_t count)
{
    enum { SHORT = 8 };
    uint32_t *at = r->order, *room = r->room;
    for (uint32_t low = 0; low < count; low += count - low < SHORT ? count - low : SHORT) {
        uint32_t high = count - low < SHORT ? count : low + SHORT;
        for (uint32_t i = low + 1; i < high; i++) {
            uint32_t lane = at[i], j = i;
            for (; j > low && key_order(r, at[j - 1], lane) > 0; j--) at[j] = at[j - 1];
            at[j] = lane;
        }
    }
    for (size_t run = SHORT; run < count; run *= 2) {
        for (size_t low = 0; low + run < count; low += 2 * run) {
            size_t middle = low + run, high = middle + run < count ? middle + run : count;
            if (key_order(r, at[middle - 1], at[middle]) <= 0) continue; /* in order already */
            memcpy(room + low, at + low, (middle - low) * sizeof *at);
            for (size_t left = low, right = middle, i = low; left < middle; i++) {
                bool take_left = right >= high || key_order(r, room[left], at[right]) <= 0;
                at[i] = take_left ? room[left++] : at[right++];
            }
        }
    }
}

enum { DIGIT_BITS = 11, DIGITS = 1 << DIGIT_BITS, MOST_DIGITS = (64 + DIGIT_BITS - 1) / DIGIT_BITS };

/* A number's distance from the one that comes first. */
static inline uint64_t distance(int64_t number, int64_t first, bool highest_first)
{
    return highest_first ? (uint64_t)first - (uint64_t)number : (uint64_t)number - (uint64_t)first;
}

/* Sorts order[0 … count) by one figure of numbers, stable, digit by digit. What need not follow the order, the range and how
 * often each digit occurs, is looked at lane by lane. */
static void sort_by_number(struct ranking *r, uint32_t count, uint32_t figure, bool highest_first)
{
    const struct vector *vector = &r->run->figures[figure];
    const uint32_t *taken = count < r->run->lanes[r->rank->space] ? r->order : NULL; /* all of them: in the order of lanes */
    int64_t low = INT64_MAX, high = INT64_MIN;
    for (uint32_t i = 0; i < count; i++) {
        int64_t value = vector_at(vector, taken ? taken[i] : i);
        low = value < low ? value : low;
        high = value > high ? value : high;
    }
    int64_t first = highest_first ? high : low;
    uint64_t range = count ? (uint64_t)high - (uint64_t)low : 0;
    unsigned digits = 0;
    while (digits * DIGIT_BITS < 64 && range >> digits * DIGIT_BITS) digits++;
    uint32_t next[MOST_DIGITS][DIGITS];
    memset(next, 0, digits * sizeof *next);
    for (uint32_t i = 0; i < count && digits; i++) {
        uint64_t key = distance(vector_at(vector, taken ? taken[i] : i), first, highest_first);
        for (unsigned d = 0; d < digits; d++) next[d][key >> d * DIGIT_BITS & (DIGITS - 1)]++;
    }
    for (unsigned d = 0; d < digits; d++) {
        for (uint32_t k = 0, sum = 0, here; k < DIGITS; k++, sum += here) {
            here = next[d][k];
            next[d][k] = sum;
        }
        for (uint32_t i = 0; i < count; i++) {
            uint32_t lane = r->order[i];
            uint64_t key = distance(vector_at(vector, lane), first, highest_first);
            r->room[next[d][key >> d * DIGIT_BITS & (DIGITS - 1)]++] = lane;
        }
        uint32_t *swap = r->order;
        r->order = r->room;
        r->room = swap;
    }
}

/* Sorts order[0 … count) by partition, and within each by keys; lanes that share a place keep their order. */
static void sort(struct ranking *r, uint32_t count)
{
    const struct rank *rank = r->rank;
    bool numbers = true;
    for (uint32_t k = 0; k < rank->key_count; k++) numbers &= !r->run->figures[rank->keys[k]].denominators;
    if (!numbers) sort_by_comparing(r, count);
    for (uint32_t k = numbers ? rank->key_count : 0; k-- > 0;)
        sort_by_number(r, count, rank->keys[k], rank->highest_first[k]);
    for (uint32_t p = rank->partition_count; p-- > 0;) sort_by_number(r, count, rank->partition[p], false);
}

static uint8_t mask_fault(const struct ranking *r, uint32_t lane)
{
    return r->rank->mask == NO_FIGURE ? FAULT_NONE : lane_fault(r->run, r->rank->mask, lane);
}

/* Certainly, or perhaps. */
static bool may_take_part(const struct ranking *r, uint32_t lane)
{
    return r->rank->mask == NO_FIGURE || mask_fault(r, lane) || r->run->figures[r->rank->mask].mask[lane];
}

static void put(struct arena *arena, struct run *run, uint32_t figure, uint32_t lane, int64_t value, uint8_t fault)
{
    if (figure == NO_FIGURE) return;
    vector_put(arena, &run->figures[figure], lane, fault ? 0 : value);
    if (fault) {
        figure_faults(arena, run, figure)[lane] = fault;
    } else if (run->figures[figure].faults) {
        run->figures[figure].faults[lane] = FAULT_NONE;
    }
}

static void put_fault(struct arena *arena, struct ranking *r, uint32_t lane, uint8_t fault)
{
    put(arena, r->run, r->rank->place, lane, 0, fault);
    put(arena, r->run, r->rank->from_last, lane, 0, fault);
    put(arena, r->run, r->rank->ordinal, lane, 0, fault);
}

/* The lanes order[from … to) are one partition, in order. */
static void rank_partition(struct arena *arena, struct ranking *r, uint32_t from, uint32_t to)
{
    const struct rank *rank = r->rank;
    uint8_t of_masks = FAULT_NONE, of_keys = FAULT_NONE;
    uint32_t size = 0, rest = 0;
    for (uint32_t i = from; i < to; i++) {
        uint32_t lane = r->order[i];
        if (may_take_part(r, lane)) {
            of_masks = fault_join(of_masks, mask_fault(r, lane));
            for (uint32_t k = 0; k < rank->key_count; k++) {
                of_keys = fault_join(of_keys, lane_fault(r->run, rank->keys[k], lane));
            }
            r->order[from + size++] = lane;
        } else {
            r->room[rest++] = lane;
        }
    }
    memcpy(r->order + from + size, r->room, rest * sizeof *r->order);
    for (uint32_t i = from; i < to; i++) put(arena, r->run, rank->size, r->order[i], size, of_masks);
    for (uint32_t i = from + size; i < to; i++) put_fault(arena, r, r->order[i], FAULT_BLANK);

    uint32_t end = from + size;
    uint8_t fault = fault_join(of_masks, of_keys);
    if (fault) {
        for (uint32_t i = from; i < end; i++) put_fault(arena, r, r->order[i], fault);
        return;
    }
    for (uint32_t low = from, high; low < end; low = high) {
        high = low + 1;
        while (high < end && key_order(r, r->order[low], r->order[high]) == 0) high++;
        for (uint32_t i = low; i < high; i++) {
            uint32_t lane = r->order[i];
            put(arena, r->run, rank->place, lane, (int64_t)1 + low - from, FAULT_NONE);
            put(arena, r->run, rank->from_last, lane, (int64_t)1 + end - high, FAULT_NONE);
            put(arena, r->run, rank->ordinal, lane, (int64_t)1 + i - from, FAULT_NONE);
        }
    }
}

void vm_rank(struct arena *arena, struct run *run, const struct rank *rank)
{
    uint32_t lanes = run->lanes[rank->space], count = 0;
    const uint32_t outs[] = {rank->place, rank->from_last, rank->ordinal, rank->size};
    for (size_t k = 0; k < sizeof outs / sizeof *outs; k++) {
        if (outs[k] != NO_FIGURE) figure_start(arena, run, outs[k]);
    }
    struct ranking r = {run, rank, ARENA_ARRAY(arena, uint32_t, lanes), ARENA_ARRAY(arena, uint32_t, lanes)};
    for (uint32_t lane = 0; lane < lanes; lane++) {
        uint8_t fault = FAULT_NONE;
        for (uint32_t p = 0; p < rank->partition_count; p++) {
            fault = fault_join(fault, lane_fault(run, rank->partition[p], lane));
        }
        if (fault) { /* of no partition that is certain */
            put_fault(arena, &r, lane, may_take_part(&r, lane) ? fault : FAULT_BLANK);
            put(arena, run, rank->size, lane, 0, fault);
        } else {
            r.order[count++] = lane;
        }
    }
    sort(&r, count);
    for (uint32_t low = 0, high; low < count; low = high) {
        high = low + 1;
        while (high < count && same_partition(&r, r.order[low], r.order[high])) high++;
        rank_partition(arena, &r, low, high);
    }
    arena_release(arena, r.order);
    arena_release(arena, r.room);
}
