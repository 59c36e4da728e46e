/* Data in: the tables in order, then what points from one to another, then the decisions.
 *
 * In: a schema and a Source. Out: a dataset whose every cell has been checked, or a list of all that is wrong.
 * Decision: everything is read even after the first problem, because a clerk wants one list, not one problem a run; what
 * only follows from another problem is left unsaid. Cost: a load that fails takes as long as one that does not.
 */
#include "load_intake.h"

#include "suggest.h"

#include <assert.h>
#include <strings.h>

enum { NAMES_SHOWN = 10, COMPARISONS = 20 * 1000 * 1000 };

/* The unit first, then parents before the rows that belong to them. */
static void load_tables(struct loader *loader, const bool *streamed)
{
    uint32_t count = loader->schema->table_count, loaded = 0;
    bool *done = ARENA_ARRAY(loader->arena, bool, count);
    for (bool moved = true; moved && loaded < count;) {
        moved = false;
        for (uint32_t t = 0; t < count; t++) {
            int32_t parent = loader->schema->tables[t].parent;
            if (done[t] || (t != 0 && !done[0]) || (parent > 0 && !done[parent])) continue;
            if (streamed && streamed[t])
                loader->out->streams[t] = intake_open_stream(loader, t);
            else
                table_load(loader, t);
            done[t] = moved = true;
            loaded++;
        }
    }
    assert(loaded == count && "a table cannot be its own parent's parent");
}

/* ---- files ---- */

/* Its ending is of a program whose files are not read. */
static bool is_foreign(struct text file)
{
    static const char *const ENDINGS[] = {".xls", ".xlsb", ".ods", ".et", ".mdb", ".accdb"};
    for (size_t i = 0; i < sizeof ENDINGS / sizeof *ENDINGS; i++) {
        size_t n = strlen(ENDINGS[i]);
        if (file.len > n && strncasecmp(file.at + file.len - n, ENDINGS[i], n) == 0) return true;
    }
    return false;
}

static void report_missing_table(struct loader *loader, uint32_t index, const struct text *files, const struct text *names,
                                 uint32_t count)
{
    const struct table_schema *table = &loader->schema->tables[index];
    struct text name = text_shown(table->name, table->heading);
    bool container = source_is_container(loader->source);
    struct text file = container ? name : arena_print(loader->arena, "%.*s.csv", TEXT_ARG(name));
    struct text spellings[] = {name, table->name}, near = TEXT_NONE;
    for (size_t s = 0; s < 2 && !near.len; s++) {
        struct suggest suggest;
        suggest_start(&suggest, spellings[s]);
        for (uint32_t i = 0; i < count; i++) suggest_offer(&suggest, names[i]);
        struct text found = suggest_result(&suggest);
        for (uint32_t i = 0; found.len && i < count; i++) {
            if (names[i].at == found.at) near = files[i];
        }
    }
    enum diag_code code = near.len ? D_DATA_NO_FILE_NEAR : D_DATA_NO_FILE;
    if (source_is_single(loader->source))
        code = D_DATA_ONE_FILE;
    else if (container)
        code = near.len ? D_DATA_NO_TABLE_NEAR : D_DATA_NO_TABLE;
    else if (near.len && is_foreign(near))
        code = D_DATA_FOREIGN_NEAR;
    struct finding *finding = FIND(loader->problems, code, SPAN_NONE, name, file, near);
    if (finding) finding->data.file = source_name(loader->source);
}

static void report_files(struct loader *loader)
{
    struct text *files, *shown;
    uint32_t noticed, count = source_unused(loader->source, &files, &shown, &noticed);
    for (uint32_t t = 0; t < loader->schema->table_count; t++) {
        if (loader->tables[t].missing && !source_damaged(loader->source)) report_missing_table(loader, t, files, shown, count);
    }
    if (!noticed) return;
    struct text names = text_list(loader->arena, files, noticed, NAMES_SHOWN);
    enum diag_code code = source_is_container(loader->source) ? D_TABLES_UNUSED : D_FILES_UNUSED;
    struct finding *finding = FIND(loader->problems, code, SPAN_NONE, names);
    if (finding) finding->data.file = source_name(loader->source);
}

void data_put_aside(struct loader *loader, struct aside_row row, struct text unit)
{
    struct dataset *out = loader->out;
    if (out->aside_count == LIMIT_ASIDE) return;
    row.unit = arena_text(loader->arena, unit);
    ARENA_PUSH(loader->arena, out->aside, out->aside_count, out->aside_capacity, row);
}

/* ---- all of it ---- */

static void learn_words(struct loader *loader)
{
    const struct schema *schema = loader->schema;
    for (uint32_t i = 0; i < schema->text_count; i++) {
        uint32_t index = intern_put(&loader->texts, schema->texts[i]);
        assert(index == i && "the scheme's texts are distinct");
        (void)index;
    }
    loader->lists = ARENA_ARRAY(loader->arena, struct word_map, schema->list_count);
    for (uint32_t l = 0; l < schema->list_count; l++) {
        const struct list_schema *list = &schema->lists[l];
        intern_init(&loader->lists[l].words, loader->arena);
        for (uint32_t i = 0; i < list->count; i++) word_map_add(&loader->lists[l], list->values[i], i);
        for (uint32_t i = 0; i < list->count; i++) word_map_add(&loader->lists[l], list->headings[i], i);
    }
    intern_init(&loader->parts.words, loader->arena);
    for (uint32_t i = 0; i < schema->part_count; i++) word_map_add(&loader->parts, schema->parts[i], i);
}

bool data_load(struct arena *arena, const struct schema *schema, struct source *source, struct findings *problems,
               struct dataset *out)
{
    return data_load_streaming(arena, schema, source, NULL, false, problems, out);
}

bool data_load_streaming(struct arena *arena, const struct schema *schema, struct source *source, const bool *streamed, bool aside,
                         struct findings *problems, struct dataset *out)
{
    struct loader *loader = ARENA_NEW(arena, struct loader);
    size_t errors = problems->errors;
    assert(schema->table_count > 0 && schema->tables[0].key != NO_INDEX && schema->tables[0].parent == NO_INDEX);
    *out = (struct dataset){.tables = ARENA_ARRAY(arena, struct table_data, schema->table_count)};
    out->streams = ARENA_ARRAY(arena, struct intake *, schema->table_count);
    *loader = (struct loader){.arena = arena, .schema = schema, .source = source, .problems = problems, .out = out};
    loader->progress = source_progress(source);
    loader->keeps_aside = aside;
    loader->tables = ARENA_ARRAY(arena, struct table_state, schema->table_count);
    for (uint32_t t = 0; t < schema->table_count; t++) {
        source_expect(source, (const struct text[]){schema->tables[t].name, schema->tables[t].heading}, 2);
    }
    loader->comparisons = COMPARISONS;
    intern_init(&loader->texts, arena);
    learn_words(loader);

    load_tables(loader, streamed);
    references_resolve(loader);
    decisions_load(loader);
    report_files(loader);

    for (uint32_t t = 0; problems->errors != errors && t < schema->table_count; t++) {
        if (out->streams[t]) intake_drain(out->streams[t]);
        out->streams[t] = NULL;
    }
    out->texts = loader->texts.texts;
    out->text_count = loader->texts.count;
    findings_sort(problems);
    return problems->errors == errors;
}
