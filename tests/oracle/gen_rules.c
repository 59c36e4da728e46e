/* Random parts and rules.
 *
 * In: the declarations made so far. Out: sections, items and bonuses whose worths add up, with rules of every form.
 * Decision: a rule reads only marks of parts that are finished, and a rule that forfeits another part reads no marks, so
 * that there is never a cycle. Cost: parts that look ahead are not made.
 */
#include "generate.h"

static void say_amount(struct gen *g, struct buffer *line, bool minus, struct text amount, bool literal)
{
    if (g->zh && chance(g, 80)) {
        buffer_print(line, "%s%s%s%s", minus ? "扣" : "加", literal ? "" : " ", S(amount), literal ? "分" : "");
    } else if (!g->zh && chance(g, 15)) {
        buffer_print(line, "%s %s", minus ? "deduct" : "add", S(amount));
    } else {
        buffer_print(line, "%s%s", minus ? "-" : "+", S(amount));
    }
}

/* A literal, or an expression that stands as one term. */
static struct gx amount(struct gen *g, const struct gscope *s, bool nonneg, bool *literal)
{
    static const int tenths[] = {10, 20, 30, 50, 5, 15, 2, 1, 10, 20};
    *literal = chance(g, 65);
    if (*literal) return (struct gx){digits(g, tenths[roll(g, 10)], 1), false, true, true};
    struct gx e = nonneg || chance(g, 60) ? gen_nonneg(g, s, 2) : gen_number(g, s, 2);
    return e;
}

struct rule {
    struct gpart *part;
    struct text heads;   /* without the colon; empty: none */
    struct text cond;    /* EFFECT if COND, no head */
    struct gscope inner; /* of amounts */
    struct gscope outer; /* of the unit */
    bool drawn;          /* the part has marks or draws on some */
    bool every;          /* of `every item`: to forfeit concerns the items that have marks */
    bool reaches;        /* may forfeit another part, so it reads no marks */
};

static void say_guard(struct gen *g, struct buffer *line, const struct rule *r, bool points)
{
    /* without a head nothing has an `if` of its own */
    struct gscope s = r->inner;
    s.effect = true;
    s.points = points;
    if (chance(g, 50)) {
        int n = (int)roll(g, 4) + 1;
        if (g->zh) buffer_print(line, " 满%d次", n);
        else buffer_print(line, " at %d", n);
    } else if (!r->heads.len) {
        return;
    } else if (chance(g, 40)) {
        buffer_print(line, " %s %s %s %d", W("if", "若"), !points || chance(g, 60) ? W("count", "次数") : W("points", "分数"),
                     chance(g, 50) ? ">" : ">=", (int)roll(g, 5));
    } else if (chance(g, 60)) {
        buffer_print(line, " %s %s", W("if", "若"), S(gen_cond(g, &s, 1)));
    }
}

/* forfeit, veto, bar, outcome; false where none of them can be said here. */
static bool say_effect(struct gen *g, struct buffer *line, const struct rule *r, bool own_only)
{
    switch (roll(g, 6)) {
    case 0:
        if (!r->part->marked && !r->every) return false;
        buffer_put(line, W("forfeit", "不得分"));
        return true;
    case 1:
        if (own_only || g->part_count == 0 || !r->reaches) return false;
        for (int tries = 0; tries < 4; tries++) {
            struct gpart *p = &g->parts[roll(g, (uint64_t)g->part_count)];
            if (!p->marked || p->item) continue;
            buffer_print(line, "%s %s %s", W("forfeit", "不得分"), p->word, S(p->number));
            return true;
        }
        return false;
    case 2:
        buffer_put(line, W("veto", "一票否决"));
        if (g->grade_count && chance(g, 40))
            buffer_print(line, " %s %s", W("to", "至"), S(g->grades[roll(g, (uint64_t)g->grade_count)]));
        return true;
    case 3:
        if (!g->grade_count) return false;
        buffer_print(line, "%s %s", W("bar", "不得评为"), S(g->grades[roll(g, (uint64_t)g->grade_count)]));
        return true;
    case 4:
        if (!g->outcome_count || own_only || !r->heads.len) return false;
        buffer_print(line, "%s %s", W("outcome", "结果运用"), S(g->outcomes[roll(g, (uint64_t)g->outcome_count)]));
        return true;
    default: return false;
    }
}

