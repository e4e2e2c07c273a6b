/* Comparing one revision with the next: what the files of it share. */
#ifndef CHANGES_COMPARE_H
#define CHANGES_COMPARE_H

#include "base/arena.h"
#include "changes/changes.h"
#include "pdfin/cos.h"

/* A step of the way from the root to an object: a key, or an index where `key` is NULL. */
struct place {
    const struct place *above;
    const char *key;
    struct str key_text; /* where `key` is not from the sources */
    size_t index;
};

/* What a difference is put to. */
struct subject {
    enum change_code code; /* CHANGE_CODE_COUNT: told from the place */
    size_t page;
    struct str field;
    struct str was;
    const struct place *from; /* keys below it tell what was changed */
};

struct found {
    struct arena *arena;
    struct change *list;
    size_t count, cap, dropped;
};

/* What earlier signatures allow in a step. */
struct rules {
    int level;          /* 1, 2, 3: the strictest DocMDP, 0 without */
    bool certified;     /* there is one */
    bool signed_before; /* by something that is no time stamp */
};

struct compare {
    struct arena *arena; /* of this step only */
    struct revisions *r;
    size_t a, b; /* the revisions: old and new */
    struct rules rules;
    const struct drawing *drawing;
    struct found *found;
    size_t first; /* of the list that is of this step */
    size_t refused;
    bool metadata_told;
    struct map *pairs; /* of numbers that were compared, or are to be */
    struct map *roles; /* numbers that are judged as what they are, wherever they are met */
    struct map *added; /* fields of signature that came with this step */
    struct todo *todo;
    size_t todo_count, todo_next, todo_cap;
    size_t *steps;
};

/* ---- compare.c: two trees, without exceptions */

/* Compares two values as they stand in the two revisions; what they refer to is noted, and
 * compared by compare_rest(). */
void compare_values(struct compare *c, const struct cos *x, const struct cos *y,
                    const struct place *place, const struct subject *subject);

/* The entries of two dictionaries, but those whose keys are in a list that ends with NULL. */
void compare_dicts(struct compare *c, const struct cos *x, const struct cos *y,
                   const char *const *but, const struct place *place,
                   const struct subject *subject);
void compare_rest(struct compare *c);

/* A number that stands for the same kind of thing in both revisions, and is judged by itself. */
void compare_set_role(struct compare *c, size_t number);

/* The same of a field, where it is met as one: under /Annots, /Kids and their like. */
void compare_set_field(struct compare *c, size_t number);

/* Adds a change; `change.revision` is set. */
void compare_add(struct compare *c, struct change change);
void compare_differ(struct compare *c, const struct place *place, const struct subject *subject);
struct str compare_path(struct arena *arena, const struct place *place);

/* Two values as they stand there; false for arrays, dictionaries, streams and references. */
bool compare_same_scalar(const struct cos *x, const struct cos *y);

/* Values without references in them: texts, names, numbers and arrays of these. */
bool compare_same_plain(struct compare *c, const struct cos *x, const struct cos *y);

/* Width (0) or height (1) of a rectangle of four numbers in the new revision; negative where its
 * corners are exchanged. */
double compare_side(struct compare *c, const struct cos *rect, size_t i);

/* ---- judge_root.c: the trailer, the catalog and what hangs there */
void judge_set_roles(struct compare *c);
void judge_root(struct compare *c);
void judge_pages(struct compare *c);

/* ---- judge_dss.c */
void judge_dss(struct compare *c, const struct cos *x, const struct cos *y);

/* ---- judge_form.c: fields */
void judge_form_roles(struct compare *c);

/* The form itself, with new fields of signature; it goes before the pages, which show them. */
void judge_form_dict(struct compare *c);
void judge_fields(struct compare *c);

/* ---- judge_signed.c: fields of signature */

/* New ones at the root of the form, from an index of /Fields on. */
void judge_added(struct compare *c, const struct cos *fields, size_t from);
void judge_signature_field(struct compare *c, const struct field_node *x,
                           const struct field_node *y, const struct place *place,
                           const struct subject *subject);

/* The appearance of a field that is new, or as it was; false when it was told otherwise. */
bool judge_fresh_appearance(struct compare *c, const struct cos *x, const struct cos *y,
                            enum change_code in_place, const struct place *place,
                            const struct subject *subject);

/* ---- judge_drawn.c: whether an appearance draws a value */

/* An appearance that draws nothing at all, in a revision. */
bool judge_draws_nothing(struct compare *c, size_t revision, const struct cos *stream);
enum drawn judge_drawn(struct compare *c, const struct change *change, const struct cos *field);

/* ---- locks.c: what earlier signatures forbid */
struct rules rules_at(const struct revisions *r, size_t revision);
bool rules_lock(const struct revisions *r, size_t revision, struct str field);

/* Somebody signed this very revision. */
bool rules_signed_at(const struct revisions *r, size_t revision);

/* ---- warn.c: what is odd in the signed file itself */
void warn_of(struct found *found, struct revisions *r, size_t revision);
void warn_unused(struct compare *c);

/* True when an annotation of a list shows something over one that stands before it, or is as large
 * as to hide what a page says. */
bool warn_hides(struct revisions *r, size_t revision, const struct cos *annots, size_t which);

void found_add(struct found *found, struct change change);
enum change_sort change_sort_of(enum change_code code);

#endif
