/* Puts the PDF of a scan together: pages, structure, files, and what it says of itself. */
#include "paper/write.h"

#include <math.h>
#include <string.h>

#include "base/arena.h"
#include "base/code.h"
#include "base/utf8.h"
#include "inspect/scan.h"
#include "paper/layer.h"
#include "paper/write_inner.h"
#include "pdf/meta.h"
#include "pdf/pdf.h"
#include "pdfin/pdfin.h"

#define SIDE_MAX 14400 /* of a page in points (ISO 19005-3 §6.1.13) */
#define SIDE_MIN 3
#define FAR 10000000 /* no place on a page is so far away */
#define ALIKE 0.03   /* sides of a page that is the report's in another's cut */
#define SAME 0.005   /* and of one that was cut by a pixel or two */
#define NAME_LEN_MAX 200

struct writer {
    struct arena *arena;
    struct diags *diags;
    const struct scan_of *report;
    struct pdfin *pdf;
    const struct pdfin_info *info;
    struct pdf_objects *objects;
    struct writer_images *images;
    struct layer *layer;
    struct scan_record record;
    unsigned document; /* the structure's element of that name */
    struct write_page *pages;
};

/* ---- places (ISO 32000-1 §8.3.4) */

struct matrix {
    double a, b, c, d, e, f;
};

static struct matrix
multiply(struct matrix m, struct matrix n)
{
    return (struct matrix){m.a * n.a + m.b * n.c,       m.a * n.b + m.b * n.d,
                           m.c * n.a + m.d * n.c,       m.c * n.b + m.d * n.d,
                           m.e * n.a + m.f * n.c + n.e, m.e * n.b + m.f * n.d + n.f};
}

/* How a page is put upright. */
struct upright {
    unsigned turned;
    double width, height;
    struct matrix matrix; /* from the page as it lies in the file */
};

static struct upright
upright_of(const struct scan_entry *entry)
{
    double w = (double)entry->page->width / UNIT_PT, h = (double)entry->page->height / UNIT_PT;
    unsigned turned = ((unsigned)(entry->page->turn % 360 + 360) + entry->turn % 360) % 360;
    const struct matrix turns[] = {
        {1, 0, 0, 1, 0, 0}, {0, -1, 1, 0, 0, w}, {-1, 0, 0, -1, w, h}, {0, 1, -1, 0, h, 0}};
    double longer = fmax(w, h), shorter = fmin(w, h);
    double scale = shorter <= 0         ? 1
                   : longer > SIDE_MAX  ? SIDE_MAX / longer
                   : shorter < SIDE_MIN ? SIDE_MIN / shorter
                                        : 1;
    const struct matrix scaled = {scale, 0, 0, scale, 0, 0};
    bool is_sideways = turned % 180 != 0;

    return (struct upright){
        .turned = turned / 90 * 90,
        .width = fmax(SIDE_MIN, fmin(SIDE_MAX, (is_sideways ? h : w) * scale)),
        .height = fmax(SIDE_MIN, fmin(SIDE_MAX, (is_sideways ? w : h) * scale)),
        .matrix = multiply(turns[turned / 90], scaled),
    };
}

static void
add_number(struct buf *out, double value)
{
    if (!isfinite(value))
        value = 0;
    value = fmax(-FAR, fmin(FAR, value));
    pdf_decimal(out, llround(value * 1e6), 6);
    buf_byte(out, ' ');
}

static void
add_matrix(struct buf *out, struct matrix m)
{
    add_number(out, m.a);
    add_number(out, m.b);
    add_number(out, m.c);
    add_number(out, m.d);
    add_number(out, m.e);
    add_number(out, m.f);
    buf_text(out, "cm\n");
}

/* From the report's page to that of the scan: as it is where both are alike to a pixel or two, for
 * extractors tell lines and columns by distances; over all of it where it is the same page in
 * another cut; else as large as fits, in the middle. */
static struct matrix
over_page(const struct layer_page *layer, const struct upright *upright)
{
    double across = upright->width / layer->width, down = upright->height / layer->height;

    if (fabs(across - 1) <= SAME && fabs(down - 1) <= SAME)
        return (struct matrix){1, 0, 0, 1, 0, upright->height - layer->height};
    if (fabs(across / down - 1) <= ALIKE)
        return (struct matrix){across, 0, 0, down, 0, 0};
    double scale = fmin(across, down);
    return (struct matrix){scale,
                           0,
                           0,
                           scale,
                           (upright->width - scale * layer->width) / 2,
                           (upright->height - scale * layer->height) / 2};
}

/* ---- a page */

/* What a page needs besides its content. */
struct resources {
    struct pdf_value *images, *fonts;
};

