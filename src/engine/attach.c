#include "engine/attach.h"

#include <strings.h>

#include "base/arena.h"
#include "base/path.h"
#include "check/canonical.h"
#include "engine/stages.h"
#include "pdf/pdf.h"
#include "schema/schema.h"

/* Media types (IANA) by the ending of the name. */
static const struct {
    const char *ending, *type;
} types[] = {
    {".yaml", "application/yaml"},
    {".json", "application/json"},
    {".xml", "application/xml"},
    {".txt", "text/plain"},
    {".csv", "text/csv"},
    {".tsv", "text/tab-separated-values"},
    {".xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"},
    {".xlsm", "application/vnd.ms-excel.sheet.macroEnabled.12"},
    {".png", "image/png"},
    {".jpg", "image/jpeg"},
    {".jpeg", "image/jpeg"},
    {".svg", "image/svg+xml"},
};

static const char *
type_of(struct str name)
{
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++) {
        struct str ending = str_of(types[i].ending);
        if (name.len > ending.len &&
            strncasecmp(name.ptr + name.len - ending.len, ending.ptr, ending.len) == 0)
            return types[i].type;
    }
    return "application/octet-stream";
}

struct attaching {
    struct work *w;
    struct pdf_file *files;
    size_t count, cap;
};

/* False when another file of the same name is carried already: a folder cannot hold both. With
 * `may_stand_twice` it may be the same file, named by the report and by the template. */
static bool
add(struct attaching *all, struct pdf_file file, bool may_stand_twice)
{
    struct work *w = all->w;

    for (size_t i = 0; i < all->count; i++) {
        if (str_eq(all->files[i].name, file.name)) {
            if (may_stand_twice && str_eq(all->files[i].bytes, file.bytes))
                return true;
            diag_add(w->diags, DIAG_ENGINE_CARRIED_TWICE, POS_NONE, diag_str(w->diags, file.name),
                     NULL, NULL);
            return false;
        }
    }
    file.type = type_of(file.name);
    *ARENA_ADD(w->arena, all->files, all->count, all->cap, 32) = file;
    return true;
}

static bool
add_made(struct attaching *all, const char *name, const char *relation, const char *description,
         struct str bytes)
{
    return add(all,
               (struct pdf_file){.name = str_of(name),
                                 .relation = relation,
                                 .description = str_of(description),
                                 .bytes = bytes},
               false);
}

/* What a file is, for whoever looks at the list of attachments. */
static struct str
description_of(const struct input *input)
{
    static const char *const words[INPUT_ROLES] = {
        [INPUT_REPORT] = "รายงานตามที่กรอก",
        [INPUT_DATA] = "ตารางข้อมูลของรายงาน",
        [INPUT_TEMPLATE] = "แม่แบบที่ใช้ทำฉบับนี้",
        [INPUT_RUBRIC] = "เกณฑ์ของปีที่รายงาน",
    };
    bool picture = str_starts(str_of(type_of(input->name)), STR("image/"));

    if (input->role == INPUT_DATA && picture)
        return STR("ภาพในรายงาน ตามที่พิมพ์");
    return str_of(words[input->role]);
}

/* Fonts and the emblem are told by the manifest alone: they are not ours to hand on. */
static bool
add_inputs(struct attaching *all, bool no_data, bool packed)
{
    bool data = !no_data, good = true;

    for (const struct input *at = all->w->inputs->first; at != NULL; at = at->next) {
        bool of_template = at->role == INPUT_TEMPLATE || at->role == INPUT_RUBRIC;
        if (!of_template && !(input_is_data(at->role) && data))
            continue;
        const struct pdf_file file = {
            .name = at->name,
            .relation = "Source",
            .description = description_of(at),
            .bytes = at->bytes,
            .deflated = packed ? input_deflated(all->w, at) : STR(""),
        };
        good = add(all, file, true) && good;
    }
    return good;
}

bool
attach_try(struct work *w, bool no_data)
{
    static const char *const made[] = {INPUT_CANONICAL, INPUT_FINDINGS, INPUT_MANIFEST};
    struct attaching all = {.w = w};
    bool good = add_inputs(&all, no_data, false);

    for (size_t i = no_data ? 2 : 0; i < sizeof made / sizeof made[0]; i++)
        good = add_made(&all, made[i], "", "", STR("")) && good;
    return good;
}

