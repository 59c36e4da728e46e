/* kaohe.h, what others may ask about a scheme beside running it: its title, parts, grades, questions; findings one by one.
 *
 * In: a compiled scheme, a run. Out: lists of plain structs in the object's memory.
 * Decision: each call makes its list anew, since each is asked for once. Cost: memory until the object is closed.
 */
#include "kaohe_internal.h"

#include "../runtime/calendar.h"

static struct text date_text(struct arena *arena, int64_t days)
{
    char room[16];
    return arena_text(arena, date_format(days, room));
}

kh_status kh_scheme_about(kh_scheme *s, kh_about *out)
{
    *out = (kh_about){.title = {NULL, 0}};
    if (!s->program) return KH_FINDINGS;
    if (setjmp(*arena_trap(s->arena))) return KH_ENVIRONMENT;
    out->title = kh_of(s->scheme->title);
    for (const struct ast *d = s->file->root->list; d; d = d->next) {
        if (d->kind != AST_SCHEME) continue;
        for (const struct ast *line = d->list; line; line = line->next) {
            if (line->kind == AST_EDITION) out->edition = kh_of(line->text);
            if (line->kind == AST_SOURCE_OF) out->source = kh_of(line->text2);
        }
    }
    const struct schema *schema = &s->scheme->schema;
    if (schema->has_period) {
        out->from = kh_of(date_text(s->arena, schema->period_from));
        out->to = kh_of(date_text(s->arena, schema->period_to));
    }
    return KH_OK;
}

static struct text constant_text(struct scheme *scheme, struct expr expr)
{
    int64_t number;
    unsigned places;
    if (!expr.value || !expr_is_constant(expr, &number, &places)) return TEXT_NONE;
    struct buffer text;
    buffer_init(&text, scheme->arena);
    number_print(&text, number, places);
    return buffer_result(&text);
}

kh_status kh_scheme_parts(kh_scheme *s, const kh_part **parts, size_t *count)
{
    *parts = NULL;
    *count = 0;
    if (!s->program) return KH_FINDINGS;
    if (setjmp(*arena_trap(s->arena))) return KH_ENVIRONMENT;
    struct scheme *scheme = s->scheme;
    struct kh_part *all = ARENA_ARRAY(s->arena, struct kh_part, scheme->part_count);
    for (size_t k = 0; k < scheme->part_count; k++) {
        const struct part *part = &scheme->parts[k];
        size_t level = 0;
        for (int32_t above = part->parent; above >= 0; above = scheme->parts[above].parent) level++;
        all[k] = (struct kh_part){.kind = part->kind == OP_SECTION ? KH_PART_SECTION
                                          : part->kind == OP_BONUS ? KH_PART_BONUS
                                                                   : KH_PART_ITEM,
                                  .number = kh_of(part->number),
                                  .title = kh_of(part->title),
                                  .clause = kh_of(part->decl->source),
                                  .worth = kh_of(constant_text(scheme, part->worth)),
                                  .level = level,
                                  .above = part->parent,
                                  .line = scheme_line(scheme, part->decl->at)};
    }
    *parts = all;
    *count = scheme->part_count;
    return KH_OK;
}

kh_status kh_scheme_grades(kh_scheme *s, const kh_text **names, size_t *count)
{
    *names = NULL;
    *count = 0;
    if (!s->program) return KH_FINDINGS;
    if (setjmp(*arena_trap(s->arena))) return KH_ENVIRONMENT;
    kh_text *all = ARENA_ARRAY(s->arena, kh_text, s->scheme->grade_count);
    for (size_t k = 0; k < s->scheme->grade_count; k++)
        all[k] = kh_of(text_shown(s->scheme->grades[k].name, s->scheme->grades[k].heading));
    *names = all;
    *count = s->scheme->grade_count;
    return KH_OK;
}

