#include "pki/certs.h"

#include <string.h>

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/pkcs7.h>
#include <openssl/x509v3.h>

#include "base/arena.h"
#include "base/ascii.h"
#include "thai/date.h"

/* ---- lists */

STACK_OF(X509) * certs_new(void)
{
    STACK_OF(X509) *certs = sk_X509_new_null();

    if (certs == NULL)
        arena_oom(sizeof(void *));
    return certs;
}

void
certs_free(STACK_OF(X509) * certs)
{
    sk_X509_pop_free(certs, X509_free);
}

bool
certs_add(STACK_OF(X509) * certs, X509 *cert)
{
    for (int i = 0; i < sk_X509_num(certs); i++) {
        if (X509_cmp(sk_X509_value(certs, i), cert) == 0)
            return true;
    }
    if (sk_X509_num(certs) >= CERTS_MAX)
        return false;
    if (sk_X509_push(certs, cert) <= 0)
        arena_oom(sizeof(void *));
    X509_up_ref(cert);
    return true;
}

/* ---- reading */

X509 *
certs_of_der(struct str der)
{
    const unsigned char *at = (const unsigned char *)der.ptr, *end = at + der.len;
    X509 *cert =
        der.len == 0 || der.len > CERTS_BYTES_MAX ? NULL : d2i_X509(NULL, &at, (long)der.len);

    if (cert != NULL && at != end) {
        X509_free(cert);
        cert = NULL;
    }
    ERR_clear_error();
    return cert;
}

/* Adds the certificates of a PKCS#7, which it takes. */
static bool
add_pkcs7(PKCS7 *pkcs7, STACK_OF(X509) * certs, size_t *found)
{
    bool good = pkcs7 != NULL && PKCS7_type_is_signed(pkcs7) && pkcs7->d.sign != NULL;
    const STACK_OF(X509) *own = good ? pkcs7->d.sign->cert : NULL;

    for (int i = 0; good && i < sk_X509_num(own); i++)
        good = certs_add(certs, sk_X509_value(own, i));
    *found += good && own != NULL ? (size_t)sk_X509_num(own) : 0;
    PKCS7_free(pkcs7);
    return good;
}

/* Whether reading PEM ended for want of more. */
static bool
is_end(void)
{
    unsigned long error = ERR_peek_last_error();
    bool end = ERR_GET_LIB(error) == ERR_LIB_PEM && ERR_GET_REASON(error) == PEM_R_NO_START_LINE;

    ERR_clear_error();
    return end;
}

static bool
read_pem(struct str bytes, STACK_OF(X509) * certs, size_t *found)
{
    BIO *bio = BIO_new_mem_buf(bytes.ptr, (int)bytes.len);
    bool good = bio != NULL;
    X509 *cert = NULL;
    PKCS7 *pkcs7 = NULL;

    while (good && (cert = PEM_read_bio_X509_AUX(bio, NULL, NULL, NULL)) != NULL) {
        good = certs_add(certs, cert);
        X509_free(cert);
        (*found)++;
    }
    good = good && is_end();
    /* OpenSSL would take a certificate for a PKCS#7, too */
    bool again = good && *found == 0 && BIO_reset(bio) == 1;
    while (again && good && (pkcs7 = PEM_read_bio_PKCS7(bio, NULL, NULL, NULL)) != NULL)
        good = add_pkcs7(pkcs7, certs, found);
    good = good && (!again || is_end());
    BIO_free(bio);
    return good;
}

static bool
read_der(struct str bytes, STACK_OF(X509) * certs, size_t *found)
{
    const unsigned char *at = (const unsigned char *)bytes.ptr;
    X509 *cert = certs_of_der(bytes);

    if (cert == NULL)
        return add_pkcs7(d2i_PKCS7(NULL, &at, (long)bytes.len), certs, found);
    bool good = certs_add(certs, cert);
    X509_free(cert);
    *found = 1;
    return good;
}

bool
certs_read(struct diags *diags, const char *file, struct str bytes, STACK_OF(X509) * certs)
{
    struct pos pos = {file, 0, 0};
    bool is_pem = str_find(bytes, STR("-----BEGIN ")) != SIZE_MAX;
    size_t found = 0;
    bool good = bytes.len > 0 && bytes.len <= CERTS_BYTES_MAX &&
                (is_pem ? read_pem(bytes, certs, &found) : read_der(bytes, certs, &found));

    ERR_clear_error();
    if (!good)
        diag_add(diags, DIAG_SIGN_CERT_UNREAD, pos, NULL, NULL, NULL);
    else if (found == 0)
        diag_add(diags, DIAG_SIGN_CERT_NONE, pos, NULL, NULL, NULL);
    return good && found > 0;
}

struct str
certs_der(struct arena *arena, const X509 *cert)
{
    int len = i2d_X509(cert, NULL);
    unsigned char *out = arena_alloc(arena, len > 0 ? (size_t)len : 1), *end = out;

    if (len > 0)
        len = i2d_X509(cert, &end);
    return (struct str){(const char *)out, len > 0 ? (size_t)len : 0};
}

