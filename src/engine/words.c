/* The office's own words, which lines part only as a last resort: words.txt of the template, the
 * report's list คำเฉพาะ, and the names that the report declares. */
#include <string.h>

#include "base/arena.h"
#include "base/files.h"
#include "base/path.h"
#include "base/utf8.h"
#include "check/person.h"
#include "engine/engine.h"
#include "engine/input.h"
#include "schema/schema.h"
#include "text/breaks.h"
#include "thai/normal.h"
#include "thai/words.h"
#include "value/value.h"

/* Bytes of words.txt, and words in all, that are taken. */
#define FILE_MAX ((size_t)1 << 20)
#define WORDS_MAX 10000

static void
add(struct banthuek *b, struct str word)
{
    word = str_trim(word);
    if (word.len == 0 || b->word_count == WORDS_MAX)
        return;
    b->words = arena_grow(b->arena, b->words, b->word_count, &b->word_cap, sizeof *b->words, 64);
    b->words[b->word_count++] = word;
}

/* A word a line; "#" begins a comment. */
static void
add_lines(struct banthuek *b, struct str rest)
{
    struct str line;

    while (str_line(&rest, &line))
        add(b, str_sub(line, 0, str_find(line, STR("#"))));
}

static bool
read_file(struct banthuek *b)
{
    const char *path = path_join(b->arena, b->template_dir, "words.txt");
    struct pos pos = {path, 1, 1};
    struct str bytes, text;

    if (!files_exists(b->files, path))
        return true;
    if (!input_read(b, INPUT_TEMPLATE, STR("words.txt"), path, FILE_MAX, &bytes) ||
        !normal_decode(b->arena, b->diags, pos, bytes, &text) ||
        !normal_text(b->arena, b->diags, pos, text, &text))
        return false;
    add_lines(b, text);
    return true;
}

bool
engine_words(struct banthuek *b)
{
    const struct value *list = value_get(b->report, STR("คำเฉพาะ"));

    if (!read_file(b))
        return false;
    if (list == NULL || list->kind == VALUE_NONE)
        return true;
    if (list->kind == VALUE_TEXT) {
        add_lines(b, list->text);
        return true;
    }
    if (list->kind != VALUE_LIST) {
        diag_add(b->diags, DIAG_ENGINE_OWN_WORDS, list->pos, NULL, NULL, NULL);
        return false;
    }
    for (const struct value *word = list->first; word != NULL; word = word->next) {
        if (word->kind != VALUE_TEXT) {
            diag_add(b->diags, DIAG_ENGINE_OWN_WORDS, word->pos, NULL, NULL, NULL);
            return false;
        }
        add(b, word->text);
    }
    return true;
}

/* ---- names that the report declares */

/* Shorter names are parts of too many words (นา, ปาย). */
#define NAME_LEAST 4

/* Longer ones of offices describe (กลุ่มงานส่งเสริมการปกครองท้องถิ่น), and are parted between their words.
 */
#define NAME_MOST 24

/* Kinds of places, before whose own name a line may end. */
static const char *const kinds[] = {"ตำบล", "อำเภอ", "จังหวัด", "เทศบาลเมือง", "เทศบาลนคร", NULL};

/* What stands behind all of them, or behind an abbreviation: of สำนักปลัดองค์การบริหารส่วนตำบลหนองสมมติ
 * and of อบต.หนองสมมติ the same. */
static struct str
without_kind(struct str name)
{
    size_t from = 0;

    for (size_t i = 0; i < name.len; i++) {
        struct str rest = str_sub(name, i, name.len);
        for (const char *const *kind = kinds; *kind != NULL; kind++)
            from = str_starts(rest, str_of(*kind)) ? i + strlen(*kind) : from;
        from = name.ptr[i] == '.' ? i + 1 : from;
    }
    return str_sub(name, from, name.len);
}

static size_t
count_letters(struct str name)
{
    size_t count = 0;

    for (size_t at = 0; at < name.len;)
        count += !utf8_is_thai_mark(utf8_next(name, &at));
    return count;
}

/* Adds each word of a name, of places without their kinds. */
static void
add_name(struct banthuek *b, struct str name, bool places)
{
    while (name.len > 0) {
        size_t end = 0;
        while (end < name.len && name.ptr[end] != ' ' && name.ptr[end] != '\n')
            end++;
        struct str whole = str_sub(name, 0, end), word = places ? without_kind(whole) : whole;
        size_t letters = count_letters(word);
        if (words_are_thai(word) && letters >= NAME_LEAST && (!places || letters <= NAME_MOST))
            add(b, word);
        name = str_trim(str_sub(name, whole.len, name.len));
    }
}

static void
add_declared(struct banthuek *b, const struct field *field, const struct value *value)
{
    if (value == NULL)
        return;
    if (value->kind == VALUE_TEXT && field->person)
        add_name(b, person_bare(value->text), false);
    else if (value->kind == VALUE_TEXT && field->whole)
        add_name(b, str_trim(value->text), true);
    for (const struct value *child = value->first;
         child != NULL && value->kind == VALUE_LIST && field->item != NULL; child = child->next)
        add_declared(b, field->item, child);
    for (size_t i = 0; i < field->field_count && value->kind == VALUE_MAP; i++)
        add_declared(b, &field->fields[i], value_get(value, field->fields[i].name));
}

void
engine_words_declared(struct banthuek *b)
{
    add_declared(b, &b->schema->root, b->data);
}

void
engine_open_breaker(struct banthuek *b)
{
    if (b->breaker == NULL)
        b->breaker = breaker_open();
    breaker_words(b->breaker, b->words, b->word_count);
}
