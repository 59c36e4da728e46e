/* The loader: each kind of cell, right and wrong; columns, keys, references, the period, decisions, files.
 *
 * One schema serves all tests: units 机关 (organ), 列表 (levels), tables of each sort. Files are written into a folder of
 * their own and read as a user's would be. Expected values were worked out by hand.
 */
#include "../../runtime/calendar.h"
#include "../../runtime/limits.h"
#include "../../runtime/load.h"
#include "../../runtime/schema.h"
#include "../../runtime/source.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static struct arena *arena;
static struct findings problems;
static struct dataset data;
static struct schema schema;
static char folder[64];

/* ---- the schema ---- */

static struct text values[] = {{"county", 6}, {"city", 4}, {"province", 8}};
static struct text value_headings[] = {{"县级", 6}, {"市级", 6}, {"省级", 6}};
static struct list_schema lists[] = {
    {.name = {"level", 5}, .values = values, .headings = value_headings, .count = 3, .ordered = true},
};

/* organ: key, a plan, a satisfaction 0 to 100 step 0.1 */
static struct field_schema organ_fields[] = {
    {.name = {"organ", 5}, .heading = {"单位名称", 12}, .kind = FIELD_TEXT, .wanted = true},
    {.name = {"plan", 4}, .heading = {"学习计划", 12}, .kind = FIELD_BOOL, .wanted = true},
    {.name = {"satisfaction", 12}, .heading = {"满意度", 9}, .kind = FIELD_NUMBER, .places = 1, .has_low = true,
     .has_high = true, .high = 1000, .step = 1, .optional = true, .wanted = true},
};
/* cell: one column of each kind; rows of organs, no key */
enum { C_TEXT, C_BOOL, C_NA, C_COUNT, C_NUMBER, C_STEP, C_PERCENT, C_DATE, C_LIST, C_PART, C_COUNT_OF_FIELDS };
static struct field_schema cell_fields[C_COUNT_OF_FIELDS] = {
    [C_TEXT] = {.name = {"text", 4}, .kind = FIELD_TEXT, .optional = true, .wanted = true},
    [C_BOOL] = {.name = {"bool", 4}, .kind = FIELD_BOOL, .optional = true, .wanted = true},
    [C_NA] = {.name = {"na", 2}, .kind = FIELD_BOOL_NA, .optional = true, .wanted = true},
    [C_COUNT] = {.name = {"count", 5}, .kind = FIELD_NUMBER, .count = true, .has_low = true, .optional = true,
                 .wanted = true},
    [C_NUMBER] = {.name = {"number", 6}, .kind = FIELD_NUMBER, .places = 2, .optional = true, .wanted = true},
    [C_STEP] = {.name = {"step", 4}, .kind = FIELD_NUMBER, .places = 1, .has_low = true, .has_high = true, .low = 10,
                .high = 90, .step = 5, .optional = true, .wanted = true},
    [C_PERCENT] = {.name = {"percent", 7}, .kind = FIELD_NUMBER, .percent = true, .places = 4, .has_low = true,
                   .has_high = true, .high = 12000, .optional = true, .wanted = true},
    [C_DATE] = {.name = {"date", 4}, .kind = FIELD_DATE, .optional = true, .wanted = true},
    [C_LIST] = {.name = {"list", 4}, .kind = FIELD_LIST, .list = 0, .optional = true, .wanted = true},
    [C_PART] = {.name = {"part", 4}, .kind = FIELD_PART, .optional = true, .wanted = true},
};
/* branch: rows of organs with a key and a deputy that points to another branch; meeting: rows of branches by met */
static struct field_schema branch_fields[] = {
    {.name = {"branch", 6}, .heading = {"支部", 6}, .kind = FIELD_TEXT},
    {.name = {"twin", 4}, .kind = FIELD_REF, .table = 2, .optional = true, .wanted = true},
};
static struct field_schema meeting_fields[] = {
    {.name = {"met", 3}, .heading = {"日期", 6}, .kind = FIELD_DATE, .wanted = true},
};
/* price: for all, its key is a number; order: rows of organs that point to prices and to another organ */
static struct field_schema price_fields[] = {
    {.name = {"code", 4}, .kind = FIELD_NUMBER, .count = true},
    {.name = {"points", 6}, .kind = FIELD_NUMBER, .places = 1, .wanted = true},
};
static struct field_schema order_fields[] = {
    {.name = {"price", 5}, .kind = FIELD_REF, .table = 4, .wanted = true},
    {.name = {"partner", 7}, .kind = FIELD_UNIT, .optional = true, .wanted = true},
};
/* award: rows of organs by a date, with a key; use: rows of organs that point to an award */
static struct field_schema award_fields[] = {
    {.name = {"award", 5}, .kind = FIELD_TEXT, .wanted = true},
    {.name = {"given", 5}, .kind = FIELD_DATE, .wanted = true},
};
static struct field_schema use_fields[] = {{.name = {"of", 2}, .kind = FIELD_REF, .table = 6, .wanted = true}};

enum { T_ORGAN, T_CELL, T_BRANCH, T_MEETING, T_PRICE, T_ORDER, T_AWARD, T_USE, TABLES };
#define FIELDS(f) .fields = (f), .field_count = sizeof(f) / sizeof *(f)
static const struct table_schema all_tables[TABLES] = {
    [T_ORGAN] = {.name = {"organ", 5}, .heading = {"机关", 6}, FIELDS(organ_fields), .parent = NO_INDEX, .by = NO_INDEX},
    [T_CELL] = {.name = {"cell", 4}, FIELDS(cell_fields), .key = NO_INDEX, .by = NO_INDEX},
    [T_BRANCH] = {.name = {"branch", 6}, .heading = {"支部表", 9}, FIELDS(branch_fields), .by = NO_INDEX},
    [T_MEETING] = {.name = {"meeting", 7}, FIELDS(meeting_fields), .key = NO_INDEX, .parent = T_BRANCH, .by = 0},
    [T_PRICE] = {.name = {"price", 5}, FIELDS(price_fields), .parent = NO_INDEX, .by = NO_INDEX, .for_all = true},
    [T_ORDER] = {.name = {"order", 5}, FIELDS(order_fields), .key = NO_INDEX, .by = NO_INDEX},
    [T_AWARD] = {.name = {"award", 5}, FIELDS(award_fields), .by = 1},
    [T_USE] = {.name = {"use", 3}, FIELDS(use_fields), .key = NO_INDEX, .by = NO_INDEX},
};
static struct table_schema tables[TABLES];
static struct text parts[] = {{"1", 1}, {"1.1", 3}, {"1.10", 4}, {"2.3", 3}};
static struct text literals[] = {{"zzz", 3}, {"县委办", 9}};
static const struct judged_schema judged[] = {
    {.subject = {"1.1", 3}, .places = 1, .high = 100, .step = 5},                  /* anybody: 0 to 10 by 0.5 */
    {.subject = {"1.10", 4}, .authority = {"组织部", 9}, .high = 5},               /* two assessors */
    {.subject = {"1.10", 4}, .authority = {"宣传部", 9}, .high = 5},
    {.subject = {"2.3", 3}, .high = 3, .all_or_nothing = true},
};

/* ---- the folder ---- */

static int open_all(void **state)
{
    (void)state;
    arena = arena_open(NULL, 0);
    if (!arena) return -1;
    if (setjmp(*arena_trap(arena))) exit(2);
    findings_init(&problems, arena, 0);
    memcpy(tables, all_tables, sizeof tables);
    schema = (struct schema){.tables = tables, .table_count = 1, .lists = lists, .list_count = 1, .parts = parts,
        .part_count = 4};
    schema.texts = literals;
    schema.text_count = 2;
    schema.has_period = true;
    date_make(2007, 1, 1, &schema.period_from);
    date_make(2007, 12, 31, &schema.period_to);
    schema.carry_from = schema.period_from;
    strcpy(folder, "/tmp/kaohe-load-XXXXXX");
    return mkdtemp(folder) ? 0 : -1;
}

static int close_all(void **state)
{
    (void)state;
    DIR *dir = opendir(folder);
    struct dirent *item;
    while (dir && (item = readdir(dir))) {
        if (item->d_name[0] != '.') remove(arena_print(arena, "%s/%s", folder, item->d_name).at);
    }
    if (dir) closedir(dir);
    arena_close(arena);
    return rmdir(folder);
}

static void put_bytes(const char *name, struct text bytes)
{
    FILE *file = fopen(arena_print(arena, "%s/%s", folder, name).at, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes.at, 1, bytes.len, file), bytes.len);
    assert_int_equal(fclose(file), 0);
}

static void put(const char *name, const char *content) { put_bytes(name, text_of(content)); }

static bool load(void)
{
    struct source *source = source_open(arena, text_of(folder), NULL, &problems);
    return source && data_load(arena, &schema, source, &problems, &data);
}

