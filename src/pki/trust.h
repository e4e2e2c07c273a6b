/* Whom a certificate belongs to: chains up to the roots that the user named, and nothing else. The
 * certificates between come from the file (CMS, DSS) and are believed for their signatures only. */
#ifndef PKI_TRUST_H
#define PKI_TRUST_H

#include <stdbool.h>
#include <stddef.h>
#include <time.h>

#include <openssl/x509.h>

#include "base/diag.h"
#include "pki/evidence.h"

struct arena;
struct files;
struct trust;

#define TRUST_FILE_MAX ((size_t)4 << 20)
#define TRUST_DEPTH_MAX 10 /* certificates between signer and root */

/* Reads the roots: files, and folders of files (.pem, .crt, .cer, .der, .p7b), PEM or DER. None
 * is named: nothing is known. NULL with IO_…, SIGN_CERT_… or VERIFY_TRUST_EMPTY. The bytes live in
 * `arena`; trust_close() gives back the rest, and takes NULL. */
struct trust *trust_open(struct arena *arena, struct diags *diags, const struct files *files,
                         const char *const *paths, size_t count);
void trust_close(struct trust *trust);

size_t trust_count(const struct trust *trust);

enum trust_use { TRUST_SIGNING, TRUST_STAMPING };

enum trust_answer {
    TRUST_KNOWN,   /* it leads to one of the roots, and was valid */
    TRUST_UNKNOWN, /* it leads to none of them */
    TRUST_REFUSED  /* it may not be used so, was not valid then, or is weak */
};

struct trust_job {
    X509 *cert;
    const struct evidence *evidence;
    time_t at; /* when it was used */
    enum trust_use use;
    struct pos pos; /* of messages */
};

struct trust_found {
    enum trust_answer answer;
    STACK_OF(X509) * chain; /* the certificate first, as far as it is known; certs_free() */
    bool is_rooted;         /* the last one is one of the roots */
};

/* Asks it. What is wrong is added: errors VERIFY_CERT_… for TRUST_REFUSED, a warning for
 * TRUST_UNKNOWN. */
void trust_ask(const struct trust *trust, struct arena *arena, struct diags *diags,
               const struct trust_job *job, struct trust_found *out);

/* A time as an argument of a message: "2026-11-29 08:45 (UTC+7)", "29 พ.ย. 2569 เวลา 08.45 น.". */
const char *trust_time_text(struct diags *diags, time_t at);

#endif
