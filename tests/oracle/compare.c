/* Compares the product with the oracle on random schemes and data.
 *
 *   compare N [SEED]              N pairs from SEED on; keeps each that differs under build/oracle/fail-SEED
 *   compare --oracle FILE DIR     the oracle's results as CSV; with --points, a line per unit and rule instead
 *   compare --generate SEED DIR   one pair, written to DIR
 *   compare --pair FILE DIR       one pair that is there, both sides
 *   compare --reprint FILE DIR    its reprints in both tongues on the same data
 *   compare --shrink DIR          drops lines of DIR's files while the two sides still differ
 *   compare --cases               only the cases under tests/oracle/cases, worked by hand; N pairs come after them
 *   compare --cover N             what N schemes are made of: constructs that are missing; --cover-all N counts all
 *
 * Decision: both sides run in one process, the product through its public header alone; that process is a child, whose
 * counts are in shared memory, so that a crash is one failed pair and the next child goes on behind it. Cost: none.
 */
#include "cover.h"
#include "generate.h"
#include "oracle.h"
#include "reprint.h"
#include "variant.h"
#include "shrink.h"

#include "../../compiler/kaohe.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define CASES "tests/oracle/cases"

enum { SHARED = 3 };    /* every so many pairs some declarations are put into a file that the scheme uses */
enum { REPRINTED = 4 }; /* every so many pairs the scheme is also reprinted in both tongues, and explained */

static unsigned long shown = 20; /* failures that are shown and kept; SHOW in the environment */

struct tally {
    unsigned long pairs, same, differ, refused, unknown, crashed, reprints, reprinted, wrong_data, cases, wrong_cases, read_otherwise, shared;
    unsigned long at; /* the pair in work */
};

static bool read_whole(struct arena *arena, const char *path, struct text *out)
{
    FILE *file = fopen(path, "rb");
    if (!file) return false;
    struct buffer text;
    buffer_init(&text, arena);
    char block[8192];
    size_t n;
    while ((n = fread(block, 1, sizeof block, file)) > 0) buffer_text(&text, (struct text){block, n});
    fclose(file);
    *out = buffer_result(&text);
    return true;
}

static void print_text(FILE *to, struct text t) { fwrite(t.at ? t.at : "", 1, t.len, to); }

/* ---- one pair ---- */

enum answer { SAME, DIFFERS, REFUSED, UNKNOWN, REPRINT };

struct pair {
    struct text oracle, notes, product, report;
    enum verdict verdict;
    kh_status status;
};

static struct text from_kh(struct arena *arena, kh_text t) { return arena_text(arena, (struct text){t.at, t.len}); }

/* A cell with its percent sign taken away: 12.5% as 0.125. The oracle does not know which figures are percentages. */
static void put_plain(struct buffer *out, struct text cell)
{
    size_t sign = cell.len && cell.at[0] == '-', digits = 0, point = 0;
    for (size_t i = sign; i + 1 < cell.len; i++) {
        if (cell.at[i] == '.' && !point) point = i;
        else if (cell.at[i] < '0' || cell.at[i] > '9') break;
        else digits++;
    }
    if (!digits || digits > 40 || cell.at[cell.len - 1] != '%' || sign + digits + (point > 0) + 1 != cell.len) {
        buffer_text(out, cell);
        return;
    }
    char figure[64] = "";
    size_t count = 0, decimals = (point ? digits - (point - sign) : 0) + 2;
    for (; count + digits <= decimals; count++) figure[count] = '0';
    for (size_t i = sign; i + 1 < cell.len && count < sizeof figure; i++)
        if (cell.at[i] != '.') figure[count++] = cell.at[i];
    for (; decimals && figure[count - 1] == '0'; decimals--) count--;
    size_t from = 0;
    while (from + decimals + 1 < count && figure[from] == '0') from++;
    if (sign) buffer_char(out, '-');
    for (size_t i = from; i < count; i++) {
        if (i + decimals == count) buffer_char(out, '.');
        buffer_char(out, figure[i]);
    }
}

static struct text next_cell(struct text *line);
static struct text next_line(struct text *rest);

