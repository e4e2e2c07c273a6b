/* Sections of cross-references: tables and streams. */
#include <string.h>

#include "base/ascii.h"
#include "pdfin/revisions_inner.h"

#define ENTRY_SIZE 20
#define NUMBER_MAX 8388607 /* annex C.2 of ISO 32000-1 */

static bool
fail_at(struct revisions *r, enum doubt_code code, size_t offset)
{
    revisions_doubt_add(r, code, offset, 0, NULL);
    return false;
}

static bool
add_entry(struct revisions *r, struct section *s, struct entry entry)
{
    if (s->count >= REVISIONS_ENTRIES_MAX)
        return fail_at(r, DOUBT_TOO_MUCH, s->offset);
    *ARENA_ADD(r->arena, s->entries, s->count, s->cap, 64) = entry;
    return true;
}

/* ---- tables */

static bool
are_digits(const char *text, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!ascii_is_digit(text[i]))
            return false;
    }
    return true;
}

/* "0000000016 00000 n" and two bytes that end the line. */
static bool
read_row(struct str row, struct entry *entry)
{
    size_t generation = 0;
    const char *t = row.ptr;

    if (row.len != ENTRY_SIZE || !are_digits(t, 10) || t[10] != ' ' || !are_digits(t + 11, 5) ||
        t[16] != ' ' || (t[17] != 'n' && t[17] != 'f'))
        return false;
    if (!((t[18] == ' ' && (t[19] == '\n' || t[19] == '\r')) || (t[18] == '\r' && t[19] == '\n')))
        return false;
    if (!str_number(str_sub(row, 0, 10), SIZE_MAX, &entry->place) ||
        !str_number(str_sub(row, 11, 5), SIZE_MAX, &generation))
        return false;
    entry->type = t[17] == 'n' ? ENTRY_PLAIN : ENTRY_FREE;
    entry->extra = (uint32_t)generation;
    return true;
}

/* One part of a table: "0 12" and its rows. */
static bool
read_rows(struct revisions *r, struct cos_parser *p, struct section *s)
{
    size_t first, count;

    if (!parse_unsigned(p, NUMBER_MAX, &first))
        return fail_at(r, DOUBT_SECTION, p->at);
    parse_space(p);
    if (!parse_unsigned(p, NUMBER_MAX, &count) || first + count > NUMBER_MAX)
        return fail_at(r, DOUBT_SECTION, p->at);
    parse_space(p);
    for (size_t i = 0; i < count; i++) {
        struct entry entry = {.number = (uint32_t)(first + i)};
        if (!read_row(str_sub(p->bytes, p->at, ENTRY_SIZE), &entry))
            return fail_at(r, DOUBT_SECTION, p->at);
        p->at += ENTRY_SIZE;
        if (!add_entry(r, s, entry))
            return false;
    }
    return true;
}

static bool
read_table(struct revisions *r, struct cos_parser *p, struct section *s)
{
    parse_space(p);
    while (p->at < p->bytes.len && ascii_is_digit(p->bytes.ptr[p->at])) {
        if (!read_rows(r, p, s))
            return false;
        parse_space(p);
    }
    if (!parse_word(p, "trailer") || !parse_cos(p, &s->trailer) || s->trailer.type != COS_DICT)
        return fail_at(r, DOUBT_SECTION, p->at);
    s->end = p->at;
    return true;
}

/* ---- streams */

struct rows {
    size_t width[3];
    struct str data;
};

static size_t
take_number(struct str *data, size_t width)
{
    size_t number = 0;

    for (size_t i = 0; i < width; i++)
        number = number << 8 | (unsigned char)data->ptr[i];
    *data = str_sub(*data, width, data->len);
    return number;
}

static bool
read_packed_rows(struct revisions *r, struct section *s, struct rows *rows, size_t first,
                 size_t count)
{
    size_t *w = rows->width, size = w[0] + w[1] + w[2];

    if (first > NUMBER_MAX || count > NUMBER_MAX || rows->data.len / size < count)
        return fail_at(r, DOUBT_SECTION, s->offset);
    for (size_t i = 0; i < count; i++) {
        struct entry entry = {.number = (uint32_t)(first + i)};
        size_t type = w[0] == 0 ? 1 : take_number(&rows->data, w[0]);
        entry.place = take_number(&rows->data, w[1]);
        size_t extra = take_number(&rows->data, w[2]);
        if (type > 2 || (type != 0 && extra > UINT32_MAX))
            return fail_at(r, DOUBT_SECTION, s->offset);
        entry.type = type == 1 ? ENTRY_PLAIN : type == 2 ? ENTRY_PACKED : ENTRY_FREE;
        entry.extra = (uint32_t)extra;
        if (!add_entry(r, s, entry))
            return false;
    }
    return true;
}

