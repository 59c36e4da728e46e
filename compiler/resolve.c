/* The middle, from an AST to a sound scheme: names, then everything that can be reported, then checks of the data.
 *
 * Decision: everything declared is worked out, used or not, so that a slip in an unused line is found the day it is typed.
 */
#include "coverage.h"

void add_check(struct scheme *scheme, struct check check, struct value *value)
{
    if (!value) return;
    value = value_spread(&scheme->graph, value, space_of_table(check.table));
    size_t count = scheme->check_count;
    ARENA_PUSH(scheme->arena, scheme->check_values, count, scheme->check_value_capacity, value);
    ARENA_PUSH(scheme->arena, scheme->checks, scheme->check_count, scheme->check_capacity, check);
}

/* only when: filled nowhere else, and (unless optional) filled there. applies if: filled there, elsewhere it does not
 * matter. */
static void only_when(struct scheme *scheme, uint32_t table, struct ast *line)
{
    struct entity *e = names_find(&scheme->fields[table], line->text);
    if (!e || e->kind != ENTITY_FIELD || e->decl != line) return;
    struct scope scope = scope_at(space_of_table(table));
    struct value *when = condition_lower(scheme, &scope, line->b ? line->b : line->c->a);
    if (!when) return;
    struct value *column = value_column(&scheme->graph, table, e->index);
    struct value *known = value_code(&scheme->graph, OP_CODE_KNOWN_N, column, NULL, NULL, 0, 0);
    struct check check = {.table = table, .field = (int32_t)e->index, .filled = true, .where = line->at};
    if (line->b) add_check(scheme, check, mask_or(scheme, mask_not(scheme, known), when));
    check.filled = false;
    if (!(line->flags & AST_OPTIONAL)) add_check(scheme, check, mask_or(scheme, known, mask_not(scheme, when)));
}

static void check_lines(struct scheme *scheme, uint32_t table, struct ast *list)
{
    for (struct ast *line = list; line; line = line->next) {
        if (line->kind == AST_FIELD && (line->b || line->c)) only_when(scheme, table, line);
        if (line->kind != AST_MUST) continue;
        struct scope scope = scope_at(space_of_table(table));
        scheme->graph.where = line->at;
        add_check(scheme, (struct check){.table = table, .field = NO_INDEX, .where = line->span},
                  condition_lower(scheme, &scope, line->a));
    }
}

/* by DATE from EXPR: where the table's own period begins. */
static void by_from(struct scheme *scheme, uint32_t table, struct ast *at)
{
    struct scope scope = scope_at(SPACE_UNITS);
    struct expr from = expr_lower(scheme, &scope, at);
    if (!expr_ok(from)) return;
    if (from.type.kind != TYPE_DATE || from.value->op != VALUE_CONST_N) {
        if (from.type.kind != TYPE_DATE)
            FIND(scheme->findings, D_NOT_DATE, at->at, at->text, type_word(scheme, from.type));
        else
            FIND(scheme->findings, D_NOT_CONSTANT, at->at, at->text.len ? at->text : scheme_word(scheme, "this", "此处"));
        return;
    }
    scheme->schema.tables[table].has_from = true;
    scheme->schema.tables[table].from = from.value->i;
}

static void lower_entities(struct scheme *scheme)
{
    chains_lower(scheme);
    for (uint32_t t = 0; t < scheme->schema.table_count; t++)
        for (size_t k = 0; k < scheme->fields[t].count; k++) entity_lower(scheme, scheme->fields[t].all[k], NULL);
    for (size_t k = 0; k < scheme->global.count; k++) {
        struct entity *e = scheme->global.all[k];
        switch (e->kind) {
        case ENTITY_LET: entity_lower(scheme, e, NULL); break;
        case ENTITY_CHOOSE: entity_lower(scheme, e, NULL); break;
        case ENTITY_VIEW: view_mask(scheme, e); break;
        case ENTITY_GRID: grid_check(scheme, e); break;
        case ENTITY_RANKING: ranking_lower(scheme, e, NULL); break;
        case ENTITY_OUTCOME: outcome_lower(scheme, e->index, NULL); break;
        case ENTITY_QUESTION: {
            for (struct ast *option = e->decl->list; option; option = option->next)
                for (struct ast *before = e->decl->list; before != option; before = before->next)
                    if (text_equal(before->text, option->text))
                        FIND(scheme->findings, D_VALUE_TWICE, option->at, option->text);
            bool found = !e->decl->a;
            for (struct ast *option = e->decl->list; option && !found; option = option->next)
                found = text_equal(option->text, e->decl->a->text);
            if (found) break;
            struct buffer words;
            buffer_init(&words, scheme->arena);
            for (struct ast *option = e->decl->list; option; option = option->next) {
                if (option != e->decl->list) buffer_put(&words, scheme->tongue == TONGUE_ZH ? "、" : ", ");
                buffer_text(&words, option->text);
            }
            FIND(scheme->findings, D_NO_ANSWER, e->decl->a->at, e->decl->a->text, e->name, buffer_result(&words));
            break;
        }
        case ENTITY_TABLE:
        case ENTITY_FIELD:
        case ENTITY_COMPUTED:
        case ENTITY_VALUES: break;
        }
    }
}

