/* A workbook's package: see package.h. */
#include "package.h"

#include "libzip.h"
#include "limits.h"

#include <expat.h>

enum { CHUNK = 64 * 1024, WORTH_COUNTING = 4 * 1024 * 1024 };

struct package {
    struct arena *arena;
    struct findings *problems;
    struct text file;
    zip_t *zip;
};

struct part {
    struct package *package;
    struct text name;
    const struct part_reader *calls;
    void *reader;
    zip_file_t *file;
    XML_Parser parser;
    uint64_t packed, unpacked, claimed;
    uint32_t depth;
    bool paused, ended, failed;
};

/* ---- findings ---- */

static void complain(struct package *package, enum diag_code code, struct text part, struct text why)
{
    struct finding *finding = FIND(package->problems, code, SPAN_NONE, part, why);
    if (finding) finding->data.file = package->file;
}

static void fail(struct part *part, enum diag_code code, struct text why)
{
    if (!part->failed) complain(part->package, code, part->name, why);
    part->failed = part->ended = true;
}

static struct text limit_text(struct arena *arena, long limit) { return arena_print(arena, "%ld", limit); }

/* ---- the archive ---- */

static void close_package(void *what)
{
    struct package *package = what;
    if (package->zip) libzip.zip_discard(package->zip);
}

/* Two entries of one name: different programs would read different ones. */
static bool has_twins(struct package *package, zip_int64_t entries)
{
    for (zip_int64_t i = 0; i < entries; i++) {
        const char *name = libzip.zip_get_name(package->zip, (zip_uint64_t)i, 0);
        if (name && libzip.zip_name_locate(package->zip, name, 0) != i) return true;
    }
    return false;
}

struct package *package_open(struct arena *arena, struct text bytes, struct text file, struct findings *problems)
{
    struct package *package = ARENA_NEW(arena, struct package);
    *package = (struct package){.arena = arena, .problems = problems, .file = file};
    const char *missing = libzip_load();
    if (missing) {
        complain(package, D_LIBRARY_MISSING, TEXT_NONE, text_of(missing));
        return NULL;
    }
    arena_defer(arena, close_package, package);
    if (bytes.len >= 4 && memcmp(bytes.at, "\xD0\xCF\x11\xE0", 4) == 0) {
        complain(package, D_BOOK_OLD, TEXT_NONE, TEXT_NONE);
        return NULL;
    }
    if (bytes.len > LIMIT_BOOK_BYTES) {
        complain(package, D_BOOK_LARGE, TEXT_NONE, limit_text(arena, LIMIT_BOOK_BYTES));
        return NULL;
    }
    zip_error_t error;
    libzip.zip_error_init(&error);
    zip_source_t *source = libzip.zip_source_buffer_create(bytes.len ? bytes.at : "", bytes.len, 0, &error);
    if (source) package->zip = libzip.zip_open_from_source(source, ZIP_RDONLY, &error);
    if (source && !package->zip) libzip.zip_source_free(source);
    if (!package->zip) {
        bool memory = libzip.zip_error_code_zip(&error) == ZIP_ER_MEMORY;
        if (!memory) complain(package, D_BOOK_NO_ZIP, TEXT_NONE, text_of(libzip.zip_error_strerror(&error)));
        libzip.zip_error_fini(&error);
        if (memory) arena_fail(arena);
        return NULL;
    }
    libzip.zip_error_fini(&error);
    zip_int64_t entries = libzip.zip_get_num_entries(package->zip, 0);
    if (entries > LIMIT_BOOK_PARTS) {
        complain(package, D_BOOK_PARTS, TEXT_NONE, limit_text(arena, LIMIT_BOOK_PARTS));
        return NULL;
    }
    if (has_twins(package, entries)) {
        complain(package, D_BOOK_NO_ZIP, TEXT_NONE, TEXT("two parts of one name"));
        return NULL;
    }
    return package;
}

