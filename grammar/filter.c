/* Lines, and which words are keywords where they stand.
 *
 * In: the tokens of words.c. Out: what the parser reads: ends of lines that count, names, keywords, and at the start of a
 * line that no keyword opens an empty token for what it is (a field, a case, a row …).
 * Decision: the parser is given decided words, so its grammar needs no second spelling of every name and has no conflict;
 * here each word is decided once, from its line and its neighbours. Cost: what a soft word means is code, in `is_soft_here`.
 */
#include "filter.h"

#include "../runtime/limits.h"
#include "parser.tab.h"

/* ---- looking around ---- */

static const struct token *at(const struct front *front, size_t i)
{
    return &front->tokens[i < front->count ? i : front->count];
}

static bool is_fresh(const struct front *front, size_t i) { return i >= front->count || at(front, i)->flags & TOKEN_FRESH; }

/* The keyword that a token is for certain, wherever it stands; 0 for names and words that may be names. */
static int certain(const struct token *token)
{
    if (token->kind != TOK_NAME) return token->kind;
    return token->class == CLASS_HARD ? token->word : 0;
}

static bool is_namelike(const struct token *token) { return token->kind == TOK_NAME; }

static bool is_number(const struct token *token) { return token->kind == TOK_NUMBER || token->kind == TOK_DOTTED; }

/* `source "…"`, `because "…"` */
static bool is_explanation(const struct front *front, size_t i)
{
    int word = at(front, i)->word;
    return (word == TOK_SOURCE || word == TOK_BECAUSE) && at(front, i + 1)->kind == TOK_STRING && !is_fresh(front, i + 1);
}

static bool is_type(const struct token *token)
{
    switch (token->word) {
    case TOK_T_TEXT: case TOK_T_BOOL: case TOK_T_BOOL_NA: case TOK_T_COUNT: case TOK_T_NUMBER: case TOK_T_PERCENT:
    case TOK_T_DATE: case TOK_T_UNIT: case TOK_T_ITEM: case TOK_ONE_OF: return true;
    case TOK_COUNT_OF: return token->flags & TOKEN_WIDE; /* 个数 */
    default: return false;
    }
}

static bool may_follow_type(const struct front *front, size_t i)
{
    if (is_fresh(front, i) || is_explanation(front, i)) return true;
    switch (at(front, i)->kind) {
    case TOK_NUMBER: case TOK_PERCENTAGE: case TOK_MINUS: case TOK_COMMA: case TOK_STOP: return true;
    default: break;
    }
    switch (at(front, i)->word) {
    case TOK_KEY: case TOK_OPTIONAL: case TOK_STEP: case TOK_FROM: case TOK_AT_LEAST: case TOK_AT_MOST: case TOK_UP_TO:
    case TOK_ONLY_WHEN: case TOK_APPLIES_IF: case TOK_WHEN: return true;
    default: return false;
    }
}

static bool begins_rule(int word)
{
    switch (word) {
    case TOK_IF: case TOK_PER: case TOK_PER_MISSING: case TOK_PER_EXTRA: case TOK_DEDUCT: case TOK_ADD: case TOK_FORFEIT: case TOK_VETO:
    case TOK_BAR: case TOK_APPLIES_IF: return true;
    default: return false;
    }
}

/* A word, perhaps a heading, then a type or `=`: a field, whatever the word is. */
static bool looks_like_field(const struct front *front, size_t i)
{
    if (!is_namelike(at(front, i)) || is_fresh(front, i + 1)) return false;
    size_t j = i + 1;
    bool headed = at(front, j)->kind == TOK_STRING;
    if (headed) j++;
    if (is_fresh(front, j) || (!headed && begins_rule(certain(at(front, i))))) return false;
    const struct token *token = at(front, j);
    if (token->kind == TOK_EQ) return true;
    if (token->kind != TOK_NAME) return false;
    if (token->word == TOK_ONE_OF) return headed || at(front, i)->open != TOK_QUESTION;
    if (is_type(token)) return may_follow_type(front, j + 1);
    /* a list or table as the type of a field that is called like a keyword: `note "备注" kind` */
    bool named = headed && !certain(token) && !is_explanation(front, j) && token->word != TOK_LIKE;
    return named && may_follow_type(front, j + 1);
}

