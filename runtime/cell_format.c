/* Numbers as a workbook keeps them: see cell_format.h. */
#include "cell_format.h"

#include "calendar.h"

#include <stdio.h>

/* ---- formats ---- */

struct cell_format cell_format_builtin(unsigned long id)
{
    struct cell_format format = {LOOK_NUMBER, 0, 0};
    if (id == 9 || id == 10)
        format.look = LOOK_PERCENT;
    else if ((id >= 14 && id <= 17) || id == 22 || (id >= 27 && id <= 31) || id == 36 || (id >= 50 && id <= 54) ||
             id == 57 || id == 58)
        format.look = LOOK_DATE;
    else if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || (id >= 45 && id <= 47) || id == 55 || id == 56)
        format.look = LOOK_TIME;
    if (id == 16 || id == 28 || id == 29 || id == 51 || id == 53 || id == 54 || id == 58) format.hides = DATE_YEAR;
    if (id == 17 || id == 27 || id == 36 || id == 50 || id == 52 || id == 57) format.hides = DATE_DAY;
    return format;
}

/* The code's first section without what is shown as it stands: "quoted", \x, _x, *x and [conditions]; in small letters.
 * Returns its length; *elapsed when hours are counted on beyond a day. */
static size_t plain_code(struct text code, char *room, size_t size, bool *elapsed)
{
    size_t len = 0;
    for (size_t i = 0; i < code.len && code.at[i] != ';' && len < size; i++) {
        char c = code.at[i];
        if (c == '"') {
            for (i++; i < code.len && code.at[i] != '"'; i++) {
            }
        } else if (c == '\\' || c == '_' || c == '*') {
            i++;
        } else if (c == '[') {
            size_t from = i + 1;
            while (i < code.len && code.at[i] != ']') i++;
            char first = from < i ? code.at[from] : 0;
            bool one = true; /* [h], [mm], [s]: one letter again and again */
            for (size_t k = from; k < i; k++) one &= (code.at[k] | 32) == (first | 32);
            if (one && strchr("hms", first | 32) && first) *elapsed = true;
        } else {
            room[len++] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
        }
    }
    return len;
}

/* What of a date a plain code does not show; ddd and dddd are days of the week. */
static uint8_t hidden_parts(const char *plain, size_t len)
{
    uint8_t hides = DATE_YEAR | DATE_MONTH | DATE_DAY;
    for (size_t i = 0, run; i < len; i += run) {
        for (run = 1; i + run < len && plain[i + run] == plain[i]; run++) {
        }
        if (plain[i] == 'y' || plain[i] == 'e') hides &= (uint8_t)~DATE_YEAR;
        if (plain[i] == 'm') hides &= (uint8_t)~DATE_MONTH;
        if (plain[i] == 'd' && run <= 2) hides &= (uint8_t)~DATE_DAY;
    }
    return hides;
}

struct cell_format cell_format_code(struct text code)
{
    char plain[256];
    bool elapsed = false;
    size_t len = plain_code(code, plain, sizeof plain, &elapsed);
    struct cell_format format = {LOOK_NUMBER, 0, 0};
    if (elapsed) format.look = LOOK_TIME;
    if (elapsed || (len >= 7 && memcmp(plain, "general", 7) == 0)) return format;
    bool date = false, time = false, month = false, percent = false, digits = false;
    size_t zeros = 0;
    for (size_t i = 0; i < len; i++) {
        char c = plain[i];
        date |= c == 'y' || c == 'd' || c == 'e';
        time |= c == 'h' || c == 's';
        month |= c == 'm';
        percent |= c == '%';
        digits |= c == '#' || c == '0' || c == '?';
        zeros += c == '0';
    }
    if (digits) { /* 0.00E+00; dates have such signs only behind seconds: ss.000 */
        if (time)
            format.look = date ? LOOK_DATE : LOOK_TIME;
        else if (percent)
            format.look = LOOK_PERCENT;
        if (zeros == len && len >= 2 && len <= 15) format.zeros = (uint8_t)len;
        return format;
    }
    if (date || (month && !time)) {
        format.look = LOOK_DATE;
        format.hides = hidden_parts(plain, len);
    } else if (time)
        format.look = LOOK_TIME;
    else if (percent)
        format.look = LOOK_PERCENT;
    return format;
}

