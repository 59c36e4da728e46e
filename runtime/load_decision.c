/* The table `decision` (裁定): the marks that people give.
 *
 * In: rows of unit, subject, value, reason, authority. Out: a column of values per judged part; how questions are read.
 * Decision: it is a fixed table, so its headings are known words in both tongues and it needs no field in a scheme. What
 * is not decided stays blank, which means open; a decision must say who made it and why. Cost: a row more than a plain
 * list of marks would need.
 */
#include "load.h"

#include "decimal.h"
#include "limits.h"
#include "suggest.h"
#include "utf8.h"

#include <stdlib.h>

enum { UNITS_SHOWN = 3, WORDS_SHOWN = 12, SUBJECT_BYTES = 64 };

/* The table's columns, from builtins.def. */
enum {
#define BUILTIN(name, english, chinese, least, most, help)
#define MEMBER(owner, name, english, chinese, help)
#define COLUMN(table, name, english, chinese, help) COLUMN_##table##_##name,
#include "builtins.def"
#undef BUILTIN
#undef MEMBER
#undef COLUMN
    UNIT = COLUMN_DECISION_UNIT,
    SUBJECT = COLUMN_DECISION_SUBJECT,
    ROW = COLUMN_DECISION_ROW,
    VALUE = COLUMN_DECISION_VALUE,
    REASON = COLUMN_DECISION_REASON,
    AUTHORITY = COLUMN_DECISION_AUTHORITY,
    DATE = COLUMN_DECISION_DATE,
    COLUMN_COUNT = COLUMN_DECISION_DATE + 1,
};

static const char *const SPELLINGS[][2] = {
#define BUILTIN(name, english, chinese, least, most, help)
#define MEMBER(owner, name, english, chinese, help)
#define COLUMN(table, name, english, chinese, help) {english, chinese},
#include "builtins.def"
#undef BUILTIN
#undef MEMBER
#undef COLUMN
};

/* The unit's column may bear the unit's own heading, or simply say "unit". */
static const char UNIT_SPELLINGS[] = "unit|对象|考核对象";

static struct text first_spelling(const char *spellings) { return (struct text){spellings, strcspn(spellings, "|")}; }

/* A decision that is left to another period. */
struct elsewhen {
    uint32_t judged, unit, order;
};

struct decisions {
    struct loader *loader;
    struct text file;
    const struct text *headings;
    struct wanted_column columns[COLUMN_COUNT];
    struct text **authority; /* per judged figure and unit: who decided it */
    uint32_t units;
    const struct source_batch *batch;
    uint32_t lane;
    uint64_t other_periods; /* decisions dated outside the period of this run */
    struct elsewhen *aside; /* those of them that are about a figure */
    size_t aside_count, aside_capacity;
};

static struct text cell_of(const struct decisions *d, int column)
{
    int32_t c = d->columns[column].column;
    if (c == NO_INDEX) return TEXT_NONE;
    return utf8_trim(d->batch->cells[(size_t)d->lane * d->batch->columns + (size_t)c]);
}

static struct cell_place place_of(const struct decisions *d, int column)
{
    return (struct cell_place){d->file, d->batch->lines[d->lane], d->headings[d->columns[column].column]};
}

/* ---- which question ---- */

/* The question that a row is about, or NO_INDEX. */
static int32_t question_of(const struct decisions *d)
{
    const struct schema *schema = d->loader->schema;
    struct text subject = cell_of(d, SUBJECT);
    for (uint32_t q = 0; subject.len && q < schema->question_count; q++)
        if (text_equal(schema->questions[q].name, subject) || text_equal(schema->questions[q].heading, subject)) return (int32_t)q;
    return NO_INDEX;
}

/* ---- which figure ---- */

static bool is_subject(const struct judged_schema *judged, struct text subject)
{
    char room[SUBJECT_BYTES];
    if (judged->yes_no) return text_equal(judged->subject, subject) || (judged->other.len && text_equal(judged->other, subject));
    return judged->subject.len <= sizeof room && text_equal(part_plain(judged->subject, room), subject);
}

