/* Reading what a unit's explanation is made of: see explain.h.
 *
 * Decision: every figure shown is one the machine computed (starts, sums, clips are figures of the program), so that an
 * explanation cannot disagree with the result. The rule is shown as it stands in the scheme.
 */
#include "explain.h"

#include "../runtime/quotient.h"
#include "../runtime/source.h"

struct explainer explainer_of(struct arena *arena, struct buffer *out, struct results *results, uint32_t unit)
{
    bool zh = results->scheme->tongue == TONGUE_ZH;
    return (struct explainer){
        .arena = arena, .out = out, .r = results, .scheme = results->scheme, .run = results->run, .unit = unit, .zh = zh};
}

void explain_say(struct explainer *x, const char *en, const char *zh) { buffer_put(x->out, x->zh ? zh : en); }

struct text explain_file(const struct explainer *x, struct text file) { return x->bare ? source_bare(file) : file; }

uint8_t explain_put(struct explainer *x, struct expr expr)
{
    struct quotient value;
    uint8_t fault = expr.value ? results_read(x->run, expr.value, x->unit, &value) : FAULT_BLANK;
    if (fault == FAULT_NONE)
        print_typed(x->out, x->scheme, x->run, expr.type, value);
    else if (fault == FAULT_JUDGED)
        explain_say(x, "open (not yet judged)", "待定（尚未评定）");
    else if (fault == FAULT_UNDECIDED)
        explain_say(x, "open (undecided)", "待定");
    else if (fault == FAULT_NO_CASE)
        explain_say(x, "open (no line covers this case)", "待定（没有适用的一行）");
    else if (fault == FAULT_NO_GRADE)
        explain_say(x, "open (no grade covers the total)", "待定（总分没有对应等次）");
    else
        explain_say(x, "—", "—");
    return fault;
}

bool explain_difference(struct explainer *x, struct expr a, struct expr b, struct quotient *out)
{
    struct quotient p, q;
    if (!a.value || !b.value) return false;
    if (results_read(x->run, a.value, x->unit, &p) != FAULT_NONE || results_read(x->run, b.value, x->unit, &q) != FAULT_NONE)
        return false;
    if (a.type.kind == TYPE_NUMBER) p = quotient_make(x->run->big, p.num, power_of_ten(a.type.places));
    if (b.type.kind == TYPE_NUMBER) q = quotient_make(x->run->big, q.num, power_of_ten(b.type.places));
    *out = quotient_sub(x->run->big, p, q);
    return true;
}

bool explain_holds(struct explainer *x, const struct value *mask)
{
    struct quotient value;
    return mask && results_read(x->run, mask, x->unit, &value) == FAULT_NONE && value.num;
}

bool explain_is_open(struct explainer *x, const struct value *value)
{
    struct quotient ignore;
    return value && fault_is_open(results_read(x->run, value, x->unit, &ignore));
}

static bool starts(struct text text, const char *literal)
{
    size_t len = strlen(literal);
    return text.len >= len && memcmp(text.at, literal, len) == 0;
}

struct text explain_text(struct explainer *x, struct text written)
{
    struct buffer out;
    bool blank = false, quoted = false;
    buffer_init(&out, x->arena);
    for (size_t k = 0; k < written.len; k++) {
        struct text rest = {written.at + k, written.len - k};
        if (rest.at[0] == '"') quoted = !quoted;
        if (starts(rest, "“") || starts(rest, "「")) quoted = true;
        if (starts(rest, "”") || starts(rest, "」")) quoted = false;
        if (rest.at[0] == '\n') quoted = false;
        while (!quoted && rest.at[0] == '#' && k < written.len && written.at[k] != '\n')
            k++; /* a remark between its lines */
        if (k == written.len) break;
        if (strchr(" \t\r\n", written.at[k])) {
            blank = true;
            continue;
        }
        if (blank && out.len) buffer_char(&out, ' ');
        blank = false;
        buffer_char(&out, written.at[k]);
    }
    return buffer_result(&out);
}

