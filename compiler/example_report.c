/* What `kaohe test` says of the examples: which hold, and why the others do not.
 *
 * In: expectations as they were lowered, the run of each example. Out: a report; for whoever asks, the results one by one.
 * Decision: a wrong expectation is explained by the explainer of results, from the ledger of the example's own run: no
 * second account of how marks come about.
 */
#include "coverage.h"
#include "example.h"

static void print_got(struct buffer *out, struct scheme *scheme, struct outcome_of_example *got, struct expr target)
{
    bool zh = scheme->tongue == TONGUE_ZH;
    struct quotient value;
    uint8_t fault = target.value ? results_read(got->run, target.value, 0, &value) : FAULT_NONE;
    if (!target.value)
        buffer_put(out, zh ? "不成立" : "it does not");
    else if (fault == FAULT_NONE) {
        buffer_put(out, zh ? "实为 " : "it is ");
        print_typed(out, scheme, got->run, target.type, value);
    } else if (fault_is_open(fault))
        buffer_put(out, zh ? "尚待定" : "it is open");
    else if (fault == FAULT_BLANK)
        buffer_put(out, zh ? "用到了例中未给的数" : "it reads something that the example does not give");
    else if (fault == FAULT_ZERO)
        buffer_put(out, zh ? "除数为0" : "it divides by 0");
    else if (fault == FAULT_EMPTY)
        buffer_put(out, zh ? "没有可求平均、最高或最低的记录" : "it is an average, highest or lowest of nothing");
    else
        buffer_put(out, zh ? "数字过大" : "a number grows too large");
}

static bool state_holds(struct scheme *scheme, struct outcome_of_example *got, const struct expectation *x)
{
    bool state;
    struct quotient value;
    if (x->line->op == OP_INCOMPLETE_STATE)
        state = got->incomplete;
    else {
        struct expr figure = x->part >= 0 ? scheme->parts[x->part].value : scheme->total;
        state = x->part < 0 ? got->results->open[0]
                            : figure.value && fault_is_open(results_read(got->run, figure.value, 0, &value));
    }
    return state != !!(x->line->flags & AST_NEGATED);
}

/* The part whose marks a wrong expectation is about; NO_INDEX: the total or what follows from it; -2: neither. */
static int32_t part_expected(struct scheme *scheme, const struct expectation *x)
{
    const struct ast *target = x->line->a;
    bool compared = x->line->kind == AST_EXPECT_COMPARE || x->line->kind == AST_EXPECT_DEDUCTED;
    if (x->line->kind == AST_EXPECT_STATE && x->line->op == OP_ASSESSED_STATE) return -2;
    if (x->line->kind == AST_EXPECT_STATE && x->line->op != OP_INCOMPLETE_STATE) return x->part;
    if (!compared || !target) return -2;
    if (target->kind == AST_PARTREF) return part_find(scheme, target->op, target->text);
    bool whole = x->target.value && (x->target.value == scheme->total.value || x->target.type.kind == TYPE_GRADE);
    return whole ? NO_INDEX : -2;
}

/* How the value came about, under the line that expects another. */
static void explain_wrong(struct buffer *why, struct outcome_of_example *got, int32_t part)
{
    if (part < NO_INDEX || !got->results) return;
    struct buffer text;
    buffer_init(&text, why->arena);
    explain_why(&text, got->results, 0, part);
    struct text rest = buffer_result(&text);
    while (rest.len) {
        const char *end = memchr(rest.at, '\n', rest.len);
        size_t len = end ? (size_t)(end - rest.at) : rest.len;
        if (len) buffer_print(why, "        %.*s\n", (int)len, rest.at);
        rest = (struct text){rest.at + len + (end != NULL), rest.len - len - (end != NULL)};
    }
}

