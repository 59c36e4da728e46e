/* Writing a file whole or not at all: see atomic_file.h. */
#include "atomic_file.h"

#include "file_error.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { ATTEMPTS = 100, WRITE_BYTES = 1 << 30, BUFFER_BYTES = 16 * 1024 };

/* All paths are made before anything is opened: from then on nothing allocates, so nothing can jump away. */
struct paths {
    const char *target; /* links followed */
    const char *folder; /* of the target */
    char *beside;       /* folder/.kaohe-PID-N.tmp; the number is printed into it */
    size_t beside_size;
    char *real; /* from realpath; freed by us */
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
    if (!slash)
        paths->folder = ".";
    else
        paths->folder = len ? arena_text(arena, (struct text){paths->target, len}).at : "/";
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

struct atomic_file {
    struct arena *arena;
    struct text path;
    struct paths *paths;
    struct stat old;
    bool there;  /* there is such a file: `old` */
    bool direct; /* it is no ordinary file and is written itself */
    int fd;      /* -1: not open */
    int error;   /* the first that was met, or 0 */
    size_t held;
    char buffer[BUFFER_BYTES];
};

static void give_up(void *what)
{
    struct atomic_file *file = what;
    if (file->fd < 0) return;
    close(file->fd);
    file->fd = -1;
    if (!file->direct)
        unlink(file->paths->beside); /* when this fails, too, the finding about the first error is what helps */
}

static int open_target(struct atomic_file *file)
{
    const char *target = file->paths->target;
    file->there = stat(target, &file->old) == 0;
    if (!file->there && errno != ENOENT) return errno;
    if (file->there && S_ISDIR(file->old.st_mode)) return EISDIR;
    if (file->there && faccessat(AT_FDCWD, target, W_OK, AT_EACCESS) != 0) return errno; /* it is write-protected */
    file->direct = file->there && !S_ISREG(file->old.st_mode);
    if (!file->direct)
        return open_beside(file->paths, file->there ? 0600 : 0666,
                           &file->fd); /* old readers are let in when it is complete */
    file->fd = open(target, O_WRONLY | O_CLOEXEC | O_NOCTTY);
    return file->fd < 0 ? errno : 0;
}

struct atomic_file *atomic_file_open(struct findings *problems, struct text path)
{
    struct arena *arena = problems->arena;
    struct atomic_file *file = ARENA_NEW(arena, struct atomic_file);
    file->arena = arena;
    file->fd = -1;
    file->path = arena_text(arena, path);
    file->paths = make_paths(arena, path);
    arena_defer(arena, give_up, file);
    int error = open_target(file);
    if (!error) return file;
    file_error(problems, FILE_WRITING, path, error);
    return NULL;
}

const char *atomic_file_beside(const struct atomic_file *file) { return file->direct ? NULL : file->paths->beside; }

static void write_held(struct atomic_file *file)
{
    if (!file->error) file->error = write_all(file->fd, (struct text){file->buffer, file->held});
    file->held = 0;
}

bool atomic_file_append(struct atomic_file *file, struct text content)
{
    if (content.len > BUFFER_BYTES - file->held) write_held(file);
    if (content.len > BUFFER_BYTES) {
        if (!file->error) file->error = write_all(file->fd, content);
    } else if (content.len) {
        memcpy(file->buffer + file->held, content.at, content.len);
        file->held += content.len;
    }
    return !file->error;
}

/* The mode and owner of the file that is replaced. Only root may give a file away; for everybody else the file becomes
 * theirs, as any new one does. */
static int take_after(const struct atomic_file *file)
{
    const struct stat *old = &file->old;
    int given = old->st_uid != geteuid() || old->st_gid != getegid() ? fchown(file->fd, old->st_uid, old->st_gid) : 0;
    if (given != 0 && errno != EPERM) return errno;
    return fchmod(file->fd, old->st_mode & 0777) == 0 ? 0 : errno;
}

static int finish(struct atomic_file *file)
{
    write_held(file);
    int error = file->error;
    if (!error && !file->direct && file->there) error = take_after(file);
    if (!error && !file->direct) error = sync_file(file->fd);
    if (error) return error;
    error = close_file(file->fd);
    file->fd = -1;
    if (file->direct) return error;
    if (!error && rename(file->paths->beside, file->paths->target) != 0) error = errno;
    if (error) unlink(file->paths->beside);
    return error ? error : sync_folder(file->paths->folder);
}

bool atomic_file_commit(struct atomic_file *file, struct findings *problems)
{
    int error = finish(file);
    give_up(file);
    if (error) file_error(problems, FILE_WRITING, file->path, error);
    return error == 0;
}

void atomic_file_abandon(struct atomic_file *file) { give_up(file); }

bool atomic_file_write(struct findings *problems, struct text path, struct text content)
{
    struct atomic_file *file = atomic_file_open(problems, path);
    if (!file) return false;
    atomic_file_append(file, content);
    return atomic_file_commit(file, problems);
}
