/* What diff.c (what changed in the text) and diff_run.c (what that does to the results) share. */
#ifndef KAOHE_COMPILER_DIFF_H
#define KAOHE_COMPILER_DIFF_H

#include "../grammar/statement.h"
#include "kaohe_internal.h"

enum { NOWHERE = -1 };

/* One change: a statement that became another, went, or came; or a whole declaration whose lines have an order. */
struct change {
    int32_t old_line, new_line; /* statements; NOWHERE: came, went */
    int32_t old_decl, new_decl; /* declarations; NOWHERE: the whole declaration came, went */
    bool whole;                 /* all lines of the declarations, which have an order or are there once only */
    bool silent;                /* an example, a note: nothing is computed from it */
};

struct diff {
    struct arena *arena;
    kh_scheme *schemes[2]; /* old, new */
    struct statements lines[2];
    int32_t *partner; /* per declaration of the old scheme: that of the new one, or NOWHERE */
    struct change *changes;
    size_t count, capacity;
    bool zh;
    struct buffer *out;
    /* open while the mixed schemes run; closed when memory runs out */
    kh_scheme *mixed;
    kh_result *result;
};

/* "[3]": how a change is called. */
void diff_name(struct buffer *out, size_t change);
/* Runs old, new and what lies between them, and prints who gains and who loses by which change. */
kh_status diff_run(struct diff *diff, const char *folder);

#endif
