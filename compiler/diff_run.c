/* `kaohe diff` with data: who gains and who loses, and by which change.
 *
 * In: the changes, a folder. Out: text: effects by change, then by unit.
 * Decision: the changes are applied one after another to the old scheme and each stage is run, so that what the changes give
 * a unit adds up to exactly what it gained. A change that does not compile without another is tried again after each that
 * does; what still does not is taken together. Cost: a run for each change; where two changes bear on the same marks, the
 * share of each depends on their order, which is that of the text.
 */
#include "diff.h"

#include "../runtime/calendar.h"
#include "../runtime/quotient.h"

#include <stdio.h>

struct shot { /* what is compared of one run, copied out of it */
    uint32_t units;
    struct text *keys;
    bool *known; /* the total is a figure */
    struct quotient *totals;
    size_t columns;
    struct text *headings;
    kh_column *kinds;
    struct text *cells; /* row by row */
};

struct step {
    size_t *changes;
    size_t count;
    struct shot shot; /* after them */
};

struct effect {
    struct diff *d;
    struct big_table *big;
    struct shot old, new;
    struct step *steps;
    size_t count, capacity;
    bool *applied; /* per change */
};

/* ---- a run ---- */

static void take_shot(struct effect *e, const kh_result *result, struct shot *shot)
{
    struct arena *arena = e->d->arena;
    const struct results *r = result->results;
    struct expr total = result->scheme->scheme->total;
    *shot = (struct shot){.units = r->units, .columns = r->column_count};
    shot->keys = ARENA_ARRAY(arena, struct text, r->units);
    shot->known = ARENA_ARRAY(arena, bool, r->units);
    shot->totals = ARENA_ARRAY(arena, struct quotient, r->units);
    shot->headings = ARENA_ARRAY(arena, struct text, r->column_count);
    shot->kinds = ARENA_ARRAY(arena, kh_column, r->column_count);
    shot->cells = ARENA_ARRAY(arena, struct text, (size_t)r->units * r->column_count);
    for (size_t c = 0; c < r->column_count; c++) {
        shot->headings[c] = arena_text(arena, r->columns[c].heading);
        shot->kinds[c] = r->columns[c].kind;
    }
    for (size_t k = 0; k < (size_t)r->units * r->column_count; k++) shot->cells[k] = arena_text(arena, r->cells[k]);
    for (uint32_t u = 0; u < r->units; u++) {
        shot->keys[u] = shot->cells[(size_t)u * r->column_count];
        if (!total.value || results_read(r->run, total.value, u, &shot->totals[u]) != FAULT_NONE) continue;
        shot->known[u] = shot->totals[u].den > 0; /* one beyond 64 bits belongs to its own run: shown, not subtracted */
        if (total.type.kind == TYPE_NUMBER && shot->known[u])
            shot->totals[u] = quotient_make(e->big, shot->totals[u].num, power_of_ten(total.type.places));
    }
}

/* Runs a scheme; not KH_OK: d->result has the report, if anything. */
static kh_status shoot(struct effect *e, kh_scheme *scheme, const char *folder, struct shot *shot)
{
    kh_status status = kh_run(scheme, folder, &e->d->result);
    if (status != KH_OK) return status;
    take_shot(e, e->d->result, shot);
    kh_result_close(e->d->result);
    e->d->result = NULL;
    return KH_OK;
}

/* ---- mixed schemes ---- */

static void put_text(struct buffer *out, struct text text)
{
    buffer_text(out, text);
    buffer_char(out, '\n');
}

static void put_declaration(struct diff *d, struct buffer *out, int side, int32_t decl)
{
    for (size_t k = 0; k < d->lines[side].count; k++)
        if (d->lines[side].all[k].index == (size_t)decl) put_text(out, d->lines[side].all[k].text);
}

static const struct change *change_of(const struct effect *e, int32_t decl, int32_t line)
{
    for (size_t k = 0; k < e->d->count; k++) {
        const struct change *c = &e->d->changes[k];
        if (e->applied[k] && c->old_decl == decl && (c->whole || c->old_line == line)) return c;
    }
    return NULL;
}

