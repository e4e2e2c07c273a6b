/* Keys in files: PEM, and PKCS#12 with what programs before OpenSSL 3 encrypted it by (RC2 and
 * 3DES of PKCS#12, DES of PKCS#5). */
#include <string.h>

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/provider.h>

#include "base/arena.h"
#include "pki/key_inner.h"

/* ---- PEM */

/* What the callback for passphrases is given. */
struct asking {
    struct key_opening *opening;
    bool used;
};

static int
give_passphrase(char *out, int size, int writing, void *to)
{
    struct asking *asking = to;
    struct key_secret what = {KEY_PASSPHRASE, asking->opening->source->file, KEY_TRIES_FINE};
    const char *secret = writing ? NULL : key_secret(asking->opening, &what);
    size_t len = secret == NULL ? 0 : strlen(secret);

    asking->used = true;
    if (secret == NULL || size < 0 || len > (size_t)size)
        return -1;
    for (size_t i = 0; i < len; i++)
        out[i] = secret[i];
    return (int)len;
}

/* A key out of PKCS#8 that is encrypted. */
static EVP_PKEY *
sealed_key(const unsigned char *der, long len, struct asking *asking, OSSL_LIB_CTX *library)
{
    X509_SIG *sealed = d2i_X509_SIG(NULL, &der, len);
    char secret[KEY_SECRET_MAX];
    int size = sealed == NULL ? -1 : give_passphrase(secret, sizeof secret, 0, asking);
    PKCS8_PRIV_KEY_INFO *inner =
        size < 0 ? NULL : PKCS8_decrypt_ex(sealed, secret, size, library, NULL);
    EVP_PKEY *key = inner == NULL ? NULL : EVP_PKCS82PKEY_ex(inner, library, NULL);

    OPENSSL_cleanse(secret, sizeof secret);
    PKCS8_PRIV_KEY_INFO_free(inner);
    X509_SIG_free(sealed);
    return key;
}

static EVP_PKEY *
open_key(const unsigned char *der, long len)
{
    PKCS8_PRIV_KEY_INFO *inner = d2i_PKCS8_PRIV_KEY_INFO(NULL, &der, len);
    EVP_PKEY *key = inner == NULL ? NULL : EVP_PKCS82PKEY(inner);

    PKCS8_PRIV_KEY_INFO_free(inner);
    return key;
}

/* The first private key of whatever form. PEM_read_bio_PrivateKey() would leave a copy of it in
 * memory. */
static EVP_PKEY *
pem_key(struct str bytes, struct asking *asking, OSSL_LIB_CTX *library)
{
    BIO *bio = BIO_new_mem_buf(bytes.ptr, (int)bytes.len);
    unsigned char *der = NULL;
    const unsigned char *at;
    char *form = NULL;
    long len = 0;
    EVP_PKEY *key = NULL;

    if (bio != NULL && PEM_bytes_read_bio_secmem(&der, &len, &form, PEM_STRING_EVP_PKEY, bio,
                                                 give_passphrase, asking) == 1) {
        at = der;
        if (strcmp(form, PEM_STRING_PKCS8) == 0)
            key = sealed_key(der, len, asking, library);
        else if (strcmp(form, PEM_STRING_PKCS8INF) == 0)
            key = open_key(der, len);
        else
            key = d2i_AutoPrivateKey(NULL, &at, len);
        OPENSSL_secure_clear_free(der, (size_t)len);
        OPENSSL_secure_free(form);
    }
    BIO_free(bio);
    return key;
}

/* ---- what is read in a library context of its own */

/* Both readers give a key that lives in the context of the library that read it. */
struct old {
    OSSL_LIB_CTX *library;
    OSSL_PROVIDER *legacy, *standard;
};

static bool
old_open(struct old *old)
{
    old->library = OSSL_LIB_CTX_new();
    old->legacy = old->library == NULL ? NULL : OSSL_PROVIDER_load(old->library, "legacy");
    old->standard = old->library == NULL ? NULL : OSSL_PROVIDER_load(old->library, "default");
    return old->legacy != NULL && old->standard != NULL;
}

static void
old_close(struct old *old)
{
    if (old->legacy != NULL)
        (void)OSSL_PROVIDER_unload(old->legacy);
    if (old->standard != NULL)
        (void)OSSL_PROVIDER_unload(old->standard);
    OSSL_LIB_CTX_free(old->library);
}

/* A key of another library context as one of the usual, so that nothing is signed by what is old.
 */
static EVP_PKEY *
bring_home(EVP_PKEY *key)
{
    unsigned char *der = NULL;
    int len = key == NULL ? -1 : i2d_PrivateKey(key, &der);
    const unsigned char *at = der;
    EVP_PKEY *out = len > 0 ? d2i_AutoPrivateKey(NULL, &at, len) : NULL;

    if (len > 0)
        OPENSSL_clear_free(der, (size_t)len);
    EVP_PKEY_free(key);
    return out;
}

/* Whether it can be opened in a few seconds. */
static bool
is_quick(struct key_opening *o, const struct key_sealing *sealing)
{
    return sealing->iterations <= KEY_ITERATIONS_MAX ||
           key_fail(o, DIAG_SIGN_KEY_SLOW, o->source->file, NULL, NULL);
}

/* Tells of old encryption, once it was opened. */
static bool
opened(struct key_opening *o, const struct key_sealing *sealing)
{
    if (sealing->old)
        (void)key_fail(o, DIAG_SIGN_KEY_OLD, o->source->file, NULL, NULL);
    return true;
}

