/* What a sheet may be called: see sheet_name.h. */
#include "sheet_name.h"

#include "utf8.h"

#include <stdio.h>
#include <strings.h>

enum { MOST = 31, ROOM_OF_NUMBER = 16 };

static struct text shorten(struct text name, int most, char *room)
{
    size_t len = 0;
    int units = 0;
    name = utf8_trim(name);
    for (size_t at = 0, bytes; at < name.len; at += bytes) {
        uint32_t c = utf8_at(name, at, &bytes);
        units += c > 0xFFFF ? 2 : 1;
        if (units > most) break;
        bool bad = c < ' ' || (c < 0x80 && strchr("[]:*?/\\", (int)c));
        memcpy(room + len, bad ? "_" : name.at + at, bad ? 1 : bytes);
        len += bad ? 1 : bytes;
    }
    struct text text = utf8_trim((struct text){room, len});
    char *first = room + (text.at - room);
    if (text.len && first[0] == '\'') first[0] = '_';
    if (text.len && first[text.len - 1] == '\'') first[text.len - 1] = '_';
    return text;
}

struct text source_sheet_name(struct text name, char *room) { return shorten(name, MOST, room); }

/* Sheets whose names differ in case alone cannot stand in one workbook. */
static bool same(struct text a, struct text b) { return a.len == b.len && strncasecmp(a.at, b.at, a.len) == 0; }

struct text sheet_name_among(const struct text *names, size_t count, size_t index, char *room, bool *shared)
{
    struct text own = shorten(names[index], MOST, room);
    unsigned before = 0, others = 0;
    for (size_t k = 0; k < count; k++) {
        char other[SHEET_NAME_ROOM];
        if (k == index || !same(own, shorten(names[k], MOST, other))) continue;
        others++;
        before += k < index;
    }
    *shared = others != 0;
    if (!others) return own;
    char number[ROOM_OF_NUMBER];
    int bytes = snprintf(number, sizeof number, " (%u)", before + 1);
    own = shorten(names[index], MOST - bytes, room);
    memmove(room, own.at, own.len);
    memcpy(room + own.len, number, (size_t)bytes);
    return (struct text){room, own.len + (size_t)bytes};
}
