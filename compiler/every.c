/* Which parts a column of type `item` may name without anybody looking: what `every item` passes over.
 *
 * In: a scheme with its parts and rules. Out: for each such column the parts for which a row of it counts nothing, so that
 * the loader can say so: a forged paper filed under a bonus must not go by in silence.
 * Decision: read off the tree by the column's name. Used in any other way than compared with `this` in a rule of `every
 * item`, or with parts by their number, it is taken to be looked after. Cost: a column that shares its name with another
 * may miss the notice; none is told wrongly.
 */
#include "scheme.h"

struct search {
    struct scheme *scheme;
    struct text name;
    bool *covered; /* per part */
    bool met;      /* the column was read */
    bool free;     /* … in a way that may concern any part */
    bool every;    /* in a rule of `every item`: there `this` is the part */
};

static bool is_column(const struct search *s, const struct ast *node)
{
    return node && (node->kind == AST_NAME || node->kind == AST_DOT) && text_equal(node->text, s->name);
}

/* A part by its number, or the part of the rule. */
static bool cover(struct search *s, const struct ast *node)
{
    uint32_t part;
    if (!node || (node->kind != AST_PARTREF && !(s->every && node->kind == AST_THIS))) return false;
    if (node->kind == AST_PARTREF && intern_find(&s->scheme->numbers, node->text, &part)) s->covered[part] = true;
    return true;
}

static void search(struct search *s, const struct ast *node)
{
    for (; node; node = node->next) {
        bool compares = node->kind == AST_BINARY && node->op == OP_EQ;
        if (compares && (is_column(s, node->a) || is_column(s, node->b))) {
            s->met = true;
            s->free |= !cover(s, is_column(s, node->a) ? node->b : node->a);
            continue;
        }
        if (node->kind == AST_IN && !(node->flags & AST_NEGATED) && is_column(s, node->a)) {
            s->met = true;
            for (const struct ast *part = node->list; part; part = part->next) s->free |= !cover(s, part);
            continue;
        }
        if (is_column(s, node)) s->met = s->free = true;
        const struct ast *const slots[] = {node->a, node->b, node->c, node->d, node->e, node->f, node->list};
        for (size_t k = 0; k < sizeof slots / sizeof *slots; k++) search(s, slots[k]);
    }
}

/* Looks through the scheme; returns whether a rule of `every item` reads the column and all others that do say of which
 * part. */
static bool looked_after(struct search *s)
{
    bool any = false;
    for (const struct ast *d = s->scheme->file->root->list; d; d = d->next) {
        if (d->kind == AST_SAMPLE || d->kind == AST_EXAMPLE) continue;
        for (const struct ast *line = d->list; line; line = line->next) {
            struct ast alone = *line;
            alone.next = NULL;
            s->met = false;
            s->every = d->kind == AST_EVERY_ITEM;
            search(s, &alone);
            if (!s->every || !s->met) continue;
            any = true;
            for (size_t k = 0; k < s->scheme->rule_count; k++)
                if (s->scheme->rules[k].every && s->scheme->rules[k].line == line)
                    s->covered[s->scheme->rules[k].part] = true;
        }
        s->every = false;
        const struct ast *const slots[] = {d->a, d->b, d->c, d->d, d->e, d->f};
        for (size_t k = 0; k < sizeof slots / sizeof *slots; k++) search(s, slots[k]);
    }
    return any && !s->free;
}

void every_note_passed(struct scheme *scheme)
{
    struct schema *schema = &scheme->schema;
    for (uint32_t t = 1; t < schema->table_count; t++) {
        for (uint32_t f = 0; f < schema->tables[t].field_count; f++) {
            struct field_schema *field = &schema->tables[t].fields[f];
            if (field->kind != FIELD_PART || !scheme->part_count) continue;
            bool *passed = ARENA_ARRAY(scheme->arena, bool, scheme->part_count);
            struct search s = {.scheme = scheme, .name = field->name, .covered = passed};
            if (!looked_after(&s)) continue;
            for (size_t k = 0; k < scheme->part_count; k++) passed[k] = !passed[k];
            field->passed = passed;
        }
    }
}
