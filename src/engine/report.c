/* A report, taken through the stages. Each stage does its work once; a later call finds it done. */
#include "engine/report.h"

#include <string.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "check/canonical.h"
#include "doc/node.h"
#include "layout/page.h"
#include "pdf/meta.h"
#include "pdf/pdf.h"
#include "text/breaks.h"
#include "tmpl/tmpl.h"
#include "value/value.h"

#define MEMORY_DEFAULT ((size_t)1024 * 1024 * 1024)

/* ---- opening and closing */

static const char *
copy(struct arena *arena, const char *text)
{
    return text == NULL ? NULL : arena_printf(arena, "%s", text);
}

static struct wishes
wishes_of(struct arena *arena, const struct banthuek_options *options, const char *font_dir)
{
    return (struct wishes){.template_dir = copy(arena, options->template_dir),
                           .emblem = copy(arena, options->emblem),
                           .font_dir = font_dir,
                           .variant = copy(arena, options->variant),
                           .preprinted = (options->flags & BANTHUEK_PREPRINTED) != 0,
                           .draft = (options->flags & BANTHUEK_DRAFT) != 0,
                           .strict = (options->flags & BANTHUEK_STRICT) != 0,
                           .plain = (options->flags & BANTHUEK_PLAIN) != 0,
                           .no_data = (options->flags & BANTHUEK_NO_DATA) != 0,
                           .no_fields = (options->flags & BANTHUEK_NO_FIELDS) != 0,
                           .for_pen = (options->flags & BANTHUEK_FOR_PEN) != 0};
}

struct banthuek *
banthuek_open(struct banthuek_context *context, const struct banthuek_options *options)
{
    struct banthuek_options own = {0};

    take_given(&own, sizeof own, options);
    struct arena *arena = arena_new(own.memory_limit == 0 ? MEMORY_DEFAULT : own.memory_limit);
    struct banthuek *b = arena_alloc(arena, sizeof *b);

    b->owns_context = context == NULL;
    b->context = context == NULL ? banthuek_context_open(NULL) : context;
    b->files = b->context->files;
    b->message_arena = arena_new(0);
    b->wishes = wishes_of(arena, &own, b->context->font_dir);
    b->work = (struct work){.arena = arena,
                            .diags = diags_new(),
                            .files = &b->files,
                            .places = &b->context->places,
                            .wishes = &b->wishes,
                            .inputs = &b->inputs,
                            .cache = b->context->cache,
                            .held = &b->held};
    return b;
}

void
banthuek_close(struct banthuek *b)
{
    if (b == NULL)
        return;
    struct banthuek_context *own = b->owns_context ? b->context : NULL;
    paged_close(&b->paged);
    cache_release(b->context->cache, &b->held);
    breaker_close(b->breaker);
    diags_free(b->work.diags);
    arena_free(b->message_arena);
    arena_free(b->work.arena);
    banthuek_context_close(own);
}

void
banthuek_add_file(struct banthuek *b, const char *path, struct banthuek_bytes bytes)
{
    struct files_named *named = arena_alloc(b->work.arena, sizeof *named);

    *named =
        (struct files_named){.path = copy(b->work.arena, path),
                             .bytes = str_dup(b->work.arena, (struct str){bytes.data, bytes.size}),
                             .next = b->files.named};
    b->files.named = named;
}

bool
banthuek_load(struct banthuek *b, const char *path)
{
    if (b->loaded) {
        diag_add(b->work.diags, DIAG_ENGINE_LOADED_TWICE, POS_NONE, path, NULL, NULL);
        return false;
    }
    /* what was tried without a report counts no more, nor what was read of one that is none */
    b->inputs = (struct inputs){NULL, NULL};
    b->kit_step = b->data_step = b->document_step = STEP_OPEN;
    b->loaded = source_read(&b->work, path, &b->source);
    return b->loaded;
}

bool
banthuek_is_rubric(const struct banthuek *b)
{
    return b->loaded && rubric_is(b->source.report);
}

/* ---- the stages, each made once, when its result is first needed. False after messages. */