static bool
read_widths(const struct cos *dict, struct rows *rows)
{
    const struct cos *w = cos_get(dict, "W");
    size_t size = 0;

    if (w->type != COS_ARRAY || w->count != 3)
        return false;
    for (size_t i = 0; i < 3; i++) {
        const struct cos *item = &w->items[i];
        if (item->type != COS_INTEGER || item->integer < 0 || item->integer > 8)
            return false;
        rows->width[i] = (size_t)item->integer;
        size += rows->width[i];
    }
    return size > 0;
}

static bool
in_range(const struct cos *node)
{
    return node->type == COS_INTEGER && node->integer >= 0 && node->integer <= NUMBER_MAX + 1;
}

static bool
read_stream(struct revisions *r, struct section *s)
{
    const struct object *object = object_at(r, s->offset);
    struct rows rows = {0};

    if (object->is_bad || object->node.type != COS_STREAM)
        return fail_at(r, DOUBT_SECTION, s->offset);
    s->trailer = object->node.stream->dict;
    s->end = object->end;
    const struct cos *index = cos_get(&s->trailer, "Index"), *size = cos_get(&s->trailer, "Size");
    if (!cos_is_name(cos_get(&s->trailer, "Type"), "XRef") || !read_widths(&s->trailer, &rows) ||
        !in_range(size) ||
        !unpack_data(r, REVISION_NONE, &s->trailer, object->node.stream->data, PDFIN_STREAMS_MAX,
                     r->arena, &rows.data))
        return fail_at(r, DOUBT_SECTION, s->offset);
    if (index->type == COS_NULL)
        return read_packed_rows(r, s, &rows, 0, (size_t)size->integer) &&
               (rows.data.len == 0 || fail_at(r, DOUBT_SECTION, s->offset));
    if (index->type != COS_ARRAY || index->count % 2 != 0)
        return fail_at(r, DOUBT_SECTION, s->offset);
    for (size_t i = 0; i < index->count; i += 2) {
        const struct cos *pair = &index->items[i];
        if (!in_range(&pair[0]) || !in_range(&pair[1]) ||
            !read_packed_rows(r, s, &rows, (size_t)pair[0].integer, (size_t)pair[1].integer))
            return fail_at(r, DOUBT_SECTION, s->offset);
    }
    return rows.data.len == 0 || fail_at(r, DOUBT_SECTION, s->offset);
}

/* ---- both */

/* "startxref 123 %%EOF", if it follows. */
static void
read_end(struct cos_parser *p, struct section *s)
{
    while (p->at < p->bytes.len && parse_is_space(p->bytes.ptr[p->at]))
        p->at++;
    if (!parse_word(p, "startxref"))
        return;
    while (p->at < p->bytes.len && parse_is_space(p->bytes.ptr[p->at]))
        p->at++;
    if (!parse_unsigned(p, SIZE_MAX / 2, &s->startxref))
        return;
    while (p->at < p->bytes.len && parse_is_space(p->bytes.ptr[p->at]))
        p->at++;
    s->has_end = str_starts(str_sub(p->bytes, p->at, 5), STR("%%EOF"));
    s->eof = p->at + 5;
}

/* What a trailer may not have, and where the section before is. */
static bool
read_trailer(struct revisions *r, struct section *s)
{
    const struct cos *prev = cos_get(&s->trailer, "Prev");

    for (size_t i = 0; i < s->trailer.count; i++) {
        struct str key = s->trailer.entries[i].key;
        if (str_is(key, "Encrypt"))
            revisions_doubt_add(r, DOUBT_ENCRYPTED, s->offset, 0, NULL);
        if (str_is(key, "XRefStm"))
            revisions_doubt_add(r, DOUBT_HYBRID, s->offset, 0, NULL);
    }
    if (prev->type == COS_NULL)
        return true;
    if (prev->type != COS_INTEGER || prev->integer <= 0)
        return fail_at(r, DOUBT_SECTION, s->offset);
    s->prev = (size_t)prev->integer;
    return true;
}

/* A number above /Size is nothing to some programs and an object to others. */
static bool
keep_to_size(struct revisions *r, const struct section *s)
{
    const struct cos *size = cos_get(&s->trailer, "Size");

    if (size->type != COS_INTEGER)
        return fail_at(r, DOUBT_SECTION, s->offset);
    for (size_t i = 0; i < s->count; i++) {
        if ((long long)s->entries[i].number >= size->integer && s->entries[i].type != ENTRY_FREE)
            return fail_at(r, DOUBT_SECTION, s->offset);
    }
    return true;
}

bool
section_read(struct revisions *r, size_t offset, struct section *s)
{
    struct cos_parser *p = &r->parser;

    *s = (struct section){.offset = offset};
    if (offset == 0 || offset >= r->bytes.len)
        return fail_at(r, DOUBT_SECTION, offset);
    p->bytes = r->bytes;
    p->in_file = true;
    p->at = offset;
    bool good = parse_word(p, "xref") ? read_table(r, p, s) : read_stream(r, s);
    p->bytes = r->bytes;
    p->in_file = true;
    p->at = s->end;
    if (good)
        read_end(p, s);
    return good && read_trailer(r, s) && keep_to_size(r, s);
}
