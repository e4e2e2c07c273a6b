/* PNG (ISO/IEC 15948) through libpng, to 8 bit gray or RGB and a plane of alpha.
 *
 * libpng's simplified interface would spare setjmp(), but it converts by gamma (the PDF takes
 * samples as they are) and does not tell the resolution. So the full interface is used, whose
 * only way out of an error is longjmp(); setjmp() stands in run() alone, and everything that
 * lives across it is in `struct job`, not in local variables. */
#include <png.h>
#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "image/raster.h"

/* Deflate cannot pack more than 1032 to 1; a file that claims more is cut off or a lie. */
#define DEFLATE_RATIO_MAX 1032

/* Chunks without use here that are large when unpacked are skipped, not kept. */
#define CHUNK_BYTES_MAX 4000000

struct job {
    struct arena *arena;
    struct image *image;
    png_structp png;
    png_infop info;
    struct str rest;
    size_t file_size;
    enum image_want want;
    uint8_t *pixels, *alpha, *row;
    uint32_t channels; /* as libpng gives them: 1 to 4, alpha included */
    bool too_large;
    char why[96];
};

static void
on_error(png_structp png, png_const_charp text)
{
    struct job *job = png_get_error_ptr(png);

    (void)snprintf(job->why, sizeof job->why, "%s", text);
    png_longjmp(png, 1);
}

static void
on_warning(png_structp png, png_const_charp text)
{
    (void)png;
    (void)text;
}

static void
on_read(png_structp png, png_bytep out, size_t size)
{
    struct job *job = png_get_io_ptr(png);

    if (size > job->rest.len)
        png_error(png, "the file ends too early");
    memcpy(out, job->rest.ptr, size);
    job->rest = str_sub(job->rest, size, job->rest.len);
}

/* Chunks that may be large and that nothing here asks for. */
static void
skip_chunks(png_structp png)
{
    static const png_byte names[] = "bKGD\0cHRM\0eXIf\0gAMA\0hIST\0iCCP\0iTXt\0oFFs\0pCAL\0sBIT\0"
                                    "sCAL\0sPLT\0sRGB\0tEXt\0tIME\0zTXt";

    png_set_keep_unknown_chunks(png, PNG_HANDLE_CHUNK_NEVER, names, (int)(sizeof names / 5));
    png_set_keep_unknown_chunks(png, PNG_HANDLE_CHUNK_NEVER, NULL, 0);
}

static uint32_t
read_dpi(const struct job *job)
{
    png_uint_32 x = 0, y = 0;
    int unit = PNG_RESOLUTION_UNKNOWN;

    if (png_get_pHYs(job->png, job->info, &x, &y, &unit) == 0 || unit != PNG_RESOLUTION_METER)
        return 0;
    uint64_t dpi = ((uint64_t)x * 254 + 5000) / 10000;
    return x == y && dpi <= 100000 ? (uint32_t)dpi : 0;
}

/* Reads all up to the pixels, and asks libpng for 8 bit gray or RGB, with or without alpha. */
static void
read_header(struct job *job)
{
    struct image *image = job->image;

    /* the limits of image.h are tested below; libpng's own come before that test */
    png_set_user_limits(job->png, 0x7FFFFFFF, 0x7FFFFFFF);
    png_set_chunk_malloc_max(job->png, CHUNK_BYTES_MAX);
    skip_chunks(job->png);
    png_read_info(job->png, job->info);
    image->width = png_get_image_width(job->png, job->info);
    image->height = png_get_image_height(job->png, job->info);
    if (!image_size_is_allowed(image->width, image->height)) {
        job->too_large = true;
        png_error(job->png, "too large");
    }
    uint64_t packed = (uint64_t)png_get_rowbytes(job->png, job->info) * image->height;
    if (packed / DEFLATE_RATIO_MAX > job->file_size)
        png_error(job->png, "the file is too short for its size in pixels");
    image->dpi = read_dpi(job);
    png_set_expand(job->png);
    png_set_scale_16(job->png);
}

static void
make_planes(struct job *job)
{
    struct image *image = job->image;
    size_t area = (size_t)image->width * image->height;

    job->channels = png_get_channels(job->png, job->info);
    image->space = job->channels < 3 ? IMAGE_GRAY : IMAGE_RGB;
    size_t colours = image->space == IMAGE_GRAY ? 1 : 3;
    if (png_get_rowbytes(job->png, job->info) != (size_t)image->width * job->channels)
        png_error(job->png, "unexpected row length");
    job->pixels = arena_array(job->arena, area, colours);
    if (job->channels > colours)
        job->alpha = arena_alloc(job->arena, area);
    job->row = arena_array(job->arena, image->width, job->channels);
}

/* Copies a row from the planes to job->row or back. */
static void
move_row(struct job *job, size_t y, bool to_planes)
{
    size_t width = job->image->width, colours = job->image->space == IMAGE_GRAY ? 1 : 3;
    uint8_t *pixel = job->pixels + y * width * colours;
    uint8_t *row = job->row;

    for (size_t x = 0; x < width; x++, row += job->channels, pixel += colours) {
        if (to_planes)
            memcpy(pixel, row, colours);
        else
            memcpy(row, pixel, colours);
        if (job->alpha == NULL)
            continue;
        if (to_planes)
            job->alpha[y * width + x] = row[colours];
        else
            row[colours] = job->alpha[y * width + x];
    }
}

static void
read_rows(struct job *job)
{
    int passes = png_set_interlace_handling(job->png);

    png_read_update_info(job->png, job->info);
    make_planes(job);
    for (int pass = 0; pass < passes; pass++) {
        for (size_t y = 0; y < job->image->height; y++) {
            /* libpng adds a pass of an interlaced picture to what the row holds already */
            if (passes > 1)
                move_row(job, y, false);
            png_read_row(job->png, job->row, NULL);
            move_row(job, y, true);
        }
    }
    png_read_end(job->png, NULL);
}

/* The only setjmp() of this file, see above. */
static bool
run(struct job *job)
{
    if (setjmp(png_jmpbuf(job->png)) != 0)
        return false;
    read_header(job);
    if (job->want != IMAGE_HEAD)
        read_rows(job);
    return true;
}

static void
finish(struct job *job)
{
    struct image *image = job->image;
    size_t area = (size_t)image->width * image->height;

    image->pixels = job->pixels;
    for (size_t i = 0; job->alpha != NULL && i < area; i++) {
        if (job->alpha[i] == 255)
            continue;
        image->alpha = job->alpha; /* only a plane that hides something is worth keeping */
        return;
    }
}

struct image *
image_read_png(struct arena *arena, struct diags *diags, struct pos at, struct str bytes,
               enum image_want want)
{
    struct arena_mark mark = arena_mark(arena);
    struct job job = {.arena = arena, .rest = bytes, .file_size = bytes.len, .want = want};

    job.image = arena_alloc(arena, sizeof *job.image);
    job.png = png_create_read_struct(PNG_LIBPNG_VER_STRING, &job, on_error, on_warning);
    if (job.png != NULL)
        job.info = png_create_info_struct(job.png);
    if (job.info == NULL)
        arena_oom(0);
    png_set_read_fn(job.png, &job, on_read);
    bool good = run(&job);
    png_destroy_read_struct(&job.png, &job.info, NULL);
    if (good) {
        finish(&job);
        return job.image;
    }
    uint32_t width = job.image->width, height = job.image->height;
    arena_reset(arena, mark);
    if (job.too_large)
        return image_too_large(diags, at, width, height);
    diag_add(diags, DIAG_IMAGE_DAMAGED, at, "PNG", image_reason(diags, job.why), NULL);
    return NULL;
}
