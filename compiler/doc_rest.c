/* The document's second half: grades and consequences, doubtful clauses, notes, what is recorded, figures, examples.
 *
 * In: the scheme as written. Out: sections of the page.
 * Decision: a section that has nothing to say says so in a sentence, as a reader of a regulation wonders whether it was
 * forgotten.
 */
#include "doc.h"

static void text(struct doc *d, struct text words) { html_text(d->out, words); }

/* Words of the scheme's own, which are not translated. */
static void own(struct doc *d, struct text words) { html_own(d->out, words, d->zh ? TONGUE_ZH : TONGUE_EN); }

static void nothing(struct doc *d, const char *en, const char *zh)
{
    buffer_put(d->out, "<p class=\"note\">");
    doc_say(d, en, zh);
    buffer_put(d->out, "</p>\n");
}

/* ---- grades and consequences ---- */

/* <li><b>name</b>: sentence [clause] */
static void named_item(struct doc *d, const struct ast *decl, prose_of *sentence)
{
    bool taken;
    buffer_put(d->out, "<li><b>");
    text(d, prose_called(&d->prose[0], decl));
    buffer_put(d->out, "</b>");
    doc_say(d, ": ", "：");
    doc_sentence(d, sentence, decl);
    doc_reading(d, decl, &taken);
    doc_clause(d, decl);
    buffer_put(d->out, "</li>\n");
}

static size_t list_of(struct doc *d, enum ast_kind kind, prose_of *sentence, const char *en, const char *zh)
{
    size_t count = 0;
    for (const struct ast *decl = d->file->root->list; decl; decl = decl->next) {
        if (decl->kind != kind) continue;
        if (!count++) {
            buffer_put(d->out, "<h3>");
            doc_say(d, en, zh);
            buffer_put(d->out, "</h3>\n<ul>\n");
        }
        named_item(d, decl, sentence);
    }
    if (count) buffer_put(d->out, "</ul>\n");
    return count;
}

static bool decides_grades(const struct ast *rule)
{
    for (const struct ast *e = rule->kind == AST_RULE ? rule->a : NULL; e; e = e->next)
        if (e->kind == AST_VETO || e->kind == AST_BAR || e->kind == AST_OUTCOME_OF) return true;
    return false;
}

static void grades(struct doc *d)
{
    size_t count = 0, rules = 0;
    doc_section(d, "grades", "Grades and consequences", "等次与结果运用", false);
    for (const struct ast *decl = d->file->root->list; decl; decl = decl->next) {
        if (decl->kind != AST_GRADES) continue;
        buffer_put(d->out, "<ul>\n");
        for (const struct ast *line = decl->list; line; line = line->next) named_item(d, line, prose_grade);
        buffer_put(d->out, "</ul>\n");
        count++;
    }
    for (const struct ast *decl = d->file->root->list; decl; decl = decl->next)
        for (const struct ast *line = decl->kind == AST_PART ? decl->list : NULL; line; line = line->next) {
            bool taken;
            if (!decides_grades(line)) continue;
            if (!rules++) {
                buffer_put(d->out, "<h3>");
                doc_say(d, "Vetoes, bars, consequences of single rules", "一票否决、限制等次及由单条引起的后果");
                buffer_put(d->out, "</h3>\n<ul>\n");
            }
            buffer_put(d->out, "<li>");
            text(d, decl->text);
            buffer_put(d->out, " ");
            doc_sentence(d, prose_rule, line);
            doc_reading(d, line, &taken);
            doc_clause(d, line);
            buffer_put(d->out, "</li>\n");
        }
    if (rules) buffer_put(d->out, "</ul>\n");
    count += list_of(d, AST_RANKING, prose_ranking, "Rankings", "排名");
    count += list_of(d, AST_OUTCOME, prose_outcome, "Consequences", "结果运用");
    if (!count && !rules) nothing(d, "The text names none.", "原文没有规定。");
    doc_section_end(d);
}

/* ---- questions, notes ---- */

