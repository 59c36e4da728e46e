/* The walk over a file that finds every use of a name, with the scopes it is understood in.
 *
 * In: a tree without syntax errors; names that may be declared nowhere (fmt must not need a scheme that compiles).
 * Out: names->uses and names->builtins filled; on later walks, exchanges taken back.
 * Decision: recording and checking are the same walk, so that they cannot disagree about scopes. Cost: `use` does two jobs.
 */
#include "names.h"

/* First walk: notes the meaning of the use. Later walks: is the printed name still understood as this meaning? */
static void use(struct names *names, const struct ast *node, struct symbol *symbol, const struct builtin *builtin,
                struct symbol *understood)
{
    if (!names->checking) {
        if (symbol) map_put(names->arena, &names->uses, node, TEXT_NONE, symbol);
        if (!symbol && builtin) map_put(names->arena, &names->builtins, node, TEXT_NONE, (void *)builtin);
        return;
    }
    if (understood == symbol) return;
    if (builtin && !(understood && understood->other.len) && !map_get(&names->kept, builtin, TEXT_NONE)) {
        map_put(names->arena, &names->kept, builtin, TEXT_NONE, (void *)builtin);
        names->changed = true;
    }
    /* whoever caught the use gives way; if it stands under its own name, the one that was meant does */
    name_take_back(names, understood && understood->other.len && !understood->fixed ? understood : symbol);
}

static void use_name(struct names *names, const struct ast *node, const struct view *view, const struct space *list)
{
    struct symbol *symbol = name_lookup(names, &names->own, view, list, node->text);
    const struct builtin *builtin = symbol ? NULL : builtin_seen(names, view, node->text);
    struct text text = name_shown(names, symbol, builtin, node->text);
    use(names, node, symbol, builtin, names->checking ? name_lookup(names, &names->printed, view, list, text) : NULL);
}

/* A use that only names of one space can meet. */
static struct symbol *use_in(struct names *names, const struct ast *node, const struct space *space, const char *owner)
{
    struct symbol *symbol = map_get(&names->own, space, node->text);
    const struct builtin *builtin = symbol ? NULL : builtin_named(owner, node->text);
    struct text text = name_shown(names, symbol, builtin, node->text);
    use(names, node, symbol, builtin, names->checking ? map_get(&names->printed, space, text) : NULL);
    return symbol;
}

const struct space *space_of_table(const struct names *names, const struct view *view, struct text text)
{
    for (int hops = 0; hops < HOPS; hops++) {
        const struct symbol *symbol = map_get(&names->own, &names->global, text);
        if (!symbol) break;
        if (symbol->decl->kind == AST_TABLE) return map_get(&names->spaces, symbol->decl, TEXT_NONE);
        if (symbol->decl->kind == AST_USE_RESULTS) return &names->results;
        if (symbol->decl->kind == AST_UNIT) return &names->unit;
        if (symbol->decl->kind != AST_VIEW || !symbol->decl->a) return NULL;
        text = symbol->decl->a->text;
    }
    const struct builtin *builtin = builtin_named(NULL, text);
    if (!builtin) return NULL;
    if (strcmp(builtin->english, "decision") == 0) return &names->decision;
    if (strcmp(builtin->english, "group") == 0) {
        for (; view; view = view->outer) {
            if (view->group) return view->rows;
        }
    }
    return NULL;
}

static const struct space *use_rows(struct names *names, const struct ast *rows, const struct view *view)
{
    if (!rows) return NULL;
    use_in(names, rows, &names->global, NULL);
    return space_of_table(names, view, rows->text);
}

/* ---- which list an expression's values come from, so that `level is county` finds its county ---- */

static const struct space *values_of(const struct names *names, const struct ast *node, const struct view *view, int depth);

static const struct space *values_of_symbol(const struct names *names, const struct symbol *symbol, int depth)
{
    const struct ast *decl = symbol->decl;
    if (decl->kind == AST_VALUES || decl->kind == AST_QUESTION || decl->kind == AST_CHOOSE)
        return map_get(&names->spaces, decl, TEXT_NONE);
    if (decl->kind == AST_LET) return values_of(names, decl->a, NULL, depth + 1);
    if (decl->kind == AST_COMPUTED) return values_of(names, decl->a, &(struct view){.rows = symbol->space}, depth + 1);
    if (decl->kind != AST_FIELD || !decl->a) return NULL;
    if (decl->a->op == OP_LIST) return map_get(&names->spaces, decl->a, TEXT_NONE);
    if (decl->a->op != OP_NAMED) return NULL;
    const struct symbol *named = map_get(&names->own, &names->global, decl->a->text);
    return named && named->decl->kind == AST_VALUES ? map_get(&names->spaces, named->decl, TEXT_NONE) : NULL;
}

