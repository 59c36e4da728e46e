/* A cell to a number or a percentage.
 *
 * In: a trimmed cell. Out: an int64 scaled as its field says, or a finding that tells what to type instead.
 * Decision: 85 and 0.85 are both refused where 85% is asked for: whichever we took, half of all files would be wrong by a
 * factor of a hundred without a word.
 */
#include "load.h"

#include "decimal.h"
#include "limits.h"
#include "utf8.h"

static const int64_t MOST = 999999999999999999; /* LIMIT_NUMBER_DIGITS nines */

static struct text spelled(struct loader *loader, int64_t value, int places)
{
    char room[DECIMAL_ROOM];
    return arena_text(loader->arena, decimal_format(value, places, room));
}

struct text number_spell(struct loader *loader, const struct field_schema *field, int64_t value)
{
    if (!field->percent) return spelled(loader, value, field->places);
    char room[DECIMAL_ROOM];
    int64_t scaled = value;
    int places = field->places - 2;
    if (places < 0 && !decimal_rescale(value, places, 0, &scaled)) scaled = value;
    struct text number = decimal_format(scaled, places < 0 ? 0 : places, room);
    return arena_print(loader->arena, "%.*s%%", TEXT_ARG(number));
}

enum cell_state number_check(struct loader *loader, const struct field_schema *field, const struct cell_place *place,
                             struct text cell, int64_t value)
{
    bool low = field->has_low && value < field->low, high = field->has_high && value > field->high;
    if (low || high) {
        if (field->has_low && field->has_high) {
            CELL_FIND(loader, D_CELL_RANGE, place, cell, number_spell(loader, field, field->low),
                      number_spell(loader, field, field->high));
        } else {
            CELL_FIND(loader, low ? D_CELL_TOO_LOW : D_CELL_TOO_HIGH, place, cell,
                      number_spell(loader, field, low ? field->low : field->high));
        }
        return CELL_WRONG;
    }
    int64_t from = field->has_low ? field->low : 0;
    if (field->step > 0 && (value - from) % field->step != 0) {
        int64_t rest = (value - from) % field->step;
        int64_t below = value - rest - (rest < 0 ? field->step : 0);
        CELL_FIND(loader, D_CELL_STEP, place, cell, number_spell(loader, field, field->step),
                  number_spell(loader, field, from), number_spell(loader, field, below),
                  number_spell(loader, field, below + field->step));
        return CELL_WRONG;
    }
    return CELL_READ;
}

/* "1,234,567": the digits without the commas, in `room`; empty if the commas do not part thousands. */
static struct text without_commas(struct text cell, char *room, size_t size)
{
    static const struct text COMMAS[] = {{",", 1}, {"，", 3}};
    size_t len = 0, group = 0;
    bool comma = false;
    for (size_t at = 0; at < cell.len;) {
        size_t mark = 0;
        for (size_t i = 0; i < 2 && !mark; i++) {
            size_t n = COMMAS[i].len;
            if (cell.len - at >= n && memcmp(cell.at + at, COMMAS[i].at, n) == 0) mark = n;
        }
        if (mark) {
            if (comma ? group != 3 : group == 0 || group > 3) return TEXT_NONE;
            comma = true;
            group = 0;
            at += mark;
            continue;
        }
        char c = cell.at[at++];
        if (len == size) return TEXT_NONE;
        if (c == '.' && comma && group == 3) { /* decimals behind the last group */
            room[len++] = c;
            for (; at < cell.len && len < size && cell.at[at] >= '0' && cell.at[at] <= '9'; at++) room[len++] = cell.at[at];
            return at == cell.len ? (struct text){room, len} : TEXT_NONE;
        }
        bool sign = c == '-' && at == 1;
        if (!sign && (c < '0' || c > '9')) return TEXT_NONE;
        room[len++] = c;
        group += !sign;
    }
    return comma && group == 3 ? (struct text){room, len} : TEXT_NONE;
}

