/* Data by its name: a folder, or a single file.
 *
 * In: what the user named. Out: a Source with an entry for each table that lies there.
 * Decision: a file's ending says its format; what is in it is looked at only where one file holds several tables.
 * Cost: a file whose ending lies is not read.
 */
#include "source_kind.h"

#include "file_error.h"

#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <strings.h>
#include <sys/stat.h>

/* ---- a file's bytes ---- */

static void drop(void *what)
{
    struct kh_mapped **file = what;
    if (*file) mapped_drop(*file);
}

bool source_map_file(struct source *source, struct text path, struct findings *problems, struct text *bytes)
{
    struct kh_mapped **file =
        ARENA_NEW(source->arena, struct kh_mapped *); /* before the file is open: no step between may fail */
    arena_defer(source->arena, drop, file);
    *file = mapped_open(arena_text(source->arena, path).at);
    *bytes = *file ? mapped_bytes(*file) : TEXT_NONE;
    if (!*file)
        file_error(problems, FILE_READING, path, errno);
    else if (source->options.mapped)
        source->options.mapped(source->options.mapped_to, path, *file);
    return *file != NULL;
}

/* ---- a file by its ending ---- */

enum format {
    FORMAT_CSV,
    FORMAT_TEXT, /* CSV if a table is called so; else no news: folders have texts of many kinds */
    FORMAT_XLSX,
    FORMAT_JSON,
    FORMAT_JSON_LINES,
    FORMAT_SQLITE,
    FORMAT_FOREIGN, /* tables that we cannot read: somebody may have meant them to be */
};

static const struct {
    const char *ending;
    enum format format;
} ENDINGS[] = {
    {".csv", FORMAT_CSV},          {".tsv", FORMAT_CSV},           {".txt", FORMAT_TEXT},   {".json", FORMAT_JSON},
    {".jsonl", FORMAT_JSON_LINES}, {".ndjson", FORMAT_JSON_LINES}, {".db", FORMAT_SQLITE},  {".sqlite", FORMAT_SQLITE},
    {".sqlite3", FORMAT_SQLITE},   {".xlsx", FORMAT_XLSX},         {".xlsm", FORMAT_XLSX},  {".xls", FORMAT_FOREIGN},
    {".xlsb", FORMAT_FOREIGN},     {".ods", FORMAT_FOREIGN},       {".et", FORMAT_FOREIGN}, {".mdb", FORMAT_FOREIGN},
    {".accdb", FORMAT_FOREIGN},
};

static bool find_format(struct text file, enum format *format, struct text *stem)
{
    for (size_t i = 0; i < sizeof ENDINGS / sizeof *ENDINGS; i++) {
        size_t n = strlen(ENDINGS[i].ending);
        if (file.len <= n || strncasecmp(file.at + file.len - n, ENDINGS[i].ending, n) != 0) continue;
        *format = ENDINGS[i].format;
        *stem = (struct text){file.at, file.len - n};
        return true;
    }
    return false;
}

/* The tables of one file. `path` opens it; `file` is its name within the data. */
static void offer_file(struct source *source, struct text path, struct text file, struct findings *problems)
{
    enum format format;
    struct text stem;
    if (!find_format(file, &format, &stem)) return;
    bool fine = true;
    size_t before = source->entry_count;
    switch (format) {
    case FORMAT_CSV: source_offer_csv(source, path, file, stem, false); break;
    case FORMAT_TEXT: source_offer_csv(source, path, file, stem, true); break;
    case FORMAT_XLSX: fine = source_offer_xlsx(source, path, file, stem, problems); break;
    case FORMAT_JSON: fine = source_offer_json(source, path, file, stem, problems); break;
    case FORMAT_JSON_LINES: source_offer_json_lines(source, path, file, stem); break;
    case FORMAT_SQLITE: fine = source_offer_sqlite(source, path, file, problems); break;
    case FORMAT_FOREIGN: source_offer(source, (struct source_entry){.other = stem, .file = file}); break;
    }
    struct stat status;
    bool whole = format == FORMAT_CSV || format == FORMAT_TEXT || format == FORMAT_JSON_LINES; /* a file is one table */
    if (whole && source->options.progress && stat(path.at, &status) == 0 && status.st_size > 0) {
        uint64_t size = (uint64_t)status.st_size * (format == FORMAT_JSON_LINES ? 2 : 1); /* those are read twice */
        for (size_t i = before; i < source->entry_count; i++) source->entries[i].size = size;
    }
    if (!fine) source->damaged = true;
}

/* ---- a folder ---- */

static int entry_order(const void *a, const void *b)
{
    return text_order(((const struct source_entry *)a)->file, ((const struct source_entry *)b)->file);
}

static void close_folder(void *what)
{
    DIR **folder = what;
    if (*folder) closedir(*folder);
}

static bool read_folder(struct source *source, DIR **folder, struct findings *problems)
{
    struct arena *arena = source->arena;
    struct dirent *item;
    bool slash = source->name.len && source->name.at[source->name.len - 1] == '/';
    while ((errno = 0, item = readdir(*folder))) {
        if (item->d_name[0] == '.' || item->d_name[0] == '~') continue; /* hidden, or an office program's lock */
        struct text file = arena_text(arena, text_of(item->d_name));
        struct text path = arena_print(arena, "%.*s%s%.*s", TEXT_ARG(source->name), slash ? "" : "/", TEXT_ARG(file));
        offer_file(source, path, file, problems);
    }
    if (errno) {
        file_error(problems, FILE_READING_FOLDER, source->name, errno);
        return false;
    }
    if (source->entry_count) qsort(source->entries, source->entry_count, sizeof *source->entries, entry_order);
    return true;
}

/* ---- a single file ---- */

static bool read_single(struct source *source, struct findings *problems)
{
    const char *slash = memrchr(source->name.at, '/', source->name.len);
    size_t before = slash ? (size_t)(slash - source->name.at) + 1 : 0;
    struct text file = {source->name.at + before, source->name.len - before};
    source->single = true;
    offer_file(source, source->name, file, problems);
    source->container = source->several;
    source->single = source->entry_count && !source->container;
    if (source->entry_count && source->entries[0].open && !source->damaged) return true;
    if (source->damaged) return false;
    struct finding *finding = FIND(problems, source->entry_count ? D_DATA_FOREIGN : D_DATA_NOT_A_FOLDER, SPAN_NONE);
    if (finding) finding->data.file = source->name;
    return false;
}

struct source *source_open(struct arena *arena, struct text data, const struct source_options *options,
                           struct findings *problems)
{
    struct source *source = ARENA_NEW(arena, struct source);
    while (data.len > 1 && data.at[data.len - 1] == '/') data.len--;
    *source = (struct source){.arena = arena, .name = arena_text(arena, data)};
    if (options) source->options = *options;

    if (source_is_postgres(source->name)) {
        source->container = true;
        return source_offer_postgres(source, problems) ? source : NULL;
    }
    DIR **folder = ARENA_NEW(arena, DIR *);
    arena_defer(arena, close_folder, folder); /* an allocation below may jump away */
    *folder = opendir(source->name.at);
    if (*folder) {
        bool read = read_folder(source, folder, problems);
        closedir(*folder);
        *folder = NULL;
        return read ? source : NULL;
    }
    if (errno == ENOTDIR) return read_single(source, problems) ? source : NULL;
    file_error(problems, FILE_READING_FOLDER, source->name, errno);
    return NULL;
}
