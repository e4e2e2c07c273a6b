/* The fonts that pages are set with; reports share them. */
#include "base/arena.h"
#include "base/path.h"
#include "engine/cache.h"
#include "engine/places.h"
#include "engine/stages.h"
#include "text/font.h"

static const void *
open_fonts(struct work *w, const void *job)
{
    struct shared_fonts *shared = arena_alloc(w->arena, sizeof *shared);
    struct font_search search = *(const struct font_search *)job;
    const char *folder = search.font_dir != NULL ? search.font_dir : search.local_dir;
    struct files *files = arena_alloc(w->arena, sizeof *files);
    const char *path;

    /* fonts are read from as long as they are shared, longer than a report lays bytes over them */
    *files = *w->files;
    files->named = folder != NULL && files_is_named(w->files, folder) ? files->named : NULL;
    search.files = files;
    if (folder != NULL)
        watch_path(w, folder);
    if (search.font_dir != NULL)
        search.font_dir = arena_printf(w->arena, "%s", search.font_dir);
    if (search.local_dir != NULL)
        search.local_dir = arena_printf(w->arena, "%s", search.local_dir);
    search.others = str_dup(w->arena, search.others);
    for (size_t i = 0; i < FONT_FACES; i++)
        shared->facts[i] = input_facts_new(w);
    shared->fonts = fonts_open(w->arena, w->diags, &search);
    if (shared->fonts == NULL)
        return NULL;
    for (size_t i = 0; (path = fonts_file(shared->fonts, i)) != NULL; i++)
        watch_path(w, path);
    return shared;
}

static void
close_fonts(const void *shared)
{
    fonts_close(((const struct shared_fonts *)shared)->fonts);
}

const struct shared_fonts *
shared_fonts_of(struct work *w, struct str others)
{
    const char *data = w->places->data, *dir = w->wishes->font_dir;
    struct font_search search = {
        .font_dir = dir,
        .local_dir = data == NULL ? NULL : path_join(w->arena, data, "fonts/local"),
        .use_system = w->files->calls == NULL,
        .partial = w->files->calls != NULL,
        .others = others,
    };
    const char *key =
        arena_printf(w->arena, "fonts %s\n%.*s", dir == NULL ? "" : dir, STR_FMT(search.others));

    return cache_get(w, key, NULL, open_fonts, close_fonts, &search);
}

void
shared_fonts_note(struct work *w, const struct shared_fonts *shared, const struct fonts *fonts)
{
    const struct font *font;

    for (size_t i = 0; (font = fonts_taken(fonts, i)) != NULL; i++) {
        struct str name = str_of(path_base(font->path));
        if (font->other)
            input_add(w, INPUT_FONT, name, font->path, font->bytes);
        else
            input_add_shared(w, INPUT_FONT, name, font->path, font->bytes,
                             shared->facts[font->face]);
    }
}
