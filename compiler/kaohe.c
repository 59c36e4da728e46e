/* kaohe.h, the scheme's side: the top of the compiler. The only place, with kaohe_run.c, where an arena's trap is armed.
 *
 * Decision: every call may run out of memory at any depth and then comes back here; what it had made stays in the arena
 * until the object is closed.
 */
#include "coverage.h"
#include "kaohe_internal.h"
#include "use.h"

#include "../runtime/encoding.h"
#include "../runtime/atomic_file.h"
#include "../runtime/calendar.h"
#include "../runtime/file_error.h"
#include "../runtime/limits.h"

#include <stdlib.h>

const char *kh_version(void) { return "0.1.0"; }

static struct kh_allocator allocator_of(const kh_options *options)
{
    if (options && options->memory && options->memory->resize)
        return (struct kh_allocator){options->memory->resize, options->memory->host};
    return ARENA_PLAIN;
}

/* ---- periods ---- */

static bool digits_at(const char *text, size_t count, int64_t *number)
{
    *number = 0;
    for (size_t k = 0; k < count; k++) {
        if (text[k] < '0' || text[k] > '9') return false;
        *number = *number * 10 + (text[k] - '0');
    }
    return true;
}

/* Whole months from `month` of `year` on. */
static bool months_from(int64_t year, int64_t month, int64_t count, struct reading *reading)
{
    int64_t after;
    if (!date_make(year, month, 1, &reading->period_from) || !date_add_months(reading->period_from, count, &after))
        return false;
    reading->period_to = after - 1;
    return true;
}

static bool period_parse(const char *text, struct reading *reading)
{
    const char *dots = strstr(text, "..");
    int64_t year, part;
    size_t len = strlen(text);
    if (dots) {
        struct text from = {text, (size_t)(dots - text)}, to = text_of(dots + 2);
        return date_parse(from, &reading->period_from) && date_parse(to, &reading->period_to) &&
               reading->period_from <= reading->period_to;
    }
    if (len < 4 || !digits_at(text, 4, &year)) return false;
    if (len == 4) return months_from(year, 1, 12, reading);
    if (len != 7 || text[4] != '-') return false;
    if (text[5] == 'Q' || text[5] == 'q')
        return digits_at(text + 6, 1, &part) && part >= 1 && part <= 4 && months_from(year, part * 3 - 2, 3, reading);
    return digits_at(text + 5, 2, &part) && part >= 1 && part <= 12 && months_from(year, part, 1, reading);
}

bool kh_period_valid(const char *period)
{
    struct reading ignore = {0};
    return period && period_parse(period, &ignore);
}

bool kh_encoding_valid(const char *encoding)
{
    enum encoding ignore;
    return encoding && encoding_find(text_of(encoding), &ignore);
}

/* ---- opening ---- */

/* The scheme of a reading and its program; NULL after findings. */
static struct program *program_of(kh_scheme *s, const struct reading *reading, struct findings *findings)
{
    struct plan plan;
    struct text why;
    s->scheme = scheme_resolve(s->arena, s->file, findings, reading);
    if (findings->errors == 0) examples_check(s->scheme);
    if (findings->errors) return NULL;
    scheme_plan(s->scheme, &plan);
    struct program *program = scheme_emit(s->scheme, &plan);
    if (program_verify(s->arena, program, &why)) return program;
    FIND(findings, D_NOT_PROVED, SPAN_NONE, why);
    return NULL;
}

bool kh_scheme_compile_again(kh_scheme *s, struct findings *findings)
{
    s->program = program_of(s, &s->reading, findings);
    return s->program != NULL;
}

bool kh_scheme_make_whole(kh_scheme *s)
{
    struct findings again;
    findings_init(&again, s->arena, 0);
    s->reading.table_only = false;
    s->program = program_of(s, &s->reading, &again);
    return s->program != NULL;
}

/* The clause that the innermost line around a place names. */
static struct text clause_at(const struct ast *list, struct span where)
{
    for (const struct ast *node = list; node; node = node->next) {
        if (node->span.from > where.from || node->span.to < where.to) continue;
        struct text within = clause_at(node->list, where);
        return within.len ? within : node->source;
    }
    return TEXT_NONE;
}

/* What is doubtful in the text is said with its clause: that is where the reader of the regulation looks. */
static void name_clauses(kh_scheme *s)
{
    for (size_t k = 0; k < s->findings.count; k++) {
        struct finding *f = &s->findings.items[k];
        if (diag_severity(f->code) != SEVERITY_ERROR && f->where.to) f->clause = clause_at(s->file->root->list, f->where);
    }
}

