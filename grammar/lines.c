/* Lines: where one ends, and what it is.
 *
 * In: the tokens of words.c. Out: for the token a line begins with, what the line is; for the end of a physical line,
 * whether it counts.
 * Decision: a line that could be a field in a block of fields is one, whatever word it begins with; a line that can only be
 * a declaration is one, whatever stands before it. Between the two the block decides. Cost: both are found by looking up to
 * four tokens ahead, by hand.
 */
#include "lines.h"

#include "parser.tab.h"

/* ---- looking around ---- */

static const struct token *at(const struct front *front, size_t i) { return line_token(front, i); }

bool line_is_fresh(const struct front *front, size_t i) { return i >= front->count || front->tokens[i].flags & TOKEN_FRESH; }

int line_certain(const struct token *token)
{
    if (token->kind != TOK_NAME) return token->kind;
    return token->class == CLASS_HARD ? token->word : 0;
}

static bool is_namelike(const struct token *token) { return token->kind == TOK_NAME; }

static bool is_number(const struct token *token) { return token->kind == TOK_NUMBER || token->kind == TOK_DOTTED; }

bool line_explains(const struct front *front, size_t i)
{
    int word = at(front, i)->word;
    return (word == TOK_SOURCE || word == TOK_BECAUSE) && at(front, i + 1)->kind == TOK_STRING &&
           !line_is_fresh(front, i + 1);
}

bool line_names_type(const struct token *token)
{
    if (token->word == TOK_COUNT_OF) return token->flags & TOKEN_WIDE; /* 个数 */
    return AMONG(token->word, TOK_T_TEXT, TOK_T_BOOL, TOK_T_BOOL_NA, TOK_T_COUNT, TOK_T_NUMBER, TOK_T_PERCENT, TOK_T_DATE,
                 TOK_T_UNIT, TOK_T_ITEM, TOK_ONE_OF);
}

static bool may_follow_type(const struct front *front, size_t i)
{
    if (line_is_fresh(front, i) || line_explains(front, i)) return true;
    if (AMONG(at(front, i)->kind, TOK_NUMBER, TOK_PERCENTAGE, TOK_MINUS, TOK_COMMA, TOK_STOP)) return true;
    return AMONG(at(front, i)->word, TOK_KEY, TOK_OPTIONAL, TOK_STEP, TOK_FROM, TOK_AT_LEAST, TOK_AT_MOST, TOK_UP_TO,
                 TOK_ONLY_WHEN, TOK_APPLIES_IF, TOK_WHEN);
}

bool line_is_part(int head) { return head == TOK_SECTION || head == TOK_ITEM || head == TOK_BONUS; }

static bool begins_rule(int word)
{
    return AMONG(word, TOK_IF, TOK_PER, TOK_PER_MISSING, TOK_PER_EXTRA, TOK_DEDUCT, TOK_ADD, TOK_FORFEIT, TOK_VETO, TOK_BAR,
                 TOK_APPLIES_IF);
}

/* A word, perhaps a heading, then a type or `=`: a field, whatever the word is. */
static bool looks_like_field(const struct front *front, size_t i)
{
    if (!is_namelike(at(front, i)) || line_is_fresh(front, i + 1)) return false;
    size_t j = i + 1;
    bool headed = at(front, j)->kind == TOK_STRING;
    if (headed) j++;
    if (line_is_fresh(front, j)) return false;
    if (!headed && line_is_part(front->block) && begins_rule(line_certain(at(front, i))))
        return false; /* `扣 数值`: a rule */
    const struct token *token = at(front, j);
    if (token->kind == TOK_EQ) return true;
    if (token->kind != TOK_NAME) return false;
    if (token->word == TOK_ONE_OF) return headed || at(front, i)->open != TOK_QUESTION;
    if (line_names_type(token)) return may_follow_type(front, j + 1);
    /* a list or table as the type of a field that is called like a keyword: `note "备注" kind` */
    bool named = headed && !line_certain(token) && !line_explains(front, j) && token->word != TOK_LIKE;
    return named && may_follow_type(front, j + 1);
}