/* The finding with this code on this line of a file; fails when there is none. line 0: the file as a whole. */
static const struct finding *expect(enum diag_code code, const char *file, uint64_t line)
{
    struct text name = file ? arena_print(arena, "%s/%s", folder, file) : text_of(folder);
    for (size_t i = 0; i < problems.count; i++) {
        const struct finding *f = &problems.items[i];
        if (f->code == code && f->data.line == line && text_equal(f->data.file, name)) return f;
    }
    for (size_t i = 0; i < problems.count; i++) {
        struct buffer out;
        buffer_init(&out, arena);
        finding_render(&out, &problems.items[i], TONGUE_EN, TEXT_NONE, TEXT_NONE);
        print_message("%s %.*s", diag_label(problems.items[i].code), TEXT_ARG(buffer_result(&out)));
    }
    fail_msg("no %s on line %d of %s", diag_label(code), (int)line, file ? file : "the folder");
    return NULL;
}

static void expect_word(const struct finding *finding, int index, const char *word)
{
    if (!text_is(finding->words[index], word)) fail_msg("\"%.*s\", not \"%s\"", TEXT_ARG(finding->words[index]), word);
}

static const char *const ORGANS = "organ,plan,satisfaction\n县委办,yes,90\n县府办,no,85.5\nA3,是,\n";

/* ---- units and columns ---- */

static void test_units(void **state)
{
    (void)state;
    put("organ.csv", "单位名称,plan,满意度\r\n县委办,yes,90\r\n\r\n\" 县府办 \",否,\"85.5\"\r\n,,\r\n");
    assert_true(load());
    assert_int_equal(problems.count, 0);
    const struct table_data *units = &data.tables[0];
    assert_int_equal(units->rows, 2);
    assert_int_equal(data.rows_read, 2);
    assert_int_equal(data.rows_used, 2);
    assert_null(units->unit);
    assert_int_equal(units->line[0], 2);
    assert_int_equal(units->line[1], 4);
    assert_int_equal(units->columns[0].values[0], 1); /* a literal of the scheme has its index */
    assert_true(text_is(data.texts[1], "县委办"));
    assert_true(text_is(data.texts[units->columns[0].values[1]], "县府办"));
    assert_int_equal(units->columns[1].values[0], 1);
    assert_int_equal(units->columns[1].values[1], 0);
    assert_int_equal(units->columns[2].values[0], 900);
    assert_int_equal(units->columns[2].values[1], 855);
    assert_null(units->columns[2].blank);
}

static void test_a_file_may_bear_the_heading(void **state)
{
    (void)state;
    put("机关.CSV", ORGANS);
    assert_true(load());
    assert_int_equal(data.tables[0].rows, 3);
    assert_int_equal(data.tables[0].columns[2].blank[2], 1);
    assert_int_equal(data.tables[0].columns[2].blank[1], 0);
}

static void test_blanks_in_headings(void **state)
{
    (void)state;
    put("organ.csv", "单 位　名称,Ｐｌａｎ,plan,\"满意\n度\"\na,no,yes,1\n"); /* Plan is not plan; what fits as it stands goes first */
    assert_true(load());
    assert_int_equal(data.tables[0].columns[1].values[0], 1);
    assert_int_equal(data.tables[0].columns[2].values[0], 10);
    findings_init(&problems, arena, 0);
    put("organ.csv", "organ,ｐｌａｎ,plan,满意度\na,no,yes,1\n"); /* two for one field */
    assert_false(load());
    expect(D_COLUMN_BOTH, "organ.csv", 1);
}

/* What lies in folders beside data: nobody asks for it, and it says so by its inside. */
static void test_files_that_are_no_data(void **state)
{
    (void)state;
    put("organ.csv", ORGANS);
    put("settings.json", "{\"a\": {\"b\": 1}}");
    put("Thumbs.db", "\xD0\xCF\x11\xE0");
    put("read me.txt", "not, a, table");
    assert_true(load());
    expect_word(expect(D_FILES_UNUSED, NULL, 0), 0, "Thumbs.db / settings.json");
    assert_int_equal(problems.count, 1);
}

static void test_two_files_for_one_table(void **state)
{
    (void)state;
    put("organ.csv", ORGANS);
    put("机关.csv", ORGANS);
    assert_false(load());
    const struct finding *f = expect(D_DATA_TWO_FILES, NULL, 0);
    expect_word(f, 0, "organ.csv");
    expect_word(f, 1, "机关.csv");
    assert_int_equal(problems.errors, 1);
}

static void test_missing_and_unused_files(void **state)
{
    (void)state;
    schema.table_count = 3;
    put("organs.csv", ORGANS);
    put("notes.csv", "x\n");
    put("支部表.ods", "PK");
    put("README.md", "not a table");
    put("~$organ.csv", "an office program's lock");
    assert_false(load());
    const struct finding *near = expect(D_DATA_NO_FILE_NEAR, NULL, 0);
    expect_word(near, 0, "机关");
    expect_word(near, 1, "机关.csv");
    expect_word(near, 2, "organs.csv");
    assert_int_equal(problems.errors, 3);
    const struct finding *cell = expect(D_DATA_NO_FILE, NULL, 0);
    expect_word(cell, 0, "cell");
    expect_word(expect(D_FILES_UNUSED, NULL, 0), 0, "notes.csv / organs.csv / 支部表.ods");
}

static void test_no_folder(void **state)
{
    (void)state;
    put("file", "x");
    struct text path = arena_print(arena, "%s/file", folder);
    assert_null(source_open(arena, path, NULL, &problems));
    assert_int_equal(problems.items[0].code, D_DATA_NOT_A_FOLDER);
    assert_null(source_open(arena, TEXT("/nowhere/at/all"), NULL, &problems));
    assert_int_equal(problems.items[1].code, D_FILE_NO_FOLDER);
    assert_int_equal(problems.errors, 2);
}

static void test_files_of_another_kind(void **state)
{
    (void)state;
    static const struct {
        struct text bytes;
        enum diag_code code;
        uint64_t line;
    } CASES[] = {
        {{"", 0}, D_DATA_EMPTY_FILE, 0},
        {{"\n\r\n", 3}, D_DATA_EMPTY_FILE, 0},
        {{"PK\x03\x04xyz", 7}, D_DATA_WORKBOOK, 0},
        {{"\xD0\xCF\x11\xE0", 4}, D_DATA_WORKBOOK, 0},
        {{"SQLite format 3", 16}, D_DATA_DATABASE, 0},
        {{"organ|plan|satisfaction\na|yes|1\n", 32}, D_DATA_SEPARATOR, 1},
        {{"单位名称，学习计划\n", 28}, D_DATA_SEPARATOR, 1},
        {{"organ,caf\xE9\n", 12}, D_CSV_NOT_UTF8, 1}, /* Latin-1 is not taken for Chinese */
        {{"\"organ,plan\nx,yes\n", 18}, D_CSV_UNCLOSED_QUOTE, 1},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        findings_init(&problems, arena, 0);
        put_bytes("organ.csv", CASES[i].bytes);
        assert_false(load());
        assert_int_equal(problems.errors, 1); /* and nothing that only follows from it */
        expect(CASES[i].code, "organ.csv", CASES[i].line);
    }
}

#define BYTES(literal) {literal, sizeof literal - 1}

