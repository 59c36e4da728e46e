/* What is meant by cells in other characters: full-width digits, blanks within names, ticks and crosses.
 *
 * In: a cell that is not as the manual wants it, but can mean one thing alone. Out: what it means, and a notice for
 * each column with the first such cell and their number.
 * Decision: only what cannot be misread is put right, and never without a word; a name is taken for another only if
 * they differ in blanks and width alone and no third is like them. Cost: a table of the keys so spelled, made when the
 * first key is missed.
 */
#include "load.h"

#include "limits.h"
#include "utf8.h"

enum { AS_BYTES = 200, PLAIN_MOST = 4096 };
#define AMBIGUOUS UINT32_MAX

/* ---- notes ---- */

void note_cell(struct loader *loader, enum reading_kind kind, const struct cell_place *place, struct text cell,
               struct text as)
{
    if (loader->muted) return;
    loader->notes_made++;
    if (loader->quick) return;
    for (size_t i = loader->note_count; i-- > 0;) {
        struct cell_note *note = &loader->notes[i];
        if (note->kind != kind || !text_equal(note->column, place->column) || !text_equal(note->file, place->file)) continue;
        note->count++;
        return;
    }
    struct cell_note note = {.kind = kind, .file = place->file, .column = place->column, .line = place->line, .count = 1};
    note.value = arena_text(loader->arena, utf8_cut(cell, AS_BYTES));
    note.as = arena_text(loader->arena, utf8_cut(as, AS_BYTES));
    ARENA_PUSH(loader->arena, loader->notes, loader->note_count, loader->note_capacity, note);
}

void notes_report(struct loader *loader)
{
    for (size_t i = 0; i < loader->note_count; i++) {
        const struct cell_note *note = &loader->notes[i];
        bool many = note->count > 1;
        enum diag_code code = note->kind == READ_FOR_NOBODY ? (many ? D_CELLS_FOR_NOBODY : D_CELL_FOR_NOBODY)
                                                            : (many ? D_CELLS_READ_AS : D_CELL_READ_AS);
        struct finding *finding =
            FIND(loader->problems, code, SPAN_NONE, note->as, text_of_number(loader->arena, note->count));
        if (finding) finding->data = (struct data_place){note->file, note->line, note->column, note->value};
    }
    loader->note_count = 0;
}

/* ---- plain characters ---- */

bool has_wide(struct text text)
{
    for (size_t i = 0; i + 2 < text.len; i++) {
        unsigned char a = (unsigned char)text.at[i], b = (unsigned char)text.at[i + 1];
        if (a == 0xEF && (b == 0xBC || b == 0xBD)) return true;                           /* U+FF01… */
        if (a == 0xE2 && b == 0x88 && (unsigned char)text.at[i + 2] == 0x92) return true; /* the sign minus */
    }
    return false;
}

struct text text_plain(struct text text, char *room)
{
    size_t len = 0;
    for (size_t at = 0, bytes; at < text.len; at += bytes) {
        uint32_t c = utf8_at(text, at, &bytes);
        if (c == ' ' || (c >= '\t' && c <= '\r') || c == 0xA0 || c == 0x3000 || utf8_is_unseen(c)) continue;
        if (c >= 0xFF01 && c <= 0xFF5E) {
            room[len++] = (char)(c - 0xFEE0);
        } else if (c == 0x2212) {
            room[len++] = '-';
        } else {
            memcpy(room + len, text.at + at, bytes);
            len += bytes;
        }
    }
    return (struct text){room, len};
}

/* ---- keys ---- */

/* The table's keys in plain spelling; two that are alike so are AMBIGUOUS. */
static struct word_map *plain_keys(struct loader *loader, uint32_t target)
{
    struct table_state *table = &loader->tables[target];
    if (table->plain) return table->plain;
    table->plain = ARENA_NEW(loader->arena, struct word_map);
    intern_init(&table->plain->words, loader->arena);
    const struct keymap *keys = table_keys(loader, target);
    for (size_t i = 0; i <= keys->mask; i++) {
        const struct keymap_slot *slot = &keys->slots[i];
        if (!slot->line) continue;
        char room[PLAIN_MOST];
        struct text text = loader->texts.texts[slot->key];
        struct text plain = text.len <= sizeof room ? text_plain(text, room) : text;
        int64_t before;
        if (!plain.len) continue;
        if (!word_map_find(table->plain, plain, &before)) {
            word_map_add(table->plain, plain, (uint32_t)slot->key);
        } else if (before != slot->key) { /* the same text under several units is no matter */
            uint32_t index;
            intern_find(&table->plain->words, plain, &index);
            table->plain->values[index] = AMBIGUOUS;
        }
    }
    return table->plain;
}

const struct keymap_slot *key_find(struct loader *loader, uint32_t target, uint32_t unit, const struct cell_place *place,
                                   struct text cell, int64_t key)
{
    const struct keymap *keys = table_keys(loader, target);
    const struct keymap_slot *slot = keymap_find(keys, unit, key);
    const struct table_schema *table = &loader->schema->tables[target];
    const struct field_schema *field = key_field(loader->schema, &table->fields[table->key]);
    cell = utf8_trim(cell);
    if (slot || loader->quick || field->kind != FIELD_TEXT || cell.len > PLAIN_MOST) return slot;
    if (!keys->count) return NULL;
    char room[PLAIN_MOST];
    int64_t meant;
    if (!word_map_find(plain_keys(loader, target), text_plain(cell, room), &meant) || meant == AMBIGUOUS) return NULL;
    slot = keymap_find(keys, unit, meant);
    if (slot) note_cell(loader, READ_BLANKS, place, cell, loader->texts.texts[meant]);
    return slot;
}
