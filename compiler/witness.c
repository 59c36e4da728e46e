/* A unit that comes to a total which no grade covers, or which two ranges claim, or to a case that no line of a choose
 * covers: proof that the gap can be reached.
 *
 * In: a scheme whose check found one. Out: an example, canonical, ready to be put into the scheme, and the same as files of
 * data; nothing if none was found. Decision: units are made up (every field at its ends, at the figures of the text and
 * beside them, or anywhere between), and the machine runs them, first as examples, then as data: what it says is what a run
 * would say, so a witness is never wrong. The choice is by a fixed sequence: the same scheme has the same witness. Rows that
 * belong to several units name the unit mostly, and now and then another, which as data is like it; tables that others point
 * to get their rows first. Cost: where a gap is hard to hit, none is found.
 */
#include "../grammar/statement.h"
#include "example.h"
#include "kaohe_internal.h"

#include "../runtime/calendar.h"
#include "../runtime/csv_write.h"
#include "../runtime/load.h"
#include "../runtime/quotient.h"

enum { BATCHES = 20, BATCH = 60, LITERALS = 64, ROWS_MOST = 9, KEYED_MOST = 16, KEYS_MOST = 3 };

/* A table whose rows others name, and how many it has in the unit that is being made up. */
struct keyed {
    const struct ast *table, *key;
    uint32_t rows;
};

struct search {
    struct arena *arena;
    kh_scheme *scheme;
    struct buffer *out;
    struct text literals[LITERALS]; /* figures of the text */
    size_t literal_count;
    uint64_t state;
    struct keyed keyed[KEYED_MOST];
    uint32_t keyed_count;
    bool as_data; /* only units that can be written down as data, whole */
    kh_witness_file *files;
    size_t file_count, file_capacity;
    kh_scheme *mixed; /* these two are open while it runs, and closed when memory runs out */
    struct arena *run;
};

static uint32_t draw(struct search *s, uint32_t below)
{
    s->state = s->state * 6364136223846793005u + 1442695040888963407u;
    return below ? (uint32_t)((s->state >> 33) % below) : 0;
}

/* ---- values ---- */

static void collect_literals(struct search *s, const struct ast *node)
{
    for (; node; node = node->next) {
        if (node->kind == AST_EXAMPLE || node->kind == AST_SAMPLE) continue;
        bool figure = node->kind == AST_NUMBER || node->kind == AST_PERCENTAGE;
        if (figure && s->literal_count < LITERALS) s->literals[s->literal_count++] = node->text;
        const struct ast *below[] = {node->a, node->b, node->c, node->d, node->e, node->f, node->list};
        for (size_t k = 0; k < sizeof below / sizeof *below; k++)
            if (below[k]) collect_literals(s, below[k]);
    }
}

/* A number at `places` from a literal of the text; false where it does not fit. */
static bool scaled(struct text digits, unsigned places, int64_t *out)
{
    unsigned have;
    if (!number_parse(digits, out, &have) || have > places || places - have > 12) return false;
    __int128 value = (__int128)*out * power_of_ten(places - have);
    if (value > INT64_MAX / 2 || value < INT64_MIN / 2) return false;
    *out = (int64_t)value;
    return true;
}

static int64_t bound(const struct ast *node, unsigned places, int64_t otherwise)
{
    int64_t out;
    bool minus = node && node->kind == AST_NEGATE;
    if (minus) node = node->a;
    bool figure = node && (node->kind == AST_NUMBER || node->kind == AST_PERCENTAGE);
    if (!figure || !scaled(node->text, places, &out)) return otherwise;
    return minus ? -out : out;
}

