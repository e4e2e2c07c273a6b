#include "paper/job.h"

#include <string.h>

#include "base/arena.h"
#include "paper/printer.h"
#include "paper/reason.h"

/* Told by the state of the printer, and only where nothing says why it is stopped. */
#define STOPPED "printer-stopped"

const char *const job_attributes[] = {
    "job-id",
    "job-state",
    "job-state-reasons",
    "job-state-message",
    "job-printer-state-message",
    "job-printer-state-reasons",
    "job-impressions",
    "job-impressions-completed",
    "number-of-intervening-jobs",
};
const int job_attribute_count = sizeof job_attributes / sizeof job_attributes[0];

const char *const job_printer_attributes[] = {"printer-state", "printer-state-reasons",
                                              "printer-state-message"};
const int job_printer_attribute_count =
    sizeof job_printer_attributes / sizeof job_printer_attributes[0];

static size_t
number_of(ipp_attribute_t *attribute)
{
    int number = ippGetInteger(attribute, 0);

    return number > 0 ? (size_t)number : 0;
}

static bool
has_reason(const struct job *job, const char *code)
{
    for (size_t i = 0; i < job->reason_count; i++) {
        if (strcmp(job->reasons[i].code, code) == 0)
            return true;
    }
    return false;
}

static void
add_reasons(struct arena *arena, const struct banthuek_printer_reason *more, size_t count,
            struct job *out)
{
    struct banthuek_printer_reason *all =
        arena_array(arena, out->reason_count + count + 1, sizeof *all);

    if (out->reason_count > 0)
        memcpy(all, out->reasons, out->reason_count * sizeof *all);
    out->reasons = all;
    for (size_t i = 0; i < count && out->reason_count < REASON_MAX; i++) {
        if (strcmp(more[i].code, STOPPED) != 0 && !has_reason(out, more[i].code))
            all[out->reason_count++] = more[i];
    }
}

static void
read_reasons(struct arena *arena, ipp_attribute_t *at, struct job *out)
{
    size_t count;
    const struct banthuek_printer_reason *more = printer_reasons(arena, at, &count);

    add_reasons(arena, more, count, out);
}

static void
read_attribute(struct arena *arena, ipp_attribute_t *at, struct job *out)
{
    const char *name = ippGetName(at);

    if (strcmp(name, "job-id") == 0)
        out->id = (int)number_of(at);
    else if (strcmp(name, "job-state") == 0)
        out->state = ippGetInteger(at, 0) >= IPP_JSTATE_PENDING &&
                             ippGetInteger(at, 0) <= IPP_JSTATE_COMPLETED
                         ? (ipp_jstate_t)ippGetInteger(at, 0)
                         : 0;
    else if (strcmp(name, "job-state-message") == 0)
        out->said = printer_text(arena, at, 0);
    else if (strcmp(name, "job-printer-state-message") == 0)
        out->printer_said = printer_text(arena, at, 0);
    else if (strcmp(name, "job-impressions") == 0)
        out->total = number_of(at);
    else if (strcmp(name, "job-impressions-completed") == 0)
        out->done = number_of(at);
    else if (strcmp(name, "number-of-intervening-jobs") == 0)
        out->ahead = number_of(at);
    else if (strcmp(name, "job-state-reasons") == 0 ||
             strcmp(name, "job-printer-state-reasons") == 0)
        read_reasons(arena, at, out);
}

void
job_read(struct arena *arena, ipp_t *answer, struct job *out)
{
    *out = (struct job){.said = "", .printer_said = ""};
    for (ipp_attribute_t *at = ippFirstAttribute(answer); at != NULL;
         at = ippNextAttribute(answer)) {
        if (ippGetGroupTag(at) == IPP_TAG_JOB && ippGetName(at) != NULL)
            read_attribute(arena, at, out);
    }
}

static bool
is_told_why(const struct job *job)
{
    for (size_t i = 0; i < job->reason_count; i++) {
        if (job->reasons[i].level == BANTHUEK_ERROR)
            return true;
    }
    return false;
}

void
job_read_printer(struct arena *arena, ipp_t *answer, struct job *out)
{
    ipp_attribute_t *at = ippFirstAttribute(answer);
    struct banthuek_printer printer;
    struct banthuek_printer_reason stopped;

    if (!printer_next(arena, answer, &at, &printer))
        return;
    add_reasons(arena, printer.reasons, printer.reason_count, out);
    if (printer.state == BANTHUEK_PRINTER_STOPPED && !is_told_why(out) &&
        out->reason_count < REASON_MAX && reason_read(arena, str_of(STOPPED), &stopped)) {
        struct banthuek_printer_reason *all =
            arena_array(arena, out->reason_count + 1, sizeof *all);
        all[0] = stopped;
        if (out->reason_count > 0)
            memcpy(all + 1, out->reasons, out->reason_count * sizeof *all);
        out->reasons = all;
        out->reason_count++;
    }
    if (out->printer_said[0] == '\0')
        out->printer_said = printer.said;
}
