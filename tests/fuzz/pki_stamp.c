/* Reading any bytes as a time-stamp server's reply, as a token, and as a file of certificates: no
 * crash, no hang, and only what is good is given out. */
#include <stdlib.h>

#include "base/arena.h"
#include "base/hash.h"
#include "pki/certs.h"
#include "pki/stamp.h"

#define SEED_TIME 1795978610

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
read_as_certificates(struct arena *arena, struct str bytes)
{
    struct diags *diags = diags_new();
    STACK_OF(X509) *certs = certs_new();

    if (certs_read(diags, "fuzz", bytes, certs) != (diags_count(diags) == 0))
        abort();
    for (int i = 0; i < sk_X509_num(certs) && i < 4; i++) {
        STACK_OF(X509) *chain = certs_chain(sk_X509_value(certs, i), certs, 0);
        (void)certs_subject(arena, sk_X509_value(certs, i));
        if (sk_X509_num(chain) < 1 || sk_X509_num(chain) > CERTS_CHAIN_MAX)
            abort();
        certs_free(chain);
    }
    certs_free(certs);
    diags_free(diags);
}

/* The reply of the seeds is to this request, at this time. */
static void
read_as_reply(struct arena *arena, struct str bytes)
{
    struct diags *diags = diags_new();
    struct hash hash = hash_of(STR("the value of a signature"));
    struct stamp_server server = {.url = "http://tsa.example/", .now = SEED_TIME};
    struct stamp stamp = {.time = 0};
    bool good = stamp_of_reply(arena, diags, &server, bytes,
                               (struct str){(const char *)hash.bytes, sizeof hash.bytes},
                               STR("ABCDEFGH"), &stamp);

    if (good != (diags_count(diags) == 0))
        abort();
    if (good)
        stamp_close(&stamp);
    diags_free(diags);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new(0);
    struct str token = {(const char *)data, size}, of = STR("the value of a signature");
    struct stamp stamp = {.time = 0};

    if (stamp_check(arena, token, &of, 1, &stamp) == STAMP_GOOD) {
        if (stamp.signer == NULL || stamp.token.len != size)
            abort();
        stamp_close(&stamp);
    } else if (stamp.signer != NULL) {
        abort();
    }
    read_as_reply(arena, token);
    read_as_certificates(arena, token);
    arena_free(arena);
    return 0;
}