static void put_number(struct search *s, const struct ast *type)
{
    unsigned places = type->c || type->op != OP_NUMBER ? 0 : draw(s, 3); /* without a step there may be decimals */
    int64_t step = 1, ignored;
    if (type->c && type->c->text.len && number_parse(type->c->text, &ignored, &places)) step = ignored > 0 ? ignored : 1;
    const struct ast *ends[2] = {type->a, type->b};
    for (int k = 0; k < 2 && !type->c; k++) {
        unsigned own;
        const struct ast *end = ends[k] && ends[k]->kind == AST_NEGATE ? ends[k]->a : ends[k];
        if (end && number_parse(end->text, &ignored, &own) && own > places) places = own;
    }
    int64_t low = bound(type->a, places, 0), high = bound(type->b, places, low + 12 * step), value = low;
    uint32_t way = draw(s, 5);
    if (way == 1) value = high;
    if (way == 2 && s->literal_count) { /* a figure of the text, or next to it */
        if (scaled(s->literals[draw(s, (uint32_t)s->literal_count)], places, &value))
            value += ((int64_t)draw(s, 3) - 1) * step;
    }
    if (way == 3 && high > low) {
        int64_t steps = (high - low) / step;
        value = low + (int64_t)draw(s, steps < 1000000 ? (uint32_t)steps + 1 : 1000000) * step;
    }
    if (way == 4) value = low + (int64_t)draw(s, 6) * step; /* little: sums then come to every figure */
    if (value < low) value = low;
    if (value > high) value = high;
    number_print(s->out, value, places);
    if (type->op == OP_PERCENT) buffer_char(s->out, '%');
}

static void put_name(struct search *s, struct text name) { buffer_print(s->out, "「%.*s」", TEXT_ARG(name)); }

static void put_one_of(struct search *s, const struct ast *values)
{
    uint32_t count = 0;
    for (const struct ast *v = values; v; v = v->next) count++;
    uint32_t pick = draw(s, count);
    const struct ast *v = values;
    while (v && pick--) v = v->next;
    if (v && v->flags & AST_QUOTED)
        buffer_print(s->out, "\"%.*s\"", TEXT_ARG(v->text));
    else if (v)
        put_name(s, v->text);
}

static const struct ast *named_list(const struct search *s, const struct ast *type)
{
    for (const struct ast *d = s->scheme->file->root->list; d; d = d->next)
        if (d->kind == AST_VALUES && text_equal(d->text, type->text)) return d;
    return NULL;
}

static void put_date(struct search *s)
{
    const struct schema *schema = &s->scheme->scheme->schema;
    int64_t from = 18262, to = 18627; /* 2020 */
    char room[16];
    if (schema->has_period) from = schema->period_from, to = schema->period_to;
    int64_t days = to > from ? to - from : 0;
    buffer_text(s->out, date_format(from + (int64_t)draw(s, (uint32_t)(days < 4000 ? days + 1 : 4000)), room));
}

static const struct ast *key_of(const struct ast *table)
{
    const struct ast *f = table->list;
    while (f && !(f->kind == AST_FIELD && f->flags & AST_KEY)) f = f->next;
    return f;
}

/* The table that a field points to, if its rows can be made up. */
static const struct keyed *keyed_named(const struct search *s, struct text name)
{
    for (uint32_t k = 0; k < s->keyed_count; k++)
        if (text_equal(s->keyed[k].table->text, name)) return &s->keyed[k];
    return NULL;
}

static void put_key(struct search *s, const struct ast *key, uint32_t number)
{
    buffer_print(s->out, key->a->op == OP_TEXT ? "\"%u\"" : "%u", number);
}

static uint32_t item_count(const struct search *s)
{
    uint32_t count = 0;
    for (const struct ast *d = s->scheme->file->root->list; d; d = d->next) count += d->kind == AST_PART && d->op == OP_ITEM;
    return count;
}

static void put_item(struct search *s)
{
    uint32_t pick = draw(s, item_count(s));
    for (const struct ast *d = s->scheme->file->root->list; d; d = d->next)
        if (d->kind == AST_PART && d->op == OP_ITEM && pick-- == 0) buffer_print(s->out, "item %.*s", TEXT_ARG(d->text));
}

