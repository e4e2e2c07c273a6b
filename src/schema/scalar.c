/* Fields of one value: text, numbers, dates, yes and no, choices. */
#include "base/arena.h"
#include "base/hash.h"
#include "base/role.h"
#include "base/utf8.h"
#include "schema/apply.h"
#include "schema/number.h"

static struct value *
none(struct apply *apply, const struct value *given)
{
    return value_new(apply->arena, VALUE_NONE, given->pos);
}

/* A fault of the value `text` in the field `name`. */
static struct value *
fault(struct apply *apply, enum diag_code code, struct str name, const struct value *given,
      const char *more)
{
    struct diags *diags = apply->diags;
    struct str text =
        given->kind == VALUE_BOOL ? (given->boolean ? STR("true") : STR("false")) : given->text;

    diag_add(diags, code, given->pos, diag_str(diags, name), diag_str(diags, text), more);
    return none(apply, given);
}

static struct value *
typed(struct apply *apply, enum value_kind kind, const struct value *given, struct str text)
{
    struct value *value = value_new(apply->arena, kind, given->pos);

    value->text = text;
    return value;
}

/* Lines without blanks at their ends, empty ones left out. */
static struct str
clean_lines(struct arena *arena, struct str text)
{
    struct buf out = buf_in(arena);
    struct str line;

    while (str_line(&text, &line)) {
        line = str_trim(line);
        if (line.len > 0 && out.len > 0)
            buf_byte(&out, '\n');
        buf_add(&out, line);
    }
    return buf_str(&out);
}

static struct value *
apply_text(struct apply *apply, const struct field *field, struct str name,
           const struct value *given)
{
    struct str text = utf8_trim(given->text);

    if (given->kind == VALUE_BOOL)
        return fault(apply, DIAG_FIELD_NOT_TEXT, name, given, NULL);
    if (field->hash && !hash_read(apply->arena, text, &text))
        return fault(apply, DIAG_FIELD_NOT_HASH, name, given, NULL);
    if (str_find(text, STR("\n")) != SIZE_MAX) {
        if (!field->lines)
            return fault(apply, DIAG_FIELD_LINE_BREAK, name, given, NULL);
        text = clean_lines(apply->arena, text);
    }
    if (field->role && !role_is_good(text))
        return fault(apply, DIAG_FIELD_NOT_ROLE, name, given, NULL);
    struct value *value = typed(apply, VALUE_TEXT, given, text);
    value->flags = field->is_name ? VALUE_NAME : 0;
    return value;
}

static const char *
range_text(struct apply *apply, const struct field *field)
{
    struct arena *arena = apply->arena;

    return str_cstr(arena,
                    str_of(arena_printf(arena, "%.*s – %.*s",
                                        STR_FMT(decimal_text(arena, field->range[0], false)),
                                        STR_FMT(decimal_text(arena, field->range[1], false)))));
}

/* A figure that is published with two decimals and typed with one may have lost a digit; the most
 * that is possible has none to lose, and a cell of a spreadsheet shows no zeros at the end. */
static void
check_few_decimals(struct apply *apply, const struct field *field, struct str name,
                   const struct value *given, struct decimal number)
{
    struct diags *diags = apply->diags;

    if (number.places >= field->places || (given->flags & VALUE_CELL) != 0 ||
        (field->has_range && decimal_cmp(number, field->range[1]) == 0))
        return;
    diag_add(diags, DIAG_FIELD_FEW_DECIMALS, given->pos, diag_str(diags, name),
             diag_str(diags, given->text), diag_printf(diags, "%d", field->places));
}

static struct value *
not_number(struct apply *apply, struct str name, const struct value *given)
{
    struct str meant = STR("");
    enum diag_code code = given->kind == VALUE_TEXT
                              ? number_fault(apply->arena, given->text, &meant)
                              : DIAG_FIELD_NOT_NUMBER;

    return fault(apply, code, name, given, str_cstr(apply->arena, meant));
}

