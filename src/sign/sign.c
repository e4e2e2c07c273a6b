/* Signing a memo: from what was asked for to the file. */
#include "banthuek-sign.h"
#include "base/arena.h"
#include "base/files.h"
#include "engine/fill.h"
#include "engine/report.h"
#include "pdf/append.h"
#include "pdf/object.h"
#include "pdfin/update.h"
#include "pki/cms.h"
#include "pki/key.h"
#include "sign/filling.h"
#include "sign/keys.h"
#include "sign/level.h"
#include "sign/memo.h"
#include "sign/names.h"
#include "sign/seal.h"
#include "sign/shown.h"
#include "sign/texts.h"
#include "sign/turn.h"

#define HAND_BYTES_MAX ((size_t)16 << 20)

struct signing {
    struct work *w;
    struct banthuek_sign_options options;
    const struct banthuek_key *key; /* NULL: a preview */
    struct pos pos;
    struct memo memo;
    struct turn turn;
    struct texts texts;
    struct pdf_old old;
    struct pdf_objects *objects;
    struct seal seal;
    unsigned signature; /* handle of its dictionary, 0: a preview */
    struct level level;
};

static bool
refuse(const struct signing *signing, enum diag_code code, const char *arg1, const char *arg2)
{
    diag_add(signing->w->diags, code, signing->pos, arg1, arg2, NULL);
    return false;
}

/* ---- before anything is made */

static bool
wants(const struct signing *signing, enum banthuek_sign_flag flag)
{
    return (signing->options.flags & (unsigned)flag) != 0;
}

/* True when the certificate is the pinned one of who is named; a stand-in has another, and where
 * none is pinned the names tell. */
static bool
is_expected(const struct signing *signing, enum diag_code *otherwise)
{
    struct str pinned = signing->turn.role->certificate;

    if (pinned.len > 0 && !signing->texts.stands_in) {
        *otherwise = DIAG_SIGN_CERTIFICATE_OTHER;
        return str_same(pinned, str_of(signing->key->fingerprint));
    }
    *otherwise = DIAG_SIGN_NAME_DIFFERS;
    return names_agree(signing->w->arena, signing->key->subject, signing->texts.who);
}

static bool
check_certificate(const struct signing *signing)
{
    bool let = wants(signing, BANTHUEK_NAME_DIFFERS);
    struct diags *diags = signing->w->diags;
    enum diag_code otherwise;

    if (signing->key == NULL || is_expected(signing, &otherwise))
        return true;
    diag_add(diags, let ? DIAG_SIGN_NAME_LET : otherwise, signing->pos,
             diag_str(diags, signing->key->subject), diag_str(diags, signing->texts.who),
             diag_str(diags, signing->key->issuer));
    return let;
}

/* The room for the signature, with all that is known of its size before the key is used: its
 * certificates, and that there will be a time stamp. 0 with SIGN_ROOM. */
static size_t
room_of(const struct signing *signing)
{
    size_t size = cms_room(signing->key->key);
    struct diags *diags = signing->w->diags;

    if (signing->level.wanted >= BANTHUEK_B_T)
        size += SEAL_STAMP;
    if (size > SEAL_ROOM_MAX)
        (void)refuse(signing, DIAG_SIGN_ROOM, diag_printf(diags, "%zu", size),
                     diag_printf(diags, "%zu", SEAL_ROOM_MAX));
    return size > SEAL_ROOM_MAX ? 0 : size < SEAL_ROOM ? SEAL_ROOM : size;
}

/* Nobody is to enter a PIN for a file that cannot be written. */
static bool
can_make(const struct signing *signing, const char *out)
{
    const struct work *w = signing->w;

    return out == NULL || files_may_create(w->arena, w->diags, out, DIAG_SIGN_TAKEN);
}

static bool
prepare(struct signing *signing, const char *path, const char *out)
{
    struct work *w = signing->w;
    struct str role;

    signing->pos = (struct pos){path, 0, 0};
    if (!can_make(signing, out))
        return false;
    /* a role that looks like the one of the memo is that role: its letters are put in order as
     * those of the report were */
    return memo_read(w, path, &signing->memo) && memo_old(w, &signing->memo, &signing->old) &&
           fill_words(w, (struct pos){"--as", 0, 0}, str_of(signing->options.role), &role) &&
           turn_check(w, &signing->memo, role, signing->options.flags, &signing->turn) &&
           texts_read(w, &signing->memo, &signing->turn, &signing->options, time(NULL),
                      &signing->texts) &&
           check_certificate(signing) &&
           level_open(w, signing->pos, &signing->options, &signing->level);
}

/* ---- the signature's dictionary */

