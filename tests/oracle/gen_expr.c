/* Random expressions of a wanted kind, for the place where they will stand.
 *
 * In: a scope. Out: text, with what is certain of its value (whole, not negative, positive).
 * Decision: everything compound is put in brackets, so that precedence is tested by hand-written cases and not here.
 * Optional fields are always guarded, divisors are positive unless the scheme is a risky one. Cost: less natural text.
 */
#include "generate.h"

enum { NUMBERS = 1 << G_COUNT | 1 << G_NUMBER | 1 << G_PERCENT };

struct gfield *pick_field(struct gen *g, struct gtable *table, unsigned types)
{
    struct gfield *found[MOST_FIELDS];
    uint64_t count = 0;
    for (int i = 0; i < table->field_count; i++)
        if (types & (1u << table->fields[i]->type)) found[count++] = table->fields[i];
    return count ? found[roll(g, count)] : NULL;
}

/* A field that a bare name reaches from here. */
static struct gfield *visible(struct gen *g, const struct gscope *s, unsigned types)
{
    if (s->constant) return NULL;
    if (s->group && (types & (1u << s->group->type)) && chance(g, 50)) return s->group;
    for (struct gtable *t = s->table; t; t = s->own_only ? NULL : t->parent) {
        struct gfield *f = chance(g, 70) || s->own_only ? pick_field(g, t, types) : NULL;
        if (f) return f;
    }
    return s->own_only ? NULL : pick_field(g, g->tables[0], types);
}

static bool is_known(const struct gscope *s, const struct gfield *f)
{
    for (int i = 0; i < s->known_count; i++)
        if (s->known[i] == f) return true;
    return !f->optional;
}

struct gscope row_scope(const struct gscope *s, struct gtable *table)
{
    struct gscope r = {.table = table, .figures = s->figures, .rankings = s->rankings, .parts = s->parts,
                       .total = s->total, .grade = s->grade};
    if (table->results) r.total = r.grade = false; /* there they are columns */
    return r;
}

/* A table whose rows can be taken together here: of the unit, or of the row we are in. */
struct gtable *pick_table(struct gen *g, const struct gscope *s)
{
    struct gtable *found[MOST_TABLES];
    uint64_t count = 0;
    if (s->own_only || s->constant || s->group) return NULL;
    for (int i = 1; i < g->table_count; i++)
        if (!g->tables[i]->for_all && !g->tables[i]->roles) found[count++] = g->tables[i];
    return count ? found[roll(g, count)] : NULL;
}

static const char *comparison(struct gen *g)
{
    switch (roll(g, 11)) {
    case 0: return "<";
    case 1: return "<=";
    case 2: return ">";
    case 3: return ">=";
    case 4: return "=";
    case 5: return "!=";
    case 6: return W("below", "低于");
    case 7: return W("at most", "不超过");
    case 8: return W("over", "超过");
    case 9: return W("at least", "不低于");
    default: return "<";
    }
}

/* ---- numbers ---- */

static struct gx literal(struct gen *g)
{
    static const int tenths[] = {0, 10, 10, 20, 20, 30, 50, 60, 80, 100, 120, 5, 15, 25, 2, 600, 1000};
    int n = tenths[roll(g, sizeof tenths / sizeof *tenths)];
    return (struct gx){digits(g, n, 1), n % 10 == 0, true, n > 0};
}

static struct gx field_number(struct gen *g, const struct gscope *s, const struct gfield *f)
{
    if (is_known(s, f)) return (struct gx){f->name, f->whole, f->nonneg, f->positive};
    struct text fallback = chance(g, 50) ? pool_value(g, f) : TEXT("0");
    if (fallback.len && fallback.at[0] == '-') fallback = TEXT("0"); /* a sign after default is another operator */
    return (struct gx){SAY(g, "(%s %s %s)", S(f->name), W("default", "未填按"), S(fallback)),
                       f->whole, f->nonneg, false};
}

static struct gx figure_number(struct gen *g, const struct gscope *s)
{
    struct gname *found[MOST_NAMES];
    uint64_t count = 0;
    for (int i = 0; i < g->figure_count && s->figures; i++) {
        struct gname *n = g->figures[i];
        if (n->type != G_NUMBER || (s->constant && !n->constant)) continue;
        if (n->table && (s->own_only || n->table != s->table)) continue;
        if (s->own_only && !n->constant) continue;
        found[count++] = n;
    }
    if (!count) return literal(g);
    struct gname *n = found[roll(g, count)];
    return (struct gx){n->name, n->whole, n->nonneg, n->positive};
}

