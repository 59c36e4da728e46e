/* Lines of the printer, with marks, and how they become text. See layout.c.
 *
 * Decision: a line is built in one buffer with marks for column stops and for places where it may be broken; the marks
 * are resolved when all lines are known. Cost: a line being built is not UTF-8: the marks are bytes that no UTF-8 has, so that no name
 * or comment can contain them.
 */
#ifndef KAOHE_GRAMMAR_LAYOUT_H
#define KAOHE_GRAMMAR_LAYOUT_H

#include "ast.h"

enum {
    MARK_BREAK = (char)0xfd, /* nothing, or a newline when the line is too long */
    MARK_SPACE = (char)0xfe, /* a blank, or a newline when the line is too long */
    MARK_STOP = (char)0xff,  /* the next column begins */
};

/* Whether a declaration of one line may stand directly below another, if it did. */
enum joins {
    JOINS_NOT,
    JOINS,      /* with others of its kind of line: let, note, question … */
    JOINS_NEXT, /* also with a declaration of several lines below it: a section and its first item */
};

struct layout_line {
    struct text text;
    size_t from;      /* offset in the source */
    int depth;
    int gap;          /* blanks between columns, which all lines of the declaration with such a gap share; 0: no columns */
    bool opens;       /* the first line of a declaration */
    enum joins joins; /* of the first line */
};

struct layout {
    struct arena *arena;
    const struct ast_file *file;
    struct buffer line; /* being built */
    struct layout_line *lines;
    size_t count, room;
};

void layout_init(struct layout *layout, struct arena *arena, const struct ast_file *file);

/* Ends the line that was built: its text is taken from layout->line, the rest from `line`. */
void layout_line(struct layout *layout, struct layout_line line);

/* Appends all lines, with the file's comments, as text. */
void layout_finish(struct layout *layout, struct buffer *out);

#endif
