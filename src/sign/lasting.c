#include "sign/lasting.h"

#include "base/arena.h"
#include "base/ascii.h"
#include "engine/work.h"
#include "pdf/object.h"
#include "pki/revocation.h"
#include "pki/stamp.h"
#include "sign/seal.h"

/* Not a role's: those have no "_". */
#define STAMP_FIELD "time_stamp_"

/* ---- reading */

/* The object number of "12 0 R"; 0 for anything else. */
static unsigned
number_of(struct str raw)
{
    size_t space = str_find(raw, STR(" ")), number;

    if (space == SIZE_MAX || !str_is(str_sub(raw, space, raw.len), " 0 R") ||
        !str_number(str_sub(raw, 0, space), PDFIN_NUMBER_MAX, &number))
        return 0;
    return (unsigned)number;
}

/* What stands between the brackets of an array; false when it is none. */
static bool
inside(struct str raw, struct str *out)
{
    *out = STR("");
    if (raw.len == 0)
        return true;
    if (raw.len < 2 || raw.ptr[0] != '[' || raw.ptr[raw.len - 1] != ']')
        return false;
    *out = str_trim(str_sub(raw, 1, raw.len - 2));
    return true;
}

static bool
is_list(const struct pdfin_entries *entries, const char *key)
{
    struct str inner;

    return inside(pdfin_raw(entries, key), &inner);
}

static bool
read_dss(struct lasting *lasting, struct pdfin *pdf, struct str bytes)
{
    struct work *w = lasting->w;
    struct str raw = pdfin_raw(&lasting->root, "DSS");

    if (raw.len == 0)
        return true;
    lasting->dss_number = number_of(raw);
    if (lasting->dss_number == 0 || !pdfin_entries(pdf, lasting->dss_number, &lasting->dss) ||
        !is_list(&lasting->dss, "Certs") || !is_list(&lasting->dss, "OCSPs") ||
        !is_list(&lasting->dss, "CRLs")) {
        diag_add(w->diags, DIAG_SIGN_DSS_ODD, lasting->pos, NULL, NULL, NULL);
        return false;
    }
    struct revisions *revisions = revisions_open(w->arena, lasting->pos.file, bytes);
    size_t count = revisions_count(revisions);
    if (count > 0)
        lasting->known = revisions_dss(revisions, w->arena, count - 1);
    return true;
}

bool
lasting_read(struct work *w, struct pos pos, struct pdfin *pdf, struct str bytes,
             const struct pdfin_form *form, struct lasting *out)
{
    struct pdfin_tail tail;

    *out = (struct lasting){.w = w, .pos = pos, .form_number = form->object};
    if (!pdfin_tail(pdf, &tail) || !pdfin_entries(pdf, tail.root, &out->root) ||
        !pdfin_entries(pdf, form->object, &out->form))
        return false;
    out->root_number = tail.root;
    out->now = (struct pdf_old){.xref = tail.xref,
                                .size = tail.size,
                                .root = tail.root,
                                .info = tail.info,
                                .id = tail.id[0]};
    out->appended.file = bytes;
    for (size_t i = 0; i < form->count; i++)
        out->stamps += str_starts(form->fields[i].name, STR(STAMP_FIELD));
    return inside(pdfin_raw(&out->form, "Fields"), &out->fields) && read_dss(out, pdf, bytes);
}

/* ---- /DSS */

static bool
knows(const struct str *list, size_t count, struct str der)
{
    for (size_t i = 0; i < count; i++) {
        if (str_eq(list[i], der))
            return true;
    }
    return false;
}

/* A list of streams: those there are, and the new ones behind them. */
struct dss_list {
    const char *key;
    const struct revocation_list *collected;
    const struct str *known;
    size_t known_count;
};

static void
set_list(const struct lasting *lasting, struct pdf_objects *objects, const struct dss_list *list,
         struct pdf_value *dict)
{
    struct arena *arena = objects->arena;
    struct pdf_value *array = pdf_array(arena);
    struct str old;

    (void)inside(pdfin_raw(&lasting->dss, list->key), &old);
    if (old.len > 0)
        pdf_add(array, pdf_raw(arena, old));
    for (size_t i = 0; i < list->collected->count; i++) {
        struct str der = list->collected->der[i];
        if (!knows(list->known, list->known_count, der))
            pdf_add(array, pdf_ref(arena, pdf_put_stream(objects, NULL, der)));
    }
    if (array->count > 0)
        pdf_set(dict, list->key, array);
}

static struct pdf_value *
dss_of(const struct lasting *lasting, struct pdf_objects *objects,
       const struct revocations *collected)
{
    const struct dss_list lists[] = {
        {"Certs", &collected->certs, lasting->known.certificates, lasting->known.certificate_count},
        {"OCSPs", &collected->ocsps, lasting->known.ocsps, lasting->known.ocsp_count},
        {"CRLs", &collected->crls, lasting->known.crls, lasting->known.crl_count},
    };
    struct pdf_value *dict = pdf_dict(objects->arena);

    for (size_t i = 0; i < sizeof lists / sizeof lists[0]; i++)
        set_list(lasting, objects, &lists[i], dict);
    return dict;
}

