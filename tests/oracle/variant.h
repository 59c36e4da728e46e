/* The same scheme in other clothes: another reading decided in the data, declarations in a file that it uses. See variant.c. */
#ifndef KAOHE_TESTS_VARIANT_H
#define KAOHE_TESTS_VARIANT_H

#include "generate.h"

#include <stdbool.h>
#include <stdio.h>

/* Adds to the table of decisions that the question is read otherwise than the scheme takes it, if the scheme is without errors
 * then. */
bool variant_decides(struct gen *g, struct text scheme, const char *folder);

/* Takes the decisions out of the table that the product says can decide nothing, of parts that only read a figure which may
 * be open: whether a condition around it can hold at all, the generator cannot tell. */
void variant_prune(struct gen *g, struct text scheme, const char *folder);

/* Takes some declarations out of the scheme into FOLDER/shared.kh, in the other tongue now and then. Empty: there are none. */
struct text variant_shares(struct gen *g, struct text scheme, const char *folder);

#endif
