/* A folder of CSV files in UTF-8 as something else: a workbook, JSON, JSON Lines, SQL.
 *
 * In: KIND FOLDER OUT, where KIND is xlsx, odd (a workbook as offices keep it), json (one file), jsons, jsonl (a
 * folder), sql (statements for SQLite and PostgreSQL). Or db, pg: runs the statements in a file (in place of FOLDER) in the
 * SQLite file, or at the PostgreSQL address, OUT. Out: the file or folder; nothing is said if all is well.
 * Decision: numbers, dates and percentages become cells of these kinds, not texts, so that the way back has something to do.
 */
#include "../../runtime/csv_scan.h"
#include "../../runtime/limits.h"

#include <dirent.h>
#include <libpq-fe.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <xlsxwriter.h>

static struct arena *arena;

static _Noreturn void die(const char *what)
{
    perror(what);
    exit(1);
}

/* ---- a CSV file ---- */

struct table {
    char *name;
    struct text *cells; /* row by row; the first row holds the headings */
    uint32_t columns;
    size_t rows;
};

static struct text read_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    struct stat status;
    if (!file || fstat(fileno(file), &status) != 0) die(path);
    char *bytes = arena_take(arena, (size_t)status.st_size + 1, 1);
    size_t len = fread(bytes, 1, (size_t)status.st_size, file);
    fclose(file);
    return (struct text){bytes, len};
}

static struct table read_table(const char *folder, const char *file)
{
    struct table table = {.name = strdup(file)};
    struct csv_scratch scratch;
    struct csv_scan scan;
    struct csv_record record;
    struct text *row = ARENA_ARRAY(arena, struct text, LIMIT_COLUMNS);
    size_t count = 0, capacity = 0;
    table.name[strlen(file) - 4] = 0;
    csv_scratch_init(&scratch, arena);
    csv_scan_start(&scan, read_file(arena_print(arena, "%s/%s", folder, file).at), ',', &scratch);
    while (csv_scan_next(&scan, row, LIMIT_COLUMNS, &record)) {
        if (!table.columns) table.columns = record.cells;
        if (record.fault != CSV_WHOLE || record.cells != table.columns) {
            fprintf(stderr, "%s: line %d is no row\n", file, (int)record.line);
            exit(1);
        }
        for (uint32_t c = 0; c < record.cells; c++) ARENA_PUSH(arena, table.cells, count, capacity, arena_text(arena, row[c]));
        table.rows++;
    }
    return table;
}

static struct text cell_at(const struct table *table, size_t row, uint32_t column)
{
    return table->cells[row * table->columns + column];
}

/* ---- what a cell is ---- */

static size_t digits_at(struct text cell, size_t at)
{
    size_t n = 0;
    while (at + n < cell.len && cell.at[at + n] >= '0' && cell.at[at + n] <= '9') n++;
    return n;
}

/* 12, -3.5; not 007 */
static bool is_number(struct text cell)
{
    size_t at = cell.len && cell.at[0] == '-', whole = digits_at(cell, at);
    if (!whole || whole > 15 || (whole > 1 && cell.at[at] == '0')) return false;
    at += whole;
    if (at < cell.len && cell.at[at] == '.') {
        size_t fraction = digits_at(cell, at + 1);
        if (!fraction || whole + fraction > 15 || cell.at[at + fraction] == '0') return false;
        at += 1 + fraction;
    }
    return at == cell.len;
}

static bool is_percent(struct text cell)
{
    return cell.len > 1 && cell.at[cell.len - 1] == '%' && is_number((struct text){cell.at, cell.len - 1});
}

static bool is_date(struct text cell)
{
    return cell.len == 10 && digits_at(cell, 0) == 4 && cell.at[4] == '-' && digits_at(cell, 5) == 2 && cell.at[7] == '-' &&
           digits_at(cell, 8) == 2;
}

/* ---- a workbook ---- */

struct looks {
    lxw_format *date, *date_words, *percent, *title, *wrapped;
};

