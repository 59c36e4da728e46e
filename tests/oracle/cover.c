/* Counts what random schemes are made of.
 *
 * In: how many, from which seed. Out: every kind of node, every option of one (op, flag, a slot that may be empty, a reading), every
 * word of the language in either tongue, every built-in name and every opcode that occurs in fewer schemes than FEW, unless EXCEPT says why it need not.
 * Decision: what there is is read from the .def files, so a construct that is added there is missed here until the generator
 * makes it; an exception that does occur is an error, too. Cost: the slots of ast.def are read as text and keep a fixed form.
 */
#include "cover.h"

#include "generate.h"

#include "../../compiler/kaohe.h"
#include "../../grammar/ast.h"

#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>

enum { FEW = 3, MOST = 2048 }; /* at most half of MOST are used */

static const struct {
    const char *what, *why;
} EXCEPT[] = {
#include "cover_except.h"
};

struct thing {
    char name[48];
    unsigned long schemes, last; /* in how many it occurs; the last of them */
};

struct counts {
    struct thing things[MOST]; /* by the hash of their names, in order of `order` */
    size_t order[MOST], count;
    unsigned long scheme;      /* 0: none yet, what there is is being listed */
};

/* Lists the thing, or, if it is seen in the scheme at hand, counts that. */
static void note(struct counts *counts, bool seen, const char *format, ...) __attribute__((format(printf, 3, 4)));
static void note(struct counts *counts, bool seen, const char *format, ...)
{
    char name[48];
    va_list args;
    if (counts->scheme && !seen) return;
    va_start(args, format);
    vsnprintf(name, sizeof name, format, args);
    va_end(args);
    size_t at = 5381;
    for (const char *c = name; *c; c++) at = at * 33 + (unsigned char)*c;
    for (at %= MOST; counts->things[at].name[0] && strcmp(counts->things[at].name, name);) at = (at + 1) % MOST;
    struct thing *thing = &counts->things[at];
    if (!thing->name[0]) {
        if (counts->scheme || counts->count * 2 > MOST) abort(); /* seen, but not among what there is */
        memcpy(thing->name, name, sizeof name);
        counts->order[counts->count++] = at;
    }
    if (!seen || thing->last == counts->scheme) return;
    thing->last = counts->scheme;
    thing->schemes++;
}

/* ---- nodes ---- */

static const char *const KIND_GROUPS[] = {
#define AST(kind, group, slots) #group,
#include "../../grammar/ast.def"
#undef AST
};
static const char *const KIND_SLOTS[] = {
#define AST(kind, group, slots) slots,
#include "../../grammar/ast.def"
#undef AST
};

static const struct {
    const char *name;
    unsigned flag;
} FLAGS[] = {{"KEY", AST_KEY},
             {"OPTIONAL", AST_OPTIONAL},
             {"ORDERED", AST_ORDERED},
             {"FOR_ALL", AST_FOR_ALL},
             {"ALL_OR_NOTHING", AST_ALL_OR_NOTHING},
             {"UNTIL_NONE", AST_UNTIL_NONE},
             {"NEGATED", AST_NEGATED},
             {"WORD", AST_WORD},
             {"QUOTED", AST_QUOTED},
             {"BARE", AST_BARE}};

static bool capital(char c) { return (c >= 'A' && c <= 'Z') || c == '_'; }

/* The words of "op=A|B|C" or "flags=A|B": calls see for each. */
static void options(const char *slots, const char *key, void (*see)(void *data, struct text word), void *data)
{
    for (const char *at = strstr(slots, key); at; at = strstr(at, key)) {
        at += strlen(key);
        for (const char *end = at; capital(*at); at = end) {
            while (capital(*end)) end++;
            see(data, (struct text){at, (size_t)(end - at)});
            if (*end == '|') end++;
        }
    }
}

struct look {
    struct counts *counts;
    enum ast_kind kind;
    const struct ast *node; /* NULL: only what there is */
};

static void see_op(void *data, struct text word)
{
    struct look *look = data;
    bool seen = look->node && text_is(word, ast_op_name(look->node->op));
    if (seen || !look->node) note(look->counts, seen, "%s op %.*s", ast_kind_name(look->kind), TEXT_ARG(word));
}

static void see_flag(void *data, struct text word)
{
    struct look *look = data;
    size_t f = 0;
    while (f < sizeof FLAGS / sizeof *FLAGS && !text_is(word, FLAGS[f].name)) f++;
    if (f == sizeof FLAGS / sizeof *FLAGS) abort(); /* ast.def names a flag that is none */
    note(look->counts, look->node && (look->node->flags & FLAGS[f].flag), "%s flag %s", ast_kind_name(look->kind), FLAGS[f].name);
    note(look->counts, look->node && !(look->node->flags & FLAGS[f].flag), "%s without flag %s", ast_kind_name(look->kind), FLAGS[f].name);
}

