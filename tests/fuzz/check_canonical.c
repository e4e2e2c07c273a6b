/* Reports of any bytes, YAML or (behind "{") JSON: what is without errors and has a canonical form
 * must read back as the same typed data and the same form. Its messages' paths, and acceptances of
 * findings at any of its data, must do no harm. */
#include <stdlib.h>

#include "base/arena.h"
#include "check/accept.h"
#include "check/canonical.h"
#include "schema/path.h"
#include "schema/rubric.h"
#include "schema/schema.h"
#include "value/read.h"
#include "value/value.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const char fixed[] =
    "fields:\n"
    "  t: {aliases: [text]}\n"
    "  l: {lines: yes}\n"
    "  p: {type: paragraphs}\n"
    "  q: {type: paragraphs, lines: yes}\n"
    "  m: {type: paragraphs, marker: '-'}\n"
    "  i: {type: integer, unit: คน}\n"
    "  d: {type: decimal, places: 2}\n"
    "  y: {type: year}\n"
    "  a: {type: date}\n"
    "  o: {type: month}\n"
    "  b: {type: bool}\n"
    "  e: {type: enum, choices: {ก: [ข, a], ค: [ง]}}\n"
    "  s: {type: list, item: {}}\n"
    "  v: {type: list, item: {type: list, item: {type: paragraphs}}}\n"
    "  n: {type: list, item: {type: map, fields: {t: {}, r: {type: reference, from: g.x, key: "
    "c}}}}\n"
    "  k: {type: keyed, from: g.x, key: c, value: w, fields: {w: {type: decimal}, p: {type: "
    "paragraphs}}}\n"
    "  z: {type: keyed, from: g.x, key: c, fields: {t: {}, b: {type: bool}}}\n"
    "  g: {type: rubric, file: t, fields: {x: {type: list, item: {type: map, fields: {c: {}}}}}}\n";

static const char rubric_text[] = "x: [{c: O1}, {c: O2}, {c: \"3\"}]\n";

struct subject {
    struct arena *arena;
    struct diags *diags;
    const struct schema *schema;
    const struct value *rubric, *report, *typed;
};

/* What is typed, without places: values in the order of the schema. */
static void
add_typed(struct buf *out, const struct value *value)
{
    buf_printf(out, "(%d ", (int)value->kind);
    if (value->kind == VALUE_DATE)
        buf_add(out, date_iso(out->arena, value->date));
    else if (value->kind == VALUE_BOOL)
        buf_byte(out, value->boolean ? '1' : '0');
    else if (value->kind != VALUE_NONE && value->kind != VALUE_LIST && value->kind != VALUE_MAP)
        buf_printf(out, "%d|%.*s|%.*s", value->level, STR_FMT(value->marker), STR_FMT(value->text));
    for (const struct value *child = value->first; child != NULL; child = child->next)
        add_typed(out, child);
    buf_byte(out, ')');
}

/* False when the report has errors. */
static bool
read_report(struct subject *subject, const char *file, struct str text)
{
    subject->report = value_read(subject->arena, subject->diags, file, text);
    if (subject->report == NULL || subject->report->kind != VALUE_MAP)
        return false;
    subject->typed = schema_apply(subject->arena, subject->diags, subject->schema, subject->report,
                                  subject->rubric);
    return diags_level_count(subject->diags, DIAG_ERROR) == 0;
}

static struct str
canonical(struct subject *subject)
{
    struct buf out = buf_in(subject->arena);

    canonical_write(subject->arena, subject->schema, subject->report, subject->typed, &out);
    return buf_str(&out);
}

static void
try_accept(struct subject *subject)
{
    struct diags *findings = diags_new();

    for (size_t i = 0; i < diags_count(subject->diags); i++)
        (void)path_of(subject->arena, subject->schema, subject->report,
                      diags_at(subject->diags, i));
    for (const struct value *child = subject->report->first; child != NULL; child = child->next)
        diag_add(findings, DIAG_FIGURE_MEAN, child->pos, "a", "b", "c");
    const struct accepted *accepted = accept_apply(subject->arena, subject->diags, findings,
                                                   subject->schema, subject->report, true);
    if (accepted != NULL && accept_record(subject->arena, accepted).len == 0)
        abort();
    diags_free(findings);
}

static void
try(struct subject *subject, struct str text)
{
    struct buf before = buf_in(subject->arena), after = buf_in(subject->arena);

    if (!read_report(subject, text.len > 0 && text.ptr[0] == '{' ? "r.json" : "r.yaml", text)) {
        if (subject->report != NULL)
            try_accept(subject);
        return;
    }
    add_typed(&before, subject->typed);
    struct str form = canonical(subject);
    try_accept(subject);
    diags_free(subject->diags);
    subject->diags = diags_new();
    if (!read_report(subject, "r.json", form))
        abort();
    add_typed(&after, subject->typed);
    if (!str_eq(buf_str(&before), buf_str(&after)) || !str_eq(form, canonical(subject)))
        abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct subject subject = {.arena = arena_new(0), .diags = diags_new()};
    struct arena *arena = subject.arena;

    subject.schema = schema_load(arena, subject.diags,
                                 value_read_yaml(arena, subject.diags, "schema", str_of(fixed)));
    if (subject.schema == NULL)
        abort();
    subject.rubric =
        rubric_load(arena, subject.diags, subject.schema,
                    value_read_yaml(arena, subject.diags, "rubric", str_of(rubric_text)));
    if (subject.rubric == NULL)
        abort();
    try(&subject, (struct str){(const char *)data, size});
    diags_free(subject.diags);
    arena_free(arena);
    return 0;
}
