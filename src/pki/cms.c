#include "pki/cms.h"

#include <openssl/cms.h>
#include <openssl/err.h>
#include <openssl/rsa.h>

#include "base/arena.h"
#include "pki/certs.h"
#include "pki/key.h"

/* Of what is not a certificate: version, algorithms, issuer and serial twice, attributes. */
#define FRAME_BYTES 1024

struct cms {
    CMS_ContentInfo *info;
    CMS_SignerInfo *signer;
};

/* The certificates that go into it: the signer's, and those above it but the root. */
static STACK_OF(X509) * carried(const struct key *key)
{
    STACK_OF(X509) *out = certs_new();
    const STACK_OF(X509) *chain = key_chain(key);

    for (int i = 0; i < sk_X509_num(chain); i++) {
        X509 *cert = sk_X509_value(chain, i);
        if (i == 0 || !certs_is_root(cert))
            (void)certs_add(out, cert);
    }
    return out;
}

size_t
cms_room(const struct key *key)
{
    STACK_OF(X509) *certs = carried(key);
    X509 *signer = key_certificate(key);
    int value = EVP_PKEY_get_size(X509_get0_pubkey(signer));
    size_t room = FRAME_BYTES + (value > 0 ? (size_t)value : 0);
    int name = i2d_X509_NAME(X509_get_issuer_name(signer), NULL);

    for (int i = 0; i < sk_X509_num(certs); i++) {
        int len = i2d_X509(sk_X509_value(certs, i), NULL);
        room += len > 0 ? (size_t)len : 0;
    }
    certs_free(certs);
    return room + 2 * (name > 0 ? (size_t)name : 0);
}

/* ---- what is signed */

/* Adds one attribute's DER to a SET that is sorted when it is written. */
static bool
add_to_set(ASN1_SEQUENCE_ANY *set, X509_ATTRIBUTE *attribute)
{
    unsigned char *der = NULL;
    int len = i2d_X509_ATTRIBUTE(attribute, &der);
    ASN1_TYPE *any = ASN1_TYPE_new();
    ASN1_STRING *raw = ASN1_STRING_type_new(V_ASN1_SEQUENCE);
    bool good = len > 0 && any != NULL && raw != NULL;

    if (good) {
        ASN1_STRING_set0(raw, der, len);
        ASN1_TYPE_set(any, V_ASN1_SEQUENCE, raw);
        der = NULL;
        raw = NULL;
        good = sk_ASN1_TYPE_push(set, any) > 0;
    }
    if (!good)
        ASN1_TYPE_free(any);
    ASN1_STRING_free(raw);
    OPENSSL_free(der);
    return good;
}

/* The signed attributes as they are signed: a SET OF in DER under its own tag, not under the [0]
 * that stands in the structure. */
static bool
attributes_der(CMS_SignerInfo *signer, struct arena *arena, struct str *out)
{
    ASN1_SEQUENCE_ANY *set = sk_ASN1_TYPE_new_null();
    unsigned char *der = NULL;
    int count = CMS_signed_get_attr_count(signer), len = -1;
    bool good = set != NULL;

    for (int i = 0; i < count && good; i++)
        good = add_to_set(set, CMS_signed_get_attr(signer, i));
    if (good)
        len = i2d_ASN1_SET_ANY(set, &der);
    if (len > 0)
        *out = (struct str){arena_strndup(arena, (const char *)der, (size_t)len), (size_t)len};
    sk_ASN1_TYPE_pop_free(set, ASN1_TYPE_free);
    OPENSSL_free(der);
    return len > 0;
}

static X509_ALGOR *
algorithm(int nid, int type, void *parameter)
{
    X509_ALGOR *out = X509_ALGOR_new();

    if (out != NULL && X509_ALGOR_set0(out, OBJ_nid2obj(nid), type, parameter) == 1)
        return out;
    X509_ALGOR_free(out);
    return NULL;
}

/* RSASSA-PSS with SHA-256, MGF1 with SHA-256 and 32 bytes of salt. */
static bool
say_pss(X509_ALGOR *out)
{
    RSA_PSS_PARAMS *pss = RSA_PSS_PARAMS_new();
    X509_ALGOR *hash = algorithm(NID_sha256, V_ASN1_NULL, NULL);
    ASN1_STRING *packed = NULL, *mask = NULL;
    bool good = pss != NULL && hash != NULL && (pss->saltLength = ASN1_INTEGER_new()) != NULL &&
                ASN1_INTEGER_set(pss->saltLength, 32) == 1 &&
                (mask = ASN1_item_pack(hash, ASN1_ITEM_rptr(X509_ALGOR), NULL)) != NULL;

    if (good) {
        pss->hashAlgorithm = hash;
        hash = NULL;
        pss->maskGenAlgorithm = algorithm(NID_mgf1, V_ASN1_SEQUENCE, mask);
        good = pss->maskGenAlgorithm != NULL;
        mask = good ? NULL : mask;
    }
    packed = good ? ASN1_item_pack(pss, ASN1_ITEM_rptr(RSA_PSS_PARAMS), NULL) : NULL;
    good = packed != NULL &&
           X509_ALGOR_set0(out, OBJ_nid2obj(NID_rsassaPss), V_ASN1_SEQUENCE, packed) == 1;
    if (!good)
        ASN1_STRING_free(packed);
    ASN1_STRING_free(mask);
    X509_ALGOR_free(hash);
    RSA_PSS_PARAMS_free(pss);
    return good;
}

