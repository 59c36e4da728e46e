/* Lines to declarations: what stands under what.
 *
 * In: finished lines, in order. Out: the FILE node's declarations, each with its lines; a finding for a line that stands
 * where it has no meaning.
 * Decision: notes and gaps are taken wherever they stand: as a line where the declaration above has room for them, else as
 * declarations of their own, which do not end the block around them. Cost: fmt prints such a note behind its block.
 */
#include "build.h"
#include "parser.tab.h"

enum { /* declarations that a line may stand under */
       UNDER_SCHEME = 1 << 0,
       UNDER_UNIT = 1 << 1,
       UNDER_TABLE = 1 << 2,
       UNDER_CHOOSE = 1 << 3,
       UNDER_GRID = 1 << 4,
       UNDER_PART = 1 << 5,
       UNDER_EVERY_ITEM = 1 << 6,
       UNDER_GRADES = 1 << 7,
       UNDER_EXAMPLE = 1 << 8,
};

static unsigned gives(const struct ast *decl)
{
    if (!decl) return 0;
    switch ((int)decl->kind) {
    case AST_SCHEME: return UNDER_SCHEME;
    case AST_UNIT: return UNDER_UNIT;
    case AST_TABLE: return UNDER_TABLE;
    case AST_CHOOSE: return UNDER_CHOOSE;
    case AST_GRID: return UNDER_GRID;
    case AST_PART: return UNDER_PART;
    case AST_EVERY_ITEM: return UNDER_EVERY_ITEM;
    case AST_GRADES: return UNDER_GRADES;
    case AST_SAMPLE:
    case AST_EXAMPLE: return UNDER_EXAMPLE;
    default: return 0;
    }
}

/* What a line must stand under; 0 for a declaration. `what` is how messages call the line, `where` where it belongs. */
static unsigned wants(const struct ast *line, struct text *what, struct text *where, enum tongue tongue)
{
#define SAY(what_en, what_zh, where_en, where_zh)                                                                           \
    (*what = tongue == TONGUE_ZH ? TEXT(what_zh) : TEXT(what_en),                                                           \
     *where = tongue == TONGUE_ZH ? TEXT(where_zh) : TEXT(where_en))
    switch ((int)line->kind) {
    case AST_EDITION:
    case AST_SOURCE_OF:
    case AST_PERIOD:
    case AST_SHOW:
    case AST_ROUND: return SAY("this line", "本行", "the scheme line", "方案"), UNDER_SCHEME;
    case AST_FIELD:
        return SAY("this field", "此栏", "a unit, table or item", "考核对象、表 或 项目"),
               UNDER_UNIT | UNDER_TABLE | UNDER_PART;
    case AST_COMPUTED:
    case AST_MUST: return SAY("this line", "本行", "a unit or table", "考核对象 或 表"), UNDER_UNIT | UNDER_TABLE;
    case AST_CASE: return SAY("this line", "本行", "choose", "判定"), UNDER_CHOOSE;
    case AST_GRID_ROW: return SAY("this line", "本行", "a grid", "对照表"), UNDER_GRID;
    case AST_GRADE: return SAY("this grade", "此等次", "grades", "等次"), UNDER_GRADES;
    case AST_RULE: return SAY("this rule", "此规则", "an item", "项目"), UNDER_PART | UNDER_EVERY_ITEM;
    case AST_NEEDS: return SAY("this line", "本行", "an item", "项目"), UNDER_PART;
    case AST_EVIDENCE:
    case AST_APPLIES:
        return SAY("this line", "本行", "the scheme line or an item", "方案 或 项目"), UNDER_SCHEME | UNDER_PART;
    case AST_GIVEN:
    case AST_ROWS:
    case AST_EXPECT: return SAY("this line", "本行", "a sample or example", "样本 或 例"), UNDER_EXAMPLE;
    default: return 0;
    }
#undef SAY
}

/* ---- putting ---- */

static void append(struct ast **first, struct ast **last, struct ast *node)
{
    *(*first ? &(*last)->next : first) = node;
    *last = node;
}

