/* Workbooks made part by part: cells of every kind, titles and notes, and archives that are damaged or mean harm. */
#include "../../runtime/cell_format.h"
#include "../../runtime/limits.h"
#include "../../runtime/sheet_name.h"
#include "../../runtime/source.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cmocka.h>
#include <zip.h>

static struct arena *arena;
static struct findings problems;
static char path[64];

static int open_all(void **state)
{
    (void)state;
    arena = arena_open(NULL, 0);
    if (!arena) return -1;
    if (setjmp(*arena_trap(arena))) exit(2);
    findings_init(&problems, arena, 0);
    snprintf(path, sizeof path, "/tmp/kaohe-book-%ld.xlsx", (long)getpid());
    return 0;
}

static int close_all(void **state)
{
    (void)state;
    remove(path);
    arena_close(arena);
    return 0;
}

/* ---- making a workbook ---- */

struct piece {
    const char *name;
    struct text content;
};

static void write_pieces(const struct piece *pieces, size_t count)
{
    int error;
    remove(path);
    zip_t *zip = zip_open(path, ZIP_CREATE | ZIP_TRUNCATE, &error);
    assert_non_null(zip);
    for (size_t i = 0; i < count; i++) {
        zip_source_t *source = zip_source_buffer(zip, pieces[i].content.at, pieces[i].content.len, 0);
        assert_true(zip_file_add(zip, pieces[i].name, source, ZIP_FL_OVERWRITE) >= 0);
    }
    assert_int_equal(zip_close(zip), 0);
}

#define OFFICE "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
#define ROOT_LINKS "<Relationships><Relationship Id='r1' Type='" OFFICE "officeDocument' Target='xl/workbook.xml'/></Relationships>"
#define BOOK_LINKS                                                                                                          \
    "<Relationships><Relationship Id='a' Type='" OFFICE "worksheet' Target='worksheets/sheet1.xml'/>"                        \
    "<Relationship Id='b' Type='" OFFICE "styles' Target='/xl/styles.xml'/>"                                                 \
    "<Relationship Id='c' Type='" OFFICE "sharedStrings' Target='../xl/./shared.xml'/></Relationships>"
#define STYLES                                                                                                              \
    "<styleSheet><numFmts><numFmt numFmtId='164' formatCode='yyyy\"年\"m\"月\"d\"日\";@'/><numFmt numFmtId='165' "           \
    "formatCode='000000'/><numFmt numFmtId='166' formatCode='0.0%'/></numFmts><cellStyleXfs><xf numFmtId='14'/></cellStyleXfs>"\
    "<cellXfs><xf numFmtId='0'/><xf numFmtId='14'/><xf numFmtId='164'/><xf numFmtId='10'/><xf numFmtId='166'/>"              \
    "<xf numFmtId='165'/><xf numFmtId='49'/><xf numFmtId='22'/></cellXfs></styleSheet>"
#define SHARED                                                                                                              \
    "<sst><si><t>单位</t></si><si><r><t>县</t></r><r><t>委办</t></r><rPh sb='0' eb='1'><t>xian</t></rPh></si>"               \
    "<si><t xml:space='preserve'> 007 </t></si><si><t>a_x000D_b_x0041_</t></si></sst>"

/* A workbook with one sheet. NULL: as usual. */
static void write_book(const char *sheet, const char *book, const char *styles, const char *shared)
{
    if (!book) book = "<workbook><sheets><sheet name=' 机关 ' sheetId='1' r:id='a' xmlns:r='x'/></sheets></workbook>";
    struct piece pieces[] = {
        {"[Content_Types].xml", TEXT("<Types/>")},
        {"_rels/.rels", TEXT(ROOT_LINKS)},
        {"xl/workbook.xml", text_of(book)},
        {"xl/_rels/workbook.xml.rels", TEXT(BOOK_LINKS)},
        {"xl/styles.xml", text_of(styles ? styles : STYLES)},
        {"xl/shared.xml", text_of(shared ? shared : SHARED)},
        {"xl/worksheets/sheet1.xml", text_of(sheet)},
    };
    write_pieces(pieces, sizeof pieces / sizeof *pieces);
}

/* ---- reading it ---- */

static int32_t is_known(void *context, struct text heading)
{
    static const char *const WANTED[] = {"单位", "得分", "日期", "计划", "率", NULL};
    (void)context;
    for (int32_t i = 0; WANTED[i]; i++) {
        if (text_is(heading, WANTED[i])) return i;
    }
    return -1;
}

