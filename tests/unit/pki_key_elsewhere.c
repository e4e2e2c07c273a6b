/* Keys that programs sign with, and keys on tokens. */
#include "pki_kit.h"

#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>

#include "pki/certs.h"

/* ---- programs */

/* A program of this test's own; it gets the folder of the certificates as its argument. */
static const char *
program(struct fixture *f, const char *name, const char *body)
{
    const char *script = arena_printf(f->arena, "#!/bin/bash\n%s\n", body);
    const char *path = pki_write(f, name, str_of(script));

    assert_int_equal(chmod(path, 0700), 0);
    return arena_printf(f->arena, " %s\t%s/pki ", path, pki_build(f->arena));
}

static struct key_source
command_source(struct fixture *f, const char *command, const char *cert)
{
    struct key_source source = pki_source(f, NULL, cert, "pki/issuing.pem");

    source.command = command;
    source.command_seconds = 60;
    return source;
}

static bool
sign_by(struct fixture *f, const char *body, const char *cert, unsigned seconds)
{
    struct key_source source = command_source(f, program(f, "unit-program", body), cert);
    struct str signature;

    if (seconds > 0)
        source.command_seconds = seconds;
    struct key *key = key_open(f->arena, f->diags, &source);
    assert_non_null(key);
    bool good = key_sign(key, f->arena, f->diags, STR("what is signed"), &signature);
    key_close(key);
    return good;
}

#define SIGN_WITH(hash, key) "openssl dgst -sha" hash " -sign \"$1/" key ".key\""

static void
programs_sign(void **state)
{
    struct fixture *f = *state;

    assert_true(sign_by(
        f,
        "read -r a n; [ \"$a\" = RSA-SHA256 ] && [ \"$n\" = 14 ] && head -c \"$n\" | " SIGN_WITH(
            "256", "rsa"),
        "pki/rsa.pem", 0));
    assert_true(sign_by(f, "read -r a n; [ \"$a\" = ECDSA-SHA384 ] && " SIGN_WITH("384", "p384"),
                        "pki/p384.pem", 0));
    assert_true(sign_by(f,
                        "read -r a n; [ \"$a\" = RSA-PSS-SHA256 ] && openssl dgst -sha256 -sigopt "
                        "rsa_padding_mode:pss -sigopt rsa_pss_saltlen:32 -sign \"$1/pss.key\"",
                        "pki/pss.pem", 0));
    assert_int_equal(diags_count(f->diags), 0);
}

/* r and s one behind the other, as some services give them, become DER. */
static void
r_and_s(void **state)
{
    struct fixture *f = *state;

    assert_true(
        sign_by(f,
                "read -r a n; " SIGN_WITH(
                    "256", "p256") " | openssl asn1parse -inform DER | "
                                   "python3 -c 'import sys; sys.stdout.buffer.write(b\"\".join("
                                   "bytes.fromhex(line.split(\":\")[-1].strip().zfill(64)[-64:]) "
                                   "for line in sys.stdin if \"INTEGER\" in line))'",
                "pki/p256.pem", 0));
}

static void
programs_lie(void **state)
{
    struct fixture *f = *state;

    assert_false(sign_by(f, "read -r a n; " SIGN_WITH("256", "rsa-b"), "pki/rsa.pem", 0));
    assert_fails(f, NULL, SIGN_WRONG);
    assert_false(sign_by(f, "echo another | " SIGN_WITH("256", "rsa"), "pki/rsa.pem", 0));
    assert_fails(f, NULL, SIGN_WRONG);
    assert_false(sign_by(f, "head -c 64 /dev/zero", "pki/p256.pem", 0));
    assert_fails(f, NULL, SIGN_WRONG);
    assert_false(sign_by(f, "head -c 384 /dev/urandom", "pki/rsa.pem", 0));
    assert_fails(f, NULL, SIGN_WRONG);
}

static void
programs_fail(void **state)
{
    struct fixture *f = *state;

    assert_false(sign_by(f, "cat >/dev/null; exit 3", "pki/rsa.pem", 0));
    assert_fails(f, NULL, SIGN_COMMAND_FAILED);
    assert_false(sign_by(f, "kill -9 $$", "pki/rsa.pem", 0));
    assert_fails(f, NULL, SIGN_COMMAND_FAILED);
    assert_false(sign_by(f, "cat >/dev/null", "pki/rsa.pem", 0));
    assert_fails(f, NULL, SIGN_COMMAND_EMPTY);
    assert_false(sign_by(f, "cat /dev/zero", "pki/rsa.pem", 0));
    assert_fails(f, NULL, SIGN_COMMAND_LONG);
    struct key_source source = command_source(f, "/nowhere/at/all", "pki/rsa.pem");
    struct str signature;
    struct key *key = key_open(f->arena, f->diags, &source);
    assert_non_null(key);
    assert_false(key_sign(key, f->arena, f->diags, STR("x"), &signature));
    assert_fails(f, NULL, SIGN_COMMAND_START);
    key_close(key);
}

