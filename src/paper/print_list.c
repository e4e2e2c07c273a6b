/* Listing the printers that have a queue, as banthuek-paper.h has it. */
#include <stdlib.h>
#include <string.h>

#include "banthuek-paper.h"
#include "base/arena.h"
#include "base/diag.h"
#include "inspect/lent.h"
#include "paper/printer.h"
#include "paper/talk.h"

static int
compare_names(const void *a, const void *b)
{
    const struct banthuek_printer *one = a, *other = b;

    return strcmp(one->name, other->name);
}

static const struct banthuek_printers *
read_printers(struct lent *lent, struct talk *talk, ipp_t *answer)
{
    struct banthuek_printers *printers = arena_alloc(lent->arena, sizeof *printers);
    struct banthuek_printer *list = NULL, printer;
    const char *chosen = talk_default(talk, lent->arena);
    ipp_attribute_t *at = ippFirstAttribute(answer);
    size_t cap = 0;

    while (printers->count < PRINTER_MAX && printer_next(lent->arena, answer, &at, &printer)) {
        printer.is_default = chosen != NULL && strcmp(chosen, printer.name) == 0;
        *ARENA_ADD(lent->arena, list, printers->count, cap, 8) = printer;
    }
    if (printers->count > 0)
        qsort(list, printers->count, sizeof *list, compare_names);
    else
        diag_add(lent->diags, DIAG_PRINT_NO_PRINTERS, POS_NONE, NULL, NULL, NULL);
    printers->list = list;
    return printers;
}

const struct banthuek_printers *
banthuek_printers(struct banthuek *b)
{
    struct lent lent = lent_of(b);
    const struct banthuek_printers *printers = NULL;
    struct talk *talk = talk_open(lent.diags, NULL, NULL);
    ipp_t *request, *answer;

    if (talk == NULL)
        return NULL;
    request = talk_request(talk, IPP_OP_CUPS_GET_PRINTERS);
    (void)ippAddStrings(request, IPP_TAG_OPERATION, IPP_TAG_KEYWORD, "requested-attributes",
                        printer_attribute_count, NULL, printer_attributes);
    if (talk_ask(talk, request, STR(""), &answer) == TALK_DONE) {
        ipp_status_t status = ippGetStatusCode(answer);
        /* with none it answers that it finds none */
        if (status <= IPP_STATUS_OK_EVENTS_COMPLETE || status == IPP_STATUS_ERROR_NOT_FOUND)
            printers = read_printers(&lent, talk, answer);
        else
            talk_tell_refused(talk, answer);
        ippDelete(answer);
    }
    talk_close(talk);
    return printers;
}
