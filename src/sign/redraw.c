#include "sign/redraw.h"

#include <string.h>

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
    bool tried[2], lacks_font, other_font;
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
    const struct fill_options options = {.manifest = d->manifest, .other_font = other_font};

    if (!d->tried[other_font])
        d->fill[other_font] = fill_open(&d->w, &options);
    d->tried[other_font] = true;
    return d->fill[other_font];
}

/* How what stands in the file compares with what was made again. */
enum outcome {
    NOT_MADE,   /* nothing can be made with these fonts */
    NO_ROOM,    /* nobody could have set it: it does not fit the box */
    SAME,       /* in all that it refers to */
    SAME_LOOK,  /* the same glyphs at the same places, with another cut of the font */
    OTHER_FONT, /* set in fonts of other names */
    OTHER
};

/* The name of a font without the tag of its subset. */
static struct str
family_of(struct revisions *r, size_t revision, const struct cos *font)
{
    struct str name = cos_text_at(r, revision, cos_resolve(r, revision, font), "BaseFont");
    size_t plus = str_find(name, STR("+"));

    return plus == SIZE_MAX ? name : str_sub(name, plus + 1, name.len);
}

/* A side of the comparison. */
struct look {
    struct revisions *revisions;
    size_t revision, number;
};

static const struct cos *
fonts_of(const struct look *look)
{
    const struct cos *stream = revisions_object(look->revisions, look->revision, look->number);
    const struct cos *resources = cos_at(look->revisions, look->revision, stream, "Resources");

    return cos_at(look->revisions, look->revision, resources, "Font");
}

/* What draws no text at all is in no other font. */
static bool
uses_same_fonts(const struct look *x, const struct look *y)
{
    const struct cos *a = fonts_of(x), *b = fonts_of(y);

    if (a->type != COS_DICT || a->count == 0)
        return true;
    if (b->type != COS_DICT || a->count != b->count)
        return false;
    for (uint32_t i = 0; i < a->count; i++) {
        if (!str_eq(family_of(x->revisions, x->revision, &a->entries[i].value),
                    family_of(y->revisions, y->revision, &b->entries[i].value)))
            return false;
    }
    return true;
}

static enum outcome
compare_looks(struct arena *arena, const struct look *file, const struct look *made)
{
    struct appearance_stream x, y;

    if (changes_same_objects(file->revisions, file->revision, file->number, made->revisions,
                             made->revision, made->number))
        return SAME;
    if (!uses_same_fonts(file, made))
        return OTHER_FONT;
    return revisions_appearance(file->revisions, arena, file->revision, file->number, &x) &&
                   revisions_appearance(made->revisions, arena, made->revision, made->number, &y) &&
                   memcmp(x.box, y.box, sizeof x.box) == 0 && str_eq(x.content, y.content)
               ? SAME_LOOK
               : OTHER;
}

/* True when the last attempt failed because there is no room for the text. */
static bool
has_no_room(const struct diags *diags, size_t from)
{
    for (size_t i = from; i < diags_count(diags); i++) {
        enum diag_code code = diags_at(diags, i)->code;
        if (code == DIAG_FILL_TOO_LONG || code == DIAG_LAYOUT_WORD_TOO_WIDE)
            return true;
    }
    return false;
}

/* The value, drawn with these fonts, beside what stands in the file. */
static enum outcome
compare_with(struct redraw *d, struct fill *fill, const struct fill_box *box,
             const struct change *change)
{
    struct arena *arena = d->w.arena;
    struct pdf_objects *objects = pdf_objects_open(arena);
    struct pdf_appended made;
    struct pdf_old old;
    struct str base = empty_file(arena, &old);
    size_t told = diags_count(d->w.diags);
    enum outcome outcome = NOT_MADE;

    unsigned handle = fill_text(fill, objects, POS_NONE, change->field, box, change->is);
    if (handle != 0 && pdf_append(d->w.diags, base, &old, objects, &made)) {
        struct revisions *own = revisions_open(arena, "drawn", made.file);
        size_t count = revisions_count(own);
        const struct look file = {d->revisions, change->revision, change->appearance};
        const struct look again = {own, count - 1, made.number[handle]};
        outcome = count == 0 ? NOT_MADE : compare_looks(arena, &file, &again);
    } else if (has_no_room(d->w.diags, told)) {
        outcome = NO_ROOM;
    }
    pdf_objects_close(objects);
    return outcome;
}

/* What is not as this program draws it. Only a memo that the same program made says how it is
 * drawn. All its fields are read-only, so that nothing but this program fills them in. */
static enum drawn
judge_outcome(struct redraw *d, enum outcome outcome)
{
    if (!manifest_is_of_this(d->manifest))
        return DRAWN_UNKNOWN;
    d->other_font = d->other_font || outcome == OTHER_FONT;
    return outcome == OTHER || outcome == NO_ROOM ? DRAWN_NO : DRAWN_UNKNOWN;
}

enum drawn
redraw_ask(void *context, const struct change *change)
{
    struct redraw *d = context;
    struct fill_box box;
    enum outcome outcome[2] = {NOT_MADE, NOT_MADE};

    if (change->is.len == 0 || change->appearance == 0 || !box_of(d, change->field, &box))
        return DRAWN_UNKNOWN;
    for (int other = 0; other < 2; other++) {
        struct fill *fill = fill_of(d, other == 1);
        outcome[other] = fill == NULL ? NOT_MADE : compare_with(d, fill, &box, change);
        if (outcome[other] == SAME)
            return DRAWN_YES;
    }
    d->lacks_font = d->lacks_font || d->fill[0] == NULL;
    return judge_outcome(d, outcome[0]);
}

bool
redraw_other_font(const struct redraw *drawn)
{
    return drawn->other_font;
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