/* " a=", or at the beginning. */
static const char *slot(const char *slots, char letter)
{
    for (const char *at = slots; *at; at++)
        if (*at == letter && at[1] == '=' && (at == slots || at[-1] == ' ')) return at + 2;
    return NULL;
}

static void look_at(struct counts *counts, enum ast_kind kind, const struct ast *node)
{
    struct look look = {counts, kind, node};
    const char *slots = KIND_SLOTS[kind], *name = ast_kind_name(kind);
    note(counts, node != NULL, "%s", name);
    options(slots, "op=", see_op, &look);
    options(slots, "flags=", see_flag, &look);
    const struct ast *const children[] = {node ? node->a : NULL, node ? node->b : NULL, node ? node->c : NULL,
                                          node ? node->d : NULL, node ? node->e : NULL, node ? node->f : NULL};
    for (int i = 0; i < 6; i++) {
        const char *at = slot(slots, (char)('a' + i));
        if (!at) continue;
        note(counts, node && children[i], "%s %c", name, 'a' + i);
        const char *end = at;
        while (*end && !(end[0] == ' ' && end[1] && end[2] == '=') && strncmp(end, " op=", 4) && strncmp(end, " list=", 6)) end++;
        const char *none = strstr(at, "or none");
        if (none && none < end) note(counts, node && !children[i], "%s without %c", name, 'a' + i);
    }
    if (strstr(slots, "text2=heading")) {
        note(counts, node && node->text2.len, "%s heading", name);
        note(counts, node && !node->text2.len, "%s without heading", name);
    }
    if (kind == AST_WHEN) note(counts, node && node->next, "%s and another", name);
    const char *group = KIND_GROUPS[kind];
    if (strcmp(group, "decl") && strcmp(group, "line") && strcmp(group, "rule")) return;
    note(counts, node && node->when, "%s when", name);
    note(counts, node && node->because.len, "%s because", name);
    note(counts, node && node->source.len, "%s source", name);
}

/* ---- names that the language brings ---- */

/* One of the spellings of "a|b". */
static bool among(struct text name, const char *spellings)
{
    for (const char *at = spellings; *at;) {
        size_t n = strcspn(at, "|");
        if (text_equal(name, (struct text){at, n})) return true;
        at += n + (at[n] == '|');
    }
    return false;
}

