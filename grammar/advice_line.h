/* Patterns of mistakes that belong to one kind of line: see advice_line.c. Each returns whether it has said something. */
#ifndef KAOHE_GRAMMAR_ADVICE_LINE_H
#define KAOHE_GRAMMAR_ADVICE_LINE_H

#include "repair.h"

bool unit_in_example(struct scene *scene);
bool rows_count(struct scene *scene);
bool if_for_where(struct scene *scene);
bool and_or(struct scene *scene);
bool open_aggregate(struct scene *scene);
bool expect_number(struct scene *scene);
bool taken_or_given(struct scene *scene);
bool target_of(struct scene *scene);
bool range_to(struct scene *scene);
bool grade_bounds(struct scene *scene);
bool heading_last(struct scene *scene);
bool field_type(struct scene *scene);
bool ceiling_word(struct scene *scene);
bool comma_missing(struct scene *scene);
bool colon_for_sign(struct scene *scene);
bool if_of_many(struct scene *scene);

/* advice.c: the kind of token i, as the parser had it or as far as can be known; TOK_NL behind the line. */
int kind_of(const struct scene *scene, size_t i);
/* The first token of a kind in [from, to), or `to`. */
size_t find_kind(const struct scene *scene, size_t from, size_t to, int kind);
bool is_bare_word(const struct scene *scene, size_t i);
bool is_rule_head(int line);

#endif
