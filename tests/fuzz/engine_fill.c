/* Any text in any box: it is set, or told why not, and the same again gives the same objects. The
 * first byte is how much of the input is /DA, four numbers of the box follow, and the rest is text.
 */
#include <stdlib.h>
#include <string.h>

#include "fuzz_fonts.h"

#include "base/arena.h"
#include "engine/fill.h"
#include "engine/manifest.h"
#include "engine/report.h"
#include "pdf/object.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static const struct manifest none = {.input_count = 0};

/* A length in the middle of what is read, small, or as large as any. */
static mpt
length_of(const uint8_t *bytes)
{
    int32_t value = (int32_t)(bytes[0] << 8 | bytes[1]);

    return bytes[2] % 8 == 0 ? value * 457 : value * 10 * (bytes[2] % 4 == 1 ? -1 : 1);
}

/* What was made, as text. */
static struct str
objects_of(struct arena *arena, const struct pdf_objects *objects)
{
    unsigned *numbers = arena_array(arena, objects->count, sizeof *numbers);
    struct buf out = buf_in(arena);

    for (size_t i = 1; i < objects->count; i++)
        numbers[i] = (unsigned)i;
    for (size_t i = 1; i < objects->count; i++) {
        pdf_write_object(&out, &objects->object[i], numbers);
        buf_add(&out, objects->object[i].stream);
    }
    return buf_str(&out);
}

static bool
fill_once(struct banthuek *b, struct str da, const mpt rect[4], struct str given, struct str *out)
{
    const struct fill_options options = {.manifest = &none, .other_font = true};
    struct work *w = &b->work;
    struct pdf_objects *objects = pdf_objects_open(w->arena);
    struct fill *fill = fill_open(w, &options);
    struct fill_box box;
    struct str text;

    if (fill == NULL)
        abort(); /* Laksaman is needed */
    bool good = fill_box_read(w->diags, POS_NONE, STR("a.b"), rect, da, 1, &box) &&
                fill_words(w, POS_NONE, given, &text) &&
                fill_text(fill, objects, POS_NONE, STR("a.b"), &box, text) != 0;
    if (good == (diags_level_count(w->diags, DIAG_ERROR) > 0))
        abort();
    *out = objects_of(w->arena, objects);
    fill_close(fill);
    pdf_objects_close(objects);
    return good;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct banthuek_context *context;
    const struct banthuek_context_options options = {.struct_size = sizeof options,
                                                     .data_dir = "."};

    if (context == NULL)
        context = banthuek_context_open(&options);
    if (size < 13)
        return 0;
    const mpt low[2] = {length_of(data + 1), length_of(data + 4)};
    const mpt rect[4] = {low[0], low[1], low[0] + abs(length_of(data + 7)),
                         low[1] + abs(length_of(data + 10))};
    struct str rest = {(const char *)data + 13, size - 13};
    struct str da = str_sub(rest, 0, data[0] < rest.len ? data[0] : rest.len);
    struct banthuek *first = banthuek_open(context, NULL), *second = banthuek_open(context, NULL);
    struct str one, two, text = str_sub(rest, da.len, rest.len);
    bool good = fill_once(first, da, rect, text, &one);

    if (good != fill_once(second, da, rect, text, &two) || !str_eq(one, two))
        abort();
    banthuek_close(first);
    banthuek_close(second);
    return 0;
}
