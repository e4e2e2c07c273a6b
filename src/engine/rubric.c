#include "engine/rubric.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/files.h"
#include "base/path.h"
#include "engine/engine.h"
#include "engine/input.h"
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
rubric_beside(struct banthuek *b, const char *report_dir)
{
    return path_join(b->arena, strcmp(report_dir, ".") == 0 ? NULL : report_dir, "rubric");
}

/* The folder of the template, or NULL. */
static const char *
template_folder(struct banthuek *b, const struct rubric_place *place)
{
    return place->template_dir == NULL ? NULL : path_join(b->arena, place->template_dir, "rubric");
}

/* The folders in the order in which they are searched: the template's own is the last, but for a
 * report that brings its template along, which is to come out as it was. */
static size_t
folders_of(struct banthuek *b, const struct rubric_place *place, const char *folders[FOLDERS])
{
    const char *config = engine_config_dir(b), *template = template_folder(b, place);
    size_t count = 0;

    if (template != NULL && place->brought)
        folders[count++] = template;
    if (place->own != NULL)
        folders[count++] = place->own;
    if (config != NULL)
        folders[count++] = path_join(b->arena, config, "rubric");
    folders[count++] = ENGINE_SYSTEM_CONFIG "/rubric";
    if (template != NULL && !place->brought)
        folders[count++] = template;
    return count;
}

static bool
is_template_folder(struct banthuek *b, const struct rubric_place *place, const char *folder)
{
    const char *template = template_folder(b, place);

    return template != NULL && strcmp(folder, template) == 0;
}

static void
note_input(struct banthuek *b, struct str year, const char *path, struct str bytes)
{
    const char *name = arena_printf(b->arena, "rubric/%.*s.yaml", STR_FMT(year));

    input_add(b, INPUT_RUBRIC, str_of(name), path, bytes);
}

/* TEMPLATE/YEAR.yaml or YEAR.yaml in a folder, the first that is there from *next on; NULL when
 * there is no more. */
static const char *
file_in(struct banthuek *b, const struct rubric_place *place, const char *folder, struct str year,
        int *next)
{
    struct str name = place->template_name;

    while (*next < 2) {
        const char *path = NULL;
        if ((*next)++ == 1)
            path = arena_printf(b->arena, "%s/%.*s.yaml", folder, STR_FMT(year));
        else if (name.len > 0 && path_is_inside(name))
            path =
                arena_printf(b->arena, "%s/%.*s/%.*s.yaml", folder, STR_FMT(name), STR_FMT(year));
        if (path != NULL && files_exists(b->files, path))
            return path;
    }
    return NULL;
}

const struct value *
rubric_find(struct banthuek *b, const struct rubric_place *place, struct str year, bool *failed)
{
    const char *folders[FOLDERS], *path;
    size_t count = folders_of(b, place, folders);

    *failed = false;
    for (size_t i = 0; i < count && path_is_inside(year); i++) {
        bool own = is_template_folder(b, place, folders[i]);
        int next = 0;
        while ((path = file_in(b, place, folders[i], year, &next)) != NULL) {
            struct str bytes;
            const struct value *file = engine_yaml(b, path, &bytes);
            if (file == NULL) {
                *failed = true;
                return NULL;
            }
            if (own || fits(place, file)) {
                note_input(b, year, path, bytes);
                return file;
            }
        }
    }
    return NULL;
}

/* ---- what is said where there is none */

static bool
is_year(struct str text)
{
    for (size_t i = 0; i < text.len; i++) {
        if (!isdigit((unsigned char)text.ptr[i]))
            return false;
    }
    return text.len == 4;
}

/* The year of "2566.yaml", or 0. */
static int
year_of_file(const char *name)
{
    struct str text = str_of(name);

    if (!str_ends(text, STR(".yaml")) || !is_year(str_sub(text, 0, text.len - 5)))
        return 0;
    return atoi(name);
}

/* The rubric nearest before a year, else the nearest after it; 0 when there is none. */
static int
nearest_year(struct banthuek *b, const struct rubric_place *place, int wanted)
{
    const char *folders[FOLDERS];
    size_t count = folders_of(b, place, folders);
    int nearest = 0;

    for (size_t i = 0; i < count; i++) {
        struct files_list list;
        (void)files_list(b->files, b->arena, folders[i], &list);
        for (size_t k = 0; k < list.count; k++) {
            int year = year_of_file(list.name[k]);
            bool earlier = year < wanted && (nearest > wanted || year > nearest);
            bool later = year > wanted && nearest > wanted && year < nearest;
            if (year != 0 && (nearest == 0 || earlier || later))
                nearest = year;
        }
    }
    return nearest;
}

