/* The program's own words: filling in, counting, and noticing that the output was lost.
 *
 * In: messages.def and words. Out: lines on stdout and stderr.
 * Decision: words (file names, options as typed) lose their control characters on the way out, so that a file's name
 * cannot drive the terminal. Cost: such a name is not shown byte for byte.
 */
#include "say.h"

#include <errno.h>
#include <string.h>

static const char *const PATTERNS[MESSAGE_COUNT][2] = {
#define MESSAGE(name, en, zh) [M_##name] = {en, zh},
#include "messages.def"
#undef MESSAGE
};

static void (*wiper)(void);

FILE *say_errors(void)
{
    if (wiper) wiper();
    return stderr;
}

void say_wiped_by(void (*wipe)(void)) { wiper = wipe; }

static void put_word(FILE *to, const char *word)
{
    for (const unsigned char *p = (const unsigned char *)word; *p; p++) putc(*p < 0x20 || *p == 0x7f ? '?' : *p, to);
}

void say_to(FILE *to, bool chinese, enum message message, const char *const words[SAY_WORDS + 1])
{
    for (const char *p = PATTERNS[message][chinese]; *p; p++) {
        if (p[0] == '{' && p[1] >= '1' && p[1] <= '0' + SAY_WORDS && p[2] == '}') {
            if (words[p[1] - '0']) put_word(to, words[p[1] - '0']);
            p += 2;
        } else {
            putc(*p, to);
        }
    }
    putc('\n', to);
}

const char *say_counted(char into[COUNTED_BYTES], bool chinese, uint64_t count, enum noun noun)
{
    static const struct {
        const char *one, *more, *zh;
    } NOUNS[] = {
        [NOUN_ERROR] = {"error", "errors", "个错误"},
        [NOUN_WARNING] = {"warning", "warnings", "个警告"},
        [NOUN_NOTICE] = {"notice", "notices", "个提醒"},
        [NOUN_EXAMPLE] = {"example", "examples", "个例"},
        [NOUN_FAILED] = {"wrong", "wrong", "个不符"},
        [NOUN_UNFIRED] = {"rule never fired", "rules never fired", "条规则未触发"},
        [NOUN_UNIT] = {"unit", "units", "个单位"},
        [NOUN_WAITING] = {"decision is waited for", "decisions are waited for", "项"},
        [NOUN_TABLE] = {"table", "tables", "个表"},
        [NOUN_ROW] = {"row", "rows", "行"},
        [NOUN_MISSING] = {"missing", "missing", "项"},
        [NOUN_AFTER] = {"left for the next period", "left for the next period", "行留待下期"},
        [NOUN_EARLIER] = {"left to earlier periods", "left to earlier periods", "行属以前各期"},
    };
    unsigned long long n = count;
    if (chinese) {
        snprintf(into, COUNTED_BYTES, "%llu%s", n, NOUNS[noun].zh);
    } else {
        snprintf(into, COUNTED_BYTES, "%llu %s", n, n == 1 ? NOUNS[noun].one : NOUNS[noun].more);
    }
    return into;
}

void say_text(FILE *to, kh_text text)
{
    if (text.len) fwrite(text.at, 1, text.len, to);
}

bool say_finish(bool chinese)
{
    errno = 0;
    bool lost = ferror(stdout) != 0;
    if (fflush(stdout) != 0) lost = true;
    if (!lost) return true;
    COMPLAIN(chinese, OUTPUT_FAILED, strerror(errno ? errno : EIO));
    return false;
}
