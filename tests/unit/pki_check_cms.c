/* Signatures that are good, and those that are not: each is wrong in one place. */
#include "signed_kit.h"

#include "pki/check_cms.h"

#define TEXT "the bytes of a file"

struct signed_fixture {
    struct arena *arena;
    struct diags *diags;
    EVP_PKEY *rsa, *ec;
    X509 *rsa_cert, *ec_cert;
    struct evidence *evidence;
};

static int
setup(void **state)
{
    int result = fixture_open(state, sizeof(struct signed_fixture));
    struct signed_fixture *f = *state;

    f->rsa = EVP_RSA_gen(2048);
    f->ec = EVP_EC_gen("P-256");
    f->rsa_cert = kit_cert(f->rsa, "RSA", NULL, NULL, EVP_sha256());
    f->ec_cert = kit_cert(f->ec, "EC", NULL, NULL, EVP_sha256());
    f->evidence = evidence_new(f->arena);
    return result;
}

static int
teardown(void **state)
{
    struct signed_fixture *f = *state;

    evidence_free(f->evidence);
    X509_free(f->rsa_cert);
    X509_free(f->ec_cert);
    EVP_PKEY_free(f->rsa);
    EVP_PKEY_free(f->ec);
    return fixture_teardown(state);
}

static struct kit_signed
good_one(const struct signed_fixture *f)
{
    return (struct kit_signed){
        .content = STR(TEXT), .key = f->rsa, .cert = f->rsa_cert, .salt = 32};
}

static struct check_cms
checked(struct signed_fixture *f, struct str cms)
{
    /* a file is signed in two pieces */
    const struct str part[2] = {str_sub(STR(TEXT), 0, 7), str_sub(STR(TEXT), 7, 100)};
    const struct check_cms_job job = {.bytes = cms,
                                      .part = part,
                                      .part_count = 2,
                                      .content_type = STR(OID_DATA),
                                      .needs_ess = true,
                                      .evidence = f->evidence,
                                      .at = POS_NONE};
    struct check_cms out;

    bool good = check_cms(f->arena, f->diags, &job, &out);
    assert_int_equal(good, !out.broken && !out.unsure && !out.refused);
    assert_int_equal(good, diags_count(f->diags) == 0);
    return out;
}

static void
good_ones(void **state)
{
    struct signed_fixture *f = *state;
    struct kit_signed wish = good_one(f);
    struct check_cms out = checked(f, kit_sign(f->arena, &wish));

    assert_int_equal(diags_count(f->diags), 0);
    assert_int_equal(X509_cmp(out.signer, f->rsa_cert), 0);
    assert_string_equal(out.digest, "SHA-256");
    assert_string_equal(out.key, "RSA-2048");
    assert_true(out.has_ess && out.has_ess_v2 && !out.has_signing_time);
    wish.signature_nid = NID_rsaEncryption;
    (void)checked(f, kit_sign(f->arena, &wish));
    wish.pss = true;
    (void)checked(f, kit_sign(f->arena, &wish));
    wish = good_one(f);
    wish.ess_first = true;
    out = checked(f, kit_sign(f->arena, &wish));
    assert_true(out.has_ess && !out.has_ess_v2);
    wish = (struct kit_signed){.content = STR(TEXT),
                               .key = f->ec,
                               .cert = f->ec_cert,
                               .md = EVP_sha384(),
                               .signature_nid = NID_ecdsa_with_SHA384};
    out = checked(f, kit_sign(f->arena, &wish));
    assert_string_equal(out.key, "P-256");
    assert_int_equal(diags_count(f->diags), 0);
}

