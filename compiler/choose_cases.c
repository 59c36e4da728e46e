/* Checks a choose over several columns, yes/no and lists among them: which case no line covers, which line is never
 * reached.
 *
 * In: a choose that is not about one figure alone (choose_check.c). Out: warnings with a row as proof.
 * Decision: each condition is evaluated, as it was lowered, at every combination of the values at which a comparison can
 * change: the constants of the text and their neighbours on the column's grid, each value of a list. That is all cases
 * there are, so what it says is proved. Whatever hangs on more than columns of the row and constants, on a column that
 * may be blank, or in a table with a `must`, is left alone. Cost: chooses over sums and figures are not looked at; overlaps
 * are not told here, since lines that narrow one another from above are how such a choose is written.
 */
#include "scheme.h"

#include "../runtime/calendar.h"
#include "../runtime/quotient.h"

enum { COLUMNS = 8, VALUES = 48, POINTS = 4096, CASES = 48 };

struct subject {
    uint32_t field;
    const struct field_schema *schema;
    wide at[VALUES]; /* ascending, each once */
    int count;
};

struct cases {
    struct scheme *scheme;
    uint32_t table;
    struct subject subjects[COLUMNS];
    int count;
    wide point[COLUMNS];
    bool fine;
};

static struct subject *subject_of(struct cases *c, const struct value *v)
{
    for (int k = 0; k < c->count; k++)
        if (c->subjects[k].field == (uint32_t)v->j) return &c->subjects[k];
    const struct field_schema *field = &c->scheme->schema.tables[v->i].fields[v->j];
    bool known_kind = field->kind == FIELD_BOOL || field->kind == FIELD_BOOL_NA || field->kind == FIELD_LIST ||
                      field->kind == FIELD_NUMBER || field->kind == FIELD_DATE;
    if ((uint32_t)v->i != c->table || field->optional || !known_kind || c->count == COLUMNS) {
        c->fine = false;
        return NULL;
    }
    struct subject *s = &c->subjects[c->count++];
    *s = (struct subject){.field = (uint32_t)v->j, .schema = field};
    return s;
}

static void add_value(struct cases *c, struct subject *s, wide value)
{
    const struct field_schema *f = s->schema;
    if ((f->has_low && value < f->low) || (f->has_high && value > f->high)) return;
    int k = 0;
    while (k < s->count && s->at[k] < value) k++;
    if (k < s->count && s->at[k] == value) return;
    if (s->count == VALUES) {
        c->fine = false;
        return;
    }
    for (int n = s->count++; n > k; n--) s->at[n] = s->at[n - 1];
    s->at[k] = value;
}

static wide floor_of(wide a, wide b) { return a / b - (a % b != 0 && a < 0); }

/* A column, perhaps at more places; the factor between. NULL: something else. */
static const struct value *column_of(const struct value *v, wide *factor)
{
    *factor = 1;
    if (v->op == VALUE_CODE && v->code == OP_CODE_SCALE_UP && v->i < 18) {
        *factor = power_of_ten((unsigned)v->i);
        v = v->a;
    }
    return v->op == VALUE_COLUMN ? v : NULL;
}

/* The values around a constant that a column is compared with. */
static void read_comparison(struct cases *c, const struct value *x, const struct value *y)
{
    wide factor;
    const struct value *column = column_of(x, &factor), *constant = y;
    if (!column) {
        column = column_of(y, &factor);
        constant = x;
    }
    struct subject *s = column && constant->op == VALUE_CONST_N ? subject_of(c, column) : NULL;
    if (!s) {
        c->fine = false;
        return;
    }
    const struct field_schema *f = s->schema;
    if (f->kind == FIELD_BOOL || f->kind == FIELD_BOOL_NA || f->kind == FIELD_LIST) {
        int values = f->kind == FIELD_BOOL ? 2 : f->kind == FIELD_BOOL_NA ? 3 : (int)c->scheme->schema.lists[f->list].count;
        for (int k = 0; k < values && c->fine; k++) add_value(c, s, k);
        return;
    }
    wide step = f->kind == FIELD_NUMBER && f->step > 0 ? f->step : 1,
         from = f->kind == FIELD_NUMBER && f->has_low ? f->low : 0;
    wide on = from + floor_of(floor_of(constant->i, factor) - from, step) * step;
    for (int k = -1; k <= 1; k++) add_value(c, s, on + k * step);
}

static void read_mask(struct cases *c, const struct value *v)
{
    if (!c->fine || v->op == VALUE_CONST_M) return;
    bool code = v->op == VALUE_CODE;
    if (code && (v->code == OP_CODE_AND || v->code == OP_CODE_OR || v->code == OP_CODE_NOT)) {
        read_mask(c, v->a);
        if (v->b) read_mask(c, v->b);
    } else if (code && (v->code == OP_CODE_LT || v->code == OP_CODE_LE || v->code == OP_CODE_EQ || v->code == OP_CODE_NE)) {
        read_comparison(c, v->a, v->b);
    } else {
        c->fine = false;
    }
}

/* ---- a point ---- */

static wide number_at(const struct cases *c, const struct value *v)
{
    wide factor;
    const struct value *column = column_of(v, &factor);
    if (!column) return v->i;
    int k = 0;
    while (c->subjects[k].field != (uint32_t)column->j) k++;
    return c->point[k] * factor;
}

