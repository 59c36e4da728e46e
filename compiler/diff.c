/* `kaohe diff`: what changed between two editions of a scheme, clause by clause.
 *
 * In: two schemes, perhaps data. Out: text: each change with both wordings and lines; with data, what diff_run.c adds.
 * Decision: declarations are matched by their number and title, then by title (a part that was renumbered), then by number
 * or name; their lines as canonical text, what is left over by clause, then the most alike first, by their letters and by
 * the fields and figures that they name. So neither layout nor comments nor the order of rules nor the tongue is a change.
 * Of rules that have nothing in common, one that is left on either side of a part is the same clause, rewritten. Cost:
 * several such are told as gone and come; between two tongues names that are spelled otherwise are not seen to be common.
 */
#include "diff.h"

#include <stdlib.h>

static const struct statement *line_at(const struct diff *d, int side, int32_t line)
{
    return line == NOWHERE ? NULL : &d->lines[side].all[line];
}

static const struct ast *decl_at(const struct diff *d, int side, size_t decl)
{
    const struct statements *s = &d->lines[side];
    for (size_t k = 0; k < s->count; k++)
        if (s->all[k].index == decl) return s->all[k].decl;
    return NULL;
}

/* ---- which declaration is which ---- */

static bool same_kind(const struct ast *a, const struct ast *b)
{
    bool parts = a->kind == AST_PART && b->kind == AST_PART;
    return parts ? (a->op == OP_BONUS) == (b->op == OP_BONUS) : a->kind == b->kind;
}

enum match { MATCH_BOTH, MATCH_TITLE, MATCH_NAME, MATCH_PASSES };

static bool matches(const struct diff *d, size_t old, size_t new, enum match pass)
{
    const struct ast *a = decl_at(d, 0, old), *b = decl_at(d, 1, new);
    if (!same_kind(a, b)) return false;
    bool name = text_equal(d->lines[0].names[old], d->lines[1].names[new]);
    if (a->kind != AST_PART) return name;
    bool title = a->text2.len && text_equal(a->text2, b->text2);
    return pass == MATCH_BOTH ? name && title : pass == MATCH_TITLE ? title : name;
}

static void match_declarations(struct diff *d)
{
    size_t olds = d->lines[0].declarations, news = d->lines[1].declarations;
    bool *taken = ARENA_ARRAY(d->arena, bool, news);
    d->partner = ARENA_ARRAY(d->arena, int32_t, olds);
    for (size_t k = 0; k < olds; k++) d->partner[k] = NOWHERE;
    for (int pass = 0; pass < MATCH_PASSES; pass++)
        for (size_t k = 0; k < olds; k++) {
            if (d->partner[k] != NOWHERE) continue;
            for (size_t n = 0; n < news; n++) {
                if (taken[n] || !matches(d, k, n, (enum match)pass)) continue;
                d->partner[k] = (int32_t)n;
                taken[n] = true;
                break;
            }
        }
}

/* ---- which line is which ---- */

/* How much two texts have in common, in thousandths of the longer: the longest common subsequence of bytes. */
static unsigned likeness(struct arena *arena, struct text a, struct text b)
{
    enum { LONGEST = 1500 };
    if (a.len > LONGEST) a.len = LONGEST;
    if (b.len > LONGEST) b.len = LONGEST;
    uint16_t *row = ARENA_ARRAY(arena, uint16_t, b.len + 1);
    for (size_t i = 0; i < a.len; i++) {
        uint16_t corner = 0;
        for (size_t j = 0; j < b.len; j++) {
            uint16_t above = row[j + 1];
            row[j + 1] = a.at[i] == b.at[j] ? (uint16_t)(corner + 1) : row[j] > above ? row[j] : above;
            corner = above;
        }
    }
    size_t longer = a.len > b.len ? a.len : b.len;
    return longer ? (unsigned)(row[b.len] * 1000u / longer) : 1000;
}

/* Lines of these have an order that means something, or hang together: they change as a whole. */
static bool is_whole(const struct ast *decl)
{
    return decl->kind == AST_CHOOSE || decl->kind == AST_GRID || decl->kind == AST_EXAMPLE || decl->kind == AST_SAMPLE;
}

static bool is_silent(const struct ast *node)
{
    return node->kind == AST_EXAMPLE || node->kind == AST_SAMPLE || node->kind == AST_NOTE || node->kind == AST_GAP ||
           node->kind == AST_EVIDENCE;
}

static void add_change(struct diff *d, struct change change)
{
    const struct statement *old = line_at(d, 0, change.old_line), *new = line_at(d, 1, change.new_line);
    change.silent = (!old || is_silent(old->node)) && (!new || is_silent(new->node));
    ARENA_PUSH(d->arena, d->changes, d->count, d->capacity, change);
}

