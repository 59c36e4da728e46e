/* The quick way to read a table: see load_fast.h.
 *
 * Decision: what is quick about a row stands in load_fast_row.c, what is quick about keys in load_keys.c; here rows become
 * batches, and a row that is odd goes through the scanner and the cell readers on its own. Cost: a column's plan is made
 * here and read there.
 */
#include "load_fast.h"

#include "quotient.h"
#include "utf8.h"

enum { MARGIN = 16, WIDE_MARGIN = 64, WORDS = 12, WIDE_TRUST = 256 };

/* ---- what a table's columns are ---- */

static bool column_plan(const struct intake *in, int32_t field, struct fast_column *column)
{
    const struct field_schema *f = &in->schema->fields[field];
    *column = (struct fast_column){.field = f, .index = field, .by = field == in->schema->by};
    column->kept = f->wanted || field == in->schema->key;
    switch (f->kind) {
    case FIELD_TEXT:
        column->kind = !column->kept ? FAST_PASS : in->index == 0 && field == in->schema->key ? FAST_KEY : FAST_TEXT;
        return true;
    case FIELD_BOOL_NA:
    case FIELD_BOOL: column->kind = FAST_WORD; return true;
    case FIELD_NUMBER:
        if (f->percent && f->places < 2) return false;
        column->kind = FAST_NUMBER;
        column->places = (uint8_t)(f->percent ? f->places - 2 : f->places);
        column->scale = power_of_ten(column->places);
        column->percent = f->percent;
        column->low = f->has_low ? f->low : INT64_MIN;
        column->high = f->has_high ? f->high : INT64_MAX;
        column->step = f->step;
        column->step_from = f->has_low ? f->low : 0;
        return true;
    case FIELD_DATE: column->kind = FAST_DATE; return true;
    case FIELD_LIST: column->kind = FAST_WORD; return in->loader->schema->lists[f->list].count <= WORDS;
    case FIELD_REF:
    case FIELD_UNIT:
    case FIELD_PART: return false;
    }
    return false;
}

/* The plan of each column of the file; NULL: one is not for us. */
static struct fast_column *plan_columns(struct arena *arena, const struct intake *in, uint32_t *count)
{
    source_table_headings(in->source, count);
    struct fast_column *columns = ARENA_ARRAY(arena, struct fast_column, *count);
    for (uint32_t c = 0; c < *count; c++) columns[c] = (struct fast_column){.kind = FAST_PASS, .index = NO_INDEX};
    if (in->unit_column != NO_INDEX) columns[in->unit_column].kind = FAST_UNIT;
    for (uint32_t f = 0; f < in->schema->field_count; f++) {
        if (in->columns[f] != NO_INDEX && !column_plan(in, (int32_t)f, &columns[in->columns[f]])) return NULL;
    }
    return columns;
}

static uint64_t head_of(struct text text)
{
    uint64_t head = 0;
    memcpy(&head, text.at, text.len < sizeof head ? text.len : sizeof head);
    return head;
}

static void add_word(struct fast_column *column, struct fast_word *words, struct text text, int64_t value)
{
    if (text.len) words[column->word_count++] = (struct fast_word){text, head_of(text), value};
}

/* Looks for a number that sends no two words to one slot. */
static void spread_words(struct fast_column *column)
{
    enum { TRIES = 256 };
    uint64_t spread = 0x9E3779B97F4A7C15u;
    for (int try = 0; try < TRIES && !column->spread; try++, spread = spread * 0xD1342543DE82EF95u | 1) {
        uint32_t free = 0;
        memset(column->slots, 0, sizeof column->slots);
        for (uint32_t i = 0; i < column->word_count; i++) {
            const struct fast_word *word = &column->words[i];
            uint8_t *slot = &column->slots[fast_slot(spread, word->head, word->text.len)];
            free +=
                *slot == 0 || text_equal(column->words[*slot - 1].text, word->text); /* the first of two that are equal */
            if (*slot == 0) *slot = (uint8_t)(i + 1);
        }
        if (free == column->word_count) column->spread = spread;
    }
}

