/* Reprints of a scheme must mean the same: its canonical form, and its form in the other tongue. */
#ifndef KAOHE_TESTS_REPRINT_H
#define KAOHE_TESTS_REPRINT_H

#include "../../compiler/kaohe.h"

#include <stdbool.h>
#include <stdio.h>

/* Formats a scheme without errors in both tongues, compiles and runs each form on the same data and compares. Also asks
 * for the explanation of each unit. False after a line to `out` that says what differs. */
bool reprints_agree(const char *text, size_t len, const char *folder, FILE *out);

#endif
