#include "pdfin/update.h"

#include "base/arena.h"
#include "base/ascii.h"
#include "pdfin/inner.h"

/* ---- the end of the file */

static bool
refuse(struct pdfin *pdf, const char *english, const char *thai)
{
    return pdfin_fail(pdf, DIAG_PDFIN_NO_UPDATE, diag_both(pdf->diags, english, thai), NULL);
}

/* Takes a line end off the end of the text, "\r\n" as one; false where there is none. */
static bool
drop_line_end(struct str *text)
{
    size_t before = text->len;

    if (text->len > 0 && text->ptr[text->len - 1] == '\n')
        text->len--;
    if (text->len > 0 && text->ptr[text->len - 1] == '\r')
        text->len--;
    return text->len < before;
}

/* Takes the digits off the end of the text: an offset. */
static bool
drop_offset(struct str *text, size_t *offset)
{
    size_t from = text->len;

    while (from > 0 && ascii_is_digit(text->ptr[from - 1]))
        from--;
    struct str digits = str_sub(*text, from, text->len);
    text->len = from;
    return digits.len > 0 && str_number(digits, PDFIN_BYTES_MAX, offset);
}

static bool
drop_word(struct str *text, struct str word)
{
    if (!str_ends(*text, word))
        return false;
    text->len -= word.len;
    return true;
}

/* "startxref", an offset, "%%EOF", each on a line of its own, and at most one line end behind. What
 * stands behind that would come between the old file and the update. */
static bool
read_end(struct pdfin *pdf, struct pdfin_tail *out)
{
    struct str rest = pdf->bytes;

    out->ends_line = drop_line_end(&rest);
    if (!drop_word(&rest, STR("%%EOF")) || !drop_line_end(&rest) ||
        !drop_offset(&rest, &out->xref) || !drop_line_end(&rest) ||
        !drop_word(&rest, STR("startxref")) || out->xref >= rest.len)
        return refuse(pdf, "it does not end with \"startxref\", an offset and \"%%EOF\"",
                      "ท้ายแฟ้มไม่มี \"startxref\" ตำแหน่ง และ \"%%EOF\" ตามแบบ");
    out->is_stream = !str_starts(str_sub(pdf->bytes, out->xref, rest.len), STR("xref"));
    return true;
}

/* ---- what the trailer names */

static bool
read_size(struct pdfin *pdf, qpdf_oh trailer, unsigned *out)
{
    qpdf_oh value = pdfin_get(pdf, trailer, "/Size");
    long long size = 0;
    bool good = pdfin_integer(pdf, value, &size) && size > 0 && size <= PDFIN_NUMBER_MAX;

    pdfin_drop(pdf, value);
    *out = good ? (unsigned)size : 0;
    return good;
}

static void
read_id(struct pdfin *pdf, qpdf_oh trailer, struct str id[2])
{
    qpdf_oh array = pdfin_get(pdf, trailer, "/ID");

    for (size_t i = 0; i < 2; i++) {
        qpdf_oh half =
            i < pdfin_count(pdf, array) ? pdfin_item(pdf, array, i) : qpdf_oh_new_null(pdf->qpdf);
        size_t len = 0;
        id[i] = STR("");
        if (qpdf_oh_is_string(pdf->qpdf, half) == QPDF_TRUE) {
            const char *bytes = qpdf_oh_get_binary_string_value(pdf->qpdf, half, &len);
            id[i] = str_dup(pdf->arena, (struct str){bytes, len});
        }
        pdfin_drop(pdf, half);
    }
    pdfin_drop(pdf, array);
}

static bool
read_trailer(struct pdfin *pdf, struct pdfin_tail *out)
{
    qpdf_oh trailer = qpdf_get_trailer(pdf->qpdf);
    bool sized = read_size(pdf, trailer, &out->size);

    out->root = pdfin_number_at(pdf, trailer, "/Root");
    out->info = pdfin_number_at(pdf, trailer, "/Info");
    read_id(pdf, trailer, out->id);
    pdfin_drop(pdf, trailer);
    if (!sized || out->root == 0 || out->root >= out->size || out->info >= out->size)
        return refuse(pdf, "its trailer has no proper /Size or /Root",
                      "ส่วนท้าย (trailer) ไม่มี /Size หรือ /Root ที่ถูกต้อง");
    return true;
}

