/* kaohe run, kaohe questions, kaohe pending: a scheme on data.
 *
 * In: a scheme and a folder. Out: a table of every unit, or a file in one of the formats of report.h.
 * Decision: nothing is written unless the whole run succeeded, and the file is whole or not there.
 */
#include "order.h"
#include "progress.h"
#include "record.h"
#include "report.h"
#include "sink.h"
#include "table.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <strings.h>

kh_status session_run(const struct session *session, kh_scheme **scheme, kh_result **result)
{
    *result = NULL;
    kh_status status = session_open_clean(session, session->args.operands[0], scheme);
    if (!*scheme) return status;
    struct progress_line *progress = progress_begin(session, *scheme, session_chinese(*scheme));
    status = kh_run_unit(*scheme, session->args.operands[1], session->args.value[OPT_UNIT], result);
    progress_end(progress);
    kh_text report = {NULL, 0};
    if (*result) {
        status = worst(status, kh_result_report(*result, &report));
        if (status != KH_OK || !session->args.given[OPT_QUIET]) say_text(stderr, report);
    }
    if (status == KH_OK) return status;
    if (!report.len) session_status(session, status);
    kh_result_close(*result);
    kh_scheme_close(*scheme);
    *result = NULL;
    *scheme = NULL;
    return status;
}

/* "60 units: 55 final, 5 open": states in the order in which they come first, in the words of the result. */
static void count_states(kh_result *result, bool chinese, char *into, size_t room)
{
    enum { STATES = KH_NOT_ASSESSED + 1 };
    struct {
        kh_state state;
        kh_text word;
        size_t count;
    } states[STATES] = {0};
    size_t rows = kh_result_rows(result);
    char counted[COUNTED_BYTES];
    size_t len = (size_t)snprintf(into, room, "%s", say_counted(counted, chinese, rows, NOUN_UNIT));
    for (size_t row = 0; row < rows; row++) {
        kh_state state = kh_result_state(result, row);
        int s = 0;
        while (states[s].count && states[s].state != state) s++;
        if (!states[s].count++) {
            states[s].state = state;
            states[s].word = kh_result_state_word(result, state);
        }
    }
    for (int s = 0; s < STATES && states[s].count && len < room; s++) {
        const char *sign = s ? (chinese ? "，" : ", ") : (chinese ? "（" : " (");
        int bytes = (int)states[s].word.len;
        len += (size_t)(chinese ? snprintf(into + len, room - len, "%s%.*s%zu个", sign, bytes, states[s].word.at, states[s].count)
                                : snprintf(into + len, room - len, "%s%zu %.*s", sign, states[s].count, bytes, states[s].word.at));
    }
    if (rows && len < room) snprintf(into + len, room - len, "%s", chinese ? "）" : ")");
}

/* "r.csv: 60 units (58 final, 2 open), from 4215 rows, 3 left for the next period; 2 decisions are waited for" */
static void print_summary(const struct report *report, const char *path)
{
    bool chinese = report->chinese;
    char states[512], counted[COUNTED_BYTES], from[4 * COUNTED_BYTES];
    uint64_t rows_read, rows_after, rows_earlier;
    kh_result_rows_read(report->result, &rows_read, NULL, &rows_after, &rows_earlier);
    count_states(report->result, chinese, states, sizeof states);
    size_t len = (size_t)snprintf(from, sizeof from, "%s", say_counted(counted, chinese, rows_read, NOUN_ROW));
    if (rows_after) {
        len += (size_t)snprintf(from + len, sizeof from - len, "%s%s", chinese ? "，其中" : ", ", say_counted(counted, chinese, rows_after, NOUN_AFTER));
    }
    if (rows_earlier) {
        const char *sign = !chinese ? ", " : rows_after ? "、" : "，其中";
        len += (size_t)snprintf(from + len, sizeof from - len, "%s%s", sign, say_counted(counted, chinese, rows_earlier, NOUN_EARLIER));
    }
    if (report->waiting_count) {
        snprintf(from + len, sizeof from - len, "%s%s", chinese ? "；待裁定" : "; ", say_counted(counted, chinese, report->waiting_count, NOUN_WAITING));
    }
    TELL(chinese, WRITTEN, path, states, from);
}

/* A CSV on its way: into the file, and into its hash. */
struct stream {
    struct sink sink;
    struct hash hash;
};

static int put_piece(void *to, kh_text piece)
{
    struct stream *stream = to;
    sink_text(&stream->sink, piece);
    hash_add(&stream->hash, piece);
    return 0;
}

