/* The quick way to read a table: see load_fast.h.
 *
 * Decision: a row is read in one go, each cell by a loop that stops at the first byte it does not expect; only if that byte
 * is the separator (or, behind the last cell, the line's end) the cell counts, else the row is left to the scanner and the
 * cell readers. Keys of units are gathered for a batch and looked up together, so that the memory's answers to several of
 * them are awaited at once. Cost: what may stand in a cell is said here once more, for the plain spellings.
 */
#include "load_fast.h"

#include "calendar.h"
#include "quotient.h"
#include "utf8.h"

enum { MARGIN = 16, QUICK_DIGITS = 17, WORDS = 12 };
static const int64_t MOST = 999999999999999999; /* LIMIT_NUMBER_DIGITS nines */

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
    case FIELD_BOOL_NA: column->three = true; /* fall through */
    case FIELD_BOOL: column->kind = FAST_BOOL; return true;
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
    case FIELD_LIST: column->kind = FAST_LIST; return in->loader->schema->lists[f->list].count <= WORDS;
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

static void plan_words(struct arena *arena, const struct intake *in, struct fast_column *column)
{
    if (column->kind != FAST_LIST) return;
    const struct list_schema *list = &in->loader->schema->lists[column->field->list];
    struct fast_word *words = ARENA_ARRAY(arena, struct fast_word, (size_t)list->count * 2 + 1);
    for (int pass = 0; pass < 2; pass++) { /* values before headings, as word_map_add has them */
        for (uint32_t i = 0; i < list->count; i++) {
            struct text word = pass ? list->headings[i] : list->values[i];
            if (word.len) words[column->word_count++] = (struct fast_word){word, head_of(word), i};
        }
    }
    column->words = words;
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

/* ---- units by their keys ---- */

bool fast_key_put(struct loader *loader, uint32_t text, uint32_t row)
{
    if (text >= loader->unit_texts) {
        size_t before = loader->unit_texts, room = loader->texts.capacity > text ? loader->texts.capacity : (size_t)text + 1;
        loader->unit_of_text = arena_regrow(loader->arena, loader->unit_of_text, before, room, sizeof *loader->unit_of_text);
        memset(loader->unit_of_text + before, 0xFF, (room - before) * sizeof *loader->unit_of_text);
        loader->unit_texts = (uint32_t)room;
    }
    if (loader->unit_of_text[text] != NOT_USED) return false;
    loader->unit_of_text[text] = row;
    return true;
}

static inline uint64_t eight(const char *at)
{
    uint64_t word;
    memcpy(&word, at, sizeof word);
    return word;
}

enum { SHORT_KEY = sizeof(struct short_key) };

/* The bytes that a key of `len` bytes has. */
static inline struct short_key short_mask(size_t len)
{
    uint64_t most = ~(uint64_t)0;
    if (len > SHORT_KEY) return (struct short_key){{0, 0}};
    return (struct short_key){{len >= 8 ? most : ((uint64_t)1 << len * 8) - 1, len == 16 ? most
                                                                               : len > 8 ? ((uint64_t)1 << (len - 8) * 8) - 1
                                                                                         : 0}};
}

/* `at` has 16 bytes that may be read. */
static inline struct short_key short_key(const char *at, struct short_key mask)
{
    return (struct short_key){{eight(at) & mask.words[0], eight(at + 8) & mask.words[1]}};
}

/* Short keys, if all are. */
static void make_short_keys(struct loader *loader, const struct column *key, uint32_t rows)
{
    struct short_key *keys = ARENA_ARRAY(loader->arena, struct short_key, rows);
    for (uint32_t row = 0; row < rows; row++) {
        struct text text = loader->texts.texts[key->values[row]];
        if (text.len > SHORT_KEY || !text.len) return;
        memcpy(&keys[row], text.at, text.len);
    }
    loader->short_keys = keys;
}

void fast_units(struct loader *loader)
{
    const struct table_schema *units = &loader->schema->tables[0];
    const struct table_data *data = &loader->out->tables[0];
    const struct column *key = &data->columns[units->key];
    if (loader->units_ready) return;
    loader->units_ready = true;
    bool blanks = false, first = true;
    for (uint32_t row = 0; row < data->rows; row++) {
        if (key->blank && key->blank[row])
            blanks = true;
        else if (!loader->tables[0].keys_later)
            fast_key_put(loader, (uint32_t)key->values[row], row);
        first &= key->values[row] == row;
    }
    loader->units_first = first && !blanks;
    loader->unit_rows = data->rows;
    if (!blanks) make_short_keys(loader, key, data->rows);
}

/* ---- opening ---- */

static void own_data(struct arena *arena, const struct intake *from, struct intake *in)
{
    const struct table_schema *schema = in->schema;
    struct table_data *data = ARENA_NEW(arena, struct table_data);
    data->file = from->data->file;
    data->columns = ARENA_ARRAY(arena, struct column, schema->field_count);
    for (uint32_t f = 0; f < schema->field_count; f++) {
        if (from->data->columns[f].values) data->columns[f].values = ARENA_ARRAY(arena, int64_t, LIMIT_BATCH);
        if (in->columns[f] == NO_INDEX) data->columns[f].blank = from->data->columns[f].blank; /* absent: blank throughout */
    }
    data->line = ARENA_ARRAY(arena, uint32_t, LIMIT_BATCH);
    if (table_of_units(schema)) data->unit = ARENA_ARRAY(arena, uint32_t, LIMIT_BATCH);
    in->data = data;
    in->capacity = LIMIT_BATCH;
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
    if (apart) intern_init_behind(&r->loader.texts, arena, &in->loader->texts);
    if (in->streamed) own_data(arena, in, &r->in);

    r->columns = plan_columns(arena, in, &r->column_count);
    for (uint32_t c = 0; c < r->column_count; c++) plan_words(arena, in, &r->columns[c]);
    r->cells = ARENA_ARRAY(arena, struct text, r->column_count);
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
    return r;
}

/* ---- cells: each returns where it stopped, or NULL ---- */

/* A date as 2007-03-05. */
static inline const char *quick_date(struct fast_reader *r, const char *p, int64_t *value)
{
    uint64_t text = eight(p);
    struct fast_month *month =
        &r->months[((text >> 24 & 15) * 12 + (text >> 40 & 1) * 10 + (text >> 48 & 15)) % FAST_MONTHS];
    if (month->text != text) {
        char room[10];
        memcpy(room, p, 8);
        memcpy(room + 8, "01", 2);
        for (int i = 0; i < 8; i++) {
            if (i == 4 || i == 7 ? room[i] != '-' : room[i] < '0' || room[i] > '9') return NULL;
        }
        int64_t day, next;
        if (!date_parse((struct text){room, 10}, &day) || !date_add_months(day, 1, &next)) return NULL;
        *month = (struct fast_month){text, day - 1, (unsigned)(next - day)};
    }
    unsigned tens = (unsigned char)p[8] - '0', ones = (unsigned char)p[9] - '0';
    unsigned day = tens * 10 + ones;
    if (tens > 9 || ones > 9 || day == 0 || day > month->length) return NULL;
    *value = month->first + day;
    return p + 10;
}

/* Reads up to eight digits; returns how many there are. */
static inline unsigned digits_at(const char *p, uint64_t *value)
{
    uint64_t x = eight(p) ^ 0x3030303030303030u; /* digits become 0 … 9, all else more */
    uint64_t others = ((x + 0x7676767676767676u) | x) & 0x8080808080808080u;
    unsigned count = others ? (unsigned)__builtin_ctzll(others) / 8 : 8;
    if (count == 0) return 0;
    x <<= 64 - count * 8; /* zeros in front */
    x = x * 10 + (x >> 8);
    x = ((x & 0x000000FF000000FFu) * 0x000F424000000064u + ((x >> 16) & 0x000000FF000000FFu) * 0x0000271000000001u) >> 32;
    *value = x;
    return count;
}

/* A number of more digits. */
static const char *long_number(const struct fast_column *column, const char *p, int64_t *value)
{
    const char *from = p;
    int64_t number = 0, scale = column->scale;
    unsigned digit;
    while ((digit = (unsigned char)*p - '0') <= 9) {
        number = number * 10 + digit;
        if (++p - from > QUICK_DIGITS) return NULL;
    }
    if (*p == '.' && column->places) {
        const char *point = ++p;
        while ((digit = (unsigned char)*p - '0') <= 9) {
            if (p - point == column->places || p - from > QUICK_DIGITS) return NULL; /* zeros behind are for the other way */
            number = number * 10 + digit;
            scale /= 10;
            p++;
        }
        if (p == point) return NULL;
    }
    if (scale != 1 && (__builtin_mul_overflow(number, scale, &number) || number > MOST)) return NULL;
    *value = number;
    return p;
}

static inline bool is_step(const struct fast_column *column, int64_t number)
{
    uint64_t distance = (uint64_t)number - (uint64_t)column->step_from; /* at least 0 where there is a lower bound */
    if (distance <= UINT32_MAX && column->step <= UINT32_MAX) return (uint32_t)distance % (uint32_t)column->step == 0;
    return (number - column->step_from) % column->step == 0;
}

static inline const char *quick_number(const struct fast_column *column, const char *p, int64_t *value)
{
    enum { SHORT_PLACES = 8 };
    bool minus = *p == '-';
    p += minus;
    uint64_t whole, part;
    int64_t number;
    unsigned count = digits_at(p, &whole);
    if (count == 0) return NULL;
    if (count == 8 || column->places > SHORT_PLACES) {
        p = long_number(column, p, &number);
        if (!p) return NULL;
    } else {
        p += count;
        number = (int64_t)whole * column->scale; /* seven digits and eight */
        if (*p == '.' && column->places) {
            count = digits_at(p + 1, &part);
            if (count == 0 || count > column->places || count == 8) return NULL;
            number += (int64_t)part * power_of_ten(column->places - count);
            p += 1 + count;
        }
    }
    if (minus) number = -number;
    if (column->percent && *p++ != '%') return NULL;
    if (number < column->low || number > column->high) return NULL;
    if (column->step > 1 && !is_step(column, number)) return NULL;
    *value = number;
    return p;
}

/* Plain bytes up to what ends them: the separator, a quote, a control character. *high: whether one is not ASCII. */
static inline const char *plain(const struct fast_reader *r, const char *p, bool *high)
{
    const uint64_t ones = 0x0101010101010101u, tops = 0x8080808080808080u;
    uint64_t highs = 0;
    for (;; p += 8) {
        uint64_t x = eight(p), quote = x ^ ones * '"', separator = x ^ r->separators;
        uint64_t stop = (((x - ones * ' ') & ~x) | ((quote - ones) & ~quote) | ((separator - ones) & ~separator)) & tops;
        if (stop) { /* the first is one; those behind it may be none */
            unsigned count = (unsigned)__builtin_ctzll(stop) / 8;
            *high = ((highs | (x & ((stop & -stop) - 1))) & tops) != 0;
            return p + count;
        }
        highs |= x;
    }
}

/* The first eight bytes of a cell, zeros behind. */
static inline uint64_t head_at(const char *p, size_t len)
{
    uint64_t head = eight(p);
    return len >= sizeof head ? head : head & (((uint64_t)1 << len * 8) - 1);
}

static inline const char *quick_bool(const struct fast_reader *r, const struct fast_column *column, const char *p,
                                     int64_t *value)
{
    bool high;
    const char *to = plain(r, p, &high);
    struct text cell = {p, (size_t)(to - p)};
    if (cell.len == 3 && (memcmp(p, "yes", 3) == 0 || memcmp(p, "是", 3) == 0)) *value = 1;
    else if (cell.len == 3 && memcmp(p, "否", 3) == 0) *value = 0;
    else if (cell.len == 2 && memcmp(p, "no", 2) == 0) *value = 0;
    else if (column->three && text_equal(cell, TEXT("不涉及"))) *value = 2;
    else return NULL;
    return to;
}

static inline const char *quick_list(const struct fast_reader *r, struct fast_column *column, const char *p, int64_t *value)
{
    bool high;
    const char *to = plain(r, p, &high);
    size_t len = (size_t)(to - p);
    uint64_t head = head_at(p, len);
    for (uint32_t n = 0, i = column->last; n < column->word_count; n++, i = i + 1 < column->word_count ? i + 1 : 0) {
        const struct fast_word *word = &column->words[i];
        if (word->head != head || word->text.len != len) continue;
        if (len > sizeof head && memcmp(word->text.at, p, len) != 0) continue;
        column->last = i;
        *value = word->value;
        return to;
    }
    return NULL;
}

/* The cell is text, at least one character, without a blank at either end that would have to go. */
static inline const char *quick_text(const struct fast_reader *r, const char *p, struct text *cell)
{
    bool high;
    const char *to = plain(r, p, &high);
    *cell = (struct text){p, (size_t)(to - p)};
    if (!cell->len) return NULL;
    if (high && utf8_valid(*cell) != cell->len) return NULL;
    return to;
}

/* Whether a text has no blank at its ends; it may say no wrongly. */
static inline bool is_trimmed(struct text cell)
{
    unsigned char first = (unsigned char)cell.at[0], last = (unsigned char)cell.at[cell.len - 1];
    bool maybe = first <= ' ' || first == 0xC2 || first == 0xE3 || first == 0xEF || last <= ' ' || last == 0xA0 ||
                 last == 0x80 || last == 0xBF;
    return !maybe || utf8_trim(cell).len == cell.len;
}

/* ---- a row ---- */

static void set_last_unit(struct fast_reader *r, struct text key)
{
    r->in.last_unit = key;
    r->last_mask = short_mask(key.len ? key.len : SHORT_KEY + 1);
    if (r->last_mask.words[0]) r->last = short_key(key.at, r->last_mask);
}

/* Whether the cell is the key of the row before. */
static inline bool is_last_unit(const struct fast_reader *r, const char *p)
{
    struct text last = r->in.last_unit;
    if (r->last_mask.words[0]) {
        struct short_key key = short_key(p, r->last_mask);
        return key.words[0] == r->last.words[0] && key.words[1] == r->last.words[1] && p[last.len] == r->separator;
    }
    return last.len && (size_t)(r->quick - p) > last.len && memcmp(p, last.at, last.len) == 0 && p[last.len] == r->separator;
}

/* Lane n is free again: nothing of the row that was begun there may stay. */
static void clear_lane(struct fast_reader *r, uint32_t n)
{
    set_last_unit(r, TEXT_NONE);
    for (uint32_t c = 0; c < r->column_count; c++) {
        const struct fast_column *column = &r->columns[c];
        if (column->blank) column->blank[n] = 0;
    }
}

/* The end of the row that begins at *at, which is then behind it. */
static inline bool end_row(const char *p, const char **at)
{
    if (*p == '\r') p++;
    if (*p != '\n' || p - *at > LIMIT_CELL_BYTES) return false;
    *at = p + 1;
    return true;
}

/* The rest of a row that is not used: `left` more cells, looked at as text alone. */
static bool pass_row(const struct fast_reader *r, const char *p, uint32_t left, const char **at)
{
    for (; left; left--) {
        bool high;
        if (*p++ != r->separator) return false;
        const char *to = plain(r, p, &high);
        if (high && utf8_valid((struct text){p, (size_t)(to - p)}) != (size_t)(to - p)) return false;
        p = to;
    }
    return end_row(p, at);
}

enum row_state { ROW_READ, ROW_LATER, ROW_EARLIER, ROW_ODD };

/* Whether a day is of the period; ROW_ODD: the row is not to be had by this way. */
static enum row_state look_at_day(const struct fast_reader *r, int64_t day)
{
    const struct schema *schema = r->loader.schema;
    int64_t first = r->in.schema->has_from ? r->in.schema->from : schema->carry_from;
    if (day >= first && day <= schema->period_to) return ROW_READ;
    if (day < first && !schema->earlier_counted) return ROW_ODD;
    if (r->in.schema->key != NO_INDEX || r->loader.keeps_aside) return ROW_ODD; /* its key must be known as one that is left out; or it is listed */
    return day < first ? ROW_EARLIER : ROW_LATER;
}

/* An empty cell that may be one. */
static bool take_blank(const struct fast_column *column, uint32_t n)
{
    if (column->kind == FAST_UNIT || column->by || (column->field && !column->field->optional)) return false;
    if (!column->kept) return true;
    if (!column->blank) return false; /* the first blank makes room for them */
    column->blank[n] = 1;
    column->values[n] = 0;
    return true;
}

/* The row at *at into lane n of the batch. ROW_ODD: *at is unchanged. */
static enum row_state quick_row(struct fast_reader *r, const char **at, uint32_t n)
{
    const char *p = *at, separator = r->separator;
    struct fast_column *column = r->columns, *end = column + r->column_count;
    bool some = false;
    for (;; column++, p++) {
        const char *to = NULL;
        int64_t value = 0;
        struct text cell;
        switch (column->kind) {
        case FAST_UNIT:
            if (is_last_unit(r, p)) {
                to = p + r->in.last_unit.len;
                break;
            }
            to = quick_text(r, p, &cell);
            if (!to || !is_trimmed(cell)) return ROW_ODD;
            r->keys[r->key_count] = cell;
            r->key_lanes[r->key_count++] = n;
            set_last_unit(r, cell);
            break;
        case FAST_KEY:
            to = quick_text(r, p, &cell);
            if (!to || !is_trimmed(cell)) return ROW_ODD;
            r->keys[r->key_count] = cell;
            r->key_lanes[r->key_count++] = n;
            break;
        case FAST_NUMBER: to = quick_number(column, p, &value); break;
        case FAST_DATE: to = quick_date(r, p, &value); break;
        case FAST_BOOL: to = quick_bool(r, column, p, &value); break;
        case FAST_LIST: to = quick_list(r, column, p, &value); break;
        case FAST_PASS:
            to = quick_text(r, p, &cell);
            if (to && column->field && utf8_trim(cell).len == 0) return ROW_ODD;
            break;
        case FAST_TEXT:
            to = quick_text(r, p, &cell);
            if (to && !is_trimmed(cell)) return ROW_ODD;
            if (to) value = intern_put(&r->loader.texts, cell);
            break;
        }
        if (to) {
            some = true;
            p = to;
            if (column->kept) {
                column->values[n] = value;
                if (column->blank) column->blank[n] = 0;
            }
            if (column->by && r->loader.schema->has_period) {
                enum row_state state = look_at_day(r, value);
                if (state == ROW_ODD) return ROW_ODD;
                if (state != ROW_READ) return pass_row(r, p, (uint32_t)(end - column - 1), at) ? state : ROW_ODD;
            }
        } else if ((*p != separator && *p != '\n' && *p != '\r') || !take_blank(column, n)) {
            return ROW_ODD;
        }
        if (column + 1 == end) break;
        if (*p != separator) return ROW_ODD;
    }
    return some && end_row(p, at) ? ROW_READ : ROW_ODD;
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
        set_last_unit(r, TEXT_NONE); /* the cell may lie in the scratch */
        if (r->silent.errors || r->silent.warnings || r->silent.notices || r->loader.notes_made) return false;
    }
    r->at = r->scan.at;
    r->line = r->scan.line;
    return true;
}

