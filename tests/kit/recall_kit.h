/* Made-up texts for search, out of a seed: names, titles and sentences of syllables that stand in
 * no list, digits of both kinds, signs, Latin letters, emoji. */
#ifndef RECALL_KIT_H
#define RECALL_KIT_H

#include <stdint.h>

#include "base/arena.h"
#include "base/str.h"
#include "base/utf8.h"

struct recall {
    struct arena *arena;
    uint64_t state;
};

/* xorshift64* */
static inline uint32_t
recall_random(struct recall *recall, uint32_t below)
{
    recall->state ^= recall->state >> 12;
    recall->state ^= recall->state << 25;
    recall->state ^= recall->state >> 27;
    return (uint32_t)((recall->state * 2685821657736338717u) >> 33) % below;
}

#define RECALL_PICK(recall, list) \
    (list)[recall_random(recall, (uint32_t)(sizeof(list) / sizeof *(list)))]

static inline void
recall_syllable(struct recall *recall, struct buf *out)
{
    static const char *const letters[] = {"ก", "ข", "ค", "ง", "จ", "ช", "ซ", "ณ",  "ด",  "ต",
                                          "ถ", "ท", "น", "บ", "ป", "ผ", "พ", "ฟ",  "ม",  "ย",
                                          "ร", "ล", "ว", "ศ", "ส", "ห", "อ", "พร", "กล", "หม"};
    static const char *const shapes[][2] = {
        {"", "า"},  {"", "ิ"},  {"", "ี"},  {"", "ุ"},   {"", "ู"},  {"เ", ""}, {"แ", ""},  {"โ", ""},
        {"ไ", ""},  {"ใ", ""}, {"", "ัน"}, {"", "าย"}, {"", "ำ"}, {"", "ึก"}, {"เ", "็น"}, {"", "ือ"},
        {"", "่าน"}, {"", "ี้"},  {"", "้ำ"}, {"", "ุ่ม"},  {"", "ัย์"}, {"", "็"},  {"เ", "ีย"}, {"", "ะ"}};
    const char *const *shape = RECALL_PICK(recall, shapes);

    buf_text(out, shape[0]);
    buf_text(out, RECALL_PICK(recall, letters));
    buf_text(out, shape[1]);
}

static inline void
recall_word(struct recall *recall, struct buf *out)
{
    for (uint32_t i = 2 + recall_random(recall, 3); i > 0; i--)
        recall_syllable(recall, out);
}

static inline void
recall_number(struct recall *recall, struct buf *out)
{
    bool is_thai = recall_random(recall, 2) == 0;

    for (uint32_t i = 1 + recall_random(recall, 4); i > 0; i--)
        buf_utf8(out, (is_thai ? 0x0E50u : '0') + recall_random(recall, 10));
}

static inline void
recall_name(struct recall *recall, struct buf *out)
{
    static const char *const titles[] = {"นาย", "นาง", "นางสาว", "ดร.", "ว่าที่ ร.ต. "};

    buf_text(out, RECALL_PICK(recall, titles));
    recall_word(recall, out);
    buf_byte(out, ' ');
    recall_word(recall, out);
}

static inline void
recall_part(struct recall *recall, struct buf *out)
{
    static const char *const parts[] = {
        "รายงานผล",  "กอง",  "ตำบล",         "ปี พ.ศ. ", "ต่าง ๆ",
        "กรุงเทพฯ",   "ฯลฯ",  "(ITA)",        "O26-1",   "https://a.th/b?c=1",
        " “อ้างอิง” ", "café", "👩‍🏫 ", "Ω≥½",     " - ",
        "๏",         "฿ ",   "\\\"x'",       "มาตรา ",  "ณ วันที่ "};

    switch (recall_random(recall, 4)) {
    case 0:
        recall_number(recall, out);
        break;
    case 1:
        buf_text(out, RECALL_PICK(recall, parts));
        break;
    case 2:
        recall_name(recall, out);
        break;
    default:
        recall_word(recall, out);
        break;
    }
}

static inline struct str
recall_text(struct recall *recall)
{
    struct buf out = buf_in(recall->arena);

    for (uint32_t i = 1 + recall_random(recall, 6); i > 0; i--)
        recall_part(recall, &out);
    return buf_str(&out);
}

#endif
