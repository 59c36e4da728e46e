/* Writing a file whole or not at all.
 *
 * In: a path and bytes. Out: the file, or a finding and the old file as it was.
 * Decision: written beside under another name, synced, then renamed, so that a full disk or a crash never leaves half a
 * file. What is no ordinary file (/dev/stdout, a pipe) is written directly: it must not be replaced. Cost: the folder must
 * be writable, not only the file; other links to the old file keep the old content.
 */
#ifndef KAOHE_RUNTIME_ATOMIC_FILE_H
#define KAOHE_RUNTIME_ATOMIC_FILE_H

#include "finding.h"

/* Writes `content` to `path`. A link is followed; the mode of a file that is replaced stays. False: a finding in
 * `problems`, nothing changed. Scratch memory from the findings' arena. */
bool atomic_file_write(struct findings *problems, struct text path, struct text content);

/* The same bit by bit. */
struct atomic_file;

/* NULL after a finding. What was opened and not committed is gone with the findings' arena, at the latest. */
struct atomic_file *atomic_file_open(struct findings *problems, struct text path);
/* The name of the file beside, for libraries that write files themselves (in place: it must stay the same file); NULL if
 * the target is no ordinary file. Whoever uses it does not append. */
const char *atomic_file_beside(const struct atomic_file *file);
/* False once something could not be written; commit then says why. */
bool atomic_file_append(struct atomic_file *file, struct text content);
/* Puts it in its place. False: a finding in `problems`, and the old file as it was. */
bool atomic_file_commit(struct atomic_file *file, struct findings *problems);
void atomic_file_abandon(struct atomic_file *file);

#endif
