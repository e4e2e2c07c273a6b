/* Keys in files, and what is asked of certificates before anything is signed. */
#include "pki_kit.h"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/pkcs12.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>

#include "pki/certs.h"

static void
signs(struct fixture *f, struct key *key)
{
    struct str signature;

    assert_non_null(key);
    assert_true(key_sign(key, f->arena, f->diags, STR("what is signed"), &signature));
    assert_true(signature.len > 60);
    assert_int_equal(diags_level_count(f->diags, DIAG_ERROR), 0);
}

static void
every_kind_signs(void **state)
{
    static const struct {
        const char *name, *algorithm;
    } keys[] = {{"rsa", "RSA-SHA256"},
                {"p256", "ECDSA-SHA256"},
                {"p384", "ECDSA-SHA384"},
                {"pss", "RSA-PSS-SHA256"}};
    struct fixture *f = *state;

    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        struct key *key = pki_key(f, keys[i].name);
        assert_string_equal(key_algorithm_name(key_algorithm(key)), keys[i].algorithm);
        assert_int_equal(EVP_MD_get_size(key_digest(key)), i == 2 ? 48 : 32);
        assert_int_equal(sk_X509_num(key_chain(key)), 3);
        assert_ptr_equal(sk_X509_value(key_chain(key), 0), key_certificate(key));
        signs(f, key);
        key_close(key);
    }
    assert_int_equal(diags_count(f->diags), 0);
}

static void
pss_by_wish(void **state)
{
    struct fixture *f = *state;
    struct key_source source = pki_source(f, "pki/rsa.key", "pki/rsa.pem", "pki/issuing.pem");

    source.pss = true;
    struct key *key = key_open(f->arena, f->diags, &source);
    signs(f, key);
    assert_int_equal(key_algorithm(key), KEY_RSA_PSS_SHA256);
    key_close(key);
}

/* ---- passphrases */

static void
encrypted_pem(void **state)
{
    struct fixture *f = *state;
    struct key_source source =
        pki_source(f, "pki/rsa-encrypted.key", "pki/rsa.pem", "pki/issuing.pem");
    struct answering answering = {.secret = pki_read(f, "pki/passphrase", NULL)};

    source.asker = (struct key_asker){answer, &answering};
    struct key *key = key_open(f->arena, f->diags, &source);
    signs(f, key);
    key_close(key);
    assert_int_equal(answering.asked, 1);
    assert_int_equal(answering.last.kind, KEY_PASSPHRASE);
    answering.secret = "wrong";
    assert_fails(f, key_open(f->arena, f->diags, &source), SIGN_PASSPHRASE);
    assert_int_equal(answering.asked, 2);
    answering.secret = NULL;
    assert_fails(f, key_open(f->arena, f->diags, &source), SIGN_SECRET_NONE);
    source.asker.ask = NULL;
    assert_fails(f, key_open(f->arena, f->diags, &source), SIGN_SECRET_NONE);
}

static void
plain_keys_ask_nothing(void **state)
{
    struct fixture *f = *state;
    struct key_source source = pki_source(f, "pki/rsa.key", "pki/rsa.pem", "pki/issuing.pem");
    struct answering answering = {.secret = "?"};

    source.asker = (struct key_asker){answer, &answering};
    key_close(key_open(f->arena, f->diags, &source));
    assert_int_equal(answering.asked, 0);
}

static void
pkcs12(void **state)
{
    struct fixture *f = *state;
    struct key_source source = pki_source(f, "pki/p256.p12", NULL, NULL);
    struct answering answering = {.secret = pki_read(f, "pki/passphrase", NULL)};

    source.asker = (struct key_asker){answer, &answering};
    struct key *key = key_open(f->arena, f->diags, &source);
    signs(f, key);
    assert_int_equal(sk_X509_num(key_chain(key)), 2);
    assert_int_equal(diags_count(f->diags), 1);
    assert_diag(f->diags, 0, SIGN_CHAIN_ROOT);
    assert_int_equal(answering.asked, 1);
    key_close(key);
    answering.secret = "wrong";
    assert_fails(f, key_open(f->arena, f->diags, &source), SIGN_PASSPHRASE);
}

/* RC2 and 3DES, as Windows and OpenSSL 1 wrote them, are read without changing how anything else is
 * done: a key in the usual library context comes out. */
