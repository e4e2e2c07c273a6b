/* Signatures (CMS SignedData) made for tests, byte by byte, so that every one of them can be wrong
 * in one place. */
#ifndef SIGNED_KIT_H
#define SIGNED_KIT_H

#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <openssl/x509.h>
#include <openssl/x509v3.h>

#include "pki/der.h"
#include "pki/signed_data.h"
#include "test.h"

/* ---- DER */

static inline struct str
der_of(struct arena *arena, unsigned tag, struct str content)
{
    struct buf out = buf_in(arena);
    size_t bytes = 0;

    buf_byte(&out, (char)tag);
    if (content.len < 0x80) {
        buf_byte(&out, (char)content.len);
    } else {
        for (size_t n = content.len; n > 0; n >>= 8)
            bytes++;
        buf_byte(&out, (char)(0x80 | bytes));
        while (bytes-- > 0)
            buf_byte(&out, (char)(content.len >> 8 * bytes & 0xFF));
    }
    buf_add(&out, content);
    return buf_str(&out);
}

/* Values one behind the other, up to one that is empty. */
static inline struct str
der_join(struct arena *arena, const struct str *part)
{
    struct buf out = buf_in(arena);

    for (; part->len > 0; part++)
        buf_add(&out, *part);
    return buf_str(&out);
}

#define DER_OF(arena, tag, ...) \
    der_of((arena), (tag), der_join((arena), (const struct str[]){__VA_ARGS__, {NULL, 0}}))

static inline struct str
der_oid(struct arena *arena, const char *oid)
{
    return der_of(arena, DER_OID, str_of(oid));
}

static inline struct str
der_algorithm(struct arena *arena, int nid)
{
    unsigned char *der = NULL;
    X509_ALGOR *algorithm = X509_ALGOR_new();

    (void)X509_ALGOR_set0(algorithm, OBJ_nid2obj(nid), V_ASN1_NULL, NULL);
    int len = i2d_X509_ALGOR(algorithm, &der);
    struct str out = str_dup(arena, (struct str){(const char *)der, (size_t)len});
    OPENSSL_free(der);
    X509_ALGOR_free(algorithm);
    return out;
}

/* ---- certificates */

/* A certificate of `key` for `name`, issued by `issuer` (NULL: itself). */
static inline X509 *
kit_cert(EVP_PKEY *key, const char *name, X509 *issuer, EVP_PKEY *issuer_key, const EVP_MD *md)
{
    static long serial = 100;
    X509 *cert = X509_new();
    X509_NAME *subject = X509_get_subject_name(cert);

    (void)X509_set_version(cert, 2);
    (void)ASN1_INTEGER_set(X509_get_serialNumber(cert), ++serial);
    (void)X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, (const unsigned char *)name, -1,
                                     -1, 0);
    (void)X509_set_issuer_name(cert, issuer == NULL ? subject : X509_get_subject_name(issuer));
    (void)ASN1_TIME_set_string(X509_getm_notBefore(cert), "20200101000000Z");
    (void)ASN1_TIME_set_string(X509_getm_notAfter(cert), "20400101000000Z");
    (void)X509_set_pubkey(cert, key);
    assert_true(X509_sign(cert, issuer == NULL ? key : issuer_key, md) > 0);
    return cert;
}

static inline void
kit_extend(X509 *cert, EVP_PKEY *issuer_key, int nid, const char *value)
{
    X509_EXTENSION *extension = X509V3_EXT_conf_nid(NULL, NULL, nid, value);

    assert_non_null(extension);
    (void)X509_add_ext(cert, extension, -1);
    X509_EXTENSION_free(extension);
    assert_true(X509_sign(cert, issuer_key, EVP_sha256()) > 0);
}

static inline struct str
kit_der(struct arena *arena, const X509 *cert)
{
    unsigned char *der = NULL;
    int len = i2d_X509(cert, &der);
    struct str out = str_dup(arena, (struct str){(const char *)der, (size_t)len});

    OPENSSL_free(der);
    return out;
}

/* ---- signatures */

struct kit_signed {
    struct str content; /* what is signed */
    const EVP_MD *md;   /* NULL: SHA-256 */
    EVP_PKEY *key;
    X509 *cert;
    int signature_nid; /* 0: sha256WithRSAEncryption */
    bool pss;
    int salt, pss_trailer; /* of PSS as it is told; the real one has 32 bytes */
    const char *type;      /* OID_DATA when NULL */

