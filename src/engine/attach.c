#include "engine/attach.h"

#include <strings.h>

#include "base/arena.h"
#include "base/files.h"
#include "base/path.h"
#include "check/canonical.h"
#include "engine/engine.h"
#include "engine/input.h"
#include "engine/manifest.h"
#include "pdf/pdf.h"

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
    struct banthuek *b;
    struct pdf_file *files;
    size_t count, cap;
};

/* False when another file of the same name is carried already: a folder cannot hold both. With
 * `may_stand_twice` it may be the same file, named by the report and by the template. */
static bool
add(struct attaching *all, struct pdf_file file, bool may_stand_twice)
{
    struct banthuek *b = all->b;

    for (size_t i = 0; i < all->count; i++) {
        if (str_eq(all->files[i].name, file.name)) {
            if (may_stand_twice && str_eq(all->files[i].bytes, file.bytes))
                return true;
            diag_add(b->diags, DIAG_ENGINE_CARRIED_TWICE, POS_NONE, diag_str(b->diags, file.name),
                     NULL, NULL);
            return false;
        }
    }
    file.type = type_of(file.name);
    all->files = arena_grow(b->arena, all->files, all->count, &all->cap, sizeof *all->files, 32);
    all->files[all->count++] = file;
    return true;
}

static bool
add_made(struct attaching *all, const char *name, const char *relation, const char *description,
         const struct buf *bytes)
{
    return add(all,
               (struct pdf_file){.name = str_of(name),
                                 .relation = relation,
                                 .description = str_of(description),
                                 .bytes = buf_str(bytes)},
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
add_inputs(struct attaching *all)
{
    bool data = !all->b->options.no_data, good = true;

    for (const struct input *at = all->b->inputs; at != NULL; at = at->next) {
        bool of_template = at->role == INPUT_TEMPLATE || at->role == INPUT_RUBRIC;
        if (!of_template && !(input_is_data(at->role) && data))
            continue;
        const struct pdf_file file = {
            .name = at->name,
            .relation = "Source",
            .description = description_of(at),
            .bytes = at->bytes,
        };
        good = add(all, file, true) && good;
    }
    return good;
}

bool
attach_try(struct banthuek *b)
{
    static const char *const made[] = {INPUT_CANONICAL, INPUT_FINDINGS, INPUT_MANIFEST};
    struct attaching all = {.b = b};
    const struct buf none = buf_in(b->arena);
    bool good = add_inputs(&all);

    for (size_t i = b->options.no_data ? 2 : 0; i < sizeof made / sizeof made[0]; i++)
        good = add_made(&all, made[i], "", "", &none) && good;
    return good;
}

static bool
add_data(struct attaching *all)
{
    struct banthuek *b = all->b;
    struct buf canonical = buf_in(b->arena), findings = buf_in(b->arena);

    if (b->options.no_data)
        return true;
    canonical_write(b->arena, b->schema, b->report, b->data, &canonical);
    engine_findings(b, &findings);
    return add_made(all, INPUT_CANONICAL, "Data", "ข้อมูลของรายงานในรูปแบบเดียวกันทุกฉบับ", &canonical) &&
           add_made(all, INPUT_FINDINGS, "Supplement", "ผลการตรวจและข้อที่ยอมรับ", &findings);
}

/* Compares with the manifest beside a report that was taken out of a PDF. One that cannot be read
 * does not stand in the way of a new PDF. */
static void
compare_beside(struct banthuek *b, const struct manifest *now)
{
    const char *path = path_join(b->arena, b->report_dir, INPUT_MANIFEST);
    struct manifest then;
    struct str bytes;

    if (!engine_brings_template(b) || !files_exists(b->files, path))
        return;
    struct diags *faults = diags_new();
    if (files_read(b->files, b->arena, faults, POS_NONE, path, MANIFEST_BYTES_MAX, &bytes) &&
        manifest_read(b->arena, faults, path, bytes, &then))
        manifest_compare(b->diags, &then, now);
    else
        diag_add(b->diags, DIAG_MANIFEST_NOT_COMPARED, POS_NONE, path, NULL, NULL);
    diags_free(faults);
}

bool
attach_files(struct banthuek *b, const struct pages *pages, struct pdf_meta *meta)
{
    struct attaching all = {.b = b};
    struct manifest now = manifest_of(b, pages, meta->created);
    struct buf manifest = buf_in(b->arena);

    compare_beside(b, &now);
    manifest_write(&now, &manifest);
    if (!add_inputs(&all) || !add_data(&all) ||
        !add_made(&all, INPUT_MANIFEST, "Supplement", "บัญชีแฟ้มและโปรแกรมที่ใช้ทำฉบับนี้", &manifest))
        return false;
    meta->files = all.files;
    meta->file_count = all.count;
    return true;
}
