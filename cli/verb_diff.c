/* kaohe diff: what changed between two editions of a scheme, and for whom.
 *
 * In: two schemes, perhaps a folder of data. Out: text on stdout.
 * Decision: differences are no failure: the exit code is 0 with and without them. Cost: who wants to test for equality
 * compares `fmt`.
 */
#include "session.h"

kh_status verb_diff(const struct session *session)
{
    const struct args *args = &session->args;
    if (!args_operands(args, session->chinese, 2, 3)) return KH_USAGE;
    kh_scheme *old, *new = NULL;
    kh_text text = {NULL, 0};
    kh_status status = session_open_clean(session, args->operands[0], &old);
    if (!old) return status;
    status = session_open_clean(session, args->operands[1], &new);
    if (new) {
        status = session_status(session, kh_scheme_diff(old, new, args->operand_count > 2 ? args->operands[2] : NULL, &text));
        say_text(stdout, text);
    }
    kh_scheme_close(new);
    kh_scheme_close(old);
    return status;
}
