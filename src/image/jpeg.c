/* JPEG (ITU-T T.81) through libjpeg-turbo.
 *
 * A PDF holds baseline and progressive JPEG in gray, YCbCr or (with Adobe's marker) RGB as they
 * are (ISO 32000-1, 7.4.8); such a file is decoded once to be sure that it is whole, and its bytes
 * are passed on. What a PDF reader might take otherwise (arithmetic coding, CMYK, RGB without the
 * marker) is converted to pixels.
 *
 * libjpeg has no way out of an error but longjmp(); setjmp() stands in run() alone, and everything
 * that lives across it is in `struct job`, not in local variables. */
#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include <jpeglib.h>

#include <jerror.h>

#include "base/arena.h"
#include "image/raster.h"

/* Each scan of a progressive file costs a pass over all pixels; encoders write about ten. */
#define SCANS_MAX 100
#define SCANNED_PIXELS_MAX UINT64_C(1000000000)

enum failure { FAIL_NONE, FAIL_DAMAGED, FAIL_UNSUPPORTED, FAIL_TOO_LARGE };

struct job {
    struct jpeg_decompress_struct jpeg; /* first: libjpeg's callbacks get only this */
    struct jpeg_error_mgr errors;
    struct jpeg_progress_mgr progress;
    jmp_buf out;
    struct arena *arena;
    struct image *image;
    struct str bytes;
    uint8_t *pixels, *row;
    enum image_want want;
    bool pass_on;
    enum failure failure;
    char why[JMSG_LENGTH_MAX];
};

_Noreturn static void
fail(struct job *job, enum failure failure, const char *why)
{
    job->failure = failure;
    if (why != NULL)
        (void)snprintf(job->why, sizeof job->why, "%s", why);
    longjmp(job->out, 1);
}

static void
on_error(j_common_ptr common)
{
    struct job *job = (struct job *)common;
    int code = common->err->msg_code;
    bool unsupported = code == JERR_SOF_UNSUPPORTED || code == JERR_BAD_PRECISION ||
                       code == JERR_CONVERSION_NOTIMPL || code == JERR_ARITH_NOTIMPL ||
                       code == JERR_NOTIMPL || code == JERR_CCIR601_NOTIMPL ||
                       code == JERR_FRACT_SAMPLE_NOTIMPL;

    common->err->format_message(common, job->why);
    fail(job, unsupported ? FAIL_UNSUPPORTED : FAIL_DAMAGED, NULL);
}

/* Warnings of data that is lost end the reading; those of oddities (bytes between markers, an
 * unusual version) do not. */
static void
on_message(j_common_ptr common, int level)
{
    if (level >= 0)
        return;
    switch (common->err->msg_code) {
    case JWRN_BOGUS_PROGRESSION:
    case JWRN_HIT_MARKER:
    case JWRN_HUFF_BAD_CODE:
    case JWRN_ARITH_BAD_CODE:
    case JWRN_JPEG_EOF:
    case JWRN_MUST_RESYNC:
    case JWRN_NOT_SEQUENTIAL:
        common->err->format_message(common, ((struct job *)common)->why);
        fail((struct job *)common, FAIL_DAMAGED, NULL);
    default:
        break;
    }
}

static void
on_output(j_common_ptr common)
{
    (void)common;
}

static void
on_progress(j_common_ptr common)
{
    struct job *job = (struct job *)common;

    uint64_t scans = (uint64_t)job->jpeg.input_scan_number;
    uint64_t pixels = (uint64_t)job->jpeg.image_width * job->jpeg.image_height;
    if (scans > SCANS_MAX || scans * pixels > SCANNED_PIXELS_MAX)
        fail(job, FAIL_DAMAGED, "too many scans");
}

static uint32_t
read_dpi(const struct jpeg_decompress_struct *jpeg)
{
    uint32_t density = jpeg->X_density;

    if (!jpeg->saw_JFIF_marker || density != jpeg->Y_density)
        return 0;
    if (jpeg->density_unit == 1)
        return density;
    return jpeg->density_unit == 2 ? (density * 254 + 50) / 100 : 0;
}

/* True when every PDF reader shows the file as libjpeg does. */
static bool
pdf_can_hold(const struct jpeg_decompress_struct *jpeg)
{
    if (jpeg->arith_code)
        return false;
    if (jpeg->jpeg_color_space == JCS_GRAYSCALE)
        return true;
    if (jpeg->jpeg_color_space == JCS_YCbCr)
        return !jpeg->saw_Adobe_marker || jpeg->Adobe_transform == 1;
    return jpeg->jpeg_color_space == JCS_RGB && jpeg->saw_Adobe_marker &&
           jpeg->Adobe_transform == 0;
}