kh_status kh_scheme_questions(kh_scheme *s, const kh_question **questions, size_t *count)
{
    *questions = NULL;
    *count = 0;
    if (!s->program) return KH_FINDINGS;
    if (setjmp(*arena_trap(s->arena))) return KH_ENVIRONMENT;
    struct kh_question *all = NULL;
    size_t capacity = 0;
    for (const struct ast *d = s->file->root->list; d; d = d->next) {
        if (d->kind != AST_QUESTION) continue;
        kh_text *readings = NULL;
        size_t reading_count = 0, room = 0;
        for (const struct ast *option = d->list; option; option = option->next)
            ARENA_PUSH(s->arena, readings, reading_count, room, kh_of(option->text));
        const struct reading_choice *choice = question_choice(&s->reading, d->text);
        struct kh_question question = {.name = kh_of(d->text),
                                       .words = kh_of(d->text2),
                                       .taken = kh_of(question_taken(&s->reading, d)),
                                       .decided_by = kh_of(choice ? choice->authority : TEXT_NONE),
                                       .readings = readings,
                                       .reading_count = reading_count,
                                       .line = scheme_line(s->scheme, d->at),
                                       .scheme_file = kh_of(scheme_used_file(s->file, d->at))};
        ARENA_PUSH(s->arena, all, *count, capacity, question);
    }
    *questions = all;
    return KH_OK;
}

/* ---- findings ---- */

static kh_severity severity_of(enum diag_code code)
{
    switch (diag_severity(code)) {
    case SEVERITY_ERROR: return KH_ERROR;
    case SEVERITY_WARNING: return KH_WARNING;
    case SEVERITY_NOTICE: return KH_NOTICE;
    }
    return KH_NOTICE;
}

static const kh_finding *findings_list(struct arena *arena, const struct findings *findings, enum tongue tongue,
                                       const struct ast_file *file)
{
    struct kh_finding *all = ARENA_ARRAY(arena, struct kh_finding, findings->count);
    for (size_t k = 0; k < findings->count; k++) {
        const struct finding *f = &findings->items[k];
        struct buffer words, hint;
        buffer_init(&words, arena);
        buffer_init(&hint, arena);
        finding_sentence(&words, f, tongue);
        finding_hint(&hint, f, tongue);
        all[k] = (struct kh_finding){.severity = severity_of(f->code),
                                     .code = diag_label(f->code),
                                     .words = kh_of(buffer_result(&words)),
                                     .hint = kh_of(buffer_result(&hint)),
                                     .file = kh_of(f->data.file),
                                     .row = f->data.line,
                                     .heading = kh_of(f->data.column),
                                     .value = kh_of(f->data.value)};
        if (!f->where.to || !file->source.len) continue;
        source_files_line(file->files, f->where.from, &all[k].line, &all[k].column);
        all[k].scheme_file = kh_of(scheme_used_file(file, f->where));
    }
    return all;
}

kh_status kh_scheme_findings(kh_scheme *s, const kh_finding **findings, size_t *count)
{
    *findings = NULL;
    *count = 0;
    if (setjmp(*arena_trap(s->arena))) return KH_ENVIRONMENT;
    *findings = findings_list(s->arena, &s->findings, kh_message_tongue(s), s->file);
    *count = s->findings.count;
    return KH_OK;
}

kh_status kh_result_findings(kh_result *result, const kh_finding **findings, size_t *count, size_t *total)
{
    *findings = NULL;
    *count = *total = 0;
    if (setjmp(*arena_trap(result->arena))) return KH_ENVIRONMENT;
    kh_scheme *s = result->scheme;
    const struct findings *problems = &result->problems;
    *findings = findings_list(result->arena, problems, kh_message_tongue(s), s->file);
    *count = problems->count;
    *total = problems->errors + problems->warnings + problems->notices;
    return KH_OK;
}

/* ---- results ---- */

kh_state kh_result_state(const kh_result *result, size_t row) { return (kh_state)result->results->state[row]; }
kh_text kh_result_state_word(kh_result *result, kh_state state) { return kh_of(results_state(result->scheme->scheme, state)); }
