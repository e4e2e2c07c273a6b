/* A second reader: libqpdf opens each revision without recovery and reads what can be reached in
 * the first, and what each later one brings. It must not find fault with anything. */
#include <qpdf/qpdf-c.h>

#include "pdfin/revisions_inner.h"

#define WARNING_MAX 200
#define ENTRIES_MAX 50000000
/* /Size larger than needed: the strict reader looks at /Size itself */
#define HARMLESS "reported number of objects"

/* True when libqpdf has neither an error nor a warning; else the first one is a doubt. */
static bool
is_content(struct revisions *r, qpdf_data qpdf, size_t number)
{
    qpdf_error what = qpdf_has_error(qpdf) == QPDF_TRUE ? qpdf_get_error(qpdf) : NULL;
    struct str text = STR("");

    while (what == NULL && qpdf_more_warnings(qpdf) == QPDF_TRUE) {
        what = qpdf_next_warning(qpdf);
        text = str_of(qpdf_get_error_message_detail(qpdf, what));
        if (str_starts(text, STR(HARMLESS)))
            what = NULL;
    }
    if (what == NULL)
        return true;
    text = str_of(qpdf_get_error_message_detail(qpdf, what));
    bool is_memory =
        str_ends(text, STR("std::bad_alloc")) || str_ends(text, STR("insufficient memory"));
    revisions_doubt_add(r, is_memory ? DOUBT_MEMORY : DOUBT_LIBRARY,
                        (size_t)qpdf_get_error_file_position(qpdf, what), number,
                        str_cstr(r->arena, str_sub(text, 0, WARNING_MAX)));
    return false;
}

/* Makes libqpdf read an object, and compares what kind of thing it finds with ours. */
static bool
read_object(struct revisions *r, qpdf_data qpdf, size_t revision, size_t number)
{
    static const enum qpdf_object_type_e types[] = {
        ot_null, ot_boolean, ot_integer,    ot_real,   ot_string,
        ot_name, ot_array,   ot_dictionary, ot_stream, ot_reserved};
    const struct entry *e = entry_find(r, revision, number);

    if (e == NULL || e->type == ENTRY_FREE)
        return true;
    int generation = e->type == ENTRY_PLAIN ? (int)e->extra : 0;
    qpdf_oh object = qpdf_get_object_by_id(qpdf, (int)number, generation);
    enum qpdf_object_type_e theirs = qpdf_oh_get_type_code(qpdf, object);
    enum cos_type ours = revisions_object(r, revision, number)->type;
    bool agree = theirs == types[ours] ||
                 /* a real that is a whole number is an integer to us */
                 (theirs == ot_real && ours == COS_INTEGER);
    qpdf_oh_release(qpdf, object);
    if (!is_content(r, qpdf, number))
        return false;
    if (!agree)
        revisions_doubt_add(r, DOUBT_LIBRARY, 0, number, "another type");
    return agree;
}

static bool
read_all(struct revisions *r, qpdf_data qpdf, size_t revision, bool is_first)
{
    struct reached *reached = is_first ? revisions_reached(r, revision) : NULL;
    size_t count;
    const uint32_t *own = revisions_own(r, revision, &count);

    for (size_t i = 0; i < count && reached == NULL; i++) {
        if (!read_object(r, qpdf, revision, own[i]))
            return false;
    }
    if (reached == NULL)
        return true;
    for (size_t i = 0; i < r->entry_count; i++) {
        size_t number = r->entries[i].number;
        bool again = i > 0 && r->entries[i - 1].number == number;
        if (!again && reached_has(reached, number) && !read_object(r, qpdf, revision, number))
            return false;
    }
    return true;
}

void
revisions_read_again(struct revisions *r, size_t first)
{
    size_t entries = 0;
    bool good = true;

    /* libqpdf reads all tables again for each revision */
    for (size_t i = first; i < r->count; i++) {
        for (size_t k = 0; k <= i; k++)
            entries += r->list[k].shown.changed;
    }
    if (entries > ENTRIES_MAX) {
        revisions_doubt_add(r, DOUBT_TOO_MUCH, 0, 0, NULL);
        return;
    }
    for (size_t i = first; i < r->count && good; i++) {
        qpdf_data qpdf = qpdf_init();
        qpdf_silence_errors(qpdf);
        qpdf_set_suppress_warnings(qpdf, QPDF_TRUE);
        qpdf_set_attempt_recovery(qpdf, QPDF_FALSE);
        (void)qpdf_read_memory(qpdf, r->file, r->bytes.ptr, r->list[i].shown.end, "");
        good = is_content(r, qpdf, 0) && read_all(r, qpdf, i, i == first);
        qpdf_cleanup(&qpdf);
    }
}
