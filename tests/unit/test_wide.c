/* Rows read by wide vectors: the values that were written, and the same as without them, findings too.
 *
 * Random files of one table: any columns in any order, three separators, both line ends, spellings that are plain, odd or
 * wrong. What a cell must mean is known from the number or word it was made from, not from a reader.
 */
#include "../../runtime/calendar.h"
#include "../../runtime/load.h"
#include "../../runtime/schema.h"
#include "../../runtime/source.h"
#include "../../runtime/wide.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cmocka.h>

enum { UNITS = 40, ROWS = 300, HOLES = 8 };
#define BLANK INT64_MIN
enum { F_DAY, F_TEXT, F_NOTE, F_MUST, F_BOOL, F_NA, F_LIST, F_FIRST_NUMBER, F_COUNT = F_FIRST_NUMBER + 10 };

static struct arena *arena;
static struct findings problems;
static struct schema schema;
static char folder[64];
static uint64_t dice;

/* ---- the schema ---- */

static struct text values[] = {{"county", 6}, {"city", 4}, {"province", 8}, {"province-west", 13}, {"province-east", 13}};
static struct text value_headings[] = {{"县级", 6}, {"市级", 6}, {"省级", 6}, {NULL, 0}, {"东部省份", 12}};
static struct list_schema lists[] = {{.name = {"level", 5}, .values = values, .headings = value_headings, .count = 5}};
static struct field_schema unit_fields[] = {{.name = {"office", 6}, .kind = FIELD_TEXT, .wanted = true}};
static struct field_schema fields[F_COUNT] = {
    [F_DAY] = {.name = {"day", 3}, .kind = FIELD_DATE, .wanted = true},
    [F_TEXT] = {.name = {"text", 4}, .kind = FIELD_TEXT, .optional = true, .wanted = true},
    [F_NOTE] = {.name = {"note", 4}, .kind = FIELD_TEXT, .optional = true},
    [F_MUST] = {.name = {"must", 4}, .kind = FIELD_TEXT},
    [F_BOOL] = {.name = {"bool", 4}, .kind = FIELD_BOOL, .optional = true, .wanted = true},
    [F_NA] = {.name = {"na", 2}, .kind = FIELD_BOOL_NA, .optional = true, .wanted = true},
    [F_LIST] = {.name = {"list", 4}, .kind = FIELD_LIST, .optional = true, .wanted = true},
};
static struct table_schema tables[2] = {
    {.name = {"office", 6}, .fields = unit_fields, .field_count = 1, .parent = NO_INDEX, .by = NO_INDEX},
    {.name = {"row", 3}, .fields = fields, .field_count = F_COUNT, .key = NO_INDEX, .by = F_DAY},
};

static const struct number {
    const char *name;
    int places;
    int64_t low, high, step; /* step 0: none */
} NUMBERS[] = {
    {"n0", 0, 0, 500, 0},      {"n1", 0, 1, 500, 0},       {"n2", 1, 5, 80, 5},         {"n3", 2, 0, 1000000, 1},
    {"n4", 0, 0, 99999999, 0}, {"n5", 3, 0, 99999999, 24}, {"n6", 0, -1000, 100000, 0}, {"n7", 7, 0, 99999999, 7},
    {"n8", 0, 0, 9999, 12},    {"n9", 9, 0, 999999999, 0},
};

/* ---- random files ---- */

static uint32_t roll(uint32_t sides)
{
    dice = dice * 6364136223846793005u + 1442695040888963407u;
    return (uint32_t)(dice >> 33) % sides;
}

static const char *pick(const char *const *words, uint32_t count) { return words[roll(count)]; }
#define PICK(...) pick((const char *const[]){__VA_ARGS__}, sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))

enum mood { PLAIN, QUOTED, ODD /* spellings among the plain ones that mean the same */, ONE_WRONG /* a cell */ };
static enum mood mood;
static uint32_t quoting;       /* one cell in so many is put in quotes; 0: none */
static struct text text_meant; /* by the text that was written last; TEXT_NONE: not known */
static bool odd(void) { return mood == ODD && roll(30) == 0; }

