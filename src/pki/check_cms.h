/* A CMS SignedData checked as a signature of a PDF, or as a time-stamp token, has to be: more
 * strictly than CMS_verify() of OpenSSL, which asks neither for signed attributes nor for one
 * signer only, nor which certificate the signer meant. Whom the certificate belongs to is not asked
 * here (trust.h). */
#ifndef PKI_CHECK_CMS_H
#define PKI_CHECK_CMS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"
#include "pki/evidence.h"
#include "pki/signed_data.h"

struct arena;

struct check_cms_job {
    struct str bytes;       /* zeroes may stand behind it */
    const struct str *part; /* pieces of what is signed; NULL: it is inside the CMS */
    size_t part_count;
    struct str content_type;   /* OID_DATA, OID_TST_INFO */
    bool needs_ess;            /* the signer has to name the certificate */
    struct evidence *evidence; /* takes the certificates, lists and answers that stand in the CMS */
    struct pos at;             /* of messages */
};

struct check_cms {
    /* what is wrong, each with an error VERIFY_…; nothing: what was signed is what is there, and
     * was signed with the key of `signer` */
    bool broken;  /* the bytes, the value or the form is not what a signature has */
    bool unsure;  /* it rests on what proves nothing any more: SHA-1, MD5 */
    bool refused; /* the key is not accepted */

    bool is_by_signer; /* the attributes are signed with the key of `signer`, whatever is wrong */
    X509 *signer;      /* in `evidence`; NULL when it is not there */
    const char *digest, *key; /* "SHA-256", "RSA-3072"; or NULL */
    bool has_ess, has_ess_v2, has_signing_time;
    struct str signing_time; /* as ASN.1 writes it: "201116170537Z" */
    struct signed_data cms;
};

/* Checks it. True when nothing is wrong. */
bool check_cms(struct arena *arena, struct diags *diags, const struct check_cms_job *job,
               struct check_cms *out);

#endif
