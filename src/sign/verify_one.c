/* One signature: its bytes, its time, and whose it is. */
#include <openssl/asn1.h>
#include <openssl/err.h>

#include "base/arena.h"
#include "engine/work.h"
#include "pki/certs.h"
#include "pki/der.h"
#include "sign/verify.h"

#define STAMPS_MAX 8 /* of one signature */

static void
refuse(struct verify *v, struct verify_one *one, enum diag_code code, const char *arg)
{
    one->is_refused = true;
    diag_add(one->remarks, code, v->pos, arg, NULL, NULL);
}

/* ---- bytes */

static void
check_signature(struct verify *v, struct verify_one *one)
{
    const struct check_cms_job job = {
        .bytes = one->part->der,
        .part = one->part->signs,
        .part_count = 2,
        .content_type = STR(OID_DATA),
        .needs_ess = str_is(one->part->subfilter, "ETSI.CAdES.detached"),
        .evidence = one->evidence,
        .at = v->pos,
    };

    (void)check_cms(v->w->arena, one->remarks, &job, &one->cms);
    if (!one->cms.has_ess && one->cms.is_by_signer && !job.needs_ess)
        diag_add(one->remarks, DIAG_VERIFY_UNNAMED, v->pos, NULL, NULL, NULL);
}

static void
check_document_stamp(struct verify *v, struct verify_one *one)
{
    const struct check_stamp_job job = {.token = one->part->der,
                                        .part = one->part->signs,
                                        .part_count = 2,
                                        .trust = v->trust,
                                        .evidence = one->evidence,
                                        .now = v->now,
                                        .pos = v->pos};
    struct check_stamp stamp;

    check_stamp(v->w->arena, one->remarks, &job, &stamp);
    one->cms = stamp.cms;
    one->found = stamp.found;
    one->is_sound = stamp.is_sound;
    one->claimed = stamp.is_sound ? stamp.time : 0;
    one->cms.broken = one->cms.broken || (!stamp.is_sound && !stamp.cms.unsure);
}

/* False for a format that is not read here, or not believed. */
static bool
check_format(struct verify *v, struct verify_one *one)
{
    struct str format = one->part->subfilter;

    if (one->part->is_time_stamp
            ? str_is(format, "ETSI.RFC3161")
            : str_is(format, "ETSI.CAdES.detached") || str_is(format, "adbe.pkcs7.detached"))
        return true;
    one->cms.unsure = true;
    if (str_is(format, "adbe.pkcs7.sha1") || str_is(format, "adbe.x509.rsa_sha1"))
        diag_add(one->remarks, DIAG_VERIFY_WEAK, v->pos, "SHA-1", NULL, NULL);
    else
        diag_add(one->remarks, DIAG_VERIFY_FORMAT, v->pos, diag_str(one->remarks, format), NULL,
                 NULL);
    return false;
}

static enum banthuek_unchanged
unchanged_of(const struct verify *v, const struct verify_one *one)
{
    enum changes_answer answer = v->changes.answers[one->index];

    if (one->cms.broken || one->part->is_hidden || answer == CHANGES_REFUSED ||
        one->part->fault != SIGNATURE_WHOLE)
        return BANTHUEK_CHANGED;
    if (one->cms.unsure || answer == CHANGES_UNSURE || revisions_doubt_count(v->revisions) > 0)
        return BANTHUEK_UNCHANGED_UNSURE;
    return answer == CHANGES_ALLOWED ? BANTHUEK_UNCHANGED_ADDITIONS : BANTHUEK_UNCHANGED;
}

void
verify_bytes(struct verify *v, struct verify_one *one)
{
    one->found.answer = TRUST_UNKNOWN;
    if (one->part->is_usage_right) {
        diag_add(one->remarks, DIAG_VERIFY_USAGE, v->pos, NULL, NULL, NULL);
        return;
    }
    one->counts = true;
    if (one->part->is_hidden)
        diag_add(one->remarks, DIAG_VERIFY_HIDDEN, v->pos, NULL, NULL, NULL);
    if (one->part->der.len == 0)
        one->cms.broken = true;
    else if (check_format(v, one) && one->part->covers > 0) {
        if (one->part->is_time_stamp)
            check_document_stamp(v, one);
        else
            check_signature(v, one);
    }
    one->unchanged = unchanged_of(v, one);
}

