/* The schema of a template: which fields a report has, of which types. */
#ifndef CHECK_SCHEMA_H
#define CHECK_SCHEMA_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"
#include "base/str.h"

struct arena;
struct value;

enum field_type {
    FIELD_TEXT,       /* one line (line breaks are an error unless `lines` is set) */
    FIELD_PARAGRAPHS, /* paragraphs and lists; becomes a list of VALUE_ENTRY */
    FIELD_INTEGER,
    FIELD_DECIMAL, /* with exactly or at most `places` decimals */
    FIELD_DATE,    /* the day may be open */
    FIELD_MONTH,
    FIELD_BOOL,
    FIELD_ENUM,  /* one of `choices`; synonyms become the first of their group */
    FIELD_LIST,  /* of `item` */
    FIELD_MAP,   /* of `fields` */
    FIELD_RUBRIC /* a value that does not come from the report but from the rubric */
};

struct field_choice {
    struct str name;
    struct str *synonyms;
    size_t synonym_count;
};

struct field {
    struct str name;
    struct pos pos;
    enum field_type type;
    struct str help; /* one line for listings */
    struct str unit; /* "คะแนน" */
    bool required;
    bool unique;  /* in a list of maps: no two may have the same value */
    bool is_name; /* a line may not break inside */
    bool lines;   /* FIELD_TEXT: a line break in the datum is one on the page */
    int places;   /* FIELD_DECIMAL: -1 is any */
    bool has_range;
    struct decimal *range;       /* two: least and most */
    size_t count_min, count_max; /* FIELD_LIST; count_max 0 is no limit */
    struct field_choice *choices;
    size_t choice_count;
    struct field *item;   /* FIELD_LIST */
    struct field *fields; /* FIELD_MAP and FIELD_RUBRIC: the known keys */
    size_t field_count;
    struct str *aliases; /* other keys that mean this field ("แม่แบบ" for template) */
    size_t alias_count;
};

struct schema {
    struct field root; /* FIELD_MAP */
};

/* Reads schema.yaml out of the value tree of that file. NULL with a diagnostic. */
struct schema *schema_load(struct arena *arena, struct diags *diags, const struct value *file);

/* The field of a map with this name or alias, or NULL. */
const struct field *schema_find(const struct field *map, struct str name);

/* The name of a field of `map` that is nearest to `name`, or an empty text when none is near. */
struct str schema_nearest(const struct field *map, struct str name);

/* Checks a report against the schema and returns the typed tree: text, numbers, dates, entries,
 * maps with every known field in the schema's order (absent optional ones are VALUE_NONE). Adds a
 * diagnostic for each fault and goes on, so the tree is there even then (faulty values are
 * VALUE_NONE); the caller asks diags_level_count(). Keys of `engine` (template, ยอมรับ, …) are
 * skipped. */
struct value *schema_apply(struct arena *arena, struct diags *diags, const struct schema *schema,
                           const struct value *report);

/* Writes the listing of the fields: name, type, required, help; indented by level. */
void schema_list(const struct schema *schema, struct buf *out);

#endif