static void write_cell(lxw_worksheet *sheet, lxw_row_t row, lxw_col_t column, struct text cell, const struct looks *looks, bool odd)
{
    if (!cell.len) return;
    if (is_date(cell)) {
        lxw_datetime date = {.year = atoi(cell.at), .month = atoi(cell.at + 5), .day = atoi(cell.at + 8)};
        worksheet_write_datetime(sheet, row, column, &date, odd && row % 2 ? looks->date_words : looks->date);
    } else if (is_percent(cell)) {
        worksheet_write_number(sheet, row, column, strtod(cell.at, NULL) / 100, looks->percent);
    } else if (is_number(cell)) {
        char formula[64];
        snprintf(formula, sizeof formula, "=%.*s+0", TEXT_ARG(cell));
        if (odd && row % 3 == 0) worksheet_write_formula_num(sheet, row, column, formula, NULL, strtod(cell.at, NULL));
        else worksheet_write_number(sheet, row, column, strtod(cell.at, NULL), NULL);
    } else if (odd && cell.len > 6 && row % 4 == 1) { /* in two pieces, one of them bold */
        size_t half = 3; /* a Chinese character, or three Latin ones */
        char *front = (char *)arena_text(arena, (struct text){cell.at, half}).at, *back = (char *)cell.at + half;
        lxw_rich_string_tuple first = {.format = looks->title, .string = front}, second = {.string = back};
        lxw_rich_string_tuple *pieces[] = {&first, &second, NULL};
        bool whole = ((unsigned char)cell.at[0] >= 0xE0 && (unsigned char)cell.at[0] < 0xF0) || (unsigned char)cell.at[half] < 0x80;
        if (whole) worksheet_write_rich_string(sheet, row, column, pieces, NULL);
        else worksheet_write_string(sheet, row, column, cell.at, NULL);
    } else {
        worksheet_write_string(sheet, row, column, cell.at, NULL);
    }
}

/* Titles, a heading over two lines, a blank row among the data, and notes below. */
static void write_sheet(lxw_workbook *book, const struct table *table, const struct looks *looks, bool odd)
{
    lxw_worksheet *sheet = workbook_add_worksheet(book, odd ? arena_print(arena, " %s ", table->name).at : table->name);
    lxw_row_t line = 0;
    lxw_col_t first = odd ? 1 : 0; /* a column of nothing before it */
    lxw_col_t last = (lxw_col_t)(first + table->columns - 1);
    if (odd) {
        char *title = (char *)arena_print(arena, "二〇一四年度%s", table->name).at;
        if (last > first) worksheet_merge_range(sheet, 0, first, 0, last, title, looks->title);
        else worksheet_write_string(sheet, 0, first, title, looks->title);
        worksheet_write_string(sheet, 2, first, "填报单位（盖章）：", NULL);
        line = 4;
    }
    for (size_t row = 0; row < table->rows; row++, line++) {
        if (odd && row == 2) line += 2;
        for (uint32_t c = 0; c < table->columns; c++) {
            struct text cell = cell_at(table, row, c);
            if (row == 0 && odd && cell.len > 9) {
                cell = arena_print(arena, "%.*s\n%s", 6, cell.at, cell.at + 6);
                worksheet_write_string(sheet, line, (lxw_col_t)(first + c), cell.at, looks->wrapped);
            } else if (row == 0) {
                worksheet_write_string(sheet, line, (lxw_col_t)(first + c), cell.at, NULL);
            } else {
                write_cell(sheet, line, (lxw_col_t)(first + c), cell, looks, odd);
            }
        }
    }
    if (!odd) return;
    worksheet_write_string(sheet, line + 1, first, "注：本表一式两份。", NULL);
    if (last > first) worksheet_merge_range(sheet, line + 2, first, line + 2, last, "逾期不报的，按未开展处理。", NULL);
    worksheet_write_string(sheet, line + 3, first, "填表人：", NULL);
    worksheet_write_string(sheet, line + 3, (lxw_col_t)(first + 1), "审核人：", NULL);
}