/* ---- keys of units ---- */

/* The unit of a key by its hash, or NOT_USED. */
static uint32_t find_unit(const struct loader *loader, const struct intern *texts, struct text key, uint32_t hash)
{
    uint32_t index;
    if (!loader->short_keys) {
        if (!intern_find_hashed(texts, key, hash, &index) || index >= loader->unit_texts) return NOT_USED;
        return loader->unit_of_text[index];
    }
    if (key.len > SHORT_KEY) return NOT_USED;
    struct short_key wanted = short_key(key.at, short_mask(key.len));
    for (uint32_t i = hash & texts->mask;; i = (i + 1) & texts->mask) {
        const struct intern_slot *slot = &texts->slots[i];
        if (!slot->index) return NOT_USED;
        if (slot->hash != hash || slot->index > loader->unit_texts) continue;
        uint32_t unit = loader->units_first ? slot->index - 1 : loader->unit_of_text[slot->index - 1];
        if (unit >= loader->unit_rows) continue;
        const struct short_key *there = &loader->short_keys[unit];
        if (there->words[0] == wanted.words[0] && there->words[1] == wanted.words[1]) return unit;
    }
}

static void hash_keys(const struct fast_reader *r, const struct intern *texts, uint32_t *hashes)
{
    for (uint32_t k = 0; k < r->key_count; k++) {
        hashes[k] = (uint32_t)hash_bytes(r->keys[k]);
        __builtin_prefetch(&texts->slots[hashes[k] & texts->mask]);
    }
}

