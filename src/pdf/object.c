/* Object descriptions: making them, compressing streams, and writing them in PDF syntax
 * (ISO 32000-1 §7.3). */
#include "pdf/object.h"

#include <string.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "pdf/deflate.h"

struct pdf_objects *
pdf_objects_open(struct arena *arena)
{
    struct pdf_objects *objects = arena_alloc(arena, sizeof(*objects));

    objects->arena = arena;
    (void)pdf_reserve(objects); /* handle 0 is none */
    objects->deflate = deflate_open(arena);
    return objects;
}

void
pdf_objects_close(struct pdf_objects *objects)
{
    if (objects == NULL)
        return;
    deflate_close(objects->deflate);
}

static struct pdf_value *
new_value(struct arena *arena, enum pdf_kind kind)
{
    struct pdf_value *value = arena_alloc(arena, sizeof(*value));

    value->kind = kind;
    return value;
}

struct pdf_value *
pdf_null(struct arena *arena)
{
    return new_value(arena, PDF_NULL);
}

struct pdf_value *
pdf_bool(struct arena *arena, bool boolean)
{
    struct pdf_value *value = new_value(arena, PDF_BOOL);

    value->boolean = boolean;
    return value;
}

struct pdf_value *
pdf_int(struct arena *arena, int64_t number)
{
    struct pdf_value *value = new_value(arena, PDF_INT);

    value->number = number;
    return value;
}

struct pdf_value *
pdf_real(struct arena *arena, int64_t thousandths)
{
    struct pdf_value *value = new_value(arena, PDF_REAL);

    value->number = thousandths;
    return value;
}

struct pdf_value *
pdf_name(struct arena *arena, const char *name)
{
    struct pdf_value *value = new_value(arena, PDF_NAME);

    value->text = str_of(name);
    return value;
}

struct pdf_value *
pdf_string(struct arena *arena, struct str bytes)
{
    struct pdf_value *value = new_value(arena, PDF_STRING);

    value->text = str_sub(str_dup(arena, bytes), 0, PDF_STRING_MAX);
    return value;
}

static bool
is_plain(struct str text)
{
    for (size_t i = 0; i < text.len; i++)
        if (text.ptr[i] < 0x20 || text.ptr[i] > 0x7e)
            return false;
    return true;
}

/* Code units of one code point; what is no scalar value becomes U+FFFD. */
static size_t
utf16_units(uint32_t code_point, uint16_t out[2])
{
    if (code_point == UTF8_BAD)
        code_point = 0xfffd;
    if (code_point < 0x10000) {
        out[0] = (uint16_t)code_point;
        return 1;
    }
    out[0] = (uint16_t)(0xd800 + ((code_point - 0x10000) >> 10));
    out[1] = (uint16_t)(0xdc00 + ((code_point - 0x10000) & 0x3ff));
    return 2;
}

struct pdf_value *
pdf_text(struct arena *arena, struct str utf8)
{
    if (is_plain(utf8))
        return pdf_string(arena, utf8);

    struct buf bytes = buf_in(arena);
    struct pdf_value *value = new_value(arena, PDF_STRING);

    buf_add(&bytes, STR("\xfe\xff"));
    for (size_t at = 0; at < utf8.len;) {
        uint16_t unit[2];
        size_t count = utf16_units(utf8_next(utf8, &at), unit);

        if (bytes.len + 2 * count > PDF_STRING_MAX)
            break;
        for (size_t i = 0; i < count; i++) {
            buf_byte(&bytes, (char)(unit[i] >> 8));
            buf_byte(&bytes, (char)(unit[i] & 0xff));
        }
    }
    value->text = buf_str(&bytes);
    return value;
}

struct pdf_value *
pdf_ref(struct arena *arena, unsigned handle)
{
    struct pdf_value *value = new_value(arena, PDF_REF);

    value->ref = handle;
    return value;
}

struct pdf_value *
pdf_old_ref(struct arena *arena, unsigned number)
{
    struct pdf_value *value = new_value(arena, PDF_OLD_REF);

    value->ref = number;
    return value;
}

struct pdf_value *
pdf_raw(struct arena *arena, struct str text)
{
    struct pdf_value *value = new_value(arena, PDF_RAW);

    value->text = text;
    return value;
}

struct pdf_value *
pdf_room(struct arena *arena, struct pdf_room *room)
{
    struct pdf_value *value = new_value(arena, PDF_ROOM);

    value->room = room;
    return value;
}

