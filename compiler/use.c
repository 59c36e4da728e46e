/* Brings the declarations of used files into a scheme.
 *
 * In: a parsed file, where it lies. Out: one list of declarations, one source of several texts, findings.
 * Decision: the texts stand one behind the other and spans count through them all, so that whoever has a span can tell its
 * file, and nothing behind this knows that there are several. Cost: a scheme and all it uses stay within the limit of one.
 * Decision: a file is looked for from the folder of the file that names it, and has to lie within the folder above that of
 * the scheme: who checks a scheme of a stranger reads no other file of his own. A file is known by what it is on the disk,
 * not by its name, so that links and detours make no circle. What several files use is read once.
 */
#include "use.h"

#include "../runtime/file_error.h"
#include "../runtime/limits.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

/* Closes what is still open when memory ran out while reading. */
static void release_file(void *held)
{
    int *fd = held;
    if (*fd >= 0) close(*fd);
    *fd = -1;
}

int file_read_whole(struct text path, bool only_files, struct arena *arena, struct text *out, struct file_identity *identity)
{
    const char *name = arena_text(arena, path).at; /* NUL-terminated by arena_text */
    int *held = ARENA_NEW(arena, int);
    *held = -1;
    *out = TEXT_NONE;
    arena_defer(arena, release_file, held);
    int fd = *held = open(name ? name : "", O_RDONLY | O_CLOEXEC | (only_files ? O_NONBLOCK | O_NOCTTY : 0));
    if (fd < 0) return errno;
    struct stat info;
    int error = fstat(fd, &info) ? errno : S_ISDIR(info.st_mode) ? EISDIR : 0;
    if (!error && only_files && !S_ISREG(info.st_mode)) error = ENOTSUP;
    size_t room = LIMIT_SCHEME_BYTES + 1, len = 0, size = 0;
    if (!error && S_ISREG(info.st_mode) && (uint64_t)info.st_size < room) room = (size_t)info.st_size + 1;
    char *bytes = NULL;
    while (!error) {
        if (len == size) {
            if (size >= LIMIT_SCHEME_BYTES + 1) break;
            size_t wish = size ? size * 2 : room;
            if (wish > LIMIT_SCHEME_BYTES + 1) wish = LIMIT_SCHEME_BYTES + 1;
            bytes = arena_grow(arena, bytes, len, wish, 1);
            size = wish;
        }
        ssize_t got = read(fd, bytes + len, size - len);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) error = errno;
        if (got <= 0) break;
        len += (size_t)got;
    }
    release_file(held);
    if (identity) *identity = (struct file_identity){(uint64_t)info.st_dev, (uint64_t)info.st_ino};
    *out = (struct text){bytes, len};
    return error;
}

/* ---- where a file lies ---- */

/* A file's own declarations, which are in the whole list, too, and the files that it names. */
struct used {
    enum tongue tongue;
    struct ast **own;
    size_t *names;
    size_t own_count, own_capacity, name_count, name_capacity;
};

struct reader {
    struct arena *arena;
    struct findings *findings;
    struct text folder; /* of the scheme, with its slash; empty: where the program was called */
    struct buffer source;
    struct source_file *files; /* as read, the scheme's own first */
    struct file_identity *identities;
    struct text *paths; /* from the scheme's folder */
    struct used *used;  /* what each declares and names */
    size_t count, capacity, identity_capacity, path_capacity, used_capacity;
    size_t chain[LIMIT_USE_DEPTH + 1]; /* the files being read, one used by the other */
    size_t depth;
    bool zh;
};

static struct text folder_of(struct text path)
{
    size_t len = path.len;
    while (len && path.at[len - 1] != '/') len--;
    return (struct text){path.at, len};
}

static struct text base_of(struct text path)
{
    struct text folder = folder_of(path);
    return (struct text){path.at + folder.len, path.len - folder.len};
}

static struct text in_tongue(const struct reader *r, const char *en, const char *zh) { return text_of(r->zh ? zh : en); }

