/* A cell to a value: one parser per kind of field.
 *
 * In: a cell's bytes and its field. Out: an int64 as schema.h says, or a finding that tells what to type instead.
 * Decision: nothing is guessed and nothing is rounded; what is nearly right (1,000, 85 for 85%, a serial number for a date)
 * is refused with the right spelling in the hint. Cost: some files need a second export.
 */
#include "load.h"

#include "limits.h"
#include "suggest.h"
#include "utf8.h"

enum { VALUE_BYTES = 200, LIST_SHOWN = 12, QUICK_DIGITS = 15, PART_BYTES = 64 };

/* ---- words ---- */

void word_map_add(struct word_map *map, struct text word, uint32_t value)
{
    if (!word.len) return;
    uint32_t before = map->words.count, index = intern_put(&map->words, word);
    if (index < before) return;
    size_t count = before;
    ARENA_PUSH(map->words.arena, map->values, count, map->capacity, value);
}

bool word_map_find(const struct word_map *map, struct text word, int64_t *value)
{
    uint32_t index;
    if (!intern_find(&map->words, word, &index)) return false;
    *value = map->values[index];
    return true;
}

void cell_locate(struct loader *loader, struct finding *finding, const struct cell_place *place, struct text cell)
{
    if (!finding) return;
    finding->data = (struct data_place){.file = place->file, .line = place->line, .column = place->column};
    finding->data.value = arena_text(loader->arena, utf8_cut(cell, VALUE_BYTES)); /* the cell's bytes are the batch's */
}

/* ---- yes and no ---- */

/* Equal but for the case of Latin letters; `word` is lower case. */
static bool is_word(struct text text, const char *word)
{
    size_t i = 0;
    for (; i < text.len && word[i]; i++) {
        char c = text.at[i];
        if (c >= 'A' && c <= 'Z') c = (char)(c - 'A' + 'a');
        if (c != word[i]) return false;
    }
    return i == text.len && !word[i];
}

static bool is_one_of(struct text text, const char *const *words)
{
    while (*words && !is_word(text, *words)) words++;
    return *words != NULL;
}

static enum cell_state read_bool(struct loader *loader, const struct field_schema *field, const struct cell_place *place,
                                 struct text cell, int64_t *value)
{
    static const char *const YES[] = {"yes", "是", "true", NULL}, *const NO[] = {"no", "否", "false", NULL}; /* true: of formats with types */
    static const char *const NA[] = {"na", "不涉及", NULL};
    static const char *const MEANS_YES[] = {"有", "√", "✓", "✔", NULL}, *const MEANS_NO[] = {"无", "没有", "×", "✗", "✘", NULL};
    static const char *const LIKE_YES[] = {"y", "1", "对", "已", NULL};
    static const char *const LIKE_NO[] = {"n", "0", "x", "错", "未", "不是", NULL};
    bool zh = loader->schema->tongue == TONGUE_ZH;
    static const char *const LIKE_NA[] = {"n/a", "n.a.", "-", "—", "/", "不适用", "无关", NULL};
    bool may_be_na = field->kind == FIELD_BOOL_NA;
    if (is_one_of(cell, YES)) {
        *value = 1;
        return CELL_READ;
    }
    if (is_one_of(cell, NO)) {
        *value = 0;
        return CELL_READ;
    }
    if (is_one_of(cell, MEANS_YES)) {
        *value = 1;
        note_cell(loader, READ_YES, place, cell, zh ? TEXT("是") : TEXT("yes"));
        return CELL_READ;
    }
    if (is_one_of(cell, MEANS_NO)) {
        *value = 0;
        note_cell(loader, READ_NO, place, cell, zh ? TEXT("否") : TEXT("no"));
        return CELL_READ;
    }
    if (is_one_of(cell, NA)) {
        *value = 2;
        if (may_be_na) return CELL_READ;
        CELL_FIND(loader, D_CELL_NA_UNWANTED, place, cell);
    } else if (is_one_of(cell, LIKE_YES)) {
        CELL_FIND(loader, D_CELL_YES_MEANT, place, cell);
    } else if (is_one_of(cell, LIKE_NO)) {
        CELL_FIND(loader, D_CELL_NO_MEANT, place, cell);
    } else if (is_one_of(cell, LIKE_NA)) {
        CELL_FIND(loader, may_be_na ? D_CELL_NA_MEANT : D_CELL_NA_UNWANTED, place, cell);
    } else {
        CELL_FIND(loader, may_be_na ? D_CELL_YES_NO_NA : D_CELL_YES_NO, place, cell);
    }
    return CELL_WRONG;
}

/* ---- names ---- */