    bool no_attributes, attribute_twice, two_values, no_digest, no_type;
    bool wrong_digest, wrong_ess, wrong_serial, no_ess, ess_first /* SHA-1 */;
    bool inside, other_type, no_cert, unsorted, loose_attribute, protection_lies;
    int signers; /* 0: one */
    struct str more_attribute, unsigned_attribute;
};

static inline struct str
kit_hash(struct arena *arena, const EVP_MD *md, struct str bytes)
{
    unsigned char hash[EVP_MAX_MD_SIZE];
    unsigned len;

    (void)EVP_Digest(bytes.ptr, bytes.len, hash, &len, md, NULL);
    return str_dup(arena, (struct str){(const char *)hash, len});
}

static inline struct str
kit_attribute(struct arena *arena, const char *type, struct str values)
{
    return DER_OF(arena, DER_SEQUENCE, der_oid(arena, type), der_of(arena, DER_SET, values));
}

static inline struct str
kit_issuer_serial(struct arena *arena, const X509 *cert, bool wrong, bool general)
{
    unsigned char *der = NULL;
    int len = i2d_X509_NAME(X509_get_issuer_name(cert), &der);
    struct str name = str_dup(arena, (struct str){(const char *)der, (size_t)len});
    ASN1_INTEGER *number = ASN1_INTEGER_dup(X509_get0_serialNumber(cert));

    OPENSSL_free(der);
    if (wrong)
        (void)ASN1_INTEGER_set(number, 7);
    der = NULL;
    len = i2d_ASN1_INTEGER(number, &der);
    struct str serial = str_dup(arena, (struct str){(const char *)der, (size_t)len});
    OPENSSL_free(der);
    ASN1_INTEGER_free(number);
    if (general)
        name = DER_OF(arena, DER_SEQUENCE, der_of(arena, DER_CONTEXT(4), name));
    return DER_OF(arena, DER_SEQUENCE, name, serial);
}

static inline struct str
kit_ess(struct arena *arena, const struct kit_signed *wish)
{
    const EVP_MD *md = wish->ess_first ? EVP_sha1() : EVP_sha256();
    struct str hash = kit_hash(arena, md, kit_der(arena, wish->cert));

    if (wish->wrong_ess)
        hash = kit_hash(arena, md, STR("another certificate"));
    struct str id = DER_OF(arena, DER_SEQUENCE, der_of(arena, DER_OCTETS, hash),
                           kit_issuer_serial(arena, wish->cert, wish->wrong_serial, true));
    struct str value = DER_OF(arena, DER_SEQUENCE, der_of(arena, DER_SEQUENCE, id));
    return kit_attribute(arena, wish->ess_first ? OID_ESS : OID_ESS_V2, value);
}

/* The attributes, in the order of DER for those of this kit: by their lengths' bytes. */
static inline struct str
kit_attributes(struct arena *arena, const struct kit_signed *wish)
{
    const char *type = wish->type == NULL ? OID_DATA : wish->type;
    const EVP_MD *md = wish->md == NULL ? EVP_sha256() : wish->md;
    struct str hash = kit_hash(arena, md, wish->content);
    struct str parts[8] = {{NULL, 0}};
    size_t count = 0;

    if (wish->wrong_digest)
        hash = kit_hash(arena, md, STR("another file"));
    struct str of_type = kit_attribute(arena, OID_CONTENT_TYPE, der_oid(arena, type));
    struct str digest = der_of(arena, DER_OCTETS, hash);
    if (wish->two_values)
        digest = der_join(arena, (const struct str[]){digest, digest, {NULL, 0}});
    struct str of_digest = kit_attribute(arena, OID_MESSAGE_DIGEST, digest);
    if (!wish->no_type)
        parts[count++] = of_type;
    if (wish->more_attribute.len > 0)
        parts[count++] = wish->more_attribute;
    if (wish->attribute_twice)
        parts[count++] = of_type;
    if (!wish->no_digest)
        parts[count++] = of_digest;
    if (!wish->no_ess)
        parts[count++] = kit_ess(arena, wish);
    return der_join(arena, parts);
}

