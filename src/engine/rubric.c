#include "engine/rubric.h"

#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/path.h"
#include "engine/cache.h"
#include "engine/places.h"
#include "engine/stages.h"
#include "form/rubric.h"
#include "renew/year.h"
#include "schema/rubric.h"
#include "schema/schema.h"
#include "sheet/sheet.h"
#include "value/read.h"
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

/* What a rubric's file may be called in a folder. */
static const struct {
    bool in_own; /* in a folder called like the template */
    const char *ending;
} names_of_files[] = {
    {true, ".yaml"},
    {true, ".xlsx"},
    {false, ".yaml"},
    {false, ".xlsx"},
};
#define NAMES (sizeof names_of_files / sizeof names_of_files[0])

static const char *
file_named(struct work *w, const struct rubric_place *place, const char *folder, struct str name,
           size_t which)
{
    struct str template = place->template_name;
    const char *ending = names_of_files[which].ending;

    if (!names_of_files[which].in_own)
        return arena_printf(w->arena, "%s/%.*s%s", folder, STR_FMT(name), ending);
    if (template.len == 0 || !path_is_inside(template))
        return NULL;
    return arena_printf(w->arena, "%s/%.*s/%.*s%s", folder, STR_FMT(template), STR_FMT(name),
                        ending);
}

/* The first file of this name in a folder that is there, from *next on, which is behind it then;
 * NULL when there is no more. */
static const char *
file_in(struct work *w, const struct rubric_place *place, const char *folder, struct str name,
        size_t *next)
{
    while (*next < NAMES) {
        const char *path = file_named(w, place, folder, name, (*next)++);
        if (path != NULL && work_exists(w, path))
            return path;
    }
    return NULL;
}

static bool
read_workbook(struct work *w, const char *path, struct rubric_file *file)
{
    if (!work_read(w, path, VALUE_BYTES_MAX, &file->bytes))
        return false;
    file->workbook = workbook_read_xlsx(w->arena, w->diags, path, file->bytes);
    if (file->workbook == NULL)
        return false;
    if (!form_is_rubric(file->workbook)) {
        diag_add(w->diags, DIAG_ENGINE_RUBRIC_WORKBOOK, (struct pos){path, 0, 0}, NULL, NULL, NULL);
        return false;
    }
    file->value = form_rubric_names(w->arena, w->diags, file->workbook, path);
    return file->value != NULL;
}

static const void *
read_file(struct work *w, const void *job)
{
    struct rubric_file *file = arena_alloc(w->arena, sizeof *file);
    const char *path = arena_printf(w->arena, "%s", (const char *)job);

    file->facts = input_facts_new(w);
    if (source_is_workbook(str_of(path)))
        return read_workbook(w, path, file) ? file : NULL;
    file->value = work_yaml(w, path, &file->bytes);
    return file->value == NULL ? NULL : file;
}

static const struct rubric_file *
open_file(struct work *w, const char *path)
{
    return cache_get(w, arena_printf(w->arena, "rubric %s", path), NULL, read_file, NULL, path);
}

/* What is to be read out of a workbook by which schema. */
struct sheets {
    const struct schema *schema;
    const struct rubric_file *file;
    const char *path;
};

static const void *
read_sheets(struct work *w, const void *job)
{
    const struct sheets *sheets = job;
    struct rubric_file *file = arena_alloc(w->arena, sizeof *file);

    *file = *sheets->file;
    file->value = form_read_rubric(w->arena, w->diags, sheets->schema, file->workbook,
                                   arena_printf(w->arena, "%s", sheets->path));
    return file->value == NULL ? NULL : file;
}

/* All that a file says. */
static const struct rubric_file *
whole_file(struct work *w, const struct rubric_place *place, const struct rubric_file *file,
           const char *path)
{
    const struct sheets job = {place->schema, file, path};

    if (file->workbook == NULL)
        return file;
    if (place->kit == NULL)
        return read_sheets(w, &job);
    return cache_get(w, "sheets", (const void *[CACHE_WITH]){place->kit, file}, read_sheets, NULL,
                     &job);
}

static void
note_input(struct work *w, struct str name, const char *path, const struct rubric_file *file)
{
    const char *ending = file->workbook != NULL ? "xlsx" : "yaml";
    const char *carried = arena_printf(w->arena, "rubric/%.*s.%s", STR_FMT(name), ending);

    input_add_shared(w, INPUT_RUBRIC, str_of(carried), path, file->bytes, file->facts);
}

/* A folder in which a rubric is looked for. */
struct looking {
    const struct rubric_place *place;
    const char *folder;
    struct str name;
    bool own; /* what lies there is for the template, whatever it says */
};

/* The workbook of the same name, where it is a rubric for the template too. One that is something
 * else is nobody's business. */
