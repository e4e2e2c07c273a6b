/* The keep rules as tables. Sources, as cited at each rule:
 *   [lreq]  W3C, Thai Layout Requirements, 2024-04-30
 *   [gap]   W3C, Thai Gap Analysis, 2025-06-01, and w3c/sealreq issue 45
 *   [intl]  www-international@w3.org, January to March 2011, message 50
 *   [orst]  Office of the Royal Society, rules for spacing and punctuation
 *   [saraban] Regulation on correspondence B.E. 2526: how references and dates are written
 *   [typist] typists' rule on connectives at line ends, typst/typst issue 8414
 *   [ours]  found on official text, where the sources say nothing */
#include "text/breaks_inner.h"

#include <string.h>

#include "base/utf8.h"
#include "text/breaks.h"
#include "thai/digits.h"

/* More spaces in a row than this are a gap in the layout, not a space between words. */
#define SPACES_MAX 2

static const struct {
    uint32_t from, to;
} never_start[] = {
    {0x0E2F, 0x0E30}, /* ฯ [intl], ะ [lreq] */
    {0x0E31, 0x0E3A}, /* vowels after, above and below [lreq] */
    {0x0E45, 0x0E4E}, /* ๅ, ๆ [gap], tone marks [lreq] */
    {0x0E5A, 0x0E5B}, /* ๚ ๛ [intl] */
    {')', ')'},       {']', ']'},       {'}', '}'}, {0x00BB, 0x00BB}, /* [lreq] */
    {0x2019, 0x2019}, {0x201D, 0x201D},                               /* ’ ” [lreq] */
    {'?', '?'},       {'!', '!'},       {'%', '%'}, {':', ';'},       /* [lreq] [orst] */
    {',', ','},       {'.', '.'},                                     /* [orst] */
};

static const struct {
    uint32_t from, to;
} never_end[] = {
    {0x0E40, 0x0E44},                   /* เ แ โ ใ ไ [lreq] */
    {0x0E31, 0x0E31}, {0x0E37, 0x0E37}, /* ั ื: a letter must follow [ours] */
    {0x0E4F, 0x0E4F},                   /* ๏ opens a paragraph [ours] */
    {'(', '('},       {'[', '['},       {'{', '{'}, {0x00AB, 0x00AB}, /* [lreq] */
    {0x2018, 0x2018}, {0x201C, 0x201C},                               /* ‘ “ [lreq] */
};

bool
rules_is_digit(uint32_t c)
{
    return digits_value(c) >= 0;
}

bool
rules_is_letter(uint32_t c)
{
    return (c >= 0x0E01 && c <= 0x0E3A && c != 0x0E2F) || (c >= 0x0E40 && c <= 0x0E45) ||
           (c >= 0x0E47 && c <= 0x0E4E);
}

bool
rules_never_start(uint32_t c)
{
    if (c >= 0x0E01 && c <= 0x0E2E) /* most of them */
        return false;
    for (size_t i = 0; i < sizeof never_start / sizeof never_start[0]; i++) {
        if (c >= never_start[i].from && c <= never_start[i].to)
            return true;
    }
    return false;
}

bool
rules_never_end(uint32_t c)
{
    if (c >= 0x0E01 && c <= 0x0E2E)
        return false;
    for (size_t i = 0; i < sizeof never_end / sizeof never_end[0]; i++) {
        if (c >= never_end[i].from && c <= never_end[i].to)
            return true;
    }
    return false;
}

static bool
is_one_of(struct str word, const struct str *words, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (word.len == words[i].len && word.ptr[2] == words[i].ptr[2] && str_eq(word, words[i]))
            return true;
    }
    return false;
}

#define WORD(text)                \
    {                             \
        "" text, sizeof(text) - 1 \
    }