/* Headings and rows as "@LINE a|b;LINE:x|y;", then the codes of what was found, each with its line. */
static struct text read_book(void)
{
    struct buffer out;
    buffer_init(&out, arena);
    findings_init(&problems, arena, 0);
    struct source *source = source_open(arena, text_of(path), NULL, &problems);
    struct text name = TEXT("机关");
    bool found;
    struct source_table *table = source ? source_table_open(source, &name, 1, &problems, &found) : NULL;
    if (table) {
        uint32_t columns;
        source_table_find_headings(table, is_known, NULL);
        const struct text *headings = source_table_headings(table, &columns);
        buffer_print(&out, "@%d ", (int)source_table_heading_line(table));
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
        buffer_print(&out, " %s@%d", diag_label(problems.items[i].code), (int)problems.items[i].data.line);
    }
    return buffer_result(&out);
}

static void expect(const char *sheet, const char *wanted)
{
    write_book(sheet, NULL, NULL, NULL);
    struct text got = read_book();
    if (!text_is(got, wanted)) fail_msg("got  %.*s\n want %s", TEXT_ARG(got), wanted);
}

/* An error of this code, and no row. */
static void expect_refused(enum diag_code code)
{
    struct text got = read_book();
    for (size_t i = 0; i < problems.count; i++) {
        if (problems.items[i].code == code && problems.errors) return;
    }
    fail_msg("no %s but %.*s", diag_label(code), TEXT_ARG(got));
}

#define SHEET(rows) "<worksheet><sheetData>" rows "</sheetData></worksheet>"
#define HEADS "<row r='1'><c r='A1' t='s'><v>0</v></c><c r='B1' t='str'><v>得分</v></c></row>"

/* ---- numbers ---- */

