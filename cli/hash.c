/* SHA-256: see hash.h.
 *
 * Decision: the data is hashed beside the run, by a thread of the lowest rank: of several processors one is idle while a
 * run ranks and writes. A file that the run has in memory is hashed there: nothing is copied, and what is hashed is what was
 * read. Cost: a file that the run opens after its turn has come, or never, is read anew; if it is changed between the
 * two readings, it has the hash of one of its two states. The largest comes last.
 */
#include "hash.h"

#include <dirent.h>
#include <errno.h>
#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { BLOCK = 64 * 1024, STRIDE = 1024 * 1024, SMALL = 4 * 1024 * 1024 /* bytes in all that are hashed before a thread is at work */ };

void hash_start(struct hash *hash) { sha256_init(&hash->state); }

void hash_add(struct hash *hash, kh_text text)
{
    if (text.len) sha256_update(&hash->state, text.len, (const uint8_t *)text.at);
}

void hash_end(struct hash *hash, char into[HASH_TEXT])
{
    static const char DIGITS[] = "0123456789abcdef";
    uint8_t digest[SHA256_DIGEST_SIZE];
    sha256_digest(&hash->state, sizeof digest, digest);
    for (size_t k = 0; k < sizeof digest; k++) {
        into[2 * k] = DIGITS[digest[k] >> 4];
        into[2 * k + 1] = DIGITS[digest[k] & 15];
    }
    into[HASH_TEXT - 1] = '\0';
}

/* stop: to be looked at between blocks; or NULL. */
static bool hash_until(char into[HASH_TEXT], const char *path, const atomic_bool *stop)
{
    FILE *file = fopen(path, "rb");
    char bytes[BLOCK];
    int error = file ? 0 : errno;
    struct hash hash;
    hash_start(&hash);
    if (!error) {
        size_t len;
        setvbuf(file, NULL, _IONBF, 0);
        errno = 0;
        while (!(stop && *stop) && (len = fread(bytes, 1, BLOCK, file)) > 0) hash_add(&hash, (kh_text){bytes, len});
        if (ferror(file)) error = errno ? errno : EIO;
        hash_end(&hash, into);
    }
    if (file) fclose(file);
    errno = error;
    return !error;
}

/* Until it is told to stop. */
static void hash_mapped(char into[HASH_TEXT], const kh_mapped *file, const atomic_bool *stop)
{
    struct hash hash;
    kh_text left = kh_mapped_bytes(file);
    hash_start(&hash);
    while (left.len && !*stop) {
        size_t len = left.len < STRIDE ? left.len : STRIDE;
        hash_add(&hash, (kh_text){left.at, len});
        left.at += len;
        left.len -= len;
    }
    hash_end(&hash, into);
}

bool hash_file(char into[HASH_TEXT], const char *path) { return hash_until(into, path, NULL); }

/* ---- all files of the data ---- */

struct hashes {
    pthread_t thread;
    bool started, waited_for;
    atomic_bool stop;
    pthread_mutex_t lock; /* of what the files say of their turns, and of memory */
    struct hashed_file *files;
    size_t count;
    uint64_t bytes; /* of all */
    int error; /* an errno: the folder itself could not be read */
    char data[];
};

static int is_visible(const struct dirent *entry) { return entry->d_name[0] != '.' && !strchr(entry->d_name, '\n'); }

static int by_bytes(const struct dirent **a, const struct dirent **b) { return strcmp((*a)->d_name, (*b)->d_name); }

/* Takes a path that is malloced over. */
static void add_file(struct hashes *hashes, char *path, off_t bytes)
{
    hashes->files[hashes->count++] = (struct hashed_file){.path = path, .bytes = (uint64_t)bytes};
    hashes->bytes += (uint64_t)bytes;
}

static void list_folder(struct hashes *hashes)
{
    struct dirent **entries;
    int count = scandir(hashes->data, &entries, is_visible, by_bytes);
    if (count < 0) {
        hashes->error = errno;
        return;
    }
    hashes->files = calloc((size_t)count + 1, sizeof *hashes->files);
    if (!hashes->files) hashes->error = ENOMEM;
    for (int k = 0; k < count; k++) {
        size_t room = strlen(hashes->data) + strlen(entries[k]->d_name) + 2;
        char *path = hashes->error ? NULL : malloc(room);
        struct stat info;
        if (path) snprintf(path, room, "%s/%s", hashes->data, entries[k]->d_name);
        else if (!hashes->error) hashes->error = ENOMEM;
        if (path && stat(path, &info) == 0 && S_ISREG(info.st_mode)) add_file(hashes, path, info.st_size);
        else free(path);
        free(entries[k]);
    }
    free(entries);
}

