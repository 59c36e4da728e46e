/* The CSV scanner on good, damaged and hostile bytes, against a plain reader written here; and the writer. */
#include "../../runtime/csv_scan.h"
#include "../../runtime/csv_share.h"
#include "../../runtime/csv_write.h"
#include "../../runtime/limits.h"
#include "../../runtime/utf8.h"

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

enum { ROOM = 8 };

/* All records as one text: cells joined by |, records ended by ;, faults as !kind@line:cell. */
static struct text scanned_by(struct text bytes, char separator)
{
    struct buffer out;
    struct csv_scratch scratch;
    struct csv_scan scan;
    struct csv_record record;
    struct text cells[ROOM];
    char *exact = malloc(bytes.len + !bytes.len); /* a sanitizer sees any step beyond it */
    if (bytes.len) memcpy(exact, bytes.at, bytes.len);
    buffer_init(&out, arena);
    csv_scratch_init(&scratch, arena);
    csv_scan_start(&scan, (struct text){exact, bytes.len}, separator, &scratch);
    while (csv_scan_next(&scan, cells, ROOM, &record)) {
        if (record.fault != CSV_WHOLE) {
            static const char *const NAMES[] = {"", "unclosed", "after", "bare", "cr", "nul", "utf8", "cell", "row"};
            buffer_print(&out, "!%s@%d:%u;", NAMES[record.fault], (int)record.fault_line, record.fault_cell);
            assert_true(record.fault_at.len <= CSV_EXCERPT);
            continue;
        }
        buffer_print(&out, "%d:", (int)record.line);
        for (uint32_t i = 0; i < record.cells && i < ROOM; i++) {
            if (i) buffer_char(&out, '|');
            buffer_text(&out, cells[i]);
        }
        if (record.cells > ROOM) buffer_print(&out, "|+%u", record.cells - ROOM);
        buffer_char(&out, ';');
    }
    free(exact);
    return buffer_result(&out);
}

static struct text scanned(struct text bytes) { return scanned_by(bytes, ','); }

static void expect(struct text bytes, const char *records)
{
    struct text got = scanned(bytes);
    if (!text_is(got, records)) fail_msg("%.*s: %.*s, not %s", TEXT_ARG(bytes), TEXT_ARG(got), records);
}

static void test_whole_files(void **state)
{
    (void)state;
    expect(TEXT(""), "");
    expect(TEXT("a"), "1:a;");
    expect(TEXT("a,b\n1,2\n"), "1:a|b;2:1|2;");
    expect(TEXT("a,b\r\n1,2\r\n"), "1:a|b;2:1|2;");
    expect(TEXT("a,b\n1,2"), "1:a|b;2:1|2;");
    expect(TEXT("a,b\r\n1,2\r"), "1:a|b;2:1|2;"); /* the last LF was lost */
    expect(TEXT("a\r"), "1:a;");
    expect(TEXT("\xEF\xBB\xBF"
                "a,b\n"),
           "1:a|b;");
    expect(TEXT("\xEF\xBB\xBF"), "");
    expect(TEXT("\xEF\xBB\xBF\"a,b\",c\n"), "1:a,b|c;");
    expect(TEXT(",\n"), "1:|;");
    expect(TEXT(",,"), "1:||;");
    expect(TEXT("\n\na\n\n\r\nb\n\n"), "3:a;6:b;");
    expect(TEXT(" a , b \n"), "1: a | b ;");
    expect(TEXT("单位名称,出席\n县委办,12\n"), "1:单位名称|出席;2:县委办|12;");
    expect(TEXT("1,2,3,4,5,6,7,8,9,10\n"), "1:1|2|3|4|5|6|7|8|+2;");
}