/* Writes a number whose value is `value` by the field's places. */
static void put_number(struct buffer *out, int64_t value, int places)
{
    int64_t scale = 1;
    for (int k = 0; k < places; k++) scale *= 10;
    char text[64], parts[24] = "";
    uint64_t size = (uint64_t)(value < 0 ? -value : value);
    if (places) snprintf(parts, sizeof parts, ".%0*llu", places, (unsigned long long)(size % (uint64_t)scale));
    size_t len = strlen(parts);
    while (len > 1 && parts[len - 1] == '0' && roll(8)) parts[--len] = '\0';
    if (len == 1) parts[0] = '\0';
    snprintf(text, sizeof text, "%s%s%llu%s", value < 0 ? "-" : "", odd() ? "00" : "",
             (unsigned long long)(size / (uint64_t)scale), parts);
    buffer_put(out, text);
}

static int64_t any_number(const struct number *n)
{
    int64_t step = n->step ? n->step : 1, most = (n->high - n->low) / step;
    if (roll(2) && most > 99) most = 99;
    return n->low + (int64_t)roll((uint32_t)most + 1) * step;
}

/* A cell that is wrong, or may be; the only one of its file, since a file with one is read anew without haste. */
static void put_wrong(struct buffer *out, int field)
{
    const struct number *n = field >= F_FIRST_NUMBER && field < F_COUNT ? &NUMBERS[field - F_FIRST_NUMBER] : NULL;
    uint32_t kind = roll(n ? 8 : 2);
    if (n && kind == 0)
        put_number(out, n->low - 1, n->places);
    else if (n && kind == 1)
        put_number(out, n->high + (n->step ? n->step : 1), n->places);
    else if (n && kind == 2 && n->step > 1)
        put_number(out, any_number(n) + 1 + roll((uint32_t)n->step - 1), n->places);
    else if (n && kind <= 4)
        buffer_put(out, PICK("1.", ".5", "1e3", "--1", "7,7", "7;7", "7\t7", "1.2.3", "1.2345", "1.23", "1.0000000001",
                             "99999999999", "1/2", "1:2", "123456789", " ", "１"));
    else
        buffer_put(out, PICK("x", "\"a\"b", "a\"b", "2007-02-30", "2006-12-31", "2007-1-01", "2007-01-011", "yess",
                             "provinces", "province-nord", "\x80", "水\xE6\xB0", "5\r5", "\"", "\"open\n", "U99", "U12345 ",
                             "　", "  ", "", ",", "\t", ";", "\"\"", "\001"));
}

/* Writes a cell; returns what it means, BLANK if nothing; of texts, the index of the word is not known: 0. */
static int64_t put_cell(struct buffer *out, int field, int64_t number, char separator)
{
    static const char *const LEVELS[] = {"county", "city", "province", "province-west", "province-east"};
    char quoted[64];
    snprintf(quoted, sizeof quoted, "\"a%c \"\"b\"\"\"", separator);
    switch (field) {
    case F_DAY: {
        int64_t day;
        date_make(2007, 1, 1, &day);
        day += roll(365);
        if (odd()) day += roll(3) == 0 ? 400 : roll(28); /* after the period, or not */
        char room[16];
        struct text text = date_format(day, room);
        buffer_print(out, odd() ? "\"%.*s\"" : "%.*s", TEXT_ARG(text));
        return day;
    }
    case F_TEXT:
        if (odd())
            buffer_put(out, PICK("", " around ", "\"in quotes\"", "\"a\"\"b\"",
                                 "a text of more than sixty-four bytes that fills a vector without any end of a line"));
        else
            text_meant =
                text_of(PICK("roads", "care of the old", "水", "公共 阅览室", "a", "1234567", "12345678", "123456789"));
        if (quoting && roll(4) == 0) text_meant = arena_print(arena, "roads%c 桥", separator);
        buffer_text(out, text_meant);
        return 0;
    case F_NOTE:
        buffer_put(out,
                   odd() ? PICK("  ", quoted, "\"two\nlines\"", "\"\"") : PICK("", "", "late", "已办结，待复核", quoted));
        return 0;
    case F_MUST: buffer_put(out, PICK("x", "-", "县", " x", "\"y\"")); return 0;
    case F_BOOL:
        if (odd()) return buffer_put(out, PICK("", " ")), BLANK;
        number &= 1;
        buffer_put(out, number ? odd() ? PICK(" yes", "\"是\"") : PICK("yes", "是") : odd() ? "no " : PICK("no", "否"));
        return number;
    case F_NA:
        if (odd()) return BLANK;
        number %= 3;
        buffer_put(out, number == 2 ? "不涉及" : number ? PICK("yes", "是") : PICK("no", "否"));
        return number;
    case F_LIST:
        if (odd()) return BLANK;
        number %= 5;
        buffer_put(out, odd() && value_headings[number].len ? value_headings[number].at : LEVELS[number]);
        return number;
    }
    const struct number *n = &NUMBERS[field - F_FIRST_NUMBER];
    if (odd()) return BLANK;
    int64_t value = any_number(n);
    if (odd()) value = n->low + (value - n->low) / (n->step ? n->step : 1) % 2 * (n->step ? n->step : 1);
    bool around = odd();
    if (around) buffer_put(out, " ");
    put_number(out, value, n->places);
    if (around) buffer_put(out, " ");
    return value;
}

