/* A workbook's package: a zip archive of XML parts, read as events.
 *
 * In: a file's bytes. Out: parts by name; their elements and text, one after another, while the part is being
 * unpacked.
 * Decision: nothing is believed: sizes, expansion, depth and the length of a token are counted while unpacking, and a
 * document type (the only way to entities) ends the reading. So memory does not grow with what an archive claims to
 * hold. Cost: a workbook that is larger than limits.def foresees is refused.
 */
#ifndef KAOHE_RUNTIME_PACKAGE_H
#define KAOHE_RUNTIME_PACKAGE_H

#include "finding.h"

struct package;

/* Opens the archive in `bytes`, which must outlive it; `file` is how messages call it. NULL after a finding. */
struct package *package_open(struct arena *arena, struct text bytes, struct text file, struct findings *problems);

/* Whether there is a part of this name. */
bool package_has(struct package *package, struct text part);

/* How long a part says it is, unpacked; 0: it does not say. */
uint64_t package_size(struct package *package, struct text part);

/* What a reader of a part is told. Names come without their prefix; attributes as name, value, …, NULL. */
struct part_reader {
    void (*start)(void *reader, const char *name, const char **attributes);
    void (*end)(void *reader, const char *name);
    void (*text)(void *reader, struct text text);
};

struct part;

/* Opens a part; NULL after a finding. */
struct part *part_open(struct package *package, struct text name, const struct part_reader *calls, void *reader);

/* Reads on for a while; false when the part has ended or could not be read on. */
bool part_read(struct part *part);

/* To be called within an event: part_read returns after it. */
void part_pause(struct part *part);

/* After a finding: the part could not be read to its end. */
bool part_failed(const struct part *part);

/* How much of it has been read, and all of it, in bytes; for guesses. */
void part_progress(const struct part *part, uint64_t *done, uint64_t *all);

/* Frees what only reading needs. */
void part_close(struct part *part);

/* Reads a whole part; false after a finding. */
bool part_read_all(struct package *package, struct text name, const struct part_reader *calls, void *reader);

/* The value of an attribute, whatever its prefix, or NULL. */
const char *part_attribute(const char **attributes, const char *name);

#endif
