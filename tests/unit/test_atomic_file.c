/* Files whole or not at all: what stands in the folder after success and after each kind of failure. */
#include "../../runtime/atomic_file.h"

#include <dirent.h>
#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static struct arena *arena;
static struct findings problems;
static char folder[64];

static int open_folder(void **state)
{
    (void)state;
    arena = arena_open(NULL, 0);
    if (!arena) return -1;
    if (setjmp(*arena_trap(arena))) exit(2);
    findings_init(&problems, arena, 0);
    strcpy(folder, "/tmp/kaohe-test-XXXXXX");
    return mkdtemp(folder) && chmod(folder, 0777) == 0 ? 0 : -1;
}

static const char *path_of(const char *name) { return arena_print(arena, "%s/%s", folder, name).at; }

static int count_files(void)
{
    DIR *dir = opendir(folder);
    assert_non_null(dir);
    int count = 0;
    while (readdir(dir)) count++;
    closedir(dir);
    return count - 2; /* . and .. */
}

static int close_folder(void **state)
{
    (void)state;
    DIR *dir = opendir(folder);
    struct dirent *item;
    while (dir && (item = readdir(dir))) {
        if (strcmp(item->d_name, ".") != 0 && strcmp(item->d_name, "..") != 0) remove(path_of(item->d_name));
    }
    if (dir) closedir(dir);
    int left = rmdir(folder);
    arena_close(arena);
    return left;
}

static bool write_file(const char *name, const char *content)
{
    return atomic_file_write(&problems, text_of(path_of(name)), text_of(content));
}

static const char *content_of(const char *name)
{
    static char bytes[256];
    FILE *file = fopen(path_of(name), "rb");
    if (!file) return NULL;
    bytes[fread(bytes, 1, sizeof bytes - 1, file)] = '\0';
    fclose(file);
    return bytes;
}

static mode_t mode_of(const char *name)
{
    struct stat status;
    assert_int_equal(stat(path_of(name), &status), 0);
    return status.st_mode & 07777;
}

static void expect_problem(enum diag_code code, const char *path)
{
    assert_int_equal(problems.count, 1);
    assert_int_equal(problems.items[0].code, code);
    assert_true(text_is(problems.items[0].data.file, path));
}

static void test_new_file(void **state)
{
    (void)state;
    mode_t mask = umask(027);
    assert_true(write_file("a.csv", "单位,分数\n"));
    umask(mask);
    assert_string_equal(content_of("a.csv"), "单位,分数\n");
    assert_int_equal(mode_of("a.csv"), 0640);
    assert_int_equal(count_files(), 1);
    assert_true(write_file("empty", ""));
    assert_string_equal(content_of("empty"), "");
    assert_int_equal(problems.count, 0);
}

static void test_replacing_keeps_the_mode(void **state)
{
    (void)state;
    assert_true(write_file("a", "old, and longer than the new one"));
    assert_int_equal(chmod(path_of("a"), 0604), 0);
    assert_true(write_file("a", "new"));
    assert_string_equal(content_of("a"), "new");
    assert_int_equal(mode_of("a"), 0604);
    assert_int_equal(count_files(), 1);
}

static void test_a_name_without_a_folder(void **state)
{
    (void)state;
    char *before = getcwd(NULL, 0);
    assert_non_null(before);
    assert_int_equal(chdir(folder), 0);
    bool done = atomic_file_write(&problems, TEXT("plain"), TEXT("x"));
    assert_int_equal(chdir(before), 0);
    free(before);
    assert_true(done);
    assert_string_equal(content_of("plain"), "x");
}

static void test_a_large_file(void **state)
{
    (void)state;
    size_t len = 5 * 1024 * 1024 + 7;
    char *bytes = arena_take(arena, len, 1);
    memset(bytes, 'x', len);
    assert_true(atomic_file_write(&problems, text_of(path_of("large")), (struct text){bytes, len}));
    struct stat status;
    assert_int_equal(stat(path_of("large"), &status), 0);
    assert_int_equal(status.st_size, len);
}

static void test_the_users_link_is_followed(void **state)
{
    (void)state;
    assert_true(write_file("real", "old"));
    assert_int_equal(symlink("real", path_of("link")), 0);
    assert_true(write_file("link", "new"));
    assert_string_equal(content_of("real"), "new");
    struct stat status;
    assert_int_equal(lstat(path_of("link"), &status), 0);
    assert_true(S_ISLNK(status.st_mode));
}

