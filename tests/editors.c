/* Editor support and shell completion, written from the tables that the program itself is made of.
 *
 *   editors FILE           FILE: vim, tmlanguage, bash, zsh; on standard output
 *
 * In: grammar/keywords.def, cli/verbs.def, cli/options.def, compiled in. Out: a file of docs/editors/.
 * Decision: words that only open a line are coloured only there, words that are keywords everywhere wherever they stand as a
 * whole word, soft ones (which may be names) in a quieter colour, so that a column called `days` does not shout. Cost: the
 * colours know no grammar.
 */
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum class { OPEN, SOFT, COUNTED, HARD, CLASSES };

static const struct keyword {
    enum class class;
    const char *english, *chinese;
} KEYWORDS[] = {
#define KEYWORD(token, class, english, chinese, help) {class, english, chinese},
#include "../grammar/keywords.def"
#undef KEYWORD
};

enum { KEYWORD_COUNT = sizeof KEYWORDS / sizeof *KEYWORDS };

enum verb {
#define VERB(name, ...) VERB_##name,
#include "../cli/verbs.def"
#undef VERB
    VERB_COUNT
};

#define VERB_BIT(name) (1u << VERB_##name)
#define EVERYWHERE (~0u)

static const char *const VERBS[][2] = {
#define VERB(name, operands, operands_zh, summary, ...) {#name, summary},
#include "../cli/verbs.def"
#undef VERB
};

static const struct option {
    const char *name;
    char letter;
    const char *value;
    unsigned verbs;
    const char *help;
} OPTIONS[] = {
#define OPTION(id, name, letter, value, value_zh, verbs, help, help_zh) {name, letter, value, verbs, help},
#include "../cli/options.def"
#undef OPTION
};

enum { OPTION_COUNT = sizeof OPTIONS / sizeof *OPTIONS };

/* ---- spellings ---- */

/* Calls put for each spelling of "a|b|c". */
static void each(const char *spellings, void (*put)(const char *word, int length, void *to), void *to)
{
    for (const char *from = spellings; *from;) {
        int length = (int)strcspn(from, "|");
        if (length) put(from, length, to);
        from += length;
        if (*from == '|') from++;
    }
}

static void each_of(enum class class, bool chinese, void (*put)(const char *, int, void *), void *to)
{
    for (int k = 0; k < KEYWORD_COUNT; k++)
        if (KEYWORDS[k].class == class) each(chinese ? KEYWORDS[k].chinese : KEYWORDS[k].english, put, to);
}

/* ---- vim ---- */

static void vim_word(const char *word, int length, void *to)
{
    const char *const *parts = to; /* before, after */
    fputs(parts[0], stdout);
    for (int k = 0; k < length; k++) {
        if (strchr("/\\.*[]~$^", word[k])) putchar('\\');
        if (word[k] == ' ') fputs("\\s\\+", stdout);
        else putchar(word[k]);
    }
    printf("%s\n", parts[1]);
}

static void write_vim(void)
{
    static const char *const GROUPS[CLASSES] = {"kaoheOpen", "kaoheSoft", "kaoheCounted", "kaoheHard"};
    puts("\" Vim syntax file for Kaohe schemes (*.kh). Written by `make reference` from grammar/keywords.def.\n"
         "\" As ~/.vim/syntax/kaohe.vim, with in ~/.vim/filetype.vim:  autocmd BufRead,BufNewFile *.kh setfiletype kaohe\n"
         "if exists('b:current_syntax')\n  finish\nendif\n\nsyntax case match");
    static const enum class ORDER[CLASSES] = {SOFT, COUNTED, HARD, OPEN}; /* of two that match, the later one wins */
    for (int k = 0; k < CLASSES; k++) {
        enum class class = ORDER[k];
        bool open = class == OPEN, counted = class == COUNTED;
        for (int chinese = 0; chinese < 2; chinese++) { /* a run of characters is one word; digits may touch it: 扣2分 */
            const char *whole_before = chinese ? "[一-鿿]\\@1<!" : "\\k\\@1<!", *whole_after = chinese ? "[一-鿿]\\@!" : "\\k\\@!";
            char before[80], after[32];
            snprintf(before, sizeof before, "syntax match %s /%s", GROUPS[class], open ? "^\\s*\\zs" : counted ? "\\d\\s*\\zs" : whole_before);
            snprintf(after, sizeof after, "%s/", counted ? "" : whole_after);
            const char *const parts[] = {before, after};
            each_of(class, chinese, vim_word, (void *)parts);
        }
    }
    puts("syntax match kaoheNumber /\\k\\@1<!\\d\\+\\(\\.\\d\\+\\)\\?%\\?/\n"
         "syntax match kaoheDate /\\<\\d\\{4}-\\d\\d-\\d\\d\\>/\n"
         "syntax match kaoheName /「[^」]*」/\n"
         "syntax match kaoheName /'[^']*'/\n"
         "syntax region kaoheString start=/\"/ skip=/\"\"/ end=/\"/ oneline\n"
         "syntax region kaoheString start=/“/ end=/”/ oneline\n"
         "syntax region kaoheString start=/《/ end=/》/ oneline\n"
         "syntax match kaoheComment /#.*$/ contains=@Spell\n\n"
         "highlight default link kaoheOpen Statement\n"
         "highlight default link kaoheHard Keyword\n"
         "highlight default link kaoheSoft Type\n"
         "highlight default link kaoheCounted Type\n"
         "highlight default link kaoheNumber Number\n"
         "highlight default link kaoheDate Number\n"
         "highlight default link kaoheName Identifier\n"
         "highlight default link kaoheString String\n"
         "highlight default link kaoheComment Comment\n\n"
         "let b:current_syntax = 'kaohe'");
}

