/* What the two ways of explaining a unit share: reading its figures, its rows and its part of the ledger.
 *
 * In: results whose run kept the unit's ledger. Out: words and figures in a buffer.
 * Decision: rows and lines of the ledger are found through an index that is made once for all units, so that explaining
 * every unit takes time with the data and not with its square.
 */
#ifndef KAOHE_COMPILER_EXPLAIN_H
#define KAOHE_COMPILER_EXPLAIN_H

#include "results.h"

/* Members by owner: those of owner u are order[first[u]] … order[first[u + 1] - 1], in their own order. */
struct explain_index {
    const void *key; /* what it was made from */
    uint32_t *first, *order;
    struct explain_index *next;
};

struct explainer {
    struct arena *arena; /* for words made on the way */
    struct buffer *out;
    struct results *r;
    struct scheme *scheme;
    const struct run *run;
    uint32_t unit;
    bool zh;
    bool bare;                              /* files by their names alone: in what is kept, and handed on */
    const struct rule *compared_of;         /* whose lines of the ledger are being read: explain_place */
    uint32_t compared_at[COMPARED_OF_RULE]; /* how far those of what it compares have been read */
};

struct explainer explainer_of(struct arena *arena, struct buffer *out, struct results *results, uint32_t unit);

/* One of two wordings. */
void explain_say(struct explainer *x, const char *en, const char *zh);
/* A figure of the unit; what is open or broken is said in words. Returns its fault. */
uint8_t explain_put(struct explainer *x, struct expr expr);
/* The exact difference of two figures of the unit, where both are known. */
bool explain_difference(struct explainer *x, struct expr a, struct expr b, struct quotient *out);
bool explain_holds(struct explainer *x, const struct value *mask);
bool explain_is_open(struct explainer *x, const struct value *value);

/* What a file of the data is called. */
struct text explain_file(const struct explainer *x, struct text file);

/* What is written in the scheme, on one line with single blanks. */
struct text explain_text(struct explainer *x, struct text written);
/* The rule as it stands in the scheme. */
struct text explain_rule_text(struct explainer *x, const struct rule *rule);
/* Whether the rule fired for the unit, or may have. */
bool explain_concerns(struct explainer *x, const struct rule *rule);
/* An amount of a rule with its sign: "−" or "-" as `minus` says; "+" only if `plus`. */
void explain_amount(struct explainer *x, const struct rule *rule, struct quotient amount, struct type type,
                    const char *minus, bool plus);

/* The lines of the ledger of the unit, in the order of the run. */
const struct explain_index *explain_ledger(struct explainer *x);
/* Where a line of the ledger comes from: the row and what stands in it, the group, what was counted. Returns whether there
 * is more to say than the rule itself says. */
bool explain_place(struct explainer *x, const struct rule *rule, const struct ledger_line *line, bool named);
/* The file and line of the one row that a line of the ledger is about; false: it is about none or several. */
bool explain_row(struct explainer *x, const struct ledger_line *line, struct text *file, uint32_t *row);

/* Whether nobody has yet decided on schema.judged[judged] and a figure of the unit waits for it. */
bool explain_waits(struct explainer *x, uint32_t judged);

/* Lines of text, each beginning with blanks: what a rule's cap took; what else came of it; what a part's floor, ceiling,
 * forfeit, rounding and weight made of it. */
void explain_cap(struct explainer *x, const struct rule *rule);
void explain_effects(struct explainer *x, const struct rule *rule);
void explain_limits(struct explainer *x, const struct part *part);
/* Who judged a part, and where that stands. */
void explain_decisions(struct explainer *x, const struct part *part);

/* Which lines of a choose leave a figure of the unit open (open_case.c). */
void explain_open_cases(struct explainer *x);
/* Total, grade, places and outcomes of the unit, and why. range: NULL unless it is open. */
void explain_summary(struct explainer *x, const struct range *range);

#endif
