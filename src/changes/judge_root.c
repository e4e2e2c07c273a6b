/* The trailer, the catalog, the pages: what of them may differ from one revision to the next. */
#include "changes/compare.h"
#include "pdfin/map.h"

#define XMP_MAX ((size_t)4 << 20)

static const struct place root_place = {.key = "Root"};
static const struct subject root_subject = {.code = CHANGE_CODE_COUNT, .from = &root_place};
static const struct subject xmp_subject = {.code = CHANGE_XMP};
static const struct subject perms_subject = {.code = CHANGE_PERMISSIONS};

static void
refuse(struct compare *c, enum change_code code, const struct place *place)
{
    const struct subject subject = {.code = code};

    compare_differ(c, place, &subject);
}

static void
tell_metadata(struct compare *c)
{
    if (!c->metadata_told)
        compare_add(c, (struct change){.code = CHANGE_METADATA, .signature = SIZE_MAX});
    c->metadata_told = true;
}

/* ---- metadata */

static void
judge_info(struct compare *c)
{
    static const char *const saved[] = {"ModDate", "Producer", NULL};
    static const struct place place = {.key = "Info"};
    const struct cos *x = cos_at(c->r, c->a, revisions_trailer(c->r, c->a), "Info");
    const struct cos *y = cos_at(c->r, c->b, revisions_trailer(c->r, c->b), "Info");

    if ((x->type != COS_DICT && x->type != COS_NULL) ||
        (y->type != COS_DICT && y->type != COS_NULL)) {
        refuse(c, CHANGE_XMP, &place);
        return;
    }
    compare_dicts(c, x, y, saved, &place, &xmp_subject);
    for (size_t i = 0; saved[i] != NULL; i++) {
        if (!compare_same_plain(c, cos_get(x, saved[i]), cos_get(y, saved[i])))
            tell_metadata(c);
    }
}

static bool
is_xmp(struct compare *c, size_t revision, const struct cos *stream)
{
    return stream->type == COS_STREAM &&
           cos_is_name(cos_at(c->r, revision, stream, "Type"), "Metadata") &&
           cos_is_name(cos_at(c->r, revision, stream, "Subtype"), "XML");
}

static void
judge_xmp(struct compare *c, const struct cos *x, const struct cos *y)
{
    static const char *const packing[] = {"Type",   "Subtype",     "Length",
                                          "Filter", "DecodeParms", NULL};
    static const struct place place = {.above = &root_place, .key = "Metadata"};
    struct str old = STR("<none/>"), new;
    bool was_there = x->type != COS_NULL;

    if (x->type == COS_NULL && y->type == COS_NULL)
        return;
    if ((was_there && !is_xmp(c, c->a, x)) || !is_xmp(c, c->b, y) ||
        (was_there && !cos_unpack(c->r, c->a, x, XMP_MAX, c->arena, &old)) ||
        !cos_unpack(c->r, c->b, y, XMP_MAX, c->arena, &new)) {
        refuse(c, CHANGE_XMP, &place);
        return;
    }
    compare_dicts(c, was_there ? &x->stream->dict : x, &y->stream->dict, packing, &place,
                  &xmp_subject);
    if (str_eq(old, new))
        return;
    if (cos_xmp_same(c->arena, old, new))
        tell_metadata(c);
    else
        refuse(c, CHANGE_XMP, &place);
}

/* ---- what the catalog has besides */

/* What a program says of a version of the format that it used, and nothing more (ISO 32000-1
 * §7.12). */
static bool
is_extension(struct compare *c, const struct cos *extension)
{
    static const char *const keys[] = {"Type", "BaseVersion", "ExtensionLevel", "URL",
                                       "ExtensionRevision"};
    const struct cos *dict = cos_resolve(c->r, c->b, extension);

    for (uint32_t i = 0; dict->type == COS_DICT && i < dict->count; i++) {
        const struct cos *value = cos_resolve(c->r, c->b, &dict->entries[i].value);
        bool known = false;
        for (size_t k = 0; k < sizeof keys / sizeof keys[0]; k++)
            known = known || str_is(dict->entries[i].key, keys[k]);
        if (!known || value->type >= COS_ARRAY)
            return false;
    }
    return dict->type == COS_DICT || cos_is_name(dict, "Extensions"); /* their own /Type */
}

/* One, or several in a list. */
static bool
are_extensions(struct compare *c, const struct cos *value)
{
    const struct cos *list = cos_resolve(c->r, c->b, value);
    bool good = true;

    if (list->type != COS_ARRAY)
        return is_extension(c, list);
    for (uint32_t i = 0; i < list->count && good; i++)
        good = is_extension(c, &list->items[i]);
    return good;
}