/* The judged parts, each once, for messages. */
static struct text subjects(struct loader *loader)
{
    const struct schema *schema = loader->schema;
    struct text *names = ARENA_ARRAY(loader->arena, struct text, schema->judged_count);
    size_t count = 0;
    for (uint32_t j = 0; j < schema->judged_count; j++) {
        size_t i = 0;
        while (i < count && !text_equal(names[i], schema->judged[j].subject)) i++;
        if (i == count) names[count++] = schema->judged[j].subject;
    }
    return text_list(loader->arena, names, count, WORDS_SHOWN);
}

/* Those who judge a part, for messages. */
static struct text authorities(struct loader *loader, struct text subject)
{
    const struct schema *schema = loader->schema;
    struct text *names = ARENA_ARRAY(loader->arena, struct text, schema->judged_count);
    size_t count = 0;
    for (uint32_t j = 0; j < schema->judged_count; j++) {
        if (is_subject(&schema->judged[j], subject)) names[count++] = schema->judged[j].authority;
    }
    return text_list(loader->arena, names, count, WORDS_SHOWN);
}

/* The figure that a row decides, or NO_INDEX after a finding. */
static int32_t judged_of(struct decisions *d, struct text authority)
{
    struct loader *loader = d->loader;
    const struct schema *schema = loader->schema;
    struct text cell = cell_of(d, SUBJECT), subject = cell;
    struct cell_place place = place_of(d, SUBJECT);
    char room[SUBJECT_BYTES];
    if (cell.len <= sizeof room) subject = part_plain(cell, room);

    int32_t anybody = NO_INDEX, theirs = NO_INDEX;
    bool judged = false;
    for (uint32_t j = 0; j < schema->judged_count; j++) {
        if (!is_subject(&schema->judged[j], schema->judged[j].yes_no ? cell : subject)) continue;
        judged = true;
        if (!schema->judged[j].authority.len) anybody = (int32_t)j;
        else if (text_equal(schema->judged[j].authority, authority)) theirs = (int32_t)j;
    }
    if (theirs != NO_INDEX) return theirs;
    if (anybody != NO_INDEX) return anybody;
    if (judged) {
        if (!authority.len) return NO_INDEX; /* said already: it must not be blank */
        place = place_of(d, AUTHORITY);
        CELL_FIND(loader, D_DECISION_AUTHORITY, &place, authority, authorities(loader, subject));
        return NO_INDEX;
    }
    int64_t part;
    bool known = word_map_find(&loader->parts, subject, &part);
    if (known && !schema->judged_count) CELL_FIND(loader, D_DECISION_NOBODY, &place, cell);
    else if (known) CELL_FIND(loader, D_DECISION_NOT_JUDGED, &place, cell, subjects(loader));
    else {
        struct suggest suggest;
        suggest_start(&suggest, cell);
        for (uint32_t q = 0; q < schema->question_count; q++) {
            suggest_offer(&suggest, schema->questions[q].name);
            suggest_offer(&suggest, schema->questions[q].heading);
        }
        struct text near = suggest_result(&suggest);
        if (near.len) CELL_FIND(loader, D_QUESTION_UNKNOWN_NEAR, &place, cell, near);
        else if (!schema->judged_count) CELL_FIND(loader, D_DECISION_NOBODY, &place, cell);
        else CELL_FIND(loader, D_PART_UNKNOWN, &place, cell, schema->judged[0].subject);
    }
    return NO_INDEX;
}

/* ---- a row ---- */

/* A cell that a decision must fill in. */
static bool is_filled(struct decisions *d, int column)
{
    if (cell_of(d, column).len) return true;
    struct cell_place place = place_of(d, column);
    CELL_FIND(d->loader, D_DECISION_BLANK, &place, TEXT_NONE);
    return false;
}

