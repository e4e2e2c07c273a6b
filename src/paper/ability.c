/* What a printer can do. */
#include "paper/ability.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/utf8.h"
#include "paper/printer.h"

#define PDF "application/pdf"
#define COLLATED "separate-documents-collated-copies"

static const char *const sides_names[] = {
    [BANTHUEK_SIDES_ANY] = "",
    [BANTHUEK_SIDES_ONE] = "one-sided",
    [BANTHUEK_SIDES_TWO_LONG] = "two-sided-long-edge",
    [BANTHUEK_SIDES_TWO_SHORT] = "two-sided-short-edge",
};

const char *const ability_attributes[] = {
    "printer-name",
    "printer-info",
    "printer-location",
    "printer-state",
    "printer-state-reasons",
    "printer-make-and-model",
    "queued-job-count",
    "printer-state-message",
    "printer-is-accepting-jobs",
    "operations-supported",
    "document-format-supported",
    "copies-supported",
    "sides-supported",
    "page-ranges-supported",
    "print-scaling-supported",
    "multiple-document-handling-supported",
    "media-source-supported",
    "media-supported",
    "media-default",
};
const int ability_attribute_count = sizeof ability_attributes / sizeof ability_attributes[0];

/* ---- reading */

static bool
has_text(ipp_attribute_t *attribute, const char *wanted)
{
    for (int i = 0; i < ippGetCount(attribute); i++) {
        const char *text = ippGetString(attribute, i, NULL);
        if (text != NULL && strcasecmp(text, wanted) == 0)
            return true;
    }
    return false;
}

static bool
has_number(ipp_attribute_t *attribute, int wanted)
{
    for (int i = 0; i < ippGetCount(attribute); i++) {
        if (ippGetInteger(attribute, i) == wanted)
            return true;
    }
    return false;
}

/* Names that could not be told apart when they are shown are none that can be asked for. */
static void
read_names(struct arena *arena, ipp_attribute_t *attribute, struct ability_names *out)
{
    for (int i = 0; i < ippGetCount(attribute) && out->count < ABILITY_NAMES_MAX; i++) {
        const char *text = ippGetString(attribute, i, NULL);
        if (text != NULL && text[0] != '\0' && strlen(text) <= PRINTER_TEXT_MAX &&
            utf8_is_shown(str_of(text)))
            out->list[out->count++] = str_cstr(arena, str_of(text));
    }
}

static void
read_copies(ipp_attribute_t *attribute, struct ability *out)
{
    int most = 0, least = ippGetRange(attribute, 0, &most);

    if (ippGetValueTag(attribute) == IPP_TAG_INTEGER)
        most = ippGetInteger(attribute, 0);
    out->copies = most > 0 && least <= most ? (size_t)most : 1;
}

static void
read_attribute(struct arena *arena, ipp_attribute_t *at, struct ability *out)
{
    const char *name = ippGetName(at);

    if (strcmp(name, "operations-supported") == 0)
        out->creates_jobs =
            has_number(at, IPP_OP_CREATE_JOB) && has_number(at, IPP_OP_SEND_DOCUMENT);
    else if (strcmp(name, "document-format-supported") == 0)
        out->takes_pdf = has_text(at, PDF);
    else if (strcmp(name, "copies-supported") == 0)
        read_copies(at, out);
    else if (strcmp(name, "page-ranges-supported") == 0)
        out->ranges = ippGetBoolean(at, 0) != 0;
    else if (strcmp(name, "multiple-document-handling-supported") == 0)
        out->collates = has_text(at, COLLATED);
    else if (strcmp(name, "media-source-supported") == 0)
        read_names(arena, at, &out->trays);
    else if (strcmp(name, "media-supported") == 0)
        read_names(arena, at, &out->papers);
    else if (strcmp(name, "media-default") == 0)
        out->paper = printer_text(arena, at, 0);
    else if (strcmp(name, "print-scaling-supported") == 0) {
        out->says_scaling = true;
        out->scales_not = has_text(at, "none");
    } else if (strcmp(name, "sides-supported") == 0) {
        for (size_t i = 1; i < sizeof sides_names / sizeof sides_names[0]; i++)
            out->sides[i] = has_text(at, sides_names[i]);
    }
}

void
ability_read(struct arena *arena, ipp_t *answer, struct ability *out)
{
    ipp_attribute_t *at = ippFirstAttribute(answer);

    *out = (struct ability){.copies = 1, .paper = ""};
    (void)printer_next(arena, answer, &at, &out->printer);
    for (at = ippFirstAttribute(answer); at != NULL; at = ippNextAttribute(answer)) {
        if (ippGetGroupTag(at) == IPP_TAG_PRINTER && ippGetName(at) != NULL)
            read_attribute(arena, at, out);
    }
}

/* ---- papers */

/* The standard name of a size of paper ("iso_a4_210x297mm"), whichever way it is turned; NULL for
 * none that is known. */
static pwg_media_t *
paper_of(mpt width, mpt height)
{
    mpt narrow = width < height ? width : height, wide = width < height ? height : width;
    /* in hundredths of a millimetre */
    pwg_media_t *media = narrow <= 0 || wide > 10000000
                             ? NULL
                             : pwgMediaForSize((int)((long long)narrow * 2540 / 72000),
                                               (int)((long long)wide * 2540 / 72000));

    return media == NULL || strncmp(media->pwg, "custom_", 7) == 0 ? NULL : media;
}

static bool
has_name(const struct ability_names *names, const char *wanted)
{
    for (size_t i = 0; i < names->count; i++) {
        if (strcmp(names->list[i], wanted) == 0)
            return true;
    }
    return false;
}

