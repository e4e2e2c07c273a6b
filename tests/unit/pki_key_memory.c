/* What is left in memory of passphrases, PINs and keys once a key is closed: nothing that a core
 * file could show. */
#include "pki_kit.h"

#include <openssl/pem.h>

/* What is looked for lies here only with its bits turned, so that it is not found here. */
struct hidden {
    unsigned char turned[256];
    size_t len;
};

static struct hidden
hide(struct str bytes)
{
    struct hidden out = {.len = bytes.len};

    assert_true(bytes.len >= 4 && bytes.len <= sizeof out.turned);
    for (size_t i = 0; i < bytes.len; i++)
        out.turned[i] = (unsigned char)~bytes.ptr[i];
    OPENSSL_cleanse((char *)bytes.ptr, bytes.len);
    return out;
}

static bool
is_at(const struct hidden *hidden, const volatile unsigned char *at)
{
    for (size_t i = 0; i < hidden->len; i++) {
        if ((at[i] ^ hidden->turned[i]) != 0xff)
            return false;
    }
    return true;
}

static size_t
count_in(const struct hidden *hidden, const char *from, const char *to)
{
    size_t found = 0;
    unsigned char first = (unsigned char)~hidden->turned[0];

    for (const char *at = from; at + hidden->len <= to; at++) {
        at = memchr(at, first, (size_t)(to - at));
        if (at == NULL || at + hidden->len > to)
            break;
        found += is_at(hidden, (const unsigned char *)at);
    }
    return found;
}

/* How often it is in what this process may write to: heap, stacks, data. */
static size_t
count_in_memory(const struct hidden *hidden)
{
    FILE *maps = fopen("/proc/self/maps", "r");
    char line[512], rights[8];
    unsigned long from, to;
    size_t found = 0;

    assert_non_null(maps);
    while (fgets(line, sizeof line, maps) != NULL) {
        if (sscanf(line, "%lx-%lx %7s", &from, &to, rights) == 3 && rights[0] == 'r' &&
            rights[1] == 'w')
            found += count_in(hidden, (const char *)from, (const char *)to);
    }
    (void)fclose(maps);
    return found;
}

static bool
answer_hidden(void *user, const struct key_secret *what, char *out)
{
    const struct hidden *hidden = user;

    (void)what;
    for (size_t i = 0; i < hidden->len; i++)
        out[i] = (char)~hidden->turned[i];
    out[hidden->len] = '\0';
    return true;
}

/* The passphrase of make-pki, or the PIN of make-token. */
static struct hidden
hidden_line(struct fixture *f, const char *name)
{
    struct str bytes;
    const char *line = pki_read(f, name, &bytes);
    struct hidden out = hide((struct str){line, strlen(line)});

    OPENSSL_cleanse((char *)bytes.ptr, bytes.len);
    return out;
}

/* The secret number of a key on a curve, which another process reads. */
static struct hidden
hidden_number(struct fixture *f, const char *name)
{
    struct hidden out = {.len = 16};
    FILE *from = popen(arena_printf(f->arena, "openssl ec -in '%s' -outform DER 2>/dev/null",
                                    pki_path(f->arena, name)),
                       "r");

    assert_non_null(from);
    (void)setvbuf(from, NULL, _IONBF, 0);
    for (int i = 0; i < 7; i++) /* what stands before it in ECPrivateKey */
        (void)fgetc(from);
    for (size_t i = 0; i < out.len; i++)
        out.turned[i] = (unsigned char)~fgetc(from);
    (void)pclose(from);
    return out;
}

static void
signs_and_forgets(struct fixture *f, struct key_source source, const struct hidden *secret)
{
    struct str signature;

    source.asker = (struct key_asker){answer_hidden, (void *)secret};
    struct key *key = key_open(f->arena, f->diags, &source);
    assert_non_null(key);
    assert_true(key_sign(key, f->arena, f->diags, STR("what is signed"), &signature));
    key_close(key);
    assert_int_equal(count_in_memory(secret), 0);
}

/* What is there is found, so that the others find nothing for want of it. */
static void
looking(void **state)
{
    struct fixture *f = *state;
    struct hidden secret = hidden_line(f, "pki/passphrase");
    char *there = arena_alloc(f->arena, KEY_SECRET_MAX);

    assert_int_equal(count_in_memory(&secret), 0);
    (void)answer_hidden(&secret, NULL, there);
    assert_int_equal(count_in_memory(&secret), 1);
    OPENSSL_cleanse(there, KEY_SECRET_MAX);
    assert_int_equal(count_in_memory(&secret), 0);
}

static void
passphrases(void **state)
{
    struct fixture *f = *state;
    struct hidden secret = hidden_line(f, "pki/passphrase");

    signs_and_forgets(f, pki_source(f, "pki/p256-encrypted.key", "pki/p256.pem", "pki/issuing.pem"),
                      &secret);
    signs_and_forgets(f, pki_source(f, "pki/p256.p12", NULL, "pki/issuing.pem"), &secret);
    signs_and_forgets(f, pki_source(f, "pki/rsa-old.p12", NULL, "pki/issuing.pem"), &secret);
}

static void
keys(void **state)
{
    struct fixture *f = *state;
    struct hidden secret = hidden_line(f, "pki/passphrase");
    struct hidden number = hidden_number(f, "pki/p256.key");
    static const char *const files[] = {"pki/p256-encrypted.key", "pki/p256.p12", "pki/p256.key",
                                        "unit-ec.key"};

    pki_run(arena_printf(f->arena,
                         "cd '%s' && openssl ec -in pki/p256.key -out unit-ec.key 2>unit-log",
                         pki_build(f->arena)));
    for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
        signs_and_forgets(f, pki_source(f, files[i], "pki/p256.pem", "pki/issuing.pem"), &secret);
        assert_int_equal(count_in_memory(&number), 0);
    }
}

static void
pins(void **state)
{
    struct fixture *f = *state;
    struct hidden pin = hidden_line(f, "token/pin");
    struct key_source source = pki_source(f, NULL, NULL, "pki/issuing.pem");

    source.module = pki_read(f, "token/module", NULL);
    source.token = "single";
    signs_and_forgets(f, source, &pin);
}

int
main(void)
{
#ifdef __SANITIZE_ADDRESS__ /* it keeps what was freed */
    return 0;
#endif
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, pki_setup, fixture_teardown)
        TEST(looking),
        TEST(passphrases),
        TEST(keys),
        TEST(pins),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