struct lines {
    int32_t *at;
    size_t count;
};

static struct lines lines_of(struct diff *d, int side, size_t decl)
{
    struct lines out = {ARENA_ARRAY(d->arena, int32_t, d->lines[side].count), 0};
    for (size_t k = 0; k < d->lines[side].count; k++)
        if (d->lines[side].all[k].index == decl) out.at[out.count++] = (int32_t)k;
    return out;
}

static bool equal_in_order(const struct diff *d, struct lines old, struct lines new)
{
    if (old.count != new.count) return false;
    for (size_t k = 0; k < old.count; k++)
        if (!text_equal(line_at(d, 0, old.at[k])->text, line_at(d, 1, new.at[k])->text)) return false;
    return true;
}

enum pair { PAIR_EQUAL, PAIR_HEAD, PAIR_CLAUSE, PAIR_BEGIN, PAIR_PASSES };

/* One says what the other says, and a clause or a reason more. */
static bool begins(struct text a, struct text b)
{
    size_t shorter = a.len < b.len ? a.len : b.len;
    return shorter && memcmp(a.at, b.at, shorter) == 0;
}

static bool are_pair(const struct statement *a, const struct statement *b, enum pair pass)
{
    if (a->opens != b->opens) return false;
    switch (pass) {
    case PAIR_EQUAL: return text_equal(a->text, b->text);
    case PAIR_HEAD: return a->opens;
    case PAIR_CLAUSE:
        return a->node->kind == b->node->kind && a->node->source.len && text_equal(a->node->source, b->node->source);
    case PAIR_BEGIN: return a->node->kind == b->node->kind && begins(a->text, b->text);
    case PAIR_PASSES: break;
    }
    return false;
}

/* ---- what a line is about ---- */

enum { ABOUT = 64, ALIKE = 500 };

struct about {
    struct text names[ABOUT];
    size_t count;
};

/* The fields, tables and figures that a line names, each once. */
static void collect_about(struct about *about, const struct ast *node, bool siblings)
{
    for (; node; node = siblings ? node->next : NULL) {
        bool named = node->kind == AST_NAME || node->kind == AST_DOT || node->kind == AST_CALL;
        size_t k = 0;
        while (k < about->count && !text_equal(about->names[k], node->text)) k++;
        if (named && k == about->count && k < ABOUT) about->names[about->count++] = node->text;
        const struct ast *below[] = {node->a, node->b, node->c, node->d, node->e, node->f, node->list};
        for (size_t n = 0; n < sizeof below / sizeof *below; n++) collect_about(about, below[n], true);
    }
}

/* How much two lines name in common, in thousandths of what both name. */
static unsigned common_names(const struct ast *x, const struct ast *y)
{
    struct about a = {.count = 0}, b = {.count = 0};
    collect_about(&a, x, false);
    collect_about(&b, y, false);
    size_t common = 0;
    for (size_t k = 0; k < a.count; k++)
        for (size_t n = 0; n < b.count; n++) common += text_equal(a.names[k], b.names[n]);
    return a.count + b.count ? (unsigned)(2000 * common / (a.count + b.count)) : 0;
}

/* How alike two lines of one kind are: by their letters, or by what they are about. 0: not enough to be the same. */
static unsigned kinship(struct diff *d, const struct statement *a, const struct statement *b)
{
    if (a->node->kind != b->node->kind || a->opens != b->opens) return 0;
    unsigned letters = likeness(d->arena, a->text, b->text);
    unsigned names = a->node->kind == AST_RULE ? common_names(a->node, b->node) : 0;
    return letters >= ALIKE || names >= ALIKE ? letters + names : 0;
}

/* Of what is left, the two lines that are most alike first; of equals, those that come first. */
static void pair_the_alike(struct diff *d, struct lines old, struct lines new, int32_t *partner, bool *taken)
{
    unsigned *kin = ARENA_ARRAY(d->arena, unsigned, old.count *new.count);
    for (size_t k = 0; k < old.count; k++)
        for (size_t n = 0; n < new.count &&partner[k] == NOWHERE; n++)
            if (!taken[n]) kin[k * new.count + n] = kinship(d, line_at(d, 0, old.at[k]), line_at(d, 1, new.at[n]));
    for (;;) {
        size_t best = 0;
        for (size_t at = 0; at < old.count * new.count; at++)
            if (kin[at] > kin[best]) best = at;
        if (!old.count || !new.count || !kin[best]) return;
        size_t k = best / new.count, n = best % new.count;
        partner[k] = new.at[n];
        taken[n] = true;
        for (size_t other = 0; other < new.count; other++) kin[k * new.count + other] = 0;
        for (size_t other = 0; other < old.count; other++) kin[other * new.count + n] = 0;
    }
}

