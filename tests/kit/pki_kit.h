/* Certificates, tokens and servers of tests/tools for unit tests of signing. They are made once
 * below the build folder; who needs the servers has them alone. */
#ifndef PKI_KIT_H
#define PKI_KIT_H

#include "test.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <unistd.h>

#include <openssl/crypto.h>

#include "base/files.h"
#include "pki/key.h"

#define PKI_PATH 4096

/* The folder that is built into, of which this test is in unit/. */
static inline const char *
pki_build(struct arena *arena)
{
    char own[PKI_PATH];
    ssize_t len = readlink("/proc/self/exe", own, sizeof own - 1);

    assert_true(len > 0);
    own[len] = '\0';
    for (int i = 0; i < 2; i++)
        *strrchr(own, '/') = '\0';
    return arena_printf(arena, "%s", own);
}

static inline void
pki_run(const char *command)
{
    if (system(command) != 0)
        fail_msg("failed: %s", command);
}

/* Makes certificates and tokens unless they are there; those of last week are made anew, for CRLs
 * end. Several tests may start at once. */
static inline int
pki_setup(void **state)
{
    struct fixture *f;

    (void)fixture_setup(state);
    f = *state;
    const char *build = pki_build(f->arena);
    pki_run(
        arena_printf(f->arena,
                     "cd '%s' && flock pki.lock sh -c '"
                     "find pki token -maxdepth 0 -mtime +7 -exec rm -rf {} + 2>/dev/null; cd %s && "
                     "tests/tools/make-pki %s/pki && tests/tools/make-token %s/pki %s/token'",
                     build, getcwd((char[PKI_PATH]){0}, PKI_PATH), build, build, build));
    (void)setenv("SOFTHSM2_CONF", arena_printf(f->arena, "%s/token/softhsm2.conf", build), 1);
    return 0;
}

/* The path of a file that was made: "pki/rsa.key". */
static inline const char *
pki_path(struct arena *arena, const char *name)
{
    return arena_printf(arena, "%s/%s", pki_build(arena), name);
}

/* What a file that was made holds, without blanks around it. */
static inline const char *
pki_read(struct fixture *f, const char *name, struct str *bytes)
{
    struct str read;

    assert_true(files_read(files_system(), f->arena, f->diags, POS_NONE, pki_path(f->arena, name),
                           1 << 24, &read));
    if (bytes != NULL)
        *bytes = read;
    return str_cstr(f->arena, str_trim(read));
}

/* A file of this test's own: its path. */
static inline const char *
pki_write(struct fixture *f, const char *name, struct str bytes)
{
    const char *path = pki_path(f->arena, name);

    assert_true(files_write(f->arena, f->diags, path, bytes));
    return path;
}

/* ---- answering for people */

struct answering {
    const char *secret; /* NULL: none */
    unsigned asked;
    struct key_secret last;
};

static inline bool
answer(void *user, const struct key_secret *what, char *out)
{
    struct answering *answering = user;

    answering->asked++;
    answering->last = *what;
    if (answering->secret != NULL)
        (void)snprintf(out, KEY_SECRET_MAX, "%s", answering->secret);
    return answering->secret != NULL;
}

/* ---- servers */

/* Starts pki-server for the certificates; it ends soon after the test. No other test has it
 * meanwhile, for the server itself holds the lock, until its end. For the set-up of a group. */
static inline int
pki_serve(void **state)
{
    struct fixture *f;

    (void)pki_setup(state);
    f = *state;
    const char *pki = pki_path(f->arena, "pki"), *lock = pki_path(f->arena, "pki-server.lock");
    int fd = open(lock, O_RDWR | O_CREAT, 0600);
    assert_true(fd >= 0 && flock(fd, LOCK_EX) == 0);
    (void)unlink(arena_printf(f->arena, "%s/serving", pki));
    (void)unlink(arena_printf(f->arena, "%s/faults", pki));
    (void)unsetenv("http_proxy");
    pid_t pid = fork();
    if (pid == 0) {
        (void)execl("tests/tools/pki-server", "pki-server", pki, (char *)NULL);
        _exit(127);
    }
    (void)close(fd);
    for (int i = 0; i < 3000 && access(arena_printf(f->arena, "%s/serving", pki), F_OK) != 0; i++)
        (void)usleep(10000);
    if (access(arena_printf(f->arena, "%s/serving", pki), F_OK) != 0)
        fail_msg("tests/tools/pki-server does not serve");
    return fixture_teardown(state);
}

/* Lets services answer wrongly: lines of "SERVICE FAULT"; NULL: none. */
static inline void
pki_faults(struct fixture *f, const char *lines)
{
    (void)pki_write(f, "pki/faults", str_of(lines == NULL ? "" : lines));
}

/* ---- keys */

/* A key of a file, with the certificate's file and a file for the chain (NULL: none). */
static inline struct key_source
pki_source(struct fixture *f, const char *file, const char *cert, const char *chain)
{
    const char **chains = arena_array(f->arena, 2, sizeof *chains);
    struct key_source source = {.file = file == NULL ? NULL : pki_path(f->arena, file)};

    source.cert_file = cert == NULL ? NULL : pki_path(f->arena, cert);
    chains[0] = chain == NULL ? NULL : pki_path(f->arena, chain);
    chains[1] = pki_path(f->arena, "pki/root.pem");
    source.chain_files = chains;
    source.chain_count = chain == NULL ? 0 : 2;
    return source;
}

/* The key NAME of make-pki, with its whole chain. */
static inline struct key *
pki_key(struct fixture *f, const char *name)
{
    struct key_source source =
        pki_source(f, arena_printf(f->arena, "pki/%s.key", name),
                   arena_printf(f->arena, "pki/%s.pem", name), "pki/issuing.pem");
    struct key *key = key_open(f->arena, f->diags, &source);

    assert_non_null(key);
    return key;
}

/* The last message, and nothing else that is an error. */
#define assert_fails(f, key, code)                                      \
    do {                                                                \
        assert_null(key);                                               \
        assert_diag((f)->diags, diags_count((f)->diags) - 1, code);     \
        assert_int_equal(diags_level_count((f)->diags, DIAG_ERROR), 1); \
        diags_free((f)->diags);                                         \
        (f)->diags = diags_new();                                       \
    } while (0)

#endif
