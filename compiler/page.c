/* `kaohe explain --html`: one unit's page.
 *
 * In: a result that kept every unit's ledger. Out: a page: the grade and why; the tree of marks; each part that rules moved,
 * each rule as a sentence with its rows, both compared values, what caps, floors and ceilings took; other readings; what is
 * open; how far the next grade and place are.
 * Decision: the page shows the entries of kh_result_account, which the other writers get, too; it adds no figure of its own.
 */
#include "page.h"

#include "../grammar/prose.h"

#include <stdio.h>

static void close_page(void *what)
{
    kh_result *result = what;
    arena_close(result->page);
    result->page = NULL;
}

struct arena *page_arena(kh_result *result)
{
    if (result->page)
        close_page(result);
    else
        arena_defer(result->arena, close_page, result);
    result->page = arena_open(&result->scheme->allocator, 0);
    return result->page;
}

void page_say(struct page *p, const char *en, const char *zh) { buffer_put(p->out, p->zh ? zh : en); }

void page_text(struct page *p, kh_text text) { html_own(p->out, text_from(text), p->zh ? TONGUE_ZH : TONGUE_EN); }

static void put_words(struct page *p, kh_text text) { html_text(p->out, text_from(text)); }

int page_column(const kh_result *result, kh_column kind)
{
    for (size_t c = 0; c < kh_result_columns(result); c++)
        if (kh_result_column_kind(result, c) == kind) return (int)c;
    return -1;
}

kh_text page_cell(const kh_result *result, size_t unit, kh_column kind)
{
    int column = page_column(result, kind);
    return column < 0 ? (kh_text){NULL, 0} : kh_result_cell(result, unit, (size_t)column);
}

void kh_page_name(char into[KH_PAGE_NAME], size_t unit) { snprintf(into, KH_PAGE_NAME, "unit-%04zu.html", unit + 1); }

/* ---- the lead ---- */

/* What the page is made of, each from a call that arms the arenas' traps for itself: so all are made before the page arms
 * them. */
struct content {
    const kh_page_links *links;
    const kh_reading *readings;
    size_t reading_count;
    const kh_part *parts;
    size_t part_count;
    const kh_entry *entries;
    size_t count;
    kh_text why;
    kh_ahead ahead;
    const kh_waiting *waiting;
    size_t waiting_count;
};

static void put_why(struct page *p, kh_text why)
{
    const char *at = why.at, *end = why.at + why.len;
    while (at < end) {
        const char *stop = memchr(at, '\n', (size_t)(end - at));
        size_t len = stop ? (size_t)(stop - at) : (size_t)(end - at);
        size_t blanks = 0;
        while (blanks < len && at[blanks] == ' ') blanks++;
        if (len > blanks) {
            buffer_put(p->out, "<li>");
            html_text(p->out, (struct text){at + blanks, len - blanks});
            buffer_put(p->out, "</li>\n");
        }
        at += len + (stop != NULL);
    }
}

static void lead(struct page *p, size_t unit, const struct content *c)
{
    kh_text grade = page_cell(p->result, unit, KH_COLUMN_GRADE), total = page_cell(p->result, unit, KH_COLUMN_TOTAL);
    buffer_put(p->out, "<div class=\"lead\">\n<p class=\"big\">");
    if (grade.len) {
        page_text(p, grade);
        page_say(p, " · ", " · ");
    }
    if (total.len) {
        page_text(p, total);
        page_say(p, " marks", " 分");
    }
    if (kh_result_state(p->result, unit) != KH_FINAL) {
        buffer_put(p->out, total.len || grade.len ? " · <span class=\"open\">" : "<span class=\"open\">");
        page_text(p, page_cell(p->result, unit, KH_COLUMN_STATE));
        buffer_put(p->out, "</span>");
    }
    buffer_put(p->out, "</p>\n<ul>\n");
    put_why(p, c->why);
    buffer_put(p->out, "</ul>\n</div>\n");
}