/* The paper that has to be asked for: not where the printer takes it anyway. */
static pwg_media_t *
paper_to_ask(const struct ability *ability, const struct wish *wish)
{
    pwg_media_t *media = paper_of(wish->width, wish->height);
    size_t len = media == NULL ? 0 : strlen(media->pwg);

    if (media == NULL || !has_name(&ability->papers, media->pwg))
        return NULL;
    return wish->tray == NULL && strncmp(ability->paper, media->pwg, len) == 0 ? NULL : media;
}

/* ---- checking */

static const char *
names_of(struct diags *diags, const struct ability_names *names)
{
    const char *all = "–";

    for (size_t i = 0; i < names->count; i++)
        all = i == 0 ? names->list[0] : diag_printf(diags, "%s, %s", all, names->list[i]);
    return all;
}

static bool
check_paper(struct diags *diags, const struct ability *ability, const struct wish *wish,
            struct pos at)
{
    pwg_media_t *media = paper_of(wish->width, wish->height);

    if (media != NULL && ability->papers.count > 0 && !has_name(&ability->papers, media->pwg))
        diag_add(diags, DIAG_PRINT_PAPER, at,
                 diag_printf(diags, "%d × %d mm", (media->width + 50) / 100,
                             (media->length + 50) / 100),
                 NULL, NULL);
    if (ability->says_scaling && !ability->scales_not)
        diag_add(diags, DIAG_PRINT_SCALES, at, NULL, NULL, NULL);
    return true;
}

static bool
check_wish(struct diags *diags, const struct ability *ability, const struct wish *wish,
           struct pos at)
{
    if (wish->copies > ability->copies)
        diag_add(diags, DIAG_PRINT_COPIES, at, diag_printf(diags, "%zu", ability->copies), NULL,
                 NULL);
    else if (wish->sides > BANTHUEK_SIDES_ONE && !ability->sides[wish->sides])
        diag_add(diags, DIAG_PRINT_SIDES, at, NULL, NULL, NULL);
    else if (wish->pages.count > 0 && !ability->ranges)
        diag_add(diags, DIAG_PRINT_NO_RANGES, at, NULL, NULL, NULL);
    else if (wish->tray != NULL && !has_name(&ability->trays, wish->tray))
        diag_add(diags, DIAG_PRINT_TRAY, at, diag_str(diags, str_of(wish->tray)),
                 names_of(diags, &ability->trays), NULL);
    else
        return true;
    return false;
}

bool
ability_check(struct diags *diags, const struct ability *ability, const struct wish *wish,
              const char *name, bool is_queue)
{
    const struct pos at = {name, 0, 0};

    if (!ability->printer.accepts)
        diag_add(diags, DIAG_PRINT_NOT_ACCEPTING, at, NULL, NULL, NULL);
    else if (!ability->takes_pdf && is_queue)
        diag_add(diags, DIAG_PRINT_QUEUE_NO_PDF, at, NULL, NULL, NULL);
    else if (!ability->takes_pdf)
        diag_add(diags, DIAG_PRINT_NO_PDF, at, name, NULL, NULL);
    else
        return check_wish(diags, ability, wish, at) && check_paper(diags, ability, wish, at);
    return false;
}

/* ---- asking */

static void
add_keyword(ipp_t *request, const char *name, const char *value)
{
    (void)ippAddString(request, IPP_TAG_JOB, IPP_TAG_KEYWORD, name, NULL, value);
}

/* A tray is asked for together with the paper that is in it. */
static void
add_tray(ipp_t *request, pwg_media_t *media, const char *tray)
{
    ipp_t *col = ippNew();

    if (media != NULL) {
        ipp_t *size = ippNew();
        (void)ippAddInteger(size, IPP_TAG_ZERO, IPP_TAG_INTEGER, "x-dimension", media->width);
        (void)ippAddInteger(size, IPP_TAG_ZERO, IPP_TAG_INTEGER, "y-dimension", media->length);
        (void)ippAddCollection(col, IPP_TAG_ZERO, "media-size", size);
        ippDelete(size);
    }
    (void)ippAddString(col, IPP_TAG_ZERO, IPP_TAG_KEYWORD, "media-source", NULL, tray);
    (void)ippAddCollection(request, IPP_TAG_JOB, "media-col", col);
    ippDelete(col);
}

void
ability_ask(ipp_t *request, const struct ability *ability, const struct wish *wish)
{
    pwg_media_t *media = paper_to_ask(ability, wish);
    ipp_attribute_t *pages;

    add_keyword(request, "print-scaling", "none");
    if (wish->copies > 1) {
        (void)ippAddInteger(request, IPP_TAG_JOB, IPP_TAG_INTEGER, "copies", (int)wish->copies);
        if (ability->collates)
            add_keyword(request, "multiple-document-handling", COLLATED);
    }
    if (wish->sides != BANTHUEK_SIDES_ANY && ability->sides[wish->sides])
        add_keyword(request, "sides", sides_names[wish->sides]);
    if (wish->tray != NULL)
        add_tray(request, media, wish->tray);
    else if (media != NULL)
        add_keyword(request, "media", media->pwg);
    if (wish->pages.count == 0)
        return;
    pages = ippAddRanges(request, IPP_TAG_JOB, "page-ranges", (int)wish->pages.count, NULL, NULL);
    for (size_t i = 0; i < wish->pages.count; i++)
        (void)ippSetRange(request, &pages, (int)i, (int)wish->pages.list[i].from,
                          (int)wish->pages.list[i].to);
}
