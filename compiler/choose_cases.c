/* Checks a choose over several columns, yes/no and lists among them: which case no line covers, which line is never
 * reached, which case two lines claim.
 *
 * In: a choose that is not about one figure alone (choose_check.c). Out: warnings and notices with a row as proof.
 * Decision: the lines are tried in all cases of the row (cases.h), so what is said is proved. Lines that narrow one another
 * from above overlap on purpose; two lines are told of only if they ask for the same columns, and in one of these each
 * reaches further than the other: on opposite sides, or to other values of a list. Cost: chooses over sums and quotients of
 * several figures are not looked at.
 */
#include "cases.h"

enum { LINES = 48 };

/* What a line takes of a column: bit k is the k-th of its values. */
struct claim {
    uint64_t has[(CASE_VALUES + 64) / 64];
    int least, most;
};

struct choose_lines {
    struct cases *cases;
    int32_t mask[LINES];
    struct ast *line[LINES];
    int count;
    struct claim *claims; /* of a line, for each column */
    bool *reached;        /* by a case that no line before it takes */
    struct pair *pairs;   /* of each line with each other */
};

/* Of line k with line j. */
struct pair {
    bool beyond;        /* some case of k is none of j */
    struct text shared; /* a case of both */
};

/* The lines' conditions, lowered again; the findings of this second look are dropped. */
static bool read_lines(struct choose_lines *l, struct ast *decl)
{
    struct scheme *scheme = l->cases->scheme;
    struct findings *kept = scheme->findings, scratch;
    struct scope scope = scope_at(space_of_table(l->cases->table));
    bool fine = true;
    findings_init(&scratch, scheme->arena, 1);
    scheme->findings = &scratch;
    scope.blank_allowed = true;
    for (struct ast *line = decl->list; line && fine; line = line->next, l->count++) {
        fine = l->count < LINES;
        if (!fine) break;
        struct value *mask = line->b ? condition_lower(scheme, &scope, line->b) : value_truth(&scheme->graph, true);
        l->line[l->count] = line;
        l->mask[l->count] = cases_read(l->cases, mask);
        fine = l->mask[l->count] >= 0;
    }
    scheme->findings = kept;
    return fine;
}

static struct claim *claim_of(const struct choose_lines *l, int line, int column)
{
    return &l->claims[line * CASE_COLUMNS + column];
}

static struct pair *pair_of(const struct choose_lines *l, int k, int j) { return &l->pairs[k * l->count + j]; }

static void note_claims(struct choose_lines *l, int line)
{
    for (int n = 0; n < l->cases->count; n++) {
        struct claim *r = claim_of(l, line, n);
        int now = l->cases->columns[n].now;
        r->has[now / 64] |= (uint64_t)1 << now % 64;
        if (now < r->least) r->least = now;
        if (now > r->most) r->most = now;
    }
}

/* Looks at the present case; whether a line takes it. */
static bool note_case(struct choose_lines *l)
{
    bool taken = false;
    for (int k = 0; k < l->count; k++) {
        if (!cases_holds(l->cases, l->mask[k])) {
            taken |= !cases_fails(l->cases, l->mask[k]); /* a blank that is read: a fault, not a gap */
            continue;
        }
        if (!taken) l->reached[k] = true;
        taken = true;
        note_claims(l, k);
        for (int j = 0; j < l->count; j++) {
            struct pair *pair = pair_of(l, k, j);
            bool both = cases_holds(l->cases, l->mask[j]);
            if (!both) pair->beyond = true;
            if (both && j < k && !pair->shared.len) pair->shared = cases_row(l->cases);
        }
    }
    return taken;
}

static bool same_columns(const struct choose_lines *l, int k, int j)
{
    for (int n = 0; n < l->cases->count; n++) {
        uint64_t used = l->cases->columns[n].used;
        if ((used >> k & 1) != (used >> j & 1)) return false;
    }
    return true;
}

/* Whether in some column each of two lines reaches further than the other. */
static bool on_opposite_sides(const struct choose_lines *l, int k, int j)
{
    for (int n = 0; n < l->cases->count; n++) {
        const struct claim *a = claim_of(l, k, n), *b = claim_of(l, j, n);
        enum field_kind kind = l->cases->columns[n].schema->kind;
        if (kind == FIELD_NUMBER || kind == FIELD_DATE) {
            if ((a->least < b->least && a->most < b->most) || (b->least < a->least && b->most < a->most)) return true;
            continue;
        }
        bool more = false, less = false;
        for (size_t w = 0; w < sizeof a->has / sizeof *a->has; w++) {
            more |= (a->has[w] & ~b->has[w]) != 0;
            less |= (b->has[w] & ~a->has[w]) != 0;
        }
        if (more && less) return true;
    }
    return false;
}

/* The first line before k that claims some of its cases, by a slip as it seems; or NO_INDEX. */
static int claimed_before(const struct choose_lines *l, int k)
{
    for (int j = 0; j < k; j++) {
        bool apart = !pair_of(l, k, j)->shared.len || !pair_of(l, k, j)->beyond || !pair_of(l, j, k)->beyond;
        if (!apart && l->line[j]->b && same_columns(l, k, j) && on_opposite_sides(l, k, j)) return j;
    }
    return NO_INDEX;
}

bool choose_cases(struct scheme *scheme, struct entity *entity)
{
    struct choose_lines *l = ARENA_NEW(scheme->arena, struct choose_lines);
    l->cases = cases_of(scheme, entity->table);
    if (!read_lines(l, entity->decl) || !l->cases->count || !cases_first(l->cases, CASE_POINTS)) return false;
    size_t lines = (size_t)l->count;
    l->claims = ARENA_ARRAY(scheme->arena, struct claim, lines * CASE_COLUMNS);
    l->reached = ARENA_ARRAY(scheme->arena, bool, lines);
    l->pairs = ARENA_ARRAY(scheme->arena, struct pair, lines * lines);
    for (size_t k = 0; k < lines * CASE_COLUMNS; k++) l->claims[k] = (struct claim){.least = CASE_VALUES, .most = -1};
    bool open = false;
    do {
        if (note_case(l) || open) continue;
        open = true;
        FIND(scheme->findings, D_CHOOSE_OPEN, entity->decl->at, entity->name, cases_row(l->cases));
    } while (cases_next(l->cases));
    for (int k = 1; k < l->count; k++) {
        if (!l->line[k]->b) continue; /* an `otherwise` that is not needed does no harm */
        int by = 0;
        while (by + 1 < k && pair_of(l, k, by)->beyond) by++;
        if (!l->reached[k]) {
            FIND(scheme->findings, D_CHOOSE_NEVER, l->line[k]->span, scheme_line_text(scheme, l->line[by]->span));
            continue;
        }
        by = claimed_before(l, k);
        if (by < 0) continue;
        struct finding *f = FIND(scheme->findings, D_CHOOSE_SHARED, l->line[k]->span, pair_of(l, k, by)->shared,
                                 scheme_line_text(scheme, l->line[by]->span));
        if (f) f->other = l->line[by]->span;
    }
    return true;
}
