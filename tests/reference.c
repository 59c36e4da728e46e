/* The reference pages, written from the tables that the program itself is made of.
 *
 *   reference PAGE          PAGE: opcodes, diagnostics, keywords, limits, builtins; Markdown on standard output
 *
 * In: the .def files, compiled in, and read once more for their headings; run from the top of the tree. Out: a page.
 * Decision: each entry is compiled with the number of its line, and the comments `---- words ----` between the lines are
 * the page's headings; so order and headings stand in the .def alone. Cost: the file must lie where it was compiled from.
 */
#include "../runtime/limits.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- headings ---- */

struct headings {
    const char *path;
    FILE *file;
    unsigned line; /* lines read so far */
};

static _Noreturn void give_up(const char *what, const char *which)
{
    fprintf(stderr, "reference: %s: %s\n", which, what);
    exit(2);
}

static struct headings headings_open(const char *path)
{
    struct headings at = {path, fopen(path, "r"), 0};
    if (!at.file) give_up("cannot be read; run this from the top of the tree", path);
    return at;
}

/* Prints the headings that stand above the entry of `line`, and `head`, the first lines of a table, behind the last of
 * them (or at once, where a file has no headings). */
static void headings_upto(struct headings *at, unsigned line, const char *head)
{
    static const char OPEN[] = "/* ---- ", CLOSE[] = " ----";
    char text[4096];
    bool first = at->line == 0, titled = false;
    for (; at->line < line; at->line++) {
        if (!fgets(text, sizeof text, at->file)) give_up("has fewer lines than its entries say", at->path);
        if (!strchr(text, '\n')) give_up("has a line that is too long", at->path);
        char *end = strncmp(text, OPEN, strlen(OPEN)) == 0 ? strstr(text + strlen(OPEN), CLOSE) : NULL;
        if (!end) continue;
        char *title = text + strlen(OPEN);
        *end = '\0';
        if (*title >= 'a' && *title <= 'z') *title = (char)(*title - 'a' + 'A');
        printf("\n## %s\n", title);
        titled = true;
    }
    if (titled || first) printf("\n%s\n", head);
}

static void headings_close(struct headings *at)
{
    if (fclose(at->file)) give_up("cannot be read to its end", at->path);
}

/* ---- cells ---- */

/* Words in a cell of a table; what Markdown would take for its own is escaped, code between backticks is left alone. */
static void put_words(const char *words)
{
    bool code = false;
    for (; *words; words++) {
        if (*words == '`') code = !code;
        if (*words == '|' || (!code && strchr("<*", *words))) putchar('\\');
        putchar(*words);
    }
}

/* The spellings of a word, "first|second|third", each as code; the first is the one that is printed. */
static void put_spellings(const char *spellings)
{
    for (const char *from = spellings; *from;) {
        size_t length = strcspn(from, "|");
        printf("%s`%.*s`", from == spellings ? "" : ", ", (int)length, from);
        from += length;
        if (*from == '|') from++;
    }
}

static void put_count(long long count)
{
    char digits[32];
    int length = snprintf(digits, sizeof digits, "%lld", count);
    for (int i = 0; i < length; i++) {
        if (i && (length - i) % 3 == 0) putchar(',');
        putchar(digits[i]);
    }
}

static void put_opening(const char *title, const char *def)
{
    printf("# %s\n\nWritten by `make reference` from `%s`; a change belongs there.\n", title, def);
}

/* ---- pages ---- */

static const char *operand_word(char letter)
{
    switch (letter) {
    case 'n': return "number";
    case 'q': return "quotient";
    case 'm': return "mask";
    case 'f': return "figure";
    case 'k': return "constant";
    case 't': return "lookup table";
    case 'i': return "integer";
    case 'x': return "index";
    case 'r': return "rule";
    case '-': return "";
    }
    give_up("has a letter that this program does not know", "runtime/opcode.def");
}

