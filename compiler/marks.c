/* Marks: the tree of parts, from rules to the total.
 *
 * In: PART declarations and the points of rules. Out: for each part its start, raw figure, value, and what it gives upward;
 * the total.
 * Decision: a part's own deductions, what unmarked parts draw and the values of the marked parts below are one sum under
 * one floor and ceiling, so that "the section is worth 20" means just that. Cost: a ceiling may swallow what a part below
 * gives beyond its worth; explain says so.
 */
#include "scheme.h"

#include "../runtime/limits.h"
#include "../runtime/quotient.h"

static struct text numbered(struct scheme *scheme, enum ast_op kind, struct text number)
{
    const char *en = kind == OP_SECTION ? "section" : kind == OP_ITEM ? "item" : "bonus";
    const char *zh = kind == OP_SECTION ? "部分" : kind == OP_ITEM ? "项目" : "加分";
    return arena_print(scheme->arena, "%s %.*s", scheme->tongue == TONGUE_ZH ? zh : en, TEXT_ARG(number));
}

struct text part_word(struct scheme *scheme, uint32_t part)
{
    return numbered(scheme, scheme->parts[part].kind, scheme->parts[part].number);
}

struct text partref_word(struct scheme *scheme, const struct ast *ref) { return numbered(scheme, ref->op, ref->text); }

int32_t part_find(struct scheme *scheme, enum ast_op kind, struct text number)
{
    uint32_t k;
    return intern_find(&scheme->numbers, number, &k) && scheme->parts[k].kind == kind ? (int32_t)k : NO_INDEX;
}

/* ---- declaring ---- */

static struct text number_words(struct scheme *scheme, struct expr number)
{
    struct buffer words;
    buffer_init(&words, scheme->arena);
    number_print(&words, number.value->i, number.type.places);
    return buffer_result(&words);
}

static struct expr constant(struct scheme *scheme, struct ast *at)
{
    int64_t number;
    unsigned places;
    if (!at || !constant_lower(scheme, at, &number, &places)) return (struct expr){0};
    return expr_number(scheme, number, places);
}

/* The part whose dotted number is the longest beginning of this one. */
static int32_t parent_of(struct scheme *scheme, struct text number)
{
    for (size_t len = number.len; len > 0; len--) {
        if (number.at[len - 1] != '.') continue;
        uint32_t k;
        if (intern_find(&scheme->numbers, (struct text){number.at, len - 1}, &k)) return (int32_t)k;
    }
    return NO_INDEX;
}

static void add_rule(struct scheme *scheme, uint32_t part, struct ast *line, bool every)
{
    uint32_t index = (uint32_t)scheme->rule_count;
    ARENA_PUSH(scheme->arena, scheme->rules, scheme->rule_count, scheme->rule_capacity,
               ((struct rule){.line = line, .part = part, .every = every}));
    struct part *p = &scheme->parts[part];
    ARENA_PUSH(scheme->arena, p->rules, p->rule_count, p->rule_capacity, index);
}

/* Whether a rule does nothing but forfeit the part it stands under. */
static bool only_forfeits(const struct ast *line)
{
    for (const struct ast *effect = line->a; effect; effect = effect->next)
        if (effect->kind != AST_FORFEIT || effect->a) return false;
    return line->a != NULL;
}

/* A rule of `every item`: an item without marks of its own has nothing to forfeit. */
static void add_every(struct scheme *scheme, struct ast *line)
{
    bool marked_only = only_forfeits(line), any = false;
    for (uint32_t k = 0; k < scheme->part_count; k++) {
        if (scheme->parts[k].kind != OP_ITEM || (marked_only && !scheme->parts[k].marked)) continue;
        add_rule(scheme, k, line, true);
        any = true;
    }
    if (marked_only && !any) FIND(scheme->findings, D_EVERY_NOBODY, line->at);
}