/* The effects behind the heads, or the one before `if`. */
static struct text effects(struct gen *g, const struct rule *r, bool one)
{
    struct buffer line;
    buffer_init(&line, g->arena);
    bool points = r->drawn && chance(g, 85), some = points, literal;
    if (points) {
        bool cap = chance(g, 30);
        struct gx e = amount(g, &r->inner, cap, &literal);
        say_amount(g, &line, chance(g, 65), e.t, literal);
        if (cap && !one) {
            struct gx most = {digits(g, (long)roll(g, 80) + 5, 1), false, true, true};
            if (chance(g, 20)) most = gen_nonneg(g, &r->outer, 1);
            buffer_print(&line, "%s%s %s", W(", ", "，"), W("cap", "累计不超过"), S(most.t));
        } else if (!one && chance(g, 5)) {
            buffer_put(&line, W(", until none left", "，扣完为止"));
        }
    }
    if (!points || (!one && chance(g, 30))) {
        struct buffer more;
        buffer_init(&more, g->arena);
        if (say_effect(g, &more, r, one)) {
            if (!one) say_guard(g, &more, r, points);
            buffer_print(&line, "%s%s", some ? W(", ", "，") : "", S(said(g, &more)));
            some = true;
        }
    }
    if (!some) {
        if (r->part->marked || r->every) buffer_put(&line, W("forfeit", "不得分"));
        else if (r->drawn) buffer_put(&line, W("-1", "扣1分"));
        else buffer_put(&line, W("veto", "一票否决"));
    }
    return said(g, &line);
}

/* ---- heads ---- */

static struct text where_text(struct gen *g, const struct gscope *s, int percent)
{
    struct buffer text;
    buffer_init(&text, g->arena);
    if (chance(g, percent)) buffer_print(&text, " %s %s", W("where", "其中"), S(gen_cond(g, s, 1)));
    if (chance(g, percent / 4)) buffer_print(&text, " %s %s", W("except", "除"), S(gen_cond(g, s, 1)));
    return said(g, &text);
}

static struct text bracketed(struct gen *g, struct gx e)
{
    bool name = true;
    for (size_t i = 0; i < e.t.len; i++) {
        char c = e.t.at[i];
        if (c == ' ' || c == '(' || c == '.' || c == '/') name = false;
    }
    if (e.t.at[0] >= '0' && e.t.at[0] <= '9') name = false;
    return name || e.t.at[0] == '(' ? e.t : SAY(g, "(%s)", S(e.t));
}

static const char *remainder_word(struct gen *g)
{
    static const char *const words[3][2] = {{" whole steps", " 不足不计"}, {" started steps", " 不足按一计"}, {" pro rata", " 按比例"}};
    int n = (int)roll(g, 3);
    return W(words[n][0], words[n][1]);
}

