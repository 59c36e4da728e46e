/* The command line: verb, options, operands.
 *
 * In: argv. Out: `struct args`, or a complaint on stderr.
 * Decision: one table of options for all verbs, so that options may stand anywhere, even before the verb, and a misplaced
 * one can be told from an unknown one. Cost: an option's name means the same for every verb.
 */
#ifndef KAOHE_CLI_ARGS_H
#define KAOHE_CLI_ARGS_H

#include <stdbool.h>
#include <stddef.h>

enum verb {
#define VERB(name, ...) VERB_##name,
#include "verbs.def"
#undef VERB
    VERB_NONE
};

enum option {
#define OPTION(id, ...) OPT_##id,
#include "options.def"
#undef OPTION
    OPTION_COUNT
};

#define VERB_BIT(name) (1u << VERB_##name)
#define EVERYWHERE (~0u)

struct args {
    enum verb verb;                   /* VERB_NONE: none was given */
    bool given[OPTION_COUNT];
    const char *value[OPTION_COUNT];  /* into argv; NULL if not given or without a value */
    char **operands;                  /* into argv, which is reordered */
    int operand_count;
};

/* Sorts argv into *out. False after a complaint. `chinese` is the tongue to complain in; --lang changes it as soon as it
 * is read, so *chinese may differ afterwards. */
bool args_parse(int argc, char **argv, struct args *out, bool *chinese);

const char *verb_name(enum verb verb);
bool verb_takes(enum verb verb, enum option option);

/* The number of operands a verb wants; false after a complaint if there are fewer or more. most 0: any number. */
bool args_operands(const struct args *args, bool chinese, int least, int most);

/* Help on stdout: of one verb, or of the program (VERB_NONE). */
void help_print(enum verb verb, bool chinese);

/* "check SCHEME... [OPTION...]" into a static text of the verb. */
const char *help_usage(enum verb verb, bool chinese);

#endif
