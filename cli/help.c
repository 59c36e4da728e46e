/* Help, made from verbs.def and options.def in either tongue.
 *
 * In: a verb, or none. Out: text on stdout.
 * Decision: columns are padded by counting display columns of the value names by hand (a Chinese character is two), so
 * that help needs no locale and no library.
 */
#include "args.h"
#include "say.h"

#include <string.h>

static const struct {
    const char *operands[2], *summary[2], *details[2];
} VERBS[] = {
#define VERB(name, operands, operands_zh, summary, summary_zh, details, details_zh)                                         \
    [VERB_##name] = {{operands, operands_zh}, {summary, summary_zh}, {details, details_zh}},
#include "verbs.def"
#undef VERB
};

static const struct {
    const char *name;
    char letter;
    const char *value[2], *help[2];
} OPTIONS[OPTION_COUNT] = {
#define OPTION(id, name, letter, value, value_zh, verbs, help, help_zh)                                                     \
    [OPT_##id] = {name, letter, {value, value_zh}, {help, help_zh}},
#include "options.def"
#undef OPTION
};

static const char *const EXIT_CODES[2] = {
    "Exit codes:\n"
    "  0  all is well\n"
    "  1  the scheme has errors, an example is wrong, or fmt --check found a file\n"
    "  2  the command line is wrong, or asks for something that is not there\n"
    "  3  the data has problems; there is no result\n"
    "  4  out of memory, or a file or the output could not be read or written\n",
    "退出码：\n"
    "  0  一切正常\n"
    "  1  方案有错误，或例与预期不符，或 fmt --check 发现文件\n"
    "  2  命令行有误，或所求之物不存在\n"
    "  3  数据有问题，没有结果\n"
    "  4  内存不足，或文件、输出无法读写\n",
};

enum { OPTION_COLUMN = 22, VERB_COLUMN = 10 };

static void pad(const char *text, int width)
{
    int columns = 0;
    for (const unsigned char *p = (const unsigned char *)text; *p; p++) {
        if (*p < 0x80) columns++;
        if (*p >= 0xe0) columns += 2;
    }
    printf("%s%*s", text, columns < width ? width - columns : 1, "");
}

const char *help_usage(enum verb verb, bool chinese)
{
    static char usage[160];
    snprintf(usage, sizeof usage, "%s %s", verb_name(verb), VERBS[verb].operands[chinese]);
    return usage;
}

static void print_options(enum verb verb, bool chinese)
{
    fputs(chinese ? "\n选项（可写在任何位置，“--”之后不再是选项）：\n" : "\nOptions (anywhere; -- ends them):\n", stdout);
    for (int o = 0; o < OPTION_COUNT; o++) {
        if (!verb_takes(verb, (enum option)o)) continue;
        char name[64];
        const char *value = OPTIONS[o].value[chinese];
        char letter[8] = "    ";
        if (OPTIONS[o].letter) snprintf(letter, sizeof letter, "-%c, ", OPTIONS[o].letter);
        snprintf(name, sizeof name, "%s--%s%s%s", letter, OPTIONS[o].name, value ? " " : "", value ? value : "");
        fputs("  ", stdout);
        pad(name, OPTION_COLUMN);
        printf("  %s\n", OPTIONS[o].help[chinese]);
    }
}

static void print_verb(enum verb verb, bool chinese)
{
    printf(chinese ? "用法：kaohe %s [选项...]\n\n%s。\n" : "Usage: kaohe %s [OPTION...]\n\nTo %s.\n", help_usage(verb, chinese),
           VERBS[verb].summary[chinese]);
    printf("%s\n", VERBS[verb].details[chinese]);
    print_options(verb, chinese);
    printf("\n%s", EXIT_CODES[chinese]);
}

void help_print(enum verb verb, bool chinese)
{
    if (verb != VERB_NONE) {
        print_verb(verb, chinese);
        return;
    }
    fputs(chinese ? "用法：kaohe 动作 ... [选项...]\n\n考核：按考核办法给单位计分，结果精确，每一分都有依据。\n\n"
                  : "Usage: kaohe VERB ... [OPTION...]\n\nScores organisations by an assessment scheme: exactly, and with a "
                    "reason for every point.\n\n",
          stdout);
    for (int v = 0; v < VERB_NONE; v++) {
        fputs("  ", stdout);
        pad(verb_name((enum verb)v), VERB_COLUMN);
        printf("%s\n", VERBS[v].summary[chinese]);
    }
    print_options(VERB_NONE, chinese);
    printf("\n%s", EXIT_CODES[chinese]);
    fputs(chinese ? "\n各动作的说明：kaohe 动作 --help\n" : "\nMore on each: kaohe VERB --help\n", stdout);
}
