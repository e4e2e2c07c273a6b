/* One report: its pages among what was scanned, and the PDF of them. */
#include <string.h>

#include "base/arena.h"
#include "base/files.h"
#include "inspect/report_of.h"
#include "paper/look.h"
#include "paper/read.h"
#include "paper/scan.h"
#include "paper/write.h"

/* ---- whether all pages are there */

/* "2, 5-7" in memory of the messages. */
static const char *
list_pages(struct diags *diags, const struct missing *missing)
{
    struct arena *scratch = arena_new(0);
    struct buf out = buf_in(scratch);

    for (size_t i = 0; i < missing->count; i++) {
        size_t from = i;
        while (i + 1 < missing->count && missing->page[i + 1] == missing->page[i] + 1)
            i++;
        buf_printf(&out, "%s%u", from > 0 ? ", " : "", missing->page[from]);
        if (i > from)
            buf_printf(&out, "-%u", missing->page[i]);
    }
    const char *text = diag_printf(diags, "%.*s", STR_FMT(buf_str(&out)));
    arena_free(scratch);
    return text;
}

static void
tell(const struct binding *binding, struct diags *diags, enum diag_code code,
     const struct sheet *sheet, unsigned page)
{
    diag_add(diags, code, scan_pos(binding->scan, sheet),
             scan_page_name(binding->scan, diags, sheet), diag_printf(diags, "%u", page), NULL);
}

/* What is odd without being in the way. */
static void
tell_doubles(const struct binding *binding, struct diags *diags)
{
    const struct sorted *sorted = binding->sorted;

    for (size_t i = 0; i < sorted->count; i++) {
        if (sorted->pages[i].is_guessed)
            tell(binding, diags, DIAG_PAPER_GUESSED, sorted->pages[i].sheet, sorted->pages[i].page);
        if (sorted->pages[i].is_double)
            tell(binding, diags, DIAG_PAPER_DOUBLE, sorted->pages[i].sheet, sorted->pages[i].page);
        binding->out->doubles += sorted->pages[i].is_double;
        binding->out->turned += sorted->pages[i].turn != 0;
    }
    for (size_t i = 0; i < sorted->same_count; i++)
        tell(binding, diags, DIAG_PAPER_SAME, sorted->same[i], 0);
    binding->out->same = sorted->same_count;
}

static bool
check_missing(const struct binding *binding, struct diags *diags, const struct missing *missing)
{
    const bool lets = binding->scan->incomplete;

    if (missing->count == 0)
        return true;
    if (lets && binding->kept != 0) {
        diag_add(diags, DIAG_PAPER_SCAN_THERE, POS_NONE, diag_printf(diags, "%zu", binding->kept),
                 list_pages(diags, missing), NULL);
        return false;
    }
    diag_add_as(diags, lets ? DIAG_WARNING : DIAG_ERROR, DIAG_PAPER_MISSING,
                (struct pos){str_cstr(binding->scan->arena, binding->name), 0, 0},
                list_pages(diags, missing), diag_printf(diags, "%zu", binding->out->pages), NULL);
    return lets;
}

static bool
check_pages(const struct binding *binding, struct diags *diags)
{
    struct banthuek_scanned *out = binding->out;
    struct missing missing =
        sorted_missing(binding->scan->arena, binding->sorted, binding->out->pages);

    out->missing = missing.page;
    out->missing_count = missing.count;
    out->scanned = binding->sorted->count;
    out->was_sorted = binding->sorted->was_sorted;
    tell_doubles(binding, diags);
    if (missing.beyond != NULL)
        tell(binding, diags, DIAG_PAPER_BEYOND, missing.beyond->sheet, missing.beyond->page);
    if (missing.unknown != NULL)
        tell(binding, diags, DIAG_PAPER_WHICH_PAGE, missing.unknown->sheet, 0);
    return missing.beyond == NULL && missing.unknown == NULL &&
           check_missing(binding, diags, &missing);
}

/* ---- the pages themselves */

#define LOADED_MAX ((size_t)1024 << 20) /* of files with pages of one report */

/* The files that pages of one report are of, each read once. */
struct loading {
    const struct banthuek_scan *scan;
    struct lent lent;
    struct scan_pages *of_file; /* of each file; NULL pages where it was not read yet */
    bool *is_read;
    const char *name; /* of the report */
    size_t bytes;     /* of all that were read */
};

/* What lies there now must be what was looked at. */
static bool
load_file(struct loading *loading, const struct scan_file *file)
{
    size_t index = (size_t)(file - loading->scan->files);
    struct lent *lent = &loading->lent;
    struct str bytes;

    if (loading->is_read[index])
        return true;
    if (!files_read(lent->files, lent->arena, lent->diags, POS_NONE, file->path, SCAN_BYTES_MAX,
                    &bytes))
        return false;
    const struct hash hash = hash_of(bytes);
    if (memcmp(&hash, &file->hash, sizeof hash) != 0) {
        diag_add(lent->diags, DIAG_PAPER_CHANGED, (struct pos){file->path, 0, 0}, NULL, NULL, NULL);
        return false;
    }
    loading->is_read[index] = true;
    loading->bytes += bytes.len;
    if (loading->bytes > LOADED_MAX) {
        diag_add(lent->diags, DIAG_PAPER_SCAN_LARGE, (struct pos){loading->name, 0, 0},
                 diag_printf(lent->diags, "%zu", LOADED_MAX >> 20), NULL, NULL);
        return false;
    }
    return scan_read(lent->arena, lent->diags, file->path, bytes, &loading->of_file[index]);
}

