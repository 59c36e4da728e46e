/* Rows of separated text by wide vectors: see load_fast.h.
 *
 * In: rows whose first 64 bytes may be read. Out: the lanes of a batch, as load_fast_row.c fills them, but many rows a call.
 * Decision: a row that fits a vector of 64 bytes is looked at as a whole: one comparison finds all its separators, one
 * shuffle brings the cells of up to eight columns of numbers into a lane each, where they are read together. Everything else
 * about a row (days, lists, keys) goes cell by cell, with the ends known beforehand. Rows that are longer, numbers of more
 * than eight characters or with a sign, blanks, days outside the period: the reader stops before such a row, and fast_row
 * has it. Cost: instructions that not every processor has, looked for when a reader is opened; without them all rows are
 * fast_row's.
 */
#include "load_fast_cells.h"

#include "wide.h"

#if HAS_WIDE

#include <stdalign.h>

/* Steps over a block of rows stay functions of their own: their loops then have the registers for themselves. */
#define ALONE __attribute__((noinline))
#define WIDE_ALONE WIDE ALONE

enum { ROW = 64, LANES = 8, LANE = 8, PLACES = 7, BLOCK = 32, FEWEST = 4 };

struct wide_number {
    struct fast_column *column;
    uint32_t lane;
};

struct wide_plan {
    /* For each byte of each lane: the column whose end it is counted from, the column whose end is before its cell, and how
     * far from the end it is; in bytes of lanes that are used. */
    uint8_t end[ROW], before[ROW], distance[ROW];
    uint64_t used, behind; /* behind: there is a column before */
    bool pairs;            /* two rows go into the lanes at once, the second into the upper four */
    int64_t low[LANES], high[LANES], places[LANES], scale[LANES];
    uint64_t step_from[LANES], inverse[LANES], turn[LANES], most[LANES]; /* a multiple of the step times inverse is small */
    bool scaled, stepped;
    struct wide_number kept[LANES];
    uint32_t lanes, kept_count;
    uint32_t cells[ROW]; /* the columns that have no lane; keys last, since they are noted and cannot be taken back */
    uint32_t cell_count, columns;
    int64_t first_day, last_day; /* of the column that dates a row */
};

static const uint8_t BYTES[ROW] = {0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21,
                                   22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43,
                                   44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63};

/* ---- the plan ---- */

/* What a multiple of a step is recognised by: odd divisors have an inverse of 64 bits, powers of two are turned out. */
static void plan_step(struct wide_plan *plan, uint32_t lane, const struct fast_column *column)
{
    uint64_t step = column->step > 1 ? (uint64_t)column->step : 1;
    unsigned twos = (unsigned)__builtin_ctzll(step);
    uint64_t odd = step >> twos, inverse = odd; /* right in three bits; each round doubles them */
    for (int round = 0; round < 5; round++) inverse *= 2 - odd * inverse;
    plan->step_from[lane] = (uint64_t)column->step_from;
    plan->inverse[lane] = inverse;
    plan->turn[lane] = twos;
    plan->most[lane] = UINT64_MAX / step;
    plan->stepped |= step > 1;
}

/* `shift`: where the ends of the row's cells begin among those that the lanes are made from. */
static void plan_lane(struct wide_plan *plan, const struct fast_column *column, uint32_t lane, uint32_t index,
                      uint32_t shift)
{
    for (uint32_t k = lane * LANE; k < (lane + 1) * LANE; k++) {
        plan->end[k] = (uint8_t)(shift + index);
        plan->before[k] = (uint8_t)(shift + (index ? index - 1 : 0));
        plan->distance[k] = (uint8_t)(k % LANE - LANE);
        plan->used |= (uint64_t)1 << k;
        plan->behind |= (uint64_t)(index > 0) << k;
    }
    plan->low[lane] = column->low;
    plan->high[lane] = column->high;
    plan->places[lane] = column->places;
    plan->scale[lane] = column->scale;
    plan->scaled |= column->places > 0;
    plan_step(plan, lane, column);
}