static void
old_encryption(void **state)
{
    struct fixture *f = *state;
    struct key_source source = pki_source(f, "pki/rsa-old.p12", NULL, "pki/issuing.pem");
    struct answering answering = {.secret = pki_read(f, "pki/passphrase", NULL)};

    source.asker = (struct key_asker){answer, &answering};
    struct key *key = key_open(f->arena, f->diags, &source);
    signs(f, key);
    assert_int_equal(answering.asked, 1);
    assert_int_equal(diags_count(f->diags), 1);
    assert_diag(f->diags, 0, SIGN_KEY_OLD);
    assert_null(EVP_CIPHER_fetch(NULL, "RC2-40-CBC", NULL));
    ERR_clear_error();
    key_close(key);
    answering.secret = "wrong";
    assert_fails(f, key_open(f->arena, f->diags, &source), SIGN_PASSPHRASE);
}

/* 3DES needs no library context of its own, and OpenSSL's own PEM neither; both are old. */
static void
other_old_encryption(void **state)
{
    struct fixture *f = *state;
    struct answering answering = {.secret = "one"};
    struct key_source source = pki_source(f, NULL, "pki/p256.pem", "pki/issuing.pem");
    static const char *const made[] = {
        "pkcs12 -export -keypbe PBE-SHA1-3DES -certpbe NONE -inkey pki/p256.key -in pki/p256.pem",
        "ec -aes128 -in pki/p256.key", "pkcs8 -topk8 -v1 PBE-SHA1-3DES -in pki/p256.key",
        "pkcs8 -topk8 -v1 PBE-MD5-DES -provider legacy -provider default -in pki/p256.key"};

    source.file = pki_path(f->arena, "unit-old");
    source.asker = (struct key_asker){answer, &answering};
    for (size_t i = 0; i < sizeof made / sizeof made[0]; i++) {
        pki_run(arena_printf(f->arena,
                             "cd '%s' && openssl %s -passout pass:one -out unit-old 2>unit-log",
                             pki_build(f->arena), made[i]));
        struct key *key = key_open(f->arena, f->diags, &source);
        signs(f, key);
        assert_int_equal(diags_count(f->diags), i + 1);
        assert_diag(f->diags, i, SIGN_KEY_OLD);
        key_close(key);
    }
}

static EVP_PKEY *
pem_key(struct fixture *f, const char *name)
{
    struct str bytes;

    (void)pki_read(f, name, &bytes);
    BIO *bio = BIO_new_mem_buf(bytes.ptr, (int)bytes.len);
    EVP_PKEY *key = PEM_read_bio_PrivateKey(bio, NULL, NULL, NULL);
    BIO_free(bio);
    assert_non_null(key);
    return key;
}

static const char *
write_p12(struct fixture *f, PKCS12 *p12)
{
    unsigned char *der = NULL;
    int len = i2d_PKCS12(p12, &der);
    const char *path = pki_write(f, "unit-own.p12", (struct str){(const char *)der, (size_t)len});

    OPENSSL_free(der);
    PKCS12_free(p12);
    return path;
}

static void
passphrases_inside_and_outside(void **state)
{
    struct fixture *f = *state;
    EVP_PKEY *key = pem_key(f, "pki/p256.key");
    PKCS12 *p12 = PKCS12_create("one", "name", key, NULL, NULL, 0, 0, 2048, 1, 0);
    struct answering answering = {.secret = "two"};
    struct key_source source = {.asker = {answer, &answering}};

    assert_int_equal(PKCS12_set_mac(p12, "two", -1, NULL, 0, 2048, NULL), 1);
    source.file = write_p12(f, p12);
    assert_fails(f, key_open(f->arena, f->diags, &source), SIGN_KEY_DAMAGED);
    source.file = write_p12(f, PKCS12_create("one", "name", key, NULL, NULL, 0, 0, 2048, -1, 0));
    assert_fails(f, key_open(f->arena, f->diags, &source), SIGN_PASSPHRASE);
    /* no passphrase at all, and no certificate */
    source.file = write_p12(f, PKCS12_create("", "name", key, NULL, NULL, 0, 0, 2048, 1, 0));
    answering.asked = 0;
    assert_fails(f, key_open(f->arena, f->diags, &source), SIGN_CERT_NONE);
    assert_int_equal(answering.asked, 0);
    EVP_PKEY_free(key);
}

