/* Whether a workbook came out whole: see zip_check.h.
 *
 * Decision: its parts are made in temporary files whose writing libxlsxwriter does not look at; a part that lost its end still
 * has a right checksum, so what counts is that the XML is closed.
 */
#include "zip_check.h"

#include "../runtime/libzip.h"

#include <stdio.h>
#include <string.h>

enum { STEP = 64 * 1024, NAME = 64, TAIL = NAME + 4 };

/* The name of the outermost element, from the beginning of a document. */
static size_t root_name(const char *bytes, size_t len, char name[NAME])
{
    const char *at = bytes, *end = bytes + len;
    while ((at = memchr(at, '<', (size_t)(end - at))) && at + 1 < end && (at[1] == '?' || at[1] == '!')) at++;
    size_t count = 0;
    if (!at) return 0;
    for (at++; at < end && count < NAME - 1 && !strchr(" \t\r\n/>", *at); at++) name[count++] = *at;
    name[count] = '\0';
    return count;
}

/* Entries that are no XML (pictures, should there ever be any) are only unpacked. */
static bool entry_is_whole(zip_t *zip, zip_uint64_t index)
{
    static char bytes[TAIL + STEP]; /* the end of what came before stands in front */
    char name[NAME] = "", wanted[TAIL] = "";
    zip_file_t *entry = libzip.zip_fopen_index(zip, index, 0);
    if (!entry) return false;
    zip_int64_t got;
    size_t kept = 0;
    bool xml = false, begun = false;
    while ((got = libzip.zip_fread(entry, bytes + kept, STEP)) > 0) {
        size_t len = kept + (size_t)got;
        if (!begun) xml = bytes[0] == '<' && root_name(bytes, len, name);
        begun = true;
        kept = len < TAIL ? len : TAIL;
        memmove(bytes, bytes + len - kept, kept);
    }
    bool closed = libzip.zip_fclose(entry) == 0;
    while (kept && strchr("\r\n", bytes[kept - 1])) kept--;
    snprintf(wanted, sizeof wanted, "</%s>", name);
    size_t len = strlen(wanted);
    bool ended = (kept >= len && memcmp(bytes + kept - len, wanted, len) == 0) ||
                 (kept >= 2 && memcmp(bytes + kept - 2, "/>", 2) == 0 && kept < TAIL); /* a document of one empty element */
    return got == 0 && closed && begun && (!xml || ended);
}

bool zip_is_whole(const char *path)
{
    zip_t *zip = path && !libzip_load() ? libzip.zip_open(path, ZIP_RDONLY | ZIP_CHECKCONS, NULL) : NULL;
    if (!zip) return false;
    zip_int64_t entries = libzip.zip_get_num_entries(zip, 0);
    bool whole = entries > 0;
    for (zip_int64_t k = 0; k < entries && whole; k++) whole = entry_is_whole(zip, (zip_uint64_t)k);
    libzip.zip_discard(zip);
    return whole;
}

const char *zip_check_load(void) { return libzip_load(); }
