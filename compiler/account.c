/* A unit's account: what explain.c says in sentences, as lines for other writers.
 *
 * In: a result whose run kept every unit's ledger. Out: entries in the order of the scheme.
 * Decision: an account lives until the next one is asked for, in memory of its own, so that writing a hundred thousand of
 * them takes the room of one. Cost: whoever wants two at once copies.
 */
#include "explain.h"
#include "kaohe_internal.h"

#include "../runtime/calendar.h"
#include "../runtime/source.h"

struct account {
    struct explainer x;
    struct arena *arena;
    struct kh_entry *entries;
    size_t count, capacity;
};

static void add(struct account *a, struct kh_entry entry) { ARENA_PUSH(a->arena, a->entries, a->count, a->capacity, entry); }

/* Runs what writes to x.out with a buffer of its own. */
#define WRITTEN(a, into, call)                                                                                              \
    do {                                                                                                                    \
        struct buffer written;                                                                                              \
        buffer_init(&written, (a)->arena);                                                                                  \
        (a)->x.out = &written;                                                                                              \
        call;                                                                                                               \
        (into) = buffer_result(&written);                                                                                   \
    } while (0)

/* A figure of the unit as text; empty where it is not known. */
static struct text figure(struct account *a, struct expr expr)
{
    struct quotient value;
    if (!expr.value || results_read(a->x.run, expr.value, a->x.unit, &value) != FAULT_NONE) return TEXT_NONE;
    struct text out;
    WRITTEN(a, out, print_typed(a->x.out, a->x.scheme, a->x.run, expr.type, value));
    return out;
}

static struct text amount_of(struct account *a, const struct rule *rule, struct quotient amount, struct type type)
{
    struct text out;
    WRITTEN(a, out, explain_amount(&a->x, rule, amount, type, "-", false));
    return out;
}

static struct text trim(struct text text)
{
    while (text.len && text.at[0] == ' ') text.at++, text.len--;
    while (text.len && text.at[text.len - 1] == ' ') text.len--;
    return text;
}

/* Each line of a text as an entry. */
static void add_limits(struct account *a, size_t part, size_t rule_line, struct text lines)
{
    while (lines.len) {
        const char *end = memchr(lines.at, '\n', lines.len);
        size_t len = end ? (size_t)(end - lines.at) : lines.len, past = end ? len + 1 : len;
        struct text line = trim((struct text){lines.at, len});
        if (line.len)
            add(a, (struct kh_entry){.kind = KH_ENTRY_LIMIT, .part = part, .line = rule_line, .words = kh_of(line)});
        lines.at += past;
        lines.len -= past;
    }
}

static void add_row(struct account *a, size_t part, const struct rule *rule, const struct ledger_line *line)
{
    struct kh_entry entry = {.kind = KH_ENTRY_ROW, .part = part, .line = scheme_line(a->x.scheme, rule->line->span)};
    struct text words, file;
    bool more;
    uint32_t row;
    bool one = explain_row(&a->x, line, &file, &row);
    WRITTEN(a, words, more = explain_place(&a->x, rule, line, !one));
    if (!more) return;
    entry.words = kh_of(trim(words));
    entry.open = line->fault != FAULT_NONE;
    if (one) {
        entry.file = kh_of(source_bare(file));
        entry.row = row;
    }
    if (!entry.open && rule->amount.value) entry.amount = kh_of(amount_of(a, rule, line->amount, rule->amount.type));
    add(a, entry);
}

static bool gives_score(const struct rule *rule)
{
    const struct ast *effect = rule->line->a;
    while (effect && effect->kind != AST_SCORE) effect = effect->next;
    return effect != NULL;
}

static void add_rule(struct account *a, size_t part, uint32_t index)
{
    struct explainer *x = &a->x;
    const struct rule *rule = &x->scheme->rules[index];
    if (!explain_concerns(x, rule)) return;
    struct kh_entry entry = {.kind = gives_score(rule) ? KH_ENTRY_SCORE : KH_ENTRY_RULE,
                             .part = part,
                             .line = scheme_line(x->scheme, rule->line->span),
                             .words = kh_of(explain_rule_text(x, rule)),
                             .clause = kh_of(rule->line->source),
                             .reason = kh_of(rule->line->because),
                             .open = explain_is_open(x, rule->fired)};
    struct quotient net;
    if (rule->net.value) {
        uint8_t fault = results_read(x->run, rule->net.value, x->unit, &net);
        entry.open |= fault_is_open(fault);
        if (fault == FAULT_NONE) entry.amount = kh_of(amount_of(a, rule, net, rule->net.type));
    }
    add(a, entry);
    const struct explain_index *ledger = explain_ledger(x);
    for (uint32_t k = ledger ? ledger->first[x->unit] : 0; ledger && k < ledger->first[x->unit + 1]; k++)
        if (x->run->ledger[ledger->order[k]].rule == index) add_row(a, part, rule, &x->run->ledger[ledger->order[k]]);
    struct text lines;
    WRITTEN(a, lines, explain_cap(x, rule); explain_effects(x, rule));
    add_limits(a, part, entry.line, lines);
}

/* " (board, decision.csv line 2)" stands behind other words in sentences; here it stands alone. */
static struct text without_brackets(struct text text)
{
    static const struct text SIGNS[][2] = {{{"(", 1}, {")", 1}}, {{"（", 3}, {"）", 3}}};
    for (size_t k = 0; k < 2; k++) {
        size_t n = SIGNS[k][0].len;
        if (text.len < 2 * n || memcmp(text.at, SIGNS[k][0].at, n) != 0) continue;
        if (memcmp(text.at + text.len - n, SIGNS[k][1].at, n) == 0) return (struct text){text.at + n, text.len - 2 * n};
    }
    return text;
}

