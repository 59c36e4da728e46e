/* kaohe.h, the result's side: a scheme run on data, its table, its explanations.
 *
 * Decision: a ledger is kept only for the unit that is to be explained. Who names it before the run (kh_run_unit) has it
 * read once; for another the data is read again, as rows are not kept. There is no second evaluator.
 */
#include "kaohe_internal.h"

#include "../runtime/limits.h"
#include "../runtime/source.h"

/* The row of the unit with this key as it is shown, or -1. */
static int64_t unit_find(const struct program *program, const struct dataset *data, struct text unit)
{
    const struct table_schema *units = &program->schema.tables[0];
    const struct column *key = &data->tables[0].columns[units->key];
    bool text = units->fields[units->key].kind == FIELD_TEXT;
    for (uint32_t row = 0; text && row < data->tables[0].rows; row++) {
        if (!(key->blank && key->blank[row]) && text_equal(data->texts[key->values[row]], unit)) return row;
    }
    return -1;
}

struct run *run_on_folder(struct arena *arena, const struct program *program, struct text folder,
                          const struct source_options *sources, struct run_options options, struct text unit,
                          struct dataset *data, struct findings *problems, bool *reached)
{
    struct source *source = source_open(arena, folder, sources, problems);
    *reached = source != NULL;
    bool *streamed = ARENA_ARRAY(arena, bool, program->schema.table_count);
    if (!options.explain_all) program_streams(program, streamed);
    if (!source || !data_load_streaming(arena, &program->schema, source, streamed, options.explain_all, problems, data)) return NULL;
    int64_t index = unit.len ? unit_find(program, data, unit) : -1;
    if (index >= 0) {
        uint8_t *explained = ARENA_ARRAY(arena, uint8_t, data->tables[0].rows);
        explained[index] = 1;
        options.explained = explained;
    }
    return vm_run(arena, program, data, &options, problems);
}

static bool run_folder(kh_result *r, struct text folder, bool *reached)
{
    struct arena *arena = r->arena;
    findings_init(&r->problems, arena, 0);
    r->folder = arena_text(arena, folder);
    *reached = true;
    if (!readings_decided(r)) return false;
    struct run_options options = {.threads = r->scheme->threads,
                                  .share_bytes = r->scheme->share_bytes,
                                  .explain_all = r->scheme->keep_all,
                                  .forget = r->scheme->reading.table_only};
    r->run = run_on_folder(arena, r->scheme->program, r->folder, &r->scheme->sources, options, r->unit, &r->data,
                           &r->problems, reached);
    if (!r->run || r->problems.errors) {
        if (*reached) checks_of_damaged(r);
        return false;
    }
    struct results *results = results_make(arena, r->scheme->scheme, r->run, &r->problems);
    if (r->problems.errors) return false;
    if (!r->scheme->reading.table_only && !r->unit.len) results_cells(results);
    r->results = results;
    decisions_report_idle(r);
    return true;
}

kh_status kh_run(kh_scheme *scheme, const char *folder, kh_result **out) { return kh_run_unit(scheme, folder, NULL, out); }

kh_status kh_run_unit(kh_scheme *scheme, const char *folder, const char *unit, kh_result **out)
{
    *out = NULL;
    if (!scheme->program) return KH_FINDINGS;
    struct arena *arena = arena_open(&scheme->allocator, 0);
    if (!arena) return KH_ENVIRONMENT;
    /* the scheme's arena too: words of its tongue may be made while results are read */
    if (setjmp(*arena_trap(arena)) || setjmp(*arena_trap(scheme->arena))) {
        arena_close(arena);
        return KH_ENVIRONMENT;
    }
    kh_result *r = ARENA_NEW(arena, kh_result);
    r->arena = arena;
    r->scheme = scheme;
    const struct table_schema *units = &scheme->program->schema.tables[0];
    if (units->fields[units->key].kind == FIELD_TEXT) r->unit = arena_text(arena, text_of(unit));
    bool reached;
    bool fine = run_folder(r, text_of(folder), &reached);
    findings_sort(&r->problems);
    *out = r;
    return fine ? KH_OK : reached ? KH_DATA : KH_ENVIRONMENT;
}

