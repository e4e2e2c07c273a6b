/* What a file brings along to be believed: certificates, revocation lists and OCSP answers, out of
 * a CMS or a DSS. Nothing of it is believed for standing here: each is signed by who made it. */
#ifndef PKI_EVIDENCE_H
#define PKI_EVIDENCE_H

#include <stdbool.h>

#include <openssl/x509.h>

#include "base/str.h"

struct arena;

#define EVIDENCE_CERTS_MAX 512
#define EVIDENCE_CRLS_MAX 128
#define EVIDENCE_OCSPS_MAX 512
#define EVIDENCE_CERT_BYTES_MAX ((size_t)64 << 10)
#define EVIDENCE_OCSP_BYTES_MAX ((size_t)256 << 10)
#define EVIDENCE_CRL_BYTES_MAX ((size_t)64 << 20)

struct evidence {
    struct arena *arena;
    const struct evidence *known; /* or NULL */
    STACK_OF(X509) * certs;
    struct str *ders; /* of the certificates, as they were brought: reading one takes long */
    size_t der_count, der_cap;
    struct str *crls, *ocsps; /* in DER, as they were brought; ocsps are OCSPResponse */
    size_t crl_count, crl_cap, ocsp_count, ocsp_cap;
};

/* It lives in the arena, but for the certificates, which evidence_free() gives back. */
struct evidence *evidence_new(struct arena *arena);
void evidence_free(struct evidence *evidence);

/* Adds one of the kind in DER; what is none, or is too much, is left out. The certificate is the
 * one that is kept: where there is the same already, that. NULL when it was left out. */
X509 *evidence_cert(struct evidence *evidence, struct str der);
bool evidence_crl(struct evidence *evidence, struct str der);
bool evidence_ocsp(struct evidence *evidence, struct str der);

/* Certificates that another has, which lives longer, need not be read again. */
void evidence_know(struct evidence *evidence, const struct evidence *other);

/* Adds all that another has. */
void evidence_add(struct evidence *evidence, const struct evidence *other);

#endif
