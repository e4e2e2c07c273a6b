/* What is true of the signatures of a PDF, as text for a terminal: the answer first, then a block
 * for each. */
#include <string.h>

#include "banthuek-sign.h"
#include "cli/cli.h"

#define LABEL_COLUMNS 16
#define NOTES_TOLD 12 /* of one signature */

struct report {
    struct cli_text *out;
    const struct cli_args *args;
};

struct words {
    const char *english, *thai;
};

static const struct words verdicts[] = {
    [BANTHUEK_VERDICT_GOOD] = {"GOOD", "ใช้ได้"},
    [BANTHUEK_VERDICT_BAD] = {"BAD", "ใช้ไม่ได้"},
    [BANTHUEK_VERDICT_CANNOT_TELL] = {"CANNOT TELL", "ยังบอกไม่ได้"},
};

static const struct words unchanged[] = {
    [BANTHUEK_UNCHANGED] = {"yes", "ไม่ถูกแก้ไข"},
    [BANTHUEK_UNCHANGED_ADDITIONS] = {"yes, with allowed additions later",
                                      "ไม่ถูกแก้ไข มีเพียงสิ่งที่เพิ่มภายหลังตามที่อนุญาต"},
    [BANTHUEK_CHANGED] = {"NO", "ถูกแก้ไข"},
    [BANTHUEK_UNCHANGED_UNSURE] = {"CANNOT BE READ FOR SURE", "อ่านให้แน่ใจไม่ได้"},
};

static const struct words whose[] = {
    [BANTHUEK_WHOSE_KNOWN] = {"known", "ทราบผู้รับรอง"},
    [BANTHUEK_WHOSE_UNKNOWN] = {"UNKNOWN", "ยังไม่ทราบผู้รับรอง"},
    [BANTHUEK_WHOSE_NOT_ACCEPTED] = {"NOT ACCEPTED", "รับไม่ได้"},
};

static const char *const levels[] = {
    [BANTHUEK_PADES_NONE] = NULL,         [BANTHUEK_PADES_B] = "PAdES B-B",
    [BANTHUEK_PADES_T] = "PAdES B-T",     [BANTHUEK_PADES_LT] = "PAdES B-LT",
    [BANTHUEK_PADES_LTA] = "PAdES B-LTA",
};

static const char *
word(const struct report *r, struct words words)
{
    return cli_word(r->args, words.english, words.thai);
}

/* A sentence of the library's, whole; what it tells out of the PDF drives no terminal. */
static void
add_sentence(const struct report *r, struct banthuek_bytes text)
{
    char plain[CLI_SHOWN / 2], shown[CLI_SHOWN];
    size_t len = text.size < sizeof plain ? text.size : sizeof plain - 1;

    memcpy(plain, text.data, len);
    plain[len] = '\0';
    cli_add(r->out, "%s", banthuek_show(plain, shown, sizeof shown));
}

/* Columns that a text takes: marks above and below Thai letters take none. */
static size_t
columns(const char *text)
{
    size_t count = 0;

    for (; *text != '\0'; text++) {
        unsigned char first = (unsigned char)text[0], last = (unsigned char)text[1];
        if ((first & 0xC0) == 0x80)
            continue;
        unsigned char third = first == 0xE0 ? (unsigned char)text[2] : 0;
        bool mark = (last == 0xB8 && (third == 0xB1 || (third >= 0xB4 && third <= 0xBA))) ||
                    (last == 0xB9 && third >= 0x87 && third <= 0x8E);
        count += first != 0xE0 || !mark;
    }
    return count;
}

static void
add_label(const struct report *r, const char *english, const char *thai)
{
    const char *label = cli_word(r->args, english, thai);
    size_t width = columns(label);

    cli_add(r->out, "   %s%*s", label, (int)(width < LABEL_COLUMNS ? LABEL_COLUMNS - width : 1),
            "");
}

static void
add_named(const struct report *r, const char *english, const char *thai, struct banthuek_bytes text)
{
    if (text.size == 0)
        return;
    add_label(r, english, thai);
    cli_add_foreign(r->out, text);
    cli_add(r->out, "\n");
}

