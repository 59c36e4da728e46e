/* Which name is printed where: resolves names without types, and exchanges names with headings for the other tongue.
 *
 * In: a file without syntax errors, the tongue to print in. Out: for each use and each declaration the text to print.
 * Decision: an exchange is a wish. All wishes are granted first; then every use is looked up again under the new names, in
 * the same scopes, and whoever would catch a use that is not its own keeps its old name, until nothing changes. So a
 * translation can be incomplete but never changes what a line means. Cost: the walk over the file is repeated, two or
 * three times in practice, ROUNDS at most; beyond that nothing is exchanged.
 */
#include "names.h"

#include "../runtime/limits.h"
#include "../runtime/utf8.h"

enum { ROUNDS = 16 };

/* ---- maps ---- */

static size_t hash_of(const void *key, struct text text)
{
    uint64_t h = 1469598103934665603u ^ (uint64_t)(uintptr_t)key;
    h *= 1099511628211u;
    for (size_t i = 0; i < text.len; i++) h = (h ^ (unsigned char)text.at[i]) * 1099511628211u;
    return (size_t)(h ^ h >> 32);
}

static struct cell *map_find(const struct map *map, const void *key, struct text text)
{
    for (size_t i = hash_of(key, text) & (map->room - 1);; i = (i + 1) & (map->room - 1)) {
        struct cell *cell = &map->cells[i];
        if (!cell->value || (cell->key == key && text_equal(cell->text, text))) return cell;
    }
}

void *map_get(const struct map *map, const void *key, struct text text)
{
    return map->room ? map_find(map, key, text)->value : NULL;
}

void map_put(struct arena *arena, struct map *map, const void *key, struct text text, void *value)
{
    if (map->count * 2 >= map->room) {
        struct map bigger = {.room = map->room ? map->room * 2 : 64};
        bigger.cells = ARENA_ARRAY(arena, struct cell, bigger.room);
        for (size_t i = 0; i < map->room; i++) {
            if (map->cells[i].value) *map_find(&bigger, map->cells[i].key, map->cells[i].text) = map->cells[i];
        }
        bigger.count = map->count;
        *map = bigger;
    }
    struct cell *cell = map_find(map, key, text);
    if (!cell->value) map->count++;
    *cell = (struct cell){key, text, value};
}

/* ---- builtins ---- */

static const struct builtin BUILTINS[] = {
#define BUILTIN(name, english, chinese, least, most, help) {NULL, english, chinese},
#define MEMBER(owner, name, english, chinese, help) {#owner, english, chinese},
#define COLUMN(table, name, english, chinese, help) {#table, english, chinese},
#include "../runtime/builtins.def"
#undef BUILTIN
    {NULL, NULL, NULL},
};

static bool is_spelling(const struct builtin *builtin, struct text text)
{
    if (text_is(text, builtin->english)) return true;
    for (const char *p = builtin->chinese; *p;) {
        const char *end = strchr(p, '|');
        size_t len = end ? (size_t)(end - p) : strlen(p);
        if (text_equal(text, (struct text){p, len})) return true;
        p += len + (end != NULL);
    }
    return false;
}

const struct builtin *builtin_named(const char *owner, struct text text)
{
    for (const struct builtin *b = BUILTINS; b->english; b++) {
        bool same = owner && b->owner ? strcmp(owner, b->owner) == 0 : owner == b->owner;
        if (same && is_spelling(b, text)) return b;
    }
    return NULL;
}

/* ---- symbols ---- */

static bool has_cjk(struct text text)
{
    for (size_t i = 0; i + 2 < text.len; i++) {
        unsigned char lead = (unsigned char)text.at[i], next = (unsigned char)text.at[i + 1];
        if (lead >= 0xe4 && lead <= 0xe9) return true; /* U+4000 … U+9FFF */
        if (lead == 0xe3 && next >= 0x90) return true; /* U+3400 … U+3FFF */
        if (lead == 0xef && (next == 0xa4 || next == 0xa5 || next == 0xa6 || next == 0xa7 || next == 0xa8 || next == 0xa9 ||
                             next == 0xaa || next == 0xab))
            return true;                                               /* U+F900 … U+FAFF */
        if (lead == 0xf0 && next >= 0xa0 && next <= 0xaf) return true; /* U+20000 … */
    }
    return false;
}

