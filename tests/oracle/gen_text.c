/* Chance, words and names of the generator.
 *
 * In: the generator's state. Out: numbers and texts. Decision: one 64-bit state, splitmix64, so that a seed means the same
 * scheme in every run. Cost: the order of calls in one line is the compiler's, so another compiler makes other schemes.
 */
#include "generate.h"

uint64_t roll(struct gen *g, uint64_t n)
{
    uint64_t z = (g->state += UINT64_C(0x9E3779B97F4A7C15));
    z = (z ^ (z >> 30)) * UINT64_C(0xBF58476D1CE4E5B9);
    z = (z ^ (z >> 27)) * UINT64_C(0x94D049BB133111EB);
    return n ? (z ^ (z >> 31)) % n : 0;
}

struct text said(struct gen *g, const struct buffer *text) { return arena_text(g->arena, buffer_result(text)); }

bool chance(struct gen *g, int percent) { return (int)roll(g, 100) < percent; }

/* A fresh name: f12, or 栏甲乙. Some names of a Chinese scheme are Latin all the same. */
struct text new_name(struct gen *g, const char *en, const char *zh)
{
    static const char *const stems[] = {"甲", "乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸"};
    int n = g->names++;
    if (!g->zh || chance(g, 10)) return SAY(g, "%s%d", en, n);
    if (n < 10) return SAY(g, "%s%s", zh, stems[n]);
    if (n < 100) return SAY(g, "%s%s%s", zh, stems[n / 10], stems[n % 10]);
    return SAY(g, "%s%s%s%s", zh, stems[n / 100 % 10], stems[n / 10 % 10], stems[n % 10]);
}

struct text digits(struct gen *g, long n, int places)
{
    const char *sign = n < 0 ? "-" : "";
    long size = n < 0 ? -n : n, scale = 1;
    for (int i = 0; i < places; i++) scale *= 10;
    while (places > 0 && size % 10 == 0) size /= 10, scale /= 10, places--;
    if (places == 0) return SAY(g, "%s%ld", sign, size);
    return SAY(g, "%s%ld.%0*ld", sign, size / scale, places, size % scale);
}

bool numeric(const struct gfield *f) { return f->type == G_COUNT || f->type == G_NUMBER || f->type == G_PERCENT; }

/* 2007-03-01, or 2007年3月1日 now and then. */
struct text date_text(struct gen *g, struct text iso)
{
    int year = 0, month = 0, day = 0;
    for (int i = 0; i < 4; i++) year = year * 10 + iso.at[i] - '0';
    for (int i = 5; i < 7; i++) month = month * 10 + iso.at[i] - '0';
    for (int i = 8; i < 10; i++) day = day * 10 + iso.at[i] - '0';
    if (!g->zh || chance(g, 50)) return iso;
    return SAY(g, "%d年%d月%d日", year, month, day);
}

struct text pool_value(struct gen *g, const struct gfield *f)
{
    struct text v = f->pool[roll(g, (uint64_t)f->pools)];
    if (f->type == G_TEXT || f->type == G_REF) return SAY(g, g->zh ? "“%s”" : "\"%s\"", S(v));
    if (f->type == G_DATE) return date_text(g, v);
    return v;
}

static void say_reading(struct gen *g, int answer)
{
    buffer_print(&g->out, " %s %s %s %s", W("when", "当"), S(g->question), W("is", "为"), S(g->answers[answer]));
}

void say_end(struct gen *g)
{
    if (chance(g, 4)) buffer_print(&g->out, g->zh ? " 理由 “因%d”" : " because \"b%d\"", (int)roll(g, 100));
    if (g->question.len && chance(g, 8)) say_reading(g, g->taken);
    if (chance(g, 4)) buffer_print(&g->out, g->zh ? " 依据 “%d”" : " source \"%d\"", (int)roll(g, 9) + 1);
    buffer_char(&g->out, '\n');
}

void note_open(struct gen *g, struct text figure)
{
    if (g->open_count < MOST_NAMES) g->open[g->open_count++] = figure;
}

static bool in_word(struct text text, size_t at)
{
    unsigned char c = at < text.len ? (unsigned char)text.at[at] : ' ';
    return c >= 0x80 || c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool reads_open(const struct gen *g, struct text text)
{
    for (int i = 0; i < g->open_count; i++) {
        struct text name = g->open[i];
        for (size_t at = 0; at + name.len <= text.len; at++)
            if (!memcmp(text.at + at, name.at, name.len) && !in_word(text, at + name.len) && (at == 0 || !in_word(text, at - 1)))
                return true;
    }
    return false;
}

bool has_readings(struct gen *g) { return g->question.len && chance(g, 20); }

void say_not_taken(struct gen *g)
{
    say_reading(g, (g->taken + 1 + (int)roll(g, (uint64_t)g->answer_count - 1)) % g->answer_count);
    buffer_char(&g->out, '\n');
}

/* Words that compute nothing. */
void say_words(struct gen *g)
{
    if (chance(g, 5)) {
        buffer_print(&g->out, g->zh ? "  说明 “话%d”" : "  note \"n%d\"", (int)roll(g, 9));
        say_end(g);
    }
    if (chance(g, 5)) {
        buffer_print(&g->out, g->zh ? "  缺文 “缺%d”" : "  gap \"n%d\"", (int)roll(g, 9));
        say_end(g);
    }
}

/* A heading of several words, or one word, which will be the name in the other tongue. */
struct text new_heading(struct gen *g, const char *en, const char *zh)
{
    if (chance(g, 50)) return SAY(g, g->zh ? "%s%d" : "%s %d", W(en, zh), g->names++);
    return SAY(g, g->zh ? "%sh%d" : "%s%d", W(zh, en), g->names++);
}

void say_heading(struct gen *g)
{
    if (chance(g, 20)) buffer_print(&g->out, g->zh ? " “%s”" : " \"%s\"", S(new_heading(g, "head", "题")));
}