static void declare_attributes(struct part *part)
{
    for (struct ast *a = part->decl->a; a; a = a->next) {
        if (a->kind == AST_JUDGED) {
            part->judged = a;
            continue;
        }
        switch ((int)a->op) { /* the attributes of a part */
        case OP_WORTH: part->worth_at = a; break;
        case OP_FROM:
        case OP_UP_TO: break;
        case OP_NO_LIMIT: part->no_limit = true; break;
        case OP_WEIGHT: part->weight_at = a; break;
        case OP_DIVIDED: part->divided_at = a->a; break;
        case OP_UNALLOTTED: part->unallotted_at = a; break;
        }
        if (a->op == OP_FROM || a->op == OP_UP_TO) part->marked = true;
    }
    part->marked |= part->worth_at || part->no_limit || part->judged || part->kind == OP_BONUS;
}

/* Figures that can be read once names are known. */
static void lower_attributes(struct scheme *scheme, struct part *part)
{
    struct text word = numbered(scheme, part->kind, part->number);
    for (struct ast *a = part->decl->a; a; a = a->next) {
        if (a->kind == AST_JUDGED) continue;
        if (a->op == OP_WORTH) part->worth = constant(scheme, a->a);
        if (a->op == OP_FROM) part->from = constant(scheme, a->a);
        if (a->op == OP_UP_TO) part->up_to = constant(scheme, a->a);
        if (a->op == OP_UNALLOTTED) part->unallotted = constant(scheme, a->a);
        if (a->op == OP_WEIGHT) part->weight = constant(scheme, a->a);
        if (a->op == OP_WEIGHT && a->a->kind == AST_NUMBER) FIND(scheme->findings, D_WEIGHT_PERCENT, a->a->at, a->a->text);
        if (a->op == OP_WEIGHT && part->weight.value && part->weight.value->i < 0)
            FIND(scheme->findings, D_COUNT_NEGATIVE, a->a->at, number_words(scheme, part->weight));
        if (!part->marked && (a->op == OP_WEIGHT || a->op == OP_DIVIDED || a->op == OP_UNALLOTTED))
            FIND(scheme->findings, D_ATTRIBUTE_MARKS, a->at, word,
                 a->op == OP_WEIGHT    ? scheme_word(scheme, "weight", "权重")
                 : a->op == OP_DIVIDED ? scheme_word(scheme, "divided by", "除以")
                                       : scheme_word(scheme, "unallotted", "未分配"));
    }
    if (part->no_limit && part->up_to.value) FIND(scheme->findings, D_LIMIT_NONE, part->decl->at, word);
    if (part->from.value && part->judged)
        FIND(scheme->findings, D_START_TWICE, part->decl->at, word, scheme_word(scheme, "judges", "评定"));
    if (part->marked && part->unallotted.value && !part->worth.value)
        FIND(scheme->findings, D_ATTRIBUTE_MARKS, part->unallotted_at->at, word,
             scheme_word(scheme, "unallotted", "未分配"));
}

static int64_t at_places(struct scheme *scheme, struct expr expr, unsigned places)
{
    return expr_at_places(scheme, expr, places).value->i;
}

uint32_t judged_add(struct scheme *scheme, struct judged_schema figure)
{
    struct schema *schema = &scheme->schema;
    SCHEMA_APPEND(scheme->arena, schema->judged, schema->judged_count, figure);
    return schema->judged_count - 1;
}

static void judged_figure(struct scheme *scheme, struct part *part, struct text authority, struct expr high)
{
    struct judged_schema figure = {.subject = part->number,
                                   .authority = authority,
                                   .where = part->decl->at,
                                   .all_or_nothing = part->judged->flags & AST_ALL_OR_NOTHING};
    struct expr step = part->judged->a ? constant(scheme, part->judged->a) : (struct expr){0};
    figure.places = step.value ? step.type.places : figure.all_or_nothing ? 0 : LIMIT_FIELD_PLACES;
    if (high.type.places > figure.places) figure.places = high.type.places;
    figure.high = at_places(scheme, high, figure.places);
    figure.step = step.value ? at_places(scheme, step, figure.places) : 0;
    if (step.value && figure.step <= 0) FIND(scheme->findings, D_STEP_ZERO, part->judged->a->at);
    judged_add(scheme, figure);
    part->judged_count++;
}