static void questions(struct doc *d)
{
    size_t count = 0;
    doc_section(d, "questions", "Doubtful clauses and how they were read", "疑义与所采读法", false);
    for (const struct ast *q = d->file->root->list; q; q = q->next) {
        if (q->kind != AST_QUESTION) continue;
        buffer_put(d->out, count++ ? "<li><b>" : "<ul>\n<li><b>");
        own(d, prose_called(&d->prose[0], q));
        buffer_put(d->out, "</b>");
        doc_clause(d, q);
        if (q->text2.len) {
            doc_say(d, ": ", "：");
            own(d, q->text2);
        }
        buffer_put(d->out, "<br>");
        for (const struct ast *v = q->list; v; v = v->next) {
            bool taken = q->a && text_equal(v->text, q->a->text);
            buffer_put(d->out, taken ? "<b>" : "");
            text(d, prose_called(&d->prose[0], v));
            if (taken) doc_say(d, " (taken)</b>", "（采用）</b>");
            if (v->next) doc_say(d, "; ", "；");
        }
        if (!q->a) doc_say(d, " — not decided", "——尚未确定");
        if (q->b) {
            doc_say(d, "; to be decided by ", "；由");
            own(d, q->b->text2);
            doc_say(d, "", "解释");
        }
        buffer_put(d->out, "</li>\n");
    }
    if (count)
        buffer_put(d->out, "</ul>\n");
    else
        nothing(d, "The scheme asks no question.", "本方案没有疑义。");
    doc_section_end(d);
}

static size_t notes_of(struct doc *d, const struct ast *decl, const struct ast *lines, size_t count)
{
    for (const struct ast *line = lines; line; line = line->next) {
        if (line->kind != AST_NOTE && line->kind != AST_GAP) continue;
        buffer_put(d->out, count++ ? "<li>" : "<ul>\n<li>");
        if (line->kind == AST_GAP) doc_say(d, "<b>Missing:</b> ", "<b>缺文：</b>");
        own(d, line->text2);
        if (decl && decl->kind == AST_PART) {
            buffer_put(d->out, " <span class=\"clause\">");
            text(d, decl->text);
            buffer_put(d->out, "</span>");
        }
        doc_clause(d, line);
        buffer_put(d->out, "</li>\n");
    }
    return count;
}

static void notes(struct doc *d)
{
    size_t count = 0;
    doc_section(d, "notes", "Notes and gaps", "说明与缺文", false);
    for (const struct ast *decl = d->file->root->list; decl; decl = decl->next) {
        count = notes_of(d, decl, decl->list, count);
        if (decl->kind != AST_NOTE && decl->kind != AST_GAP) continue;
        struct ast alone = *decl;
        alone.next = NULL;
        count = notes_of(d, NULL, &alone, count);
    }
    if (count)
        buffer_put(d->out, "</ul>\n");
    else
        nothing(d, "None.", "无。");
    doc_section_end(d);
}

/* ---- data, figures ---- */

static void fields_of(struct doc *d, const struct ast *lines)
{
    for (const struct ast *f = lines; f; f = f->next) {
        const struct ast *needs = f->kind == AST_NEEDS ? f->list : NULL;
        for (const struct ast *need = needs; need; need = need->next) {
            buffer_put(d->out, "<tr role=\"row\"><th role=\"rowheader\" scope=\"row\">");
            text(d, prose_called(&d->prose[0], need));
            buffer_put(d->out, "</th>");
            doc_cell(d, "", "What is filled in", "填写");
            doc_say(d, "yes or no</td></tr>\n", "是或否</td></tr>\n");
        }
        if (f->kind != AST_FIELD && f->kind != AST_COMPUTED) continue;
        buffer_put(d->out, "<tr role=\"row\"><th role=\"rowheader\" scope=\"row\">");
        text(d, prose_called(&d->prose[0], f));
        buffer_put(d->out, "</th>");
        doc_cell(d, "", "What is filled in", "填写");
        doc_sentence(d, prose_field, f);
        doc_clause(d, f);
        buffer_put(d->out, "</td></tr>\n");
    }
}

