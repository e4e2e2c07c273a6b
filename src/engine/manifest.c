#include "engine/manifest.h"

#include "base/arena.h"
#include "engine/stages.h"
#include "layout/layout.h"
#include "layout/page.h"
#include "layout/pen.h"
#include "pdf/deflate.h"
#include "text/breaks.h"
#include "text/shape.h"
#include "value/json_write.h"

/* ---- the facts */

static struct str
hex_of(struct arena *arena, const struct hash *hash)
{
    char hex[2 * HASH_SIZE + 1];

    hash_hex(hash, hex);
    return str_dup(arena, str_of(hex));
}

/* Page by page, so that the text of a long report is never in memory as a whole. */
static struct str
hash_of_pages(struct arena *arena, const struct pages *pages)
{
    struct hash_state *state = hash_begin(arena);
    struct arena *scratch = arena_new(0);
    struct arena_mark mark = arena_mark(scratch);

    for (size_t i = 0; i < pages->count; i++) {
        struct buf text = buf_in(scratch);
        page_dump(pages, i, &text);
        hash_add(state, buf_str(&text));
        arena_reset(scratch, mark);
    }
    arena_free(scratch);
    struct hash hash = hash_end(state);
    return hex_of(arena, &hash);
}

/* This program, and the libraries: those that set text first. */
#define VERSIONS 4
#define VERSIONS_OF_TEXT 3

static void
set_versions(struct manifest_version all[VERSIONS])
{
    all[0] = (struct manifest_version){STR("banthuek"), STR(BANTHUEK_VERSION), POS_NONE};
    all[1] = (struct manifest_version){STR("HarfBuzz"), str_of(shape_version()), POS_NONE};
    all[2] = (struct manifest_version){STR("ICU"), str_of(breaks_version()), POS_NONE};
    all[3] = (struct manifest_version){STR("libdeflate"), str_of(deflate_version()), POS_NONE};
}

bool
manifest_is_of_this(const struct manifest *manifest)
{
    struct manifest_version all[VERSIONS];
    size_t same = 0;

    set_versions(all);
    for (size_t i = 0; i < manifest->version_count; i++) {
        for (size_t k = 0; k < VERSIONS_OF_TEXT; k++)
            same += str_eq(manifest->versions[i].name, all[k].name) &&
                    str_eq(manifest->versions[i].version, all[k].version);
    }
    return same == VERSIONS_OF_TEXT;
}

/* Without the data nothing is said of it either: names of pictures name people, and a hash lets
 * what a short report says be guessed. */
static void
set_inputs(struct work *w, bool no_data, struct manifest *out)
{
    size_t count = 0;

    for (const struct input *at = w->inputs->first; at != NULL; at = at->next)
        count++;
    out->inputs = arena_array(w->arena, count, sizeof *out->inputs);
    for (const struct input *at = w->inputs->first; at != NULL; at = at->next) {
        if (no_data && input_is_data(at->role))
            continue;
        out->inputs[out->input_count++] = (struct manifest_input){
            .role = str_of(input_role_name(at->role)),
            .name = at->name,
            .size = at->size,
            .sha256 = hex_of(w->arena, input_hash(w, at)),
        };
    }
}

/* Those that the pages have fields for. */
static void
set_routing(struct work *w, const struct pages *pages, struct manifest *out)
{
    out->routing = arena_array(w->arena, pages->signer_count, sizeof *out->routing);
    for (size_t i = 0; i < pages->signer_count; i++) {
        const struct signer *signer = &pages->signers[i];
        if (!signer->placed)
            continue;
        out->routing[out->routing_count++] = (struct manifest_signer){
            .role = signer->role,
            .title = signer->title,
            .name = signer->name,
            .position = signer->position,
            .acting = signer->acting,
            .acting_for = signer->acting_for,
            .certificate = signer->certificate,
        };
    }
}

/* Of the first emblem that stands on the pages. */
static void
set_emblem(struct work *w, const struct pages *pages, struct manifest *out)
{
    const struct input *input = w->inputs->first;

    while (input != NULL && input->role != INPUT_EMBLEM)
        input = input->next;
    for (size_t i = 0; input != NULL && i < pages->count; i++) {
        for (size_t k = 0; k < pages->page[i].count; k++) {
            const struct item *item = &pages->page[i].items[k];
            if (item->role != ROLE_EMBLEM)
                continue;
            bool drawn = item->kind == ITEM_PATHS;
            layout_emblem_box(drawn ? item->as.drawing : NULL, drawn ? NULL : item->as.image,
                              out->emblem_box);
            return;
        }
    }
}

