/* What happens when memory runs out: the N-th allocation fails, for N = 1, 2, … until everything succeeds.
 *
 * In: a folder with good.kh, newer.kh, bad.kh, syntax.kh, data/ and broken/ (data with problems); another with data/ in other formats
 * (book.xlsx, data.json, lines/, data.db, gb/). Out: the counts.
 * All memory must have come back after the closes, every block with the size it was asked for with, and the status must
 * be KH_ENVIRONMENT. Three ways to fail: that call alone (which the library may survive by asking for less), every call
 * from then on, and that call alone while whole chunks are always refused.
 * Decision: the last way makes every small block of an arena a call of its own, so that each place that takes memory fails
 * once, not just one in thousands. Cost: N reaches tens of thousands; from N = 400 on the step grows.
 */
#include "../compiler/kaohe.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { HEAD = 16, STEADY = 400, LAST = 10000000, LEAST_CHUNK = 64 * 1024, MOST_CHUNK = 1024 * 1024 /* arena.c's: powers of two */ };

enum way { ONCE, FROM_THEN_ON, WITHOUT_CHUNKS, WAYS };

static const char *const WAY_WORDS[WAYS] = {"once", "from then on", "without chunks"};

struct host {
    size_t calls, fail_at; /* fail_at 0: never */
    enum way way;
    bool failed;
    size_t blocks, bytes;
    bool wrong_size;
};

/* The size stands in front of each block. */
static void *resize(void *context, void *block, size_t old_size, size_t size)
{
    struct host *host = context;
    char *raw = block ? (char *)block - HEAD : NULL;
    size_t had = 0;
    if (raw) memcpy(&had, raw, sizeof had);
    if (had != old_size) host->wrong_size = true;
    if (size == 0) {
        if (raw) {
            host->blocks--;
            host->bytes -= had;
        }
        free(raw);
        return NULL;
    }
    bool chunk = size >= LEAST_CHUNK && size <= MOST_CHUNK && (size & (size - 1)) == 0;
    if (host->way == WITHOUT_CHUNKS && !raw && chunk) return NULL;
    host->calls++;
    if (host->fail_at && (host->calls == host->fail_at || (host->way == FROM_THEN_ON && host->calls > host->fail_at))) {
        host->failed = true;
        return NULL;
    }
    char *moved = realloc(raw, size + HEAD);
    if (!moved) abort(); /* a real shortage proves nothing */
    memcpy(moved, &size, sizeof size);
    if (!raw) host->blocks++;
    host->bytes += size - had;
    return moved + HEAD;
}

static char folder[512], others[512];

static const char *path_of(const char *name)
{
    static char path[1024];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    return path;
}

static kh_status open_file(const kh_options *options, const char *name, kh_scheme **scheme)
{
    kh_text text, message = {NULL, 0};
    *scheme = NULL;
    kh_status status = kh_file_read(options, path_of(name), &text, &message);
    if (status != KH_OK) {
        kh_text_free(options, &message);
        return status;
    }
    status = kh_scheme_open(options, path_of(name), text.at, text.len, scheme);
    kh_text_free(options, &text);
    return status;
}

/* The steps of a scenario up to the first that does not end as it should; returns that step's status. */
#define STEP(call, wanted)                                                                                                  \
    do {                                                                                                                    \
        status = (call);                                                                                                    \
        if (status != (wanted)) goto done;                                                                                  \
    } while (0)

static kh_status good_scheme(const kh_options *options)
{
    kh_scheme *scheme = NULL;
    kh_result *result = NULL;
    kh_text text;
    kh_status status;
    STEP(open_file(options, "good.kh", &scheme), KH_OK);
    STEP(kh_scheme_report(scheme, &text), KH_OK);
    STEP(kh_scheme_format(scheme, KH_CHINESE, &text), KH_OK);
    STEP(kh_scheme_format(scheme, KH_TONGUE_OF_FILE, &text), KH_OK);
    for (int dump = KH_DUMP_TOKENS; dump <= KH_DUMP_PROGRAM; dump++) STEP(kh_scheme_dump(scheme, (kh_dump)dump, &text), KH_OK);
    STEP(kh_scheme_test(scheme, &text, NULL, NULL, NULL, NULL), KH_OK);
    STEP(kh_run(scheme, path_of("data"), &result), KH_OK);
    STEP(kh_result_report(result, &text), KH_OK);
    STEP(kh_result_csv(result, &text), KH_OK);
    STEP(kh_result_explain(result, "Archive", NULL, &text), KH_OK);
    STEP(kh_result_explain(result, "Archive", "1.2", &text), KH_OK);
    STEP(kh_result_explain(result, "Nobody", NULL, &text), KH_USAGE);
    status = KH_OK;
done:
    kh_result_close(result);
    kh_scheme_close(scheme);
    return status;
}

