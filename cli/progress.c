/* How far a long run has come: see progress.h. */
#include "progress.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <time.h>
#include <unistd.h>
#include <wchar.h>

enum { LINE_BYTES = 512, FIRST_AFTER_MS = 1000, STEP_MS = 250, NARROWEST = 20 };

struct progress_line {
    const kh_scheme *scheme;
    bool chinese;
    uint64_t done, all; /* units; written by one thread, read by the other */
    uint64_t began;     /* milliseconds */
    size_t width;       /* columns that are drawn */
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t changed;
    bool ended;
    bool silent; /* somebody has complained: the line stays away */
};

static struct progress_line *drawn; /* the one there is */

static uint64_t now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (uint64_t)time.tv_sec * 1000 + (uint64_t)time.tv_nsec / 1000000;
}

/* ---- the line ---- */

static size_t columns_of(const char *text)
{
    mbstate_t state = {0};
    size_t columns = 0, left = strlen(text), bytes;
    wchar_t c;
    for (; left && (bytes = mbrtowc(&c, text, left, &state)) && bytes <= left; text += bytes, left -= bytes) {
        int wide = wcwidth(c);
        columns += wide > 0 ? (size_t)wide : 0;
    }
    return columns;
}

/* Adds a piece if it still fits; what does not is left out with all behind it. */
static void add(char line[LINE_BYTES], size_t room, const char *piece)
{
    if (columns_of(line) + columns_of(piece) > room || strlen(line) + strlen(piece) >= LINE_BYTES) return;
    strcat(line, piece);
}

/* How long the rest takes if it goes on like this. */
static void add_left(const struct progress_line *p, size_t room, char line[LINE_BYTES], uint64_t done, uint64_t all)
{
    char piece[64];
    if (!done || done >= all) return;
    unsigned long long left = (unsigned long long)((unsigned __int128)(now() - p->began) * (all - done) / done / 1000 + 1);
    snprintf(piece, sizeof piece, p->chinese ? "，约剩%llu:%02llu" : ", about %llu:%02llu left", left / 60, left % 60);
    add(line, room, piece);
}

static void reading_words(const struct progress_line *p, size_t room, char line[LINE_BYTES])
{
    kh_progress now_at;
    char piece[128];
    uint64_t took = now() - p->began;
    kh_scheme_progress(p->scheme, &now_at);
    unsigned long long rows = now_at.rows, rate = took ? now_at.rows * 1000 / took : 0;
    snprintf(piece, sizeof piece, p->chinese ? "已读%llu行" : "rows read: %llu", rows);
    add(line, room, piece);
    if (now_at.all && now_at.done >= now_at.all) {
        add(line, room, p->chinese ? "，正在计算" : ", working out the results");
        return;
    }
    if (now_at.all) {
        unsigned percent = (unsigned)((unsigned __int128)now_at.done * 100 / now_at.all);
        snprintf(piece, sizeof piece, p->chinese ? "（%u%%）" : " (%u%%)", percent);
        add(line, room, piece);
    }
    snprintf(piece, sizeof piece, p->chinese ? "，每秒%llu行" : ", %llu a second", rate);
    add(line, room, piece);
    add_left(p, room, line, now_at.done, now_at.all);
}

static void writing_words(const struct progress_line *p, size_t room, char line[LINE_BYTES])
{
    char piece[128];
    unsigned long long done = __atomic_load_n(&p->done, __ATOMIC_RELAXED), all = __atomic_load_n(&p->all, __ATOMIC_RELAXED);
    if (!all) return;
    if (done >= all) {
        snprintf(piece, sizeof piece, p->chinese ? "已写%llu个单位，正在收尾" : "units written: %llu, putting the file together", done);
    } else {
        snprintf(piece, sizeof piece, p->chinese ? "已写%llu个单位，共%llu个" : "units written: %llu of %llu", done, all);
    }
    add(line, room, piece);
    add_left(p, room, line, done, all);
}

static size_t terminal_columns(void)
{
    struct winsize size;
    bool known = ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col;
    return known ? size.ws_col : 80;
}

/* Over what is drawn: blanks behind it, for terminals that know no other way. */
static void draw(struct progress_line *p, const char *words)
{
    char out[2 * LINE_BYTES + 8];
    size_t width = columns_of(words), len = 0;
    if (!width && !p->width) return;
    len += (size_t)snprintf(out, sizeof out, "\r%s", words);
    for (size_t k = width; k < p->width && len < sizeof out - 2; k++) out[len++] = ' ';
    out[len++] = '\r'; /* what somebody else says stands at the beginning of a line */
    fwrite(out, 1, len, stderr);
    p->width = width;
}

static void *watch(void *what)
{
    struct progress_line *p = what;
    pthread_mutex_lock(&p->lock);
    for (uint64_t next = p->began + FIRST_AFTER_MS; !p->ended;) {
        struct timespec until = {.tv_sec = (time_t)(next / 1000), .tv_nsec = (long)(next % 1000) * 1000000};
        pthread_cond_timedwait(&p->changed, &p->lock, &until);
        if (p->ended || p->silent || now() < next) continue;
        char line[LINE_BYTES] = "";
        size_t columns = terminal_columns();
        if (columns >= NARROWEST) {
            if (p->scheme) {
                reading_words(p, columns - 1, line);
            } else {
                writing_words(p, columns - 1, line);
            }
        }
        draw(p, line);
        next = now() + STEP_MS;
    }
    if (!p->silent) draw(p, "");
    pthread_mutex_unlock(&p->lock);
    return NULL;
}

/* A complaint is coming. */
static void wipe(void)
{
    pthread_mutex_lock(&drawn->lock);
    if (!drawn->silent) draw(drawn, "");
    drawn->silent = true;
    pthread_mutex_unlock(&drawn->lock);
}

/* ---- from outside ---- */

struct progress_line *progress_begin(const struct session *session, const kh_scheme *scheme, bool chinese)
{
    if (session->args.given[OPT_QUIET] || !isatty(STDERR_FILENO)) return NULL;
    struct progress_line *p = calloc(1, sizeof *p);
    if (!p) return NULL; /* who has no memory for this will hear of it elsewhere */
    p->scheme = scheme;
    p->chinese = chinese;
    p->began = now();
    pthread_condattr_t attributes;
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_mutex_init(&p->lock, NULL);
    pthread_cond_init(&p->changed, &attributes);
    pthread_condattr_destroy(&attributes);
    if (pthread_create(&p->thread, NULL, watch, p) == 0) {
        drawn = p;
        say_wiped_by(wipe);
        return p;
    }
    free(p);
    return NULL;
}

void progress_unit(struct progress_line *line, size_t all)
{
    if (!line) return;
    __atomic_store_n(&line->all, all, __ATOMIC_RELAXED);
    __atomic_fetch_add(&line->done, 1, __ATOMIC_RELAXED);
}

void progress_end(struct progress_line *line)
{
    if (!line) return;
    say_wiped_by(NULL);
    pthread_mutex_lock(&line->lock);
    line->ended = true;
    pthread_cond_signal(&line->changed);
    pthread_mutex_unlock(&line->lock);
    pthread_join(line->thread, NULL);
    pthread_cond_destroy(&line->changed);
    pthread_mutex_destroy(&line->lock);
    free(line);
}
