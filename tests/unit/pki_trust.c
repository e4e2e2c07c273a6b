/* Whom certificates belong to, by roots that are named. */
#include "signed_kit.h"

#include "base/files.h"
#include "pki/certs.h"
#include "pki/trust.h"

#include <openssl/pem.h>

#define AT 1700000000 /* 2023 */

struct trust_fixture {
    struct arena *arena;
    struct diags *diags;
    EVP_PKEY *keys[3]; /* root, issuer, signer */
    X509 *certs[3];
    struct evidence *evidence;
    struct str pem;
};

static struct str
pem_of(struct arena *arena, X509 *cert)
{
    BIO *bio = BIO_new(BIO_s_mem());
    char *data;

    assert_int_equal(PEM_write_bio_X509(bio, cert), 1);
    long len = BIO_get_mem_data(bio, &data);
    struct str out = str_dup(arena, (struct str){data, (size_t)len});
    BIO_free(bio);
    return out;
}

static int
setup(void **state)
{
    int result = fixture_open(state, sizeof(struct trust_fixture));
    struct trust_fixture *f = *state;

    for (size_t i = 0; i < 3; i++)
        f->keys[i] = EVP_EC_gen("P-256");
    f->certs[0] = kit_cert(f->keys[0], "root", NULL, NULL, EVP_sha256());
    f->certs[1] = kit_cert(f->keys[1], "issuer", f->certs[0], f->keys[0], EVP_sha256());
    f->certs[2] = kit_cert(f->keys[2], "signer", f->certs[1], f->keys[1], EVP_sha256());
    for (size_t i = 0; i < 2; i++)
        kit_extend(f->certs[i], f->keys[0], NID_basic_constraints, "critical,CA:true");
    f->evidence = evidence_new(f->arena);
    assert_non_null(evidence_cert(f->evidence, kit_der(f->arena, f->certs[1])));
    f->pem = pem_of(f->arena, f->certs[0]);
    return result;
}

static int
teardown(void **state)
{
    struct trust_fixture *f = *state;

    evidence_free(f->evidence);
    for (size_t i = 0; i < 3; i++) {
        X509_free(f->certs[i]);
        EVP_PKEY_free(f->keys[i]);
    }
    return fixture_teardown(state);
}

/* What is said of the signer's certificate, with the bytes of one file named. */
static enum trust_answer
ask(struct trust_fixture *f, struct str bytes, enum trust_use use, time_t at)
{
    const struct files_named named = {"root.pem", bytes, NULL, false};
    const struct files files = {.named = &named};
    const char *path = "root.pem";
    struct trust *trust = trust_open(f->arena, f->diags, &files, &path, bytes.len > 0);
    const struct trust_job job = {f->certs[2], f->evidence, at, use, POS_NONE};
    struct trust_found found;

    if (trust == NULL)
        print_error("%s\n", diag_code_name(diags_at(f->diags, 0)->code));
    assert_non_null(trust);
    trust_ask(trust, f->arena, f->diags, &job, &found);
    assert_int_equal(X509_cmp(sk_X509_value(found.chain, 0), f->certs[2]), 0);
    if (found.answer != TRUST_REFUSED)
        assert_int_equal(found.is_rooted, found.answer == TRUST_KNOWN);
    certs_free(found.chain);
    trust_close(trust);
    return found.answer;
}

static void
expect(struct trust_fixture *f, const char *code)
{
    assert_true(diags_count(f->diags) > 0);
    assert_string_equal(diag_code_name(diags_at(f->diags, 0)->code), code);
    diags_free(f->diags);
    f->diags = diags_new();
}

static void
known_and_unknown(void **state)
{
    struct trust_fixture *f = *state;

    assert_int_equal(ask(f, f->pem, TRUST_SIGNING, AT), TRUST_KNOWN);
    assert_int_equal(diags_count(f->diags), 0);
    /* in DER, and an issuer that is named himself */
    assert_int_equal(ask(f, kit_der(f->arena, f->certs[0]), TRUST_SIGNING, AT), TRUST_KNOWN);
    assert_int_equal(ask(f, STR(""), TRUST_SIGNING, AT), TRUST_UNKNOWN);
    expect(f, "VERIFY_NO_TRUST");
    EVP_PKEY *key = EVP_EC_gen("P-256");
    X509 *other = kit_cert(key, "another root", NULL, NULL, EVP_sha256());
    X509 *twin = kit_cert(key, "root", NULL, NULL, EVP_sha256());
    /* of the same name, but it is not by his key: somebody made that up */
    assert_int_equal(ask(f, pem_of(f->arena, twin), TRUST_SIGNING, AT), TRUST_REFUSED);
    expect(f, "VERIFY_CERT_BAD");
    assert_int_equal(ask(f, pem_of(f->arena, other), TRUST_SIGNING, AT), TRUST_UNKNOWN);
    expect(f, "VERIFY_CHAIN_SHORT");
    assert_non_null(evidence_cert(f->evidence, kit_der(f->arena, f->certs[0])));
    assert_int_equal(ask(f, pem_of(f->arena, other), TRUST_SIGNING, AT), TRUST_UNKNOWN);
    expect(f, "VERIFY_UNKNOWN");
    X509_free(other);
    X509_free(twin);
    EVP_PKEY_free(key);
}

