/* The template: schema, style, markup and words. */
#include "base/arena.h"
#include "base/path.h"
#include "base/utf8.h"
#include "doc/style.h"
#include "engine/cache.h"
#include "engine/places.h"
#include "engine/stages.h"
#include "schema/schema.h"
#include "thai/normal.h"
#include "tmpl/tmpl.h"
#include "value/value.h"

/* Bytes of words.txt. */
#define WORDS_BYTES_MAX ((size_t)1 << 20)

/* What a kit is made in. */
struct opening {
    struct work *w;
    const char *dir;
};

/* ---- schema and style */

/* A YAML file of the template. */
static const struct value *
read_own_yaml(struct work *w, const char *name, const char *path)
{
    struct str bytes;
    const struct value *file = work_yaml(w, path, &bytes);

    if (file != NULL)
        input_add(w, INPUT_TEMPLATE, str_of(name), path, bytes);
    return file;
}

const struct schema *
kit_schema(struct work *w, const char *dir)
{
    const struct value *file = work_yaml(w, path_join(w->arena, dir, "schema.yaml"), NULL);

    return file == NULL ? NULL : schema_load(w->arena, w->diags, file);
}

const struct schema *
kit_schema_for(struct work *w, struct str name, struct pos pos, const char **dir)
{
    *dir = w->wishes->template_dir;
    if (*dir == NULL)
        *dir = places_template(w, name, pos);
    return *dir == NULL ? NULL : kit_schema(w, *dir);
}

static const struct schema *
open_schema(const struct opening *opening)
{
    struct work *w = opening->w;
    const char *path = path_join(w->arena, opening->dir, "schema.yaml");
    const struct value *file = read_own_yaml(w, "schema.yaml", path);

    return file == NULL ? NULL : schema_load(w->arena, w->diags, file);
}

/* A file of the template's folder, else of the shared one below the data folder; NULL when neither
 * has it. */
static const char *
own_or_shared(const struct opening *opening, const char *name)
{
    struct work *w = opening->w;
    const char *own = path_join(w->arena, opening->dir, name);

    if (work_exists(w, own))
        return own;
    return w->places->data == NULL
               ? NULL
               : path_join(w->arena, path_join(w->arena, w->places->data, "templates"), name);
}

/* The official form, with the template's own style.yaml over it when there is one. */
static const struct style *
open_style(const struct opening *opening)
{
    struct work *w = opening->w;
    const char *official = own_or_shared(opening, "official.yaml");
    const char *own = path_join(w->arena, opening->dir, "style.yaml");
    const struct value *files[2];
    size_t count = 0;

    if (official == NULL) {
        diag_add(w->diags, DIAG_ENGINE_NO_DATA_DIR, POS_NONE, NULL, NULL, NULL);
        return NULL;
    }
    files[count++] = read_own_yaml(w, "official.yaml", official);
    if (work_exists(w, own))
        files[count++] = read_own_yaml(w, "style.yaml", own);
    for (size_t i = 0; i < count; i++) {
        if (files[i] == NULL)
            return NULL;
    }
    return style_load(w->arena, w->diags, files, count);
}

/* ---- markup */

/* A partial or base: NAME.xml in the template's folder, else in templates/common. */
static bool
read_partial(void *context, struct str name, struct pos pos, struct str *file, struct str *bytes)
{
    const struct opening *opening = context;
    struct work *w = opening->w;
    const char *data = w->places->data;
    struct str with_end = str_of(arena_printf(w->arena, "%.*s.xml", STR_FMT(name)));
    const char *dirs[] = {opening->dir,
                          data == NULL ? NULL : path_join(w->arena, data, "templates/common")};

    for (size_t i = 0; i < sizeof dirs / sizeof dirs[0]; i++) {
        if (dirs[i] == NULL)
            continue;
        const char *path = path_join(w->arena, dirs[i], with_end.ptr);
        /* a name that leads out is refused with its reason, whatever is there */
        if (path_is_inside(with_end) && !work_exists(w, path))
            continue;
        *file = str_of(path);
        if (!work_read_inside(w, pos, dirs[i], with_end, VALUE_BYTES_MAX, bytes))
            return false;
        input_add(w, INPUT_TEMPLATE, with_end, path, *bytes);
        return true;
    }
    diag_add(w->diags, DIAG_ENGINE_PARTIAL_UNKNOWN, pos, diag_str(w->diags, name), NULL, NULL);
    return false;
}

static const struct tmpl *
open_tmpl(struct opening *opening, const struct schema *schema)
{
    struct work *w = opening->w;
    const char *path = path_join(w->arena, opening->dir, "memo.xml");
    struct str bytes;

    if (!input_read(w, INPUT_TEMPLATE, STR("memo.xml"), path, VALUE_BYTES_MAX, &bytes))
        return NULL;
    return tmpl_load(w->arena, w->diags, schema, read_partial, opening, path, bytes);
}

/* ---- all of it */

static const void *
make_kit(struct work *w, const void *dir)
{
    struct opening opening = {w, arena_printf(w->arena, "%s", (const char *)dir)};
    struct kit *kit = arena_alloc(w->arena, sizeof *kit);

    kit->dir = opening.dir;
    kit->schema = open_schema(&opening);
    if (kit->schema == NULL)
        return NULL;
    kit->style = open_style(&opening);
    kit->tmpl = open_tmpl(&opening, kit->schema);
    return kit->style == NULL || kit->tmpl == NULL ? NULL : kit;
}

/* The folder of the template: a given one, else the one the report names. */
static const char *
find_dir(struct work *w, const struct source *source)
{
    const struct value *report = source->report;
    const struct value *name = source_template(report);

    if (rubric_is(report)) {
        diag_add(w->diags, DIAG_ENGINE_IS_RUBRIC, report->pos, NULL, NULL, NULL);
        return NULL;
    }
    if (source->given != NULL)
        return source->given;
    if (name == NULL || name->kind != VALUE_TEXT) {
        diag_add(w->diags, DIAG_ENGINE_NO_TEMPLATE, name == NULL ? report->pos : name->pos, NULL,
                 NULL, NULL);
        return NULL;
    }
    return places_template(w, utf8_trim(name->text), name->pos);
}

const struct kit *
kit_of(struct work *w, const struct source *source)
{
    const char *dir = find_dir(w, source);

    if (dir == NULL)
        return NULL;
    return cache_get(w, arena_printf(w->arena, "kit %s", dir), NULL, make_kit, NULL, dir);
}

/* ---- words.txt */

static const void *
read_words(struct work *w, const void *job)
{
    const struct kit *kit = job;
    const char *path = path_join(w->arena, kit->dir, "words.txt");
    struct own_words *words = arena_alloc(w->arena, sizeof *words);
    struct pos pos = {path, 1, 1};
    struct str bytes, text;

    if (!work_exists(w, path))
        return words;
    if (!input_read(w, INPUT_TEMPLATE, STR("words.txt"), path, WORDS_BYTES_MAX, &bytes) ||
        !normal_decode(w->arena, w->diags, pos, bytes, &text) ||
        !normal_text(w->arena, w->diags, pos, text, &text))
        return NULL;
    words_add_lines(w->arena, words, text);
    return words;
}

const struct own_words *
kit_words(struct work *w, const struct kit *kit)
{
    return cache_get(w, arena_printf(w->arena, "words %s", kit->dir), NULL, read_words, NULL, kit);
}
