#include "pdf/meta.h"

#include <stdint.h>

#define HEADER 128
#define TAGS 10

/* D50, to which all colours of a profile are adapted (§7.2.16), in 1/65536. */
static const int32_t d50[3] = {0xF6D6, 0x10000, 0xD32D};

/* The primaries of sRGB adapted to D50 by the Bradford transform, X Y Z of each, and the transform
 * itself from D65, row by row; both in 1/65536, as the IEC's and the ICC's own profiles have them.
 */
static const int32_t primaries[3][3] = {
    {0x6FA2, 0x38F5, 0x0390}, {0x6299, 0xB785, 0x18DA}, {0x24A0, 0x0F84, 0xB6CF}};
static const int32_t adaptation[9] = {0x10C42, 0x05DE,  -0x0CDB, 0x0793, 0xFD90,
                                      -0x045F, -0x025E, 0x03DC,  0xC06E};

/* ((x + 0.055) / 1.055) ^ 2.4 from 0.04045 on, x / 12.92 below: g a b c d of the parametric
 * curve 3 (§10.18). */
static const int32_t curve[5] = {0x26666, 0xF2A7, 0x0D59, 0x13D0, 0x0A5B};

static void
add32(struct buf *out, uint32_t value)
{
    for (int shift = 24; shift >= 0; shift -= 8)
        buf_byte(out, (char)(value >> shift & 0xff));
}

static void
add_numbers(struct buf *out, const int32_t *numbers, size_t count)
{
    for (size_t i = 0; i < count; i++)
        add32(out, (uint32_t)numbers[i]);
}

/* The type of a tag's data and the four reserved bytes. */
static void
begin(struct buf *data, const char *type)
{
    buf_text(data, type);
    add32(data, 0);
}

static void
add_text(struct buf *data, const char *text)
{
    struct str ascii = str_of(text);

    begin(data, "mluc");
    add32(data, 1);
    add32(data, 12);
    buf_text(data, "enUS");
    add32(data, (uint32_t)(2 * ascii.len));
    add32(data, 28);
    for (size_t i = 0; i < ascii.len; i++) {
        buf_byte(data, 0);
        buf_byte(data, ascii.ptr[i]);
    }
}

static void
add_xyz(struct buf *data, const int32_t xyz[3])
{
    begin(data, "XYZ ");
    add_numbers(data, xyz, 3);
}

static void
add_curve(struct buf *data)
{
    begin(data, "para");
    add32(data, 3U << 16);
    add_numbers(data, curve, 5);
}

struct profile {
    struct buf table, data;
    size_t started; /* where the tag being written begins in `data` */
};

/* Ends a tag: its row in the table, and its data filled up to four bytes. */
static void
end_tag(struct profile *profile, const char *name)
{
    buf_text(&profile->table, name);
    add32(&profile->table, (uint32_t)(HEADER + 4 + 12 * TAGS + profile->started));
    add32(&profile->table, (uint32_t)(profile->data.len - profile->started));
    while (profile->data.len % 4 != 0)
        buf_byte(&profile->data, 0);
}

static void
add_tags(struct profile *profile)
{
    static const char *const colourant[] = {"rXYZ", "gXYZ", "bXYZ"};
    static const char *const tone[] = {"rTRC", "gTRC", "bTRC"};
    struct buf *data = &profile->data;

    add_text(data, "sRGB IEC61966-2.1");
    end_tag(profile, "desc");
    profile->started = data->len;
    add_text(data, "CC0");
    end_tag(profile, "cprt");
    profile->started = data->len;
    add_xyz(data, d50);
    end_tag(profile, "wtpt");
    profile->started = data->len;
    begin(data, "sf32");
    add_numbers(data, adaptation, 9);
    end_tag(profile, "chad");
    for (int i = 0; i < 3; i++) {
        profile->started = data->len;
        add_xyz(data, primaries[i]);
        end_tag(profile, colourant[i]);
    }
    profile->started = data->len;
    add_curve(data);
    for (int i = 0; i < 3; i++) /* one curve for all */
        end_tag(profile, tone[i]);
}

static void
add_header(struct buf *out, size_t size)
{
    static const uint16_t made[6] = {2026, 1, 1, 0, 0, 0};

    add32(out, (uint32_t)size);
    add32(out, 0);
    add32(out, 0x04200000);
    buf_text(out, "mntrRGB XYZ ");
    for (int i = 0; i < 6; i++) {
        buf_byte(out, (char)(made[i] >> 8));
        buf_byte(out, (char)(made[i] & 0xff));
    }
    buf_text(out, "acsp");
    while (out->len < 68)
        buf_byte(out, 0);
    add_numbers(out, d50, 3);
    while (out->len < HEADER)
        buf_byte(out, 0);
}

struct str
icc_srgb(struct arena *arena)
{
    struct profile profile = {buf_in(arena), buf_in(arena), 0};
    struct buf out = buf_in(arena);

    add_tags(&profile);
    add_header(&out, HEADER + 4 + profile.table.len + profile.data.len);
    add32(&out, TAGS);
    buf_add(&out, buf_str(&profile.table));
    buf_add(&out, buf_str(&profile.data));
    return buf_str(&out);
}