/* Looks up the keys that lanes [from, to) brought, together; a lane without one is of the unit of the lane before. */
static bool find_units(struct fast_reader *r, uint32_t from, uint32_t to)
{
    const struct loader *loader = &r->loader;
    const struct intern *texts = loader->texts.frozen ? loader->texts.frozen : &loader->texts;
    uint32_t hashes[LIMIT_BATCH];
    uint32_t *unit = r->in.data->unit + r->in.data->rows;
    hash_keys(r, texts, hashes);
    for (int step = loader->units_first; step < 2; step++) { /* the text's unit, then the unit's key */
        for (uint32_t k = 0; k < r->key_count; k++) {
            uint32_t index = texts->slots[hashes[k] & texts->mask].index;
            if (!index || index > loader->unit_texts) continue;
            uint32_t row = loader->units_first ? index - 1 : loader->unit_of_text[index - 1];
            if (step == 0) __builtin_prefetch(&loader->unit_of_text[index - 1]);
            else if (loader->short_keys && row < loader->unit_rows) __builtin_prefetch(&loader->short_keys[row]);
            else __builtin_prefetch(&texts->texts[index - 1]);
        }
    }
    uint32_t row = r->in.last_unit_row, lane = from;
    for (uint32_t k = 0; k <= r->key_count; k++) {
        uint32_t end = k < r->key_count ? r->key_lanes[k] : to;
        for (; lane < end; lane++) unit[lane] = row;
        if (k == r->key_count) break;
        row = find_unit(loader, texts, r->keys[k], hashes[k]);
        if (row == NOT_USED) return false;
    }
    r->in.last_unit_row = row;
    return true;
}

