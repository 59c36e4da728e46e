/* Keys of units for the quick way: from a text to a row.
 *
 * In: keys as they stand in the file, a batch of them. Out: rows of units; of the table of units itself, its texts.
 * Decision: a batch's keys are hashed first and looked up together, each step asking the memory for what the next one needs,
 * so that its answers overlap. A unit is found by its text's index; keys of at most 16 bytes lie side by side, so that
 * comparing one is one access. Cost: 16 bytes for each unit.
 */
#include "load_fast.h"

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
    if (!blanks) make_short_keys(loader, key, data->rows);
}

void fast_close_units(struct loader *loader)
{
    arena_release(loader->arena, loader->unit_of_text);
    arena_release(loader->arena, loader->short_keys);
    loader->unit_of_text = NULL;
    loader->short_keys = NULL;
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

/* So many keys are looked up together: the memory's answers overlap, and what they bring fits the nearest cache. */
enum { TOGETHER = 128 };

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
        find_units(loader, texts, r->keys + k, r->key_count - k < TOGETHER ? r->key_count - k : TOGETHER, rows + k);
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
