/* JPEG (ITU-T T.81) through libjpeg-turbo.
 *
 * libjpeg has no way out of an error but longjmp(); setjmp() stands in run() alone, and everything
 * that lives across it is in `struct job`, not in local variables. */
#include <setjmp.h>
#include <stdio.h>
#include <string.h>

#include <jpeglib.h>

#include <jerror.h>

#include "base/arena.h"
#include "paper/decode_inner.h"

/* Each scan of a progressive file costs a pass over all pixels; encoders write about ten. */
#define SCANS_MAX 100
#define SCANNED_PIXELS_MAX UINT64_C(3000000000)

/* What a progressive one holds in memory, else it would write a temporary file. */
#define MEMORY_MAX ((long)1536 << 20)
#define PROGRESSIVE_PIXELS_MAX UINT64_C(200000000)

struct job {
    struct jpeg_decompress_struct jpeg; /* first: libjpeg's callbacks get only this */
    struct jpeg_error_mgr errors;
    struct jpeg_progress_mgr progress;
    jmp_buf out;
    struct decoding *d;
    uint8_t *row;
    bool is_over;
};

_Noreturn static void
fail(struct job *job, enum decode_fault fault, const char *why)
{
    (void)decode_fail(job->d, fault, why);
    longjmp(job->out, 1);
}

static void
on_error(j_common_ptr common)
{
    struct job *job = (struct job *)common;
    int code = common->err->msg_code;
    char why[JMSG_LENGTH_MAX];
    bool unsupported = code == JERR_SOF_UNSUPPORTED || code == JERR_BAD_PRECISION ||
                       code == JERR_CONVERSION_NOTIMPL || code == JERR_NOTIMPL ||
                       code == JERR_CCIR601_NOTIMPL || code == JERR_FRACT_SAMPLE_NOTIMPL;

    common->err->format_message(common, why);
    fail(job, unsupported ? DECODE_UNSUPPORTED : DECODE_DAMAGED, why);
}

/* Warnings of data that is lost end the reading; those of oddities do not. */
static void
on_message(j_common_ptr common, int level)
{
    char why[JMSG_LENGTH_MAX];

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
        common->err->format_message(common, why);
        fail((struct job *)common, DECODE_DAMAGED, why);
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

    if (scans > SCANS_MAX || (scans > 1 && scans * pixels > SCANNED_PIXELS_MAX))
        fail(job, DECODE_DAMAGED, "too many scans");
}

/* The samples that come out; libjpeg makes gray of colours where only gray is asked for. */
static void
choose_output(struct job *job, struct decode_samples *samples)
{
    const struct scan_image *image = job->d->image;
    struct jpeg_decompress_struct *jpeg = &job->jpeg;
    bool is_rgb = jpeg->jpeg_color_space == JCS_YCbCr || jpeg->jpeg_color_space == JCS_RGB;

    samples->space = image->space;
    if (decode_channels(image->space) != (unsigned)jpeg->num_components)
        fail(job, DECODE_DAMAGED, "the JPEG has other colours than the page says");
    if (jpeg->num_components == 1) {
        jpeg->out_color_space = JCS_GRAYSCALE;
    } else if (jpeg->num_components == 4) {
        jpeg->out_color_space = JCS_CMYK;
    } else if (is_rgb && job->d->to_gray && !image->is_inverted) {
        jpeg->out_color_space = JCS_GRAYSCALE;
        samples->space = SCAN_GRAY;
    } else {
        jpeg->out_color_space = JCS_RGB;
    }
}

static void
begin(struct job *job)
{
    const struct scan_image *image = job->d->image;
    struct jpeg_decompress_struct *jpeg = &job->jpeg;
    struct decode_samples samples = {.bits = 8, .is_inverted = image->is_inverted};

    (void)jpeg_read_header(jpeg, TRUE);
    if (jpeg->image_width != image->width || jpeg->image_height != image->height)
        fail(job, DECODE_DAMAGED, "the JPEG has other sides than the page says");
    if (jpeg->data_precision != 8)
        fail(job, DECODE_UNSUPPORTED, "12 bit samples");
    if (jpeg_has_multiple_scans(jpeg) &&
        (uint64_t)image->width * image->height > PROGRESSIVE_PIXELS_MAX)
        fail(job, DECODE_TOO_LARGE, NULL);
    choose_output(job, &samples);
    job->d->reduced = decode_power(job->d->times, 8);
    jpeg->scale_num = 1;
    jpeg->scale_denom = job->d->reduced;
    jpeg->dct_method = JDCT_ISLOW;
    (void)jpeg_start_decompress(jpeg);
    samples.width = jpeg->output_width;
    samples.height = jpeg->output_height;
    samples.channels = (unsigned)jpeg->output_components;
    if (!decode_begin(job->d, &samples))
        longjmp(job->out, 1);
    job->row = arena_array(job->d->arena, samples.width, samples.channels);
}

/* The only setjmp() of this file, see above. */
static bool
run(struct job *job)
{
    struct str bytes = job->d->image->bytes;

    if (setjmp(job->out) != 0)
        return false;
    jpeg_create_decompress(&job->jpeg);
    job->jpeg.mem->max_memory_to_use = MEMORY_MAX;
    job->jpeg.progress = &job->progress;
    jpeg_mem_src(&job->jpeg, (const unsigned char *)bytes.ptr, (unsigned long)bytes.len);
    begin(job);
    while (job->jpeg.output_scanline < job->jpeg.output_height) {
        JSAMPROW rows[1] = {job->row};
        if (jpeg_read_scanlines(&job->jpeg, rows, 1) != 1)
            fail(job, DECODE_DAMAGED, "the data ends too early");
        if (!decode_row(job->d, job->row))
            return false;
    }
    (void)jpeg_finish_decompress(&job->jpeg);
    return true;
}

bool
decode_jpeg(struct decoding *d)
{
    struct job job = {.d = d};

    job.jpeg.err = jpeg_std_error(&job.errors);
    job.errors.error_exit = on_error;
    job.errors.emit_message = on_message;
    job.errors.output_message = on_output;
    job.progress.progress_monitor = on_progress;
    if (d->image->bytes.len == 0)
        return decode_fail(d, DECODE_DAMAGED, "the data ends too early");
    bool good = run(&job);
    jpeg_destroy_decompress(&job.jpeg);
    return good;
}