/* A table in another encoding and with another separator, as the bytes lie in the file; what is read, and what is said of it. */
static void test_encodings_and_separators(void **state)
{
    (void)state;
    static const struct {
        struct text bytes;
        enum diag_code notice, other;
        const char *word;
    } CASES[] = {
        /* 单位名称,plan,满意度 / 县委办,是,90 / 县府办,否,85.5 */
        {BYTES("\xB5\xA5\xCE\xBB\xC3\xFB\xB3\xC6,plan,\xC2\xFA\xD2\xE2\xB6\xC8\r\n"
          "\xCF\xD8\xCE\xAF\xB0\xEC,\xCA\xC7,90\r\n\xCF\xD8\xB8\xAE\xB0\xEC,\xB7\xF1,85.5\r\n"),
         D_DATA_ENCODED, D_NONE, "GB18030"},
        {BYTES("\xFF\xFEo\0r\0g\0a\0n\0\t\0p\0l\0a\0n\0\t\0s\0a\0t\0i\0s\0f\0a\0c\0t\0i\0o\0n\0\n\0"
          "\xBF\x53\xD4\x59\x9E\x52\t\0/f\t\0" "9\0" "0\0\n\0\xBF\x53\x9C\x5E\x9E\x52\t\0&T\t\0" "8\0" "5\0.\0" "5\0"),
         D_DATA_ENCODED, D_DATA_SEPARATED, "UTF-16LE"},
        {BYTES("\xFE\xFF\0o\0r\0g\0a\0n\0;\0p\0l\0a\0n\0;\0s\0a\0t\0i\0s\0f\0a\0c\0t\0i\0o\0n\0\n"
          "\x53\xBF\x59\xD4\x52\x9E\0;f/\0;\0" "9\0" "0\0\n\x53\xBF\x5E\x9C\x52\x9E\0;T&\0;\0" "8\0" "5\0.\0" "5"),
         D_DATA_ENCODED, D_DATA_SEPARATED, "UTF-16BE"},
        {BYTES("\xEF\xBB\xBForgan\tplan\tsatisfaction\n县委办\t是\t90\n县府办\t否\t85.5\n"), D_DATA_SEPARATED, D_NONE, "TAB"},
        {BYTES("organ;plan;satisfaction\n县委办;是;90\n\"县府办\";否;85.5"), D_DATA_SEPARATED, D_NONE, ";"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        findings_init(&problems, arena, 0);
        put_bytes("organ.csv", CASES[i].bytes);
        assert_true(load());
        expect_word(expect(CASES[i].notice, "organ.csv", CASES[i].notice == D_DATA_SEPARATED), 0, CASES[i].word);
        if (CASES[i].other != D_NONE) expect(CASES[i].other, "organ.csv", 1);
        assert_int_equal(problems.count, CASES[i].other == D_NONE ? 1 : 2);
        const struct table_data *units = &data.tables[0];
        assert_int_equal(units->rows, 2);
        assert_true(text_is(data.texts[1], "县委办"));
        assert_true(text_is(data.texts[units->columns[0].values[1]], "县府办"));
        assert_int_equal(units->columns[1].values[0], 1);
        assert_int_equal(units->columns[1].values[1], 0);
        assert_int_equal(units->columns[2].values[1], 855);
    }
}

/* Half a character at the end, in each encoding: the line, the column, and no other complaint. */
static void test_half_a_character(void **state)
{
    (void)state;
    static const struct {
        struct text bytes;
        enum diag_code code;
    } CASES[] = {
        {BYTES("organ,plan,satisfaction\n\xCF\xD8\xCE\xAF\xB0\xEC,\xCA\xC7,90\n\xCF\xD8\xB8\xAE\xB0\xEC,\xB7"), D_CSV_NOT_ENCODED},
        {BYTES("organ,plan,satisfaction\n县委办,是,90\n县府办,\xE6\x98"), D_CSV_NOT_UTF8},
        {BYTES("\xFF\xFEo\0r\0g\0a\0n\0,\0p\0l\0a\0n\0,\0s\0a\0t\0i\0s\0f\0a\0c\0t\0i\0o\0n\0\n\0"
          "\xBF\x53\xD4\x59\x9E\x52,\0/f,\0" "9\0" "0\0\n\0\xBF\x53,\0\x26"), D_CSV_NOT_ENCODED},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        findings_init(&problems, arena, 0);
        put_bytes("organ.csv", CASES[i].bytes);
        assert_false(load());
        const struct finding *f = expect(CASES[i].code, "organ.csv", 3);
        assert_true(text_is(f->data.column, "plan"));
        assert_int_equal(problems.errors, 1);
    }
}

static void test_a_named_encoding(void **state)
{
    (void)state;
    struct source_options options = {.encoding = TEXT("gbk")};
    put_bytes("organ.csv", TEXT("organ,plan,satisfaction\n\x81\x40,yes,1\n")); /* 丂: in no everyday text */
    struct source *source = source_open(arena, text_of(folder), &options, &problems);
    assert_true(data_load(arena, &schema, source, &problems, &data));
    assert_int_equal(problems.count, 0); /* who named it need not be told */
    assert_true(text_is(data.texts[data.tables[0].columns[0].values[0]], "丂"));
    put("organ.csv", "\xEF\xBB\xBForgan,plan,satisfaction\n县委办,yes,1\n"); /* a mark goes before what was named */
    source = source_open(arena, text_of(folder), &options, &problems);
    assert_true(data_load(arena, &schema, source, &problems, &data));
    assert_int_equal(data.tables[0].columns[0].values[0], 1);
    assert_int_equal(problems.count, 0);
}

static void test_a_folder_in_place_of_a_file(void **state)
{
    (void)state;
    struct text path = arena_print(arena, "%s/organ.csv", folder);
    assert_int_equal(mkdir(path.at, 0700), 0);
    assert_false(load());
    expect(D_FILE_IS_FOLDER, "organ.csv", 0);
    assert_int_equal(rmdir(path.at), 0);
    assert_int_equal(mkfifo(path.at, 0600), 0);
    assert_false(load()); /* and does not wait for a writer */
    expect(D_FILE_NOT_A_FILE, "organ.csv", 0);
}

static void test_columns(void **state)
{
    (void)state;
    put("organ.csv", "单位名称,学习计画,备注,,单位名称\nx,yes,,,y\n");
    assert_false(load());
    expect_word(expect(D_COLUMN_TWICE, "organ.csv", 1), 0, "单位名称");
    const struct finding *missing = expect(D_COLUMN_MISSING_NEAR, "organ.csv", 1);
    expect_word(missing, 0, "学习计划");
    expect_word(missing, 1, "学习计画");
    expect_word(expect(D_COLUMN_ABSENT, "organ.csv", 1), 0, "满意度");
    expect_word(expect(D_COLUMNS_IGNORED, "organ.csv", 1), 0, "备注 / (4)");
    assert_int_equal(problems.errors, 2);
}

static void test_name_and_heading_both(void **state)
{
    (void)state;
    put("organ.csv", "organ,单位名称,plan\nx,y,yes\n");
    assert_false(load());
    const struct finding *both = expect(D_COLUMN_BOTH, "organ.csv", 1);
    expect_word(both, 0, "organ");
    expect_word(both, 1, "单位名称");
}

static void test_a_title_above_the_headings(void **state)
{
    (void)state;
    put("organ.csv", "附件一：名单,,\n单位名称,学习计划,满意度\nx,是,1\n");
    assert_false(load());
    expect_word(expect(D_COLUMNS_NONE, "organ.csv", 1), 0, "单位名称 / 学习计划 / 满意度");
    assert_int_equal(problems.errors, 1);
}

static void test_an_optional_column_may_be_absent(void **state)
{
    (void)state;
    put("organ.csv", "organ,plan\nx,yes\n");
    assert_true(load());
    assert_int_equal(problems.notices, 1);
    assert_null(data.tables[0].columns[2].values);
    assert_int_equal(data.tables[0].columns[2].blank[0], 1);
}

static void test_headings_alone(void **state)
{
    (void)state;
    schema.table_count = 2;
    put("organ.csv", ORGANS);
    put("cell.csv", "organ,text,bool,na,count,number,step,percent,date,list,part\n");
    assert_true(load());
    assert_int_equal(data.tables[1].rows, 0);
    assert_non_null(data.tables[1].columns[C_TEXT].values);
    assert_non_null(data.tables[1].unit);
    put("organ.csv", "organ,plan,satisfaction\n");
    assert_true(load());
    expect(D_DATA_NO_UNITS, "organ.csv", 0);
}

static void test_broken_rows(void **state)
{
    (void)state;
    put("organ.csv", "organ,plan,satisfaction\na,yes,1\nb,yes\nc,yes,1,2\nd,y\"es,1\n  \ne,no,2\nf,\xFF,1\ng,\"no,2\n");
    assert_false(load());
    const struct finding *few = expect(D_CSV_TOO_FEW_CELLS, "organ.csv", 3);
    expect_word(few, 0, "2");
    expect_word(few, 1, "3");
    expect_word(expect(D_CSV_TOO_MANY_CELLS, "organ.csv", 4), 0, "4");
    assert_true(text_is(expect(D_CSV_BARE_QUOTE, "organ.csv", 5)->data.column, "plan"));
    assert_true(text_is(expect(D_CSV_NOT_UTF8, "organ.csv", 8)->data.column, "plan"));
    expect(D_CSV_UNCLOSED_QUOTE, "organ.csv", 9);
    assert_int_equal(problems.errors, 5);
}

static void test_unit_keys(void **state)
{
    (void)state;
    put("organ.csv", "organ,plan,satisfaction\na,yes,1\nb,yes,1\n a,no,2\n,no,3\n");
    assert_false(load());
    const struct finding *twice = expect(D_KEY_TWICE, "organ.csv", 4);
    expect_word(twice, 0, "2");
    assert_true(text_is(twice->data.value, " a"));
    expect(D_CELL_BLANK, "organ.csv", 5);
    assert_int_equal(problems.errors, 2);
}

/* ---- cells ---- */

/* Loads one cell of table `cell`; the others are blank. Returns whether it is right. */
static bool load_cell(int field, struct text cell)
{
    struct buffer out;
    buffer_init(&out, arena);
    buffer_put(&out, "organ");
    for (int f = 0; f < C_COUNT_OF_FIELDS; f++) buffer_print(&out, ",%.*s", TEXT_ARG(cell_fields[f].name));
    buffer_put(&out, "\n县委办");
    for (int f = 0; f < C_COUNT_OF_FIELDS; f++) {
        buffer_char(&out, ',');
        if (f == field) {
            buffer_char(&out, '"');
            buffer_text(&out, cell);
            buffer_char(&out, '"');
        }
    }
    buffer_char(&out, '\n');
    findings_init(&problems, arena, 0);
    schema.table_count = 2;
    put("organ.csv", ORGANS);
    put_bytes("cell.csv", buffer_result(&out));
    return load();
}

struct cell_case {
    int field;
    const char *cell;
    int64_t value;      /* when code is D_NONE */
    enum diag_code code;
    const char *words[4];
};

static void check_cells(const struct cell_case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct cell_case *c = &cases[i];
        bool right = load_cell(c->field, text_of(c->cell));
        if (c->code == D_NONE) {
            const struct column *column = &data.tables[T_CELL].columns[c->field];
            if (!right || (column->blank && column->blank[0]) || column->values[0] != c->value)
                fail_msg("\"%s\": %s, %lld", c->cell, right ? "read" : "refused", right ? (long long)column->values[0] : 0);
            continue;
        }
        if (right) fail_msg("\"%s\" was read", c->cell);
        assert_int_equal(problems.errors, 1);
        const struct finding *f = expect(c->code, "cell.csv", 2);
        assert_true(text_equal(f->data.column, cell_fields[c->field].name));
        for (int w = 0; w < 4 && c->words[w]; w++) expect_word(f, w, c->words[w]);
    }
}