static bool
need_kit(struct banthuek *b)
{
    if (b->kit_step != STEP_OPEN)
        return b->kit_step == STEP_DONE;
    if (b->loaded)
        b->kit = kit_of(&b->work, &b->source);
    else
        diag_add(b->work.diags, DIAG_ENGINE_NOTHING_LOADED, POS_NONE, NULL, NULL, NULL);
    if (b->kit != NULL)
        b->schema = b->kit->schema;
    b->kit_step = b->kit == NULL ? STEP_FAILED : STEP_DONE;
    return b->kit != NULL;
}

static bool
need_data(struct banthuek *b)
{
    if (b->data_step != STEP_OPEN)
        return b->data_step == STEP_DONE;
    if (need_kit(b))
        b->data = data_of(&b->work, &b->source, b->kit);
    b->data_step = b->data.good ? STEP_DONE : STEP_FAILED;
    return b->data.good;
}

/* A rubric that was loaded in place of a report. */
static bool
need_rubric(struct banthuek *b)
{
    if (b->rubric_step == STEP_OPEN)
        b->rubric = data_of_rubric(&b->work, &b->source, &b->rubric_file, &b->schema);
    b->rubric_step = b->rubric == NULL ? STEP_FAILED : STEP_DONE;
    return b->rubric != NULL;
}

static bool
need_document(struct banthuek *b)
{
    if (b->document_step != STEP_OPEN)
        return b->document_step == STEP_DONE;
    if (need_data(b))
        b->document = tmpl_run(b->work.arena, b->work.diags, b->kit->tmpl, b->data.typed);
    b->checked = told_count(b->work.diags);
    b->document_step = b->document == NULL ? STEP_FAILED : STEP_DONE;
    return b->document != NULL;
}

/* Never NULL; knows the words as soon as the data is there. */
static struct breaker *
breaker_of(struct banthuek *b)
{
    if (b->breaker == NULL)
        b->breaker = breaker_open();
    breaker_words(b->breaker, b->data.words.word, b->data.words.count);
    return b->breaker;
}

static struct page_job
page_job_for(struct banthuek *b, const struct node *document, bool tells_emblem)
{
    return (struct page_job){.kit = b->kit,
                             .document = document,
                             .report_dir = b->source.dir,
                             .breaker = breaker_of(b),
                             .tells_emblem = tells_emblem,
                             .fields = print_fields(&b->work, &b->source)};
}

/* Nobody who only checks has asked for pages: that the emblem is missing is said to those who do.
 */
static bool
need_pages(struct banthuek *b, bool tells_emblem)
{
    if (b->pages_step != STEP_OPEN)
        return b->pages_step == STEP_DONE;
    b->page = page_job_for(b, b->document, tells_emblem);
    b->paged = pages_of(&b->work, &b->page);
    b->emblem_is_unsaid = b->paged.no_emblem && !tells_emblem && !b->wishes.strict;
    b->pages_step = b->paged.pages == NULL ? STEP_FAILED : STEP_DONE;
    return b->paged.pages != NULL;
}

/* All of a PDF but its files and bytes. */
static bool
need_print(struct banthuek *b, bool tells_emblem)
{
    if (b->ready_step != STEP_OPEN)
        return b->ready_step == STEP_DONE;
    (void)need_pages(b, tells_emblem);
    b->print = (struct print_job){
        .page = &b->page, .source = &b->source, .data = &b->data, .paged = &b->paged};
    b->ready_step = print_prepare(&b->work, &b->print) ? STEP_DONE : STEP_FAILED;
    return b->ready_step == STEP_DONE;
}

/* ---- checking */

/* Errors of these follow from what is missing in the data, or faulty. */
static bool
follows(enum diag_code code)
{
    return code == DIAG_DOC_ATTRIBUTE_MISSING || code == DIAG_TMPL_FILTER_VALUE ||
           code == DIAG_LAYOUT_CHART_VALUE || code == DIAG_LAYOUT_CHART_MAX ||
           code == DIAG_LAYOUT_ROLE || code == DIAG_LAYOUT_ROLE_TWICE;
}

static void
try_document(struct banthuek *b, struct work *w, const struct node *document)
{
    struct page_job page = page_job_for(b, document, false);
    struct paged paged = pages_of(w, &page);
    struct print_job print = {
        .page = &page, .source = &b->source, .data = &b->data, .paged = &paged};

    (void)print_prepare(w, &print);
    if (paged.pages != NULL)
        (void)pdf_try(w->diags, paged.pages);
    paged_close(&paged);
}