/* ---- what is said of one */

/* UTF-8 with blanks for control characters of ASCII. */
static struct str
plain(struct arena *arena, const char *text, int len)
{
    char *out = arena_strndup(arena, text, len > 0 ? (size_t)len : 0);

    for (int i = 0; i < len; i++) {
        if ((unsigned char)out[i] < 0x20 || out[i] == 0x7f)
            out[i] = ' ';
    }
    return (struct str){out, len > 0 ? (size_t)len : 0};
}

static bool
entry(struct arena *arena, const X509_NAME *name, int nid, struct str *out)
{
    int at = X509_NAME_get_index_by_NID(name, nid, -1);
    const ASN1_STRING *data =
        at < 0 ? NULL : X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, at));
    unsigned char *utf8 = NULL;
    int len = data == NULL ? 0 : ASN1_STRING_to_UTF8(&utf8, data);

    if (len > 0)
        *out = plain(arena, (const char *)utf8, len);
    OPENSSL_free(utf8);
    return len > 0;
}

static struct str
name_text(struct arena *arena, const X509_NAME *name)
{
    struct str out = {"", 0};
    BIO *bio = BIO_new(BIO_s_mem());
    char *line;

    if (!entry(arena, name, NID_commonName, &out) &&
        !entry(arena, name, NID_organizationName, &out) && bio != NULL &&
        X509_NAME_print_ex(bio, name, 0, XN_FLAG_ONELINE & ~(unsigned long)ASN1_STRFLGS_ESC_MSB) >
            0) {
        long len = BIO_get_mem_data(bio, &line);
        out = plain(arena, line, (int)len);
    }
    BIO_free(bio);
    ERR_clear_error();
    return out;
}

struct str
certs_subject(struct arena *arena, const X509 *cert)
{
    return name_text(arena, X509_get_subject_name(cert));
}

struct str
certs_issuer(struct arena *arena, const X509 *cert)
{
    return name_text(arena, X509_get_issuer_name(cert));
}

/* ---- times */

bool
certs_time(const ASN1_TIME *time, time_t *out)
{
    struct tm parts;
    bool good = time != NULL && ASN1_TIME_to_tm(time, &parts) == 1;

    if (good)
        *out = timegm(&parts);
    ERR_clear_error();
    return good;
}

bool
certs_valid_at(const X509 *cert, time_t at)
{
    time_t from, to;

    return certs_time(X509_get0_notBefore(cert), &from) &&
           certs_time(X509_get0_notAfter(cert), &to) && from <= at && at <= to;
}

const char *
certs_day(struct diags *diags, time_t time)
{
    struct arena *arena = arena_new(0);
    struct tm parts = {0};

    (void)gmtime_r(&time, &parts);
    struct date date = date_from_tm(&parts);
    const char *english =
        diag_printf(diags, "%04d-%02d-%02d", parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday);
    const char *out =
        diag_both(diags, english, str_cstr(arena, date_text(arena, date, false, false)));
    arena_free(arena);
    return out;
}

/* ---- chains */

bool
certs_is_issued(X509 *cert, X509 *issuer)
{
    EVP_PKEY *key = X509_get0_pubkey(issuer);
    bool good =
        key != NULL && X509_check_issued(issuer, cert) == X509_V_OK && X509_verify(cert, key) == 1;

    ERR_clear_error();
    return good;
}

bool
certs_is_root(X509 *cert)
{
    bool root = X509_self_signed(cert, 1) == 1;

    ERR_clear_error();
    return root;
}

static bool
has(const STACK_OF(X509) * certs, const X509 *cert)
{
    for (int i = 0; i < sk_X509_num(certs); i++) {
        if (X509_cmp(sk_X509_value(certs, i), cert) == 0)
            return true;
    }
    return false;
}

/* The best issuer of the last of a chain; NULL where there is none. */
static X509 *
next_of(const STACK_OF(X509) * chain, const STACK_OF(X509) * pool, time_t at)
{
    X509 *last = sk_X509_value(chain, sk_X509_num(chain) - 1), *best = NULL;

    for (int i = 0; i < sk_X509_num(pool); i++) {
        X509 *one = sk_X509_value(pool, i);
        if (X509_NAME_cmp(X509_get_issuer_name(last), X509_get_subject_name(one)) != 0 ||
            (best != NULL && !certs_valid_at(one, at)) || has(chain, one) ||
            X509_check_ca(one) <= 0 || !certs_is_issued(last, one))
            continue;
        best = one;
        if (certs_valid_at(one, at))
            break;
    }
    return best;
}

STACK_OF(X509) * certs_chain(X509 *cert, const STACK_OF(X509) * pool, time_t at)
{
    STACK_OF(X509) *chain = certs_new();
    X509 *next = cert;

    while (next != NULL && sk_X509_num(chain) < CERTS_CHAIN_MAX) {
        (void)certs_add(chain, next);
        next = certs_is_root(next) ? NULL : next_of(chain, pool, at);
    }
    return chain;
}
