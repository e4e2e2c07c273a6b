/* Fields: which values may be filled in, and that what they show goes with them. */
#include "changes/compare.h"
#include "pdfin/map.h"

#define READ_ONLY 1

void
judge_form_roles(struct compare *c)
{
    size_t xs, ys;
    const struct field_node *x = revisions_field_nodes(c->r, c->a, &xs);
    const struct field_node *y = revisions_field_nodes(c->r, c->b, &ys);
    struct map *there = map_new(c->arena);

    for (size_t i = 0; i < xs; i++) {
        if (x[i].number > 0)
            *map_put(there, x[i].number) = c;
    }
    for (size_t i = 0; i < ys; i++) {
        if (y[i].number > 0 && map_get(there, y[i].number) != NULL)
            compare_set_field(c, y[i].number);
    }
}

/* ---- values */

static struct str
value_of(struct compare *c, size_t revision, const struct cos *value)
{
    struct buf out = buf_in(c->arena);

    if (value->type != COS_ARRAY)
        return cos_text(c->arena, value);
    for (size_t i = 0; i < value->count; i++) {
        buf_text(&out, i > 0 ? ", " : "");
        buf_add(&out, cos_text(c->arena, cos_resolve(c->r, revision, &value->items[i])));
    }
    return buf_str(&out);
}

/* Only texts and names may be filled in. */
static bool
is_plain(const struct cos *value)
{
    return value->type == COS_NULL || value->type == COS_STRING || value->type == COS_NAME ||
           value->type == COS_ARRAY;
}

static void
tell_value(struct compare *c, const struct subject *subject, struct str was, struct str is,
           size_t appearance)
{
    struct change change = {.page = subject->page,
                            .field = subject->field,
                            .was = was,
                            .is = is,
                            .appearance = appearance,
                            .signature = SIZE_MAX};

    change.code = rules_lock(c->r, c->a, subject->field) ? CHANGE_FIELD_LOCKED_VALUE
                  : c->rules.level == 1                  ? CHANGE_FIELD_LEVEL_VALUE
                  : was.len > 0                          ? CHANGE_FIELD_REFILLED
                                                         : CHANGE_FIELD_FILLED;
    compare_add(c, change);
}

/* ---- appearances */

bool
judge_fresh_appearance(struct compare *c, const struct cos *x, const struct cos *y,
                       enum change_code in_place, const struct place *place,
                       const struct subject *subject)
{
    static const char *const normal[] = {"N", NULL};
    const struct cos *old = cos_get(x, "N"), *new = cos_get(y, "N");
    size_t number = cos_number(new);

    struct subject *told = arena_alloc(c->arena, sizeof *told);

    *told = *subject;
    told->code = in_place;
    compare_dicts(c, x, y, normal, place, subject);
    /* in one place of the file: nothing of it was touched, and nothing may be that it uses */
    if (number == cos_number(old) && cos_resolve(c->r, c->a, old) == cos_resolve(c->r, c->b, new)) {
        compare_values(c, old, new, place, told);
        return true;
    }
    if (number != 0 && number != cos_number(old) && !revisions_has(c->r, c->a, number) &&
        cos_resolve(c->r, c->b, new)->type == COS_STREAM)
        return true;
    compare_differ(c, place, told);
    return false;
}

/* A signer writes a new appearance for an empty field, too: both must draw nothing. */
static bool
both_draw_nothing(struct compare *c, const struct field_node *x, const struct field_node *y,
                  const struct cos *old, const struct cos *new)
{
    bool is_empty = value_of(c, c->a, x->value).len == 0 && value_of(c, c->b, y->value).len == 0;
    const struct cos *stream_a = cos_at(c->r, c->a, old, "N"),
                     *stream_b = cos_at(c->r, c->b, new, "N");

    return is_empty && stream_b->type == COS_STREAM && stream_a != stream_b &&
           !revisions_has(c->r, c->a, cos_number(cos_get(new, "N"))) &&
           cos_get(new, "D")->type == COS_NULL && cos_get(new, "R")->type == COS_NULL &&
           (stream_a->type == COS_NULL || judge_draws_nothing(c, c->a, stream_a)) &&
           judge_draws_nothing(c, c->b, stream_b);
}

/* The value stayed: so does what is shown. */
static void
judge_kept(struct compare *c, const struct field_node *x, const struct field_node *y,
           const struct place *place, const struct subject *subject)
{
    const struct cos *old = cos_at(c->r, c->a, x->dict, "AP");
    const struct cos *new = cos_at(c->r, c->b, y->dict, "AP");
    size_t number = cos_number(cos_get(old, "N"));
    struct subject *told = arena_alloc(c->arena, sizeof *told);

    if (both_draw_nothing(c, x, y, old, new))
        return;
    *told = *subject;
    told->code = number != 0 && number == cos_number(cos_get(new, "N")) ? CHANGE_APPEARANCE_IN_PLACE
                                                                        : CHANGE_APPEARANCE_ALONE;
    told->was = value_of(c, c->a, x->value);
    compare_values(c, cos_get(x->dict, "AP"), cos_get(y->dict, "AP"), place, told);
}