struct text explain_rule_text(struct explainer *x, const struct rule *rule)
{
    const struct text source = x->scheme->file->source;
    struct text out = {source.at + rule->line->span.from, rule->line->span.to - rule->line->span.from};
    /* what the lexer drops behind the last word (分, points' full stop) still belongs to it */
    while (out.at + out.len < source.at + source.len && !strchr(" \t\r\n#,", out.at[out.len])) out.len++;
    return explain_text(x, out);
}

/* ---- one rule ---- */

void explain_amount(struct explainer *x, const struct rule *rule, struct quotient amount, struct type type,
                    const char *minus, bool plus)
{
    struct buffer text;
    buffer_init(&text, x->arena);
    print_typed(&text, x->scheme, x->run, type, amount);
    struct text digits = buffer_result(&text);
    bool negative = digits.len && digits.at[0] == '-';
    if (negative) digits = (struct text){digits.at + 1, digits.len - 1};
    bool zero = text_is(digits, "0");
    if (!zero) buffer_put(x->out, rule->minus != negative ? minus : plus ? "+" : "");
    buffer_text(x->out, digits);
}

/* The words of a row that a key refers to: "3: temperature of hazardous food". */
static void put_referenced(struct explainer *x, uint32_t table, int64_t row)
{
    const struct table_schema *schema = &x->scheme->schema.tables[table];
    const struct table_data *data = &x->run->data->tables[table];
    if (row < 0 || row >= data->rows) return;
    bool first = true;
    for (uint32_t f = 0; f < schema->field_count; f++) {
        bool text = schema->fields[f].kind == FIELD_TEXT && (int32_t)f != schema->key;
        if (!text || !data->columns[f].values || (data->columns[f].blank && data->columns[f].blank[row])) continue;
        buffer_put(x->out, first ? (x->zh ? "：" : ": ") : x->zh ? "，" : ", ");
        buffer_text(x->out, cell_text(x->arena, x->scheme, x->run, table, f, (uint32_t)row));
        first = false;
    }
}

/* ---- who has which rows ---- */

static const struct explain_index *index_find(const struct results *r, const void *key)
{
    for (const struct explain_index *index = r->indexes; index; index = index->next)
        if (index->key == key) return index;
    return NULL;
}

/* Sorts members by owner, by counting; an owner of `owners` or more is nobody. */
static const struct explain_index *index_make(struct results *r, const void *key, const uint32_t *owner, size_t members,
                                              uint32_t owners)
{
    struct explain_index *index = ARENA_NEW(r->arena, struct explain_index);
    index->key = key;
    index->first = ARENA_ARRAY(r->arena, uint32_t, (size_t)owners + 2);
    index->order = ARENA_ARRAY(r->arena, uint32_t, members + 1);
    uint32_t *next = index->first + 1; /* counts, then places, one ahead */
    for (size_t k = 0; k < members; k++)
        if (owner[k] < owners) next[owner[k] + 1]++;
    for (uint32_t u = 0; u < owners; u++) next[u + 1] += next[u];
    for (size_t k = 0; k < members; k++)
        if (owner[k] < owners) index->order[next[owner[k]]++] = (uint32_t)k;
    index->next = r->indexes;
    r->indexes = index;
    return index;
}

/* The rows of a table by an owner read from data, or by the index figure `figure`. */
static const struct explain_index *rows_index(struct explainer *x, uint32_t table, const uint32_t *owner,
                                              const struct value *figure, uint32_t owners)
{
    const void *key = owner ? (const void *)owner : (const void *)figure;
    const struct explain_index *index = index_find(x->r, key);
    if (index) return index;
    uint32_t rows = x->run->data->tables[table].rows;
    if (owner) return index_make(x->r, key, owner, rows, owners);
    uint32_t *of = ARENA_ARRAY(x->r->arena, uint32_t, (size_t)rows + 1);
    for (uint32_t row = 0; row < rows; row++) {
        struct quotient lane;
        bool known = run_read(x->run, figure->figure, row, &lane) == FAULT_NONE && lane.num >= 0 && lane.num < owners;
        of[row] = known ? (uint32_t)lane.num : UINT32_MAX;
    }
    return index_make(x->r, key, of, rows, owners);
}

