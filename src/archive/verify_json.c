/* What was found of an archive as JSON. */
#include "archive/archive.h"
#include "base/arena.h"
#include "value/json_write.h"

static void
add_text(struct buf *out, const char *before, struct banthuek_bytes text)
{
    buf_text(out, before);
    if (text.size == 0)
        buf_text(out, "null");
    else
        json_add_string(out, (struct str){text.data, text.size});
}

static void
add_chains(struct buf *out, const struct banthuek_archive_verified *verified)
{
    buf_text(out, ",\n\"chains\": [");
    for (size_t i = 0; i < verified->chain_count; i++) {
        const struct banthuek_archive_verified_chain *chain = &verified->chains[i];
        buf_text(out, i == 0 ? "\n" : ",\n");
        add_text(out, "  {\"archive\": ", lent_bytes(str_of(chain->id)));
        add_text(out, ", \"name\": ", chain->name);
        buf_printf(out, ", \"own\": %s, \"entries\": %zu, \"removed\": %zu, \"withheld\": %zu",
                   chain->own ? "true" : "false", chain->entries, chain->removed, chain->withheld);
        add_text(out, ", \"head\": ", lent_bytes(str_of(chain->head)));
        add_text(out, ", \"time\": ", chain->time);
        buf_byte(out, '}');
    }
    buf_byte(out, ']');
}

static void
add_removals(struct buf *out, const struct banthuek_archive_verified *verified)
{
    buf_text(out, ",\n\"removals\": [");
    for (size_t i = 0; i < verified->removal_count; i++) {
        const struct banthuek_archive_removal *removal = &verified->removals[i];
        buf_printf(out, "%s  {\"entry\": %zu, \"by\": %zu", i == 0 ? "\n" : ",\n", removal->entry,
                   removal->by);
        add_text(out, ", \"archive\": ", removal->archive);
        add_text(out, ", \"time\": ", removal->time);
        add_text(out, ", \"who\": ", removal->who);
        add_text(out, ", \"reason\": ", removal->reason);
        buf_byte(out, '}');
    }
    buf_byte(out, ']');
}

static void
add_findings(struct buf *out, const struct banthuek_archive_verified *verified,
             enum banthuek_lang lang)
{
    buf_text(out, ",\n\"findings\": [");
    for (size_t i = 0; i < verified->finding_count; i++) {
        const struct banthuek_archive_finding *finding = &verified->findings[i];
        buf_printf(out,
                   "%s  {\"verdict\": \"%s\", \"code\": \"%s\", \"entry\": ", i == 0 ? "\n" : ",\n",
                   finding->level == BANTHUEK_ERROR ? "bad" : "cannot-tell", finding->code);
        if (finding->entry == 0)
            buf_text(out, "null");
        else
            buf_printf(out, "%zu", finding->entry);
        add_text(out, ", \"archive\": ", finding->archive);
        add_text(out, ", \"message\": ", finding->text[lang == BANTHUEK_THAI]);
        buf_byte(out, '}');
    }
    buf_byte(out, ']');
}

void
banthuek_archive_verify_json(struct banthuek *b, const struct banthuek_archive_verified *verified,
                             enum banthuek_lang lang, struct banthuek_bytes *json)
{
    static const char *const verdicts[] = {[BANTHUEK_VERDICT_GOOD] = "good",
                                           [BANTHUEK_VERDICT_BAD] = "bad",
                                           [BANTHUEK_VERDICT_CANNOT_TELL] = "cannot-tell"};
    struct buf out = buf_in(lent_of(b).arena);

    buf_printf(&out, "{\"verdict\": \"%s\", \"bad\": %zu, \"cannot_tell\": %zu, \"quick\": %s",
               verdicts[verified->verdict], verified->bad, verified->cannot_tell,
               verified->quick ? "true" : "false");
    buf_printf(&out, ",\n\"documents\": %zu, \"contents\": %zu, \"examined\": %zu, \"before\": %zu",
               verified->documents, verified->contents, verified->examined, verified->before);
    buf_printf(&out, ",\n\"signatures\": {\"good\": %zu, \"bad\": %zu, \"cannot_tell\": %zu}",
               verified->signed_good, verified->signed_bad, verified->signed_unsure);
    buf_printf(&out,
               ",\n\"made_again\": {\"same_bytes\": %zu, \"same_pages\": %zu, \"other\": %zu, "
               "\"cannot_tell\": %zu, \"without_data\": %zu, \"scans\": %zu}",
               verified->same_bytes, verified->same_pages, verified->other, verified->unsure,
               verified->without_data, verified->scans);
    if (verified->head_entry == 0)
        buf_text(&out, ",\n\"head_entry\": null");
    else
        buf_printf(&out, ",\n\"head_entry\": %zu", verified->head_entry);
    add_text(&out, ", \"head_archive\": ", verified->head_archive);
    add_chains(&out, verified);
    add_removals(&out, verified);
    add_findings(&out, verified, lang);
    buf_text(&out, "}\n");
    *json = lent_bytes(buf_str(&out));
}
