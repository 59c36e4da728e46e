/* One table in: rows in batches, the period, owners, keys.
 *
 * In: a table of the schema and its file. Out: its columns in the dataset, its keys in the loader; or, of a table that is
 * streamed, one batch of columns at a time (load_intake.h).
 * Decision: a batch is taken column by column, after a first look decides which of its rows count, so that each parser
 * runs over one kind of cell in a tight loop. Cost: findings come out of order and are sorted at the end.
 */
#include "load_fast.h"

#include "calendar.h"
#include "utf8.h"

enum { GROWTH = 16 };

static bool is_reference(const struct field_schema *field) { return field->kind == FIELD_REF || field->kind == FIELD_UNIT; }

static struct text heading_at(const struct intake *in, int32_t column)
{
    uint32_t count;
    return source_table_headings(in->source, &count)[column];
}

/* ---- columns ---- */

static bool match_columns(struct intake *in)
{
    struct loader *loader = in->loader;
    const struct table_schema *tables = loader->schema->tables, *table = in->schema;
    uint32_t fields = table->field_count, count = 0;
    struct wanted_column *wanted = ARENA_ARRAY(loader->arena, struct wanted_column, (size_t)fields + 2);
    bool of_unit = table_of_units(table), of_row = table->parent > 0;
    if (of_unit) {
        const struct field_schema *key = &tables[0].fields[tables[0].key];
        wanted[count++] = (struct wanted_column){.name = key->name, .heading = key->heading};
        if (table->results) wanted[0].others = "unit|对象|考核对象"; /* as `run --record` heads it */
    }
    if (of_row) {
        const struct field_schema *key = &tables[table->parent].fields[tables[table->parent].key];
        wanted[count++] = (struct wanted_column){.name = key->name, .heading = key->heading};
    }
    uint32_t first = count;
    for (uint32_t f = 0; f < fields; f++) {
        const struct field_schema *field = &table->fields[f];
        /* a results column that the scheme reads must be there: blank throughout would be taken for "never" */
        bool optional =
            field->optional && (int32_t)f != table->by && (int32_t)f != table->key && !(table->results && field->wanted);
        struct wanted_column *column = &wanted[count++];
        *column = (struct wanted_column){.name = field->name, .heading = field->heading, .optional = optional};
        if (!table->results) continue;
        /* the heading is the other tongue's word, read but not said; what nobody reads need not be there */
        column->heading = TEXT_NONE;
        column->others = arena_print(loader->arena, "%.*s", TEXT_ARG(field->heading)).at;
        column->silent = optional;
    }
    if (!columns_match(loader, in->source, wanted, count)) return false;
    in->unit_column = of_unit ? wanted[0].column : NO_INDEX;
    in->parent_column = of_row ? wanted[1].column : NO_INDEX;
    in->columns = ARENA_ARRAY(loader->arena, int32_t, fields);
    in->load->headings = ARENA_ARRAY(loader->arena, struct text, fields);
    for (uint32_t f = 0; f < fields; f++) {
        in->columns[f] = wanted[first + f].column;
        if (in->columns[f] != NO_INDEX) in->load->headings[f] = heading_at(in, in->columns[f]);
    }
    return true;
}

/* Whether the values of a field are kept: references even when nobody wants them, until they have been resolved. */
static bool is_kept(const struct intake *in, uint32_t field)
{
    const struct field_schema *f = &in->schema->fields[field];
    return in->columns[field] != NO_INDEX && (f->wanted || (int32_t)field == in->schema->key || is_reference(f));
}

/* ---- room ---- */

static void grow_to(struct intake *in, size_t rows, size_t capacity)
{
    struct arena *arena = in->loader->arena;
    struct table_data *data = in->data;
    for (uint32_t f = 0; f < in->schema->field_count; f++) {
        struct column *column = &data->columns[f];
        if (is_kept(in, f)) column->values = arena_regrow(arena, column->values, rows, capacity, sizeof *column->values);
        if (column->blank) column->blank = arena_regrow(arena, column->blank, rows, capacity, 1);
    }
    data->line = arena_regrow(arena, data->line, rows, capacity, sizeof *data->line);
    if (table_of_units(in->schema)) data->unit = arena_regrow(arena, data->unit, rows, capacity, sizeof *data->unit);
    if (in->schema->parent > 0) data->parent = arena_regrow(arena, data->parent, rows, capacity, sizeof *data->parent);
    in->capacity = capacity;
}

