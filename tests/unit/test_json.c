/* The JSON scanner on good, damaged and hostile bytes; JSON and JSON Lines as tables. */
#include "../../runtime/json_scan.h"
#include "../../runtime/source.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>

static struct arena *arena;
static struct findings problems;
static char path[64];

static int open_all(void **state)
{
    (void)state;
    arena = arena_open(NULL, 0);
    if (!arena) return -1;
    if (setjmp(*arena_trap(arena))) exit(2);
    return 0;
}

static int close_all(void **state)
{
    (void)state;
    if (path[0]) remove(path);
    arena_close(arena);
    return 0;
}

/* ---- the scanner ---- */

/* All tokens as one text: { } [ ], name=, texts, t f n; a fault as !KIND@LINE. */
static struct text scanned(struct text bytes)
{
    static const char *const FAULTS[] = {"", "unexpected", "cut", "string", "utf8", "number", "deep", "long"};
    struct buffer out;
    struct csv_scratch scratch;
    struct json_scan scan;
    char *exact = malloc(bytes.len + !bytes.len); /* a sanitizer sees any step beyond it */
    if (bytes.len) memcpy(exact, bytes.at, bytes.len);
    buffer_init(&out, arena);
    csv_scratch_init(&scratch, arena);
    json_scan_start(&scan, (struct text){exact, bytes.len}, 1, &scratch);
    for (;;) {
        struct json_token token = json_scan_next(&scan);
        if (token.kind == JSON_END) break;
        if (token.kind == JSON_BROKEN) {
            buffer_print(&out, "!%s@%d", FAULTS[scan.why], (int)token.line);
            assert_int_equal(json_scan_next(&scan).kind, JSON_BROKEN);
            break;
        }
        static const char *const MARKS[] = {[JSON_OBJECT] = "{", [JSON_OBJECT_END] = "}", [JSON_ARRAY] = "[", [JSON_ARRAY_END] = "]",
                                            [JSON_TRUE] = "t ", [JSON_FALSE] = "f ", [JSON_NULL] = "n "};
        if (token.kind == JSON_NAME) buffer_print(&out, "%.*s=", TEXT_ARG(token.text));
        else if (token.kind == JSON_STRING) {
            buffer_char(&out, '\'');
            buffer_text(&out, token.text); /* there may be NULs */
            buffer_put(&out, "' ");
        }
        else if (token.kind == JSON_NUMBER) buffer_print(&out, "%.*s ", TEXT_ARG(token.text));
        else buffer_put(&out, MARKS[token.kind]);
    }
    free(exact);
    return buffer_result(&out);
}

