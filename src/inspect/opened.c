#include "inspect/opened.h"

#include <string.h>

#include "base/arena.h"
#include "base/files.h"
#include "base/folder.h"
#include "base/hash.h"
#include "engine/work.h"
#include "pdfin/pdfin.h"

/* The first file of this name, or SIZE_MAX. */
static size_t
find_file(const struct pdfin_info *info, struct str name)
{
    for (size_t i = 0; i < info->file_count; i++) {
        if (str_eq(info->files[i].name, name))
            return i;
    }
    return SIZE_MAX;
}

/* Any program may put a manifest.json into a PDF: one that is not as we write it makes the PDF a
 * foreign one, which is no error by itself. */
static bool
read_manifest(struct work *w, struct opened *opened)
{
    size_t index = find_file(opened->info, STR(INPUT_MANIFEST));
    struct diags *faults = diags_new();
    struct str bytes;

    bool good = index != SIZE_MAX && opened->info->files[index].size <= MANIFEST_BYTES_MAX &&
                pdfin_read(opened->pdf, w->arena, index, &bytes) &&
                manifest_read(w->arena, faults, INPUT_MANIFEST, bytes, &opened->manifest);
    diags_free(faults);
    return good;
}

/* The record of a scan. A report may carry a file of this name, too: one that is not as we write it
 * counts for nothing, nor does any in a PDF that somebody signed by certificate. */
static bool
read_scan(struct work *w, struct opened *opened)
{
    size_t index = find_file(opened->info, STR(SCAN_RECORD_NAME));
    struct diags *faults = diags_new();
    struct str bytes;

    bool good = opened->is_ours && opened->info->signature_count == 0 && index != SIZE_MAX &&
                opened->info->files[index].size <= SCAN_RECORD_BYTES_MAX &&
                pdfin_read(opened->pdf, w->arena, index, &bytes) &&
                scan_record_read(w->arena, faults, SCAN_RECORD_NAME, bytes, &opened->scan) &&
                opened->scan.count == opened->info->page_count;
    diags_free(faults);
    return good;
}

/* The report inside, or SIZE_MAX. */
static size_t
find_report(const struct pdfin_info *info)
{
    static const char *const names[] = {"report.yaml", "report.json", "report.xlsx"};
    size_t index = SIZE_MAX;

    for (size_t i = 0; i < sizeof names / sizeof names[0] && index == SIZE_MAX; i++)
        index = find_file(info, str_of(names[i]));
    return index;
}

static bool
describe(struct work *w, const char *name, struct str bytes, bool brief, struct opened *out)
{
    *out = (struct opened){.path = name, .bytes = bytes};
    out->pdf = pdfin_open(w->arena, w->diags, name, bytes);
    out->info = out->pdf == NULL ? NULL
                : brief          ? pdfin_describe_briefly(out->pdf)
                                 : pdfin_describe(out->pdf);
    if (out->info == NULL)
        return false;
    out->is_ours = read_manifest(w, out);
    out->has_report = find_report(out->info) != SIZE_MAX;
    out->is_scan = read_scan(w, out);
    return true;
}

bool
opened_bytes(struct work *w, const char *name, struct str bytes, struct opened *out)
{
    return describe(w, name, bytes, true, out);
}

static bool
read_file(struct work *w, const char *path, bool brief, struct opened *out)
{
    const char *name = strcmp(path, "-") == 0 ? "<stdin>" : arena_printf(w->arena, "%s", path);
    struct str bytes;

    *out = (struct opened){.path = name};
    return work_read(w, path, PDFIN_BYTES_MAX, &bytes) && describe(w, name, bytes, brief, out);
}

bool
opened_read(struct work *w, const char *path, struct opened *out)
{
    return read_file(w, path, false, out);
}

bool
opened_briefly(struct work *w, const char *path, struct opened *out)
{
    return read_file(w, path, true, out);
}