static bool read_value(struct decisions *d, const struct judged_schema *judged, int64_t *value)
{
    struct loader *loader = d->loader;
    struct field_schema field = {.kind = FIELD_NUMBER, .places = judged->places, .has_low = true, .has_high = true};
    field.low = judged->low;
    field.high = judged->high;
    field.step = judged->all_or_nothing ? 0 : judged->step;
    if (judged->yes_no) field = (struct field_schema){.kind = FIELD_BOOL};
    struct cell_place place = place_of(d, VALUE);
    struct text cell = cell_of(d, VALUE);
    if (cell_read(loader, &field, &place, cell, value) != CELL_READ) return false;
    if (!judged->all_or_nothing || *value == judged->low || *value == judged->high) return true;
    char low[DECIMAL_ROOM], high[DECIMAL_ROOM];
    CELL_FIND(loader, D_DECISION_ALL_OR_NOTHING, &place, cell, decimal_format(judged->high, judged->places, high),
              decimal_format(judged->low, judged->places, low));
    return false;
}

static bool unit_of(struct decisions *d, uint32_t *unit)
{
    struct loader *loader = d->loader;
    struct cell_place place = place_of(d, UNIT);
    struct text cell = cell_of(d, UNIT);
    int64_t key;
    if (cell_read_key(loader, 0, &place, cell, &key) != CELL_READ) return false;
    const struct keymap_slot *slot = key_find(loader, 0, KEYMAP_NO_UNIT, &place, cell_of(d, UNIT), key);
    if (!slot) report_unknown(loader, 0, KEYMAP_NO_UNIT, &place, cell);
    if (!slot || keymap_is_left(slot->row)) return false;
    *unit = slot->row;
    return true;
}

static void record(struct decisions *d, int32_t judged, uint32_t unit, struct text authority, int64_t value)
{
    struct loader *loader = d->loader;
    struct dataset *out = loader->out;
    if (!out->judged[judged].blank[unit]) {
        struct cell_place place = place_of(d, SUBJECT);
        struct text before = d->authority[judged][unit];
        struct text line = text_of_number(loader->arena, out->judged_line[judged][unit]);
        bool same = text_equal(before, authority);
        CELL_FIND(loader, same ? D_DECISION_TWICE : D_DECISION_BY_TWO, &place, cell_of(d, SUBJECT), line, before, authority);
        return;
    }
    out->judged[judged].blank[unit] = 0;
    out->judged[judged].values[unit] = value;
    out->judged_line[judged][unit] = d->batch->lines[d->lane];
    uint32_t kept = intern_put(&loader->texts, authority); /* first: it may move the texts */
    d->authority[judged][unit] = loader->texts.texts[kept];
}

/* Whether the row is about another period than that of this run, which is then listed: runs of several periods share one table. */
static bool is_elsewhen(struct decisions *d)
{
    const struct schema *schema = d->loader->schema;
    struct field_schema field = {.kind = FIELD_DATE};
    struct cell_place place = place_of(d, DATE);
    int64_t date;
    if (!cell_of(d, DATE).len) return false;
    enum cell_state state = cell_read(d->loader, &field, &place, cell_of(d, DATE), &date); /* a wrong one is an error */
    if (state != CELL_READ || !schema->earlier_counted || (date >= schema->period_from && date <= schema->period_to)) return false;
    struct aside_row row = {.table = schema->table_count, .dated = true, .date = date, .line = place.line};
    row.why = date < schema->period_from ? ASIDE_EARLIER : ASIDE_LATER;
    if (d->loader->keeps_aside) data_put_aside(d->loader, row, cell_of(d, UNIT));
    return true;
}

/* A line of a sheet to be filled in, which says what is to be decided and nothing of the decision. */
static bool is_undecided(struct decisions *d)
{
    return !cell_of(d, VALUE).len && !cell_of(d, REASON).len && !cell_of(d, DATE).len && !cell_of(d, ROW).len;
}