static void test_scanner(void **state)
{
    (void)state;
    static const char *const CASES[][2] = {
        {"", ""},
        {"\xEF\xBB\xBF[]", "[]"},
        {"[{\"a\":1,\"b\":[true,false,null]},\"x\"]", "[{a=1 b=[t f n ]}'x' ]"},
        {" {\n\t\"a\" : -0.10E+5 }\r\n", "{a=-0.10E+5 }"},
        {"{}\n{}\n", "{}{}"},
        {"1 2", "1 2 "},
        {"[0.30000000000000004,1e400,-0]", "[0.30000000000000004 1e400 -0 ]"}, /* as they are written */
        {"\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u4e2d\\u00e9\\u0041\"", "'\"\\/\b\f\n\r\t中éA' "},
        {"\"\\uD83D\\uDE00\"", "'\xF0\x9F\x98\x80' "},
        {"\"\\ud800\"", "!string@1"},
        {"\"\\ud800\\u0041\"", "!string@1"},
        {"\"\\udc00\"", "!string@1"},
        {"\"\\x41\"", "!string@1"},
        {"\"\\u12\"", "!string@1"},
        {"\"a\nb\"", "!string@1"},
        {"\"a\\\nb\"", "!string@1"},
        {"\"a", "!cut@1"},
        {"\"a\\", "!cut@1"},
        {"\"\xFF\"", "!utf8@1"},
        {"\"\xE5\x8D\"", "!utf8@1"},
        {"\"\xED\xA0\x80\"", "!utf8@1"},
        {"[1,]", "[1 !unexpected@1"},
        {"[1 2]", "[1 !unexpected@1"},
        {"[,1]", "[!unexpected@1"},
        {"[1}", "[1 !unexpected@1"},
        {"{\"a\":1]", "{a=1 !unexpected@1"},
        {"{\"a\" 1}", "{!unexpected@1"},
        {"{\"a\":}", "{a=!unexpected@1"},
        {"{\"a\":1,}", "{a=1 !unexpected@1"},
        {"{a:1}", "{!unexpected@1"},
        {"{'a':1}", "{!unexpected@1"},
        {"{1:1}", "{!unexpected@1"},
        {"]", "!unexpected@1"},
        {"nul", "!unexpected@1"},
        {"nullx", "!unexpected@1"},
        {"True", "!unexpected@1"},
        {"NaN", "!unexpected@1"},
        {"// no", "!unexpected@1"},
        {"01", "!number@1"},
        {"1.", "!number@1"},
        {".5", "!unexpected@1"},
        {"+1", "!unexpected@1"},
        {"-", "!number@1"},
        {"1e", "!number@1"},
        {"1e+", "!number@1"},
        {"1x", "!number@1"},
        {"1.2.3", "!number@1"},
        {"-01", "!number@1"},
        {"0x10", "!number@1"},
        {"[\n[\n", "[[!cut@3"},
        {"{\n\"a\":1\n", "{a=1 !cut@3"},
        {"{\"a\"", "{!cut@1"},
        {"{\"a\":", "{a=!cut@1"},
        {"[1,\n", "[1 !cut@2"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct text got = scanned(text_of(CASES[i][0]));
        if (!text_is(got, CASES[i][1])) fail_msg("%s\n got  %.*s\n want %s", CASES[i][0], TEXT_ARG(got), CASES[i][1]);
    }
    struct text nul = scanned((struct text){"\"a\\u0000b\" \"\0\"", 14});
    assert_true(text_equal(nul, (struct text){"'a\0b' !string@1", 15}));
}

static void test_depth_and_length(void **state)
{
    (void)state;
    char deep[2 * LIMIT_JSON_DEPTH + 4];
    memset(deep, '[', LIMIT_JSON_DEPTH);
    memset(deep + LIMIT_JSON_DEPTH, ']', LIMIT_JSON_DEPTH);
    assert_int_equal(scanned((struct text){deep, 2 * LIMIT_JSON_DEPTH}).len, 2 * LIMIT_JSON_DEPTH);
    deep[LIMIT_JSON_DEPTH] = '[';
    struct text got = scanned((struct text){deep, LIMIT_JSON_DEPTH + 1});
    assert_true(text_is((struct text){got.at + LIMIT_JSON_DEPTH, got.len - LIMIT_JSON_DEPTH}, "!deep@1"));
    size_t len = 7 * (size_t)(LIMIT_CELL_BYTES + 1);
    char *text = arena_take(arena, len + 2, 1);
    memset(text, 'x', len);
    text[0] = text[len - 1] = '"';
    assert_true(text_is(scanned((struct text){text, len}), "!long@1"));
}

/* Any end, and any byte changed: it ends, within the bytes. */
static void test_damage(void **state)
{
    (void)state;
    static const char GOOD[] = "[{\"a\": \"\\u4e2d\\n\", \"b\": [1.5e3, -2, true]},\n {\"c\": null, \"d\": {}}]";
    for (size_t len = 0; len < sizeof GOOD - 1; len++) {
        struct text got = scanned((struct text){GOOD, len});
        assert_true(len == 0 || memchr(got.at, '!', got.len));
    }
    for (size_t at = 0; at < sizeof GOOD - 1; at++) {
        for (int byte = 0; byte < 256; byte++) {
            char changed[sizeof GOOD];
            memcpy(changed, GOOD, sizeof GOOD);
            changed[at] = (char)byte;
            scanned((struct text){changed, sizeof GOOD - 1});
        }
    }
}

/* ---- tables ---- */

static int32_t never(void *context, struct text heading)
{
    (void)context, (void)heading;
    return -1;
}

/* The table T of a file as "a|b;LINE:x|y;", then the codes of what was found with line and column. */
static void expect_table(const char *ending, const char *content, const char *wanted)
{
    if (path[0]) remove(path);
    snprintf(path, sizeof path, "/tmp/T-%ld.%s", (long)getpid(), ending);
    FILE *file = fopen(path, "wb");
    assert_int_equal(fwrite(content, 1, strlen(content), file), strlen(content));
    assert_int_equal(fclose(file), 0);
    struct buffer out;
    buffer_init(&out, arena);
    findings_init(&problems, arena, 0);
    struct source *source = source_open(arena, text_of(path), NULL, &problems);
    struct text names[] = {TEXT("T"), arena_print(arena, "T-%ld", (long)getpid())};
    bool found;
    struct source_table *table = source ? source_table_open(source, names, 2, &problems, &found) : NULL;
    if (table) {
        uint32_t columns;
        source_table_find_headings(table, never, NULL);
        if (source_table_bare(table)) buffer_put(&out, "bare");
        const struct text *headings = source_table_headings(table, &columns);
        for (uint32_t c = 0; c < columns; c++) buffer_print(&out, "%s%.*s", c ? "|" : "", TEXT_ARG(headings[c]));
        struct source_batch batch;
        while (source_table_next(table, &batch)) {
            for (uint32_t r = 0; r < batch.rows; r++) {
                buffer_print(&out, ";%u:", batch.lines[r]);
                for (uint32_t c = 0; c < columns; c++) {
                    buffer_print(&out, "%s%.*s", c ? "|" : "", TEXT_ARG(batch.cells[r * columns + c]));
                }
            }
        }
    }
    for (size_t i = 0; i < problems.count; i++) {
        const struct finding *f = &problems.items[i];
        buffer_print(&out, " %s@%d%.*s", diag_label(f->code), (int)f->data.line, TEXT_ARG(f->data.column));
    }
    struct text got = buffer_result(&out);
    if (!text_is(got, wanted)) fail_msg("%s\n got  %.*s\n want %s", content, TEXT_ARG(got), wanted);
}

static void test_tables(void **state)
{
    (void)state;
    expect_table("json", "[{\"a\": 1.50, \"b\": \"x\"},\n{\"c\": true, \"a\": null},\n{}]", "a|b|c;1:1.50|x|;2:||true;3:||");
    expect_table("json", "{\"version\": 2, \"T\": [{\"a\": \"001\"}], \"U\": [[]]}", "a;1:001");
    expect_table("json", "{\"rows\":\n[\n{\" a \": false}]}", "a;3:false"); /* one table, named by its file */
    expect_table("json", "[]", "bare");
    expect_table("json", "{\"T\":[]}", "bare");
    expect_table("jsonl", "", "bare");
    expect_table("jsonl", "{\"a\":1}\n\n{\"a\":\"\\u4e2d\"}\n", "a;1:1;3:中");
}

static void test_rows_that_are_none(void **state)
{
    (void)state;
    expect_table("json", "[{\"a\":1},\n[2],\n3,\n{\"a\":{\"b\":[1]}},\n{\"a\":1,\"a\":2},\n{\"a\":\"\\u0000\"},\n{\"a\":5}]",
                 "a;1:1;7:5 E481@2 E481@3 E481@4a E481@5a E414@6a");
    expect_table("jsonl", "{\"a\":1}\n{\"a\":\nnonsense\n{\"a\":01}\n{\"b\":3}\n", "a|b;1:1|;5:|3 E480@3 E480@4");
}

static void test_files_that_are_none(void **state)
{
    (void)state;
    expect_table("json", "", " E403@0");
    expect_table("json", "3", " E481@1");
    expect_table("json", "{\"T\":[1,2}", " E480@1");
    expect_table("json", "[]]", " E480@1");
    expect_table("json", "[] []", " E480@1");
    expect_table("json", "{\"T\":[],\"T\":[]}", " E402@0");
    expect_table("json", "[{\"a\":\"\xE5\x8D\"}]", " E415@1");
    expect_table("json", "{\"a\":1}", " E481@1");
}

int main(void)
{
#define TEST(test) cmocka_unit_test_setup_teardown(test, open_all, close_all)
    const struct CMUnitTest tests[] = {
        TEST(test_scanner), TEST(test_depth_and_length), TEST(test_damage), TEST(test_tables), TEST(test_rows_that_are_none),
        TEST(test_files_that_are_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
