/* Words, and what goes between them: each with what must come out of it. */
#include <stdio.h>
#include <string.h>

#include "base/utf8.h"
#include "random/random.h"

static const char *const thai[] = {
    "องค์การบริหารส่วนตำบล",
    "หนองสมมติ",
    "สำนักปลัด",
    "กองคลัง",
    "กองช่าง",
    "ประชาชน",
    "โครงการ",
    "ฝึกอบรม",
    "บุคลากร",
    "ผู้บังคับบัญชา",
    "ค่าใช้จ่าย",
    "งบประมาณ",
    "ทรัพย์สิน",
    "ราชการ",
    "น้ำ",
    "ทำ",
    "จำนวน",
    "ป้ำๆ",
    "ฯลฯ",
    "ปฏิญาณ",
    "ฐานันดร",
    "กตัญญุตา",
    "รัฐุปถัมภ์",
    "กฤษฎีกา",
    "และ",
    "หรือ",
    "ที่",
    "ซึ่ง",
    "เพื่อ",
    "ให้",
    "ของ",
    "โดย",
    "แห่ง",
    "สิ่งแวดล้อม",
    "อิเล็กทรอนิกส์",
    "คอมพิวเตอร์",
    "วัสดุ",
    "เปิดเผย",
    "ข้อมูล",
    "สาธารณะ",
    "เว็บไซต์",
    "พฤติกรรม",
    "จริยธรรม",
    "เจ้าหน้าที่",
    "ก",
    "ณ",
    "ปี่",
    "ฝั่ง",
    "ญี่ปุ่น",
    "เกี๊ยะ",
    "ใหญ่",
    "ไม้",
    "แก้ว",
    "เหตุผล",
    "สัมพันธ์",
    "ศูนย์",
    "วันที่",
    "ตำแหน่ง",
    "ลงชื่อ",
    "สุขศาลา",
    "พ.ศ.",
    "ป.ป.ช.",
    "อบต.",
    "นางสาว",
    "ประกาศฯ",
    "ต่างๆ",
    "“คุณธรรม”",
    "(ต่อ)",
    "‘ก’",
    "ก็",
    "ฤๅษี",
};

enum manner {
    FREE = 1, /* may touch Thai letters */
    KEPT = 2, /* its digits stay Arabic in a sentence */
    LINE = 4  /* ends a line: where a text may have several */
};

struct piece {
    const char *in, *out; /* NULL: the same */
    unsigned manner;
};

