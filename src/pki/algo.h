/* Which algorithms are accepted in signatures, certificates and time stamps, by a list: what is not
 * on it proves nothing. Names are as people know them: "SHA-1", "RSA-1024", "P-256". */
#ifndef PKI_ALGO_H
#define PKI_ALGO_H

#include <openssl/evp.h>
#include <openssl/x509.h>

#include "base/str.h"

struct arena;

#define ALGO_RSA_BITS_MIN 2048

/* SHA-256, SHA-384 or SHA-512; NULL for any other, whose name goes into *name. */
const EVP_MD *algo_digest(struct arena *arena, const X509_ALGOR *algorithm, const char **name);

/* True for RSA of 2048 bits or more and for P-256, P-384 and P-521. *name is what it is. */
bool algo_key(struct arena *arena, const EVP_PKEY *key, const char **name);

/* True when a signature is made with a digest that is accepted, over a key of its kind; *name is
 * the one that is not. `digest` NULL: any that is accepted. */
bool algo_signature(struct arena *arena, const X509_ALGOR *algorithm, const EVP_PKEY *key,
                    const EVP_MD *digest, const char **name);

/* True when `value` is the signature of `bytes`; algo_signature() was true of the rest. */
bool algo_verify(const X509_ALGOR *algorithm, EVP_PKEY *key, const EVP_MD *digest, struct str bytes,
                 struct str value);

#endif