static struct text plain(struct arena *arena, struct text csv)
{
    struct buffer out;
    buffer_init(&out, arena);
    while (csv.len) {
        struct text line = next_line(&csv);
        for (bool more = line.len > 0; more;) {
            more = false;
            const char *end = line.at + line.len;
            struct text cell = next_cell(&line);
            put_plain(&out, cell);
            if (cell.at + cell.len < end) buffer_char(&out, ','), more = true;
        }
        buffer_char(&out, '\n');
    }
    return buffer_result(&out);
}

static void run_product(struct arena *arena, const char *name, struct text source, const char *folder, struct pair *pair)
{
    kh_scheme *scheme = NULL;
    kh_result *result = NULL;
    kh_text text = {NULL, 0};
    /* some by one thread, some by several, sharing even the smallest file */
    kh_options options = {.threads = 1 + (unsigned)(source.len % 4), .share_bytes = 1 + source.len % 61};
    pair->status = kh_scheme_open(&options, name, source.at, source.len, &scheme);
    if (pair->status != KH_OK) {
        if (scheme && kh_scheme_report(scheme, &text) == KH_OK) pair->report = from_kh(arena, text);
        kh_scheme_close(scheme);
        return;
    }
    pair->status = kh_run(scheme, folder, &result);
    if (result && kh_result_report(result, &text) == KH_OK) pair->report = from_kh(arena, text);
    if (pair->status == KH_OK && kh_result_csv(result, &text) == KH_OK) pair->product = plain(arena, from_kh(arena, text));
    kh_result_close(result);
    kh_scheme_close(scheme);
}

static void run_oracle(struct arena *arena, struct text source, const char *folder, bool points, struct pair *pair)
{
    struct findings findings;
    struct buffer out, notes;
    findings_init(&findings, arena, 0);
    buffer_init(&out, arena);
    buffer_init(&notes, arena);
    struct ast_file *file = ast_parse(arena, TEXT("scheme.kh"), source, &findings);
    pair->verdict = ORACLE_UNKNOWN;
    if (findings.errors) {
        for (size_t i = 0; i < findings.count; i++)
            finding_render(&notes, &findings.items[i], TONGUE_EN, TEXT("scheme.kh"), file->source);
    } else {
        pair->verdict = oracle_run(arena, file, folder, points, &out, &notes);
    }
    pair->oracle = plain(arena, buffer_result(&out));
    pair->notes = buffer_result(&notes);
}

static enum answer compare(const struct pair *pair)
{
    if (pair->status == KH_FINDINGS) return REFUSED;
    if (pair->verdict == ORACLE_UNKNOWN) return UNKNOWN;
    if ((int)pair->status != (int)pair->verdict) return DIFFERS;
    return pair->status != KH_OK || text_equal(pair->oracle, pair->product) ? SAME : DIFFERS;
}

/* ---- the first cell that differs ---- */

struct cell {
    struct text row, column, value;
};

static struct text next_cell(struct text *line)
{
    size_t i = 0;
    bool quoted = false;
    for (; i < line->len && (quoted || line->at[i] != ','); i++) quoted ^= line->at[i] == '"';
    struct text cell = {line->at, i};
    *line = i < line->len ? (struct text){line->at + i + 1, line->len - i - 1} : TEXT_NONE;
    return cell;
}

static struct text next_line(struct text *rest)
{
    size_t i = 0;
    while (i < rest->len && rest->at[i] != '\n') i++;
    struct text line = {rest->at, i};
    *rest = i < rest->len ? (struct text){rest->at + i + 1, rest->len - i - 1} : TEXT_NONE;
    return line;
}

static void first_difference(struct text a, struct text b, const char *side_a, const char *side_b)
{
    struct text heads = a, head_line = next_line(&heads);
    for (int line = 1; a.len || b.len; line++) {
        struct text x = next_line(&a), y = next_line(&b), heading = head_line, key = TEXT_NONE;
        for (int column = 0; x.len || y.len; column++) {
            struct text h = next_cell(&heading), p = next_cell(&x), q = next_cell(&y);
            if (column == 0) key = p;
            if (text_equal(p, q)) continue;
            printf("  line %d (%.*s), column %.*s: %s \"%.*s\", %s \"%.*s\"\n", line, TEXT_ARG(key), TEXT_ARG(h), side_a, TEXT_ARG(p),
                   side_b, TEXT_ARG(q));
            return;
        }
    }
}