static void
choose_output(struct job *job)
{
    switch (job->jpeg.jpeg_color_space) {
    case JCS_GRAYSCALE:
        job->image->space = IMAGE_GRAY;
        job->jpeg.out_color_space = JCS_GRAYSCALE;
        break;
    case JCS_YCbCr:
    case JCS_RGB:
        job->image->space = IMAGE_RGB;
        job->jpeg.out_color_space = JCS_RGB;
        break;
    case JCS_CMYK:
    case JCS_YCCK:
        job->image->space = IMAGE_RGB;
        job->image->ink = true;
        job->jpeg.out_color_space = JCS_CMYK;
        break;
    default:
        fail(job, FAIL_UNSUPPORTED, "unknown colour space");
    }
}

static void
read_header(struct job *job)
{
    (void)jpeg_read_header(&job->jpeg, TRUE);
    job->image->width = job->jpeg.image_width;
    job->image->height = job->jpeg.image_height;
    if (!image_size_is_allowed(job->image->width, job->image->height))
        fail(job, FAIL_TOO_LARGE, NULL);
    if (job->jpeg.data_precision != 8)
        fail(job, FAIL_UNSUPPORTED, "12 bit samples");
    choose_output(job);
    job->pass_on = job->want == IMAGE_FOR_PDF && pdf_can_hold(&job->jpeg);
    job->image->dpi = read_dpi(&job->jpeg);
}

/* Without a colour profile ink can only be taken as the complement of light. Files of Adobe's
 * programs hold the complement already. */
static void
cmyk_to_rgb(const uint8_t *cmyk, uint8_t *rgb, size_t width, bool inverted)
{
    for (size_t x = 0; x < width; x++, cmyk += 4, rgb += 3) {
        unsigned black = inverted ? cmyk[3] : 255U - cmyk[3];
        for (size_t i = 0; i < 3; i++) {
            unsigned light = inverted ? cmyk[i] : 255U - cmyk[i];
            rgb[i] = (uint8_t)((light * black + 127) / 255);
        }
    }
}

static void
read_rows(struct job *job)
{
    size_t width = job->image->width, colours = job->image->space == IMAGE_GRAY ? 1 : 3;

    (void)jpeg_start_decompress(&job->jpeg);
    if (job->jpeg.output_width != width || job->jpeg.output_height != job->image->height)
        fail(job, FAIL_DAMAGED, "sizes do not agree");
    job->row = arena_array(job->arena, width, (size_t)job->jpeg.output_components);
    if (!job->pass_on)
        job->pixels = arena_array(job->arena, width * job->image->height, colours);
    while (job->jpeg.output_scanline < job->jpeg.output_height) {
        JSAMPROW rows[1] = {job->row};
        size_t y = job->jpeg.output_scanline;
        if (jpeg_read_scanlines(&job->jpeg, rows, 1) != 1)
            fail(job, FAIL_DAMAGED, "the file ends too early");
        if (job->pass_on)
            continue;
        uint8_t *out = job->pixels + y * width * colours;
        if (job->jpeg.out_color_space == JCS_CMYK)
            cmyk_to_rgb(job->row, out, width, job->jpeg.saw_Adobe_marker);
        else
            memcpy(out, job->row, width * colours);
    }
    (void)jpeg_finish_decompress(&job->jpeg);
}

/* The only setjmp() of this file, see above. */
static bool
run(struct job *job)
{
    if (setjmp(job->out) != 0)
        return false;
    jpeg_create_decompress(&job->jpeg);
    job->jpeg.progress = &job->progress;
    jpeg_mem_src(&job->jpeg, (const unsigned char *)job->bytes.ptr, (unsigned long)job->bytes.len);
    read_header(job);
    if (job->want == IMAGE_HEAD)
        return true;
    read_rows(job);
    /* bytes after the end of the picture belong to no one */
    if (job->pass_on)
        job->image->jpeg = str_sub(job->bytes, 0, job->bytes.len - job->jpeg.src->bytes_in_buffer);
    job->image->pixels = job->pixels;
    return true;
}

static struct image *
report(struct diags *diags, struct pos at, const struct job *job, uint32_t width, uint32_t height)
{
    if (job->failure == FAIL_TOO_LARGE)
        return image_too_large(diags, at, width, height);
    diag_add(diags, job->failure == FAIL_UNSUPPORTED ? DIAG_IMAGE_UNSUPPORTED : DIAG_IMAGE_DAMAGED,
             at, "JPEG", image_reason(diags, job->why), NULL);
    return NULL;
}

struct image *
image_read_jpeg(struct arena *arena, struct diags *diags, struct pos at, struct str bytes,
                enum image_want want)
{
    struct arena_mark mark = arena_mark(arena);
    struct job job = {.arena = arena, .bytes = bytes, .want = want};

    job.image = arena_alloc(arena, sizeof *job.image);
    job.jpeg.err = jpeg_std_error(&job.errors);
    job.errors.error_exit = on_error;
    job.errors.emit_message = on_message;
    job.errors.output_message = on_output;
    job.progress.progress_monitor = on_progress;
    bool good = run(&job);
    jpeg_destroy_decompress(&job.jpeg);
    if (good)
        return job.image;
    uint32_t width = job.image->width, height = job.image->height;
    arena_reset(arena, mark);
    return report(diags, at, &job, width, height);
}
