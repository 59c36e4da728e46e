/* `kaohe explain --all`: the page that leads to all others: ranking, grades, distribution.
 *
 * In: a result. Out: a page: how many units of each grade and state, a histogram of totals, the table of units by total,
 * each with a bar, linked to its page. Decision: the drawings are SVG in the page itself, computed with whole numbers from
 * the exact totals (hundredths, rounded half up, for the length of a bar alone). What they show stands in the table, too: a
 * screen reader needs no picture.
 */
#include "page.h"

#include "../runtime/quotient.h"

#include <stdlib.h>

enum { BINS = 12, WIDTH = 720, HEIGHT = 180 };

struct standing {
    size_t unit;
    bool known;
    struct quotient total;
    int64_t hundredths;
    const struct run *run;
};

static int by_total(const void *x, const void *y)
{
    const struct standing *a = x, *b = y;
    if (a->known != b->known) return a->known ? -1 : 1;
    int order = a->known ? quotient_order(a->run->big, b->total, a->total) : 0;
    return order ? order : (a->unit > b->unit) - (a->unit < b->unit);
}

static struct standing *standings(struct page *p)
{
    struct results *r = p->result->results;
    struct expr total = p->result->scheme->scheme->total;
    struct standing *all = ARENA_ARRAY(p->arena, struct standing, r->units);
    for (uint32_t u = 0; u < r->units; u++) {
        struct standing *s = &all[u];
        *s = (struct standing){.unit = u, .run = r->run};
        s->known =
            r->state[u] != KH_NOT_ASSESSED && total.value && results_read(r->run, total.value, u, &s->total) == FAULT_NONE;
        if (s->known && total.type.kind == TYPE_NUMBER)
            s->total = quotient_make(r->run->big, s->total.num, power_of_ten(total.type.places));
        if (s->known && !quotient_round(r->run->big, s->total, 2, ROUND_HALF_UP, &s->hundredths)) s->hundredths = 0;
    }
    if (r->units) qsort(all, r->units, sizeof *all, by_total);
    return all;
}

static void put_hundredths(struct page *p, int64_t value) { number_print(p->out, value, 2); }

/* The histogram: equal steps of whole marks from the lowest to the highest total. */
static void histogram(struct page *p, const struct standing *all, size_t count)
{
    int64_t low = INT64_MAX, high = INT64_MIN;
    size_t known = 0, bins[BINS] = {0}, most = 0;
    for (size_t k = 0; k < count; k++) {
        if (!all[k].known) continue;
        known++;
        if (all[k].hundredths < low) low = all[k].hundredths;
        if (all[k].hundredths > high) high = all[k].hundredths;
    }
    if (known < 2 || high - low < 100 || high > INT64_MAX / 4 || low < INT64_MIN / 4) return;
    page_say(p, "<h2>Distribution of totals</h2>\n", "<h2>总分分布</h2>\n");
    low = low >= 0 ? low / 100 * 100 : -((-low + 99) / 100 * 100);
    int64_t step = ((high - low) / BINS / 100 + 1) * 100;
    for (size_t k = 0; k < count; k++)
        if (all[k].known) bins[(all[k].hundredths - low) / step]++;
    int used = (int)((high - low) / step) + 1;
    for (int b = 0; b < used; b++) most = bins[b] > most ? bins[b] : most;
    buffer_print(
        p->out,
        "<svg class=\"dist\" viewBox=\"-16 -12 %d %d\" role=\"img\" aria-labelledby=\"dist dist-d\"><title id=\"dist\">",
        WIDTH + 32, HEIGHT + 52);
    page_say(p, "Distribution of totals", "总分分布");
    buffer_put(p->out, "</title><desc id=\"dist-d\">");
    page_say(p, "How many units have a total in each range; the totals stand in the table.",
             "各分数段的单位数；分数见下表。");
    buffer_put(p->out, "</desc>\n");
    int width = WIDTH / used;
    for (int b = 0; b < used; b++) {
        int height = (int)(bins[b] * (size_t)HEIGHT / most), x = b * width;
        if (bins[b])
            buffer_print(p->out,
                         "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"#4a6fa5\"/>"
                         "<text x=\"%d\" y=\"%d\" font-size=\"13\" text-anchor=\"middle\">%zu</text>\n",
                         x + 3, HEIGHT + 15 - height, width - 6, height, x + width / 2, HEIGHT + 11 - height, bins[b]);
    }
    for (int b = 0; b <= used; b++) { /* at the edges: a bar has what is at least its left one and below its right one */
        buffer_print(p->out, "<text x=\"%d\" y=\"%d\" font-size=\"12\" text-anchor=\"middle\" fill=\"#57606a\">", b * width,
                     HEIGHT + 32);
        number_print(p->out, (low + b * step) / 100, 0);
        buffer_put(p->out, "</text>\n");
    }
    buffer_print(p->out, "<line x1=\"0\" y1=\"%d\" x2=\"%d\" y2=\"%d\" stroke=\"#1b1f24\"/></svg>\n", HEIGHT + 15,
                 used * width, HEIGHT + 15);
}