/* hash: of the file. */
static kh_status write_csv(const struct session *session, kh_result *result, const size_t *order, const char *path, char hash[HASH_TEXT])
{
    struct stream stream;
    kh_status status = sink_open(&stream.sink, session, path);
    if (status != KH_OK) return status;
    hash_start(&stream.hash);
    status = session_status(session, kh_result_write_csv(result, order, put_piece, &stream));
    hash_end(&stream.hash, hash);
    return sink_close(&stream.sink, status);
}

/* How the result came about, beside it; not where the scheme came from standard input, or where the result went to no file. */
static kh_status write_record(const struct session *session, struct report *report, const char *path, const char *csv_hash)
{
    const char *const *operands = (const char *const *)session->args.operands;
    struct stat info;
    if (strcmp(path, "-") == 0 || strcmp(operands[0], "-") == 0 || stat(path, &info) != 0 || !S_ISREG(info.st_mode)) return KH_OK;
    struct record record;
    const char *table_hash = report->order ? NULL : csv_hash; /* the table is hashed in the order of the data */
    kh_status status = record_take(session, &record, operands[0], operands[1], report->result, report->scheme, report->hashes, table_hash);
    if (status == KH_OK) status = record_add_result(session, &record, path, csv_hash);
    if (status == KH_OK) status = record_write(session, &record, path);
    record_free(&record);
    return status;
}

static kh_status write_results(const struct session *session, struct report *report, enum format format)
{
    const char *path = session->args.value[OPT_OUTPUT];
    char csv_hash[HASH_TEXT] = "";
    kh_status status = report_read(report);
    if (status != KH_OK) return status;
    bool apart = strcmp(path, "-") != 0; /* standard output may be the same terminal */
    if (apart && format != FORMAT_CSV) report->progress = progress_begin(session, NULL, report->chinese);
    switch (format) {
    case FORMAT_CSV: status = write_csv(session, report->result, report->order, path, csv_hash); break;
    case FORMAT_JSON: status = write_json(report, path); break;
    case FORMAT_JSONL: status = write_jsonl(report, path); break;
    case FORMAT_XLSX: status = write_xlsx(report, path); break;
    case FORMAT_HTML: status = write_html(report, path); break;
    case FORMAT_SQLITE: status = write_sqlite(report, path); break;
    case FORMAT_POSTGRES: status = write_postgres(report, path); break;
    case FORMAT_NONE: return KH_USAGE;
    }
    progress_end(report->progress);
    report->progress = NULL;
    if (status == KH_OK) status = write_record(session, report, path, csv_hash[0] ? csv_hash : NULL);
    bool told = apart && !session->args.given[OPT_QUIET];
    if (status == KH_OK && told) print_summary(report, format == FORMAT_POSTGRES ? "PostgreSQL" : path);
    return status;
}

/* --record FILE: the results for the next scheme. */
static kh_status record_results(const struct session *session, kh_result *result, bool chinese)
{
    const char *path = session->args.value[OPT_RECORD];
    size_t recorded, kept;
    kh_text message;
    kh_status status = kh_result_record(result, path, &recorded, &kept, &message);
    if (status != KH_OK) {
        if (message.len) say_text(stderr, message);
        else session_status(session, status);
        return status;
    }
    char units[COUNTED_BYTES], rows[COUNTED_BYTES];
    say_counted(units, chinese, recorded, NOUN_UNIT);
    say_counted(rows, chinese, kept, NOUN_ROW);
    TELL(chinese, RECORDED, path, units, rows);
    return KH_OK;
}

static bool ends_in_csv(const char *path)
{
    size_t len = strlen(path);
    return len > 4 && strcasecmp(path + len - 4, ".csv") == 0;
}

/* The order of the rows that --sort asks for, malloced; NULL with KH_OK: that of the data. */
static kh_status find_order(const struct session *session, const kh_result *result, size_t **order)
{
    const char *by = session->args.value[OPT_SORT];
    *order = NULL;
    if (!by) return KH_OK;
    size_t column;
    if (!order_column(result, by, &column)) {
        char names[512];
        order_columns(result, names, sizeof names, session->chinese ? "、" : ", ");
        if (names[0]) {
            COMPLAIN(session->chinese, NO_COLUMN, by, names);
        } else {
            COMPLAIN(session->chinese, NO_COLUMNS);
        }
        return KH_USAGE;
    }
    return order_rows(result, column, order) ? KH_OK : session_status(session, KH_ENVIRONMENT);
}

