/* Fonts and the emblem that a PDF was made with, on this machine. */
#include <string.h>

#include "base/arena.h"
#include "doc/style.h"
#include "engine/places.h"
#include "engine/report.h"
#include "image/image.h"
#include "inspect/opened.h"
#include "inspect/summary_inner.h"
#include "text/font.h"

#define FONT_BYTES_MAX ((size_t)16 << 20)

/* The file, when it has the hash that the manifest tells. */
static bool
read_same(struct work *w, const char *path, const struct manifest_input *input, size_t limit,
          struct str *bytes)
{
    struct file_stamp stamp = files_stamp(w->files, path);
    struct diags *quiet = diags_new();
    struct hash expected;

    bool good = (!stamp.exists || stamp.size == input->size) &&
                files_read(w->files, w->arena, quiet, POS_NONE, path, limit, bytes) &&
                hash_of_hex(input->sha256, &expected);
    if (good) {
        struct hash found = hash_of(*bytes);
        good = memcmp(&found, &expected, sizeof found) == 0;
    }
    diags_free(quiet);
    return good;
}

bool
summary_font(struct work *w, const struct style *style, const struct manifest_input *input,
             struct str *bytes)
{
    struct work own = *w;
    const char *path;
    bool found = false;

    own.diags = diags_new();
    const struct shared_fonts *shared =
        shared_fonts_of(&own, style == NULL ? STR("") : style->fonts_others);
    for (size_t i = 0;
         shared != NULL && !found && (path = fonts_named(shared->fonts, input->name, i)) != NULL;
         i++)
        found = read_same(&own, path, input, FONT_BYTES_MAX, bytes);
    diags_free(own.diags);
    return found;
}

bool
summary_emblem(struct work *w, const struct style *style, const struct manifest_input *input,
               struct str *bytes)
{
    const struct style none = {0};
    struct work own = *w;

    own.diags = diags_new();
    const char *path = w->wishes->emblem;
    if (path == NULL)
        path = places_emblem(&own, style == NULL ? &none : style);
    diags_free(own.diags);
    return path != NULL && read_same(w, path, input, IMAGE_BYTES_MAX, bytes);
}
