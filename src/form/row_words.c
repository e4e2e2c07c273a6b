#include "form/inner.h"

#include "base/ascii.h"
#include "base/utf8.h"
#include "thai/digits.h"

#define LATIN_MAX 5 /* letters of a short name: IIT, ITA */

/* Words of a total, some of which make one. */
struct word {
    const char *text;
    bool total;
};

/* The bytes of the Latin word at `at`. */
static size_t
latin_at(struct str text, size_t at)
{
    size_t end = at;

    while (end < text.len && ascii_is_letter((unsigned char)text.ptr[end]))
        end++;
    return end - at;
}

/* A Latin word: of totals, one between them, or the short name of what is added up. */
static bool
takes_latin(struct str word, bool *total)
{
    static const struct word words[] = {{"total", true},  {"sum", true},    {"average", true},
                                        {"mean", true},   {"avg", true},    {"grand", false},
                                        {"of", false},    {"the", false},   {"all", false},
                                        {"score", false}, {"scores", false}};
    bool small = false;

    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (str_same(word, str_of(words[i].text))) {
            *total = *total || words[i].total;
            return true;
        }
    for (size_t i = 0; i < word.len; i++)
        small = small || ascii_is_small(word.ptr[i]);
    return word.len <= LATIN_MAX && !small;
}

/* The bytes of the longest Thai word of a total at the beginning of a text. */
static size_t
takes_thai(struct str text, bool *total)
{
    static const struct word words[] = {
        {"รวม", true},        {"เฉลี่ย", true},     {"คะแนน", false},   {"ค่า", false},
        {"ผล", false},        {"ยอด", false},     {"ทั้งหมด", false},   {"ทั้งสิ้น", false},
        {"ทั้งปี", false},       {"สุทธิ", false},     {"ร้อยละ", false},   {"ของ", false},
        {"ทุก", false},        {"ทุกข้อ", false},    {"ตัวชี้วัด", false},   {"ด้าน", false},
        {"ส่วน", false},       {"ที่", false},       {"เป็น", false},     {"จำนวน", false},
        {"ข้อ", false},        {"รายการ", false},  {"มาตรการ", false}, {"โครงการ", false},
        {"กิจกรรม", false},    {"ภาพ", false},     {"น้ำหนัก", false},   {"ถ่วง", false},
        {"การ", false},       {"ประเมิน", false},  {"ปี", false},       {"งบประมาณ", false},
        {"แบบ", false},       {"และ", false},     {"หรือ", false},     {"ถึง", false},
        {"องค์ประกอบ", false}, {"เครื่องมือ", false}, {"กลุ่ม", false},     {"ระดับ", false},
        {"พ.ศ.", false},      {"บาท", false},     {"โดย", false},     {"ใน", false},
    };
    const struct word *longest = NULL;

    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        struct str word = str_of(words[i].text);
        if (str_starts(text, word) && (longest == NULL || word.len > str_of(longest->text).len))
            longest = &words[i];
    }
    *total = *total || (longest != NULL && longest->total);
    return longest == NULL ? 0 : str_of(longest->text).len;
}

/* Blanks, digits, and signs between words. */
static bool
is_between(uint32_t code)
{
    static const struct str signs = {"()[]:;.,/%-+=*", 14};

    return utf8_is_blank(code) || utf8_is_unseen(code) || digits_value(code) >= 0 ||
           code == 0x2013 || code == 0x2014 || code == 0x0E46 ||
           (code < 0x80 && str_find(signs, (struct str){(char[]){(char)code}, 1}) != SIZE_MAX);
}

bool
row_says_total(struct str text)
{
    bool total = false;

    for (size_t at = 0; at < text.len;) {
        size_t next = at;
        if (is_between(utf8_next(text, &next))) {
            at = next;
            continue;
        }
        struct str rest = str_sub(text, at, text.len);
        size_t latin = latin_at(text, at);
        size_t word = latin > 0 ? latin : takes_thai(rest, &total);
        if (word == 0 || (latin > 0 && !takes_latin(str_sub(text, at, latin), &total)))
            return false;
        at += word;
    }
    return total;
}

bool
row_says_note(struct str text)
{
    static const char *const words[] = {
        "หมายเหตุ", "หมาย เหตุ", "ที่มา",    "แหล่งที่มา",  "แหล่งข้อมูล",  "อ้างอิง",  "ข้อมูล ณ",
        "คำอธิบาย", "คำชี้แจง",   "*",      "ลงชื่อ",     "(ลงชื่อ",     "(ลงนาม", "ลงนาม",
        "ผู้รายงาน", "ผู้จัดทำ",    "ผู้รับรอง", "ผู้ตรวจสอบ", "ผู้กรอกข้อมูล", "Note",   "NOTE",
        "Remark",  "Source",   "note",   "remark",   "source",
    };

    text = utf8_trim(text);
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (str_starts(text, str_of(words[i])))
            return true;
    return false;
}
