/* Numbers in Thai words, as they are read and as they are written on cheques. One at the end of a
 * larger number is เอ็ด (the Royal Institute's reading), two tens are ยี่สิบ, a million is ล้าน and
 * repeats. */
#include "thai/digits.h"

#define MILLION 1000000

static const char *const names[10] = {"ศูนย์", "หนึ่ง", "สอง", "สาม", "สี่",
                                      "ห้า",  "หก",  "เจ็ด", "แปด", "เก้า"};

/* Below a million; `above` says that a larger part was read before it. */
static void
add_below_million(struct buf *out, int64_t value, bool above)
{
    static const char *const ranks[6] = {"", "สิบ", "ร้อย", "พัน", "หมื่น", "แสน"};
    int64_t rank = 100000;

    for (int i = 5; i >= 0; i--, rank /= 10) {
        int64_t digit = value / rank % 10;
        if (digit == 0)
            continue;
        if (i == 0 && digit == 1 && (above || value > 1))
            buf_text(out, "เอ็ด");
        else if (i == 1 && digit == 2)
            buf_text(out, "ยี่");
        else if (i != 1 || digit != 1)
            buf_text(out, names[digit]);
        buf_text(out, ranks[i]);
    }
}

static void
add_whole(struct buf *out, int64_t value)
{
    int64_t parts[4];
    int count = 0;

    if (value == 0)
        buf_text(out, names[0]);
    for (; value > 0; value /= MILLION)
        parts[count++] = value % MILLION;
    for (int i = count - 1; i >= 0; i--) {
        add_below_million(out, parts[i], i < count - 1);
        if (i > 0)
            buf_text(out, "ล้าน");
    }
}

struct str
digits_words(struct arena *arena, struct decimal value)
{
    struct buf out = buf_in(arena);
    int64_t power = decimal_power(value.places);
    int64_t size = value.units < 0 ? -value.units : value.units;

    if (value.units < 0)
        buf_text(&out, "ลบ");
    add_whole(&out, size / power);
    if (value.places > 0)
        buf_text(&out, "จุด");
    for (int i = 0; i < value.places; i++) {
        power /= 10;
        buf_text(&out, names[size / power % 10]);
    }
    return buf_str(&out);
}

struct str
digits_baht(struct arena *arena, struct decimal value)
{
    struct buf out = buf_in(arena);
    int64_t power = decimal_power(value.places);
    int64_t size = value.units < 0 ? -value.units : value.units;
    int64_t baht = size / power, satang = (size % power * 100 + power / 2) / power;

    if (satang == 100) {
        baht++;
        satang = 0;
    }
    if (value.units < 0 && (baht > 0 || satang > 0))
        buf_text(&out, "ลบ");
    if (baht > 0 || satang == 0) {
        add_whole(&out, baht);
        buf_text(&out, "บาท");
    }
    if (satang == 0) {
        buf_text(&out, "ถ้วน");
    } else {
        add_whole(&out, satang);
        buf_text(&out, "สตางค์");
    }
    return buf_str(&out);
}
