/* Time-stamp tokens that are good, and those that are not. */
#include "signed_kit.h"

#include "base/files.h"
#include "pki/certs.h"
#include "pki/check_stamp.h"

#define STAMPED "the value of a signature"
#define NOW 1700000000 /* 2023-11-14 */

struct stamp_fixture {
    struct arena *arena;
    struct diags *diags;
    EVP_PKEY *root_key, *key;
    X509 *root, *cert;
    struct evidence *evidence;
};

static int
setup(void **state)
{
    int result = fixture_open(state, sizeof(struct stamp_fixture));
    struct stamp_fixture *f = *state;

    f->root_key = EVP_EC_gen("P-256");
    f->key = EVP_RSA_gen(2048);
    f->root = kit_cert(f->root_key, "root", NULL, NULL, EVP_sha256());
    kit_extend(f->root, f->root_key, NID_basic_constraints, "critical,CA:true");
    f->cert = kit_cert(f->key, "server", f->root, f->root_key, EVP_sha256());
    kit_extend(f->cert, f->root_key, NID_ext_key_usage, "critical,timeStamping");
    f->evidence = evidence_new(f->arena);
    return result;
}

static int
teardown(void **state)
{
    struct stamp_fixture *f = *state;

    evidence_free(f->evidence);
    X509_free(f->root);
    X509_free(f->cert);
    EVP_PKEY_free(f->root_key);
    EVP_PKEY_free(f->key);
    return fixture_teardown(state);
}

/* A TSTInfo: what is stamped, by which digest, and when. */
static struct str
info_of(struct arena *arena, struct str stamped, int digest, const char *time)
{
    struct str hash = kit_hash(arena, EVP_get_digestbynid(digest), stamped);
    struct str imprint =
        DER_OF(arena, DER_SEQUENCE, der_algorithm(arena, digest), der_of(arena, DER_OCTETS, hash));

    return DER_OF(arena, DER_SEQUENCE, der_of(arena, DER_INTEGER, STR("\x01")),
                  der_oid(arena, "\x2A\x03\x04"), imprint, der_of(arena, DER_INTEGER, STR("\x07")),
                  der_of(arena, 0x18, str_of(time)));
}

static struct kit_signed
token_of(const struct stamp_fixture *f, struct str info)
{
    return (struct kit_signed){
        .content = info, .key = f->key, .cert = f->cert, .type = OID_TST_INFO, .inside = true};
}

static struct check_stamp
checked(struct stamp_fixture *f, struct str token)
{
    const struct files_named named = {"root.cer", kit_der(f->arena, f->root), NULL, false};
    const struct files files = {.named = &named};
    const char *path = "root.cer";
    struct trust *trust = trust_open(f->arena, f->diags, &files, &path, 1);
    const struct str part[2] = {str_sub(STR(STAMPED), 0, 3), str_sub(STR(STAMPED), 3, 100)};
    const struct check_stamp_job job = {.token = token,
                                        .part = part,
                                        .part_count = 2,
                                        .trust = trust,
                                        .evidence = f->evidence,
                                        .now = NOW,
                                        .pos = POS_NONE};
    struct check_stamp out;

    check_stamp(f->arena, f->diags, &job, &out);
    certs_free(out.found.chain);
    trust_close(trust);
    return out;
}

static void
good_ones(void **state)
{
    struct stamp_fixture *f = *state;
    struct kit_signed wish =
        token_of(f, info_of(f->arena, STR(STAMPED), NID_sha256, "20230102030405Z"));
    struct check_stamp out = checked(f, kit_sign(f->arena, &wish));

    assert_true(out.is_sound);
    assert_int_equal(out.found.answer, TRUST_KNOWN);
    assert_int_equal(out.time, 1672628645);
    wish.content = info_of(f->arena, STR(STAMPED), NID_sha512, "20230102030405.25Z");
    assert_true(checked(f, kit_sign(f->arena, &wish)).is_sound);
    wish.ess_first = true;
    assert_true(checked(f, kit_sign(f->arena, &wish)).is_sound);
    assert_int_equal(diags_count(f->diags), 0);
}

/* Tells that the stamp is not good, and these words. */
static void
expect(struct stamp_fixture *f, const struct kit_signed *wish, const char *words)
{
    assert_false(checked(f, kit_sign(f->arena, wish)).is_sound);
    assert_diag(f->diags, 0, VERIFY_STAMP);
    assert_non_null(strstr(diags_at(f->diags, 0)->arg[0], words));
    diags_free(f->diags);
    f->diags = diags_new();
}

static void
wrong_ones(void **state)
{
    struct stamp_fixture *f = *state;
    struct str good = info_of(f->arena, STR(STAMPED), NID_sha256, "20230102030405Z");
    struct kit_signed wish =
        token_of(f, info_of(f->arena, STR("else"), NID_sha256, "20230102030405Z"));

    expect(f, &wish, "something else");
    wish.content = info_of(f->arena, STR(STAMPED), NID_sha1, "20230102030405Z");
    expect(f, &wish, "SHA-1");
    wish.content = info_of(f->arena, STR(STAMPED), NID_sha256, "20330102030405Z");
    expect(f, &wish, "yet to come");
    wish.content = STR("\x30\x00");
    expect(f, &wish, "cannot be read");
    wish = token_of(f, good);
    wish.wrong_ess = true;
    expect(f, &wish, "not the one that the signer named");
    wish = token_of(f, good);
    wish.no_ess = true;
    expect(f, &wish, "which certificate");
    wish = token_of(f, good);
    wish.wrong_digest = true;
    expect(f, &wish, "not what was signed");
    wish = token_of(f, good);
    wish.no_attributes = true;
    expect(f, &wish, "no signed attributes");
    wish = token_of(f, good);
    wish.type = OID_DATA;
    expect(f, &wish, "another kind");
}

/* Only a certificate that is made for this alone may stamp, and only while it is valid. */
static void
wrong_servers(void **state)
{
    struct stamp_fixture *f = *state;
    struct str info = info_of(f->arena, STR(STAMPED), NID_sha256, "20230102030405Z");
    X509 *other = kit_cert(f->key, "other", f->root, f->root_key, EVP_sha256()), *server = f->cert;
    struct kit_signed wish;

    f->cert = other;
    wish = token_of(f, info);
    assert_int_equal(checked(f, kit_sign(f->arena, &wish)).found.answer, TRUST_REFUSED);
    assert_diag(f->diags, 0, VERIFY_CERT_STAMP_USE);
    f->cert = server;
    wish = token_of(f, info_of(f->arena, STR(STAMPED), NID_sha256, "20180102030405Z"));
    assert_int_equal(checked(f, kit_sign(f->arena, &wish)).found.answer, TRUST_REFUSED);
    assert_diag(f->diags, 1, VERIFY_CERT_EARLY);
    X509_free(other);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(good_ones, setup, teardown),
        cmocka_unit_test_setup_teardown(wrong_ones, setup, teardown),
        cmocka_unit_test_setup_teardown(wrong_servers, setup, teardown),
    };

    return cmocka_run_group_tests_name("pki_check_stamp", tests, NULL, NULL);
}
