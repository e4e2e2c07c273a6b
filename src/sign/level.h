/* The levels of a signature above B-B: time stamps, and what is needed to verify it later. */
#ifndef SIGN_LEVEL_H
#define SIGN_LEVEL_H

#include <stdbool.h>

#include <openssl/x509.h>

#include "banthuek-sign.h"
#include "base/diag.h"
#include "base/str.h"
#include "pki/stamp.h"
#include "sign/lasting.h"

struct cms;
struct key;
struct pdfin;
struct work;

/* What is wanted, and with what. */
struct level {
    struct work *w;
    struct pos pos;
    enum banthuek_pades wanted, reached;
    bool lesser; /* a lesser level will do where a server fails */
    struct stamp_server server;
    STACK_OF(X509) * pool; /* certificates of files; level_close() */
    struct stamp stamp;    /* of the signature, once there is one */
    struct lasting lasting;
};

/* False with SIGN_NO_SERVER, IO_… or SIGN_CERT_…. level_close() is needed in any case. */
bool level_open(struct work *w, struct pos pos, const struct banthuek_sign_options *options,
                struct level *out);
void level_close(struct level *level);

/* Puts a time stamp into the signature where the level wants one. False with SIGN_FETCH_… or
 * SIGN_STAMP_…; where a lesser level will do these are warnings besides SIGN_LESSER. */
bool level_stamp(struct level *level, struct cms *cms);

/* Adds what follows the signature, whose file `lasting` has. False as above, or with SIGN_REVOKED,
 * SIGN_REVOCATION_…. */
bool level_complete(struct level *level, const struct key *key);

/* Adds what is needed to verify the last document time stamp, and a new one. False as above, or
 * with SIGN_NOT_STAMPED. */
bool level_renew(struct level *level);

#endif