static void test_numbers(void **state)
{
    (void)state;
    static const struct cell_case CASES[] = {
        {C_COUNT, "0", 0}, {C_COUNT, "12", 12}, {C_COUNT, " 7 ", 7}, {C_COUNT, "007", 7}, {C_COUNT, "１２", 12},
        {C_COUNT, "\xE3\x80\x80" "3\xC2\xA0", 3}, {C_COUNT, "12.0", 12}, {C_COUNT, "12.", 12}, {C_COUNT, "+5", 5},
        {C_COUNT, "999999999999999999", 999999999999999999},
        {C_NUMBER, "2.5", 250}, {C_NUMBER, "2.50000000000000000000000", 250}, {C_NUMBER, "-0.05", -5}, {C_NUMBER, ".5", 50},
        {C_NUMBER, "－１．２５", -125}, {C_NUMBER, "\xE2\x88\x92" "3", -300}, {C_NUMBER, "0", 0}, {C_NUMBER, "-0", 0},
        {C_NUMBER, "9999999999999999.99", 999999999999999999},
        {C_NUMBER, "0000000000000000000000000000001.10", 110},
        {C_STEP, "1", 10}, {C_STEP, "1.5", 15}, {C_STEP, "9", 90},

        {C_COUNT, "12.5", 0, D_CELL_NOT_WHOLE}, {C_COUNT, "-1", 0, D_CELL_TOO_LOW, {"0"}},
        {C_COUNT, "abc", 0, D_CELL_NOT_NUMBER}, {C_COUNT, "12abc", 0, D_CELL_NOT_NUMBER},
        {C_COUNT, "1 2", 0, D_CELL_NOT_NUMBER},
        {C_COUNT, "--1", 0, D_CELL_NOT_NUMBER}, {C_COUNT, "-", 0, D_CELL_NOT_NUMBER}, {C_COUNT, ".", 0, D_CELL_NOT_NUMBER},
        {C_COUNT, "1.2.3", 0, D_CELL_NOT_NUMBER}, {C_COUNT, "=1+1", 0, D_CELL_NOT_NUMBER},
        {C_COUNT, "0x10", 0, D_CELL_NOT_NUMBER},
        {C_COUNT, "inf", 0, D_CELL_NOT_NUMBER}, {C_COUNT, "nan", 0, D_CELL_NOT_NUMBER},
        {C_COUNT, "十二", 0, D_CELL_NOT_NUMBER},
        {C_COUNT, "1,000", 0, D_CELL_THOUSANDS, {"1000"}}, {C_COUNT, "1，000", 0, D_CELL_THOUSANDS, {"1000"}},
        {C_NUMBER, "-1,234,567.5", 0, D_CELL_THOUSANDS, {"-1234567.5"}}, {C_NUMBER, "3,5", 0, D_CELL_NOT_NUMBER},
        {C_NUMBER, "1,00,000", 0, D_CELL_NOT_NUMBER}, {C_NUMBER, "1,", 0, D_CELL_NOT_NUMBER},
        {C_NUMBER, ",", 0, D_CELL_NOT_NUMBER},
        {C_COUNT, "5分", 0, D_CELL_NUMBER_WORD, {"5"}}, {C_COUNT, "12 次", 0, D_CELL_NUMBER_WORD, {"12"}},
        {C_COUNT, "1E+05", 0, D_CELL_EXPONENT}, {C_NUMBER, "1.5e3", 0, D_CELL_EXPONENT},
        {C_COUNT, "85%", 0, D_CELL_PERCENT_UNWANTED, {"85"}},
        {C_NUMBER, "1.005", 0, D_CELL_PLACES, {"2"}}, {C_NUMBER, "0.0000000000000000001", 0, D_CELL_PLACES, {"2"}},
        {C_COUNT, "1000000000000000000", 0, D_CELL_TOO_LARGE, {"18"}}, {C_NUMBER, "99999999999999999", 0, D_CELL_TOO_LARGE},
        {C_COUNT, "99999999999999999999999999999999999999", 0, D_CELL_TOO_LARGE},
        {C_STEP, "0.5", 0, D_CELL_RANGE, {"1", "9"}}, {C_STEP, "9.5", 0, D_CELL_RANGE, {"1", "9"}},
        {C_STEP, "1.2", 0, D_CELL_STEP, {"0.5", "1", "1", "1.5"}},
    };
    check_cells(CASES, sizeof CASES / sizeof *CASES);
}

static void test_percentages(void **state)
{
    (void)state;
    static const struct cell_case CASES[] = {
        {C_PERCENT, "85%", 8500}, {C_PERCENT, "92.5%", 9250}, {C_PERCENT, "８５％", 8500}, {C_PERCENT, "85 %", 8500},
        {C_PERCENT, "0", 0}, {C_PERCENT, "0%", 0}, {C_PERCENT, "120%", 12000}, {C_PERCENT, "0.85%", 85},
        {C_PERCENT, "85", 0, D_CELL_PERCENT_BARE, {"85%"}}, {C_PERCENT, "1.5", 0, D_CELL_PERCENT_BARE, {"1.5%"}},
        {C_PERCENT, "0.85", 0, D_CELL_PERCENT_FRACTION, {"85%", "0.85%"}},
        {C_PERCENT, "0.9", 0, D_CELL_PERCENT_FRACTION, {"90%", "0.9%"}},
        {C_PERCENT, "1", 0, D_CELL_PERCENT_FRACTION, {"100%", "1%"}},
        {C_PERCENT, "85.125%", 0, D_CELL_PLACES, {"2"}}, {C_PERCENT, "121%", 0, D_CELL_RANGE, {"0%", "120%"}},
        {C_PERCENT, "-1%", 0, D_CELL_RANGE, {"0%", "120%"}}, {C_PERCENT, "85%%", 0, D_CELL_NOT_PERCENT},
        {C_PERCENT, "%", 0, D_CELL_NOT_PERCENT}, {C_PERCENT, "多数", 0, D_CELL_NOT_PERCENT},
    };
    check_cells(CASES, sizeof CASES / sizeof *CASES);
}

static void test_yes_and_no(void **state)
{
    (void)state;
    static const struct cell_case CASES[] = {
        {C_BOOL, "yes", 1}, {C_BOOL, "no", 0}, {C_BOOL, "Yes", 1}, {C_BOOL, "NO", 0}, {C_BOOL, "是", 1}, {C_BOOL, " 否 ", 0},
        {C_NA, "yes", 1}, {C_NA, "否", 0}, {C_NA, "na", 2}, {C_NA, "NA", 2}, {C_NA, "不涉及", 2},
        {C_BOOL, "na", 0, D_CELL_NA_UNWANTED}, {C_BOOL, "不涉及", 0, D_CELL_NA_UNWANTED},
        {C_BOOL, "不适用", 0, D_CELL_NA_UNWANTED},
        {C_BOOL, "TRUE", 1}, {C_BOOL, "√", 1}, {C_BOOL, "有", 1}, {C_BOOL, "false", 0}, {C_BOOL, "无", 0}, {C_BOOL, "×", 0},
        {C_NA, "✓", 1}, {C_NA, "没有", 0},
        {C_BOOL, "1", 0, D_CELL_YES_MEANT}, {C_BOOL, "y", 0, D_CELL_YES_MEANT}, {C_BOOL, "0", 0, D_CELL_NO_MEANT},
        {C_BOOL, "x", 0, D_CELL_NO_MEANT}, {C_NA, "n/a", 0, D_CELL_NA_MEANT},
        {C_NA, "不适用", 0, D_CELL_NA_MEANT}, {C_BOOL, "maybe", 0, D_CELL_YES_NO}, {C_BOOL, "yesno", 0, D_CELL_YES_NO},
        {C_BOOL, "ye", 0, D_CELL_YES_NO}, {C_NA, "2", 0, D_CELL_YES_NO_NA},
    };
    check_cells(CASES, sizeof CASES / sizeof *CASES);
}

