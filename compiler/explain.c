/* Explains a unit: the grade and why, then each part with every point that was taken or given.
 *
 * In: results whose run kept the unit's ledger. Out: text for a terminal.
 * Decision: figures and rows are read in explain_read.c, for account.c tells the same as lines for other writers.
 */
#include "explain.h"

#include "../runtime/quotient.h"

void explain_effects(struct explainer *x, const struct rule *rule)
{
    for (const struct ast *effect = rule->line->a; effect; effect = effect->next) {
        if (effect->kind == AST_VETO && explain_holds(x, rule->graded))
            explain_say(x, "        veto: see the grade\n", "        涉及一票否决：见等次\n");
        if (effect->kind == AST_UNDECIDED)
            buffer_print(x->out, x->zh ? "        待定：%.*s\n" : "        undecided: %.*s\n", TEXT_ARG(effect->text2));
    }
}

static void ledger_line(struct explainer *x, const struct rule *rule, const struct ledger_line *line)
{
    size_t before = x->out->len;
    buffer_put(x->out, "        ");
    if (!explain_place(x, rule, line, true)) {
        x->out->len = before;
        return;
    }
    if (line->fault != FAULT_NONE)
        explain_say(x, "  not known yet", "  尚不能确定");
    else if (rule->amount.value) {
        buffer_put(x->out, "  ");
        explain_amount(x, rule, line->amount, rule->amount.type, "−", true);
    }
    buffer_char(x->out, '\n');
}

void explain_cap(struct explainer *x, const struct rule *rule)
{
    struct quotient over;
    if (rule->cap.value && explain_difference(x, rule->gross, rule->net, &over) && quotient_sign(x->run->big, over)) {
        buffer_put(x->out, "        ");
        explain_say(x, "cap ", "封顶 ");
        explain_put(x, rule->cap);
        explain_say(x, ": of ", "：合计 ");
        explain_put(x, rule->gross);
        explain_say(x, ", not counted ", "，未计 ");
        quotient_print(x->out, x->run->big, over);
        buffer_char(x->out, '\n');
    }
}

static void explain_rule(struct explainer *x, uint32_t index)
{
    const struct rule *rule = &x->scheme->rules[index];
    if (!explain_concerns(x, rule)) return;
    size_t line = scheme_line(x->scheme, rule->line->span);
    buffer_print(x->out, x->zh ? "    第%zu行 " : "    line %zu ", line);
    if (rule->line->source.len) buffer_print(x->out, x->zh ? "依据 %.*s " : "clause %.*s ", TEXT_ARG(rule->line->source));
    if (rule->net.value) {
        buffer_put(x->out, " ");
        struct quotient amount;
        if (results_read(x->run, rule->net.value, x->unit, &amount) == FAULT_NONE)
            explain_amount(x, rule, amount, rule->net.type, "−", true);
        else
            explain_put(x, rule->net);
        buffer_put(x->out, " ");
    }
    buffer_char(x->out, ' ');
    if (rule->line->because.len) buffer_print(x->out, x->zh ? "%.*s　" : "%.*s: ", TEXT_ARG(rule->line->because));
    buffer_print(x->out, "%.*s\n", TEXT_ARG(explain_rule_text(x, rule)));
    const struct explain_index *ledger = explain_ledger(x);
    for (uint32_t k = ledger ? ledger->first[x->unit] : 0; ledger && k < ledger->first[x->unit + 1]; k++)
        if (x->run->ledger[ledger->order[k]].rule == index) ledger_line(x, rule, &x->run->ledger[ledger->order[k]]);
    explain_cap(x, rule);
    explain_effects(x, rule);
}

/* ---- one part ---- */