/* ---- VS Code, and whatever reads TextMate grammars ---- */

static void json_word(const char *word, int length, void *to)
{
    bool *first = to;
    if (!*first) putchar('|');
    *first = false;
    for (int k = 0; k < length; k++) {
        if (strchr(".*+?()[]{}^$|", word[k])) fputs("\\\\", stdout);
        if (word[k] == ' ') fputs("\\\\s+", stdout);
        else putchar(word[k]);
    }
}

/* before: what stands before it; NULL: the edge of a word. */
static void tm_words(enum class class, const char *scope, const char *before)
{
    for (int chinese = 0; chinese < 2; chinese++) { /* a run of characters is one word; digits may touch it: 扣2分 */
        bool first = true;
        const char *edge = chinese ? "[\\\\p{Han}]" : "[\\\\w\\\\p{Han}]";
        printf("    { \"name\": \"%s\", \"match\": \"", scope);
        printf(before ? "%s" : "(?<!%s)", before ? before : edge);
        printf("(");
        each_of(class, chinese, json_word, &first);
        printf(")");
        if (class != COUNTED) printf("(?!%s)", edge);
        puts("\" },");
    }
}

static void write_tmlanguage(void)
{
    puts("{\n  \"$comment\": \"Written by make reference from grammar/keywords.def.\",\n"
         "  \"name\": \"Kaohe\",\n  \"scopeName\": \"source.kaohe\",\n  \"fileTypes\": [\"kh\"],\n  \"patterns\": [\n"
         "    { \"name\": \"comment.line.number-sign.kaohe\", \"match\": \"#.*$\" },\n"
         "    { \"name\": \"string.quoted.double.kaohe\", \"match\": \"\\\"(?:[^\\\"]|\\\"\\\")*\\\"\" },\n"
         "    { \"name\": \"string.quoted.other.kaohe\", \"match\": \"“[^”]*”|《[^》]*》\" },\n"
         "    { \"name\": \"variable.other.kaohe\", \"match\": \"「[^」]*」|'[^']*'\" },\n"
         "    { \"name\": \"constant.numeric.date.kaohe\", \"match\": \"\\\\b\\\\d{4}-\\\\d\\\\d-\\\\d\\\\d\\\\b\" },");
    tm_words(OPEN, "keyword.control.kaohe", "^\\\\s*");
    tm_words(HARD, "keyword.operator.kaohe", NULL);
    tm_words(SOFT, "storage.modifier.kaohe", NULL);
    tm_words(COUNTED, "storage.type.kaohe", "(?<=\\\\d)\\\\s*");
    puts("    { \"name\": \"constant.numeric.kaohe\", \"match\": \"(?<![\\\\w\\\\p{Han}])\\\\d+(?:\\\\.\\\\d+)?%?\" }\n  ]\n}");
}

/* ---- completion ---- */

static bool takes(enum verb verb, const struct option *option) { return option->verbs & (1u << verb); }

/* Words to choose from ("en|zh"), not the name of one. */
static bool is_choice(const char *value) { return value && strchr(value, '|') && value[0] >= 'a' && value[0] <= 'z'; }

static void put_choices(const char *value)
{
    for (; *value; value++) putchar(*value == '|' ? ' ' : *value);
}

