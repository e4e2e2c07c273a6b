#include "pki/algo.h"

#include <openssl/asn1.h>
#include <openssl/err.h>
#include <openssl/objects.h>
#include <openssl/rsa.h>

#include "base/arena.h"

#define NAME_BYTES 80

static const struct known {
    int nid;
    const char *name;
} names[] = {
    {NID_md2, "MD2"},
    {NID_md5, "MD5"},
    {NID_sha1, "SHA-1"},
    {NID_ripemd160, "RIPEMD-160"},
    {NID_sha224, "SHA-224"},
    {NID_sha256, "SHA-256"},
    {NID_sha384, "SHA-384"},
    {NID_sha512, "SHA-512"},
    {NID_md5WithRSAEncryption, "RSA, MD5"},
    {NID_sha1WithRSAEncryption, "RSA, SHA-1"},
    {NID_sha1WithRSA, "RSA, SHA-1"},
    {NID_ecdsa_with_SHA1, "ECDSA, SHA-1"},
    {NID_X9_62_prime256v1, "P-256"},
    {NID_secp384r1, "P-384"},
    {NID_secp521r1, "P-521"},
};

static const char *
name_of(struct arena *arena, int nid, const ASN1_OBJECT *object)
{
    char text[NAME_BYTES] = "?";

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        if (names[i].nid == nid)
            return names[i].name;
    }
    if (object != NULL)
        (void)OBJ_obj2txt(text, sizeof text, object, 0);
    return arena_printf(arena, "%s", text);
}

static const EVP_MD *
accepted_digest(int nid)
{
    return nid == NID_sha256   ? EVP_sha256()
           : nid == NID_sha384 ? EVP_sha384()
           : nid == NID_sha512 ? EVP_sha512()
                               : NULL;
}

const EVP_MD *
algo_digest(struct arena *arena, const X509_ALGOR *algorithm, const char **name)
{
    const ASN1_OBJECT *object;

    X509_ALGOR_get0(&object, NULL, NULL, algorithm);
    int nid = OBJ_obj2nid(object);
    *name = name_of(arena, nid, object);
    return accepted_digest(nid);
}

bool
algo_key(struct arena *arena, const EVP_PKEY *key, const char **name)
{
    char group[NAME_BYTES] = "?";
    int kind = key == NULL ? NID_undef : EVP_PKEY_get_base_id(key);

    if (kind == EVP_PKEY_RSA || kind == EVP_PKEY_RSA_PSS) {
        *name = arena_printf(arena, "RSA-%d", EVP_PKEY_get_bits(key));
        return EVP_PKEY_get_bits(key) >= ALGO_RSA_BITS_MIN;
    }
    if (kind != EVP_PKEY_EC) {
        *name = kind == NID_undef ? "?" : arena_printf(arena, "%s", OBJ_nid2sn(kind));
        return false;
    }
    size_t len;
    int nid = EVP_PKEY_get_group_name(key, group, sizeof group, &len) == 1 ? OBJ_txt2nid(group)
                                                                           : NID_undef;
    ERR_clear_error();
    *name = nid == NID_undef ? "EC" : name_of(arena, nid, OBJ_nid2obj(nid));
    return nid == NID_X9_62_prime256v1 || nid == NID_secp384r1 || nid == NID_secp521r1;
}

/* ---- RSASSA-PSS (RFC 4055): its parameters stand in the algorithm */

struct pss {
    const EVP_MD *digest;
    int salt;
};

static const EVP_MD *
pss_digest(struct arena *arena, const X509_ALGOR *algorithm, const char **name)
{
    if (algorithm != NULL)
        return algo_digest(arena, algorithm, name);
    *name = "SHA-1"; /* the default of RFC 4055 */
    return NULL;
}

/* The digest inside the mask generation function MGF1. */
static const EVP_MD *
mask_digest(struct arena *arena, const RSA_PSS_PARAMS *params, const char **name)
{
    const X509_ALGOR *mask = params->maskGenAlgorithm;

    if (mask == NULL)
        return pss_digest(arena, NULL, name);
    if (OBJ_obj2nid(mask->algorithm) != NID_mgf1 || mask->parameter == NULL ||
        mask->parameter->type != V_ASN1_SEQUENCE) {
        *name = "RSASSA-PSS";
        return NULL;
    }
    const ASN1_STRING *inner = mask->parameter->value.sequence;
    const unsigned char *at = ASN1_STRING_get0_data(inner);
    X509_ALGOR *algorithm = d2i_X509_ALGOR(NULL, &at, ASN1_STRING_length(inner));
    const EVP_MD *digest = algorithm == NULL ? NULL : algo_digest(arena, algorithm, name);
    if (algorithm == NULL)
        *name = "RSASSA-PSS";
    X509_ALGOR_free(algorithm);
    return digest;
}