static struct value *
typed_number(struct apply *apply, const struct value *given, struct decimal number, bool groups)
{
    struct value *value =
        typed(apply, VALUE_NUMBER, given, decimal_text(apply->arena, number, groups));

    value->number = number;
    value->flags = VALUE_NAME;
    return value;
}

static struct value *
apply_number(struct apply *apply, const struct field *field, struct str name,
             const struct value *given)
{
    struct decimal number;
    struct str text;

    if (given->kind != VALUE_TEXT ||
        !number_read(apply->arena, given->text, field->unit, &number, &text))
        return not_number(apply, name, given);
    if (field->type == FIELD_INTEGER && number.places > 0)
        return fault(apply, DIAG_FIELD_NOT_INTEGER, name, given, NULL);
    if (field->has_range &&
        (decimal_cmp(number, field->range[0]) < 0 || decimal_cmp(number, field->range[1]) > 0))
        return fault(apply, DIAG_FIELD_RANGE, name, given, range_text(apply, field));
    if (field->places >= 0) {
        struct decimal as_typed = number;
        if (number.places > field->places)
            return fault(apply, DIAG_FIELD_DECIMALS, name, given,
                         diag_printf(apply->diags, "%d", field->places));
        if (!decimal_round(number, (uint8_t)field->places, &number))
            return fault(apply, DIAG_FIELD_NOT_NUMBER, name, given, NULL);
        check_few_decimals(apply, field, name, given, as_typed);
    }
    return typed_number(apply, given, number, str_find(text, STR(",")) != SIZE_MAX);
}

static struct value *
apply_year(struct apply *apply, const struct field *field, struct str name,
           const struct value *given)
{
    int year = 0;
    enum date_fault found =
        given->kind == VALUE_TEXT ? date_year(given->text, &year) : DATE_NOT_A_DATE;

    if (found == DATE_WRONG_ERA)
        return fault(apply, DIAG_FIELD_WRONG_ERA, name, given,
                     diag_printf(apply->diags, "%d", year));
    if (found != DATE_GOOD)
        return fault(apply, DIAG_FIELD_NOT_YEAR, name, given, NULL);
    struct decimal number = {year, 0};
    if (field->has_range &&
        (decimal_cmp(number, field->range[0]) < 0 || decimal_cmp(number, field->range[1]) > 0))
        return fault(apply, DIAG_FIELD_RANGE, name, given, range_text(apply, field));
    return typed_number(apply, given, number, false);
}

static struct value *
apply_date(struct apply *apply, const struct field *field, struct str name,
           const struct value *given)
{
    struct date date = {0, 0, 0};
    bool month = field->type == FIELD_MONTH;
    enum date_fault found =
        given->kind == VALUE_TEXT ? date_parse(given->text, &date) : DATE_NOT_A_DATE;

    if (found == DATE_IMPOSSIBLE)
        return fault(apply, DIAG_FIELD_NO_SUCH_DATE, name, given, NULL);
    if (found == DATE_WRONG_ERA)
        return fault(apply, DIAG_FIELD_WRONG_ERA, name, given,
                     str_cstr(apply->arena, date_iso(apply->arena, date)));
    if (month && (found != DATE_GOOD || date.day != 0))
        return fault(apply, DIAG_FIELD_NOT_MONTH, name, given, NULL);
    if (found != DATE_GOOD)
        return fault(apply, DIAG_FIELD_NOT_DATE, name, given, NULL);
    struct value *value = typed(apply, VALUE_DATE, given, str_trim(given->text));
    value->date = date;
    value->flags = VALUE_NAME;
    return value;
}

