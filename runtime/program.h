/* The program: what the VM runs. Straight-line code in passes over spaces; no jumps.
 *
 * In: made by compiler/emit.c, proved by verify.c. Out: read by vm.c and disasm.c.
 * A *space* is a set of lanes: everything (one lane), a table's rows, the groups of a table. A *figure* is a vector over a
 * space: a column of data, something stored or summed by a pass. A pass runs its code over the batches of its space, or
 * is a barrier: it builds groups or ranks lanes.
 * Decision: how one space maps to another (row to unit, row to parent, row to group) is itself a figure, so that one kind
 * of gather and one kind of sink serve every grain. Cost: an index is loaded per row even for a table in unit order.
 */
#ifndef KAOHE_RUNTIME_PROGRAM_H
#define KAOHE_RUNTIME_PROGRAM_H

#include "fault.h"
#include "schema.h"

enum opcode {
#define OP(name, result, operands, meaning) OP_CODE_##name,
#include "opcode.def"
#undef OP
    OPCODE_COUNT
};

struct opcode_info {
    const char *name;
    char result;
    const char *operands;
    const char *meaning;
};
const struct opcode_info *opcode_info(enum opcode op);

/* r: result register. Operands by opcode.def. `where` is the place in the scheme that a fault names. */
struct insn {
    uint16_t op;
    uint32_t r;
    uint32_t a, b, c, d;
    struct span where;
};

enum reg_kind { REG_NUMBER, REG_QUOTIENT, REG_MASK };

#define NO_FIGURE UINT32_MAX

enum space_kind { SPACE_ALL, SPACE_TABLE, SPACE_GROUP };
struct space {
    enum space_kind kind;
    uint32_t table; /* SPACE_TABLE: its table; SPACE_GROUP: the table its rows are of */
    uint32_t group; /* SPACE_GROUP: index into program.groups */
};

enum figure_source {
    FIGURE_COLUMN,     /* field `field` of the table */
    FIGURE_UNIT_OF,    /* row -> row of table 0 */
    FIGURE_PARENT_OF,  /* row -> row of the parent table */
    FIGURE_JUDGED,     /* schema.judged[field], over units; blank: FAULT_JUDGED */
    FIGURE_MADE,       /* stored by a pass or filled by a barrier */
    FIGURE_SUM,        /* sunk into: starts at 0 or false */
    FIGURE_EXTREME,    /* sunk into: starts unseen, ends as the fault empty where nothing arrived */
};
struct figure {
    uint32_t space;
    enum reg_kind kind;
    enum figure_source source;
    uint32_t field;
    uint8_t places; /* numbers: the scale, for dumps */
    bool kept;      /* somebody reads it after the run */
    bool explains;  /* of units, stored by a pass, and read after the run, of those that are explained: nothing else reads it */
    struct text name; /* for dumps; may be empty */
};

/* The units, rows … that share the partition figures are ordered by the keys among themselves. Lanes where mask is false
 * take no part. A fault in a key or mask of a possible participant marks its whole partition. */
struct rank {
    uint32_t space;
    uint32_t *keys;       /* figures: numbers or quotients; none: all are equal, so only ordinal and size tell them apart */
    bool *highest_first;
    uint32_t key_count;
    uint32_t *partition;  /* figures: numbers */
    uint32_t partition_count;
    uint32_t mask;        /* figure or NO_FIGURE */
    uint32_t place;       /* out: 1 + how many are strictly before; blank for non-participants. Or NO_FIGURE, as below */
    uint32_t from_last;   /* out: 1 + how many are strictly behind */
    uint32_t ordinal;     /* out: 1, 2, 3 … ties by lane order */
    uint32_t size;        /* out: participants of the lane's partition, also for non-participants */
};

/* The distinct keys among rows of one unit where mask holds. */
struct group {
    uint32_t from_space;  /* a table's rows */
    uint32_t key;         /* figure over from_space */
    uint32_t owner;       /* figure over from_space: row -> unit */
    uint32_t mask;        /* figure or NO_FIGURE */
    uint32_t space;       /* the space built */
    uint32_t group_of;    /* out, over from_space: row -> group, -1 for none */
    uint32_t unit_of;     /* out, over space: group -> unit */
    uint32_t key_of;      /* out, over space */
    uint32_t live;        /* out, mask over space: true; a fault for a unit's rows whose key or mask has one */
};

enum pass_kind { PASS_CODE, PASS_RANK, PASS_GROUP };
struct pass {
    enum pass_kind kind;
    uint32_t space;     /* PASS_CODE */
    uint32_t barrier;   /* PASS_RANK, PASS_GROUP: index into ranks or groups */
    uint32_t stage;     /* for dumps: what it waits for */
    struct insn *code;
    uint32_t length;
    enum reg_kind *registers;
    uint32_t register_count;
};

struct constant {
    int64_t numerator;
    int64_t denominator; /* 1 for numbers */
};

struct lookup {
    int64_t *entries;
    uint32_t count;
};

/* What a CHECK stands for: a `must`, an `only when`, or a row of a view that ties with the one that counts. */
struct check {
    uint32_t table;
    int32_t field;  /* the field an `only when` is about, or NO_INDEX */
    bool tie;       /* a row of a view ties with the one that counts: a notice, no fault */
    bool filled;    /* only when: true if a filled cell is the fault, false if a blank is */
    struct span where;
};

struct program {
    struct schema schema;
    struct space *spaces;      /* [0] is everything; [1 + t] is table t; then groups */
    uint32_t space_count;
    struct figure *figures;
    uint32_t figure_count;
    struct rank *ranks;
    uint32_t rank_count;
    struct group *groups;
    uint32_t group_count;
    struct pass *passes;
    uint32_t pass_count;
    struct constant *constants;
    uint32_t constant_count;
    struct lookup *lookups;
    uint32_t lookup_count;
    struct check *checks;
    uint32_t check_count;
    uint32_t rule_count;       /* ledger rules are 0 … rule_count - 1 */
    struct span *rules;
};

enum { SPACE_EVERYTHING = 0, SPACE_UNITS = 1 };

/* Proves that the program may be run: operands in range and of the right kind, registers written before read, figures of
 * the right space and kind, written before read, sinks' targets reached through an index. Returns true, or false with a
 * sentence for the developer in *why (a defect of the compiler, not of the scheme). */
bool program_verify(struct arena *arena, const struct program *program, struct text *why);

/* The program as text (`dump --program`). */
void program_print(struct buffer *out, const struct program *program);

#endif
