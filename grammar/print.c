/* The canonical form of a scheme: `fmt` and translation.
 *
 * In: a file without errors, a tongue. Out: its text; read back, it gives the same tree (after the exchange of names).
 * Decision: the printer walks the tree and knows no source text; comments and blank lines come from layout.c. Cost: what
 * the tree does not keep (which of two spellings of a word was typed) is gone after fmt.
 */
#include "print.h"

#include "../runtime/limits.h"

void end_line(struct printer *p, const struct ast *node, int depth)
{
    layout_line(&p->layout, (struct layout_line){.from = node->span.from, .depth = depth});
}

static void end_row(struct printer *p, const struct ast *node, int gap)
{
    layout_line(&p->layout, (struct layout_line){.from = node->span.from, .depth = 1, .gap = gap});
}

void end_head(struct printer *p, const struct ast *node, enum joins joins)
{
    layout_line(&p->layout, (struct layout_line){.from = node->span.from, .opens = true, .joins = joins});
}

/* ---- fields ---- */

static void bounds(struct printer *p, const struct ast *type)
{
    if (type->a && type->b) {
        expr(p, type->a, LEVEL_SIGN);
        word(p, KW_TO);
        expr(p, type->b, LEVEL_SIGN);
    } else if (type->a) {
        word(p, KW_AT_LEAST);
        expr(p, type->a, LEVEL_SIGN);
    } else if (type->b) {
        word(p, KW_AT_MOST);
        expr(p, type->b, LEVEL_SIGN);
    }
    if (type->c) {
        word(p, KW_STEP);
        expr(p, type->c, LEVEL_SIGN);
    }
}

static void type_of(struct printer *p, const struct ast *type)
{
    if (type->op == OP_TEXT) word(p, KW_T_TEXT);
    if (type->op == OP_BOOL) word(p, KW_T_BOOL);
    if (type->op == OP_BOOL_NA) word(p, KW_T_BOOL_NA);
    if (type->op == OP_COUNT) word(p, KW_T_COUNT);
    if (type->op == OP_NUMBER) word(p, KW_T_NUMBER);
    if (type->op == OP_PERCENT) word(p, KW_T_PERCENT);
    if (type->op == OP_DATE) word(p, KW_T_DATE);
    if (type->op == OP_UNIT) word(p, KW_T_UNIT);
    if (type->op == OP_ITEM) word(p, KW_T_ITEM);
    if (type->op == OP_NAMED) name_in(p, type, PLACE_TYPE);
    if (type->op == OP_LIST) {
        word(p, KW_ONE_OF);
        value_list(p, type->list, type->flags & AST_ORDERED);
    }
    bounds(p, type);
}

void print_field_line(struct printer *p, const struct ast *line)
{
    if (line->kind == AST_MUST) {
        word(p, KW_MUST);
        expr(p, line->a, LEVEL_CONDITION);
        trailing(p, line);
        end_line(p, line, 1);
        return;
    }
    bool certain = line->kind == AST_COMPUTED || line->a->op != OP_NAMED || names_heading(p->names, line).len;
    name_in(p, line, certain ? PLACE_FIELD : PLACE_START);
    stop(p);
    if (line->kind == AST_COMPUTED) {
        heading(p, line);
        if (names_heading(p->names, line).len) stop(p);
        put(p, TEXT("="));
        expr(p, line->a, LEVEL_CONDITION);
    } else {
        heading(p, line);
        stop(p);
        type_of(p, line->a);
        if (line->flags & AST_KEY) word(p, KW_KEY);
        if (line->flags & AST_OPTIONAL) word(p, KW_OPTIONAL);
        if (line->b) {
            word(p, KW_ONLY_WHEN);
            expr(p, line->b, LEVEL_CONDITION);
        }
        if (line->c) print_applies(p, line->c);
    }
    trailing(p, line);
    end_row(p, line, 2);
}

static void note_line(struct printer *p, const struct ast *line)
{
    word(p, line->kind == AST_NOTE ? KW_NOTE : KW_GAP);
    string(p, line->text2);
    trailing(p, line);
    end_line(p, line, 1);
}

static void field_lines(struct printer *p, const struct ast *lines)
{
    for (const struct ast *line = lines; line; line = line->next) {
        if (line->kind == AST_NOTE || line->kind == AST_GAP) {
            note_line(p, line);
        } else {
            print_field_line(p, line);
        }
    }
}

/* ---- declarations ---- */

static void places(struct printer *p, const struct ast *node)
{
    put(p, node->text);
    glue(p, text_is(node->text, "1") ? " place" : " places", "位小数");
}

static void round_line(struct printer *p, const struct ast *line)
{
    if (line->op == OP_EXACT) {
        word(p, KW_EXACT);
        return;
    }
    if (line->b) {
        word(p, KW_PARTS);
        places(p, line->a);
        comma(p);
        word(p, KW_TOTAL);
        places(p, line->b);
    } else {
        places(p, line->a);
    }
    round_mode(p, line->op);
}