static bool looks_like_grade(const struct front *front, size_t i)
{
    if (!is_namelike(at(front, i)) || line_is_fresh(front, i + 1)) return false;
    size_t j = i + 1;
    if (at(front, j)->kind == TOK_STRING && !line_is_fresh(front, ++j)) {
        int word = at(front, j)->word;
        return at(front, j)->kind == TOK_NUMBER || word == TOK_FROM || word == TOK_AT_LEAST || word == TOK_OTHERWISE;
    }
    int word = at(front, j)->word;
    return at(front, j)->kind == TOK_NUMBER ? !at(front, i)->open
                                            : word == TOK_FROM || word == TOK_AT_LEAST || word == TOK_OTHERWISE;
}

bool line_heads_block(int head)
{
    return line_is_part(head) || AMONG(head, TOK_SCHEME, TOK_UNIT, TOK_TABLE, TOK_CHOOSE, TOK_GRID, TOK_EVERY_ITEM,
                                       TOK_GRADES, TOK_SAMPLE, TOK_EXAMPLE);
}

static bool is_head(int word)
{
    return line_heads_block(word) ||
           AMONG(word, TOK_VALUES, TOK_VIEW, TOK_LET, TOK_QUESTION, TOK_RANKING, TOK_OUTCOME, TOK_USE, TOK_USE_RESULTS);
}

/* A line that can be nothing else than a declaration ends whatever stands before it. */
static bool is_certain_head(const struct front *front, size_t i)
{
    const struct token *second = at(front, i + 1), *third = at(front, i + 2);
    bool short_line = line_is_fresh(front, i + 1), two = !short_line && line_is_fresh(front, i + 2);
    if (!two && third->kind == TOK_COLON && line_is_fresh(front, i + 3)) two = !short_line;
    bool named = !short_line && is_namelike(second), headed = named && third->kind == TOK_STRING && !two;
    int after = two ? 0 : third->kind == TOK_NAME ? third->word : third->kind;
    int head = at(front, i)->open ? at(front, i)->open : at(front, i)->word == TOK_OUTCOME ? TOK_OUTCOME : 0;
    if (AMONG(head, TOK_SCHEME, TOK_EXAMPLE, TOK_USE, TOK_USE_RESULTS)) return !short_line && second->kind == TOK_STRING;
    if (line_is_part(head)) return !short_line && is_number(second) && third->kind == TOK_STRING;
    if (AMONG(head, TOK_GRADES, TOK_EVERY_ITEM))
        return short_line || (second->kind == TOK_COLON && line_is_fresh(front, i + 2));
    if (!head || !named) return false;
    if (headed)
        return AMONG(head, TOK_UNIT, TOK_SAMPLE, TOK_TABLE, TOK_LET, TOK_VIEW, TOK_CHOOSE, TOK_GRID, TOK_RANKING, TOK_VALUES,
                     TOK_QUESTION, TOK_OUTCOME);
    if (two) return AMONG(head, TOK_UNIT, TOK_SAMPLE, TOK_TABLE, TOK_CHOOSE);
    if (head == TOK_TABLE) return AMONG(after, TOK_BY, TOK_OF, TOK_OF_PARENT, TOK_AT_LEAST, TOK_FOR_ALL);
    return (after == TOK_EQ && AMONG(head, TOK_LET, TOK_VIEW)) || (after == TOK_IN && head == TOK_CHOOSE) ||
           (after == TOK_BY && AMONG(head, TOK_GRID, TOK_RANKING)) ||
           (after == TOK_ONE_OF && AMONG(head, TOK_VALUES, TOK_QUESTION)) || (after == TOK_IF && head == TOK_OUTCOME);
}

/* ---- lines ---- */