kh_scheme *kh_result_scheme(kh_result *result) { return result->scheme; }

void kh_result_close(kh_result *result)
{
    if (result) arena_close(result->arena);
}

kh_status kh_result_report(kh_result *result, kh_text *out)
{
    *out = (kh_text){NULL, 0};
    if (setjmp(*arena_trap(result->arena))) return KH_ENVIRONMENT;
    *out = kh_of(findings_report(result->arena, &result->problems, kh_message_tongue(result->scheme),
                                 result->scheme->file->files, LIMIT_PROBLEMS_SHOWN));
    return KH_OK;
}

size_t kh_result_columns(const kh_result *result) { return result->results ? result->results->column_count : 0; }
size_t kh_result_rows(const kh_result *result) { return result->results ? result->results->units : 0; }
bool kh_result_column_is_figure(const kh_result *result, size_t column)
{
    const struct result_column *c = &result->results->columns[column];
    return c->kind != KH_COLUMN_KEY && c->kind != KH_COLUMN_STATE &&
           (c->expr.type.kind == TYPE_NUMBER || c->expr.type.kind == TYPE_QUOTIENT);
}

kh_column kh_result_column_kind(const kh_result *result, size_t column) { return result->results->columns[column].kind; }
kh_text kh_result_heading(const kh_result *result, size_t column) { return kh_of(result->results->columns[column].heading); }
kh_text kh_result_title(const kh_result *result, size_t column) { return kh_of(result->results->columns[column].title); }

kh_status kh_result_make_cells(kh_result *result)
{
    if (!result->results) return KH_DATA;
    if (setjmp(*arena_trap(result->arena)) || setjmp(*arena_trap(result->scheme->arena))) return KH_ENVIRONMENT;
    results_cells(result->results);
    return KH_OK;
}

kh_status kh_result_find(kh_result *result, kh_text key, size_t *row)
{
    if (!result->results) return KH_DATA;
    if (setjmp(*arena_trap(result->arena)) || setjmp(*arena_trap(result->scheme->arena))) return KH_ENVIRONMENT;
    *row = results_find(result->results, text_from(key));
    return *row < result->results->units ? KH_OK : KH_USAGE;
}

kh_text kh_result_cell(const kh_result *result, size_t row, size_t column)
{
    struct results *r = result->results;
    if (r->cells) return kh_of(r->cells[row * r->column_count + column]);
    if (setjmp(*arena_trap(result->arena)) || setjmp(*arena_trap(result->scheme->arena))) return (kh_text){NULL, 0};
    return kh_of(results_cell(r, (uint32_t)row, column));
}

static bool add_piece(void *to, struct text piece)
{
    buffer_text(to, piece);
    return true;
}

kh_status kh_result_csv(kh_result *result, kh_text *out)
{
    *out = (kh_text){NULL, 0};
    if (!result->results) return KH_DATA;
    if (setjmp(*arena_trap(result->arena)) || setjmp(*arena_trap(result->scheme->arena))) return KH_ENVIRONMENT;
    struct buffer text;
    buffer_init(&text, result->arena);
    results_csv(result->results, NULL, result->scheme->threads, add_piece, &text);
    *out = kh_of(buffer_result(&text));
    return KH_OK;
}

struct outlet {
    int (*write)(void *to, kh_text piece);
    void *to;
};

static bool pass_on(void *to, struct text piece)
{
    struct outlet *outlet = to;
    return outlet->write(outlet->to, kh_of(piece)) == 0;
}

kh_status kh_result_write_csv(kh_result *result, const size_t *order, int (*write)(void *to, kh_text piece), void *to)
{
    if (!result->results) return KH_DATA;
    if (setjmp(*arena_trap(result->arena)) || setjmp(*arena_trap(result->scheme->arena))) return KH_ENVIRONMENT;
    struct outlet outlet = {write, to};
    return results_csv(result->results, order, result->scheme->threads, pass_on, &outlet) ? KH_OK : KH_ENVIRONMENT;
}