bool
pdfin_tail(struct pdfin *pdf, struct pdfin_tail *out)
{
    *out = (struct pdfin_tail){.xref = 0};
    if (pdf->failed)
        return false;
    if (!str_starts(pdf->bytes, STR("%PDF-")))
        return refuse(pdf, "something stands before its header", "มีข้อมูลอื่นอยู่หน้าส่วนหัวของแฟ้ม");
    if (qpdf_is_encrypted(pdf->qpdf) == QPDF_TRUE)
        return refuse(pdf, "it is encrypted", "แฟ้มถูกเข้ารหัส");
    return read_end(pdf, out) && read_trailer(pdf, out) && pdfin_no_error(pdf);
}

/* ---- objects entry by entry */

static bool
too_much(struct pdfin *pdf, const char *english, const char *thai, size_t limit)
{
    return pdfin_fail(pdf, DIAG_PDFIN_TOO_MUCH, diag_both(pdf->diags, english, thai),
                      diag_printf(pdf->diags, "%zu", limit));
}

/* libqpdf has one iterator: the keys first. One may hold any byte but NUL. */
static bool
read_keys(struct pdfin *pdf, qpdf_oh dict, struct pdfin_entries *out)
{
    size_t cap = 0;

    qpdf_oh_begin_dict_key_iter(pdf->qpdf, dict);
    while (qpdf_oh_dict_more_keys(pdf->qpdf) == QPDF_TRUE) {
        struct str key = str_of(qpdf_oh_dict_next_key(pdf->qpdf));
        if (out->count == PDFIN_ENTRIES_MAX)
            return too_much(pdf, "entries in an object", "รายการในวัตถุ", PDFIN_ENTRIES_MAX);
        ARENA_ADD(pdf->arena, out->entry, out->count, cap, 16)->key =
            str_dup(pdf->arena, str_sub(key, 1, key.len));
    }
    return true;
}

static bool
read_values(struct pdfin *pdf, qpdf_oh dict, struct pdfin_entries *out)
{
    size_t total = 0;

    for (size_t i = 0; i < out->count; i++) {
        const char *key = arena_printf(pdf->arena, "/%.*s", STR_FMT(out->entry[i].key));
        qpdf_oh value = pdfin_get(pdf, dict, key);
        const char *text = qpdf_oh_unparse(pdf->qpdf, value);
        struct str raw = {text, qpdf_get_last_string_length(pdf->qpdf)};
        bool good = pdfin_step(pdf) && raw.len <= PDFIN_SYNTAX_MAX - total;
        total += good ? raw.len : 0;
        out->entry[i].raw = good ? str_dup(pdf->arena, raw) : STR("null");
        pdfin_drop(pdf, value);
        if (!good)
            return too_much(pdf, "bytes in an object", "ไบต์ในวัตถุ", PDFIN_SYNTAX_MAX);
    }
    return true;
}

bool
pdfin_entries(struct pdfin *pdf, unsigned number, struct pdfin_entries *out)
{
    bool numbered = number > 0 && number <= PDFIN_NUMBER_MAX && !pdf->failed;
    qpdf_oh object =
        numbered ? qpdf_get_object_by_id(pdf->qpdf, (int)number, 0) : qpdf_oh_new_null(pdf->qpdf);

    *out = (struct pdfin_entries){.is_stream = pdfin_is_stream(pdf, object)};
    qpdf_oh dict = out->is_stream ? qpdf_oh_get_dict(pdf->qpdf, object)
                                  : qpdf_oh_new_object(pdf->qpdf, object);
    bool good = pdfin_is_dict(pdf, dict);
    if (!good)
        (void)pdfin_fail(pdf, DIAG_PDFIN_NO_OBJECT, diag_printf(pdf->diags, "%u", number), NULL);
    good = good && read_keys(pdf, dict, out) && read_values(pdf, dict, out) && pdfin_no_error(pdf);
    pdfin_drop(pdf, dict);
    pdfin_drop(pdf, object);
    return good;
}

struct str
pdfin_raw(const struct pdfin_entries *entries, const char *key)
{
    for (size_t i = 0; i < entries->count; i++) {
        if (str_is(entries->entry[i].key, key))
            return entries->entry[i].raw;
    }
    return STR("");
}