/* Room for `more` rows behind those there are. The source's guess is believed in steps, so that a file whose first rows
 * are unlike the rest cannot make us take memory out of all proportion. */
void intake_reserve(struct intake *in, uint32_t more)
{
    size_t rows = in->data->rows, need = rows + more;
    if (need <= in->capacity) return;
    uint64_t hint = in->expected ? in->expected : source_table_rows_hint(in->source);
    size_t least = in->capacity * 2 > need ? in->capacity * 2 : need;
    size_t most = in->capacity * GROWTH > need ? in->capacity * GROWTH : need;
    size_t capacity = hint > most ? most : hint < least ? least : (size_t)hint;
    if (hint >= need && hint < least) capacity = (size_t)hint;
    grow_to(in, rows, capacity);
}

/* ---- a batch: which rows count ---- */

static struct cell_place place_of(const struct intake *in, uint32_t lane, int32_t column)
{
    return (struct cell_place){in->file, in->batch->lines[lane], heading_at(in, column)};
}

static struct text cell_of(const struct intake *in, uint32_t lane, int32_t column)
{
    return in->batch->cells[(size_t)lane * in->batch->columns + (size_t)column];
}

static void skip_empty(struct intake *in)
{
    const struct source_batch *batch = in->batch;
    for (uint32_t i = 0; i < batch->rows; i++) {
        const struct text *cells = batch->cells + (size_t)i * batch->columns;
        uint32_t c = 0;
        while (c < batch->columns && utf8_trim(cells[c]).len == 0) c++;
        in->lanes->skip[i] = c == batch->columns ? LANE_EMPTY : LANE_USED;
    }
}

static void read_column(struct intake *in, uint32_t field, bool keep, int64_t *values, uint8_t *states)
{
    int32_t column = in->columns[field];
    struct cell_run run = {
        .cells = in->batch->cells + column,
        .lines = in->batch->lines,
        .skip = in->lanes->skip,
        .rows = in->batch->rows,
        .stride = in->batch->columns,
        .file = in->file,
        .column = heading_at(in, column),
        .keep = keep,
        .values = values,
        .states = states,
    };
    cells_read(in->loader, &in->schema->fields[field], &run);
}

/* The date that must fall in the period. */
static void look_at_dates(struct intake *in)
{
    struct loader *loader = in->loader;
    const struct schema *schema = loader->schema;
    int32_t by = in->schema->by;
    int64_t first = in->schema->has_from ? in->schema->from : schema->carry_from;
    if (by == NO_INDEX) return;
    read_column(in, (uint32_t)by, true, in->lanes->dates, in->lanes->date_states);
    for (uint32_t i = 0; i < in->batch->rows; i++) {
        if (in->lanes->skip[i]) continue;
        struct cell_place place = place_of(in, i, in->columns[by]);
        struct text cell = cell_of(in, i, in->columns[by]);
        char room[16];
        if (in->lanes->date_states[i] == CELL_BLANK) {
            CELL_FIND(loader, D_CELL_BLANK, &place, TEXT_NONE); /* optional or not: without it nobody knows the period */
            in->lanes->date_states[i] = CELL_WRONG;
        }
        if (in->lanes->date_states[i] != CELL_READ || !schema->has_period) continue;
        if (in->lanes->dates[i] > schema->period_to)
            in->lanes->skip[i] = LANE_AFTER;
        else if (in->lanes->dates[i] < first && schema->earlier_counted) {
            in->lanes->skip[i] = LANE_EARLIER;
        } else if (in->lanes->dates[i] < first)
            CELL_FIND(loader, D_DATE_BEFORE, &place, cell, date_format(first, room));
    }
}

static bool is_left(const struct intake *in, uint32_t lane) { return in->lanes->skip[lane] >= LANE_AFTER; }

/* Leaves a row to the period of its owner, whose row in the keys is one of those that are left. */
static void leave(struct intake *in, uint32_t lane, uint32_t owner)
{
    if (!is_left(in, lane)) in->lanes->skip[lane] = owner == KEYMAP_LEFT_EARLIER ? LANE_EARLIER : LANE_AFTER;
}

