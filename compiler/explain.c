/* Explains a unit: the grade and why, then each part with every point that was taken or given.
 *
 * In: results whose run kept the unit's ledger. Out: text for a terminal.
 * Decision: every figure shown is one the machine computed (starts, sums, clips are figures of the program), so that the
 * explanation cannot disagree with the result. The rule is shown as it stands in the scheme.
 */
#include "results.h"

#include "../runtime/quotient.h"

struct explainer {
    struct buffer *out;
    struct results *r;
    struct scheme *scheme;
    const struct run *run;
    uint32_t unit;
    bool zh;
};

static void say(struct explainer *x, const char *en, const char *zh) { buffer_put(x->out, x->zh ? zh : en); }

/* A figure of the unit; what is open or broken is said in words. Returns its fault. */
static uint8_t put(struct explainer *x, struct expr expr)
{
    struct quotient value;
    uint8_t fault = expr.value ? results_read(x->run, expr.value, x->unit, &value) : FAULT_BLANK;
    if (fault == FAULT_NONE)
        print_typed(x->out, x->scheme, x->run, expr.type, value);
    else if (fault == FAULT_JUDGED)
        say(x, "open (not yet judged)", "待定（尚未评定）");
    else if (fault == FAULT_UNDECIDED)
        say(x, "open (undecided)", "待定");
    else if (fault == FAULT_NO_CASE)
        say(x, "open (no line covers this case)", "待定（没有适用的一行）");
    else if (fault == FAULT_NO_GRADE)
        say(x, "open (no grade covers the total)", "待定（总分没有对应等次）");
    else
        say(x, "—", "—");
    return fault;
}

/* The exact difference of two figures of the unit, where both are known. */
static bool difference(struct explainer *x, struct expr a, struct expr b, struct quotient *out)
{
    struct quotient p, q;
    if (!a.value || !b.value) return false;
    if (results_read(x->run, a.value, x->unit, &p) != FAULT_NONE || results_read(x->run, b.value, x->unit, &q) != FAULT_NONE)
        return false;
    if (a.type.kind == TYPE_NUMBER) p = quotient_make(x->run->big, p.num, power_of_ten(a.type.places));
    if (b.type.kind == TYPE_NUMBER) q = quotient_make(x->run->big, q.num, power_of_ten(b.type.places));
    *out = quotient_sub(x->run->big, p, q);
    return true;
}

static bool holds(struct explainer *x, const struct value *mask)
{
    struct quotient value;
    return mask && results_read(x->run, mask, x->unit, &value) == FAULT_NONE && value.num;
}

static bool is_open(struct explainer *x, const struct value *value)
{
    struct quotient ignore;
    return value && fault_is_open(results_read(x->run, value, x->unit, &ignore));
}

static struct text rule_text(struct explainer *x, const struct rule *rule)
{
    size_t line, column;
    struct text text = source_line(x->scheme->file->source, rule->line->span.from, &line, &column);
    const char *from = x->scheme->file->source.at + rule->line->span.from;
    size_t len = rule->line->span.to - rule->line->span.from, rest = (size_t)(text.at + text.len - from);
    struct text out = {from, len < rest ? len : rest};
    while (out.len && (out.at[out.len - 1] == ' ' || out.at[out.len - 1] == '\r')) out.len--;
    /* what the lexer drops behind the last word (分, points' full stop) still belongs to it */
    while (out.len < rest && !strchr(" \t\r#,", out.at[out.len])) out.len++;
    return out;
}

/* ---- one rule ---- */

static void signed_amount(struct explainer *x, const struct rule *rule, struct quotient amount, struct type type)
{
    struct buffer text;
    buffer_init(&text, x->r->arena);
    print_typed(&text, x->scheme, x->run, type, amount);
    struct text digits = buffer_result(&text);
    bool negative = digits.len && digits.at[0] == '-';
    if (negative) digits = (struct text){digits.at + 1, digits.len - 1};
    bool zero = text_is(digits, "0");
    buffer_put(x->out, zero ? "" : rule->minus != negative ? "−" : "+");
    buffer_text(x->out, digits);
}