/* ---- a batch ---- */

/* The units' own keys, interned together. */
static bool put_unit_keys(struct fast_reader *r)
{
    struct loader *loader = &r->loader;
    const struct table_data *data = r->in.data;
    int64_t *values = data->columns[r->in.schema->key].values + data->rows;
    uint32_t hashes[LIMIT_BATCH];
    hash_keys(r, &loader->texts, hashes);
    for (uint32_t k = 0; k < r->key_count; k++) {
        uint32_t text = intern_put_hashed(&loader->texts, r->keys[k], hashes[k]), lane = r->key_lanes[k];
        values[lane] = text;
        if (!fast_key_put(loader, text, data->rows + lane)) return false;
    }
    return true;
}

/* Adds the keys of lanes [from, to) to the table's; false: one was there. */
static bool put_keys(struct fast_reader *r, uint32_t from, uint32_t to)
{
    const struct table_data *data = r->in.data;
    const struct column *key = &data->columns[r->in.schema->key];
    if (r->in.load->keys_later) return put_unit_keys(r);
    for (uint32_t row = data->rows + from; row < data->rows + to; row++) {
        uint32_t unit = table_of_units(r->in.schema) ? data->unit[row] : KEYMAP_NO_UNIT;
        struct keymap_slot fresh = {.key = key->values[row], .unit = unit, .row = row, .line = data->line[row]};
        if ((key->blank && key->blank[row]) || keymap_put(&r->in.load->keys, fresh)) return false;
    }
    return true;
}