/* The row of the unit whose key stands in a cell, or NOT_USED. A unit that is left for the next period takes its rows
 * along. */
static uint32_t unit_of(struct intake *in, uint32_t lane)
{
    struct loader *loader = in->loader;
    struct text cell = cell_of(in, lane, in->unit_column);
    if (cell.len && text_equal(cell, in->last_unit)) return in->last_unit_row;
    struct cell_place place = place_of(in, lane, in->unit_column);
    int64_t key;
    if (cell_read_key(loader, 0, &place, cell, &key) != CELL_READ) return NOT_USED;
    if (loader->quick) { /* its key is there as it is written, or the row is odd */
        uint32_t row = key >= 0 && key < loader->unit_texts ? loader->unit_of_text[key] : NOT_USED;
        if (row == NOT_USED) CELL_FIND(loader, D_UNIT_UNKNOWN, &place, cell, TEXT_NONE, TEXT_NONE);
        return row;
    }
    uint64_t notes = loader->notes_made;
    const struct keymap_slot *slot = key_find(loader, 0, KEYMAP_NO_UNIT, &place, cell, key);
    if (!slot) {
        report_unknown(loader, 0, KEYMAP_NO_UNIT, &place, cell);
        return NOT_USED;
    }
    if (keymap_is_left(slot->row)) {
        leave(in, lane, slot->row);
        return NOT_USED;
    }
    if (loader->notes_made != notes) return slot->row; /* the next such cell is noted, too */
    in->last_unit = cell;
    in->last_unit_row = slot->row;
    return slot->row;
}

/* The row of the parent, or NOT_USED; a parent that is left for the next period takes its rows along. */
static uint32_t parent_of(struct intake *in, uint32_t lane)
{
    struct loader *loader = in->loader;
    uint32_t table = (uint32_t)in->schema->parent, unit = in->lanes->unit[lane];
    if (unit == NOT_USED) return NOT_USED; /* the same key may stand in several units */
    struct cell_place place = place_of(in, lane, in->parent_column);
    struct text cell = cell_of(in, lane, in->parent_column);
    int64_t key;
    if (cell_read_key(loader, table, &place, cell, &key) != CELL_READ) return NOT_USED;
    const struct keymap_slot *slot = key_find(loader, table, unit, &place, cell, key);
    if (!slot) {
        report_unknown(loader, table, unit, &place, cell);
        return NOT_USED;
    }
    if (keymap_is_left(slot->row)) leave(in, lane, slot->row);
    return slot->row;
}

static void look_at_owners(struct intake *in)
{
    if (!table_of_units(in->schema)) return;
    in->last_unit = TEXT_NONE; /* it pointed into the batch before */
    for (uint32_t i = 0; i < in->batch->rows; i++) {
        if (in->lanes->skip[i] == LANE_EMPTY) continue;
        in->loader->muted = is_left(in, i); /* its owner is only wanted for its key */
        in->lanes->unit[i] = unit_of(in, i);
        if (in->schema->parent > 0) in->lanes->parent[i] = parent_of(in, i);
    }
    in->loader->muted = false;
}

/* Keeps for a list that a row is left to another period. */
static void put_aside(struct intake *in, uint32_t lane)
{
    struct loader *loader = in->loader;
    int32_t by = in->schema->by, owner = in->unit_column;
    if (in->index == 0) owner = in->columns[in->schema->key];
    bool dated = by != NO_INDEX && in->lanes->date_states[lane] == CELL_READ;
    int64_t first = in->schema->has_from ? in->schema->from : loader->schema->carry_from;
    struct aside_row row = {.table = in->index, .line = in->batch->lines[lane], .dated = dated, .why = ASIDE_OWNER};
    if (dated) row.date = in->lanes->dates[lane];
    if (dated && row.date > loader->schema->period_to) row.why = ASIDE_LATER;
    if (dated && row.date < first) row.why = ASIDE_EARLIER;
    struct text unit = owner == NO_INDEX ? TEXT_NONE : utf8_trim(cell_of(in, lane, owner));
    data_put_aside(loader, row, unit);
}

