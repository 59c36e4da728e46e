/* A cell to a date.
 *
 * In: a trimmed cell. Out: days since 1970-01-01, or a finding that tells what to type instead.
 * Decision: the spellings of calendar.h are read, and with a note those that offices and databases write beside them and
 * that can mean one day alone: blanks among the digits, 2007.1.31, 2007年1月31号, midnight behind the day. What else can be
 * understood is put into the hint, so that the file is mended once instead of being guessed at each time: a time of day may
 * be that of another place.
 */
#include "load.h"

#include "calendar.h"
#include "utf8.h"

enum { DATE_BYTES = 64 };

struct text date_spell(struct loader *loader, int64_t days)
{
    char room[16];
    return arena_text(loader->arena, date_format(days, room));
}

/* The groups of digits in a cell, if nothing but one mark stands between them: their number, at most 3; 0: it is not so. */
static int digit_groups(struct text cell, int64_t *groups, int *lengths)
{
    int count = 0;
    bool in_digits = false;
    for (size_t at = 0, bytes; at < cell.len; at += bytes) {
        uint32_t c = utf8_at(cell, at, &bytes);
        if (c >= 0xFF10 && c <= 0xFF19) c -= 0xFEE0;
        if (c >= '0' && c <= '9') {
            if (!in_digits && count == 3) return 0;
            if (!in_digits) {
                groups[count] = 0;
                lengths[count++] = 0;
            }
            if (++lengths[count - 1] > 8) return 0;
            groups[count - 1] = groups[count - 1] * 10 + (c - '0');
            in_digits = true;
        } else {
            if (!in_digits && count) return 0;
            in_digits = false;
        }
    }
    return count;
}

/* 2007.1.31, 2007-01-31 00:00:00, 2007年1月31号, full-width digits and blanks among them. */
static bool date_of_spelling(struct text cell, int64_t *days)
{
    char room[DATE_BYTES];
    size_t len = cell.len;
    if (len > sizeof room) return false;
    for (size_t i = 1; i < len; i++) {
        if (cell.at[i] != ' ' && cell.at[i] != 'T') continue;
        size_t zeros = i + 1;
        while (zeros < cell.len && cell.at[zeros] && strchr("0:.", cell.at[zeros])) zeros++;
        if (zeros == cell.len && memchr(cell.at + i, ':', zeros - i)) len = i;
    }
    struct text plain = text_plain((struct text){cell.at, len}, room);
    const char *bracket = memchr(room, '(', plain.len); /* 03-05 (2024-03-05): of a workbook that shows it in part */
    if (bracket && plain.at[plain.len - 1] == ')') {
        struct text seen = {room, (size_t)(bracket - room)}, whole = {bracket + 1, plain.len - seen.len - 2};
        return (!seen.len || memmem(whole.at, whole.len, seen.at, seen.len)) && date_parse(whole, days);
    }
    if (!memchr(room, '-', plain.len) && !memchr(room, '/', plain.len)) {
        for (size_t i = 0; i < plain.len; i++) {
            if (room[i] == '.') room[i] = '-';
        }
    }
    static const struct text DAY = {"日", 3}, NUMBER = {"号", 3};
    if (plain.len > 3 && memcmp(room + plain.len - 3, NUMBER.at, 3) == 0) memcpy(room + plain.len - 3, DAY.at, 3);
    return date_parse(plain, days);
}

/* A spelling that is close: 2007-01-31 08:30, 2007，1，31. */
static bool near_date(struct text cell, int64_t *days)
{
    int64_t groups[3];
    int lengths[3];
    size_t len = cell.len;
    for (size_t i = 0; i < len; i++) { /* a time behind the date */
        if ((cell.at[i] == ' ' || cell.at[i] == 'T') && memchr(cell.at + i, ':', len - i)) len = i;
    }
    cell.len = len;
    if (date_parse(utf8_trim(cell), days)) return true;
    return digit_groups(cell, groups, lengths) == 3 && lengths[0] == 4 && date_make(groups[0], groups[1], groups[2], days);
}

/* 2007-01-31T16:00:00Z, 2007-01-31 00:00:00+08: behind the day a time, behind the time a zone. */
static bool has_zone(struct text cell)
{
    const char *colon = memchr(cell.at, ':', cell.len);
    if (!colon) return false;
    for (const char *at = colon; at < cell.at + cell.len; at++) {
        if (strchr("Zz+-", *at) && *at) return true;
    }
    return false;
}

static void report_date(struct loader *loader, const struct cell_place *place, struct text cell)
{
    int64_t groups[3], days, first;
    int lengths[3];
    if (cell.len <= DATE_BYTES) {
        if (near_date(cell, &days)) {
            if (has_zone(cell)) {
                CELL_FIND(loader, D_CELL_DATE_ZONE, place, cell);
                return;
            }
            CELL_FIND(loader, D_CELL_DATE_SPELLING, place, cell, date_spell(loader, days));
            return;
        }
        int count = digit_groups(cell, groups, lengths);
        if (count == 1 && lengths[0] == 5) {
            bool known = date_make(1899, 12, 30, &days); /* where spreadsheets count from */
            if (known) {
                CELL_FIND(loader, D_CELL_DATE_SERIAL, place, cell, date_spell(loader, days + groups[0]));
                return;
            }
        }
        if (count == 1 && lengths[0] == 8) { /* 20070231 */
            groups[2] = groups[0] % 100;
            groups[1] = groups[0] / 100 % 100;
            groups[0] /= 10000;
            lengths[0] = 4;
            count = 3;
        }
        if (count == 3 && lengths[0] == 4) {
            if (date_make(groups[0], groups[1], 1, &first) && date_add_months(first, 1, &days) && groups[2] > 0) {
                CELL_FIND(loader, D_CELL_NO_SUCH_DAY, place, cell, text_of_number(loader->arena, (uint64_t)groups[0]),
                          text_of_number(loader->arena, (uint64_t)groups[1]),
                          text_of_number(loader->arena, (uint64_t)(days - first)));
            } else {
                CELL_FIND(loader, D_CELL_NO_SUCH_DATE, place, cell);
            }
            return;
        }
        if (count == 3 && lengths[2] == 4) {
            CELL_FIND(loader, D_CELL_DATE_ORDER, place, cell);
            return;
        }
    }
    CELL_FIND(loader, D_CELL_DATE, place, cell);
}

enum cell_state date_read(struct loader *loader, const struct cell_place *place, struct text cell, int64_t *value)
{
    bool wide = has_wide(cell), fine = date_parse(cell, value);
    if (fine && !wide) return CELL_READ;
    if (fine || date_of_spelling(cell, value)) {
        note_cell(loader, wide ? READ_WIDE : READ_SPELLING, place, cell, date_spell(loader, *value));
        return CELL_READ;
    }
    report_date(loader, place, cell);
    return CELL_WRONG;
}