void explain_limits(struct explainer *x, const struct part *part)
{
    struct quotient gap;
    if (part->clipped.value && explain_difference(x, part->clipped, part->raw, &gap) && quotient_sign(x->run->big, gap)) {
        buffer_put(x->out, "    ");
        bool floor = quotient_sign(x->run->big, gap) > 0;
        if (floor)
            explain_say(x, "floor 0: the rules come to ", "扣完为止：各条合计为 ");
        else
            explain_say(x, "ceiling: the rules come to ", "封顶：各条合计为 ");
        explain_put(x, part->raw);
        explain_say(x, ", not counted ", "，未计 ");
        quotient_print(x->out, x->run->big, floor ? gap : quotient_neg(x->run->big, gap));
        buffer_char(x->out, '\n');
    }
    if (explain_holds(x, part->forfeited)) {
        explain_say(x, "    forfeited: the whole part counts 0", "    不得分：本部分计 0 分");
        buffer_char(x->out, '\n');
    } else if (explain_is_open(x, part->applies)) {
        explain_say(x, "    it is open whether this applies here\n", "    是否适用待定\n");
    } else if (part->applies && !explain_holds(x, part->applies)) {
        explain_say(x, "    does not apply here: counts ", "    不适用：计 ");
        explain_put(x, part->value);
        buffer_char(x->out, '\n');
    } else if (part->clipped.value && explain_difference(x, part->value, part->clipped, &gap) &&
               quotient_sign(x->run->big, gap)) {
        if (x->scheme->some_apply)
            explain_say(x, "    with its share of marks that do not apply, from ", "    含不适用项分摊来的分数，原为 ");
        else
            explain_say(x, "    rounded from ", "    取舍前为 ");
        explain_put(x, part->clipped);
        buffer_char(x->out, '\n');
    }
    if (part->weight.value || part->divided_at) {
        explain_say(x, "    counts in the total as ", "    计入总分 ");
        explain_put(x, part->gives);
        buffer_char(x->out, '\n');
    }
}

static unsigned depth_of(struct text number)
{
    unsigned depth = 0;
    for (size_t k = 0; k < number.len; k++) depth += number.at[k] == '.';
    return depth;
}

/* Where the decisions on a part stand, and who made them. */
void explain_decisions(struct explainer *x, const struct part *part)
{
    const struct dataset *data = x->run->data;
    for (uint32_t k = 0; k < part->judged_count; k++) {
        uint32_t figure = part->judged_first + k, line = data->judged_line[figure][x->unit];
        struct text who = x->scheme->schema.judged[figure].authority;
        if (line)
            buffer_print(x->out, x->zh ? "（%.*s%s%.*s 第%u行）" : " (%.*s%s%.*s line %u)", TEXT_ARG(who),
                         who.len ? (x->zh ? "，" : ", ") : "", TEXT_ARG(explain_file(x, data->decision_file)), line);
        else if (who.len)
            buffer_print(x->out, x->zh ? "（待 %.*s 评定）" : " (waits for %.*s)", TEXT_ARG(who));
    }
}

/* Where the proof is and who checks it: of a part, or of the whole scheme. */
static void put_evidence(struct explainer *x, const struct ast *lines, const char *indent)
{
    for (const struct ast *line = lines; line; line = line->next) {
        if (line->kind != AST_EVIDENCE) continue;
        buffer_print(x->out, x->zh ? "%s佐证 %.*s" : "%sevidence %.*s", indent, TEXT_ARG(line->text2));
        struct text by = !line->a ? TEXT_NONE : line->a->kind == AST_STRING ? line->a->text2 : line->a->text;
        if (by.len) buffer_print(x->out, x->zh ? "（由 %.*s）" : " (by %.*s)", TEXT_ARG(by));
        buffer_char(x->out, '\n');
    }
}

/* The figure that somebody gave where the clauses leave it open. */
static void explain_settled(struct explainer *x, const struct part *part)
{
    const struct dataset *data = x->run->data;
    if (part->settled < 0 || !data->judged_line[part->settled][x->unit]) return;
    if (part->own_open ? !explain_holds(x, part->own_open) : !explain_is_open(x, part->unsettled.value)) return;
    explain_say(x, "    open by its clauses; settled at ", "    按条款待定，已裁定为 ");
    explain_put(x, part->value);
    buffer_print(x->out, x->zh ? "（%.*s，%.*s 第%u行）\n" : " (%.*s, %.*s line %u)\n",
                 TEXT_ARG(data->judged_by[part->settled][x->unit]), TEXT_ARG(explain_file(x, data->decision_file)),
                 data->judged_line[part->settled][x->unit]);
}

