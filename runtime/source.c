/* Source: finds tables by name and hands the work to their format. */
#include "source_kind.h"

#include "sheet_name.h"

static bool is_one_of(struct text name, const struct text *names, uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        if (names[i].len && text_equal(names[i], name)) return true;
    }
    return false;
}

static bool is_called(const struct source_entry *entry, const struct text *names, uint32_t count)
{
    if (!entry->name.len) return false;
    if (is_one_of(entry->name, names, count) || (entry->other.len && is_one_of(entry->other, names, count))) return true;
    for (uint32_t i = 0; entry->sheet && i < count; i++) {
        char room[SHEET_NAME_ROOM];
        if (names[i].len && text_equal(entry->name, source_sheet_name(names[i], room))) return true;
    }
    return false;
}

static struct text shown_of(const struct text *names, uint32_t count)
{
    while (count > 1 && !names[count - 1].len) count--;
    return names[count - 1];
}

/* Whether the table shares the name that its sheet would have with others: then `room` gets the one by which it is found. */
static bool is_shared(const struct source *source, const struct text *names, uint32_t count, char *room, struct text *sheet)
{
    struct text shown = shown_of(names, count);
    bool shared = false;
    for (size_t i = 0; i < source->table_count && !shared; i++) {
        if (text_equal(source->tables[i], shown))
            *sheet = sheet_name_among(source->tables, source->table_count, i, room, &shared);
    }
    return shared;
}

/* The sheets that a table with such a name could be, or not: of a name that is not its own, cut short, nobody can say. */
static bool is_called_surely(const struct source_entry *entry, const struct text *names, uint32_t count, struct text sheet)
{
    if (!entry->name.len || !entry->sheet) return is_called(entry, names, count);
    return is_one_of(entry->name, names, count) || (entry->other.len && is_one_of(entry->other, names, count)) ||
           text_equal(entry->name, sheet);
}

/* Adds what has been read since it was told last. */
static void tell_progress(struct source_table *table, uint32_t rows)
{
    uint64_t done = 0, all = 0;
    if (!table->progress) return;
    if (table->kind->progress) table->kind->progress(table, &done, &all);
    if (all != table->expected) progress_expect(table->progress, (int64_t)(all - table->expected));
    progress_add(table->progress, rows, (int64_t)(done - table->told));
    table->told = done;
    table->expected = all;
}

struct source_table *source_table_open(struct source *source, const struct text *names, uint32_t count,
                                       struct findings *problems, bool *found)
{
    struct source_entry *first = NULL, *second = NULL, *doubtful = NULL;
    char room[SHEET_NAME_ROOM];
    struct text sheet = TEXT_NONE;
    bool shared = is_shared(source, names, count, room, &sheet);
    for (size_t i = 0; i < source->entry_count; i++) {
        struct source_entry *entry = &source->entries[i];
        if (!is_called(entry, names, count) && !(shared && entry->sheet && text_equal(entry->name, sheet))) continue;
        entry->asked = true;
        if (shared && !is_called_surely(entry, names, count, sheet)) {
            doubtful = entry;
            continue;
        }
        if (!first)
            first = entry;
        else if (!second)
            second = entry;
    }
    *found = first || doubtful;
    if (!first && doubtful) {
        struct finding *finding =
            FIND(problems, D_SHEET_DOUBTFUL, SPAN_NONE, shown_of(names, count), arena_text(source->arena, sheet));
        if (finding) finding->data.file = doubtful->file;
    }
    if (!first) return NULL;
    if (second) {
        struct finding *finding = FIND(problems, D_DATA_TWO_FILES, SPAN_NONE, first->file, second->file);
        if (finding) finding->data.file = source->name;
        return NULL;
    }
    struct source_table *table = first->open(source, first, problems);
    if (!table) return NULL;
    table->progress = source->options.progress;
    table->expected = first->expected ? first->size : 0;
    tell_progress(table, 0);
    return table;
}