struct text rows_text(struct gen *g, struct gtable *t)
{
    if (g->view_count && chance(g, 30))
        for (int i = 0; i < g->view_count; i++)
            if (g->views[i].fields[0] == t->fields[0]) return g->views[i].name;
    return t->name;
}

static struct gx aggregate(struct gen *g, const struct gscope *s, int depth)
{
    struct gtable *t = s->group ? s->group_table : pick_table(g, s);
    if (!t) return literal(g);
    struct text rows = s->group ? text_of(W("group", "组")) : rows_text(g, t);
    struct gscope r = row_scope(s, t);
    struct text where = TEXT_NONE;
    if (chance(g, 40)) where = SAY(g, " %s %s", W("where", "其中"), S(gen_cond(g, &r, depth - 1)));
    struct gfield *f = pick_field(g, t, NUMBERS);
    if (f && f->optional && !where.len && chance(g, 50)) where = SAY(g, " %s %s(%s)", W("where", "其中"), W("known", "已填"), S(f->name));
    else if (f && f->optional) f = NULL;
    struct gfield *d = pick_field(g, t, 1 << G_LIST | 1 << G_TEXT | 1 << G_COUNT | 1 << G_DATE | 1 << G_REF);
    if (d && d->optional) d = NULL;
    int kind = (int)roll(g, 8);
    if (kind < 2 || (kind > 2 && !f && depth < 2))
        return (struct gx){SAY(g, "(%s %s%s)", W("count of", "个数"), S(rows), S(where)), true, true, false};
    if (kind == 2 && d)
        return (struct gx){SAY(g, "(%s %s %s %s%s)", W("count of distinct", "不重复数"), S(d->name),
                               W("in", "于"), S(rows), S(where)), true, true, false};
    struct gx e = f && chance(g, 70) ? (struct gx){f->name, f->whole, f->nonneg, f->positive} : gen_number(g, &r, depth - 1);
    static const char *const words[4][2] = {{"sum of", "合计"}, {"average of", "平均"}, {"highest of", "最高"}, {"lowest of", "最低"}};
    int op = g->risky || chance(g, 15) ? (int)roll(g, 4) : 0;
    struct text tail = TEXT_NONE;
    if (chance(g, 20)) tail = SAY(g, "%s%d", W(", best ", "，取前 "), (int)roll(g, 3) + 1);
    else if (chance(g, 12))
        tail = SAY(g, W(", dropping highest %d and lowest %d", "，去掉 最高分 %d 和 最低分 %d"), (int)roll(g, 2) + 1,
                   (int)roll(g, 2) + 1);
    else if (chance(g, 8))
        tail = SAY(g, chance(g, 50) ? W(", dropping highest %d", "，去掉 最高分 %d") : W(", dropping lowest %d", "，去掉 最低分 %d"), (int)roll(g, 2) + 1);
    if (chance(g, 20)) e = (struct gx){SAY(g, "(%s / 3)", S(e.t)), false, e.nonneg, e.positive};
    if (e.t.at[0] >= '0' && e.t.at[0] <= '9') e.t = SAY(g, "(%s)", S(e.t));
    struct text text = SAY(g, "(%s %s %s %s%s%s)", W(words[op][0], words[op][1]), S(e.t), W("in", "于"),
                           S(rows), S(where), S(tail));
    if (op > 0 && (!g->risky || chance(g, 60))) { /* guarded by the count */
        bool dropped = tail.len && where.len;
        if (!dropped && !tail.len)
            return (struct gx){SAY(g, "(%s (%s %s%s) > 0 %s %s %s 0)", W("if", "若"), W("count of", "个数"), S(rows),
                                   S(where), W("then", "则"), S(text), W("else", "否则")),
                               e.whole && op > 1, e.nonneg, false};
    }
    return (struct gx){text, e.whole && op != 1, e.nonneg, op > 0 && e.positive};
}

/* An expression whose values are those of the list; NULL: yes/no. */
static struct text of_list(struct gen *g, const struct gscope *s, const struct glist *list)
{
    for (int tries = 0; tries < 6; tries++) {
        struct gfield *f = visible(g, s, list ? 1 << G_LIST : 1 << G_BOOL);
        if (f && f->list == list && is_known(s, f)) return f->name;
    }
    for (int i = 0; list && i < g->figure_count && s->figures && !s->own_only && !s->constant; i++)
        if (g->figures[i]->type == G_LIST && g->figures[i]->list == list && !g->figures[i]->table) return g->figures[i]->name;
    return TEXT_NONE;
}

