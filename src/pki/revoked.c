#include "pki/revoked.h"

#include <openssl/x509v3.h>

#include "base/arena.h"
#include "base/hash.h"
#include "pki/certs.h"
#include "pki/revocation.h"

/* What one answer or list says of one certificate. */
struct revoked_known {
    struct str der;
    struct hash pair; /* of the certificate and its issuer */
    struct revocation_answer answer;
};

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

static struct hash
pair_of(struct arena *arena, const struct revoked_job *job)
{
    struct arena_mark mark = arena_mark(arena);
    struct buf both = buf_in(arena);

    buf_add(&both, certs_der(arena, job->cert));
    buf_add(&both, certs_der(arena, job->issuer));
    struct hash hash = hash_of(buf_str(&both));
    arena_reset(arena, mark);
    return hash;
}

static bool
is_same(const struct revoked_known *known, struct str der, const struct hash *pair)
{
    return str_eq(known->der, der) &&
           str_eq((struct str){(const char *)known->pair.bytes, HASH_SIZE},
                  (struct str){(const char *)pair->bytes, HASH_SIZE});
}

/* False where the certificate's serial number stands nowhere in an answer: it is about another, and
 * need not be read. */
static bool
may_tell(const struct revoked_job *job, struct str der)
{
    unsigned char *serial = NULL;
    int len = i2d_ASN1_INTEGER(X509_get0_serialNumber(job->cert), &serial);
    bool found =
        len <= 0 || str_find(der, (struct str){(const char *)serial, (size_t)len}) != SIZE_MAX;

    OPENSSL_free(serial);
    return found;
}

static struct revocation_answer
answer_of(const struct revoked_job *job, struct str der, bool is_list, const struct hash *pair)
{
    struct revoked_cache *cache = job->cache;

    for (size_t i = 0; i < cache->count; i++) {
        if (is_same(&cache->known[i], der, pair))
            return cache->known[i].answer;
    }
    struct revocation_answer answer = is_list ? revocation_of_crl(der, job->cert, job->issuer, 0)
                                              : revocation_of_ocsp(der, job->cert, job->issuer, 0);
    if (cache->count < REVOKED_KNOWN_MAX)
        *ARENA_ADD(cache->arena, cache->known, cache->count, cache->cap, 16) =
            (struct revoked_known){der, *pair, answer};
    return answer;
}

struct revoked
revoked_ask(const struct revoked_job *job)
{
    struct revoked out = {.answer = REVOKED_MISSING};
    const struct hash pair = pair_of(job->cache->arena, job);
    const struct evidence *evidence = job->evidence;

    for (size_t i = 0; i < evidence->ocsp_count + evidence->crl_count; i++) {
        bool is_list = i >= evidence->ocsp_count;
        struct str der = is_list ? evidence->crls[i - evidence->ocsp_count] : evidence->ocsps[i];
        if (!is_list && !may_tell(job, der))
            continue;
        struct revocation_answer answer = answer_of(job, der, is_list, &pair);
        take(job, &answer, &out);
    }
    if (out.answer == REVOKED_MISSING && !out.is_old && !names_source(job->cert))
        out.answer = REVOKED_NO_SOURCE;
    return out;
}
