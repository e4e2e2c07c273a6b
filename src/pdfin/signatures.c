/* Fields of signature that are signed, as they describe themselves. */

#include "base/arena.h"
#include "base/ascii.h"
#include "pdfin/inner.h"

struct walk {
    struct pdfin *pdf;
    struct seen *fields;
    size_t cap;
};

/* What a field hands down to its children. */
struct inherited {
    bool is_signature;
    struct pdfin_named named;
};

#define CONTENTS_MAX ((size_t)4 << 20) /* a signature in hexadecimal digits */

/* True for "<", hexadecimal digits, ">": all that a signature may leave out is itself, or a file
 * could say that it is signed as a whole and be signed nowhere. */
static bool
is_contents(struct pdfin *pdf, struct str gap)
{
    if (gap.len < 2 || gap.len > CONTENTS_MAX || gap.ptr[0] != '<' || gap.ptr[gap.len - 1] != '>')
        return false;
    /* each signature leaves out its own bytes: together no more than there are */
    pdf->looked_at += gap.len;
    if (pdf->looked_at > 2 * pdf->bytes.len)
        return false;
    for (size_t i = 1; i < gap.len - 1; i++) {
        if (ascii_hex(gap.ptr[i]) < 0 && !ascii_is_space(gap.ptr[i]) && gap.ptr[i] != '\f')
            return false;
    }
    return true;
}

/* The end of what ByteRange [0 a b c] covers: b + c. 0 when it makes no sense. */
static size_t
covered(struct pdfin *pdf, qpdf_oh signature)
{
    qpdf_oh range = pdfin_get(pdf, signature, "/ByteRange");
    long long part[4] = {0}, size = (long long)pdf->bytes.len;
    bool good = pdfin_count(pdf, range) == 4;

    for (size_t i = 0; i < 4 && good; i++) {
        qpdf_oh item = pdfin_item(pdf, range, i);
        good = pdfin_integer(pdf, item, &part[i]) && part[i] >= 0 && part[i] <= size;
        pdfin_drop(pdf, item);
    }
    pdfin_drop(pdf, range);
    if (!good || part[0] != 0 || part[1] > part[2] || part[2] + part[3] > size ||
        !is_contents(pdf, str_sub(pdf->bytes, (size_t)part[1], (size_t)(part[2] - part[1]))))
        return 0;
    return (size_t)(part[2] + part[3]);
}

static bool
are_digits(struct str text, size_t from, size_t count)
{
    for (size_t i = from; i < from + count; i++) {
        if (i >= text.len || !ascii_is_digit(text.ptr[i]))
            return false;
    }
    return true;
}

struct str
pdfin_iso_time(struct arena *arena, struct str m)
{
    struct buf out = buf_in(arena);

    if (!str_starts(m, STR("D:")) || !are_digits(m, 2, 14))
        return m;
    const char *d = m.ptr + 2;
    buf_printf(&out, "%.4s-%.2s-%.2sT%.2s:%.2s:%.2s", d, d + 4, d + 6, d + 8, d + 10, d + 12);
    struct str zone = str_sub(m, 16, m.len);
    if (zone.len > 0 && zone.ptr[0] == 'Z')
        buf_byte(&out, 'Z');
    else if (zone.len >= 6 && (zone.ptr[0] == '+' || zone.ptr[0] == '-') &&
             are_digits(zone, 1, 2) && zone.ptr[3] == '\'' && are_digits(zone, 4, 2))
        buf_printf(&out, "%.3s:%.2s", zone.ptr, zone.ptr + 4);
    return buf_str(&out);
}

static bool
add_signature(struct walk *walk, qpdf_oh signature, struct str field)
{
    struct pdfin *pdf = walk->pdf;
    struct pdfin_info *info = &pdf->info;

    if (info->signature_count == PDFIN_SIGNATURES_MAX)
        return pdfin_fail(pdf, DIAG_PDFIN_TOO_MUCH, diag_both(pdf->diags, "signatures", "ลายเซ็น"),
                          diag_printf(pdf->diags, "%d", PDFIN_SIGNATURES_MAX));
    size_t covers = covered(pdf, signature);
    *ARENA_ADD(pdf->arena, info->signatures, info->signature_count, walk->cap, 4) =
        (struct pdfin_signature){
            .field = field,
            .name = pdfin_text(pdf, signature, "/Name"),
            .reason = pdfin_text(pdf, signature, "/Reason"),
            .time = pdfin_iso_time(pdf->arena, pdfin_text(pdf, signature, "/M")),
            .format = pdfin_text(pdf, signature, "/SubFilter"),
            .covers = covers,
            .covers_all = covers == pdf->bytes.len,
        };
    return true;
}

static struct inherited
of_field(struct pdfin *pdf, qpdf_oh field, const struct inherited *above)
{
    struct inherited now = {.is_signature = above->is_signature, .named.above = &above->named};
    struct str type = pdfin_text(pdf, field, "/FT");

    now.named.name = pdfin_text(pdf, field, "/T");
    if (type.len > 0)
        now.is_signature = str_is(type, "Sig");
    return now;
}

static bool walk_fields(struct walk *walk, qpdf_oh list, const struct inherited *above,
                        size_t depth);

static bool
walk_field(struct walk *walk, qpdf_oh field, const struct inherited *above, size_t depth)
{
    struct pdfin *pdf = walk->pdf;
    bool good = true;

    if (!pdfin_step(pdf))
        return false;
    if (!pdfin_is_dict(pdf, field))
        return true;
    if (depth > PDFIN_DEPTH_MAX || !seen_first(pdf, walk->fields, field))
        return pdfin_fail(pdf, DIAG_PDFIN_LOOP, diag_both(pdf->diags, "fields", "ช่องกรอก"), NULL);
    struct inherited now = of_field(pdf, field, above);
    qpdf_oh value = pdfin_get(pdf, field, "/V");
    if (now.is_signature && pdfin_is_dict(pdf, value))
        good = add_signature(walk, value, pdfin_full_name(pdf->arena, &now.named));
    pdfin_drop(pdf, value);
    qpdf_oh kids = pdfin_get(pdf, field, "/Kids");
    good = good && walk_fields(walk, kids, &now, depth + 1);
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

bool
pdfin_signatures(struct pdfin *pdf, qpdf_oh root)
{
    struct walk walk = {.pdf = pdf, .fields = seen_new(pdf->arena)};
    const struct inherited none = {0};
    qpdf_oh form = pdfin_get(pdf, root, "/AcroForm");
    qpdf_oh fields = pdfin_get(pdf, form, "/Fields");
    bool good = walk_fields(&walk, fields, &none, 0);

    pdfin_drop(pdf, fields);
    pdfin_drop(pdf, form);
    return good;
}
