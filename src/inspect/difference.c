/* Where two PDFs begin to say another thing. */
#include "base/arena.h"
#include "base/utf8.h"
#include "inspect/inspect.h"
#include "pdfin/revisions.h"
#include "pdfin/text.h"

#define BEFORE 24 /* bytes that are shown before the difference */

static bool
read_text(struct arena *arena, struct str bytes, struct text_paragraphs *out)
{
    struct revisions *revisions = revisions_open(arena, "", bytes);

    if (revisions_count(revisions) > 1)
        revisions = revisions_open(arena, "", str_sub(bytes, 0, revisions_at(revisions, 0)->end));
    return revisions_count(revisions) == 1 && revisions_paragraphs(revisions, arena, out);
}

static size_t
page_at(const struct text_paragraph *paragraph, size_t byte)
{
    size_t page = paragraph->page;

    for (size_t i = 0; i < paragraph->turn_count && paragraph->turns[i].at <= byte; i++)
        page = paragraph->turns[i].page;
    return page;
}

static size_t
same_bytes(struct str a, struct str b)
{
    size_t at = 0;

    while (at < a.len && at < b.len && a.ptr[at] == b.ptr[at])
        at++;
    return at;
}

/* The text from a little before a byte on. */
static struct str
around(struct arena *arena, struct str text, size_t byte)
{
    size_t from = byte > BEFORE ? byte - BEFORE : 0;

    while (from > 0 && from < text.len && ((unsigned char)text.ptr[from] & 0xC0) == 0x80)
        from--;
    return str_dup(arena, str_sub(text, from, text.len));
}

static const struct text_paragraph none = {.text = {"", 0}};

void
difference_find(struct arena *arena, struct str then, struct str now, struct difference *out)
{
    struct arena *scratch = arena_new(0);
    struct text_paragraphs there, made;

    *out = (struct difference){.page = 0};
    bool good = read_text(scratch, then, &there) && read_text(scratch, now, &made);
    for (size_t i = 0; good && (i < there.count || i < made.count); i++) {
        const struct text_paragraph *a = i < there.count ? &there.list[i] : &none;
        const struct text_paragraph *b = i < made.count ? &made.list[i] : &none;
        size_t at = same_bytes(a->text, b->text);
        size_t page = page_at(a == &none ? b : a, at);
        if (at == a->text.len && at == b->text.len && a->page == b->page)
            continue;
        *out = (struct difference){page, around(arena, a->text, at), around(arena, b->text, at)};
        break;
    }
    arena_free(scratch);
}
