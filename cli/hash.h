/* SHA-256 of texts and files, by nettle. */
#ifndef KAOHE_CLI_HASH_H
#define KAOHE_CLI_HASH_H

#include "../compiler/kaohe.h"

enum { HASH_TEXT = 65 }; /* 64 hexadecimal digits and a NUL */

void hash_text(char into[HASH_TEXT], kh_text text);
/* False: it cannot be read; errno says why. */
bool hash_file(char into[HASH_TEXT], const char *path);

#endif
