/* Checks a choose over one figure: which values no line covers, and which line is never reached.
 *
 * In: a choose whose conditions compare one number or date with constants. Out: warnings with a value as proof.
 * Decision: conditions become sets of intervals on the figure's own grid (its places), so that 79.5 is a gap where halves
 * can occur and none where they cannot. What is not of that form is left alone: no guess, no false alarm.
 */
#include "reach.h"

#include "../runtime/calendar.h"
#include "../runtime/quotient.h"

enum { MOST = 48 };

/* Disjoint intervals, ascending, not touching. */
struct set {
    wide low[MOST], high[MOST];
    int count;
    bool full; /* more than fit: not usable */
};

struct choose_check {
    struct scheme *scheme;
    struct scope scope;
    struct value *subject;
    struct ast *named; /* the subject as it is written */
    struct type type;
};

static struct set interval(wide low, wide high)
{
    struct set set = {.count = low <= high, .low = {low}, .high = {high}};
    return set;
}

static void add(struct set *set, wide low, wide high)
{
    if (low > high) return;
    if (set->count && low <= set->high[set->count - 1] + 1) { /* they come in ascending order */
        if (high > set->high[set->count - 1]) set->high[set->count - 1] = high;
    } else if (set->count == MOST) {
        set->full = true;
    } else {
        set->low[set->count] = low;
        set->high[set->count++] = high;
    }
}

static struct set both(const struct set *a, const struct set *b)
{
    struct set out = {.full = a->full || b->full};
    for (int i = 0, j = 0; i < a->count && j < b->count;) {
        wide low = a->low[i] > b->low[j] ? a->low[i] : b->low[j], high = a->high[i] < b->high[j] ? a->high[i] : b->high[j];
        add(&out, low, high);
        if (a->high[i] < b->high[j])
            i++;
        else
            j++;
    }
    return out;
}

static struct set either(const struct set *a, const struct set *b)
{
    struct set out = {.full = a->full || b->full};
    int i = 0, j = 0;
    while (i < a->count || j < b->count) {
        bool first = j == b->count || (i < a->count && a->low[i] <= b->low[j]);
        if (first)
            add(&out, a->low[i], a->high[i]), i++;
        else
            add(&out, b->low[j], b->high[j]), j++;
    }
    return out;
}

static struct set outside(const struct set *a, wide low, wide high)
{
    struct set out = {.full = a->full};
    wide from = low;
    for (int i = 0; i < a->count; i++) {
        add(&out, from, a->low[i] - 1);
        from = a->high[i] + 1;
    }
    add(&out, from, high);
    return out;
}

static bool within(const struct set *a, const struct set *b)
{
    struct set common = both(a, b);
    if (common.count != a->count) return false;
    for (int i = 0; i < a->count; i++)
        if (common.low[i] != a->low[i] || common.high[i] != a->high[i]) return false;
    return true;
}

static wide floor_of(wide a, wide b) { return a / b - (a % b != 0 && a < 0); }

/* The values of the figure that stand in `op` to a constant of more or fewer places. */
static struct set compared(const struct choose_check *c, enum ast_op op, int64_t number, unsigned places)
{
    wide least = c->type.low, most = c->type.high, below,
         above; /* the grid's neighbours of the constant: equal where it is on it */
    if (places <= c->type.places)
        below = above = (wide)number * power_of_ten(c->type.places - places);
    else {
        wide unit = power_of_ten(places - c->type.places);
        below = floor_of(number, unit);
        above = below + (number % unit != 0);
    }
    bool on = below == above;
    switch ((int)op) { /* comparisons */
    case OP_LT: return interval(least, on ? below - 1 : below);
    case OP_LE: return interval(least, below);
    case OP_GT: return interval(on ? above + 1 : above, most);
    case OP_GE: return interval(above, most);
    case OP_EQ: return on ? interval(below, below) : interval(1, 0);
    default: break;
    }
    struct set equal = on ? interval(below, below) : interval(1, 0);
    return outside(&equal, least, most);
}

