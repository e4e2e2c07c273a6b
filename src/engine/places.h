/* Where things are looked for: folders of data and configuration, templates, the emblem. */
#ifndef ENGINE_PLACES_H
#define ENGINE_PLACES_H

#include "engine/work.h"

struct style;

/* Folders, as they were when the context was opened. */
struct places {
    const char *data;   /* holds templates/ and fonts/; NULL: there is none */
    const char *config; /* the user's ($XDG_CONFIG_HOME/banthuek); NULL without a home */
    const char *system; /* the configuration of the system; NULL with callbacks */
};

/* `data_dir` is the one to be used, or NULL: beside the program, the user's, the installed one.
 * Where files come from callbacks there is no other, and no configuration. Texts live in `arena`.
 */
struct places places_of(struct arena *arena, const struct files *files, const char *data_dir);

/* The file of the emblem when none was given: $BANTHUEK_EMBLEM, the style's, the configuration's;
 * NULL when there is none anywhere. */
const char *places_emblem(struct work *w, const struct style *style);

/* The folder of a template by name; NULL with ENGINE_TEMPLATE_UNKNOWN or ENGINE_TEMPLATE_NEAR.
 * Looked through are the user's configuration, the system's, the data folder. */
const char *places_template(struct work *w, struct str name, struct pos pos);

/* The names of all templates, sorted. */
struct str *places_templates(struct work *w, size_t *count);

#endif
