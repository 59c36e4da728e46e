/* Vectors: see vector.h. */
#include "vector.h"

#include "lanes.h"

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
        lanes_widen_index(vector->indexes + from, out, count);
    } else if (vector->width == 2) {
        lanes_widen_2((const int16_t *)vector->numbers + from, out, count);
    } else if (vector->width == 4) {
        lanes_widen_4((const int32_t *)vector->numbers + from, out, count);
    } else {
        memcpy(out, (const int64_t *)vector->numbers + from, count * sizeof *out);
    }
}

void vector_write(struct arena *arena, struct vector *vector, uint32_t from, uint32_t count, const int64_t *restrict in)
{
    int64_t largest = (int64_t)lanes_extent(in, count);
    if (!vector_fits(vector, largest)) vector_widen(arena, vector, largest);
    if (vector->width == 2) {
        lanes_narrow_2(in, (int16_t *)vector->numbers + from, count);
    } else if (vector->width == 4) {
        lanes_narrow_4(in, (int32_t *)vector->numbers + from, count);
    } else {
        memcpy((int64_t *)vector->numbers + from, in, count * sizeof *in);
    }
}