static void write_opcodes(void)
{
    static const struct opcode {
        const char *name;
        char result;
        const char *operands, *meaning;
        unsigned line;
    } OPCODES[] = {
#define OP(name, result, operands, meaning) {#name, result, operands, meaning, __LINE__},
#include "../runtime/opcode.def"
#undef OP
    };
    static const char DEF[] = "runtime/opcode.def";
    put_opening("Opcodes", DEF);
    puts("\nThe instructions of the machine. Each works on all lanes of a batch, up to 1,024. Operands are a, b, c, d in order:\n"
         "registers of numbers, quotients, masks or indexes; figures, constants, lookup tables and rules by number; plain\n"
         "integers. A lane may carry a fault instead of a value; the result then carries the worse fault of the operands,\n"
         "unless the meaning says otherwise. `kaohe dump --program` shows them at work.");
    struct headings at = headings_open(DEF);
    for (size_t i = 0; i < sizeof OPCODES / sizeof *OPCODES; i++) {
        const struct opcode *op = &OPCODES[i];
        headings_upto(&at, op->line, "| opcode | result | operands | meaning |\n| --- | --- | --- | --- |");
        printf("| `%s` | %s | ", op->name, operand_word(op->result));
        for (const char *letter = op->operands; *letter; letter++) {
            printf("%s%s", letter == op->operands ? "" : ", ", operand_word(*letter));
        }
        printf(" | ");
        put_words(op->meaning);
        puts(" |");
    }
    headings_close(&at);
}

static void put_message(const char *sentence, const char *hint)
{
    put_words(sentence);
    if (*hint) {
        printf("<br>→ ");
        put_words(hint);
    }
}

static void write_diagnostics(void)
{
    enum { ERROR, WARNING, NOTICE };
    static const char *const WORDS[] = {"error", "warning", "notice"};
    static const struct diagnostic {
        const char *code;
        int severity;
        const char *english, *chinese, *hint_english, *hint_chinese;
        unsigned line;
    } DIAGNOSTICS[] = {
#define DIAG(name, code, severity, en, zh, hint_en, hint_zh) {code, severity, en, zh, hint_en, hint_zh, __LINE__},
#include "../runtime/diagnostics.def"
#undef DIAG
    };
    static const char DEF[] = "runtime/diagnostics.def";
    put_opening("Diagnostics", DEF);
    puts("\nEvery message about a scheme or its data. {1} to {6} are words that are filled in; what stands behind → is the hint.\n"
         "A code may have several sentences. Errors let nothing run; warnings are probably mistakes (`kaohe check --strict`\n"
         "counts them, too); notices are worth knowing.");
    struct headings at = headings_open(DEF);
    for (size_t i = 0; i < sizeof DIAGNOSTICS / sizeof *DIAGNOSTICS; i++) {
        const struct diagnostic *diag = &DIAGNOSTICS[i];
        headings_upto(&at, diag->line, "| code | severity | English | 中文 |\n| --- | --- | --- | --- |");
        printf("| %s | %s | ", diag->code, WORDS[diag->severity]);
        put_message(diag->english, diag->hint_english);
        printf(" | ");
        put_message(diag->chinese, diag->hint_chinese);
        puts(" |");
    }
    headings_close(&at);
}

static void write_keywords(void)
{
    enum { OPEN, SOFT, COUNTED, HARD };
    static const char *const WHERE[] = {"first in a line", "where its line has it", "after a number", "everywhere"};
    static const struct keyword {
        int class;
        const char *english, *chinese, *help;
        unsigned line;
    } KEYWORDS[] = {
#define KEYWORD(token, class, english, chinese, help) {class, english, chinese, help, __LINE__},
#include "../grammar/keywords.def"
#undef KEYWORD
    };
    static const char DEF[] = "grammar/keywords.def";
    put_opening("Keywords", DEF);
    puts("\nThe words of the language. The first spelling is the one that `kaohe fmt` prints; the others are read, too. A word is\n"
         "a keyword only where the third column says; elsewhere it may be a name. As a name everywhere: `'sum'`, `「合计」`.");
    struct headings at = headings_open(DEF);
    for (size_t i = 0; i < sizeof KEYWORDS / sizeof *KEYWORDS; i++) {
        const struct keyword *word = &KEYWORDS[i];
        headings_upto(&at, word->line, "| English | 中文 | a keyword | meaning |\n| --- | --- | --- | --- |");
        printf("| ");
        put_spellings(word->english);
        printf(" | ");
        put_spellings(word->chinese);
        printf(" | %s | ", WHERE[word->class]);
        put_words(word->help);
        puts(" |");
    }
    headings_close(&at);
}

