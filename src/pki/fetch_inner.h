/* A connection that ends by itself: after some seconds, or some bytes that came over it. */
#ifndef PKI_FETCH_INNER_H
#define PKI_FETCH_INNER_H

#include <stdbool.h>
#include <stddef.h>

#include <openssl/bio.h>

#include "base/diag.h"

struct arena;

enum talk_fault { TALK_FINE, TALK_LATE, TALK_LARGE, TALK_BROKEN };

struct fetch_talk {
    struct arena *arena;
    struct diags *diags;
    const char *name; /* for messages */
    int fd;           /* -1: none */
    int error;        /* of connecting */
    size_t limit;     /* bytes, for the message */
    size_t left;      /* bytes that may still come */
    unsigned seconds;
    long long deadline;
    enum talk_fault fault;
    BIO_METHOD *method; /* freed by fetch_talk_close() */
};

/* From now on the seconds count. */
void fetch_talk_begin(struct fetch_talk *talk);

/* Waits until it can be read (POLLIN) or written (POLLOUT); false when it is too late. */
bool fetch_talk_wait(struct fetch_talk *talk, short what);

/* The connection for OpenSSL; NULL without memory. It ends before fetch_talk_close(). */
BIO *fetch_talk_bio(struct fetch_talk *talk);

/* Adds what is wrong with the connection, if anything is. False. */
bool fetch_talk_tell(struct fetch_talk *talk);

void fetch_talk_close(struct fetch_talk *talk);

#endif