static void write_workbook(const char *out, const struct table *tables, size_t count, bool odd)
{
    lxw_workbook *book = workbook_new(out);
    struct looks looks = {workbook_add_format(book), workbook_add_format(book), workbook_add_format(book), workbook_add_format(book),
                          workbook_add_format(book)};
    format_set_num_format_index(looks.date, 14);
    format_set_num_format(looks.date_words, "yyyy\"年\"m\"月\"d\"日\";@");
    format_set_num_format(looks.percent, "0.0%");
    format_set_bold(looks.title);
    format_set_text_wrap(looks.wrapped);
    if (odd) {
        lxw_worksheet *notes = workbook_add_worksheet(book, "填表说明");
        worksheet_write_string(notes, 0, 0, "各表由办公室填报。", NULL);
    }
    for (size_t i = 0; i < count; i++) write_sheet(book, &tables[i], &looks, odd);
    if (workbook_close(book) != LXW_NO_ERROR) die(out);
}

/* ---- JSON ---- */

static void put_string(FILE *out, struct text text)
{
    fputc('"', out);
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.at[i];
        if (c == '"' || c == '\\') fprintf(out, "\\%c", c);
        else if (c < ' ') fprintf(out, "\\u%04x", c);
        else fputc(c, out);
    }
    fputc('"', out);
}

static void put_row(FILE *out, const struct table *table, size_t row)
{
    fputc('{', out);
    for (uint32_t c = 0; c < table->columns; c++) {
        struct text cell = cell_at(table, row, c);
        if (c) fputs(", ", out);
        put_string(out, cell_at(table, 0, c));
        fputs(": ", out);
        if (!cell.len) fputs("null", out);
        else if (is_number(cell)) fprintf(out, "%.*s", TEXT_ARG(cell));
        else if (text_is(cell, "是")) fputs("true", out);
        else if (text_is(cell, "否")) fputs("false", out);
        else put_string(out, cell);
    }
    fputc('}', out);
}

static void put_rows(FILE *out, const struct table *table)
{
    fputs("[", out);
    for (size_t row = 1; row < table->rows; row++) {
        fputs(row > 1 ? ",\n  " : "\n  ", out);
        put_row(out, table, row);
    }
    fputs("\n]", out);
}

static FILE *open_out(const char *path)
{
    FILE *out = fopen(path, "wb");
    if (!out) die(path);
    return out;
}

static void write_json(const char *path, const struct table *tables, size_t count)
{
    FILE *out = open_out(path);
    fputs("{\n", out);
    for (size_t i = 0; i < count; i++) {
        put_string(out, text_of(tables[i].name));
        fputs(": ", out);
        put_rows(out, &tables[i]);
        fputs(i + 1 < count ? ",\n" : "\n}\n", out);
    }
    if (fclose(out) != 0) die(path);
}

static void write_json_files(const char *folder, const struct table *tables, size_t count, bool lines)
{
    mkdir(folder, 0777);
    for (size_t i = 0; i < count; i++) {
        FILE *out = open_out(arena_print(arena, "%s/%s.%s", folder, tables[i].name, lines ? "jsonl" : "json").at);
        if (!lines) put_rows(out, &tables[i]);
        for (size_t row = 1; lines && row < tables[i].rows; row++) {
            put_row(out, &tables[i], row);
            fputc('\n', out);
        }
        if (fclose(out) != 0) die(folder);
    }
}

/* ---- SQL ---- */

static void put_quoted(FILE *out, struct text text, char quote)
{
    fputc(quote, out);
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] == quote) fputc(quote, out);
        fputc(text.at[i], out);
    }
    fputc(quote, out);
}

enum sql_type { SQL_TEXT, SQL_DATE, SQL_NUMERIC, SQL_BOOLEAN };

/* The narrowest type that all cells of a column have. */
static enum sql_type type_of(const struct table *table, uint32_t column)
{
    bool dates = table->rows > 1, numbers = dates, truths = dates;
    for (size_t row = 1; row < table->rows; row++) {
        struct text cell = cell_at(table, row, column);
        if (!cell.len) continue;
        dates &= is_date(cell);
        numbers &= is_number(cell);
        truths &= text_is(cell, "是") || text_is(cell, "否");
    }
    return dates ? SQL_DATE : numbers ? SQL_NUMERIC : truths ? SQL_BOOLEAN : SQL_TEXT;
}

