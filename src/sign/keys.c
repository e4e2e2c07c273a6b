/* Keys as banthuek-sign.h has them. */
#include "sign/keys.h"

#include "banthuek-sign.h"
#include "base/arena.h"
#include "base/hash.h"
#include "engine/report.h"
#include "pki/certs.h"
#include "pki/key.h"
#include "sign/config.h"

/* The callback of banthuek-sign.h behind that of key.h. */
static bool
ask(void *user, const struct key_secret *secret, char *out)
{
    const struct banthuek_key_options *options = user;
    const struct banthuek_secret asked = {
        .kind = secret->kind == KEY_PIN ? BANTHUEK_PIN : BANTHUEK_PASSPHRASE,
        .of = secret->of,
        .tries = secret->tries == KEY_TRIES_LAST  ? BANTHUEK_TRIES_LAST
                 : secret->tries == KEY_TRIES_FEW ? BANTHUEK_TRIES_FEW
                                                  : BANTHUEK_TRIES_FINE,
    };

    return options->ask != NULL && options->ask(options->user, &asked, out, KEY_SECRET_MAX);
}

static void
describe(struct banthuek_key *key)
{
    X509 *cert = key_certificate(key->key);
    struct hash hash = hash_of(certs_der(key->arena, cert));

    key->subject = certs_subject(key->arena, cert);
    key->issuer = certs_issuer(key->arena, cert);
    hash_hex(&hash, key->fingerprint);
}

struct banthuek_key *
banthuek_key_open(struct banthuek *b, const struct banthuek_key_options *given)
{
    struct banthuek_key_options options;
    struct arena *arena = arena_new(0);
    struct banthuek_key *key = arena_alloc(arena, sizeof *key);

    take_given(&options, sizeof options, given);
    if (options.file == NULL && options.module == NULL && options.command == NULL) {
        options.module = config_text(&b->work, "pkcs11");
        if (options.token == NULL)
            options.token = config_text(&b->work, "token");
    }
    const struct key_source source = {
        .files = b->work.files,
        .file = options.file,
        .module = options.module,
        .token = options.token,
        .id = options.id,
        .command = options.command,
        .command_seconds = options.command_seconds,
        .cert_file = options.certificate,
        .chain_files = options.chain,
        .chain_count = options.chain_count,
        .pss = options.pss,
        .incomplete_chain = options.incomplete_chain,
        .asker = {ask, &options},
    };
    key->arena = arena;
    key->key = key_open(arena, b->work.diags, &source);
    if (key->key == NULL) {
        arena_free(arena);
        return NULL;
    }
    describe(key);
    return key;
}

void
banthuek_key_close(struct banthuek_key *key)
{
    if (key == NULL)
        return;
    key_close(key->key);
    arena_free(key->arena);
}

struct banthuek_bytes
banthuek_key_subject(const struct banthuek_key *key)
{
    return bytes_of(key->subject);
}

struct banthuek_bytes
banthuek_key_issuer(const struct banthuek_key *key)
{
    return bytes_of(key->issuer);
}
