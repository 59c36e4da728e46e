/* Workbooks as tables of a Source: a sheet for each.
 *
 * In: a workbook as offices keep it: titles above the headings, blank rows, notes below. Out: batches of rows under
 * their headings.
 * Decision: the headings are the row, among the first ones, in which most of the wanted ones stand; behind the last
 * row of data, rows that are plainly notes are left out and said. What could be meant in two ways (merged cells among
 * the data, a formula without a value) is refused. Cost: a table whose data is merged must be unmerged first.
 */
#include "source_kind.h"

#include "sheet_rows.h"
#include "utf8.h"

enum { CELLS_BATCH = 256 * 1024, TITLES = SHEET_AHEAD, WORD_BYTES = 60, HEADING_BYTES = 1024 };

struct xlsx_table {
    struct source_table base;
    struct findings *problems;
    struct sheet_rows *rows;
    int32_t *places; /* per column of the sheet up to the last heading: its column in the batch, or -1 */
    bool *wanted;    /* per column of the batch */
    uint32_t place_count;
    struct text *cells;
    uint32_t lines[LIMIT_BATCH];
    uint32_t batch_rows, last_line;
    bool done;
};

static void find_at(struct xlsx_table *table, enum diag_code code, uint64_t line, struct text word, struct text second)
{
    struct finding *finding = FIND(table->problems, code, SPAN_NONE, word, second);
    if (finding) finding->data = (struct data_place){.file = table->base.file, .line = line};
}

/* ---- the headings ---- */

/* A heading as one writes it in a narrow cell, over lines or as 姓　名: without blanks, if only so it is known, else without
 * its line ends. In `room`. */
static struct text heading_text(struct text cell, source_known *known, void *context, char *room, bool *is_known)
{
    struct text text = utf8_cut(utf8_trim(cell), HEADING_BYTES);
    *is_known = known(context, text) >= 0;
    size_t len = 0;
    for (size_t at = 0, bytes; !*is_known && at < text.len; at += bytes) {
        uint32_t c = utf8_at(text, at, &bytes);
        if (c <= ' ' || c == 0x3000 || c == 0xA0 || utf8_is_unseen(c)) continue;
        memcpy(room + len, text.at + at, bytes);
        len += bytes;
    }
    if (!*is_known && known(context, (struct text){room, len}) >= 0) {
        *is_known = true;
        return (struct text){room, len};
    }
    for (size_t at = len = 0; at < text.len; at++) {
        if (text.at[at] != '\n' && text.at[at] != '\r') room[len++] = text.at[at];
    }
    return (struct text){room, len};
}

/* The headings if they stand in the row that is `ahead`: by column, those of the row, and where it is blank those of the row
 * right above that are wanted (headings of two rows). */
struct heading {
    uint32_t column;
    struct text text;
    bool known;
};

static uint32_t headings_at(struct xlsx_table *table, uint32_t ahead, source_known *known, void *context,
                            void (*take)(struct xlsx_table *table, const struct heading *heading))
{
    const struct sheet_row *row = sheet_rows_peek(table->rows, ahead), *above = NULL;
    if (ahead) above = sheet_rows_peek(table->rows, ahead - 1);
    if (above && above->line + 1 != row->line) above = NULL;
    uint32_t count = 0, i = 0, k = 0;
    while (i < row->count || (above && k < above->count)) {
        char room[HEADING_BYTES];
        struct heading heading;
        bool own = i < row->count && (!above || k >= above->count || row->cells[i].column <= above->cells[k].column);
        const struct sheet_cell *cell = own ? &row->cells[i] : &above->cells[k];
        if (own && above && k < above->count && above->cells[k].column == cell->column) k++;
        if (own)
            i++;
        else
            k++;
        heading.column = cell->column;
        heading.text = heading_text(cell->text, known, context, room, &heading.known);
        if (!heading.text.len || (!own && !heading.known)) continue;
        count += heading.known;
        if (take) take(table, &heading);
    }
    return count;
}

static void take_heading(struct xlsx_table *table, const struct heading *heading)
{
    uint32_t place = table->base.columns++;
    table->base.headings[place] = arena_text(table->base.arena, heading->text);
    table->wanted[place] = heading->known;
    table->places[heading->column] = (int32_t)place;
    table->place_count = heading->column + 1; /* they come from left to right */
}