/* Whether a value of this type can be made up. */
static bool can_fill(const struct search *s, const struct ast *field)
{
    if (field->kind != AST_FIELD || field->flags & AST_KEY || !field->a) return false;
    enum ast_op op = field->a->op;
    if (op == OP_ITEM) return item_count(s) > 0;
    return op != OP_NAMED || named_list(s, field->a) || keyed_named(s, field->a->text);
}

static const struct ast *unit_decl(const struct search *s)
{
    const struct ast *d = s->scheme->file->root->list;
    while (d && d->kind != AST_UNIT) d = d->next;
    return d;
}

/* The field that tells units apart: the first, unless another is marked. */
static const struct ast *naming_field(const struct ast *unit)
{
    const struct ast *key = key_of(unit);
    return key ? key : unit->list;
}

static void put_setting(struct search *s, const struct ast *field, bool *first)
{
    buffer_put(s->out, *first ? " " : ", ");
    *first = false;
    put_name(s, field->text);
    buffer_char(s->out, ' ');
    const struct ast *type = field->a;
    static const char *const THREE[] = {"yes", "no", "na"};
    switch ((int)type->op) { /* types that can be filled */
    case OP_BOOL: buffer_put(s->out, THREE[draw(s, 2)]); break;
    case OP_BOOL_NA: buffer_put(s->out, THREE[draw(s, 3)]); break;
    case OP_COUNT:
    case OP_NUMBER:
    case OP_PERCENT: put_number(s, type); break;
    case OP_DATE: put_date(s); break;
    case OP_LIST: put_one_of(s, type->list); break;
    case OP_NAMED:
        if (named_list(s, type))
            put_one_of(s, named_list(s, type)->list);
        else
            put_key(s, keyed_named(s, type->text)->key, draw(s, keyed_named(s, type->text)->rows) + 1);
        break;
    case OP_ITEM: put_item(s); break;
    case OP_UNIT: put_key(s, naming_field(unit_decl(s)), draw(s, 4) ? 1 : 2); break;
    default: buffer_print(s->out, "\"%u\"", draw(s, 4) + 1); break;
    }
}

static void put_settings(struct search *s, const struct ast *lines, const struct ast *skipped, bool *first)
{
    for (const struct ast *line = lines; line; line = line->next) {
        if (line->kind == AST_NEEDS)
            for (const struct ast *need = line->list; need; need = need->next) {
                buffer_put(s->out, *first ? " " : ", ");
                *first = false;
                put_name(s, need->text);
                buffer_put(s->out, draw(s, 4) ? " yes" : " no");
            }
        bool left_out =
            line == skipped || (line->kind == AST_FIELD && (line->flags & AST_OPTIONAL || line->b) && draw(s, 2));
        if (!left_out && can_fill(s, line)) put_setting(s, line, first);
    }
}

/* ---- an example ---- */

/* A table of the unit, or of the rows of `above`; keys are made up where an example is run. */
static bool can_have_rows(const struct search *s, const struct ast *table, const struct ast *above)
{
    if (table->kind != AST_TABLE || table->flags & AST_FOR_ALL) return false;
    if (above ? !table->a || !text_equal(table->a->text, above->text) : table->a != NULL) return false;
    for (const struct ast *f = table->list; f; f = f->next)
        if (f->kind == AST_FIELD && !can_fill(s, f) && !(f->flags & (AST_OPTIONAL | AST_KEY))) return false;
    return true;
}

