/* A scheme as a list of statements in canonical form.
 *
 * In: a file without syntax errors. Out: a text for each line of each declaration, with the node it was printed from.
 * Decision: they are the printer's own lines with columns and breaks taken out, so that two files that differ in layout,
 * comments or tongue alone have equal statements. Cost: the file is printed once more.
 */
#include "statement.h"

#include "print.h"

/* Columns and places to break a line become what they are on one line. */
static struct text on_one_line(struct arena *arena, struct text line)
{
    struct buffer out;
    buffer_init(&out, arena);
    for (size_t k = 0; k < line.len; k++) {
        char c = line.at[k];
        if (c == MARK_BREAK) continue;
        bool mark = c == MARK_SPACE || c == MARK_STOP;
        if (mark && (!out.len || out.at[out.len - 1] == ' ')) continue; /* an empty column */
        if (mark) c = ' ';
        buffer_char(&out, c);
    }
    while (out.len && out.at[out.len - 1] == ' ') out.len--;
    return buffer_result(&out);
}

static const struct ast *node_at(const struct ast *decl, size_t from)
{
    for (const struct ast *line = decl->list; line; line = line->next)
        if (line->span.from == from) return line;
    return decl;
}

void ast_statements(struct statements *out, struct arena *arena, const struct ast_file *file, enum tongue tongue)
{
    struct printer p = {.zh = tongue == TONGUE_ZH, .keywords = keywords_open(arena)};
    *out = (struct statements){0};
    layout_init(&p.layout, arena, file);
    p.names = names_resolve(arena, file, tongue);
    for (const struct ast *decl = file->root->list; decl; decl = decl->next) out->declarations++;
    out->names = ARENA_ARRAY(arena, struct text, out->declarations);
    const struct ast **owners = NULL; /* per printed line */
    size_t owner_count = 0, owner_room = 0, index = 0;
    for (const struct ast *decl = file->root->list; decl; decl = decl->next, index++) {
        print_declaration(&p, decl);
        while (owner_count < p.layout.count) ARENA_PUSH(arena, owners, owner_count, owner_room, decl);
        bool titled = decl->kind == AST_EXAMPLE || decl->kind == AST_NOTE || decl->kind == AST_GAP || decl->kind == AST_USE;
        out->names[index] = titled ? decl->text2 : decl->kind == AST_PART ? decl->text : names_text(p.names, decl);
    }
    out->all = ARENA_ARRAY(arena, struct statement, p.layout.count);
    out->count = p.layout.count;
    index = 0;
    for (size_t k = 0; k < p.layout.count; k++) {
        const struct layout_line *line = &p.layout.lines[k];
        if (k && owners[k] != owners[k - 1]) index++;
        out->all[k] = (struct statement){.text = on_one_line(arena, line->text),
                                         .decl = owners[k],
                                         .node = line->opens ? owners[k] : node_at(owners[k], line->from),
                                         .index = index,
                                         .opens = line->opens};
    }
}
