/* A workbook but for its sheets' cells: see workbook.h. */
#include "workbook.h"

#include "limits.h"
#include "utf8.h"

#include <stdlib.h>

static bool is(const char *name, const char *wanted) { return strcmp(name, wanted) == 0; }

/* ---- text ---- */

void text_run_add(struct text_run *run, struct text text)
{
    size_t room = run->text.len > LIMIT_CELL_BYTES ? 0 : LIMIT_CELL_BYTES + 1 - run->text.len;
    buffer_text(&run->text, (struct text){text.at, text.len < room ? text.len : room});
}

static int hex_digit(char c)
{
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* "_x000D_" at p: the character, or -1. Only those that XML cannot hold, and the underscore itself, are ever written so. */
static int escaped(const char *p, size_t left)
{
    int c = 0;
    if (left < 7 || p[0] != '_' || p[1] != 'x' || p[6] != '_') return -1;
    for (int i = 2; i < 6; i++) {
        int digit = hex_digit(p[i]);
        if (digit < 0) return -1;
        c = c * 16 + digit;
    }
    return c < 0x20 || c == '_' ? c : -1;
}

struct text text_run_take(struct text_run *run)
{
    char *to = run->text.at;
    const char *from = to, *end = to + run->text.len;
    if (!run->text.len || !memmem(from, run->text.len, "_x", 2)) return (struct text){from, run->text.len};
    while (from < end) {
        int c = escaped(from, (size_t)(end - from));
        *to++ = c < 0 ? *from : (char)c;
        from += c < 0 ? 1 : 7;
    }
    run->text.len = (size_t)(to - run->text.at);
    return (struct text){run->text.at, run->text.len};
}

/* ---- relations: which part is what ---- */

struct relation {
    struct text id, type, part;
};

struct relations {
    struct arena *arena;
    struct text base; /* the folder of the part that they belong to, with its slash; or empty */
    struct relation *items;
    size_t count, capacity;
};

/* A target within the package, without . and .. */
static struct text resolve(struct arena *arena, struct text base, const char *target)
{
    struct buffer out;
    buffer_init(&out, arena);
    if (*target == '/')
        target++;
    else
        buffer_text(&out, base);
    while (*target) {
        size_t len = strcspn(target, "/");
        if (len == 2 && target[0] == '.' && target[1] == '.') {
            if (out.len) out.len--; /* the slash */
            while (out.len && out.at[out.len - 1] != '/') out.len--;
        } else if (!(len == 1 && target[0] == '.')) {
            buffer_text(&out, (struct text){target, len});
            if (target[len]) buffer_char(&out, '/');
        }
        target += len + (target[len] == '/');
    }
    return buffer_result(&out);
}

static void relation_start(void *reader, const char *name, const char **attributes)
{
    struct relations *relations = reader;
    const char *id = part_attribute(attributes, "Id"), *type = part_attribute(attributes, "Type");
    const char *target = part_attribute(attributes, "Target"), *mode = part_attribute(attributes, "TargetMode");
    if (!is(name, "Relationship") || !id || !type || !target || (mode && is(mode, "External"))) return;
    if (relations->count == LIMIT_BOOK_PARTS) return;
    const char *last = strrchr(type, '/');
    struct relation relation = {
        .id = arena_text(relations->arena, text_of(id)),
        .type = arena_text(relations->arena, text_of(last ? last + 1 : type)),
        .part = resolve(relations->arena, relations->base, target),
    };
    ARENA_PUSH(relations->arena, relations->items, relations->count, relations->capacity, relation);
}

static bool read_relations(struct workbook *workbook, struct text part, struct text base, struct relations *out)
{
    static const struct part_reader CALLS = {.start = relation_start};
    *out = (struct relations){.arena = workbook->arena, .base = base};
    return part_read_all(workbook->package, part, &CALLS, out);
}

static struct text part_of_type(const struct relations *relations, const char *type)
{
    for (size_t i = 0; i < relations->count; i++) {
        if (text_is(relations->items[i].type, type)) return relations->items[i].part;
    }
    return TEXT_NONE;
}

/* ---- the list of sheets ---- */

struct sheet_list {
    struct workbook *workbook;
    const struct relations *relations;
};

static void workbook_start(void *reader, const char *name, const char **attributes)
{
    struct sheet_list *list = reader;
    struct workbook *workbook = list->workbook;
    if (is(name, "workbookPr")) {
        const char *value = part_attribute(attributes, "date1904");
        workbook->from_1904 = value && (is(value, "1") || is(value, "true"));
    }
    const char *title = is(name, "sheet") ? part_attribute(attributes, "name") : NULL;
    const char *id = title ? part_attribute(attributes, "id") : NULL;
    if (!id || workbook->sheet_count == LIMIT_BOOK_PARTS) return;
    for (size_t i = 0; i < list->relations->count; i++) {
        const struct relation *relation = &list->relations->items[i];
        if (!text_is(relation->id, id) || !text_is(relation->type, "worksheet")) continue; /* a chart is no table */
        struct workbook_sheet sheet = {arena_text(workbook->arena, utf8_trim(text_of(title))), relation->part};
        ARENA_PUSH(workbook->arena, workbook->sheets, workbook->sheet_count, workbook->sheet_capacity, sheet);
        return;
    }
}

static void complain(struct workbook *workbook, enum diag_code code)
{
    struct finding *finding = FIND(workbook->problems, code, SPAN_NONE);
    if (finding) finding->data.file = workbook->file;
}

struct workbook *workbook_open(struct arena *arena, struct text bytes, struct text file, struct findings *problems)
{
    struct workbook *workbook = ARENA_NEW(arena, struct workbook);
    *workbook = (struct workbook){.arena = arena, .file = file, .problems = problems};
    workbook->package = package_open(arena, bytes, file, problems);
    if (!workbook->package) return NULL;

    struct relations relations;
    if (!package_has(workbook->package, TEXT("_rels/.rels"))) {
        complain(workbook, D_BOOK_OTHER); /* an archive of something else */
        return NULL;
    }
    if (!read_relations(workbook, TEXT("_rels/.rels"), TEXT_NONE, &relations)) return NULL;
    struct text main = part_of_type(&relations, "officeDocument");
    const char *slash = main.len ? memrchr(main.at, '/', main.len) : NULL;
    size_t folder = slash ? (size_t)(slash - main.at) + 1 : 0;
    struct text base = {main.at, folder}, leaf = {main.at + folder, main.len - folder};
    struct text links = arena_print(arena, "%.*s_rels/%.*s.rels", TEXT_ARG(base), TEXT_ARG(leaf));
    if (!main.len || !package_has(workbook->package, links)) {
        complain(workbook, D_BOOK_OTHER);
        return NULL;
    }
    if (!read_relations(workbook, links, base, &relations)) return NULL;
    workbook->styles_part = part_of_type(&relations, "styles");
    workbook->strings_part = part_of_type(&relations, "sharedStrings");
    static const struct part_reader CALLS = {.start = workbook_start};
    struct sheet_list list = {workbook, &relations};
    if (!part_read_all(workbook->package, main, &CALLS, &list)) return NULL;
    if (!workbook->sheet_count) {
        complain(workbook, D_BOOK_OTHER);
        return NULL;
    }
    return workbook;
}

/* ---- styles ---- */

struct custom_format {
    unsigned long id;
    struct cell_format format;
};

struct styles {
    struct workbook *workbook;
    struct custom_format *custom;
    size_t count, capacity;
    bool over;
    bool in_cells; /* within cellXfs: the others are not asked by cells */
};

static void styles_start(void *reader, const char *name, const char **attributes)
{
    struct styles *styles = reader;
    struct workbook *workbook = styles->workbook;
    const char *id = part_attribute(attributes, "numFmtId"), *code = part_attribute(attributes, "formatCode");
    styles->over |= styles->count == LIMIT_BOOK_FORMATS || workbook->format_count == LIMIT_BOOK_STYLES;
    if (styles->over) return;
    if (is(name, "numFmt") && id && code) {
        struct custom_format custom = {strtoul(id, NULL, 10), cell_format_code(text_of(code))};
        ARENA_PUSH(workbook->arena, styles->custom, styles->count, styles->capacity, custom);
    }
    if (is(name, "cellXfs")) styles->in_cells = true;
    if (!styles->in_cells || !is(name, "xf")) return;
    unsigned long number = id ? strtoul(id, NULL, 10) : 0;
    struct cell_format format = cell_format_builtin(number);
    for (size_t i = 0; i < styles->count; i++) {
        if (styles->custom[i].id == number) format = styles->custom[i].format;
    }
    ARENA_PUSH(workbook->arena, workbook->formats, workbook->format_count, workbook->format_capacity, format);
}

static void styles_end(void *reader, const char *name)
{
    if (is(name, "cellXfs")) ((struct styles *)reader)->in_cells = false;
}

/* ---- shared strings ---- */

struct strings {
    struct workbook *workbook;
    struct text_run run;
    uint32_t phonetic; /* depth within rPh: how it is read aloud is not part of it */
    size_t bytes;
    bool over;
};

static void strings_start(void *reader, const char *name, const char **attributes)
{
    struct strings *strings = reader;
    (void)attributes;
    if (is(name, "si")) strings->run.text.len = 0;
    if (is(name, "rPh")) strings->phonetic++;
    if (is(name, "t")) strings->run.open = strings->phonetic == 0;
}

static void strings_end(void *reader, const char *name)
{
    struct strings *strings = reader;
    struct workbook *workbook = strings->workbook;
    if (is(name, "rPh") && strings->phonetic) strings->phonetic--;
    if (is(name, "t")) strings->run.open = false;
    if (!is(name, "si") || strings->over) return;
    struct text text = text_run_take(&strings->run);
    strings->bytes += text.len + sizeof text;
    if (strings->bytes > LIMIT_SHARED_BYTES) {
        strings->over = true;
        return;
    }
    struct text kept = arena_text(workbook->arena, text);
    ARENA_PUSH(workbook->arena, workbook->strings, workbook->string_count, workbook->string_capacity, kept);
}

static void strings_text(void *reader, struct text text)
{
    struct strings *strings = reader;
    if (strings->run.open) text_run_add(&strings->run, text);
}

bool workbook_styles(struct workbook *workbook)
{
    if (workbook->opened) return !workbook->broken;
    workbook->opened = true;
    static const struct part_reader STYLES = {.start = styles_start, .end = styles_end};
    static const struct part_reader STRINGS = {strings_start, strings_end, strings_text};
    struct styles styles = {.workbook = workbook};
    struct strings *strings = ARENA_NEW(workbook->arena, struct strings);
    strings->workbook = workbook;
    buffer_init(&strings->run.text, workbook->arena);
    bool fine = !workbook->styles_part.len || part_read_all(workbook->package, workbook->styles_part, &STYLES, &styles);
    fine =
        fine && (!workbook->strings_part.len || part_read_all(workbook->package, workbook->strings_part, &STRINGS, strings));
    if (fine && (strings->over || styles.over)) {
        struct text limit = arena_print(workbook->arena, "%d", LIMIT_SHARED_BYTES);
        struct finding *finding =
            FIND(workbook->problems, strings->over ? D_BOOK_STRINGS : D_BOOK_FORMATS, SPAN_NONE, limit);
        if (finding) finding->data.file = workbook->file;
        fine = false;
    }
    workbook->broken = !fine;
    return fine;
}
