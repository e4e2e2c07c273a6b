/* Whether a certificate of a chain had been revoked when it was used, by what the file brought
 * along (or was fetched): what each list or answer says is asked of revocation.h, whether it is of
 * the right time is judged here. */
#ifndef PKI_REVOKED_H
#define PKI_REVOKED_H

#include <stdbool.h>
#include <time.h>

#include "pki/evidence.h"

#define REVOKED_KNOWN_MAX 2048

/* Answers that were read already: the same ones are asked of every signature and for every level.
 * Begins with zeroes but for the arena. */
struct revoked_known;
struct revoked_cache {
    struct arena *arena;
    struct revoked_known *known;
    size_t count, cap;
};

struct revoked_job {
    struct revoked_cache *cache;
    X509 *cert, *issuer;
    const struct evidence *evidence;
    time_t at;      /* when it was used */
    bool is_proven; /* by a trusted time stamp, so that a later revocation says nothing */
    time_t now;     /* nothing later than this is taken */
};

enum revoked_answer {
    REVOKED_NO,
    REVOKED_YES,
    REVOKED_MISSING,  /* nothing that is good for that time */
    REVOKED_NO_SOURCE /* the same, and the certificate names nobody who could be asked */
};

struct revoked {
    enum revoked_answer answer;
    time_t when;   /* REVOKED_YES: since */
    bool is_later; /* REVOKED_NO, but revoked after the proven time */
    bool is_old;   /* REVOKED_MISSING: there was something, but too old, or of before that time */
};

struct revoked revoked_ask(const struct revoked_job *job);

#endif