struct pdf_value *
pdf_array(struct arena *arena)
{
    return new_value(arena, PDF_ARRAY);
}

struct pdf_value *
pdf_dict(struct arena *arena)
{
    return new_value(arena, PDF_DICT);
}

void
pdf_add(struct pdf_value *array, struct pdf_value *item)
{
    if (array->last == NULL)
        array->first = item;
    else
        array->last->next = item;
    array->last = item;
    array->count++;
}

void
pdf_set(struct pdf_value *dict, const char *key, struct pdf_value *item)
{
    pdf_set_key(dict, str_of(key), item);
}

void
pdf_set_key(struct pdf_value *dict, struct str key, struct pdf_value *item)
{
    item->key = key;
    pdf_add(dict, item);
}

unsigned
pdf_reserve(struct pdf_objects *objects)
{
    objects->object = arena_grow(objects->arena, objects->object, objects->count, &objects->cap,
                                 sizeof(*objects->object), 64);
    objects->object[objects->count].is_aside = objects->is_aside;
    return (unsigned)objects->count++;
}

void
pdf_put_aside(struct pdf_objects *objects, bool is_aside)
{
    objects->is_aside = is_aside;
}

void
pdf_fill(struct pdf_objects *objects, unsigned handle, struct pdf_value *dict)
{
    objects->object[handle].value = dict;
}

void
pdf_fill_written(struct pdf_objects *objects, unsigned handle, pdf_writer *write, const void *data)
{
    objects->object[handle].write = write;
    objects->object[handle].data = data;
}

unsigned
pdf_put(struct pdf_objects *objects, struct pdf_value *dict)
{
    unsigned handle = pdf_reserve(objects);

    pdf_fill(objects, handle, dict);
    return handle;
}

unsigned
pdf_put_old(struct pdf_objects *objects, unsigned number, struct pdf_value *dict)
{
    unsigned handle = pdf_put(objects, dict);

    objects->object[handle].old = number;
    return handle;
}

unsigned
pdf_put_stored(struct pdf_objects *objects, struct pdf_value *dict, struct str bytes)
{
    unsigned handle = pdf_put(objects, dict);

    objects->object[handle].stream = (struct str){bytes.ptr == NULL ? "" : bytes.ptr, bytes.len};
    return handle;
}

unsigned
pdf_put_stream(struct pdf_objects *objects, struct pdf_value *dict, struct str bytes)
{
    return pdf_put_deflated(objects, dict,
                            str_dup(objects->arena, deflate_bytes(objects->deflate, bytes)));
}

unsigned
pdf_put_deflated(struct pdf_objects *objects, struct pdf_value *dict, struct str deflated)
{
    if (dict == NULL)
        dict = pdf_dict(objects->arena);
    pdf_set(dict, "Filter", pdf_name(objects->arena, "FlateDecode"));
    return pdf_put_stored(objects, dict, deflated);
}

void
pdf_decimal(struct buf *out, int64_t units, unsigned places)
{
    char text[32];
    size_t at = sizeof(text);
    uint64_t rest = units < 0 ? (uint64_t)0 - (uint64_t)units : (uint64_t)units;

    for (; places > 0 && rest % 10 == 0; places--)
        rest /= 10;
    if (places > 0) {
        for (; places > 0; places--, rest /= 10)
            text[--at] = (char)('0' + rest % 10);
        text[--at] = '.';
    }
    do {
        text[--at] = (char)('0' + rest % 10);
        rest /= 10;
    } while (rest > 0);
    if (units < 0)
        text[--at] = '-';
    buf_add(out, (struct str){text + at, sizeof(text) - at});
}

void
pdf_number(struct buf *out, int64_t thousandths)
{
    pdf_decimal(out, thousandths, 3);
}

void
pdf_colour(struct buf *out, unsigned char red, unsigned char green, unsigned char blue, bool stroke)
{
    pdf_number(out, (red * 1000 + 127) / 255);
    if (red != green || red != blue) {
        buf_byte(out, ' ');
        pdf_number(out, (green * 1000 + 127) / 255);
        buf_byte(out, ' ');
        pdf_number(out, (blue * 1000 + 127) / 255);
        buf_text(out, stroke ? " RG\n" : " rg\n");
    } else {
        buf_text(out, stroke ? " G\n" : " g\n");
    }
}

