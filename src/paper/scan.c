/* Reading scans: which files, and what is found on each of their pages. */
#include "paper/scan.h"

#include <stdlib.h>

#include "archive/archive.h"
#include "base/arena.h"
#include "base/files.h"
#include "base/path.h"
#include "inspect/report_of.h"
#include "paper/find.h"
#include "paper/look.h"
#include "paper/read.h"
#include "paper/typed.h"

/* ---- names of pages */

const struct scan_file *
scan_file_of(const struct banthuek_scan *scan, const struct sheet *sheet)
{
    size_t i = 0;

    while (sheet->index >= scan->files[i].first + scan->files[i].count)
        i++;
    return &scan->files[i];
}

size_t
scan_number_of(const struct banthuek_scan *scan, const struct sheet *sheet)
{
    return sheet->index - scan_file_of(scan, sheet)->first + 1;
}

struct pos
scan_pos(const struct banthuek_scan *scan, const struct sheet *sheet)
{
    return (struct pos){scan_file_of(scan, sheet)->path, 0, 0};
}

const char *
scan_page_name(const struct banthuek_scan *scan, struct diags *diags, const struct sheet *sheet)
{
    size_t number = scan_number_of(scan, sheet), all = sheet->index + 1;

    if (number == all)
        return diag_printf(diags, "%zu", all);
    return diag_both(diags, diag_printf(diags, "%zu (%zu of all)", number, all),
                     diag_printf(diags, "%zu (ลำดับที่ %zu ของทั้งหมด)", number, all));
}

/* ---- looking */

struct looking {
    struct banthuek *banthuek;
    struct banthuek_scan *scan;
    struct lent lent;
    struct banthuek_scan_options options;
    size_t sheet_cap, file_cap;
};

/* What makes two pages the very same: all their images. */
static struct hash
hash_of_page(struct arena *arena, const struct scan_file *file, const struct scan_page *page)
{
    struct hash_state *state = hash_begin(arena);

    for (size_t i = 0; i < page->place_count; i++)
        hash_add(state, page->places[i].image->bytes);
    if (page->place_count == 0) { /* drawn: the same page of the same file */
        hash_add(state, (struct str){(const char *)file->hash.bytes, HASH_SIZE});
        hash_add(state, (struct str){(const char *)&page->number, sizeof page->number});
    }
    return hash_end(state);
}

static void
take_codes(struct looking *l, const struct scan_page *page, const struct look *look,
           struct sheet *sheet)
{
    struct arena *scratch = arena_new(arena_budget(l->lent.arena));
    const struct found_codes found = raster_codes(scratch, &look->raster, look->dpi);

    struct sheet_code *codes = arena_array(l->scan->arena, found.count, sizeof *codes);

    sheet->codes = codes;
    for (size_t i = 0; i < found.count; i++) {
        const struct found_code *code = &found.code[i];
        if (code->is_ours)
            codes[sheet->code_count++] = (struct sheet_code){
                code->code, code->page, (unsigned)look_turn(page, look, code->turn),
                code->is_in_corner};
    }
    arena_free(scratch);
}

static void
look_at(struct looking *l, const struct scan_file *file, const struct scan_page *page,
        struct sheet *sheet)
{
    struct arena *scratch = arena_new(arena_budget(l->lent.arena));
    struct look look;

    sheet->image = hash_of_page(scratch, file, page);
    if (page_look(scratch, l->lent.diags, page, &look)) {
        take_codes(l, page, &look, sheet);
        sheet->is_blank = sheet->code_count == 0 && raster_is_blank(&look.raster, look.dpi);
    } else {
        sheet->is_damaged = !look.is_unknown;
    }
    arena_free(scratch);
}

static struct scan_file *
add_file(struct looking *l, const char *path, struct str bytes)
{
    struct banthuek_scan *scan = l->scan;
    struct scan_file *file =
        ARENA_ADD(scan->arena, scan->files, scan->file_count, l->file_cap, 16);

    *file = (struct scan_file){arena_printf(scan->arena, "%s", path), hash_of(bytes), 0, 0};
    return file;
}

