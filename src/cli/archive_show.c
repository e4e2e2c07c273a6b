/* banthuek archive show ENTRY [--secret] [--format=json], and show --head [ENTRY] [-o FILE] */
#include <stdlib.h>
#include <string.h>

#include "banthuek-archive.h"
#include "cli/archive_text.h"
#include "cli/cli.h"

#define LABEL_COLUMNS 15
#define LINE_COLUMNS 78
#define HASH_GROUP 4 /* digits */
#define HASH_LINE 32

struct printer {
    struct cli_text out;
    const struct cli_args *args;
    const struct banthuek_archive_entry *entry;
};

/* ---- pieces */

static size_t
columns_of(const char *text)
{
    return banthuek_columns((struct banthuek_bytes){text, strlen(text)});
}

static void
add_label(struct printer *p, const char *english, const char *thai)
{
    const char *label = cli_word(p->args, english, thai);
    size_t columns = columns_of(label);

    cli_add(&p->out, "%s:%*s", label, columns < LABEL_COLUMNS ? (int)(LABEL_COLUMNS - columns) : 1,
            "");
}

static void
add_fact(struct printer *p, const char *english, const char *thai, struct banthuek_bytes text)
{
    if (text.size == 0)
        return;
    add_label(p, english, thai);
    cli_archive_text(&p->out, "", text);
    cli_add(&p->out, "\n");
}

/* A hash in groups, in two lines, as people compare them. */
static void
add_hash(struct printer *p, const char *english, const char *thai, const char *hash)
{
    if (hash == NULL)
        return;
    add_label(p, english, thai);
    for (size_t i = 0; hash[i] != '\0'; i++) {
        if (i > 0 && i % HASH_LINE == 0)
            cli_add(&p->out, "\n%*s", LABEL_COLUMNS + 1, "");
        else if (i > 0 && i % HASH_GROUP == 0)
            cli_add(&p->out, " ");
        cli_add(&p->out, "%c", hash[i]);
    }
    cli_add(&p->out, "\n");
}

static void
add_entries(struct printer *p, const char *english, const char *thai, const size_t *list,
            size_t count)
{
    if (count == 0)
        return;
    add_label(p, english, thai);
    for (size_t i = 0; i < count; i++)
        cli_add(&p->out, "%s%s%zu", i == 0 ? "" : ", ",
                i == 0 ? cli_word(p->args, "entry ", "รายการที่ ") : "", list[i]);
    cli_add(&p->out, "\n");
}

static void
add_when(struct printer *p, const char *english, const char *thai,
         const struct banthuek_bytes when[2])
{
    add_fact(p, english, thai, when[p->args->lang]);
}

/* ---- a document */

static void
add_people(struct printer *p)
{
    const struct banthuek_archive_entry *entry = p->entry;

    for (size_t i = 0; i < entry->person_count; i++) {
        const struct banthuek_archive_person *person = &entry->persons[i];
        if (i == 0)
            add_label(p, "people", "ผู้ลงนาม");
        cli_add(&p->out, "%*s", i == 0 ? 0 : LABEL_COLUMNS + 1, "");
        cli_archive_text(&p->out, "", person->name);
        cli_archive_text(&p->out, ", ", person->position);
        cli_archive_text(&p->out, " (", person->role);
        cli_add(&p->out, "%s · %s\n", person->role.size > 0 ? ")" : "",
                person->has_signed
                    ? cli_word(p->args, "signed with a certificate", "ลงนามด้วยใบรับรองแล้ว")
                    : cli_word(p->args, "no certificate", "ไม่มีลายเซ็นด้วยใบรับรอง"));
    }
}