static bool looks_like_grade(const struct front *front, size_t i)
{
    if (!is_namelike(at(front, i)) || is_fresh(front, i + 1)) return false;
    size_t j = i + 1;
    if (at(front, j)->kind == TOK_STRING && !is_fresh(front, ++j)) {
        int word = at(front, j)->word;
        return at(front, j)->kind == TOK_NUMBER || word == TOK_FROM || word == TOK_AT_LEAST || word == TOK_OTHERWISE;
    }
    int word = at(front, j)->word;
    return at(front, j)->kind == TOK_NUMBER ? !at(front, i)->open : word == TOK_FROM || word == TOK_AT_LEAST || word == TOK_OTHERWISE;
}

bool filter_takes_lines(int head)
{
    switch (head) {
    case TOK_SCHEME: case TOK_UNIT: case TOK_TABLE: case TOK_CHOOSE: case TOK_GRID: case TOK_SECTION: case TOK_ITEM:
    case TOK_BONUS: case TOK_EVERY_ITEM: case TOK_GRADES: case TOK_SAMPLE: case TOK_EXAMPLE: return true;
    default: return false;
    }
}

static bool is_part(int head) { return head == TOK_SECTION || head == TOK_ITEM || head == TOK_BONUS; }

static bool is_head(int word)
{
    switch (word) {
    case TOK_VALUES: case TOK_VIEW: case TOK_LET: case TOK_QUESTION: case TOK_RANKING: case TOK_OUTCOME: case TOK_USE:
    case TOK_USE_RESULTS: return true;
    default: return filter_takes_lines(word);
    }
}

/* A line that can be nothing else than a declaration ends whatever stands before it. */
static bool is_certain_head(const struct front *front, size_t i)
{
    const struct token *second = at(front, i + 1), *third = at(front, i + 2);
    bool short_line = is_fresh(front, i + 1), two = !short_line && is_fresh(front, i + 2);
    if (!two && third->kind == TOK_COLON && is_fresh(front, i + 3)) two = !short_line;
    bool named = !short_line && is_namelike(second), headed = named && third->kind == TOK_STRING && !two;
    int after = two ? 0 : third->kind == TOK_NAME ? third->word : third->kind;
    int head = at(front, i)->open ? at(front, i)->open : at(front, i)->word == TOK_OUTCOME ? TOK_OUTCOME : 0;
    switch (head) {
    case TOK_SCHEME: case TOK_EXAMPLE: case TOK_USE: case TOK_USE_RESULTS: return !short_line && second->kind == TOK_STRING;
    case TOK_SECTION: case TOK_ITEM: case TOK_BONUS: return !short_line && is_number(second) && third->kind == TOK_STRING;
    case TOK_GRADES: case TOK_EVERY_ITEM: return short_line || (second->kind == TOK_COLON && is_fresh(front, i + 2));
    case TOK_UNIT: case TOK_SAMPLE: return (two && named) || headed;
    case TOK_TABLE: return (two && named) || headed || (named && (after == TOK_BY || after == TOK_OF || after == TOK_OF_PARENT ||
                                                                  after == TOK_AT_LEAST || after == TOK_FOR_ALL));
    case TOK_LET: case TOK_VIEW: return headed || (named && after == TOK_EQ);
    case TOK_CHOOSE: return (two && named) || headed || (named && after == TOK_IN);
    case TOK_GRID: case TOK_RANKING: return headed || (named && after == TOK_BY);
    case TOK_VALUES: case TOK_QUESTION: return headed || (named && after == TOK_ONE_OF);
    case TOK_OUTCOME: return headed || (named && after == TOK_IF);
    default: return false;
    }
}

/* ---- lines ---- */

