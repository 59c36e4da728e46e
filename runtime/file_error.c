/* Errno as findings: see file_error.h.
 *
 * Decision: the causes that a user can mend have sentences of their own; the rest show the system's words, in English.
 */
#include "file_error.h"

#include <errno.h>

static enum diag_code code_of(enum file_act act, int error)
{
    bool writing = act == FILE_WRITING;
    switch (error) {
    case ENOENT: return writing ? D_FILE_NO_PLACE : act == FILE_READING_FOLDER ? D_FILE_NO_FOLDER : D_FILE_NOT_THERE;
    case ENOTDIR: return writing ? D_FILE_NO_PLACE : D_FILE_NOT_THERE;
    case EACCES:
    case EPERM: return writing ? D_FILE_WRITE_REFUSED : D_FILE_READ_REFUSED;
    case EROFS: return D_FILE_WRITE_REFUSED;
    case EISDIR: return D_FILE_IS_FOLDER;
    case ENOSPC:
    case EDQUOT: return D_FILE_DISK_FULL;
    case ENOTSUP: return D_FILE_NOT_A_FILE;
    default: return writing ? D_FILE_WRITE_FAILED : D_FILE_READ_FAILED;
    }
}

void file_error(struct findings *problems, enum file_act act, struct text path, int error)
{
    struct finding *finding = FIND(problems, code_of(act, error), SPAN_NONE, text_of(strerror(error)));
    if (finding) finding->data.file = arena_text(problems->arena, path);
}