void source_expect(struct source *source, const struct text *names, uint32_t count)
{
    ARENA_PUSH(source->arena, source->tables, source->table_count, source->table_capacity, shown_of(names, count));
    for (size_t i = 0; i < source->entry_count; i++) {
        struct source_entry *entry = &source->entries[i];
        if (entry->expected || !is_called(entry, names, count)) continue;
        entry->expected = true;
        progress_expect(source->options.progress, (int64_t)entry->size);
    }
}

struct progress *source_progress(const struct source *source) { return source->options.progress; }

struct text source_name(const struct source *source) { return source->name; }

bool source_is_container(const struct source *source) { return source->container; }

bool source_is_single(const struct source *source) { return source->single; }

bool source_damaged(const struct source *source) { return source->damaged; }

void source_table_find_headings(struct source_table *table, source_known *known, void *context)
{
    if (table->kind->find_headings) table->kind->find_headings(table, known, context);
}

struct text source_table_file(const struct source_table *table) { return table->file; }

const struct text *source_table_headings(const struct source_table *table, uint32_t *count)
{
    *count = table->columns;
    return table->headings;
}

bool source_table_bare(const struct source_table *table) { return table->bare; }

void source_table_set_headings(struct source_table *table, struct text *headings, uint32_t count)
{
    table->headings = headings;
    table->columns = count;
    table->bare = false;
}

uint64_t source_table_heading_line(const struct source_table *table) { return table->heading_line; }

bool source_table_next(struct source_table *table, struct source_batch *batch)
{
    bool more = table->kind->next(table, batch);
    tell_progress(table, batch->rows);
    return more;
}

uint64_t source_table_rows_hint(const struct source_table *table) { return table->kind->rows_hint(table); }

bool source_table_bytes(const struct source_table *table, struct source_bytes *out)
{
    return table->kind->bytes && table->kind->bytes(table, out);
}

uint32_t source_table_faults(const struct source_table *table) { return table->faults; }

uint32_t source_unused(struct source *source, struct text **files, struct text **names, uint32_t *noticed)
{
    uint32_t count = 0;
    *files = ARENA_ARRAY(source->arena, struct text, source->entry_count);
    *names = ARENA_ARRAY(source->arena, struct text, source->entry_count);
    for (int quiet = 0; quiet < 2; quiet++) {
        for (size_t i = 0; i < source->entry_count; i++) {
            const struct source_entry *entry = &source->entries[i];
            if (entry->asked || entry->quiet != (quiet != 0)) continue;
            (*names)[count] = entry->name.len ? entry->name : entry->other;
            (*files)[count++] = entry->file;
        }
        if (!quiet) *noticed = count;
    }
    return count;
}

void source_offer(struct source *source, struct source_entry entry)
{
    if (source->entry_count == UINT32_MAX) arena_fail(source->arena);
    ARENA_PUSH(source->arena, source->entries, source->entry_count, source->entry_capacity, entry);
}

struct text source_identifier(struct arena *arena, struct text name)
{
    struct buffer out;
    buffer_init(&out, arena);
    buffer_char(&out, '"');
    for (size_t i = 0; i < name.len; i++) {
        if (name.at[i] == '"') buffer_char(&out, '"');
        buffer_char(&out, name.at[i]);
    }
    buffer_char(&out, '"');
    return buffer_result(&out);
}

struct text source_bare(struct text file)
{
    /* before the name of a table in a file, which may have anything in it */
    const char *bracket = file.len && file.at[file.len - 1] == ']' ? memrchr(file.at, '[', file.len) : NULL;
    size_t before = bracket ? (size_t)(bracket - file.at) : file.len;
    const char *slash = before ? memrchr(file.at, '/', before) : NULL;
    size_t from = slash ? (size_t)(slash - file.at) + 1 : 0;
    return (struct text){file.at + from, file.len - from};
}

struct text source_part(struct arena *arena, struct text name, struct text part)
{
    return arena_print(arena, "%.*s[%.*s]", TEXT_ARG(name), TEXT_ARG(part));
}
