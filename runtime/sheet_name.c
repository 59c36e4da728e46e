/* What a sheet may be called: see sheet_name.h. */
#include "sheet_name.h"

#include "utf8.h"

struct text source_sheet_name(struct text name, char *room)
{
    size_t len = 0;
    int units = 0;
    name = utf8_trim(name);
    for (size_t at = 0, bytes; at < name.len; at += bytes) {
        uint32_t c = utf8_at(name, at, &bytes);
        units += c > 0xFFFF ? 2 : 1;
        if (units > 31) break;
        bool bad = c < ' ' || (c < 0x80 && strchr("[]:*?/\\", (int)c));
        memcpy(room + len, bad ? "_" : name.at + at, bad ? 1 : bytes);
        len += bad ? 1 : bytes;
    }
    return utf8_trim((struct text){room, len});
}