static void plan_number(struct wide_plan *plan, struct fast_column *column, uint32_t index)
{
    plan_lane(plan, column, plan->lanes, index, 0);
    if (plan->pairs) plan_lane(plan, column, LANES / 2 + plan->lanes, index, ROW / 2);
    if (column->kept) plan->kept[plan->kept_count++] = (struct wide_number){column, plan->lanes};
    plan->lanes++;
}

/* Whether all numbers have a lane. */
static bool numbers_fit(const struct fast_reader *r, uint32_t *count)
{
    *count = 0;
    for (uint32_t c = 0; c < r->column_count; c++) {
        const struct fast_column *column = &r->columns[c];
        if (column->kind != FAST_NUMBER) continue;
        if (column->places > PLACES || column->percent) return false;
        ++*count;
    }
    return *count <= LANES;
}

/* A row of which something must be there: then it is not one that is blank throughout. */
static bool never_blank(const struct fast_reader *r)
{
    for (uint32_t c = 0; c < r->column_count; c++) {
        if (r->columns[c].kind != FAST_PASS) return true;
    }
    return false;
}

struct wide_plan *wide_open(struct arena *arena, struct fast_reader *r)
{
    uint32_t numbers;
    if (!wide_here() || r->column_count > ROW || !never_blank(r) || !numbers_fit(r, &numbers)) return NULL;
    struct wide_plan *plan = ARENA_NEW(arena, struct wide_plan);
    r->wide_most = BLOCK;
    const struct schema *schema = r->loader.schema;
    plan->columns = r->column_count;
    plan->pairs = numbers <= LANES / 2 && r->column_count <= ROW / 2;
    plan->first_day = !schema->has_period ? INT64_MIN : r->in.schema->has_from ? r->in.schema->from : schema->carry_from;
    plan->last_day = schema->has_period ? schema->period_to : INT64_MAX;
    for (uint32_t lane = 0; lane < LANES; lane++) {
        plan->high[lane] = INT64_MAX;
        plan->most[lane] = UINT64_MAX;
    }
    for (int keys = 0; keys < 2; keys++) {
        for (uint32_t c = 0; c < r->column_count; c++) {
            struct fast_column *column = &r->columns[c];
            bool key = column->kind == FAST_UNIT || column->kind == FAST_KEY;
            if (key != keys) continue;
            if (column->kind != FAST_NUMBER)
                plan->cells[plan->cell_count++] = c;
            else
                plan_number(plan, column, c);
        }
    }
    return plan;
}

/* ---- a block of rows ---- */

struct wide_block {
    const char *at[BLOCK + 1];                   /* each row's first byte, and what is behind the last */
    uint64_t quotes[BLOCK];                      /* of each row */
    alignas(ROW) uint8_t ends[BLOCK][ROW];       /* of each row's cells */
    alignas(ROW) int64_t numbers[BLOCK * LANES]; /* of each row: four, if rows are read in pairs, or eight */
    uint64_t any_quotes;
};

static inline struct text cell_at(const struct wide_block *block, uint32_t row, uint32_t column)
{
    uint32_t from = column ? block->ends[row][column - 1] + 1u : 0;
    return (struct text){block->at[row] + from, block->ends[row][column] - from};
}

/* The bits of a row's cell. */
static inline uint64_t cell_bits(const struct wide_block *block, uint32_t row, struct text cell)
{
    uint32_t from = (uint32_t)(cell.at - block->at[row]);
    return ((uint64_t)1 << (from + cell.len)) - ((uint64_t)1 << from);
}

/* A cell that may have quotes around it, without them. False: it is not for us. */
static inline bool unquote(const struct wide_block *block, uint32_t row, struct text *cell)
{
    if (!(block->quotes[row] & cell_bits(block, row, *cell))) return true;
    if (*cell->at != '"') return false;
    const char *end = cell->at + cell->len;
    return quick_unquoted(cell->at, cell) == end;
}

/* ---- cells that have no lane: each returns how many rows there are before the first that is not for us ---- */

