/* What a scheme asks of its data, and the data once read: columns of 64-bit integers.
 *
 * In: `struct schema`, made by the compiler, part of the program. Out: `struct dataset`, made by data_load from a Source.
 * Decision: every value is one int64 at a scale the schema knows: numbers at 10^places, dates as days since 1970-01-01,
 * yes/no as 0/1 (na: 2), texts, list values, units and rows of other tables as indexes. Cost: a text is looked up to be shown.
 */
#ifndef KAOHE_RUNTIME_SCHEMA_H
#define KAOHE_RUNTIME_SCHEMA_H

#include "finding.h"

enum field_kind {
    FIELD_TEXT,    /* index into dataset.texts */
    FIELD_BOOL,    /* 0, 1 */
    FIELD_BOOL_NA, /* 0, 1, 2 = does not apply */
    FIELD_NUMBER,  /* counts too; scaled by 10^places */
    FIELD_DATE,    /* days since 1970-01-01 */
    FIELD_LIST,    /* index into the list's values */
    FIELD_REF,     /* row of another table, found by its key */
    FIELD_UNIT,    /* row of table 0, found by its key */
    FIELD_PART,    /* index into schema.parts */
};

enum { NO_INDEX = -1 };

struct list_schema {
    struct text name;      /* empty for a list written at its field */
    struct text *values;   /* spellings in the scheme */
    struct text *headings; /* spellings in the sheets; each may be empty; either spelling is accepted in data */
    uint32_t count;
    bool ordered;
};

struct field_schema {
    struct text name, heading; /* a column may bear either */
    enum field_kind kind;
    bool percent;              /* written 85%; places counts the scale of the ratio: 85% is 0.85, step 1% has places 2 */
    bool count;                /* declared `count`: whole, for messages */
    uint8_t places;
    bool has_low, has_high;
    int64_t low, high;         /* scaled; inclusive */
    int64_t step;              /* scaled; 0: none. Counted from low, or from 0 without one */
    uint32_t list;             /* FIELD_LIST: index into schema.lists */
    const bool *passed;        /* FIELD_PART: per part, whether no rule reads the row for it; NULL: all are read */
    uint32_t table;            /* FIELD_REF: index into schema.tables; that table has a key */
    bool optional;             /* a blank is allowed */
    bool wanted;               /* the program reads it; unwanted fields are checked all the same */
    struct span where;         /* its line in the scheme */
};

/* tables[0] is the unit. Every other table that is not for_all carries, beside its own fields, a column headed as the
 * unit's key field (name or heading), and one headed as its parent's key field where the parent is not the unit. */
struct table_schema {
    struct text name, heading; /* a file or sheet may bear either */
    struct field_schema *fields;
    uint32_t field_count;
    int32_t key;               /* index of the key field or NO_INDEX. Keys are unique: within a unit for tables of units, else in the table */
    int32_t parent;            /* 0: rows belong to a unit; >0: to a row of that table; NO_INDEX: the unit table and tables for all */
    int32_t by;                /* index of the date that must fall in the period, or NO_INDEX */
    bool has_from;             /* rows count from `from` on, not from the schema's carry_from */
    int64_t from;              /* days */
    bool for_all;
    bool results;              /* made by `use results of` */
    bool roles;                /* its rows name units in columns of kind FIELD_UNIT; parent is NO_INDEX */
    struct span where;
};

/* What people decide, read from the table `decision` (裁定): the figure of a judged part, one per assessor of it; that of a
 * part that a case left undecided; or yes or no to an outcome that somebody may order. */
struct judged_schema {
    struct text subject;   /* the part's number as written: "1.2" */
    struct text other;     /* another spelling of the subject: an outcome's heading; or empty */
    bool yes_no;           /* the value is yes or no, as 1 and 0 */
    struct text authority; /* whose figure it is, or empty for anybody's */
    uint8_t places;
    int64_t low, high;     /* scaled, inclusive */
    int64_t step;          /* scaled; 0: any */
    bool all_or_nothing;   /* low or high only */
    struct span where;
};

/* A doubtful clause: the table of decisions may say how it is read. */
struct question_schema {
    struct text name, heading;        /* its subject there; the heading may be empty */
    struct text *readings, *headings; /* likewise */
    uint32_t count;
};

/* How a question is read, because somebody decided so. */
struct reading_choice {
    uint32_t question, reading;
    struct text authority, file;
    uint64_t line;
};