/* What stands in the file may be longer than DER, and filled up with zeroes. */
static void
outer_ber(void **state)
{
    struct signed_fixture *f = *state;
    struct kit_signed wish = good_one(f);
    struct str cms = kit_sign(f->arena, &wish), rest = cms;
    struct buf ber = buf_in(f->arena);
    struct der info, type, content;

    assert_true(der_take(&rest, DER_SEQUENCE, &info));
    rest = info.content;
    assert_true(der_take(&rest, DER_OID, &type) && der_take(&rest, DER_CONTEXT(0), &content));
    buf_add(&ber, STR("\x30\x80"));
    buf_add(&ber, type.whole);
    buf_add(&ber, STR("\xA0\x80"));
    buf_add(&ber, content.content);
    buf_add(&ber, STR("\0\0\0\0\0\0\0\0\0"));
    (void)checked(f, buf_str(&ber));
    assert_int_equal(diags_count(f->diags), 0);
}

/* Each of these is found wrong, with this code. */
#define WRONG(f, wish, field, expected)                                                 \
    do {                                                                                \
        (void)checked((f), kit_sign((f)->arena, &(wish)));                              \
        assert_true(diags_count((f)->diags) > 0);                                       \
        assert_string_equal(diag_code_name(diags_at((f)->diags, 0)->code), (expected)); \
        diags_free((f)->diags);                                                         \
        (f)->diags = diags_new();                                                       \
        (wish).field = false;                                                           \
    } while (0)

static void
wrong_in_form(void **state)
{
    struct signed_fixture *f = *state;
    struct kit_signed wish = good_one(f);

    wish.no_attributes = true;
    WRONG(f, wish, no_attributes, "VERIFY_NO_ATTRIBUTES");
    wish.signers = 2;
    WRONG(f, wish, signers, "VERIFY_SIGNERS");
    wish.inside = true;
    WRONG(f, wish, inside, "VERIFY_CMS");
    wish.other_type = true;
    WRONG(f, wish, other_type, "VERIFY_CMS");
    wish.attribute_twice = true;
    WRONG(f, wish, attribute_twice, "VERIFY_CMS");
    wish.two_values = true;
    WRONG(f, wish, two_values, "VERIFY_CMS");
    wish.no_digest = true;
    WRONG(f, wish, no_digest, "VERIFY_CMS");
    wish.no_type = true;
    WRONG(f, wish, no_type, "VERIFY_CMS");
    /* from the DSS of a file it would do */
    wish.no_cert = true;
    (void)checked(f, kit_sign(f->arena, &wish));
    assert_int_equal(diags_count(f->diags), 0);
    evidence_free(f->evidence);
    f->evidence = evidence_new(f->arena);
    WRONG(f, wish, no_cert, "VERIFY_NO_CERT");
    (void)checked(f, kit_sign(f->arena, &wish));
    assert_int_equal(diags_count(f->diags), 0);
}

static void
wrong_in_content(void **state)
{
    struct signed_fixture *f = *state;
    struct kit_signed wish = good_one(f);

    wish.wrong_digest = true;
    WRONG(f, wish, wrong_digest, "VERIFY_DIGEST");
    wish.wrong_ess = true;
    WRONG(f, wish, wrong_ess, "VERIFY_ESS");
    wish.wrong_serial = true;
    WRONG(f, wish, wrong_serial, "VERIFY_ESS");
    wish.no_ess = true;
    WRONG(f, wish, no_ess, "VERIFY_NO_ESS");
    wish.ess_first = wish.wrong_ess = true;
    WRONG(f, wish, wrong_ess, "VERIFY_ESS");
    wish = good_one(f);
    wish.pss = true;
    wish.salt = 20;
    WRONG(f, wish, pss, "VERIFY_VALUE");
    wish.pss = true;
    wish.salt = 32;
    wish.pss_trailer = 2;
    WRONG(f, wish, pss, "VERIFY_WEAK");
    /* SHA-256 of the file, SHA-512 of the attributes; RSA where the key is of a curve */
    wish = good_one(f);
    wish.signature_nid = NID_sha512WithRSAEncryption;
    WRONG(f, wish, signature_nid, "VERIFY_CMS");
    wish.signature_nid = NID_ecdsa_with_SHA256;
    WRONG(f, wish, signature_nid, "VERIFY_CMS");
    /* a certificate of another key */
    wish = good_one(f);
    EVP_PKEY *other = EVP_RSA_gen(2048);
    wish.key = other;
    (void)checked(f, kit_sign(f->arena, &wish));
    assert_diag(f->diags, 0, VERIFY_VALUE);
    EVP_PKEY_free(other);
}

