/* A file's bytes in memory, for several that read them at once: nothing is copied, and the last one lets go of them.
 *
 * Decision: files are mapped, not read: a cell that needs no change costs no copy. Cost: a file that another program cuts
 * short while we read it ends the program (SIGBUS); such a run could not be right in any case.
 */
#ifndef KAOHE_RUNTIME_MAPPED_FILE_H
#define KAOHE_RUNTIME_MAPPED_FILE_H

#include "text.h"

struct kh_mapped;

/* A regular file, held once. NULL: errno says why; a folder is EISDIR, anything else that is no file ENOTSUP. */
struct kh_mapped *mapped_open(const char *path);

/* They are there until the last one drops it; none of an empty file. */
struct text mapped_bytes(const struct kh_mapped *file);

/* From any thread. */
void mapped_keep(struct kh_mapped *file);
void mapped_drop(struct kh_mapped *file);

#endif
