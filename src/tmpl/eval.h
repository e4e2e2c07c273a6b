/* The evaluator of both modes: names, filters, sections. What a mode writes is its own. For files
 * of this room only. */
#ifndef TMPL_EVAL_H
#define TMPL_EVAL_H

#include "tmpl/tree.h"

struct value;

/* A level of the context stack. */
struct level {
    const struct value *value;
    bool loop;
    size_t index, count; /* in a loop; index from 0 */
};

struct eval {
    struct arena *arena;
    struct diags *diags;
    enum lex_mode mode;
    struct level levels[TMPL_DEPTH_MAX];
    size_t level_count;
    size_t depth; /* of sections, elements and inclusions */
    size_t steps;
    /* writes the nodes of a list, as the mode does */
    bool (*list)(struct eval *eval, const struct tnode *first);
    void *output;
};

/* Starts with the data as the only level. */
void eval_start(struct eval *eval, struct arena *arena, struct diags *diags, enum lex_mode mode,
                const struct value *data);

/* The value of a name after its filters (never NULL; VALUE_NONE when there is none) and the class
 * that a filter gave to its paragraphs. False with TMPL_FILTER_VALUE or as eval_step(). */
bool eval_expr(struct eval *eval, const struct expr *expr, const struct value **out,
               struct str *class);

/* Writes a section or inverted section. False after a diagnostic. */
bool eval_section(struct eval *eval, const struct tnode *node);

/* To be called for each node, each entry of a loop and each filter. False with TMPL_STEPS or
 * MEMORY_BUDGET. */
bool eval_step(struct eval *eval, struct pos pos);

/* One `depth` further in, and out again: what a list of nodes calls. False with TMPL_NESTING. */
bool eval_enter(struct eval *eval, struct pos pos);
void eval_leave(struct eval *eval);

#endif