/* Conjunctions and prepositions [typist]; from ซึ่ง on of the same kind [ours]. */
bool
rules_is_connective(struct str word)
{
    static const struct str words[] = {
        WORD("ที่"),  WORD("และ"), WORD("หรือ"), WORD("ใน"),  WORD("ของ"), WORD("แต่"),  WORD("ซึ่ง"),
        WORD("กับ"), WORD("แก่"),  WORD("โดย"), WORD("เพื่อ"), WORD("จาก"), WORD("แห่ง"), WORD("ณ")};

    return is_one_of(word, words, sizeof words / sizeof words[0]);
}

/* Kinds of divisions of an office: kept names are not parted behind them [ours]. */
bool
rules_is_division(struct str word)
{
    static const struct str words[] = {WORD("กอง"), WORD("สำนัก"), WORD("ฝ่าย"), WORD("ศูนย์")};

    return is_one_of(word, words, sizeof words / sizeof words[0]);
}

/* ---- what stands on the two sides of a space */

/* Words after which a number belongs to them: the number names which one. */
static const char *const before_number[] = {
    "พ.ศ.",    "ค.ศ.",  "ร.ศ.",         /* [lreq] */
    "฿",                                /* [lreq] */
    "ร้อยละ",   "มาตรา", "ข้อ",   "หมวด", /* [ours]; the rest is of the same kind */
    "ที่", /* also วันที่ ครั้งที่ ตัวชี้วัดที่ ส่วนที่ ฉบับที่ เลขที่ หมู่ที่ */
    "ตัวชี้วัด",   "หน้า",   "ลำดับ", "โทร",   "โทร.", "ไตรมาส", "หมู่",     "บท",       "วรรค",
    "อนุมาตรา", "ตาราง", "ภาพ",  "แผนภูมิ", "เวลา", "ชั้น",     "โทรสาร", "พุทธศักราช", NULL};

/* Those of them after which a number never counts what follows: มาตรา ๖๙ แห่ง, หมู่ที่ ๕ ตำบล. Of words
 * that end in ที่ only such, as others are counted in (เจ้าหน้าที่ ๓ คน, วันที่ ๕ เดือน). */
static const char *const ordinals[] = {"มาตรา",   "อนุมาตรา", "วรรค",    "หมวด",   "หมู่",    "ข้อ",
                                       "ข้อที่",     "หมวดที่",   "ครั้งที่",    "ฉบับที่",   "หมู่ที่",   "ลำดับที่",
                                       "ส่วนที่",    "ตัวชี้วัดที่",  "ไตรมาสที่", "มาตราที่", "ระยะที่", "รุ่นที่",
                                       "ประเด็นที่", "ด้านที่",    "ชุดที่",     "วาระที่",  "เล่มที่",  NULL};

/* Words before which a number belongs to them: units and what is counted [lreq] [ours]. */
static const char *const after_number[] = {
    "คะแนน",   "บาท",        "สตางค์",    "ล้าน",     "แสน",    "พันบาท",  "หมื่น",     "เปอร์เซ็นต์",
    "น.",      "นาฬิกา",      "นาที",      "ชั่วโมง",   "วัน",     "สัปดาห์",  "เดือน",    "ไตรมาส",
    "ปี",       "ข้อ",         "คน",       "ราย",     "แห่ง",    "ครั้ง",    "เรื่อง",    "ฉบับ",
    "โครงการ", "กิจกรรม",     "ตัวชี้วัด",    "มาตรการ", "ประเด็น", "ประการ", "ด้าน",     "ช่องทาง",
    "หน่วย",    "หมู่บ้าน",      "หมู่",       "ครัวเรือน", "ตำบล",   "หน้า",    "แผ่น",     "ชุด",
    "เล่ม",     "เครื่อง",      "คัน",       "หลัง",     "อัตรา",   "ระดับ",   "เมตร",    "ตารางเมตร",
    "กิโลเมตร", "กิโลกรัม",     "ไร่",       "ตร.ม.",   "ตร.กม.", "ตร.ว.",  "ตารางวา", "ตารางกิโลเมตร",
    "ลบ.ม.",   "ลูกบาศก์เมตร", "เซนติเมตร", "มิลลิเมตร", "ตัน",     "ท่าน",    "รายการ",  "กรณี",
    "มก.",     "มล.",        "°C",       "mg",      "ml",     "กม.",    "ม.",      "ซม.",
    "มม.",     "กก.",        "กรัม",      "ลิตร",     "องศา",   "เท่า",    "MB",      "GB",
    "kg",      "km",         "cm",       "mm",      NULL};