/* A number as it is; whatever else was written stood in quotation marks. */
static void edition(struct printer *p, struct text text)
{
    bool number_like = text.len && text.len <= LIMIT_NUMBER_DIGITS;
    for (size_t i = 0; i < text.len; i++) number_like &= text.at[i] >= '0' && text.at[i] <= '9';
    if (number_like) {
        put(p, text);
    } else {
        string(p, text);
    }
}

static void scheme(struct printer *p, const struct ast *decl)
{
    word(p, KW_SCHEME);
    if (decl->text2.at) string(p, decl->text2);
    trailing(p, decl);
    end_head(p, decl, JOINS_NOT);
    for (const struct ast *line = decl->list; line; line = line->next) {
        if (line->kind == AST_NOTE || line->kind == AST_GAP) {
            note_line(p, line);
            continue;
        }
        if (line->kind == AST_APPLIES || line->kind == AST_EVIDENCE) {
            if (line->kind == AST_APPLIES) print_applies(p, line);
            if (line->kind == AST_EVIDENCE) print_evidence(p, line);
            trailing(p, line);
            end_line(p, line, 1);
            continue;
        }
        if (line->kind == AST_SHOW) {
            word(p, KW_SHOW);
            stop(p);
            for (const struct ast *shown = line->list; shown; shown = shown->next) {
                name(p, shown);
                if (shown->next) list_comma(p);
            }
            trailing(p, line);
            end_row(p, line, 1);
            continue;
        }
        word(p, line->kind == AST_EDITION     ? KW_EDITION
                : line->kind == AST_SOURCE_OF ? KW_SOURCE
                : line->kind == AST_PERIOD    ? KW_PERIOD
                                              : KW_ROUND);
        stop(p);
        if (line->kind == AST_EDITION) edition(p, line->text);
        if (line->kind == AST_SOURCE_OF) string(p, line->text2);
        if (line->kind == AST_ROUND) round_line(p, line);
        if (line->kind == AST_PERIOD) {
            expr(p, line->a, LEVEL_SIGN);
            word(p, KW_TO);
            expr(p, line->b, LEVEL_SIGN);
            if (line->c) {
                word(p, KW_CARRYING);
                expr(p, line->c, LEVEL_SIGN);
            }
        }
        trailing(p, line);
        end_row(p, line, 1);
    }
}

static void table(struct printer *p, const struct ast *decl)
{
    word(p, KW_TABLE);
    name(p, decl);
    heading(p, decl);
    if (decl->a) {
        word(p, KW_OF_PARENT);
        name(p, decl->a);
    }
    if (decl->flags & AST_FOR_ALL) word(p, KW_FOR_ALL);
    if (decl->b) {
        word(p, KW_BY);
        name(p, decl->b);
    }
    if (decl->c) {
        word(p, KW_FROM);
        expr(p, decl->c, LEVEL_SUM);
    }
    if (decl->d) {
        comma(p);
        word(p, KW_AT_LEAST);
        number(p, decl->d, decl->b ? "次" : "个");
    }
    trailing(p, decl);
    end_head(p, decl, JOINS_NOT);
    field_lines(p, decl->list);
}

static void view_of(struct printer *p, const struct ast *decl)
{
    word(p, KW_VIEW);
    name(p, decl);
    heading(p, decl);
    put(p, TEXT("="));
    name(p, decl->a);
    if (decl->b) {
        word(p, KW_WHERE);
        expr(p, decl->b, LEVEL_ANY);
    }
    if (decl->c) {
        comma(p);
        word(p, KW_ONCE_PER);
        name(p, decl->c);
    }
    if (decl->d) {
        word(p, KW_AT_HIGHEST);
        expr(p, decl->d, LEVEL_SUM);
    }
    trailing(p, decl);
    end_head(p, decl, JOINS);
}

/* At the start of a line `5 days` would be five rows of a table. */
static bool begins_with_duration(const struct ast *node)
{
    while (node && (node->kind == AST_BINARY || node->kind == AST_ROUNDED || node->kind == AST_DEFAULT)) node = node->a;
    return node && node->kind == AST_DURATION;
}

