/* kaohe.h, files written bit by bit: whole or not at all. */
#include "kaohe_internal.h"

#include "../runtime/atomic_file.h"

struct kh_file {
    struct arena *arena;
    struct findings problems;
    enum tongue tongue;
    struct atomic_file *file; /* NULL: it could not be opened */
    struct text message;
};

static kh_status failed(kh_file *f)
{
    f->message = findings_report(f->arena, &f->problems, f->tongue, (struct source_files){NULL, 0}, 1);
    return KH_ENVIRONMENT;
}

kh_status kh_file_open(const kh_options *options, const char *path, kh_file **out)
{
    *out = NULL;
    struct kh_allocator allocator = ARENA_PLAIN;
    if (options && options->memory && options->memory->resize)
        allocator = (struct kh_allocator){options->memory->resize, options->memory->host};
    struct arena *arena = arena_open(&allocator, 0);
    if (!arena) return KH_ENVIRONMENT;
    if (setjmp(*arena_trap(arena))) {
        arena_close(arena);
        return KH_ENVIRONMENT;
    }
    kh_file *f = ARENA_NEW(arena, kh_file);
    f->arena = arena;
    f->tongue = options && options->tongue == KH_CHINESE ? TONGUE_ZH : TONGUE_EN;
    findings_init(&f->problems, arena, 0);
    f->file = atomic_file_open(&f->problems, text_of(path));
    kh_status status = f->file ? KH_OK : failed(f);
    *out = f;
    return status;
}

kh_status kh_file_put(kh_file *f, kh_text bytes)
{
    return f->file && atomic_file_append(f->file, text_from(bytes)) ? KH_OK : KH_ENVIRONMENT;
}

kh_status kh_file_commit(kh_file *f)
{
    if (!f->file) return KH_ENVIRONMENT;
    if (setjmp(*arena_trap(f->arena))) return KH_ENVIRONMENT;
    struct atomic_file *file = f->file;
    f->file = NULL;
    return atomic_file_commit(file, &f->problems) ? KH_OK : failed(f);
}

const char *kh_file_beside(const kh_file *f) { return f->file ? atomic_file_beside(f->file) : NULL; }

kh_text kh_file_message(const kh_file *f) { return kh_of(f->message); }

void kh_file_close(kh_file *f)
{
    if (f) arena_close(f->arena);
}