/* Months: the day stays with its month [lreq], and that with its year [ours]. */
static const char *const months[] = {
    "มกราคม", "กุมภาพันธ์",  "มีนาคม",  "เมษายน", "พฤษภาคม", "มิถุนายน", "กรกฎาคม", "สิงหาคม", "กันยายน",
    "ตุลาคม",  "พฤศจิกายน", "ธันวาคม", "ม.ค.",   "ก.พ.",    "มี.ค.",   "เม.ย.",   "พ.ค.",   "มิ.ย.",
    "ก.ค.",   "ส.ค.",     "ก.ย.",   "ต.ค.",   "พ.ย.",    "ธ.ค.",   NULL};

/* Years: a year after ปี, "พ.ศ." before one; month and era [saraban]. */
static const char *const eras[] = {"พ.ศ.", "ค.ศ.", NULL};
static const char *const year_words[] = {"ปี", NULL};

/* "ที่ ๓" after what it counts: วัน ที่ ๑๕, ครั้ง ที่ ๑; the clause after its section: ข้อ ๖ (๒) [ours]. */
enum side {
    SIDE_NUMBER,
    SIDE_COUNT,
    SIDE_YEAR,
    SIDE_WORDS,
    SIDE_UNIT,
    SIDE_LETTER,
    SIDE_ORDINAL,
    SIDE_SECTION,
    SIDE_CLAUSE
};

static const struct {
    enum side left, right;
    const char *const *left_words;
    const char *const *right_words;
} space_rules[] = {
    {SIDE_WORDS, SIDE_NUMBER, before_number, NULL}, /* พ.ศ. ๒๕๖๖, มาตรา ๖๙, ฿ ๑๐๐ */
    {SIDE_COUNT, SIDE_UNIT, NULL, after_number}, /* ๘๖.๑๗ คะแนน, ๑๐.๐๐ น. */
    {SIDE_NUMBER, SIDE_WORDS, NULL, months},     /* ๒๙ กันยายน */
    {SIDE_WORDS, SIDE_YEAR, year_words, NULL},  /* ปี ๒๕๖๖ */
    {SIDE_WORDS, SIDE_WORDS, year_words, eras}, /* ปี พ.ศ. */
    {SIDE_WORDS, SIDE_YEAR, months, NULL},      /* สิงหาคม ๒๕๖๖ */
    {SIDE_LETTER, SIDE_ORDINAL, NULL, NULL},    /* วัน ที่ ๑๕ */
    {SIDE_SECTION, SIDE_CLAUSE, NULL, NULL}, /* ข้อ ๖ (๒), มาตรา ๖๙ (ก) */
};

static bool
ends_with(struct str text, size_t at, const char *const *words)
{
    struct str before = str_sub(text, 0, at);

    for (; *words != NULL; words++) {
        if (str_ends(before, str_of(*words)))
            return true;
    }
    return false;
}

static bool
begins_with(struct str text, size_t at, const char *const *words)
{
    struct str after = str_sub(text, at, text.len);

    for (; *words != NULL; words++) {
        if (str_starts(after, str_of(*words)))
            return true;
    }
    return false;
}

static bool
number_ends(struct str text, size_t at)
{
    uint32_t c = at > 0 ? utf8_prev(text, &at) : 0;

    return rules_is_digit(c);
}

static bool
number_begins(struct str text, size_t at)
{
    uint32_t c = utf8_at(text, at);

    if (c == '-' || c == '+' || c == 0x2212)
        c = utf8_at(text, at + (c == 0x2212 ? 3 : 1));
    return rules_is_digit(c);
}