static bool constant_side(struct choose_check *c, struct ast *at, int64_t *number, unsigned *places)
{
    struct expr expr = expr_lower(c->scheme, &c->scope, at);
    if (expr.type.kind == TYPE_DATE && expr.value->op == VALUE_CONST_N) {
        *number = expr.value->i;
        *places = 0;
        return true;
    }
    return expr_is_constant(expr, number, places);
}

static bool subject_side(struct choose_check *c, struct ast *at)
{
    struct expr expr = expr_lower(c->scheme, &c->scope, at);
    bool quotient = expr.type.kind == TYPE_QUOTIENT;
    if (expr.type.kind != TYPE_NUMBER && expr.type.kind != TYPE_DATE && !quotient) return false;
    if (c->subject) return c->subject == expr.value;
    c->subject = expr.value;
    c->named = at;
    c->type = expr.type;
    if (quotient) { /* as fine as a grid can be; what lies between two of its points is not asked for */
        const struct reach reach = reach_between(c->scheme, expr.value);
        c->type.places = REACH_PLACES;
        c->type.low = reach.low;
        c->type.high = reach.high;
    }
    return true;
}

static bool set_of(struct choose_check *c, struct ast *at, struct set *out)
{
    struct set a, b;
    if (at->kind == AST_NOT) {
        if (!set_of(c, at->a, &a)) return false;
        *out = outside(&a, c->type.low, c->type.high);
        return true;
    }
    if (at->kind != AST_BINARY) return false;
    if (at->op == OP_AND || at->op == OP_OR) {
        if (!set_of(c, at->a, &a) || !set_of(c, at->b, &b)) return false;
        *out = at->op == OP_AND ? both(&a, &b) : either(&a, &b);
        return true;
    }
    if (at->op < OP_LT || at->op > OP_NE) return false;
    int64_t number;
    unsigned places;
    if (constant_side(c, at->b, &number, &places) && subject_side(c, at->a)) {
        *out = compared(c, at->op, number, places);
        return true;
    }
    if (constant_side(c, at->a, &number, &places) && subject_side(c, at->b)) {
        enum ast_op turned = at->op == OP_LT   ? OP_GT
                             : at->op == OP_LE ? OP_GE
                             : at->op == OP_GT ? OP_LT
                             : at->op == OP_GE ? OP_LE
                                               : at->op;
        *out = compared(c, turned, number, places);
        return true;
    }
    return false;
}

/* Of the values of a quotient from low to high the one of the fewest places; false where it is divided by a constant and
 * none of its own lies there. */
static bool roundest(const struct choose_check *c, wide low, wide high, wide *out)
{
    const struct value *v = c->subject, *top = v->a, *by = v->b;
    bool parts = v->op == VALUE_CODE && v->code == OP_CODE_DIV_Q && by->op == VALUE_CONST_Q && by->i > 0 &&
                 top->op == VALUE_CODE && top->code == OP_CODE_TO_Q && top->i < 12 && by->i < (int64_t)1 << 40;
    wide unit = parts ? (wide)power_of_ten((unsigned)top->i) * by->i : 0; /* it comes in steps of by->j / unit */
    if (parts) {
        wide scale = (wide)power_of_ten(REACH_PLACES) * by->j, step = floor_of(high * unit, scale);
        *out = floor_of(step * scale, unit);
        return step * scale >= low * unit;
    }
    for (unsigned places = 0; places <= REACH_PLACES; places++) {
        wide step = power_of_ten(REACH_PLACES - places);
        *out = floor_of(low + step - 1, step) * step;
        if (*out <= high) return true;
    }
    return false;
}

/* "words 1000": a case in which the figure has a value. */
static struct text value_word(struct choose_check *c, wide value)
{
    struct buffer out;
    buffer_init(&out, c->scheme->arena);
    char room[16];
    buffer_text(&out,
                (struct text){c->scheme->file->source.at + c->named->span.from, c->named->span.to - c->named->span.from});
    buffer_put(&out, c->named->kind == AST_NAME ? " " : " = ");
    if (c->type.kind == TYPE_DATE)
        buffer_text(&out, date_format((int64_t)value, room));
    else if (c->type.percent && c->type.places >= 2) {
        number_print(&out, (int64_t)value, c->type.places - 2u);
        buffer_char(&out, '%');
    } else
        number_print(&out, (int64_t)value, c->type.places);
    return buffer_result(&out);
}