static void test_numbers(void **state)
{
    (void)state;
    static const struct {
        const char *raw, *code;
        bool from_1904;
        const char *text; /* NULL: too long or none */
    } CASES[] = {
        {"0.30000000000000004", "General", false, "0.3"},
        {"0.28499999999999998", "General", false, "0.285"},
        {"84.999999999999986", "General", false, "85"},      /* 84.9999999999999|86: the 16th digit is an 8 */
        {"84.99999999999998", "General", false, "85"},       /* 84.9999999999999|8 */
        {"84.9999999999999", "General", false, "84.9999999999999"},
        {"999999999999999.5", "General", false, NULL},       /* it would be 10^15: 16 digits */
        {"123456789012345", "General", false, "123456789012345"},
        {"1234567890123456", "General", false, NULL},
        {"1.2345678901234568E+17", "General", false, NULL},
        {"1E-3", "General", false, "0.001"},
        {"-1.50E2", "General", false, "-150"},
        {"1E+300", "General", false, NULL},
        {"12x", "General", false, NULL},
        {"", "General", false, NULL},
        {"1e", "General", false, NULL},
        {".5", "General", false, "0.5"},
        {"-0", "General", false, "0"},
        {"0.84999999999999998", "0.0%", false, "85%"},
        {"0.925", "0%", false, "92.5%"},
        {"1", "0.00%", false, "100%"},
        {"0", "0%", false, "0%"},
        {"7E-4", "0.00%", false, "0.07%"},
        {"42", "000000", false, "000042"},
        {"-7", "000", false, "-007"},
        {"1.5", "000", false, "1.5"},
        {"42", "\"No.\"0", false, "42"},
        {"42", "0.00E+00", false, "42"},
        {"39113", "yyyy-mm-dd", false, "2007-01-31"},
        {"39113.5", "yyyy/m/d h:mm", false, "2007-01-31 12:00:00"},
        {"39113.999999999", "yyyy/m/d", false, "2007-02-01"}, /* a tenth of a millisecond before midnight */
        {"37651", "yyyy\"年\"m\"月\"d\"日\"", true, "2007-01-31"},
        {"1", "m/d/yy", false, "1900-01-01"},
        {"59", "m/d/yy", false, "1900-02-28"},
        {"60", "m/d/yy", false, "1900-02-29"}, /* the day that never was; the reader refuses it */
        {"61", "m/d/yy", false, "1900-03-01"},
        {"0", "m/d/yy", false, "1900-01-00"},
        {"0", "m/d/yy", true, "1904-01-01"},
        {"2958465", "d", false, "31 (9999-12-31)"},
        {"39113", "m\"月\"d\"日\"", false, "01-31 (2007-01-31)"},     /* 3/5 is typed, the year is that of the typing */
        {"39114", "yyyy\"年\"m\"月\";@", false, "2007-02 (2007-02-01)"}, /* a month is typed, the day is made up */
        {"39113", "mmm\\-yy", false, "2007-01 (2007-01-31)"},
        {"39113", "dddd", false, "(2007-01-31)"},
        {"39113.5", "m/d h:mm", false, "2007-01-31 12:00:00"},
        {"2958466", "d", false, "2958466"},
        {"-1", "d", false, "-1"},
        {"39113", "[$-804]yyyy\\-mm\\-dd;@", false, "2007-01-31"},
        {"39113.25", "yyyy-mm-dd hh:mm:ss.000", false, "2007-01-31 06:00:00"},
        {"1.5", "[h]:mm", false, "1.5"},
        {"39113", "[Red]#,##0", false, "39113"},
        {"39113", "GENERAL\" days\"", false, "39113"},
        {"39113", "0\"d\"", false, "39113"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        char room[CELL_NUMBER_ROOM];
        struct text text;
        struct cell_format format = cell_format_code(text_of(CASES[i].code));
        enum number_state read = cell_number(text_of(CASES[i].raw), format, CASES[i].from_1904, room, &text);
        if (!CASES[i].text) {
            if (read == NUMBER_FINE) fail_msg("%s is taken for %.*s", CASES[i].raw, TEXT_ARG(text));
        } else if (read != NUMBER_FINE || !text_is(text, CASES[i].text)) {
            fail_msg("%s as %s is %.*s, not %s", CASES[i].raw, CASES[i].code, TEXT_ARG(text), CASES[i].text);
        }
    }
}

static void test_built_in_formats(void **state)
{
    (void)state;
    static const uint8_t DATES[] = {14, 15, 16, 17, 22, 27, 28, 29, 30, 31, 36, 50, 51, 52, 53, 54, 57, 58};
    size_t next = 0;
    for (unsigned long id = 0; id < 60; id++) {
        bool date = next < sizeof DATES && DATES[next] == id;
        next += date;
        assert_int_equal(cell_format_builtin(id).look == LOOK_DATE, date);
        assert_int_equal(cell_format_builtin(id).look == LOOK_PERCENT, id == 9 || id == 10);
        bool no_year = id == 16 || id == 28 || id == 29 || id == 51 || id == 53 || id == 54 || id == 58;
        bool no_day = id == 17 || id == 27 || id == 36 || id == 50 || id == 52 || id == 57;
        assert_int_equal(cell_format_builtin(id).hides, no_year ? DATE_YEAR : no_day ? DATE_DAY : 0);
    }
}

/* ---- cells ---- */

static void test_cells_of_every_kind(void **state)
{
    (void)state;
    expect(SHEET("<row r='1'><c r='A1' t='s'><v>0</v></c><c r='B1' t='inlineStr'><is><t>得分</t></is></c>"
                 "<c r='C1' t='str'><v>日期</v></c><c r='D1' t='str'><v>率</v></c><c r='E1' t='str'><v>备注</v></c></row>"
                 "<row r='2'><c r='A2' t='s'><v>1</v></c><c r='B2'><v>0.1</v></c><c r='C2' s='1'><v>39113</v></c>"
                 "<c r='D2' s='4'><v>0.85</v></c><c r='E2' t='b'><v>1</v></c></row>"
                 "<row r='3'><c r='A3' t='s'><v>2</v></c><c r='B3' s='5'><v>12</v></c><c r='C3' s='2'><f>B1+1</f><v>39114</v></c>"
                 "<c r='D3' s='3'><v>1</v></c><c r='E3' t='b'><v>0</v></c></row>"
                 "<row r='4'><c r='A4' t='inlineStr'><is><r><t>甲</t></r><r><rPr/><t>乙</t></r><rPh><t>jia</t></rPh></is></c>"
                 "<c r='B4' s='6'><v>7</v></c><c r='C4' t='d'><v>2007-03-05T00:00:00</v></c><c r='D4'/><c r='E4' t='s'><v>3</v></c></row>"
                 "<row r='9'><c t='str'><f>X</f><v></v></c><c r='C9' s='7'><v>39113.75</v></c></row>"
                 "<row><c t='str'><v>丙&amp;丁</v></c><c><v>5</v></c></row>"),
           "@1 单位|得分|日期|率|备注;2:县委办|0.1|2007-01-31|85%|true;3: 007 |000012|2007-02-01|100%|false;"
           "4:甲乙|7|2007-03-05||a\rb_x0041_;9:||2007-01-31 18:00:00||;10:丙&丁|5|||");
}

static void test_prefixes_and_1904(void **state)
{
    (void)state;
    write_book("<x:worksheet xmlns:x='y'><x:sheetData><x:row><x:c t='str'><x:v>单位</x:v></x:c><x:c t='str'><x:v>日期</x:v></x:c></x:row>"
               "<x:row><x:c t='str'><x:v>A</x:v></x:c><x:c s='1'><x:v>37651</x:v></x:c></x:row></x:sheetData></x:worksheet>",
               "<w:workbook xmlns:w='z'><w:workbookPr date1904='true'/><w:sheets>"
               "<w:sheet name='机关' sheetId='7' state='hidden' q:id='a' xmlns:q='x'/></w:sheets></w:workbook>",
               NULL, NULL);
    struct text got = read_book();
    assert_true(text_is(got, "@1 单位|日期;2:A|2007-01-31"));
}

/* Archives whose parts are not called as their relations call them. */
static void test_parts_in_other_case_or_with_the_other_slash(void **state)
{
    (void)state;
    static const char *const NAMES[][6] = {
        {"_rels\\.rels", "xl\\workbook.xml", "xl\\_rels\\workbook.xml.rels", "xl\\styles.xml", "xl\\shared.xml", "xl\\worksheets\\sheet1.xml"},
        {"_Rels/.rels", "xl/Workbook.xml", "xl/_rels/workbook.xml.rels", "xl/Styles.xml", "XL/shared.xml", "xl/worksheets/Sheet1.XML"},
    };
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
        struct piece pieces[] = {
            {NAMES[i][0], TEXT(ROOT_LINKS)},
            {NAMES[i][1], TEXT("<workbook><sheets><sheet name='机关' id='a'/></sheets></workbook>")},
            {NAMES[i][2], TEXT(BOOK_LINKS)},
            {NAMES[i][3], TEXT(STYLES)},
            {NAMES[i][4], TEXT(SHARED)},
            {NAMES[i][5], TEXT(SHEET(HEADS "<row r='2'><c t='s'><v>1</v></c><c><v>3</v></c></row>"))},
        };
        write_pieces(pieces, sizeof pieces / sizeof *pieces);
        struct text got = read_book();
        if (!text_is(got, "@1 单位|得分;2:县委办|3")) fail_msg("got %.*s", TEXT_ARG(got));
    }
}

