#include "sign/redraw.h"

#include "base/arena.h"
#include "base/ascii.h"
#include "engine/fill.h"
#include "engine/manifest.h"
#include "engine/work.h"
#include "pdf/append.h"
#include "pdfin/cos.h"

struct redraw {
    struct work w; /* with messages of its own, which nobody reads */
    struct revisions *revisions;
    const struct manifest *manifest;
    struct fill *fill[2]; /* with the fonts of the manifest; with others too */
    bool tried[2], lacks_font;
};

/* ---- making one again */

/* A file with nothing in it that objects can be added to. */
static struct str
empty_file(struct arena *arena, struct pdf_old *old)
{
    struct buf out = buf_in(arena);
    size_t at[3];

    buf_text(&out, "%PDF-1.7\n");
    at[0] = out.len;
    buf_text(&out, "1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n");
    at[1] = out.len;
    buf_text(&out, "2 0 obj\n<< /Type /Pages /Kids [ ] /Count 0 >>\nendobj\n");
    at[2] = out.len;
    buf_printf(&out, "xref\n0 3\n0000000000 65535 f \n%010zu 00000 n \n%010zu 00000 n \n", at[0],
               at[1]);
    buf_printf(&out, "trailer\n<< /Size 3 /Root 1 0 R >>\nstartxref\n%zu\n%%%%EOF\n", at[2]);
    *old = (struct pdf_old){.xref = at[2], .size = 3, .root = 1, .id = STR("")};
    return buf_str(&out);
}

/* A number in 1/1000; digits behind the third are dropped. False for what is none. */
static bool
number_of(const struct cos *number, mpt *out)
{
    struct str text = number->type == COS_REAL ? number->text : STR("");
    bool negative = str_starts(text, STR("-"));
    int64_t value = 0;
    int places = -1;

    if (number->type == COS_INTEGER && number->integer >= -UNIT_MAX / UNIT_PT &&
        number->integer <= UNIT_MAX / UNIT_PT) {
        *out = (mpt)number->integer * UNIT_PT;
        return true;
    }
    for (size_t i = negative; i < text.len && value <= UNIT_MAX && places < 3; i++) {
        if (text.ptr[i] == '.' && places < 0) {
            places = 0;
            continue;
        }
        if (!ascii_is_digit(text.ptr[i]))
            return false;
        value = value * 10 + (text.ptr[i] - '0');
        places += places >= 0;
    }
    for (places = places < 0 ? 0 : places; places < 3; places++)
        value *= 10;
    *out = (mpt)(negative ? -value : value);
    return text.len > 0 && value <= UNIT_MAX;
}

/* The field as the first revision has it: nothing of it but value and appearance may differ later.
 */
static bool
box_of(struct redraw *d, struct str name, struct fill_box *box)
{
    size_t count;
    const struct field_node *nodes = revisions_field_nodes(d->revisions, 0, &count);
    mpt rect[4] = {0};

    for (size_t i = 0; i < count; i++) {
        if (!nodes[i].is_widget || !str_eq(nodes[i].name, name))
            continue;
        const struct cos *given = cos_at(d->revisions, 0, nodes[i].dict, "Rect");
        const struct cos *align = cos_at(d->revisions, 0, nodes[i].dict, "Q");
        for (size_t n = 0; n < 4; n++) {
            if (given->type != COS_ARRAY || given->count != 4 ||
                !number_of(cos_resolve(d->revisions, 0, &given->items[n]), &rect[n]))
                return false;
        }
        return fill_box_read(d->w.diags, POS_NONE, name, rect,
                             cos_text_at(d->revisions, 0, nodes[i].dict, "DA"),
                             align->type == COS_INTEGER ? align->integer : 0, box);
    }
    return false;
}

static struct fill *
fill_of(struct redraw *d, bool other_font)
{
    const struct fill_options options = {
        .manifest = d->manifest, .others = STR(""), .other_font = other_font};

    if (!d->tried[other_font])
        d->fill[other_font] = fill_open(&d->w, &options);
    d->tried[other_font] = true;
    return d->fill[other_font];
}

/* True when the value, drawn with these fonts, is what stands in the file. */
static bool
is_drawn(struct redraw *d, struct fill *fill, const struct fill_box *box,
         const struct change *change)
{
    struct arena *arena = d->w.arena;
    struct pdf_objects *objects = pdf_objects_open(arena);
    struct pdf_appended made;
    struct pdf_old old;
    struct str base = empty_file(arena, &old);
    bool good = false;

    unsigned handle = fill_text(fill, objects, POS_NONE, change->field, box, change->is);
    if (handle != 0 && pdf_append(d->w.diags, base, &old, objects, &made)) {
        struct revisions *own = revisions_open(arena, "drawn", made.file);
        size_t count = revisions_count(own);
        good = count > 0 && changes_same_objects(d->revisions, change->revision, change->appearance,
                                                 own, count - 1, made.number[handle]);
    }
    pdf_objects_close(objects);
    return good;
}

enum drawn
redraw_ask(void *context, const struct change *change)
{
    struct redraw *d = context;
    struct fill_box box;
    struct fill *fill;

    if (change->is.len == 0 || change->appearance == 0 || !box_of(d, change->field, &box))
        return DRAWN_UNKNOWN;
    for (int other = 0; other < 2; other++) {
        fill = fill_of(d, other == 1);
        if (fill != NULL && is_drawn(d, fill, &box, change))
            return DRAWN_YES;
    }
    /* another program may have filled it in: then the text in it counts */
    d->lacks_font = d->lacks_font || d->fill[0] == NULL;
    return DRAWN_UNKNOWN;
}

bool
redraw_lacks_font(const struct redraw *drawn)
{
    return drawn->lacks_font;
}

struct redraw *
redraw_open(struct work *w, struct revisions *revisions, const struct manifest *manifest)
{
    struct redraw *d = arena_alloc(w->arena, sizeof *d);

    d->w = *w;
    d->w.diags = diags_new();
    d->revisions = revisions;
    d->manifest = manifest;
    return d;
}

void
redraw_close(struct redraw *d)
{
    if (d == NULL)
        return;
    fill_close(d->fill[0]);
    fill_close(d->fill[1]);
    diags_free(d->w.diags);
}