static bool finish_lanes(struct fast_reader *r, uint32_t from, uint32_t to)
{
    bool fine = r->in.unit_column == NO_INDEX || find_units(r, from, to);
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

static bool take_rows(struct fast_reader *r)
{
    uint32_t n = 0, open = 0; /* lanes [open, n) wait for their units */
    uint32_t *lines = r->in.data->line + r->in.data->rows;
    point_columns(r);
    r->key_count = 0;
    while (n < LIMIT_BATCH && r->at < r->end) {
        if (r->at < r->quick) {
            if (*r->at == '\n' || (*r->at == '\r' && r->at[1] == '\n')) {
                r->at += *r->at == '\r' ? 2 : 1;
                r->line++;
                continue;
            }
            struct text last = r->in.last_unit;
            uint32_t keys = r->key_count;
            enum row_state state = quick_row(r, &r->at, n);
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
                r->counts.rows_after++;
                if (r->in.after++ == 0) r->in.after_line = r->line;
                r->in.earlier += state == ROW_EARLIER;
                set_last_unit(r, last); /* its own was not looked up */
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
    intake_reserve(&r->in, LIMIT_BATCH);
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
    if (r->in.after && !in->after) in->after_line = r->in.after_line;
    if (r->in.earlier && !in->earlier) in->earlier_line = r->in.earlier_line;
    in->after += r->in.after;
    in->earlier += r->in.earlier;
    in->seen += r->in.seen;
    out->rows_read += r->counts.rows_read;
    out->rows_used += r->counts.rows_used;
    out->rows_after += r->counts.rows_after;
    out->rows_earlier += r->counts.rows_earlier;
    for (size_t k = 0; k < r->counts.aside_count; k++) data_put_aside(in->loader, r->counts.aside[k], r->counts.aside[k].unit);
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
