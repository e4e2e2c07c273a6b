/* Hands object descriptions to libharu 2.3, which holds and numbers them, and writes its object
 * table out by save.h, as libharu knows neither object streams nor cross-reference streams. Only
 * its exported object layer is used: one HPDF_Dict per object, whose entries are written by a hook
 * in our own syntax. So its number formatting (float), NUL-ended strings, array limit of 32,767
 * and slow lists never come into play; nor do its text, font and image calls. Its memory pool is
 * not aligned, so its size must be 0. */
#include "pdf/pdf.h"

#include <hpdf.h>
#include <hpdf_doc.h>

#include "base/arena.h"
#include "pdf/object.h"
#include "pdf/save.h"

/* libharu counts bytes in 32 bits. */
#define FILE_MAX ((size_t)2000 * 1024 * 1024)
#define OBJECTS_MAX 4000000

/* What the hook of a dictionary needs. */
struct hook {
    const struct pdf_object *object;
    struct raw *raw;
};

struct raw {
    const struct pdf_objects *objects;
    HPDF_Doc doc;
    unsigned *numbers; /* by handle */
    struct hook *hooks;
    struct buf text; /* of the object being written */
};

/* ---- into libharu's table */

static HPDF_STATUS
write_entries(HPDF_Dict dict, HPDF_Stream stream)
{
    const struct hook *hook = dict->attr;
    struct buf *text = &hook->raw->text;

    text->len = 0;
    pdf_write_object(text, hook->object, hook->raw->numbers);
    if (hook->object->stream.ptr != NULL)
        buf_printf(text, "\n/Length %zu", hook->object->stream.len);
    return HPDF_Stream_Write(stream, (const HPDF_BYTE *)text->ptr, (HPDF_UINT)text->len);
}

/* Takes out what libharu put into its catalog, page tree and information dictionary. */
static void
empty(HPDF_Dict dict)
{
    while (dict->list->count > 0) {
        HPDF_DictElement element = HPDF_List_ItemAt(dict->list, 0);

        HPDF_Dict_RemoveElement(dict, element->key);
    }
    dict->before_write_fn = NULL;
}

/* The dictionary of a handle: one of the three that a new document has, or a new one. */
static HPDF_Dict
open_dict(const struct raw *raw, unsigned handle)
{
    HPDF_Dict dict = NULL;

    if (handle == raw->objects->catalog)
        dict = raw->doc->catalog;
    else if (handle == raw->objects->pages)
        dict = raw->doc->root_pages;
    else if (handle == raw->objects->info)
        dict = raw->doc->info;
    if (dict != NULL) {
        empty(dict);
        return dict;
    }
    dict = HPDF_Dict_New(raw->doc->mmgr);
    if (dict == NULL || HPDF_Xref_Add(raw->doc->xref, dict) != HPDF_OK)
        return NULL; /* Xref_Add has freed it */
    return dict;
}

static unsigned
number_of(const HPDF_Dict dict)
{
    return (unsigned)(dict->header.obj_id & 0xffffff);
}

static bool
fill(struct raw *raw)
{
    const struct pdf_objects *objects = raw->objects;

    /* libharu's list is copied each time that it grows by so many */
    raw->doc->xref->entries->items_per_block = (HPDF_UINT)objects->count;
    for (unsigned handle = 1; handle < objects->count; handle++) {
        HPDF_Dict dict = open_dict(raw, handle);

        if (dict == NULL)
            return false;
        raw->numbers[handle] = number_of(dict);
        raw->hooks[handle] = (struct hook){&objects->object[handle], raw};
        dict->attr = &raw->hooks[handle];
        dict->write_fn = write_entries;
    }
    return true;
}

/* ---- and out of it */

/* The dictionary as libharu writes it, brackets and all; false with its error. */
static bool
read_dict(struct raw *raw, HPDF_Dict dict, HPDF_Stream stream, struct buf *out)
{
    out->len = 0;
    HPDF_MemStream_FreeData(stream);
    if (HPDF_Obj_WriteValue(dict, stream, NULL) != HPDF_OK)
        return false;
    for (HPDF_UINT i = 0; i < HPDF_MemStream_GetBufCount(stream); i++) {
        HPDF_UINT len = 0;
        const HPDF_BYTE *part = HPDF_MemStream_GetBufPtr(stream, i, &len);

        buf_add(out, (struct str){(const char *)part, len});
    }
    return HPDF_GetError(raw->doc) == HPDF_OK;
}

static bool
save_entries(struct raw *raw, HPDF_Stream stream, struct save *save)
{
    struct buf text = buf_in(raw->objects->arena);

    for (HPDF_UINT i = 0; i < raw->doc->xref->entries->count; i++) {
        HPDF_XrefEntry entry = HPDF_List_ItemAt(raw->doc->xref->entries, i);
        HPDF_Dict dict = entry->obj;

        if (entry->entry_typ != HPDF_IN_USE_ENTRY)
            continue;
        if (!read_dict(raw, dict, stream, &text))
            return false;
        const struct hook *hook = dict->attr;
        if (hook->object->stream.ptr != NULL)
            save_stream(save, number_of(dict), buf_str(&text), hook->object->stream);
        else
            save_object(save, number_of(dict), buf_str(&text), hook->object->is_aside);
    }
    return true;
}

static bool
save_all(struct raw *raw, struct str *out)
{
    const struct pdf_objects *objects = raw->objects;
    HPDF_Stream stream = HPDF_MemStream_New(raw->doc->mmgr, 0);
    struct save *save =
        save_open(objects->arena, objects->deflate, raw->doc->xref->entries->count - 1);
    const struct save_trailer trailer = {number_of(raw->doc->catalog), number_of(raw->doc->info),
                                         STR("")};

    if (stream == NULL)
        return false;
    bool good = save_entries(raw, stream, save);
    HPDF_Stream_Free(stream);
    if (good)
        *out = save_close(save, &trailer);
    return good;
}

static bool
fits(const struct pdf_objects *objects)
{
    size_t total = 0;

    if (objects->count > OBJECTS_MAX)
        return false;
    for (size_t i = 1; i < objects->count; i++) {
        if (objects->object[i].stream.len > FILE_MAX - total)
            return false;
        total += objects->object[i].stream.len;
    }
    return true;
}

bool
pdf_save(struct diags *diags, const struct pdf_objects *objects, struct str *out)
{
    struct raw raw = {.objects = objects, .text = buf_in(objects->arena)};

    if (!fits(objects)) {
        diag_add(diags, DIAG_PDF_TOO_LARGE, POS_NONE, NULL, NULL, NULL);
        return false;
    }
    raw.numbers = arena_array(objects->arena, objects->count, sizeof(*raw.numbers));
    raw.hooks = arena_array(objects->arena, objects->count, sizeof(*raw.hooks));
    raw.doc = HPDF_NewEx(NULL, NULL, NULL, 0, NULL);
    if (raw.doc == NULL) {
        diag_add(diags, DIAG_PDF_LIBRARY, POS_NONE, "HPDF_NewEx", NULL, NULL);
        return false;
    }
    bool good = fill(&raw) && save_all(&raw, out);
    if (!good)
        diag_add(diags, DIAG_PDF_LIBRARY, POS_NONE,
                 diag_printf(diags, "%#lx", (unsigned long)HPDF_GetError(raw.doc)), NULL, NULL);
    HPDF_Free(raw.doc);
    return good;
}