static void explain(const struct pair *pair)
{
    if ((int)pair->status != (int)pair->verdict)
        printf("  the oracle ends with %d, the product with %d\n", (int)pair->verdict, (int)pair->status);
    else first_difference(pair->oracle, pair->product, "oracle", "product");
    struct text report = pair->report, notes = pair->notes;
    if ((int)pair->status == (int)pair->verdict) return;
    for (int i = 0; i < 4 && notes.len; i++) {
        struct text line = next_line(&notes);
        printf("  oracle: %.*s\n", TEXT_ARG(line));
    }
    for (int i = 0; i < 4 && report.len; i++) {
        struct text line = next_line(&report);
        printf("  product: %.*s\n", TEXT_ARG(line));
    }
}

/* ---- cases worked by hand: a folder each, with scheme.kh, tables and expected.csv ---- */

static bool one_case(const char *folder, const char *name)
{
    struct arena *arena = arena_open(NULL, 0);
    char scheme[600], expected[600];
    struct text source, want;
    if (!arena || setjmp(*arena_trap(arena))) exit(4);
    snprintf(scheme, sizeof scheme, "%s/scheme.kh", folder);
    snprintf(expected, sizeof expected, "%s/expected.csv", folder);
    struct pair pair = {0};
    bool good = read_whole(arena, scheme, &source) && read_whole(arena, expected, &want);
    if (!good) {
        printf("case %s: scheme.kh or expected.csv cannot be read\n", name);
    } else {
        run_oracle(arena, source, folder, false, &pair);
        run_product(arena, "scheme.kh", source, folder, &pair);
        bool oracle = pair.verdict == ORACLE_OK && text_equal(pair.oracle, want);
        bool product = pair.status == KH_OK && text_equal(pair.product, want);
        good = oracle && product;
        struct text sides[2] = {pair.oracle, pair.product}, words[2] = {pair.notes, pair.report};
        for (int i = 0; i < 2; i++) {
            if (i == 0 ? oracle : product) continue;
            printf("case %s: the %s is wrong\n", name, i == 0 ? "oracle" : "product");
            if (sides[i].len) first_difference(want, sides[i], "expected", i == 0 ? "oracle" : "product");
            print_text(stdout, words[i]);
        }
    }
    arena_close(arena);
    return good;
}

static void cases(struct tally *tally)
{
    struct dirent **names;
    int count = scandir(CASES, &names, NULL, alphasort);
    if (count < 0) {
        printf("no cases in %s\n", CASES);
        tally->differ++;
        return;
    }
    for (int i = 0; i < count; i++) {
        char folder[500];
        snprintf(folder, sizeof folder, "%s/%s", CASES, names[i]->d_name);
        if (names[i]->d_name[0] != '.') {
            if (one_case(folder, names[i]->d_name)) tally->cases++;
            else tally->wrong_cases++;
        }
        free(names[i]);
    }
    free(names);
}

/* ---- many pairs ---- */

static void remove_folder(const char *folder)
{
    char command[1200];
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    if (system(command) != 0) fprintf(stderr, "cannot remove %s\n", folder);
}

static void keep(const char *folder, unsigned long seed)
{
    const char *build = getenv("BUILD");
    char to[600], command[2048];
    snprintf(to, sizeof to, "%s/oracle", build ? build : "build");
    snprintf(command, sizeof command, "mkdir -p '%s' && rm -rf '%s/fail-%lu' && cp -r '%s' '%s/fail-%lu'", to, to, seed, folder, to, seed);
    if (system(command) != 0) fprintf(stderr, "cannot keep %s\n", folder);
    else printf("  kept in %s/fail-%lu\n", to, seed);
}

static unsigned long failures(const struct tally *tally)
{
    return tally->differ + tally->refused + tally->unknown + tally->crashed + tally->reprints + tally->wrong_cases;
}

/* The first finding that is an error, with the lines that belong to it. */
static void show_error(struct text report)
{
    while (report.len) {
        struct text line = next_line(&report);
        if (!memmem(line.at, line.len, " error ", 7) && !memmem(line.at, line.len, "错误", 6)) continue;
        printf("  %.*s\n", TEXT_ARG(line));
        for (int i = 0; i < 2 && report.len; i++) {
            line = next_line(&report);
            printf("  %.*s\n", TEXT_ARG(line));
        }
        return;
    }
}

