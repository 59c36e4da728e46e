/* kaohe: the program. Finds the verb, runs it, and notices when what it printed was lost.
 *
 * In: the command line and the environment's language. Out: an exit code, the same numbers as kh_status.
 * Decision: SIGPIPE is ignored, so that a closed pipe is an ordinary write error with exit code 4 instead of a silent end.
 */
#include "session.h"

#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <locale.h>
#include <malloc.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static kh_status (*const VERBS[])(const struct session *) = {
#define VERB(name, ...) [VERB_##name] = verb_##name,
#include "verbs.def"
#undef VERB
};

/* A closed standard stream's number would be given to the next file that is opened, and output would end up in it. Reading
 * /dev/null in its place makes every write there fail. */
static void fill_streams(void)
{
    for (int fd = 0; fd <= 2; fd++) {
        if (fcntl(fd, F_GETFD) == -1 && errno == EBADF && open("/dev/null", O_RDONLY) != fd) _exit(KH_ENVIRONMENT);
    }
}

/* Large blocks are given back to the system when they are freed, whatever was freed before. */
static void keep_memory_tidy(void)
{
#ifdef M_MMAP_THRESHOLD
    mallopt(M_MMAP_THRESHOLD, 128 * 1024);
#endif
}

/* The table's columns are measured by libc, which needs a UTF-8 locale; without one in the environment, C.UTF-8. */
static void choose_locale(void)
{
    setlocale(LC_CTYPE, "");
    if (strcmp(nl_langinfo(CODESET), "UTF-8") != 0) setlocale(LC_CTYPE, "C.UTF-8");
}

static bool environment_is_chinese(void)
{
    static const char *const NAMES[] = {"LC_ALL", "LC_MESSAGES", "LANG"};
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
        const char *value = getenv(NAMES[i]);
        if (value && *value) return strncmp(value, "zh", 2) == 0;
    }
    return false;
}

/* As many as asked for, or one for each processor. False: said what is wrong. */
static bool threads_wanted(struct session *session)
{
    enum { MOST = 64 };
    const char *text = session->args.value[OPT_THREADS];
    long count = sysconf(_SC_NPROCESSORS_ONLN);
    if (session->args.given[OPT_THREADS]) {
        char *end;
        count = strtol(text, &end, 10);
        if (end == text || *end || count < 1 || count > MOST) {
            COMPLAIN(session->chinese, BAD_THREADS, text);
            return false;
        }
    }
    session->options.threads = count < 1 ? 1 : count > MOST ? MOST : (unsigned)count;
    return true;
}

int main(int argc, char **argv)
{
    fill_streams();
    signal(SIGPIPE, SIG_IGN);
    signal(SIGXFSZ, SIG_IGN); /* a file that may not grow is an error like any other */
    choose_locale();
    keep_memory_tidy();
    struct session session = {.chinese = environment_is_chinese()};
    if (!args_parse(argc, argv, &session.args, &session.chinese)) return KH_USAGE;
    if (session.args.given[OPT_LANG]) session.options.tongue = session.chinese ? KH_CHINESE : KH_ENGLISH;
    if (!threads_wanted(&session)) return KH_USAGE;
    if (session.args.given[OPT_PERIOD]) {
        session.options.period = session.args.value[OPT_PERIOD];
        if (!kh_period_valid(session.options.period)) {
            COMPLAIN(session.chinese, BAD_PERIOD, session.options.period);
            return KH_USAGE;
        }
    }

    if (session.args.given[OPT_ENCODING]) {
        session.options.encoding = session.args.value[OPT_ENCODING];
        if (!kh_encoding_valid(session.options.encoding)) {
            COMPLAIN(session.chinese, BAD_ENCODING, session.options.encoding);
            return KH_USAGE;
        }
    }

    if (session.args.given[OPT_OUTPUT] && !session_spares_input(&session, session.args.value[OPT_OUTPUT])) return KH_USAGE;

    kh_status status = KH_OK;
    if (session.args.given[OPT_HELP]) {
        help_print(session.args.verb, session.chinese);
    } else if (session.args.given[OPT_VERSION]) {
        printf("kaohe %s\n", kh_version());
    } else {
        status = VERBS[session.args.verb](&session);
    }
    if (!say_finish(session.chinese)) status = KH_ENVIRONMENT;
    return (int)status;
}