static void test_quotes(void **state)
{
    (void)state;
    expect(TEXT("\"a\",\"b\"\n"), "1:a|b;");
    expect(TEXT("\"\"\n"), "1:;");
    expect(TEXT("\"\",\"\"\r\n"), "1:|;");
    expect(TEXT("\"a\"\"b\"\n"), "1:a\"b;");
    expect(TEXT("\"\"\"\"\n"), "1:\";");
    expect(TEXT("\"\"\"a\"\"\",\"\"\"\"\"\""), "1:\"a\"|\"\";");
    expect(TEXT("\"a,b\",\"c\nd\",e\nf\n"), "1:a,b|c\nd|e;3:f;");
    expect(TEXT("\"a\r\nb\"\r\nc"), "1:a\r\nb;3:c;");
    expect(TEXT("\"a\rb\"\nc"), "1:a\rb;2:c;");
    expect(TEXT("\"a\""), "1:a;");
    expect(TEXT("\"a\"\r"), "1:a;");
}

static void test_quoted_empty_is_told_from_nothing(void **state)
{
    (void)state;
    struct csv_scratch scratch;
    struct csv_scan scan;
    struct csv_record record;
    struct text cells[ROOM];
    csv_scratch_init(&scratch, arena);
    csv_scan_start(&scan, TEXT("\"\",,x"), ',', &scratch);
    assert_true(csv_scan_next(&scan, cells, ROOM, &record));
    assert_non_null(cells[0].at);
    assert_null(cells[1].at);
    assert_int_equal(cells[0].len + cells[1].len, 0);
}

static void test_wrong_quotes(void **state)
{
    (void)state;
    expect(TEXT("a\nx,\"b\nc\nd"), "1:a;!unclosed@2:1;3:c;4:d;");
    expect(TEXT("\""), "!unclosed@1:0;");
    expect(TEXT("a,\"\"\""), "!unclosed@1:1;");
    expect(TEXT("\"a\"b,c\nd\n"), "!after@1:0;2:d;");
    expect(TEXT("\"a\" ,c\nd\n"), "!after@1:0;2:d;");
    expect(TEXT("x,y\n\"a\nb\nc\"d\ne,f\n"), "1:x|y;!after@2:0;3:b;!bare@4:0;5:e|f;"); /* on behind where it opened */
    expect(TEXT("a\"b\nc\n"), "!bare@1:0;2:c;");
    expect(TEXT("5\" pipe,6\n7,8\n"), "!bare@1:0;2:7|8;");
    expect(TEXT(" \"a\",b\nc\n"), "!bare@1:0;2:c;");
    expect(TEXT("\"ok\nok\",x\"y\nz"), "!bare@2:1;3:z;");
    expect(TEXT("\"a\rb"), "!unclosed@1:0;");
}

static void test_lone_carriage_returns(void **state)
{
    (void)state;
    expect(TEXT("a\rb\nc\n"), "!cr@1:0;2:c;");
    expect(TEXT("a,b\r1,2\r3,4"), "!cr@1:1;"); /* an old Macintosh's file: one fault, not one a line */
    expect(TEXT("\"a\"\rb\nc"), "!cr@1:0;2:c;");
    expect(TEXT("a\r\r\nb"), "!cr@1:0;2:b;");
}

static void test_bytes_that_are_no_text(void **state)
{
    (void)state;
    expect(TEXT("a,b\0c\nd\n"), "!nul@1:1;2:d;");
    expect(TEXT("\"a\0\",b\nd\n"), "!nul@1:0;2:d;");
    expect(TEXT("\0"), "!nul@1:0;");
    expect(TEXT("a\n\"x\ny\0\",b\nd\n"), "1:a;!nul@3:0;4:d;");
    expect(TEXT("a,\xFF\nd\n"), "!utf8@1:1;2:d;");
    expect(TEXT("a,b\n\xB5\xA5\xCE\xBB,1\nd,e\n"), "1:a|b;!utf8@2:0;3:d|e;"); /* 单位 in GBK */
    expect(TEXT("单\xE4\xBD"), "!utf8@1:0;");                                 /* half a character at the end */
    expect(TEXT("a,\xE5\n"), "!utf8@1:1;");
    expect(TEXT("a,\xE5,\x8D\x95\n"), "!utf8@1:1;");  /* a comma inside a character */
    expect(TEXT("\xC0\xAF\n"), "!utf8@1:0;");         /* overlong */
    expect(TEXT("\xED\xA0\x80\n"), "!utf8@1:0;");     /* half of a surrogate pair */
    expect(TEXT("\xF4\x90\x80\x80\n"), "!utf8@1:0;"); /* above U+10FFFF */
    expect(TEXT("\xF0\x9F\x98\x80,\xF4\x8F\xBF\xBF\n"), "1:\xF0\x9F\x98\x80|\xF4\x8F\xBF\xBF;");
}