/* Somebody lays a link where the temporary will be: it must not be written through. */
static void test_a_link_in_place_of_the_temporary(void **state)
{
    (void)state;
    assert_true(write_file("victim", "untouched"));
    char name[64];
    snprintf(name, sizeof name, ".kaohe-%ld-0.tmp", (long)getpid());
    assert_int_equal(symlink(path_of("victim"), path_of(name)), 0);
    assert_true(write_file("a", "mine"));
    assert_string_equal(content_of("victim"), "untouched");
    assert_string_equal(content_of("a"), "mine");
    assert_int_equal(count_files(), 3);
}

static void test_no_such_folder(void **state)
{
    (void)state;
    assert_false(write_file("nowhere/a", "x"));
    expect_problem(D_FILE_NO_PLACE, path_of("nowhere/a"));
}

static void test_a_file_in_place_of_the_folder(void **state)
{
    (void)state;
    assert_true(write_file("file", "x"));
    assert_false(write_file("file/a", "x"));
    expect_problem(D_FILE_NO_PLACE, path_of("file/a"));
}

static void test_a_folder_in_place_of_the_file(void **state)
{
    (void)state;
    assert_false(atomic_file_write(&problems, text_of(folder), TEXT("x")));
    expect_problem(D_FILE_IS_FOLDER, folder);
}

