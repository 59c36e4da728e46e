/* The scheme: what a text means once names are resolved and types known.
 *
 * In: an AST without errors. Out: entities (tables, figures, parts, rules, grades …) whose meaning is a value of the graph;
 * read by plan, emit, the explainer, the examples and `dump --scheme`.
 * Decision: entities are lowered on demand, each once, with a mark while it is in work, so that order of lines does not
 * matter and a cycle is found where it closes. Cost: findings come in the order of need; they are sorted at the end.
 */
#ifndef KAOHE_COMPILER_SCHEME_H
#define KAOHE_COMPILER_SCHEME_H

#include "../grammar/ast.h"
#include "../runtime/intern.h"
#include "../runtime/suggest.h"
#include "value.h"

/* A value with its type; type TYPE_NONE and value NULL after an error that was reported. */
struct expr {
    struct value *value;
    struct type type;
};

enum entity_kind {
    ENTITY_TABLE,
    ENTITY_FIELD,
    ENTITY_COMPUTED,
    ENTITY_VIEW,
    ENTITY_LET,
    ENTITY_CHOOSE,
    ENTITY_GRID,
    ENTITY_QUESTION,
    ENTITY_RANKING,
    ENTITY_VALUES,
    ENTITY_OUTCOME,
};

enum entity_state { ENTITY_WAITING, ENTITY_IN_WORK, ENTITY_DONE };

struct entity {
    enum entity_kind kind;
    enum entity_state state;
    enum { WALK_NONE, WALK_OPEN, WALK_DONE } walk; /* of chain.c */
    struct text name, heading;
    struct ast *decl;
    uint32_t table;       /* of a table, field, computed column, view; choose in T: its table, else 0 */
    uint32_t index;       /* field of the table; list of a values or choose; ranking or outcome number */
    struct expr expr;     /* computed, let, choose; view: its mask (or no value: all rows) */
    struct entity *chain; /* names with the same hash */
};

/* Names of one scope. */
struct names {
    struct entity **slots;
    size_t size, count;
    struct entity **all;
    size_t capacity;
};

/* The columns of a table of results, in the order of builtins.def without the unit's key. */
enum results_column { RESULTS_PERIOD, RESULTS_TOTAL, RESULTS_GRADE, RESULTS_PLACE, RESULTS_FROM_LAST };

/* A comparison on which a rule hangs: both sides, seen from where it fires. Or, `at` being a name, a figure that its amount
 * is worked out from, on both sides. */
struct compared {
    struct ast *at;
    struct expr left, right;
};

enum { COMPARED_OF_RULE = 8 }; /* more are not explained */

/* A counted figure of a rule and what it is measured against ("5 sessions of 6"). */
struct rule {
    struct ast *line; /* RULE or NEEDS */
    uint32_t part;    /* whose rule it is */
    bool every;       /* it comes from `every item` */
    enum entity_state state;
    struct expr count;    /* how often it fired for the unit */
    struct value *fired;  /* a mask over units */
    struct value *graded; /* where its veto or bar holds; NULL: it has none */
    struct expr gross;    /* Σ of its amounts without sign, before the cap; no value: it gives no points */
    struct expr cap;      /* no value: none */
    struct expr net;      /* after the cap, without sign */
    bool minus;
    /* for the ledger: where it fires, and what it takes there */
    uint32_t space;
    struct value *mask;
    struct value *owner;  /* from there to the unit; NULL: there is the unit */
    struct expr amount;   /* no value: no points */
    struct expr have, of; /* missing and extra: counted against; no value otherwise */
    struct text counted;  /* the name of what is counted */
    bool stepped;         /* it fires once for each `of` of them */
    struct compared *compared;
    uint32_t compared_count, compared_first; /* the ledger's number of the first of them: they follow the rules */
};

