/* Which words are keywords where they stand; the tokens as the parser reads them.
 *
 * In: the tokens of words.c, the lines of lines.c. Out: names, keywords, signs, ends of lines, and at the start of a line
 * that no keyword opens an empty token for what it is (a field, a case, a row …).
 * Decision: the parser is given decided words, so its grammar needs no second spelling of every name and has no conflict;
 * here each word is decided once, from its line and its neighbours. Cost: what a soft word means is code, in `is_soft_here`.
 */
#include "filter.h"
#include "lines.h"

#include "../runtime/limits.h"
#include "parser.tab.h"

/* ---- words ---- */

static bool ends_value(int kind)
{
    return AMONG(kind, TOK_NAME, TOK_NUMBER, TOK_DOTTED, TOK_PERCENTAGE, TOK_DURATION, TOK_DATE, TOK_MONTHDAY, TOK_STRING,
                 TOK_YES, TOK_NO, TOK_NA, TOK_CLOSE, TOK_THIS, TOK_GRADE_BY_SCORE, TOK_OR_MORE, TOK_OR_LESS);
}

/* Heads that a name follows, whatever word it is: `let source "来源" = 3`. */
static bool wants_name(int head)
{
    return AMONG(head, TOK_VALUES, TOK_UNIT, TOK_TABLE, TOK_VIEW, TOK_LET, TOK_CHOOSE, TOK_GRID, TOK_QUESTION, TOK_RANKING,
                 TOK_SAMPLE, TOK_OUTCOME, TOK_NEEDS, TOK_GIVEN);
}

/* Whether a keyword that may also be a name is the keyword at token i. */
static bool is_soft_here(struct front *front, size_t i, int word)
{
    int line = front->line, before = front->before;
    const struct token *next = line_token(front, i + 1);
    bool last = line_is_fresh(front, i + 1), value = ends_value(before);
    switch (word) {
    case TOK_SOURCE:
    case TOK_BECAUSE:
        if (i == front->start) return line == TOK_SOURCE;
        return line_explains(front, i) && before != TOK_ONE_OF && before != TOK_LT &&
               !(i == front->start + 1 && wants_name(line));
    case TOK_PARTS:
    case TOK_TOTAL:
    case TOK_EXACT: return line == TOK_ROUND;
    case TOK_DOWN:
    case TOK_UP: return line == TOK_ROUND || before == TOK_PLACES;
    case TOK_TAKE: return line == TOK_QUESTION && value;
    case TOK_T_TEXT:
    case TOK_T_COUNT:
    case TOK_T_NUMBER:
    case TOK_T_PERCENT:
    case TOK_T_DATE:
    case TOK_T_UNIT:
    case TOK_T_ITEM: return line == TOK_L_FIELD && front->type_at == 1;
    case TOK_STEP:
    case TOK_KEY:
    case TOK_OPTIONAL:
        return line == TOK_L_FIELD && front->type_at == 2 &&
               (value || line_names_type(line_token(front, i - 1)) || before == TOK_COMMA || before == TOK_KEY ||
                before == TOK_OPTIONAL);
    case TOK_WORTH:
    case TOK_WEIGHT:
    case TOK_UNALLOTTED:
    case TOK_JUDGED:
        return line_is_part(line) && !front->depth &&
               (value || before == TOK_COMMA || before == TOK_NO_LIMIT || before == TOK_JUDGED ||
                before == TOK_ALL_OR_NOTHING);
    case TOK_FULL:
    case TOK_ZERO:
    case TOK_SHARED: return before == TOK_ELSE || before == TOK_OTHERWISE;
    case TOK_UNDECIDED: return (next->kind == TOK_STRING && !last) || line == TOK_EXPECT;
    case TOK_INCOMPLETE:
    case TOK_DEDUCTED: return line == TOK_EXPECT;
    case TOK_ASSESSED:
    case TOK_NOT_ASSESSED: /* a figure of that name has a sign behind it */
        return line == TOK_EXPECT && !front->depth && before != TOK_OUTCOME && !(ends_value(before) && before != TOK_NOT) &&
               (last || next->kind == TOK_COMMA || line_explains(front, i + 1));
    case TOK_DUE: return line == TOK_OUTCOME && (value || before == TOK_COMMA);
    case TOK_LIKE: return line == TOK_EXAMPLE && value;
    case TOK_BEST: return !last && next->kind == TOK_NUMBER && (value || before == TOK_COMMA);
    case TOK_HIGHEST:
    case TOK_LOWEST:
        return !last && next->kind == TOK_NUMBER && (before == TOK_DROPPING || before == TOK_AND || before == TOK_COMMA);
    default: return false;
    }
}