static bool holds_at(const struct cases *c, const struct value *v)
{
    if (v->op == VALUE_CONST_M) return v->i != 0;
    switch ((int)v->code) { /* those that read_mask lets pass */
    case OP_CODE_AND: return holds_at(c, v->a) && holds_at(c, v->b);
    case OP_CODE_OR: return holds_at(c, v->a) || holds_at(c, v->b);
    case OP_CODE_NOT: return !holds_at(c, v->a);
    case OP_CODE_LT: return number_at(c, v->a) < number_at(c, v->b);
    case OP_CODE_LE: return number_at(c, v->a) <= number_at(c, v->b);
    case OP_CODE_EQ: return number_at(c, v->a) == number_at(c, v->b);
    }
    return number_at(c, v->a) != number_at(c, v->b); /* OP_CODE_NE */
}

static bool next_point(struct cases *c, int *at)
{
    for (int k = 0; k < c->count; k++) {
        if (++at[k] < c->subjects[k].count) {
            c->point[k] = c->subjects[k].at[at[k]];
            return true;
        }
        at[k] = 0;
        c->point[k] = c->subjects[k].at[0];
    }
    return false;
}

/* "plan no, visits 3": the row. */
static struct text row_word(const struct cases *c)
{
    struct scheme *scheme = c->scheme;
    struct buffer out;
    buffer_init(&out, scheme->arena);
    char room[16];
    for (int k = 0; k < c->count; k++) {
        const struct field_schema *f = c->subjects[k].schema;
        int64_t value = (int64_t)c->point[k];
        if (k) buffer_text(&out, scheme_word(scheme, ", ", "，"));
        buffer_print(&out, "%.*s ", TEXT_ARG(f->name));
        if (f->kind == FIELD_DATE)
            buffer_text(&out, date_format(value, room));
        else if (f->kind == FIELD_LIST)
            buffer_text(&out, scheme->schema.lists[f->list].values[value]);
        else if (f->kind != FIELD_NUMBER)
            buffer_text(&out, value == 2 ? scheme_word(scheme, "na", "不涉及")
                              : value    ? scheme_word(scheme, "yes", "是")
                                         : scheme_word(scheme, "no", "否"));
        else {
            bool percent = f->percent && f->places >= 2;
            number_print(&out, value, percent ? f->places - 2u : f->places);
            if (percent) buffer_char(&out, '%');
        }
    }
    return buffer_result(&out);
}

static bool has_must(const struct scheme *scheme, uint32_t table)
{
    for (size_t k = 0; k < scheme->check_count; k++)
        if (scheme->checks[k].table == table && scheme->checks[k].field == NO_INDEX) return true;
    return false;
}

/* The lines' conditions, lowered again; the findings of this second look are dropped. */
static int read_lines(struct cases *c, struct ast *decl, struct value **masks)
{
    struct findings *kept = c->scheme->findings, scratch;
    struct scope scope = scope_at(space_of_table(c->table));
    int count = 0;
    findings_init(&scratch, c->scheme->arena, 1);
    c->scheme->findings = &scratch;
    scope.blank_allowed = true;
    for (struct ast *line = decl->list; line && c->fine; line = line->next, count++) {
        c->fine = count < CASES;
        if (!c->fine) break;
        masks[count] = line->b ? condition_lower(c->scheme, &scope, line->b) : value_truth(&c->scheme->graph, true);
        c->fine = masks[count] != NULL;
        if (c->fine) read_mask(c, masks[count]);
    }
    c->scheme->findings = kept;
    return count;
}

/* The line that alone covers all cases of line k, or the one before it: then several do. */
static struct ast *covering(struct cases *c, struct ast *decl, struct value **masks, int k)
{
    struct ast *line = decl->list;
    for (int j = 0; j < k; j++, line = line->next) {
        int at[COLUMNS] = {0};
        bool all = true;
        for (int n = 0; n < c->count; n++) c->point[n] = c->subjects[n].at[0];
        do all &= !holds_at(c, masks[k]) || holds_at(c, masks[j]);
        while (all && next_point(c, at));
        if (all || j + 1 == k) break;
    }
    return line;
}

void choose_cases(struct scheme *scheme, struct entity *entity)
{
    struct cases *c = ARENA_NEW(scheme->arena, struct cases);
    struct value *masks[CASES];
    bool first[CASES] = {false};
    int at[COLUMNS] = {0};
    *c = (struct cases){.scheme = scheme, .table = entity->table, .fine = !has_must(scheme, entity->table)};
    int lines = c->fine ? read_lines(c, entity->decl, masks) : 0;
    size_t points = 1;
    for (int k = 0; k < c->count && c->fine; k++) {
        c->fine = c->subjects[k].count > 0;
        points *= (size_t)c->subjects[k].count;
        c->fine &= points <= POINTS;
        c->point[k] = c->subjects[k].at[0];
    }
    if (!c->fine || !c->count) return;
    bool open = false;
    do {
        int line = 0;
        while (line < lines && !holds_at(c, masks[line])) line++;
        if (line < lines)
            first[line] = true;
        else if (!open) {
            open = true;
            FIND(scheme->findings, D_CHOOSE_OPEN, entity->decl->at, entity->name, row_word(c));
        }
    } while (next_point(c, at));
    int k = 0;
    for (struct ast *line = entity->decl->list; line; line = line->next, k++)
        if (!first[k] && k && line->b) /* an `otherwise` that is not needed does no harm */
            FIND(scheme->findings, D_CHOOSE_NEVER, line->span,
                 scheme_line_text(scheme, covering(c, entity->decl, masks, k)->span));
}
