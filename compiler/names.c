/* Names: tables of entities, the built-in names of both tongues, and what to say of a name that is not there. */
#include "scheme.h"

#include "../runtime/limits.h"

static uint64_t text_hash(struct text text)
{
    uint64_t hash = 14695981039346656037u;
    for (size_t k = 0; k < text.len; k++) hash = (hash ^ (unsigned char)text.at[k]) * 1099511628211u;
    return hash ^ (hash >> 31);
}

void names_init(struct scheme *scheme, struct names *names)
{
    *names = (struct names){.size = 64};
    names->slots = ARENA_ARRAY(scheme->arena, struct entity *, names->size);
}

struct entity *names_find(const struct names *names, struct text name)
{
    for (struct entity *e = names->slots[text_hash(name) & (names->size - 1)]; e; e = e->chain)
        if (text_equal(e->name, name)) return e;
    return NULL;
}

static void names_grow(struct scheme *scheme, struct names *names)
{
    names->size *= 2;
    names->slots = ARENA_ARRAY(scheme->arena, struct entity *, names->size);
    for (size_t k = 0; k < names->count; k++) {
        struct entity **slot = &names->slots[text_hash(names->all[k]->name) & (names->size - 1)];
        names->all[k]->chain = *slot;
        *slot = names->all[k];
    }
}

struct entity *names_add(struct scheme *scheme, struct names *names, struct entity draft)
{
    struct entity *old = names_find(names, draft.name);
    if (old) {
        struct finding *f =
            FIND(scheme->findings, D_NAME_TWICE, draft.decl->at, draft.name, scheme_line_text(scheme, old->decl->at));
        if (f) f->other = old->decl->at;
        return NULL;
    }
    bool of_unit = names == &scheme->global || names == scheme->fields;
    enum builtin hidden = of_unit ? builtin_find(draft.name) : BUILTIN_NONE;
    if (hidden == BUILTIN_TOTAL || hidden == BUILTIN_GRADE || hidden == BUILTIN_PERIOD || hidden == BUILTIN_PREVIOUS)
        FIND(scheme->findings, D_HIDES_BUILTIN, draft.decl->at, draft.name);
    if (names->count * 2 > names->size) names_grow(scheme, names);
    struct entity *entity = ARENA_NEW(scheme->arena, struct entity);
    *entity = draft;
    struct entity **slot = &names->slots[text_hash(draft.name) & (names->size - 1)];
    entity->chain = *slot;
    *slot = entity;
    ARENA_PUSH(scheme->arena, names->all, names->count, names->capacity, entity);
    return entity;
}

size_t scheme_line(const struct scheme *scheme, struct span where)
{
    size_t line, column;
    source_files_line(scheme->file->files, where.from, &line, &column);
    return line;
}

struct text scheme_used_file(const struct ast_file *file, struct span where)
{
    const struct source_file *in = source_file_at(file->files, where.from);
    return in && in != file->files.all ? in->name : TEXT_NONE;
}

struct text scheme_line_text(const struct scheme *scheme, struct span where)
{
    struct text used = scheme_used_file(scheme->file, where);
    size_t line = scheme_line(scheme, where);
    if (scheme->tongue == TONGUE_ZH) return arena_print(scheme->arena, "%.*s第%zu行", TEXT_ARG(used), line);
    return arena_print(scheme->arena, used.len ? "line %zu of %.*s" : "line %zu%.*s", line, TEXT_ARG(used));
}

struct text scheme_number_text(struct scheme *scheme, int64_t number)
{
    return arena_print(scheme->arena, "%lld", (long long)number);
}

/* ---- nearness ---- */

/* Splits into code points; at most `room`. */
static size_t code_points(struct text text, uint32_t *points, size_t room)
{
    size_t count = 0;
    for (size_t k = 0; k < text.len && count < room;) {
        unsigned char c = (unsigned char)text.at[k++];
        uint32_t point = c;
        int more = c >= 0xf0 ? 3 : c >= 0xe0 ? 2 : c >= 0xc0 ? 1 : 0;
        if (more) point = c & (0x3fu >> more);
        while (more-- > 0 && k < text.len) point = point << 6 | ((unsigned char)text.at[k++] & 0x3f);
        points[count++] = point;
    }
    return count;
}

size_t text_distance(struct text a, struct text b, size_t most)
{
    enum { ROOM = 64 };
    uint32_t x[ROOM], y[ROOM];
    size_t n = code_points(a, x, ROOM), m = code_points(b, y, ROOM);
    if ((n > m ? n - m : m - n) > most) return most + 1;
    size_t row[ROOM + 1], above[ROOM + 1], before[ROOM + 1];
    for (size_t j = 0; j <= m; j++) above[j] = j;
    memcpy(before, above, sizeof before);
    for (size_t i = 1; i <= n; i++) {
        row[0] = i;
        size_t nearest = i;
        for (size_t j = 1; j <= m; j++) {
            size_t cost = x[i - 1] == y[j - 1] ? 0 : 1;
            size_t least = above[j - 1] + cost;
            if (above[j] + 1 < least) least = above[j] + 1;
            if (row[j - 1] + 1 < least) least = row[j - 1] + 1;
            if (i > 1 && j > 1 && x[i - 1] == y[j - 2] && x[i - 2] == y[j - 1] && before[j - 2] + 1 < least)
                least = before[j - 2] + 1; /* two neighbours exchanged */
            row[j] = least;
            if (least < nearest) nearest = least;
        }
        if (nearest > most + 1) return most + 1; /* no end of this can come nearer: an exchange saves one */
        memcpy(before, above, sizeof before);
        memcpy(above, row, sizeof above);
    }
    return above[m];
}

