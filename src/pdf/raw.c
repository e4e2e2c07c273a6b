/* Hands object descriptions to libharu 2.3, which numbers them and writes header, objects, xref
 * and trailer (ISO 32000-1 §7.5). Only its exported object layer is used: one HPDF_Dict per
 * object, whose entries are written by a hook in our own syntax. So its number formatting (float),
 * NUL-ended strings, array limit of 32,767 and slow lists never come into play; nor do its text,
 * font and image calls. Its memory pool is not aligned, so its size must be 0. */
#include "pdf/raw.h"

#include <hpdf.h>
#include <hpdf_doc.h>
#include <string.h>

#include "base/arena.h"

/* libharu counts bytes in 32 bits and xref offsets in 10 digits; this leaves room. */
#define FILE_MAX ((size_t)2000 * 1024 * 1024)
#define OBJECTS_MAX 4000000
#define SAVE_PART (256 * 1024)

/* What the hook of a dictionary needs. */
struct hook {
    const struct pdf_value *value;
    const struct raw *raw;
};

struct raw {
    const struct pdf_objects *objects;
    HPDF_Doc doc;
    HPDF_Dict *dicts;  /* by handle */
    unsigned *numbers; /* by handle */
    struct hook *hooks;
};

static HPDF_STATUS
write_entries(HPDF_Dict dict, HPDF_Stream stream)
{
    const struct hook *hook = dict->attr;
    struct arena *arena = hook->raw->objects->arena;
    struct arena_mark mark = arena_mark(arena);
    struct buf text = buf_in(arena);

    pdf_write_entries(&text, hook->value, hook->raw->numbers);
    buf_byte(&text, '\n');
    HPDF_STATUS status =
        HPDF_Stream_Write(stream, (const HPDF_BYTE *)text.ptr, (HPDF_UINT)text.len);
    arena_reset(arena, mark);
    return status;
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

/* The stream's bytes and its /Length, which libharu sets and wants as an object of its own. */
static bool
fill_stream(const struct raw *raw, HPDF_Dict dict, struct str bytes)
{
    HPDF_Number length = HPDF_Number_New(raw->doc->mmgr, 0);

    if (length == NULL || HPDF_Xref_Add(raw->doc->xref, length) != HPDF_OK ||
        HPDF_Dict_Add(dict, "Length", length) != HPDF_OK)
        return false;
    dict->stream = HPDF_MemStream_New(raw->doc->mmgr, (HPDF_UINT)bytes.len);
    if (dict->stream == NULL)
        return false;
    return bytes.len == 0 || HPDF_Stream_Write(dict->stream, (const HPDF_BYTE *)bytes.ptr,
                                               (HPDF_UINT)bytes.len) == HPDF_OK;
}

static bool
fill(struct raw *raw)
{
    const struct pdf_objects *objects = raw->objects;

    for (unsigned handle = 1; handle < objects->count; handle++) {
        HPDF_Dict dict = open_dict(raw, handle);

        if (dict == NULL)
            return false;
        raw->dicts[handle] = dict;
        raw->numbers[handle] = (unsigned)(dict->header.obj_id & 0xffffff);
        raw->hooks[handle] = (struct hook){objects->object[handle].value, raw};
        dict->attr = &raw->hooks[handle];
        dict->write_fn = write_entries;
    }
    for (unsigned handle = 1; handle < objects->count; handle++) {
        const struct pdf_object *object = &objects->object[handle];

        if (object->is_stream && !fill_stream(raw, raw->dicts[handle], object->stream))
            return false;
    }
    return true;
}

/* /ID of the trailer: twice the same, as the file is new. */
static bool
fill_trailer(const struct raw *raw)
{
    HPDF_MMgr mmgr = raw->doc->mmgr;
    HPDF_Array ids = HPDF_Array_New(mmgr);
    HPDF_BYTE bytes[sizeof(raw->objects->id)];

    if (ids == NULL || HPDF_Dict_Add(raw->doc->trailer, "ID", ids) != HPDF_OK)
        return false;
    memcpy(bytes, raw->objects->id, sizeof(bytes));
    for (int i = 0; i < 2; i++)
        if (HPDF_Array_Add(ids, HPDF_Binary_New(mmgr, bytes, sizeof(bytes))) != HPDF_OK)
            return false;
    return true;
}

/* Copies the saved file out of libharu's memory stream. */
static struct str
take(const struct raw *raw)
{
    HPDF_Stream stream = raw->doc->stream;
    size_t size = stream->size, at = 0;
    char *bytes = arena_alloc(raw->objects->arena, size + 1);

    for (HPDF_UINT i = 0; i < HPDF_MemStream_GetBufCount(stream) && at < size; i++) {
        HPDF_UINT len = 0;
        const HPDF_BYTE *part = HPDF_MemStream_GetBufPtr(stream, i, &len);

        if (part == NULL || len > size - at)
            break;
        memcpy(bytes + at, part, len);
        at += len;
    }
    return (struct str){bytes, at};
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
raw_write(struct diags *diags, const struct pdf_objects *objects, struct str *out)
{
    struct raw raw = {.objects = objects};
    bool good;

    if (!fits(objects)) {
        diag_add(diags, DIAG_PDF_TOO_LARGE, POS_NONE, NULL, NULL, NULL);
        return false;
    }
    raw.dicts = arena_array(objects->arena, objects->count, sizeof(HPDF_Dict));
    raw.numbers = arena_array(objects->arena, objects->count, sizeof(*raw.numbers));
    raw.hooks = arena_array(objects->arena, objects->count, sizeof(*raw.hooks));
    raw.doc = HPDF_NewEx(NULL, NULL, NULL, 0, NULL);
    if (raw.doc == NULL) {
        diag_add(diags, DIAG_PDF_LIBRARY, POS_NONE, "HPDF_NewEx", NULL, NULL);
        return false;
    }
    raw.doc->pdf_version = HPDF_VER_17;
    /* its own would have parts of 4 kB in a list that grows by 20 */
    raw.doc->stream = HPDF_MemStream_New(raw.doc->mmgr, SAVE_PART);
    good = raw.doc->stream != NULL && fill(&raw) && fill_trailer(&raw) &&
           HPDF_SaveToStream(raw.doc) == HPDF_OK && HPDF_GetError(raw.doc) == HPDF_OK;
    if (good)
        *out = take(&raw);
    else
        diag_add(diags, DIAG_PDF_LIBRARY, POS_NONE,
                 diag_printf(diags, "%#lx", (unsigned long)HPDF_GetError(raw.doc)), NULL, NULL);
    HPDF_Free(raw.doc);
    return good;
}