/* The old scheme with the changes that are applied. */
static struct text mix(struct effect *e)
{
    struct diff *d = e->d;
    struct buffer out;
    buffer_init(&out, d->arena);
    const struct statements *old = &d->lines[0];
    for (size_t k = 0; k < old->count; k++) {
        int32_t decl = (int32_t)old->all[k].index;
        const struct change *c = change_of(e, decl, (int32_t)k);
        if (!c)
            put_text(&out, old->all[k].text);
        else if (c->whole && old->all[k].opens && c->new_decl != NOWHERE)
            put_declaration(d, &out, 1, c->new_decl);
        else if (!c->whole && c->new_line != NOWHERE)
            put_text(&out, d->lines[1].all[c->new_line].text);
        if (k + 1 < old->count && old->all[k + 1].index == old->all[k].index) continue;
        for (size_t n = 0; n < d->count; n++) /* lines that came stand behind the others of their declaration */
            if (e->applied[n] && d->changes[n].old_decl == decl && d->changes[n].old_line == NOWHERE)
                put_text(&out, d->lines[1].all[d->changes[n].new_line].text);
    }
    for (size_t n = 0; n < d->count; n++)
        if (e->applied[n] && d->changes[n].old_decl == NOWHERE) put_declaration(d, &out, 1, d->changes[n].new_decl);
    return buffer_result(&out);
}

/* Whether the scheme as mixed now can be run; KH_FINDINGS or KH_DATA: not. */
static kh_status try_mix(struct effect *e, const char *folder, struct shot *shot)
{
    struct diff *d = e->d;
    kh_scheme *model = d->schemes[1];
    char period[64], from[16], to[16];
    kh_memory memory = {model->allocator.resize, model->allocator.host};
    kh_options options = {.memory = &memory, .tongue = d->zh ? KH_CHINESE : KH_ENGLISH};
    if (model->reading.has_period) {
        struct text a = date_format(model->reading.period_from, from), b = date_format(model->reading.period_to, to);
        snprintf(period, sizeof period, "%.*s..%.*s", TEXT_ARG(a), TEXT_ARG(b));
        options.period = period;
    }
    struct text text = mix(e);
    kh_status status = kh_scheme_open(&options, "", text.at, text.len, &d->mixed);
    if (status == KH_OK) status = shoot(e, d->mixed, folder, shot);
    kh_result_close(d->result);
    kh_scheme_close(d->mixed);
    d->result = NULL;
    d->mixed = NULL;
    return status;
}

static void add_step(struct effect *e, const size_t *changes, size_t count, struct shot shot)
{
    struct step step = {ARENA_ARRAY(e->d->arena, size_t, count), count, shot};
    for (size_t k = 0; k < count; k++) step.changes[k] = changes[k];
    ARENA_PUSH(e->d->arena, e->steps, e->count, e->capacity, step);
}

/* Applies the changes in an order in which each stage runs. */
static kh_status apply_all(struct effect *e, const char *folder)
{
    struct diff *d = e->d;
    size_t *waiting = ARENA_ARRAY(d->arena, size_t, d->count + 1), count = 0;
    e->applied = ARENA_ARRAY(d->arena, bool, d->count + 1);
    for (size_t k = 0; k < d->count; k++) waiting[count++] = k;
    for (size_t size = 1; count && size <= count; size++) { /* alone; then the first two that wait together, … */
        for (size_t k = 0; k + size <= count;) {
            struct shot shot;
            for (size_t n = 0; n < size; n++) e->applied[waiting[k + n]] = true;
            bool silent = size == 1 && d->changes[waiting[k]].silent;
            kh_status status = silent ? KH_OK : try_mix(e, folder, &shot);
            if (status == KH_ENVIRONMENT) return status;
            if (status != KH_OK) {
                for (size_t n = 0; n < size; n++) e->applied[waiting[k + n]] = false;
                k++;
                continue;
            }
            if (!silent) add_step(e, waiting + k, size, shot);
            for (size_t n = k; n + size < count; n++) waiting[n] = waiting[n + size];
            count -= size;
            if (!silent) k = 0, size = 1; /* what waited may go now */
        }
    }
    if (count) add_step(e, waiting, count, e->new); /* what never compiled in part */
    return KH_OK;
}

/* ---- comparing ---- */

static int32_t unit_in(const struct shot *shot, struct text key, uint32_t guess)
{
    if (guess < shot->units && text_equal(shot->keys[guess], key)) return (int32_t)guess;
    for (uint32_t u = 0; u < shot->units; u++)
        if (text_equal(shot->keys[u], key)) return (int32_t)u;
    return NOWHERE;
}

/* What a unit's total gained from one run to the next; false where one of them is open. */
static bool gain(struct effect *e, const struct shot *before, const struct shot *after, uint32_t unit, struct quotient *out)
{
    int32_t u = unit_in(before, after->keys[unit], unit);
    if (u == NOWHERE || !before->known[u] || !after->known[unit]) return false;
    *out = quotient_sub(e->big, after->totals[unit], before->totals[u]);
    return !quotient_is_lost(*out);
}