/* ---- numbers ---- */

enum { SIGNIFICANT = 15, EXPONENT_MOST = 40 };

/* A number as digits times ten to a power: 0.0123 is "123", -4. */
struct decimal_text {
    bool negative;
    char digits[SIGNIFICANT + 1];
    int count, exponent;
};

static bool read_decimal(struct text raw, struct decimal_text *out)
{
    size_t at = 0;
    int dropped = -1; /* the first digit that found no room */
    bool point = false, any = false;
    *out = (struct decimal_text){0};
    if (at < raw.len && (raw.at[at] == '-' || raw.at[at] == '+')) out->negative = raw.at[at++] == '-';
    for (; at < raw.len; at++) {
        char c = raw.at[at];
        if (c == '.' && !point) {
            point = true;
            continue;
        }
        if (c < '0' || c > '9') break;
        any = true;
        if (point) out->exponent--;
        if (c == '0' && !out->count) continue;
        if (out->count < SIGNIFICANT) {
            out->digits[out->count++] = c;
        } else {
            if (dropped < 0) dropped = c - '0';
            out->exponent++;
        }
        if (out->exponent > 1000 || out->exponent < -1000) return false;
    }
    if (!any) return false;
    if (at < raw.len && (raw.at[at] == 'e' || raw.at[at] == 'E')) {
        bool minus = ++at < raw.len && raw.at[at] == '-';
        int power = 0;
        if (at < raw.len && (raw.at[at] == '-' || raw.at[at] == '+')) at++;
        if (at == raw.len) return false;
        for (; at < raw.len && raw.at[at] >= '0' && raw.at[at] <= '9'; at++) {
            power = power * 10 + (raw.at[at] - '0');
            if (power > 1000) return false;
        }
        out->exponent += minus ? -power : power;
    }
    if (at != raw.len) return false;
    if (dropped >= 5) {
        int k = out->count - 1;
        while (k >= 0 && out->digits[k] == '9') out->digits[k--] = '0';
        if (k >= 0) {
            out->digits[k]++;
        } else { /* 999…9: one digit more, and a zero less */
            out->digits[0] = '1';
            out->exponent++;
        }
    }
    while (out->count && out->digits[out->count - 1] == '0') {
        out->count--;
        out->exponent++;
    }
    if (!out->count) *out = (struct decimal_text){0};
    return true;
}

/* Digits before the point. */
static int whole_digits(const struct decimal_text *number)
{
    int digits = number->count + number->exponent;
    return number->count && digits > 0 ? digits : 0;
}

/* Writes the plain decimal, the whole part with at least `width` digits. It fits: both ends are bounded by the caller. */
static size_t write_decimal(const struct decimal_text *number, int width, char *room)
{
    size_t len = 0;
    int whole = whole_digits(number);
    if (number->negative) room[len++] = '-';
    for (int pad = width < 1 ? 1 : width; pad > whole; pad--) room[len++] = '0';
    for (int k = 0; k < whole; k++) room[len++] = k < number->count ? number->digits[k] : '0';
    if (number->count && number->exponent < 0) {
        room[len++] = '.';
        for (int k = number->count + number->exponent; k < 0; k++) room[len++] = '0';
        for (int k = whole; k < number->count; k++) room[len++] = number->digits[k];
    }
    return len;
}

/* ---- dates ---- */

