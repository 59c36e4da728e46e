/* Patterns of mistakes: of one kind of line (advice_line.c), of words (advice_word.c). Each returns whether it has said
 * something. */
#ifndef KAOHE_GRAMMAR_ADVICE_LINE_H
#define KAOHE_GRAMMAR_ADVICE_LINE_H

#include "repair.h"

bool advise_unit_in_example(struct scene *scene);
bool advise_rows_count(struct scene *scene);
bool advise_if_missing(struct scene *scene);
bool advise_compare_again(struct scene *scene);
bool advise_else_in_rule(struct scene *scene);
bool advise_worth_missing(struct scene *scene);
bool advise_expect_equals(struct scene *scene);
bool advise_name_missing(struct scene *scene);
bool advise_if_for_where(struct scene *scene);
bool advise_and_or(struct scene *scene);
bool advise_open_aggregate(struct scene *scene);
bool advise_expect_number(struct scene *scene);
bool advise_taken_or_given(struct scene *scene);
bool advise_target_of(struct scene *scene);
bool advise_range_to(struct scene *scene);
bool advise_grade_bounds(struct scene *scene);
bool advise_heading_last(struct scene *scene);
bool advise_field_type(struct scene *scene);
bool advise_ceiling_word(struct scene *scene);
bool advise_comma_missing(struct scene *scene);
bool advise_figure_missing(struct scene *scene);
bool advise_colon_for_sign(struct scene *scene);
bool advise_if_of_many(struct scene *scene);

/* advice_word.c: patterns of words, in any line. */
bool advise_missing_quotes(struct scene *scene);
bool advise_numerals(struct scene *scene);
bool advise_date_form(struct scene *scene);
bool advise_thousands(struct scene *scene);
bool advise_keyword_as_name(struct scene *scene);
bool advise_two_names(struct scene *scene);
bool advise_digit_in_name(struct scene *scene);

/* advice.c: the kind of token i, as the parser had it or as far as can be known; TOK_NL behind the line. */
int scene_kind(const struct scene *scene, size_t i);
/* The first token of a kind in [from, to), or `to`. */
size_t scene_find(const struct scene *scene, size_t from, size_t to, int kind);
bool scene_is_word(const struct scene *scene, size_t i);
bool scene_is_rule(int line);

#endif