/* A part with its rules. `untouched`: also where no rule, judgement or limit has anything to say. */
static bool explain_part(struct explainer *x, uint32_t index, bool untouched)
{
    struct part *part = &x->scheme->parts[index];
    size_t before = x->out->len;
    buffer_char(x->out, '\n');
    for (unsigned k = 0; k < depth_of(part->number); k++) buffer_put(x->out, "  ");
    buffer_print(x->out, "%.*s  %.*s", TEXT_ARG(part_word(x->scheme, index)), TEXT_ARG(part->title));
    if (part->decl->source.len)
        buffer_print(x->out, x->zh ? "（依据 %.*s）" : " (clause %.*s)", TEXT_ARG(part->decl->source));
    buffer_put(x->out, "  ");
    explain_put(x, part->value);
    if (part->worth.value) {
        explain_say(x, " of ", " / 满分 ");
        explain_put(x, part->worth);
    }
    buffer_char(x->out, '\n');
    put_evidence(x, part->decl->list, "    ");
    bool own = part->rule_count > 0 || part->judged;
    if (part->marked && own) {
        explain_say(x, part->judged ? "    judged " : "    starts at ", part->judged ? "    评定 " : "    起点 ");
        explain_put(x, part->start);
        if (part->judged) explain_decisions(x, part);
        buffer_char(x->out, '\n');
    }
    size_t head = x->out->len;
    for (size_t k = 0; k < part->rule_count; k++) explain_rule(x, part->rules[k]);
    if (part->marked) explain_limits(x, part);
    explain_settled(x, part);
    if (untouched || part->judged || x->out->len > head) return true;
    x->out->len = before;
    return false;
}

/* The tree of marks: a line for each part. */
static void explain_tree(struct explainer *x)
{
    enum { WIDEST = 56 };
    struct scheme *s = x->scheme;
    struct buffer *out = x->out, text;
    struct text *names = ARENA_ARRAY(x->arena, struct text, s->part_count),
                *marks = ARENA_ARRAY(x->arena, struct text, s->part_count);
    size_t name_width = 0, mark_width = 0;
    for (uint32_t k = 0; k < s->part_count; k++) {
        buffer_init(&text, x->arena);
        for (unsigned n = 0; n < depth_of(s->parts[k].number); n++) buffer_put(&text, "  ");
        buffer_print(&text, "%.*s  %.*s", TEXT_ARG(s->parts[k].number), TEXT_ARG(s->parts[k].title));
        names[k] = buffer_result(&text);
        buffer_init(&text, x->arena);
        x->out = &text;
        explain_put(x, s->parts[k].value);
        marks[k] = buffer_result(&text);
        size_t name = text_width(names[k]), mark = text_width(marks[k]);
        if (name > name_width && name <= WIDEST) name_width = name;
        if (mark > mark_width && mark <= 8) mark_width = mark;
    }
    x->out = out;
    if (s->part_count) explain_say(x, "\nmarks\n", "\n各项得分\n");
    for (uint32_t k = 0; k < s->part_count; k++) {
        buffer_put(out, "  ");
        size_t from = out->len;
        buffer_text(out, names[k]);
        buffer_pad(out, from, name_width);
        buffer_put(out, "  ");
        for (size_t n = text_width(marks[k]); n < mark_width; n++) buffer_char(out, ' ');
        buffer_text(out, marks[k]);
        if (s->parts[k].worth.value) {
            explain_say(x, " of ", " / 满分 ");
            explain_put(x, s->parts[k].worth);
        }
        buffer_char(out, '\n');
    }
}

/* ---- the grade ---- */

/* A part of the scheme as it is written there. */
static struct text written(struct explainer *x, const struct ast *node)
{
    return explain_text(x, (struct text){x->scheme->file->source.at + node->span.from, node->span.to - node->span.from});
}

/* What vetoes the unit or bars a grade, and what may. */
static bool explain_bars(struct explainer *x)
{
    struct scheme *s = x->scheme;
    bool any = false;
    for (uint32_t k = 0; k < s->rule_count; k++) {
        const struct rule *rule = &s->rules[k];
        if (rule->line->kind != AST_RULE) continue;
        bool holds = explain_holds(x, rule->graded);
        for (const struct ast *effect = rule->line->a; effect; effect = effect->next) {
            if (effect->kind != AST_VETO && effect->kind != AST_BAR) continue;
            if (!holds && !explain_is_open(x, rule->graded)) continue;
            any |= holds;
            if (effect->kind == AST_VETO)
                explain_say(x, holds ? "  vetoed by line " : "  a veto may follow from line ",
                            holds ? "  一票否决：第" : "  可能一票否决：第");
            else
                explain_say(x, holds ? "  a grade is barred by line " : "  a grade may be barred by line ",
                            holds ? "  限制等次：第" : "  可能限制等次：第");
            buffer_print(x->out, x->zh ? "%zu行  %.*s\n" : "%zu  %.*s\n", scheme_line(s, rule->line->span),
                         TEXT_ARG(explain_rule_text(x, rule)));
        }
    }
    return any;
}

