/* Findings: kept and counted, sorted, and shown with the caret under the right columns. */
#include "../../runtime/finding.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static struct arena *arena;

/* cmocka unwinds a failed test with longjmp itself; running out of memory here ends the program. */
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

static struct span span_of(struct text source, const char *word)
{
    const char *at = memmem(source.at, source.len, word, strlen(word));
    assert_non_null(at);
    return (struct span){(uint32_t)(at - source.at), (uint32_t)(at - source.at + strlen(word))};
}

static const char *rendered(const struct finding *finding, enum tongue tongue, struct text source)
{
    struct buffer out;
    buffer_init(&out, arena);
    finding_render(&out, finding, tongue, TEXT("scheme.kh"), source);
    buffer_char(&out, '\0');
    return out.at;
}

/* The lines after the first: the sentence is the table's, the rest is ours to get right. */
static const char *after_sentence(const char *text, const char *first_begins)
{
    assert_memory_equal(text, first_begins, strlen(first_begins));
    const char *newline = strchr(text, '\n');
    assert_non_null(newline);
    return newline + 1;
}

static void test_width(void **state)
{
    (void)state;
    assert_int_equal(text_width(TEXT_NONE), 0);
    assert_int_equal(text_width(TEXT("abc")), 3);
    assert_int_equal(text_width(TEXT("考核")), 4);
    assert_int_equal(text_width(TEXT("：（，")), 6);       /* full-width punctuation */
    assert_int_equal(text_width(TEXT("e\xCC\x81x")), 2);   /* a combining accent */
    assert_int_equal(text_width(TEXT("\tx")), 9);
    assert_int_equal(text_width(TEXT("考核\tx")), 9);
    assert_int_equal(text_width(TEXT("12345678\tx")), 17);
    assert_int_equal(text_width(TEXT("\xFF\xFE")), 2);     /* bytes that are no UTF-8 show as one sign each */
    assert_int_equal(text_width(TEXT("\xE8\x80")), 2);     /* 考 cut off */
    assert_int_equal(text_width(TEXT("\xF0\x9F\x98\x80")), 2);
}

static void test_source_line(void **state)
{
    (void)state;
    struct text source = TEXT("one\r\n若 参加 x\n\n\tlast");
    size_t line, column;
    struct text text = source_line(source, 0, &line, &column);
    assert_true(text_is(text, "one"));
    assert_int_equal(line, 1);
    assert_int_equal(column, 1);
    text = source_line(source, span_of(source, "参").from, &line, &column);
    assert_true(text_is(text, "若 参加 x"));
    assert_int_equal(line, 2);
    assert_int_equal(column, 4);
    text = source_line(source, span_of(source, "x").from, &line, &column);
    assert_int_equal(column, 9);
    text = source_line(source, span_of(source, "\n\t").from, &line, &column); /* the empty line */
    assert_int_equal(text.len, 0);
    assert_int_equal(line, 3);
    assert_int_equal(column, 1);
    text = source_line(source, (uint32_t)source.len, &line, &column);
    assert_true(text_is(text, "\tlast"));
    assert_int_equal(line, 4);
    assert_int_equal(column, 13);
    text = source_line(source, 100000, &line, &column); /* beyond the end: its last place */
    assert_int_equal(column, 13);
    text = source_line(TEXT_NONE, 3, &line, &column);
    assert_int_equal(text.len, 0);
    assert_int_equal(line, 1);
    assert_int_equal(column, 1);
}

static void test_caret_under_wide_text(void **state)
{
    (void)state;
    struct text source = TEXT("方案 \"x\"\n若 参加会仪 < 3：扣2分\n");
    struct finding finding = {.code = D_SYNTAX, .where = span_of(source, "参加会仪")};
    finding.words[0] = TEXT("参加会仪");
    finding.repair = TEXT("  若 参加会议 < 3：扣2分\n");
    assert_string_equal(after_sentence(rendered(&finding, TONGUE_ZH, source), "scheme.kh:2:4: 错误 E100："),
                        "    2 | 若 参加会仪 < 3：扣2分\n"
                        "      |    ^^^^^^^^\n"
                        "  请写：若 参加会议 < 3：扣2分\n");
    assert_string_equal(after_sentence(rendered(&finding, TONGUE_EN, source), "scheme.kh:2:4: error E100: "),
                        "    2 | 若 参加会仪 < 3：扣2分\n"
                        "      |    ^^^^^^^^\n"
                        "  write: 若 参加会议 < 3：扣2分\n");
}

static void test_tabs_and_controls_are_shown_as_blanks_and_signs(void **state)
{
    (void)state;
    struct text source = TEXT("\ta\tbad \x1b[2J\n");
    struct finding finding = {.code = D_SYNTAX, .where = span_of(source, "bad")};
    assert_string_equal(after_sentence(rendered(&finding, TONGUE_EN, source), "scheme.kh:1:17: error E100: "),
                        "    1 |         a       bad \xEF\xBF\xBD[2J\n"
                        "      |                 ^^^\n");
}

