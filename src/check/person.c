/* Names of persons: a title of words.def, a given name and a family name. */
#include "check/person.h"

#include <stdbool.h>

#include "base/diag.h"
#include "base/utf8.h"
#include "check/sentence.h"
#include "value/value.h"

#define TITLES_MAX 4 /* one after the other: ว่าที่ ร.ต. ดร. */

static struct str
skip_blanks(struct str text)
{
    for (size_t at = 0; at < text.len;) {
        size_t from = at;
        if (!words_is_blank(utf8_next(text, &at)))
            return str_sub(text, from, text.len);
    }
    return STR("");
}

/* The longest title that the text begins with, or NULL. */
static const struct language_word *
find_title(struct str text)
{
    const struct language_word *found = NULL;

    for (size_t i = 0; i < language_word_count; i++) {
        const struct language_word *word = &language_words[i];
        struct str title = str_of(word->text);
        if ((word->class == WORD_TITLE || word->class == WORD_RANK) && str_starts(text, title) &&
            (found == NULL || title.len > str_of(found->text).len))
            found = word;
    }
    return found;
}

/* Cuts the titles off; false when there is none. */
static bool
cut_titles(struct str *text)
{
    const struct language_word *title = find_title(*text);
    bool any = title != NULL;

    for (int i = 0; title != NULL && i < TITLES_MAX; i++) {
        *text = str_sub(*text, str_of(title->text).len, text->len);
        if (title->class == WORD_TITLE)
            break;
        if (str_starts(*text, STR("หญิง")))
            *text = str_sub(*text, STR("หญิง").len, text->len);
        *text = skip_blanks(*text);
        title = find_title(*text);
    }
    *text = skip_blanks(*text);
    return any;
}

struct str
person_bare(struct str name)
{
    name = skip_blanks(name);
    (void)cut_titles(&name);
    return name;
}

static size_t
count_words(struct str text)
{
    bool inside = false;
    size_t count = 0;

    for (size_t at = 0; at < text.len;) {
        bool blank = words_is_blank(utf8_next(text, &at));
        count += !blank && !inside;
        inside = !blank;
    }
    return count;
}

void
person_check(struct diags *findings, const struct value *name)
{
    struct str text = str_trim(name->text);
    const char *shown = diag_str(findings, text);

    if (str_starts(text, STR("(")) || str_ends(text, STR(")"))) {
        diag_add(findings, DIAG_PERSON_BRACKETS, name->pos, shown, NULL, NULL);
        if (str_starts(text, STR("(")))
            text = str_trim(str_sub(text, 1, text.len));
        if (str_ends(text, STR(")")))
            text = str_trim(str_sub(text, 0, text.len - 1));
    }
    bool titled = cut_titles(&text);
    if (!titled)
        diag_add(findings, DIAG_PERSON_TITLE, name->pos, shown, NULL, NULL);
    if (count_words(text) < 2)
        diag_add(findings, DIAG_PERSON_NAMES, name->pos, shown, NULL, NULL);
}
