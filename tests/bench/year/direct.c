/* The scheme beside this file written out as a C program by hand, the reference for ./kaohe: direct FOLDER RESULTS [THREADS].
 *
 * In: the four tables. Out: RESULTS, byte for byte what kaohe writes.
 * Decision: what a good programmer writes for this one job. Files are mapped; pieces of them go to whichever of two threads
 * is free; each character is looked at once; a row's unit is compared with the last row's before it is hashed; rows of one
 * unit are added up in registers and brought to the unit at once, atomically, so there is one tally for each unit. What
 * kaohe checks is checked here: every cell's type, range, step and list, days that exist and lie in the period, units that
 * are there, and not twice, UTF-8 of texts. The first fault ends the program, with the file and the place.
 * What it leaves out: columns in another order, line breaks inside quotes, blanks around values, values in Chinese.
 */
#include <fcntl.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum {
    CODE = 20, PIECE = 4 << 20, REGIONS = 8, KINDS = 6, LEVELS = 4, MOST_THREADS = 64, TOPICS = 4096, UNITS_AT_ONCE = 8192, ROW_ROOM = 200,
    TOTALS = 10801, /* hundredths: 60 + 40 + 8 marks */
    POOR = 0, FAIR = 1, GOOD = 2, EXCELLENT = 3,
};

struct file {
    const char *name, *at, *end, *rows;
};

/* What a row needs of its unit lies together: with a million units most of the time goes into waiting for memory. */
struct unit {
    char code[CODE];
    uint32_t staff;
    uint8_t len, region;
    bool plan, summary;
    uint64_t came, called, halves, mild, grave, lost;
    uint32_t sessions, low, unexcused, serious, awards; /* awards: hundredths */
};

struct slot {
    uint32_t unit, hash; /* unit + 1; 0: free */
};

struct score {
    uint16_t held, attendance, mean, hours, study, events, losses, conduct, awards, total;
    uint32_t place;
};

static const char *folder;
static struct unit *units;
static struct score *scores;
static struct slot *table;
static uint32_t unit_count, table_mask;
static int threads = 2;

static _Noreturn void fail(const struct file *file, const char *at, const char *what)
{
    fprintf(stderr, "direct: %s, byte %lld: %s\n", file->name, at ? (long long)(at - file->at) : 0LL, what);
    exit(3);
}

static void *allocate(size_t count, size_t size)
{
    void *room = calloc(count ? count : 1, size);
    if (!room) {
        perror("direct");
        exit(4);
    }
    return room;
}

