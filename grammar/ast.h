/* The AST: a scheme as it was written, comments and order kept.
 *
 * In: built by the grammar's actions, one constructor call each. Out: read by resolve, by the printer (fmt and
 * translation), by `dump --ast` and by the tests' oracle.
 * Decision: one node type with named slots, described in ast.def, instead of seventy structs: printing, comparing and
 * walking are one function each. Cost: which slot holds what is a table to look up, not a type to check.
 * Both tongues build the same tree; nothing in it tells which was used but the spelling of names and strings.
 */
#ifndef KAOHE_GRAMMAR_AST_H
#define KAOHE_GRAMMAR_AST_H

#include "../runtime/arena.h"
#include "../runtime/finding.h"
#include "../runtime/text.h"

enum ast_kind {
#define AST(kind, group, slots) AST_##kind,
#include "ast.def"
#undef AST
    AST_KIND_COUNT
};

/* Sub-kinds: OP(NAME). Which kinds use which stands in ast.def. */
#define AST_OPS(OP)                                                                                                         \
    OP(NONE)                                                                                                                \
    OP(EXACT) OP(HALF_UP) OP(HALF_EVEN) OP(DOWN) OP(UP)                                                                     \
    OP(TEXT) OP(BOOL) OP(BOOL_NA) OP(COUNT) OP(NUMBER) OP(PERCENT) OP(DATE) OP(UNIT) OP(ITEM) OP(LIST) OP(NAMED)            \
    OP(UNDECIDED)                                                                                                           \
    OP(HIGH_FIRST) OP(LOW_FIRST)                                                                                            \
    OP(SECTION) OP(BONUS)                                                                                                   \
    OP(WORTH) OP(FROM) OP(UP_TO) OP(NO_LIMIT) OP(WEIGHT) OP(DIVIDED) OP(UNALLOTTED)                                         \
    OP(RANGE) OP(OTHERWISE)                                                                                                 \
    OP(FULL) OP(ZERO) OP(SHARED)                                                                                            \
    OP(WHOLE) OP(STARTED) OP(PRO_RATA)                                                                                      \
    OP(MINUS) OP(PLUS)                                                                                                      \
    OP(ADD) OP(SUB) OP(MUL) OP(DIV) OP(LT) OP(LE) OP(GT) OP(GE) OP(EQ) OP(NE) OP(AND) OP(OR)                                \
    OP(DISTINCT) OP(SUM) OP(AVERAGE) OP(HIGHEST) OP(LOWEST)                                                                 \
    OP(ANY) OP(EVERY) OP(NONE_OF)                                                                                           \
    OP(DAYS) OP(WORKDAYS) OP(MONTHS) OP(YEARS)                                                                              \
    OP(VETO_STATE) OP(UNDECIDED_STATE) OP(INCOMPLETE_STATE) OP(ASSESSED_STATE)

enum ast_op {
#define OP(name) OP_##name,
    AST_OPS(OP)
#undef OP
    AST_OP_COUNT
};

enum ast_flag {
    AST_KEY = 1 << 0,
    AST_OPTIONAL = 1 << 1,
    AST_ORDERED = 1 << 2,
    AST_FOR_ALL = 1 << 3,
    AST_ALL_OR_NOTHING = 1 << 4,
    AST_UNTIL_NONE = 1 << 5,
    AST_NEGATED = 1 << 6,
    AST_WORD = 1 << 7,
    AST_QUOTED = 1 << 8,
    AST_BARE = 1 << 9,
};

struct ast {
    enum ast_kind kind;
    enum ast_op op;
    unsigned flags;
    struct span span;   /* the whole node */
    struct span at;     /* the word to point a caret at (the name, the operator); equals span where there is none */
    struct text text;   /* in the arena of the file */
    struct text text2;
    struct ast *a, *b, *c, *d, *e, *f;
    struct ast *list;   /* first child */
    struct ast *next;   /* next sibling in whatever list this node is in */
    struct text source; /* `source "…"` at the line's end, or empty */
    struct text because;
    struct ast *when;   /* WHEN or NULL */
    unsigned depth;     /* levels of the tree below, itself included; at most limits.def's DEPTH */
};

/* A comment: the text without `#` and surrounding blanks. */
struct ast_comment {
    struct span span;   /* from the `#` to the line's end */
    struct text text;
    bool own_line;      /* nothing but blanks stood before it */
};

/* A parsed file. Everything lives in the arena that was passed to ast_parse. */
struct ast_file {
    struct text name;               /* as shown in messages */
    struct text source;             /* the whole text (a copy), BOM removed; of several files one behind the other */
    struct source_files files;      /* what it is made of: this file, then those it uses */
    struct ast *root;               /* FILE */
    const struct ast *used;         /* FILE: declarations of files it uses, where they are not in root; else NULL */
    struct ast_comment *comments;   /* in order */
    size_t comment_count;
    enum tongue tongue;             /* of most of its keywords */
};

/* Parses a scheme, in either tongue or both mixed. Never NULL: with errors the tree holds what could be read and
 * findings->errors is not 0. Memory failure and flex's fatal errors take the arena's trap. */
struct ast_file *ast_parse(struct arena *arena, struct text name, struct text source, struct findings *findings);

/* Moves every span of a chain of nodes and of what hangs on them. */
void ast_move(struct ast *list, uint32_t by);

/* Names of kinds and sub-kinds ("PART", "ITEM"). */
const char *ast_kind_name(enum ast_kind kind);
const char *ast_op_name(enum ast_op op);

/* The tree as indented text, one node a line: kind, op, flags, texts; with spans if asked. */
void ast_dump(struct buffer *out, const struct ast *node, bool spans);

/* Whether two trees say the same: kinds, ops, flags, texts, source, because, when, in order; not spans.
 * Returns NULL when equal, else the first node of `a` that differs. */
const struct ast *ast_difference(const struct ast *a, const struct ast *b);

/* The tokens of a text, one a line: place, token, spelling (`dump --tokens`). */
void ast_dump_tokens(struct buffer *out, struct arena *arena, struct text source);

/* The canonical form of a file in a tongue: `fmt`. Comments stand where they stood. In the other tongue than the file's,
 * a heading that is spelt in that tongue becomes the name everywhere it is used and the name becomes the heading, the
 * natural order of that tongue is used (`-2 if C` · `若 C：扣2分`). Parsing the result gives the same tree (after the
 * same exchange of names). The file must have no errors. Names that a used file declares are exchanged as ast_exchange
 * does. */
void ast_print(struct buffer *out, struct arena *arena, const struct ast_file *file, enum tongue tongue);

/* Names and headings change places in a chain of declarations, as ast_print would print them in the other tongue, so that
 * a file may be used by one in the other tongue. seen: declarations that it uses, which are in that tongue already and
 * stay as they are; NULL: none. */
void ast_exchange(struct arena *arena, struct ast *list, struct ast *seen, enum tongue from, enum tongue to);

/* The keyword that a word which was taken for a name is most likely meant to be, or an empty text (slips.c). */
struct text keyword_near(struct text wrong, enum tongue tongue);

#endif