static void test_dates(void **state)
{
    (void)state;
    static const struct cell_case CASES[] = {
        {C_DATE, "2007-01-31", 13544}, {C_DATE, "2007/1/31", 13544}, {C_DATE, "2007年1月31日", 13544},
        {C_DATE, "20070131", 13544},
        {C_DATE, " ２００７年１月３１日 ", 13544}, {C_DATE, "2007 年 1　月 31 日", 13544}, {C_DATE, "2008-02-29", 13938},
        {C_DATE, "39113", 0, D_CELL_DATE_SERIAL, {"2007-01-31"}}, /* days since 1899-12-30 */
        {C_DATE, "2007.1.31", 13544}, {C_DATE, "2007．01．31", 13544}, {C_DATE, "2007 . 1 . 31", 13544},
        {C_DATE, "2007-01-31 00:00:00", 13544}, {C_DATE, "2007/1/31 0:00", 13544}, {C_DATE, "2007-01-31T00:00:00.000", 13544},
        {C_DATE, "2007年1月31号", 13544},
        {C_DATE, "2007-01-31T00:00:00Z", 0, D_CELL_DATE_ZONE},
        {C_DATE, "2007-01-31 00:00:00+08", 0, D_CELL_DATE_ZONE},
        {C_DATE, "2007-01-31 0:01", 0, D_CELL_DATE_SPELLING, {"2007-01-31"}},
        {C_DATE, "2007-1.31", 0, D_CELL_DATE_SPELLING, {"2007-01-31"}},
        {C_DATE, "01-31 (2007-01-31)", 13544}, {C_DATE, "2007-01 (2007-01-31)", 13544}, {C_DATE, "(2007-01-31)", 13544},
        {C_DATE, "02-01 (2007-01-31)", 0, D_CELL_DATE}, {C_DATE, "2007-01-31 (?)", 0, D_CELL_DATE}, {C_DATE, "()", 0, D_CELL_DATE},
        {C_DATE, "2007.1", 0, D_CELL_DATE}, {C_DATE, "2007.1.31.", 0, D_CELL_DATE_SPELLING}, {C_DATE, "31.1.2007", 0, D_CELL_DATE_ORDER},
        {C_DATE, "2007-01-31T08:30", 0, D_CELL_DATE_SPELLING, {"2007-01-31"}},
        {C_DATE, "2007-02-29", 0, D_CELL_NO_SUCH_DAY, {"2007", "2", "28"}},
        {C_DATE, "20070431", 0, D_CELL_NO_SUCH_DAY, {"2007", "4", "30"}},
        {C_DATE, "2008/2/30", 0, D_CELL_NO_SUCH_DAY, {"2008", "2", "29"}},
        {C_DATE, "2007-12-32", 0, D_CELL_NO_SUCH_DAY, {"2007", "12", "31"}},
        {C_DATE, "2007-13-01", 0, D_CELL_NO_SUCH_DATE}, {C_DATE, "2007-01-00", 0, D_CELL_NO_SUCH_DATE},
        {C_DATE, "1599-12-31", 0, D_CELL_NO_SUCH_DATE}, {C_DATE, "31/01/2007", 0, D_CELL_DATE_ORDER},
        {C_DATE, "1-2-2007", 0, D_CELL_DATE_ORDER},
        {C_DATE, "2007", 0, D_CELL_DATE}, {C_DATE, "2007-01", 0, D_CELL_DATE}, {C_DATE, "07-01-31", 0, D_CELL_DATE},
        {C_DATE, "yesterday", 0, D_CELL_DATE}, {C_DATE, "9999-12-32", 0, D_CELL_NO_SUCH_DATE},
        {C_DATE, "200701", 0, D_CELL_DATE},
    };
    check_cells(CASES, sizeof CASES / sizeof *CASES);
}

static void test_lists_and_parts(void **state)
{
    (void)state;
    static const struct cell_case CASES[] = {
        {C_LIST, "county", 0}, {C_LIST, "province", 2}, {C_LIST, "市级", 1}, {C_LIST, " 省级", 2}, {C_LIST, "省　级", 2},
        {C_LIST, "市及", 0, D_CELL_LIST_NEAR, {"县级 / 市级 / 省级", "市级"}},
        {C_LIST, "City", 0, D_CELL_LIST_NEAR, {"县级 / 市级 / 省级", "city"}},
        {C_LIST, "全国级别", 0, D_CELL_LIST, {"县级 / 市级 / 省级"}}, {C_LIST, "乡级", 0, D_CELL_LIST}, /* as near to three */
        {C_PART, "1", 0}, {C_PART, "1.1", 1}, {C_PART, "1.10", 2}, {C_PART, "item 1.1", 1},
        {C_PART, "Item 1.10", 2}, {C_PART, "项目 2.3", 3},
        {C_PART, "项目2.3", 3}, {C_PART, "条目１．１", 1}, {C_PART, "section 1", 0}, {C_PART, "第1部分", 0}, {C_PART, "第1.1项", 1},
        {C_PART, "1.2", 0, D_PART_UNKNOWN, {"1"}}, {C_PART, "item", 0, D_PART_UNKNOWN}, {C_PART, "1.100", 0, D_PART_UNKNOWN},
    };
    check_cells(CASES, sizeof CASES / sizeof *CASES);
}

/* What was read otherwise than it is written: one notice a column and kind, with the first such cell and how many there are. */
static void test_what_was_put_right_is_said(void **state)
{
    (void)state;
    put("organ.csv", "organ,plan,satisfaction\n甲,√,９０\n乙,是,85\n丙,√,８５．５\n丁,×,\n戊,TRUE,1\n");
    assert_true(load());
    const struct column *plan = &data.tables[0].columns[1], *satisfaction = &data.tables[0].columns[2];
    static const int64_t PLANS[] = {1, 1, 1, 0, 1};
    for (int i = 0; i < 5; i++) assert_int_equal(plan->values[i], PLANS[i]);
    assert_int_equal(satisfaction->values[0], 900);
    assert_int_equal(satisfaction->values[2], 855);
    const struct finding *no = expect(D_CELL_READ_AS, "organ.csv", 5);
    expect_word(no, 0, "no");
    assert_true(text_is(no->data.value, "×") && text_is(no->data.column, "plan"));
    size_t wide = 0, yes = 0;
    for (size_t i = 0; i < problems.count; i++) {
        const struct finding *f = &problems.items[i];
        if (f->code != D_CELLS_READ_AS || f->data.line != 2) continue;
        expect_word(f, 1, "2");
        yes += text_is(f->data.value, "√") && text_is(f->words[0], "yes");
        wide += text_is(f->data.value, "９０") && text_is(f->words[0], "90");
    }
    assert_int_equal(yes, 1);
    assert_int_equal(wide, 1);
    assert_int_equal(problems.count, 3);
}

/* Names that differ from a key in blanks and width alone are that key, unless two keys are alike so. */
static void test_names_with_blanks(void **state)
{
    (void)state;
    schema.table_count = 2;
    put("organ.csv", "organ,plan,satisfaction\n张　三,是,1\nＡ３,是,2\n王五,是,3\n王 五,是,4\n");
    put("cell.csv", "organ,text,bool,na,count,number,step,percent,date,list,part\n张三,,,,1,,,,,,\nA 3,,,,2,,,,,,\n张 三,,,,3,,,,,,\n王五,,,,4,,,,,,\n");
    assert_true(load());
    static const uint32_t UNITS[] = {0, 1, 0, 2};
    for (int i = 0; i < 4; i++) assert_int_equal(data.tables[T_CELL].unit[i], UNITS[i]);
    const struct finding *f = expect(D_CELLS_READ_AS, "cell.csv", 2);
    expect_word(f, 0, "张　三");
    expect_word(f, 1, "3");
    findings_init(&problems, arena, 0);
    put("cell.csv", "organ,text,bool,na,count,number,step,percent,date,list,part\n王　五,,,,1,,,,,,\n");
    assert_false(load());
    expect(D_UNIT_UNKNOWN, "cell.csv", 2);
}

static void test_texts(void **state)
{
    (void)state;
    assert_true(load_cell(C_TEXT, TEXT("  a,b\n\"\"c\"\"  ")));
    assert_true(text_is(data.texts[data.tables[T_CELL].columns[C_TEXT].values[0]], "a,b\n\"c\""));
    assert_true(load_cell(C_TEXT, TEXT("zzz")));
    assert_int_equal(data.tables[T_CELL].columns[C_TEXT].values[0], 0);
    assert_true(load_cell(C_TEXT, TEXT(" \xE3\x80\x80")));
    assert_int_equal(data.tables[T_CELL].columns[C_TEXT].blank[0], 1);
}

static void test_blanks_that_must_not_be(void **state)
{
    (void)state;
    put("organ.csv", "organ,plan,satisfaction\na,,1\n");
    assert_false(load());
    const struct finding *f = expect(D_CELL_BLANK, "organ.csv", 2);
    assert_true(text_is(f->data.column, "plan"));
    assert_int_equal(f->data.value.len, 0);
}

