/* A job at a printer: begun, sent, watched, cancelled. */
#include <string.h>
#include <time.h>

#include "base/arena.h"
#include "base/clock.h"
#include "base/diag.h"
#include "paper/job.h"
#include "paper/print_inner.h"
#include "paper/reason.h"

#define LOOK_FIRST_MS 200 /* between two looks at a job; later ones are longer */
#define LOOK_LAST_MS 1000

static struct pos
place_of(const struct printing *p)
{
    return (struct pos){talk_name(p->talk), 0, 0};
}

static const char *
number(struct printing *p, size_t value)
{
    return diag_printf(p->lent.diags, "%zu", value);
}

/* A signal ends it early. */
static void
rest(long long ms)
{
    const struct timespec time = {ms / 1000, ms % 1000 * 1000000};

    (void)nanosleep(&time, NULL);
}

/* ---- requests */

/* False with a message where the answer, which is then deleted, is no. */
static bool
is_yes(struct printing *p, ipp_t *answer)
{
    ipp_status_t status = ippGetStatusCode(answer);

    if (status <= IPP_STATUS_OK_EVENTS_COMPLETE)
        return true;
    if (status == IPP_STATUS_ERROR_NOT_ACCEPTING_JOBS)
        diag_add(p->lent.diags, DIAG_PRINT_NOT_ACCEPTING, place_of(p), NULL, NULL, NULL);
    else if (status == IPP_STATUS_ERROR_NOT_AUTHENTICATED ||
             status == IPP_STATUS_ERROR_NOT_AUTHORIZED || status == IPP_STATUS_ERROR_FORBIDDEN)
        diag_add(p->lent.diags, DIAG_PRINT_LOGIN, place_of(p), NULL, NULL, NULL);
    else
        talk_tell_refused(p->talk, answer);
    ippDelete(answer);
    return false;
}

static ipp_t *
job_request(const struct printing *p, ipp_op_t operation)
{
    ipp_t *request = talk_request(p->talk, operation);

    (void)ippAddInteger(request, IPP_TAG_OPERATION, IPP_TAG_INTEGER, "job-id", (int)p->state.job);
    return request;
}

/* The name of the file, without folders: what a printer's list of jobs shows. */
static const char *
job_name(const struct printing *p)
{
    const char *slash = strrchr(p->document.file, '/');

    return slash == NULL ? p->document.file : slash + 1;
}

static void
add_document(ipp_t *request)
{
    (void)ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_MIMETYPE, "document-format", NULL,
                       "application/pdf");
}

/* What the printer leaves out of what was asked for. */
static void
tell_ignored(struct printing *p, ipp_t *answer)
{
    const char *names = NULL;

    for (ipp_attribute_t *at = ippFirstAttribute(answer); at != NULL;
         at = ippNextAttribute(answer)) {
        const char *name = ippGetName(at);
        if (ippGetGroupTag(at) != IPP_TAG_UNSUPPORTED_GROUP || name == NULL)
            continue;
        const char *shown = diag_str(p->lent.diags, str_of(name));
        names = names == NULL ? shown : diag_printf(p->lent.diags, "%s, %s", names, shown);
    }
    if (names != NULL)
        diag_add(p->lent.diags, DIAG_PRINT_IGNORED, place_of(p), names, NULL, NULL);
}

/* ---- how it stands */

static enum banthuek_print_stage
stage_of(const struct job *job)
{
    switch (job->state) {
    case IPP_JSTATE_HELD:
        return BANTHUEK_PRINT_HELD;
    case IPP_JSTATE_PROCESSING:
        return BANTHUEK_PRINT_PRINTING;
    case IPP_JSTATE_STOPPED:
        return BANTHUEK_PRINT_STOPPED;
    default:
        return BANTHUEK_PRINT_QUEUED;
    }
}

static bool
are_same(const struct banthuek_printer_reason *one, size_t count,
         const struct banthuek_printer_reason *other, size_t other_count)
{
    if (count != other_count)
        return false;
    for (size_t i = 0; i < count; i++) {
        if (strcmp(one[i].code, other[i].code) != 0 || one[i].level != other[i].level)
            return false;
    }
    return true;
}

/* Takes over what was read of the job, which lives in `arena`. True when anything is otherwise than
 * before. */
static bool
take_state(struct printing *p, struct arena *arena, const struct job *job)
{
    struct banthuek_print_state *state = &p->state;
    const size_t own =
        (p->wish.pages.count > 0 ? ranges_pages(&p->wish.pages) : p->document.page_count) *
        p->wish.copies;
    const char *said = job->printer_said[0] != '\0' ? job->printer_said : job->said;
    bool differs = state->stage != stage_of(job) || state->done != job->done ||
                   state->ahead != job->ahead ||
                   !are_same(state->reasons, state->reason_count, job->reasons, job->reason_count);

    state->stage = stage_of(job);
    state->done = job->done;
    state->total = job->total > 0 ? job->total : own;
    /* printers count sheets, banners, what they like */
    if (state->total < job->done)
        state->total = job->done;
    state->ahead = job->ahead;
    state->said = said;
    state->reasons = job->reasons;
    state->reason_count = job->reason_count;
    arena_free(p->shown);
    p->shown = arena;
    return differs;
}

