/* OCSP answers and CRLs, honest and not, one by one and collected. */
#include "pki_kit.h"

#include <openssl/ocsp.h>

#include "pki/certs.h"
#include "pki/fetch.h"
#include "pki/revocation.h"
#include "pki/stamp.h"

struct chain {
    STACK_OF(X509) * certs;
    X509 *cert, *issuer, *root;
};

/* NAME, issuing and root. */
static struct chain
chain_of(struct fixture *f, const char *name)
{
    struct chain out = {.certs = certs_new()};
    struct str bytes;

    (void)pki_read(f, arena_printf(f->arena, "pki/%s-chain.pem", name), &bytes);
    assert_true(certs_read(f->diags, "chain", bytes, out.certs));
    (void)pki_read(f, "pki/root.pem", &bytes);
    assert_true(certs_read(f->diags, "root", bytes, out.certs));
    out.cert = sk_X509_value(out.certs, 0);
    out.issuer = sk_X509_value(out.certs, 1);
    out.root = sk_X509_value(out.certs, 2);
    return out;
}

static bool
collect(struct fixture *f, const char *name, const char *faults, struct revocations **out)
{
    struct chain chain = chain_of(f, name);
    bool slow = faults != NULL && strstr(faults, "slow") != NULL;
    struct revocation_rules rules = {.seconds = slow ? 2 : 20, .local = true};

    pki_faults(f, faults);
    *out = revocations_new(f->arena);
    bool good = revocations_collect(*out, f->diags, chain.certs, &rules);
    certs_free(chain.certs);
    pki_faults(f, NULL);
    return good;
}

static void
by_ocsp(void **state)
{
    struct fixture *f = *state;
    struct revocations *all;
    struct chain chain = chain_of(f, "rsa");

    assert_true(collect(f, "rsa", NULL, &all));
    assert_int_equal(all->certs.count, 3);
    assert_int_equal(all->ocsps.count, 2);
    assert_int_equal(all->crls.count, 0);
    assert_int_equal(diags_count(f->diags), 0);
    struct revocation_answer answer =
        revocation_of_ocsp(all->ocsps.der[0], chain.cert, chain.issuer, time(NULL));
    assert_int_equal(answer.state, REVOCATION_GOOD);
    assert_true(answer.next_update > answer.this_update);
    answer = revocation_of_ocsp(all->ocsps.der[1], chain.issuer, chain.root, time(NULL));
    assert_int_equal(answer.state, REVOCATION_GOOD);
    /* each for its own certificate only */
    answer = revocation_of_ocsp(all->ocsps.der[1], chain.cert, chain.issuer, time(NULL));
    assert_int_equal(answer.state, REVOCATION_UNSIGNED);
    struct chain other = chain_of(f, "p256");
    answer = revocation_of_ocsp(all->ocsps.der[0], other.cert, other.issuer, time(NULL));
    assert_int_equal(answer.state, REVOCATION_OTHER);
    certs_free(other.certs);
    certs_free(chain.certs);
}

/* In force from thisUpdate to nextUpdate; without a time to be in force at, nothing is judged. */
static void
times(void **state)
{
    struct fixture *f = *state;
    struct revocations *all;
    struct chain chain = chain_of(f, "rsa");
    time_t now = time(NULL);

    assert_true(collect(f, "rsa", "ocsp refuse", &all));
    struct str crl = all->crls.der[0];
    assert_int_equal(revocation_of_crl(crl, chain.cert, chain.issuer, now).state, REVOCATION_GOOD);
    assert_int_equal(revocation_of_crl(crl, chain.cert, chain.issuer, now + 86400 * 40).state,
                     REVOCATION_OLD);
    assert_int_equal(revocation_of_crl(crl, chain.cert, chain.issuer, now - 86400 * 40).state,
                     REVOCATION_EARLY);
    assert_int_equal(revocation_of_crl(crl, chain.cert, chain.issuer, 0).state, REVOCATION_GOOD);
    certs_free(chain.certs);
}

