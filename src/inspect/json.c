/* What is told about a PDF, for programs: src/cli/inspect.schema.json. */
#include "base/arena.h"
#include "inspect/inspect.h"
#include "pdfin/pdfin.h"
#include "value/json_write.h"

static const char *const again_names[AGAIN_COUNT] = {"foreign",   "no-data",     "failed",
                                                     "no-emblem", "other-pages", "same-pages"};
static const char *const bytes_names[] = {"other", "first-revision", "same"};

/* A text, or null when there is none. */
static void
add_text(struct buf *out, const char *before, const char *key, struct str text)
{
    buf_printf(out, "%s\"%s\": ", before, key);
    if (text.len == 0)
        buf_text(out, "null");
    else
        json_add_string(out, text);
}

static void
add_truth(struct buf *out, const char *before, const char *key, bool value)
{
    buf_printf(out, "%s\"%s\": %s", before, key, value ? "true" : "false");
}

static void
add_points(struct buf *out, const char *key, mpt length)
{
    buf_printf(out, ", \"%s\": %d.%03d", key, length / 1000, length % 1000);
}

/* Stretches of pages of one size. */
static void
add_pages(struct buf *out, const struct pdfin_info *info)
{
    buf_printf(out, ",\n\"pages\": {\"count\": %zu, \"sizes\": [", info->page_count);
    for (size_t i = 0; i < info->page_count;) {
        const struct pdfin_page *page = &info->pages[i];
        size_t from = i;
        i = pdfin_size_end(info, from);
        buf_printf(out, "%s{\"count\": %zu", from == 0 ? "" : ", ", i - from);
        add_points(out, "width", page->width);
        add_points(out, "height", page->height);
        buf_byte(out, '}');
    }
    buf_text(out, "]}");
}

static void
add_tags(struct buf *out, const struct pdfin_info *info)
{
    add_truth(out, ",\n\"tags\": {", "marked", info->marked);
    add_truth(out, ", ", "structure", info->has_structure);
    buf_printf(out, ", \"count\": %zu, \"types\": [", info->element_count);
    for (size_t i = 0; i < info->tag_count; i++) {
        buf_text(out, i == 0 ? "{\"type\": " : ", {\"type\": ");
        json_add_string(out, info->tags[i].type);
        buf_printf(out, ", \"count\": %zu}", info->tags[i].count);
    }
    buf_text(out, "]}");
}

static void
add_fonts(struct buf *out, const struct pdfin_info *info)
{
    buf_text(out, ",\n\"fonts\": [");
    for (size_t i = 0; i < info->font_count; i++) {
        const struct pdfin_font *font = &info->fonts[i];
        add_text(out, i == 0 ? "\n{" : ",\n{", "name", font->name);
        add_text(out, ", ", "subtype", font->subtype);
        add_truth(out, ", ", "embedded", font->embedded);
        add_truth(out, ", ", "to_unicode", font->to_unicode);
        buf_byte(out, '}');
    }
    buf_byte(out, ']');
}

static void
add_files(struct buf *out, const struct pdfin_info *info)
{
    buf_text(out, ",\n\"files\": [");
    for (size_t i = 0; i < info->file_count; i++) {
        const struct pdfin_file *file = &info->files[i];
        add_text(out, i == 0 ? "\n{" : ",\n{", "name", file->name);
        if (file->size == SIZE_MAX)
            buf_text(out, ", \"size\": null");
        else
            buf_printf(out, ", \"size\": %zu", file->size);
        add_text(out, ", ", "relation", file->relation);
        add_text(out, ", ", "type", file->mime);
        add_truth(out, ", ", "listed", file->is_listed);
        buf_byte(out, '}');
    }
    buf_byte(out, ']');
}

static void
add_signatures(struct buf *out, const struct pdfin_info *info)
{
    buf_text(out, ",\n\"signatures\": [");
    for (size_t i = 0; i < info->signature_count; i++) {
        const struct pdfin_signature *signature = &info->signatures[i];
        add_text(out, i == 0 ? "\n{" : ",\n{", "field", signature->field);
        add_text(out, ", ", "name", signature->name);
        add_text(out, ", ", "time", signature->time);
        add_text(out, ", ", "reason", signature->reason);
        add_text(out, ", ", "format", signature->format);
        buf_printf(out, ", \"covers\": %zu", signature->covers);
        add_truth(out, ", ", "covers_all", signature->covers_all);
        buf_byte(out, '}');
    }
    buf_byte(out, ']');
}

static void
add_origin(struct buf *out, const struct inspected *inspected, enum banthuek_lang lang)
{
    const struct opened *opened = &inspected->opened;
    bool is_made = inspected->again == AGAIN_SAME || inspected->again == AGAIN_OTHER;

    add_text(out, ",\n", "banthuek",
             opened->is_ours ? opened->manifest.versions[0].version : STR(""));
    add_truth(out, ",\n", "data", opened->is_ours && opened->has_report);
    add_text(out, ",\n\"again\": {", "result", str_of(again_names[inspected->again]));
    add_text(out, ", ", "bytes", str_of(is_made ? bytes_names[inspected->bytes] : NULL));
    add_text(out, ", ", "reason", inspected->why_not[lang == BANTHUEK_THAI]);
    buf_byte(out, '}');
}

void
inspect_json(const struct inspected *inspected, enum banthuek_lang lang, struct buf *out)
{
    const struct pdfin_info *info = inspected->opened.info;

    add_text(out, ",\n", "version", info->version);
    add_truth(out, ",\n", "encrypted", info->encrypted);
    add_pages(out, info);
    add_text(out, ",\n", "title", info->title);
    add_text(out, ",\n", "language", info->language);
    add_text(out, ",\n", "producer", info->producer);
    add_text(out, ",\n\"claims\": {", "pdfa", info->claims.pdfa);
    add_text(out, ", ", "pdfua", info->claims.pdfua);
    buf_byte(out, '}');
    add_tags(out, info);
    add_fonts(out, info);
    add_files(out, info);
    add_signatures(out, info);
    add_origin(out, inspected, lang);
}
