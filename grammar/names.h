/* What names.c and names_walk.c share: symbols, the spaces they live in, and how a name is looked up.
 *
 * Decision: names are resolved by scope alone, without types; the one thing of types that matters, which list a value
 * belongs to, is found by looking at what it is compared with (names_walk.c). Cost: a name that only types can tell
 * apart is taken for the first of that spelling.
 */
#ifndef KAOHE_GRAMMAR_NAMES_H
#define KAOHE_GRAMMAR_NAMES_H

#include "print.h"

enum { HOPS = 64 }; /* how far views, parents and definitions are followed: a circle must not hang fmt */

struct symbol {
    const struct ast *decl;     /* NULL: brought by the language */
    const struct space *space;
    struct text own, other;     /* as written; as wished for (empty: no exchange) */
    bool fixed;                 /* of a used file, which is exchanged by itself: it gives way to nobody */
};

/* Names that live together: the file's, the unit's fields, a table's fields, a list's values, a builtin table's columns. */
struct space {
    const struct ast *decl;
    const struct space *parent; /* of a table with `of`: its columns are seen after one's own */
};

struct cell {
    const void *key;
    struct text text;
    void *value;
};

struct map {
    struct cell *cells;
    size_t count, room; /* room: a power of two */
};

struct names {
    struct arena *arena;
    enum tongue tongue;
    bool translate;
    struct space global, unit, grades, decision, results;
    struct space any_value, any_field; /* what is found when no scope says: the first of that name in the file */
    struct map spaces;   /* declaration or TYPE -> struct space */
    struct map own;      /* space + name -> symbol */
    struct map printed;  /* space + printed name -> symbol; rebuilt each round */
    struct map uses;     /* node -> symbol */
    struct map builtins; /* node -> struct builtin */
    struct map kept;     /* builtins that a declared name stands in the way of: they keep the spelling that was typed */
    struct symbol **symbols;
    size_t symbol_count, symbol_room;
    bool checking;       /* the walk verifies instead of recording */
    bool changed;        /* in this round an exchange was taken back */
};

/* Where an expression stands: the rows it sees, innermost first. */
struct view {
    const struct view *outer;
    const struct space *rows;
    bool group; /* `group` means these rows */
};

struct builtin {
    const char *owner, *english, *chinese; /* owner: of members and columns, else NULL */
};

/* ---- names.c ---- */

void *map_get(const struct map *map, const void *key, struct text text);
void map_put(struct arena *arena, struct map *map, const void *key, struct text text, void *value);

/* The name that the language brings, or NULL; owner: whose member or column it is, NULL for plain names and functions. */
const struct builtin *builtin_named(const char *owner, struct text text);
/* The same as seen from a place: the columns of the program's own tables first. */
const struct builtin *builtin_seen(const struct names *names, const struct view *view, struct text text);

/* The values of the list that is wanted come first, then rows, unit, file, what the language brings, then any value. */
struct symbol *name_lookup(const struct names *names, const struct map *map, const struct view *view,
                           const struct space *list, struct text text);
bool is_value(const struct symbol *symbol);

struct text printed_name(const struct symbol *symbol);
/* What is printed for a use that means `symbol`, or else `builtin`, or else nothing known. */
struct text name_shown(const struct names *names, const struct symbol *symbol, const struct builtin *builtin,
                       struct text text);
/* The exchange of this symbol is given up. */
void name_take_back(struct names *names, struct symbol *symbol);

/* ---- names_walk.c ---- */

/* Visits every use of a name. First walk: notes its meaning. Later walks (names->checking): takes back the exchanges that
 * would change a meaning. */
void names_walk(struct names *names, const struct ast *root);

/* The columns of the rows that a name means, or NULL. */
const struct space *space_of_table(const struct names *names, const struct view *view, struct text text);

#endif