/* The columns that a reference leads to (code.points), or NULL. */
static const struct space *space_of_reference(const struct names *names, const struct ast *node, const struct view *view)
{
    if (!node || node->kind != AST_NAME) return NULL;
    const struct symbol *symbol = name_lookup(names, &names->own, view, NULL, node->text);
    if (!symbol || symbol->decl->kind != AST_FIELD || !symbol->decl->a) return NULL;
    const struct ast *type = symbol->decl->a;
    if (type->op == OP_UNIT) return &names->unit;
    return type->op == OP_NAMED ? space_of_table(names, NULL, type->text) : NULL;
}

static const struct space *values_of(const struct names *names, const struct ast *node, const struct view *view, int depth)
{
    if (!node || depth > HOPS) return NULL;
    if (node->kind == AST_GRADE_BY_SCORE) return &names->grades;
    if (node->kind == AST_NAME) {
        const struct symbol *symbol = name_lookup(names, &names->own, view, NULL, node->text);
        if (symbol) return values_of_symbol(names, symbol, depth);
        const struct builtin *builtin = builtin_seen(names, view, node->text);
        return builtin && strcmp(builtin->english, "grade") == 0 ? &names->grades : NULL;
    }
    if (node->kind == AST_DOT) {
        const struct space *space = space_of_reference(names, node->a, view);
        const struct symbol *symbol = space ? map_get(&names->own, space, node->text) : NULL;
        if (symbol) return values_of_symbol(names, symbol, depth);
        const struct builtin *member = builtin_named("PREVIOUS", node->text);
        return !space && member && strcmp(member->english, "grade") == 0 ? &names->grades : NULL;
    }
    if (node->kind == AST_DEFAULT) return values_of(names, node->a, view, depth + 1);
    if (node->kind == AST_IF_ELSE) {
        const struct space *list = values_of(names, node->b, view, depth + 1);
        return list ? list : values_of(names, node->c, view, depth + 1);
    }
    if (node->kind == AST_AGGREGATE && node->a && node->b) {
        struct view inner = {view, space_of_table(names, view, node->b->text), false};
        return values_of(names, node->a, &inner, depth + 1);
    }
    return NULL;
}

/* ---- the walk ---- */

static void walk(struct names *names, const struct ast *node, const struct view *view, const struct space *list);

static void walk_chain(struct names *names, const struct ast *node, const struct view *view, const struct space *list)
{
    for (; node; node = node->next) walk(names, node, view, list);
}

static void walk_slots(struct names *names, const struct ast *node, const struct view *view)
{
    const struct ast *const slots[] = {node->a, node->b, node->c, node->d, node->e, node->f, node->list, node->when};
    for (size_t i = 0; i < sizeof slots / sizeof *slots; i++) walk_chain(names, slots[i], view, NULL);
}

static void walk_call(struct names *names, const struct ast *node, const struct view *view)
{
    const struct symbol *symbol = use_in(names, node, &names->global, NULL);
    const struct ast *axis = symbol && symbol->decl->kind == AST_GRID ? symbol->decl->a : NULL;
    for (const struct ast *argument = node->list; argument; argument = argument->next) {
        const struct symbol *of_axis = axis ? map_get(&names->uses, axis, TEXT_NONE) : NULL;
        walk(names, argument, view, of_axis ? values_of_symbol(names, of_axis, 0) : NULL);
        axis = axis && axis == symbol->decl->a ? symbol->decl->b : NULL;
    }
}

static void walk_dot(struct names *names, const struct ast *node, const struct view *view)
{
    walk(names, node->a, view, NULL);
    const struct space *space = space_of_reference(names, node->a, view);
    if (space) {
        use_in(names, node, space, "");
        return;
    }
    const struct builtin *owner =
        node->a && node->a->kind == AST_NAME && !name_lookup(names, &names->own, view, NULL, node->a->text)
            ? builtin_named(NULL, node->a->text)
            : NULL;
    const char *of = !owner ? "" : strcmp(owner->english, "period") == 0 ? "PERIOD" : "PREVIOUS";
    use(names, node, NULL, builtin_named(of, node->text), NULL);
}

/* The readings that a line is kept to. */
static void walk_when(struct names *names, const struct ast *node)
{
    for (const struct ast *when = node->when; when; when = when->next) {
        const struct symbol *question = use_in(names, when->a, &names->global, NULL);
        if (question) use_in(names, when->b, map_get(&names->spaces, question->decl, TEXT_NONE), "");
    }
}

