/* Signatures of all revisions: every dictionary that says which bytes it signs, whether a field
 * leads to it or not. */
#include <string.h>

#include "base/ascii.h"
#include "pdfin/revisions_inner.h"

#define DER_DEPTH_MAX 32

struct find {
    struct revisions *r;
    size_t revision, number;
};

/* ---- the value */

/* The length of a BER value at the start of bytes, 0 when it is none or longer than they are. */
static size_t
ber_size(struct str bytes, size_t depth)
{
    if (bytes.len < 2 || depth > DER_DEPTH_MAX)
        return 0;
    unsigned char first = (unsigned char)bytes.ptr[1];
    size_t head = 2, len = first;
    if ((bytes.ptr[0] & 0x1F) == 0x1F)
        return 0; /* tags of several bytes are in no signature */
    if (first == 0x80) {
        for (size_t at = head;;) {
            struct str rest = str_sub(bytes, at, bytes.len);
            if (str_starts(rest, (struct str){"\0\0", 2}))
                return at + 2;
            size_t one = ber_size(rest, depth + 1);
            if (one == 0)
                return 0;
            at += one;
        }
    }
    if (first > 0x80) {
        size_t count = first & 0x7F;
        if (count > 4 || bytes.len < head + count)
            return 0;
        for (len = 0; count > 0; count--)
            len = len << 8 | (unsigned char)bytes.ptr[head++];
    }
    return len <= bytes.len - head ? head + len : 0;
}

static void
read_value(struct signed_part *out, const struct cos *contents)
{
    struct str value = contents->type == COS_STRING ? contents->text : STR("");
    size_t size = value.len > 0 && value.ptr[0] == 0x30 ? ber_size(value, 0) : 0;

    out->der = str_sub(value, 0, size);
    for (size_t i = size; i < value.len; i++) {
        if (value.ptr[i] != 0)
            size = 0;
    }
    if (size == 0 && out->fault == SIGNATURE_WHOLE)
        out->fault = SIGNATURE_CONTENTS;
}

/* ---- the range */

/* Where the hexadecimal string ends that begins at an offset, else 0. */
static size_t
hex_end(struct str bytes, size_t at)
{
    struct str rest = str_sub(bytes, at, REVISIONS_CONTENTS_MAX);

    if (rest.len < 2 || rest.ptr[0] != '<')
        return 0;
    for (size_t i = 1; i < rest.len; i++) {
        if (rest.ptr[i] == '>')
            return at + i + 1;
        if (ascii_hex(rest.ptr[i]) < 0 && !parse_is_space(rest.ptr[i]))
            return 0;
    }
    return 0;
}

static bool
read_range(struct find *f, const struct cos *dict, size_t part[4])
{
    const struct cos *range = cos_at(f->r, f->revision, dict, "ByteRange");
    size_t size = f->r->bytes.len;

    if (range->type != COS_ARRAY || range->count != 4)
        return false;
    for (size_t i = 0; i < 4; i++) {
        const struct cos *item = cos_resolve(f->r, f->revision, &range->items[i]);
        if (item->type != COS_INTEGER || item->integer < 0 || (size_t)item->integer > size)
            return false;
        part[i] = (size_t)item->integer;
    }
    return part[0] == 0 && part[1] > 0 && part[1] < part[2] && part[3] <= size - part[2];
}

/* The revision that ends at an offset, with its line end or without; REVISION_NONE. */
static size_t
ending_at(const struct revisions *r, size_t end)
{
    for (size_t i = 0; i < r->count; i++) {
        if (r->list[i].eof == end || r->list[i].shown.end == end)
            return i;
    }
    return REVISION_NONE;
}

static void
check_range(struct find *f, const struct cos *dict, struct signed_part *out)
{
    struct revisions *r = f->r;
    const struct cos *contents = cos_get(dict, "Contents");
    size_t part[4];

    out->revision = f->revision;
    out->fault = SIGNATURE_NO_RANGE;
    if (!read_range(f, dict, part))
        return;
    out->fault = SIGNATURE_GAP;
    if (contents->type != COS_STRING || contents->at == COS_NOWHERE || contents->at != part[1] ||
        hex_end(r->bytes, part[1]) != part[2])
        return;
    out->covers = part[2] + part[3];
    out->signs[0] = str_sub(r->bytes, 0, part[1]);
    out->signs[1] = str_sub(r->bytes, part[2], part[3]);
    size_t signs = ending_at(r, out->covers);
    out->fault = signs == REVISION_NONE ? SIGNATURE_NO_END
                 : signs != f->revision ? SIGNATURE_OTHER_PLACE
                                        : SIGNATURE_WHOLE;
    out->covers_all = out->fault == SIGNATURE_WHOLE && signs + 1 == r->count;
}

