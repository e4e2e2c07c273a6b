/* Making a PDF again from the data inside it. */
#include <string.h>

#include "base/arena.h"
#include "base/folder.h"
#include "base/hash.h"
#include "engine/engine.h"
#include "engine/input.h"
#include "inspect/inspect.h"

/* A text with the private folder's name taken out: "/tmp/…/report.yaml" is "report.yaml" in the
 * PDF. */
static const char *
without_folder(struct arena *arena, const char *text, const char *folder)
{
    struct str rest = str_of(text), name = str_of(arena_printf(arena, "%s/", folder));
    struct buf out = buf_in(arena);
    size_t at;

    if (text == NULL)
        return NULL;
    while ((at = str_find(rest, name)) != SIZE_MAX) {
        buf_add(&out, str_sub(rest, 0, at));
        rest = str_sub(rest, at + name.len, rest.len);
    }
    buf_add(&out, rest);
    return str_cstr(arena, buf_str(&out));
}

static struct diag
told_of(struct arena *arena, const struct diag *diag, const char *folder)
{
    struct diag told = *diag;

    told.pos.file = without_folder(arena, diag->pos.file, folder);
    for (size_t i = 0; i < sizeof told.arg / sizeof told.arg[0]; i++)
        told.arg[i] = without_folder(arena, diag->arg[i], folder);
    return told;
}

/* The first error is the reason; what comes after it mostly follows from it. */
static void
note_reason(struct banthuek *b, const struct diags *said, const char *folder,
            struct inspected *inspected)
{
    inspected->again = AGAIN_FAILED;
    for (size_t i = 0; i < diags_count(said); i++) {
        if (diags_at(said, i)->level != DIAG_ERROR)
            continue;
        struct diag told = told_of(b->arena, diags_at(said, i), folder);
        inspected->why_not[DIAG_ENGLISH] = diag_line(b->arena, &told, DIAG_ENGLISH);
        inspected->why_not[DIAG_THAI] = diag_line(b->arena, &told, DIAG_THAI);
        return;
    }
}

static bool
is_difference(enum diag_code code)
{
    return code >= DIAG_MANIFEST_VERSION && code <= DIAG_MANIFEST_PAGES;
}

/* Copies what differs from the manifest; its places are inside the PDF and of no use. Says whether
 * the pages do, and how much else. */
static size_t
note_differences(struct banthuek *b, const struct diags *said, struct inspected *inspected)
{
    size_t others = 0;

    inspected->again = AGAIN_SAME;
    for (size_t i = 0; i < diags_count(said); i++) {
        struct diag told = *diags_at(said, i);
        if (!is_difference(told.code))
            continue;
        if (told.code == DIAG_MANIFEST_PAGES) {
            inspected->again = AGAIN_OTHER;
            continue;
        }
        others++;
        told.pos = (struct pos){inspected->opened.path, 0, 0};
        diag_copy(b->diags, &told, NULL, NULL);
    }
    return others;
}

static enum again_bytes
compare_bytes(struct str file, struct str made)
{
    if (!str_starts(file, made))
        return BYTES_OTHER;
    return file.len == made.len ? BYTES_SAME : BYTES_FIRST;
}

/* A warning for what its user would not expect: other pages, or other bytes though everything that
 * goes into them is the same. */
static void
warn(struct banthuek *b, const struct inspected *inspected, size_t differences)
{
    struct pos pos = {inspected->opened.path, 0, 0};

    if (inspected->again == AGAIN_FAILED)
        diag_add(b->diags, DIAG_ENGINE_AGAIN_FAILED, pos,
                 diag_both(b->diags, str_cstr(b->arena, inspected->why_not[DIAG_ENGLISH]),
                           str_cstr(b->arena, inspected->why_not[DIAG_THAI])),
                 NULL, NULL);
    else if (inspected->again == AGAIN_OTHER)
        diag_add(b->diags, DIAG_ENGINE_AGAIN_PAGES, pos, NULL, NULL, NULL);
    else if (inspected->bytes == BYTES_OTHER && differences == 0)
        diag_add(b->diags, DIAG_ENGINE_AGAIN_BYTES, pos, NULL, NULL, NULL);
}

/* The emblem that a PDF was made with, or NULL. */
static const struct manifest_input *
emblem_of(const struct manifest *manifest)
{
    for (size_t i = 0; i < manifest->input_count; i++) {
        if (str_is(manifest->inputs[i].role, input_role_name(INPUT_EMBLEM)))
            return &manifest->inputs[i];
    }
    return NULL;
}

/* True when this emblem was read. */
static bool
has_emblem(const struct banthuek *b, const struct manifest_input *emblem)
{
    for (const struct input *input = b->inputs; input != NULL; input = input->next) {
        char hex[2 * HASH_SIZE + 1];
        struct hash hash = hash_of(input->bytes);
        hash_hex(&hash, hex);
        if (input->role == INPUT_EMBLEM && str_is(emblem->sha256, hex))
            return true;
    }
    return false;
}

/* Without the emblem of then the pages cannot be those of then; that says nothing of the file. */
static void
excuse_emblem(struct banthuek *b, const struct banthuek *other, struct inspected *inspected)
{
    const struct manifest_input *emblem = emblem_of(&inspected->opened.manifest);

    if (inspected->again != AGAIN_OTHER || emblem == NULL || has_emblem(other, emblem))
        return;
    inspected->again = AGAIN_EMBLEM;
    diag_add(b->diags, DIAG_ENGINE_AGAIN_EMBLEM, (struct pos){inspected->opened.path, 0, 0},
             diag_str(b->diags, emblem->name), NULL, NULL);
}

/* The object that makes it again: as this one was opened, and as the manifest says. An emblem that
 * is installed here is not put into what was made without one. */
static struct banthuek *
open_again(const struct banthuek *b, const struct manifest *manifest)
{
    struct banthuek_options options = {
        .data_dir = b->options.data_dir,
        .emblem = b->options.emblem,
        .font_dir = b->options.font_dir,
        .memory_limit = b->options.memory_limit,
        .preprinted = manifest->preprinted,
        .draft = manifest->draft,
    };

    struct banthuek *other = banthuek_open(&options);
    other->no_emblem = options.emblem == NULL && emblem_of(manifest) == NULL;
    return other;
}

static void
make_again(struct banthuek *b, const char *folder, struct inspected *inspected)
{
    struct banthuek *other = open_again(b, &inspected->opened.manifest);
    struct banthuek_bytes pdf;
    size_t differences = 0;

    if (banthuek_load(other, folder) && banthuek_render(other, &pdf)) {
        differences = note_differences(b, other->diags, inspected);
        excuse_emblem(b, other, inspected);
        inspected->bytes = compare_bytes(inspected->opened.bytes, (struct str){pdf.data, pdf.size});
    } else {
        note_reason(b, other->diags, folder, inspected);
    }
    warn(b, inspected, differences);
    banthuek_close(other);
}

void
inspect_again(struct banthuek *b, struct inspected *inspected)
{
    struct opened *opened = &inspected->opened;

    inspected->again = !opened->is_ours ? AGAIN_FOREIGN : AGAIN_NO_DATA;
    if (!opened->is_ours || !opened->has_report)
        return;
    struct folder *folder = folder_private(b->arena, b->diags);
    bool unpacked = folder != NULL && opened_unpack(b, opened, folder);
    /* of a large PDF both would be too much: libqpdf's objects, and the pages made again */
    opened_close(opened);
    if (unpacked)
        make_again(b, folder_path(folder), inspected);
    else
        inspected->again = AGAIN_FAILED;
    folder_end(folder);
}