/* `wanted`, as the file at `from` names it, from the scheme's folder: at most one `..`, in front. Empty: reported. */
static struct text path_from(struct reader *r, struct text from, const struct ast *use)
{
    enum { PARTS = 256 };
    struct text wanted = use->text2, parts[PARTS], sources[2] = {folder_of(from), wanted};
    size_t count = 0, ups = 0;
    const char *en = !wanted.len                           ? "no file is named"
                     : wanted.at[0] == '/'                 ? "it begins with /"
                     : memchr(wanted.at, '\\', wanted.len) ? "there is a \\ in it"
                     : wanted.at[wanted.len - 1] == '/'    ? "it ends with /"
                                                           : NULL;
    const char *zh = !wanted.len                           ? "没有写文件名"
                     : wanted.at[0] == '/'                 ? "以/开头"
                     : memchr(wanted.at, '\\', wanted.len) ? "含有\\"
                     : wanted.at[wanted.len - 1] == '/'    ? "以/结尾"
                                                           : NULL;
    for (size_t s = 0; s < 2 && !en; s++) {
        for (size_t at = 0; at < sources[s].len && !en;) {
            const char *slash = memchr(sources[s].at + at, '/', sources[s].len - at);
            struct text part = {sources[s].at + at, slash ? (size_t)(slash - sources[s].at) - at : sources[s].len - at};
            at += part.len + (slash != NULL);
            if (!part.len || count == PARTS) {
                en = part.len ? "it is too long" : "two / stand side by side";
                zh = part.len ? "太长" : "两个/连写";
            } else if (text_is(part, "..")) {
                if (count) {
                    count--;
                } else {
                    ups++;
                }
            } else if (!text_is(part, ".")) {
                parts[count++] = part;
            }
        }
    }
    if (en) {
        FIND(r->findings, D_USE_PATH, use->at, wanted, in_tongue(r, en, zh));
        return TEXT_NONE;
    }
    if (ups > 1) {
        FIND(r->findings, D_USE_OUTSIDE, use->at, wanted);
        return TEXT_NONE;
    }
    struct buffer out;
    buffer_init(&out, r->arena);
    if (ups) buffer_put(&out, "../");
    for (size_t k = 0; k < count; k++) {
        if (k) buffer_char(&out, '/');
        buffer_text(&out, parts[k]);
    }
    return buffer_result(&out);
}

/* ---- reading ---- */

static void add_file(struct reader *r, struct text name, const struct ast_file *read, struct file_identity identity,
                     struct text path)
{
    struct text text = read->source;
    struct source_file file = {name, text, r->count ? (uint32_t)r->source.len : 0};
    struct used used = {.tongue = read->tongue};
    size_t count = r->count, again = r->count, more = r->count;
    ARENA_PUSH(r->arena, r->files, r->count, r->capacity, file);
    ARENA_PUSH(r->arena, r->identities, count, r->identity_capacity, identity);
    ARENA_PUSH(r->arena, r->paths, again, r->path_capacity, path);
    ARENA_PUSH(r->arena, r->used, more, r->used_capacity, used);
    buffer_text(&r->source, text);
    buffer_char(&r->source, '\n'); /* a place of its own for the end of each text */
}

/* A line of a file, as messages name it. */
static struct text line_word(struct reader *r, const struct ast *at)
{
    size_t line, column;
    source_files_line((struct source_files){r->files, r->count}, at->at.from, &line, &column);
    return arena_print(r->arena, r->zh ? "第%zu行" : "line %zu", line);
}

static void report_circle(struct reader *r, const struct ast *use, size_t file)
{
    struct buffer words;
    buffer_init(&words, r->arena);
    size_t k = 0;
    while (r->chain[k] != file) k++;
    for (; k < r->depth; k++) {
        buffer_text(&words, r->paths[r->chain[k]]);
        buffer_put(&words, " → ");
    }
    buffer_text(&words, r->paths[file]);
    FIND(r->findings, D_USE_CIRCLE, use->at, buffer_result(&words));
}

static const struct {
    enum ast_kind kind;
    const char *en, *zh;
} OF_SCHEMES[] = {
    {AST_SCHEME, "the scheme's own line", "方案行"},
    {AST_PART, "a section, item or bonus", "部分、项目、加分"},
    {AST_EVERY_ITEM, "every item", "“各项目”"},
    {AST_SAMPLE, "a sample", "样本"},
    {AST_EXAMPLE, "an example", "例"},
};

static const char *const *word_of_schemes(const struct ast *decl)
{
    for (size_t k = 0; k < sizeof OF_SCHEMES / sizeof *OF_SCHEMES; k++)
        if (OF_SCHEMES[k].kind == decl->kind) return &OF_SCHEMES[k].en;
    return NULL;
}

bool use_is_shared(const struct ast_file *file)
{
    const struct ast *decl = file->root->list;
    bool any = decl != NULL;
    for (; decl && any; decl = decl->next)
        any = decl->kind != AST_UNIT && decl->kind != AST_GRADES && !word_of_schemes(decl);
    return any;
}

static struct ast **read_uses(struct reader *r, const struct ast *list, size_t file, struct ast **tail);

