/* Holes: places of a file where a value is still to be written. */
#include "base/utf8.h"
#include "schema/apply.h"

/* Moves a place over the bytes of a value's source from `from` to `to`. */
static void
move(struct pos *pos, struct str source, size_t from, size_t to)
{
    while (from < to) {
        if (utf8_next(source, &from) != '\n') {
            pos->column++;
        } else {
            pos->line++;
            pos->column = 1;
        }
    }
}

static void
tell(struct apply *apply, const struct field *field, struct str name, struct pos pos)
{
    struct diags *diags = apply->diags;

    diag_add(diags, DIAG_FIELD_HOLE, pos, diag_str(diags, name),
             str_cstr(apply->arena, field->help), NULL);
}

static bool
text_holes(struct apply *apply, const struct field *field, struct str name,
           const struct value *given)
{
    struct str mark = STR(SCHEMA_HOLE), source = given->source;
    struct pos pos = given->pos; /* where the source begins */
    size_t at = 0, found;

    if (str_find(given->text, mark) == SIZE_MAX)
        return false;
    if (str_find(source, mark) == SIZE_MAX) { /* not out of YAML */
        tell(apply, field, name, given->pos);
        return true;
    }
    while ((found = str_find(str_sub(source, at, SIZE_MAX), mark)) != SIZE_MAX) {
        move(&pos, source, at, at + found);
        tell(apply, field, name, pos);
        move(&pos, source, at + found, at + found + mark.len);
        at += found + mark.len;
    }
    return true;
}

bool
apply_holes(struct apply *apply, const struct field *field, struct str name,
            const struct value *given)
{
    bool any = false;

    if (given->kind == VALUE_TEXT)
        return text_holes(apply, field, name, given);
    if (field->type != FIELD_PARAGRAPHS || given->kind != VALUE_LIST)
        return false;
    for (const struct value *child = given->first; child != NULL; child = child->next)
        if (apply_holes(apply, field, name, child))
            any = true;
    return any;
}