static const char *
other_of(struct work *w, const struct looking *looking, size_t which)
{
    const char *path =
        which + 1 < NAMES && names_of_files[which].in_own == names_of_files[which + 1].in_own
            ? file_named(w, looking->place, looking->folder, looking->name, which + 1)
            : NULL;
    struct work quiet = *w;
    struct rubric_file file = {.value = NULL};

    if (path == NULL || !work_exists(w, path))
        return NULL;
    quiet.diags = diags_new();
    bool good = read_workbook(&quiet, path, &file);
    diags_free(quiet.diags);
    return good && (looking->own || fits(looking->place, file.value)) ? path : NULL;
}

/* False: a file was found, in *out, or one that cannot be used: *out is NULL then. */
static bool
look_in(struct work *w, const struct looking *looking, const struct rubric_file **out)
{
    const struct rubric_place *place = looking->place;
    const char *path, *other;
    size_t next = 0;

    *out = NULL;
    while ((path = file_in(w, place, looking->folder, looking->name, &next)) != NULL) {
        const struct rubric_file *file = open_file(w, path);
        if (file == NULL)
            return false;
        if (!looking->own && !fits(place, file->value))
            continue;
        if ((other = other_of(w, looking, next - 1)) != NULL) {
            diag_add(w->diags, DIAG_ENGINE_RUBRIC_TWO, (struct pos){path, 0, 0}, path, other, NULL);
            return false;
        }
        *out = whole_file(w, place, file, path);
        if (*out != NULL)
            note_input(w, looking->name, path, *out);
        return false;
    }
    return true;
}

const struct rubric_file *
rubric_find(struct work *w, const struct rubric_place *place, struct str name, bool *failed)
{
    const char *folders[FOLDERS];
    size_t count = folders_of(w, place, folders);
    const struct rubric_file *found = NULL;

    *failed = false;
    for (size_t i = 0; i < count && path_is_inside(name); i++) {
        const struct looking looking = {place, folders[i], name,
                                        is_template_folder(w, place, folders[i])};
        if (look_in(w, &looking, &found))
            continue;
        *failed = found == NULL;
        break;
    }
    return found;
}

/* ---- names of rubrics */

bool
rubric_is_year(struct str text)
{
    size_t year;

    return text.len == 4 && str_number(text, 9999, &year);
}

struct str
rubric_name(struct work *w, int year, struct str variant)
{
    return str_of(
        arena_printf(w->arena, "%d%s%.*s", year, variant.len > 0 ? "-" : "", STR_FMT(variant)));
}

/* The year that a name begins with, or 0. */
static int
year_of_name(struct str name, struct str *variant)
{
    size_t year;

    *variant = STR("");
    if (name.len < 4 || !str_number(str_sub(name, 0, 4), 9999, &year))
        return 0;
    if (name.len > 5 && name.ptr[4] == '-')
        *variant = str_sub(name, 5, SIZE_MAX);
    return name.len == 4 || variant->len > 0 ? (int)year : 0;
}

int
rubric_file_year(const char *file, struct str *variant)
{
    struct str name = str_of(file);
    bool known = str_ends(name, STR(".yaml")) || str_ends(name, STR(".xlsx"));

    *variant = STR("");
    return known ? year_of_name(str_sub(name, 0, name.len - 5), variant) : 0;
}

/* ---- what is said where there is none */

/* The rubric of this variant nearest before a year, else the nearest after it; 0 when there is
 * none. */
static int
nearest_year(struct work *w, const char *const folders[], size_t count, int wanted,
             struct str variant)
{
    struct files_list list;
    struct str its;
    int nearest = 0;

    for (size_t i = 0; i < count; i++) {
        (void)work_list(w, folders[i], &list);
        for (size_t j = 0; j < list.count; j++) {
            int year = rubric_file_year(list.name[j], &its);
            bool earlier = year < wanted && (nearest > wanted || year > nearest);
            bool later = year > wanted && nearest > wanted && year < nearest;
            if (year != 0 && str_eq(its, variant) && (nearest == 0 || earlier || later))
                nearest = year;
        }
    }
    return nearest;
}