static void put_signed(struct effect *e, struct quotient amount)
{
    int sign = quotient_sign(e->big, amount);
    buffer_put(e->d->out, sign < 0 ? "−" : sign > 0 ? "+" : "");
    quotient_print(e->d->out, e->big, sign < 0 ? quotient_neg(e->big, amount) : amount);
}

static bool is_compared(kh_column kind) { return kind != KH_COLUMN_KEY && kind != KH_COLUMN_PART; }

static int32_t column_in(const struct shot *shot, const struct shot *of, size_t column)
{
    for (size_t c = 0; c < shot->columns; c++)
        if (shot->kinds[c] == of->kinds[column] && text_equal(shot->headings[c], of->headings[column])) return (int32_t)c;
    return NOWHERE;
}

/* Whether anything but parts differs for a unit; prints it if asked. */
static bool moves(struct effect *e, const struct shot *before, const struct shot *after, uint32_t unit, bool print)
{
    int32_t u = unit_in(before, after->keys[unit], unit);
    bool any = false;
    if (u == NOWHERE) return false;
    for (size_t c = 0; c < after->columns; c++) {
        int32_t old = column_in(before, after, c);
        if (!is_compared(after->kinds[c]) || old == NOWHERE) continue;
        struct text a = before->cells[(size_t)u * before->columns + (size_t)old],
                    b = after->cells[(size_t)unit * after->columns + c];
        if (text_equal(a, b)) continue;
        any = true;
        if (!print) return true;
        struct buffer *out = e->d->out;
        struct quotient by;
        buffer_print(out, "  %.*s %.*s → %.*s", TEXT_ARG(after->headings[c]), TEXT_ARG(a.len ? a : TEXT("—")),
                     TEXT_ARG(b.len ? b : TEXT("—")));
        if (after->kinds[c] != KH_COLUMN_TOTAL || !gain(e, before, after, unit, &by)) continue;
        buffer_put(out, e->d->zh ? "（" : " (");
        put_signed(e, by);
        buffer_put(out, e->d->zh ? "）" : ")");
    }
    return any;
}

struct tally {
    size_t gain, lose, other; /* other: the same or an open total, but another grade, place or outcome */
    struct quotient gained, lost;
};

static struct tally tally_of(struct effect *e, const struct shot *before, const struct shot *after)
{
    struct tally t = {.gained = {0, 1}, .lost = {0, 1}};
    for (uint32_t u = 0; u < after->units; u++) {
        struct quotient by;
        int sign = gain(e, before, after, u, &by) ? quotient_sign(e->big, by) : 0;
        if (sign > 0) {
            t.gain++;
            if (!quotient_is_lost(t.gained)) t.gained = quotient_add(e->big, t.gained, by);
        } else if (sign < 0) {
            t.lose++;
            if (!quotient_is_lost(t.lost)) t.lost = quotient_add(e->big, t.lost, by);
        } else if (moves(e, before, after, u, false)) {
            t.other++;
        }
    }
    return t;
}

static void put_tally(struct effect *e, const struct tally *t)
{
    struct buffer *out = e->d->out;
    bool zh = e->d->zh;
    if (!t->gain && !t->lose && !t->other) {
        buffer_put(out, zh ? "不影响任何单位" : "touches nobody");
        return;
    }
    const char *comma = "";
    if (t->gain) {
        buffer_print(out, zh ? "%zu个增分，合计 " : "%zu gain, together ", t->gain);
        if (quotient_is_lost(t->gained))
            buffer_put(out, "—");
        else
            put_signed(e, t->gained);
        comma = zh ? "；" : "; ";
    }
    if (t->lose) {
        buffer_print(out, zh ? "%s%zu个减分，合计 " : "%s%zu lose, together ", comma, t->lose);
        if (quotient_is_lost(t->lost))
            buffer_put(out, "—");
        else
            put_signed(e, t->lost);
        comma = zh ? "；" : "; ";
    }
    if (t->other)
        buffer_print(out,
                     zh ? "%s%zu个总分不变而等次、名次等有变"
                        : "%s%zu with the same total, but another grade, place, state or outcome",
                     comma, t->other);
}

static void put_names(struct effect *e, const struct step *step)
{
    for (size_t k = 0; k < step->count; k++) {
        if (k) buffer_char(e->d->out, '+');
        diff_name(e->d->out, step->changes[k]);
    }
    if (!step->count) buffer_put(e->d->out, e->d->zh ? "各行次序" : "the order of lines");
}

