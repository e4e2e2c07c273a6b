/* Certificates: read out of files, named in messages, put into chains.
 *
 * Lists are OpenSSL's; who gets one frees it with certs_free(). What is read is outside bytes:
 * nothing is trusted for standing in a file. */
#ifndef PKI_CERTS_H
#define PKI_CERTS_H

#include <stdbool.h>
#include <time.h>

#include <openssl/x509.h>

#include "base/diag.h"
#include "base/str.h"

struct arena;

#define CERTS_BYTES_MAX ((size_t)4 << 20) /* of a file of certificates */
#define CERTS_MAX 1000                    /* in one list */
#define CERTS_CHAIN_MAX 10                /* from a signer to its root, both counted */

/* An empty list. Never NULL: without memory it ends as arena_alloc() does. */
STACK_OF(X509) * certs_new(void);
void certs_free(STACK_OF(X509) * certs);

/* Adds a certificate with a reference of its own, unless the list has it already. False when the
 * list has CERTS_MAX. */
bool certs_add(STACK_OF(X509) * certs, X509 *cert);

/* Adds all certificates of a file: PEM (any number, other things between them are passed over),
 * one in DER, or PKCS#7 without content (.p7b) in either. `file` is the name for messages. False
 * with SIGN_CERT_NONE or SIGN_CERT_UNREAD. */
bool certs_read(struct diags *diags, const char *file, struct str bytes, STACK_OF(X509) * certs);

/* One certificate of exactly these DER bytes, without a message; NULL when they are none. */
X509 *certs_of_der(struct str der);

/* A certificate as DER, in `arena`. */
struct str certs_der(struct arena *arena, const X509 *cert);

/* Whom a certificate is for, and who issued it: the common name, else the organization, else the
 * whole name on one line. UTF-8 without control characters. */
struct str certs_subject(struct arena *arena, const X509 *cert);
struct str certs_issuer(struct arena *arena, const X509 *cert);

/* The time in a certificate or in an answer about one; false when it is none that can be. */
bool certs_time(const ASN1_TIME *time, time_t *out);

/* True for a time from notBefore to notAfter, both within. */
bool certs_valid_at(const X509 *cert, time_t at);

/* The day of a time, in UTC, as an argument of a message in both languages. */
const char *certs_day(struct diags *diags, time_t time);

/* True when `cert` names `issuer` as its issuer and its signature is by the issuer's key. */
bool certs_is_issued(X509 *cert, X509 *issuer);

/* True when it is signed by its own key. */
bool certs_is_root(X509 *cert);

/* The chain from `cert` (first, in it) towards a root, of certificates of `pool`: every one is
 * issued by the next, which is a CA; of several the one valid at `at` goes first. The chain ends at
 * a root, or where no issuer is in the pool. The list is the caller's. */
STACK_OF(X509) * certs_chain(X509 *cert, const STACK_OF(X509) * pool, time_t at);

#endif