ALONE static uint32_t wide_dates(struct fast_reader *r, const struct wide_plan *plan, const struct wide_block *block,
                                 uint32_t c, uint32_t n, uint32_t count)
{
    const struct fast_column *column = &r->columns[c];
    int64_t first = column->by ? plan->first_day : INT64_MIN, last = column->by ? plan->last_day : INT64_MAX, value;
    for (uint32_t i = 0; i < count; i++) {
        struct text cell = cell_at(block, i, c);
        if (cell.len != 10 && !unquote(block, i, &cell)) return i;
        if (cell.len != 10 || !quick_date(r, cell.at, &value) || value < first || value > last) return i;
        if (column->kept) column->values[n + i] = value;
    }
    return count;
}

ALONE static uint32_t wide_words(const struct fast_column *column, const struct wide_block *block, uint32_t c, uint32_t n,
                                 uint32_t count)
{
    for (uint32_t i = 0; i < count; i++) {
        struct text cell = cell_at(block, i, c);
        int64_t value;
        if (block->quotes[i] && !unquote(block, i, &cell)) return i;
        if (!quick_word(column, cell, &value)) return i;
        if (column->kept) column->values[n + i] = value;
    }
    return count;
}

ALONE static uint32_t wide_texts(struct fast_reader *r, const struct wide_block *block, uint32_t c, uint32_t n,
                                 uint32_t count)
{
    struct fast_column *column = &r->columns[c];
    for (uint32_t i = 0; i < count; i++) {
        struct text cell = cell_at(block, i, c);
        if (block->quotes[i] && !unquote(block, i, &cell)) return i;
        if (!cell.len || !is_trimmed(cell)) return i;
        column->values[n + i] = intern_put(&r->loader.texts, cell);
    }
    return count;
}

/* Cells that nobody keeps. */
ALONE static uint32_t wide_passed(const struct fast_column *column, const struct wide_block *block, uint32_t c,
                                  uint32_t count)
{
    bool may_be_blank = !column->field || column->field->optional;
    if (may_be_blank && !block->any_quotes) return count;
    for (uint32_t i = 0; i < count; i++) {
        if (may_be_blank && !block->quotes[i]) continue;
        struct text cell = cell_at(block, i, c);
        if (block->quotes[i] & cell_bits(block, i, cell)) {
            if (*cell.at != '"' || quick_quoted(cell.at) != cell.at + cell.len) return i;
        } else if (!may_be_blank && !utf8_trim(cell).len) {
            return i;
        }
    }
    return count;
}

static inline bool is_last_key(const struct fast_reader *r, struct text cell)
{
    if (cell.len != r->in.last_unit.len) return false;
    if (!r->last_mask.words[0]) return cell.len && memcmp(cell.at, r->in.last_unit.at, cell.len) == 0;
    struct short_key key = short_key(cell.at, r->last_mask);
    return key.words[0] == r->last.words[0] && key.words[1] == r->last.words[1];
}

ALONE static uint32_t wide_keys(struct fast_reader *r, const struct wide_block *block, uint32_t c, uint32_t n,
                                uint32_t count)
{
    bool own = r->columns[c].kind == FAST_KEY;
    for (uint32_t i = 0; i < count; i++) {
        struct text cell = cell_at(block, i, c);
        if (block->quotes[i] && !unquote(block, i, &cell)) return i;
        if (!own && is_last_key(r, cell)) continue;
        if (!cell.len || !is_trimmed(cell)) return i;
        push_key(r, cell, n + i);
        if (!own) fast_set_last(r, cell);
    }
    return count;
}

/* The rows' cells but for numbers into lanes n and on. */
ALONE static uint32_t wide_cells(struct fast_reader *r, const struct wide_plan *plan, const struct wide_block *block,
                                 uint32_t n, uint32_t count)
{
    for (uint32_t k = 0; k < plan->cell_count; k++) {
        uint32_t c = plan->cells[k];
        struct fast_column *column = &r->columns[c];
        switch (column->kind) {
        case FAST_PASS: count = wide_passed(column, block, c, count); break;
        case FAST_DATE: count = wide_dates(r, plan, block, c, n, count); break;
        case FAST_WORD: count = wide_words(column, block, c, n, count); break;
        case FAST_TEXT: count = wide_texts(r, block, c, n, count); break;
        case FAST_UNIT:
        case FAST_KEY: count = wide_keys(r, block, c, n, count); break;
        case FAST_NUMBER: break; /* it has a lane */
        }
    }
    return count;
}

/* ---- rows ---- */

