/* Keys of units for the quick way: from a text to a row.
 *
 * In: keys as they stand in the file, a batch of them. Out: rows of units; of the table of units itself, its texts.
 * Decision: a batch's keys are hashed first and looked up together, each step asking the memory for what the next one needs,
 * so that its answers overlap. A unit is found by its text's index; keys of at most 16 bytes lie side by side, so that
 * comparing one is one access. Cost: 16 bytes for each unit.
 * Decision: codes mostly differ in few bits: of seven digits, in 28. Where 32 bits tell all units apart, those bits are what
 * is looked up, and finding a unit is one access to memory instead of two. The other bits are the same in every key, and are
 * compared with what is in a register. Cost: an instruction that gathers bits, which not every processor has.
 */
#include "load_fast.h"

#include "wide.h"

/* So many keys are looked up together: the memory's answers overlap, and what they bring fits the nearest cache. */
enum { TOGETHER = 128 };

/* ---- text to unit ---- */

bool fast_key_put(struct loader *loader, uint32_t text, uint32_t row)
{
    if (text >= loader->unit_texts) {
        size_t before = loader->unit_texts, room = loader->texts.capacity > text ? loader->texts.capacity : (size_t)text + 1;
        loader->unit_of_text = arena_regrow(loader->arena, loader->unit_of_text, before, room, sizeof *loader->unit_of_text);
        memset(loader->unit_of_text + before, 0xFF, (room - before) * sizeof *loader->unit_of_text);
        loader->unit_texts = (uint32_t)room;
    }
    if (loader->unit_of_text[text] != NOT_USED) return false;
    loader->unit_of_text[text] = row;
    return true;
}

/* Short keys, if all are. */
static void make_short_keys(struct loader *loader, const struct column *key, uint32_t rows)
{
    struct short_key *keys = ARENA_ARRAY(loader->arena, struct short_key, rows);
    for (uint32_t row = 0; row < rows; row++) {
        struct text text = loader->texts.texts[key->values[row]];
        if (text.len > SHORT_KEY || !text.len) return;
        memcpy(&keys[row], text.at, text.len);
    }
    loader->short_keys = keys;
}

/* ---- keys that differ in few bits ---- */

#if HAS_WIDE

struct packed_slot {
    uint32_t bits; /* in which keys differ */
    uint32_t row;  /* + 1; 0: free */
};

struct packed_keys {
    struct short_key differ, same; /* the bits in which keys differ; what the others are */
    unsigned low;                  /* how many of them are in the first eight bytes */
    unsigned shift;                /* takes a hash to a slot */
    uint32_t mask;                 /* slots - 1 */
    struct packed_slot *slots;
};

/* False: it has other bits than all keys have. */
WIDE_INLINE bool pack(const struct packed_keys *p, struct short_key key, uint32_t *bits)
{
    uint64_t other = ((key.words[0] & ~p->differ.words[0]) ^ p->same.words[0]) |
                     ((key.words[1] & ~p->differ.words[1]) ^ p->same.words[1]);
    *bits = (uint32_t)(_pext_u64(key.words[0], p->differ.words[0]) | _pext_u64(key.words[1], p->differ.words[1]) << p->low);
    return !other;
}

static inline uint32_t packed_at(const struct packed_keys *p, uint32_t bits)
{
    return (uint32_t)(bits * 0x9E3779B97F4A7C15u >> p->shift);
}

/* The bits in which short keys differ; false: there are too many, or longer keys. */
static bool find_differing(const struct loader *loader, const struct column *key, uint32_t rows, struct packed_keys *p)
{
    struct short_key first = {{0, 0}};
    for (uint32_t row = 0; row < rows; row++) {
        struct short_key now = {{0, 0}};
        struct text text = loader->texts.texts[key->values[row]];
        if (text.len > SHORT_KEY || !text.len) return false;
        memcpy(&now, text.at, text.len);
        if (!row) first = now;
        for (int w = 0; w < 2; w++) p->differ.words[w] |= now.words[w] ^ first.words[w];
    }
    for (int w = 0; w < 2; w++) p->same.words[w] = first.words[w] & ~p->differ.words[w];
    p->low = (unsigned)__builtin_popcountll(p->differ.words[0]);
    return p->low + (unsigned)__builtin_popcountll(p->differ.words[1]) <= 32;
}

