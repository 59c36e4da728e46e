/* The arena: alignment, zeroing, growth, deferred releases, and every way in which memory can run out. */
#include "../../runtime/arena.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

/* A host that counts what it holds and refuses once `allowed` calls for memory were granted. */
struct host {
    size_t held, blocks, allowed;
};

static void *host_resize(void *opaque, void *block, size_t old_size, size_t size)
{
    struct host *host = opaque;
    if (size == 0) {
        if (!block) return NULL;
        host->held -= old_size;
        host->blocks--;
        free(block);
        return NULL;
    }
    if (host->allowed == 0) return NULL;
    host->allowed--;
    void *out = realloc(block, size);
    assert_non_null(out);
    memset(out, 0xA5, size); /* the arena must clear what it hands out */
    host->held += size;
    host->blocks++;
    return out;
}

static struct arena *open_with(struct host *host, size_t limit)
{
    struct kh_allocator allocator = {host_resize, host};
    return arena_open(&allocator, limit);
}

static void test_blocks_are_zeroed_aligned_and_apart(void **state)
{
    (void)state;
    struct host host = {.allowed = 100};
    struct arena *arena = open_with(&host, 0);
    assert_non_null(arena);
    if (setjmp(*arena_trap(arena))) fail();
    unsigned char *before = NULL;
    static const size_t SIZES[] = {1, 0, 15, 16, 17, 4000, 20000, 70000, 3};
    for (size_t i = 0; i < sizeof SIZES / sizeof *SIZES; i++) {
        unsigned char *block = arena_take(arena, SIZES[i], 1);
        assert_int_equal((uintptr_t)block % 16, 0);
        assert_true(block != before);
        for (size_t k = 0; k < SIZES[i]; k++) assert_int_equal(block[k], 0);
        memset(block, 0xFF, SIZES[i]);
        before = block;
    }
    /* 1→16, 0→16, 15→16, 16, 17→32, 4000, 20000, 70000, 3→16 */
    assert_int_equal(arena_used(arena), 16 + 16 + 16 + 16 + 32 + 4000 + 20000 + 70000 + 16);
    arena_close(arena);
    assert_int_equal(host.held, 0);
    assert_int_equal(host.blocks, 0);
}

static void test_growth_keeps_contents(void **state)
{
    (void)state;
    struct arena *arena = arena_open(NULL, 0);
    if (setjmp(*arena_trap(arena))) fail();
    int *items = NULL;
    size_t count = 0, capacity = 0;
    for (int i = 0; i < 1000; i++) ARENA_PUSH(arena, items, count, capacity, i * 3);
    assert_int_equal(count, 1000);
    assert_int_equal(capacity, 1024); /* 8 doubled seven times */
    for (int i = 0; i < 1000; i++) assert_int_equal(items[i], i * 3);
    for (size_t i = 1000; i < capacity; i++) assert_int_equal(items[i], 0);
    arena_close(arena);
}

static void test_texts(void **state)
{
    (void)state;
    struct arena *arena = arena_open(NULL, 0);
    if (setjmp(*arena_trap(arena))) fail();
    struct text text = arena_text(arena, TEXT("考核\0x"));
    assert_int_equal(text.len, 8);
    assert_memory_equal(text.at, "考核\0x\0", 9);
    assert_int_equal(arena_text(arena, TEXT_NONE).len, 0);
    struct text printed = arena_print(arena, "%.*s-%d", TEXT_ARG(TEXT("ab")), 7);
    assert_int_equal(printed.len, 4);
    assert_string_equal(printed.at, "ab-7");
    arena_close(arena);
}

static char released[8];

static void note_release(void *what)
{
    size_t n = strlen(released);
    released[n] = *(char *)what;
    released[n + 1] = '\0';
}

static void test_releases_run_newest_first(void **state)
{
    (void)state;
    released[0] = '\0';
    struct arena *arena = arena_open(NULL, 0);
    if (setjmp(*arena_trap(arena))) fail();
    arena_defer(arena, note_release, "a");
    arena_defer(arena, note_release, "b");
    arena_defer(arena, note_release, "c");
    assert_string_equal(released, "");
    arena_close(arena);
    assert_string_equal(released, "cba");
    arena_close(NULL);
}