static void test_caret_at_the_end_of_a_line(void **state)
{
    (void)state;
    struct text source = TEXT("考核\nnext\n");
    struct finding finding = {.code = D_SYNTAX, .where = {6, 7}}; /* the newline itself */
    assert_string_equal(after_sentence(rendered(&finding, TONGUE_EN, source), "scheme.kh:1:5: error E100: "),
                        "    1 | 考核\n"
                        "      |     ^\n");
    finding.where = (struct span){3, 20}; /* more than one line: to the end of the first */
    assert_string_equal(after_sentence(rendered(&finding, TONGUE_EN, source), "scheme.kh:1:3: error E100: "),
                        "    1 | 考核\n"
                        "      |   ^^\n");
}

/* 120 columns `a`, a wide word at column 121, 120 columns `b`: cut on both sides, 40 columns before the word kept. */
static void test_long_lines_are_cut_around_the_caret(void **state)
{
    (void)state;
    struct buffer line;
    buffer_init(&line, arena);
    for (int i = 0; i < 120; i++) buffer_char(&line, 'a');
    buffer_put(&line, "考核");
    for (int i = 0; i < 120; i++) buffer_char(&line, 'b');
    struct text source = buffer_result(&line);
    struct finding finding = {.code = D_SYNTAX, .where = {120, 126}};
    struct buffer expected;
    buffer_init(&expected, arena);
    buffer_put(&expected, "    1 | …");
    for (int i = 0; i < 40; i++) buffer_char(&expected, 'a');
    buffer_put(&expected, "考核");
    for (int i = 0; i < 99 - 44; i++) buffer_char(&expected, 'b');
    buffer_put(&expected, "…\n      | ");
    for (int i = 0; i < 41; i++) buffer_char(&expected, ' ');
    buffer_put(&expected, "^^^^\n");
    buffer_char(&expected, '\0');
    assert_string_equal(after_sentence(rendered(&finding, TONGUE_EN, source), "scheme.kh:1:121: error E100: "), expected.at);

    finding.where = (struct span){2, 5}; /* near the beginning: cut behind only */
    expected.len = 0;
    buffer_put(&expected, "    1 | ");
    for (int i = 0; i < 99; i++) buffer_char(&expected, 'a');
    buffer_put(&expected, "…\n      |   ^^^\n");
    buffer_char(&expected, '\0');
    assert_string_equal(after_sentence(rendered(&finding, TONGUE_EN, source), "scheme.kh:1:3: error E100: "), expected.at);
}

static void test_second_place(void **state)
{
    (void)state;
    struct text source = TEXT("设 甲 = 1\n设 乙 = 2\n设 甲 = 3\n");
    struct finding finding = {.code = D_SYNTAX, .where = {28, 31}, .other = {4, 7}};
    assert_string_equal(after_sentence(rendered(&finding, TONGUE_ZH, source), "scheme.kh:3:4: 错误 E100："),
                        "    3 | 设 甲 = 3\n"
                        "      |    ^^\n"
                        "  参见第1行：\n"
                        "    1 | 设 甲 = 1\n"
                        "      |    ^^\n");
    assert_non_null(strstr(rendered(&finding, TONGUE_EN, source), "  see line 1:\n    1 | 设 甲 = 1\n"));
}

static void test_data_findings(void **state)
{
    (void)state;
    struct finding finding = {.code = D_SYNTAX};
    finding.words[0] = TEXT("x");
    finding.data = (struct data_place){TEXT("file.csv"), 12, TEXT("出席"), TEXT("9x")};
    struct buffer sentence;
    buffer_init(&sentence, arena);
    finding_sentence(&sentence, &finding, TONGUE_EN);
    struct text expected = arena_print(arena, "file.csv:12: column \"出席\": \"9x\": %.*s\n", TEXT_ARG(buffer_result(&sentence)));
    assert_string_equal(rendered(&finding, TONGUE_EN, TEXT_NONE), expected.at);
    sentence.len = 0;
    finding_sentence(&sentence, &finding, TONGUE_ZH);
    expected = arena_print(arena, "file.csv:12: “出席”列：“9x”：%.*s\n", TEXT_ARG(buffer_result(&sentence)));
    assert_string_equal(rendered(&finding, TONGUE_ZH, TEXT_NONE), expected.at);

    finding.data = (struct data_place){.file = TEXT("file.csv")}; /* the file as a whole */
    expected = arena_print(arena, "file.csv: %.*s\n", TEXT_ARG(buffer_result(&sentence)));
    assert_string_equal(rendered(&finding, TONGUE_ZH, TEXT_NONE), expected.at);
}

