/* What a rule comes to for a unit: its firings, its points, whether its effects take hold.
 *
 * In: a rule, a unit, the part it stands in (for `every item`, each item in turn). Out: a ruling, kept for the next asker.
 * Decision: the heads are unfolded into a list of firings, each with its place in the rows, a mask and its steps; sums and
 * conditions then walk that list. Cost: the list stays in memory for the whole run.
 */
#include "oracle.h"

/* One chance to fire: it does where the mask is yes and the steps are more than 0. */
struct firing {
    const struct context *where;
    struct value fires;
    struct value steps;
};

struct firings {
    struct firing *items;
    size_t count, room;
};

struct rule_memo {
    struct rule_memo *next;
    const struct row *unit;
    const struct ast *rule;
    const struct part *part;
    struct ruling ruling;
    struct firings firings;
};

static const struct context *keep(struct oracle *o, struct context c)
{
    struct context *kept = ARENA_NEW(o->arena, struct context);
    *kept = c;
    return kept;
}

static void unfold(struct oracle *o, const struct ast *head, const struct context *c, struct value mask, struct value steps,
                   struct firings *out);

static void leaf(struct oracle *o, const struct context *c, struct value mask, struct value steps, struct firings *out)
{
    struct value some = is_fault(steps) ? steps : value_bool(value_sign(steps) > 0 ? YES : NO);
    struct firing f = {c, value_and(mask, some), steps};
    if (!is_no(f.fires)) ARENA_PUSH(o->arena, out->items, out->count, out->room, f);
}

/* ---- per T, per 2 T, per F in T ---- */

/* Rows that certainly count, or a fault. */
static struct value number_of(struct rows rows)
{
    struct value n = value_int((long)rows.count);
    for (size_t i = 0; i < rows.count; i++)
        if (is_fault(rows.masks[i])) n = worse(n, rows.masks[i]);
    return n;
}

static struct value remainder_by(struct value quotient, enum ast_op op)
{
    if (op == OP_WHOLE) return value_floor(quotient);
    if (op == OP_STARTED) return value_ceil(quotient);
    return quotient;
}

/* The rows of one key, then those that might be in any group. `key` a fault: these alone. */
static void unfold_group(struct oracle *o, const struct ast *head, const struct context *c, struct rows rows,
                         const struct value *keys, struct value key, struct value mask, struct value steps, struct firings *out)
{
    struct group *group = ARENA_NEW(o->arena, struct group);
    *group = (struct group){rows.rows[0]->table, head->b->text, key, ARENA_ARRAY(o->arena, struct row *, rows.count),
                            ARENA_ARRAY(o->arena, struct value, rows.count), 0};
    for (size_t j = 0; j < rows.count; j++) {
        if (is_fault(keys[j]) || is_fault(key) || !value_same(key, keys[j])) continue;
        group->rows[group->count] = rows.rows[j];
        group->masks[group->count++] = value_bool(YES);
    }
    for (size_t j = 0; j < rows.count; j++) {
        if (!is_fault(keys[j])) continue;
        group->rows[group->count] = rows.rows[j];
        group->masks[group->count++] = keys[j];
    }
    struct context g = *c;
    g.row = NULL;
    g.group = group;
    g.outer = c;
    unfold(o, head->next, keep(o, g), mask, steps, out);
}

static void unfold_groups(struct oracle *o, const struct ast *head, const struct context *c, struct rows rows,
                          struct value mask, struct value steps, struct firings *out)
{
    struct value unknown = value_bool(YES);
    struct value *keys = ARENA_ARRAY(o->arena, struct value, rows.count + 1);
    for (size_t i = 0; i < rows.count; i++) {
        struct context r = row_context(c, rows.rows[i]);
        keys[i] = is_fault(rows.masks[i]) ? rows.masks[i] : eval(o, &r, head->b);
        unknown = worse(unknown, keys[i]);
    }
    for (size_t i = 0; i < rows.count; i++) {
        size_t first = 0;
        while (first < i && (is_fault(keys[first]) || is_fault(keys[i]) || !value_same(keys[first], keys[i]))) first++;
        if (first == i && !is_fault(keys[i])) unfold_group(o, head, c, rows, keys, keys[i], mask, steps, out);
    }
    if (is_fault(unknown)) unfold_group(o, head, c, rows, keys, unknown, value_and(mask, unknown), steps, out);
}

