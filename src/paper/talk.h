/* Talking with a printer, or with the server that keeps the queues of printers (CUPS): requests and
 * answers of IPP (RFC 8010). libcups takes the answers apart; how long one may take and how large
 * it may be is limited here, for what answers may be anything. */
#ifndef PAPER_TALK_H
#define PAPER_TALK_H

#include <cups/cups.h>
#include <stdbool.h>
#include <stddef.h>

#include "base/str.h"

struct arena;
struct diags;

#define TALK_ANSWER_MAX ((size_t)8 << 20)
#define TALK_SECONDS 30 /* in which something has to come, or be taken */
#define TALK_ADDRESS_MAX 1000
#define TALK_QUEUE_MAX 127 /* bytes of a name, as CUPS has it */

struct talk;

/* Whether nobody wants it any more. It is asked at least once a second. */
struct talk_stop {
    bool (*is_wanted)(void *user);
    void *user;
};

/* Connects to the printer of an address (ipp:// or ipps://), or with NULL to the server of the
 * queues. NULL with a message. */
struct talk *talk_open(struct diags *diags, const char *address, const struct talk_stop *stop);
void talk_close(struct talk *talk);

/* True for what is meant as an address, not as the name of a queue. */
bool talk_is_address(const char *name);

/* From now on requests are for this queue of the server. False when it is no name of one. */
bool talk_use_queue(struct talk *talk, const char *queue);

/* What messages call the one that is talked to: the queue, the address, "CUPS". */
const char *talk_name(const struct talk *talk);

/* A request, with what every request says. The server itself is asked where there is no queue. */
ipp_t *talk_request(const struct talk *talk, ipp_op_t operation);

/* How a request ended. */
enum talk_end {
    TALK_DONE,    /* there is an answer; whether it is a good one its status says */
    TALK_STOPPED, /* nobody wants it any more */
    TALK_FAILED   /* with a message */
};

/* Sends a request, which is freed, with a document behind it where there is one, and takes the
 * answer, which is the caller's to ippDelete(); it is NULL unless TALK_DONE. */
enum talk_end talk_ask(struct talk *talk, ipp_t *request, struct str document, ipp_t **answer);

/* The name of the queue that the user prints to when none is named: of LPDEST, PRINTER or
 * lpoptions, else what the server has. NULL where there is none. */
const char *talk_default(struct talk *talk, struct arena *arena);

/* Adds the message on an answer that says no, with its own words. */
void talk_tell_refused(struct talk *talk, ipp_t *answer);

/* The next talk_ask() is done though nobody wants it any more: a job is cancelled by it. */
void talk_insist(struct talk *talk);

#endif