static uint32_t assign_rows(struct intake *in)
{
    struct loader *loader = in->loader;
    uint32_t used = 0;
    for (uint32_t i = 0; i < in->batch->rows; i++) {
        in->lanes->target[i] = NOT_USED;
        if (in->lanes->skip[i] == LANE_EMPTY) continue;
        loader->out->rows_read++;
        if (in->lanes->skip[i] == LANE_AFTER) {
            if (in->after++ == 0) in->after_line = in->batch->lines[i];
            loader->out->rows_after++;
        } else if (in->lanes->skip[i] == LANE_EARLIER) {
            if (in->earlier++ == 0) in->earlier_line = in->batch->lines[i];
            loader->out->rows_earlier++;
        } else {
            in->lanes->target[i] = in->data->rows + used++;
        }
        if (loader->keeps_aside && is_left(in, i)) put_aside(in, i);
    }
    loader->out->rows_used += used;
    return used;
}

/* ---- a batch: its cells ---- */

static void set_blank(struct intake *in, uint32_t field, uint32_t row, uint8_t how)
{
    struct column *column = &in->data->columns[field];
    if (!column->blank) column->blank = arena_take(in->loader->arena, in->capacity, 1);
    column->blank[row] = how;
}

static void store_column(struct intake *in, uint32_t field, const int64_t *values, const uint8_t *states)
{
    struct column *column = &in->data->columns[field];
    bool kept = is_kept(in, field);
    for (uint32_t i = 0; i < in->batch->rows; i++) {
        uint32_t row = in->lanes->target[i];
        if (row == NOT_USED) continue;
        if (states[i] == CELL_READ) {
            if (kept) column->values[row] = values[i];
        } else if (kept) {
            column->values[row] = 0;
            bool allowed = states[i] == CELL_BLANK && in->schema->fields[field].optional; /* else it has been reported */
            set_blank(in, field, row, allowed ? 1 : CELL_DAMAGED);
        }
    }
}

static void put_key(struct intake *in, uint32_t lane, int64_t key, uint32_t row)
{
    uint32_t line = in->batch->lines[lane], unit = table_of_units(in->schema) ? in->lanes->unit[lane] : KEYMAP_NO_UNIT;
    if (table_of_units(in->schema) && unit == NOT_USED) {
        /* a row of this period whose unit is unknown was reported; one left for the next was not, so rows that name it are
         */
        if (!keymap_is_left(row)) in->load->incomplete = true;
        return;
    }
    struct keymap_slot fresh = {.key = key, .unit = key_scope(in->schema, unit), .row = row, .line = line ? line : 1};
    if (in->load->keys_later) { /* rows that the quick way left to this one */
        if (fast_key_put(in->loader, (uint32_t)key, row)) return;
        struct cell_place place = place_of(in, lane, in->columns[in->schema->key]);
        CELL_FIND(in->loader, D_KEY_TWICE, &place, cell_of(in, lane, in->columns[in->schema->key]), TEXT_NONE);
        return;
    }
    struct keymap_slot *there = keymap_put(&in->load->keys, fresh);
    if (!there || keymap_is_left(row)) return;
    if (keymap_is_left(there->row)) { /* the same key, once in this period and once in the next */
        *there = fresh;
        return;
    }
    int32_t column = in->columns[in->schema->key];
    struct cell_place place = place_of(in, lane, column);
    CELL_FIND(in->loader, D_KEY_TWICE, &place, cell_of(in, lane, column), text_of_number(in->loader->arena, there->line));
}

static void put_keys(struct intake *in)
{
    struct loader *loader = in->loader;
    int32_t key = in->schema->key, column = key == NO_INDEX ? NO_INDEX : in->columns[key];
    if (key == NO_INDEX) return;
    for (uint32_t i = 0; i < in->batch->rows; i++) {
        if (in->lanes->skip[i] == LANE_USED && in->lanes->states[i] == CELL_READ)
            put_key(in, i, in->lanes->values[i], in->lanes->target[i]);
        if (in->lanes->skip[i] == LANE_USED && in->lanes->states[i] != CELL_READ) in->load->incomplete = true;
        if (!is_left(in, i)) continue;
        int64_t value;
        struct cell_place place = place_of(in, i, column);
        loader->muted = true;
        enum cell_state state = cell_read(loader, &in->schema->fields[key], &place, cell_of(in, i, column), &value);
        loader->muted = false;
        if (state == CELL_READ)
            put_key(in, i, value, in->lanes->skip[i] == LANE_EARLIER ? KEYMAP_LEFT_EARLIER : KEYMAP_LEFT_OUT);
    }
}

