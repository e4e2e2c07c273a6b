/* Pages of scans: their boxes, and what stands on them besides their content. */
#include "pdfin/sheets.h"

#include <math.h>

#include "base/arena.h"
#include "pdfin/sheets_inner.h"

/* Where nothing says how large a page is, readers take Letter. */
#define LETTER_WIDTH ((mpt)612000)
#define LETTER_HEIGHT ((mpt)792000)

#define HIDDEN 2 /* flags of annotations */
#define NO_VIEW 32
#define ANNOTATIONS_MAX 100000

struct sheets *
sheets_open(struct pdfin *pdf)
{
    qpdf_oh root = pdfin_root(pdf);
    struct sheets *sheets = arena_alloc(pdf->arena, sizeof *sheets);

    pdf->is_brief = true;
    bool good = pdfin_pages(pdf, root);
    pdfin_drop(pdf, root);
    if (!pdfin_no_error(pdf) || !good)
        return NULL;
    sheets->pdf = pdf;
    sheets->images = seen_new(pdf->arena);
    sheets->profiles = seen_new(pdf->arena);
    sheets->is_decrypted = qpdf_is_encrypted(pdf->qpdf) == QPDF_TRUE;
    return sheets;
}

size_t
sheets_count(const struct sheets *sheets)
{
    return sheets->pdf->info.page_count;
}

bool
sheets_are_decrypted(const struct sheets *sheets)
{
    return sheets->is_decrypted;
}

/* The page's own value of a key, or that of the nearest node above; to be dropped. */
static qpdf_oh
inherited(struct pdfin *pdf, qpdf_oh page, const char *key)
{
    qpdf_oh node = qpdf_oh_new_object(pdf->qpdf, page);

    for (size_t depth = 0; depth < PDFIN_DEPTH_MAX && pdfin_is_dict(pdf, node); depth++) {
        if (pdfin_has(pdf, node, key)) {
            qpdf_oh value = pdfin_get(pdf, node, key);
            pdfin_drop(pdf, node);
            return value;
        }
        qpdf_oh parent = pdfin_get(pdf, node, "/Parent");
        pdfin_drop(pdf, node);
        node = parent;
    }
    pdfin_drop(pdf, node);
    return qpdf_oh_new_null(pdf->qpdf);
}

/* ---- boxes */

/* Four numbers in any order. */
static bool
box_at(struct pdfin *pdf, qpdf_oh page, const char *key, double out[4])
{
    qpdf_oh box = inherited(pdf, page, key);
    double side[4] = {0};
    bool good = pdfin_count(pdf, box) == 4;

    for (size_t i = 0; i < 4 && good; i++) {
        qpdf_oh item = pdfin_item(pdf, box, i);
        good = qpdf_oh_is_number(pdf->qpdf, item) == QPDF_TRUE;
        side[i] = good ? qpdf_oh_get_numeric_value(pdf->qpdf, item) : 0;
        good = good && isfinite(side[i]) && fabs(side[i]) <= UNIT_MAX / UNIT_PT;
        pdfin_drop(pdf, item);
    }
    pdfin_drop(pdf, box);
    for (size_t i = 0; i < 2 && good; i++) {
        out[i] = fmin(side[i], side[i + 2]);
        out[i + 2] = fmax(side[i], side[i + 2]);
    }
    return good && out[2] > out[0] && out[3] > out[1];
}

/* What readers show: the crop box as far as it lies in the media box. */
static void
shown_box(struct pdfin *pdf, qpdf_oh page, double out[4])
{
    double crop[4];

    if (!box_at(pdf, page, "/MediaBox", out)) {
        out[0] = out[1] = 0;
        out[2] = LETTER_WIDTH / (double)UNIT_PT;
        out[3] = LETTER_HEIGHT / (double)UNIT_PT;
    }
    if (!box_at(pdf, page, "/CropBox", crop))
        return;
    for (size_t i = 0; i < 2; i++) {
        crop[i] = fmax(crop[i], out[i]);
        crop[i + 2] = fmin(crop[i + 2], out[i + 2]);
    }
    for (size_t i = 0; i < 4 && crop[0] < crop[2] && crop[1] < crop[3]; i++)
        out[i] = crop[i];
}