struct part {
    struct ast *decl;
    struct text number;
    struct text title;
    enum ast_op kind; /* OP_SECTION, OP_ITEM, OP_BONUS */
    int32_t parent;   /* the part it stands in, or NO_INDEX */
    bool marked;      /* has marks of its own */
    int32_t pool;     /* marked: itself; else the marked part it draws on, or NO_INDEX */
    int32_t up;       /* the nearest marked part above, or NO_INDEX: the total */
    /* Chains through the next_* of parts, in order of declaration; NO_INDEX ends one. */
    int32_t first_child, next_child;     /* parts whose parent this is */
    int32_t first_marked, next_marked;   /* marked parts whose `up` this is */
    int32_t first_drawing, next_drawing; /* unmarked parts whose `pool` this is */
    struct expr applying, spread; /* of its children: worths that apply, and worths to be spread; no value: not asked yet */
    struct expr worth, from, up_to, unallotted; /* constants; no value: not written */
    bool no_limit;
    struct ast *applies_at;
    struct value *applies; /* a mask over units; NULL: always */
    enum entity_state applies_state;
    struct ast *worth_at, *weight_at, *divided_at, *unallotted_at, *judged, *score_line;
    struct expr weight;                  /* constant; no value: none */
    uint32_t judged_first, judged_count; /* its figures in schema.judged */
    int32_t settled;                     /* the figure that answers what is open in it, or NO_INDEX */
    uint8_t open_reasons;                /* of those below, why it can be open by itself */
    struct value *settled_value,
        *own_open; /* settle.c: the settled figure; where it is the part itself that is open (NULL: always) */
    struct value *open_here; /* a mask: it is open by itself; NULL: never */
    struct expr unsettled, settled_high, ceiling;
    enum entity_state state;
    uint32_t *rules; /* its rules, its own and those of `every item` */
    size_t rule_count, rule_capacity;
    uint32_t *touched_by; /* rules elsewhere that may forfeit it */
    size_t touch_count, touch_capacity;
    struct expr score, start, raw, clipped;
    struct value *forfeited, *opened; /* masks; NULL: never */
    struct expr value;                /* shown: clipped, forfeited, rounded */
    struct expr gives;                /* weighted and divided: what it gives upward */
    struct value **forfeits;          /* masks */
    size_t forfeit_count, forfeit_capacity;
    struct value **opens;
    size_t open_count, open_capacity;
};

struct grade {
    struct ast *line;
    struct text name, heading;
    struct expr low, high; /* no value: unbounded on that side */
    struct value **bars;
    size_t bar_count, bar_capacity;
    struct value **vetoes; /* veto to this grade */
    size_t veto_count, veto_capacity;
};

struct ranking {
    struct entity *entity;
    struct expr first; /* what it goes by before all else */
    struct value *out[RANK_OUTPUTS];
    enum entity_state state;
};

struct outcome {
    struct entity *entity;
    enum entity_state state;
    struct value **flags;
    size_t flag_count, flag_capacity;
    struct expr due;         /* the day, where it does not hang on when the results are made known */
    int32_t decided;         /* `may by`: the decision in schema.judged, or NO_INDEX */
    struct value *condition; /* … and when it is asked for */
    struct value *value;
};

/* A case that a choose leaves open: a line of its own, or none. */
struct open_case {
    struct entity *entity;
    const struct ast *line; /* NULL: no line covers it */
    bool of_rows;           /* the choose gives each row a figure: some row of the unit */
    struct value *taken;    /* the unit falls under it */
};

/* A figure that a `show` line puts into the results. */
struct shown {
    struct ast *at;
    struct text heading;
    struct expr expr;
};

struct rounding_rule {
    bool given, exact;
    unsigned parts, total;
    enum rounding_mode { MODE_HALF_UP, MODE_HALF_EVEN, MODE_DOWN, MODE_UP } mode;
};