static void
judge_extensions(struct compare *c, const struct cos *x, const struct cos *y)
{
    static const struct place place = {.above = &root_place, .key = "Extensions"};
    bool more = false;

    if (y->type != COS_DICT || (x->type != COS_DICT && x->type != COS_NULL)) {
        if (x->type != COS_NULL || y->type != COS_NULL)
            refuse(c, CHANGE_ROOT, &place);
        return;
    }
    for (size_t i = 0; i < y->count; i++) {
        const char *key = str_cstr(c->arena, y->entries[i].key);
        const struct cos *old = cos_get(x, key);
        if (old->type == COS_NULL && !are_extensions(c, &y->entries[i].value))
            refuse(c, CHANGE_ROOT, &place);
        else if (old->type == COS_NULL)
            more = true;
        else
            compare_values(c, old, &y->entries[i].value, &place, &root_subject);
    }
    for (size_t i = 0; x->type == COS_DICT && i < x->count; i++) {
        if (cos_get(y, str_cstr(c->arena, x->entries[i].key))->type == COS_NULL)
            refuse(c, CHANGE_ROOT, &place);
    }
    if (more)
        compare_add(c, (struct change){.code = CHANGE_EXTENSION_ADDED, .signature = SIZE_MAX});
}

/* The first signature of somebody may certify, also when the file had a time stamp before. */
static bool
certifies_now(struct compare *c, const struct cos *target)
{
    if (c->rules.signed_before || target->type != COS_DICT)
        return false;
    for (size_t i = 0; i < revisions_signature_count(c->r); i++) {
        const struct signed_part *s = revisions_signature(c->r, i);
        if (s->revision == c->b && s->certifies && s->fault == SIGNATURE_WHOLE)
            return true;
    }
    return false;
}

static void
judge_perms(struct compare *c, const struct cos *x, const struct cos *y)
{
    static const char *const docmdp[] = {"DocMDP", NULL};
    static const struct place place = {.above = &root_place, .key = "Perms"};
    const struct cos *old = cos_get(x, "DocMDP"), *new = cos_get(y, "DocMDP");

    compare_dicts(c, x, y, docmdp, &place, &perms_subject);
    if (cos_resolve(c->r, c->a, old)->type != COS_NULL)
        compare_values(c, old, new, &place, &perms_subject);
    else if (new->type != COS_NULL && !certifies_now(c, cos_resolve(c->r, c->b, new)))
        refuse(c, CHANGE_PERMISSIONS, &place);
}

/* A later version of the format may be named: it changes nothing of what is there. */
static void
judge_version(struct compare *c, const struct cos *x, const struct cos *y)
{
    static const struct place place = {.above = &root_place, .key = "Version"};
    bool rises = y->type == COS_NAME && y->text.len == 3 &&
                 (x->type == COS_NULL || (x->type == COS_NAME && str_cmp(x->text, y->text) < 0));

    if (compare_same_plain(c, x, y))
        return;
    if (rises)
        compare_add(c, (struct change){.code = CHANGE_EXTENSION_ADDED, .signature = SIZE_MAX});
    else
        refuse(c, CHANGE_ROOT, &place);
}

static void
judge_catalog(struct compare *c)
{
    static const char *const judged[] = {"AcroForm", "DSS",     "Perms", "Extensions",
                                         "Metadata", "Version", NULL};
    const struct cos *x = revisions_root(c->r, c->a), *y = revisions_root(c->r, c->b);

    compare_dicts(c, x, y, judged, &root_place, &root_subject);
    judge_dss(c, cos_at(c->r, c->a, x, "DSS"), cos_at(c->r, c->b, y, "DSS"));
    judge_perms(c, cos_at(c->r, c->a, x, "Perms"), cos_at(c->r, c->b, y, "Perms"));
    judge_extensions(c, cos_at(c->r, c->a, x, "Extensions"), cos_at(c->r, c->b, y, "Extensions"));
    judge_xmp(c, cos_at(c->r, c->a, x, "Metadata"), cos_at(c->r, c->b, y, "Metadata"));
    judge_version(c, cos_at(c->r, c->a, x, "Version"), cos_at(c->r, c->b, y, "Version"));
}

void
judge_root(struct compare *c)
{
    static const struct place id_place = {.key = "ID"};
    const struct cos *x = revisions_trailer(c->r, c->a), *y = revisions_trailer(c->r, c->b);
    const struct cos *old = cos_at(c->r, c->a, x, "ID"), *new = cos_at(c->r, c->b, y, "ID");

    if (cos_number(cos_get(x, "Root")) != cos_number(cos_get(y, "Root")))
        refuse(c, CHANGE_ROOT, &root_place);
    if (old->type == COS_ARRAY && old->count == 2 &&
        (new->type != COS_ARRAY || new->count != 2 ||
         !compare_same_plain(c, &old->items[0], &new->items[0])))
        refuse(c, CHANGE_ROOT, &id_place);
    judge_info(c);
    judge_catalog(c);
}

/* ---- pages */

#define MARK_MAX 40 /* pt */