/* A code or a number alone is spelt in neither. */
static bool spelt_in(struct text text, enum tongue tongue)
{
    if (has_cjk(text)) return tongue == TONGUE_ZH;
    for (size_t i = 0; i < text.len && tongue == TONGUE_EN; i++) {
        if ((text.at[i] >= 'a' && text.at[i] <= 'z') || (text.at[i] >= 'A' && text.at[i] <= 'Z')) return true;
    }
    return false;
}

static bool has(struct text text, const char *part) { return text.len && memmem(text.at, text.len, part, strlen(part)); }

/* A heading can stand between 「 and 」. */
static bool can_be_name(struct text heading)
{
    if (heading.len == 0 || heading.len > LIMIT_NAME_BYTES) return false;
    for (size_t i = 0; i < heading.len; i++) {
        unsigned char c = (unsigned char)heading.at[i];
        if (c < 0x20 || c == 0x7f) return false;
    }
    if (!text_equal(utf8_trim(heading), heading)) return false;
    return !has(heading, "」") && !has(heading, "』");
}

/* A question's words serve as its heading unless it has one of its own. */
static struct text heading_of(const struct ast *decl)
{
    return decl->kind == AST_QUESTION && decl->c ? decl->c->text2 : decl->text2;
}

static struct symbol *declare(struct names *names, const struct space *space, const struct ast *decl)
{
    if (!decl->text.len) return NULL;
    struct symbol *same = map_get(&names->own, space, decl->text);
    if (same && same->decl && (decl->when || same->decl->when)) { /* readings of one figure: one name, whichever is taken */
        map_put(names->arena, &names->uses, decl, TEXT_NONE, same);
        return same;
    }
    struct symbol *symbol = ARENA_NEW(names->arena, struct symbol);
    *symbol = (struct symbol){.decl = decl, .space = space, .own = decl->text};
    struct text heading = heading_of(decl);
    enum tongue other = names->tongue == TONGUE_EN ? TONGUE_ZH : TONGUE_EN;
    bool wished = names->translate && can_be_name(heading) && spelt_in(heading, names->tongue) &&
                  spelt_in(decl->text, other); /* so that the way back is the same */
    /* the words of a question are often a sentence: that is no name */
    bool sentence = heading.len > 60 || has(heading, " ") || has(heading, "，") || has(heading, "？") || has(heading, "?");
    if (decl->kind == AST_QUESTION && !decl->c && sentence) wished = false;
    if (decl->kind == AST_USE_RESULTS) wished = false; /* its second text is a file */
    if (wished) symbol->other = heading;
    if (!map_get(&names->own, space, symbol->own)) map_put(names->arena, &names->own, space, symbol->own, symbol);
    map_put(names->arena, &names->uses, decl, TEXT_NONE, symbol);
    ARENA_PUSH(names->arena, names->symbols, names->symbol_count, names->symbol_room, symbol);
    return symbol;
}

struct text printed_name(const struct symbol *symbol) { return symbol->other.len ? symbol->other : symbol->own; }

static struct space *space_open(struct names *names, const struct ast *decl)
{
    struct space *space = ARENA_NEW(names->arena, struct space);
    space->decl = decl;
    map_put(names->arena, &names->spaces, decl, TEXT_NONE, space);
    return space;
}

static void declare_values(struct names *names, const struct space *space, const struct ast *values)
{
    for (const struct ast *value = values; value; value = value->next) {
        if (!(value->flags & AST_QUOTED)) declare(names, space, value);
    }
}