const struct explain_index *explain_ledger(struct explainer *x)
{
    const struct run *run = x->run;
    const struct explain_index *index = index_find(x->r, run->ledger);
    if (index || !run->ledger_count) return index;
    uint32_t *unit = ARENA_ARRAY(x->r->arena, uint32_t, run->ledger_count);
    for (size_t k = 0; k < run->ledger_count; k++) unit[k] = run->ledger[k].unit;
    return index_make(x->r, run->ledger, unit, run->ledger_count, x->r->units);
}

/* "violation.csv line 7, 9": the rows of a table that belong to a lane. */
static void put_rows(struct explainer *x, uint32_t table, const uint32_t *owner, const struct value *figure, uint32_t space,
                     uint32_t lane)
{
    enum { SHOWN = 40 };
    const struct table_data *data = &x->run->data->tables[table];
    if (!data->file.len || !data->line) return;
    uint32_t lanes = x->run->lanes[space];
    if (lane >= lanes) return;
    const struct explain_index *rows = rows_index(x, table, owner, figure, lanes);
    uint32_t count = rows->first[lane + 1] - rows->first[lane];
    for (uint32_t k = 0; k < count && k < SHOWN; k++) {
        if (k == 0)
            buffer_print(x->out, x->zh ? "（%.*s 第" : " (%.*s line ", TEXT_ARG(explain_file(x, data->file)));
        else
            buffer_put(x->out, x->zh ? "、" : ", ");
        buffer_print(x->out, "%u", data->line[rows->order[rows->first[lane] + k]]);
    }
    if (count > SHOWN) buffer_print(x->out, x->zh ? "等%u" : " and %u more", x->zh ? count : count - SHOWN);
    if (count) buffer_put(x->out, x->zh ? "行）" : ")");
}

/* The rows that a shortfall or an excess counted, where it counts all rows of a table. */
static void put_counted_rows(struct explainer *x, const struct rule *rule, const struct ledger_line *line)
{
    const struct ast *head = rule->line->list;
    while (head && head->kind != AST_HEAD_MISSING && head->kind != AST_HEAD_EXTRA) head = head->next;
    if (!head || head->c || head->e || head->a->kind != AST_NAME) return;
    struct entity *e = names_find(&x->scheme->global, head->a->text);
    if (!e || e->kind != ENTITY_TABLE || x->scheme->schema.tables[e->table].for_all) return;
    const struct table_data *data = &x->run->data->tables[e->table];
    bool of_row = line->space != SPACE_UNITS;
    if (of_row && space_of_table((uint32_t)(x->scheme->schema.tables[e->table].parent)) != line->space) return;
    put_rows(x, e->table, of_row ? data->parent : data->unit, NULL, line->space, line->lane);
}

/* ---- what was compared ---- */

/* A side's true value at its type's scale, as the printer wants it. */
static struct quotient at_scale(struct explainer *x, struct type type, struct quotient value)
{
    if (type.kind != TYPE_NUMBER || value.den <= 0) return value;
    return quotient_make(x->run->big, (__int128)value.num * power_of_ten(type.places), value.den);
}

/* A quotient that no decimal says, beside what it nearly is: "79/99 (79.79…%)". The digits are cut off, never rounded, so
 * that a figure below a limit is not shown as that limit. */
static void put_quotient(struct explainer *x, struct quotient value, bool percent)
{
    enum { PLACES = 2 };
    int64_t cut;
    struct buffer text;
    buffer_init(&text, x->arena);
    if (percent) {
        struct quotient hundred = quotient_mul(x->run->big, value, (struct quotient){100, 1});
        if (quotient_is_lost(hundred)) hundred = value, percent = false;
        quotient_print(&text, x->run->big, hundred);
        if (!memchr(text.at, '/', text.len)) {
            buffer_text(x->out, buffer_result(&text));
            if (percent) buffer_char(x->out, '%');
            return;
        }
        text.len = 0;
    }
    quotient_print(&text, x->run->big, value);
    bool ends = !memchr(text.at, '/', text.len);
    buffer_text(x->out, buffer_result(&text));
    if (ends || !quotient_round(x->run->big, value, percent ? PLACES + 2 : PLACES, ROUND_DOWN, &cut)) return;
    buffer_put(x->out, " (");
    number_print(x->out, cut, PLACES);
    buffer_put(x->out, percent ? "…%)" : "…)");
}

