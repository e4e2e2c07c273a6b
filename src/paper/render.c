/* Pages drawn by the program pdftoppm. */
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>

#include "base/arena.h"
#include "base/program.h"
#include "paper/look.h"
#include "paper/repack.h"

#define HEAD_MAX 64
#define SAYS_MAX 4096
#define PROGRAM_MISSING 127 /* what a shell says where there is none */

static bool
fail(struct diags *diags, const struct scan_page *page, const char *english, const char *thai)
{
    diag_add(diags, DIAG_PAPER_PAGE_NOT_DRAWN, (struct pos){page->file, 0, 0},
             diag_printf(diags, "%zu", page->number), diag_both(diags, english, thai), NULL);
    return false;
}

static bool
tell_missing(struct diags *diags, const struct scan_page *page)
{
    diag_add(diags, DIAG_PAPER_PAGE_NO_PROGRAM, (struct pos){page->file, 0, 0},
             diag_printf(diags, "%zu", page->number), NULL, NULL);
    return false;
}

/* ---- the program */

/* The resolution with which a page of these sides has no more pixels than are looked at. */
static double
dpi_of(const struct scan_page *page)
{
    double area = (double)page->width / UNIT_PT * page->height / UNIT_PT / 72 / 72;

    return fmin(RENDER_DPI, sqrt(LOOK_PIXELS_MAX / area));
}

static struct program_said
ask(struct arena *arena, const struct scan_page *page, double dpi)
{
    const char *resolution = arena_printf(arena, "%.2f", dpi);
    const char *number = arena_printf(arena, "%zu", page->number);
    const char *const arguments[] = {"pdftoppm", "-cropbox", "-r", resolution, "-f",
                                     number,     "-l",       number, "-",      NULL};
    /* sides are rounded up by a pixel or two; a page whose unit is not a point is drawn smaller */
    const struct program program = {.arguments = arguments,
                                    .input = page->pdf,
                                    .output_max = (size_t)LOOK_PIXELS_MAX * 3 + (1 << 20),
                                    .says_max = SAYS_MAX,
                                    .keeps_says = true,
                                    .seconds = RENDER_SECONDS,
                                    .memory = RENDER_MEMORY};
    return program_run(arena, &program);
}

/* ---- what it gives: "P6", sides and 255, then rows of RGB */

static bool
read_ppm(struct str ppm, struct scan_pixels *out)
{
    char head[HEAD_MAX];
    unsigned long width = 0, height = 0;
    int len = 0;
    struct str start = str_sub(ppm, 0, HEAD_MAX - 1);

    (void)snprintf(head, sizeof head, "%.*s", STR_FMT(start));
    if (sscanf(head, "P6 %9lu %9lu 255%n", &width, &height, &len) != 2 || len <= 0)
        return false;
    *out = (struct scan_pixels){(uint32_t)width, (uint32_t)height, 3,
                                (const uint8_t *)ppm.ptr + len + 1};
    return width > 0 && height > 0 && ppm.len - (size_t)len - 1 == width * height * 3;
}

static bool
is_gray(const struct scan_pixels *pixels)
{
    size_t size = (size_t)pixels->width * pixels->height * 3;

    for (size_t i = 0; i < size; i += 3) {
        if (pixels->samples[i] != pixels->samples[i + 1] ||
            pixels->samples[i] != pixels->samples[i + 2])
            return false;
    }
    return true;
}

static void
make_image(struct arena *arena, const struct scan_pixels *pixels, struct scan_image *out)
{
    struct repack *pack = repack_begin(arena);
    bool gray = is_gray(pixels);
    size_t len = (size_t)pixels->width * 3;
    uint8_t *row = arena_alloc(arena, len);

    for (size_t y = 0; y < pixels->height; y++) {
        const uint8_t *from = pixels->samples + y * len;
        for (size_t x = 0; gray && x < pixels->width; x++)
            row[x] = from[3 * x];
        repack_add(pack, gray ? row : from, gray ? pixels->width : len);
    }
    *out = (struct scan_image){.width = pixels->width,
                               .height = pixels->height,
                               .bits = 8,
                               .filter = SCAN_FLATE,
                               .space = gray ? SCAN_GRAY : SCAN_RGB,
                               .bytes = repack_end(pack),
                               .recoded = SCAN_WAS_DRAWN};
}

/* The page, which lies as it is shown. */
static void
make_page(struct arena *arena, const struct scan_page *from, const struct scan_image *image,
          struct scan_page *out)
{
    struct scan_place *place = arena_alloc(arena, sizeof *place);
    bool is_across = from->turn % 180 != 0;

    *out = *from;
    out->width = is_across ? from->height : from->width;
    out->height = is_across ? from->width : from->height;
    out->turn = 0;
    out->is_drawn = false;
    place->image = image;
    place->matrix[0] = out->width / (double)UNIT_PT;
    place->matrix[3] = out->height / (double)UNIT_PT;
    out->places = place;
    out->place_count = 1;
}

bool
page_render(struct arena *arena, struct diags *diags, const struct scan_page *page,
            struct scan_page *out)
{
    struct arena *scratch = arena_new(0);
    struct program_said said = ask(scratch, page, dpi_of(page));
    struct scan_image *image = arena_alloc(arena, sizeof *image);
    struct scan_pixels pixels;
    bool is_missing =
        said.end == PROGRAM_NOT_STARTED || (said.end == PROGRAM_ENDED && WIFEXITED(said.status) &&
                                            WEXITSTATUS(said.status) == PROGRAM_MISSING);
    /* it draws what it can of a page that is damaged, and ends well */
    bool is_damaged = str_find(said.says, STR("Syntax Error")) != SIZE_MAX;
    bool good = said.end == PROGRAM_ENDED && !is_damaged && read_ppm(said.output, &pixels);

    if (good) {
        make_image(arena, &pixels, image);
        make_page(arena, page, image, out);
    }
    arena_free(scratch);
    if (good)
        return true;
    if (is_missing)
        return tell_missing(diags, page);
    if (said.end != PROGRAM_ENDED)
        return fail(diags, page, "took too long, or gave too much", "ใช้เวลานานหรือให้ข้อมูลมากเกินไป");
    if (is_damaged)
        return fail(diags, page, "found it damaged", "พบว่าหน้านี้เสียหาย");
    return fail(diags, page, "gave no picture of it", "ไม่ให้ภาพของหน้านี้");
}