static void test_a_cell_of_a_mebibyte(void **state)
{
    (void)state;
    char *bytes = arena_take(arena, LIMIT_CELL_BYTES + 1, 1);
    memset(bytes, 'x', LIMIT_CELL_BYTES + 1);
    assert_true(load_cell(C_TEXT, (struct text){bytes, LIMIT_CELL_BYTES}));
    assert_int_equal(data.texts[data.tables[T_CELL].columns[C_TEXT].values[0]].len, LIMIT_CELL_BYTES);
    assert_false(load_cell(C_TEXT, (struct text){bytes, LIMIT_CELL_BYTES + 1}));
    expect_word(expect(D_CSV_CELL_TOO_LONG, "cell.csv", 2), 0, "1048576");
    assert_false(load_cell(C_COUNT, (struct text){bytes, LIMIT_CELL_BYTES}));
    assert_true(expect(D_CELL_NOT_NUMBER, "cell.csv", 2)->data.value.len <= 200);
    memset(bytes, '1', LIMIT_CELL_BYTES);
    assert_false(load_cell(C_COUNT, (struct text){bytes, LIMIT_CELL_BYTES}));
    expect(D_CELL_TOO_LARGE, "cell.csv", 2);
    memset(bytes, ',', LIMIT_CELL_BYTES);
    assert_false(load_cell(C_NUMBER, (struct text){bytes, LIMIT_CELL_BYTES}));
    memset(bytes, '0', LIMIT_CELL_BYTES);
    assert_false(load_cell(C_DATE, (struct text){bytes, LIMIT_CELL_BYTES}));
    assert_false(load_cell(C_PART, (struct text){bytes, LIMIT_CELL_BYTES}));
    assert_false(load_cell(C_LIST, (struct text){bytes, LIMIT_CELL_BYTES}));
}

static void test_too_many_columns(void **state)
{
    (void)state;
    struct buffer out;
    for (int extra = 0; extra < 2; extra++) {
        buffer_init(&out, arena);
        buffer_put(&out, "organ,plan,satisfaction");
        for (int i = 3; i < LIMIT_COLUMNS + extra; i++) buffer_print(&out, ",c%d", i);
        buffer_put(&out, "\nx,yes,1");
        for (int i = 3; i < LIMIT_COLUMNS + extra; i++) buffer_char(&out, ',');
        put_bytes("organ.csv", buffer_result(&out));
        assert_int_equal(load(), extra == 0);
    }
    expect_word(expect(D_CSV_TOO_MANY_COLUMNS, "organ.csv", 1), 0, "4096");
}

/* ---- owners, keys, references ---- */

static void test_rows_of_units_and_of_rows(void **state)
{
    (void)state;
    schema.table_count = 4;
    tables[T_CELL] = tables[T_AWARD]; /* not asked for here, but its place must be filled */
    tables[T_CELL].name = TEXT("none");
    put("none.csv", "organ,award,given\n");
    put("organ.csv", ORGANS);
    put("支部表.csv", "单位名称,支部,twin\n县委办,第一,第二\n县委办,第二,\n县府办,第一,第一\n");
    put("meeting.csv", "organ,支部,日期\n县府办,第一,2007-03-01\n县委办,第二,2007-01-01\n县委办,第一,2007-12-31\n");
    assert_true(load());
    const struct table_data *branches = &data.tables[T_BRANCH], *meetings = &data.tables[T_MEETING];
    assert_int_equal(branches->rows, 3);
    assert_ptr_equal(branches->parent, branches->unit);
    assert_int_equal(branches->unit[1], 0);
    assert_int_equal(branches->unit[2], 1);
    assert_non_null(branches->columns[0].values); /* a key is kept though nobody wants it */
    assert_int_equal(branches->columns[1].values[0], 1);
    assert_int_equal(branches->columns[1].blank[1], 1);
    assert_int_equal(branches->columns[1].values[2], 2); /* 第一 of its own unit */
    assert_int_equal(meetings->rows, 3);
    assert_int_equal(meetings->unit[0], 1);
    assert_int_equal(meetings->parent[0], 2);
    assert_int_equal(meetings->parent[1], 1);
    assert_int_equal(meetings->parent[2], 0);
}

static void test_unknown_owners(void **state)
{
    (void)state;
    schema.table_count = 4;
    tables[T_CELL] = tables[T_AWARD];
    tables[T_CELL].name = TEXT("none");
    put("none.csv", "organ,award,given\n");
    put("organ.csv", ORGANS);
    put("branch.csv", "organ,branch,twin\n县委班,第一,\n某某局委员会,第一,\n,第二,\n县委办,支部甲,支部乙\n县委办,支部甲,\n");
    put("meeting.csv", "organ,branch,met\n县府办,支部甲,2007-03-01\n");
    assert_false(load());
    expect_word(expect(D_UNIT_UNKNOWN_NEAR, "branch.csv", 2), 1, "县委办");
    expect_word(expect(D_UNIT_UNKNOWN, "branch.csv", 3), 0, "机关");
    expect(D_KEY_BLANK, "branch.csv", 4);
    expect_word(expect(D_KEY_TWICE, "branch.csv", 6), 0, "5");
    assert_int_equal(problems.errors, 4); /* the twin and the meeting may point to rows that were not read: no news */
}

static void test_wrong_references(void **state)
{
    (void)state;
    schema.table_count = 6;
    tables[T_CELL] = tables[T_AWARD];
    tables[T_CELL].name = TEXT("none");
    put("none.csv", "organ,award,given\n");
    put("organ.csv", "organ,plan,satisfaction\n县委办公室,yes,90\n县府办,no,85.5\n");
    put("branch.csv", "organ,branch,twin\n县委办公室,第一支部,\n县府办,老干部局,第一支部\n县委办公室,二,第一支步\n");
    put("meeting.csv", "organ,branch,met\n县府办,第一支部,2007-03-01\n县委办公式,二,2007-03-01\n");
    put("price.csv", "code,points\n1,2.5\n2,3\n");
    put("order.csv", "organ,price,partner\n县府办,01,县委办公室\n县府办,2,\n县府办,3,县府办\n县府办,x,县府半\n县府办,2,县府办\n");
    assert_false(load());
    const struct finding *f = expect(D_REF_UNKNOWN_OF_UNIT, "branch.csv", 3);
    expect_word(f, 0, "支部表");
    expect_word(f, 1, "县府办");
    assert_true(text_is(f->data.column, "twin"));
    assert_true(text_is(f->data.value, "第一支部"));
    expect_word(expect(D_REF_UNKNOWN_NEAR, "branch.csv", 4), 1, "第一支部");
    expect(D_REF_UNKNOWN_OF_UNIT, "meeting.csv", 2);
    expect_word(expect(D_UNIT_UNKNOWN_NEAR, "meeting.csv", 3), 1, "县委办公室");
    f = expect(D_REF_UNKNOWN, "order.csv", 4);
    assert_true(text_is(f->data.value, "3"));
    expect(D_CELL_NOT_NUMBER, "order.csv", 5);
    expect_word(expect(D_UNIT_UNKNOWN_NEAR, "order.csv", 5), 1, "县府办");
    assert_int_equal(problems.errors, 7);
}

static void test_references(void **state)
{
    (void)state;
    schema.table_count = 6;
    tables[T_CELL] = tables[T_AWARD];
    tables[T_CELL].name = TEXT("none");
    put("none.csv", "organ,award,given\n");
    put("organ.csv", ORGANS);
    put("branch.csv", "organ,branch,twin\n");
    put("meeting.csv", "organ,branch,met\n");
    put("price.csv", "code,points\n1,2.5\n2,3\n");
    put("order.csv", "organ,price,partner\n县府办,02,A3\nA3,1.0,\nA3,２,县府办\n");
    assert_true(load());
    const struct table_data *orders = &data.tables[T_ORDER];
    assert_int_equal(orders->columns[0].values[0], 1); /* 02 is 2: a key that is a number is read as one */
    assert_int_equal(orders->columns[0].values[1], 0);
    assert_int_equal(orders->columns[0].values[2], 1);
    assert_int_equal(orders->columns[1].values[0], 2);
    assert_int_equal(orders->columns[1].blank[1], 1);
    assert_int_equal(orders->columns[1].values[2], 1);
    assert_null(data.tables[T_PRICE].unit);
    assert_int_equal(data.tables[T_PRICE].columns[1].values[0], 25);
}

static void test_near_codes_are_not_guessed(void **state)
{
    (void)state;
    schema.table_count = 2;
    put("organ.csv", "organ,plan,satisfaction\nL0001,yes,1\nL0002,yes,1\nL0033,no,1\n9,no,1\n");
    put("cell.csv", "organ,text,bool,na,count,number,step,percent,date,list,part\n"
                    "L0003,,,,,,,,,,\nl0001,,,,,,,,,,\nLOO02,,,,,,,,,,\nL033,,,,,,,,,,\n99,,,,,,,,,,\n");
    assert_false(load());
    expect(D_UNIT_UNKNOWN, "cell.csv", 2);
    expect_word(expect(D_UNIT_UNKNOWN_NEAR, "cell.csv", 3), 1, "L0001");
    expect_word(expect(D_UNIT_UNKNOWN_NEAR, "cell.csv", 4), 1, "L0002");
    expect_word(expect(D_UNIT_UNKNOWN_NEAR, "cell.csv", 5), 1, "L0033");
    expect(D_UNIT_UNKNOWN, "cell.csv", 6);
    assert_int_equal(problems.errors, 5);
}