/* A server that is silent is stood in for. */
static void
by_crl(void **state)
{
    static const char *const silent[] = {"ocsp refuse", "ocsp down",    "ocsp slow",
                                         "ocsp later",  "ocsp garbage", "ocsp html"};
    struct fixture *f = *state;
    struct revocations *all;

    for (size_t i = 0; i < sizeof silent / sizeof silent[0]; i++) {
        assert_true(collect(f, "rsa", silent[i], &all));
        assert_int_equal(all->ocsps.count, 0);
        assert_int_equal(all->crls.count, 2);
    }
    assert_int_equal(diags_count(f->diags), 0);
    assert_false(collect(f, "rsa", "ocsp refuse\ncrl refuse", &all));
    assert_int_equal(diags_level_count(f->diags, DIAG_ERROR), 2);
    assert_diag(f->diags, 0, SIGN_FETCH_ANSWER);
    assert_diag(f->diags, 1, SIGN_FETCH_ANSWER);
}

static void
fails_with(struct fixture *f, const char *name, const char *faults, enum revocation_state state)
{
    struct revocations *all;

    assert_false(collect(f, name, faults, &all));
    const char *said = diags_at(f->diags, 0)->arg[2];
    assert_non_null(said);
    assert_string_equal(said, revocation_state_text(f->diags, state));
    assert_fails(f, NULL, SIGN_REVOCATION_BAD);
    assert_int_equal(all->ocsps.count + all->crls.count, 0);
}

/* One that lies is not. */
static void
lies(void **state)
{
    struct fixture *f = *state;

    fails_with(f, "rsa", "ocsp other", REVOCATION_OTHER);
    fails_with(f, "rsa", "ocsp old", REVOCATION_OLD);
    fails_with(f, "rsa", "ocsp early", REVOCATION_EARLY);
    fails_with(f, "rsa", "ocsp unknown", REVOCATION_UNKNOWN);
    fails_with(f, "rsa", "ocsp stranger", REVOCATION_UNSIGNED);
    fails_with(f, "rsa", "ocsp broken", REVOCATION_UNSIGNED);
    fails_with(f, "rsa", "ocsp refuse\ncrl old", REVOCATION_OLD);
    fails_with(f, "rsa", "ocsp refuse\ncrl other", REVOCATION_OTHER);
    fails_with(f, "rsa", "ocsp refuse\ncrl broken", REVOCATION_UNSIGNED);
}

static void
revoked(void **state)
{
    struct fixture *f = *state;
    struct revocations *all;

    assert_false(collect(f, "revoked", NULL, &all));
    assert_fails(f, NULL, SIGN_REVOKED);
    assert_false(collect(f, "revoked", "ocsp refuse", &all));
    assert_fails(f, NULL, SIGN_REVOKED);
    /* the time of it, and why */
    struct chain chain = chain_of(f, "revoked");
    assert_true(collect(f, "rsa", "ocsp refuse", &all));
    struct revocation_answer answer =
        revocation_of_crl(all->crls.der[0], chain.cert, chain.issuer, time(NULL));
    assert_int_equal(answer.state, REVOCATION_REVOKED);
    assert_int_equal(answer.reason, OCSP_REVOKED_STATUS_KEYCOMPROMISE);
    assert_true(answer.revoked_at > 0 && answer.revoked_at <= time(NULL));
    certs_free(chain.certs);
}

static void
nowhere_to_ask(void **state)
{
    struct fixture *f = *state;
    struct revocations *all;
    struct chain chain = chain_of(f, "rsa");
    struct revocation_rules rules = {.seconds = 20, .local = true};

    assert_false(collect(f, "no-urls", NULL, &all));
    assert_fails(f, NULL, SIGN_REVOCATION_NONE);
    X509_free(sk_X509_pop(chain.certs));
    all = revocations_new(f->arena);
    assert_false(revocations_collect(all, f->diags, chain.certs, &rules));
    assert_fails(f, NULL, SIGN_REVOCATION_CHAIN);
    certs_free(chain.certs);
}

