/* Careful ways to libqpdf's objects: whatever is asked of whatever object, the answer is plain. */

#include "base/arena.h"
#include "base/utf8.h"
#include "pdfin/inner.h"

bool
pdfin_fail(struct pdfin *pdf, enum diag_code code, const char *arg1, const char *arg2)
{
    if (!pdf->failed)
        diag_add(pdf->diags, code, (struct pos){pdf->file, 0, 0}, arg1, arg2, NULL);
    pdf->failed = true;
    return false;
}

bool
pdfin_step(struct pdfin *pdf)
{
    if (pdf->failed)
        return false;
    if (++pdf->walked <= PDFIN_OBJECTS_MAX)
        return true;
    return pdfin_fail(pdf, DIAG_PDFIN_TOO_MUCH,
                      diag_both(pdf->diags, "objects to look at", "วัตถุที่ต้องดู"),
                      diag_printf(pdf->diags, "%d", PDFIN_OBJECTS_MAX));
}

void
pdfin_drop(struct pdfin *pdf, qpdf_oh object)
{
    qpdf_oh_release(pdf->qpdf, object);
}

qpdf_oh
pdfin_root(struct pdfin *pdf)
{
    return qpdf_get_root(pdf->qpdf);
}

bool
pdfin_is_dict(struct pdfin *pdf, qpdf_oh object)
{
    return qpdf_oh_is_dictionary(pdf->qpdf, object) == QPDF_TRUE;
}

bool
pdfin_is_stream(struct pdfin *pdf, qpdf_oh object)
{
    return qpdf_oh_is_stream(pdf->qpdf, object) == QPDF_TRUE;
}

bool
pdfin_is_array(struct pdfin *pdf, qpdf_oh object)
{
    return qpdf_oh_is_array(pdf->qpdf, object) == QPDF_TRUE;
}

qpdf_oh
pdfin_get(struct pdfin *pdf, qpdf_oh parent, const char *key)
{
    if (pdfin_is_dict(pdf, parent))
        return qpdf_oh_get_key(pdf->qpdf, parent, key);
    if (!pdfin_is_stream(pdf, parent))
        return qpdf_oh_new_null(pdf->qpdf);
    qpdf_oh dict = qpdf_oh_get_dict(pdf->qpdf, parent);
    qpdf_oh value = qpdf_oh_get_key(pdf->qpdf, dict, key);
    pdfin_drop(pdf, dict);
    return value;
}

size_t
pdfin_count(struct pdfin *pdf, qpdf_oh array)
{
    int count = pdfin_is_array(pdf, array) ? qpdf_oh_get_array_n_items(pdf->qpdf, array) : 0;

    return count < 0 ? 0 : (size_t)count;
}

qpdf_oh
pdfin_item(struct pdfin *pdf, qpdf_oh array, size_t index)
{
    return qpdf_oh_get_array_item(pdf->qpdf, array, (int)index);
}

bool
pdfin_has(struct pdfin *pdf, qpdf_oh parent, const char *key)
{
    qpdf_oh value = pdfin_get(pdf, parent, key);
    bool has = qpdf_oh_is_null(pdf->qpdf, value) != QPDF_TRUE;

    pdfin_drop(pdf, value);
    return has;
}

/* A copy in the arena, well-formed, and cut: no reader shows so much, and a thousand objects may
 * share one text. */
static struct str
clean(struct arena *arena, const char *text, size_t len, size_t limit)
{
    struct str raw = {text, len < limit ? len : limit};
    struct buf out = buf_in(arena);

    if (raw.len == len && utf8_invalid_at(raw) == SIZE_MAX)
        return str_dup(arena, raw);
    for (size_t at = 0; at < raw.len;) {
        uint32_t code = utf8_next(raw, &at);
        buf_utf8(&out, code == UTF8_BAD ? 0xFFFD : code);
    }
    if (raw.len < len)
        buf_text(&out, "…");
    return buf_str(&out);
}

struct str
pdfin_long_text(struct pdfin *pdf, qpdf_oh object, size_t limit)
{
    size_t len = 0;

    if (qpdf_oh_is_string(pdf->qpdf, object) == QPDF_TRUE) {
        const char *text = qpdf_oh_get_binary_utf8_value(pdf->qpdf, object, &len);
        return clean(pdf->arena, text, len, limit);
    }
    if (qpdf_oh_is_name(pdf->qpdf, object) == QPDF_TRUE) {
        const char *text = qpdf_oh_get_name(pdf->qpdf, object);
        len = qpdf_get_last_string_length(pdf->qpdf);
        return len == 0 ? STR("") : clean(pdf->arena, text + 1, len - 1, limit);
    }
    return STR("");
}

/* libqpdf copies a text each time it is asked for it. */
struct str
pdfin_text_of(struct pdfin *pdf, qpdf_oh object)
{
    void **known = seen_value(pdf, pdf->texts, object);

    if (known == NULL)
        return pdfin_long_text(pdf, object, PDFIN_TEXT_MAX);
    if (*known == NULL) {
        struct str *text = arena_alloc(pdf->arena, sizeof *text);
        *text = pdfin_long_text(pdf, object, PDFIN_TEXT_MAX);
        *known = text;
    }
    return *(const struct str *)*known;
}

struct str
pdfin_text(struct pdfin *pdf, qpdf_oh parent, const char *key)
{
    qpdf_oh value = pdfin_get(pdf, parent, key);
    struct str text = pdfin_text_of(pdf, value);

    pdfin_drop(pdf, value);
    return text;
}

bool
pdfin_true(struct pdfin *pdf, qpdf_oh parent, const char *key)
{
    qpdf_oh value = pdfin_get(pdf, parent, key);
    bool is_true = qpdf_oh_is_bool(pdf->qpdf, value) == QPDF_TRUE &&
                   qpdf_oh_get_bool_value(pdf->qpdf, value) == QPDF_TRUE;

    pdfin_drop(pdf, value);
    return is_true;
}

bool
pdfin_integer(struct pdfin *pdf, qpdf_oh object, long long *out)
{
    if (qpdf_oh_is_integer(pdf->qpdf, object) != QPDF_TRUE)
        return false;
    *out = qpdf_oh_get_int_value(pdf->qpdf, object);
    return true;
}

unsigned
pdfin_number(struct pdfin *pdf, qpdf_oh object)
{
    int id = qpdf_oh_get_object_id(pdf->qpdf, object);

    return id <= 0 || qpdf_oh_get_generation(pdf->qpdf, object) != 0 ? 0 : (unsigned)id;
}

unsigned
pdfin_number_at(struct pdfin *pdf, qpdf_oh parent, const char *key)
{
    qpdf_oh object = pdfin_get(pdf, parent, key);
    unsigned number = pdfin_number(pdf, object);

    pdfin_drop(pdf, object);
    return number;
}

struct str
pdfin_full_name(struct arena *arena, const struct pdfin_named *named)
{
    const struct pdfin_named *part[PDFIN_DEPTH_MAX + 2];
    size_t count = 0, len = 0;
    struct buf name = buf_in(arena);

    for (; named != NULL && len < PDFIN_TEXT_MAX && count < sizeof part / sizeof part[0];
         named = named->above) {
        if (named->name.len == 0)
            continue;
        part[count++] = named;
        len += named->name.len + 1;
    }
    for (size_t i = count; i > 0; i--) {
        if (i < count)
            buf_byte(&name, '.');
        buf_add(&name, part[i - 1]->name);
    }
    return buf_str(&name);
}
