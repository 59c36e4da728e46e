/* The ledger adds up: what the explanation lists is what the result is made of.
 *
 * In: how many random schemes and data (of the oracle's generator), and the first seed. Out: each figure that its own lines
 * do not account for, then the counts.
 * Decision: read from the machine's ledger and figures, not from the printed text, and added up here once more: for each
 * unit and rule Σ amounts = gross, gross under its cap = net; for each part start + Σ nets + Σ of the parts below = raw, raw
 * between floor and ceiling = clipped, clipped forfeited or rounded = value; the top parts = total. Cost: where a scheme
 * lets parts apply to some units only, marks are spread and a part's last step is not checked.
 */
#include "../../compiler/kaohe_internal.h"
#include "../../runtime/quotient.h"
#include "../oracle/generate.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

struct audit {
    struct scheme *scheme;
    const struct run *run;
    struct big_table *big;
    uint32_t unit;
    unsigned long seed, checked, wrong, lines;
};

static struct quotient zero(void) { return (struct quotient){0, 1}; }

/* A figure of the unit at its true value; false when it is not known. */
static bool figure(struct audit *a, struct expr expr, struct quotient *out)
{
    if (!expr.value || results_read(a->run, expr.value, a->unit, out) != FAULT_NONE) return false;
    if (expr.type.kind == TYPE_NUMBER) *out = quotient_make(a->big, out->num, power_of_ten(expr.type.places));
    return true;
}

static bool holds(struct audit *a, const struct value *mask)
{
    struct quotient value;
    return mask && results_read(a->run, mask, a->unit, &value) == FAULT_NONE && value.num;
}

static void agree(struct audit *a, struct text where, const char *what, struct quotient made, struct quotient shown)
{
    a->checked++;
    if (quotient_order(a->big, made, shown) == 0) return;
    struct arena *arena = arena_open(NULL, 0);
    if (!arena || setjmp(*arena_trap(arena))) exit(4);
    struct buffer words;
    buffer_init(&words, arena);
    quotient_print(&words, a->big, made);
    buffer_put(&words, ", shown ");
    quotient_print(&words, a->big, shown);
    struct text text = buffer_result(&words);
    if (a->wrong++ < 10) printf("seed %lu, unit %u, %.*s, %s: made of %.*s\n", a->seed, a->unit, TEXT_ARG(where), what, TEXT_ARG(text));
    arena_close(arena);
}

/* ---- rules ---- */

static void audit_rule(struct audit *a, uint32_t index)
{
    const struct rule *rule = &a->scheme->rules[index];
    struct quotient sum = zero(), gross, net, cap;
    if (!rule->net.value || !figure(a, rule->gross, &gross)) return;
    for (size_t k = 0; k < a->run->ledger_count; k++) {
        const struct ledger_line *line = &a->run->ledger[k];
        if (line->rule != index || line->unit != a->unit) continue;
        if (line->fault != FAULT_NONE) return; /* open: the sum is so too, and shown as such */
        struct quotient amount = line->amount;
        if (rule->amount.type.kind == TYPE_NUMBER) amount = quotient_make(a->big, amount.num, power_of_ten(rule->amount.type.places));
        sum = quotient_add(a->big, sum, amount);
        a->lines++;
    }
    struct text where = part_word(a->scheme, rule->part);
    agree(a, where, "sum of the ledger", sum, gross);
    if (!figure(a, rule->net, &net)) return;
    if (rule->cap.value && figure(a, rule->cap, &cap) && quotient_order(a->big, cap, gross) < 0) gross = cap;
    agree(a, where, "rule under its cap", gross, net);
}

/* ---- parts ---- */

/* Adds the nets of a part's own rules; false when one is not known. */
static bool add_nets(struct audit *a, const struct part *part, struct quotient *sum)
{
    for (size_t k = 0; k < part->rule_count; k++) {
        const struct rule *rule = &a->scheme->rules[part->rules[k]];
        struct quotient net;
        if (!rule->net.value) continue;
        if (!figure(a, rule->net, &net)) return false;
        *sum = rule->minus ? quotient_sub(a->big, *sum, net) : quotient_add(a->big, *sum, net);
    }
    return true;
}

/* Adds what rules and parts below move: each other part that draws on this one, or stands next below it. */
static bool add_below(struct audit *a, int32_t index, struct quotient *sum)
{
    for (size_t k = 0; k < a->scheme->part_count; k++) {
        const struct part *part = &a->scheme->parts[k];
        struct quotient gives;
        if ((int32_t)k == index) continue;
        if (!part->marked && part->pool == index && index >= 0 && !add_nets(a, part, sum)) return false;
        if (!part->marked || part->up != index) continue;
        if (!figure(a, part->gives, &gives)) return false;
        *sum = quotient_add(a->big, *sum, gives);
    }
    return true;
}

