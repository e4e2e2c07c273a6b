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
#include "renew/edit.h"
#include "renew/last.h"
#include "renew/year.h"
#include "schema/rubric.h"
#include "schema/schema.h"
#include "thai/normal.h"
#include "value/read.h"
#include "value/value.h"
#include "value/write.h"

#define REPORT_FILE "report.yaml"

/* False after a message where no folder can be made: there must be one above it. */
static bool
check_folder(struct work *w, const char *dir)
{
    if (files_is_taken(dir))
        errno = EEXIST;
    else if (files_is_dir(w->files, path_dir(w->arena, dir)))
        return true;
    else
        errno = ENOENT;
    diag_add(w->diags, DIAG_ENGINE_NEW_FOLDER, POS_NONE, dir, diag_system(w->diags, errno), NULL);
    return false;
}

/* The folder comes with the file in it, so that neither is ever there without the other. */
static bool
write_with_folder(struct work *w, const char *dir, const char *name, struct str bytes)
{
    struct folder *folder = check_folder(w, dir) ? folder_begin(w->arena, w->diags, dir) : NULL;
    bool good =
        folder != NULL && folder_write(folder, str_of(name), bytes) && folder_commit(folder);

    folder_end(folder);
    return good;
}

bool
new_write(struct work *w, const char *dir, const char *name, struct str bytes)
{
    if (!files_is_dir(w->files, dir))
        return write_with_folder(w, dir, name, bytes);
    return files_write_new(w->arena, w->diags, path_join(w->arena, dir, name), bytes,
                           DIAG_ENGINE_NEW_EXISTS);
}

bool
new_check_year(struct work *w, int year)
{
    if (year >= 2500 && year <= 2999)
        return true;
    diag_add(w->diags, DIAG_ENGINE_NEW_YEAR, POS_NONE, diag_printf(w->diags, "%d", year), NULL,
             NULL);
    return false;
}

bool
new_check_free(struct work *w, const char *path)
{
    if (!work_exists(w, path))
        return true;
    diag_add(w->diags, DIAG_ENGINE_NEW_EXISTS, POS_NONE, path, NULL, NULL);
    return false;
}

const struct value *
new_read(struct work *w, const char *source, struct str *text)
{
    struct str bytes;
    struct pos pos = {source, 0, 0};

    if (!work_read(w, source, VALUE_BYTES_MAX, &bytes))
        return NULL;
    if (source_is_form(source, bytes) || value_is_json(source)) {
        const struct value *value = source_is_form(source, bytes)
                                        ? source_of_form(w, source, bytes)
                                        : value_read_json(w->arena, w->diags, source, bytes);
        struct buf out = buf_in(w->arena);
        if (value == NULL)
            return NULL;
        value_write_yaml(value, &out);
        *text = buf_str(&out);
    } else if (!normal_decode(w->arena, w->diags, pos, bytes, text)) {
        return NULL;
    }
    *text = value_yaml_text(w->arena, *text);
    const struct value *value = value_read_yaml(w->arena, w->diags, source, *text);
    if (value != NULL && value->kind != VALUE_MAP) {
        diag_add(w->diags, DIAG_ENGINE_NOT_A_MAP, value->pos, NULL, NULL, NULL);
        return NULL;
    }
    return value;
}

bool
new_schema(struct work *w, struct new_start *start, struct pos pos)
{
    start->schema = kit_schema_for(w, start->template_name, pos, &start->template_dir);
    return start->schema != NULL;
}

#define YEARS_MAX 100 /* over which entries are followed */

/* ---- rubrics */

struct rubric_place
new_rubric_place(struct work *w, const struct new_start *start)
{
    return (struct rubric_place){.schema = start->schema,
                                 .own = rubric_beside(w, start->dir),
                                 .template_dir = start->template_dir,
                                 .template_name = start->template_name};
}

/* The rubric that lies beside last year's report is the one that it was made by. */
static const struct rubric_file *
find_file(struct work *w, const struct new_start *start, int year, bool *failed)
{
    struct rubric_place place = new_rubric_place(w, start);
    struct str name = rubric_name(w, year, start->variant);
    const char *beside = start->source == NULL || year != start->from
                             ? NULL
                             : rubric_beside(w, path_dir(w->arena, start->source));

    if (beside == NULL || !files_is_dir(w->files, beside))
        return rubric_find(w, &place, name, failed);
    const char *own = place.own;
    place.own = beside;
    const struct rubric_file *file = rubric_find(w, &place, name, failed);
    place.own = own;
    return file != NULL || *failed ? file : rubric_find(w, &place, name, failed);
}

/* The rubric of a year in *found, and typed; both NULL when there is none. False when it has
 * errors. */
static bool
find_rubric(struct work *w, const struct new_start *start, int year, const struct value **found,
            const struct value **typed)
{
    bool failed = false;

    *found = *typed = NULL;
    if (year == 0)
        return true;
    const struct rubric_file *file = find_file(w, start, year, &failed);
    *found = file == NULL ? NULL : file->value;
    if (*found != NULL)
        *typed = rubric_read(w, start->schema, *found);
    return !failed && (*found == NULL || *typed != NULL);
}