static void write_sql(const char *path, const struct table *tables, size_t count)
{
    static const char *const TYPES[] = {"text", "date", "numeric", "boolean"};
    FILE *out = open_out(path);
    fputs("BEGIN;\n", out);
    for (size_t i = 0; i < count; i++) {
        const struct table *table = &tables[i];
        enum sql_type *types = ARENA_ARRAY(arena, enum sql_type, table->columns);
        fputs("CREATE TABLE ", out);
        put_quoted(out, text_of(table->name), '"');
        for (uint32_t c = 0; c < table->columns; c++) {
            types[c] = type_of(table, c);
            fputs(c ? ", " : " (", out);
            put_quoted(out, cell_at(table, 0, c), '"');
            fprintf(out, " %s", TYPES[types[c]]);
        }
        fputs(");\n", out);
        for (size_t row = 1; row < table->rows; row++) {
            fputs("INSERT INTO ", out);
            put_quoted(out, text_of(table->name), '"');
            for (uint32_t c = 0; c < table->columns; c++) {
                struct text cell = cell_at(table, row, c);
                fputs(c ? ", " : " VALUES (", out);
                if (!cell.len) fputs("NULL", out);
                else if (types[c] == SQL_BOOLEAN) fputs(text_is(cell, "是") ? "true" : "false", out);
                else put_quoted(out, cell, '\'');
            }
            fputs(");\n", out);
        }
    }
    fputs("COMMIT;\n", out);
    if (fclose(out) != 0) die(path);
}

static void run_in_sqlite(const char *statements, const char *path)
{
    sqlite3 *database;
    char *message = NULL;
    remove(path);
    if (sqlite3_open(path, &database) != SQLITE_OK || sqlite3_exec(database, statements, NULL, NULL, &message) != SQLITE_OK) {
        fprintf(stderr, "%s: %s\n", path, message ? message : sqlite3_errmsg(database));
        exit(1);
    }
    sqlite3_close(database);
}

static void run_in_postgres(const char *statements, const char *address)
{
    PGconn *connection = PQconnectdb(address);
    PGresult *result = PQstatus(connection) == CONNECTION_OK ? PQexec(connection, statements) : NULL;
    if (!result || (PQresultStatus(result) != PGRES_COMMAND_OK && PQresultStatus(result) != PGRES_TUPLES_OK)) {
        fprintf(stderr, "%s: %s\n", address, PQerrorMessage(connection));
        exit(1);
    }
    PQclear(result);
    PQfinish(connection);
}

/* ---- all ---- */

static int by_name(const void *a, const void *b) { return strcmp(((const struct table *)a)->name, ((const struct table *)b)->name); }

int main(int argc, char **argv)
{
    static struct table tables[128];
    static size_t count;
    if (argc != 4) return 2;
    const char *kind = argv[1];
    arena = arena_open(NULL, 0);
    if (!arena || setjmp(*arena_trap(arena))) die("memory");
    bool sqlite = strcmp(kind, "db") == 0;
    if (sqlite || strcmp(kind, "pg") == 0) {
        (sqlite ? run_in_sqlite : run_in_postgres)(read_file(argv[2]).at, argv[3]);
        arena_close(arena);
        return 0;
    }
    DIR *folder = opendir(argv[2]);
    if (!folder) die(argv[2]);
    for (struct dirent *item; (item = readdir(folder));) {
        size_t len = strlen(item->d_name);
        if (len > 4 && strcmp(item->d_name + len - 4, ".csv") == 0 && count < 128) tables[count++] = read_table(argv[2], item->d_name);
    }
    closedir(folder);
    qsort(tables, count, sizeof *tables, by_name);
    if (strcmp(kind, "xlsx") == 0) write_workbook(argv[3], tables, count, false);
    else if (strcmp(kind, "odd") == 0) write_workbook(argv[3], tables, count, true);
    else if (strcmp(kind, "json") == 0) write_json(argv[3], tables, count);
    else if (strcmp(kind, "jsons") == 0) write_json_files(argv[3], tables, count, false);
    else if (strcmp(kind, "jsonl") == 0) write_json_files(argv[3], tables, count, true);
    else if (strcmp(kind, "sql") == 0) write_sql(argv[3], tables, count);
    else return 2;
    for (size_t i = 0; i < count; i++) free(tables[i].name);
    arena_close(arena);
    return 0;
}
