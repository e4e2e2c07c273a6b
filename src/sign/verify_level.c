/* Revocation, and the level of PAdES that a signature has (ETSI EN 319 142-1 §6). */
#include "base/arena.h"
#include "engine/work.h"
#include "pki/certs.h"
#include "pki/revocation.h"
#include "sign/verify.h"

/* A chain with the time that it was used at. */
struct used {
    const struct trust_found *found;
    time_t at;
    bool is_proven;
};

struct state {
    bool is_revoked, is_complete; /* complete: something is known of every one below the root */
    const X509 *missing;          /* the first of which nothing is known */
    bool is_old;
};

struct evidence *
verify_dss(struct verify *v, size_t revision)
{
    struct dss dss = revisions_dss(v->revisions, v->w->arena, revision);

    if (dss.certificate_count + dss.ocsp_count + dss.crl_count == 0)
        return NULL;
    struct evidence *evidence = evidence_new(v->w->arena);
    evidence_know(evidence, v->dss);
    for (size_t i = 0; i < dss.certificate_count; i++)
        (void)evidence_cert(evidence, dss.certificates[i]);
    for (size_t i = 0; i < dss.ocsp_count; i++)
        (void)evidence_ocsp(evidence, dss.ocsps[i]);
    for (size_t i = 0; i < dss.crl_count; i++)
        (void)evidence_crl(evidence, dss.crls[i]);
    return evidence;
}

static void
tell_revoked(struct verify *v, struct verify_one *one, X509 *cert, const struct revoked *revoked)
{
    const char *name = diag_str(one->remarks, certs_subject(v->w->arena, cert));

    if (revoked->answer == REVOKED_YES)
        diag_add(one->remarks, DIAG_VERIFY_REVOKED, v->pos, name,
                 trust_time_text(one->remarks, revoked->when), NULL);
    else if (revoked->is_later)
        diag_add(one->remarks, DIAG_VERIFY_REVOKED_LATER, v->pos, name, NULL, NULL);
}

/* Asks of every certificate below the root. `tell`: what is revoked is told. */
static struct state
state_of(struct verify *v, struct verify_one *one, const struct used *used,
         const struct evidence *evidence, bool tell)
{
    struct state state = {.is_complete = used->found->is_rooted};
    const STACK_OF(X509) *chain = used->found->chain;

    for (int i = 0; i + 1 < sk_X509_num(chain); i++) {
        const struct revoked_job job = {.cache = &v->revoked,
                                        .cert = sk_X509_value(chain, i),
                                        .issuer = sk_X509_value(chain, i + 1),
                                        .evidence = evidence,
                                        .at = used->at,
                                        .is_proven = used->is_proven,
                                        .now = v->now};
        struct revoked revoked = revoked_ask(&job);
        state.is_revoked = state.is_revoked || revoked.answer == REVOKED_YES;
        if (revoked.answer == REVOKED_MISSING) {
            state.is_complete = false;
            state.is_old = state.missing == NULL ? revoked.is_old : state.is_old;
            state.missing = state.missing == NULL ? job.cert : state.missing;
        }
        if (tell)
            tell_revoked(v, one, job.cert, &revoked);
    }
    return state;
}

/* ---- over the net */

/* Fetches what is missing of a chain, and adds it to the signature's evidence. What went wrong is
 * added to `failed`. */
static void
fetch_missing(struct verify *v, struct verify_one *one, const struct used *used,
              struct diags *failed)
{
    unsigned flags = v->options->flags;
    struct revocations *got = revocations_new(v->w->arena);
    const struct revocation_rules rules = {.local = (flags & BANTHUEK_VERIFY_FETCH_LOCAL) != 0};

    (void)revocations_collect(got, failed, used->found->chain, &rules);
    for (size_t i = 0; i < got->ocsps.count; i++)
        (void)evidence_ocsp(one->evidence, got->ocsps.der[i]);
    for (size_t i = 0; i < got->crls.count; i++)
        (void)evidence_crl(one->evidence, got->crls.der[i]);
}

/* What is known of a chain, with what can be fetched where that is asked for. */
static struct state
known_of(struct verify *v, struct verify_one *one, const struct used *used)
{
    struct state state = state_of(v, one, used, one->evidence, false);
    struct diags *failed = diags_new();

    if (!state.is_complete && (v->options->flags & BANTHUEK_VERIFY_FETCH) != 0)
        fetch_missing(v, one, used, failed);
    state = state_of(v, one, used, one->evidence, true);
    for (size_t i = 0; i < diags_count(failed) && state.missing != NULL; i++) {
        const struct diag *d = diags_at(failed, i);
        diag_add_as(one->remarks, DIAG_WARNING, d->code, v->pos, d->arg[0], d->arg[1], d->arg[2]);
    }
    diags_free(failed);
    return state;
}

/* ---- levels */

/* True when the file has data for later verification that were meant for this signature: its
 * certificate, or what tells of it. */
static bool
is_promised(const struct verify *v, const struct verify_one *one)
{
    if (v->dss == NULL || one->cms.signer == NULL || one->part->is_time_stamp)
        return false;
    for (int i = 0; i < sk_X509_num(v->dss->certs); i++) {
        if (X509_cmp(sk_X509_value(v->dss->certs, i), one->cms.signer) == 0)
            return true;
    }
    return false;
}