/* by F (label value, …): of a list every value or some and `otherwise`; of yes and no all; of others always with it. */
static struct gx select_by(struct gen *g, const struct gscope *s, int depth)
{
    struct gfield *f = visible(g, s, chance(g, 60) ? 1 << G_LIST : 1 << G_BOOL | 1 << G_NA | 1 << G_TEXT | 1 << G_COUNT);
    if (!f || !is_known(s, f) || (f->computed && f->type != G_BOOL)) return literal(g);
    bool listed = f->type == G_LIST, truth = f->type == G_BOOL || f->type == G_NA;
    int labels = listed ? f->list->count : truth ? (f->type == G_NA ? 3 : 2) : 1;
    int named = truth || chance(g, 70) ? labels : (int)roll(g, (uint64_t)labels) + 1;
    static const char *const three[3][2] = {{"yes", "是"}, {"no", "否"}, {"na", "不涉及"}};
    struct buffer text;
    buffer_init(&text, g->arena);
    buffer_print(&text, "(%s %s (", W("by", "按"), S(f->name));
    struct gx all = {TEXT_NONE, true, true, true};
    for (int i = 0; i <= named; i++) {
        if (i == named && named == labels && (listed || truth)) break;
        struct gx e = depth > 1 && chance(g, 30) ? gen_number(g, s, depth - 2) : literal(g);
        all.whole &= e.whole, all.nonneg &= e.nonneg, all.positive &= e.positive;
        struct text label = i == named ? text_of(W("otherwise", "其余")) : listed ? f->list->values[i] : truth ? text_of(W(three[i][0], three[i][1])) : pool_value(g, f);
        bool number = label.at[0] >= '0' && label.at[0] <= '9'; /* `3 place(r)` would be three places */
        buffer_print(&text, "%s%s%s %s", i ? W(", ", "，") : "", S(label), number ? W(":", "：") : "", S(e.t));
    }
    buffer_put(&text, "))");
    all.t = said(g, &text);
    return all;
}

static struct gx dates_apart(struct gen *g, const struct gscope *s)
{
    struct gfield *a = visible(g, s, 1 << G_DATE), *b = visible(g, s, 1 << G_DATE);
    static const char *const words[4][2] = {{"days from", "天数 自"}, {"months from", "月数 自"}, {"years from", "年数 自"}, {"workdays from", "工作日数 自"}};
    if (!a || !b || !is_known(s, a) || !is_known(s, b)) return literal(g);
    struct text from = a->name, to = b->name;
    int kind = (int)roll(g, 4);
    if (a == b || chance(g, 30)) to = g->has_period ? text_of(W("period.end", "考核期.止")) : date_text(g, b->pool[0]);
    if (chance(g, 20)) from = to, to = a->name;
    return (struct gx){SAY(g, "(%s %s %s %s)", W(words[kind][0], words[kind][1]), S(from), W("to", "至"), S(to)),
                       true, false, false};
}

static struct gx reference(struct gen *g, const struct gscope *s)
{
    struct gfield *ref = visible(g, s, 1 << G_REF);
    struct gfield *f = ref && is_known(s, ref) ? pick_field(g, ref->target, NUMBERS) : NULL;
    if (!f || f->optional) return literal(g);
    return (struct gx){SAY(g, "%s.%s", S(ref->name), S(f->name)), f->whole, f->nonneg, f->positive};
}

static struct gx grid_call(struct gen *g, const struct gscope *s)
{
    if (!g->grid_count || !s->figures) return literal(g);
    struct ggrid *grid = &g->grids[roll(g, (uint64_t)g->grid_count)];
    struct text down = of_list(g, s, grid->down), across = of_list(g, s, grid->across);
    if (!down.len || !across.len) return literal(g);
    return (struct gx){SAY(g, "%s(%s%s%s)", S(grid->name), S(down), W(", ", "，"), S(across)),
                       false, true, false};
}