struct table {
    int fields[F_COUNT + 1]; /* in the file's order; F_COUNT: the unit's key */
    uint32_t count, rows;
    int64_t meant[ROWS][F_COUNT + 1];
    struct text texts[ROWS];
};

static void choose_columns(struct table *t)
{
    uint32_t numbers = roll(4) * 3; /* of ten that there are */
    t->count = 0;
    for (int f = 0; f <= F_COUNT; f++) {
        bool needed = f == F_COUNT || !fields[f].optional, number = f >= F_FIRST_NUMBER && f < F_COUNT;
        if (!needed && (number ? roll(10) >= numbers || (f == F_COUNT - 1 && roll(10)) : roll(2))) continue;
        uint32_t at = roll(t->count + 1);
        memmove(t->fields + at + 1, t->fields + at, (t->count - at) * sizeof *t->fields);
        t->fields[at] = f;
        t->count++;
    }
}

static void write_file(const char *name, struct text bytes)
{
    FILE *file = fopen(arena_print(arena, "%s/%s", folder, name).at, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes.at, 1, bytes.len, file), bytes.len);
    assert_int_equal(fclose(file), 0);
}

/* With quotes around it, some of the time; always if it could not be read without. */
static void put_quoted(struct buffer *out, struct text cell, char separator)
{
    bool must = cell.len && memchr(cell.at, separator, cell.len) != NULL;
    bool may = quoting && cell.len && !memchr(cell.at, '"', cell.len) && (must || roll(quoting) == 0);
    buffer_print(out, may ? "\"%.*s\"" : "%.*s", TEXT_ARG(cell));
}

static void write_table(struct table *t)
{
    struct buffer out;
    char separator = ",\t;"[roll(3)];
    const char *line_end = roll(3) ? "\n" : "\r\n";
    buffer_init(&out, arena);
    for (uint32_t c = 0; c < t->count; c++) {
        const struct text name = t->fields[c] == F_COUNT ? TEXT("office") : fields[t->fields[c]].name;
        buffer_print(&out, "%.*s", TEXT_ARG(name));
        if (c + 1 < t->count) buffer_char(&out, separator);
    }
    buffer_put(&out, line_end);
    uint32_t unit = 0, rows = mood == ONE_WRONG ? 10 + roll(20) : ROWS, wrong_row = roll(rows - 8),
             wrong_column = roll(t->count);
    for (t->rows = 0; t->rows < rows; t->rows++) {
        if (roll(4) == 0) unit = roll(UNITS);
        for (uint32_t c = 0; c < t->count; c++) {
            struct buffer cell;
            buffer_init(&cell, arena);
            int f = t->fields[c];
            text_meant = TEXT_NONE;
            bool wrong = mood == ONE_WRONG && t->rows == wrong_row && c == wrong_column;
            if (wrong)
                put_wrong(&cell, f);
            else if (f == F_COUNT)
                buffer_print(&cell, odd() ? "\"U%u\"" : "U%u", unit * 12345);
            if (!wrong) t->meant[t->rows][f] = f == F_COUNT ? unit : put_cell(&cell, f, roll(1000), separator);
            put_quoted(&out, buffer_result(&cell), separator);
            if (f == F_TEXT) t->texts[t->rows] = text_meant;
            if (c + 1 < t->count) buffer_char(&out, separator);
        }
        buffer_put(&out, odd() ? "\n" : line_end);
        if (odd()) buffer_put(&out, line_end);
    }
    write_file("row.csv", buffer_result(&out));
}

