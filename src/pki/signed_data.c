#include "pki/signed_data.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "pki/der.h"

#define OCSP_RESPONSE_FORMAT "\x2B\x06\x01\x05\x05\x07\x10\x02"

static bool
list_add(struct arena *arena, struct signed_list *list, struct str item)
{
    if (list->count >= SIGNED_LIST_MAX)
        return false;
    *ARENA_ADD(arena, list->item, list->count, list->cap, 4) = item;
    return true;
}

/* Certificates of X.509; the older and other kinds of the choice are passed over. */
static bool
read_certs(struct arena *arena, struct str rest, struct signed_list *out)
{
    for (struct der item; rest.len > 0;) {
        if (!der_next(&rest, &item) ||
            (item.tag == DER_SEQUENCE && !list_add(arena, out, item.whole)))
            return false;
    }
    return true;
}

/* Revocation lists, and OCSP answers as "other" formats (RFC 5940). */
static bool
read_revocations(struct arena *arena, struct str rest, struct signed_data *out)
{
    struct der item, format, answer;

    while (rest.len > 0) {
        if (!der_next(&rest, &item))
            return false;
        struct str inside = item.content;
        if (item.tag == DER_SEQUENCE) {
            if (!list_add(arena, &out->crls, item.whole))
                return false;
        } else if (item.tag == DER_CONTEXT(1) && der_take(&inside, DER_OID, &format) &&
                   DER_OID_IS(format.content, OCSP_RESPONSE_FORMAT) &&
                   der_take(&inside, DER_SEQUENCE, &answer) &&
                   !list_add(arena, &out->ocsps, answer.whole)) {
            return false;
        }
    }
    return true;
}

static size_t
count_values(struct str rest)
{
    struct der item;
    size_t count = 0;

    while (rest.len > 0 && der_next(&rest, &item))
        count++;
    return rest.len > 0 ? SIZE_MAX : count;
}

static bool
read_attributes(struct arena *arena, struct str rest, struct signed_attributes *out)
{
    struct der item, type, values;

    while (rest.len > 0) {
        if (!der_take(&rest, DER_SEQUENCE, &item) || out->count >= SIGNED_LIST_MAX)
            return false;
        struct str inside = item.content;
        if (!der_take(&inside, DER_OID, &type) || !der_take(&inside, DER_SET, &values) ||
            inside.len > 0)
            return false;
        struct signed_attribute attribute = {type.content, item.whole, values.content,
                                             count_values(values.content)};
        if (attribute.value_count == SIZE_MAX)
            return false;
        *ARENA_ADD(arena, out->item, out->count, out->cap, 8) = attribute;
    }
    return true;
}

static bool
read_signer_id(struct str *rest, struct signed_data *out)
{
    struct der id, issuer, serial;

    if (der_take(rest, DER_CONTEXT_PRIMITIVE(0), &id)) {
        out->key_id = id.content;
        return true;
    }
    if (!der_take(rest, DER_SEQUENCE, &id))
        return false;
    struct str inside = id.content;
    if (!der_take(&inside, DER_SEQUENCE, &issuer) || !der_take(&inside, DER_INTEGER, &serial))
        return false;
    out->issuer = issuer.whole;
    out->serial = serial.content;
    return inside.len == 0;
}

static bool
read_signer(struct arena *arena, struct str rest, struct signed_data *out)
{
    struct der version, item;

    if (!der_take(&rest, DER_INTEGER, &version) || !read_signer_id(&rest, out) ||
        !der_take(&rest, DER_SEQUENCE, &item))
        return false;
    out->digest_algorithm = item.whole;
    out->has_attributes = der_take(&rest, DER_CONTEXT(0), &item);
    if (out->has_attributes && !read_attributes(arena, item.content, &out->signed_attributes))
        return false;
    if (!der_take(&rest, DER_SEQUENCE, &item))
        return false;
    out->signature_algorithm = item.whole;
    if (!der_take(&rest, DER_OCTETS, &item))
        return false;
    out->signature = item.content;
    if (der_take(&rest, DER_CONTEXT(1), &item) &&
        !read_attributes(arena, item.content, &out->unsigned_attributes))
        return false;
    return rest.len == 0;
}

static bool
read_signers(struct arena *arena, struct str rest, struct signed_data *out)
{
    for (struct der item; rest.len > 0; out->signers++) {
        if (!der_take(&rest, DER_SEQUENCE, &item) ||
            (out->signers == 0 && !read_signer(arena, item.content, out)))
            return false;
    }
    return true;
}

