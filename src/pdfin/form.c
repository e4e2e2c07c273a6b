#include "pdfin/form.h"

#include "base/arena.h"
#include "pdfin/inner.h"

/* What stands under /V. */
struct held {
    bool is_there, is_dict, is_cut;
    unsigned number; /* of an indirect dictionary */
    struct str text;
};

/* What a field hands down to those below it. */
struct inherited {
    struct pdfin_named named;
    struct str type, da;
    long long flags, align;
    struct held value;
};

struct walk {
    struct pdfin *pdf;
    struct pdfin_form *form;
    struct seen *fields;
    struct seen *shown; /* widgets under /Annots: their struct pdfin_page */
    size_t cap, widgets, values;
    bool has_values_only;
};

static bool
too_much(struct walk *walk, const char *english, const char *thai, size_t limit)
{
    struct pdfin *pdf = walk->pdf;

    return pdfin_fail(pdf, DIAG_PDFIN_TOO_MUCH, diag_both(pdf->diags, english, thai),
                      diag_printf(pdf->diags, "%zu", limit));
}

static void
read_integer(struct pdfin *pdf, qpdf_oh parent, const char *key, long long *out)
{
    qpdf_oh value = pdfin_get(pdf, parent, key);

    (void)pdfin_integer(pdf, value, out);
    pdfin_drop(pdf, value);
}

/* ---- on which page a widget is shown */

static bool
note_annotations(struct walk *walk, struct pdfin_page *page)
{
    struct pdfin *pdf = walk->pdf;
    qpdf_oh dict = qpdf_get_object_by_id(pdf->qpdf, (int)page->object, 0);
    qpdf_oh list = pdfin_get(pdf, dict, "/Annots");
    size_t count = pdfin_count(pdf, list);
    bool good = true;

    for (size_t i = 0; i < count && good; i++) {
        qpdf_oh annotation = pdfin_item(pdf, list, i);
        void **place = seen_value(pdf, walk->shown, annotation);
        if (place != NULL && *place == NULL)
            *place = page;
        pdfin_drop(pdf, annotation);
        good = pdfin_step(pdf);
    }
    pdfin_drop(pdf, list);
    pdfin_drop(pdf, dict);
    return good;
}

static bool
note_pages(struct walk *walk)
{
    struct pdfin_info *info = &walk->pdf->info;
    bool good = true;

    for (size_t i = 0; i < info->page_count && good; i++) {
        if (info->pages[i].object != 0)
            good = note_annotations(walk, &info->pages[i]);
    }
    return good;
}

/* ---- widgets */

static unsigned
appearance_of(struct pdfin *pdf, qpdf_oh widget)
{
    qpdf_oh all = pdfin_get(pdf, widget, "/AP"), normal = pdfin_get(pdf, all, "/N");
    unsigned number = pdfin_is_stream(pdf, normal) ? pdfin_number(pdf, normal) : 0;

    pdfin_drop(pdf, normal);
    pdfin_drop(pdf, all);
    return number;
}

static bool
add_widget(struct walk *walk, struct pdfin_field *field, size_t *cap, qpdf_oh dict)
{
    struct pdfin *pdf = walk->pdf;
    struct pdfin_widget widget = {.object = pdfin_number(pdf, dict), .page = SIZE_MAX};
    void **place = seen_value(pdf, walk->shown, dict);
    const struct pdfin_page *page = place == NULL ? NULL : *place;

    if (walk->widgets++ == PDFIN_WIDGETS_MAX)
        return too_much(walk, "places of fields", "ตำแหน่งของช่องกรอก", PDFIN_WIDGETS_MAX);
    if (page != NULL) {
        widget.page = (size_t)(page - pdf->info.pages);
        widget.page_object = page->object;
    }
    (void)pdfin_box(pdf, dict, "/Rect", widget.rect);
    read_integer(pdf, dict, "/F", &widget.flags);
    widget.appearance = appearance_of(pdf, dict);
    *ARENA_ADD(pdf->arena, field->widgets, field->widget_count, *cap, 1) = widget;
    return pdfin_step(pdf);
}

/* The field's own dictionary, or those below it, are its widgets. */
static bool
add_widgets(struct walk *walk, struct pdfin_field *field, qpdf_oh dict, qpdf_oh kids)
{
    size_t count = pdfin_count(walk->pdf, kids), cap = 0;
    bool good = true;

    if (count == 0)
        return add_widget(walk, field, &cap, dict);
    for (size_t i = 0; i < count && good; i++) {
        qpdf_oh kid = pdfin_item(walk->pdf, kids, i);
        if (pdfin_is_dict(walk->pdf, kid))
            good = add_widget(walk, field, &cap, kid);
        pdfin_drop(walk->pdf, kid);
    }
    return good;
}