/* How a text is to be read, beside what it says. */
struct reading {
    enum tongue tongue;           /* of messages */
    bool testing;                 /* for the examples, whose own figures are kept and whose single unit no quota binds */
    bool table_only;              /* nothing is kept but what the table of results shows: no ledger, no explanations */
    bool checks_only;             /* nothing but the checks that read their own row */
    bool coverage;                /* with testing: what the examples are measured by is kept, too */
    bool bounds;                  /* the total's bounds and the grades at them are kept too */
    struct text question, answer; /* this question answered otherwise than taken; empty: as taken */
    const struct reading_choice *choices; /* what people have decided on questions; weaker than `answer` */
    const struct schema *choices_of;      /* the schema that they go by */
    uint32_t choice_count;
    bool has_period; /* this period instead of the scheme's */
    int64_t period_from, period_to;
};

/* How a question is read: as it is decided, or else as taken; empty: neither. */
struct text question_taken(const struct reading *reading, const struct ast *question);
/* The decision on a question, or NULL. */
const struct reading_choice *question_choice(const struct reading *reading, struct text question);

struct scheme {
    struct arena *arena;
    struct ast_file *file;
    struct findings *findings;
    struct schema schema;
    struct graph graph;
    struct names global;
    struct names *fields; /* per table */
    struct text title;
    struct rounding_rule round;
    struct part *parts;
    size_t part_count, part_capacity;
    struct intern texts;                 /* text literals: the schema's, by index */
    struct intern numbers;               /* of the parts: a number's index is its part's */
    int32_t first_top, first_top_marked; /* heads of the chains of next_child and next_marked that stand under no part */
    struct expr top_applying, top_spread;
    struct rule *rules;
    size_t rule_count, rule_capacity;
    struct grade *grades;
    size_t grade_count;
    struct ast *grades_at;
    struct ranking *rankings;
    size_t ranking_count, ranking_capacity;
    struct outcome *outcomes;
    size_t outcome_count, outcome_capacity;
    struct shown *shown;
    size_t shown_count, shown_capacity;
    struct open_case *open_cases;
    size_t open_case_count, open_case_capacity;
    struct value **vetoes; /* in a scheme without grades */
    size_t veto_count, veto_capacity;
    struct ast **examples; /* SAMPLE and EXAMPLE */
    size_t example_count, example_capacity;
    enum entity_state total_state, grade_state;
    struct expr total, score_grade, grade;
    struct value *vetoed;
    struct expr low, high, low_grade, high_grade; /* where bounds are asked for and there are any */
    bool due_published;                           /* a `due` has been met that reads `published` */
    uint8_t *open_reasons;                        /* settle.c: by a value's id */
    size_t open_known, open_capacity;
    bool some_apply;        /* some part has an applies if */
    struct ast *applies_at; /* applies if, of the whole scheme */
    struct value *assessed; /* a mask over units; NULL: all */
    enum entity_state assessed_state;
    struct check *checks;
    struct value **check_values;
    size_t check_count, check_capacity, check_value_capacity;
    int32_t results_table;  /* of `use results of`: NO_INDEX none, -2 several */
    struct value *previous; /* its rows that are the unit's latest before this period */
    struct work {           /* what is being worked out, outermost first, for the message of a cycle */
        struct text name;
        struct span at;
    } * work;
    size_t work_count, work_capacity;
    unsigned depth;
    struct reading reading;
    enum tongue tongue;        /* of messages */
    struct reacher *reacher;   /* reach.c: likewise */
    struct cases *cases;       /* cases.c: room that is used again; NULL: not asked for yet */
    size_t case_steps; /* that were taken so far, to try cases: up to LIMIT_CASE_STEPS */
    struct coverage *coverage; /* the examples are measured; else NULL */
    struct compared *compared; /* those of the condition of a rule that is being lowered */
    size_t compared_count, compared_capacity;
    bool comparing;
    unsigned compared_names; /* behind how many names comparisons are being looked for */
    unsigned anded;          /* how many `and` stand around what is being lowered */
    struct expectation *expectations;
    size_t expectation_count, expectation_capacity;
};

/* What an example expects, lowered. */
struct expectation {
    struct ast *example, *line;
    struct expr target, value; /* comparisons and deductions */
    struct value *holds;       /* a mask over units: the comparison, the outcome, the veto */
    int32_t part;              /* undecided of a part, or NO_INDEX */
};