/* Its number in the archive, or -1. Names of parts are equal but for case, and some programs write the other slash. */
static zip_int64_t find_part(const struct package *package, struct text name)
{
    char *copy = (char *)arena_text(package->arena, name).at;
    zip_int64_t at = libzip.zip_name_locate(package->zip, copy, 0);
    if (at < 0) at = libzip.zip_name_locate(package->zip, copy, ZIP_FL_NOCASE);
    if (at >= 0) return at;
    for (char *p = copy; *p; p++) {
        if (*p == '/') *p = '\\';
    }
    return libzip.zip_name_locate(package->zip, copy, ZIP_FL_NOCASE);
}

bool package_has(struct package *package, struct text part) { return find_part(package, part) >= 0; }

uint64_t package_size(struct package *package, struct text part)
{
    zip_stat_t status;
    zip_int64_t at = find_part(package, part);
    if (at < 0 || libzip.zip_stat_index(package->zip, (zip_uint64_t)at, 0, &status) != 0) return 0;
    return status.valid & ZIP_STAT_SIZE ? status.size : 0;
}

/* ---- events ---- */

static const char *local_name(const char *name)
{
    const char *colon = strrchr(name, ':');
    return colon ? colon + 1 : name;
}

static void XMLCALL on_start(void *user, const XML_Char *name, const XML_Char **attributes)
{
    struct part *part = user;
    if (part->failed) return;
    if (++part->depth > LIMIT_XML_DEPTH) {
        fail(part, D_BOOK_DEPTH, limit_text(part->package->arena, LIMIT_XML_DEPTH));
        XML_StopParser(part->parser, XML_FALSE);
        return;
    }
    if (part->calls->start) part->calls->start(part->reader, local_name(name), attributes);
}

static void XMLCALL on_end(void *user, const XML_Char *name)
{
    struct part *part = user;
    if (part->failed) return;
    part->depth--;
    if (part->calls->end) part->calls->end(part->reader, local_name(name));
}

static void XMLCALL on_text(void *user, const XML_Char *text, int len)
{
    struct part *part = user;
    if (!part->failed && part->calls->text) part->calls->text(part->reader, (struct text){text, (size_t)len});
}

static void XMLCALL on_doctype(void *user, const XML_Char *name, const XML_Char *system, const XML_Char *public,
                               int internal)
{
    (void)name, (void)system, (void)public, (void)internal;
    struct part *part = user;
    fail(part, D_BOOK_DOCTYPE, TEXT_NONE);
    XML_StopParser(part->parser, XML_FALSE);
}

/* ---- a part ---- */

static void close_part(void *what)
{
    struct part *part = what;
    if (part->file) libzip.zip_fclose(part->file);
    if (part->parser) XML_ParserFree(part->parser);
    part->file = NULL;
    part->parser = NULL;
}

void part_close(struct part *part) { close_part(part); }

struct part *part_open(struct package *package, struct text name, const struct part_reader *calls, void *reader)
{
    struct arena *arena = package->arena;
    struct part *part = ARENA_NEW(arena, struct part);
    arena_defer(arena, close_part, part);
    *part = (struct part){.package = package, .name = arena_text(arena, name), .calls = calls, .reader = reader};
    zip_stat_t status;
    zip_int64_t index = find_part(package, name);
    if (index < 0) {
        fail(part, D_BOOK_NO_PART, TEXT_NONE);
        return NULL;
    }
    if (libzip.zip_stat_index(package->zip, (zip_uint64_t)index, 0, &status) == 0) {
        part->packed = status.valid & ZIP_STAT_COMP_SIZE ? status.comp_size : 0;
        part->claimed = status.valid & ZIP_STAT_SIZE ? status.size : 0;
        part->file = libzip.zip_fopen_index(package->zip, (zip_uint64_t)index, 0);
    }
    if (!part->file) {
        zip_error_t *error = libzip.zip_get_error(package->zip);
        if (libzip.zip_error_code_zip(error) == ZIP_ER_MEMORY) arena_fail(arena);
        fail(part, D_BOOK_DAMAGED, text_of(libzip.zip_error_strerror(error)));
        return NULL;
    }
    part->parser = XML_ParserCreate(NULL);
    if (!part->parser) arena_fail(arena);
    XML_SetUserData(part->parser, part);
    XML_SetElementHandler(part->parser, on_start, on_end);
    XML_SetCharacterDataHandler(part->parser, on_text);
    XML_SetStartDoctypeDeclHandler(part->parser, on_doctype);
    return part;
}