static struct gx ranked(struct gen *g, const struct gscope *s)
{
    if (!g->ranking_count || !s->rankings || s->own_only || s->constant) return literal(g);
    struct granking *r = &g->rankings[roll(g, (uint64_t)g->ranking_count)];
    if (r->by_total && !s->total) return literal(g);
    if (r->partial || chance(g, 30)) return (struct gx){SAY(g, "%s(%s)", W("size", "参评数"), S(r->name)), true, true, false};
    const char *f = chance(g, 50) ? W("place", "名次") : W("from_last", "倒数名次");
    return (struct gx){SAY(g, "%s(%s)", f, S(r->name)), true, true, true};
}

static struct gx part_marks(struct gen *g, const struct gscope *s)
{
    if (s->parts == 0 || s->own_only || s->constant) return literal(g);
    struct gpart *p = &g->parts[roll(g, (uint64_t)s->parts)];
    return (struct gx){SAY(g, "(%s %s)", p->word, S(p->number)), false, false, false};
}

/* Rows that belong to nobody alone: all of them. */
static struct gx population(struct gen *g, const struct gscope *s)
{
    for (int i = 1; i < g->table_count; i++) {
        struct gtable *t = g->tables[i];
        struct gfield *f = pick_field(g, t, NUMBERS);
        if ((!t->for_all && !t->roles) || t->calendar || s->own_only || chance(g, 50)) continue;
        if (f && !f->optional && chance(g, 50))
            return (struct gx){SAY(g, "(%s %s %s %s)", W("sum of", "合计"), S(f->name), W("in", "于"), S(t->name)), f->whole, f->nonneg, false};
        return (struct gx){SAY(g, "(%s %s)", W("count of", "个数"), S(t->name)), true, true, false};
    }
    return literal(g);
}

static struct gx streak(struct gen *g, const struct gscope *s, int depth)
{
    struct gtable *t = s->table || s->group ? NULL : pick_table(g, s);
    if (!t || !t->by || t->parent) return literal(g);
    struct gscope r = row_scope(s, t);
    if (chance(g, 15)) return (struct gx){SAY(g, "(%s %s)", W("streak of", "连续"), S(rows_text(g, t))), true, true, false};
    return (struct gx){SAY(g, "(%s %s %s %s)", W("streak of", "连续"), S(rows_text(g, t)), W("where", "其中"), S(gen_cond(g, &r, depth - 1))), true, true, false};
}

static bool has_previous(const struct gen *g, const struct gscope *s)
{
    return g->results_count == 1 && g->has_period && !s->own_only && !s->constant && !s->table;
}

/* A figure of the run before this period, guarded or, in a risky scheme, not. */
static struct gx previous(struct gen *g, const struct gscope *s)
{
    if (!has_previous(g, s)) return literal(g);
    bool place = chance(g, 40);
    const char *column = !place ? W("total", "总分") : chance(g, 50) ? W("place", "名次") : W("from_last", "倒数名次");
    struct text of = SAY(g, "%s.%s", W("previous", "上期"), column);
    struct text otherwise = literal(g).t;
    if (chance(g, 30)) return (struct gx){SAY(g, "(%s %s %s)", S(of), W("default", "未填按"), S(otherwise)), false, place, false};
    return (struct gx){SAY(g, "(%s %s(%s) %s %s %s %s)", W("if", "若"), W("known", "已填"), S(of), W("then", "则"), S(of),
                           W("else", "否则"), S(otherwise)),
                       false, place, false};
}

static struct text previous_cond(struct gen *g)
{
    static const char *const members[4][2] = {{"total", "总分"}, {"grade", "等次"}, {"place", "名次"}, {"from_last", "倒数名次"}};
    int member = (int)roll(g, 4);
    struct text of = SAY(g, "%s.%s", W("previous", "上期"), W(members[member][0], members[member][1]));
    struct text known = SAY(g, "%s(%s)", W("known", "已填"), S(of));
    if (chance(g, 25)) return chance(g, 50) ? known : SAY(g, "%s %s", W("not", "未"), S(known));
    struct text test = SAY(g, "%s %s %d", S(of), comparison(g), member >= 2 ? (int)roll(g, 4) : 60);
    if (member == 1 && g->grade_count)
        test = SAY(g, "%s %s %s", S(of), chance(g, 40) ? W("is", "为") : chance(g, 50) ? W("at least", "不低于") : "<",
                   S(g->grades[roll(g, (uint64_t)g->grade_count)]));
    else if (member == 1) test = SAY(g, g->zh ? "%s %s “alpha”" : "%s %s \"alpha\"", S(of), chance(g, 50) ? W("is", "为") : W("is not", "不为"));
    return SAY(g, "(%s %s %s)", S(known), W("and", "且"), S(test));
}

