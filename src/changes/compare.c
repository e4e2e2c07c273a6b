/* Comparing two trees of objects by path. References are followed in each revision for itself; a
 * pair of numbers is compared once, and taken as equal while it is, so that loops end. */
#include <string.h>

#include "changes/compare.h"
#include "pdfin/map.h"

struct todo {
    uint32_t x, y;
    const struct place *place;
    const struct subject *subject;
};

/* ---- telling */

void
found_add(struct found *found, struct change change)
{
    if (found->count >= CHANGES_MAX) {
        found->dropped++;
        return;
    }
    *ARENA_ADD(found->arena, found->list, found->count, found->cap, 16) = change;
}

/* One of a kind is told, at the place where it was met first. */
static bool
is_told(const struct compare *c, const struct change *change)
{
    for (size_t i = c->first; i < c->found->count; i++) {
        const struct change *other = &c->found->list[i];
        if (other->code == change->code && other->page == change->page &&
            str_eq(other->field, change->field))
            return true;
    }
    return false;
}

/* Texts of a change outlive the step. */
void
compare_add(struct compare *c, struct change change)
{
    struct arena *arena = c->found->arena;

    change.sort = change_sort_of(change.code);
    change.revision = c->b;
    c->refused += change.sort == SORT_REFUSED;
    if (is_told(c, &change))
        return;
    change.field = str_dup(arena, change.field);
    change.where = str_dup(arena, change.where);
    change.was = str_dup(arena, change.was);
    change.is = str_dup(arena, change.is);
    found_add(c->found, change);
}

struct str
compare_path(struct arena *arena, const struct place *place)
{
    const struct place *chain[64];
    size_t count = 0;
    struct buf out = buf_in(arena);

    for (; place != NULL && count < 64; place = place->above)
        chain[count++] = place;
    while (count-- > 0) {
        const struct place *p = chain[count];
        if (out.len > 0)
            buf_byte(&out, '/');
        if (p->key != NULL)
            buf_text(&out, p->key);
        else if (p->key_text.ptr != NULL)
            buf_add(&out, str_sub(p->key_text, 0, 64));
        else
            buf_printf(&out, "%zu", p->index);
    }
    return buf_str(&out);
}

/* The key right below where a subject begins. */
static struct str
first_key(const struct place *place, const struct place *from)
{
    struct str key = STR("");

    for (; place != NULL && place != from; place = place->above)
        key = place->key != NULL ? str_of(place->key) : place->key_text;
    return key;
}

static enum change_code
code_of_page(struct str key)
{
    static const char *const turns[] = {"Rotate",  "MediaBox", "CropBox", "BleedBox",
                                        "TrimBox", "ArtBox",   "UserUnit"};

    if (str_is(key, "Contents"))
        return CHANGE_PAGE_CONTENT;
    if (str_is(key, "Resources"))
        return CHANGE_PAGE_RESOURCES;
    if (str_is(key, "Annots"))
        return CHANGE_PAGE_ANNOTATION;
    if (str_is(key, "Parent"))
        return CHANGE_PAGES;
    for (size_t i = 0; i < sizeof turns / sizeof turns[0]; i++) {
        if (str_is(key, turns[i]))
            return CHANGE_PAGE_TURNED;
    }
    return CHANGE_PAGE_OTHER;
}

static enum change_code
code_of_root(struct str key)
{
    static const struct {
        const char *key;
        enum change_code code;
    } known[] = {
        {"Pages", CHANGE_PAGES},
        {"OCProperties", CHANGE_LAYERS},
        {"OpenAction", CHANGE_ACTIONS},
        {"AA", CHANGE_ACTIONS},
        {"Names", CHANGE_FILES},
        {"AF", CHANGE_FILES},
        {"Collection", CHANGE_FILES},
        {"Dests", CHANGE_FILES},
        {"StructTreeRoot", CHANGE_STRUCTURE},
        {"MarkInfo", CHANGE_STRUCTURE},
        {"AcroForm", CHANGE_FORM},
        {"Metadata", CHANGE_XMP},
        {"Perms", CHANGE_PERMISSIONS},
        {"DSS", CHANGE_DSS_OTHER},
    };

    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (str_is(key, known[i].key))
            return known[i].code;
    }
    return CHANGE_ROOT;
}

