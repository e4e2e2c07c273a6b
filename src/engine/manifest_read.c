/* Reading a manifest, which may come out of any PDF, and telling what is different now. */
#include "base/arena.h"
#include "base/code.h"
#include "engine/manifest.h"
#include "value/read.h"
#include "value/value.h"

#define NUMBER_MAX ((size_t)1 << 50)

/* ---- reading */

struct reader {
    struct arena *arena;
    struct diags *diags;
    bool good;
};

/* What is wrong is told once, at the first place. */
static void
damaged(struct reader *reader, struct pos pos, const char *key)
{
    if (reader->good)
        diag_add(reader->diags, DIAG_MANIFEST_DAMAGED, pos, key, NULL, NULL);
    reader->good = false;
}

static const struct value *
member(struct reader *reader, const struct value *map, const char *key, enum value_kind kind)
{
    const struct value *value = value_get(map, str_of(key));

    if (value != NULL && value->kind == kind)
        return value;
    damaged(reader, value == NULL ? map->pos : value->pos, key);
    return NULL;
}

static struct str
text_of(struct reader *reader, const struct value *map, const char *key)
{
    const struct value *value = member(reader, map, key, VALUE_TEXT);

    return value == NULL ? STR("") : value->text;
}

static bool
truth_of(struct reader *reader, const struct value *map, const char *key)
{
    const struct value *value = member(reader, map, key, VALUE_BOOL);

    return value != NULL && value->boolean;
}

static size_t
number_of(struct reader *reader, const struct value *map, const char *key)
{
    const struct value *value = member(reader, map, key, VALUE_TEXT);
    size_t number = 0;

    if (value == NULL || value->text.len == 0 || str_number(value->text, NUMBER_MAX, &number))
        return number;
    damaged(reader, value->pos, key);
    return 0;
}

static void
read_versions(struct reader *reader, const struct value *file, struct manifest *out)
{
    const struct value *own = member(reader, file, "banthuek", VALUE_TEXT);
    const struct value *others = member(reader, file, "versions", VALUE_MAP);

    if (own == NULL || others == NULL)
        return;
    out->versions = arena_array(reader->arena, others->count + 1, sizeof *out->versions);
    out->versions[out->version_count++] =
        (struct manifest_version){STR("banthuek"), own->text, own->pos};
    for (const struct value *at = others->first; at != NULL; at = at->next) {
        /* banthuek's own stands outside, once */
        if (at->kind != VALUE_TEXT || str_is(at->key, "banthuek"))
            damaged(reader, at->pos, "versions");
        out->versions[out->version_count++] = (struct manifest_version){at->key, at->text, at->pos};
    }
}

static void
read_inputs(struct reader *reader, const struct value *file, struct manifest *out)
{
    const struct value *list = member(reader, file, "inputs", VALUE_LIST);

    if (list == NULL)
        return;
    out->inputs = arena_array(reader->arena, list->count, sizeof *out->inputs);
    for (const struct value *at = list->first; at != NULL && reader->good; at = at->next) {
        if (at->kind != VALUE_MAP) {
            damaged(reader, at->pos, "inputs");
            return;
        }
        out->inputs[out->input_count++] = (struct manifest_input){
            .role = text_of(reader, at, "role"),
            .name = text_of(reader, at, "name"),
            .size = number_of(reader, at, "size"),
            .sha256 = text_of(reader, at, "sha256"),
            .pos = at->pos,
        };
    }
}

/* Older manifests say nothing of its box. */
static void
read_emblem(struct reader *reader, const struct value *file, struct manifest *out)
{
    const struct value *emblem =
        value_get(file, STR("emblem")) == NULL ? NULL : member(reader, file, "emblem", VALUE_MAP);

    if (emblem == NULL)
        return;
    out->emblem_box[0] = number_of(reader, emblem, "width");
    out->emblem_box[1] = number_of(reader, emblem, "height");
}

