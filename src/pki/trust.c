#include "pki/trust.h"

#include <openssl/err.h>
#include <openssl/x509v3.h>

#include "base/arena.h"
#include "base/files.h"
#include "pki/algo.h"
#include "pki/certs.h"
#include "thai/date.h"

#define AUTH_LEVEL 2 /* of OpenSSL: 112 bits, so no SHA-1 and no RSA below 2048 */

struct trust {
    STACK_OF(X509) * roots;
    X509_STORE *store;
};

/* ---- roots */

static bool
read_file(struct trust *trust, struct arena *arena, struct diags *diags, const struct files *files,
          const char *path)
{
    struct str bytes;

    return files_read(files, arena, diags, POS_NONE, path, TRUST_FILE_MAX, &bytes) &&
           certs_read(diags, path, bytes, trust->roots);
}

static bool
is_cert_name(const char *name)
{
    static const char *const endings[] = {".pem", ".crt", ".cer", ".der", ".p7b"};

    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        if (str_ends_same(str_of(name), str_of(endings[i])))
            return true;
    }
    return false;
}

static bool
read_folder(struct trust *trust, struct arena *arena, struct diags *diags,
            const struct files *files, const char *path)
{
    struct files_list list;
    size_t read = 0;

    (void)files_list(files, arena, path, &list);
    for (size_t i = 0; i < list.count; i++) {
        if (!is_cert_name(list.name[i]))
            continue;
        if (!read_file(trust, arena, diags, files,
                       arena_printf(arena, "%s/%s", path, list.name[i])))
            return false;
        read++;
    }
    if (read == 0)
        diag_add(diags, DIAG_VERIFY_TRUST_EMPTY, (struct pos){path, 0, 0}, NULL, NULL, NULL);
    return read > 0;
}

struct trust *
trust_open(struct arena *arena, struct diags *diags, const struct files *files,
           const char *const *paths, size_t count)
{
    struct trust *trust = arena_alloc(arena, sizeof *trust);
    bool good = true;

    trust->roots = certs_new();
    trust->store = X509_STORE_new();
    if (trust->store == NULL)
        arena_oom(sizeof *trust);
    for (size_t i = 0; i < count && good; i++)
        good = files_is_dir(files, paths[i]) ? read_folder(trust, arena, diags, files, paths[i])
                                             : read_file(trust, arena, diags, files, paths[i]);
    for (int i = 0; i < sk_X509_num(trust->roots) && good; i++)
        (void)X509_STORE_add_cert(trust->store, sk_X509_value(trust->roots, i));
    ERR_clear_error();
    if (good)
        return trust;
    trust_close(trust);
    return NULL;
}

void
trust_close(struct trust *trust)
{
    if (trust == NULL)
        return;
    X509_STORE_free(trust->store);
    certs_free(trust->roots);
}

size_t
trust_count(const struct trust *trust)
{
    return (size_t)sk_X509_num(trust->roots);
}

/* ---- words */

const char *
trust_time_text(struct diags *diags, time_t at)
{
    struct arena *arena = arena_new(0);
    const char *text = diag_both(diags, str_cstr(arena, date_moment_text(arena, at, false)),
                                 str_cstr(arena, date_moment_text(arena, at, true)));

    arena_free(arena);
    return text;
}

struct asking {
    const struct trust *trust;
    struct arena *arena;
    struct diags *diags;
    const struct trust_job *job;
    struct trust_found *out;
};

static const char *
called(struct asking *a, const X509 *cert)
{
    return diag_str(a->diags, certs_subject(a->arena, cert));
}

static void
refuse(struct asking *a, enum diag_code code, const char *arg1, const char *arg2)
{
    a->out->answer = TRUST_REFUSED;
    diag_add(a->diags, code, a->job->pos, arg1, arg2, NULL);
}

/* ---- the certificate by itself */

static void
check_dates(struct asking *a, X509 *cert)
{
    time_t from, to;

    if (certs_valid_at(cert, a->job->at))
        return;
    if (certs_time(X509_get0_notAfter(cert), &to) && to < a->job->at)
        refuse(a, DIAG_VERIFY_CERT_EXPIRED, called(a, cert), trust_time_text(a->diags, to));
    else if (certs_time(X509_get0_notBefore(cert), &from))
        refuse(a, DIAG_VERIFY_CERT_EARLY, called(a, cert), trust_time_text(a->diags, from));
    else
        refuse(a, DIAG_VERIFY_CERT_BAD, called(a, cert),
               diag_both(a->diags, "its dates cannot be read", "อ่านวันที่ในใบรับรองไม่ได้"));
}