static struct pdf_value *
reference(struct arena *arena, const char *method, struct pdf_value *parameters)
{
    struct pdf_value *dict = pdf_dict(arena);

    pdf_set(dict, "Type", pdf_name(arena, "SigRef"));
    pdf_set(dict, "TransformMethod", pdf_name(arena, method));
    pdf_set(dict, "TransformParams", parameters);
    return dict;
}

static struct pdf_value *
parameters_of(struct arena *arena)
{
    struct pdf_value *dict = pdf_dict(arena);

    pdf_set(dict, "Type", pdf_name(arena, "TransformParams"));
    pdf_set(dict, "V", pdf_name(arena, "1.2"));
    return dict;
}

/* What the first signature allows those behind it: to fill in and to sign. */
static struct pdf_value *
certification(struct arena *arena)
{
    struct pdf_value *parameters = parameters_of(arena);

    pdf_set(parameters, "P", pdf_int(arena, 2));
    return reference(arena, "DocMDP", parameters);
}

/* What nobody may change any more: the role's own fields, as its /Lock has it. */
static struct pdf_value *
locking(const struct signing *signing)
{
    struct arena *arena = signing->objects->arena;
    const struct pdfin_lock *lock = &signing->turn.signature->lock;
    struct pdf_value *parameters = parameters_of(arena), *fields = pdf_array(arena);

    for (size_t i = 0; i < lock->count; i++)
        pdf_add(fields, pdf_text(arena, lock->names[i]));
    pdf_set(parameters, "Action", pdf_name(arena, "Include"));
    pdf_set(parameters, "Fields", fields);
    struct pdf_value *dict = reference(arena, "FieldMDP", parameters);
    pdf_set(dict, "Data", pdf_old_ref(arena, signing->old.root));
    return dict;
}

static unsigned
put_signature(struct signing *signing)
{
    struct arena *arena = signing->objects->arena;
    struct pdf_value *references = pdf_array(arena);
    size_t room = room_of(signing);

    if (room == 0)
        return 0;
    seal_begin(arena, &signing->seal, "Sig", "ETSI.CAdES.detached", room);
    pdf_set(signing->seal.dict, "M", pdf_string(arena, signing->texts.m));
    pdf_set(signing->seal.dict, "Name", pdf_text(arena, signing->texts.who));
    if (signing->turn.is_first)
        pdf_add(references, certification(arena));
    pdf_add(references, locking(signing));
    pdf_set(signing->seal.dict, "Reference", references);
    return pdf_put(signing->objects, signing->seal.dict);
}

/* The catalog says which signature certifies. */
static bool
put_certification(const struct filling *filling, const struct signing *signing)
{
    struct arena *arena = signing->objects->arena;
    struct pdf_value *perms = pdf_dict(arena);

    if (signing->signature == 0 || !signing->turn.is_first)
        return true;
    pdf_set(perms, "DocMDP", pdf_ref(arena, signing->signature));
    return filling_set(filling, signing->old.root, "Perms", perms);
}

/* ---- the objects */

static bool
read_hand(struct signing *signing, struct str *bytes)
{
    *bytes = STR("");
    return signing->options.hand == NULL ||
           work_read(signing->w, signing->options.hand, HAND_BYTES_MAX, bytes);
}

static bool
fill_in(struct signing *signing)
{
    const struct fill_options options = {
        .manifest = &signing->memo.opened.manifest,
        .other_font = wants(signing, BANTHUEK_OTHER_FONT),
    };
    struct filling filling = {.w = signing->w,
                              .memo = &signing->memo,
                              .turn = &signing->turn,
                              .texts = &signing->texts,
                              .objects = signing->objects,
                              .has_hand = signing->options.hand != NULL};

    if (!read_hand(signing, &filling.hand) ||
        (filling.fill = fill_open(signing->w, &options)) == NULL)
        return false;
    if (signing->key != NULL)
        signing->signature = put_signature(signing);
    bool good = (signing->signature != 0 || signing->key == NULL) &&
                filling_add(&filling, signing->signature) && put_certification(&filling, signing);
    fill_close(filling.fill);
    return good;
}

/* ---- the file */

static bool
sign_bytes(struct signing *signing, struct pdf_appended *appended)
{
    struct work *w = signing->w;
    struct key *key = signing->key->key;
    struct str der;

    if (!seal_range(&signing->seal, appended))
        return refuse(signing, DIAG_SIGN_WRITTEN_WRONG, NULL, NULL);
    struct str hash = seal_hash(w->arena, &signing->seal, appended, key_digest(key));
    struct cms *cms = cms_sign(w->arena, w->diags, key, hash);
    bool good = cms != NULL && level_stamp(&signing->level, cms) &&
                cms_der(cms, w->arena, w->diags, &der) &&
                seal_close(w->arena, w->diags, signing->pos, &signing->seal, appended, der);
    cms_close(cms);
    return good;
}

