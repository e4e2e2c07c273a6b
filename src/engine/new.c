/* Starts a report folder: the sample of a template, or last year's report with this year's holes.
 */
#include <errno.h>
#include <string.h>

#include "base/arena.h"
#include "base/files.h"
#include "base/folder.h"
#include "base/path.h"
#include "engine/new.h"
#include "engine/report.h"
#include "engine/rubric.h"
#include "renew/carry.h"
#include "renew/year.h"
#include "schema/schema.h"
#include "thai/normal.h"
#include "value/read.h"
#include "value/value.h"
#include "value/write.h"

#define REPORT_FILE "report.yaml"

/* False after a message where no folder can be made: there must be one above it. */
static bool
check_folder(const struct new_work *n, const char *dir)
{
    if (files_is_taken(dir))
        errno = EEXIST;
    else if (files_is_dir(n->w->files, path_dir(n->w->arena, dir)))
        return true;
    else
        errno = ENOENT;
    diag_add(n->w->diags, DIAG_ENGINE_NEW_FOLDER, POS_NONE, dir, diag_system(n->w->diags, errno),
             NULL);
    return false;
}

/* The folder comes with the file in it, so that neither is ever there without the other. */
static bool
write_with_folder(const struct new_work *n, const char *dir, const char *name, struct str bytes)
{
    struct folder *folder =
        check_folder(n, dir) ? folder_begin(n->w->arena, n->w->diags, dir) : NULL;
    bool good =
        folder != NULL && folder_write(folder, str_of(name), bytes) && folder_commit(folder);

    folder_end(folder);
    return good;
}

bool
new_write(const struct new_work *n, const char *dir, const char *name, struct str bytes)
{
    if (!files_is_dir(n->w->files, dir))
        return write_with_folder(n, dir, name, bytes);
    return files_write_new(n->w->arena, n->w->diags, path_join(n->w->arena, dir, name), bytes,
                           DIAG_ENGINE_NEW_EXISTS);
}

bool
new_check_year(const struct new_work *n, int year)
{
    if (year >= 2500 && year <= 2999)
        return true;
    diag_add(n->w->diags, DIAG_ENGINE_NEW_YEAR, POS_NONE, diag_printf(n->w->diags, "%d", year),
             NULL, NULL);
    return false;
}

bool
new_check_free(const struct new_work *n, const char *path)
{
    if (!work_exists(n->w, path))
        return true;
    diag_add(n->w->diags, DIAG_ENGINE_NEW_EXISTS, POS_NONE, path, NULL, NULL);
    return false;
}

const struct value *
new_read(const struct new_work *n, const char *source, struct str *text)
{
    struct str bytes;
    struct pos pos = {source, 0, 0};

    if (!work_read(n->w, source, VALUE_BYTES_MAX, &bytes))
        return NULL;
    if (source_is_form(source, bytes) || value_is_json(source)) {
        const struct value *value = source_is_form(source, bytes)
                                        ? source_of_form(n->w, n->places, n->wishes, source, bytes)
                                        : value_read_json(n->w->arena, n->w->diags, source, bytes);
        struct buf out = buf_in(n->w->arena);
        if (value == NULL)
            return NULL;
        value_write_yaml(value, &out);
        *text = buf_str(&out);
    } else if (!normal_decode(n->w->arena, n->w->diags, pos, bytes, text)) {
        return NULL;
    }
    *text = value_yaml_text(n->w->arena, *text);
    const struct value *value = value_read_yaml(n->w->arena, n->w->diags, source, *text);
    if (value != NULL && value->kind != VALUE_MAP) {
        diag_add(n->w->diags, DIAG_ENGINE_NOT_A_MAP, value->pos, NULL, NULL, NULL);
        return NULL;
    }
    return value;
}

bool
new_schema(const struct new_work *n, struct new_start *start, struct pos pos)
{
    start->template_dir = n->wishes->template_dir;
    if (start->template_dir == NULL)
        start->template_dir = places_template(n->w, n->places, start->template_name, pos);
    if (start->template_dir != NULL)
        start->schema = kit_schema(n->w, start->template_dir);
    return start->schema != NULL;
}

/* ---- rubrics */

struct rubric_place
new_rubric_place(const struct new_work *n, const struct new_start *start)
{
    return (struct rubric_place){.own = rubric_beside(n->w, start->dir),
                                 .template_dir = start->template_dir,
                                 .template_name = start->template_name};
}

static struct str
year_name(const struct new_work *n, int year)
{
    return str_of(arena_printf(n->w->arena, "%d", year));
}

/* The rubric of a year in *found, and typed; both NULL when there is none. False when it has
 * errors. */
static bool
find_rubric(const struct new_work *n, const struct new_start *start, int year,
            const struct value **found, const struct value **typed)
{
    const struct rubric_place place = new_rubric_place(n, start);
    bool failed = false;

    *found = *typed = NULL;
    if (year == 0)
        return true;
    *found = rubric_find(n->w, n->places, &place, year_name(n, year), &failed);
    if (*found != NULL)
        *typed = rubric_read(n->w, start->schema, *found);
    return !failed && (*found == NULL || *typed != NULL);
}

bool
new_rubrics(const struct new_work *n, struct new_start *start)
{
    const struct value *typed;

    if (start->schema->rubric == NULL)
        return true;
    if (!find_rubric(n, start, start->to, &start->now, &start->rubric))
        return false;
    if (start->from == start->to) {
        start->last = start->now;
        return true;
    }
    return find_rubric(n, start, start->from, &start->last, &typed);
}

/* ---- the sample of a template */