/* Points for one unit of the page. */
static double
unit_of(struct pdfin *pdf, qpdf_oh page, const double box[4])
{
    qpdf_oh value = pdfin_get(pdf, page, "/UserUnit");
    double unit = qpdf_oh_is_number(pdf->qpdf, value) == QPDF_TRUE
                      ? qpdf_oh_get_numeric_value(pdf->qpdf, value)
                      : 1;
    double most = UNIT_MAX / (double)UNIT_PT / fmax(box[2] - box[0], box[3] - box[1]);

    pdfin_drop(pdf, value);
    return isfinite(unit) && unit > 0.001 && unit <= most ? unit : 1;
}

static int
turn_of(struct pdfin *pdf, qpdf_oh page)
{
    qpdf_oh value = inherited(pdf, page, "/Rotate");
    long long turn = 0;

    (void)pdfin_integer(pdf, value, &turn);
    pdfin_drop(pdf, value);
    turn = turn % 360 + (turn < 0 && turn % 360 != 0 ? 360 : 0);
    return turn % 90 == 0 ? (int)turn : 0;
}

/* ---- what lies on the page besides its content */

static bool
is_seen(struct pdfin *pdf, qpdf_oh annotation)
{
    struct str kind = pdfin_text(pdf, annotation, "/Subtype");
    qpdf_oh flags = pdfin_get(pdf, annotation, "/F");
    long long bits = 0;

    (void)pdfin_integer(pdf, flags, &bits);
    pdfin_drop(pdf, flags);
    return pdfin_is_dict(pdf, annotation) && !str_is(kind, "Link") && !str_is(kind, "Popup") &&
           (bits & (HIDDEN | NO_VIEW)) == 0;
}

/* A stamp, a note, a field: somebody put it onto the scan. */
static bool
has_annotations(struct pdfin *pdf, qpdf_oh page)
{
    qpdf_oh all = pdfin_get(pdf, page, "/Annots");
    size_t count = pdfin_count(pdf, all);
    bool has = count > ANNOTATIONS_MAX;

    for (size_t i = 0; i < count && !has && pdfin_step(pdf); i++) {
        qpdf_oh annotation = pdfin_item(pdf, all, i);
        has = is_seen(pdf, annotation);
        pdfin_drop(pdf, annotation);
    }
    pdfin_drop(pdf, all);
    return has;
}

static void
read_page(struct sheets *sheets, qpdf_oh page, struct sheet *out)
{
    struct pdfin *pdf = sheets->pdf;
    qpdf_oh resources = inherited(pdf, page, "/Resources");
    double box[4];

    shown_box(pdf, page, box);
    double unit = unit_of(pdf, page, box);
    const double to_page[6] = {unit, 0, 0, unit, -box[0] * unit, -box[1] * unit};
    out->width = (mpt)fmax(1, round((box[2] - box[0]) * unit * UNIT_PT));
    out->height = (mpt)fmax(1, round((box[3] - box[1]) * unit * UNIT_PT));
    out->turn = turn_of(pdf, page);
    if (has_annotations(pdf, page))
        out->is_drawn = true;
    else
        sheet_content(sheets, page, resources, to_page, out);
    pdfin_drop(pdf, resources);
}

bool
sheets_read(struct sheets *sheets, size_t index, struct sheet *out)
{
    struct pdfin *pdf = sheets->pdf;
    const struct pdfin_page *known = &pdf->info.pages[index];

    /* a page without a number is drawn by who can find it */
    *out = (struct sheet){.width = known->width, .height = known->height, .is_drawn = true};
    if (!pdfin_step(pdf))
        return false;
    if (known->object != 0) {
        qpdf_oh page = qpdf_get_object_by_id(pdf->qpdf, (int)known->object, 0);
        out->is_drawn = false;
        read_page(sheets, page, out);
        pdfin_drop(pdf, page);
    }
    if (qpdf_has_error(pdf->qpdf) == QPDF_TRUE)
        return pdfin_no_error(pdf);
    return !pdf->failed;
}
