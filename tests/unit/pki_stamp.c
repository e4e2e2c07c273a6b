/* Time stamps, from a server that can lie in every way. */
#include "pki_kit.h"

#include <openssl/err.h>
#include <openssl/sha.h>

#include "base/hash.h"
#include "pki/certs.h"
#include "pki/stamp.h"

static struct stamp_server
server(struct fixture *f, const char *fault)
{
    bool slow = fault != NULL && strcmp(fault, "slow") == 0;
    struct stamp_server out = {.seconds = slow ? 1 : 20};

    out.url = arena_printf(f->arena, "%s/tsa%s%s", pki_read(f, "pki/url", NULL),
                           fault == NULL ? "" : "/", fault == NULL ? "" : fault);
    return out;
}

static bool
get(struct fixture *f, const char *fault, struct stamp *stamp)
{
    struct stamp_server from = server(f, fault);

    return stamp_get(f->arena, f->diags, &from, STR("the value of a signature"), stamp);
}

static void
honest(void **state)
{
    struct fixture *f = *state;
    struct stamp stamp, again;
    struct str whole = STR("the value of a signature"), other = STR("the value of another");
    struct str pieces[] = {STR("the value "), STR("of a signature")};

    assert_true(get(f, NULL, &stamp));
    assert_true(llabs((long long)stamp.time - (long long)time(NULL)) < 10);
    assert_str(certs_subject(f->arena, stamp.signer), "ผู้ประทับเวลาสำหรับทดสอบ");
    assert_int_equal(sk_X509_num(stamp.certs), 2);
    assert_int_equal(stamp_check(f->arena, stamp.token, &whole, 1, &again), STAMP_GOOD);
    assert_int_equal(again.time, stamp.time);
    stamp_close(&again);
    assert_int_equal(stamp_check(f->arena, stamp.token, pieces, 2, &again), STAMP_GOOD);
    stamp_close(&again);
    assert_int_equal(stamp_check(f->arena, stamp.token, &other, 1, &again), STAMP_IMPRINT);
    stamp_close(&stamp);
    assert_int_equal(diags_count(f->diags), 0);
}

static void
of_a_hash(void **state)
{
    struct fixture *f = *state;
    struct hash hash = hash_of(STR("a file"));
    struct str whole = STR("a file"), bytes = {(const char *)hash.bytes, sizeof hash.bytes};
    struct stamp_server from = server(f, NULL);
    struct stamp stamp, again;

    assert_true(stamp_get_of_hash(f->arena, f->diags, &from, bytes, &stamp));
    assert_int_equal(stamp_check(f->arena, stamp.token, &whole, 1, &again), STAMP_GOOD);
    stamp_close(&stamp);
    stamp_close(&again);
}

/* Five minutes are a clock that is not set well; an hour is something else, either way. */
static void
clocks(void **state)
{
    struct fixture *f = *state;
    struct stamp_server from = server(f, NULL);
    struct stamp stamp;

    assert_true(get(f, "near", &stamp));
    stamp_close(&stamp);
    assert_fails(f, get(f, "time-early", &stamp) ? f : NULL, SIGN_STAMP_OFF);
    assert_fails(f, get(f, "time-late", &stamp) ? f : NULL, SIGN_STAMP_OFF);
    from.now = time(NULL) - 700;
    assert_fails(f, stamp_get(f->arena, f->diags, &from, STR("x"), &stamp) ? f : NULL,
                 SIGN_STAMP_OFF);
}

static void
lies(void **state)
{
    static const struct {
        const char *fault;
        enum stamp_fault found;
    } lies[] = {
        {"imprint", STAMP_IMPRINT},   {"nonce", STAMP_NONCE},     {"no-nonce", STAMP_NONCE},
        {"no-eku", STAMP_CERT},       {"expired", STAMP_EXPIRED}, {"no-certificate", STAMP_CERT},
        {"wrong-ess", STAMP_ESS},     {"sha1", STAMP_WEAK},       {"content", STAMP_DAMAGED},
        {"version", STAMP_SIGNATURE},
    };
    struct fixture *f = *state;
    struct stamp stamp;

    for (size_t i = 0; i < sizeof lies / sizeof lies[0]; i++) {
        assert_false(get(f, lies[i].fault, &stamp));
        const char *said = diags_at(f->diags, 0)->arg[1];
        assert_string_equal(said, stamp_fault_text(f->diags, lies[i].found));
        assert_fails(f, NULL, SIGN_STAMP_WRONG);
    }
}

/* Of another root: whom to trust is for those who verify. */
static void
strangers(void **state)
{
    struct fixture *f = *state;
    struct stamp stamp;

    assert_true(get(f, "stranger", &stamp));
    assert_str(certs_subject(f->arena, stamp.signer), "ผู้ประทับเวลาของผู้อื่น");
    stamp_close(&stamp);
}

static void
no_answer(void **state)
{
    static const char *const faults[] = {"refuse", "garbage", "empty", "html", "redirect", "down"};
    struct fixture *f = *state;
    struct stamp stamp;

    assert_fails(f, get(f, "reject", &stamp) ? f : NULL, SIGN_STAMP_REFUSED);
    assert_fails(f, get(f, "slow", &stamp) ? f : NULL, SIGN_FETCH_TIME);
    assert_fails(f, get(f, "drip", &stamp) ? f : NULL, SIGN_FETCH_ANSWER);
    assert_false(get(f, "huge", &stamp));
    assert_int_equal(diags_count(f->diags), 1);
    diags_free(f->diags);
    f->diags = diags_new();
    for (size_t i = 0; i < sizeof faults / sizeof faults[0]; i++)
        assert_fails(f, get(f, faults[i], &stamp) ? f : NULL, SIGN_FETCH_ANSWER);
}

/* Any byte of a token that is changed is seen, or is one that nothing depends on: then the stamp
 * says the same. */
static void
changed_bytes(void **state)
{
    struct fixture *f = *state;
    struct str whole = STR("the value of a signature");
    struct stamp stamp, changed;
    unsigned same = 0;

    assert_true(get(f, NULL, &stamp));
    char *bytes = arena_strndup(f->arena, stamp.token.ptr, stamp.token.len);
    for (size_t i = 0; i < stamp.token.len; i += 7) {
        bytes[i] ^= 1;
        struct str token = {bytes, stamp.token.len};
        if (stamp_check(f->arena, token, &whole, 1, &changed) == STAMP_GOOD) {
            assert_int_equal(changed.time, stamp.time);
            assert_int_equal(X509_cmp(changed.signer, stamp.signer), 0);
            stamp_close(&changed);
            same++;
        }
        bytes[i] ^= 1;
    }
    /* the other certificate has nothing to do with it */
    assert_true(same < stamp.token.len / 7 / 2);
    for (size_t len = 0; len < stamp.token.len; len += 11)
        assert_int_equal(stamp_check(f->arena, str_sub(stamp.token, 0, len), &whole, 1, &changed),
                         STAMP_DAMAGED);
    stamp_close(&stamp);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
        TEST(honest),    TEST(of_a_hash), TEST(clocks),        TEST(lies),
        TEST(strangers), TEST(no_answer), TEST(changed_bytes),
    };
    return cmocka_run_group_tests(tests, pki_serve, NULL);
}