/* What each of the judges of a part gives. */
static void put_decisions(struct search *s, const struct ast *part)
{
    for (const struct ast *a = part->kind == AST_PART ? part->a : NULL; a; a = a->next) {
        if (a->kind != AST_JUDGED) continue;
        const struct ast *worth = part->a;
        while (worth && worth->op != OP_WORTH && worth->op != OP_UP_TO) worth = worth->next;
        const struct ast *judge = a->list;
        do {
            const struct ast *share = judge && judge->a ? judge->a : worth ? worth->a : NULL;
            unsigned places = 0;
            int64_t step = 1, most = 0;
            if (a->a && !number_parse(a->a->text, &step, &places)) break;
            if (!share || share->kind != AST_NUMBER || !scaled(share->text, places, &most) || step < 1) break;
            buffer_print(s->out, "  1 decision subject \"%.*s\", value ", TEXT_ARG(part->text));
            bool all = a->flags & AST_ALL_OR_NOTHING;
            int64_t given = all ? (draw(s, 2) ? most : 0) : (int64_t)draw(s, (uint32_t)(most / step) + 1) * step;
            number_print(s->out, given, places);
            if (judge) buffer_print(s->out, ", authority \"%.*s\"", TEXT_ARG(judge->text2));
            buffer_char(s->out, '\n');
            if (judge) judge = judge->next;
        } while (judge);
    }
}

/* Rows of a table, and with them, where it has such tables, rows of each. */
static void put_rows(struct search *s, const struct ast *table)
{
    bool opening = true;
    buffer_print(s->out, "%u ", draw(s, draw(s, 2) ? ROWS_MOST : 3) + 1);
    put_name(s, table->text);
    put_settings(s, table->list, NULL, &opening);
    for (const struct ast *d = s->scheme->file->root->list; d && !table->a; d = d->next) {
        if (!can_have_rows(s, d, table) || draw(s, 3) == 0) continue;
        buffer_put(s->out, " with ");
        put_rows(s, d);
        return;
    }
}

/* Tables of the unit or of all whose rows others name: how many rows each is to have. */
static void plan_keys(struct search *s)
{
    s->keyed_count = 0;
    for (const struct ast *d = s->scheme->file->root->list; d; d = d->next) {
        const struct ast *key = d->kind == AST_TABLE && !d->a ? key_of(d) : NULL;
        bool made_up = key && key->a && (key->a->op == OP_TEXT || key->a->op == OP_COUNT);
        if (made_up && s->keyed_count < KEYED_MOST)
            s->keyed[s->keyed_count++] = (struct keyed){d, key, draw(s, KEYS_MOST) + 1};
    }
}

/* A line for each row that others name. */
static void put_keyed(struct search *s, const struct keyed *k)
{
    for (uint32_t row = 1; row <= k->rows; row++) {
        bool first = false;
        buffer_put(s->out, "  1 ");
        put_name(s, k->table->text);
        buffer_char(s->out, ' ');
        put_name(s, k->key->text);
        buffer_char(s->out, ' ');
        put_key(s, k->key, row);
        put_settings(s, k->table->list, NULL, &first);
        for (const struct ast *d = s->scheme->file->root->list; d; d = d->next) {
            if (!can_have_rows(s, d, k->table) || draw(s, 3) == 0) continue;
            buffer_put(s->out, " with ");
            put_rows(s, d);
            break;
        }
        buffer_char(s->out, '\n');
    }
}

static bool names_units(const struct search *s)
{
    const struct schema *schema = &s->scheme->scheme->schema;
    bool roles = false;
    for (uint32_t t = 0; t < schema->table_count; t++) roles |= schema->tables[t].roles;
    return roles;
}

