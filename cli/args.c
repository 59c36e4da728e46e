/* The command line: options anywhere, `--` ends them, the first operand is the verb.
 *
 * In: argv. Out: `struct args`.
 * Decision: hand-written instead of getopt_long, which cannot say what was meant, nor in Chinese. Cost: these lines.
 */
#include "args.h"

#include "say.h"

#include <stdlib.h>
#include <string.h>

static const struct {
    const char *name;
    char letter;
    const char *value[2];
    unsigned verbs;
} OPTIONS[OPTION_COUNT] = {
#define OPTION(id, name, letter, value, value_zh, verbs, help, help_zh) [OPT_##id] = {name, letter, {value, value_zh}, verbs},
#include "options.def"
#undef OPTION
};

static const char *const VERBS[] = {
#define VERB(name, ...) [VERB_##name] = #name,
#include "verbs.def"
#undef VERB
};

enum { LONGEST_WORD = 32, NEAR = 2, VERB_NAMES = LONGEST_WORD * VERB_NONE };

const char *verb_name(enum verb verb) { return verb == VERB_NONE ? "" : VERBS[verb]; }

bool verb_takes(enum verb verb, enum option option)
{
    return OPTIONS[option].verbs == EVERYWHERE || (verb != VERB_NONE && (OPTIONS[option].verbs & (1u << verb)));
}

/* Edits (insert, delete, change, swap neighbours) from a to b; more than NEAR counts as NEAR + 1 for long words. */
static int distance(const char *a, const char *b)
{
    size_t n = strlen(a), m = strlen(b);
    if (n > LONGEST_WORD || m > LONGEST_WORD) return NEAR + 1;
    int cost[LONGEST_WORD + 1][LONGEST_WORD + 1];
    for (size_t i = 0; i <= n; i++) {
        for (size_t j = 0; j <= m; j++) {
            if (!i || !j) {
                cost[i][j] = (int)(i + j);
                continue;
            }
            int best = cost[i - 1][j - 1] + (a[i - 1] != b[j - 1]);
            if (cost[i - 1][j] + 1 < best) best = cost[i - 1][j] + 1;
            if (cost[i][j - 1] + 1 < best) best = cost[i][j - 1] + 1;
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] && cost[i - 2][j - 2] + 1 < best)
                best = cost[i - 2][j - 2] + 1;
            cost[i][j] = best;
        }
    }
    return cost[n][m];
}

/* How far apart two words may be and still be taken for each other. */
static bool near(const char *typed, const char *word, int *closest)
{
    int d = distance(typed, word);
    if (d > NEAR || d >= *closest || 2 * (size_t)d > strlen(word)) return false;
    *closest = d;
    return true;
}

static void unknown_option(const char *typed, enum verb verb, bool chinese)
{
    char name[LONGEST_WORD + 2] = "", meant[LONGEST_WORD + 4] = "", hint[LONGEST_WORD] = "";
    const char *bare = typed + strspn(typed, "-");
    snprintf(name, sizeof name, "%.*s", (int)strcspn(bare, "="), bare);
    for (int elsewhere = 0; elsewhere <= 1 && !meant[0]; elsewhere++) { /* the verb's own options first */
        int closest = NEAR + 1;
        for (int o = 0; o < OPTION_COUNT; o++) {
            bool fits = elsewhere || verb_takes(verb, (enum option)o);
            if (fits && near(name, OPTIONS[o].name, &closest)) snprintf(meant, sizeof meant, "--%s", OPTIONS[o].name);
        }
    }
    if (verb != VERB_NONE) snprintf(hint, sizeof hint, "%s ", VERBS[verb]);
    if (meant[0]) {
        COMPLAIN(chinese, UNKNOWN_OPTION_NEAR, typed, meant);
    } else {
        COMPLAIN(chinese, UNKNOWN_OPTION, typed, hint);
    }
}

static bool unknown_verb(const char *typed, bool chinese)
{
    const char *meant = NULL;
    int closest = NEAR + 1;
    for (int v = 0; v < VERB_NONE; v++) {
        if (near(typed, VERBS[v], &closest)) meant = VERBS[v];
    }
    size_t len = strlen(typed);
    if (meant) {
        COMPLAIN(chinese, UNKNOWN_VERB_NEAR, typed, meant);
    } else if (len > 3 && strcmp(typed + len - 3, ".kh") == 0) {
        COMPLAIN(chinese, VERB_IS_FILE, typed);
    } else {
        COMPLAIN(chinese, UNKNOWN_VERB, typed);
    }
    return false;
}

static bool parse_tongue(const char *value, bool *chinese)
{
    if (strcmp(value, "zh") != 0 && strcmp(value, "en") != 0) {
        COMPLAIN(*chinese, BAD_CHOICE, "--lang", *chinese ? "en或zh" : "en or zh", value);
        return false;
    }
    *chinese = value[0] == 'z';
    return true;
}

/* An option as typed, for complaints: -o or --output. */
static const char *typed_name(char into[LONGEST_WORD + 4], enum option option, bool letter)
{
    if (letter) {
        snprintf(into, LONGEST_WORD + 4, "-%c", OPTIONS[option].letter);
    } else {
        snprintf(into, LONGEST_WORD + 4, "--%s", OPTIONS[option].name);
    }
    return into;
}

struct parse {
    struct args *out;
    bool *chinese;
    char **argv;
    int argc, at;
    const char *unknown; /* the first unknown option: complained of when the verb is known */
    bool ok;
};