/* per missing / per extra of rows of a table, or of a figure. */
static struct text steps_head(struct gen *g, const struct gscope *s, struct gtable *rows)
{
    bool missing = chance(g, 60);
    struct text thing, target, step = TEXT_NONE, where = TEXT_NONE;
    bool whole = true, none = false;
    if (rows) {
        struct gscope r = row_scope(s, rows);
        thing = rows_text(g, rows);
        where = where_text(g, &r, 30);
        none = missing && rows->at_least && chance(g, 60);
        target = SAY(g, "%d", (int)roll(g, 7));
    } else {
        struct gx e = gen_number(g, s, 1);
        thing = bracketed(g, e);
        whole = e.whole;
        where = chance(g, 25) ? SAY(g, " %s %s", W("where", "其中"), S(gen_cond(g, s, 1))) : TEXT_NONE;
        target = whole ? SAY(g, "%d", (int)roll(g, 20)) : digits(g, (long)roll(g, 200), 1);
        bool t_whole = true;
        for (size_t i = 0; i < target.len; i++) t_whole &= target.at[i] != '.';
        whole &= t_whole;
    }
    if (chance(g, 12)) {
        struct gx e = gen_number(g, s, 1);
        target = bracketed(g, e);
        whole &= e.whole;
    }
    struct gfield *share = rows ? NULL : pick_field(g, g->tables[0], 1 << G_PERCENT);
    if (share && !share->optional && chance(g, 15)) { /* per missing 1% rate of 80% */
        thing = share->name;
        target = pool_value(g, share);
        step = SAY(g, "%d%% ", (int)roll(g, 5) + 1);
        whole = false;
    } else if (chance(g, 30)) {
        static const char *const sizes[] = {"2 ", "3 ", "0.5 ", "1.5 ", "5 "};
        step = text_of(sizes[roll(g, 5)]);
        whole = false;
    }
    const char *rest = !whole ? remainder_word(g) : "";
    if (none) return SAY(g, "%s %s%s%s%s", W("per missing", "每缺"), S(step), S(thing), rest, S(where));
    return SAY(g, "%s %s%s %s %s%s%s", missing ? W("per missing", "每缺") : W("per extra", "每超"), S(step),
               S(thing), missing ? W("of", "应有") : W("over", "超过"), S(target), rest, S(where));
}

static struct gtable *child_of(struct gen *g, const struct gtable *parent)
{
    for (int i = 1; i < g->table_count; i++)
        if (g->tables[i]->parent == parent && parent) return g->tables[i];
    return NULL;
}

/* per T as COLUMN: rows that name the unit. */
static bool role_head(struct gen *g, struct rule *r)
{
    for (int i = 1; i < g->table_count; i++) {
        struct gtable *t = g->tables[i];
        struct gfield *f = t->roles ? pick_field(g, t, 1 << G_UNIT) : NULL;
        if (!f || chance(g, 30)) continue;
        struct gscope rs = row_scope(&r->outer, t);
        r->heads = SAY(g, "%s %s %s %s%s", W("per", "每次"), S(t->name), W("as", "作为"), S(f->name), S(where_text(g, &rs, 40)));
        r->inner = rs;
        return true;
    }
    return false;
}

