/* The scheme schemes/wenzhou written out as a C program by hand, to time ./kaohe against: direct FOLDER > results.csv.
 *
 * In: the eleven tables, as kaohe reads them. Out: the rows of results, without headings, as kaohe writes them.
 * Decision: what a careful programmer would write for this one scheme and this one year: every table is mapped and read
 * once, units are found by a hash of their name, figures are plain integers (days in halves). It trusts the data more
 * than kaohe does (no quotes, ranges unchecked, a wrong cell ends the program), so the comparison favours it.
 */
#include <fcntl.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BRANCHES = 64, PARTS = 18 };
enum { P1, P11, P12, P123, P13, P14, P2, P21, P22, P23, P3, P31, P32, P33, P34, P35, P36 };

struct cell {
    const char *at;
    uint32_t len;
};

struct branch {
    struct cell name;
    unsigned meetings;
};

struct unit {
    struct cell name;
    bool no_study_plan, no_summary, not_own_signature, no_secretary, no_rules, late_life, no_opinions, no_measures, inefficient;
    bool not_published, no_integrity_plan, no_lecture, no_safeguards, no_duty, no_plan, late_summary, heads_wrong;
    bool deputy_absent, not_cleared, deputy_misused, late_election, vacancies, no_procedure, dues_wrong, late_statistics;
    bool not_reviewed, not_circulated, not_reported, no_ideology, no_supervision, no_civilised, letters_late;
    bool no_mass_bodies, no_societies, no_planning;
    long satisfaction; /* hundredths */
    unsigned in_service, registered;
    unsigned sessions, session_halves, poor_sessions;
    unsigned low_leaders, silent, no_essays;
    unsigned hearings, late_branches;
    bool branch_lacks, branch_unmended, admission_lacks, leader_violates;
    unsigned staff_halves, lectures, investigated, self_found;
    int judged; /* -1: open */
    struct branch *branches;
    unsigned branch_count;
    unsigned place, total_place;
    bool open, ranked;
    int value[PARTS], total;
};

static struct unit *units;
static size_t unit_count;
static uint32_t *table;
static size_t table_size;
static const char *folder;

static _Noreturn void fail(const char *what, const char *where)
{
    fprintf(stderr, "direct: %s: %s\n", what, where);
    exit(1);
}

/* ---- reading ---- */

struct reader {
    const char *name, *at, *end;
    struct cell cells[64];
    unsigned count;
};