static void write_limits(void)
{
    static const struct limit {
        const char *name;
        long long value;
        const char *reason;
    } LIMITS[] = {
#define LIMIT(name, value, reason) {#name, value, reason},
#include "../runtime/limits.def"
#undef LIMIT
    };
    put_opening("Limits", "runtime/limits.def");
    puts("\nEvery bound of the program. A scheme or data that exceed one are told so; nothing is cut off silently.\n\n"
         "| limit | value | of what |\n| --- | ---: | --- |");
    for (size_t i = 0; i < sizeof LIMITS / sizeof *LIMITS; i++) {
        printf("| `%s` | ", LIMITS[i].name);
        put_count(LIMITS[i].value);
        printf(" | ");
        put_words(LIMITS[i].reason);
        puts(" |");
    }
}

static void put_lower(const char *name)
{
    for (; *name; name++) putchar(*name >= 'A' && *name <= 'Z' ? *name - 'A' + 'a' : *name);
}

static void write_builtins(void)
{
    enum { BUILTIN, MEMBER, COLUMN };
    static const struct builtin {
        int kind;
        const char *owner; /* NULL: none */
        const char *english, *chinese;
        int least, most; /* arguments; most 0: a plain name */
        const char *help;
        unsigned line;
    } BUILTINS[] = {
#define BUILTIN(name, english, chinese, least, most, help) {BUILTIN, NULL, english, chinese, least, most, help, __LINE__},
#define MEMBER(owner, name, english, chinese, help) {MEMBER, #owner, english, chinese, 0, 0, help, __LINE__},
#define COLUMN(table, name, english, chinese, help) {COLUMN, #table, english, chinese, 0, 0, help, __LINE__},
#include "../runtime/builtins.def"
#undef BUILTIN
    };
    static const char DEF[] = "runtime/builtins.def";
    put_opening("Names that the language brings", DEF);
    puts("\nThey are no keywords: a scheme that declares the same name means its own. The first spelling is the one that\n"
         "`kaohe fmt` prints.");
    struct headings at = headings_open(DEF);
    for (size_t i = 0; i < sizeof BUILTINS / sizeof *BUILTINS; i++) {
        const struct builtin *name = &BUILTINS[i];
        headings_upto(&at, name->line,
                      name->kind == COLUMN   ? "| table | English | 中文 | meaning |\n| --- | --- | --- | --- |"
                      : name->kind == MEMBER ? "| behind | English | 中文 | meaning |\n| --- | --- | --- | --- |"
                      : name->most           ? "| English | 中文 | arguments | meaning |\n| --- | --- | --- | --- |"
                                             : "| English | 中文 | meaning |\n| --- | --- | --- |");
        printf("| ");
        if (name->owner) {
            putchar('`');
            put_lower(name->owner);
            printf("` | ");
        }
        put_spellings(name->english);
        printf(" | ");
        put_spellings(name->chinese);
        printf(" | ");
        if (name->most == name->least && name->most) printf("%d | ", name->most);
        if (name->most > name->least && name->most < 255) printf("%d to %d | ", name->least, name->most);
        if (name->most == 255) printf("%d or more | ", name->least);
        put_words(name->help);
        puts(" |");
    }
    headings_close(&at);
}

int main(int count, char **words)
{
    static const struct page {
        const char *name;
        void (*write)(void);
    } PAGES[] = {
        {"opcodes", write_opcodes}, {"diagnostics", write_diagnostics}, {"keywords", write_keywords},
        {"limits", write_limits},   {"builtins", write_builtins},
    };
    for (size_t i = 0; count == 2 && i < sizeof PAGES / sizeof *PAGES; i++) {
        if (strcmp(words[1], PAGES[i].name) != 0) continue;
        PAGES[i].write();
        if (fflush(stdout) || ferror(stdout)) give_up("could not be written", words[1]);
        return 0;
    }
    give_up("opcodes, diagnostics, keywords, limits or builtins is wanted", count == 2 ? words[1] : "PAGE");
}
