/* Page lists made of random bytes: shaped text, clusters of any glyphs and offsets, rules, boxes,
 * pictures and drawings. Writing them twice must give the same bytes. */
#include "pdf_pages.h"

#include "image/image.h"

struct feed {
    const uint8_t *data;
    size_t size, at;
};

static unsigned
take(struct feed *feed)
{
    return feed->at < feed->size ? feed->data[feed->at++] : 0;
}

static int
take_length(struct feed *feed)
{
    int value = (int16_t)(take(feed) << 8 | take(feed));

    return take(feed) % 4 == 0 ? value * 60000 : value * 10;
}

static const char *
take_text(struct arena *arena, struct feed *feed)
{
    struct buf out = buf_in(arena);
    unsigned count = take(feed) % 64;

    for (unsigned i = 0; i < count; i++) {
        unsigned byte = take(feed);

        if (byte < 0x60)
            buf_utf8(&out, 0xe00 + byte);
        else if (byte < 0x80)
            buf_utf8(&out, 0x20 + byte % 0x60);
        else if (byte < 0xf0)
            buf_byte(&out, (char)byte);
        else
            buf_utf8(&out, 0x2000 + take(feed));
    }
    return str_cstr(arena, buf_str(&out));
}

static void
add_clusters(struct help *help, struct feed *feed, const struct font *font, struct item *item)
{
    size_t count = take(feed) % 8;
    struct cluster *clusters = arena_array(help->arena, count + 1, sizeof(*clusters));
    const char *text = take_text(help->arena, feed);

    for (size_t i = 0; i < count; i++) {
        unsigned glyph_count = take(feed) % 70;
        struct glyph *glyphs = arena_array(help->arena, glyph_count + 1, sizeof(*glyphs));

        for (size_t k = 0; k < glyph_count; k++)
            glyphs[k] = (struct glyph){take(feed) << 2, (int)take(feed) - 20, take_length(feed),
                                       take_length(feed)};
        clusters[i] = (struct cluster){.text = take(feed),
                                       .text_len = take(feed) & 0xFFFFFF,
                                       .glyphs = glyphs,
                                       .glyph_count = glyph_count,
                                       .run = help_run(help, font, take_length(feed)),
                                       .flags = (unsigned char)take(feed)};
    }
    item->as.text.whole = help_text(help, str_of(text));
    item->as.text.clusters = clusters;
    item->as.text.count = (uint32_t)count;
}

static void
add_drawing(struct help *help, struct feed *feed, struct item *item)
{
    struct drawing *drawing = arena_alloc(help->arena, sizeof(*drawing));
    struct path *path = arena_alloc(help->arena, sizeof(*path));

    path->count = take(feed) % 16;
    path->steps = arena_array(help->arena, path->count + 1, sizeof(*path->steps));
    for (size_t i = 0; i < path->count; i++) {
        path->steps[i].op = (enum path_op)(take(feed) % 4);
        for (int k = 0; k < 3; k++) {
            path->steps[i].x[k] = take_length(feed);
            path->steps[i].y[k] = take_length(feed);
        }
    }
    drawing->paths = path;
    drawing->count = 1;
    for (int side = 0; side < 4; side++)
        drawing->box[side] = take_length(feed);
    item->kind = ITEM_PATHS;
    item->as.drawing = drawing;
}

static void
add_image(struct help *help, struct feed *feed, struct item *item)
{
    struct image *image = arena_alloc(help->arena, sizeof(*image));
    uint8_t *pixels = arena_alloc(help->arena, (size_t)3 * 16 * 16);

    image->width = 1 + take(feed) % 16;
    image->height = 1 + take(feed) % 16;
    image->space = take(feed) % 2 == 0 ? IMAGE_GRAY : IMAGE_RGB;
    for (size_t i = 0; i < (size_t)3 * 16 * 16; i++)
        pixels[i] = (uint8_t)take(feed);
    image->pixels = pixels;
    image->alpha = take(feed) % 2 == 0 ? NULL : pixels;
    item->kind = ITEM_IMAGE;
    item->as.image = image;
}

static void
add_text(struct help *help, struct feed *feed, const struct font *font, struct item *item)
{
    item->as.text.line = take(feed) % 3 + 1;
    item->as.text.turn = (short)(take(feed) % 8 == 0 ? take(feed) : 0);
    item->as.text.cluster_gap = take(feed) % 4 == 0 ? take_length(feed) : 0;
    item->as.text.space_gap = take(feed) % 4 == 0 ? take_length(feed) : 0;
    if (take(feed) % 2 == 0) {
        add_clusters(help, feed, font, item);
        return;
    }
    const char *text = take_text(help->arena, feed);
    item->as.text.whole = help_text(help, str_of(text));
    size_t count = 0;
    item->as.text.clusters = help_shape(help, font, take_length(feed), str_of(text), &count);
    item->as.text.count = (uint32_t)count;
}

static void
add_item(struct help *help, struct feed *feed, const struct font *font)
{
    struct item *item = help_item(help, (enum item_kind)(take(feed) % 3));

    item->x = take_length(feed);
    item->y = take_length(feed);
    item->width = take_length(feed);
    item->height = take_length(feed);
    item->colour = (struct colour){(unsigned char)take(feed), (unsigned char)take(feed), 0};
    if (item->kind == ITEM_RULE) {
        item->as.rule.thickness = take_length(feed);
        item->as.rule.dotted = take(feed) % 2 == 0;
        item->as.rule.dot_pitch = take_length(feed);
    } else if (item->kind == ITEM_TEXT) {
        add_text(help, feed, font, item);
    } else if (take(feed) % 4 == 0) {
        add_image(help, feed, item);
    } else if (take(feed) % 4 == 0) {
        add_drawing(help, feed, item);
    }
}

static struct str
write_once(struct help *help, const struct font *font, const uint8_t *data, size_t size)
{
    struct feed feed = {data, size, 0};
    struct str out = STR("");

    struct pdf_meta meta = {.title = str_of(take_text(help->arena, &feed)),
                            .author = STR("author"),
                            .plain = size % 2 == 0};
    while (feed.at < size && help->pages.count < 50) {
        help_page(help);
        help->pages.page[help->pages.count - 1].height = take_length(&feed);
        for (unsigned items = take(&feed) % 16; items > 0; items--)
            add_item(help, &feed, font);
    }
    if (!pdf_file(help->arena, help->diags, &help->pages, &meta, &out) &&
        diags_count(help->diags) == 0)
        abort(); /* failed without saying why */
    return out;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct help *keeper;
    static struct font *font;

    if (keeper == NULL) {
        keeper = help_open();
        font = help_font(keeper, "Laksaman", false);
        help_end(NULL);
        if (font == NULL)
            abort(); /* Laksaman is needed */
    }
    struct help *first = help_open(), *second = help_open();
    struct str a = write_once(first, font, data, size), b = write_once(second, font, data, size);

    if (!str_eq(a, b))
        abort();
    help_close(first);
    help_close(second);
    return 0;
}