/* As many in a line as there is room for. */
static void
add_scores(struct printer *p)
{
    const struct banthuek_archive_entry *entry = p->entry;
    size_t used = 0;

    for (size_t i = 0; i < entry->score_count; i++) {
        const struct banthuek_archive_score *score = &entry->scores[i];
        size_t columns = banthuek_columns(score->item) + banthuek_columns(score->value) + 3;
        if (i == 0)
            add_label(p, "scores", "คะแนน");
        if (used + columns > LINE_COLUMNS - LABEL_COLUMNS && i > 0) {
            cli_add(&p->out, "\n%*s", LABEL_COLUMNS + 1, "");
            used = 0;
        }
        cli_archive_text(&p->out, used == 0 ? "" : "  ", score->item);
        cli_archive_text(&p->out, " ", score->value);
        used += columns;
    }
    cli_add(&p->out, "%s", entry->score_count > 0 ? "\n" : "");
}

static void
add_part(struct printer *p, const struct banthuek_archive_part *part)
{
    static const char *const roles[][2] = {
        {"report", "รายงาน"}, {"data", "ข้อมูล"},    {"findings", "ผลการตรวจ"}, {"template", "แม่แบบ"},
        {"rubric", "เกณฑ์"},   {"font", "แบบอักษร"}, {"emblem", "ตราครุฑ"},
    };
    const char *role = NULL;

    for (size_t i = 0; i < sizeof roles / sizeof roles[0]; i++) {
        if (strlen(roles[i][0]) == part->role.size &&
            memcmp(roles[i][0], part->role.data, part->role.size) == 0)
            role = cli_word(p->args, roles[i][0], roles[i][1]);
    }
    cli_archive_text(&p->out, "  ", part->name);
    if (role != NULL)
        cli_add(&p->out, ", %s", role);
    else
        cli_archive_text(&p->out, ", ", part->role);
    if (part->is_there)
        cli_add(&p->out, ", %zu %s\n", part->size, cli_word(p->args, "bytes", "ไบต์"));
    else
        cli_add(&p->out, ", %s\n", cli_word(p->args, "MISSING", "ไม่มีในคลัง"));
}

static void
add_parts(struct printer *p)
{
    if (p->entry->part_count == 0)
        return;
    add_label(p, "parts", "แฟ้มประกอบ");
    cli_add(&p->out, "%zu\n", p->entry->part_count);
    for (size_t i = 0; i < p->entry->part_count; i++)
        add_part(p, &p->entry->parts[i]);
}

static void
add_file(struct printer *p)
{
    add_label(p, "file", "แฟ้ม");
    cli_archive_text(&p->out, "", p->entry->document.file);
    cli_add(&p->out, "%s%zu %s\n", p->entry->document.file.size > 0 ? ", " : "", p->entry->size,
            cli_word(p->args, "bytes", "ไบต์"));
}

static void
add_versions(struct printer *p)
{
    const struct banthuek_archive_entry *entry = p->entry;
    bool told = false;

    add_entries(p, "replaced by", "มีฉบับใหม่คือ", &entry->document.newer, entry->document.newer > 0);
    for (size_t i = 0; i < entry->earlier_count; i++)
        told = told || entry->earlier[i] == entry->supersedes;
    add_entries(p, "in place of", "แทนฉบับเดิม", entry->earlier, entry->earlier_count);
    if (entry->supersedes > 0 && !told)
        add_entries(p, "made after", "ทำต่อจาก", &entry->supersedes, 1);
}

static const char *
state_of(const struct printer *p)
{
    static const char *const states[][2] = {
        [BANTHUEK_NUMBER_GIVEN] = {"not used yet", "ยังไม่ใช้"},
        [BANTHUEK_NUMBER_USED] = {"used", "ใช้แล้ว"},
        [BANTHUEK_NUMBER_VOID] = {"void", "ยกเลิก"},
    };
    const char *const *state = states[p->entry->number_state];

    return cli_word(p->args, state[0], state[1]);
}