static void
put_root(struct lasting *lasting, struct pdf_objects *objects, unsigned dss)
{
    struct arena *arena = objects->arena;
    struct pdf_value *dict = pdf_dict(arena);

    for (size_t i = 0; i < lasting->root.count; i++) {
        const struct pdfin_entry *entry = &lasting->root.entry[i];
        if (!str_is(entry->key, "DSS") && !(str_is(entry->key, "Perms") && lasting->certifies != 0))
            pdf_set_key(dict, entry->key, pdf_raw(arena, entry->raw));
    }
    if (lasting->certifies != 0) {
        struct pdf_value *perms = pdf_dict(arena);
        pdf_set(perms, "DocMDP", pdf_old_ref(arena, lasting->certifies));
        pdf_set(dict, "Perms", perms);
    }
    pdf_set(dict, "DSS", pdf_ref(arena, dss));
    (void)pdf_put_old(objects, lasting->root_number, dict);
}

/* Adds a revision with these objects. */
static bool
grow(struct lasting *lasting, const struct pdf_objects *objects)
{
    struct pdf_appended next;

    if (!pdf_append(lasting->w->diags, lasting->appended.file, &lasting->now, objects, &next))
        return false;
    lasting->appended = next;
    lasting->now = next.now;
    return true;
}

bool
lasting_add(struct lasting *lasting, const struct revocations *collected)
{
    struct pdf_objects *objects = pdf_objects_open(lasting->w->arena);
    struct pdf_value *dss = dss_of(lasting, objects, collected);
    unsigned handle = 0;

    if (lasting->dss_number != 0)
        (void)pdf_put_old(objects, lasting->dss_number, dss);
    else
        put_root(lasting, objects, handle = pdf_put(objects, dss));
    bool good = grow(lasting, objects);
    if (good && handle != 0)
        lasting->dss_number = lasting->appended.number[handle];
    pdf_objects_close(objects);
    return good;
}

/* ---- document time stamps */

#define PRINTED_AND_LOCKED 132 /* flags of an annotation (table 165) */

/* A field without size (§12.7.4.5), which is on no page: the pages stay as they are, and so does
 * the structure. */
static unsigned
put_field(struct lasting *lasting, struct pdf_objects *objects, unsigned value)
{
    struct arena *arena = objects->arena;
    struct pdf_value *dict = pdf_dict(arena), *rect = pdf_array(arena);

    for (int i = 0; i < 4; i++)
        pdf_add(rect, pdf_int(arena, 0));
    pdf_set(dict, "Type", pdf_name(arena, "Annot"));
    pdf_set(dict, "Subtype", pdf_name(arena, "Widget"));
    pdf_set(dict, "Rect", rect);
    pdf_set(dict, "F", pdf_int(arena, PRINTED_AND_LOCKED));
    pdf_set(dict, "FT", pdf_name(arena, "Sig"));
    pdf_set(dict, "T",
            pdf_text(arena, str_of(arena_printf(arena, STAMP_FIELD "%zu", lasting->stamps + 1))));
    pdf_set(dict, "V", pdf_ref(arena, value));
    return pdf_put(objects, dict);
}

static void
put_form(struct lasting *lasting, struct pdf_objects *objects, unsigned field)
{
    struct arena *arena = objects->arena;
    struct pdf_value *dict = pdf_dict(arena), *fields = pdf_array(arena);

    for (size_t i = 0; i < lasting->form.count; i++) {
        const struct pdfin_entry *entry = &lasting->form.entry[i];
        if (!str_is(entry->key, "Fields"))
            pdf_set_key(dict, entry->key, pdf_raw(arena, entry->raw));
    }
    pdf_add(fields, pdf_raw(arena, lasting->fields));
    pdf_add(fields, pdf_ref(arena, field));
    pdf_set(dict, "Fields", fields);
    (void)pdf_put_old(objects, lasting->form_number, dict);
}

static bool
stamp_file(struct lasting *lasting, struct seal *seal, const struct stamp_server *server,
           struct stamp *stamp)
{
    struct work *w = lasting->w;

    if (!seal_range(seal, &lasting->appended)) {
        diag_add(w->diags, DIAG_SIGN_WRITTEN_WRONG, lasting->pos, NULL, NULL, NULL);
        return false;
    }
    struct str hash = seal_hash(w->arena, seal, &lasting->appended, EVP_sha256());
    return stamp_get_of_hash(w->arena, w->diags, server, hash, stamp) &&
           seal_close(w->arena, w->diags, lasting->pos, seal, &lasting->appended, stamp->token);
}

bool
lasting_stamp(struct lasting *lasting, const struct stamp_server *server, struct stamp *stamp)
{
    struct pdf_objects *objects = pdf_objects_open(lasting->w->arena);
    struct seal seal;

    *stamp = (struct stamp){.token = STR("")};
    seal_begin(objects->arena, &seal, "DocTimeStamp", "ETSI.RFC3161", SEAL_ROOM + SEAL_STAMP);
    unsigned field = put_field(lasting, objects, pdf_put(objects, seal.dict));
    put_form(lasting, objects, field);
    bool good = grow(lasting, objects);
    if (good) {
        lasting->fields =
            str_of(arena_printf(lasting->w->arena, "%.*s %u 0 R", STR_FMT(lasting->fields),
                                lasting->appended.number[field]));
        lasting->stamps++;
        good = stamp_file(lasting, &seal, server, stamp);
    }
    pdf_objects_close(objects);
    return good;
}