static void take_row(struct decisions *d)
{
    struct loader *loader = d->loader;
    bool empty = true;
    for (int c = 0; c < COLUMN_COUNT && empty; c++) empty = cell_of(d, c).len == 0;
    if (empty) return;
    loader->out->rows_read++;
    if (question_of(d) >= 0) { /* decisions_readings has it already; examples go by the readings that the scheme takes */
        struct cell_place place = place_of(d, SUBJECT);
        if (!loader->schema->readings_apart) CELL_FIND(loader, D_READING_EXAMPLE, &place, cell_of(d, SUBJECT));
        if (is_elsewhen(d)) d->other_periods++;
        else loader->out->rows_used++;
        return;
    }

    uint32_t unit = 0;
    int64_t value = 0;
    if (is_undecided(d)) {
        unit_of(d, &unit);
        if (is_filled(d, SUBJECT)) judged_of(d, cell_of(d, AUTHORITY));
        return;
    }
    bool filled = is_filled(d, REASON), who = is_filled(d, AUTHORITY);
    bool known = unit_of(d, &unit);
    struct text authority = cell_of(d, AUTHORITY);
    int32_t judged = is_filled(d, SUBJECT) ? judged_of(d, authority) : NO_INDEX;
    bool valued = is_filled(d, VALUE) && judged != NO_INDEX && read_value(d, &loader->schema->judged[judged], &value);
    if (cell_of(d, ROW).len) {
        struct cell_place place = place_of(d, ROW);
        CELL_FIND(loader, D_DECISION_ROW, &place, cell_of(d, ROW));
        return;
    }
    if (is_elsewhen(d)) {
        struct elsewhen row = {(uint32_t)judged, unit, (uint32_t)d->aside_count};
        d->other_periods++;
        if (known && judged != NO_INDEX) ARENA_PUSH(loader->arena, d->aside, d->aside_count, d->aside_capacity, row);
        return;
    }
    if (!filled || !who || !known || judged == NO_INDEX || !valued) return;
    loader->out->rows_used++;
    record(d, judged, unit, authority, value);
}

/* ---- the table ---- */

/* Every figure open. */
static void open_all(struct decisions *d)
{
    struct arena *arena = d->loader->arena;
    struct dataset *out = d->loader->out;
    uint32_t count = d->loader->schema->judged_count, units = d->units ? d->units : 1;
    out->judged = ARENA_ARRAY(arena, struct column, count);
    out->judged_line = ARENA_ARRAY(arena, uint32_t *, count);
    d->authority = out->judged_by = ARENA_ARRAY(arena, struct text *, count);
    for (uint32_t j = 0; j < count; j++) {
        out->judged[j].values = ARENA_ARRAY(arena, int64_t, units);
        out->judged[j].blank = arena_take(arena, units, 1);
        memset(out->judged[j].blank, 1, units);
        out->judged_line[j] = ARENA_ARRAY(arena, uint32_t, units);
        d->authority[j] = ARENA_ARRAY(arena, struct text, units);
    }
}

/* Opens the table and finds its columns; NULL: it is not there, or its columns are not. */
static struct source_table *open_table(struct decisions *d)
{
    static const struct text NAMES[] = {{"decision", 8}, {"裁定", 6}};
    struct loader *loader = d->loader;
    const struct table_schema *units = &loader->schema->tables[0];
    const struct field_schema *key = &units->fields[units->key];
    bool found, zh = loader->schema->tongue == TONGUE_ZH; /* the heading is how messages call it */
    struct source_table *table = source_table_open(loader->source, NAMES, 2, loader->problems, &found);
    if (!table) return NULL;
    d->file = source_table_file(table);
    d->columns[UNIT] = (struct wanted_column){.name = key->name, .heading = key->heading, .others = UNIT_SPELLINGS};
    for (int c = SUBJECT; c < COLUMN_COUNT; c++) {
        d->columns[c] = (struct wanted_column){
            .name = first_spelling(SPELLINGS[c][!zh]), .heading = first_spelling(SPELLINGS[c][zh]), .others = SPELLINGS[c][1]};
        d->columns[c].optional = d->columns[c].silent = c == ROW || c == DATE;
    }
    if (!columns_match(loader, table, d->columns, COLUMN_COUNT)) return NULL;
    uint32_t heading_count;
    d->headings = source_table_headings(table, &heading_count);
    return table;
}

