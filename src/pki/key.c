/* Opening keys, and signing with them. Where a key is, key_file.c, key_token.c and key_command.c
 * know. */
#include "pki/key.h"

#include <string.h>

#include <openssl/crypto.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>

#include "base/arena.h"
#include "base/files.h"
#include "pki/algo.h"
#include "pki/key_inner.h"

#define P256_BYTES 32
#define P384_BYTES 48
#define NAME_BYTES 64

/* ---- what opening needs everywhere */

bool
key_fail(struct key_opening *opening, enum diag_code code, const char *file, const char *arg1,
         const char *arg2)
{
    diag_add(opening->diags, code, (struct pos){file, 0, 0}, arg1, arg2, NULL);
    return false;
}

/* What OpenSSL or libp11 say, in Thai where it is what people meet. */
static const char *
reason_of(struct diags *diags, const char *reason)
{
    static const char *const known[][2] = {
        {"PIN incorrect", "รหัส PIN ไม่ถูกต้อง"},
        {"PIN invalid", "รหัส PIN มีอักขระที่ใช้ไม่ได้"},
        {"Invalid PIN length", "รหัส PIN สั้นหรือยาวเกินไป"},
        {"PIN expired", "รหัส PIN หมดอายุ"},
        {"PIN locked", "รหัส PIN ถูกล็อกแล้ว"},
        {"Token not present", "ไม่ได้เสียบโทเคน"},
        {"Token not recognized", "ไม่รู้จักโทเคนนี้"},
        {"Device removed", "โทเคนถูกถอดออก"},
        {"Device error", "โทเคนขัดข้อง"},
    };

    if (reason == NULL)
        return diag_both(diags, "no reason given", "ไม่ได้บอกเหตุผล");
    for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
        if (strcmp(reason, known[i][0]) == 0)
            return diag_both(diags, reason, known[i][1]);
    }
    return diag_said(diags, "ระบบของกุญแจแจ้งว่า", diag_str(diags, str_of(reason)));
}

const char *
key_reason(struct diags *diags)
{
    const char *said = reason_of(diags, ERR_reason_error_string(ERR_peek_last_error()));

    ERR_clear_error();
    return said;
}

const char *
key_secret(struct key_opening *opening, const struct key_secret *what)
{
    const struct key_asker *asker = &opening->source->asker;

    if (!opening->asked) {
        opening->asked = true;
        opening->answered = asker->ask != NULL && asker->ask(asker->user, what, opening->secret);
        opening->secret[KEY_SECRET_MAX - 1] = '\0';
        if (!opening->answered)
            (void)key_fail(opening, DIAG_SIGN_SECRET_NONE, NULL,
                           diag_str(opening->diags, str_of(what->of)), NULL);
    }
    return opening->answered ? opening->secret : NULL;
}

bool
key_read(struct key_opening *opening, const char *path, size_t limit, struct str *out)
{
    return files_read(opening->files, opening->arena, opening->diags, POS_NONE, path, limit, out);
}

void
key_forget(struct str bytes)
{
    if (bytes.len > 0)
        OPENSSL_cleanse((char *)bytes.ptr, bytes.len);
}

/* ---- the certificate */

static bool
unfit(struct diags *diags, const char *file, enum diag_code code, struct str name, const char *arg)
{
    diag_add(diags, code, (struct pos){file, 0, 0}, diag_str(diags, name), arg, NULL);
    return false;
}

static bool
is_in_time(struct diags *diags, const char *file, X509 *cert, struct str name, time_t now)
{
    time_t from = 0, to = 0;

    if (!certs_time(X509_get0_notBefore(cert), &from) || !certs_time(X509_get0_notAfter(cert), &to))
        return unfit(diags, file, DIAG_SIGN_CERT_DAMAGED, name, NULL);
    if (now < from)
        return unfit(diags, file, DIAG_SIGN_CERT_EARLY, name, certs_day(diags, from));
    return now <= to || unfit(diags, file, DIAG_SIGN_CERT_EXPIRED, name, certs_day(diags, to));
}