static void test_a_name_too_long(void **state)
{
    (void)state;
    char name[400];
    memset(name, 'x', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    assert_false(write_file(name, "x"));
    expect_problem(D_FILE_WRITE_FAILED, path_of(name));
    assert_int_equal(count_files(), 0);
    name[255] = '\0'; /* the longest that may be: the temporary's name does not depend on it */
    assert_true(write_file(name, "x"));
}

/* The program must be nobody for a moment: root may write everywhere. */
static bool as_nobody(const char *name)
{
    bool root = geteuid() == 0;
    if (root) assert_int_equal(seteuid(65534), 0);
    bool done = write_file(name, "new");
    if (root) assert_int_equal(seteuid(0), 0);
    return done;
}

static void test_no_permission_in_the_folder(void **state)
{
    (void)state;
    assert_int_equal(chmod(folder, 0555), 0);
    bool done = as_nobody("a");
    assert_int_equal(chmod(folder, 0777), 0);
    assert_false(done);
    expect_problem(D_FILE_WRITE_REFUSED, path_of("a"));
    assert_int_equal(count_files(), 0);
}

static void test_a_write_protected_file(void **state)
{
    (void)state;
    assert_true(write_file("a", "old"));
    assert_int_equal(chmod(path_of("a"), 0444), 0);
    assert_false(as_nobody("a"));
    expect_problem(D_FILE_WRITE_REFUSED, path_of("a"));
    assert_string_equal(content_of("a"), "old");
    assert_int_equal(count_files(), 1);
}

static void test_a_full_device(void **state)
{
    (void)state;
    assert_false(atomic_file_write(&problems, TEXT("/dev/full"), TEXT("x")));
    expect_problem(D_FILE_DISK_FULL, "/dev/full");
    struct stat status;
    assert_int_equal(stat("/dev/full", &status), 0);
    assert_true(S_ISCHR(status.st_mode)); /* and it is still a device */
}

static void test_a_device_is_written_to(void **state)
{
    (void)state;
    assert_true(atomic_file_write(&problems, TEXT("/dev/null"), TEXT("x")));
    struct stat status;
    assert_int_equal(stat("/dev/null", &status), 0);
    assert_true(S_ISCHR(status.st_mode));
}

/* The file may not grow beyond a limit: as a disk that fills up halfway. The old file stays, and nothing beside it. */
static void test_failing_halfway(void **state)
{
    (void)state;
    assert_true(write_file("a", "old"));
    size_t len = 1024 * 1024;
    char *bytes = arena_take(arena, len, 1);
    struct rlimit before, small;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    small = before;
    small.rlim_cur = 64 * 1024;
    void (*handler)(int) = signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    bool done = atomic_file_write(&problems, text_of(path_of("a")), (struct text){bytes, len});
    bool fresh = atomic_file_write(&problems, text_of(path_of("b")), (struct text){bytes, len});
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    signal(SIGXFSZ, handler);
    assert_false(done);
    assert_false(fresh);
    assert_int_equal(problems.errors, 2);
    assert_int_equal(problems.items[0].code, D_FILE_WRITE_FAILED);
    assert_true(text_equal(problems.items[0].words[0], text_of(strerror(EFBIG))));
    assert_string_equal(content_of("a"), "old");
    assert_int_equal(count_files(), 1);
}

/* ---- bit by bit ---- */

static void append(struct atomic_file *file, const char *bytes, size_t times)
{
    for (size_t k = 0; k < times; k++) assert_true(atomic_file_append(file, text_of(bytes)));
}

static void test_bit_by_bit(void **state)
{
    (void)state;
    assert_true(write_file("a", "old"));
    struct atomic_file *file = atomic_file_open(&problems, text_of(path_of("a")));
    assert_non_null(file);
    append(file, "0123456789", 10000); /* more than is held back */
    char *large = arena_take(arena, 200000, 1);
    assert_true(atomic_file_append(file, (struct text){large, 200000}));
    append(file, "end", 1);
    assert_string_equal(content_of("a"), "old"); /* until it is committed */
    assert_true(atomic_file_commit(file, &problems));
    struct stat status;
    assert_int_equal(stat(path_of("a"), &status), 0);
    assert_int_equal(status.st_size, 100000 + 200000 + 3);
    assert_int_equal(count_files(), 1);
}

static void test_abandoned(void **state)
{
    (void)state;
    assert_true(write_file("a", "old"));
    struct atomic_file *file = atomic_file_open(&problems, text_of(path_of("a")));
    append(file, "new", 1);
    atomic_file_abandon(file);
    struct arena *short_lived = arena_open(NULL, 0);
    if (setjmp(*arena_trap(short_lived))) exit(2);
    struct findings others;
    findings_init(&others, short_lived, 0);
    assert_non_null(atomic_file_open(&others, text_of(path_of("b"))));
    arena_close(short_lived); /* forgotten: gone with the arena */
    assert_string_equal(content_of("a"), "old");
    assert_int_equal(count_files(), 1);
}

/* A library that writes files by itself is given the name of the one beside. */
static void test_written_beside_by_others(void **state)
{
    (void)state;
    assert_true(write_file("a", "old"));
    struct atomic_file *file = atomic_file_open(&problems, text_of(path_of("a")));
    FILE *other = fopen(atomic_file_beside(file), "wb");
    assert_non_null(other);
    assert_int_equal(fwrite("by others", 1, 9, other), 9);
    assert_int_equal(fclose(other), 0);
    assert_string_equal(content_of("a"), "old");
    assert_true(atomic_file_commit(file, &problems));
    assert_string_equal(content_of("a"), "by others");
    assert_null(atomic_file_beside(atomic_file_open(&problems, TEXT("/dev/null"))));
}

static void test_failing_halfway_bit_by_bit(void **state)
{
    (void)state;
    assert_true(write_file("a", "old"));
    struct rlimit before, small;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    small = before;
    small.rlim_cur = 128 * 1024;
    void (*handler)(int) = signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
    struct atomic_file *file = atomic_file_open(&problems, text_of(path_of("a")));
    bool went_well = true;
    for (int k = 0; k < 100000; k++) went_well &= atomic_file_append(file, TEXT("0123456789"));
    bool done = atomic_file_commit(file, &problems);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &before), 0);
    signal(SIGXFSZ, handler);
    assert_false(went_well);
    assert_false(done);
    assert_int_equal(problems.errors, 1); /* once, at the end */
    assert_string_equal(content_of("a"), "old");
    assert_int_equal(count_files(), 1);
}

int main(void)
{
#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, open_folder, close_folder)
    const struct CMUnitTest tests[] = {
        IN_FOLDER(test_new_file),
        IN_FOLDER(test_replacing_keeps_the_mode),
        IN_FOLDER(test_a_name_without_a_folder),
        IN_FOLDER(test_a_large_file),
        IN_FOLDER(test_the_users_link_is_followed),
        IN_FOLDER(test_a_link_in_place_of_the_temporary),
        IN_FOLDER(test_no_such_folder),
        IN_FOLDER(test_a_file_in_place_of_the_folder),
        IN_FOLDER(test_a_folder_in_place_of_the_file),
        IN_FOLDER(test_a_name_too_long),
        IN_FOLDER(test_no_permission_in_the_folder),
        IN_FOLDER(test_a_write_protected_file),
        IN_FOLDER(test_a_full_device),
        IN_FOLDER(test_a_device_is_written_to),
        IN_FOLDER(test_failing_halfway),
        IN_FOLDER(test_bit_by_bit),
        IN_FOLDER(test_abandoned),
        IN_FOLDER(test_written_beside_by_others),
        IN_FOLDER(test_failing_halfway_bit_by_bit),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
