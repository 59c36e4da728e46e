/* What the stages of the front end share: a token, and the state of one parse.
 *
 * In: nothing. Out: types for lexer.l (characters to tokens), words.c (words to keywords), filter.c (lines; which words
 * are keywords where they stand), parser.y, ast.c (nodes and where they belong) and advice.c (what to say of a mistake).
 * Decision: the whole text becomes an array of tokens before the parser starts. So a rule of lines or words may look
 * ahead and back as far as it needs, and advice can see the whole line. Cost: 48 bytes a token for the time of the parse.
 */
#ifndef KAOHE_GRAMMAR_FRONT_H
#define KAOHE_GRAMMAR_FRONT_H

#include "ast.h"

enum token_class { CLASS_NONE, CLASS_OPEN, CLASS_SOFT, CLASS_COUNTED, CLASS_HARD };

enum token_flag {
    TOKEN_FRESH = 1 << 0,    /* the first on its line */
    TOKEN_TIGHT = 1 << 1,    /* no blank between it and the token before */
    TOKEN_QUOTED = 1 << 2,   /* a name in 「」 or '' */
    TOKEN_REPORTED = 1 << 3, /* a finding is already out for its line */
    TOKEN_WORD = 1 << 4,     /* a bare word: Latin or CJK */
    TOKEN_WIDE = 1 << 5,     /* begins with a CJK character */
    TOKEN_CUT = 1 << 6,      /* a noise word (分, points) that followed was dropped */
};

struct token {
    int kind;      /* TOK_…; a bare word is TOK_NAME until the filter has delivered it */
    int16_t open;  /* the keyword it is as the first word of a line, or 0 */
    int16_t word;  /* the keyword it is or may be elsewhere, or 0 */
    int16_t as;    /* what the filter made of it, 0 until it has been delivered */
    uint8_t class; /* of `word` */
    uint8_t flags;
    struct span span;
    struct text text; /* a name; digits; an ISO date; the contents of a string */
};

/* A quotation mark that its line leaves without the other, and what was said of it. */
struct open_quote {
    struct finding *finding; /* NULL: nothing */
    struct span mark;
};
enum { OPEN_QUOTES = 8 };

/* The block a line stands in is the token of its head (TOK_UNIT, TOK_ITEM …), 0 before the first head. */
struct front {
    struct arena *arena;
    struct findings *findings;
    struct text source;
    struct keywords *keywords; /* words.c */

    struct token *tokens; /* ended by one TOK_END */
    size_t count, capacity;
    struct ast_comment *comments;
    size_t comment_count, comment_capacity;
    size_t english, chinese; /* keywords of each tongue */
    enum tongue tongue;
    struct open_quote open_quotes[OPEN_QUOTES]; /* the first of them */
    size_t open_count;
    size_t reported_from, reported_to; /* the tokens of a line that has its finding; a line found again is cheap */

    /* filter.c */
    size_t next;  /* the token to deliver next */
    size_t start; /* the first token of the line */
    size_t last;  /* the token delivered last */
    int line;     /* what the line is: its first keyword, or TOK_L_… */
    int block;
    int outer;              /* the block before this line, if the line opens one */
    int before;             /* the kind delivered last on this line, 0 at its start */
    int type_at;            /* in a field: 1 the type is expected, 2 it was seen */
    unsigned depth;         /* open brackets */
    unsigned prefixes, ifs; /* not/- in a row; `if`s of this line */
    bool in_line, recovering;
    bool trial; /* a repair is being tried: nothing is said, nothing is placed */

    /* advice.c */
    int misspelt;        /* the head that the line in error was probably meant to be, or 0 */
    struct known *known; /* names declared in the file, once they are asked for */
    size_t advised;      /* lines in error so far */

    /* place.c */
    struct ast *root, *root_last;
    struct ast *decl, *decl_last; /* the declaration that lines go to, and its last line */
    struct ast *block_decl;       /* the latest declaration that takes lines, for messages */
};

/* AMONG(token, TOK_A, TOK_B, …) */
#define AMONG(token, ...) token_among((token), (const int[]){__VA_ARGS__, 0})
static inline bool token_among(int token, const int *set)
{
    while (*set && *set != token) set++;
    return *set;
}

/* ---- words.c ---- */

struct keyword {
    int token;
    enum token_class class;
    const char *name;             /* "PER_MISSING" */
    struct text english, chinese; /* all spellings, by | */
};

extern const struct keyword KEYWORDS[];
extern const size_t KEYWORD_COUNT;

/* The table by spelling. */
struct keywords *keywords_open(struct arena *arena);
/* The keywords of a spelling: at the start of a line and elsewhere. False if it is neither. */
bool keywords_find(const struct keywords *keywords, struct text spelling, int *open, int *word, enum token_class *class);
/* The first spelling of a token in a tongue (that of the other, if it has none); empty if it is no keyword. */
struct text keyword_spelling(int token, enum tongue tongue);
/* The n-th spelling of an entry in a tongue, or an empty text behind the last. */
struct text keyword_nth(const struct keyword *entry, enum tongue tongue, size_t n);

/* Whether a word straight after a number would lose its front, or all of itself, as what is counted: a name that must be
 * kept apart there is quoted. */
bool words_come_off(const struct keywords *keywords, struct text run);

/* 次, 分, 人: says only what is counted */
bool words_measure(struct text text);
/* 每 with whatever is counted: 每次, 每一项 */
bool words_is_per(const struct keywords *keywords, struct text run);
/* Turns the lexer's words into keywords and phrases, drops measure words, joins lengths of time. */
void words_settle(struct front *front);

/* ---- lexer.l ---- */

/* The tokens and comments of front->source. */
void lexer_run(struct front *front);

/* ---- ast.c ---- */

/* One finding a line: adds one at `where` unless the line of that token has one already; then it returns NULL. The words
 * are struct text. */
struct finding *front_find(struct front *front, enum diag_code code, size_t token, struct span where, int words, ...);
/* The same for a place in a tree, which knows no token. */
struct finding *front_find_at(struct front *front, enum diag_code code, struct span where, int words, ...);
/* The text of a span. */
struct text front_text(const struct front *front, struct span where);

#endif
