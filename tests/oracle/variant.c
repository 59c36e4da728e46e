/* See variant.h.
 *
 * Decision: both are made from the text of a scheme that is there already, so that what was random stays as it was, and the
 * oracle reads the text as one file. Cost: whole declarations only, those that a used file may hold.
 */
#include "variant.h"

#include "../../compiler/kaohe.h"
#include "../../grammar/ast.h"

static bool compiles(struct text scheme)
{
    kh_scheme *opened = NULL;
    bool fine = kh_scheme_open(NULL, "scheme.kh", scheme.at, scheme.len, &opened) == KH_OK;
    kh_scheme_close(opened);
    return fine;
}

static struct ast_file *tree_of(struct gen *g, struct text scheme)
{
    struct findings findings;
    findings_init(&findings, g->arena, 0);
    struct ast_file *file = ast_parse(g->arena, TEXT("scheme.kh"), scheme, &findings);
    return findings.errors ? NULL : file;
}

bool variant_decides(struct gen *g, struct text scheme, const char *folder)
{
    if (!g->question.len || !chance(g, 90)) return false;
    const struct ast_file *file = tree_of(g, scheme);
    const struct ast *question = file ? file->root->list : NULL;
    while (question && (question->kind != AST_QUESTION || !text_equal(question->text, g->question))) question = question->next;
    if (!question || !question->a) return false;
    struct text reading = g->answers[(g->taken + 1 + (int)roll(g, (uint64_t)g->answer_count - 1)) % g->answer_count];
    struct span taken = question->a->at;
    struct text other = arena_print(g->arena, "%.*s%s%.*s", (int)taken.from, scheme.at, S(reading), (int)(scheme.len - taken.to),
                                    scheme.at + taken.to);
    if (!compiles(other)) return false;
    char path[1024];
    snprintf(path, sizeof path, "%s/%s.csv", folder, W("decision", "裁定"));
    FILE *out = fopen(path, "ab");
    if (!out) return false;
    if (ftell(out) == 0) fprintf(out, "%s\n", W("unit,subject,row,value,reason,authority,date", "对象,事项,行,结论,理由,裁定人,日期"));
    struct text name = question->c && chance(g, 50) ? question->c->text2 : question->text;
    fprintf(out, ",%.*s,,%s,seen,J1,\n", TEXT_ARG(name), S(reading));
    return fclose(out) == 0;
}

static bool only_maybe(const struct gen *g, kh_text number)
{
    for (int i = 0; i < g->part_count; i++) {
        const struct gpart *p = &g->parts[i];
        if (text_equal(p->number, (struct text){number.at, number.len})) return p->maybe && !p->undecided && !p->judged;
    }
    return false;
}

/* The lines of a text without those that are marked; the first is 1. */
static void rewrite(struct gen *g, const char *path, const bool *drop, size_t lines)
{
    struct buffer kept;
    buffer_init(&kept, g->arena);
    FILE *file = fopen(path, "rb");
    if (!file) return;
    size_t line = 1;
    for (int c; (c = fgetc(file)) != EOF;) {
        if (line >= lines || !drop[line]) buffer_char(&kept, (char)c);
        line += c == '\n';
    }
    fclose(file);
    file = fopen(path, "wb");
    if (!file) return;
    fwrite(kept.at, 1, kept.len, file);
    fclose(file);
}

void variant_prune(struct gen *g, struct text scheme, const char *folder)
{
    enum { LINES = 4096 };
    bool any = false;
    for (int i = 0; i < g->part_count; i++) any |= g->parts[i].maybe;
    if (!any) return;
    kh_scheme *opened = NULL;
    kh_result *result = NULL;
    const kh_finding *findings = NULL;
    size_t count = 0, total = 0;
    bool *drop = ARENA_ARRAY(g->arena, bool, LINES);
    any = false;
    if (kh_scheme_open(NULL, "scheme.kh", scheme.at, scheme.len, &opened) == KH_OK && kh_run(opened, folder, &result) == KH_DATA)
        kh_result_findings(result, &findings, &count, &total);
    for (size_t k = 0; k < count; k++) {
        bool idle = !strcmp(findings[k].code, "E452") && findings[k].row < LINES && only_maybe(g, findings[k].value);
        if (idle) drop[findings[k].row] = any = true;
    }
    kh_result_close(result);
    kh_scheme_close(opened);
    char path[1024];
    snprintf(path, sizeof path, "%s/%s.csv", folder, W("decision", "裁定"));
    if (any) rewrite(g, path, drop, LINES);
}

/* Rankings stay: the order of their lines is that of their columns. */
static bool is_sharable(const struct ast *decl)
{
    return !decl->when && (decl->kind == AST_VALUES || decl->kind == AST_TABLE || decl->kind == AST_VIEW || decl->kind == AST_LET ||
                           decl->kind == AST_CHOOSE || decl->kind == AST_GRID || decl->kind == AST_QUESTION ||
                           decl->kind == AST_USE_RESULTS);
}

struct text variant_shares(struct gen *g, struct text scheme, const char *folder)
{
    const struct ast_file *file = tree_of(g, scheme);
    struct buffer own, shared;
    buffer_init(&own, g->arena);
    buffer_init(&shared, g->arena);
    size_t kept = 0; /* up to where the scheme has been copied */
    bool said = false;
    for (const struct ast *decl = file ? file->root->list : NULL; decl; decl = decl->next) {
        if (!is_sharable(decl) || !chance(g, 60)) continue;
        size_t from = decl->span.from, to = decl->next ? decl->next->span.from : scheme.len;
        while (from > kept && scheme.at[from - 1] != '\n') from--;
        while (to > from && scheme.at[to - 1] != '\n') to--;
        buffer_text(&own, (struct text){scheme.at + kept, from - kept});
        if (!said) buffer_put(&own, W("use \"shared.kh\"\n", "引用 “shared.kh”\n"));
        said = true;
        buffer_text(&shared, (struct text){scheme.at + from, to - from});
        kept = to;
    }
    if (!said) return TEXT_NONE;
    buffer_text(&own, (struct text){scheme.at + kept, scheme.len - kept});
    struct text text = buffer_result(&shared);
    const struct ast_file *theirs = tree_of(g, text);
    if (!theirs) return TEXT_NONE;
    /* in the other tongue where that leads back: a name that is spelt in the other tongue as it is would get its heading */
    struct buffer same, other, back;
    buffer_init(&same, g->arena);
    buffer_init(&other, g->arena);
    buffer_init(&back, g->arena);
    enum tongue here = file->tongue, there = here == TONGUE_EN ? TONGUE_ZH : TONGUE_EN;
    if (theirs->tongue != here) return TEXT_NONE;
    ast_print(&same, g->arena, theirs, here);
    ast_print(&other, g->arena, theirs, there);
    const struct ast_file *translated = tree_of(g, buffer_result(&other));
    if (translated) ast_print(&back, g->arena, translated, here);
    bool leads_back = translated && translated->tongue == there && text_equal(buffer_result(&same), buffer_result(&back));
    char path[1024];
    snprintf(path, sizeof path, "%s/shared.kh", folder);
    FILE *out = fopen(path, "wb");
    if (!out) return TEXT_NONE;
    text = buffer_result(leads_back && chance(g, 70) ? &other : &same);
    fwrite(text.at, 1, text.len, out);
    return fclose(out) == 0 ? buffer_result(&own) : TEXT_NONE;
}