/* One that says nothing, one that says all and does not end, one that leaves another behind. */
static void
programs_hang(void **state)
{
    static const char *const hanging[] = {"exec sleep 60", "exec 1>&-; exec sleep 60",
                                          "sleep 20 2>&- & exit 0"};
    struct fixture *f = *state;
    time_t before = time(NULL);

    for (size_t i = 0; i < sizeof hanging / sizeof hanging[0]; i++) {
        assert_false(sign_by(f, hanging[i], "pki/rsa.pem", 1));
        const struct diag *told = diags_at(f->diags, diags_count(f->diags) - 1);
        assert_true(str_ends(diag_line(f->arena, told, DIAG_ENGLISH),
                             STR(", did not end within 1 seconds and was ended; nothing was signed "
                                 "[SIGN_COMMAND_TIME]")));
        assert_true(
            str_ends(diag_line(f->arena, told, DIAG_THAI),
                     STR(" ไม่เสร็จภายใน 1 วินาที จึงถูกยุติ ยังไม่ได้ลงนามสิ่งใด [SIGN_COMMAND_TIME]")));
        assert_fails(f, NULL, SIGN_COMMAND_TIME);
    }
    assert_true(time(NULL) - before < 10);
}

/* A program that does not read what it is given is no reason to end. */
static void
programs_do_not_read(void **state)
{
    struct fixture *f = *state;
    size_t size = 1 << 20;
    struct str much = {arena_alloc(f->arena, size), size}, signature;
    struct key_source source =
        command_source(f, program(f, "unit-program", "exec 0<&-; echo x"), "pki/rsa.pem");
    struct key *key = key_open(f->arena, f->diags, &source);

    assert_non_null(key);
    assert_false(key_sign(key, f->arena, f->diags, much, &signature));
    assert_fails(f, NULL, SIGN_WRONG);
    key_close(key);
}

/* What we limit ourselves to does not hold for a program that needs more. */
static void
programs_have_limits_of_their_own(void **state)
{
    struct fixture *f = *state;
    struct rlimit before, small;

    assert_int_equal(getrlimit(RLIMIT_CPU, &before), 0);
    small = (struct rlimit){1000, before.rlim_max};
    assert_int_equal(setrlimit(RLIMIT_CPU, &small), 0);
    assert_true(sign_by(
        f, "read -r a n; [ \"$(ulimit -S -t)\" = \"$(ulimit -H -t)\" ] && " SIGN_WITH("256", "rsa"),
        "pki/rsa.pem", 0));
    assert_int_equal(getrlimit(RLIMIT_CPU, &small), 0);
    assert_int_equal(small.rlim_cur, 1000);
    assert_int_equal(setrlimit(RLIMIT_CPU, &before), 0);
}

static void
programs_need_a_certificate(void **state)
{
    struct fixture *f = *state;
    struct key_source source = command_source(f, "/bin/true", NULL);

    assert_fails(f, key_open(f->arena, f->diags, &source), SIGN_CERT_MISSING);
}

/* ---- tokens */

static struct key_source
token_source(struct fixture *f, struct answering *answering, const char *token, const char *id)
{
    struct key_source source = pki_source(f, NULL, NULL, "pki/issuing.pem");

    *answering = (struct answering){.secret = pki_read(f, "token/pin", NULL)};
    source.module = pki_read(f, "token/module", NULL);
    source.token = token;
    source.id = id;
    source.asker = (struct key_asker){answer, answering};
    return source;
}

static void
token_signs(struct fixture *f, const struct key_source *source)
{
    struct key *key = key_open(f->arena, f->diags, source);
    struct str signature;

    assert_non_null(key);
    for (int i = 0; i < 2; i++)
        assert_true(key_sign(key, f->arena, f->diags, STR("what is signed"), &signature));
    assert_int_equal(diags_count(f->diags), 0);
    assert_int_equal(sk_X509_num(key_chain(key)), 3);
    key_close(key);
}

/* Every key is labelled alike: its id tells which is meant. */
static void
tokens_sign(void **state)
{
    struct fixture *f = *state;
    struct answering answering;
    struct key_source source = token_source(f, &answering, "banthuek", "01");

    token_signs(f, &source);
    assert_int_equal(answering.asked, 1);
    assert_int_equal(answering.last.kind, KEY_PIN);
    assert_string_equal(answering.last.of, "banthuek");
    source.pss = true;
    token_signs(f, &source);
    source = token_source(f, &answering, "banthuek", "02");
    token_signs(f, &source);
    source = token_source(f, &answering, "single", NULL);
    token_signs(f, &source);
}