/* How a certificate's key signs; false for those that nothing is signed with here. */
static bool
algorithm_of(const X509 *cert, bool pss, enum key_algorithm *out)
{
    EVP_PKEY *key = X509_get0_pubkey(cert);
    int bits = key == NULL ? 0 : EVP_PKEY_get_bits(key);
    bool good = false;
    char group[NAME_BYTES] = "";

    if (key != NULL && (EVP_PKEY_is_a(key, "RSA") || EVP_PKEY_is_a(key, "RSA-PSS"))) {
        *out = pss || EVP_PKEY_is_a(key, "RSA-PSS") ? KEY_RSA_PSS_SHA256 : KEY_RSA_SHA256;
        good = bits >= KEY_RSA_BITS_MIN && bits <= KEY_RSA_BITS_MAX;
    } else if (key != NULL && EVP_PKEY_is_a(key, "EC") &&
               EVP_PKEY_get_group_name(key, group, sizeof group, NULL) == 1) {
        bool small = strcmp(group, SN_X9_62_prime256v1) == 0;
        *out = small ? KEY_ECDSA_SHA256 : KEY_ECDSA_SHA384;
        good = small || strcmp(group, SN_secp384r1) == 0;
    }
    ERR_clear_error();
    return good;
}

/* "RSA 1024" */
static const char *
kind_of(struct diags *diags, const X509 *cert)
{
    EVP_PKEY *key = X509_get0_pubkey(cert);
    const char *type = key == NULL ? NULL : EVP_PKEY_get0_type_name(key);

    ERR_clear_error();
    return diag_printf(diags, "%s %d", type == NULL ? "?" : type,
                       key == NULL ? 0 : EVP_PKEY_get_bits(key));
}

bool
key_certificate_is_fit(struct arena *arena, struct diags *diags, const char *file, X509 *cert,
                       time_t now)
{
    struct str name = certs_subject(arena, cert);
    uint32_t usage = X509_get_key_usage(cert); /* all bits where none is said */
    enum key_algorithm algorithm;

    if (!algorithm_of(cert, false, &algorithm))
        return unfit(diags, file, DIAG_SIGN_CERT_KEY, name, kind_of(diags, cert));
    if ((X509_get_extension_flags(cert) & EXFLAG_INVALID) != 0)
        return unfit(diags, file, DIAG_SIGN_CERT_DAMAGED, name, NULL);
    if (X509_check_ca(cert) == 1)
        return unfit(diags, file, DIAG_SIGN_CERT_CA, name, NULL);
    if ((usage & (KU_DIGITAL_SIGNATURE | KU_NON_REPUDIATION)) == 0)
        return unfit(diags, file, DIAG_SIGN_CERT_USAGE, name, NULL);
    return is_in_time(diags, file, cert, name, now);
}

/* The signer's certificate: the one of the key; for a program, which shows no key, the first. */
static bool
choose_certificate(struct key_opening *o)
{
    struct key *key = o->key;
    bool matches = false;

    if (sk_X509_num(o->own) == 0)
        return key_fail(o, o->where == NULL ? DIAG_SIGN_CERT_MISSING : DIAG_SIGN_CERT_NONE,
                        o->where, NULL, NULL);
    for (int i = 0; i < sk_X509_num(o->own) && !matches; i++) {
        key->cert = sk_X509_value(o->own, i);
        EVP_PKEY *public = X509_get0_pubkey(key->cert);
        matches = key->pkey == NULL || (public != NULL && EVP_PKEY_eq(public, key->pkey) == 1);
    }
    ERR_clear_error();
    if (!matches) {
        struct str name = certs_subject(o->arena, key->cert);
        key->cert = NULL;
        return key_fail(o, DIAG_SIGN_MISMATCH, o->where, diag_str(o->diags, name), NULL);
    }
    X509_up_ref(key->cert);
    return true;
}

/* How the issuers signed: a signature by a certificate that rests on SHA-1 would be bad for whoever
 * verifies it. */
static bool
is_strong(struct key_opening *o)
{
    const STACK_OF(X509) *chain = o->key->chain;
    const char *weak = NULL;

    for (int i = 0; i + 1 < sk_X509_num(chain); i++) {
        X509 *cert = sk_X509_value(chain, i);
        const EVP_PKEY *issuer = X509_get0_pubkey(sk_X509_value(chain, i + 1));
        if (!algo_signature(o->arena, X509_get0_tbs_sigalg(cert), issuer, NULL, &weak))
            return key_fail(o, DIAG_SIGN_CERT_WEAK, NULL,
                            diag_str(o->diags, certs_subject(o->arena, cert)),
                            weak == NULL ? "?" : weak);
    }
    ERR_clear_error();
    return true;
}