static void rows_heads(struct gen *g, struct rule *r)
{
    if (chance(g, 40) && role_head(g, r)) return;
    struct gtable *t = pick_table(g, &r->outer);
    if (!t) return;
    if (chance(g, 25)) { /* groups */
        struct gfield *f = pick_field(g, t, 1 << G_LIST | 1 << G_TEXT | 1 << G_COUNT | 1 << G_BOOL | 1 << G_DATE | 1 << G_NA | 1 << G_PERCENT | 1 << G_REF);
        if (f && !f->optional && !(f->computed && f->type != G_BOOL)) {
            struct gscope rs = row_scope(&r->outer, t);
            if (chance(g, 20)) {
                r->heads = SAY(g, "%s %d %s %s %s%s", W("per", "每"), (int)roll(g, 3) + 1, S(f->name), W("in", "于"), S(rows_text(g, t)),
                               S(where_text(g, &rs, 40)));
                return;
            }
            r->heads = SAY(g, "%s %s %s %s%s", W("per", "每个"), S(f->name), W("in", "于"), S(rows_text(g, t)),
                           S(where_text(g, &rs, 40)));
            r->inner = r->outer;
            r->inner.group = f;
            r->inner.group_table = t;
            if (chance(g, 25)) r->heads = SAY(g, "%s%s%s", S(r->heads), W(": ", "："), S(steps_head(g, &r->inner, NULL)));
            return;
        }
    }
    struct gscope rs = row_scope(&r->outer, t);
    if (chance(g, 10)) {
        r->heads = SAY(g, "%s %d %s%s", W("per", "每"), (int)roll(g, 3) + 1, S(rows_text(g, t)), S(where_text(g, &rs, 40)));
        return;
    }
    struct gfield *maybe = NULL;
    for (int i = 0; i < t->field_count; i++)
        if (t->fields[i]->optional && numeric(t->fields[i])) maybe = t->fields[i];
    struct text where = where_text(g, &rs, 50);
    if (maybe && chance(g, 30)) {
        where = SAY(g, " %s %s(%s)", W("where", "其中"), W("known", "已填"), S(maybe->name));
        rs.known[rs.known_count++] = maybe;
    }
    r->heads = SAY(g, "%s %s%s", W("per", "每次"), S(rows_text(g, t)), S(where));
    bool nested = false;
    for (struct gtable *child = child_of(g, t); child && chance(g, 60); child = child_of(g, child)) {
        struct gscope ws = row_scope(&rs, child);
        bool steps = chance(g, 50);
        struct text inner = steps ? steps_head(g, &rs, child)
                                  : SAY(g, "%s %s%s", W("per", "每次"), S(rows_text(g, child)), S(where_text(g, &ws, 50)));
        r->heads = SAY(g, "%s%s%s", S(r->heads), W(": ", "："), S(inner));
        nested = true;
        if (steps) break;
        rs = ws;
    }
    if (nested) {
        r->inner = rs;
        return;
    }
    if (chance(g, 12)) {
        r->heads = SAY(g, "%s%s%s", S(r->heads), W(": ", "："), S(steps_head(g, &rs, NULL)));
    } else if (chance(g, 8)) {
        r->heads = SAY(g, "%s%s%s %s", S(r->heads), W(": ", "："), W("if", "若"), S(gen_cond(g, &rs, 1)));
    }
    r->inner = rs;
}

/* What may end any line; whether it keeps the line to one reading. */
static bool say_tail(struct gen *g)
{
    bool kept = g->question.len && chance(g, 15);
    if (chance(g, 20)) buffer_print(&g->out, W(" because \"b%d\"", " 理由 “因%d”"), (int)roll(g, 100));
    if (kept)
        buffer_print(&g->out, " %s %s %s %s", W("when", "当"), S(g->question), W("is", "为"),
                     S(g->answers[roll(g, (uint64_t)g->answer_count)]));
    if (kept && g->second.len && chance(g, 40))
        buffer_print(&g->out, " %s %s %s %s", W("when", "当"), S(g->second), W("is", "为"), S(g->second_answers[roll(g, 2)]));
    if (chance(g, 10)) buffer_print(&g->out, W(" source \"%d\"", " 依据 “%d”"), (int)roll(g, 9) + 1);
    buffer_char(&g->out, '\n');
    return kept;
}

static void part_words(struct gen *g)
{
    say_words(g);
    if (!chance(g, 4)) return;
    buffer_put(&g->out, W("  evidence \"files\"", "  方式 “查档”"));
    if (chance(g, 50)) buffer_put(&g->out, W(" by \"J1\"", " 由 “J1”"));
    say_end(g);
}

/* The line that says where a part applies. */
static void applies_line(struct gen *g)
{
    struct gscope s = {.figures = true};
    static const char *const words[3][2] = {{"full", "计满分"}, {"zero", "计零分"}, {"shared", "分摊"}};
    int how = (int)roll(g, 4);
    struct text c = gen_cond(g, &s, 1);
    if (has_readings(g)) {
        buffer_print(&g->out, "  %s %s", W("applies if", "适用 若"), W("total < 0", "总分 < 0"));
        say_not_taken(g);
    }
    if (how == 3) buffer_print(&g->out, "  %s %s", W("applies if", "适用 若"), S(c));
    else buffer_print(&g->out, "  %s %s %s %s", W("applies if", "适用 若"), S(c), W("else", "否则"), W(words[how][0], words[how][1]));
    say_end(g);
}

