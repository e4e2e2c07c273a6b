/* The answer on the whole file, and the sentence that says why. */
#include "base/arena.h"
#include "engine/work.h"
#include "pki/certs.h"
#include "sign/verify.h"

struct why {
    struct buf text[2]; /* English, Thai */
};

static void
say(struct why *why, const char *english, const char *thai)
{
    buf_text(&why->text[DIAG_ENGLISH], english);
    buf_text(&why->text[DIAG_THAI], thai);
}

static void
say_text(struct why *why, struct str text)
{
    for (size_t i = 0; i < 2; i++)
        buf_add(&why->text[i], text);
}

/* Names it as people know it: by its field. */
static void
say_which(struct why *why, const struct verify_one *one)
{
    if (one->part->is_time_stamp)
        say(why, "the time stamp ", "ตราประทับเวลา ");
    else
        say(why, "the signature ", "ลายเซ็น ");
    say_text(why, one->role.len > 0          ? one->role
                  : one->part->field.len > 0 ? one->part->field
                                             : STR("?"));
}

/* The first message of a level among the remarks of a signature. */
static void
say_remark(struct why *why, struct verify *v, const struct diags *remarks, enum diag_level level)
{
    for (size_t i = 0; i < diags_count(remarks); i++) {
        const struct diag *d = diags_at(remarks, i);
        if (d->level != level)
            continue;
        say(why, ": ", ": ");
        for (int lang = 0; lang < 2; lang++)
            buf_add(&why->text[lang], diag_message(v->w->arena, d, (enum diag_lang)lang));
        return;
    }
}

/* The first message of one of these codes. */
static void
say_code(struct why *why, struct verify *v, const struct diags *remarks,
         const enum diag_code *codes, size_t count)
{
    for (size_t i = 0; i < diags_count(remarks); i++) {
        const struct diag *d = diags_at(remarks, i);
        for (size_t n = 0; n < count; n++) {
            if (d->code != codes[n])
                continue;
            say(why, ": ", ": ");
            for (int lang = 0; lang < 2; lang++)
                buf_add(&why->text[lang], diag_message(v->w->arena, d, (enum diag_lang)lang));
            return;
        }
    }
}

/* Why what it signed is not what is there: the bytes themselves, or the first change refused. */
static void
say_changed(struct why *why, struct verify *v, const struct verify_one *one)
{
    struct arena *arena = v->w->arena;

    if (one->part->fault != SIGNATURE_WHOLE) {
        say(why, ": ", ": ");
        for (int lang = 0; lang < 2; lang++)
            buf_add(&why->text[lang], signature_fault_text(one->part->fault, (enum diag_lang)lang));
        return;
    }
    if (one->cms.broken || one->part->is_hidden) {
        say_remark(why, v, one->remarks, DIAG_ERROR);
        return;
    }
    for (size_t i = changes_after(&v->changes, v->revisions, one->index); i < v->changes.count;
         i++) {
        const struct change *change = &v->changes.list[i];
        if (change->sort != SORT_REFUSED)
            continue;
        say(why, ": ", ": ");
        buf_add(&why->text[DIAG_ENGLISH], change_text(arena, change, DIAG_ENGLISH));
        buf_add(&why->text[DIAG_THAI], change_text(arena, change, DIAG_THAI));
        return;
    }
}

static void
say_doubt(struct why *why, struct verify *v)
{
    if (revisions_doubt_count(v->revisions) == 0)
        return;
    const struct doubt *doubt = revisions_doubt(v->revisions, 0);
    say(why, ": ", ": ");
    for (int lang = 0; lang < 2; lang++)
        buf_add(&why->text[lang], doubt_text(v->w->arena, doubt, (enum diag_lang)lang));
}

/* ---- the cases, the worst first */

static const struct verify_one *
find_unchanged(const struct verify *v, enum banthuek_unchanged unchanged)
{
    for (size_t i = 0; i < v->count; i++) {
        if (v->ones[i].counts && v->ones[i].unchanged == unchanged)
            return &v->ones[i];
    }
    return NULL;
}

static const struct verify_one *
find_whose(const struct verify *v, enum banthuek_whose whose)
{
    for (size_t i = 0; i < v->count; i++) {
        if (v->ones[i].counts && v->ones[i].whose == whose)
            return &v->ones[i];
    }
    return NULL;
}

