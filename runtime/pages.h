/* Large blocks of memory, straight from the system, so that they can lie on huge pages: tables of many megabytes that are looked
 * up at random cost more by their pages' addresses than by their bytes, and each small page is a fault of its own.
 */
#ifndef KAOHE_RUNTIME_PAGES_H
#define KAOHE_RUNTIME_PAGES_H

#include <stdbool.h>
#include <stddef.h>

/* Whether blocks of that many bytes are taken and given back here. */
bool pages_fit(size_t bytes);

/* Zeroed bytes, or NULL. What nobody touches takes no memory, but for the rest of a huge page. */
void *pages_take(size_t bytes);

/* The block with more bytes (pages_fit says yes to both), perhaps elsewhere; what is new is zeroed. NULL: it has not changed. */
void *pages_resize(void *block, size_t old_bytes, size_t bytes);

/* Its pages may be kept for the next block, some megabytes in all. */
void pages_release(void *block, size_t bytes);

/* Gives the system back what is kept. */
void pages_trim(void);

#endif
