/* Findings: what is wrong or noteworthy, in a scheme's text or in data, as values.
 *
 * In: a code of diagnostics.def, a place, up to six words to fill in. Out: a list, sorted by place, and its rendering as
 * text in either tongue with the source line and a caret that is right under wide characters.
 * Decision: a finding keeps numbers and words only; the sentence is made at the end. So the tongue may be chosen late,
 * and a test can ask for the code.
 */
#ifndef KAOHE_RUNTIME_FINDING_H
#define KAOHE_RUNTIME_FINDING_H

#include "arena.h"
#include "text.h"

enum severity { SEVERITY_ERROR, SEVERITY_WARNING, SEVERITY_NOTICE };
enum tongue { TONGUE_EN, TONGUE_ZH };

/* The codes, from diagnostics.def: DIAG(NAME, code, severity, en, zh, en hint, zh hint). {1}…{6} are the words; a hint
 * may be "". D_NONE is no code. */
enum diag_code {
    D_NONE = 0,
#define DIAG(name, code, severity, en, zh, hint_en, hint_zh) D_##name,
#include "diagnostics.def"
#undef DIAG
    DIAG_COUNT
};

/* The printed code ("E101") and severity of a code. */
const char *diag_label(enum diag_code code);
enum severity diag_severity(enum diag_code code);

/* A place in data: file as shown to the user, 1-based line and (for sheets and CSV) the column's heading and the cell's
 * text. line 0: the file as a whole. */
struct data_place {
    struct text file;
    uint64_t line;
    struct text column;
    struct text value;
};

enum { FINDING_WORDS = 6 };

struct finding {
    enum diag_code code;
    struct span where;           /* in the scheme; SPAN_NONE for findings about data alone */
    struct span other;           /* the second place ("defined here"), or SPAN_NONE */
    struct data_place data;      /* file.len 0: not about data */
    struct text words[FINDING_WORDS];
    struct text clause;          /* of the regulation, that the line at `where` names; empty: none */
    struct text repair;          /* the repaired line of the scheme, if there is exactly one, else empty */
};

/* A list of findings; keeps at most `limit` (0: limits.def's FINDINGS_KEPT), counts all. */
struct findings {
    struct arena *arena;
    struct finding *items;
    size_t count, capacity;
    size_t limit;
    size_t errors, warnings, notices; /* all that were added, also those beyond the limit */
};

/* Starts an empty list whose memory and copied words live in `arena`. */
void findings_init(struct findings *findings, struct arena *arena, size_t limit);

/* Adds a finding; words are copied. Never fails but by the arena's trap. Returns the kept finding, or NULL beyond the
 * limit: the caller may fill `repair`, `other` and `data` (texts that live as long as the arena). */
struct finding *findings_add(struct findings *findings, enum diag_code code, struct span where, int words, ...);

/* No further finding will be kept: whoever makes words for one may spare the work. */
static inline bool findings_full(const struct findings *findings) { return findings->count >= findings->limit; }

/* FIND(f, D_X, span, word, word…): words are struct text. A compound literal among them needs brackets around it: the comma
 * inside its braces would count as one between words. */
/* `where` goes in so that no call leaves the variable part alone: a strict -std=c11 keeps the comma then, and counts 1. */
#define FIND_COUNT(where, ...) FIND_COUNT_(where, ##__VA_ARGS__, 6, 5, 4, 3, 2, 1, 0)
#define FIND_COUNT_(where, a, b, c, d, e, f, n, ...) n
#define FIND(findings, code, where, ...)                                                                                    \
    findings_add((findings), (code), (where), FIND_COUNT(where, ##__VA_ARGS__), ##__VA_ARGS__)

/* Sorts by place in the scheme, then by data file and line; same places keep their order. */
void findings_sort(struct findings *findings);

/* A growing text in an arena, for rendering. */
struct buffer {
    struct arena *arena;
    char *at;
    size_t len, capacity;
};
void buffer_init(struct buffer *buffer, struct arena *arena);
void buffer_text(struct buffer *buffer, struct text text);
void buffer_put(struct buffer *buffer, const char *nul_terminated);
void buffer_char(struct buffer *buffer, char c);
/* Room for `more` bytes and a NUL at buffer->at + buffer->len. */
void buffer_room(struct buffer *buffer, size_t more);
void buffer_print(struct buffer *buffer, const char *format, ...) __attribute__((format(printf, 2, 3)));
struct text buffer_result(const struct buffer *buffer);

/* Columns that a text takes on a terminal: East Asian wide 2, combining 0, TAB to the next multiple of 8. */
size_t text_width(struct text text);
/* Appends blanks until the text since `from` (an earlier buffer->len) is `width` columns wide. */
void buffer_pad(struct buffer *buffer, size_t from, size_t width);

/* 1-based line and display column of a byte offset, and the whole line without its end. */
struct text source_line(struct text source, uint32_t offset, size_t *line, size_t *column);

/* A file that spans count through. Several stand one behind the other: a scheme's own, then those it uses. */
struct source_file {
    struct text name, text; /* as shown; its own bytes */
    uint32_t from;          /* the offset of its first byte */
};
struct source_files {
    const struct source_file *all;
    size_t count;
};

/* The file that a byte lies in; NULL: there is none. */
const struct source_file *source_file_at(struct source_files files, uint32_t offset);
/* source_line in that file. Empty, line 0: there is none. */
struct text source_files_line(struct source_files files, uint32_t offset, size_t *line, size_t *column);

/* One finding as text, ended by a newline:
 *   scheme.kh:12:9: error E203: there is no "参加会仪"; did you mean "参加会议" (line 12)?
 *      12 | 若 参加会仪 < 3：扣2分
 *         |    ^^^^^^^^
 *   hint: …
 *   write: 若 参加会议 < 3：扣2分
 * `name` is the scheme's file name as shown; `source` its text. A second place in another file is shown with its name. */
void finding_render_in(struct buffer *out, const struct finding *finding, enum tongue tongue, struct source_files files);
/* The same for a scheme of one file. */
void finding_render(struct buffer *out, const struct finding *finding, enum tongue tongue, struct text name,
                    struct text source);

/* The sentence alone, words filled in, no place. */
void finding_sentence(struct buffer *out, const struct finding *finding, enum tongue tongue);
/* Its hint alone; nothing if there is none. */
void finding_hint(struct buffer *out, const struct finding *finding, enum tongue tongue);

#endif
