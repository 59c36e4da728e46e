/* Lint: what a regulation's text leaves in doubt, seen from the numbers and lines alone.
 *
 * In: a sound scheme. Out: notices: a number left out, an item without a consequence, deductions above the marks, one
 * table that costs marks in several items.
 * Decision: notices, not warnings: most regulations do these things on purpose, and the reader only has to know.
 */
#include "cases.h"

#include "../runtime/quotient.h"

#include <stdlib.h>

/* The last number of "3.12" as 12; false for other codes. */
static bool last_number(struct text number, int64_t *out)
{
    size_t from = number.len;
    unsigned places;
    while (from > 0 && number.at[from - 1] != '.') from--;
    return number_parse((struct text){number.at + from, number.len - from}, out, &places) && number.len > from &&
           number.at[from] != '0';
}

static struct text with_last(struct scheme *scheme, struct text number, int64_t last)
{
    size_t from = number.len;
    while (from > 0 && number.at[from - 1] != '.') from--;
    return arena_print(scheme->arena, "%.*s%lld", (int)from, number.at, (long long)last);
}

struct numbered {
    int32_t parent;
    int64_t last;
    uint32_t part;
};

static int by_place(const void *x, const void *y)
{
    const struct numbered *a = x, *b = y;
    if (a->parent != b->parent) return a->parent < b->parent ? -1 : 1;
    return (a->last > b->last) - (a->last < b->last);
}

/* Parts side by side whose numbers leave one out. */
static void missing_numbers(struct scheme *scheme)
{
    struct numbered *all = ARENA_ARRAY(scheme->arena, struct numbered, scheme->part_count);
    size_t count = 0;
    for (uint32_t k = 0; k < scheme->part_count; k++) {
        all[count] = (struct numbered){.parent = scheme->parts[k].parent, .part = k};
        count += last_number(scheme->parts[k].number, &all[count].last);
    }
    if (count) qsort(all, count, sizeof *all, by_place);
    for (size_t k = 1; k < count; k++) {
        struct part *before = &scheme->parts[all[k - 1].part], *after = &scheme->parts[all[k].part];
        if (all[k].parent != all[k - 1].parent || all[k].last <= all[k - 1].last + 1) continue;
        FIND(scheme->findings, D_NUMBER_MISSING, after->decl->at, with_last(scheme, before->number, all[k - 1].last + 1),
             before->number, after->number);
    }
}

static bool has_line(const struct part *part, enum ast_kind a, enum ast_kind b)
{
    for (const struct ast *line = part->decl->list; line; line = line->next)
        if (line->kind == a || line->kind == b) return true;
    return false;
}

/* An item that nothing can change, and nothing explains. */
static void without_consequence(struct scheme *scheme, uint32_t index, const bool *has_parts)
{
    struct part *part = &scheme->parts[index];
    if (part->kind != OP_ITEM || part->judged || has_parts[index]) return;
    if (has_line(part, AST_RULE, AST_NEEDS) || has_line(part, AST_NOTE, AST_GAP) || part->touch_count) return;
    FIND(scheme->findings, D_NO_CONSEQUENCE, part->decl->at, part_word(scheme, index));
}

/* Whether a line of the part, or of one that draws on it, says that it takes until none are left. */
static bool stops_at_none(const struct scheme *scheme, const struct part *part)
{
    for (size_t k = 0; k < part->rule_count; k++)
        if (scheme->rules[part->rules[k]].line->flags & AST_UNTIL_NONE) return true;
    return false;
}

/* Deductions that come to more than the item's marks, where no line says that they stop there. */
static void above_marks(struct scheme *scheme, uint32_t index)
{
    struct part *part = &scheme->parts[index];
    if (!part->worth.value || part->kind != OP_ITEM || part->first_marked >= 0) return;
    bool stops = stops_at_none(scheme, part);
    for (int32_t k = part->first_drawing; k >= 0; k = scheme->parts[k].next_drawing)
        stops |= stops_at_none(scheme, &scheme->parts[k]);
    struct most most = part_most(scheme, index, true); /* rules for each of many say so themselves */
    struct expr a = most.figure, b = part->worth;
    expr_unify(scheme, &a, &b);
    if (stops || !most.any || a.value->i <= b.value->i) return;
    struct buffer taken, worth;
    buffer_init(&taken, scheme->arena);
    buffer_init(&worth, scheme->arena);
    number_print(&taken, most.figure.value->i, most.figure.type.places);
    number_print(&worth, part->worth.value->i, part->worth.type.places);
    FIND(scheme->findings, D_ABOVE_MARKS, part->decl->at, part_word(scheme, index), buffer_result(&taken),
         buffer_result(&worth));
}

