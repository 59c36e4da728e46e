/* Random lists, units and tables with their fields.
 *
 * In: what has been declared so far. Out: declarations, and what the data of each table has to look like.
 * Decision: each field keeps a pool of a few values, those at the ends of its range among them, from which the data and the
 * literals of rules are drawn. Cost: no cell is in the middle of nowhere.
 */
#include "generate.h"

/* ---- fields ---- */

struct glist *new_list(struct gen *g, bool named)
{
    struct glist *list = ARENA_NEW(g->arena, struct glist);
    list->count = (int)roll(g, 3) + 2;
    list->ordered = chance(g, 50);
    if (named) list->name = new_name(g, "list", "类");
    for (int i = 0; i < list->count; i++) {
        list->values[i] = new_name(g, "v", "值");
        if (chance(g, 30)) list->headings[i] = new_heading(g, "V", "价");
    }
    return list;
}

struct text quoted(struct gen *g, struct text t)
{
    return SAY(g, g->zh ? "“%s”" : "\"%s\"", S(t));
}

struct text list_text(struct gen *g, const struct glist *list)
{
    struct buffer text;
    buffer_init(&text, g->arena);
    for (int i = 0; i < list->count; i++) {
        if (i) buffer_put(&text, list->ordered ? " < " : W(", ", "，"));
        bool string = !list->name.len && chance(g, 10); /* a value may be written in quotation marks */
        buffer_text(&text, string ? quoted(g, list->values[i]) : list->values[i]);
        if (list->headings[i].len) buffer_print(&text, " %s", S(quoted(g, list->headings[i])));
    }
    return said(g, &text);
}

static void pool_number(struct gen *g, struct gfield *f, long low, long high, long step, int places, const char *unit)
{
    long span = (high - low) / step;
    for (int i = 0; i < 5; i++) {
        long n = i == 0 ? 0 : i == 1 ? span : (long)roll(g, (uint64_t)span + 1);
        if (i == 2 && span > 20) n = (long)roll(g, 4);
        struct text d = digits(g, low + n * step, places);
        f->pool[f->pools++] = SAY(g, "%s%s", S(d), unit);
    }
    f->nonneg = low >= 0;
    f->positive = low > 0;
    f->whole = places == 0;
}

struct text random_date(struct gen *g, int year)
{
    static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    int month = (int)roll(g, 12);
    int day = chance(g, 40) ? days[month] : (int)roll(g, (uint64_t)days[month]) + 1;
    return SAY(g, "%04d-%02d-%02d", year, month + 1, day);
}

/* The type of a field as the scheme says it; fills the pool. */
static struct text type_text(struct gen *g, struct gfield *f)
{
    static const char *const words[] = {"alpha", "beta", "gamma delta", "x,y", "一二"};
    switch (f->type) {
    case G_COUNT: {
        long low = chance(g, 40) ? 1 : 0, high = low + (chance(g, 50) ? 9 : 500);
        pool_number(g, f, low, high, 1, 0, "");
        if (low == 0 && chance(g, 30)) return text_of(W("count", "整数"));
        return SAY(g, g->zh ? "整数 %ld 至 %ld" : "count %ld to %ld", low, high);
    }
    case G_NUMBER: {
        int places = (int)roll(g, 3);
        long scale = places == 0 ? 1 : places == 1 ? 10 : 100;
        long low = chance(g, 20) ? -10 * scale : chance(g, 30) ? scale : 0, high = chance(g, 50) ? 100 * scale : 12 * scale;
        long step = places == 0 ? 1 : chance(g, 50) ? 1 : scale / 2;
        pool_number(g, f, low, high, step, places, "");
        return SAY(g, g->zh ? "数值 %s 至 %s 步长 %s" : "number %s to %s step %s", S(digits(g, low, places)),
                   S(digits(g, high, places)), S(digits(g, step, places)));
    }
    case G_PERCENT:
        pool_number(g, f, 0, 100, chance(g, 50) ? 1 : 5, 0, "%");
        f->whole = false;
        return SAY(g, g->zh ? "百分比 0%% 至 100%%" : "percent 0%% to 100%%");
    case G_BOOL:
        f->pool[0] = text_of(W("yes", "是"));
        f->pool[1] = text_of(W("no", "否"));
        f->pools = 2;
        return text_of(W("yes/no", "是否"));
    case G_NA:
        f->pool[0] = text_of(W("yes", "是"));
        f->pool[1] = text_of(W("no", "否"));
        f->pool[2] = text_of(W("na", "不涉及"));
        f->pools = 3;
        return text_of(W("yes/no/na", "是否不涉及"));
    case G_LIST:
        f->list = g->list_count && chance(g, 60) ? g->lists[roll(g, (uint64_t)g->list_count)] : new_list(g, false);
        for (int i = 0; i < f->list->count; i++) f->pool[f->pools++] = f->list->values[i];
        if (f->list->name.len) return f->list->name;
        return SAY(g, "%s %s", W("one of", "取值"), S(list_text(g, f->list)));
    case G_TEXT:
        for (int i = 0; i < 4; i++) f->pool[f->pools++] = text_of(words[roll(g, 5)]);
        return text_of(W("text", "文字"));
    case G_DATE:
        for (int i = 0; i < 5; i++) f->pool[f->pools++] = random_date(g, i < 3 ? 2007 : 2005 + (int)roll(g, 4));
        return text_of(W("date", "日期"));
    case G_REF: return f->target->name;
    case G_ITEM: return text_of(W("item", "项目")); /* its pool is known when the parts are */
    case G_UNIT: return text_of(W("unit", "考核对象"));
    }
    return TEXT_NONE;
}

