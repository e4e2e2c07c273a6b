/* What a PDF of these pages would be refused for: how many pages there are, letters that no piece
 * can hold, and fonts that cannot be embedded. */
#include "base/arena.h"
#include "pdf/font.h"
#include "pdf/pdf.h"
#include "pdf/piece.h"

static bool
try_item(struct pieces *pieces, struct diags *diags, const struct item *item)
{
    struct piece_run run;
    bool good = true;

    for (size_t i = 0; i < item->as.text.count; i++) {
        const struct cluster *cluster = &item->as.text.clusters[i];
        if (cluster->size > 0 && (cluster->flags & CLUSTER_INVISIBLE) == 0)
            good = pieces_of(pieces, diags, cluster, item->as.text.source, &run) && good;
    }
    return good;
}

static bool
try_pages(struct arena *arena, struct diags *diags, const struct pages *pages)
{
    struct pieces *pieces = pieces_new(arena);
    bool good = true;

    for (size_t i = 0; i < pages->count; i++) {
        for (size_t k = 0; k < pages->page[i].count; k++) {
            const struct item *item = &pages->page[i].items[k];
            if (item->kind == ITEM_TEXT)
                good = try_item(pieces, diags, item) && good;
        }
    }
    for (size_t i = 0; i < pieces->font_count; i++)
        good = font_try(arena, diags, pieces->fonts[i]) && good;
    return good;
}

bool
pdf_count_is_good(struct diags *diags, const struct pages *pages)
{
    if (pages->count > 0 && pages->count <= PDF_PAGES_MAX)
        return true;
    diag_add(diags, pages->count == 0 ? DIAG_PDF_EMPTY : DIAG_PDF_TOO_LARGE, POS_NONE, NULL, NULL,
             NULL);
    return false;
}

bool
pdf_try(struct diags *diags, const struct pages *pages)
{
    struct arena *arena = arena_new(0);
    struct diags *told = diags_new();
    bool good = pdf_count_is_good(told, pages) && try_pages(arena, told, pages);

    diags_add_new(diags, told, DIAG_NOTE); /* a letter that stands in many places is told once */
    diags_free(told);
    arena_free(arena);
    return good;
}