/* ---- readings ---- */

static struct text readings_list(struct loader *loader, const struct question_schema *question)
{
    struct text *names = ARENA_ARRAY(loader->arena, struct text, question->count);
    for (uint32_t k = 0; k < question->count; k++) names[k] = text_shown(question->readings[k], question->headings[k]);
    return text_list(loader->arena, loader->schema->tongue == TONGUE_EN ? question->readings : names, question->count, WORDS_SHOWN);
}

static bool reading_of(struct decisions *d, const struct question_schema *question, uint32_t *reading)
{
    struct text cell = cell_of(d, VALUE);
    struct suggest suggest;
    suggest_start(&suggest, cell);
    for (uint32_t k = 0; k < question->count; k++) {
        *reading = k;
        if (text_equal(question->readings[k], cell) || text_equal(question->headings[k], cell)) return true;
        suggest_offer(&suggest, question->readings[k]);
        suggest_offer(&suggest, question->headings[k]);
    }
    struct cell_place place = place_of(d, VALUE);
    struct text near = suggest_result(&suggest), all = readings_list(d->loader, question);
    CELL_FIND(d->loader, near.len ? D_READING_UNKNOWN_NEAR : D_READING_UNKNOWN, &place, cell, cell_of(d, SUBJECT), all, near);
    return false;
}

static void take_reading(struct decisions *d, struct reading_choice *choices, bool *taken)
{
    struct loader *loader = d->loader;
    int32_t question = question_of(d);
    uint32_t reading = 0;
    if (question < 0 || is_undecided(d)) return; /* a line that waits for its decision */
    loader->muted = true; /* a date that is none is reported with the other rows */
    bool elsewhen = is_elsewhen(d);
    loader->muted = false;
    if (elsewhen) return;
    struct text unit = cell_of(d, UNIT);
    bool right = is_filled(d, REASON) & is_filled(d, AUTHORITY) & is_filled(d, VALUE);
    if (unit.len && !text_equal(unit, loader->schema->title)) {
        struct cell_place place = place_of(d, UNIT);
        CELL_FIND(loader, D_READING_UNIT, &place, unit);
        right = false;
    }
    if (cell_of(d, ROW).len) {
        struct cell_place place = place_of(d, ROW);
        CELL_FIND(loader, D_READING_UNIT, &place, cell_of(d, ROW));
        right = false;
    }
    if (!cell_of(d, VALUE).len || !reading_of(d, &loader->schema->questions[question], &reading) || !right) return;
    struct reading_choice *choice = &choices[question];
    if (taken[question]) {
        struct cell_place place = place_of(d, SUBJECT);
        struct text line = text_of_number(loader->arena, choice->line), who = cell_of(d, AUTHORITY);
        bool same = text_equal(choice->authority, who);
        CELL_FIND(loader, same ? D_DECISION_TWICE : D_DECISION_BY_TWO, &place, cell_of(d, SUBJECT), line, choice->authority, who);
        return;
    }
    taken[question] = true;
    *choice = (struct reading_choice){(uint32_t)question, reading, arena_text(loader->arena, cell_of(d, AUTHORITY)), d->file,
                                      d->batch->lines[d->lane]};
}

