/* What is told about a PDF, for programs: src/cli/inspect.schema.json. */
#include "inspect/json.h"

#include "engine/report.h"
#include "value/json_write.h"

static const char *const bytes_names[] = {"other", "first-revision", "same"};

void
json_add_text(struct buf *out, const char *before, const char *key, struct banthuek_bytes text)
{
    buf_printf(out, "%s\"%s\": ", before, key);
    if (text.size == 0)
        buf_text(out, "null");
    else
        json_add_string(out, (struct str){text.data, text.size});
}

void
json_add_truth(struct buf *out, const char *before, const char *key, bool value)
{
    buf_printf(out, "%s\"%s\": %s", before, key, value ? "true" : "false");
}

const char *
json_again_name(enum banthuek_again again)
{
    static const char *const names[] = {"foreign",     "no-data",    "failed", "no-emblem",
                                        "other-pages", "same-pages", "scan"};

    return names[again];
}

static void
add_points(struct buf *out, const char *key, int length)
{
    buf_printf(out, ", \"%s\": %d.%03d", key, length / 1000, length % 1000);
}

static void
add_pages(struct buf *out, const struct banthuek_pdf *pdf)
{
    buf_printf(out, ",\n\"pages\": {\"count\": %zu, \"sizes\": [", pdf->page_count);
    for (size_t i = 0; i < pdf->sizes_count; i++) {
        buf_printf(out, "%s{\"count\": %zu", i == 0 ? "" : ", ", pdf->sizes[i]->count);
        add_points(out, "width", pdf->sizes[i]->width);
        add_points(out, "height", pdf->sizes[i]->height);
        buf_byte(out, '}');
    }
    buf_text(out, "]}");
}

static void
add_tags(struct buf *out, const struct banthuek_pdf *pdf)
{
    json_add_truth(out, ",\n\"tags\": {", "marked", pdf->marked);
    json_add_truth(out, ", ", "structure", pdf->has_structure);
    buf_printf(out, ", \"count\": %zu, \"types\": [", pdf->element_count);
    for (size_t i = 0; i < pdf->tag_count; i++) {
        buf_text(out, i == 0 ? "{\"type\": " : ", {\"type\": ");
        json_add_string(out, (struct str){pdf->tags[i]->type.data, pdf->tags[i]->type.size});
        buf_printf(out, ", \"count\": %zu}", pdf->tags[i]->count);
    }
    buf_text(out, "]}");
}

static void
add_fonts(struct buf *out, const struct banthuek_pdf *pdf)
{
    buf_text(out, ",\n\"fonts\": [");
    for (size_t i = 0; i < pdf->font_count; i++) {
        const struct banthuek_pdf_font *font = pdf->fonts[i];
        json_add_text(out, i == 0 ? "\n{" : ",\n{", "name", font->name);
        json_add_text(out, ", ", "subtype", font->subtype);
        json_add_truth(out, ", ", "embedded", font->embedded);
        json_add_truth(out, ", ", "to_unicode", font->to_unicode);
        buf_byte(out, '}');
    }
    buf_byte(out, ']');
}

static void
add_files(struct buf *out, const struct banthuek_pdf *pdf)
{
    buf_text(out, ",\n\"files\": [");
    for (size_t i = 0; i < pdf->file_count; i++) {
        const struct banthuek_pdf_file *file = pdf->files[i];
        json_add_text(out, i == 0 ? "\n{" : ",\n{", "name", file->name);
        if (file->size == SIZE_MAX)
            buf_text(out, ", \"size\": null");
        else
            buf_printf(out, ", \"size\": %zu", file->size);
        json_add_text(out, ", ", "relation", file->relation);
        json_add_text(out, ", ", "type", file->type);
        json_add_truth(out, ", ", "listed", file->listed);
        buf_byte(out, '}');
    }
    buf_byte(out, ']');
}