/* How many units have each value of a column, in the order of the scheme for grades, of the data otherwise. */
static void tally(struct page *p, kh_column kind, const char *en, const char *zh)
{
    const struct results *r = p->result->results;
    int column = page_column(p->result, kind);
    if (column < 0) return;
    kh_text *words = ARENA_ARRAY(p->arena, kh_text, r->units + 1);
    size_t *counts = ARENA_ARRAY(p->arena, size_t, r->units + 1), count = 0;
    for (size_t g = 0; kind == KH_COLUMN_GRADE && g < r->scheme->grade_count && count < r->units; g++)
        words[count++] = kh_of(text_shown(r->scheme->grades[g].name, r->scheme->grades[g].heading));
    for (size_t u = 0; u < r->units; u++) {
        kh_text cell = kh_result_cell(p->result, u, (size_t)column);
        size_t k = 0;
        while (k < count && !text_equal(text_from(words[k]), text_from(cell))) k++;
        if (!cell.len) continue;
        if (k == count) words[count++] = cell;
        counts[k]++;
    }
    if (!count) return;
    buffer_put(p->out, "<p>");
    page_say(p, en, zh);
    for (size_t k = 0; k < count; k++) {
        buffer_put(p->out, k ? (p->zh ? "，" : ", ") : "");
        page_text(p, words[k]);
        buffer_print(p->out, " <b>%zu</b>", counts[k]);
    }
    buffer_put(p->out, "</p>\n");
}

/* A bar as long as the total is of the highest; none for what is below 0. */
static void bar(struct page *p, const struct standing *s, int64_t most)
{
    enum { LENGTH = 160 };
    int64_t value = s->known && s->hundredths > 0 ? s->hundredths : 0;
    int length = most > 0 ? (int)((__int128)value * LENGTH / most) : 0;
    buffer_print(p->out,
                 "<td role=\"cell\" class=\"bar\"><svg width=\"%d\" height=\"12\" aria-hidden=\"true\"><rect width=\"%d\" "
                 "height=\"12\" "
                 "fill=\"#4a6fa5\"/></svg></td>",
                 LENGTH, length);
}

static bool is_listed(kh_column kind)
{
    return kind == KH_COLUMN_TOTAL || kind == KH_COLUMN_GRADE || kind == KH_COLUMN_PLACE || kind == KH_COLUMN_STATE ||
           kind == KH_COLUMN_OUTCOME;
}

static bool is_used(const kh_result *result, size_t column)
{
    if (!is_listed(kh_result_column_kind(result, column))) return false;
    for (size_t u = 0; u < kh_result_rows(result); u++)
        if (kh_result_cell(result, u, column).len) return true;
    return false;
}

