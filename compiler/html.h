/* What the pages share: escaping, the frame of a page, its style sheet. See html.c. */
#ifndef KAOHE_COMPILER_HTML_H
#define KAOHE_COMPILER_HTML_H

#include "../runtime/finding.h"

/* Text with & < > " escaped and characters that HTML forbids left out; newlines become <br> if asked. */
void html_text(struct buffer *out, struct text text);
/* A text of the scheme or the data, which need not be in the page's language: marked with its own where it is another. */
void html_own(struct buffer *out, struct text text, enum tongue page);
/* For attributes: no element within. */
void html_attribute(struct buffer *out, struct text text);
/* From <!doctype> to <body>: title, language, style sheet; and the end. `footer`: what stands at the foot of each printed
 * page. */
void html_open(struct buffer *out, struct text title, enum tongue tongue, struct text footer);
void html_close(struct buffer *out);

#endif
