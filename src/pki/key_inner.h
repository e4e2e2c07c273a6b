/* What the files of key.h share. */
#ifndef PKI_KEY_INNER_H
#define PKI_KEY_INNER_H

#include <openssl/pkcs12.h>

#include "pki/certs.h"
#include "pki/key.h"

struct key_token;

struct key {
    enum key_algorithm algorithm;
    EVP_PKEY *pkey; /* NULL for a command */
    X509 *cert;
    STACK_OF(X509) * chain;
    struct key_token *token; /* NULL when it is on none */
    const char *command;     /* NULL when no program signs */
    unsigned command_seconds;
};

/* A key being opened. Whoever opens it where it is sets pkey and adds to the lists. */
struct key_opening {
    struct arena *arena;
    struct diags *diags;
    const struct key_source *source;
    const struct files *files;
    struct key *key;
    STACK_OF(X509) * own;  /* certificates of which one is the signer's */
    STACK_OF(X509) * pool; /* those and all others, for the chain */
    const char *where;     /* what certificates were looked for in, for messages */
    char *secret;          /* KEY_SECRET_MAX bytes, once asked for */
    bool asked, answered;
};

/* The passphrase or PIN, asked for when it is wanted first; NULL when there is none, of which the
 * first time adds SIGN_SECRET_NONE. */
const char *key_secret(struct key_opening *opening, const struct key_secret *what);

/* Reads a file of at most `limit` bytes; what was read is to be given to key_forget(). */
bool key_read(struct key_opening *opening, const char *path, size_t limit, struct str *out);
void key_forget(struct str bytes);

/* Adds what is wrong, and is false. */
bool key_fail(struct key_opening *opening, enum diag_code code, const char *file, const char *arg1,
              const char *arg2);

/* What OpenSSL says of its last error, for people who look further; errors are forgotten. */
const char *key_reason(struct diags *diags);

/* How a key file is encrypted. */
struct key_sealing {
    long long iterations; /* of all that a passphrase is hashed for, cut above KEY_ITERATIONS_MAX */
    bool old;             /* by what can be broken */
};
struct key_sealing key_sealing_of_pem(struct str bytes);
struct key_sealing key_sealing_of_p12(const PKCS12 *p12);

/* Opens the key of a PEM or PKCS#12 file. */
bool key_file_open(struct key_opening *opening);

/* Opens a key on a token; key_token_close() ends what it began, also when it failed. */
bool key_token_open(struct key_opening *opening);
void key_token_close(struct key_token *token);

/* Lets the program sign. What it gave is not checked, but for ECDSA may be r and s. */
bool key_command_sign(const struct key *key, struct arena *arena, struct diags *diags,
                      struct str message, struct str *signature);

#endif
