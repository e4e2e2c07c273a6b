/* Fonts out of one PDF into another. Only what a font is known to have is copied: a reference at
 * any other key might lead to all the rest of the file. */
#include "base/arena.h"
#include "paper/layer.h"
#include "pdfin/cos.h"
#include "pdfin/map.h"

#define DEPTH_MAX 4 /* of arrays in a font: /W has one in it */
#define NAME_MAX_LEN 127

struct layer_fonts {
    struct pdf_objects *objects;
    struct revisions *revisions;
    struct map *handles; /* number of a font → its handle */
    size_t count, values;
};

struct layer_fonts *
layer_fonts_open(struct pdf_objects *objects, struct revisions *revisions)
{
    struct layer_fonts *fonts = arena_alloc(objects->arena, sizeof *fonts);

    fonts->objects = objects;
    fonts->revisions = revisions;
    fonts->handles = map_new(objects->arena);
    return fonts;
}

/* ---- values: numbers, names, strings, and arrays of these; NULL for anything else */

static struct pdf_value *copied(struct layer_fonts *fonts, const struct cos *node, size_t depth);

static struct pdf_value *
copied_array(struct layer_fonts *fonts, const struct cos *node, size_t depth)
{
    struct pdf_value *array = pdf_array(fonts->objects->arena);

    for (size_t i = 0; i < node->count; i++) {
        struct pdf_value *item = copied(fonts, &node->items[i], depth + 1);
        if (item == NULL)
            return NULL;
        pdf_add(array, item);
    }
    return array;
}

static struct pdf_value *
copied_name(struct layer_fonts *fonts, struct str name)
{
    return name.len == 0 || name.len > NAME_MAX_LEN
               ? NULL
               : pdf_name(fonts->objects->arena, str_cstr(fonts->objects->arena, name));
}

static struct pdf_value *
copied(struct layer_fonts *fonts, const struct cos *node, size_t depth)
{
    struct arena *arena = fonts->objects->arena;

    node = cos_resolve(fonts->revisions, 0, node);
    if (depth > DEPTH_MAX || ++fonts->values > LAYER_VALUES_MAX)
        return NULL;
    switch (node->type) {
    case COS_INTEGER:
        return node->integer < INT32_MIN || node->integer > INT32_MAX
                   ? NULL
                   : pdf_int(arena, node->integer);
    case COS_REAL:
        return pdf_raw(arena, str_dup(arena, node->text));
    case COS_NAME:
        return copied_name(fonts, node->text);
    case COS_STRING:
        return node->text.len > PDF_STRING_MAX ? NULL : pdf_string(arena, node->text);
    case COS_ARRAY:
        return copied_array(fonts, node, depth);
    default:
        return NULL;
    }
}

/* Copies the keys of a list that are there; false where one cannot be. */
static bool
copy_keys(struct layer_fonts *fonts, const struct cos *from, const char *const *keys,
          struct pdf_value *to)
{
    for (size_t i = 0; keys[i] != NULL; i++) {
        const struct cos *node = cos_at(fonts->revisions, 0, from, keys[i]);
        if (node->type == COS_NULL)
            continue;
        struct pdf_value *value = copied(fonts, node, 0);
        if (value == NULL)
            return false;
        pdf_set(to, keys[i], value);
    }
    return true;
}

/* ---- the objects of a font */

/* A stream, unpacked and packed again; 0 where it cannot be. */
static unsigned
copy_stream(struct layer_fonts *fonts, const struct cos *stream, const char *const *keys)
{
    struct arena *scratch = arena_new(0);
    struct pdf_value *dict = pdf_dict(fonts->objects->arena);
    struct str bytes;
    unsigned handle = 0;

    if (cos_unpack(fonts->revisions, 0, stream, LAYER_FONT_MAX, scratch, &bytes) &&
        copy_keys(fonts, stream, keys, dict))
        handle = pdf_put_stream(fonts->objects, dict, bytes);
    arena_free(scratch);
    return handle;
}

/* Sets a key to a stream that is at it in `from`; false where there is none. */
static bool
set_stream(struct layer_fonts *fonts, const struct cos *from, const char *key,
           const char *const *keys, struct pdf_value *to)
{
    const struct cos *stream = cos_at(fonts->revisions, 0, from, key);
    unsigned handle = stream->type == COS_STREAM ? copy_stream(fonts, stream, keys) : 0;

    if (handle != 0)
        pdf_set(to, key, pdf_ref(fonts->objects->arena, handle));
    return handle != 0;
}

