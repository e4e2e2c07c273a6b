/* banthuek_archive_files(): which files of a folder are documents. */
#include "archive/archive.h"
#include "base/arena.h"
#include "base/ascii.h"
#include "base/files.h"
#include "base/path.h"

/* What an office keeps: documents and tables, as they are written and as they are sent; scans and
 * photographs; mail; signatures that lie beside what they sign. Reports that PDFs are made from are
 * none of these: the PDF carries them. */
static const char *const endings[] = {
    "pdf", "doc",  "docx", "odt", "rtf",  "txt",  "xls", "xlsx", "ods", "csv", "ppt", "pptx", "odp",
    "jpg", "jpeg", "png",  "tif", "tiff", "heic", "eml", "msg",  "zip", "p7m", "p7s", "asice"};

struct gathering {
    struct lent lent;
    struct banthuek_archive_file *list;
    size_t count, cap, taken, folders;
};

static bool
is_document(struct str name)
{
    size_t dot = str_find_last(name, STR("."));

    if (dot == SIZE_MAX)
        return false;
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        if (str_same(str_sub(name, dot + 1, name.len), str_of(endings[i])))
            return true;
    }
    return false;
}

static bool
is_hidden(struct str name)
{
    return str_starts(name, STR(".")) || str_starts(name, STR("~$")) ||
           str_same(name, STR("thumbs.db")) || str_same(name, STR("desktop.ini"));
}

static void
add_file(struct gathering *g, const char *path, enum banthuek_archive_passed passed)
{
    *ARENA_ADD(g->lent.arena, g->list, g->count, g->cap, 64) =
        (struct banthuek_archive_file){path, passed};
    g->taken += passed == BANTHUEK_ARCHIVE_NOT_PASSED;
}

static void add_folder(struct gathering *g, const char *path);

static void
add_entry(struct gathering *g, const char *path, struct str name)
{
    if (is_hidden(name)) {
        add_file(g, path, BANTHUEK_ARCHIVE_PASSED_HIDDEN);
        return;
    }
    if (files_is_link(g->lent.files, path)) {
        add_file(g, path, BANTHUEK_ARCHIVE_PASSED_LINK);
        return;
    }
    switch (files_kind(g->lent.files, path)) {
    case FILES_FOLDER:
        add_folder(g, path);
        break;
    case FILES_OTHER:
        add_file(g, path, BANTHUEK_ARCHIVE_PASSED_KIND);
        break;
    case FILES_NONE:
        add_file(g, path, BANTHUEK_ARCHIVE_PASSED_CLOSED);
        break;
    default:
        add_file(g, path,
                 is_document(name) ? BANTHUEK_ARCHIVE_NOT_PASSED : BANTHUEK_ARCHIVE_PASSED_ENDING);
    }
}

/* Paths have an end, and links are not followed: so has this. */
static void
add_folder(struct gathering *g, const char *path)
{
    struct files_list names;

    if (!files_list(g->lent.files, g->lent.arena, path, &names))
        add_file(g, path, BANTHUEK_ARCHIVE_PASSED_CLOSED);
    for (size_t i = 0; i < names.count; i++)
        add_entry(g, path_join(g->lent.arena, path, names.name[i]), str_of(names.name[i]));
}

const struct banthuek_archive_files *
archive_gather(struct banthuek *b, const char *const *paths, size_t count)
{
    struct gathering g = {.lent = lent_of(b)};
    struct banthuek_archive_files *out = arena_alloc(g.lent.arena, sizeof *out);

    for (size_t i = 0; i < count; i++) {
        const char *path = arena_printf(g.lent.arena, "%s", paths[i]);
        if (files_kind(g.lent.files, path) == FILES_FOLDER) {
            add_folder(&g, path_without_slash(g.lent.arena, path));
            g.folders++;
        } else {
            add_file(&g, path, BANTHUEK_ARCHIVE_NOT_PASSED);
        }
    }
    *out = (struct banthuek_archive_files){g.list, g.count, g.taken, g.folders};
    return out;
}

const struct banthuek_archive_files *
banthuek_archive_files(struct banthuek *b, const char *const *paths, size_t count)
{
    const struct banthuek_archive_files *out = archive_gather(b, paths, count);

    if (out->taken == 0)
        diag_add(lent_of(b).diags, DIAG_ARCHIVE_NO_DOCUMENTS, POS_NONE, NULL, NULL, NULL);
    return out;
}

void
banthuek_archive_tell_passed(struct banthuek *b, const struct banthuek_archive_file *file)
{
    static const char *const why[][2] = {
        [BANTHUEK_ARCHIVE_NOT_PASSED] = {"", ""},
        [BANTHUEK_ARCHIVE_PASSED_ENDING] = {"its ending is none of a document",
                                            "นามสกุลแฟ้มไม่ใช่ของเอกสาร"},
        [BANTHUEK_ARCHIVE_PASSED_HIDDEN] = {"it is hidden, or of the desktop",
                                            "เป็นแฟ้มซ่อนหรือแฟ้มของระบบ"},
        [BANTHUEK_ARCHIVE_PASSED_LINK] = {"it is a symbolic link", "เป็นลิงก์"},
        [BANTHUEK_ARCHIVE_PASSED_KIND] = {"it is no plain file", "ไม่ใช่แฟ้มธรรมดา"},
        [BANTHUEK_ARCHIVE_PASSED_CLOSED] = {"", ""},
    };
    struct diags *diags = lent_of(b).diags;
    const struct pos pos = {file->path, 0, 0};
    const char *const *text = why[file->passed];

    if (file->passed == BANTHUEK_ARCHIVE_PASSED_CLOSED)
        diag_add(diags, DIAG_ARCHIVE_CLOSED, pos, NULL, NULL, NULL);
    else
        diag_add(diags, DIAG_ARCHIVE_PASSED, pos, diag_both(diags, text[0], text[1]), NULL, NULL);
}
