/* Which reader a file belongs to, and the sizes of pages that are one image. */
#include "paper/read.h"

#include <math.h>

#include "base/arena.h"
#include "base/files.h"
#include "paper/read_inner.h"
#include "paper/repack.h"

/* A PDF may have something before its head. */
#define PDF_WITHIN 1024

#define DPI_OTHERWISE 200.0
#define DPI_LEAST 10.0
#define DPI_MOST 10000.0

/* Programs write these where nobody knows the resolution; with a page larger than any scanner's
 * glass it is not one. */
#define DPI_OF_SCREENS 96.0
#define GLASS 20.0 /* inches */

/* Sides of paper may be cut by so much. */
#define PAPER_NEAR 0.03

struct scan_at
reading_at(const struct scan_reading *r)
{
    return (struct scan_at){r->file, r->pages.count + 1};
}

bool
reading_damaged(struct scan_reading *r, const char *kind, const char *why)
{
    const char *said = diag_str(r->diags, str_of(why));

    diag_add(r->diags, DIAG_PAPER_FILE_DAMAGED, (struct pos){r->file, 0, 0}, kind,
             diag_said(r->diags, "ตัวอ่านแฟ้มแจ้งว่า", said), NULL);
    return false;
}

bool
reading_kind(struct scan_reading *r, const char *english, const char *thai)
{
    diag_add(r->diags, DIAG_PAPER_IMAGE_KIND, (struct pos){r->file, 0, 0},
             diag_printf(r->diags, "%zu", r->pages.count + 1), diag_both(r->diags, english, thai),
             NULL);
    return false;
}

bool
reading_large(struct scan_reading *r, uint64_t width, uint64_t height)
{
    diag_add(
        r->diags, DIAG_PAPER_IMAGE_LARGE, (struct pos){r->file, 0, 0},
        diag_printf(r->diags, "%zu", r->pages.count + 1),
        diag_printf(r->diags, "%llu × %llu", (unsigned long long)width, (unsigned long long)height),
        NULL);
    return false;
}

static bool
tell_file(const struct scan_reading *r, enum diag_code code, size_t number)
{
    diag_add(r->diags, code, (struct pos){r->file, 0, 0}, diag_printf(r->diags, "%zu", number),
             NULL, NULL);
    return false;
}

bool
reading_recoded(struct scan_reading *r, size_t size)
{
    r->recoded += size;
    return r->recoded <= SCAN_RECODED_MAX ||
           tell_file(r, DIAG_PAPER_FILE_LARGE, SCAN_BYTES_MAX >> 20);
}

bool
reading_add(struct scan_reading *r, const struct scan_page *page)
{
    if (r->pages.count == SCAN_PAGES_MAX)
        return tell_file(r, DIAG_PAPER_FILE_PAGES, SCAN_PAGES_MAX);
    struct scan_page *added = ARENA_ADD(r->arena, r->pages.page, r->pages.count, r->cap, 16);
    *added = *page;
    added->file = r->file;
    added->number = r->pages.count;
    return true;
}

/* ---- sizes of paper */

/* In inches. */
static const double papers[][2] = {
    {8.268, 11.693}, {11.693, 16.535}, {8.5, 11}, {8.5, 13}, {8.5, 14}};

static const double usual[] = {100, 150, 200, 240, 300, 400, 600, 1200, 72, 75, 96, 120, 180};

/* How far the sides are from those of a paper, lying or standing. */
static double
distance(double width, double height, const double paper[2])
{
    double shorter = fmin(width, height), longer = fmax(width, height);

    return fmax(fabs(shorter / paper[0] - 1), fabs(longer / paper[1] - 1));
}

/* The resolution that makes an image a sheet of paper. */
static double
guessed_dpi(double width, double height)
{
    double best = PAPER_NEAR, dpi = 0, longer = fmax(width, height);

    for (size_t i = 0; i < sizeof usual / sizeof usual[0]; i++) {
        for (size_t k = 0; k < sizeof papers / sizeof papers[0]; k++) {
            double far = distance(width / usual[i], height / usual[i], papers[k]);
            if (far < best) {
                best = far;
                dpi = usual[i];
            }
        }
    }
    if (dpi > 0)
        return dpi;
    /* a photograph of a sheet */
    double ratio = longer / fmin(width, height);
    return ratio > 1.2 && ratio < 1.6 && longer > 800 ? longer / papers[0][1] : DPI_OTHERWISE;
}

