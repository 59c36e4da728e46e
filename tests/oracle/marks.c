/* Marks of the parts and the total of a unit.
 *
 * In: the tree of parts and the rulings. Out: the value of each part, what it gives upward, the total.
 * Decision: written as the manual says it: start, own rules, what unallotted parts drew, what the parts below give; clip,
 * forfeit, round. Each is a walk over all parts. Cost: quadratic in the parts.
 */
#include "oracle.h"

static struct part *nearest_marked(struct part *part)
{
    for (struct part *p = part->above; p; p = p->above)
        if (p->marked) return p;
    return NULL;
}

/* Whether no part between the two has marks: `low` gives straight to `high` (NULL: to the total). */
static bool gives_to(struct part *low, const struct part *high)
{
    return low->marked && nearest_marked(low) == high;
}

/* ---- rules of a part and of the unallotted parts that draw on it ---- */

struct sum {
    struct oracle *o;
    struct row *unit;
    struct value points, undecided, known; /* known: the points of rules that are not open */
    const struct ast *score;
    struct value score_holds;
};

static void add_rule(void *data, const struct ast *rule, struct part *part)
{
    struct sum *sum = data;
    struct value points = rule_of(sum->o, sum->unit, rule, part)->points;
    sum->points = value_add(sum->points, points);
    if (!is_open(points)) sum->known = value_add(sum->known, points);
    for (const struct ast *effect = rule->a; effect; effect = effect->next) {
        if (effect->kind != AST_UNDECIDED && effect->kind != AST_SCORE) continue;
        struct value holds = effect_of(sum->o, sum->unit, rule, part, effect);
        if (effect->kind == AST_SCORE) {
            sum->score = effect;
            sum->score_holds = rule->list ? holds : value_bool(YES); /* no firing, but where the part starts */
        } else {
            sum->undecided = value_or(sum->undecided, holds);
        }
    }
}

static struct sum rules_of(struct oracle *o, struct row *unit, struct part *part)
{
    struct sum sum = {o, unit, value_int(0), value_bool(NO), value_int(0), NULL, value_bool(NO)};
    each_rule(o, part, add_rule, &sum);
    return sum;
}

/* ---- forfeits ---- */

struct forfeits {
    struct oracle *o;
    struct row *unit;
    struct part *part;
    struct value any;
};

static void see_forfeit(void *data, const struct ast *rule, struct part *part)
{
    struct forfeits *f = data;
    for (const struct ast *effect = rule->a; effect; effect = effect->next) {
        if (effect->kind != AST_FORFEIT) continue;
        struct part *target = effect->a ? find_part(f->o, effect->a->text) : part;
        if (target == f->part) f->any = value_or(f->any, effect_of(f->o, f->unit, rule, part, effect));
    }
}

static struct value forfeited(struct oracle *o, struct row *unit, struct part *part)
{
    struct forfeits f = {o, unit, part, value_bool(NO)};
    for (size_t i = 0; i < o->part_count; i++) each_rule(o, &o->parts[i], see_forfeit, &f);
    for (const struct ast *line = part->decl->list; line; line = line->next) {
        if (line->kind != AST_NEEDS || !line_counts(o, line)) continue;
        for (const struct ast *need = line->list; need; need = need->next)
            f.any = value_or(f.any, value_and(part_applies(o, unit, part), value_not(unit->cells[find_field(o->tables[0], need->text)])));
    }
    return f.any;
}

/* ---- the start ---- */

struct value decided(struct oracle *o, struct row *unit, struct text subject, struct text who)
{
    for (size_t i = 0; i < o->judgement_count; i++) {
        const struct judgement *j = &o->judgements[i];
        if (j->unit != unit || !text_equal(j->subject, subject)) continue;
        if (who.len == 0 || text_equal(j->authority, who)) return j->figure;
    }
    return fault_open("judged");
}

