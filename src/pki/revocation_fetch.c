/* Collecting what says that the certificates of a chain are not revoked. */
#include <string.h>
#include <strings.h>

#include <openssl/err.h>
#include <openssl/ocsp.h>
#include <openssl/x509v3.h>

#include "base/arena.h"
#include "pki/certs.h"
#include "pki/fetch.h"
#include "pki/revocation.h"
#include "pki/stamp.h"

#define URLS_MAX 4 /* of a kind, in one certificate */

/* One certificate that is asked for. */
struct question {
    struct revocations *to;
    struct diags *diags;
    const struct revocation_rules *rules;
    X509 *cert, *issuer;
    const char *name; /* for messages */
    time_t now;
};

/* How asking ended. A server that is silent may be stood in for, one that lies may not. */
enum outcome { OUTCOME_GOOD, OUTCOME_SILENT, OUTCOME_BAD };

/* ---- lists */

struct revocations *
revocations_new(struct arena *arena)
{
    struct revocations *out = arena_alloc(arena, sizeof *out);

    out->arena = arena;
    return out;
}

void
revocations_add(struct revocations *to, struct revocation_list *list, struct str der)
{
    for (size_t i = 0; i < list->count; i++) {
        if (str_eq(list->der[i], der))
            return;
    }
    struct str kept = str_dup(to->arena, der);
    *ARENA_ADD(to->arena, list->der, list->count, list->cap, 8) = kept;
}

/* ---- where to ask */

struct urls {
    const char *url[URLS_MAX];
    size_t count;
};

static void
add_url(struct arena *arena, struct urls *to, const char *text, size_t len)
{
    if (to->count < URLS_MAX && len >= 7 && strncasecmp(text, "http://", 7) == 0)
        to->url[to->count++] = arena_strndup(arena, text, len);
}

static struct urls
ocsp_urls(struct arena *arena, X509 *cert)
{
    struct urls out = {.count = 0};
    STACK_OF(OPENSSL_STRING) *found = X509_get1_ocsp(cert);

    for (int i = 0; i < sk_OPENSSL_STRING_num(found); i++) {
        const char *text = sk_OPENSSL_STRING_value(found, i);
        add_url(arena, &out, text, strlen(text));
    }
    X509_email_free(found);
    return out;
}

static void
add_point(struct arena *arena, struct urls *to, const DIST_POINT *point)
{
    if (point->distpoint == NULL || point->distpoint->type != 0 || point->CRLissuer != NULL ||
        point->reasons != NULL)
        return;
    const GENERAL_NAMES *names = point->distpoint->name.fullname;
    for (int i = 0; i < sk_GENERAL_NAME_num(names); i++) {
        const GENERAL_NAME *name = sk_GENERAL_NAME_value(names, i);
        if (name->type == GEN_URI)
            add_url(arena, to,
                    (const char *)ASN1_STRING_get0_data(name->d.uniformResourceIdentifier),
                    (size_t)ASN1_STRING_length(name->d.uniformResourceIdentifier));
    }
}

static struct urls
crl_urls(struct arena *arena, X509 *cert)
{
    struct urls out = {.count = 0};
    CRL_DIST_POINTS *points = X509_get_ext_d2i(cert, NID_crl_distribution_points, NULL, NULL);

    for (int i = 0; i < sk_DIST_POINT_num(points); i++)
        add_point(arena, &out, sk_DIST_POINT_value(points, i));
    CRL_DIST_POINTS_free(points);
    return out;
}

/* ---- asking */

static enum outcome
judge(const struct question *q, const char *url, const struct revocation_answer *answer)
{
    if (answer->state == REVOCATION_GOOD)
        return OUTCOME_GOOD;
    if (answer->state == REVOCATION_REVOKED)
        diag_add(q->diags, DIAG_SIGN_REVOKED, POS_NONE, q->name,
                 certs_day(q->diags, answer->revoked_at), NULL);
    else
        diag_add(q->diags, DIAG_SIGN_REVOCATION_BAD, POS_NONE, diag_str(q->diags, str_of(url)),
                 q->name, revocation_state_text(q->diags, answer->state));
    return answer->state == REVOCATION_DAMAGED ? OUTCOME_SILENT : OUTCOME_BAD;
}

