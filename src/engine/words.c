/* The office's own words, which lines part only as a last resort: words.txt of the template, the
 * report's list คำเฉพาะ, and the names that the report declares. */
#include <string.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "check/person.h"
#include "engine/stages.h"
#include "schema/schema.h"
#include "thai/words.h"
#include "value/value.h"

/* More words are left out. */
#define WORDS_MAX 10000

static void
add(struct arena *arena, struct own_words *words, struct str word)
{
    word = str_trim(word);
    if (word.len == 0 || words->count == WORDS_MAX)
        return;
    *ARENA_ADD(arena, words->word, words->count, words->cap, 64) = word;
}

void
words_add_lines(struct arena *arena, struct own_words *words, struct str rest)
{
    struct str line;

    while (str_line(&rest, &line))
        add(arena, words, str_sub(line, 0, str_find(line, STR("#"))));
}

void
words_read(struct work *w, const struct kit *kit, const struct value *report,
           struct own_words *words)
{
    const struct own_words *own = kit_words(w, kit);
    const struct value *list = value_get(report, STR("คำเฉพาะ"));

    if (own == NULL)
        return;
    for (size_t i = 0; i < own->count; i++)
        add(w->arena, words, own->word[i]);
    if (list == NULL || list->kind == VALUE_NONE)
        return;
    if (list->kind == VALUE_TEXT) {
        words_add_lines(w->arena, words, list->text);
        return;
    }
    const struct value *faulty = list->kind == VALUE_LIST ? NULL : list;
    for (const struct value *word = list->first; faulty == NULL && word != NULL;
         word = word->next) {
        if (word->kind != VALUE_TEXT)
            faulty = word;
        else
            add(w->arena, words, word->text);
    }
    if (faulty != NULL)
        diag_add(w->diags, DIAG_ENGINE_OWN_WORDS, faulty->pos, NULL, NULL, NULL);
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
add_name(struct arena *arena, struct own_words *words, struct str name, bool places)
{
    while (name.len > 0) {
        size_t end = 0;
        while (end < name.len && name.ptr[end] != ' ' && name.ptr[end] != '\n')
            end++;
        struct str whole = str_sub(name, 0, end), word = places ? without_kind(whole) : whole;
        size_t letters = count_letters(word);
        if (words_are_thai(word) && letters >= NAME_LEAST && (!places || letters <= NAME_MOST))
            add(arena, words, word);
        name = str_trim(str_sub(name, whole.len, name.len));
    }
}

void
words_declared(struct arena *arena, const struct field *field, const struct value *value,
               struct own_words *words)
{
    if (value == NULL)
        return;
    if (value->kind == VALUE_TEXT && field->person)
        add_name(arena, words, person_bare(value->text), false);
    else if (value->kind == VALUE_TEXT && field->whole)
        add_name(arena, words, str_trim(value->text), true);
    for (const struct value *child = value->first;
         child != NULL && value->kind == VALUE_LIST && field->item != NULL; child = child->next)
        words_declared(arena, field->item, child, words);
    for (size_t i = 0; i < field->field_count && value->kind == VALUE_MAP; i++)
        words_declared(arena, &field->fields[i], value_get(value, field->fields[i].name), words);
}
