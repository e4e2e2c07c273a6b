#include "inspect/emblem.h"

#include "base/arena.h"
#include "base/ascii.h"
#include "base/hash.h"
#include "engine/stages.h"
#include "image/image.h"
#include "inspect/inspect.h"
#include "pdf/pdf.h"
#include "pdfin/pdfin.h"

const struct manifest_input *
emblem_of(const struct manifest *manifest)
{
    for (size_t i = 0; i < manifest->input_count; i++) {
        if (str_is(manifest->inputs[i].role, input_role_name(INPUT_EMBLEM)))
            return &manifest->inputs[i];
    }
    return NULL;
}

/* ---- out of the PDF */

/* What the first page's resources call it: the head is painted first. */
#define EMBLEM_NAME "/X1"

/* A drawing without paths: what is written of it is the PDF's own. */
static bool
keep_drawing(struct arena *arena, const struct pdfin_picture *picture, const size_t box[2],
             struct kept_emblem *out)
{
    struct drawing *drawing = arena_alloc(arena, sizeof *drawing);

    if (box[0] == 0 || box[0] > INT32_MAX || box[1] == 0 || box[1] > INT32_MAX)
        return false;
    *drawing = (struct drawing){.box = {0, 0, (int32_t)box[0], (int32_t)box[1]}};
    out->form = arena_alloc(arena, sizeof *out->form);
    *out->form =
        (struct pdf_form){drawing, (int)picture->width, (int)picture->height, picture->form};
    out->drawing = drawing;
    return true;
}

static bool
keep_picture(struct arena *arena, const struct pdfin_picture *picture, const size_t box[2],
             struct kept_emblem *out)
{
    struct image *image = arena_alloc(arena, sizeof *image);

    *image = (struct image){.width = (uint32_t)picture->width,
                            .height = (uint32_t)picture->height,
                            .space = picture->channels == 1 ? IMAGE_GRAY : IMAGE_RGB,
                            .jpeg = picture->jpeg};
    if (picture->jpeg.len == 0)
        image->pixels = (const uint8_t *)picture->pixels.ptr;
    if (picture->alpha.len > 0)
        image->alpha = (const uint8_t *)picture->alpha.ptr;
    out->picture = image;
    return image->width == box[0] && image->height == box[1];
}

const struct kept_emblem *
emblem_keep(struct work *w, const struct opened *opened)
{
    const struct manifest_input *emblem = emblem_of(&opened->manifest);
    const size_t *box = opened->manifest.emblem_box;
    struct kept_emblem *out = arena_alloc(w->arena, sizeof *out);
    struct pdfin_picture picture;

    if (emblem == NULL || box[0] == 0 ||
        !pdfin_picture(opened->pdf, w->arena, EMBLEM_NAME, &picture))
        return NULL;
    *out = (struct kept_emblem){.name = emblem->name, .size = emblem->size};
    bool good = hash_of_hex(emblem->sha256, &out->hash) &&
                (picture.is_form ? keep_drawing(w->arena, &picture, box, out)
                                 : keep_picture(w->arena, &picture, box, out));
    return good ? out : NULL;
}

/* ---- after it was made again */

/* The emblem that was used, or NULL. */
static const struct input *
emblem_used(const struct work *w)
{
    const struct input *input = w->inputs->first;

    while (input != NULL && input->role != INPUT_EMBLEM)
        input = input->next;
    return input;
}

static bool
is_emblem(struct work *w, const struct input *used, const struct manifest_input *emblem)
{
    char hex[2 * HASH_SIZE + 1];

    if (used == NULL)
        return false;
    hash_hex(input_hash(w, used), hex);
    return str_is(emblem->sha256, hex);
}

void
emblem_tell(struct work *w, struct work *other, struct inspected *inspected)
{
    const struct manifest_input *emblem = emblem_of(&inspected->opened.manifest);
    const struct input *used = emblem_used(other);
    struct pos pos = {inspected->opened.path, 0, 0};

    if (emblem == NULL)
        return;
    if (is_emblem(other, used, emblem)) {
        if (used->path[0] == '\0')
            diag_add(w->diags, DIAG_ENGINE_AGAIN_KEPT, pos, diag_str(w->diags, emblem->name), NULL,
                     NULL);
        return;
    }
    if (inspected->again != BANTHUEK_AGAIN_OTHER)
        return;
    inspected->again = BANTHUEK_AGAIN_EMBLEM;
    diag_add(w->diags, DIAG_ENGINE_AGAIN_EMBLEM, pos, diag_str(w->diags, emblem->name), NULL, NULL);
}
