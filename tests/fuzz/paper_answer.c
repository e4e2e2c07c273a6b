/* Any bytes as the answer of a printer (IPP), and behind a line end as pages that somebody named.
 * What is kept of it has a limit and drives no terminal; pages are in order, apart from each other,
 * and there. */
#include <stdlib.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "base/utf8.h"
#include "paper/ability.h"
#include "paper/job.h"
#include "paper/printer.h"
#include "paper/ranges.h"
#include "paper/reason.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

struct input {
    const uint8_t *data;
    size_t size;
};

static ssize_t
read_input(void *user, ipp_uchar_t *out, size_t size)
{
    struct input *input = user;
    size_t got = size < input->size ? size : input->size;

    memcpy(out, input->data, got);
    input->data += got;
    input->size -= got;
    return (ssize_t)got;
}

static ipp_t *
parse(const uint8_t *data, size_t size)
{
    struct input input = {data, size};
    ipp_t *answer = ippNew();
    ipp_state_t state = IPP_STATE_IDLE;

    while (state != IPP_STATE_ERROR && state != IPP_STATE_DATA)
        state = ippReadIO(&input, read_input, 1, NULL, answer);
    return answer;
}

static void
check_text(const char *text)
{
    if (!utf8_is_shown(str_of(text)))
        abort();
}

static void
check_reasons(const struct banthuek_printer_reason *reasons, size_t count)
{
    if (count > REASON_MAX)
        abort();
    for (size_t i = 0; i < count; i++) {
        check_text(reasons[i].code);
        check_text(reasons[i].text[BANTHUEK_ENGLISH]);
        check_text(reasons[i].text[BANTHUEK_THAI]);
    }
}

static void
check_printer(const struct banthuek_printer *printer)
{
    check_text(printer->name);
    check_text(printer->info);
    check_text(printer->place);
    check_text(printer->model);
    check_text(printer->said);
    check_reasons(printer->reasons, printer->reason_count);
}

static void
read_answer(struct arena *arena, struct diags *diags, ipp_t *answer)
{
    ipp_attribute_t *at = ippFirstAttribute(answer);
    struct banthuek_printer printer;
    struct ability ability;
    struct job job;
    const struct wish wish = {.copies = 2,
                              .sides = BANTHUEK_SIDES_TWO_LONG,
                              .tray = "tray-1",
                              .width = 595276,
                              .height = 841890};

    while (printer_next(arena, answer, &at, &printer))
        check_printer(&printer);
    ability_read(arena, answer, &ability);
    if (ability.copies == 0 || ability.trays.count > ABILITY_NAMES_MAX)
        abort();
    for (size_t i = 0; i < ability.trays.count; i++)
        check_text(ability.trays.list[i]);
    if (ability_check(diags, &ability, &wish, "printer", false) && ability.copies < wish.copies)
        abort();
    ipp_t *request = ippNew();
    ability_ask(request, &ability, &wish);
    ippDelete(request);
    job_read(arena, answer, &job);
    job_read_printer(arena, answer, &job);
    check_text(job.said);
    check_text(job.printer_said);
    check_reasons(job.reasons, job.reason_count);
}

static void
read_ranges(struct arena *arena, struct diags *diags, struct str text)
{
    const size_t pages = 22;
    struct page_ranges ranges;

    if (!ranges_read(arena, diags, text, pages, &ranges))
        return;
    for (size_t i = 0; i < ranges.count; i++) {
        const struct page_range *range = &ranges.list[i];
        if (range->from == 0 || range->from > range->to || range->to > pages ||
            (i > 0 && range->from <= ranges.list[i - 1].to + 1))
            abort();
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new(0);
    struct diags *diags = diags_new();
    ipp_t *answer = parse(data, size);

    read_answer(arena, diags, answer);
    ippDelete(answer);
    read_ranges(arena, diags, (struct str){(const char *)data, size});
    diags_free(diags);
    arena_free(arena);
    return 0;
}