/* A text that may be missing. */
static struct str
maybe_text(struct reader *reader, const struct value *map, const char *key)
{
    return value_get(map, str_of(key)) == NULL ? STR("") : text_of(reader, map, key);
}

/* Manifests from before there were fields have neither. */
static void
read_routing(struct reader *reader, const struct value *file, struct manifest *out)
{
    out->says_fields = value_get(file, STR("fields")) != NULL;
    out->fields = out->says_fields && truth_of(reader, file, "fields");
    out->replaces = maybe_text(reader, file, "replaces");
    if (value_get(file, STR("routing")) == NULL)
        return;
    const struct value *list = member(reader, file, "routing", VALUE_LIST);
    if (list == NULL)
        return;
    out->routing = arena_array(reader->arena, list->count, sizeof *out->routing);
    for (const struct value *at = list->first; at != NULL && reader->good; at = at->next) {
        if (at->kind != VALUE_MAP) {
            damaged(reader, at->pos, "routing");
            return;
        }
        out->routing[out->routing_count++] = (struct manifest_signer){
            .role = text_of(reader, at, "role"),
            .title = maybe_text(reader, at, "title"),
            .name = maybe_text(reader, at, "name"),
            .position = maybe_text(reader, at, "position"),
            .acting = maybe_text(reader, at, "acting"),
            .acting_for = maybe_text(reader, at, "acting_for"),
            .certificate = maybe_text(reader, at, "certificate"),
        };
    }
}

/* Manifests from before there was a for-pen form say nothing of it. Nobody signs a draft with a
 * pen, and what is signed so has no fields. */
static void
read_pen(struct reader *reader, const struct value *file, const struct value *options,
         struct manifest *out)
{
    struct code code;

    out->says_for_pen = value_get(options, STR("for_pen")) != NULL;
    out->for_pen = out->says_for_pen && truth_of(reader, options, "for_pen");
    out->code = maybe_text(reader, file, "code");
    if (out->for_pen && (out->draft || out->fields || out->code.len == 0))
        damaged(reader, options->pos, "for_pen");
    if (out->code.len > 0 && (out->draft || !out->says_for_pen || !code_of_text(out->code, &code)))
        damaged(reader, value_get(file, STR("code"))->pos, "code");
}

bool
manifest_read(struct arena *arena, struct diags *diags, const char *file, struct str bytes,
              struct manifest *out)
{
    struct reader reader = {arena, diags, true};
    const struct value *root = value_read_json(arena, diags, file, bytes);

    if (root == NULL)
        return false;
    *out = (struct manifest){.pos = root->pos};
    if (root->kind != VALUE_MAP) {
        damaged(&reader, root->pos, "banthuek");
        return false;
    }
    read_versions(&reader, root, out);
    const struct value *options = member(&reader, root, "options", VALUE_MAP);
    const struct value *pages = member(&reader, root, "pages", VALUE_MAP);
    if (options == NULL || pages == NULL)
        return false;
    out->preprinted = truth_of(&reader, options, "preprinted");
    out->draft = truth_of(&reader, options, "draft");
    out->data = truth_of(&reader, options, "data");
    out->created = text_of(&reader, root, "created");
    out->pages = number_of(&reader, pages, "count");
    out->pages_sha256 = text_of(&reader, pages, "sha256");
    read_emblem(&reader, root, out);
    read_routing(&reader, root, out);
    read_pen(&reader, root, options, out);
    read_inputs(&reader, root, out);
    return reader.good;
}

/* ---- comparing */

/* What is compared, and where what differs is told. */
struct comparing {
    struct diags *diags;
    const struct manifest *then, *now;
    struct manifest_differences found;
};

static void
differs(struct comparing *all, enum diag_code code, struct pos pos, const char *arg1,
        const char *arg2, const char *arg3)
{
    diag_add(all->diags, code, pos, arg1, arg2, arg3);
    all->found.others++;
}

static void
compare_option(struct comparing *all, const char *name, bool then, bool now)
{
    if (then != now)
        differs(all, then ? DIAG_MANIFEST_OPTION_THEN : DIAG_MANIFEST_OPTION_NOW, all->then->pos,
                name, NULL, NULL);
}

