/* The scheme as text (`dump --scheme`): tables, parts and rules, then the graph of values with space and stage. */
#include "scheme.h"

#include "../runtime/quotient.h"

static const char *space_name(const struct scheme *scheme, uint32_t space, struct arena *arena)
{
    uint32_t table, group;
    if (space == ANYWHERE) return "constant";
    if (space == SPACE_EVERYTHING) return "population";
    if (space == SPACE_UNITS) return "unit";
    if (space_is_group(&scheme->graph, space, &group)) {
        struct text name = scheme->schema.tables[scheme->graph.groups[group].table].name;
        return arena_print(arena, "group %u of %.*s", group, TEXT_ARG(name)).at;
    }
    if (space_is_table(&scheme->graph, space, &table))
        return arena_print(arena, "row of %.*s", TEXT_ARG(scheme->schema.tables[table].name)).at;
    return "?";
}

static void print_type(struct buffer *out, struct scheme *scheme, struct type type)
{
    buffer_text(out, type_word(scheme, type));
    if (type.kind != TYPE_NUMBER) return;
    buffer_print(out, " .%u", type.places);
    if (type.low <= INT64_MIN || type.high >= INT64_MAX || type.low >= INT64_MAX || type.high <= INT64_MIN) return;
    buffer_char(out, ' ');
    number_print(out, (int64_t)type.low, type.places);
    buffer_put(out, "..");
    number_print(out, (int64_t)type.high, type.places);
}

static void print_expr(struct buffer *out, struct scheme *scheme, const char *label, struct expr expr)
{
    if (!expr.value) return;
    buffer_print(out, "  %s %%%u ", label, expr.value->id);
    print_type(out, scheme, expr.type);
}

static void print_tables(struct buffer *out, struct scheme *scheme)
{
    for (uint32_t t = 0; t < scheme->schema.table_count; t++) {
        const struct table_schema *table = &scheme->schema.tables[t];
        buffer_print(out, "%s %.*s", t ? "table" : "unit", TEXT_ARG(table->name));
        if (table->for_all) buffer_put(out, " for all");
        if (table->parent > 0) buffer_print(out, " of %.*s", TEXT_ARG(scheme->schema.tables[table->parent].name));
        if (table->by >= 0) buffer_print(out, " by %.*s", TEXT_ARG(table->fields[table->by].name));
        buffer_char(out, '\n');
        for (uint32_t f = 0; f < table->field_count; f++) {
            const struct field_schema *field = &table->fields[f];
            buffer_print(out, "  %.*s: ", TEXT_ARG(field->name));
            print_type(out, scheme, field_expr(scheme, t, f).type);
            buffer_print(out, "%s%s%s\n", (int32_t)f == table->key ? ", key" : "", field->optional ? ", optional" : "",
                         field->wanted ? "" : ", not read");
        }
    }
}

static void print_parts(struct buffer *out, struct scheme *scheme)
{
    for (uint32_t k = 0; k < scheme->part_count; k++) {
        struct part *part = &scheme->parts[k];
        buffer_text(out, part_word(scheme, k));
        print_expr(out, scheme, "start", part->start);
        print_expr(out, scheme, "raw", part->raw);
        print_expr(out, scheme, "value", part->value);
        print_expr(out, scheme, "gives", part->gives);
        buffer_char(out, '\n');
        for (size_t n = 0; n < part->rule_count; n++) {
            struct rule *rule = &scheme->rules[part->rules[n]];
            if (!rule->mask) continue;
            buffer_print(out, "  rule %u line %zu, %s: fires where %%%u", part->rules[n],
                         scheme_line(scheme, rule->line->span), space_name(scheme, rule->space, out->arena), rule->mask->id);
            print_expr(out, scheme, "count", rule->count);
            print_expr(out, scheme, rule->minus ? "takes" : "gives", rule->net);
            buffer_char(out, '\n');
        }
    }
}

static void print_value(struct buffer *out, struct scheme *scheme, const struct value *v)
{
    static const char *const KINDS[] = {"number", "quotient", "mask"};
    static const char *const RANKS[] = {"place", "from_last", "ordinal", "size"};
    static const char *const GROUPS[] = {"group_of", "unit_of", "key_of", "live"};
    buffer_print(out, "%%%u %s %s stage %u: ", v->id, KINDS[v->kind], space_name(scheme, v->space, out->arena), v->stage);
    const struct schema *s = &scheme->schema;
    switch (v->op) {
    case VALUE_CONST_N: buffer_print(out, "%lld", (long long)v->i); break;
    case VALUE_CONST_Q: buffer_print(out, "%lld/%lld", (long long)v->i, (long long)v->j); break;
    case VALUE_CONST_M: buffer_put(out, v->i ? "yes" : "no"); break;
    case VALUE_COLUMN:
        buffer_print(out, "column %.*s.%.*s", TEXT_ARG(s->tables[v->i].name), TEXT_ARG(s->tables[v->i].fields[v->j].name));
        break;
    case VALUE_UNIT_OF: buffer_print(out, "unit of %.*s", TEXT_ARG(s->tables[v->i].name)); break;
    case VALUE_PARENT_OF: buffer_print(out, "parent of %.*s", TEXT_ARG(s->tables[v->i].name)); break;
    case VALUE_JUDGED: buffer_print(out, "decision on %.*s", TEXT_ARG(s->judged[v->i].subject)); break;
    case VALUE_CODE:
    case VALUE_REDUCE: buffer_put(out, opcode_info(v->code)->name); break;
    case VALUE_GATHER: buffer_put(out, "gather"); break;
    case VALUE_RANK: buffer_print(out, "%s of rank %lld", RANKS[v->i], (long long)v->j); break;
    case VALUE_GROUP: buffer_print(out, "%s of groups %lld", GROUPS[v->i], (long long)v->j); break;
    case VALUE_SPREAD: buffer_put(out, "spread"); break;
    }
    const struct value *args[3] = {v->a, v->b, v->c};
    for (int k = 0; k < 3; k++)
        if (args[k]) buffer_print(out, " %%%u", args[k]->id);
    if (v->op == VALUE_CODE) {
        int numbers = 0;
        for (const char *c = opcode_info(v->code)->operands; *c; c++) numbers += *c == 'i' || *c == 't' || *c == 'k';
        if (numbers > 0) buffer_print(out, " %lld", (long long)v->i);
        if (numbers > 1) buffer_print(out, " %lld", (long long)v->j);
    }
    if (v->figure != NO_FIGURE) buffer_print(out, " -> figure %u", v->figure);
    buffer_char(out, '\n');
}

void scheme_print(struct buffer *out, struct scheme *scheme)
{
    print_tables(out, scheme);
    print_parts(out, scheme);
    buffer_put(out, "total");
    print_expr(out, scheme, "", scheme->total);
    buffer_char(out, '\n');
    if (scheme->grade.value) {
        buffer_put(out, "grade");
        print_expr(out, scheme, "", scheme->grade);
        buffer_char(out, '\n');
    }
    for (size_t k = 0; k < scheme->global.count; k++) {
        struct entity *e = scheme->global.all[k];
        if (!e->expr.value) continue;
        buffer_print(out, "%.*s", TEXT_ARG(e->name));
        print_expr(out, scheme, "is", e->expr);
        buffer_print(out, ", %s\n", space_name(scheme, e->expr.value->space, out->arena));
    }
    for (size_t k = 0; k < scheme->graph.count; k++)
        if (scheme->graph.all[k]->live) print_value(out, scheme, scheme->graph.all[k]);
}
