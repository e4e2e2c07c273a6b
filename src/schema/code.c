#include "schema/code.h"

#include <string.h>

#include "base/ascii.h"
#include "base/decimal.h"
#include "base/utf8.h"
#include "schema/names.h"
#include "schema/schema.h"
#include "thai/digits.h"
#include "value/value.h"

static bool
list_names(const struct value *list, struct str text)
{
    for (const struct value *child = list->first; child != NULL; child = child->next)
        if ((child->kind == VALUE_TEXT && name_eq_joined(child->text, text)) ||
            (child->kind == VALUE_LIST && list_names(child, text)))
            return true;
    return false;
}

/* The entries of the list that a keyed field or a reference means. */
static const struct field *
item_of(const struct field *field)
{
    const struct field *list = field->target;

    if (list != NULL && list->type == FIELD_KEYED)
        list = list->target;
    return list == NULL ? NULL : list->item;
}

bool
code_names(const struct field *field, const struct value *entry, struct str text)
{
    const struct field *item = item_of(field);

    for (const struct value *child = entry->first; child != NULL; child = child->next) {
        const struct field *of = item == NULL ? NULL : schema_find(item, child->key);
        if (of != NULL && (of->former.len > 0 || of->source || of->certainty))
            continue;
        if ((child->kind == VALUE_TEXT && name_eq_joined(child->text, text)) ||
            (child->kind == VALUE_LIST && (child->flags & VALUE_LINES) == 0 &&
             list_names(child, text)))
            return true;
    }
    return false;
}

struct search {
    struct arena *arena;
    const struct name_index *index;
    const struct field *field;
    struct str name;
};

/* The only entry that is called so, or NULL. */
static const struct name_entry *
by_name(const struct search *search, struct str text)
{
    const struct name_entry *found = NULL;

    for (size_t i = 0; i < search->index->count; i++) {
        if (!code_names(search->field, search->index->entries[i].value, text))
            continue;
        if (found != NULL)
            return NULL;
        found = &search->index->entries[i];
    }
    return found;
}

/* A code without what stands between its letters and its number: "O1" for "O 1", "O-1" and "O01".
 */
static struct str
plain_code(struct arena *arena, struct str text)
{
    struct buf out = buf_in(arena);

    text = digits_to_arabic(arena, text);
    for (size_t i = 0; i < text.len; i++) {
        bool behind_letter = out.len > 0 && !ascii_is_digit(out.ptr[out.len - 1]) &&
                             strchr(".-/", out.ptr[out.len - 1]) == NULL;
        bool number_follows = i + 1 < text.len && strchr("0123456789 .-", text.ptr[i + 1]) != NULL;
        if (!behind_letter || !number_follows || strchr("0 .-", text.ptr[i]) == NULL)
            buf_byte(&out, text.ptr[i]);
    }
    return buf_str(&out);
}

static const struct name_entry *
by_code(const struct search *search, struct str text)
{
    const struct name_entry *entry = name_index_find(search->index, text);
    struct decimal number, other;

    if (entry == NULL)
        entry = name_index_find(search->index, plain_code(search->arena, text));
    if (entry != NULL || !decimal_parse(digits_to_arabic(search->arena, text), &number))
        return entry;
    for (size_t i = 0; i < search->index->count; i++) {
        struct str code = digits_to_arabic(search->arena, search->index->entries[i].name);
        if (decimal_parse(code, &other) && decimal_cmp(number, other) == 0)
            return &search->index->entries[i];
    }
    return NULL;
}

/* Over what is only said before a code: "ตัวชี้วัดที่ ", "ข้อ ". */
static struct str
without_kind(const struct search *search, struct str text)
{
    static const char *const kinds[] = {"ตัวชี้วัด", "ข้อ",     "รายการ", "ลำดับ",
                                        "หัวข้อ",  "ประเด็น", "ที่",      "No."};
    struct str before;

    do {
        before = text;
        if (search->name.len > 0 && str_starts(text, search->name))
            text = utf8_trim(str_sub(text, search->name.len, text.len));
        for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
            if (str_starts(text, str_of(kinds[i])))
                text = utf8_trim(str_sub(text, str_of(kinds[i]).len, text.len));
    } while (text.len < before.len);
    return text;
}