bool
new_rubrics(struct work *w, struct new_start *start)
{
    const struct value *typed;

    if (start->schema->rubric == NULL)
        return true;
    if (!find_rubric(w, start, start->to, &start->now, &start->rubric))
        return false;
    if (start->from == start->to) {
        start->last = start->now;
        return true;
    }
    return find_rubric(w, start, start->from, &start->last, &typed);
}

/* The rubrics of the years between, with which entries are followed; those that cannot be read are
 * told where they are used. */
static const struct value *const *
rubrics_between(struct work *w, const struct new_start *start)
{
    const struct rubric_place place = new_rubric_place(w, start);
    size_t count =
        start->from != 0 && start->to > start->from && start->to - start->from <= YEARS_MAX
            ? (size_t)(start->to - start->from - 1)
            : 0;
    const struct value **rubrics = arena_array(w->arena, count + 1, sizeof rubrics[0]);
    struct work quiet = *w;
    bool failed;

    if (start->schema->rubric == NULL || start->to - start->from > YEARS_MAX)
        return NULL;
    quiet.diags = diags_new();
    for (size_t i = 0; i < count; i++) {
        struct str name = rubric_name(w, start->from + 1 + (int)i, start->variant);
        const struct rubric_file *file = rubric_find(&quiet, &place, name, &failed);
        bool good = file != NULL && rubric_read(&quiet, start->schema, file->value) != NULL;
        rubrics[i] = good ? file->value : NULL;
    }
    diags_free(quiet.diags);
    return rubrics;
}

/* True for a template whose rubrics say what entries were in the year before. */
static bool
follows_entries(const struct schema *schema)
{
    for (size_t i = 0; schema->rubric != NULL && i < schema->rubric->field_count; i++)
        if (rubric_former(&schema->rubric->fields[i]) != NULL)
            return true;
    return false;
}

/* Tells the first year between whose rubric is missing: entries are then known by their codes
 * alone.
 */
static void
tell_between(struct work *w, const struct new_start *start, const struct carry_years *years)
{
    for (int year = years->from + 1; years->between != NULL && year < years->to; year++) {
        if (years->now == NULL || years->from == 0 || !follows_entries(start->schema))
            return;
        if (years->between[year - years->from - 1] != NULL)
            continue;
        diag_add(w->diags, DIAG_ENGINE_NEW_BETWEEN, (struct pos){start->source, 0, 0},
                 diag_printf(w->diags, "%d", year), NULL, NULL);
        return;
    }
}

/* What is carried from which year to which. */
static struct carry_years
years_of(struct work *w, const struct new_start *start)
{
    return (struct carry_years){.from = start->from,
                                .to = start->to,
                                .last = start->last,
                                .now = start->now,
                                .between = rubrics_between(w, start)};
}

/* ---- the sample of a template */

/* The template's own file, else one below the data folder. */
static const char *
find_sample(struct work *w, const struct new_start *start)
{
    const char *roots[] = {start->template_dir, w->places->data};
    struct str sample = start->schema->sample;

    for (size_t i = 0; i < 2 && sample.len > 0 && path_is_inside(sample); i++) {
        const char *path =
            roots[i] == NULL ? NULL : arena_printf(w->arena, "%s/%.*s", roots[i], STR_FMT(sample));
        if (path != NULL && work_exists(w, path))
            return path;
    }
    diag_add(w->diags, DIAG_ENGINE_NEW_NO_EXAMPLE, POS_NONE, start->template_dir, NULL, NULL);
    return NULL;
}

static bool
start_from_sample(struct work *w, struct new_start *start, int year)
{
    if (!new_schema(w, start, POS_NONE))
        return false;
    start->source = find_sample(w, start);
    start->report = start->source == NULL ? NULL : new_read(w, start->source, &start->text);
    if (start->report == NULL || !new_variant(w, start))
        return false;
    start->from = year_of(&start->schema->root, start->report);
    start->to = year == 0 ? start->from : year;
    if (!new_rubrics(w, start))
        return false;
    const struct carry_years years = years_of(w, start);
    start->text = carry_example(w->arena, start->schema, start->report, start->text, &years);
    return true;
}

/* ---- last year's report */

/* The template that the report names; it must be the one that was asked for. */
static bool
name_template(struct work *w, struct new_start *start, const char *wanted)
{
    start->template_name = source_template_name(start->report);
    if (start->template_name.len == 0) {
        diag_add(w->diags, DIAG_ENGINE_NO_TEMPLATE, start->report->pos, NULL, NULL, NULL);
        return false;
    }
    if (wanted == NULL || str_is(start->template_name, wanted))
        return new_schema(w, start, start->report->pos);
    diag_add(w->diags, DIAG_ENGINE_NEW_KIND, start->report->pos,
             diag_str(w->diags, start->template_name), wanted, NULL);
    return false;
}