static kh_status wrong_scheme(const kh_options *options, const char *name)
{
    kh_scheme *scheme = NULL;
    kh_text text;
    kh_status status;
    STEP(open_file(options, name, &scheme), KH_FINDINGS);
    STEP(kh_scheme_report(scheme, &text), KH_OK);
    STEP(kh_scheme_dump(scheme, KH_DUMP_PROGRAM, &text), KH_FINDINGS);
    status = KH_OK;
done:
    kh_scheme_close(scheme);
    return status;
}

static kh_status bad_scheme(const kh_options *options) { return wrong_scheme(options, "bad.kh"); }

static kh_status bad_syntax(const kh_options *options) { return wrong_scheme(options, "syntax.kh"); }

static kh_status broken_data(const kh_options *options)
{
    kh_scheme *scheme = NULL;
    kh_result *result = NULL;
    kh_text text;
    kh_status status;
    STEP(open_file(options, "good.kh", &scheme), KH_OK);
    STEP(kh_run(scheme, path_of("broken"), &result), KH_DATA);
    STEP(kh_result_report(result, &text), KH_OK);
    status = KH_OK;
done:
    kh_result_close(result);
    kh_scheme_close(scheme);
    return status;
}

/* The same data in every other format. */
static kh_status other_formats(const kh_options *options)
{
    static const char *const DATA[] = {"book.xlsx", "data.json", "lines", "data.db", "gb"};
    kh_scheme *scheme = NULL;
    kh_result *result = NULL;
    kh_text text;
    kh_status status;
    char path[1024];
    STEP(open_file(options, "good.kh", &scheme), KH_OK);
    for (size_t i = 0; i < sizeof DATA / sizeof *DATA; i++) {
        snprintf(path, sizeof path, "%s/%s", others, DATA[i]);
        STEP(kh_run(scheme, path, &result), KH_OK);
        STEP(kh_result_report(result, &text), KH_OK);
        kh_result_close(result);
        result = NULL;
    }
    status = KH_OK;
done:
    kh_result_close(result);
    kh_scheme_close(scheme);
    return status;
}

/* Everything that writers of results ask for. */
static kh_status in_detail(const kh_options *options)
{
    kh_options all = *options;
    all.keep_all = 1;
    kh_scheme *scheme = NULL;
    kh_result *result = NULL;
    kh_file *file = NULL;
    kh_data *data = NULL;
    const kh_table *tables;
    const kh_judged *judged;
    kh_status status;
    kh_about about;
    const kh_part *parts;
    const kh_text *grades;
    const kh_question *questions;
    const kh_finding *findings;
    const kh_waiting *waiting;
    const kh_entry *entries;
    kh_text why;
    size_t count, total;
    STEP(open_file(&all, "good.kh", &scheme), KH_OK);
    STEP(kh_scheme_about(scheme, &about), KH_OK);
    STEP(kh_scheme_parts(scheme, &parts, &count), KH_OK);
    STEP(kh_scheme_grades(scheme, &grades, &count), KH_OK);
    STEP(kh_scheme_questions(scheme, &questions, &count), KH_OK);
    STEP(kh_scheme_findings(scheme, &findings, &count), KH_OK);
    STEP(kh_scheme_tables(scheme, &tables, &count), KH_OK);
    STEP(kh_scheme_judged(scheme, &judged, &total), KH_OK);
    STEP(kh_data_open(scheme, path_of("data"), &data), KH_OK);
    for (size_t table = 0; table < count; table++) {
        const kh_text *headings, *cells;
        kh_text name;
        size_t columns;
        uint64_t row;
        if (!kh_data_table(data, table, &name, &headings, &columns)) continue;
        while ((status = kh_data_next(data, table, &cells, &row)) == KH_OK) {}
        if (status != KH_USAGE) goto done;
    }
    STEP(kh_run(scheme, path_of("data"), &result), KH_OK);
    STEP(kh_result_findings(result, &findings, &count, &total), KH_OK);
    STEP(kh_result_waiting(result, &waiting, &count), KH_OK);
    STEP(kh_result_bounds(result), KH_OK);
    for (size_t unit = 0; unit < kh_result_rows(result); unit++)
        STEP(kh_result_account(result, unit, &entries, &count, &why), KH_OK);
    STEP(kh_result_account(result, kh_result_rows(result), &entries, &count, &why), KH_USAGE);
    STEP(kh_file_open(&all, "/dev/null", &file), KH_OK);
    STEP(kh_file_put(file, why), KH_OK);
    STEP(kh_file_commit(file), KH_OK);
    status = KH_OK;
done:
    kh_file_close(file);
    kh_data_close(data);
    kh_result_close(result);
    kh_scheme_close(scheme);
    return status;
}