/* ---- the period ---- */

static void use_awards(void)
{
    schema.table_count = 3;
    tables[1] = all_tables[T_AWARD];
    tables[2] = all_tables[T_USE];
    use_fields[0].table = 1;
    put("organ.csv", ORGANS);
}

static void test_the_period(void **state)
{
    (void)state;
    use_awards();
    put("award.csv", "organ,award,given\n县委办,a,2007-01-01\n县委办,b,2007-12-31\n县委办,c,2008-01-01\n某局,,2009-01-01\n");
    put("use.csv", "organ,of\n县委办,b\n");
    assert_true(load());
    assert_int_equal(data.tables[1].rows, 2);
    assert_int_equal(data.rows_after, 2);
    assert_int_equal(data.rows_used, 6);
    assert_int_equal(data.rows_read, 8);
    const struct finding *after = expect(D_ROWS_AFTER, "award.csv", 4);
    expect_word(after, 0, "2");
    expect_word(after, 1, "2007-12-31");
    assert_int_equal(problems.notices, 1);
    assert_int_equal(data.tables[2].columns[0].values[0], 1);
}

static void test_before_the_period(void **state)
{
    (void)state;
    use_awards();
    put("award.csv", "organ,award,given\n县委办,a,2006-12-31\n县委办,b,2006-06-30\n县委办,c,\n");
    put("use.csv", "organ,of\n");
    assert_false(load());
    expect_word(expect(D_DATE_BEFORE, "award.csv", 2), 0, "2007-01-01");
    expect(D_DATE_BEFORE, "award.csv", 3);
    expect(D_CELL_BLANK, "award.csv", 4);
    assert_int_equal(problems.errors, 3);

    findings_init(&problems, arena, 0);
    date_make(2006, 7, 1, &schema.carry_from);
    assert_false(load());
    expect_word(expect(D_DATE_BEFORE, "award.csv", 3), 0, "2006-07-01");
    assert_int_equal(problems.errors, 2);
}

static void test_what_belongs_to_rows_after_the_period(void **state)
{
    (void)state;
    use_awards();
    put("award.csv", "organ,award,given\n县委办,a,2008-01-01\n县委办,a,2007-05-05\n县委办,b,2008-02-02\n");
    put("use.csv", "organ,of\n县委办,a\n县委办,b\n");
    assert_false(load());
    const struct finding *f = expect(D_REF_LEFT_OUT, "use.csv", 3);
    assert_true(text_is(f->data.value, "b"));
    assert_int_equal(problems.errors, 1); /* a stands once in this period: no double */

    findings_init(&problems, arena, 0);
    schema.table_count = 3;
    tables[1] = all_tables[T_AWARD];
    tables[2] = all_tables[T_MEETING];
    tables[2].parent = 1;
    put("meeting.csv", "organ,award,met\n县委办,a,2007-06-06\n县委办,b,2007-06-06\n");
    assert_true(load());
    assert_int_equal(data.tables[2].rows, 1);
    assert_int_equal(data.tables[2].parent[0], 0);
    expect_word(expect(D_ROWS_AFTER, "meeting.csv", 3), 0, "1");
}

static void test_no_period(void **state)
{
    (void)state;
    use_awards();
    schema.has_period = false;
    put("award.csv", "organ,award,given\n县委办,a,1999-01-01\n县委办,b,2099-12-31\n");
    put("use.csv", "organ,of\n");
    assert_true(load());
    assert_int_equal(data.tables[1].rows, 2);
}

/* ---- decisions ---- */

static void use_judged(void)
{
    schema.judged = (struct judged_schema *)judged;
    schema.judged_count = 4;
    put("organ.csv", ORGANS);
}

static void test_decisions(void **state)
{
    (void)state;
    use_judged();
    put("裁定.csv", "单位名称,事项,结果,理由,裁定人,日期\n县委办,1.1,9.5,材料齐全,考核办,2008-01-05\n县府办,项目 1.10,4,x,宣传部,\n"
                    "县府办,item 1.10,5,x,组织部,\n,,,,,\nA3,２.３,3,x,考核办,\n");
    assert_true(load());
    assert_int_equal(problems.count, 0);
    assert_int_equal(data.judged[0].values[0], 95);
    assert_int_equal(data.judged[0].blank[0], 0);
    assert_int_equal(data.judged[0].blank[1], 1);
    assert_int_equal(data.judged[1].values[1], 5);
    assert_int_equal(data.judged[2].values[1], 4);
    assert_int_equal(data.judged[3].values[2], 3);
    assert_int_equal(data.judged_line[2][1], 3);
    assert_int_equal(data.judged_line[2][0], 0);
    assert_int_equal(data.judged[1].blank[0], 1);
}

static void test_no_decisions(void **state)
{
    (void)state;
    use_judged();
    assert_true(load());
    for (int j = 0; j < 4; j++) {
        for (int u = 0; u < 3; u++) assert_int_equal(data.judged[j].blank[u], 1);
    }
}

static void test_wrong_decisions(void **state)
{
    (void)state;
    use_judged();
    put("decision.csv", "organ,subject,row,value,reason,authority,date\n"
                        "县委办,1.1,,9.3,r,a,\n"       /* 2: not on a step */
                        "县委办,1.1,,11,r,a,\n"        /* 3: over 10 */
                        "县委办,2.3,,2,r,a,\n"         /* 4: all or nothing */
                        "县委办,1.10,,2,r,财政局,\n"   /* 5: not theirs */
                        "县委办,1,,2,r,a,\n"           /* 6: not judged */
                        "县委办,9.9,,2,r,a,\n"         /* 7: no such part */
                        "县委办,1.1,,2,,a,\n"          /* 8: no reason */
                        "县委办,1.1,,2,r,,\n"          /* 9: nobody */
                        "县委办,1.1,,,r,a,\n"          /* 10: no value */
                        "县委办,1.1,,2,r,a,31.1.2008\n" /* 11: no date; the value counts as decided */
                        "县委办,1.1,,2,r,a,\n"         /* 12: decided already, by the same */
                        "县委办,1.1,,2,r,b,\n"         /* 13: decided already, by another */
                        "县委办,1.1,5,2,r,a,\n"        /* 14: by row */
                        "无此局,1.1,,2,r,a,\n"         /* 15: unknown */
                        "县委办,1.10,,1.5,r,组织部,\n" /* 16: whole numbers */
    );
    assert_false(load());
    expect(D_CELL_STEP, "decision.csv", 2);
    expect_word(expect(D_CELL_RANGE, "decision.csv", 3), 1, "10");
    const struct finding *f = expect(D_DECISION_ALL_OR_NOTHING, "decision.csv", 4);
    expect_word(f, 0, "3");
    expect_word(f, 1, "0");
    expect_word(expect(D_DECISION_AUTHORITY, "decision.csv", 5), 0, "组织部 / 宣传部");
    expect_word(expect(D_DECISION_NOT_JUDGED, "decision.csv", 6), 0, "1.1 / 1.10 / 2.3");
    expect(D_PART_UNKNOWN, "decision.csv", 7);
    assert_true(text_is(expect(D_DECISION_BLANK, "decision.csv", 8)->data.column, "reason"));
    assert_true(text_is(expect(D_DECISION_BLANK, "decision.csv", 9)->data.column, "authority"));
    assert_true(text_is(expect(D_DECISION_BLANK, "decision.csv", 10)->data.column, "value"));
    expect(D_CELL_DATE_ORDER, "decision.csv", 11);
    f = expect(D_DECISION_TWICE, "decision.csv", 12);
    expect_word(f, 0, "11");
    expect_word(f, 1, "a");
    f = expect(D_DECISION_BY_TWO, "decision.csv", 13);
    expect_word(f, 0, "11");
    expect_word(f, 2, "b");
    expect(D_DECISION_ROW, "decision.csv", 14);
    expect(D_UNIT_UNKNOWN, "decision.csv", 15);
    expect(D_CELL_NOT_WHOLE, "decision.csv", 16);
    assert_int_equal(problems.errors, 15);
}

static void test_decisions_that_nobody_asks_for(void **state)
{
    (void)state;
    put("organ.csv", ORGANS);
    put("decision.csv", "organ,subject,value,reason,authority\n县委办,1.1,2,r,a\n");
    assert_false(load());
    expect(D_DECISION_NOBODY, "decision.csv", 2);
    assert_int_equal(problems.errors, 1);
}

/* ---- size, and other sources ---- */

