/* Any bytes as what pdftotext prints: what comes out are texts of pages, in order. */
#include <stdlib.h>

#include "archive/foreign.h"
#include "base/arena.h"
#include "base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new(0);
    struct text_paragraphs paragraphs;
    size_t page = 0;

    foreign_paragraphs(arena, (struct str){(const char *)data, size}, &paragraphs);
    for (size_t i = 0; i < paragraphs.count; i++) {
        const struct text_paragraph *one = &paragraphs.list[i];
        if (one->page < page || one->text.len == 0 || utf8_invalid_at(one->text) != SIZE_MAX)
            abort();
        page = one->page;
    }
    arena_free(arena);
    return 0;
}
