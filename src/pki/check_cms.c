#include "pki/check_cms.h"

#include <openssl/err.h>
#include <openssl/x509v3.h>
#include <string.h>

#include "base/arena.h"
#include "pki/algo.h"
#include "pki/der.h"

struct checking {
    struct arena *arena;
    struct diags *diags;
    const struct check_cms_job *job;
    struct check_cms *out;
    X509_ALGOR *digest_algorithm, *signature_algorithm;
    const EVP_MD *digest;
};

enum fault { BROKEN, UNSURE, REFUSED };

/* Adds an error; false. */
static bool
fault(struct checking *c, enum fault kind, enum diag_code code, const char *arg)
{
    if (kind == BROKEN)
        c->out->broken = true;
    else if (kind == UNSURE)
        c->out->unsure = true;
    else
        c->out->refused = true;
    diag_add(c->diags, code, c->job->at, arg, NULL, NULL);
    return false;
}

static bool
damaged(struct checking *c, const char *english, const char *thai)
{
    return fault(c, BROKEN, DIAG_VERIFY_CMS, diag_both(c->diags, english, thai));
}

/* ---- form */

/* What is reserved for a signature is filled up with zeroes; anything else could be another's. */
static bool
is_zero(struct str s)
{
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] != 0)
            return false;
    }
    return true;
}

static bool
check_form(struct checking *c)
{
    struct signed_data *cms = &c->out->cms;

    if (!signed_read(c->arena, c->job->bytes, cms))
        return damaged(c, "it is damaged", "เสียหาย");
    if (!is_zero(cms->behind))
        return damaged(c, "something stands behind it", "มีข้อมูลอื่นต่อท้าย");
    if (cms->signers != 1)
        return fault(c, BROKEN, DIAG_VERIFY_SIGNERS, diag_printf(c->diags, "%zu", cms->signers));
    if (!str_eq(cms->content_type, c->job->content_type))
        return damaged(c, "it signs something of another kind", "ลงนามข้อมูลชนิดอื่น");
    if (cms->has_content != (c->job->part == NULL))
        return cms->has_content ? damaged(c, "what is signed stands inside it, not in the file",
                                          "สิ่งที่ลงนามอยู่ในตัวลายเซ็น ไม่ใช่ในแฟ้ม")
                                : damaged(c, "what is signed is not inside", "ไม่มีสิ่งที่ลงนามอยู่ข้างใน");
    if (!cms->has_attributes || cms->signed_attributes.count == 0)
        return fault(c, BROKEN, DIAG_VERIFY_NO_ATTRIBUTES, NULL);
    return true;
}

/* Every signed attribute once, with one value: which of two counts is for nobody to choose. */
static bool
check_attributes(struct checking *c)
{
    const struct signed_attributes *all = &c->out->cms.signed_attributes;

    for (size_t i = 0; i < all->count; i++) {
        if (all->item[i].value_count != 1 || signed_find(all, all->item[i].type) != &all->item[i])
            return damaged(c, "a signed attribute stands twice, or has not one value",
                           "มีคุณลักษณะที่ลงนามซ้ำกัน หรือมีค่าไม่ใช่ค่าเดียว");
    }
    return true;
}

/* The one value of a signed attribute, whole; false when it is not there. */
static bool
signed_value(const struct checking *c, struct str type, struct der *out)
{
    const struct signed_attribute *attribute = signed_find(&c->out->cms.signed_attributes, type);

    if (attribute == NULL)
        return false;
    struct str rest = attribute->values;
    return der_next(&rest, out);
}

/* ---- digest */

static X509_ALGOR *
algorithm_of(struct str der)
{
    const unsigned char *at = (const unsigned char *)der.ptr;
    X509_ALGOR *algorithm = d2i_X509_ALGOR(NULL, &at, (long)der.len);

    ERR_clear_error();
    return algorithm;
}

static bool
find_algorithms(struct checking *c)
{
    c->digest_algorithm = algorithm_of(c->out->cms.digest_algorithm);
    c->signature_algorithm = algorithm_of(c->out->cms.signature_algorithm);
    if (c->digest_algorithm == NULL || c->signature_algorithm == NULL)
        return damaged(c, "its algorithms cannot be read", "อ่านชื่อขั้นตอนวิธีไม่ได้");
    c->digest = algo_digest(c->arena, c->digest_algorithm, &c->out->digest);
    return c->digest != NULL || fault(c, UNSURE, DIAG_VERIFY_WEAK, c->out->digest);
}

/* RFC 6211: the algorithms once more, where they are signed. */
static bool
check_protection(struct checking *c)
{
    struct der value, digest, signature;
    struct str own[2] = {c->out->cms.digest_algorithm, c->out->cms.signature_algorithm};
    struct der oid[4];

    if (!signed_value(c, STR(OID_PROTECTION), &value))
        return true;
    bool good = value.tag == DER_SEQUENCE && der_take(&value.content, DER_SEQUENCE, &digest) &&
                der_take(&value.content, DER_CONTEXT(1), &signature) &&
                der_take(&digest.content, DER_OID, &oid[0]) &&
                der_take(&signature.content, DER_OID, &oid[1]);
    for (size_t i = 0; i < 2 && good; i++) {
        struct der whole;
        good = der_take(&own[i], DER_SEQUENCE, &whole) &&
               der_take(&whole.content, DER_OID, &oid[2 + i]) &&
               str_eq(oid[i].content, oid[2 + i].content);
    }
    return good ||
           damaged(c, "its algorithms are not those that were signed", "ขั้นตอนวิธีไม่ใช่ที่ลงนามไว้");
}