static struct gfield *say_field(struct gen *g, struct gtable *t, enum gtype type, bool key)
{
    struct gfield *f = ARENA_NEW(g->arena, struct gfield);
    f->name = new_name(g, "f", "栏");
    f->type = type;
    if (chance(g, 40)) f->heading = new_heading(g, "Head", "抬头");
    if (type == G_REF) {
        for (int i = 1; i < g->table_count; i++)
            if (g->tables[i]->key && !g->tables[i]->calendar && (g->tables[i]->for_all || g->tables[i]->parent == NULL)) f->target = g->tables[i];
        if (!f->target || t == f->target) f->type = G_BOOL;
    }
    struct text words = type_text(g, f);
    f->key = key;
    f->optional = !key && t->field_count > 1 && chance(g, 15) && type != G_REF && type != G_ITEM;
    struct text where = TEXT_NONE;
    struct gfield *when = chance(g, 8) && !key && type != G_REF && type != G_ITEM && type != G_UNIT ? pick_field(g, t, 1 << G_BOOL | 1 << G_LIST) : NULL;
    if (when && !when->optional && !when->computed) {
        f->when = when;
        f->when_value = when->type == G_BOOL ? text_of(W("yes", "是")) : when->pool[0];
        f->applies = chance(g, 40);
        where = SAY(g, " %s %s", f->applies ? W("applies if", "适用 若") : W("only when", "仅当"), S(when->name));
        if (when->type == G_LIST) where = SAY(g, "%s %s %s", S(where), W("is", "为"), S(f->when_value));
    }
    buffer_print(&g->out, "  %s", S(f->name));
    if (f->heading.len) buffer_print(&g->out, " %s", S(quoted(g, f->heading)));
    buffer_print(&g->out, " %s%s%s%s%s%s", S(words), key ? " " : "", key ? W("key", "主键") : "", f->optional ? " " : "",
                 f->optional ? W("optional", "可空") : "", S(where));
    say_end(g);
    f->always = !f->optional;
    if (f->when) f->optional = true; /* to be guarded like an optional one */
    if (t->field_count < MOST_FIELDS) t->fields[t->field_count++] = f;
    return f;
}

static enum gtype any_type(struct gen *g)
{
    static const enum gtype types[] = {G_COUNT, G_COUNT, G_NUMBER, G_NUMBER, G_PERCENT, G_BOOL, G_BOOL, G_NA,
                                       G_LIST,  G_LIST,  G_TEXT,   G_DATE,   G_REF,    G_ITEM};
    return types[roll(g, sizeof types / sizeof *types)];
}

