/* The objects behind kaohe.h. Private to kaohe.c and kaohe_run.c. */
#ifndef KAOHE_COMPILER_KAOHE_INTERNAL_H
#define KAOHE_COMPILER_KAOHE_INTERNAL_H

#include "results.h"

#include "../runtime/source.h"

struct kh_scheme {
    struct arena *arena;
    struct kh_allocator allocator;
    kh_tongue asked;
    struct reading reading;
    unsigned threads;
    size_t share_bytes;
    struct source_options sources;
    struct progress progress; /* of all its runs; `sources` points to it */
    bool keep_all;
    void (*mapped)(void *to, kh_text path, kh_mapped *file); /* the host's */
    void *mapped_to;
    struct text name;
    struct findings findings;
    struct ast_file *own;  /* as it is written; the printer's */
    struct ast_file *file; /* with the declarations of the files it uses; else the same */
    bool parsed;           /* without syntax errors */
    bool whole;            /* what it uses could be read, too */
    bool shared;           /* declarations for other schemes, and no scheme */
    struct scheme *scheme;
    struct program *program; /* NULL while there are errors */
};

struct kh_result {
    struct arena *arena;
    kh_scheme *scheme;
    struct findings problems;
    struct text folder;
    struct text unit; /* whose ledger the run has; empty: nobody's */
    bool bounds_tried; /* the bounds of open totals have been worked out; NULL: there are none */
    struct scheme *bounds_of;
    struct run *bounds;
    struct dataset data;
    struct run *run;
    struct results *results; /* NULL while there are problems */
    struct arena *page;      /* of the page written last; NULL: none yet */
    struct arena *scratch;   /* of the account shown last; NULL: none yet */
};

/* Loads a folder and runs a program on it, streaming what can be, with a ledger for `unit` (empty: for nobody but whom the
 * options name). NULL: the data has problems; *reached says whether there is a folder at all. */
struct run *run_on_folder(struct arena *arena, const struct program *program, struct text folder,
                          const struct source_options *sources, struct run_options options, struct text unit,
                          struct dataset *data, struct findings *problems, bool *reached);

static inline kh_text kh_of(struct text text) { return (kh_text){text.at, text.len}; }
static inline struct text text_from(kh_text text) { return (struct text){text.at, text.len}; }
enum tongue kh_message_tongue(const kh_scheme *scheme);
/* damaged.c: where cells were wrong, tries the checks of rows all the same and adds those that are broken to the problems. */
void checks_of_damaged(kh_result *result);
/* That there is no such unit: the nearest, or which there are. */
struct text units_list(kh_result *result, struct text wrong);
/* questions.c: reads the table of decisions for questions; from then on the result's scheme is one of its own, compiled with
 * these readings. False: with these readings together it has errors, which are then among the problems. */
bool readings_decided(kh_result *result);
/* Notices on decisions that change nothing (idle_decision.c). */
void decisions_report_idle(kh_result *result);
/* Compiles it anew, as its reading says. False: with errors, in `findings`. */
bool kh_scheme_compile_again(kh_scheme *scheme, struct findings *findings);
/* Compiles anew what was compiled for the table of results alone, so that it can be explained. False: no memory for it. */
bool kh_scheme_make_whole(kh_scheme *scheme);
/* Resolves the scheme once more, so that the figures only examples ask for are in this program and not in the one that runs,
 * and runs the examples; the report's texts lie in the arena. */
struct scheme *examples_try(struct arena *arena, kh_scheme *scheme, bool coverage, struct buffer *out,
                            struct test_report *report);
/* Renders findings, the first `most`, then how many more. */
struct text findings_report(struct arena *arena, struct findings *findings, enum tongue tongue,
                            struct source_files files, size_t most);

/* What an open total can still become; false: it is not open, or its bounds have not been asked for. */
bool result_range(kh_result *result, uint32_t unit, struct range *range);

#endif