/* A file that would hash for hours is refused before it is begun. */
static void
endless_iterations(void **state)
{
    struct fixture *f = *state;
    EVP_PKEY *key = pem_key(f, "pki/p256.key");
    PKCS12 *p12 = PKCS12_create("one", "name", key, NULL, NULL, 0, 0, 66051, 1, 0);
    struct key_source source = {.file = write_p12(f, p12)};
    struct str bytes;

    for (int i = 0; i < 2; i++) { /* of the key, then of the MAC alone */
        (void)pki_read(f, "unit-own.p12", &bytes);
        size_t at = str_find(bytes, STR("\x02\x03\x01\x02\x03"));
        assert_true(at < bytes.len);
        memset((char *)bytes.ptr + at + 2, 0x7f, 3);
        (void)pki_write(f, "unit-own.p12", bytes);
        assert_fails(f, key_open(f->arena, f->diags, &source), SIGN_KEY_SLOW);
        (void)write_p12(f, PKCS12_create("one", "name", key, NULL, NULL, 0, 0, 1000, 66051, 0));
    }
    EVP_PKEY_free(key);
}

/* ---- files that are something else */

static void
no_key(void **state)
{
    struct fixture *f = *state;
    struct key_source source = pki_source(f, "pki/rsa.pem", NULL, NULL);

    assert_fails(f, key_open(f->arena, f->diags, &source), SIGN_KEY_NONE);
    source.file = pki_write(f, "unit-garbage", STR("no key\n"));
    assert_fails(f, key_open(f->arena, f->diags, &source), SIGN_KEY_UNKNOWN);
    source.file = pki_write(f, "unit-garbage", STR(""));
    assert_fails(f, key_open(f->arena, f->diags, &source), SIGN_KEY_UNKNOWN);
    source.file = NULL;
    assert_fails(f, key_open(f->arena, f->diags, &source), SIGN_KEY_ONE);
    source.file = source.command = "both";
    assert_fails(f, key_open(f->arena, f->diags, &source), SIGN_KEY_ONE);
}

static void
no_certificate(void **state)
{
    struct fixture *f = *state;
    struct key_source source = pki_source(f, "pki/rsa.key", NULL, NULL);

    assert_fails(f, key_open(f->arena, f->diags, &source), SIGN_CERT_NONE);
    source.cert_file = pki_path(f->arena, "pki/rsa.key");
    assert_fails(f, key_open(f->arena, f->diags, &source), SIGN_CERT_NONE);
    source.cert_file = pki_path(f->arena, "pki/passphrase");
    assert_fails(f, key_open(f->arena, f->diags, &source), SIGN_CERT_UNREAD);
}

static void
mismatch(void **state)
{
    struct fixture *f = *state;
    struct key_source source = pki_source(f, "pki/rsa.key", "pki/rsa-b.pem", "pki/issuing.pem");

    assert_fails(f, key_open(f->arena, f->diags, &source), SIGN_MISMATCH);
    source.cert_file = pki_path(f->arena, "pki/p256.pem");
    assert_fails(f, key_open(f->arena, f->diags, &source), SIGN_MISMATCH);
}

/* Of several certificates the one of the key is taken, in whatever order they stand. */
static void
several_certificates(void **state)
{
    struct fixture *f = *state;
    struct buf all = buf_in(f->arena);

    buf_text(&all, pki_read(f, "pki/issuing.pem", NULL));
    buf_byte(&all, '\n');
    buf_text(&all, pki_read(f, "pki/p256.pem", NULL));
    buf_byte(&all, '\n');
    buf_text(&all, pki_read(f, "pki/rsa.pem", NULL));
    buf_byte(&all, '\n');
    buf_text(&all, pki_read(f, "pki/rsa.key", NULL));
    buf_byte(&all, '\n');
    struct key_source source = {.file = pki_write(f, "unit-all.pem", buf_str(&all))};
    struct key *key = key_open(f->arena, f->diags, &source);
    signs(f, key);
    assert_int_equal(key_algorithm(key), KEY_RSA_SHA256);
    assert_int_equal(sk_X509_num(key_chain(key)), 2);
    key_close(key);
}

/* ---- certificates that are not to sign */

static void
fails_as(struct fixture *f, const char *name, const char *code)
{
    struct key_source source =
        pki_source(f, arena_printf(f->arena, "pki/%s.key", name),
                   arena_printf(f->arena, "pki/%s.pem", name), "pki/issuing.pem");

    assert_null(key_open(f->arena, f->diags, &source));
    assert_int_equal(diags_count(f->diags), 1);
    assert_string_equal(diag_code_name(diags_at(f->diags, 0)->code), code);
    diags_free(f->diags);
    f->diags = diags_new();
}

