/* Runs a template of XML mode with schema and data given as texts; what comes out is the dump of
 * the document and then the diagnostics, a line each. For tests of templates. */
#ifndef TMPL_CASE_H
#define TMPL_CASE_H

#include "base/arena.h"
#include "base/diag.h"
#include "doc/node.h"
#include "schema/schema.h"
#include "tmpl/tmpl.h"
#include "value/read.h"
#include "value/value.h"

struct tmpl_case {
    struct str schema; /* YAML */
    struct str template;
    struct str data;           /* YAML */
    const struct value *files; /* a map: partials and bases by name, or NULL */
    enum diag_lang lang;
    bool load_only;
    bool show_template; /* the dump of the template instead of the document's */
};

static inline bool
tmpl_case_source(void *context, struct str name, struct pos pos, struct str *file,
                 struct str *bytes)
{
    struct diags *const *diags = context;
    const struct tmpl_case *const *c = (const struct tmpl_case *const *)(const void *)(diags + 1);
    const struct value *found = value_get((*c)->files, name);

    *file = name;
    if (found == NULL) {
        diag_add(*diags, DIAG_IO_OPEN, pos, diag_str(*diags, name), "no such partial", NULL);
        return false;
    }
    *bytes = found->text;
    return true;
}

static inline void
tmpl_case_diags(struct arena *arena, const struct diags *diags, enum diag_lang lang,
                struct buf *out)
{
    for (size_t i = 0; i < diags_count(diags); i++) {
        buf_add(out, diag_line(arena, diags_at(diags, i), lang));
        buf_byte(out, '\n');
    }
}

static inline void
tmpl_case_steps(struct arena *arena, struct diags *diags, const struct tmpl_case *c,
                struct buf *out)
{
    struct {
        struct diags *diags;
        const struct tmpl_case *c;
    } context = {diags, c};
    const struct value *file = value_read_yaml(arena, diags, "schema.yaml", c->schema);
    const struct schema *schema = file == NULL ? NULL : schema_load(arena, diags, file);

    if (schema == NULL)
        return;
    const struct tmpl *tmpl =
        tmpl_load(arena, diags, schema, tmpl_case_source, &context, "memo.xml", c->template);
    if (tmpl != NULL && c->show_template)
        tmpl_dump(tmpl, out);
    if (tmpl == NULL || c->load_only || c->show_template)
        return;
    const struct value *report = value_read_yaml(arena, diags, "report.yaml", c->data);
    if (report == NULL)
        return;
    const struct value *data = schema_apply(arena, diags, schema, report, NULL);
    const struct node *document = tmpl_run(arena, diags, tmpl, data);
    if (document != NULL)
        node_dump(document, out);
}

/* The output lives in `arena`. */
static inline struct str
tmpl_case_run(struct arena *arena, const struct tmpl_case *c)
{
    struct diags *diags = diags_new();
    struct buf out = buf_in(arena);

    tmpl_case_steps(arena, diags, c, &out);
    tmpl_case_diags(arena, diags, c->lang, &out);
    diags_free(diags);
    return out.len == 0 ? STR("") : buf_str(&out);
}

#endif