/* Builds all but the signature's value. The public key stands for the private one, for OpenSSL
 * compares it with the certificate and signs nothing. */
static bool
build(struct cms *cms, const struct key *key, struct str hash)
{
    STACK_OF(X509) *certs = carried(key);
    X509 *signer = key_certificate(key);
    const unsigned flags = CMS_PARTIAL | CMS_BINARY | CMS_NOSMIMECAP | CMS_CADES;
    X509_ALGOR *signature = NULL;

    X509_free(sk_X509_shift(certs)); /* adding the signer adds its certificate */
    cms->info = CMS_sign(NULL, NULL, certs, NULL, CMS_PARTIAL | CMS_DETACHED | CMS_BINARY);
    certs_free(certs);
    cms->signer = cms->info == NULL ? NULL
                                    : CMS_add1_signer(cms->info, signer, X509_get0_pubkey(signer),
                                                      key_digest(key), flags);
    if (cms->signer == NULL ||
        CMS_signed_add1_attr_by_NID(cms->signer, NID_pkcs9_contentType, V_ASN1_OBJECT,
                                    OBJ_nid2obj(NID_pkcs7_data), -1) != 1 ||
        CMS_signed_add1_attr_by_NID(cms->signer, NID_pkcs9_messageDigest, V_ASN1_OCTET_STRING,
                                    hash.ptr, (int)hash.len) != 1)
        return false;
    CMS_SignerInfo_get0_algs(cms->signer, NULL, NULL, NULL, &signature);
    return key_algorithm(key) != KEY_RSA_PSS_SHA256 || say_pss(signature);
}

static bool
failed(struct diags *diags)
{
    const char *reason = ERR_reason_error_string(ERR_peek_last_error());

    diag_add(diags, DIAG_SIGN_FAILED, POS_NONE,
             diag_said(diags, "OpenSSL แจ้งว่า", reason == NULL ? "CMS" : reason), NULL, NULL);
    ERR_clear_error();
    return false;
}

struct cms *
cms_sign(struct arena *arena, struct diags *diags, struct key *key, struct str hash)
{
    struct cms *cms = arena_alloc(arena, sizeof *cms);
    struct str attributes, value;
    bool good = hash.len == (size_t)EVP_MD_get_size(key_digest(key)) && build(cms, key, hash) &&
                attributes_der(cms->signer, arena, &attributes);

    if (!good)
        (void)failed(diags);
    else if (!key_sign(key, arena, diags, attributes, &value))
        good = false;
    else if (ASN1_STRING_set(CMS_SignerInfo_get0_signature(cms->signer), value.ptr,
                             (int)value.len) != 1)
        good = failed(diags);
    if (good)
        return cms;
    cms_close(cms);
    return NULL;
}

void
cms_close(struct cms *cms)
{
    if (cms != NULL) {
        CMS_ContentInfo_free(cms->info);
        *cms = (struct cms){NULL, NULL};
    }
}

struct str
cms_value(const struct cms *cms)
{
    const ASN1_OCTET_STRING *value = CMS_SignerInfo_get0_signature(cms->signer);

    return (struct str){(const char *)ASN1_STRING_get0_data(value),
                        (size_t)ASN1_STRING_length(value)};
}

bool
cms_add_stamp(struct cms *cms, struct diags *diags, struct str token)
{
    return CMS_unsigned_add1_attr_by_NID(cms->signer, NID_id_smime_aa_timeStampToken,
                                         V_ASN1_SEQUENCE, token.ptr, (int)token.len) == 1 ||
           failed(diags);
}

bool
cms_der(const struct cms *cms, struct arena *arena, struct diags *diags, struct str *out)
{
    unsigned char *der = NULL;
    int len = i2d_CMS_ContentInfo(cms->info, &der);

    if (len > 0)
        *out = (struct str){arena_strndup(arena, (const char *)der, (size_t)len), (size_t)len};
    OPENSSL_free(der);
    return len > 0 || failed(diags);
}
