/* What was found by verifying, for programs: src/cli/verify.schema.json. */
#include "banthuek-sign.h"
#include "engine/report.h"
#include "inspect/json.h"
#include "value/json_write.h"

static const char *const verdict_names[] = {"good", "bad", "cannot-tell"};
static const char *const unchanged_names[] = {"yes", "allowed-additions", "no", "unsure"};
static const char *const whose_names[] = {"known", "unknown", "not-accepted"};
static const char *const level_names[] = {"none", "B-B", "B-T", "B-LT", "B-LTA"};
static const char *const remark_names[] = {"note", "warning", "error"};

static void
add_name(struct buf *out, const char *before, const char *key, const char *name)
{
    buf_printf(out, "%s\"%s\": \"%s\"", before, key, name);
}

static void
add_remarks(struct buf *out, const char *before, const struct banthuek_remark *const *remarks,
            size_t count, enum banthuek_lang lang)
{
    buf_printf(out, "%s\"remarks\": [", before);
    for (size_t i = 0; i < count; i++) {
        add_name(out, i == 0 ? "\n  {" : ",\n  {", "level", remark_names[remarks[i]->level]);
        add_name(out, ", ", "code", remarks[i]->code);
        json_add_text(out, ", ", "text", remarks[i]->text[lang == BANTHUEK_THAI]);
        json_add_truth(out, ", ", "detail", remarks[i]->is_detail);
        buf_byte(out, '}');
    }
    buf_byte(out, ']');
}

static void
add_certificate(struct buf *out, const struct banthuek_verified_signature *s)
{
    buf_text(out, ",\n  \"certificate\": ");
    if (s->sha256.size == 0) {
        buf_text(out, "null");
        return;
    }
    json_add_text(out, "{", "subject", s->signer);
    json_add_text(out, ", ", "issuer", s->issuer);
    json_add_text(out, ", ", "sha256", s->sha256);
    json_add_text(out, ", ", "valid_from", s->valid_from);
    json_add_text(out, ", ", "valid_to", s->valid_to);
    buf_byte(out, '}');
}

static void
add_signature(struct buf *out, const struct banthuek_verified_signature *s, enum banthuek_lang lang)
{
    json_add_text(out, "{", "field", s->field);
    json_add_text(out, ", ", "role", s->role);
    add_name(out, ", ", "kind", s->is_time_stamp ? "time-stamp" : "signature");
    add_name(out, ",\n  ", "unchanged", unchanged_names[s->unchanged]);
    add_name(out, ", ", "whose", whose_names[s->whose]);
    add_name(out, ", ", "level", level_names[s->level]);
    json_add_text(out, ", ", "missing", s->missing[lang == BANTHUEK_THAI]);
    add_certificate(out, s);
    json_add_text(out, ",\n  ", "opinion", s->opinion);
    json_add_text(out, ", ", "signs_for", s->signs_for);
    json_add_text(out, ", ", "claimed", s->claimed);
    json_add_text(out, ", ", "proven", s->proven);
    json_add_text(out, ",\n  ", "name", s->name);
    json_add_text(out, ", ", "reason", s->reason);
    json_add_text(out, ", ", "location", s->location);
    json_add_text(out, ", ", "format", s->format);
    json_add_text(out, ", ", "digest", s->digest);
    json_add_text(out, ", ", "key", s->key);
    if (s->page == 0)
        buf_text(out, ",\n  \"page\": null");
    else
        buf_printf(out, ",\n  \"page\": %zu", s->page);
    buf_printf(out, ", \"covers\": %zu", s->covers);
    json_add_truth(out, ", ", "covers_all", s->covers_all);
    add_remarks(out, ",\n  ", s->remarks, s->remark_count, lang);
    buf_byte(out, '}');
}

static void
add_memo(struct buf *out, const struct banthuek_verified *v)
{
    buf_text(out, ",\n\"memo\": ");
    if (!v->is_ours) {
        buf_text(out, "null");
        return;
    }
    add_name(out, "{", "pages", v->compared ? json_again_name(v->again) : "not-compared");
    buf_text(out, ", \"waiting\": [");
    for (size_t i = 0; i < v->waiting_count; i++) {
        json_add_text(out, i == 0 ? "{" : ", {", "role", v->waiting[i]->role);
        json_add_text(out, ", ", "title", v->waiting[i]->title);
        json_add_text(out, ", ", "name", v->waiting[i]->name);
        buf_byte(out, '}');
    }
    buf_text(out, "]}");
}

static void
add_verified(struct buf *out, const struct banthuek_verified *v, enum banthuek_lang lang)
{
    add_name(out, ",\n", "verdict", verdict_names[v->verdict]);
    json_add_text(out, ",\n", "why", v->why[lang == BANTHUEK_THAI]);
    json_add_text(out, ",\n", "at", v->at);
    buf_text(out, ",\n\"signatures\": [");
    for (size_t i = 0; i < v->signature_count; i++) {
        buf_text(out, i == 0 ? "\n" : ",\n");
        add_signature(out, v->signatures[i], lang);
    }
    buf_byte(out, ']');
    add_remarks(out, ",\n", v->remarks, v->remark_count, lang);
    add_memo(out, v);
}

void
banthuek_verify_json(struct banthuek *b, const char *file, const struct banthuek_verified *verified,
                     enum banthuek_lang lang, struct banthuek_bytes *json)
{
    struct buf out = buf_in(b->work.arena);
    struct banthuek_bytes messages;

    buf_text(&out, "{\n\"file\": ");
    json_add_string(&out, str_of(file));
    json_add_truth(&out, ",\n", "readable", verified != NULL);
    if (verified != NULL)
        add_verified(&out, verified, lang);
    banthuek_messages_json(b, lang, &messages);
    buf_printf(&out, ",\n\"messages\": %.*s}\n", (int)messages.size, messages.data);
    *json = bytes_of(buf_str(&out));
}