/* Appends to an array of the schema, whose room is the next power of two of its count. */
#define SCHEMA_APPEND(arena, items, count, value)                                                                           \
    do {                                                                                                                    \
        if (((count) & ((count)-1)) == 0)                                                                                   \
            (items) = arena_grow((arena), (items), (count), (count) ? (size_t)(count)*2 : 1, sizeof *(items));              \
        (items)[(count)++] = (value);                                                                                       \
    } while (0)

/* Where an expression stands: what its names mean. */
struct scope {
    uint32_t space;       /* everything, units, a table's rows, a group */
    int32_t group;        /* index of the group plan, or NO_INDEX */
    int32_t part;         /* `this`, or NO_INDEX */
    struct rule *rule;    /* count and points behind an effect, or NULL */
    struct value **known; /* what is certainly filled in here */
    size_t known_count, known_capacity;
    bool blank_allowed; /* inside known() and default */
    bool due;           /* behind `due`: the day of publication has a name here */
};

/* ---- declare.c: the names of a file ---- */
void scheme_declare(struct scheme *scheme);
/* The yes/no field of the unit that a NEED declares; the NEED stays in the tree. */
struct ast *need_field(struct arena *arena, const struct ast *need);

/* ---- chain.c ---- */
/* Lowers lets, chooses and computed columns, each after those it uses, however long the chain is. */
void chains_lower(struct scheme *scheme);

/* ---- names.c ---- */
void names_init(struct scheme *scheme, struct names *names);
/* The entity of a name (or, with `headings`, of a heading), or NULL. */
struct entity *names_find(const struct names *names, struct text name);
/* Adds; a second one of the name is a finding that shows both places. */
struct entity *names_add(struct scheme *scheme, struct names *names, struct entity draft);
/* A finding NO_NAME or, where something is near, NO_NAME_NEAR, among the names that can stand in this scope. */
void names_unknown(struct scheme *scheme, const struct scope *scope, struct ast *at);
/* Offers the names of these kinds (1u << ENTITY_…) for a wrong one; and shows the line with what was found, if anything was, in
 * place of the words at `at`. finding NULL: nothing is done. */
void names_offer(struct suggest *near, const struct names *names, unsigned kinds);
void names_repair(struct scheme *scheme, struct finding *finding, struct span at, const struct suggest *near);
/* Which built-in name a word is in either tongue. */
enum builtin {
    BUILTIN_NONE,
#define BUILTIN(name, english, chinese, least, most, help) BUILTIN_##name,
#include "../runtime/builtins.def"
#undef BUILTIN
#undef MEMBER
#undef COLUMN
};
enum builtin builtin_find(struct text name);
/* "start" or 起 of period, and so on: the index of the MEMBER line, counted from 1; 0: none. */
enum member {
    MEMBER_NONE,
#define BUILTIN(name, english, chinese, least, most, help)
#define MEMBER(owner, name, english, chinese, help) MEMBER_##owner##_##name,
#include "../runtime/builtins.def"
#undef BUILTIN
#undef MEMBER
#undef COLUMN
};
enum member member_find(enum builtin owner, struct text name);
/* The columns of the table `decision`, in the order of builtins.def. */
enum decision_column {
#define BUILTIN(name, english, chinese, least, most, help)
#define DECISION_ENTRY_DECISION(name) DECISION_##name,
#define DECISION_ENTRY_RESULTS(name)
#define COLUMN(table, name, english, chinese, help) DECISION_ENTRY_##table(name)
#include "../runtime/builtins.def"
#undef BUILTIN
#undef MEMBER
#undef COLUMN
#undef DECISION_ENTRY_DECISION
#undef DECISION_ENTRY_RESULTS
    DECISION_COLUMNS
};
/* Which column a word is in either tongue, or NO_INDEX; and its English heading. */
int decision_column(struct text name);
struct text decision_heading(unsigned column);
/* 1-based line of a place. */
/* The line of a place in its file. */
size_t scheme_line(const struct scheme *scheme, struct span where);
/* The same as messages name it: "line 3"; in a used file "line 3 of lists.kh". */
struct text scheme_line_text(const struct scheme *scheme, struct span where);
/* The name of the used file that a place lies in; empty: it is in the scheme's own. */
struct text scheme_used_file(const struct ast_file *file, struct span where);
struct text scheme_number_text(struct scheme *scheme, int64_t number);
/* Edit distance in characters, at most `most` + 1. */
size_t text_distance(struct text a, struct text b, size_t most);

