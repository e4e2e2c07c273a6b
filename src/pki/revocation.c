/* What one answer says; see revocation_fetch.c for getting them. */
#include "pki/revocation.h"

#include <openssl/err.h>
#include <openssl/ocsp.h>
#include <openssl/x509v3.h>

#include "pki/certs.h"

const char *
revocation_state_text(struct diags *diags, enum revocation_state state)
{
    static const char *const texts[][2] = {
        [REVOCATION_GOOD] = {"not revoked", "ไม่ถูกเพิกถอน"},
        [REVOCATION_REVOKED] = {"revoked", "ถูกเพิกถอนแล้ว"},
        [REVOCATION_UNKNOWN] = {"the server does not know the certificate", "ผู้ตอบไม่รู้จักใบรับรองนี้"},
        [REVOCATION_OTHER] = {"it is about another certificate", "เป็นคำตอบเรื่องใบรับรองอื่น"},
        [REVOCATION_OLD] = {"it is too old", "เก่าเกินไป"},
        [REVOCATION_EARLY] = {"it is dated in the future", "ลงเวลาไว้ในอนาคต"},
        [REVOCATION_UNSIGNED] = {"it is not signed by the issuer or one whom the issuer charged",
                                 "ไม่ได้ลงลายมือชื่อโดยผู้ออกใบรับรองหรือผู้ที่ผู้ออกใบรับรองมอบหมาย"},
        [REVOCATION_DAMAGED] = {"it cannot be read, or is a refusal", "อ่านไม่ได้ หรือเป็นการปฏิเสธ"},
    };

    return diag_both(diags, texts[state][0], texts[state][1]);
}

static struct revocation_answer
answer_of(enum revocation_state state)
{
    return (struct revocation_answer){.state = state, .reason = -1};
}

/* MD5 and SHA-1 sign nothing any more; what has no hash of its own (PSS, Ed25519) says it
 * elsewhere. */
static bool
is_strong(int signature_nid)
{
    int hash = NID_undef, key = NID_undef;

    if (OBJ_find_sigid_algs(signature_nid, &hash, &key) != 1)
        return false;
    return hash == NID_undef || hash == NID_sha256 || hash == NID_sha384 || hash == NID_sha512;
}

/* Puts times into an answer, and judges them. */
static enum revocation_state
judge_times(struct revocation_answer *answer, const ASN1_TIME *this_update,
            const ASN1_TIME *next_update, time_t at)
{
    if (!certs_time(this_update, &answer->this_update) ||
        (next_update != NULL && !certs_time(next_update, &answer->next_update)))
        return REVOCATION_DAMAGED;
    time_t end = next_update == NULL ? answer->this_update + REVOCATION_DAY : answer->next_update;
    if (at != 0 && answer->this_update > at + REVOCATION_SKEW)
        return REVOCATION_EARLY;
    return at != 0 && end < at - REVOCATION_SKEW ? REVOCATION_OLD : REVOCATION_GOOD;
}

/* ---- OCSP */

static OCSP_BASICRESP *
read_ocsp(struct str der)
{
    const unsigned char *at = (const unsigned char *)der.ptr, *end = at + der.len;
    OCSP_RESPONSE *response = der.len == 0 || der.len > ((size_t)1 << 24)
                                  ? NULL
                                  : d2i_OCSP_RESPONSE(NULL, &at, (long)der.len);
    OCSP_BASICRESP *basic = NULL;

    if (response != NULL && at == end &&
        OCSP_response_status(response) == OCSP_RESPONSE_STATUS_SUCCESSFUL)
        basic = OCSP_response_get1_basic(response);
    OCSP_RESPONSE_free(response);
    return basic;
}

