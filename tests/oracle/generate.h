/* The generator: random schemes and tables from a seed, typed by construction.
 *
 * In: a seed. Out: the text of a scheme, English or Chinese by the seed, and its CSV files.
 * Decision: text is made directly, without an AST, so that the parser is tested on the way; each field keeps a pool of a
 * few values from which both the data and the literals are drawn, so that boundaries are hit again and again. Cost: what
 * the grammar forbids has to be known here too.
 */
#ifndef KAOHE_TESTS_GENERATE_H
#define KAOHE_TESTS_GENERATE_H

#include "../../runtime/finding.h"

enum { MOST_FIELDS = 24, MOST_POOL = 8, MOST_TABLES = 8, MOST_NAMES = 24, MOST_PARTS = 48, MOST_VALUES = 5 };

enum gtype { G_COUNT, G_NUMBER, G_PERCENT, G_BOOL, G_NA, G_LIST, G_TEXT, G_DATE, G_REF, G_ITEM, G_UNIT };

struct glist {
    struct text name; /* empty: written at its field */
    struct text values[MOST_VALUES], headings[MOST_VALUES];
    int count;
    bool ordered;
};

struct gfield {
    struct text name, heading;
    enum gtype type;
    bool optional, computed, key, in_item;
    bool always; /* filled in every row, or in every row where it applies */
    bool whole, nonneg, positive; /* of a number */
    struct glist *list;
    struct gtable *target;    /* G_REF */
    struct gfield *at_most;   /* a `must` says so */
    struct gfield *when;      /* only when, applies if: this field … */
    struct text when_value;   /* … is this */
    bool applies;             /* applies if: may be filled elsewhere too */
    struct text pool[MOST_POOL];
    int pools;
};

struct gtable {
    struct text name, heading;
    struct gfield *fields[MOST_FIELDS];
    int field_count;
    struct gtable *parent; /* NULL: of the unit */
    struct gfield *by, *key;
    bool for_all, roles, calendar, results;
    int at_least;
    struct text *cells; /* rows of field_count texts */
    int *owner, *above; /* row of the unit, of the parent */
    int rows;
};

/* A figure of each unit, or of each row of a table. */
struct gname {
    struct text name;
    struct gtable *table; /* choose in T; NULL: of the unit */
    bool constant;
    enum gtype type;      /* G_NUMBER, G_LIST (a choose of names), G_BOOL (an outcome, a condition) */
    bool whole, nonneg, positive;
    struct glist *list;
    struct text texts[3]; /* G_TEXT: what it may be */
};

struct ggrid {
    struct text name;
    struct glist *down, *across; /* NULL: yes/no */
};

struct granking {
    struct text name;
    bool partial;
    bool by_total;
};

struct gpart {
    struct text number;
    const char *word;
    bool marked, item;
    bool judged, undecided;
    bool maybe; /* reads a figure that may be open: perhaps it can be open itself */
    int worth, ceiling; /* ceiling 0: none */
    struct text judges[3];
    int shares[3], judge_count;
    int step;       /* tenths; 0: tenths are allowed */
    bool all_or_nothing;
};

struct gen {
    struct arena *arena;
    uint64_t state;
    bool zh, risky, open_rich; /* risky: averages of nothing, quotients by what may be 0; open_rich: cases nobody has decided */
    struct buffer out; /* the scheme */
    int names;
    bool has_period, carries;
    struct glist *lists[MOST_NAMES];
    int list_count;
    struct gtable *tables[MOST_TABLES]; /* [0] the unit */
    int table_count;
    struct gname *figures[MOST_NAMES];
    int figure_count;
    struct gtable views[MOST_TABLES];   /* name and fields of the base, `view` words */
    int view_count;
    struct ggrid grids[4];
    int grid_count;
    struct granking rankings[4];
    int ranking_count;
    struct text question, answers[3];
    struct text second, second_answers[2]; /* another question, which lines of the first may name as well */
    int answer_count, taken;            /* how many; which one is taken */
    struct gpart parts[MOST_PARTS];
    int part_count;
    struct text grades[5];
    int grade_count;
    struct text outcomes[4];            /* that rules may set */
    int outcome_count;
    struct text may[2];                 /* outcomes that somebody may order */
    int may_count;
    int results_count;
    struct text assessed;               /* the field of the scheme's own `applies if` */
    struct text open[MOST_NAMES];       /* figures that nobody may have decided yet */
    int open_count;
};

