/* Whether a file that is to be made was made before: a run over many files was interrupted. */
#include "banthuek-sign.h"
#include "base/arena.h"
#include "engine/fill.h"
#include "engine/report.h"
#include "sign/keys.h"
#include "sign/memo.h"

static bool
has_signed(const struct memo *memo, struct str role)
{
    const struct route_role *found = route_find(&memo->route, role);

    return found != NULL && found->has_signed;
}

/* True when the role signed behind the bytes of the PDF, as the fields have it. */
static bool
goes_on(struct work *w, const char *pdf, const char *out, struct str role)
{
    struct memo old = {.route = {.count = 0}}, new = {.route = {.count = 0}};
    bool good = memo_read(w, pdf, &old) && memo_read(w, out, &new) &&
                new.opened.bytes.len >
                    old.opened.bytes.len &&str_starts(new.opened.bytes, old.opened.bytes) &&
                !has_signed(&old, role) && has_signed(&new, role);

    memo_close(&old);
    memo_close(&new);
    return good;
}

/* The signature of the role, if what it signed is still there; by the key where there is one. */
static const struct banthuek_verified_signature *
signature_of(const struct banthuek_verified *verified, struct str role,
             const struct banthuek_key *key)
{
    for (size_t i = 0; verified != NULL && i < verified->signature_count; i++) {
        const struct banthuek_verified_signature *one = verified->signatures[i];
        struct str sha256 = {one->sha256.data, one->sha256.size};
        if (!one->is_time_stamp && str_eq((struct str){one->role.data, one->role.size}, role) &&
            one->unchanged <= BANTHUEK_UNCHANGED_ADDITIONS &&
            (key == NULL || str_same(sha256, str_of(key->fingerprint))))
            return one;
    }
    return NULL;
}

static const struct banthuek_signed *
look(struct banthuek *b, const char *pdf, const struct banthuek_key *key, const char *typed,
     const char *out)
{
    const struct banthuek_verify_options options = {.struct_size = sizeof options,
                                                    .flags = BANTHUEK_VERIFY_NO_COMPARE};
    struct work *w = &b->work;
    struct str role;

    if (!fill_words(w, POS_NONE, str_of(typed), &role) || !goes_on(w, pdf, out, role))
        return NULL;
    const struct banthuek_verified_signature *one =
        signature_of(banthuek_verify(b, out, &options), role, key);
    if (one == NULL)
        return NULL;
    struct banthuek_signed *before = arena_alloc(w->arena, sizeof *before);
    *before = (struct banthuek_signed){.name = one->signer};
    return before;
}

const struct banthuek_signed *
banthuek_sign_before(struct banthuek *b, const char *pdf, const struct banthuek_key *key,
                     const struct banthuek_sign_options *given, const char *out)
{
    struct banthuek_sign_options options;
    struct diags *kept = b->work.diags;
    const struct banthuek_signed *before = NULL;

    take_given(&options, sizeof options, given);
    if (options.role == NULL || !files_exists(files_system(), out))
        return NULL;
    /* what is wrong with it is told when somebody wants to sign into it */
    b->work.diags = diags_new();
    before = look(b, pdf, key, options.role, out);
    diags_free(b->work.diags);
    b->work.diags = kept;
    return before;
}
