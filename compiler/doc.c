/* `kaohe doc`: a scheme as the document that it came from.
 *
 * In: a scheme without errors. Out: one HTML page: head, contents, scoring table, every rule as a sentence beside its text
 * and clause; doc_rest.c adds the rest.
 * Decision: the page is written from the text with all readings, not from the resolved scheme, so that a reader sees what
 * was not taken, too, marked so; only the examples' results come from a run.
 */
#include "doc.h"

void doc_say(struct doc *d, const char *en, const char *zh) { buffer_put(d->out, d->zh ? zh : en); }

static void say_text(struct doc *d, struct text text) { html_text(d->out, text); }

/* Words of the scheme's own, which are not translated. */
static void say_own(struct doc *d, struct text text) { html_own(d->out, text, d->zh ? TONGUE_ZH : TONGUE_EN); }

struct text doc_words(struct doc *d, int which, prose_of *sentence, const struct ast *node)
{
    struct buffer text;
    struct prose *p = &d->prose[which];
    buffer_init(&text, d->arena);
    p->out = &text;
    sentence(p, node);
    return buffer_result(&text);
}

void doc_sentence(struct doc *d, prose_of *sentence, const struct ast *node)
{
    if (!d->both) {
        say_text(d, doc_words(d, 0, sentence, node));
        return;
    }
    buffer_put(d->out, "<span class=\"stack\">");
    for (int k = 0; k < 2; k++) {
        buffer_print(d->out, "<span lang=\"%s\">", d->prose[k].zh ? "zh-CN" : "en");
        say_text(d, doc_words(d, k, sentence, node));
        buffer_put(d->out, "</span>");
    }
    buffer_put(d->out, "</span>");
}

void doc_clause(struct doc *d, const struct ast *line)
{
    if (!line->source.len) return;
    buffer_put(d->out, " <span class=\"clause\">");
    doc_say(d, "[", "〔");
    say_own(d, line->source);
    doc_say(d, "]</span>", "〕</span>");
}

struct text doc_text(const struct doc *d, const struct ast *node)
{
    for (size_t k = 0; k < d->lines.count; k++)
        if (d->lines.all[k].node == node) return d->lines.all[k].text;
    return TEXT_NONE;
}

size_t doc_line(const struct doc *d, const struct ast *node)
{
    size_t line, column;
    source_files_line(d->file->files, node->span.from, &line, &column);
    return line;
}

void doc_section(struct doc *d, const char *id, const char *en, const char *zh, bool broad)
{
    buffer_print(d->out, "<section id=\"%s\"%s aria-labelledby=\"%s-h\">\n<h2 id=\"%s-h\">", id,
                 broad ? " class=\"wide\"" : "", id, id);
    doc_say(d, en, zh);
    buffer_put(d->out, "</h2>\n");
}

void doc_section_end(struct doc *d) { buffer_put(d->out, "</section>\n"); }

bool doc_reading(struct doc *d, const struct ast *line, bool *taken)
{
    *taken = true;
    if (!line->when) return false;
    for (const struct ast *when = line->when; when; when = when->next) { /* it is there if all are answered so */
        const struct ast *question = NULL;
        for (const struct ast *decl = d->file->root->list; decl; decl = decl->next)
            if (decl->kind == AST_QUESTION && text_equal(decl->text, when->a->text)) question = decl;
        *taken &= question && question->a && text_equal(question->a->text, when->b->text);
    }
    buffer_put(d->out, " <span class=\"when\">");
    doc_say(d, *taken ? "(holds because “" : "(would hold if “", *taken ? "（因“" : "（若“");
    for (const struct ast *when = line->when; when; when = when->next) {
        say_own(d, prose_called(&d->prose[0], when->a));
        doc_say(d, *taken ? "” is read as “" : "” were read as “", *taken ? "”采用“" : "”改采“");
        say_own(d, prose_called(&d->prose[0], when->b));
        if (when->next) doc_say(d, "” and “", "”，且“");
    }
    doc_say(d, "”)</span>", *taken ? "”而适用）</span>" : "”才适用）</span>");
    return true;
}

void doc_cell(struct doc *d, const char *class, const char *en, const char *zh)
{
    buffer_print(d->out, "<td role=\"cell\"%s%s%s data-h=\"", *class ? " class=\"" : "", class, *class ? "\"" : "");
    doc_say(d, en, zh);
    buffer_put(d->out, "\">");
}

/* ---- the head ---- */

