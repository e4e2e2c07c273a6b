/* The CMS of a signature: what is in it, and that others take it. */
#include "pki_kit.h"

#include <openssl/cms.h>
#include <openssl/err.h>

#include "pki/certs.h"
#include "pki/cms.h"

static const char content[] = "the bytes of a PDF but those of its signature";

static struct str
hash_of_content(struct fixture *f, const struct key *key)
{
    unsigned char *out = arena_alloc(f->arena, EVP_MAX_MD_SIZE);
    unsigned len = 0;

    assert_int_equal(EVP_Digest(content, strlen(content), out, &len, key_digest(key), NULL), 1);
    return (struct str){(const char *)out, len};
}

static struct str
made(struct fixture *f, struct key *key, struct str token)
{
    struct cms *cms = cms_sign(f->arena, f->diags, key, hash_of_content(f, key));
    struct str der;

    assert_non_null(cms);
    assert_true(cms_value(cms).len > 60);
    if (token.len > 0)
        assert_true(cms_add_stamp(cms, f->diags, token));
    assert_true(cms_der(cms, f->arena, f->diags, &der));
    cms_close(cms);
    return der;
}

static CMS_ContentInfo *
parsed(struct str der)
{
    const unsigned char *at = (const unsigned char *)der.ptr;
    CMS_ContentInfo *cms = d2i_CMS_ContentInfo(NULL, &at, (long)der.len);

    assert_non_null(cms);
    assert_ptr_equal(at, der.ptr + der.len);
    return cms;
}

static void
is_accepted(struct fixture *f, CMS_ContentInfo *cms)
{
    struct str pem;
    STACK_OF(X509) *roots = certs_new();
    X509_STORE *store = X509_STORE_new();
    BIO *bytes = BIO_new_mem_buf(content, -1);

    (void)pki_read(f, "pki/root.pem", &pem);
    assert_true(certs_read(f->diags, "root.pem", pem, roots));
    assert_int_equal(X509_STORE_add_cert(store, sk_X509_value(roots, 0)), 1);
    (void)X509_VERIFY_PARAM_set_purpose(X509_STORE_get0_param(store), X509_PURPOSE_ANY);
    if (CMS_verify(cms, NULL, store, bytes, NULL, CMS_BINARY | CMS_CADES) != 1) {
        ERR_print_errors_fp(stderr);
        fail();
    }
    BIO_free(bytes);
    X509_STORE_free(store);
    certs_free(roots);
}

static const int attributes[] = {NID_pkcs9_contentType, NID_pkcs9_messageDigest,
                                 NID_id_smime_aa_signingCertificateV2};

/* PAdES: these attributes and no others, above all no signingTime. */
static void
has_three_attributes(CMS_ContentInfo *cms)
{
    STACK_OF(CMS_SignerInfo) *signers = CMS_get0_SignerInfos(cms);
    CMS_SignerInfo *signer = sk_CMS_SignerInfo_value(signers, 0);

    assert_int_equal(sk_CMS_SignerInfo_num(signers), 1);
    assert_int_equal(CMS_signed_get_attr_count(signer), 3);
    for (int i = 0; i < 3; i++)
        assert_true(CMS_signed_get_attr_by_NID(signer, attributes[i], -1) >= 0);
    assert_true(CMS_unsigned_get_attr_count(signer) <= 0);
    assert_null(*CMS_get0_content(cms));
}

static int
signature_nid(CMS_ContentInfo *cms)
{
    X509_ALGOR *algorithm = NULL;

    CMS_SignerInfo_get0_algs(sk_CMS_SignerInfo_value(CMS_get0_SignerInfos(cms), 0), NULL, NULL,
                             NULL, &algorithm);
    return OBJ_obj2nid(algorithm->algorithm);
}

static void
every_kind(void **state)
{
    static const struct {
        const char *name;
        int nid;
    } kinds[] = {{"rsa", NID_rsaEncryption},
                 {"p256", NID_ecdsa_with_SHA256},
                 {"p384", NID_ecdsa_with_SHA384},
                 {"pss", NID_rsassaPss}};
    struct fixture *f = *state;

    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++) {
        struct key *key = pki_key(f, kinds[i].name);
        struct str der = made(f, key, STR(""));
        CMS_ContentInfo *cms = parsed(der);
        has_three_attributes(cms);
        assert_int_equal(signature_nid(cms), kinds[i].nid);
        is_accepted(f, cms);
        STACK_OF(X509) *certs = CMS_get1_certs(cms);
        assert_int_equal(sk_X509_num(certs), 2); /* the root is with those who trust it */
        assert_true(der.len <= cms_room(key));
        assert_true(cms_room(key) - der.len < 1024);
        certs_free(certs);
        CMS_ContentInfo_free(cms);
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
    CMS_ContentInfo *cms = parsed(made(f, key, STR("")));
    assert_int_equal(signature_nid(cms), NID_rsassaPss);
    is_accepted(f, cms);
    CMS_ContentInfo_free(cms);
    key_close(key);
}

/* A hash of another length than the key goes with was made by another algorithm. */
static void
hash_of_another_kind(void **state)
{
    struct fixture *f = *state;
    struct key *key = pki_key(f, "p384");

    assert_fails(f, cms_sign(f->arena, f->diags, key, STR("0123456789abcdef0123456789abcdef")),
                 SIGN_FAILED);
    key_close(key);
}

/* What a time stamp is of does not change when it is put in. */
static void
with_a_stamp(void **state)
{
    struct fixture *f = *state;
    struct key *key = pki_key(f, "rsa");
    CMS_ContentInfo *cms = parsed(made(f, key, STR("\x30\x03\x02\x01\x05")));
    CMS_SignerInfo *signer = sk_CMS_SignerInfo_value(CMS_get0_SignerInfos(cms), 0);

    assert_int_equal(CMS_signed_get_attr_count(signer), 3);
    assert_int_equal(CMS_unsigned_get_attr_count(signer), 1);
    assert_true(CMS_unsigned_get_attr_by_NID(signer, NID_id_smime_aa_timeStampToken, -1) == 0);
    is_accepted(f, cms);
    CMS_ContentInfo_free(cms);
    key_close(key);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, pki_setup, fixture_teardown)
        TEST(every_kind),
        TEST(pss_by_wish),
        TEST(hash_of_another_kind),
        TEST(with_a_stamp),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