static void plan_words(struct arena *arena, const struct intake *in, struct fast_column *column)
{
    static const struct text YES[] = {TEXT("yes"), TEXT("是")}, NO[] = {TEXT("no"), TEXT("否")};
    if (column->kind != FAST_WORD) return;
    bool listed = column->field->kind == FIELD_LIST;
    const struct list_schema *list = listed ? &in->loader->schema->lists[column->field->list] : NULL;
    struct fast_word *words = ARENA_ARRAY(arena, struct fast_word, listed ? (size_t)list->count * 2 + 1 : 5);
    for (int pass = 0; pass < 2; pass++) { /* values before headings, as word_map_add has them */
        for (uint32_t i = 0; listed && i < list->count; i++)
            add_word(column, words, pass ? list->headings[i] : list->values[i], i);
        if (listed) continue;
        add_word(column, words, YES[pass], 1);
        add_word(column, words, NO[pass], 0);
    }
    if (column->field->kind == FIELD_BOOL_NA) add_word(column, words, TEXT("不涉及"), 2);
    column->words = words;
    spread_words(column);
}

bool fast_possible(const struct intake *in, struct source_bytes *bytes)
{
    const struct table_schema *units = &in->loader->schema->tables[0];
    uint32_t count;
    if (!source_table_bytes(in->source, bytes) || in->schema->parent > 0) return false;
    if (in->schema->key != NO_INDEX && in->schema->key == in->schema->by) return false;
    if (in->unit_column != NO_INDEX && units->fields[units->key].kind != FIELD_TEXT) return false;
    return plan_columns(in->loader->arena, in, &count) != NULL;
}

/* ---- opening ---- */

static void own_data(struct arena *arena, const struct intake *from, struct intake *in)
{
    const struct table_schema *schema = in->schema;
    struct table_data *data = ARENA_NEW(arena, struct table_data);
    uint32_t most = intake_most(from);
    data->file = from->data->file;
    data->columns = ARENA_ARRAY(arena, struct column, schema->field_count);
    for (uint32_t f = 0; f < schema->field_count; f++) {
        if (from->data->columns[f].values) data->columns[f].values = ARENA_ARRAY(arena, int64_t, most);
        if (in->columns[f] == NO_INDEX) data->columns[f].blank = from->data->columns[f].blank; /* absent: blank throughout */
    }
    data->line = ARENA_ARRAY(arena, uint32_t, most);
    if (table_of_units(schema)) data->unit = ARENA_ARRAY(arena, uint32_t, most);
    in->data = data;
    in->capacity = most;
}

struct fast_reader *fast_open(struct arena *arena, const struct intake *in, const struct source_bytes *bytes, const char *at,
                              const char *end, bool apart)
{
    struct fast_reader *r = ARENA_NEW(arena, struct fast_reader);
    r->in = *in;
    r->loader = *in->loader;
    r->in.loader = &r->loader;
    r->loader.quick = true;
    r->loader.notes_made = 0;
    r->in.after = r->in.earlier = r->in.seen = 0;
    r->loader.out = &r->counts;
    r->loader.arena = arena;
    findings_init(&r->silent, arena, 1);
    r->silent.count = 1; /* full from the start: findings are counted, not made */
    r->loader.problems = &r->silent;
    if (apart) r->loader.lanes = NULL;
    if (apart) intern_init_behind(&r->loader.texts, arena, &in->loader->texts);
    if (in->streamed) own_data(arena, in, &r->in);

    r->columns = plan_columns(arena, in, &r->column_count);
    for (uint32_t c = 0; c < r->column_count; c++) plan_words(arena, in, &r->columns[c]);
    r->cells = ARENA_ARRAY(arena, struct text, r->column_count);
    r->keys = ARENA_ARRAY(arena, struct text, intake_most(in));
    r->key_lanes = ARENA_ARRAY(arena, uint32_t, intake_most(in));
    csv_scratch_init(&r->scratch, arena);
    r->at = r->begin = at;
    r->end = end;
    r->line = at == bytes->text.at ? bytes->line : 1;
    r->separator = bytes->separator;
    r->separators = 0x0101010101010101u * (unsigned char)bytes->separator;
    r->scan =
        (struct csv_scan){.end = bytes->text.at + bytes->text.len, .separator = bytes->separator, .scratch = &r->scratch};
    r->scan.rereads = bytes->text.len;
    size_t left = (size_t)(r->scan.end - at);
    const char *newline = left > MARGIN ? memrchr(at, '\n', left - MARGIN) : NULL;
    r->quick = newline ? newline + 1 : at; /* each row before it has its line end, with a margin behind */
    newline = left > WIDE_MARGIN ? memrchr(at, '\n', left - WIDE_MARGIN) : NULL;
    r->wide_to = newline ? newline + 1 : at;
    r->wide = wide_open(arena, r);
    r->wide_trust = WIDE_TRUST;
    return r;
}