static bool
add_data(struct attaching *all, const struct print_job *job)
{
    struct arena *arena = all->w->arena;
    struct buf canonical = buf_in(arena);

    canonical_write(arena, job->page->kit->schema, job->data->report, job->data->typed, &canonical);
    return add_made(all, INPUT_CANONICAL, "Data", "ข้อมูลของรายงานในรูปแบบเดียวกันทุกฉบับ",
                    buf_str(&canonical)) &&
           add_made(all, INPUT_FINDINGS, "Supplement", "ผลการตรวจและข้อที่ยอมรับ", job->findings);
}

static const char *
beside_path(struct work *w, const struct source *source)
{
    return path_join(w->arena, source->dir, INPUT_MANIFEST);
}

enum beside
attach_beside(struct work *w, const struct source *source, struct manifest *out)
{
    const char *path = beside_path(w, source);
    struct work quiet = *w;
    struct str bytes;

    if (!source->brings || !work_exists(w, path))
        return BESIDE_NONE;
    quiet.diags = diags_new();
    bool good = work_read(&quiet, path, MANIFEST_BYTES_MAX, &bytes) &&
                manifest_read(w->arena, quiet.diags, path, bytes, out);
    diags_free(quiet.diags);
    return good ? BESIDE_READ : BESIDE_DAMAGED;
}

/* What was made before there were fields is made again without. */
static void
tell_no_fields(struct work *w, const struct manifest *then)
{
    const struct wishes *wishes = w->wishes;

    if (!then->says_fields && !wishes->no_fields && !wishes->draft)
        diag_add(w->diags, DIAG_MANIFEST_NO_FIELDS, then->pos, INPUT_MANIFEST, NULL, NULL);
}

/* What was made before there was a for-pen form is made again to the same bytes, which say nothing
 * of it. */
static void
keep_as_then(struct work *w, const struct manifest *then, bool same_pages, struct manifest *now)
{
    if (then->says_for_pen || w->wishes->for_pen || !same_pages)
        return;
    now->says_for_pen = false;
    now->code = STR("");
}

/* Compares with the manifest beside the report. One that cannot be read does not stand in the way
 * of a new PDF. */
static struct manifest_differences
compare_beside(struct work *w, const struct source *source, struct manifest *now, struct diags *to)
{
    struct manifest_differences found = {false, 0};
    struct manifest then;
    enum beside beside = attach_beside(w, source, &then);

    if (beside == BESIDE_READ) {
        found = manifest_compare(to, &then, now);
        if (found.pages)
            diag_add(w->diags, DIAG_MANIFEST_PAGES, then.pos, NULL, NULL, NULL);
        tell_no_fields(w, &then);
        keep_as_then(w, &then, !found.pages, now);
    } else if (beside == BESIDE_DAMAGED) {
        diag_add(w->diags, DIAG_MANIFEST_NOT_COMPARED, POS_NONE, beside_path(w, source), NULL,
                 NULL);
    }
    return found;
}

bool
attach_files(struct work *w, const struct print_job *job, struct pdf_meta *meta,
             struct printed *out)
{
    bool no_data = w->wishes->no_data;
    struct attaching all = {.w = w};
    struct str replaces = schema_replaces(job->page->kit->schema, job->data->typed);
    struct manifest now = manifest_of(w, job->paged, meta->created, replaces);
    struct buf manifest = buf_in(w->arena);

    out->code = now.code;
    out->differences =
        compare_beside(w, job->source, &now, job->compared == NULL ? w->diags : job->compared);
    meta->any_size = !now.says_for_pen;
    manifest_write(&now, &manifest);
    if (!add_inputs(&all, no_data, true) || (!no_data && !add_data(&all, job)) ||
        !add_made(&all, INPUT_MANIFEST, "Supplement", "บัญชีแฟ้มและโปรแกรมที่ใช้ทำฉบับนี้",
                  buf_str(&manifest)))
        return false;
    meta->files = all.files;
    meta->file_count = all.count;
    return true;
}
