/* Fetching over the net: the only door to it. HTTP without encryption: what is fetched (time
 * stamps, OCSP answers, CRLs) is signed itself and checked by who asked, so that TLS would only
 * bring a question of trust that nobody can answer (no store of the system is used).
 *
 * One request, one answer: no redirections, no cookies, no credentials. The name is looked up once,
 * and the address that was checked is the one connected to. Sizes and times are limited whatever
 * the other side does; the system's own limit for looking a name up comes on top.
 *
 * A proxy in the environment (`http_proxy`, and `no_proxy`) is used, but not for a host that names
 * this machine. The proxy looks the name up again, so that behind one addresses are checked only as
 * far as the URL has one or the name is known here. */
#ifndef PKI_FETCH_H
#define PKI_FETCH_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"
#include "base/str.h"

struct arena;
struct sockaddr;

#define FETCH_SECONDS 20                   /* for one answer, from connecting to its last byte */
#define FETCH_BYTES_MAX ((size_t)64 << 10) /* of a time stamp or an OCSP answer */
#define FETCH_CRL_MAX ((size_t)16 << 20)   /* of a CRL */
#define FETCH_HEAD_MAX ((size_t)16 << 10)  /* of the lines before an answer */
#define FETCH_URL_MAX 2048

struct fetch {
    const char *url;    /* http only */
    struct str body;    /* posted; empty: GET */
    const char *type;   /* of the body; it must be DER */
    const char *answer; /* the type that the answer must have; NULL: any */
    size_t limit;       /* bytes of the answer; 0: FETCH_BYTES_MAX */
    unsigned seconds;   /* 0: FETCH_SECONDS */
    /* Addresses of this machine and of private networks are connected to, too. For servers that
     * the user named or whose certificates the user brought; never for what a PDF names, unless
     * the user says so. */
    bool local;
};

/* Fetches one thing in DER into `arena`. False with SIGN_FETCH_URL, SIGN_FETCH_NAME,
 * SIGN_FETCH_LOCAL, SIGN_FETCH_CONNECT, SIGN_FETCH_TIME, SIGN_FETCH_LARGE or SIGN_FETCH_ANSWER. */
bool fetch(struct arena *arena, struct diags *diags, const struct fetch *fetch, struct str *out);

/* True for an address that is not of the public net: this machine, private and link-local networks,
 * multicast, what is reserved, and IPv6 addresses that stand for such IPv4 ones. */
bool fetch_is_local(const struct sockaddr *address);

#endif