static void note_use(struct reader *r, size_t user, size_t file)
{
    struct used *of = &r->used[user];
    ARENA_PUSH(r->arena, of->names, of->name_count, of->name_capacity, file);
}

/* Appends the declarations of a used file as they are written; returns the new end. */
static struct ast **read_one(struct reader *r, const struct ast *use, size_t user, struct ast **tail)
{
    struct text bytes;
    struct file_identity identity = {0, 0};
    if (!r->paths[0].len) { /* a host's text without a name: nothing is read from where the host happens to run */
        FIND(r->findings, D_USE_NOWHERE, use->at, use->text2);
        return tail;
    }
    struct text path = path_from(r, r->paths[user], use);
    if (!path.len) return tail;
    struct text name = arena_print(r->arena, "%.*s%.*s", TEXT_ARG(r->folder), TEXT_ARG(path));
    int error = file_read_whole(name, true, r->arena, &bytes, &identity);
    if (error) {
        struct findings said;
        struct buffer why;
        findings_init(&said, r->arena, 1);
        buffer_init(&why, r->arena);
        file_error(&said, FILE_READING, path, error);
        finding_sentence(&why, &said.items[0], r->zh ? TONGUE_ZH : TONGUE_EN);
        FIND(r->findings, D_USE_MISSING, use->at, use->text2, buffer_result(&why));
        return tail;
    }
    for (size_t k = 0; k < r->count; k++) {
        if (r->identities[k].device != identity.device || r->identities[k].number != identity.number) continue;
        bool within = false;
        for (size_t c = 0; c < r->depth; c++) within |= r->chain[c] == k;
        if (within) report_circle(r, use, k);
        note_use(r, user, k);
        return tail; /* else it has been brought in by another file */
    }
    struct text limit = arena_print(r->arena, "%d", LIMIT_USE_DEPTH);
    if (r->depth > LIMIT_USE_DEPTH) {
        FIND(r->findings, D_USE_DEEP, use->at, use->text2, limit);
        return tail;
    }
    if (r->count > LIMIT_USE_FILES) {
        FIND(r->findings, D_USE_MANY, use->at, arena_print(r->arena, "%d", LIMIT_USE_FILES));
        return tail;
    }
    if (bytes.len > LIMIT_SCHEME_BYTES - (r->source.len < LIMIT_SCHEME_BYTES ? r->source.len : LIMIT_SCHEME_BYTES)) {
        FIND(r->findings, D_USE_LONG, use->at, use->text2, arena_print(r->arena, "%d", LIMIT_SCHEME_BYTES));
        return tail;
    }
    size_t before = r->findings->count, errors = r->findings->errors, mine = r->count;
    struct ast_file *file = ast_parse(r->arena, name, bytes, r->findings);
    uint32_t from = (uint32_t)r->source.len;
    add_file(r, name, file, identity, path);
    note_use(r, user, mine);
    for (size_t k = before; k < r->findings->count; k++) {
        struct finding *f = &r->findings->items[k];
        f->where.from += from;
        f->where.to += f->where.to ? from : from + 1; /* of the file as a whole: its beginning */
        if (f->other.to) f->other = (struct span){f->other.from + from, f->other.to + from};
    }
    if (r->findings->errors > errors) return tail;
    ast_move(file->root->list, from);
    r->chain[r->depth++] = mine;
    tail = read_uses(r, file->root->list, mine, tail);
    r->depth--;
    return tail;
}

/* Appends copies of the declarations of a file, with those of the files it uses where it names them. */
static struct ast **read_uses(struct reader *r, const struct ast *list, size_t file, struct ast **tail)
{
    for (const struct ast *decl = list; decl; decl = decl->next) {
        const char *const *of_scheme = file ? word_of_schemes(decl) : NULL;
        if (decl->kind == AST_USE) {
            const struct ast *first = NULL;
            for (const struct ast *d = list; d != decl && !first; d = d->next)
                if (d->kind == AST_USE && text_equal(d->text2, decl->text2)) first = d;
            if (decl->when) {
                FIND(r->findings, D_USE_WHEN, decl->when->span);
            } else if (first) {
                struct finding *f = FIND(r->findings, D_USE_TWICE, decl->at, decl->text2, line_word(r, first));
                if (f) f->other = first->at;
            } else {
                tail = read_one(r, decl, file, tail);
            }
        } else if (of_scheme) {
            FIND(r->findings, D_USE_NOT_SHARED, decl->at, in_tongue(r, of_scheme[0], of_scheme[1]));
        } else {
            struct ast *copy = ARENA_NEW(r->arena, struct ast);
            *copy = *decl;
            copy->next = NULL;
            *tail = copy;
            tail = &copy->next;
            struct used *own = &r->used[file];
            ARENA_PUSH(r->arena, own->own, own->own_count, own->own_capacity, copy);
        }
    }
    return tail;
}