static bool
add_images(struct writer *w, const struct scan_page *page, const struct upright *upright,
           struct resources *resources, struct buf *out, unsigned *reasons)
{
    resources->images = pdf_dict(w->arena);
    for (size_t i = 0; i < page->place_count; i++) {
        const struct scan_place *place = &page->places[i];
        const double *m = place->matrix;
        unsigned image = writer_image(w->images, place->image, page->file, page->number, reasons);
        if (image == 0)
            return false;
        pdf_set(resources->images, arena_printf(w->arena, "I%zu", i), pdf_ref(w->arena, image));
        buf_text(out, "q\n");
        if (place->image->space == SCAN_STENCIL)
            pdf_colour(out, place->red, place->green, place->blue, false);
        add_matrix(out,
                   multiply((struct matrix){m[0], m[1], m[2], m[3], m[4], m[5]}, upright->matrix));
        buf_printf(out, "/I%zu Do\nQ\n", i);
    }
    return true;
}

/* The text is shown in a way that paints nothing (§9.3.6). */
static void
add_text(struct writer *w, const struct scan_entry *entry, const struct upright *upright,
         struct write_page *page, struct resources *resources, struct buf *out)
{
    struct layer_page layer;

    if (!layer_page(w->layer, entry->report_page, &layer)) {
        diag_add(w->diags, DIAG_PAPER_NO_TEXT, (struct pos){w->report->name, 0, 0},
                 diag_printf(w->diags, "%zu", entry->report_page), NULL, NULL);
        return;
    }
    resources->fonts = layer.fonts;
    page->marks = layer.marks;
    page->mark_count = layer.mark_count;
    buf_text(out, "q\n");
    add_matrix(out, over_page(&layer, upright));
    buf_text(out, "3 Tr\n");
    buf_add(out, layer.content);
    buf_text(out, "Q\n");
}

static struct pdf_value *
resources_value(struct arena *arena, const struct resources *resources)
{
    struct pdf_value *dict = pdf_dict(arena);

    if (resources->images->count > 0)
        pdf_set(dict, "XObject", resources->images);
    if (resources->fonts != NULL && resources->fonts->count > 0)
        pdf_set(dict, "Font", resources->fonts);
    return dict;
}

static struct pdf_value *
box_of(struct arena *arena, const struct upright *upright)
{
    struct pdf_value *box = pdf_array(arena);

    pdf_add(box, pdf_int(arena, 0));
    pdf_add(box, pdf_int(arena, 0));
    pdf_add(box, pdf_real(arena, llround(upright->width * UNIT_PT)));
    pdf_add(box, pdf_real(arena, llround(upright->height * UNIT_PT)));
    return box;
}

/* The images are one sequence of marked content, that of the page's figure; the text has its own.
 */
static bool
put_page(struct writer *w, const struct scan_entry *entry, size_t index, unsigned *reasons)
{
    struct arena *arena = w->arena;
    const struct upright upright = upright_of(entry);
    struct pdf_value *page = pdf_dict(arena);
    struct resources resources = {NULL, NULL};
    struct arena *scratch = arena_new(0);
    struct buf content = buf_in(scratch);

    buf_text(&content, "/Figure<</MCID 0>>BDC\n");
    bool good = add_images(w, entry->page, &upright, &resources, &content, reasons);
    if (good) {
        buf_text(&content, "EMC\n");
        add_text(w, entry, &upright, &w->pages[index], &resources, &content);
        pdf_set(page, "Type", pdf_name(arena, "Page"));
        pdf_set(page, "Parent", pdf_ref(arena, w->objects->pages));
        pdf_set(page, "MediaBox", box_of(arena, &upright));
        pdf_set(page, "Resources", resources_value(arena, &resources));
        pdf_set(page, "Contents",
                pdf_ref(arena, pdf_put_stream(w->objects, NULL, buf_str(&content))));
        pdf_set(page, "StructParents", pdf_int(arena, (int64_t)index));
        pdf_set(page, "Tabs", pdf_name(arena, "S"));
        pdf_fill(w->objects, w->pages[index].handle, page);
    }
    arena_free(scratch);
    return good;
}

/* ---- what the scan is called */

static struct str
title_of(const struct writer *w)
{
    struct str title = w->report->facts->title;

    return title.len > 0 ? title : STR("รายงาน");
}

static struct str
alternative(const struct writer *w, const struct scan_entry *entry)
{
    const struct report_facts *facts = w->report->facts;
    struct buf out = buf_in(w->arena);
    struct code code;
    char printed[CODE_PRINTED + 1];

    buf_printf(&out, "ภาพสแกนหน้า %zu จาก %zu ของ \"", entry->report_page, facts->pages);
    buf_add(&out, title_of(w));
    buf_text(&out, "\" ที่ลงนามแล้ว");
    if (code_of_text(facts->code, &code)) {
        code_print(&code, printed);
        buf_printf(&out, " รหัส %s", printed);
    }
    return buf_str(&out);
}