static void ranking_table(struct page *p, const struct standing *all, size_t count)
{
    const kh_result *r = p->result;
    size_t columns = kh_result_columns(r);
    int64_t most = count && all[0].known ? all[0].hundredths : 0;
    buffer_put(p->out, "<div class=\"scroll\"><table role=\"table\">\n<thead role=\"rowgroup\"><tr role=\"row\"><th "
                       "role=\"columnheader\" scope=\"col\">");
    html_text(p->out, text_from(kh_result_heading(r, 0)));
    buffer_put(p->out, "</th>");
    for (size_t c = 0; c < columns; c++) {
        if (!is_used(r, c)) continue;
        buffer_print(p->out, "<th role=\"columnheader\" scope=\"col\"%s>",
                     kh_result_column_kind(r, c) == KH_COLUMN_TOTAL ? " class=\"n\"" : "");
        page_text(p, kh_result_title(r, c));
        buffer_put(p->out, "</th>");
        if (kh_result_column_kind(r, c) == KH_COLUMN_TOTAL) buffer_put(p->out, "<td role=\"cell\" class=\"bar\"></td>");
    }
    buffer_put(p->out, "</tr></thead>\n<tbody role=\"rowgroup\">\n");
    for (size_t k = 0; k < count; k++) {
        char name[KH_PAGE_NAME];
        size_t unit = all[k].unit;
        kh_page_name(name, unit);
        buffer_print(p->out, "<tr role=\"row\"><th role=\"rowheader\" scope=\"row\"><a href=\"%s\">", name);
        page_text(p, kh_result_cell(r, unit, 0));
        buffer_put(p->out, "</a></th>");
        for (size_t c = 0; c < columns; c++) {
            if (!is_used(r, c)) continue;
            bool figure = kh_result_column_kind(r, c) == KH_COLUMN_TOTAL || kh_result_column_kind(r, c) == KH_COLUMN_PLACE;
            buffer_print(p->out, "<td role=\"cell\"%s>", figure ? " class=\"n\"" : "");
            page_text(p, kh_result_cell(r, unit, c));
            buffer_put(p->out, "</td>");
            if (kh_result_column_kind(r, c) == KH_COLUMN_TOTAL) bar(p, &all[k], most);
        }
        buffer_put(p->out, "</tr>\n");
    }
    buffer_put(p->out, "</tbody></table></div>\n");
}

kh_status kh_result_index(kh_result *result, kh_text *out)
{
    *out = (kh_text){NULL, 0};
    if (!result->results) return KH_DATA;
    if (setjmp(*arena_trap(result->arena)) || setjmp(*arena_trap(result->scheme->arena))) return KH_ENVIRONMENT;
    struct arena *arena = page_arena(result);
    if (!arena || setjmp(*arena_trap(arena))) return KH_ENVIRONMENT;
    struct buffer text;
    buffer_init(&text, arena);
    struct page p = {&text, arena, result, kh_message_tongue(result->scheme) == TONGUE_ZH};
    struct scheme *scheme = result->scheme->scheme;
    struct standing *all = standings(&p);
    size_t count = result->results->units;
    html_open(&text, scheme->title, p.zh ? TONGUE_ZH : TONGUE_EN, scheme->title);
    buffer_put(&text, "<header>\n<h1>");
    html_text(&text, scheme->title);
    buffer_print(&text, p.zh ? "</h1>\n<p class=\"meta\">%zu个单位" : "</h1>\n<p class=\"meta\">units: %zu", count);
    if (count && all[0].known) {
        size_t last = count;
        while (!all[last - 1].known) last--;
        page_say(&p, "; totals from ", "；总分 ");
        put_hundredths(&p, all[last - 1].hundredths);
        page_say(&p, " to ", " 至 ");
        put_hundredths(&p, all[0].hundredths);
    }
    buffer_put(&text, "</p>\n</header>\n<main>\n");
    tally(&p, KH_COLUMN_GRADE, "Grades: ", "等次：");
    tally(&p, KH_COLUMN_STATE, "State: ", "状态：");
    histogram(&p, all, count);
    page_say(&p, "<h2>Units by total</h2>\n", "<h2>按总分排列</h2>\n");
    ranking_table(&p, all, count);
    buffer_put(&text, "</main>\n");
    html_close(&text);
    *out = kh_of(buffer_result(&text));
    return KH_OK;
}