/* A line without an opening word of its own: what it is in its block. */
static int line_of_block(const struct front *front, size_t i, int word)
{
    const struct token *token = at(front, i), *next = at(front, i + 1);
    bool name = is_namelike(token) && !word, number = token->kind == TOK_NUMBER;
    bool value = name || number ||
                 AMONG(token->kind, TOK_PERCENTAGE, TOK_MINUS, TOK_STRING, TOK_OPEN, TOK_DATE, TOK_DURATION) ||
                 AMONG(word, TOK_YES, TOK_NO, TOK_NA, TOK_SHI);
    switch (front->block) {
    case TOK_UNIT:
    case TOK_TABLE: return name ? TOK_L_FIELD : 0;
    case TOK_CHOOSE: return value || AMONG(word, TOK_IF, TOK_OTHERWISE, TOK_ELSE) ? TOK_L_CASE : 0;
    case TOK_GRID: return value ? TOK_L_CELLS : 0;
    case TOK_GRADES: return name || number ? TOK_L_GRADE : 0;
    case TOK_SAMPLE:
    case TOK_EXAMPLE: return name || number ? TOK_L_ROWS : 0;
    default: break;
    }
    if (!line_is_part(front->block) || !name || token->word == TOK_UNDECIDED || line_is_fresh(front, i + 1)) return 0;
    return next->kind == TOK_STRING || (is_namelike(next) && !line_certain(next)) ? TOK_L_FIELD : 0;
}

int line_begin(struct front *front, size_t i)
{
    const struct token *token = at(front, i);
    int block = front->block, word = line_certain(token);
    bool fields = block == TOK_UNIT || block == TOK_TABLE || line_is_part(block);
    front->start = i;
    front->outer = block;
    front->before = 0;
    front->depth = front->prefixes = front->ifs = 0;
    front->type_at = 0;

    if (fields && looks_like_field(front, i)) return front->line = TOK_L_FIELD;
    if (block == TOK_GRADES && looks_like_grade(front, i)) return front->line = TOK_L_GRADE;
    if (block == TOK_CHOOSE && token->open && at(front, i + 1)->word == TOK_IF) return front->line = TOK_L_CASE;
    if (token->open || word == TOK_OUTCOME) {
        front->line = token->open ? token->open : word;
        if (is_head(front->line)) front->block = front->line;
        return 0;
    }
    if (token->word == TOK_SOURCE && line_explains(front, i)) {
        front->line = TOK_SOURCE;
        return 0;
    }
    int line = line_of_block(front, i, word);
    front->line = line ? line : word ? word : token->kind;
    return line;
}

/* Words that only go on: a line that begins with one belongs to the line before. */
static bool goes_on(const struct front *front, size_t i)
{
    const struct token *token = at(front, i);
    if (line_explains(front, i)) return front->block != TOK_SCHEME || token->word != TOK_SOURCE;
    int word = line_certain(token);
    if (word == TOK_ELSE) return front->block != TOK_CHOOSE && front->block != TOK_GRADES;
    return AMONG(word, TOK_CLOSE, TOK_TIMES, TOK_DIVIDE, TOK_LT, TOK_LE, TOK_GT, TOK_GE, TOK_EQ, TOK_NE, TOK_AND, TOK_OR,
                 TOK_WHERE, TOK_EXCEPT, TOK_WITHIN, TOK_THEN_BY, TOK_THEN, TOK_WHEN, TOK_HAS, TOK_IN, TOK_NOT_IN, TOK_WITH,
                 TOK_COMMA, TOK_COLON);
}

bool line_wants_more(int kind)
{
    return AMONG(kind, TOK_OPEN, TOK_PLUS, TOK_MINUS, TOK_TIMES, TOK_DIVIDE, TOK_LT, TOK_LE, TOK_GT, TOK_GE, TOK_EQ, TOK_NE,
                 TOK_AND, TOK_OR, TOK_NOT, TOK_IS, TOK_IS_NOT, TOK_IN, TOK_NOT_IN, TOK_BELOW, TOK_OVER, TOK_AT_MOST,
                 TOK_AT_LEAST, TOK_WHERE, TOK_EXCEPT, TOK_IF, TOK_THEN, TOK_ELSE, TOK_HAS, TOK_COLON);
}

bool line_ends(const struct front *front, size_t i)
{
    if (is_certain_head(front, i)) return true;
    if (front->before == TOK_COMMA) return false;
    if (front->recovering) return true;
    bool fields = front->block == TOK_UNIT || front->block == TOK_TABLE || line_is_part(front->block);
    if (line_wants_more(front->before)) return false;
    if (fields && looks_like_field(front, i)) return true;
    return !goes_on(front, i);
}
