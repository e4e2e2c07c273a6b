#include "engine/fill.h"

#include <string.h>

#include "base/arena.h"
#include "base/ascii.h"
#include "base/path.h"
#include "base/utf8.h"
#include "engine/manifest.h"
#include "engine/stages.h"
#include "layout/alone.h"
#include "pdf/object.h"
#include "pdf/pdf.h"
#include "pdf/piece.h"
#include "text/breaks.h"
#include "thai/normal.h"

/* Letters of no printed form are larger, and no field is as large as a wall. */
#define SIZE_MIN (1 * UNIT_PT)
#define SIZE_MAX_PT (200 * UNIT_PT)

/* So much of a hash tells two files apart for people. */
#define HASH_SHOWN 12

struct fill {
    struct work *w;
    const struct manifest *manifest;
    bool other_font;
    struct fonts *fonts;
    struct breaker *breaker;
};

/* ---- the box */

/* The next word of PDF syntax without brackets. */
static struct str
next_word(struct str *rest)
{
    size_t from = 0;

    while (from < rest->len && ascii_is_space(rest->ptr[from]))
        from++;
    size_t to = from;
    while (to < rest->len && !ascii_is_space(rest->ptr[to]))
        to++;
    struct str word = str_sub(*rest, from, to - from);
    *rest = str_sub(*rest, to, rest->len);
    return word;
}

/* "14.5" in 1/1000; 0 for what is no such number. Digits behind the third are dropped. */
static mpt
number_of(struct str word)
{
    int64_t value = 0;
    int places = -1;

    for (size_t i = 0; i < word.len && value <= SIZE_MAX_PT; i++) {
        if (word.ptr[i] == '.' && places < 0) {
            places = 0;
        } else if (!ascii_is_digit(word.ptr[i])) {
            return 0;
        } else if (places < 3) {
            value = value * 10 + (word.ptr[i] - '0');
            places += places >= 0 ? 1 : 0;
        }
    }
    for (places = places < 0 ? 0 : places; places < 3 && value <= SIZE_MAX_PT; places++)
        value *= 10;
    return value > SIZE_MAX_PT ? 0 : (mpt)value;
}

bool
fill_box_read(struct diags *diags, struct pos pos, struct str name, const mpt rect[4],
              struct str da, long long align, struct fill_box *out)
{
    struct str word, before = STR("");

    *out = (struct fill_box){
        .width = rect[2] - rect[0], .height = rect[3] - rect[1], .centred = align == 1};
    while ((word = next_word(&da)).len > 0) {
        if (str_is(word, "Tf"))
            out->size = number_of(before);
        else if (str_is(word, "TL"))
            out->pitch = number_of(before);
        before = word;
    }
    if (out->width > 0 && out->height > 0 && out->size >= SIZE_MIN && out->pitch >= SIZE_MIN)
        return true;
    diag_add(diags, DIAG_FILL_FIELD, pos, diag_str(diags, name), NULL, NULL);
    return false;
}

/* ---- fonts */

/* The font of the manifest that has these bytes, or NULL. */
static const struct manifest_input *
find_font(const struct manifest *manifest, struct str bytes)
{
    const struct hash hash = hash_of(bytes);
    char hex[2 * HASH_SIZE + 1];

    hash_hex(&hash, hex);
    for (size_t i = 0; i < manifest->input_count; i++) {
        const struct manifest_input *input = &manifest->inputs[i];
        if (str_is(input->role, input_role_name(INPUT_FONT)) && str_is(input->sha256, hex))
            return input;
    }
    return NULL;
}

/* The font that this file stands in for: the one of the same name, else the first. */
static const struct manifest_input *
named_font(const struct manifest *manifest, struct str name)
{
    const struct manifest_input *first = NULL;

    for (size_t i = 0; i < manifest->input_count; i++) {
        const struct manifest_input *input = &manifest->inputs[i];
        if (!str_is(input->role, input_role_name(INPUT_FONT)))
            continue;
        if (str_eq(input->name, name))
            return input;
        first = first == NULL ? input : first;
    }
    return first;
}

