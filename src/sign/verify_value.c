#include "sign/verify_value.h"

#include "base/arena.h"
#include "base/hash.h"
#include "engine/manifest.h"
#include "engine/report.h"
#include "pki/certs.h"
#include "thai/date.h"

/* ---- remarks */

static struct banthuek_remark *
add_remark(struct value_list *list, enum diag_level level, const char *code)
{
    struct banthuek_remark *remark = value_list_add(list, sizeof *remark);

    remark->level = level == DIAG_ERROR     ? BANTHUEK_ERROR
                    : level == DIAG_WARNING ? BANTHUEK_WARNING
                                            : BANTHUEK_NOTE;
    remark->code = code;
    return remark;
}

/* On one line: values of fields may have several. */
static struct banthuek_bytes
one_line(struct arena *arena, struct str text)
{
    struct buf out = buf_in(arena);

    for (size_t i = 0; i < text.len; i++)
        buf_byte(&out, text.ptr[i] == '\n' || text.ptr[i] == '\r' ? ' ' : text.ptr[i]);
    return bytes_of(buf_str(&out));
}

static void
add_diags(struct verify *v, struct value_list *list, const struct diags *diags)
{
    for (int level = DIAG_ERROR; level >= (int)DIAG_NOTE; level--) {
        for (size_t i = 0; i < diags_count(diags); i++) {
            const struct diag *d = diags_at(diags, i);
            if ((int)d->level != level)
                continue;
            struct banthuek_remark *remark = add_remark(list, d->level, diag_code_name(d->code));
            for (int lang = 0; lang < 2; lang++)
                remark->text[lang] = bytes_of(diag_message(v->w->arena, d, (enum diag_lang)lang));
        }
    }
}

static void
add_fault(struct value_list *list, enum signature_fault fault)
{
    if (fault == SIGNATURE_WHOLE)
        return;
    struct banthuek_remark *remark = add_remark(list, DIAG_ERROR, signature_fault_name(fault));
    for (int lang = 0; lang < 2; lang++)
        remark->text[lang] = bytes_of(signature_fault_text(fault, (enum diag_lang)lang));
}

static const enum diag_level sort_levels[] = {
    [SORT_ALLOWED] = DIAG_NOTE, [SORT_REFUSED] = DIAG_ERROR, [SORT_WARNING] = DIAG_WARNING};

/* True when a change before it says the same: that metadata were written anew, say. */
static bool
is_told(const struct verify *v, size_t from, size_t index)
{
    const struct change *change = &v->changes.list[index];

    for (size_t i = from; i < index; i++) {
        const struct change *other = &v->changes.list[i];
        if (other->code == change->code && other->page == change->page &&
            str_eq(other->field, change->field) && str_eq(other->where, change->where) &&
            str_eq(other->was, change->was) && str_eq(other->is, change->is))
            return true;
    }
    return false;
}

/* True for a field that was filled in with a signature, which is told, too. */
static bool
is_detail(const struct verify *v, const struct change *change)
{
    if (change->code != CHANGE_FIELD_FILLED)
        return false;
    for (size_t i = 0; i < v->changes.count; i++) {
        if (v->changes.list[i].revision == change->revision &&
            v->changes.list[i].code == CHANGE_SIGNATURE_ADDED)
            return true;
    }
    return false;
}

/* What became of the file after a signature, what is refused first. */
static void
add_changes(struct verify *v, struct value_list *list, const struct verify_one *one)
{
    static const enum change_sort order[] = {SORT_REFUSED, SORT_WARNING, SORT_ALLOWED};
    size_t from = changes_after(&v->changes, v->revisions, one->index), told = 0;

    for (size_t sort = 0; sort < 3; sort++) {
        for (size_t i = from; i < v->changes.count; i++) {
            const struct change *change = &v->changes.list[i];
            if (change->sort != order[sort] || is_told(v, from, i) || told++ >= VERIFY_CHANGES_TOLD)
                continue;
            struct banthuek_remark *remark =
                add_remark(list, sort_levels[change->sort], change_name(change->code));
            remark->is_detail = is_detail(v, change);
            for (int lang = 0; lang < 2; lang++)
                remark->text[lang] =
                    one_line(v->w->arena, change_text(v->w->arena, change, (enum diag_lang)lang));
        }
    }
}

static void
add_doubts(struct verify *v, struct value_list *list)
{
    for (size_t i = 0; i < revisions_doubt_count(v->revisions); i++) {
        const struct doubt *doubt = revisions_doubt(v->revisions, i);
        struct banthuek_remark *remark = add_remark(list, DIAG_ERROR, doubt_name(doubt->code));
        for (int lang = 0; lang < 2; lang++)
            remark->text[lang] = bytes_of(doubt_text(v->w->arena, doubt, (enum diag_lang)lang));
    }
}

/* ---- signatures */

