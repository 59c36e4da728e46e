/* kaohe.h, what a scheme asks of its data, and that data as it lies there: for sheets to be filled in, and for marking
 * cells.
 *
 * In: a compiled scheme, a folder, workbook or base. Out: tables with their columns; raw rows.
 * Decision: where a field counts is read off the graph of values: a rule that reaches its column names its clause.
 */
#include "kaohe_internal.h"

#include "../runtime/sheet_name.h"
#include "../runtime/source.h"

static struct text number_text(struct arena *arena, int64_t number, unsigned places, bool percent)
{
    struct buffer text;
    buffer_init(&text, arena);
    number_print(&text, number, percent && places >= 2 ? places - 2 : places);
    if (percent) buffer_char(&text, '%');
    return buffer_result(&text);
}

/* ---- where a field counts ---- */

enum { CLAUSES = 12 };

struct uses {
    struct scheme *scheme;
    uint32_t *seen; /* per value: the rule that came by last, from 1 */
    uint32_t stamp;
    uint32_t *first;       /* per table: its first field's place in `texts` */
    struct buffer *texts;  /* per field: clauses so far */
    uint32_t *counts, *by; /* per field: how many, and the rule that was noted last */
};

static void visit(struct uses *uses, const struct value *value)
{
    if (!value || uses->seen[value->id] == uses->stamp) return;
    uses->seen[value->id] = uses->stamp;
    if (value->op == VALUE_COLUMN) uses->by[uses->first[value->i] + value->j] = uses->stamp;
    if (value->op == VALUE_RANK) {
        const struct rank_plan *rank = &uses->scheme->graph.ranks[value->j];
        for (uint32_t k = 0; k < rank->key_count; k++) visit(uses, rank->keys[k]);
        for (uint32_t k = 0; k < rank->partition_count; k++) visit(uses, rank->partition[k]);
        visit(uses, rank->mask);
    }
    if (value->op == VALUE_GROUP) {
        const struct group_plan *group = &uses->scheme->graph.groups[value->j];
        visit(uses, group->key);
        visit(uses, group->mask);
    }
    visit(uses, value->a);
    visit(uses, value->b);
    visit(uses, value->c);
}

static void note_rule(struct uses *uses, const struct rule *rule, uint32_t fields)
{
    struct text clause = rule->line->source.len ? rule->line->source : uses->scheme->parts[rule->part].number;
    uses->stamp++;
    visit(uses, rule->fired);
    visit(uses, rule->graded);
    visit(uses, rule->mask);
    visit(uses, rule->gross.value);
    visit(uses, rule->amount.value);
    visit(uses, rule->have.value);
    visit(uses, rule->of.value);
    for (uint32_t f = 0; f < fields; f++) {
        if (uses->by[f] != uses->stamp || uses->counts[f] > CLAUSES) continue;
        struct text before = buffer_result(&uses->texts[f]);
        if (before.len >= clause.len && memcmp(before.at + before.len - clause.len, clause.at, clause.len) == 0) continue;
        if (uses->counts[f]) buffer_put(&uses->texts[f], uses->scheme->tongue == TONGUE_ZH ? "、" : ", ");
        if (uses->counts[f]++ < CLAUSES)
            buffer_text(&uses->texts[f], clause);
        else
            buffer_put(&uses->texts[f], "…");
    }
}

static void find_uses(struct arena *arena, struct scheme *scheme, struct uses *uses)
{
    uint32_t fields = 0;
    *uses = (struct uses){.scheme = scheme};
    uses->first = ARENA_ARRAY(arena, uint32_t, scheme->schema.table_count);
    for (uint32_t t = 0; t < scheme->schema.table_count; t++) {
        uses->first[t] = fields;
        fields += scheme->schema.tables[t].field_count;
    }
    uses->seen = ARENA_ARRAY(arena, uint32_t, scheme->graph.count);
    uses->texts = ARENA_ARRAY(arena, struct buffer, fields);
    uses->counts = ARENA_ARRAY(arena, uint32_t, fields);
    uses->by = ARENA_ARRAY(arena, uint32_t, fields);
    for (uint32_t f = 0; f < fields; f++) buffer_init(&uses->texts[f], arena);
    for (size_t r = 0; r < scheme->rule_count; r++) note_rule(uses, &scheme->rules[r], fields);
}

/* ---- tables ---- */