static void
one_diag(struct signed_fixture *f, const struct kit_signed *wish, const char *code, const char *arg)
{
    struct check_cms out = checked(f, kit_sign(f->arena, wish));

    assert_true(out.unsure || out.refused);
    assert_int_equal(diags_count(f->diags), 1);
    assert_string_equal(diag_code_name(diags_at(f->diags, 0)->code), code);
    assert_string_equal(diags_at(f->diags, 0)->arg[0], arg);
    diags_free(f->diags);
    f->diags = diags_new();
}

static void
weak_algorithms(void **state)
{
    struct signed_fixture *f = *state;
    struct kit_signed wish = good_one(f);
    EVP_PKEY *small = EVP_RSA_gen(1024), *curve = EVP_EC_gen("secp256k1");
    X509 *small_cert = kit_cert(small, "small", NULL, NULL, EVP_sha256());
    X509 *curve_cert = kit_cert(curve, "curve", NULL, NULL, EVP_sha256());

    wish.md = EVP_sha1();
    wish.signature_nid = NID_sha1WithRSAEncryption;
    one_diag(f, &wish, "VERIFY_WEAK", "SHA-1");
    wish.md = EVP_md5();
    wish.signature_nid = NID_md5WithRSAEncryption;
    one_diag(f, &wish, "VERIFY_WEAK", "MD5");
    /* the digest is good, but the signature says that it was made with another */
    wish = good_one(f);
    wish.signature_nid = NID_sha1WithRSAEncryption;
    one_diag(f, &wish, "VERIFY_WEAK", "SHA-1");
    wish = (struct kit_signed){.content = STR(TEXT), .key = small, .cert = small_cert};
    one_diag(f, &wish, "VERIFY_KEY", "RSA-1024");
    wish = (struct kit_signed){.content = STR(TEXT),
                               .key = curve,
                               .cert = curve_cert,
                               .signature_nid = NID_ecdsa_with_SHA256};
    one_diag(f, &wish, "VERIFY_KEY", "secp256k1");
    X509_free(small_cert);
    X509_free(curve_cert);
    EVP_PKEY_free(small);
    EVP_PKEY_free(curve);
}

/* Every byte of a signature counts, but those that nobody signs: versions, lists of digests. */
static void
any_byte(void **state)
{
    struct signed_fixture *f = *state;
    struct kit_signed wish = good_one(f);
    struct str cms = kit_sign(f->arena, &wish);
    size_t passed = 0;

    wish.no_ess = false;
    for (size_t i = 0; i < cms.len; i++) {
        struct str bad = str_dup(f->arena, cms);
        ((char *)(uintptr_t)bad.ptr)[i] ^= 0x41;
        struct evidence *own = evidence_new(f->arena), *kept = f->evidence;
        f->evidence = own;
        struct check_cms out = checked(f, bad);
        passed += !out.broken && !out.unsure && !out.refused;
        f->evidence = kept;
        evidence_free(own);
        diags_free(f->diags);
        f->diags = diags_new();
    }
    /* in the version, the list of digests and that of the signer; what NULL means */
    assert_in_range(passed, 1, 24);
    for (size_t len = 0; len < cms.len; len++) {
        struct check_cms out = checked(f, str_sub(cms, 0, len));
        assert_true(out.broken);
        diags_free(f->diags);
        f->diags = diags_new();
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(good_ones, setup, teardown),
        cmocka_unit_test_setup_teardown(outer_ber, setup, teardown),
        cmocka_unit_test_setup_teardown(wrong_in_form, setup, teardown),
        cmocka_unit_test_setup_teardown(wrong_in_content, setup, teardown),
        cmocka_unit_test_setup_teardown(weak_algorithms, setup, teardown),
        cmocka_unit_test_setup_teardown(any_byte, setup, teardown),
    };

    return cmocka_run_group_tests_name("pki_check_cms", tests, NULL, NULL);
}