/* The words of a row that a key refers to: "3: temperature of hazardous food". */
static void put_referenced(struct explainer *x, uint32_t table, int64_t row)
{
    const struct table_schema *schema = &x->scheme->schema.tables[table];
    const struct table_data *data = &x->run->data->tables[table];
    if (row < 0 || row >= data->rows) return;
    bool first = true;
    for (uint32_t f = 0; f < schema->field_count; f++) {
        bool text = schema->fields[f].kind == FIELD_TEXT && (int32_t)f != schema->key;
        if (!text || !data->columns[f].values || (data->columns[f].blank && data->columns[f].blank[row])) continue;
        buffer_put(x->out, first ? (x->zh ? "：" : ": ") : x->zh ? "，" : ", ");
        buffer_text(x->out, cell_text(x->r->arena, x->scheme, x->run, table, f, (uint32_t)row));
        first = false;
    }
}

/* "violation.csv line 7, 9": the rows of a table that `mine` picks out by its index figure. */
static void put_rows(struct explainer *x, uint32_t table, const uint32_t *owner, const struct value *figure, uint32_t lane)
{
    enum { SHOWN = 40 };
    const struct table_data *data = &x->run->data->tables[table];
    uint32_t count = 0;
    if (!data->file.len || !data->line) return;
    for (uint32_t row = 0; row < data->rows; row++) {
        struct quotient index = {0, 1};
        if (owner ? owner[row] != lane
                  : run_read(x->run, figure->figure, row, &index) != FAULT_NONE || index.num != (int64_t)lane)
            continue;
        if (count == 0)
            buffer_print(x->out, x->zh ? "（%.*s 第" : " (%.*s line ", TEXT_ARG(data->file));
        else if (count < SHOWN)
            buffer_put(x->out, x->zh ? "、" : ", ");
        if (count < SHOWN) buffer_print(x->out, "%u", data->line[row]);
        count++;
    }
    if (count > SHOWN) buffer_print(x->out, x->zh ? "等%u" : " and %u more", x->zh ? count : count - SHOWN);
    if (count) buffer_put(x->out, x->zh ? "行）" : ")");
}

/* The rows that a shortfall or an excess counted, where it counts all rows of a table. */
static void put_counted_rows(struct explainer *x, const struct rule *rule, const struct ledger_line *line)
{
    const struct ast *head = rule->line->list;
    while (head && head->kind != AST_HEAD_MISSING && head->kind != AST_HEAD_EXTRA) head = head->next;
    if (!head || head->c || head->e || head->a->kind != AST_NAME) return;
    struct entity *e = names_find(&x->scheme->global, head->a->text);
    if (!e || e->kind != ENTITY_TABLE || x->scheme->schema.tables[e->table].for_all) return;
    const struct table_data *data = &x->run->data->tables[e->table];
    bool of_row = line->space != SPACE_UNITS;
    if (of_row && space_of_table((uint32_t)(x->scheme->schema.tables[e->table].parent)) != line->space) return;
    put_rows(x, e->table, of_row ? data->parent : data->unit, NULL, line->lane);
}

