/* `kaohe questions`: what would change if a doubtful clause were read otherwise.
 *
 * In: a scheme and its data. Out: for each question and each reading not taken, the units whose total, grade or place would
 * change, old and new.
 * Decision: each reading is compiled and run as a scheme of its own, on data read anew, because another reading may need
 * other columns. Cost: one run a reading.
 */
#include "kaohe_internal.h"

/* ---- readings that people have decided ---- */

/* Says of each decision on a question what it does. */
static void report_choices(kh_result *r, const struct reading_choice *choices, uint32_t count)
{
    kh_scheme *s = r->scheme;
    const struct schema *schema = &s->program->schema;
    for (uint32_t k = 0; k < count; k++) {
        const struct question_schema *question = &schema->questions[choices[k].question];
        struct text chosen = question->readings[choices[k].reading], taken = TEXT_NONE;
        for (const struct ast *d = s->file->root->list; d; d = d->next)
            if (d->kind == AST_QUESTION && text_equal(d->text, question->name)) taken = question_taken(&s->reading, d);
        bool same = text_equal(chosen, taken);
        struct finding *f = FIND(&r->problems, same ? D_READING_KEPT : D_READING_CHOSEN, SPAN_NONE, question->name, chosen,
                                 choices[k].authority, taken);
        if (f) f->data = (struct data_place){.file = choices[k].file, .line = choices[k].line};
    }
}

bool readings_decided(kh_result *r)
{
    kh_scheme *s = r->scheme;
    struct findings ignored;
    findings_init(&ignored, r->arena, 0);
    if (!s->program->schema.question_count) return true;
    struct source *source = source_open(r->arena, r->folder, &s->sources, &ignored);
    if (!source) return true; /* the run will say so */
    uint32_t count;
    struct reading_choice *choices = decisions_readings(r->arena, &s->program->schema, source, &r->problems, &count);
    if (!count) return true;
    report_choices(r, choices, count);
    kh_scheme *own = ARENA_NEW(r->arena, kh_scheme);
    *own = *s;
    own->arena = r->arena;
    own->reading.choices = choices;
    own->reading.choices_of = &s->program->schema;
    own->reading.choice_count = count;
    r->scheme = own;
    return kh_scheme_compile_again(own, &ignored) ||
           kh_scheme_compile_again(own, &r->problems); /* once more for its errors */
}

/* ---- other readings ---- */

/* One reading's table of results; NULL after problems, which are then in `problems`. */
static struct results *run_reading(struct arena *arena, kh_scheme *s, const char *folder, const struct reading *reading,
                                   struct findings *problems)
{
    struct findings findings;
    findings_init(&findings, arena, 0);
    struct scheme *scheme = scheme_resolve(arena, s->file, &findings, reading);
    struct plan plan;
    struct text why;
    if (findings.errors) return NULL; /* a line that only this reading uses is wrong: found by check for the reading taken */
    scheme_plan(scheme, &plan);
    struct program *program = scheme_emit(scheme, &plan);
    if (!program_verify(arena, program, &why)) {
        FIND(problems, D_NOT_PROVED, SPAN_NONE, why);
        return NULL;
    }
    struct dataset *data = ARENA_NEW(arena, struct dataset);
    struct run_options options = {.threads = s->threads, .share_bytes = s->share_bytes};
    bool reached;
    struct run *run =
        run_on_folder(arena, program, text_of(folder), &s->sources, options, TEXT_NONE, data, problems, &reached);
    if (!run || problems->errors) return NULL;
    struct results *results = results_make_whole(arena, scheme, run, problems);
    return problems->errors ? NULL : results;
}

/* What a reading may change for somebody: not the parts on the way. */
static bool is_shown(kh_column kind) { return kind != KH_COLUMN_KEY && kind != KH_COLUMN_PART; }

/* A column in both tables, or in one: a reading has outcomes, rankings and figures of its own. */
struct facing {
    kh_column kind;
    struct text heading;
    ptrdiff_t taken, other; /* -1: not there */
};

static ptrdiff_t column_like(const struct results *r, const struct result_column *column)
{
    for (size_t c = 0; c < r->column_count; c++)
        if (r->columns[c].kind == column->kind && text_equal(r->columns[c].heading, column->heading)) return (ptrdiff_t)c;
    return -1;
}