/* per 2 F in T: a firing for each full two values. */
static void unfold_group_steps(struct oracle *o, const struct ast *head, const struct context *c, struct rows rows,
                               struct value mask, struct value steps, struct firings *out)
{
    struct value unknown = value_bool(YES);
    struct value *keys = ARENA_ARRAY(o->arena, struct value, rows.count + 1);
    long count = 0;
    for (size_t i = 0; i < rows.count; i++) {
        struct context r = row_context(c, rows.rows[i]);
        keys[i] = is_fault(rows.masks[i]) ? rows.masks[i] : eval(o, &r, head->b);
        unknown = worse(unknown, keys[i]);
        bool again = is_fault(keys[i]);
        for (size_t k = 0; k < i && !again; k++) again = !is_fault(keys[k]) && value_same(keys[k], keys[i]);
        count += !again;
    }
    struct value q = is_fault(unknown) ? unknown : value_floor(value_div(value_int(count), eval(o, c, head->f)));
    unfold(o, head->next, c, mask, value_mul(steps, q), out);
}

/* The rows that name the unit in a column. */
static struct rows in_role(struct oracle *o, const struct context *c, struct rows rows, struct text column)
{
    size_t kept = 0;
    for (size_t i = 0; i < rows.count; i++) {
        size_t f = find_field(rows.rows[i]->table, column);
        if (f == SIZE_MAX) oracle_stop(o, "no column %.*s", TEXT_ARG(column));
        if (rows.rows[i]->cells[f].kind != V_ROW || rows.rows[i]->cells[f].row != c->unit) continue;
        rows.rows[kept] = rows.rows[i];
        rows.masks[kept++] = rows.masks[i];
    }
    rows.count = kept;
    return rows;
}

static void unfold_per(struct oracle *o, const struct ast *head, const struct context *c, struct value mask,
                       struct value steps, struct firings *out)
{
    struct rows rows = rows_of(o, c, head->a, head->c, head->d);
    if (head->e) rows = in_role(o, c, rows, head->e->text);
    if (head->f && head->b) {
        unfold_group_steps(o, head, c, rows, mask, steps, out);
        return;
    }
    if (head->f) {
        struct value q = value_div(number_of(rows), eval(o, c, head->f));
        q = remainder_by(q, head->op == OP_NONE ? OP_WHOLE : head->op);
        unfold(o, head->next, c, mask, value_mul(steps, q), out);
        return;
    }
    if (head->b) {
        unfold_groups(o, head, c, rows, mask, steps, out);
        return;
    }
    for (size_t i = 0; i < rows.count; i++)
        unfold(o, head->next, keep(o, row_context(c, rows.rows[i])), value_and(mask, rows.masks[i]), steps, out);
}

/* ---- per missing, per extra ---- */

static void unfold_steps(struct oracle *o, const struct ast *head, const struct context *c, struct value mask,
                         struct value steps, struct firings *out)
{
    struct value have, want;
    if (is_rows(o, head->a)) {
        have = number_of(rows_of(o, c, head->a, head->c, head->e));
    } else {
        have = eval(o, c, head->a);
        if (head->c) mask = value_and(mask, eval(o, c, head->c));
        if (head->e) mask = value_and(mask, value_not(eval(o, c, head->e)));
    }
    const struct ast *name = head->a, *view;
    while (name->kind == AST_NAME && (view = find_decl(o, AST_VIEW, name->text))) name = view->a;
    const struct table *table = name->kind == AST_NAME ? find_table(o, name->text) : NULL;
    const struct ast *target = head->b ? head->b : table ? table->decl->d : NULL;
    if (!target) oracle_stop(o, "a target that is nowhere said");
    want = eval(o, c, target);
    struct value gap = head->kind == AST_HEAD_MISSING ? value_sub(want, have) : value_sub(have, want);
    gap = value_max(gap, value_int(0));
    if (head->d) {
        struct value step = eval(o, c, head->d);
        gap = value_div(gap, step.kind == V_LENGTH ? value_int(step.days) : step);
    }
    unfold(o, head->next, c, mask, value_mul(steps, remainder_by(gap, head->op)), out);
}

