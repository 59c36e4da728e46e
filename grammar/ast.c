/* From a scheme's text to its tree.
 *
 * In: bytes. Out: struct ast_file, and findings.
 * Decision: a text that is not UTF-8, or too long, is not looked at further: everything said about it would be noise.
 * Cost: the other mistakes of such a file come out in the second run.
 */
#include "advice.h"
#include "build.h"
#include "filter.h"
#include "slips.h"

#include "../runtime/limits.h"
#include "../runtime/utf8.h"
#include "parser.tab.h"

/* ---- findings, one a line ---- */

struct text front_text(const struct front *front, struct span where)
{
    return (struct text){front->source.at + where.from, where.to - where.from};
}

/* Whether the line of token i has its finding; from now on it has. The tokens of the line found last are remembered, so
 * that a line full of mistakes is walked once. */
static bool is_reported(struct front *front, size_t i)
{
    if (front->count == 0) return false;
    size_t at = i < front->count ? i : front->count - 1, from = at;
    while (from > 0 && !(front->tokens[from].flags & TOKEN_FRESH) &&
           !(from >= front->reported_from && from < front->reported_to))
        from--;
    bool again = from >= front->reported_from && from < front->reported_to;
    if (!again) front->reported_from = from;
    if (!again || at >= front->reported_to) front->reported_to = at + 1;
    bool reported = front->tokens[from].flags & TOKEN_REPORTED;
    front->tokens[from].flags |= TOKEN_REPORTED;
    return again || reported;
}

static struct finding *find(struct front *front, enum diag_code code, size_t token, struct span where, int words,
                            va_list list)
{
    if (is_reported(front, token)) return NULL;
    struct text word[FINDING_WORDS] = {{0}};
    for (int i = 0; i < words && i < FINDING_WORDS; i++) word[i] = va_arg(list, struct text);
    return findings_add(front->findings, code, where, words, word[0], word[1], word[2], word[3], word[4], word[5]);
}

struct finding *front_find(struct front *front, enum diag_code code, size_t token, struct span where, int words, ...)
{
    va_list list;
    va_start(list, words);
    struct finding *finding = find(front, code, token, where, words, list);
    va_end(list);
    return finding;
}

struct finding *front_find_at(struct front *front, enum diag_code code, struct span where, int words, ...)
{
    size_t low = 0, high = front->count; /* the last token that begins at or before `where` */
    while (low + 1 < high) {
        size_t middle = low + (high - low) / 2;
        if (front->tokens[middle].span.from <= where.from) {
            low = middle;
        } else {
            high = middle;
        }
    }
    va_list list;
    va_start(list, words);
    struct finding *finding = find(front, code, low, where, words, list);
    va_end(list);
    return finding;
}

/* ---- the text as bytes ---- */

static bool is_readable(struct front *front)
{
    struct text source = front->source;
    if (source.len > LIMIT_SCHEME_BYTES) {
        FIND(front->findings, D_SCHEME_LONG, SPAN_NONE, arena_print(front->arena, "%zu", source.len),
             arena_print(front->arena, "%d", LIMIT_SCHEME_BYTES));
        return false;
    }
    size_t valid = utf8_valid(source);
    const char *nul = valid ? memchr(source.at, '\0', valid) : NULL;
    if (!nul && valid == source.len) return true;
    uint32_t at = (uint32_t)(nul ? (size_t)(nul - source.at) : valid);
    struct span byte = {at, at + 1};
    if (nul) {
        FIND(front->findings, D_TEXT_NUL, byte);
    } else {
        FIND(front->findings, D_TEXT_NOT_UTF8, byte, arena_print(front->arena, "%02X", (unsigned char)source.at[valid]));
    }
    return false;
}

static struct text without_bom(struct text source)
{
    bool bom = source.len >= 3 && memcmp(source.at, "\xEF\xBB\xBF", 3) == 0;
    return bom ? (struct text){source.at + 3, source.len - 3} : source;
}

static void read_tokens(struct front *front)
{
    front->keywords = keywords_open(front->arena);
    lexer_run(front);
    front->reported_to = 0; /* the tokens move */
    words_settle(front);
    slips_close_quotes(front);
}

/* The tongue that most keywords are written in; where there is none, most words. */
static enum tongue tongue_of(const struct front *front)
{
    if (front->chinese != front->english) return front->chinese > front->english ? TONGUE_ZH : TONGUE_EN;
    size_t wide = 0, words = 0;
    for (size_t i = 0; i < front->count; i++) {
        words += (front->tokens[i].flags & TOKEN_WORD) != 0;
        wide += (front->tokens[i].flags & TOKEN_WIDE) != 0;
    }
    return wide * 2 > words ? TONGUE_ZH : TONGUE_EN;
}

struct ast_file *ast_parse(struct arena *arena, struct text name, struct text source, struct findings *findings)
{
    struct ast_file *file = ARENA_NEW(arena, struct ast_file);
    struct front front = {.arena = arena, .findings = findings};
    front.source = source.len <= LIMIT_SCHEME_BYTES ? arena_text(arena, without_bom(source)) : source;
    front.root = ARENA_NEW(arena, struct ast);
    front.root->kind = AST_FILE;
    *file = (struct ast_file){.name = arena_text(arena, name), .source = front.source, .root = front.root};
    bool readable = is_readable(&front);
    if (source.len > LIMIT_SCHEME_BYTES) file->source = TEXT_NONE;
    struct source_file *only = ARENA_NEW(arena, struct source_file);
    *only = (struct source_file){file->name, file->source, 0};
    file->files = (struct source_files){only, 1};
    if (!readable) return file;
    front.root->span = front.root->at = (struct span){0, (uint32_t)front.source.len};
    read_tokens(&front);
    front.tongue = tongue_of(&front);
    kaohe_yyparse(&front);
    file->comments = front.comments;
    file->comment_count = front.comment_count;
    file->tongue = front.tongue;
    return file;
}

static void move(struct span *span, uint32_t by)
{
    if (!span->to) return;
    span->from += by;
    span->to += by;
}

void ast_move(struct ast *list, uint32_t by)
{
    for (struct ast *node = list; node; node = node->next) {
        struct ast *const slots[] = {node->a, node->b, node->c, node->d, node->e, node->f, node->list, node->when};
        move(&node->span, by);
        move(&node->at, by);
        for (size_t k = 0; k < sizeof slots / sizeof *slots; k++) ast_move(slots[k], by);
    }
}

/* ---- dump --tokens ---- */

void ast_dump_tokens(struct buffer *out, struct arena *arena, struct text source)
{
    struct findings findings;
    findings_init(&findings, arena, 1);
    struct front front = {.arena = arena, .findings = &findings, .source = arena_text(arena, without_bom(source))};
    if (!is_readable(&front)) return;
    read_tokens(&front);
    for (int kind = -1; kind != TOK_END;) {
        struct token *token;
        struct span where;
        kind = filter_next(&front, &token, &where);
        size_t line, column;
        source_line(front.source, where.from, &line, &column);
        size_t from = out->len;
        buffer_print(out, "%zu:%zu", line, column);
        buffer_pad(out, from, 9);
        struct text label = advice_token_name(kind);
        buffer_text(out, label);
        if (where.to > where.from) {
            buffer_pad(out, from, 26);
            buffer_text(out, front_text(&front, where));
        }
        buffer_char(out, '\n');
    }
}