static void take_headings(struct xlsx_table *table, uint32_t ahead, source_known *known, void *context)
{
    struct arena *arena = table->base.arena;
    table->places = ARENA_ARRAY(arena, int32_t, SHEET_COLUMNS);
    for (uint32_t c = 0; c < SHEET_COLUMNS; c++) table->places[c] = -1; /* what stands under no heading is no column */
    table->wanted = ARENA_ARRAY(arena, bool, SHEET_COLUMNS);
    table->base.headings = ARENA_ARRAY(arena, struct text, SHEET_COLUMNS);
    headings_at(table, ahead, known, context, take_heading);
    table->base.heading_line = table->last_line = sheet_rows_peek(table->rows, ahead)->line;
    for (uint32_t i = 0; i <= ahead; i++) sheet_rows_skip(table->rows);
    uint32_t columns = table->base.columns;
    table->batch_rows = columns <= CELLS_BATCH / LIMIT_BATCH ? LIMIT_BATCH : CELLS_BATCH / columns;
    table->cells = ARENA_ARRAY(arena, struct text, (size_t)table->batch_rows * columns);
}

static void xlsx_find_headings(struct source_table *base, source_known *known, void *context)
{
    struct xlsx_table *table = (struct xlsx_table *)base;
    uint32_t best = 0, most = 0;
    for (uint32_t ahead = 0; ahead < TITLES && sheet_rows_peek(table->rows, ahead); ahead++) {
        uint32_t count = headings_at(table, ahead, known, context, NULL);
        if (count <= most) continue;
        most = count;
        best = ahead;
    }
    take_headings(table, best, known, context);
    if (base->columns > LIMIT_COLUMNS) {
        find_at(table, D_CSV_TOO_MANY_COLUMNS, base->heading_line, arena_print(base->arena, "%d", LIMIT_COLUMNS), TEXT_NONE);
        base->columns = LIMIT_COLUMNS;
        table->done = true;
    }
}

/* ---- notes below the table ---- */

static const struct sheet_cell *only_cell(const struct sheet_row *row) { return row->count == 1 ? row->cells : NULL; }

/* "注：", "说明1、", "填表人：", "Note:", or "合计" alone. */
static bool has_note_word(struct text text)
{
    static const struct text WORDS[] = {
        {"填表说明", 12}, {"填报说明", 12}, {"备注", 6},   {"注", 3},    {"说明", 6},   {"填表人", 9},  {"填报人", 9},
        {"制表人", 9},    {"制表", 6},      {"审核人", 9}, {"审核", 6},  {"负责人", 9}, {"联系人", 9},  {"经办人", 9},
        {"填表日期", 12}, {"填报单位", 12}, {"Note", 4},   {"Notes", 5}, {"Remark", 6}, {"Remarks", 7}, {"※", 3},
    };
    static const struct text SUMS[] = {{"合计", 6}, {"总计", 6}, {"小计", 6}, {"Total", 5}};
    static const struct text MARKS[] = {{"：", 3}, {":", 1}, {"、", 3}, {"．", 3}, {".", 1}};
    text = utf8_trim(text);
    for (size_t i = 0; i < sizeof SUMS / sizeof *SUMS; i++) {
        if (text_equal(text, SUMS[i])) return true;
    }
    if (text_is(text, "合　计") || text_is(text, "合 计")) return true;
    for (size_t i = 0; i < sizeof WORDS / sizeof *WORDS; i++) {
        struct text word = WORDS[i], rest = {text.at + word.len, text.len - word.len};
        if (text.len < word.len || memcmp(text.at, word.at, word.len) != 0) continue;
        if (text_is(word, "※") || !rest.len) return true;
        while (rest.len && rest.at[0] >= '0' && rest.at[0] <= '9') rest.at++, rest.len--;
        for (size_t m = 0; m < sizeof MARKS / sizeof *MARKS; m++) {
            if (rest.len >= MARKS[m].len && memcmp(rest.at, MARKS[m].at, MARKS[m].len) == 0) return true;
        }
    }
    return false;
}

static bool may_be_note(const struct sheet_row *row) { return only_cell(row) || has_note_word(row->cells[0].text); }

/* A single cell that is merged across: nothing else could stand beside it. */
static bool is_merged_across(const struct xlsx_table *table, const struct sheet_row *row)
{
    uint32_t count;
    const struct sheet_range *merged = sheet_rows_merged(table->rows, &count);
    const struct sheet_cell *cell = only_cell(row);
    for (uint32_t i = 0; cell && i < count; i++) {
        if (merged[i].top == row->line && merged[i].left == cell->column && merged[i].right > merged[i].left) return true;
    }
    return false;
}

