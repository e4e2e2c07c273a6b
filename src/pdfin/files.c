/* Files inside: the tree of names (catalog, /Names /EmbeddedFiles) and the associated files of the
 * document (catalog, /AF). */

#include "base/arena.h"
#include "pdfin/inner.h"

struct walk {
    struct pdfin *pdf;
    struct seen *nodes, *specs;
    bool is_listed;
};

/* The stream of a file specification; to be dropped by the caller. */
static qpdf_oh
stream_of(struct pdfin *pdf, qpdf_oh spec)
{
    qpdf_oh files = pdfin_get(pdf, spec, "/EF");
    qpdf_oh stream = pdfin_get(pdf, files, "/UF");

    if (!pdfin_is_stream(pdf, stream)) {
        pdfin_drop(pdf, stream);
        stream = pdfin_get(pdf, files, "/F");
    }
    pdfin_drop(pdf, files);
    return stream;
}

/* What may still be unpacked: of one file, and of all together. */
static size_t
room_left(const struct pdfin *pdf)
{
    size_t left = PDFIN_TOTAL_MAX - pdf->unpacked;

    return left < PDFIN_FILE_MAX ? left : PDFIN_FILE_MAX;
}

/* What is known of a stream. */
struct counted {
    size_t size; /* SIZE_MAX: it cannot be unpacked */
    struct str kept;
};

/* Unpacks a stream, once however often it is attached. What cannot be unpacked counts too: it is
 * the same work. */
static struct counted
count_size(struct pdfin *pdf, qpdf_oh stream, struct str name)
{
    void **known = seen_value(pdf, pdf->sizes, stream);
    struct counted counted = {0};

    if (known != NULL && *known != NULL)
        return *(const struct counted *)*known;
    bool good = pdfin_unpacked_size(pdf, stream, name, room_left(pdf), DIAG_WARNING, &counted.size,
                                    &counted.kept);
    if (!good) {
        pdf->unpacked += counted.size < room_left(pdf) ? counted.size : room_left(pdf);
        counted.size = SIZE_MAX;
    }
    if (known != NULL) {
        struct counted *kept = arena_alloc(pdf->arena, sizeof *kept);
        *kept = counted;
        *known = kept;
    }
    return counted;
}

/* Its size is counted now, so that what cannot be unpacked is told once, as a warning. */
static struct counted
size_of(struct pdfin *pdf, qpdf_oh stream, struct str name)
{
    const struct counted none = {.size = SIZE_MAX};

    if (!pdfin_is_stream(pdf, stream)) {
        diag_add(pdf->diags, DIAG_PDFIN_FILE_MISSING, (struct pos){pdf->file, 0, 0},
                 diag_str(pdf->diags, name), NULL, NULL);
        return none;
    }
    struct counted counted = count_size(pdf, stream, name);
    if (counted.size != SIZE_MAX && counted.size > room_left(pdf)) {
        diag_add_as(pdf->diags, DIAG_WARNING, DIAG_PDFIN_FILE_LARGE, (struct pos){pdf->file, 0, 0},
                    diag_str(pdf->diags, name),
                    diag_printf(pdf->diags, "%zu", room_left(pdf) >> 20), NULL);
        return none;
    }
    if (counted.size != SIZE_MAX)
        pdf->unpacked += counted.size;
    return counted;
}

static bool
add_file(struct walk *walk, qpdf_oh spec)
{
    struct pdfin *pdf = walk->pdf;
    struct pdfin_info *info = &pdf->info;

    if (!pdfin_step(pdf))
        return false;
    /* a specification may be a name alone, of a file that is not inside */
    if (!pdfin_is_dict(pdf, spec) || !pdfin_has(pdf, spec, "/EF") ||
        !seen_first(pdf, walk->specs, spec))
        return true;
    if (info->file_count == PDFIN_FILES_MAX)
        return pdfin_fail(pdf, DIAG_PDFIN_TOO_MUCH, diag_both(pdf->diags, "files", "แฟ้ม"),
                          diag_printf(pdf->diags, "%d", PDFIN_FILES_MAX));
    qpdf_oh stream = stream_of(pdf, spec);
    struct str name = pdfin_text(pdf, spec, "/UF");
    struct pdfin_file file = {
        .name = name.len > 0 ? name : pdfin_text(pdf, spec, "/F"),
        .is_listed = walk->is_listed,
    };
    if (!pdf->is_brief) {
        file.relation = pdfin_text(pdf, spec, "/AFRelationship");
        file.mime = pdfin_text(pdf, stream, "/Subtype");
        file.description = pdfin_text(pdf, spec, "/Desc");
    }
    struct counted counted = size_of(pdf, stream, file.name);
    file.size = counted.size;
    info->files = arena_grow(pdf->arena, info->files, info->file_count, &pdf->file_cap,
                             sizeof *info->files, 16);
    pdf->streams = arena_grow(pdf->arena, pdf->streams, info->file_count, &pdf->stream_cap,
                              sizeof *pdf->streams, 16);
    pdf->kept_files = arena_grow(pdf->arena, pdf->kept_files, info->file_count, &pdf->kept_cap,
                                 sizeof *pdf->kept_files, 16);
    pdf->streams[info->file_count] = stream;
    pdf->kept_files[info->file_count] = counted.kept;
    info->files[info->file_count++] = file;
    return true;
}