static void add_part(struct account *a, size_t index)
{
    struct explainer *x = &a->x;
    const struct part *part = &x->scheme->parts[index];
    struct kh_entry entry = {.kind = KH_ENTRY_PART,
                             .part = index,
                             .line = scheme_line(x->scheme, part->decl->at),
                             .words = kh_of(part->title),
                             .clause = kh_of(part->decl->source),
                             .worth = kh_of(figure(a, part->worth)),
                             .amount = kh_of(figure(a, part->value)),
                             .open = part->value.value && explain_is_open(x, part->value.value)};
    if (part->marked && (part->rule_count || part->judged)) entry.start = kh_of(figure(a, part->start));
    struct text who;
    WRITTEN(a, who, explain_decisions(x, part));
    entry.reason = kh_of(without_brackets(trim(who)));
    add(a, entry);
    for (size_t k = 0; k < part->rule_count; k++) add_rule(a, index, part->rules[k]);
    struct text lines = TEXT_NONE;
    if (part->marked) WRITTEN(a, lines, explain_limits(x, part));
    add_limits(a, index, 0, lines);
}

static void close_scratch(void *what)
{
    kh_result *result = what;
    arena_close(result->scratch);
    result->scratch = NULL;
}

kh_status kh_result_account(kh_result *result, size_t unit, const kh_entry **entries, size_t *count, kh_text *why)
{
    *entries = NULL;
    *count = 0;
    *why = (kh_text){NULL, 0};
    if (!result->results) return KH_DATA;
    if (!result->scheme->keep_all || unit >= result->results->units) return KH_USAGE;
    if (setjmp(*arena_trap(result->arena)) || setjmp(*arena_trap(result->scheme->arena))) return KH_ENVIRONMENT;
    if (result->scratch)
        close_scratch(result);
    else
        arena_defer(result->arena, close_scratch, result);
    result->scratch = arena_open(&result->scheme->allocator, 0);
    if (!result->scratch || setjmp(*arena_trap(result->scratch))) return KH_ENVIRONMENT;
    struct account *a = ARENA_NEW(result->scratch, struct account);
    a->arena = result->scratch;
    a->x = explainer_of(a->arena, NULL, result->results, (uint32_t)unit);
    a->x.bare = true;
    if (result->results->state[unit] == KH_NOT_ASSESSED) return KH_OK;
    struct text lines;
    struct range range;
    bool ranged = result_range(result, (uint32_t)unit, &range);
    WRITTEN(a, lines, explain_summary(&a->x, ranged ? &range : NULL));
    *why = kh_of(lines);
    for (size_t k = 0; k < a->x.scheme->part_count; k++) add_part(a, k);
    *entries = a->entries;
    *count = a->count;
    return KH_OK;
}

kh_status kh_result_waiting(kh_result *result, const kh_waiting **items, size_t *count)
{
    *items = NULL;
    *count = 0;
    if (!result->results) return KH_DATA;
    if (setjmp(*arena_trap(result->arena)) || setjmp(*arena_trap(result->scheme->arena))) return KH_ENVIRONMENT;
    struct kh_waiting *all = NULL;
    size_t capacity = 0;
    const struct scheme *scheme = result->results->scheme;
    for (uint32_t unit = 0; unit < result->results->units; unit++) {
        if (!result->results->open[unit] || result->results->state[unit] == KH_NOT_ASSESSED) continue;
        struct explainer x = explainer_of(result->arena, NULL, result->results, unit);
        for (uint32_t k = 0; k < scheme->schema.judged_count; k++) {
            const struct judged_schema *judged = &scheme->schema.judged[k];
            struct kh_waiting waiting = {unit, kh_of(judged->subject), kh_of(judged->authority)};
            if (explain_waits(&x, k)) ARENA_PUSH(result->arena, all, *count, capacity, waiting);
        }
    }
    *items = all;
    return KH_OK;
}

kh_status kh_result_outside(kh_result *result, const kh_outside **rows, size_t *count)
{
    static const kh_outside_why WHY[] = {
        [ASIDE_LATER] = KH_LATER, [ASIDE_EARLIER] = KH_EARLIER, [ASIDE_OWNER] = KH_OF_ANOTHER};
    *rows = NULL;
    *count = 0;
    if (!result->results) return KH_DATA;
    if (!result->scheme->keep_all) return KH_USAGE;
    if (setjmp(*arena_trap(result->arena))) return KH_ENVIRONMENT;
    const struct dataset *data = &result->data;
    const struct schema *schema = &result->scheme->program->schema;
    struct kh_outside *all = ARENA_ARRAY(result->arena, struct kh_outside, data->aside_count);
    for (size_t k = 0; k < data->aside_count; k++) {
        const struct aside_row *row = &data->aside[k];
        bool decision = row->table == schema->table_count;
        const struct table_schema *table = decision ? NULL : &schema->tables[row->table];
        struct text name =
            decision ? scheme_word(result->results->scheme, "decision", "裁定") : text_shown(table->name, table->heading);
        char room[16];
        struct text date = row->dated ? arena_text(result->arena, date_format(row->date, room)) : TEXT_NONE;
        all[k] =
            (struct kh_outside){.why = WHY[row->why],
                                .table = kh_of(name),
                                .file = kh_of(source_bare(decision ? data->decision_file : data->tables[row->table].file)),
                                .row = row->line,
                                .unit = kh_of(row->unit),
                                .date = kh_of(date)};
    }
    *rows = all;
    *count = data->aside_count;
    return KH_OK;
}