static void choose_case(struct printer *p, const struct ast *line)
{
    bool first = line->b && (p->zh || begins_with_duration(line->a) || (line->a && opens_with_phrase(line->a))); /* Chinese begins with the condition */
    if (first) {
        word(p, KW_IF);
        expr(p, line->b, LEVEL_CONDITION);
        glue(p, ":", "：");
    }
    if (!line->b) word(p, KW_OTHERWISE);
    if (line->op == OP_UNDECIDED) {
        word(p, KW_UNDECIDED);
        string(p, line->text2);
    } else if (line->a->kind == AST_NAME && !first && line->b) {
        name_in(p, line->a, PLACE_START);
        heading(p, line->a);
    } else if (line->a->kind == AST_NAME && line->a->text2.len) {
        name(p, line->a);
        heading(p, line->a);
    } else {
        expr(p, line->a, LEVEL_ROUNDED);
    }
    if (!first && line->b) {
        word(p, KW_IF);
        expr(p, line->b, LEVEL_CONDITION);
    }
    trailing(p, line);
    end_line(p, line, 1);
}

static void choose(struct printer *p, const struct ast *decl)
{
    word(p, KW_CHOOSE);
    name(p, decl);
    heading(p, decl);
    if (decl->a) {
        word(p, KW_IN);
        name(p, decl->a);
    }
    trailing(p, decl);
    end_head(p, decl, JOINS_NOT);
    for (const struct ast *line = decl->list; line; line = line->next) choose_case(p, line);
}

static void grid(struct printer *p, const struct ast *decl)
{
    word(p, KW_GRID);
    name(p, decl);
    heading(p, decl);
    word(p, KW_BY);
    name(p, decl->a);
    comma(p);
    name(p, decl->b);
    trailing(p, decl);
    end_head(p, decl, JOINS_NOT);
    for (const struct ast *node = decl->c; node; node = node->next) {
        stop(p);
        value(p, node, false);
        if (node->next) glue(p, ",", "，"); /* without it 是 between two cells would be `is` */
    }
    if (decl->c) end_row(p, decl->c, 1);
    for (const struct ast *row = decl->list; row; row = row->next) {
        value(p, row->a, false);
        for (const struct ast *node = row->list; node; node = node->next) {
            stop(p);
            expr(p, node, LEVEL_SIGN);
            if (node->next) glue(p, ",", "，");
        }
        trailing(p, row);
        end_row(p, row, 1);
    }
}

static void question(struct printer *p, const struct ast *decl)
{
    word(p, KW_QUESTION);
    name(p, decl);
    heading(p, decl);
    if (decl->c) string(p, decl->text2);
    word(p, KW_ONE_OF);
    value_list(p, decl->list, false);
    if (decl->a) {
        word(p, KW_TAKE);
        name_in(p, decl->a, PLACE_ANSWER);
    }
    if (decl->b) {
        word_as(p, KW_BY, "", "由");
        string(p, decl->b->text2);
    }
    trailing(p, decl);
    end_head(p, decl, JOINS);
}

static void order(struct printer *p, enum ast_op op)
{
    if (op == OP_HIGH_FIRST) word(p, KW_HIGH_FIRST);
    if (op == OP_LOW_FIRST) word(p, KW_LOW_FIRST);
}

static void ranking(struct printer *p, const struct ast *decl)
{
    word(p, KW_RANKING);
    name(p, decl);
    heading(p, decl);
    word(p, KW_BY);
    expr(p, decl->a, LEVEL_SUM);
    if (decl->b) {
        word(p, KW_WITHIN);
        name(p, decl->b);
    }
    order(p, decl->op);
    for (const struct ast *key = decl->list; key; key = key->next) {
        word(p, KW_THEN_BY);
        expr(p, key->a, LEVEL_SUM);
        order(p, key->op);
    }
    if (decl->c) {
        word(p, KW_WHERE);
        expr(p, decl->c, LEVEL_ANY);
    }
    trailing(p, decl);
    end_head(p, decl, JOINS);
}

/* A figure, perhaps with a sign: what may stand before 至 without 自. */
static bool is_bound(const struct ast *node)
{
    if (node->kind == AST_NEGATE) node = node->a;
    return node->kind == AST_NUMBER || node->kind == AST_PERCENTAGE;
}

static void grade_line(struct printer *p, const struct ast *line)
{
    name_in(p, line, PLACE_START);
    stop(p);
    heading(p, line);
    stop(p);
    if (line->op == OP_OTHERWISE) {
        word(p, KW_OTHERWISE);
    } else if (line->op == OP_RANGE) {
        if (!is_bound(line->a) || !is_bound(line->b)) word(p, KW_FROM);
        points(p, line->a, LEVEL_SUM, false);
        word(p, KW_TO);
        points(p, line->b, LEVEL_SUM, false);
    } else if (p->zh && is_bound(line->a)) {
        points(p, line->a, LEVEL_SIGN, false);
        glue(p, "", "以上");
    } else {
        word(p, KW_FROM);
        expr(p, line->a, LEVEL_SUM);
    }
    if (line->c) {
        comma(p);
        word(p, KW_AT_MOST);
        expr(p, line->c, LEVEL_PRIMARY);
    }
    if (line->d) {
        word(p, KW_WITHIN);
        name(p, line->d);
    }
    trailing(p, line);
    end_row(p, line, 1);
}