static void data(struct doc *d)
{
    doc_section(d, "data", "What is recorded", "记录些什么", false);
    for (const struct ast *decl = d->file->root->list; decl; decl = decl->next) {
        if (decl->kind != AST_UNIT && decl->kind != AST_TABLE) continue;
        buffer_put(d->out, "<table role=\"table\">\n<caption><b>");
        text(d, prose_called(&d->prose[0], decl));
        buffer_put(d->out, "</b> ");
        if (decl->kind == AST_UNIT)
            doc_say(d, "one row for each that is assessed", "每个考核对象一行");
        else
            text(d, doc_words(d, 0, prose_table, decl));
        buffer_put(d->out, "</caption>\n<thead role=\"rowgroup\"><tr role=\"row\"><th role=\"columnheader\" scope=\"col\">");
        doc_say(d, "Column", "栏目");
        buffer_put(d->out, "</th><th role=\"columnheader\" scope=\"col\">");
        doc_say(d, "What is filled in", "填写");
        buffer_put(d->out, "</th></tr></thead>\n<tbody role=\"rowgroup\">\n");
        fields_of(d, decl->list);
        if (decl->kind == AST_UNIT) /* fields that items declare are the unit's, too */
            for (const struct ast *part = d->file->root->list; part; part = part->next)
                if (part->kind == AST_PART) fields_of(d, part->list);
        buffer_put(d->out, "</tbody></table>\n");
    }
    doc_section_end(d);
}

static void let_sentence(struct prose *p, const struct ast *let) { prose_value(p, let->a, false); }

static void cases(struct doc *d, const struct ast *choose)
{
    buffer_put(d->out, "<li><b>");
    text(d, prose_called(&d->prose[0], choose));
    buffer_put(d->out, "</b>");
    doc_clause(d, choose);
    buffer_put(d->out, "<ol>\n");
    for (const struct ast *line = choose->list; line; line = line->next) {
        buffer_put(d->out, "<li>");
        doc_sentence(d, prose_case, line);
        doc_clause(d, line);
        buffer_put(d->out, "</li>\n");
    }
    buffer_put(d->out, "</ol></li>\n");
}

/* A value at the edge of a grid, by its name or heading. */
static struct text edge_word(struct doc *d, const struct ast *label)
{
    bool zh = d->prose[0].zh;
    if (!(label->flags & AST_WORD)) return prose_called(&d->prose[0], label);
    if (text_is(label->text, "yes")) return text_of(zh ? "是" : "yes");
    return text_is(label->text, "no") ? text_of(zh ? "否" : "no") : text_of(zh ? "不涉及" : "does not apply");
}

static void grid_table(struct doc *d, const struct ast *grid)
{
    buffer_put(d->out, "<table role=\"table\">\n<caption><b>");
    text(d, prose_called(&d->prose[0], grid));
    buffer_put(d->out, "</b></caption>\n<thead role=\"rowgroup\"><tr role=\"row\"><th role=\"columnheader\" scope=\"col\">");
    text(d, prose_called(&d->prose[0], grid->a));
    buffer_put(d->out, " \\ ");
    text(d, prose_called(&d->prose[0], grid->b));
    buffer_put(d->out, "</th>");
    for (const struct ast *head = grid->c; head; head = head->next) {
        buffer_put(d->out, "<th role=\"columnheader\" scope=\"col\" class=\"n\">");
        text(d, edge_word(d, head));
        buffer_put(d->out, "</th>");
    }
    buffer_put(d->out, "</tr></thead>\n<tbody role=\"rowgroup\">\n");
    for (const struct ast *row = grid->list; row; row = row->next) {
        buffer_put(d->out, "<tr role=\"row\"><th role=\"rowheader\" scope=\"row\">");
        text(d, edge_word(d, row->a));
        buffer_put(d->out, "</th>");
        for (const struct ast *cell = row->list; cell; cell = cell->next) {
            buffer_put(d->out, "<td role=\"cell\" class=\"n\">");
            struct buffer words;
            buffer_init(&words, d->arena);
            d->prose[0].out = &words;
            prose_value(&d->prose[0], cell, false);
            text(d, buffer_result(&words));
            buffer_put(d->out, "</td>");
        }
        buffer_put(d->out, "</tr>\n");
    }
    buffer_put(d->out, "</tbody></table>\n");
}