/* ---- type.c ---- */
struct type type_number(unsigned places, wide low, wide high);
struct type type_of(enum type_kind kind);
/* A type in the tongue of the findings: both, separated for FIND as one word. */
struct text type_word(struct scheme *scheme, struct type type);
/* The written digits as a scaled integer; false when it does not fit. */
bool number_parse(struct text digits, int64_t *number, unsigned *places);
struct expr expr_none(void);
bool expr_ok(struct expr expr);
struct expr expr_number(struct scheme *scheme, int64_t number, unsigned places);
/* The same number at more places, or as a quotient. */
struct expr expr_at_places(struct scheme *scheme, struct expr expr, unsigned places);
struct expr expr_quotient(struct scheme *scheme, struct expr expr);
bool expr_is_constant(struct expr expr, int64_t *number, unsigned *places);
bool expr_is_numeric(struct expr expr);
/* Brings both to one type: the same places, or both quotients. False after a finding is due (kinds differ). */
bool expr_unify(struct scheme *scheme, struct expr *a, struct expr *b);
struct expr expr_add(struct scheme *scheme, struct expr a, struct expr b);
struct expr expr_sub(struct scheme *scheme, struct expr a, struct expr b);
struct expr expr_mul(struct scheme *scheme, struct expr a, struct expr b);
struct expr expr_div(struct scheme *scheme, struct expr a, struct expr b, uint8_t fault);
struct expr expr_min(struct scheme *scheme, struct expr a, struct expr b);
struct expr expr_max(struct scheme *scheme, struct expr a, struct expr b);
struct expr expr_negate(struct scheme *scheme, struct expr a);
struct expr expr_select(struct scheme *scheme, struct value *mask, struct expr a, struct expr b);
struct expr expr_round(struct scheme *scheme, struct expr a, unsigned places, int mode);
struct expr expr_order(struct scheme *scheme, enum ast_op op, struct expr a, struct expr b); /* numeric or same kind */
struct expr expr_condition(struct value *mask);
struct value *mask_and(struct scheme *scheme, struct value *a, struct value *b);   /* NULL: all */
struct value *mask_or(struct scheme *scheme, struct value *a, struct value *b);    /* NULL: none */
struct value *mask_any(struct scheme *scheme, struct value **masks, size_t count); /* NULL: there are none */
struct value *mask_not(struct scheme *scheme, struct value *a);
/* Seen from another space; a finding where there is no way. */
struct expr expr_in_space(struct scheme *scheme, struct expr expr, uint32_t space, struct ast *at);

/* Adds something that people decide to the schema; returns its index. */
uint32_t judged_add(struct scheme *scheme, struct judged_schema figure);

/* ---- expr.c ---- */
/* Lowers an expression; TYPE_NONE after a finding. The value lies in scope->space, an ancestor of it, or ANYWHERE; use
 * expr_here to have it in scope->space. */