/* A button's appearances are all there from the start; its state must be the value, or off. */
static void
judge_button(struct compare *c, const struct field_node *x, const struct field_node *y,
             const struct place *place, const struct subject *subject)
{
    const struct cos *state = cos_at(c->r, c->b, y->dict, "AS");
    const struct cos *states = cos_at(c->r, c->b, cos_at(c->r, c->b, y->dict, "AP"), "N");
    struct subject *told = arena_alloc(c->arena, sizeof *told);
    struct str value = value_of(c, c->b, y->value);
    bool is_on = state->type == COS_NAME && str_eq(state->text, value);
    bool is_off = cos_is_name(state, "Off");
    /* one of several that are together a field is off when another is on */
    bool other = is_off && cos_get(states, str_cstr(c->arena, value))->type == COS_NULL;

    *told = *subject;
    told->code = CHANGE_APPEARANCE_ALONE;
    compare_values(c, cos_get(x->dict, "AP"), cos_get(y->dict, "AP"), place, told);
    if (y->is_widget && !(is_on || other || (is_off && value.len == 0)))
        compare_add(c, (struct change){.code = CHANGE_NOT_DRAWN,
                                       .page = subject->page,
                                       .field = subject->field,
                                       .is = value,
                                       .signature = SIZE_MAX});
}

static void
judge_text(struct compare *c, const struct field_node *x, const struct field_node *y,
           const struct place *place, const struct subject *subject)
{
    const struct cos *old = cos_at(c->r, c->a, x->dict, "AP");
    const struct cos *new = cos_at(c->r, c->b, y->dict, "AP");
    struct change change = {.page = subject->page,
                            .field = subject->field,
                            .is = value_of(c, c->b, y->value),
                            .appearance = cos_number(cos_get(new, "N")),
                            .revision = c->b,
                            .signature = SIZE_MAX};

    if (!y->is_widget)
        return;
    if (cos_at(c->r, c->b, new, "N")->type != COS_STREAM) {
        change.code = CHANGE_APPEARANCE_MISSING;
        compare_add(c, change);
        return;
    }
    if (!judge_fresh_appearance(c, old, new, CHANGE_APPEARANCE_IN_PLACE, place, subject))
        return;
    enum drawn drawn = judge_drawn(c, &change, y->dict);
    change.code = drawn == DRAWN_NO ? CHANGE_NOT_DRAWN : CHANGE_DRAWN_UNKNOWN;
    if (drawn != DRAWN_YES)
        compare_add(c, change);
}

/* ---- a field */

/* The flag that nobody shall type into it any more may come with a lock. */
static void
judge_flags(struct compare *c, const struct field_node *x, const struct field_node *y,
            const struct place *place, const struct subject *subject)
{
    const struct cos *old = cos_at(c->r, c->a, x->dict, "Ff");
    const struct cos *new = cos_at(c->r, c->b, y->dict, "Ff");
    long long before = old->type == COS_INTEGER ? old->integer : 0;

    if (new->type == COS_INTEGER && old->type <= COS_INTEGER &&new->integer == (before | READ_ONLY))
        return;
    compare_values(c, cos_get(x->dict, "Ff"), cos_get(y->dict, "Ff"), place, subject);
}

/* A value above fields that have names is nobody's. */
static bool
has_named_kids(struct compare *c, const struct field_node *field)
{
    size_t count;
    const struct field_node *nodes = revisions_field_nodes(c->r, c->b, &count);
    size_t i = (size_t)(field - nodes);

    for (size_t k = i + 1; k < count && nodes[k].parent >= i && nodes[k].parent != SIZE_MAX; k++) {
        if (nodes[k].parent == i && nodes[k].has_name)
            return true;
    }
    return false;
}

static void
judge_value_field(struct compare *c, const struct field_node *x, const struct field_node *y,
                  const struct place *place, const struct subject *subject)
{
    bool is_button = str_is(x->type, "Btn");
    bool owns = cos_get(x->dict, "V")->type != COS_NULL || cos_get(y->dict, "V")->type != COS_NULL;
    bool same = compare_same_plain(c, x->value, y->value);

    if (!is_plain(x->value) || !is_plain(y->value) || (owns && has_named_kids(c, y))) {
        compare_values(c, cos_get(x->dict, "V"), cos_get(y->dict, "V"), place, subject);
        same = true;
    }
    if (same || !is_button)
        compare_values(c, cos_get(x->dict, "AS"), cos_get(y->dict, "AS"), place, subject);
    if (same) {
        judge_kept(c, x, y, place, subject);
        compare_values(c, cos_get(x->dict, "I"), cos_get(y->dict, "I"), place, subject);
        return;
    }
    if (owns)
        tell_value(c, subject, value_of(c, c->a, x->value), value_of(c, c->b, y->value),
                   cos_number(cos_get(cos_at(c->r, c->b, y->dict, "AP"), "N")));
    if (is_button)
        judge_button(c, x, y, place, subject);
    else
        judge_text(c, x, y, place, subject);
}

