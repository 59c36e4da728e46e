/* Makes data that is damaged or means harm: a folder for each case, NUMBER-WORDS, with what would be data for the table `office`
 * (name, plan, score).
 *
 * In: the folder to make them in. Out: the folders; nothing is said if all is well.
 */
#include <sqlite3.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <zip.h>

static const char *top;
static char folder[512];
static int number;

static _Noreturn void die(const char *what)
{
    perror(what);
    exit(1);
}

static void begin(const char *format, ...)
{
    char words[128];
    va_list args;
    va_start(args, format);
    vsnprintf(words, sizeof words, format, args);
    va_end(args);
    snprintf(folder, sizeof folder, "%s/%03d-%s", top, ++number, words);
    if (mkdir(folder, 0777) != 0) die(folder);
}

static const char *in_folder(const char *file)
{
    static char path[1024];
    snprintf(path, sizeof path, "%s/%s", folder, file);
    return path;
}

static void put_bytes(const char *file, const void *bytes, size_t len)
{
    FILE *out = fopen(in_folder(file), "wb");
    if (!out || fwrite(bytes, 1, len, out) != len || fclose(out) != 0) die(file);
}

static void put(const char *file, const char *text) { put_bytes(file, text, strlen(text)); }

/* A case of one file that holds these bytes. */
#define CASE(words, file, literal) (begin(words), put_bytes(file, literal, sizeof literal - 1))

/* head, `times` times body, tail; to be freed. */
static char *repeat(const char *head, const char *body, size_t times, const char *tail)
{
    size_t a = strlen(head), b = strlen(body), c = strlen(tail);
    char *out = malloc(a + b * times + c + 1), *to = out;
    if (!out) die("memory");
    memcpy(to, head, a);
    for (to += a; times; times--, to += b) memcpy(to, body, b);
    memcpy(to, tail, c + 1);
    return out;
}

static void repeated(const char *words, const char *file, const char *head, const char *body, size_t times, const char *tail)
{
    char *text = repeat(head, body, times, tail);
    begin("%s", words);
    put(file, text);
    free(text);
}

static void *slurp(const char *file, size_t *len)
{
    struct stat status;
    FILE *in = fopen(in_folder(file), "rb");
    if (!in || fstat(fileno(in), &status) != 0) die(file);
    char *bytes = malloc((size_t)status.st_size + 1);
    *len = fread(bytes, 1, (size_t)status.st_size, in);
    fclose(in);
    return bytes;
}

enum { TEN_MILLION = 10 * 1000 * 1000 };

/* ---- CSV ---- */