static void look_for_names(struct counts *counts, const struct ast *node, bool results)
{
    const struct text none = TEXT_NONE;
    struct text call = node && node->kind == AST_CALL ? node->text : none, plain = node && node->kind == AST_NAME ? node->text : none;
    bool dotted = node && node->kind == AST_DOT && node->a->kind == AST_NAME;
    struct text owner = dotted ? node->a->text : none, member = dotted ? node->text : none;
    struct text own = results ? none : plain, column = results ? plain : none; /* there a column hides the name */
    if (node && node->kind != AST_CALL && node->kind != AST_NAME && node->kind != AST_DOT) return;
#define SPELT(name, english, chinese) (among(name, english) || among(name, chinese))
#define BUILTIN(id, english, chinese, least, most, help)                                                                                  \
    note(counts, SPELT(least ? call : own, english, chinese) || (!least && SPELT(owner, english, chinese)), "built-in " #id);
#define MEMBER(of, id, english, chinese, help)                                                                                            \
    note(counts, SPELT(owner, #of[0] == 'P' && #of[1] == 'E' ? "period" : "previous", #of[1] == 'E' ? "考核期" : "上期") &&               \
                     SPELT(member, english, chinese),                                                                                     \
         #of " . " #id);
#define COLUMN(of, id, english, chinese, help) note(counts, SPELT(column, english, chinese), "column " #of " " #id);
#include "../../runtime/builtins.def"
#undef BUILTIN
#undef MEMBER
#undef COLUMN
}

static void walk(struct counts *counts, const struct ast *node, bool results)
{
    for (; node; node = node->next) {
        look_at(counts, node->kind, node);
        look_for_names(counts, node, results);
        const struct ast *const children[] = {node->a, node->b, node->c, node->d, node->e, node->f, node->list, node->when};
        for (size_t i = 0; i < sizeof children / sizeof *children; i++) walk(counts, children[i], results);
    }
}

/* ---- opcodes ---- */

static const char *const OPCODES[] = {
#define OP(name, result, operands, meaning) #name,
#include "../../runtime/opcode.def"
#undef OP
};

static void look_at_program(struct counts *counts, kh_text dump)
{
    struct text rest = {dump.at, dump.len};
    while (rest.len) {
        size_t n = 0;
        while (n < rest.len && (capital(rest.at[n]) || (n && rest.at[n] >= '0' && rest.at[n] <= '9'))) n++;
        for (size_t i = 0; n > 1 && i < sizeof OPCODES / sizeof *OPCODES; i++)
            if (rest.at[0] == OPCODES[i][0] && text_is((struct text){rest.at, n}, OPCODES[i])) note(counts, true, "opcode %s", OPCODES[i]);
        n += n == 0;
        rest = (struct text){rest.at + n, rest.len - n};
    }
}

/* ---- words of the language, in each tongue ---- */

static const char *const KEYWORDS[] = {
#define KEYWORD(token, class, english, chinese, help) #token,
#include "../../grammar/keywords.def"
#undef KEYWORD
};

/* Lines of "place token spelling": what the lexer and the filter took each word for. */
static void look_at_words(struct counts *counts, struct text dump, bool zh)
{
    while (dump.len) {
        struct text line = dump, word = TEXT_NONE;
        while (line.len && line.at[0] != ' ' && line.at[0] != '\n') line.at++, line.len--;
        while (line.len && line.at[0] == ' ') line.at++, line.len--;
        for (word.at = line.at; word.len < line.len && capital(line.at[word.len]);) word.len++;
        for (size_t i = 0; word.len && i < sizeof KEYWORDS / sizeof *KEYWORDS; i++)
            if (text_is(word, KEYWORDS[i])) note(counts, true, "word %s in %s", KEYWORDS[i], zh ? "Chinese" : "English");
        while (dump.len && dump.at[0] != '\n') dump.at++, dump.len--;
        if (dump.len) dump.at++, dump.len--;
    }
}

/* ---- all of it ---- */

static void one_scheme(struct counts *counts, unsigned long seed)
{
    struct arena *arena = arena_open(NULL, 0);
    struct gen gen;
    struct findings findings;
    if (!arena || setjmp(*arena_trap(arena))) exit(4);
    struct text source = generate_scheme(&gen, arena, seed);
    findings_init(&findings, arena, 0);
    const struct ast_file *file = ast_parse(arena, TEXT("scheme.kh"), source, &findings);
    bool results = false;
    for (const struct ast *d = file->root->list; d; d = d->next) results |= d->kind == AST_USE_RESULTS;
    walk(counts, file->root, results);
    struct buffer words;
    buffer_init(&words, arena);
    ast_dump_tokens(&words, arena, source);
    look_at_words(counts, buffer_result(&words), gen.zh);
    kh_scheme *scheme = NULL;
    kh_text dump;
    if (kh_scheme_open(NULL, "scheme.kh", source.at, source.len, &scheme) == KH_OK && kh_scheme_dump(scheme, KH_DUMP_PROGRAM, &dump) == KH_OK)
        look_at_program(counts, dump);
    kh_scheme_close(scheme);
    arena_close(arena);
}

static const char *excepted(const char *name)
{
    for (size_t i = 0; i < sizeof EXCEPT / sizeof *EXCEPT; i++) {
        size_t n = strlen(EXCEPT[i].what);
        bool kind = strncmp(name, EXCEPT[i].what, n) == 0 && (name[n] == '\0' || name[n] == ' ');
        if (kind) return EXCEPT[i].why;
    }
    return NULL;
}

int cover(unsigned long count, unsigned long seed, int all)
{
    static struct counts counts;
    unsigned long fine = 0, failed = 0;
    for (int kind = 0; kind < AST_KIND_COUNT; kind++) look_at(&counts, kind, NULL);
    look_for_names(&counts, NULL, false);
    for (size_t i = 0; i < sizeof OPCODES / sizeof *OPCODES; i++) note(&counts, false, "opcode %s", OPCODES[i]);
    for (size_t i = 0; i < sizeof KEYWORDS / sizeof *KEYWORDS; i++) {
        note(&counts, false, "word %s in English", KEYWORDS[i]);
        note(&counts, false, "word %s in Chinese", KEYWORDS[i]);
    }
    for (unsigned long i = 0; i < count; i++) {
        counts.scheme = i + 1;
        one_scheme(&counts, seed + i);
    }
    for (size_t i = 0; i < counts.count; i++) {
        const struct thing *thing = &counts.things[counts.order[i]];
        const char *why = excepted(thing->name);
        bool stale = why && thing->schemes >= FEW, rare = !why && thing->schemes < FEW;
        if (all) printf("%8lu  %s%s%s\n", thing->schemes, thing->name, why ? ": " : "", why ? why : "");
        else if (stale) printf("%s: an exception (%s), but it occurs in %lu schemes\n", thing->name, why, thing->schemes);
        else if (rare) printf("%s: in %lu of %lu schemes only\n", thing->name, thing->schemes, count);
        if (stale || rare) failed++;
        else fine++;
    }
    printf("%lu passed, %lu failed\n", fine, failed);
    return failed ? 1 : 0;
}