static void
judge_field(struct compare *c, const struct field_node *x, const struct field_node *y)
{
    static const char *const judged[] = {"V", "AP", "AS", "M", "Ff", "I", NULL};
    struct place *place = arena_alloc(c->arena, sizeof *place);
    struct subject *subject = arena_alloc(c->arena, sizeof *subject);

    *place =
        (struct place){.key_text = str_of(arena_printf(c->arena, "field %.*s", STR_FMT(x->name)))};
    *subject = (struct subject){.code = CHANGE_CODE_COUNT,
                                .page = revisions_page_of(c->r, c->b, y->number),
                                .field = x->name,
                                .from = place};
    if (!str_eq(x->name, y->name) || !str_eq(x->type, y->type))
        compare_differ(c, place, subject);
    compare_dicts(c, x->dict, y->dict, judged, place, subject);
    judge_flags(c, x, y, place, subject);
    /* when it was changed last may be told of what may change */
    if (rules_lock(c->r, c->a, x->name))
        compare_values(c, cos_get(x->dict, "M"), cos_get(y->dict, "M"), place, subject);
    if (str_is(x->type, "Sig"))
        judge_signature_field(c, x, y, place, subject);
    else
        judge_value_field(c, x, y, place, subject);
}

/* ---- the form */

static void
judge_list(struct compare *c, const struct cos *x, const struct cos *y)
{
    static const struct place root = {.key = "Root"}, form = {.above = &root, .key = "AcroForm"},
                              place = {.above = &form, .key = "Fields"};
    static const struct subject subject = {.code = CHANGE_FORM};
    const struct cos *old = cos_at(c->r, c->a, x, "Fields"), *new = cos_at(c->r, c->b, y, "Fields");
    size_t xs = old->type == COS_ARRAY ? old->count : 0;

    if (new->type != COS_ARRAY || new->count < xs) {
        if (old->type != COS_NULL || new->type != COS_NULL)
            compare_differ(c, &place, &subject);
        return;
    }
    for (size_t i = 0; i < xs; i++)
        compare_values(c, &old->items[i], &new->items[i], &place, &subject);
    judge_added(c, new, xs);
}

void
judge_form_dict(struct compare *c)
{
    static const char *const judged[] = {"Fields", "SigFlags", NULL};
    static const struct place root = {.key = "Root"}, place = {.above = &root, .key = "AcroForm"};
    static const struct subject subject = {.code = CHANGE_FORM};
    const struct cos *x = cos_at(c->r, c->a, revisions_root(c->r, c->a), "AcroForm");
    const struct cos *y = cos_at(c->r, c->b, revisions_root(c->r, c->b), "AcroForm");
    const struct cos *old = cos_at(c->r, c->a, x, "SigFlags"),
                     *new = cos_at(c->r, c->b, y, "SigFlags");
    long long before = old->type == COS_INTEGER ? old->integer : 0;

    if (x->type == COS_NULL && y->type == COS_NULL)
        return;
    if (x->type != y->type || x->type != COS_DICT) {
        compare_differ(c, &place, &subject);
        return;
    }
    compare_dicts(c, x, y, judged, &place, &subject);
    if (!compare_same_plain(c, old, new) &&
        (new->type != COS_INTEGER || new->integer > 3 || (new->integer &before) != before))
        compare_differ(c, &place, &subject);
    judge_list(c, x, y);
}

void
judge_fields(struct compare *c)
{
    size_t xs, ys;
    const struct field_node *x = revisions_field_nodes(c->r, c->a, &xs);
    const struct field_node *y = revisions_field_nodes(c->r, c->b, &ys);
    struct map *there = map_new(c->arena);

    for (size_t i = 0; i < ys; i++) {
        if (y[i].number > 0)
            *map_put(there, y[i].number) = (void *)(uintptr_t)&y[i];
    }
    for (size_t i = 0; i < xs; i++) {
        const struct field_node *other = x[i].number == 0 ? NULL : map_get(there, x[i].number);
        if (other != NULL)
            judge_field(c, &x[i], other);
        else if (x[i].number > 0)
            compare_add(c, (struct change){.code = CHANGE_FIELD_REMOVED,
                                           .page = revisions_page_of(c->r, c->a, x[i].number),
                                           .field = x[i].name,
                                           .signature = SIZE_MAX});
    }
}