void
compare_differ(struct compare *c, const struct place *place, const struct subject *subject)
{
    struct change change = {.code = subject->code,
                            .page = subject->page,
                            .field = subject->field,
                            .was = subject->was,
                            .where = compare_path(c->arena, place),
                            .signature = SIZE_MAX};

    if (change.code == CHANGE_CODE_COUNT) {
        struct str key = first_key(place, subject->from);
        change.code = subject->field.len > 0
                          ? str_is(key, "Rect") ? CHANGE_FIELD_MOVED : CHANGE_FIELD_OTHER
                      : subject->page > 0 ? code_of_page(key)
                                          : code_of_root(key);
    }
    compare_add(c, change);
}

/* ---- walking */

static bool
goes_on(struct compare *c)
{
    if (c->refused >= CHANGES_REFUSED_MAX)
        return false;
    if (++*c->steps <= CHANGES_STEPS_MAX)
        return true;
    revisions_doubt_add(c->r, DOUBT_TOO_MUCH, 0, 0, NULL);
    return false;
}

void
compare_set_role(struct compare *c, size_t number)
{
    if (number > 0)
        *map_put(c->roles, number) = c;
}

void
compare_set_field(struct compare *c, size_t number)
{
    if (number > 0 && map_get(c->roles, number) == NULL)
        *map_put(c->roles, number) = c->roles;
}

/* Keys that lead to fields as such. */
static bool
leads_to_field(const struct place *place)
{
    static const char *const keys[] = {"Annots", "Kids", "Fields", "Parent", "Obj",  "CO",
                                       "T",      "AN",   "IRT",    "Popup",  "Annot"};

    while (place != NULL && place->key == NULL && place->key_text.ptr == NULL)
        place = place->above;
    for (size_t i = 0; place != NULL && i < sizeof keys / sizeof keys[0]; i++) {
        if (place->key != NULL ? strcmp(place->key, keys[i]) == 0
                               : str_is(place->key_text, keys[i]))
            return true;
    }
    return false;
}

/* What is a field on one way may be something else on another, where nothing of it may change. */
static bool
has_role(struct compare *c, size_t number, const struct place *place)
{
    const void *role = map_get(c->roles, number);

    return role != NULL && (role != c->roles || leads_to_field(place));
}

static void
note(struct compare *c, const struct cos *x, const struct cos *y, const struct place *place,
     const struct subject *subject)
{
    uint32_t n = x->ref.number, m = y->ref.number;

    *map_put(c->pairs, (uint64_t)n << 32 | m) = c;
    *ARENA_ADD(c->arena, c->todo, c->todo_count, c->todo_cap, 256) =
        (struct todo){n, m, place, subject};
}

/* True for what needs no place to be told of: equal as it stands there, or noted already. Most
 * values are. Of references `place` is asked, where they stand. */
static bool
is_settled(struct compare *c, const struct cos *x, const struct cos *y, const struct place *place)
{
    if (x->type == COS_REF && y->type == COS_REF) {
        uint32_t n = x->ref.number, m = y->ref.number;
        return n == 0 || m == 0 || map_get(c->pairs, (uint64_t)n << 32 | m) != NULL ||
               (n == m && has_role(c, n, place));
    }
    return x->type <= COS_NAME && x->type == y->type && compare_same_plain(c, x, y);
}

static void compare_resolved(struct compare *c, const struct cos *x, const struct cos *y,
                             const struct place *place, const struct subject *subject);

void
compare_values(struct compare *c, const struct cos *x, const struct cos *y,
               const struct place *place, const struct subject *subject)
{
    if (!goes_on(c) || is_settled(c, x, y, place))
        return;
    if (x->type == COS_REF && y->type == COS_REF)
        note(c, x, y, place, subject);
    else
        compare_resolved(c, cos_resolve(c->r, c->a, x), cos_resolve(c->r, c->b, y), place, subject);
}

static bool
is_among(struct str key, const char *const *list)
{
    for (; list != NULL && *list != NULL; list++) {
        if (str_is(key, *list))
            return true;
    }
    return false;
}

/* One entry, of which there may be none on one side; no entry and null are the same. */
static void
compare_entry(struct compare *c, const struct cos_entry *x, const struct cos_entry *y,
              const struct place *above, const struct subject *subject)
{
    if (x != NULL && y != NULL) {
        const struct place here = {.above = above, .key_text = x->key};
        if (is_settled(c, &x->value, &y->value, &here))
            return;
    }
    struct place *place = arena_alloc(c->arena, sizeof *place);
    *place = (struct place){.above = above, .key_text = x != NULL ? x->key : y->key};
    if (x != NULL && y != NULL)
        compare_values(c, &x->value, &y->value, place, subject);
    else if ((x != NULL ? cos_resolve(c->r, c->a, &x->value) : cos_resolve(c->r, c->b, &y->value))
                 ->type != COS_NULL)
        compare_differ(c, place, subject);
}