static void
look_through(struct looking *l, struct scan_file *file, const struct scan_pages *pages)
{
    struct banthuek_scan *scan = l->scan;

    file->first = scan->count;
    for (size_t i = 0; i < pages->count; i++) {
        struct sheet *sheet = ARENA_ADD(scan->arena, scan->sheets, scan->count, l->sheet_cap, 64);
        *sheet = (struct sheet){.index = scan->count - 1};
        if (l->options.progress != NULL)
            l->options.progress(l->options.user, file->path, i + 1, pages->count);
        look_at(l, file, &pages->page[i], sheet);
    }
    file->count = pages->count;
}

/* A report that was never on paper would be taken for its own scan: all its codes are there. */
static bool
is_report(struct looking *l, const char *path, struct str bytes)
{
    struct report_facts facts;

    return report_facts(l->banthuek, path, bytes, &facts) && facts.is_ours && !facts.is_scan;
}

static void
pass_over(struct looking *l, enum diag_code code, const char *path)
{
    diag_add(l->lent.diags, code, (struct pos){path, 0, 0}, NULL, NULL, NULL);
}

/* The file's bytes are given back when its pages were looked at. */
static void
look_into(struct looking *l, const char *path)
{
    struct arena *own = arena_new(arena_budget(l->lent.arena));
    struct scan_pages pages;
    struct str bytes;

    if (scan_read_file(l->lent.files, own, l->lent.diags, path, &bytes, &pages)) {
        if (pages.count > 0 && pages.page[0].pdf.len > 0 && is_report(l, path, bytes))
            pass_over(l, DIAG_PAPER_IS_REPORT, path);
        else
            look_through(l, add_file(l, path, bytes), &pages);
    } else {
        l->scan->unread++;
    }
    arena_free(own);
}

/* ---- which files */

static bool
is_scan(const char *path)
{
    static const char *const endings[] = {".pdf", ".jpg", ".jpeg", ".png", ".tif", ".tiff"};

    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        if (str_ends_same(str_of(path), str_of(endings[i])))
            return true;
    }
    return false;
}

/* Of folders what looks like a scan; what is named itself is one. */
static void
look_into_all(struct looking *l, struct banthuek *b, const char *const *paths, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const struct banthuek_archive_files *files = archive_gather(b, &paths[i], 1);
        for (size_t k = 0; k < files->count; k++) {
            const struct banthuek_archive_file file = files->list[k];
            bool is_other = file.passed == BANTHUEK_ARCHIVE_PASSED_ENDING ||
                            (files->folders > 0 && !is_scan(file.path));
            if (file.passed > BANTHUEK_ARCHIVE_PASSED_ENDING)
                banthuek_archive_tell_passed(b, &file);
            else if (is_other)
                pass_over(l, DIAG_PAPER_PASSED, file.path);
            else
                look_into(l, file.path);
        }
    }
}

/* ---- what was typed */

static bool
refuse_typed(struct looking *l, enum diag_code code, const struct sheet *sheet, const char *arg)
{
    diag_add(l->lent.diags, code, sheet == NULL ? POS_NONE : scan_pos(l->scan, sheet), arg, NULL,
             NULL);
    return false;
}

static bool
take_typed(struct looking *l, const struct typed *typed)
{
    struct banthuek_scan *scan = l->scan;
    struct diags *diags = l->lent.diags;

    if (typed->sheet > scan->count)
        return refuse_typed(l, DIAG_PAPER_TYPED_NO_PAGE, NULL,
                            diag_printf(diags, "%zu", typed->sheet));
    struct sheet *sheet = &scan->sheets[typed->sheet - 1];
    if (sheet->is_typed)
        return refuse_typed(l, DIAG_PAPER_TYPED_TWICE, sheet, scan_page_name(scan, diags, sheet));
    sheet->is_typed = true;
    sheet->typed = (struct sheet_code){.code = typed->code, .page = typed->page};
    return !sheet_contradicts(sheet) ||
           refuse_typed(l, DIAG_PAPER_TYPED_OTHER, sheet, scan_page_name(scan, diags, sheet));
}