/* `count` times `unit` between two texts. */
static struct text repeated(const char *before, const char *unit, size_t count, const char *behind)
{
    struct text b = text_of(before), u = text_of(unit), e = text_of(behind);
    char *at = arena_take(arena, b.len + u.len * count + e.len, 1), *p = at;
    memcpy(p, b.at, b.len);
    p += b.len;
    for (size_t i = 0; i < count; i++, p += u.len) memcpy(p, u.at, u.len);
    memcpy(p, e.at, e.len);
    return (struct text){at, b.len + u.len * count + e.len};
}

static void expect_first(struct text bytes, enum csv_fault fault, uint64_t line, const char *rest)
{
    struct csv_scratch scratch;
    struct csv_scan scan;
    struct csv_record record;
    struct text cells[ROOM];
    csv_scratch_init(&scratch, arena);
    csv_scan_start(&scan, bytes, ',', &scratch);
    assert_true(csv_scan_next(&scan, cells, ROOM, &record));
    assert_int_equal(record.fault, fault);
    if (fault != CSV_WHOLE) assert_int_equal(record.fault_line, line);
    if (!rest) return;
    assert_true(csv_scan_next(&scan, cells, ROOM, &record));
    assert_int_equal(record.fault, CSV_WHOLE);
    assert_true(text_is(cells[0], rest));
}

static void test_limits(void **state)
{
    (void)state;
    size_t cell = LIMIT_CELL_BYTES, row = LIMIT_ROW_BYTES;
    expect_first(repeated("", "x", cell, "\nb"), CSV_WHOLE, 0, "b");
    expect_first(repeated("", "x", cell + 1, "\nb"), CSV_CELL_TOO_LONG, 1, "b");
    expect_first(repeated("\"", "x", cell, "\"\nb"), CSV_WHOLE, 0, "b");
    expect_first(repeated("\"", "x", cell + 1, "\"\nb"), CSV_CELL_TOO_LONG, 1, "b");
    expect_first(repeated("\"", "\"\"", cell, "\"\nb"), CSV_WHOLE, 0, "b");
    expect_first(repeated("\"", "\"\"", cell + 1, "\"\nb"), CSV_CELL_TOO_LONG, 1, "b");
    expect_first(repeated("\"", "x\n", cell / 2, "\"\nb"), CSV_WHOLE, 0, "b");
    expect_first(repeated("\"", "x\n", cell / 2 + 1, "\"\nb"), CSV_UNCLOSED_QUOTE, 1, "x"); /* a forgotten quote */
    expect_first(repeated("", ",", row, "\nb"), CSV_WHOLE, 0, "b");
    expect_first(repeated("", ",", row + 1, "\nb"), CSV_ROW_TOO_LONG, 1, "b");
}

/* Files made so that each line looks like the start of a cell over many lines: reading again must stay bounded. */
static void test_rereading_is_bounded(void **state)
{
    (void)state;
    struct text lines[] = {
        repeated("", "\"x\n", 200000, ""), repeated("", "\"\"\"x\n", 200000, ""), repeated("\"", "a,\"\"b\n", 200000, ""),
        repeated("", "\"\n", 300001, "x"), repeated("\"", "\n", 3000000, "\"x"),
    };
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        struct csv_scratch scratch;
        struct csv_scan scan;
        struct csv_record record;
        struct text cells[ROOM];
        size_t records = 0;
        csv_scratch_init(&scratch, arena);
        csv_scan_start(&scan, lines[i], ',', &scratch);
        while (csv_scan_next(&scan, cells, ROOM, &record)) {
            records++;
            if (scan.scratch->total > 1 << 20) csv_scratch_reset(&scratch);
        }
        assert_true(scan.rereads <= lines[i].len + LIMIT_CELL_BYTES); /* it never wrapped */
        assert_true(records > 0 && records <= 3000002);
    }
}