/* Each row ends in a newline, the last one too: so no loop below needs another end. */
static struct file open_file(const char *name, const char *headings)
{
    char path[1024];
    struct stat stat;
    snprintf(path, sizeof path, "%s/%s", folder, name);
    int fd = open(path, O_RDONLY);
    if (fd < 0 || fstat(fd, &stat) != 0 || stat.st_size == 0) {
        perror(path);
        exit(4);
    }
    const char *at = mmap(NULL, (size_t)stat.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (at == MAP_FAILED) {
        perror(path);
        exit(4);
    }
    close(fd);
    struct file file = {name, at, at + stat.st_size, at + strlen(headings)};
    if (file.end[-1] != '\n') fail(&file, file.end, "no newline at the end");
    if (file.rows > file.end || memcmp(at, headings, strlen(headings)) != 0) fail(&file, at, "other headings");
    return file;
}

/* ---- cells: each takes what it reads and the character behind it ---- */

static inline const char *take(const struct file *file, const char *p, char end)
{
    if (*p != end) fail(file, p, "the cell goes on, or is of another kind");
    return p + 1;
}

static inline const char *read_decimal(const struct file *file, const char *p, int places, char end, uint32_t *value)
{
    uint64_t n = 0;
    const char *from = p;
    while ((unsigned char)(*p - '0') < 10) n = n * 10 + (unsigned char)(*p++ - '0');
    if (p == from || p - from > 9) fail(file, from, "no number, or too large");
    if (places) {
        int left = places;
        if (*p == '.') {
            const char *point = ++p;
            for (; left && (unsigned char)(*p - '0') < 10; left--) n = n * 10 + (unsigned char)(*p++ - '0');
            if (p == point) fail(file, p, "no digits after the point");
        }
        for (; left; left--) n *= 10;
    }
    if (n > UINT32_MAX) fail(file, from, "too large");
    *value = (uint32_t)n;
    return take(file, p, end);
}

static inline const char *read_count(const struct file *file, const char *p, uint32_t low, uint32_t high, char end, uint32_t *value)
{
    const char *next = read_decimal(file, p, 0, end, value);
    if (*value < low || *value > high) fail(file, p, "out of range");
    return next;
}

/* A day of 2024 is true, a later one false, an earlier one a fault. */
static inline const char *read_day(const struct file *file, const char *p, bool *counts)
{
    static const uint8_t MONTHS[] = {0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    if (file->end - p < 11) fail(file, p, "no day");
    unsigned year = 0, wrong = (p[4] != '-') | (p[7] != '-');
    for (int i = 0; i < 4; i++) {
        unsigned digit = (unsigned char)(p[i] - '0');
        wrong |= digit > 9;
        year = year * 10 + digit;
    }
    unsigned m1 = (unsigned char)(p[5] - '0'), m2 = (unsigned char)(p[6] - '0'), month = m1 * 10 + m2;
    unsigned d1 = (unsigned char)(p[8] - '0'), d2 = (unsigned char)(p[9] - '0'), day = d1 * 10 + d2;
    if (wrong | (m1 > 9) | (m2 > 9) | (d1 > 9) | (d2 > 9)) fail(file, p, "no day");
    bool leap_day = month == 2 && day == 29 && year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    if (month < 1 || month > 12 || day < 1 || (day > MONTHS[month] && !leap_day)) fail(file, p, "no such day");
    if (year < 2024) fail(file, p, "before the period");
    *counts = year == 2024;
    return take(file, p + 10, ',');
}

static inline const char *read_yes(const struct file *file, const char *p, char end, bool *yes)
{
    *yes = *p == 'y';
    if (*yes && p[1] == 'e' && p[2] == 's') return take(file, p + 3, end);
    if (p[0] == 'n' && p[1] == 'o') return take(file, p + 2, end);
    fail(file, p, "neither yes nor no");
}

static inline const char *read_word(const struct file *file, const char *p, const char *const *words, uint32_t count, uint32_t *index)
{
    const char *end = p;
    while (*end >= 'a' && *end <= 'z') end++;
    for (uint32_t i = 0; i < count; i++) {
        const char *word = words[i], *q = p;
        while (q < end && *word == *q) word++, q++;
        if (q < end || *word) continue;
        *index = i;
        return take(file, end, ',');
    }
    fail(file, p, "not in the list");
}

static void check_utf8(const struct file *file, const char *p, const char *end)
{
    while (p < end) {
        unsigned char c = (unsigned char)*p++;
        if (c < 0x80) continue;
        int more = c >= 0xF0 ? 3 : c >= 0xE0 ? 2 : 1;
        unsigned char low = c == 0xE0 ? 0xA0 : c == 0xF0 ? 0x90 : 0x80, high = c == 0xED ? 0x9F : c == 0xF4 ? 0x8F : 0xBF;
        if (c < 0xC2 || c > 0xF4) fail(file, p, "not UTF-8");
        for (; more; more--, low = 0x80, high = 0xBF) {
            if (p == end || (unsigned char)*p < low || (unsigned char)*p > high) fail(file, p, "not UTF-8");
            p++;
        }
    }
}

/* The last cell of a row, as it stands, its quotes with it: equal texts are written alike. */
static const char *read_last(const struct file *file, const char *p, size_t *len)
{
    const char *from = p;
    if (*p == '"') {
        for (p++;; p++) {
            if (*p == '\n') fail(file, p, "a line break in quotes");
            if (*p != '"') continue;
            if (p[1] != '"') break;
            p++;
        }
        p++;
    } else {
        while (*p != '\n' && *p != '\r' && *p != ',' && *p != '"') p++;
    }
    *len = (size_t)(p - from);
    check_utf8(file, from, p);
    return take(file, p + (*p == '\r'), '\n');
}

/* ---- units ---- */

static inline uint64_t hash(const char *code, uint32_t len)
{
    uint64_t h = len, word;
    for (; len >= 8; len -= 8, code += 8) {
        memcpy(&word, code, 8);
        h = (h ^ word) * 0x9E3779B97F4A7C15u;
        h ^= h >> 32;
    }
    word = 0;
    memcpy(&word, code, len);
    h = (h ^ word) * 0x9E3779B97F4A7C15u;
    return h ^ (h >> 32);
}

/* The slot of a code, or the free one where it would be. */
static inline struct slot *slot_of(const char *code, uint32_t len, uint64_t h)
{
    for (uint32_t at = (uint32_t)h;; at++) {
        struct slot *slot = &table[at & table_mask];
        if (!slot->unit) return slot;
        const struct unit *u = &units[slot->unit - 1];
        if (slot->hash == (uint32_t)(h >> 32) && u->len == len && memcmp(u->code, code, len) == 0) return slot;
    }
}

/* `last`: the unit of the row before, UINT32_MAX if there was none. */
static inline const char *read_unit(const struct file *file, const char *p, uint32_t last, uint32_t *unit)
{
    if (last != UINT32_MAX) {
        const struct unit *u = &units[last];
        if (file->end - p > u->len && p[u->len] == ',' && memcmp(p, u->code, u->len) == 0) {
            *unit = last;
            return p + u->len + 1;
        }
    }
    const char *end = p;
    while (*end != ',' && *end != '\n') end++;
    uint32_t len = end - p <= CODE ? (uint32_t)(end - p) : 0;
    *unit = len ? slot_of(p, len, hash(p, len))->unit - 1 : UINT32_MAX;
    if (*unit == UINT32_MAX) fail(file, p, "unknown unit");
    return take(file, end, ',');
}

static void read_offices(void)
{
    static const char *const REGION[] = {"north", "east", "south", "west", "centre", "coast", "hills", "islands"};
    static const char *const KIND[] = {"bureau", "street", "school"};
    struct file file = open_file("office.csv", "code,region,kind,staff,plan,summary\n");
    uint32_t kind, region;
    size_t rows = 0;
    for (const char *p = file.rows; p < file.end; rows++) p = (const char *)memchr(p, '\n', (size_t)(file.end - p)) + 1;
    if (rows > UINT32_MAX / 4) fail(&file, NULL, "too many rows");
    units = allocate(rows, sizeof *units);
    for (table_mask = 16; table_mask < rows * 2; table_mask *= 2) {}
    table = allocate(table_mask--, sizeof *table);
    for (const char *p = file.rows; p < file.end;) {
        struct unit *u = &units[unit_count];
        const char *end = p;
        while (*end != ',' && *end != '\n') end++;
        if (end == p || end - p > CODE || *p == '"') fail(&file, p, "no code, or a long one");
        check_utf8(&file, p, end);
        u->len = (uint8_t)(end - p);
        uint64_t h = hash(p, u->len);
        struct slot *slot = slot_of(p, u->len, h);
        if (slot->unit) fail(&file, p, "twice");
        *slot = (struct slot){++unit_count, (uint32_t)(h >> 32)};
        memcpy(u->code, p, u->len);
        p = read_word(&file, take(&file, end, ','), REGION, REGIONS, &region);
        p = read_word(&file, p, KIND, 3, &kind);
        p = read_count(&file, p, 1, 100000, ',', &u->staff);
        p = read_yes(&file, p, ',', &u->plan);
        p = read_yes(&file, p, '\n', &u->summary);
        u->region = (uint8_t)region;
    }
    scores = allocate(unit_count, sizeof *scores);
}

/* ---- rows ---- */

#define ADD(target, amount)                                                                                                      \
    do {                                                                                                                         \
        if ((amount) != 0) __atomic_fetch_add(&(target), (amount), __ATOMIC_RELAXED);                                            \
    } while (0)

static void add_sessions(uint32_t unit, const struct unit *run)
{
    struct unit *t = &units[unit];
    ADD(t->sessions, run->sessions);
    ADD(t->low, run->low);
    ADD(t->unexcused, run->unexcused);
    ADD(t->came, run->came);
    ADD(t->called, run->called);
    ADD(t->halves, run->halves);
}

static void read_sessions(const struct file *file, const char *p, const char *end)
{
    uint32_t last = UINT32_MAX, unit, present, expected, unexcused, tenths;
    struct unit run = {.len = 0};
    bool counts;
    while (p < end) {
        p = read_unit(file, p, last, &unit);
        p = read_day(file, p, &counts);
        p = read_count(file, p, 0, 500, ',', &present);
        p = read_count(file, p, 1, 500, ',', &expected);
        p = read_count(file, p, 0, 500, ',', &unexcused);
        p = read_decimal(file, p, 1, '\n', &tenths);
        if (tenths < 5 || tenths > 80 || tenths % 5) fail(file, p, "hours");
        if (present > expected) fail(file, p, "more came than were expected");
        if (unit != last) {
            if (last != UINT32_MAX) add_sessions(last, &run);
            run = (struct unit){.len = 0};
            last = unit;
        }
        if (!counts) continue;
        run.sessions++;
        run.low += present * 5 < expected * 4;
        run.unexcused += unexcused > 2;
        run.came += present;
        run.called += expected;
        run.halves += tenths / 5;
    }
    if (last != UINT32_MAX) add_sessions(last, &run);
}

static void read_events(const struct file *file, const char *p, const char *end)
{
    static const char *const WHAT[] = {"complaint", "petition", "delay", "breach", "accident", "fire"};
    static const uint32_t COST[] = {25, 50, 10, 100, 150, 200};
    uint32_t last = UINT32_MAX, what, loss;
    bool counts, grave;
    size_t len;
    while (p < end) {
        p = read_unit(file, p, last, &last);
        p = read_day(file, p, &counts);
        p = read_word(file, p, WHAT, KINDS, &what);
        p = read_yes(file, p, ',', &grave);
        p = read_decimal(file, p, 2, ',', &loss);
        if (loss > 1000000) fail(file, p, "loss");
        p = read_last(file, p, &len);
        if (!counts) continue;
        struct unit *t = &units[last];
        if (grave) {
            ADD(t->grave, 2 * COST[what]);
            ADD(t->serious, what >= 4);
        } else {
            ADD(t->mild, COST[what]);
        }
        ADD(t->lost, loss);
    }
}

/* One thread reads all awards: it alone knows what each unit has for each topic. */
static void read_awards(const struct file *file)
{
    static const char *const LEVEL[] = {"county", "city", "province", "nation"};
    static const uint8_t WORTH[] = {0, 50, 100, 200, 255}; /* 255 stands for 400 */
    struct topic {
        const char *at;
        size_t len;
    } *topics = allocate(TOPICS, sizeof *topics);
    size_t rows = 0, room = 16, used = 0;
    uint32_t unit = UINT32_MAX, level;
    bool counts;
    for (const char *p = file->rows; p < file->end; rows++) p = (const char *)memchr(p, '\n', (size_t)(file->end - p)) + 1;
    while (room < rows * 2) room *= 2;
    uint64_t *best = allocate(room, sizeof *best); /* unit + 1, topic, level: of each unit and topic the highest */
    for (const char *p = file->rows; p < file->end;) {
        p = read_unit(file, p, unit, &unit);
        p = read_day(file, p, &counts);
        p = read_word(file, p, LEVEL, LEVELS, &level);
        struct topic topic = {.at = p};
        p = read_last(file, p, &topic.len);
        if (!topic.len) fail(file, p, "blank");
        if (!counts) continue;
        uint32_t h = (uint32_t)hash(topic.at, (uint32_t)topic.len) % TOPICS;
        while (topics[h].at && (topics[h].len != topic.len || memcmp(topics[h].at, topic.at, topic.len) != 0)) h = (h + 1) % TOPICS;
        if (!topics[h].at) {
            if (++used == TOPICS) fail(file, p, "too many topics");
            topics[h] = topic;
        }
        uint64_t group = (uint64_t)(unit + 1) << 16 | (uint64_t)h << 4, mix = group * 0x9E3779B97F4A7C15u;
        size_t slot = (size_t)(mix >> 24) & (room - 1);
        while (best[slot] && best[slot] >> 4 != group >> 4) slot = (slot + 1) & (room - 1);
        uint32_t before = (uint32_t)best[slot] & 15;
        if (level < before) continue;
        best[slot] = group | (level + 1);
        units[unit].awards += (level == 3 ? 400u : WORTH[level + 1]) - (before == 4 ? 400u : WORTH[before]);
    }
    free(best);
    free(topics);
}

/* ---- work for threads ---- */

static struct file sessions, events, awards;
static size_t session_pieces, event_pieces, next_piece;

static const char *piece_start(const struct file *file, size_t piece)
{
    if ((size_t)(file->end - file->rows) <= piece * PIECE) return file->end;
    const char *p = file->rows + piece * PIECE;
    return piece ? (const char *)memchr(p - 1, '\n', (size_t)(file->end - p + 1)) + 1 : p;
}

static void *read_pieces(void *none)
{
    for (;;) {
        size_t piece = __atomic_fetch_add(&next_piece, 1, __ATOMIC_RELAXED);
        if (piece == 0) {
            read_awards(&awards);
        } else if (piece <= session_pieces) {
            read_sessions(&sessions, piece_start(&sessions, piece - 1), piece_start(&sessions, piece));
        } else if (piece <= session_pieces + event_pieces) {
            piece -= session_pieces;
            read_events(&events, piece_start(&events, piece - 1), piece_start(&events, piece));
        } else {
            return none;
        }
    }
}

static void run_threads(void *(*work)(void *))
{
    pthread_t others[MOST_THREADS];
    for (int i = 1; i < threads; i++) {
        if (pthread_create(&others[i], NULL, work, NULL) != 0) {
            perror("direct");
            exit(4);
        }
    }
    work(NULL);
    for (int i = 1; i < threads; i++) pthread_join(others[i], NULL);
}

/* ---- marks, in hundredths ---- */

static uint32_t next_unit, counts_of[REGIONS][TOTALS + 1];

static uint16_t left(int64_t marks) { return (uint16_t)(marks < 0 ? 0 : marks); }

static int64_t least(uint64_t a, int64_t cap) { return a < (uint64_t)cap ? (int64_t)a : cap; }

static void score(uint32_t index)
{
    const struct unit *u = &units[index];
    struct score *s = &scores[index];
    int64_t away = (int64_t)(u->called - u->came) - u->staff, over = (int64_t)u->lost - 1000;
    s->held = left(1500 - least((u->sessions < 12 ? 12u - u->sessions : 0) * 100u, 1200) - (u->plan ? 0 : 300));
    s->attendance = left(2000 - least(u->low * 50ull, 1000) - least(u->unexcused * 25ull, 800) - (away > 0 ? 2 * away : 0));
    s->mean = u->called ? (uint16_t)((3000 * u->came + u->called) / (2 * u->called)) : 0;
    s->hours = left(1000 - (u->halves < 48 ? (int64_t)(48 - u->halves + 7) / 8 * 100 : 0) - (u->summary ? 0 : 100));
    s->study = (uint16_t)(s->held + s->attendance + s->mean + s->hours);
    s->events = left(3000 - least(u->mild, 2000) - (int64_t)u->grave - 100ll * u->serious);
    int64_t losses = 100000 - (over > 0 ? 5 * over : 0);
    s->losses = losses > 0 ? (uint16_t)((losses + 50) / 100) : 0;
    s->conduct = (uint16_t)(s->events + s->losses);
    s->awards = (uint16_t)least(u->awards, 800);
    s->total = (uint16_t)(s->study + s->conduct + s->awards);
}

static void *score_units(void *none)
{
    for (;;) {
        uint32_t from = __atomic_fetch_add(&next_unit, UNITS_AT_ONCE, __ATOMIC_RELAXED);
        if (from >= unit_count) return none;
        for (uint32_t u = from; u < unit_count && u < from + UNITS_AT_ONCE; u++) {
            score(u);
            __atomic_fetch_add(&counts_of[units[u].region][scores[u].total], 1, __ATOMIC_RELAXED);
        }
    }
}

/* The lowest total that still has the grade: those below `above` and from `from` up that fit into `quota` whole. */
static uint32_t cut(uint32_t region, uint32_t above, uint32_t from, uint32_t quota)
{
    uint32_t total = above;
    while (total > from && counts_of[region][total - 1] <= quota) quota -= counts_of[region][--total];
    return total;
}

static int by_hours(const void *a, const void *b)
{
    uint64_t x = units[*(const uint32_t *)a].halves, y = units[*(const uint32_t *)b].halves;
    return x < y ? 1 : x > y ? -1 : 0;
}

static uint32_t excellent_from[REGIONS], good_from[REGIONS];

static void rank(void)
{
    uint32_t *order = allocate(unit_count, sizeof *order), *starts = allocate((size_t)REGIONS * TOTALS, sizeof *starts), at = 0;
    for (uint32_t r = 0; r < REGIONS; r++) {
        uint32_t all = 0;
        for (uint32_t total = TOTALS; total--;) {
            starts[r * TOTALS + total] = at + all;
            all += counts_of[r][total];
        }
        at += all;
        excellent_from[r] = cut(r, TOTALS, 8500, all / 5);
        good_from[r] = cut(r, excellent_from[r], 7500, (uint32_t)((uint64_t)all * 2 / 5));
    }
    for (uint32_t u = 0; u < unit_count; u++) order[starts[units[u].region * TOTALS + scores[u].total]++] = u;
    uint32_t first = 0, of_region = 0; /* each start is now the end of its own */
    for (uint32_t r = 0; r < REGIONS; r++, of_region = first) {
        for (uint32_t total = TOTALS; total--;) {
            uint32_t count = counts_of[r][total];
            if (!count) continue;
            qsort(order + first, count, sizeof *order, by_hours);
            for (uint32_t i = first; i < first + count; i++) {
                bool equal = i > first && units[order[i]].halves == units[order[i - 1]].halves;
                scores[order[i]].place = equal ? scores[order[i - 1]].place : i - of_region + 1;
            }
            first += count;
        }
    }
    free(starts);
    free(order);
}

static int grade(uint32_t index)
{
    const struct unit *u = &units[index];
    uint32_t total = scores[index].total, region = u->region;
    int grade = total >= excellent_from[region] ? EXCELLENT : total >= good_from[region] ? GOOD : total >= 6000 ? FAIR : POOR;
    if (grade == EXCELLENT && u->unexcused >= 20) grade = GOOD;
    if (u->serious == 2 && grade > FAIR) grade = FAIR;
    return u->serious >= 3 ? POOR : grade;
}

/* ---- results: threads take turns with the file ---- */

static FILE *results;
static uint32_t next_block, turn;
static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t turned = PTHREAD_COND_INITIALIZER;

static char *put_number(char *p, uint32_t n)
{
    char room[10];
    int len = 0;
    do room[len++] = (char)('0' + n % 10);
    while (n /= 10);
    while (len) *p++ = room[--len];
    return p;
}

static char *put_marks(char *p, uint32_t hundredths)
{
    *p++ = ',';
    p = put_number(p, hundredths / 100);
    if (hundredths %= 100) {
        *p++ = '.';
        *p++ = (char)('0' + hundredths / 10);
        if (hundredths % 10) *p++ = (char)('0' + hundredths % 10);
    }
    return p;
}

static char *put_unit(char *p, uint32_t index)
{
    static const char *const GRADES[] = {"poor", "fair", "good", "excellent"};
    const struct unit *u = &units[index];
    const struct score *s = &scores[index];
    const uint16_t marks[] = {s->study,  s->held,   s->attendance, s->mean,   s->hours,
                              s->conduct, s->events, s->losses,     s->awards, s->total};
    int g = grade(index);
    memcpy(p, u->code, u->len);
    p += u->len;
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) p = put_marks(p, marks[i]);
    *p++ = ',';
    p = stpcpy(p, GRADES[g]);
    *p++ = ',';
    p = put_number(p, s->place);
    return stpcpy(p, g == POOR || units[index].lost > 100000 ? ",final,yes\n" : ",final,no\n");
}

static void *write_units(void *none)
{
    char *room = allocate(UNITS_AT_ONCE, 256 + ROW_ROOM);
    for (;;) {
        uint32_t block = __atomic_fetch_add(&next_block, 1, __ATOMIC_RELAXED), from = block * UNITS_AT_ONCE;
        if (from >= unit_count) break;
        char *p = room;
        for (uint32_t u = from; u < unit_count && u < from + UNITS_AT_ONCE; u++) p = put_unit(p, u);
        pthread_mutex_lock(&mutex);
        while (turn != block) pthread_cond_wait(&turned, &mutex);
        fwrite(room, 1, (size_t)(p - room), results); /* a fault is seen at fclose */
        turn++;
        pthread_cond_broadcast(&turned);
        pthread_mutex_unlock(&mutex);
    }
    free(room);
    return none;
}

int main(int argc, char **argv)
{
    if (argc < 3) {
        fprintf(stderr, "direct FOLDER RESULTS [THREADS]\n");
        return 2;
    }
    folder = argv[1];
    if (argc > 3) threads = atoi(argv[3]);
    if (threads < 1 || threads > MOST_THREADS) threads = 1;
    read_offices();
    sessions = open_file("session.csv", "code,held,present,expected,unexcused,hours\n");
    events = open_file("event.csv", "code,noted,what,grave,loss,note\n");
    awards = open_file("award.csv", "code,given_on,level,topic\r\n");
    session_pieces = ((size_t)(sessions.end - sessions.rows) + PIECE - 1) / PIECE;
    event_pieces = ((size_t)(events.end - events.rows) + PIECE - 1) / PIECE;
    run_threads(read_pieces);
    run_threads(score_units);
    rank();
    results = fopen(argv[2], "w");
    if (!results) {
        perror(argv[2]);
        return 4;
    }
    fputs("code,1,1.1,1.2,1.3,1.4,2,2.1,2.2,3,total,grade,best,state,talk\n", results);
    run_threads(write_units);
    bool bad = ferror(results);
    if (fclose(results) != 0 || bad) {
        perror(argv[2]);
        return 4;
    }
    return 0;
}