static void unfold(struct oracle *o, const struct ast *head, const struct context *c, struct value mask, struct value steps,
                   struct firings *out)
{
    if (is_no(mask)) return;
    if (!head) leaf(o, c, mask, steps, out);
    else if (head->kind == AST_HEAD_IF) unfold(o, head->next, c, value_and(mask, eval(o, c, head->a)), steps, out);
    else if (head->kind == AST_HEAD_PER) unfold_per(o, head, c, mask, steps, out);
    else unfold_steps(o, head, c, mask, steps, out);
}

/* ---- the ruling ---- */

static struct value capped(struct oracle *o, const struct context *c, struct value sum, const struct ast *cap)
{
    if (!cap) return sum;
    struct value most = eval(o, c, cap);
    if (is_fault(sum) || is_fault(most)) return worse(sum, most);
    bool negative = value_sign(sum) < 0;
    struct value size = value_min(negative ? value_neg(sum) : sum, most);
    return negative ? value_neg(size) : size;
}

static void judge(struct oracle *o, const struct context *c, struct rule_memo *memo)
{
    const struct ast *points = memo->rule->a;
    while (points && points->kind != AST_POINTS) points = points->next;
    struct value amount = value_int(0), count = value_int(0), fired = value_bool(NO);
    for (size_t i = 0; i < memo->firings.count; i++) {
        const struct firing *f = &memo->firings.items[i];
        fired = value_or(fired, f->fires);
        if (is_fault(f->fires)) {
            amount = worse(amount, f->fires);
            count = worse(count, f->fires);
            continue;
        }
        count = value_add(count, f->steps);
        if (points) amount = value_add(amount, value_mul(eval(o, f->where, points->a), f->steps));
    }
    struct value sum = points ? capped(o, c, amount, memo->rule->b) : value_int(0);
    if (!points) amount = value_int(0);
    if (points && points->op == OP_MINUS) sum = value_neg(sum);
    memo->ruling = (struct ruling){sum, amount, count, fired};
}

static struct rule_memo *find_memo(struct oracle *o, struct row *unit, const struct ast *rule, struct part *part)
{
    for (struct rule_memo *m = o->rules; m; m = m->next)
        if (m->unit == unit && m->rule == rule && m->part == part) return m;
    struct context c = unit_context(unit);
    c.item = part;
    struct rule_memo *memo = ARENA_NEW(o->arena, struct rule_memo);
    *memo = (struct rule_memo){.unit = unit, .rule = rule, .part = part};
    const struct context *kept = keep(o, c);
    unfold(o, rule->list, kept, part_applies(o, unit, part), value_int(1), &memo->firings);
    judge(o, kept, memo);
    memo->next = o->rules;
    o->rules = memo;
    return memo;
}

const struct ruling *rule_of(struct oracle *o, struct row *unit, const struct ast *rule, struct part *part)
{
    return &find_memo(o, unit, rule, part)->ruling;
}

struct value effect_of(struct oracle *o, struct row *unit, const struct ast *rule, struct part *part,
                       const struct ast *effect)
{
    struct rule_memo *memo = find_memo(o, unit, rule, part);
    struct value holds = memo->ruling.fired;
    struct context c = unit_context(unit);
    if (effect->kind == AST_SCORE || effect->kind == AST_UNDECIDED) return holds;
    if (effect->b) {
        struct value least = eval(o, &c, effect->b), count = memo->ruling.count;
        if (is_fault(least) || is_fault(count)) holds = worse(least, count);
        else holds = value_bool(value_order(count, least) >= 0 ? YES : NO);
    }
    if (!effect->c) return holds;
    struct value any = value_bool(NO);
    for (size_t i = 0; i < memo->firings.count; i++) {
        struct context here = *memo->firings.items[i].where;
        here.rule = &memo->ruling;
        any = value_or(any, value_and(memo->firings.items[i].fires, eval(o, &here, effect->c)));
    }
    return effect->b ? value_and(holds, any) : any;
}

void each_rule(struct oracle *o, struct part *part, void (*see)(void *data, const struct ast *rule, struct part *part),
               void *data)
{
    for (const struct ast *line = part->decl->list; line; line = line->next)
        if (line->kind == AST_RULE) see(data, line, part);
    if (part->decl->op != OP_ITEM) return;
    for (const struct ast *d = o->file->root->list; d; d = d->next) {
        if (d->kind != AST_EVERY_ITEM) continue;
        for (const struct ast *line = d->list; line; line = line->next)
            if (line->kind == AST_RULE) see(data, line, part);
    }
}
