/* How far a long run has come, on a line of the terminal that is drawn over and over, and is gone at the end.
 *
 * In: a scheme while it is run on data, then the number of units written. Out: a line on stderr, only if that is a terminal and
 * the run takes longer than a second.
 * Decision: a thread looks at counters from time to time, so neither the library nor the writers know of terminals or clocks.
 * Cost: what goes to stderr until progress_end goes through say_errors (say.h), which wipes the line off for good.
 */
#ifndef KAOHE_CLI_PROGRESS_H
#define KAOHE_CLI_PROGRESS_H

#include "session.h"

struct progress_line;

/* `scheme`: rows that its run has read are shown; NULL: units that are written. NULL where nothing is to be shown. */
struct progress_line *progress_begin(const struct session *session, const kh_scheme *scheme, bool chinese);
/* One more of so many units is written. NULL is allowed in both. */
void progress_unit(struct progress_line *line, size_t all);
void progress_end(struct progress_line *line);

#endif
