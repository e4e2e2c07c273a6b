/* The objects behind banthuek.h, for the files that implement it. The stages (stages.h) never see
 * them. */
#ifndef ENGINE_REPORT_H
#define ENGINE_REPORT_H

#include "banthuek.h"
#include "engine/cache.h"
#include "engine/places.h"
#include "engine/stages.h"

struct banthuek_context {
    struct arena *arena;
    struct cache *cache;
    struct files files;
    struct files_calls calls; /* what `files` points to where they come from callbacks */
    struct banthuek_files given;
    struct places places;
    const char *font_dir;
};

/* A stage that has not been tried, that failed (its messages are there), or whose result is. */
enum step { STEP_OPEN, STEP_FAILED, STEP_DONE };

struct banthuek {
    struct banthuek_context *context;
    bool owns_context;
    struct work work; /* its parts are those below */
    struct files files;
    struct inputs inputs;
    struct held held;
    struct wishes wishes;

    bool loaded;
    struct source source;
    enum step kit_step, data_step, rubric_step, document_step, pages_step, ready_step;
    const struct kit *kit;
    struct data data;
    const struct schema *schema;     /* of the template, or of that of a rubric */
    const struct value *rubric;      /* typed, when that was loaded */
    const struct value *rubric_file; /* the same as it was read */
    const struct node *document;
    struct paged paged;
    struct breaker *breaker;
    struct print_job print;
    struct page_job page;
    size_t checked;        /* messages there were when the report was checked */
    bool emblem_is_unsaid; /* that there is none was not told when pages were only checked */

    struct arena *message_arena; /* of banthuek_message() */
};

/* What is needed to say where a message's datum is. */
struct told {
    const struct diags *diags;
    const struct schema *schema; /* may be NULL */
    const struct value *report;  /* may be NULL */
};

/* How many messages there are, with the one that tells how many were not kept. */
size_t told_count(const struct diags *diags);

/* The first `count` messages as JSON. With `carried` files are named as the PDF carries them. */
void told_write_json(struct arena *arena, const struct told *told, enum diag_lang lang,
                     size_t count, const struct inputs *carried, struct buf *out);

/* Pointers to values, as callers are given them. */
struct value_list {
    struct arena *arena;
    const void **item;
    size_t count, cap;
};

/* A new value of `size` bytes at the end. */
void *value_list_add(struct value_list *list, size_t size);

/* Copies what a caller handed in into a struct of `size` bytes that are zero: as much as both know.
 * Both begin with struct_size; `given` may be NULL. */
void take_given(void *own, size_t size, const void *given);

/* A text of the library's as a caller sees it. */
static inline struct banthuek_bytes
bytes_of(struct str text)
{
    return (struct banthuek_bytes){text.ptr == NULL ? "" : text.ptr, text.len};
}

static inline enum diag_lang
lang_of(enum banthuek_lang lang)
{
    return lang == BANTHUEK_THAI ? DIAG_THAI : DIAG_ENGLISH;
}

#endif