/* Where a name must stand, a keyword is one: the columns of an example's rows. */
static bool is_column(const struct front *front, size_t i)
{
    bool row = front->line == TOK_L_ROWS, given = front->line == TOK_GIVEN;
    if (front->depth || !(row || given)) return false;
    if (front->before == TOK_COMMA || front->before == TOK_GIVEN) return true; /* also `, source "s"` */
    if (line_explains(front, i)) return false;
    if (!row || front->before != TOK_NAME || line_certain(line_token(front, i)) == TOK_WITH) return false;
    size_t j = i - 1; /* behind the table's name */
    return j == front->start || line_certain(line_token(front, j - 1)) == TOK_WITH ||
           (line_token(front, j - 1)->kind == TOK_NUMBER && j - 1 == front->start) ||
           (line_token(front, j - 1)->kind == TOK_NUMBER && j >= 2 && line_certain(line_token(front, j - 2)) == TOK_WITH);
}

static bool begins_value(const struct front *front, size_t i)
{
    if (line_is_fresh(front, i) || line_explains(front, i)) return false;
    int kind = line_certain(line_token(front, i));
    if (kind == 0) return true; /* a name */
    return (ends_value(kind) && kind != TOK_CLOSE) || kind == TOK_SHI || kind == TOK_OPEN || kind == TOK_MINUS;
}

/* The kind of the bare word at i. */
static int word_here(struct front *front, size_t i)
{
    const struct token *token = line_token(front, i);
    int word = token->word, before = front->before;
    bool first = i == front->start;
    if (first && front->line == TOK_L_FIELD) return TOK_NAME;
    if (first && token->open && front->line == token->open) return token->open;
    if (before == TOK_DOT && token->flags & TOKEN_TIGHT) return TOK_NAME;
    if (is_column(front, i)) return TOK_NAME;
    if (token->open && line_is_part(token->open) && AMONG(line_token(front, i + 1)->kind, TOK_NUMBER, TOK_DOTTED) &&
        !line_is_fresh(front, i + 1))
        return token->open;
    if (token->open == TOK_SCORE && (before == TOK_COLON || before == TOK_THEN) &&
        (front->line == TOK_IF || front->line == TOK_PER || front->line == TOK_PER_MISSING ||
         front->line == TOK_PER_EXTRA)) {
        return TOK_SCORE;
    }
    if (!word) return TOK_NAME;
    if (token->class == CLASS_SOFT) return is_soft_here(front, i, word) ? word : TOK_NAME;
    if (token->class == CLASS_COUNTED) return before == TOK_NUMBER ? word : TOK_NAME;
    if (word == TOK_SHI) return ends_value(before) && begins_value(front, i + 1) ? TOK_IS : TOK_YES;
    if (word == TOK_ANY || word == TOK_EVERY) { /* `one of all, any`: nothing to quantify, so a value */
        bool listed = front->line == TOK_QUESTION || front->line == TOK_VALUES ||
                      (front->line == TOK_L_FIELD && front->type_at == 2 && (before == TOK_ONE_OF || before == TOK_COMMA));
        const struct token *next = line_token(front, i + 1);
        bool rows =
            !line_is_fresh(front, i + 1) &&
            (next->kind == TOK_OPEN || (next->kind == TOK_NAME && !line_certain(next) && !line_explains(front, i + 1)));
        return listed || !rows ? TOK_NAME : word;
    }
    return word;
}

/* ---- delivering ---- */

static struct span empty_at(uint32_t place) { return (struct span){place, place}; }

/* Lines whose first word may be set off by a colon: `考核期：2007-01-01 至 …`, `note: "…"`, `优秀：95分以上`. */
static bool takes_colon(int line)
{
    return AMONG(line, TOK_EDITION, TOK_SOURCE, TOK_PERIOD, TOK_ROUND, TOK_GIVEN, TOK_EXPECT, TOK_NOTE, TOK_GAP,
                 TOK_EVIDENCE, TOK_NEEDS, TOK_MUST, TOK_L_GRADE);
}