static const struct piece pieces[] = {
    /* numbers, dates, telephones */
    {"12,345.67 บาท", NULL, FREE},
    {"๑๒๓", NULL, FREE},
    {"7", NULL, FREE},
    {"100%", NULL, FREE},
    {"2566", NULL, FREE},
    {"29/9/2566", NULL, FREE},
    {"1/10/2565-30/9/2566", NULL, FREE},
    {"10–20", NULL, FREE},
    {"0-2123-4567", NULL, FREE},
    {"08 1234 5678", NULL, 0},
    {"1-2345-67890-12-3", NULL, FREE},
    {"99999999999999999999999999999999999999999", NULL, FREE},
    {".5", NULL, 0},
    {"-3.25", NULL, 0},
    {"09.00 – 12.00 น.", NULL, 0},
    /* what keeps its digits */
    {"O26", NULL, KEPT},
    {"ISO9001:2015", NULL, KEPT},
    {"192.168.1.1", NULL, KEPT},
    {"report_2566(1).docx", NULL, KEPT},
    {"/srv/data/2566/a.csv", NULL, KEPT},
    {"https://www.example.go.th/ita/2566?id=7&x=1#top", NULL, KEPT},
    {"somchai.2566@example.go.th", NULL, KEPT},
    {"www.example.go.th/1", NULL, KEPT},
    {"a-very-long-name-of-a-mailbox-99@subdomain.of-an-office.example.go.th", NULL, KEPT},
    {"Integrity and Transparency Assessment", NULL, 0},
    {"Facebook", NULL, FREE},
    {"Pneumonoultramicroscopicsilicovolcanoconiosis", NULL, FREE},
    /* fill-in dots and the like */
    {"........", NULL, FREE},
    {"..................................................................", NULL, FREE},
    {"......................................................................................"
     "......................................................................................",
     NULL, FREE},
    {"…………………………", NULL, FREE},
    {"______________", NULL, FREE},
    {". . . . . . . . . . . . . . . . . . . . .", NULL, 0},
    {"- - - - - - - - - -", NULL, 0},
    {"!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!", NULL, FREE},
    {"%%%%%%%%%%%%%%%%%%%%%%%%%%", NULL, FREE},
    {"//////////////////////////////", NULL, FREE},
    {"((((((((((((((((((((((((", NULL, FREE},
    {"))))))))))))))))))))))))", NULL, FREE},
    {"====================================", NULL, FREE},
    {"<b>&amp;{{x}}</b>", NULL, FREE},
    /* letters typed in an unusual order */
    {"บริสุทธ์ิ", "บริสุทธิ์", FREE},
    {"พันธ์ุ", "พันธุ์", FREE},
    {"ลักษม์ี", "ลักษมี์", FREE},
    {"ท่ี", "ที่", FREE},
    {"น\u0E4D\u0E49า", "น้ำ", FREE},
    {"น\u0E49\u0E4Dา", "น้ำ", FREE},
    {"ทํา", "ทำ", FREE},
    {"นำ\u0E49", "น้ำ", FREE},
    {"เเละ", "และ", FREE},
    {"ไม\u0E48\u0E48", "ไม่", FREE},
    {"ก\u0E38\u0E38\u0E38ญ", "กุญ", FREE},
    {"cafe\u0301", "café", 0},
    /* what nobody sees */
    {"ก\u200Bข", "กข", FREE},
    {"ก\u200Cข", "กข", FREE},
    {"ก\u200Dา", "กา", FREE},
    {"ก\u2060ข", "กข", FREE},
    {"ก\u2063ข", "กข", FREE},
    {"ก\u206Aข", "กข", FREE},
    {"ก\uFEFFข", "กข", FREE},
    {"ก\u00ADข", "กข", FREE},
    {"ก\u034Fข", "กข", FREE},
    {"ก\u180Eข", "กข", FREE},
    {"ก\uFE0Fข", "กข", FREE},
    {"ก\U000E0041ข", "กข", FREE},
    {"ก\u200Eข\u202Cค", "กขค", FREE},
    {"\u200B", "", FREE},
    /* letters of one font, wide forms, hyphens */
    {"\uF0B7", "•", FREE},
    {"\uF0FC", "✔", FREE},
    {"\uF0A7", "▪", FREE},
    {"\uF0E0", "→", FREE},
    {"\uF0FE", "☑", FREE},
    {"ก\uF70Bา", "ก้า", FREE},
    {"ฝ\uF701", "ฝิ", FREE},
    {"（ก）：", "(ก):", FREE},
    {"℃", "°C", 0},
    {"№", "No.", 0},
    {"ก‑ข‐ค‒ง―จ", "ก-ข-ค–ง—จ", FREE},
    {"ＡＢＣ", "ABC", 0},
    {"□", NULL, FREE},
    {"☒", NULL, FREE},
    {"☐", NULL, FREE},
    {"●", NULL, FREE},
    {"○", NULL, FREE},
    {"◦", NULL, FREE},
    {"→", NULL, FREE},
    {"■", NULL, FREE},
    {"⇒ ≥ π ① ½", NULL, 0},
    {"₂", NULL, FREE},
    {"\u00A0", " ", FREE},
    {"   ", NULL, FREE},
    {"\t", " ", FREE},
    /* ends of lines */
    {"\n", NULL, LINE},
    {"\u2028", "\n", LINE},
    {"\u2029", "\n", LINE},
};

#define THAI_COUNT (sizeof thai / sizeof thai[0])
#define PIECE_COUNT (sizeof pieces / sizeof pieces[0])

struct said
said_in(struct arena *arena)
{
    return (struct said){buf_in(arena), buf_in(arena)};
}

/* Adds to what must come out, with the digits that it then has. */
static void
come_out(enum digits digits, bool kept, const char *text, struct buf *out)
{
    for (; *text != '\0'; text++) {
        if (*text >= '0' && *text <= '9' && digits != DIGITS_TYPED &&
            !(kept && digits == DIGITS_SENTENCE))
            buf_utf8(out, 0x0E50 + (uint32_t)(*text - '0'));
        else
            buf_byte(out, *text);
    }
}

void
say_text(enum digits digits, const char *in, struct said *said)
{
    buf_text(&said->in, in);
    come_out(digits, false, in, &said->out);
}

static void
say_word(struct maker *maker, struct said *said)
{
    const struct lexicon *lexicon = maker->lexicon;
    struct str word = str_of(thai[rng_below(&maker->rng, THAI_COUNT)]);

    if (lexicon->count > 0 && rng_hit(&maker->rng, 50))
        word = lexicon->words[rng_below(&maker->rng, (uint32_t)lexicon->count)];
    buf_add(&said->in, word);
    buf_add(&said->out, word);
}

void
say_plain(struct maker *maker, size_t count, struct said *said)
{
    for (size_t i = 0; i < count; i++)
        say_word(maker, said);
}

