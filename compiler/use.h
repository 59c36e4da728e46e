/* `use "file"`: the declarations of other files in a scheme. See use.c. */
#ifndef KAOHE_COMPILER_USE_H
#define KAOHE_COMPILER_USE_H

#include "../grammar/ast.h"

/* The file with what it uses: its declarations and theirs are one list, their texts one source, in which the spans count.
 * The same file where it uses none. `path` is where the file lies; its folder is where others are looked for. What is wrong
 * is reported, at the line that names a file or in that file. */
struct ast_file *use_files(struct arena *arena, struct ast_file *own, struct text path, enum tongue messages,
                           struct findings *findings);

/* Whether a file only declares what schemes share. */
bool use_is_shared(const struct ast_file *file);

/* Reads a whole file, up to the scheme limit and one byte more, by which a longer one is known. Returns errno, 0: read. A
 * path of a device or pipe is ENOTSUP if only files will do. */
struct file_identity {
    uint64_t device, number;
};
int file_read_whole(struct text path, bool only_files, struct arena *arena, struct text *out,
                    struct file_identity *identity);

#endif
