/* The files out of one of our PDFs, as a folder that can be rendered again. */
#include <string.h>
#include <strings.h>

#include "banthuek-pdf.h"
#include "base/arena.h"
#include "base/folder.h"
#include "base/utf8.h"
#include "engine/report.h"
#include "inspect/opened.h"

#define ENDING ".pdf"

/* The PDF's name without its ending; NULL with ENGINE_PDF_NO_FOLDER when nothing is left, or what
 * no folder is to be named. */
static const char *
default_dir(struct work *w, const char *path)
{
    size_t len = strlen(path), end = strlen(ENDING);

    if (len > end && strcasecmp(path + len - end, ENDING) == 0 && path[len - end - 1] != '/' &&
        utf8_is_shown(str_of(path)))
        return arena_strndup(w->arena, path, len - end);
    diag_add(w->diags, DIAG_ENGINE_PDF_NO_FOLDER, POS_NONE, path, NULL, NULL);
    return NULL;
}

static void
tell_no_data(struct work *w, const struct opened *opened)
{
    if (!opened->has_report)
        diag_add(w->diags, DIAG_ENGINE_PDF_NO_DATA, (struct pos){opened->path, 0, 0}, NULL, NULL,
                 NULL);
}

static bool
unpack_into(struct work *w, const struct opened *opened, const char *dir, bool strict)
{
    struct folder *folder = folder_begin(w->arena, w->diags, dir);
    bool good = folder != NULL && opened_unpack(w, opened, folder);

    if (good)
        tell_no_data(w, opened);
    good = good && (!strict || work_without_warnings(w)) && folder_commit(folder);
    folder_end(folder);
    return good;
}

static bool
check_ours(struct work *w, const struct opened *opened)
{
    if (!opened->is_ours)
        diag_add(w->diags, DIAG_ENGINE_PDF_FOREIGN, (struct pos){opened->path, 0, 0}, NULL, NULL,
                 NULL);
    return opened->is_ours;
}

bool
banthuek_extract(struct banthuek *b, const char *path, const char *dir, const char **made)
{
    struct work *w = &b->work;
    struct opened opened;

    *made = dir == NULL ? default_dir(w, path) : arena_printf(w->arena, "%s", dir);
    if (*made == NULL)
        return false;
    bool good = opened_read(w, path, &opened) && check_ours(w, &opened) &&
                unpack_into(w, &opened, *made, b->wishes.strict);
    opened_close(&opened);
    return good;
}