/* ---- readings ---- */

const struct reading_choice *question_choice(const struct reading *reading, struct text question)
{
    for (uint32_t k = 0; k < reading->choice_count; k++)
        if (text_equal(reading->choices_of->questions[reading->choices[k].question].name, question))
            return &reading->choices[k];
    return NULL;
}

struct text question_taken(const struct reading *reading, const struct ast *question)
{
    const struct reading_choice *choice = question_choice(reading, question->text);
    if (reading->question.len && text_equal(reading->question, question->text)) return reading->answer;
    if (choice) return reading->choices_of->questions[choice->question].readings[choice->reading];
    return question->a ? question->a->text : TEXT_NONE;
}

/* Whether one of its `when` keeps a line out: a question that is there and answered otherwise. Unknown ones are found
 * later. */
static bool is_left_out(const struct ast_file *file, const struct reading *reading, const struct ast *line)
{
    for (const struct ast *when = line->when; when; when = when->next) {
        struct text name = when->a->text, taken = TEXT_NONE;
        for (const struct ast *d = file->root->list; d; d = d->next)
            if (d->kind == AST_QUESTION && text_equal(d->text, name)) taken = question_taken(reading, d);
        if (taken.len && !text_equal(taken, when->b->text)) return true;
    }
    return false;
}

/* Declarations whose list is lines, each of which may carry a `when`. */
static bool has_lines(const struct ast *d)
{
    return d->kind == AST_SCHEME || d->kind == AST_UNIT || d->kind == AST_TABLE || d->kind == AST_CHOOSE ||
           d->kind == AST_PART || d->kind == AST_EVERY_ITEM || d->kind == AST_GRADES || d->kind == AST_SAMPLE ||
           d->kind == AST_EXAMPLE;
}

/* A list without the lines that this reading leaves out, as copies. */
static struct ast *kept_lines(struct arena *arena, const struct ast_file *file, const struct reading *reading,
                              const struct ast *list)
{
    struct ast *kept = NULL, **tail = &kept;
    for (const struct ast *line = list; line; line = line->next) {
        if (is_left_out(file, reading, line)) {
            /* what `needs` asks for stays a column of the data, whichever reading is taken */
            for (const struct ast *need = line->kind == AST_NEEDS ? line->list : NULL; need; need = need->next) {
                *tail = need_field(arena, need);
                tail = &(*tail)->next;
            }
            continue;
        }
        *tail = ARENA_NEW(arena, struct ast);
        **tail = *line;
        (*tail)->next = NULL;
        tail = &(*tail)->next;
    }
    return kept;
}

/* Each `when` names a question and one of its readings; a question that no line names decides nothing. */
static void check_readings(struct scheme *scheme, const struct ast *list)
{
    for (const struct ast *line = list; line; line = line->next) {
        for (const struct ast *when = line->when; when; when = when->next) reading_named(scheme, when);
        if (has_lines(line)) check_readings(scheme, line->list);
    }
}

/* A file whose declarations are copies: what is made of a line here (`use results of` becomes a table) leaves the tree as
 * it was written, and lines of other readings than the one taken are not there. */
static struct ast_file *own_declarations(struct arena *arena, const struct ast_file *file, const struct reading *reading)
{
    struct ast_file *own = ARENA_NEW(arena, struct ast_file);
    *own = *file;
    own->root = ARENA_NEW(arena, struct ast);
    *own->root = *file->root;
    own->root->list = kept_lines(arena, file, reading, file->root->list);
    for (struct ast *d = own->root->list; d; d = d->next)
        if (has_lines(d)) d->list = kept_lines(arena, file, reading, d->list);
    return own;
}

/* show NAME: any figure of the unit that has no column of its own. A blank is shown as a blank. */
static void show_lower(struct scheme *scheme, struct ast *at)
{
    struct entity *e = names_find(&scheme->fields[0], at->text);
    if (!e) e = names_find(&scheme->global, at->text);
    bool column = e ? e->kind == ENTITY_RANKING || e->kind == ENTITY_OUTCOME : builtin_find(at->text) != BUILTIN_NONE;
    const struct table_schema *units = &scheme->schema.tables[0];
    if (e && e->kind == ENTITY_FIELD && (int32_t)e->index == units->key) column = true;
    for (size_t k = 0; k < scheme->shown_count; k++) column |= text_equal(scheme->shown[k].at->text, at->text);
    if (column) {
        FIND(scheme->findings, D_SHOWN_ALREADY, at->at, at->text);
        return;
    }
    struct scope unit = scope_at(SPACE_UNITS);
    unit.blank_allowed = true;
    struct expr expr = expr_lower(scheme, &unit, at);
    if (!expr_ok(expr)) return;
    struct shown shown = {.at = at, .expr = expr, .heading = e ? text_shown(e->name, e->heading) : at->text};
    ARENA_PUSH(scheme->arena, scheme->shown, scheme->shown_count, scheme->shown_capacity, shown);
}

