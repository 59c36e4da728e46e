/* What the files of the printer share: print.c (declarations), print_rule.c (parts, rules, examples), print_expr.c
 * (expressions), print_word.c (words, names, texts, numbers). names.c says which name is printed for which use, layout.c
 * makes lines into text.
 *
 * Decision: blanks are not written by hand; `put` sets one between two words unless a bracket, a full-width sign or a mark
 * stands there. So no line can end in two blanks or glue two names together. Cost: what must be glued says so.
 */
#ifndef KAOHE_GRAMMAR_PRINT_H
#define KAOHE_GRAMMAR_PRINT_H

#include "front.h"
#include "layout.h"

/* ---- names.c ---- */

struct names;

/* Finds what each name of the file means, and, in the other tongue than the file's, which names are exchanged with their
 * headings. */
struct names *names_resolve(struct arena *arena, const struct ast_file *file, enum tongue tongue);

/* The text to print for the name that `node` uses (a NAME, CALL, DOT's field, ROWS' table …) or declares. */
struct text names_text(const struct names *names, const struct ast *node);

/* The heading to print for a declaration. */
struct text names_heading(const struct names *names, const struct ast *node);

/* Whether rows of the NAME are kept by date: events, which Chinese counts with 次. */
bool names_dated(const struct names *names, const struct ast *rows);

/* Whether the NAME is a table or view, not a figure. */
bool names_is_table(const struct names *names, const struct ast *rows);

/* ---- print_word.c ---- */

/* The words of keywords.def: KW_WORTH … */
enum word {
#define KEYWORD(token, class, english, chinese, help) KW_##token,
#include "keywords.def"
#undef KEYWORD
    KW_COUNT_ALL
};

struct printer {
    struct layout layout;
    const struct names *names;
    const struct keywords *keywords;
    bool zh;
    size_t name_from, name_to; /* the name without marks that was put last, on the line being built */
};

/* The line being built. */
static inline struct buffer *line_of(struct printer *p) { return &p->layout.line; }

void put(struct printer *p, struct text text);          /* with a blank before it where two words would touch */
void glue(struct printer *p, const char *en, const char *zh); /* without */
void word(struct printer *p, enum word word);           /* a keyword in the tongue of the printer */
/* A keyword of which this place wants another spelling than the first; "" for the first. The spelling must be one that
 * keywords.def has. */
void word_as(struct printer *p, enum word word, const char *en, const char *zh);
void comma(struct printer *p);                          /* between clauses */
void list_comma(struct printer *p);                     /* between members of a list: the line may be broken here */
void break_comma(struct printer *p);                    /* between clauses of a long line: it may be broken here */
void open_bracket(struct printer *p, bool glued);
void close_bracket(struct printer *p);
void stop(struct printer *p);                           /* the next column */

/* Where a name stands decides which keywords it must be kept apart from, by 「 and 」. */
enum place {
    PLACE_ANY,    /* inside a line */
    PLACE_START,  /* the first word of a line, where any keyword may open one */
    PLACE_FIELD,  /* the first word of a field's line, which is always a name */
    PLACE_TYPE,   /* a list or table as a type: the words for a field's properties may follow */
    PLACE_LISTED, /* one of several values: as PLACE_TYPE, but `any` and `every` are names there */
    PLACE_ANSWER, /* a reading of a question: there, too */
};
void name_in(struct printer *p, const struct ast *node, enum place place); /* the name that the node uses or declares */
void name(struct printer *p, const struct ast *node);                      /* inside a line */
void glue_name(struct printer *p, struct text text);                       /* what stands behind a dot */
void heading(struct printer *p, const struct ast *node); /* the heading of a declaration, if it has one */
void string(struct printer *p, struct text text);
void points(struct printer *p, const struct ast *expr, int level, bool glued); /* marks: 5分 */
void number(struct printer *p, const struct ast *number, const char *measure); /* a NUMBER with a Chinese measure word */

/* ---- print_expr.c ---- */

/* How tightly an expression binds; `expr` brackets what binds less than `level`. */
enum level {
    LEVEL_CONDITION,  /* where a condition is all there is: `any T has C` needs no brackets */
    LEVEL_ANY,        /* if-then-else; an aggregate with `best` or `dropping` */
    LEVEL_LOGIC,      /* and, or: never mixed without brackets */
    LEVEL_NOT,
    LEVEL_COMPARISON,
    LEVEL_ROUNDED,
    LEVEL_SUM,
    LEVEL_PRODUCT,
    LEVEL_SIGN,
    LEVEL_DEFAULT,
    LEVEL_PRIMARY,    /* numbers, dates, aggregates … */
    LEVEL_OPERAND,    /* names, calls, brackets */
};
/* Whether the expression begins with a word that opens something else where a line, or what follows `then`, begins: sum of,
 * count of, by, days from, item … */
bool opens_with_phrase(const struct ast *node);
/* The level that puts such an expression in brackets in English; else `level`. */
enum level framed(const struct printer *p, const struct ast *node, enum level level);
void expr(struct printer *p, const struct ast *node, enum level level);
/* A figure as it is, anything else as an operand: a target, a number of times. */
void few(struct printer *p, const struct ast *node, const char *measure);
void binary_sign(struct printer *p, const struct ast *node); /* of a BINARY or EXPECT_COMPARE */
void value(struct printer *p, const struct ast *node, bool declared); /* a VALUE, with its heading if declared here */
void value_list(struct printer *p, const struct ast *values, bool ordered); /* all of them, as declared: , or < between */
void round_mode(struct printer *p, enum ast_op op);

/* ---- print_rule.c ---- */

/* because, when, source at the end of a line. */
void trailing(struct printer *p, const struct ast *node);
void print_rule(struct printer *p, const struct ast *rule);
void print_part(struct printer *p, const struct ast *part);
void print_example(struct printer *p, const struct ast *example);

/* ---- print.c ---- */

/* All lines of a declaration. */
void print_declaration(struct printer *p, const struct ast *decl);
/* Ends a line inside a declaration. */
void end_line(struct printer *p, const struct ast *node, int depth);
/* Ends the first line of a declaration, and says how close it may stand to its neighbours. */
void end_head(struct printer *p, const struct ast *node, enum joins joins);
void print_field_line(struct printer *p, const struct ast *line);
void print_evidence(struct printer *p, const struct ast *line);
void print_applies(struct printer *p, const struct ast *applies);

#endif
