/* Objects at places of the file, and numbers resolved to places. */
#include <string.h>

#include "base/ascii.h"
#include "pdfin/revisions_inner.h"

#define PACKED_MAX 1000000 /* objects in an object stream */

size_t
revision_of(const struct revisions *r, size_t offset)
{
    size_t low = 0, high = r->count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (r->list[middle].shown.end <= offset)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Numbers seldom have more than a few entries, but a file may be made to have thousands. */
const struct entry *
entry_find(const struct revisions *r, size_t revision, size_t number)
{
    const struct entry *first = number == 0 ? NULL : map_get(r->groups, number);

    if (revision == REVISION_NONE || first == NULL || first->revision > revision)
        return NULL;
    size_t low = 0, high = (size_t)(r->entries + r->entry_count - first);
    if (high > r->count)
        high = r->count;
    /* the last that is of this number and not later */
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (first[middle].number == number && first[middle].revision <= revision)
            low = middle;
        else
            high = middle;
    }
    return &first[low];
}

/* ---- streams */

static bool
is_at(const struct cos_parser *p, char c)
{
    return p->at < p->bytes.len && p->bytes.ptr[p->at] == c;
}

/* The length of a stream. Where it stands elsewhere, it is that of the revision that the stream
 * came with: in another, the comparison finds the number changed. */
static bool
length_of(struct revisions *r, size_t offset, const struct cos *dict, size_t *out)
{
    const struct cos *length = cos_get(dict, "Length");

    if (length->type == COS_REF) {
        const struct entry *e = entry_find(
            r, r->count == 0 ? REVISION_NONE : revision_of(r, offset), length->ref.number);
        const struct object *object =
            e == NULL || e->type == ENTRY_FREE ? NULL : object_find(r, e->revision, e);
        length = object == NULL || object->is_bad ? &cos_null : &object->node;
    }
    if (length->type != COS_INTEGER || length->integer < 0)
        return false;
    *out = (size_t)length->integer;
    return true;
}

/* Behind the word "stream": the data and "endstream". */
static bool
parse_data(struct revisions *r, struct cos_parser *p, struct object *object)
{
    struct cos_stream *stream = arena_alloc(r->arena, sizeof *stream);
    struct str bytes = p->bytes;
    size_t len;

    p->at += is_at(p, '\r');
    if (!is_at(p, '\n'))
        return false;
    size_t from = p->at + 1;
    stream->dict = object->node;
    if (!length_of(r, object->start, &object->node, &len) || len > bytes.len - from)
        return false;
    /* the parser is one for all, and the length may have needed it */
    p->bytes = bytes;
    p->in_file = true;
    p->at = from + len;
    while (p->at < bytes.len && parse_is_space(bytes.ptr[p->at]))
        p->at++;
    if (!parse_word(p, "endstream"))
        return false;
    stream->data = str_sub(bytes, from, len);
    object->node = (struct cos){.type = COS_STREAM, .at = object->node.at, .stream = stream};
    return true;
}

static bool
parse_object(struct revisions *r, struct object *object)
{
    struct cos_parser *p = &r->parser;

    p->why = DOUBT_OBJECT;
    if (!parse_unsigned(p, UINT32_MAX, &object->number))
        return false;
    parse_space(p);
    if (!parse_unsigned(p, 65535, &object->generation))
        return false;
    parse_space(p);
    if (!parse_word(p, "obj") || !parse_cos(p, &object->node))
        return false;
    parse_space(p);
    p->why = DOUBT_STREAM;
    if (object->node.type == COS_DICT && parse_word(p, "stream") && !parse_data(r, p, object))
        return false;
    parse_space(p);
    p->why = DOUBT_OBJECT;
    return parse_word(p, "endobj");
}

const struct object *
object_at(struct revisions *r, size_t offset)
{
    struct object *known = map_get(r->objects, offset + 1);
    struct cos_parser *p = &r->parser;

    if (known != NULL)
        return known;
    struct object *object = arena_alloc(r->arena, sizeof *object);
    /* one that needs itself, for its length, finds itself bad */
    *object = (struct object){.start = offset, .is_bad = true, .why = DOUBT_STREAM};
    *map_put(r->objects, offset + 1) = object;
    size_t revision = revision_of(r, offset);
    p->bytes =
        str_sub(r->bytes, 0, revision < r->count ? r->list[revision].shown.end : r->bytes.len);
    p->in_file = true;
    p->at = offset;
    bool good =
        offset < p->bytes.len && ascii_is_digit(p->bytes.ptr[offset]) && parse_object(r, object);
    object->is_bad = !good;
    object->why = p->why;
    object->bad_at = p->at;
    object->end = p->at;
    return object;
}

