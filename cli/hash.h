/* SHA-256 of texts and files, by nettle. */
#ifndef KAOHE_CLI_HASH_H
#define KAOHE_CLI_HASH_H

#include "../compiler/kaohe.h"

#include <nettle/sha2.h>

enum { HASH_TEXT = 65 }; /* 64 hexadecimal digits and a NUL */

/* Bit by bit. */
struct hash {
    struct sha256_ctx state;
};
void hash_start(struct hash *hash);
void hash_add(struct hash *hash, kh_text text);
void hash_end(struct hash *hash, char into[HASH_TEXT]);

/* False: it cannot be read; errno says why. */
bool hash_file(char into[HASH_TEXT], const char *path);

/* ---- all files of the data ---- */

struct hashed_file {
    char *path; /* malloced */
    char hash[HASH_TEXT];
    int error; /* an errno: it could not be read, and has no hash */
    uint64_t bytes;
    bool begun;        /* its turn has come */
    kh_mapped *mapped; /* as it lies in memory, kept; NULL: it does not, yet */
};

struct hashes;

/* Lists a file, or the visible files of a folder (not those of its folders), and begins to hash them, if they are large: in a
 * thread that only takes what time others leave. NULL: there is no memory, or no such thing. */
struct hashes *hashes_start(const char *data);

/* For kh_options.mapped: a file is hashed as it lies in memory, if its turn has not come yet. */
void hashes_take(void *hashes, kh_text path, kh_mapped *file);

/* Waits for all of them, in the order of their names. NULL: it cannot be read; errno says why. They are the hashes' own. */
const struct hashed_file *hashes_wait(struct hashes *hashes, size_t *count);
void hashes_free(struct hashes *hashes); /* stops the thread first; NULL is allowed */

#endif
