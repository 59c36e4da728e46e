/* SHA-256: see hash.h. */
#include "hash.h"

#include <errno.h>
#include <nettle/sha2.h>
#include <stdio.h>

static void finish(char into[HASH_TEXT], struct sha256_ctx *state)
{
    uint8_t digest[SHA256_DIGEST_SIZE];
    sha256_digest(state, sizeof digest, digest);
    for (size_t k = 0; k < sizeof digest; k++) snprintf(into + 2 * k, 3, "%02x", digest[k]);
}

void hash_text(char into[HASH_TEXT], kh_text text)
{
    struct sha256_ctx state;
    sha256_init(&state);
    if (text.len) sha256_update(&state, text.len, (const uint8_t *)text.at);
    finish(into, &state);
}

bool hash_file(char into[HASH_TEXT], const char *path)
{
    FILE *file = fopen(path, "rb");
    if (!file) return false;
    struct sha256_ctx state;
    uint8_t bytes[65536];
    size_t len;
    sha256_init(&state);
    while ((len = fread(bytes, 1, sizeof bytes, file)) > 0) sha256_update(&state, len, bytes);
    int error = ferror(file) ? (errno ? errno : EIO) : 0;
    fclose(file);
    errno = error;
    if (!error) finish(into, &state);
    return !error;
}