static void
add_signatures(struct buf *out, const struct banthuek_pdf *pdf)
{
    buf_text(out, ",\n\"signatures\": [");
    for (size_t i = 0; i < pdf->signature_count; i++) {
        const struct banthuek_pdf_signature *signature = pdf->signatures[i];
        json_add_text(out, i == 0 ? "\n{" : ",\n{", "field", signature->field);
        json_add_text(out, ", ", "name", signature->name);
        json_add_text(out, ", ", "time", signature->time);
        json_add_text(out, ", ", "reason", signature->reason);
        json_add_text(out, ", ", "format", signature->format);
        buf_printf(out, ", \"covers\": %zu", signature->covers);
        json_add_truth(out, ", ", "covers_all", signature->covers_all);
        buf_byte(out, '}');
    }
    buf_byte(out, ']');
}

static void
add_scan(struct buf *out, const struct banthuek_pdf_scan *scan)
{
    if (scan == NULL) {
        buf_text(out, ",\n\"scan\": null");
        return;
    }
    json_add_text(out, ",\n\"scan\": {", "code", scan->code);
    json_add_text(out, ", ", "report_sha256", scan->sha256);
    buf_printf(out, ", \"report_pages\": %zu, \"missing\": [", scan->report_pages);
    for (size_t i = 0; i < scan->missing_count; i++)
        buf_printf(out, i == 0 ? "%zu" : ", %zu", scan->missing[i]);
    buf_printf(out, "], \"again\": \"%s\"}", json_again_name(scan->again));
}

static void
add_origin(struct buf *out, const struct banthuek_pdf *pdf, enum banthuek_lang lang)
{
    bool is_made = pdf->again == BANTHUEK_AGAIN_SAME || pdf->again == BANTHUEK_AGAIN_OTHER;

    json_add_text(out, ",\n", "banthuek", pdf->made_by);
    json_add_truth(out, ",\n", "data", pdf->has_data);
    json_add_text(out, ",\n", "code", pdf->code);
    json_add_truth(out, ",\n", "for_pen", pdf->for_pen);
    buf_printf(out, ",\n\"again\": {\"result\": \"%s\"", json_again_name(pdf->again));
    json_add_text(out, ", ", "bytes", bytes_of(str_of(is_made ? bytes_names[pdf->bytes] : NULL)));
    json_add_text(out, ", ", "reason", pdf->why_not[lang == BANTHUEK_THAI]);
    buf_byte(out, '}');
}

static void
add_pdf(struct buf *out, const struct banthuek_pdf *pdf, enum banthuek_lang lang)
{
    json_add_text(out, ",\n", "version", pdf->version);
    json_add_truth(out, ",\n", "encrypted", pdf->encrypted);
    add_pages(out, pdf);
    json_add_text(out, ",\n", "title", pdf->title);
    json_add_text(out, ",\n", "language", pdf->language);
    json_add_text(out, ",\n", "producer", pdf->producer);
    json_add_text(out, ",\n\"claims\": {", "pdfa", pdf->pdfa);
    json_add_text(out, ", ", "pdfua", pdf->pdfua);
    buf_byte(out, '}');
    add_tags(out, pdf);
    add_fonts(out, pdf);
    add_files(out, pdf);
    add_signatures(out, pdf);
    add_scan(out, pdf->scan);
    add_origin(out, pdf, lang);
}

void
banthuek_inspect_json(struct banthuek *b, const char *file, const struct banthuek_pdf *pdf,
                      enum banthuek_lang lang, struct banthuek_bytes *json)
{
    struct buf out = buf_in(b->work.arena);
    struct banthuek_bytes messages;

    buf_text(&out, "{\n\"file\": ");
    json_add_string(&out, str_of(file));
    json_add_truth(&out, ",\n", "readable", pdf != NULL);
    if (pdf != NULL)
        add_pdf(&out, pdf, lang);
    banthuek_messages_json(b, lang, &messages);
    buf_printf(&out, ",\n\"messages\": %.*s}\n", (int)messages.size, messages.data);
    *json = bytes_of(buf_str(&out));
}