/* Whether the next row and all behind it are notes, to the end of the sheet. */
static bool only_notes_follow(const struct xlsx_table *table)
{
    const struct sheet_row *row;
    uint32_t ahead = 0;
    for (; ahead < SHEET_AHEAD && (row = sheet_rows_peek(table->rows, ahead)); ahead++) {
        if (!may_be_note(row)) return false;
    }
    if (ahead == 0 || ahead == SHEET_AHEAD) return false;
    for (uint32_t i = 0; i < ahead; i++) { /* the end is there: so is what is merged */
        row = sheet_rows_peek(table->rows, i);
        if (!has_note_word(row->cells[0].text) && !is_merged_across(table, row)) return false;
    }
    return true;
}

static void report_notes(struct xlsx_table *table)
{
    const struct sheet_row *row = sheet_rows_peek(table->rows, 0);
    struct text first = utf8_trim(row->cells[0].text), shown = utf8_cut(first, WORD_BYTES);
    if (shown.len < first.len) shown = arena_print(table->base.arena, "%.*s…", TEXT_ARG(shown));
    find_at(table, D_SHEET_NOTES, row->line, shown, TEXT_NONE);
    while (sheet_rows_peek(table->rows, 0)) sheet_rows_skip(table->rows);
}

/* ---- the end ---- */

/* Cells merged among the rows that were read: their values stand in one of them alone, and for the others nobody knows. */
static void check_merged(struct xlsx_table *table)
{
    uint32_t count;
    const struct sheet_range *merged = sheet_rows_merged(table->rows, &count);
    for (uint32_t i = 0; i < count; i++) {
        const struct sheet_range *range = &merged[i];
        uint32_t top = (uint32_t)table->base.heading_line + 1;
        if (range->bottom < top || range->top > table->last_line ||
            (range->left == range->right && range->top == range->bottom))
            continue;
        bool touches = false;
        for (uint32_t c = range->left; c <= range->right && c < table->place_count; c++) {
            touches |= table->places[c] >= 0 && table->wanted[table->places[c]];
        }
        if (!touches) continue;
        char from[16], to[16];
        struct text left = sheet_address(range->left, range->top, from),
                    right = sheet_address(range->right, range->bottom, to);
        table->base.faults++;
        find_at(table, D_SHEET_MERGED, range->top < top ? top : range->top, left, right);
    }
}

static void finish(struct xlsx_table *table)
{
    if (table->done) return;
    table->done = true;
    if (sheet_rows_failed(table->rows)) table->base.faults++; /* reported */
    check_merged(table);
}

/* ---- rows ---- */

static enum diag_code fault_code(enum sheet_cell_state state)
{
    switch (state) {
    case SHEET_CELL_FINE: return D_NONE;
    case SHEET_CELL_ERROR: return D_SHEET_ERROR;
    case SHEET_CELL_NO_VALUE: return D_SHEET_NO_VALUE;
    case SHEET_CELL_LONG_NUMBER: return D_SHEET_LONG_NUMBER;
    case SHEET_CELL_TOO_LONG: return D_CSV_CELL_TOO_LONG;
    case SHEET_CELL_DAMAGED: return D_SHEET_DAMAGED;
    }
    return D_NONE;
}

static void report_cell(struct xlsx_table *table, const struct sheet_row *row, const struct sheet_cell *cell, uint32_t place)
{
    char room[16];
    struct text word = sheet_address(cell->column, row->line, room);
    if (cell->state == SHEET_CELL_TOO_LONG) word = arena_print(table->base.arena, "%d", LIMIT_CELL_BYTES);
    struct finding *finding = FIND(table->problems, fault_code(cell->state), SPAN_NONE, word);
    if (!finding) return;
    finding->data = (struct data_place){.file = table->base.file, .line = row->line, .column = table->base.headings[place]};
    finding->data.value = arena_text(table->base.arena, utf8_cut(cell->text, CSV_EXCERPT));
}

/* The cells of a row under their headings; false when one of them is no cell that can be read, which was reported, or none
 * stands under a heading. */