static void
add_hex(struct buf *out, unsigned byte)
{
    static const char digit[] = "0123456789ABCDEF";
    const char pair[2] = {digit[byte >> 4 & 15], digit[byte & 15]};

    buf_add(out, (struct str){pair, 2});
}

void
pdf_utf16_hex(struct buf *out, struct str utf8)
{
    static const char digit[] = "0123456789ABCDEF";

    for (size_t at = 0; at < utf8.len;) {
        uint16_t unit[2];
        size_t count = utf16_units(utf8_next(utf8, &at), unit);

        for (size_t i = 0; i < count; i++) {
            const char hex[4] = {digit[unit[i] >> 12], digit[unit[i] >> 8 & 15],
                                 digit[unit[i] >> 4 & 15], digit[unit[i] & 15]};

            buf_add(out, (struct str){hex, 4});
        }
    }
}

static void
write_name(struct buf *out, struct str name)
{
    buf_byte(out, '/');
    for (size_t i = 0; i < name.len; i++) {
        unsigned char byte = (unsigned char)name.ptr[i];

        if (byte > 0x20 && byte < 0x7f && strchr("#%()<>[]{}/", byte) == NULL) {
            buf_byte(out, (char)byte);
        } else {
            buf_byte(out, '#');
            add_hex(out, byte);
        }
    }
}

static void
write_string(struct buf *out, struct str bytes)
{
    if (!is_plain(bytes)) {
        buf_byte(out, '<');
        for (size_t i = 0; i < bytes.len; i++)
            add_hex(out, (unsigned char)bytes.ptr[i]);
        buf_byte(out, '>');
        return;
    }
    buf_byte(out, '(');
    for (size_t i = 0; i < bytes.len; i++) {
        if (strchr("()\\", bytes.ptr[i]) != NULL)
            buf_byte(out, '\\');
        buf_byte(out, bytes.ptr[i]);
    }
    buf_byte(out, ')');
}

void
pdf_write_ref(struct buf *out, unsigned handle, const unsigned *numbers)
{
    pdf_decimal(out, numbers[handle], 0);
    buf_text(out, " 0 R");
}

static void
write_scalar(struct buf *out, const struct pdf_value *value, const unsigned *numbers)
{
    switch (value->kind) {
    case PDF_BOOL:
        buf_text(out, value->boolean ? "true" : "false");
        break;
    case PDF_INT:
        pdf_decimal(out, value->number, 0);
        break;
    case PDF_REAL:
        pdf_number(out, value->number);
        break;
    case PDF_NAME:
        write_name(out, value->text);
        break;
    case PDF_STRING:
        write_string(out, value->text);
        break;
    case PDF_REF:
        pdf_write_ref(out, value->ref, numbers);
        break;
    case PDF_OLD_REF:
        buf_printf(out, "%u 0 R", value->ref);
        break;
    case PDF_RAW:
        buf_add(out, value->text);
        break;
    case PDF_ROOM:
        value->room->at = out->len;
        buf_add(out, value->room->text);
        break;
    default:
        buf_text(out, "null");
        break;
    }
}

/* Writes a dictionary without its brackets. */
static void
write_entries(struct buf *out, const struct pdf_value *dict, const unsigned *numbers)
{
    for (const struct pdf_value *item = dict->first; item != NULL; item = item->next) {
        write_name(out, item->key);
        buf_byte(out, ' ');
        pdf_write_value(out, item, numbers);
        if (item->next != NULL)
            buf_byte(out, '\n');
    }
}

/* Values are as deep as this program made them, so recursion is bounded by its own code. */
void
pdf_write_value(struct buf *out, const struct pdf_value *value, const unsigned *numbers)
{
    if (value->kind == PDF_DICT) {
        buf_text(out, "<<");
        write_entries(out, value, numbers);
        buf_text(out, ">>");
    } else if (value->kind == PDF_ARRAY) {
        buf_byte(out, '[');
        for (const struct pdf_value *item = value->first; item != NULL; item = item->next) {
            if (item != value->first)
                buf_byte(out, ' ');
            pdf_write_value(out, item, numbers);
        }
        buf_byte(out, ']');
    } else {
        write_scalar(out, value, numbers);
    }
}

void
pdf_write_object(struct buf *out, const struct pdf_object *object, const unsigned *numbers)
{
    if (object->write != NULL)
        object->write(out, object->data, numbers);
    else
        write_entries(out, object->value, numbers);
}
