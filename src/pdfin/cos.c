/* What objects hold, and what references lead to. */
#include <string.h>

#include "base/utf8.h"
#include "pdfin/revisions_inner.h"

#define REFS_MAX 16 /* references to references */

const struct cos cos_null = {.type = COS_NULL, .at = COS_NOWHERE};

const struct cos *
cos_dict(const struct cos *node)
{
    return node->type == COS_STREAM ? &node->stream->dict : node;
}

const struct cos *
cos_get(const struct cos *parent, const char *key)
{
    const struct cos *dict = cos_dict(parent);
    struct str wanted = str_of(key);
    size_t low = 0, high = dict->type == COS_DICT ? dict->count : 0;

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = str_cmp(dict->entries[middle].key, wanted);
        if (order == 0)
            return &dict->entries[middle].value;
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return &cos_null;
}

bool
cos_is_name(const struct cos *node, const char *name)
{
    return node->type == COS_NAME && str_is(node->text, name);
}

size_t
cos_number(const struct cos *node)
{
    return node->type == COS_REF ? node->ref.number : 0;
}

/* The object that a reference means; NULL when there is none. */
static const struct object *
object_of(struct revisions *r, size_t revision, const struct cos *ref)
{
    const struct entry *e = entry_find(r, revision, ref->ref.number);

    if (e == NULL || e->type == ENTRY_FREE)
        return NULL;
    /* some programs look at the generation, others do not */
    if (ref->ref.generation != (e->type == ENTRY_PLAIN ? e->extra : 0)) {
        revisions_doubt_add(r, DOUBT_OBJECT, 0, ref->ref.number, NULL);
        return NULL;
    }
    return object_find(r, revision, e);
}

const struct cos *
cos_resolve(struct revisions *r, size_t revision, const struct cos *node)
{
    for (size_t i = 0; node->type == COS_REF; i++) {
        const struct object *object = i == REFS_MAX ? NULL : object_of(r, revision, node);
        if (i == REFS_MAX)
            revisions_doubt_add(r, DOUBT_OBJECT, 0, node->ref.number, NULL);
        if (object == NULL)
            return &cos_null;
        node = &object->node;
    }
    return node;
}

const struct cos *
cos_at(struct revisions *r, size_t revision, const struct cos *parent, const char *key)
{
    return cos_resolve(r, revision, cos_get(parent, key));
}

const struct cos *
revisions_object(struct revisions *r, size_t revision, size_t number)
{
    const struct entry *e = entry_find(r, revision, number);
    const struct object *object =
        e == NULL || e->type == ENTRY_FREE ? NULL : object_find(r, revision, e);

    return object == NULL ? &cos_null : cos_resolve(r, revision, &object->node);
}

/* By hand, for strtod() knows the locale. */
double
cos_real(const struct cos *node)
{
    double value = 0, unit = 1;
    bool behind = false;

    if (node->type == COS_INTEGER)
        return (double)node->integer;
    for (size_t i = 0; node->type == COS_REAL && i < node->text.len; i++) {
        char c = node->text.ptr[i];
        if (c == '.')
            behind = true;
        else if (c != '-' && behind)
            value += (c - '0') * (unit /= 10);
        else if (c != '-')
            value = value * 10 + (c - '0');
    }
    return node->type == COS_REAL && node->text.len > 0 && node->text.ptr[0] == '-' ? -value
                                                                                    : value;
}

/* ---- texts */

/* PDFDocEncoding where it is not Latin 1: annex D.2 of ISO 32000-1. */
static const uint16_t doc_18[] = {0x02D8, 0x02C7, 0x02C6, 0x02D9, 0x02DD, 0x02DB, 0x02DA, 0x02DC};
static const uint16_t doc_80[] = {
    0x2022, 0x2020, 0x2021, 0x2026, 0x2014, 0x2013, 0x0192, 0x2044, 0x2039, 0x203A, 0x2212,
    0x2030, 0x201E, 0x201C, 0x201D, 0x2018, 0x2019, 0x201A, 0x2122, 0xFB01, 0xFB02, 0x0141,
    0x0152, 0x0160, 0x0178, 0x017D, 0x0131, 0x0142, 0x0153, 0x0161, 0x017E, 0xFFFD, 0x20AC};

static uint32_t
doc_letter(unsigned char c)
{
    if (c >= 0x18 && c < 0x20)
        return doc_18[c - 0x18];
    if (c >= 0x80 && c <= 0xA0)
        return doc_80[c - 0x80];
    return c == 0xAD ? 0xFFFD : c;
}

static void
add_utf16(struct buf *out, struct str raw, bool is_big)
{
    uint32_t high = 0;

    for (size_t i = 0; i + 1 < raw.len; i += 2) {
        uint32_t a = (unsigned char)raw.ptr[i], b = (unsigned char)raw.ptr[i + 1];
        uint32_t unit = is_big ? a << 8 | b : b << 8 | a;
        bool is_low = unit >= 0xDC00 && unit < 0xE000;
        if (high != 0 && !is_low)
            buf_utf8(out, 0xFFFD);
        if (is_low)
            buf_utf8(out, high != 0 ? 0x10000 + ((high - 0xD800) << 10) + (unit - 0xDC00) : 0xFFFD);
        high = unit >= 0xD800 && unit < 0xDC00 ? unit : 0;
        if (!is_low && high == 0)
            buf_utf8(out, unit);
    }
    if (high != 0 || raw.len % 2 != 0)
        buf_utf8(out, 0xFFFD);
}

static void
add_utf8(struct buf *out, struct str raw)
{
    for (size_t at = 0; at < raw.len;) {
        uint32_t code = utf8_next(raw, &at);
        buf_utf8(out, code == UTF8_BAD ? 0xFFFD : code);
    }
}

struct str
cos_text(struct arena *arena, const struct cos *node)
{
    struct buf out = buf_in(arena);
    struct str raw = node->text;

    if (node->type == COS_NAME)
        add_utf8(&out, raw);
    else if (node->type != COS_STRING)
        return STR("");
    else if (str_starts(raw, STR("\xFE\xFF")))
        add_utf16(&out, str_sub(raw, 2, raw.len), true);
    else if (str_starts(raw, STR("\xFF\xFE")))
        add_utf16(&out, str_sub(raw, 2, raw.len), false);
    else if (str_starts(raw, STR("\xEF\xBB\xBF")))
        add_utf8(&out, str_sub(raw, 3, raw.len));
    else
        for (size_t i = 0; i < raw.len; i++)
            buf_utf8(&out, doc_letter((unsigned char)raw.ptr[i]));
    return buf_str(&out);
}

struct str
cos_text_at(struct revisions *r, size_t revision, const struct cos *parent, const char *key)
{
    return cos_text(r->arena, cos_at(r, revision, parent, key));
}