static void put_example(struct search *s, size_t number)
{
    const struct ast *root = s->scheme->file->root->list;
    buffer_print(s->out, "example \"%zu\"\n  given", number);
    bool first = true;
    plan_keys(s);
    for (const struct ast *d = root; d; d = d->next) {
        if (d->kind == AST_UNIT && names_units(s)) {
            buffer_char(s->out, ' ');
            put_name(s, naming_field(d)->text);
            buffer_char(s->out, ' ');
            put_key(s, naming_field(d), 1);
            first = false;
        }
        if (d->kind == AST_UNIT) put_settings(s, d->list, naming_field(d), &first);
        if (d->kind == AST_PART) put_settings(s, d->list, NULL, &first);
    }
    if (first)
        s->out->len -= strlen("  given");
    else
        buffer_char(s->out, '\n');
    for (const struct ast *d = root; d; d = d->next) {
        const struct keyed *keyed = d->kind == AST_TABLE ? keyed_named(s, d->text) : NULL;
        if (keyed) put_keyed(s, keyed);
        for (uint32_t lines = !keyed && can_have_rows(s, d, NULL) ? draw(s, 3) : 0; lines; lines--) {
            buffer_put(s->out, "  ");
            put_rows(s, d);
            buffer_char(s->out, '\n');
        }
        put_decisions(s, d);
    }
    buffer_put(s->out, "  expect no incomplete\n");
}

/* ---- running ---- */

/* Whether a run can be a witness of a finding, by what is shown of it. */
static bool is_witness(const struct finding *f, struct text total, struct text grade)
{
    if (f->code == D_CHOOSE_OPEN) return !total.len;
    return total.len && (f->code == D_GRADE_GAP ? !grade.len : text_equal(total, f->words[0]));
}

/* Whether a choose over units is open in the run; *in_table: it is one over rows, which has no figure of its own. */
static bool case_is_open(const struct search *s, const struct finding *f, const struct run *run, bool *in_table)
{
    struct entity *e = names_find(&s->scheme->scheme->global, f->words[0]);
    struct quotient value;
    bool kept = e && e->kind == ENTITY_CHOOSE && e->table == 0 && e->expr.value && e->expr.value->figure != NO_FIGURE;
    *in_table = !kept;
    return kept && results_read(run, e->expr.value, 0, &value) == FAULT_NO_CASE;
}

/* Whether no line of the choose that the finding is about covers a case of the run: of one over rows, where nothing else can
 * have left the total open. */
static bool choose_is_open(const struct search *s, const struct finding *f, const struct run *run)
{
    const struct findings *all = &s->scheme->findings;
    struct quotient value;
    bool in_table, other;
    if (case_is_open(s, f, run, &in_table)) return true;
    for (size_t k = 0; k < all->count && in_table; k++) {
        if (&all->items[k] == f || all->items[k].code != D_CHOOSE_OPEN) continue;
        if (case_is_open(s, &all->items[k], run, &other) || other) return false;
    }
    const struct expr total = s->scheme->scheme->total;
    return in_table && total.value && results_read(run, total.value, 0, &value) == FAULT_NO_CASE;
}

/* Runs the tables as data are run: every cell that must be filled in is, every check holds, and it comes to the same. */
static bool runs_as_data(struct search *s, const struct finding *f, const struct memory_table *tables, uint32_t count)
{
    kh_scheme *scheme = s->scheme;
    struct findings problems;
    findings_init(&problems, s->run, 0);
    struct source *source = source_open_memory(s->run, scheme->file->name, tables, count);
    struct dataset *data = ARENA_NEW(s->run, struct dataset);
    if (!data_load(s->run, &scheme->program->schema, source, &problems, data)) return false;
    struct run_options options = {0};
    struct run *run = vm_run(s->run, scheme->program, data, &options, &problems);
    if (problems.errors) return false;
    struct results *r = results_make_whole(s->run, scheme->scheme, run, &problems);
    struct text total = TEXT_NONE, grade = TEXT_NONE;
    for (size_t c = 0; c < r->column_count; c++) {
        if (r->columns[c].kind == KH_COLUMN_TOTAL) total = r->cells[c];
        if (r->columns[c].kind == KH_COLUMN_GRADE) grade = r->cells[c];
    }
    return !problems.errors && is_witness(f, total, grade) && (f->code != D_CHOOSE_OPEN || choose_is_open(s, f, run));
}