/* ---- explaining ---- */

static struct text parts_list(kh_result *result)
{
    struct buffer text;
    buffer_init(&text, result->arena);
    struct scheme *scheme = result->scheme->scheme;
    buffer_text(&text, scheme_word(scheme, "the scheme's parts are: ", "本方案的各部分："));
    for (size_t k = 0; k < scheme->part_count; k++) {
        if (k) buffer_put(&text, scheme->tongue == TONGUE_ZH ? "、" : ", ");
        buffer_text(&text, scheme->parts[k].number);
    }
    buffer_char(&text, '\n');
    return buffer_result(&text);
}

struct text units_list(kh_result *result, struct text wrong)
{
    enum { SHOWN = 12 };
    struct scheme *scheme = result->scheme->scheme;
    struct buffer text;
    buffer_init(&text, result->arena);
    bool zh = scheme->tongue == TONGUE_ZH;
    buffer_print(&text, zh ? "没有“%.*s”；" : "there is no \"%.*s\"; ", TEXT_ARG(wrong));
    struct text near = TEXT_NONE;
    size_t best = 3;
    results_cells(result->results);
    for (uint32_t u = 0; u < result->results->units; u++) {
        struct text key = result->results->cells[(size_t)u * result->results->column_count];
        size_t distance = text_distance(wrong, key, best);
        if (distance < best) {
            best = distance;
            near = key;
        }
    }
    if (near.len)
        buffer_print(&text, zh ? "是否为“%.*s”？" : "did you mean \"%.*s\"?", TEXT_ARG(near));
    else {
        buffer_put(&text, zh ? "考核对象有：" : "those assessed are: ");
        for (uint32_t u = 0; u < result->results->units && u < SHOWN; u++) {
            if (u) buffer_put(&text, zh ? "、" : ", ");
            buffer_text(&text, result->results->cells[(size_t)u * result->results->column_count]);
        }
        if (result->results->units > SHOWN)
            buffer_print(&text, zh ? " 等%u个" : " and %u more",
                         zh ? result->results->units : result->results->units - SHOWN);
    }
    buffer_char(&text, '\n');
    return buffer_result(&text);
}

/* The scheme once more, with the bounds of its total, on the same data: once for all units. */
static void run_bounds(kh_result *result)
{
    struct arena *arena = result->arena;
    kh_scheme *s = result->scheme;
    struct findings findings;
    struct plan plan;
    struct text why;
    struct reading reading = s->reading;
    if (result->bounds_tried) return;
    result->bounds_tried = true;
    reading.bounds = true;
    findings_init(&findings, arena, 0);
    struct scheme *scheme = scheme_resolve(arena, s->file, &findings, &reading);
    if (findings.errors || !scheme->low.value) return;
    scheme_plan(scheme, &plan);
    struct program *program = scheme_emit(scheme, &plan);
    if (!program_verify(arena, program, &why)) return;
    struct run_options options = {.threads = s->threads, .share_bytes = s->share_bytes};
    struct dataset *data = ARENA_NEW(arena, struct dataset);
    bool reached;
    result->bounds_of = scheme;
    result->bounds = run_on_folder(arena, program, result->folder, &result->scheme->sources, options, TEXT_NONE, data,
                                   &findings, &reached);
}

static bool total_is_open(const kh_result *result, uint32_t unit)
{
    const struct value *total = result->scheme->scheme->total.value;
    struct quotient value;
    return total && fault_is_open(results_read(result->results->run, total, unit, &value));
}