/* How many uses it names, and whether only those of `nids` are among them. */
static int
count_uses(const EXTENDED_KEY_USAGE *uses, const int *nids, size_t count)
{
    int others = 0;

    for (int i = 0; i < sk_ASN1_OBJECT_num(uses); i++) {
        bool found = false;
        for (size_t n = 0; n < count; n++)
            found = found || OBJ_obj2nid(sk_ASN1_OBJECT_value(uses, i)) == nids[n];
        others += !found;
    }
    return others;
}

/* For time stamps its one extended use, critical (RFC 3161 §2.3); for signing not what is made for
 * machines only. */
static bool
has_extended_use(const struct asking *a, X509 *cert)
{
    static const int stamping[] = {NID_time_stamp};
    static const int machines[] = {NID_server_auth, NID_time_stamp, NID_OCSP_sign};
    int critical = -1;
    EXTENDED_KEY_USAGE *uses = X509_get_ext_d2i(cert, NID_ext_key_usage, &critical, NULL);
    bool good;

    if (a->job->use == TRUST_STAMPING)
        good = uses != NULL && critical == 1 && sk_ASN1_OBJECT_num(uses) == 1 &&
               count_uses(uses, stamping, 1) == 0;
    else
        good = uses != NULL ? count_uses(uses, machines, 3) > 0 : critical == -1;
    sk_ASN1_OBJECT_pop_free(uses, ASN1_OBJECT_free);
    ERR_clear_error();
    return good;
}

static void
check_use(struct asking *a, X509 *cert)
{
    uint32_t usage = X509_get_key_usage(cert); /* all where it says nothing */

    if ((X509_get_extension_flags(cert) & EXFLAG_INVALID) != 0)
        refuse(a, DIAG_VERIFY_CERT_BAD, called(a, cert),
               diag_both(a->diags, "it is damaged", "ใบรับรองเสียหาย"));
    else if ((usage & (KU_DIGITAL_SIGNATURE | KU_NON_REPUDIATION)) == 0 ||
             !has_extended_use(a, cert))
        refuse(a, a->job->use == TRUST_SIGNING ? DIAG_VERIFY_CERT_USE : DIAG_VERIFY_CERT_STAMP_USE,
               called(a, cert), NULL);
}

/* ---- the chain */

static bool
is_root_of_ours(const struct trust *trust, X509 *cert)
{
    for (int i = 0; i < sk_X509_num(trust->roots); i++) {
        if (X509_cmp(sk_X509_value(trust->roots, i), cert) == 0)
            return true;
    }
    return false;
}

/* Keys of all, and how each below a root was signed; OpenSSL does not name what is weak. */
static void
check_algorithms(struct asking *a)
{
    const STACK_OF(X509) *chain = a->out->chain;
    const char *name;

    for (int i = 0; i < sk_X509_num(chain); i++) {
        X509 *cert = sk_X509_value(chain, i);
        X509 *issuer = i + 1 < sk_X509_num(chain) ? sk_X509_value(chain, i + 1) : NULL;
        if (!algo_key(a->arena, X509_get0_pubkey(cert), &name))
            refuse(a, DIAG_VERIFY_CERT_WEAK, called(a, cert), name);
        else if (issuer != NULL && !algo_signature(a->arena, X509_get0_tbs_sigalg(cert),
                                                   X509_get0_pubkey(issuer), NULL, &name))
            refuse(a, DIAG_VERIFY_CERT_WEAK, called(a, cert), name == NULL ? "?" : name);
    }
    ERR_clear_error();
}

static bool
is_of_unknown(int error)
{
    switch (error) {
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
    case X509_V_ERR_CERT_UNTRUSTED:
        return true;
    default:
        return false;
    }
}

/* What OpenSSL found, in words where it is common; certificates themselves were looked at before.
 */
