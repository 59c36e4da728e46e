/* The results of a scheme on its data as CSV, or a line per rule.
 *
 * In: a parsed scheme, a folder. Out: key, a column per part, total, grade, places, state, outcomes; a verdict.
 * Decision: every cell is worked out before the state, since the state says whether one of them is open. Cost: none.
 */
#include "oracle.h"

#include <stdlib.h>

struct table_out {
    struct oracle *o;
    struct buffer *out;
    bool open, error; /* of the unit's cells so far; of all */
    bool first;
};

static void put_cell(struct table_out *t, struct text text)
{
    if (!t->first) buffer_char(t->out, ',');
    t->first = false;
    bool quoted = false;
    for (size_t i = 0; i < text.len; i++) quoted |= strchr(",\"\n\r", text.at[i]) != NULL;
    if (quoted) buffer_char(t->out, '"');
    for (size_t i = 0; i < text.len; i++) {
        if (text.at[i] == '"') buffer_char(t->out, '"');
        buffer_char(t->out, text.at[i]);
    }
    if (quoted) buffer_char(t->out, '"');
}

static void put_word(struct table_out *t, const char *english, const char *chinese)
{
    put_cell(t, text_of(t->o->zh ? chinese : english));
}

static void put_value(struct table_out *t, struct value v)
{
    struct buffer text;
    buffer_init(&text, t->o->arena);
    if (is_fault(v)) {
        if (v.fault == FAULT_OPEN) t->open = true;
        else t->error = true, buffer_print(&text, "!%s", v.why);
        put_cell(t, buffer_result(&text));
    } else if (v.kind == V_BOOL) {
        put_word(t, v.truth == YES ? "yes" : "no", v.truth == YES ? "是" : "否");
    } else {
        value_print(&text, v);
        put_cell(t, buffer_result(&text));
    }
}

static bool latin(struct text t)
{
    for (size_t i = 0; i < t.len; i++)
        if ((unsigned char)t.at[i] >= 0x80) return false;
    return true;
}

/* The heading, if there is one; but a Chinese name is shown rather than a Latin heading. */
static struct text shown(struct text name, struct text heading)
{
    return heading.len && !(latin(heading) && !latin(name)) ? heading : name;
}

static struct text heading_or_name(const struct ast *decl) { return shown(decl->text, decl->text2); }

/* The names of the head's `show` lines, one after the other: the one after `name`, the first for NULL. */
static const struct ast *next_shown(struct oracle *o, const struct ast *name)
{
    bool found = !name;
    for (const struct ast *d = o->file->root->list; d; d = d->next)
        for (const struct ast *line = d->kind == AST_SCHEME ? d->list : NULL; line; line = line->next)
            for (const struct ast *n = line->kind == AST_SHOW && line_counts(o, line) ? line->list : NULL; n; n = n->next) {
                if (found) return n;
                found = n == name;
            }
    return NULL;
}

/* The declaration of a figure of the unit. */
static struct text heading_of_figure(struct oracle *o, struct text name)
{
    size_t field = find_field(o->tables[0], name);
    if (field != SIZE_MAX) return shown(o->tables[0]->fields[field].name, o->tables[0]->fields[field].heading);
    for (const struct ast *d = o->file->root->list; d; d = d->next)
        if ((d->kind == AST_LET || d->kind == AST_CHOOSE) && text_equal(d->text, name) && line_counts(o, d))
            return heading_or_name(d);
    return name;
}

/* A name of a list under its heading. */
static struct value word_shown(struct value v)
{
    if (v.kind != V_SYMBOL || !v.list) return v;
    for (const struct ast *k = v.list->list; k; k = k->next) {
        const struct ast *named = k->kind == AST_CASE ? k->a : k;
        if (!named || !text_equal(named->text, v.text) || !named->text2.len) continue;
        v.text = shown(named->text, named->text2);
        break;
    }
    return v;
}

static void put_headings(struct table_out *t)
{
    struct oracle *o = t->o;
    const struct field *key = &o->tables[0]->fields[o->tables[0]->key];
    t->first = true;
    put_cell(t, shown(key->name, key->heading));
    for (size_t i = 0; i < o->part_count; i++) put_cell(t, o->parts[i].number);
    if (o->part_count) put_word(t, "total", "总分");
    if (o->part_count || o->grades) put_word(t, "grade", "等次");
    for (const struct ast *d = o->file->root->list; d; d = d->next)
        if (d->kind == AST_RANKING) put_cell(t, heading_or_name(d));
    put_word(t, "state", "状态");
    for (const struct ast *d = o->file->root->list; d; d = d->next)
        if (d->kind == AST_OUTCOME) put_cell(t, heading_or_name(d));
    for (const struct ast *n = next_shown(o, NULL); n; n = next_shown(o, n)) put_cell(t, heading_of_figure(o, n->text));
    buffer_char(t->out, '\n');
}

/* A unit that the scheme does not apply to has a state and nothing else. */
static void put_not_assessed(struct table_out *t)
{
    size_t before = t->o->part_count + (t->o->part_count > 0) + (t->o->part_count || t->o->grades), behind = 0;
    for (const struct ast *n = next_shown(t->o, NULL); n; n = next_shown(t->o, n)) behind++;
    for (const struct ast *d = t->o->file->root->list; d; d = d->next) {
        before += d->kind == AST_RANKING;
        behind += d->kind == AST_OUTCOME;
    }
    for (; before > 0; before--) put_cell(t, TEXT_NONE);
    put_word(t, "not assessed", "不参评");
    for (; behind > 0; behind--) put_cell(t, TEXT_NONE);
    buffer_char(t->out, '\n');
}

