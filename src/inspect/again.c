/* Making a PDF again from the data inside it. */

#include "base/arena.h"
#include "base/hash.h"
#include "engine/report.h"
#include "inspect/emblem.h"
#include "inspect/inspect.h"
#include "text/breaks.h"
#include "tmpl/tmpl.h"

/* A text with the PDF's name before those of files inside taken out: "memo.pdf/report.yaml" is
 * "report.yaml" in the PDF. */
static const char *
without_folder(struct arena *arena, const char *text, const char *folder)
{
    struct str rest = str_of(text), name = str_of(arena_printf(arena, "%s/", folder));
    struct buf out = buf_in(arena);
    size_t at;

    if (text == NULL)
        return NULL;
    while ((at = str_find(rest, name)) != SIZE_MAX) {
        buf_add(&out, str_sub(rest, 0, at));
        rest = str_sub(rest, at + name.len, rest.len);
    }
    buf_add(&out, rest);
    return str_cstr(arena, buf_str(&out));
}

static struct diag
told_of(struct arena *arena, const struct diag *diag, const char *folder)
{
    struct diag told = *diag;

    told.pos.file = without_folder(arena, diag->pos.file, folder);
    for (size_t i = 0; i < sizeof told.arg / sizeof told.arg[0]; i++)
        told.arg[i] = without_folder(arena, diag->arg[i], folder);
    return told;
}

/* The first error is the reason; what comes after it mostly follows from it. */
static void
note_reason(struct work *w, const struct diags *said, const char *folder,
            struct inspected *inspected)
{
    inspected->again = BANTHUEK_AGAIN_FAILED;
    for (size_t i = 0; i < diags_count(said); i++) {
        if (diags_at(said, i)->level != DIAG_ERROR)
            continue;
        struct diag told = told_of(w->arena, diags_at(said, i), folder);
        inspected->why_not[DIAG_ENGLISH] = diag_line(w->arena, &told, DIAG_ENGLISH);
        inspected->why_not[DIAG_THAI] = diag_line(w->arena, &told, DIAG_THAI);
        return;
    }
}

/* Tells what differs from the manifest: its places are inside the PDF and of no use. */
static void
note_differences(struct work *w, const struct diags *compared, const struct opened *opened)
{
    for (size_t i = 0; i < diags_count(compared); i++) {
        struct diag told = *diags_at(compared, i);
        told.pos = (struct pos){opened->path, 0, 0};
        diag_copy(w->diags, &told, NULL, NULL);
    }
}

static enum banthuek_again_bytes
compare_bytes(struct str file, struct str made)
{
    if (!str_starts(file, made))
        return BANTHUEK_BYTES_OTHER;
    return file.len == made.len ? BANTHUEK_BYTES_SAME : BANTHUEK_BYTES_FIRST;
}

static void
tell_made(struct work *w, struct str made, struct inspected *inspected)
{
    const struct hash hash = hash_of(made);
    char *hex = arena_alloc(w->arena, 2 * HASH_SIZE + 1);

    hash_hex(&hash, hex);
    inspected->made = str_of(hex);
    if (inspected->opened.is_scan)
        return;
    inspected->bytes = compare_bytes(inspected->opened.bytes, made);
    if (inspected->bytes == BANTHUEK_BYTES_OTHER)
        difference_find(w->arena, inspected->opened.bytes, made, &inspected->first);
}

/* A warning for what its user would not expect: other pages, or other bytes though everything that
 * goes into them is the same. */
static void
warn(struct work *w, const struct inspected *inspected)
{
    struct pos pos = {inspected->opened.path, 0, 0};

    if (inspected->again == BANTHUEK_AGAIN_FAILED)
        diag_add(w->diags, DIAG_ENGINE_AGAIN_FAILED, pos,
                 diag_both(w->diags, str_cstr(w->arena, inspected->why_not[DIAG_ENGLISH]),
                           str_cstr(w->arena, inspected->why_not[DIAG_THAI])),
                 NULL, NULL);
    else if (inspected->again == BANTHUEK_AGAIN_OTHER)
        diag_add(w->diags, DIAG_ENGINE_AGAIN_PAGES, pos, NULL, NULL, NULL);
    else if (inspected->bytes == BANTHUEK_BYTES_OTHER && inspected->differences == 0 &&
             !inspected->opened.is_scan)
        diag_add(w->diags, DIAG_ENGINE_AGAIN_BYTES, pos, NULL, NULL, NULL);
}

/* What the manifest says was asked for. An emblem that is installed here is not put into what was
 * made without one. */
static struct wishes
wishes_of_then(const struct manifest *manifest, const struct wishes *now,
               const struct kept_emblem *kept)
{
    return (struct wishes){
        .emblem = now->emblem,
        .font_dir = now->font_dir,
        .preprinted = manifest->preprinted,
        .draft = manifest->draft,
        .no_fields = !manifest->fields,
        .for_pen = manifest->for_pen,
        .no_emblem = now->emblem == NULL && emblem_of(manifest) == NULL,
        .kept_emblem = kept,
    };
}