/* The bytes of what may be a code at the beginning: letters of one kind, digits, and points between
 * them. */
static size_t
code_length(struct str text)
{
    size_t at = 0, end = 0;

    while (at < text.len) {
        uint32_t code = utf8_next(text, &at);
        bool sign = code == '.' || code == '-' || code == '/';
        bool latin = ascii_is_letter(code);
        if (!sign && !latin && digits_value(code) < 0)
            break;
        end = sign ? end : at;
    }
    return end;
}

/* Over signs between a code and a name: "1. ", "O1 - ", "(1) ". */
static struct str
without_signs(struct str text)
{
    static const char *const signs[] = {".", ")", "(", ":", "-", "–", "—", "/", "]", "["};

    for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
        text = utf8_trim(text);
        if (!str_starts(text, str_of(signs[i])))
            continue;
        text = str_sub(text, str_of(signs[i]).len, text.len);
        i = SIZE_MAX; /* from the first again */
    }
    return text;
}

struct code_guess
code_guess(struct arena *arena, const struct name_index *index, const struct field *field,
           struct str name, struct str text)
{
    const struct search search = {arena, index, field, name};
    struct code_guess guess = {.entry = by_name(&search, text)};

    if (guess.entry == NULL)
        guess.entry = by_code(&search, utf8_trim(text));
    if (guess.entry != NULL)
        return guess;
    text = without_signs(without_kind(&search, utf8_trim(text)));
    size_t len = code_length(text);
    const struct name_entry *entry = by_code(&search, str_sub(text, 0, len));
    struct str rest = without_signs(str_sub(text, len, text.len));
    if (entry == NULL)
        return guess;
    if (rest.len == 0 || code_names(field, entry->value, rest))
        guess.entry = entry;
    else if ((guess.named = by_name(&search, rest)) != NULL)
        guess.code = entry;
    else
        guess.nearest = entry->name;
    return guess;
}

struct settling {
    struct arena *arena;
    const struct field *field;
    struct name_index index;
    size_t guessed; /* entries of the rubric that were looked at */
};

/* The code as the rubric writes it, or the text itself. */
static struct str
settled(struct settling *settling, struct str text)
{
    const struct name_entry *entry = name_index_find(&settling->index, text);

    if (entry == NULL && text.len > 0 && settling->guessed < CODE_GUESS_MAX) {
        entry = code_guess(settling->arena, &settling->index, settling->field,
                           settling->field->name, text)
                    .entry;
        settling->guessed += settling->index.count;
    }
    return entry == NULL ? text : entry->name;
}

/* An entry of a list, which holds its code. */
static struct value *
settled_entry(struct settling *settling, const struct value *entry)
{
    struct value *out = value_copy(settling->arena, entry);

    if (entry->kind != VALUE_MAP)
        return out;
    out = value_hollow(settling->arena, entry);
    for (const struct value *child = entry->first; child != NULL; child = child->next) {
        struct value *copy = value_copy(settling->arena, child);
        if (child->kind == VALUE_TEXT && name_eq(child->key, settling->field->key))
            copy->text = settled(settling, child->text);
        value_append(out, copy);
    }
    return out;
}

const struct value *
code_settle(struct arena *arena, const struct field *field, const struct value *list,
            const struct value *keyed)
{
    if (list == NULL || list->kind != VALUE_LIST || keyed == NULL ||
        (keyed->kind != VALUE_MAP && keyed->kind != VALUE_LIST))
        return keyed;
    struct settling settling = {arena, field, name_index_of(arena, list, field->key), 0};
    struct value *out = value_hollow(arena, keyed);
    for (const struct value *child = keyed->first; child != NULL; child = child->next) {
        struct value *entry =
            keyed->kind == VALUE_LIST ? settled_entry(&settling, child) : value_copy(arena, child);
        if (keyed->kind == VALUE_MAP)
            entry->key = settled(&settling, child->key);
        value_append(out, entry);
    }
    return out;
}
