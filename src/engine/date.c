/* The date that the PDF carries: the report's own, so that the same report gives the same bytes. */
#include <errno.h>
#include <stdlib.h>
#include <time.h>

#include "base/arena.h"
#include "base/ascii.h"
#include "engine/stages.h"
#include "schema/schema.h"
#include "thai/date.h"
#include "value/value.h"

/* 31 December 9999, the last day of ISO 8601's years. */
#define SECONDS_MAX 253402300799LL

/* The first date at the top of the report, in the order of the schema. */
static const struct value *
report_date(const struct schema *schema, const struct value *data)
{
    for (size_t i = 0; i < schema->root.field_count; i++) {
        const struct value *value = value_get(data, schema->root.fields[i].name);

        if (value != NULL && value->kind == VALUE_DATE)
            return value;
    }
    return NULL;
}

static bool
read_epoch(struct work *w, const char *text, struct str *out)
{
    char *end, iso[32];
    struct tm tm;

    errno = 0;
    long long seconds = strtoll(text, &end, 10);
    time_t when = (time_t)seconds;
    if (!ascii_is_digit(text[0]) || *end != '\0' || errno != 0 || seconds > SECONDS_MAX) {
        diag_add(w->diags, DIAG_ENGINE_SOURCE_DATE, POS_NONE, text, NULL, NULL);
        return false;
    }
    if (gmtime_r(&when, &tm) == NULL || strftime(iso, sizeof iso, "%Y-%m-%dT%H:%M:%SZ", &tm) == 0)
        arena_oom(sizeof iso); /* cannot be: the seconds are in range */
    *out = str_dup(w->arena, str_of(iso));
    return true;
}

bool
print_date(struct work *w, const struct schema *schema, const struct value *data, struct str *out)
{
    const char *epoch = getenv("SOURCE_DATE_EPOCH");
    const struct value *date = report_date(schema, data);

    *out = STR("");
    if (epoch != NULL && epoch[0] != '\0')
        return read_epoch(w, epoch, out);
    if (date != NULL)
        *out = str_of(arena_printf(w->arena, "%04d-%02d-%02dT00:00:00+07:00",
                                   date->date.year - DATE_ERA, date->date.month,
                                   date->date.day == 0 ? 1 : date->date.day));
    return true;
}