const char *
rubric_shell_word(struct banthuek *b, const char *word)
{
    static const char special[] = " \t\n'\"\\$`&|;<>()*?[]{}~#!";
    struct buf out = buf_in(b->arena);

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
    return str_cstr(b->arena, buf_str(&out));
}

/* True when more than one template has rubrics, so that a year alone does not name one. */
static bool
needs_kind(struct banthuek *b)
{
    size_t count, with = 0;
    const struct str *names = engine_templates(b, &count);

    for (size_t i = 0; i < count; i++) {
        const char *dir = engine_find_template(b, names[i], POS_NONE);
        if (dir != NULL && files_is_dir(b->files, path_join(b->arena, dir, "rubric")))
            with++;
    }
    return with > 1;
}

static const char *
new_command(struct banthuek *b, const struct rubric_place *place, struct str year, int from)
{
    struct buf out = buf_in(b->arena);
    const char *own = place->own == NULL ? "rubric" : place->own;
    const char *file = arena_printf(b->arena, "%s/%.*s.yaml", own, STR_FMT(year));

    buf_printf(&out, "banthuek new --rubric %s", rubric_shell_word(b, file));
    if (b->options.template_dir != NULL)
        buf_printf(&out, " --template %s", rubric_shell_word(b, b->options.template_dir));
    else if (place->template_name.len > 0 && needs_kind(b))
        buf_printf(&out, " --kind %.*s", STR_FMT(place->template_name));
    buf_printf(&out, " --from %d --year %.*s", from, STR_FMT(year));
    return str_cstr(b->arena, buf_str(&out));
}

/* Files of the year that are for other templates. */
static void
tell_others(struct banthuek *b, const struct rubric_place *place, struct str year)
{
    const char *folders[FOLDERS], *path;
    size_t count = folders_of(b, place, folders);

    for (size_t i = 0; i < count && path_is_inside(year); i++) {
        int next = 0;
        while ((path = file_in(b, place, folders[i], year, &next)) != NULL) {
            const struct value *file = engine_yaml(b, path, NULL);
            const struct value *names =
                file == NULL ? NULL : value_get(file, STR(SCHEMA_RUBRIC_KEY));
            if (names != NULL && !fits(place, file))
                diag_add(b->diags, DIAG_ENGINE_RUBRIC_OTHER, names->pos,
                         diag_str(b->diags, rubric_template(file)),
                         diag_str(b->diags, place->template_name), NULL);
        }
    }
}

void
rubric_tell_unknown(struct banthuek *b, const struct rubric_place *place, struct str year,
                    struct pos pos, enum diag_level level)
{
    const char *folders[FOLDERS];
    size_t count = folders_of(b, place, folders);
    struct buf where = buf_in(b->arena);
    int from = is_year(year) ? nearest_year(b, place, atoi(year.ptr)) : 0;

    for (size_t i = 0; i < count; i++)
        buf_printf(&where, "%s%s", i == 0 ? "" : ", ", folders[i]);
    diag_add_as(b->diags, level, from == 0 ? DIAG_ENGINE_RUBRIC_NONE : DIAG_ENGINE_RUBRIC_UNKNOWN,
                pos, diag_str(b->diags, year), str_cstr(b->arena, buf_str(&where)),
                from == 0 ? NULL : new_command(b, place, year, from));
    tell_others(b, place, year);
}

/* ---- reading one */

const struct value *
rubric_read(struct banthuek *b, const struct schema *schema, const struct value *file)
{
    const char *name = file->pos.file == NULL ? "" : path_base(file->pos.file);
    int named = year_of_file(name);

    if (file->kind == VALUE_MAP) {
        int year = year_of(schema->rubric, file);
        if (named != 0 && year != 0 && named != year) {
            diag_add(b->diags, DIAG_ENGINE_RUBRIC_YEAR, file->pos, name,
                     diag_printf(b->diags, "%d", year), NULL);
            return NULL;
        }
    }
    return rubric_load(b->arena, b->diags, schema, file);
}