/* ---- against a plain reader ---- */

/* One byte after the other, by the letter of the format; stops at the first fault. */
static bool plainly(struct text bytes, struct buffer *out)
{
    enum { START, PLAIN, QUOTED, CLOSED } state = START;
    int line = 1, first = 1;
    bool fresh = true; /* nothing of this record yet */
    struct buffer cell;
    buffer_init(&cell, arena);
    buffer_init(out, arena);
    for (size_t i = 0; i <= bytes.len; i++) {
        int c = i < bytes.len ? bytes.at[i] : -1;
        bool end = c == -1 || c == '\n' || (c == '\r' && (i + 1 == bytes.len || bytes.at[i + 1] == '\n'));
        if (state == QUOTED) {
            if (c == -1) return false;
            if (c == '"' && i + 1 < bytes.len && bytes.at[i + 1] == '"')
                buffer_char(&cell, bytes.at[++i]);
            else if (c == '"')
                state = CLOSED;
            else {
                line += c == '\n';
                buffer_char(&cell, (char)c);
            }
            continue;
        }
        if (fresh && state == START && end) { /* an empty line */
            if (c == -1) return true;
            line += c == '\n';
            continue;
        }
        if (fresh) {
            first = line;
            fresh = false;
            buffer_print(out, "%d:", first);
        }
        if (end || c == ',') {
            buffer_text(out, buffer_result(&cell));
            buffer_init(&cell, arena);
            buffer_char(out, end ? ';' : '|');
            state = START;
            if (!end) continue;
            fresh = true;
            if (c == -1) return true;
            if (c == '\r') i++; /* its LF, or the end */
            line++;
            if (i >= bytes.len) return true;
        } else if (c == '"' && state == START) {
            state = QUOTED;
        } else if (c == '"' || c == '\r' || state == CLOSED) {
            return false;
        } else {
            buffer_char(&cell, (char)c);
            state = PLAIN;
        }
    }
    return true;
}

/* Whether the plain reader finds no fault; the scanner must agree. */
static bool agrees(struct text bytes)
{
    struct arena *outer = arena;
    arena = arena_open(NULL, 0);
    if (!arena || setjmp(*arena_trap(arena))) exit(2);
    struct buffer plain;
    bool right = plainly(bytes, &plain);
    struct text got = scanned(bytes);
    bool fault = got.len && memchr(got.at, '!', got.len);
    if (right ? !text_equal(got, buffer_result(&plain)) : !fault) {
        fail_msg("%.*s: %.*s, not %.*s", TEXT_ARG(bytes), TEXT_ARG(got), TEXT_ARG(buffer_result(&plain)));
    }
    arena_close(arena);
    arena = outer;
    return right;
}

/* Every text of up to seven of these bytes. */
static void test_all_short_files(void **state)
{
    (void)state;
    static const char BYTES[] = "a,\"\n\r";
    size_t files = 0, whole = 0;
    for (size_t len = 0; len <= 7; len++) {
        size_t count = 1;
        for (size_t i = 0; i < len; i++) count *= 5;
        for (size_t n = 0; n < count; n++, files++) {
            char bytes[8];
            size_t rest = n;
            for (size_t i = 0; i < len; i++, rest /= 5) bytes[i] = BYTES[rest % 5];
            whole += agrees((struct text){bytes, len});
        }
    }
    assert_int_equal(files, 97656);
    assert_in_range(whole, 10000, 90000); /* both kinds are there in number */
}