static size_t
count_people(const struct verify *v)
{
    size_t count = 0;

    for (size_t i = 0; i < v->count; i++)
        count += v->ones[i].counts && !v->ones[i].part->is_time_stamp;
    return count;
}

static bool
is_bad(struct verify *v, struct why *why)
{
    const struct verify_one *one;

    if ((one = find_unchanged(v, BANTHUEK_CHANGED)) != NULL) {
        say_which(why, one);
        say(why, " is not good", " ใช้ไม่ได้");
        say_changed(why, v, one);
    } else if (v->is_scan && revisions_doubt_count(v->revisions) == 0) {
        say(why,
            "this is the scan of a report that was signed on paper: nobody has signed it with a "
            "certificate, and what is written by hand is not verified here",
            "แฟ้มนี้เป็นฉบับสแกนของรายงานที่ลงนามบนกระดาษ จึงไม่มีลายเซ็นด้วยใบรับรอง "
            "และโปรแกรมนี้ไม่ตรวจลายมือชื่อบนกระดาษ");
    } else if (count_people(v) == 0 && revisions_doubt_count(v->revisions) == 0) {
        say(why, "nobody has signed this PDF with a certificate", "แฟ้มนี้ไม่มีลายเซ็นด้วยใบรับรองของผู้ใด");
    } else if (revisions_doubt_count(v->revisions) > 0) {
        say(why, "the file cannot be read for sure", "อ่านแฟ้มนี้ให้แน่ใจไม่ได้");
        say_doubt(why, v);
    } else if ((one = find_unchanged(v, BANTHUEK_UNCHANGED_UNSURE)) != NULL) {
        say_which(why, one);
        say(why, " proves nothing", " ยืนยันสิ่งใดไม่ได้");
        say_remark(why, v, one->remarks, DIAG_ERROR);
    } else if ((one = find_whose(v, BANTHUEK_WHOSE_NOT_ACCEPTED)) != NULL) {
        say_which(why, one);
        say(why, " is not accepted", " รับไม่ได้");
        say_remark(why, v, one->remarks, DIAG_ERROR);
    } else if (v->has_unsigned) {
        say(why, "it shows the words of one who has not signed", "มีข้อความในช่องของผู้ที่ยังไม่ได้ลงนาม");
        say_remark(why, v, v->remarks, DIAG_ERROR);
    } else if (v->is_head_changed) {
        say(why, "the number or date in its head was changed", "เลขที่หรือวันที่ที่หัวบันทึกถูกแก้");
        say_remark(why, v, v->remarks, DIAG_ERROR);
    } else if (v->is_other) {
        say(why, "the pages are not those that the data inside make",
            "หน้าเอกสารไม่ตรงกับที่ทำจากข้อมูลข้างใน");
        say_remark(why, v, v->remarks, DIAG_ERROR);
    } else {
        return false;
    }
    return true;
}

/* The first signature of which this is true. */
static const struct verify_one *
find_one(const struct verify *v, bool (*is)(const struct verify_one *))
{
    for (size_t i = 0; i < v->count; i++) {
        if (v->ones[i].counts && is(&v->ones[i]))
            return &v->ones[i];
    }
    return NULL;
}

static bool
lacks_promised(const struct verify_one *one)
{
    return one->lacks_promised;
}

static bool
lacks_time(const struct verify_one *one)
{
    return one->lacks_time;
}

static bool
is_unpinned(const struct verify_one *one)
{
    return one->is_unpinned;
}

