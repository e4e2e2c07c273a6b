/* The signature itself: CMS SignedData for PAdES (ETSI EN 319 142-1, B-B; with a time stamp B-T).
 *
 * Detached, one signer, signed attributes contentType, messageDigest and signingCertificateV2 and
 * no others: signingTime and SMIMECapabilities are not allowed there, and OpenSSL adds them when it
 * signs itself. So OpenSSL builds the structure, and the key signs the attributes. It holds the
 * signer's certificate and those between it and its root; the root is with whoever trusts it. */
#ifndef PKI_CMS_H
#define PKI_CMS_H

#include <stdbool.h>
#include <stddef.h>

#include "base/diag.h"
#include "base/str.h"

struct arena;
struct cms;
struct key;

/* The most bytes that cms_der() can give for this key without a time stamp: what room is to be
 * reserved for is known before anything is signed. With a stamp, STAMP_ROOM comes on top: a chain
 * of RSA-4096 and a stamp of such together take more than 8 KB. */
size_t cms_room(const struct key *key);

/* Signs: `hash` is the key_digest() of what is signed, all of its bytes. The key works once. NULL
 * with SIGN_FAILED, SIGN_WRONG or SIGN_COMMAND_…. cms_close() takes it back; NULL is allowed. */
struct cms *cms_sign(struct arena *arena, struct diags *diags, struct key *key, struct str hash);
void cms_close(struct cms *cms);

/* The value of the signature: what a signature time stamp is of. Lives as long as `cms`. */
struct str cms_value(const struct cms *cms);

/* Puts a time stamp of the value (stamp_get()) into it, as an unsigned attribute. */
bool cms_add_stamp(struct cms *cms, struct diags *diags, struct str token);

/* The DER bytes for /Contents, in `arena`. */
bool cms_der(const struct cms *cms, struct arena *arena, struct diags *diags, struct str *out);

#endif
