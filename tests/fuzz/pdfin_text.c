/* The text of any bytes as a PDF: no crash, no hang; what comes out is text of its pages. */
#include <stdlib.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "pdfin/revisions.h"
#include "pdfin/text.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
must(bool holds)
{
    if (!holds)
        abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new(0);
    struct revisions *r = revisions_open(arena, "fuzz.pdf", (struct str){(const char *)data, size});
    struct text_paragraphs paragraphs;

    if (revisions_paragraphs(r, arena, &paragraphs)) {
        for (size_t i = 0; i < paragraphs.count; i++) {
            const struct text_paragraph *one = &paragraphs.list[i];
            size_t at = 0;
            must(one->page > 0 && one->text.len > 0 && utf8_invalid_at(one->text) == SIZE_MAX);
            for (size_t k = 0; k < one->turn_count; k++) {
                must(one->turns[k].at >= at && one->turns[k].at <= one->text.len);
                at = one->turns[k].at;
            }
        }
    }
    arena_free(arena);
    return 0;
}