/* Tells what rendering would refuse once the errors of the data are mended: makes it as a draft
 * would be made. Only errors are told, for warnings may follow from what is missing. */
static void
try_faulty(struct banthuek *b)
{
    struct work own = b->work;
    struct diags *errors = diags_new();

    own.diags = diags_new();
    const struct node *document = tmpl_run(own.arena, own.diags, b->kit->tmpl, b->data.typed);
    if (document != NULL)
        try_document(b, &own, document);
    for (size_t i = 0; i < diags_count(own.diags); i++) {
        if (!follows(diags_at(own.diags, i)->code))
            diag_copy(errors, diags_at(own.diags, i), NULL, NULL);
    }
    diags_count_dropped(errors, own.diags);
    diags_free(own.diags);
    diags_add_new(b->work.diags, errors, DIAG_ERROR);
    diags_free(errors);
}

/* Everything that rendering would refuse, of faulty data too. */
static bool
check_report(struct banthuek *b)
{
    if (need_document(b)) {
        bool good = need_print(b, false);
        return b->paged.pages != NULL && pdf_try(b->work.diags, b->paged.pages) && good;
    }
    if (!b->data.good && b->data.typed != NULL)
        try_faulty(b);
    return false;
}

bool
banthuek_check(struct banthuek *b)
{
    size_t errors = work_errors(&b->work);
    bool good = banthuek_is_rubric(b) ? need_rubric(b) : check_report(b);

    return good && work_errors(&b->work) == errors &&
           (!b->wishes.strict || work_without_warnings(&b->work));
}

/* ---- rendering */

static void
tell_emblem(struct banthuek *b)
{
    if (b->emblem_is_unsaid)
        diag_add(b->work.diags, DIAG_ENGINE_EMBLEM_MISSING, POS_NONE, NULL, NULL, NULL);
    b->emblem_is_unsaid = false;
}

/* What the check said; not what was told after it. */
static struct str
findings_of(struct banthuek *b)
{
    const struct told told = {b->work.diags, b->schema, b->data.report};
    bool all = b->checked == diags_count(b->work.diags);
    struct buf out = buf_in(b->work.arena);

    if (!b->wishes.plain && !b->wishes.no_data)
        told_write_json(b->work.arena, &told, DIAG_THAI, all ? told_count(told.diags) : b->checked,
                        &b->inputs, &out);
    return buf_str(&out);
}

static bool
make_pdf(struct banthuek *b, struct printed *out)
{
    if (!need_document(b) || !need_print(b, true))
        return false;
    tell_emblem(b);
    b->print.findings = findings_of(b);
    return print_pdf(&b->work, &b->print, out);
}

bool
banthuek_render(struct banthuek *b, struct banthuek_bytes *pdf)
{
    struct printed printed;

    if (!make_pdf(b, &printed)) {
        diag_add(b->work.diags,
                 b->work.wishes->draft ? DIAG_ENGINE_NO_DRAFT : DIAG_ENGINE_NO_PDF, POS_NONE, NULL,
                 NULL, NULL);
        return false;
    }
    *pdf = bytes_of(printed.pdf);
    return true;
}

size_t
banthuek_page_count(const struct banthuek *b)
{
    return b->paged.pages == NULL ? 0 : b->paged.pages->count;
}

/* How a data base of SQLite begins, which an archive is. */
static const char archive_mark[] = "SQLite format 3";

/* Neither what was read nor a signature, on paper or not, nor an archive is lost: a report taken
 * out of a signed PDF would by default be written over it. */