static bool
check_digest(struct checking *c)
{
    const struct str *part = c->job->part == NULL ? &c->out->cms.content : c->job->part;
    size_t count = c->job->part == NULL ? 1 : c->job->part_count;
    unsigned char hash[EVP_MAX_MD_SIZE];
    unsigned len = 0;
    struct der type, digest;
    EVP_MD_CTX *md = EVP_MD_CTX_new();
    bool made = md != NULL && EVP_DigestInit_ex(md, c->digest, NULL) == 1;

    for (size_t i = 0; i < count && made; i++)
        made = EVP_DigestUpdate(md, part[i].ptr, part[i].len) == 1;
    made = made && EVP_DigestFinal_ex(md, hash, &len) == 1;
    EVP_MD_CTX_free(md);
    if (!signed_value(c, STR(OID_CONTENT_TYPE), &type) || type.tag != DER_OID ||
        !str_eq(type.content, c->job->content_type))
        return damaged(c, "the signed attributes do not say what is signed",
                       "คุณลักษณะที่ลงนามไม่บอกว่าลงนามสิ่งใด");
    if (!made || !signed_value(c, STR(OID_MESSAGE_DIGEST), &digest) || digest.tag != DER_OCTETS)
        return damaged(c, "the digest of what is signed is missing", "ไม่มีค่าแฮชของสิ่งที่ลงนาม");
    if (!str_eq(digest.content, (struct str){(const char *)hash, len}))
        return fault(c, BROKEN, DIAG_VERIFY_DIGEST, NULL);
    return true;
}

/* ---- the signer's certificate */

static X509_NAME *
name_of(struct str der)
{
    const unsigned char *at = (const unsigned char *)der.ptr;
    X509_NAME *name = d2i_X509_NAME(NULL, &at, (long)der.len);

    ERR_clear_error();
    return name;
}

static struct str
integer_bytes(const ASN1_INTEGER *integer, unsigned char **der)
{
    struct str whole = {NULL, 0};
    struct der item;

    *der = NULL;
    int len = i2d_ASN1_INTEGER(integer, der);
    whole = (struct str){(const char *)*der, len > 0 ? (size_t)len : 0};
    return der_take(&whole, DER_INTEGER, &item) ? item.content : STR("");
}

static bool
has_serial(X509 *cert, struct str serial)
{
    unsigned char *der;
    bool same = str_eq(integer_bytes(X509_get0_serialNumber(cert), &der), serial);

    OPENSSL_free(der);
    return same;
}

static bool
is_signer(X509 *cert, const struct signed_data *cms, const X509_NAME *issuer)
{
    if (issuer != NULL)
        return X509_NAME_cmp(X509_get_issuer_name(cert), issuer) == 0 &&
               has_serial(cert, cms->serial);
    const ASN1_OCTET_STRING *id = X509_get0_subject_key_id(cert);
    return id != NULL && cms->key_id.len > 0 &&
           str_eq((struct str){(const char *)ASN1_STRING_get0_data(id),
                               (size_t)ASN1_STRING_length(id)},
                  cms->key_id);
}

static bool
find_signer(struct checking *c)
{
    struct evidence *evidence = c->job->evidence;
    struct signed_data *cms = &c->out->cms;
    X509_NAME *issuer = cms->issuer.len > 0 ? name_of(cms->issuer) : NULL;

    for (size_t i = 0; i < cms->certs.count; i++) {
        X509 *cert = evidence_cert(evidence, cms->certs.item[i]);
        if (cert != NULL && c->out->signer == NULL && is_signer(cert, cms, issuer))
            c->out->signer = cert;
    }
    for (int i = 0; i < sk_X509_num(evidence->certs) && c->out->signer == NULL; i++) {
        if (is_signer(sk_X509_value(evidence->certs, i), cms, issuer))
            c->out->signer = sk_X509_value(evidence->certs, i);
    }
    X509_NAME_free(issuer);
    return c->out->signer != NULL || fault(c, BROKEN, DIAG_VERIFY_NO_CERT, NULL);
}

/* GeneralNames of one directory name, and a serial number, are those of the certificate. */
static bool
is_issuer_serial(X509 *cert, struct str content)
{
    struct der names, name, serial;

    if (!der_take(&content, DER_SEQUENCE, &names) || !der_take(&content, DER_INTEGER, &serial) ||
        !der_take(&names.content, DER_CONTEXT(4), &name))
        return false;
    X509_NAME *issuer = name_of(name.content);
    bool same = issuer != NULL && X509_NAME_cmp(X509_get_issuer_name(cert), issuer) == 0 &&
                has_serial(cert, serial.content);
    X509_NAME_free(issuer);
    return same;
}

