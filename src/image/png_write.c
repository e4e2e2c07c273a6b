/* Writes PNG through libpng, 8 bit gray or RGB, with alpha where there is some. setjmp() stands in
 * run() alone, and everything that lives across it is in `struct job`. */
#include <png.h>
#include <setjmp.h>
#include <string.h>

#include "base/arena.h"
#include "image/raster.h"

/* Signature and IHDR, behind which colours are told. */
#define HEAD_SIZE 33

#define INCHES_TEN_KILOMETRES 393701

struct job {
    png_structp png;
    png_infop info;
    const struct image *image;
    struct buf out;
    uint8_t *row;
    size_t colours;
};

static void
on_error(png_structp png, png_const_charp text)
{
    (void)text;
    png_longjmp(png, 1);
}

static void
on_warning(png_structp png, png_const_charp text)
{
    (void)png;
    (void)text;
}

static void
on_write(png_structp png, png_bytep bytes, size_t size)
{
    struct job *job = png_get_io_ptr(png);

    buf_add(&job->out, (struct str){(const char *)bytes, size});
}

static void
on_flush(png_structp png)
{
    (void)png;
}

static void
write_header(struct job *job)
{
    const struct image *image = job->image;
    int type = image->space == IMAGE_GRAY ? PNG_COLOR_TYPE_GRAY : PNG_COLOR_TYPE_RGB;

    if (image->alpha != NULL)
        type |= PNG_COLOR_MASK_ALPHA;
    png_set_IHDR(job->png, job->info, image->width, image->height, 8, type, PNG_INTERLACE_NONE,
                 PNG_COMPRESSION_TYPE_DEFAULT, PNG_FILTER_TYPE_DEFAULT);
    if (image->dpi > 0) {
        uint64_t per_metre = ((uint64_t)image->dpi * INCHES_TEN_KILOMETRES + 5000) / 10000;
        png_set_pHYs(job->png, job->info, (png_uint_32)per_metre, (png_uint_32)per_metre,
                     PNG_RESOLUTION_METER);
    }
    png_write_info(job->png, job->info);
}

static void
fill_row(struct job *job, size_t y)
{
    const struct image *image = job->image;
    const uint8_t *pixel = image->pixels + y * image->width * job->colours;
    uint8_t *row = job->row;

    for (size_t x = 0; x < image->width; x++, pixel += job->colours) {
        memcpy(row, pixel, job->colours);
        row += job->colours;
        if (image->alpha != NULL)
            *row++ = image->alpha[y * image->width + x];
    }
}

/* The only setjmp() of this file, see above. */
static bool
run(struct job *job)
{
    if (setjmp(png_jmpbuf(job->png)) != 0)
        return false;
    write_header(job);
    for (size_t y = 0; y < job->image->height; y++) {
        fill_row(job, y);
        png_write_row(job->png, job->row);
    }
    png_write_end(job->png, NULL);
    return true;
}

struct str
image_write_png(struct arena *arena, const struct image *image, struct str colours)
{
    struct arena *scratch = arena_new(0);
    struct job job = {.image = image, .colours = image->space == IMAGE_GRAY ? 1 : 3};
    struct buf out = buf_in(arena);

    job.out = buf_in(scratch);
    job.row = arena_array(scratch, image->width, job.colours + 1);
    job.png = png_create_write_struct(PNG_LIBPNG_VER_STRING, &job, on_error, on_warning);
    if (job.png != NULL)
        job.info = png_create_info_struct(job.png);
    if (job.info == NULL)
        arena_oom(0);
    png_set_write_fn(job.png, &job, on_write, on_flush);
    if (run(&job)) {
        struct str file = buf_str(&job.out);
        buf_add(&out, str_sub(file, 0, HEAD_SIZE));
        buf_add(&out, colours);
        buf_add(&out, str_sub(file, HEAD_SIZE, file.len));
    }
    png_destroy_write_struct(&job.png, &job.info);
    arena_free(scratch);
    return buf_str(&out);
}