/* ---- loading, and what must be equal ---- */

static bool load(struct dataset *data)
{
    findings_init(&problems, arena, 0);
    struct source *source = source_open(arena, text_of(folder), NULL, &problems);
    *data = (struct dataset){0};
    return source && data_load(arena, &schema, source, &problems, data);
}

static struct text all_findings(void)
{
    struct buffer out;
    buffer_init(&out, arena);
    for (size_t i = 0; i < problems.count; i++) finding_render(&out, &problems.items[i], TONGUE_EN, TEXT_NONE, TEXT_NONE);
    return buffer_result(&out);
}

static void compare(const struct dataset *a, const struct dataset *b)
{
    const struct table_data *x = &a->tables[1], *y = &b->tables[1];
    assert_int_equal(a->rows_read, b->rows_read);
    assert_int_equal(a->rows_used, b->rows_used);
    assert_int_equal(a->text_count, b->text_count);
    for (uint32_t k = 0; k < a->text_count; k++) assert_true(text_equal(a->texts[k], b->texts[k]));
    assert_int_equal(x->rows, y->rows);
    assert_memory_equal(x->unit, y->unit, x->rows * sizeof *x->unit);
    assert_memory_equal(x->line, y->line, x->rows * sizeof *x->line);
    for (int f = 0; f < F_COUNT; f++) {
        const struct column *p = &x->columns[f], *q = &y->columns[f];
        assert_int_equal(p->values != NULL, q->values != NULL);
        for (uint32_t row = 0; row < x->rows; row++) {
            assert_int_equal(p->blank && p->blank[row], q->blank && q->blank[row]);
            if (p->values && !(p->blank && p->blank[row])) assert_int_equal(p->values[row], q->values[row]);
        }
    }
}

/* Rows that were left to other periods are not in the table. */
static void compare_with_meant(const struct table *t, const struct dataset *data)
{
    const struct table_data *x = &data->tables[1];
    uint32_t at = 0;
    for (uint32_t row = 0; row < t->rows; row++) {
        if (t->meant[row][F_DAY] > schema.period_to) continue;
        assert_true(at < x->rows);
        assert_int_equal(x->unit[at], t->meant[row][F_COUNT]);
        for (uint32_t c = 0; c < t->count; c++) {
            int f = t->fields[c];
            if (f == F_COUNT || !fields[f].wanted) continue;
            const struct column *column = &x->columns[f];
            bool blank = column->blank && column->blank[at];
            if (f == F_TEXT) {
                struct text meant = t->texts[row];
                assert_true(!meant.len || (!blank && text_equal(data->texts[column->values[at]], meant)));
                continue;
            }
            if (blank != (t->meant[row][f] == BLANK)) fail_msg("row %u, field %d: blank is %d", row, f, blank);
            if (!blank && column->values[at] != t->meant[row][f])
                fail_msg("row %u, field %d: %lld, not %lld", row, f, (long long)column->values[at],
                         (long long)t->meant[row][f]);
        }
        at++;
    }
    assert_int_equal(at, x->rows);
}

/* ---- tests ---- */

static void open_arena(void)
{
    arena = arena_open(NULL, 0);
    if (!arena || setjmp(*arena_trap(arena))) exit(2);
}

static int open_all(void **state)
{
    (void)state;
    open_arena();
    for (size_t k = 0; k < sizeof NUMBERS / sizeof *NUMBERS; k++) {
        const struct number *n = &NUMBERS[k];
        fields[F_FIRST_NUMBER + k] = (struct field_schema){.name = text_of(n->name),
                                                           .kind = FIELD_NUMBER,
                                                           .places = (uint8_t)n->places,
                                                           .count = n->places == 0 && n->low >= 0,
                                                           .has_low = true,
                                                           .low = n->low,
                                                           .has_high = k != 5,
                                                           .high = n->high,
                                                           .step = n->step,
                                                           .optional = true,
                                                           .wanted = k != 1};
    }
    schema = (struct schema){.tables = tables, .table_count = 2, .lists = lists, .list_count = 1, .has_period = true};
    date_make(2007, 1, 1, &schema.period_from);
    date_make(2007, 12, 31, &schema.period_to);
    schema.carry_from = schema.period_from;
    strcpy(folder, "/tmp/kaohe-wide-XXXXXX");
    if (!mkdtemp(folder)) return -1;
    struct buffer out;
    buffer_init(&out, arena);
    buffer_put(&out, "office\n");
    for (unsigned unit = 0; unit < UNITS; unit++) buffer_print(&out, "U%u\n", unit * 12345);
    write_file("office.csv", buffer_result(&out));
    return 0;
}