struct schema {
    struct text title;     /* of the scheme */
    struct question_schema *questions;
    uint32_t question_count;
    bool readings_apart;   /* decisions on questions are read by decisions_readings, before the scheme is compiled */
    struct table_schema *tables;
    uint32_t table_count;
    struct list_schema *lists;
    uint32_t list_count;
    struct judged_schema *judged;
    uint32_t judged_count;
    struct text *parts;    /* numbers of the scheme's parts, for FIELD_PART */
    uint32_t part_count;
    struct text *texts;    /* the program's text literals: they are the first of dataset.texts, in this order, distinct */
    uint32_t text_count;
    bool has_workdays;     /* a table for all says which days are worked: its fields */
    uint32_t workday_table, workday_date, workday_works;
    bool has_period;
    int64_t period_from, period_to; /* days; both ends inclusive */
    bool earlier_counted;           /* the period is one of several run on the same data: rows before it are left out, not wrong */
    int64_t carry_from;             /* rows from here on count too; equals period_from without `carrying from` */
    enum tongue tongue;             /* of the scheme */
};

/* ---- data ---- */

enum { CELL_DAMAGED = 2 };

struct column {
    int64_t *values;  /* one per row; undefined where blank; NULL if the column is not wanted or was allowed to be absent */
    uint8_t *blank;   /* 1 where blank, CELL_DAMAGED where the cell is wrong (then the load has failed); NULL: no row is blank */
};

struct table_data {
    uint32_t rows;
    struct column *columns; /* one per field of the schema */
    uint32_t *unit;         /* row of table 0, per row; NULL for table 0 and tables for all */
    uint32_t *parent;       /* row of the parent table, per row; equals unit where the parent is the unit; NULL likewise */
    uint32_t *line;         /* line in the file (a record's first line), for messages and explanations */
    struct text file;       /* as shown to the user; empty when there is none */
};

/* A row that another period has. */
enum aside_why { ASIDE_LATER, ASIDE_EARLIER, ASIDE_OWNER /* as what it belongs to */ };

struct aside_row {
    uint32_t table; /* schema.table_count: the table of decisions */
    enum aside_why why;
    bool dated;
    int64_t date;
    uint64_t line;
    struct text unit; /* as it is written; empty: a table for all */
};

struct intake;

struct dataset {
    struct table_data *tables; /* one per table of the schema */
    struct intake **streams;   /* one per table: still to be read, by the machine, row after row; NULL: it has been read */
    struct column *judged;     /* one per judged_schema, a value per unit; blank: open */
    struct text **judged_by;   /* who decided, likewise */
    uint32_t **judged_line;    /* the line of the decision, per judged_schema and unit; 0: none */
    struct text decision_file;
    struct text *texts;        /* interned: equal texts have equal indexes; schema.texts come first */
    uint32_t text_count;
    uint64_t rows_read, rows_used;
    uint64_t rows_after, rows_earlier; /* left for the next period; to an earlier one */
    struct aside_row *aside;           /* those, and decisions, if they were to be listed: the first LIMIT_ASIDE */
    size_t aside_count, aside_capacity;
};

struct source;

/* Reads everything the schema asks for. Checks each cell against its field: type, range, step, list, blank, key, unit
 * known, references, dates in the period (after it: left out and noticed; before carry_from: an error); each table's
 * columns: missing and unknown ones, named twice. All problems are listed in `problems` with file, line, column and value.
 * A table without a file is an error, except `decision`; one with only a heading has no rows.
 * Returns false when problems has errors: *out is then not to be used. Memory from `arena`, by its trap. */
bool data_load(struct arena *arena, const struct schema *schema, struct source *source, struct findings *problems,
               struct dataset *out);

/* The same, but tables with streamed[t] (NULL: none) are only opened: the machine reads their rows when it comes to them, and adds to
 * `problems` what is wrong there. When there are errors elsewhere they are read at once, for theirs. The problems given here must live
 * until the run has ended, and the source, too. `aside`: rows left to other periods are listed, of tables that are not streamed. */
bool data_load_streaming(struct arena *arena, const struct schema *schema, struct source *source, const bool *streamed, bool aside,
                         struct findings *problems, struct dataset *out);

/* The decisions on how questions are read, in the order of the questions; what is wrong with them goes to `problems`, and what
 * is wrong with the table itself is left to data_load. */
struct reading_choice *decisions_readings(struct arena *arena, const struct schema *schema, struct source *source,
                                          struct findings *problems, uint32_t *count);

#endif
