/* Two texts compared line by line, as a unified diff. See unified.c. */
#ifndef KAOHE_CLI_UNIFIED_H
#define KAOHE_CLI_UNIFIED_H

#include "../compiler/kaohe.h"

#include <stdio.h>

/* Writes what turns `old` into `new`, with three lines around each change, under the headings --- name and +++ name. Nothing
 * if they are equal. False: out of memory. */
bool unified_print(FILE *to, const char *name, kh_text old, kh_text new);

#endif
