/* Scans into an archive: each finds its report by its code. */
#include <string.h>

#include "archive/archive.h"
#include "archive/code.h"
#include "base/arena.h"
#include "paper/scan.h"

size_t
banthuek_scan_count(const struct banthuek_scan *scan)
{
    return scan->sorted.count;
}

/* Says of a report what is not wrong, but has to be known. */
static void
tell_versions(struct diags *diags, const struct banthuek_scanned *out, const struct coded *coded)
{
    if (coded->later != 0)
        diag_add(diags, DIAG_PAPER_OLD_VERSION, POS_NONE, out->code,
                 diag_printf(diags, "%zu", out->later), diag_printf(diags, "%zu", out->entry));
}

static bool
refuse_unknown(struct lent lent, struct store *store, const struct banthuek_scan *scan,
               const struct sorted *sorted, const struct banthuek_scanned *out)
{
    const struct sheet *first = sorted->pages[0].sheet;
    int64_t unknown = 0;

    diag_add(lent.diags, DIAG_PAPER_UNKNOWN_CODE, scan_pos(scan, first),
             scan_page_name(scan, lent.diags, first), out->code,
             diag_printf(lent.diags, "%zu", sorted->count));
    if (code_unknown(store, &unknown) && unknown > 0)
        diag_add(lent.diags, DIAG_PAPER_CODES_UNKNOWN, POS_NONE,
                 diag_printf(lent.diags, "%lld", (long long)unknown), NULL, NULL);
    return false;
}

/* "memo.pdf" becomes "memo-scan.pdf". */
static const char *
scan_name(struct arena *arena, struct str file)
{
    size_t len = str_ends_same(file, STR(".pdf")) ? file.len - 4 : file.len;

    return arena_printf(arena, "%.*s-scan.pdf", (int)len, file.ptr);
}

/* A classified report's scan is as classified as itself, which the archive has already. */
static bool
add_scan(struct banthuek *b, struct banthuek_archive *archive, const struct coded *coded,
         struct str pdf, struct banthuek_scanned *out)
{
    struct lent lent = lent_of(b);
    const char *name = scan_name(lent.arena, coded->file);
    const struct banthuek_archive_given given = {
        .struct_size = sizeof given, .flags = coded->is_secret ? BANTHUEK_ARCHIVE_SECRET : 0};

    banthuek_add_file(b, name, lent_bytes(pdf));
    const struct banthuek_archive_added *added = banthuek_archive_add(b, archive, name, &given);
    out->is_bound = added != NULL;
    if (added == NULL)
        return false;
    out->added = added->entry;
    out->is_new = added->is_new;
    out->supersedes = added->supersedes;
    return true;
}

static bool
find_report(struct lent lent, struct store *store, const struct code *code, struct coded *coded,
            struct str *bytes)
{
    return code_find_document(store, lent.arena, code, coded) &&
           (coded->n == 0 || content_get(store, lent.arena, coded->content, bytes));
}

const struct banthuek_scanned *
banthuek_scan_keep(struct banthuek *b, struct banthuek_scan *scan, size_t index,
                   struct banthuek_archive *archive)
{
    struct lent lent = archive_begin(b, archive);
    struct sorted *sorted = &scan->sorted.list[index];
    struct banthuek_scanned *out = scan_result(scan, &sorted->code);
    struct str bytes, pdf;
    struct coded coded;

    out->scanned = sorted->count;
    if (!find_report(lent, archive->store, &sorted->code, &coded, &bytes))
        return out;
    out->entry = (size_t)coded.n;
    out->later = (size_t)coded.later;
    if (coded.n == 0) {
        (void)refuse_unknown(lent, archive->store, scan, sorted, out);
        return out;
    }
    tell_versions(lent.diags, out, &coded);
    const struct binding binding = {.scan = scan,
                                    .sorted = sorted,
                                    .name = coded.file,
                                    .pdf = bytes,
                                    .kept = (size_t)coded.scan,
                                    .out = out};
    if (scan_bind(b, &binding, &pdf))
        (void)add_scan(b, archive, &coded, pdf, out);
    return out;
}
