/* The tree as text, and the comparison of trees. */
#include "../../grammar/ast.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static struct arena *arena;

static int open_arena(void **state)
{
    (void)state;
    arena = arena_open(NULL, 0);
    if (!arena) return -1;
    if (setjmp(*arena_trap(arena))) exit(2);
    return 0;
}

static int close_arena(void **state)
{
    (void)state;
    arena_close(arena);
    return 0;
}

static struct ast *node(struct ast from)
{
    struct ast *made = ARENA_NEW(arena, struct ast);
    *made = from;
    return made;
}

static struct ast *number(const char *digits) { return node((struct ast){.kind = AST_NUMBER, .text = text_of(digits)}); }

/* let x "h" = 1 + a, with a reading and explanations */
static struct ast *sample(void)
{
    struct ast *sum = node((struct ast){.kind = AST_BINARY, .op = OP_ADD, .a = number("1"),
                                        .b = node((struct ast){.kind = AST_NAME, .text = TEXT("a"), .span = {7, 8}, .at = {7, 8}})});
    struct ast *when = node((struct ast){.kind = AST_WHEN, .a = node((struct ast){.kind = AST_NAME, .text = TEXT("q")}),
                                         .b = node((struct ast){.kind = AST_NAME, .text = TEXT("b")})});
    struct ast *let = node((struct ast){.kind = AST_LET, .text = TEXT("x"), .text2 = TEXT("h \"\\\n"), .a = sum,
                                        .because = TEXT("why"), .source = TEXT("1(2)"), .when = when});
    return node((struct ast){.kind = AST_FILE, .list = let});
}

static void test_dump(void **state)
{
    (void)state;
    struct buffer out;
    buffer_init(&out, arena);
    ast_dump(&out, sample(), false);
    buffer_char(&out, '\0');
    assert_string_equal(out.at, "FILE\n"
                                "  LET \"x\" / \"h \\\"\\\\\\x0a\" because \"why\" source \"1(2)\"\n"
                                "    a: BINARY ADD\n"
                                "      a: NUMBER \"1\"\n"
                                "      b: NAME \"a\"\n"
                                "    when: WHEN\n"
                                "      a: NAME \"q\"\n"
                                "      b: NAME \"b\"\n");
    buffer_init(&out, arena);
    struct ast *flagged = node((struct ast){.kind = AST_FIELD, .flags = AST_KEY | AST_OPTIONAL, .span = {3, 9}, .at = {4, 5}});
    ast_dump(&out, flagged, true);
    ast_dump(&out, NULL, true);
    buffer_char(&out, '\0');
    assert_string_equal(out.at, "FIELD +key +optional [3,9) at [4,5)\n");
}

static void test_names_of_kinds(void **state)
{
    (void)state;
    assert_string_equal(ast_kind_name(AST_FILE), "FILE");
    assert_string_equal(ast_kind_name(AST_BROKEN), "BROKEN");
    assert_string_equal(ast_op_name(OP_NONE), "NONE");
    assert_string_equal(ast_op_name(OP_INCOMPLETE_STATE), "INCOMPLETE_STATE");
    for (int kind = 0; kind < AST_KIND_COUNT; kind++) assert_true(strlen(ast_kind_name((enum ast_kind)kind)) > 0);
    for (int op = 0; op < AST_OP_COUNT; op++) assert_true(strlen(ast_op_name((enum ast_op)op)) > 0);
}

static void test_equal_trees(void **state)
{
    (void)state;
    struct ast *a = sample(), *b = sample();
    assert_null(ast_difference(a, b));
    b->list->span = (struct span){100, 200}; /* places do not count */
    b->list->a->at = (struct span){1, 2};
    assert_null(ast_difference(a, b));
    assert_null(ast_difference(NULL, NULL));
}

static void test_each_difference_is_found(void **state)
{
    (void)state;
    struct ast *a = sample(), *b;
#define DIFFERS(at, change) (b = sample(), (void)(change), assert_ptr_equal(ast_difference(a, b), (at)))
    DIFFERS(a->list, b->list->kind = AST_NOTE);
    DIFFERS(a->list, b->list->flags = AST_KEY);
    DIFFERS(a->list->a, b->list->a->op = OP_SUB);
    DIFFERS(a->list, b->list->text = TEXT("y"));
    DIFFERS(a->list, b->list->text2 = TEXT_NONE);
    DIFFERS(a->list, b->list->because = TEXT("why not"));
    DIFFERS(a->list, b->list->source = TEXT_NONE);
    DIFFERS(a->list->a->b, b->list->a->b->text = TEXT("b"));
    DIFFERS(a->list->when->b, b->list->when->b->text = TEXT("c"));
    DIFFERS(a->list->when, b->list->when = NULL);      /* one more in the first tree: that one */
    DIFFERS(a->list->a, b->list->a->c = number("3"));  /* one more in the second: its owner in the first */
    DIFFERS(a, b->list->next = number("3"));
    DIFFERS(a->list, b->list = NULL);
#undef DIFFERS
    struct ast *pair = sample();
    pair->list->next = number("3");
    assert_ptr_equal(ast_difference(pair, a), pair->list->next);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_dump),
        cmocka_unit_test(test_names_of_kinds),
        cmocka_unit_test(test_equal_trees),
        cmocka_unit_test(test_each_difference_is_found),
    };
    return cmocka_run_group_tests(tests, open_arena, close_arena);
}