static struct facing *columns_facing(struct arena *arena, const struct results *taken, const struct results *other,
                                     size_t *count)
{
    struct facing *all = ARENA_ARRAY(arena, struct facing, taken->column_count + other->column_count);
    *count = 0;
    for (size_t c = 0; c < taken->column_count; c++) {
        const struct result_column *column = &taken->columns[c];
        if (is_shown(column->kind))
            all[(*count)++] = (struct facing){column->kind, column->heading, (ptrdiff_t)c, column_like(other, column)};
    }
    for (size_t c = 0; c < other->column_count; c++) {
        const struct result_column *column = &other->columns[c];
        if (is_shown(column->kind) && column_like(taken, column) < 0)
            all[(*count)++] = (struct facing){column->kind, column->heading, -1, (ptrdiff_t)c};
    }
    return all;
}

/* Whether a unit's cells differ. An outcome that a reading does not have happens to nobody. */
static bool cells_differ(const struct facing *f, const struct results *taken, const struct results *other, uint32_t unit,
                         struct text *before, struct text *after)
{
    struct text none = f->kind == KH_COLUMN_OUTCOME ? file_word(taken->scheme, "no", "否") : TEXT_NONE;
    *before = f->taken < 0 ? none : taken->cells[(size_t)unit * taken->column_count + (size_t)f->taken];
    *after = f->other < 0 ? none : other->cells[(size_t)unit * other->column_count + (size_t)f->other];
    return !text_equal(*before, *after);
}

/* The units that differ; returns how many. */
static size_t print_changes(struct buffer *out, const struct results *taken, const struct results *other, bool zh)
{
    size_t changed = 0, columns;
    const struct facing *facing = columns_facing(other->arena, taken, other, &columns);
    for (uint32_t unit = 0; unit < taken->units && unit < other->units; unit++) {
        bool any = false;
        for (size_t c = 0; c < columns; c++) {
            struct text before, after;
            if (!cells_differ(&facing[c], taken, other, unit, &before, &after)) continue;
            if (!any) buffer_print(out, "    %.*s", TEXT_ARG(taken->cells[(size_t)unit * taken->column_count]));
            any = true;
            buffer_print(out, "  %.*s %.*s → %.*s", TEXT_ARG(facing[c].heading), TEXT_ARG(before.len ? before : TEXT("—")),
                         TEXT_ARG(after.len ? after : TEXT("—")));
        }
        if (any) buffer_char(out, '\n');
        changed += any;
    }
    if (!changed) buffer_put(out, zh ? "    没有单位变动\n" : "    no unit would change\n");
    return changed;
}

static void one_reading(struct buffer *out, kh_scheme *s, const char *folder, struct results *taken,
                        const struct ast *question, struct text answer, bool zh)
{
    struct arena *arena = arena_open(&s->allocator, 0);
    if (!arena) arena_fail(out->arena);
    if (setjmp(*arena_trap(arena))) { /* out of memory here is out of memory for the whole call */
        arena_close(arena);
        arena_fail(out->arena);
    }
    struct findings problems;
    findings_init(&problems, arena, 0);
    struct reading reading = s->reading;
    reading.question = question->text;
    reading.answer = answer;
    buffer_print(out, zh ? "  改读“%.*s”：\n" : "  read as %.*s:\n", TEXT_ARG(answer));
    struct results *other = run_reading(arena, s, folder, &reading, &problems);
    results_cells(taken);
    if (other)
        print_changes(out, taken, other, zh);
    else {
        buffer_put(out, zh ? "    算不出来：\n" : "    cannot be worked out:\n");
        buffer_text(out, findings_report(arena, &problems, s->reading.tongue, s->file->files, 5));
    }
    arena_close(arena);
}

/* ---- one by one ---- */

struct collecting {
    struct arena *arena; /* of the result: what is kept lies there */
    struct arena *open;  /* of the reading in work; closed when memory runs out */
    struct kh_reading *all;
    size_t count, capacity;
};

