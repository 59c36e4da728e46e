/* Competition ranking within partitions: 1, 2, 2, 4.
 *
 * In: the vectors of keys, partition and mask. Out: place, place from the last, ordinal and size, per lane.
 * Decision: a partition with one participant whose key is not known, or of whom it is not known whether they take part,
 * has no places at all, for anybody's could change. Partition and keys that are numbers are packed into words, each number
 * as its distance from the one that comes first, and the words are sorted digit by digit, which compares nothing and keeps
 * ties in the order of lanes; only quotients are compared. Cost: 24 bytes a lane while it ranks.
 */
#include "batch.h"

struct ranking {
    struct run *run;
    const struct rank *rank;
    uint32_t *order, *room;     /* lanes, and as many again */
    uint64_t *keys, *keys_room; /* of each lane in order: its packed numbers */
    bool packed;                /* partition and keys are in one word: the partition above, … */
    unsigned key_bits;          /* … the keys in the bits below */
};

static uint8_t lane_fault(const struct run *run, uint32_t figure, uint32_t lane)
{
    const uint8_t *faults = run->figures[figure].faults;
    return faults ? faults[lane] : FAULT_NONE;
}

/* Whether lanes order[i] and order[j] are of one partition. */
static bool same_partition(const struct ranking *r, uint32_t i, uint32_t j)
{
    uint32_t a = r->order[i], b = r->order[j];
    if (r->packed) return r->key_bits == 64 || r->keys[i] >> r->key_bits == r->keys[j] >> r->key_bits;
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

/* A figure of numbers as a part of a word. */
struct part {
    const struct vector *vector;
    int64_t first; /* the number that comes first */
    bool highest_first;
    unsigned bits; /* that the distance from it needs */
};

static struct part part_of(const struct ranking *r, uint32_t count, uint32_t figure, bool highest_first)
{
    struct part part = {.vector = &r->run->figures[figure], .highest_first = highest_first};
    int64_t low = INT64_MAX, high = INT64_MIN;
    for (uint32_t i = 0; i < count; i++) {
        int64_t value = vector_at(part.vector, r->order[i]);
        low = value < low ? value : low;
        high = value > high ? value : high;
    }
    uint64_t range = count ? (uint64_t)high - (uint64_t)low : 0;
    part.first = highest_first ? high : low;
    part.bits = range ? 64 - (unsigned)__builtin_clzll(range) : 0;
    return part;
}

static void pack(struct ranking *r, uint32_t count, const struct part *part)
{
    for (uint32_t i = 0; i < count; i++) {
        uint64_t number = (uint64_t)vector_at(part->vector, r->order[i]), first = (uint64_t)part->first;
        uint64_t above = part->bits == 64 ? 0 : r->keys[i] << part->bits;
        r->keys[i] = above | (part->highest_first ? first - number : number - first);
    }
}

/* Sorts order[0 … count) by their words, stable. */
static void sort_words(struct ranking *r, uint32_t count, unsigned bits)
{
    uint32_t next[MOST_DIGITS][DIGITS];
    unsigned digits = (bits + DIGIT_BITS - 1) / DIGIT_BITS;
    memset(next, 0, digits * sizeof *next);
    for (uint32_t i = 0; i < count && digits; i++) {
        for (unsigned d = 0; d < digits; d++) next[d][r->keys[i] >> d * DIGIT_BITS & (DIGITS - 1)]++;
    }
    for (unsigned d = 0; d < digits; d++) {
        for (uint32_t k = 0, sum = 0, here; k < DIGITS; k++, sum += here) {
            here = next[d][k];
            next[d][k] = sum;
        }
        for (uint32_t i = 0; i < count; i++) {
            uint32_t to = next[d][r->keys[i] >> d * DIGIT_BITS & (DIGITS - 1)]++;
            r->keys_room[to] = r->keys[i];
            r->room[to] = r->order[i];
        }
        uint32_t *order = r->order;
        uint64_t *keys = r->keys;
        r->order = r->room;
        r->keys = r->keys_room;
        r->room = order;
        r->keys_room = keys;
    }
}

/* Sorts order[0 … count) by partition, and within each by keys; lanes that share a place keep their order. Numbers go into
 * as few words as they fit, the last of them into the word that is sorted first. */
static void sort(struct arena *arena, struct ranking *r, uint32_t count)
{
    const struct rank *rank = r->rank;
    uint32_t left = 0;
    bool numbers = true;
    for (uint32_t k = 0; k < rank->key_count; k++) numbers &= !r->run->figures[rank->keys[k]].denominators;
    if (!numbers) sort_by_comparing(r, count);
    struct part *parts = ARENA_ARRAY(arena, struct part, (size_t)rank->partition_count + rank->key_count + 1);
    for (uint32_t p = 0; p < rank->partition_count; p++) parts[left++] = part_of(r, count, rank->partition[p], false);
    for (uint32_t k = 0; k < rank->key_count && numbers; k++) {
        parts[left] = part_of(r, count, rank->keys[k], rank->highest_first[k]);
        r->key_bits += parts[left++].bits;
    }
    r->packed = numbers;
    while (left) {
        uint32_t from = left;
        unsigned bits = 0;
        while (from && bits + parts[from - 1].bits <= 64) bits += parts[--from].bits;
        memset(r->keys, 0, count * sizeof *r->keys);
        for (uint32_t k = from; k < left; k++) pack(r, count, &parts[k]);
        sort_words(r, count, bits);
        left = from;
        r->packed &= left == 0; /* it was all in one */
    }
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
            r->keys[from + size] = r->keys[i];
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
        while (high < end && (r->packed ? r->keys[low] == r->keys[high] : key_order(r, r->order[low], r->order[high]) == 0))
            high++;
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
    struct ranking r = {.run = run, .rank = rank};
    r.order = ARENA_ARRAY(arena, uint32_t, lanes);
    r.room = ARENA_ARRAY(arena, uint32_t, lanes);
    r.keys = ARENA_ARRAY(arena, uint64_t, lanes);
    r.keys_room = ARENA_ARRAY(arena, uint64_t, lanes);
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
    sort(arena, &r, count);
    arena_release(arena, r.keys_room);
    for (uint32_t low = 0, high; low < count; low = high) {
        high = low + 1;
        while (high < count && same_partition(&r, low, high)) high++;
        rank_partition(arena, &r, low, high);
    }
    arena_release(arena, r.keys);
    arena_release(arena, r.room);
    arena_release(arena, r.order);
}
