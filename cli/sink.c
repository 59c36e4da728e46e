/* Results written bit by bit: see sink.h. */
#include "sink.h"

#include <limits.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

/* What the library says went wrong with a file, or that memory ran out. */
static kh_status complain(const struct session *session, const kh_file *file)
{
    kh_text message = file ? kh_file_message(file) : (kh_text){NULL, 0};
    if (!message.len) return session_status(session, KH_ENVIRONMENT);
    fputs("kaohe: ", say_errors());
    say_text(stderr, message);
    return KH_ENVIRONMENT;
}

/* ---- told to stop ---- */

/* The file that is being made beside its place: whoever interrupts a long run should not have to find it. Once it is in its place,
 * there is none of that name. */
static char unfinished[PATH_MAX];
static volatile sig_atomic_t beginning, stopped; /* the file is there, but its name is not noted yet; the signal that came then */

static void stop(int number)
{
    if (unfinished[0]) unlink(unfinished);
    signal(number, SIG_DFL);
    raise(number);
}

static void on_stop(int number)
{
    if (beginning)
        stopped = number;
    else
        stop(number);
}

static void heed_signals(void)
{
    static const int STOPS[] = {SIGINT, SIGTERM, SIGHUP};
    for (size_t k = 0; k < sizeof STOPS / sizeof *STOPS; k++) {
        struct sigaction was, now = {.sa_handler = on_stop, .sa_flags = SA_RESTART};
        if (sigaction(STOPS[k], NULL, &was) == 0 && was.sa_handler == SIG_DFL) sigaction(STOPS[k], &now, NULL); /* not under nohup */
    }
}

static void remember(const char *beside)
{
    size_t len = beside ? strlen(beside) : 0;
    unfinished[0] = '\0';
    if (!len || len >= sizeof unfinished) return;
    memcpy(unfinished + 1, beside + 1, len);
    unfinished[0] = beside[0];
}

/* ---- files ---- */

kh_status file_begin(const struct session *session, const char *path, kh_file **file)
{
    heed_signals();
    beginning = true;
    bool opened = kh_file_open(&session->options, path, file) == KH_OK;
    if (opened) remember(kh_file_beside(*file));
    beginning = false;
    if (stopped) stop(stopped);
    if (opened) return KH_OK;
    complain(session, *file);
    kh_file_close(*file);
    *file = NULL;
    return KH_ENVIRONMENT;
}

kh_status file_finish(const struct session *session, kh_file *file)
{
    return kh_file_commit(file) == KH_OK ? KH_OK : complain(session, file);
}

kh_status sink_open(struct sink *sink, const struct session *session, const char *path)
{
    *sink = (struct sink){.session = session};
    return strcmp(path, "-") == 0 ? KH_OK : file_begin(session, path, &sink->file);
}

kh_status sink_close(struct sink *sink, kh_status status)
{
    if (!sink->file) return status; /* what standard output lost is noticed at the end of the program */
    if (status == KH_OK) status = file_finish(sink->session, sink->file);
    kh_file_close(sink->file);
    sink->file = NULL;
    return status;
}

void sink_text(struct sink *sink, kh_text text)
{
    if (sink->file) {
        kh_file_put(sink->file, text);
    } else {
        say_text(stdout, text);
    }
}

void sink_put(struct sink *sink, const char *text) { sink_text(sink, (kh_text){text, strlen(text)}); }

void sink_count(struct sink *sink, uint64_t number)
{
    char digits[24];
    snprintf(digits, sizeof digits, "%llu", (unsigned long long)number);
    sink_put(sink, digits);
}