static bool
ocsp_request(const struct question *q, struct str *out)
{
    /* SHA-1 names the certificate, it protects nothing: many servers know no other */
    OCSP_CERTID *id = OCSP_cert_to_id(EVP_sha1(), q->cert, q->issuer);
    OCSP_REQUEST *request = OCSP_REQUEST_new();
    unsigned char *der = NULL;
    int len = -1;

    if (id != NULL && request != NULL && OCSP_request_add0_id(request, id) != NULL) {
        id = NULL;
        len = i2d_OCSP_REQUEST(request, &der);
    }
    if (len > 0)
        *out =
            (struct str){arena_strndup(q->to->arena, (const char *)der, (size_t)len), (size_t)len};
    OPENSSL_free(der);
    OCSP_CERTID_free(id);
    OCSP_REQUEST_free(request);
    return len > 0;
}

static enum outcome ask_crl(const struct question *q, const char *url);

/* Asks for a delegated responder, too, unless its certificate says that nobody need to. */
static enum outcome
ask_for_responder(const struct question *q, struct str der)
{
    const unsigned char *at = (const unsigned char *)der.ptr;
    OCSP_RESPONSE *response = d2i_OCSP_RESPONSE(NULL, &at, (long)der.len);
    OCSP_BASICRESP *basic = response == NULL ? NULL : OCSP_response_get1_basic(response);
    STACK_OF(X509) *extra = certs_new();
    X509 *signer = NULL;
    enum outcome outcome = OUTCOME_GOOD;

    (void)certs_add(extra, q->issuer);
    if (basic != NULL && OCSP_resp_get0_signer(basic, &signer, extra) == 1 &&
        X509_cmp(signer, q->issuer) != 0 &&
        X509_get_ext_by_NID(signer, NID_id_pkix_OCSP_noCheck, -1) < 0) {
        struct question again = *q;
        struct urls urls = crl_urls(q->to->arena, signer);
        again.cert = signer;
        again.name = diag_str(q->diags, certs_subject(q->to->arena, signer));
        revocations_add(q->to, &q->to->certs, certs_der(q->to->arena, signer));
        if (urls.count > 0)
            outcome = ask_crl(&again, urls.url[0]);
    }
    certs_free(extra);
    OCSP_BASICRESP_free(basic);
    OCSP_RESPONSE_free(response);
    ERR_clear_error();
    return outcome;
}

static enum outcome
ask_ocsp(const struct question *q, const char *url)
{
    struct str body, der;
    struct fetch fetch_this = {.url = url,
                               .type = "application/ocsp-request",
                               .answer = "application/ocsp-response",
                               .seconds = q->rules->seconds,
                               .local = q->rules->local};

    /* chains share certificates */
    for (size_t i = 0; i < q->to->ocsps.count; i++) {
        struct revocation_answer had =
            revocation_of_ocsp(q->to->ocsps.der[i], q->cert, q->issuer, q->now);
        if (had.state == REVOCATION_GOOD)
            return OUTCOME_GOOD;
    }
    if (!ocsp_request(q, &body))
        arena_oom(sizeof(void *));
    fetch_this.body = body;
    if (!fetch(q->to->arena, q->diags, &fetch_this, &der))
        return OUTCOME_SILENT;
    struct revocation_answer answer = revocation_of_ocsp(der, q->cert, q->issuer, q->now);
    enum outcome outcome = judge(q, url, &answer);
    if (outcome == OUTCOME_GOOD) {
        revocations_add(q->to, &q->to->ocsps, der);
        outcome = ask_for_responder(q, der);
    } else if (answer.state == REVOCATION_REVOKED) {
        revocations_add(q->to, &q->to->ocsps, der);
    }
    return outcome;
}