static bool
is_unclear(struct verify *v, struct why *why)
{
    static const enum diag_code unknown[] = {DIAG_VERIFY_NO_TRUST, DIAG_VERIFY_UNKNOWN,
                                             DIAG_VERIFY_CHAIN_SHORT};
    static const enum diag_code lacking[] = {DIAG_VERIFY_NOT_FETCHED, DIAG_VERIFY_REVOCATION_OLD,
                                             DIAG_VERIFY_REVOCATION_MISSING};
    static const enum diag_code pinned = DIAG_VERIFY_PINNED_STAND_IN, font = DIAG_VERIFY_OTHER_FONT;
    const struct verify_one *one;

    if ((one = find_whose(v, BANTHUEK_WHOSE_UNKNOWN)) != NULL) {
        say(why, "nobody who is trusted vouches for ", "ยังไม่มีผู้ที่เชื่อถือรับรอง");
        say_which(why, one);
        say_code(why, v, one->remarks, unknown, 3);
    } else if ((one = find_one(v, lacks_promised)) != NULL) {
        say_which(why, one);
        say(why, " lacks what is needed to verify it", " ขาดข้อมูลที่ต้องใช้ตรวจสอบ");
        say_code(why, v, one->remarks, lacking, 3);
    } else if ((one = find_one(v, lacks_time)) != NULL) {
        say(why, "nothing proves any more when ", "ไม่มีสิ่งใดยืนยันได้แล้วว่า");
        say_which(why, one);
        say(why,
            " was made, and its certificate has ended since: a time stamp was not renewed in time",
            " ทำขึ้นเมื่อใด และใบรับรองหมดอายุแล้ว เพราะไม่ได้ต่ออายุตราประทับเวลาไว้ก่อน");
    } else if ((one = find_one(v, is_unpinned)) != NULL) {
        say_which(why, one);
        say(why, " is not by the certificate that the memo names", " ไม่ได้ทำด้วยใบรับรองที่บันทึกกำหนดไว้");
        say_code(why, v, one->remarks, &pinned, 1);
    } else if (v->has_other_font) {
        say(why, "what a field shows cannot be told", "บอกไม่ได้ว่าช่องที่ลงนามแสดงข้อความใด");
        say_code(why, v, v->remarks, &font, 1);
    } else {
        return false;
    }
    return true;
}

/* What is good may still need to be known: who signed for whom, and who has not. */
static void
say_more(struct verify *v, struct why *why)
{
    bool first = true;

    for (size_t i = 0; i < v->count; i++) {
        const struct verify_one *one = &v->ones[i];
        if (one->signs_for.len == 0 || one->cms.signer == NULL)
            continue;
        say(why, "; \"", first ? " โดย \"" : " และ \"");
        say_text(why, certs_subject(v->w->arena, one->cms.signer));
        say(why, "\" signed for \"", "\" ลงนามแทน \"");
        say_text(why, one->signs_for);
        say(why, "\"", "\"");
        first = false;
    }
    for (size_t i = 0; i < v->count; i++) {
        if (!v->ones[i].is_dated_otherwise)
            continue;
        say(why, "; the date beside ", " วันที่ข้าง ");
        say_text(why, v->ones[i].role);
        say(why, " is not the day of signing", " ไม่ใช่วันที่ลงนาม");
    }
    if (v->waiting_count == 0)
        return;
    buf_printf(&why->text[DIAG_ENGLISH], "; %zu of %zu have not signed yet", v->waiting_count,
               v->manifest.routing_count);
    buf_printf(&why->text[DIAG_THAI], " ยังไม่ลงนาม %zu จาก %zu ราย", v->waiting_count,
               v->manifest.routing_count);
}

static void
say_good(struct verify *v, struct why *why)
{
    size_t people = count_people(v);

    if (people == 1)
        say(why, "the signature is sound, its signer is known", "ลายเซ็นถูกต้อง และทราบผู้ลงนาม");
    else {
        buf_printf(&why->text[DIAG_ENGLISH],
                   "all %zu signatures are sound, their signers are known", people);
        buf_printf(&why->text[DIAG_THAI], "ลายเซ็นทั้ง %zu รายถูกต้อง และทราบผู้ลงนาม", people);
    }
    if (find_unchanged(v, BANTHUEK_UNCHANGED_ADDITIONS) != NULL)
        say(why, ", and nothing was added that they do not allow",
            " สิ่งที่เพิ่มภายหลังมีเฉพาะที่ลายเซ็นอนุญาต");
    else
        say(why, ", and nothing was changed", " ไม่มีการแก้ไขหลังลงนาม");
    say_more(v, why);
}

enum banthuek_verdict
verify_verdict(struct verify *v, struct str out[2])
{
    struct why why = {{buf_in(v->w->arena), buf_in(v->w->arena)}};
    enum banthuek_verdict verdict = is_bad(v, &why)       ? BANTHUEK_VERDICT_BAD
                                    : is_unclear(v, &why) ? BANTHUEK_VERDICT_CANNOT_TELL
                                                          : BANTHUEK_VERDICT_GOOD;

    if (verdict == BANTHUEK_VERDICT_GOOD)
        say_good(v, &why);
    out[DIAG_ENGLISH] = buf_str(&why.text[DIAG_ENGLISH]);
    out[DIAG_THAI] = buf_str(&why.text[DIAG_THAI]);
    return verdict;
}