/* What is added behind the signature is made of the file as it was opened. */
static bool
read_lasting(struct signing *signing)
{
    const struct memo *memo = &signing->memo;

    return signing->level.wanted < BANTHUEK_B_LT ||
           lasting_read(signing->w, signing->pos, memo->opened.pdf, memo->opened.bytes, &memo->form,
                        &signing->level.lasting);
}

static bool
complete(struct signing *signing, struct pdf_appended *appended)
{
    struct lasting *lasting = &signing->level.lasting;

    if (signing->level.wanted < BANTHUEK_B_LT)
        return true;
    lasting->appended = *appended;
    lasting->now = appended->now;
    if (signing->turn.is_first)
        lasting->certifies = appended->number[signing->signature];
    bool good = level_complete(&signing->level, signing->key->key);
    *appended = lasting->appended;
    return good;
}

static bool
make(struct signing *signing, struct pdf_appended *appended)
{
    struct work *w = signing->w;
    bool as_shown = wants(signing, BANTHUEK_AS_SHOWN), preview = signing->key == NULL;

    if (!fill_in(signing) || !read_lasting(signing) ||
        (!preview && !shown_check(w, &signing->memo, as_shown)) ||
        !pdf_append(w->diags, signing->memo.opened.bytes, &signing->old, signing->objects,
                    appended))
        return false;
    return preview || (sign_bytes(signing, appended) && complete(signing, appended));
}

static const struct banthuek_signed *
result_of(const struct signing *signing, struct str pdf)
{
    struct banthuek_signed *result = arena_alloc(signing->w->arena, sizeof *result);

    *result = (struct banthuek_signed){.level = signing->level.reached,
                                       .name = bytes_of(signing->texts.name),
                                       .date = bytes_of(signing->texts.date),
                                       .pdf = bytes_of(pdf)};
    return result;
}

static bool
write_out(const struct signing *signing, const char *out, struct str file)
{
    struct work *w = signing->w;

    return out == NULL || files_write_new(w->arena, w->diags, out, file, DIAG_SIGN_TAKEN);
}

static const struct banthuek_signed *
run(struct banthuek *b, const char *path, const struct banthuek_key *key,
    const struct banthuek_sign_options *given, const char *out)
{
    struct work *w = &b->work;
    struct signing signing = {.w = w, .key = key};
    struct pdf_appended appended = {.file = STR("")};

    take_given(&signing.options, sizeof signing.options, given);
    bool good = prepare(&signing, path, out);
    if (good) {
        signing.objects = pdf_objects_open(w->arena);
        good = make(&signing, &appended);
        pdf_objects_close(signing.objects);
    }
    memo_close(&signing.memo);
    level_close(&signing.level);
    good = good && write_out(&signing, out, appended.file);
    return good ? result_of(&signing, appended.file) : NULL;
}

const struct banthuek_signed *
banthuek_sign(struct banthuek *b, const char *pdf, struct banthuek_key *key,
              const struct banthuek_sign_options *options, const char *out)
{
    return run(b, pdf, key, options, out);
}

bool
banthuek_sign_check(struct banthuek *b, const char *pdf, const struct banthuek_sign_options *given,
                    const char *out)
{
    struct signing signing = {.w = &b->work};

    if (pdf == NULL)
        return can_make(&signing, out);
    take_given(&signing.options, sizeof signing.options, given);
    bool good = prepare(&signing, pdf, out);
    memo_close(&signing.memo);
    level_close(&signing.level);
    return good;
}

const struct banthuek_signed *
banthuek_sign_preview(struct banthuek *b, const char *pdf,
                      const struct banthuek_sign_options *options, const char *out)
{
    return run(b, pdf, NULL, options, out);
}

const struct banthuek_signed *
banthuek_sign_renew(struct banthuek *b, const char *path, const struct banthuek_sign_options *given,
                    const char *out)
{
    struct work *w = &b->work;
    struct signing signing = {.w = w, .pos = {path, 0, 0}};

    take_given(&signing.options, sizeof signing.options, given);
    signing.options.level = BANTHUEK_B_LTA;
    signing.options.flags &= ~(unsigned)BANTHUEK_LESSER_LEVEL;
    bool good = can_make(&signing, out) && memo_read(w, path, &signing.memo) &&
                level_open(w, signing.pos, &signing.options, &signing.level) &&
                lasting_read(w, signing.pos, signing.memo.opened.pdf, signing.memo.opened.bytes,
                             &signing.memo.form, &signing.level.lasting) &&
                level_renew(&signing.level);
    memo_close(&signing.memo);
    level_close(&signing.level);
    struct str file = signing.level.lasting.appended.file;
    good = good && write_out(&signing, out, file);
    return good ? result_of(&signing, file) : NULL;
}