/* What is typed wrongly is told before hundreds of pages are looked at. */
static bool
read_typed(struct looking *l, struct typed **out)
{
    bool good = true;

    *out = arena_array(l->scan->arena, l->options.code_count, sizeof **out);
    for (size_t i = 0; i < l->options.code_count; i++)
        good = typed_read(l->scan->arena, l->lent.diags, str_of(l->options.codes[i]), &(*out)[i]) &&
               good;
    return good;
}

static bool
take_all_typed(struct looking *l, const struct typed *typed)
{
    bool good = true;

    for (size_t i = 0; i < l->options.code_count; i++)
        good = take_typed(l, &typed[i]) && good;
    return good;
}

/* ---- the whole */

static bool
open_scan(struct looking *l, struct banthuek *b, const char *const *paths, size_t count)
{
    struct typed *typed;

    if (!read_typed(l, &typed))
        return false;
    look_into_all(l, b, paths, count);
    if (l->scan->count == 0 && l->scan->unread == 0)
        diag_add(l->lent.diags, DIAG_PAPER_NO_SCANS, POS_NONE, NULL, NULL, NULL);
    return l->scan->count > 0 && take_all_typed(l, typed);
}

struct banthuek_scan *
banthuek_scan_open(struct banthuek *b, const char *const *paths, size_t count,
                   const struct banthuek_scan_options *options)
{
    struct arena *arena = arena_new(0);
    struct banthuek_scan *scan = arena_alloc(arena, sizeof *scan);
    struct looking l = {.banthuek = b, .scan = scan, .lent = lent_of(b)};

    *scan = (struct banthuek_scan){.arena = arena};
    lent_take(&l.options, sizeof l.options, options);
    scan->incomplete = l.options.incomplete;
    if (!open_scan(&l, b, paths, count)) {
        banthuek_scan_close(scan);
        return NULL;
    }
    scan->sorted = sort_sheets(arena, scan->sheets, scan->count);
    return scan;
}

void
banthuek_scan_close(struct banthuek_scan *scan)
{
    if (scan != NULL)
        arena_free(scan->arena);
}

/* ---- what was found */

static struct banthuek_scan_page
page_of(const struct banthuek_scan *scan, const struct sheet *sheet)
{
    static const enum banthuek_scan_state states[] = {
        [SHEET_KNOWN] = BANTHUEK_SCAN_KNOWN,         [SHEET_TYPED] = BANTHUEK_SCAN_TYPED,
        [SHEET_BLANK] = BANTHUEK_SCAN_BLANK,         [SHEET_NO_CODE] = BANTHUEK_SCAN_NO_CODE,
        [SHEET_TWO_CODES] = BANTHUEK_SCAN_TWO_CODES, [SHEET_ELSEWHERE] = BANTHUEK_SCAN_ELSEWHERE,
        [SHEET_DAMAGED] = BANTHUEK_SCAN_DAMAGED,
    };
    struct sheet_code code = {.page = 0};
    enum sheet_state state = sheet_state(sheet, &code);
    struct banthuek_scan_page out = {.file = scan_file_of(scan, sheet)->path,
                                     .number = scan_number_of(scan, sheet),
                                     .state = states[state],
                                     .page = code.page,
                                     .turned = code.turn};

    if (state == SHEET_KNOWN || state == SHEET_TYPED) {
        char *printed = arena_alloc(scan->arena, CODE_PRINTED + 1);
        code_print(&code.code, printed);
        out.code = printed;
    }
    return out;
}

const struct banthuek_scan_page *const *
banthuek_scan_pages(struct banthuek_scan *scan, size_t *count)
{
    struct banthuek_scan_page *all = arena_array(scan->arena, scan->count, sizeof *all);
    const struct banthuek_scan_page **out = arena_array(scan->arena, scan->count, sizeof *out);

    for (size_t i = 0; i < scan->count; i++) {
        all[i] = page_of(scan, &scan->sheets[i]);
        out[i] = &all[i];
    }
    *count = scan->count;
    return out;
}