static void write_bash(void)
{
    puts("# bash completion for kaohe. Written by `make reference` from cli/verbs.def and cli/options.def.\n"
         "# shellcheck shell=bash\n\n_kaohe() {\n"
         "    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]} verb='' options='' k\n"
         "    for ((k = 1; k < COMP_CWORD; k++)); do\n"
         "        case ${COMP_WORDS[k]} in\n"
         "        -*) ;;\n"
         "        *) verb=${COMP_WORDS[k]}; break ;;\n"
         "        esac\n"
         "    done\n"
         "    case $prev in");
    for (int o = 0; o < OPTION_COUNT; o++) {
        if (!OPTIONS[o].value) continue;
        printf("    --%s", OPTIONS[o].name);
        if (OPTIONS[o].letter) printf(" | -%c", OPTIONS[o].letter);
        if (is_choice(OPTIONS[o].value)) {
            fputs(") mapfile -t COMPREPLY < <(compgen -W '", stdout);
            put_choices(OPTIONS[o].value);
            puts("' -- \"$cur\"); return ;;");
        } else if (strcmp(OPTIONS[o].value, "FILE") == 0) {
            puts(") mapfile -t COMPREPLY < <(compgen -f -- \"$cur\"); return ;;");
        } else {
            puts(") return ;;");
        }
    }
    puts("    esac\n    case $verb in");
    for (int v = 0; v < VERB_COUNT; v++) {
        printf("    %s) options='", VERBS[v][0]);
        for (int o = 0, first = 1; o < OPTION_COUNT; o++)
            if (takes((enum verb)v, &OPTIONS[o])) printf("%s--%s", first ? "" : " ", OPTIONS[o].name), first = 0;
        puts("' ;;");
    }
    fputs("    '') mapfile -t COMPREPLY < <(compgen -W '", stdout);
    for (int v = 0; v < VERB_COUNT; v++) printf("%s%s", v ? " " : "", VERBS[v][0]);
    puts(" --help --version --lang' -- \"$cur\"); return ;;\n    esac\n"
         "    if [[ $cur == -* ]]; then\n"
         "        mapfile -t COMPREPLY < <(compgen -W \"$options\" -- \"$cur\")\n"
         "    else\n"
         "        mapfile -t COMPREPLY < <(compgen -f -X '!*.kh' -- \"$cur\"; compgen -d -- \"$cur\")\n"
         "    fi\n}\n\ncomplete -o filenames -F _kaohe kaohe");
}

/* In single quotes, where : [ ] mean something to _arguments. */
static void zsh_text(const char *text)
{
    for (; *text; text++) {
        if (*text == '\'') {
            fputs("'\\''", stdout);
            continue;
        }
        if (strchr(":[]\\", *text)) putchar('\\');
        putchar(*text);
    }
}

static void zsh_option(const struct option *option)
{
    const char *value = option->value;
    fputs("        '", stdout);
    if (option->letter) printf("(-%c --%s)'{-%c,--%s}'", option->letter, option->name, option->letter, option->name);
    else printf("--%s", option->name);
    putchar('[');
    zsh_text(option->help);
    putchar(']');
    if (value) {
        putchar(':');
        zsh_text(is_choice(value) ? option->name : value);
        putchar(':');
        if (is_choice(value)) {
            putchar('(');
            put_choices(value);
            putchar(')');
        } else if (strcmp(value, "FILE") == 0) {
            fputs("_files", stdout);
        }
    }
    puts("' \\");
}

static void write_zsh(void)
{
    puts("#compdef kaohe\n# zsh completion for kaohe. Written by `make reference` from cli/verbs.def and cli/options.def.\n\n_kaohe() {\n"
         "    local -a verbs\n    verbs=(");
    for (int v = 0; v < VERB_COUNT; v++) {
        printf("        '%s:", VERBS[v][0]);
        zsh_text(VERBS[v][1]);
        puts("'");
    }
    puts("    )\n    if (( CURRENT == 2 )); then\n        _describe verb verbs\n        return\n    fi\n"
         "    case $words[2] in");
    for (int v = 0; v < VERB_COUNT; v++) {
        printf("    %s)\n        shift words\n        (( CURRENT-- ))\n        _arguments -S \\\n", VERBS[v][0]);
        for (int o = 0; o < OPTION_COUNT; o++)
            if (takes((enum verb)v, &OPTIONS[o])) zsh_option(&OPTIONS[o]);
        puts("        '*:file:_files' ;;");
    }
    puts("    esac\n}\n\n_kaohe \"$@\"");
}

int main(int count, char **words)
{
    static const struct {
        const char *name;
        void (*write)(void);
    } FILES[] = {{"vim", write_vim}, {"tmlanguage", write_tmlanguage}, {"bash", write_bash}, {"zsh", write_zsh}};
    for (size_t k = 0; count == 2 && k < sizeof FILES / sizeof *FILES; k++) {
        if (strcmp(words[1], FILES[k].name) != 0) continue;
        FILES[k].write();
        return fflush(stdout) || ferror(stdout) ? 2 : 0;
    }
    fputs("editors: vim, tmlanguage, bash or zsh is wanted\n", stderr);
    return 2;
}