/* ---- what a signature locks */

static enum pdfin_lock_action
action_of(struct str name)
{
    if (str_is(name, "All"))
        return PDFIN_LOCK_ALL;
    if (str_is(name, "Include"))
        return PDFIN_LOCK_INCLUDE;
    return str_is(name, "Exclude") ? PDFIN_LOCK_EXCLUDE : PDFIN_LOCK_OTHER;
}

static bool
read_lock(struct walk *walk, qpdf_oh field, struct pdfin_lock *out)
{
    struct pdfin *pdf = walk->pdf;
    qpdf_oh lock = pdfin_get(pdf, field, "/Lock"), names = pdfin_get(pdf, lock, "/Fields");
    size_t count = pdfin_count(pdf, names), cap = 0;
    bool good = true;

    if (pdfin_is_dict(pdf, lock))
        out->action = action_of(pdfin_text(pdf, lock, "/Action"));
    for (size_t i = 0; i < count && good; i++) {
        qpdf_oh name = pdfin_item(pdf, names, i);
        *ARENA_ADD(pdf->arena, out->names, out->count, cap, 4) = pdfin_text_of(pdf, name);
        pdfin_drop(pdf, name);
        good = pdfin_step(pdf);
    }
    pdfin_drop(pdf, names);
    pdfin_drop(pdf, lock);
    return good;
}

/* ---- values */

static bool
read_value_text(struct walk *walk, qpdf_oh value, struct held *out)
{
    struct pdfin *pdf = walk->pdf;
    bool listed = pdfin_count(pdf, value) > 0;
    qpdf_oh text = listed ? pdfin_item(pdf, value, 0) : qpdf_oh_new_object(pdf->qpdf, value);

    /* a cut text ends in "…" */
    out->text = pdfin_long_text(pdf, text, PDFIN_VALUE_MAX);
    out->is_cut = out->text.len > PDFIN_VALUE_MAX;
    pdfin_drop(pdf, text);
    walk->values += out->text.len;
    return walk->values <= PDFIN_VALUES_MAX ||
           too_much(walk, "bytes of values", "ไบต์ของค่าในช่องกรอก", PDFIN_VALUES_MAX);
}

static bool
read_value(struct walk *walk, qpdf_oh field, struct held *out)
{
    struct pdfin *pdf = walk->pdf;
    qpdf_oh value = pdfin_get(pdf, field, "/V");
    bool good = true;

    if (qpdf_oh_is_null(pdf->qpdf, value) != QPDF_TRUE) {
        *out = (struct held){.is_there = true, .is_dict = pdfin_is_dict(pdf, value)};
        if (out->is_dict)
            out->number = pdfin_number(pdf, value);
        else
            good = read_value_text(walk, value, out);
    }
    pdfin_drop(pdf, value);
    return good;
}

/* ---- fields */

static void
read_own(const struct walk *walk, qpdf_oh field, struct inherited *now)
{
    struct pdfin *pdf = walk->pdf;
    struct str type = pdfin_text(pdf, field, "/FT");

    if (type.len > 0)
        now->type = type;
    if (walk->has_values_only)
        return;
    struct str da = pdfin_text(pdf, field, "/DA");
    if (da.len > 0)
        now->da = da;
    read_integer(pdf, field, "/Ff", &now->flags);
    read_integer(pdf, field, "/Q", &now->align);
}

static bool
add_field(struct walk *walk, qpdf_oh dict, qpdf_oh kids, const struct inherited *now)
{
    struct pdfin *pdf = walk->pdf;
    struct pdfin_form *form = walk->form;
    const struct held *value = &now->value;

    if (form->count == PDFIN_FIELDS_MAX)
        return too_much(walk, "fields", "ช่องกรอก", PDFIN_FIELDS_MAX);
    struct pdfin_field *field = ARENA_ADD(pdf->arena, form->fields, form->count, walk->cap, 16);
    *field = (struct pdfin_field){
        .name = pdfin_full_name(pdf->arena, &now->named),
        .part = now->named.name,
        .type = now->type,
        .flags = now->flags,
        .object = pdfin_number(pdf, dict),
        .has_value = value->is_there,
        .value = value->text,
        .value_is_cut = value->is_cut,
        .da = now->da,
        .align = now->align,
    };
    if (str_is(now->type, "Sig")) {
        field->is_signed = value->is_dict;
        field->signature = value->number;
    }
    if (walk->has_values_only)
        return true;
    field->tooltip = pdfin_text(pdf, dict, "/TU");
    return read_lock(walk, dict, &field->lock) && add_widgets(walk, field, dict, kids);
}