static void collect(struct collecting *c, const struct results *taken, const struct results *other, kh_text question,
                    kh_text answer)
{
    size_t columns;
    const struct facing *facing = columns_facing(other->arena, taken, other, &columns);
    for (uint32_t unit = 0; unit < taken->units && unit < other->units; unit++) {
        for (size_t k = 0; k < columns; k++) {
            struct text before, after;
            if (!cells_differ(&facing[k], taken, other, unit, &before, &after)) continue;
            struct kh_reading reading = {unit,
                                         question,
                                         answer,
                                         kh_of(arena_text(c->arena, facing[k].heading)),
                                         kh_of(arena_text(c->arena, before)),
                                         kh_of(arena_text(c->arena, after))};
            ARENA_PUSH(c->arena, c->all, c->count, c->capacity, reading);
        }
    }
}

static void collect_reading(struct collecting *c, kh_result *result, const struct ast *question, struct text answer)
{
    kh_scheme *s = result->scheme;
    struct arena *arena = c->open = arena_open(&s->allocator, 0);
    if (!arena || setjmp(*arena_trap(arena))) arena_fail(c->arena);
    struct findings problems;
    findings_init(&problems, arena, 0);
    struct reading reading = s->reading;
    reading.question = question->text;
    reading.answer = answer;
    char *folder = (char *)(uintptr_t)arena_text(arena, result->folder).at; /* NUL-terminated by arena_text */
    struct results *other = run_reading(arena, s, folder, &reading, &problems);
    results_cells(result->results);
    if (other) collect(c, result->results, other, kh_of(question->text), kh_of(answer));
    arena_close(arena);
    c->open = NULL;
}

kh_status kh_result_readings(kh_result *result, const kh_reading **readings, size_t *count)
{
    *readings = NULL;
    *count = 0;
    if (!result->results) return KH_DATA;
    struct collecting *volatile held = NULL;
    if (setjmp(*arena_trap(result->arena))) {
        if (held) arena_close(held->open);
        return KH_ENVIRONMENT;
    }
    struct collecting *c = held = ARENA_NEW(result->arena, struct collecting);
    c->arena = result->arena;
    for (const struct ast *d = result->scheme->file->root->list; d; d = d->next)
        for (const struct ast *option = d->kind == AST_QUESTION && d->a ? d->list : NULL; option; option = option->next)
            if (!text_equal(option->text, question_taken(&result->scheme->reading, d)))
                collect_reading(c, result, d, option->text);
    *readings = c->all;
    *count = c->count;
    return KH_OK;
}

kh_status kh_result_questions(kh_result *result, kh_text *out)
{
    *out = (kh_text){NULL, 0};
    if (!result->results) return KH_DATA;
    if (setjmp(*arena_trap(result->arena))) return KH_ENVIRONMENT;
    kh_scheme *s = result->scheme;
    bool zh = s->reading.tongue == TONGUE_ZH;
    struct buffer text;
    buffer_init(&text, result->arena);
    char *folder = (char *)(uintptr_t)arena_text(result->arena, result->folder).at; /* NUL-terminated by arena_text */
    size_t count = 0;
    for (const struct ast *d = s->file->root->list; d; d = d->next) {
        if (d->kind != AST_QUESTION || !d->a) continue;
        struct text taken = question_taken(&s->reading, d);
        const struct reading_choice *choice = question_choice(&s->reading, d->text);
        if (count++) buffer_char(&text, '\n');
        buffer_print(&text, zh ? "疑义 %.*s（%.*s）%.*s\n  所采：%.*s\n" : "question %.*s (%.*s) %.*s\n  taken: %.*s\n",
                     TEXT_ARG(d->text), TEXT_ARG(scheme_line_text(s->scheme, d->at)), TEXT_ARG(d->text2), TEXT_ARG(taken));
        if (choice)
            buffer_print(&text, zh ? "  由 %.*s 裁定（%.*s 第%llu行）\n" : "  so decided by %.*s (%.*s line %llu)\n",
                         TEXT_ARG(choice->authority), TEXT_ARG(choice->file), (unsigned long long)choice->line);
        for (const struct ast *option = d->list; option; option = option->next)
            if (!text_equal(option->text, taken)) one_reading(&text, s, folder, result->results, d, option->text, zh);
    }
    if (!count) buffer_put(&text, zh ? "本方案没有疑义\n" : "the scheme has no questions\n");
    *out = kh_of(buffer_result(&text));
    return KH_OK;
}