void intake_take(struct intake *in, const struct source_batch *batch)
{
    struct loader *loader = in->loader;
    if (!loader->lanes) loader->lanes = ARENA_NEW(loader->arena, struct intake_lanes);
    in->lanes = loader->lanes;
    in->batch = batch;
    skip_empty(in);
    look_at_dates(in);
    look_at_owners(in);
    uint32_t used = assign_rows(in);
    intake_reserve(in, used);
    for (uint32_t i = 0; i < batch->rows; i++) {
        uint32_t row = in->lanes->target[i];
        if (row == NOT_USED) continue;
        in->data->line[row] = batch->lines[i];
        if (in->data->unit) in->data->unit[row] = in->lanes->unit[i];
        if (in->data->parent) in->data->parent[row] = in->lanes->parent[i];
    }
    for (uint32_t f = 0; f < in->schema->field_count; f++) {
        if (in->columns[f] == NO_INDEX || (int32_t)f == in->schema->key) continue;
        if ((int32_t)f == in->schema->by) {
            store_column(in, f, in->lanes->dates, in->lanes->date_states);
            continue;
        }
        read_column(in, f, is_kept(in, f), in->lanes->values, in->lanes->states);
        store_column(in, f, in->lanes->values, in->lanes->states);
    }
    if (in->schema->key != NO_INDEX) {
        if (in->schema->key == in->schema->by) {
            memcpy(in->lanes->values, in->lanes->dates, sizeof in->lanes->values);
            memcpy(in->lanes->states, in->lanes->date_states, sizeof in->lanes->states);
        } else {
            read_column(in, (uint32_t)in->schema->key, true, in->lanes->values, in->lanes->states);
        }
        store_column(in, (uint32_t)in->schema->key, in->lanes->values, in->lanes->states);
        put_keys(in);
    }
    in->data->rows += used;
}

/* ---- a table ---- */

/* Room for `more` rows; false after a finding when the table has too many. */
static bool has_room(struct intake *in, uint64_t rows, const struct source_batch *batch)
{
    if (rows <= LIMIT_ROWS - batch->rows) return true;
    struct cell_place place = {.file = in->file, .line = batch->lines[0]};
    CELL_FIND(in->loader, D_DATA_TOO_MANY_ROWS, &place, TEXT_NONE, text_of_number(in->loader->arena, LIMIT_ROWS));
    in->load->incomplete = true;
    return false;
}

/* Optional columns that are not there: blank in every row. */
static void blank_absent(struct intake *in, uint32_t rows)
{
    for (uint32_t f = 0; f < in->schema->field_count; f++) {
        if (in->columns[f] != NO_INDEX || !in->schema->fields[f].wanted || !rows) continue;
        in->data->columns[f].blank = arena_take(in->loader->arena, rows, 1);
        memset(in->data->columns[f].blank, 1, rows);
    }
}

struct intake *intake_open(struct loader *loader, uint32_t index)
{
    const struct table_schema *table = &loader->schema->tables[index];
    struct intake *in = ARENA_NEW(loader->arena, struct intake);
    bool found;
    *in = (struct intake){.loader = loader, .index = index, .schema = table};
    in->data = &loader->out->tables[index];
    in->load = &loader->tables[index];
    in->data->columns = ARENA_ARRAY(loader->arena, struct column, table->field_count);
    keymap_init(&in->load->keys, loader->arena, 0);
    in->load->incomplete = true; /* until it has been read */

    struct text names[] = {table->name, table->heading};
    in->source = source_table_open(loader->source, names, 2, loader->problems, &found);
    in->load->missing = !found;
    if (!in->source) return NULL;
    in->file = in->data->file = source_table_file(in->source);
    if (!match_columns(in)) return NULL;
    in->load->incomplete = false;
    return in;
}