/* Whether what a rule does begins with marks. */
static bool gives_points(struct text effect)
{
    static const char *const signs[] = {"-", "+", "deduct", "add", "扣", "加", "减"};
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
        if (effect.len >= strlen(signs[i]) && !memcmp(effect.at, signs[i], strlen(signs[i]))) return true;
    return false;
}

static void gen_rule(struct gen *g, struct gpart *part, bool drawn, bool every)
{
    bool reaches = every || chance(g, 15);
    struct gscope s = {.figures = true, .rankings = true, .parts = reaches ? 0 : g->part_count};
    struct rule r = {.part = part, .inner = s, .outer = s, .drawn = drawn, .every = every, .reaches = reaches};
    buffer_put(&g->out, "  ");
    uint64_t kind = roll(g, 20);
    if (kind == 0 && !every) {
        struct text c = gen_cond(g, &s, 2);
        if (g->zh) buffer_print(&g->out, "若 %s：待定 “未明%d”", S(c), (int)roll(g, 9));
        else buffer_print(&g->out, "undecided \"unclear %d\" if %s", (int)roll(g, 9), S(c));
        part->undecided |= !say_tail(g);
        return;
    }
    if (kind < 5) {
        struct text c = gen_cond(g, &s, 2), e = effects(g, &r, true);
        if (g->zh ? chance(g, 80) : chance(g, 20)) buffer_print(&g->out, "%s %s%s%s", W("if", "若"), S(c), W(": ", "："), S(e));
        else buffer_print(&g->out, "%s %s %s", S(e), W("if", "若"), S(c));
        bool open = gives_points(e) && (reads_open(g, c) || reads_open(g, e));
        if (!say_tail(g)) part->maybe |= open;
        return;
    }
    if (kind < 12) rows_heads(g, &r);
    else if (kind < 16) r.heads = steps_head(g, &s, chance(g, 50) ? pick_table(g, &s) : NULL);
    else if (kind < 19) r.heads = SAY(g, "%s %s", W("if", "若"), S(gen_cond(g, &s, 2)));
    struct text e = effects(g, &r, false);
    if (r.heads.len) buffer_print(&g->out, "%s%s", S(r.heads), W(": ", "："));
    buffer_text(&g->out, e);
    bool open = gives_points(e) && (reads_open(g, r.heads) || reads_open(g, e));
    if (!say_tail(g)) part->maybe |= open;
}

/* ---- parts ---- */

static void title(struct gen *g, struct text number, const char *word)
{
    buffer_print(&g->out, g->zh ? "%s %s “部%s”" : "%s %s \"part %s\"", word, S(number), S(number));
}

static void finish(struct gen *g, struct gpart part)
{
    if (g->part_count < MOST_PARTS) g->parts[g->part_count++] = part;
}

static void judges(struct gen *g, struct gpart *p)
{
    p->judged = true;
    buffer_print(&g->out, "%s%s", W(", ", "，"), W("judged", "评定"));
    if (chance(g, 20)) {
        buffer_print(&g->out, " %s", W("all or nothing", "全得或不得"));
        p->all_or_nothing = true;
    } else if (chance(g, 60)) {
        p->step = chance(g, 50) ? 5 : 10;
        buffer_print(&g->out, " %s %s", W("in steps of", "每档"), S(digits(g, p->step, 1)));
    } else {
        p->step = 10;
    }
    if (p->worth >= 2 && !p->all_or_nothing && chance(g, 40)) {
        p->judge_count = 2;
        p->shares[0] = (int)roll(g, (uint64_t)p->worth - 1) + 1;
        p->shares[1] = p->worth - p->shares[0];
        for (int i = 0; i < 2; i++) {
            p->judges[i] = SAY(g, "J%d", i + 1);
            buffer_print(&g->out, g->zh ? "%s “%s” %d" : "%s \"%s\" %d", i ? W(" and", " 和") : W(" by", " 由"), S(p->judges[i]), p->shares[i]);
        }
    } else if (chance(g, 50)) {
        p->judge_count = 1;
        p->shares[0] = p->worth;
        p->judges[0] = TEXT("J1");
        buffer_put(&g->out, g->zh ? " 由 “J1”" : " by \"J1\"");
    }
}

