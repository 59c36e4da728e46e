/* Other spellings of the words of the language.
 *
 * In: a random scheme. Out: the same with some words in another spelling of their tongue, as keywords.def lists them.
 * Decision: whole words only, and only spellings that no second keyword has, so that nothing but the word changes. Cost: a word
 * that stands glued to a figure (扣2分) keeps its spelling.
 */
#include "generate.h"

struct spelling {
    struct text text, all; /* one of the spellings "a|b|c" */
    bool only;             /* of this keyword alone, and no name that the language brings */
    bool zh;
};

enum { MOST_SPELLINGS = 1000 };

static void add(struct spelling *spellings, size_t *count, const char *all, bool zh)
{
    for (const char *at = all; *at;) {
        size_t n = strcspn(at, "|");
        if (*count == MOST_SPELLINGS) return;
        struct spelling *one = &spellings[*count];
        *one = (struct spelling){{at, n}, text_of(all), true, zh};
        for (size_t i = 0; i < *count; i++)
            if (text_equal(spellings[i].text, one->text)) spellings[i].only = one->only = false;
        ++*count;
        at += n + (at[n] == '|');
    }
}

/* Made once: the list is the same for every seed. */
static const struct spelling *all_spellings(size_t *count)
{
    static struct spelling spellings[MOST_SPELLINGS];
    static size_t known;
    if (!known) {
#define KEYWORD(token, class, english, chinese, help) add(spellings, &known, english, false), add(spellings, &known, chinese, true);
#include "../../grammar/keywords.def"
#undef KEYWORD
        size_t words = known; /* what follows is not a keyword and goes again */
#define BUILTIN(name, english, chinese, least, most, help) add(spellings, &known, english, false), add(spellings, &known, chinese, true);
#define MEMBER(of, name, english, chinese, help) BUILTIN(name, english, chinese, 0, 0, help)
#define COLUMN(of, name, english, chinese, help) BUILTIN(name, english, chinese, 0, 0, help)
#include "../../runtime/builtins.def"
#undef BUILTIN
#undef MEMBER
#undef COLUMN
        known = words;
    }
    *count = known;
    return spellings;
}

/* Part of a word of either tongue. */
static bool inside(char c)
{
    bool latin = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return latin || c == '_' || c == '.' || (unsigned char)c >= 0x80;
}

/* The longest spelling that stands at `at` as a whole word; the text ends in a NUL. */
static const struct spelling *spelling_at(struct text text, size_t at, bool zh)
{
    size_t count;
    const struct spelling *spellings = all_spellings(&count), *found = NULL;
    for (size_t i = 0; i < count; i++) {
        const struct spelling *one = &spellings[i];
        size_t end = at + one->text.len;
        if (one->zh != zh || end > text.len || memcmp(text.at + at, one->text.at, one->text.len)) continue;
        bool ends = end == text.len || !inside(text.at[end]) || strncmp(text.at + end, "：", 3) == 0 || strncmp(text.at + end, "，", 3) == 0;
        if (ends && (!found || one->text.len > found->text.len)) found = one;
    }
    return found;
}

static struct text another(struct gen *g, const struct spelling *of)
{
    int count = 1;
    for (size_t i = 0; i < of->all.len; i++) count += of->all.at[i] == '|';
    int pick = (int)roll(g, (uint64_t)count);
    const char *at = of->all.at;
    for (; pick > 0; pick--) at = strchr(at, '|') + 1;
    return (struct text){at, strcspn(at, "|")};
}

struct text respell(struct gen *g, struct text scheme)
{
    struct buffer out;
    buffer_init(&out, g->arena);
    bool quoted = false;
    for (size_t i = 0; i < scheme.len;) {
        bool opens = strncmp(scheme.at + i, "“", 3) == 0, closes = strncmp(scheme.at + i, "”", 3) == 0;
        if (opens || closes) quoted = opens;
        if (scheme.at[i] == '"') quoted = !quoted;
        bool begins = !quoted && (i == 0 || !inside(scheme.at[i - 1]) || (i > 2 && memcmp(scheme.at + i - 3, "，", 3) == 0) ||
                                  (i > 2 && memcmp(scheme.at + i - 3, "：", 3) == 0));
        const struct spelling *word = begins ? spelling_at(scheme, i, g->zh) : NULL;
        if (!word) {
            buffer_char(&out, scheme.at[i++]);
            continue;
        }
        buffer_text(&out, word->only && chance(g, 50) ? another(g, word) : word->text);
        i += word->text.len;
    }
    return said(g, &out);
}