static void declare_judged(struct scheme *scheme, uint32_t index)
{
    struct part *part = &scheme->parts[index];
    if (!part->judged) return;
    struct expr worth = part->worth.value ? part->worth : part->up_to;
    if (!worth.value) {
        FIND(scheme->findings, D_JUDGED_RANGE, part->decl->at, part_word(scheme, index));
        return;
    }
    part->judged_first = scheme->schema.judged_count;
    struct expr shares = expr_number(scheme, 0, 0);
    bool shared = false, bare = false;
    for (struct ast *judge = part->judged->list; judge; judge = judge->next) {
        struct expr share = judge->a ? constant(scheme, judge->a) : worth;
        if (!share.value) continue;
        shared |= judge->a != NULL;
        if (judge->a) shares = expr_add(scheme, shares, share);
        judged_figure(scheme, part, judge->text2, share);
        bare |= !judge->a; /* one judge of the whole */
    }
    if (!part->judged->list) judged_figure(scheme, part, TEXT_NONE, worth);
    struct expr a = shares, b = worth;
    expr_unify(scheme, &a, &b);
    if (shared && !bare && a.value != b.value)
        FIND(scheme->findings, D_JUDGE_SHARES, part->judged->at, part_word(scheme, index), number_words(scheme, shares),
             number_words(scheme, worth));
    if (bare && part->judged->list->next) FIND(scheme->findings, D_JUDGE_SHARE, part->judged->at, part_word(scheme, index));
}

static void link_part(struct scheme *scheme, uint32_t index)
{
    struct part *part = &scheme->parts[index];
    part->up = NO_INDEX;
    for (int32_t p = part->parent; p >= 0; p = scheme->parts[p].parent)
        if (scheme->parts[p].marked) {
            part->up = p;
            break;
        }
    part->pool = part->marked ? (int32_t)index : part->up;
    for (struct ast *line = part->decl->list; line; line = line->next) {
        if (line->kind == AST_APPLIES) {
            part->applies_at = line;
            scheme->some_apply = true;
        }
        if (line->kind == AST_RULE || line->kind == AST_NEEDS) add_rule(scheme, index, line, false);
    }
}

/* Notes for each part which rules elsewhere may forfeit it. */
static void link_forfeits(struct scheme *scheme)
{
    for (uint32_t k = 0; k < scheme->rule_count; k++) {
        if (scheme->rules[k].line->kind != AST_RULE) continue;
        for (struct ast *effect = scheme->rules[k].line->a; effect; effect = effect->next) {
            if (effect->kind != AST_FORFEIT || !effect->a) continue;
            int32_t target = part_find(scheme, effect->a->op, effect->a->text);
            if (target < 0) {
                FIND(scheme->findings, D_NO_PART, effect->a->at, partref_word(scheme, effect->a),
                     list_words(scheme, type_of(TYPE_PART)));
                continue;
            }
            struct part *part = &scheme->parts[target];
            ARENA_PUSH(scheme->arena, part->touched_by, part->touch_count, part->touch_capacity, k);
        }
    }
}

/* The chains of parts that stand under one another; from the last upward, so that each begins with the first declared. */
static void chain_parts(struct scheme *scheme)
{
    scheme->first_top = scheme->first_top_marked = NO_INDEX;
    for (size_t k = 0; k < scheme->part_count; k++) {
        struct part *part = &scheme->parts[k];
        part->first_child = part->next_child = part->first_marked = part->next_marked = part->first_drawing =
            part->next_drawing = NO_INDEX;
    }
    for (size_t k = scheme->part_count; k-- > 0;) {
        struct part *part = &scheme->parts[k];
        int32_t *first = part->parent >= 0 ? &scheme->parts[part->parent].first_child : &scheme->first_top;
        part->next_child = *first;
        *first = (int32_t)k;
        if (part->marked) {
            first = part->up >= 0 ? &scheme->parts[part->up].first_marked : &scheme->first_top_marked;
            part->next_marked = *first;
            *first = (int32_t)k;
        } else if (part->pool >= 0) {
            first = &scheme->parts[part->pool].first_drawing;
            part->next_drawing = *first;
            *first = (int32_t)k;
        }
    }
}

