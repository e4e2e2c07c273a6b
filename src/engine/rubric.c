#include "engine/rubric.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/path.h"
#include "engine/cache.h"
#include "engine/places.h"
#include "engine/stages.h"
#include "renew/year.h"
#include "schema/rubric.h"
#include "schema/schema.h"
#include "value/value.h"

#define FOLDERS 4

/* ---- which template a rubric is for */

bool
rubric_is(const struct value *file)
{
    return value_get(file, STR(SCHEMA_RUBRIC_KEY)) != NULL;
}

struct str
rubric_template(const struct value *file)
{
    const struct value *names = value_get(file, STR(SCHEMA_RUBRIC_KEY));

    if (names != NULL && names->kind == VALUE_LIST)
        names = names->first;
    return names == NULL || names->kind != VALUE_TEXT ? STR("") : names->text;
}

static bool
is_named(const struct rubric_place *place, const struct value *name)
{
    return name->kind == VALUE_TEXT &&
           (str_eq(name->text, place->template_name) ||
            (place->template_dir != NULL && str_is(name->text, path_base(place->template_dir))));
}

/* One that does not say for whom it is fits all. */
static bool
fits(const struct rubric_place *place, const struct value *file)
{
    const struct value *names = value_get(file, STR(SCHEMA_RUBRIC_KEY));

    if (names == NULL || names->kind != VALUE_LIST)
        return names == NULL || is_named(place, names);
    for (const struct value *name = names->first; name != NULL; name = name->next) {
        if (is_named(place, name))
            return true;
    }
    return false;
}

/* ---- looking for the rubric of a year */

const char *
rubric_beside(struct work *w, const char *report_dir)
{
    return path_join(w->arena, strcmp(report_dir, ".") == 0 ? NULL : report_dir, "rubric");
}

/* The folder of the template, or NULL. */
static const char *
template_folder(struct work *w, const struct rubric_place *place)
{
    return place->template_dir == NULL ? NULL : path_join(w->arena, place->template_dir, "rubric");
}

/* The folders in the order in which they are searched: the template's own is the last, but for a
 * report that brings its template along, which is to come out as it was. */
static size_t
folders_of(struct work *w, const struct rubric_place *place, const char *folders[FOLDERS])
{
    const char *template = template_folder(w, place);
    size_t count = 0;

    if (template != NULL && place->brought)
        folders[count++] = template;
    if (place->own != NULL)
        folders[count++] = place->own;
    if (w->places->config != NULL)
        folders[count++] = path_join(w->arena, w->places->config, "rubric");
    if (w->places->system != NULL)
        folders[count++] = path_join(w->arena, w->places->system, "rubric");
    if (template != NULL && !place->brought)
        folders[count++] = template;
    return count;
}

static bool
is_template_folder(struct work *w, const struct rubric_place *place, const char *folder)
{
    const char *template = template_folder(w, place);

    return template != NULL && strcmp(folder, template) == 0;
}

/* TEMPLATE/YEAR.yaml or YEAR.yaml in a folder, the first that is there from *next on; NULL when
 * there is no more. */
static const char *
file_in(struct work *w, const struct rubric_place *place, const char *folder, struct str year,
        int *next)
{
    struct str name = place->template_name;

    while (*next < 2) {
        const char *path = NULL;
        if ((*next)++ == 1)
            path = arena_printf(w->arena, "%s/%.*s.yaml", folder, STR_FMT(year));
        else if (name.len > 0 && path_is_inside(name))
            path =
                arena_printf(w->arena, "%s/%.*s/%.*s.yaml", folder, STR_FMT(name), STR_FMT(year));
        if (path != NULL && work_exists(w, path))
            return path;
    }
    return NULL;
}

static const void *
read_file(struct work *w, const void *path)
{
    struct rubric_file *file = arena_alloc(w->arena, sizeof *file);

    file->facts = input_facts_new(w);
    file->value = work_yaml(w, arena_printf(w->arena, "%s", (const char *)path), &file->bytes);
    return file->value == NULL ? NULL : file;
}

static const struct rubric_file *
open_file(struct work *w, const char *path)
{
    return cache_get(w, arena_printf(w->arena, "rubric %s", path), NULL, read_file, NULL, path);
}

static void
note_input(struct work *w, struct str year, const char *path, const struct rubric_file *file)
{
    const char *name = arena_printf(w->arena, "rubric/%.*s.yaml", STR_FMT(year));

    input_add_shared(w, INPUT_RUBRIC, str_of(name), path, file->bytes, file->facts);
}

const struct rubric_file *
rubric_find(struct work *w, const struct rubric_place *place, struct str year, bool *failed)
{
    const char *folders[FOLDERS], *path;
    size_t count = folders_of(w, place, folders);

    *failed = false;
    for (size_t i = 0; i < count && path_is_inside(year); i++) {
        bool own = is_template_folder(w, place, folders[i]);
        int next = 0;
        while ((path = file_in(w, place, folders[i], year, &next)) != NULL) {
            const struct rubric_file *file = open_file(w, path);
            if (file == NULL) {
                *failed = true;
                return NULL;
            }
            if (own || fits(place, file->value)) {
                note_input(w, year, path, file);
                return file;
            }
        }
    }
    return NULL;
}

/* ---- what is said where there is none */

bool
rubric_is_year(struct str text)
{
    size_t year;

    return text.len == 4 && str_number(text, 9999, &year);
}

/* The year of "2566.yaml", or 0. */
static int
year_of_file(const char *name)
{
    struct str text = str_of(name);

    if (!str_ends(text, STR(".yaml")) || !rubric_is_year(str_sub(text, 0, text.len - 5)))
        return 0;
    return atoi(name);
}