/* What a line is that starts at token i; sets the block if it is a head. Returns the empty token to deliver, or 0. */
static int begin_line(struct front *front, size_t i)
{
    const struct token *token = at(front, i);
    int block = front->block, word = certain(token);
    bool fields = block == TOK_UNIT || block == TOK_TABLE, cases = block == TOK_CHOOSE;
    front->start = i;
    front->outer = block;
    front->before = 0;
    front->depth = front->prefixes = front->ifs = 0;
    front->type_at = 0;

    if ((fields || is_part(block)) && looks_like_field(front, i)) return front->line = TOK_L_FIELD;
    if (block == TOK_GRADES && looks_like_grade(front, i)) return front->line = TOK_L_GRADE;
    if (cases && token->open && at(front, i + 1)->word == TOK_IF) return front->line = TOK_L_CASE;
    if (token->open || word == TOK_OUTCOME) {
        front->line = token->open ? token->open : word;
        if (is_head(front->line)) front->block = front->line;
        return 0;
    }
    if (token->word == TOK_SOURCE && is_explanation(front, i)) {
        front->line = TOK_SOURCE;
        return 0;
    }
    bool name = is_namelike(token) && !word;
    front->line = word ? word : token->kind;
    if (fields && name) return front->line = TOK_L_FIELD;
    if (is_part(block) && name && token->word != TOK_UNDECIDED && !is_fresh(front, i + 1)) {
        const struct token *next = at(front, i + 1);
        if (next->kind == TOK_STRING || (is_namelike(next) && !certain(next))) return front->line = TOK_L_FIELD;
    }
    if (cases && (name || token->kind == TOK_NUMBER || token->kind == TOK_PERCENTAGE || token->kind == TOK_MINUS ||
                  token->kind == TOK_STRING || token->kind == TOK_OPEN || token->kind == TOK_DATE ||
                  token->kind == TOK_DURATION || word == TOK_IF || word == TOK_OTHERWISE || word == TOK_ELSE || word == TOK_YES ||
                  word == TOK_NO || word == TOK_NA || word == TOK_SHI)) {
        return front->line = TOK_L_CASE;
    }
    if (block == TOK_GRID && (name || token->kind == TOK_NUMBER || token->kind == TOK_STRING || token->kind == TOK_MINUS ||
                              token->kind == TOK_PERCENTAGE || word == TOK_YES || word == TOK_NO || word == TOK_NA ||
                              word == TOK_SHI)) {
        return front->line = TOK_L_CELLS;
    }
    if (block == TOK_GRADES && (name || token->kind == TOK_NUMBER)) return front->line = TOK_L_GRADE;
    if ((block == TOK_SAMPLE || block == TOK_EXAMPLE) && (name || token->kind == TOK_NUMBER)) return front->line = TOK_L_ROWS;
    return 0;
}

/* Words that only go on: a line that begins with one belongs to the line before. */
static bool goes_on(const struct front *front, size_t i)
{
    const struct token *token = at(front, i);
    if (is_explanation(front, i)) return front->block != TOK_SCHEME || token->word != TOK_SOURCE;
    switch (certain(token)) {
    case TOK_CLOSE: case TOK_TIMES: case TOK_DIVIDE: case TOK_LT: case TOK_LE: case TOK_GT: case TOK_GE: case TOK_EQ: case TOK_NE:
    case TOK_AND: case TOK_OR: case TOK_WHERE: case TOK_EXCEPT: case TOK_WITHIN: case TOK_THEN_BY: case TOK_THEN: case TOK_WHEN:
    case TOK_HAS: case TOK_IN: case TOK_NOT_IN: case TOK_WITH: case TOK_COMMA: case TOK_COLON: return true;
    case TOK_ELSE: return front->block != TOK_CHOOSE && front->block != TOK_GRADES;
    default: return false;
    }
}

bool filter_wants_more(int kind)
{
    switch (kind) {
    case TOK_OPEN: case TOK_PLUS: case TOK_MINUS: case TOK_TIMES: case TOK_DIVIDE: case TOK_LT: case TOK_LE: case TOK_GT: case TOK_GE:
    case TOK_EQ: case TOK_NE: case TOK_AND: case TOK_OR: case TOK_NOT: case TOK_IS: case TOK_IS_NOT: case TOK_IN: case TOK_NOT_IN:
    case TOK_BELOW: case TOK_OVER: case TOK_AT_MOST: case TOK_AT_LEAST: case TOK_WHERE: case TOK_EXCEPT: case TOK_IF: case TOK_THEN:
    case TOK_ELSE: case TOK_HAS: case TOK_COLON: return true;
    default: return false;
    }
}

/* Whether the end of the physical line before token i ends the line. */
static bool line_ends(const struct front *front, size_t i)
{
    if (is_certain_head(front, i)) return true;
    if (front->before == TOK_COMMA) return false;
    if (front->recovering) return true;
    bool fields = front->block == TOK_UNIT || front->block == TOK_TABLE || is_part(front->block);
    if (filter_wants_more(front->before)) return false;
    if (fields && looks_like_field(front, i)) return true;
    return !goes_on(front, i);
}

