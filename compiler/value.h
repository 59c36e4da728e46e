/* Values: the scheme's typed expressions as a graph; equal ones are one node.
 *
 * In: builders called while names and types are resolved. Out: nodes that plan.c puts into passes and emit.c turns into
 * instructions.
 * Decision: a node belongs to one space (its grain) and never changes; building an equal node gives the old one. So a
 * column read by fifty rules is loaded once, and "is this field known" is a comparison of pointers. Cost: a hash table.
 */
#ifndef KAOHE_COMPILER_VALUE_H
#define KAOHE_COMPILER_VALUE_H

#include "../runtime/program.h"

/* ---- types ---- */

enum type_kind {
    TYPE_NONE,     /* an error that was reported */
    TYPE_NUMBER,   /* scaled integer */
    TYPE_QUOTIENT, /* exact, not of known places */
    TYPE_DATE,
    TYPE_DURATION, /* a constant length of time */
    TYPE_TEXT,
    TYPE_CONDITION, /* yes or no */
    TYPE_THREE,     /* yes, no or na */
    TYPE_LIST,      /* one of a list's values */
    TYPE_GRADE,     /* a grade: an index into the grades, best first */
    TYPE_ROW,       /* a reference to a row of a table */
    TYPE_PART,      /* an item */
};

/* Ranges are kept at the number's scale, ±RANGE_LIMIT meaning unbounded. */
typedef __int128 wide;
#define RANGE_LIMIT ((wide)1 << 100)

struct type {
    enum type_kind kind;
    uint8_t places; /* TYPE_NUMBER */
    bool percent;   /* for messages and results: written as 85% */
    uint32_t index; /* TYPE_LIST: list; TYPE_ROW: table; TYPE_DURATION: enum ast_op of its measure */
    wide low, high; /* TYPE_NUMBER: what it can be */
};

/* ---- nodes ---- */

enum value_op {
    VALUE_CONST_N,   /* i */
    VALUE_CONST_Q,   /* i / j */
    VALUE_CONST_M,   /* i */
    VALUE_COLUMN,    /* table i, field j */
    VALUE_UNIT_OF,   /* table i */
    VALUE_PARENT_OF, /* table i */
    VALUE_JUDGED,    /* schema.judged[i] */
    VALUE_CODE,      /* instruction `code` on a, b, c with integers i, j where the opcode takes them */
    VALUE_GATHER,    /* a of another space at index b */
    VALUE_REDUCE,    /* sink `code` over a's space: value a (may be NULL), mask b, index c; lives in `space` */
    VALUE_RANK,      /* output i (enum rank_output) of ranks[j] */
    VALUE_GROUP,     /* output i (enum group_output) of groups[j] */
    VALUE_SPREAD,    /* a, the same everywhere, as a vector over `space` */
};

enum rank_output { RANK_PLACE, RANK_FROM_LAST, RANK_ORDINAL, RANK_SIZE, RANK_OUTPUTS };
enum group_output { GROUP_OF, GROUP_UNIT_OF, GROUP_KEY_OF, GROUP_LIVE, GROUP_OUTPUTS };

#define ANYWHERE UINT32_MAX /* the space of constants: the same in every lane of every space */

struct value {
    enum value_op op;
    enum reg_kind kind;
    uint16_t code;
    uint32_t space;
    struct value *a, *b, *c;
    int64_t i, j;
    struct span where;   /* the first place in the scheme that asked for it */
    uint32_t id;         /* order of making: arguments come before their users */
    struct value *chain; /* hash table */
    /* plan.c and emit.c */
    uint32_t stage;  /* the earliest stage at which it can be computed */
    uint32_t figure; /* where it is kept, or NO_FIGURE */
    bool live;       /* something that is reported depends on it */
    bool stored;     /* a later pass, another space or a report reads it */
    bool kept;       /* a report does */
    bool shown;      /* an explanation does, of its own unit */
    bool explains;   /* no report does */
    uint32_t reg, reg_pass, reg_uses;
};