/* A good file, cut at every byte and with every byte replaced: no crash, and the scanner always comes to an end. */
static void test_damaged_files(void **state)
{
    (void)state;
    static const char GOOD[] = "\xEF\xBB\xBF单位,\"备注 \"\"a\"\"\"\r\n县委办,\"第一行\r\n第二行\"\r\n,\r\n";
    static const char BYTES[] = {0, '"', ',', '\n', '\r', (char)0x80, (char)0xE5, (char)0xFF};
    for (size_t at = 0; at < sizeof GOOD; at++) {
        scanned((struct text){GOOD, at});
        for (size_t b = 0; b < sizeof BYTES && at < sizeof GOOD - 1; b++) {
            char copy[sizeof GOOD];
            memcpy(copy, GOOD, sizeof GOOD);
            copy[at] = BYTES[b];
            struct text got = scanned((struct text){copy, sizeof GOOD - 1});
            if (BYTES[b] == 0 || (unsigned char)BYTES[b] == 0xFF) assert_non_null(memchr(got.at, '!', got.len));
        }
    }
}

/* ---- writing ---- */

static struct text written(const struct text *cells, size_t count)
{
    struct buffer out;
    buffer_init(&out, arena);
    struct csv_writer writer = {.out = &out};
    for (size_t i = 0; i < count; i++) csv_write_cell(&writer, cells[i]);
    csv_write_end(&writer);
    return buffer_result(&out);
}