/* ---- words ---- */

static bool ends_value(int kind)
{
    switch (kind) {
    case TOK_NAME: case TOK_NUMBER: case TOK_DOTTED: case TOK_PERCENTAGE: case TOK_DURATION: case TOK_DATE: case TOK_MONTHDAY: case TOK_STRING:
    case TOK_YES: case TOK_NO: case TOK_NA: case TOK_CLOSE: case TOK_THIS: case TOK_GRADE_BY_SCORE: return true;
    default: return false;
    }
}

/* Heads that a name follows, whatever word it is: `let source "来源" = 3`. */
static bool wants_name(int head)
{
    switch (head) {
    case TOK_VALUES: case TOK_UNIT: case TOK_TABLE: case TOK_VIEW: case TOK_LET: case TOK_CHOOSE: case TOK_GRID: case TOK_QUESTION:
    case TOK_RANKING: case TOK_SAMPLE: case TOK_OUTCOME: case TOK_NEEDS: case TOK_GIVEN: return true;
    default: return false;
    }
}

/* Whether a keyword that may also be a name is the keyword at token i. */
static bool is_soft_here(struct front *front, size_t i, int word)
{
    int line = front->line, before = front->before;
    const struct token *next = at(front, i + 1);
    bool last = is_fresh(front, i + 1), value = ends_value(before);
    switch (word) {
    case TOK_SOURCE: case TOK_BECAUSE:
        if (i == front->start) return line == TOK_SOURCE;
        return is_explanation(front, i) && before != TOK_ONE_OF && before != TOK_LT && !(i == front->start + 1 && wants_name(line));
    case TOK_PARTS: case TOK_TOTAL: case TOK_EXACT: return line == TOK_ROUND;
    case TOK_DOWN: case TOK_UP: return line == TOK_ROUND || before == TOK_PLACES;
    case TOK_TAKE: return line == TOK_QUESTION && value;
    case TOK_T_TEXT: case TOK_T_COUNT: case TOK_T_NUMBER: case TOK_T_PERCENT: case TOK_T_DATE: case TOK_T_UNIT: case TOK_T_ITEM:
        return line == TOK_L_FIELD && front->type_at == 1;
    case TOK_STEP: case TOK_KEY: case TOK_OPTIONAL:
        return line == TOK_L_FIELD && front->type_at == 2 && (value || is_type(at(front, i - 1)) || before == TOK_COMMA ||
                                                              before == TOK_KEY || before == TOK_OPTIONAL);
    case TOK_WORTH: case TOK_WEIGHT: case TOK_UNALLOTTED: case TOK_JUDGED:
        return is_part(line) && !front->depth && (value || before == TOK_COMMA || before == TOK_NO_LIMIT || before == TOK_JUDGED ||
                                                  before == TOK_ALL_OR_NOTHING);
    case TOK_FULL: case TOK_ZERO: case TOK_SHARED: return before == TOK_ELSE || before == TOK_OTHERWISE;
    case TOK_UNDECIDED: return (next->kind == TOK_STRING && !last) || line == TOK_EXPECT;
    case TOK_INCOMPLETE: case TOK_DEDUCTED: return line == TOK_EXPECT;
    case TOK_DUE: return line == TOK_OUTCOME && (value || before == TOK_COMMA);
    case TOK_LIKE: return line == TOK_EXAMPLE && value;
    case TOK_BEST: return !last && next->kind == TOK_NUMBER && (value || before == TOK_COMMA);
    case TOK_HIGHEST: case TOK_LOWEST:
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
    if (is_explanation(front, i)) return false;
    if (!row || front->before != TOK_NAME || certain(at(front, i)) == TOK_WITH) return false;
    size_t j = i - 1; /* behind the table's name */
    return j == front->start || certain(at(front, j - 1)) == TOK_WITH || (at(front, j - 1)->kind == TOK_NUMBER && j - 1 == front->start) ||
           (at(front, j - 1)->kind == TOK_NUMBER && j >= 2 && certain(at(front, j - 2)) == TOK_WITH);
}

static bool begins_value(const struct front *front, size_t i)
{
    if (is_fresh(front, i) || is_explanation(front, i)) return false;
    int kind = certain(at(front, i));
    if (kind == 0) return true; /* a name */
    return (ends_value(kind) && kind != TOK_CLOSE) || kind == TOK_SHI || kind == TOK_OPEN || kind == TOK_MINUS;
}

/* The kind of the bare word at i. */
static int word_here(struct front *front, size_t i)
{
    const struct token *token = at(front, i);
    int word = token->word, before = front->before;
    bool first = i == front->start;
    if (first && front->line == TOK_L_FIELD) return TOK_NAME;
    if (first && token->open && front->line == token->open) return token->open;
    if (before == TOK_DOT && token->flags & TOKEN_TIGHT) return TOK_NAME;
    if (is_column(front, i)) return TOK_NAME;
    if (token->open && is_part(token->open) && is_number(at(front, i + 1)) && !is_fresh(front, i + 1)) return token->open;
    if (token->open == TOK_SCORE && (before == TOK_COLON || before == TOK_THEN) &&
        (front->line == TOK_IF || front->line == TOK_PER || front->line == TOK_PER_MISSING || front->line == TOK_PER_EXTRA)) {
        return TOK_SCORE;
    }
    if (!word) return TOK_NAME;
    if (token->class == CLASS_SOFT) return is_soft_here(front, i, word) ? word : TOK_NAME;
    if (token->class == CLASS_COUNTED) return before == TOK_NUMBER ? word : TOK_NAME;
    if (word == TOK_SHI) return ends_value(before) && begins_value(front, i + 1) ? TOK_IS : TOK_YES;
    if (word == TOK_ANY || word == TOK_EVERY) { /* `one of all, any`: nothing to quantify, so a value */
        bool listed = front->line == TOK_QUESTION || front->line == TOK_VALUES || (front->line == TOK_L_FIELD && front->type_at == 2 && (before == TOK_ONE_OF || before == TOK_COMMA));
        const struct token *next = at(front, i + 1);
        bool rows = !is_fresh(front, i + 1) && (next->kind == TOK_OPEN || (is_namelike(next) && !certain(next) && !is_explanation(front, i + 1)));
        return listed || !rows ? TOK_NAME : word;
    }
    return word;
}

/* ---- delivering ---- */

static struct span empty_at(uint32_t place) { return (struct span){place, place}; }

/* Tokens that say nothing where they stand. */
static bool is_noise(const struct front *front, size_t i)
{
    const struct token *token = at(front, i);
    bool last = is_fresh(front, i + 1);
    if (token->kind == TOK_STOP || token->kind == TOK_DOT) return last;
    if (token->kind == TOK_COLON) return last && filter_takes_lines(front->line);
    if (token->kind != TOK_COMMA || i + 1 >= front->count) return false;
    if (is_explanation(front, i + 1) && front->line != TOK_VALUES && !(front->line == TOK_L_FIELD && front->type_at == 2) &&
        front->line != TOK_NEEDS && front->line != TOK_L_ROWS && front->line != TOK_GIVEN) {
        return true;
    }
    int word = at(front, i + 1)->word;
    if (word == TOK_ELSE) return !last;
    return word == TOK_WHEN || word == TOK_DROPPING || (word == TOK_BEST && at(front, i + 2)->kind == TOK_NUMBER);
}

/* Too deep to read: says so once and gives the rest of the line up. */
static int too_deep(struct front *front, size_t i)
{
    struct text most = arena_print(front->arena, "%d", LIMIT_NESTING);
    front_find(front, D_NESTED, i, at(front, i)->span, 1, most);
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
            int line = begin_line(front, i);
            *where = empty_at(now->span.from);
            if (line) return line;
            *where = now->span;
        }
        if (is_noise(front, i)) continue;
        int kind = now->kind == TOK_NAME && now->flags & TOKEN_WORD ? word_here(front, i) : now->kind;
        /* judges are listed with commas, like everything else of a part; the grammar wants to know which comma it is */
        if (kind == TOK_COMMA && is_part(front->line) && at(front, i + 1)->kind == TOK_STRING && !is_fresh(front, i + 1)) kind = TOK_AND;
        if (front->type_at == 1) {
            front->type_at = 2;
        } else if (front->line == TOK_L_FIELD && (i == front->start || (i == front->start + 1 && kind == TOK_STRING))) {
            int next = at(front, i + 1)->kind; /* a heading first, then a type, or `=` and no type at all */
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