/* One rule that is left on either side: a clause rewritten throughout. */
static void pair_the_last(struct diff *d, struct lines old, struct lines new, int32_t *partner, bool *taken)
{
    size_t gone = old.count, come = new.count, left = 0, right = 0;
    for (size_t k = 0; k < old.count; k++) {
        if (partner[k] != NOWHERE || line_at(d, 0, old.at[k])->node->kind != AST_RULE) continue;
        gone = k;
        left++;
    }
    for (size_t n = 0; n < new.count; n++) {
        if (taken[n] || line_at(d, 1, new.at[n])->node->kind != AST_RULE) continue;
        come = n;
        right++;
    }
    if (left != 1 || right != 1) return;
    partner[gone] = new.at[come];
    taken[come] = true;
}

static void compare_lines(struct diff *d, size_t old_decl, size_t new_decl)
{
    struct lines old = lines_of(d, 0, old_decl), new = lines_of(d, 1, new_decl);
    int32_t *partner = ARENA_ARRAY(d->arena, int32_t, old.count);
    bool *taken = ARENA_ARRAY(d->arena, bool, new.count);
    for (size_t k = 0; k < old.count; k++) partner[k] = NOWHERE;
    for (int pass = 0; pass < PAIR_PASSES; pass++)
        for (size_t k = 0; k < old.count; k++)
            for (size_t n = 0; n < new.count &&partner[k] == NOWHERE; n++) {
                if (taken[n] || !are_pair(line_at(d, 0, old.at[k]), line_at(d, 1, new.at[n]), (enum pair)pass)) continue;
                partner[k] = new.at[n];
                taken[n] = true;
            }
    pair_the_alike(d, old, new, partner, taken);
    pair_the_last(d, old, new, partner, taken);
    for (size_t k = 0; k < old.count; k++) {
        if (partner[k] != NOWHERE && text_equal(line_at(d, 0, old.at[k])->text, line_at(d, 1, partner[k])->text)) continue;
        add_change(d, (struct change){old.at[k], partner[k], (int32_t)old_decl, (int32_t)new_decl, false, false});
    }
    for (size_t n = 0; n < new.count; n++)
        if (!taken[n])
            add_change(d, (struct change){NOWHERE, new.at[n], (int32_t)old_decl, (int32_t)new_decl, false, false});
}

static int32_t first_line(const struct diff *d, int side, size_t decl)
{
    for (size_t k = 0; k < d->lines[side].count; k++)
        if (d->lines[side].all[k].index == decl) return (int32_t)k;
    return NOWHERE;
}

static void find_changes(struct diff *d)
{
    bool *met = ARENA_ARRAY(d->arena, bool, d->lines[1].declarations);
    for (size_t k = 0; k < d->lines[0].declarations; k++) {
        int32_t n = d->partner[k];
        if (n == NOWHERE) {
            add_change(d, (struct change){first_line(d, 0, k), NOWHERE, (int32_t)k, NOWHERE, true, false});
            continue;
        }
        met[n] = true;
        if (!is_whole(decl_at(d, 0, k)))
            compare_lines(d, k, (size_t)n);
        else if (!equal_in_order(d, lines_of(d, 0, k), lines_of(d, 1, (size_t)n)))
            add_change(d, (struct change){first_line(d, 0, k), first_line(d, 1, (size_t)n), (int32_t)k, n, true, false});
    }
    for (size_t n = 0; n < d->lines[1].declarations; n++)
        if (!met[n]) add_change(d, (struct change){NOWHERE, first_line(d, 1, n), NOWHERE, (int32_t)n, true, false});
}

/* ---- printing ---- */

void diff_name(struct buffer *out, size_t change) { buffer_print(out, "[%zu]", change + 1); }

/* "line 3", with its file if it is one that the scheme uses. */
static struct text word_of_line(const struct diff *d, int side, const struct statement *s)
{
    const struct ast_file *file = d->schemes[side]->file;
    struct text used = scheme_used_file(file, s->node->span);
    size_t line, column;
    source_files_line(file->files, s->node->span.from, &line, &column);
    if (!d->zh) return arena_print(d->arena, used.len ? "line %zu of %.*s" : "line %zu%.*s", line, TEXT_ARG(used));
    return arena_print(d->arena, "%.*s第%zu行", TEXT_ARG(used), line);
}

