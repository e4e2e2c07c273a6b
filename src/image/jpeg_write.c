/* Writes JPEG through libjpeg-turbo: integer DCT, so that the bytes are the same on every machine.
 *
 * A photograph gets the best quality at which it stays within BYTES_LEAST or BYTES_PER_PIXEL, which
 * ever is more: nearly all do at the first trial, only very busy ones are pressed harder. setjmp()
 * stands in run() alone, and everything that lives across it is in `struct job`. */
#include <setjmp.h>
#include <stdio.h>
#include <stdlib.h>

#include <jpeglib.h>

#include "base/arena.h"
#include "image/raster.h"

#define QUALITY_BEST 85
#define QUALITY_STEP 5
#define QUALITY_STEPS 10
#define BYTES_LEAST 280000
#define BYTES_PER_PIXEL(pixels) ((pixels) / 10)

/* SOI and the JFIF segment, behind which colours are told. */
#define HEAD_SIZE 20

struct job {
    struct jpeg_compress_struct jpeg; /* first: libjpeg's callbacks get only this */
    struct jpeg_error_mgr errors;
    jmp_buf out;
    const struct image *image;
    int quality;
    unsigned char *bytes;
    unsigned long size;
};

static void
on_error(j_common_ptr common)
{
    longjmp(((struct job *)common)->out, 1);
}

static void
on_output(j_common_ptr common)
{
    (void)common;
}

static void
set_up(struct job *job)
{
    struct jpeg_compress_struct *jpeg = &job->jpeg;
    bool gray = job->image->space == IMAGE_GRAY;

    jpeg->image_width = job->image->width;
    jpeg->image_height = job->image->height;
    jpeg->input_components = gray ? 1 : 3;
    jpeg->in_color_space = gray ? JCS_GRAYSCALE : JCS_RGB;
    jpeg_set_defaults(jpeg);
    jpeg->dct_method = JDCT_ISLOW;
    jpeg->optimize_coding = TRUE;
    jpeg_set_quality(jpeg, job->quality, TRUE);
    jpeg_simple_progression(jpeg);
    if (job->image->dpi > 0) {
        jpeg->density_unit = 1;
        jpeg->X_density = jpeg->Y_density =
            (UINT16)(job->image->dpi < UINT16_MAX ? job->image->dpi : UINT16_MAX);
    }
}

/* The only setjmp() of this file, see above. */
static bool
run(struct job *job)
{
    const struct image *image = job->image;
    size_t len = (size_t)image->width * (image->space == IMAGE_GRAY ? 1 : 3);

    if (setjmp(job->out) != 0)
        return false;
    jpeg_create_compress(&job->jpeg);
    jpeg_mem_dest(&job->jpeg, &job->bytes, &job->size);
    set_up(job);
    jpeg_start_compress(&job->jpeg, TRUE);
    while (job->jpeg.next_scanline < image->height) {
        /* libjpeg takes rows that are not const, and does not write to them */
        JSAMPROW row = (JSAMPROW)(uintptr_t)(image->pixels + job->jpeg.next_scanline * len);
        (void)jpeg_write_scanlines(&job->jpeg, &row, 1);
    }
    jpeg_finish_compress(&job->jpeg);
    return true;
}

/* The file at a quality, which lives in `arena`; empty when there is no memory. */
static struct str
write_at(struct arena *arena, const struct image *image, int quality, struct str colours)
{
    struct job job = {.image = image, .quality = quality};
    struct buf out = buf_in(arena);

    job.jpeg.err = jpeg_std_error(&job.errors);
    job.errors.error_exit = on_error;
    job.errors.output_message = on_output;
    if (run(&job)) {
        struct str file = {(const char *)job.bytes, job.size};
        buf_add(&out, str_sub(file, 0, HEAD_SIZE));
        buf_add(&out, colours);
        buf_add(&out, str_sub(file, HEAD_SIZE, file.len));
    }
    jpeg_destroy_compress(&job.jpeg);
    free(job.bytes);
    return buf_str(&out);
}

struct str
image_write_jpeg(struct arena *arena, const struct image *image, struct str colours)
{
    size_t pixels = (size_t)image->width * image->height;
    size_t most = BYTES_PER_PIXEL(pixels) > BYTES_LEAST ? BYTES_PER_PIXEL(pixels) : BYTES_LEAST;
    struct arena *scratch = arena_new(0);
    struct str best = write_at(scratch, image, QUALITY_BEST, colours);
    int good = QUALITY_STEPS, bad = 0; /* steps down: the least that is small enough, and too few */

    while (best.len > most && good - bad > 1) {
        int step = bad + (good - bad) / 2;
        struct str trial = write_at(scratch, image, QUALITY_BEST - step * QUALITY_STEP, colours);
        if (trial.len > most)
            bad = step;
        else
            good = step;
    }
    if (best.len > most)
        best = write_at(scratch, image, QUALITY_BEST - good * QUALITY_STEP, colours);
    struct str out = str_dup(arena, best);
    arena_free(scratch);
    return out;
}