static int close_all(void **state)
{
    (void)state;
    wide_allow(true);
    remove(arena_print(arena, "%s/office.csv", folder).at);
    remove(arena_print(arena, "%s/row.csv", folder).at);
    arena_close(arena);
    return rmdir(folder);
}

/* Reads the files in both ways, which must come to the same. */
static bool load_both(struct dataset *with)
{
    struct dataset wide, plain;
    wide_allow(true);
    bool fine = load(&wide);
    struct text said = all_findings();
    wide_allow(false);
    assert_int_equal(load(&plain), fine);
    struct text without = all_findings();
    if (!text_equal(said, without)) fail_msg("%.*s\nwithout wide vectors:\n%.*s", TEXT_ARG(said), TEXT_ARG(without));
    if (fine) compare(&wide, &plain);
    *with = wide;
    if (!fine && mood != ONE_WRONG) fail_msg("%.*s", TEXT_ARG(said));
    return fine;
}

/* Both ways of reading one random file. */
static bool check_file(void)
{
    static struct table t;
    struct dataset data;
    quoting = mood == QUOTED ? 1 + roll(40) : mood == ONE_WRONG && roll(2) ? 2 : 0;
    choose_columns(&t);
    write_table(&t);
    bool fine = load_both(&data);
    if (fine && mood != ONE_WRONG) compare_with_meant(&t, &data);
    return fine;
}

static void check_files(enum mood of_mood, uint64_t seed, int files)
{
    struct arena *whole_test = arena;
    int whole = 0;
    if (!wide_here()) skip();
    mood = of_mood;
    for (int k = 0; k < files; k++) {
        dice = seed + (uint64_t)k;
        for (int warm = 0; warm < 8; warm++) roll(2);
        open_arena();
        whole += check_file();
        arena_close(arena);
        arena = whole_test;
    }
    if (mood == ONE_WRONG) assert_in_range(whole, 1, files - 1);
}

static void test_plain_rows(void **state)
{
    (void)state;
    check_files(PLAIN, 1000, 60);
}

static void test_rows_in_quotes(void **state)
{
    (void)state;
    check_files(QUOTED, 4000, 60);
}

static void test_odd_rows(void **state)
{
    (void)state;
    check_files(ODD, 2000, 60);
}

static void test_wrong_rows(void **state)
{
    (void)state;
    check_files(ONE_WRONG, 3000, 4000);
}

static void test_what_ends_a_row_is_not_taken_for_another_thing(void **state)
{
    (void)state;
    static const char *const COLUMNS[] = {"text", "note", "bool", "list", "n0", "n3"};
    static const char *const ENDS[] = {"yes\001", "ab\"",     "city\001", "7\001", "7\"",    "1.5\r\r",
                                       "ab\"\"",  "\"ab\"\"", "\"ab\"c",  "7,",    "\"yes\""};
    if (!wide_here()) skip();
    mood = ONE_WRONG;
    for (size_t c = 0; c < sizeof COLUMNS / sizeof *COLUMNS; c++) {
        for (size_t e = 0; e < sizeof ENDS / sizeof *ENDS; e++) {
            struct buffer out;
            struct dataset data;
            buffer_init(&out, arena);
            buffer_print(&out, "office,day,must,%s\n", COLUMNS[c]);
            for (int row = 0; row < 20; row++)
                buffer_print(&out, "U0,2007-02-0%d,x,%s\n", 1 + row % 9, row == 7 ? ENDS[e] : "");
            write_file("row.csv", buffer_result(&out));
            load_both(&data);
        }
    }
}