static kh_field_kind kind_of(const struct field_schema *field)
{
    switch (field->kind) {
    case FIELD_TEXT: return KH_FIELD_TEXT;
    case FIELD_BOOL: return KH_FIELD_YES_NO;
    case FIELD_BOOL_NA: return KH_FIELD_YES_NO_NA;
    case FIELD_NUMBER: return field->percent ? KH_FIELD_PERCENT : KH_FIELD_NUMBER;
    case FIELD_DATE: return KH_FIELD_DATE;
    case FIELD_LIST: return KH_FIELD_LIST;
    case FIELD_REF:
    case FIELD_UNIT: return KH_FIELD_REFERENCE;
    case FIELD_PART: return KH_FIELD_PART;
    }
    return KH_FIELD_TEXT;
}

static void set_values(struct arena *arena, const struct schema *schema, const struct field_schema *field,
                       struct kh_field *out)
{
    size_t count = field->kind == FIELD_LIST   ? schema->lists[field->list].count
                   : field->kind == FIELD_PART ? schema->part_count
                                               : 0;
    kh_text *values = ARENA_ARRAY(arena, kh_text, count);
    for (size_t k = 0; k < count; k++) {
        const struct list_schema *list = &schema->lists[field->list];
        values[k] = kh_of(field->kind == FIELD_PART ? schema->parts[k] : text_shown(list->values[k], list->headings[k]));
    }
    out->values = values;
    out->value_count = count;
}

static struct kh_field field_of(struct scheme *scheme, const struct field_schema *field)
{
    struct kh_field out = {
        .kind = kind_of(field), .heading = kh_of(text_shown(field->name, field->heading)), .optional = field->optional};
    unsigned places = field->places;
    out.places = field->percent && places >= 2 ? places - 2 : places;
    out.target = field->kind == FIELD_REF ? field->table : 0;
    if (field->has_low) out.low = kh_of(number_text(scheme->arena, field->low, places, field->percent));
    if (field->has_high) out.high = kh_of(number_text(scheme->arena, field->high, places, field->percent));
    if (field->step) out.step = kh_of(number_text(scheme->arena, field->step, places, field->percent));
    if (field->where.to) out.line = scheme_line(scheme, field->where);
    set_values(scheme->arena, &scheme->schema, field, &out);
    return out;
}

/* The column that says whose a row is. */
static struct kh_field owner_of(struct scheme *scheme, uint32_t table)
{
    const struct table_schema *owner = &scheme->schema.tables[table];
    struct kh_field out = field_of(scheme, &owner->fields[owner->key]);
    return (struct kh_field){.kind = KH_FIELD_REFERENCE, .heading = out.heading, .target = table};
}

static struct kh_table table_of(struct scheme *scheme, uint32_t index, struct uses *uses)
{
    const struct table_schema *table = &scheme->schema.tables[index];
    struct kh_field *fields = ARENA_ARRAY(scheme->arena, struct kh_field, (size_t)table->field_count + 2);
    size_t count = 0;
    if (index && table->parent >= 0) fields[count++] = owner_of(scheme, 0);
    if (table->parent > 0) fields[count++] = owner_of(scheme, (uint32_t)table->parent);
    for (uint32_t f = 0; f < table->field_count; f++) {
        struct kh_field field = field_of(scheme, &table->fields[f]);
        field.key = (int32_t)f == table->key;
        field.period = (int32_t)f == table->by;
        field.optional = field.optional && !field.key && !field.period;
        field.clauses = kh_of(buffer_result(&uses->texts[uses->first[index] + f]));
        fields[count++] = field;
    }
    return (struct kh_table){.heading = kh_of(text_shown(table->name, table->heading)),
                             .fields = fields,
                             .field_count = count,
                             .units = index == 0,
                             .results = table->results,
                             .line = table->where.to ? scheme_line(scheme, table->where) : 0};
}