/* ---- what it says */

static void
read_names(struct find *f, const struct cos *list, struct mdp_lock *lock)
{
    if (list->type != COS_ARRAY)
        return;
    lock->fields = arena_array(f->r->arena, list->count + 1, sizeof *lock->fields);
    for (size_t i = 0; i < list->count; i++)
        lock->fields[lock->count++] =
            cos_text(f->r->arena, cos_resolve(f->r, f->revision, &list->items[i]));
}

static void
read_lock(struct find *f, const struct cos *dict, struct mdp_lock *lock)
{
    const struct cos *action = cos_at(f->r, f->revision, dict, "Action");
    const struct cos *level = cos_at(f->r, f->revision, dict, "P");

    if (dict->type != COS_DICT)
        return;
    lock->action = cos_is_name(action, "Include")   ? MDP_INCLUDE
                   : cos_is_name(action, "Exclude") ? MDP_EXCLUDE
                                                    : MDP_ALL;
    lock->level = level->type == COS_INTEGER && level->integer >= 1 && level->integer <= 3
                      ? (int)level->integer
                      : 0;
    read_names(f, cos_at(f->r, f->revision, dict, "Fields"), lock);
}

static void
read_references(struct find *f, const struct cos *dict, struct signed_part *out)
{
    const struct cos *list = cos_at(f->r, f->revision, dict, "Reference");

    for (size_t i = 0; list->type == COS_ARRAY && i < list->count; i++) {
        const struct cos *one = cos_resolve(f->r, f->revision, &list->items[i]);
        const struct cos *method = cos_at(f->r, f->revision, one, "TransformMethod");
        const struct cos *with = cos_at(f->r, f->revision, one, "TransformParams");
        if (cos_is_name(method, "DocMDP")) {
            const struct cos *p = cos_at(f->r, f->revision, with, "P");
            bool known = p->type == COS_INTEGER && p->integer >= 1 && p->integer <= 3;
            out->docmdp = known ? (int)p->integer : p->type == COS_NULL ? 2 : 1;
        } else if (cos_is_name(method, "FieldMDP")) {
            read_lock(f, with, &out->fieldmdp);
            out->fieldmdp.level = 0;
        }
    }
}

static void
read_words(struct find *f, const struct cos *dict, struct signed_part *out)
{
    struct revisions *r = f->r;
    size_t at = f->revision;

    out->filter = cos_text_at(r, at, dict, "Filter");
    out->subfilter = cos_text_at(r, at, dict, "SubFilter");
    out->name = cos_text_at(r, at, dict, "Name");
    out->reason = cos_text_at(r, at, dict, "Reason");
    out->location = cos_text_at(r, at, dict, "Location");
    out->contact = cos_text_at(r, at, dict, "ContactInfo");
    out->m = cos_text_at(r, at, dict, "M");
    out->time = pdfin_iso_time(r->arena, out->m);
    out->app = cos_text_at(r, at, cos_at(r, at, cos_at(r, at, dict, "Prop_Build"), "App"), "Name");
    out->has_cert = cos_get(dict, "Cert")->type != COS_NULL;
    out->is_time_stamp = cos_is_name(cos_at(r, at, dict, "Type"), "DocTimeStamp") ||
                         str_is(out->subfilter, "ETSI.RFC3161");
}

/* ---- its field */

static bool
has_size(struct revisions *r, size_t revision, const struct cos *widget)
{
    const struct cos *rect = cos_at(r, revision, widget, "Rect");
    const struct cos *flags = cos_at(r, revision, widget, "F");
    bool is_hidden = flags->type == COS_INTEGER && (flags->integer & (2 | 32)) != 0;

    if (rect->type != COS_ARRAY || rect->count != 4 || is_hidden)
        return false;
    for (size_t i = 0; i < 2; i++) {
        const struct cos *a = cos_resolve(r, revision, &rect->items[i]);
        const struct cos *b = cos_resolve(r, revision, &rect->items[i + 2]);
        bool same = a->type == b->type && (a->type == COS_INTEGER ? a->integer == b->integer
                                           : a->type == COS_REAL  ? str_eq(a->text, b->text)
                                                                  : true);
        if (same)
            return false;
    }
    return true;
}

/* The field of a revision that has this dictionary as its value. */
static bool
read_field(struct revisions *r, size_t revision, const struct cos *dict, struct signed_part *out)
{
    size_t count;
    const struct field_node *nodes = revisions_field_nodes(r, revision, &count);
    struct find f = {.r = r, .revision = revision};

    for (size_t i = 0; i < count; i++) {
        if (!revisions_step(r))
            return false;
        if (nodes[i].value != dict)
            continue;
        if (out->field.len == 0) {
            out->field = nodes[i].name;
            read_lock(&f, cos_at(r, revision, nodes[i].dict, "Lock"), &out->lock);
        }
        if (out->page == 0)
            out->page = revisions_page_of(r, revision, nodes[i].number);
        out->is_seen = out->is_seen || has_size(r, revision, nodes[i].dict);
    }
    return out->field.len > 0;
}

