/* The AST as text for `dump --ast`, and the comparison of two trees.
 *
 * In: nodes. Out: one line a node, indented by depth; or the first node that differs.
 * Decision: both walk the slots blindly, in one order, without knowing what a kind keeps where. So a new kind needs no
 * line here, and no slot can be forgotten. Cost: the dump names slots by letter; ast.def says what they mean.
 */
#include "ast.h"

#include <assert.h>

static const char *const KINDS[AST_KIND_COUNT] = {
#define AST(kind, group, slots) #kind,
#include "ast.def"
#undef AST
};

static const char *const OPS[AST_OP_COUNT] = {
#define OP(name) #name,
    AST_OPS(OP)
#undef OP
};

static const struct {
    enum ast_flag flag;
    const char *name;
} FLAGS[] = {
    {AST_KEY, "key"},
    {AST_OPTIONAL, "optional"},
    {AST_ORDERED, "ordered"},
    {AST_FOR_ALL, "for-all"},
    {AST_ALL_OR_NOTHING, "all-or-nothing"},
    {AST_UNTIL_NONE, "until-none"},
    {AST_NEGATED, "negated"},
    {AST_WORD, "word"},
    {AST_QUOTED, "quoted"},
    {AST_BARE, "bare"},
};

const char *ast_kind_name(enum ast_kind kind)
{
    assert((unsigned)kind < AST_KIND_COUNT);
    return KINDS[kind];
}

const char *ast_op_name(enum ast_op op)
{
    assert((unsigned)op < AST_OP_COUNT);
    return OPS[op];
}

enum { SLOTS = 8 };

/* The children of a node, slot by slot; each is a chain through ->next. */
static void slots_of(const struct ast *node, const struct ast *slots[SLOTS])
{
    const struct ast *all[SLOTS] = {node->a, node->b, node->c, node->d, node->e, node->f, node->when, node->list};
    memcpy(slots, all, sizeof all);
}

static const char *const SLOT_NAMES[SLOTS] = {"a: ", "b: ", "c: ", "d: ", "e: ", "f: ", "when: ", ""};

static void put_text(struct buffer *out, const char *label, struct text text)
{
    if (!text.at) return;
    buffer_print(out, " %s\"", label);
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.at[i];
        if (c == '"' || c == '\\') {
            buffer_print(out, "\\%c", c);
        } else if (c < 0x20 || c == 0x7f) {
            buffer_print(out, "\\x%02x", c);
        } else {
            buffer_char(out, (char)c);
        }
    }
    buffer_char(out, '"');
}

static void dump(struct buffer *out, const struct ast *node, bool spans, const char *slot, int depth)
{
    buffer_print(out, "%*s%s%s", depth * 2, "", slot, ast_kind_name(node->kind));
    if (node->op != OP_NONE) buffer_print(out, " %s", ast_op_name(node->op));
    for (size_t i = 0; i < sizeof FLAGS / sizeof *FLAGS; i++) {
        if (node->flags & FLAGS[i].flag) buffer_print(out, " +%s", FLAGS[i].name);
    }
    put_text(out, "", node->text);
    put_text(out, "/ ", node->text2);
    put_text(out, "because ", node->because);
    put_text(out, "source ", node->source);
    if (spans) buffer_print(out, " [%u,%u) at [%u,%u)", node->span.from, node->span.to, node->at.from, node->at.to);
    buffer_char(out, '\n');
    const struct ast *slots[SLOTS];
    slots_of(node, slots);
    for (int i = 0; i < SLOTS; i++) {
        for (const struct ast *child = slots[i]; child; child = child->next) {
            dump(out, child, spans, SLOT_NAMES[i], depth + 1);
        }
    }
}

void ast_dump(struct buffer *out, const struct ast *node, bool spans)
{
    if (node) dump(out, node, spans, "", 0);
}

const struct ast *ast_difference(const struct ast *a, const struct ast *b)
{
    if (!a || !b) return a; /* the caller of a slot reports its owner when `a` is the missing one */
    if (a->kind != b->kind || a->op != b->op || a->flags != b->flags) return a;
    if (!text_equal(a->text, b->text) || !text_equal(a->text2, b->text2)) return a;
    if (!text_equal(a->because, b->because) || !text_equal(a->source, b->source)) return a;
    const struct ast *of_a[SLOTS], *of_b[SLOTS];
    slots_of(a, of_a);
    slots_of(b, of_b);
    for (int i = 0; i < SLOTS; i++) {
        const struct ast *x = of_a[i], *y = of_b[i];
        for (; x && y; x = x->next, y = y->next) {
            const struct ast *differs = ast_difference(x, y);
            if (differs) return differs;
        }
        if (x) return x;
        if (y) return a;
    }
    return NULL;
}