static void nearest_in(const struct names *names, struct text name, size_t *best, struct entity **found)
{
    for (size_t k = 0; k < names->count; k++) {
        struct text other = names->all[k]->name;
        if ((other.len > name.len ? other.len - name.len : name.len - other.len) > *best * 4)
            continue; /* a character has at most four bytes */
        size_t distance = text_distance(name, other, *best);
        if (distance < *best) {
            *best = distance;
            *found = names->all[k];
        }
    }
}

/* The repaired line: what is at `at` exchanged. */
static void exchange(struct scheme *scheme, struct finding *f, struct span at, struct text with)
{
    size_t line, column;
    struct text whole = source_files_line(scheme->file->files, at.from, &line, &column);
    size_t begin = (size_t)(whole.at - scheme->file->source.at), from = at.from - begin, to = at.to - begin;
    if (to > whole.len) return;
    while (whole.len && (*whole.at == ' ' || *whole.at == '\t')) whole.at++, whole.len--, from--, to--;
    f->repair = arena_print(scheme->arena, "%.*s%.*s%.*s", (int)from, whole.at, TEXT_ARG(with), (int)(whole.len - to),
                            whole.at + to);
}

enum { SUGGESTIONS = 100 };

void names_unknown(struct scheme *scheme, const struct scope *scope, struct ast *at)
{
    uint32_t points[64];
    size_t characters = code_points(at->text, points, 64);
    size_t best = characters <= 2 ? 2 : characters <= 5 ? 2 : 3;
    if (characters < 2) best = 1;
    struct entity *found = NULL;
    uint32_t table;
    if (scheme->findings->errors > SUGGESTIONS) { /* nobody reads on, and each costs a walk over all names */
        FIND(scheme->findings, D_NO_NAME, at->at, at->text);
        return;
    }
    if (scope && space_is_table(&scheme->graph, scope->space, &table))
        nearest_in(&scheme->fields[table], at->text, &best, &found);
    if (scheme->schema.table_count) nearest_in(&scheme->fields[0], at->text, &best, &found);
    nearest_in(&scheme->global, at->text, &best, &found);
    struct text keyword = found ? TEXT_NONE : keyword_near(at->text, scheme->file->tongue);
    if (keyword.len) {
        struct finding *f = FIND(scheme->findings, D_MISSPELT, at->at, at->text, keyword);
        if (f) exchange(scheme, f, at->at, keyword);
        return;
    }
    if (!found) {
        FIND(scheme->findings, D_NO_NAME, at->at, at->text);
        return;
    }
    struct finding *f =
        FIND(scheme->findings, D_NO_NAME_NEAR, at->at, at->text, found->name, scheme_line_text(scheme, found->decl->at));
    if (!f) return;
    f->other = found->decl->at;
    exchange(scheme, f, at->at, found->name);
}

void names_offer(struct suggest *near, const struct names *names, unsigned kinds)
{
    for (size_t k = 0; k < names->count; k++) {
        if (kinds >> names->all[k]->kind & 1) suggest_offer(near, names->all[k]->name);
    }
}

void names_repair(struct scheme *scheme, struct finding *finding, struct span at, const struct suggest *near)
{
    struct text found = suggest_result(near);
    if (finding && found.len) exchange(scheme, finding, at, found);
}

/* ---- built-in names ---- */

enum builtin builtin_find(struct text name)
{
#define BUILTIN(builtin, english, chinese, least, most, help)                                                               \
    if (text_among(english, name) || text_among(chinese, name)) return BUILTIN_##builtin;
#include "../runtime/builtins.def"
#undef BUILTIN
#undef MEMBER
#undef COLUMN
    return BUILTIN_NONE;
}

enum member member_find(enum builtin owner, struct text name)
{
#define BUILTIN(builtin, english, chinese, least, most, help)
#define MEMBER(of, member, english, chinese, help)                                                                          \
    if (owner == BUILTIN_##of && (text_among(english, name) || text_among(chinese, name))) return MEMBER_##of##_##member;
#include "../runtime/builtins.def"
#undef BUILTIN
#undef MEMBER
#undef COLUMN
    return MEMBER_NONE;
}

/* ---- the table of decisions ---- */

static const char *const DECISION_SPELLINGS[][2] = {
#define BUILTIN(name, english, chinese, least, most, help)
#define COLUMN(table, name, english, chinese, help) {english, chinese},
#include "../runtime/builtins.def"
#undef BUILTIN
#undef MEMBER
#undef COLUMN
};

int decision_column(struct text name)
{
    for (int c = 0; c < DECISION_COLUMNS; c++)
        if (text_among(DECISION_SPELLINGS[c][0], name) || text_among(DECISION_SPELLINGS[c][1], name)) return c;
    return NO_INDEX;
}

struct text decision_heading(unsigned column)
{
    return (struct text){DECISION_SPELLINGS[column][0], strcspn(DECISION_SPELLINGS[column][0], "|")};
}