static bool
build_chain(struct key_opening *o, time_t now)
{
    struct key *key = o->key;
    const struct key_source *source = o->source;

    key->chain = certs_chain(key->cert, o->pool, now);
    X509 *last = sk_X509_value(key->chain, sk_X509_num(key->chain) - 1);
    for (int i = 1; i < sk_X509_num(key->chain); i++) {
        X509 *one = sk_X509_value(key->chain, i);
        if (!is_in_time(o->diags, NULL, one, certs_subject(o->arena, one), now))
            return false;
    }
    if (!is_strong(o))
        return false;
    if (certs_is_root(last))
        return true;
    enum diag_code code = DIAG_SIGN_CHAIN_ROOT;
    if (last == key->cert)
        code = source->incomplete_chain ? DIAG_SIGN_CHAIN_SHORT : DIAG_SIGN_CHAIN_INCOMPLETE;
    (void)key_fail(o, code, NULL, diag_str(o->diags, certs_issuer(o->arena, last)),
                   diag_str(o->diags, certs_subject(o->arena, last)));
    return code != DIAG_SIGN_CHAIN_INCOMPLETE;
}

/* ---- opening */

static bool
read_certificates(struct key_opening *o, const char *path, STACK_OF(X509) * certs)
{
    struct str bytes;
    bool good = key_read(o, path, CERTS_BYTES_MAX, &bytes);

    if (!good)
        return false;
    good = certs_read(o->diags, path, bytes, certs);
    key_forget(bytes); /* there may be a key beside */
    return good;
}

static bool
add_all(STACK_OF(X509) * to, const STACK_OF(X509) * from)
{
    bool good = true;

    for (int i = 0; i < sk_X509_num(from) && good; i++)
        good = certs_add(to, sk_X509_value(from, i));
    return good;
}

/* Certificates out of files, which go before those beside the key. */
static bool
read_named(struct key_opening *o)
{
    const struct key_source *source = o->source;
    bool good = true;

    if (source->cert_file != NULL) {
        o->where = source->cert_file;
        good = read_certificates(o, source->cert_file, o->own);
    }
    for (size_t i = 0; good && i < source->chain_count; i++)
        good = read_certificates(o, source->chain_files[i], o->pool);
    return good;
}

static bool
open_where_it_is(struct key_opening *o)
{
    const struct key_source *source = o->source;
    int named = (source->file != NULL) + (source->module != NULL) + (source->command != NULL);

    if (named != 1)
        return key_fail(o, DIAG_SIGN_KEY_ONE, NULL, NULL, NULL);
    if (source->file != NULL)
        return key_file_open(o);
    if (source->module != NULL)
        return key_token_open(o);
    o->key->command = arena_printf(o->arena, "%s", source->command);
    o->key->command_seconds =
        source->command_seconds == 0 ? KEY_COMMAND_SECONDS : source->command_seconds;
    return true;
}

static bool
open_all(struct key_opening *o)
{
    const struct key_source *source = o->source;
    time_t now = source->now == 0 ? time(NULL) : source->now;

    if (!read_named(o) || !open_where_it_is(o) || !choose_certificate(o) ||
        !key_certificate_is_fit(o->arena, o->diags, o->where, o->key->cert, now))
        return false;
    (void)algorithm_of(o->key->cert, source->pss, &o->key->algorithm);
    return add_all(o->pool, o->own) && build_chain(o, now);
}

struct key *
key_open(struct arena *arena, struct diags *diags, const struct key_source *source)
{
    struct key_opening o = {.arena = arena, .diags = diags, .source = source};

    o.files = source->files == NULL ? files_system() : source->files;
    o.key = arena_alloc(arena, sizeof *o.key);
    o.own = certs_new();
    o.pool = certs_new();
    o.secret = OPENSSL_zalloc(KEY_SECRET_MAX);
    if (o.secret == NULL)
        arena_oom(KEY_SECRET_MAX);
    bool good = open_all(&o);
    OPENSSL_clear_free(o.secret, KEY_SECRET_MAX);
    certs_free(o.own);
    certs_free(o.pool);
    ERR_clear_error();
    if (good)
        return o.key;
    key_close(o.key);
    return NULL;
}

void
key_close(struct key *key)
{
    if (key == NULL)
        return;
    EVP_PKEY_free(key->pkey);
    X509_free(key->cert);
    certs_free(key->chain);
    key_token_close(key->token);
    *key = (struct key){.command = NULL};
}

/* ---- what is known */

enum key_algorithm
key_algorithm(const struct key *key)
{
    return key->algorithm;
}

const char *
key_algorithm_name(enum key_algorithm algorithm)
{
    static const char *const names[] = {"RSA-SHA256", "RSA-PSS-SHA256", "ECDSA-SHA256",
                                        "ECDSA-SHA384"};

    return names[algorithm];
}