static bool
read_content(struct arena *arena, struct str rest, struct signed_data *out)
{
    struct der type, inside, octets;

    if (!der_take(&rest, DER_OID, &type))
        return false;
    out->content_type = type.content;
    out->has_content = rest.len > 0;
    if (rest.len == 0)
        return true;
    if (!der_take(&rest, DER_CONTEXT(0), &inside) || rest.len > 0)
        return false;
    return der_next(&inside.content, &octets) && inside.content.len == 0 &&
           der_octets(arena, &octets, &out->content);
}

static bool
read_signed_data(struct arena *arena, struct str rest, struct signed_data *out)
{
    struct der version, digests, content, item;

    if (!der_take(&rest, DER_INTEGER, &version) || !der_take(&rest, DER_SET, &digests) ||
        !der_take(&rest, DER_SEQUENCE, &content) || !read_content(arena, content.content, out))
        return false;
    if (der_take(&rest, DER_CONTEXT(0), &item) && !read_certs(arena, item.content, &out->certs))
        return false;
    if (der_take(&rest, DER_CONTEXT(1), &item) && !read_revocations(arena, item.content, out))
        return false;
    return der_take(&rest, DER_SET, &item) && rest.len == 0 &&
           read_signers(arena, item.content, out);
}

bool
signed_read(struct arena *arena, struct str bytes, struct signed_data *out)
{
    struct der info, type, content, data;

    *out = (struct signed_data){.signers = 0};
    if (!der_take(&bytes, DER_SEQUENCE, &info))
        return false;
    out->behind = bytes;
    struct str rest = info.content;
    return der_take(&rest, DER_OID, &type) && DER_OID_IS(type.content, OID_SIGNED_DATA) &&
           der_take(&rest, DER_CONTEXT(0), &content) && rest.len == 0 &&
           der_take(&content.content, DER_SEQUENCE, &data) && content.content.len == 0 &&
           read_signed_data(arena, data.content, out);
}

const struct signed_attribute *
signed_find(const struct signed_attributes *attributes, struct str type)
{
    for (size_t i = 0; i < attributes->count; i++) {
        if (str_eq(attributes->item[i].type, type))
            return &attributes->item[i];
    }
    return NULL;
}

/* ---- signed attributes in DER */

/* The order of DER's sets: by their bytes, a shorter one as if zeroes followed. */
static int
compare_encodings(const void *a, const void *b)
{
    const struct str *x = a, *y = b;
    size_t common = x->len < y->len ? x->len : y->len;
    int order = memcmp(x->ptr, y->ptr, common);

    return order != 0 ? order : (x->len > y->len) - (x->len < y->len);
}

static void
add_length(struct buf *out, size_t len)
{
    size_t bytes = 0;

    if (len < 0x80) {
        buf_byte(out, (char)len);
        return;
    }
    for (size_t n = len; n > 0; n >>= 8)
        bytes++;
    buf_byte(out, (char)(0x80 | bytes));
    while (bytes-- > 0)
        buf_byte(out, (char)(len >> 8 * bytes & 0xFF));
}

bool
signed_bytes(struct arena *arena, const struct signed_data *cms, struct str *out)
{
    const struct signed_attributes *attributes = &cms->signed_attributes;
    struct str *one = arena_array(arena, attributes->count + 1, sizeof *one);
    struct buf bytes = buf_in(arena);
    size_t total = 0;

    for (size_t i = 0; i < attributes->count; i++) {
        one[i] = attributes->item[i].whole;
        total += one[i].len;
        if (!der_is_strict(one[i]))
            return false;
    }
    qsort(one, attributes->count, sizeof *one, compare_encodings);
    buf_byte(&bytes, DER_SET);
    add_length(&bytes, total);
    for (size_t i = 0; i < attributes->count; i++)
        buf_add(&bytes, one[i]);
    *out = buf_str(&bytes);
    return true;
}

/* ---- Adobe's attribute: lists and answers that the signer saw */

static void
add_all(struct arena *arena, struct str explicit_content, struct signed_list *list)
{
    struct der sequence, item;

    if (!der_take(&explicit_content, DER_SEQUENCE, &sequence))
        return;
    while (der_next(&sequence.content, &item) && list_add(arena, list, item.whole))
        ;
}

void
signed_adobe_revocation(struct arena *arena, const struct signed_data *cms,
                        struct signed_list *crls, struct signed_list *ocsps)
{
    const struct signed_attribute *attribute =
        signed_find(&cms->signed_attributes, STR(OID_ADOBE_REVOCATION));
    struct der sequence, part;

    if (attribute == NULL)
        return;
    struct str values = attribute->values;
    if (!der_take(&values, DER_SEQUENCE, &sequence))
        return;
    if (der_take(&sequence.content, DER_CONTEXT(0), &part))
        add_all(arena, part.content, crls);
    if (der_take(&sequence.content, DER_CONTEXT(1), &part))
        add_all(arena, part.content, ocsps);
}
