/* A year of a whole country: generate FOLDER UNITS writes the four tables of scheme.kh beside this file.
 *
 * Out: office.csv; session.csv, by office in the order of office.csv; event.csv, a register in the order of days, so its
 * offices come in no order, the last rows are of the next year, and some notes stand in quotes; award.csv, with CRLF and
 * some topics in quotes. About 42 rows for each unit and 36 bytes for each row. Most offices have few rows, some hundreds.
 * Decision: its own random numbers and its own writing of digits, so that every machine times the same bytes and the
 * largest size (1.5 GB) takes seconds.
 */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BUFFER = 1 << 20, LINE = 256, DAYS = 366 };

/* ---- chance ---- */

static uint64_t state;

static uint32_t below(uint32_t n)
{
    state += 0x9E3779B97F4A7C15u;
    uint64_t z = (state ^ (state >> 30)) * 0xBF58476D1CE4E5B9u;
    z ^= z >> 29;
    return (uint32_t)(((z & 0xFFFFFFFFu) * n) >> 32);
}

static bool chance(uint32_t in_thousand) { return below(1000) < in_thousand; }

static uint32_t between(uint32_t low, uint32_t high) { return low + below(high - low + 1); }

/* ---- writing ---- */

struct out {
    FILE *file;
    char *at, *room;
};

static _Noreturn void fail(const char *path)
{
    perror(path);
    exit(1);
}

static void put(struct out *out, const char *text)
{
    while (*text) *out->at++ = *text++;
}

static void put_number(struct out *out, uint32_t n, int digits)
{
    char room[10];
    int len = 0;
    do room[len++] = (char)('0' + n % 10);
    while (n /= 10, n || len < digits);
    while (len) *out->at++ = room[--len];
}

static void flush(struct out *out)
{
    size_t len = (size_t)(out->at - out->room);
    if (fwrite(out->room, 1, len, out->file) != len) fail("generate");
    out->at = out->room;
}

static void end_row(struct out *out, const char *end)
{
    put(out, end);
    if (out->at - out->room > BUFFER) flush(out);
}

static struct out table(const char *folder, const char *name, const char *headings)
{
    char path[1024];
    snprintf(path, sizeof path, "%s/%s.csv", folder, name);
    struct out out = {.file = fopen(path, "w"), .room = malloc(BUFFER + LINE)};
    if (!out.file || !out.room) fail(path);
    out.at = out.room;
    put(&out, headings);
    return out;
}

static void close_table(struct out *out)
{
    flush(out);
    if (fclose(out->file) != 0) fail("generate");
    free(out->room);
}

/* ---- what stands in the cells ---- */

/* Codes rise, but not by one: nobody can take them for indices. */
static void put_code(struct out *out, uint32_t unit)
{
    put(out, "DW33-");
    put_number(out, 1000000 + unit * 7 + unit * 2654435761u % 7, 7);
}

