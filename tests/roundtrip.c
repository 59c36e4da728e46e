/* Round trip: what fmt prints reads back as the same tree, in either tongue.
 *
 * In: scheme files without errors. Out: a line for each file that fails, then `N passed, N failed`.
 * For each file, with x its tree: fmt(x) parses to x with the same comments; fmt is idempotent; the other tongue parses,
 * is recognised as that tongue, and is canonical; translated back it is fmt(x) again, tree and text.
 */
#include "../grammar/ast.h"

#include <stdio.h>
#include <stdlib.h>

enum { FINDINGS_PRINTED = 5 };

static bool read_file(struct arena *arena, const char *path, struct text *out)
{
    FILE *file = fopen(path, "rb");
    if (!file) return false;
    struct buffer buffer;
    buffer_init(&buffer, arena);
    char block[65536];
    size_t n;
    while ((n = fread(block, 1, sizeof block, file)) > 0) buffer_text(&buffer, (struct text){block, n});
    bool good = !ferror(file);
    fclose(file);
    *out = buffer_result(&buffer);
    return good;
}

static struct ast_file *parse(struct arena *arena, const char *what, struct text source)
{
    struct findings findings;
    findings_init(&findings, arena, 0);
    struct ast_file *file = ast_parse(arena, text_of(what), source, &findings);
    if (!findings.errors) return file;
    findings_sort(&findings);
    struct buffer out;
    buffer_init(&out, arena);
    for (size_t i = 0; i < findings.count && i < FINDINGS_PRINTED; i++)
        finding_render(&out, &findings.items[i], TONGUE_EN, file->name, file->source);
    printf("%.*s", TEXT_ARG(buffer_result(&out)));
    return NULL;
}

static struct text print(struct arena *arena, const struct ast_file *file, enum tongue tongue)
{
    struct buffer out;
    buffer_init(&out, arena);
    ast_print(&out, arena, file, tongue);
    return buffer_result(&out);
}

static bool differs(struct arena *arena, const char *what, const struct ast_file *a, const struct ast_file *b)
{
    const struct ast *node = ast_difference(a->root, b->root);
    if (node) {
        struct buffer out;
        buffer_init(&out, arena);
        ast_dump(&out, node, true);
        size_t line, column;
        source_line(a->source, node->span.from, &line, &column);
        printf("%.*s: %s: another tree, from line %zu on:\n%.*s", TEXT_ARG(a->name), what, line,
               (int)(out.len < 1000 ? out.len : 1000), out.at);
        return true;
    }
    size_t n = a->comment_count < b->comment_count ? a->comment_count : b->comment_count;
    for (size_t i = 0; i <= n; i++) {
        bool end_a = i == a->comment_count, end_b = i == b->comment_count;
        if (end_a && end_b) break;
        if (!end_a && !end_b && text_equal(a->comments[i].text, b->comments[i].text)) continue;
        printf("%.*s: %s: comment %zu is lost, moved or changed\n", TEXT_ARG(a->name), what, i + 1);
        return true;
    }
    return false;
}

/* Prints the first line in which they differ. */
static bool texts_differ(const char *name, const char *what, struct text a, struct text b)
{
    if (text_equal(a, b)) return false;
    size_t at = 0, line, column;
    while (at < a.len && at < b.len && a.at[at] == b.at[at]) at++;
    struct text in_a = source_line(a, (uint32_t)at, &line, &column), in_b = source_line(b, (uint32_t)at, &line, &column);
    printf("%s: %s: another text, line %zu:\n  - %.*s\n  + %.*s\n", name, what, line, TEXT_ARG(in_a), TEXT_ARG(in_b));
    return true;
}

static bool passes(struct arena *arena, const char *path)
{
    struct text source;
    if (!read_file(arena, path, &source)) {
        printf("%s: cannot be read\n", path);
        return false;
    }
    struct ast_file *x = parse(arena, path, source);
    if (!x) return false;
    enum tongue own = x->tongue, other = own == TONGUE_EN ? TONGUE_ZH : TONGUE_EN;

    struct text canonical = print(arena, x, own);
    struct ast_file *again = parse(arena, "(its fmt)", canonical);
    if (!again || differs(arena, "fmt", x, again)) return false;
    if (again->tongue != own) return printf("%s: fmt is taken for the other tongue\n", path), false;
    if (texts_differ(path, "fmt of fmt", canonical, print(arena, again, own))) return false;

    struct text translated = print(arena, x, other);
    struct ast_file *there = parse(arena, "(its translation)", translated);
    if (!there) return false;
    if (there->tongue != other) return printf("%s: its translation is taken for its own tongue\n", path), false;
    if (texts_differ(path, "fmt of the translation", translated, print(arena, there, other))) return false;
    struct text returned = print(arena, there, own);
    struct ast_file *back = parse(arena, "(translated back)", returned);
    if (!back || differs(arena, "there and back", x, back)) return false;
    return !texts_differ(path, "there and back", canonical, returned);
}

static bool passes_in_an_arena(const char *path)
{
    struct arena *arena = arena_open(NULL, 0);
    if (!arena) return false;
    volatile bool good = false;
    if (setjmp(*arena_trap(arena)) == 0) {
        good = passes(arena, path);
    } else {
        printf("%s: out of memory\n", path);
    }
    arena_close(arena);
    return good;
}

int main(int count, char **paths)
{
    int failed = 0;
    for (int i = 1; i < count; i++) failed += !passes_in_an_arena(paths[i]);
    printf("%d passed, %d failed\n", count - 1 - failed, failed);
    return failed != 0;
}