/* The columns of the table of decisions, in the order of builtins.def. */
static struct kh_table decisions_of(struct scheme *scheme)
{
    static const struct {
        const char *en, *zh;
        kh_field_kind kind;
        bool optional;
    } COLUMNS[] = {
        {"unit", "对象", KH_FIELD_REFERENCE, false}, {"subject", "事项", KH_FIELD_TEXT, false},
        {"row", "行", KH_FIELD_TEXT, true},          {"value", "结论", KH_FIELD_TEXT, false},
        {"reason", "理由", KH_FIELD_TEXT, false},    {"authority", "裁定人", KH_FIELD_TEXT, false},
        {"date", "日期", KH_FIELD_DATE, false},
    };
    enum { COUNT = sizeof COLUMNS / sizeof *COLUMNS };
    struct kh_field *fields = ARENA_ARRAY(scheme->arena, struct kh_field, COUNT);
    for (size_t k = 0; k < COUNT; k++)
        fields[k] = (struct kh_field){.kind = COLUMNS[k].kind,
                                      .heading = kh_of(file_word(scheme, COLUMNS[k].en, COLUMNS[k].zh)),
                                      .optional = COLUMNS[k].optional};
    return (struct kh_table){.heading = kh_of(file_word(scheme, "decision", "裁定")),
                             .sheet = kh_of(file_word(scheme, "decision", "裁定")),
                             .fields = fields,
                             .field_count = COUNT,
                             .decisions = true};
}

kh_status kh_scheme_tables(kh_scheme *s, const kh_table **tables, size_t *count)
{
    *tables = NULL;
    *count = 0;
    if (!s->program) return KH_FINDINGS;
    if (setjmp(*arena_trap(s->arena))) return KH_ENVIRONMENT;
    struct scheme *scheme = s->scheme;
    struct uses uses;
    find_uses(s->arena, scheme, &uses);
    uint32_t all = scheme->schema.table_count;
    struct kh_table *out = ARENA_ARRAY(s->arena, struct kh_table, (size_t)all + 1);
    for (uint32_t t = 0; t < all; t++) out[t] = table_of(scheme, t, &uses);
    struct text *names = ARENA_ARRAY(s->arena, struct text, all);
    for (uint32_t t = 0; t < all; t++) names[t] = text_from(out[t].heading);
    for (uint32_t t = 0; t < all; t++) {
        char room[SHEET_NAME_ROOM];
        bool shared;
        out[t].sheet = kh_of(arena_text(s->arena, sheet_name_among(names, all, t, room, &shared)));
    }
    if (scheme->schema.judged_count) out[all] = decisions_of(scheme);
    *tables = out;
    *count = all + (scheme->schema.judged_count > 0);
    return KH_OK;
}

kh_status kh_scheme_judged(kh_scheme *s, const kh_judged **items, size_t *count)
{
    *items = NULL;
    *count = 0;
    if (!s->program) return KH_FINDINGS;
    if (setjmp(*arena_trap(s->arena))) return KH_ENVIRONMENT;
    const struct schema *schema = &s->scheme->schema;
    struct kh_judged *all = ARENA_ARRAY(s->arena, struct kh_judged, schema->judged_count);
    for (uint32_t k = 0; k < schema->judged_count; k++) {
        const struct judged_schema *judged = &schema->judged[k];
        all[k] = (struct kh_judged){
            .subject = kh_of(judged->subject), .authority = kh_of(judged->authority), .yes_no = judged->yes_no};
        if (!judged->yes_no) {
            all[k].low = kh_of(number_text(s->arena, judged->low, judged->places, false));
            all[k].high = kh_of(number_text(s->arena, judged->high, judged->places, false));
        }
        for (size_t p = 0; p < s->scheme->part_count; p++)
            if (text_equal(s->scheme->parts[p].number, judged->subject)) all[k].title = kh_of(s->scheme->parts[p].title);
    }
    *items = all;
    *count = schema->judged_count;
    return KH_OK;
}

/* ---- data as it lies there ---- */

struct raw_table {
    struct source_table *source;
    kh_text *headings, *cells;
    uint32_t columns;
    struct source_batch batch;
    uint32_t at;
};

struct kh_data {
    struct arena *arena;
    struct findings problems;
    struct raw_table *tables;
    size_t count;
};

/* What a table's headings are looked for by, where titles may stand above them. */
struct wanted {
    const struct schema *schema;
    uint32_t table; /* schema->table_count: the table of decisions */
};

static bool names_field(const struct schema *schema, int32_t table, int32_t field, struct text heading)
{
    if (table < 0 || field < 0) return false;
    const struct field_schema *f = &schema->tables[table].fields[field];
    return text_equal(f->name, heading) || (f->heading.len && text_equal(f->heading, heading));
}