static void
add_when(const struct report *r, const struct banthuek_verified_signature *s)
{
    int lang = r->args->lang == BANTHUEK_THAI;
    bool is_proven = !s->is_time_stamp && s->proven.size > 0;

    if (s->claimed.size + s->proven.size == 0)
        return;
    add_label(r, "time", "เวลา");
    add_sentence(r, s->claimed.size > 0 ? s->claimed_text[lang] : s->proven_text[lang]);
    if (is_proven) {
        cli_add(r->out, "%s", cli_word(r->args, "; proven: there at ", " พิสูจน์ได้ว่ามีแล้วเมื่อ "));
        add_sentence(r, s->proven_text[lang]);
    } else if (!s->is_time_stamp) {
        cli_add(r->out, " %s", cli_word(r->args, "(claimed)", "(ตามที่ลายเซ็นระบุ)"));
    }
    cli_add(r->out, "\n");
}

static void
add_level(const struct report *r, const struct banthuek_verified_signature *s)
{
    const struct banthuek_bytes *missing = &s->missing[r->args->lang == BANTHUEK_THAI];

    if (s->is_time_stamp)
        return;
    add_label(r, "level", "ระดับ");
    cli_add(r->out, "%s",
            levels[s->level] == NULL ? cli_word(r->args, "none of PAdES", "ไม่อยู่ในระดับของ PAdES")
                                     : levels[s->level]);
    if (missing->size > 0) {
        cli_add(r->out, "%s", cli_word(r->args, "; for the next: ", " ระดับถัดไปต้องมี"));
        add_sentence(r, *missing);
    }
    cli_add(r->out, "\n");
}

static void
add_owner(const struct report *r, const struct banthuek_verified_signature *s)
{
    add_label(r, "whose", "ของผู้ใด");
    cli_add(r->out, "%s", word(r, whose[s->whose]));
    if (s->signer.size > 0) {
        cli_add(r->out, ": ");
        cli_add_foreign(r->out, s->signer);
        cli_add(r->out, "%s", cli_word(r->args, ", issued by ", " ออกโดย "));
        cli_add_foreign(r->out, s->issuer);
    }
    cli_add(r->out, "\n");
    if (s->signs_for.size == 0)
        return;
    add_label(r, "signs for", "ลงนามแทน");
    cli_add_foreign(r->out, s->signs_for);
    cli_add(r->out, "\n");
}

static void
add_covers(const struct report *r, const struct banthuek_verified_signature *s)
{
    add_label(r, "covers", "ครอบคลุม");
    if (s->covers_all)
        cli_add(r->out, "%s\n", cli_word(r->args, "the whole file", "ทั้งแฟ้ม"));
    else if (s->covers == 0)
        cli_add(r->out, "%s\n", cli_word(r->args, "NOTHING", "ไม่ครอบคลุมส่วนใด"));
    else
        cli_add(
            r->out, "%s %zu\n",
            cli_word(r->args, "the file as it was then, up to byte", "แฟ้มตามที่เป็นในขณะลงนาม ถึงไบต์ที่"),
            s->covers);
}

static void
add_remarks(const struct report *r, const struct banthuek_remark *const *remarks, size_t count)
{
    size_t notes = 0;

    for (size_t i = 0; i < count; i++) {
        if (remarks[i]->is_detail || (remarks[i]->level == BANTHUEK_NOTE && notes++ >= NOTES_TOLD))
            continue;
        cli_add(r->out, "   %s ",
                remarks[i]->level == BANTHUEK_ERROR     ? "✗"
                : remarks[i]->level == BANTHUEK_WARNING ? "!"
                                                        : "-");
        add_sentence(r, remarks[i]->text[r->args->lang == BANTHUEK_THAI]);
        cli_add(r->out, "\n");
    }
    if (notes > NOTES_TOLD)
        cli_add(r->out, "   - %s %zu (--format=json)\n",
                cli_word(r->args, "more of these:", "รายการทำนองเดียวกันอีก"), notes - NOTES_TOLD);
}