/* ---- the record */

/* A file's name as any reader takes it. */
static struct str
shown_name(struct arena *arena, const char *path)
{
    const char *slash = path == NULL ? NULL : strrchr(path, '/');
    struct str name = str_of(slash == NULL ? path : slash + 1);
    struct buf out = buf_in(arena);

    name = str_sub(name, 0, NAME_LEN_MAX);
    for (size_t at = 0; at < name.len;) {
        uint32_t code = utf8_next(name, &at);
        bool is_plain = code >= ' ' && code < 0x7f;
        bool is_thai = code >= 0x0e01 && code <= 0x0e5b;
        buf_utf8(&out, is_plain || is_thai ? code : '_');
    }
    /* "-" means nothing to readers of data */
    return out.len == 0 || str_is(buf_str(&out), "-") ? STR("stdin") : buf_str(&out);
}

static void
note_page(struct writer *w, const struct scan_entry *entry, unsigned reasons)
{
    struct scan_record_page *page = &w->record.pages[w->record.count++];
    size_t count;
    const struct write_reason_text *texts = write_reasons(&count);

    *page = (struct scan_record_page){.page = entry->report_page,
                                      .file = shown_name(w->arena, entry->page->file),
                                      .number = entry->page->number,
                                      .turned = upright_of(entry).turned};
    page->recoded = arena_array(w->arena, count, sizeof *page->recoded);
    for (size_t i = 0; i < count; i++) {
        if ((reasons & texts[i].bit) == 0)
            continue;
        page->recoded[page->recoded_count++] = str_of(texts[i].name);
        diag_add(w->diags, DIAG_PAPER_RECODED, (struct pos){entry->page->file, 0, 0},
                 diag_printf(w->diags, "%zu", entry->page->number),
                 diag_both(w->diags, texts[i].english, texts[i].thai), NULL);
    }
}

static void
open_record(struct writer *w, size_t count)
{
    char *hex = arena_alloc(w->arena, 2 * HASH_SIZE + 1);

    hash_hex(&w->report->facts->sha256, hex);
    w->record = (struct scan_record){.sha256 = str_of(hex),
                                     .code = w->report->facts->code,
                                     .report_pages = w->report->facts->pages};
    w->record.pages = arena_array(w->arena, count, sizeof *w->record.pages);
}

/* ---- files inside: those of the report, and the record */

static bool
add_files(struct writer *w, struct pdf_meta *meta)
{
    const struct pdfin_info *info = w->info;
    struct pdf_file *files = arena_array(w->arena, info->file_count + 1, sizeof *files);
    struct buf record = buf_in(w->arena);

    for (size_t i = 0; i < info->file_count; i++) {
        const struct pdfin_file *from = &info->files[i];
        files[i] = (struct pdf_file){.name = from->name,
                                     .type = str_cstr(w->arena, from->mime),
                                     .relation = str_cstr(w->arena, from->relation),
                                     .description = from->description};
        if (!pdfin_read(w->pdf, w->arena, i, &files[i].bytes))
            return false;
    }
    scan_record_complete(w->arena, &w->record);
    scan_record_write(&w->record, &record);
    files[info->file_count] = (struct pdf_file){.name = STR(SCAN_RECORD_NAME),
                                                .type = "application/json",
                                                .relation = "Supplement",
                                                .description = STR("บันทึกว่าหน้าใดสแกนมาจากแฟ้มใด"),
                                                .bytes = buf_str(&record)};
    meta->files = files;
    meta->file_count = info->file_count + 1;
    return true;
}

static bool
put_meta(struct writer *w, size_t count)
{
    struct buf title = buf_in(w->arena);
    struct pdf_meta meta = {
        .author = w->info->author, .created = w->report->facts->created, .scanned = true};
    const struct meta_parts parts = {
        .structure = writer_structure(w->objects, w->document, w->pages, count)};

    buf_add(&title, title_of(w));
    buf_text(&title, " (ฉบับสแกนที่ลงนามแล้ว)");
    meta.title = buf_str(&title);
    if (!add_files(w, &meta))
        return false;
    meta_put(w->objects, &meta, &parts);
    return true;
}

/* ---- all of it */

static void
put_root(struct writer *w, size_t count)
{
    struct arena *arena = w->arena;
    struct pdf_value *root = pdf_dict(arena), *kids = pdf_array(arena);

    for (size_t i = 0; i < count; i++)
        pdf_add(kids, pdf_ref(arena, w->pages[i].handle));
    pdf_set(root, "Type", pdf_name(arena, "Pages"));
    pdf_set(root, "Kids", kids);
    pdf_set(root, "Count", pdf_int(arena, (int64_t)count));
    pdf_fill(w->objects, w->objects->pages, root);
}