static void walk(struct names *names, const struct ast *node, const struct view *view, const struct space *list)
{
    if (!node) return;
    walk_when(names, node);
    if (node->kind == AST_NAME) {
        use_name(names, node, view, list);
    } else if (node->kind == AST_VALUE || node->kind == AST_WHEN || node->kind == AST_NEED) {
        return; /* declared, or done above */
    } else if (node->kind == AST_TYPE) {
        if (node->op == OP_NAMED) use_in(names, node, &names->global, NULL);
    } else if (node->kind == AST_CALL) {
        walk_call(names, node, view);
    } else if (node->kind == AST_DOT) {
        walk_dot(names, node, view);
    } else if (node->kind == AST_BINARY || node->kind == AST_EXPECT_COMPARE) {
        bool compares = node->kind == AST_EXPECT_COMPARE || (node->op >= OP_LT && node->op <= OP_NE);
        const struct space *of_a = compares ? values_of(names, node->a, view, 0) : NULL;
        const struct space *of_b = compares && !of_a ? values_of(names, node->b, view, 0) : NULL;
        walk(names, node->a, view, of_b);
        walk(names, node->b, view, of_a);
    } else if (node->kind == AST_IN) {
        walk(names, node->a, view, NULL);
        walk_chain(names, node->list, view, values_of(names, node->a, view, 0));
    } else if (node->kind == AST_SELECT) {
        const struct space *of_subject = values_of(names, node->a, view, 0);
        walk(names, node->a, view, NULL);
        for (const struct ast *arm = node->list; arm; arm = arm->next) {
            walk(names, arm->a, view, of_subject);
            walk(names, arm->b, view, list);
        }
    } else if (node->kind == AST_IF_ELSE) {
        walk(names, node->a, view, NULL);
        walk(names, node->b, view, list);
        walk(names, node->c, view, list);
    } else if (node->kind == AST_DEFAULT) {
        const struct space *of_a = values_of(names, node->a, view, 0);
        walk(names, node->a, view, list);
        walk(names, node->b, view, of_a ? of_a : list);
    } else if (node->kind == AST_AGGREGATE) {
        struct view inner = {view, use_rows(names, node->b, view), false};
        walk(names, node->a, &inner, list);
        walk(names, node->c, &inner, NULL);
        walk(names, node->d, view, NULL);
        walk(names, node->e, view, NULL);
    } else if (node->kind == AST_QUANTIFIED || node->kind == AST_STREAK) {
        struct view inner = {view, use_rows(names, node->a, view), false};
        walk(names, node->b, &inner, NULL);
    } else {
        walk_slots(names, node, view);
    }
}

static void walk_rule(struct names *names, const struct ast *rule)
{
    const struct view *view = NULL;
    walk_when(names, rule);
    for (const struct ast *head = rule->list; head; head = head->next) {
        struct view *inner = ARENA_NEW(names->arena, struct view);
        inner->outer = view;
        if (head->kind == AST_HEAD_PER) {
            inner->rows = use_rows(names, head->a, view);
            inner->group = head->b != NULL;
        } else if (head->kind == AST_HEAD_MISSING || head->kind == AST_HEAD_EXTRA) {
            walk(names, head->a, view, NULL);
            if (head->a && head->a->kind == AST_NAME) inner->rows = space_of_table(names, view, head->a->text);
        }
        walk(names, head->b, head->kind == AST_HEAD_PER ? inner : view, NULL);
        if (head->kind == AST_HEAD_IF) walk(names, head->a, view, NULL);
        walk(names, head->c, inner, NULL);
        walk(names, head->d, inner, NULL);
        walk(names, head->e, inner, NULL);
        walk(names, head->f, inner, NULL);
        view = inner;
    }
    for (const struct ast *effect = rule->a; effect; effect = effect->next) {
        if (effect->kind == AST_VETO || effect->kind == AST_BAR) {
            if (effect->a) use_in(names, effect->a, &names->grades, "");
        } else if (effect->kind == AST_OUTCOME_OF && effect->a && effect->a->kind == AST_NAME) {
            use_in(names, effect->a, &names->global, "");
        } else {
            walk(names, effect->a, view, NULL);
        }
        walk(names, effect->b, view, NULL);
        walk(names, effect->c, view, NULL);
    }
    walk(names, rule->b, view, NULL);
}

/* A value in an example is a list's value or a word of the data: without a list it is left as it is. */
static void walk_settings(struct names *names, const struct ast *settings, const struct view *view)
{
    for (const struct ast *setting = settings; setting; setting = setting->next) {
        walk(names, setting->a, view, NULL);
        const struct space *list = values_of(names, setting->a, view, 0);
        if (setting->b && setting->b->kind == AST_NAME) {
            if (list) use_in(names, setting->b, list, "");
        } else {
            walk(names, setting->b, view, list);
        }
    }
}