static void test_words_are_filled_in_and_copied(void **state)
{
    (void)state;
    struct findings findings;
    findings_init(&findings, arena, 0);
    char word[] = "zork\x07";
    FIND(&findings, D_SYNTAX, SPAN_NONE, text_of(word), TEXT("do this"));
    memset(word, 'q', 5);
    struct buffer out;
    buffer_init(&out, arena);
    finding_sentence(&out, &findings.items[0], TONGUE_EN);
    buffer_char(&out, '\0');
    assert_non_null(strstr(out.at, "zork\xEF\xBF\xBD")); /* the bell is not passed on */
    assert_null(strchr(out.at, '{'));
    assert_true(text_is(findings.items[0].words[1], "do this"));
    assert_int_equal(findings.items[0].words[2].len, 0);
    const char *text = rendered(&findings.items[0], TONGUE_EN, TEXT_NONE);
    assert_memory_equal(text, "scheme.kh: error E100: ", 23); /* no place: the file alone */
    FIND(&findings, D_SYNTAX, SPAN_NONE);
    assert_int_equal(findings.items[1].words[0].len, 0);
}

static void test_all_are_counted_some_are_kept(void **state)
{
    (void)state;
    struct findings findings;
    findings_init(&findings, arena, 3);
    for (uint32_t i = 0; i < 5; i++) {
        struct finding *finding = FIND(&findings, D_SYNTAX, ((struct span){i, i + 1}));
        assert_true((finding != NULL) == (i < 3));
    }
    assert_int_equal(findings.count, 3);
    assert_int_equal(findings.errors, 5);
    assert_int_equal(findings.warnings, 0);
}

static void test_sorted_by_place_and_stable(void **state)
{
    (void)state;
    struct findings findings;
    findings_init(&findings, arena, 0);
    static const uint32_t FROM[] = {50, 10, 50, 30, 10, 90, 10};
    static const char *const ORDER[] = {"1", "4", "6", "3", "0", "2", "5"};
    for (size_t i = 0; i < 7; i++) {
        FIND(&findings, D_SYNTAX, ((struct span){FROM[i], FROM[i] + 1}), arena_print(arena, "%zu", i));
    }
    findings_sort(&findings);
    for (size_t i = 0; i < 7; i++) assert_true(text_is(findings.items[i].words[0], ORDER[i]));

    findings_init(&findings, arena, 0);
    static const struct {
        const char *file;
        uint64_t line;
    } DATA[] = {{"b.csv", 2}, {"a.csv", 10}, {"a.csv", 9}, {"b.csv", 1}, {"a.csv", 9}};
    static const char *const DATA_ORDER[] = {"2", "4", "1", "3", "0"};
    for (size_t i = 0; i < 5; i++) {
        struct finding *finding = FIND(&findings, D_SYNTAX, SPAN_NONE, arena_print(arena, "%zu", i));
        finding->data.file = text_of(DATA[i].file);
        finding->data.line = DATA[i].line;
    }
    findings_sort(&findings);
    for (size_t i = 0; i < 5; i++) assert_true(text_is(findings.items[i].words[0], DATA_ORDER[i]));
}

static void test_padding(void **state)
{
    (void)state;
    struct buffer out;
    buffer_init(&out, arena);
    buffer_put(&out, "  考核");
    buffer_pad(&out, 2, 6);
    buffer_put(&out, "|");
    buffer_pad(&out, 0, 4); /* already wider: nothing */
    buffer_print(&out, "%s", "x");
    assert_true(text_is(buffer_result(&out), "  考核  |x"));
}

static void test_codes(void **state)
{
    (void)state;
    assert_string_equal(diag_label(D_SYNTAX), "E100");
    assert_int_equal(diag_severity(D_SYNTAX), SEVERITY_ERROR);
    /* The letter says the severity. A label may stand for several forms of one message, which differ in their hint. */
    for (int a = 1; a < DIAG_COUNT; a++) {
        static const char LETTERS[] = "EWN";
        assert_int_equal(diag_label(a)[0], LETTERS[diag_severity(a)]);
        assert_int_equal(strlen(diag_label(a)), 4);
        for (int b = a + 1; b < DIAG_COUNT; b++) {
            if (strcmp(diag_label(a), diag_label(b)) == 0) assert_int_equal(diag_severity(a), diag_severity(b));
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_width),
        cmocka_unit_test(test_source_line),
        cmocka_unit_test(test_caret_under_wide_text),
        cmocka_unit_test(test_tabs_and_controls_are_shown_as_blanks_and_signs),
        cmocka_unit_test(test_caret_at_the_end_of_a_line),
        cmocka_unit_test(test_long_lines_are_cut_around_the_caret),
        cmocka_unit_test(test_second_place),
        cmocka_unit_test(test_data_findings),
        cmocka_unit_test(test_words_are_filled_in_and_copied),
        cmocka_unit_test(test_all_are_counted_some_are_kept),
        cmocka_unit_test(test_sorted_by_place_and_stable),
        cmocka_unit_test(test_padding),
        cmocka_unit_test(test_codes),
    };
    return cmocka_run_group_tests(tests, open_arena, close_arena);
}