/* ---- beginning */

static bool
is_busy(ipp_t *answer)
{
    ipp_status_t status = ippGetStatusCode(answer);

    return status == IPP_STATUS_ERROR_BUSY || status == IPP_STATUS_ERROR_TEMPORARY;
}

static bool
request_job(struct printing *p, ipp_op_t operation, ipp_t **answer)
{
    ipp_t *request = talk_request(p->talk, operation);
    struct str document = operation == IPP_OP_PRINT_JOB ? p->document.bytes : STR("");

    (void)ippAddString(request, IPP_TAG_OPERATION, IPP_TAG_NAME, "job-name", NULL, job_name(p));
    if (operation == IPP_OP_PRINT_JOB)
        add_document(request);
    ability_ask(request, &p->ability, &p->wish);
    p->state.stage = BANTHUEK_PRINT_SENDING;
    return printing_tell(p) && talk_ask(p->talk, request, document, answer) == TALK_DONE;
}

/* A printer that is busy with another job is asked again, for as long as is to be waited. */
static bool
begin(struct printing *p, ipp_op_t operation, ipp_t **answer)
{
    const long long until = clock_ms() + p->options.wait_seconds * 1000LL;

    while (request_job(p, operation, answer)) {
        if (!is_busy(*answer))
            return is_yes(p, *answer);
        ippDelete(*answer);
        if (clock_ms() > until) {
            diag_add(p->lent.diags, DIAG_PRINT_NEVER_FREE, place_of(p),
                     number(p, p->options.wait_seconds), NULL, NULL);
            return false;
        }
        p->state.stage = BANTHUEK_PRINT_BUSY;
        if (!printing_tell(p))
            return false;
        rest(LOOK_LAST_MS);
    }
    return false;
}

/* ---- ending early */

/* It is done though nothing else is wanted any more. */
static bool
cancel(struct printing *p)
{
    ipp_t *answer;

    talk_insist(p->talk);
    bool good = talk_ask(p->talk, job_request(p, IPP_OP_CANCEL_JOB), STR(""), &answer) == TALK_DONE;
    if (good) {
        good = ippGetStatusCode(answer) <= IPP_STATUS_OK_EVENTS_COMPLETE;
        ippDelete(answer);
    }
    p->is_cancelled = good;
    if (!good)
        diag_add(p->lent.diags, DIAG_PRINT_NOT_CANCELLED, place_of(p), number(p, p->state.job),
                 NULL, NULL);
    return good;
}

static bool
send_document(struct printing *p)
{
    ipp_t *request = job_request(p, IPP_OP_SEND_DOCUMENT), *answer;

    (void)ippAddBoolean(request, IPP_TAG_OPERATION, "last-document", 1);
    add_document(request);
    if (talk_ask(p->talk, request, p->document.bytes, &answer) == TALK_DONE && is_yes(p, answer)) {
        ippDelete(answer);
        return true;
    }
    /* half a document is no job */
    (void)cancel(p);
    return false;
}

/* ---- watching */

/* The first reason that is grave, or what the printer says. */
static const char *
why(struct printing *p, const struct job *job)
{
    const struct banthuek_printer_reason *found = NULL;
    const char *said = job->said[0] != '\0' ? job->said : job->printer_said;

    for (size_t i = 0; i < job->reason_count; i++) {
        if (found == NULL || job->reasons[i].level > found->level)
            found = &job->reasons[i];
    }
    if (found != NULL)
        return diag_both(p->lent.diags, found->text[BANTHUEK_ENGLISH], found->text[BANTHUEK_THAI]);
    if (said[0] != '\0')
        return diag_said(p->lent.diags, "เครื่องพิมพ์แจ้งว่า", said);
    return diag_both(p->lent.diags, "the printer does not say why", "เครื่องพิมพ์ไม่ได้แจ้งเหตุ");
}

static bool
tell_end(struct printing *p, const struct job *job)
{
    const char *id = number(p, p->state.job);

    if (job->state == IPP_JSTATE_COMPLETED) {
        for (size_t i = 0; i < job->reason_count; i++) {
            if (strcmp(job->reasons[i].code, "job-completed-with-errors") == 0)
                diag_add(p->lent.diags, DIAG_PRINT_WITH_ERRORS, place_of(p), id, NULL, NULL);
        }
        return true;
    }
    diag_add(p->lent.diags,
             job->state == IPP_JSTATE_CANCELED ? DIAG_PRINT_CANCELLED_THERE : DIAG_PRINT_ABORTED,
             place_of(p), id, why(p, job), NULL);
    return false;
}