static void
tell_error(struct asking *a, int error, X509 *cert)
{
    X509 *named = cert == NULL ? a->job->cert : cert;
    const char *why = X509_verify_cert_error_string(error), *thai = NULL;

    switch (error) {
    case X509_V_ERR_CERT_HAS_EXPIRED:
    case X509_V_ERR_CERT_NOT_YET_VALID:
        check_dates(a, named);
        return;
    case X509_V_ERR_EE_KEY_TOO_SMALL:
    case X509_V_ERR_CA_KEY_TOO_SMALL:
    case X509_V_ERR_CA_MD_TOO_WEAK:
        if (a->out->answer != TRUST_REFUSED)
            refuse(a, DIAG_VERIFY_CERT_WEAK, called(a, named),
                   diag_both(a->diags, "a key or hash that is too weak", "กุญแจหรือค่าแฮชที่อ่อนเกินไป"));
        return;
    case X509_V_ERR_INVALID_CA:
    case X509_V_ERR_INVALID_NON_CA:
    case X509_V_ERR_PATH_LENGTH_EXCEEDED:
    case X509_V_ERR_KEYUSAGE_NO_CERTSIGN:
        why = "it may not issue certificates";
        thai = "ใบนี้ไม่มีสิทธิ์ออกใบรับรองให้ผู้อื่น";
        break;
    case X509_V_ERR_CERT_SIGNATURE_FAILURE:
        why = "its issuer did not sign it";
        thai = "ผู้ออกใบรับรองไม่ได้ลงนามใบนี้";
        break;
    default:
        break;
    }
    refuse(a, DIAG_VERIFY_CERT_BAD, called(a, named),
           thai != NULL ? diag_both(a->diags, why, thai)
                        : diag_said(a->diags, "OpenSSL แจ้งว่า", why));
}

static void
tell_unknown(struct asking *a)
{
    X509 *last = sk_X509_value(a->out->chain, sk_X509_num(a->out->chain) - 1);
    bool whole = X509_check_issued(last, last) == X509_V_OK;

    if (a->out->answer == TRUST_REFUSED)
        return;
    a->out->answer = TRUST_UNKNOWN;
    if (trust_count(a->trust) == 0)
        diag_add(a->diags, DIAG_VERIFY_NO_TRUST, a->job->pos,
                 diag_str(a->diags, certs_subject(a->arena, last)), NULL, NULL);
    else if (whole)
        diag_add(a->diags, DIAG_VERIFY_UNKNOWN, a->job->pos, called(a, last), NULL, NULL);
    else
        diag_add(a->diags, DIAG_VERIFY_CHAIN_SHORT, a->job->pos, called(a, last),
                 diag_str(a->diags, certs_issuer(a->arena, last)), NULL);
}

static X509_STORE_CTX *
context_of(const struct asking *a)
{
    X509_STORE_CTX *ctx = X509_STORE_CTX_new();

    if (ctx == NULL ||
        X509_STORE_CTX_init(ctx, a->trust->store, a->job->cert, a->job->evidence->certs) != 1)
        arena_oom(sizeof(void *));
    X509_VERIFY_PARAM *param = X509_STORE_CTX_get0_param(ctx);
    X509_VERIFY_PARAM_set_time(param, a->job->at);
    X509_VERIFY_PARAM_set_auth_level(param, AUTH_LEVEL);
    X509_VERIFY_PARAM_set_depth(param, TRUST_DEPTH_MAX);
    /* who is named with --trust is believed, also when he is no root */
    (void)X509_VERIFY_PARAM_set_flags(param, X509_V_FLAG_PARTIAL_CHAIN | X509_V_FLAG_TRUSTED_FIRST);
    return ctx;
}

void
trust_ask(const struct trust *trust, struct arena *arena, struct diags *diags,
          const struct trust_job *job, struct trust_found *out)
{
    struct asking a = {trust, arena, diags, job, out};
    X509_STORE_CTX *ctx = context_of(&a);

    *out = (struct trust_found){.answer = TRUST_KNOWN};
    check_use(&a, job->cert);
    bool good = X509_verify_cert(ctx) == 1;
    int error = X509_STORE_CTX_get_error(ctx);
    X509 *at = X509_STORE_CTX_get_current_cert(ctx);

    out->chain = X509_STORE_CTX_get1_chain(ctx);
    if (out->chain == NULL || sk_X509_num(out->chain) == 0) {
        certs_free(out->chain);
        out->chain = certs_new();
        (void)certs_add(out->chain, job->cert);
    }
    out->is_rooted = is_root_of_ours(trust, sk_X509_value(out->chain, sk_X509_num(out->chain) - 1));
    check_algorithms(&a);
    if (!good && is_of_unknown(error)) {
        check_dates(&a, job->cert);
        tell_unknown(&a);
    } else if (!good) {
        tell_error(&a, error, at);
    }
    X509_STORE_CTX_free(ctx);
    ERR_clear_error();
}