static void compile(kh_scheme *s, struct text name, struct text text)
{
    s->name = arena_text(s->arena, name);
    findings_init(&s->findings, s->arena, 0);
    s->file = ast_parse(s->arena, s->name, text, &s->findings);
    s->own = s->file;
    s->parsed = s->findings.errors == 0;
    s->reading.tongue = kh_message_tongue(s);
    if (s->parsed) s->file = use_files(s->arena, s->own, s->name, s->reading.tongue, &s->findings);
    s->whole = s->findings.errors == 0;
    s->shared = s->parsed && use_is_shared(s->own);
    if (s->whole && s->shared)
        FIND(&s->findings, D_SHARED_FILE, s->own->root->list->at);
    else if (s->whole)
        s->program = program_of(s, &s->reading, &s->findings);
    name_clauses(s);
    findings_sort(&s->findings);
}

static void tell_mapped(void *scheme, struct text path, struct kh_mapped *file)
{
    const kh_scheme *s = scheme;
    s->mapped(s->mapped_to, (kh_text){path.at, path.len}, file);
}

kh_status kh_scheme_open(const kh_options *options, const char *name, const char *text, size_t len, kh_scheme **out)
{
    *out = NULL;
    if (options && options->period && !kh_period_valid(options->period)) return KH_USAGE;
    if (options && options->encoding && !kh_encoding_valid(options->encoding)) return KH_USAGE;
    struct kh_allocator allocator = allocator_of(options);
    struct arena *arena = arena_open(&allocator, 0);
    if (!arena) return KH_ENVIRONMENT;
    if (setjmp(*arena_trap(arena))) {
        arena_close(arena);
        return KH_ENVIRONMENT;
    }
    kh_scheme *s = ARENA_NEW(arena, kh_scheme);
    s->arena = arena;
    s->allocator = allocator;
    s->reading.table_only = options && options->table_only;
    s->threads = options ? options->threads : 0;
    s->share_bytes = options ? options->share_bytes : 0;
    s->keep_all = options && options->keep_all;
    s->asked = options ? options->tongue : KH_TONGUE_OF_FILE;
    s->reading.has_period = options && options->period && period_parse(options->period, &s->reading);
    s->sources.progress = &s->progress;
    if (options && options->mapped) {
        s->mapped = options->mapped;
        s->mapped_to = options->mapped_to;
        s->sources.mapped = tell_mapped;
        s->sources.mapped_to = s;
    }
    if (options && options->encoding) s->sources.encoding = arena_text(arena, text_of(options->encoding));
    compile(s, text_of(name ? name : ""), (struct text){text, len});
    *out = s;
    return s->program ? KH_OK : KH_FINDINGS;
}

kh_text kh_mapped_bytes(const kh_mapped *file)
{
    struct text bytes = mapped_bytes(file);
    return (kh_text){bytes.at, bytes.len};
}

void kh_mapped_keep(kh_mapped *file) { mapped_keep(file); }

void kh_mapped_drop(kh_mapped *file) { mapped_drop(file); }

void kh_scheme_progress(const kh_scheme *scheme, kh_progress *out)
{
    struct progress progress = progress_look(&scheme->progress);
    *out = (kh_progress){progress.rows, progress.done < progress.all ? progress.done : progress.all, progress.all};
}

void kh_scheme_close(kh_scheme *scheme)
{
    if (scheme) arena_close(scheme->arena);
}

enum tongue kh_message_tongue(const kh_scheme *scheme)
{
    if (scheme->asked == KH_ENGLISH) return TONGUE_EN;
    if (scheme->asked == KH_CHINESE) return TONGUE_ZH;
    return scheme->file->tongue;
}

kh_tongue kh_scheme_tongue(const kh_scheme *scheme)
{
    return kh_message_tongue(scheme) == TONGUE_ZH ? KH_CHINESE : KH_ENGLISH;
}

bool kh_scheme_is_shared(const kh_scheme *scheme) { return scheme->shared; }

kh_status kh_scheme_files(kh_scheme *scheme, const kh_text **files, size_t *count)
{
    *files = NULL;
    *count = 0;
    if (setjmp(*arena_trap(scheme->arena))) return KH_ENVIRONMENT;
    size_t used = scheme->file->files.count - 1; /* its own comes first */
    kh_text *all = ARENA_ARRAY(scheme->arena, kh_text, used + 1);
    for (size_t k = 0; k < used; k++) all[k] = kh_of(scheme->file->files.all[k + 1].name);
    *files = all;
    *count = used;
    return KH_OK;
}