/* The part behind the point as seconds of a day, rounded. */
static int64_t seconds_of(const struct decimal_text *number)
{
    uint64_t fraction = 0, one = 1;
    int from = number->count + number->exponent; /* index of the first digit behind the point; negative: zeros before it */
    for (int k = from; k < number->count && one < 1000000000000u; k++) {
        fraction = fraction * 10 + (k < 0 ? 0u : (uint64_t)(number->digits[k] - '0'));
        one *= 10;
    }
    return (int64_t)((fraction * 86400 + one / 2) / one); /* below 10^12 * 86400: it fits */
}

/* "03-05 (2024-03-05)": what of the date in room is seen, and all of it. */
static size_t write_seen(uint8_t hides, char *room)
{
    char seen[CELL_NUMBER_ROOM], date[16];
    size_t len = 0;
    memcpy(date, room, 10);
    date[10] = '\0';
    if (!(hides & DATE_YEAR)) len += (size_t)snprintf(seen + len, sizeof seen - len, "%.4s", date);
    if (!(hides & DATE_MONTH)) len += (size_t)snprintf(seen + len, sizeof seen - len, "%s%.2s", len ? "-" : "", date + 5);
    if (!(hides & DATE_DAY)) len += (size_t)snprintf(seen + len, sizeof seen - len, "%s%.2s", len ? "-" : "", date + 8);
    return (size_t)snprintf(room, CELL_NUMBER_ROOM, "%.*s%s(%s)", (int)len, seen, len ? " " : "", date);
}

static bool write_date(const struct decimal_text *number, bool from_1904, uint8_t hides, char *room, size_t *len)
{
    enum { LAST = 2958465 }; /* 9999-12-31 counted from 1900 */
    int64_t serial = 0, first, days;
    if (number->negative || whole_digits(number) > 7) return false;
    for (int k = 0; k < whole_digits(number); k++) serial = serial * 10 + (k < number->count ? number->digits[k] - '0' : 0);
    int64_t seconds = seconds_of(number);
    if (seconds == 86400) {
        seconds = 0;
        serial++;
    }
    if (serial > LAST) return false;
    if (!from_1904 && (serial == 0 || serial == 60)) { /* days that only the spreadsheet knows: the reader says so */
        *len = (size_t)snprintf(room, CELL_NUMBER_ROOM, serial ? "1900-02-29" : "1900-01-00");
    } else {
        bool known = from_1904 ? date_make(1904, 1, 1, &first) : date_make(1899, 12, serial < 60 ? 31 : 30, &first);
        days = first + serial;
        if (!known) return false;
        char text[16];
        struct text date = date_format(days, text);
        memcpy(room, date.at, date.len);
        *len = date.len;
    }
    if (hides && !seconds) *len = write_seen(hides, room);
    if (seconds) {
        *len += (size_t)snprintf(room + *len, CELL_NUMBER_ROOM - *len, " %02d:%02d:%02d", (int)(seconds / 3600),
                                 (int)(seconds / 60 % 60), (int)(seconds % 60));
    }
    return true;
}

enum number_state cell_number(struct text raw, struct cell_format format, bool from_1904, char *room, struct text *out)
{
    struct decimal_text number;
    size_t len = 0;
    *out = raw;
    if (!read_decimal(raw, &number)) return NUMBER_WRONG;
    if (number.exponent > EXPONENT_MOST || number.exponent < -EXPONENT_MOST) return NUMBER_WRONG;
    if (whole_digits(&number) > SIGNIFICANT) return NUMBER_LONG;
    switch (format.look) {
    case LOOK_DATE:
        if (write_date(&number, from_1904, format.hides, room, &len)) break;
        len = write_decimal(&number, 0, room);
        break;
    case LOOK_PERCENT:
        if (number.count) number.exponent += 2;
        len = write_decimal(&number, 0, room);
        room[len++] = '%';
        break;
    case LOOK_NUMBER:
    case LOOK_TIME: len = write_decimal(&number, number.exponent < 0 ? 0 : format.zeros, room); break;
    }
    *out = (struct text){room, len};
    return NUMBER_FINE;
}