static const struct ast *head_of(const struct doc *d)
{
    for (const struct ast *decl = d->file->root->list; decl; decl = decl->next)
        if (decl->kind == AST_SCHEME) return decl;
    return NULL;
}

static void head_line(struct doc *d, const struct ast *line)
{
    const char *en = NULL, *zh = NULL;
    if (line->kind == AST_EDITION) en = "Edition", zh = "版次";
    if (line->kind == AST_SOURCE_OF) en = "Source", zh = "依据";
    if (line->kind == AST_PERIOD) en = "Period", zh = "考核期";
    if (line->kind == AST_ROUND) en = "Rounding", zh = "取舍";
    if (line->kind == AST_APPLIES) en = "Who is assessed", zh = "参评范围";
    if (!en) return;
    buffer_put(d->out, "<dt>");
    doc_say(d, en, zh);
    buffer_put(d->out, "</dt><dd>");
    if (line->kind == AST_EDITION) say_text(d, line->text);
    if (line->kind == AST_SOURCE_OF) say_own(d, line->text2);
    if (line->kind == AST_ROUND) doc_sentence(d, prose_round, line);
    if (line->kind == AST_APPLIES) doc_sentence(d, prose_applies, line);
    if (line->kind == AST_PERIOD) {
        say_text(d, line->a->text);
        doc_say(d, " to ", " 至 ");
        say_text(d, line->b->text);
        if (line->c) {
            doc_say(d, ", carrying from ", "，结转自 ");
            say_text(d, line->c->text);
        }
    }
    bool taken;
    doc_reading(d, line, &taken);
    buffer_put(d->out, "</dd>\n");
}

static void contents(struct doc *d)
{
    static const struct {
        const char *id, *en, *zh;
    } SECTIONS[] = {{"scoring", "Scoring table", "评分表"},
                    {"rules", "Rules, one by one", "逐条规则"},
                    {"grades", "Grades and consequences", "等次与结果运用"},
                    {"questions", "Doubtful clauses", "疑义与所采读法"},
                    {"notes", "Notes and gaps", "说明与缺文"},
                    {"data", "What is recorded", "记录些什么"},
                    {"figures", "Figures and tables of values", "计算值与对照表"},
                    {"examples", "Worked examples", "算例"}};
    buffer_put(d->out, "<nav aria-label=\"");
    doc_say(d, "Contents", "目录");
    buffer_put(d->out, "\">\n<ol>\n");
    for (size_t k = 0; k < sizeof SECTIONS / sizeof *SECTIONS; k++) {
        buffer_print(d->out, "<li><a href=\"#%s\">", SECTIONS[k].id);
        doc_say(d, SECTIONS[k].en, SECTIONS[k].zh);
        buffer_put(d->out, "</a></li>\n");
    }
    buffer_put(d->out, "</ol>\n</nav>\n");
}

static void opening(struct doc *d)
{
    const struct ast *head = head_of(d);
    struct text title = head && head->text2.len ? head->text2 : d->file->name;
    html_open(d->out, title, d->zh ? TONGUE_ZH : TONGUE_EN, title);
    buffer_put(d->out, "<a class=\"skip\" href=\"#scoring\">");
    doc_say(d, "To the scoring table", "跳到评分表");
    buffer_put(d->out, "</a>\n<header>\n<h1>");
    say_own(d, title);
    buffer_put(d->out, "</h1>\n<dl class=\"meta\">\n");
    for (const struct ast *line = head ? head->list : NULL; line; line = line->next) head_line(d, line);
    buffer_put(d->out, "</dl>\n</header>\n");
    contents(d);
    buffer_put(d->out, "<main>\n");
}

/* ---- the scoring table ---- */

static bool is_part(const struct ast *decl) { return decl->kind == AST_PART || decl->kind == AST_EVERY_ITEM; }

static bool is_rule(const struct ast *line) { return line->kind == AST_RULE || line->kind == AST_NEEDS; }

static void heads(struct doc *d, const char *const (*words)[2], size_t count, const char *numeric)
{
    buffer_put(d->out, "<thead role=\"rowgroup\"><tr role=\"row\">");
    for (size_t k = 0; k < count; k++) {
        buffer_print(d->out, "<th role=\"columnheader\" scope=\"col\"%s>", numeric[k] == 'n' ? " class=\"n\"" : "");
        doc_say(d, words[k][0], words[k][1]);
        buffer_put(d->out, "</th>");
    }
    buffer_put(d->out, "</tr></thead>\n<tbody role=\"rowgroup\">\n");
}

