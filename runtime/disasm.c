/* The program as text, and what each opcode is called.
 *
 * In: a program, verified or not: nothing here trusts an index. Out: lines for `dump --program`.
 */
#include "program.h"
#include "quotient.h"

static const struct opcode_info INFO[OPCODE_COUNT] = {
#define OP(name, result, operands, meaning) [OP_CODE_##name] = {#name, result, operands, meaning},
#include "opcode.def"
#undef OP
};

const struct opcode_info *opcode_info(enum opcode op) { return (unsigned)op < OPCODE_COUNT ? &INFO[op] : NULL; }

static const char *kind_name(enum reg_kind kind)
{
    switch (kind) {
    case REG_NUMBER: return "number";
    case REG_QUOTIENT: return "quotient";
    case REG_MASK: return "mask";
    }
    return "?";
}

static char kind_letter(enum reg_kind kind)
{
    switch (kind) {
    case REG_NUMBER: return 'n';
    case REG_QUOTIENT: return 'q';
    case REG_MASK: return 'm';
    }
    return '?';
}

static void put_table(struct buffer *out, const struct program *program, uint32_t table)
{
    if (table < program->schema.table_count && program->schema.tables[table].name.len) {
        buffer_text(out, program->schema.tables[table].name);
    } else {
        buffer_print(out, "table %u", table);
    }
}

static void put_space(struct buffer *out, const struct program *program, uint32_t index)
{
    if (index >= program->space_count) {
        buffer_print(out, "space %u?", index);
        return;
    }
    const struct space *space = &program->spaces[index];
    switch (space->kind) {
    case SPACE_ALL: buffer_put(out, "everything"); break;
    case SPACE_TABLE:
        buffer_put(out, index == SPACE_UNITS ? "units " : "rows of ");
        put_table(out, program, space->table);
        break;
    case SPACE_GROUP:
        buffer_print(out, "groups %u of ", space->group);
        put_table(out, program, space->table);
        break;
    }
}

static void put_figure(struct buffer *out, const struct program *program, uint32_t index)
{
    if (index == NO_FIGURE) {
        buffer_char(out, '-');
        return;
    }
    buffer_print(out, "f%u", index);
    if (index >= program->figure_count) {
        buffer_char(out, '?');
    } else if (program->figures[index].name.len) {
        buffer_char(out, ':');
        buffer_text(out, program->figures[index].name);
    }
}

static void put_source(struct buffer *out, const struct program *program, const struct figure *figure)
{
    switch (figure->source) {
    case FIGURE_COLUMN: {
        uint32_t table = figure->space < program->space_count ? program->spaces[figure->space].table : UINT32_MAX;
        bool known = table < program->schema.table_count && figure->field < program->schema.tables[table].field_count;
        buffer_put(out, "column ");
        if (known) {
            buffer_text(out, program->schema.tables[table].fields[figure->field].name);
        } else {
            buffer_print(out, "%u?", figure->field);
        }
        break;
    }
    case FIGURE_UNIT_OF: buffer_put(out, "map to units"); break;
    case FIGURE_PARENT_OF: buffer_put(out, "map to parents"); break;
    case FIGURE_JUDGED:
        buffer_put(out, "judged ");
        if (figure->field < program->schema.judged_count) {
            buffer_text(out, program->schema.judged[figure->field].subject);
        } else {
            buffer_print(out, "%u?", figure->field);
        }
        break;
    case FIGURE_MADE: buffer_put(out, "made"); break;
    case FIGURE_SUM: buffer_put(out, "sum"); break;
    case FIGURE_EXTREME: buffer_put(out, "extreme"); break;
    }
}

static void put_register(struct buffer *out, const struct pass *pass, uint32_t index)
{
    if (index < pass->register_count) {
        buffer_print(out, "%c%u", kind_letter(pass->registers[index]), index);
    } else {
        buffer_print(out, "r%u?", index);
    }
}

static void put_constant(struct buffer *out, const struct program *program, uint32_t index)
{
    if (index >= program->constant_count) {
        buffer_print(out, "k%u?", index);
        return;
    }
    struct constant constant = program->constants[index];
    if (constant.denominator > 0) {
        quotient_print(out, NULL, (struct quotient){constant.numerator, constant.denominator});
    } else {
        buffer_print(out, "%lld/%lld?", (long long)constant.numerator, (long long)constant.denominator);
    }
}

static void put_operand(struct buffer *out, const struct program *program, const struct pass *pass, char kind,
                        uint32_t value)
{
    switch (kind) {
    case 'n':
    case 'q':
    case 'm': put_register(out, pass, value); break;
    case 'x':
        buffer_char(out, '[');
        put_register(out, pass, value);
        buffer_char(out, ']');
        break;
    case 'f': put_figure(out, program, value); break;
    case 'k': put_constant(out, program, value); break;
    case 't': buffer_print(out, "lookup %u", value); break;
    case 'r': buffer_print(out, "rule %u", value); break;
    case 'i': buffer_print(out, "%u", value); break;
    }
}