/* The names that a choose makes, if one of them has a heading: those with one first, since the others mean the same. */
static void declare_chosen(struct names *names, const struct ast *choose)
{
    bool any = false;
    for (const struct ast *line = choose->list; line; line = line->next)
        any |= line->a && line->a->kind == AST_NAME && line->a->text2.len;
    if (!any) return;
    const struct space *space = space_open(names, choose);
    for (int headed = 1; headed >= 0; headed--) {
        for (const struct ast *line = choose->list; line; line = line->next) {
            if (!line->a || line->a->kind != AST_NAME || (line->a->text2.len > 0) != headed) continue;
            struct symbol *same = map_get(&names->own, space, line->a->text);
            if (same) {
                map_put(names->arena, &names->uses, line->a, TEXT_NONE, same);
            } else {
                declare(names, space, line->a);
            }
        }
    }
}

static void declare_fields(struct names *names, const struct space *space, const struct ast *lines)
{
    for (const struct ast *line = lines; line; line = line->next) {
        if (line->kind == AST_FIELD || line->kind == AST_COMPUTED) declare(names, space, line);
        if (line->kind == AST_NEEDS) {
            for (const struct ast *need = line->list; need; need = need->next) declare(names, space, need);
        }
        if (line->kind == AST_FIELD && line->a && line->a->op == OP_LIST) {
            declare_values(names, space_open(names, line->a), line->a->list);
        }
    }
}

static void declare_all(struct names *names, const struct ast *root)
{
    for (const struct ast *decl = root->list; decl; decl = decl->next) {
        if (decl->kind == AST_VALUES || decl->kind == AST_QUESTION) {
            declare(names, &names->global, decl);
            declare_values(names, space_open(names, decl), decl->list);
        } else if (decl->kind == AST_UNIT) {
            declare(names, &names->global, decl);
            declare_fields(names, &names->unit, decl->list);
        } else if (decl->kind == AST_TABLE) {
            declare(names, &names->global, decl);
            declare_fields(names, space_open(names, decl), decl->list);
        } else if (decl->kind == AST_PART) {
            declare_fields(names, &names->unit, decl->list);
        } else if (decl->kind == AST_GRADES) {
            declare_values(names, &names->grades, decl->list);
        } else if (decl->kind == AST_VIEW || decl->kind == AST_LET || decl->kind == AST_CHOOSE || decl->kind == AST_GRID ||
                   decl->kind == AST_RANKING || decl->kind == AST_OUTCOME || decl->kind == AST_USE_RESULTS) {
            declare(names, &names->global, decl);
            if (decl->kind == AST_CHOOSE) declare_chosen(names, decl);
        }
    }
    for (const struct ast *decl = root->list; decl; decl = decl->next) {
        if (decl->kind != AST_TABLE || !decl->a) continue;
        const struct symbol *parent = map_get(&names->own, &names->global, decl->a->text);
        struct space *space = map_get(&names->spaces, decl, TEXT_NONE);
        if (parent && parent->decl->kind == AST_TABLE) space->parent = map_get(&names->spaces, parent->decl, TEXT_NONE);
    }
}

/* ---- looking up ---- */

bool is_value(const struct symbol *symbol)
{
    return symbol->decl->kind == AST_VALUE || symbol->decl->kind == AST_GRADE || symbol->decl->kind == AST_NAME;
}

const struct builtin *builtin_seen(const struct names *names, const struct view *view, struct text text)
{
    for (; view; view = view->outer) {
        const char *owner = view->rows == &names->results ? "RESULTS" : view->rows == &names->decision ? "DECISION" : NULL;
        const struct builtin *builtin = owner ? builtin_named(owner, text) : NULL;
        if (builtin) return builtin;
    }
    return builtin_named(NULL, text);
}

struct symbol *name_lookup(const struct names *names, const struct map *map, const struct view *view,
                           const struct space *list, struct text text)
{
    struct symbol *found = list ? map_get(map, list, text) : NULL;
    for (const struct view *v = view; v && !found; v = v->outer) {
        const struct space *space = v->rows;
        for (int hops = 0; space && !found && hops < HOPS; hops++, space = space->parent) found = map_get(map, space, text);
    }
    if (!found) found = map_get(map, &names->unit, text);
    if (!found) found = map_get(map, &names->global, text);
    if (!found && !builtin_seen(names, view, text)) found = map_get(map, &names->any_value, text);
    return found;
}

