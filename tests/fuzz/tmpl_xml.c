/* Templates of XML mode, with a schema and data that are always the same; the input is also there
 * as the partial "a". */
#include <stdint.h>

#include "base/arena.h"
#include "doc/node.h"
#include "schema/schema.h"
#include "tmpl/tmpl.h"
#include "value/read.h"
#include "value/value.h"

static const char schema_text[] =
    "fields:\n"
    "  t: {type: text, lines: yes}\n"
    "  n: {type: text, name: yes}\n"
    "  p: {type: paragraphs}\n"
    "  d: {type: date}\n"
    "  s: {type: decimal}\n"
    "  b: {type: bool}\n"
    "  e: {type: enum, choices: [x, y]}\n"
    "  w: {type: list, item: {type: text}}\n"
    "  m: {type: map, fields: {t: {type: text}, k: {type: integer}}}\n"
    "  l: {type: list, item: {type: map, fields: {t: {type: text}, w: {type: list, item: {type: "
    "text}}}}}\n";

static const char data_text[] = "t: |\n  one\n  two\n"
                                "n: a name\n"
                                "p: |\n  first\n\n  1. x\n    - y\n  2. z\n"
                                "d: 2566-09-29\n"
                                "s: 86.10\n"
                                "b: yes\n"
                                "e: x\n"
                                "w: [i, ii, iii]\n"
                                "m: {t: in m, k: 21}\n"
                                "l: [{t: a, w: [c, d]}, {t: b}]\n";

struct context {
    struct diags *diags;
    struct str input;
};

static bool
source(void *context, struct str name, struct pos pos, struct str *file, struct str *bytes)
{
    const struct context *c = context;

    *file = name;
    *bytes = str_is(name, "a")   ? c->input
             : str_is(name, "b") ? STR("<memo title=\"{{$t}}{{/t}}\">{{$c}}<p/>{{/c}}</memo>")
                                 : STR("<p>{{t}}</p>");
    if (name.len == 1)
        return true;
    diag_add(c->diags, DIAG_IO_OPEN, pos, diag_str(c->diags, name), "", NULL);
    return false;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t size)
{
    struct arena *arena = arena_new((size_t)256 * 1024 * 1024);
    struct diags *diags = diags_new();
    struct context context = {diags, {(const char *)bytes, size}};
    const struct value *file = value_read_yaml(arena, diags, "schema", str_of(schema_text));
    const struct schema *schema = schema_load(arena, diags, file);
    const struct value *report = value_read_yaml(arena, diags, "data", str_of(data_text));
    const struct value *data = schema_apply(arena, diags, schema, report, NULL);
    const struct tmpl *tmpl =
        tmpl_load(arena, diags, schema, source, &context, "input", context.input);
    struct buf out = buf_in(arena);

    if (tmpl != NULL) {
        tmpl_dump(tmpl, &out);
        const struct node *document = tmpl_run(arena, diags, tmpl, data);
        if (document != NULL)
            node_dump(document, &out);
        else if (diags_level_count(diags, DIAG_ERROR) == 0)
            __builtin_trap();
    } else if (diags_level_count(diags, DIAG_ERROR) == 0) {
        __builtin_trap(); /* refused without a word */
    }
    diags_free(diags);
    arena_free(arena);
    return 0;
}
