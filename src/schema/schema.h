/* The schema of a template: which fields a report has, of which types, and what a template sees
 * of them.
 *
 * schema.yaml has English keys. At its top stand `help` (what the template is for), `sample` (the
 * filled example that a new report starts from: a file of the template's folder or below the data
 * folder), `scores` and `levels` (score.h), `others` (the names of other assessments, of which
 * reports of this one may speak: mention.h), and `fields`, a map from the name of a field to its
 * description:
 *
 *   type      text paragraphs integer decimal year date month bool enum list map keyed reference
 *             rubric (default text)
 *   required  yes: the report must have it
 *   help      one line for people, in Thai
 *   aliases   other keys that mean this field
 *   needs     another field of the same map that must be there when this one is
 *   unique    yes: no two maps of a list may have the same value here
 *   name      yes: a line may not break inside (names, numbers of letters, telephone numbers)
 *   lines     yes: a line end typed in the datum is one on the page
 *   marker    paragraphs: the marker of entries that have none of their own ("-")
 *   unit      integer, decimal: a word that may stand behind the number ("คะแนน")
 *   places    decimal: at most so many decimals; the typed value has exactly so many. Fewer are
 *             told (FIELD_FEW_DECIMALS) but for the most that `range` allows
 *   range     integer, decimal, year: [least, most]
 *   yearly    what becomes of last year's value in a new report or rubric: yes: it is this year's
 *             alone, and a hole stands in its place (a year becomes the new one, a bool no);
 *             drop: it is left out; tail: only what stands before and with its last "/" stays
 *             ("สม 99901/12"); no: it stays, with its years moved. Without it a field is as the
 *             one around it, at the root as `no`
 *   archive   what the field says of the report in an archive: year (a year), date (a date), else
 *             agency (whom it is about), office (who wrote it), number, subject or secret (how
 *             secret it is)
 *   repeats   bool: not written in the data, but true when the named field of the same map is as
 *             in the entry of the list before
 *   choices   enum: a list of words, or a map from each word to the list of its synonyms
 *   count     list: [least, most] entries; most 0 is no limit
 *   item      list: the description of its entries
 *   covers    list of references, in the entries of a list of the rubric: yes: all of them together
 *             name each entry of the list that they lead to once
 *   fields    map, keyed, rubric: the fields inside
 *   from      keyed, reference: the path of a list of maps of the rubric ("เกณฑ์.รายการ");
 *             reference: or of a keyed field ("รายการ")
 *   key       keyed, reference: the field of that list's entries by which they are named
 *   value     keyed: the field that a plain datum fills
 *   complete  keyed: yes: the report must have each entry of the list
 *   sheet     map, list, keyed: the name of its sheet in a form (form/form.h, form/rubric.h)
 *   file      rubric: the field of the report that names the file (2566: rubric/2566.yaml)
 *   variant   rubric: the text field of the report that tells several rubrics of a year apart, for
 *             other kinds of agencies ("ก": rubric/2566-ก.yaml); without a value it is 2566.yaml
 *   figures   text, paragraphs: yes: scores, levels and names of figures written in the
 *             sentences must agree with the data (mention.h)
 *   years     text, paragraphs: yes: the years it names must be the report's: all in a text (a
 *             title), in paragraphs those of a sentence that speaks of the assessment
 *   assessment text, in the rubric: yes: a name of the assessment
 *   official  text: a name that must be the rubric's or one of those in the field named here, a
 *             list of other accepted names in the same entry of the rubric
 *   person    text: yes: the name of a person: title, given name, family name
 *   whole     text: yes: a name that lines do not part wherever it stands in the report, as those
 *             of persons
 *   routing   list of maps: yes: who is to sign the report, in this order: a map for each, with a
 *             text that is a `role`
 *   first     such a list: a map beside it that stands for the list's first entry: where both are
 *             given they must agree in the fields that both have; where the list alone is given
 *             its first entry stands in the map's place
 *   instead   such a list: a field beside it that may not be given with it
 *   role      text, in the entries of such a list: yes: what a signer is called (base/role.h); it
 *             must be there, and no other entry may have it
 *   hash      text: yes: a SHA-256, 64 hexadecimal digits
 *   replaces  text with `hash`, at the root: yes: that of the PDF in whose place this one is made
 *   fiscal    date: may not be before the fiscal year in this field of the report
 *   after     date: should not be before the date at this path ("เกณฑ์.วันประกาศผล")
 *   last      all but paragraphs, lists, maps and references: a new report made from last year's
 * gets here what stands in the field at this path of last year's ("ผลประเมิน.คะแนนรวม"), which has
 * the same type; a keyed field gets the plain data of the entries same      text: should be what
 * stands at this path; else what is beside it may be another's before    year: must be before the
 * year at this path
 *
 * and in the rubric, where entries may say how sure they are:
 *
 *   certainty enum: yes: how sure it is what the entry around says; the choices go from the surest
 *             to the most doubtful
 *   source    text: yes: where it is known from
 *   compared  bool: yes: whether people compared it with the publication
 *   about     map: the field beside it of which `certainty`, `source` and `compared` inside tell;
 *             without it they tell of the entry around
 *   former    list of texts, in the entries of a list: the codes that the entry had in the rubric
 * of the year before, and with that the field of the entry that holds its code now
 *
 * A *rubric* field does not come from the report but from the rubric of its year (rubric.h).
 * A *keyed* field is a map from a code to a datum in the report, and for the template a list: one
 * map per entry of the rubric's list, in its order, with the entry's fields and the report's own
 * (which win where both have the name and the report has a value).
 * A *reference* is a code in the data, and for the template the map that it names.
 *
 * Names of fields, codes and choices are compared with Thai digits as Arabic ones, letters A-Z
 * and a-z alike, and runs of blanks as one.
 *
 * Text fields of type `paragraphs` are written as a text, or as a list of texts whose lists are a
 * level deeper. An empty line ends a paragraph. A line that begins with a marker is an entry of
 * its own: 1. 1) (1) (up to three digits of either kind) ก. ก) (ก) (ก to ญ) - – * • ● ○ ▪, and 1.2
 * when 1. or 1.1 came before it; deeper indentation or list nesting is a deeper level, up to three.
 * What could as well begin a sentence (86.17, ก.พ., -5) is no marker. A line without marker
 * continues a paragraph, and an entry when it is indented deeper than its marker; else it begins a
 * paragraph. Lines are joined without a space between two Thai letters (with the note
 * FIELD_LINES_JOINED, unless a blank stood at the line's end), else with one; with `lines` they
 * stay lines. With `marker` nothing is joined: each line is an entry. */