/* ---- the tree of marks ---- */

static const struct ast *rule_at(const kh_result *result, size_t line)
{
    const struct scheme *scheme = result->scheme->scheme;
    for (size_t k = 0; k < scheme->rule_count; k++)
        if (scheme_line(scheme, scheme->rules[k].line->span) == line) return scheme->rules[k].line;
    return NULL;
}

static const char *sign_class(kh_text amount)
{
    bool minus = amount.len && amount.at[0] == '-', zero = amount.len == 1 && amount.at[0] == '0';
    return !amount.len || zero ? "" : minus ? " class=\"minus\"" : " class=\"plus\"";
}

static void put_amount(struct page *p, kh_text amount, bool open)
{
    if (open) {
        page_say(p, "<b class=\"open\">open</b> ", "<b class=\"open\">待定</b> ");
    } else if (amount.len) {
        bool minus = amount.at[0] == '-', zero = amount.len == 1 && amount.at[0] == '0';
        buffer_print(p->out, "<b%s>%s", sign_class(amount), minus ? "−" : zero ? "" : "+");
        page_text(p, minus ? (kh_text){amount.at + 1, amount.len - 1} : amount);
        buffer_put(p->out, "</b> ");
    }
}

static size_t put_rule(struct page *p, struct prose *prose, const kh_entry *entries, size_t count, size_t at)
{
    const kh_entry *rule = &entries[at++];
    const struct ast *node = rule_at(p->result, rule->line);
    buffer_put(p->out, "<div class=\"rule\">");
    put_amount(p, rule->amount, rule->open);
    if (node) {
        struct buffer words;
        buffer_init(&words, p->arena);
        prose->out = &words;
        prose_rule(prose, node);
        html_text(p->out, buffer_result(&words));
    }
    if (rule->reason.len) {
        page_say(p, " — ", "——");
        page_text(p, rule->reason);
    }
    buffer_put(p->out, " <span class=\"clause\">");
    if (rule->clause.len) {
        page_say(p, "[", "〔");
        page_text(p, rule->clause);
        page_say(p, "] ", "〕");
    }
    buffer_print(p->out, p->zh ? "第%zu行" : "line %zu", rule->line);
    buffer_put(p->out, "</span><br><code class=\"note\">");
    put_words(p, rule->words);
    buffer_put(p->out, "</code>\n");
    if (at < count && entries[at].kind == KH_ENTRY_ROW) {
        buffer_put(p->out, "<ul class=\"rows\">\n");
        for (; at < count && entries[at].kind == KH_ENTRY_ROW; at++) {
            const kh_entry *row = &entries[at];
            buffer_put(p->out, "<li>");
            put_amount(p, row->amount, row->open);
            if (row->file.len) {
                put_words(p, row->file);
                buffer_print(p->out, p->zh ? " 第%llu行 " : " line %llu ", (unsigned long long)row->row);
            }
            put_words(p, row->words);
            buffer_put(p->out, "</li>\n");
        }
        buffer_put(p->out, "</ul>\n");
    }
    for (; at < count && entries[at].kind == KH_ENTRY_LIMIT && entries[at].line == rule->line; at++) {
        buffer_put(p->out, "<p class=\"note\">");
        put_words(p, entries[at].words);
        buffer_put(p->out, "</p>\n");
    }
    buffer_put(p->out, "</div>\n");
    return at;
}

/* Whether a part's entry has rules, limits or a judgement. */
static bool says_more(const struct content *c, size_t at)
{
    return (at + 1 < c->count && c->entries[at + 1].kind != KH_ENTRY_PART) || c->entries[at].reason.len;
}

