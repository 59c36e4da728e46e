/* Encodings of text files: which one it is, and the same text in UTF-8.
 *
 * In: a file's bytes as they lie (mapped). Out: a guess that can be told to the user; UTF-8 bytes that stay where they
 * are.
 * Decision: the text is converted whole, before it is scanned, beyond a few MiB into an unlinked temporary file: the
 * scanner and whatever reads quickly know UTF-8 alone, and memory stays bounded. What is no character becomes the byte
 * FF, so that the scanner reports it with line and column like any other fault. Cost: disk for one and a half times
 * the file.
 */
#ifndef KAOHE_RUNTIME_ENCODING_H
#define KAOHE_RUNTIME_ENCODING_H

#include "finding.h"

enum encoding { ENCODING_UTF8, ENCODING_GB18030, ENCODING_UTF16LE, ENCODING_UTF16BE };

/* The encoding that is called so, whatever the case: UTF-8, GB18030 (or GBK, GB2312, CP936), UTF-16LE, UTF-16BE, UTF-16. */
bool encoding_find(struct text name, enum encoding *out);

/* Its name for messages. */
struct text encoding_name(enum encoding encoding);

/* What a mark at the beginning says; false: there is none. */
bool encoding_mark(struct text bytes, enum encoding *out);

/* What the bytes look like: by their mark; by the zeros that UTF-16 has in one half of its line ends; else by the first mebibyte
 * from the first byte that is not ASCII (which must come within 16). A text that is nearly UTF-8 counts as damaged UTF-8; GB18030
 * must look like Chinese. */
enum encoding encoding_guess(struct text bytes);

/* The text in UTF-8: `bytes` themselves if they are, else a copy that lives as long as the arena. False after a finding
 * about `file`. */
bool encoding_convert(struct arena *arena, struct text bytes, enum encoding from, struct text file,
                      struct findings *problems, struct text *out);

#endif