static void test_writing(void **state)
{
    (void)state;
    static const struct {
        const char *cell, *out;
    } CASES[] = {
        {"a", "a\n"},           {"", "\"\"\n"},         {"a,b", "\"a,b\"\n"},  {"a\"b", "\"a\"\"b\"\n"},
        {"\"", "\"\"\"\"\n"},   {"a\nb", "\"a\nb\"\n"}, {"a\r", "\"a\r\"\n"},  {" a", "\" a\"\n"},
        {"县委办", "县委办\n"}, {"=1+1", "'=1+1\n"},    {"+a", "'+a\n"},       {"-a", "'-a\n"},
        {"@x", "'@x\n"},        {"\tx", "\"'\tx\"\n"},  {"\rx", "\"'\rx\"\n"}, {"=A1,B1", "\"'=A1,B1\"\n"},
        {"＝1", "'＝1\n"},      {"-5", "-5\n"},         {"+5.25", "+5.25\n"},  {"-1.5%", "-1.5%\n"},
        {"-", "'-\n"},          {"-1+2", "'-1+2\n"},    {"-1.", "'-1.\n"},     {"+.5", "'+.5\n"},
        {"-5e3", "'-5e3\n"},    {"1.1", "1.1\n"},       {"--5", "'--5\n"},     {"-%", "'-%\n"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        struct text cell = text_of(CASES[i].cell), got = written(&cell, 1);
        if (!text_is(got, CASES[i].out)) fail_msg("%s: %.*s", CASES[i].cell, TEXT_ARG(got));
    }
    struct text row[] = {TEXT(""), TEXT("a"), TEXT("")};
    assert_true(text_is(written(row, 3), ",a,\n"));
    assert_true(text_is(written(row, 0), "\n"));
}

static void test_mark(void **state)
{
    (void)state;
    struct buffer out;
    buffer_init(&out, arena);
    struct csv_writer writer = {.out = &out};
    csv_write_mark(&writer);
    csv_write_cell(&writer, TEXT_NONE);
    csv_write_end(&writer);
    assert_true(text_is(buffer_result(&out), "\xEF\xBB\xBF\"\"\n"));
}

/* What is written is read back, except for the sign in front of formulas. */
static void test_round_trip(void **state)
{
    (void)state;
    static const char BYTES[] = {'a', ',', '"', '\n', '\r', ' '};
    for (size_t n = 0; n < 6 * 6 * 6 * 6; n++) {
        char bytes[4];
        size_t rest = n;
        for (size_t i = 0; i < 4; i++, rest /= 6) bytes[i] = BYTES[rest % 6];
        if (bytes[0] == '\r') continue; /* a formula's sign goes before it */
        struct text row[2] = {{bytes, 4}, {bytes, 1 + n % 4}}, cells[ROOM];
        struct csv_scratch scratch;
        struct csv_scan scan;
        struct csv_record record;
        csv_scratch_init(&scratch, arena);
        csv_scan_start(&scan, written(row, 2), ',', &scratch);
        assert_true(csv_scan_next(&scan, cells, ROOM, &record));
        assert_int_equal(record.fault, CSV_WHOLE);
        assert_int_equal(record.cells, 2);
        assert_true(text_equal(cells[0], row[0]));
        assert_true(text_equal(cells[1], row[1]));
        assert_false(csv_scan_next(&scan, cells, ROOM, &record));
    }
}

/* ---- UTF-8 ---- */

static void test_utf8(void **state)
{
    (void)state;
    assert_int_equal(utf8_valid(TEXT_NONE), 0);
    assert_int_equal(utf8_valid(TEXT("abcdefghijklm单n")), 17);
    assert_int_equal(utf8_valid(TEXT("abcdefghij\x80")), 10);
    assert_int_equal(utf8_valid(TEXT("单\xE4\xBD")), 3);
    assert_true(text_is(utf8_trim(TEXT(" \t\xE3\x80\x80 a b\xC2\xA0\xE3\x80\x80")), "a b"));
    assert_int_equal(utf8_trim(TEXT(" \xE3\x80\x80")).len, 0);
    assert_true(text_is(utf8_trim(TEXT("位")), "位"));
    assert_true(text_is(utf8_cut(TEXT("单位"), 5), "单"));
    assert_true(text_is(utf8_cut(TEXT("单位"), 6), "单位"));
    assert_true(text_is(utf8_cut(TEXT("单"), 2), ""));
}

static void test_other_separators(void **state)
{
    (void)state;
    assert_true(text_is(scanned_by(TEXT("a;b,c;\n\"x;y\";;\t\n"), ';'), "1:a|b,c|;2:x;y||\t;"));
    assert_true(text_is(scanned_by(TEXT("a\tb;c\t\n\"x\ty\"\t\t,\n"), '\t'), "1:a|b;c|;2:x\ty||,;"));
    assert_true(text_is(scanned_by(TEXT("\"a\",b\n"), ';'), "!after@1:0;"));
}

static void test_a_table_is_not_cut_at_a_line_end_in_quotes(void **state)
{
    (void)state;
    enum { ROWS = 500, MOST = 64 };
    static const char *const NOTES[] = {"", "late", "\"two\nlines, and a comma\"", "\"a \"\"quote\"\",\nthree\n\nlines\""};
    struct buffer out;
    const char *borders[MOST + 1];
    buffer_init(&out, arena);
    for (int i = 0; i < ROWS; i++) buffer_print(&out, "U%d,%d,%s\n", i, i * 7919 % 1000, NOTES[i * 31 % 7 % 4]);
    struct text rows = buffer_result(&out);
    for (uint32_t count = 1; count <= MOST; count++) {
        uint32_t pieces = csv_share(rows, ',', 3, count, borders);
        assert_int_equal(pieces, count);
        assert_ptr_equal(borders[0], rows.at);
        assert_ptr_equal(borders[pieces], rows.at + rows.len);
        for (uint32_t k = 0; k < pieces; k++) {
            assert_true(borders[k] < borders[k + 1]);
            assert_int_equal(*borders[k], 'U');
        }
    }
    assert_int_equal(csv_share(TEXT("a,b\n"), ',', 2, MOST, borders), 1);
    assert_int_equal(csv_share(TEXT("\"\n\n\n\n"), ',', 2, MOST, borders), 1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_other_separators),
        cmocka_unit_test(test_whole_files),
        cmocka_unit_test(test_quotes),
        cmocka_unit_test(test_quoted_empty_is_told_from_nothing),
        cmocka_unit_test(test_wrong_quotes),
        cmocka_unit_test(test_lone_carriage_returns),
        cmocka_unit_test(test_bytes_that_are_no_text),
        cmocka_unit_test(test_limits),
        cmocka_unit_test(test_rereading_is_bounded),
        cmocka_unit_test(test_all_short_files),
        cmocka_unit_test(test_damaged_files),
        cmocka_unit_test(test_writing),
        cmocka_unit_test(test_mark),
        cmocka_unit_test(test_round_trip),
        cmocka_unit_test(test_utf8),
        cmocka_unit_test(test_a_table_is_not_cut_at_a_line_end_in_quotes),
    };
    return cmocka_run_group_tests(tests, open_arena, close_arena);
}