static struct value *
apply_bool(struct apply *apply, struct str name, const struct value *given)
{
    static const char *const yes[] = {"ใช่", "จริง", "มี", "yes", "true"};
    static const char *const no[] = {"ไม่ใช่", "ไม่", "เท็จ", "ไม่มี", "no", "false"};
    bool is_bool = given->kind == VALUE_BOOL;
    bool is_yes = is_bool ? given->boolean : name_is_one_of(given->text, yes, 5);

    if (!is_bool && !is_yes && !name_is_one_of(given->text, no, 6))
        return fault(apply, DIAG_FIELD_NOT_BOOL, name, given, NULL);
    struct value *value = typed(apply, VALUE_BOOL, given, given->text);
    value->boolean = is_yes;
    return value;
}

/* The first choice that `text` means, or NULL; *nearest is for the message. */
static const struct field_choice *
find_choice(const struct field *field, struct str text, struct nearest *nearest)
{
    for (size_t i = 0; i < field->choice_count; i++) {
        const struct field_choice *choice = &field->choices[i];
        if (name_eq(choice->name, text))
            return choice;
        for (size_t j = 0; j < choice->synonym_count; j++)
            if (name_eq(choice->synonyms[j], text))
                return choice;
    }
    for (size_t i = 0; nearest != NULL && i < field->choice_count; i++)
        nearest_try(nearest, text, field->choices[i].name);
    return NULL;
}

static struct value *
apply_enum(struct apply *apply, const struct field *field, struct str name,
           const struct value *given)
{
    struct nearest nearest = {.name.len = 0};
    struct str text =
        given->kind == VALUE_BOOL ? (given->boolean ? STR("true") : STR("false")) : given->text;
    bool search = apply->nearest_left > 0;
    const struct field_choice *choice = find_choice(field, text, search ? &nearest : NULL);

    if (choice != NULL)
        return typed(apply, VALUE_TEXT, given, choice->name);
    apply->nearest_left -= search;
    if (nearest.name.len > 0)
        return fault(apply, DIAG_FIELD_CHOICE_NEAR, name, given,
                     diag_str(apply->diags, nearest.name));
    struct buf all = buf_in(apply->arena);
    for (size_t i = 0; search && i < field->choice_count; i++) {
        buf_text(&all, i == 0 ? "" : ", ");
        buf_add(&all, field->choices[i].name);
    }
    return fault(apply, DIAG_FIELD_NOT_CHOICE, name, given, str_cstr(apply->arena, buf_str(&all)));
}

void
apply_not_text(struct apply *apply, struct str name, const struct value *given)
{
    enum diag_code code = given->kind == VALUE_MAP    ? DIAG_FIELD_TEXT_IS_MAP
                          : given->kind == VALUE_LIST ? DIAG_FIELD_TEXT_IS_LIST
                                                      : DIAG_FIELD_NOT_TEXT;

    diag_add(apply->diags, code, given->pos, diag_str(apply->diags, name),
             value_as_block(apply->arena, given), NULL);
}

struct value *
apply_scalar(struct apply *apply, const struct field *field, struct str name,
             const struct value *given)
{
    struct value *value;

    if (given->kind == VALUE_LIST || given->kind == VALUE_MAP) {
        if (field->type == FIELD_TEXT)
            apply_not_text(apply, name, given);
        else
            (void)fault(apply, DIAG_FIELD_NOT_SCALAR, name, given, NULL);
        return none(apply, given);
    }
    switch (field->type) {
    case FIELD_INTEGER:
    case FIELD_DECIMAL:
        return apply_number(apply, field, name, given);
    case FIELD_YEAR:
        return apply_year(apply, field, name, given);
    case FIELD_DATE:
    case FIELD_MONTH:
        return apply_date(apply, field, name, given);
    case FIELD_BOOL:
        return apply_bool(apply, name, given);
    case FIELD_ENUM:
        return apply_enum(apply, field, name, given);
    case FIELD_REFERENCE:
        value = apply_text(apply, field, name, given);
        apply_reference_code(apply, field, name, value);
        return value;
    default:
        return apply_text(apply, field, name, given);
    }
}
