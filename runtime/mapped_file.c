/* A file's bytes in memory: see mapped_file.h. */
#include "mapped_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

struct kh_mapped {
    struct text bytes;
    atomic_uint holders;
};

/* An errno, or 0. */
static int map(int fd, struct text *bytes)
{
    struct stat status;
    if (fstat(fd, &status) != 0) return errno;
    if (!S_ISREG(status.st_mode)) return S_ISDIR(status.st_mode) ? EISDIR : ENOTSUP;
    if (status.st_size == 0) return 0;
    void *at = mmap(NULL, (size_t)status.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (at == MAP_FAILED) return errno;
    *bytes = (struct text){at, (size_t)status.st_size};
    posix_madvise(at, bytes->len, POSIX_MADV_SEQUENTIAL); /* advice: whether it is taken does not matter */
    return 0;
}

struct kh_mapped *mapped_open(const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK); /* a FIFO without a writer must not hang us */
    if (fd < 0) return NULL;
    struct kh_mapped *file = malloc(sizeof *file);
    struct text bytes = TEXT_NONE;
    int error = file ? map(fd, &bytes) : ENOMEM;
    close(fd);
    if (error) {
        free(file);
        errno = error;
        return NULL;
    }
    *file = (struct kh_mapped){bytes, 1};
    return file;
}

struct text mapped_bytes(const struct kh_mapped *file) { return file->bytes; }

void mapped_keep(struct kh_mapped *file) { atomic_fetch_add(&file->holders, 1); }

void mapped_drop(struct kh_mapped *file)
{
    if (atomic_fetch_sub(&file->holders, 1) != 1) return;
    if (file->bytes.len) munmap((void *)file->bytes.at, file->bytes.len);
    free(file);
}