/* A figure made of a field that may be blank; NULL text: there is none here. */
static struct text of_blank(struct gen *g, const struct gscope *s, bool *whole)
{
    struct gfield *f = visible(g, s, NUMBERS);
    for (int tries = 0; tries < 6 && f && (is_known(s, f) || f->computed); tries++) f = visible(g, s, NUMBERS);
    if (!f || is_known(s, f) || f->computed) return TEXT_NONE;
    *whole = chance(g, 50) && f->whole;
    return *whole ? SAY(g, "(%s + 1)", S(f->name)) : SAY(g, "(%s / 3)", S(f->name));
}

static struct gx blank_figure(struct gen *g, const struct gscope *s)
{
    bool whole;
    struct text of = of_blank(g, s, &whole);
    if (!of.len) return literal(g);
    return (struct gx){SAY(g, "(%s %s %d)", S(of), W("default", "未填按"), (int)roll(g, 4)), whole, false, false};
}

static struct gx leaf(struct gen *g, const struct gscope *s, int depth)
{
    struct gfield *f;
    switch (roll(g, 20)) {
    case 19: return blank_figure(g, s);
    case 18: return previous(g, s);
    case 16: return depth > 0 ? streak(g, s, depth) : literal(g);
    case 17: return population(g, s);
    case 0: return figure_number(g, s);
    case 1: return figure_number(g, s);
    case 2: return select_by(g, s, depth);
    case 3: return dates_apart(g, s);
    case 4: return reference(g, s);
    case 5: return grid_call(g, s);
    case 6: return ranked(g, s);
    case 7: return part_marks(g, s);
    case 8:
    case 9: return depth > 0 ? aggregate(g, s, depth) : literal(g);
    case 10:
        if (s->effect) return (struct gx){text_of(!s->points || chance(g, 50) ? W("count", "次数") : W("points", "分数")), false, false, false};
        return literal(g);
    case 11:
        if (s->total) return (struct gx){text_of(W("total", "总分")), false, false, false};
        return literal(g);
    default:
        f = visible(g, s, NUMBERS);
        return f ? field_number(g, s, f) : literal(g);
    }
}

static struct gx divided(struct gen *g, const struct gscope *s, int depth)
{
    struct gx a = gen_number(g, s, depth - 1), b = gen_number(g, s, depth - 1);
    for (int tries = 0; tries < 4 && !b.positive; tries++) b = gen_number(g, s, depth - 1);
    struct gfield *f = g->risky && chance(g, 30) ? visible(g, s, NUMBERS) : NULL;
    if (f && is_known(s, f) && !f->computed) return (struct gx){SAY(g, "(%s / %s)", S(a.t), S(f->name)), false, a.nonneg && f->nonneg, false};
    if (!b.positive) b.t = SAY(g, "%s(%s%s1)", W("max", "较大"), S(b.t), W(", ", "，"));
    return (struct gx){SAY(g, "(%s / %s)", S(a.t), S(b.t)), false, a.nonneg && (b.positive || b.nonneg), false};
}