/* What a change is in: "item 2.1 Study", "table session", from its new side if there is one. */
static void put_where(struct diff *d, const struct change *c)
{
    int side = c->new_decl != NOWHERE;
    size_t decl = (size_t)(side ? c->new_decl : c->old_decl);
    const struct ast *node = decl_at(d, side, decl);
    struct text head = d->lines[side].all[first_line(d, side, decl)].text;
    if (node->kind == AST_PART) { /* without its attributes */
        const char *word = node->op == OP_SECTION ? (d->zh ? "部分" : "section")
                           : node->op == OP_BONUS ? (d->zh ? "加分" : "bonus")
                                                  : (d->zh ? "项目" : "item");
        buffer_print(d->out, "%s %.*s %.*s", word, TEXT_ARG(node->text), TEXT_ARG(node->text2));
    } else {
        enum { SHOWN = 60 };
        size_t len = head.len;
        if (len > SHOWN)
            for (len = SHOWN; len && ((unsigned char)head.at[len] & 0xc0) == 0x80;) len--;
        buffer_print(d->out, "%.*s%s", (int)len, head.at, len < head.len ? "…" : "");
    }
}

static void put_line(struct diff *d, int side, const struct statement *s)
{
    buffer_print(d->out, "    %s %.*s  %.*s\n", side ? "+" : "−", TEXT_ARG(word_of_line(d, side, s)), TEXT_ARG(s->text));
}

static void put_side(struct diff *d, const struct change *c, int side)
{
    int32_t decl = side ? c->new_decl : c->old_decl, line = side ? c->new_line : c->old_line;
    if (c->whole && decl != NOWHERE && line != NOWHERE) {
        struct lines lines = lines_of(d, side, (size_t)decl), others = {0};
        int32_t other = side ? c->old_decl : c->new_decl;
        if (other != NOWHERE) others = lines_of(d, !side, (size_t)other);
        for (size_t k = 0; k < lines.count; k++) { /* of a long declaration only what differs */
            bool same = false;
            for (size_t n = 0; n < others.count && !same; n++)
                same = text_equal(line_at(d, side, lines.at[k])->text, line_at(d, !side, others.at[n])->text);
            if (!same) put_line(d, side, line_at(d, side, lines.at[k]));
        }
    } else if (line != NOWHERE) {
        put_line(d, side, line_at(d, side, line));
    }
}

static void put_change(struct diff *d, size_t k)
{
    const struct change *c = &d->changes[k];
    bool came = c->old_line == NOWHERE, went = c->new_line == NOWHERE;
    diff_name(d->out, k);
    buffer_put(d->out, came    ? (d->zh ? " 新增  " : " new in ")
                       : went  ? (d->zh ? " 删去  " : " gone from ")
                       : d->zh ? " 改动  "
                               : " changed in ");
    put_where(d, c);
    if (c->silent) buffer_put(d->out, d->zh ? "（不影响结果）" : " (nothing is computed from it)");
    buffer_char(d->out, '\n');
    size_t before = d->out->len;
    put_side(d, c, 0);
    put_side(d, c, 1);
    if (d->out->len == before) buffer_put(d->out, d->zh ? "    各行次序不同\n" : "    the order of its lines\n");
}

static kh_status diff(struct diff *d, const char *folder)
{
    enum tongue tongue = d->schemes[1]->file->tongue;
    for (int side = 0; side < 2; side++) ast_statements(&d->lines[side], d->arena, d->schemes[side]->file, tongue);
    match_declarations(d);
    find_changes(d);
    if (!d->count) buffer_put(d->out, d->zh ? "两份方案意思相同\n" : "the two schemes say the same\n");
    for (size_t k = 0; k < d->count; k++) put_change(d, k);
    return folder ? diff_run(d, folder) : KH_OK;
}

static kh_status worse(kh_status a, kh_status b) { return a > b ? a : b; }

/* Into the scheme's own memory; the runs before have armed its trap for themselves. */
static kh_status keep_text(kh_scheme *scheme, struct text text, kh_text *out)
{
    if (setjmp(*arena_trap(scheme->arena))) return KH_ENVIRONMENT;
    *out = kh_of(arena_text(scheme->arena, text));
    return KH_OK;
}

kh_status kh_scheme_diff(kh_scheme *old, kh_scheme *new, const char *folder, kh_text *out)
{
    *out = (kh_text){NULL, 0};
    if (!old->program || !new->program) return KH_FINDINGS;
    struct arena *arena = arena_open(&new->allocator, 0);
    if (!arena) return KH_ENVIRONMENT;
    struct diff *volatile held = NULL;
    if (setjmp(*arena_trap(arena))) {
        if (held) {
            kh_result_close(held->result);
            kh_scheme_close(held->mixed);
        }
        arena_close(arena);
        return KH_ENVIRONMENT;
    }
    struct diff *d = held = ARENA_NEW(arena, struct diff);
    struct buffer text;
    buffer_init(&text, arena);
    d->arena = arena;
    d->schemes[0] = old;
    d->schemes[1] = new;
    d->zh = kh_message_tongue(new) == TONGUE_ZH;
    d->out = &text;
    kh_status status = diff(d, folder);
    if (status != KH_ENVIRONMENT) status = worse(status, keep_text(new, buffer_result(&text), out));
    arena_close(arena);
    return status;
}
