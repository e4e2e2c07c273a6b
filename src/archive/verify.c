/* Verifying an archive: what is found, in order. */
#include "archive/verify.h"

#include "archive/named.h"
#include "archive/paragraphs.h"
#include "base/arena.h"

/* ---- findings */

static struct banthuek_bytes
name_of(const struct verifying *v, int64_t chain)
{
    for (size_t i = 0; i < v->chain_count; i++) {
        if (v->chains[i].id == chain && chain != CHAIN_OWN)
            return v->chains[i].told.name;
    }
    return lent_bytes(STR(""));
}

/* Where there are too many, one that is bad takes the place of one that cannot be told. */
static struct verify_finding *
room_for(struct verifying *v, bool is_bad)
{
    if (v->finding_count < VERIFY_FINDINGS_MAX)
        return ARENA_ADD(v->lent.arena, v->findings, v->finding_count, v->finding_cap, 16);
    for (size_t i = v->finding_count; i-- > 0 && is_bad;) {
        if (v->findings[i].told.level == BANTHUEK_WARNING)
            return &v->findings[i];
    }
    return NULL;
}

void
verify_tell(struct verifying *v, struct verify_place at, enum diag_code code, const char *arg1,
            const char *arg2, const char *arg3)
{
    struct arena *arena = v->lent.arena;

    diag_add(v->said, code, POS_NONE, arg1, arg2, arg3);
    const struct diag *diag = diags_at(v->said, diags_count(v->said) - 1);
    bool is_bad = diag->level == DIAG_ERROR;
    v->out->bad += is_bad;
    v->out->cannot_tell += !is_bad;
    struct verify_finding *finding = room_for(v, is_bad);
    if (finding != NULL) {
        *finding = (struct verify_finding){at.chain,
                                           {.level = is_bad ? BANTHUEK_ERROR : BANTHUEK_WARNING,
                                            .code = diag_code_name(code),
                                            .entry = (size_t)at.n,
                                            .archive = name_of(v, at.chain)}};
        for (size_t lang = 0; lang < 2; lang++)
            finding->told.text[lang] = lent_bytes(diag_message(arena, diag, (enum diag_lang)lang));
    }
    diags_free(v->said);
    v->said = diags_new();
}

const char *
verify_number(struct verifying *v, int64_t number)
{
    return diag_printf(v->said, "%lld", (long long)number);
}

void
verify_progress(const struct verifying *v, enum banthuek_archive_stage stage, size_t done,
                size_t total)
{
    if (v->options.progress != NULL)
        v->options.progress(v->options.user, stage, done, total);
}

bool
verify_is_asked(const struct verifying *v, struct verify_place at)
{
    for (size_t i = 0; i < v->options.entry_count; i++) {
        if (at.chain == v->asked[i].chain && at.n == v->asked[i].n)
            return true;
    }
    return v->options.entry_count == 0;
}

/* ---- the file */

static const struct verify_place nowhere = {CHAIN_OWN, 0};

static bool
verify_file(struct verifying *v)
{
    static const char *const english[] = {"words", "pairs of letters"};
    static const char *const thai[] = {"คำ", "คู่อักษร"};
    struct paragraphs_state state;
    struct str what;
    bool agrees;

    verify_progress(v, BANTHUEK_ARCHIVE_STAGE_FILE, 0, 0);
    if (!store_check(v->store, v->scratch, &what))
        return false;
    if (what.len > 0)
        verify_tell(v, nowhere, DIAG_ARCHIVE_BAD_FILE, diag_str(v->said, what), NULL, NULL);
    if (!paragraphs_state(v->store, &state))
        return false;
    for (size_t i = 0; i < 2; i++) {
        bool is_ours = i == 0 ? state.words : state.pairs;
        verify_progress(v, BANTHUEK_ARCHIVE_STAGE_INDEX, i, 2);
        if (!store_check_index(v->store, i == 1, &agrees))
            return false;
        if (!agrees)
            verify_tell(v, nowhere, is_ours ? DIAG_ARCHIVE_BAD_INDEX : DIAG_ARCHIVE_UNSURE_INDEX,
                        diag_both(v->said, english[i], thai[i]), NULL, NULL);
    }
    if (!paragraphs_check_blocks(v->store, &agrees))
        return false;
    if (!agrees)
        verify_tell(v, nowhere, DIAG_ARCHIVE_BAD_INDEX, diag_both(v->said, "paragraphs", "ย่อหน้า"),
                    NULL, NULL);
    return true;
}

/* ---- the head that was written down */