struct gx gen_number(struct gen *g, const struct gscope *s, int depth)
{
    if (depth <= 0 || chance(g, 45)) return leaf(g, s, depth);
    struct gx a = gen_number(g, s, depth - 1), b = chance(g, 50) ? literal(g) : gen_number(g, s, depth - 1);
    static const char *const modes[4][2] = {{"half up", "四舍五入"}, {"half even", "四舍六入五成双"}, {"down", "舍去"}, {"up", "进一"}};
    switch (roll(g, 10)) {
    case 9: return (struct gx){SAY(g, "(-%s)", S(a.t)), a.whole, false, false};
    case 0:
        return (struct gx){SAY(g, "(%s + %s)", S(a.t), S(b.t)), a.whole && b.whole, a.nonneg && b.nonneg,
                           a.nonneg && b.nonneg && (a.positive || b.positive)};
    case 1: return (struct gx){SAY(g, "(%s - %s)", S(a.t), S(b.t)), a.whole && b.whole, false, false};
    case 2:
        b = literal(g);
        return (struct gx){SAY(g, "(%s * %s)", S(b.t), S(a.t)), a.whole && b.whole, a.nonneg, a.positive && b.positive};
    case 3: return divided(g, s, depth);
    case 4:
        return (struct gx){SAY(g, "(%s %s %s %s %s %s)", W("if", "若"), S(gen_cond(g, s, depth - 1)), W("then", "则"),
                               S(a.t), W("else", "否则"), S(b.t)),
                           a.whole && b.whole, a.nonneg && b.nonneg, a.positive && b.positive};
    case 5:
        return (struct gx){SAY(g, "%s(%s%s%s)", W("min", "较小"), S(a.t), W(", ", "，"), S(b.t)), a.whole && b.whole,
                           a.nonneg && b.nonneg, a.positive && b.positive};
    case 6:
        return (struct gx){SAY(g, "%s(%s%s%s)", W("max", "较大"), S(a.t), W(", ", "，"), S(b.t)), a.whole && b.whole,
                           a.nonneg || b.nonneg, a.positive || b.positive};
    case 7: return (struct gx){SAY(g, "%s(%s)", W("abs", "绝对值"), S(a.t)), a.whole, true, a.positive};
    case 8: {
        int mode = (int)roll(g, 4), places = (int)roll(g, 3);
        struct text text = g->zh ? SAY(g, "(%s 取到 %d 位小数 %s)", S(a.t), places, modes[mode][1])
                                 : SAY(g, "(%s rounded to %d places %s)", S(a.t), places, modes[mode][0]);
        return (struct gx){text, places == 0, a.nonneg, false};
    }
    }
    return a;
}

/* A number that is certainly not negative. */
struct gx gen_nonneg(struct gen *g, const struct gscope *s, int depth)
{
    struct gx e = gen_number(g, s, depth);
    if (e.nonneg) return e;
    struct text text = chance(g, 50) ? SAY(g, "%s(%s)", W("abs", "绝对值"), S(e.t))
                                     : SAY(g, "%s(%s%s0)", W("max", "较大"), S(e.t), W(", ", "，"));
    return (struct gx){text, e.whole, true, false};
}

/* ---- conditions ---- */

static struct text compare_numbers(struct gen *g, const struct gscope *s, int depth)
{
    struct gfield *f = visible(g, s, NUMBERS);
    if (f && is_known(s, f) && chance(g, 20)) { /* the bands of regulations */
        struct text low = pool_value(g, f), high = pool_value(g, f);
        switch (roll(g, 5)) {
        case 0: return SAY(g, "%s <= %s < %s", S(low), S(f->name), S(high));
        case 1: return SAY(g, "%s > %s >= %s", S(low), S(f->name), S(high));
        case 2: return SAY(g, "%s %s %s %s %s", S(f->name), W("between", "介于"), S(low), W("and", "和"), S(high));
        case 3: return low.at[0] == '-' ? f->name.len ? SAY(g, "%s > 0", S(f->name)) : low : SAY(g, "%s %s %s", S(f->name), S(low), W("or more", "以上"));
        default: return SAY(g, "%s %s %s %s", S(f->name), W("is", "为"), S(low), W("or less", "以下"));
        }
    }
    if (f && chance(g, 60)) {
        if (is_known(s, f)) return SAY(g, "%s %s %s", S(f->name), comparison(g), S(pool_value(g, f)));
        return SAY(g, "(%s(%s) %s %s %s %s)", W("known", "已填"), S(f->name), W("and", "且"), S(f->name),
                   comparison(g), S(pool_value(g, f)));
    }
    struct gx a = gen_number(g, s, depth - 1), b = chance(g, 60) ? literal(g) : gen_number(g, s, depth - 1);
    return SAY(g, "%s %s %s", S(a.t), comparison(g), S(b.t));
}