static bool reprint_agrees(struct text scheme, const char *folder, struct buffer *what)
{
    char *words = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&words, &size);
    if (!out) exit(4);
    bool fine = reprints_agree(scheme.at, scheme.len, folder, out);
    fclose(out);
    buffer_text(what, (struct text){words, size});
    free(words);
    return fine;
}

/* Whether a scheme of two files gives the same as the one it was made of. */
static bool shared_agrees(struct arena *arena, struct text own, const char *folder, struct text wanted, struct buffer *what)
{
    struct pair pair = {.verdict = ORACLE_UNKNOWN};
    char name[1200];
    snprintf(name, sizeof name, "%s/scheme.kh", folder);
    run_product(arena, name, own, folder, &pair);
    if (pair.status == KH_OK && text_equal(pair.product, wanted)) return true;
    buffer_print(what, "  with shared.kh: ends with %d\n", (int)pair.status);
    buffer_text(what, pair.report);
    buffer_put(what, "---- as one\n");
    buffer_text(what, wanted);
    buffer_put(what, "---- in two\n");
    buffer_text(what, pair.product);
    buffer_put(what, "---- the scheme that uses it\n");
    buffer_text(what, own);
    return false;
}

static enum answer one(unsigned long seed, const char *folder, struct tally *tally)
{
    struct arena *arena = arena_open(NULL, 0);
    if (!arena || setjmp(*arena_trap(arena))) {
        fprintf(stderr, "out of memory at seed %lu\n", seed);
        exit(4);
    }
    struct gen gen;
    struct pair pair = {.verdict = ORACLE_UNKNOWN};
    struct text scheme = generate_scheme(&gen, arena, seed);
    if (!generate_write(&gen, scheme, folder)) {
        fprintf(stderr, "cannot write %s: %s\n", folder, strerror(errno));
        exit(4);
    }
    variant_prune(&gen, scheme, folder);
    if (variant_decides(&gen, scheme, folder)) tally->read_otherwise++;
    run_product(arena, "scheme.kh", scheme, folder, &pair);
    if (pair.status != KH_FINDINGS) run_oracle(arena, scheme, folder, false, &pair);
    enum answer answer = compare(&pair);
    struct buffer reprint;
    buffer_init(&reprint, arena);
    if (answer == SAME && pair.status == KH_OK && seed % REPRINTED == 0) {
        tally->reprinted++;
        if (!reprint_agrees(scheme, folder, &reprint)) answer = REPRINT;
    }
    if (answer == SAME && pair.status == KH_OK && seed % SHARED == 0) {
        struct text own = variant_shares(&gen, scheme, folder);
        if (own.len && ++tally->shared && !shared_agrees(arena, own, folder, pair.product, &reprint)) answer = REPRINT;
    }
    tally->pairs++;
    if (answer == SAME) tally->same++;
    if (answer == REPRINT) tally->reprints++;
    if (answer == SAME && pair.verdict == ORACLE_DATA) tally->wrong_data++;
    if (answer == DIFFERS) tally->differ++;
    if (answer == REFUSED) tally->refused++;
    if (answer == UNKNOWN) tally->unknown++;
    if (answer != SAME && failures(tally) <= shown) {
        static const char *const words[] = {"same", "differs", "the product refuses the scheme", "the oracle cannot say", "a reprint means something else"};
        printf("seed %lu: %s\n", seed, words[answer]);
        if (answer == DIFFERS) explain(&pair);
        print_text(stdout, buffer_result(&reprint));
        struct text text = answer == REFUSED ? pair.report : answer == UNKNOWN ? pair.notes : TEXT_NONE;
        show_error(text);
        keep(folder, seed);
        fflush(stdout);
    }
    for (int i = 0; i < gen.table_count; i++) { /* the next pair has other files */
        char path[1200];
        snprintf(path, sizeof path, "%s/%s.csv", folder, S(gen.tables[i]->name));
        unlink(path);
        snprintf(path, sizeof path, "%s/%s.csv", folder, S(gen.tables[i]->heading));
        unlink(path);
        snprintf(path, sizeof path, "%s/%s.csv", folder, gen.zh ? "裁定" : "decision");
        unlink(path);
    }
    arena_close(arena);
    return answer;
}

