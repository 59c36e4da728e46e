/* The most that the rules of a part can take, or give, together.
 *
 * In: a part of a sound scheme, with the parts that draw on it. Out: a figure.
 * Decision: rules that hang on fields of the unit alone are added up in each of its cases (cases.h), so that "4 if late, 6
 * if very late" is 6 and not 10; the others are added with the most that their declared ranges allow. Cost: of rules over
 * rows it is not seen that they exclude one another.
 */
#include "cases.h"

#include "../runtime/quotient.h"

enum { RULES = 64 };

struct counted {
    const struct rule *rule;
    int32_t node;
    wide high; /* at `places` of the sum */
};

struct sum {
    struct scheme *scheme;
    bool minus;
    struct counted rules[RULES];
    int count;
    unsigned places;
    struct most *out;
};

/* Rows of a table come in any number, and so do counts without a range. */
static bool is_bounded(const struct rule *rule)
{
    const struct type *type = &rule->net.type;
    return type->kind == TYPE_NUMBER && type->high < (wide)UINT32_MAX * power_of_ten(type->places) && type->high < INT64_MAX;
}

static void collect(struct sum *s, uint32_t index)
{
    const struct part *part = &s->scheme->parts[index];
    for (size_t k = 0; k < part->rule_count; k++) {
        const struct rule *rule = &s->scheme->rules[part->rules[k]];
        if (!rule->net.value) continue;
        s->out->others |= rule->minus != s->minus;
        if (rule->minus != s->minus) continue;
        s->out->any = true;
        if (!is_bounded(rule) || s->count == RULES) {
            s->out->unbounded = true;
            continue;
        }
        if (rule->net.type.places > s->places) s->places = rule->net.type.places;
        s->rules[s->count++] = (struct counted){.rule = rule, .node = NO_INDEX};
    }
}

/* The sum in the case in which it is most; false where the cases cannot be told. */
static bool most_of_cases(struct sum *s, wide rest, wide *most)
{
    struct cases *c = cases_of(s->scheme, 0);
    int readable = 0;
    for (int k = 0; k < s->count; k++) {
        s->rules[k].node = cases_read(c, s->rules[k].rule->net.value);
        if (s->rules[k].node < 0) rest += s->rules[k].high;
        readable += s->rules[k].node >= 0;
    }
    if (readable < 2 || !cases_first(c, PART_POINTS)) return false;
    *most = rest;
    do {
        wide sum = rest;
        for (int k = 0; k < s->count; k++) {
            if (s->rules[k].node < 0) continue;
            const struct case_node *n = &c->nodes[s->rules[k].node];
            if (!n->known) return false;
            sum += n->number * power_of_ten(s->places - s->rules[k].rule->net.type.places);
        }
        if (sum > *most) *most = sum;
    } while (cases_next(c));
    return true;
}

struct most part_most(struct scheme *scheme, uint32_t index, bool minus)
{
    struct most out = {.any = false};
    struct sum *s = ARENA_NEW(scheme->arena, struct sum);
    *s = (struct sum){.scheme = scheme, .minus = minus, .out = &out};
    collect(s, index);
    for (int32_t k = scheme->parts[index].first_drawing; k >= 0; k = scheme->parts[k].next_drawing) collect(s, (uint32_t)k);
    wide all = 0, most;
    for (int k = 0; k < s->count; k++) {
        const struct type *type = &s->rules[k].rule->net.type;
        s->rules[k].high = type->high * power_of_ten(s->places - type->places);
        all += s->rules[k].high;
    }
    if (!most_of_cases(s, 0, &most)) most = all;
    out.unbounded |= most >= INT64_MAX;
    out.figure = expr_number(scheme, out.unbounded && most >= INT64_MAX ? 0 : (int64_t)most, s->places);
    return out;
}