/* What a cell means is known here without either way of reading it: the number or day, or WRONG. */
static void test_quotes_around_a_cell_change_nothing_but_where_it_ends(void **state)
{
    (void)state;
    enum { WRONG = -1 };
    static const struct {
        int field;
        const char *cell;
        int64_t number;
        const char *text;
    } CELLS[] = {
        {F_FIRST_NUMBER, "\"7\"", 7, NULL},
        {F_FIRST_NUMBER, "\" 7\"", 7, NULL},
        {F_FIRST_NUMBER, "\"7x\"", WRONG, NULL},
        {F_FIRST_NUMBER, "\"7,1\"", WRONG, NULL},
        {F_FIRST_NUMBER, "\"501\"", WRONG, NULL},
        {F_FIRST_NUMBER, "\"7\"\"\"", WRONG, NULL},
        {F_FIRST_NUMBER, "\"7\"1", WRONG, NULL},
        {F_DAY, "\"2007-02-03\"", 13547, NULL},
        {F_DAY, "\"2007-02-03 \"", 13547, NULL},
        {F_DAY, "\"2007-02-031\"", WRONG, NULL},
        {F_DAY, "\"2007-02-03\"1", WRONG, NULL},
        {F_LIST, "\"city\"", 1, NULL},
        {F_LIST, "\"province-east\"", 4, NULL},
        {F_LIST, "\"city\"\"\"", WRONG, NULL},
        {F_LIST, "\"city\"y", WRONG, NULL},
        {F_LIST, "cit\"y\"", WRONG, NULL},
        {F_TEXT, "\"roads, bridges\"", 0, "roads, bridges"},
        {F_TEXT, "\"a \"\"b\"\"\"", 0, "a \"b\""},
        {F_TEXT, "\" around\"", 0, "around"},
        {F_TEXT, "\"around　\"", 0, "around"},
        {F_TEXT, "\"two\nlines\"", 0, "two\nlines"},
        {F_TEXT, "\"水\"", 0, "水"},
        {F_TEXT, "\"a\"b", WRONG, NULL},
        {F_TEXT, "a\"b\"", WRONG, NULL},
    };
    if (!wide_here()) skip();
    mood = ONE_WRONG;
    for (size_t k = 0; k < sizeof CELLS / sizeof *CELLS; k++) {
        enum { AT = 7, COUNT = 20 };
        struct buffer out;
        struct dataset data;
        int field = CELLS[k].field;
        struct text name = field == F_DAY ? TEXT("n8") : fields[field].name;
        buffer_init(&out, arena);
        buffer_print(&out, "office,%.*s,day,must\n", TEXT_ARG(name));
        for (int row = 0; row < COUNT; row++) {
            const char *cell = row == AT ? CELLS[k].cell : NULL, *day = cell && field == F_DAY ? cell : "2007-02-01";
            buffer_print(&out, "U0,%s,%s,x\n", cell && field != F_DAY ? cell : "", day);
        }
        write_file("row.csv", buffer_result(&out));
        if (load_both(&data) == (CELLS[k].number == WRONG)) fail_msg("%s", CELLS[k].cell);
        if (CELLS[k].number == WRONG) continue;
        int64_t value = data.tables[1].columns[field].values[AT];
        if (CELLS[k].text)
            assert_true(text_equal(data.texts[value], text_of(CELLS[k].text)));
        else
            assert_int_equal(value, CELLS[k].number);
    }
}

/* A code of one of several shapes: they differ in few bits, in many, in length, or are too long to be compared as words. */
static void make_code(char code[32], int shape, uint32_t number)
{
    switch (shape) {
    case 0: snprintf(code, 32, "DW33-%07u", number * 12); break;
    case 1: snprintf(code, 32, "%u", number * number); break;
    case 2: snprintf(code, 32, "3301%012u", number * 1000003u); break;
    case 3:
        snprintf(code, 32, "%c%c%c%c%c%c%c", 'A' + number % 26, 'a' + number / 26, '0' + number % 10, '0' + number % 60,
                 'k' + number % 7, '0' + number % 9, 'B' + number % 20);
        break;
    case 4: snprintf(code, 32, "海%u", number); break;
    case 5:
        snprintf(code, 32, "a-code-of-sixtee%.*s", (int)(number % 3), "nn"),
            code[number % 11 + 2] = (char)('a' + number / 11);
        break;
    case 6: snprintf(code, 32, "%c%c", 'A' + number % 26, '0' + number / 26); break;
    default:
        snprintf(code, 32, "%.*s", (int)(1 + number % 16), "@@@@@@@@@@@@@@@@"),
            code[number % 16 / 2] = (char)('A' + number / 16);
        break;
    }
}

