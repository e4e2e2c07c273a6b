#include "sign/revoked.h"

#include <openssl/x509v3.h>

#include "sign/certs.h"
#include "sign/revocation.h"

/* True for an answer that tells of the certificate at that time: made after it, while the
 * certificate was still listed, or in force at it. */
static bool
tells_of_time(const struct revoked_job *job, const struct revocation_answer *answer)
{
    time_t end;

    if (answer->this_update == 0 || answer->this_update > job->now + REVOCATION_SKEW)
        return false;
    if (answer->this_update + REVOCATION_SKEW >= job->at)
        return !certs_time(X509_get0_notAfter(job->cert), &end) || answer->this_update <= end;
    if (answer->next_update != 0)
        return answer->next_update >= job->at;
    return answer->this_update + REVOCATION_DAY >= job->at;
}

/* A revocation counts whenever it is known; one after a proven time does not reach back. */
static void
take(const struct revoked_job *job, const struct revocation_answer *answer, struct revoked *out)
{
    if (answer->state == REVOCATION_REVOKED) {
        if (answer->this_update > job->now + REVOCATION_SKEW || answer->revoked_at > job->now)
            return;
        if (job->is_proven && answer->revoked_at > job->at) {
            out->is_later = true;
            if (out->answer != REVOKED_YES)
                out->answer = REVOKED_NO;
            return;
        }
        out->answer = REVOKED_YES;
        out->when = answer->revoked_at;
    } else if (answer->state == REVOCATION_GOOD && out->answer != REVOKED_YES) {
        if (tells_of_time(job, answer))
            out->answer = REVOKED_NO;
        else
            out->is_old = true;
    }
}

/* True when it names a server of OCSP, or where a list is. */
static bool
names_source(X509 *cert)
{
    AUTHORITY_INFO_ACCESS *access = X509_get_ext_d2i(cert, NID_info_access, NULL, NULL);
    bool found = X509_get_ext_by_NID(cert, NID_crl_distribution_points, -1) >= 0;

    for (int i = 0; i < sk_ACCESS_DESCRIPTION_num(access); i++)
        found = found || OBJ_obj2nid(sk_ACCESS_DESCRIPTION_value(access, i)->method) == NID_ad_OCSP;
    AUTHORITY_INFO_ACCESS_free(access);
    return found;
}

struct revoked
revoked_ask(const struct revoked_job *job)
{
    struct revoked out = {.answer = REVOKED_MISSING};

    for (size_t i = 0; i < job->evidence->ocsp_count; i++) {
        struct revocation_answer answer =
            revocation_of_ocsp(job->evidence->ocsps[i], job->cert, job->issuer, 0);
        take(job, &answer, &out);
    }
    for (size_t i = 0; i < job->evidence->crl_count; i++) {
        struct revocation_answer answer =
            revocation_of_crl(job->evidence->crls[i], job->cert, job->issuer, 0);
        take(job, &answer, &out);
    }
    if (out.answer == REVOKED_MISSING && !out.is_old && !names_source(job->cert))
        out.answer = REVOKED_NO_SOURCE;
    return out;
}
