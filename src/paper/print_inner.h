/* One document on its way to a printer. For print.c and print_job.c only. */
#ifndef PAPER_PRINT_INNER_H
#define PAPER_PRINT_INNER_H

#include "banthuek-paper.h"
#include "inspect/brief.h"
#include "inspect/lent.h"
#include "paper/ability.h"
#include "paper/talk.h"

#define PRINT_WAIT_SECONDS 600

struct printing {
    struct lent lent;
    struct brief document;
    struct banthuek_print_options options;
    struct wish wish;
    struct ability ability;
    struct talk *talk;
    struct banthuek_print_state state; /* as it was told last */
    bool is_unwanted, is_cancelled;
    struct arena *shown; /* what the state points to */
};

/* Tells how it stands. False when the job is unwanted. */
bool printing_tell(struct printing *p);

/* Hands the document over and sees it through. False with messages. */
bool printing_run(struct printing *p, struct banthuek_printed *out);

#endif
