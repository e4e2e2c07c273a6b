/* The data for later verification: what it holds is shown nowhere, so it may grow. */
#include "changes/compare.h"

static const char *const lists[] = {"Certs", "OCSPs", "CRLs"};

static bool
is_in(struct compare *c, size_t revision, const struct cos *list, struct str data)
{
    for (size_t i = 0; list->type == COS_ARRAY && i < list->count; i++) {
        const struct cos *one = cos_resolve(c->r, revision, &list->items[i]);
        if (one->type == COS_STREAM && str_eq(one->stream->data, data))
            return true;
        if (!revisions_step(c->r))
            break;
    }
    return false;
}

/* True when one has a stream in a list that the other has not. */
static bool
has_more(struct compare *c, size_t revision, const struct cos *list, size_t other,
         const struct cos *other_list)
{
    for (size_t i = 0; list->type == COS_ARRAY && i < list->count; i++) {
        const struct cos *one = cos_resolve(c->r, revision, &list->items[i]);
        if (one->type == COS_STREAM && !is_in(c, other, other_list, one->stream->data))
            return true;
    }
    return false;
}

static bool
is_list_of_streams(struct compare *c, const struct cos *list)
{
    for (size_t i = 0; list->type == COS_ARRAY && i < list->count; i++) {
        if (cos_resolve(c->r, c->b, &list->items[i])->type != COS_STREAM)
            return false;
    }
    return list->type == COS_ARRAY || list->type == COS_NULL;
}

/* /VRI: for each signature its own lists. */
static bool
is_vri(struct compare *c, const struct cos *vri)
{
    for (size_t i = 0; vri->type == COS_DICT && i < vri->count; i++) {
        const struct cos *one = cos_resolve(c->r, c->b, &vri->entries[i].value);
        if (one->type == COS_NAME && str_is(vri->entries[i].key, "Type"))
            continue;
        if (one->type != COS_DICT)
            return false;
        for (size_t k = 0; k < one->count; k++) {
            struct str key = one->entries[k].key;
            const struct cos *value = cos_resolve(c->r, c->b, &one->entries[k].value);
            bool is_list = str_is(key, "Cert") || str_is(key, "OCSP") || str_is(key, "CRL");
            bool is_other = str_is(key, "Type") || str_is(key, "TU") || str_is(key, "TS");
            if (is_list ? !is_list_of_streams(c, value) : !is_other)
                return false;
        }
    }
    return vri->type == COS_DICT || vri->type == COS_NULL;
}

static bool
is_proper(struct compare *c, const struct cos *dss)
{
    for (size_t i = 0; i < dss->count; i++) {
        struct str key = dss->entries[i].key;
        const struct cos *value = cos_resolve(c->r, c->b, &dss->entries[i].value);
        bool is_list = false;
        for (size_t k = 0; k < sizeof lists / sizeof lists[0]; k++)
            is_list = is_list || str_is(key, lists[k]);
        if (is_list              ? !is_list_of_streams(c, value)
            : str_is(key, "VRI") ? !is_vri(c, value)
                                 : !str_is(key, "Type"))
            return false;
    }
    return true;
}

void
judge_dss(struct compare *c, const struct cos *x, const struct cos *y)
{
    const struct place root = {.key = "Root"}, place = {.above = &root, .key = "DSS"};
    struct change change = {.signature = SIZE_MAX, .where = compare_path(c->arena, &place)};
    bool more = false, less = y->type == COS_NULL && x->type != COS_NULL;

    if (x->type == COS_NULL && y->type == COS_NULL)
        return;
    if (y->type != COS_NULL && (y->type != COS_DICT || !is_proper(c, y))) {
        change.code = CHANGE_DSS_OTHER;
        compare_add(c, change);
        return;
    }
    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++) {
        const struct cos *old = cos_at(c->r, c->a, x, lists[i]);
        const struct cos *new = cos_at(c->r, c->b, y, lists[i]);
        more = more || has_more(c, c->b, new, c->a, old);
        less = less || has_more(c, c->a, old, c->b, new);
    }
    change.code = less ? CHANGE_DSS_TAKEN : CHANGE_DSS_ADDED;
    if (more || less || x->type == COS_NULL)
        compare_add(c, change);
}