/* The sets of all lines, where every condition is of the form; false otherwise. Findings of the second look are dropped. */
static bool sets_of(struct choose_check *c, struct ast *decl, struct set *sets)
{
    struct findings *kept = c->scheme->findings, scratch;
    findings_init(&scratch, c->scheme->arena, 1);
    c->scheme->findings = &scratch;
    bool fine = true;
    int k = 0;
    for (struct ast *line = decl->list; line && fine; line = line->next, k++) {
        c->scope.blank_allowed = true;
        fine = k < MOST && (!line->b || set_of(c, line->b, &sets[k]));
        fine = fine && !(line->b && sets[k].full);
    }
    c->scheme->findings = kept;
    return fine && c->subject;
}

/* A value under this line and an earlier one, where neither is a part of the other: `80 to 90` after `90 and more`. Lines
 * read downwards (from 90, from 80, …) lie one in the other. */
static void shared_with_earlier(struct choose_check *c, struct ast *decl, struct ast *line, const struct set *sets, int k)
{
    int j = 0;
    for (struct ast *earlier = decl->list; earlier != line; earlier = earlier->next, j++) {
        struct set common = both(&sets[j], &sets[k]);
        if (!earlier->b || !common.count || common.full || within(&sets[k], &sets[j]) || within(&sets[j], &sets[k]))
            continue;
        wide proof = common.low[0] > INT64_MIN ? common.low[0] : common.high[0];
        if (proof <= INT64_MIN || proof >= INT64_MAX) continue;
        struct finding *f = FIND(c->scheme->findings, D_CHOOSE_SHARED, line->span, value_word(c, proof),
                                 scheme_line_text(c->scheme, earlier->span));
        if (f) f->other = earlier->span;
        return;
    }
}

static bool has_checks(const struct scheme *scheme, uint32_t table)
{
    for (size_t k = 0; k < scheme->check_count; k++)
        if (scheme->checks[k].table == table) return true;
    return false;
}

void choose_check(struct scheme *scheme, struct entity *entity)
{
    struct ast *decl = entity->decl;
    struct choose_check c = {.scheme = scheme, .scope = scope_at(space_of_table(entity->table))};
    struct set *sets = ARENA_ARRAY(scheme->arena, struct set, MOST), covered = {0};
    if (has_checks(scheme, entity->table) && choose_cases(scheme, entity)) return; /* not every value is there */
    if (!sets_of(&c, decl, sets)) {
        choose_cases(scheme, entity);
        return;
    }
    int k = 0;
    for (struct ast *line = decl->list; line; line = line->next, k++) {
        if (!line->b) sets[k] = interval(c.type.low, c.type.high);
        if (within(&sets[k], &covered) && sets[k].count) {
            const struct ast *by = NULL;
            int j = 0;
            for (struct ast *earlier = decl->list; earlier != line; earlier = earlier->next, j++)
                if (!by && within(&sets[k], &sets[j])) by = earlier;
            struct ast *before = decl->list;
            while (before->next != line) before = before->next;
            FIND(scheme->findings, D_CHOOSE_NEVER, line->span, scheme_line_text(scheme, by ? by->span : before->span));
        }
        if (line->b) shared_with_earlier(&c, decl, line, sets, k);
        covered = either(&covered, &sets[k]);
        if (covered.full) return;
    }
    struct set gap = outside(&covered, c.type.low, c.type.high);
    if (!gap.count || gap.full) return;
    wide proof = gap.low[0] > INT64_MIN ? gap.low[0] : gap.high[0];
    if (c.subject->kind == REG_QUOTIENT) { /* its range is not known well enough to say that its ends are met */
        int n = 0;
        while (n < gap.count &&
               (gap.low[n] <= c.type.low || gap.high[n] >= c.type.high || !roundest(&c, gap.low[n], gap.high[n], &proof)))
            n++;
        if (n == gap.count) return;
    }
    if (proof > INT64_MIN && proof < INT64_MAX)
        FIND(scheme->findings, D_CHOOSE_OPEN, decl->at, entity->name, value_word(&c, proof));
}