WIDE static void fill_packed(const struct loader *loader, const struct column *key, uint32_t rows, struct packed_keys *p)
{
    uint32_t bits[TOGETHER];
    for (uint32_t from = 0; from < rows; from += TOGETHER) {
        uint32_t count = rows - from < TOGETHER ? rows - from : TOGETHER;
        for (uint32_t k = 0; k < count; k++) {
            struct short_key now = {{0, 0}};
            struct text text = loader->texts.texts[key->values[from + k]];
            memcpy(&now, text.at, text.len);
            pack(p, now, &bits[k]);
            __builtin_prefetch(&p->slots[packed_at(p, bits[k])], 1);
        }
        for (uint32_t k = 0; k < count; k++) {
            uint32_t at = packed_at(p, bits[k]);
            while (p->slots[at].row) at = (at + 1) & p->mask;
            p->slots[at] = (struct packed_slot){bits[k], from + k + 1};
        }
    }
}

static void make_packed(struct loader *loader, const struct column *key, uint32_t rows)
{
    struct packed_keys p = {.shift = 64 - 4, .mask = 15};
    if (!wide_here() || !rows || !find_differing(loader, key, rows, &p)) return;
    for (; p.mask / 4 * 3 < rows; p.shift--) p.mask = p.mask * 2 + 1;
    p.slots = ARENA_ARRAY(loader->arena, struct packed_slot, (size_t)p.mask + 1);
    fill_packed(loader, key, rows, &p);
    loader->packed = ARENA_NEW(loader->arena, struct packed_keys);
    *loader->packed = p;
}

/* The rows of keys, NOT_USED if a key is nobody's; or false, if that is seen at once. */
WIDE static bool find_packed(const struct packed_keys *p, const struct text *keys, uint32_t count, uint32_t *rows)
{
    uint32_t bits[TOGETHER];
    for (uint32_t k = 0; k < count; k++) {
        if (!pack(p, short_key(keys[k].at, short_mask(keys[k].len)), &bits[k])) return false;
        __builtin_prefetch(&p->slots[packed_at(p, bits[k])]);
    }
    for (uint32_t k = 0; k < count; k++) {
        uint32_t at = packed_at(p, bits[k]);
        while (p->slots[at].bits != bits[k] && p->slots[at].row) at = (at + 1) & p->mask;
        rows[k] = p->slots[at].row - 1; /* of a free one: NOT_USED */
    }
    return true;
}

#else

struct packed_keys {
    void *slots;
};

static void make_packed(struct loader *loader, const struct column *key, uint32_t rows)
{
    (void)loader, (void)key, (void)rows;
}

static bool find_packed(const struct packed_keys *p, const struct text *keys, uint32_t count, uint32_t *rows)
{
    (void)p, (void)keys, (void)count, (void)rows;
    return false;
}

#endif

void fast_units(struct loader *loader)
{
    const struct table_schema *units = &loader->schema->tables[0];
    const struct table_data *data = &loader->out->tables[0];
    const struct column *key = &data->columns[units->key];
    if (loader->units_ready) return;
    loader->units_ready = true;
    bool blanks = false, first = true;
    for (uint32_t row = 0; row < data->rows; row++) {
        if (key->blank && key->blank[row])
            blanks = true;
        else if (!loader->tables[0].keys_later)
            fast_key_put(loader, (uint32_t)key->values[row], row);
        first &= key->values[row] == row;
    }
    loader->units_first = first && !blanks;
    loader->unit_rows = data->rows;
    if (!blanks) make_packed(loader, key, data->rows);
    if (!blanks && !loader->packed) make_short_keys(loader, key, data->rows);
}

void fast_close_units(struct loader *loader)
{
    arena_release(loader->arena, loader->unit_of_text);
    arena_release(loader->arena, loader->short_keys);
    if (loader->packed) arena_release(loader->arena, loader->packed->slots);
    loader->unit_of_text = NULL;
    loader->short_keys = NULL;
    loader->packed = NULL;
    intern_close(&loader->texts);
}

/* ---- a batch ---- */