void
opened_close(struct opened *opened)
{
    pdfin_close(opened->pdf);
    opened->pdf = NULL;
}

/* ---- unpacking */

/* True when the manifest says nothing of this file, or says that it is this. */
static bool
is_as_recorded(const struct manifest *manifest, struct str name, struct str bytes)
{
    char hex[2 * HASH_SIZE + 1] = "";

    for (size_t i = 0; i < manifest->input_count; i++) {
        if (!str_eq(manifest->inputs[i].name, name))
            continue;
        if (hex[0] == '\0') {
            struct hash hash = hash_of(bytes);
            hash_hex(&hash, hex);
        }
        if (str_is(manifest->inputs[i].sha256, hex))
            return true;
    }
    return hex[0] == '\0';
}

static void
check_recorded(struct work *w, const struct opened *opened, struct str name, struct str bytes)
{
    if (opened->is_ours && !is_as_recorded(&opened->manifest, name, bytes))
        diag_add(w->diags, DIAG_ENGINE_PDF_CHANGED, (struct pos){opened->path, 0, 0},
                 diag_str(w->diags, name), NULL, NULL);
}

static bool
unpack_file(struct work *w, const struct opened *opened, struct folder *folder, size_t index)
{
    struct str name = opened->info->files[index].name, bytes;
    struct arena *scratch = arena_new(0);
    bool good =
        pdfin_read(opened->pdf, scratch, index, &bytes) && folder_write(folder, name, bytes);

    if (good)
        check_recorded(w, opened, name, bytes);
    arena_free(scratch);
    return good;
}

/* The manifest names fonts and emblem, which are not carried. */
static bool
is_carried(const struct manifest *manifest, const struct manifest_input *input)
{
    if (str_is(input->role, "template") || str_is(input->role, "rubric"))
        return true;
    return manifest->data && (str_is(input->role, "report") || str_is(input->role, "data"));
}

static void
tell_missing(struct work *w, const struct opened *opened)
{
    const struct manifest *manifest = &opened->manifest;

    for (size_t i = 0; opened->is_ours && i < manifest->input_count; i++) {
        struct str name = manifest->inputs[i].name;
        if (is_carried(manifest, &manifest->inputs[i]) && find_file(opened->info, name) == SIZE_MAX)
            diag_add(w->diags, DIAG_ENGINE_PDF_GONE, (struct pos){opened->path, 0, 0},
                     diag_str(w->diags, name), NULL, NULL);
    }
}

bool
opened_unpack(struct work *w, const struct opened *opened, struct folder *folder)
{
    if (!pdfin_check_names(opened->pdf))
        return false;
    for (size_t i = 0; i < opened->info->file_count; i++) {
        if (!unpack_file(w, opened, folder, i))
            return false;
    }
    tell_missing(w, opened);
    return true;
}

bool
opened_file(struct work *w, const struct opened *opened, size_t index, struct str *bytes)
{
    if (!pdfin_read(opened->pdf, w->arena, index, bytes))
        return false;
    check_recorded(w, opened, opened->info->files[index].name, *bytes);
    return true;
}

bool
opened_lay(struct work *w, const struct opened *opened, const char *dir, struct files *files)
{
    if (!pdfin_check_names(opened->pdf))
        return false;
    for (size_t i = 0; i < opened->info->file_count; i++) {
        struct files_named *named = arena_alloc(w->arena, sizeof *named);
        struct str name = opened->info->files[i].name;
        if (!opened_file(w, opened, i, &named->bytes))
            return false;
        named->path = arena_printf(w->arena, "%s/%.*s", dir, STR_FMT(name));
        named->next = files->named;
        files->named = named;
    }
    tell_missing(w, opened);
    return true;
}

bool
opened_report(struct work *w, const struct opened *opened, struct str *name, struct str *bytes)
{
    size_t index = find_report(opened->info);

    *name = opened->info->files[index].name;
    return pdfin_check_names(opened->pdf) && opened_file(w, opened, index, bytes);
}