void
say_person(struct maker *maker, struct said *said)
{
    say_text(DIGITS_TYPED, rng_hit(&maker->rng, 50) ? "นาย" : "นางสาว", said);
    say_text(DIGITS_TYPED, "ทดลอง", said);
    if (maker->hostile && rng_hit(&maker->rng, 20))
        say_plain(maker, 1 + rng_below(&maker->rng, 30), said);
    say_text(DIGITS_TYPED, " นามสมมติ", said);
}

static void
say_blank(struct maker *maker, struct said *said, uint32_t percent)
{
    if (rng_hit(&maker->rng, percent))
        say_text(DIGITS_TYPED, " ", said);
}

/* What is refused in most places, with no font for it or no way to set it. */
static void
say_foreign(struct maker *maker, struct said *said)
{
    static const char *const words[] = {"שלום", "مرحبا", "😀", "中文", "ខ្មែរ", "\uE000", "\u0E5C"};

    say_text(DIGITS_TYPED, " ", said);
    say_text(DIGITS_TYPED, words[rng_below(&maker->rng, sizeof words / sizeof words[0])], said);
    say_text(DIGITS_TYPED, " ", said);
}

/* One letter many times, or many letters without a word among them. */
static void
say_endless(struct maker *maker, struct said *said)
{
    static const char *const letters[] = {"ก", "อำ", "A", "i", "W", "ที่", "ๆ",
                                          ".", "-",  "/", "@", "ฐุ", "_", "โก"};
    static const size_t kinds = sizeof letters / sizeof letters[0];
    size_t count = 1 + rng_below(&maker->rng, 300), kind = rng_below(&maker->rng, (uint32_t)kinds);
    bool mixed = rng_hit(&maker->rng, 30);

    say_text(DIGITS_TYPED, " ", said);
    for (size_t i = 0; i < count; i++)
        say_text(DIGITS_TYPED, letters[mixed ? rng_below(&maker->rng, (uint32_t)kinds) : kind],
                 said);
    say_text(DIGITS_TYPED, " ", said);
}

void
say_words(struct maker *maker, enum digits digits, struct said *said)
{
    size_t count = 1 + rng_below(&maker->rng, rng_hit(&maker->rng, 10) ? 60 : 8);

    say_word(maker, said);
    for (size_t i = 0; i < count; i++) {
        const struct piece *piece = &pieces[rng_below(&maker->rng, PIECE_COUNT)];

        if ((piece->manner & LINE && !maker->lines) || rng_hit(&maker->rng, 50)) {
            say_blank(maker, said, 30);
            say_word(maker, said);
            continue;
        }
        if (maker->hostile && rng_hit(&maker->rng, 10))
            say_endless(maker, said);
        if (maker->hostile && rng_below(&maker->rng, 1500) == 0)
            say_foreign(maker, said);
        say_blank(maker, said, piece->manner & FREE ? 50 : 100);
        buf_text(&said->in, piece->in);
        come_out(digits, piece->manner & KEPT, piece->out == NULL ? piece->in : piece->out,
                 &said->out);
        say_blank(maker, said, piece->manner & FREE ? 50 : 100);
        say_word(maker, said);
    }
}

/* Thai letters alone, and none of the words that checks compare with figures, or that make a number
 * behind them one of a version. */
static bool
is_plain(struct str word)
{
    static const char *const figures[] = {"คะแนน", "ระดับ", "ร้อยละ", "ตัวชี้วัด", "ปี", "รุ่น", "เวอร์ชั"};
    size_t at = 0;

    while (at < word.len) {
        uint32_t code = utf8_next(word, &at);

        if (code < 0x0E01 || code > 0x0E4C || (code > 0x0E3A && code < 0x0E40))
            return false;
    }
    for (size_t i = 0; i < sizeof figures / sizeof figures[0]; i++)
        if (str_find(word, str_of(figures[i])) != SIZE_MAX)
            return false;
    at = 0;
    uint32_t first = word.len > 0 ? utf8_next(word, &at) : 0;
    return (first >= 0x0E01 && first <= 0x0E2E) || (first >= 0x0E40 && first <= 0x0E44);
}

/* The second column of CoNLL-U. */
struct lexicon
lexicon_read(struct arena *arena, const char *path)
{
    struct lexicon lexicon = {NULL, 0};
    FILE *file = fopen(path, "r");
    char line[4096], word[4096];
    size_t cap = 0;

    while (file != NULL && fgets(line, sizeof line, file) != NULL) {
        if (line[0] == '#' || sscanf(line, "%*[^\t]\t%4000[^\t]", word) != 1 ||
            !is_plain(str_of(word)))
            continue;
        lexicon.words =
            arena_grow(arena, lexicon.words, lexicon.count, &cap, sizeof *lexicon.words, 256);
        lexicon.words[lexicon.count++] = str_dup(arena, str_of(word));
    }
    if (file != NULL)
        fclose(file);
    return lexicon;
}
