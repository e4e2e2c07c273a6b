/* Whether certificates were revoked: OCSP answers (RFC 6960) and CRLs (RFC 5280), checked, and
 * collected over the net for the DSS of a PDF (B-LT). */
#ifndef PKI_REVOCATION_H
#define PKI_REVOCATION_H

#include <stdbool.h>
#include <stddef.h>
#include <time.h>

#include <openssl/x509.h>

#include "base/diag.h"
#include "base/str.h"

struct arena;
struct stamp;

#define REVOCATION_SKEW 300  /* seconds that clocks may differ */
#define REVOCATION_DAY 86400 /* how old an answer without nextUpdate may be */

/* ---- one answer */

enum revocation_state {
    REVOCATION_GOOD,
    REVOCATION_REVOKED,  /* at revoked_at */
    REVOCATION_UNKNOWN,  /* the server does not know the certificate */
    REVOCATION_OTHER,    /* it tells nothing of this certificate */
    REVOCATION_OLD,      /* nextUpdate is over */
    REVOCATION_EARLY,    /* thisUpdate is to come */
    REVOCATION_UNSIGNED, /* not signed by the issuer or one whom it charged */
    REVOCATION_DAMAGED,  /* cannot be read, or the server refused */
};

/* What an answer says; times are 0 where it has none. */
struct revocation_answer {
    enum revocation_state state;
    time_t this_update, next_update, revoked_at;
    int reason; /* of RFC 5280 CRLReason; -1 where none is said */
};

/* What one OCSP answer (an OCSPResponse in DER) or one CRL says of `cert`, whose issuer is
 * `issuer`. Its signature must be by the issuer, or for OCSP by a certificate that the issuer made
 * for that. Nothing is taken from an answer that is not so signed. `at` is the time it must be in
 * force at; 0: its dates are told, not judged. A delta CRL, one by another than the issuer, one of
 * some reasons only, or one for another part of the issuer's certificates tells nothing
 * (REVOCATION_OTHER). */
struct revocation_answer revocation_of_ocsp(struct str der, X509 *cert, X509 *issuer, time_t at);
struct revocation_answer revocation_of_crl(struct str der, X509 *cert, X509 *issuer, time_t at);

/* ---- all that a DSS needs */

struct revocation_list {
    struct str *der;
    size_t count, cap;
};

/* What was collected, each thing once. Lives in the arena that it was made with. */
struct revocations {
    struct arena *arena;
    struct revocation_list certs, ocsps, crls;
};

struct revocation_rules {
    unsigned seconds; /* for one answer; 0: FETCH_SECONDS */
    bool local;       /* as in fetch.h */
    time_t now;       /* 0: this machine's clock */
};

struct revocations *revocations_new(struct arena *arena);

/* Adds DER bytes unless the list has them. */
void revocations_add(struct revocations *to, struct revocation_list *list, struct str der);

/* Collects for a chain (certs_chain(): the certificate first): every certificate, and for each but
 * the root an OCSP answer from where the certificate names a server, else a CRL; where both are
 * named and no OCSP server answers, the CRL. A delegated OCSP responder is asked for, too, by CRL,
 * unless its certificate has id-pkix-ocsp-nocheck. Each answer was checked as above; a server that
 * gives a wrong one is not stood in for by another. False with SIGN_REVOKED, SIGN_REVOCATION_NONE
 * (the certificate names no source by http), SIGN_REVOCATION_CHAIN (its issuer is not in the
 * chain), SIGN_REVOCATION_BAD (what of the answer, and whose) or SIGN_FETCH_…; what had been
 * collected by then stays. */
bool revocations_collect(struct revocations *to, struct diags *diags, const STACK_OF(X509) * chain,
                         const struct revocation_rules *rules);

/* The same for a time stamp: for the chain of its certificate, of those it has and those that are
 * known besides. */
bool revocations_collect_stamp(struct revocations *to, struct diags *diags,
                               const struct stamp *stamp, const STACK_OF(X509) * known,
                               const struct revocation_rules *rules);

/* A state as an argument of a message, in both languages. */
const char *revocation_state_text(struct diags *diags, enum revocation_state state);

#endif