/* The columns of a sheet that somebody has formatted to its right end. */
static void test_a_row_of_16384_empty_cells(void **state)
{
    (void)state;
    struct buffer sheet;
    buffer_init(&sheet, arena);
    buffer_put(&sheet, "<worksheet><sheetData><row r='1'><c t='s'><v>0</v></c><c t='str'><v>得分</v></c>");
    for (int i = 2; i < 16384; i++) buffer_put(&sheet, "<c s='1'/>");
    buffer_put(&sheet, "</row><row r='2'><c t='s'><v>1</v></c><c><v>3</v></c>");
    for (int i = 2; i < 16384; i++) buffer_put(&sheet, "<c s='1' t='str'><v></v></c>");
    buffer_put(&sheet, "</row></sheetData></worksheet>");
    write_book(buffer_result(&sheet).at, NULL, NULL, NULL);
    struct text got = read_book();
    if (!text_is(got, "@1 单位|得分;2:县委办|3")) fail_msg("got %.*s", TEXT_ARG(got));
}

static void test_cells_that_cannot_be_read(void **state)
{
    (void)state;
    expect(SHEET("<row r='1'><c r='A1' t='str'><v>单位</v></c><c r='B1' t='str'><v>得分</v></c><c r='C1' t='str'><v>别的</v></c></row>"
                 "<row r='2'><c r='A2' t='str'><v>a</v></c><c r='B2' t='e'><v>#N/A</v></c></row>"
                 "<row r='3'><c r='A3' t='str'><v>b</v></c><c r='B3'><f>1+1</f></c></row>"
                 "<row r='4'><c r='A4'><v>110101199001011234</v></c><c r='B4'><v>1</v></c></row>"
                 "<row r='5'><c r='A5' t='s'><v>99</v></c></row>"
                 "<row r='6'><c r='A6' t='s'><v>-1</v></c><c r='B6'><v>1e999</v></c></row>"
                 "<row r='7'><c r='A7' t='str'><v>c</v></c><c r='C7' t='e'><v>#REF!</v></c></row>"),
           "@1 单位|得分|别的;7:c|| E475@2 E475@3 E476@4 E472@5 E472@6 E472@6");
    assert_true(text_is(problems.items[0].words[0], "B2"));
    assert_true(text_is(problems.items[0].data.value, "#N/A"));
    assert_true(text_is(problems.items[0].data.column, "得分"));
    assert_true(text_is(problems.items[2].data.value, "110101199001011234"));
}

