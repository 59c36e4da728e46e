/* kaohe doc: a scheme as the document that it came from.
 *
 * In: a scheme. Out: an HTML page in the file of -o, or on stdout.
 */
#include "session.h"

#include <string.h>

kh_status session_write(const struct session *session, const char *path, kh_text text)
{
    if (!path || strcmp(path, "-") == 0) {
        say_text(stdout, text);
        return KH_OK;
    }
    kh_text message = {NULL, 0};
    kh_status status = kh_file_write(&session->options, path, text, &message);
    if (status != KH_OK) session_complain(session, &message);
    return status;
}

kh_status verb_doc(const struct session *session)
{
    const struct args *args = &session->args;
    if (!args_operands(args, session->chinese, 1, 1)) return KH_USAGE;
    kh_scheme *scheme;
    kh_text page;
    kh_status status = session_open_clean(session, args->operands[0], &scheme);
    if (!scheme) return status;
    status = session_status(session, kh_scheme_document(scheme, args->given[OPT_BILINGUAL], &page));
    if (status == KH_OK) status = session_write(session, args->value[OPT_OUTPUT], page);
    kh_scheme_close(scheme);
    return status;
}
