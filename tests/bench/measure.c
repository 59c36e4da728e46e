/* Runs a program and writes down what it took: measure [-m] LOG OUTPUT PROGRAM ARGUMENT...
 *
 * Out: OUTPUT gets the program's standard output, LOG a line: microseconds by the clock, microseconds of all its threads,
 * kilobytes at most (all pages, also those of mapped files), kilobytes of memory of its own at most (0 without -m). The exit
 * code is the program's.
 * Decision: the kernel keeps no highest mark of a process's own (anonymous) pages apart from those of files, so -m looks at
 * RssAnon in /proc every millisecond and keeps the highest; that disturbs, so runs that are timed go without it. Cost: a peak
 * shorter than a millisecond is missed.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static _Noreturn void fail(const char *what)
{
    perror(what);
    exit(125);
}

static long own_memory(pid_t pid)
{
    char path[64], text[4096];
    snprintf(path, sizeof path, "/proc/%ld/status", (long)pid);
    int fd = open(path, O_RDONLY);
    if (fd < 0) return 0;
    ssize_t len = read(fd, text, sizeof text - 1);
    close(fd);
    text[len > 0 ? len : 0] = 0;
    const char *line = strstr(text, "\nRssAnon:");
    return line ? strtol(line + 9, NULL, 10) : 0; /* a process that has ended has no such line */
}

static long long microseconds(struct timeval t) { return t.tv_sec * 1000000ll + t.tv_usec; }

int main(int argc, char **argv)
{
    int sample = argc > 1 && strcmp(argv[1], "-m") == 0, status;
    argv += sample;
    argc -= sample;
    if (argc < 4) {
        fprintf(stderr, "measure [-m] LOG OUTPUT PROGRAM ARGUMENT...\n");
        return 125;
    }
    FILE *log = fopen(argv[1], "a");
    if (!log) fail(argv[1]);
    int out = open(argv[2], O_WRONLY | O_CREAT | O_TRUNC, 0666);
    if (out < 0) fail(argv[2]);
    struct timespec from, to, pause = {.tv_nsec = 1000000};
    struct rusage usage;
    long own = 0;
    pid_t ended = 0;
    clock_gettime(CLOCK_MONOTONIC, &from);
    pid_t pid = fork();
    if (pid < 0) fail("fork");
    if (pid == 0) {
        dup2(out, STDOUT_FILENO);
        execvp(argv[3], argv + 3);
        fail(argv[3]);
    }
    while (sample && (ended = wait4(pid, &status, WNOHANG, &usage)) == 0) {
        long now = own_memory(pid);
        if (now > own) own = now;
        nanosleep(&pause, NULL);
    }
    while (ended != pid) {
        ended = wait4(pid, &status, 0, &usage);
        if (ended < 0 && errno != EINTR) fail("wait");
    }
    clock_gettime(CLOCK_MONOTONIC, &to);
    fprintf(log, "%lld %lld %ld %ld\n", (to.tv_sec - from.tv_sec) * 1000000ll + (to.tv_nsec - from.tv_nsec) / 1000,
            microseconds(usage.ru_utime) + microseconds(usage.ru_stime), usage.ru_maxrss, own);
    if (fclose(log) != 0) fail(argv[1]);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 126;
}