/* A side: what it is called, unless it is a number of the text, and its value. */
static void put_side(struct explainer *x, const struct ast *at, struct expr side, struct quotient value, bool percent)
{
    bool literal = side.value->op == VALUE_CONST_N || side.value->op == VALUE_CONST_Q;
    if (!literal) {
        buffer_text(x->out,
                    explain_text(x, (struct text){x->scheme->file->source.at + at->span.from, at->span.to - at->span.from}));
        buffer_put(x->out, at->kind == AST_NAME ? " " : " = ");
    }
    if (side.type.kind == TYPE_QUOTIENT)
        put_quotient(x, value, percent);
    else
        print_typed(x->out, x->scheme, x->run, side.type, at_scale(x, side.type, value));
}

/* The line of the ledger that belongs to `line` and has the rule's k-th comparison; they come in the same order. */
static const struct ledger_line *compared_line(struct explainer *x, const struct rule *rule, uint32_t k,
                                               const struct ledger_line *line)
{
    const struct explain_index *ledger = explain_ledger(x);
    for (uint32_t *at = &x->compared_at[k]; *at < ledger->first[x->unit + 1]; ++*at) {
        const struct ledger_line *other = &x->run->ledger[ledger->order[*at]];
        if (other->rule != rule->compared_first + k || other->space != line->space || other->lane != line->lane) continue;
        ++*at;
        return other;
    }
    return NULL;
}

static bool is_so(enum ast_op op, int order)
{
    switch ((int)op) { /* comparisons */
    case OP_LT: return order < 0;
    case OP_LE: return order <= 0;
    case OP_GT: return order > 0;
    case OP_GE: return order >= 0;
    case OP_NE: return order != 0;
    }
    return false;
}

/* "attendance 75% < 80%": the rule's comparisons that hold, with both values. Returns how many were told. */
static unsigned put_compared(struct explainer *x, const struct rule *rule, const struct ledger_line *line, bool apart)
{
    static const char *const SIGNS[] = {"<", "<=", ">", ">=", "=", "!="}; /* from OP_LT on */
    unsigned told = 0;
    if (x->compared_of != rule) {
        x->compared_of = rule;
        for (uint32_t k = 0; k < COMPARED_OF_RULE; k++) x->compared_at[k] = explain_ledger(x)->first[x->unit];
    }
    for (uint32_t k = 0; k < rule->compared_count; k++) {
        const struct compared *c = &rule->compared[k];
        const struct ledger_line *sides = compared_line(x, rule, k, line);
        bool used = c->at->kind == AST_NAME; /* by the amount */
        if (!sides || !sides->has_of) continue;
        if (!used && !is_so(c->at->op, quotient_order(x->run->big, sides->have, sides->of))) continue;
        bool percent = (c->left.type.kind == TYPE_NUMBER && c->left.type.percent) ||
                       (c->right.type.kind == TYPE_NUMBER && c->right.type.percent);
        if (told || apart) buffer_put(x->out, told ? (x->zh ? "，" : ", ") : "  ");
        put_side(x, used ? c->at : c->at->a, c->left, sides->have, percent);
        told++;
        if (used) continue;
        buffer_print(x->out, " %s ", SIGNS[c->at->op - OP_LT]);
        put_side(x, c->at->b, c->right, sides->of, percent);
    }
    return told;
}