static void listed(struct doc *d, const struct ast *part, bool (*wanted)(const struct ast *))
{
    size_t count = 0;
    for (const struct ast *line = part->list; line; line = line->next) count += wanted(line);
    if (!count) return;
    buffer_put(d->out, "<ul>");
    for (const struct ast *line = part->list; line; line = line->next) {
        if (!wanted(line)) continue;
        bool taken;
        buffer_put(d->out, "<li>");
        if (is_rule(line))
            doc_sentence(d, prose_rule, line);
        else if (line->kind == AST_APPLIES)
            doc_sentence(d, prose_applies, line);
        else
            say_own(d, line->text2);
        doc_reading(d, line, &taken);
        doc_clause(d, line);
        buffer_put(d->out, "</li>");
    }
    buffer_put(d->out, "</ul>");
}

static bool is_standard(const struct ast *line) { return line->kind == AST_NOTE || line->kind == AST_APPLIES; }
static bool is_evidence(const struct ast *line) { return line->kind == AST_EVIDENCE; }

/* Who checks: of the evidence, or else the judges. */
static void checkers(struct doc *d, const struct ast *part)
{
    const char *comma = "";
    for (const struct ast *line = part->list; line; line = line->next) {
        if (line->kind != AST_EVIDENCE || !line->a) continue;
        buffer_put(d->out, comma);
        say_own(d, line->a->text2);
        comma = d->zh ? "、" : ", ";
    }
    for (const struct ast *a = part->a; a; a = a->next)
        for (const struct ast *judge = a->kind == AST_JUDGED ? a->list : NULL; judge; judge = judge->next) {
            buffer_put(d->out, comma);
            say_own(d, judge->text2);
            comma = d->zh ? "、" : ", ";
        }
}

static void scoring_row(struct doc *d, const struct ast *part)
{
    bool section = part->op == OP_SECTION && part->kind == AST_PART;
    buffer_print(d->out, "<tr role=\"row\"%s><th role=\"rowheader\" scope=\"row\" class=\"num\" data-h=\"",
                 section ? " class=\"section\"" : "");
    doc_say(d, "No.", "编号");
    buffer_put(d->out, "\">");
    if (part->kind == AST_EVERY_ITEM)
        doc_say(d, "each", "各项");
    else
        say_text(d, part->text);
    buffer_put(d->out, "</th>");
    doc_cell(d, "", "Item", "项目");
    say_own(d, part->text2);
    if (part->op == OP_BONUS) doc_say(d, " (bonus)", "（加分）");
    doc_clause(d, part);
    buffer_put(d->out, "</td>");
    doc_cell(d, "", "Marks", "分值");
    if (part->kind == AST_PART) doc_sentence(d, prose_marks, part);
    buffer_put(d->out, "</td>");
    doc_cell(d, "", "Standard", "标准");
    listed(d, part, is_standard);
    buffer_put(d->out, "</td>");
    doc_cell(d, "", "Rule", "计分规则");
    listed(d, part, is_rule);
    buffer_put(d->out, "</td>");
    doc_cell(d, "", "Evidence", "佐证");
    listed(d, part, is_evidence);
    buffer_put(d->out, "</td>");
    doc_cell(d, "", "Checked by", "核查");
    checkers(d, part);
    buffer_put(d->out, "</td><td role=\"cell\" class=\"blank\"></td><td role=\"cell\" class=\"blank\"></td><td "
                       "role=\"cell\" class=\"blank\"></td></tr>\n");
}

static void scoring(struct doc *d)
{
    static const char *const HEADS[][2] = {
        {"No.", "编号"},      {"Item", "项目"},       {"Marks", "分值"},      {"Standard", "标准"}, {"Rule", "计分规则"},
        {"Evidence", "佐证"}, {"Checked by", "核查"}, {"Self-score", "自评"}, {"Deducted", "扣分"}, {"Score", "得分"}};
    doc_section(d, "scoring", "Scoring table", "评分表", true);
    buffer_put(d->out, "<div class=\"scroll\"><table role=\"table\" class=\"cards\">\n<caption>");
    doc_say(d, "The last three columns are for those who fill the table in.", "末三栏供填表用。");
    buffer_put(d->out, "</caption>\n");
    heads(d, HEADS, sizeof HEADS / sizeof *HEADS, "..........");
    for (const struct ast *decl = d->file->root->list; decl; decl = decl->next)
        if (is_part(decl)) scoring_row(d, decl);
    buffer_put(d->out, "</tbody></table></div>\n");
    doc_section_end(d);
}

/* ---- the rules ---- */