static const char *
show_font(struct diags *diags, struct str name, struct str hex)
{
    return diag_printf(diags, "%s (SHA-256 %.*s…)", diag_str(diags, name),
                       STR_FMT(str_sub(hex, 0, HASH_SHOWN)));
}

static const char *
show_file(struct diags *diags, const struct font *font)
{
    const struct hash hash = hash_of(font->bytes);
    char hex[2 * HASH_SIZE + 1];

    hash_hex(&hash, hex);
    return show_font(diags, str_of(path_base(font->path)), str_of(hex));
}

/* The report's own font. */
static bool
check_font(const struct fill *fill)
{
    const struct font *font = fonts_face(fill->fonts, fill->w->diags, FONT_REGULAR);
    struct diags *diags = fill->w->diags;

    if (font == NULL)
        return false;
    if (find_font(fill->manifest, font->bytes) != NULL)
        return true;
    const struct manifest_input *named = named_font(fill->manifest, str_of(path_base(font->path)));
    diag_add(diags, fill->other_font ? DIAG_FILL_OTHER_FONT : DIAG_FILL_FONT, POS_NONE,
             named == NULL ? diag_both(diags, "(none is named)", "(ไม่ได้ระบุ)")
                           : show_font(diags, named->name, named->sha256),
             show_file(diags, font), NULL);
    return fill->other_font;
}

/* Fonts that lent letters. */
static bool
check_lent(const struct fill *fill, struct pos pos, struct str name)
{
    const struct font *font;
    struct diags *diags = fill->w->diags;

    if (fill->other_font)
        return true;
    for (size_t i = 0; (font = fonts_taken(fill->fonts, i)) != NULL; i++) {
        if (!font->other || find_font(fill->manifest, font->bytes) != NULL)
            continue;
        diag_add(diags, DIAG_FILL_LENT, pos, diag_str(diags, name), show_file(diags, font), NULL);
        return false;
    }
    return true;
}

/* Files of fonts that the PDF is set in: what it knows of its style's fonts that lend letters. */
static struct str
names_of_fonts(struct arena *arena, const struct manifest *manifest)
{
    struct buf out = buf_in(arena);

    for (size_t i = 0; i < manifest->input_count; i++) {
        if (str_is(manifest->inputs[i].role, input_role_name(INPUT_FONT)))
            buf_printf(&out, "%s%.*s", out.len == 0 ? "" : ",", STR_FMT(manifest->inputs[i].name));
    }
    return buf_str(&out);
}

struct fill *
fill_open(struct work *w, const struct fill_options *options)
{
    const struct shared_fonts *shared =
        shared_fonts_of(w, names_of_fonts(w->arena, options->manifest));
    struct fill *fill = arena_alloc(w->arena, sizeof *fill);

    if (shared == NULL)
        return NULL;
    *fill = (struct fill){.w = w,
                          .manifest = options->manifest,
                          .other_font = options->other_font,
                          .fonts = fonts_share(w->arena, shared->fonts),
                          .breaker = breaker_open()};
    if (check_font(fill))
        return fill;
    fill_close(fill);
    return NULL;
}

void
fill_close(struct fill *fill)
{
    if (fill == NULL)
        return;
    breaker_close(fill->breaker);
    fonts_close(fill->fonts);
}

/* ---- texts */

/* The text without what is neither seen nor read back, and without blanks at the ends of lines. */
static struct str
trim_lines(struct arena *arena, struct str text)
{
    struct buf out = buf_in(arena);
    size_t seen = 0; /* up to behind the last character that is no blank */

    for (size_t at = 0; at < text.len;) {
        uint32_t code = utf8_next(text, &at);
        /* "\r\n" of Windows and "\r" of old Macs */
        if (piece_drops(code) || (code == '\r' && at < text.len && text.ptr[at] == '\n'))
            continue;
        code = code == '\r' ? '\n' : code;
        if (code == '\n')
            out.len = seen;
        buf_utf8(&out, code == '\t' ? ' ' : code);
        if (code != ' ' && code != '\t')
            seen = out.len;
    }
    return utf8_trim(buf_str(&out));
}

bool
fill_words(struct work *w, struct pos pos, struct str bytes, struct str *out)
{
    struct str text;

    if (!normal_decode(w->arena, w->diags, pos, bytes, &text) ||
        !normal_text(w->arena, w->diags, pos, text, &text))
        return false;
    *out = trim_lines(w->arena, text);
    return true;
}