/* Takes an option with the value that is attached to it (or NULL). */
static void take_option(struct parse *parse, enum option option, bool letter, const char *attached)
{
    struct args *args = parse->out;
    char name[LONGEST_WORD + 4];
    typed_name(name, option, letter);
    const char *value_name = OPTIONS[option].value[*parse->chinese];
    if (!value_name && attached) {
        COMPLAIN(*parse->chinese, NO_VALUE, name);
        parse->ok = false;
        return;
    }
    if (value_name && !attached) {
        if (parse->at + 1 >= parse->argc) {
            COMPLAIN(*parse->chinese, WANTS_VALUE, name, value_name);
            parse->ok = false;
            return;
        }
        attached = parse->argv[++parse->at];
    }
    if (args->given[option] && value_name) {
        COMPLAIN(*parse->chinese, OPTION_TWICE, name);
        parse->ok = false;
        return;
    }
    args->given[option] = true;
    args->value[option] = attached;
    if (option == OPT_LANG && !parse_tongue(attached, parse->chinese)) parse->ok = false;
}

static void take_long(struct parse *parse, const char *word)
{
    size_t len = strcspn(word + 2, "=");
    const char *attached = word[2 + len] == '=' ? word + 3 + len : NULL;
    for (int o = 0; o < OPTION_COUNT; o++) {
        if (strlen(OPTIONS[o].name) == len && memcmp(OPTIONS[o].name, word + 2, len) == 0) {
            take_option(parse, (enum option)o, false, attached);
            return;
        }
    }
    if (!parse->unknown) parse->unknown = word;
}

/* -w, -o FILE, -oFILE, -wo FILE */
static void take_letters(struct parse *parse, const char *word)
{
    for (const char *p = word + 1; *p && parse->ok; p++) {
        int found = -1;
        for (int o = 0; o < OPTION_COUNT; o++) {
            if (OPTIONS[o].letter == *p) found = o;
        }
        if (found < 0) {
            if (!parse->unknown) parse->unknown = word;
            return;
        }
        bool takes_value = OPTIONS[found].value[0] != NULL;
        take_option(parse, (enum option)found, true, takes_value && p[1] ? p + 1 : NULL);
        if (takes_value) return;
    }
}

static bool find_verb(struct args *out, const char *word)
{
    for (int v = 0; v < VERB_NONE; v++) {
        if (strcmp(word, VERBS[v]) == 0) out->verb = (enum verb)v;
    }
    return out->verb != VERB_NONE;
}

/* "run, explain": the verbs of a set. */
static const char *join_verbs(char into[VERB_NAMES], unsigned set)
{
    size_t len = 0;
    into[0] = '\0';
    for (int v = 0; v < VERB_NONE; v++) {
        if (set & (1u << v)) len += (size_t)snprintf(into + len, VERB_NAMES - len, "%s%s", len ? ", " : "", VERBS[v]);
    }
    return into;
}

/* Every given option goes with the verb; else says with which it does. */
static bool options_fit(const struct args *args, bool chinese)
{
    for (int o = 0; o < OPTION_COUNT; o++) {
        if (!args->given[o] || verb_takes(args->verb, (enum option)o)) continue;
        char name[LONGEST_WORD + 4], verbs[VERB_NAMES];
        COMPLAIN(chinese, FOREIGN_OPTION, typed_name(name, (enum option)o, false), verb_name(args->verb),
                 join_verbs(verbs, OPTIONS[o].verbs));
        return false;
    }
    return true;
}

bool args_parse(int argc, char **argv, struct args *out, bool *chinese)
{
    *out = (struct args){.verb = VERB_NONE, .operands = argv};
    struct parse parse = {.out = out, .chinese = chinese, .argv = argv, .argc = argc, .at = 1, .ok = true};
    bool only_operands = false;
    int count = 0; /* operands, the verb included; they move to the front of argv */
    for (; parse.at < argc && parse.ok; parse.at++) {
        char *word = argv[parse.at];
        if (only_operands || word[0] != '-' || word[1] == '\0') {
            argv[count++] = word;
        } else if (strcmp(word, "--") == 0) {
            only_operands = true;
        } else if (word[1] == '-') {
            take_long(&parse, word);
        } else {
            take_letters(&parse, word);
        }
    }
    if (!parse.ok) return false;

    bool asks_help = false;
    if (count && strcmp(argv[0], "help") == 0) { /* kaohe help run */
        out->given[OPT_HELP] = asks_help = true;
        argv++;
        count--;
    }
    bool known = count && find_verb(out, argv[0]);
    if (parse.unknown) {
        unknown_option(parse.unknown, out->verb, *chinese);
        return false;
    }
    if (count && !known) return unknown_verb(argv[0], *chinese);
    if (known) {
        argv++;
        count--;
    }
    out->operands = argv;
    out->operand_count = asks_help ? 0 : count;
    if (out->given[OPT_HELP] || out->given[OPT_VERSION]) return true;
    if (out->verb == VERB_NONE) {
        char verbs[VERB_NAMES];
        COMPLAIN(*chinese, NO_VERB, join_verbs(verbs, EVERYWHERE));
        return false;
    }
    return options_fit(out, *chinese);
}

bool args_operands(const struct args *args, bool chinese, int least, int most)
{
    if (args->operand_count < least) {
        const char *usage = help_usage(args->verb, chinese), *word = usage; /* the verb, then a word for each operand */
        for (int k = 0; k <= args->operand_count; k++) word += strcspn(word, " ") + 1;
        char missing[LONGEST_WORD];
        snprintf(missing, sizeof missing, "%.*s", (int)strcspn(word, " ."), word);
        COMPLAIN(chinese, OPERANDS, missing, usage);
        return false;
    }
    if (most && args->operand_count > most) {
        COMPLAIN(chinese, TOO_MANY, args->operands[most], help_usage(args->verb, chinese));
        return false;
    }
    return true;
}