/* The report in the folder, through all stages. */
static bool
render(struct work *w, const char *folder, struct diags *compared, struct printed *out)
{
    struct source source;
    const struct kit *kit;
    struct buf findings = buf_in(w->arena);

    if (!source_read(w, folder, &source) || (kit = kit_of(w, &source)) == NULL)
        return false;
    struct data data = data_of(w, &source, kit);
    const struct node *document =
        data.good ? tmpl_run(w->arena, w->diags, kit->tmpl, data.typed) : NULL;
    if (document == NULL)
        return false;
    const struct told told = {w->diags, kit->schema, data.report};
    told_write_json(w->arena, &told, DIAG_THAI, told_count(w->diags), w->inputs, &findings);
    struct breaker *breaker = breaker_open();
    breaker_words(breaker, data.words.word, data.words.count);
    struct page_job page = {.kit = kit,
                            .document = document,
                            .report_dir = source.dir,
                            .breaker = breaker,
                            .tells_emblem = true,
                            .fields = print_fields(w, &source)};
    struct paged paged = pages_of(w, &page);
    struct print_job print = {.page = &page,
                              .source = &source,
                              .data = &data,
                              .paged = &paged,
                              .findings = buf_str(&findings),
                              .compared = compared};
    breaker_close(breaker);
    bool good = print_prepare(w, &print) && print_pdf(w, &print, out);
    paged_close(&paged);
    return good;
}

/* `files` has those of the PDF, below its own name. */
static void
make_again(struct work *w, const struct files *files, const struct kept_emblem *kept,
           struct inspected *inspected)
{
    const char *folder = inspected->opened.path;
    const struct wishes wishes = wishes_of_then(&inspected->opened.manifest, w->wishes, kept);
    struct inputs inputs = {NULL, NULL};
    struct held held = {NULL};
    struct work other = *w;
    struct printed printed = {.pdf = STR("")};
    struct diags *compared = diags_new();

    other.arena = arena_new(arena_budget(w->arena));
    other.diags = diags_new();
    other.files = files;
    other.inputs = &inputs;
    other.held = &held;
    other.wishes = &wishes;
    if (render(&other, folder, compared, &printed)) {
        inspected->again = printed.differences.pages ? BANTHUEK_AGAIN_OTHER : BANTHUEK_AGAIN_SAME;
        inspected->differences = printed.differences.others;
        if (!printed.differences.pages)
            inspected->code = str_dup(w->arena, printed.code);
        note_differences(w, compared, &inspected->opened);
        emblem_tell(w, &other, inspected);
        tell_made(w, printed.pdf, inspected);
    } else {
        note_reason(w, other.diags, folder, inspected);
    }
    warn(w, inspected);
    cache_release(w->cache, &held);
    diags_free(compared);
    diags_free(other.diags);
    arena_free(other.arena);
}

/* A scan is no PDF that could be made again, but its report is: by the hash it is known. */
static void
judge_scan(struct work *w, struct inspected *inspected)
{
    const struct opened *opened = &inspected->opened;

    inspected->scan = inspected->again;
    inspected->again = BANTHUEK_AGAIN_SCAN;
    if (inspected->scan != BANTHUEK_AGAIN_SAME || str_eq(inspected->made, opened->scan.sha256))
        return;
    inspected->scan = BANTHUEK_AGAIN_OTHER;
    if (inspected->differences == 0)
        diag_add(w->diags, DIAG_ENGINE_AGAIN_SCAN, (struct pos){opened->path, 0, 0}, NULL, NULL,
                 NULL);
}

static void
make_of_data(struct work *w, struct inspected *inspected)
{
    struct opened *opened = &inspected->opened;

    if (opened->is_ours)
        inspected->code = opened->manifest.code;
    inspected->again = !opened->is_ours ? BANTHUEK_AGAIN_FOREIGN : BANTHUEK_AGAIN_NO_DATA;
    if (!opened->is_ours || !opened->has_report)
        return;
    /* nothing can lie below the PDF itself: it is a file */
    struct files files = *w->files;
    bool laid = opened_lay(w, opened, opened->path, &files);
    const struct kept_emblem *kept = emblem_keep(w, opened);
    /* of a large PDF both would be too much: libqpdf's objects, and the pages made again */
    opened_close(opened);
    if (laid)
        make_again(w, &files, kept, inspected);
    else
        inspected->again = BANTHUEK_AGAIN_FAILED;
}

void
inspect_again(struct work *w, struct inspected *inspected)
{
    make_of_data(w, inspected);
    if (inspected->opened.is_scan)
        judge_scan(w, inspected);
}
