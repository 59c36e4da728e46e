/* `kaohe pending`: what has still to be proved or decided before the assessment closes.
 *
 * In: a run. Out: for each unit the parts that lack a document they need, a cell of their own that is blank, or a decision;
 * and where the proof is to be found and who checks it, as the scheme says. Decision: only what the data can tell is listed:
 * a `needs` that is no, a blank that a rule reads, an open figure; what a text demands as proof without a field for it
 * stands in `evidence` and cannot be missing. Cost: such a line is seen in the scheme and in `explain` alone.
 */
#include "explain.h"
#include "kaohe_internal.h"

struct pending {
    struct explainer x;
    struct buffer *out;
    size_t count; /* of what is missing, over all units */
    bool named;   /* the unit's line has been printed */
    bool begun;   /* the part's */
};

static void name_unit(struct pending *p)
{
    if (!p->named) buffer_print(p->out, "%.*s\n", TEXT_ARG(unit_key(p->x.arena, p->x.scheme, p->x.run, p->x.unit)));
    p->named = true;
}

/* One thing that is missing; in front of it the unit and the part (NULL: named already), if they have not been named yet. */
static void item(struct pending *p, const struct part *part, const char *en, const char *zh, struct text what)
{
    struct buffer *out = p->out;
    bool zhs = p->x.zh;
    name_unit(p);
    if (!p->begun && part) {
        buffer_print(out, "  %.*s  %.*s", TEXT_ARG(part_word(p->x.scheme, (uint32_t)(part - p->x.scheme->parts))),
                     TEXT_ARG(part->title));
        if (part->decl->source.len)
            buffer_print(out, zhs ? "（依据 %.*s）" : " (clause %.*s)", TEXT_ARG(part->decl->source));
        buffer_char(out, '\n');
    }
    p->begun = true;
    buffer_print(out, "    %s%.*s\n", zhs ? zh : en, TEXT_ARG(what));
    p->count++;
}

static bool is_blank(const struct pending *p, uint32_t field)
{
    const struct column *column = &p->x.run->data->tables[0].columns[field];
    return column->values && column->blank && column->blank[p->x.unit];
}

static bool is_no(const struct pending *p, uint32_t field)
{
    const struct column *column = &p->x.run->data->tables[0].columns[field];
    return column->values && !(column->blank && column->blank[p->x.unit]) && column->values[p->x.unit] == 0;
}

/* Whether the part counts for the unit, as far as that is known. */
static bool applies(struct pending *p, const struct part *part)
{
    for (; part; part = part->parent >= 0 ? &p->x.scheme->parts[part->parent] : NULL)
        if (part->applies && !explain_holds(&p->x, part->applies) && !explain_is_open(&p->x, part->applies)) return false;
    return true;
}

static void of_fields(struct pending *p, const struct part *part)
{
    struct scheme *scheme = p->x.scheme;
    for (const struct ast *line = part->decl->list; line; line = line->next) {
        struct entity *e = line->kind == AST_FIELD ? names_find(&scheme->fields[0], line->text) : NULL;
        if (e && e->kind == ENTITY_FIELD && !line->b && !line->c && is_blank(p, e->index))
            item(p, part, "not filled in: ", "未填：", text_shown(line->text, line->text2));
        for (const struct ast *need = line->kind == AST_NEEDS ? line->list : NULL; need; need = need->next) {
            e = names_find(&scheme->fields[0], need->text);
            if (e && e->kind == ENTITY_FIELD && is_no(p, e->index))
                item(p, part, "not there: ", "缺：", text_shown(need->text, need->text2));
        }
    }
}

static void of_decisions(struct pending *p, const struct part *part)
{
    struct scheme *scheme = p->x.scheme;
    for (uint32_t k = 0; k < scheme->schema.judged_count; k++) {
        const struct judged_schema *figure = &scheme->schema.judged[k];
        bool its = part->judged && k >= part->judged_first && k < part->judged_first + part->judged_count;
        if ((!its && part->settled != (int32_t)k) || !explain_waits(&p->x, k)) continue;
        struct text who = figure->authority;
        if (!who.len) who = scheme_word(scheme, "whoever judges it", "评定人未写");
        if (its)
            item(p, part, "not judged yet: ", "尚未评定：", who);
        else
            item(p, part, "open, until a decision on ", "待定，须由裁定表定分，事项写 ", part->number);
    }
}

static void of_evidence(struct pending *p, const struct part *part)
{
    for (const struct ast *line = part->decl->list; line; line = line->next) {
        if (line->kind != AST_EVIDENCE) continue;
        buffer_print(p->out, p->x.zh ? "    方式：%.*s" : "    proof: %.*s", TEXT_ARG(line->text2));
        if (line->a) buffer_print(p->out, p->x.zh ? "（由 %.*s）" : " (by %.*s)", TEXT_ARG(line->a->text2));
        buffer_char(p->out, '\n');
    }
}

static void of_outcomes(struct pending *p)
{
    struct scheme *scheme = p->x.scheme;
    for (size_t k = 0; k < scheme->outcome_count; k++) {
        const struct outcome *outcome = &scheme->outcomes[k];
        if (outcome->decided < 0 || p->x.run->data->judged_line[outcome->decided][p->x.unit]) continue;
        if (!outcome->value || !explain_is_open(&p->x, outcome->value)) continue;
        if (explain_is_open(&p->x, outcome->condition)) continue; /* it may never be asked for: what that waits for comes first */
        struct text name = text_shown(outcome->entity->name, outcome->entity->heading);
        struct text who = scheme->schema.judged[outcome->decided].authority;
        name_unit(p);
        buffer_print(p->out, p->x.zh ? "  结果运用 %.*s\n" : "  outcome %.*s\n", TEXT_ARG(name));
        item(p, NULL, "not decided yet: ", "尚未裁定：", who);
    }
}

static void one_unit(struct pending *p)
{
    struct scheme *scheme = p->x.scheme;
    p->named = false;
    for (uint32_t k = 0; k < scheme->part_count; k++) {
        const struct part *part = &scheme->parts[k];
        if (!applies(p, part)) continue;
        p->begun = false;
        of_fields(p, part);
        of_decisions(p, part);
        if (p->begun) of_evidence(p, part);
    }
    of_outcomes(p);
}

kh_status kh_result_pending(kh_result *result, const char *unit, kh_text *out, size_t *units, size_t *count)
{
    *out = (kh_text){NULL, 0};
    *units = *count = 0;
    if (!result->results) return KH_DATA;
    if (result->scheme->reading.table_only) return KH_USAGE;
    if (setjmp(*arena_trap(result->arena)) || setjmp(*arena_trap(result->scheme->arena))) return KH_ENVIRONMENT;
    struct results *r = result->results;
    struct buffer text;
    buffer_init(&text, result->arena);
    struct pending *p = ARENA_NEW(result->arena, struct pending);
    uint32_t wanted = unit ? results_find(r, text_of(unit)) : r->units;
    bool found = !unit;
    p->out = &text;
    for (uint32_t u = 0; u < r->units; u++) {
        if (unit && u != wanted) continue;
        found = true;
        if (r->state[u] == KH_NOT_ASSESSED) continue;
        p->x = explainer_of(result->arena, &text, r, u);
        one_unit(p);
        *units += p->named;
    }
    *count = p->count;
    *out = kh_of(found ? buffer_result(&text) : units_list(result, text_of(unit)));
    return found ? KH_OK : KH_USAGE;
}
