/* What a form shows in a cell, and what may be typed there. */
#include "base/arena.h"
#include "form/inner.h"
#include "schema/schema.h"
#include "sheet/book.h"
#include "thai/digits.h"
#include "value/value.h"

#define INDENT 2 /* blanks by which a list inside a list is deeper */

static void
add_lines(struct buf *out, const struct value *value, size_t indent)
{
    for (const struct value *child = value->first; child != NULL; child = child->next) {
        struct str rest = child->text, line;
        if (child->kind == VALUE_LIST) {
            add_lines(out, child, indent + INDENT);
            continue;
        }
        while (child->kind == VALUE_TEXT && str_line(&rest, &line)) {
            buf_text(out, out->len == 0 ? "" : "\n");
            for (size_t i = 0; i < indent; i++)
                buf_byte(out, ' ');
            buf_add(out, line);
        }
    }
}

struct str
put_value(struct arena *arena, const struct value *value)
{
    struct buf out = buf_in(arena);

    if (value == NULL)
        return STR("");
    if (value->kind == VALUE_BOOL)
        return value->boolean ? STR("ใช่") : STR("ไม่ใช่");
    if (value->kind != VALUE_LIST)
        return value->text;
    add_lines(&out, value, 0);
    return buf_str(&out);
}

bool
put_is_number(const struct field *field)
{
    return field->type == FIELD_DECIMAL || field->type == FIELD_INTEGER ||
           field->type == FIELD_YEAR;
}

int
put_places(const struct field *field)
{
    return field->type != FIELD_DECIMAL ? 0 : field->places < 0 ? 2 : field->places;
}

void
put_input(struct arena *arena, struct book_sheet *sheet, size_t row, size_t column,
          const struct field *field, struct str text)
{
    struct str digits = str_trim(digits_to_arabic(arena, text));
    struct decimal number;
    bool fits =
        text.len > 0 && decimal_parse(digits, &number) && number.places <= put_places(field);

    if (put_is_number(field) && (fits || text.len == 0))
        book_number(sheet, row, column, put_places(field), fits ? &number : NULL);
    else if (put_is_number(field))
        book_instead(sheet, row, column, put_places(field), text);
    else
        book_text(sheet, row, column, BOOK_TEXT, text);
}

double
put_width(const struct field *field)
{
    switch (field->type) {
    case FIELD_PARAGRAPHS:
        return 48;
    case FIELD_TEXT:
        return field->lines ? 30 : 26;
    case FIELD_ENUM:
    case FIELD_DATE:
    case FIELD_LIST:
        return 24;
    default:
        return 14;
    }
}