/* An ESSCertID (its hash is SHA-1) or an ESSCertIDv2 names the certificate. */
static bool
is_named(struct checking *c, struct str id, bool second)
{
    const EVP_MD *digest = second ? EVP_sha256() : EVP_sha1();
    unsigned char hash[EVP_MAX_MD_SIZE];
    unsigned len = 0;
    struct der item;

    if (second && der_take(&id, DER_SEQUENCE, &item)) {
        const char *name = "?";
        X509_ALGOR *algorithm = algorithm_of(item.whole);
        digest = algorithm == NULL ? NULL : algo_digest(c->arena, algorithm, &name);
        X509_ALGOR_free(algorithm);
        if (digest == NULL)
            return fault(c, UNSURE, DIAG_VERIFY_WEAK, name);
    }
    if (!der_take(&id, DER_OCTETS, &item) || X509_digest(c->out->signer, digest, hash, &len) != 1 ||
        !str_eq(item.content, (struct str){(const char *)hash, len}))
        return fault(c, BROKEN, DIAG_VERIFY_ESS, NULL);
    if (id.len > 0 &&
        (!der_take(&id, DER_SEQUENCE, &item) || !is_issuer_serial(c->out->signer, item.content)))
        return fault(c, BROKEN, DIAG_VERIFY_ESS, NULL);
    return true;
}

/* The first certificate that signingCertificate or signingCertificateV2 names is the signer's. */
static bool
check_named(struct checking *c, struct str type, bool second, bool *is_there)
{
    struct der value, ids, id;

    *is_there = signed_value(c, type, &value);
    if (!*is_there)
        return true;
    if (value.tag != DER_SEQUENCE || !der_take(&value.content, DER_SEQUENCE, &ids) ||
        !der_take(&ids.content, DER_SEQUENCE, &id))
        return fault(c, BROKEN, DIAG_VERIFY_ESS, NULL);
    return is_named(c, id.content, second);
}

static bool
check_ess(struct checking *c)
{
    bool first, second;

    if (!check_named(c, STR(OID_ESS_V2), true, &second) ||
        !check_named(c, STR(OID_ESS), false, &first))
        return false;
    c->out->has_ess = first || second;
    c->out->has_ess_v2 = second;
    return c->out->has_ess || !c->job->needs_ess || fault(c, BROKEN, DIAG_VERIFY_NO_ESS, NULL);
}

/* ---- the value */

static bool
check_value(struct checking *c)
{
    EVP_PKEY *key = X509_get0_pubkey(c->out->signer);
    const char *name;
    struct str bytes;

    if (key == NULL)
        ERR_clear_error();
    if (!algo_key(c->arena, key, &c->out->key))
        return fault(c, REFUSED, DIAG_VERIFY_KEY, c->out->key);
    if (!algo_signature(c->arena, c->signature_algorithm, key, c->digest, &name))
        return name != NULL ? fault(c, UNSURE, DIAG_VERIFY_WEAK, name)
                            : damaged(c, "its algorithms and its key do not fit each other",
                                      "ขั้นตอนวิธีกับกุญแจไม่เข้ากัน");
    if (!signed_bytes(c->arena, &c->out->cms, &bytes))
        return damaged(c, "its signed attributes are not in DER", "คุณลักษณะที่ลงนามไม่เป็น DER");
    c->out->is_by_signer =
        algo_verify(c->signature_algorithm, key, c->digest, bytes, c->out->cms.signature);
    return c->out->is_by_signer || fault(c, BROKEN, DIAG_VERIFY_VALUE, NULL);
}

static void
keep_evidence(struct checking *c)
{
    struct signed_data *cms = &c->out->cms;
    struct signed_list crls = cms->crls, ocsps = cms->ocsps;

    signed_adobe_revocation(c->arena, cms, &crls, &ocsps);
    for (size_t i = 0; i < crls.count; i++)
        (void)evidence_crl(c->job->evidence, crls.item[i]);
    for (size_t i = 0; i < ocsps.count; i++)
        (void)evidence_ocsp(c->job->evidence, ocsps.item[i]);
}

static void
keep_signing_time(struct checking *c)
{
    struct der value;

    c->out->has_signing_time = signed_value(c, STR(OID_SIGNING_TIME), &value);
    if (c->out->has_signing_time)
        c->out->signing_time = value.content;
}

bool
check_cms(struct arena *arena, struct diags *diags, const struct check_cms_job *job,
          struct check_cms *out)
{
    struct checking c = {arena, diags, job, out, NULL, NULL, NULL};

    *out = (struct check_cms){.broken = false};
    if (check_form(&c) && check_attributes(&c)) {
        keep_signing_time(&c);
        /* each of these is told where several are wrong */
        bool known = find_algorithms(&c) && check_protection(&c);
        bool found = find_signer(&c);
        bool named = found && check_ess(&c);
        if (known)
            (void)check_digest(&c);
        if (known && named)
            (void)check_value(&c);
        keep_evidence(&c);
    }
    X509_ALGOR_free(c.digest_algorithm);
    X509_ALGOR_free(c.signature_algorithm);
    return !out->broken && !out->unsure && !out->refused;
}