static void lower_shown(struct scheme *scheme)
{
    for (struct ast *d = scheme->file->root->list; d; d = d->next)
        for (struct ast *line = d->kind == AST_SCHEME ? d->list : NULL; line; line = line->next)
            for (struct ast *name = line->kind == AST_SHOW ? line->list : NULL; name; name = name->next)
                show_lower(scheme, name);
}

/* What could not be worked out has its finding; should one ever be forgotten, no rule may go missing without a word. */
static void nothing_lost(struct scheme *scheme)
{
    for (uint32_t k = 0; k < scheme->rule_count; k++) {
        const struct rule *rule = &scheme->rules[k];
        bool points = false;
        for (const struct ast *effect = rule->line->a; effect; effect = effect->next) points |= effect->kind == AST_POINTS;
        if (rule->line->kind != AST_NEEDS && points && !rule->gross.value)
            FIND(scheme->findings, D_NOT_PROVED, rule->line->at, TEXT("rule"));
    }
    for (size_t k = 0; k < scheme->global.count; k++) {
        const struct entity *e = scheme->global.all[k];
        if ((e->kind == ENTITY_LET || e->kind == ENTITY_CHOOSE) && !expr_ok(e->expr))
            FIND(scheme->findings, D_NOT_PROVED, e->decl->at, e->name);
    }
    for (uint32_t k = 0; k < scheme->outcome_count; k++) {
        if (!scheme->outcomes[k].value) FIND(scheme->findings, D_NOT_PROVED, SPAN_NONE, TEXT("outcome"));
    }
}

struct scheme *scheme_resolve(struct arena *arena, struct ast_file *file, struct findings *findings,
                              const struct reading *reading)
{
    struct scheme *scheme = ARENA_NEW(arena, struct scheme);
    const struct ast *written = file->root->list;
    file = own_declarations(arena, file, reading);
    scheme->arena = arena;
    scheme->file = file;
    scheme->findings = findings;
    scheme->reading = *reading;
    scheme->tongue = reading->tongue;
    if (reading->coverage) scheme->coverage = ARENA_NEW(arena, struct coverage);
    names_init(scheme, &scheme->global);
    intern_init(&scheme->texts, arena);
    graph_init(&scheme->graph, arena, &scheme->schema);
    scheme_declare(scheme);
    check_readings(scheme, written);
    scheme->schema.tongue = file->tongue;
    if (!scheme->schema.tables[0].name.len || scheme->schema.tables[0].key == NO_INDEX)
        return scheme; /* reported: nothing is assessed */
    lower_entities(scheme);
    for (uint32_t k = 0; k < scheme->part_count; k++) part_lower(scheme, k, NULL);
    for (uint32_t k = 0; k < scheme->rule_count; k++) rule_lower(scheme, k);
    total_lower(scheme, NULL);
    assessed_lower(scheme);
    if (scheme->grade_count) grade_lower(scheme, NULL);
    lower_shown(scheme);
    for (size_t k = 0; k < scheme->veto_count; k++) scheme->vetoed = mask_or(scheme, scheme->vetoed, scheme->vetoes[k]);
    uint32_t next = 1;
    for (struct ast *d = file->root->list; d; d = d->next)
        if (d->kind == AST_TABLE) {
            if (d->c) by_from(scheme, next, d->c);
            next++;
        }
    next = 1;
    for (struct ast *d = file->root->list; d; d = d->next) {
        if (d->kind == AST_UNIT)
            check_lines(scheme, 0, d->list);
        else if (d->kind == AST_TABLE)
            check_lines(scheme, next++, d->list);
        else if (d->kind == AST_PART)
            check_lines(scheme, 0, d->list);
    }
    for (size_t k = 0; k < scheme->global.count; k++) { /* with what the rows must keep to known */
        struct entity *e = scheme->global.all[k];
        if (e->kind == ENTITY_CHOOSE && expr_ok(e->expr)) choose_check(scheme, e);
    }
    if (reading->checks_only) scheme_keep_row_checks(scheme);
    scheme_check_marks(scheme);
    if (!findings->errors) nothing_lost(scheme);
    if (!findings->errors && !reading->testing) {
        scheme_lint(scheme);
        scheme_lint_reach(scheme, written);
    }
    if (reading->bounds && !findings->errors && bounds_lower(scheme, scheme->total, &scheme->low, &scheme->high) &&
        scheme->grade_count) {
        scheme->low_grade = grade_of_total(scheme, scheme->low);
        scheme->high_grade = grade_of_total(scheme, scheme->high);
    }
    return scheme;
}