/* What is wrong with the printer, where it can be asked. */
static bool
look_at_printer(struct printing *p, struct arena *arena, struct job *out)
{
    ipp_t *request = talk_request(p->talk, IPP_OP_GET_PRINTER_ATTRIBUTES), *answer;

    (void)ippAddStrings(request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes",
                        job_printer_attribute_count, NULL, job_printer_attributes);
    if (talk_ask(p->talk, request, STR(""), &answer) != TALK_DONE)
        return false;
    if (ippGetStatusCode(answer) <= IPP_STATUS_OK_EVENTS_COMPLETE)
        job_read_printer(arena, answer, out);
    ippDelete(answer);
    return true;
}

enum look { LOOK_GOOD, LOOK_FORGOTTEN, LOOK_FAILED };

/* Looks at the job once; what is read lives in `arena`. */
static enum look
look(struct printing *p, struct arena *arena, struct job *out)
{
    ipp_t *request = job_request(p, IPP_OP_GET_JOB_ATTRIBUTES), *answer;

    (void)ippAddStrings(request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes",
                        job_attribute_count, NULL, job_attributes);
    if (talk_ask(p->talk, request, STR(""), &answer) != TALK_DONE)
        return LOOK_FAILED;
    if (ippGetStatusCode(answer) == IPP_STATUS_ERROR_NOT_FOUND ||
        ippGetStatusCode(answer) == IPP_STATUS_ERROR_GONE) {
        ippDelete(answer);
        return LOOK_FORGOTTEN;
    }
    if (!is_yes(p, answer))
        return LOOK_FAILED;
    job_read(arena, answer, out);
    ippDelete(answer);
    return job_has_ended(out) || look_at_printer(p, arena, out) ? LOOK_GOOD : LOOK_FAILED;
}

static bool
tell_waited(struct printing *p, const struct job *job)
{
    diag_add(p->lent.diags, DIAG_PRINT_WAITED, place_of(p), number(p, p->options.wait_seconds),
             why(p, job), number(p, p->state.job));
    return false;
}

/* What could not be looked at any more may be printed all the same. */
static bool
tell_lost(struct printing *p)
{
    diag_add(p->lent.diags, DIAG_PRINT_LOST, place_of(p), number(p, p->state.job), NULL, NULL);
    return false;
}

/* One look, and what follows from it. True when the watching is over, with *good. */
static bool
is_over(struct printing *p, long long *changed, bool *good)
{
    struct arena *arena = arena_new(0);
    struct job job = {.said = "", .printer_said = ""};
    enum look seen = look(p, arena, &job);

    *good = false;
    if (seen != LOOK_GOOD || job.state == 0) {
        arena_free(arena);
        if (seen == LOOK_GOOD)
            return false;
        if (seen == LOOK_FORGOTTEN)
            diag_add(p->lent.diags, DIAG_PRINT_FORGOTTEN, place_of(p), number(p, p->state.job),
                     NULL, NULL);
        *good = seen == LOOK_FORGOTTEN || (!p->is_unwanted && tell_lost(p));
        return true;
    }
    if (take_state(p, arena, &job))
        *changed = clock_ms();
    if (job_has_ended(&job))
        *good = tell_end(p, &job);
    else if (clock_ms() - *changed > p->options.wait_seconds * 1000LL)
        *good = tell_waited(p, &job);
    else
        return false;
    return true;
}

static bool
watch(struct printing *p)
{
    long long changed = clock_ms(), pause = LOOK_FIRST_MS;
    bool good = false;

    while (printing_tell(p)) {
        if (is_over(p, &changed, &good))
            return good;
        if (!printing_tell(p))
            break;
        rest(pause);
        if (pause < LOOK_LAST_MS)
            pause += LOOK_FIRST_MS;
    }
    return false;
}

bool
printing_run(struct printing *p, struct banthuek_printed *out)
{
    ipp_t *answer;
    struct job job;
    bool creates = p->ability.creates_jobs;

    if (!begin(p, creates ? IPP_OP_CREATE_JOB : IPP_OP_PRINT_JOB, &answer))
        return false;
    tell_ignored(p, answer);
    job_read(p->lent.arena, answer, &job);
    ippDelete(answer);
    p->state.job = out->job = (unsigned)job.id;
    bool good = job.id > 0 && (!creates || send_document(p));
    if (job.id == 0)
        diag_add(
            p->lent.diags, DIAG_PRINT_BROKEN, place_of(p),
            diag_both(p->lent.diags, "the answer has no number of the job", "คำตอบไม่มีหมายเลขงาน"),
            NULL, NULL);
    out->end = BANTHUEK_PRINT_DONE;
    if (good && p->options.no_wait)
        out->end = BANTHUEK_PRINT_HANDED_OVER;
    else if (good)
        good = watch(p);
    if (!good && p->is_unwanted && job.id > 0) {
        out->end = BANTHUEK_PRINT_CANCELLED;
        good = p->is_cancelled || cancel(p);
    }
    return good;
}
