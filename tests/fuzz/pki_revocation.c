/* Reading any bytes as a certificate, its issuer, and what an OCSP server or a CRL says of it: no
 * crash, no hang. */
#include <stdlib.h>

#include <openssl/err.h>

#include "base/arena.h"
#include "pki/certs.h"
#include "pki/revocation.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static X509 *
take(const unsigned char **at, const unsigned char *end)
{
    return end > *at ? d2i_X509(NULL, at, end - *at) : NULL;
}

static void
judge(struct revocation_answer answer)
{
    if (answer.state == REVOCATION_GOOD && answer.this_update == 0)
        abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const unsigned char *at = data, *end = data + size;
    X509 *cert = take(&at, end), *issuer = take(&at, end);
    struct str rest = {(const char *)at, (size_t)(end - at)};

    if (cert != NULL && issuer != NULL && rest.len > 0) {
        judge(revocation_of_ocsp(rest, cert, issuer, 0));
        judge(revocation_of_crl(rest, cert, issuer, 0));
    }
    X509_free(cert);
    X509_free(issuer);
    ERR_clear_error(); /* what it keeps would be looked at as a leak after each run */
    return 0;
}