static void
add_retention(struct printer *p)
{
    const struct banthuek_archive_entry *entry = p->entry;

    add_label(p, "kept", "เก็บไว้");
    cli_archive_kept(&p->out, p->args, entry->document.retention);
    cli_add(&p->out, "\n");
    for (size_t i = 0; i < entry->note_count; i++) {
        const struct banthuek_archive_note *note = &entry->notes[i];
        cli_add(&p->out, "  %s %zu: ", cli_word(p->args, "entry", "รายการที่"), note->entry);
        cli_archive_kept(&p->out, p->args, note->retention);
        cli_archive_text(&p->out, " · ", note->reason);
        cli_add(&p->out, "\n");
    }
}

static void
add_document(struct printer *p)
{
    const struct banthuek_archive_item *document = &p->entry->document;

    add_file(p);
    add_fact(p, "agency", "หน่วยงาน", document->agency);
    add_fact(p, "office", "ส่วนราชการ", p->entry->office);
    add_fact(p, "number", "ที่", document->number);
    add_fact(p, "date", "ลงวันที่", document->date);
    if (document->year > 0) {
        add_label(p, "year", "ปี");
        cli_add(&p->out, "%d\n", document->year);
    }
    add_fact(p, "subject", "เรื่อง", document->subject);
    add_fact(p, "classified", "ชั้นความลับ", document->secret);
    add_fact(p, "template", "แม่แบบ", document->kind);
    add_fact(p, "level", "ผล", document->level);
    add_fact(p, "score", "คะแนนรวม", document->score);
    add_scores(p);
    add_people(p);
    if (p->entry->is_scan) {
        add_label(p, "scan", "ฉบับสแกน");
        cli_add(&p->out, "%s\n",
                cli_word(p->args, "of the paper that was signed", "ของกระดาษที่ลงนามแล้ว"));
    }
    add_fact(p, "code", "รหัสบนกระดาษ", p->entry->code);
    add_versions(p);
    if (p->entry->number_entry > 0) {
        add_label(p, "register", "ทะเบียนส่ง");
        cli_add(&p->out, "%s %zu · %s\n", cli_word(p->args, "entry", "รายการที่"),
                p->entry->number_entry, state_of(p));
    }
    add_retention(p);
    add_parts(p);
    add_hash(p, "SHA-256", "SHA-256", p->entry->sha256);
}

/* ---- other entries */

static void
add_about(struct printer *p, const char *english, const char *thai)
{
    add_entries(p, english, thai, &p->entry->about, p->entry->about > 0);
    add_fact(p, "reason", "เหตุผล", p->entry->reason);
    add_fact(p, "by", "ผู้สั่ง", p->entry->who);
}

static void
add_number(struct printer *p)
{
    const struct banthuek_archive_entry *entry = p->entry;

    add_label(p, "number", "เลขทะเบียนส่ง");
    cli_add(&p->out, "%zu %s %d", entry->number, cli_word(p->args, "of", "ปี"),
            entry->document.year);
    if (entry->kind == BANTHUEK_ENTRY_NUMBER && entry->archive.size == 0)
        cli_add(&p->out, " · %s", state_of(p));
    cli_add(&p->out, "\n");
    add_fact(p, "agency", "หน่วยงาน", entry->document.agency);
    if (entry->kind == BANTHUEK_ENTRY_NUMBER)
        add_fact(p, "shown as", "ที่", entry->shown);
    add_fact(p, "date", "ลงวันที่", entry->document.date);
    add_fact(p, "office", "ส่วนราชการ", entry->office);
    add_fact(p, "to", "ถึง", entry->to);
    add_fact(p, "subject", "เรื่อง", entry->document.subject);
    add_fact(p, "classified", "ชั้นความลับ", entry->document.secret);
    add_fact(p, "file", "แฟ้ม", entry->document.file);
    add_entries(p, "documents", "เอกสาร", entry->documents, entry->document_count);
    add_about(p, "given by", "ออกเลขโดย");
}

static void
add_note(struct printer *p)
{
    add_label(p, "kept", "เก็บไว้");
    cli_archive_kept(&p->out, p->args, p->entry->document.retention);
    cli_add(&p->out, "\n");
    add_about(p, "document", "เอกสาร");
}

