/* A unit that comes to a total which no grade covers, or which two ranges claim: proof that the gap can be reached.
 *
 * In: a scheme whose check found such a total. Out: an example, canonical, ready to be put into the scheme; nothing if none
 * was found. Decision: units are made up (every field at its ends, at the figures of the text and beside them, or anywhere
 * between), and the machine runs them as examples: what it says is what a run would say, so a witness is never wrong. The
 * choice is by a fixed sequence: the same scheme has the same witness. Cost: where a gap is hard to hit, none is found; rows
 * of rows, of several units and keys into other tables are not made up.
 */
#include "../grammar/statement.h"
#include "kaohe_internal.h"

#include "../runtime/calendar.h"
#include "../runtime/quotient.h"

enum { BATCHES = 8, BATCH = 60, LITERALS = 64, ROWS_MOST = 9 };

struct search {
    struct arena *arena;
    kh_scheme *scheme;
    struct buffer *out;
    struct text literals[LITERALS]; /* figures of the text */
    size_t literal_count;
    uint64_t state;
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
    unsigned places = 0;
    int64_t step = 1, ignored;
    if (type->c && type->c->text.len && number_parse(type->c->text, &ignored, &places)) step = ignored > 0 ? ignored : 1;
    int64_t low = bound(type->a, places, 0), high = bound(type->b, places, low + 12 * step), value = low;
    uint32_t way = draw(s, 4);
    if (way == 1) value = high;
    if (way == 2 && s->literal_count) { /* a figure of the text, or next to it */
        if (scaled(s->literals[draw(s, (uint32_t)s->literal_count)], places, &value))
            value += ((int64_t)draw(s, 3) - 1) * step;
    }
    if (way == 3 && high > low) {
        int64_t steps = (high - low) / step;
        value = low + (int64_t)draw(s, steps < 1000000 ? (uint32_t)steps + 1 : 1000000) * step;
    }
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

/* Whether a value of this type can be made up. */
static bool can_fill(const struct search *s, const struct ast *field)
{
    if (field->kind != AST_FIELD || field->flags & AST_KEY || !field->a) return false;
    enum ast_op op = field->a->op;
    return op != OP_UNIT && op != OP_ITEM && (op != OP_NAMED || named_list(s, field->a));
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
    case OP_NAMED: put_one_of(s, named_list(s, type)->list); break;
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

static bool can_have_rows(const struct search *s, const struct ast *table)
{
    if (table->kind != AST_TABLE || table->a || table->flags & AST_FOR_ALL) return false;
    for (const struct ast *f = table->list; f; f = f->next)
        if (f->kind == AST_FIELD && !can_fill(s, f) && !(f->flags & AST_OPTIONAL)) return false;
    return true;
}

static void put_decisions(struct search *s, const struct ast *part)
{
    for (const struct ast *a = part->kind == AST_PART ? part->a : NULL; a; a = a->next) {
        if (a->kind != AST_JUDGED || (a->list && a->list->next)) continue;
        const struct ast *worth = part->a;
        while (worth && worth->op != OP_WORTH && worth->op != OP_UP_TO) worth = worth->next;
        unsigned places = 0;
        int64_t step = 1, most = 0;
        if (a->a && !number_parse(a->a->text, &step, &places)) continue;
        if (!worth || !worth->a || worth->a->kind != AST_NUMBER || !scaled(worth->a->text, places, &most) || step < 1)
            continue;
        buffer_print(s->out, "  1 decision subject \"%.*s\", value ", TEXT_ARG(part->text));
        bool all = a->flags & AST_ALL_OR_NOTHING;
        number_print(s->out, all ? (draw(s, 2) ? most : 0) : (int64_t)draw(s, (uint32_t)(most / step) + 1) * step, places);
        if (a->list) buffer_print(s->out, ", authority \"%.*s\"", TEXT_ARG(a->list->text2));
        buffer_char(s->out, '\n');
    }
}

static void put_example(struct search *s, size_t number)
{
    const struct ast *root = s->scheme->file->root->list;
    buffer_print(s->out, "example \"%zu\"\n  given", number);
    bool first = true;
    for (const struct ast *d = root; d; d = d->next) {
        if (d->kind == AST_UNIT) put_settings(s, d->list, d->list, &first);
        if (d->kind == AST_PART) put_settings(s, d->list, NULL, &first);
    }
    if (first)
        s->out->len -= strlen("  given");
    else
        buffer_char(s->out, '\n');
    for (const struct ast *d = root; d; d = d->next) {
        for (uint32_t lines = can_have_rows(s, d) ? draw(s, 3) : 0; lines; lines--) {
            bool opening = true;
            buffer_print(s->out, "  %u ", draw(s, ROWS_MOST) + 1);
            put_name(s, d->text);
            put_settings(s, d->list, NULL, &opening);
            buffer_char(s->out, '\n');
        }
        put_decisions(s, d);
    }
    buffer_put(s->out, "  expect no incomplete\n");
}

/* ---- running ---- */

static bool is_witness(const struct finding *f, const struct example_result *r)
{
    if (!r->fine || !r->total.len) return false;
    return f->code == D_GRADE_GAP ? !r->grade.len : text_equal(r->total, f->words[0]);
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
static void put_witness(struct search *s, struct buffer *out, const kh_scheme *mixed, const struct ast *example,
                        const struct example_result *r)
{
    struct statements lines;
    enum tongue tongue = s->scheme->file->tongue; /* what was made up is written in English words */
    bool zh = tongue == TONGUE_ZH;
    ast_statements(&lines, s->arena, mixed->file, tongue);
    for (size_t k = 0; k < lines.count; k++) {
        const struct statement *line = &lines.all[k];
        if (line->decl->span.from != example->span.from || line->node->kind == AST_EXPECT) continue;
        if (line->opens)
            buffer_print(out, zh ? "例 “总分%.*s”\n" : "example \"a total of %.*s\"\n", TEXT_ARG(r->total));
        else
            buffer_print(out, "  %.*s\n", TEXT_ARG(line->text));
    }
    buffer_print(out, zh ? "  应得 总分 = %.*s\n" : "  expect total = %.*s\n", TEXT_ARG(r->total));
}

/* Runs the made-up units of a mixed scheme, and takes those findings out of `open` for which one is a witness. */
static kh_status run_batch(struct search *s, struct buffer *out, kh_scheme *mixed, const struct finding **open,
                           size_t *count)
{
    struct arena *run = s->run = arena_open(&s->scheme->allocator, 0);
    if (!run || setjmp(*arena_trap(run)) || setjmp(*arena_trap(mixed->arena))) arena_fail(s->arena);
    struct test_report report = {0};
    struct buffer ignored;
    buffer_init(&ignored, run);
    examples_try(run, mixed, false, &ignored, &report);
    for (size_t f = 0; f < *count;) {
        size_t k = 0;
        while (k < report.examples && !is_witness(open[f], &report.results[k])) k++;
        if (k < report.examples) {
            put_witness(s, out, mixed, report.results[k].example, &report.results[k]);
            open[f] = open[--*count];
        } else {
            f++;
        }
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
    if (status == KH_OK) status = run_batch(s, out, s->mixed, open, count);
    kh_scheme_close(s->mixed);
    s->mixed = NULL;
    return status;
}

kh_status kh_scheme_witness(kh_scheme *scheme, kh_text *out)
{
    *out = (kh_text){NULL, 0};
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
        if (f->code == D_GRADE_GAP || f->code == D_GRADE_SHARED) open[count++] = f;
    }
    if (count) {
        struct buffer text;
        struct search *s = held = ARENA_NEW(arena, struct search);
        *s = (struct search){.arena = arena, .scheme = scheme, .state = 20140101};
        buffer_init(&text, arena);
        collect_literals(s, scheme->file->root->list);
        struct text base = text_of_scheme(s);
        for (int batch = 0; batch < BATCHES && count && status == KH_OK; batch++)
            status = try_batch(s, &text, base, open, &count);
        if (status != KH_ENVIRONMENT) *out = kh_of(arena_text(scheme->arena, buffer_result(&text)));
    }
    arena_close(arena);
    return status == KH_ENVIRONMENT ? status : KH_OK;
}
