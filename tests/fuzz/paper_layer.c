/* The text layer out of any bytes as a PDF: no crash, no hang; what comes out shows text and
 * nothing else. */
#include <stdlib.h>

#include "base/arena.h"
#include "base/diag.h"
#include "paper/layer.h"
#include "pdf/pdf.h"

#define PAGES 4

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
must(bool holds)
{
    if (!holds)
        abort();
}

/* All operators stand at ends of lines; those that paint are not among them. */
static void
check_content(struct str content)
{
    static const char *const painting[] = {" Do", " f",  " S",  " B", " sh",
                                           " W",  " gs", " Tr", " BI"};
    struct str line;

    while (str_line(&content, &line)) {
        for (size_t i = 0; i < sizeof painting / sizeof painting[0]; i++)
            must(!str_ends(line, str_of(painting[i])));
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new(0);
    struct diags *diags = diags_new();
    struct pdf_objects *objects = pdf_objects_open(arena);
    struct layer *layer = layer_open(objects, (struct str){(const char *)data, size});
    struct layer_page page;
    struct str file;

    objects->pages = pdf_put(objects, pdf_dict(arena));
    objects->catalog = pdf_put(objects, pdf_dict(arena));
    objects->info = pdf_put(objects, pdf_dict(arena));
    for (size_t number = 0; number < PAGES; number++) {
        if (!layer_page(layer, number, &page))
            continue;
        must(number > 0 && page.width > 0 && page.height > 0);
        check_content(page.content);
        struct pdf_value *resources = pdf_dict(arena);
        pdf_set(resources, "Font", page.fonts);
        (void)pdf_put(objects, resources);
    }
    must(pdf_save(diags, objects, &file));
    pdf_objects_close(objects);
    diags_free(diags);
    arena_free(arena);
    return 0;
}