/* What is below a field is fields when one of it has a name of its own, else places where the field
 * is shown. */
static bool
has_fields(struct pdfin *pdf, qpdf_oh kids)
{
    size_t count = pdfin_count(pdf, kids);
    bool has = false;

    for (size_t i = 0; i < count && !has; i++) {
        qpdf_oh kid = pdfin_item(pdf, kids, i);
        has = pdfin_has(pdf, kid, "/T") || pdfin_has(pdf, kid, "/Kids");
        pdfin_drop(pdf, kid);
    }
    return has;
}

static bool walk_fields(struct walk *walk, qpdf_oh list, const struct inherited *above,
                        size_t depth);

static bool
walk_field(struct walk *walk, qpdf_oh dict, const struct inherited *above, size_t depth)
{
    struct pdfin *pdf = walk->pdf;
    struct inherited now = *above;

    if (!pdfin_step(pdf))
        return false;
    if (!pdfin_is_dict(pdf, dict))
        return true;
    if (depth > PDFIN_DEPTH_MAX || !seen_first(pdf, walk->fields, dict))
        return pdfin_fail(pdf, DIAG_PDFIN_LOOP, diag_both(pdf->diags, "fields", "ช่องกรอก"), NULL);
    now.named = (struct pdfin_named){pdfin_text(pdf, dict, "/T"), &above->named};
    read_own(walk, dict, &now);
    if (!read_value(walk, dict, &now.value))
        return false;
    qpdf_oh kids = pdfin_get(pdf, dict, "/Kids");
    bool good = has_fields(pdf, kids) ? walk_fields(walk, kids, &now, depth + 1)
                                      : add_field(walk, dict, kids, &now);
    pdfin_drop(pdf, kids);
    return good;
}

static bool
walk_fields(struct walk *walk, qpdf_oh list, const struct inherited *above, size_t depth)
{
    size_t count = pdfin_count(walk->pdf, list);
    bool good = true;

    for (size_t i = 0; i < count && good; i++) {
        qpdf_oh field = pdfin_item(walk->pdf, list, i);
        good = walk_field(walk, field, above, depth);
        pdfin_drop(walk->pdf, field);
    }
    return good;
}

/* ---- the form */

static bool
describe(struct walk *walk, qpdf_oh form)
{
    struct pdfin *pdf = walk->pdf;
    struct inherited none = {.flags = 0};
    qpdf_oh fields = pdfin_get(pdf, form, "/Fields");

    walk->form->is_there = true;
    walk->form->object = pdfin_number(pdf, form);
    walk->form->has_xfa = pdfin_has(pdf, form, "/XFA");
    walk->form->needs_appearances = pdfin_true(pdf, form, "/NeedAppearances");
    read_integer(pdf, form, "/SigFlags", &walk->form->signature_flags);
    none.da = pdfin_text(pdf, form, "/DA");
    read_integer(pdf, form, "/Q", &none.align);
    bool good = pdfin_count(pdf, fields) == 0 || ((walk->has_values_only || note_pages(walk)) &&
                                                  walk_fields(walk, fields, &none, 0));
    pdfin_drop(pdf, fields);
    return good;
}

static bool
read_form(struct pdfin *pdf, bool has_values_only, struct pdfin_form *out)
{
    struct walk walk = {.pdf = pdf,
                        .form = out,
                        .fields = seen_new(pdf->arena),
                        .shown = seen_new(pdf->arena),
                        .has_values_only = has_values_only};
    qpdf_oh root = pdfin_root(pdf), form = pdfin_get(pdf, root, "/AcroForm");

    *out = (struct pdfin_form){.is_there = false};
    bool good = !pdf->failed && (!pdfin_is_dict(pdf, form) || describe(&walk, form));
    pdfin_drop(pdf, form);
    pdfin_drop(pdf, root);
    return good && pdfin_no_error(pdf);
}

bool
pdfin_form(struct pdfin *pdf, struct pdfin_form *out)
{
    return read_form(pdf, false, out);
}

bool
pdfin_form_values(struct pdfin *pdf, struct pdfin_form *out)
{
    return read_form(pdf, true, out);
}

const struct pdfin_field *
pdfin_field(const struct pdfin_form *form, struct str name)
{
    for (size_t i = 0; i < form->count; i++) {
        if (str_eq(form->fields[i].name, name))
            return &form->fields[i];
    }
    return NULL;
}