static void
add_signature(const struct report *r, const struct banthuek_verified_signature *s, size_t number)
{
    cli_add(r->out, "\n%zu. %s ", number,
            s->is_time_stamp
                ? cli_word(r->args, "time stamp of the document", "ตราประทับเวลาของเอกสาร")
                : cli_word(r->args, "signature", "ลายเซ็น"));
    cli_add_foreign(r->out, s->role.size > 0 ? s->role : s->field);
    cli_add(r->out, "\n");
    add_label(r, "unchanged", "เนื้อหา");
    cli_add(r->out, "%s\n", word(r, unchanged[s->unchanged]));
    add_owner(r, s);
    if (s->opinion.size > 0) {
        add_label(r, "opinion", "ความเห็น");
        add_sentence(r, s->opinion);
        cli_add(r->out, "\n");
    }
    add_when(r, s);
    add_level(r, s);
    add_covers(r, s);
    add_named(r, "name given", "ชื่อที่ระบุ", s->name);
    add_named(r, "reason", "เหตุผล", s->reason);
    add_remarks(r, s->remarks, s->remark_count);
}

static const struct words agains[] = {
    [BANTHUEK_AGAIN_FOREIGN] = {NULL, NULL},
    [BANTHUEK_AGAIN_NO_DATA] = {"cannot be compared, the data is not inside",
                                "เทียบไม่ได้ เพราะไม่มีข้อมูลข้างใน"},
    [BANTHUEK_AGAIN_FAILED] = {"cannot be compared", "เทียบไม่ได้"},
    [BANTHUEK_AGAIN_EMBLEM] = {"cannot be compared without the emblem: --emblem FILE",
                               "เทียบไม่ได้เพราะไม่มีตราครุฑ ใช้ --emblem แฟ้ม"},
    [BANTHUEK_AGAIN_OTHER] = {"others come out of the data inside", "ไม่ตรงกับที่ทำจากข้อมูลข้างใน"},
    [BANTHUEK_AGAIN_SAME] = {"those that the data inside make", "ตรงกับที่ทำจากข้อมูลข้างใน"},
    [BANTHUEK_AGAIN_SCAN] = {"scanned from paper: banthuek inspect tells more",
                             "สแกนจากกระดาษ ดูรายละเอียดด้วย banthuek inspect"},
};

static void
add_memo(const struct report *r, const struct banthuek_verified *v)
{
    if (!v->is_ours)
        return;
    cli_add(r->out, "\n%s\n",
            cli_word(r->args, "The memo, made by banthuek", "บันทึกข้อความ ทำด้วย banthuek"));
    add_label(r, "pages", "หน้าเอกสาร");
    if (v->compared)
        cli_add(r->out, "%s\n", word(r, agains[v->again]));
    else
        cli_add(r->out, "%s\n",
                cli_word(r->args, "not compared (--no-compare)", "ไม่ได้เทียบ (--no-compare)"));
    for (size_t i = 0; i < v->waiting_count; i++) {
        add_label(r, i == 0 ? "not signed yet" : "", i == 0 ? "ยังไม่ลงนาม" : "");
        cli_add_foreign(r->out, v->waiting[i]->role);
        cli_add(r->out, v->waiting[i]->name.size > 0 ? ", " : "");
        cli_add_foreign(r->out, v->waiting[i]->name);
        cli_add(r->out, "\n");
    }
}

void
cli_add_verified(struct cli_text *out, const struct cli_args *args,
                 const struct banthuek_verified *v)
{
    const struct report r = {out, args};
    const struct banthuek_bytes *why = &v->why[args->lang == BANTHUEK_THAI];

    cli_add(out, "%s: ", word(&r, verdicts[v->verdict]));
    add_sentence(&r, *why);
    cli_add(out, "\n%s\n", v->file);
    add_remarks(&r, v->remarks, v->remark_count);
    for (size_t i = 0; i < v->signature_count; i++)
        add_signature(&r, v->signatures[i], i + 1);
    add_memo(&r, v);
}
