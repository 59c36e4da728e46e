/* Keys that point to rows: columns of type `unit` or of another table.
 *
 * In: columns that hold keys as they were written. Out: the same columns, holding rows.
 * Decision: all references wait until every table is read, so that any table may point to any other, itself included.
 * Cost: one more pass over those columns, and a foreign key's text is kept even when it is wrong.
 */
#include "load.h"

#include "suggest.h"

#include <assert.h>

uint32_t key_scope(const struct table_schema *table, uint32_t unit)
{
    return table->parent == NO_INDEX ? KEYMAP_NO_UNIT : unit;
}

struct keymap *table_keys(struct loader *loader, uint32_t table)
{
    struct table_state *state = &loader->tables[table];
    if (!state->keys_later) return &state->keys;
    const struct table_data *data = &loader->out->tables[table];
    const struct column *key = &data->columns[loader->schema->tables[table].key];
    state->keys_later = false;
    keymap_init(&state->keys, loader->arena, 0);
    for (uint32_t row = 0; row < data->rows; row++) {
        struct keymap_slot fresh = {.key = key->values[row], .unit = KEYMAP_NO_UNIT, .row = row, .line = data->line[row]};
        keymap_put(&state->keys, fresh);
    }
    return &state->keys;
}

/* How the table calls the row that is nearest to a wrong key. */
static struct text near_key(struct loader *loader, uint32_t target, uint32_t unit, struct text cell)
{
    const struct table_schema *table = &loader->schema->tables[target];
    const struct field_schema *field = key_field(loader->schema, &table->fields[table->key]);
    const struct keymap *keys = table_keys(loader, target);
    if (field->kind != FIELD_TEXT || keys->mask >= loader->comparisons) return TEXT_NONE;
    loader->comparisons -= keys->mask + 1;
    struct suggest suggest;
    suggest_start(&suggest, cell);
    for (size_t i = 0; i <= keys->mask; i++) {
        const struct keymap_slot *slot = &keys->slots[i];
        if (slot->line && slot->unit == unit) suggest_offer(&suggest, loader->texts.texts[slot->key]);
    }
    return suggest_result(&suggest);
}

void report_unknown(struct loader *loader, uint32_t target, uint32_t unit, const struct cell_place *place, struct text cell)
{
    const struct schema *schema = loader->schema;
    const struct table_schema *table = &schema->tables[target];
    if (loader->muted || loader->tables[target].incomplete) return; /* what made it incomplete has been reported */
    if (findings_full(loader->problems)) {
        CELL_FIND(loader, D_REF_UNKNOWN, place, cell);
        return;
    }
    struct text name = text_shown(table->name, table->heading), near = near_key(loader, target, unit, cell);
    if (target == 0) {
        CELL_FIND(loader, near.len ? D_UNIT_UNKNOWN_NEAR : D_UNIT_UNKNOWN, place, cell, name, near);
    } else if (near.len || unit == KEYMAP_NO_UNIT) {
        CELL_FIND(loader, near.len ? D_REF_UNKNOWN_NEAR : D_REF_UNKNOWN, place, cell, name, near);
    } else {
        const struct table_schema *units = &schema->tables[0];
        const struct field_schema *field = &units->fields[units->key];
        const struct column *keys = &loader->out->tables[0].columns[units->key];
        bool spoken = key_field(schema, field) == field && !(keys->blank && keys->blank[unit]);
        struct text owner = spoken ? cell_spell(loader, field, keys->values[unit]) : TEXT_NONE;
        CELL_FIND(loader, D_REF_UNKNOWN_OF_UNIT, place, cell, name, owner);
    }
}

static void report_left_out(struct loader *loader, uint32_t target, const struct cell_place *place, struct text cell)
{
    const struct table_schema *table = &loader->schema->tables[target];
    CELL_FIND(loader, D_REF_LEFT_OUT, place, cell, text_shown(table->name, table->heading));
}

/* One column. `written`: the keys; they are replaced by rows in `rows`, which may be the same array. */
static void resolve_column(struct loader *loader, uint32_t t, uint32_t f, const int64_t *written, int64_t *rows)
{
    const struct schema *schema = loader->schema;
    const struct table_data *data = &loader->out->tables[t];
    const struct field_schema *field = &schema->tables[t].fields[f], *key = key_field(schema, field);
    const struct column *column = &data->columns[f];
    uint32_t target = field->kind == FIELD_UNIT ? 0 : field->table;
    const struct keymap *keys = table_keys(loader, target);
    bool of_unit = schema->tables[target].parent != NO_INDEX;
    assert((!of_unit || t == 0 || data->unit) && "rows of no unit cannot point to rows of one");

    int64_t last_key = 0;
    uint32_t last_unit = 0, last_row = KEYMAP_LEFT_OUT; /* LEFT_OUT: nothing yet */
    for (uint32_t r = 0; r < data->rows; r++) {
        if (column->blank && column->blank[r]) continue;
        uint32_t unit = !of_unit ? KEYMAP_NO_UNIT : t == 0 ? r : data->unit[r];
        int64_t value = written[r];
        if (of_unit && unit == UINT32_MAX) continue; /* its unit is unknown, and reported */
        if (last_row != KEYMAP_LEFT_OUT && value == last_key && unit == last_unit) {
            rows[r] = last_row;
            continue;
        }
        const struct keymap_slot *slot = keymap_find(keys, unit, value);
        if (slot && !keymap_is_left(slot->row)) {
            last_key = value;
            last_unit = unit;
            rows[r] = last_row = slot->row;
            continue;
        }
        struct cell_place place = {data->file, data->line[r], loader->tables[t].headings[f]};
        struct text cell = cell_spell(loader, key, value);
        if (!slot) slot = key_find(loader, target, unit, &place, cell, value);
        if (slot && !keymap_is_left(slot->row)) {
            rows[r] = slot->row;
            continue;
        }
        if (loader->tables[target].incomplete && !slot) continue;
        if (slot)
            report_left_out(loader, target, &place, cell);
        else
            report_unknown(loader, target, unit, &place, cell);
    }
}

void references_resolve(struct loader *loader)
{
    const struct schema *schema = loader->schema;
    for (uint32_t t = 0; t < schema->table_count; t++) {
        const struct table_schema *table = &schema->tables[t];
        struct table_data *data = &loader->out->tables[t];
        for (uint32_t f = 0; f < table->field_count; f++) {
            const struct field_schema *field = &table->fields[f];
            if (field->kind != FIELD_REF && field->kind != FIELD_UNIT) continue;
            struct column *column = &data->columns[f];
            if (!column->values) continue;
            resolve_column(loader, t, f, column->values, column->values);
            if (!field->wanted && (int32_t)f != table->key) column->values = NULL;
        }
    }
    notes_report(loader);
}