/* A page that is no image becomes one. */
static bool
load_page(struct loading *loading, const struct sheet *sheet, const struct scan_page **out)
{
    const struct scan_file *file = scan_file_of(loading->scan, sheet);
    struct arena *arena = loading->lent.arena;

    if (!load_file(loading, file))
        return false;
    const struct scan_pages *pages = &loading->of_file[file - loading->scan->files];
    const struct scan_page *page = &pages->page[sheet->index - file->first];
    *out = page;
    if (!page->is_drawn)
        return true;
    struct scan_page *drawn = arena_alloc(arena, sizeof *drawn);
    *out = drawn;
    return page_render(arena, loading->lent.diags, page, drawn);
}

static bool
load(struct loading *loading, const struct sorted *sorted, struct scan_entry *entries)
{
    bool good = true;

    for (size_t i = 0; i < sorted->count && good; i++) {
        const struct placed *placed = &sorted->pages[i];
        entries[i] = (struct scan_entry){NULL, placed->turn, placed->page};
        good = load_page(loading, placed->sheet, &entries[i].page);
    }
    return good;
}

static bool
write_pages(struct lent lent, const struct binding *binding, const struct report_facts *facts,
            struct str *pdf)
{
    const struct banthuek_scan *scan = binding->scan;
    const struct sorted *sorted = binding->sorted;
    const struct scan_of of = {str_cstr(lent.arena, binding->name), binding->pdf, facts};
    struct scan_entry *entries = arena_array(lent.arena, sorted->count, sizeof *entries);
    struct loading loading = {scan, lent,
                              arena_array(lent.arena, scan->file_count, sizeof(struct scan_pages)),
                              arena_array(lent.arena, scan->file_count, sizeof(bool)),
                              of.name, 0};

    return load(&loading, sorted, entries) &&
           scan_write(lent.arena, lent.diags, &of, entries, sorted->count, pdf);
}

/* ---- the whole */

/* Whether a PDF is a report that scans can be bound to. */
static bool
check_report(struct lent lent, const char *name, const struct report_facts *facts)
{
    const struct pos pos = {name, 0, 0};

    if (facts->is_scan)
        diag_add(lent.diags, DIAG_PAPER_SCAN_OF_SCAN, pos, NULL, NULL, NULL);
    else if (!facts->is_ours || !facts->has_data)
        diag_add(lent.diags, DIAG_PAPER_NO_REPORT, pos, NULL, NULL, NULL);
    return facts->is_ours && facts->has_data && !facts->is_scan;
}

/* What a manifest says may have been written there by anybody. */
static bool
check_code(struct banthuek *b, const char *name, const struct binding *binding)
{
    const struct code *code = &binding->sorted->code;
    struct diags *diags = lent_of(b).diags;

    if (report_has_code(b, name, binding->pdf, code))
        return true;
    diag_add(diags, DIAG_PAPER_CODE_FALSE, (struct pos){name, 0, 0},
             diag_printf(diags, "%s", binding->out->code), NULL, NULL);
    return false;
}

bool
scan_bind(struct banthuek *b, const struct binding *binding, struct str *pdf)
{
    struct lent lent = lent_of(b);
    const char *name = str_cstr(lent.arena, binding->name);
    struct report_facts facts;

    if (!report_facts(b, name, binding->pdf, &facts) || !check_report(lent, name, &facts) ||
        !check_code(b, name, binding))
        return false;
    binding->out->pages = facts.pages;
    binding->out->subject = lent_bytes(str_dup(binding->scan->arena, facts.title));
    binding->out->is_bound =
        check_pages(binding, lent.diags) && write_pages(lent, binding, &facts, pdf);
    return binding->out->is_bound;
}

/* As it may be typed, with its page. */
static const char *
typed_form(struct diags *diags, const struct sheet_code *code)
{
    char printed[CODE_PRINTED + 1];

    code_print(&code->code, printed);
    return diag_printf(diags, "%s/%u", printed, code->page);
}

size_t
banthuek_scan_tell_others(struct banthuek *b, struct banthuek_scan *scan)
{
    static const enum diag_code codes[] = {
        [SHEET_BLANK] = DIAG_PAPER_BLANK,
        [SHEET_NO_CODE] = DIAG_PAPER_NO_CODE,
        [SHEET_TWO_CODES] = DIAG_PAPER_TWO_CODES,
        [SHEET_ELSEWHERE] = DIAG_PAPER_ELSEWHERE,
    };
    struct diags *diags = lent_of(b).diags;
    size_t count = 0;

    for (size_t i = 0; i < scan->sorted.other_count; i++) {
        const struct sheet *sheet = scan->sorted.others[i];
        struct sheet_code code;
        enum sheet_state state = sheet_state(sheet, &code);
        count += state != SHEET_BLANK;
        if (state != SHEET_DAMAGED) /* that was told when it was looked at */
            diag_add(diags, codes[state], scan_pos(scan, sheet), scan_page_name(scan, diags, sheet),
                     diag_printf(diags, "%zu", sheet->index + 1),
                     state == SHEET_ELSEWHERE ? typed_form(diags, &code) : NULL);
    }
    return count;
}