static void
add_chains(struct printer *p)
{
    for (size_t i = 0; i < p->entry->chain_count; i++) {
        const struct banthuek_archive_chain *chain = &p->entry->chains[i];
        add_fact(p, "archive", "คลัง", chain->name);
        add_fact(p, "its id", "รหัสคลัง", chain->archive_id);
        add_label(p, "entries", "รายการ");
        cli_add(&p->out, "%zu\n", chain->entries);
        add_hash(p, "head", "แฮช", chain->head.data);
    }
}

/* ---- the entry */

static void
add_title(struct printer *p)
{
    static const char *const kinds[][2] = {
        [BANTHUEK_ENTRY_DOCUMENT] = {"document", "เอกสาร"},
        [BANTHUEK_ENTRY_NUMBER] = {"number of the register", "ออกเลขทะเบียนส่ง"},
        [BANTHUEK_ENTRY_VOID] = {"number made void", "ยกเลิกเลขทะเบียนส่ง"},
        [BANTHUEK_ENTRY_NOTE] = {"how long a document is kept", "กำหนดเวลาเก็บ"},
        [BANTHUEK_ENTRY_REMOVE] = {"removal of a document", "ลบเอกสาร"},
        [BANTHUEK_ENTRY_IMPORT] = {"import of an archive", "นำเข้าคลังอื่น"},
        [BANTHUEK_ENTRY_OTHER] = {"of a kind unknown here", "ชนิดที่โปรแกรมรุ่นนี้ไม่รู้จัก"},
    };
    const struct banthuek_archive_entry *entry = p->entry;

    cli_add(&p->out, "%s %zu", cli_word(p->args, "entry", "รายการที่"), entry->entry);
    cli_archive_text(&p->out, "@", entry->archive);
    cli_add(&p->out, " · %s\n", cli_word(p->args, kinds[entry->kind][0], kinds[entry->kind][1]));
}

static void
add_gone(struct printer *p)
{
    const struct banthuek_archive_entry *entry = p->entry;

    if (entry->state == BANTHUEK_ENTRY_WITHHELD) {
        add_label(p, "not here", "ไม่มีที่นี่");
        cli_add(&p->out, "%s\n",
                cli_word(p->args, "classified, and left out of what was imported",
                         "มีชั้นความลับ ชุดที่นำเข้าจึงไม่ได้ใส่มา"));
        return;
    }
    add_entries(p, "removed by", "ลบแล้วโดย", &entry->removed_by, 1);
    add_when(p, "removed on", "เวลาที่ลบ", entry->removed_when);
    add_about(p, "", "");
}

static void
add_said(struct printer *p)
{
    switch (p->entry->kind) {
    case BANTHUEK_ENTRY_DOCUMENT:
        add_document(p);
        break;
    case BANTHUEK_ENTRY_NUMBER:
    case BANTHUEK_ENTRY_VOID:
        add_number(p);
        break;
    case BANTHUEK_ENTRY_NOTE:
        add_note(p);
        break;
    case BANTHUEK_ENTRY_REMOVE:
        add_about(p, "document", "เอกสาร");
        break;
    case BANTHUEK_ENTRY_IMPORT:
        add_chains(p);
        break;
    default:
        add_fact(p, "says", "ข้อมูล", p->entry->columns);
    }
}

static bool
show(struct banthuek *b, const struct cli_args *args, struct banthuek_archive *archive)
{
    struct printer p = {.args = args};
    struct banthuek_bytes json;

    p.entry = banthuek_archive_show(b, archive, args->operand,
                                    args->search.with_secret ? BANTHUEK_ENTRY_SECRET : 0);
    if (p.entry == NULL)
        return false;
    if (args->json) {
        banthuek_archive_show_json(b, p.entry, &json);
        return cli_put(b, args, json);
    }
    add_title(&p);
    add_when(&p, "time", "เวลา", p.entry->when);
    if (p.entry->state == BANTHUEK_ENTRY_THERE)
        add_said(&p);
    else
        add_gone(&p);
    add_hash(&p, "hash", "แฮช", p.entry->hash);
    add_hash(&p, "hash before", "แฮชก่อนหน้า", p.entry->previous);
    return cli_put_text(b, args, &p.out);
}

