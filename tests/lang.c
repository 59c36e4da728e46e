/* The language's tests: small scheme files with what is expected of them in comments.
 *
 * In: a folder with good/, bad/, lint/, limit/, regression/; each *.kh may hold, anywhere,
 *         # error: L:C CODE: sentence      # warning: L:C CODE: sentence      # notice: L:C CODE: sentence
 *         # write: the line as a message says it should read
 *     good        no error, just the warnings stated, and its examples hold
 *     bad         just the errors stated, at least one, each with its place, code and sentence
 *     lint        no error, just the warnings stated, and the notices if any are stated; at least one of either
 *     limit, regression   as bad if an error is stated, else as good
 *     Where `write` is stated, just these lines are offered. And wherever a line is offered, the finding that offers it is gone
 *     once it stands in its place.
 * Out: what differs, file by file, then the counts.
 * Decision: through the public header alone, so that it is the words users see that are compared, in the tongue of the
 * file; the other tongue must name the same places and codes. Cost: the report is parsed back.
 */
#include "../compiler/kaohe.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { SAID_MAX = 256, SHOWN_MAX = 20 };

enum severity { ERROR, WARNING, NOTICE, SEVERITIES, REPAIR = SEVERITIES, KINDS };

static const char *const MARKS[KINDS] = {"# error: ", "# warning: ", "# notice: ", "# write: "};
static const char *const WORDS[2][SEVERITIES] = {{"error ", "warning ", "notice "}, {"错误 ", "警告 ", "提醒 "}};

/* "12:9 E203: there is no …", as in the comments. */
struct said {
    enum severity severity;
    char *words;
    size_t place; /* bytes of words up to the code's end; of a repair: the saying that it belongs to, by its index */
};

struct sayings {
    struct said items[SAID_MAX];
    size_t count;
    size_t of[KINDS];
};

static _Noreturn void give_up(const char *what, const char *path)
{
    fprintf(stderr, "lang: %s: %s: %s\n", path, what, strerror(errno));
    exit(2);
}

static void add(struct sayings *list, enum severity severity, char *words, size_t place)
{
    if (list->count == SAID_MAX) give_up("too many findings for this test", words);
    list->items[list->count++] = (struct said){severity, words, place};
    list->of[severity]++;
}

static void release(struct sayings *list)
{
    for (size_t i = 0; i < list->count; i++) free(list->items[i].words);
    *list = (struct sayings){.count = 0};
}

/* The comments' expectations. */
static void read_expected(kh_text text, struct sayings *out)
{
    for (size_t from = 0, to; from < text.len; from = to + 1) {
        const char *newline = memchr(text.at + from, '\n', text.len - from);
        to = newline ? (size_t)(newline - text.at) : text.len;
        char *line = strndup(text.at + from, to - from);
        if (!line) give_up("memory", "expectations");
        for (int s = 0; s < KINDS; s++) {
            char *mark = strstr(line, MARKS[s]);
            if (!mark) continue;
            char *words = strdup(mark + strlen(MARKS[s]));
            if (!words) give_up("memory", "expectations");
            for (size_t len = strlen(words); len && strchr(" \t\r", words[len - 1]); len--) words[len - 1] = '\0';
            add(out, (enum severity)s, words, 0);
            break;
        }
        free(line);
    }
}

/* One line of a report, "name:L:C: error CODE: sentence", as "L:C CODE: sentence"; false if it is none (an excerpt, a hint). */
static bool read_head(const char *line, const char *name, struct sayings *out)
{
    size_t len = strlen(name);
    if (strncmp(line, name, len) != 0 || line[len] != ':') return false;
    const char *place = line + len + 1;
    size_t digits = strspn(place, "0123456789:");
    const char *rest = place + digits;
    while (*rest == ' ') rest++;
    while (digits && place[digits - 1] == ':') digits--;
    for (int tongue = 0; tongue < 2; tongue++) {
        for (int s = 0; s < SEVERITIES; s++) {
            size_t word = strlen(WORDS[tongue][s]);
            if (strncmp(rest, WORDS[tongue][s], word) != 0) continue;
            const char *code = rest + word, *colon = tongue ? "：" : ": ";
            const char *sentence = strstr(code, colon);
            if (!sentence) return false;
            size_t code_len = (size_t)(sentence - code);
            sentence += strlen(colon);
            char *words = NULL;
            int place_len = (int)digits;
            if (asprintf(&words, "%.*s %.*s: %s", place_len, place, (int)code_len, code, sentence) < 0) give_up("memory", name);
            add(out, (enum severity)s, words, digits + 1 + code_len);
            return true;
        }
    }
    return false;
}