/* A line for each part; those of which there is more to say lead there. */
static void put_tree(struct page *p, const struct content *c)
{
    page_say(p, "<section aria-labelledby=\"marks\"><h2 id=\"marks\">Marks</h2>\n",
             "<section aria-labelledby=\"marks\"><h2 id=\"marks\">各项得分</h2>\n");
    buffer_put(p->out, "<table class=\"tree\" role=\"table\"><thead><tr role=\"row\">");
    page_say(p,
             "<th role=\"columnheader\">No.</th><th role=\"columnheader\">Part</th><th role=\"columnheader\" "
             "class=\"n\">Marks</th><th role=\"columnheader\" class=\"n\">of</th>",
             "<th role=\"columnheader\">序号</th><th role=\"columnheader\">项目</th><th role=\"columnheader\" "
             "class=\"n\">得分</th><th role=\"columnheader\" class=\"n\">满分</th>");
    buffer_put(p->out, "</tr></thead><tbody>\n");
    for (size_t at = 0; at < c->count; at++) {
        const kh_entry *part = &c->entries[at];
        if (part->kind != KH_ENTRY_PART) continue;
        size_t level = c->parts[part->part].level;
        bool more = says_more(c, at);
        buffer_print(p->out, "<tr role=\"row\" class=\"d%zu\"><td role=\"cell\">", level > 3 ? 3 : level);
        page_text(p, c->parts[part->part].number);
        buffer_put(p->out, "</td><td role=\"cell\" class=\"t\">");
        if (more) buffer_print(p->out, "<a href=\"#part-%zu\">", part->part);
        page_text(p, part->words);
        buffer_put(p->out, more ? "</a></td><td role=\"cell\" class=\"n\">" : "</td><td role=\"cell\" class=\"n\">");
        if (part->open)
            page_say(p, "<span class=\"open\">open</span>", "<span class=\"open\">待定</span>");
        else
            page_text(p, part->amount);
        buffer_put(p->out, "</td><td role=\"cell\" class=\"n\">");
        page_text(p, part->worth);
        buffer_put(p->out, "</td></tr>\n");
    }
    buffer_put(p->out, "</tbody></table></section>\n");
}

static size_t put_part(struct page *p, struct prose *prose, const kh_part *parts, const kh_entry *entries, size_t count,
                       size_t at)
{
    const kh_entry *part = &entries[at++];
    size_t level = parts[part->part].level;
    buffer_print(p->out, "<div class=\"part d%zu\" id=\"part-%zu\">\n<h3 class=\"head\"><span>", level > 3 ? 3 : level,
                 part->part);
    page_text(p, parts[part->part].number);
    buffer_put(p->out, "</span><span class=\"t\">");
    page_text(p, part->words);
    if (part->clause.len) {
        page_say(p, " <span class=\"clause\">[", " <span class=\"clause\">〔");
        page_text(p, part->clause);
        page_say(p, "]</span>", "〕</span>");
    }
    buffer_put(p->out, "</span><span class=\"m\">");
    if (part->open)
        page_say(p, "<span class=\"open\">open</span>", "<span class=\"open\">待定</span>");
    else
        page_text(p, part->amount);
    if (part->worth.len) {
        page_say(p, " of ", " / ");
        page_text(p, part->worth);
    }
    buffer_put(p->out, "</span></h3>\n");
    bool moved = at < count && entries[at].kind != KH_ENTRY_PART;
    if (part->reason.len || (part->start.len && moved)) {
        buffer_put(p->out, "<p class=\"note\">");
        if (part->start.len) {
            page_say(p, part->reason.len ? "judged " : "starts at ", part->reason.len ? "评定 " : "起点 ");
            page_text(p, part->start);
        }
        if (part->reason.len) {
            page_say(p, " (", "（");
            page_text(p, part->reason);
            page_say(p, ")", "）");
        }
        buffer_put(p->out, "</p>\n");
    }
    while (at < count && (entries[at].kind == KH_ENTRY_RULE || entries[at].kind == KH_ENTRY_SCORE))
        at = put_rule(p, prose, entries, count, at);
    for (; at < count && entries[at].kind == KH_ENTRY_LIMIT; at++) {
        buffer_put(p->out, "<p class=\"note\">");
        put_words(p, entries[at].words);
        buffer_put(p->out, "</p>\n");
    }
    buffer_put(p->out, "</div>\n");
    return at;
}