/* Of what the pages say, and of their for-pen form. */
static void
set_pages(struct work *w, const struct paged *paged, struct manifest *out)
{
    out->pages = paged->pages->count;
    out->fields = paged->pages->with_fields;
    out->code = paged->code;
    if (paged->pen == NULL) {
        out->pages_sha256 = hash_of_pages(w->arena, paged->pages);
        return;
    }
    struct hash hash;
    const struct code code = pen_code(paged->pen, &hash);
    out->pages_sha256 = hex_of(w->arena, &hash);
    out->code = str_dup(w->arena, str_of(code.text));
}

struct manifest
manifest_of(struct work *w, const struct paged *paged, struct str created, struct str replaces)
{
    struct manifest out = {
        .preprinted = w->wishes->preprinted,
        .draft = w->wishes->draft,
        .data = !w->wishes->no_data,
        .for_pen = w->wishes->for_pen,
        .says_for_pen = true,
        .created = created,
        .says_fields = true,
        .replaces = replaces,
    };

    out.version_count = VERSIONS;
    out.versions = arena_array(w->arena, VERSIONS, sizeof *out.versions);
    set_versions(out.versions);
    set_pages(w, paged, &out);
    set_routing(w, paged->pages, &out);
    set_emblem(w, paged->pages, &out);
    set_inputs(w, w->wishes->no_data, &out);
    return out;
}

/* ---- writing */

static void
add_member(struct buf *out, const char *before, const char *key, struct str value)
{
    buf_printf(out, "%s\"%s\": ", before, key);
    json_add_string(out, value);
}

/* A member after others of its object; nothing of an empty text. */
static void
add_more(struct buf *out, const char *key, struct str value)
{
    if (value.len > 0)
        add_member(out, ", ", key, value);
}

static void
add_replaces(struct buf *out, const struct manifest *manifest)
{
    if (manifest->replaces.len > 0)
        add_member(out, ",\n", "replaces", manifest->replaces);
}

static void
add_routing(struct buf *out, const struct manifest *manifest)
{
    if (manifest->routing_count == 0)
        return;
    buf_text(out, ",\n\"routing\": [");
    for (size_t i = 0; i < manifest->routing_count; i++) {
        const struct manifest_signer *signer = &manifest->routing[i];
        add_member(out, i > 0 ? ",\n{" : "\n{", "role", signer->role);
        add_more(out, "title", signer->title);
        add_more(out, "name", signer->name);
        add_more(out, "position", signer->position);
        add_more(out, "acting", signer->acting);
        add_more(out, "acting_for", signer->acting_for);
        add_more(out, "certificate", signer->certificate);
        buf_byte(out, '}');
    }
    buf_text(out, "\n]");
}

static const char *
truth(bool value)
{
    return value ? "true" : "false";
}

void
manifest_write(const struct manifest *manifest, struct buf *out)
{
    const struct manifest_version *versions = manifest->versions;

    add_member(out, "{\n", "banthuek", versions[0].version);
    buf_text(out, ",\n\"versions\": {");
    for (size_t i = 1; i < manifest->version_count; i++) {
        buf_text(out, i > 1 ? ", " : "");
        json_add_string(out, versions[i].name);
        buf_text(out, ": ");
        json_add_string(out, versions[i].version);
    }
    buf_printf(out, "},\n\"options\": {\"preprinted\": %s, \"draft\": %s, \"data\": %s",
               truth(manifest->preprinted), truth(manifest->draft), truth(manifest->data));
    if (manifest->says_for_pen)
        buf_printf(out, ", \"for_pen\": %s", truth(manifest->for_pen));
    add_member(out, "},\n", "created", manifest->created);
    buf_printf(out, ",\n\"pages\": {\"count\": %zu", manifest->pages);
    add_member(out, ", ", "sha256", manifest->pages_sha256);
    buf_byte(out, '}');
    if (manifest->says_fields)
        buf_printf(out, ",\n\"fields\": %s", truth(manifest->fields));
    if (manifest->code.len > 0)
        add_member(out, ",\n", "code", manifest->code);
    if (manifest->emblem_box[0] > 0)
        buf_printf(out, ",\n\"emblem\": {\"width\": %zu, \"height\": %zu}", manifest->emblem_box[0],
                   manifest->emblem_box[1]);
    add_routing(out, manifest);
    add_replaces(out, manifest);
    buf_text(out, ",\n\"inputs\": [");
    for (size_t i = 0; i < manifest->input_count; i++) {
        const struct manifest_input *input = &manifest->inputs[i];
        add_member(out, i > 0 ? ",\n{" : "\n{", "role", input->role);
        add_member(out, ", ", "name", input->name);
        buf_printf(out, ", \"size\": %zu", input->size);
        add_member(out, ", ", "sha256", input->sha256);
        buf_byte(out, '}');
    }
    buf_text(out, "\n]\n}\n");
}