static bool
is_plausible(uint32_t width, uint32_t height, double dpi_x, double dpi_y)
{
    double inches = fmax(width / dpi_x, height / dpi_y);

    if (!(dpi_x >= DPI_LEAST && dpi_x <= DPI_MOST && dpi_y >= DPI_LEAST && dpi_y <= DPI_MOST))
        return false;
    return (inches <= GLASS || (dpi_x > DPI_OF_SCREENS && dpi_y > DPI_OF_SCREENS)) &&
           inches * 72 * UNIT_PT <= UNIT_MAX;
}

void
reading_sides(uint32_t width, uint32_t height, double dpi_x, double dpi_y, struct scan_page *page)
{
    if (!is_plausible(width, height, dpi_x, dpi_y))
        dpi_x = dpi_y = guessed_dpi(width, height);
    page->width = (mpt)fmin(fmax(1, round(width * 72000.0 / dpi_x)), UNIT_MAX);
    page->height = (mpt)fmin(fmax(1, round(height * 72000.0 / dpi_y)), UNIT_MAX);
}

/* ---- pages that are one image */

int
reading_turn(unsigned orientation)
{
    static const int turns[] = {0, 0, 0, 180, 180, 270, 90, 90, 270};

    return orientation <= 8 ? turns[orientation] : 0;
}

bool
reading_is_mirrored(unsigned orientation)
{
    return orientation == 2 || orientation == 4 || orientation == 5 || orientation == 7;
}

bool
reading_add_image(struct scan_reading *r, struct scan_image *image, double dpi_x, double dpi_y,
                  unsigned orientation)
{
    struct scan_page page = {.turn = reading_turn(orientation), .place_count = 1};
    struct scan_place *place = arena_alloc(r->arena, sizeof *place);
    struct scan_image *kept = arena_alloc(r->arena, sizeof *kept);

    *kept = *image;
    if (reading_is_mirrored(orientation) &&
        (!repack_image(r->arena, r->diags, reading_at(r), image, SCAN_WAS_MIRRORED, true, kept) ||
         !reading_recoded(r, kept->bytes.len)))
        return false;
    reading_sides(image->width, image->height, dpi_x, dpi_y, &page);
    place->image = kept;
    place->matrix[0] = page.width / (double)UNIT_PT;
    place->matrix[3] = page.height / (double)UNIT_PT;
    page.places = place;
    return reading_add(r, &page);
}

/* ---- files */

bool
scan_read(struct arena *arena, struct diags *diags, const char *file, struct str bytes,
          struct scan_pages *out)
{
    struct scan_reading r = {.arena = arena, .diags = diags, .file = file, .bytes = bytes};
    bool good = false;

    if (bytes.len > SCAN_BYTES_MAX)
        return tell_file(&r, DIAG_PAPER_FILE_LARGE, SCAN_BYTES_MAX >> 20);
    if (bytes.len == 0)
        diag_add(diags, DIAG_PAPER_FILE_EMPTY, (struct pos){file, 0, 0}, NULL, NULL, NULL);
    else if (str_starts(bytes, STR("\xFF\xD8\xFF")))
        good = read_jpeg(&r);
    else if (str_starts(bytes, STR("\x89PNG\r\n\x1A\n")))
        good = read_png(&r);
    else if (str_starts(bytes, (struct str){"II*\0", 4}) ||
             str_starts(bytes, (struct str){"MM\0*", 4}) ||
             str_starts(bytes, (struct str){"II+\0", 4}) ||
             str_starts(bytes, (struct str){"MM\0+", 4}))
        good = read_tiff(&r);
    else if (str_find(str_sub(bytes, 0, PDF_WITHIN), STR("%PDF-")) != SIZE_MAX)
        good = read_pdf(&r);
    else
        diag_add(diags, DIAG_PAPER_FILE_KIND, (struct pos){file, 0, 0}, NULL, NULL, NULL);
    *out = r.pages;
    return good;
}

bool
scan_read_file(const struct files *files, struct arena *arena, struct diags *diags,
               const char *path, struct str *bytes, struct scan_pages *out)
{
    const struct scan_reading r = {.diags = diags, .file = path};
    struct file_stamp stamp = files_stamp(files, path);

    if (stamp.exists && stamp.size > SCAN_BYTES_MAX)
        return tell_file(&r, DIAG_PAPER_FILE_LARGE, SCAN_BYTES_MAX >> 20);
    return files_read(files, arena, diags, (struct pos){path, 0, 0}, path, SCAN_BYTES_MAX,
                      bytes) &&
           scan_read(arena, diags, path, *bytes, out);
}