/* ---- readings, what is open ---- */

static void put_readings(struct page *p, size_t unit, const struct content *c)
{
    size_t shown = 0;
    for (size_t k = 0; k < c->reading_count; k++) {
        const kh_reading *r = &c->readings[k];
        if (r->unit != unit) continue;
        if (!shown++) {
            page_say(p, "<section aria-labelledby=\"other\"><h2 id=\"other\">What other readings would give</h2>\n<ul>\n",
                     "<section aria-labelledby=\"other\"><h2 id=\"other\">若作别解</h2>\n<ul>\n");
        }
        buffer_put(p->out, "<li>");
        page_text(p, r->question);
        page_say(p, " read as “", " 改读“");
        page_text(p, r->reading);
        page_say(p, "”: ", "”：");
        page_text(p, r->heading);
        buffer_put(p->out, " ");
        page_text(p, r->before.len ? r->before : (kh_text){"—", 3});
        buffer_put(p->out, " → <b>");
        page_text(p, r->after.len ? r->after : (kh_text){"—", 3});
        buffer_put(p->out, "</b></li>\n");
    }
    if (shown) buffer_put(p->out, "</ul></section>\n");
}

static void put_waiting(struct page *p, size_t unit, const struct content *c)
{
    const kh_waiting *items = c->waiting;
    size_t shown = 0;
    for (size_t k = 0; k < c->waiting_count; k++) {
        if (items[k].unit != unit) continue;
        if (!shown++)
            page_say(p, "<section aria-labelledby=\"open\"><h2 id=\"open\">What is still open</h2>\n<ul>\n",
                     "<section aria-labelledby=\"open\"><h2 id=\"open\">尚待裁定</h2>\n<ul>\n");
        buffer_put(p->out, "<li>");
        page_text(p, items[k].subject);
        if (items[k].authority.len) {
            page_say(p, " (", "（");
            page_text(p, items[k].authority);
            page_say(p, ")", "）");
        }
        buffer_put(p->out, "</li>\n");
    }
    if (shown) buffer_put(p->out, "</ul></section>\n");
}

static void put_ahead(struct page *p, const struct content *c)
{
    const kh_ahead ahead = c->ahead;
    bool grade = ahead.grade.len && ahead.grade_missing.len;
    if (!grade && !ahead.place_count) return;
    page_say(p, "<section aria-labelledby=\"ahead\"><h2 id=\"ahead\">To the next grade and place</h2>\n<ul>\n",
             "<section aria-labelledby=\"ahead\"><h2 id=\"ahead\">距上一等次与名次</h2>\n<ul>\n");
    if (grade) {
        page_say(p, "<li>To the next grade, ", "<li>距上一等次“");
        page_text(p, ahead.grade);
        page_say(p, ": ", "”差 ");
        page_text(p, ahead.grade_missing);
        page_say(p, " marks</li>\n", " 分</li>\n");
    }
    for (size_t k = 0; k < ahead.place_count; k++) {
        const kh_place_ahead *place = &ahead.places[k];
        page_say(p, "<li>In ", "<li>“");
        page_text(p, place->ranking);
        buffer_print(p->out, p->zh ? "”中，前一名（第%zu名）为" : ", place %zu is held by ", place->place);
        page_text(p, place->unit);
        if (place->missing.len) {
            page_say(p, ", ", "，差 ");
            page_text(p, place->missing);
            page_say(p, " away", "");
        }
        buffer_put(p->out, "</li>\n");
    }
    buffer_put(p->out, "</ul></section>\n");
}