struct expr expr_lower(struct scheme *scheme, struct scope *scope, struct ast *at);
struct expr expr_here(struct scheme *scheme, struct scope *scope, struct ast *at);
/* A condition as a mask in scope->space; NULL after a finding. */
struct value *condition_lower(struct scheme *scheme, struct scope *scope, struct ast *at);
/* A numeric expression in scope->space. */
struct expr number_lower(struct scheme *scheme, struct scope *scope, struct ast *at);
/* A number that is the same for all units (worth, quota …); false after a finding. */
bool constant_lower(struct scheme *scheme, struct ast *at, int64_t *number, unsigned *places);
/* Whether what may be blank (a field, a previous result) is known to be filled in here, or may be blank here. */
bool scope_knows(struct scheme *scheme, struct scope *scope, struct ast *at);
/* Adds a column to scope->known. */
void scope_learn_value(struct scheme *scheme, struct scope *scope, struct value *value);
/* What a blank of the field might count as, for a hint. */
struct text default_word(struct scheme *scheme, uint32_t table, uint32_t field);
/* Adds to scope->known what `at` makes certain when it is `truth`. */
void scope_learn(struct scheme *scheme, struct scope *scope, struct ast *at, bool truth);
struct scope scope_at(uint32_t space);
/* An entity that is a figure (field, computed, let, choose), as seen where it is declared. */
struct expr entity_lower(struct scheme *scheme, struct entity *entity, struct ast *at);
/* Marks work on an entity or part, declared as `name` at `where`, asked for at `at`; false after the finding of a cycle. */
bool work_begin(struct scheme *scheme, enum entity_state *state, struct text name, struct span where, struct ast *at);
void work_end(struct scheme *scheme, enum entity_state *state);
/* Lowers `at` as one of the values of a list, of the grades, yes/no/na or an item; what is none of them but means
 * something else is lowered as that. `subject` names the list in a finding, or is NULL. */
struct expr literal_lower(struct scheme *scheme, struct scope *scope, struct type type, struct ast *at, struct ast *subject);
bool takes_literals(struct type type);
/* The values of a list, the grades, the parts …, for a hint; the first forty. */
struct text list_words(struct scheme *scheme, struct type type);
/* Whether a word means something here beside a list's value. */
bool name_resolves(struct scheme *scheme, struct scope *scope, struct text name);
/* Tells each column of type `item` which parts its rows are read for (every.c). */
void every_note_passed(struct scheme *scheme);
/* A word in the tongue of messages; and one in the tongue of the file, for results, which no option changes. */
struct text scheme_word(struct scheme *scheme, const char *en, const char *zh);
struct text file_word(struct scheme *scheme, const char *en, const char *zh);
/* A text literal's index in the program. */
uint32_t scheme_text(struct scheme *scheme, struct text text);
/* A field as an expression in its own table's space. */
struct expr field_expr(struct scheme *scheme, uint32_t table, uint32_t field);

/* The groups in hand, where `name` is their key; else NULL. */
struct group_plan *group_key_here(struct scheme *scheme, const struct scope *scope, struct text name);

/* ---- operators.c: one for each kind of node ---- */
struct expr compare_lower(struct scheme *scheme, struct scope *scope, struct ast *at);
struct expr in_lower(struct scheme *scheme, struct scope *scope, struct ast *at);
struct expr arithmetic_lower(struct scheme *scheme, struct scope *scope, struct ast *at);
struct expr logic_lower(struct scheme *scheme, struct scope *scope, struct ast *at);
struct expr if_lower(struct scheme *scheme, struct scope *scope, struct ast *at);
struct expr default_lower(struct scheme *scheme, struct scope *scope, struct ast *at);
struct expr between_dates_lower(struct scheme *scheme, struct scope *scope, struct ast *at);

/* ---- call.c ---- */
struct expr call_lower(struct scheme *scheme, struct scope *scope, struct ast *at);
struct expr builtin_lower(struct scheme *scheme, struct scope *scope, struct ast *at, enum builtin builtin);
struct expr dot_lower(struct scheme *scheme, struct scope *scope, struct ast *at);
struct expr select_lower(struct scheme *scheme, struct scope *scope, struct ast *at);
struct expr choose_lower(struct scheme *scheme, struct entity *entity);
/* Whether every pair of a grid is filled, as far as its axes tell; a finding where not, once. */
bool grid_check(struct scheme *scheme, struct entity *grid);
struct expr grid_lower(struct scheme *scheme, struct scope *scope, struct entity *grid, struct ast *at, struct ast *args);