static struct value judged(struct oracle *o, struct row *unit, struct part *part)
{
    const struct ast *judge = part->judged->list;
    if (!judge || !judge->next) return decided(o, unit, part->number, TEXT_NONE);
    struct value sum = value_int(0);
    for (; judge; judge = judge->next) sum = value_add(sum, decided(o, unit, part->number, judge->text2));
    return sum;
}

static struct value start_of(struct oracle *o, struct row *unit, struct part *part, const struct sum *own)
{
    struct context c = unit_context(unit);
    if (is_fault(own->score_holds)) return own->score_holds;
    if (is_yes(own->score_holds)) return eval(o, &c, own->score->a);
    if (part->judged) return judged(o, unit, part);
    if (part->from) return eval(o, &c, part->from);
    if (!part->worth || part->decl->op == OP_BONUS) return value_int(0);
    struct value start = eval(o, &c, part->worth);
    for (size_t i = 0; i < o->part_count; i++)
        if (gives_to(&o->parts[i], part) && o->parts[i].worth && o->parts[i].decl->op != OP_BONUS)
            start = value_sub(start, eval(o, &c, o->parts[i].worth));
    return start;
}

/* ---- a part ---- */

static struct value given(struct oracle *o, struct row *unit, struct part *part)
{
    struct context c = unit_context(unit);
    struct value v = part_value(o, unit, part);
    if (part->weight) v = value_mul(v, eval(o, &c, part->weight));
    if (part->divided) v = value_div(v, eval(o, &c, part->divided));
    return v;
}

static struct value clip(struct oracle *o, struct row *unit, struct part *part, struct value raw)
{
    struct context c = unit_context(unit);
    const struct ast *ceiling = part->up_to;
    if (!ceiling && part->decl->op != OP_BONUS) ceiling = part->worth;
    if (ceiling) raw = value_min(raw, eval(o, &c, ceiling));
    if (part->decl->op != OP_BONUS) raw = value_max(raw, value_int(0));
    return raw;
}

/* ---- where a part does not apply ---- */

struct value assessed(struct oracle *o, struct row *unit)
{
    struct context c = unit_context(unit);
    return o->applies ? eval(o, &c, o->applies->a) : value_bool(YES);
}

static struct value applies_itself(struct oracle *o, struct row *unit, const struct part *part)
{
    struct context c = unit_context(unit);
    return part->applies ? eval(o, &c, part->applies->a) : value_bool(YES);
}

struct value part_applies(struct oracle *o, struct row *unit, const struct part *part)
{
    struct value all = value_bool(YES);
    for (; part; part = part->above) all = value_and(all, applies_itself(o, unit, part));
    return all;
}

/* The value, larger by what parts beside it leave to it; or what the part counts where it does not apply. */
static struct value where_applied(struct oracle *o, struct row *unit, struct part *part, struct value v)
{
    struct context c = unit_context(unit);
    struct value applying = value_int(0), spread = value_int(0), here = applies_itself(o, unit, part);
    if (is_fault(here)) return here;
    if (is_no(here)) return part->applies->op == OP_FULL && part->worth && part->decl->op != OP_BONUS ? eval(o, &c, part->worth) : value_int(0);
    for (size_t i = 0; i < o->part_count && part->worth; i++) {
        struct part *beside = &o->parts[i];
        if (beside->above != part->above || !beside->worth) continue;
        struct value applies = applies_itself(o, unit, beside), worth = eval(o, &c, beside->worth);
        bool shares = beside->applies && beside->applies->op == OP_SHARED;
        if (is_fault(applies)) applying = worse(applying, applies);
        if (is_fault(applies) && shares) spread = worse(spread, applies);
        if (is_yes(applies)) applying = value_add(applying, worth);
        if (is_no(applies) && shares) spread = value_add(spread, worth);
    }
    if (is_fault(spread)) return spread;
    if (value_sign(spread) == 0) return v;
    return value_div(value_mul(v, value_add(applying, spread)), applying);
}

