/* Opening a PDF revision by revision, and its doubts. */
#include <string.h>

#include "pdfin/inner.h"
#include "pdfin/revisions_inner.h"

#define STEPS_MAX 100000000

/* ---- doubts */

static const char *const names[] = {
#define D(code, english, thai) #code,
#include "pdfin/doubt.def"
#undef D
};

static const char *const texts[][2] = {
#define D(code, english, thai) {english, thai},
#include "pdfin/doubt.def"
#undef D
};

void
revisions_doubt_add(struct revisions *r, enum doubt_code code, size_t offset, size_t number,
                    const char *detail)
{
    if (r->is_quiet)
        return;
    for (size_t i = 0; i < r->doubt_count; i++) {
        if (r->doubts[i].code == code && r->doubts[i].number == number &&
            (number != 0 || r->doubts[i].offset == offset))
            return;
    }
    if (r->doubt_count < REVISIONS_DOUBTS_MAX)
        r->doubts[r->doubt_count++] = (struct doubt){
            .code = code, .offset = offset, .number = number, .detail = str_of(detail)};
}

size_t
revisions_doubt_count(const struct revisions *r)
{
    return r->doubt_count;
}

const struct doubt *
revisions_doubt(const struct revisions *r, size_t index)
{
    return &r->doubts[index];
}

const char *
doubt_name(enum doubt_code code)
{
    return names[code];
}

struct str
doubt_text(struct arena *arena, const struct doubt *doubt, enum diag_lang lang)
{
    struct buf out = buf_in(arena);
    bool thai = lang == DIAG_THAI;

    buf_text(&out, texts[doubt->code][thai ? 1 : 0]);
    if (doubt->detail.len > 0)
        buf_printf(&out, " (%.*s)", STR_FMT(doubt->detail));
    if (doubt->number > 0)
        buf_printf(&out, thai ? " วัตถุที่ %zu" : ", object %zu", doubt->number);
    else if (doubt->offset > 0)
        buf_printf(&out, thai ? " ที่ไบต์ %zu" : ", at byte %zu", doubt->offset);
    return buf_str(&out);
}

static const char *const fault_names[] = {
#define F(code, english, thai) #code,
#include "pdfin/fault.def"
#undef F
};

static const char *const fault_texts[][2] = {
#define F(code, english, thai) {english, thai},
#include "pdfin/fault.def"
#undef F
};

const char *
signature_fault_name(enum signature_fault fault)
{
    return fault_names[fault];
}

struct str
signature_fault_text(enum signature_fault fault, enum diag_lang lang)
{
    return str_of(fault_texts[fault][lang == DIAG_THAI ? 1 : 0]);
}

/* ---- what was opened */

bool
revisions_step(struct revisions *r)
{
    if (++r->steps <= STEPS_MAX)
        return true;
    revisions_doubt_add(r, DOUBT_TOO_MUCH, 0, 0, NULL);
    return false;
}

size_t
revisions_count(const struct revisions *r)
{
    return r->count;
}

const struct revision *
revisions_at(const struct revisions *r, size_t index)
{
    return &r->list[index].shown;
}

struct str
revisions_bytes(const struct revisions *r)
{
    return r->bytes;
}

bool
revisions_mention_signature(const struct revisions *r)
{
    return r->signature_count > 0 || str_find(r->bytes, STR("/ByteRange")) != SIZE_MAX;
}

size_t
revisions_signature_count(const struct revisions *r)
{
    return r->signature_count;
}

const struct signed_part *
revisions_signature(const struct revisions *r, size_t index)
{
    return &r->signatures[index];
}

bool
revisions_has(const struct revisions *r, size_t revision, size_t number)
{
    const struct entry *e = entry_find(r, revision, number);

    return e != NULL && e->type != ENTRY_FREE;
}

bool
revisions_names(const struct revisions *r, size_t revision, size_t number)
{
    const struct entry *e = entry_find(r, revision, number);

    return e != NULL && e->type != ENTRY_FREE && e->revision == revision;
}

const uint32_t *
revisions_own(const struct revisions *r, size_t revision, size_t *count)
{
    *count = r->list[revision].own_count;
    return r->list[revision].own;
}

const struct cos *
revisions_trailer(const struct revisions *r, size_t revision)
{
    return &r->list[revision].sections[0]->trailer;
}

const struct cos *
revisions_root(struct revisions *r, size_t revision)
{
    return cos_at(r, revision, revisions_trailer(r, revision), "Root");
}

/* ---- opening */

static void
check_start(struct revisions *r, bool is_known)
{
    if (str_find(str_sub(r->bytes, 0, 1024), STR("%PDF-")) == SIZE_MAX)
        revisions_doubt_add(r, DOUBT_NOT_PDF, 0, 0, NULL);
    else if (!str_starts(r->bytes, STR("%PDF-")))
        revisions_doubt_add(r, DOUBT_BEFORE_HEADER, 0, 0, NULL);
    if (r->bytes.len > PDFIN_BYTES_MAX)
        revisions_doubt_add(r, DOUBT_TOO_MUCH, 0, 0, NULL);
    if (r->doubt_count == 0 && !is_known && !pdfin_no_bombs(r->bytes))
        revisions_doubt_add(r, DOUBT_MEMORY, 0, 0, NULL);
}

/* The revision of the first signature: from there on everything counts. */
static size_t
first_signed(const struct revisions *r)
{
    size_t first = r->count - 1;

    for (size_t i = 0; i < r->signature_count; i++) {
        if (r->signatures[i].revision < first)
            first = r->signatures[i].revision;
    }
    return first;
}

/* Everything that counts is read once, so that what cannot be is found now. */
static void
read_what_counts(struct revisions *r)
{
    size_t first = first_signed(r);

    for (size_t i = first; i < r->count; i++) {
        if (revisions_root(r, i)->type != COS_DICT)
            revisions_doubt_add(r, DOUBT_NO_ROOT, 0, 0, NULL);
        (void)revisions_reached(r, i);
    }
    for (size_t i = 0; i < r->count; i++)
        revisions_find_loose(r, i, i > first);
    if (r->doubt_count == 0)
        revisions_read_again(r, first);
}

static struct revisions *
open_as(struct arena *arena, const char *file, struct str bytes, bool is_alone, bool is_known)
{
    struct revisions *r = arena_alloc(arena, sizeof *r);

    *r = (struct revisions){.arena = arena, .file = file, .bytes = bytes};
    r->groups = map_new(arena);
    r->objects = map_new(arena);
    r->packs = map_new(arena);
    r->parser = (struct cos_parser){.arena = arena, .nodes = &r->nodes};
    check_start(r, is_known);
    if (r->doubt_count > 0 && r->doubts[0].code != DOUBT_BEFORE_HEADER)
        return r;
    (void)revisions_find(r);
    if (r->count == 0 || is_alone)
        return r;
    revisions_find_signatures(r);
    read_what_counts(r);
    return r;
}

struct revisions *
revisions_open(struct arena *arena, const char *file, struct str bytes)
{
    return open_as(arena, file, bytes, false, false);
}

struct revisions *
revisions_open_alone(struct arena *arena, struct str bytes, bool is_known)
{
    return open_as(arena, "", bytes, true, is_known);
}