/* The table whose rows a rule takes marks for, or 0. */
static uint32_t charged_table(const struct scheme *scheme, const struct rule *rule)
{
    if (!rule->minus || !rule->net.value || rule->every) return 0;
    for (const struct ast *head = rule->line->list; head; head = head->next) {
        if (head->kind != AST_HEAD_PER || head->e) continue;
        struct entity *e = names_find(&scheme->global, head->a->text);
        return e && (e->kind == ENTITY_TABLE || e->kind == ENTITY_VIEW) ? e->table : 0; /* a view knows its base by now */
    }
    return 0;
}

/* The conditions that a mask joins by `and`, as far as they hang on the row alone. Returns how many there are by then. */
static int read_joined(struct cases *cases, const struct value *mask, int32_t *nodes, int count, int room)
{
    if (mask->op == VALUE_CODE && mask->code == OP_CODE_AND) {
        count = read_joined(cases, mask->a, nodes, count, room);
        return read_joined(cases, mask->b, nodes, count, room);
    }
    int32_t node = count < room ? cases_read(cases, mask) : NO_INDEX;
    if (node >= 0) nodes[count++] = node;
    return count;
}

/* Whether no row can be one of both rules. */
static bool exclude_each_other(struct scheme *scheme, uint32_t table, const struct rule *a, const struct rule *b)
{
    enum { JOINED = 16 };
    int32_t nodes[JOINED];
    if (a->space != space_of_table(table) || b->space != a->space || !a->mask || !b->mask) return false;
    struct cases *cases = cases_of(scheme, table);
    int count = read_joined(cases, b->mask, nodes, read_joined(cases, a->mask, nodes, 0, JOINED), JOINED);
    if (!count || !cases_first(cases, PART_POINTS)) return false;
    do {
        int k = 0;
        while (k < count && !cases_fails(cases, nodes[k])) k++;
        if (k == count) return false;
    } while (cases_next(cases));
    return true;
}

/* Rules that take marks for rows of one table, in the order of the text. */
struct charging {
    const struct rule *rule;
    struct charging *next;
    uint32_t told_of; /* the part that a finding names, or UINT32_MAX */
};

/* The first rule of another part before this one whose rows can be rows of it. A pair of parts is told of once. */
static const struct rule *charged_before(struct scheme *scheme, uint32_t table, const struct charging *first,
                                         const struct rule *rule)
{
    enum { LOOKED_AT = 64 };
    size_t looked_at = 0;
    for (const struct charging *c = first; c && looked_at < LOOKED_AT; c = c->next, looked_at++)
        if (c->rule->part != rule->part && c->told_of == rule->part) return NULL;
    looked_at = 0;
    for (const struct charging *c = first; c && looked_at < LOOKED_AT; c = c->next, looked_at++)
        if (c->rule->part != rule->part && !exclude_each_other(scheme, table, c->rule, rule)) return c->rule;
    return NULL;
}

static void charged_twice(struct scheme *scheme)
{
    struct charging **first = ARENA_ARRAY(scheme->arena, struct charging *, scheme->schema.table_count),
                    **last = ARENA_ARRAY(scheme->arena, struct charging *, scheme->schema.table_count);
    for (size_t k = 0; k < scheme->rule_count; k++) {
        const struct rule *rule = &scheme->rules[k];
        uint32_t table = charged_table(scheme, rule);
        if (!table) continue;
        const struct rule *other = charged_before(scheme, table, first[table], rule);
        struct charging *c = ARENA_NEW(scheme->arena, struct charging);
        *c = (struct charging){.rule = rule, .told_of = other ? other->part : UINT32_MAX};
        *(first[table] ? &last[table]->next : &first[table]) = c;
        last[table] = c;
        if (!other) continue;
        struct finding *f = FIND(scheme->findings, D_CHARGED_TWICE, rule->line->span, scheme->schema.tables[table].name,
                                 part_word(scheme, other->part), scheme_line_text(scheme, other->line->span));
        if (f) f->other = other->line->span;
    }
}

void scheme_lint(struct scheme *scheme)
{
    bool *has_parts = ARENA_ARRAY(scheme->arena, bool, scheme->part_count);
    for (uint32_t k = 0; k < scheme->part_count; k++)
        if (scheme->parts[k].parent >= 0) has_parts[scheme->parts[k].parent] = true;
    missing_numbers(scheme);
    for (uint32_t k = 0; k < scheme->part_count; k++) {
        without_consequence(scheme, k, has_parts);
        above_marks(scheme, k);
    }
    charged_twice(scheme);
}