/* Where an expression will stand. */
struct gscope {
    struct gtable *table;      /* a row of it, or NULL */
    struct gfield *group;      /* per F in table: its key; then `table` is NULL and group_table the table */
    struct gtable *group_table;
    bool own_only;             /* a computed column, a must: nothing but the row */
    bool constant;
    bool effect, points;       /* behind an effect: count is there; and points */
    bool figures;              /* lets and the like */
    bool rankings;
    int parts;                 /* marks of the first so many parts may be used */
    bool total, grade;
    struct gfield *known[4];
    int known_count;
};

struct gx {
    struct text t;
    bool whole, nonneg, positive;
};

/* gen_text.c: chance, words, names */
uint64_t roll(struct gen *g, uint64_t n);
bool chance(struct gen *g, int percent);
#define SAY(g, ...) arena_print((g)->arena, __VA_ARGS__)
#define W(english, chinese) (g->zh ? (chinese) : (english))
/* Texts of the generator end in a NUL; S looks at its argument once, unlike TEXT_ARG, so a random text may stand in it. */
static inline const char *S(struct text t) { return t.at ? t.at : ""; }
struct text said(struct gen *g, const struct buffer *text);
struct text new_name(struct gen *g, const char *en, const char *zh);
struct text new_heading(struct gen *g, const char *en, const char *zh);
void say_heading(struct gen *g); /* now and then */
struct text digits(struct gen *g, long tenths, int places); /* 25, 1 -> 2.5 */
struct text pool_value(struct gen *g, const struct gfield *f); /* as written in a scheme */
struct text date_text(struct gen *g, struct text iso);
bool numeric(const struct gfield *f);
void say_end(struct gen *g);                   /* the line's end: now and then with because, source, the reading that is taken */
/* Behind a line that is not there: a reading that is not taken. False, and nothing said, where there is no question. */
/* A figure that may be open; whether a text reads one. */
void note_open(struct gen *g, struct text figure);
bool reads_open(const struct gen *g, struct text text);
bool has_readings(struct gen *g);
void say_not_taken(struct gen *g);
void say_words(struct gen *g); /* a note, a gap */

/* gen_tables.c */
struct glist *new_list(struct gen *g, bool named);
struct text list_text(struct gen *g, const struct glist *list);
struct text quoted(struct gen *g, struct text t);
struct text random_date(struct gen *g, int year);
void say_unit(struct gen *g);
void say_table(struct gen *g, bool for_all, struct gtable *parent);
void say_roles(struct gen *g);    /* a table whose rows name the units they belong to */
void say_calendar(struct gen *g); /* the calendar of working days, a table that the language knows by its name */
void say_results(struct gen *g);  /* results of other runs */
void say_view(struct gen *g);

/* gen_expr.c */
struct gx gen_number(struct gen *g, const struct gscope *s, int depth);
struct gx gen_nonneg(struct gen *g, const struct gscope *s, int depth);
struct text gen_cond(struct gen *g, const struct gscope *s, int depth);
/* The table's name or, now and then, that of a view of it. */
struct text rows_text(struct gen *g, struct gtable *t);
struct gtable *pick_table(struct gen *g, const struct gscope *s);
struct gscope row_scope(const struct gscope *s, struct gtable *table);
struct gfield *pick_field(struct gen *g, struct gtable *table, unsigned types); /* of 1 << gtype; or NULL */

/* gen_rules.c */
void gen_parts(struct gen *g);

/* gen_spell.c: the same scheme with some words spelt otherwise */
struct text respell(struct gen *g, struct text scheme);

/* generate.c: the whole. `folder` gets scheme.kh and the tables. */
struct text generate_scheme(struct gen *g, struct arena *arena, uint64_t seed);
bool generate_write(struct gen *g, struct text scheme, const char *folder);

#endif