static void rules(struct gen *g, struct gpart *part, bool drawn, int most)
{
    for (int n = (int)roll(g, (uint64_t)most + 1); n > 0; n--) gen_rule(g, part, drawn, false);
}

static void score_line(struct gen *g)
{
    struct gscope s = {.figures = true, .rankings = true, .parts = g->part_count};
    struct gx e = chance(g, 70) ? gen_nonneg(g, &s, 2) : gen_number(g, &s, 2);
    buffer_print(&g->out, "  %s %s", W("score", "计分"), S(e.t));
    say_tail(g);
}

static void needs_line(struct gen *g)
{
    struct gtable *unit = g->tables[0];
    int n = (int)roll(g, 2) + 1;
    buffer_print(&g->out, "  %s ", W("needs", "须具备"));
    for (int i = 0; i < n && unit->field_count < MOST_FIELDS; i++) {
        struct gfield *f = ARENA_NEW(g->arena, struct gfield);
        *f = (struct gfield){.name = new_name(g, "n", "须"), .type = G_BOOL, .in_item = true, .always = true};
        f->pool[0] = text_of(W("yes", "是"));
        f->pool[1] = text_of(W("yes", "是"));
        f->pool[2] = text_of(W("no", "否"));
        f->pools = 3;
        unit->fields[unit->field_count++] = f;
        buffer_print(&g->out, "%s%s", i ? W(", ", "，") : "", S(f->name));
        if (chance(g, 50)) {
            f->heading = SAY(g, "need %d", g->names++);
            buffer_print(&g->out, g->zh ? " “%s”" : " \"%s\"", S(f->heading));
        }
    }
    say_tail(g);
}

/* An item, with worth or without, with items of its own or without. */
static void gen_item(struct gen *g, struct text number, int worth, bool drawn, int depth)
{
    struct gpart p = {.number = number, .word = W("item", "项目"), .item = true, .marked = worth > 0, .worth = worth, .ceiling = worth};
    title(g, number, p.word);
    int below = worth > 3 && depth == 0 && chance(g, 10) ? worth / 2 : 0;
    if (worth > 0) {
        buffer_print(&g->out, g->zh ? " %s %d分" : " %s %d", W("worth", "满分"), worth);
        if (chance(g, 15)) buffer_print(&g->out, "%s%s %d", W(", ", "，"), W("from", "自"), (int)roll(g, (uint64_t)worth + 1));
        if (chance(g, 12)) buffer_print(&g->out, "%s%s %d", W(", ", "，"), W("up to", "最多"), p.ceiling = worth + (int)roll(g, 4));
        if (chance(g, 12) && !below) judges(g, &p);
        if (below && worth - below) buffer_print(&g->out, "%s%s %d", W(", ", "，"), W("unallotted", "未分配"), worth - below);
    } else if (!drawn || chance(g, 15)) {
        p.marked = true;
        if (chance(g, 30)) buffer_print(&g->out, " %s", W("no limit", "不封顶"));
        else buffer_print(&g->out, " %s %d", W("up to", "最多"), p.ceiling = (int)roll(g, 10) + 1);
    }
    say_end(g);
    part_words(g);
    if (chance(g, 7)) applies_line(g);
    if (!p.judged && p.marked && chance(g, 12)) score_line(g);
    if (p.marked && chance(g, 10)) needs_line(g);
    rules(g, &p, true, 4);
    if (below) gen_item(g, SAY(g, "%s.1", S(number)), below, true, depth + 1);
    finish(g, p);
}

static void split(struct gen *g, int sum, int *out, int n)
{
    for (int i = 0; i < n; i++) out[i] = 1;
    for (int left = sum - n; left > 0;) {
        int some = (int)roll(g, (uint64_t)left) + 1;
        out[roll(g, (uint64_t)n)] += some;
        left -= some;
    }
}

