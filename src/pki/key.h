/* A private key wherever it is, with its certificate and chain: PEM, PKCS#12, a token or card
 * (PKCS#11), or a program that signs elsewhere.
 *
 * Opening checks all that can be known before anything is signed: that key and certificate belong
 * together, that the certificate may sign and is valid, that the chain is whole. Every signature is
 * checked against the certificate before it is given out, whoever made it.
 *
 * No passphrase or PIN stands in a message, in an argument of a program or in its environment, and
 * none is tried twice. Memory that held one, or a key, is overwritten before it is given back.
 *
 * A program that signs (`command`) is cut at blanks and started without a shell, with the
 * environment and standard error of ours. On standard input it gets one line of ASCII, ended by
 * "\n": the algorithm, a blank and the number of bytes that follow; then these bytes, the signed
 * attributes in DER; then the end. The algorithm is RSA-SHA256 (PKCS#1 v1.5), RSA-PSS-SHA256 (MGF1
 * with SHA-256, 32 bytes of salt), ECDSA-SHA256 or ECDSA-SHA384: the message is what follows the
 * line, its hash is for the program to make. On standard output it writes the signature and
 * nothing else: of RSA as many bytes as the modulus has, of ECDSA either DER or r and s of 32 (48)
 * bytes each, and exits with 0. For example, with a key in a file:
 *
 *   #!/bin/bash
 *   read -r algorithm size
 *   head -c "$size" | openssl dgst -sha256 -sign key.pem
 */
#ifndef PKI_KEY_H
#define PKI_KEY_H

#include <stdbool.h>
#include <stddef.h>
#include <time.h>

#include <openssl/evp.h>
#include <openssl/x509.h>

#include "base/diag.h"
#include "base/str.h"

struct arena;
struct files;
struct key;

#define KEY_FILE_MAX ((size_t)1 << 20)   /* bytes of a key file */
#define KEY_SECRET_MAX 1024              /* bytes of a passphrase or PIN, NUL counted */
#define KEY_ITERATIONS_MAX 5000000       /* in a file's encryption: more would take too long */
#define KEY_SIGNATURE_MAX ((size_t)4096) /* bytes that a program may write */
#define KEY_COMMAND_SAYS_MAX 8192        /* bytes of its standard error that are passed on */
#define KEY_COMMAND_SECONDS 180          /* it may ask a person's telephone */
#define KEY_RSA_BITS_MIN 2048
#define KEY_RSA_BITS_MAX 16384

/* ---- passphrases and PINs */

enum key_secret_kind { KEY_PASSPHRASE, KEY_PIN };

/* What a token tells of how many wrong PINs it still takes. */
enum key_tries { KEY_TRIES_FINE, KEY_TRIES_FEW /* one was wrong lately */, KEY_TRIES_LAST };

/* What is asked for. */
struct key_secret {
    enum key_secret_kind kind;
    const char *of; /* the file's path, the token's label */
    enum key_tries tries;
};

/* Writes a NUL-ended passphrase or PIN into `out`, which has KEY_SECRET_MAX bytes and is
 * overwritten after use. False when there is none: SIGN_SECRET_NONE is added by who asked. It is
 * called once for each key_open() at most, and not at all where nothing is encrypted or the card's
 * reader has keys of its own for the PIN. */
struct key_asker {
    bool (*ask)(void *user, const struct key_secret *secret, char *out);
    void *user;
};

/* ---- opening */

/* Where the key is: exactly one of `file`, `module` and `command`. What is NULL or 0 is not given.
 */
struct key_source {
    const struct files *files; /* NULL: the file system */
    const char *file;          /* PEM or PKCS#12, told apart by what it holds */

    const char *module; /* of PKCS#11: the path of a shared library */
    const char *token;  /* its label or serial number; needed where there are several */
    const char *id;     /* CKA_ID in hexadecimal digits, with or without ":" between bytes;
                         * needed where there are several keys */

    const char *command;      /* a program and its arguments */
    unsigned command_seconds; /* 0: KEY_COMMAND_SECONDS */

    const char *cert_file; /* needed for a command, and where file or card have none */
    const char *const *chain_files;
    size_t chain_count;

    bool pss;              /* RSA signs by PSS, not by PKCS#1 v1.5 */
    bool incomplete_chain; /* that the signer's issuer is missing is a warning, not an error */
    time_t now;            /* 0: this machine's clock */
    struct key_asker asker;
};

/* Opens a key; it lives in `arena`, but what OpenSSL and libp11 hold is given back by key_close(),
 * before the arena. NULL with SIGN_KEY_…, SIGN_MODULE, SIGN_TOKEN_…, SIGN_PIN,
 * SIGN_SECRET_NONE, SIGN_PASSPHRASE, SIGN_CERT_…, SIGN_MISMATCH or SIGN_CHAIN_INCOMPLETE. Notes and
 * warnings: SIGN_KEY_OLD (old encryption of the file), SIGN_CHAIN_ROOT (all are there but the root,
 * as is usual), SIGN_CHAIN_SHORT. */
struct key *key_open(struct arena *arena, struct diags *diags, const struct key_source *source);
void key_close(struct key *key);

/* ---- what is known of it */

enum key_algorithm { KEY_RSA_SHA256, KEY_RSA_PSS_SHA256, KEY_ECDSA_SHA256, KEY_ECDSA_SHA384 };

enum key_algorithm key_algorithm(const struct key *key);

/* "RSA-SHA256" and so on, as programs that sign are told. */
const char *key_algorithm_name(enum key_algorithm algorithm);

/* The hash that goes with the key: of the file's bytes, and of the signed attributes. */
const EVP_MD *key_digest(const struct key *key);

/* The signer's certificate, and its chain: the signer first, the root last where it is known. They
 * live as long as the key. */
X509 *key_certificate(const struct key *key);
const STACK_OF(X509) * key_chain(const struct key *key);

/* ---- signing */

/* Signs `message`, which is hashed by key_digest(). The signature, in `arena`, is DER for ECDSA,
 * and was checked against the certificate. False with SIGN_FAILED, SIGN_WRONG or SIGN_COMMAND_…. */
bool key_sign(struct key *key, struct arena *arena, struct diags *diags, struct str message,
              struct str *signature);

/* What key_open() asks of a signer's certificate: valid at `now`, no CA, of a key that is signed
 * with here, and, where it says what it may be used for, to sign. False with SIGN_CERT_…, which
 * say what to do. */
bool key_certificate_is_fit(struct arena *arena, struct diags *diags, const char *file, X509 *cert,
                            time_t now);

#endif