/* ---- one report and nothing else */

/* Sheets of other codes keep the report from being bound: somebody mixed two versions. */
static bool
tell_strangers(struct banthuek_scan *scan, struct diags *diags, const struct code *code)
{
    char printed[CODE_PRINTED + 1];
    bool good = true;

    for (size_t i = 0; i < scan->sorted.count; i++) {
        const struct sorted *sorted = &scan->sorted.list[i];
        if (strcmp(sorted->code.text, code->text) == 0)
            continue;
        code_print(&sorted->code, printed);
        for (size_t k = 0; k < sorted->count; k++)
            diag_add(diags, DIAG_PAPER_STRANGER, scan_pos(scan, sorted->pages[k].sheet),
                     scan_page_name(scan, diags, sorted->pages[k].sheet), printed, NULL);
        good = false;
    }
    return good;
}

/* All that was scanned has to be of the report. */
static bool
check_scan(struct banthuek *b, struct banthuek_scan *scan, const struct code *code)
{
    struct diags *diags = lent_of(b).diags;
    bool good = tell_strangers(scan, diags, code);

    good = banthuek_scan_tell_others(b, scan) == 0 && good;
    if (scan->unread > 0)
        diag_add(diags, DIAG_PAPER_UNREAD, POS_NONE, diag_printf(diags, "%zu", scan->unread), NULL,
                 NULL);
    return good && scan->unread == 0;
}

static struct sorted *
sorted_of(struct banthuek_scan *scan, const struct code *code)
{
    struct sorted *none = arena_alloc(scan->arena, sizeof *none);

    for (size_t i = 0; i < scan->sorted.count; i++) {
        if (strcmp(scan->sorted.list[i].code.text, code->text) == 0)
            return &scan->sorted.list[i];
    }
    *none = (struct sorted){.code = *code};
    return none;
}

struct banthuek_scanned *
scan_result(struct banthuek_scan *scan, const struct code *code)
{
    struct banthuek_scanned *out = arena_alloc(scan->arena, sizeof *out);
    char *printed = arena_alloc(scan->arena, CODE_PRINTED + 1);

    code_print(code, printed);
    *out = (struct banthuek_scanned){.code = printed, .subject = lent_bytes(STR(""))};
    return out;
}

static bool
read_code(struct banthuek *b, const char *report, struct str pdf, struct code *code)
{
    struct lent lent = lent_of(b);
    struct report_facts facts;

    if (!report_facts(b, report, pdf, &facts) || !check_report(lent, report, &facts))
        return false;
    if (code_of_text(facts.code, code))
        return true;
    diag_add(lent.diags, facts.is_draft ? DIAG_PAPER_DRAFT : DIAG_PAPER_CODELESS,
             (struct pos){report, 0, 0}, NULL, NULL, NULL);
    return false;
}

const struct banthuek_scanned *
banthuek_scan_bind(struct banthuek *b, struct banthuek_scan *scan, const char *report,
                   struct banthuek_bytes *pdf)
{
    struct lent lent = lent_of(b);
    const char *name = arena_printf(lent.arena, "%s", report);
    struct code code;
    struct str bytes, made;

    if (!files_read(lent.files, lent.arena, lent.diags, POS_NONE, name, SCAN_BYTES_MAX, &bytes) ||
        !read_code(b, name, bytes, &code) || !check_scan(b, scan, &code))
        return NULL;
    const struct binding binding = {.scan = scan,
                                    .sorted = sorted_of(scan, &code),
                                    .name = str_of(name),
                                    .pdf = bytes,
                                    .out = scan_result(scan, &code)};
    if (!scan_bind(b, &binding, &made))
        return NULL;
    *pdf = lent_bytes(made);
    return binding.out;
}

static bool
is_same(struct lent lent, const char *path, struct str bytes)
{
    struct diags *unheard = diags_new();
    struct arena *scratch = arena_new(0);
    struct str there;
    bool same = files_kind(lent.files, path) == FILES_FILE &&
                files_read(lent.files, scratch, unheard, POS_NONE, path, bytes.len, &there) &&
                str_eq(there, bytes);

    arena_free(scratch);
    diags_free(unheard);
    return same;
}

bool
banthuek_scan_save(struct banthuek *b, const char *path, struct banthuek_bytes pdf, bool *was_there)
{
    struct lent lent = lent_of(b);
    struct str bytes = {pdf.data, pdf.size};

    *was_there = false;
    if (str_is(str_of(path), "-"))
        return files_write(lent.arena, lent.diags, path, bytes);
    *was_there = is_same(lent, path, bytes);
    return *was_there ||
           files_write_new(lent.arena, lent.diags, path, bytes, DIAG_PAPER_OUTPUT_THERE);
}