/* Two numbers of one range, the first at most the second; their quotient. */
static void say_pair(struct gen *g, struct gtable *t)
{
    if (t->field_count + 3 > MOST_FIELDS) return;
    struct gfield *a = say_field(g, t, G_COUNT, false), *b = say_field(g, t, G_COUNT, false);
    if (a->optional || b->optional) return;
    b->at_most = NULL;
    a->at_most = b;
    if (has_readings(g)) { /* nothing would fulfil it, were it there */
        buffer_print(&g->out, "  %s %s > %s + 1", W("must", "须"), S(a->name), S(b->name));
        say_not_taken(g);
    }
    buffer_print(&g->out, "  %s %s <= %s", W("must", "须"), S(a->name), S(b->name));
    say_end(g);
}

static void say_computed(struct gen *g, struct gtable *t)
{
    struct gscope s = {.table = t, .own_only = true};
    struct gfield *f = ARENA_NEW(g->arena, struct gfield);
    if (t->field_count >= MOST_FIELDS) return;
    bool condition = chance(g, 25);
    struct gx e = {TEXT_NONE, false, false, false};
    if (condition) e.t = gen_cond(g, &s, 1);
    else e = gen_number(g, &s, 2);
    *f = (struct gfield){.name = new_name(g, "c", "算"), .type = condition ? G_BOOL : G_NUMBER, .computed = true, .whole = e.whole,
                         .nonneg = e.nonneg, .positive = e.positive};
    f->pool[0] = condition ? text_of(W("yes", "是")) : TEXT("1");
    f->pool[1] = condition ? text_of(W("no", "否")) : TEXT("0.5");
    f->pools = 2;
    buffer_print(&g->out, "  %s", S(f->name));
    if (chance(g, 30)) buffer_print(&g->out, " %s", S(quoted(g, new_heading(g, "calc", "算"))));
    buffer_print(&g->out, " = %s", S(e.t));
    say_end(g);
    t->fields[t->field_count++] = f;
}

/* ---- tables ---- */

void say_unit(struct gen *g)
{
    struct gtable *t = ARENA_NEW(g->arena, struct gtable);
    g->tables[g->table_count++] = t;
    t->name = new_name(g, "u", "单位");
    if (chance(g, 30)) t->heading = new_heading(g, "Units", "各单位");
    buffer_print(&g->out, "%s %s", W("unit", "考核对象"), S(t->name));
    if (t->heading.len) buffer_print(&g->out, " %s", S(quoted(g, t->heading)));
    say_end(g);
    t->key = say_field(g, t, G_TEXT, chance(g, 50));
    t->key->optional = false;
    for (int n = (int)roll(g, 6) + 3; n > 0; n--) {
        enum gtype type = any_type(g);
        say_field(g, t, type == G_REF || type == G_ITEM ? G_BOOL : type, false);
    }
    if (chance(g, 30)) say_pair(g, t);
    if (chance(g, 30)) say_computed(g, t);
    if (g->assessed.len) {
        struct gfield *f = ARENA_NEW(g->arena, struct gfield);
        *f = (struct gfield){.name = g->assessed, .type = G_BOOL, .always = true};
        f->pool[0] = f->pool[1] = f->pool[2] = text_of(W("yes", "是"));
        f->pool[3] = text_of(W("no", "否"));
        f->pools = 4;
        if (t->field_count == MOST_FIELDS) t->field_count--;
        t->fields[t->field_count++] = f;
        buffer_print(&g->out, "  %s %s\n", S(g->assessed), W("yes/no", "是否"));
    }
}

/* A table whose rows name the units they belong to. */
void say_roles(struct gen *g)
{
    struct gtable *t = ARENA_NEW(g->arena, struct gtable);
    t->name = new_name(g, "e", "事");
    t->roles = true;
    buffer_print(&g->out, "%s %s\n", W("table", "表"), S(t->name));
    g->tables[g->table_count++] = t;
    for (int n = (int)roll(g, 2) + 1; n > 0; n--) {
        struct gfield *f = say_field(g, t, G_UNIT, false);
        (void)f;
    }
    for (int n = (int)roll(g, 4) + 1; n > 0; n--) {
        enum gtype type = any_type(g);
        say_field(g, t, type == G_REF || type == G_ITEM ? G_COUNT : type, false);
    }
    if (chance(g, 40)) say_computed(g, t);
    buffer_char(&g->out, '\n');
}

