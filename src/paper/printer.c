/* Reading what printers say of themselves. */
#include "paper/printer.h"

#include <string.h>

#include "base/arena.h"
#include "base/utf8.h"
#include "paper/reason.h"

const char *const printer_attributes[] = {
    "printer-name",     "printer-info",          "printer-location",
    "printer-state",    "printer-state-reasons", "printer-make-and-model",
    "queued-job-count", "printer-state-message", "printer-is-accepting-jobs",
};
const int printer_attribute_count = sizeof printer_attributes / sizeof printer_attributes[0];

const char *
printer_text(struct arena *arena, ipp_attribute_t *attribute, int index)
{
    const char *text = ippGetString(attribute, index, NULL);
    struct str cut = str_of(text == NULL ? "" : text);
    struct buf shown = buf_in(arena);

    if (cut.len > PRINTER_TEXT_MAX) {
        size_t at = PRINTER_TEXT_MAX;
        while (at > 0 && ((unsigned char)cut.ptr[at] & 0xC0) == 0x80)
            at--;
        cut.len = at;
    }
    utf8_show(&shown, utf8_trim(cut), false);
    return str_cstr(arena, buf_str(&shown));
}

const struct banthuek_printer_reason *
printer_reasons(struct arena *arena, ipp_attribute_t *attribute, size_t *count)
{
    int values = ippGetCount(attribute);
    struct banthuek_printer_reason *list = arena_array(arena, REASON_MAX, sizeof *list);

    *count = 0;
    for (int i = 0; i < values && *count < REASON_MAX; i++) {
        const char *name = ippGetString(attribute, i, NULL);
        if (name != NULL && reason_read(arena, str_of(name), &list[*count]))
            *count += 1;
    }
    return list;
}

static enum banthuek_printer_state
state_of(int value)
{
    switch (value) {
    case IPP_PSTATE_IDLE:
        return BANTHUEK_PRINTER_IDLE;
    case IPP_PSTATE_PROCESSING:
        return BANTHUEK_PRINTER_PRINTING;
    case IPP_PSTATE_STOPPED:
        return BANTHUEK_PRINTER_STOPPED;
    default:
        return BANTHUEK_PRINTER_UNKNOWN;
    }
}

/* ippGetString() gives NULL, and the others 0, for values of another type. */
static void
read_attribute(struct arena *arena, ipp_attribute_t *attribute, struct banthuek_printer *out)
{
    const char *name = ippGetName(attribute);
    const struct {
        const char *name, **place;
    } texts[] = {{"printer-name", &out->name},
                 {"printer-info", &out->info},
                 {"printer-location", &out->place},
                 {"printer-make-and-model", &out->model},
                 {"printer-state-message", &out->said}};

    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++) {
        if (strcmp(name, texts[i].name) == 0)
            *texts[i].place = printer_text(arena, attribute, 0);
    }
    if (strcmp(name, "printer-state") == 0)
        out->state = state_of(ippGetInteger(attribute, 0));
    else if (strcmp(name, "printer-is-accepting-jobs") == 0)
        out->accepts = ippGetBoolean(attribute, 0) != 0;
    else if (strcmp(name, "queued-job-count") == 0)
        out->waiting = ippGetInteger(attribute, 0) > 0 ? (size_t)ippGetInteger(attribute, 0) : 0;
    else if (strcmp(name, "printer-state-reasons") == 0)
        out->reasons = printer_reasons(arena, attribute, &out->reason_count);
}

bool
printer_next(struct arena *arena, ipp_t *answer, ipp_attribute_t **at, struct banthuek_printer *out)
{
    *out = (struct banthuek_printer){
        .name = "", .info = "", .place = "", .model = "", .said = "", .accepts = true};
    while (*at != NULL && ippGetGroupTag(*at) != IPP_TAG_PRINTER)
        *at = ippNextAttribute(answer);
    if (*at == NULL)
        return false;
    /* groups of one kind stand apart by an attribute without a name */
    for (; *at != NULL && ippGetGroupTag(*at) == IPP_TAG_PRINTER && ippGetName(*at) != NULL;
         *at = ippNextAttribute(answer))
        read_attribute(arena, *at, out);
    return true;
}