/* ---- aggregate.c ---- */
/* Rows that an aggregate, a quantifier or a rule runs over. */
struct rows {
    uint32_t table;
    struct value *mask;  /* view and group filter over the table's rows; NULL: all */
    int32_t group;       /* the rows of a group: its plan; NO_INDEX otherwise */
    struct value *index; /* over the table's rows: leads into `home` */
    uint32_t home;       /* the space in which the result lives */
};
bool rows_find(struct scheme *scheme, struct scope *scope, struct ast *name, struct rows *out);
/* Notes the cases that a choose leaves open; masks: of its lines, NULL for `otherwise` (open_case.c). */
void open_cases_note(struct scheme *scheme, struct entity *entity, struct value *const *masks);
struct expr aggregate_lower(struct scheme *scheme, struct scope *scope, struct ast *at);
struct expr streak_lower(struct scheme *scheme, struct scope *scope, struct ast *at);
/* The unit's latest result before this period: the cell, blank if there is none; or what the cell means in this scheme. */
struct expr previous_cell(struct scheme *scheme, struct ast *at, enum member member);
struct expr previous_lower(struct scheme *scheme, struct ast *at, enum member member);
struct expr quantified_lower(struct scheme *scheme, struct scope *scope, struct ast *at);
/* A mask: where the value is not blank. */
struct value *known_value(struct scheme *scheme, struct value *value);
/* A mask as 0 and 1. */
struct value *as_number(struct scheme *scheme, struct value *value);
struct value *view_mask(struct scheme *scheme, struct entity *view);
struct expr unless_unknown(struct scheme *scheme, const struct rows *rows, struct expr figure);
struct expr rows_count(struct scheme *scheme, const struct rows *rows, struct value *mask);

/* ---- rule.c ---- */
/* Lowers a rule, once: its points, and its flags into the parts, grades and outcomes they concern. */
void rule_lower(struct scheme *scheme, uint32_t rule);
/* Lowers every rule that has an effect of this kind. */
void rules_with(struct scheme *scheme, enum ast_kind effect);
/* Checks that a `when` names a question and one of its readings. */
void reading_named(struct scheme *scheme, const struct ast *when);

/* ---- marks.c ---- */
void parts_declare(struct scheme *scheme);
int32_t part_find(struct scheme *scheme, enum ast_op kind, struct text number);
struct expr part_lower(struct scheme *scheme, uint32_t part, struct ast *at);
struct expr total_lower(struct scheme *scheme, struct ast *at);
/* Where a part and those above it apply: a mask over units; NULL: everywhere. */
struct value *part_applies(struct scheme *scheme, uint32_t part);
/* Which units are assessed at all; NULL: every one. */
struct value *assessed_lower(struct scheme *scheme);
struct text part_word(struct scheme *scheme, uint32_t part);            /* "item 1.1" */
struct text partref_word(struct scheme *scheme, const struct ast *ref); /* the same of a reference, there or not */

/* ---- grade.c ---- */
void grades_declare(struct scheme *scheme);
int32_t grade_find(struct scheme *scheme, struct text name);
struct expr grade_lower(struct scheme *scheme, struct ast *at);
struct expr score_grade_lower(struct scheme *scheme, struct ast *at);
/* The grade that a total has by its score alone. */
struct expr grade_of_total(struct scheme *scheme, struct expr total);
struct ranking *ranking_lower(struct scheme *scheme, struct entity *entity, struct ast *at);
struct value *outcome_lower(struct scheme *scheme, uint32_t outcome, struct ast *at);

/* ---- damaged.c ---- */
/* Drops all checks but those that read cells of their own row alone. */
void scheme_keep_row_checks(struct scheme *scheme);

/* ---- settle.c ---- */
enum { OPEN_CASE = 1, OPEN_JUDGED = 2 }; /* a case is undecided or not covered; a figure is not given yet */
/* Why a value can be open: a set of those above, empty if it cannot. */
uint8_t open_reasons(struct scheme *scheme, const struct value *v);
/* a, or b where a is open. */
struct expr expr_if_open(struct scheme *scheme, struct expr a, struct expr b);
/* The part's figure, or what somebody decided where it is open by itself; `own`: the figure without the parts below. */
struct expr part_settle(struct scheme *scheme, uint32_t index, struct expr value, struct expr own);
/* What a part without marks shows: `closed` where it is open and the part it draws on has been settled. */
struct expr part_settle_drawing(struct scheme *scheme, uint32_t index, struct expr shown, struct expr own,
                                struct expr closed);
