/* What a revision has for long validation: /DSS of its catalog. */
#include "pdfin/revisions_inner.h"

struct load {
    struct revisions *r;
    struct arena *arena;
    size_t revision, total, count;
    bool is_odd;
};

static void
load_streams(struct load *l, const struct cos *list, struct str **out, size_t *count)
{
    size_t max = list->type == COS_ARRAY ? list->count : 0;

    l->is_odd = l->is_odd || (list->type != COS_ARRAY && list->type != COS_NULL);
    *out = arena_array(l->arena, max + 1, sizeof **out);
    for (size_t i = 0; i < max; i++) {
        const struct cos *stream = cos_resolve(l->r, l->revision, &list->items[i]);
        struct str bytes;
        bool good = l->count < DSS_STREAMS_MAX && l->total < DSS_TOTAL_MAX &&
                    cos_unpack(l->r, l->revision, stream, DSS_STREAM_MAX, l->arena, &bytes);
        if (good) {
            (*out)[(*count)++] = bytes;
            l->total += bytes.len;
            l->count++;
        }
        l->is_odd = l->is_odd || !good;
    }
}

struct dss
revisions_dss(struct revisions *r, struct arena *arena, size_t revision)
{
    struct load l = {.r = r, .arena = arena, .revision = revision};
    const struct cos *dict = cos_at(r, revision, revisions_root(r, revision), "DSS");
    struct dss out = {.is_there = dict->type == COS_DICT};

    l.is_odd = dict->type != COS_DICT && dict->type != COS_NULL;
    load_streams(&l, cos_at(r, revision, dict, "Certs"), &out.certificates, &out.certificate_count);
    load_streams(&l, cos_at(r, revision, dict, "OCSPs"), &out.ocsps, &out.ocsp_count);
    load_streams(&l, cos_at(r, revision, dict, "CRLs"), &out.crls, &out.crl_count);
    out.is_odd = l.is_odd;
    return out;
}
