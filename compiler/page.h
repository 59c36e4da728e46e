/* What the pages of one unit (page.c) and of all (page_index.c) share. */
#ifndef KAOHE_COMPILER_PAGE_H
#define KAOHE_COMPILER_PAGE_H

#include "html.h"
#include "kaohe_internal.h"

struct page {
    struct buffer *out;
    struct arena *arena;
    kh_result *result;
    bool zh;
};

/* A page of the result in memory that lives until the next page is asked for. NULL: no memory. */
struct arena *page_arena(kh_result *result);
void page_say(struct page *p, const char *en, const char *zh);
void page_text(struct page *p, kh_text text);
/* The first column of a kind, or -1. */
int page_column(const kh_result *result, kh_column kind);
kh_text page_cell(const kh_result *result, size_t unit, kh_column kind);

#endif
