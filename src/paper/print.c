/* Printing a PDF, as banthuek-paper.h has it: what it is, whether the printer can, and the job. */
#include <stdio.h>
#include <string.h>

#include "base/arena.h"
#include "base/diag.h"
#include "paper/print_inner.h"

/* ---- the document */

static bool
read_document(struct banthuek *b, struct lent *lent, const char *file, struct brief *out)
{
    if (!brief_read(b, file, out))
        return false;
    if (out->is_encrypted)
        diag_add(lent->diags, DIAG_PRINT_ENCRYPTED, (struct pos){out->file, 0, 0}, NULL, NULL,
                 NULL);
    return !out->is_encrypted;
}

const struct banthuek_print_document *
banthuek_print_look(struct banthuek *b, const char *file)
{
    struct lent lent = lent_of(b);
    struct brief brief;

    if (!read_document(b, &lent, file, &brief))
        return NULL;
    banthuek_add_file(b, file, lent_bytes(brief.bytes));
    struct banthuek_print_document *out = arena_alloc(lent.arena, sizeof *out);
    struct banthuek_print_signer *signers =
        arena_array(lent.arena, brief.person_count, sizeof *signers);
    for (size_t i = 0; i < brief.person_count; i++)
        signers[i] = (struct banthuek_print_signer){lent_bytes(brief.persons[i].name),
                                                    lent_bytes(brief.persons[i].position),
                                                    brief.persons[i].has_signed};
    *out = (struct banthuek_print_document){
        .file = brief.file,
        .title = lent_bytes(brief.title),
        .page_count = brief.page_count,
        .ours = brief.ours,
        .draft = brief.draft,
        .for_pen = brief.for_pen,
        .has_fields = brief.has_fields,
        .is_scan = brief.is_scan,
        .signature_count = brief.signature_count,
        .signer_count = brief.person_count,
        .signers = signers,
    };
    return out;
}

static bool
read_wish(struct printing *p)
{
    p->wish =
        (struct wish){.copies = p->options.copies > 0 ? p->options.copies : 1,
                      .sides = p->options.sides <= BANTHUEK_SIDES_TWO_SHORT ? p->options.sides
                                                                            : BANTHUEK_SIDES_ANY,
                      .tray = p->options.tray,
                      .width = p->document.width,
                      .height = p->document.height};
    return p->options.pages == NULL ||
           ranges_read(p->lent.arena, p->lent.diags, str_of(p->options.pages),
                       p->document.page_count, &p->wish.pages);
}

/* ---- the printer */

bool
printing_tell(struct printing *p)
{
    if (!p->is_unwanted && p->options.progress != NULL)
        p->is_unwanted = !p->options.progress(p->options.user, &p->state);
    return !p->is_unwanted;
}

static bool
is_wanted(void *user)
{
    return printing_tell(user);
}

static bool
use_queue(struct printing *p)
{
    const char *name = p->options.printer;

    if (name == NULL)
        name = talk_default(p->talk, p->lent.arena);
    if (name == NULL) {
        diag_add(p->lent.diags, DIAG_PRINT_NO_DEFAULT, POS_NONE, NULL, NULL, NULL);
        return false;
    }
    if (!talk_use_queue(p->talk, name)) {
        diag_add(p->lent.diags, DIAG_PRINT_NO_QUEUE, POS_NONE,
                 diag_str(p->lent.diags, str_of(name)), NULL, NULL);
        return false;
    }
    return true;
}

/* True for an answer that says yes. */
static bool
is_good(struct printing *p, ipp_t *answer, bool is_queue)
{
    ipp_status_t status = ippGetStatusCode(answer);

    if (status <= IPP_STATUS_OK_EVENTS_COMPLETE)
        return true;
    if (status == IPP_STATUS_ERROR_NOT_FOUND && is_queue)
        diag_add(p->lent.diags, DIAG_PRINT_NO_QUEUE, POS_NONE,
                 diag_str(p->lent.diags, str_of(talk_name(p->talk))), NULL, NULL);
    else if (status == IPP_STATUS_ERROR_NOT_FOUND)
        diag_add(p->lent.diags, DIAG_PRINT_NO_IPP, (struct pos){talk_name(p->talk), 0, 0},
                 diag_both(p->lent.diags, "it knows none of this address", "ไม่มีเครื่องพิมพ์ของที่อยู่นี้"),
                 NULL, NULL);
    else
        talk_tell_refused(p->talk, answer);
    return false;
}

/* What it can is asked for before anything is sent. */
static bool
ask_ability(struct printing *p, bool is_queue)
{
    ipp_t *request = talk_request(p->talk, IPP_OP_GET_PRINTER_ATTRIBUTES), *answer;

    (void)ippAddStrings(request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes",
                        ability_attribute_count, NULL, ability_attributes);
    if (talk_ask(p->talk, request, STR(""), &answer) != TALK_DONE)
        return false;
    bool good = is_good(p, answer, is_queue);
    if (good)
        ability_read(p->lent.arena, answer, &p->ability);
    ippDelete(answer);
    return good &&
           ability_check(p->lent.diags, &p->ability, &p->wish, talk_name(p->talk), is_queue);
}

static bool
find_printer(struct printing *p)
{
    const struct talk_stop stop = {is_wanted, p};
    bool is_queue = p->options.printer == NULL || !talk_is_address(p->options.printer);

    p->talk = talk_open(p->lent.diags, is_queue ? NULL : p->options.printer, &stop);
    if (p->talk == NULL || (is_queue && !use_queue(p)))
        return false;
    p->state.printer = talk_name(p->talk);
    return printing_tell(p) && ask_ability(p, is_queue);
}

const struct banthuek_printed *
banthuek_print(struct banthuek *b, const char *file, const struct banthuek_print_options *given)
{
    struct printing p = {.lent = lent_of(b), .state = {.printer = "", .said = ""}};
    struct banthuek_printed *out = arena_alloc(p.lent.arena, sizeof *out);

    lent_take(&p.options, sizeof p.options, given);
    if (p.options.wait_seconds == 0)
        p.options.wait_seconds = PRINT_WAIT_SECONDS;
    bool good = read_document(b, &p.lent, file, &p.document) && read_wish(&p) && find_printer(&p) &&
                printing_run(&p, out);
    /* not wanted any more before there was a job: there is nothing to take back */
    if (!good && p.is_unwanted && p.state.job == 0) {
        out->end = BANTHUEK_PRINT_CANCELLED;
        good = true;
    }
    if (good) {
        out->printer = str_cstr(p.lent.arena, str_of(p.state.printer));
        out->copies = p.wish.copies;
        out->pages = p.wish.pages.count > 0 ? ranges_pages(&p.wish.pages) : p.document.page_count;
    }
    talk_close(p.talk);
    arena_free(p.shown);
    return good ? out : NULL;
}
