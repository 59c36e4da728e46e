/* kaohe new: a first scheme to start from, that runs.
 *
 * In: a folder that is not there yet, or is empty of such files. Out: scheme.kh and data/ in it.
 * Decision: the files are those of cli/new/, put into the program as they are, so that what a user gets is what the tests
 * check and run. Nothing that is there is overwritten.
 */
#include "session.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const struct {
    const char *path, *text; /* en/scheme.kh */
} STARTER[] = {
#include "starter.inc"
};

enum { STARTER_COUNT = sizeof STARTER / sizeof *STARTER };

static bool make_folder(const struct session *session, const char *path)
{
    if (mkdir(path, 0777) == 0 || errno == EEXIST) return true;
    COMPLAIN(session->chinese, NO_FOLDER, path, strerror(errno));
    return false;
}

/* FOLDER/NAME, malloced. */
static char *path_in(const char *folder, const char *name)
{
    size_t room = strlen(folder) + strlen(name) + 2;
    char *path = malloc(room);
    if (path) snprintf(path, room, "%s/%s", folder, name);
    return path;
}

static kh_status write_one(const struct session *session, const char *folder, const char *name, const char *text, bool probe)
{
    char *path = path_in(folder, name);
    if (!path) return session_status(session, KH_ENVIRONMENT);
    kh_status status = KH_OK;
    if (!probe) {
        status = session_write(session, path, (kh_text){text, strlen(text)});
    } else if (access(path, F_OK) == 0) {
        COMPLAIN(session->chinese, IS_THERE, path);
        status = KH_USAGE;
    }
    free(path);
    return status;
}

kh_status verb_new(const struct session *session)
{
    if (!args_operands(&session->args, session->chinese, 1, 1)) return KH_USAGE;
    const char *folder = session->args.operands[0], *tongue = session->chinese ? "zh/" : "en/";
    kh_status status = KH_OK;
    for (int pass = 0; pass < 2 && status == KH_OK; pass++) { /* first whether anything is in the way */
        char *data = path_in(folder, "data");
        if (!data) return session_status(session, KH_ENVIRONMENT);
        bool made = pass == 0 || (make_folder(session, folder) && make_folder(session, data));
        free(data);
        if (!made) return KH_ENVIRONMENT;
        for (int k = 0; k < STARTER_COUNT && status == KH_OK; k++)
            if (strncmp(STARTER[k].path, tongue, 3) == 0)
                status = write_one(session, folder, STARTER[k].path + 3, STARTER[k].text, pass == 0);
    }
    if (status == KH_OK) TELL(session->chinese, NEW_WRITTEN, folder);
    return status;
}