static void put_unit(struct table_out *t, struct row *unit)
{
    struct oracle *o = t->o;
    t->first = true;
    t->open = false;
    put_value(t, unit->cells[o->tables[0]->key]);
    if (is_no(assessed(o, unit))) {
        put_not_assessed(t);
        return;
    }
    for (size_t i = 0; i < o->part_count; i++) put_value(t, part_shown(o, unit, &o->parts[i]));
    if (o->part_count) put_value(t, total_of(o, unit));
    if (!o->grades) {
        if (o->part_count) put_cell(t, TEXT_NONE);
    } else {
        struct value grade = grade_of(o, unit);
        if (is_fault(grade)) put_value(t, grade);
        else
            for (const struct ast *g = o->grades->list; g; g = g->next)
                if (g->kind == AST_GRADE && text_equal(g->text, grade.text)) put_cell(t, heading_or_name(g));
    }
    for (const struct ast *d = o->file->root->list; d; d = d->next) {
        if (d->kind != AST_RANKING) continue;
        struct value place = rank_of(o, unit, d, RANK_PLACE);
        if (place.kind == V_FAULT && place.fault == FAULT_BLANK) put_cell(t, TEXT_NONE);
        else put_value(t, place);
    }
    /* The outcomes come behind the state but may be open too. */
    struct buffer *line = t->out, rest;
    buffer_init(&rest, o->arena);
    t->out = &rest;
    for (const struct ast *d = o->file->root->list; d; d = d->next)
        if (d->kind == AST_OUTCOME) {
            struct value flag = outcome_of(o, unit, d);
            bool waits = d->d && is_fault(flag) && flag.fault == FAULT_OPEN; /* for somebody who may order it */
            if (waits) put_cell(t, TEXT_NONE);
            else put_value(t, flag);
        }
    for (const struct ast *n = next_shown(o, NULL); n; n = next_shown(o, n)) {
        struct context c = unit_context(unit);
        struct value v = eval(o, &c, n);
        if (v.kind == V_FAULT && v.fault == FAULT_BLANK) put_cell(t, TEXT_NONE);
        else put_value(t, word_shown(v));
    }
    struct value veto = vetoed(o, unit);
    t->out = line;
    if (is_fault(veto) && veto.fault == FAULT_OPEN) t->open = true;
    if (is_fault(veto) && veto.fault != FAULT_OPEN) t->error = true;
    if (!o->grades && is_yes(veto)) put_word(t, "vetoed", "否决");
    else if (t->open) put_word(t, "open", "待定");
    else put_word(t, "final", "定");
    buffer_text(t->out, buffer_result(&rest));
    buffer_char(t->out, '\n');
}

/* ---- a line per unit, part and rule ---- */

struct points_out {
    struct table_out *t;
    struct row *unit;
};

static void put_rule(void *data, const struct ast *rule, struct part *part)
{
    struct points_out *p = data;
    struct oracle *o = p->t->o;
    const struct ruling *ruling = rule_of(o, p->unit, rule, part);
    size_t line, column;
    source_line(o->file->source, rule->span.from, &line, &column);
    p->t->first = true;
    put_value(p->t, p->unit->cells[o->tables[0]->key]);
    put_cell(p->t, part->number);
    put_value(p->t, value_int((long)line));
    put_value(p->t, ruling->points);
    put_value(p->t, ruling->count);
    buffer_char(p->t->out, '\n');
}

static void put_points(struct table_out *t)
{
    struct oracle *o = t->o;
    buffer_put(t->out, "unit,part,line,points,count\n");
    for (size_t u = 0; u < o->tables[0]->count; u++) {
        struct points_out p = {t, o->tables[0]->rows[u]};
        for (size_t i = 0; i < o->part_count; i++) each_rule(o, &o->parts[i], put_rule, &p);
    }
}

static enum verdict run(struct oracle *o, bool points, struct buffer *out)
{
    names_read(o);
    data_read(o);
    if (o->problems->len) return ORACLE_DATA;
    size_t units = o->tables[0]->count;
    o->part_memo = ARENA_ARRAY(o->arena, struct value, units * o->part_count + 1);
    o->total_memo = ARENA_ARRAY(o->arena, struct value, units + 1);
    o->score_memo = ARENA_ARRAY(o->arena, struct value, units + 1);
    o->quota_memo = ARENA_ARRAY(o->arena, struct value, units + 1);
    struct table_out t = {.o = o, .out = out};
    if (points) {
        put_points(&t);
        return ORACLE_OK;
    }
    put_headings(&t);
    for (size_t u = 0; u < units; u++) put_unit(&t, o->tables[0]->rows[u]);
    return t.error ? ORACLE_DATA : ORACLE_OK;
}

enum verdict oracle_run(struct arena *arena, struct ast_file *file, const char *folder, bool points, struct buffer *out,
                        struct buffer *notes)
{
    value_memory(arena);
    date_calendar(NULL);
    struct oracle *o = ARENA_NEW(arena, struct oracle);
    jmp_buf stop;
    o->arena = arena;
    o->file = file;
    o->folder = folder;
    o->zh = file->tongue == TONGUE_ZH;
    o->problems = notes;
    o->stop = &stop;
    if (setjmp(stop)) {
        buffer_print(notes, "the oracle does not know: %.*s\n", TEXT_ARG(o->why_stopped));
        return ORACLE_UNKNOWN;
    }
    return run(o, points, out);
}