/* The codes of a shape, each once; returns how many. */
static uint32_t make_codes(char codes[][32], int shape)
{
    enum { TRIES = 150 };
    uint32_t count = 0;
    for (uint32_t number = 0; number < TRIES; number++) {
        make_code(codes[count], shape, number);
        uint32_t k = 0;
        while (strcmp(codes[k], codes[count]) != 0) k++;
        count += k == count;
    }
    return count;
}

static void write_rows(char codes[][32], uint32_t count, const char *extra)
{
    struct buffer out;
    buffer_init(&out, arena);
    buffer_put(&out, "office,day,must\n");
    for (uint32_t row = 0; row < ROWS; row++) buffer_print(&out, "%s,2007-02-01,x\n", codes[row * 7 % count]);
    if (extra) buffer_print(&out, "%s,2007-02-01,x\n", extra);
    for (uint32_t row = 0; row < ROWS; row++) buffer_print(&out, "%s,2007-02-01,x\n", codes[row * 11 % count]);
    write_file("row.csv", buffer_result(&out));
}

static void test_a_key_is_that_of_its_unit_and_of_no_other(void **state)
{
    (void)state;
    enum { SHAPES = 8, CODES = 151, STRANGERS = 40 };
    static char codes[CODES][32];
    struct arena *whole_test = arena;
    if (!wide_here()) skip();
    for (int shape = 0; shape < SHAPES; shape++) {
        struct buffer out;
        struct dataset data;
        uint32_t count = make_codes(codes, shape);
        assert_true(count > 60);
        open_arena();
        buffer_init(&out, arena);
        buffer_put(&out, "office\n");
        for (uint32_t unit = 0; unit < count; unit++) buffer_print(&out, "%s\n", codes[unit]);
        write_file("office.csv", buffer_result(&out));
        write_rows(codes, count, NULL);
        mood = PLAIN;
        assert_true(load_both(&data));
        for (uint32_t row = 0; row < ROWS; row++) {
            assert_int_equal(data.tables[1].unit[row], row * 7 % count);
            assert_int_equal(data.tables[1].unit[ROWS + row], row * 11 % count);
        }
        mood = ONE_WRONG;
        for (uint32_t k = 0; k < STRANGERS; k++) { /* a key with one character changed, lost, or more */
            char stranger[40];
            size_t len = (size_t)snprintf(stranger, sizeof stranger - 2, "%s", codes[roll(count)]), at = roll((uint32_t)len);
            uint32_t way = roll(3);
            if (way == 0) stranger[at] = (char)(stranger[at] ^ 1 << roll(5));
            if (way == 1) memmove(stranger + at, stranger + at + 1, len - at);
            if (way == 2) memcpy(stranger + len, roll(2) ? "0" : "x", 2);
            bool known = false, odd_one = false;
            for (uint32_t unit = 0; unit < count; unit++) known |= strcmp(codes[unit], stranger) == 0;
            for (const char *c = stranger; *c; c++)
                odd_one |= (unsigned char)*c <= ' ' || *c == ',' || *c == '"' || *c & 0x80;
            if (odd_one || !*stranger) continue;
            write_rows(codes, count, stranger);
            if (load_both(&data) != known) fail_msg("%s", stranger);
        }
        arena_close(arena);
        arena = whole_test;
    }
}

/* What a line's length comes to in sixteen bits is no place where it ends. */
static void test_a_line_of_more_than_64_kilobytes_is_one_row(void **state)
{
    (void)state;
    enum { LONG = 65536 + 10, BEFORE = 5, BEHIND = 40 };
    struct dataset data;
    struct buffer out;
    if (!wide_here()) skip();
    mood = PLAIN;
    buffer_init(&out, arena);
    buffer_put(&out, "office,day,must\n");
    for (int row = 0; row < BEFORE; row++) buffer_put(&out, "U0,2007-02-01,x\n");
    buffer_print(&out, "U0,2007-02-02,%0*d\n", LONG, 7);
    for (int row = 0; row < BEHIND; row++) buffer_put(&out, "U12345,2007-02-03,x\n");
    write_file("row.csv", buffer_result(&out));
    assert_true(load_both(&data));
    assert_int_equal(data.tables[1].rows, BEFORE + 1 + BEHIND);
    assert_int_equal(data.tables[1].unit[BEFORE], 0);
    assert_int_equal(data.tables[1].unit[BEFORE + 1], 1);
}

