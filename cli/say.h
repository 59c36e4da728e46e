/* The program's own words in two tongues, and its two outputs.
 *
 * In: a message of messages.def and up to three words. Out: lines on stderr (messages) or stdout (results).
 * Decision: write errors of stdout are not looked at where they happen but once, by say_finish: stdio remembers them.
 */
#ifndef KAOHE_CLI_SAY_H
#define KAOHE_CLI_SAY_H

#include "../compiler/kaohe.h"

#include <stdbool.h>
#include <stdio.h>

enum message {
#define MESSAGE(name, en, zh) M_##name,
#include "messages.def"
#undef MESSAGE
    MESSAGE_COUNT
};

enum { SAY_WORDS = 3, COUNTED_BYTES = 64 };

/* Writes a message and a newline. words[1] to words[3] fill {1} to {3}; words[0] is not used. */
void say_to(FILE *to, bool chinese, enum message message, const char *const words[SAY_WORDS + 1]);

/* stderr, for who is about to write a whole line there: what stands on the terminal's last line for the moment is wiped off first. */
FILE *say_errors(void);
/* Who draws such a line: called before the next words go to stderr. NULL: nobody. */
void say_wiped_by(void (*wipe)(void));

/* COMPLAIN(chinese, NAME, word…): "kaohe: …" on stderr. TELL: a result line on stdout. */
#define COMPLAIN(chinese, name, ...)                                                                                        \
    (fputs("kaohe: ", say_errors()), say_to(stderr, (chinese), M_##name, (const char *const[SAY_WORDS + 1]){NULL, ##__VA_ARGS__}))
#define NOTE(chinese, name, ...)                                                                                            \
    say_to(say_errors(), (chinese), M_##name, (const char *const[SAY_WORDS + 1]){NULL, ##__VA_ARGS__})
#define TELL(chinese, name, ...)                                                                                            \
    say_to(stdout, (chinese), M_##name, (const char *const[SAY_WORDS + 1]){NULL, ##__VA_ARGS__})

/* "1 error", "3 errors", "3个错误". */
enum noun { NOUN_ERROR, NOUN_WARNING, NOUN_NOTICE, NOUN_EXAMPLE, NOUN_FAILED, NOUN_UNFIRED, NOUN_UNIT, NOUN_ROW, NOUN_AFTER, NOUN_EARLIER, NOUN_TABLE, NOUN_WAITING, NOUN_MISSING };
const char *say_counted(char into[COUNTED_BYTES], bool chinese, uint64_t count, enum noun noun);

/* Writes a text of the library as it is. */
void say_text(FILE *to, kh_text text);

/* Flushes stdout; false after a complaint if anything written there was lost. */
bool say_finish(bool chinese);

#endif
