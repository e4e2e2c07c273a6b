/* The routes of PDFs for programs: src/cli/routing.schema.json. */
#include "banthuek-sign.h"
#include "base/str.h"
#include "engine/report.h"
#include "inspect/json.h"

static const char *const states[] = {
    [BANTHUEK_ROLE_WAITING] = "waiting",   [BANTHUEK_ROLE_NEXT] = "next",
    [BANTHUEK_ROLE_SIGNED] = "signed",     [BANTHUEK_ROLE_REFUSED] = "refused",
    [BANTHUEK_ROLE_RETURNED] = "returned", [BANTHUEK_ROLE_SKIPPED] = "skipped",
};

/* "one" stands in the sentence that these make with "other". */
static const char *const relations[] = {
    [BANTHUEK_IDENTICAL] = "identical", [BANTHUEK_CONTINUES] = "continues",
    [BANTHUEK_CONTINUED] = "continued", [BANTHUEK_BRANCHES] = "branches",
    [BANTHUEK_REPLACES] = "replaces",   [BANTHUEK_REPLACED] = "replaced",
};

static void
add_role(struct buf *out, const struct banthuek_role *role)
{
    json_add_text(out, "{", "role", role->role);
    json_add_text(out, ", ", "title", role->title);
    json_add_text(out, ", ", "name", role->name);
    json_add_text(out, ", ", "position", role->position);
    json_add_text(out, ", ", "acting", role->acting);
    json_add_text(out, ", ", "acting_for", role->acting_for);
    json_add_text(out, ", ", "certificate", role->certificate);
    buf_printf(out, ", \"state\": \"%s\"", states[role->state]);
    json_add_text(out, ", ", "opinion", role->opinion);
    json_add_truth(out, ", ", "unclear", banthuek_answer_of(role->opinion) == BANTHUEK_UNCLEAR);
    json_add_text(out, ", ", "signer", role->signer);
    json_add_text(out, ", ", "date", role->date);
    json_add_text(out, ", ", "time", role->time);
    buf_byte(out, '}');
}

static void
add_file(struct buf *out, const struct banthuek_routing *routing)
{
    json_add_text(out, "{", "file", bytes_of(str_of(routing->file)));
    json_add_truth(out, ", ", "ended", routing->ended);
    json_add_text(out, ", ", "number", routing->number);
    json_add_text(out, ", ", "date", routing->date);
    json_add_text(out, ", ", "replaces", routing->replaces);
    buf_text(out, ",\n \"roles\": [");
    for (size_t i = 0; i < routing->role_count; i++) {
        buf_text(out, i == 0 ? "\n  " : ",\n  ");
        add_role(out, routing->roles[i]);
    }
    buf_text(out, "],\n \"revisions\": [");
    for (size_t i = 0; i < routing->revision_count; i++) {
        buf_printf(out, "%s{\"size\": %zu", i == 0 ? "\n  " : ",\n  ", routing->revisions[i]->size);
        json_add_text(out, ", ", "sha256", routing->revisions[i]->sha256);
        buf_byte(out, '}');
    }
    buf_text(out, "]}");
}

static void
add_relations(struct buf *out, const struct banthuek_routing *const *routings, size_t count)
{
    const char *before = "";

    for (size_t i = 0; i < count; i++) {
        for (size_t j = i + 1; j < count; j++) {
            enum banthuek_relation relation = banthuek_relation_of(routings[i], routings[j]);
            if (relation == BANTHUEK_UNRELATED)
                continue;
            buf_text(out, before);
            json_add_text(out, "\n{", "one", bytes_of(str_of(routings[i]->file)));
            buf_printf(out, ", \"relation\": \"%s\"", relations[relation]);
            json_add_text(out, ", ", "other", bytes_of(str_of(routings[j]->file)));
            buf_byte(out, '}');
            before = ",";
        }
    }
}

void
banthuek_routing_json(struct banthuek *b, const struct banthuek_routing *const *routings,
                      size_t count, enum banthuek_lang lang, struct banthuek_bytes *json)
{
    struct buf out = buf_in(b->work.arena);
    struct banthuek_bytes messages;

    buf_text(&out, "{\n\"files\": [");
    for (size_t i = 0; i < count; i++) {
        buf_text(&out, i == 0 ? "\n" : ",\n");
        add_file(&out, routings[i]);
    }
    buf_text(&out, "],\n\"relations\": [");
    add_relations(&out, routings, count);
    banthuek_messages_json(b, lang, &messages);
    buf_printf(&out, "],\n\"messages\": %.*s}\n", (int)messages.size, messages.data);
    *json = bytes_of(buf_str(&out));
}
