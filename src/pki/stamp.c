#include "pki/stamp.h"

#include <string.h>

#include <openssl/err.h>
#include <openssl/ess.h>
#include <openssl/rand.h>
#include <openssl/ts.h>
#include <openssl/x509v3.h>

#include "base/arena.h"
#include "base/hash.h"
#include "pki/certs.h"
#include "pki/fetch.h"
#include "pki/key.h"

#define NONCE_BYTES 8
#define EC_BITS_MIN 256

void
stamp_close(struct stamp *stamp)
{
    X509_free(stamp->signer);
    certs_free(stamp->certs);
    stamp->signer = NULL;
    stamp->certs = NULL;
}

const char *
stamp_fault_text(struct diags *diags, enum stamp_fault fault)
{
    static const char *const texts[][2] = {
        [STAMP_GOOD] = {"good", "ถูกต้อง"},
        [STAMP_DAMAGED] = {"it cannot be read", "อ่านไม่ได้"},
        [STAMP_IMPRINT] = {"it is of other data", "เป็นของข้อมูลอื่น"},
        [STAMP_NONCE] = {"it answers another request", "เป็นคำตอบของคำขออื่น"},
        [STAMP_CERT] = {"its certificate is missing, or not one for time stamps alone",
                        "ไม่มีใบรับรองของผู้ประทับเวลา หรือใบรับรองนั้นไม่ได้ออกให้ใช้ประทับเวลาอย่างเดียว"},
        [STAMP_EXPIRED] = {"its certificate was not valid at that time",
                           "ใบรับรองของผู้ประทับเวลาใช้ไม่ได้ ณ เวลานั้น"},
        [STAMP_ESS] = {"it names another certificate than it was signed with",
                       "ระบุใบรับรองไม่ตรงกับที่ใช้ลงลายมือชื่อ"},
        [STAMP_WEAK] = {"its hash or key is too weak by now", "ใช้ค่าแฮชหรือกุญแจที่อ่อนเกินไปแล้ว"},
        [STAMP_SIGNATURE] = {"its signature is wrong", "ลายมือชื่อของผู้ประทับเวลาไม่ถูกต้อง"},
    };

    return diag_both(diags, texts[fault][0], texts[fault][1]);
}

/* ---- checking a token */

static bool
is_strong_hash(int nid)
{
    return nid == NID_sha256 || nid == NID_sha384 || nid == NID_sha512;
}

static bool
is_strong_key(X509 *cert)
{
    EVP_PKEY *key = X509_get0_pubkey(cert);
    int bits = key == NULL ? 0 : EVP_PKEY_get_bits(key);
    bool is_rsa = key != NULL && (EVP_PKEY_is_a(key, "RSA") || EVP_PKEY_is_a(key, "RSA-PSS"));
    bool is_ec = key != NULL && EVP_PKEY_is_a(key, "EC");

    ERR_clear_error();
    return (is_rsa && bits >= KEY_RSA_BITS_MIN && bits <= KEY_RSA_BITS_MAX) ||
           (is_ec && bits >= EC_BITS_MIN);
}

/* What a stamp is to be of: bytes, or those whose SHA-256 is known. */
struct wanted {
    const struct str *pieces;
    size_t count;
    struct str hash;
};

static bool
hash_pieces(const struct wanted *wanted, const EVP_MD *by, unsigned char *out, unsigned *len)
{
    EVP_MD_CTX *md = EVP_MD_CTX_new();
    bool good = md != NULL && EVP_DigestInit_ex(md, by, NULL) == 1;

    for (size_t i = 0; i < wanted->count && good; i++)
        good = EVP_DigestUpdate(md, wanted->pieces[i].ptr, wanted->pieces[i].len) == 1;
    good = good && EVP_DigestFinal_ex(md, out, len) == 1;
    EVP_MD_CTX_free(md);
    return good;
}