/* ---- object streams */

/* Numbers and places at the start of an object stream. */
static bool
read_numbers(struct revisions *r, struct packed *pack, struct str data, size_t first,
             size_t *places)
{
    struct cos_parser *p = &r->parser;

    p->bytes = data;
    p->in_file = false;
    p->at = 0;
    for (size_t i = 0; i < pack->count; i++) {
        size_t number;
        parse_space(p);
        if (!parse_unsigned(p, UINT32_MAX, &number))
            return false;
        parse_space(p);
        if (!parse_unsigned(p, data.len, &places[i]) || places[i] > data.len - first)
            return false;
        pack->numbers[i] = (uint32_t)number;
    }
    return p->at <= first;
}

static void
read_objects(struct revisions *r, struct packed *pack, struct str data, size_t first,
             const size_t *places)
{
    struct cos_parser *p = &r->parser;

    p->bytes = data;
    for (size_t i = 0; i < pack->count; i++) {
        struct object *object = &pack->objects[i];
        p->at = first + places[i];
        p->why = DOUBT_OBJECT;
        object->number = pack->numbers[i];
        object->is_bad = !parse_cos(p, &object->node);
        object->why = p->why;
    }
}

static bool
load_packed(struct revisions *r, const struct object *container, struct packed *pack)
{
    if (container->is_bad || container->node.type != COS_STREAM)
        return false;
    const struct cos_stream *stream = container->node.stream;
    const struct cos *count = cos_get(&stream->dict, "N"), *first = cos_get(&stream->dict, "First");
    struct str data;

    if (!cos_is_name(cos_get(&stream->dict, "Type"), "ObjStm") || count->type != COS_INTEGER ||
        first->type != COS_INTEGER || count->integer < 0 || count->integer > PACKED_MAX ||
        first->integer < 0)
        return false;
    size_t room = PDFIN_STREAMS_MAX > r->unpacked ? PDFIN_STREAMS_MAX - r->unpacked : 0;
    if (!unpack_data(r, REVISION_NONE, &stream->dict, stream->data, room, r->arena, &data) ||
        (size_t)first->integer > data.len)
        return false;
    pack->count = (size_t)count->integer;
    pack->numbers = arena_array(r->arena, pack->count + 1, sizeof *pack->numbers);
    pack->objects = arena_array(r->arena, pack->count + 1, sizeof *pack->objects);
    size_t *places = arena_array(r->arena, pack->count + 1, sizeof *places);
    if (!read_numbers(r, pack, data, (size_t)first->integer, places))
        return false;
    read_objects(r, pack, data, (size_t)first->integer, places);
    return true;
}

static const struct packed *
packed_at(struct revisions *r, size_t offset)
{
    struct packed *known = map_get(r->packs, offset + 1);

    if (known != NULL)
        return known;
    struct packed *pack = arena_alloc(r->arena, sizeof *pack);
    pack->is_bad = true; /* for one that needs itself */
    *map_put(r->packs, offset + 1) = pack;
    pack->is_bad = !load_packed(r, object_at(r, offset), pack);
    if (pack->is_bad)
        revisions_doubt_add(r, DOUBT_PACKED, offset, 0, NULL);
    return pack;
}

static const struct object *
bad_object(struct revisions *r, enum doubt_code why, size_t offset, size_t number)
{
    revisions_doubt_add(r, why, offset, number, NULL);
    return NULL;
}

const struct object *
object_find(struct revisions *r, size_t revision, const struct entry *e)
{
    const struct object *object;

    if (e->type == ENTRY_PLAIN) {
        object = object_at(r, e->place);
        if (object->is_bad)
            return bad_object(r, object->why, object->bad_at, e->number);
        if (object->number != e->number || object->generation != e->extra)
            return bad_object(r, DOUBT_OBJECT, e->place, e->number);
        return object;
    }
    const struct entry *container = entry_find(r, revision, e->place);
    if (container == NULL || container->type != ENTRY_PLAIN)
        return bad_object(r, DOUBT_OBJECT, 0, e->number);
    const struct packed *pack = packed_at(r, container->place);
    if (pack->is_bad || e->extra >= pack->count || pack->numbers[e->extra] != e->number)
        return bad_object(r, DOUBT_OBJECT, container->place, e->number);
    object = &pack->objects[e->extra];
    return object->is_bad ? bad_object(r, object->why, container->place, e->number) : object;
}