void parts_declare(struct scheme *scheme)
{
    struct ast *root = scheme->file->root;
    intern_init(&scheme->numbers, scheme->arena);
    for (struct ast *d = root->list; d; d = d->next) {
        if (d->kind != AST_PART) continue;
        uint32_t k;
        if (intern_find(&scheme->numbers, d->text, &k)) {
            struct finding *f = FIND(scheme->findings, D_PART_TWICE, d->at, part_word(scheme, k),
                                     scheme_line_text(scheme, scheme->parts[k].decl->at));
            if (f) f->other = scheme->parts[k].decl->at;
            continue;
        }
        intern_put(&scheme->numbers, d->text);
        struct part part = {
            .decl = d, .number = d->text, .title = d->text2, .kind = d->op, .parent = NO_INDEX, .settled = NO_INDEX};
        declare_attributes(&part);
        ARENA_PUSH(scheme->arena, scheme->parts, scheme->part_count, scheme->part_capacity, part);
    }
    for (uint32_t k = 0; k < scheme->part_count; k++) scheme->parts[k].parent = parent_of(scheme, scheme->parts[k].number);
    for (uint32_t k = 0; k < scheme->part_count; k++) link_part(scheme, k);
    chain_parts(scheme);
    for (struct ast *d = root->list; d; d = d->next)
        for (struct ast *line = d->kind == AST_EVERY_ITEM ? d->list : NULL; line; line = line->next)
            if (line->kind == AST_RULE) add_every(scheme, line);
    link_forfeits(scheme);
    for (uint32_t k = 0; k < scheme->part_count; k++) {
        lower_attributes(scheme, &scheme->parts[k]);
        declare_judged(scheme, k);
    }
}

/* ---- working out ---- */

/* Rules that move marks; the others wait until a grade or an outcome asks for them. */
static bool moves_marks(const struct rule *rule)
{
    if (rule->line->kind == AST_NEEDS) return true;
    for (struct ast *effect = rule->line->a; effect; effect = effect->next)
        if (effect->kind == AST_POINTS || effect->kind == AST_SCORE || effect->kind == AST_FORFEIT ||
            effect->kind == AST_UNDECIDED)
            return true;
    return false;
}

static void lower_rules(struct scheme *scheme, uint32_t index)
{
    for (size_t k = 0; k < scheme->parts[index].rule_count; k++) {
        uint32_t rule = scheme->parts[index].rules[k];
        if (moves_marks(&scheme->rules[rule])) rule_lower(scheme, rule);
    }
}

static struct expr add_rules(struct scheme *scheme, uint32_t index, struct expr sum)
{
    struct part *part = &scheme->parts[index];
    for (size_t k = 0; k < part->rule_count; k++) {
        struct rule *rule = &scheme->rules[part->rules[k]];
        if (!rule->net.value) continue;
        scheme->graph.where = rule->line->at;
        sum = rule->minus ? expr_sub(scheme, sum, rule->net) : expr_add(scheme, sum, rule->net);
    }
    return sum;
}

/* Of the same those that are known: what the part took itself where its figure has been settled. */
static struct expr add_known_rules(struct scheme *scheme, uint32_t index, struct expr sum)
{
    struct part *part = &scheme->parts[index];
    for (size_t k = 0; k < part->rule_count; k++) {
        struct rule *rule = &scheme->rules[part->rules[k]];
        if (!rule->net.value) continue;
        struct expr net = rule->net;
        if (open_reasons(scheme, net.value)) net = expr_if_open(scheme, net, expr_number(scheme, 0, 0));
        sum = rule->minus ? expr_sub(scheme, sum, net) : expr_add(scheme, sum, net);
    }
    return sum;
}