/* Why the grade is what it is: the line of the total, or what came between. */
static void explain_why_grade(struct explainer *x, bool barred)
{
    struct scheme *s = x->scheme;
    struct quotient by_score, final;
    if (!s->score_grade.value || results_read(x->run, s->score_grade.value, x->unit, &by_score) != FAULT_NONE) return;
    const struct grade *scored = &s->grades[by_score.num];
    struct text line = scheme_line_text(s, scored->line->span);
    bool known = s->grade.value && results_read(x->run, s->grade.value, x->unit, &final) == FAULT_NONE;
    bool vetoed = explain_holds(x, s->vetoed);
    if (known && final.num == by_score.num && !vetoed) {
        explain_say(x, ": the total is ", "：总分 ");
        explain_put(x, s->total);
        buffer_print(x->out, x->zh ? "，%.*s " : ", %.*s: ", TEXT_ARG(line));
        buffer_text(x->out, written(x, scored->line));
        return;
    }
    if (vetoed)
        explain_say(x, ": vetoed", "：一票否决");
    else if (known && barred)
        explain_say(x, ": a better one is barred", "：更高等次受限");
    else if (known)
        explain_say(x, ": the quota is full", "：名额已满");
    explain_say(x, "; by the total of ", "；按总分 ");
    explain_put(x, s->total);
    buffer_print(x->out, x->zh ? " 应为 %.*s（%.*s）" : " it would be %.*s (%.*s)",
                 TEXT_ARG(text_shown(scored->name, scored->heading)), TEXT_ARG(line));
}

static void explain_grade(struct explainer *x)
{
    struct scheme *s = x->scheme;
    if (!s->grade_count && !s->vetoed) return;
    struct buffer *out = x->out, bars;
    buffer_init(&bars, x->arena);
    x->out = &bars;
    bool barred = explain_bars(x);
    x->out = out;
    if (s->grade_count) {
        explain_say(x, "grade ", "等次 ");
        explain_put(x, s->grade);
        explain_why_grade(x, barred);
        buffer_char(out, '\n');
    } else if (explain_holds(x, s->vetoed)) {
        explain_say(x, "vetoed\n", "已一票否决\n");
    }
    buffer_text(out, buffer_result(&bars));
}

static void explain_places(struct explainer *x)
{
    for (size_t k = 0; k < x->scheme->ranking_count; k++) {
        struct ranking *ranking = &x->scheme->rankings[k];
        struct quotient place, size;
        if (!ranking->out[RANK_PLACE]) continue;
        uint8_t fault = results_read(x->run, ranking->out[RANK_PLACE], x->unit, &place);
        struct text name = text_shown(ranking->entity->name, ranking->entity->heading);
        if (fault == FAULT_BLANK) continue;
        buffer_print(x->out, "%.*s ", TEXT_ARG(name));
        if (fault != FAULT_NONE)
            explain_say(x, "open", "待定");
        else {
            bool sized = results_read(x->run, ranking->out[RANK_SIZE], x->unit, &size) == FAULT_NONE;
            buffer_print(x->out, x->zh ? "第 %lld 名" : "place %lld", (long long)place.num);
            if (sized) buffer_print(x->out, x->zh ? "（共 %lld）" : " of %lld", (long long)size.num);
        }
        buffer_char(x->out, '\n');
    }
}

static void explain_outcomes(struct explainer *x)
{
    for (size_t k = 0; k < x->scheme->outcome_count; k++) {
        struct outcome *outcome = &x->scheme->outcomes[k];
        if (!explain_holds(x, outcome->value)) continue;
        struct ast *decl = outcome->entity->decl;
        buffer_print(x->out, x->zh ? "结果运用 %.*s（%.*s）" : "outcome %.*s (%.*s)",
                     TEXT_ARG(text_shown(outcome->entity->name, outcome->entity->heading)),
                     TEXT_ARG(scheme_line_text(x->scheme, decl->span)));
        if (decl->b) buffer_print(x->out, x->zh ? "，期限 %.*s" : ", due %.*s", TEXT_ARG(written(x, decl->b)));
        if (decl->b && outcome->due.value) {
            explain_say(x, ": ", "：");
            explain_put(x, outcome->due);
        }
        if (decl->c)
            buffer_print(x->out, x->zh ? "，报送 %.*s" : ", to %.*s",
                         TEXT_ARG(decl->c->kind == AST_STRING ? decl->c->text2 : decl->c->text));
        buffer_char(x->out, '\n');
    }
}