static struct text field_cond(struct gen *g, const struct gscope *s, const struct gfield *f)
{
    struct text v = pool_value(g, f);
    if (chance(g, 15) && f->type != G_NA) { /* against another field of the kind */
        struct gfield *other = visible(g, s, 1u << f->type);
        bool alike = other && other != f && is_known(s, other) && other->list == f->list;
        if (alike && (f->type != G_LIST || f->list->ordered) && f->type != G_BOOL && f->type != G_TEXT)
            return SAY(g, "%s %s %s", S(f->name), comparison(g), S(other->name));
        if (alike && f->type != G_BOOL) return SAY(g, "%s %s %s", S(f->name), W("is", "为"), S(other->name));
    }
    const char *is = chance(g, 70) ? W("is", "为") : W("is not", "不为");
    static const char *const three[3][2] = {{"yes", "是"}, {"no", "否"}, {"na", "不涉及"}};
    int n = (int)roll(g, 3);
    switch (f->type) {
    case G_BOOL: return chance(g, 60) ? f->name : SAY(g, "%s %s", W("not", "未"), S(f->name));
    case G_NA: return SAY(g, "%s %s %s", S(f->name), is, W(three[n][0], three[n][1]));
    case G_LIST:
        if (f->list->ordered && chance(g, 40)) return SAY(g, "%s %s %s", S(f->name), comparison(g), S(v));
        if (chance(g, 30))
            return SAY(g, "%s %s (%s%s%s)", S(f->name), chance(g, 60) ? W("in", "属于") : W("not in", "不属于"), S(v),
                       W(", ", "，"), S(pool_value(g, f)));
        return SAY(g, "%s %s %s", S(f->name), is, S(v));
    case G_TEXT: return SAY(g, "%s %s %s", S(f->name), is, S(v));
    case G_DATE: {
        static const char *const lengths[4][2] = {{"days", "天"}, {"months", "个月"}, {"years", "年"}, {"workdays", "个工作日"}};
        int unit = (int)roll(g, 4);
        struct text left = f->name;
        if (chance(g, 10))
            left = g->zh ? SAY(g, "(%s 后 %d%s)", S(f->name), (int)roll(g, 14) + 1, lengths[unit][1])
                         : SAY(g, "(%d %s after %s)", (int)roll(g, 14) + 1, lengths[unit][0], S(f->name));
        else if (chance(g, 40))
            left = g->zh ? SAY(g, "(%s %s %d%s)", S(f->name), chance(g, 70) ? "+" : "-", (int)roll(g, 14) + 1, lengths[unit][1])
                         : SAY(g, "(%s %s %d %s)", S(f->name), chance(g, 70) ? "+" : "-", (int)roll(g, 14) + 1, lengths[unit][0]);
        if (chance(g, 15)) left = SAY(g, "%s(%s)", W("moved_to_workday", "顺延"), S(left));
        if (!g->zh && chance(g, 8)) return SAY(g, "month of %s %s %d", S(f->name), comparison(g), (int)roll(g, 12) + 1);
        if (!g->zh && chance(g, 4)) return SAY(g, "year of %s %s %d", S(f->name), comparison(g), 2005 + (int)roll(g, 4));
        if (chance(g, 25)) return SAY(g, "%s(%s) %s %d", W("month", "月份"), S(f->name), comparison(g), (int)roll(g, 12) + 1);
        if (chance(g, 8)) return SAY(g, "%s(%s) %s %d", W("year", "年份"), S(f->name), comparison(g), 2005 + (int)roll(g, 4));
        if (chance(g, 8)) return SAY(g, "%s(%s) %s %d", W("day", "日"), S(f->name), comparison(g), (int)roll(g, 31) + 1);
        if (g->has_period && chance(g, 25)) v = text_of(chance(g, 50) ? W("period.start", "考核期.起") : W("period.end", "考核期.止"));
        else if (g->has_period && chance(g, 20)) v = SAY(g, "%s(%d%s%d)", W("day", "日"), (int)roll(g, 12) + 1, W(", ", "，"), (int)roll(g, 28) + 1);
        return SAY(g, "%s %s %s", S(left), comparison(g), S(v));
    }
    case G_COUNT:
    case G_NUMBER:
    case G_PERCENT:
    case G_REF:
    case G_ITEM:
    case G_UNIT: break;
    }
    return SAY(g, "%s %s %s", S(f->name), comparison(g), S(v));
}

static struct text quantifier(struct gen *g, const struct gscope *s, int depth)
{
    struct gtable *t = s->group ? s->group_table : pick_table(g, s);
    if (!t) return compare_numbers(g, s, depth);
    struct text rows = s->group ? text_of(W("group", "组")) : rows_text(g, t);
    struct gscope r = row_scope(s, t);
    static const char *const words[3][2] = {{"any", "有"}, {"every", "所有"}, {"no", "没有"}};
    int op = (int)roll(g, 3);
    if (op != 1 && chance(g, 15)) return SAY(g, "(%s %s)", W(words[op][0], words[op][1]), S(rows));
    return SAY(g, "(%s %s %s %s)", W(words[op][0], words[op][1]), S(rows), W("has", "符合"), S(gen_cond(g, &r, depth - 1)));
}