static bool
verify_head(struct verifying *v)
{
    const char *head = v->options.head;
    struct str hex;
    struct hash hash;

    if (head == NULL)
        return true;
    if (!hash_read(v->scratch, str_of(head), &hex) || !hash_of_hex(hex, &hash)) {
        diag_add(v->lent.diags, DIAG_ARCHIVE_HEAD_FORM, POS_NONE,
                 diag_str(v->lent.diags, str_of(head)), NULL, NULL);
        return false;
    }
    struct rows rows = store_ask(v->store, STORE_VERIFY_HASH, CELLS(cell_hash(&hash)));
    bool there = rows_next(&rows);
    if (there) {
        v->out->head_entry = (size_t)rows_number(&rows, 1);
        v->out->head_archive = name_of(v, rows_number(&rows, 0));
    }
    if (!rows_end(&rows))
        return false;
    if (!there)
        verify_tell(v, nowhere, DIAG_ARCHIVE_BAD_HEAD, str_cstr(v->scratch, hex), NULL, NULL);
    return true;
}

/* ---- what comes out */

static int
by_entry(const void *a, const void *b)
{
    const struct verify_finding *one = a, *other = b;

    if (one->chain != other->chain)
        return one->chain < other->chain ? -1 : 1;
    return (one->told.entry > other->told.entry) - (one->told.entry < other->told.entry);
}

/* Findings of one entry stay in the order in which they were found. */
static void
sort_findings(struct verifying *v)
{
    struct verify_finding *list = v->findings;

    for (size_t i = 1; i < v->finding_count; i++) {
        struct verify_finding moved = list[i];
        size_t at = i;
        for (; at > 0 && by_entry(&list[at - 1], &moved) > 0; at--)
            list[at] = list[at - 1];
        list[at] = moved;
    }
}

static void
fill_out(struct verifying *v)
{
    struct arena *arena = v->lent.arena;
    struct banthuek_archive_verified *out = v->out;
    struct banthuek_archive_verified_chain *chains =
        arena_array(arena, v->chain_count, sizeof *chains);
    struct banthuek_archive_finding *findings =
        arena_array(arena, v->finding_count, sizeof *findings);

    sort_findings(v);
    for (size_t i = 0; i < v->chain_count; i++)
        chains[i] = v->chains[i].told;
    for (size_t i = 0; i < v->finding_count; i++)
        findings[i] = v->findings[i].told;
    out->chains = chains;
    out->chain_count = v->chain_count;
    out->removals = v->removals;
    out->removal_count = v->removal_count;
    out->findings = findings;
    out->finding_count = v->finding_count;
    out->verdict = out->bad > 0           ? BANTHUEK_VERDICT_BAD
                   : out->cannot_tell > 0 ? BANTHUEK_VERDICT_CANNOT_TELL
                                          : BANTHUEK_VERDICT_GOOD;
}

/* ---- the entries that are asked for */

static bool
find_asked(struct verifying *v, const char *name, struct verify_place *out)
{
    struct named named;
    struct chain_entry entry;

    if (!named_read(v->store, v->scratch, str_of(name), &named))
        return false;
    if (named.n == 0 ? !chain_head(v->store, v->scratch, named.chain, &entry)
                     : !chain_entry(v->store, v->scratch, named.chain, named.n, &entry))
        return false;
    *out = (struct verify_place){named.chain, entry.n};
    if (entry.n == 0)
        diag_add(v->lent.diags, DIAG_ARCHIVE_NO_ENTRY, store_pos(v->store),
                 diag_str(v->lent.diags, str_of(name)), NULL, NULL);
    return entry.n != 0;
}

static bool
read_asked(struct verifying *v)
{
    bool good = true;

    v->asked = arena_array(v->lent.arena, v->options.entry_count, sizeof *v->asked);
    for (size_t i = 0; i < v->options.entry_count && good; i++)
        good = find_asked(v, v->options.entries[i], &v->asked[i]);
    return good;
}

const struct banthuek_archive_verified *
banthuek_archive_verify(struct banthuek *b, struct banthuek_archive *archive,
                        const struct banthuek_archive_verify_options *options)
{
    struct verifying v = {.lent = archive_begin(b, archive), .store = archive->store};

    lent_take(&v.options, sizeof v.options, options);
    v.out = arena_alloc(v.lent.arena, sizeof *v.out);
    v.out->quick = v.options.examine == NULL || (v.options.flags & BANTHUEK_ARCHIVE_QUICK) != 0;
    v.scratch = arena_new(0);
    v.said = diags_new();
    bool good = read_asked(&v) && (v.options.entry_count > 0 || verify_file(&v)) &&
                verify_chains(&v) && verify_head(&v) && verify_contents(&v) && verify_documents(&v);
    if (good)
        fill_out(&v);
    diags_free(v.said);
    arena_free(v.scratch);
    return good ? v.out : NULL;
}