static enum stamp_fault
check_imprint(TS_TST_INFO *info, const struct wanted *wanted)
{
    TS_MSG_IMPRINT *imprint = TS_TST_INFO_get_msg_imprint(info);
    const X509_ALGOR *algorithm = TS_MSG_IMPRINT_get_algo(imprint);
    const ASN1_OCTET_STRING *said = TS_MSG_IMPRINT_get_msg(imprint);
    int nid = algorithm == NULL ? NID_undef : OBJ_obj2nid(algorithm->algorithm);
    unsigned char own[EVP_MAX_MD_SIZE];
    unsigned len = 0;

    if (!is_strong_hash(nid))
        return STAMP_WEAK;
    if (wanted->hash.len > 0 && nid != NID_sha256)
        return STAMP_IMPRINT;
    if (wanted->hash.len > 0) {
        len = (unsigned)wanted->hash.len;
        memcpy(own, wanted->hash.ptr, len);
    } else if (!hash_pieces(wanted, EVP_get_digestbynid(nid), own, &len)) {
        return STAMP_IMPRINT;
    }
    bool good =
        ASN1_STRING_length(said) == (int)len && memcmp(ASN1_STRING_get0_data(said), own, len) == 0;
    return good ? STAMP_GOOD : STAMP_IMPRINT;
}

/* RFC 3161 2.3: extended use is there, critical, and of one purpose. */
static bool
is_for_stamps(X509 *cert)
{
    EXTENDED_KEY_USAGE *uses = X509_get_ext_d2i(cert, NID_ext_key_usage, NULL, NULL);
    bool alone = uses != NULL && sk_ASN1_OBJECT_num(uses) == 1;

    EXTENDED_KEY_USAGE_free(uses);
    return alone && X509_check_purpose(cert, X509_PURPOSE_TIMESTAMP_SIGN, 0) == 1;
}

/* OpenSSL checks signature, ESS and the certificates up to the last that the token has: who trusts
 * that one is not asked. */
static enum stamp_fault
check_signature(PKCS7 *token, const struct stamp *stamp)
{
    STACK_OF(X509) *chain = certs_chain(stamp->signer, stamp->certs, stamp->time);
    X509 *last = sk_X509_value(chain, sk_X509_num(chain) - 1);
    TS_VERIFY_CTX *ctx = TS_VERIFY_CTX_new();
    X509_STORE *store = X509_STORE_new();
    bool good = ctx != NULL && store != NULL && X509_STORE_add_cert(store, last) == 1;
    enum stamp_fault fault = STAMP_GOOD;

    if (good) {
        X509_VERIFY_PARAM_set_time(X509_STORE_get0_param(store), stamp->time);
        (void)X509_STORE_set_flags(store, X509_V_FLAG_PARTIAL_CHAIN);
        (void)TS_VERIFY_CTX_set_flags(ctx, TS_VFY_SIGNATURE | TS_VFY_VERSION);
        (void)TS_VERIFY_CTX_set_store(ctx, store);
        store = NULL; /* the context's now */
        good = TS_RESP_verify_token(ctx, token) == 1;
    }
    unsigned long error = ERR_peek_last_error();
    if (!good && ERR_GET_LIB(error) == ERR_LIB_ESS)
        fault = STAMP_ESS;
    else if (!good)
        fault = ERR_GET_LIB(error) == ERR_LIB_TS &&
                        ERR_GET_REASON(error) == TS_R_CERTIFICATE_VERIFY_ERROR
                    ? STAMP_CERT
                    : STAMP_SIGNATURE;
    X509_STORE_free(store);
    TS_VERIFY_CTX_free(ctx);
    certs_free(chain);
    return fault;
}

