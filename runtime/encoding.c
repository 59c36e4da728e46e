/* Encodings of text files: see encoding.h. */
#include "encoding.h"

#include "file_error.h"
#include "limits.h"
#include "utf8.h"

#include <errno.h>
#include <fcntl.h>
#include <iconv.h>
#include <stdlib.h>
#include <strings.h>
#include <sys/mman.h>
#include <unistd.h>

/* ---- which one it is ---- */

static const struct {
    const char *name;
    enum encoding encoding;
} NAMES[] = {
    {"UTF-8", ENCODING_UTF8},       {"GB18030", ENCODING_GB18030}, {"UTF-16LE", ENCODING_UTF16LE},
    {"UTF-16BE", ENCODING_UTF16BE}, {"UTF8", ENCODING_UTF8},       {"GBK", ENCODING_GB18030},
    {"GB2312", ENCODING_GB18030},   {"CP936", ENCODING_GB18030},   {"UTF-16", ENCODING_UTF16LE},
    {"UTF16", ENCODING_UTF16LE},
};

bool encoding_find(struct text name, enum encoding *out)
{
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
        if (name.len != strlen(NAMES[i].name) || strncasecmp(name.at, NAMES[i].name, name.len) != 0) continue;
        *out = NAMES[i].encoding;
        return true;
    }
    return false;
}

struct text encoding_name(enum encoding encoding) { return text_of(NAMES[encoding].name); }

static bool begins(struct text bytes, const char *mark, size_t len)
{
    return bytes.len >= len && memcmp(bytes.at, mark, len) == 0;
}

bool encoding_mark(struct text bytes, enum encoding *out)
{
    if (begins(bytes, "\xEF\xBB\xBF", 3))
        *out = ENCODING_UTF8;
    else if (begins(bytes, "\xFF\xFE", 2))
        *out = ENCODING_UTF16LE;
    else if (begins(bytes, "\xFE\xFF", 2))
        *out = ENCODING_UTF16BE;
    else if (begins(bytes, "\x84\x31\x95\x33", 4))
        *out = ENCODING_GB18030;
    else
        return false;
    return true;
}

/* Characters beyond ASCII, and bytes that are none. What the end may have cut in two counts as neither. */
struct tally {
    size_t good, bad;
    size_t common; /* GB18030: among the characters that everyday Chinese text is made of */
};

static struct tally count_utf8(struct text text)
{
    struct tally tally = {0};
    for (size_t at = 0, bytes; at < text.len; at += bytes) {
        uint32_t c = utf8_at(text, at, &bytes);
        if (c < 0x80) continue;
        if (c != 0xFFFD || bytes == 3)
            tally.good++;
        else if (text.len - at >= 4)
            tally.bad++;
    }
    return tally;
}

static struct tally count_gb18030(struct text text)
{
    struct tally tally = {0};
    const unsigned char *p = (const unsigned char *)text.at, *end = p + text.len;
    while (p < end) {
        if (*p < 0x80) {
            p++;
            continue;
        }
        if (end - p < 2) break;
        bool lead = *p >= 0x81 && *p <= 0xFE, digit = p[1] >= 0x30 && p[1] <= 0x39;
        if (lead && digit && end - p < 4) break;
        if (lead && digit && p[2] >= 0x81 && p[2] <= 0xFE && p[3] >= 0x30 && p[3] <= 0x39) {
            tally.good++;
            p += 4;
        } else if (lead && p[1] >= 0x40 && p[1] != 0x7F && p[1] != 0xFF) {
            tally.good++;
            tally.common += *p >= 0xA1 && *p <= 0xF7 && p[1] >= 0xA1;
            p += 2;
        } else {
            tally.bad++;
            p++;
        }
    }
    return tally;
}

/* UTF-16 whose mark is missing. Zeros do not occur in other text; here they are one half of every comma, digit and line end,
 * always the same one (the other half only of a few characters, such as U+4E00). A damaged file has few of them, or as many
 * in both. */
static bool is_bare_utf16(struct text bytes, enum encoding *out)
{
    enum { LOOK = 64 * 1024, FEWEST = 4, OFTEN = 16, RARELY = 4 };
    size_t len = (bytes.len < LOOK ? bytes.len : LOOK) / 2 * 2, zeros[2] = {0}, ends[2] = {0};
    if (!len || bytes.len % 2 || !memchr(bytes.at, 0, len)) return false;
    for (size_t at = 0; at < len; at += 2) {
        char first = bytes.at[at], second = bytes.at[at + 1];
        zeros[0] += !first;
        zeros[1] += !second;
        ends[0] += !first && second == '\n';
        ends[1] += !second && first == '\n';
    }
    for (int half = 0; half < 2; half++) {
        if (!ends[half] || zeros[half] < FEWEST || zeros[half] * OFTEN < len / 2 || zeros[1 - half] * RARELY > zeros[half])
            continue;
        *out = half ? ENCODING_UTF16LE : ENCODING_UTF16BE;
        return true;
    }
    return false;
}