static void ledger_line(struct explainer *x, const struct rule *rule, const struct ledger_line *line)
{
    const struct space *space = &x->run->program->spaces[line->space];
    bool whole_unit = space->kind == SPACE_TABLE && space->table == 0;
    if (whole_unit && !line->has_of && line->fault == FAULT_NONE) return; /* the rule's own line says it all */
    buffer_put(x->out, "        ");
    if (space->kind == SPACE_TABLE && space->table != 0) {
        const struct table_data *table = &x->run->data->tables[space->table];
        const struct table_schema *schema = &x->scheme->schema.tables[space->table];
        buffer_print(x->out, x->zh ? "%.*s 第%u行" : "%.*s line %u", TEXT_ARG(table->file),
                     table->line ? table->line[line->lane] : 0);
        for (uint32_t f = 0; f < schema->field_count; f++) {
            if (!table->columns[f].values || (table->columns[f].blank && table->columns[f].blank[line->lane])) continue;
            buffer_print(x->out, "  %.*s ", TEXT_ARG(text_shown(schema->fields[f].name, schema->fields[f].heading)));
            buffer_text(x->out, cell_text(x->r->arena, x->scheme, x->run, space->table, f, line->lane));
            if (schema->fields[f].kind == FIELD_REF)
                put_referenced(x, schema->fields[f].table, table->columns[f].values[line->lane]);
        }
    } else if (space->kind == SPACE_GROUP) {
        const struct group_plan *plan = &x->scheme->graph.groups[space->group];
        const struct value *key = plan->out[GROUP_KEY_OF];
        struct quotient value;
        bool column = plan->key->op == VALUE_COLUMN;
        const struct field_schema *field = column ? &x->scheme->schema.tables[plan->table].fields[plan->key->j] : NULL;
        if (field)
            buffer_print(x->out, "%.*s ", TEXT_ARG(text_shown(field->name, field->heading)));
        else
            say(x, "group ", "组 ");
        if (key && run_read(x->run, key->figure, line->lane, &value) == FAULT_NONE) {
            struct type type =
                column ? field_expr(x->scheme, plan->table, (uint32_t)plan->key->j).type : type_number(0, 0, 0);
            print_typed(x->out, x->scheme, x->run, type, value);
            if (type.kind == TYPE_ROW) put_referenced(x, type.index, value.num);
        }
        if (plan->out[GROUP_OF]) put_rows(x, plan->table, NULL, plan->out[GROUP_OF], line->lane);
    }
    if (line->has_of) {
        if (!whole_unit) buffer_put(x->out, "  ");
        if (rule->counted.len) buffer_print(x->out, "%.*s ", TEXT_ARG(rule->counted));
        quotient_print(x->out, x->run->big, line->have);
        say(x, " of ", "，应 ");
        quotient_print(x->out, x->run->big, line->of);
        put_counted_rows(x, rule, line);
    }
    if (line->fault != FAULT_NONE)
        say(x, "  not known yet", "  尚不能确定");
    else if (rule->amount.value) {
        buffer_put(x->out, "  ");
        signed_amount(x, rule, line->amount, rule->amount.type);
    }
    buffer_char(x->out, '\n');
}

static bool rule_concerns(struct explainer *x, const struct rule *rule)
{
    return rule->fired &&
           (holds(x, rule->fired) || is_open(x, rule->fired) || (rule->gross.value && is_open(x, rule->gross.value)));
}

static void effects_that_held(struct explainer *x, const struct rule *rule)
{
    for (const struct ast *effect = rule->line->a; effect; effect = effect->next) {
        if (effect->kind == AST_VETO && holds(x, rule->graded))
            say(x, "        veto: see the grade\n", "        涉及一票否决：见等次\n");
        if (effect->kind == AST_UNDECIDED)
            buffer_print(x->out, x->zh ? "        待定：%.*s\n" : "        undecided: %.*s\n", TEXT_ARG(effect->text2));
    }
}

static void explain_rule(struct explainer *x, uint32_t index)
{
    const struct rule *rule = &x->scheme->rules[index];
    if (!rule_concerns(x, rule)) return;
    size_t line = scheme_line(x->scheme, rule->line->span);
    buffer_print(x->out, x->zh ? "    第%zu行 " : "    line %zu ", line);
    if (rule->line->source.len) buffer_print(x->out, x->zh ? "依据 %.*s " : "clause %.*s ", TEXT_ARG(rule->line->source));
    if (rule->net.value) {
        buffer_put(x->out, " ");
        struct quotient amount;
        if (results_read(x->run, rule->net.value, x->unit, &amount) == FAULT_NONE)
            signed_amount(x, rule, amount, rule->net.type);
        else
            put(x, rule->net);
        buffer_put(x->out, " ");
    }
    buffer_char(x->out, ' ');
    if (rule->line->because.len) buffer_print(x->out, x->zh ? "%.*s　" : "%.*s: ", TEXT_ARG(rule->line->because));
    buffer_print(x->out, "%.*s\n", TEXT_ARG(rule_text(x, rule)));
    for (size_t k = 0; k < x->run->ledger_count; k++)
        if (x->run->ledger[k].rule == index && x->run->ledger[k].unit == x->unit) ledger_line(x, rule, &x->run->ledger[k]);
    struct quotient over;
    if (rule->cap.value && difference(x, rule->gross, rule->net, &over) && quotient_sign(x->run->big, over)) {
        buffer_put(x->out, "        ");
        say(x, "cap ", "封顶 ");
        put(x, rule->cap);
        say(x, ": of ", "：合计 ");
        put(x, rule->gross);
        say(x, ", not counted ", "，未计 ");
        quotient_print(x->out, x->run->big, over);
        buffer_char(x->out, '\n');
    }
    effects_that_held(x, rule);
}