/* The format that -o and --as ask for; FORMAT_NONE after a complaint. */
static enum format find_format(const struct session *session)
{
    const char *path = session->args.value[OPT_OUTPUT], *as = session->args.value[OPT_AS];
    enum format format = as ? format_named(as) : format_of(path);
    if (format == FORMAT_NONE) {
        char names[128];
        format_names(names, sizeof names, session->chinese ? "、" : ", ");
        if (as) {
            COMPLAIN(session->chinese, NO_FORMAT, as, names);
        } else {
            COMPLAIN(session->chinese, NO_ENDING, path, names);
        }
    }
    return format;
}

kh_status verb_run(const struct session *session)
{
    if (!args_operands(&session->args, session->chinese, 2, 2)) return KH_USAGE;
    struct session detailed = *session;
    bool to_file = session->args.given[OPT_OUTPUT];
    if (session->args.given[OPT_AS] && !to_file) {
        COMPLAIN(session->chinese, NEEDS_OUTPUT);
        return KH_USAGE;
    }
    enum format format = to_file ? find_format(session) : FORMAT_CSV;
    if (format == FORMAT_NONE) return KH_USAGE;
    const char *record = session->args.value[OPT_RECORD];
    if (record && !ends_in_csv(record)) {
        COMPLAIN(session->chinese, RECORD_CSV, record);
        return KH_USAGE;
    }
    detailed.options.keep_all = format_is_detailed(format);
    detailed.options.table_only = !detailed.options.keep_all && !record; /* the table and nothing else, in less time */
    struct report report = {.session = session, .scheme_file = session->args.operands[0]};
    if (to_file) report.hashes = hashes_start(session->args.operands[1]); /* while the machine is at work on the same files */
    if (report.hashes) {
        detailed.options.mapped = hashes_take;
        detailed.options.mapped_to = report.hashes;
    }
    kh_status status = session_run(&detailed, &report.scheme, &report.result);
    if (status != KH_OK) {
        hashes_free(report.hashes);
        return status;
    }
    report.chinese = session_chinese(report.scheme);
    size_t *order = NULL;
    if (!to_file || session->args.given[OPT_SORT]) status = session_status(session, kh_result_make_cells(report.result));
    if (status == KH_OK) status = find_order(session, report.result, &order);
    report.order = order;
    if (status == KH_OK && to_file) status = write_results(session, &report, format);
    if (status == KH_OK && !to_file && !table_print(report.result, order, report.chinese)) status = session_status(session, KH_ENVIRONMENT);
    if (status == KH_OK && record) status = record_results(session, report.result, report.chinese);
    free(order);
    hashes_free(report.hashes);
    kh_result_close(report.result);
    kh_scheme_close(report.scheme);
    return status;
}

kh_status verb_questions(const struct session *session)
{
    if (!args_operands(&session->args, session->chinese, 2, 2)) return KH_USAGE;
    kh_scheme *scheme;
    kh_result *result;
    kh_status status = session_run(session, &scheme, &result);
    if (status != KH_OK) return status;
    kh_text text;
    status = session_status(session, kh_result_questions(result, &text));
    if (status == KH_OK) say_text(stdout, text);
    kh_result_close(result);
    kh_scheme_close(scheme);
    return status;
}

kh_status verb_pending(const struct session *session)
{
    if (!args_operands(&session->args, session->chinese, 2, 2)) return KH_USAGE;
    kh_scheme *scheme;
    kh_result *result;
    kh_status status = session_run(session, &scheme, &result);
    if (status != KH_OK) return status;
    bool chinese = session_chinese(scheme);
    const char *unit = session->args.value[OPT_UNIT];
    kh_text text;
    size_t units, count;
    status = session_status(session, kh_result_pending(result, unit, &text, &units, &count));
    if (status == KH_OK || status == KH_USAGE) say_text(status == KH_OK ? stdout : stderr, text);
    if (status == KH_OK) {
        char some[COUNTED_BYTES], all[COUNTED_BYTES], missing[COUNTED_BYTES];
        snprintf(some, sizeof some, "%zu", units);
        say_counted(all, chinese, unit ? 1 : kh_result_rows(result), NOUN_UNIT);
        say_counted(missing, chinese, count, NOUN_MISSING);
        if (count) {
            TELL(chinese, PENDING, some, all, missing);
        } else {
            TELL(chinese, NOTHING_PENDING, all);
        }
    }
    kh_result_close(result);
    kh_scheme_close(scheme);
    return status;
}