/* Tokens that say nothing where they stand. */
static bool is_noise(const struct front *front, size_t i)
{
    const struct token *token = line_token(front, i);
    bool last = line_is_fresh(front, i + 1);
    if (token->kind == TOK_STOP || token->kind == TOK_DOT) return last;
    if (token->kind == TOK_COLON && i == front->start + 1 && takes_colon(front->line)) return true;
    if (token->kind == TOK_COLON) return last && line_heads_block(front->line);
    if (token->kind != TOK_COMMA || i + 1 >= front->count) return false;
    if (line_explains(front, i + 1) && front->line != TOK_VALUES && !(front->line == TOK_L_FIELD && front->type_at == 2) &&
        front->line != TOK_NEEDS && front->line != TOK_L_ROWS && front->line != TOK_GIVEN) {
        return true;
    }
    int word = line_token(front, i + 1)->word;
    if (word == TOK_ELSE) return !last;
    return word == TOK_WHEN || word == TOK_DROPPING || (word == TOK_BEST && line_token(front, i + 2)->kind == TOK_NUMBER);
}

/* Too deep to read: says so once and gives the rest of the line up. */
static int too_deep(struct front *front, size_t i)
{
    struct text most = arena_print(front->arena, "%d", LIMIT_NESTING);
    front_find(front, D_NESTED, i, line_token(front, i)->span, 1, most);
    filter_recover(front);
    return TOK_KAOHE_YYerror;
}

static int count_depth(struct front *front, size_t i, int kind)
{
    bool prefix = kind == TOK_NOT || (kind == TOK_MINUS && !ends_value(front->before));
    front->prefixes = prefix ? front->prefixes + 1 : 0;
    if (kind == TOK_OPEN) front->depth++;
    if (kind == TOK_CLOSE && front->depth) front->depth--;
    if (kind == TOK_IF) front->ifs++;
    bool deep = front->depth > LIMIT_NESTING || front->prefixes > LIMIT_NESTING || front->ifs > LIMIT_NESTING;
    return deep ? too_deep(front, i) : kind;
}

void filter_recover(struct front *front)
{
    if (front->in_line) front->recovering = true;
}

int filter_next(struct front *front, struct token **token, struct span *where)
{
    for (;; front->next++) {
        size_t i = front->next;
        struct token *now = &front->tokens[i < front->count ? i : front->count];
        *token = now;
        *where = now->span;
        bool ends = front->in_line && (i >= front->count || (now->flags & TOKEN_FRESH && line_ends(front, i)));
        if (ends && i > front->start) {
            *where = empty_at(front->tokens[i - 1].span.to);
            front->in_line = front->recovering = false;
            return TOK_NL;
        }
        if (i >= front->count) return TOK_END;
        if (!front->in_line) {
            front->in_line = true;
            int line = line_begin(front, i);
            *where = empty_at(now->span.from);
            if (line) return line;
            *where = now->span;
        }
        if (is_noise(front, i)) continue;
        int kind = now->kind == TOK_NAME && now->flags & TOKEN_WORD ? word_here(front, i) : now->kind;
        /* judges are listed with commas, like everything else of a part; the grammar wants to know which comma it is */
        if (kind == TOK_COMMA && line_is_part(front->line) && line_token(front, i + 1)->kind == TOK_STRING &&
            !line_is_fresh(front, i + 1))
            kind = TOK_AND;
        if (front->type_at == 1) {
            front->type_at = 2;
        } else if (front->line == TOK_L_FIELD && (i == front->start || (i == front->start + 1 && kind == TOK_STRING))) {
            int next = line_token(front, i + 1)->kind; /* a heading first, then a type, or `=` and no type at all */
            front->type_at = next == TOK_EQ || (next == TOK_STRING && i == front->start) ? 0 : 1;
        }
        front->next = i + 1;
        front->last = i;
        kind = count_depth(front, i, kind);
        front->before = kind;
        now->as = (int16_t)kind;
        return kind;
    }
}