static inline struct str
kit_pss_algorithm(struct arena *arena, const struct kit_signed *wish)
{
    struct str sha = der_algorithm(arena, NID_sha256);
    struct str mask =
        DER_OF(arena, DER_SEQUENCE, der_oid(arena, "\x2A\x86\x48\x86\xF7\x0D\x01\x01\x08"), sha);
    char salt = (char)wish->salt, trailer = (char)wish->pss_trailer;
    struct str number = der_of(arena, DER_INTEGER, (struct str){&salt, 1});
    struct str last = der_of(arena, DER_INTEGER, (struct str){&trailer, 1});
    struct str parameters = DER_OF(
        arena, DER_SEQUENCE, der_of(arena, DER_CONTEXT(0), sha),
        der_of(arena, DER_CONTEXT(1), mask), der_of(arena, DER_CONTEXT(2), number),
        wish->pss_trailer == 0 ? (struct str){NULL, 0} : der_of(arena, DER_CONTEXT(3), last));
    return DER_OF(arena, DER_SEQUENCE, der_oid(arena, "\x2A\x86\x48\x86\xF7\x0D\x01\x01\x0A"),
                  parameters);
}

static inline struct str
kit_value(struct arena *arena, const struct kit_signed *wish, struct str bytes)
{
    EVP_MD_CTX *ctx = EVP_MD_CTX_new();
    EVP_PKEY_CTX *key = NULL;
    unsigned char value[1024];
    size_t len = sizeof value;

    assert_int_equal(
        EVP_DigestSignInit(ctx, &key, wish->md == NULL ? EVP_sha256() : wish->md, NULL, wish->key),
        1);
    if (wish->pss) {
        assert_true(EVP_PKEY_CTX_set_rsa_padding(key, RSA_PKCS1_PSS_PADDING) > 0);
        assert_true(EVP_PKEY_CTX_set_rsa_pss_saltlen(key, 32) > 0);
    }
    assert_int_equal(EVP_DigestSign(ctx, value, &len, (const unsigned char *)bytes.ptr, bytes.len),
                     1);
    EVP_MD_CTX_free(ctx);
    return str_dup(arena, (struct str){(const char *)value, len});
}

static inline struct str
kit_signer(struct arena *arena, const struct kit_signed *wish)
{
    int md = EVP_MD_get_type(wish->md == NULL ? EVP_sha256() : wish->md);
    struct str attributes = kit_attributes(arena, wish);
    struct str signed_bytes =
        wish->no_attributes ? wish->content : der_of(arena, DER_SET, attributes);
    struct str value = kit_value(arena, wish, signed_bytes);
    struct str algorithm =
        wish->pss ? kit_pss_algorithm(arena, wish)
                  : der_algorithm(arena, wish->signature_nid == 0 ? NID_sha256WithRSAEncryption
                                                                  : wish->signature_nid);
    struct buf out = buf_in(arena);

    buf_add(&out, der_of(arena, DER_INTEGER, STR("\x01")));
    buf_add(&out, kit_issuer_serial(arena, wish->cert, false, false));
    buf_add(&out, der_algorithm(arena, md));
    if (!wish->no_attributes)
        buf_add(&out, der_of(arena, DER_CONTEXT(0), attributes));
    buf_add(&out, algorithm);
    buf_add(&out, der_of(arena, DER_OCTETS, value));
    if (wish->unsigned_attribute.len > 0)
        buf_add(&out, der_of(arena, DER_CONTEXT(1), wish->unsigned_attribute));
    return der_of(arena, DER_SEQUENCE, buf_str(&out));
}

/* The whole CMS. */
static inline struct str
kit_sign(struct arena *arena, const struct kit_signed *wish)
{
    int md = EVP_MD_get_type(wish->md == NULL ? EVP_sha256() : wish->md);
    const char *type = wish->type == NULL ? OID_DATA : wish->type;
    struct str signer = kit_signer(arena, wish);
    struct buf signers = buf_in(arena), data = buf_in(arena);

    for (int i = 0; i < (wish->signers == 0 ? 1 : wish->signers); i++)
        buf_add(&signers, signer);
    struct str inside = der_of(arena, DER_OCTETS, wish->content);
    struct str content =
        DER_OF(arena, DER_SEQUENCE, der_oid(arena, wish->other_type ? OID_SIGNED_DATA : type),
               wish->inside ? der_of(arena, DER_CONTEXT(0), inside) : (struct str){NULL, 0});
    buf_add(&data, der_of(arena, DER_INTEGER, STR("\x01")));
    buf_add(&data, der_of(arena, DER_SET, der_algorithm(arena, md)));
    buf_add(&data, content);
    if (!wish->no_cert)
        buf_add(&data, der_of(arena, DER_CONTEXT(0), kit_der(arena, wish->cert)));
    buf_add(&data, der_of(arena, DER_SET, buf_str(&signers)));
    return DER_OF(arena, DER_SEQUENCE, der_oid(arena, OID_SIGNED_DATA),
                  der_of(arena, DER_CONTEXT(0), der_of(arena, DER_SEQUENCE, buf_str(&data))));
}

#endif