static struct quotient rounded(struct audit *a, struct quotient value, unsigned places)
{
    static const enum rounding modes[] = {ROUND_HALF_UP, ROUND_HALF_EVEN, ROUND_DOWN, ROUND_AWAY};
    int64_t number;
    if (!a->scheme->round.given || a->scheme->round.exact) return value;
    if (!quotient_round(a->big, value, places, modes[a->scheme->round.mode], &number)) return value;
    return quotient_make(a->big, number, power_of_ten(places));
}

static void audit_part(struct audit *a, uint32_t index)
{
    const struct part *part = &a->scheme->parts[index];
    struct quotient sum, raw, clipped, value, limit;
    struct text where = part_word(a->scheme, index);
    if (!part->marked || !figure(a, part->start, &sum) || !add_nets(a, part, &sum) || !add_below(a, (int32_t)index, &sum)) return;
    if (figure(a, part->raw, &raw)) agree(a, where, "start, rules and parts below", sum, raw);
    if (part->kind != OP_BONUS && quotient_sign(a->big, sum) < 0) sum = zero();
    bool worth = part->kind != OP_BONUS && !part->up_to.value;
    if (!part->no_limit && figure(a, worth ? part->worth : part->up_to, &limit) && quotient_order(a->big, limit, sum) < 0) sum = limit;
    if (figure(a, part->clipped, &clipped)) agree(a, where, "between floor and ceiling", sum, clipped);
    if (a->scheme->some_apply || part->settled >= 0) return;
    if (figure(a, part->value, &value))
        agree(a, where, "value", holds(a, part->forfeited) ? zero() : rounded(a, sum, a->scheme->round.parts), value);
}

static void audit_unit(struct audit *a)
{
    struct quotient sum = zero(), total;
    for (uint32_t k = 0; k < a->scheme->rule_count; k++) audit_rule(a, k);
    for (uint32_t k = 0; k < a->scheme->part_count; k++) audit_part(a, k);
    if (add_below(a, NO_INDEX, &sum) && figure(a, a->scheme->total, &total))
        agree(a, TEXT("total"), "top parts", rounded(a, sum, a->scheme->round.total), total);
}

/* ---- one scheme ---- */

static bool audit_seed(struct audit *a, const char *folder, bool *ran)
{
    struct arena *arena = arena_open(NULL, 0);
    if (!arena || setjmp(*arena_trap(arena))) exit(4);
    struct gen gen;
    struct text text = generate_scheme(&gen, arena, a->seed);
    if (!generate_write(&gen, text, folder)) exit(4);
    kh_scheme *scheme = NULL;
    kh_result *result = NULL;
    kh_status status = kh_scheme_open(NULL, "scheme.kh", text.at, text.len, &scheme);
    bool fine = status == KH_OK;
    if (fine) status = kh_run(scheme, folder, &result);
    *ran = status == KH_OK;
    if (*ran) {
        struct findings problems;
        findings_init(&problems, arena, 0);
        struct run_options options = {.explain_all = true};
        if (setjmp(*arena_trap(scheme->arena))) exit(4);
        a->scheme = scheme->scheme;
        bool reached;
        struct dataset *data = ARENA_NEW(arena, struct dataset);
        a->run = run_on_folder(arena, scheme->program, text_of(folder), NULL, options, TEXT_NONE, data, &problems, &reached);
        a->big = a->run->big;
        for (a->unit = 0; a->unit < result->data.tables[0].rows; a->unit++) audit_unit(a);
    }
    kh_result_close(result);
    kh_scheme_close(scheme);
    arena_close(arena);
    return fine;
}

int main(int argc, char **argv)
{
    unsigned long count = argc > 1 ? strtoul(argv[1], NULL, 10) : 500, first = argc > 2 ? strtoul(argv[2], NULL, 10) : 1;
    unsigned long runs = 0, refused = 0;
    struct audit audit = {0};
    for (unsigned long k = 0; k < count; k++) {
        char folder[] = "/tmp/kaohe-ledger-XXXXXX", command[80];
        bool ran = false;
        if (!mkdtemp(folder)) exit(4);
        audit.seed = first + k;
        refused += !audit_seed(&audit, folder, &ran);
        runs += ran;
        snprintf(command, sizeof command, "rm -r %s", folder);
        if (system(command) != 0) exit(4);
    }
    printf("%lu schemes, %lu run, %lu refused, %lu ledger lines, %lu sums\n", count, runs, refused, audit.lines, audit.checked);
    bool enough = runs * 2 > count && audit.lines > count, fine = audit.wrong == 0 && enough; /* refusals are the oracle's to report */
    printf("ledger: %lu passed, %lu failed\n", audit.checked - audit.wrong, audit.wrong + !enough);
    return fine ? 0 : 1;
}