/* A row of sums at the end of the units would be ranked as one of them. */
static void report_sums(struct intake *in)
{
    static const struct text WORDS[] = {{"合计", 6},   {"总计", 6},  {"小计", 6},   {"共计", 6},
                                        {"合　计", 9}, {"合 计", 7}, {"总　计", 9}, {"小　计", 9},
                                        {"Total", 5},  {"TOTAL", 5}, {"total", 5},  {"Subtotal", 8}};
    struct loader *loader = in->loader;
    int32_t key = in->schema->key;
    if (key == NO_INDEX || in->schema->fields[key].kind != FIELD_TEXT) return;
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++) {
        uint32_t index;
        if (!intern_find(&loader->texts, WORDS[i], &index)) continue;
        const struct keymap_slot *slot = keymap_find(table_keys(loader, in->index), KEYMAP_NO_UNIT, index);
        if (!slot || keymap_is_left(slot->row)) continue;
        struct cell_place place = {in->file, slot->line, heading_at(in, in->columns[key])};
        CELL_FIND(loader, D_ROW_OF_SUMS, &place, WORDS[i]);
    }
}

void intake_finish(struct intake *in)
{
    struct loader *loader = in->loader;
    if (source_table_faults(in->source)) in->load->incomplete = true;
    notes_report(loader);
    if (in->index == 0) report_sums(in);
    if (in->index == 0 && in->data->rows == 0 && !source_table_faults(in->source)) {
        struct finding *finding = FIND(loader->problems, D_DATA_NO_UNITS, SPAN_NONE);
        if (finding) finding->data.file = in->file;
    }
    char room[16];
    if (in->after) {
        struct text last = date_format(loader->schema->period_to, room), count = text_of_number(loader->arena, in->after);
        struct finding *finding = FIND(loader->problems, D_ROWS_AFTER, SPAN_NONE, count, last);
        if (finding) finding->data = (struct data_place){.file = in->file, .line = in->after_line};
    }
    if (in->earlier) {
        struct text first = date_format(loader->schema->period_from, room),
                    count = text_of_number(loader->arena, in->earlier);
        struct finding *finding = FIND(loader->problems, D_ROWS_EARLIER, SPAN_NONE, count, first);
        if (finding) finding->data = (struct data_place){.file = in->file, .line = in->earlier_line};
    }
}

void table_load(struct loader *loader, uint32_t index)
{
    struct intake *in = intake_open(loader, index);
    if (!in) return;
    bool quick = fast_load(in);
    struct source_batch batch;
    bool first = true;
    while (!quick && source_table_next(in->source, &batch)) {
        if (first && in->schema->key != NO_INDEX) keymap_init(&in->load->keys, loader->arena, batch.rows);
        first = false;
        if (!has_room(in, in->data->rows, &batch)) break;
        intake_take(in, &batch);
    }
    blank_absent(in, in->data->rows);
    if (!in->capacity) grow_to(in, 0, 1); /* no rows: the columns are there all the same */
    if (in->schema->parent == 0) in->data->parent = in->data->unit;
    intake_finish(in);
}

/* ---- a table that is streamed ---- */

uint32_t intake_most(const struct intake *in)
{
    struct source_bytes bytes;
    uint32_t columns;
    source_table_headings(in->source, &columns);
    if (!source_table_bytes(in->source, &bytes)) return LIMIT_BATCH;
    size_t most = bytes.text.len / columns + 2; /* a row has a byte for each column: separators, and the line's end */
    return most < LIMIT_BATCH ? (uint32_t)most : LIMIT_BATCH;
}

struct intake *intake_open_stream(struct loader *loader, uint32_t index)
{
    struct intake *in = intake_open(loader, index);
    if (!in) return NULL;
    in->streamed = true;
    grow_to(in, 0, intake_most(in));
    blank_absent(in, (uint32_t)in->capacity);
    return in;
}

void intake_reset(struct intake *in)
{
    in->data->rows = 0;
    for (uint32_t f = 0; f < in->schema->field_count; f++) {
        struct column *column = &in->data->columns[f];
        if (column->blank && in->columns[f] != NO_INDEX) memset(column->blank, 0, in->capacity);
    }
}

bool intake_next(struct intake *in)
{
    struct source_batch batch;
    intake_reset(in);
    if (!source_table_next(in->source, &batch) || !has_room(in, in->seen, &batch)) return false;
    intake_take(in, &batch);
    in->seen += in->data->rows;
    return true;
}

void intake_drain(struct intake *in)
{
    while (intake_next(in)) {
    }
    intake_reset(in);
    intake_finish(in);
    in->loader->out->texts = in->loader->texts.texts;
    in->loader->out->text_count = in->loader->texts.count;
}
