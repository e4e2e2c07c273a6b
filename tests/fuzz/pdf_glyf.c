/* A font damaged in the tables that embedding reads: Laksaman with bytes changed, as the input
 * says (table, place, value), used for text that was shaped with the sound one. */
#include "pdf_pages.h"

#define CHANGE 5

static char *
damaged(struct arena *arena, const char *bytes, unsigned size, const uint8_t *data, size_t count)
{
    static const char *const tables[] = {"glyf", "loca", "hmtx", "maxp", "head", "hhea"};
    char *copy = arena_strndup(arena, bytes, size);

    for (size_t i = 0; i + CHANGE <= count; i += CHANGE) {
        size_t len = 0;
        size_t place = help_table((struct str){bytes, size}, tables[data[i] % 6], &len);
        if (len == 0)
            abort();
        size_t at = ((size_t)data[i + 1] << 16 | (size_t)data[i + 2] << 8 | data[i + 3]) % len;

        copy[place + at] = (char)data[i + 4];
    }
    return copy;
}

static void
run(struct help *help, const struct font *sound, const char *bytes, unsigned size)
{
    static const char *const lines[] = {"น้ำใจ ญู ปู่ ฐุ", "office AV ÀÉ 123 ๑๒๓", "ก่ ข้ ค๊ ง๋"};
    hb_blob_t *blob = hb_blob_create(bytes, size, HB_MEMORY_MODE_READONLY, NULL, NULL);
    hb_face_t *face = hb_face_create(blob, 0);
    struct font *font = help_face(help, face, "Damaged", FONT_REGULAR);
    const struct pdf_meta meta = {.title = STR("")};
    struct str out = STR("");

    if (font->upem <= 0)
        font->upem = 1000;
    for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
        help_line(help, sound, lines[i], 0);
        struct page *page = &help->pages.page[help->pages.count - 1];
        struct item *item = &page->items[page->count - 1];
        size_t count = 0;
        struct cluster *clusters =
            help_shape(help, sound, 16000, item->as.text.whole->text, &count);
        item->as.text.count = (uint32_t)count;

        for (size_t k = 0; k < item->as.text.count; k++)
            clusters[k].run = help_run(help, font, 16000);
        item->as.text.clusters = clusters;
    }
    if (!pdf_file(help->arena, help->diags, &help->pages, &meta, &out) &&
        diags_count(help->diags) == 0)
        abort(); /* failed without saying why */
    help_close_font(font);
    hb_face_destroy(face);
    hb_blob_destroy(blob);
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
    struct help *help = help_open();
    hb_blob_t *blob = hb_face_reference_blob(hb_font_get_face(font->hb));
    unsigned len = 0;
    const char *bytes = hb_blob_get_data(blob, &len);

    run(help, font, damaged(help->arena, bytes, len, data, size), len);
    hb_blob_destroy(blob);
    help_close(help);
    return 0;
}