/* What becomes of a clipped figure. */
static struct value finish(struct oracle *o, struct row *unit, struct part *part, struct value v, struct value undecided)
{
    struct value lost = forfeited(o, unit, part);
    if (is_fault(undecided)) v = undecided; /* whether it is undecided, or forfeited, is asked before the marks are */
    if (is_yes(undecided)) v = fault_open("undecided");
    if (is_fault(lost)) v = lost;
    if (is_yes(lost)) v = value_int(0);
    return where_applied(o, unit, part, o->rounds_parts ? value_round(v, o->part_places, o->mode) : v);
}

/* What somebody decided on a part that is open by itself; whether it applies may be what is open. */
static struct value settled(struct oracle *o, struct row *unit, struct part *part)
{
    struct value given = decided(o, unit, part->number, TEXT_NONE);
    if (is_fault(given)) return given;
    if (o->rounds_parts) given = value_round(given, o->part_places, o->mode);
    struct value applied = where_applied(o, unit, part, given);
    return is_open(applied) ? given : applied;
}

static struct value marked_value(struct oracle *o, struct row *unit, struct part *part)
{
    struct sum sum = rules_of(o, unit, part);
    struct value own = value_add(start_of(o, unit, part, &sum), sum.points), undecided = sum.undecided;
    struct value below = value_int(0);
    for (size_t i = 0; i < o->part_count; i++) {
        struct part *other = &o->parts[i];
        if (gives_to(other, part)) {
            below = value_add(below, given(o, unit, other));
        } else if (!other->marked && nearest_marked(other) == part) {
            struct sum drawn = rules_of(o, unit, other);
            own = value_add(own, drawn.points);
            undecided = value_or(undecided, drawn.undecided);
        }
    }
    struct value v = finish(o, unit, part, clip(o, unit, part, value_add(own, below)), undecided);
    if (part->judged || !is_open(finish(o, unit, part, clip(o, unit, part, own), undecided))) return v;
    struct value answer = settled(o, unit, part);
    return is_open(answer) ? v : answer;
}

struct value part_value(struct oracle *o, struct row *unit, struct part *part)
{
    struct value *memo = &o->part_memo[unit->index * o->part_count + (size_t)(part - o->parts)];
    if (memo->kind != V_FAULT || memo->why) return *memo;
    return *memo = marked_value(o, unit, part);
}

/* Whether `low` stands anywhere below `high` with no marked part between them. */
static bool below(struct part *low, const struct part *high)
{
    for (struct part *p = low->above; p; p = p->above) {
        if (p == high) return true;
        if (p->marked) return false;
    }
    return false;
}

struct value part_shown(struct oracle *o, struct row *unit, struct part *part)
{
    if (part->marked) return part_value(o, unit, part);
    struct sum own = rules_of(o, unit, part);
    struct value below_it = value_int(0), v;
    for (size_t i = 0; i < o->part_count; i++)
        if (o->parts[i].marked && below(&o->parts[i], part)) below_it = value_add(below_it, given(o, unit, &o->parts[i]));
    v = value_add(own.points, below_it);
    if (is_yes(own.undecided)) v = fault_open("undecided");
    if (is_fault(own.undecided)) v = own.undecided;
    struct part *pool = nearest_marked(part);
    if (is_open(v) && pool && !pool->judged && !is_fault(decided(o, unit, pool->number, TEXT_NONE)))
        v = value_add(own.known, below_it); /* what it took that is known: the rest is settled with the part it draws on */
    return where_applied(o, unit, part, v);
}

struct value total_of(struct oracle *o, struct row *unit)
{
    struct value *memo = &o->total_memo[unit->index];
    if (memo->kind != V_FAULT || memo->why) return *memo;
    struct value total = value_int(0);
    for (size_t i = 0; i < o->part_count; i++)
        if (gives_to(&o->parts[i], NULL)) total = value_add(total, given(o, unit, &o->parts[i]));
    return *memo = o->rounds_total ? value_round(total, o->total_places, o->mode) : total;
}