void fast_move(struct fast_reader *r, const char *from, const char *end, uint32_t piece)
{
    r->at = r->begin = from;
    r->end = end;
    r->line = 1;
    r->piece = (uint64_t)piece << FAST_PIECE;
    fast_set_last(r, TEXT_NONE);
    r->in.last_unit_row = NOT_USED;
}

/* ---- a row ---- */

/* Lane n is free again: nothing of the row that was begun there may stay. */
static void clear_lane(struct fast_reader *r, uint32_t n)
{
    fast_set_last(r, TEXT_NONE);
    for (uint32_t c = 0; c < r->column_count; c++) {
        const struct fast_column *column = &r->columns[c];
        if (column->blank) column->blank[n] = 0;
    }
}

/* The row at r->at by the scanner and the cell readers, behind `n` rows of the batch; false: it is odd. */
static bool other_row(struct fast_reader *r, uint32_t *n)
{
    struct csv_record record;
    r->scan.at = r->at;
    r->scan.line = r->line;
    csv_scratch_reset(&r->scratch);
    if (!csv_scan_next(&r->scan, r->cells, r->column_count, &record)) {
        r->at = r->scan.at;
        return true;
    }
    if (record.fault != CSV_WHOLE) return false;
    bool whole = record.cells == r->column_count;
    if (!whole && !(record.cells == 1 && utf8_trim(r->cells[0]).len == 0)) return false;
    if (whole) {
        uint32_t line = record.line > UINT32_MAX ? UINT32_MAX : (uint32_t)record.line, before = r->in.data->rows;
        struct source_batch batch = {r->cells, &line, 1, r->column_count};
        r->in.data->rows += *n;
        intake_take(&r->in, &batch);
        *n = r->in.data->rows - before;
        r->in.data->rows = before;
        fast_set_last(r, TEXT_NONE); /* the cell may lie in the scratch */
        if (r->silent.errors || r->silent.warnings || r->silent.notices || r->loader.notes_made) return false;
    }
    r->at = r->scan.at;
    r->line = r->scan.line;
    return true;
}

/* ---- a batch ---- */

/* Adds the keys of lanes [from, to) to the table's; false: one was there. */
static bool put_keys(struct fast_reader *r, uint32_t from, uint32_t to)
{
    const struct table_data *data = r->in.data;
    const struct column *key = &data->columns[r->in.schema->key];
    if (r->in.load->keys_later) return fast_put_keys(r);
    for (uint32_t row = data->rows + from; row < data->rows + to; row++) {
        uint32_t unit = table_of_units(r->in.schema) ? data->unit[row] : KEYMAP_NO_UNIT;
        struct keymap_slot fresh = {.key = key->values[row], .unit = unit, .row = row, .line = data->line[row]};
        if ((key->blank && key->blank[row]) || keymap_put(&r->in.load->keys, fresh)) return false;
    }
    return true;
}