struct reading_choice *decisions_readings(struct arena *arena, const struct schema *schema, struct source *source,
                                          struct findings *problems, uint32_t *count)
{
    struct findings elsewhere; /* what data_load will report of the table */
    struct loader *loader = ARENA_NEW(arena, struct loader);
    findings_init(&elsewhere, arena, 0);
    *count = 0;
    *loader = (struct loader){.arena = arena, .schema = schema, .source = source, .problems = &elsewhere};
    struct decisions d = {.loader = loader};
    struct source_table *table = open_table(&d);
    if (!table) return NULL;
    loader->problems = problems;
    struct reading_choice *choices = ARENA_ARRAY(arena, struct reading_choice, schema->question_count);
    bool *taken = ARENA_ARRAY(arena, bool, schema->question_count);
    struct source_batch batch;
    while (source_table_next(table, &batch)) {
        d.batch = &batch;
        for (d.lane = 0; d.lane < batch.rows; d.lane++) take_reading(&d, choices, taken);
    }
    for (uint32_t q = 0; q < schema->question_count; q++)
        if (taken[q]) choices[(*count)++] = choices[q];
    return choices;
}

/* ---- all of it ---- */

static int by_figure(const void *a, const void *b)
{
    const struct elsewhen *one = a, *other = b;
    if (one->judged != other->judged) return one->judged < other->judged ? -1 : 1;
    if (one->unit != other->unit) return one->unit < other->unit ? -1 : 1;
    return one->order < other->order ? -1 : one->order > other->order;
}

/* The key of a unit as it stands in the data, where it is a text. */
static struct text unit_name(const struct decisions *d, uint32_t unit)
{
    const struct table_schema *units = &d->loader->schema->tables[0];
    const struct column *key = &d->loader->out->tables[0].columns[units->key];
    if (units->fields[units->key].kind != FIELD_TEXT || !key->values) return text_of_number(d->loader->arena, unit + 1);
    return d->loader->texts.texts[key->values[unit]];
}

/* Figures on which there are decisions of other periods alone: "1.2 (Archive / Culture)". */
static struct text only_elsewhen(struct decisions *d)
{
    struct dataset *out = d->loader->out;
    struct buffer words;
    buffer_init(&words, d->loader->arena);
    if (d->aside_count) qsort(d->aside, d->aside_count, sizeof *d->aside, by_figure);
    const struct judged_schema *before = NULL;
    size_t names = 0, subjects = 0;
    for (size_t k = 0; k < d->aside_count; k++) {
        const struct elsewhen *row = &d->aside[k];
        const struct judged_schema *judged = &d->loader->schema->judged[row->judged];
        bool again = k && row->judged == d->aside[k - 1].judged && row->unit == d->aside[k - 1].unit;
        if (again || !out->judged[row->judged].blank[row->unit]) continue;
        if (judged != before) {
            if (subjects++ == WORDS_SHOWN) break;
            buffer_print(&words, "%s%.*s ", before ? "); " : "", TEXT_ARG(judged->subject));
            if (judged->authority.len) buffer_print(&words, "%.*s ", TEXT_ARG(judged->authority));
            buffer_char(&words, '(');
            names = 0;
        }
        before = judged;
        if (names++ < UNITS_SHOWN) buffer_print(&words, "%s%.*s", names > 1 ? " / " : "", TEXT_ARG(unit_name(d, row->unit)));
        else if (names == UNITS_SHOWN + 1) buffer_put(&words, " / …");
    }
    if (before) buffer_char(&words, ')');
    return buffer_result(&words);
}

static void report_elsewhen(struct decisions *d)
{
    struct loader *loader = d->loader;
    struct text open = only_elsewhen(d), count = text_of_number(loader->arena, d->other_periods);
    enum diag_code code = open.len ? D_DECISIONS_OTHER_OPEN : D_DECISIONS_OTHER;
    struct finding *finding = FIND(loader->problems, code, SPAN_NONE, count, open);
    if (finding) finding->data.file = d->file;
}

void decisions_load(struct loader *loader)
{
    struct decisions d = {.loader = loader, .units = loader->out->tables[0].rows};
    open_all(&d);
    struct source_table *table = open_table(&d);
    loader->out->decision_file = d.file;
    if (!table) return;

    struct source_batch batch;
    while (source_table_next(table, &batch)) {
        d.batch = &batch;
        for (d.lane = 0; d.lane < batch.rows; d.lane++) take_row(&d);
    }
    notes_report(loader);
    if (d.other_periods) report_elsewhen(&d);
}