static void make_csv(void)
{
    CASE("csv-empty", "office.csv", "");
    CASE("csv-mark-alone", "office.csv", "\xEF\xBB\xBF");
    CASE("csv-blank-lines", "office.csv", "\n\r\n\n");
    CASE("csv-nul-in-cell", "office.csv", "name,plan,score\na\0b,yes,1\n");
    CASE("csv-nul-in-heading", "office.csv", "name,pl\0an,score\na,yes,1\n");
    CASE("csv-half-character-utf8", "office.csv", "name,plan,score\na,yes,1\nb,\xE6\x98");
    CASE("csv-half-character-gb18030", "office.csv", "name,plan,score\n\xCF\xD8\xCE\xAF\xB0\xEC,\xCA\xC7,1\n\xCF\xD8\xB8\xAE\xB0\xEC,\xCA");
    CASE("csv-half-character-utf16", "office.csv", "\xFF\xFEn\0a\0m\0e\0,\0p\0l\0a\0n\0,\0s\0c\0o\0r\0e\0\n\0a\0,\0n\0o\0,\0\x31");
    CASE("csv-half-pair-utf16", "office.csv", "\xFF\xFEn\0a\0m\0e\0,\0p\0l\0a\0n\0,\0s\0c\0o\0r\0e\0\n\0\x00\xD8,\0n\0o\0,\0\x31\0\n\0");
    CASE("csv-utf16-without-mark-cut", "office.csv", "n\0a\0m\0e\0,\0p\0l\0a\0n\0,\0s\0c\0o\0r\0e\0\n\0a\0,\0n\0o\0,\0\x31\0\n");
    CASE("csv-surrogates-in-utf8", "office.csv", "name,plan,score\n东城街道办事处便民服务中心,yes,1\n\xED\xA0\x80,yes,1\n");
    CASE("csv-overlong", "office.csv", "name,plan,score\n东城街道办事处便民服务中心,yes,1\n\xC0\xAF,yes,1\n");
    CASE("csv-latin1", "office.csv", "name,plan,score\nCaf\xE9,yes,1\n");
    CASE("csv-unclosed-quote", "office.csv", "name,plan,score\n\"a,yes,1\nb,no,2\n");
    CASE("csv-bare-quote", "office.csv", "name,plan,score\na\"b,yes,1\n");
    CASE("csv-after-quote", "office.csv", "name,plan,score\n\"a\"b,yes,1\n");
    CASE("csv-lone-return", "office.csv", "name,plan,score\ra,yes,1\r");
    CASE("csv-too-few", "office.csv", "name,plan,score\na,yes\n");
    CASE("csv-too-many", "office.csv", "name,plan,score\na,yes,1,2\n");
    CASE("csv-heading-twice", "office.csv", "name,plan,score,plan\na,yes,1,no\n");
    CASE("csv-heading-both", "office.csv", "name,plan,score,Score\na,yes,1,2\n");
    CASE("csv-no-headings", "office.csv", "a,yes,1\nb,no,2\n");
    CASE("csv-bars", "office.csv", "name|plan|score\na|yes|1\n");
    CASE("csv-word-for-number", "office.csv", "name,plan,score\na,yes,many\n");
    CASE("csv-power", "office.csv", "name,plan,score\na,yes,1e1\n");
    CASE("csv-infinity", "office.csv", "name,plan,score\na,yes,inf\nb,yes,nan\n");
    CASE("csv-number-too-large", "office.csv", "name,plan,score\na,yes,99999999999999999999\n");
    CASE("csv-number-too-fine", "office.csv", "name,plan,score\na,yes,1.00000000000000000001\n");
    CASE("csv-out-of-range", "office.csv", "name,plan,score\na,yes,101\n");
    CASE("csv-neither-yes-nor-no", "office.csv", "name,plan,score\na,perhaps,1\n");
    CASE("csv-key-twice", "office.csv", "name,plan,score\na,yes,1\na,no,2\n");
    CASE("csv-key-blank", "office.csv", "name,plan,score\n,yes,1\n");
    CASE("csv-blank", "office.csv", "name,plan,score\na,,1\n");
    CASE("csv-picture", "office.csv", "\x89PNG\r\n\x1A\n\0\0\0\rIHDR");
    CASE("csv-old-workbook", "office.csv", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
    CASE("csv-archive", "office.csv", "PK\x03\x04\x14\0\0\0");
    CASE("csv-database", "office.csv", "SQLite format 3\0\x10\0\x01\x01");
    repeated("csv-long-cell", "office.csv", "name,plan,score\n", "x", TEN_MILLION, ",yes,1\n");
    repeated("csv-long-quoted-cell", "office.csv", "name,plan,score\n\"", "x", TEN_MILLION, "\",yes,1\n");
    repeated("csv-long-number", "office.csv", "name,plan,score\na,yes,", "1", TEN_MILLION, "\n");
    repeated("csv-many-quotes", "office.csv", "name,plan,score\n", "\"", TEN_MILLION, "\n");
    repeated("csv-many-columns", "office.csv", "name,plan,score", ",", TEN_MILLION, "\n");
    repeated("csv-many-cells", "office.csv", "name,plan,score\na,yes,1", ",", TEN_MILLION, "\n");
    repeated("csv-many-faults", "office.csv", "name,plan,score\n", "a\"\n", TEN_MILLION / 3, "");
    repeated("csv-long-line-gb18030", "office.csv", "name,plan,score\n", "\xCF\xD8", TEN_MILLION / 2, ",yes,1\n");
    begin("csv-is-a-folder");
    if (mkdir(in_folder("office.csv"), 0777) != 0) die("office.csv");
    begin("csv-is-a-pipe");
    if (mkfifo(in_folder("office.csv"), 0666) != 0) die("office.csv");
    begin("nothing-there");
    begin("two-files");
    put("office.csv", "name,plan,score\na,yes,1\n");
    put("office.tsv", "name\tplan\tscore\na\tyes\t1\n");
    begin("foreign-file");
    put("office.ods", "PK");
}

/* ---- workbooks ---- */

struct part {
    const char *name, *text;
};

#define LINKS "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
#define HEADS                                                                                                               \
    "<row r='1'><c t='str'><v>name</v></c><c t='str'><v>plan</v></c><c t='str'><v>score</v></c></row>"
#define ROW "<row r='2'><c t='str'><v>a</v></c><c t='str'><v>yes</v></c><c><v>1</v></c></row>"
#define SHEET(rows) "<worksheet><sheetData>" rows "</sheetData></worksheet>"
static const char GOOD[] = SHEET(HEADS ROW);

static void write_zip(const char *file, const struct part *parts, size_t count)
{
    int error;
    zip_t *zip = zip_open(in_folder(file), ZIP_CREATE | ZIP_TRUNCATE, &error);
    if (!zip) die(file);
    for (size_t i = 0; i < count; i++) {
        zip_source_t *source = zip_source_buffer(zip, parts[i].text, strlen(parts[i].text), 0);
        if (zip_file_add(zip, parts[i].name, source, 0) < 0) die(parts[i].name);
    }
    if (zip_close(zip) != 0) die(file);
}

static void write_book(const char *file, const char *sheet, const char *book, const char *strings, const char *styles)
{
    const struct part parts[] = {
        {"_rels/.rels", "<r><Relationship Id='a' Type='" LINKS "officeDocument' Target='xl/workbook.xml'/></r>"},
        {"xl/workbook.xml", book ? book : "<workbook><sheets><sheet name='office' sheetId='1' id='a'/></sheets></workbook>"},
        {"xl/_rels/workbook.xml.rels", "<r><Relationship Id='a' Type='" LINKS "worksheet' Target='sheet.xml'/><Relationship Id='b' Type='" LINKS
                                       "sharedStrings' Target='strings.xml'/><Relationship Id='c' Type='" LINKS
                                       "styles' Target='styles.xml'/></r>"},
        {"xl/sheet.xml", sheet},
        {"xl/strings.xml", strings ? strings : "<sst/>"},
        {"xl/styles.xml", styles ? styles : "<styleSheet/>"},
    };
    write_zip(file, parts, sizeof parts / sizeof *parts);
}

static void book(const char *words, const char *sheet)
{
    begin("%s", words);
    write_book("book.xlsx", sheet, NULL, NULL, NULL);
}

static void repeated_book(const char *words, const char *head, const char *body, size_t times, const char *tail)
{
    char *text = repeat(head, body, times, tail);
    book(words, text);
    free(text);
}

static void make_books(void)
{
    for (int eighth = 0; eighth < 8; eighth++) { /* cut at every kind of place */
        begin("book-cut-%d", eighth);
        write_book("book.xlsx", GOOD, NULL, NULL, NULL);
        size_t len;
        char *bytes = slurp("book.xlsx", &len);
        put_bytes("book.xlsx", bytes, eighth ? len * (size_t)eighth / 8 : len - 1);
        free(bytes);
    }
    for (int i = 0; i < 6; i++) { /* the packed sheet changed; so its checksum, or its coding, is wrong */
        begin("book-changed-%d", i);
        write_book("book.xlsx", GOOD, NULL, NULL, NULL);
        size_t len;
        char *bytes = slurp("book.xlsx", &len), *name = memmem(bytes, len, "xl/sheet.xml", 12);
        if (!name) die("book.xlsx");
        name[12 + 10 + 7 * i] ^= 0x5A;
        put_bytes("book.xlsx", bytes, len);
        free(bytes);
    }
    CASE("book-empty", "book.xlsx", "");
    CASE("book-text", "book.xlsx", "name,plan,score\na,yes,1\n");
    CASE("book-old", "book.xlsx", "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1");
    begin("book-is-a-document");
    write_zip("book.xlsx", (const struct part[]){{"word/document.xml", "<w/>"}}, 1);
    begin("book-many-parts");
    int error;
    zip_t *zip = zip_open(in_folder("book.xlsx"), ZIP_CREATE | ZIP_TRUNCATE, &error);
    for (int i = 0; i < 20000; i++) {
        char name[32];
        snprintf(name, sizeof name, "p/%d.xml", i);
        if (zip_file_add(zip, name, zip_source_buffer(zip, "", 0, 0), 0) < 0) die(name);
    }
    if (zip_close(zip) != 0) die("book.xlsx");
    book("book-entities", "<!DOCTYPE w [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;&a;&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;&b;&b;&b;&b;'>"
                          "<!ENTITY d '&c;&c;&c;&c;&c;&c;&c;&c;'>]><worksheet>&d;</worksheet>");
    book("book-outer-entity", "<!DOCTYPE w [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><worksheet>&a;</worksheet>");
    book("book-open-elements", "<worksheet><sheetData>" HEADS);
    book("book-no-xml", "name,plan,score");
    book("book-half-character", SHEET(HEADS "<row r='2'><c t='str'><v>\xE5\x8D</v></c></row>"));
    book("book-nul", SHEET(HEADS "<row r='2'><c t='str'><v>&#0;</v></c></row>"));
    book("book-nul-escaped", SHEET(HEADS "<row r='2'><c t='str'><v>a_x0000_b</v></c><c t='b'><v>1</v></c><c><v>1</v></c></row>"));
    book("book-rows-out-of-order", SHEET(HEADS "<row r='3'/><row r='2'/>"));
    book("book-far-row", SHEET(HEADS "<row r='4000000000'/>"));
    book("book-far-column", SHEET(HEADS "<row r='2'><c r='ZZZZZZ2'><v>1</v></c></row>"));
    book("book-empty-sheet", SHEET(""));
    book("book-heading-twice", SHEET("<row><c t='str'><v>name</v></c><c t='str'><v>plan</v></c><c t='str'><v>score</v></c>"
                                     "<c t='str'><v>plan</v></c></row>" ROW));
    book("book-error-cell", SHEET(HEADS "<row r='2'><c t='str'><v>a</v></c><c t='str'><v>yes</v></c><c t='e'><v>#DIV/0!</v></c></row>"));
    book("book-no-value", SHEET(HEADS "<row r='2'><c t='str'><v>a</v></c><c t='str'><v>yes</v></c><c><f>1+1</f></c></row>"));
    book("book-shared-string-missing", SHEET(HEADS "<row r='2'><c t='s'><v>7</v></c><c t='b'><v>1</v></c><c><v>1</v></c></row>"));
    book("book-number-too-long", SHEET(HEADS "<row r='2'><c><v>110101199001011234</v></c><c t='b'><v>1</v></c><c><v>1</v></c></row>"));
    book("book-number-of-letters", SHEET(HEADS "<row r='2'><c t='str'><v>a</v></c><c t='b'><v>1</v></c><c><v>0x1p4</v></c></row>"));
    book("book-word-for-number", SHEET(HEADS "<row r='2'><c t='str'><v>a</v></c><c t='b'><v>1</v></c><c t='str'><v>many</v></c></row>"));
    book("book-merged", "<worksheet><sheetData>" HEADS ROW "<row r='3'><c r='B3' t='b'><v>1</v></c><c><v>1</v></c></row></sheetData>"
                        "<mergeCells><mergeCell ref='A2:A3'/></mergeCells></worksheet>");
    repeated_book("book-deep", "<worksheet>", "<a>", 100000, "");
    repeated_book("book-bomb", "<worksheet><sheetData>" HEADS, " ", 300 * 1000 * 1000, "</sheetData></worksheet>");
    repeated_book("book-bomb-of-rows", "<worksheet><sheetData>" HEADS, "<row/>", 50 * 1000 * 1000, "</sheetData></worksheet>");
    repeated_book("book-long-tag", "<worksheet a='", "y", 50 * 1000 * 1000, "'/>");
    repeated_book("book-long-cell", "<worksheet><sheetData>" HEADS "<row r='2'><c t='str'><v>", "x", TEN_MILLION,
                  "</v></c><c t='b'><v>1</v></c><c><v>1</v></c></row></sheetData></worksheet>");
    repeated_book("book-wide-row", "<worksheet><sheetData>" HEADS "<row r='2'>", "<c><v>1</v></c>", 20000, "</row></sheetData></worksheet>");
    char *long_string = repeat("<sst><si><t>", "x", TEN_MILLION, "</t></si></sst>");
    begin("book-long-shared-string");
    write_book("book.xlsx", SHEET(HEADS "<row r='2'><c t='s'><v>0</v></c><c t='b'><v>1</v></c><c><v>1</v></c></row>"), NULL, long_string, NULL);
    free(long_string);
    char *many = repeat("<sst>", "<si><t>xxxxxxxxxxxxxxxx</t></si>", 4 * 1000 * 1000, "</sst>");
    begin("book-bomb-of-strings");
    write_book("book.xlsx", GOOD, NULL, many, NULL);
    free(many);
    char *styles = repeat("<s><cellXfs>", "<xf/>", 1000 * 1000, "</cellXfs></s>");
    begin("book-many-styles");
    write_book("book.xlsx", GOOD, NULL, NULL, styles);
    free(styles);
    begin("book-without-sheets");
    write_book("book.xlsx", GOOD, "<workbook><sheets/></workbook>", NULL, NULL);
    begin("book-other-sheets");
    write_book("book.xlsx", GOOD, "<workbook><sheets><sheet name='x' id='a'/><sheet name='y' id='a'/></sheets></workbook>", NULL, NULL);
    begin("book-sheet-twice");
    write_book("book.xlsx", GOOD, "<workbook><sheets><sheet name='office' id='a'/><sheet name='Office' id='a'/></sheets></workbook>", NULL, NULL);
    begin("book-and-csv");
    write_book("book.xlsx", GOOD, NULL, NULL, NULL);
    put("office.csv", "name,plan,score\na,yes,1\n");
    begin("damaged-book-beside-csv");
    put("office.csv", "name,plan,score\na,yes,1\n");
    put("book.xlsx", "PK\x03\x04");
}

/* ---- JSON ---- */

static void make_json(void)
{
    CASE("json-empty", "office.json", "");
    CASE("json-cut", "office.json", "[{\"name\":\"a\",\"plan\":true,\"score\":1");
    CASE("json-scalar", "office.json", "42");
    CASE("json-comma", "office.json", "[{\"name\":\"a\",\"plan\":true,\"score\":1},]");
    CASE("json-more-behind", "office.json", "[{\"name\":\"a\",\"plan\":true,\"score\":1}] x");
    CASE("json-nan", "office.json", "[{\"name\":\"a\",\"plan\":true,\"score\":NaN}]");
    CASE("json-zeros", "office.json", "[{\"name\":\"a\",\"plan\":true,\"score\":01}]");
    CASE("json-number-for-yes", "office.json", "[{\"name\":\"a\",\"plan\":1,\"score\":1}]");
    CASE("json-yes-for-number", "office.json", "[{\"name\":\"a\",\"plan\":true,\"score\":true}]");
    CASE("json-nested", "office.json", "[{\"name\":{\"x\":1},\"plan\":true,\"score\":1}]");
    CASE("json-array-row", "office.json", "[[\"a\",true,1]]");
    CASE("json-name-twice", "office.json", "[{\"name\":\"a\",\"plan\":true,\"plan\":false,\"score\":1}]");
    CASE("json-half-character", "office.json", "[{\"name\":\"\xE5\x8D\",\"plan\":true,\"score\":1}]");
    CASE("json-half-pair", "office.json", "[{\"name\":\"\\ud800\",\"plan\":true,\"score\":1}]");
    CASE("json-nul", "office.json", "[{\"name\":\"a\\u0000b\",\"plan\":true,\"score\":1}]");
    CASE("json-bare-nul", "office.json", "[{\"name\":\"a\0b\",\"plan\":true,\"score\":1}]");
    CASE("json-table-twice", "data.json", "{\"office\":[],\"office\":[]}");
    CASE("json-tiny-number", "office.json", "[{\"name\":\"a\",\"plan\":true,\"score\":1e-999999999}]");
    CASE("jsonl-garbage-between", "office.jsonl", "{\"name\":\"a\",\"plan\":true,\"score\":1}\n<html>\n{\"name\":\"b\",\"plan\":true,\"score\":2}\n");
    repeated("json-deep", "office.json", "", "[", TEN_MILLION, "");
    repeated("json-deep-objects", "office.json", "[", "{\"a\":", 1000000, "");
    repeated("json-long-text", "office.json", "[{\"name\":\"", "x", TEN_MILLION, "\",\"plan\":true,\"score\":1}]");
    repeated("json-long-number", "office.json", "[{\"name\":\"a\",\"plan\":true,\"score\":", "1", TEN_MILLION, "}]");
    begin("json-many-names");
    FILE *out = fopen(in_folder("office.json"), "wb");
    fputs("[{\"name\":\"a\",\"plan\":true,\"score\":1", out);
    for (int i = 0; i < 1000000; i++) fprintf(out, ",\"c%d\":1", i);
    fputs("}]", out);
    if (fclose(out) != 0) die("office.json");
}

/* ---- SQLite ---- */

static void database(const char *words, const char *statements)
{
    sqlite3 *db;
    char *message = NULL;
    begin("%s", words);
    if (sqlite3_open(in_folder("data.db"), &db) != SQLITE_OK || sqlite3_exec(db, statements, NULL, NULL, &message) != SQLITE_OK) {
        fprintf(stderr, "%s: %s\n", words, message);
        exit(1);
    }
    sqlite3_close(db);
}

#define OFFICE "CREATE TABLE office (name, plan, score);"
#define FILLED OFFICE "INSERT INTO office VALUES ('a', 'yes', 1), ('b', 'no', 2);"

static void make_databases(void)
{
    CASE("db-empty", "data.db", "");
    CASE("db-text", "data.db", "name,plan,score\na,yes,1\n");
    CASE("db-head-alone", "data.db", "SQLite format 3\0\x10\0\x01\x01\0\x40\x20\x20");
    for (int eighth = 1; eighth < 8; eighth += 2) {
        char words[32];
        snprintf(words, sizeof words, "db-cut-%d", eighth);
        database(words, FILLED);
        size_t len;
        char *bytes = slurp("data.db", &len);
        put_bytes("data.db", bytes, len * (size_t)eighth / 8);
        free(bytes);
    }
    database("db-page-damaged", FILLED);
    size_t len;
    char *bytes = slurp("data.db", &len);
    memset(bytes + 4096, 0xA5, len - 4096);
    put_bytes("data.db", bytes, len);
    free(bytes);
    database("db-schema-damaged", FILLED);
    bytes = slurp("data.db", &len);
    memset(bytes + 100, 0xFF, 200);
    put_bytes("data.db", bytes, len);
    free(bytes);
    database("db-no-table", "CREATE TABLE other (x);");
    database("db-journal", FILLED);
    put("data.db-wal", "changes");
    database("db-blob", OFFICE "INSERT INTO office VALUES (x'0001', 'yes', 1);");
    database("db-nul", OFFICE "INSERT INTO office VALUES (CAST(x'610062' AS TEXT), 'yes', 1);");
    database("db-no-utf8", OFFICE "INSERT INTO office VALUES (CAST(x'FFFE' AS TEXT), 'yes', 1);");
    database("db-null-key", OFFICE "INSERT INTO office VALUES (NULL, 'yes', 1);");
    database("db-word-for-number", OFFICE "INSERT INTO office VALUES ('a', 'yes', 'many');");
    database("db-infinity", OFFICE "INSERT INTO office VALUES ('a', 'yes', 9e999);");
    database("db-column-missing", "CREATE TABLE office (name, plan); INSERT INTO office VALUES ('a', 'yes');");
    database("db-broken-view", "CREATE TABLE t (a); CREATE VIEW office AS SELECT name, plan, score FROM t2;");
    database("db-endless-view", "CREATE VIEW office AS WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT x AS name, 'yes' AS "
                                "plan, 1 AS score FROM n WHERE x < 0;");
    database("db-long-cell", OFFICE "INSERT INTO office VALUES (printf('%.*c', 10000000, 'x'), 'yes', 1);");
    database("db-huge-cell", OFFICE "INSERT INTO office VALUES (printf('%.*c', 50000000, 'x'), 'yes', 1);");
    database("db-key-twice", OFFICE "INSERT INTO office VALUES ('a', 'yes', 1), ('a', 'no', 2);");
}

int main(int argc, char **argv)
{
    if (argc != 2) return 2;
    top = argv[1];
    make_csv();
    make_books();
    make_json();
    make_databases();
    printf("%d\n", number);
    return 0;
}
