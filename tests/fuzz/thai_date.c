/* Dates, ranges and numbers out of any bytes: no crash, and what is read can be written and read
 * again. */
#include <stdlib.h>

#include "base/arena.h"
#include "thai/date.h"
#include "thai/digits.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check_date(struct arena *arena, struct str text)
{
    struct date date, again;

    if (date_parse(text, &date) != DATE_GOOD)
        return;
    if (date_parse(date_text(arena, date, false, true), &again) != DATE_GOOD ||
        date_cmp(date, again) != 0 || date.day != again.day)
        abort();
    if (date_parse(date_iso(arena, date), &again) != DATE_GOOD || date_cmp(date, again) != 0)
        abort();
}

static void
check_range(struct arena *arena, struct str text)
{
    struct date_range range, again;

    if (date_range_parse(text, &range) != DATE_GOOD)
        return;
    if (date_cmp(range.from, range.to) > 0)
        abort();
    struct str written = date_range_text(arena, range, false, false);
    if (date_cmp(range.from, range.to) != 0 &&
        (date_range_parse(written, &again) != DATE_GOOD || date_cmp(range.to, again.to) != 0))
        abort();
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new(0);
    struct str text = {(const char *)data, size};
    struct digits_mixed mixed;
    struct str thai = digits_in_sentence(arena, text);

    if (!str_eq(digits_to_arabic(arena, thai), digits_to_arabic(arena, text)))
        abort();
    if (digits_are_mixed(digits_to_arabic(arena, text), &mixed))
        abort();
    check_date(arena, text);
    check_range(arena, text);
    arena_free(arena);
    return 0;
}