static void read_report(kh_text report, const char *name, struct sayings *out)
{
    size_t head = 0;
    for (size_t from = 0, to; from < report.len; from = to + 1) {
        const char *newline = memchr(report.at + from, '\n', report.len - from);
        to = newline ? (size_t)(newline - report.at) : report.len;
        char *line = strndup(report.at + from, to - from);
        if (!line) give_up("memory", name);
        if (read_head(line, name, out)) head = out->count;
        static const char *const OFFERS[] = {"  write: ", "  请写："};
        for (int k = 0; k < 2 && head; k++) {
            size_t len = strlen(OFFERS[k]);
            if (strncmp(line, OFFERS[k], len) == 0) add(out, REPAIR, strdup(line + len), head - 1);
        }
        free(line);
    }
}

/* Both lists hold the same sayings of a severity; says what differs. */
static bool same(const char *name, enum severity severity, const struct sayings *expected, const struct sayings *got)
{
    bool used[SAID_MAX] = {false}, ok = true;
    for (size_t i = 0; i < expected->count; i++) {
        if (expected->items[i].severity != severity) continue;
        size_t j = 0;
        while (j < got->count && (used[j] || got->items[j].severity != severity ||
                                  strcmp(got->items[j].words, expected->items[i].words) != 0))
            j++;
        if (j < got->count) {
            used[j] = true;
        } else {
            printf("%s: not reported:  %s%s\n", name, MARKS[severity], expected->items[i].words);
            ok = false;
        }
    }
    for (size_t j = 0; j < got->count; j++) {
        if (used[j] || got->items[j].severity != severity) continue;
        printf("%s: not expected:  %s%s\n", name, MARKS[severity], got->items[j].words);
        ok = false;
    }
    return ok;
}

static kh_scheme *open_as(const char *name, kh_text text, kh_tongue tongue, struct sayings *got)
{
    kh_options options = {.tongue = tongue};
    kh_scheme *scheme;
    kh_text report;
    if (kh_scheme_open(&options, name, text.at, text.len, &scheme) == KH_ENVIRONMENT) give_up("memory", name);
    if (kh_scheme_report(scheme, &report) != KH_OK) give_up("memory", name);
    read_report(report, name, got);
    return scheme;
}

/* The report names the same places and codes in English and in Chinese, and has a sentence for each. */
static bool same_in_both_tongues(const char *name, kh_text text)
{
    struct sayings en = {.count = 0}, zh = {.count = 0};
    kh_scheme_close(open_as(name, text, KH_ENGLISH, &en));
    kh_scheme_close(open_as(name, text, KH_CHINESE, &zh));
    bool ok = en.count == zh.count;
    for (size_t i = 0; ok && i < en.count; i++) {
        const struct said *a = &en.items[i], *b = &zh.items[i];
        ok = a->severity == b->severity && a->place == b->place;
        if (a->severity == REPAIR) ok = ok && strcmp(a->words, b->words) == 0;
        if (!ok || a->severity == REPAIR) continue;
        ok = memcmp(a->words, b->words, a->place) == 0 &&
             a->words[a->place + 2] != '\0' && b->words[b->place + 2] != '\0';
    }
    if (!ok) printf("%s: English and Chinese reports name different places or codes\n", name);
    release(&en);
    release(&zh);
    return ok;
}

/* The text with a line, counted from 1, exchanged for another, its indentation apart. */
static char *with_line(kh_text text, size_t number, const char *line, size_t *len)
{
    size_t from = 0;
    for (size_t n = 1; n < number && from < text.len; from++) n += text.at[from] == '\n';
    size_t to = from, indent = from;
    while (to < text.len && text.at[to] != '\n') to++;
    while (indent < to && text.at[indent] == ' ') indent++;
    char *out = NULL;
    int made = asprintf(&out, "%.*s%s%.*s", (int)indent, text.at, line, (int)(text.len - to), text.at + to);
    if (made < 0) give_up("memory", line);
    *len = (size_t)made;
    return out;
}