static void declare(struct front *front, struct ast *decl, bool current)
{
    append(&front->root->list, &front->root_last, decl);
    if (!current) return;
    front->decl = decl;
    front->decl_last = NULL;
    if (gives(decl)) front->block_decl = decl;
}

/* A grid's cells as labels: its first line, and the first cell of the others. */
static struct ast *cell_label(struct front *front, struct ast *cell)
{
    struct ast label = {.kind = AST_VALUE, .span = cell->span, .at = cell->at};
    if (cell->kind == AST_STRING) label.flags = AST_QUOTED;
    if (cell->kind == AST_YES || cell->kind == AST_NO || cell->kind == AST_NA) {
        label.flags = AST_WORD;
        label.text = cell->kind == AST_YES ? TEXT("yes") : cell->kind == AST_NO ? TEXT("no") : TEXT("na");
    } else if (cell->kind == AST_NEGATE) {
        label.text = arena_print(front->arena, "-%.*s", TEXT_ARG(cell->a->text));
    } else {
        label.text = cell->kind == AST_STRING ? cell->text2 : cell->text;
    }
    return ast_make(front, label);
}

static void place_cells(struct front *front, struct ast *grid, struct ast *row)
{
    if (!grid->c) {
        struct ast *last = NULL;
        for (struct ast *cell = row->list; cell; cell = cell->next) append(&grid->c, &last, cell_label(front, cell));
        return;
    }
    struct ast *label = row->list;
    row->a = cell_label(front, label);
    row->list = label->next;
    label->next = NULL;
    append(&grid->list, &front->decl_last, row);
}

/* "item 1.1", "table session": a declaration as messages call it. */
static struct text called(struct front *front, const struct ast *decl)
{
    return front_text(front, (struct span){decl->span.from, decl->at.to > decl->span.from ? decl->at.to : decl->span.to});
}

static void homeless(struct front *front, const struct ast *line, struct text what, struct text where)
{
    const struct ast *block = front->block_decl, *ender = front->decl;
    if (block && ender && block != ender && wants(line, &what, &where, front->tongue) & gives(block)) {
        size_t number, column;
        source_line(front->source, ender->span.from, &number, &column);
        struct text at = arena_print(front->arena, "%zu", number);
        struct finding *finding =
            front_find_at(front, D_BLOCK_ENDED, line->span, 5, what, where, called(front, ender), at, called(front, block));
        if (finding) finding->other = ender->at;
        return;
    }
    front_find_at(front, D_HOMELESS, line->span, 2, what, where);
}

void ast_place(struct front *front, struct ast *line, struct tail tail)
{
    if (front->trial) return;
    line->source = tail.source;
    line->because = tail.because;
    line->when = tail.when;
    struct ast *decl = front->decl;
    struct text what, where;
    unsigned under = wants(line, &what, &where, front->tongue);
    bool aside = line->kind == AST_NOTE || line->kind == AST_GAP;
    if (aside && gives(decl) & (UNDER_SCHEME | UNDER_UNIT | UNDER_TABLE | UNDER_PART)) under = gives(decl);
    if (!under) {
        declare(front, line, !aside || !decl);
        return;
    }
    if (decl && decl->kind == AST_BROKEN) return; /* its head is the mistake */
    if (!(under & gives(decl))) {
        homeless(front, line, what, where);
        return;
    }
    if (line->span.to > decl->span.to) decl->span.to = line->span.to;
    if (line->kind == AST_GRID_ROW) {
        place_cells(front, decl, line);
    } else {
        append(&decl->list, &front->decl_last, line);
    }
}

void ast_broken(struct front *front, struct span where)
{
    if (front->trial) return;
    struct ast *broken = ast_make(front, (struct ast){.kind = AST_BROKEN, .span = where});
    bool head = front->misspelt || front->line == front->block;
    if (front->misspelt) front->block = front->misspelt; /* the lines below are what they were meant to be */
    front->misspelt = 0;
    declare(front, broken, head);
}
