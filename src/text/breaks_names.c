/* Names of persons in text: a title, and what follows it up to a space, as far as it can be told
 * from a sentence. Sources: [css]  w3c/csswg-drafts issue 2455 (names with their titles) [ours]
 * found on official text */
#include <string.h>

#include "base/utf8.h"
#include "text/breaks.h"
#include "text/breaks_inner.h"

/* A name is looked for in so many letters at most (marks not counted); what is longer is a
 * sentence that begins with the same letters as a title. */
#define NAME_MAX_LETTERS 18

/* Titles and ranks before a name [css], by their first letter; longer ones before those they begin
 * with. */
static const char *const titles_ch[] = {"จ.ส.อ.", "จ.ส.ท.",  "จ.ส.ต.", "จ.อ.",   "จ.ท.",
                                        "จ.ต.",   "จ่าสิบเอก", "จ่าสิบโท", "จ่าสิบตรี", "จ่าสิบตำรวจ",
                                        "จ่าเอก",  "จ่าโท",    "จ่าตรี",   NULL};
static const char *const titles_d[] = {"ด.ช.", "ด.ญ.", "ดร.", "ด.ต.", "ดาบตำรวจ", NULL};
static const char *const titles_n[] = {"นางสาว", "นาย", "นาง", "น.ส.", "นพ.", NULL};
static const char *const titles_ph[] = {"ผศ.ดร.", "ผศ.", NULL};
static const char *const titles_p[] = {
    "พญ.",       "พล.อ.",     "พล.ท.",  "พล.ต.อ.", "พล.ต.ท.", "พล.ต.ต.", "พล.ต.",
    "พ.อ.",      "พ.ท.",      "พ.ต.อ.", "พ.ต.ท.",  "พ.ต.ต.",  "พ.ต.",    "พันตำรวจเอก",
    "พันตำรวจโท", "พันตำรวจตรี", "พันเอก",  "พันโท",    "พันตรี",    "พันจ่าเอก", NULL};
static const char *const titles_m[] = {"ม.ล.", "ม.ร.ว.", NULL};
static const char *const titles_r[] = {"รศ.ดร.",     "รศ.",    "ร.อ.",  "ร.ท.",        "ร.ต.อ.",
                                       "ร.ต.ท.",     "ร.ต.ต.", "ร.ต.",  "ร้อยตำรวจเอก", "ร้อยตำรวจโท",
                                       "ร้อยตำรวจตรี", "ร้อยเอก", "ร้อยโท", "ร้อยตรี",       NULL};
static const char *const titles_w[] = {"ว่าที่ร้อยตรีหญิง", "ว่าที่ร้อยตรี", "ว่าที่ ร.ต.หญิง",
                                       "ว่าที่ ร.ต.",    "ว่าที่ร.ต.",  NULL};
static const char *const titles_s[] = {"ศ.ดร.", "ศ.", NULL};
static const char *const titles_so[] = {"ส.อ.", "ส.ท.",  "ส.ต.อ.", "ส.ต.ท.", "ส.ต.ต.",
                                        "ส.ต.", "สิบเอก", "สิบโท",   "สิบตรี",   NULL};
static const char *const titles_h[] = {"หม่อมหลวง", "หม่อมราชวงศ์", NULL};
static const char *const titles_e[] = {"เด็กชาย", "เด็กหญิง", NULL};

/* Those that begin with a letter; NULL when none does. */
static const char *const *
titles_with(uint32_t letter)
{
    switch (letter) {
    case 0x0E08:
        return titles_ch;
    case 0x0E14:
        return titles_d;
    case 0x0E19:
        return titles_n;
    case 0x0E1C:
        return titles_ph;
    case 0x0E1E:
        return titles_p;
    case 0x0E21:
        return titles_m;
    case 0x0E23:
        return titles_r;
    case 0x0E27:
        return titles_w;
    case 0x0E28:
        return titles_s;
    case 0x0E2A:
        return titles_so;
    case 0x0E2B:
        return titles_h;
    case 0x0E40:
        return titles_e;
    default:
        return NULL;
    }
}

/* Words that begin like a title and are none. */
static const char *const no_titles[] = {"นายก",   "นายทะเบียน", "นายจ้าง",    "นายอำเภอ", "นายช่าง",
                                        "นายหน้า", "นายแพทย์",   "นางพยาบาล", NULL};

/* Words that follow a name without a space, and are never the begin of one: positions, and what
 * goes on a sentence [ours]. */
static const char *const after_names[] = {
    "ตำแหน่ง",   "ผู้",       "นัก",    "เจ้าพนักงาน", "เจ้าหน้าที่", "พนักงาน",
    "ปลัด",      "รองปลัด",  "นายก",  "รองนายก",   "ประธาน",  "รองประธาน",
    "เลขานุการ", "กรรมการ", "หัวหน้า", "สมาชิก",     "ครู",      "รักษาราชการแทน",
    "และ",      "หรือ",     "กับ",    "เป็น",       "ได้",      "มี",
    "ที่",        "ซึ่ง",      "ให้",    "จะ",        "ไป",      "มา",
    "อยู่",       "ว่า",      "ใน",    "ของ",       "ไม่",      "ก็",
    "นั้น",       "นี้",       "แต่",    "เพื่อ",       "โดย",     "จาก",
    "ตาม",      "ถึง",      "เมื่อ",   "พร้อม",      "ดำรง",    NULL};

