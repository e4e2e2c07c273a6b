#include "pdf/append.h"

#include <string.h>

#include "base/arena.h"
#include "pdf/save.h"

#define FILE_MAX ((size_t)2000 * 1024 * 1024)
#define NUMBER_MAX 8388607 /* ISO 19005-3 §6.1.13 */

/* Numbers of all objects by handle; *count is the number behind them. */
static unsigned *
number_all(const struct pdf_old *old, const struct pdf_objects *objects, size_t *count)
{
    unsigned *number = arena_array(objects->arena, objects->count, sizeof *number);

    *count = old->size;
    for (size_t i = 1; i < objects->count; i++)
        number[i] = objects->object[i].old != 0 ? objects->object[i].old : (unsigned)(*count)++;
    return number;
}

static bool
fits(struct str file, const struct pdf_old *old, const struct pdf_objects *objects)
{
    size_t total = file.len;

    /* the cross-reference stream has a number, too */
    if (old->size > NUMBER_MAX || objects->count > NUMBER_MAX - old->size || total > FILE_MAX)
        return false;
    for (size_t i = 1; i < objects->count; i++) {
        if (objects->object[i].stream.len > FILE_MAX - total)
            return false;
        total += objects->object[i].stream.len;
    }
    return true;
}

static void
append_object(struct save *save, const struct pdf_object *object, unsigned number,
              const unsigned *numbers)
{
    struct buf *out = save_alone(save, number);

    buf_text(out, "<<");
    pdf_write_object(out, object, numbers);
    if (object->stream.ptr != NULL) {
        buf_printf(out, "\n/Length %zu>>\nstream\r\n", object->stream.len);
        buf_add(out, object->stream);
        buf_text(out, "\nendstream");
    } else {
        buf_text(out, ">>");
    }
    save_alone_end(save);
}

bool
pdf_append(struct diags *diags, struct str file, const struct pdf_old *old,
           const struct pdf_objects *objects, struct pdf_appended *out)
{
    struct arena *arena = objects->arena;
    size_t *offset = arena_array(arena, objects->count, sizeof *offset), count;

    if (!fits(file, old, objects)) {
        diag_add(diags, DIAG_PDF_TOO_LARGE, POS_NONE, NULL, NULL, NULL);
        return false;
    }
    unsigned *number = number_all(old, objects, &count);
    struct save *save =
        save_open_behind(arena, objects->deflate, file, old->xref, (unsigned)count - 1);
    for (size_t i = 1; i < objects->count; i++) {
        offset[i] = save_offset(save);
        append_object(save, &objects->object[i], number[i], number);
    }
    const struct save_trailer trailer = {old->root, old->info, old->id};
    *out = (struct pdf_appended){
        .file = save_close(save, &trailer), .number = number, .offset = offset};
    const struct saved *made = save_made(save);
    out->now = (struct pdf_old){made->xref, made->size, old->root, old->info, made->id};
    out->bytes = made->bytes;
    return true;
}

bool
pdf_patch(struct pdf_appended *appended, const struct pdf_room *room, struct str text)
{
    if (text.len > room->text.len)
        return false;
    memcpy(appended->bytes + room->at, text.ptr, text.len);
    return true;
}