#ifndef SCHEMA_SCHEMA_H
#define SCHEMA_SCHEMA_H

#include <stdbool.h>
#include <stddef.h>

#include "base/decimal.h"
#include "base/diag.h"
#include "base/str.h"

struct arena;
struct value;

enum field_type {
#define T(type, name, thai, seen) FIELD_##type,
#include "schema/types.def"
#undef T
};

enum field_yearly { YEARLY_INHERITED, YEARLY_NO, YEARLY_HOLE, YEARLY_DROP, YEARLY_TAIL };

enum field_archive {
    ARCHIVE_NOTHING,
    ARCHIVE_YEAR,
    ARCHIVE_DATE,
    ARCHIVE_AGENCY,
    ARCHIVE_OFFICE,
    ARCHIVE_NUMBER,
    ARCHIVE_SUBJECT,
    ARCHIVE_SECRET
};
#define ARCHIVE_WORDS (ARCHIVE_SECRET + 1)

struct field_choice {
    struct str name;
    struct str *synonyms;
    size_t synonym_count;
};

struct field {
    struct str name; /* empty in an `item` */
    struct pos pos;
    enum field_type type;
    struct str help; /* one line for listings */
    struct str unit; /* "คะแนน" */
    bool required;
    bool unique;
    bool is_name;
    bool lines;
    bool complete;
    bool figures, years;
    bool assessment;
    bool person;
    bool whole;
    enum field_yearly yearly;
    enum field_archive archive;
    bool covers;
    bool certainty, source, compared;
    bool routing, role, hash, replaces;
    int places; /* FIELD_DECIMAL: -1 is any */
    bool has_range;
    struct decimal range[2];
    size_t count_min, count_max; /* count_max 0 is no limit */
    struct field_choice *choices;
    size_t choice_count;
    struct field *item;   /* FIELD_LIST, FIELD_KEYED: an entry as the template sees it */
    struct field *fields; /* the known keys */
    size_t field_count;
    struct str *aliases;
    size_t alias_count;
    struct str marker, repeats, needs;
    struct str from, key, value, file, variant, sheet;
    struct str official, fiscal, after, about, former;
    struct str last, same, before;
    struct str first, instead;
    const struct field *target; /* FIELD_KEYED, FIELD_REFERENCE: the list that `from` names */
    int mark;                   /* for schema_load() alone: see there */
};

/* Limits of a schema. */
#define SCHEMA_FIELDS_MAX 1000
#define SCHEMA_DEPTH_MAX 16
#define SCHEMA_HOPS_MAX 4   /* references in the entry that a reference names, and so on */
#define SCHEMA_LEVELS_MAX 3 /* levels of entries in a text field */
#define SCHEMA_SCORES_MAX 8 /* levels of the tree of figures */