static enum outcome
ask_crl(const struct question *q, const char *url)
{
    struct str der;
    struct fetch fetch_this = {
        .url = url, .limit = FETCH_CRL_MAX, .seconds = q->rules->seconds, .local = q->rules->local};

    /* one CRL tells of many certificates */
    for (size_t i = 0; i < q->to->crls.count; i++) {
        struct revocation_answer had =
            revocation_of_crl(q->to->crls.der[i], q->cert, q->issuer, q->now);
        if (had.state == REVOCATION_GOOD)
            return OUTCOME_GOOD;
    }
    if (!fetch(q->to->arena, q->diags, &fetch_this, &der))
        return OUTCOME_SILENT;
    struct revocation_answer answer = revocation_of_crl(der, q->cert, q->issuer, q->now);
    enum outcome outcome = judge(q, url, &answer);
    if (outcome == OUTCOME_GOOD || answer.state == REVOCATION_REVOKED)
        revocations_add(q->to, &q->to->crls, der);
    return outcome;
}

static enum outcome
ask_all(const struct question *q, const struct urls *urls,
        enum outcome (*ask)(const struct question *q, const char *url))
{
    enum outcome outcome = OUTCOME_SILENT;

    for (size_t i = 0; i < urls->count && outcome == OUTCOME_SILENT; i++)
        outcome = ask(q, urls->url[i]);
    return outcome;
}

/* Tells what failed: all that were silent when nobody answered, else the answer that was bad, which
 * came last. */
static void
tell(struct diags *diags, const struct diags *tried, enum outcome outcome)
{
    size_t count = diags_count(tried);

    if (outcome == OUTCOME_SILENT)
        diags_add_new(diags, tried, DIAG_NOTE);
    else if (outcome == OUTCOME_BAD && count > 0)
        diag_copy(diags, diags_at(tried, count - 1), NULL, NULL);
}

/* OCSP, else a CRL. */
static bool
collect_one(const struct question *asked)
{
    struct question q = *asked;
    struct urls ocsp = ocsp_urls(q.to->arena, q.cert), crl = crl_urls(q.to->arena, q.cert);
    struct diags *tried = diags_new();

    if (ocsp.count == 0 && crl.count == 0) {
        diag_add(q.diags, DIAG_SIGN_REVOCATION_NONE, POS_NONE, q.name, NULL, NULL);
        diags_free(tried);
        return false;
    }
    q.diags = tried;
    enum outcome outcome = ask_all(&q, &ocsp, ask_ocsp);
    if (outcome == OUTCOME_SILENT)
        outcome = ask_all(&q, &crl, ask_crl);
    tell(asked->diags, tried, outcome);
    diags_free(tried);
    return outcome == OUTCOME_GOOD;
}

bool
revocations_collect(struct revocations *to, struct diags *diags, const STACK_OF(X509) * chain,
                    const struct revocation_rules *rules)
{
    struct question q = {.to = to, .diags = diags, .rules = rules};
    bool good = true;

    q.now = rules->now == 0 ? time(NULL) : rules->now;
    for (int i = 0; i < sk_X509_num(chain); i++)
        revocations_add(to, &to->certs, certs_der(to->arena, sk_X509_value(chain, i)));
    for (int i = 0; i < sk_X509_num(chain) && good; i++) {
        q.cert = sk_X509_value(chain, i);
        if (certs_is_root(q.cert))
            break;
        q.issuer = sk_X509_value(chain, i + 1); /* NULL where the chain ends early */
        q.name = diag_str(diags, certs_subject(to->arena, q.cert));
        if (q.issuer == NULL)
            diag_add(diags, DIAG_SIGN_REVOCATION_CHAIN, POS_NONE, q.name,
                     diag_str(diags, certs_issuer(to->arena, q.cert)), NULL);
        good = q.issuer != NULL && collect_one(&q);
    }
    return good;
}

bool
revocations_collect_stamp(struct revocations *to, struct diags *diags, const struct stamp *stamp,
                          const STACK_OF(X509) * known, const struct revocation_rules *rules)
{
    STACK_OF(X509) *pool = certs_new();

    for (int i = 0; i < sk_X509_num(stamp->certs); i++)
        (void)certs_add(pool, sk_X509_value(stamp->certs, i));
    for (int i = 0; i < sk_X509_num(known); i++)
        (void)certs_add(pool, sk_X509_value(known, i));
    STACK_OF(X509) *chain = certs_chain(stamp->signer, pool, stamp->time);
    bool good = revocations_collect(to, diags, chain, rules);
    certs_free(chain);
    certs_free(pool);
    return good;
}