static struct banthuek_bytes
fingerprint(struct arena *arena, const X509 *cert)
{
    struct hash hash = hash_of(certs_der(arena, cert));
    char hex[2 * HASH_SIZE + 1];

    hash_hex(&hash, hex);
    return bytes_of(str_of(arena_printf(arena, "%s", hex)));
}

static struct banthuek_bytes
asn1_time(struct arena *arena, const ASN1_TIME *time)
{
    time_t at;

    return bytes_of(certs_time(time, &at) ? verify_iso_text(arena, at) : STR(""));
}

static void
set_certificate(struct arena *arena, struct banthuek_verified_signature *to, const X509 *cert)
{
    if (cert == NULL)
        return;
    to->signer = bytes_of(certs_subject(arena, cert));
    to->issuer = bytes_of(certs_issuer(arena, cert));
    to->sha256 = fingerprint(arena, cert);
    to->valid_from = asn1_time(arena, X509_get0_notBefore(cert));
    to->valid_to = asn1_time(arena, X509_get0_notAfter(cert));
}

static void
set_times(struct arena *arena, struct banthuek_verified_signature *to, const struct verify_one *one)
{
    to->claimed = bytes_of(verify_iso_text(arena, one->claimed));
    to->proven = bytes_of(verify_iso_text(arena, one->proven));
    for (int lang = 0; lang < 2; lang++) {
        bool thai = lang == DIAG_THAI;
        if (one->claimed != 0)
            to->claimed_text[lang] = bytes_of(date_moment_text(arena, one->claimed, thai));
        if (one->proven != 0)
            to->proven_text[lang] = bytes_of(date_moment_text(arena, one->proven, thai));
    }
}

static void
add_signature(struct verify *v, struct value_list *list, const struct verify_one *one)
{
    struct arena *arena = v->w->arena;
    const struct signed_part *part = one->part;
    struct banthuek_verified_signature *to = value_list_add(list, sizeof *to);
    struct value_list remarks = {.arena = arena};

    *to = (struct banthuek_verified_signature){
        .field = bytes_of(part->field),
        .role = bytes_of(one->role),
        .is_time_stamp = part->is_time_stamp,
        .unchanged = one->unchanged,
        .whose = one->whose,
        .opinion = one_line(arena, one->opinion),
        .signs_for = bytes_of(one->signs_for),
        .name = bytes_of(part->name),
        .reason = bytes_of(part->reason),
        .location = bytes_of(part->location),
        .format = bytes_of(part->subfilter),
        .level = one->level,
        .digest = bytes_of(str_of(one->cms.digest)),
        .key = bytes_of(str_of(one->cms.key)),
        .page = part->page,
        .covers = part->covers,
        .covers_all = part->covers_all,
    };
    set_certificate(arena, to, one->cms.signer);
    set_times(arena, to, one);
    for (int lang = 0; lang < 2; lang++)
        to->missing[lang] = bytes_of(str_of(one->missing[lang]));
    add_fault(&remarks, part->fault);
    add_diags(v, &remarks, one->remarks);
    if (one->counts)
        add_changes(v, &remarks, one);
    to->remarks = (const struct banthuek_remark *const *)remarks.item;
    to->remark_count = remarks.count;
}

/* ---- the whole */

static void
set_waiting(struct verify *v, struct banthuek_verified *to)
{
    struct value_list list = {.arena = v->w->arena};

    for (size_t i = 0; i < v->waiting_count; i++) {
        struct banthuek_waiting *waiting = value_list_add(&list, sizeof *waiting);
        *waiting =
            (struct banthuek_waiting){bytes_of(v->waiting[i]->role), bytes_of(v->waiting[i]->title),
                                      bytes_of(v->waiting[i]->name)};
    }
    to->waiting = (const struct banthuek_waiting *const *)list.item;
    to->waiting_count = list.count;
}

const struct banthuek_verified *
verify_value(struct verify *v)
{
    struct arena *arena = v->w->arena;
    struct banthuek_verified *to = arena_alloc(arena, sizeof *to);
    struct value_list signatures = {.arena = arena}, remarks = {.arena = arena};
    struct str why[2];

    to->file = v->file;
    to->verdict = verify_verdict(v, why);
    to->at = bytes_of(verify_iso_text(arena, v->now));
    to->is_ours = v->is_ours;
    to->again = v->again;
    to->compared = v->compared;
    for (int lang = 0; lang < 2; lang++)
        to->why[lang] = bytes_of(why[lang]);
    add_doubts(v, &remarks);
    add_diags(v, &remarks, v->remarks);
    for (size_t i = 0; i < v->count; i++)
        add_signature(v, &signatures, &v->ones[i]);
    to->signatures = (const struct banthuek_verified_signature *const *)signatures.item;
    to->signature_count = signatures.count;
    to->remarks = (const struct banthuek_remark *const *)remarks.item;
    to->remark_count = remarks.count;
    set_waiting(v, to);
    return to;
}
