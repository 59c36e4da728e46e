/* Slips of the hand in Chinese words: characters lost, swapped, or parted by a blank in the wrong place. See slips.c. */
#ifndef KAOHE_GRAMMAR_SLIPS_H
#define KAOHE_GRAMMAR_SLIPS_H

#include "repair.h"

/* `依` for 依据, `缺每` for 每缺, `人` for 每人: a keyword that lost a character, or two of whose characters changed places.
 */
bool advise_slips(struct scene *scene);
/* `依 据`, `每人班 子成员`: a blank in the wrong place. */
bool advise_moved_blank(struct scene *scene);
/* `“没有计”划`: a quotation mark one character off. */
bool advise_moved_quote(struct scene *scene);
/* `2007-0131`, `200701-31` */
bool advise_broken_date(struct scene *scene);
/* `2..1`, `2.`: points of a part's number. */
bool advise_points(struct scene *scene);
/* `有计划 是有总结 是` */
bool advise_lost_comma(struct scene *scene);
/* `per missng`, `up ot`: a keyword of two words. */
bool advise_phrase(struct scene *scene);
/* `应得项目`: a line's first words without a blank between, all of which are known. */
bool advise_glued_head(struct scene *scene);

/* `依据 “一1(3)`, `依据 一1(3)”`: adds to what was said of quotation marks without another the lines as they should read,
 * where that is clear. After the lexer, before the parser. */
void slips_close_quotes(struct front *front);

#endif