static enum cell_state read_list(struct loader *loader, const struct field_schema *field, const struct cell_place *place,
                                 struct text cell, int64_t *value)
{
    const struct list_schema *list = &loader->schema->lists[field->list];
    if (word_map_find(&loader->lists[field->list], cell, value)) return CELL_READ;
    char room[LIMIT_NAME_BYTES * 2];
    struct text plain = cell.len <= sizeof room ? text_plain(cell, room) : cell;
    if (word_map_find(&loader->lists[field->list], plain, value)) {
        note_cell(loader, READ_BLANKS, place, cell, plain);
        return CELL_READ;
    }
    if (loader->muted || findings_full(loader->problems)) {
        CELL_FIND(loader, D_CELL_LIST, place, cell);
        return CELL_WRONG;
    }
    struct suggest suggest;
    suggest_start(&suggest, cell);
    struct text *shown = ARENA_ARRAY(loader->arena, struct text, list->count);
    for (uint32_t i = 0; i < list->count; i++) {
        shown[i] = text_shown(list->values[i], list->headings[i]);
        suggest_offer(&suggest, shown[i]);
        if (list->headings[i].len) suggest_offer(&suggest, list->values[i]);
    }
    struct text near = suggest_result(&suggest), all = text_list(loader->arena, shown, list->count, LIST_SHOWN);
    CELL_FIND(loader, near.len ? D_CELL_LIST_NEAR : D_CELL_LIST, place, cell, all, near);
    return CELL_WRONG;
}

struct text part_plain(struct text text, char *room)
{
    static const struct text BEFORE[] = { /* the longer before those they begin with */
        {"section", 7}, {"item", 4}, {"bonus", 5}, {"加分项", 9}, {"加分", 6}, {"考核项", 9}, {"项目", 6}, {"条目", 6},
        {"部分", 6}, {"大项", 6}, {"小项", 6}, {"指标", 6}, {"第", 3}, {"项", 3},
    };
    static const struct text BEHIND[] = {{"部分", 6}, {"大项", 6}, {"小项", 6}, {"项", 3}, {"条", 3}};
    text = utf8_trim(text);
    for (size_t i = 0; i < sizeof BEFORE / sizeof *BEFORE; i++) {
        struct text word = BEFORE[i], head = {text.at, word.len};
        bool latin = word.at[0] >= 'a' && word.at[0] <= 'z';
        if (text.len <= word.len || !(latin ? is_word(head, word.at) : text_equal(head, word))) continue;
        text.at += word.len;
        text.len -= word.len;
        break;
    }
    for (size_t i = 0; i < sizeof BEHIND / sizeof *BEHIND; i++) {
        struct text word = BEHIND[i];
        if (text.len <= word.len || memcmp(text.at + text.len - word.len, word.at, word.len) != 0) continue;
        text.len -= word.len;
        break;
    }
    text = utf8_trim(text);
    size_t len = 0;
    for (size_t at = 0, bytes; at < text.len; at += bytes) {
        uint32_t c = utf8_at(text, at, &bytes);
        if (c >= 0xFF01 && c <= 0xFF5E) {
            room[len++] = (char)(c - 0xFEE0);
        } else {
            memcpy(room + len, text.at + at, bytes);
            len += bytes;
        }
    }
    return (struct text){room, len};
}

static enum cell_state read_part(struct loader *loader, const struct field_schema *field, const struct cell_place *place,
                                 struct text cell, int64_t *value)
{
    char room[PART_BYTES];
    if (cell.len <= sizeof room && word_map_find(&loader->parts, part_plain(cell, room), value)) {
        if (field->passed && field->passed[*value])
            note_cell(loader, READ_FOR_NOBODY, place, cell, loader->schema->parts[*value]);
        return CELL_READ;
    }
    CELL_FIND(loader, D_PART_UNKNOWN, place, cell, loader->schema->part_count ? loader->schema->parts[0] : TEXT_NONE);
    return CELL_WRONG;
}

/* ---- one cell ---- */

const struct field_schema *key_field(const struct schema *schema, const struct field_schema *field)
{
    /* The scheme cannot make a key out of itself; should it, the last field met is as good as any. */
    for (uint32_t i = 0; i <= schema->table_count; i++) {
        if (field->kind != FIELD_REF && field->kind != FIELD_UNIT) return field;
        const struct table_schema *target = &schema->tables[field->kind == FIELD_UNIT ? 0 : field->table];
        field = &target->fields[target->key];
    }
    return field;
}