/* Finds the one signer and judges its certificate. */
static enum stamp_fault
check_signer(PKCS7 *token, struct stamp *stamp)
{
    const STACK_OF(PKCS7_SIGNER_INFO) *infos = PKCS7_get_signer_info(token);
    STACK_OF(X509) *signers =
        sk_PKCS7_SIGNER_INFO_num(infos) == 1 ? PKCS7_get0_signers(token, NULL, 0) : NULL;
    X509 *signer = sk_X509_num(signers) == 1 ? sk_X509_value(signers, 0) : NULL;
    X509_ALGOR *digest = NULL;

    sk_X509_free(signers);
    if (signer == NULL)
        return STAMP_CERT;
    for (int i = 0; i < sk_X509_num(token->d.sign->cert); i++)
        (void)certs_add(stamp->certs, sk_X509_value(token->d.sign->cert, i));
    X509_up_ref(signer);
    stamp->signer = signer;
    PKCS7_SIGNER_INFO_get0_algs(sk_PKCS7_SIGNER_INFO_value(infos, 0), NULL, &digest, NULL);
    if (!is_strong_hash(OBJ_obj2nid(digest->algorithm)) || !is_strong_key(signer))
        return STAMP_WEAK;
    if (!is_for_stamps(signer))
        return STAMP_CERT;
    return certs_valid_at(signer, stamp->time) ? STAMP_GOOD : STAMP_EXPIRED;
}

static PKCS7 *
read_token(struct str der)
{
    const unsigned char *at = (const unsigned char *)der.ptr, *end = at + der.len;
    PKCS7 *token =
        der.len == 0 || der.len > STAMP_BYTES_MAX ? NULL : d2i_PKCS7(NULL, &at, (long)der.len);

    if (token != NULL && at == end && PKCS7_type_is_signed(token) && token->d.sign != NULL &&
        token->d.sign->contents != NULL)
        return token;
    PKCS7_free(token);
    return NULL;
}

static enum stamp_fault
check_token(PKCS7 *token, TS_TST_INFO *info, const struct wanted *wanted, struct stamp *stamp)
{
    enum stamp_fault fault = check_imprint(info, wanted);

    if (fault == STAMP_GOOD && !certs_time(TS_TST_INFO_get_time(info), &stamp->time))
        fault = STAMP_DAMAGED;
    if (fault == STAMP_GOOD)
        fault = check_signer(token, stamp);
    return fault == STAMP_GOOD ? check_signature(token, stamp) : fault;
}

static enum stamp_fault
check(struct arena *arena, struct str token, const struct wanted *wanted, struct stamp *out)
{
    PKCS7 *read = read_token(token);
    TS_TST_INFO *info = read == NULL ? NULL : PKCS7_to_TS_TST_INFO(read);
    struct stamp stamp = {.token = str_dup(arena, token), .certs = certs_new()};
    enum stamp_fault fault = info == NULL ? STAMP_DAMAGED : check_token(read, info, wanted, &stamp);

    TS_TST_INFO_free(info);
    PKCS7_free(read);
    ERR_clear_error();
    if (fault == STAMP_GOOD)
        *out = stamp;
    else
        stamp_close(&stamp);
    return fault;
}

enum stamp_fault
stamp_check(struct arena *arena, struct str token, const struct str *pieces, size_t count,
            struct stamp *out)
{
    struct wanted wanted = {.pieces = pieces, .count = count};

    return check(arena, token, &wanted, out);
}

/* ---- asking for one */

static bool
fail(struct diags *diags, enum diag_code code, const char *url, const char *arg)
{
    ERR_clear_error();
    diag_add(diags, code, POS_NONE, diag_str(diags, str_of(url)), arg, NULL);
    return false;
}

static TS_MSG_IMPRINT *
imprint_of(struct str hash)
{
    TS_MSG_IMPRINT *out = TS_MSG_IMPRINT_new();
    X509_ALGOR *algorithm = X509_ALGOR_new();
    bool good = out != NULL && algorithm != NULL &&
                X509_ALGOR_set0(algorithm, OBJ_nid2obj(NID_sha256), V_ASN1_NULL, NULL) == 1 &&
                TS_MSG_IMPRINT_set_algo(out, algorithm) == 1 &&
                TS_MSG_IMPRINT_set_msg(out, (unsigned char *)hash.ptr, (int)hash.len) == 1;

    X509_ALGOR_free(algorithm);
    if (good)
        return out;
    TS_MSG_IMPRINT_free(out);
    return NULL;
}