static bool
miss(struct verify_one *one, const char *english, const char *thai)
{
    one->missing[DIAG_ENGLISH] = english;
    one->missing[DIAG_THAI] = thai;
    return false;
}

static bool
has_b(struct verify_one *one)
{
    if (one->part->is_time_stamp)
        return false;
    if (!str_is(one->part->subfilter, "ETSI.CAdES.detached"))
        return miss(one, "the format ETSI.CAdES.detached", "รูปแบบ ETSI.CAdES.detached");
    if (one->cms.broken || one->cms.unsure || !one->cms.is_by_signer)
        return miss(one, "a sound signature", "ลายเซ็นที่ถูกต้อง");
    if (one->cms.has_signing_time || one->part->m.len == 0 || one->part->has_cert)
        return miss(one, "the time where PAdES has it (/M), and no second one, nor a certificate",
                    "เวลาลงนามเฉพาะในที่ที่ PAdES กำหนด (/M)");
    return true;
}

static bool
has_t(struct verify_one *one)
{
    if (one->proven != 0)
        return true;
    if (one->has_unknown_stamp)
        return miss(one, "a time stamp by a server that is known", "ตราประทับเวลาจากผู้ที่รู้จัก");
    if (one->has_lapsed_stamp)
        return miss(one, "a time stamp whose certificate has not ended",
                    "ตราประทับเวลาที่ใบรับรองยังไม่หมดอายุ");
    return miss(one, "a time stamp", "ตราประทับเวลา");
}

/* All of the chains, by these pieces of evidence. */
static bool
is_covered(struct verify *v, struct verify_one *one, const struct evidence *dss)
{
    const struct used used[2] = {{&one->found, one->at, true},
                                 {&one->stamp, one->stamp_time, true}};
    struct evidence *all = evidence_new(v->w->arena);
    bool good = dss != NULL;

    if (dss != NULL)
        evidence_add(all, dss);
    for (size_t i = 0; i < 2 && good; i++)
        good = state_of(v, one, &used[i], all, false).is_complete;
    evidence_free(all);
    return good;
}

/* A document time stamp that covers data that suffice. */
static bool
has_lta(struct verify *v, struct verify_one *one)
{
    bool found = false;

    for (size_t i = 0; i < v->count && !found; i++) {
        struct verify_one *stamp = &v->ones[i];
        if (stamp->part->covers <= one->part->covers || !verify_stamp_lasts(v, stamp))
            continue;
        struct evidence *dss = verify_dss(v, stamp->part->revision);
        found = is_covered(v, one, dss);
        evidence_free(dss);
    }
    return found || miss(one, "a time stamp of the document over these data",
                         "ตราประทับเวลาของเอกสารที่ครอบคลุมข้อมูลเหล่านั้น");
}

static enum banthuek_level_of_pades
level_of(struct verify *v, struct verify_one *one)
{
    if (!has_b(one))
        return BANTHUEK_PADES_NONE;
    if (!has_t(one))
        return BANTHUEK_PADES_B;
    if (!is_covered(v, one, v->dss)) {
        (void)miss(one, "data for later verification (certificates and revocation, DSS)",
                   "ข้อมูลสำหรับตรวจสอบภายหลัง (ใบรับรองและสถานะการเพิกถอน DSS)");
        return BANTHUEK_PADES_T;
    }
    return has_lta(v, one) ? BANTHUEK_PADES_LTA : BANTHUEK_PADES_LT;
}

/* What must be known: of a signature that has data for later verification, and where it was asked
 * for. */
static void
check_promise(struct verify *v, struct verify_one *one, const struct state *state)
{
    bool fetched = (v->options->flags & BANTHUEK_VERIFY_FETCH) != 0;

    if (state->missing == NULL)
        return;
    if (!fetched && !is_promised(v, one)) {
        diag_add(one->remarks, DIAG_VERIFY_NOT_ASKED, v->pos, NULL, NULL, NULL);
        return;
    }
    one->lacks_promised = true;
    diag_add(one->remarks,
             fetched         ? DIAG_VERIFY_NOT_FETCHED
             : state->is_old ? DIAG_VERIFY_REVOCATION_OLD
                             : DIAG_VERIFY_REVOCATION_MISSING,
             v->pos, diag_str(one->remarks, certs_subject(v->w->arena, state->missing)), NULL,
             NULL);
}

void
verify_level(struct verify *v, struct verify_one *one)
{
    const struct used used = {&one->found, one->at, one->proven != 0 || one->part->is_time_stamp};
    bool fetches = (v->options->flags & BANTHUEK_VERIFY_FETCH) != 0;

    if (!one->counts || one->cms.signer == NULL || one->found.chain == NULL)
        return;
    const struct used stamp = {&one->stamp, one->stamp_time, true};
    struct state state = known_of(v, one, &used);
    if (one->stamp.chain != NULL) {
        struct state of_stamp = known_of(v, one, &stamp);
        state.is_revoked = state.is_revoked || of_stamp.is_revoked;
        if (fetches && state.missing == NULL)
            state.missing = of_stamp.missing;
    }
    if (state.is_revoked)
        one->whose = BANTHUEK_WHOSE_NOT_ACCEPTED;
    check_promise(v, one, &state);
    one->level = level_of(v, one);
}