/* A note that is opened by a small mark. Everything larger could lie over what was signed. */
static bool
is_note(struct compare *c, size_t number)
{
    const struct cos *dict = revisions_object(c->r, c->b, number);
    const struct cos *rect = cos_at(c->r, c->b, dict, "Rect");
    const struct cos *type = cos_at(c->r, c->b, dict, "Subtype");

    if (number == 0 || revisions_has(c->r, c->a, number) || rect->type != COS_ARRAY ||
        rect->count != 4)
        return false;
    if (cos_is_name(type, "Popup"))
        return cos_get(dict, "AP")->type == COS_NULL;
    return cos_is_name(type, "Text") && compare_side(c, rect, 0) <= MARK_MAX &&
           compare_side(c, rect, 0) >= -MARK_MAX && compare_side(c, rect, 1) <= MARK_MAX &&
           compare_side(c, rect, 1) >= -MARK_MAX;
}

/* A new field of signature has one place, and hides nothing there. */
static void
judge_new_signature(struct compare *c, const struct cos *annots, size_t i,
                    const struct subject *subject)
{
    size_t number = cos_number(&annots->items[i]);

    *map_put(c->added, number) = c->added;
    if (warn_hides(c->r, c->b, annots, i))
        compare_add(c, (struct change){.code = CHANGE_SIGNATURE_COVERS,
                                       .page = subject->page,
                                       .field = cos_text_at(
                                           c->r, c->b, revisions_object(c->r, c->b, number), "T"),
                                       .signature = SIZE_MAX});
}

/* What stands on a page beside its content: the same as before, then new fields of signature. */
static void
judge_annots(struct compare *c, const struct cos *page_a, const struct cos *page_b,
             const struct place *above, const struct subject *subject)
{
    const struct cos *x = cos_at(c->r, c->a, page_a, "Annots");
    const struct cos *y = cos_at(c->r, c->b, page_b, "Annots");
    struct place *list = arena_alloc(c->arena, sizeof *list);
    size_t xs = x->type == COS_ARRAY ? x->count : 0, ys = y->type == COS_ARRAY ? y->count : 0;

    *list = (struct place){.above = above, .key = "Annots"};
    if (ys < xs || (x->type != COS_ARRAY && x->type != COS_NULL) ||
        (y->type != COS_ARRAY && y->type != COS_NULL)) {
        compare_differ(c, list, subject);
        return;
    }
    for (size_t i = 0; i < ys; i++) {
        struct place *item = arena_alloc(c->arena, sizeof *item);
        *item = (struct place){.above = list, .index = i};
        size_t number = cos_number(&y->items[i]);
        if (i < xs)
            compare_values(c, &x->items[i], &y->items[i], item, subject);
        else if (number != 0 && map_get(c->added, number) == c)
            judge_new_signature(c, y, i, subject);
        else if (c->rules.level == 3 && is_note(c, number))
            compare_add(c, (struct change){.code = CHANGE_ANNOTATION_ADDED,
                                           .page = subject->page,
                                           .where = compare_path(c->arena, item),
                                           .signature = SIZE_MAX});
        else
            compare_differ(c, item, subject);
    }
}

static void
judge_page(struct compare *c, size_t number, size_t page)
{
    static const char *const judged[] = {"Annots", NULL};
    const struct cos *x = revisions_object(c->r, c->a, number);
    const struct cos *y = revisions_object(c->r, c->b, number);
    struct place *place = arena_alloc(c->arena, sizeof *place);
    struct subject *subject = arena_alloc(c->arena, sizeof *subject);

    *place = (struct place){.key_text = str_of(arena_printf(c->arena, "page %zu", page))};
    *subject = (struct subject){.code = CHANGE_CODE_COUNT, .page = page, .from = place};
    compare_dicts(c, x, y, judged, place, subject);
    judge_annots(c, x, y, place, subject);
}

/* The catalog, and the pages that are where they were. */
void
judge_set_roles(struct compare *c)
{
    size_t xs, ys;
    const size_t *x = revisions_pages(c->r, c->a, &xs), *y = revisions_pages(c->r, c->b, &ys);
    size_t root = cos_number(cos_get(revisions_trailer(c->r, c->a), "Root"));

    for (size_t i = 0; i < xs && i < ys; i++) {
        if (x[i] == y[i])
            compare_set_role(c, x[i]);
    }
    if (root == cos_number(cos_get(revisions_trailer(c->r, c->b), "Root")))
        compare_set_role(c, root);
}

void
judge_pages(struct compare *c)
{
    static const struct place place = {.above = &root_place, .key = "Pages"};
    size_t xs, ys;
    const size_t *x = revisions_pages(c->r, c->a, &xs), *y = revisions_pages(c->r, c->b, &ys);
    size_t count = xs < ys ? xs : ys;
    bool same = xs == ys;

    for (size_t i = 0; i < count; i++)
        same = same && x[i] == y[i];
    if (!same)
        refuse(c, CHANGE_PAGES, &place);
    for (size_t i = 0; i < count; i++) {
        if (x[i] == y[i])
            judge_page(c, x[i], i + 1);
    }
}