/* What the loop over rows holds in registers. */
struct wide_vectors {
    __m512i end, before, distance, low, high, places, scale, step_from, inverse, turn, most;
    __m512i bytes, separator;
    uint64_t used, behind;
    uint32_t separators;
    bool pairs, scaled, stepped;
};

WIDE_INLINE struct wide_vectors wide_load(const struct fast_reader *r, const struct wide_plan *plan)
{
    return (struct wide_vectors){
        .end = _mm512_loadu_si512(plan->end),
        .before = _mm512_loadu_si512(plan->before),
        .distance = _mm512_loadu_si512(plan->distance),
        .low = _mm512_loadu_si512(plan->low),
        .high = _mm512_loadu_si512(plan->high),
        .places = _mm512_loadu_si512(plan->places),
        .scale = _mm512_loadu_si512(plan->scale),
        .step_from = _mm512_loadu_si512(plan->step_from),
        .inverse = _mm512_loadu_si512(plan->inverse),
        .turn = _mm512_loadu_si512(plan->turn),
        .most = _mm512_loadu_si512(plan->most),
        .bytes = _mm512_loadu_si512(BYTES),
        .separator = _mm512_set1_epi8(r->separator),
        .used = plan->used,
        .behind = plan->behind,
        .separators = plan->columns - 1,
        .pairs = plan->pairs,
        .scaled = plan->scaled,
        .stepped = plan->stepped,
    };
}

/* Numbers with a point: what is before it moves up by a byte, *scale is what the number is then taken times. Returns the
 * lanes with too many digits behind it, or none. */
WIDE_INLINE uint32_t wide_points(const struct wide_vectors *v, __m512i *x, __m512i *scale)
{
    const __m512i tens = _mm512_set_epi64(10000000, 1000000, 100000, 10000, 1000, 100, 10, 1);
    __mmask64 points = _mm512_cmpeq_epi8_mask(*x, _mm512_set1_epi8('.' - '0'));
    __m512i behind = _mm512_lzcnt_epi64(_mm512_movm_epi8(points)); /* bits behind the point; 64: there is none */
    __m512i front = _mm512_srlv_epi64(_mm512_set1_epi64(-1), behind);
    *x = _mm512_ternarylogic_epi64(front, *x, _mm512_slli_epi64(*x, 8), 0xAC); /* front: moved, else as it is */
    __mmask8 pointed = _mm512_test_epi64_mask(front, front);
    __m512i parts = _mm512_maskz_srli_epi64(pointed, behind, 3);
    *scale = _mm512_permutexvar_epi64(_mm512_sub_epi64(v->places, parts), tens);
    return _mm512_mask_cmpge_epu64_mask(pointed, _mm512_sub_epi64(parts, _mm512_set1_epi64(1)), v->places);
}

/* What is not as it should be, or not for us. */
struct wide_wrong {
    uint64_t bytes; /* of lanes */
    uint32_t lanes;
};

/* The numbers of a row, or of two, each in its lane. `x`: their characters, each less '0'. */
WIDE_INLINE struct wide_wrong wide_numbers(const struct wide_vectors *v, __m512i x, int64_t *numbers)
{
    struct wide_wrong wrong = {0, 0};
    __m512i scale = v->scale;
    if (v->scaled) wrong.lanes = wide_points(v, &x, &scale);
    wrong.bytes = _mm512_cmpgt_epu8_mask(x, _mm512_set1_epi8(9));

    x = _mm512_maddubs_epi16(x, _mm512_set1_epi16(0x010A));  /* pairs: ten times the first, and the second */
    x = _mm512_madd_epi16(x, _mm512_set1_epi32(0x00010064)); /* pairs of pairs, a hundred times */
    x = _mm512_add_epi64(_mm512_mul_epu32(x, _mm512_set1_epi64(10000)), _mm512_srli_epi64(x, 32));
    if (v->scaled) x = _mm512_mullo_epi64(x, scale);
    wrong.lanes |= _mm512_cmplt_epi64_mask(x, v->low);
    wrong.lanes |= _mm512_cmpgt_epi64_mask(x, v->high);
    if (v->stepped) {
        __m512i steps = _mm512_mullo_epi64(_mm512_sub_epi64(x, v->step_from), v->inverse);
        wrong.lanes |= _mm512_cmpgt_epu64_mask(_mm512_rorv_epi64(steps, v->turn), v->most);
    }
    _mm512_store_si512(numbers, x);
    return wrong;
}