/* The tables as CSV, in a folder named by the line of the finding. */
static void put_files(struct search *s, const struct finding *f, const struct memory_table *tables, uint32_t count)
{
    for (uint32_t t = 0; t < count; t++) {
        const struct memory_table *table = &tables[t];
        struct buffer text;
        buffer_init(&text, s->arena);
        struct csv_writer writer = {.out = &text};
        for (uint32_t c = 0; c < table->columns; c++) csv_write_cell(&writer, table->headings[c]);
        csv_write_end(&writer);
        for (size_t row = 0; row < table->rows; row++) {
            for (uint32_t c = 0; c < table->columns; c++) csv_write_cell(&writer, table->cells[row * table->columns + c]);
            csv_write_end(&writer);
        }
        struct arena *kept = s->scheme->arena;
        kh_witness_file file = {.line = scheme_line(s->scheme->scheme, f->where),
                                .name = kh_of(arena_print(kept, "%.*s.csv", TEXT_ARG(table->name))),
                                .text = kh_of(arena_text(kept, buffer_result(&text)))};
        ARENA_PUSH(kept, s->files, s->file_count, s->file_capacity, file);
    }
}

static struct text text_of_scheme(struct search *s)
{
    struct statements lines;
    struct buffer out;
    buffer_init(&out, s->arena);
    ast_statements(&lines, s->arena, s->scheme->file, s->scheme->file->tongue);
    for (size_t k = 0; k < lines.count; k++) {
        if (lines.all[k].decl->kind == AST_EXAMPLE || lines.all[k].decl->kind == AST_SAMPLE) continue;
        buffer_text(&out, lines.all[k].text);
        buffer_char(&out, '\n');
    }
    return buffer_result(&out);
}

/* The example in the mixed scheme's own canonical form, its expectation being what came. */
static void put_witness(struct search *s, struct buffer *out, const struct finding *f, const struct example_result *r)
{
    const kh_scheme *mixed = s->mixed;
    const struct ast *example = r->example;
    bool open = f->code == D_CHOOSE_OPEN;
    struct statements lines;
    enum tongue tongue = s->scheme->file->tongue; /* what was made up is written in English words */
    bool zh = tongue == TONGUE_ZH;
    ast_statements(&lines, s->arena, mixed->file, tongue);
    for (size_t k = 0; k < lines.count; k++) {
        const struct statement *line = &lines.all[k];
        if (line->decl->span.from != example->span.from || line->node->kind == AST_EXPECT) continue;
        if (line->opens && open)
            buffer_print(out, zh ? "例 “%.*s没有适用的一行”\n" : "example \"no line of %.*s\"\n", TEXT_ARG(f->words[0]));
        else if (line->opens)
            buffer_print(out, zh ? "例 “总分%.*s”\n" : "example \"a total of %.*s\"\n", TEXT_ARG(r->total));
        else
            buffer_print(out, "  %.*s\n", TEXT_ARG(line->text));
    }
    if (open)
        buffer_put(out, zh ? "  应得 待定\n" : "  expect undecided\n");
    else
        buffer_print(out, zh ? "  应得 总分 = %.*s\n" : "  expect total = %.*s\n", TEXT_ARG(r->total));
}

/* Whether an example is a witness; what it is goes to the outputs. */
static bool take(struct search *s, struct buffer *out, const struct finding *f, struct scheme *resolved,
                 const struct example_result *r)
{
    uint32_t count;
    if (!r->fine || !is_witness(f, r->total, r->grade)) return false;
    struct memory_table *tables = example_tables(s->run, resolved, (struct ast *)r->example, &count, NULL, NULL);
    for (size_t cell = tables[0].columns; cell < tables[0].rows * tables[0].columns; cell++)
        if (!tables[0].cells[cell].len)
            tables[0].cells[cell] = tables[0].cells[cell % tables[0].columns]; /* others are like it */
    if (s->as_data && !runs_as_data(s, f, tables, count)) return false;
    if (!s->as_data && f->code == D_CHOOSE_OPEN) return false;
    put_witness(s, out, f, r);
    if (s->as_data) put_files(s, f, tables, count);
    return true;
}