bool result_range(kh_result *result, uint32_t unit, struct range *range)
{
    const struct scheme *scheme = result->bounds_of;
    const struct run *run = result->bounds;
    struct quotient low, high;
    struct buffer text[2];
    *range = (struct range){0};
    if (!result->bounds_tried || !total_is_open(result, unit)) return false;
    if (!run || results_read(run, scheme->low.value, unit, &low) != FAULT_NONE ||
        results_read(run, scheme->high.value, unit, &high) != FAULT_NONE)
        return true;
    range->known = true;
    buffer_init(&text[0], result->arena);
    buffer_init(&text[1], result->arena);
    print_typed(&text[0], result->bounds_of, run, scheme->low.type, low);
    print_typed(&text[1], result->bounds_of, run, scheme->high.type, high);
    range->low = buffer_result(&text[0]);
    range->high = buffer_result(&text[1]);
    if (!scheme->low_grade.value || results_read(run, scheme->low_grade.value, unit, &low) != FAULT_NONE ||
        results_read(run, scheme->high_grade.value, unit, &high) != FAULT_NONE || low.num != high.num)
        return true;
    range->grade = text_shown(scheme->grades[low.num].name, scheme->grades[low.num].heading);
    return true;
}

kh_status kh_result_bounds(kh_result *result)
{
    if (!result->results) return KH_DATA;
    if (setjmp(*arena_trap(result->arena)) || setjmp(*arena_trap(result->scheme->arena))) return KH_ENVIRONMENT;
    for (uint32_t unit = 0; unit < result->results->units && !result->bounds_tried; unit++)
        if (total_is_open(result, unit)) run_bounds(result);
    return KH_OK;
}

kh_status kh_result_explain(kh_result *result, const char *unit, const char *item, kh_text *out)
{
    *out = (kh_text){NULL, 0};
    if (!result->results) return KH_DATA;
    if (setjmp(*arena_trap(result->arena)) || setjmp(*arena_trap(result->scheme->arena))) return KH_ENVIRONMENT;
    struct results *r = result->results;
    struct scheme *scheme = result->scheme->scheme;
    uint32_t index = results_find(r, text_of(unit));
    if (index == r->units) {
        *out = kh_of(units_list(result, text_of(unit)));
        return KH_USAGE;
    }
    int32_t part = NO_INDEX;
    if (item) {
        for (size_t k = 0; k < scheme->part_count; k++)
            if (text_is(scheme->parts[k].number, item)) part = (int32_t)k;
        if (part < 0) {
            *out = kh_of(parts_list(result));
            return KH_USAGE;
        }
    }
    if (result->scheme->reading.table_only) {
        if (!kh_scheme_make_whole(result->scheme)) return KH_ENVIRONMENT;
        scheme = result->scheme->scheme;
        result->unit = TEXT_NONE;
    }
    if (!text_is(result->unit, unit)) { /* its ledger and rows were not kept: once more */
        uint8_t *explained = ARENA_ARRAY(result->arena, uint8_t, r->units);
        explained[index] = 1;
        struct run_options options = {
            .threads = result->scheme->threads, .share_bytes = result->scheme->share_bytes, .explained = explained};
        struct findings again;
        bool reached;
        findings_init(&again, result->arena, 0);
        result->unit = arena_text(result->arena, text_of(unit));
        struct run *run = run_on_folder(result->arena, result->scheme->program, result->folder, &result->scheme->sources,
                                        options, TEXT_NONE, &result->data, &again, &reached);
        if (!run || again.errors) { /* somebody has changed the data since */
            result->unit = TEXT_NONE;
            return KH_DATA;
        }
        result->run = run;
        result->results = r = results_make(result->arena, scheme, run, &again);
    }
    struct buffer text;
    buffer_init(&text, result->arena);
    struct range range;
    if (total_is_open(result, index)) run_bounds(result);
    explain_print(&text, r, index, part, result_range(result, index, &range) ? &range : NULL);
    *out = kh_of(buffer_result(&text));
    return KH_OK;
}

void kh_result_rows_read(const kh_result *result, uint64_t *read, uint64_t *used, uint64_t *after, uint64_t *earlier)
{
    if (read) *read = result->data.rows_read;
    if (used) *used = result->data.rows_used;
    if (after) *after = result->data.rows_after;
    if (earlier) *earlier = result->data.rows_earlier;
}
