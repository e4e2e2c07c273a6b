/* Pages of PDFs: pdfin/sheets.h says what stands on them; here their images become those of scans.
 */
#include "base/arena.h"
#include "paper/read_inner.h"
#include "paper/repack.h"
#include "paper/unpack.h"
#include "pdfin/sheets.h"

#define UNPACKED_MAX ((size_t)640 << 20) /* A3 at 1,200 dpi in gray has 278 MB */

/* Images that pages share stay one. */
struct known {
    const struct sheet_image *from;
    const struct scan_image *image; /* NULL: of a kind that is not read here */
};

struct reading {
    struct scan_reading *r;
    struct sheets *sheets;
    struct known *known;
    size_t known_count, known_cap;
    bool is_over; /* an error was added */
};

/* ---- filters */

static enum scan_recoded
reason_of(struct str filter)
{
    if (str_is(filter, "LZWDecode"))
        return SCAN_WAS_LZW;
    return str_is(filter, "RunLengthDecode") ? SCAN_WAS_RUNS : SCAN_WAS_OUTER;
}

/* Undoes a filter. */
static bool
undo(const struct sheet_filter *filter, struct arena *arena, struct scan_image *out)
{
    struct str made;

    if (!unpack_filter(arena, filter->name, filter->early_change != 0, out->bytes, UNPACKED_MAX,
                       &made))
        return false;
    if (out->recoded == SCAN_AS_IT_CAME || out->recoded == SCAN_WAS_OUTER)
        out->recoded = reason_of(filter->name);
    out->bytes = made;
    return true;
}

static bool
set_predictor(const struct sheet_filter *filter, const struct sheet_image *from,
              struct scan_image *out)
{
    if (filter->predictor <= 1)
        return true;
    out->predictor = (unsigned)filter->predictor;
    out->columns = (unsigned)filter->columns;
    out->colors = (unsigned)filter->colors;
    return filter->predictor <= 15 && filter->columns == from->width && filter->colors >= 1 &&
           filter->colors <= 4 && filter->bits == from->bits;
}

static bool
set_ccitt(const struct sheet_filter *filter, const struct sheet_image *from, struct scan_image *out)
{
    out->filter = SCAN_CCITT;
    out->ccitt.k = filter->k < 0 ? -1 : filter->k > 0 ? 1 : 0;
    out->ccitt.end_of_line = filter->end_of_line;
    out->ccitt.byte_align = filter->byte_align;
    out->ccitt.black_is_1 = filter->black_is_1;
    out->ccitt.no_end_of_block = !filter->end_of_block;
    return filter->columns == from->width && from->bits == 1;
}

/* The last filter, which is the image's own unless it is one of those that are undone. */
static bool
set_filter(const struct sheet_filter *filter, const struct sheet_image *from, struct arena *scratch,
           struct scan_image *out)
{
    if (str_is(filter->name, "FlateDecode")) {
        out->filter = SCAN_FLATE;
        return set_predictor(filter, from, out);
    }
    if (str_is(filter->name, "DCTDecode")) {
        out->filter = SCAN_DCT;
        return true;
    }
    if (str_is(filter->name, "JPXDecode")) {
        out->filter = SCAN_JPX;
        return true;
    }
    if (str_is(filter->name, "JBIG2Decode")) {
        out->filter = SCAN_JBIG2;
        out->jbig2_globals = filter->globals;
        return from->bits == 1;
    }
    if (str_is(filter->name, "CCITTFaxDecode"))
        return set_ccitt(filter, from, out);
    out->filter = SCAN_FLATE;
    return undo(filter, scratch, out) &&
           (!str_is(filter->name, "LZWDecode") || set_predictor(filter, from, out));
}

/* Undoes all filters but the last, and that too where PDF/A forbids it. */
static bool
set_filters(struct reading *reading, const struct sheet_image *from, struct scan_image *out)
{
    struct scan_reading *r = reading->r;
    struct arena *scratch = arena_new(0);
    bool good = true;

    for (size_t i = 0; i < from->filter_count && good; i++) {
        const struct sheet_filter *filter = &from->filter[i];
        bool is_last = i + 1 == from->filter_count;
        good = is_last ? set_filter(filter, from, scratch, out)
                       : filter->predictor <= 1 && undo(filter, scratch, out);
    }
    bool is_undone = out->recoded != SCAN_AS_IT_CAME;
    bool is_bare = is_undone && from->filter_count > 0 && out->filter == SCAN_FLATE &&
                   !str_is(from->filter[from->filter_count - 1].name, "FlateDecode");
    if (good && is_undone)
        out->bytes = is_bare ? repack_all(r->arena, out->bytes) : str_dup(r->arena, out->bytes);
    if (good && is_undone && !reading_recoded(r, out->bytes.len))
        reading->is_over = true;
    arena_free(scratch);
    return good && !reading->is_over;
}