/* The numbers of row i, or of rows i and j; returns which of them are not as they should be, or not for us: 1 and 2. */
WIDE_INLINE uint32_t read_row_numbers(const struct wide_vectors *v, const struct wide_block *block, uint32_t i, uint32_t j,
                                      int64_t *numbers)
{
    const uint64_t lower = v->pairs ? UINT32_MAX : UINT64_MAX;
    __m512i positions = _mm512_load_si512(block->ends[i]);
    if (v->pairs) positions = _mm512_inserti64x4(positions, _mm256_load_si256((const __m256i *)block->ends[j]), 1);
    __m512i end = _mm512_permutexvar_epi8(v->end, positions);
    __m512i begin = _mm512_maskz_add_epi8(v->behind, _mm512_permutexvar_epi8(v->before, positions), _mm512_set1_epi8(1));
    __m512i more = _mm512_sub_epi8(_mm512_sub_epi8(end, begin), _mm512_set1_epi8(1)); /* characters but one */
    __mmask64 size = _mm512_mask_cmpgt_epu8_mask(v->used, more, _mm512_set1_epi8(LANE - 1));

    /* Each number to the end of its lane, its first digit lowest. */
    __m512i index = _mm512_add_epi8(end, v->distance);
    __mmask64 there = _mm512_mask_cmpge_epi8_mask(v->used, index, begin);
    __m512i x = _mm512_permutexvar_epi8(index, _mm512_loadu_si512(block->at[i]));
    if (v->pairs) x = _mm512_mask_permutexvar_epi8(x, ~lower, index, _mm512_loadu_si512(block->at[j]));
    x = _mm512_maskz_sub_epi8(there, x, _mm512_set1_epi8('0'));
    struct wide_wrong wrong = wide_numbers(v, x, numbers);
    wrong.bytes |= size;
    if (!(wrong.bytes | wrong.lanes)) return 0;
    if (!v->pairs) return 1;
    return (uint32_t)((wrong.bytes & lower) != 0 || (wrong.lanes & 15) != 0) |
           (wrong.bytes > lower || wrong.lanes > 15 ? 2 : 0);
}

/* Where lines end from `at` on, as distances from it: `most`, or as many as begin before `end`, or fewer. A line end that is
 * found tells where the next line begins, which must be known before it is looked at; so they are found first, by bytes. */
WIDE_INLINE uint32_t line_ends(const struct wide_vectors *v, const char *at, const char *end, uint32_t most, uint16_t *ends)
{
    enum { TOGETHER = 16 };
    uint32_t count = 0;
    size_t last = at < end ? (size_t)(end - at) : 0; /* a line that begins there is not asked for */
    for (size_t from = 0; count < most && from < last && from < BLOCK * ROW; from += ROW) {
        __builtin_prefetch(at + from + 4096);
        uint64_t found = _mm512_cmpeq_epi8_mask(_mm512_loadu_si512(at + from), _mm512_set1_epi8('\n'));
        uint32_t here = (uint32_t)_mm_popcnt_u64(found);
        if (here > TOGETHER) return count; /* such lines are not for us */
        __m128i places = _mm512_castsi512_si128(_mm512_maskz_compress_epi8(found, v->bytes));
        __m256i distances = _mm256_add_epi16(_mm256_cvtepu8_epi16(places), _mm256_set1_epi16((short)from));
        _mm256_storeu_si256((__m256i *)(ends + count), distances);
        count += here;
    }
    if (count > most) count = most;
    while (count > 1 && ends[count - 2] + 1u >= last) count--;
    return count;
}

