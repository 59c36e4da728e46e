/* A figure's values, one per lane of its space.
 *
 * Decision: whole numbers are kept in as few bytes as the largest of them needs, 2, 4 or 8, and a vector is widened when a
 * number comes that does not fit: marks and counts are small, units many. Registers are always 8 bytes wide. Cost: a number
 * is read through its width; widening copies the vector, at most twice.
 */
#ifndef KAOHE_RUNTIME_VECTOR_H
#define KAOHE_RUNTIME_VECTOR_H

#include "arena.h"

struct vector {
    void *numbers;         /* numbers, and numerators, of `width` bytes each; NULL: none yet */
    int64_t *denominators; /* quotients only */
    uint32_t *indexes;     /* instead of numbers for maps read from data */
    uint8_t *mask;         /* masks only */
    uint8_t *faults;       /* NULL: none */
    uint32_t lanes;
    uint32_t alone;     /* the one lane that it has, at index 0: see figure.explains; otherwise 0 */
    uint8_t width;      /* 2, 4 or 8; of quotients and of columns of the data 8 */
    struct arena *home; /* that its arrays are of; NULL: they are the data's, or there are none */
};

/* Zeros of the least width; quotients: 0/1. */
void vector_make_numbers(struct arena *arena, struct vector *vector, uint32_t lanes);
void vector_make_quotients(struct arena *arena, struct vector *vector, uint32_t lanes);
void vector_make_mask(struct arena *arena, struct vector *vector, uint32_t lanes);

/* Its own arrays are given back as far as their arena can; it is then as new. */
void vector_drop(struct vector *vector);

/* Makes room for `number` in every lane. If the arena is not that of the vector, the array before stays where it is. */
void vector_widen(struct arena *arena, struct vector *vector, int64_t number);

/* Lanes [from, from + count), none of them blank. Writing widens. */
void vector_read(const struct vector *vector, uint32_t from, uint32_t count, int64_t *out);
void vector_write(struct arena *arena, struct vector *vector, uint32_t from, uint32_t count, const int64_t *in);

static inline bool vector_fits(const struct vector *vector, int64_t number)
{
    return vector->width == 8 || (vector->width == 4 ? number == (int32_t)number : number == (int16_t)number);
}

/* A number, numerator or index. */
static inline int64_t vector_at(const struct vector *vector, uint32_t lane)
{
    if (vector->indexes) return vector->indexes[lane];
    switch (vector->width) {
    case 2: return ((const int16_t *)vector->numbers)[lane];
    case 4: return ((const int32_t *)vector->numbers)[lane];
    default: return ((const int64_t *)vector->numbers)[lane];
    }
}

static inline void vector_put(struct arena *arena, struct vector *vector, uint32_t lane, int64_t number)
{
    if (!vector_fits(vector, number)) vector_widen(arena, vector, number);
    switch (vector->width) {
    case 2: ((int16_t *)vector->numbers)[lane] = (int16_t)number; break;
    case 4: ((int32_t *)vector->numbers)[lane] = (int32_t)number; break;
    default: ((int64_t *)vector->numbers)[lane] = number; break;
    }
}

#endif