static void list_file(struct hashes *hashes, off_t bytes)
{
    char *path = strdup(hashes->data);
    hashes->files = calloc(1, sizeof *hashes->files);
    if (path && hashes->files) add_file(hashes, path, bytes);
    else free(path), hashes->error = ENOMEM;
}

/* The one whose turn it is: those that lie in memory first, then the smallest. NULL: there is none left. */
static struct hashed_file *next_file(struct hashes *hashes)
{
    struct hashed_file *best = NULL;
    pthread_mutex_lock(&hashes->lock);
    for (size_t k = 0; k < hashes->count; k++) {
        struct hashed_file *file = &hashes->files[k];
        if (file->begun) continue;
        if (!best || (file->mapped && !best->mapped) || (!file->mapped == !best->mapped && file->bytes < best->bytes)) best = file;
    }
    if (best) best->begun = true;
    pthread_mutex_unlock(&hashes->lock);
    return best;
}

static void *hash_files(void *what)
{
    struct hashes *hashes = what;
    struct hashed_file *file;
    while (!hashes->stop && (file = next_file(hashes))) {
        if (file->mapped) hash_mapped(file->hash, file->mapped, &hashes->stop);
        else file->error = hash_until(file->hash, file->path, &hashes->stop) ? 0 : errno;
    }
    return NULL;
}

void hashes_take(void *what, kh_text path, kh_mapped *mapped)
{
    struct hashes *hashes = what;
    pthread_mutex_lock(&hashes->lock);
    for (size_t k = 0; k < hashes->count; k++) {
        struct hashed_file *file = &hashes->files[k];
        if (file->begun || file->mapped || strlen(file->path) != path.len || memcmp(file->path, path.at, path.len) != 0) continue;
        kh_mapped_keep(mapped);
        file->mapped = mapped;
    }
    pthread_mutex_unlock(&hashes->lock);
}

static void *hash_idly(void *what)
{
#ifdef SCHED_IDLE
    pthread_setschedparam(pthread_self(), SCHED_IDLE, &(struct sched_param){0}); /* if it may not, it takes its share of the time */
#endif
    return hash_files(what);
}

struct hashes *hashes_start(const char *data)
{
    struct stat info;
    struct hashes *hashes = stat(data, &info) == 0 ? calloc(1, sizeof *hashes + strlen(data) + 1) : NULL;
    if (!hashes) return NULL;
    strcpy(hashes->data, data);
    size_t len = strlen(data);
    while (len > 1 && hashes->data[len - 1] == '/') hashes->data[--len] = '\0'; /* as the run calls it */
    pthread_mutex_init(&hashes->lock, NULL);
    if (S_ISDIR(info.st_mode)) list_folder(hashes);
    else list_file(hashes, info.st_size);
    if (hashes->bytes > SMALL) hashes->started = pthread_create(&hashes->thread, NULL, hash_idly, hashes) == 0;
    return hashes;
}

const struct hashed_file *hashes_wait(struct hashes *hashes, size_t *count)
{
    if (hashes->started) {
        pthread_setschedparam(hashes->thread, SCHED_OTHER, &(struct sched_param){0}); /* it is waited for now */
        pthread_join(hashes->thread, NULL);
    } else if (!hashes->waited_for) {
        hash_files(hashes);
    }
    hashes->started = false;
    hashes->waited_for = true;
    *count = hashes->count;
    errno = hashes->error;
    return hashes->error ? NULL : hashes->files;
}

void hashes_free(struct hashes *hashes)
{
    if (!hashes) return;
    hashes->stop = true;
    if (hashes->started) pthread_join(hashes->thread, NULL);
    for (size_t k = 0; k < hashes->count; k++) {
        if (hashes->files[k].mapped) kh_mapped_drop(hashes->files[k].mapped);
        free(hashes->files[k].path);
    }
    pthread_mutex_destroy(&hashes->lock);
    free(hashes->files);
    free(hashes);
}