static bool
set_text(struct fill *fill, const struct alone_job *job, struct str name, struct page *page)
{
    struct diags *diags = fill->w->diags;
    size_t lines = 0, room = alone_room(job);

    if (!layout_alone(fill->w->arena, diags, job, page, &lines) ||
        !check_lent(fill, job->pos, name))
        return false;
    if (lines <= room)
        return true;
    diag_add(diags, DIAG_FILL_TOO_LONG, job->pos, diag_str(diags, name),
             diag_printf(diags, "%zu", lines), diag_printf(diags, "%zu", room));
    return false;
}

unsigned
fill_text(struct fill *fill, struct pdf_objects *objects, struct pos pos, struct str name,
          const struct fill_box *box, struct str text)
{
    const struct alone_job job = {
        .fonts = fill->fonts,
        .breaker = fill->breaker,
        .text = text,
        .pos = pos,
        .width = box->width,
        .height = box->height,
        .size = box->size,
        .pitch = box->pitch,
        .centred = box->centred,
    };
    struct page page;

    if (!set_text(fill, &job, name, &page))
        return 0;
    return pdf_appearance(objects, fill->w->diags, &page);
}

unsigned
fill_empty(struct work *w, struct pdf_objects *objects, mpt width, mpt height)
{
    const struct page page = {.width = width, .height = height};

    return pdf_appearance(objects, w->diags, &page);
}

/* ---- pictures */

/* At most FILL_DPI_MAX where the picture is `width` wide; it keeps its proportion. */
static void
limit_pixels(struct image *image, mpt width)
{
    int64_t most = (int64_t)width * FILL_DPI_MAX / (72 * UNIT_PT);
    int64_t before = image->width;

    most = most < 1 ? 1 : most;
    if (before <= most)
        return;
    int64_t height = (image->height * most + before / 2) / before;
    image->dpi = image_dpi_of(image->dpi, image->width, (uint32_t)most);
    image->dpi = image->dpi < FILL_DPI_MAX ? image->dpi : FILL_DPI_MAX;
    image->width = (uint32_t)most;
    image->height = height < 1 ? 1 : (uint32_t)height;
}

static void
place_picture(const struct image *image, mpt width, mpt height, struct item *item)
{
    int64_t across = (int64_t)height * image->width / image->height;
    int64_t down = (int64_t)width * image->height / image->width;

    item->width = across < width ? (mpt)across : width;
    item->height = across < width ? height : (mpt)(down < height ? down : height);
    item->width = item->width < 1 ? 1 : item->width;
    item->height = item->height < 1 ? 1 : item->height;
    item->x = (width - item->width) / 2;
    item->y = height - item->height;
}

/* Reads what the file says of itself, and what kind it is. */
static struct image *
open_picture(struct work *w, struct pos pos, struct str bytes)
{
    struct image *image = NULL;

    if (image_is_svg(bytes))
        diag_add(w->diags, DIAG_FILL_PICTURE, pos, NULL, NULL, NULL);
    else
        image = image_open(w->arena, w->diags, pos, bytes);
    if (image == NULL || !image->ink)
        return image;
    diag_add(w->diags, DIAG_FILL_CMYK, pos, NULL, NULL, NULL);
    return NULL;
}

unsigned
fill_picture(struct work *w, struct pdf_objects *objects, struct pos pos, struct str bytes,
             mpt width, mpt height)
{
    struct image *image = open_picture(w, pos, bytes);
    struct node node = {.pos = pos};
    struct item item = {.kind = ITEM_IMAGE, .node = &node};
    const struct page page = {.width = width, .height = height, .items = &item, .count = 1};
    struct str printed;

    if (image == NULL)
        return 0;
    place_picture(image, width, height, &item);
    limit_pixels(image, item.width);
    if (!image_print(w->arena, w->diags, pos, bytes, image, &printed))
        return 0;
    item.as.image = image_read(w->arena, w->diags, pos, printed);
    return item.as.image == NULL ? 0 : pdf_appearance(objects, w->diags, &page);
}
