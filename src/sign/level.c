#include "sign/level.h"

#include "base/arena.h"
#include "engine/report.h"
#include "pki/certs.h"
#include "pki/cms.h"
#include "pki/key.h"
#include "pki/revocation.h"
#include "sign/config.h"

/* ---- opening */

static bool
read_pool(struct level *level, const struct banthuek_sign_options *options)
{
    struct work *w = level->w;

    level->pool = certs_new();
    for (size_t i = 0; i < options->chain_count; i++) {
        struct str bytes;
        if (!work_read(w, options->chain[i], CERTS_BYTES_MAX, &bytes) ||
            !certs_read(w->diags, options->chain[i], bytes, level->pool))
            return false;
    }
    return true;
}

bool
level_open(struct work *w, struct pos pos, const struct banthuek_sign_options *options,
           struct level *out)
{
    *out = (struct level){
        .w = w,
        .pos = pos,
        .wanted = options->level,
        .reached = BANTHUEK_B_B,
        .lesser = (options->flags & BANTHUEK_LESSER_LEVEL) != 0,
        .server = {.url = options->tsa, .seconds = options->seconds},
    };

    if (out->wanted == BANTHUEK_PADES_ANY)
        out->wanted = options->tsa == NULL ? BANTHUEK_B_B : BANTHUEK_B_T;
    if (out->wanted >= BANTHUEK_B_T && out->server.url == NULL)
        out->server.url = config_text(w, "tsa");
    if (out->wanted >= BANTHUEK_B_T && out->server.url == NULL) {
        diag_add(w->diags, DIAG_SIGN_NO_SERVER, pos, NULL, NULL, NULL);
        return false;
    }
    return read_pool(out, options);
}

void
level_close(struct level *level)
{
    stamp_close(&level->stamp);
    certs_free(level->pool);
    level->pool = NULL;
}

/* ---- where a server fails */

static const char *
level_name(enum banthuek_pades level)
{
    static const char *const names[] = {
        [BANTHUEK_B_B] = "B-B",
        [BANTHUEK_B_T] = "B-T",
        [BANTHUEK_B_LT] = "B-LT",
        [BANTHUEK_B_LTA] = "B-LTA",
    };

    return names[level];
}

/* A lesser level is for servers that fail. Where one says that the clock is off, the date that is
 * seen would be wrong at every level. */
static bool
may_fall_back(const struct level *level, const struct diags *faults)
{
    for (size_t i = 0; i < diags_count(faults); i++) {
        if (diags_at(faults, i)->code == DIAG_SIGN_STAMP_OFF)
            return false;
    }
    return level->lesser;
}

/* What failed is told as an error; as a warning where the level that is reached will do. Then there
 * is nothing more to be had. */
static bool
fall_back(struct level *level, struct diags *faults)
{
    bool lesser = may_fall_back(level, faults);

    for (size_t i = 0; i < diags_count(faults); i++) {
        struct diag fault = *diags_at(faults, i);
        if (lesser && fault.level == DIAG_ERROR)
            fault.level = DIAG_WARNING;
        diag_copy(level->w->diags, &fault, NULL, NULL);
    }
    if (!lesser)
        return false;
    diag_add(level->w->diags, DIAG_SIGN_LESSER, level->pos, level_name(level->reached),
             level_name(level->wanted), NULL);
    level->wanted = level->reached;
    return true;
}

/* Does a step with messages of its own. */
static bool
try_step(struct level *level, enum banthuek_pades reached,
         bool (*step)(struct level *level, const struct key *key), const struct key *key)
{
    struct work *w = level->w, own = *w;

    if (level->wanted < reached)
        return true;
    own.diags = diags_new();
    level->w = level->lasting.w = &own;
    bool good = step(level, key);
    level->w = level->lasting.w = w;
    if (good) {
        level->reached = reached;
        diags_add_new(w->diags, own.diags, DIAG_NOTE);
    } else {
        good = fall_back(level, own.diags);
    }
    diags_free(own.diags);
    return good;
}

/* ---- the steps */

bool
level_stamp(struct level *level, struct cms *cms)
{
    struct work *w = level->w;
    struct diags *faults = diags_new();

    if (level->wanted < BANTHUEK_B_T) {
        diags_free(faults);
        return true;
    }
    bool good = stamp_get(w->arena, faults, &level->server, cms_value(cms), &level->stamp) &&
                cms_add_stamp(cms, faults, level->stamp.token);
    if (good)
        level->reached = BANTHUEK_B_T;
    else
        good = fall_back(level, faults);
    diags_free(faults);
    return good;
}

/* What is needed to verify a time stamp later. */
static bool
collect_for_stamp(struct level *level, const struct stamp *stamp, struct revocations *to)
{
    const struct revocation_rules rules = {.seconds = level->server.seconds, .local = true};

    return revocations_collect_stamp(to, level->w->diags, stamp, level->pool, &rules);
}

static bool
add_evidence(struct level *level, const struct key *key)
{
    const struct revocation_rules rules = {.seconds = level->server.seconds, .local = true};
    struct revocations *found = revocations_new(level->w->arena);

    return revocations_collect(found, level->w->diags, key_chain(key), &rules) &&
           collect_for_stamp(level, &level->stamp, found) && lasting_add(&level->lasting, found);
}

/* Where there can be none the file stays as it was. */
static bool
add_stamp(struct level *level, const struct key *key)
{
    const struct lasting before = level->lasting;
    struct stamp stamp;

    (void)key;
    bool good = lasting_stamp(&level->lasting, &level->server, &stamp);
    if (!good)
        level->lasting = before;
    stamp_close(&stamp);
    return good;
}

bool
level_complete(struct level *level, const struct key *key)
{
    return try_step(level, BANTHUEK_B_LT, add_evidence, key) &&
           try_step(level, BANTHUEK_B_LTA, add_stamp, key);
}

/* ---- renewing */

/* The last document time stamp of the file, checked by itself. */
static bool
last_stamp(struct level *level, struct stamp *out)
{
    struct work *w = level->w;
    struct revisions *revisions =
        revisions_open(w->arena, level->pos.file, level->lasting.appended.file);

    for (size_t i = revisions_signature_count(revisions); i > 0; i--) {
        const struct signed_part *part = revisions_signature(revisions, i - 1);
        if (!part->is_time_stamp)
            continue;
        if (part->fault == SIGNATURE_WHOLE &&
            stamp_check(w->arena, part->der, part->signs, 2, out) == STAMP_GOOD)
            return true;
        break;
    }
    diag_add(w->diags, DIAG_SIGN_NOT_STAMPED, level->pos, NULL, NULL, NULL);
    return false;
}

/* The file brings the certificates of the one who stamped it last: they were needed to stamp it. */
static void
add_known(struct level *level)
{
    const struct dss *known = &level->lasting.known;

    for (size_t i = 0; i < known->certificate_count; i++) {
        X509 *cert = certs_of_der(known->certificates[i]);
        if (cert != NULL)
            (void)certs_add(level->pool, cert);
        X509_free(cert);
    }
}

bool
level_renew(struct level *level)
{
    struct revocations *found = revocations_new(level->w->arena);

    add_known(level);
    if (!last_stamp(level, &level->stamp) || !collect_for_stamp(level, &level->stamp, found) ||
        !lasting_add(&level->lasting, found))
        return false;
    level->reached = BANTHUEK_B_LTA;
    return add_stamp(level, NULL);
}
