/* What a file brings along to be believed: certificates, revocation lists and OCSP answers, out of
 * a CMS or a DSS. Nothing of it is believed for standing here: each is signed by who made it. */
#ifndef SIGN_EVIDENCE_H
#define SIGN_EVIDENCE_H

#include <openssl/ocsp.h>
#include <openssl/x509.h>

#include "base/str.h"

struct arena;

#define EVIDENCE_CERTS_MAX 512
#define EVIDENCE_CRLS_MAX 128
#define EVIDENCE_OCSPS_MAX 512
#define EVIDENCE_CERT_BYTES_MAX ((size_t)64 << 10)
#define EVIDENCE_CRL_BYTES_MAX ((size_t)64 << 20)

DEFINE_STACK_OF(OCSP_BASICRESP)

struct evidence {
    STACK_OF(X509) * certs;
    STACK_OF(X509_CRL) * crls;
    STACK_OF(OCSP_BASICRESP) * ocsps;
};

/* evidence_free() gives it back with all that is in it. */
struct evidence *evidence_new(void);
void evidence_free(struct evidence *evidence);

/* Adds one of the kind in DER; what is none, or is too much, is left out. The certificate is the
 * one that is kept: where there is the same already, that. NULL when it was left out. */
X509 *evidence_cert(struct evidence *evidence, struct str der);
bool evidence_crl(struct evidence *evidence, struct str der);
bool evidence_ocsp(struct evidence *evidence, struct str der); /* an OCSPResponse */

/* Adds all that another has. */
void evidence_add(struct evidence *evidence, const struct evidence *other);

#endif
