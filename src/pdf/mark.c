/* Marked content: which structure element what is painted belongs to, or that it is an artifact
 * (ISO 32000-1 §14.6, §14.8.2.2). Content that follows each other and belongs together is one
 * sequence, over lines and whatever else. */
#include "pdf/paint.h"

/* What is said of artifacts of a role. */
static const char *
artifact_of(enum role role)
{
    switch (role) {
    case ROLE_PAGE_NUMBER:
    case ROLE_CONTINUATION:
    case ROLE_REPEATED:
    case ROLE_MARK:
        return "/Artifact<</Type/Pagination>>BDC\n";
    case ROLE_STAMP:
        return "/Artifact<</Type/Pagination/Subtype/Watermark>>BDC\n";
    default:
        return "/Artifact BMC\n";
    }
}

struct mark
mark_of(const struct paint *paint, const struct item *item)
{
    return (struct mark){paint->tags == NULL ? NULL : tags_of(paint->tags, item), item->role};
}

bool
mark_same(struct mark a, struct mark b)
{
    return a.tag == b.tag && (a.tag != NULL || artifact_of(a.role) == artifact_of(b.role));
}

void
mark_open(struct paint *paint, struct mark mark)
{
    if (paint->tags == NULL)
        return;
    if (mark.tag == NULL) {
        paint_interrupt(paint, artifact_of(mark.role));
        return;
    }
    /* one name for all, which compresses best: what the content is, its element says */
    paint_interrupt(paint, "/Span<</MCID ");
    pdf_decimal(&paint->out, tags_content(paint->tags, mark.tag, paint->page), 0);
    buf_text(&paint->out, ">>BDC\n");
}

void
mark_begin(struct paint *paint, struct mark mark)
{
    if (paint->tags == NULL || (paint->marked && mark_same(paint->mark, mark)))
        return;
    mark_end(paint);
    mark_open(paint, mark);
    paint->mark = mark;
    paint->marked = true;
}

void
mark_end(struct paint *paint)
{
    if (paint->marked)
        buf_text(&paint->out, "EMC\n");
    paint->marked = false;
}
