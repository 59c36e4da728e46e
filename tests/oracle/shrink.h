/* Makes a failing folder small: drops lines of its files as long as it still fails. */
#ifndef KAOHE_TESTS_SHRINK_H
#define KAOHE_TESTS_SHRINK_H

#include <stdbool.h>

/* `fails` is asked with the folder as it lies on disk. Returns false when the folder does not fail to begin with, or a
 * file cannot be read or written. The folder keeps the smallest form found. */
bool shrink(const char *folder, bool (*fails)(const char *folder, void *data), void *data);

#endif