static struct text simple_cond(struct gen *g, const struct gscope *s, int depth)
{
    uint64_t kind = roll(g, 14);
    if (kind == 13) { /* whether a figure is known at all; a blank yes/no */
        bool whole;
        struct text of = chance(g, 50) ? of_blank(g, s, &whole) : TEXT_NONE;
        struct gfield *f = visible(g, s, 1 << G_BOOL);
        if (of.len) return SAY(g, "%s(%s)", W("known", "已填"), S(of));
        if (f && !is_known(s, f)) return SAY(g, "(%s %s %s)", S(f->name), W("default", "未填按"), chance(g, 50) ? W("yes", "是") : W("no", "否"));
    }
    if (kind == 12 && has_previous(g, s)) return previous_cond(g);
    if (kind == 0 && depth > 0) return quantifier(g, s, depth);
    if (kind == 1 && s->rankings && g->ranking_count && !s->own_only && !s->constant) {
        struct granking *r = &g->rankings[roll(g, (uint64_t)g->ranking_count)];
        const char *f = chance(g, 50) ? W("place", "名次") : W("from_last", "倒数名次");
        if (!r->by_total || s->total) {
            if (!r->partial) return SAY(g, "%s(%s) %s %d", f, S(r->name), comparison(g), (int)roll(g, 4) + 1);
            return SAY(g, "(%s(%s(%s)) %s %s(%s) %s %d)", W("known", "已填"), f, S(r->name), W("and", "且"), f,
                       S(r->name), comparison(g), (int)roll(g, 4) + 1);
        }
    }
    if (kind == 2 && s->grade && g->grade_count) {
        struct text v = g->grades[roll(g, (uint64_t)g->grade_count)];
        const char *grade = chance(g, 70) ? W("grade", "等次") : W("grade by score", "得分等次");
        if (chance(g, 30)) return SAY(g, "%s %s %s", grade, chance(g, 50) ? ">=" : "<", S(v));
        return SAY(g, "%s %s %s", grade, W("is", "为"), S(v));
    }
    if (kind == 3)
        for (int i = 0; i < g->figure_count && s->figures && !s->own_only && !s->constant; i++) {
            struct gname *n = g->figures[(size_t)i];
            if (n->table && n->table != s->table) continue;
            if (n->type == G_BOOL && chance(g, 50)) return n->name;
            if (n->type == G_TEXT && chance(g, 50)) return SAY(g, g->zh ? "%s 为 “%s”" : "%s is \"%s\"", S(n->name), S(n->texts[roll(g, 3)]));
            if (n->type == G_DATE && chance(g, 50)) return SAY(g, "%s %s %s", S(n->name), comparison(g), W("2007-06-30", "2007年6月30日"));
            if (n->type == G_LIST && chance(g, 50))
                return SAY(g, "%s %s %s", S(n->name), W("is", "为"), S(n->list->values[roll(g, (uint64_t)n->list->count)]));
        }
    if (kind < 8) {
        struct gfield *f = visible(g, s, 1 << G_BOOL | 1 << G_NA | 1 << G_LIST | 1 << G_TEXT | 1 << G_DATE);
        if (f && is_known(s, f)) return field_cond(g, s, f);
        if (f && chance(g, 40)) return SAY(g, chance(g, 50) ? "%s(%s)" : g->zh ? "未 %s(%s)" : "not %s(%s)", W("known", "已填"), S(f->name));
        if (f) return SAY(g, "(%s(%s) %s %s)", W("known", "已填"), S(f->name), W("and", "且"), S(field_cond(g, s, f)));
    }
    return compare_numbers(g, s, depth);
}

struct text gen_cond(struct gen *g, const struct gscope *s, int depth)
{
    if (depth <= 0 || chance(g, 65)) return simple_cond(g, s, depth);
    struct text a = gen_cond(g, s, depth - 1), b = gen_cond(g, s, depth - 1);
    switch (roll(g, 6)) {
    case 5:
        return SAY(g, "(%s %s %s (%s) %s (%s))", W("if", "若"), S(gen_cond(g, s, depth - 1)), W("then", "则"), S(a), W("else", "否则"), S(b));
    case 0:
    case 1: return SAY(g, "((%s) %s (%s))", S(a), W("and", "且"), S(b));
    case 2:
    case 3: return SAY(g, "((%s) %s (%s))", S(a), W("or", "或"), S(b));
    default: return SAY(g, "%s (%s)", W("not", "未"), S(a));
    }
}