/* Where the part starts, before any rule. */
static struct expr start_of(struct scheme *scheme, uint32_t index)
{
    struct part *part = &scheme->parts[index];
    struct expr start = expr_number(scheme, 0, 0);
    if (part->score.value) return part->score;
    if (part->judged) {
        for (uint32_t k = 0; k < part->judged_count; k++) {
            const struct judged_schema *figure = &scheme->schema.judged[part->judged_first + k];
            struct expr given = {value_judged(&scheme->graph, part->judged_first + k),
                                 type_number(figure->places, figure->low, figure->high)};
            start = expr_add(scheme, start, given);
        }
        return start;
    }
    if (part->from.value) return part->from;
    if (!part->worth.value) return start;
    start = part->worth;
    for (int32_t k = part->first_marked; k >= 0; k = scheme->parts[k].next_marked)
        if (scheme->parts[k].worth.value) start = expr_sub(scheme, start, scheme->parts[k].worth);
    return start;
}

/* The figure, open where an `undecided` of the part fires. */
static struct expr unless_open(struct scheme *scheme, struct part *part, struct expr value)
{
    part->opened = mask_any(scheme, part->opens, part->open_count);
    if (!part->opened) return value;
    enum reg_kind kind = value.type.kind == TYPE_QUOTIENT ? REG_QUOTIENT : REG_NUMBER;
    struct expr open = {value_fault(&scheme->graph, kind, FAULT_UNDECIDED), value.type};
    return expr_select(scheme, part->opened, open, value);
}

struct value *assessed_lower(struct scheme *scheme)
{
    bool roles = false;
    for (uint32_t t = 0; t < scheme->schema.table_count; t++) roles |= scheme->schema.tables[t].roles;
    if (scheme->reading.testing && roles &&
        !scheme->assessed) { /* other units of an example are only names: the first is it */
        struct value *lane = value_code(&scheme->graph, OP_CODE_LANE, NULL, NULL, NULL, 0, 0);
        scheme->assessed = value_code(&scheme->graph, OP_CODE_EQ, lane, value_number(&scheme->graph, 0), NULL, 0, 0);
    }
    if (!scheme->applies_at || scheme->assessed_state == ENTITY_DONE) return scheme->assessed;
    if (!work_begin(scheme, &scheme->assessed_state, scheme_word(scheme, "applies if", "适用"), scheme->applies_at->at,
                    scheme->applies_at))
        return NULL;
    struct scope unit = scope_at(SPACE_UNITS);
    scheme->assessed = mask_and(scheme, scheme->assessed, condition_lower(scheme, &unit, scheme->applies_at->a));
    work_end(scheme, &scheme->assessed_state);
    return scheme->assessed;
}

struct value *part_applies(struct scheme *scheme, uint32_t index)
{
    struct value *all = NULL;
    for (int32_t p = (int32_t)index; p >= 0; p = scheme->parts[p].parent) {
        struct part *part = &scheme->parts[p];
        if (part->applies_at && part->applies_state != ENTITY_DONE) {
            if (!work_begin(scheme, &part->applies_state, part_word(scheme, (uint32_t)p), part->applies_at->at,
                            part->applies_at))
                return NULL;
            struct scope unit = scope_at(SPACE_UNITS);
            part->applies = condition_lower(scheme, &unit, part->applies_at->a);
            work_end(scheme, &part->applies_state);
        }
        all = mask_and(scheme, all, part->applies);
    }
    return all;
}