struct rank_plan {
    uint32_t space;
    struct value **keys;
    bool *highest_first;
    uint32_t key_count;
    struct value *partition[2];
    uint32_t partition_count;
    struct value *mask; /* or NULL */
    struct value *out[RANK_OUTPUTS];
    uint32_t stage;
};

struct group_plan {
    uint32_t table, field_index;
    struct value *key, *mask; /* over the table's rows; mask may be NULL */
    struct value *owner;      /* over the table's rows: the unit */
    uint32_t space;
    struct value *out[GROUP_OUTPUTS];
    uint32_t stage;
};

/* The graph of one scheme. Spaces are numbered: 0 everything, 1 + table, then groups. */
struct graph {
    struct arena *arena;
    struct value **table;
    size_t table_size;
    struct value **all;
    size_t count, capacity;
    struct rank_plan *ranks;
    size_t rank_count, rank_capacity;
    struct group_plan *groups;
    size_t group_count, group_capacity;
    struct lookup *lookups;
    size_t lookup_count, lookup_capacity;
    const struct schema *schema;
    struct span where; /* stamped on new nodes */
    /* While a rule runs over rows that name several units: the table, and the column that says whose they are here. */
    uint32_t role_table;
    struct value *role_owner;
};

void graph_init(struct graph *graph, struct arena *arena, const struct schema *schema);

struct value *value_number(struct graph *graph, int64_t number);
struct value *value_quotient(struct graph *graph, int64_t num, int64_t den);
struct value *value_truth(struct graph *graph, bool truth);
struct value *value_column(struct graph *graph, uint32_t table, uint32_t field);
struct value *value_unit_of(struct graph *graph, uint32_t table);
struct value *value_parent_of(struct graph *graph, uint32_t table);
struct value *value_judged(struct graph *graph, uint32_t judged);
struct value *value_fault(struct graph *graph, enum reg_kind kind, uint8_t fault);
/* An instruction; operands must lie in one space or ANYWHERE; constants are folded where that is exact. */
struct value *value_code(struct graph *graph, enum opcode op, struct value *a, struct value *b, struct value *c, int64_t i,
                         int64_t j);
/* `x` at `index` (a number value over another space). */
struct value *value_gather(struct graph *graph, struct value *x, struct value *index);
/* sink: OP_CODE_SINK_*; `rows` is the space that is run over. index NULL: into everything. mask NULL: all rows. */
struct value *value_reduce(struct graph *graph, enum opcode sink, struct value *x, struct value *mask, struct value *index,
                           uint32_t rows, uint32_t into);
struct value *value_rank(struct graph *graph, uint32_t space, struct value **keys, const bool *highest_first,
                         uint32_t key_count, struct value **partition, uint32_t partition_count, struct value *mask,
                         enum rank_output output);
uint32_t value_group(struct graph *graph, uint32_t table, struct value *key, struct value *mask,
                     struct value *owner); /* index of the group plan */
struct value *value_group_out(struct graph *graph, uint32_t group, enum group_output output);
uint32_t graph_lookup(struct graph *graph, const int64_t *entries, uint32_t count);

/* A constant as a vector over a space: what is ranked, grouped or reported must be one. Others are returned as they are. */
struct value *value_spread(struct graph *graph, struct value *value, uint32_t space);

/* The same value seen from a row, unit or group of `space`: through row -> parent -> unit. NULL if there is no way. */
struct value *value_in_space(struct graph *graph, struct value *value, uint32_t space);
/* The index value over `from` that leads to `to` (an ancestor), or NULL. */
struct value *value_path(struct graph *graph, uint32_t from, uint32_t to);

static inline uint32_t space_of_table(uint32_t table) { return 1 + table; }
bool space_is_group(const struct graph *graph, uint32_t space, uint32_t *group);
bool space_is_table(const struct graph *graph, uint32_t space, uint32_t *table);

#endif
