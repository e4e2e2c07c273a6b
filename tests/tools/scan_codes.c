/* What is found on scans: a line for each page with its file, number, how it was looked at, what
 * its code says ("-": none of ours; "*" behind it: and others) and how it lies, and milliseconds of
 * a processor for reading and for finding.
 *
 * usage: scan-codes FILE... */
#include <stdio.h>
#include <time.h>

#include "base/arena.h"
#include "base/files.h"
#include "paper/find.h"
#include "paper/look.h"
#include "paper/read.h"

static double
milliseconds(void)
{
    return (double)clock() * 1000 / CLOCKS_PER_SEC;
}

static void
show_page(const struct scan_page *page)
{
    struct arena *arena = arena_new(0);
    struct diags *diags = diags_new();
    struct look look;
    double start = milliseconds();
    bool good = page_look(arena, diags, page, &look);
    double seen = milliseconds();

    printf("%s %zu ", page->file, page->number);
    if (good) {
        struct found_codes found = raster_codes(arena, &look.raster, look.dpi);
        const struct found_code *ours = NULL;
        for (size_t i = 0; i < found.count && ours == NULL; i++)
            ours = found.code[i].is_ours ? &found.code[i] : NULL;
        printf("%u dpi %s%s turn %d blank %d at %d %d ms %.0f %.0f\n", look.dpi,
               ours == NULL ? "-" : str_cstr(arena, ours->text),
               found.count > (ours != NULL) ? "*" : "",
               ours == NULL ? 0 : look_turn(page, &look, ours->turn),
               raster_is_blank(&look.raster, look.dpi), ours == NULL ? 0 : ours->x,
               ours == NULL ? 0 : ours->y, seen - start, milliseconds() - seen);
    } else {
        const struct diag *diag = diags_at(diags, 0);
        printf("%s\n", diag_code_name(diag->code));
    }
    arena_free(arena);
    diags_free(diags);
}

int
main(int count, char **arguments)
{
    int status = 0;

    for (int i = 1; i < count; i++) {
        struct arena *arena = arena_new(0);
        struct diags *diags = diags_new();
        struct scan_pages pages;
        struct str bytes;
        if (scan_read_file(files_system(), arena, diags, arguments[i], &bytes, &pages)) {
            for (size_t k = 0; k < pages.count; k++)
                show_page(&pages.page[k]);
        } else {
            printf("%s %s\n", arguments[i], diag_code_name(diags_at(diags, 0)->code));
            status = 1;
        }
        arena_free(arena);
        diags_free(diags);
    }
    return status;
}