static void to_whom(struct printer *p, const struct ast *node)
{
    if (node->kind == AST_STRING) {
        string(p, node->text2);
    } else {
        name(p, node);
    }
}

/* 30 days after published · 公布日 之后 30天 */
static void due(struct printer *p, const struct ast *node)
{
    bool after = node->kind == AST_BINARY && node->op == OP_ADD && node->b->kind == AST_DURATION &&
                 (node->a->kind == AST_NAME || node->a->kind == AST_DOT);
    if (!after) {
        expr(p, node, LEVEL_SUM);
        return;
    }
    expr(p, p->zh ? node->a : node->b, LEVEL_PRIMARY);
    word(p, KW_AFTER);
    expr(p, p->zh ? node->b : node->a, LEVEL_PRIMARY);
}

static void outcome(struct printer *p, const struct ast *decl)
{
    word(p, KW_OUTCOME);
    name(p, decl);
    heading(p, decl);
    if (decl->a) {
        word(p, KW_IF);
        expr(p, decl->a, LEVEL_CONDITION);
    }
    if (decl->b) {
        comma(p);
        word(p, KW_DUE);
        due(p, decl->b);
    }
    if (decl->c) {
        comma(p);
        word_as(p, KW_TO, "", "报送");
        to_whom(p, decl->c);
    }
    if (decl->d) {
        comma(p);
        word(p, KW_MAY_BY);
        to_whom(p, decl->d);
    }
    trailing(p, decl);
    end_head(p, decl, JOINS);
}

void print_declaration(struct printer *p, const struct ast *decl)
{
    if (decl->kind == AST_SCHEME) {
        scheme(p, decl);
    } else if (decl->kind == AST_VALUES) {
        word(p, KW_VALUES);
        name(p, decl);
        heading(p, decl);
        word(p, KW_ONE_OF);
        value_list(p, decl->list, decl->flags & AST_ORDERED);
        trailing(p, decl);
        end_head(p, decl, JOINS);
    } else if (decl->kind == AST_UNIT) {
        word(p, KW_UNIT);
        name(p, decl);
        heading(p, decl);
        trailing(p, decl);
        end_head(p, decl, JOINS_NOT);
        field_lines(p, decl->list);
    } else if (decl->kind == AST_TABLE) {
        table(p, decl);
    } else if (decl->kind == AST_VIEW) {
        view_of(p, decl);
    } else if (decl->kind == AST_LET) {
        word(p, KW_LET);
        name(p, decl);
        heading(p, decl);
        put(p, TEXT("="));
        expr(p, decl->a, LEVEL_CONDITION);
        trailing(p, decl);
        end_head(p, decl, JOINS);
    } else if (decl->kind == AST_CHOOSE) {
        choose(p, decl);
    } else if (decl->kind == AST_GRID) {
        grid(p, decl);
    } else if (decl->kind == AST_QUESTION) {
        question(p, decl);
    } else if (decl->kind == AST_RANKING) {
        ranking(p, decl);
    } else if (decl->kind == AST_PART || decl->kind == AST_EVERY_ITEM) {
        print_part(p, decl);
    } else if (decl->kind == AST_GRADES) {
        word(p, KW_GRADES);
        trailing(p, decl);
        end_head(p, decl, JOINS_NOT);
        for (const struct ast *line = decl->list; line; line = line->next) grade_line(p, line);
    } else if (decl->kind == AST_OUTCOME) {
        outcome(p, decl);
    } else if (decl->kind == AST_SAMPLE || decl->kind == AST_EXAMPLE) {
        print_example(p, decl);
    } else if (decl->kind == AST_USE || decl->kind == AST_USE_RESULTS) {
        word(p, decl->kind == AST_USE ? KW_USE : KW_USE_RESULTS);
        string(p, decl->text2);
        if (decl->kind == AST_USE_RESULTS) {
            word(p, KW_AS);
            name(p, decl);
        }
        trailing(p, decl);
        end_head(p, decl, JOINS);
    } else if (decl->kind == AST_NOTE || decl->kind == AST_GAP) {
        word(p, decl->kind == AST_NOTE ? KW_NOTE : KW_GAP);
        string(p, decl->text2);
        trailing(p, decl);
        end_head(p, decl, JOINS);
    }
}

void ast_print(struct buffer *out, struct arena *arena, const struct ast_file *file, enum tongue tongue)
{
    struct printer p = {.zh = tongue == TONGUE_ZH, .keywords = keywords_open(arena)};
    layout_init(&p.layout, arena, file);
    p.names = names_resolve(arena, file, tongue);
    for (const struct ast *decl = file->root->list; decl; decl = decl->next) print_declaration(&p, decl);
    layout_finish(&p.layout, out);
}