static void
unfit_certificates(void **state)
{
    struct fixture *f = *state;

    fails_as(f, "expired", "SIGN_CERT_EXPIRED");
    fails_as(f, "not-yet", "SIGN_CERT_EARLY");
    fails_as(f, "no-usage", "SIGN_CERT_USAGE");
    fails_as(f, "as-ca", "SIGN_CERT_CA");
    fails_as(f, "rsa-1024", "SIGN_CERT_KEY");
}

/* The time can be given, and it is the chain's, too. */
static void
at_another_time(void **state)
{
    struct fixture *f = *state;
    struct key_source source =
        pki_source(f, "pki/expired.key", "pki/expired.pem", "pki/issuing.pem");

    source.now = 1600000000; /* in 2020 the certificate was valid, its issuer was not */
    assert_fails(f, key_open(f->arena, f->diags, &source), SIGN_CERT_EARLY);
    source.chain_count = 0;
    source.incomplete_chain = true;
    struct key *key = key_open(f->arena, f->diags, &source);
    signs(f, key);
    key_close(key);
}

static void
chain(void **state)
{
    struct fixture *f = *state;
    struct key_source source = pki_source(f, "pki/rsa.key", "pki/rsa.pem", NULL);

    assert_fails(f, key_open(f->arena, f->diags, &source), SIGN_CHAIN_INCOMPLETE);
    source.incomplete_chain = true;
    key_close(key_open(f->arena, f->diags, &source));
    assert_int_equal(diags_count(f->diags), 1);
    assert_diag(f->diags, 0, SIGN_CHAIN_SHORT);
    /* a certificate of the same name by another's key is no issuer */
    source = pki_source(f, "pki/stranger.key", "pki/stranger.pem", "pki/issuing.pem");
    diags_free(f->diags);
    f->diags = diags_new();
    assert_fails(f, key_open(f->arena, f->diags, &source), SIGN_CHAIN_INCOMPLETE);
}

/* A certificate of our own making, which says nothing of its use. */
static X509 *
own_certificate(EVP_PKEY *key, int extension, const char *value)
{
    X509 *cert = X509_new();
    X509_NAME *name = X509_get_subject_name(cert);

    assert_int_equal(X509_set_version(cert, 2), 1);
    assert_int_equal(ASN1_INTEGER_set(X509_get_serialNumber(cert), 7), 1);
    assert_non_null(X509_gmtime_adj(X509_getm_notBefore(cert), -60));
    assert_non_null(X509_gmtime_adj(X509_getm_notAfter(cert), 3600));
    assert_int_equal(X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8,
                                                (const unsigned char *)"own\ncertificate", -1, -1,
                                                0),
                     1);
    assert_int_equal(X509_set_issuer_name(cert, name), 1);
    assert_int_equal(X509_set_pubkey(cert, key), 1);
    for (int i = 0; extension != NID_undef && i < 2; i++) {
        X509_EXTENSION *one = X509V3_EXT_conf_nid(NULL, NULL, extension, value);
        assert_int_equal(X509_add_ext(cert, one, -1), 1);
        X509_EXTENSION_free(one);
    }
    assert_true(X509_sign(cert, key, EVP_PKEY_is_a(key, "RSA-PSS") ? EVP_sha512() : EVP_sha256()) >
                0);
    return cert;
}

static void
certificates_of_our_own(void **state)
{
    struct fixture *f = *state;
    EVP_PKEY *keys[] = {EVP_EC_gen("P-256"), EVP_EC_gen("P-521"), EVP_RSA_gen(2048)};
    X509 *plain = own_certificate(keys[0], NID_undef, NULL);
    X509 *other_curve = own_certificate(keys[1], NID_undef, NULL);
    X509 *smallest = own_certificate(keys[2], NID_undef, NULL);
    X509 *twice = own_certificate(keys[0], NID_basic_constraints, "critical,CA:FALSE");
    time_t now = time(NULL);

    assert_true(key_certificate_is_fit(f->arena, f->diags, NULL, plain, now));
    assert_true(key_certificate_is_fit(f->arena, f->diags, NULL, smallest, now));
    assert_str(certs_subject(f->arena, plain), "own certificate");
    assert_false(key_certificate_is_fit(f->arena, f->diags, NULL, other_curve, now));
    assert_false(key_certificate_is_fit(f->arena, f->diags, NULL, twice, now));
    assert_diag(f->diags, 0, SIGN_CERT_KEY);
    assert_diag(f->diags, 1, SIGN_CERT_DAMAGED);
    X509_free(plain);
    X509_free(other_curve);
    X509_free(smallest);
    X509_free(twice);
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
        EVP_PKEY_free(keys[i]);
}