static void rule_row(struct doc *d, const struct ast *part, const struct ast *line)
{
    bool taken;
    struct buffer *out = d->out, skipped;
    buffer_init(&skipped, d->arena);
    d->out = &skipped; /* only asks whether it is taken: what it says stands further on */
    doc_reading(d, line, &taken);
    d->out = out;
    buffer_print(out, "<tr role=\"row\"%s><th role=\"rowheader\" scope=\"row\" data-h=\"", taken ? "" : " class=\"other\"");
    doc_say(d, "Clause", "条款");
    buffer_put(out, "\">");
    say_own(d, line->source);
    buffer_put(out, "</th>");
    doc_cell(d, "", "Part", "所属");
    if (part->kind == AST_PART)
        say_text(d, part->text);
    else
        doc_say(d, "each item", "各项目");
    buffer_put(out, "</td>");
    for (int k = 0; k < (d->both ? 2 : 1); k++) {
        doc_cell(d, "", "Rule", "规则");
        buffer_print(out, "<span lang=\"%s\">", d->prose[k].zh ? "zh-CN" : "en");
        say_text(d, doc_words(d, k, prose_rule, line));
        buffer_put(out, "</span>");
        if (!k && line->because.len) {
            doc_say(d, " <span class=\"note\">Why: ", " <span class=\"note\">理由：");
            say_own(d, line->because);
            buffer_put(out, "</span>");
        }
        if (!k) doc_reading(d, line, &taken);
        buffer_put(out, "</td>");
    }
    doc_cell(d, "", "As it stands in the scheme", "方案原文");
    buffer_put(out, "<code>");
    say_text(d, doc_text(d, line));
    buffer_put(out, "</code></td>");
    buffer_print(out, "<td role=\"cell\" class=\"n\" data-h=\"%s\">%zu</td></tr>\n", d->zh ? "行" : "Line",
                 doc_line(d, line));
}

static void rules(struct doc *d)
{
    static const char *const ONE[][2] = {
        {"Clause", "条款"}, {"Part", "所属"}, {"Rule", "规则"}, {"As it stands in the scheme", "方案原文"}, {"Line", "行"}};
    static const char *const BOTH[][2] = {{"Clause", "条款"},
                                          {"Part", "所属"},
                                          {"Rule", "规则"},
                                          {"Rule in Chinese", "规则（英文）"},
                                          {"As it stands in the scheme", "方案原文"},
                                          {"Line", "行"}};
    doc_section(d, "rules", "Rules, one by one", "逐条规则", true);
    buffer_put(d->out, "<div class=\"scroll\"><table role=\"table\" class=\"cards\">\n");
    if (d->both)
        heads(d, BOTH, 6, ".....n");
    else
        heads(d, ONE, 5, "....n");
    for (const struct ast *decl = d->file->root->list; decl; decl = decl->next)
        for (const struct ast *line = is_part(decl) ? decl->list : NULL; line; line = line->next)
            if (is_rule(line)) rule_row(d, decl, line);
    buffer_put(d->out, "</tbody></table></div>\n");
    doc_section_end(d);
}

kh_status kh_scheme_document(kh_scheme *scheme, bool bilingual, kh_text *out)
{
    *out = (kh_text){NULL, 0};
    if (!scheme->program) return KH_FINDINGS;
    struct arena *arena = arena_open(&scheme->allocator, 0);
    if (!arena) return KH_ENVIRONMENT;
    if (setjmp(*arena_trap(scheme->arena)) || setjmp(*arena_trap(arena))) {
        arena_close(arena);
        return KH_ENVIRONMENT;
    }
    struct buffer text, ignored;
    buffer_init(&text, arena);
    buffer_init(&ignored, arena);
    struct doc d = {.out = &text, .arena = arena, .scheme = scheme, .file = scheme->file, .both = bilingual};
    enum tongue tongue = kh_message_tongue(scheme);
    d.zh = tongue == TONGUE_ZH;
    prose_open(&d.prose[0], &text, arena, d.file, tongue);
    prose_open(&d.prose[1], &text, arena, d.file, d.zh ? TONGUE_EN : TONGUE_ZH);
    ast_statements(&d.lines, arena, d.file, d.file->tongue);
    examples_try(arena, scheme, false, &ignored, &d.report);
    opening(&d);
    scoring(&d);
    rules(&d);
    doc_rest(&d);
    buffer_put(&text, "</main>\n");
    html_close(&text);
    *out = kh_of(arena_text(scheme->arena, buffer_result(&text)));
    arena_close(arena);
    return KH_OK;
}
