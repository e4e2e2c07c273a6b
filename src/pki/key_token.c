/* Keys on cards and tokens, through libp11, which nothing of is run until such a key is wanted.
 *
 * A key is known by its CKA_ID, which its certificate on the token has, too: labels may be the same
 * for all, and the order in which a token lists things means nothing. */
#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

#include <libp11.h>
#include <openssl/crypto.h>
#include <openssl/err.h>
#include <openssl/ui.h>

#include "base/arena.h"
#include "base/ascii.h"
#include "pki/key_inner.h"

#define KEYS_LISTED_MAX 20

struct key_token {
    void *module; /* of dlopen() */
    PKCS11_CTX *ctx;
    PKCS11_SLOT *slots;
    unsigned slot_count;
    bool loaded, logged_in;
    PKCS11_SLOT *slot;
    UI_METHOD *ui;
    char pin[KEY_SECRET_MAX]; /* for keys that want it with every signature */
};

/* ---- texts of tokens, padded with blanks */

static struct str
label_of(const char *text)
{
    return str_trim(str_of(text));
}

static const char *
hex(struct key_opening *o, const unsigned char *id, size_t len)
{
    struct buf out = buf_in(o->arena);

    for (size_t i = 0; i < len; i++)
        buf_printf(&out, "%02x", id[i]);
    buf_byte(&out, '\0');
    return out.ptr;
}

