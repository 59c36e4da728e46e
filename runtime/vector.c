/* Vectors: see vector.h. */
#include "vector.h"

void vector_make_numbers(struct arena *arena, struct vector *vector, uint32_t lanes)
{
    vector->numbers = ARENA_ARRAY(arena, int16_t, lanes);
    vector->width = sizeof(int16_t);
    vector->lanes = lanes;
    vector->home = arena;
}

void vector_make_quotients(struct arena *arena, struct vector *vector, uint32_t lanes)
{
    vector->numbers = ARENA_ARRAY(arena, int64_t, lanes);
    vector->denominators = ARENA_ARRAY(arena, int64_t, lanes);
    for (uint32_t i = 0; i < lanes; i++) vector->denominators[i] = 1;
    vector->width = sizeof(int64_t);
    vector->lanes = lanes;
    vector->home = arena;
}

void vector_make_mask(struct arena *arena, struct vector *vector, uint32_t lanes)
{
    vector->mask = ARENA_ARRAY(arena, uint8_t, lanes);
    vector->lanes = lanes;
    vector->home = arena;
}

void vector_drop(struct vector *vector)
{
    if (vector->home) {
        arena_release(vector->home, vector->numbers);
        arena_release(vector->home, vector->denominators);
        arena_release(vector->home, vector->mask);
        arena_release(vector->home, vector->faults);
    }
    *vector = (struct vector){0};
}

void vector_widen(struct arena *arena, struct vector *vector, int64_t number)
{
    void *before = vector->numbers;
    uint32_t lanes = vector->lanes;
    if (number == (int32_t)number) { /* it is 2 bytes wide now */
        int32_t *wide = ARENA_ARRAY(arena, int32_t, lanes);
        for (uint32_t i = 0; i < lanes; i++) wide[i] = ((const int16_t *)before)[i];
        vector->numbers = wide;
        vector->width = sizeof *wide;
    } else {
        int64_t *wide = ARENA_ARRAY(arena, int64_t, lanes);
        vector_read(vector, 0, lanes, wide);
        vector->numbers = wide;
        vector->width = sizeof *wide;
    }
    if (vector->home == arena) arena_release(arena, before);
    vector->home = arena;
}

void vector_read(const struct vector *vector, uint32_t from, uint32_t count, int64_t *restrict out)
{
    if (vector->indexes) {
        const uint32_t *restrict in = vector->indexes + from;
        for (uint32_t i = 0; i < count; i++) out[i] = in[i];
    } else if (vector->width == 2) {
        const int16_t *restrict in = (const int16_t *)vector->numbers + from;
        for (uint32_t i = 0; i < count; i++) out[i] = in[i];
    } else if (vector->width == 4) {
        const int32_t *restrict in = (const int32_t *)vector->numbers + from;
        for (uint32_t i = 0; i < count; i++) out[i] = in[i];
    } else {
        memcpy(out, (const int64_t *)vector->numbers + from, count * sizeof *out);
    }
}

void vector_write(struct arena *arena, struct vector *vector, uint32_t from, uint32_t count, const int64_t *restrict in)
{
    uint64_t bits = 0;
    for (uint32_t i = 0; i < count; i++) bits |= (uint64_t)(in[i] ^ in[i] >> 63); /* without their signs */
    int64_t largest = (int64_t)bits;
    if (!vector_fits(vector, largest)) vector_widen(arena, vector, largest);
    if (vector->width == 2) {
        int16_t *restrict out = (int16_t *)vector->numbers + from;
        for (uint32_t i = 0; i < count; i++) out[i] = (int16_t)in[i];
    } else if (vector->width == 4) {
        int32_t *restrict out = (int32_t *)vector->numbers + from;
        for (uint32_t i = 0; i < count; i++) out[i] = (int32_t)in[i];
    } else {
        memcpy((int64_t *)vector->numbers + from, in, count * sizeof *in);
    }
}
