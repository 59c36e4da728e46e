/* Random declarations, and the scheme as a whole.
 *
 * In: a seed. Out: a scheme's text, and in `struct gen` what its data has to look like.
 * Decision: a declaration is remembered as it is said, so that what follows can use it and the data fits it. Cost: the
 * generator keeps its own small picture of the language's types.
 */
#include "generate.h"

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
    if (chance(g, 20)) buffer_print(&g->out, " %s", S(quoted(g, new_heading(g, "figure", "数"))));
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
    struct gname n = {.name = new_name(g, "k", "判"), .type = chance(g, 40) ? G_LIST : chance(g, 15) ? G_TEXT : chance(g, 10) ? G_BOOL : chance(g, 10) ? G_DATE : G_NUMBER, .whole = true, .nonneg = true, .positive = true};
    struct gscope s = {.figures = true, .rankings = true};
    if (chance(g, 30)) n.table = pick_table(g, &s);
    if (n.table) s = row_scope(&s, n.table);
    buffer_print(&g->out, "%s %s", W("choose", "判定"), S(n.name));
    say_heading(g);
    if (n.table) buffer_print(&g->out, " %s %s", W("in", "于"), S(n.table->name));
    say_end(g);
    int lines = (int)roll(g, 3) + 1;
    bool open = false;
    if (n.type == G_LIST) {
        n.list = ARENA_NEW(g->arena, struct glist);
        n.list->ordered = true;
    }
    for (int i = 0; i <= lines; i++) {
        struct text value;
        if (i == lines && (open = chance(g, g->open_rich ? 60 : 12))) break;
        if (i == lines && chance(g, g->open_rich ? 60 : 15)) {
            buffer_print(&g->out, g->zh ? "  待定 “未写%d”\n" : "  undecided \"not said %d\"\n", (int)roll(g, 9));
            open = true;
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
        } else if (n.type == G_BOOL) {
            value = chance(g, 50) ? text_of(chance(g, 50) ? W("yes", "是") : W("no", "否")) : SAY(g, "(%s)", S(gen_cond(g, &s, 1)));
        } else if (n.type == G_DATE) {
            value = date_text(g, random_date(g, 2007));
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
    if (open) note_open(g, n.name);
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
    if (!down || !across || down == across || g->grid_count == (int)(sizeof g->grids / sizeof *g->grids)) return;
    struct ggrid *grid = &g->grids[g->grid_count++];
    *grid = (struct ggrid){new_name(g, "g", "格"), down->list, across->list};
    buffer_print(&g->out, "%s %s", W("grid", "对照表"), S(grid->name));
    say_heading(g);
    buffer_print(&g->out, " %s %s%s%s", W("by", "按"), S(down->name), W(", ", "，"),
                 S(across->name));
    say_end(g);
    buffer_char(&g->out, ' ');
    int rows = down->list ? down->list->count : 2, columns = across->list ? across->list->count : 2;
    for (int c = 0; c < columns; c++) buffer_print(&g->out, " %s", S(across->list ? across->list->values[c] : text_of(c ? W("no", "否") : W("yes", "是"))));
    for (int r = 0; r < rows; r++) {
        buffer_print(&g->out, "\n  %s", S(down->list ? down->list->values[r] : text_of(r ? W("no", "否") : W("yes", "是"))));
        for (int c = 0; c < columns; c++) buffer_print(&g->out, " %s", S(digits(g, (long)roll(g, 100), 1)));
        if (chance(g, 5)) buffer_put(&g->out, W(" because \"b\"", " 理由 “因”"));
        if (chance(g, 5)) buffer_put(&g->out, W(" source \"3\"", " 依据 “3”"));
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
    buffer_print(&g->out, "%s %s", W("ranking", "排名"), S(r.name));
    say_heading(g);
    buffer_print(&g->out, " %s %s", W("by", "按"), S(e));
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
    if (chance(g, 20)) buffer_put(&g->out, W(" because \"b\"", " 理由 “因”"));
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
    struct text heading = chance(g, 30) ? TEXT_NONE : SAY(g, " %s", S(quoted(g, new_heading(g, "result", "后果"))));
    struct gfield *date = chance(g, 20) ? pick_field(g, g->tables[0], 1 << G_DATE) : NULL;
    if (has_readings(g)) {
        buffer_print(&g->out, "%s %s%s %s %s", W("outcome", "结果运用"), S(name), S(heading), W("if", "若"), W("total > 0", "总分 > 0"));
        say_not_taken(g);
    }
    buffer_print(&g->out, "%s %s%s %s %s", W("outcome", "结果运用"), S(name), S(heading), W("if", "若"), S(gen_cond(g, &s, 1)));
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

/* A `show` line in the head, once all names are known. */
static struct text with_shown(struct gen *g, struct text scheme)
{
    struct text names = TEXT_NONE;
    for (int i = 0; i < g->figure_count; i++)
        if (!g->figures[i]->table && chance(g, 40)) names = names.len ? SAY(g, "%s%s%s", S(names), W(", ", "，"), S(g->figures[i]->name)) : g->figures[i]->name;
    const char *end = memchr(scheme.at, '\n', scheme.len);
    if (!names.len || !end) return scheme;
    size_t head = (size_t)(end - scheme.at) + 1;
    if (chance(g, 20)) names = SAY(g, "%s %s", S(names), W("because \"shown\"", "理由 “列出”"));
    if (g->question.len && chance(g, 40))
        names = SAY(g, "%s %s %s %s %s", S(names), W("when", "当"), S(g->question), W("is", "为"), S(g->answers[0]));
    if (chance(g, 20)) names = SAY(g, "%s %s", S(names), W("source \"9\"", "依据 “9”"));
    return arena_print(g->arena, "%.*s  %s %.*s\n%.*s", (int)head, scheme.at, W("show", "列出"), TEXT_ARG(names), (int)(scheme.len - head), scheme.at + head);
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
    buffer_print(&g->out, g->zh ? "方案 “随机方案%llu”" : "scheme \"random %llu\"", (unsigned long long)seed);
    if (chance(g, 5)) buffer_put(&g->out, W(" because \"b\"", " 理由 “因”"));
    if (chance(g, 5)) buffer_put(&g->out, W(" source \"3\"", " 依据 “3”"));
    buffer_char(&g->out, '\n');
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
        buffer_print(&g->out, "%s %s", W("values", "值表"), S(list->name));
        say_heading(g);
        buffer_print(&g->out, " %s %s", W("one of", "取值"), S(list_text(g, list)));
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
    struct text scheme = said(g, &g->out);
    if (chance(g, 25)) scheme = with_shown(g, scheme);
    return chance(g, 20) ? respell(g, scheme) : scheme;
}
