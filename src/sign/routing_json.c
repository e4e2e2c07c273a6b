/* The routes of PDFs for programs: src/cli/routing.schema.json. */
#include "banthuek-sign.h"
#include "engine/report.h"
#include "value/json_write.h"

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

/* A text, or null when there is none. */
static void
add_text(struct buf *out, const char *before, const char *key, struct banthuek_bytes text)
{
    buf_printf(out, "%s\"%s\": ", before, key);
    if (text.size == 0)
        buf_text(out, "null");
    else
        json_add_string(out, (struct str){text.data, text.size});
}

static void
add_role(struct buf *out, const struct banthuek_role *role)
{
    add_text(out, "{", "role", role->role);
    add_text(out, ", ", "title", role->title);
    add_text(out, ", ", "name", role->name);
    add_text(out, ", ", "position", role->position);
    add_text(out, ", ", "acting", role->acting);
    add_text(out, ", ", "acting_for", role->acting_for);
    add_text(out, ", ", "certificate", role->certificate);
    buf_printf(out, ", \"state\": \"%s\"", states[role->state]);
    add_text(out, ", ", "opinion", role->opinion);
    add_text(out, ", ", "signer", role->signer);
    add_text(out, ", ", "date", role->date);
    add_text(out, ", ", "time", role->time);
    buf_byte(out, '}');
}

static void
add_file(struct buf *out, const struct banthuek_routing *routing)
{
    add_text(out, "{", "file", bytes_of(str_of(routing->file)));
    buf_printf(out, ", \"ended\": %s", routing->ended ? "true" : "false");
    add_text(out, ", ", "number", routing->number);
    add_text(out, ", ", "date", routing->date);
    add_text(out, ", ", "replaces", routing->replaces);
    buf_text(out, ",\n \"roles\": [");
    for (size_t i = 0; i < routing->role_count; i++) {
        buf_text(out, i == 0 ? "\n  " : ",\n  ");
        add_role(out, routing->roles[i]);
    }
    buf_text(out, "],\n \"revisions\": [");
    for (size_t i = 0; i < routing->revision_count; i++) {
        buf_printf(out, "%s{\"size\": %zu", i == 0 ? "\n  " : ",\n  ", routing->revisions[i]->size);
        add_text(out, ", ", "sha256", routing->revisions[i]->sha256);
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
            add_text(out, "\n{", "one", bytes_of(str_of(routings[i]->file)));
            buf_printf(out, ", \"relation\": \"%s\"", relations[relation]);
            add_text(out, ", ", "other", bytes_of(str_of(routings[j]->file)));
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