bool explain_place(struct explainer *x, const struct rule *rule, const struct ledger_line *line, bool named)
{
    const struct space *space = &x->run->program->spaces[line->space];
    bool whole_unit = space->kind == SPACE_TABLE && space->table == 0;
    if (whole_unit && !line->has_of && line->fault == FAULT_NONE) /* else the rule's own line says it all */
        return put_compared(x, rule, line, false) > 0;
    if (space->kind == SPACE_TABLE && space->table != 0) {
        const struct table_data *table = &x->run->data->tables[space->table];
        const struct table_schema *schema = &x->scheme->schema.tables[space->table];
        if (named)
            buffer_print(x->out, x->zh ? "%.*s 第%u行" : "%.*s line %u", TEXT_ARG(explain_file(x, table->file)),
                         table->line ? table->line[line->lane] : 0);
        for (uint32_t f = 0; f < schema->field_count; f++) {
            if (!table->columns[f].values || (table->columns[f].blank && table->columns[f].blank[line->lane])) continue;
            buffer_print(x->out, "  %.*s ", TEXT_ARG(text_shown(schema->fields[f].name, schema->fields[f].heading)));
            buffer_text(x->out, cell_text(x->arena, x->scheme, x->run, space->table, f, line->lane));
            if (schema->fields[f].kind == FIELD_REF)
                put_referenced(x, schema->fields[f].table, table->columns[f].values[line->lane]);
        }
    } else if (space->kind == SPACE_GROUP) {
        const struct group_plan *plan = &x->scheme->graph.groups[space->group];
        const struct value *key = plan->out[GROUP_KEY_OF];
        struct quotient value;
        bool column = plan->key->op == VALUE_COLUMN;
        const struct field_schema *field = column ? &x->scheme->schema.tables[plan->table].fields[plan->key->j] : NULL;
        if (field)
            buffer_print(x->out, "%.*s ", TEXT_ARG(text_shown(field->name, field->heading)));
        else
            explain_say(x, "group ", "组 ");
        if (key && run_read(x->run, key->figure, line->lane, &value) == FAULT_NONE) {
            struct type type =
                column ? field_expr(x->scheme, plan->table, (uint32_t)plan->key->j).type : type_number(0, 0, 0);
            print_typed(x->out, x->scheme, x->run, type, value);
            if (type.kind == TYPE_ROW) put_referenced(x, type.index, value.num);
        }
        if (plan->out[GROUP_OF]) put_rows(x, plan->table, NULL, plan->out[GROUP_OF], line->space, line->lane);
    }
    if (line->has_of) {
        if (!whole_unit) buffer_put(x->out, "  ");
        if (rule->counted.len) buffer_print(x->out, "%.*s ", TEXT_ARG(rule->counted));
        quotient_print(x->out, x->run->big, line->have);
        explain_say(x, rule->stepped ? ", once for each " : " of ", rule->stepped ? "，每 " : "，应 ");
        quotient_print(x->out, x->run->big, line->of);
        if (rule->stepped) explain_say(x, "", " 计一次");
        put_counted_rows(x, rule, line);
    }
    put_compared(x, rule, line, !whole_unit || line->has_of);
    return true;
}

bool explain_row(struct explainer *x, const struct ledger_line *line, struct text *file, uint32_t *row)
{
    const struct space *space = &x->run->program->spaces[line->space];
    if (space->kind != SPACE_TABLE) return false;
    const struct table_data *table = &x->run->data->tables[space->table];
    if (!table->file.len || !table->line) return false;
    *file = table->file;
    *row = table->line[line->lane];
    return true;
}

bool explain_concerns(struct explainer *x, const struct rule *rule)
{
    return rule->fired && (explain_holds(x, rule->fired) || explain_is_open(x, rule->fired) ||
                           (rule->gross.value && explain_is_open(x, rule->gross.value)));
}

bool explain_waits(struct explainer *x, uint32_t judged)
{
    if (x->run->data->judged_line[judged][x->unit]) return false;
    for (size_t p = 0; p < x->scheme->part_count; p++) {
        const struct part *part = &x->scheme->parts[p];
        bool its = part->judged && judged >= part->judged_first && judged < part->judged_first + part->judged_count;
        bool settles =
            part->settled == (int32_t)judged && (part->open_reasons & OPEN_CASE); /* else others' answers will do */
        if ((its || settles) && part->value.value && explain_is_open(x, part->value.value)) return true;
    }
    return false;
}