/* [name spec name spec …] */
static bool
walk_names(struct walk *walk, qpdf_oh names)
{
    size_t count = pdfin_count(walk->pdf, names);
    bool good = true;

    for (size_t i = 1; i < count && good; i += 2) {
        qpdf_oh spec = pdfin_item(walk->pdf, names, i);
        good = add_file(walk, spec);
        pdfin_drop(walk->pdf, spec);
    }
    return good;
}

static bool walk_node(struct walk *walk, qpdf_oh node, size_t depth);

static bool
walk_kids(struct walk *walk, qpdf_oh kids, size_t depth)
{
    size_t count = pdfin_count(walk->pdf, kids);
    bool good = true;

    for (size_t i = 0; i < count && good; i++) {
        qpdf_oh kid = pdfin_item(walk->pdf, kids, i);
        good = walk_node(walk, kid, depth + 1);
        pdfin_drop(walk->pdf, kid);
    }
    return good;
}

static bool
walk_node(struct walk *walk, qpdf_oh node, size_t depth)
{
    struct pdfin *pdf = walk->pdf;

    if (!pdfin_step(pdf))
        return false;
    if (!pdfin_is_dict(pdf, node))
        return true;
    if (depth > PDFIN_DEPTH_MAX || !seen_first(pdf, walk->nodes, node))
        return pdfin_fail(pdf, DIAG_PDFIN_LOOP, diag_both(pdf->diags, "names of files", "ชื่อแฟ้ม"),
                          NULL);
    qpdf_oh names = pdfin_get(pdf, node, "/Names"), kids = pdfin_get(pdf, node, "/Kids");
    bool good = walk_names(walk, names) && walk_kids(walk, kids, depth);
    pdfin_drop(pdf, names);
    pdfin_drop(pdf, kids);
    return good;
}

static bool
associated(struct walk *walk, qpdf_oh root)
{
    qpdf_oh list = pdfin_get(walk->pdf, root, "/AF");
    size_t count = pdfin_count(walk->pdf, list);
    bool good = true;

    for (size_t i = 0; i < count && good; i++) {
        qpdf_oh spec = pdfin_item(walk->pdf, list, i);
        good = add_file(walk, spec);
        pdfin_drop(walk->pdf, spec);
    }
    pdfin_drop(walk->pdf, list);
    return good;
}

bool
pdfin_files(struct pdfin *pdf, qpdf_oh root)
{
    struct walk walk = {.pdf = pdf,
                        .nodes = seen_new(pdf->arena),
                        .specs = seen_new(pdf->arena),
                        .is_listed = true};
    qpdf_oh names = pdfin_get(pdf, root, "/Names");
    qpdf_oh tree = pdfin_get(pdf, names, "/EmbeddedFiles");
    bool good = walk_node(&walk, tree, 0);

    walk.is_listed = false;
    good = good && associated(&walk, root);
    pdfin_drop(pdf, tree);
    pdfin_drop(pdf, names);
    return good;
}

bool
pdfin_read(struct pdfin *pdf, struct arena *arena, size_t index, struct str *out)
{
    const struct pdfin_file *file = &pdf->info.files[index];
    struct str name = file->name;
    /* what was counted may be unpacked again; what was not finds no more room than then */
    size_t limit = file->size == SIZE_MAX ? room_left(pdf) : file->size;

    if (pdf->kept_files[index].ptr != NULL) {
        *out = str_dup(arena, pdf->kept_files[index]);
        return true;
    }
    if (pdfin_is_stream(pdf, pdf->streams[index]))
        return pdfin_unpack(pdf, pdf->streams[index], name, limit, DIAG_ERROR, arena, out);
    diag_add_as(pdf->diags, DIAG_ERROR, DIAG_PDFIN_FILE_MISSING, (struct pos){pdf->file, 0, 0},
                diag_str(pdf->diags, name), NULL, NULL);
    return false;
}