void kh_scheme_counts(const kh_scheme *scheme, size_t *errors, size_t *warnings, size_t *notices)
{
    if (errors) *errors = scheme->findings.errors;
    if (warnings) *warnings = scheme->findings.warnings;
    if (notices) *notices = scheme->findings.notices;
}

/* ---- texts of a scheme ---- */

struct text findings_report(struct arena *arena, struct findings *findings, enum tongue tongue, struct source_files files,
                            size_t most)
{
    struct buffer out;
    buffer_init(&out, arena);
    size_t shown = 0;
    for (int errors = 1; errors >= 0; errors--) /* errors first: what must be mended is never pushed out of sight */
        for (size_t k = 0; k < findings->count && shown < most; k++) {
            if ((diag_severity(findings->items[k].code) == SEVERITY_ERROR) != (errors == 1)) continue;
            finding_render_in(&out, &findings->items[k], tongue, files);
            shown++;
        }
    size_t all = findings->errors + findings->warnings + findings->notices;
    if (all > shown) buffer_print(&out, tongue == TONGUE_ZH ? "另有 %zu 处未列出\n" : "%zu more not shown\n", all - shown);
    return buffer_result(&out);
}

kh_status kh_scheme_report(kh_scheme *scheme, kh_text *out)
{
    *out = (kh_text){NULL, 0};
    if (setjmp(*arena_trap(scheme->arena))) return KH_ENVIRONMENT;
    *out = kh_of(findings_report(scheme->arena, &scheme->findings, kh_message_tongue(scheme), scheme->file->files,
                                 LIMIT_FINDINGS_SHOWN));
    return KH_OK;
}

kh_status kh_scheme_dump(kh_scheme *scheme, kh_dump what, kh_text *out)
{
    *out = (kh_text){NULL, 0};
    if (setjmp(*arena_trap(scheme->arena))) return KH_ENVIRONMENT;
    struct buffer text;
    buffer_init(&text, scheme->arena);
    switch (what) {
    case KH_DUMP_TOKENS: ast_dump_tokens(&text, scheme->arena, scheme->own->source); break;
    case KH_DUMP_AST: ast_dump(&text, scheme->own->root, true); break;
    case KH_DUMP_SCHEME:
        if (!scheme->program) return KH_FINDINGS;
        scheme_print(&text, scheme->scheme);
        break;
    case KH_DUMP_PROGRAM:
        if (!scheme->program) return KH_FINDINGS;
        program_print(&text, scheme->program);
        break;
    }
    *out = kh_of(buffer_result(&text));
    return KH_OK;
}

kh_status kh_scheme_format(kh_scheme *scheme, kh_tongue to, kh_text *out)
{
    *out = (kh_text){NULL, 0};
    if (!scheme->parsed) return KH_FINDINGS;
    if (setjmp(*arena_trap(scheme->arena))) return KH_ENVIRONMENT;
    struct buffer text;
    buffer_init(&text, scheme->arena);
    enum tongue tongue = to == KH_TONGUE_OF_FILE ? scheme->own->tongue : to == KH_CHINESE ? TONGUE_ZH : TONGUE_EN;
    if (tongue != scheme->own->tongue && !scheme->whole)
        return KH_FINDINGS; /* what names become is said in the used files */
    ast_print(&text, scheme->arena, scheme->own, tongue);
    *out = kh_of(buffer_result(&text));
    return KH_OK;
}

struct scheme *examples_try(struct arena *arena, kh_scheme *scheme, bool coverage, struct buffer *out,
                            struct test_report *report)
{
    struct findings findings;
    findings_init(&findings, arena, 0);
    struct reading reading = {.tongue = kh_message_tongue(scheme), .testing = true, .coverage = coverage};
    struct scheme *resolved = scheme_resolve(arena, scheme->file, &findings, &reading);
    if (coverage) coverage_prepare(resolved);
    examples_check(resolved);
    struct plan plan;
    struct text why;
    scheme_plan(resolved, &plan);
    struct program *program = scheme_emit(resolved, &plan);
    if (program_verify(arena, program, &why))
        examples_run(out, resolved, program, report);
    else
        report->failed = 1;
    return resolved;
}