static void
compare_versions(struct comparing *all)
{
    for (size_t i = 0; i < all->then->version_count; i++) {
        const struct manifest_version *old = &all->then->versions[i];
        for (size_t j = 0; j < all->now->version_count; j++) {
            const struct manifest_version *new = &all->now->versions[j];
            if (str_eq(old->name, new->name) && !str_eq(old->version, new->version))
                differs(all, DIAG_MANIFEST_VERSION, old->pos, diag_str(all->diags, old->name),
                        diag_str(all->diags, old->version), diag_str(all->diags, new->version));
        }
    }
}

/* The input of this role and name, of which there may be several with other content: the one with
 * this content, else the first. */
static const struct manifest_input *
find(const struct manifest *in, const struct manifest_input *wanted)
{
    const struct manifest_input *first = NULL;

    for (size_t i = 0; i < in->input_count; i++) {
        const struct manifest_input *at = &in->inputs[i];
        if (!str_eq(at->role, wanted->role) || !str_eq(at->name, wanted->name))
            continue;
        if (str_eq(at->sha256, wanted->sha256))
            return at;
        if (first == NULL)
            first = at;
    }
    return first;
}

/* Of data that one of both was made without nothing is known. */
static bool
is_comparable(const struct manifest_input *input, const struct manifest *other)
{
    return other->data || (!str_is(input->role, "report") && !str_is(input->role, "data"));
}

/* An earlier version told of faces that no letter is taken from: where the pages are the same, that
 * they are gone says nothing. */
static void
compare_gone(struct comparing *all, const struct manifest_input *old)
{
    if (str_is(old->role, "font") && !all->found.pages)
        all->found.others++;
    else
        differs(all, DIAG_MANIFEST_INPUT_GONE, old->pos, diag_str(all->diags, old->name), NULL,
                NULL);
}

static void
compare_inputs(struct comparing *all)
{
    const struct manifest *then = all->then, *now = all->now;

    for (size_t i = 0; i < then->input_count; i++) {
        const struct manifest_input *old = &then->inputs[i], *new = find(now, old);
        if (new == NULL && is_comparable(old, now))
            compare_gone(all, old);
        else if (new != NULL && !str_eq(old->sha256, new->sha256))
            differs(all, DIAG_MANIFEST_INPUT, old->pos, diag_str(all->diags, old->name), NULL,
                    NULL);
    }
    for (size_t i = 0; i < now->input_count; i++) {
        const struct manifest_input *new = &now->inputs[i];
        if (find(then, new) == NULL && is_comparable(new, then))
            differs(all, DIAG_MANIFEST_INPUT_NEW, then->pos, diag_str(all->diags, new->name), NULL,
                    NULL);
    }
}

/* A report may have no date at all. */
static const char *
date_of(struct diags *diags, const struct manifest *manifest)
{
    return diag_str(diags, manifest->created.len == 0 ? STR("–") : manifest->created);
}

struct manifest_differences
manifest_compare(struct diags *diags, const struct manifest *then, const struct manifest *now)
{
    struct comparing all = {.diags = diags, .then = then, .now = now};

    all.found.pages = !str_eq(then->pages_sha256, now->pages_sha256);
    compare_versions(&all);
    compare_option(&all, "--preprinted", then->preprinted, now->preprinted);
    compare_option(&all, "--draft", then->draft, now->draft);
    compare_option(&all, "--no-data", !then->data, !now->data);
    if (then->says_for_pen)
        compare_option(&all, "--for-pen", then->for_pen, now->for_pen);
    if (then->says_fields && then->draft == now->draft && !then->for_pen && !now->for_pen)
        compare_option(&all, "--no-fields", !then->fields, !now->fields);
    if (!str_eq(then->created, now->created))
        differs(&all, DIAG_MANIFEST_CREATED, then->pos, date_of(diags, then), date_of(diags, now),
                NULL);
    compare_inputs(&all);
    return all.found;
}