static void test_many_batches(void **state)
{
    (void)state;
    enum { UNITS = 5000, ROWS = 50000 };
    struct buffer out;
    schema.table_count = 2;
    buffer_init(&out, arena);
    buffer_put(&out, "organ,plan,satisfaction\n");
    for (int i = 0; i < UNITS; i++) buffer_print(&out, "U%d,yes,%s\n", i, i % 7 ? "50" : "");
    put_bytes("organ.csv", buffer_result(&out));
    buffer_init(&out, arena);
    buffer_put(&out, "organ,text,bool,na,count,number,step,percent,date,list,part\n");
    for (int i = 0; i < ROWS; i++) {
        int unit = i % 3 ? i / 10 : (int)((int64_t)i * 7919 % UNITS);
        buffer_print(&out, "U%d,\"t\"\"%d\",yes,,%d,,,,,,\n", unit, i % 1000, i);
    }
    put_bytes("cell.csv", buffer_result(&out));
    assert_true(load());
    assert_int_equal(data.tables[0].rows, UNITS);
    assert_int_equal(data.tables[1].rows, ROWS);
    for (int i = 0; i < UNITS; i++) {
        assert_int_equal(data.tables[0].columns[2].blank[i], i % 7 == 0);
        if (i % 7) assert_int_equal(data.tables[0].columns[2].values[i], 500);
    }
    for (int i = 0; i < ROWS; i++) {
        const struct table_data *t = &data.tables[1];
        int unit = i % 3 ? i / 10 : (int)((int64_t)i * 7919 % UNITS);
        char text[16];
        snprintf(text, sizeof text, "t\"%d", i % 1000);
        if (t->unit[i] != (uint32_t)unit || t->line[i] != (uint32_t)i + 2 || t->columns[C_COUNT].values[i] != i ||
            !text_is(data.texts[t->columns[C_TEXT].values[i]], text) || !t->columns[C_NA].blank[i])
            fail_msg("row %d", i);
    }
    assert_int_equal(data.text_count, 2 + UNITS + 1000);
}

static void test_problems_are_in_order_and_all_counted(void **state)
{
    (void)state;
    struct buffer out;
    buffer_init(&out, arena);
    buffer_put(&out, "organ,plan,satisfaction\n");
    for (int i = 0; i < 12000; i++) buffer_print(&out, "U%d,%s,%s\n", i, i % 2 ? "perhaps" : "yes", i % 3 ? "1" : "x");
    put_bytes("organ.csv", buffer_result(&out));
    findings_init(&problems, arena, 100);
    assert_false(load());
    assert_int_equal(problems.errors, 6000 + 4000);
    assert_int_equal(problems.count, 100);
    for (size_t i = 1; i < problems.count; i++) assert_true(problems.items[i - 1].data.line <= problems.items[i].data.line);
}

static void test_tables_in_memory(void **state)
{
    (void)state;
    struct text headings[] = {TEXT(" organ "), TEXT("学习计划"), TEXT("satisfaction")};
    struct text cells[] = {TEXT("a"), TEXT("是"), TEXT("1.5"), TEXT("b"), TEXT("no"), TEXT_NONE};
    uint32_t lines[] = {17, 23};
    struct memory_table table = {TEXT("organ"), headings, 3, cells, lines, 2};
    struct source *source = source_open_memory(arena, TEXT("scheme.kh"), &table, 1);
    assert_true(data_load(arena, &schema, source, &problems, &data));
    assert_int_equal(data.tables[0].rows, 2);
    assert_int_equal(data.tables[0].columns[2].values[0], 15);
    assert_int_equal(data.tables[0].columns[2].blank[1], 1);
    assert_int_equal(data.tables[0].line[1], 23);
    assert_true(text_is(data.tables[0].file, "scheme.kh"));

    cells[4] = TEXT("perhaps");
    assert_false(data_load(arena, &schema, source_open_memory(arena, TEXT("scheme.kh"), &table, 1), &problems, &data));
    assert_int_equal(problems.items[0].data.line, 23);
}

/* Each allocation of a load may fail: the trap is taken, nothing leaks (under a sanitizer), the folder can be read again. */
static struct {
    size_t left;
    size_t calls;
} host;

static void *failing_resize(void *unused, void *block, size_t old_size, size_t size)
{
    (void)unused;
    (void)old_size;
    if (size == 0) {
        free(block);
        return NULL;
    }
    host.calls++;
    if (host.left == 0) return NULL;
    host.left--;
    return realloc(block, size);
}

static bool load_with(size_t allocations)
{
    struct kh_allocator allocator = {failing_resize, NULL};
    host.left = allocations;
    host.calls = 0;
    struct arena *own = arena_open(&allocator, 0);
    if (!own) return false;
    if (setjmp(*arena_trap(own))) {
        arena_close(own);
        return false;
    }
    struct findings found;
    struct dataset loaded;
    findings_init(&found, own, 0);
    struct source *source = source_open(own, text_of(folder), NULL, &found);
    bool done = source && data_load(own, &schema, source, &found, &loaded);
    arena_close(own);
    return done;
}

static void test_each_failing_allocation(void **state)
{
    (void)state;
    use_judged();
    schema.table_count = 2;
    put("cell.csv", "organ,text,bool,na,count,number,step,percent,date,list,part\nA3,\"a\"\"b\",,,,,,,,,\n");
    put("decision.csv", "organ,subject,value,reason,authority\n县委办,1.1,2,r,a\n");
    size_t allocations = 0;
    while (!load_with(allocations)) {
        allocations++;
        assert_true(allocations < 1000);
    }
    assert_true(allocations > 3);
}

/* A whole folder, damaged byte by byte: always an answer, and an error never passes as success with rows lost. */
static void test_damaged_bytes(void **state)
{
    (void)state;
    static const char GOOD[] = "organ,plan,satisfaction\n县委办,yes,\"90\"\n县府办,no,85.5\n";
    static const unsigned char BYTES[] = {0, '"', ',', '\n', '\r', 0x80, 0xE5, 0xFF, '9'};
    for (size_t at = 0; at < sizeof GOOD - 1; at++) {
        for (size_t b = 0; b < sizeof BYTES; b++) {
            char copy[sizeof GOOD];
            memcpy(copy, GOOD, sizeof GOOD);
            copy[at] = (char)BYTES[b];
            findings_init(&problems, arena, 0);
            put_bytes("organ.csv", (struct text){copy, sizeof GOOD - 1});
            if (load()) assert_int_equal(data.rows_read, data.tables[0].rows);
            else assert_true(problems.errors > 0);
        }
    }
}

int main(void)
{
#define IN_FOLDER(test) cmocka_unit_test_setup_teardown(test, open_all, close_all)
    const struct CMUnitTest tests[] = {
        IN_FOLDER(test_units),
        IN_FOLDER(test_a_file_may_bear_the_heading),
        IN_FOLDER(test_blanks_in_headings),
        IN_FOLDER(test_files_that_are_no_data),
        IN_FOLDER(test_two_files_for_one_table),
        IN_FOLDER(test_missing_and_unused_files),
        IN_FOLDER(test_no_folder),
        IN_FOLDER(test_files_of_another_kind),
        IN_FOLDER(test_encodings_and_separators),
        IN_FOLDER(test_half_a_character),
        IN_FOLDER(test_a_named_encoding),
        IN_FOLDER(test_a_folder_in_place_of_a_file),
        IN_FOLDER(test_columns),
        IN_FOLDER(test_name_and_heading_both),
        IN_FOLDER(test_a_title_above_the_headings),
        IN_FOLDER(test_an_optional_column_may_be_absent),
        IN_FOLDER(test_headings_alone),
        IN_FOLDER(test_broken_rows),
        IN_FOLDER(test_unit_keys),
        IN_FOLDER(test_numbers),
        IN_FOLDER(test_percentages),
        IN_FOLDER(test_yes_and_no),
        IN_FOLDER(test_dates),
        IN_FOLDER(test_lists_and_parts),
        IN_FOLDER(test_texts),
        IN_FOLDER(test_what_was_put_right_is_said),
        IN_FOLDER(test_names_with_blanks),
        IN_FOLDER(test_blanks_that_must_not_be),
        IN_FOLDER(test_a_cell_of_a_mebibyte),
        IN_FOLDER(test_too_many_columns),
        IN_FOLDER(test_rows_of_units_and_of_rows),
        IN_FOLDER(test_unknown_owners),
        IN_FOLDER(test_wrong_references),
        IN_FOLDER(test_references),
        IN_FOLDER(test_near_codes_are_not_guessed),
        IN_FOLDER(test_the_period),
        IN_FOLDER(test_before_the_period),
        IN_FOLDER(test_what_belongs_to_rows_after_the_period),
        IN_FOLDER(test_no_period),
        IN_FOLDER(test_decisions),
        IN_FOLDER(test_no_decisions),
        IN_FOLDER(test_wrong_decisions),
        IN_FOLDER(test_decisions_that_nobody_asks_for),
        IN_FOLDER(test_many_batches),
        IN_FOLDER(test_problems_are_in_order_and_all_counted),
        IN_FOLDER(test_tables_in_memory),
        IN_FOLDER(test_each_failing_allocation),
        IN_FOLDER(test_damaged_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