static void put_day(struct out *out, uint32_t day) /* 0: 1 January 2024 */
{
    static const uint32_t MONTHS[] = {31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    uint32_t month = 0, year = 2024;
    if (day >= DAYS) day -= DAYS, year++; /* the next January is all that is needed of it */
    while (day >= MONTHS[month]) day -= MONTHS[month++];
    put_number(out, year, 4);
    put(out, "-");
    put_number(out, month + 1, 2);
    put(out, "-");
    put_number(out, day + 1, 2);
}

static void put_hundredths(struct out *out, uint32_t n)
{
    put_number(out, n / 100, 1);
    if (n % 100 == 0) return;
    put(out, ".");
    if (n % 10) put_number(out, n % 100, 2);
    else put_number(out, n % 100 / 10, 1);
}

static void put_yes(struct out *out, bool yes) { put(out, yes ? ",yes" : ",no"); }

/* ---- tables ---- */

static void write_offices(const char *folder, uint32_t units)
{
    static const char *const REGIONS[] = {"north", "east", "south", "west", "centre", "coast", "hills", "islands"};
    static const char *const KINDS[] = {"bureau", "street", "school"};
    struct out out = table(folder, "office", "code,region,kind,staff,plan,summary\n");
    for (uint32_t u = 0; u < units; u++) {
        put_code(&out, u);
        put(&out, ",");
        put(&out, REGIONS[below(100) < 40 ? below(3) : below(8)]);
        put(&out, ",");
        put(&out, KINDS[below(3)]);
        put(&out, ",");
        put_number(&out, chance(900) ? between(3, 80) : between(80, 2000), 1);
        put_yes(&out, chance(930));
        put_yes(&out, chance(960));
        end_row(&out, "\n");
    }
    close_table(&out);
}

static uint32_t sessions_of_unit(void)
{
    uint32_t kind = below(1000);
    if (kind < 20) return 0;
    if (kind < 620) return between(6, 19);
    if (kind < 920) return between(20, 70);
    if (kind < 990) return between(80, 180);
    return between(200, 560);
}

static void write_sessions(const char *folder, uint32_t units)
{
    struct out out = table(folder, "session", "code,held,present,expected,unexcused,hours\n");
    for (uint32_t u = 0; u < units; u++) {
        uint32_t rows = sessions_of_unit(), people = between(5, 60), careless = below(4) ? 20 : 200;
        for (uint32_t r = 0; r < rows; r++) {
            uint32_t expected = people + below(5), absent = below(expected / 6 + 1) + (chance(careless) ? below(expected / 2) : 0);
            put_code(&out, u);
            put(&out, ",");
            put_day(&out, (r * DAYS + below(DAYS)) / rows);
            put(&out, ",");
            put_number(&out, expected - absent, 1);
            put(&out, ",");
            put_number(&out, expected, 1);
            put(&out, ",");
            put_number(&out, chance(careless) ? below(absent + 1) : 0, 1);
            put(&out, ",");
            put_hundredths(&out, 50 * between(1, 8));
            end_row(&out, "\n");
        }
    }
    close_table(&out);
}

/* Some are named very often: a unit below a unit below a unit, spread over the list. */
static uint32_t unit_of_event(uint32_t units)
{
    uint32_t rank = below(below(below(units) + 1) + 1);
    return chance(500) ? below(units) : (uint32_t)((uint64_t)rank * 15485863 % units);
}

static void write_events(const char *folder, uint32_t units)
{
    static const char *const WHAT[] = {"complaint", "complaint", "complaint", "petition", "petition",
                                       "delay",     "delay",     "breach",    "accident", "fire"};
    static const char *const NOTES[] = {"by letter", "see the file", "second time", "来信", "\"late, twice\"",
                                        "\"the clerk said \"\"soon\"\"\"", "\"已办结，待复核\""};
    struct out out = table(folder, "event", "code,noted,what,grave,loss,note\n");
    uint32_t rows = (uint32_t)((uint64_t)units * 62 / 10);
    for (uint32_t r = 0; r < rows; r++) {
        put_code(&out, unit_of_event(units));
        put(&out, ",");
        put_day(&out, (uint32_t)((uint64_t)r * (DAYS + 2) / rows));
        put(&out, ",");
        put(&out, WHAT[below(10)]);
        put_yes(&out, chance(60));
        put(&out, ",");
        put_hundredths(&out, chance(200) ? below(2000) : 0);
        put(&out, ",");
        if (chance(150)) put(&out, NOTES[below(7)]);
        end_row(&out, "\n");
    }
    close_table(&out);
}

static uint32_t awards_of_unit(void)
{
    uint32_t kind = below(1000);
    if (kind < 600) return 0;
    if (kind < 900) return between(1, 2);
    if (kind < 990) return between(2, 6);
    return between(8, 30);
}

static void write_awards(const char *folder, uint32_t units)
{
    static const char *const LEVELS[] = {"county", "county", "county", "county", "city", "city", "city", "province", "province", "nation"};
    static const char *const TOPICS[] = {"flood defence", "public reading rooms", "水利", "\"roads, bridges\"",
                                         "care of the old", "\"节能，减排\"", "forests", "village doctors"};
    struct out out = table(folder, "award", "code,given_on,level,topic\r\n");
    for (uint32_t u = 0; u < units; u++) {
        for (uint32_t r = awards_of_unit(); r; r--) {
            put_code(&out, u);
            put(&out, ",");
            put_day(&out, below(DAYS));
            put(&out, ",");
            put(&out, LEVELS[below(10)]);
            put(&out, ",");
            put(&out, TOPICS[below(8)]);
            end_row(&out, "\r\n");
        }
    }
    close_table(&out);
}

int main(int argc, char **argv)
{
    unsigned long units = argc == 3 ? strtoul(argv[2], NULL, 10) : 0;
    if (units < 1 || units > 1000000) {
        fprintf(stderr, "generate FOLDER UNITS (1 to 1000000)\n");
        return 2;
    }
    state = 20240101; /* each table begins anew, so that one can be changed alone */
    write_offices(argv[1], (uint32_t)units);
    state = 20240102;
    write_sessions(argv[1], (uint32_t)units);
    state = 20240103;
    write_events(argv[1], (uint32_t)units);
    state = 20240104;
    write_awards(argv[1], (uint32_t)units);
    return 0;
}