/* The rubric nearest before a year, else the nearest after it; 0 when there is none. */
static int
nearest_year(struct work *w, const char *const folders[], size_t count, int wanted)
{
    struct files_list list;
    int nearest = 0;

    for (size_t i = 0; i < count; i++) {
        (void)work_list(w, folders[i], &list);
        for (size_t j = 0; j < list.count; j++) {
            int year = year_of_file(list.name[j]);
            bool earlier = year < wanted && (nearest > wanted || year > nearest);
            bool later = year > wanted && nearest > wanted && year < nearest;
            if (year != 0 && (nearest == 0 || earlier || later))
                nearest = year;
        }
    }
    return nearest;
}

const char *
rubric_shell_word(struct work *w, const char *word)
{
    static const char special[] = " \t\n'\"\\$`&|;<>()*?[]{}~#!";
    struct buf out = buf_in(w->arena);

    if (word[0] != '\0' && word[strcspn(word, special)] == '\0')
        return word;
    buf_byte(&out, '\'');
    for (; *word != '\0'; word++) {
        if (*word == '\'')
            buf_text(&out, "'\\''");
        else
            buf_byte(&out, *word);
    }
    buf_byte(&out, '\'');
    return str_cstr(w->arena, buf_str(&out));
}

/* True when more than one template has rubrics, so that a year alone does not name one. */
static bool
needs_kind(struct work *w)
{
    size_t count, with = 0;
    const struct str *names = places_templates(w, &count);

    for (size_t i = 0; i < count; i++) {
        const char *dir = places_template(w, names[i], POS_NONE);
        if (dir != NULL && files_is_dir(w->files, path_join(w->arena, dir, "rubric")))
            with++;
    }
    return with > 1;
}

static const char *
new_command(struct work *w, const struct rubric_place *place, struct str year, int from)
{
    struct buf out = buf_in(w->arena);
    const char *own = place->own == NULL ? "rubric" : place->own;
    const char *file = arena_printf(w->arena, "%s/%.*s.yaml", own, STR_FMT(year));

    buf_printf(&out, "banthuek new --rubric %s", rubric_shell_word(w, file));
    if (place->wished != NULL)
        buf_printf(&out, " --template %s", rubric_shell_word(w, place->wished));
    else if (place->template_name.len > 0 && needs_kind(w))
        buf_printf(&out, " --kind %.*s", STR_FMT(place->template_name));
    buf_printf(&out, " --from %d --year %.*s", from, STR_FMT(year));
    return str_cstr(w->arena, buf_str(&out));
}

/* Files of the year that are for other templates. */
static void
tell_others(struct work *w, const struct rubric_place *place, const char *const folders[],
            size_t count, struct str year)
{
    const char *path;

    for (size_t i = 0; i < count && path_is_inside(year); i++) {
        int next = 0;
        while ((path = file_in(w, place, folders[i], year, &next)) != NULL) {
            const struct value *file = work_yaml(w, path, NULL);
            const struct value *names =
                file == NULL ? NULL : value_get(file, STR(SCHEMA_RUBRIC_KEY));
            if (names != NULL && !fits(place, file))
                diag_add(w->diags, DIAG_ENGINE_RUBRIC_OTHER, names->pos,
                         diag_str(w->diags, rubric_template(file)),
                         diag_str(w->diags, place->template_name), NULL);
        }
    }
}

void
rubric_tell_unknown(struct work *w, const struct rubric_place *place, struct str year,
                    struct pos pos, enum diag_level level)
{
    const char *folders[FOLDERS];
    size_t count = folders_of(w, place, folders);
    struct buf where = buf_in(w->arena);
    int from = rubric_is_year(year) ? nearest_year(w, folders, count, atoi(year.ptr)) : 0;

    for (size_t i = 0; i < count; i++)
        buf_printf(&where, "%s%s", i == 0 ? "" : ", ", folders[i]);
    diag_add_as(w->diags, level, from == 0 ? DIAG_ENGINE_RUBRIC_NONE : DIAG_ENGINE_RUBRIC_UNKNOWN,
                pos, diag_str(w->diags, year), str_cstr(w->arena, buf_str(&where)),
                from == 0 ? NULL : new_command(w, place, year, from));
    tell_others(w, place, folders, count, year);
}

/* ---- reading one */

const struct value *
rubric_read(struct work *w, const struct schema *schema, const struct value *file)
{
    const char *name = file->pos.file == NULL ? "" : path_base(file->pos.file);
    int named = year_of_file(name);

    if (file->kind == VALUE_MAP) {
        int year = year_of(schema->rubric, file);
        if (named != 0 && year != 0 && named != year) {
            diag_add(w->diags, DIAG_ENGINE_RUBRIC_YEAR, file->pos, name,
                     diag_printf(w->diags, "%d", year), NULL);
            return NULL;
        }
    }
    return rubric_load(w->arena, w->diags, schema, file);
}

/* What is to be typed by which schema. */
struct typing {
    const struct schema *schema;
    const struct value *file;
};

static const void *
make_typed(struct work *w, const void *job)
{
    const struct typing *typing = job;

    return rubric_read(w, typing->schema, typing->file);
}

const struct value *
rubric_typed(struct work *w, const struct kit *kit, const struct rubric_file *file)
{
    const struct typing job = {kit->schema, file->value};

    return cache_get(w, "typed", (const void *[CACHE_WITH]){kit, file}, make_typed, NULL, &job);
}