/* A key that only signs with another hash fails when it signs, not later. */
static void
key_that_cannot(void **state)
{
    struct fixture *f = *state;
    EVP_PKEY_CTX *ctx = EVP_PKEY_CTX_new_from_name(NULL, "RSA-PSS", NULL);
    EVP_PKEY *key = NULL;
    struct str signature;
    BIO *out = BIO_new(BIO_s_mem());
    char *pem;

    assert_true(EVP_PKEY_keygen_init(ctx) > 0 && EVP_PKEY_CTX_set_rsa_keygen_bits(ctx, 2048) > 0 &&
                EVP_PKEY_CTX_set_rsa_pss_keygen_md(ctx, EVP_sha512()) > 0 &&
                EVP_PKEY_CTX_set_rsa_pss_keygen_mgf1_md(ctx, EVP_sha512()) > 0 &&
                EVP_PKEY_generate(ctx, &key) > 0);
    X509 *cert = own_certificate(key, NID_undef, NULL);
    assert_true(PEM_write_bio_PrivateKey(out, key, NULL, NULL, 0, NULL, NULL) == 1 &&
                PEM_write_bio_X509(out, cert) == 1);
    long len = BIO_get_mem_data(out, &pem);
    struct key_source source = {.file =
                                    pki_write(f, "unit-own.pem", (struct str){pem, (size_t)len})};
    struct key *opened = key_open(f->arena, f->diags, &source);
    assert_non_null(opened);
    assert_false(key_sign(opened, f->arena, f->diags, STR("x"), &signature));
    assert_fails(f, NULL, SIGN_FAILED);
    key_close(opened);
    BIO_free(out);
    X509_free(cert);
    EVP_PKEY_free(key);
    EVP_PKEY_CTX_free(ctx);
}

/* ---- reading certificates */

static void
forms_of_certificates(void **state)
{
    struct fixture *f = *state;
    STACK_OF(X509) *certs = certs_new();
    struct str bytes;

    (void)pki_read(f, "pki/rsa-chain.pem", &bytes);
    assert_true(certs_read(f->diags, "a.pem", bytes, certs));
    assert_int_equal(sk_X509_num(certs), 2);
    struct str der = certs_der(f->arena, sk_X509_value(certs, 0));
    assert_true(certs_read(f->diags, "a.der", der, certs));
    assert_int_equal(sk_X509_num(certs), 2);
    assert_false(certs_read(f->diags, "a.der", str_sub(der, 0, der.len - 1), certs));
    assert_diag(f->diags, 0, SIGN_CERT_UNREAD);
    const char *build = pki_build(f->arena);
    pki_run(arena_printf(
        f->arena,
        "cd '%s' && openssl crl2pkcs7 -nocrl -certfile pki/p256-chain.pem -out unit.p7b && "
        "openssl crl2pkcs7 -nocrl -certfile pki/p384-chain.pem -outform DER -out unit-der.p7b",
        build));
    (void)pki_read(f, "unit.p7b", &bytes);
    assert_true(certs_read(f->diags, "a.p7b", bytes, certs));
    assert_int_equal(sk_X509_num(certs), 3);
    (void)pki_read(f, "unit-der.p7b", &bytes);
    assert_true(certs_read(f->diags, "a.p7b", bytes, certs));
    assert_int_equal(sk_X509_num(certs), 4);
    certs_free(certs);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, pki_setup, fixture_teardown)
        TEST(every_kind_signs),
        TEST(pss_by_wish),
        TEST(encrypted_pem),
        TEST(plain_keys_ask_nothing),
        TEST(pkcs12),
        TEST(old_encryption),
        TEST(other_old_encryption),
        TEST(passphrases_inside_and_outside),
        TEST(endless_iterations),
        TEST(no_key),
        TEST(no_certificate),
        TEST(mismatch),
        TEST(several_certificates),
        TEST(unfit_certificates),
        TEST(at_another_time),
        TEST(chain),
        TEST(certificates_of_our_own),
        TEST(key_that_cannot),
        TEST(forms_of_certificates),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
