/* Makes a scan of a report out of images made by hand, one of each kind in turn, some of them
 * turned in the file, some by whoever sorts the pages. usage: bind-scan REPORT.pdf OUT.pdf
 * [PAGE...]: the pages of the report to be there; all */
#include <stdio.h>
#include <stdlib.h>

#include "banthuek.h"
#include "base/files.h"
#include "bound_kit.h"
#include "inspect/lent.h"
#include "pdfin/pdfin.h"

/* A pixel larger or smaller than the page of the report. */
static struct scan_entry
entry_of(struct arena *arena, const struct pdfin_info *info, size_t page)
{
    const struct pdfin_page *size = &info->pages[page - 1];
    const char *name;
    int turn = (int)(page % 4) * 90;
    struct scan_page *scanned = bound_page_of(arena, bound_image(arena, page % BOUND_KINDS, &name),
                                              page, turn, size->width - 76, size->height + 510);
    bool by_file = page % 8 < 4;

    scanned->turn = by_file ? turn : 0;
    return (struct scan_entry){scanned, by_file ? 0 : (unsigned)turn, page};
}

static bool
bind(struct banthuek *b, const char *path, const char *out, char *const *pages, size_t count)
{
    struct lent lent = lent_of(b);
    struct scan_entry entries[1000];
    struct report_facts facts;
    struct str bytes, pdf;
    const struct pdfin_info *info;

    if (!files_read(files_system(), lent.arena, lent.diags, POS_NONE, path, SIZE_MAX, &bytes) ||
        !report_facts(b, path, bytes, &facts))
        return false;
    struct pdfin *opened = pdfin_open(lent.arena, lent.diags, path, bytes);
    if (opened == NULL || (info = pdfin_describe(opened)) == NULL)
        return false;
    bool is_all = count == 0;
    count = is_all ? facts.pages : count;
    for (size_t i = 0; i < count; i++)
        entries[i] = entry_of(lent.arena, info, is_all ? i + 1 : (size_t)atoi(pages[i]));
    pdfin_close(opened);
    const struct scan_of report = {path, bytes, &facts};
    return scan_write(lent.arena, lent.diags, &report, entries, count, &pdf) &&
           files_write(lent.arena, lent.diags, out, pdf);
}

int
main(int argc, char **argv)
{
    if (argc < 3)
        return 2;
    struct banthuek *b = banthuek_open(NULL, NULL);
    bool good = bind(b, argv[1], argv[2], argv + 3, (size_t)argc - 3);
    for (size_t i = 0; i < banthuek_message_count(b); i++)
        fprintf(stderr, "%s\n", banthuek_message(b, i, BANTHUEK_ENGLISH)->text);
    banthuek_close(b);
    return good ? 0 : 1;
}