void say_table(struct gen *g, bool for_all, struct gtable *parent)
{
    struct gtable *t = ARENA_NEW(g->arena, struct gtable);
    t->name = new_name(g, "t", "表");
    t->for_all = for_all;
    t->parent = parent;
    if (chance(g, 30)) t->heading = new_heading(g, "Table", "各表");
    struct text by = TEXT_NONE;
    bool from = false;
    buffer_print(&g->out, "%s %s", W("table", "表"), S(t->name));
    if (t->heading.len) buffer_print(&g->out, " %s", S(quoted(g, t->heading)));
    if (parent) buffer_print(&g->out, " %s %s", W("of", "属"), S(parent->name));
    if (for_all) buffer_print(&g->out, " %s", W("for all", "全体共用"));
    else if (g->has_period && chance(g, 50)) {
        by = new_name(g, "day", "日");
        buffer_print(&g->out, " %s %s", W("by", "按"), S(by));
        from = chance(g, 15);
        if (from) buffer_print(&g->out, " %s %s", W("from", "自"), chance(g, 50) ? W("2005-07-01", "2005年7月1日") : W("period.start - 18 months", "考核期.起 - 18个月"));
    }
    if (!for_all && chance(g, 40)) {
        t->at_least = (int)roll(g, 6) + 1;
        buffer_print(&g->out, g->zh ? "，不少于 %d次" : ", at least %d", t->at_least);
    }
    say_end(g);
    if (by.len) {
        struct gfield *f = ARENA_NEW(g->arena, struct gfield);
        f->name = by;
        f->type = G_DATE;
        for (int i = 0; i < 5; i++) f->pool[f->pools++] = random_date(g, 2007);
        f->pool[0] = chance(g, 50) ? TEXT("2007-12-31") : TEXT("2007-01-01");
        f->pool[f->pools++] = random_date(g, 2008); /* after the period */
        if (from) f->pool[f->pools++] = TEXT("2005-07-01");
        else if (g->carries) f->pool[f->pools++] = TEXT("2006-07-01");
        t->by = t->fields[t->field_count++] = f;
        buffer_print(&g->out, "  %s %s\n", S(by), W("date", "日期"));
    }
    g->tables[g->table_count++] = t;
    if (for_all || chance(g, 35)) {
        t->key = say_field(g, t, G_TEXT, true);
        if (for_all) say_field(g, t, G_NUMBER, false)->optional = false;
    }
    for (int n = (int)roll(g, 5) + 1; n > 0; n--) {
        enum gtype type = any_type(g);
        say_field(g, t, for_all && (type == G_REF || type == G_ITEM) ? G_COUNT : type, false);
    }
    if (!for_all && chance(g, 35)) say_pair(g, t);
    if (!for_all && chance(g, 50)) say_computed(g, t);
    buffer_char(&g->out, '\n');
}

/* The calendar of working days, a table that the language knows by its name. */
void say_calendar(struct gen *g)
{
    struct gtable *t = ARENA_NEW(g->arena, struct gtable);
    struct gfield *day = ARENA_NEW(g->arena, struct gfield), *works = ARENA_NEW(g->arena, struct gfield);
    *t = (struct gtable){.name = text_of(W("workday_calendar", "工作日历")), .for_all = true, .key = day, .field_count = 2, .calendar = true};
    *day = (struct gfield){.name = text_of(W("day", "日子")), .type = G_DATE, .key = true, .always = true};
    *works = (struct gfield){.name = text_of(W("works", "上班")), .type = G_BOOL, .always = true};
    day->pool[day->pools++] = TEXT("2007-10-01");
    works->pool[0] = text_of(W("yes", "是"));
    works->pool[1] = text_of(W("no", "否"));
    works->pools = 2;
    t->fields[0] = day;
    t->fields[1] = works;
    g->tables[g->table_count++] = t;
    buffer_print(&g->out, g->zh ? "表 工作日历 全体共用\n  日子 日期 主键\n  上班 是否\n\n" : "table workday_calendar for all\n  day date key\n  works yes/no\n\n");
}