/* The unit of a key by its hash, or NOT_USED; `at`: its first slot that may be the key's. */
static uint32_t find_unit(const struct loader *loader, const struct intern *texts, struct text key, uint32_t hash,
                          uint32_t at)
{
    uint32_t index;
    if (!loader->short_keys) {
        if (!intern_find_hashed(texts, key, hash, &index) || index >= loader->unit_texts) return NOT_USED;
        return loader->unit_of_text[index];
    }
    if (key.len > SHORT_KEY) return NOT_USED;
    struct short_key wanted = short_key(key.at, short_mask(key.len));
    for (uint32_t i = at;; i = (i + 1) & texts->mask) {
        const struct intern_slot *slot = &texts->slots[i];
        if (!slot->index) return NOT_USED;
        if (slot->hash != hash || slot->index > loader->unit_texts) continue;
        uint32_t unit = loader->units_first ? slot->index - 1 : loader->unit_of_text[slot->index - 1];
        if (unit >= loader->unit_rows) continue;
        const struct short_key *there = &loader->short_keys[unit];
        if (there->words[0] == wanted.words[0] && there->words[1] == wanted.words[1]) return unit;
    }
}

/* The first slot behind a hash's own that has the hash, or none at all. */
static inline uint32_t first_slot(const struct intern *texts, uint32_t hash)
{
    uint32_t i = hash & texts->mask;
    while (texts->slots[i].index && texts->slots[i].hash != hash) i = (i + 1) & texts->mask;
    return i;
}

static void hash_keys(const struct text *keys, uint32_t count, const struct intern *texts, uint32_t *hashes)
{
    for (uint32_t k = 0; k < count; k++) {
        hashes[k] = (uint32_t)hash_bytes(keys[k]);
        __builtin_prefetch(&texts->slots[hashes[k] & texts->mask]);
    }
}

static void find_units(const struct loader *loader, const struct intern *texts, const struct text *keys, uint32_t count,
                       uint32_t *rows)
{
    uint32_t hashes[TOGETHER], slots[TOGETHER];
    hash_keys(keys, count, texts, hashes);
    for (uint32_t k = 0; k < count; k++) slots[k] = first_slot(texts, hashes[k]);
    for (int step = loader->units_first; step < 2; step++) { /* the text's unit, then the unit's key */
        for (uint32_t k = 0; k < count; k++) {
            uint32_t index = texts->slots[slots[k]].index;
            if (!index || index > loader->unit_texts) continue;
            uint32_t row = loader->units_first ? index - 1 : loader->unit_of_text[index - 1];
            if (step == 0)
                __builtin_prefetch(&loader->unit_of_text[index - 1]);
            else if (loader->short_keys && row < loader->unit_rows)
                __builtin_prefetch(&loader->short_keys[row]);
            else
                __builtin_prefetch(&texts->texts[index - 1]);
        }
    }
    for (uint32_t k = 0; k < count; k++) rows[k] = find_unit(loader, texts, keys[k], hashes[k], slots[k]);
}

bool fast_find_units(struct fast_reader *r, uint32_t from, uint32_t to)
{
    const struct loader *loader = &r->loader;
    const struct intern *texts = loader->texts.frozen ? loader->texts.frozen : &loader->texts;
    uint32_t rows[LIMIT_BATCH], *unit = r->in.data->unit + r->in.data->rows;
    for (uint32_t k = 0; k < r->key_count; k += TOGETHER) {
        uint32_t count = r->key_count - k < TOGETHER ? r->key_count - k : TOGETHER;
        if (!loader->packed)
            find_units(loader, texts, r->keys + k, count, rows + k);
        else if (!find_packed(loader->packed, r->keys + k, count, rows + k))
            return false;
    }
    uint32_t row = r->in.last_unit_row, lane = from;
    for (uint32_t k = 0; k <= r->key_count; k++) {
        uint32_t end = k < r->key_count ? r->key_lanes[k] : to;
        for (; lane < end; lane++) unit[lane] = row;
        if (k == r->key_count) break;
        row = rows[k];
        if (row == NOT_USED) return false;
    }
    r->in.last_unit_row = row;
    return true;
}

bool fast_put_keys(struct fast_reader *r)
{
    struct loader *loader = &r->loader;
    const struct table_data *data = r->in.data;
    int64_t *values = data->columns[r->in.schema->key].values + data->rows;
    uint32_t hashes[LIMIT_BATCH];
    hash_keys(r->keys, r->key_count, &loader->texts, hashes);
    for (uint32_t k = 0; k < r->key_count; k++) {
        uint32_t text = intern_put_hashed(&loader->texts, r->keys[k], hashes[k]), lane = r->key_lanes[k];
        values[lane] = text;
        if (!fast_key_put(loader, text, data->rows + lane)) return false;
    }
    return true;
}