void part_pause(struct part *part)
{
    if (part->paused || part->failed) return;
    part->paused = true;
    XML_StopParser(part->parser, XML_TRUE);
}

bool part_failed(const struct part *part) { return part->failed; }

void part_progress(const struct part *part, uint64_t *done, uint64_t *all)
{
    *done = part->unpacked;
    *all = part->claimed > part->unpacked ? part->claimed : part->unpacked;
}

static void after_parsing(struct part *part, enum XML_Status status)
{
    if (status == XML_STATUS_ERROR && !part->failed) {
        enum XML_Error error = XML_GetErrorCode(part->parser);
        if (error == XML_ERROR_NO_MEMORY) arena_fail(part->package->arena);
        struct text why = arena_print(part->package->arena, "%s, %lu:%lu", XML_ErrorString(error),
                                      (unsigned long)XML_GetCurrentLineNumber(part->parser),
                                      (unsigned long)XML_GetCurrentColumnNumber(part->parser));
        fail(part, D_BOOK_DAMAGED, why);
    }
    part->paused = status == XML_STATUS_SUSPENDED;
}

/* The parser keeps a token until it is whole: one without an end must not grow for ever. */
static void check_token(struct part *part)
{
    XML_Index at = XML_GetCurrentByteIndex(part->parser);
    if (at >= 0 && part->unpacked > (uint64_t)at && part->unpacked - (uint64_t)at > LIMIT_XML_TOKEN + CHUNK) {
        fail(part, D_BOOK_TOKEN, limit_text(part->package->arena, LIMIT_XML_TOKEN));
    }
}

static void unpack(struct part *part)
{
    struct arena *arena = part->package->arena;
    void *room = XML_GetBuffer(part->parser, CHUNK);
    if (!room) arena_fail(arena);
    zip_int64_t got = libzip.zip_fread(part->file, room, CHUNK);
    if (got < 0) {
        zip_error_t *error = libzip.zip_file_get_error(part->file);
        if (libzip.zip_error_code_zip(error) == ZIP_ER_MEMORY) arena_fail(arena);
        fail(part, D_BOOK_DAMAGED, text_of(libzip.zip_error_strerror(error)));
        return;
    }
    part->unpacked += (uint64_t)got;
    if (part->unpacked > LIMIT_PART_BYTES) {
        fail(part, D_BOOK_PART_LARGE, limit_text(arena, LIMIT_PART_BYTES));
        return;
    }
    if (part->unpacked > WORTH_COUNTING && part->unpacked / LIMIT_EXPANSION > part->packed) {
        fail(part, D_BOOK_BOMB, limit_text(arena, LIMIT_EXPANSION));
        return;
    }
    part->ended = got == 0;
    after_parsing(part, XML_ParseBuffer(part->parser, (int)got, got == 0));
    if (!part->failed && !part->paused && !part->ended) check_token(part);
}

bool part_read(struct part *part)
{
    if (part->failed || (part->ended && !part->paused)) return false;
    if (part->paused)
        after_parsing(part, XML_ResumeParser(part->parser));
    else
        unpack(part);
    return !part->failed && (!part->ended || part->paused);
}

bool part_read_all(struct package *package, struct text name, const struct part_reader *calls, void *reader)
{
    struct part *part = part_open(package, name, calls, reader);
    if (!part) return false;
    while (part_read(part)) {
    }
    bool fine = !part->failed;
    close_part(part);
    return fine;
}

const char *part_attribute(const char **attributes, const char *name)
{
    for (; *attributes; attributes += 2) {
        if (strcmp(local_name(attributes[0]), name) == 0) return attributes[1];
    }
    return NULL;
}