static int
digit_of(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    c |= 0x20;
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* Whether an id is this text of hexadecimal digits. */
static bool
is_id(const char *text, const unsigned char *id, size_t len)
{
    size_t at = 0;

    for (; *text != '\0' && at < 2 * len; text++) {
        if (*text == ':' && at % 2 == 0)
            continue;
        int nibble = at % 2 == 0 ? id[at / 2] >> 4 : id[at / 2] & 15;
        if (digit_of(*text) != nibble)
            return false;
        at++;
    }
    return *text == '\0' && at == 2 * len && len > 0;
}

/* ---- the token */

static int
by_label(const void *a, const void *b)
{
    const PKCS11_TOKEN *x = *(PKCS11_TOKEN *const *)a, *y = *(PKCS11_TOKEN *const *)b;
    int labels = str_cmp(label_of(x->label), label_of(y->label));

    return labels != 0 ? labels : str_cmp(label_of(x->serialnr), label_of(y->serialnr));
}

/* Labels and serial numbers, sorted: as tokens are listed where one must be chosen. */
static const char *
list_tokens(struct key_opening *o, const struct key_token *t)
{
    PKCS11_TOKEN **sorted = arena_array(o->arena, t->slot_count + 1, sizeof(PKCS11_TOKEN *));
    struct buf out = buf_in(o->arena);
    size_t count = 0;

    for (unsigned i = 0; i < t->slot_count; i++) {
        if (t->slots[i].token != NULL && t->slots[i].token->initialized)
            sorted[count++] = t->slots[i].token;
    }
    qsort(sorted, count, sizeof(PKCS11_TOKEN *), by_label);
    for (size_t i = 0; i < count; i++)
        buf_printf(&out, "%s\"%s\" (%s)", i == 0 ? "" : ", ",
                   diag_str(o->diags, label_of(sorted[i]->label)),
                   diag_str(o->diags, label_of(sorted[i]->serialnr)));
    buf_byte(&out, '\0');
    return diag_printf(o->diags, "%s", out.ptr);
}

static bool
is_token(const PKCS11_TOKEN *token, const char *name)
{
    return name == NULL || str_is(label_of(token->label), name) ||
           str_is(label_of(token->serialnr), name);
}

static bool
find_token(struct key_opening *o, struct key_token *t)
{
    unsigned found = 0, there = 0;

    for (unsigned i = 0; i < t->slot_count; i++) {
        const PKCS11_TOKEN *token = t->slots[i].token;
        if (token == NULL || !token->initialized)
            continue;
        there++;
        if (is_token(token, o->source->token)) {
            t->slot = &t->slots[i];
            found++;
        }
    }
    if (there == 0)
        return key_fail(o, DIAG_SIGN_TOKEN_NONE, o->source->module, NULL, NULL);
    if (found == 0)
        return key_fail(o, DIAG_SIGN_TOKEN_OTHER, o->source->module,
                        diag_str(o->diags, str_of(o->source->token)), list_tokens(o, t));
    return found == 1 ||
           key_fail(o, DIAG_SIGN_TOKEN_SEVERAL, o->source->module, list_tokens(o, t), NULL);
}

/* Why it cannot be opened, without its path, which stands before. */
static const char *
why_not(struct key_opening *o)
{
    const char *module = o->source->module;
    struct str why = str_of(dlerror());

    if (str_starts(why, str_of(module)))
        why = str_sub(why, strlen(module), SIZE_MAX);
    if (str_starts(why, STR(": ")))
        why = str_sub(why, 2, SIZE_MAX);
    return diag_said(o->diags, "เปิดไลบรารีไม่ได้ ระบบแจ้งว่า", diag_str(o->diags, why));
}

/* Whether the module can be opened at all. libp11 would print why it cannot. */
static bool
is_module(struct key_opening *o, struct key_token *t)
{
    const char *module = o->source->module;

    t->module = dlopen(module, RTLD_NOW | RTLD_LOCAL);
    return (t->module != NULL && dlsym(t->module, "C_GetFunctionList") != NULL) ||
           key_fail(o, DIAG_SIGN_MODULE, module, why_not(o), NULL);
}

static bool
load(struct key_opening *o, struct key_token *t)
{
    const char *module = o->source->module;

    if (!is_module(o, t))
        return false;
    t->ctx = PKCS11_CTX_new();
    t->loaded = t->ctx != NULL && PKCS11_CTX_load(t->ctx, module) == 0;
    if (!t->loaded)
        return key_fail(o, DIAG_SIGN_MODULE, module, key_reason(o->diags), NULL);
    if (PKCS11_enumerate_slots(t->ctx, &t->slots, &t->slot_count) != 0)
        return key_fail(o, DIAG_SIGN_MODULE, module, key_reason(o->diags), NULL);
    return find_token(o, t);
}

/* ---- the PIN */

static int
give_pin(UI *ui, UI_STRING *field)
{
    const struct key_token *t = UI_get0_user_data(ui);

    return UI_get_string_type(field) != UIT_PROMPT || UI_set_result(ui, field, t->pin) == 0;
}

/* Keys that want the PIN with every signature get it without asking at the terminal. */
static bool
answer_for_itself(struct key_token *t)
{
    t->ui = UI_create_method("PIN");
    return t->ui != NULL && UI_method_set_reader(t->ui, give_pin) == 0 &&
           PKCS11_set_ui_method(t->ctx, t->ui, t) == 0;
}

static enum key_tries
tries_of(const PKCS11_TOKEN *token)
{
    if (token->userPinFinalTry)
        return KEY_TRIES_LAST;
    return token->userPinCountLow ? KEY_TRIES_FEW : KEY_TRIES_FINE;
}

/* A token that is locked, or did not take the PIN. */
static bool
refused(struct key_opening *o, const PKCS11_TOKEN *token, const char *why)
{
    return key_fail(o, DIAG_SIGN_PIN, o->source->module, diag_str(o->diags, label_of(token->label)),
                    why);
}

static bool
log_in(struct key_opening *o, struct key_token *t)
{
    const PKCS11_TOKEN *token = t->slot->token;
    struct key_secret what = {KEY_PIN, str_cstr(o->arena, label_of(token->label)), tries_of(token)};
    const char *pin = NULL;

    if (PKCS11_open_session(t->slot, 0) != 0)
        return key_fail(o, DIAG_SIGN_MODULE, o->source->module, key_reason(o->diags), NULL);
    if (token->userPinLocked)
        return refused(o, token, diag_both(o->diags, "it is locked", "โทเคนล็อกอยู่"));
    if (!token->loginRequired)
        return true;
    if (!token->secureLogin) {
        pin = key_secret(o, &what);
        if (pin == NULL)
            return false;
        (void)strncpy(t->pin, pin, sizeof t->pin - 1);
    }
    if (!answer_for_itself(t))
        arena_oom(sizeof *t);
    t->logged_in = PKCS11_login(t->slot, 0, pin) == 0;
    return t->logged_in || refused(o, token, key_reason(o->diags));
}

/* ---- keys and certificates */

static int
by_id(const void *a, const void *b)
{
    const PKCS11_KEY *x = *(PKCS11_KEY *const *)a, *y = *(PKCS11_KEY *const *)b;

    return str_cmp((struct str){(const char *)x->id, x->id_len},
                   (struct str){(const char *)y->id, y->id_len});
}

/* Ids and labels, sorted: the order of a token means nothing. */
static const char *
list_keys(struct key_opening *o, PKCS11_KEY *keys, unsigned count)
{
    PKCS11_KEY **sorted = arena_array(o->arena, count + 1, sizeof(PKCS11_KEY *));
    struct buf english = buf_in(o->arena), thai = buf_in(o->arena);

    for (unsigned i = 0; i < count; i++)
        sorted[i] = &keys[i];
    qsort(sorted, count, sizeof(PKCS11_KEY *), by_id);
    for (unsigned i = 0; i < count && i < KEYS_LISTED_MAX; i++) {
        const char *label = diag_str(o->diags, label_of(sorted[i]->label));
        const char *id = hex(o, sorted[i]->id, sorted[i]->id_len);
        const char *comma = i == 0 ? "" : ", ";
        buf_printf(&english, "%sid %s (labelled \"%s\")", comma, id, label);
        buf_printf(&thai, "%sรหัส %s (ป้ายชื่อ \"%s\")", comma, id, label);
    }
    if (count > KEYS_LISTED_MAX) {
        buf_text(&english, ", …");
        buf_text(&thai, ", …");
    }
    buf_byte(&english, '\0');
    buf_byte(&thai, '\0');
    return diag_both(o->diags, english.ptr, thai.ptr);
}

/* True when a certificate that was named is of this key, as far as the token shows the key. */
static bool
is_of_named(const struct key_opening *o, PKCS11_KEY *key)
{
    EVP_PKEY *shown = PKCS11_get_private_key(key); /* of the public one libp11 frees not all */
    bool same = false;

    for (int i = 0; shown != NULL && i < sk_X509_num(o->own) && !same; i++) {
        EVP_PKEY *public = X509_get0_pubkey(sk_X509_value(o->own, i));
        same = public != NULL && EVP_PKEY_eq(public, shown) == 1;
    }
    EVP_PKEY_free(shown);
    ERR_clear_error();
    return same;
}

/* The key: by its id, else the one of the certificate that was named, else the only one. */
static PKCS11_KEY *
choose_key(struct key_opening *o, PKCS11_KEY *keys, unsigned count)
{
    const char *id = o->source->id, *module = o->source->module;
    bool by_certificate = id == NULL && count > 1 && sk_X509_num(o->own) > 0;
    PKCS11_KEY *found = NULL;
    unsigned matches = 0;

    for (unsigned i = 0; i < count; i++) {
        if (id != NULL ? is_id(id, keys[i].id, keys[i].id_len)
                       : !by_certificate || is_of_named(o, &keys[i])) {
            found = &keys[i];
            matches++;
        }
    }
    if (count == 0)
        (void)key_fail(o, DIAG_SIGN_TOKEN_NO_KEY, module, NULL, NULL);
    else if (matches == 0 && id != NULL)
        (void)key_fail(o, DIAG_SIGN_TOKEN_NO_ID, module, diag_str(o->diags, str_of(id)),
                       list_keys(o, keys, count));
    else if (matches != 1)
        (void)key_fail(o, DIAG_SIGN_TOKEN_KEYS, module, list_keys(o, keys, count), NULL);
    return matches == 1 ? found : NULL;
}

/* Certificates of the key's id may be the signer's, others only help the chain. */
static bool
take_certificates(struct key_opening *o, const struct key_token *t, const PKCS11_KEY *key)
{
    PKCS11_CERT *certs = NULL;
    unsigned count = 0;
    bool good = true;

    if (PKCS11_enumerate_certs(t->slot->token, &certs, &count) != 0) {
        ERR_clear_error();
        return true;
    }
    for (unsigned i = 0; i < count && good; i++) {
        bool is_own = o->source->cert_file == NULL && certs[i].id_len == key->id_len &&
                      key->id_len > 0 && memcmp(certs[i].id, key->id, key->id_len) == 0;
        if (certs[i].x509 != NULL)
            good = certs_add(is_own ? o->own : o->pool, certs[i].x509);
    }
    return good;
}

static bool
take_key(struct key_opening *o, struct key_token *t)
{
    PKCS11_KEY *keys = NULL;
    unsigned count = 0;

    if (PKCS11_enumerate_keys(t->slot->token, &keys, &count) != 0)
        return key_fail(o, DIAG_SIGN_MODULE, o->source->module, key_reason(o->diags), NULL);
    PKCS11_KEY *key = choose_key(o, keys, count);
    if (key == NULL || !take_certificates(o, t, key))
        return false;
    if (sk_X509_num(o->own) == 0)
        return key_fail(o, DIAG_SIGN_CERT_MISSING, o->source->module, NULL, NULL);
    o->key->pkey = PKCS11_get_private_key(key);
    return o->key->pkey != NULL ||
           key_fail(o, DIAG_SIGN_MODULE, o->source->module, key_reason(o->diags), NULL);
}

bool
key_token_open(struct key_opening *o)
{
    struct key_token *t = OPENSSL_zalloc(sizeof *t);

    if (t == NULL)
        arena_oom(sizeof *t);
    o->key->token = t;
    if (o->where == NULL)
        o->where = o->source->module;
    return load(o, t) && log_in(o, t) && take_key(o, t);
}

void
key_token_close(struct key_token *t)
{
    if (t == NULL)
        return;
    if (t->logged_in)
        (void)PKCS11_logout(t->slot);
    if (t->slots != NULL)
        PKCS11_release_all_slots(t->ctx, t->slots, t->slot_count);
    if (t->loaded)
        PKCS11_CTX_unload(t->ctx);
    if (t->ctx != NULL)
        PKCS11_CTX_free(t->ctx);
    if (t->module != NULL)
        (void)dlclose(t->module);
    if (t->ui != NULL)
        UI_destroy_method(t->ui);
    OPENSSL_clear_free(t, sizeof *t);
    ERR_clear_error();
}