/* The worths, among the parts beside this one and itself, of those that apply, and of those whose marks are spread. */
static void spread_worths(struct scheme *scheme, const struct part *part, struct expr *applying, struct expr *spread)
{
    struct part *parent = part->parent >= 0 ? &scheme->parts[part->parent] : NULL;
    struct expr *kept_applying = parent ? &parent->applying : &scheme->top_applying,
                *kept_spread = parent ? &parent->spread : &scheme->top_spread;
    struct expr zero = expr_number(scheme, 0, 0);
    *applying = *kept_applying;
    *spread = *kept_spread;
    if (applying->value) return;
    *applying = *spread = zero;
    for (int32_t k = parent ? parent->first_child : scheme->first_top; k >= 0; k = scheme->parts[k].next_child) {
        struct part *beside = &scheme->parts[k];
        if (!beside->worth.value) continue;
        part_applies(scheme, (uint32_t)k);
        struct expr here = beside->applies ? expr_select(scheme, beside->applies, beside->worth, zero) : beside->worth;
        *applying = expr_add(scheme, *applying, here);
        if (beside->applies && beside->applies_at->op == OP_SHARED)
            *spread = expr_add(scheme, *spread, expr_select(scheme, beside->applies, zero, beside->worth));
    }
    *kept_applying = *applying;
    *kept_spread = *spread;
}

/* What the part counts where it does not apply; and what it takes over from parts beside it that do not. */
struct expr part_where_applied(struct scheme *scheme, uint32_t index, struct expr value)
{
    struct part *part = &scheme->parts[index];
    struct expr applying, spread;
    if (!scheme->some_apply) return value;
    spread_worths(scheme, part, &applying, &spread);
    bool nothing = spread.value->op == VALUE_CONST_N && spread.value->i == 0;
    if (part->worth.value && !nothing) {
        struct expr whole = expr_mul(scheme, value, expr_add(scheme, applying, spread));
        struct expr larger = expr_div(scheme, whole, applying, FAULT_ZERO);
        value = expr_select(scheme, expr_order(scheme, OP_GT, spread, expr_number(scheme, 0, 0)).value, larger, value);
    }
    part_applies(scheme, index);
    if (!part->applies) return value;
    struct expr instead = part->applies_at->op == OP_FULL && part->worth.value && part->kind != OP_BONUS
                              ? part->worth
                              : expr_number(scheme, 0, 0);
    return expr_select(scheme, part->applies, value, instead);
}

/* Between floor and ceiling. */
static struct expr clip(struct scheme *scheme, const struct part *part, struct expr value)
{
    struct expr ceiling = part->no_limit           ? (struct expr){0}
                          : part->up_to.value      ? part->up_to
                          : part->kind == OP_BONUS ? (struct expr){0}
                                                   : part->worth;
    if (part->kind != OP_BONUS) value = expr_max(scheme, value, expr_number(scheme, 0, 0));
    return ceiling.value ? expr_min(scheme, value, ceiling) : value;
}

/* What becomes of a clipped figure: undecided, forfeited, rounded, where the part applies. */
static struct expr finish(struct scheme *scheme, uint32_t index, struct expr value)
{
    struct part *part = &scheme->parts[index];
    value = unless_open(scheme, part, value);
    part->forfeited = mask_any(scheme, part->forfeits, part->forfeit_count);
    if (part->forfeited) value = expr_select(scheme, part->forfeited, expr_number(scheme, 0, 0), value);
    if (scheme->round.given && !scheme->round.exact)
        value = expr_round(scheme, value, scheme->round.parts, scheme->round.mode);
    return part_where_applied(scheme, index, value);
}

static void marked_value(struct scheme *scheme, uint32_t index)
{
    struct part *part = &scheme->parts[index];
    struct expr zero = expr_number(scheme, 0, 0);
    part->start = start_of(scheme, index);
    struct expr own = add_rules(scheme, index, part->start);
    for (int32_t k = part->first_drawing; k >= 0; k = scheme->parts[k].next_drawing)
        own = add_rules(scheme, (uint32_t)k, own);
    part->raw = own;
    for (int32_t k = part->first_marked; k >= 0; k = scheme->parts[k].next_marked)
        if (scheme->parts[k].gives.value) part->raw = expr_add(scheme, part->raw, scheme->parts[k].gives);
    scheme->graph.where = part->decl->at;
    part->clipped = clip(scheme, part, part->raw);
    struct expr value = finish(scheme, index, part->clipped);
    value =
        part_settle(scheme, index, value, part->first_marked < 0 ? value : finish(scheme, index, clip(scheme, part, own)));
    value.type.percent = false; /* marks are plain numbers, whatever they were worked out from */
    part->value = part->gives = value;
    if (part->weight.value) part->gives = expr_mul(scheme, part->gives, part->weight);
    if (part->divided_at) {
        struct scope unit = scope_at(SPACE_UNITS);
        struct expr by = number_lower(scheme, &unit, part->divided_at);
        if (expr_ok(by)) part->gives = expr_div(scheme, part->gives, by, FAULT_ZERO);
    }
    for (int32_t above = part->parent; above >= 0 && above != part->up; above = scheme->parts[above].parent) {
        /* a part without marks of its own that does not apply: nothing in it gives any */
        part_applies(scheme, (uint32_t)above);
        if (scheme->parts[above].applies) part->gives = expr_select(scheme, scheme->parts[above].applies, part->gives, zero);
    }
}