static bool is_below(const struct scheme *scheme, int32_t part, int32_t above)
{
    for (; part >= 0; part = scheme->parts[part].parent)
        if (part == above) return true;
    return false;
}

/* An open total: what it can still become, and whether the grade is certain. Whose answers are waited for stands at the end.
 */
static void explain_range(struct explainer *x, const struct range *range)
{
    if (range->known) {
        buffer_print(x->out, x->zh ? "总分范围 %.*s 至 %.*s" : "total range %.*s to %.*s", TEXT_ARG(range->low),
                     TEXT_ARG(range->high));
        if (range->grade.len)
            buffer_print(x->out, x->zh ? "，按总分的等次已定：%.*s" : ", the grade by score is certain: %.*s",
                         TEXT_ARG(range->grade));
        else if (x->scheme->grade_count)
            explain_say(x, ", the grade is not certain yet", "，等次尚未确定");
    } else {
        explain_say(x, "total range: cannot be told before the decision", "总分范围：裁定之前无法确定");
    }
    buffer_char(x->out, '\n');
}

/* Questions that somebody has decided how to read. */
static void explain_choices(struct explainer *x)
{
    const struct reading *reading = &x->scheme->reading;
    for (uint32_t k = 0; k < reading->choice_count; k++) {
        const struct reading_choice *choice = &reading->choices[k];
        const struct question_schema *question = &reading->choices_of->questions[choice->question];
        buffer_print(x->out,
                     x->zh ? "疑义 %.*s 按“%.*s”读（%.*s，%.*s 第%llu行）\n"
                           : "question %.*s read as %.*s (%.*s, %.*s line %llu)\n",
                     TEXT_ARG(question->name), TEXT_ARG(question->readings[choice->reading]), TEXT_ARG(choice->authority),
                     TEXT_ARG(explain_file(x, choice->file)), (unsigned long long)choice->line);
    }
}

void explain_summary(struct explainer *x, const struct range *range)
{
    explain_grade(x);
    if (x->scheme->part_count) {
        explain_say(x, "total ", "总分 ");
        explain_put(x, x->scheme->total);
        buffer_char(x->out, '\n');
    }
    if (range) {
        explain_range(x, range);
        explain_open_cases(x);
    }
    explain_choices(x);
    explain_places(x);
    explain_outcomes(x);
    for (size_t k = 0; k < x->scheme->shown_count; k++) {
        buffer_print(x->out, "%.*s ", TEXT_ARG(x->scheme->shown[k].heading));
        explain_put(x, x->scheme->shown[k].expr);
        buffer_char(x->out, '\n');
    }
    for (const struct ast *d = x->scheme->file->root->list; d; d = d->next)
        if (d->kind == AST_SCHEME) put_evidence(x, d->list, "");
}

static void explain_parts(struct explainer *x, int32_t only)
{
    bool any = false;
    if (only == NO_INDEX) explain_tree(x);
    for (uint32_t k = 0; k < x->scheme->part_count; k++)
        if (only == NO_INDEX || is_below(x->scheme, (int32_t)k, only)) any |= explain_part(x, k, only != NO_INDEX);
    if (!any && x->scheme->part_count) explain_say(x, "\nno rule took or gave anything\n", "\n没有扣分，也没有加分\n");
}

void explain_why(struct buffer *out, struct results *results, uint32_t unit, int32_t only)
{
    struct explainer x = explainer_of(results->arena, out, results, unit);
    if (only == NO_INDEX) explain_grade(&x);
    explain_parts(&x, only);
}

void explain_print(struct buffer *out, struct results *results, uint32_t unit, int32_t only, const struct range *range)
{
    struct scheme *scheme = results->scheme;
    struct explainer x = explainer_of(results->arena, out, results, unit);
    const struct table_data *units = &results->run->data->tables[0];
    buffer_text(out, unit_key(results->arena, scheme, results->run, unit));
    if (units->file.len && units->line)
        buffer_print(out, x.zh ? "（%.*s 第%u行）" : " (%.*s line %u)", TEXT_ARG(units->file), units->line[unit]);
    buffer_char(out, '\n');
    if (only == NO_INDEX) explain_summary(&x, range);
    explain_parts(&x, only);
}