/* ---- images */

static const struct scan_image *image_of(struct reading *reading, const struct sheet_image *from);

static enum scan_space
space_of(enum sheet_space space)
{
    static const enum scan_space spaces[] = {
        [SHEET_GRAY] = SCAN_GRAY,       [SHEET_RGB] = SCAN_RGB,
        [SHEET_CMYK] = SCAN_CMYK,       [SHEET_INDEXED] = SCAN_INDEXED,
        [SHEET_STENCIL] = SCAN_STENCIL, [SHEET_NO_SPACE] = SCAN_OF_JPX};

    return spaces[space];
}

static bool
convert(struct reading *reading, const struct sheet_image *from, struct scan_image *out)
{
    *out = (struct scan_image){.width = from->width,
                               .height = from->height,
                               .bits = from->bits,
                               .filter = SCAN_RAW,
                               .space = space_of(from->space),
                               .base = space_of(from->base),
                               .icc = from->icc,
                               .palette = from->palette,
                               .bytes = from->bytes,
                               .is_inverted = from->is_inverted,
                               .mask_is_soft = from->mask_is_soft,
                               .is_decrypted = sheets_are_decrypted(reading->sheets)};
    if (from->mask != NULL && (out->mask = image_of(reading, from->mask)) == NULL)
        return false;
    return set_filters(reading, from, out);
}

static const struct scan_image *
image_of(struct reading *reading, const struct sheet_image *from)
{
    struct arena *arena = reading->r->arena;

    /* pages share what is near: the last ones are looked at first */
    for (size_t i = reading->known_count; i > 0 && i + 64 > reading->known_count; i--) {
        if (reading->known[i - 1].from == from)
            return reading->known[i - 1].image;
    }
    struct scan_image *image = arena_alloc(arena, sizeof *image);
    bool good = convert(reading, from, image);
    *ARENA_ADD(arena, reading->known, reading->known_count, reading->known_cap, 64) =
        (struct known){from, good ? image : NULL};
    return good ? image : NULL;
}

/* ---- pages */

static bool
add_page(struct reading *reading, const struct sheet *sheet)
{
    struct scan_reading *r = reading->r;
    struct scan_page page = {.width = sheet->width,
                             .height = sheet->height,
                             .turn = sheet->turn,
                             .is_drawn = sheet->is_drawn,
                             .pdf = r->bytes};
    struct scan_place *places = arena_array(r->arena, sheet->count + 1, sizeof *places);

    for (size_t i = 0; i < sheet->count && !page.is_drawn; i++) {
        const struct sheet_place *from = &sheet->place[i];
        places[i].image = image_of(reading, from->image);
        for (size_t k = 0; k < 6; k++)
            places[i].matrix[k] = from->matrix[k];
        places[i].red = from->rgb[0];
        places[i].green = from->rgb[1];
        places[i].blue = from->rgb[2];
        page.is_drawn = places[i].image == NULL;
    }
    page.places = places;
    page.place_count = page.is_drawn ? 0 : sheet->count;
    return !reading->is_over && reading_add(r, &page);
}

bool
read_pdf(struct scan_reading *r)
{
    struct pdfin *pdf = pdfin_open(r->arena, r->diags, r->file, r->bytes);
    struct reading reading = {.r = r, .sheets = pdf == NULL ? NULL : sheets_open(pdf)};
    bool good = reading.sheets != NULL &&
                (sheets_count(reading.sheets) > 0 || reading_damaged(r, "PDF", "no pages"));

    for (size_t i = 0; good && i < sheets_count(reading.sheets); i++) {
        struct sheet sheet;
        good = sheets_read(reading.sheets, i, &sheet) && add_page(&reading, &sheet);
    }
    pdfin_close(pdf);
    return good;
}