/* Results of other runs, as a table that the language knows the columns of. */
void say_results(struct gen *g)
{
    static const struct {
        const char *english, *chinese;
        enum gtype type;
        const char *pool[5];
    } COLUMNS[] = {{"period", "考核期", G_DATE, {"2006-12-01", "2006-11-01", "2007-01-01", "2007-12-31", "2005-12-31"}},
                   {"total", "总分", G_NUMBER, {"0", "59.5", "60", "100", "7.25"}},
                   {"grade", "等次", G_TEXT, {"alpha", "beta", "alpha", "beta", "alpha"}},
                   {"place", "名次", G_COUNT, {"1", "2", "3", "4", "12"}},
                   {"from_last", "倒数名次", G_COUNT, {"1", "2", "3", "4", "12"}}};
    struct gtable *t = ARENA_NEW(g->arena, struct gtable);
    t->name = new_name(g, "m", "往");
    t->results = true;
    g->results_count++;
    for (int c = 0; c < 5; c++) {
        struct gfield *f = ARENA_NEW(g->arena, struct gfield);
        f->name = text_of(W(COLUMNS[c].english, COLUMNS[c].chinese));
        f->heading = text_of(W(COLUMNS[c].chinese, COLUMNS[c].english));
        f->type = COLUMNS[c].type;
        f->optional = c > 0;
        f->always = c == 0;
        f->nonneg = f->whole = f->type == G_COUNT;
        for (int i = 0; i < 5; i++) f->pool[f->pools++] = text_of(COLUMNS[c].pool[i]);
        if (c == 0) { /* several of one day; those after the period wait */
            f->pool[f->pools++] = chance(g, 50) ? TEXT("2006-12-01") : TEXT("2008-01-01");
            f->pool[f->pools++] = SAY(g, "2007-%02d-01", (int)roll(g, 12) + 1);
            f->pool[f->pools++] = SAY(g, "2007-%02d-01", (int)roll(g, 12) + 1);
            t->by = f;
        }
        for (int i = 0; c == 1 && i < 2; i++) f->pool[f->pools++] = TEXT("-3.5");
        for (int i = 0; c == 2 && i < g->grade_count && i < 4; i++) f->pool[chance(g, 50) ? i : 0] = g->grades[i];
        t->fields[t->field_count++] = f;
    }
    buffer_print(&g->out, g->zh ? "引用结果 “月考%d” 作为 %s" : "use results of \"month %d\" as %s", g->names++, S(t->name));
    say_end(g);
    g->tables[g->table_count++] = t;
}

void say_view(struct gen *g)
{
    struct gtable *base = g->tables[roll(g, (uint64_t)g->table_count - 1) + 1];
    if (base->for_all || base->roles) return;
    struct gtable *v = &g->views[g->view_count];
    struct gscope r = {.table = base};
    v->name = new_name(g, "w", "选");
    v->fields[0] = base->fields[0];
    v->field_count = 1;
    struct text of = base->name;
    for (int i = 0; i < g->view_count; i++)
        if (g->views[i].fields[0] == base->fields[0] && chance(g, 60)) of = g->views[i].name;
    if (has_readings(g)) {
        buffer_print(&g->out, "%s %s = %s", W("view", "选取"), S(v->name), S(base->name));
        say_not_taken(g);
    }
    buffer_print(&g->out, "%s %s", W("view", "选取"), S(v->name));
    say_heading(g);
    buffer_print(&g->out, " = %s", S(of));
    if (chance(g, 70)) buffer_print(&g->out, " %s %s", W("where", "其中"), S(gen_cond(g, &r, 1)));
    struct gfield *f = pick_field(g, base, 1 << G_LIST | 1 << G_TEXT | 1 << G_COUNT);
    struct gfield *e = pick_field(g, base, 1 << G_NUMBER | 1 << G_COUNT);
    if (f && e && !f->optional && !e->optional && chance(g, 60))
        buffer_print(&g->out, "%s%s %s %s %s", W(", ", "，"), W("once per", "同一"), S(f->name), W("at highest", "取最高"), S(e->name));
    say_end(g);
    g->view_count++;
}
