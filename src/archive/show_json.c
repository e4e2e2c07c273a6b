/* What is known of an entry, as JSON. */
#include "archive/archive.h"
#include "archive/json.h"
#include "base/arena.h"

static void
add_truth(struct buf *out, const char *before, bool truth)
{
    buf_text(out, before);
    buf_text(out, truth ? "true" : "false");
}

static void
add_hash(struct buf *out, const char *before, const char *hash)
{
    archive_json_text(out, before, lent_bytes(str_of(hash)));
}

static void
add_list(struct buf *out, const char *before, const size_t *list, size_t count)
{
    buf_printf(out, "%s[", before);
    for (size_t i = 0; i < count; i++)
        buf_printf(out, "%s%zu", i == 0 ? "" : ", ", list[i]);
    buf_byte(out, ']');
}

static void
add_parts(struct buf *out, const struct banthuek_archive_entry *entry)
{
    buf_text(out, ",\n\"parts\": [");
    for (size_t i = 0; i < entry->part_count; i++) {
        const struct banthuek_archive_part *part = &entry->parts[i];
        archive_json_text(out, i == 0 ? "\n  {\"role\": " : ",\n  {\"role\": ", part->role);
        archive_json_text(out, ", \"name\": ", part->name);
        add_hash(out, ", \"sha256\": ", part->sha256);
        add_truth(out, ", \"there\": ", part->is_there);
        buf_printf(out, ", \"size\": %zu}", part->size);
    }
    buf_byte(out, ']');
}

static void
add_notes(struct buf *out, const struct banthuek_archive_entry *entry)
{
    buf_text(out, ",\n\"notes\": [");
    for (size_t i = 0; i < entry->note_count; i++) {
        const struct banthuek_archive_note *note = &entry->notes[i];
        archive_json_number(out, i == 0 ? "\n  {\"entry\": " : ",\n  {\"entry\": ", note->entry);
        archive_json_text(out, ", \"time\": ", note->time);
        archive_json_text(out, ", \"retention\": ", note->retention);
        archive_json_text(out, ", \"reason\": ", note->reason);
        buf_byte(out, '}');
    }
    buf_byte(out, ']');
}

/* What stands nowhere in the columns, but comes of other entries. */
static void
add_document(struct buf *out, const struct banthuek_archive_entry *entry)
{
    add_hash(out, ",\n\"sha256\": ", entry->sha256);
    buf_printf(out, ", \"size\": %zu", entry->size);
    add_list(out, ",\n\"earlier\": ", entry->earlier, entry->earlier_count);
    archive_json_number(out, ", \"newer\": ", entry->document.newer);
    archive_json_text(out, ", \"retention\": ", entry->document.retention);
    archive_json_number(out, ", \"number_entry\": ", entry->number_entry);
    add_parts(out, entry);
    add_notes(out, entry);
}

static void
add_number(struct buf *out, const struct banthuek_archive_entry *entry)
{
    static const char *const states[] = {[BANTHUEK_NUMBER_GIVEN] = "given",
                                         [BANTHUEK_NUMBER_USED] = "used",
                                         [BANTHUEK_NUMBER_VOID] = "void"};

    buf_printf(out, ",\n\"number_state\": \"%s\"", states[entry->number_state]);
    add_list(out, ", \"documents\": ", entry->documents, entry->document_count);
}

static void
add_columns(struct buf *out, const struct banthuek_archive_entry *entry)
{
    buf_text(out, ",\n\"columns\": ");
    if (entry->columns.size == 0)
        buf_text(out, "null");
    else
        buf_add(out, (struct str){entry->columns.data, entry->columns.size});
}

static void
add_removed(struct buf *out, const struct banthuek_archive_entry *entry)
{
    if (entry->state != BANTHUEK_ENTRY_REMOVED) {
        buf_text(out, ",\n\"removed\": null");
        return;
    }
    archive_json_number(out, ",\n\"removed\": {\"entry\": ", entry->removed_by);
    archive_json_text(out, ", \"time\": ", entry->removed_time);
    archive_json_text(out, ", \"reason\": ", entry->reason);
    archive_json_text(out, ", \"who\": ", entry->who);
    buf_byte(out, '}');
}

void
banthuek_archive_show_json(struct banthuek *b, const struct banthuek_archive_entry *entry,
                           struct banthuek_bytes *json)
{
    static const char *const kinds[] = {
        [BANTHUEK_ENTRY_DOCUMENT] = "document", [BANTHUEK_ENTRY_NUMBER] = "number",
        [BANTHUEK_ENTRY_VOID] = "void",         [BANTHUEK_ENTRY_NOTE] = "note",
        [BANTHUEK_ENTRY_REMOVE] = "remove",     [BANTHUEK_ENTRY_IMPORT] = "import",
        [BANTHUEK_ENTRY_OTHER] = "other"};
    static const char *const states[] = {[BANTHUEK_ENTRY_THERE] = "there",
                                         [BANTHUEK_ENTRY_REMOVED] = "removed",
                                         [BANTHUEK_ENTRY_WITHHELD] = "withheld"};
    struct buf out = buf_in(lent_of(b).arena);
    bool there = entry->state == BANTHUEK_ENTRY_THERE;

    archive_json_number(&out, "{\"entry\": ", entry->entry);
    archive_json_text(&out, ", \"archive\": ", entry->archive);
    archive_json_text(&out, ", \"archive_id\": ", entry->archive_id);
    buf_printf(&out, ",\n\"kind\": \"%s\", \"state\": \"%s\"", kinds[entry->kind],
               states[entry->state]);
    archive_json_text(&out, ", \"time\": ", entry->time);
    add_hash(&out, ",\n\"hash\": ", entry->hash);
    add_hash(&out, ",\n\"previous\": ", entry->previous);
    add_hash(&out, ",\n\"digest\": ", entry->digest);
    add_removed(&out, entry);
    if (there && entry->kind == BANTHUEK_ENTRY_DOCUMENT)
        add_document(&out, entry);
    if (there && entry->kind == BANTHUEK_ENTRY_NUMBER && entry->archive.size == 0)
        add_number(&out, entry);
    add_columns(&out, entry);
    buf_text(&out, "}\n");
    *json = lent_bytes(buf_str(&out));
}