/* Nobody is told to write what does not help: with each line that is offered, the finding that offers it is gone. */
static bool repairs_hold(const char *name, kh_text text, const struct sayings *got)
{
    bool ok = true;
    for (size_t i = 0; i < got->count; i++) {
        const struct said *repair = &got->items[i];
        if (repair->severity != REPAIR) continue;
        const char *head = got->items[repair->place].words;
        struct sayings then = {.count = 0};
        kh_text mended = {NULL, 0};
        char *at = with_line(text, strtoul(head, NULL, 10), repair->words, &mended.len);
        mended.at = at;
        kh_scheme_close(open_as(name, mended, KH_TONGUE_OF_FILE, &then));
        for (size_t j = 0; j < then.count; j++) {
            if (then.items[j].severity == REPAIR || strcmp(then.items[j].words, head) != 0) continue;
            printf("%s: still there with the line that is offered: %s\n  %s\n", name, head, repair->words);
            ok = false;
        }
        free(at);
        release(&then);
    }
    return ok;
}

static bool examples_hold(const char *name, kh_scheme *scheme)
{
    kh_text report;
    kh_status status = kh_scheme_test(scheme, &report, NULL, NULL, NULL, NULL);
    if (status == KH_OK) return true;
    printf("%s: its examples end with status %d\n%.*s", name, (int)status, status == KH_FINDINGS ? (int)report.len : 0, report.at);
    return false;
}

static bool test_file(const char *folder, const char *name)
{
    kh_text text, message;
    if (kh_file_read(NULL, name, &text, &message) != KH_OK) {
        printf("%.*s\n", (int)message.len, message.at);
        kh_text_free(NULL, &message);
        return false;
    }
    struct sayings expected = {.count = 0}, got = {.count = 0};
    read_expected(text, &expected);
    kh_scheme *scheme = open_as(name, text, KH_TONGUE_OF_FILE, &got);
    size_t errors, warnings, notices;
    kh_scheme_counts(scheme, &errors, &warnings, &notices);

    bool ok = same(name, ERROR, &expected, &got);
    bool bad = strcmp(folder, "bad") == 0, lint = strcmp(folder, "lint") == 0;
    if (errors != got.of[ERROR] && got.count < SHOWN_MAX) {
        printf("%s: %zu errors counted, %zu reported\n", name, errors, got.of[ERROR]);
        ok = false;
    }
    if (bad && !expected.of[ERROR]) {
        printf("%s: states no error\n", name);
        ok = false;
    }
    if (lint && !expected.of[WARNING] && !expected.of[NOTICE]) {
        printf("%s: states no warning and no notice\n", name);
        ok = false;
    }
    if (!expected.of[ERROR] || expected.of[WARNING]) ok = same(name, WARNING, &expected, &got) && ok;
    if (expected.of[NOTICE]) ok = same(name, NOTICE, &expected, &got) && ok;
    if (expected.of[REPAIR]) ok = same(name, REPAIR, &expected, &got) && ok;
    ok = repairs_hold(name, text, &got) && ok;
    ok = same_in_both_tongues(name, text) && ok;
    if (ok && !expected.of[ERROR] && !lint) ok = examples_hold(name, scheme);
    kh_scheme_close(scheme);
    kh_text_free(NULL, &text);
    release(&expected);
    release(&got);
    return ok;
}

static int is_scheme(const struct dirent *entry)
{
    size_t len = strlen(entry->d_name);
    return len > 3 && strcmp(entry->d_name + len - 3, ".kh") == 0;
}

int main(int argc, char **argv)
{
    static const char *const FOLDERS[] = {"good", "bad", "lint", "limit", "regression"};
    unsigned passed = 0, failed = 0;
    const char *only = argc > 2 ? argv[2] : NULL; /* a part of the files' names, when working on them */
    if (argc < 2) return 2;
    for (size_t f = 0; f < sizeof FOLDERS / sizeof *FOLDERS; f++) {
        char folder[512], path[1024];
        snprintf(folder, sizeof folder, "%s/%s", argv[1], FOLDERS[f]);
        struct dirent **entries;
        int count = scandir(folder, &entries, is_scheme, alphasort);
        if (count <= 0 && !only) {
            printf("%s holds no scheme\n", folder);
            failed++;
        }
        for (int i = 0; i < count; i++) {
            if ((size_t)snprintf(path, sizeof path, "%s/%s", folder, entries[i]->d_name) >= sizeof path) give_up("too long", folder);
            free(entries[i]);
            if (only && !strstr(path, only)) continue;
            if (test_file(FOLDERS[f], path)) {
                passed++;
            } else {
                failed++;
            }
            fflush(stdout);
        }
        if (count >= 0) free(entries);
    }
    printf("lang: %u passed, %u failed\n", passed, failed);
    return failed != 0;
}