void
compare_dicts(struct compare *c, const struct cos *x, const struct cos *y, const char *const *but,
              const struct place *place, const struct subject *subject)
{
    size_t i = 0, k = 0, xs = x->type == COS_DICT ? x->count : 0,
           ys = y->type == COS_DICT ? y->count : 0;

    while (i < xs || k < ys) {
        int order = i == xs ? 1 : k == ys ? -1 : str_cmp(x->entries[i].key, y->entries[k].key);
        const struct cos_entry *left = order <= 0 ? &x->entries[i++] : NULL;
        const struct cos_entry *right = order >= 0 ? &y->entries[k++] : NULL;
        if (!is_among(left != NULL ? left->key : right->key, but))
            compare_entry(c, left, right, place, subject);
    }
}

static void
compare_arrays(struct compare *c, const struct cos *x, const struct cos *y,
               const struct place *above, const struct subject *subject)
{
    if (x->count != y->count) {
        compare_differ(c, above, subject);
        return;
    }
    for (size_t i = 0; i < x->count; i++) {
        const struct cos *left = &x->items[i], *right = &y->items[i];
        if (is_settled(c, left, right, above))
            continue;
        struct place *place = arena_alloc(c->arena, sizeof *place);
        *place = (struct place){.above = above, .index = i};
        compare_values(c, left, right, place, subject);
    }
}

static void
compare_streams(struct compare *c, const struct cos *x, const struct cos *y,
                const struct place *place, const struct subject *subject)
{
    struct str left = x->stream->data, right = y->stream->data;

    if (left.ptr != right.ptr ? !str_eq(left, right) : left.len != right.len)
        compare_differ(c, place, subject);
    else
        compare_dicts(c, &x->stream->dict, &y->stream->dict, NULL, place, subject);
}

static void
compare_resolved(struct compare *c, const struct cos *x, const struct cos *y,
                 const struct place *place, const struct subject *subject)
{
    if (x->type != y->type)
        compare_differ(c, place, subject);
    else if (x->type == COS_ARRAY)
        compare_arrays(c, x, y, place, subject);
    else if (x->type == COS_DICT)
        compare_dicts(c, x, y, NULL, place, subject);
    else if (x->type == COS_STREAM)
        compare_streams(c, x, y, place, subject);
    else if (!compare_same_plain(c, x, y))
        compare_differ(c, place, subject);
}

void
compare_rest(struct compare *c)
{
    while (c->todo_next < c->todo_count && goes_on(c)) {
        struct todo one = c->todo[c->todo_next++];
        compare_resolved(c, revisions_object(c->r, c->a, one.x),
                         revisions_object(c->r, c->b, one.y), one.place, one.subject);
    }
}

bool
compare_same_scalar(const struct cos *x, const struct cos *y)
{
    if (x->type != y->type)
        return false;
    switch (x->type) {
    case COS_NULL:
        return true;
    case COS_BOOL:
    case COS_INTEGER:
        return x->integer == y->integer;
    case COS_REAL:
    case COS_STRING:
    case COS_NAME:
        return str_eq(x->text, y->text);
    default:
        return false;
    }
}

bool
compare_same_plain(struct compare *c, const struct cos *x, const struct cos *y)
{
    x = cos_resolve(c->r, c->a, x);
    y = cos_resolve(c->r, c->b, y);
    if (x->type != COS_ARRAY || y->type != COS_ARRAY)
        return compare_same_scalar(x, y);
    for (size_t i = 0; x->count == y->count && i < x->count; i++) {
        if (x->items[i].type == COS_ARRAY || !goes_on(c) ||
            !compare_same_plain(c, &x->items[i], &y->items[i]))
            return false;
    }
    return x->count == y->count;
}

double
compare_side(struct compare *c, const struct cos *rect, size_t i)
{
    const struct cos *low = cos_resolve(c->r, c->b, &rect->items[i]);
    const struct cos *high = cos_resolve(c->r, c->b, &rect->items[i + 2]);

    return cos_real(high) - cos_real(low);
}