static enum diag_code
code_of_fate(const struct new_start *start, enum carry_fate fate)
{
    switch (fate) {
    case CARRY_RENAMED:
        return DIAG_ENGINE_NEW_RENAMED;
    case CARRY_MOVED:
        return DIAG_ENGINE_NEW_MOVED;
    case CARRY_MERGED:
        return DIAG_ENGINE_NEW_MERGED;
    default:
        return start->is_form ? DIAG_ENGINE_NEW_LEFT_OUT : DIAG_ENGINE_NEW_DROPPED;
    }
}

/* One message for the entries of a field that the new rubric dropped, one for those that it calls
 * by another name, and so on. */
static void
tell_entries(struct work *w, const struct new_start *start, const struct carry_told *told)
{
    for (size_t i = 0; i < told->count; i++) {
        const struct carry_entry *first = &told->entries[i];
        struct buf codes = buf_in(w->arena);
        bool again = false;
        for (size_t j = 0; j < told->count; j++) {
            const struct carry_entry *at = &told->entries[j];
            if (at->fate != first->fate || !str_eq(at->field, first->field))
                continue;
            again = again || j < i;
            buf_printf(&codes, "%s%.*s", codes.len == 0 ? "" : ", ", STR_FMT(at->code));
        }
        if (!again)
            diag_add(w->diags, code_of_fate(start, first->fate), (struct pos){start->source, 0, 0},
                     diag_str(w->diags, first->field), str_cstr(w->arena, buf_str(&codes)),
                     diag_printf(w->diags, "%d", start->to));
    }
}

void
new_tell_holes(struct work *w, size_t holes)
{
    if (holes > 0)
        diag_add(w->diags, DIAG_ENGINE_NEW_HOLES, POS_NONE, diag_printf(w->diags, "%zu", holes),
                 NULL, NULL);
}

/* What the schema asks of last year's report, where it is one of last year. */
static void
fill_last(struct work *w, struct new_start *start, const struct carry_years *years)
{
    struct last_told told;
    struct pos pos = {start->source, 0, 0};

    if (!last_is_asked(start->schema))
        return;
    if (years->from != 0 && years->to != 0 && years->from >= years->to) {
        diag_add(w->diags, DIAG_ENGINE_NEW_NOT_LAST, pos, diag_printf(w->diags, "%d", years->from),
                 diag_printf(w->diags, "%d", years->to), NULL);
        return;
    }
    start->text = last_fill(w->arena, start->schema, start->report, start->text, years, &told);
    if (told.field.len > 0)
        diag_add(w->diags, DIAG_ENGINE_NEW_LAST, pos, diag_str(w->diags, told.field),
                 years->from == 0 ? start->source : diag_printf(w->diags, "%d", years->from),
                 diag_printf(w->diags, "%zu", told.count));
    if (told.dropped.len > 0)
        diag_add(w->diags, DIAG_ENGINE_NEW_LAST_NONE, pos, diag_str(w->diags, told.dropped), NULL,
                 NULL);
}

bool
new_from_report(struct work *w, struct new_start *start, const char *from, const char *wanted,
                int year)
{
    start->source = source_file(w, from);
    start->report = start->source == NULL ? NULL : new_read(w, start->source, &start->text);
    if (start->report == NULL || !name_template(w, start, wanted) || !new_variant(w, start))
        return false;
    start->from = year_of(&start->schema->root, start->report);
    start->to = year;
    if (year == 0 && start->from != 0 && start->schema->rubric != NULL)
        start->to = start->from + 1; /* a yearly report is followed by that of the next year */
    if (!new_rubrics(w, start))
        return false;
    const struct carry_years years = years_of(w, start);
    struct carry_told told;
    tell_between(w, start, &years);
    start->text = carry_report(w->arena, start->schema, start->report, start->text, &years, &told);
    tell_entries(w, start, &told);
    fill_last(w, start, &years);
    start->text = edits_line_ends(w->arena, start->text);
    return true;
}

/* A report of a year whose rubric is not there yet can be begun, but not be checked. */
static void
warn_of_rubric(struct work *w, const struct new_start *start)
{
    const struct rubric_place place = new_rubric_place(w, start);

    if (start->schema->rubric != NULL && start->to != 0 && start->now == NULL)
        rubric_tell_unknown(w, &place, rubric_name(w, start->to, start->variant), POS_NONE,
                            DIAG_WARNING);
}

bool
banthuek_new(struct banthuek *b, const char *dir, const char *template_name, int year,
             const char *from)
{
    struct work *w = &b->work;
    const char *target = path_join(w->arena, dir, REPORT_FILE);
    struct new_start start = {
        .dir = dir, .template_name = str_of(template_name == NULL ? "memo" : template_name)};

    if ((year != 0 && !new_check_year(w, year)) || !new_check_free(w, target))
        return false;
    bool good = from == NULL ? start_from_sample(w, &start, year)
                             : new_from_report(w, &start, from, template_name, year);
    if (!good || !new_write(w, dir, REPORT_FILE, start.text))
        return false;
    if (from != NULL)
        new_tell_holes(w, carry_holes(start.text));
    warn_of_rubric(w, &start);
    return true;
}
