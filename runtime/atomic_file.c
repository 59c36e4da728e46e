/* Writing a file whole or not at all: see atomic_file.h. */
#include "atomic_file.h"

#include "file_error.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { ATTEMPTS = 100, WRITE_BYTES = 1 << 30 };

/* All paths are made before anything is opened: from then on nothing allocates, so nothing can jump away. */
struct paths {
    const char *target;  /* links followed */
    const char *folder;  /* of the target */
    char *beside;        /* folder/.kaohe-PID-N.tmp; the number is printed into it */
    size_t beside_size;
    char *real;          /* from realpath; freed by us */
};

static void free_real(void *what)
{
    struct paths *paths = what;
    free(paths->real);
}

static struct paths *make_paths(struct arena *arena, struct text path)
{
    struct paths *paths = ARENA_NEW(arena, struct paths);
    arena_defer(arena, free_real, paths);
    paths->target = arena_text(arena, path).at;
    paths->real = realpath(paths->target, NULL);
    if (paths->real) paths->target = paths->real;
    const char *slash = strrchr(paths->target, '/');
    size_t len = slash ? (size_t)(slash - paths->target) : 0;
    if (!slash) paths->folder = ".";
    else paths->folder = len ? arena_text(arena, (struct text){paths->target, len}).at : "/";
    paths->beside_size = strlen(paths->folder) + 64;
    paths->beside = arena_take(arena, paths->beside_size, 1);
    return paths;
}

/* 0 or an errno. */
static int write_all(int fd, struct text content)
{
    while (content.len) {
        ssize_t n = write(fd, content.at, content.len < WRITE_BYTES ? content.len : WRITE_BYTES);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return errno;
        if (n == 0) return EIO;
        content.at += n;
        content.len -= (size_t)n;
    }
    return 0;
}

/* To disk; file systems and devices that have nothing to sync say EINVAL or the like. */
static int sync_file(int fd)
{
    if (fsync(fd) == 0) return 0;
    return errno == EINVAL || errno == ENOTSUP || errno == EROFS ? 0 : errno;
}

static int close_file(int fd) { return close(fd) == 0 || errno == EINTR ? 0 : errno; }

static int sync_folder(const char *folder)
{
    int fd = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0) return errno == EACCES ? 0 : errno; /* a folder that may be written but not read cannot be synced */
    int error = sync_file(fd);
    int closed = close_file(fd);
    return error ? error : closed;
}

static int write_direct(const char *target, struct text content)
{
    int fd = open(target, O_WRONLY | O_CLOEXEC | O_NOCTTY);
    if (fd < 0) return errno;
    int error = write_all(fd, content);
    int closed = close_file(fd);
    return error ? error : closed;
}

/* A new file beside the target: never one that is there already, be it a link that somebody laid. */
static int open_beside(struct paths *paths, mode_t mode, int *fd)
{
    for (int i = 0; i < ATTEMPTS; i++) {
        snprintf(paths->beside, paths->beside_size, "%s/.kaohe-%ld-%d.tmp", paths->folder, (long)getpid(), i);
        *fd = open(paths->beside, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode);
        if (*fd >= 0) return 0;
        if (errno != EEXIST) return errno;
    }
    return EEXIST;
}

static int replace(struct paths *paths, const struct stat *old, struct text content)
{
    int fd;
    int error = open_beside(paths, old ? 0600 : 0666, &fd); /* an old file's readers are let in when it is complete */
    if (error) return error;
    error = write_all(fd, content);
    if (!error && old) {
        /* Only root may give a file away; for everybody else the file becomes theirs, as any new one does. */
        int given = old->st_uid != geteuid() || old->st_gid != getegid() ? fchown(fd, old->st_uid, old->st_gid) : 0;
        if (given != 0 && errno != EPERM) error = errno;
        if (!error && fchmod(fd, old->st_mode & 0777) != 0) error = errno;
    }
    if (!error) error = sync_file(fd);
    int closed = close_file(fd);
    if (!error) error = closed;
    if (!error && rename(paths->beside, paths->target) != 0) error = errno;
    if (error) {
        unlink(paths->beside); /* when this fails, too, the finding about the first error is what helps */
        return error;
    }
    return sync_folder(paths->folder);
}

bool atomic_file_write(struct findings *problems, struct text path, struct text content)
{
    struct paths *paths = make_paths(problems->arena, path);
    struct stat old;
    int error;
    bool there = stat(paths->target, &old) == 0;
    if (!there && errno != ENOENT) error = errno;
    else if (there && S_ISDIR(old.st_mode)) error = EISDIR;
    else if (there && faccessat(AT_FDCWD, paths->target, W_OK, AT_EACCESS) != 0) error = errno; /* it is write-protected */
    else if (there && !S_ISREG(old.st_mode)) error = write_direct(paths->target, content);
    else error = replace(paths, there ? &old : NULL, content);
    if (error) file_error(problems, FILE_WRITING, path, error);
    return error == 0;
}