static void gen_bonus(struct gen *g, struct text number)
{
    struct gpart p = {.number = number, .word = W("bonus", "加分"), .marked = true};
    title(g, number, p.word);
    if (chance(g, 30)) buffer_print(&g->out, " %s", W("no limit", "不封顶"));
    else buffer_print(&g->out, " %s %d", W("up to", "最多"), p.ceiling = (int)roll(g, 15) + 1);
    say_end(g);
    part_words(g);
    if (chance(g, 7)) applies_line(g);
    rules(g, &p, true, 3);
    p.item = true; /* not a target of `forfeit section` */
    finish(g, p);
}

static void gen_section(struct gen *g, int n, int worth, int weight)
{
    struct gpart p = {.number = SAY(g, "%d", n), .word = W("section", "部分"), .marked = chance(g, 75) || weight > 0, .worth = worth, .ceiling = worth};
    int items = (int)roll(g, 4) + 1, worths[4], allotted = worth;
    title(g, p.number, p.word);
    if (p.marked) buffer_print(&g->out, g->zh ? " %s %d分" : " %s %d", W("worth", "满分"), worth);
    if (weight) buffer_print(&g->out, "%s%s %d%%", W(", ", "，"), W("weight", "权重"), weight);
    if (p.marked && chance(g, 8)) {
        struct gscope s = {.figures = true};
        struct gx e = gen_number(g, &s, 1);
        if (!e.positive) e.t = SAY(g, "%s(%s%s1)", W("max", "较大"), S(e.t), W(", ", "，"));
        buffer_print(&g->out, "%s%s %s", W(", ", "，"), W("divided by", "除以"), S(e.t));
    }
    bool pool = p.marked && chance(g, 15); /* no item has a worth */
    if (p.marked && !pool && worth > items && chance(g, 20)) {
        int left = (int)roll(g, (uint64_t)(worth - items)) + 1;
        allotted = worth - left;
        buffer_print(&g->out, "%s%s %d", W(", ", "，"), W("unallotted", "未分配"), left);
    }
    say_end(g);
    part_words(g);
    if (p.marked && chance(g, 7)) applies_line(g);
    if (p.marked) rules(g, &p, true, 2);
    split(g, allotted, worths, items);
    for (int i = 0; i < items; i++) {
        struct text number = SAY(g, "%d.%d", n, i + 1);
        bool bare = pool || (p.marked && i > 0 && chance(g, 15)); /* its worth goes to the next */
        if (bare && !pool && i + 1 < items) worths[i + 1] += worths[i];
        if (bare && !pool && i + 1 == items) bare = false;
        gen_item(g, number, bare ? 0 : worths[i], p.marked, 0);
    }
    if (p.marked && chance(g, 10)) gen_bonus(g, SAY(g, "%d.%d", n, items + 1));
    finish(g, p);
}

void gen_parts(struct gen *g)
{
    int sections = (int)roll(g, 3) + 1, weights[3] = {0}, n = 1;
    if (chance(g, 20)) split(g, 100, weights, sections);
    for (; n <= sections; n++) gen_section(g, n, weights[n - 1] ? 100 : (int)roll(g, 50) + 5, weights[n - 1]);
    if (chance(g, 40)) gen_bonus(g, SAY(g, "%d", n++));
    if (chance(g, 15)) { /* stays empty where no item draws on anything */
        struct gpart nobody = {.marked = false, .item = true};
        buffer_put(&g->out, W("every item", "各项目"));
        say_end(g);
        for (int i = (int)roll(g, 2) + 1; i > 0; i--) gen_rule(g, &nobody, true, true);
        for (int i = 1; i < g->table_count; i++) {
            struct gfield *f = pick_field(g, g->tables[i], 1 << G_ITEM);
            if (f && !g->tables[i]->for_all)
                buffer_print(&g->out, g->zh ? "  每次 %s 其中 %s 为 本项：扣1分\n" : "  per %s where %s is this: -1\n", S(g->tables[i]->name), S(f->name));
        }
    }
}