/* A field of a level's entries that names the entry which they are below. */
struct score_in {
    struct str field;
    size_t level; /* of that entry: an index in `scores` */
};

/* A level of the tree of figures, and how the figures are named; the members are the keys of
 * score.h, empty where they are left out. */
struct score_level {
    struct pos pos;
    struct str name, each, key, weight, full, value, own, tolerance;
    struct score_in in[SCHEMA_SCORES_MAX];
    size_t in_count; /* 0: below the total */
    bool leaf;
    struct score_level *parts;
};
struct level_scheme {
    struct pos pos;
    struct str value, from, name, total, every, each, in, least, before, since, until;
    size_t in_level; /* of the entries that `in` names: an index in `scores` */
};

struct schema {
    struct field root;          /* FIELD_MAP; its help is that of the template */
    struct str sample;          /* empty: the template has no example */
    const struct field *rubric; /* the FIELD_RUBRIC of the root, or NULL */
    struct score_level *scores; /* from the total down */
    size_t score_count;
    struct level_scheme levels; /* `value` is empty when none is declared */
    struct str *others;         /* names of other assessments */
    size_t other_count;
};

/* What stands in a file where a value, or words of it, are still to be written: FIELD_HOLE. */
#define SCHEMA_HOLE "<กรอก>"

/* Reads schema.yaml out of the value tree of that file. NULL with diagnostics SCHEMA_…. */
struct schema *schema_load(struct arena *arena, struct diags *diags, const struct value *file);

/* The field of a map, reference, rubric or root with this name or alias, or NULL. */
const struct field *schema_find(const struct field *map, struct str name);

/* The field at a path of maps ("ผลประเมิน.คะแนนรวม"), or NULL. */
const struct field *schema_at(const struct schema *schema, struct str path);

/* What a datum of the field `map` has for `field`, under its name or an alias; NULL for nothing,
 * and when `datum` is no map, or NULL. */
const struct value *schema_datum(const struct value *datum, const struct field *map,
                                 const struct field *field);

/* The same at a path of fields below `map`. */
const struct value *schema_datum_at(const struct value *datum, const struct field *map,
                                    struct str path);

/* The text of the root's field that is `replaces`; empty without. `typed` is of schema_apply(). */
struct str schema_replaces(const struct schema *schema, const struct value *typed);

/* The name of a field of `map` that is nearest to `name`, or an empty text when none is near. */
struct str schema_nearest(const struct field *map, struct str name);

/* The entry of a list or keyed field as a template sees it; NULL for other types. */
const struct field *schema_item(const struct field *field);

/* True for the types that a template sees as a map: FIELD_MAP, FIELD_REFERENCE, FIELD_RUBRIC. */
bool schema_is_map(const struct field *field);

/* True for keys that are the engine's own at the root of a report: template, แม่แบบ, ข้อมูล,
 * ยอมรับ, คำเฉพาะ. */
bool schema_key_is_engines(struct str key);

/* The key of a rubric that is the engine's own: the names of the templates that it is for, a text
 * or a list. It tells a rubric from a report. */
#define SCHEMA_RUBRIC_KEY "ใช้กับ"

/* Which of the rubrics of its year a report asks for, out of the field that the rubric's `variant`
 * names; empty when it does not say, or when the schema has none. */
struct str schema_rubric_variant(const struct schema *schema, const struct value *report);

/* The name of the rubric that a report asks for ("2566", "2566-ก"), out of the fields that the
 * rubric's `file` and `variant` name. False when the schema has no rubric, or with a diagnostic
 * when the report does not say it (FIELD_MISSING, FIELD_NOT_YEAR …). */
bool schema_rubric_name(struct arena *arena, struct diags *diags, const struct schema *schema,
                        const struct value *report, struct str *out);

/* Checks a report against the schema and returns the typed tree: maps with every known field in
 * the schema's order (absent optional ones are VALUE_NONE). Adds a diagnostic FIELD_… for each
 * fault and goes on, so the tree is there even then (faulty values are VALUE_NONE); the caller
 * asks diags_level_count(). Keys of the engine are skipped at the root. `rubric` is the tree of
 * rubric_load(), or NULL: then a schema with a rubric gives FIELD_NO_RUBRIC. */
struct value *schema_apply(struct arena *arena, struct diags *diags, const struct schema *schema,
                           const struct value *report, const struct value *rubric);

/* The words of schema.yaml, so that what describes them can be tested: the name of a type, and the
 * key at an index with the types that it may stand at (a bit for each); NULL behind the last. */
const char *schema_type_name(enum field_type type);
const char *schema_type_thai(enum field_type type);
const char *schema_word(size_t index, unsigned *types);

#endif
