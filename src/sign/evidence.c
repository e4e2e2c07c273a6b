#include "sign/evidence.h"

#include <openssl/err.h>

#include "base/arena.h"

struct evidence *
evidence_new(void)
{
    struct evidence *evidence = OPENSSL_zalloc(sizeof *evidence);

    if (evidence == NULL)
        arena_oom(sizeof *evidence);
    evidence->certs = sk_X509_new_null();
    evidence->crls = sk_X509_CRL_new_null();
    evidence->ocsps = sk_OCSP_BASICRESP_new_null();
    if (evidence->certs == NULL || evidence->crls == NULL || evidence->ocsps == NULL)
        arena_oom(sizeof *evidence);
    return evidence;
}

void
evidence_free(struct evidence *evidence)
{
    if (evidence == NULL)
        return;
    sk_X509_pop_free(evidence->certs, X509_free);
    sk_X509_CRL_pop_free(evidence->crls, X509_CRL_free);
    sk_OCSP_BASICRESP_pop_free(evidence->ocsps, OCSP_BASICRESP_free);
    OPENSSL_free(evidence);
}

/* Keeps a certificate that is ours to keep or to free. */
static X509 *
keep_cert(struct evidence *evidence, X509 *cert)
{
    for (int i = 0; i < sk_X509_num(evidence->certs); i++) {
        X509 *other = sk_X509_value(evidence->certs, i);
        if (X509_cmp(other, cert) == 0) {
            X509_free(cert);
            return other;
        }
    }
    if (sk_X509_num(evidence->certs) < EVIDENCE_CERTS_MAX &&
        sk_X509_push(evidence->certs, cert) > 0)
        return cert;
    X509_free(cert);
    return NULL;
}

X509 *
evidence_cert(struct evidence *evidence, struct str der)
{
    const unsigned char *at = (const unsigned char *)der.ptr;

    if (der.len == 0 || der.len > EVIDENCE_CERT_BYTES_MAX)
        return NULL;
    X509 *cert = d2i_X509(NULL, &at, (long)der.len);
    ERR_clear_error();
    if (cert == NULL)
        return NULL;
    if (at != (const unsigned char *)der.ptr + der.len) {
        X509_free(cert);
        return NULL;
    }
    return keep_cert(evidence, cert);
}

static bool
keep_crl(struct evidence *evidence, X509_CRL *crl)
{
    if (sk_X509_CRL_num(evidence->crls) < EVIDENCE_CRLS_MAX &&
        sk_X509_CRL_push(evidence->crls, crl) > 0)
        return true;
    X509_CRL_free(crl);
    return false;
}

bool
evidence_crl(struct evidence *evidence, struct str der)
{
    const unsigned char *at = (const unsigned char *)der.ptr;

    if (der.len == 0 || der.len > EVIDENCE_CRL_BYTES_MAX)
        return false;
    X509_CRL *crl = d2i_X509_CRL(NULL, &at, (long)der.len);
    ERR_clear_error();
    return crl != NULL && keep_crl(evidence, crl);
}

static bool
keep_ocsp(struct evidence *evidence, OCSP_BASICRESP *answer)
{
    if (sk_OCSP_BASICRESP_num(evidence->ocsps) < EVIDENCE_OCSPS_MAX &&
        sk_OCSP_BASICRESP_push(evidence->ocsps, answer) > 0)
        return true;
    OCSP_BASICRESP_free(answer);
    return false;
}

bool
evidence_ocsp(struct evidence *evidence, struct str der)
{
    const unsigned char *at = (const unsigned char *)der.ptr;

    if (der.len == 0 || der.len > EVIDENCE_CERT_BYTES_MAX)
        return false;
    OCSP_RESPONSE *response = d2i_OCSP_RESPONSE(NULL, &at, (long)der.len);
    OCSP_BASICRESP *answer =
        response != NULL && OCSP_response_status(response) == OCSP_RESPONSE_STATUS_SUCCESSFUL
            ? OCSP_response_get1_basic(response)
            : NULL;
    OCSP_RESPONSE_free(response);
    ERR_clear_error();
    return answer != NULL && keep_ocsp(evidence, answer);
}

void
evidence_add(struct evidence *evidence, const struct evidence *other)
{
    for (int i = 0; i < sk_X509_num(other->certs); i++) {
        X509 *cert = sk_X509_value(other->certs, i);
        if (X509_up_ref(cert) == 1)
            (void)keep_cert(evidence, cert);
    }
    for (int i = 0; i < sk_X509_CRL_num(other->crls); i++) {
        X509_CRL *crl = sk_X509_CRL_value(other->crls, i);
        if (X509_CRL_up_ref(crl) == 1)
            (void)keep_crl(evidence, crl);
    }
    for (int i = 0; i < sk_OCSP_BASICRESP_num(other->ocsps); i++) {
        /* answers are not counted by OpenSSL: a copy */
        OCSP_BASICRESP *answer =
            ASN1_item_dup(ASN1_ITEM_rptr(OCSP_BASICRESP), sk_OCSP_BASICRESP_value(other->ocsps, i));
        if (answer != NULL)
            (void)keep_ocsp(evidence, answer);
    }
}