static void
find_field(struct find *f, const struct cos *dict, struct signed_part *out)
{
    struct revisions *r = f->r;
    struct signed_part unused = {0};
    bool found = false;

    for (size_t i = f->revision; i < r->count && !found; i++)
        found = read_field(r, i, dict, out);
    out->is_hidden = !read_field(r, r->count - 1, dict, &unused);
    const struct cos *root = revisions_root(r, f->revision);
    const struct cos *perms = cos_at(r, f->revision, root, "Perms");
    out->certifies = cos_at(r, f->revision, perms, "DocMDP") == dict;
    if (out->certifies && out->docmdp == 0)
        out->docmdp = 2;
    out->is_usage_right = !found && cos_at(r, f->revision, perms, "UR3") == dict;
}

/* ---- all */

/* One that is wrong and stands where another stood before is that one, written anew: what the
 * comparison is told of, and whose words are not shown. */
static bool
is_rewritten(const struct revisions *r, const struct signed_part *one)
{
    for (size_t i = 0; i < r->signature_count; i++) {
        const struct signed_part *old = &r->signatures[i];
        if ((one->number != 0 && old->number == one->number) ||
            (one->field.len > 0 && str_eq(old->field, one->field)))
            return one->fault != SIGNATURE_WHOLE;
    }
    return false;
}

static void
add_signature(struct find *f, const struct cos *dict)
{
    struct revisions *r = f->r;
    struct signed_part one = {.number = f->number};

    if (r->signature_count == REVISIONS_SIGNATURES_MAX) {
        r->is_quiet = false;
        revisions_doubt_add(r, DOUBT_TOO_MUCH, 0, 0, NULL);
        r->is_quiet = true;
        return;
    }
    check_range(f, dict, &one);
    read_value(&one, cos_get(dict, "Contents"));
    read_words(f, dict, &one);
    read_references(f, dict, &one);
    r->is_quiet = false; /* trees are read once, and must not fail unseen */
    find_field(f, dict, &one);
    r->is_quiet = true;
    if (!is_rewritten(r, &one))
        *ARENA_ADD(r->arena, r->signatures, r->signature_count, r->signature_cap, 4) = one;
}

static bool
is_signature(const struct cos *dict)
{
    const struct cos *type = cos_get(dict, "Type");

    return cos_get(dict, "ByteRange")->type != COS_NULL ||
           ((cos_is_name(type, "Sig") || cos_is_name(type, "DocTimeStamp")) &&
            cos_get(dict, "Contents")->type != COS_NULL);
}

static void
look_into(struct find *f, const struct cos *node, bool is_top)
{
    size_t number = f->number;

    if (node->type == COS_STREAM || node->type == COS_DICT) {
        const struct cos *dict = cos_dict(node);
        f->number = is_top ? number : 0;
        if (node->type == COS_DICT && is_signature(dict))
            add_signature(f, node);
        for (size_t i = 0; i < dict->count; i++)
            look_into(f, &dict->entries[i].value, false);
    } else if (node->type == COS_ARRAY) {
        for (size_t i = 0; i < node->count; i++)
            look_into(f, &node->items[i], false);
    }
    f->number = number;
}

/* Signatures that leave out the same bytes. */
static void
find_overlaps(struct revisions *r)
{
    for (size_t i = 0; i < r->signature_count; i++) {
        struct signed_part *a = &r->signatures[i];
        for (size_t k = 0; k < i && a->covers > 0; k++) {
            struct signed_part *b = &r->signatures[k];
            if (b->covers > 0 && a->signs[0].len < b->covers - b->signs[1].len &&
                b->signs[0].len < a->covers - a->signs[1].len)
                a->fault = b->fault = SIGNATURE_OVERLAP;
        }
    }
}

void
revisions_find_signatures(struct revisions *r)
{
    r->is_quiet = true;
    for (size_t i = 0; i < r->count; i++) {
        for (size_t k = 0; k < r->list[i].own_count; k++) {
            size_t number = r->list[i].own[k];
            struct find f = {.r = r, .revision = i, .number = number};
            const struct entry *e = entry_find(r, i, number);
            const struct object *object =
                e == NULL || e->type == ENTRY_FREE ? NULL : object_find(r, i, e);
            if (object != NULL)
                look_into(&f, &object->node, true);
        }
    }
    find_overlaps(r);
    r->is_quiet = false;
}