static bool
put_all(struct writer *w, const struct scan_entry *entries, size_t count)
{
    w->pages = arena_array(w->arena, count, sizeof *w->pages);
    w->objects->pages = pdf_reserve(w->objects);
    w->document = pdf_reserve(w->objects);
    open_record(w, count);
    for (size_t i = 0; i < count; i++) {
        unsigned reasons = 0;
        w->pages[i].handle = pdf_reserve(w->objects);
        w->pages[i].figure = pdf_reserve(w->objects);
        if (!put_page(w, &entries[i], i, &reasons))
            return false;
        writer_figure(w->objects, w->document, &w->pages[i], alternative(w, &entries[i]));
        note_page(w, &entries[i], reasons);
    }
    put_root(w, count);
    return put_meta(w, count);
}

static bool
refuse(const struct writer *w, enum diag_code code, struct pos pos, const char *arg1,
       const char *arg2, const char *arg3)
{
    diag_add(w->diags, code, pos, arg1, arg2, arg3);
    return false;
}

static bool
check_entries(const struct writer *w, const struct scan_entry *entries, size_t count)
{
    size_t pages = w->report->facts->pages;

    if (count == 0 || count > PDF_PAGES_MAX)
        return refuse(w, count == 0 ? DIAG_PAPER_NO_PAGES : DIAG_PDF_TOO_LARGE, POS_NONE, NULL,
                      NULL, NULL);
    for (size_t i = 0; i < count; i++) {
        const struct scan_page *page = entries[i].page;
        const struct pos pos = {page->file, 0, 0};
        const char *number = diag_printf(w->diags, "%zu", page->number);
        if (entries[i].report_page == 0 || entries[i].report_page > pages)
            return refuse(w, DIAG_PAPER_NO_SUCH_PAGE, pos, number,
                          diag_printf(w->diags, "%zu", entries[i].report_page),
                          diag_printf(w->diags, "%zu", pages));
        if (page->is_drawn && page->place_count == 0)
            return refuse(w, DIAG_PAPER_NOT_DRAWN, pos, number, NULL, NULL);
    }
    return true;
}

static bool
check_report(const struct writer *w)
{
    const struct pos pos = {w->report->name, 0, 0};

    if (!w->report->facts->is_ours)
        return refuse(w, DIAG_ENGINE_PDF_FOREIGN, pos, NULL, NULL, NULL);
    if (w->report->facts->is_scan)
        return refuse(w, DIAG_PAPER_SCAN_OF_SCAN, pos, NULL, NULL, NULL);
    return true;
}

/* Names of files as any folder takes them, and none that is the record's. */
static bool
check_files(const struct writer *w)
{
    for (size_t i = 0; i < w->info->file_count; i++) {
        if (str_is(w->info->files[i].name, SCAN_RECORD_NAME))
            return refuse(w, DIAG_PAPER_NAME_TAKEN, (struct pos){w->report->name, 0, 0},
                          SCAN_RECORD_NAME, NULL, NULL);
    }
    return pdfin_check_names(w->pdf);
}

/* A PDF that is larger than what is read could be looked at by nobody, and kept in no archive. */
static bool
check_size(const struct writer *w)
{
    size_t total = 0;

    for (size_t i = 1; i < w->objects->count && total <= SCAN_WRITTEN_MAX; i++)
        total += w->objects->object[i].stream.len;
    return total <= SCAN_WRITTEN_MAX ||
           refuse(w, DIAG_PAPER_SCAN_LARGE, (struct pos){w->report->name, 0, 0},
                  diag_printf(w->diags, "%zu", SCAN_WRITTEN_MAX >> 20), NULL, NULL);
}

static bool
write_objects(struct writer *w, const struct scan_entry *entries, size_t count, struct str *out)
{
    w->objects = pdf_objects_open(w->arena);
    w->images = writer_images_open(w->objects, w->diags);
    w->layer = layer_open(w->objects, w->report->bytes);
    bool good = put_all(w, entries, count) && check_size(w) && pdf_save(w->diags, w->objects, out);
    pdf_objects_close(w->objects);
    return good;
}

bool
scan_write(struct arena *arena, struct diags *diags, const struct scan_of *report,
           const struct scan_entry *entries, size_t count, struct str *out)
{
    struct writer w = {.arena = arena, .diags = diags, .report = report};

    if (!check_report(&w) || !check_entries(&w, entries, count))
        return false;
    w.pdf = pdfin_open(arena, diags, report->name, report->bytes);
    w.info = w.pdf == NULL ? NULL : pdfin_describe(w.pdf);
    bool good = w.info != NULL && check_files(&w) && write_objects(&w, entries, count, out);
    pdfin_close(w.pdf);
    return good;
}