static void test_rows_where_there_are_no_units_are_reported_and_do_not_crash(void **state)
{
    (void)state;
    static const char *const ROWS_OF_NOBODY[] = {"U0,2007-02-01,x\n", "U0 ,2007-02-01,x\n", "\"U0\",2007-02-01,x"};
    for (int wide = 0; wide < 2; wide++) {
        wide_allow(wide);
        for (size_t k = 0; k < sizeof ROWS_OF_NOBODY / sizeof *ROWS_OF_NOBODY; k++) {
            struct dataset data;
            struct buffer out;
            write_file("office.csv", TEXT("office\n"));
            buffer_init(&out, arena);
            buffer_print(&out, "office,day,must\n%s", ROWS_OF_NOBODY[k]);
            write_file("row.csv", buffer_result(&out));
            assert_false(load(&data));
            assert_int_equal(problems.errors, 1);
            size_t at = 0;
            while (at < problems.count && problems.items[at].code != D_UNIT_UNKNOWN) at++;
            assert_in_range(at, 0, problems.count - 1);
            assert_int_equal(problems.items[at].data.line, 2);
        }
    }
    wide_allow(true);
}

/* Leaves holes of so many bytes where the system maps files next, each with memory behind it that may not be read. */
static void make_holes(char *guards[HOLES], size_t size, size_t page)
{
    char *at = mmap(NULL, HOLES * (size + page), PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    assert_true(at != MAP_FAILED);
    for (int k = 0; k < HOLES; k++) {
        munmap(at + k * (size + page), size);
        guards[k] = at + k * (size + page) + size;
    }
}

/* A file that fills its pages: behind it there may be no memory to read. */
static void test_a_row_at_the_end_of_a_page_is_not_read_beyond(void **state)
{
    (void)state;
    enum { PAGES = 64, PAGE = 4096, LAST = 4 };
    static const char HEAD[] = "day,must,text,office\n";
    struct arena *whole_test = arena;
    for (uint32_t k = 0; k < 219; k++) {
        uint32_t last = 18 + k % 73, usual = 35 + k % 15; /* characters of each of the last rows; of the others */
        struct buffer out;
        struct dataset data;
        uint32_t left = PAGES * PAGE - (uint32_t)sizeof HEAD + 1 - LAST * last, rows = left / usual + LAST;
        open_arena();
        buffer_init(&out, arena);
        buffer_put(&out, HEAD);
        for (uint32_t row = 0; row < rows; row++) {
            uint32_t len = row == 0 ? usual + left % usual : row < rows - LAST ? usual : last;
            buffer_print(&out, "2007-01-05,x,%0*d,U0\n", (int)len - 17, 7);
        }
        assert_int_equal(buffer_result(&out).len, PAGES * PAGE);
        write_file("row.csv", buffer_result(&out));
        wide_allow(true);
        char *guards[HOLES];
        make_holes(guards, PAGES * PAGE, PAGE);
        assert_true(load(&data));
        for (int h = 0; h < HOLES; h++) munmap(guards[h], PAGE);
        assert_int_equal(data.tables[1].rows, rows);
        arena_close(arena);
        arena = whole_test;
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_plain_rows, open_all, close_all),
        cmocka_unit_test_setup_teardown(test_rows_in_quotes, open_all, close_all),
        cmocka_unit_test_setup_teardown(test_odd_rows, open_all, close_all),
        cmocka_unit_test_setup_teardown(test_wrong_rows, open_all, close_all),
        cmocka_unit_test_setup_teardown(test_what_ends_a_row_is_not_taken_for_another_thing, open_all, close_all),
        cmocka_unit_test_setup_teardown(test_quotes_around_a_cell_change_nothing_but_where_it_ends, open_all, close_all),
        cmocka_unit_test_setup_teardown(test_a_key_is_that_of_its_unit_and_of_no_other, open_all, close_all),
        cmocka_unit_test_setup_teardown(test_rows_where_there_are_no_units_are_reported_and_do_not_crash, open_all,
                                        close_all),
        cmocka_unit_test_setup_teardown(test_a_line_of_more_than_64_kilobytes_is_one_row, open_all, close_all),
        cmocka_unit_test_setup_teardown(test_a_row_at_the_end_of_a_page_is_not_read_beyond, open_all, close_all),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
