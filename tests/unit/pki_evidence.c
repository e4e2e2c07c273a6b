/* What a file brings along: each certificate is read and kept once. */
#include "signed_kit.h"

#include "pki/evidence.h"

struct brought {
    struct arena *arena;
    struct diags *diags;
    EVP_PKEY *key;
    X509 *cert;
    struct str der;
};

static int
setup(void **state)
{
    int result = fixture_open(state, sizeof(struct brought));
    struct brought *f = *state;

    f->key = EVP_EC_gen("P-256");
    f->cert = kit_cert(f->key, "EC", NULL, NULL, EVP_sha256());
    f->der = kit_der(f->arena, f->cert);
    return result;
}

static int
teardown(void **state)
{
    struct brought *f = *state;

    X509_free(f->cert);
    EVP_PKEY_free(f->key);
    return fixture_teardown(state);
}

static void
certificates_are_kept_once(void **state)
{
    struct brought *f = *state;
    struct evidence *evidence = evidence_new(f->arena);
    X509 *first = evidence_cert(evidence, f->der);

    assert_non_null(first);
    assert_ptr_equal(evidence_cert(evidence, str_dup(f->arena, f->der)), first);
    assert_int_equal(sk_X509_num(evidence->certs), 1);
    evidence_free(evidence);
}

/* What another has read is the same object, and lives as long as either. */
static void
known_certificates_are_not_read_again(void **state)
{
    struct brought *f = *state;
    struct evidence *other = evidence_new(f->arena), *evidence = evidence_new(f->arena);
    X509 *first = evidence_cert(other, f->der);

    evidence_know(evidence, other);
    assert_ptr_equal(evidence_cert(evidence, f->der), first);
    evidence_know(evidence, NULL);
    evidence_free(other);
    assert_int_equal(X509_cmp(sk_X509_value(evidence->certs, 0), f->cert), 0);
    evidence_free(evidence);
}

static void
what_is_none_is_left_out(void **state)
{
    struct brought *f = *state;
    struct evidence *evidence = evidence_new(f->arena);
    struct buf longer = buf_in(f->arena);

    buf_add(&longer, f->der);
    buf_byte(&longer, '\0');
    assert_null(evidence_cert(evidence, STR("")));
    assert_null(evidence_cert(evidence, str_sub(f->der, 0, f->der.len - 1)));
    assert_null(evidence_cert(evidence, buf_str(&longer)));
    assert_int_equal(sk_X509_num(evidence->certs), 0);
    evidence_free(evidence);
}

/* Adding all that another has adds nothing twice. */
static void
what_is_there_is_not_added(void **state)
{
    struct brought *f = *state;
    struct evidence *other = evidence_new(f->arena), *evidence = evidence_new(f->arena);

    (void)evidence_cert(other, f->der);
    evidence_add(evidence, other);
    evidence_add(evidence, other);
    assert_int_equal(sk_X509_num(evidence->certs), 1);
    evidence_free(other);
    evidence_free(evidence);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(certificates_are_kept_once),
        TEST(known_certificates_are_not_read_again),
        TEST(what_is_none_is_left_out),
        TEST(what_is_there_is_not_added),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