/* A certificate out of a file, for a card that has none, or to say which key is meant. */
static void
certificates_beside_tokens(void **state)
{
    struct fixture *f = *state;
    struct answering answering;
    struct key_source source = token_source(f, &answering, "banthuek", "04");

    assert_fails(f, key_open(f->arena, f->diags, &source), SIGN_CERT_MISSING);
    source.cert_file = pki_path(f->arena, "pki/rsa-b.pem");
    token_signs(f, &source);
    source.id = NULL;
    token_signs(f, &source);
    source.cert_file = pki_path(f->arena, "pki/p256.pem");
    token_signs(f, &source);
    source.cert_file = pki_path(f->arena, "pki/stranger.pem");
    assert_fails(f, key_open(f->arena, f->diags, &source), SIGN_TOKEN_KEYS);
}

static bool
tells(const struct diags *diags, const char *text)
{
    struct arena *arena = arena_new(0);
    struct str line = diag_line(arena, diags_at(diags, diags_count(diags) - 1), DIAG_ENGLISH);
    bool found = str_find(line, str_of(text)) != SIZE_MAX;

    arena_free(arena);
    return found;
}

/* Two keys of one label: no choice by chance, and both are listed by id. */
static void
several_keys(void **state)
{
    struct fixture *f = *state;
    struct answering answering;
    struct key_source source = token_source(f, &answering, "banthuek", NULL);

    assert_null(key_open(f->arena, f->diags, &source));
    assert_true(tells(f->diags, "id 01 (labelled \"signer\")"));
    assert_true(tells(f->diags, "id 02 (labelled \"signer\")"));
    assert_fails(f, NULL, SIGN_TOKEN_KEYS);
    source.id = "0102";
    assert_fails(f, key_open(f->arena, f->diags, &source), SIGN_TOKEN_NO_ID);
}

/* The token's certificate of this id is of another key. */
static void
wrong_certificate(void **state)
{
    struct fixture *f = *state;
    struct answering answering;
    struct key_source source = token_source(f, &answering, "banthuek", "03");

    assert_fails(f, key_open(f->arena, f->diags, &source), SIGN_MISMATCH);
    source = token_source(f, &answering, "banthuek", "01");
    source.cert_file = pki_path(f->arena, "pki/rsa-b.pem");
    assert_fails(f, key_open(f->arena, f->diags, &source), SIGN_MISMATCH);
}

static void
wrong_pin(void **state)
{
    struct fixture *f = *state;
    struct answering answering;
    struct key_source source = token_source(f, &answering, "single", NULL);

    answering.secret = "271828";
    assert_fails(f, key_open(f->arena, f->diags, &source), SIGN_PIN);
    assert_int_equal(answering.asked, 1);
    answering.secret = NULL;
    assert_fails(f, key_open(f->arena, f->diags, &source), SIGN_SECRET_NONE);
    assert_int_equal(answering.asked, 2);
}

static void
other_tokens(void **state)
{
    struct fixture *f = *state;
    struct answering answering;
    struct key_source source = token_source(f, &answering, NULL, "01");
    const char *conf = getenv("SOFTHSM2_CONF");
    const char *build = pki_build(f->arena);

    assert_fails(f, key_open(f->arena, f->diags, &source), SIGN_TOKEN_SEVERAL);
    source.token = "another";
    assert_fails(f, key_open(f->arena, f->diags, &source), SIGN_TOKEN_OTHER);
    source.module = "/nowhere/module.so";
    assert_fails(f, key_open(f->arena, f->diags, &source), SIGN_MODULE);
    source = token_source(f, &answering, NULL, NULL);
    pki_run(arena_printf(f->arena,
                         "cd '%s' && rm -rf unit-token && mkdir unit-token && "
                         "echo directories.tokendir = %s/unit-token >unit-softhsm.conf",
                         build, build));
    (void)setenv("SOFTHSM2_CONF", arena_printf(f->arena, "%s/unit-softhsm.conf", build), 1);
    assert_fails(f, key_open(f->arena, f->diags, &source), SIGN_TOKEN_NONE);
    pki_run("softhsm2-util --init-token --free --label empty --so-pin 12345678 --pin 314159 "
            ">/dev/null");
    assert_fails(f, key_open(f->arena, f->diags, &source), SIGN_TOKEN_NO_KEY);
    (void)setenv("SOFTHSM2_CONF", conf, 1);
    assert_int_equal(answering.asked, 1);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, pki_setup, fixture_teardown)
        TEST(programs_sign),
        TEST(r_and_s),
        TEST(programs_lie),
        TEST(programs_fail),
        TEST(programs_hang),
        TEST(programs_do_not_read),
        TEST(programs_have_limits_of_their_own),
        TEST(programs_need_a_certificate),
        TEST(tokens_sign),
        TEST(certificates_beside_tokens),
        TEST(several_keys),
        TEST(wrong_certificate),
        TEST(wrong_pin),
        TEST(other_tokens),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