static void put_pager(struct page *p, const kh_page_links *links)
{
    if (!links) return;
    buffer_put(p->out, "<nav class=\"pager\" aria-label=\"");
    page_say(p, "Pages", "页");
    buffer_put(p->out, "\">");
    const kh_text *const hrefs[] = {&links->before, &links->index, &links->after};
    static const char *const EN[] = {"← before", "all units", "next →"}, *const ZH[] = {"← 前一个", "全部单位", "后一个 →"};
    for (int k = 0; k < 3; k++) {
        buffer_put(p->out, "<span>");
        if (hrefs[k]->len) {
            buffer_put(p->out, "<a href=\"");
            html_attribute(p->out, text_from(*hrefs[k]));
            buffer_print(p->out, "\">%s</a>", p->zh ? ZH[k] : EN[k]);
        }
        buffer_put(p->out, "</span>");
    }
    buffer_put(p->out, "</nav>\n");
}

static void write_page(struct page *p, size_t unit, const struct content *c)
{
    struct scheme *scheme = p->result->scheme->scheme;
    struct text key = results_cell(p->result->results, (uint32_t)unit, 0);
    html_open(p->out, arena_print(p->arena, "%.*s · %.*s", TEXT_ARG(key), TEXT_ARG(scheme->title)),
              p->zh ? TONGUE_ZH : TONGUE_EN, scheme->title);
    put_pager(p, c->links);
    buffer_put(p->out, "<header>\n<h1>");
    html_own(p->out, key, p->zh ? TONGUE_ZH : TONGUE_EN);
    buffer_put(p->out, "</h1>\n<p class=\"meta\">");
    html_own(p->out, scheme->title, p->zh ? TONGUE_ZH : TONGUE_EN);
    buffer_put(p->out, "</p>\n</header>\n<main>\n");
    lead(p, unit, c);
    struct prose prose;
    prose_open(&prose, p->out, p->arena, p->result->scheme->file, p->zh ? TONGUE_ZH : TONGUE_EN);
    put_tree(p, c);
    page_say(p, "<section aria-labelledby=\"points\"><h2 id=\"points\">Point by point</h2>\n",
             "<section aria-labelledby=\"points\"><h2 id=\"points\">逐条说明</h2>\n");
    bool any = false;
    for (size_t at = 0; at < c->count;) {
        if (says_more(c, at)) {
            at = put_part(p, &prose, c->parts, c->entries, c->count, at);
            any = true;
        } else {
            at++;
        }
    }
    if (!any) page_say(p, "<p>No rule took or gave anything.</p>\n", "<p>没有扣分，也没有加分。</p>\n");
    buffer_put(p->out, "</section>\n");
    put_readings(p, unit, c);
    put_waiting(p, unit, c);
    put_ahead(p, c);
    buffer_put(p->out, "</main>\n");
    html_close(p->out);
}

kh_status kh_result_page(kh_result *result, size_t unit, const kh_page_links *links, const kh_reading *readings,
                         size_t reading_count, kh_text *out)
{
    *out = (kh_text){NULL, 0};
    struct content c = {.links = links, .readings = readings, .reading_count = reading_count};
    kh_status status = kh_scheme_parts(result->scheme, &c.parts, &c.part_count);
    if (status == KH_OK) status = kh_result_ahead(result, unit, &c.ahead);
    if (status == KH_OK && kh_result_state(result, unit) == KH_OPEN)
        status = kh_result_waiting(result, &c.waiting, &c.waiting_count);
    if (status == KH_OK) status = kh_result_account(result, unit, &c.entries, &c.count, &c.why);
    if (status != KH_OK) return status;
    if (setjmp(*arena_trap(result->arena)) || setjmp(*arena_trap(result->scheme->arena))) return KH_ENVIRONMENT;
    struct arena *arena = page_arena(result);
    if (!arena || setjmp(*arena_trap(arena))) return KH_ENVIRONMENT;
    struct buffer text;
    buffer_init(&text, arena);
    struct page p = {&text, arena, result, kh_message_tongue(result->scheme) == TONGUE_ZH};
    write_page(&p, unit, &c);
    *out = kh_of(buffer_result(&text));
    return KH_OK;
}