static struct text builtin_text(const struct builtin *builtin, enum tongue tongue)
{
    if (tongue == TONGUE_EN) return text_of(builtin->english);
    const char *end = strchr(builtin->chinese, '|');
    return end ? (struct text){builtin->chinese, (size_t)(end - builtin->chinese)} : text_of(builtin->chinese);
}

struct text name_shown(const struct names *names, const struct symbol *symbol, const struct builtin *builtin,
                       struct text text)
{
    if (symbol) return printed_name(symbol);
    bool kept = !names->translate || map_get(&names->kept, builtin, TEXT_NONE);
    if (builtin && !kept && !spelt_in(text, names->tongue)) return builtin_text(builtin, names->tongue);
    return text;
}

void name_take_back(struct names *names, struct symbol *symbol)
{
    if (!symbol || !symbol->other.len || symbol->fixed) return;
    symbol->other = TEXT_NONE;
    names->changed = true;
}

/* ---- granting the wishes ---- */

/* All symbols under their printed names; of two in one space that would print alike, one takes its wish back. */
static void print_symbols(struct names *names)
{
    if (names->printed.room) memset(names->printed.cells, 0, names->printed.room * sizeof *names->printed.cells);
    names->printed.count = 0;
    for (size_t i = 0; i < names->symbol_count; i++) {
        struct symbol *symbol = names->symbols[i];
        struct symbol *there = map_get(&names->printed, symbol->space, printed_name(symbol));
        if (there && !text_equal(there->own, symbol->own)) {
            struct symbol *loser = symbol->other.len && !symbol->fixed ? symbol : there;
            name_take_back(names, loser);
            if (loser == symbol) there = map_get(&names->printed, symbol->space, printed_name(symbol));
        }
        if (!there) map_put(names->arena, &names->printed, symbol->space, printed_name(symbol), symbol);
        const struct space *any = is_value(symbol)                  ? &names->any_value
                                  : symbol->decl->kind == AST_FIELD ? &names->any_field
                                                                    : NULL;
        if (any && !map_get(&names->printed, any, printed_name(symbol)))
            map_put(names->arena, &names->printed, any, printed_name(symbol), symbol);
    }
}

/* The names of used files: exchanged as they are when such a file is read, whatever this file would wish. `given`: to what
 * (declaration -> struct text), where it is known already. */
static void declare_used(struct names *names, const struct ast_file *file, const struct map *given)
{
    struct ast_file used = {.root = (struct ast *)file->used, .tongue = file->tongue};
    const struct names *theirs = names->translate && !given ? names_resolve(names->arena, &used, names->tongue) : NULL;
    declare_all(names, file->used);
    for (size_t i = 0; i < names->symbol_count; i++) {
        const struct symbol *same = theirs ? map_get(&theirs->uses, names->symbols[i]->decl, TEXT_NONE) : NULL;
        const struct text *known = given ? map_get(given, names->symbols[i]->decl, TEXT_NONE) : NULL;
        names->symbols[i]->other = known ? *known : same ? same->other : TEXT_NONE;
        names->symbols[i]->fixed = true;
    }
}

static struct names *resolve(struct arena *arena, const struct ast_file *file, enum tongue tongue, const struct map *given)
{
    struct names *names = ARENA_NEW(arena, struct names);
    names->arena = arena;
    names->tongue = tongue;
    names->translate = tongue != file->tongue;
    if (file->used) declare_used(names, file, given);
    declare_all(names, file->root);
    for (size_t i = 0; i < names->symbol_count; i++) {
        struct symbol *symbol = names->symbols[i];
        const struct space *any = is_value(symbol)                  ? &names->any_value
                                  : symbol->decl->kind == AST_FIELD ? &names->any_field
                                                                    : NULL;
        if (any && !map_get(&names->own, any, symbol->own)) map_put(arena, &names->own, any, symbol->own, symbol);
    }
    names_walk(names, file->root);
    if (!names->translate) return names;