/* Goes through the pairs in children; each goes on where the one before it died. */
static void in_children(unsigned long count, unsigned long seed, const char *folder, struct tally *tally)
{
    for (unsigned long next = 0; next < count; next = tally->at + 1) {
        int status;
        fflush(stdout);
        pid_t child = fork();
        if (child < 0) {
            perror("fork");
            exit(4);
        }
        if (child == 0) {
            for (tally->at = next; tally->at < count; tally->at++) one(seed + tally->at, folder, tally);
            fflush(stdout);
            _exit(0);
        }
        if (waitpid(child, &status, 0) < 0) {
            perror("waitpid");
            exit(4);
        }
        if (WIFEXITED(status) && WEXITSTATUS(status) == 0) break;
        if (WIFEXITED(status) && WEXITSTATUS(status) == 4) exit(4);
        tally->pairs++;
        tally->crashed++;
        if (failures(tally) <= shown) {
            printf("seed %lu: dies of signal %d\n", seed + tally->at, WIFSIGNALED(status) ? WTERMSIG(status) : 0);
            keep(folder, seed + tally->at);
        }
        remove_folder(folder);
    }
}

static int many(unsigned long count, unsigned long seed)
{
    struct tally *tally = mmap(NULL, sizeof *tally, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    if (tally == MAP_FAILED) {
        perror("mmap");
        return 4;
    }
    char folder[200];
    snprintf(folder, sizeof folder, "%s/kaohe-oracle-%ld", access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp", (long)getpid());
    cases(tally);
    in_children(count, seed, folder, tally);
    remove_folder(folder);
    printf("%lu pairs: %lu agree (%lu of them refuse the data), %lu differ, %lu crashes, %lu schemes refused, %lu beyond the oracle; "
           "%lu reprinted, %lu in two files, %lu of them wrong; %lu read otherwise by decision\n",
           tally->pairs, tally->same, tally->wrong_data, tally->differ, tally->crashed, tally->refused, tally->unknown, tally->reprinted,
           tally->shared, tally->reprints, tally->read_otherwise);
    printf("%lu passed, %lu failed\n", tally->same + tally->cases, failures(tally));
    return failures(tally) ? 1 : 0;
}

static int one_file(const char *path, const char *folder, bool points, bool both)
{
    struct arena *arena = arena_open(NULL, 0);
    struct text source;
    if (!arena || setjmp(*arena_trap(arena))) return 4;
    if (!read_whole(arena, path, &source)) {
        fprintf(stderr, "cannot read %s\n", path);
        return 4;
    }
    struct pair pair = {0};
    if (both) run_product(arena, "scheme.kh", source, folder, &pair);
    run_oracle(arena, source, folder, points, &pair);
    print_text(stdout, pair.oracle);
    print_text(stderr, pair.notes);
    int code = (int)pair.verdict;
    if (both) {
        printf("----\n");
        print_text(stdout, pair.product);
        print_text(stdout, pair.report);
        code = compare(&pair) == SAME ? 0 : 1;
        if (code) explain(&pair);
    }
    arena_close(arena);
    return code;
}

/* What is kept while lines are dropped: the answer and, for a refused scheme, the code of its first error. */
struct failure {
    bool known;
    int signal; /* that it dies of; 0: none */
    enum answer answer;
    kh_status status;
    enum verdict verdict;
    char code[8];
};

static struct text error_code(struct text report)
{
    for (size_t i = 0; i + 5 < report.len; i++) {
        bool code = report.at[i] == 'E' && report.at[i + 1] >= '1' && report.at[i + 1] <= '9' && report.at[i + 4] != ' ';
        if (code && report.at[i + 2] >= '0' && report.at[i + 2] <= '9') return (struct text){report.at + i, 4};
    }
    return TEXT_NONE;
}

static bool looks_alike(const char *folder, struct failure *failure)
{
    struct arena *arena = arena_open(NULL, 0);
    struct text source;
    char path[600];
    if (!arena || setjmp(*arena_trap(arena))) exit(4);
    struct pair pair = {0};
    snprintf(path, sizeof path, "%s/scheme.kh", folder);
    bool alike = read_whole(arena, path, &source);
    if (alike) {
        run_product(arena, "scheme.kh", source, folder, &pair);
        if (pair.status != KH_FINDINGS) run_oracle(arena, source, folder, false, &pair);
        enum answer answer = compare(&pair);
        struct text code = answer == REFUSED ? error_code(pair.report) : TEXT_NONE;
        if (!failure->known) {
            failure->answer = answer;
            failure->status = pair.status;
            failure->verdict = pair.verdict;
            snprintf(failure->code, sizeof failure->code, "%.*s", TEXT_ARG(code));
            failure->known = true;
        }
        alike = answer != SAME && answer == failure->answer && text_is(code, failure->code) && pair.status == failure->status &&
                pair.verdict == failure->verdict;
    }
    arena_close(arena);
    return alike;
}

/* Each try in a child: a crash on the way is another failure than the one looked for. */
static bool fails_alike(const char *folder, void *data)
{
    int status = 0;
    fflush(stdout);
    pid_t child = fork();
    if (child == 0) _exit(looks_alike(folder, data) ? 1 : 0);
    if (child < 0 || waitpid(child, &status, 0) != child) return false;
    struct failure *failure = data;
    if (!WIFSIGNALED(status)) return !failure->signal && WIFEXITED(status) && WEXITSTATUS(status) == 1;
    if (!failure->known) failure->signal = WTERMSIG(status);
    failure->known = true;
    return WTERMSIG(status) == failure->signal;
}

static int shrink_folder(const char *folder)
{
    struct failure *failure = mmap(NULL, sizeof *failure, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    return failure != MAP_FAILED && shrink(folder, fails_alike, failure) ? 0 : 1;
}

static int reprint_file(const char *path, const char *folder)
{
    struct arena *arena = arena_open(NULL, 0);
    struct text source;
    if (!arena || setjmp(*arena_trap(arena)) || !read_whole(arena, path, &source)) return 4;
    bool fine = reprints_agree(source.at, source.len, folder, stdout);
    arena_close(arena);
    return fine ? 0 : 1;
}

static int generate(unsigned long seed, const char *folder)
{
    struct arena *arena = arena_open(NULL, 0);
    struct gen gen;
    if (!arena || setjmp(*arena_trap(arena))) return 4;
    struct text scheme = generate_scheme(&gen, arena, seed);
    bool ok = generate_write(&gen, scheme, folder);
    arena_close(arena);
    return ok ? 0 : 4;
}

int main(int argc, char **argv)
{
    if (getenv("SHOW")) shown = strtoul(getenv("SHOW"), NULL, 10);
    if (argc == 4 && strcmp(argv[1], "--oracle") == 0) return one_file(argv[2], argv[3], false, false);
    if (argc == 4 && strcmp(argv[1], "--points") == 0) return one_file(argv[2], argv[3], true, false);
    if (argc == 4 && strcmp(argv[1], "--pair") == 0) return one_file(argv[2], argv[3], false, true);
    if (argc == 3 && strcmp(argv[1], "--shrink") == 0) return shrink_folder(argv[2]);
    if (argc == 4 && strcmp(argv[1], "--reprint") == 0) return reprint_file(argv[2], argv[3]);
    if (argc == 4 && strcmp(argv[1], "--generate") == 0) return generate(strtoul(argv[2], NULL, 10), argv[3]);
    if (argc == 2 && strcmp(argv[1], "--cases") == 0) return many(0, 0);
    if (argc == 3 && strncmp(argv[1], "--cover", 7) == 0) return cover(strtoul(argv[2], NULL, 10), 1, argv[1][7] != '\0');
    if (argc == 2 || argc == 3) {
        char *end;
        unsigned long count = strtoul(argv[1], &end, 10);
        if (*end == '\0') return many(count, argc == 3 ? strtoul(argv[2], NULL, 10) : 1);
    }
    fprintf(stderr, "compare N [SEED] | --oracle FILE DIR | --points FILE DIR | --pair FILE DIR | --generate SEED DIR\n");
    return 2;
}
