#include "advice.h"
#include "parser.tab.h"
void advise(struct front *front, const int *expected, int count)
{
    (void)expected, (void)count;
    front_find(front, D_SYNTAX, front->last, front->tokens[front->last].span, 2, front->tokens[front->last].text, TEXT(""));
}
struct text advice_token_name(int token) { 
    for (size_t i = 0; i < KEYWORD_COUNT; i++) if (KEYWORDS[i].token == token) return text_of(KEYWORDS[i].name);
    return TEXT("?"); }