static bool
set_descriptor(struct layer_fonts *fonts, const struct cos *from, struct pdf_value *to)
{
    static const char *const keys[] = {"Type",       "FontName",     "FontFamily", "FontStretch",
                                       "FontWeight", "Flags",        "FontBBox",   "ItalicAngle",
                                       "Ascent",     "Descent",      "Leading",    "CapHeight",
                                       "XHeight",    "StemV",        "StemH",      "AvgWidth",
                                       "MaxWidth",   "MissingWidth", NULL};
    static const char *const file_keys[] = {"Length1", NULL};
    const struct cos *descriptor = cos_at(fonts->revisions, 0, from, "FontDescriptor");
    struct pdf_value *dict = pdf_dict(fonts->objects->arena);

    if (descriptor->type != COS_DICT || !copy_keys(fonts, descriptor, keys, dict) ||
        !set_stream(fonts, descriptor, "FontFile2", file_keys, dict))
        return false;
    pdf_set(to, "FontDescriptor", pdf_ref(fonts->objects->arena, pdf_put(fonts->objects, dict)));
    return true;
}

static bool
set_system(struct layer_fonts *fonts, const struct cos *from, struct pdf_value *to)
{
    static const char *const keys[] = {"Registry", "Ordering", "Supplement", NULL};
    const struct cos *system = cos_at(fonts->revisions, 0, from, "CIDSystemInfo");
    struct pdf_value *dict = pdf_dict(fonts->objects->arena);

    if (system->type != COS_DICT || !copy_keys(fonts, system, keys, dict))
        return false;
    pdf_set(to, "CIDSystemInfo", dict);
    return true;
}

static bool
set_descendant(struct layer_fonts *fonts, const struct cos *from, struct pdf_value *to)
{
    static const char *const keys[] = {"Type", "Subtype",     "BaseFont", "DW",
                                       "W",    "CIDToGIDMap", NULL};
    struct arena *arena = fonts->objects->arena;
    const struct cos *list = cos_at(fonts->revisions, 0, from, "DescendantFonts");
    struct pdf_value *dict = pdf_dict(arena), *array = pdf_array(arena);

    if (list->type != COS_ARRAY || list->count != 1)
        return false;
    const struct cos *font = cos_resolve(fonts->revisions, 0, &list->items[0]);
    if (font->type != COS_DICT ||
        !cos_is_name(cos_at(fonts->revisions, 0, font, "Subtype"), "CIDFontType2") ||
        !copy_keys(fonts, font, keys, dict) || !set_system(fonts, font, dict) ||
        !set_descriptor(fonts, font, dict))
        return false;
    pdf_add(array, pdf_ref(arena, pdf_put(fonts->objects, dict)));
    pdf_set(to, "DescendantFonts", array);
    return true;
}

static unsigned
put_font(struct layer_fonts *fonts, const struct cos *font)
{
    static const char *const keys[] = {"Type", "Subtype", "BaseFont", "Encoding", NULL};
    static const char *const none[] = {NULL};
    struct pdf_value *dict = pdf_dict(fonts->objects->arena);

    if (font->type != COS_DICT ||
        !cos_is_name(cos_at(fonts->revisions, 0, font, "Subtype"), "Type0") ||
        !copy_keys(fonts, font, keys, dict) || !set_descendant(fonts, font, dict) ||
        !set_stream(fonts, font, "ToUnicode", none, dict))
        return 0;
    return pdf_put(fonts->objects, dict);
}

unsigned
layer_font(struct layer_fonts *fonts, const struct cos *ref)
{
    size_t number = cos_number(ref);
    unsigned *known = number == 0 ? NULL : map_get(fonts->handles, number);

    if (known != NULL)
        return *known;
    if (number == 0 || fonts->count == LAYER_FONTS_MAX)
        return 0;
    /* one that cannot be copied is not tried again on every page */
    unsigned *handle = arena_alloc(fonts->objects->arena, sizeof *handle);
    fonts->count++;
    *handle = put_font(fonts, cos_resolve(fonts->revisions, 0, ref));
    *map_put(fonts->handles, number) = handle;
    return *handle;
}