static void test_long_cells(void **state)
{
    (void)state;
    static const char HEAD[] = SHEET(HEADS "<row r='2'><c r='A2' t='str'><v>");
    static const char TAIL[] = "</v></c></row></sheetData></worksheet>";
    size_t head = sizeof "<worksheet><sheetData>" HEADS "<row r='2'><c r='A2' t='str'><v>" - 1;
    for (int over = 0; over < 2; over++) {
        size_t len = (size_t)LIMIT_CELL_BYTES + (size_t)over;
        char *sheet = arena_take(arena, head + len + sizeof TAIL, 1);
        memcpy(sheet, HEAD, head);
        memset(sheet + head, 'x', len);
        memcpy(sheet + head + len, TAIL, sizeof TAIL);
        write_book(sheet, NULL, NULL, NULL);
        struct text got = read_book();
        assert_int_equal(problems.errors, over);
        assert_true(over ? problems.items[0].code == D_CSV_CELL_TOO_LONG : got.len > len);
    }
}

/* ---- titles and notes ---- */

static void test_titles_above(void **state)
{
    (void)state;
    expect("<worksheet><sheetData><row r='1'><c r='A1' t='str'><v>机关单位得分表</v></c></row>"
           "<row r='3'><c r='A3' t='str'><v>单位</v></c><c r='B3' t='str'><v>填报</v></c></row>" /* one known heading */
           "<row r='5'><c r='B5' t='str'><v>单&#10;位</v></c><c r='C5' t='str'><v>考核</v></c><c r='E5' t='str'><v>计划</v></c></row>"
           "<row r='6'><c r='C6' t='str'><v>得　分</v></c><c r='D6' t='str'><v>日 期</v></c></row>"
           "<row r='7'><c r='B7' t='str'><v>甲</v></c><c r='C7'><v>3</v></c><c r='D7' s='1'><v>39113</v></c><c r='E7' t='str'><v>是</v></c>"
           "<c r='F7' t='str'><v>旁注</v></c></row></sheetData>"
           "<mergeCells><mergeCell ref='A1:E1'/><mergeCell ref='B5:B6'/><mergeCell ref='C5:D5'/></mergeCells></worksheet>",
           "@6 单位|得分|日期|计划;7:甲|3|2007-01-31|是");
    expect(SHEET("<row r='2'><c r='B2' t='str'><v>甲</v></c><c r='C2' t='str'><v>乙</v></c></row>"), "@2 甲|乙");
}

static void test_notes_below(void **state)
{
    (void)state;
    expect("<worksheet><sheetData>" HEADS "<row r='2'><c r='A2' t='str'><v>注：中间的</v></c></row>"
           "<row r='3'><c r='A3' t='str'><v>甲</v></c><c r='B3'><v>1</v></c></row><row r='4'/>"
           "<row r='5'><c r='A5' t='str'><v>乙</v></c></row>" /* a row with a blank, not a note */
           "<row r='6'><c r='A6' t='str'><v>合计</v></c><c r='B6'><v>1</v></c></row>"
           "<row r='7'><c r='A7' t='str'><v>  说明1、按季填报。</v></c></row>"
           "<row r='8'><c r='A8' t='str'><v>并入一格的</v></c></row></sheetData>"
           "<mergeCells><mergeCell ref='A8:B8'/></mergeCells></worksheet>",
           "@1 单位|得分;2:注：中间的|;3:甲|1;5:乙| N409@6");
    /* Names that begin like a note, and a last row with one cell, are rows. */
    expect(SHEET(HEADS "<row r='2'><c r='A2' t='str'><v>说明书编制办公室</v></c><c r='B2'><v>1</v></c></row>"
                       "<row r='3'><c r='A3' t='str'><v>审核处</v></c></row>"),
           "@1 单位|得分;2:说明书编制办公室|1;3:审核处|");
}