static void
issuer_named(void **state)
{
    struct trust_fixture *f = *state;
    const struct files_named named = {"issuer.pem", pem_of(f->arena, f->certs[1]), NULL, false};
    const struct files files = {.named = &named};
    const char *path = "issuer.pem";
    struct trust *trust = trust_open(f->arena, f->diags, &files, &path, 1);
    const struct trust_job job = {f->certs[2], f->evidence, AT, TRUST_SIGNING, POS_NONE};
    struct trust_found found;

    trust_ask(trust, f->arena, f->diags, &job, &found);
    assert_int_equal(found.answer, TRUST_KNOWN);
    certs_free(found.chain);
    trust_close(trust);
}

static void
not_valid_then(void **state)
{
    struct trust_fixture *f = *state;

    assert_int_equal(ask(f, f->pem, TRUST_SIGNING, 2300000000), TRUST_REFUSED); /* 2042 */
    expect(f, "VERIFY_CERT_EXPIRED");
    assert_int_equal(ask(f, f->pem, TRUST_SIGNING, 1000000000), TRUST_REFUSED); /* 2001 */
    expect(f, "VERIFY_CERT_EARLY");
    /* by nobody known, and expired: the worse of both counts */
    assert_int_equal(ask(f, STR(""), TRUST_SIGNING, 2300000000), TRUST_REFUSED);
    expect(f, "VERIFY_CERT_EXPIRED");
}

static void
use_of_certificates(void **state)
{
    struct trust_fixture *f = *state;

    assert_int_equal(ask(f, f->pem, TRUST_STAMPING, AT), TRUST_REFUSED);
    expect(f, "VERIFY_CERT_STAMP_USE");
    kit_extend(f->certs[2], f->keys[1], NID_ext_key_usage, "critical,timeStamping");
    assert_int_equal(ask(f, f->pem, TRUST_STAMPING, AT), TRUST_KNOWN);
    assert_int_equal(ask(f, f->pem, TRUST_SIGNING, AT), TRUST_REFUSED);
    expect(f, "VERIFY_CERT_USE");
}

static void
use_without_signing(void **state)
{
    struct trust_fixture *f = *state;

    kit_extend(f->certs[2], f->keys[1], NID_key_usage, "critical,keyEncipherment");
    assert_int_equal(ask(f, f->pem, TRUST_SIGNING, AT), TRUST_REFUSED);
    expect(f, "VERIFY_CERT_USE");
}

static void
use_for_others_too(void **state)
{
    struct trust_fixture *f = *state;

    kit_extend(f->certs[2], f->keys[1], NID_ext_key_usage, "critical,timeStamping,emailProtection");
    assert_int_equal(ask(f, f->pem, TRUST_SIGNING, AT), TRUST_KNOWN);
    assert_int_equal(ask(f, f->pem, TRUST_STAMPING, AT), TRUST_REFUSED);
    expect(f, "VERIFY_CERT_STAMP_USE");
}

/* A signer's certificate makes no others, whoever issued it. */
static void
issued_by_a_signer(void **state)
{
    struct trust_fixture *f = *state;
    EVP_PKEY *key = EVP_EC_gen("P-256");
    X509 *forged = kit_cert(key, "mayor", f->certs[2], f->keys[2], EVP_sha256());
    X509 *signer = f->certs[2];

    kit_extend(signer, f->keys[1], NID_basic_constraints, "critical,CA:false");
    assert_non_null(evidence_cert(f->evidence, kit_der(f->arena, signer)));
    f->certs[2] = forged;
    assert_int_equal(ask(f, f->pem, TRUST_SIGNING, AT), TRUST_REFUSED);
    expect(f, "VERIFY_CERT_BAD");
    f->certs[2] = signer;
    X509_free(forged);
    EVP_PKEY_free(key);
}

static void
weak_chains(void **state)
{
    struct trust_fixture *f = *state;

    assert_true(X509_sign(f->certs[2], f->keys[1], EVP_sha1()) > 0);
    assert_int_equal(ask(f, f->pem, TRUST_SIGNING, AT), TRUST_REFUSED);
    assert_string_equal(diags_at(f->diags, 0)->arg[1], "SHA-1");
    expect(f, "VERIFY_CERT_WEAK");
    assert_int_equal(ask(f, STR(""), TRUST_SIGNING, AT), TRUST_REFUSED);
    expect(f, "VERIFY_CERT_WEAK");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(known_and_unknown, setup, teardown),
        cmocka_unit_test_setup_teardown(issuer_named, setup, teardown),
        cmocka_unit_test_setup_teardown(not_valid_then, setup, teardown),
        cmocka_unit_test_setup_teardown(use_of_certificates, setup, teardown),
        cmocka_unit_test_setup_teardown(use_without_signing, setup, teardown),
        cmocka_unit_test_setup_teardown(use_for_others_too, setup, teardown),
        cmocka_unit_test_setup_teardown(issued_by_a_signer, setup, teardown),
        cmocka_unit_test_setup_teardown(weak_chains, setup, teardown),
    };

    return cmocka_run_group_tests_name("pki_trust", tests, NULL, NULL);
}