static ASN1_INTEGER *
nonce_of(struct str bytes)
{
    BIGNUM *number = BN_bin2bn((const unsigned char *)bytes.ptr, (int)bytes.len, NULL);
    ASN1_INTEGER *out = number == NULL ? NULL : BN_to_ASN1_INTEGER(number, NULL);

    BN_free(number);
    return out;
}

static TS_REQ *
request_new(struct str hash, struct str number)
{
    TS_REQ *request = TS_REQ_new();
    TS_MSG_IMPRINT *imprint = imprint_of(hash);
    ASN1_INTEGER *nonce = nonce_of(number);
    bool good = request != NULL && imprint != NULL && nonce != NULL &&
                TS_REQ_set_version(request, 1) == 1 &&
                TS_REQ_set_msg_imprint(request, imprint) == 1 &&
                TS_REQ_set_nonce(request, nonce) == 1 && TS_REQ_set_cert_req(request, 1) == 1;

    TS_MSG_IMPRINT_free(imprint);
    ASN1_INTEGER_free(nonce);
    if (good)
        return request;
    TS_REQ_free(request);
    return NULL;
}

static bool
send_request(struct arena *arena, struct diags *diags, const struct stamp_server *server,
             const TS_REQ *request, struct str *answer)
{
    unsigned char *der = NULL;
    int len = i2d_TS_REQ(request, &der);
    struct fetch fetch_this = {
        .url = server->url,
        .body = {(const char *)der, len > 0 ? (size_t)len : 0},
        .type = "application/timestamp-query",
        .answer = "application/timestamp-reply",
        .limit = STAMP_BYTES_MAX,
        .seconds = server->seconds,
        .local = true,
    };
    bool good = len > 0 && fetch(arena, diags, &fetch_this, answer);

    OPENSSL_free(der);
    return good;
}

/* Why the server gives none: its own words, else the number of its status. */
static bool
refused(struct diags *diags, const char *url, const TS_STATUS_INFO *info)
{
    const STACK_OF(ASN1_UTF8STRING) *texts = TS_STATUS_INFO_get0_text(info);
    const ASN1_UTF8STRING *text =
        sk_ASN1_UTF8STRING_num(texts) > 0 ? sk_ASN1_UTF8STRING_value(texts, 0) : NULL;
    long status = ASN1_INTEGER_get(TS_STATUS_INFO_get0_status(info));

    if (text == NULL || ASN1_STRING_length(text) <= 0)
        return fail(diags, DIAG_SIGN_STAMP_REFUSED, url, diag_printf(diags, "status %ld", status));
    struct str words = {(const char *)ASN1_STRING_get0_data(text),
                        (size_t)ASN1_STRING_length(text)};
    return fail(diags, DIAG_SIGN_STAMP_REFUSED, url, diag_str(diags, words));
}

/* Asked before anything else: a clock that is wrong makes good certificates bad. */
static bool
is_in_time(struct diags *diags, const struct stamp_server *server, const TS_TST_INFO *info)
{
    time_t now = server->now == 0 ? time(NULL) : server->now, stamped;

    if (!certs_time(TS_TST_INFO_get_time(info), &stamped))
        return fail(diags, DIAG_SIGN_STAMP_WRONG, server->url,
                    stamp_fault_text(diags, STAMP_DAMAGED));
    long long off = (long long)stamped - (long long)now;
    return (off >= -STAMP_OFF_MAX && off <= STAMP_OFF_MAX) ||
           fail(diags, DIAG_SIGN_STAMP_OFF, server->url, diag_printf(diags, "%+lld", off / 60));
}