/* The names of the rubrics of a year, whatever their variants; NULL when there is none. */
static const char *
names_of_year(struct work *w, const char *const folders[], size_t count, int wanted)
{
    struct buf out = buf_in(w->arena);
    struct files_list list;
    struct str variant;

    for (size_t i = 0; i < count; i++) {
        (void)work_list(w, folders[i], &list);
        for (size_t j = 0; j < list.count; j++)
            if (rubric_file_year(list.name[j], &variant) == wanted)
                buf_printf(&out, "%s%s", out.len == 0 ? "" : ", ", list.name[j]);
    }
    return out.len == 0 ? NULL : diag_str(w->diags, buf_str(&out));
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
new_command(struct work *w, const struct rubric_place *place, int year, struct str variant,
            int from)
{
    struct buf out = buf_in(w->arena);
    const char *own = place->own == NULL ? "rubric" : place->own;
    struct str name = rubric_name(w, year, variant);
    const char *file = arena_printf(w->arena, "%s/%.*s.xlsx", own, STR_FMT(name));

    buf_printf(&out, "banthuek new --rubric %s", rubric_shell_word(w, file));
    if (place->wished != NULL)
        buf_printf(&out, " --template %s", rubric_shell_word(w, place->wished));
    else if (place->template_name.len > 0 && needs_kind(w))
        buf_printf(&out, " --kind %.*s", STR_FMT(place->template_name));
    if (variant.len > 0)
        buf_printf(&out, " --variant %s",
                   rubric_shell_word(w, arena_printf(w->arena, "%.*s", STR_FMT(variant))));
    buf_printf(&out, " --from %d --year %d", from, year);
    return str_cstr(w->arena, buf_str(&out));
}

/* Files of this name that are for other templates. */
static void
tell_others(struct work *w, const struct rubric_place *place, const char *const folders[],
            size_t count, struct str name)
{
    const char *path;

    for (size_t i = 0; i < count && path_is_inside(name); i++) {
        size_t next = 0;
        while ((path = file_in(w, place, folders[i], name, &next)) != NULL) {
            const struct rubric_file *file = open_file(w, path);
            const struct value *names =
                file == NULL ? NULL : value_get(file->value, STR(SCHEMA_RUBRIC_KEY));
            if (names != NULL && !fits(place, file->value))
                diag_add(w->diags, DIAG_ENGINE_RUBRIC_OTHER, names->pos,
                         diag_str(w->diags, rubric_template(file->value)),
                         diag_str(w->diags, place->template_name), NULL);
        }
    }
}

void
rubric_tell_unknown(struct work *w, const struct rubric_place *place, struct str name,
                    struct pos pos, enum diag_level level)
{
    const char *folders[FOLDERS], *others = NULL, *hint = NULL;
    size_t count = folders_of(w, place, folders);
    struct buf where = buf_in(w->arena);
    struct str variant;
    int year = year_of_name(name, &variant), from = 0;
    enum diag_code code = DIAG_ENGINE_RUBRIC_NONE;

    for (size_t i = 0; i < count; i++)
        buf_printf(&where, "%s%s", i == 0 ? "" : ", ", folders[i]);
    if (year != 0 && variant.len > 0)
        others = names_of_year(w, folders, count, year);
    if (year != 0)
        from = nearest_year(w, folders, count, year, variant);
    if (from != 0) {
        code = DIAG_ENGINE_RUBRIC_UNKNOWN;
        hint = new_command(w, place, year, variant, from);
    } else if (others != NULL) {
        code = DIAG_ENGINE_RUBRIC_VARIANT;
        hint = others;
    }
    diag_add_as(w->diags, level, code, pos, diag_str(w->diags, name),
                str_cstr(w->arena, buf_str(&where)), hint);
    tell_others(w, place, folders, count, name);
}

/* ---- reading one */

const struct schema *
rubric_schema(struct work *w, const struct value *file, const char **dir)
{
    struct pos pos = value_get(file, STR(SCHEMA_RUBRIC_KEY))->pos;
    struct str name = rubric_template(file);

    if (name.len == 0 && w->wishes->template_dir == NULL) {
        diag_add(w->diags, DIAG_ENGINE_NO_TEMPLATE, pos, NULL, NULL, NULL);
        return NULL;
    }
    const struct schema *schema = kit_schema_for(w, name, pos, dir);
    if (schema == NULL || schema->rubric != NULL)
        return schema;
    diag_add(w->diags, DIAG_ENGINE_RUBRIC_NOT_TAKEN, file->pos, *dir, NULL, NULL);
    return NULL;
}

const struct value *
rubric_read(struct work *w, const struct schema *schema, const struct value *file)
{
    const char *name = file->pos.file == NULL ? "" : path_base(file->pos.file);
    struct str variant;
    int named = rubric_file_year(name, &variant);

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

/* The typed rubric of the year before that of a file, or NULL. It is checked by itself elsewhere.
 */
static const struct value *
typed_before(struct work *w, const struct rubric_place *place, const struct schema *schema,
             struct str name)
{
    struct work quiet = *w;
    bool failed;

    quiet.diags = diags_new();
    const struct rubric_file *found = rubric_find(&quiet, place, name, &failed);
    const struct value *typed = found == NULL ? NULL : rubric_read(&quiet, schema, found->value);
    diags_free(quiet.diags);
    return typed;
}

void
rubric_look_over(struct work *w, const struct rubric_place *place, const struct schema *schema,
                 const struct value *file, const struct value *typed)
{
    struct rubric_last last = {NULL, NULL};
    struct str variant = STR("");
    int year = year_of(schema->rubric, file);

    if (year != 0) {
        (void)rubric_file_year(file->pos.file == NULL ? "" : path_base(file->pos.file), &variant);
        struct str name = rubric_name(w, year - 1, variant);
        last = (struct rubric_last){typed_before(w, place, schema, name), diag_str(w->diags, name)};
    }
    rubric_review(w->arena, w->diags, schema, typed, &last);
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