/* One example: its line in the report, and the reasons where it fails. */
static bool report_example(struct buffer *out, struct scheme *scheme, struct ast *example, struct outcome_of_example *got,
                           struct example_result *result)
{
    bool zh = scheme->tongue == TONGUE_ZH, fine = got->loaded;
    struct buffer why;
    buffer_init(&why, out->arena);
    for (size_t k = 0; k < got->problems.count; k++) {
        if (diag_severity(got->problems.items[k].code) != SEVERITY_ERROR) continue;
        finding_render_in(&why, &got->problems.items[k], scheme->tongue, scheme->file->files);
    }
    int32_t told = -2;
    for (size_t k = 0; k < scheme->expectation_count && got->run; k++) {
        const struct expectation *x = &scheme->expectations[k];
        if (x->example != example) continue;
        bool state = x->line->kind == AST_EXPECT_STATE && x->line->op != OP_VETO_STATE && x->line->op != OP_ASSESSED_STATE;
        struct quotient value;
        bool held = state ? state_holds(scheme, got, x)
                          : x->holds && results_read(got->run, x->holds, 0, &value) == FAULT_NONE && value.num;
        if (held) continue;
        fine = false;
        buffer_print(&why, zh ? "      第%zu行 应为 %.*s；" : "      line %zu expects %.*s; ",
                     scheme_line(scheme, x->line->span), TEXT_ARG(example_line(scheme, x->line->span)));
        print_got(&why, scheme, got, x->target);
        buffer_char(&why, '\n');
        int32_t part = part_expected(scheme, x);
        if (part != told) explain_wrong(&why, got, part);
        told = part;
    }
    buffer_put(out, fine ? (zh ? "通过  " : "ok    ") : zh ? "不符  " : "FAIL  ");
    buffer_print(out, "%.*s", TEXT_ARG(example->text2));
    if (!fine) buffer_print(out, zh ? "（第%zu行）" : " (line %zu)", scheme_line(scheme, example->span));
    buffer_char(out, '\n');
    buffer_text(out, buffer_result(&why));
    *result = (struct example_result){.example = example, .fine = fine, .why = buffer_result(&why)};
    for (size_t c = 0; got->results && c < got->results->column_count; c++) {
        if (got->results->columns[c].kind == KH_COLUMN_TOTAL) result->total = got->results->cells[c];
        if (got->results->columns[c].kind == KH_COLUMN_GRADE) result->grade = got->results->cells[c];
    }
    return fine;
}

void examples_run(struct buffer *out, struct scheme *scheme, const struct program *program, struct test_report *report)
{
    struct arena *arena = scheme->arena;
    bool zh = scheme->tongue == TONGUE_ZH;
    uint8_t *fired = ARENA_ARRAY(arena, uint8_t, scheme->rule_count);
    report->results = ARENA_ARRAY(arena, struct example_result, scheme->example_count);
    for (uint32_t t = 0; t < scheme->schema.table_count; t++) { /* what an example leaves out is blank, not wrong */
        struct table_schema *table = &scheme->schema.tables[t];
        for (uint32_t f = 0; f < table->field_count; f++)
            if ((int32_t)f != table->key && (int32_t)f != table->by) table->fields[f].optional = true;
    }
    for (size_t k = 0; k < scheme->example_count; k++) {
        struct ast *example = scheme->examples[k];
        if (example->kind != AST_EXAMPLE) continue;
        struct outcome_of_example got = {0};
        example_run(arena, scheme, program, example, &got);
        if (!report_example(out, scheme, example, &got, &report->results[report->examples++])) report->failed++;
        if (scheme->coverage && got.run) coverage_note(scheme, got.run);
        for (size_t r = 0; got.run && r < scheme->rule_count; r++) {
            struct quotient value;
            if (scheme->rules[r].fired && results_read(got.run, scheme->rules[r].fired, 0, &value) == FAULT_NONE &&
                value.num)
                fired[r] = 1;
        }
    }
    for (size_t r = 0; r < scheme->rule_count; r++) { /* a line of `every item` is one line, fired for any of them */
        size_t first = 0;
        bool any = false;
        while (scheme->rules[first].line->span.from != scheme->rules[r].line->span.from) first++;
        for (size_t k = first; k < scheme->rule_count; k++)
            any |= fired[k] && scheme->rules[k].line->span.from == scheme->rules[r].line->span.from;
        if (first != r || !scheme->rules[r].fired) continue;
        report->rules++;
        if (any) continue;
        report->unfired++;
        buffer_print(out, zh ? "没有例子触发第%zu行：%.*s\n" : "no example fires line %zu: %.*s\n",
                     scheme_line(scheme, scheme->rules[r].line->span),
                     TEXT_ARG(example_line(scheme, scheme->rules[r].line->span)));
    }
}