static void walk_rows(struct names *names, const struct ast *rows)
{
    for (; rows; rows = rows->next) {
        struct view view = {.rows = use_rows(names, rows, NULL)};
        walk_settings(names, rows->list, &view);
        walk_rows(names, rows->b);
    }
}

static void walk_example(struct names *names, const struct ast *lines)
{
    for (const struct ast *line = lines; line; line = line->next) {
        if (line->kind == AST_GIVEN) {
            walk_settings(names, line->list, NULL);
        } else if (line->kind == AST_ROWS) {
            struct ast alone = *line;
            struct view view = {.rows = use_rows(names, line, NULL)};
            walk_settings(names, alone.list, &view);
            walk_rows(names, alone.b);
        } else {
            walk_slots(names, line, NULL);
        }
    }
}

static void walk_grid(struct names *names, const struct ast *grid)
{
    const struct space *lists[2] = {NULL, NULL};
    const struct ast *const axes[2] = {grid->a, grid->b};
    for (int i = 0; i < 2; i++) {
        if (!axes[i]) continue;
        struct symbol *symbol = name_lookup(names, &names->own, NULL, NULL, axes[i]->text);
        if (!symbol || is_value(symbol)) symbol = map_get(&names->own, &names->any_field, axes[i]->text);
        struct symbol *understood = NULL;
        if (names->checking && symbol) {
            understood = name_lookup(names, &names->printed, NULL, NULL, printed_name(symbol));
            if (!understood || is_value(understood))
                understood = map_get(&names->printed, &names->any_field, printed_name(symbol));
        }
        use(names, axes[i], symbol, NULL, understood);
        if (symbol) lists[i] = values_of_symbol(names, symbol, 0);
    }
    /* the header holds the second axis' values, each row begins with one of the first */
    for (const struct ast *value = grid->c; value; value = value->next) {
        if (lists[1] && !(value->flags & AST_QUOTED)) use_in(names, value, lists[1], "");
    }
    for (const struct ast *row = grid->list; row; row = row->next) {
        walk_when(names, row);
        if (row->a && lists[0] && !(row->a->flags & AST_QUOTED)) use_in(names, row->a, lists[0], "");
        walk_chain(names, row->list, NULL, NULL);
    }
}

void names_walk(struct names *names, const struct ast *root)
{
    for (const struct ast *decl = root->list; decl; decl = decl->next) {
        struct view view = {.rows = NULL};
        walk_when(names, decl);
        if (decl->kind == AST_TABLE) {
            view.rows = map_get(&names->spaces, decl, TEXT_NONE);
            if (decl->a) use_in(names, decl->a, &names->global, "");
            if (decl->b) use_in(names, decl->b, view.rows, "");
            walk(names, decl->c, &view, NULL);
            walk_chain(names, decl->list, &view, NULL);
        } else if (decl->kind == AST_CHOOSE) {
            view.rows = use_rows(names, decl->a, NULL);
            for (const struct ast *line = decl->list; line; line = line->next) {
                struct ast rest = *line;
                rest.a = NULL;
                walk(names, line->a, &view, map_get(&names->spaces, decl, TEXT_NONE));
                walk(names, &rest, &view, NULL);
            }
        } else if (decl->kind == AST_VIEW) {
            view.rows = use_rows(names, decl->a, NULL);
            walk(names, decl->b, &view, NULL);
            if (decl->c) use_in(names, decl->c, view.rows ? view.rows : &names->global, "");
            walk(names, decl->d, &view, NULL);
            walk_chain(names, decl->list, &view, NULL);
        } else if (decl->kind == AST_QUESTION) {
            if (decl->a) use_in(names, decl->a, map_get(&names->spaces, decl, TEXT_NONE), "");
        } else if (decl->kind == AST_GRID) {
            walk_grid(names, decl);
        } else if (decl->kind == AST_PART || decl->kind == AST_EVERY_ITEM) {
            walk_chain(names, decl->a, NULL, NULL);
            for (const struct ast *line = decl->list; line; line = line->next) {
                if (line->kind == AST_RULE) {
                    walk_rule(names, line);
                } else {
                    walk(names, line, NULL, NULL);
                }
            }
        } else if (decl->kind == AST_SAMPLE || decl->kind == AST_EXAMPLE) {
            walk_example(names, decl->list); /* `like NAME` names a sample, which has no heading to exchange */
        } else if (decl->kind != AST_VALUES) {
            struct ast rest = *decl;
            rest.when = NULL; /* seen above */
            walk(names, &rest, NULL, NULL);
        }
    }
}