static bool
check_output(struct banthuek *b, const char *path)
{
    if (strcmp(path, "-") == 0)
        return true;
    for (const struct input *at = b->inputs.first; at != NULL; at = at->next) {
        if (files_same(&b->files, path, at->path)) {
            diag_add(b->work.diags, DIAG_ENGINE_OUTPUT_IS_INPUT, POS_NONE, path, NULL, NULL);
            return false;
        }
    }
    if (files_hold(path, (struct str){archive_mark, sizeof archive_mark})) { /* with its NUL */
        diag_add(b->work.diags, DIAG_ENGINE_OUTPUT_IS_ARCHIVE, POS_NONE, path, NULL, NULL);
        return false;
    }
    if (files_hold(path, STR("/ByteRange"))) {
        diag_add(b->work.diags, DIAG_ENGINE_OUTPUT_IS_SIGNED, POS_NONE, path, NULL, NULL);
        return false;
    }
    if (files_hold(path, STR(META_SCAN))) {
        diag_add(b->work.diags, DIAG_ENGINE_OUTPUT_IS_SCAN, POS_NONE, path, NULL, NULL);
        return false;
    }
    return true;
}

bool
banthuek_save(struct banthuek *b, const char *path, struct banthuek_bytes bytes)
{
    return check_output(b, path) &&
           files_write(b->work.arena, b->work.diags, path, (struct str){bytes.data, bytes.size});
}

/* ---- dumps */

/* The data of a report, or of a rubric that was loaded in place of one. */
static bool
dump_data(struct banthuek *b, bool canonical, struct buf *out)
{
    struct arena *arena = b->work.arena;
    bool is_rubric = banthuek_is_rubric(b);

    if (!(is_rubric ? need_rubric(b) : need_data(b)))
        return false;
    if (!canonical)
        value_dump(is_rubric ? b->rubric : b->data.typed, out);
    else if (is_rubric)
        canonical_write_rubric(arena, b->schema, b->rubric_file, b->rubric, out);
    else
        canonical_write(arena, b->schema, b->data.report, b->data.typed, out);
    return true;
}

static bool
dump_stage(struct banthuek *b, enum banthuek_stage stage, struct buf *out)
{
    bool good = false;

    switch (stage) {
    case BANTHUEK_STAGE_DATA:
    case BANTHUEK_STAGE_CANONICAL:
        good = dump_data(b, stage == BANTHUEK_STAGE_CANONICAL, out);
        break;
    case BANTHUEK_STAGE_TEMPLATE:
        if ((good = need_kit(b)))
            tmpl_dump(b->kit->tmpl, out);
        break;
    case BANTHUEK_STAGE_DOCUMENT:
        if ((good = need_document(b)))
            node_dump(b->document, out);
        break;
    case BANTHUEK_STAGE_LINES:
        if ((good = need_document(b))) {
            struct page_job job = page_job_for(b, b->document, true);
            good = pages_lines(&b->work, &job, out);
        }
        break;
    case BANTHUEK_STAGE_PAGES:
        if ((good = need_document(b) && need_pages(b, true)))
            pages_dump(b->paged.pages, out);
        break;
    }
    return good;
}

bool
banthuek_dump(struct banthuek *b, enum banthuek_stage stage, struct banthuek_bytes *text)
{
    struct buf out = buf_in(b->work.arena);

    if (!dump_stage(b, stage, &out))
        return false;
    *text = bytes_of(buf_str(&out));
    return true;
}

/* ---- break places */

bool
banthuek_breaks(struct banthuek *b, struct banthuek_bytes text, unsigned flags,
                struct banthuek_bytes *marked)
{
    struct str rest = {text.data, text.size};
    struct buf out = buf_in(b->work.arena);
    struct breaker *breaker = breaker_of(b);

    if (utf8_invalid_at(rest) != SIZE_MAX) {
        diag_add(b->work.diags, DIAG_ENGINE_NOT_UTF8, POS_NONE, NULL, NULL, NULL);
        return false;
    }
    while (rest.len > 0) {
        size_t end = str_find(rest, STR("\n"));
        struct str line = str_sub(rest, 0, end);
        buf_add(&out, breaks_mark(breaker, b->work.arena, line, (flags & BANTHUEK_EMERGENCY) != 0));
        if (end == SIZE_MAX)
            break;
        buf_byte(&out, '\n');
        rest = str_sub(rest, end + 1, rest.len);
    }
    *marked = bytes_of(buf_str(&out));
    return true;
}

bool
banthuek_breaks_file(struct banthuek *b, const char *path, unsigned flags,
                     struct banthuek_bytes *marked)
{
    struct str bytes;

    return work_read(&b->work, path, VALUE_BYTES_MAX, &bytes) &&
           banthuek_breaks(b, bytes_of(bytes), flags, marked);
}
