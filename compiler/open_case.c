/* Why a figure is open: the lines of a `choose` that leave a case open, and the case that no line covers.
 *
 * In: a choose as it is lowered; later a unit. Out: a mask for each such line, whether it is the one the unit falls under;
 * the line's own words in the explanation, so that who is to decide reads what is to be decided. Decision: masks over units.
 * Of a choose that gives each row a figure it is told that some row of the unit falls there, as such rows are not kept.
 * Cost: which row it is has to be looked up.
 */
#include "explain.h"

static void note(struct scheme *scheme, struct open_case found, struct ast *rows, struct value *taken)
{
    if (rows) {
        struct scope unit = scope_at(SPACE_UNITS);
        struct rows all;
        if (!rows_find(scheme, &unit, rows, &all) || all.home != SPACE_UNITS) return; /* rows that belong to no unit */
        found.of_rows = true;
        taken = value_reduce(&scheme->graph, OP_CODE_SINK_ANY, NULL, mask_and(scheme, all.mask, taken), all.index,
                             space_of_table(all.table), SPACE_UNITS);
    }
    found.taken = taken;
    ARENA_PUSH(scheme->arena, scheme->open_cases, scheme->open_case_count, scheme->open_case_capacity, found);
}

void open_cases_note(struct scheme *scheme, struct entity *entity, struct value *const *masks)
{
    struct ast *decl = entity->decl;
    struct value *earlier = NULL; /* NULL: none; a line without a condition ends the list */
    bool any = false;
    size_t k = 0;
    for (struct ast *line = decl->list; line; line = line->next) any |= !line->a || (!line->next && line->b);
    if (!any) return;
    for (struct ast *line = decl->list; line; line = line->next, k++) {
        struct value *here = masks[k] ? masks[k] : value_truth(&scheme->graph, true);
        if (!line->a)
            note(scheme, (struct open_case){.entity = entity, .line = line}, decl->a,
                 earlier ? mask_and(scheme, mask_not(scheme, earlier), here) : here);
        earlier = earlier ? mask_or(scheme, earlier, here) : here;
        if (!line->next && masks[k]) note(scheme, (struct open_case){.entity = entity}, decl->a, mask_not(scheme, earlier));
    }
}

void explain_open_cases(struct explainer *x)
{
    for (size_t k = 0; k < x->scheme->open_case_count; k++) {
        const struct open_case *c = &x->scheme->open_cases[k];
        if (!explain_holds(x, c->taken)) continue;
        struct text line = scheme_line_text(x->scheme, c->line ? c->line->span : c->entity->decl->at);
        struct text why = c->line ? c->line->text2 : x->zh ? TEXT("没有适用的一行") : TEXT("no line covers this case");
        struct text name = text_shown(c->entity->name, c->entity->heading);
        const char *en = c->of_rows ? "  %.*s is open for a row of it (%.*s): %.*s\n" : "  %.*s is open (%.*s): %.*s\n";
        const char *zh = c->of_rows ? "  %.*s 有记录待定（%.*s）：%.*s\n" : "  %.*s 待定（%.*s）：%.*s\n";
        buffer_print(x->out, x->zh ? zh : en, TEXT_ARG(name), TEXT_ARG(line), TEXT_ARG(why));
    }
}
