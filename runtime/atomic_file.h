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

#endif
