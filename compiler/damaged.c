/* Checks (`must`, `only when`) of data that is not in order: so that all that is wrong is listed at once.
 *
 * In: a scheme, data whose cells have problems, which are reported already. Out: the checks that are broken all the same.
 * Decision: the data is read once more, quietly and whole, by a program of nothing but the checks that read cells of their
 * own row alone; a wrong cell is a fault there, and a check it reaches is not known and says nothing. Cost: wrong data is
 * read twice; a check through a key of another table waits until all cells are in order.
 */
#include "kaohe_internal.h"

static bool is_of_row(const struct scheme *scheme, const struct value *v, uint32_t table)
{
    const struct value *args[3] = {v->a, v->b, v->c};
    switch (v->op) {
    case VALUE_CONST_N:
    case VALUE_CONST_Q:
    case VALUE_CONST_M: return true;
    case VALUE_COLUMN: {
        if (v->i != table) return false;
        enum field_kind kind = scheme->schema.tables[table].fields[v->j].kind;
        return kind != FIELD_REF && kind != FIELD_UNIT; /* keys are only known once all tables are whole */
    }
    case VALUE_CODE:
        if (v->code == OP_CODE_ADD_WORKDAYS || v->code == OP_CODE_WORKDAYS_BETWEEN)
            return false; /* by a calendar of the data */
        break;
    case VALUE_SPREAD: break;
    case VALUE_JUDGED:
    case VALUE_UNIT_OF:
    case VALUE_PARENT_OF:
    case VALUE_GATHER:
    case VALUE_REDUCE:
    case VALUE_RANK:
    case VALUE_GROUP: return false;
    }
    for (int k = 0; k < 3; k++)
        if (args[k] && !is_of_row(scheme, args[k], table)) return false;
    return true;
}

void scheme_keep_row_checks(struct scheme *scheme)
{
    size_t kept = 0;
    for (size_t k = 0; k < scheme->check_count; k++) {
        if (scheme->checks[k].tie || !is_of_row(scheme, scheme->check_values[k], scheme->checks[k].table)) continue;
        scheme->checks[kept] = scheme->checks[k];
        scheme->check_values[kept++] = scheme->check_values[k];
    }
    scheme->check_count = kept;
}

static bool is_check(enum diag_code code)
{
    return code == D_MUST_BROKEN || code == D_ONLY_WHEN_FILLED || code == D_ONLY_WHEN_BLANK || code == D_CHECK_UNKNOWN;
}

static bool is_there(const struct findings *problems, const struct finding *finding)
{
    for (size_t k = 0; k < problems->count; k++) {
        const struct finding *f = &problems->items[k];
        if (f->code == finding->code && f->where.from == finding->where.from && f->data.line == finding->data.line &&
            text_equal(f->data.file, finding->data.file) && text_equal(f->data.column, finding->data.column))
            return true;
    }
    return false;
}

void checks_of_damaged(kh_result *r)
{
    struct arena *arena = r->arena;
    kh_scheme *s = r->scheme;
    bool damaged = false;
    for (size_t k = 0; k < r->problems.count; k++)
        damaged |= diag_severity(r->problems.items[k].code) == SEVERITY_ERROR && !is_check(r->problems.items[k].code);
    if (!damaged || findings_full(&r->problems)) return;
    struct findings quiet, broken;
    struct plan plan;
    struct text why;
    struct reading reading = s->reading;
    findings_init(&quiet, arena, 1);
    findings_init(&broken, arena, 0);
    reading.checks_only = true;
    struct scheme *scheme = scheme_resolve(arena, s->file, &quiet, &reading);
    if (quiet.errors || !scheme->check_count) return;
    scheme_plan(scheme, &plan);
    struct program *program = scheme_emit(scheme, &plan);
    if (!program_verify(arena, program, &why)) {
        FIND(&r->problems, D_NOT_PROVED, SPAN_NONE, why);
        return;
    }
    struct source *source = source_open(arena, r->folder, &s->sources, &quiet);
    struct dataset *data = ARENA_NEW(arena, struct dataset);
    if (!source) return;
    data_load(arena, &program->schema, source, &quiet, data);
    struct run_options options = {.threads = 1};
    vm_run(arena, program, data, &options, &broken);
    for (size_t k = 0; k < broken.count; k++) {
        const struct finding *f = &broken.items[k];
        if (f->code == D_CHECK_UNKNOWN || !is_check(f->code) || is_there(&r->problems, f)) continue;
        struct finding *added = FIND(&r->problems, f->code, f->where);
        if (added) *added = *f;
    }
}
