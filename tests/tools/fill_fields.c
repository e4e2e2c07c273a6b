/* Fills in fields of a PDF of ours as signing does, without a signature: one update that gives each
 * field its value and appearance. usage: fill-fields IN.pdf OUT.pdf FIELD=TEXT|FIELD@PICTURE... */
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/files.h"
#include "engine/fill.h"
#include "engine/report.h"
#include "image/image.h"
#include "inspect/opened.h"
#include "pdf/append.h"
#include "pdfin/form.h"
#include "pdfin/update.h"

struct filling {
    struct work *w;
    struct opened opened;
    struct pdfin_form form;
    struct fill *fill;
    struct pdf_objects *objects;
};

/* A new version of the field's dictionary; `value` may be NULL. */
static bool
put_field(struct filling *f, const struct pdfin_field *field, struct pdf_value *value,
          unsigned appearance)
{
    struct arena *arena = f->w->arena;
    struct pdf_value *dict = pdf_dict(arena), *looks = pdf_dict(arena);
    struct pdfin_entries old;

    if (!pdfin_entries(f->opened.pdf, field->object, &old))
        return false;
    for (size_t i = 0; i < old.count; i++) {
        struct str key = old.entry[i].key;
        if (!str_is(key, "AP") && !str_is(key, "V"))
            pdf_set_key(dict, key, pdf_raw(arena, old.entry[i].raw));
    }
    if (value != NULL)
        pdf_set(dict, "V", value);
    pdf_set(looks, "N", pdf_ref(arena, appearance));
    pdf_set(dict, "AP", looks);
    pdf_put_old(f->objects, field->object, dict);
    return true;
}

static bool
fill_with_text(struct filling *f, const struct pdfin_field *field, struct str given)
{
    const struct pos pos = {"<argument>", 1, 1};
    struct fill_box box;
    struct str text;

    if (!fill_box_read(f->w->diags, pos, field->name, field->widgets->rect, field->da, field->align,
                       &box) ||
        !fill_words(f->w, pos, given, &text))
        return false;
    unsigned appearance = fill_text(f->fill, f->objects, pos, field->name, &box, text);
    return appearance != 0 && put_field(f, field, pdf_text(f->w->arena, text), appearance);
}

static bool
fill_with_picture(struct filling *f, const struct pdfin_field *field, const char *path)
{
    const mpt *rect = field->widgets->rect;
    struct str bytes;

    if (!work_read(f->w, path, IMAGE_BYTES_MAX, &bytes))
        return false;
    unsigned appearance = fill_picture(f->w, f->objects, (struct pos){path, 0, 0}, bytes,
                                       rect[2] - rect[0], rect[3] - rect[1]);
    return appearance != 0 && put_field(f, field, NULL, appearance);
}

static bool
fill_in(struct filling *f, const char *argument)
{
    struct str given = str_of(argument);
    size_t end = strcspn(argument, "=@");
    const struct pdfin_field *field = pdfin_field(&f->form, str_sub(given, 0, end));

    if (field == NULL || field->object == 0 || field->widget_count != 1 || end == given.len) {
        fprintf(stderr, "no such field: %s\n", argument);
        return false;
    }
    return argument[end] == '=' ? fill_with_text(f, field, str_sub(given, end + 1, given.len))
                                : fill_with_picture(f, field, argument + end + 1);
}

static bool
append(struct filling *f, const char *path)
{
    struct pdf_appended made;
    struct pdfin_tail tail;

    if (!pdfin_tail(f->opened.pdf, &tail))
        return false;
    const struct pdf_old old = {tail.xref, tail.size, tail.root, tail.info, tail.id[0]};
    if (!pdf_append(f->w->diags, f->opened.bytes, &old, f->objects, &made))
        return false;
    FILE *file = fopen(path, "wb");
    bool good = file != NULL && fwrite(made.file.ptr, 1, made.file.len, file) == made.file.len;
    return (file == NULL || fclose(file) == 0) && good;
}

static bool
run(struct filling *f, int count, char **arguments)
{
    if (!opened_briefly(f->w, arguments[1], &f->opened) || !pdfin_form(f->opened.pdf, &f->form))
        return false;
    const struct fill_options options = {.manifest = &f->opened.manifest};
    f->fill = fill_open(f->w, &options);
    bool good = f->fill != NULL;
    for (int i = 3; i < count && good; i++)
        good = fill_in(f, arguments[i]);
    return good && append(f, arguments[2]);
}

int
main(int count, char **arguments)
{
    struct banthuek *b = banthuek_open(NULL, NULL);
    struct filling f = {.w = &b->work};

    if (count < 4)
        return 2;
    f.objects = pdf_objects_open(f.w->arena);
    bool good = run(&f, count, arguments);
    for (size_t i = 0; i < diags_count(f.w->diags); i++)
        fprintf(stderr, "%s\n", diag_line(f.w->arena, diags_at(f.w->diags, i), DIAG_ENGLISH).ptr);
    fill_close(f.fill);
    pdf_objects_close(f.objects);
    opened_close(&f.opened);
    banthuek_close(b);
    return good ? 0 : 1;
}