static void put_insn(struct buffer *out, const struct program *program, const struct pass *pass, const struct insn *insn)
{
    const struct opcode_info *info = opcode_info((enum opcode)insn->op);
    if (!info) {
        buffer_print(out, "opcode %u?", insn->op);
        return;
    }
    const uint32_t operands[] = {insn->a, insn->b, insn->c, insn->d};
    if (info->result != '-') {
        put_register(out, pass, insn->r);
        buffer_put(out, " = ");
    }
    buffer_put(out, info->name);
    for (size_t i = 0; info->operands[i]; i++) {
        buffer_put(out, i && info->operands[i] != 'x' ? ", " : " ");
        put_operand(out, program, pass, info->operands[i], operands[i]);
    }
}

static void put_code(struct buffer *out, const struct program *program, const struct pass *pass)
{
    put_space(out, program, pass->space);
    buffer_print(out, ", %u registers\n", pass->register_count);
    for (uint32_t i = 0; i < pass->length; i++) {
        size_t from = out->len;
        buffer_print(out, "%6u  ", i);
        put_insn(out, program, pass, &pass->code[i]);
        if (pass->code[i].where.to) {
            buffer_char(out, ' ');
            buffer_pad(out, from, 60);
            buffer_print(out, "; %u-%u", pass->code[i].where.from, pass->code[i].where.to);
        }
        buffer_char(out, '\n');
    }
}

static void put_named(struct buffer *out, const struct program *program, const char *name, uint32_t figure)
{
    buffer_print(out, "        %-10s ", name);
    put_figure(out, program, figure);
    buffer_char(out, '\n');
}

static void put_rank(struct buffer *out, const struct program *program, uint32_t index)
{
    if (index >= program->rank_count) {
        buffer_print(out, "ranking %u?\n", index);
        return;
    }
    const struct rank *rank = &program->ranks[index];
    buffer_print(out, "ranking %u of ", index);
    put_space(out, program, rank->space);
    buffer_char(out, '\n');
    for (uint32_t k = 0; k < rank->key_count; k++) {
        put_named(out, program, rank->highest_first[k] ? "highest" : "lowest", rank->keys[k]);
    }
    for (uint32_t p = 0; p < rank->partition_count; p++) put_named(out, program, "within", rank->partition[p]);
    put_named(out, program, "where", rank->mask);
    put_named(out, program, "place", rank->place);
    put_named(out, program, "from_last", rank->from_last);
    put_named(out, program, "ordinal", rank->ordinal);
    put_named(out, program, "size", rank->size);
}

static void put_group(struct buffer *out, const struct program *program, uint32_t index)
{
    if (index >= program->group_count) {
        buffer_print(out, "grouping %u?\n", index);
        return;
    }
    const struct group *group = &program->groups[index];
    buffer_print(out, "grouping %u of ", index);
    put_space(out, program, group->from_space);
    buffer_char(out, '\n');
    put_named(out, program, "key", group->key);
    put_named(out, program, "owner", group->owner);
    put_named(out, program, "where", group->mask);
    put_named(out, program, "group_of", group->group_of);
    put_named(out, program, "unit_of", group->unit_of);
    put_named(out, program, "key_of", group->key_of);
    put_named(out, program, "live", group->live);
}

static void put_lookup(struct buffer *out, const struct lookup *lookup, uint32_t index)
{
    buffer_print(out, "lookup %u:", index);
    uint32_t count = lookup->entries ? lookup->count : 0;
    for (uint32_t i = 0; i < count; i++) buffer_print(out, " %lld", (long long)lookup->entries[i]);
    buffer_char(out, '\n');
}

void program_print(struct buffer *out, const struct program *program)
{
    for (uint32_t f = 0; f < program->figure_count; f++) {
        const struct figure *figure = &program->figures[f];
        size_t from = out->len;
        put_figure(out, program, f);
        buffer_char(out, ' ');
        buffer_pad(out, from, 32);
        buffer_put(out, kind_name(figure->kind));
        if (figure->places) buffer_print(out, "/%u", figure->places);
        buffer_put(out, ", ");
        put_space(out, program, figure->space);
        buffer_put(out, ", ");
        put_source(out, program, figure);
        buffer_char(out, '\n');
    }
    for (uint32_t i = 0; i < program->lookup_count; i++) put_lookup(out, &program->lookups[i], i);
    for (uint32_t p = 0; p < program->pass_count; p++) {
        const struct pass *pass = &program->passes[p];
        buffer_print(out, "pass %u, stage %u: ", p, pass->stage);
        switch (pass->kind) {
        case PASS_CODE: put_code(out, program, pass); break;
        case PASS_RANK: put_rank(out, program, pass->barrier); break;
        case PASS_GROUP: put_group(out, program, pass->barrier); break;
        }
    }
}
