/* Interning: see intern.h. */
#include "intern.h"

enum { FIRST_SLOTS = 64, ROOM_BYTES = 16 * 1024 };

/* Both halves of the 128-bit product, folded: each bit of the input reaches each bit of the output. */
uint64_t hash_pair(uint64_t a, uint64_t b)
{
    unsigned __int128 product = (unsigned __int128)(a ^ 0x9E3779B97F4A7C15u) * (b ^ 0xD1B54A32D192ED03u);
    return (uint64_t)product ^ (uint64_t)(product >> 64);
}

uint64_t hash_bytes(struct text text)
{
    uint64_t hash = text.len, word;
    size_t at = 0;
    for (; text.len - at >= sizeof word; at += sizeof word) {
        memcpy(&word, text.at + at, sizeof word);
        hash = hash_pair(hash ^ word, 0xA0761D6478BD642Fu + at);
    }
    if (at < text.len) {
        word = 0;
        memcpy(&word, text.at + at, text.len - at);
        hash = hash_pair(hash ^ word, 0xE7037ED1A0B428DBu);
    }
    return hash_pair(hash, 0x8EBC6AF09C88C6E3u);
}

void intern_init(struct intern *intern, struct arena *arena)
{
    *intern = (struct intern){.arena = arena, .mask = FIRST_SLOTS - 1};
    intern->slots = ARENA_ARRAY(arena, struct intern_slot, FIRST_SLOTS);
}

void intern_close(struct intern *intern)
{
    arena_release(intern->arena, intern->slots);
    intern->slots = NULL;
}

void intern_init_behind(struct intern *intern, struct arena *arena, const struct intern *frozen)
{
    intern_init(intern, arena);
    intern->frozen = frozen;
}

/* The slot of an equal text, or the free one where it belongs. */
static struct intern_slot *slot_for(const struct intern *intern, struct text text, uint32_t hash)
{
    for (uint32_t i = hash & intern->mask;; i = (i + 1) & intern->mask) {
        struct intern_slot *slot = &intern->slots[i];
        if (!slot->index) return slot;
        if (slot->hash == hash && text_equal(intern->texts[slot->index - 1], text)) return slot;
    }
}

static bool is_full(const struct intern *intern, uint32_t count) { return count > intern->mask / 4 * 3; }

/* Slots enough for `count` texts. */
static void grow(struct intern *intern, uint32_t count)
{
    struct intern wider = *intern;
    while (is_full(&wider, count)) {
        if (wider.mask >= UINT32_MAX / 2) arena_fail(intern->arena); /* indexes have 32 bits */
        wider.mask = wider.mask * 2 + 1;
    }
    uint32_t old = intern->mask + 1, mask = wider.mask;
    struct intern_slot *slots = ARENA_ARRAY(intern->arena, struct intern_slot, (size_t)mask + 1);
    arena_touch(slots, ((size_t)mask + 1) * sizeof *slots);
    for (uint32_t i = 0; i < old; i++) {
        if (!intern->slots[i].index) continue;
        uint32_t at = intern->slots[i].hash & mask;
        while (slots[at].index) at = (at + 1) & mask;
        slots[at] = intern->slots[i];
    }
    arena_release(intern->arena, intern->slots);
    intern->slots = slots;
    intern->mask = mask;
}

static void make_room(struct intern *intern, uint32_t count)
{
    if (count <= intern->capacity) return;
    size_t room = count < 64 ? 64 : (size_t)count + count / 2;
    intern->texts = arena_regrow(intern->arena, intern->texts, intern->count, room, sizeof *intern->texts);
    intern->capacity = room;
}

void intern_reserve(struct intern *intern, uint32_t count)
{
    if (count > intern->capacity) {
        intern->texts = arena_regrow(intern->arena, intern->texts, intern->count, count, sizeof *intern->texts);
        intern->capacity = count;
    }
    if (is_full(intern, count)) grow(intern, count);
}

static struct text keep(struct intern *intern, struct text text)
{
    if (text.len > intern->room_left) {
        if (text.len > ROOM_BYTES / 4) return arena_text(intern->arena, text);
        intern->room = arena_take(intern->arena, ROOM_BYTES, 1);
        intern->room_left = ROOM_BYTES;
    }
    if (!text.len) return TEXT_NONE;
    char *at = intern->room;
    memcpy(at, text.at, text.len);
    intern->room += text.len;
    intern->room_left -= text.len;
    return (struct text){at, text.len};
}

uint32_t intern_put(struct intern *intern, struct text text)
{
    uint32_t hash = (uint32_t)hash_bytes(text), below = intern->frozen ? intern->frozen->count : 0;
    struct intern_slot *slot = below ? slot_for(intern->frozen, text, hash) : NULL;
    if (slot && slot->index) return slot->index - 1;
    return below + intern_put_hashed(intern, text, hash);
}

uint32_t intern_put_hashed(struct intern *intern, struct text text, uint32_t hash)
{
    struct intern_slot *slot = slot_for(intern, text, hash);
    if (slot->index) return slot->index - 1;
    struct text kept = keep(intern, text);
    make_room(intern, intern->count + 1);
    intern->texts[intern->count++] = kept;
    *slot = (struct intern_slot){hash, intern->count};
    if (is_full(intern, intern->count)) grow(intern, intern->count);
    return intern->count - 1;
}

bool intern_find(const struct intern *intern, struct text text, uint32_t *index)
{
    uint32_t hash = (uint32_t)hash_bytes(text), below = intern->frozen ? intern->frozen->count : 0;
    const struct intern_slot *slot = below ? slot_for(intern->frozen, text, hash) : NULL;
    if (slot && slot->index)
        below = 0;
    else
        slot = slot_for(intern, text, hash);
    if (!slot->index) return false;
    *index = below + slot->index - 1;
    return true;
}

bool intern_find_hashed(const struct intern *intern, struct text text, uint32_t hash, uint32_t *index)
{
    const struct intern_slot *slot = slot_for(intern, text, hash);
    *index = slot->index - 1;
    return slot->index != 0;
}