static bool
open_pem(struct key_opening *o, struct str bytes)
{
    struct asking asking = {o, false};
    struct old old = {NULL, NULL, NULL};
    const char *file = o->source->file;
    struct key_sealing sealing = key_sealing_of_pem(bytes);

    if (!is_quick(o, &sealing))
        return false;
    o->key->pkey = pem_key(bytes, &asking, NULL);
    if (o->key->pkey == NULL && asking.used && o->answered && old_open(&old))
        o->key->pkey = bring_home(pem_key(bytes, &asking, old.library));
    old_close(&old);
    if (o->key->pkey != NULL)
        return opened(o, &sealing);
    if (asking.used)
        return o->answered && key_fail(o, DIAG_SIGN_PASSPHRASE, file, NULL, NULL);
    return key_fail(o, DIAG_SIGN_KEY_NONE, file, NULL, NULL);
}

/* ---- PKCS#12 */

static PKCS12 *
p12_of(struct str bytes, OSSL_LIB_CTX *library)
{
    const unsigned char *at = (const unsigned char *)bytes.ptr;
    PKCS12 *p12 = PKCS12_init_ex(NID_pkcs7_data, library, NULL);

    if (p12 != NULL && d2i_PKCS12(&p12, &at, (long)bytes.len) == NULL)
        return NULL; /* freed by d2i */
    return p12;
}

/* The passphrase that opens it, asked for unless it opens without; NULL with a message. */
static const char *
p12_passphrase(struct key_opening *o, PKCS12 *p12)
{
    struct key_secret what = {KEY_PASSPHRASE, o->source->file, KEY_TRIES_FINE};
    bool has_mac = PKCS12_mac_present(p12) == 1;

    if (has_mac && (PKCS12_verify_mac(p12, NULL, 0) == 1 || PKCS12_verify_mac(p12, "", 0) == 1))
        return "";
    const char *secret = key_secret(o, &what);
    if (secret == NULL || !has_mac || PKCS12_verify_mac(p12, secret, -1) == 1)
        return secret;
    (void)key_fail(o, DIAG_SIGN_PASSPHRASE, o->source->file, NULL, NULL);
    return NULL;
}

/* Adds a copy of a certificate, which may belong to another library context. */
static bool
add_copy(struct key_opening *o, const X509 *cert)
{
    X509 *copy = certs_of_der(certs_der(o->arena, cert));
    bool good = copy != NULL && certs_add(o->source->cert_file == NULL ? o->own : o->pool, copy);

    X509_free(copy);
    return good;
}

/* Takes key and certificates out of it; false where they cannot be decrypted. */
static bool
p12_take(struct key_opening *o, PKCS12 *p12, const char *secret)
{
    X509 *cert = NULL;
    STACK_OF(X509) *others = NULL;

    if (p12 == NULL || PKCS12_parse(p12, secret, &o->key->pkey, &cert, &others) != 1)
        return false;
    bool good = cert == NULL || add_copy(o, cert);
    for (int i = 0; i < sk_X509_num(others) && good; i++)
        good = add_copy(o, sk_X509_value(others, i));
    X509_free(cert);
    certs_free(others);
    return good;
}

static bool
p12_take_old(struct key_opening *o, struct str bytes, const char *secret)
{
    struct old old = {NULL, NULL, NULL};
    PKCS12 *p12 = old_open(&old) ? p12_of(bytes, old.library) : NULL;
    bool good = p12_take(o, p12, secret);

    PKCS12_free(p12);
    if (good && o->key->pkey != NULL) {
        o->key->pkey = bring_home(o->key->pkey);
        good = o->key->pkey != NULL;
    }
    old_close(&old);
    return good;
}

static bool
open_p12(struct key_opening *o, struct str bytes, PKCS12 *p12)
{
    const char *file = o->source->file;
    struct key_sealing sealing = key_sealing_of_p12(p12);

    if (!is_quick(o, &sealing))
        return false;
    const char *secret = p12_passphrase(o, p12);
    if (secret == NULL)
        return false;
    if (!p12_take(o, p12, secret) && !p12_take_old(o, bytes, secret)) {
        bool proven = PKCS12_mac_present(p12) == 1;
        const char *reason = key_reason(o->diags);
        return key_fail(o, proven ? DIAG_SIGN_KEY_DAMAGED : DIAG_SIGN_PASSPHRASE, file,
                        proven ? reason : NULL, NULL);
    }
    return o->key->pkey != NULL ? opened(o, &sealing)
                                : key_fail(o, DIAG_SIGN_KEY_NONE, file, NULL, NULL);
}

/* ---- both */

static bool
open_bytes(struct key_opening *o, struct str bytes)
{
    const char *file = o->source->file;
    STACK_OF(X509) *certs = o->source->cert_file == NULL ? o->own : o->pool;

    if (str_find(bytes, STR("-----BEGIN ")) != SIZE_MAX)
        return open_pem(o, bytes) && (str_find(bytes, STR("CERTIFICATE-----")) == SIZE_MAX ||
                                      certs_read(o->diags, file, bytes, certs));
    PKCS12 *p12 = bytes.len == 0 ? NULL : p12_of(bytes, NULL);
    if (p12 == NULL) {
        ERR_clear_error();
        return key_fail(o, DIAG_SIGN_KEY_UNKNOWN, file, NULL, NULL);
    }
    bool good = open_p12(o, bytes, p12);
    PKCS12_free(p12);
    return good;
}

bool
key_file_open(struct key_opening *o)
{
    struct str bytes;

    if (o->where == NULL)
        o->where = o->source->file;
    if (!key_read(o, o->source->file, KEY_FILE_MAX, &bytes))
        return false;
    bool good = open_bytes(o, bytes);
    key_forget(bytes);
    return good;
}