static int32_t is_wanted(void *context, struct text heading)
{
    static const char *const OF_DECISIONS[] = {"unit", "对象",   "考核对象", "subject",   "事项",   "row",  "行",  "value",
                                               "结论", "reason", "理由",     "authority", "裁定人", "date", "日期"};
    const struct wanted *wanted = context;
    const struct schema *schema = wanted->schema;
    if (wanted->table == schema->table_count) {
        for (size_t k = 0; k < sizeof OF_DECISIONS / sizeof *OF_DECISIONS; k++)
            if (text_is(heading, OF_DECISIONS[k])) return (int32_t)k;
        return -1;
    }
    const struct table_schema *table = &schema->tables[wanted->table];
    for (int32_t f = 0; f < (int32_t)table->field_count; f++)
        if (names_field(schema, (int32_t)wanted->table, f, heading)) return f;
    bool owner = table->parent >= 0 && names_field(schema, 0, schema->tables[0].key, heading);
    owner = owner || (table->parent > 0 && names_field(schema, table->parent, schema->tables[table->parent].key, heading));
    return owner ? (int32_t)table->field_count : -1;
}

static void open_table(struct kh_data *data, struct source *source, const struct schema *schema, uint32_t index,
                       struct text name, struct text heading)
{
    struct raw_table *raw = &data->tables[index];
    struct text names[] = {name, heading};
    bool found;
    raw->source = source_table_open(source, names, 2, &data->problems, &found);
    if (!raw->source) return;
    struct wanted wanted = {schema, index};
    source_table_find_headings(raw->source, is_wanted, &wanted);
    const struct text *headings = source_table_headings(raw->source, &raw->columns);
    raw->headings = ARENA_ARRAY(data->arena, kh_text, raw->columns);
    raw->cells = ARENA_ARRAY(data->arena, kh_text, raw->columns);
    for (uint32_t c = 0; c < raw->columns; c++) raw->headings[c] = kh_of(headings[c]);
}

kh_status kh_data_open(kh_scheme *s, const char *path, kh_data **out)
{
    *out = NULL;
    if (!s->program) return KH_FINDINGS;
    struct arena *arena = arena_open(&s->allocator, 0);
    if (!arena) return KH_ENVIRONMENT;
    if (setjmp(*arena_trap(arena))) {
        arena_close(arena);
        return KH_ENVIRONMENT;
    }
    const struct schema *schema = &s->program->schema;
    kh_data *data = ARENA_NEW(arena, kh_data);
    data->arena = arena;
    findings_init(&data->problems, arena, 0);
    struct source *source = source_open(arena, arena_text(arena, text_of(path)), &s->sources, &data->problems);
    if (!source) {
        arena_close(arena);
        return KH_ENVIRONMENT;
    }
    data->count = (size_t)schema->table_count + 1;
    data->tables = ARENA_ARRAY(arena, struct raw_table, data->count);
    for (uint32_t t = 0; t < schema->table_count; t++) {
        source_expect(source, (const struct text[]){schema->tables[t].name, schema->tables[t].heading}, 2);
    }
    for (uint32_t t = 0; t < schema->table_count; t++)
        open_table(data, source, schema, t, schema->tables[t].name, schema->tables[t].heading);
    open_table(data, source, schema, schema->table_count, TEXT("decision"), TEXT("裁定"));
    *out = data;
    return KH_OK;
}

void kh_data_close(kh_data *data)
{
    if (data) arena_close(data->arena);
}

bool kh_data_table(kh_data *data, size_t table, kh_text *file, const kh_text **headings, size_t *columns)
{
    if (table >= data->count || !data->tables[table].source) return false;
    const struct raw_table *raw = &data->tables[table];
    *file = kh_of(source_table_file(raw->source));
    *headings = raw->headings;
    *columns = raw->columns;
    return true;
}

kh_status kh_data_next(kh_data *data, size_t table, const kh_text **cells, uint64_t *row)
{
    if (table >= data->count || !data->tables[table].source) return KH_USAGE;
    if (setjmp(*arena_trap(data->arena))) return KH_ENVIRONMENT;
    struct raw_table *raw = &data->tables[table];
    while (raw->at >= raw->batch.rows) {
        raw->at = 0;
        if (!source_table_next(raw->source, &raw->batch)) {
            raw->batch.rows = 0;
            return KH_USAGE;
        }
    }
    const struct text *from = raw->batch.cells + (size_t)raw->at * raw->batch.columns;
    for (uint32_t c = 0; c < raw->columns; c++) raw->cells[c] = c < raw->batch.columns ? kh_of(from[c]) : (kh_text){NULL, 0};
    *cells = raw->cells;
    *row = raw->batch.lines[raw->at++];
    return KH_OK;
}