static void figures(struct doc *d)
{
    size_t count = 0;
    doc_section(d, "figures", "Figures and tables of values", "计算值与对照表", false);
    count += list_of(d, AST_LET, let_sentence, "Figures", "计算值");
    count += list_of(d, AST_VIEW, prose_view, "Selections of rows", "选取的记录");
    size_t chooses = 0;
    for (const struct ast *decl = d->file->root->list; decl; decl = decl->next) {
        if (decl->kind != AST_CHOOSE) continue;
        if (!chooses++)
            doc_say(d, "<h3>Choices: the first line that holds</h3>\n<ul>\n",
                    "<h3>判定：自上而下，取首先符合的一行</h3>\n<ul>\n");
        cases(d, decl);
    }
    if (chooses) buffer_put(d->out, "</ul>\n");
    for (const struct ast *decl = d->file->root->list; decl; decl = decl->next) {
        if (decl->kind != AST_GRID) continue;
        count++;
        grid_table(d, decl);
    }
    if (!count && !chooses) nothing(d, "None.", "无。");
    doc_section_end(d);
}

/* ---- examples ---- */

static void lines_of(struct doc *d, const struct ast *example, bool expected)
{
    bool first = true;
    for (const struct ast *line = example->list; line; line = line->next) {
        if ((line->kind == AST_EXPECT) != expected) continue;
        if (!first) buffer_put(d->out, "<br>");
        first = false;
        buffer_put(d->out, "<code>");
        text(d, doc_text(d, line));
        buffer_put(d->out, "</code>");
    }
}

static void example_row(struct doc *d, const struct ast *example, const struct example_result *result)
{
    buffer_put(d->out, "<tr role=\"row\"><th role=\"rowheader\" scope=\"row\">");
    own(d, example->kind == AST_SAMPLE ? example->text : example->text2);
    if (example->a) {
        doc_say(d, " <span class=\"note\">(like ", " <span class=\"note\">（同");
        own(d, example->a->text);
        doc_say(d, ")</span>", "）</span>");
    }
    buffer_put(d->out, "</th>");
    doc_cell(d, "", "Given", "已知");
    lines_of(d, example, false);
    buffer_put(d->out, "</td>");
    doc_cell(d, "", "Expected", "应得");
    lines_of(d, example, true);
    buffer_put(d->out, "</td>");
    doc_cell(d, result && !result->fine ? "wrong" : "", "Result", "结果");
    if (result) {
        if (!result->fine) doc_say(d, "not as expected<br>", "与预期不符<br>");
        if (result->total.len) {
            doc_say(d, "total ", "总分 ");
            text(d, result->total);
        } else {
            doc_say(d, "total open", "总分待定");
        }
        if (result->grade.len) {
            doc_say(d, ", ", "，");
            text(d, result->grade);
        }
    } else {
        doc_say(d, "(what others start from)", "（供其他算例引用）");
    }
    buffer_put(d->out, "</td></tr>\n");
}

static void examples(struct doc *d)
{
    static const char *const HEADS[][2] = {{"Example", "算例"}, {"Given", "已知"}, {"Expected", "应得"}, {"Result", "结果"}};
    size_t count = 0;
    doc_section(d, "examples", "Worked examples", "算例", false);
    for (const struct ast *decl = d->file->root->list; decl; decl = decl->next) {
        const struct example_result *result = NULL;
        if (decl->kind != AST_EXAMPLE && decl->kind != AST_SAMPLE) continue;
        for (size_t k = 0; k < d->report.examples; k++)
            if (d->report.results[k].example->span.from == decl->span.from) /* the run works on a copy of the tree */
                result = &d->report.results[k];
        if (!count++) {
            buffer_put(
                d->out,
                "<div class=\"scroll\"><table role=\"table\" class=\"cards\">\n<thead role=\"rowgroup\"><tr role=\"row\">");
            for (size_t k = 0; k < 4; k++) {
                buffer_put(d->out, "<th role=\"columnheader\" scope=\"col\">");
                doc_say(d, HEADS[k][0], HEADS[k][1]);
                buffer_put(d->out, "</th>");
            }
            buffer_put(d->out, "</tr></thead>\n<tbody role=\"rowgroup\">\n");
        }
        example_row(d, decl, result);
    }
    if (count)
        buffer_put(d->out, "</tbody></table></div>\n");
    else
        nothing(d, "The scheme has no examples.", "本方案没有算例。");
    doc_section_end(d);
}

void doc_rest(struct doc *d)
{
    grades(d);
    questions(d);
    notes(d);
    data(d);
    figures(d);
    examples(d);
}