static void put_by_change(struct effect *e)
{
    buffer_put(e->d->out, e->d->zh ? "\n按改动：\n" : "\nby change:\n");
    for (size_t k = 0; k < e->count; k++) {
        struct tally t = tally_of(e, k ? &e->steps[k - 1].shot : &e->old, &e->steps[k].shot);
        buffer_put(e->d->out, "  ");
        put_names(e, &e->steps[k]);
        buffer_put(e->d->out, e->d->zh ? " " : " ");
        put_tally(e, &t);
        buffer_char(e->d->out, '\n');
    }
}

static void put_unit(struct effect *e, uint32_t unit)
{
    struct buffer *out = e->d->out;
    buffer_print(out, "  %.*s", TEXT_ARG(e->new.keys[unit]));
    moves(e, &e->old, &e->new, unit, true);
    buffer_char(out, '\n');
    for (size_t k = 0; k < e->count; k++) {
        struct quotient by;
        const struct shot *before = k ? &e->steps[k - 1].shot : &e->old, *after = &e->steps[k].shot;
        int32_t u = unit_in(after, e->new.keys[unit], unit);
        if (u == NOWHERE || !moves(e, before, after, (uint32_t)u, false)) continue;
        bool known = gain(e, before, after, (uint32_t)u, &by);
        if (known && !quotient_sign(e->big, by)) continue; /* moved by others */
        buffer_put(out, "      ");
        put_names(e, &e->steps[k]);
        buffer_char(out, ' ');
        if (known)
            put_signed(e, by);
        else
            moves(e, before, after, (uint32_t)u, true);
        buffer_char(out, '\n');
    }
}

static bool same_shot(struct effect *e, const struct shot *a, const struct shot *b)
{
    for (uint32_t u = 0; u < b->units; u++)
        if (unit_in(a, b->keys[u], u) == NOWHERE || moves(e, a, b, u, false)) return false;
    return a->units == b->units;
}

/* A unit that is in one run only: the two schemes look at units of different tables. */
static void put_strangers(struct effect *e)
{
    size_t came = 0, went = 0;
    for (uint32_t u = 0; u < e->new.units; u++) came += unit_in(&e->old, e->new.keys[u], u) == NOWHERE;
    for (uint32_t u = 0; u < e->old.units; u++) went += unit_in(&e->new, e->old.keys[u], u) == NOWHERE;
    if (came || went)
        buffer_print(e->d->out,
                     e->d->zh ? "另有%zu个单位只在新方案中，%zu个只在旧方案中\n"
                              : "%zu units only in the new scheme, %zu only in the old one\n",
                     came, went);
}

static kh_status cannot_run(struct effect *e, kh_status status, bool newer)
{
    kh_text report = {NULL, 0};
    struct diff *d = e->d;
    if (status == KH_DATA && d->result && kh_result_report(d->result, &report) == KH_OK) {
        buffer_put(d->out,
                   newer ? (d->zh ? "\n新方案不能用于这些数据：\n" : "\nthe new scheme cannot be run on this data:\n")
                         : (d->zh ? "\n旧方案不能用于这些数据：\n" : "\nthe old scheme cannot be run on this data:\n"));
        buffer_text(d->out, text_from(report));
    }
    kh_result_close(d->result);
    d->result = NULL;
    return status;
}

kh_status diff_run(struct diff *d, const char *folder)
{
    struct effect e = {.d = d, .big = big_table_open(d->arena)};
    for (int side = 0; side < 2; side++) {
        kh_status status = shoot(&e, d->schemes[side], folder, side ? &e.new : &e.old);
        if (status != KH_OK) return cannot_run(&e, status, side);
    }
    kh_status status = apply_all(&e, folder);
    if (status != KH_OK) return status;
    if (!same_shot(&e, e.count ? &e.steps[e.count - 1].shot : &e.old, &e.new)) add_step(&e, NULL, 0, e.new);
    struct tally t = tally_of(&e, &e.old, &e.new);
    buffer_print(d->out, d->zh ? "\n%u个单位：" : "\n%u units: ", e.new.units);
    put_tally(&e, &t);
    buffer_char(d->out, '\n');
    put_strangers(&e);
    if (e.count) put_by_change(&e);
    bool any = false;
    for (uint32_t u = 0; u < e.new.units; u++) {
        if (!moves(&e, &e.old, &e.new, u, false)) continue;
        if (!any) buffer_put(d->out, d->zh ? "\n按单位：\n" : "\nby unit:\n");
        any = true;
        put_unit(&e, u);
    }
    return KH_OK;
}