static size_t
word_end(struct str text, size_t at, const char *const *words)
{
    struct str rest = str_sub(text, at, text.len);

    for (; *words != NULL; words++) {
        /* the third byte of a Thai letter is the first that tells it from others */
        if (rest.len > 5 && (*words)[2] == rest.ptr[2] && (*words)[3] == rest.ptr[3] &&
            ((*words)[3] == '.' || (*words)[5] == rest.ptr[5]) && str_starts(rest, str_of(*words)))
            return at + strlen(*words);
    }
    return at;
}

/* True where a word ends as far as is known: also where the Thai letters end. */
static bool
is_end(struct str text, size_t at, const unsigned char *grade)
{
    size_t next = at;

    return at == text.len || grade[at] >= BREAK_COMPOUND ||
           !rules_is_letter(utf8_next(text, &next));
}

/* Those of them that end names too (นายบุญมี ศรีสุข): before a space they are taken for that. */
static const char *const name_ends[] = {"มี", "มา", "อยู่", NULL};

static bool
goes_on(struct str text, size_t at, const unsigned char *grade)
{
    size_t end = word_end(text, at, after_names);

    if (end < text.len && text.ptr[end] == ' ' && word_end(text, at, name_ends) == end)
        return false;
    return end > at && is_end(text, end, grade);
}

/* A run of Thai letters that ends at a space, a closing bracket, a comma, the end or a word that is
 * no name; `at` itself when it does not or is too long. Ends of lines count as spaces. */
static size_t
name_end(struct str text, size_t at, const unsigned char *grade)
{
    size_t end = at;
    int letters = 0;

    while (end < text.len) {
        size_t next = end;
        uint32_t c = utf8_next(text, &next);
        if (c == ' ' || c == ')' || c == ',' || c == '\n' || c == '\t' || c == 0x00A0)
            return end;
        if (!rules_is_letter(c))
            return at;
        if ((end == at || grade[end] >= BREAK_COMPOUND) && goes_on(text, end, grade))
            return end;
        letters += !utf8_is_thai_mark(c);
        if (letters > NAME_MAX_LETTERS)
            return at;
        end = next;
    }
    return end;
}

/* A rank may say that it is a woman's: ร.ต.อ.หญิง สุภาพร [ours]. */
static size_t
skip_woman(struct str text, size_t at)
{
    static const struct str woman = {"หญิง ", sizeof "หญิง " - 1};

    return str_starts(str_sub(text, at, text.len), woman) ? at + woman.len - 1 : at;
}

/* Family names of places: นายสมชาย ณ อยุธยา [ours]. */
static const char *const places[] = {
    "อยุธยา", "ระนอง",  "สงขลา",   "เชียงใหม่", "ถลาง",      "ลำปาง",   "ลำพูน",
    "นคร",   "พัทลุง",   "น่าน",     "ร้อยเอ็ด",  "มหาสารคาม", "ป้อมเพชร", "บางช้าง",
    "อุบล",   "กาฬสินธุ์", "หนองคาย", "จัมปาศักดิ์", "ตะกั่วทุ่ง",    "ราชสีมา",  NULL};

/* Where the family name ends that begins at `at`; `at` when there is none. */
static size_t
family_end(struct str text, size_t at, const unsigned char *grade)
{
    static const struct str of = {"ณ ", sizeof "ณ " - 1};
    size_t place = at + of.len;

    if (str_starts(str_sub(text, at, text.len), of) && word_end(text, place, places) > place)
        return name_end(text, place, grade);
    return name_end(text, at, grade);
}

bool
rules_name(struct str text, size_t at, const unsigned char *grade, struct rules_name *name)
{
    size_t title = at, before = at;
    const char *const *titles = titles_with(utf8_next(text, &title));

    title = titles == NULL ? at : word_end(text, at, titles);
    if (title == at || word_end(text, at, no_titles) > at)
        return false;
    /* inside of Thai it must be a word, not the begin of one */
    if (at > 0 && rules_is_letter(utf8_prev(text, &before)) && !is_end(text, title, grade))
        return false;
    title = skip_woman(text, title);
    if (title < text.len && text.ptr[title] == ' ')
        title++;
    name->first_end = name->family = name->end = name_end(text, title, grade);
    if (name->first_end == title)
        return false;
    if (name->first_end < text.len && text.ptr[name->first_end] == ' ') {
        size_t family = name->first_end + 1, end = family_end(text, family, grade);
        if (end > family) {
            name->family = family;
            name->end = end;
        }
    }
    return true;
}