static void test_merged_data(void **state)
{
    (void)state;
    expect("<worksheet><sheetData>" HEADS "<row r='2'><c r='A2' t='str'><v>甲</v></c><c r='B2'><v>1</v></c></row>"
           "<row r='3'><c r='B3'><v>2</v></c><c r='D3'><v>9</v></c></row></sheetData><mergeCells><mergeCell ref='A2:A3'/>"
           "<mergeCell ref='D2:D3'/><mergeCell ref='A7:B9'/><mergeCell ref='?'/></mergeCells></worksheet>",
           "@1 单位|得分;2:甲|1;3:|2 E477@2");
    assert_true(text_is(problems.items[0].words[0], "A2") && text_is(problems.items[0].words[1], "A3"));
}

/* Enough rows that the queue is filled many times over, a note at the end. */
static void test_many_rows(void **state)
{
    (void)state;
    enum { ROWS = 5000 };
    struct buffer sheet;
    buffer_init(&sheet, arena);
    buffer_put(&sheet, "<worksheet><sheetData>" HEADS);
    for (int row = 2; row < ROWS + 2; row++) {
        buffer_print(&sheet, "<row r='%d'><c r='A%d' t='inlineStr'><is><t>单位%d</t></is></c>", row, row, row);
        if (row % 3) buffer_print(&sheet, "<c r='B%d'><v>%d.5</v></c>", row, row);
        buffer_put(&sheet, "</row>");
    }
    buffer_print(&sheet, "<row r='%d'><c t='str'><v>注：完</v></c></row></sheetData></worksheet>", ROWS + 5);
    write_book(arena_text(arena, buffer_result(&sheet)).at, NULL, NULL, NULL);
    struct buffer wanted;
    buffer_init(&wanted, arena);
    buffer_put(&wanted, "@1 单位|得分");
    for (int row = 2; row < ROWS + 2; row++) {
        buffer_print(&wanted, ";%d:单位%d|", row, row);
        if (row % 3) buffer_print(&wanted, "%d.5", row);
    }
    buffer_print(&wanted, " N409@%d", ROWS + 5);
    assert_true(text_equal(read_book(), buffer_result(&wanted)));
}

/* ---- damage and harm ---- */

static void test_what_is_refused(void **state)
{
    (void)state;
    static const struct {
        const char *sheet, *book, *styles, *shared;
        enum diag_code code;
    } CASES[] = {
        {"<!DOCTYPE x [<!ENTITY a 'b'>]><worksheet/>", NULL, NULL, NULL, D_BOOK_DOCTYPE},
        {"<worksheet/>", "<!DOCTYPE x SYSTEM 'file:///etc/passwd'><workbook/>", NULL, NULL, D_BOOK_DOCTYPE},
        {SHEET(""), NULL, NULL, "<!DOCTYPE l [<!ENTITY l 'l'><!ENTITY m '&l;&l;&l;'>]><sst/>", D_BOOK_DOCTYPE},
        {"<worksheet><sheetData>&undeclared;</sheetData></worksheet>", NULL, NULL, NULL, D_BOOK_DAMAGED},
        {"<worksheet><sheetData>", NULL, NULL, NULL, D_BOOK_DAMAGED},
        {"", NULL, NULL, NULL, D_BOOK_DAMAGED},
        {"no XML", NULL, NULL, NULL, D_BOOK_DAMAGED},
        {SHEET(""), NULL, NULL, NULL, D_SHEET_EMPTY},
        {SHEET("<row r='2'><c t='str'><v>单位</v></c></row><row r='2'/>"), NULL, NULL, NULL, D_BOOK_DAMAGED},
        {SHEET("<row r='1048577'/>"), NULL, NULL, NULL, D_BOOK_DAMAGED},
        {SHEET("<row r='99999999999999999999'/>"), NULL, NULL, NULL, D_BOOK_DAMAGED},
        {SHEET("<row r='0'/>"), NULL, NULL, NULL, D_BOOK_DAMAGED},
        {SHEET("<row r='1'><c r='B1'/><c r='A1'/></row>"), NULL, NULL, NULL, D_BOOK_DAMAGED},
        {SHEET("<row r='1'><c r='A2'/></row>"), NULL, NULL, NULL, D_BOOK_DAMAGED},
        {SHEET("<row r='1'><c r='XFE1'/></row>"), NULL, NULL, NULL, D_BOOK_DAMAGED},
        {SHEET("<row r='1'><c r='XFD1'/><c/></row>"), NULL, NULL, NULL, D_BOOK_DAMAGED},
        {SHEET("<row r='1'><c r='1A'/></row>"), NULL, NULL, NULL, D_BOOK_DAMAGED},
        {SHEET("<row><c t='str'><v>\xE5\x8D</v></c></row>"), NULL, NULL, NULL, D_BOOK_DAMAGED}, /* half a character */
        {SHEET("<row><c t='str'><v>&#0;</v></c></row>"), NULL, NULL, NULL, D_BOOK_DAMAGED},
        {"<worksheet/>", "<workbook><sheets/></workbook>", NULL, NULL, D_BOOK_OTHER},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        write_book(CASES[i].sheet, CASES[i].book, CASES[i].styles, CASES[i].shared);
        expect_refused(CASES[i].code);
    }
}