/* What a stranger's certificate names on this machine is not asked. */
static void
not_on_this_machine(void **state)
{
    struct fixture *f = *state;
    struct chain chain = chain_of(f, "rsa");
    struct revocation_rules rules = {.seconds = 20};

    assert_false(revocations_collect(revocations_new(f->arena), f->diags, chain.certs, &rules));
    assert_int_equal(diags_count(f->diags), 2);
    assert_diag(f->diags, 0, SIGN_FETCH_LOCAL);
    assert_diag(f->diags, 1, SIGN_FETCH_LOCAL);
    certs_free(chain.certs);
}

static void
each_thing_once(void **state)
{
    struct fixture *f = *state;
    struct chain chain = chain_of(f, "rsa"), other = chain_of(f, "rsa-b");
    struct revocation_rules rules = {.seconds = 20, .local = true};
    struct revocations *all = revocations_new(f->arena);

    pki_faults(f, "ocsp refuse");
    assert_true(revocations_collect(all, f->diags, chain.certs, &rules));
    assert_true(revocations_collect(all, f->diags, other.certs, &rules));
    assert_int_equal(all->certs.count, 4);
    assert_int_equal(all->crls.count, 2);
    pki_faults(f, NULL);
    certs_free(chain.certs);
    certs_free(other.certs);
}

/* All that a file at B-LT needs: of who signed, and of who stamped. */
static void
of_a_time_stamp(void **state)
{
    struct fixture *f = *state;
    struct key *key = pki_key(f, "p384");
    struct stamp_server server = {.seconds = 20};
    struct revocation_rules rules = {.seconds = 20, .local = true};
    struct revocations *all = revocations_new(f->arena);
    struct stamp stamp;

    server.url = arena_printf(f->arena, "%s/tsa", pki_read(f, "pki/url", NULL));
    assert_true(stamp_get(f->arena, f->diags, &server, STR("value"), &stamp));
    assert_true(revocations_collect(all, f->diags, key_chain(key), &rules));
    assert_int_equal(all->certs.count, 3);
    assert_true(revocations_collect_stamp(all, f->diags, &stamp, key_chain(key), &rules));
    assert_int_equal(all->certs.count, 4);
    assert_int_equal(all->ocsps.count, 3); /* of the issuer once */
    /* the root is not in the stamp */
    assert_fails(f, revocations_collect_stamp(all, f->diags, &stamp, NULL, &rules) ? f : NULL,
                 SIGN_REVOCATION_CHAIN);
    stamp_close(&stamp);
    key_close(key);
}

static void
damaged(void **state)
{
    struct fixture *f = *state;
    struct revocations *all;
    struct chain chain = chain_of(f, "rsa");
    time_t now = time(NULL);

    assert_true(collect(f, "rsa", NULL, &all));
    struct str ocsp = all->ocsps.der[0];
    for (size_t len = 0; len < ocsp.len; len += 13)
        assert_int_equal(
            revocation_of_ocsp(str_sub(ocsp, 0, len), chain.cert, chain.issuer, now).state,
            REVOCATION_DAMAGED);
    assert_true(collect(f, "rsa", "ocsp refuse", &all));
    struct str crl = all->crls.der[0];
    for (size_t len = 0; len < crl.len; len += 13)
        assert_int_equal(
            revocation_of_crl(str_sub(crl, 0, len), chain.cert, chain.issuer, now).state,
            REVOCATION_DAMAGED);
    char *bytes = arena_strndup(f->arena, crl.ptr, crl.len);
    for (size_t i = 0; i < crl.len; i += 5) {
        bytes[i] ^= 1;
        assert_int_not_equal(
            revocation_of_crl((struct str){bytes, crl.len}, chain.cert, chain.issuer, now).state,
            REVOCATION_GOOD);
        bytes[i] ^= 1;
    }
    certs_free(chain.certs);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
        TEST(by_ocsp),
        TEST(times),
        TEST(by_crl),
        TEST(lies),
        TEST(revoked),
        TEST(nowhere_to_ask),
        TEST(not_on_this_machine),
        TEST(each_thing_once),
        TEST(of_a_time_stamp),
        TEST(damaged),
    };
    return cmocka_run_group_tests(tests, pki_serve, NULL);
}