/* ---- time */

/* What a signature says itself: /M, else the attribute that older formats have. */
static time_t
claimed_time(const struct verify_one *one)
{
    time_t at = 0;

    if (verify_pdf_time(one->part->m, &at))
        return at;
    if (!one->cms.has_signing_time)
        return 0;
    struct str text = one->cms.signing_time;
    ASN1_TIME *time = ASN1_TIME_new();
    if (time == NULL || ASN1_STRING_set(time, text.ptr, (int)text.len) != 1)
        arena_oom(text.len);
    time->type = text.len > 13 ? V_ASN1_GENERALIZEDTIME : V_ASN1_UTCTIME;
    if (!certs_time(time, &at))
        at = 0;
    ASN1_TIME_free(time);
    ERR_clear_error();
    return at;
}

/* True for a time stamp of the document that may prove something of what it covers. */
static bool
is_good_stamp(const struct verify_one *one)
{
    return one->part->is_time_stamp && one->is_sound && one->found.answer == TRUST_KNOWN &&
           one->part->fault == SIGNATURE_WHOLE;
}

/* A time stamp proves a time while the certificate of its server is valid, and after that as far as
 * a later one that still proves something covers it and is from before that end (ETSI EN 319 102-1
 * §5.4, §5.6.3: else there is no proof that it was made while the key was good). */
static bool
lasts(struct verify *v, const struct trust_found *found, size_t covers, time_t *end)
{
    bool good = sk_X509_num(found->chain) > 0 &&
                certs_time(X509_get0_notAfter(sk_X509_value(found->chain, 0)), end);

    if (!good || *end >= v->now)
        return good;
    for (size_t i = 0; i < v->count; i++) {
        struct verify_one *later = &v->ones[i];
        if (later->part->covers > covers && later->claimed <= *end && verify_stamp_lasts(v, later))
            return true;
    }
    return false;
}

bool
verify_stamp_lasts(struct verify *v, struct verify_one *stamp)
{
    if (!is_good_stamp(stamp))
        return false;
    if (!stamp->was_asked) {
        stamp->was_asked = true;
        stamp->lasts = lasts(v, &stamp->found, stamp->part->covers, &stamp->stamp_end);
    }
    return stamp->lasts;
}

static void
tell_lapsed(struct verify *v, struct verify_one *one, time_t at, time_t end)
{
    one->has_lapsed_stamp = true;
    diag_add(one->remarks, DIAG_VERIFY_STAMP_LAPSED, v->pos, trust_time_text(one->remarks, at),
             trust_time_text(one->remarks, end), NULL);
}

static void
take_proven(struct verify_one *one, time_t at, const struct trust_found *found)
{
    if (one->proven != 0 && one->proven <= at)
        return;
    one->proven = at;
    one->stamp_time = at;
    certs_free(one->stamp.chain);
    one->stamp = *found;
    one->stamp.chain = found->chain == NULL ? NULL : X509_chain_up_ref(found->chain);
}

static void
check_value_stamp(struct verify *v, struct verify_one *one, struct str token)
{
    const struct check_stamp_job job = {.token = token,
                                        .part = &one->cms.cms.signature,
                                        .part_count = 1,
                                        .trust = v->trust,
                                        .evidence = one->evidence,
                                        .now = v->now,
                                        .pos = v->pos};
    struct check_stamp stamp;
    struct diags *own = diags_new();
    time_t end = 0;

    check_stamp(v->w->arena, own, &job, &stamp);
    bool good = stamp.is_sound && stamp.found.answer != TRUST_REFUSED;
    one->has_bad_stamp = one->has_bad_stamp || !good;
    one->is_refused = one->is_refused || !good;
    if (!good)
        diags_add_new(one->remarks, own, DIAG_WARNING);
    if (good && stamp.found.answer == TRUST_KNOWN &&
        !lasts(v, &stamp.found, one->part->covers, &end)) {
        tell_lapsed(v, one, stamp.time, end);
    } else if (good && stamp.found.answer == TRUST_KNOWN) {
        one->has_stamp = true;
        take_proven(one, stamp.time, &stamp.found);
    } else if (good) {
        one->has_unknown_stamp = true;
        diag_add(one->remarks, DIAG_VERIFY_STAMP_UNKNOWN, v->pos,
                 trust_time_text(one->remarks, stamp.time), NULL, NULL);
    }
    certs_free(stamp.found.chain);
    diags_free(own);
}