/* Where the cells of a row of `len` bytes end; false: it is not for us. */
WIDE_INLINE bool row_ends(const struct wide_vectors *v, const char *at, uint32_t len, uint64_t *quotes, uint8_t *ends)
{
    if (len >= ROW) return false;
    __m512i row = _mm512_loadu_si512(at);
    uint64_t inside = ((uint64_t)1 << len) - 1;
    uint64_t separators = _mm512_cmpeq_epi8_mask(row, v->separator) & inside;
    uint64_t odd = _mm512_cmplt_epu8_mask(row, _mm512_set1_epi8(' ')) & inside & ~separators;
    if (odd) { /* it may be a CR in front of the line's end */
        if (odd != inside - (inside >> 1) || at[len - 1] != '\r') return false;
        inside >>= 1;
    }
    *quotes = _mm512_cmpeq_epi8_mask(row, _mm512_set1_epi8('"')) & inside;
    if (*quotes) {
        uint64_t quoted = 0;
        for (uint64_t left = *quotes; left; left = _blsr_u64(left)) quoted ^= ~(uint64_t)0 << _tzcnt_u64(left);
        separators &= ~quoted;
    }
    if ((uint32_t)_mm_popcnt_u64(separators) != v->separators) return false;
    uint64_t last = inside + 1; /* behind the last cell */
    if (_mm512_movepi8_mask(row) & inside) {
        size_t bytes = _tzcnt_u64(last);
        if (utf8_valid((struct text){at, bytes}) != bytes) return false;
    }
    _mm512_store_si512(ends, _mm512_maskz_compress_epi8(separators | last, v->bytes));
    return true;
}

WIDE_ALONE static uint32_t find_rows(const struct wide_vectors *v, struct wide_block *block, const char *at, const char *end,
                                     uint32_t most)
{
    uint16_t lines[BLOCK + ROW];
    uint32_t count = 0, found = line_ends(v, at, end, most, lines), from = 0;
    block->any_quotes = 0;
    for (; count < found; count++) {
        block->at[count] = at + from;
        if (!row_ends(v, at + from, lines[count] - from, &block->quotes[count], block->ends[count])) break;
        block->any_quotes |= block->quotes[count];
        from = lines[count] + 1u;
    }
    block->at[count] = at + from;
    return count;
}

WIDE_ALONE static uint32_t read_numbers(const struct wide_vectors *v, struct wide_block *block, uint32_t count)
{
    for (uint32_t i = 0; i < count; i += 1 + v->pairs) {
        uint32_t j = v->pairs && i + 1 < count ? i + 1 : i;
        uint32_t wrong = read_row_numbers(v, block, i, j, block->numbers + i * (v->pairs ? LANES / 2 : LANES));
        if (wrong) return wrong & 1 ? i : j;
    }
    return count;
}

WIDE uint32_t wide_rows(struct fast_reader *r, uint32_t n)
{
    const struct wide_plan *plan = r->wide;
    const struct wide_vectors vectors = wide_load(r, plan);
    const char *end = r->end < r->wide_to ? r->end : r->wide_to;
    struct wide_block block;
    uint32_t first = n, most, count;
    do {
        most = LIMIT_BATCH - n < r->wide_most ? LIMIT_BATCH - n : r->wide_most;
        uint32_t found = count = find_rows(&vectors, &block, r->at, end, most);
        if (plan->lanes) count = read_numbers(&vectors, &block, count);
        count = wide_cells(r, plan, &block, n, count);
        for (uint32_t k = 0; k < plan->kept_count; k++) {
            int64_t *values = plan->kept[k].column->values + n;
            const int64_t *numbers = block.numbers + plan->kept[k].lane;
            for (uint32_t i = 0; i < count; i++, numbers += plan->pairs ? LANES / 2 : LANES) values[i] = *numbers;
        }
        r->at = block.at[count];
        n += count;
        if (count < found) /* rows were looked at in vain: fewer together, for a while */
            r->wide_most = count < FEWEST ? FEWEST : count;
        else if (r->wide_most < BLOCK)
            r->wide_most = r->wide_most * 2 < BLOCK ? r->wide_most * 2 : BLOCK;
    } while (count == most && n < LIMIT_BATCH);
    return n - first;
}

#else

struct wide_plan *wide_open(struct arena *arena, struct fast_reader *reader)
{
    (void)arena, (void)reader;
    return NULL;
}

uint32_t wide_rows(struct fast_reader *reader, uint32_t n)
{
    (void)reader, (void)n;
    return 0;
}

#endif
