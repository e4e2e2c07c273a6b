#include "sign/filling.h"

#include "base/arena.h"
#include "engine/fill.h"
#include "engine/work.h"
#include "pdf/object.h"
#include "pdfin/update.h"
#include "sign/memo.h"
#include "sign/texts.h"
#include "sign/turn.h"

/* ---- old dictionaries, entry by entry */

static struct pdf_value *
copy_without(struct arena *arena, const struct pdfin_entries *entries, const char *key,
             const char *other)
{
    struct pdf_value *dict = pdf_dict(arena);

    for (size_t i = 0; i < entries->count; i++) {
        const struct pdfin_entry *entry = &entries->entry[i];
        if (!str_is(entry->key, key) && (other == NULL || !str_is(entry->key, other)))
            pdf_set_key(dict, entry->key, pdf_raw(arena, entry->raw));
    }
    return dict;
}

bool
filling_set(const struct filling *filling, unsigned number, const char *key,
            struct pdf_value *value)
{
    struct pdfin_entries entries;

    if (!pdfin_entries(filling->memo->opened.pdf, number, &entries))
        return false;
    struct pdf_value *dict = copy_without(filling->objects->arena, &entries, key, NULL);
    pdf_set(dict, key, value);
    (void)pdf_put_old(filling->objects, number, dict);
    return true;
}

/* ---- fields */

static mpt
width_of(const struct pdfin_field *field)
{
    return field->widgets[0].rect[2] - field->widgets[0].rect[0];
}

static mpt
height_of(const struct pdfin_field *field)
{
    return field->widgets[0].rect[3] - field->widgets[0].rect[1];
}

/* A new version of a field with its value, NULL for none, and its appearance. */
static bool
put_field(const struct filling *filling, const struct pdfin_field *field, struct pdf_value *value,
          unsigned appearance)
{
    struct arena *arena = filling->objects->arena;
    struct pdfin_entries entries;

    if (appearance == 0 || !pdfin_entries(filling->memo->opened.pdf, field->object, &entries))
        return false;
    struct pdf_value *dict = copy_without(arena, &entries, "V", "AP");
    struct pdf_value *looks = pdf_dict(arena);
    if (value != NULL)
        pdf_set(dict, "V", value);
    pdf_set(looks, "N", pdf_ref(arena, appearance));
    pdf_set(dict, "AP", looks);
    (void)pdf_put_old(filling->objects, field->object, dict);
    return true;
}

/* `option` is where the text comes from, for messages. An empty text leaves the field without a
 * value. */
static bool
put_text(const struct filling *filling, const struct pdfin_field *field, const char *option,
         struct str text)
{
    struct pos pos = {filling->memo->opened.path, 0, 0};
    struct fill_box box;

    if (field == NULL && text.len == 0)
        return true;
    if (field == NULL || field->widget_count != 1 || field->object == 0) {
        diag_add(filling->w->diags, DIAG_SIGN_NO_FIELD, pos, option, NULL, NULL);
        return false;
    }
    if (!fill_box_read(filling->w->diags, pos, field->name, field->widgets[0].rect, field->da,
                       field->align, &box))
        return false;
    unsigned appearance = fill_text(filling->fill, filling->objects, (struct pos){option, 0, 0},
                                    field->name, &box, text);
    return put_field(filling, field, text.len == 0 ? NULL : pdf_text(filling->objects->arena, text),
                     appearance);
}

/* Where no picture of the hand is shown, words say that it is signed: an empty room looks as if it
 * were not. They stand in letters of the name's field, at the bottom, above the printed name. */
#define SIGNED_WORDS "ลงลายมือชื่อดิจิทัล"
#define STAND_IN_WORDS "ลงลายมือชื่อดิจิทัลแทน"  /* above the name of who did not sign */
#define PREVIEW_WORDS "ตัวอย่าง ยังไม่ได้ลงนาม" /* what is printed of it must not look signed */
#define SIGNED_EMS 14 /* more than they are wide, in sizes of letters as they are drawn */

static unsigned
put_words(const struct filling *filling, const struct pdfin_field *field, bool preview)
{
    struct str words = preview                     ? STR(PREVIEW_WORDS)
                       : filling->texts->stands_in ? STR(STAND_IN_WORDS)
                                                   : STR(SIGNED_WORDS);
    const struct pdfin_field *name = filling->turn->name;
    struct pos pos = {filling->memo->opened.path, 0, 0};
    mpt width = width_of(field), height = height_of(field);
    struct fill_box box;

    if (name == NULL)
        return fill_empty(filling->w, filling->objects, width, height);
    if (!fill_box_read(filling->w->diags, pos, name->name, field->widgets[0].rect, name->da, 1,
                       &box))
        return 0;
    if (width / SIGNED_EMS < box.size || height < box.pitch)
        return fill_empty(filling->w, filling->objects, width, height);
    return fill_text(filling->fill, filling->objects, pos, field->name, &box, words);
}

static bool
put_signature(const struct filling *filling, unsigned signature)
{
    const struct pdfin_field *field = filling->turn->signature;
    unsigned appearance =
        !filling->has_hand
            ? put_words(filling, field, signature == 0)
            : fill_picture(filling->w, filling->objects, (struct pos){"--hand", 0, 0},
                           filling->hand, width_of(field), height_of(field));

    return put_field(filling, field,
                     signature == 0 ? NULL : pdf_ref(filling->objects->arena, signature),
                     appearance);
}

static const struct pdfin_field *
head_field(const struct filling *filling, const char *name)
{
    return pdfin_field(&filling->memo->form, str_of(name));
}

bool
filling_head(const struct filling *filling)
{
    const struct texts *texts = filling->texts;

    if (texts->number.len > 0 &&
        !put_text(filling, head_field(filling, MEMO_NUMBER), "--number", texts->number))
        return false;
    return texts->head_day.len == 0 ||
           put_text(filling, head_field(filling, MEMO_DATE), "--date", texts->head_day);
}

bool
filling_add(const struct filling *filling, unsigned signature)
{
    const struct turn *turn = filling->turn;
    const struct texts *texts = filling->texts;

    if (!put_text(filling, turn->opinion, "--opinion", texts->opinion) ||
        !put_text(filling, turn->name, "--name", texts->name) ||
        !put_text(filling, turn->date, "--date", texts->date))
        return false;
    return filling_head(filling) && put_signature(filling, signature);
}