static bool finish_lanes(struct fast_reader *r, uint32_t from, uint32_t to)
{
    bool fine = r->in.unit_column == NO_INDEX || fast_find_units(r, from, to);
    fine = fine && (r->in.schema->key == NO_INDEX || put_keys(r, from, to));
    r->key_count = 0;
    return fine;
}

/* Where the cells of the batch's lane 0 go. */
static void point_columns(struct fast_reader *r)
{
    for (uint32_t c = 0; c < r->column_count; c++) {
        struct fast_column *column = &r->columns[c];
        if (!column->kept) continue;
        const struct column *data = &r->in.data->columns[column->index];
        column->values = data->values ? data->values + r->in.data->rows : NULL;
        column->blank = data->blank ? data->blank + r->in.data->rows : NULL;
    }
}

/* A row that is not of the period. */
static void count_left(struct fast_reader *r, enum row_state state)
{
    struct intake *in = &r->in;
    if (state == ROW_LATER) {
        if (in->after++ == 0) in->after_line = r->piece | r->line;
        r->counts.rows_after++;
    } else {
        if (in->earlier++ == 0) in->earlier_line = r->piece | r->line;
        r->counts.rows_earlier++;
    }
}

/* Rows that wide vectors can have. Trying costs something: where most rows are not for them, it is not tried any more. */
static void take_wide(struct fast_reader *r, uint32_t *n)
{
    uint32_t count = wide_rows(r, *n), *lines = r->in.data->line + r->in.data->rows + *n;
    r->wide_trust += count < WIDE_TRUST ? (int)count - 1 : WIDE_TRUST;
    if (r->wide_trust > WIDE_TRUST) r->wide_trust = WIDE_TRUST;
    if (r->wide_trust == 0) r->wide = NULL;
    for (uint32_t i = 0; i < count; i++) lines[i] = r->line + i > UINT32_MAX ? UINT32_MAX : (uint32_t)(r->line + i);
    for (uint32_t c = 0; c < r->column_count; c++) {
        const struct fast_column *column = &r->columns[c];
        if (column->blank) memset(column->blank + *n, 0, count);
    }
    r->line += count;
    r->counts.rows_read += count;
    r->counts.rows_used += count;
    *n += count;
}

static bool take_rows(struct fast_reader *r)
{
    uint32_t n = 0, open = 0; /* lanes [open, n) wait for their units */
    uint32_t *lines = r->in.data->line + r->in.data->rows;
    point_columns(r);
    r->key_count = 0;
    while (n < LIMIT_BATCH && r->at < r->end) {
        if (r->wide) take_wide(r, &n);
        if (n == LIMIT_BATCH || r->at >= r->end) break;
        if (r->at < r->quick) {
            if (*r->at == '\n' || (*r->at == '\r' && r->at[1] == '\n')) {
                r->at += *r->at == '\r' ? 2 : 1;
                r->line++;
                continue;
            }
            struct text last = r->in.last_unit;
            uint32_t keys = r->key_count;
            enum row_state state = fast_row(r, &r->at, n);
            if (state == ROW_READ) {
                r->counts.rows_read++;
                r->counts.rows_used++;
                lines[n++] = r->line > UINT32_MAX ? UINT32_MAX : (uint32_t)r->line;
                r->line++;
                continue;
            }
            r->key_count = keys;
            clear_lane(r, n);
            if (state != ROW_ODD) {
                r->counts.rows_read++;
                count_left(r, state);
                fast_set_last(r, last); /* its own was not looked up */
                r->line++;
                continue;
            }
        }
        clear_lane(r, n);
        if (!finish_lanes(r, open, n) || !other_row(r, &n)) return false;
        point_columns(r); /* it may have met the first blank */
        open = n;
    }
    if (!finish_lanes(r, open, n)) return false;
    r->in.data->rows += n;
    return true;
}

/* Rows that there will be if the rest is like what was read. */
static uint64_t rows_expected(const struct fast_reader *r)
{
    uint64_t rows = r->in.data->rows, read = (uint64_t)(r->at - r->begin), left = (uint64_t)(r->end - r->at);
    if (!read) return 0;
    return rows + (uint64_t)((unsigned __int128)left * rows / read) * 33 / 32 + LIMIT_BATCH;
}