/* Four digits: "๕ ปี ๓ เดือน" is not about a year. */
static bool
year_begins(struct str text, size_t at)
{
    for (int i = 0; i < 4; i++) {
        if (at >= text.len || !rules_is_digit(utf8_next(text, &at)))
            return false;
    }
    return !rules_is_digit(utf8_at(text, at));
}

bool
rules_ordinal(struct str text, size_t at)
{
    static const struct str ordinal = {"ที่ ", sizeof "ที่ " - 1};

    return str_starts(str_sub(text, at, text.len), ordinal) &&
           number_begins(text, at + ordinal.len);
}

/* A unit is a word of its own: หน่วย is none in หน่วยงาน. */
static bool
unit_begins(struct str text, size_t at, const char *const *words, const unsigned char *grade)
{
    struct str after = str_sub(text, at, text.len);

    for (; *words != NULL; words++) {
        size_t end = at + strlen(*words);
        if (str_starts(after, str_of(*words)) &&
            (!rules_is_letter(utf8_at(text, end)) || grade[end] >= BREAK_GOOD))
            return true;
    }
    return false;
}

/* Where the number begins that ends at `at`, with single . , / - between digits; `at` when there is
 * none. At most 24 characters are looked at. */
static size_t
number_start(struct str text, size_t at)
{
    size_t start = at;
    bool digit = false;

    for (int i = 0; i < 24 && at > 0; i++) {
        uint32_t c = utf8_prev(text, &at);
        if (!rules_is_digit(c) && (!digit || c > 0x7F || strchr(".,/-", (int)c) == NULL))
            break;
        digit = rules_is_digit(c);
        if (digit)
            start = at;
    }
    return start;
}

/* A number that counts: the year of a date does not (กันยายน ๒๕๖๖ เรื่อง …), nor that of a section. */
static bool
count_ends(struct str text, size_t at)
{
    size_t start = number_start(text, at);

    if (start == at || start == 0 || text.ptr[start - 1] != ' ')
        return start < at;
    if (ends_with(text, start - 1, ordinals))
        return false;
    return !year_begins(text, start) ||
           (!ends_with(text, start - 1, months) && !ends_with(text, start - 1, eras));
}

/* A number that says which one. */
static bool
section_ends(struct str text, size_t at)
{
    size_t start = number_start(text, at);

    return start < at && start > 0 && text.ptr[start - 1] == ' ' &&
           ends_with(text, start - 1, ordinals);
}

/* A letter or a number of at most three digits in brackets. */
static bool
clause_begins(struct str text, size_t at)
{
    size_t end = at + 1;
    uint32_t c = utf8_at(text, end);

    if (utf8_at(text, at) != '(')
        return false;
    for (int i = 0; i < 3 && rules_is_digit(utf8_at(text, end)); i++)
        (void)utf8_next(text, &end);
    if (c >= 0x0E01 && c <= 0x0E2E)
        (void)utf8_next(text, &end);
    return end > at + 1 && utf8_at(text, end) == ')';
}

static bool
right_begins(struct str text, size_t at, size_t rule, const unsigned char *grade)
{
    switch (space_rules[rule].right) {
    case SIDE_NUMBER:
    case SIDE_COUNT:
        return number_begins(text, at);
    case SIDE_YEAR:
        return year_begins(text, at);
    case SIDE_ORDINAL:
        return rules_ordinal(text, at);
    case SIDE_UNIT:
        return unit_begins(text, at, space_rules[rule].right_words, grade);
    case SIDE_CLAUSE:
        return clause_begins(text, at);
    case SIDE_LETTER:
    case SIDE_SECTION:
    case SIDE_WORDS:
        break;
    }
    return begins_with(text, at, space_rules[rule].right_words);
}