/* Runs the made-up units of a mixed scheme, and takes those findings out of `open` for which one is a witness. */
static kh_status run_batch(struct search *s, struct buffer *out, const struct finding **open, size_t *count)
{
    struct arena *run = s->run = arena_open(&s->scheme->allocator, 0);
    if (!run || setjmp(*arena_trap(run)) || setjmp(*arena_trap(s->mixed->arena))) arena_fail(s->arena);
    struct test_report report = {0};
    struct buffer ignored;
    buffer_init(&ignored, run);
    struct scheme *resolved = examples_try(run, s->mixed, false, &ignored, &report);
    for (size_t f = 0; f < *count;) {
        size_t k = 0;
        while (k < report.examples && !take(s, out, open[f], resolved, &report.results[k])) k++;
        if (k < report.examples)
            open[f] = open[--*count];
        else
            f++;
    }
    arena_close(run);
    s->run = NULL;
    return KH_OK;
}

/* KH_FINDINGS: the scheme asks for what cannot be made up. */
static kh_status try_batch(struct search *s, struct buffer *out, struct text base, const struct finding **open,
                           size_t *count)
{
    struct buffer text;
    buffer_init(&text, s->arena);
    buffer_text(&text, base);
    s->out = &text;
    for (size_t k = 0; k < BATCH; k++) put_example(s, k + 1);
    kh_memory memory = {s->scheme->allocator.resize, s->scheme->allocator.host};
    kh_options options = {.memory = &memory};
    kh_status status = kh_scheme_open(&options, "", text.at, text.len, &s->mixed);
    if (status == KH_OK) status = run_batch(s, out, open, count);
    kh_scheme_close(s->mixed);
    s->mixed = NULL;
    return status;
}

kh_status kh_scheme_witness(kh_scheme *scheme, kh_text *out, const kh_witness_file **files, size_t *file_count)
{
    *out = (kh_text){NULL, 0};
    if (files) *files = NULL;
    if (file_count) *file_count = 0;
    if (!scheme->program) return KH_FINDINGS;
    struct arena *arena = arena_open(&scheme->allocator, 0);
    if (!arena) return KH_ENVIRONMENT;
    struct search *volatile held = NULL;
    if (setjmp(*arena_trap(arena)) || setjmp(*arena_trap(scheme->arena))) {
        if (held) {
            arena_close(held->run);
            kh_scheme_close(held->mixed);
        }
        arena_close(arena);
        return KH_ENVIRONMENT;
    }
    kh_status status = KH_OK;
    const struct finding **open = ARENA_ARRAY(arena, const struct finding *, scheme->findings.count + 1);
    size_t count = 0;
    for (size_t k = 0; k < scheme->findings.count; k++) {
        const struct finding *f = &scheme->findings.items[k];
        if (f->code == D_GRADE_GAP || f->code == D_GRADE_SHARED || f->code == D_CHOOSE_OPEN) open[count++] = f;
    }
    if (count) {
        struct buffer text;
        struct search *s = held = ARENA_NEW(arena, struct search);
        *s = (struct search){.arena = arena, .scheme = scheme};
        buffer_init(&text, arena);
        collect_literals(s, scheme->file->root->list);
        struct text base = text_of_scheme(s);
        for (int as_data = 1; as_data >= 0; as_data--) { /* what no data can be is still an example */
            s->as_data = as_data;
            s->state = 20140101;
            for (int batch = 0; batch < BATCHES && count && status == KH_OK; batch++)
                status = try_batch(s, &text, base, open, &count);
        }
        if (files) *files = s->files;
        if (file_count) *file_count = s->file_count;
        if (status != KH_ENVIRONMENT) *out = kh_of(arena_text(scheme->arena, buffer_result(&text)));
    }
    arena_close(arena);
    return status == KH_ENVIRONMENT ? status : KH_OK;
}