/* Signed by the issuer, or by one whom the issuer certified for that, who was valid then. */
static bool
is_by_issuer(OCSP_BASICRESP *basic, X509 *issuer)
{
    X509_STORE *store = X509_STORE_new();
    STACK_OF(X509) *others = certs_new();
    time_t made = 0;
    bool good = store != NULL && certs_add(others, issuer) &&
                is_strong(OBJ_obj2nid(OCSP_resp_get0_tbs_sigalg(basic)->algorithm)) &&
                certs_time(OCSP_resp_get0_produced_at(basic), &made) &&
                X509_STORE_add_cert(store, issuer) == 1;

    if (good) {
        X509_VERIFY_PARAM_set_time(X509_STORE_get0_param(store), made);
        (void)X509_STORE_set_flags(store, X509_V_FLAG_PARTIAL_CHAIN);
        good = OCSP_basic_verify(basic, others, store, 0) == 1;
    }
    X509_STORE_free(store);
    certs_free(others);
    return good;
}

/* True when a single answer is about this certificate, by whatever hash it names it. */
static bool
is_about(OCSP_SINGLERESP *single, X509 *cert, X509 *issuer)
{
    const OCSP_CERTID *said = OCSP_SINGLERESP_get0_id(single);
    ASN1_OBJECT *hash = NULL;

    (void)OCSP_id_get0_info(NULL, &hash, NULL, NULL, (OCSP_CERTID *)said);
    const EVP_MD *md = hash == NULL ? NULL : EVP_get_digestbyobj(hash);
    OCSP_CERTID *own = md == NULL ? NULL : OCSP_cert_to_id(md, cert, issuer);
    bool same = own != NULL && OCSP_id_cmp(own, said) == 0;
    OCSP_CERTID_free(own);
    return same;
}

static struct revocation_answer
single_answer(OCSP_SINGLERESP *single, time_t at)
{
    struct revocation_answer answer = answer_of(REVOCATION_GOOD);
    ASN1_GENERALIZEDTIME *revoked = NULL, *this_update = NULL, *next_update = NULL;
    int status =
        OCSP_single_get0_status(single, &answer.reason, &revoked, &this_update, &next_update);

    answer.state = judge_times(&answer, this_update, next_update, at);
    if (status == V_OCSP_CERTSTATUS_REVOKED && answer.state != REVOCATION_DAMAGED) {
        answer.state = REVOCATION_REVOKED;
        (void)certs_time(revoked, &answer.revoked_at);
    } else if (status != V_OCSP_CERTSTATUS_GOOD && answer.state == REVOCATION_GOOD) {
        answer.state = REVOCATION_UNKNOWN;
    }
    return answer;
}

struct revocation_answer
revocation_of_ocsp(struct str der, X509 *cert, X509 *issuer, time_t at)
{
    OCSP_BASICRESP *basic = read_ocsp(der);
    struct revocation_answer answer =
        answer_of(basic == NULL ? REVOCATION_DAMAGED : REVOCATION_OTHER);

    if (basic != NULL && !is_by_issuer(basic, issuer))
        answer.state = REVOCATION_UNSIGNED;
    for (int i = 0; answer.state == REVOCATION_OTHER && i < OCSP_resp_count(basic); i++) {
        OCSP_SINGLERESP *single = OCSP_resp_get0(basic, i);
        if (is_about(single, cert, issuer)) {
            answer = single_answer(single, at);
            break;
        }
    }
    OCSP_BASICRESP_free(basic);
    ERR_clear_error();
    return answer;
}

/* ---- CRLs */

/* True when one of the names of a distribution point is among those of the certificate. */
static bool
shares_name(const DIST_POINT_NAME *of_crl, const DIST_POINT_NAME *of_cert)
{
    if (of_cert == NULL || of_crl->type != 0 || of_cert->type != 0)
        return false;
    for (int i = 0; i < sk_GENERAL_NAME_num(of_crl->name.fullname); i++) {
        for (int j = 0; j < sk_GENERAL_NAME_num(of_cert->name.fullname); j++) {
            if (GENERAL_NAME_cmp(sk_GENERAL_NAME_value(of_crl->name.fullname, i),
                                 sk_GENERAL_NAME_value(of_cert->name.fullname, j)) == 0)
                return true;
        }
    }
    return false;
}