/* The cell is no number, or more than one: says what it looks like. `taken`: bytes of it that are a number. */
static void report_not_number(struct loader *loader, const struct field_schema *field, const struct cell_place *place,
                              struct text cell, size_t taken)
{
    char room[DECIMAL_ROOM];
    struct text rest = utf8_trim((struct text){cell.at + taken, cell.len - taken});
    struct text joined = without_commas(cell, room, sizeof room);
    if (joined.len) {
        CELL_FIND(loader, D_CELL_THOUSANDS, place, cell, joined);
    } else if (taken && rest.len >= 2 && (rest.at[0] == 'e' || rest.at[0] == 'E') && strchr("+-0123456789", rest.at[1])) {
        CELL_FIND(loader, D_CELL_EXPONENT, place, cell);
    } else if (field->percent) {
        CELL_FIND(loader, D_CELL_NOT_PERCENT, place, cell);
    } else if (taken && rest.len && (unsigned char)rest.at[0] >= 0x80) { /* 5分, 12 次 */
        CELL_FIND(loader, D_CELL_NUMBER_WORD, place, cell, utf8_trim((struct text){cell.at, taken}));
    } else {
        CELL_FIND(loader, D_CELL_NOT_NUMBER, place, cell);
    }
}

static void report_places(struct loader *loader, const struct field_schema *field, const struct cell_place *place,
                          struct text cell)
{
    int places = field->percent ? field->places - 2 : field->places;
    if (places <= 0) CELL_FIND(loader, D_CELL_NOT_WHOLE, place, cell);
    else CELL_FIND(loader, D_CELL_PLACES, place, cell, text_of_number(loader->arena, (uint64_t)places));
}

/* 85 or 0.85 where 85% is asked for. */
static void report_bare_percent(struct loader *loader, const struct cell_place *place, struct text cell, int64_t value,
                                int places)
{
    char room[DECIMAL_ROOM];
    struct text number = decimal_format(value, places, room);
    struct text sign = arena_print(loader->arena, "%.*s%%", TEXT_ARG(number));
    int64_t one = 1;
    for (int i = 0; i < places; i++) one *= 10;
    int64_t hundredfold = value;
    int fewer = places - 2;
    if (value < -one || value > one || (fewer < 0 && !decimal_rescale(value, fewer, 0, &hundredfold))) {
        CELL_FIND(loader, D_CELL_PERCENT_BARE, place, cell, sign);
        return;
    }
    number = decimal_format(hundredfold, fewer < 0 ? 0 : fewer, room);
    CELL_FIND(loader, D_CELL_PERCENT_FRACTION, place, cell, arena_print(loader->arena, "%.*s%%", TEXT_ARG(number)), sign);
}

enum cell_state number_read(struct loader *loader, const struct field_schema *field, const struct cell_place *place,
                            struct text cell, int64_t *value)
{
    int64_t number;
    int places;
    size_t taken;
    enum decimal_fault fault = decimal_read(cell, &number, &places, &taken);
    struct text rest = taken ? utf8_trim((struct text){cell.at + taken, cell.len - taken}) : cell;
    bool sign = taken && (text_is(rest, "%") || text_is(rest, "％"));
    if (fault == DECIMAL_NOT_A_NUMBER || (rest.len && !sign)) {
        report_not_number(loader, field, place, cell, taken);
        return CELL_WRONG;
    }
    if (sign && !field->percent) {
        CELL_FIND(loader, D_CELL_PERCENT_UNWANTED, place, cell, ((struct text){cell.at, taken}));
        return CELL_WRONG;
    }
    if (fault == DECIMAL_TOO_LARGE) goto too_large;
    if (fault == DECIMAL_TOO_FINE) {
        report_places(loader, field, place, cell);
        return CELL_WRONG;
    }
    if (field->percent && !sign && number != 0) { /* 0 is the same either way */
        report_bare_percent(loader, place, cell, number, places);
        return CELL_WRONG;
    }
    if (field->percent) places += 2;
    for (; places > field->places && number % 10 == 0; places--) number /= 10;
    if (places > field->places) {
        report_places(loader, field, place, cell);
        return CELL_WRONG;
    }
    if (!decimal_rescale(number, places, field->places, value) || *value > MOST || *value < -MOST) goto too_large;
    enum cell_state state = number_check(loader, field, place, cell, *value);
    if (state == CELL_READ && has_wide(cell)) note_cell(loader, READ_WIDE, place, cell, number_spell(loader, field, *value));
    return state;

too_large:
    CELL_FIND(loader, D_CELL_TOO_LARGE, place, cell, text_of_number(loader->arena, LIMIT_NUMBER_DIGITS));
    return CELL_WRONG;
}