static bool
is_nonce(const TS_TST_INFO *info, struct str number)
{
    const ASN1_INTEGER *said = TS_TST_INFO_get_nonce(info);
    ASN1_INTEGER *sent = nonce_of(number);
    bool same = said != NULL && sent != NULL && ASN1_INTEGER_cmp(said, sent) == 0;

    ASN1_INTEGER_free(sent);
    return same;
}

/* The token of an answer as DER; false with a message when there is none. */
static bool
take_token(struct arena *arena, struct diags *diags, const struct stamp_server *server,
           struct str answer, struct str number, struct str *token)
{
    const char *url = server->url;
    const unsigned char *at = (const unsigned char *)answer.ptr;
    TS_RESP *response = d2i_TS_RESP(NULL, &at, (long)answer.len);
    TS_STATUS_INFO *status = response == NULL ? NULL : TS_RESP_get_status_info(response);
    PKCS7 *inner = response == NULL ? NULL : TS_RESP_get_token(response);
    TS_TST_INFO *info = response == NULL ? NULL : TS_RESP_get_tst_info(response);
    long code = status == NULL ? -1 : ASN1_INTEGER_get(TS_STATUS_INFO_get0_status(status));
    bool good = false;

    if (response != NULL && code != 0 && code != 1)
        (void)refused(diags, url, status);
    else if (inner == NULL || info == NULL)
        (void)fail(diags, DIAG_SIGN_STAMP_WRONG, url, stamp_fault_text(diags, STAMP_DAMAGED));
    else if (!is_nonce(info, number))
        (void)fail(diags, DIAG_SIGN_STAMP_WRONG, url, stamp_fault_text(diags, STAMP_NONCE));
    else
        good = is_in_time(diags, server, info);
    unsigned char *der = NULL;
    int len = good ? i2d_PKCS7(inner, &der) : 0;
    if (len > 0)
        *token = (struct str){arena_strndup(arena, (const char *)der, (size_t)len), (size_t)len};
    OPENSSL_free(der);
    TS_RESP_free(response);
    return good && len > 0;
}

bool
stamp_of_reply(struct arena *arena, struct diags *diags, const struct stamp_server *server,
               struct str reply, struct str hash, struct str nonce, struct stamp *out)
{
    struct wanted wanted = {.hash = hash};
    struct str token;

    if (!take_token(arena, diags, server, reply, nonce, &token))
        return false;
    enum stamp_fault fault = check(arena, token, &wanted, out);
    return fault == STAMP_GOOD ||
           fail(diags, DIAG_SIGN_STAMP_WRONG, server->url, stamp_fault_text(diags, fault));
}

bool
stamp_get_of_hash(struct arena *arena, struct diags *diags, const struct stamp_server *server,
                  struct str hash, struct stamp *out)
{
    unsigned char bytes[NONCE_BYTES];
    struct str nonce = {(const char *)bytes, sizeof bytes}, reply;
    TS_REQ *request = NULL;

    if (hash.len == HASH_SIZE && RAND_bytes(bytes, sizeof bytes) == 1) {
        bytes[0] = (bytes[0] & 0x7f) | 0x40; /* positive, and always of this length */
        request = request_new(hash, nonce);
    }
    if (request == NULL)
        return fail(diags, DIAG_SIGN_STAMP_WRONG, server->url,
                    stamp_fault_text(diags, STAMP_DAMAGED));
    bool good = send_request(arena, diags, server, request, &reply);
    TS_REQ_free(request);
    return good && stamp_of_reply(arena, diags, server, reply, hash, nonce, out);
}

bool
stamp_get(struct arena *arena, struct diags *diags, const struct stamp_server *server,
          struct str bytes, struct stamp *out)
{
    struct hash hash = hash_of(bytes);

    return stamp_get_of_hash(arena, diags, server,
                             (struct str){(const char *)hash.bytes, sizeof hash.bytes}, out);
}