    names->checking = true;
    for (int round = 0;; round++) {
        names->changed = false;
        print_symbols(names);
        if (!names->changed) names_walk(names, file->root);
        if (!names->changed) break;
        if (round == ROUNDS) {
            for (size_t i = 0; i < names->symbol_count; i++)
                if (!names->symbols[i]->fixed) names->symbols[i]->other = TEXT_NONE;
            break;
        }
    }
    return names;
}

struct names *names_resolve(struct arena *arena, const struct ast_file *file, enum tongue tongue)
{
    return resolve(arena, file, tongue, NULL);
}

/* ---- exchanging in the tree ---- */

struct exchanged {
    struct ast *node;
    struct text text, text2, words; /* as they were; words: a question's, where these have a place of their own */
};

static void put_back(const struct exchanged *was)
{
    was->node->text = was->text;
    was->node->text2 = was->text2;
    if (was->node->kind == AST_QUESTION && was->node->c) was->node->c->text2 = was->words;
}

/* Gives every use and declaration its printed name. Returns what was there before. */
static struct exchanged *exchange(const struct names *names, size_t *count)
{
    struct exchanged *before = NULL;
    size_t room = 0;
    *count = 0;
    for (size_t k = 0; k < names->uses.room; k++) {
        const struct symbol *symbol = names->uses.cells[k].value;
        struct ast *node = symbol ? (struct ast *)(uintptr_t)names->uses.cells[k].key : NULL;
        if (!node || !symbol->other.len) continue;
        bool apart = node->kind == AST_QUESTION && node->c;
        struct exchanged was = {node, node->text, node->text2, apart ? node->c->text2 : TEXT_NONE};
        ARENA_PUSH(names->arena, before, *count, room, was);
        node->text = symbol->other;
        if (apart) {
            node->c->text2 = symbol->own;
        } else if (node->text2.len) {
            node->text2 = symbol->own;
        }
    }
    return before;
}

void ast_exchange(struct arena *arena, struct ast *list, struct ast *seen, enum tongue from, enum tongue to)
{
    struct ast theirs = {.kind = AST_FILE, .list = seen}, root = {.kind = AST_FILE, .list = list};
    struct ast_file file = {.root = &theirs, .tongue = to};
    struct exchanged *before = NULL;
    struct map given = {.room = 0};
    size_t count = 0, ignored;
    if (seen) before = exchange(names_resolve(arena, &file, from), &count); /* as the list sees them, for a moment */
    for (size_t k = 0; k < count; k++) map_put(arena, &given, before[k].node, TEXT_NONE, &before[k].text);
    file = (struct ast_file){.root = &root, .used = seen ? &theirs : NULL, .tongue = from};
    exchange(resolve(arena, &file, to, &given), &ignored);
    for (size_t k = 0; k < count; k++) put_back(&before[k]);
}

struct text names_text(const struct names *names, const struct ast *node)
{
    const struct symbol *symbol = map_get(&names->uses, node, TEXT_NONE);
    const struct builtin *builtin = symbol ? NULL : map_get(&names->builtins, node, TEXT_NONE);
    return name_shown(names, symbol, builtin, node->text);
}

struct text names_heading(const struct names *names, const struct ast *node)
{
    const struct symbol *symbol = map_get(&names->uses, node, TEXT_NONE);
    struct text heading = heading_of(node);
    if (symbol && symbol->decl != node && !heading.len) return TEXT_NONE; /* another line of the name bears it */
    return symbol && symbol->other.len ? symbol->own : heading;
}

bool names_is_table(const struct names *names, const struct ast *rows)
{
    return rows && rows->kind == AST_NAME && space_of_table(names, NULL, rows->text) != NULL;
}

bool names_dated(const struct names *names, const struct ast *rows)
{
    const struct space *space = rows && rows->kind == AST_NAME ? space_of_table(names, NULL, rows->text) : NULL;
    return space && space->decl && space->decl->kind == AST_TABLE && space->decl->b;
}