static struct reader reader_open(const char *name)
{
    char path[1024];
    snprintf(path, sizeof path, "%s/%s.csv", folder, name);
    int fd = open(path, O_RDONLY);
    struct stat stat;
    if (fd < 0 || fstat(fd, &stat) != 0) fail("cannot be read", path);
    char *at = mmap(NULL, (size_t)stat.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
    if (at == MAP_FAILED) fail("cannot be mapped", path);
    close(fd);
    const char *end = at + stat.st_size, *line = memchr(at, '\n', (size_t)stat.st_size);
    return (struct reader){.name = name, .at = line ? line + 1 : end, .end = end};
}

static bool reader_next(struct reader *r)
{
    if (r->at >= r->end) return false;
    const char *from = r->at;
    for (r->count = 0;;) {
        const char *p = from;
        while (p < r->end && *p != ',' && *p != '\n') p++;
        if (r->count == 64) fail("too many cells", r->name);
        r->cells[r->count++] = (struct cell){from, (uint32_t)(p - from)};
        if (p == r->end || *p == '\n') {
            r->at = p + 1;
            return true;
        }
        from = p + 1;
    }
}

static uint32_t hash(struct cell name)
{
    uint32_t h = 2166136261u;
    for (uint32_t i = 0; i < name.len; i++) h = (h ^ (unsigned char)name.at[i]) * 16777619u;
    return h;
}

static bool equal(struct cell a, struct cell b) { return a.len == b.len && memcmp(a.at, b.at, a.len) == 0; }

static bool is(struct cell cell, const char *word) { return equal(cell, (struct cell){word, (uint32_t)strlen(word)}); }

static struct unit *find(struct cell name)
{
    for (uint32_t h = hash(name);; h++) {
        uint32_t u = table[h & (table_size - 1)];
        if (!u) fail("unknown unit", "data");
        if (equal(units[u - 1].name, name)) return &units[u - 1];
    }
}

static bool yes(struct cell cell)
{
    if (is(cell, "是")) return true;
    if (!is(cell, "否")) fail("neither yes nor no", "data");
    return false;
}

static bool is_no(struct cell cell) { return !is(cell, "不涉及") && !yes(cell); }

static unsigned number(struct cell cell)
{
    unsigned n = 0;
    if (!cell.len) fail("blank", "data");
    for (uint32_t i = 0; i < cell.len; i++) {
        if (cell.at[i] < '0' || cell.at[i] > '9') fail("no number", "data");
        n = n * 10 + (unsigned)(cell.at[i] - '0');
    }
    return n;
}

/* A decimal in units of 10^-places, at most 2 places. */
static unsigned decimal(struct cell cell, unsigned places)
{
    const char *point = memchr(cell.at, '.', cell.len);
    struct cell whole = cell;
    if (point) whole.len = (uint32_t)(point - cell.at);
    unsigned n = number(whole), left = places;
    for (const char *p = point ? point + 1 : cell.at + cell.len; left; left--) {
        n = n * 10 + (p < cell.at + cell.len ? (unsigned)(*p++ - '0') : 0);
    }
    return n;
}

static unsigned halves(struct cell cell) { return decimal(cell, 1) / 5; }

/* yyyymmdd; of 2007 unless `any`. */
static unsigned date(struct cell cell, bool any)
{
    if (cell.len != 10) fail("no date", "data");
    unsigned d = number((struct cell){cell.at, 4}) * 10000 + number((struct cell){cell.at + 5, 2}) * 100 +
                 number((struct cell){cell.at + 8, 2});
    if (!any && d / 10000 != 2007) fail("not in the period", "data");
    return d;
}

static void read_units(void)
{
    struct reader r = reader_open("机关单位");
    size_t room = 0;
    while (reader_next(&r)) {
        if (r.count != 39) fail("cells", r.name);
        if (unit_count == room) {
            room = room ? room * 2 : 1024;
            units = realloc(units, room * sizeof *units);
            if (!units) fail("memory", r.name);
        }
        struct unit *u = &units[unit_count++];
        *u = (struct unit){.name = r.cells[0], .judged = -1};
        const struct cell *c = r.cells + 1;
        bool *const first[] = {&u->no_study_plan, &u->no_summary, &u->not_own_signature, &u->no_secretary, &u->no_rules,
                               &u->late_life, &u->no_opinions, &u->no_measures, &u->inefficient};
        for (int i = 0; i < 9; i++) *first[i] = !yes(*c++);
        u->satisfaction = decimal(*c++, 2);
        bool *const second[] = {&u->not_published, &u->no_integrity_plan, &u->no_lecture, &u->no_safeguards, &u->no_duty,
                                &u->no_plan, &u->late_summary, &u->heads_wrong};
        for (int i = 0; i < 8; i++) *second[i] = !yes(*c++);
        bool *const third[] = {&u->deputy_absent, &u->not_cleared, &u->deputy_misused, &u->late_election};
        for (int i = 0; i < 4; i++) *third[i] = is_no(*c++);
        bool *const fourth[] = {&u->vacancies, &u->no_procedure, &u->dues_wrong, &u->late_statistics, &u->not_reviewed,
                                &u->not_circulated, &u->not_reported, &u->no_ideology, &u->no_supervision, &u->no_civilised};
        for (int i = 0; i < 10; i++) *fourth[i] = !yes(*c++);
        u->in_service = number(*c++);
        u->registered = number(*c++);
        u->letters_late = !yes(c[0]);
        u->no_mass_bodies = !yes(c[1]);
        u->no_societies = !yes(c[2]);
        u->no_planning = !yes(c[3]);
    }
    for (table_size = 16; table_size < unit_count * 2; table_size *= 2) {}
    table = calloc(table_size, sizeof *table);
    if (!table) fail("memory", r.name);
    for (size_t u = 0; u < unit_count; u++) {
        uint32_t h = hash(units[u].name);
        while (table[h & (table_size - 1)]) h++;
        table[h & (table_size - 1)] = (uint32_t)u + 1;
    }
}

static void read_branches(void)
{
    struct reader r = reader_open("支部");
    while (reader_next(&r)) {
        struct unit *u = find(r.cells[0]);
        if (!u->branches) u->branches = calloc(BRANCHES, sizeof *u->branches);
        if (!u->branches || u->branch_count == BRANCHES) fail("branches", r.name);
        u->branches[u->branch_count++].name = r.cells[1];
        if (!(yes(r.cells[2]) && yes(r.cells[3]) && yes(r.cells[4]))) u->branch_lacks = true;
        if (!yes(r.cells[5]) && is_no(r.cells[6])) u->branch_unmended = true;
        if (r.cells[7].len) {
            unsigned due = date(r.cells[7], true), held = r.cells[8].len ? date(r.cells[8], true) : 20071231;
            if (held >= due + 10000) u->late_branches++; /* no 29 February in the data */
        }
    }
    r = reader_open("组织生活会");
    while (reader_next(&r)) {
        struct unit *u = find(r.cells[0]);
        unsigned b = 0;
        while (b < u->branch_count && !equal(u->branches[b].name, r.cells[1])) b++;
        if (b == u->branch_count) fail("unknown branch", r.name);
        date(r.cells[2], false);
        u->branches[b].meetings++;
    }
}

static void read_people(void)
{
    struct reader r = reader_open("中心组学习");
    while (reader_next(&r)) {
        struct unit *u = find(r.cells[0]);
        date(r.cells[1], false);
        u->sessions++;
        u->session_halves += halves(r.cells[2]);
        u->poor_sessions += number(r.cells[3]) * 5 < number(r.cells[4]) * 4;
    }
    r = reader_open("班子成员");
    while (reader_next(&r)) {
        struct unit *u = find(r.cells[0]);
        u->silent += number(r.cells[3]) == 0;
        u->no_essays += number(r.cells[4]) == 0;
        u->low_leaders += yes(r.cells[2]) && number(r.cells[5]) * 5 < number(r.cells[6]) * 4;
    }
    r = reader_open("全员集中学习");
    while (reader_next(&r)) {
        date(r.cells[1], false);
        find(r.cells[0])->staff_halves += halves(r.cells[2]);
    }
}

static void read_events(void)
{
    struct reader r = reader_open("听取党建汇报");
    while (reader_next(&r)) date(r.cells[1], false), find(r.cells[0])->hearings++;
    r = reader_open("上党课");
    while (reader_next(&r)) date(r.cells[1], false), find(r.cells[0])->lectures++;
    r = reader_open("发展党员");
    while (reader_next(&r)) {
        struct unit *u = find(r.cells[0]);
        date(r.cells[1], false);
        for (int i = 2; i < 8; i++) u->admission_lacks |= !yes(r.cells[i]);
    }
    r = reader_open("违纪违法案件");
    while (reader_next(&r)) {
        struct unit *u = find(r.cells[0]);
        date(r.cells[1], false);
        u->leader_violates |= yes(r.cells[3]);
        if (is(r.cells[4], "被查")) {
            u->investigated++;
        } else {
            u->self_found++;
        }
    }
    r = reader_open("裁定");
    while (reader_next(&r)) {
        if (!is(r.cells[1], "1.2.3")) fail("not judged", r.name);
        find(r.cells[0])->judged = (int)number(r.cells[3]);
    }
}

/* ---- scoring ---- */

static unsigned missing(unsigned have, unsigned wanted) { return have < wanted ? wanted - have : 0; }

static int part(int worth, unsigned taken) { return (int)taken < worth ? worth - (int)taken : 0; }

static void score(struct unit *u)
{
    int *v = u->value;
    bool half_study = u->session_halves < 24 && u->session_halves % 2, half_staff = u->staff_halves < 24 && u->staff_halves % 2;
    u->ranked = !half_study && !half_staff;
    u->open = !u->ranked || u->judged < 0;
    v[P11] = part(5, 2 * (u->no_study_plan + u->no_summary + missing(u->sessions, 6) + missing(u->session_halves, 24) / 2 +
                          u->poor_sessions + u->silent + u->no_essays + u->not_own_signature + u->no_secretary));
    v[P123] = u->judged;
    bool life = u->late_life || u->no_opinions || u->no_measures;
    v[P12] = 2 - 2 * u->no_rules - 2 * life + v[P123];
    if (v[P12] < 0) v[P12] = 0;
    v[P13] = part(5, 3u * u->inefficient + 5u * (u->place > unit_count) + 2u * (u->not_published || u->low_leaders));
    v[P14] = part(5, 2u * u->no_integrity_plan + 2u * u->no_lecture + 3u * u->leader_violates);
    v[P1] = v[P11] + v[P12] + v[P13] + v[P14];
    v[P21] = part(10, 3u * u->no_safeguards + 3u * u->no_duty + 3u * (u->no_plan || u->late_summary) +
                          2 * missing(u->hearings, 2) + 2 * u->late_branches);
    v[P22] = part(5, 3u * u->heads_wrong + 3u * u->deputy_absent);
    v[P23] = part(5, 3u * u->not_cleared + 3u * u->deputy_misused);
    v[P2] = v[P21] + v[P22] + v[P23];
    v[P31] = part(10, 3u * (u->late_election || u->vacancies) + 2u * u->no_procedure + 2u * u->dues_wrong + 3u * u->late_statistics);
    v[P32] = part(10, 3u * u->branch_lacks + 3u * u->not_reviewed + 3u * u->branch_unmended +
                          5u * (u->not_circulated || u->not_reported));
    v[P33] = part(15, 5 * (u->no_ideology + missing(u->staff_halves, 24) / 2 + missing(u->lectures, 4)));
    v[P34] = part(10, 4u * u->no_supervision + 3u * u->no_civilised + 3u * (u->registered * 10 < u->in_service * 9));
    unsigned meetings = 0;
    for (unsigned b = 0; b < u->branch_count; b++) meetings += missing(u->branches[b].meetings, 12);
    v[P35] = part(10, 2 * meetings + 3u * u->admission_lacks + 3 * u->investigated + u->self_found + 2u * u->letters_late);
    v[P36] = part(5, 3u * u->no_mass_bodies + 2u * u->no_societies + 2u * u->no_planning);
    v[P3] = v[P31] + v[P32] + v[P33] + v[P34] + v[P35] + v[P36];
    u->total = v[P1] + v[P2] + v[P3];
}

static int by_satisfaction(const void *a, const void *b)
{
    const struct unit *x = &units[*(const uint32_t *)a], *y = &units[*(const uint32_t *)b];
    return (x->satisfaction < y->satisfaction) - (x->satisfaction > y->satisfaction);
}

static int by_total(const void *a, const void *b)
{
    return units[*(const uint32_t *)b].total - units[*(const uint32_t *)a].total;
}

int main(int argc, char **argv)
{
    if (argc != 2) return 2;
    folder = argv[1];
    read_units();
    read_branches();
    read_people();
    read_events();
    uint32_t *order = malloc((unit_count + 1) * sizeof *order);
    if (!order) fail("memory", "ranking");
    for (size_t i = 0; i < unit_count; i++) order[i] = (uint32_t)i;
    qsort(order, unit_count, sizeof *order, by_satisfaction);
    for (size_t i = 0; i < unit_count; i++) {
        bool tie = i && units[order[i]].satisfaction == units[order[i - 1]].satisfaction;
        units[order[i]].place = tie ? units[order[i - 1]].place : (unsigned)i + 1;
    }
    unsigned worse = 0; /* the last five, ties included: 1 + those strictly worse is at most 5 */
    for (size_t i = unit_count; i-- > 0;) {
        if (i + 1 < unit_count && units[order[i]].satisfaction != units[order[i + 1]].satisfaction)
            worse = (unsigned)(unit_count - 1 - i);
        if (worse + 1 > 5) break;
        units[order[i]].place += (unsigned)unit_count; /* marks it for score() */
    }
    size_t ranked = 0;
    for (size_t i = 0; i < unit_count; i++) {
        score(&units[i]);
        if (units[i].place > unit_count) units[i].place -= (unsigned)unit_count;
        if (units[i].ranked) order[ranked++] = (uint32_t)i;
    }
    qsort(order, ranked, sizeof *order, by_total);
    for (size_t i = 0; i < ranked; i++) {
        bool tie = i && units[order[i]].total == units[order[i - 1]].total;
        units[order[i]].total_place = tie ? units[order[i - 1]].total_place : (unsigned)i + 1;
    }
    for (size_t i = 0; i < unit_count; i++) {
        struct unit *u = &units[i];
        bool half_study = u->session_halves < 24 && u->session_halves % 2, half_staff = u->staff_halves < 24 && u->staff_halves % 2;
        bool open[PARTS] = {[P11] = half_study, [P33] = half_staff, [P123] = u->judged < 0, [P12] = u->judged < 0};
        open[P1] = open[P11] || open[P12];
        open[P3] = open[P33];
        fwrite(u->name.at, 1, u->name.len, stdout);
        for (int p = P1; p <= P36; p++) {
            if (open[p]) {
                putchar(',');
            } else {
                printf(",%d", u->value[p]);
            }
        }
        if (u->open) {
            fputs(",", stdout);
        } else {
            printf(",%d", u->total);
        }
        printf(",,%u", u->place); /* no grades */
        if (u->ranked) {
            printf(",%u", u->total_place);
        } else {
            fputs(",", stdout);
        }
        puts(u->open ? ",待定" : ",定");
    }
    return fflush(stdout) != 0;
}