/* ---- one tongue ---- */

/* Links a file's own declarations to a chain of their own. */
static struct ast **chain_of(const struct used *file, struct ast **tail)
{
    for (size_t k = 0; k < file->own_count; k++) {
        *tail = file->own[k];
        tail = &file->own[k]->next;
    }
    *tail = NULL;
    return tail;
}

/* Brings a file, and before it all that it uses, to the scheme's tongue. So each is exchanged once, by itself, as `fmt`
 * prints it, and what it uses is there already, whoever named it first. reached: files that are done. */
static void to_one_tongue(struct reader *r, size_t file, bool *reached)
{
    struct used *own = &r->used[file];
    if (reached[file]) return;
    reached[file] = true;
    for (size_t k = 0; k < own->name_count; k++) to_one_tongue(r, own->names[k], reached);
    if (own->tongue == r->used[0].tongue) return;
    bool *seen = ARENA_ARRAY(r->arena, bool, r->count);
    size_t *open = ARENA_ARRAY(r->arena, size_t, r->count), count = 0;
    struct ast *list = NULL, *theirs = NULL, **tail = &theirs;
    seen[file] = true;
    open[count++] = file;
    for (size_t at = 0; at < count; at++) {
        const struct used *of = &r->used[open[at]];
        if (at) tail = chain_of(of, tail);
        for (size_t k = 0; k < of->name_count; k++) {
            if (!seen[of->names[k]]) open[count++] = of->names[k];
            seen[of->names[k]] = true;
        }
    }
    chain_of(own, &list);
    ast_exchange(r->arena, list, theirs, own->tongue, r->used[0].tongue);
}

/* All that was read, in the order in which it is named. */
static void all_to_one_tongue(struct reader *r, struct ast *all)
{
    size_t count = 0;
    for (const struct ast *decl = all; decl; decl = decl->next) count++;
    struct ast **order = ARENA_ARRAY(r->arena, struct ast *, count);
    for (size_t k = 0; k < count; k++, all = all->next) order[k] = all;
    to_one_tongue(r, 0, ARENA_ARRAY(r->arena, bool, r->count));
    for (size_t k = 0; k < count; k++) order[k]->next = k + 1 < count ? order[k + 1] : NULL;
}

struct ast_file *use_files(struct arena *arena, struct ast_file *own, struct text path, enum tongue messages,
                           struct findings *findings)
{
    bool any = false;
    for (const struct ast *decl = own->root->list; decl; decl = decl->next) any |= decl->kind == AST_USE;
    if (!any) return own;
    struct reader r = {.arena = arena, .findings = findings, .folder = folder_of(path), .zh = messages == TONGUE_ZH};
    buffer_init(&r.source, arena);
    struct stat info;
    const char *name = arena_text(arena, path).at;
    struct file_identity identity = {0, 0};
    if (name && stat(name, &info) == 0 && S_ISREG(info.st_mode))
        identity = (struct file_identity){(uint64_t)info.st_dev, (uint64_t)info.st_ino};
    add_file(&r, own->name, own, identity, base_of(path));
    r.depth = 1; /* chain[0] is the scheme */
    struct ast_file *whole = ARENA_NEW(arena, struct ast_file);
    struct ast *used = NULL, *all = NULL, **end = &used;
    size_t errors = findings->errors;
    read_uses(&r, own->root->list, 0, &all);
    if (findings->errors == errors) all_to_one_tongue(&r, all);
    for (const struct ast *decl = all; decl; decl = decl->next) {
        if (decl->span.from <= own->source.len) continue;
        *end = ARENA_NEW(arena, struct ast);
        **end = *decl;
        (*end)->next = NULL;
        end = &(*end)->next;
    }
    struct ast *root = ARENA_NEW(arena, struct ast), *theirs = ARENA_NEW(arena, struct ast);
    *root = *theirs = *own->root;
    root->list = all;
    theirs->list = used;
    own->used = theirs;
    *whole = *own;
    whole->used = NULL;
    whole->root = root;
    whole->source = buffer_result(&r.source);
    for (size_t k = 0; k < r.count; k++) r.files[k].text.at = whole->source.at + r.files[k].from;
    whole->files = (struct source_files){r.files, r.count};
    return whole;
}