/* Only what the wanted sheet leads to is read: another one may be damaged. */
static void test_sheets_that_nobody_asks_for(void **state)
{
    (void)state;
    write_book("no XML", "<workbook><sheets><sheet name='甲' r:id='a' xmlns:r='x'/></sheets></workbook>", NULL, NULL);
    assert_int_equal(read_book().len, 0);
    assert_int_equal(problems.count, 0);
}

static char *repeated(const char *head, const char *body, size_t times, const char *tail)
{
    size_t a = strlen(head), b = strlen(body), c = strlen(tail);
    char *out = arena_take(arena, a + b * times + c + 1, 1), *to = out;
    memcpy(to, head, a);
    for (to += a; times; times--, to += b) memcpy(to, body, b);
    memcpy(to, tail, c);
    return out;
}

static void test_limits(void **state)
{
    (void)state;
    write_book(repeated("<worksheet>", "<a>", LIMIT_XML_DEPTH, ""), NULL, NULL, NULL);
    expect_refused(D_BOOK_DEPTH);
    write_book(repeated("<worksheet", " a='", 1, repeated("", "y", 4 * 1024 * 1024, "'/>")), NULL, NULL, NULL);
    expect_refused(D_BOOK_TOKEN);
    write_book(repeated(SHEET(""), " ", 64 * 1024 * 1024, ""), NULL, NULL, NULL); /* packs a thousandfold */
    expect_refused(D_BOOK_BOMB);
    write_book(SHEET(""), NULL, NULL, repeated("<sst>", " ", 64 * 1024 * 1024, "</sst>"));
    expect_refused(D_BOOK_BOMB);
    write_book(repeated("<worksheet><mergeCells>", "<mergeCell ref='A1:A2'/>", LIMIT_MERGED + 1, "</mergeCells></worksheet>"), NULL, NULL, NULL);
    expect_refused(D_BOOK_DAMAGED);
    write_book(SHEET(""), NULL, repeated("<s><cellXfs>", "<xf/>", LIMIT_BOOK_STYLES + 1, "</cellXfs></s>"), NULL);
    expect_refused(D_BOOK_FORMATS);
}

static struct text file_bytes(void)
{
    FILE *file = fopen(path, "rb");
    char *bytes = arena_take(arena, 1 << 20, 1);
    size_t len = fread(bytes, 1, 1 << 20, file);
    fclose(file);
    return (struct text){bytes, len};
}

static void put_file(struct text bytes)
{
    FILE *file = fopen(path, "wb");
    assert_int_equal(fwrite(bytes.at, 1, bytes.len, file), bytes.len);
    assert_int_equal(fclose(file), 0);
}

/* Cut anywhere it is no workbook; with any byte changed it is read, or refused with a reason, and never anything else. */
static void test_cut_and_changed_archives(void **state)
{
    (void)state;
    static const char GOOD[] = SHEET(HEADS "<row r='2'><c r='A2' t='s'><v>1</v></c><c r='B2'><v>3</v></c></row>");
    write_book(GOOD, NULL, NULL, NULL);
    struct text whole = file_bytes();
    for (size_t len = 0; len < whole.len; len += 7) {
        put_file((struct text){whole.at, len});
        read_book();
        assert_true(problems.errors > 0);
    }
    for (size_t at = 0; at < whole.len; at++) {
        char *changed = arena_take(arena, whole.len, 1);
        memcpy(changed, whole.at, whole.len);
        changed[at] ^= (char)(1 + at % 255);
        put_file((struct text){changed, whole.len});
        struct text got = read_book();
        assert_true(problems.errors > 0 || got.len == 0 || text_is(got, "@1 单位|得分;2:县委办|3"));
    }
}