const EVP_MD *
key_digest(const struct key *key)
{
    return key->algorithm == KEY_ECDSA_SHA384 ? EVP_sha384() : EVP_sha256();
}

X509 *
key_certificate(const struct key *key)
{
    return key->cert;
}

const STACK_OF(X509) * key_chain(const struct key *key)
{
    return key->chain;
}

/* ---- signing */

static bool
set_padding(const struct key *key, EVP_PKEY_CTX *ctx)
{
    return key->algorithm != KEY_RSA_PSS_SHA256 ||
           (EVP_PKEY_CTX_set_rsa_padding(ctx, RSA_PKCS1_PSS_PADDING) > 0 &&
            EVP_PKEY_CTX_set_rsa_pss_saltlen(ctx, RSA_PSS_SALTLEN_DIGEST) > 0);
}

static bool
sign_here(const struct key *key, struct arena *arena, struct str message, struct str *signature)
{
    EVP_MD_CTX *md = EVP_MD_CTX_new();
    EVP_PKEY_CTX *ctx = NULL;
    size_t size = 0;
    const unsigned char *bytes = (const unsigned char *)message.ptr;
    bool good = md != NULL && EVP_DigestSignInit(md, &ctx, key_digest(key), NULL, key->pkey) > 0 &&
                set_padding(key, ctx) && EVP_DigestSign(md, NULL, &size, bytes, message.len) > 0;
    unsigned char *out = good ? arena_alloc(arena, size) : NULL;

    good = good && EVP_DigestSign(md, out, &size, bytes, message.len) > 0;
    if (good)
        *signature = (struct str){(const char *)out, size};
    EVP_MD_CTX_free(md);
    return good;
}

static bool
fits(const struct key *key, struct str message, struct str signature)
{
    EVP_MD_CTX *md = EVP_MD_CTX_new();
    EVP_PKEY_CTX *ctx = NULL;
    EVP_PKEY *public = X509_get0_pubkey(key->cert);
    bool good = md != NULL && EVP_DigestVerifyInit(md, &ctx, key_digest(key), NULL, public) > 0 &&
                set_padding(key, ctx) &&
                EVP_DigestVerify(md, (const unsigned char *)signature.ptr, signature.len,
                                 (const unsigned char *)message.ptr, message.len) == 1;

    EVP_MD_CTX_free(md);
    ERR_clear_error();
    return good;
}

/* An ECDSA signature of r and s one behind the other, as DER; false for others. */
static bool
join_r_and_s(const struct key *key, struct arena *arena, struct str *signature)
{
    size_t half = key->algorithm == KEY_ECDSA_SHA256 ? P256_BYTES : P384_BYTES;
    const unsigned char *bytes = (const unsigned char *)signature->ptr;
    bool is_ec = key->algorithm == KEY_ECDSA_SHA256 || key->algorithm == KEY_ECDSA_SHA384;

    if (!is_ec || signature->len != 2 * half)
        return false;
    ECDSA_SIG *sig = ECDSA_SIG_new();
    BIGNUM *r = BN_bin2bn(bytes, (int)half, NULL), *s = BN_bin2bn(bytes + half, (int)half, NULL);
    unsigned char *der = NULL;
    int len = -1;
    if (sig != NULL && r != NULL && s != NULL && ECDSA_SIG_set0(sig, r, s) == 1) {
        r = s = NULL;
        len = i2d_ECDSA_SIG(sig, &der);
    }
    if (len > 0)
        *signature =
            (struct str){arena_strndup(arena, (const char *)der, (size_t)len), (size_t)len};
    BN_free(r);
    BN_free(s);
    ECDSA_SIG_free(sig);
    OPENSSL_free(der);
    return len > 0;
}

bool
key_sign(struct key *key, struct arena *arena, struct diags *diags, struct str message,
         struct str *signature)
{
    if (key->command != NULL) {
        if (!key_command_sign(key, arena, diags, message, signature))
            return false;
    } else if (!sign_here(key, arena, message, signature)) {
        diag_add(diags, DIAG_SIGN_FAILED, POS_NONE, key_reason(diags), NULL, NULL);
        return false;
    }
    if (fits(key, message, *signature) ||
        (join_r_and_s(key, arena, signature) && fits(key, message, *signature)))
        return true;
    struct str name = certs_subject(arena, key->cert);
    diag_add(diags, DIAG_SIGN_WRONG, POS_NONE, diag_str(diags, name), NULL, NULL);
    return false;
}