/* True when a CRL of a part is of the part that the certificate is in. */
static bool
covers(const ISSUING_DIST_POINT *part, X509 *cert)
{
    bool is_ca = X509_check_ca(cert) > 0;

    if (part->indirectCRL > 0 || part->onlyattr > 0 || part->onlysomereasons != NULL ||
        (part->onlyuser > 0 && is_ca) || (part->onlyCA > 0 && !is_ca))
        return false;
    if (part->distpoint == NULL)
        return true;
    CRL_DIST_POINTS *points = X509_get_ext_d2i(cert, NID_crl_distribution_points, NULL, NULL);
    bool found = false;
    for (int i = 0; i < sk_DIST_POINT_num(points) && !found; i++)
        found = shares_name(part->distpoint, sk_DIST_POINT_value(points, i)->distpoint);
    CRL_DIST_POINTS_free(points);
    return found;
}

/* True when the CRL has nothing critical that is not understood here, and is of this certificate.
 */
static bool
is_of(X509_CRL *crl, X509 *cert)
{
    int critical = 0;

    if (X509_CRL_get_ext_by_NID(crl, NID_delta_crl, -1) >= 0)
        return false;
    for (int i = 0; i < X509_CRL_get_ext_count(crl); i++) {
        X509_EXTENSION *extension = X509_CRL_get_ext(crl, i);
        if (X509_EXTENSION_get_critical(extension) == 1 &&
            OBJ_obj2nid(X509_EXTENSION_get_object(extension)) != NID_issuing_distribution_point)
            return false;
    }
    ISSUING_DIST_POINT *part =
        X509_CRL_get_ext_d2i(crl, NID_issuing_distribution_point, &critical, NULL);
    bool good = part == NULL ? critical == -1 : covers(part, cert);
    ISSUING_DIST_POINT_free(part);
    return good;
}

static struct revocation_answer
crl_answer(X509_CRL *crl, X509 *cert, time_t at)
{
    struct revocation_answer answer = answer_of(REVOCATION_GOOD);
    X509_REVOKED *entry = NULL;

    answer.state =
        judge_times(&answer, X509_CRL_get0_lastUpdate(crl), X509_CRL_get0_nextUpdate(crl), at);
    /* 2: it was on hold and is not any more */
    if (answer.state != REVOCATION_DAMAGED && X509_CRL_get0_by_cert(crl, &entry, cert) == 1) {
        ASN1_ENUMERATED *reason = X509_REVOKED_get_ext_d2i(entry, NID_crl_reason, NULL, NULL);
        answer.state = REVOCATION_REVOKED;
        answer.reason = reason == NULL ? -1 : (int)ASN1_ENUMERATED_get(reason);
        ASN1_ENUMERATED_free(reason);
        (void)certs_time(X509_REVOKED_get0_revocationDate(entry), &answer.revoked_at);
    }
    return answer;
}

/* Whether a CRL is the issuer's, and of this certificate. */
static enum revocation_state
judge_crl(X509_CRL *crl, X509 *cert, X509 *issuer)
{
    EVP_PKEY *key = X509_get0_pubkey(issuer);

    if (X509_NAME_cmp(X509_CRL_get_issuer(crl), X509_get_subject_name(issuer)) != 0)
        return REVOCATION_OTHER;
    if (key == NULL || (X509_get_key_usage(issuer) & KU_CRL_SIGN) == 0 ||
        !is_strong(X509_CRL_get_signature_nid(crl)) || X509_CRL_verify(crl, key) != 1)
        return REVOCATION_UNSIGNED;
    return is_of(crl, cert) ? REVOCATION_GOOD : REVOCATION_OTHER;
}

struct revocation_answer
revocation_of_crl(struct str der, X509 *cert, X509 *issuer, time_t at)
{
    const unsigned char *bytes = (const unsigned char *)der.ptr, *end = bytes + der.len;
    X509_CRL *crl = der.len == 0 || der.len > ((size_t)1 << 30)
                        ? NULL
                        : d2i_X509_CRL(NULL, &bytes, (long)der.len);
    enum revocation_state state =
        crl == NULL || bytes != end ? REVOCATION_DAMAGED : judge_crl(crl, cert, issuer);
    struct revocation_answer answer =
        state == REVOCATION_GOOD ? crl_answer(crl, cert, at) : answer_of(state);

    X509_CRL_free(crl);
    ERR_clear_error();
    return answer;
}