static bool take_row(struct xlsx_table *table, const struct sheet_row *row, struct text *cells)
{
    bool fine = true, any = false;
    for (uint32_t c = 0; c < table->base.columns; c++) cells[c] = TEXT_NONE;
    for (uint32_t i = 0; i < row->count && row->cells[i].column < table->place_count; i++) {
        const struct sheet_cell *cell = &row->cells[i];
        int32_t place = table->places[cell->column];
        if (place < 0) continue;
        any = true;
        if (cell->state == SHEET_CELL_FINE)
            cells[place] = cell->text;
        else if (table->wanted[place]) {
            report_cell(table, row, cell, (uint32_t)place);
            fine = false;
        }
    }
    if (!fine) table->base.faults++;
    return fine && any;
}

static bool xlsx_next(struct source_table *base, struct source_batch *batch)
{
    struct xlsx_table *table = (struct xlsx_table *)base;
    uint32_t rows = 0;
    while (!rows && !table->done) {
        sheet_rows_fill(table->rows); /* what the batch before points to stays until the next one */
        const struct sheet_row *row;
        while (rows < table->batch_rows && sheet_rows_ready(table->rows) && (row = sheet_rows_peek(table->rows, 0))) {
            if (may_be_note(row) && only_notes_follow(table)) {
                report_notes(table);
                break;
            }
            table->last_line = row->line;
            if (take_row(table, row, table->cells + (size_t)rows * base->columns)) table->lines[rows++] = row->line;
            sheet_rows_skip(table->rows);
        }
        if (sheet_rows_ready(table->rows) && !sheet_rows_peek(table->rows, 0)) finish(table);
    }
    *batch = (struct source_batch){table->cells, table->lines, rows, base->columns};
    return rows != 0;
}

static uint64_t xlsx_rows_hint(const struct source_table *base)
{
    return sheet_rows_hint(((const struct xlsx_table *)base)->rows);
}

static void xlsx_progress(const struct source_table *base, uint64_t *done, uint64_t *all)
{
    sheet_rows_progress(((const struct xlsx_table *)base)->rows, done, all);
}

/* ---- opening ---- */

static struct source_table *xlsx_open(struct source *source, const struct source_entry *entry, struct findings *problems)
{
    static const struct source_kind KIND = {
        .next = xlsx_next, .rows_hint = xlsx_rows_hint, .find_headings = xlsx_find_headings, .progress = xlsx_progress};
    struct workbook *workbook = entry->container;
    const struct workbook_sheet *sheet = &workbook->sheets[entry->index];
    struct xlsx_table *table = ARENA_NEW(source->arena, struct xlsx_table);
    table->base = (struct source_table){.kind = &KIND, .arena = source->arena};
    table->base.file = source_part(source->arena, workbook->file, sheet->name);
    table->problems = problems;
    table->rows = sheet_rows_open(workbook, sheet);
    if (!table->rows) return NULL;
    sheet_rows_fill(table->rows);
    if (!sheet_rows_peek(table->rows, 0)) {
        if (!sheet_rows_failed(table->rows)) find_at(table, D_SHEET_EMPTY, 0, TEXT_NONE, TEXT_NONE);
        return NULL;
    }
    return &table->base;
}

/* The sheets that a template has beside those of the tables. */
static bool is_ours(struct text sheet)
{
    static const struct text NAMES[] = {{"Instructions", 12}, {"Lists", 5}, {"填写说明", 12}, {"选项", 6}};
    while (sheet.len && sheet.at[sheet.len - 1] == '_') sheet.len--;
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
        if (text_equal(sheet, NAMES[i])) return true;
    }
    return false;
}

bool source_offer_xlsx(struct source *source, struct text path, struct text file, struct text name,
                       struct findings *problems)
{
    struct text bytes;
    if (!source_map_file(source, path, problems, &bytes)) return false;
    source->several = true;
    struct workbook *workbook = workbook_open(source->arena, bytes, path, problems);
    if (!workbook) return false;
    for (size_t i = 0; i < workbook->sheet_count; i++) {
        struct text sheet = workbook->sheets[i].name;
        source_offer(source, (struct source_entry){.name = sheet,
                                                   .other = workbook->sheet_count == 1 ? name : TEXT_NONE,
                                                   .sheet = true,
                                                   .quiet = is_ours(sheet),
                                                   .size = package_size(workbook->package, workbook->sheets[i].part),
                                                   .open = xlsx_open,
                                                   .file = source_part(source->arena, file, sheet),
                                                   .container = workbook,
                                                   .index = (uint32_t)i});
    }
    return true;
}