enum encoding encoding_guess(struct text bytes)
{
    enum { FEW = 8, LOOK = 1024 * 1024, SEEK = 16 * LOOK }; /* one fault in so many may be damage; how much is looked at */
    enum encoding marked;
    if (encoding_mark(bytes, &marked) || is_bare_utf16(bytes, &marked)) return marked;
    size_t most = bytes.len < SEEK ? bytes.len : SEEK, first = utf8_ascii((struct text){bytes.at, most});
    struct text look = {bytes.at + first, bytes.len - first < LOOK ? bytes.len - first : LOOK};
    if (first == most || utf8_valid(look) == look.len) return ENCODING_UTF8;
    struct tally utf8 = count_utf8(look), gb = count_gb18030(look);
    if (utf8.bad == 0 || utf8.good >= FEW * utf8.bad) return ENCODING_UTF8;
    if (gb.good && gb.bad * FEW <= gb.good && gb.common * 2 >= gb.good) return ENCODING_GB18030;
    return ENCODING_UTF8;
}

/* ---- conversion ---- */

struct conversion {
    iconv_t converter;
    bool open;
    int file;
    void *at; /* mapped */
    size_t len;
};

static void release(void *what)
{
    struct conversion *conversion = what;
    if (conversion->open) iconv_close(conversion->converter);
    if (conversion->file >= 0) close(conversion->file);
    if (conversion->at) munmap(conversion->at, conversion->len);
}

/* A file without a name, of this size; 0 or an errno. */
static int temporary_file(struct arena *arena, size_t size, int *file)
{
    const char *folders[] = {getenv("TMPDIR"), "/var/tmp", "/tmp"};
    int error = ENOENT;
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        if (!folders[i] || !*folders[i]) continue;
        *file = open(folders[i], O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
        if (*file < 0) { /* not every file system can do that */
            char *name = (char *)arena_print(arena, "%s/kaohe-XXXXXX", folders[i]).at;
            *file = mkostemp(name, O_CLOEXEC);
            if (*file >= 0) unlink(name);
        }
        error = *file < 0 ? errno : posix_fallocate(*file, 0, (off_t)size); /* a full disk is met here, not as a signal */
        if (!error) return 0;
        if (*file >= 0) close(*file);
        *file = -1;
    }
    return error;
}

/* Room for the text in UTF-8: in the arena, or in a file that is mapped. */
static char *make_room(struct arena *arena, struct conversion *conversion, size_t size, int *error)
{
    if (size <= LIMIT_CONVERT_BYTES) return arena_take(arena, size, 1);
    *error = temporary_file(arena, size, &conversion->file);
    if (*error) return NULL;
    void *at = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, conversion->file, 0);
    if (at == MAP_FAILED) {
        *error = errno;
        return NULL;
    }
    conversion->at = at;
    conversion->len = size;
    return at;
}

bool encoding_convert(struct arena *arena, struct text bytes, enum encoding from, struct text file,
                      struct findings *problems, struct text *out)
{
    *out = bytes;
    if (from == ENCODING_UTF8 || !bytes.len) return true;
    struct conversion *conversion = ARENA_NEW(arena, struct conversion);
    conversion->file = -1;
    arena_defer(arena, release, conversion);
    conversion->converter = iconv_open("UTF-8", NAMES[from].name);
    conversion->open = conversion->converter != (iconv_t)-1;
    int error = conversion->open ? 0 : errno;
    /* No character of these encodings takes more than one and a half times its bytes in UTF-8. */
    size_t size = bytes.len + bytes.len / 2 + 16;
    char *room = error ? NULL : make_room(arena, conversion, size, &error);
    if (!room) {
        if (error == ENOMEM) arena_fail(arena);
        struct finding *finding = FIND(problems, D_DATA_CONVERT, SPAN_NONE, encoding_name(from), text_of(strerror(error)));
        if (finding) finding->data.file = arena_text(arena, file);
        return false;
    }
    size_t unit = from == ENCODING_GB18030 ? 1 : 2;
    char *in = (char *)bytes.at, *next = room;
    size_t left = bytes.len, free = size;
    while (left && iconv(conversion->converter, &in, &left, &next, &free) == (size_t)-1) {
        size_t skip = left < unit ? left : unit;
        if (!free) break; /* cannot be; and must not loop */
        *next++ = '\xFF'; /* no character, or half of one at the end */
        free--;
        in += skip;
        left -= skip;
    }
    *out = (struct text){room, size - free};
    return true;
}
