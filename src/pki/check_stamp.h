/* A time-stamp token (RFC 3161) checked as evidence: of a signature's value, or of the bytes of a
 * file (a document time stamp). */
#ifndef PKI_CHECK_STAMP_H
#define PKI_CHECK_STAMP_H

#include "pki/check_cms.h"
#include "pki/trust.h"

#define CHECK_STAMP_SKEW 600 /* seconds that its clock may go before ours */

struct check_stamp_job {
    struct str token;
    const struct str *part; /* pieces of what it is of */
    size_t part_count;
    const struct trust *trust;
    struct evidence *evidence; /* takes what the token brings along */
    time_t now;
    struct pos pos;
};

struct check_stamp {
    struct check_cms cms;
    bool is_sound;            /* it is of these bytes, and signed as it must be */
    time_t time;              /* 0 where none can be read */
    const char *digest;       /* of the bytes */
    struct trust_found found; /* whose it is; certs_free(found.chain) */
};

/* Checks it. What is wrong with it is added as VERIFY_STAMP; of whose it is what trust_ask() adds.
 */
void check_stamp(struct arena *arena, struct diags *diags, const struct check_stamp_job *job,
                 struct check_stamp *out);

#endif