/* What clerks and auditors ask for. */
static kh_status with_tools(const kh_options *options)
{
    kh_options all = *options;
    all.keep_all = 1;
    kh_scheme *scheme = NULL, *newer = NULL;
    kh_result *result = NULL;
    kh_status status;
    kh_coverage coverage;
    kh_ahead ahead;
    const kh_reading *readings;
    kh_text text;
    size_t count;
    STEP(open_file(&all, "good.kh", &scheme), KH_OK);
    STEP(open_file(&all, "newer.kh", &newer), KH_OK);
    STEP(kh_scheme_coverage(scheme, &text, &coverage), KH_OK);
    STEP(kh_scheme_document(newer, true, &text), KH_OK);
    STEP(kh_scheme_witness(newer, &text, NULL, NULL), KH_OK);
    STEP(kh_scheme_diff(scheme, newer, path_of("data"), &text), KH_OK);
    STEP(kh_run(newer, path_of("data"), &result), KH_OK);
    STEP(kh_result_ahead(result, 1, &ahead), KH_OK);
    STEP(kh_result_readings(result, &readings, &count), KH_OK);
    STEP(kh_result_page(result, 1, NULL, readings, count, &text), KH_OK);
    STEP(kh_result_index(result, &text), KH_OK);
    status = KH_OK;
done:
    kh_result_close(result);
    kh_scheme_close(newer);
    kh_scheme_close(scheme);
    return status;
}

static bool all_returned(const struct host *host, const char *name)
{
    if (host->blocks || host->bytes) printf("%s, N=%zu: %zu blocks were not given back\n", name, host->fail_at, host->blocks);
    if (host->wrong_size) printf("%s, N=%zu: a block's old size is wrong\n", name, host->fail_at);
    return !host->blocks && !host->bytes && !host->wrong_size;
}

/* Runs a scenario for every N. Returns how many Ns went well; *failed counts the others. */
static unsigned run_scenario(const char *name, kh_status (*scenario)(const kh_options *), enum way way, unsigned *failed)
{
    unsigned passed = 0;
    size_t step = 1;
    for (size_t n = 0; n < LAST; n += step) { /* N = 0: nothing fails, and all is as it should be */
        struct host host = {.fail_at = n, .way = way};
        kh_memory memory = {resize, &host};
        kh_options options = {.memory = &memory};
        kh_status status = scenario(&options);
        bool ok = all_returned(&host, name);
        bool survived = way == ONCE && status == KH_OK;
        if (status != (host.failed && !survived ? KH_ENVIRONMENT : KH_OK)) {
            printf("%s, %s, N=%zu: status %d where %s\n", name, WAY_WORDS[way], n, (int)status, host.failed ? "memory ran out" : "it did not");
            ok = false;
        }
        if (ok) {
            passed++;
        } else {
            ++*failed;
        }
        if (n == 0 && !ok) return passed;
        if (n && !host.failed) {
            if (step == 1 && host.calls + 1 != n) { /* not host.calls: it was the first N that no call reached */
                printf("%s: the number of allocations changes from run to run\n", name);
                ++*failed;
            }
            printf("%s, %s: %zu allocations\n", name, WAY_WORDS[way], host.calls);
            return passed;
        }
        if (n >= STEADY) step = 1 + (n - STEADY) / 50;
        if (*failed > 20) return passed;
    }
    ++*failed;
    printf("%s never ends\n", name);
    return passed;
}

int main(int argc, char **argv)
{
    static const struct {
        const char *name;
        kh_status (*run)(const kh_options *);
    } SCENARIOS[] = {{"good scheme", good_scheme}, {"bad scheme", bad_scheme}, {"bad syntax", bad_syntax}, {"broken data", broken_data}, {"in detail", in_detail}, {"tools", with_tools}, {"other formats", other_formats}};
    unsigned passed = 0, failed = 0;
    if (argc != 3) return 2;
    snprintf(folder, sizeof folder, "%s", argv[1]);
    snprintf(others, sizeof others, "%s", argv[2]);
    for (size_t i = 0; i < sizeof SCENARIOS / sizeof *SCENARIOS; i++) {
        for (int way = 0; way < WAYS; way++) passed += run_scenario(SCENARIOS[i].name, SCENARIOS[i].run, (enum way)way, &failed);
    }
    printf("alloc: %u passed, %u failed\n", passed, failed);
    return failed != 0;
}