/* ---- the head */

static void
add_head(struct printer *p, const struct banthuek_archive_head *head)
{
    const struct cli_args *args = p->args;

    cli_add(
        &p->out, "%s\n\n",
        cli_word(args, "The head of an archive of banthuek", "แฮชของรายการในคลังเอกสาร banthuek"));
    add_fact(p, "archive", "คลัง", head->archive);
    add_fact(p, "its id", "รหัสคลัง", head->archive_id);
    add_label(p, "entry", "รายการที่");
    cli_add(&p->out, "%zu\n", head->entry);
    add_fact(p, "time", "เวลา", head->when[args->lang]);
    add_hash(p, "hash", "แฮช", head->hash);
    if (head->entry == 0)
        return;
    cli_add(
        &p->out,
        args->lang == BANTHUEK_THAI
            ? "\nแฮชนี้คำนวณจากรายการที่ 1 ถึง %zu ถ้าไม่มีรายการใดถูกแก้ ตัดออก หรือแทรก คำสั่ง\n"
              "banthuek archive show --head "
            : "\nThe hash is made of entries 1 to %zu. As long as none of them is changed, left\n"
              "out or put in, banthuek archive show --head ",
        head->entry);
    cli_archive_text(&p->out, "", head->name);
    cli_add(
        &p->out, "%s\n",
        cli_word(args,
                 " prints the same, and banthuek\narchive verify --head FILE finds it, with this "
                 "text in a file.",
                 " จะแสดงแฮชเดียวกัน และถ้าเก็บข้อความนี้ไว้เป็นแฟ้ม\nจะตรวจได้ด้วย banthuek archive verify "
                 "--head แฟ้มนี้"));
}

static void
add_json(struct printer *p, const struct banthuek_archive_head *head)
{
    char *archive = strndup(head->archive.data, head->archive.size);

    if (archive == NULL)
        cli_out_of_memory(head->archive.size);
    cli_add(&p->out, "{\"entry\": %zu", head->entry);
    cli_add_json(&p->out, ", \"archive\": ", head->archive.size == 0 ? NULL : archive);
    cli_add_json(&p->out, ", \"archive_id\": ", head->archive_id.data);
    cli_add_json(&p->out, ", \"time\": ", head->time.size == 0 ? NULL : head->time.data);
    cli_add_json(&p->out, ", \"hash\": ", head->hash);
    cli_add(&p->out, "}\n");
    free(archive);
}

static bool
show_head(struct banthuek *b, const struct cli_args *args, struct banthuek_archive *archive)
{
    struct printer p = {.args = args};
    const struct banthuek_archive_head *head =
        banthuek_archive_head(b, archive, args->operand == NULL ? "" : args->operand);

    if (head == NULL)
        return false;
    if (args->json)
        add_json(&p, head);
    else
        add_head(&p, head);
    return cli_put_text(b, args, &p.out);
}

int
cli_archive_show(const struct cli_args *args)
{
    const struct banthuek_archive_options options = {
        .struct_size = sizeof options, .path = args->archive, .mode = BANTHUEK_ARCHIVE_READ};

    if (args->operand == NULL && !args->entry.head)
        return cli_wrong_usage(args, "archive show: name an entry, as 12",
                               "archive show: กรุณาระบุรายการ เช่น 12");
    struct banthuek *b = banthuek_open(args->context, &args->options);
    struct banthuek_archive *archive = banthuek_archive_open(b, &options);
    bool good = archive != NULL &&
                (args->entry.head ? show_head(b, args, archive) : show(b, args, archive));
    banthuek_archive_close(archive);
    return cli_end(b, args, good);
}