/* Adds what the nearest marked parts below an unmarked one give, through other unmarked ones. */
static struct expr add_marked_below(struct scheme *scheme, uint32_t index, struct expr sum, struct ast *at)
{
    for (int32_t k = scheme->parts[index].first_child; k >= 0; k = scheme->parts[k].next_child) {
        if (!scheme->parts[k].marked) {
            sum = add_marked_below(scheme, (uint32_t)k, sum, at);
            continue;
        }
        part_lower(scheme, (uint32_t)k, at);
        if (scheme->parts[k].gives.value) sum = expr_add(scheme, sum, scheme->parts[k].gives);
    }
    return sum;
}

struct expr part_lower(struct scheme *scheme, uint32_t index, struct ast *at)
{
    struct part *part = &scheme->parts[index];
    if (part->state == ENTITY_DONE) return part->value.value ? part->value : expr_none();
    if (!work_begin(scheme, &part->state, part_word(scheme, index), part->decl->at, at)) return expr_none();
    struct span outer = scheme->graph.where;
    scheme->graph.where = part->decl->at;
    lower_rules(scheme, index);
    for (size_t k = 0; k < part->touch_count; k++) rule_lower(scheme, part->touched_by[k]);
    if (part->marked) {
        for (int32_t k = part->first_drawing; k >= 0; k = scheme->parts[k].next_drawing) lower_rules(scheme, (uint32_t)k);
        for (int32_t k = part->first_marked; k >= 0; k = scheme->parts[k].next_marked) part_lower(scheme, (uint32_t)k, at);
        marked_value(scheme, index);
    } else {
        struct expr zero = expr_number(scheme, 0, 0), own = add_rules(scheme, index, zero);
        struct expr shown = unless_open(scheme, part, add_marked_below(scheme, index, own, at));
        struct expr closed = add_marked_below(scheme, index, add_known_rules(scheme, index, zero), at);
        shown = part_settle_drawing(scheme, index, shown, unless_open(scheme, part, own), closed);
        shown.type.percent = false;
        part->value = part_where_applied(scheme, index, shown);
    }
    scheme->graph.where = outer;
    work_end(scheme, &part->state);
    return part->value.value ? part->value : expr_none();
}

struct expr total_lower(struct scheme *scheme, struct ast *at)
{
    if (scheme->total_state == ENTITY_DONE) return scheme->total.value ? scheme->total : expr_none();
    struct ast *head = scheme->file->root->list;
    if (!work_begin(scheme, &scheme->total_state, scheme_word(scheme, "total", "总分"), head ? head->span : SPAN_NONE, at))
        return expr_none();
    struct expr total = expr_number(scheme, 0, 0);
    for (int32_t k = scheme->first_top_marked; k >= 0; k = scheme->parts[k].next_marked) {
        part_lower(scheme, (uint32_t)k, at);
        if (scheme->parts[k].gives.value) total = expr_add(scheme, total, scheme->parts[k].gives);
    }
    if (scheme->round.given && !scheme->round.exact)
        total = expr_round(scheme, total, scheme->round.total, scheme->round.mode);
    scheme->total = total;
    work_end(scheme, &scheme->total_state);
    return total;
}