/* A trimmed cell that is not blank. `field` is a key_field. */
static enum cell_state read_trimmed(struct loader *loader, const struct field_schema *field, const struct cell_place *place,
                                    struct text cell, bool keep, int64_t *value)
{
    switch (field->kind) {
    case FIELD_TEXT:
        *value = keep ? intern_put(&loader->texts, cell) : 0;
        return CELL_READ;
    case FIELD_BOOL:
    case FIELD_BOOL_NA: return read_bool(loader, field, place, cell, value);
    case FIELD_NUMBER: return number_read(loader, field, place, cell, value);
    case FIELD_DATE: return date_read(loader, place, cell, value);
    case FIELD_LIST: return read_list(loader, field, place, cell, value);
    case FIELD_PART: return read_part(loader, field, place, cell, value);
    case FIELD_REF:
    case FIELD_UNIT: break; /* a key made of itself; see key_field */
    }
    return CELL_WRONG;
}

static enum cell_state blank(struct loader *loader, const struct field_schema *field, const struct cell_place *place)
{
    if (field->optional) return CELL_BLANK;
    CELL_FIND(loader, D_CELL_BLANK, place, TEXT_NONE);
    return CELL_WRONG;
}

enum cell_state cell_read(struct loader *loader, const struct field_schema *field, const struct cell_place *place,
                          struct text cell, int64_t *value)
{
    cell = utf8_trim(cell);
    if (!cell.len) return blank(loader, field, place);
    return read_trimmed(loader, key_field(loader->schema, field), place, cell, true, value);
}

enum cell_state cell_read_key(struct loader *loader, uint32_t table, const struct cell_place *place, struct text cell,
                              int64_t *value)
{
    const struct table_schema *target = &loader->schema->tables[table];
    const struct field_schema *field = key_field(loader->schema, &target->fields[target->key]);
    cell = utf8_trim(cell);
    if (!cell.len) {
        CELL_FIND(loader, D_KEY_BLANK, place, TEXT_NONE);
        return CELL_WRONG;
    }
    if (field->kind != FIELD_TEXT) return read_trimmed(loader, field, place, cell, true, value);
    uint32_t index;
    *value = intern_find(&loader->texts, cell, &index) ? (int64_t)index : -1;
    return CELL_READ;
}

/* Digits alone, few enough that nothing can overflow: the most frequent number by far. */
static inline bool quick_number(const struct field_schema *field, struct text cell, int64_t *value)
{
    if (cell.len > QUICK_DIGITS || field->places || field->percent) return false;
    int64_t number = 0;
    for (size_t i = 0; i < cell.len; i++) {
        unsigned digit = (unsigned)(cell.at[i] - '0');
        if (digit > 9) return false;
        number = number * 10 + digit;
    }
    *value = number;
    return true;
}

void cells_read(struct loader *loader, const struct field_schema *field, const struct cell_run *run)
{
    const struct field_schema *inner = key_field(loader->schema, field);
    bool is_reference = inner != field, number = inner->kind == FIELD_NUMBER;
    bool keep = run->keep || is_reference;
    struct cell_place place = {.file = run->file, .column = run->column};
    struct text last = TEXT_NONE; /* the cell before, if it was right: columns repeat themselves */
    int64_t last_value = 0;

    for (uint32_t i = 0; i < run->rows; i++) {
        if (run->skip[i]) continue;
        struct text cell = utf8_trim(run->cells[(size_t)i * run->stride]);
        if (cell.len && text_equal(cell, last)) {
            run->values[i] = last_value;
            run->states[i] = CELL_READ;
            continue;
        }
        place.line = run->lines[i];
        enum cell_state state;
        uint64_t notes = loader->notes_made;
        if (!cell.len) state = blank(loader, field, &place);
        else if (number && quick_number(inner, cell, &run->values[i]))
            state = number_check(loader, inner, &place, cell, run->values[i]);
        else state = read_trimmed(loader, inner, &place, cell, keep, &run->values[i]);
        run->states[i] = (uint8_t)state;
        if (state == CELL_READ && loader->notes_made == notes) {
            last = cell;
            last_value = run->values[i];
        }
    }
}

struct text cell_spell(struct loader *loader, const struct field_schema *field, int64_t value)
{
    const struct schema *schema = loader->schema;
    switch (field->kind) {
    case FIELD_TEXT: return loader->texts.texts[value];
    case FIELD_BOOL:
    case FIELD_BOOL_NA: return schema->tongue == TONGUE_ZH ? (value == 2 ? TEXT("不涉及") : value ? TEXT("是") : TEXT("否"))
                                                           : (value == 2 ? TEXT("na") : value ? TEXT("yes") : TEXT("no"));
    case FIELD_NUMBER: return number_spell(loader, field, value);
    case FIELD_DATE: return date_spell(loader, value);
    case FIELD_LIST: return text_shown(schema->lists[field->list].values[value], schema->lists[field->list].headings[value]);
    case FIELD_PART: return schema->parts[value];
    case FIELD_REF:
    case FIELD_UNIT: break;
    }
    return TEXT_NONE;
}
