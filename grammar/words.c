/* Words to keywords: the table of keywords.def by spelling, phrases, measure words, lengths of time.
 *
 * In: the lexer's tokens, every word still a name. Out: the same array, shorter: phrases are one token, words carry the
 * keywords that they may be, 12天 is a length of time, 2分 is 2.
 * Decision: a run of CJK characters is a keyword or a name as a whole; only straight after a number may a measure word
 * come off it, and only if a keyword is left (1次扣2分). Cost: 若未制定计划 is an error, with the repair in its message.
 */
#include "front.h"

#include "../runtime/utf8.h"
#include "parser.tab.h"

const struct keyword KEYWORDS[] = {
#define KEYWORD(token, class, english, chinese, help)                                                                       \
    {TOK_##token, CLASS_##class, #token, {english, sizeof english - 1}, {chinese, sizeof chinese - 1}},
#include "keywords.def"
#undef KEYWORD
};
const size_t KEYWORD_COUNT = sizeof KEYWORDS / sizeof *KEYWORDS;

enum { SLOTS = 2048, KEY_BYTES = 64, PHRASE_WORDS = 4 };

struct entry {
    struct text spelling; /* English in lower case, one blank between words */
    int16_t open, word;
    uint8_t class;
    bool begins_phrase; /* the first word of a longer spelling */
};

struct keywords {
    struct entry slots[SLOTS];
    char *room; /* the spellings */
};

/* ---- the table ---- */

static size_t hash(struct text text)
{
    uint32_t h = 2166136261u;
    for (size_t i = 0; i < text.len; i++) h = (h ^ (unsigned char)text.at[i]) * 16777619u;
    return (h ^ h >> 15) % SLOTS;
}

static struct entry *slot_of(const struct keywords *keywords, struct text spelling)
{
    size_t at = hash(spelling);
    while (keywords->slots[at].spelling.len && !text_equal(keywords->slots[at].spelling, spelling)) at = (at + 1) % SLOTS;
    return (struct entry *)&keywords->slots[at];
}

static struct entry *slot_made(struct keywords *keywords, struct text spelling)
{
    struct entry *entry = slot_of(keywords, spelling);
    entry->spelling = spelling;
    return entry;
}

struct text keyword_nth(const struct keyword *entry, enum tongue tongue, size_t n)
{
    struct text all = tongue == TONGUE_ZH ? entry->chinese : entry->english;
    for (;;) {
        const char *bar = all.len ? memchr(all.at, '|', all.len) : NULL;
        size_t len = bar ? (size_t)(bar - all.at) : all.len;
        if (n-- == 0) return (struct text){all.at, len};
        if (!bar) return TEXT_NONE;
        all = (struct text){bar + 1, all.len - len - 1};
    }
}

struct text keyword_spelling(int token, enum tongue tongue)
{
    for (size_t i = 0; i < KEYWORD_COUNT; i++) {
        if (KEYWORDS[i].token != token) continue;
        struct text spelling = keyword_nth(&KEYWORDS[i], tongue, 0);
        return spelling.len ? spelling : keyword_nth(&KEYWORDS[i], tongue == TONGUE_ZH ? TONGUE_EN : TONGUE_ZH, 0);
    }
    return TEXT_NONE;
}

struct keywords *keywords_open(struct arena *arena)
{
    struct keywords *keywords = ARENA_NEW(arena, struct keywords);
    for (size_t i = 0; i < KEYWORD_COUNT; i++) {
        for (int tongue = TONGUE_EN; tongue <= TONGUE_ZH; tongue++) {
            struct text spelling;
            for (size_t n = 0; (spelling = keyword_nth(&KEYWORDS[i], (enum tongue)tongue, n)).len; n++) {
                struct entry *entry = slot_made(keywords, spelling);
                if (KEYWORDS[i].class == CLASS_OPEN) {
                    entry->open = (int16_t)KEYWORDS[i].token;
                } else if (!entry->word) { /* the first in the file is read, later ones are printed only */
                    entry->word = (int16_t)KEYWORDS[i].token;
                    entry->class = (uint8_t)KEYWORDS[i].class;
                }
                const char *blank = memchr(spelling.at, ' ', spelling.len);
                if (blank)
                    slot_made(keywords, (struct text){spelling.at, (size_t)(blank - spelling.at)})->begins_phrase = true;
            }
        }
    }
    return keywords;
}

/* Appends a word in lower case to the key; false if it does not fit: then it is no keyword. */
static bool key_add(char *key, size_t *len, struct text word)
{
    if (*len + word.len + 1 > KEY_BYTES) return false;
    if (*len) key[(*len)++] = ' ';
    for (size_t i = 0; i < word.len; i++) {
        char c = word.at[i];
        key[(*len)++] = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
    }
    return true;
}

static const struct entry *find(const struct keywords *keywords, struct text spelling)
{
    char key[KEY_BYTES];
    size_t len = 0;
    if (!key_add(key, &len, spelling)) return NULL;
    const struct entry *entry = slot_of(keywords, (struct text){key, len});
    return entry->spelling.len ? entry : NULL;
}

bool keywords_find(const struct keywords *keywords, struct text spelling, int *open, int *word, enum token_class *class)
{
    const struct entry *entry = find(keywords, spelling);
    *open = entry ? entry->open : 0;
    *word = entry ? entry->word : 0;
    *class = entry ? (enum token_class)entry->class : CLASS_NONE;
    return *open || *word;
}

/* ---- after a number ---- */

/* Words that only say what is counted. Money and areas scale or name a quantity; they are not here. */
static const char *const MEASURES[] = {
    "分",   "次",   "个",   "项",   "人",   "件",   "名", "例", "起", "条", "篇",     "场",       "期",   "届",
    "户",   "家",   "位",   "处",   "份",   "台",   "张", "座", "部", "本", "门",     "课",       "节",   "堂",
    "批",   "支",   "所",   "宗",   "类",   "档",   "轮", "回", "遍", "班", "组",     "村",       "人次", "件次",
    "批次", "户次", "场次", "学时", "课时", "小时", "步", "种", "枚", "封", "百分点", "个百分点", "只",   "级",
};
static const char *const MEASURES_EN[] = {"point", "points", "mark", "marks", "time", "times"};

static bool starts(struct text text, const char *with, size_t *bytes)
{
    *bytes = strlen(with);
    return text.len >= *bytes && memcmp(text.at, with, *bytes) == 0;
}

bool words_measure(struct text text)
{
    for (size_t i = 0; i < sizeof MEASURES / sizeof *MEASURES; i++) {
        if (text_is(text, MEASURES[i])) return true;
    }
    return false;
}

static bool is_english_measure(struct text text)
{
    char key[KEY_BYTES];
    size_t len = 0;
    if (!key_add(key, &len, text)) return false;
    for (size_t i = 0; i < sizeof MEASURES_EN / sizeof *MEASURES_EN; i++) {
        if (text_is((struct text){key, len}, MEASURES_EN[i])) return true;
    }
    return false;
}

static bool is_hard(const struct keywords *keywords, struct text text)
{
    const struct entry *entry = find(keywords, text);
    return entry && entry->word && entry->class == CLASS_HARD;
}

/* What the front of `run` is, read after a number: the bytes it takes, 0 if nothing comes off. All of the run, or a
 * measure word or length of time with a keyword behind it. */
static size_t counted_front(const struct keywords *keywords, struct text run, int *unit)
{
    const struct entry *whole = find(keywords, run);
    *unit = 0;
    if (whole && whole->class == CLASS_COUNTED) {
        *unit = whole->word;
        return run.len;
    }
    if (words_measure(run)) return run.len;
    if (whole && whole->word) return 0;
    size_t best = 0, bytes;
    for (size_t i = 0; i < sizeof MEASURES / sizeof *MEASURES; i++) {
        if (!starts(run, MEASURES[i], &bytes) || bytes <= best || bytes == run.len) continue;
        if (is_hard(keywords, (struct text){run.at + bytes, run.len - bytes})) best = bytes;
    }
    static const int UNITS[] = {TOK_DAY, TOK_WORKDAY, TOK_MONTH, TOK_YEAR};
    for (size_t k = 0; k < KEYWORD_COUNT; k++) {
        for (size_t u = 0; u < sizeof UNITS / sizeof *UNITS; u++) {
            if (KEYWORDS[k].token != UNITS[u]) continue;
            struct text spelling;
            for (size_t n = 0; (spelling = keyword_nth(&KEYWORDS[k], TONGUE_ZH, n)).len; n++) {
                bytes = spelling.len;
                if (run.len <= bytes || bytes <= best || memcmp(run.at, spelling.at, bytes)) continue;
                if (!is_hard(keywords, (struct text){run.at + bytes, run.len - bytes})) continue;
                best = bytes;
                *unit = UNITS[u];
            }
        }
    }
    return best;
}

bool words_come_off(const struct keywords *keywords, struct text run)
{
    int unit;
    return is_english_measure(run) || counted_front(keywords, run, &unit) != 0;
}

/* Takes what a number is counted in off the front of `word`: the number becomes a percentage or a length of time, or
 * nothing but noise is gone. Returns true if nothing is left of the word. */
static bool take_counted(struct front *front, struct token *number, struct token *word, bool rounding)
{
    bool wide = word->flags & TOKEN_WIDE, at_start = number->flags & TOKEN_FRESH;
    if (!wide && at_start) return false; /* `6 session …` in an example: a table, whatever it is called */
    if (!wide && is_english_measure(word->text)) {
        number->flags |= TOKEN_CUT;
        return true;
    }
    int unit;
    size_t bytes = counted_front(front->keywords, word->text, &unit);
    if (!bytes) return false;
    struct text taken = {word->text.at, bytes};
    if (unit == TOK_PLACES && rounding) {
        return false; /* stays a word of its own */
    } else if (unit && unit != TOK_PLACES) {
        if (at_start) return false;
        if (!memchr(number->text.at, '.', number->text.len)) { /* 0.5天 is a figure, not a length of time */
            number->kind = TOK_DURATION;
            number->word = (int16_t)unit;
        }
    } else if (unit == TOK_PLACES && !words_measure(taken)) {
        return false;
    } else if (text_is(taken, "个百分点") || text_is(taken, "百分点")) {
        number->kind = TOK_PERCENTAGE;
    }
    number->flags |= TOKEN_CUT;
    if (number->kind == TOK_DURATION) number->span.to = word->span.from + (uint32_t)bytes;
    word->text.at += bytes;
    word->text.len -= bytes;
    word->span.from += (uint32_t)bytes;
    word->flags |= TOKEN_TIGHT;
    return word->text.len == 0;
}

/* ---- 每 with anything counted ---- */

bool words_is_per(const struct keywords *keywords, struct text run)
{
    static const char *const OFTEN[] = {"每年", "每月", "每日", "每天", "每季", "每周"}; /* how often, not of what */
    size_t bytes;
    if (!starts(run, "每", &bytes) || find(keywords, run)) return false;
    for (size_t i = 0; i < sizeof OFTEN / sizeof *OFTEN; i++) {
        if (text_is(run, OFTEN[i])) return false;
    }
    struct text rest = {run.at + bytes, run.len - bytes};
    if (starts(rest, "一", &bytes) && rest.len > bytes) rest = (struct text){rest.at + bytes, rest.len - bytes};
    utf8_at(rest, 0, &bytes);
    return bytes == rest.len || words_measure(rest);
}

/* ---- the pass ---- */

/* The longest phrase that begins at raw token i, NULL if none of two or more words does. */
static const struct entry *phrase_at(const struct front *front, size_t i, bool after_number, size_t *words)
{
    const struct token *token = &front->tokens[i];
    const struct entry *first = find(front->keywords, token->text), *found = NULL;
    if (!first || !first->begins_phrase) return NULL;
    char key[KEY_BYTES];
    size_t len = 0;
    for (size_t n = 0; n < PHRASE_WORDS && i + n < front->count; n++, token++) {
        if (!(token->flags & TOKEN_WORD) || (n && token->flags & TOKEN_FRESH)) break;
        if (!key_add(key, &len, token->text)) break;
        const struct entry *entry = slot_of(front->keywords, (struct text){key, len});
        if (!n || !entry->spelling.len) continue;
        bool counted = entry->word == TOK_OR_MORE || entry->word == TOK_OR_LESS;
        if (!entry->word && !(entry->open && front->tokens[i].flags & TOKEN_FRESH)) continue;
        if (counted && !after_number) continue;
        found = entry;
        *words = n + 1;
    }
    return found;
}

static void become(struct front *front, struct token *token, const struct entry *entry)
{
    token->open = entry->open;
    token->word = entry->word;
    token->class = entry->class;
    bool certain = token->class == CLASS_HARD || (token->open && token->flags & TOKEN_FRESH);
    if (certain) *(token->flags & TOKEN_WIDE ? &front->chinese : &front->english) += 1;
}

/* 人均 and GDP, typed without a blank, are one name; 若GDP is not. */
static bool joins(const struct front *front, const struct token *token, size_t i)
{
    const struct token *next = &front->tokens[i + 1];
    if (i + 1 >= front->count || !(token->flags & TOKEN_WIDE) || find(front->keywords, token->text)) return false;
    return next->flags & TOKEN_WORD && next->flags & TOKEN_TIGHT && !(next->flags & TOKEN_WIDE);
}

void words_settle(struct front *front)
{
    size_t to = 0;
    bool rounding = false;
    for (size_t i = 0; i < front->count; i++) {
        struct token token = front->tokens[i], *before = to ? &front->tokens[to - 1] : NULL;
        if (token.flags & TOKEN_FRESH) rounding = false;
        if (!(token.flags & TOKEN_WORD)) {
            front->tokens[to++] = token;
            continue;
        }
        bool same_line = before && !(token.flags & TOKEN_FRESH);
        bool after_number = same_line && (before->kind == TOK_NUMBER || before->kind == TOK_PERCENTAGE);
        if (same_line && before->kind == TOK_NUMBER && take_counted(front, before, &token, rounding)) continue;
        if (same_line && before->kind == TOK_CLOSE && text_is(token.text, "分")) continue;
        after_number |= same_line && before->kind == TOK_DURATION;

        size_t words = 1;
        const struct entry *entry = phrase_at(front, i, after_number, &words);
        if (entry) {
            token.span.to = front->tokens[i + words - 1].span.to;
            token.text = entry->spelling;
            i += words - 1;
        } else {
            entry = find(front->keywords, token.text);
            if (entry && !after_number && (entry->word == TOK_OR_MORE || entry->word == TOK_OR_LESS)) entry = NULL;
        }
        if (entry) {
            become(front, &token, entry);
            rounding |= token.word == TOK_ROUNDED || (token.flags & TOKEN_FRESH && token.open == TOK_ROUND);
        } else if (words_is_per(front->keywords, token.text)) {
            token.word = TOK_PER;
            token.class = CLASS_HARD;
            front->chinese++;
        } else if (joins(front, &token, i)) {
            struct text next = front->tokens[++i].text;
            token.text = arena_print(front->arena, "%.*s%.*s", TEXT_ARG(token.text), TEXT_ARG(next));
            token.span.to = front->tokens[i].span.to;
        }
        front->tokens[to++] = token;
    }
    front->tokens[to] = front->tokens[front->count]; /* END */
    front->count = to;
}