/* ---- one part ---- */

static void explain_limits(struct explainer *x, const struct part *part)
{
    struct quotient gap;
    if (part->clipped.value && difference(x, part->clipped, part->raw, &gap) && quotient_sign(x->run->big, gap)) {
        buffer_put(x->out, "    ");
        bool floor = quotient_sign(x->run->big, gap) > 0;
        if (floor)
            say(x, "floor 0: the rules come to ", "扣完为止：各条合计为 ");
        else
            say(x, "ceiling: the rules come to ", "封顶：各条合计为 ");
        put(x, part->raw);
        say(x, ", not counted ", "，未计 ");
        quotient_print(x->out, x->run->big, floor ? gap : quotient_neg(x->run->big, gap));
        buffer_char(x->out, '\n');
    }
    if (holds(x, part->forfeited)) {
        say(x, "    forfeited: the whole part counts 0", "    不得分：本部分计 0 分");
        buffer_char(x->out, '\n');
    } else if (part->applies && !holds(x, part->applies)) {
        say(x, "    does not apply here: counts ", "    不适用：计 ");
        put(x, part->value);
        buffer_char(x->out, '\n');
    } else if (part->clipped.value && difference(x, part->value, part->clipped, &gap) && quotient_sign(x->run->big, gap)) {
        if (x->scheme->some_apply)
            say(x, "    with its share of marks that do not apply, from ", "    含不适用项分摊来的分数，原为 ");
        else
            say(x, "    rounded from ", "    取舍前为 ");
        put(x, part->clipped);
        buffer_char(x->out, '\n');
    }
    if (part->weight.value || part->divided_at) {
        say(x, "    counts in the total as ", "    计入总分 ");
        put(x, part->gives);
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
static void put_decisions(struct explainer *x, const struct part *part)
{
    const struct dataset *data = x->run->data;
    for (uint32_t k = 0; k < part->judged_count; k++) {
        uint32_t figure = part->judged_first + k, line = data->judged_line[figure][x->unit];
        struct text who = x->scheme->schema.judged[figure].authority;
        if (line)
            buffer_print(x->out, x->zh ? "（%.*s%s%.*s 第%u行）" : " (%.*s%s%.*s line %u)", TEXT_ARG(who),
                         who.len ? (x->zh ? "，" : ", ") : "", TEXT_ARG(data->decision_file), line);
        else if (who.len)
            buffer_print(x->out, x->zh ? "（待 %.*s 评定）" : " (waits for %.*s)", TEXT_ARG(who));
    }
}

static void explain_part(struct explainer *x, uint32_t index)
{
    struct part *part = &x->scheme->parts[index];
    buffer_char(x->out, '\n');
    for (unsigned k = 0; k < depth_of(part->number); k++) buffer_put(x->out, "  ");
    buffer_print(x->out, "%.*s  %.*s", TEXT_ARG(part_word(x->scheme, index)), TEXT_ARG(part->title));
    if (part->decl->source.len)
        buffer_print(x->out, x->zh ? "（依据 %.*s）" : " (clause %.*s)", TEXT_ARG(part->decl->source));
    buffer_put(x->out, "  ");
    put(x, part->value);
    if (part->worth.value) {
        say(x, " of ", " / 满分 ");
        put(x, part->worth);
    }
    buffer_char(x->out, '\n');
    for (const struct ast *line = part->decl->list; line; line = line->next) {
        if (line->kind != AST_EVIDENCE) continue;
        buffer_print(x->out, x->zh ? "    佐证 %.*s" : "    evidence %.*s", TEXT_ARG(line->text2));
        if (line->a) buffer_print(x->out, x->zh ? "（由 %.*s）" : " (by %.*s)", TEXT_ARG(line->a->text2));
        buffer_char(x->out, '\n');
    }
    bool own = part->rule_count > 0 || part->judged;
    if (part->marked && own) {
        say(x, part->judged ? "    judged " : "    starts at ", part->judged ? "    评定 " : "    起点 ");
        put(x, part->start);
        if (part->judged) put_decisions(x, part);
        buffer_char(x->out, '\n');
    }
    for (size_t k = 0; k < part->rule_count; k++) explain_rule(x, part->rules[k]);
    if (part->marked) explain_limits(x, part);
}

/* ---- the grade ---- */

static void explain_grade(struct explainer *x)
{
    struct scheme *s = x->scheme;
    if (!s->grade_count && !s->vetoed) return;
    struct quotient by_score, final;
    bool scored = s->score_grade.value && results_read(x->run, s->score_grade.value, x->unit, &by_score) == FAULT_NONE;
    bool known = s->grade.value && results_read(x->run, s->grade.value, x->unit, &final) == FAULT_NONE;
    if (s->grade_count) {
        say(x, "grade ", "等次 ");
        put(x, s->grade);
        if (scored) {
            const struct ast *line = s->grades[by_score.num].line;
            buffer_print(x->out, x->zh ? "（按总分为 %.*s，第%zu行）" : " (by the total: %.*s, line %zu)",
                         TEXT_ARG(text_shown(s->grades[by_score.num].name, s->grades[by_score.num].heading)),
                         scheme_line(s, line->span));
        }
        buffer_char(x->out, '\n');
    }
    for (uint32_t k = 0; k < s->rule_count; k++) {
        const struct rule *rule = &s->rules[k];
        if (rule->line->kind != AST_RULE) continue;
        for (const struct ast *effect = rule->line->a; effect; effect = effect->next) {
            if (effect->kind != AST_VETO && effect->kind != AST_BAR) continue;
            if (!holds(x, rule->graded) && !is_open(x, rule->graded)) continue;
            say(x, effect->kind == AST_VETO ? "  veto may follow from line " : "  a grade is barred by line ",
                effect->kind == AST_VETO ? "  一票否决条款：第" : "  限制等次条款：第");
            buffer_print(x->out, x->zh ? "%zu行  %.*s\n" : "%zu  %.*s\n", scheme_line(s, rule->line->span),
                         TEXT_ARG(rule_text(x, rule)));
        }
    }
    if (holds(x, s->vetoed)) say(x, "  vetoed\n", "  已一票否决\n");
    if (known && scored && final.num != by_score.num && !holds(x, s->vetoed)) {
        bool barred = false;
        for (size_t r = 0; r < s->rule_count; r++) barred |= s->rules[r].graded && holds(x, s->rules[r].graded);
        if (!barred) {
            const struct ast *quota = s->grades[by_score.num].line;
            buffer_print(x->out, x->zh ? "  名额已满：第%zu行\n" : "  the quota of line %zu is full\n",
                         scheme_line(s, quota->span));
        }
    }
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
            say(x, "open", "待定");
        else {
            bool sized = results_read(x->run, ranking->out[RANK_SIZE], x->unit, &size) == FAULT_NONE;
            buffer_print(x->out, x->zh ? "第 %lld 名" : "place %lld", (long long)place.num);
            if (sized) buffer_print(x->out, x->zh ? "（共 %lld）" : " of %lld", (long long)size.num);
        }
        buffer_char(x->out, '\n');
    }
}

/* A part of the scheme as it is written there. */
static struct text written(struct explainer *x, const struct ast *node)
{
    return (struct text){x->scheme->file->source.at + node->span.from, node->span.to - node->span.from};
}

static void explain_outcomes(struct explainer *x)
{
    for (size_t k = 0; k < x->scheme->outcome_count; k++) {
        struct outcome *outcome = &x->scheme->outcomes[k];
        if (!holds(x, outcome->value)) continue;
        struct ast *decl = outcome->entity->decl;
        buffer_print(x->out, x->zh ? "结果运用 %.*s（第%zu行）" : "outcome %.*s (line %zu)",
                     TEXT_ARG(text_shown(outcome->entity->name, outcome->entity->heading)),
                     scheme_line(x->scheme, decl->span));
        if (decl->b) buffer_print(x->out, x->zh ? "，期限 %.*s" : ", due %.*s", TEXT_ARG(written(x, decl->b)));
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

/* An open total: what it can still become, whether the grade is certain, and whose answers are waited for. */
static void explain_range(struct explainer *x, const struct range *range)
{
    if (range->known) {
        buffer_print(x->out, x->zh ? "总分范围 %.*s 至 %.*s" : "total range %.*s to %.*s", TEXT_ARG(range->low),
                     TEXT_ARG(range->high));
        if (range->grade.len)
            buffer_print(x->out, x->zh ? "，按总分的等次已定：%.*s" : ", the grade by score is certain: %.*s",
                         TEXT_ARG(range->grade));
        else if (x->scheme->grade_count)
            say(x, ", the grade is not certain yet", "，等次尚未确定");
    } else {
        say(x, "total range: cannot be told before the decision", "总分范围：裁定之前无法确定");
    }
    buffer_char(x->out, '\n');
    for (uint32_t k = 0; k < x->scheme->schema.judged_count; k++) {
        const struct judged_schema *figure = &x->scheme->schema.judged[k];
        bool settles = false;
        for (size_t p = 0; p < x->scheme->part_count; p++) {
            const struct part *part = &x->scheme->parts[p];
            bool judged = part->judged && k >= part->judged_first && k < part->judged_first + part->judged_count;
            settles |= part->value.value && is_open(x, part->value.value) && (judged || part->settled == (int32_t)k);
        }
        if (!settles || x->run->data->judged_line[k][x->unit]) continue;
        buffer_print(x->out, x->zh ? "  待裁定 %.*s" : "  waits for the decision on %.*s", TEXT_ARG(figure->subject));
        if (figure->authority.len) buffer_print(x->out, x->zh ? "（%.*s）" : " (%.*s)", TEXT_ARG(figure->authority));
        buffer_char(x->out, '\n');
    }
}

static void explain_parts(struct explainer *x, int32_t only)
{
    for (uint32_t k = 0; k < x->scheme->part_count; k++)
        if (only == NO_INDEX || is_below(x->scheme, (int32_t)k, only)) explain_part(x, k);
}

static struct explainer explainer_of(struct buffer *out, struct results *results, uint32_t unit)
{
    return (struct explainer){.out = out,
                              .r = results,
                              .scheme = results->scheme,
                              .run = results->run,
                              .unit = unit,
                              .zh = results->scheme->tongue == TONGUE_ZH};
}

void explain_why(struct buffer *out, struct results *results, uint32_t unit, int32_t only)
{
    struct explainer x = explainer_of(out, results, unit);
    if (only == NO_INDEX) explain_grade(&x);
    explain_parts(&x, only);
}

void explain_print(struct buffer *out, struct results *results, uint32_t unit, int32_t only, const struct range *range)
{
    struct scheme *scheme = results->scheme;
    struct explainer x = explainer_of(out, results, unit);
    const struct table_data *units = &results->run->data->tables[0];
    buffer_text(out, unit_key(results->arena, scheme, results->run, unit));
    if (units->file.len && units->line)
        buffer_print(out, x.zh ? "（%.*s 第%u行）" : " (%.*s line %u)", TEXT_ARG(units->file), units->line[unit]);
    buffer_char(out, '\n');
    if (only == NO_INDEX) {
        say(&x, "total ", "总分 ");
        put(&x, scheme->total);
        buffer_char(out, '\n');
        if (range) explain_range(&x, range);
        explain_grade(&x);
        explain_places(&x);
        explain_outcomes(&x);
    }
    explain_parts(&x, only);
}
