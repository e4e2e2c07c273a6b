/* How key files are encrypted: how long a passphrase takes to try, and whether what it protects is
 * protected at all. */
#include <openssl/asn1t.h>
#include <openssl/err.h>
#include <openssl/pem.h>

#include "pki/key_inner.h"

#define MAC_TRIES 3 /* no passphrase, an empty one, the one given */

static long long
number(const ASN1_INTEGER *of)
{
    int64_t value = 0;

    return of == NULL || ASN1_INTEGER_get_int64(&value, of) != 1 ? 0 : value;
}

/* The sum stays at most one above the limit. */
static void
add_iterations(struct key_sealing *to, long long more)
{
    to->iterations = more > KEY_ITERATIONS_MAX || to->iterations + more > KEY_ITERATIONS_MAX
                         ? KEY_ITERATIONS_MAX + 1
                         : to->iterations + more;
}

static void
add_pbes2(struct key_sealing *to, const ASN1_TYPE *parameter)
{
    PBE2PARAM *both = ASN1_TYPE_unpack_sequence(ASN1_ITEM_rptr(PBE2PARAM), parameter);
    bool is_known = both != NULL && OBJ_obj2nid(both->keyfunc->algorithm) == NID_id_pbkdf2;
    PBKDF2PARAM *derive =
        is_known ? ASN1_TYPE_unpack_sequence(ASN1_ITEM_rptr(PBKDF2PARAM), both->keyfunc->parameter)
                 : NULL;
    int cipher = both == NULL ? NID_undef : OBJ_obj2nid(both->encryption->algorithm);

    to->old =
        to->old || cipher == NID_des_ede3_cbc || cipher == NID_rc2_cbc || cipher == NID_des_cbc;
    add_iterations(to, derive == NULL ? 0 : number(derive->iter));
    PBKDF2PARAM_free(derive);
    PBE2PARAM_free(both);
}

/* Encryption by passphrase is PBES2 today; what PKCS#12 and PKCS#5 had before is old. */
static void
add_algorithm(struct key_sealing *to, const X509_ALGOR *algorithm)
{
    if (OBJ_obj2nid(algorithm->algorithm) == NID_pbes2) {
        add_pbes2(to, algorithm->parameter);
        return;
    }
    PBEPARAM *old = ASN1_TYPE_unpack_sequence(ASN1_ITEM_rptr(PBEPARAM), algorithm->parameter);
    to->old = true;
    add_iterations(to, old == NULL ? 0 : number(old->iter));
    PBEPARAM_free(old);
}

static void
add_sealed(struct key_sealing *to, const X509_SIG *sealed)
{
    const X509_ALGOR *algorithm = NULL;

    X509_SIG_get0(sealed, &algorithm, NULL);
    add_algorithm(to, algorithm);
}

struct key_sealing
key_sealing_of_pem(struct str bytes)
{
    struct key_sealing out = {.iterations = 0};
    BIO *bio = BIO_new_mem_buf(bytes.ptr, (int)bytes.len);
    unsigned char *der = NULL;
    long len = 0;
    X509_SIG *sealed = NULL;

    if (bio != NULL &&
        PEM_bytes_read_bio(&der, &len, NULL, PEM_STRING_PKCS8, bio, NULL, NULL) == 1) {
        const unsigned char *at = der;
        sealed = d2i_X509_SIG(NULL, &at, len);
    }
    if (sealed != NULL)
        add_sealed(&out, sealed);
    else /* OpenSSL's own way hashes the passphrase once, by MD5 */
        out.old = str_find(bytes, STR("Proc-Type: 4,ENCRYPTED")) != SIZE_MAX;
    X509_SIG_free(sealed);
    OPENSSL_free(der);
    BIO_free(bio);
    ERR_clear_error();
    return out;
}

static void
add_bags(struct key_sealing *to, const STACK_OF(PKCS12_SAFEBAG) * bags)
{
    for (int i = 0; i < sk_PKCS12_SAFEBAG_num(bags); i++) {
        const PKCS12_SAFEBAG *bag = sk_PKCS12_SAFEBAG_value(bags, i);
        if (PKCS12_SAFEBAG_get_nid(bag) == NID_pkcs8ShroudedKeyBag)
            add_sealed(to, PKCS12_SAFEBAG_get0_pkcs8(bag));
    }
}

static void
add_safe(struct key_sealing *to, PKCS7 *safe)
{
    if (PKCS7_type_is_encrypted(safe) && safe->d.encrypted != NULL) {
        add_algorithm(to, safe->d.encrypted->enc_data->algorithm);
    } else if (PKCS7_type_is_data(safe)) {
        STACK_OF(PKCS12_SAFEBAG) *bags = PKCS12_unpack_p7data(safe);
        add_bags(to, bags);
        sk_PKCS12_SAFEBAG_pop_free(bags, PKCS12_SAFEBAG_free);
    }
}

struct key_sealing
key_sealing_of_p12(const PKCS12 *p12)
{
    struct key_sealing out = {.iterations = 0};
    const ASN1_INTEGER *iterations = NULL;

    PKCS12_get0_mac(NULL, NULL, NULL, &iterations, p12);
    for (int i = 0; i < MAC_TRIES; i++)
        add_iterations(&out, number(iterations));
    STACK_OF(PKCS7) *safes = PKCS12_unpack_authsafes(p12);
    for (int i = 0; i < sk_PKCS7_num(safes); i++)
        add_safe(&out, sk_PKCS7_value(safes, i));
    sk_PKCS7_pop_free(safes, PKCS7_free);
    ERR_clear_error();
    return out;
}
