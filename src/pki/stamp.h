/* Time stamps (RFC 3161): asking a server for one, and checking one.
 *
 * Both kinds of PAdES use it: a signature time stamp is of the value of a signature (cms_value()),
 * a document time stamp of the bytes of the file. */
#ifndef PKI_STAMP_H
#define PKI_STAMP_H

#include <stdbool.h>
#include <time.h>

#include <openssl/x509.h>

#include "base/diag.h"
#include "base/str.h"

struct arena;

#define STAMP_OFF_MAX 600 /* seconds that its time may be off this machine's clock */
/* What a stamp takes of room in a signature: servers in use send up to three certificates of
 * RSA-4096, some 6 KB. */
#define STAMP_ROOM ((size_t)8192)
#define STAMP_BYTES_MAX ((size_t)64 << 10)

/* A time stamp that was checked. */
struct stamp {
    struct str token; /* DER: a CMS ContentInfo with a TSTInfo */
    time_t time;
    X509 *signer;           /* the server's certificate, out of the token */
    STACK_OF(X509) * certs; /* all that the token has; stamp_close() takes both back */
};

void stamp_close(struct stamp *stamp);

struct stamp_server {
    const char *url;  /* http only, see fetch.h; addresses of private networks are allowed: the
                       * user named it */
    unsigned seconds; /* 0: FETCH_SECONDS */
    time_t now;       /* 0: this machine's clock */
};

/* Asks for a time stamp of `bytes` by SHA-256, with a nonce and the server's certificate. It was
 * checked as stamp_check() does, and its time is within STAMP_OFF_MAX of the clock. False with
 * SIGN_FETCH_…, SIGN_STAMP_REFUSED (the server's own words),
 * SIGN_STAMP_WRONG (what of it) or SIGN_STAMP_OFF. */
bool stamp_get(struct arena *arena, struct diags *diags, const struct stamp_server *server,
               struct str bytes, struct stamp *out);

/* The same for bytes whose SHA-256 is known, 32 bytes: a document time stamp is of bytes that lie
 * in two pieces. */
bool stamp_get_of_hash(struct arena *arena, struct diags *diags, const struct stamp_server *server,
                       struct str hash, struct stamp *out);

/* What both do with the server's reply, a TimeStampResp in DER: `nonce` are the bytes that were
 * sent, a positive number. */
bool stamp_of_reply(struct arena *arena, struct diags *diags, const struct stamp_server *server,
                    struct str reply, struct str hash, struct str nonce, struct stamp *out);

/* What is wrong with a time stamp. */
enum stamp_fault {
    STAMP_GOOD,
    STAMP_DAMAGED,   /* no time-stamp token that can be read */
    STAMP_IMPRINT,   /* it is of something else */
    STAMP_NONCE,     /* the answer to another question */
    STAMP_CERT,      /* the certificate is missing, or not for time stamps alone */
    STAMP_EXPIRED,   /* the certificate was not valid at the stamp's time */
    STAMP_ESS,       /* signed with another certificate than it says */
    STAMP_WEAK,      /* a hash or key that does not hold any more (SHA-1, RSA below 2048) */
    STAMP_SIGNATURE, /* the signature does not fit */
};

/* Checks a token by itself: of the bytes of `pieces` one after the other, by a certificate in it
 * whose only extended use is critical and timeStamping, valid at the time of the stamp, named by
 * ESS, with a good signature by hashes and keys that hold. Whether the server is trusted is not
 * asked here: `out` has its certificates. The hash may be SHA-256, SHA-384 or SHA-512. `out` is
 * filled only for STAMP_GOOD. */
enum stamp_fault stamp_check(struct arena *arena, struct str token, const struct str *pieces,
                             size_t count, struct stamp *out);

/* A fault as an argument of a message, in both languages. */
const char *stamp_fault_text(struct diags *diags, enum stamp_fault fault);

#endif