enum fast_state fast_next(struct fast_reader *r)
{
    if (r->in.streamed) intake_reset(&r->in);
    if (r->at >= r->end) return FAST_END;
    if (r->in.data->rows > LIMIT_ROWS - LIMIT_BATCH) return FAST_ODD;
    if (!r->in.streamed) r->in.expected = rows_expected(r);
    size_t most = (size_t)(r->end - r->at) / r->column_count + 2; /* a row has a byte for each column */
    intake_reserve(&r->in, most < LIMIT_BATCH ? (uint32_t)most : LIMIT_BATCH);
    const char *from = r->at;
    if (!take_rows(r)) return FAST_ODD;
    r->in.seen += r->in.data->rows;
    int64_t rows = (int64_t)r->counts.rows_read - r->told_rows, bytes = r->at - from;
    progress_add(r->loader.progress, rows, bytes);
    r->told_rows += rows;
    r->told_bytes += bytes;
    return FAST_ROWS;
}

void fast_forget(struct fast_reader *r) { progress_add(r->loader.progress, -r->told_rows, -r->told_bytes); }

void fast_count(struct intake *in, const struct fast_reader *r)
{
    struct dataset *out = in->loader->out;
    if (r->in.after && (!in->after || r->in.after_line < in->after_line)) in->after_line = r->in.after_line;
    if (r->in.earlier && (!in->earlier || r->in.earlier_line < in->earlier_line)) in->earlier_line = r->in.earlier_line;
    in->after += r->in.after;
    in->earlier += r->in.earlier;
    in->seen += r->in.seen;
    out->rows_read += r->counts.rows_read;
    out->rows_used += r->counts.rows_used;
    out->rows_after += r->counts.rows_after;
    out->rows_earlier += r->counts.rows_earlier;
    for (size_t k = 0; k < r->counts.aside_count; k++)
        data_put_aside(in->loader, r->counts.aside[k], r->counts.aside[k].unit);
}

/* Room for the keys that are still to come, as far as what was read lets expect; believed in steps, as rows are. */
static void reserve_texts(struct fast_reader *r)
{
    struct intern *texts = &r->loader.texts;
    size_t most = (size_t)texts->count * 16;
    if (texts->capacity < r->in.capacity) intern_reserve(texts, (uint32_t)(r->in.capacity < most ? r->in.capacity : most));
}

bool fast_load(struct intake *in)
{
    struct loader *loader = in->loader;
    struct source_bytes bytes;
    if (!fast_possible(in, &bytes)) return false;
    if (in->unit_column != NO_INDEX) fast_units(loader);
    struct fast_reader *r = fast_open(loader->arena, in, &bytes, bytes.text.at, bytes.text.at + bytes.text.len, false);
    bool keyed = in->schema->key != NO_INDEX;
    if (keyed) keymap_init(&in->load->keys, loader->arena, 0);
    in->load->keys_later = in->index == 0 && in->schema->fields[in->schema->key].kind == FIELD_TEXT;
    enum fast_state state;
    while ((state = fast_next(r)) == FAST_ROWS) {
        if (in->load->keys_later) reserve_texts(r);
    }
    loader->texts = r->loader.texts; /* also after a failure: its slots are shared */
    in->capacity = r->in.capacity;
    if (state == FAST_END) {
        if (in->load->keys_later) {
            loader->unit_of_text = r->loader.unit_of_text;
            loader->unit_texts = r->loader.unit_texts;
        }
        fast_count(in, r);
        return true;
    }
    in->load->keys_later = false;
    fast_forget(r);
    in->data->rows = 0;
    in->load->incomplete = false;
    if (keyed) keymap_init(&in->load->keys, loader->arena, 0);
    for (uint32_t f = 0; f < in->schema->field_count; f++) {
        struct column *column = &in->data->columns[f];
        if (column->blank) memset(column->blank, 0, in->capacity);
    }
    return false;
}