static void
check_value_stamps(struct verify *v, struct verify_one *one)
{
    const struct signed_attributes *all = &one->cms.cms.unsigned_attributes;
    size_t count = 0;
    struct der token;

    for (size_t i = 0; i < all->count; i++) {
        struct str rest = all->item[i].values;
        while (str_eq(all->item[i].type, STR(OID_TIME_STAMP)) && count < STAMPS_MAX &&
               der_next(&rest, &token)) {
            check_value_stamp(v, one, token.whole);
            count++;
        }
    }
}

/* A document time stamp proves all that it covers, the signatures before it too. */
static void
take_document_stamps(struct verify *v, struct verify_one *one)
{
    for (size_t i = 0; i < v->count; i++) {
        struct verify_one *stamp = &v->ones[i];
        if (stamp == one || !is_good_stamp(stamp) || stamp->part->covers <= one->part->covers)
            continue;
        if (verify_stamp_lasts(v, stamp))
            take_proven(one, stamp->claimed, &stamp->found);
        else
            one->has_lapsed_stamp = true;
    }
}

static void
tell_time(struct verify *v, struct verify_one *one)
{
    struct diags *r = one->remarks;
    time_t end;

    if (one->claimed > v->now + VERIFY_SKEW)
        refuse(v, one, DIAG_VERIFY_FUTURE, trust_time_text(r, one->claimed));
    if (one->proven != 0 && one->claimed > one->proven + VERIFY_SKEW)
        diag_add(r, DIAG_VERIFY_TIME_DIFFERS, v->pos, trust_time_text(r, one->claimed),
                 trust_time_text(r, one->proven), NULL);
    if (one->proven == 0)
        diag_add(r, one->claimed == 0 ? DIAG_VERIFY_NO_TIME : DIAG_VERIFY_CLAIMED, v->pos, NULL,
                 NULL, NULL);
    if (one->cms.signer == NULL || !certs_time(X509_get0_notAfter(one->cms.signer), &end) ||
        end >= v->now || one->at > end)
        return;
    diag_add(r, DIAG_VERIFY_EXPIRED_SINCE, v->pos, trust_time_text(r, end), NULL, NULL);
    one->lacks_time = one->has_lapsed_stamp && one->proven == 0;
}

static void
find_time(struct verify *v, struct verify_one *one)
{
    if (!one->part->is_time_stamp) {
        one->claimed = claimed_time(one);
        check_value_stamps(v, one);
    }
    take_document_stamps(v, one);
    one->at = one->part->is_time_stamp ? one->claimed
              : one->proven != 0       ? one->proven
              : one->claimed != 0      ? one->claimed
                                       : v->now;
    if (!one->part->is_time_stamp)
        tell_time(v, one);
    else if (is_good_stamp(one) && !verify_stamp_lasts(v, one))
        tell_lapsed(v, one, one->claimed, one->stamp_end);
}

/* ---- whose */

void
verify_whose(struct verify *v, struct verify_one *one)
{
    if (!one->counts)
        return;
    if (one->cms.signer == NULL || !one->cms.is_by_signer) {
        /* nobody's certificate is proven to be that of who signed */
        one->whose = one->cms.refused ? BANTHUEK_WHOSE_NOT_ACCEPTED : BANTHUEK_WHOSE_UNKNOWN;
        return;
    }
    find_time(v, one);
    if (!one->part->is_time_stamp) {
        const struct trust_job job = {.cert = one->cms.signer,
                                      .evidence = one->evidence,
                                      .at = one->at,
                                      .use = TRUST_SIGNING,
                                      .pos = v->pos};
        trust_ask(v->trust, v->w->arena, one->remarks, &job, &one->found);
    }
    if (one->is_refused || one->cms.refused || one->found.answer == TRUST_REFUSED)
        one->whose = BANTHUEK_WHOSE_NOT_ACCEPTED;
    else
        one->whose =
            one->found.answer == TRUST_KNOWN ? BANTHUEK_WHOSE_KNOWN : BANTHUEK_WHOSE_UNKNOWN;
}
