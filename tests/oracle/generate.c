/* Random declarations, and the scheme as a whole.
 *
 * In: a seed. Out: a scheme's text, and in `struct gen` what its data has to look like.
 * Decision: a declaration is remembered as it is said, so that what follows can use it and the data fits it. Cost: the
 * generator keeps its own small picture of the language's types.
 */
#include "generate.h"

/* ---- fields ---- */

static struct glist *new_list(struct gen *g, bool named)
{
    struct glist *list = ARENA_NEW(g->arena, struct glist);
    list->count = (int)roll(g, 3) + 2;
    list->ordered = chance(g, 50);
    if (named) list->name = new_name(g, "list", "类");
    for (int i = 0; i < list->count; i++) {
        list->values[i] = new_name(g, "v", "值");
        if (chance(g, 30)) list->headings[i] = SAY(g, "V %d", g->names++);
    }
    return list;
}

static struct text quoted(struct gen *g, struct text t)
{
    return SAY(g, g->zh ? "“%s”" : "\"%s\"", S(t));
}

static struct text list_text(struct gen *g, const struct glist *list)
{
    struct buffer text;
    buffer_init(&text, g->arena);
    for (int i = 0; i < list->count; i++) {
        if (i) buffer_put(&text, list->ordered ? " < " : W(", ", "，"));
        buffer_text(&text, list->values[i]);
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

static struct text random_date(struct gen *g, int year)
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
    if (chance(g, 40)) f->heading = SAY(g, "%s %d", W("Head", "抬头"), g->names++);
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
    if (chance(g, 30)) buffer_print(&g->out, " %s", S(quoted(g, SAY(g, "calc %d", g->names++))));
    buffer_print(&g->out, " = %s", S(e.t));
    say_end(g);
    t->fields[t->field_count++] = f;
}

/* ---- tables ---- */

static void say_unit(struct gen *g)
{
    struct gtable *t = ARENA_NEW(g->arena, struct gtable);
    g->tables[g->table_count++] = t;
    t->name = new_name(g, "u", "单位");
    if (chance(g, 30)) t->heading = SAY(g, "Units %d", g->names++);
    buffer_print(&g->out, "%s %s", W("unit", "考核对象"), S(t->name));
    if (t->heading.len) buffer_print(&g->out, " %s", S(quoted(g, t->heading)));
    buffer_char(&g->out, '\n');
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
static void say_roles(struct gen *g)
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

static void say_table(struct gen *g, bool for_all, struct gtable *parent)
{
    struct gtable *t = ARENA_NEW(g->arena, struct gtable);
    t->name = new_name(g, "t", "表");
    t->for_all = for_all;
    t->parent = parent;
    if (chance(g, 30)) t->heading = SAY(g, "Table %d", g->names++);
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
static void say_calendar(struct gen *g)
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
static void say_results(struct gen *g)
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

static void say_view(struct gen *g)
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
    buffer_print(&g->out, "%s %s = %s", W("view", "选取"), S(v->name), S(of));
    if (chance(g, 70)) buffer_print(&g->out, " %s %s", W("where", "其中"), S(gen_cond(g, &r, 1)));
    struct gfield *f = pick_field(g, base, 1 << G_LIST | 1 << G_TEXT | 1 << G_COUNT);
    struct gfield *e = pick_field(g, base, 1 << G_NUMBER | 1 << G_COUNT);
    if (f && e && !f->optional && !e->optional && chance(g, 60))
        buffer_print(&g->out, "%s%s %s %s %s", W(", ", "，"), W("once per", "同一"), S(f->name), W("at highest", "取最高"), S(e->name));
    say_end(g);
    g->view_count++;
}

/* ---- figures ---- */

static void add_figure(struct gen *g, struct gname figure)
{
    if (g->figure_count == MOST_NAMES) return;
    g->figures[g->figure_count] = ARENA_NEW(g->arena, struct gname);
    *g->figures[g->figure_count++] = figure;
}

static void say_let(struct gen *g)
{
    struct gscope s = {.figures = true, .rankings = true, .constant = chance(g, 25)};
    bool condition = !s.constant && chance(g, 15);
    struct gfield *date = chance(g, 15) ? pick_field(g, g->tables[0], 1 << G_DATE) : NULL;
    if (date && !date->optional) {
        struct gname when = {.name = new_name(g, "d", "期"), .type = G_DATE};
        const char *units[] = {W("days", "天"), W("months", "个月"), W("years", "年"), W("workdays", "个工作日")};
        buffer_print(&g->out, "%s %s = %s %s %d%s%s\n", W("let", "设"), S(when.name), S(date->name), chance(g, 70) ? "+" : "-", (int)roll(g, 40),
                     g->zh ? "" : " ", units[roll(g, 4)]);
        add_figure(g, when);
        return;
    }
    struct gname n = {.name = new_name(g, "x", "数"), .type = condition ? G_BOOL : G_NUMBER, .constant = s.constant};
    struct gx e = {TEXT_NONE, false, false, false};
    if (condition) e.t = gen_cond(g, &s, 2);
    else e = gen_number(g, &s, 3);
    n.whole = e.whole, n.nonneg = e.nonneg, n.positive = e.positive;
    buffer_print(&g->out, "%s %s", W("let", "设"), S(n.name));
    if (chance(g, 20)) buffer_print(&g->out, " %s", S(quoted(g, SAY(g, "figure %d", g->names++))));
    buffer_print(&g->out, " = %s", S(e.t));
    if (g->question.len && !condition && chance(g, 25)) { /* a line for each reading */
        for (int i = 0; i < g->answer_count; i++) {
            struct gx other = i ? gen_number(g, &s, 1) : e;
            n.whole &= other.whole, n.nonneg &= other.nonneg, n.positive &= other.positive;
            if (i) buffer_print(&g->out, "\n%s %s = %s", W("let", "设"), S(n.name), S(other.t));
            buffer_print(&g->out, " %s %s %s %s", W("when", "当"), S(g->question), W("is", "为"), S(g->answers[i]));
        }
        buffer_char(&g->out, '\n');
    } else {
        say_end(g);
    }
    add_figure(g, n);
}

/* `never`: under a reading that is not taken. */
static void say_case(struct gen *g, struct text value, struct text cond, bool never)
{
    if (g->zh ? chance(g, 80) : chance(g, 20)) buffer_print(&g->out, "  %s %s%s%s", W("if", "若"), S(cond), W(": ", "："), S(value));
    else buffer_print(&g->out, "  %s %s %s", S(value), W("if", "若"), S(cond));
    if (never) say_not_taken(g);
    else say_end(g);
}

static void say_choose(struct gen *g)
{
    struct gname n = {.name = new_name(g, "k", "判"), .type = chance(g, 40) ? G_LIST : chance(g, 15) ? G_TEXT : G_NUMBER, .whole = true, .nonneg = true, .positive = true};
    struct gscope s = {.figures = true, .rankings = true};
    if (chance(g, 30)) n.table = pick_table(g, &s);
    if (n.table) s = row_scope(&s, n.table);
    buffer_print(&g->out, "%s %s", W("choose", "判定"), S(n.name));
    if (n.table) buffer_print(&g->out, " %s %s", W("in", "于"), S(n.table->name));
    say_end(g);
    int lines = (int)roll(g, 3) + 1;
    if (n.type == G_LIST) {
        n.list = ARENA_NEW(g->arena, struct glist);
        n.list->ordered = true;
    }
    for (int i = 0; i <= lines; i++) {
        struct text value;
        if (i == lines && chance(g, g->open_rich ? 60 : 12)) break; /* may be open */
        if (i == lines && chance(g, g->open_rich ? 60 : 15)) {
            buffer_print(&g->out, g->zh ? "  待定 “未写%d”\n" : "  undecided \"not said %d\"\n", (int)roll(g, 9));
            break;
        }
        if (n.type == G_LIST) {
            if (n.list->count && (n.list->count == MOST_VALUES || chance(g, 20))) value = n.list->values[roll(g, (uint64_t)n.list->count)];
            else {
                value = n.list->values[n.list->count++] = new_name(g, "a", "为");
                if (chance(g, 30)) value = SAY(g, "%s %s", S(value), S(quoted(g, SAY(g, g->zh ? "case%d" : "情形%d", g->names++))));
            }
        } else if (n.type == G_TEXT) {
            n.texts[i % 3] = SAY(g, "w%d", (int)roll(g, 4));
            value = quoted(g, n.texts[i % 3]);
        } else {
            struct gx e = gen_number(g, &s, chance(g, 70) ? 0 : 1);
            n.whole &= e.whole, n.nonneg &= e.nonneg, n.positive &= e.positive;
            value = e.t;
        }
        if (has_readings(g)) say_case(g, value, gen_cond(g, &s, 1), true);
        if (i < lines) {
            say_case(g, value, gen_cond(g, &s, 1), false);
        } else {
            buffer_print(&g->out, "  %s %s", W("otherwise", "其余"), S(value));
            say_end(g);
        }
    }
    buffer_char(&g->out, '\n');
    add_figure(g, n);
}

/* A field of a list somewhere; its list is the axis. */
static struct gfield *axis(struct gen *g)
{
    for (int tries = 0; tries < 8; tries++) {
        struct gtable *t = g->tables[roll(g, (uint64_t)g->table_count)];
        struct gfield *f = pick_field(g, t, 1 << G_LIST | 1 << G_BOOL);
        if (f && !f->computed && !f->optional) return f;
    }
    return NULL;
}

static void say_grid(struct gen *g)
{
    struct gfield *down = axis(g), *across = axis(g);
    if (!down || !across || down == across) return;
    struct ggrid *grid = &g->grids[g->grid_count++];
    *grid = (struct ggrid){new_name(g, "g", "格"), down->list, across->list};
    buffer_print(&g->out, "%s %s %s %s%s%s", W("grid", "对照表"), S(grid->name), W("by", "按"), S(down->name), W(", ", "，"),
                 S(across->name));
    say_end(g);
    buffer_char(&g->out, ' ');
    int rows = down->list ? down->list->count : 2, columns = across->list ? across->list->count : 2;
    for (int c = 0; c < columns; c++) buffer_print(&g->out, " %s", S(across->list ? across->list->values[c] : text_of(c ? W("no", "否") : W("yes", "是"))));
    for (int r = 0; r < rows; r++) {
        buffer_print(&g->out, "\n  %s", S(down->list ? down->list->values[r] : text_of(r ? W("no", "否") : W("yes", "是"))));
        for (int c = 0; c < columns; c++) buffer_print(&g->out, " %s", S(digits(g, (long)roll(g, 100), 1)));
    }
    buffer_put(&g->out, "\n\n");
}

static struct gfield *class_field(struct gen *g)
{
    struct gfield *f = pick_field(g, g->tables[0], 1 << G_LIST | 1 << G_BOOL);
    return f && !f->optional && !f->computed ? f : NULL;
}

static void say_ranking(struct gen *g, bool by_total)
{
    if (g->ranking_count == 4) return;
    struct gscope s = {.figures = true};
    struct granking r = {new_name(g, "r", "名"), false, by_total};
    struct text e = by_total ? text_of(W("total", "总分")) : gen_number(g, &s, 2).t;
    struct gfield *f = by_total ? NULL : pick_field(g, g->tables[0], 1 << G_DATE | 1 << G_LIST);
    if (f && !f->optional && (f->type == G_DATE || f->list->ordered) && chance(g, 30)) e = f->name;
    if (by_total && g->grade_count && chance(g, 10)) e = text_of(W("grade", "等次"));
    struct gfield *within = chance(g, 30) ? class_field(g) : NULL;
    if (has_readings(g)) {
        buffer_print(&g->out, "%s %s %s 1 %s", W("ranking", "排名"), S(r.name), W("by", "按"), W("lowest first", "从低到高"));
        say_not_taken(g);
    }
    buffer_print(&g->out, "%s %s %s %s", W("ranking", "排名"), S(r.name), W("by", "按"), S(e));
    if (within) buffer_print(&g->out, " %s %s", W("within", "分组按"), S(within->name));
    buffer_print(&g->out, " %s", chance(g, 70) ? W("highest first", "从高到低") : W("lowest first", "从低到高"));
    if (chance(g, 30))
        buffer_print(&g->out, " %s %s%s", W("then by", "再按"), S(gen_number(g, &s, 1).t),
                     chance(g, 50) ? "" : W(" lowest first", " 从低到高"));
    if (chance(g, 25)) {
        buffer_print(&g->out, " %s %s", W("where", "其中"), S(gen_cond(g, &s, 1)));
        r.partial = true;
    }
    say_end(g);
    g->rankings[g->ranking_count++] = r;
}

/* A question, known from the start: any line may be kept to a reading. */
static void new_question(struct gen *g)
{
    g->question = new_name(g, "q", "问");
    g->answer_count = (int)roll(g, 2) + 2;
    g->taken = (int)roll(g, (uint64_t)g->answer_count);
    for (int i = 0; i < g->answer_count; i++) g->answers[i] = new_name(g, "y", "解");
}

static void say_question(struct gen *g)
{
    buffer_print(&g->out, "%s %s", W("question", "疑义"), S(g->question));
    if (chance(g, 40)) buffer_print(&g->out, " %s", S(quoted(g, SAY(g, g->zh ? "asked%d" : "何问%d", g->names++))));
    buffer_put(&g->out, g->zh ? " “何解” 取值 " : " \"which\" one of ");
    for (int i = 0; i < g->answer_count; i++) buffer_print(&g->out, "%s%s", i ? W(", ", "，") : "", S(g->answers[i]));
    buffer_print(&g->out, " %s %s", W("take", "采用"), S(g->answers[g->taken]));
    if (chance(g, 40)) buffer_print(&g->out, " %s", W("by \"J1\"", "由 “J1”"));
    if (chance(g, 30)) buffer_print(&g->out, g->zh ? " 依据 “%d”" : " source \"%d\"", (int)roll(g, 9) + 1);
    buffer_char(&g->out, '\n');
    if (chance(g, 50)) return;
    g->second = new_name(g, "q", "问");
    for (int i = 0; i < 2; i++) g->second_answers[i] = new_name(g, "y", "解");
    buffer_print(&g->out, g->zh ? "疑义 %s “又何解” 取值 %s，%s 采用 %s\n" : "question %s \"and which\" one of %s, %s take %s\n",
                 S(g->second), S(g->second_answers[0]), S(g->second_answers[1]), S(g->second_answers[roll(g, 2)]));
}

/* ---- grades and outcomes ---- */

static void say_grades(struct gen *g)
{
    int threshold = 60 + (int)roll(g, 35);
    buffer_print(&g->out, "%s", W("grades", "等次"));
    say_end(g);
    for (int i = 0; i < g->grade_count; i++) {
        bool last = i + 1 == g->grade_count;
        if (has_readings(g)) {
            buffer_print(&g->out, "  %s %s 1", S(g->grades[i]), W("from", "自"));
            say_not_taken(g);
        }
        buffer_print(&g->out, "  %s", S(g->grades[i]));
        if (chance(g, 30)) buffer_print(&g->out, " %s", S(quoted(g, SAY(g, "%s%d", W("Grade ", "等"), i + 1))));
        int high = threshold, low = threshold - 1 - (int)roll(g, 20);
        if (last && chance(g, 80)) {
            buffer_print(&g->out, " %s", W("otherwise", "其余"));
            say_end(g);
            break;
        }
        if (i > 0 && chance(g, 20)) {
            buffer_print(&g->out, " %d %s %d", low, W("to", "至"), chance(g, 50) ? high : high - 1 > low ? high - 1 : high);
        } else if (g->zh && chance(g, 30)) {
            buffer_print(&g->out, " %d分以上", i == 0 ? high : low);
        } else {
            buffer_print(&g->out, " %s %d", W("from", "自"), i == 0 ? high : low);
        }
        threshold = i == 0 ? high : low;
        if (!last && chance(g, 35)) {
            struct gfield *within = chance(g, 30) ? class_field(g) : NULL;
            if (chance(g, 70)) buffer_print(&g->out, "%s%s %d%%", W(", ", "，"), W("at most", "不超过"), (int)roll(g, 70) + 5);
            else buffer_print(&g->out, "%s%s %d", W(", ", "，"), W("at most", "不超过"), (int)roll(g, 4));
            if (within) buffer_print(&g->out, " %s %s", W("within", "分组按"), S(within->name));
        }
        say_end(g);
    }
    buffer_char(&g->out, '\n');
}

/* due and to: what they say stands in the explanation alone. */
static void say_outcome(struct gen *g, struct text name, struct gscope s)
{
    const char *form = g->zh ? "结果运用 %s “后果%d” 若 %s" : "outcome %s \"result %d\" if %s";
    int heading = g->names++;
    struct gfield *date = chance(g, 20) ? pick_field(g, g->tables[0], 1 << G_DATE) : NULL;
    if (has_readings(g)) {
        buffer_print(&g->out, form, S(name), heading, W("total > 0", "总分 > 0"));
        say_not_taken(g);
    }
    buffer_print(&g->out, form, S(name), heading, S(gen_cond(g, &s, 1)));
    if (date && !date->optional) buffer_print(&g->out, g->zh ? "，期限 %s + %d天" : ", due %s + %d days", S(date->name), (int)roll(g, 40));
    else if (chance(g, 15)) buffer_print(&g->out, g->zh ? "，期限 公布日 + %d个工作日" : ", due published + %d workdays", (int)roll(g, 10) + 1);
    if (chance(g, 15)) buffer_put(&g->out, W(", to \"J2\"", "，报送 “J2”"));
    say_end(g);
}

static void say_round(struct gen *g)
{
    static const char *const modes[4][2] = {{"half up", "四舍五入"}, {"half even", "四舍六入五成双"}, {"down", "舍去"}, {"up", "进一"}};
    int mode = (int)roll(g, 4), kind = (int)roll(g, 4);
    const char *word = W(modes[mode][0], modes[mode][1]);
    if (has_readings(g)) {
        buffer_put(&g->out, W("  round 0 places up", "  保留 0 位小数 进一"));
        say_not_taken(g);
    }
    if (kind == 0) return;
    int places = (int)roll(g, 4), total = (int)roll(g, 4);
    if (kind == 1 && chance(g, 40)) buffer_print(&g->out, "  %s", W("round exact", "保留 全部小数"));
    else if (kind < 3) buffer_print(&g->out, g->zh ? "  保留 %d 位小数 %s" : "  round %d places %s", places, word);
    else buffer_print(&g->out, g->zh ? "  保留 各项 %d 位小数，总分 %d 位小数 %s" : "  round parts %d places, total %d places %s", places, total, word);
    say_end(g);
}

struct text generate_scheme(struct gen *g, struct arena *arena, uint64_t seed)
{
    *g = (struct gen){.arena = arena, .state = seed * UINT64_C(0x2545F4914F6CDD1D) + 1};
    buffer_init(&g->out, arena);
    roll(g, 1);
    g->zh = chance(g, 50);
    g->risky = chance(g, 12);
    g->open_rich = chance(g, 10);
    g->has_period = chance(g, 85);
    if (chance(g, 30)) new_question(g);
    buffer_print(&g->out, g->zh ? "方案 “随机方案%llu”\n" : "scheme \"random %llu\"\n", (unsigned long long)seed);
    if (chance(g, 15)) {
        buffer_print(&g->out, g->zh ? "  版次 %d" : "  edition %d", 2007 + (int)roll(g, 9));
        say_end(g);
    }
    if (chance(g, 15)) {
        buffer_put(&g->out, W("  source \"Rules\"", "  依据 “办法”"));
        say_end(g);
    }
    g->carries = g->has_period && chance(g, 15);
    if (g->has_period) {
        buffer_print(&g->out, g->zh ? "  考核期 2007-01-01 至 2007-12-31%s" : "  period 2007-01-01 to 2007-12-31%s",
                     g->carries ? W(" carrying from 2006-07-01", "，结转自 2006-07-01") : "");
        say_end(g);
    }
    say_words(g);
    say_round(g);
    if (chance(g, 8)) {
        g->assessed = new_name(g, "in", "参评");
        buffer_print(&g->out, "  %s %s", W("applies if", "适用 若"), S(g->assessed));
        say_end(g);
    }
    buffer_char(&g->out, '\n');
    for (int n = (int)roll(g, 3); n > 0; n--) {
        struct glist *list = g->lists[g->list_count++] = new_list(g, true);
        buffer_print(&g->out, g->zh ? "值表 %s 取值 %s" : "values %s one of %s", S(list->name), S(list_text(g, list)));
        say_end(g);
    }
    if (chance(g, 60))
        for (g->grade_count = 0; g->grade_count < 2 + (int)(seed % 3); g->grade_count++)
            g->grades[g->grade_count] = new_name(g, "grade", "等");
    say_unit(g);
    buffer_char(&g->out, '\n');
    if (chance(g, 50)) say_table(g, true, NULL);
    for (int n = (int)roll(g, 3) + 1; n > 0; n--) say_table(g, false, NULL);
    for (int i = 1; i < g->table_count && g->table_count < MOST_TABLES; i++)
        if (g->tables[i]->key && !g->tables[i]->for_all && chance(g, g->tables[i]->parent ? 40 : 70)) say_table(g, false, g->tables[i]);
    if (g->table_count < MOST_TABLES && chance(g, 25)) say_roles(g);
    if (g->table_count < MOST_TABLES && chance(g, 10)) say_calendar(g);
    for (int n = chance(g, 20) ? 1 + (int)chance(g, 20) : 0; n > 0 && g->table_count < MOST_TABLES; n--) say_results(g);
    for (int n = (int)roll(g, 4) - 1; n > 0; n--) say_view(g);
    if (g->question.len) say_question(g);
    for (int n = (int)roll(g, 7); n > 0; n--) {
        uint64_t kind = roll(g, 10);
        if (kind < 5) say_let(g);
        else if (kind < 7) say_choose(g);
        else if (kind < 8) say_grid(g);
        else say_ranking(g, false);
    }
    for (int n = (int)roll(g, 2); n > 0; n--) g->outcomes[g->outcome_count++] = new_name(g, "o", "果");
    buffer_char(&g->out, '\n');
    gen_parts(g);
    buffer_char(&g->out, '\n');
    if (g->grade_count) say_grades(g);
    if (chance(g, 40)) say_ranking(g, true);
    struct gscope s = {.figures = true, .rankings = true, .parts = g->part_count, .total = true, .grade = g->grade_count > 0};
    for (int i = 0; i < g->outcome_count; i++) say_outcome(g, g->outcomes[i], s);
    if (chance(g, 40)) say_outcome(g, new_name(g, "o", "果"), s);
    if (chance(g, 20)) {
        struct text name = g->may[g->may_count++] = new_name(g, "o", "果");
        buffer_print(&g->out, g->zh ? "结果运用 %s “可令%d” 若 %s，可由 “J1”" : "outcome %s \"may %d\" if %s, may by \"J1\"", S(name), g->names++,
                     S(gen_cond(g, &s, 1)));
        say_end(g);
    }
    return said(g, &g->out);
}