struct expr part_where_applied(struct scheme *scheme, uint32_t index, struct expr value); /* marks.c */

/* ---- compared.c ---- */
/* Keeps the comparisons of a condition that has just been lowered with scheme->comparing. */
void compared_keep(struct scheme *scheme, struct rule *rule, const struct scope *scope, const struct ast *at);
/* Keeps the figures by name that an amount is worked out from, where the rule fires: they are compared with nothing. */
void compared_use(struct scheme *scheme, struct rule *rule, struct scope *scope, struct ast *amount);
/* Brings both sides to where the rule fires; what says no more than the row does is dropped. */
void compared_settle(struct scheme *scheme, struct rule *rule);

/* ---- most.c ---- */
/* The most that rules take or give together. */
struct most {
    struct expr figure; /* of those that have a bound */
    bool any;           /* there are such rules */
    bool others;        /* there are also some of the other sign */
    bool unbounded;     /* and some without a bound */
};
/* Of the rules of a part and of those that draw on it. */
struct most part_most(struct scheme *scheme, uint32_t index, bool minus);

/* ---- check.c: findings on marks ---- */
void scheme_check_marks(struct scheme *scheme);

/* ---- choose_check.c ---- */
/* Warns of values that no line of a choose covers, and of lines never reached. */
void choose_check(struct scheme *scheme, struct entity *entity);
/* The same for one that bears on columns of its row alone: choose_cases.c. False: it does not, and nothing is said. */
bool choose_cases(struct scheme *scheme, struct entity *entity);

/* ---- lint.c ---- */
/* Notices on a sound scheme: numbers left out, items without a consequence, deductions above the marks, tables that cost
 * marks in several items. */
void scheme_lint(struct scheme *scheme);

/* ---- lint_reach.c ---- */
/* Notices of what can never come about: caps, marks, bonuses; of rounding at a limit; of fields that nothing reads.
 * `written`: all declarations, those of other readings, too. */
void scheme_lint_reach(struct scheme *scheme, const struct ast *written);

/* ---- bounds.c ---- */
/* The least and greatest a figure of the unit can come out while decisions are open. False: it cannot be bounded. */
bool bounds_lower(struct scheme *scheme, struct expr figure, struct expr *low, struct expr *high);

/* ---- resolve.c, too ---- */
/* Adds a check of rows: lanes of its table where the value is not true break it. */
void add_check(struct scheme *scheme, struct check check, struct value *value);

/* ---- resolve.c: the whole middle: declares, lowers everything; findings tell whether it is sound ---- */
struct scheme *scheme_resolve(struct arena *arena, struct ast_file *file, struct findings *findings,
                              const struct reading *reading);

/* ---- plan.c: which values are needed, and at which stage ---- */
/* What the program must leave behind in figures, and what it must check and log. */
struct plan {
    struct value **roots;
    size_t root_count, root_capacity;
    uint32_t stages; /* 0 … stages - 1 */
};
/* Adds the scheme's reported figures to roots (constants become vectors over the units), marks what is live, and gives
 * each live value its stage. */
void scheme_plan(struct scheme *scheme, struct plan *plan);
/* Whether v is a figure by its nature: read from data, summed, ranked or grouped; what a pass computes is one only if
 * stored. */
bool value_is_source(const struct value *value);
/* The earliest stage at which passes can read v from a figure. */
uint32_t value_ready(const struct value *value);

/* ---- emit.c ---- */
/* Makes the program of a sound scheme. Figures of the scheme's values are in value->figure afterwards. */
struct program *scheme_emit(struct scheme *scheme, const struct plan *plan);

/* ---- show.c ---- */
void scheme_print(struct buffer *out, struct scheme *scheme);

#endif
