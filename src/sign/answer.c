/* What an opinion means for the route. */
#include "banthuek-sign.h"
#include "base/str.h"

/* Officials put such words before the word that decides: "พิจารณาแล้ว เห็นควรไม่อนุมัติ". One that
 * begins with another stands before it. */
static const char *const leads[] = {
    "ได้พิจารณาแล้ว", "พิจารณาแล้ว", "ได้ตรวจสอบแล้ว", "ตรวจสอบแล้ว", "ตรวจแล้ว", "ข้าพเจ้า",
    "เรื่องนี้",       "เห็นสมควร",  "เห็นควร",       "เห็นว่า",      "สมควร",   "ควร",
    "จึง",          "แล้ว",       "ขอ",           "ให้",
};

/* The same between ไม่ and what is not done: ไม่สมควรให้ความเห็นชอบ, ไม่อาจอนุมัติได้. */
static const char *const betweens[] = {"เห็นสมควร", "เห็นควร", "สมควร", "ควร", "อาจ",
                                       "สามารถ",   "ให้",     "ขอ",    "ความ"};
static const char *const refused[] = {"อนุมัติ", "เห็นชอบ"};
static const char *const returned[] = {"แก้ไข"};
static const char *const returns[] = {"เพื่อ", "ให้", "กลับ", "ไป", "เรื่อง"};

/* What stands before or between words and says nothing: numbers of an enumeration, too. */
static const char *const blanks[] = {" ", "\t", "\r", "\n", "\u00A0", "\u200B", "-", "–", "—", ".",
                                     ":", ",",  "(",  ")",  "\"",     "“",      "”", "/", "0", "1",
                                     "2", "3",  "4",  "5",  "6",      "7",      "8", "9", "๐", "๑",
                                     "๒", "๓",  "๔",  "๕",  "๖",      "๗",      "๘", "๙"};

/* Wherever they stand, they may mean that somebody is against it. */
static const char *const doubts[] = {"ไม่เห็นด้วย", "ไม่เห็นควร", "ไม่เห็นสมควร", "ไม่สมควร",
                                     "ส่งคืน",     "ส่งกลับ",    "คืนเรื่อง"};

#define COUNT(list) (sizeof(list) / sizeof(list)[0])

/* Takes a word of the list from the text's start; false where none stands there. */
static bool
take(struct str *text, const char *const *list, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (!str_starts(*text, str_of(list[i])))
            continue;
        *text = str_sub(*text, str_of(list[i]).len, text->len);
        return true;
    }
    return false;
}

static void
skip(struct str *text, const char *const *list, size_t count)
{
    while (take(text, blanks, COUNT(blanks)) || take(text, list, count))
        ;
}

/* What the text's start says, if anything. */
static enum banthuek_answer
answer_at(struct str text)
{
    static const char *const not [] = {"ไม่"}, *const back[] = {"ส่งคืน"};

    if (take(&text, not, COUNT(not ))) {
        skip(&text, betweens, COUNT(betweens));
        return take(&text, refused, COUNT(refused)) ? BANTHUEK_REFUSED : BANTHUEK_FORWARD;
    }
    if (!take(&text, back, COUNT(back)))
        return BANTHUEK_FORWARD;
    skip(&text, returns, COUNT(returns));
    return take(&text, returned, COUNT(returned)) ? BANTHUEK_RETURNED : BANTHUEK_FORWARD;
}

static bool
is_in_doubt(struct str text)
{
    for (; text.len > 0; text = str_sub(text, 1, text.len)) {
        struct str rest = text;
        if (take(&rest, doubts, COUNT(doubts)) || answer_at(text) != BANTHUEK_FORWARD)
            return true;
    }
    return false;
}

enum banthuek_answer
banthuek_answer_of(struct banthuek_bytes opinion)
{
    struct str whole = {opinion.data, opinion.size}, text = whole;

    skip(&text, leads, COUNT(leads));
    enum banthuek_answer answer = answer_at(text);
    return answer == BANTHUEK_FORWARD && is_in_doubt(whole) ? BANTHUEK_UNCLEAR : answer;
}