static bool
read_pss(struct arena *arena, const X509_ALGOR *algorithm, struct pss *out, const char **name)
{
    const ASN1_TYPE *parameter = algorithm->parameter;
    bool is_there = parameter != NULL && parameter->type == V_ASN1_SEQUENCE;
    const unsigned char *at = is_there ? ASN1_STRING_get0_data(parameter->value.sequence) : NULL;
    RSA_PSS_PARAMS *params =
        is_there ? d2i_RSA_PSS_PARAMS(NULL, &at, ASN1_STRING_length(parameter->value.sequence))
                 : NULL;

    *name = "RSASSA-PSS";
    *out = (struct pss){NULL, 20};
    if (params == NULL)
        return false;
    long salt = params->saltLength == NULL ? 20 : ASN1_INTEGER_get(params->saltLength);
    long trailer = params->trailerField == NULL ? 1 : ASN1_INTEGER_get(params->trailerField);
    out->digest = pss_digest(arena, params->hashAlgorithm, name);
    bool good = out->digest != NULL && mask_digest(arena, params, name) == out->digest &&
                salt >= 0 && salt <= 512 && trailer == 1;
    out->salt = (int)salt;
    RSA_PSS_PARAMS_free(params);
    return good;
}

/* ---- signatures */

static bool
is_rsa(int kind)
{
    return kind == EVP_PKEY_RSA || kind == EVP_PKEY_RSA_PSS;
}

/* The digest that a signature algorithm names, or NULL where it names none (rsaEncryption). */
static bool
split_algorithm(struct arena *arena, const X509_ALGOR *algorithm, int *kind, const EVP_MD **digest,
                const char **name)
{
    struct pss pss;
    int nid = OBJ_obj2nid(algorithm->algorithm), md = NID_undef, key = NID_undef;

    *digest = NULL;
    *name = name_of(arena, nid, algorithm->algorithm);
    *kind = EVP_PKEY_RSA;
    if (nid == NID_rsaEncryption)
        return true;
    if (nid == NID_rsassaPss) {
        bool good = read_pss(arena, algorithm, &pss, name);
        *digest = pss.digest;
        return good;
    }
    if (OBJ_find_sigid_algs(nid, &md, &key) != 1)
        return false;
    *kind = key == NID_rsaEncryption          ? EVP_PKEY_RSA
            : key == NID_X9_62_id_ecPublicKey ? EVP_PKEY_EC
                                              : 0;
    *digest = accepted_digest(md);
    if (*digest == NULL && md != NID_undef)
        *name = name_of(arena, md, OBJ_nid2obj(md));
    return *digest != NULL && *kind != 0;
}

bool
algo_signature(struct arena *arena, const X509_ALGOR *algorithm, const EVP_PKEY *key,
               const EVP_MD *digest, const char **name)
{
    const EVP_MD *named;
    int kind, own = key == NULL ? 0 : EVP_PKEY_get_base_id(key);

    if (!split_algorithm(arena, algorithm, &kind, &named, name))
        return false;
    bool fits = (named != NULL || digest != NULL) &&
                (named == NULL || digest == NULL || named == digest) &&
                (kind == EVP_PKEY_EC ? own == EVP_PKEY_EC : is_rsa(own));
    if (!fits)
        *name = NULL;
    return fits;
}

static bool
set_padding(EVP_PKEY_CTX *ctx, const X509_ALGOR *algorithm)
{
    struct pss pss;
    struct arena *arena;
    const char *name;

    if (OBJ_obj2nid(algorithm->algorithm) != NID_rsassaPss)
        return EVP_PKEY_CTX_set_rsa_padding(ctx, RSA_PKCS1_PADDING) > 0;
    arena = arena_new(0);
    bool good = read_pss(arena, algorithm, &pss, &name) &&
                EVP_PKEY_CTX_set_rsa_padding(ctx, RSA_PKCS1_PSS_PADDING) > 0 &&
                EVP_PKEY_CTX_set_rsa_pss_saltlen(ctx, pss.salt) > 0 &&
                EVP_PKEY_CTX_set_rsa_mgf1_md(ctx, pss.digest) > 0;
    arena_free(arena);
    return good;
}

bool
algo_verify(const X509_ALGOR *algorithm, EVP_PKEY *key, const EVP_MD *digest, struct str bytes,
            struct str value)
{
    EVP_MD_CTX *md = EVP_MD_CTX_new();
    EVP_PKEY_CTX *ctx = NULL; /* belongs to md */
    bool good = md != NULL && EVP_DigestVerifyInit(md, &ctx, digest, NULL, key) == 1 &&
                (!is_rsa(EVP_PKEY_get_base_id(key)) || set_padding(ctx, algorithm)) &&
                EVP_DigestVerify(md, (const unsigned char *)value.ptr, value.len,
                                 (const unsigned char *)bytes.ptr, bytes.len) == 1;

    EVP_MD_CTX_free(md);
    ERR_clear_error();
    return good;
}
