/* Long chains of figures: each name is worked out after the names it uses.
 *
 * In: the entities of a scheme, declared. Out: lets, chooses and computed columns lowered, those that others use first.
 * Decision: lowering asks for a name where it meets it, one call inside the other, so a chain of names would be as deep as
 * it is long. This walk, with a stack of its own, goes ahead of it along the spelling of names alone; what it misses is
 * still found on demand. A circle is left to the walk on demand, which can show it. Cost: names are looked up twice.
 */
#include "scheme.h"

struct chain {
    struct scheme *scheme;
    struct step {
        struct entity *entity;
        bool entered; /* what it uses has been worked out */
    } * steps;
    size_t count, room;
    bool circle;
};

static bool is_figure(const struct entity *e)
{
    return e && (e->kind == ENTITY_LET || e->kind == ENTITY_CHOOSE || e->kind == ENTITY_COMPUTED);
}

static void want(struct chain *chain, struct entity *e)
{
    if (!is_figure(e) || e->state != ENTITY_WAITING || e->walk == WALK_DONE) return;
    if (e->walk == WALK_OPEN) {
        chain->circle = true;
        return;
    }
    ARENA_PUSH(chain->scheme->arena, chain->steps, chain->count, chain->room, ((struct step){e, false}));
}

/* Every figure that a name in the tree may mean: which one it is depends on where it stands, and all are wanted anyway. */
static void want_names(struct chain *chain, const struct ast *node)
{
    for (; node; node = node->next) {
        if (node->kind == AST_NAME || node->kind == AST_CALL) {
            want(chain, names_find(&chain->scheme->global, node->text));
            for (uint32_t t = 0; t < chain->scheme->schema.table_count; t++)
                want(chain, names_find(&chain->scheme->fields[t], node->text));
        }
        const struct ast *const slots[] = {node->a, node->b, node->c, node->d, node->e, node->f, node->list};
        for (size_t k = 0; k < sizeof slots / sizeof *slots; k++) want_names(chain, slots[k]);
    }
}

/* Lowers the figure and, before it, what it uses. After a circle nothing is lowered here. */
static void follow(struct chain *chain, struct entity *first)
{
    chain->count = 0;
    chain->circle = false;
    want(chain, first);
    while (chain->count && !chain->circle) {
        struct step *top = &chain->steps[chain->count - 1];
        struct entity *e = top->entity;
        if (!top->entered && e->walk == WALK_NONE) {
            top->entered = true;
            e->walk = WALK_OPEN;
            want_names(chain, e->decl->a);
            want_names(chain, e->decl->list);
            continue;
        }
        chain->count--;
        if (!top->entered) continue; /* wanted twice */
        e->walk = WALK_DONE;
        entity_lower(chain->scheme, e, NULL);
    }
    while (chain->count) chain->steps[--chain->count].entity->walk = WALK_NONE;
}

void chains_lower(struct scheme *scheme)
{
    struct chain chain = {.scheme = scheme};
    for (uint32_t t = 0; t < scheme->schema.table_count; t++)
        for (size_t k = 0; k < scheme->fields[t].count; k++) follow(&chain, scheme->fields[t].all[k]);
    for (size_t k = 0; k < scheme->global.count; k++) follow(&chain, scheme->global.all[k]);
}