static void test_what_is_no_workbook(void **state)
{
    (void)state;
    put_file(TEXT(""));
    expect_refused(D_BOOK_OTHER); /* an archive of nothing */
    put_file(TEXT("单位,得分\n"));
    expect_refused(D_BOOK_NO_ZIP);
    put_file(TEXT("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"));
    expect_refused(D_BOOK_OLD);
    struct piece other[] = {{"word/document.xml", TEXT("<x/>")}};
    write_pieces(other, 1);
    expect_refused(D_BOOK_OTHER);
    struct piece half[] = {{"_rels/.rels", TEXT(ROOT_LINKS)}};
    write_pieces(half, 1);
    expect_refused(D_BOOK_OTHER);
    struct piece lost[] = {
        {"_rels/.rels", TEXT(ROOT_LINKS)},
        {"xl/workbook.xml", TEXT("<workbook><sheets><sheet name='机关' id='a'/></sheets></workbook>")},
        {"xl/_rels/workbook.xml.rels", TEXT("<r><Relationship Id='a' Type='x/worksheet' Target='../../../../etc/passwd'/></r>")},
    };
    write_pieces(lost, 3);
    expect_refused(D_BOOK_NO_PART);
}

static void test_names_of_sheets_that_begin_alike(void **state)
{
    (void)state;
    char room[SHEET_NAME_ROOM];
    bool shared;
    const struct text names[] = {TEXT("Office"), TEXT("一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一甲"), TEXT("office"),
                                 TEXT("一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一乙"), TEXT("支部")};
    assert_true(text_is(sheet_name_among(names, 5, 1, room, &shared), "一二三四五六七八九十一二三四五六七八九十一二三四五六七 (1)"));
    assert_true(shared);
    assert_true(text_is(sheet_name_among(names, 5, 3, room, &shared), "一二三四五六七八九十一二三四五六七八九十一二三四五六七 (2)"));
    assert_true(text_is(sheet_name_among(names, 5, 2, room, &shared), "office (2)")); /* no two may differ in case alone */
    assert_true(text_is(sheet_name_among(names, 5, 4, room, &shared), "支部"));
    assert_false(shared);
}

static void test_sheet_names(void **state)
{
    (void)state;
    char room[SHEET_NAME_ROOM];
    assert_true(text_is(source_sheet_name(TEXT(" 学习登记 "), room), "学习登记"));
    assert_true(text_is(source_sheet_name(TEXT("是/否[甲]"), room), "是_否_甲_"));
    assert_int_equal(source_sheet_name(TEXT("一二三四五六七八九十一二三四五六七八九十一二三四五六七八九十一二三四"), room).len, 31 * 3);
    assert_int_equal(source_sheet_name(TEXT("𠀀𠀀𠀀𠀀𠀀𠀀𠀀𠀀𠀀𠀀𠀀𠀀𠀀𠀀𠀀𠀀𠀀"), room).len, 15 * 4); /* two units each */
}

int main(void)
{
#define IN_FILE(test) cmocka_unit_test_setup_teardown(test, open_all, close_all)
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_numbers),
        cmocka_unit_test(test_built_in_formats),
        cmocka_unit_test(test_sheet_names),
        cmocka_unit_test(test_names_of_sheets_that_begin_alike),
        IN_FILE(test_cells_of_every_kind),
        IN_FILE(test_prefixes_and_1904),
        IN_FILE(test_parts_in_other_case_or_with_the_other_slash),
        IN_FILE(test_a_row_of_16384_empty_cells),
        IN_FILE(test_cells_that_cannot_be_read),
        IN_FILE(test_long_cells),
        IN_FILE(test_titles_above),
        IN_FILE(test_notes_below),
        IN_FILE(test_merged_data),
        IN_FILE(test_many_rows),
        IN_FILE(test_what_is_refused),
        IN_FILE(test_sheets_that_nobody_asks_for),
        IN_FILE(test_limits),
        IN_FILE(test_cut_and_changed_archives),
        IN_FILE(test_what_is_no_workbook),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