static bool
left_ends(struct str text, size_t at, size_t rule)
{
    size_t before = at;

    switch (space_rules[rule].left) {
    case SIDE_NUMBER:
        return number_ends(text, at);
    case SIDE_COUNT:
        return count_ends(text, at);
    case SIDE_LETTER:
        return at > 0 && rules_is_letter(utf8_prev(text, &before));
    case SIDE_SECTION:
        return section_ends(text, at);
    case SIDE_YEAR:
    case SIDE_ORDINAL:
    case SIDE_CLAUSE:
    case SIDE_UNIT:
    case SIDE_WORDS:
        break;
    }
    return ends_with(text, at, space_rules[rule].left_words);
}

/* A rule of spaces, the side that is quicker to see first. */
static bool
holds(struct str text, size_t from, size_t to, size_t rule, const unsigned char *grade)
{
    bool left_first = space_rules[rule].left == SIDE_NUMBER || space_rules[rule].left == SIDE_COUNT;

    if (left_first)
        return left_ends(text, from, rule) && right_begins(text, to, rule, grade);
    return right_begins(text, to, rule, grade) && left_ends(text, from, rule);
}

bool
rules_hold(struct str text, size_t from, size_t to, const unsigned char *grade)
{
    if (to - from > SPACES_MAX)
        return false;
    for (size_t i = 0; i < sizeof space_rules / sizeof space_rules[0]; i++) {
        if (holds(text, from, to, i, grade))
            return true;
    }
    return false;
}

/* ---- references, telephone numbers */

static size_t
skip_digits(struct str text, size_t at)
{
    while (at < text.len) {
        size_t next = at;
        if (!rules_is_digit(utf8_next(text, &next)))
            break;
        at = next;
    }
    return at;
}

/* The number of a reference: digits with dots and bars, and /ว for a circular letter [saraban].
 * At most 40 characters. */
static size_t
reference_number(struct str text, size_t at)
{
    size_t end = at;

    for (int i = 0; i < 40 && end < text.len; i++) {
        size_t next = end;
        uint32_t c = utf8_next(text, &next);
        if (c == 0x0E27 && utf8_at(text, next) == ' ' && rules_is_digit(utf8_at(text, next + 1)))
            next++;
        else if (!rules_is_digit(c) && c != '.' && c != '/' && c != '-' && c != 0x0E27)
            break;
        end = next;
    }
    return end;
}

size_t
rules_reference(struct str text, size_t at)
{
    static const struct str word = {"ที่ ", sizeof "ที่ " - 1};
    size_t end = at + word.len;
    int letters = 0;

    if (!str_starts(str_sub(text, at, text.len), word))
        return at;
    for (; letters < 5 && end < text.len; letters++) {
        size_t next = end;
        uint32_t c = utf8_next(text, &next);
        if (c < 0x0E01 || c > 0x0E2E)
            break;
        end = next;
    }
    if (letters == 0 || utf8_at(text, end) != ' ' || !rules_is_digit(utf8_at(text, end + 1)))
        return at;
    return reference_number(text, end + 1);
}

/* "๐ ๔๔๐๐ ๐๐๐๐" and "๐๘ ๑๒๓๔ ๕๖๗๘": groups of digits with nine or ten in all, the first is 0. */
size_t
rules_telephone(struct str text, size_t at)
{
    size_t end = at, before = at, digits = 0, groups = 0;
    uint32_t first = utf8_at(text, at);

    if ((first != '0' && first != 0x0E50) || (at > 0 && rules_is_digit(utf8_prev(text, &before))))
        return at;
    while (groups < 4) {
        size_t next = skip_digits(str_sub(text, 0, end + 31), end);
        if (next == end)
            break;
        digits += utf8_count(str_sub(text, end, next - end));
        groups++;
        end = next;
        uint32_t gap = utf8_at(text, end);
        if (digits >= 9 || (gap != ' ' && gap != '-'))
            break;
        if (!rules_is_digit(utf8_at(text, end + 1)))
            break;
        end++;
    }
    return groups > 1 && (digits == 9 || digits == 10) ? end : at;
}
