#include "pki/evidence.h"

#include <openssl/err.h>

#include "base/arena.h"

struct evidence *
evidence_new(struct arena *arena)
{
    struct evidence *evidence = arena_alloc(arena, sizeof *evidence);

    evidence->arena = arena;
    evidence->certs = sk_X509_new_null();
    if (evidence->certs == NULL)
        arena_oom(sizeof *evidence);
    return evidence;
}

void
evidence_free(struct evidence *evidence)
{
    if (evidence == NULL)
        return;
    sk_X509_pop_free(evidence->certs, X509_free);
    evidence->certs = NULL;
}

/* The certificate of these bytes that is kept already, or NULL. */
static X509 *
known_cert(const struct evidence *evidence, struct str der)
{
    for (size_t i = 0; i < evidence->der_count; i++) {
        if (str_eq(evidence->ders[i], der))
            return sk_X509_value(evidence->certs, (int)i);
    }
    return NULL;
}

/* Keeps a certificate that is ours to keep or to free, and that is not kept yet. */
static X509 *
keep_cert(struct evidence *evidence, X509 *cert, struct str der)
{
    if (evidence->der_count < EVIDENCE_CERTS_MAX && sk_X509_push(evidence->certs, cert) > 0) {
        *ARENA_ADD(evidence->arena, evidence->ders, evidence->der_count, evidence->der_cap, 8) =
            str_dup(evidence->arena, der);
        return cert;
    }
    X509_free(cert);
    return NULL;
}

void
evidence_know(struct evidence *evidence, const struct evidence *other)
{
    evidence->known = other;
}

X509 *
evidence_cert(struct evidence *evidence, struct str der)
{
    const unsigned char *at = (const unsigned char *)der.ptr;

    if (der.len == 0 || der.len > EVIDENCE_CERT_BYTES_MAX)
        return NULL;
    X509 *known = known_cert(evidence, der);
    if (known != NULL)
        return known;
    known = evidence->known == NULL ? NULL : known_cert(evidence->known, der);
    if (known != NULL && X509_up_ref(known) == 1)
        return keep_cert(evidence, known, der);
    X509 *cert = d2i_X509(NULL, &at, (long)der.len);
    ERR_clear_error();
    if (cert == NULL)
        return NULL;
    if (at != (const unsigned char *)der.ptr + der.len) {
        X509_free(cert);
        return NULL;
    }
    return keep_cert(evidence, cert, der);
}

static bool
is_there(const struct str *list, size_t count, struct str der)
{
    for (size_t i = 0; i < count; i++) {
        if (str_eq(list[i], der))
            return true;
    }
    return false;
}

bool
evidence_crl(struct evidence *evidence, struct str der)
{
    if (is_there(evidence->crls, evidence->crl_count, der))
        return true;
    if (der.len == 0 || der.len > EVIDENCE_CRL_BYTES_MAX ||
        evidence->crl_count >= EVIDENCE_CRLS_MAX)
        return false;
    *ARENA_ADD(evidence->arena, evidence->crls, evidence->crl_count, evidence->crl_cap, 4) = der;
    return true;
}

bool
evidence_ocsp(struct evidence *evidence, struct str der)
{
    if (is_there(evidence->ocsps, evidence->ocsp_count, der))
        return true;
    if (der.len == 0 || der.len > EVIDENCE_OCSP_BYTES_MAX ||
        evidence->ocsp_count >= EVIDENCE_OCSPS_MAX)
        return false;
    *ARENA_ADD(evidence->arena, evidence->ocsps, evidence->ocsp_count, evidence->ocsp_cap, 4) = der;
    return true;
}

void
evidence_add(struct evidence *evidence, const struct evidence *other)
{
    for (int i = 0; i < sk_X509_num(other->certs); i++) {
        X509 *cert = sk_X509_value(other->certs, i);
        struct str der = other->ders[i];
        if (known_cert(evidence, der) == NULL && X509_up_ref(cert) == 1)
            (void)keep_cert(evidence, cert, der);
    }
    for (size_t i = 0; i < other->crl_count; i++)
        (void)evidence_crl(evidence, other->crls[i]);
    for (size_t i = 0; i < other->ocsp_count; i++)
        (void)evidence_ocsp(evidence, other->ocsps[i]);
}