static kh_status run_examples(kh_scheme *scheme, kh_text *out, struct test_report *report, kh_coverage *coverage)
{
    *out = (kh_text){NULL, 0};
    if (!scheme->program) return KH_FINDINGS;
    struct arena *arena = arena_open(&scheme->allocator, 0);
    if (!arena) return KH_ENVIRONMENT;
    if (setjmp(*arena_trap(scheme->arena)) || setjmp(*arena_trap(arena))) {
        arena_close(arena);
        return KH_ENVIRONMENT;
    }
    struct buffer text;
    buffer_init(&text, arena);
    struct scheme *resolved = examples_try(arena, scheme, coverage != NULL, &text, report);
    if (coverage) {
        buffer_init(&text, arena);
        coverage_print(&text, resolved, report, coverage);
    }
    *out = kh_of(arena_text(scheme->arena, buffer_result(&text)));
    arena_close(arena);
    return KH_OK;
}

kh_status kh_scheme_test(kh_scheme *scheme, kh_text *out, size_t *examples, size_t *failed, size_t *rules, size_t *unfired)
{
    struct test_report report = {0};
    kh_status status = run_examples(scheme, out, &report, NULL);
    if (status != KH_OK) return status;
    if (examples) *examples = report.examples;
    if (failed) *failed = report.failed;
    if (rules) *rules = report.rules;
    if (unfired) *unfired = report.unfired;
    return report.failed ? KH_FINDINGS : KH_OK;
}

kh_status kh_scheme_coverage(kh_scheme *scheme, kh_text *out, kh_coverage *coverage)
{
    struct test_report report = {0};
    *coverage = (kh_coverage){0};
    return run_examples(scheme, out, &report, coverage);
}

/* ---- files ---- */

/* A sentence that outlives its arena, or nothing when there is no memory for it. */
static kh_text keep(const struct kh_allocator *allocator, struct text text)
{
    char *copy = allocator->resize(allocator->host, NULL, 0, text.len + 1);
    if (!copy) return (kh_text){NULL, 0};
    if (text.len) memcpy(copy, text.at, text.len);
    copy[text.len] = '\0';
    return (kh_text){copy, text.len};
}

void kh_text_free(const kh_options *options, kh_text *text)
{
    struct kh_allocator allocator = allocator_of(options);
    if (text->at) allocator.resize(allocator.host, (void *)(uintptr_t)text->at, text->len + 1, 0);
    *text = (kh_text){NULL, 0};
}

static kh_text message_of(const struct kh_allocator *allocator, struct arena *arena, struct findings *problems,
                          const kh_options *options)
{
    enum tongue tongue = options && options->tongue == KH_CHINESE ? TONGUE_ZH : TONGUE_EN;
    return keep(allocator, findings_report(arena, problems, tongue, (struct source_files){NULL, 0}, 1));
}

kh_status kh_file_read(const kh_options *options, const char *path, kh_text *out, kh_text *message)
{
    *out = *message = (kh_text){NULL, 0};
    struct kh_allocator allocator = allocator_of(options);
    struct arena *arena = arena_open(&allocator, 0);
    if (!arena) return KH_ENVIRONMENT;
    if (setjmp(*arena_trap(arena))) {
        arena_close(arena);
        return KH_ENVIRONMENT;
    }
    struct findings problems;
    struct text bytes = TEXT_NONE;
    findings_init(&problems, arena, 0);
    int error = file_read_whole(text_of(path), false, arena, &bytes, NULL);
    if (error) {
        file_error(&problems, FILE_READING, text_of(path), error);
        *message = message_of(&allocator, arena, &problems, options);
    } else {
        *out = keep(&allocator, bytes);
    }
    arena_close(arena);
    return out->at ? KH_OK : KH_ENVIRONMENT;
}

kh_status kh_file_write(const kh_options *options, const char *path, kh_text content, kh_text *message)
{
    *message = (kh_text){NULL, 0};
    struct kh_allocator allocator = allocator_of(options);
    struct arena *arena = arena_open(&allocator, 0);
    if (!arena) return KH_ENVIRONMENT;
    if (setjmp(*arena_trap(arena))) {
        arena_close(arena);
        return KH_ENVIRONMENT;
    }
    struct findings problems;
    findings_init(&problems, arena, 0);
    bool written = atomic_file_write(&problems, text_of(path), text_from(content));
    if (!written) *message = message_of(&allocator, arena, &problems, options);
    arena_close(arena);
    return written ? KH_OK : KH_ENVIRONMENT;
}