/* The N-th request of the host's memory fails, for each N: always the trap, never a leak. */
static void test_each_failing_allocation_takes_the_trap(void **state)
{
    (void)state;
    for (volatile size_t allowed = 0; allowed <= 4; allowed = allowed + 1) {
        struct host host = {.allowed = allowed};
        struct arena *arena = open_with(&host, 0);
        if (allowed == 0) {
            assert_null(arena);
            continue;
        }
        volatile size_t taken = 0;
        if (setjmp(*arena_trap(arena)) == 0) {
            for (; taken < 3; taken = taken + 1) arena_take(arena, 1, 100000);
        }
        assert_int_equal(taken, allowed - 1); /* one for the arena itself, one a block */
        arena_close(arena);
        assert_int_equal(host.held, 0);
    }
}

static void test_a_release_that_cannot_be_noted_runs_at_once(void **state)
{
    (void)state;
    released[0] = '\0';
    struct host host = {.allowed = 1};
    struct arena *arena = open_with(&host, 0);
    volatile bool trapped = true;
    if (setjmp(*arena_trap(arena)) == 0) {
        arena_defer(arena, note_release, "x");
        trapped = false;
    }
    assert_true(trapped);
    assert_string_equal(released, "x");
    arena_close(arena);
    assert_string_equal(released, "x");
}

static void test_limit(void **state)
{
    (void)state;
    struct host host = {.allowed = 100};
    assert_null(open_with(&host, 1));
    struct arena *arena = open_with(&host, 1000000);
    volatile size_t taken = 0;
    if (setjmp(*arena_trap(arena)) == 0) {
        for (;; taken = taken + 1) arena_take(arena, 1, 100000);
    }
    assert_int_equal(taken, 9);
    /* what is left below the limit can still be used in small pieces */
    volatile bool trapped = true;
    if (setjmp(*arena_trap(arena)) == 0) {
        arena_take(arena, 1, 1000);
        trapped = false;
    }
    assert_false(trapped);
    assert_true(host.held <= 1000000);
    arena_close(arena);
    assert_int_equal(host.held, 0);
}

static void test_sizes_that_overflow(void **state)
{
    (void)state;
    static const size_t PAIRS[][2] = {{SIZE_MAX, 2}, {2, SIZE_MAX}, {SIZE_MAX, 1}, {SIZE_MAX / 2 + 1, 2}, {1, SIZE_MAX - 20}};
    for (volatile size_t i = 0; i < sizeof PAIRS / sizeof *PAIRS; i = i + 1) {
        struct host host = {.allowed = 1}; /* any further request would be refused: nothing may be asked for */
        struct arena *arena = open_with(&host, 0);
        volatile bool trapped = true;
        if (setjmp(*arena_trap(arena)) == 0) {
            arena_take(arena, PAIRS[i][0], PAIRS[i][1]);
            trapped = false;
        }
        assert_true(trapped);
        arena_close(arena);
        assert_int_equal(host.held, 0);
    }
}

static void test_fail_and_rearm(void **state)
{
    (void)state;
    struct arena *arena = arena_open(NULL, 0);
    volatile int outer = 0, inner = 0;
    if (setjmp(*arena_trap(arena))) {
        outer = outer + 1;
    } else {
        jmp_buf kept;
        memcpy(&kept, arena_trap(arena), sizeof kept);
        if (setjmp(*arena_trap(arena)) == 0) arena_fail(arena);
        inner = inner + 1;
        memcpy(arena_trap(arena), &kept, sizeof kept);
        arena_fail(arena);
    }
    assert_int_equal(inner, 1);
    assert_int_equal(outer, 1);
    arena_close(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_blocks_are_zeroed_aligned_and_apart),
        cmocka_unit_test(test_growth_keeps_contents),
        cmocka_unit_test(test_texts),
        cmocka_unit_test(test_releases_run_newest_first),
        cmocka_unit_test(test_each_failing_allocation_takes_the_trap),
        cmocka_unit_test(test_a_release_that_cannot_be_noted_runs_at_once),
        cmocka_unit_test(test_limit),
        cmocka_unit_test(test_sizes_that_overflow),
        cmocka_unit_test(test_fail_and_rearm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