/* The template's own file, else one below the data folder. */
static const char *
find_sample(const struct new_work *n, const struct new_start *start)
{
    const char *roots[] = {start->template_dir, n->places->data};
    struct str sample = start->schema->sample;

    for (size_t i = 0; i < 2 && sample.len > 0 && path_is_inside(sample); i++) {
        const char *path = roots[i] == NULL
                               ? NULL
                               : arena_printf(n->w->arena, "%s/%.*s", roots[i], STR_FMT(sample));
        if (path != NULL && work_exists(n->w, path))
            return path;
    }
    diag_add(n->w->diags, DIAG_ENGINE_NEW_NO_EXAMPLE, POS_NONE, start->template_dir, NULL, NULL);
    return NULL;
}

static bool
start_from_sample(const struct new_work *n, struct new_start *start, int year)
{
    if (!new_schema(n, start, POS_NONE))
        return false;
    start->source = find_sample(n, start);
    start->report = start->source == NULL ? NULL : new_read(n, start->source, &start->text);
    if (start->report == NULL)
        return false;
    start->from = year_of(&start->schema->root, start->report);
    start->to = year == 0 ? start->from : year;
    if (!new_rubrics(n, start))
        return false;
    const struct carry_years years = {
        .from = start->from, .to = start->to, .last = start->last, .now = start->now};
    start->text = carry_example(n->w->arena, start->schema, start->report, start->text, &years);
    return true;
}

/* ---- last year's report */

/* The template that the report names; it must be the one that was asked for. */
static bool
name_template(const struct new_work *n, struct new_start *start, const char *wanted)
{
    start->template_name = source_template_name(start->report);
    if (start->template_name.len == 0) {
        diag_add(n->w->diags, DIAG_ENGINE_NO_TEMPLATE, start->report->pos, NULL, NULL, NULL);
        return false;
    }
    if (wanted == NULL || str_is(start->template_name, wanted))
        return new_schema(n, start, start->report->pos);
    diag_add(n->w->diags, DIAG_ENGINE_NEW_KIND, start->report->pos,
             diag_str(n->w->diags, start->template_name), wanted, NULL);
    return false;
}

/* One message for the entries of a field that the new rubric dropped, one for those that it calls
 * by another name. */
static void
tell_entries(const struct new_work *n, const struct new_start *start, const struct carry_told *told)
{
    for (size_t i = 0; i < told->count; i++) {
        const struct carry_entry *first = &told->entries[i];
        struct buf codes = buf_in(n->w->arena);
        bool again = false;
        for (size_t j = 0; j < told->count; j++) {
            const struct carry_entry *at = &told->entries[j];
            if (at->renamed != first->renamed || !str_eq(at->field, first->field))
                continue;
            again = again || j < i;
            buf_printf(&codes, "%s%.*s", codes.len == 0 ? "" : ", ", STR_FMT(at->code));
        }
        if (!again)
            diag_add(n->w->diags,
                     first->renamed   ? DIAG_ENGINE_NEW_RENAMED
                     : start->is_form ? DIAG_ENGINE_NEW_LEFT_OUT
                                      : DIAG_ENGINE_NEW_DROPPED,
                     (struct pos){start->source, 0, 0}, diag_str(n->w->diags, first->field),
                     str_cstr(n->w->arena, buf_str(&codes)),
                     diag_printf(n->w->diags, "%d", start->to));
    }
}

void
new_tell_holes(const struct new_work *n, size_t holes)
{
    if (holes > 0)
        diag_add(n->w->diags, DIAG_ENGINE_NEW_HOLES, POS_NONE,
                 diag_printf(n->w->diags, "%zu", holes), NULL, NULL);
}

bool
new_from_report(const struct new_work *n, struct new_start *start, const char *from,
                const char *wanted, int year)
{
    start->source = source_file(n->w, from);
    start->report = start->source == NULL ? NULL : new_read(n, start->source, &start->text);
    if (start->report == NULL || !name_template(n, start, wanted))
        return false;
    start->from = year_of(&start->schema->root, start->report);
    start->to = year;
    if (year == 0 && start->from != 0 && start->schema->rubric != NULL)
        start->to = start->from + 1; /* a yearly report is followed by that of the next year */
    if (!new_rubrics(n, start))
        return false;
    const struct carry_years years = {
        .from = start->from, .to = start->to, .last = start->last, .now = start->now};
    struct carry_told told;
    start->text =
        carry_report(n->w->arena, start->schema, start->report, start->text, &years, &told);
    tell_entries(n, start, &told);
    return true;
}

/* A report of a year whose rubric is not there yet can be begun, but not be checked. */
static void
warn_of_rubric(const struct new_work *n, const struct new_start *start)
{
    const struct rubric_place place = new_rubric_place(n, start);

    if (start->schema->rubric != NULL && start->to != 0 && start->now == NULL)
        rubric_tell_unknown(n->w, n->places, &place, year_name(n, start->to), POS_NONE,
                            DIAG_WARNING);
}

bool
banthuek_new(struct banthuek *b, const char *dir, const char *template_name, int year,
             const char *from)
{
    const struct new_work work = new_work_of(b), *n = &work;
    const char *target = path_join(n->w->arena, dir, REPORT_FILE);
    struct new_start start = {
        .dir = dir, .template_name = str_of(template_name == NULL ? "memo" : template_name)};

    if ((year != 0 && !new_check_year(n, year)) || !new_check_free(n, target))
        return false;
    bool good = from == NULL ? start_from_sample(n, &start, year)
                             : new_from_report(n, &start, from, template_name, year);
    if (!good || !new_write(n, dir, REPORT_FILE, start.text))
        return false;
    if (from != NULL)
        new_tell_holes(n, carry_holes(start.text));
    warn_of_rubric(n, &start);
    return true;
}
