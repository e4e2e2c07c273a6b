/* Times as PDFs and people write them. */

#include "base/arena.h"
#include "base/ascii.h"
#include "sign/verify.h"

#define THAI_ZONE (7 * 60) /* minutes */

/* Reads exactly `count` digits off *rest. */
static bool
take_digits(struct str *rest, size_t count, int *out)
{
    int number = 0;

    if (rest->len < count)
        return false;
    for (size_t i = 0; i < count; i++) {
        if (!ascii_is_digit(rest->ptr[i]))
            return false;
        number = 10 * number + (rest->ptr[i] - '0');
    }
    *rest = str_sub(*rest, count, rest->len);
    *out = number;
    return true;
}

static void
skip(struct str *rest, const char *any)
{
    while (rest->len > 0 && *any != '\0' && rest->ptr[0] == *any)
        *rest = str_sub(*rest, 1, rest->len);
}

/* "Z", "+07'00'", "+07:00", "+07", or nothing; minutes before UTC. */
static bool
take_zone(struct str rest, int *minutes)
{
    int hours = 0, rest_minutes = 0;

    *minutes = THAI_ZONE;
    if (rest.len == 0)
        return true;
    char sign = rest.ptr[0];
    rest = str_sub(rest, 1, rest.len);
    if (sign == 'Z') {
        *minutes = 0;
        return true;
    }
    if ((sign != '+' && sign != '-') || !take_digits(&rest, 2, &hours) || hours > 23)
        return false;
    skip(&rest, "'");
    skip(&rest, ":");
    if (rest.len > 0 && (!take_digits(&rest, 2, &rest_minutes) || rest_minutes > 59))
        return false;
    *minutes = (sign == '-' ? -1 : 1) * (60 * hours + rest_minutes);
    return true;
}

/* Year, month, day, hour, minute, second, each after a mark; from the month on they may be left
 * out.
 */
static bool
read_time(struct str text, const char *const marks[6], time_t *out)
{
    int part[6] = {0, 1, 1, 0, 0, 0}, zone;
    static const size_t digits[6] = {4, 2, 2, 2, 2, 2};

    for (size_t i = 0; i < 6; i++) {
        struct str rest = text;
        if (!str_starts(rest, str_of(marks[i])))
            break;
        rest = str_sub(rest, str_of(marks[i]).len, rest.len);
        if (!take_digits(&rest, digits[i], &part[i])) {
            if (i == 0)
                return false;
            break;
        }
        text = rest;
    }
    struct tm tm = {.tm_year = part[0] - 1900,
                    .tm_mon = part[1] - 1,
                    .tm_mday = part[2],
                    .tm_hour = part[3],
                    .tm_min = part[4],
                    .tm_sec = part[5]};
    if (part[0] < 1970 || part[1] < 1 || part[1] > 12 || part[2] < 1 || part[2] > 31 ||
        part[3] > 23 || part[4] > 59 || part[5] > 60 || !take_zone(text, &zone))
        return false;
    *out = timegm(&tm) - 60 * zone;
    return true;
}

bool
verify_pdf_time(struct str text, time_t *out)
{
    static const char *const marks[6] = {"D:", "", "", "", "", ""};

    return read_time(text, marks, out);
}

bool
verify_iso_time(struct str text, time_t *out)
{
    static const char *const marks[6] = {"", "-", "-", "T", ":", ":"};

    return read_time(text, marks, out);
}

struct str
verify_iso_text(struct arena *arena, time_t at)
{
    struct tm tm;
    char text[32] = "";

    if (at != 0 && gmtime_r(&at, &tm) != NULL)
        (void)strftime(text, sizeof text, "%Y-%m-%dT%H:%M:%SZ", &tm);
    return str_of(arena_printf(arena, "%s", text));
}
