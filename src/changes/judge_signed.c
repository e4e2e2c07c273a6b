/* Fields of signature: signed once, and nothing of it changes after that. */
#include "changes/compare.h"
#include "pdfin/map.h"

/* The signature of the new revision that is the value of a field, else SIZE_MAX. */
static size_t
signature_of(struct compare *c, struct str field)
{
    for (size_t i = 0; i < revisions_signature_count(c->r); i++) {
        const struct signed_part *s = revisions_signature(c->r, i);
        if (s->revision == c->b && s->fault == SIGNATURE_WHOLE && str_eq(s->field, field))
            return i;
    }
    return SIZE_MAX;
}

static void
tell(struct compare *c, enum change_code code, const struct subject *subject, size_t signature,
     size_t appearance)
{
    compare_add(c, (struct change){.code = code,
                                   .page = subject->page,
                                   .field = subject->field,
                                   .appearance = appearance,
                                   .signature = signature});
}

/* ---- fields that were there */

static void
judge_signing(struct compare *c, const struct field_node *x, const struct field_node *y,
              const struct place *place, const struct subject *subject)
{
    const struct cos *old = cos_at(c->r, c->a, x->dict, "AP");
    const struct cos *new = cos_at(c->r, c->b, y->dict, "AP");
    size_t signature = signature_of(c, y->name);
    size_t appearance = cos_number(cos_get(new, "N"));

    if (signature == SIZE_MAX) {
        tell(c, CHANGE_SIGNATURE_FALSE, subject, SIZE_MAX, appearance);
        return;
    }
    const struct signed_part *s = revisions_signature(c->r, signature);
    bool is_stamp = s->is_time_stamp;
    bool forbidden = rules_lock(c->r, c->a, y->name) || (c->rules.level == 1 && !is_stamp);
    /* a widget below the field shows its signature, and is not another */
    if (cos_get(y->dict, "V")->type != COS_NULL)
        tell(c,
             forbidden                ? CHANGE_SIGNATURE_LEVEL
             : is_stamp && s->is_seen ? CHANGE_TIME_STAMP_SEEN /* anybody can get one */
             : is_stamp               ? CHANGE_TIME_STAMP_ADDED
                                      : CHANGE_SIGNATURE_ADDED,
             subject, signature, appearance);
    if (new->type != COS_NULL)
        (void)judge_fresh_appearance(c, old, new, CHANGE_SIGNATURE_LOOK, place, subject);
    else if (old->type != COS_NULL)
        tell(c, CHANGE_SIGNATURE_LOOK, subject, SIZE_MAX, 0);
}

void
judge_signature_field(struct compare *c, const struct field_node *x, const struct field_node *y,
                      const struct place *place, const struct subject *subject)
{
    static const char *const others[] = {"AS", "I", "M"};
    bool was_signed = x->value->type != COS_NULL, is_signed = y->value->type != COS_NULL;
    struct subject *kept = arena_alloc(c->arena, 2 * sizeof *kept);

    kept[0] = kept[1] = *subject;
    kept[0].code = CHANGE_SIGNATURE_CHANGED;
    kept[1].code = was_signed ? CHANGE_SIGNATURE_LOOK : CHANGE_APPEARANCE_ALONE;
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++)
        compare_values(c, cos_get(x->dict, others[i]), cos_get(y->dict, others[i]), place, subject);
    if (!was_signed && is_signed) {
        judge_signing(c, x, y, place, subject);
        return;
    }
    if (was_signed && !is_signed)
        tell(c, CHANGE_SIGNATURE_REMOVED, subject, SIZE_MAX, 0);
    else
        compare_values(c, cos_get(x->dict, "V"), cos_get(y->dict, "V"), place, &kept[0]);
    /* the same words at another place: not what its own bytes leave out any more */
    if (was_signed && is_signed && x->value != y->value)
        compare_differ(c, place, &kept[0]);
    compare_values(c, cos_get(x->dict, "AP"), cos_get(y->dict, "AP"), place, &kept[1]);
}

/* ---- new ones */

static bool
has_only_known_keys(const struct cos *dict)
{
    static const char *const known[] = {"Type", "Subtype", "FT", "T",  "TU", "TM",    "V",
                                        "F",    "Rect",    "P",  "AP", "MK", "Lock",  "SV",
                                        "Ff",   "DA",      "NM", "M",  "BS", "Border"};

    for (size_t i = 0; i < dict->count; i++) {
        bool found = false;
        for (size_t k = 0; k < sizeof known / sizeof known[0]; k++)
            found = found || str_is(dict->entries[i].key, known[k]);
        if (!found)
            return false;
    }
    return true;
}

static const struct field_node *
new_node(struct compare *c, size_t number)
{
    size_t count;
    const struct field_node *nodes = revisions_field_nodes(c->r, c->b, &count);

    for (size_t i = 0; i < count; i++) {
        if (nodes[i].number == number)
            return &nodes[i];
    }
    return NULL;
}

static bool
name_is_taken(struct compare *c, struct str name)
{
    size_t count;
    const struct field_node *nodes = revisions_field_nodes(c->r, c->a, &count);

    for (size_t i = 0; i < count; i++) {
        if (str_eq(nodes[i].name, name))
            return true;
    }
    return false;
}

/* A field that is new, is signed at once, and does nothing else. */
static bool
is_proper(struct compare *c, const struct field_node *field)
{
    const struct cos *look = field == NULL ? &cos_null : cos_at(c->r, c->b, field->dict, "AP");
    size_t stream = cos_number(cos_get(look, "N"));

    return field != NULL && str_is(field->type, "Sig") && !field->has_kids && field->has_name &&
           has_only_known_keys(field->dict) && !revisions_has(c->r, c->a, field->number) &&
           !name_is_taken(c, field->name) &&
           (look->type == COS_NULL || stream == 0 || !revisions_has(c->r, c->a, stream));
}

void
judge_added(struct compare *c, const struct cos *fields, size_t from)
{
    for (size_t i = from; i < fields->count && c->refused < CHANGES_REFUSED_MAX; i++) {
        size_t number = cos_number(&fields->items[i]);
        const struct field_node *field = number == 0 ? NULL : new_node(c, number);
        struct subject subject = {.field = field == NULL ? STR("") : field->name};
        size_t signature = is_proper(c, field) ? signature_of(c, field->name) : SIZE_MAX;
        if (signature == SIZE_MAX) {
            tell(c, CHANGE_FIELD_ADDED, &subject, SIZE_MAX, 0);
            continue;
        }
        const struct signed_part *s = revisions_signature(c->r, signature);
        subject.page = s->page;
        *map_put(c->added, number) = c;
        /* who certifies a document fixes its form; time stamps have no other place to be */
        tell(c,
             s->is_time_stamp     ? s->is_seen ? CHANGE_TIME_STAMP_SEEN : CHANGE_TIME_STAMP_ADDED
             : c->rules.certified ? CHANGE_SIGNATURE_LEVEL
                                  : CHANGE_SIGNATURE_FIELD_ADDED,
             &subject, signature, cos_number(cos_get(cos_at(c->r, c->b, field->dict, "AP"), "N")));
    }
}
