/* What the library tells as text: stage dumps, break places, listings. */
#include "base/arena.h"
#include "base/files.h"
#include "base/utf8.h"
#include "check/canonical.h"
#include "doc/node.h"
#include "engine/engine.h"
#include "layout/page.h"
#include "schema/schema.h"
#include "text/breaks.h"
#include "tmpl/tmpl.h"
#include "value/value.h"

static bool
dump_pages(struct banthuek *b, struct buf *out)
{
    const struct pages *pages = engine_pages(b);

    if (pages == NULL)
        return false;
    pages_dump(pages, out);
    return true;
}

static bool
dump_stage(struct banthuek *b, enum banthuek_stage stage, struct buf *out)
{
    switch (stage) {
    case BANTHUEK_STAGE_DATA:
        if (!engine_data(b))
            return false;
        value_dump(b->data, out);
        return true;
    case BANTHUEK_STAGE_CANONICAL:
        if (!engine_data(b))
            return false;
        canonical_write(b->arena, b->schema, b->report, b->data, out);
        return true;
    case BANTHUEK_STAGE_TEMPLATE:
        if (!engine_template(b))
            return false;
        tmpl_dump(b->tmpl, out);
        return true;
    case BANTHUEK_STAGE_DOCUMENT:
        if (!engine_document(b))
            return false;
        node_dump(b->document, out);
        return true;
    case BANTHUEK_STAGE_LINES:
        return engine_lines(b, b->arena, out);
    case BANTHUEK_STAGE_PAGES:
        return dump_pages(b, out);
    }
    return false;
}

bool
banthuek_dump(struct banthuek *b, enum banthuek_stage stage, struct banthuek_bytes *text)
{
    struct buf out = buf_in(b->arena);

    if (!dump_stage(b, stage, &out))
        return false;
    *text = engine_bytes(buf_str(&out));
    return true;
}

bool
banthuek_breaks(struct banthuek *b, struct banthuek_bytes text, bool emergency,
                struct banthuek_bytes *marked)
{
    struct str rest = {text.data, text.size};
    struct buf out = buf_in(b->arena);

    if (utf8_invalid_at(rest) != SIZE_MAX) {
        diag_add(b->diags, DIAG_ENGINE_NOT_UTF8, POS_NONE, NULL, NULL, NULL);
        return false;
    }
    engine_open_breaker(b);
    while (rest.len > 0) {
        size_t end = str_find(rest, STR("\n"));
        struct str line = str_sub(rest, 0, end);
        buf_add(&out, breaks_mark(b->breaker, b->arena, line, emergency));
        if (end == SIZE_MAX)
            break;
        buf_byte(&out, '\n');
        rest = str_sub(rest, end + 1, rest.len);
    }
    *marked = engine_bytes(buf_str(&out));
    return true;
}

bool
banthuek_breaks_file(struct banthuek *b, const char *path, bool emergency,
                     struct banthuek_bytes *marked)
{
    struct str bytes;

    if (!files_read(b->files, b->arena, b->diags, POS_NONE, path, VALUE_BYTES_MAX, &bytes))
        return false;
    return banthuek_breaks(b, engine_bytes(bytes), emergency, marked);
}

bool
banthuek_filters(struct banthuek *b, enum banthuek_lang lang, struct banthuek_bytes *text)
{
    struct buf out = buf_in(b->arena);

    tmpl_list_filters(&out, lang == BANTHUEK_THAI ? DIAG_THAI : DIAG_ENGLISH);
    *text = engine_bytes(buf_str(&out));
    return true;
}

/* The templates there are, a line each: name and what it is for. */
static bool
list_templates(struct banthuek *b, struct buf *out)
{
    size_t count;
    const struct str *names = engine_templates(b, &count);

    for (size_t i = 0; i < count; i++) {
        const char *dir = engine_find_template(b, names[i], POS_NONE);
        const struct schema *schema = dir == NULL ? NULL : engine_schema(b, dir);
        buf_add(out, names[i]);
        if (schema != NULL && schema->root.help.len > 0)
            buf_printf(out, ": %.*s", STR_FMT(schema->root.help));
        buf_byte(out, '\n');
    }
    if (count == 0)
        diag_add(b->diags, DIAG_ENGINE_NO_DATA_DIR, POS_NONE, NULL, NULL, NULL);
    return count > 0;
}

bool
banthuek_fields(struct banthuek *b, const char *template_name, struct banthuek_bytes *text)
{
    struct buf out = buf_in(b->arena);
    const char *dir = b->options.template_dir;

    if (dir == NULL && template_name == NULL) {
        bool good = list_templates(b, &out);
        *text = engine_bytes(buf_str(&out));
        return good;
    }
    if (dir == NULL)
        dir = engine_find_template(b, str_of(template_name), POS_NONE);
    const struct schema *schema = dir == NULL ? NULL : engine_schema(b, dir);
    if (schema == NULL)
        return false;
    schema_list(schema, &out);
    *text = engine_bytes(buf_str(&out));
    return true;
}
