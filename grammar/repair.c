/* Trying repairs of a line that did not parse.
 *
 * In: the line's tokens and a change of its text. Out: whether it parses then; the finding with the repaired line.
 * Decision: a repair is offered only if the parser itself accepts the line that comes out. So no message tells a clerk to
 * type what does not work. Cost: a line in error is parsed a few dozen times; a long line is not tried.
 */
#include "repair.h"

#include "parser.tab.h"

enum { TRIED_BYTES = 1000 };

const struct token *scene_token(const struct scene *scene, size_t i)
{
    return &scene->front->tokens[i < scene->front->count ? i : scene->front->count];
}

bool scene_expects(const struct scene *scene, int token)
{
    for (int i = 0; i < scene->count; i++) {
        if (scene->expected[i] == token) return true;
    }
    return false;
}

struct text scene_word(const struct scene *scene, int token)
{
    switch (token) {
    case TOK_COLON: return scene->zh ? TEXT("：") : TEXT(":");
    case TOK_COMMA: return scene->zh ? TEXT("，") : TEXT(",");
    case TOK_CLOSE: return scene->zh ? TEXT("）") : TEXT(")");
    case TOK_OPEN: return scene->zh ? TEXT("（") : TEXT("(");
    case TOK_EQ: return TEXT("=");
    default: return keyword_spelling(token, scene->zh ? TONGUE_ZH : TONGUE_EN);
    }
}

struct text scene_text(const struct scene *scene, size_t i, size_t j)
{
    if (i >= j) return TEXT_NONE;
    struct span where = {scene_token(scene, i)->span.from, scene_token(scene, j - 1)->span.to};
    return front_text(scene->front, where);
}

/* ---- changes ---- */

/* Where a token ends; 分 behind a number belongs to it. */
static uint32_t end_of(const struct scene *scene, size_t i)
{
    const struct token *token = scene_token(scene, i);
    uint32_t end = token->span.to;
    if (!(token->flags & TOKEN_CUT) || token->kind == TOK_DURATION) return end;
    uint32_t next = i + 1 < scene->front->count ? scene_token(scene, i + 1)->span.from : (uint32_t)scene->front->source.len;
    const char *at = scene->front->source.at;
    while (end < next && (unsigned char)at[end] >= 0x80) end++; /* 分 */
    return end;
}

struct fix fix_replace(const struct scene *scene, size_t i, struct text with)
{
    const struct token *token = scene_token(scene, i), *next = scene_token(scene, i + 1);
    struct span where = {token->span.from, end_of(scene, i)};
    if (!with.len && i + 1 < scene->end && !(next->flags & TOKEN_FRESH)) { /* goes with its blank, but leaves one */
        if (!(token->flags & TOKEN_TIGHT)) where.to = next->span.from;
        if (token->flags & TOKEN_TIGHT && next->flags & TOKEN_TIGHT && token->kind == TOK_COLON) with = TEXT(" ");
    }
    return (struct fix){.edits = {{where, with}}, .count = 1};
}

struct fix fix_before(const struct scene *scene, size_t i, struct text with)
{
    uint32_t from = scene_token(scene, i)->span.from;
    return (struct fix){.edits = {{{from, from}, scene_print(scene, "%.*s ", TEXT_ARG(with))}}, .count = 1};
}

struct fix fix_behind(const struct scene *scene, size_t i, struct text with)
{
    uint32_t from = end_of(scene, i), to = from;
    bool wide = with.len == strlen("，") && (unsigned char)*with.at >= 0x80; /* carries its own blank */
    const struct token *next = scene_token(scene, i + 1);
    if (wide && i + 1 < scene->end && !(next->flags & TOKEN_FRESH)) to = next->span.from;
    return (struct fix){.edits = {{{from, to}, with}}, .count = 1};
}

struct fix fix_and(struct fix a, struct fix b)
{
    for (int i = 0; i < b.count && a.count < EDITS; i++) a.edits[a.count++] = b.edits[i];
    return a;
}

static struct text changed(const struct scene *scene, const struct fix *fix, struct span within)
{
    struct buffer out;
    buffer_init(&out, scene->front->arena);
    uint32_t at = within.from;
    for (int i = 0; i < fix->count; i++) {
        struct edit edit = fix->edits[i];
        if (edit.where.from < at || edit.where.to > within.to) continue;
        buffer_text(&out, front_text(scene->front, (struct span){at, edit.where.from}));
        buffer_text(&out, edit.with);
        at = edit.where.to;
    }
    buffer_text(&out, front_text(scene->front, (struct span){at, within.to}));
    return buffer_result(&out);
}

/* ---- trying ---- */

bool fix_works(const struct scene *scene, const struct fix *fix)
{
    struct front *front = scene->front;
    struct span within = {scene_token(scene, scene->start)->span.from, scene_token(scene, scene->end - 1)->span.to};
    within.to = end_of(scene, scene->end - 1);
    if (within.to - within.from > TRIED_BYTES) return false;
    struct findings findings;
    findings_init(&findings, front->arena, 1);
    struct front trial = {.arena = front->arena, .findings = &findings, .keywords = front->keywords, .trial = true};
    trial.source = arena_text(front->arena, changed(scene, fix, within));
    trial.block = scene->block;
    lexer_run(&trial);
    words_settle(&trial);
    return kaohe_yyparse(&trial) == 0 && findings.errors == 0;
}

/* ---- saying ---- */

/* The physical line of the fix's first change, without indentation and comment, as it should read. */
static struct text repaired(const struct scene *scene, const struct fix *fix)
{
    struct front *front = scene->front;
    struct text source = front->source;
    uint32_t from = fix->edits[0].where.from, to = from;
    while (from > 0 && source.at[from - 1] != '\n') from--;
    while (to < source.len && source.at[to] != '\n') to++;
    size_t low = 0, high = front->comment_count;
    while (low < high) { /* the first comment that ends behind the line's start */
        size_t middle = low + (high - low) / 2;
        if (front->comments[middle].span.to <= from) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    if (low < front->comment_count && front->comments[low].span.from < to) to = front->comments[low].span.from;
    struct text line = changed(scene, fix, (struct span){from, to});
    while (line.len && (*line.at == ' ' || *line.at == '\t')) line.at++, line.len--;
    while (line.len && (line.at[line.len - 1] == ' ' || line.at[line.len - 1] == '\t' || line.at[line.len - 1] == '\r'))
        line.len--;
    return line;
}

bool scene_say(struct scene *scene, enum diag_code code, size_t i, size_t j, const struct fix *fix, int words, ...)
{
    struct text word[FINDING_WORDS] = {{0}};
    va_list list;
    va_start(list, words);
    for (int k = 0; k < words && k < FINDING_WORDS; k++) word[k] = va_arg(list, struct text);
    va_end(list);
    struct span where = scene_token(scene, i)->span;
    if (i >= scene->end && scene->end > scene->start) { /* behind the last word: the place where more should stand */
        where.from = end_of(scene, scene->end - 1);
        where.to = where.from;
    }
    if (j > i + 1) where.to = scene_token(scene, j - 1)->span.to;
    struct finding *finding = front_find(scene->front, code, i < scene->end ? i : scene->end - 1, where, words, word[0],
                                         word[1], word[2], word[3], word[4], word[5]);
    if (finding && fix) finding->repair = repaired(scene, fix);
    return true;
}
